//! What people are shown of findings that follow from others, and of those that stand in many files.

use std::fmt::Write as _;

use expect_test::expect;
use roadbook::diagnostic::{Code, Diagnostic, Severity};
use roadbook::report::{Format, counts, counts_of, fold, report};
use roadbook::source::{Location, Source, Span};
use roadbook::visibility::Audience;

use super::codes;
use crate::support::{roadmap, roadmap_for};

/// A file whose front matter cannot be read, and two that name it.
const BROKEN: &str = "
//- plan/items/a.md
---
title: A
depends_on: [b
visibility: internal
---
//- plan/items/b.md
---
title: B
---
//- plan/items/c.md
---
title: C
depends_on: a
---
//- plan/items/d.md
---
title: D
depends_on: a
---
";

#[test]
fn the_cause_comes_first_and_counts_what_follows() {
    let internal = roadmap(BROKEN);
    assert_eq!(codes(&internal), ["invalid-yaml", "internal-reference", "internal-reference"]);
    expect![[r#"
        error[invalid-yaml]: `[` is never closed; `depends_on` was read by rescue, line by line
         --> plan/items/a.md:3:13
          |
        3 | depends_on: [b
          |             ^ opened here
          |
          = note: 2 references to this in 2 files follow from it (internal-reference)
          = help: close it: `depends_on: [b]`

        1 error
    "#]]
    .assert_eq(&report(&internal.diagnostics, Format::Human, false));
    let json = report(&internal.diagnostics, Format::Json, false);
    assert_eq!(json.matches("\"code\": \"internal-reference\"").count(), 2, "programs get all: {json}");
    let cause = "\"cause\": {\n        \"code\": \"invalid-yaml\",\n        \"path\": \"plan/items/a.md\",\n        \"line\": 3,";
    assert_eq!(json.matches(cause).count(), 2, "{json}");
    assert_eq!(report(&internal.diagnostics, Format::Short, false).lines().count(), 3);
    assert_eq!(report(&internal.diagnostics, Format::Github, false).lines().count(), 1);
    // What is internal is unknown to the public, and that is not a mistake of its own.
    let public = roadmap_for(BROKEN, Audience::Public, false);
    assert_eq!(fold(&public.diagnostics).len(), 1, "{:?}", codes(&public));
}

#[test]
fn causes_come_first_whatever_their_paths() {
    let last = BROKEN.replace("items/a.md", "items/z.md").replace("depends_on: a", "depends_on: z");
    assert_eq!(codes(&roadmap(&last))[0], "invalid-yaml");
}

#[test]
fn a_visibility_that_cannot_be_read_is_one_mistake() {
    let misspelled = BROKEN.replace("depends_on: [b\n", "").replace("visibility: internal", "visibility: interal");
    let folded = fold(&roadmap(&misspelled).diagnostics);
    assert_eq!(folded.len(), 1, "{folded:#?}");
    assert_eq!(folded[0].notes, ["2 references to this in 2 files follow from it (internal-reference)"]);
    // The bracket takes in the field, and its own finding says what that means.
    let swallowed =
        BROKEN.replace("depends_on: [b\n", "").replace("visibility: internal", "x: 'a\n  visibility: internal");
    let folded = fold(&roadmap(&swallowed).diagnostics);
    assert_eq!(folded.len(), 1, "{folded:#?}");
    assert_eq!(folded[0].diagnostic.code.name(), "invalid-yaml");
    assert_eq!(folded[0].diagnostic.severity, Severity::Error);
    assert!(folded[0].notes[0].contains("counts as internal (invalid-visibility)"), "{folded:#?}");
}

#[test]
fn what_does_not_follow_stands_for_itself() {
    // A file in an internal folder is internal, whatever is wrong with its front matter.
    let folder = BROKEN.replace("visibility: internal\n", "").replace("items/a.md", "items/partners/a.md");
    let folder = format!("//- roadbook.yml\ninternal: {{folders: [plan/items/partners]}}\n{folder}");
    assert_eq!(fold(&roadmap(&folder).diagnostics).len(), 3);
    // Nor does anything follow from a finding that nobody is shown.
    let off = format!("//- roadbook.yml\ndiagnostics: {{invalid-yaml: off}}\n{BROKEN}");
    let off = roadmap(&off);
    assert!(off.diagnostics.iter().all(|found| found.cause.is_none()), "{:?}", off.diagnostics);
    assert_eq!((codes(&off), fold(&off.diagnostics).len()), (vec!["internal-reference"; 2], 2));
    // A mistake of its own in a file with another one is shown.
    let both = BROKEN.replace("visibility: internal", "visibility: interal");
    assert_eq!(fold(&roadmap(&both).diagnostics).len(), 2);
}

/// A plan in which so many files have a date that is none.
fn dates(files: usize) -> String {
    (0..files).fold(String::new(), |mut plan, number| {
        _ = write!(plan, "//- plan/items/i{number:03}.md\n---\ntitle: I\ndue: soon\n---\n");
        plan
    })
}

#[test]
fn a_finding_in_more_than_twenty_files_is_shown_once() {
    let few = roadmap(&dates(20)).diagnostics;
    assert_eq!(fold(&few).len(), 20);
    let many = roadmap(&dates(21)).diagnostics;
    let folded = fold(&many);
    assert_eq!((folded.len(), folded[0].times, counts_of(&folded)), (1, 21, counts(&many)));
    expect![[r#"
        warning[unreadable-date]: `soon` is not a date for `due`
         --> plan/items/i000.md:3:6
          |
        3 | due: soon
          |      ^^^^
          |
         ::: plan/items/i001.md:3:6
          |
        3 | due: soon
          |      ---- the same here
          |
         ::: plan/items/i002.md:3:6
          |
        3 | due: soon
          |      ---- the same here
          |
          = note: 21 files have this, 3 of which are named
          = help: write a day (`2026-03-31`), a month (`2026-03`), a quarter (`2026-Q1`) or a year

        21 warnings
    "#]]
    .assert_eq(&report(&many, Format::Human, false));
    assert_eq!(report(&many, Format::Github, false).lines().count(), 1);
    assert_eq!(report(&many, Format::Short, false).lines().count(), 21);
    // Twenty-one times in one file are twenty-one mistakes of it.
    let in_one = roadmap(&format!("//- plan/items/a.md\n# A\n{}", "\n[x](#no)\n".repeat(21))).diagnostics;
    assert_eq!(fold(&in_one).len(), 21);
}

#[test]
fn the_lines_of_a_file_are_found_once() {
    let file = Source::new("a.md", "wörd\n".repeat(8_000));
    let finding = |number: usize| {
        let place = Location::new(&file, Span::new(number * 6, number * 6 + 5));
        Diagnostic::new(Code::EMPTY_FILE, place, number.to_string())
    };
    let findings: Vec<Diagnostic> = (0..8_000).map(finding).collect();
    let found = file.line_starts().as_ptr();
    for format in [Format::Human, Format::Short, Format::Json, Format::Github] {
        assert!(report(&findings, format, false).contains("8000"), "{format:?} names the last line");
        assert_eq!(file.line_starts().as_ptr(), found);
    }
    assert_eq!((findings[7_999].location.as_ref().map(Location::line_column)), Some((8_000, 1)));
    assert_eq!(
        (file.line_column(u32::MAX), file.line_column(2)),
        ((8_001, 1), (1, 2)),
        "past the end, and within a letter"
    );
    assert_eq!(file.line_starts().as_ptr(), found);
}

/// A plan in which of so many files some have a field.
fn fields(all: usize, with: usize, field: &str, others: usize, other: &str) -> String {
    (0..all).fold(String::new(), |mut plan, number| {
        let field = if number < with { format!("{field}: 3\n") } else { String::new() };
        let other = if number < others { format!("{other}: 3\n") } else { String::new() };
        _ = write!(plan, "//- plan/items/i{number:03}.md\n---\ntitle: I\n{field}{other}---\n");
        plan
    })
}

#[test]
fn a_name_that_many_files_share_is_no_slip() {
    let slips = |plan: String| {
        let roadmap = roadmap(&plan);
        codes(&roadmap).into_iter().filter(|code| *code == "misspelled-field").count()
    };
    assert_eq!(slips(fields(40, 9, "horizont", 0, "x")), 9, "a few may all be slips");
    assert_eq!(slips(fields(40, 10, "horizont", 0, "x")), 0, "ten of forty are a habit");
    assert_eq!(slips(fields(101, 10, "horizont", 0, "x")), 10, "ten of a hundred and one are few");
    assert_eq!(slips(fields(40, 12, "efort", 20, "effort")), 12, "more files have the field that was meant");
    assert_eq!(slips(fields(40, 12, "efort", 11, "effort")), 0, "more files have this one");
    let internal =
        format!("//- roadbook.yml\ninternal: {{fields: [horizon]}}\n{}", fields(40, 12, "horizont", 1, "horizon"));
    assert_eq!(slips(internal), 24, "what may be internal is said of each");
}
