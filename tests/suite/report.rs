//! Diagnostics as text, to the letter.

use std::sync::Arc;

use expect_test::expect;
use roadbook::diagnostic::{Code, Diagnostic, Severity};
use roadbook::report::{Format, Repository, annotations, counts, report, summary};
use roadbook::source::{Location, Source, Span};

use crate::support::assert_near_linear;

fn source(path: &str, text: &str) -> Arc<Source> {
    Source::new(path, text)
}

/// The place of `words` in `source`.
fn at(source: &Arc<Source>, words: &str) -> Location {
    let start = source.text.find(words).expect("the words stand in the source");
    Location::new(source, Span::new(start, start + words.len()))
}

/// A report without colours.
fn plain(diagnostics: &[Diagnostic], format: Format) -> String {
    report(diagnostics, format, false)
}

fn cycle() -> Vec<Diagnostic> {
    let a = source("plan/items/a.md", "---\ntitle: A\ndepends_on: [b]\n---\n");
    let b = source("plan/items/b.md", "---\ntitle: B\nvalue: 3\neffort: 2\ndepends_on: [a]\n---\n");
    vec![
        Diagnostic::new(Code::DEPENDENCY_CYCLE, at(&a, "b]"), "`a` and `b` wait for each other")
            .label("`a` waits for `b`")
            .related(at(&b, "a]"), "`b` waits for `a`")
            .help("take one of the two out of `depends_on`"),
        Diagnostic::new(Code::UNKNOWN_STATUS, at(&b, "3"), "50 % of `x`, a: b"),
    ]
}

#[test]
fn human_shows_the_line_the_caret_and_the_other_file() {
    expect![[r#"
        error[dependency-cycle]: `a` and `b` wait for each other
         --> plan/items/a.md:3:14
          |
        3 | depends_on: [b]
          |              ^^ `a` waits for `b`
          |
         ::: plan/items/b.md:5:14
          |
        5 | depends_on: [a]
          |              -- `b` waits for `a`
          |
          = help: take one of the two out of `depends_on`

        warning[unknown-status]: 50 % of `x`, a: b
         --> plan/items/b.md:3:8
          |
        3 | value: 3
          |        ^

        1 error, 1 warning
    "#]]
    .assert_eq(&plain(&cycle(), Format::Human));
}

#[test]
fn short_is_one_line_each() {
    expect![[r#"
        plan/items/a.md:3:14: error[dependency-cycle]: `a` and `b` wait for each other
        plan/items/b.md:3:8: warning[unknown-status]: 50 % of `x`, a: b
    "#]]
    .assert_eq(&plain(&cycle(), Format::Short));
}

#[test]
fn json_holds_every_part() {
    expect![[r#"
        {
          "schema_version": 1,
          "kind": "diagnostics",
          "diagnostics": [
            {
              "code": "dependency-cycle",
              "severity": "error",
              "path": "plan/items/a.md",
              "line": 3,
              "column": 14,
              "end_line": 3,
              "end_column": 16,
              "message": "`a` and `b` wait for each other",
              "label": "`a` waits for `b`",
              "help": "take one of the two out of `depends_on`",
              "related": [
                {
                  "path": "plan/items/b.md",
                  "line": 5,
                  "column": 14,
                  "message": "`b` waits for `a`"
                }
              ],
              "cause": null
            },
            {
              "code": "unknown-status",
              "severity": "warning",
              "path": "plan/items/b.md",
              "line": 3,
              "column": 8,
              "end_line": 3,
              "end_column": 9,
              "message": "50 % of `x`, a: b",
              "label": null,
              "help": null,
              "related": [],
              "cause": null
            }
          ],
          "summary": {
            "errors": 1,
            "warnings": 1,
            "notes": 0
          }
        }
    "#]]
    .assert_eq(&plain(&cycle(), Format::Json));
}

#[test]
fn github_escapes_and_puts_errors_first() {
    let mut diagnostics = cycle();
    diagnostics.reverse();
    diagnostics.push(Diagnostic::new(Code::INVALID_CONFIGURATION, None, "two\r\nlines"));
    let odd = source("plan/a,b:c%.md", "one\ntwo\n");
    diagnostics.push(Diagnostic::new(Code::EMPTY_FILE, at(&odd, "one\ntwo"), "over two lines"));
    expect![[r#"
        ::error file=plan/items/a.md,line=3,col=14,endLine=3,endColumn=16,title=dependency-cycle::`a` and `b` wait for each other%0A`a` waits for `b`%0Aplan/items/b.md:5:14: `b` waits for `a`%0Ahelp: take one of the two out of `depends_on`
        ::error title=invalid-configuration::two%0D%0Alines
        ::warning file=plan/items/b.md,line=3,col=8,endLine=3,endColumn=9,title=unknown-status::50 %25 of `x`, a: b
        ::warning file=plan/a%2Cb%3Ac%25.md,line=1,endLine=2,title=empty-file::over two lines
    "#]].assert_eq(&plain(&diagnostics,Format::Github));
}

#[test]
fn a_summary_has_everything_worst_first() {
    let mut diagnostics = cycle();
    diagnostics.reverse();
    diagnostics.push(Diagnostic::new(Code::INVALID_CONFIGURATION, None, "two\r\nlines"));
    let repository = Repository {
        folder: "docs/a plan/".to_owned(),
        blob: Some("https://github.com/ana/shop/blob/abc/".to_owned()),
    };
    let expected = expect![[r#"
        ## Roadbook: 2 errors, 1 warning

        ### Errors

        | Where | What | Code |
        |---|---|---|
        | [docs/a plan/plan/items/a.md&#58;3](https://github.com/ana/shop/blob/abc/docs/a%20plan/plan/items/a.md?plain=1#L3) | <code>a</code> and <code>b</code> wait for each other<br><code>a</code> waits for <code>b</code><br>docs/a plan/plan/items/b.md&#58;5: <code>b</code> waits for <code>a</code><br>Help: take one of the two out of <code>depends&#95;on</code> | <code>dependency-cycle</code> |
        |  | two  lines | <code>invalid-configuration</code> |

        ### Warnings

        | Where | What | Code |
        |---|---|---|
        | [docs/a plan/plan/items/b.md&#58;3](https://github.com/ana/shop/blob/abc/docs/a%20plan/plan/items/b.md?plain=1#L3) | 50 % of <code>x</code>, a&#58; b | <code>unknown-status</code> |
    "#]];
    expected.assert_eq(&summary(&diagnostics, &repository));
    assert_eq!(summary(&[], &Repository::default()), "## Roadbook: no problems\n");
    let first = annotations(&diagnostics, &repository);
    assert!(first.starts_with("::error file=docs/a plan/plan/items/a.md,line=3,"), "{first}");
    assert!(first.contains("%0Adocs/a plan/plan/items/b.md:5:14: "), "{first}");
}

/// What a plan says is text in a summary, whatever it says.
#[test]
fn no_markup_gets_into_a_summary() {
    let evil = "x | y\n# h `a` b` <img src=x onerror=y> [l](javascript:z) ![i](u) *e* _e_ ~~s~~ @ana #1 &lt; \\ https://a.example $m$ :+1:";
    let file = source(&format!("plan/{evil}.md"), "words\n");
    let place = at(&file, "words");
    let diagnostic =
        Diagnostic::new(Code::UNKNOWN_STATUS, place.clone(), evil).label(evil).help(evil).related(place, evil);
    let repository = Repository { folder: String::new(), blob: Some("https://github.com/a/b/blob/c/".to_owned()) };
    let text = summary(&[diagnostic], &repository);
    let row = text.lines().last().expect("a row");
    assert_eq!(text.lines().count(), 7, "{text}");
    // What is left when our own is taken away.
    let own = regex::Regex::new(r"&#\d+;|</?code>|<br>|\]\(https://github\.com/a/b/blob/c/[\w./%~-]+\?plain=1#L1\)")
        .expect("a pattern");
    let rest = own.replace_all(row, "");
    let rest = rest.strip_prefix("| [").and_then(|rest| rest.strip_suffix(" |")).expect("a row");
    let odd: Vec<char> = rest.chars().filter(|c| "<>[]()!*_~@#&\\`$|".contains(*c)).collect();
    assert_eq!(odd, ['|', '|'], "{rest}");
    assert_eq!(row.matches("<code>").count(), row.matches("</code>").count(), "{row}");
}

/// GitHub takes no summary of more than a mebibyte.
#[test]
fn a_summary_ends_before_it_is_too_long() {
    let file = source("plan/items/a.md", &"word\n".repeat(30_000));
    let place = |n: usize| Location::new(&file, Span::new(n * 5, n * 5 + 4));
    let mut diagnostics: Vec<Diagnostic> =
        (0..30_000).map(|n| Diagnostic::new(Code::UNKNOWN_STATUS, place(n), "a warning of some length")).collect();
    diagnostics.push(Diagnostic::new(Code::DEPENDENCY_CYCLE, place(7), "the error"));
    let text = summary(&diagnostics, &Repository::default());
    assert!(text.len() < 1_000_000, "{} bytes", text.len());
    let rows = text.lines().filter(|line| line.starts_with("| plan/")).count();
    assert!(text.lines().nth(6).is_some_and(|line| line.contains("the error")));
    assert!(text.contains(&format!("\n… and {} more, ", 30_001 - rows)), "{rows}");
}

#[test]
fn related_places_near_and_far_in_one_file() {
    let text = format!("title: one\ntitle: two\n{}title: three\n", "x\n".repeat(40));
    let file = source("plan/items/a.md", &text);
    let diagnostic = Diagnostic::new(Code::DUPLICATE_FIELD, at(&file, "title: two"), "`title` is given three times")
        .label("this one is not read")
        .related(at(&file, "title: one"), "first given here")
        .related(at(&file, "title: three"), "and here");
    expect![[r#"
        warning[duplicate-field]: `title` is given three times
          --> plan/items/a.md:2:1
           |
         1 | title: one
           | ---------- first given here
         2 | title: two
           | ^^^^^^^^^^ this one is not read
           |
          ::: plan/items/a.md:43:1
           |
        43 | title: three
           | ------------ and here

        1 warning
    "#]]
    .assert_eq(&plain(&[diagnostic], Format::Human));
}

#[test]
fn wide_characters_tabs_and_terminal_escapes() {
    let file = source("plan/items/\u{1b}[31m日本.md", "\tkey: 日本語 値\u{1b}[2J\u{202e}\n");
    let diagnostic = Diagnostic::new(Code::UNKNOWN_STATUS, at(&file, "値"), "`値\u{1b}[31m` is\nno status")
        .label("here\u{7}\nand here")
        .help("write\tplanned");
    expect![[r#"
        warning[unknown-status]: `値�[31m` is no status
         --> plan/items/�[31m日本.md:1:11
          |
        1 |     key: 日本語 値␛[2J�
          |                 ^^ here� and here
          |
          = help: write planned

        1 warning
    "#]]
    .assert_eq(&plain(std::slice::from_ref(&diagnostic), Format::Human));
    expect![[r#"
        plan/items/�[31m日本.md:1:11: warning[unknown-status]: `値�[31m` is no status
    "#]]
    .assert_eq(&plain(&[diagnostic], Format::Short));
}

#[test]
fn spans_over_lines() {
    let file = source("a.md", &"line\n".repeat(30));
    let several =
        Diagnostic::new(Code::INVALID_YAML, Location::new(&file, Span::new(2, 12)), "three lines").label("all of it");
    let many =
        Diagnostic::new(Code::INVALID_YAML, Location::new(&file, Span::new(7, 120)), "many lines").label("from here");
    let whole =
        Diagnostic::new(Code::INVALID_YAML, Location::new(&file, Span::new(5, 10)), "a line with its end").label("it");
    expect![[r#"
        warning[invalid-yaml]: three lines
         --> a.md:1:3
          |
        1 |   line
          |  ___^
        2 | | line
        3 | | line
          | |__^ all of it

        warning[invalid-yaml]: many lines
         --> a.md:2:3
          |
        2 | line
          |   ^^ from here

        warning[invalid-yaml]: a line with its end
         --> a.md:2:1
          |
        2 | line
          | ^^^^ it

        3 warnings
    "#]]
    .assert_eq(&plain(&[several, many, whole], Format::Human));
}

#[test]
fn empty_spans_the_end_of_the_file_and_no_place() {
    let file = source("a.md", "key:\nlast");
    let ended = source("b.md", "key:\n");
    let empty = source("c.md", "");
    let of = |source: &Arc<Source>, start, end| {
        let place = Location::new(source, Span::new(start, end));
        Diagnostic::new(Code::EMPTY_FILE, place, "message").label("label").help("act")
    };
    let diagnostics = [
        of(&file, 4, 4),
        of(&file, 9, 9),
        of(&ended, 5, 5),
        of(&empty, 0, 0),
        of(&file, 700, 900),
        of(&file, 7, 2),
        Diagnostic::new(Code::INVALID_CONFIGURATION, None, "no place at all"),
        Diagnostic::new(Code::INVALID_CONFIGURATION, None, "no place at all").help("but an act"),
    ];
    expect![[r#"
        warning[empty-file]: message
         --> a.md:1:5
          |
        1 | key:
          |     ^ label
          |
          = help: act

        warning[empty-file]: message
         --> a.md:2:5
          |
        2 | last
          |     ^ label
          |
          = help: act

        warning[empty-file]: message
         --> b.md:2:1
          |
        2 |
          | ^ label
          |
          = help: act

        warning[empty-file]: message
         --> c.md:1:1
          |
        1 |
          | ^ label
          |
          = help: act

        warning[empty-file]: message
         --> a.md:2:5
          |
        2 | last
          |     ^ label
          |
          = help: act

        warning[empty-file]: message
         --> a.md:2:3
          |
        2 | last
          |   ^ label
          |
          = help: act

        error[invalid-configuration]: no place at all

        error[invalid-configuration]: no place at all
         |
         = help: but an act

        2 errors, 6 warnings
    "#]]
    .assert_eq(&plain(&diagnostics, Format::Human));
    expect![[r#"
        a.md:1:5: warning[empty-file]: message
        a.md:2:5: warning[empty-file]: message
        b.md:2:1: warning[empty-file]: message
        c.md:1:1: warning[empty-file]: message
        a.md:2:5: warning[empty-file]: message
        a.md:2:3: warning[empty-file]: message
        error[invalid-configuration]: no place at all
        error[invalid-configuration]: no place at all
    "#]]
    .assert_eq(&plain(&diagnostics, Format::Short));
}

#[test]
fn a_very_long_line_is_cut_around_the_caret() {
    let text = format!("{}needle{}\n", "é ".repeat(25_000), " ü".repeat(25_000));
    let file = source("a.md", &text);
    let middle = Diagnostic::new(Code::INVALID_YAML, at(&file, "needle"), "in the middle").label("here");
    let start =
        Diagnostic::new(Code::INVALID_YAML, Location::new(&file, Span::new(0, text.len())), "all of it").label("this");
    let end = Diagnostic::new(Code::INVALID_YAML, Location::new(&file, Span::new(text.len(), text.len())), "after it");
    expect![[r#"
        warning[invalid-yaml]: in the middle
         --> a.md:1:50001
          |
        1 | …é é é é é é é é é é é é é é é é é é é é é é é é é needle ü ü ü ü ü ü ü ü ü ü ü ü ü ü ü ü ü ü ü ü ü ü ü ü ü ü ü…
          |                                                    ^^^^^^ here

        warning[invalid-yaml]: all of it
         --> a.md:1:1
          |
        1 | é é é é é é é é é é é é é é é é é é é é é é é é é é é é é é é é é é é é é é é é é é é é é é é é é é é é é é é …
          | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this

        warning[invalid-yaml]: after it
         --> a.md:2:1
          |
        2 |
          | ^

        3 warnings
    "#]].assert_eq(&plain(&[middle, start, end],Format::Human));
}

#[test]
fn colour_adds_escapes_and_nothing_else() {
    let coloured = report(&cycle(), Format::Human, true);
    assert!(coloured.contains("\u{1b}["), "{coloured:?}");
    let mut plain = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        rest = after.split_once('m').expect("an escape ends").1;
    }
    plain.push_str(rest);
    assert_eq!(plain, report(&cycle(), Format::Human, false));
}

#[test]
fn nothing_to_say() {
    expect![].assert_eq(&plain(&[], Format::Human));
    expect![].assert_eq(&plain(&[], Format::Short));
    expect![].assert_eq(&plain(&[], Format::Github));
    expect![[r#"
        {
          "schema_version": 1,
          "kind": "diagnostics",
          "diagnostics": [],
          "summary": {
            "errors": 0,
            "warnings": 0,
            "notes": 0
          }
        }
    "#]]
    .assert_eq(&plain(&[], Format::Json));
}

#[test]
fn the_counts_in_words() {
    let mut diagnostics = cycle();
    expect!["1 error, 1 warning"].assert_eq(&counts(&diagnostics).to_string());
    diagnostics[0].severity = Severity::Note;
    diagnostics.extend(cycle().drain(1..));
    expect!["2 warnings, 1 note"].assert_eq(&counts(&diagnostics).to_string());
    expect!["no problems"].assert_eq(&counts(&[]).to_string());
}

#[test]
fn lines_and_columns_are_those_of_the_source() {
    let seed = 7;
    let mut random = fastrand::Rng::with_seed(seed);
    for round in 0..60 {
        let alphabet = ["a", "é", "日", "🎉", "\n", "\t", "word "];
        let pieces = random.usize(0..3_000);
        let text: String = (0..pieces).map(|_| alphabet[random.usize(0..alphabet.len() - round % 3)]).collect();
        let file = source("a.md", &text);
        let places: Vec<Location> =
            (0..40).map(|_| Location::new(&file, Span::new(random.usize(0..=text.len() + 2), 0))).collect();
        let diagnostics: Vec<Diagnostic> =
            places.iter().map(|place| Diagnostic::new(Code::EMPTY_FILE, place.clone(), "m")).collect();
        let expected: String = places.iter().map(|place| format!("{place}: warning[empty-file]: m\n")).collect();
        assert_eq!(report(&diagnostics, Format::Short, false), expected, "seed {seed}, round {round}");
        let human = report(&diagnostics, Format::Human, false);
        for place in &places {
            assert!(human.contains(&format!("--> {place}\n")), "seed {seed}, round {round}: no `{place}`");
        }
    }
}

/// A look-up that walks the line for each finding would take a time that grows with the square.
#[test]
fn many_findings_in_one_long_line() {
    let findings = |count: usize| -> Vec<Diagnostic> {
        let file = source("a.md", &"wörd ".repeat(18 * count));
        let finding = |n: usize| {
            Diagnostic::new(Code::EMPTY_FILE, Location::new(&file, Span::new(n * 100, n * 100 + 5)), "m").label("l")
        };
        (0..count).map(finding).collect()
    };
    for format in [Format::Human, Format::Short, Format::Json, Format::Github] {
        assert_near_linear(&format!("{format:?}"), 600, 16, findings, |diagnostics| {
            let out = report(diagnostics, format, false);
            assert!(out.len() < 600 * diagnostics.len(), "{format:?}: {} bytes", out.len());
        });
    }
}
