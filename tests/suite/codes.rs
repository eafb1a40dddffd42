//! The findings, one fixture a code; and the documentation of what authors may write, held against the code.
//!
//! A fixture is a plan, each file behind a line `//- path`, and after `//= report` what is said of it, to the letter.
//! `UPDATE_EXPECT=1` writes that part. Before the first file stand directives for what text cannot hold:
//! `//! latin-1 path` writes the file in that encoding, `//! link path -> target` makes a symbolic link.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use expect_test::expect_file;
use roadbook::config::Config;
use roadbook::date::Date;
use roadbook::diagnostic::{self, CODES, Code, Diagnostic};
use roadbook::discover::{Options, discover};
use roadbook::number::Decimal;
use roadbook::plan::names_of;
use roadbook::project::Audience;
use roadbook::report::{Format, report};
use roadbook::resolve::Surroundings;
use roadbook::site::site;
use roadbook::skin::skin;
use roadbook::state::{State, state};

use crate::support::files;

/// Codes that nothing reports yet. The fixture of such a code shows what is said instead.
const UNREPORTED: &[Code] = &[Code::AMBIGUOUS_REFERENCE];

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/codes")
}

fn docs(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name)).expect("a document")
}

/// Writes a fixture's plan into a folder.
fn write(plan: &str, root: &Path) {
    let (directives, files_of): (Vec<&str>, Vec<&str>) = plan.lines().partition(|line| line.starts_with("//! "));
    let latin: Vec<&str> = directives.iter().filter_map(|line| line.strip_prefix("//! latin-1 ")).collect();
    for (path, text) in files(&files_of.join("\n")) {
        let file = root.join(&path);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        let narrow = |c: char| u8::try_from(u32::from(c)).expect("a character of latin-1");
        let bytes =
            if latin.contains(&path.as_str()) { text.chars().map(narrow).collect() } else { text.into_bytes() };
        fs::write(file, bytes).expect("a file");
    }
    for link in directives.iter().filter_map(|line| line.strip_prefix("//! link ")) {
        let (from, to) = link.split_once(" -> ").expect("`//! link path -> target`");
        make_link(to, &root.join(from));
    }
}

#[cfg(unix)]
fn make_link(to: &str, from: &Path) {
    std::os::unix::fs::symlink(to, from).expect("a link");
}

#[cfg(not(unix))]
fn make_link(_: &str, _: &Path) {}

/// All that a build says of the project in a folder, the making of every page included.
fn said(root: &Path) -> Vec<Diagnostic> {
    let inputs = discover(root, &Options { today: Date::day(2026, 11, 2) }).expect("the fixture can be read");
    let assets = inputs.static_files.iter().map(|(address, _)| address.clone()).collect();
    let surroundings = Surroundings { today: Some(inputs.today), assets };
    let audience = Audience::Internal;
    let (mut roadmap, _) = roadbook::roadmap(&inputs.sources, &inputs.config, audience, false, surroundings);
    let mut said = std::mem::take(&mut roadmap.diagnostics);
    said.extend(inputs.diagnostics);
    match site(roadmap, audience, skin(&inputs.templates, &inputs.static_files)) {
        Ok(site) => said.extend(site.addresses().filter_map(|address| Some(*site.render(address)?.err()?))),
        Err(wrong) => said.push(*wrong),
    }
    diagnostic::settle(&mut said, &inputs.config.severities, false);
    said
}

#[test]
fn every_code_has_a_fixture_and_every_fixture_a_code() {
    let entries = fs::read_dir(fixtures()).expect("the fixtures");
    let names: BTreeSet<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    let wanted: BTreeSet<String> = CODES.iter().map(|code| format!("{}.txt", code.name())).collect();
    assert_eq!(names, wanted);
}

#[test]
fn what_is_said_of_each_fixture() {
    for &code in CODES {
        if cfg!(not(unix)) && code == Code::SYMLINK_LOOP {
            continue;
        }
        let file = fixtures().join(format!("{}.txt", code.name()));
        let text = fs::read_to_string(&file).expect("a fixture").replace("\r\n", "\n");
        let (plan, _) = text.split_once("//= report\n").unwrap_or_else(|| panic!("{code:?} has no `//= report`"));
        let temp = tempfile::tempdir().expect("a folder");
        write(plan, temp.path());
        let said = said(temp.path());
        let is_reported = said.iter().any(|diagnostic| diagnostic.code == code);
        let others: Vec<Code> = said.iter().map(|diagnostic| diagnostic.code).filter(|&other| other != code).collect();
        if UNREPORTED.contains(&code) {
            assert!(!is_reported, "{code:?} is reported now: take it out of UNREPORTED");
        } else {
            assert!(is_reported, "{code:?} is not reported by its own fixture");
            assert_eq!(others, [], "the fixture of {code:?} shows other findings too");
        }
        let whole = format!("{plan}//= report\n{}", report(&said, Format::Human, false));
        expect_file![file].assert_eq(&whole);
    }
}

#[test]
fn every_code_says_what_it_means_and_how_to_mend_it() {
    for &code in CODES {
        let (summary, text) = (code.summary(), code.explanation());
        assert!(summary.len() > 10 && !summary.ends_with('.') && !summary.contains('\n'), "{code:?}: {summary}");
        assert!(text.len() > 200 && text.contains("bad") && text.contains("good"), "{code:?} is not explained");
        assert_eq!(text.matches("```").count(), 2, "{code:?} has one example");
        assert!(code.strict_severity() >= code.severity(), "{code:?} is milder under --strict");
        assert_eq!(Code::named(code.name()), Some(code));
    }
}

/// The rows of the tables of a document, without the cells' outer spaces.
fn rows(text: &str) -> Vec<Vec<&str>> {
    let lines = text.lines().filter(|line| line.starts_with('|') && !line.starts_with("|---"));
    lines.map(|line| line.trim_matches('|').split('|').map(str::trim).collect()).collect()
}

/// The words in backticks.
fn ticked(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

/// The part of a document under a heading.
fn section<'a>(text: &'a str, heading: &str) -> &'a str {
    let at = text.find(&format!("\n{heading}\n")).unwrap_or_else(|| panic!("there is no {heading}"));
    let rest = &text[at + 1 + heading.len()..];
    let level = heading.split(' ').next().expect("a heading");
    rest.find(&format!("\n{level} ")).map_or(rest, |end| &rest[..end])
}

#[test]
fn the_table_of_codes_is_complete_and_right() {
    let text = docs("configuration.md");
    let found: Vec<String> = rows(section(&text, "## Diagnostics"))[1..].iter().map(|row| row.join(" | ")).collect();
    let wanted = |code: &Code| {
        let (usual, strict) = (code.severity().word(), code.strict_severity().word());
        format!("`{}` | {} | {usual} | {strict}", code.name(), code.summary())
    };
    assert_eq!(found, CODES.iter().map(wanted).collect::<Vec<_>>());
}

#[test]
fn the_names_of_every_field_are_those_that_are_read() {
    let text = docs("front-matter.md");
    let mut listed = BTreeSet::new();
    let mut has_names = false;
    for row in rows(section(&text, "## Items")) {
        if row[0] == "field" {
            has_names = row[1] == "also";
            continue;
        }
        let field = ticked(row[0])[0];
        let documented: BTreeSet<String> = if has_names { ticked(row[1]) } else { Vec::new() }
            .into_iter()
            .map(|name| name.replace([' ', '-'], "_"))
            .collect();
        let read = names_of(field);
        assert_eq!(read.first(), Some(&field), "`{field}` is no field");
        let read: BTreeSet<String> = read[1..].iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(documented, read, "the other names of `{field}`");
        assert!(listed.insert(field), "`{field}` stands in two tables");
    }
    assert!(listed.len() >= 35, "only {} fields were found", listed.len());
}

#[test]
fn the_documented_status_words_mean_what_is_said() {
    let text = docs("front-matter.md");
    let mut count = 0;
    for row in &rows(section(&text, "## Status and state"))[1..] {
        let meant = State::named(ticked(row[0])[0]).expect("a state");
        if meant == State::Unknown {
            assert_eq!(state("no such word", &[]), None);
            continue;
        }
        for word in row[1].split(", ") {
            assert_eq!(state(word, &[]), Some(meant), "{word}");
            count += 1;
        }
    }
    assert!(count >= 70, "only {count} words were found");
}

#[test]
fn the_documented_sizes_and_weights_are_those_that_count() {
    let text = docs("configuration.md");
    let config = Config::default();
    for (first, table) in [("size", &config.sizes), ("priority", &config.priorities)] {
        let rows = rows(section(&text, "## Scales"));
        let mut rows = rows.iter().skip_while(|row| row[0] != first).skip(1);
        let mut documented = BTreeSet::new();
        while let Some(row) = rows.next().filter(|row| row[1].parse::<u64>().is_ok()) {
            let weight = Decimal::whole(row[1].parse().expect("a weight"));
            for word in ticked(row[0]) {
                assert_eq!(table.get(&word.to_lowercase()), Some(&weight), "{word}");
                documented.insert(word.to_lowercase());
            }
        }
        assert_eq!(documented, table.keys().cloned().collect(), "the table of {first}");
    }
}
