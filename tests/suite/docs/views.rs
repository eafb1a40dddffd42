//! The blocks of docs/templates.md, made from the source text of the views: their structs, fields and comments are the one source.
//!
//! A block stands between two comments of the document. The first names a file below the project's folder, and behind it those of its
//! structs that the block has; without names all of them, in the order of the file.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use expect_test::expect_file;

const FOLDER: &str = "src/site/views";
const BEGIN: &str = "<!-- generated: ";
const END: &str = "<!-- end of what is generated -->";

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A line without what says who may see it.
fn shown(line: &str) -> &str {
    line.strip_prefix("pub")
        .and_then(|rest| rest.trim_start_matches("(in crate::site)").trim_start_matches("(super)").strip_prefix(' '))
        .unwrap_or(line)
}

/// The structs of a Rust file that are serialised, by name and as the document shows them, in their order.
fn structs(source: &str) -> Vec<(String, String)> {
    let (mut found, mut open) = (Vec::<(String, String)>::new(), None::<(String, String)>);
    // Comments and attributes that wait for what they belong to.
    let (mut comment, mut attributes) = (String::new(), String::new());
    for line in source.lines() {
        let indent = if open.is_some() { "    " } else { "" };
        let text = line.trim_start();
        if text.starts_with("///") {
            _ = writeln!(comment, "{indent}{text}");
            continue;
        } else if text.starts_with("#[") {
            attributes += text;
            continue;
        }
        let text = shown(text);
        let head = text.strip_prefix("struct ").and_then(|rest| rest.split_once(" {"));
        if let Some((name, rest)) = head.filter(|_| open.is_none() && attributes.contains("Serialize")) {
            let begun = (name.to_owned(), format!("{comment}{text}\n"));
            if rest == "}" { found.push(begun) } else { open = Some(begun) }
        } else if let Some((name, block)) = &mut open {
            if text == "}" {
                block.push_str("}\n");
                found.extend(open.take());
            } else {
                assert!(
                    text.ends_with(',') && text.contains(": "),
                    "{name} has a field that is not on one line: {text}"
                );
                let note = if attributes.contains("serde(flatten)") { " // flattened" } else { "" };
                _ = writeln!(block, "{comment}    {}{note}", text.replace("super::", ""));
            }
        }
        comment.clear();
        attributes.clear();
    }
    assert!(open.is_none(), "a struct without an end");
    found
}

/// A document with its blocks made anew; and which structs of which files it has.
fn renewed(document: &str, read: impl Fn(&str) -> String) -> (String, Vec<(String, String)>) {
    let (mut text, mut named) = (String::with_capacity(document.len()), Vec::new());
    let mut rest = document;
    while let Some((before, after)) = rest.split_once(BEGIN) {
        let (marker, after) = after.split_once(" -->\n").expect("an end of the comment");
        let (_, after) = after.split_once(END).unwrap_or_else(|| panic!("no end of {marker}"));
        let mut words = marker.split(' ');
        let file = words.next().unwrap_or_default();
        let mut all = structs(&read(file));
        let wanted: Vec<&str> = words.collect();
        for name in &wanted {
            assert!(all.iter().any(|(known, _)| known == name), "{file} has no {name}");
        }
        all.retain(|(name, _)| wanted.is_empty() || wanted.contains(&name.as_str()));
        let blocks: Vec<&str> = all.iter().map(|(_, block)| block.as_str()).collect();
        _ = write!(text, "{before}{BEGIN}{marker} -->\n```rust\n{}```\n{END}", blocks.join("\n"));
        named.extend(all.into_iter().map(|(name, _)| (file.to_owned(), name)));
        rest = after;
    }
    (text + rest, named)
}

#[test]
fn the_documented_views_are_those_that_templates_are_given() {
    let mut document = read("docs/templates.md");
    let mut given = BTreeSet::new();
    let mut paths: Vec<String> = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER))
        .expect("the views")
        .map(|file| format!("{FOLDER}/{}", file.expect("a view").file_name().to_str().expect("a name")))
        .collect();
    paths.sort();
    for path in paths {
        let views = structs(&read(&path));
        // A view that nobody has written about comes last, until somebody does.
        if !views.is_empty() && !document.contains(&format!("{BEGIN}{path} ")) {
            _ = write!(document, "\n## `{path}`\n\n{BEGIN}{path} -->\n{END}\n");
        }
        given.extend(views.into_iter().map(|(name, _)| (path.clone(), name)));
    }
    let (fresh, named) = renewed(&document, read);
    assert!(given.len() > 30, "the views are not where this test looks");
    assert_eq!(named.iter().cloned().collect::<BTreeSet<_>>(), given, "each struct stands in a block");
    let times = named.iter().fold(BTreeMap::new(), |mut times: BTreeMap<_, usize>, one| {
        *times.entry(one).or_default() += 1;
        times
    });
    assert_eq!(times.into_iter().find(|(_, times)| *times > 1), None, "a struct stands in two blocks");
    expect_file!["../../../docs/templates.md"].assert_eq(&fresh);
}

/// The test above would be worth nothing if it could not fail.
#[test]
fn a_changed_view_changes_its_document() {
    let source = "/// A.\n#[derive(Debug, Serialize)]\npub(super) struct A {\n    /// B,\n    /// and more.\n    pub(in crate::site) b: \
                  Vec<u8>,\n    #[serde(flatten)]\n    c: C,\n}\n\n#[derive(Debug)]\nstruct Hidden {\n    d: u8,\n}\n\n#[derive(Serialize)]\n\
                  struct Empty {}\n";
    let a = "/// A.\nstruct A {\n    /// B,\n    /// and more.\n    b: Vec<u8>,\n    c: C, // flattened\n}\n";
    let of = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    assert_eq!(structs(source), [of("A", a), of("Empty", "struct Empty {}\n")]);
    let document = |block: &str| format!("Before.\n\n{BEGIN}a.rs A -->\n```rust\n{block}```\n{END}\n\nAfter.\n");
    let (fresh, named) = renewed(&document("old\n"), |_| source.to_owned());
    assert_eq!((fresh, named), (document(a), vec![of("a.rs", "A")]));
    let changed = [("b: Vec", "e: Vec"), ("B,", "E,"), ("#[serde(flatten)]\n", ""), ("Vec<u8>", "Vec<u16>")];
    for (old, new) in changed {
        let (fresh, _) = renewed(&document(a), |_| source.replace(old, new));
        assert_ne!(fresh, document(a), "{old} became {new:?}");
    }
}
