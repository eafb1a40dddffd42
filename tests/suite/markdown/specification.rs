//! The examples of the specifications of CommonMark and of GitHub's Markdown, as `pulldown-cmark` publishes them with its tests: a page shows
//! what they say, but for the examples that docs/markdown.md lists with a reason.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use html5ever::tendril::TendrilSink as _;
use html5ever::{Attribute, ParseOpts, QualName, local_name, ns, parse_fragment};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use roadbook::markdown::{LinkKind, Rendering, ResolvedLink, render};

/// One example of a specification.
struct Example {
    name: String,
    markdown: String,
    html: String,
}

/// The folder of the examples, below the sources of `pulldown-cmark`.
fn folder() -> PathBuf {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let arguments = ["metadata", "--format-version=1", "--locked", "--offline", "--filter-platform=host-tuple"];
    let output = Command::new(cargo).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("cargo");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("metadata");
    let packages = metadata["packages"].as_array().expect("packages");
    let parser = packages.iter().find(|package| package["name"] == "pulldown-cmark").expect("the parser");
    let manifest = PathBuf::from(parser["manifest_path"].as_str().expect("a path"));
    manifest.parent().expect("a folder").join("tests/suite")
}

/// The examples, each by its number in its file: `CommonMark 1`, `table 1`.
fn examples() -> Vec<Example> {
    let folder = folder();
    let mut all = Vec::new();
    for (file, name) in
        [("spec", "CommonMark"), ("gfm_table", "table"), ("gfm_tasklist", "task"), ("gfm_strikethrough", "strike")]
    {
        let text = fs::read_to_string(folder.join(file).with_extension("rs")).expect("examples");
        for (at, part) in text.split("let original = r##\"").skip(1).enumerate() {
            let (markdown, rest) = part.split_once("\"##;").expect("an end");
            let (_, rest) = rest.split_once("let expected = r##\"").expect("what is expected");
            let (html, _) = rest.split_once("\"##;").expect("an end");
            all.push(Example { name: format!("{name} {}", at + 1), markdown: markdown.into(), html: html.into() });
        }
    }
    all
}

/// An example as it is shown where every address leads somewhere, and no name of an item does.
fn shown(markdown: &str) -> String {
    let resolve = |kind, _: &str| if kind == LinkKind::Wiki { ResolvedLink::Broken } else { ResolvedLink::AsIs };
    render(markdown, Rendering { resolve: &resolve, mentions: None, prefix: "", skip_title: false })
}

/// What HTML says: its elements and words, without what is said by their looks. Headings are of one level, since a page has its own
/// above them.
fn said(html: &str) -> String {
    let context = QualName::new(None, ns!(html), local_name!("div"));
    let parsed = parse_fragment(RcDom::default(), ParseOpts::default(), context, Vec::new(), false).one(html);
    let mut out = String::new();
    say(&parsed.document, &mut out);
    out.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn say(node: &Handle, out: &mut String) {
    let children = |out: &mut String| node.children.borrow().iter().for_each(|child| say(child, out));
    match &node.data {
        NodeData::Text { contents } => out.push_str(&contents.borrow()),
        NodeData::Element { name, attrs, .. } => {
            let attributes = attrs.borrow();
            let class = attributes.iter().find(|attribute| attribute.name.local == local_name!("class"));
            let is_of = |wanted: &str| class.is_some_and(|class| &*class.value == wanted);
            match &*name.local {
                // The link to a heading, in the margin.
                "a" if is_of("anchor") => out.truncate(out.trim_end_matches(' ').len()),
                // What boxes a wide table or a task, and what need not be written.
                "div" if is_of("scroll") => children(out),
                "html" | "label" | "tbody" => children(out),
                local => {
                    let mut said: Vec<String> = attributes.iter().filter_map(attribute).collect();
                    said.sort();
                    let local = if matches!(local.as_bytes(), [b'h', b'1'..=b'6']) { "heading" } else { local };
                    out.push_str(&format!("\n<{local}{}>", said.concat()));
                    children(out);
                    out.push_str(&format!("</{local}>\n"));
                }
            }
        }
        _ => children(out),
    }
}

/// An attribute of those that say something; an address as it is read, whatever is percent-encoded in it.
fn attribute(attribute: &Attribute) -> Option<String> {
    let name = &*attribute.name.local;
    let value = match name {
        "href" | "src" => decoded(&attribute.value),
        "alt" | "checked" | "start" | "title" => attribute.value.to_string(),
        _ => return None,
    };
    Some(format!(" {name}={value:?}"))
}

fn decoded(address: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = address.as_bytes();
    while let [first, after @ ..] = rest {
        let code = after.get(..2).filter(|_| *first == b'%').and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => (bytes.push(byte), rest = &after[2..]).1,
            None => (bytes.push(*first), rest = after).1,
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The examples that docs/markdown.md says are shown otherwise.
fn listed() -> BTreeSet<String> {
    let docs = include_str!("../../../docs/markdown.md");
    let (_, section) = docs.split_once("\n## Differences from the specifications\n").expect("a section");
    let section = section.split("\n## ").next().expect("its text");
    let rows = section.lines().filter(|line| line.starts_with("| ")).skip(1);
    let mut all = BTreeSet::new();
    for row in rows {
        let examples = row.trim_end_matches('|').rsplit('|').next().expect("a cell").trim();
        for name in examples.split(',').map(str::trim) {
            assert!(all.insert(format!("CommonMark {name}")), "{name} is listed twice");
        }
    }
    all
}

#[test]
fn the_examples_of_the_specifications_are_shown_as_they_say() {
    let all = examples();
    assert!(all.len() > 650, "only {} examples", all.len());
    let mut listed = listed();
    let mut wrong = Vec::new();
    for Example { name, markdown, html } in &all {
        let (found, expected) = (said(&shown(markdown)), said(html));
        match (found == expected, listed.remove(name)) {
            (true, true) => wrong.push(format!("{name} is listed, and is shown as it says")),
            (false, false) => wrong.push(format!("{name}\n{markdown}\nis shown as\n{found}\nand not as\n{expected}")),
            _ => {}
        }
    }
    wrong.extend(listed.iter().map(|name| format!("{name} is listed, and is no example")));
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), all.len(), wrong.join("\n\n"));
}
