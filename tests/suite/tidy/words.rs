//! One name for one type, and the field's words: what nobody searches for does not come back.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::text::{File, files, read};
use super::{fails, hold, sources};

/// Names that two public types share until one of them has another, and what the two are.
const SHARED: &[(&str, &str)] = &[];

/// Public types that have one name, but for those that are `shared`.
fn namesakes(shared: &[(&str, &str)], files: &[File]) -> Vec<String> {
    let mut types: BTreeMap<&str, Vec<(&str, usize)>> = BTreeMap::new();
    for file in files.iter().filter(|file| !["cli", "main"].contains(&file.module())) {
        for at in 0..file.tokens.len() {
            let is_type = ["struct", "enum", "trait", "type", "union"].iter().any(|word| file.is(at + 1, word));
            if let Some(name) = file.tokens.get(at + 2).filter(|name| file.is(at, "pub") && is_type && name.text != "$")
            {
                types.entry(&name.text).or_default().push((&file.path, name.line));
            }
        }
    }
    let mut complaints = Vec::new();
    for (name, places) in &types {
        let is_shared = shared.iter().any(|(known, _)| known == name);
        if let [(first, _), others @ ..] = places.as_slice() {
            let others = others.iter().filter(|_| !is_shared);
            complaints.extend(others.map(|(path, line)| format!("{path}:{line}: `{name}` is a type of {first}, too")));
        }
    }
    let is_one = |name: &&str| types.get(name).is_none_or(|places| places.len() < 2);
    complaints.extend(
        shared
            .iter()
            .map(|(name, _)| *name)
            .filter(is_one)
            .map(|name| format!("src/lib.rs:1: `{name}` is no longer shared; strike it from the list")),
    );
    complaints
}

#[test]
fn no_two_public_types_share_a_name() {
    let reason = "one type, one name: a search finds it, and a reader need not look at the imports (`SHARED` in this file has those that are \
                  to be named apart)";
    hold(reason, &namesakes(SHARED, &sources()));
    let rule = |files: &[File]| namesakes(&[], files);
    let two = "pub struct A;\npub(crate) struct B;\npub enum A {}";
    fails(rule, "src/plan/a.rs", 3, two, "pub struct A;\nstruct B;\npub enum C {}");
    fails(rule, "src/plan/a.rs", 2, "pub type A = u8;\npub trait A {}", "pub type A = u8;\nimpl A {}");
    fails(|files| namesakes(&[("A", "")], files), "src/lib.rs", 1, "pub struct A;", two);
}

/// Words of the dialect that the code once had, each as a pattern and with the field's word.
const DIALECT: &[(&str, &str)] = &[
    (r"\b[Rr]ooms?\b", "module; or say what there is space for"),
    (r"\b[Tt]he world\b", "I/O, environment"),
    (r"\b[Ww]orldly\b|WorldError", "I/O; `DiscoverError`"),
    (r"\b[Tt]he face\b", "CLI"),
    (r"\b[Kk]nots?\b", "strongly connected component, cycle"),
    (r"\b[Tt]roubles?\b", "I/O error"),
    (r"\b[Mm]end(s|ed|ing)?\b", "fix, fixed"),
    (r"Projected|\b(?:struct|enum) Whole\b", "`Visible`, `Unfiltered`"),
    (r"\bEditions?\b", "snapshot"),
    (r"\bPress\b", "preview engine"),
    (r"\bVoice\b", "verbosity"),
    (r"\bVerdict\b", "exit status"),
    (r"\bHoldsUp\b|holds_up", "blocks transitively, blocking impact"),
    (r"\bGlance\b", "horizon preview"),
    (r"\b[Ss]trands?\b", "theme row"),
    (r"\bkind_word\b", "item type"),
    (r"\bMOST_", "`MAX_`"),
    (r"\bwhose eyes\b", "audience"),
    (r"\b[Aa]nswers to\b", "matches"),
    (r"\bis no (number|part)\b", "is not a number, is not part"),
];

static PATTERNS: LazyLock<Vec<(Regex, &str)>> =
    LazyLock::new(|| DIALECT.iter().map(|(pattern, word)| (Regex::new(pattern).expect("a pattern"), *word)).collect());

/// Where such a word is plain English: files, what they may say, and why.
const PLAIN: &[(&str, &str, &str)] = &[
    ("src/markdown/emoji.txt", "knot", "the code of an emoji"),
    ("src/site/card/", "room", "the space that a text has"),
    ("src/site/drawing/", "room", "the space that a text or a line has"),
    ("src/site/drawing/layout.rs", "Room", "the space between the boxes"),
    ("src/site/timeline/", "room", "the space that a text or a line has"),
    ("src/site/data/roadmap_ics.rs", "room", "the space that is left in a line"),
    ("src/site/data/roadmap_ics.rs", "the world", "a name is unique in it"),
    ("src/report/summary.rs", "room", "the space of a summary"),
];

fn spoken(plain: &[(&str, &str, &str)], files: &[File]) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in files {
        for (at, line) in file.text.lines().enumerate() {
            for (pattern, word) in PATTERNS.iter() {
                let found = pattern.find_iter(line).map(|found| found.as_str());
                let found = found
                    .filter(|found| !plain.iter().any(|(path, may, _)| file.path.starts_with(path) && may == found));
                complaints.extend(found.map(|found| format!("{}:{}: {found:?}: {word}", file.path, at + 1)));
            }
        }
    }
    for (path, may, _) in plain {
        if !files.iter().any(|file| file.path.starts_with(path) && file.text.contains(may)) {
            complaints.push(format!("{path}:1: {may:?} is no longer there; strike it from the list"));
        }
    }
    complaints
}

#[test]
fn the_dialect_does_not_come_back() {
    let all: Vec<File> = ["src", "docs", "themes"].iter().flat_map(|folder| files(folder, "")).collect();
    assert!(all.iter().any(|file| file.path.ends_with(".md")) && all.iter().any(|file| file.path.ends_with(".html")));
    let reason = "names, comments and messages have the words that the field has, so that a newcomer finds them";
    hold(reason, &spoken(PLAIN, &all));
    let rule = |files: &[File]| spoken(&[], files);
    for (bad, good) in [
        ("//! The room of plans.", "//! The module of plans."),
        ("/// What the world holds.", "/// What the disk holds, all over the wide world."),
        ("struct WorldError;", "struct DiscoverError;"),
        ("// The face says it.", "// On the face of it."),
        ("let knot = 1;", "let knotty = 1;"),
        ("\"nothing to mend\"", "\"nothing to amend\""),
        ("enum Verdict {}", "enum ExitStatus {}"),
        ("const MOST_LINES: usize = 1;", "const MAX_LINES: usize = 1;"),
        ("nothing answers to this name", "no item matches this name"),
        ("struct Press;", "a third press on a header"),
        ("kind_word: String", "item_type: String"),
    ] {
        fails(rule, "docs/a.md", 1, bad, &good.replace("On the face of it.", "On its face."));
    }
    let plain: &[(&str, &str, &str)] = &[("docs/a.md", "room", "")];
    fails(|files| spoken(plain, files), "docs/a.md", 1, "There is Room.", "There is room.");
    fails(|files| spoken(plain, files), "docs/a.md", 1, "There is space.", "There is room.");
    assert!(read("src/lib.rs").starts_with("//! "));
}
