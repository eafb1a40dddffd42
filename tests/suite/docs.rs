//! The documentation, held against the code: a table that lies is worse than none.

mod views;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use roadbook::config::{self, Config};
use roadbook::diagnostic::{CODES, Code, Diagnostic};
use roadbook::number::Decimal;
use roadbook::plan::names_of;
use roadbook::source::Source;
use roadbook::state::{State, state};

use crate::support::{lines, roadmap};

pub(crate) fn docs(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name)).expect("a document")
}

/// The rows of the tables of a document, without the cells' outer spaces.
pub(crate) fn rows(text: &str) -> Vec<Vec<&str>> {
    let lines = text.lines().filter(|line| line.starts_with('|') && !line.starts_with("|---"));
    lines.map(|line| line.trim_matches('|').split('|').map(str::trim).collect()).collect()
}

/// The words in backticks.
pub(crate) fn ticked(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

/// The part of a document under a heading.
pub(crate) fn section<'a>(text: &'a str, heading: &str) -> &'a str {
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
    // What a result of an outcome is called is no field of the file.
    let (before, after) = text.split_once("Each outcome:").expect("outcomes");
    let after = section(after, "## Vision");
    for row in rows(section(before, "## Items"))
        .into_iter()
        .chain(rows(&before[before.find("## Themes").expect("themes")..]))
        .chain(rows(after))
    {
        if row[0] == "field" {
            has_names = row[1] == "also";
            continue;
        }
        if row[0] == "state" || row[1] == "as for items" {
            continue;
        }
        let field = ticked(row[0])[0];
        assert!(has_names, "the table of `{field}` does not list other names");
        let documented: BTreeSet<String> = ticked(row[1]).iter().map(|name| name.replace([' ', '-'], "_")).collect();
        let read = names_of(field);
        assert_eq!(read.first(), Some(&field), "`{field}` is no field");
        let read: BTreeSet<String> = read[1..].iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(documented, read, "the other names of `{field}`");
        assert!(listed.insert(field), "`{field}` stands in two tables");
    }
    assert!(listed.len() >= 45, "only {} fields were found", listed.len());
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
    assert!(count >= 60, "only {count} words were found");
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

/// The fenced blocks of YAML in a document, each with its line.
fn blocks(text: &str) -> Vec<(usize, String)> {
    let mut blocks: Vec<(usize, String)> = Vec::new();
    let mut fence: Option<&str> = None;
    for (at, line) in text.lines().enumerate() {
        match fence {
            None if line.trim_start().starts_with("```") => {
                fence = Some(line.trim());
                if line.trim() == "```yaml" {
                    blocks.push((at + 1, String::new()));
                }
            }
            Some(_) if line.trim() == "```" => fence = None,
            Some("```yaml") => {
                if let Some((_, block)) = blocks.last_mut() {
                    _ = writeln!(block, "{line}");
                }
            }
            _ => {}
        }
    }
    assert_eq!(fence, None, "a fence without an end");
    blocks
}

/// What is wrong with a block of YAML, as a configuration.
fn as_configuration(block: &str) -> Vec<Diagnostic> {
    config::config(&Source::new(config::FILE, block)).1
}

/// What is wrong with a block of YAML, as front matter of a kind. What it refers to is not there, and nobody minds.
fn as_front_matter(block: &str, path: &str) -> Vec<Diagnostic> {
    let fields = block.trim().trim_start_matches("---").trim_end_matches("---").trim();
    let found = roadmap(&format!("//- {path}\n---\n{fields}\n---\n")).diagnostics;
    let is_missing = |code: Code| [Code::UNKNOWN_DEPENDENCY, Code::UNKNOWN_REFERENCE].contains(&code);
    found.into_iter().filter(|diagnostic| !is_missing(diagnostic.code)).collect()
}

#[test]
fn every_example_of_yaml_is_read_without_a_finding() {
    let mut count = 0;
    for (document, least) in [("configuration.md", 10), ("front-matter.md", 9), ("adopting.md", 2)] {
        let text = docs(document);
        let blocks = blocks(&text);
        assert!(blocks.len() >= least, "{document} has {} blocks", blocks.len());
        for (line, block) in blocks {
            let configuration = as_configuration(&block);
            let found = if document == "front-matter.md" && !configuration.is_empty() {
                let heading = text.lines().take(line).filter(|line| line.starts_with("## ")).last();
                let path = match heading {
                    Some("## Themes") => "plan/themes/a.md",
                    Some("## Vision") => "plan/vision.md",
                    Some("## Pages") => "plan/pages/a.md",
                    _ => "plan/items/a.md",
                };
                as_front_matter(&block, path)
            } else {
                configuration
            };
            assert!(found.is_empty(), "{document}:{line}\n{block}\n{}", lines(&found));
            count += 1;
        }
    }
    assert!(count >= 24, "only {count} blocks were read");
}

/// The check above would be worth nothing if it could not fail.
#[test]
fn an_example_with_a_mistake_is_found_out() {
    assert!(!as_configuration("scorng: priority\n").is_empty());
    assert!(!as_front_matter("effort: about 3", "plan/items/a.md").is_empty());
    assert!(!as_front_matter("depnds_on: [a]", "plan/items/a.md").is_empty());
    assert_eq!(blocks("a\n```yaml\nb: 1\n```\n```sh\nc\n```\n"), [(2, "b: 1\n".to_owned())]);
}

/// The files and folders of the project that a document names in backticks; `…` and placeholders in capitals are none.
fn named_files(text: &str) -> Vec<&str> {
    const FOLDERS: [&str; 6] = ["src/", "tests/", "docs/", "themes/", "benches/", "example-site/"];
    let words = ticked(text).into_iter().filter(|word| FOLDERS.iter().any(|folder| word.starts_with(folder)));
    words.filter(|word| word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/._-".contains(&byte))).collect()
}

#[test]
fn the_files_that_contributors_are_sent_to_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (name, least) in [("CONTRIBUTING.md", 30), ("ARCHITECTURE.md", 15)] {
        let text = fs::read_to_string(root.join(name)).expect("a document");
        let found = named_files(&text);
        assert!(found.len() >= least, "{name} names only {found:?}");
        let missing: Vec<&&str> = found.iter().filter(|path| !root.join(path).exists()).collect();
        assert!(missing.is_empty(), "{name} names {missing:?}, which is not there");
    }
    assert_eq!(named_files("see `src/a.rs`, `src/*.rs`, `src/NAME x` and `other/b`"), ["src/a.rs"]);
}
