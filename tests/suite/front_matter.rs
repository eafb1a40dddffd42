//! Tests of front matter.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fmt::Write as _;
use std::sync::Arc;

use expect_test::expect;
use fastrand::Rng;
use roadbook::diagnostic::Code;
use roadbook::parse::front_matter::{FrontMatter, front_matter};
use roadbook::parse::{Field, Node, Value};
use roadbook::source::{Source, Span};

use crate::support::assert_near_linear;

fn read(text: &str) -> (Arc<Source>, FrontMatter) {
    let source = Source::new("a.md", text);
    let read = front_matter(&source);
    (source, read)
}

/// Reads `head` between two lines `---`.
fn head(head: &str) -> (Arc<Source>, FrontMatter) {
    read(&format!("---\n{head}\n---\n"))
}

fn text_of(value: &Value) -> String {
    let map = |field: &Field| format!("{}: {}", field.name.value, text_of(&field.value));
    match &value.node {
        Node::Scalar(text) => format!("{text:?}"),
        Node::List(items) => format!("[{}]", items.iter().map(text_of).collect::<Vec<_>>().join(", ")),
        Node::Map(fields) => format!("{{{}}}", fields.iter().map(map).collect::<Vec<_>>().join(", ")),
    }
}

/// The fields, each with the text its value was read from, the body, and the diagnostics.
fn told((source, read): &(Arc<Source>, FrontMatter)) -> String {
    let mut out = String::new();
    for Field { name, value } in &read.fields {
        assert!(!source.slice(name.span).is_empty() || name.value.is_empty());
        writeln!(out, "{} = {} from {:?}", name.value, text_of(value), source.slice(value.span)).unwrap();
    }
    if !source.slice(read.body).is_empty() {
        writeln!(out, "body {:?}", source.slice(read.body)).unwrap();
    }
    for found in &read.diagnostics {
        let place = found.location.as_ref().unwrap();
        writeln!(out, "{:?} {place} {:?}: {}", found.code, source.slice(place.span), found.message).unwrap();
        writeln!(out, "  label: {}", found.label.as_ref().unwrap()).unwrap();
        writeln!(out, "  help: {}", found.help.as_ref().unwrap()).unwrap();
        for (place, words) in &found.related {
            writeln!(out, "  related {place}: {words}").unwrap();
        }
    }
    out
}

/// What is read of each front matter.
fn told_of_heads(heads: &[&str]) -> String {
    heads.iter().map(|text| format!("# {text:?}\n{}", told(&head(text)))).collect()
}

/// What is read of each file.
fn told_of_files(texts: &[&str]) -> String {
    texts.iter().map(|text| format!("# {text:?}\n{}", told(&read(text)))).collect()
}

#[test]
fn bounds() {
    expect![[r###"
            # ""
            # "# Title\n\ntext"
            body "# Title\n\ntext"
            # "---\na: b\n---\nbody\n"
            a = "b" from "b"
            body "body\n"
            # "\u{feff}\r\n \r\n---  \r\na: b\r\n--- \r\nbody\r\n"
            a = "b" from "b"
            body "body\n"
            # "---\na: b\n...\nbody"
            a = "b" from "b"
            body "body"
            # "---\na: b\n---"
            a = "b" from "b"
            # "---\n---\nbody"
            body "body"
            # "---\n\n# comment\n---\nbody"
            body "body"
            # "---\na: |\n  ---\n---\nbody"
            a = "---\n" from "|\n  ---"
            body "body"
            # "text\n---\na: b\n---\n"
            body "text\n---\na: b\n---\n"
            # "---\na: b\nc: @d\n\nbody\n"
            a = "b" from "b"
            c = "@d" from "@d"
            body "\nbody\n"
            unterminated-front-matter a.md:1:1 "---": the front matter has no closing line
              label: opened here
              help: add a line `---` after the last field
              related a.md:4:1: the body was taken to begin here
            invalid-yaml a.md:3:4 "@": `@` may not begin a value without quotes
              label: a value begins here
              help: put the value in quotes: `c: "@d"`
            # "---\na: b\n## Heading\n"
            a = "b" from "b"
            body "## Heading\n"
            unterminated-front-matter a.md:1:1 "---": the front matter has no closing line
              label: opened here
              help: add a line `---` after the last field
              related a.md:3:1: the body was taken to begin here
            # "---\na: b"
            a = "b" from "b"
            unterminated-front-matter a.md:1:1 "---": the front matter has no closing line
              label: opened here
              help: add a line `---` after the last field
              related a.md:2:5: the body was taken to begin here
            # "---\n\nA thematic break.\n"
            body "---\n\nA thematic break.\n"
            # "---\na: b\n\n# Heading\n\nProse *and* more\n\n---\n\nmore"
            a = "b" from "b"
            body "\n# Heading\n\nProse *and* more\n\n---\n\nmore"
            unterminated-front-matter a.md:1:1 "---": the front matter has no closing line
              label: opened here
              help: add a line `---` after the last field
              related a.md:3:1: the body was taken to begin here
            # "---\na: b\n\n# comment\nc: d\n---\nbody"
            a = "b" from "b"
            c = "d" from "d"
            body "body"
        "###]]
    .assert_eq(&told_of_files(&[
        "",
        "# Title\n\ntext",
        "---\na: b\n---\nbody\n",
        "\u{feff}\r\n \r\n---  \r\na: b\r\n--- \r\nbody\r\n",
        "---\na: b\n...\nbody",
        "---\na: b\n---",
        "---\n---\nbody",
        "---\n\n# comment\n---\nbody",
        "---\na: |\n  ---\n---\nbody",
        "text\n---\na: b\n---\n",
        "---\na: b\nc: @d\n\nbody\n",
        "---\na: b\n## Heading\n",
        "---\na: b",
        "---\n\nA thematic break.\n",
        "---\na: b\n\n# Heading\n\nProse *and* more\n\n---\n\nmore",
        "---\na: b\n\n# comment\nc: d\n---\nbody",
    ]));
}

#[test]
fn yaml_files_are_fields_alone() {
    for text in ["a: b\nc: [d]\n", "---\na: b\nc: [d]\n", "---\na: b\nc: [d]\n...\n"] {
        let source = Source::new("plan/kep.yaml", text);
        let read = front_matter(&source);
        assert_eq!(told(&(Arc::clone(&source), read)), "a = \"b\" from \"b\"\nc = [\"d\"] from \"[d]\"\n");
    }
}

#[test]
fn scalars_stay_text() {
    expect![[r##"
            # "a: 0161\nb: 1.10\nc: no\nd: 2026-02-30\ne: null\nf: ~\ng:\nh: \"\"\ni: 0x1F"
            a = "0161" from "0161"
            b = "1.10" from "1.10"
            c = "no" from "no"
            d = "2026-02-30" from "2026-02-30"
            e = "null" from "null"
            f = "~" from "~"
            g = "" from ""
            h = "" from "\"\""
            i = "0x1F" from "0x1F"
            # "é: ü ö # comment\n'ß': 'it''s'\n\"t\\u0061b\": \"ä\\t\\u00e9\\n\""
            é = "ü ö" from "ü ö"
            ß = "it's" from "'it''s'"
            tab = "ä\té\n" from "\"ä\\t\\u00e9\\n\""
            # "a: one\n  two\n\n  three\nb: \"one\n  two\""
            a = "one two\nthree" from "one\n  two\n\n  three"
            b = "one two" from "\"one\n  two\""
            # "a: |\n  one\n\n   two\n\nb: >-\n  one\n  two\nc: |+ # comment\n  x\n\nd: |\ne: 1"
            a = "one\n\n two\n" from "|\n  one\n\n   two"
            b = "one two" from ">-\n  one\n  two"
            c = "x\n\n" from "|+ # comment\n  x\n\n"
            d = "" from "|"
            e = "1" from "1"
            # "a: # see | there\n  |\n  x"
            a = "x\n" from "|\n  x"
        "##]]
    .assert_eq(&told_of_heads(&[
        "a: 0161\nb: 1.10\nc: no\nd: 2026-02-30\ne: null\nf: ~\ng:\nh: \"\"\ni: 0x1F",
        "é: ü ö # comment\n'ß': 'it''s'\n\"t\\u0061b\": \"ä\\t\\u00e9\\n\"",
        "a: one\n  two\n\n  three\nb: \"one\n  two\"",
        "a: |\n  one\n\n   two\n\nb: >-\n  one\n  two\nc: |+ # comment\n  x\n\nd: |\ne: 1",
        "a: # see | there\n  |\n  x",
    ]));
}

#[test]
fn lists_and_maps() {
    expect![[r##"
            # "a: [x, \"y, z\", [[w]]]\nb:\n  - x\n  -\n  - y: z\n    w: v\nc:\n- - x\n  - y\n"
            a = ["x", "y, z", [["w"]]] from "[x, \"y, z\", [[w]]]"
            b = ["x", "", {y: "z", w: "v"}] from "- x\n  -\n  - y: z\n    w: v"
            c = [["x", "y"]] from "- x\n  - y"
            # "a: {x: y, z, w: [v]}\nb:\n  c:\n    d: e\n  f:\ng: [h: i]"
            a = {x: "y", z: "", w: ["v"]} from "{x: y, z, w: [v]}"
            b = {c: {d: "e"}, f: ""} from "c:\n    d: e\n  f:"
            g = [{h: "i"}] from "[h: i]"
            # "{a: b, c: [d,\ne]}"
            a = "b" from "b"
            c = ["d", "e"] from "[d,\ne]"
            # "? a\n: b"
            a = "b" from "b"
            # "a: [[x]]"
            a = [["x"]] from "[[x]]"
        "##]]
    .assert_eq(&told_of_heads(&[
        "a: [x, \"y, z\", [[w]]]\nb:\n  - x\n  -\n  - y: z\n    w: v\nc:\n- - x\n  - y\n",
        "a: {x: y, z, w: [v]}\nb:\n  c:\n    d: e\n  f:\ng: [h: i]",
        "{a: b, c: [d,\ne]}",
        "? a\n: b",
        "a: [[x]]",
    ]));
}

#[test]
fn refused() {
    expect![[r##"
            # "a: &x y\nb: *x\nc: d"
            a = "&x y" from "&x y"
            b = "*x" from "*x"
            c = "d" from "d"
            unsupported-yaml a.md:2:4 "&x": front matter may not use anchors
              label: an anchor
              help: take it away, or put the value in quotes if it is meant as text
            unsupported-yaml a.md:3:4 "*x": front matter may not use aliases
              label: an alias
              help: write out what it stands for, or put the value in quotes if it is meant as text
            # "a: &x\n  - y\n<<: *x\nb: {<<: *x, c: d}"
            a = "&x\n  - y" from "&x\n  - y"
            << = "*x" from "*x"
            b = "{<<: *x, c: d}" from "{<<: *x, c: d}"
            unsupported-yaml a.md:2:4 "&x": front matter may not use anchors
              label: an anchor
              help: take it away, or put the value in quotes if it is meant as text
            unsupported-yaml a.md:4:1 "<<": front matter may not use merge keys
              label: a merge key
              help: write out the fields
            unsupported-yaml a.md:5:5 "<<": front matter may not use merge keys
              label: a merge key
              help: write out the fields
            # "a: !x y\nb: !!str 5\nc: !!map\n  d: e"
            a = "!x y" from "!x y"
            b = "!!str 5" from "!!str 5"
            c = "!!map\n  d: e" from "!!map\n  d: e"
            unsupported-yaml a.md:2:4 "!x": front matter may not use tags
              label: a tag
              help: take it away, or put the value in quotes if it is meant as text
            unsupported-yaml a.md:3:4 "!!str": front matter may not use tags
              label: a tag
              help: take it away, or put the value in quotes if it is meant as text
            unsupported-yaml a.md:4:4 "!!map": front matter may not use tags
              label: a tag
              help: take it away, or put the value in quotes if it is meant as text
            # "[a, b]: c\nd:\n  ? [e]\n  : f\n: g"
            [a, b] = "c" from "c"
            d = "? [e]\n  : f" from "? [e]\n  : f"
             = "g" from "g"
            unsupported-yaml a.md:2:1 "[a, b]": the name of a field must be text
              label: not a name
              help: write it as `name: value`
            unsupported-yaml a.md:4:5 "[e]": the name of a field must be text
              label: not a name
              help: write it as `name: value`
            unsupported-yaml a.md:6:1 "": the name of a field must be text
              label: not a name
              help: write it as `name: value`
            # "a: b\n--- c\nd: e"
            a = "b\n--- c" from "b\n--- c"
            d = "e" from "e"
            unsupported-yaml a.md:3:1 "--- c": front matter is a single YAML document
              label: a second one begins here
              help: take this line away, or put the value in quotes if it is meant as text
            # "%YAML 1.2\na: b"
            a = "b" from "b"
            unsupported-yaml a.md:2:1 "%YAML 1.2": front matter may not use directives
              label: a directive
              help: take it away, or put the value in quotes if it is meant as text
        "##]]
    .assert_eq(&told_of_heads(&[
        "a: &x y\nb: *x\nc: d",
        "a: &x\n  - y\n<<: *x\nb: {<<: *x, c: d}",
        "a: !x y\nb: !!str 5\nc: !!map\n  d: e",
        "[a, b]: c\nd:\n  ? [e]\n  : f\n: g",
        "a: b\n--- c\nd: e",
        "%YAML 1.2\na: b",
    ]));
}

#[test]
fn duplicates() {
    expect![[r##"
        # "a: b\nc: {d: 1, d: 2}\na: [e]\na: f"
        a = "b" from "b"
        c = {d: "1"} from "{d: 1, d: 2}"
        a = ["e"] from "[e]"
        a = "f" from "f"
        duplicate-field a.md:3:11 "d": `d` is given again, and the first one counts
          label: `2` is not read
          help: keep one of the two
          related a.md:3:5: this one counts
        duplicate-field a.md:4:1 "a": `a` is given again
          label: here once more
          help: keep one: of a field of several values all are read, of one value the first that says something
          related a.md:2:1: it stands here already
        duplicate-field a.md:5:1 "a": `a` is given again
          label: here once more
          help: keep one: of a field of several values all are read, of one value the first that says something
          related a.md:2:1: it stands here already
    "##]]
    .assert_eq(&told_of_heads(&["a: b\nc: {d: 1, d: 2}\na: [e]\na: f"]));
    let many: String = (0..40).map(|at| format!("k{}: {at}\n", at % 20)).collect();
    let (_, read) = head(&many);
    assert_eq!(read.fields.len(), 40);
    assert_eq!(text_of(&read.fields[7].value), "\"7\"");
    assert_eq!(read.diagnostics.iter().filter(|found| found.code == Code::DUPLICATE_FIELD).count(), 20);
}

#[test]
fn no_map() {
    expect![[r##"
        # "- a\n- b"
        body "---\n- a\n- b\n---\n"
        invalid-yaml a.md:2:1 "- a": the front matter is a list, not fields
          label: read as part of the body
          help: write fields as `name: value`, or take the line `---` above away
        # "Only prose."
        body "---\nOnly prose.\n---\n"
        invalid-yaml a.md:2:1 "Only prose.": the front matter is text, not fields
          label: read as part of the body
          help: write fields as `name: value`, or take the line `---` above away
        # "\"a\""
        body "---\n\"a\"\n---\n"
        invalid-yaml a.md:2:1 "\"a\"": the front matter is text, not fields
          label: read as part of the body
          help: write fields as `name: value`, or take the line `---` above away
        # "```\nx\n```"
        body "---\n```\nx\n```\n---\n"
        invalid-yaml a.md:2:1 "```": the front matter is text, not fields
          label: read as part of the body
          help: write fields as `name: value`, or take the line `---` above away
    "##]]
    .assert_eq(&told_of_heads(&["- a\n- b", "Only prose.", "\"a\"", "```\nx\n```"]));
}

#[test]
fn rescued_values() {
    expect![[r##"
            # "assignee: @handle # the boss\ntitle: ok"
            assignee = "@handle" from "@handle"
            title = "ok" from "ok"
            invalid-yaml a.md:2:11 "@": `@` may not begin a value without quotes
              label: a value begins here
              help: put the value in quotes: `assignee: "@handle"`
            # "title: a: b\nid: 7"
            title = "a: b" from "a: b"
            id = "7" from "7"
            invalid-yaml a.md:2:9 ":": a plain value may not contain `: `
              label: for YAML a second field begins here
              help: put the value in quotes: `title: "a: b"`
            # "a: 'x\nb: \"y\nc: z"
            a = "'x" from "'x"
            b = "\"y" from "\"y"
            c = "z" from "z"
            invalid-yaml a.md:2:4 "'": the quote `'` is never closed
              label: opened here
              help: close it: `a: 'x'`
            invalid-yaml a.md:3:4 "\"": the quote `"` is never closed
              label: opened here
              help: close it: `b: "y"`
            # "a: [b, c\nd: {e, f\ng: h"
            a = ["b", "c"] from "[b, c"
            d = "{e, f" from "{e, f"
            g = "h" from "h"
            invalid-yaml a.md:2:4 "[": `[` is never closed
              label: opened here
              help: close it: `a: [b, c]`
            invalid-yaml a.md:3:4 "{": `{` is never closed
              label: opened here
              help: close it: `d: {e, f}`
            # "a: [b}\nc: d]\ne: ]"
            a = ["b}"] from "[b}"
            c = "d]" from "d]"
            e = "]" from "]"
            invalid-yaml a.md:2:4 "[": `[` is closed by `}`
              label: opened here
              help: close it with `]`
            invalid-yaml a.md:4:4 "]": `]` closes nothing
              label: no bracket is open here
              help: put the value in quotes: `e: "]"`
            # "a: [text](http://x.y)\nb: \"x\" y\nc: ['x' 'y']"
            a = "[text](http://x.y)" from "[text](http://x.y)"
            b = "\"x\" y" from "\"x\" y"
            c = ["x' 'y"] from "['x' 'y']"
            invalid-yaml a.md:2:10 "(": text stands after the closing bracket
              label: the value ended before this
              help: put the value in quotes: `a: "[text](http://x.y)"`
            invalid-yaml a.md:3:8 "y": text stands after the closing quote
              label: the value ended before this
              help: put the value in quotes: `b: '"x" y'`
            invalid-yaml a.md:4:9 "'": a comma is missing between two entries
              label: expected `,` before this
              help: separate the entries by commas, and put an entry with special characters in quotes
            # "a: `x`\nb: %x\nc: **bold** text\nd: > quoted\ne: - f"
            a = "`x`" from "`x`"
            b = "%x" from "%x"
            c = "**bold** text" from "**bold** text"
            d = "> quoted" from "> quoted"
            e = "- f" from "- f"
            invalid-yaml a.md:2:4 "`": a backtick may not begin a value without quotes
              label: a value begins here
              help: put the value in quotes: `a: "`x`"`
            invalid-yaml a.md:3:4 "%": `%` may not begin a value without quotes
              label: a value begins here
              help: put the value in quotes: `b: "%x"`
            invalid-yaml a.md:4:4 "*": `*` may not begin a value without quotes
              label: a value begins here
              help: put the value in quotes: `c: "**bold** text"`
            invalid-yaml a.md:5:4 ">": text stands beside `>`, which begins a text on the lines below
              label: the text begins on the next line
              help: put the value in quotes: `d: "> quoted"`
            invalid-yaml a.md:6:4 "-": a list may not begin beside its name
              label: read as a list entry
              help: begin the list on the next line, or put the value in quotes: `e: "- f"`
            # "a: \"C:\\dir\""
            a = "C:\\dir" from "\"C:\\dir\""
            invalid-yaml a.md:2:7 "\\d": `\d` is not an escape
              label: in double quotes `\` begins an escape
              help: in single quotes a backslash is only that: `a: 'C:\dir'`
            # "a: b\0c\nd: \u{1}"
            a = "b\0c" from "b\0c"
            d = "\u{1}" from "\u{1}"
            invalid-yaml a.md:2:5 "\0": the character U+0000 may not stand in YAML
              label: an invisible character
              help: take it away
            invalid-yaml a.md:3:4 "\u{1}": the character U+0001 may not stand in YAML
              label: an invisible character
              help: take it away
            # "@a: b\nc: d"
            @a = "b" from "b"
            c = "d" from "d"
            invalid-yaml a.md:2:1 "@": `@` may not begin a name without quotes
              label: a name begins here
              help: put the name in quotes
        "##]]
    .assert_eq(&told_of_heads(&[
        "assignee: @handle # the boss\ntitle: ok",
        "title: a: b\nid: 7",
        "a: 'x\nb: \"y\nc: z",
        "a: [b, c\nd: {e, f\ng: h",
        "a: [b}\nc: d]\ne: ]",
        "a: [text](http://x.y)\nb: \"x\" y\nc: ['x' 'y']",
        "a: `x`\nb: %x\nc: **bold** text\nd: > quoted\ne: - f",
        "a: \"C:\\dir\"",
        "a: b\0c\nd: \u{1}",
        "@a: b\nc: d",
    ]));
}

#[test]
fn rescued_lines() {
    expect![[r##"
            # "key:value"
            key = "value" from "value"
            invalid-yaml a.md:2:4 ":": there is no space after the colon of `key`
              label: a space is due here
              help: write `key: value`
            # "a: b\nkey:value\nlink: http://x.y"
            a = "b" from "b"
            key = "value" from "value"
            link = "http://x.y" from "http://x.y"
            invalid-yaml a.md:3:4 ":": there is no space after the colon of `key`
              label: a space is due here
              help: write `key: value`
            # "a: b\n  c: d\ne: f"
            a = "b c: d" from "b\n  c: d"
            e = "f" from "f"
            invalid-yaml a.md:3:3 "c: d": the indentation of `c` does not fit the lines above
              label: no field may begin here
              help: indent it like the fields it stands with, or put the text it belongs to in quotes
            # "a:\n    b: c\n  d: e\nf: g"
            a = {b: "c", d: "e"} from "b: c\n  d: e"
            f = "g" from "g"
            invalid-yaml a.md:4:3 "d: e": the indentation of `d` does not fit the lines above
              label: no field may begin here
              help: indent it like the fields it stands with, or put the text it belongs to in quotes
            # " a: b\nc: d"
            a = "b" from "b"
            c = "d" from "d"
            invalid-yaml a.md:3:1 "c: d": the indentation of `c` does not fit the lines above
              label: no field may begin here
              help: indent it like the fields it stands with, or put the text it belongs to in quotes
            # "a: long text\ngoes on\nb: c"
            a = "long text goes on" from "long text\ngoes on"
            b = "c" from "c"
            invalid-yaml a.md:3:1 "goes on": this line is neither a field nor part of the one above
              label: does not fit here
              help: indent it to continue `a`, or write it as `name: value`
            # "a:\n\t- b\nc: d"
            a = ["b"] from "- b"
            c = "d" from "d"
            invalid-yaml a.md:3:1 "\t": a tab may not indent
              label: a tab
              help: use spaces
            # "a: |\n  x\n y\nb: c"
            a = " x\ny" from "|\n  x\n y"
            b = "c" from "c"
            invalid-yaml a.md:4:2 "y": this line is neither a field nor part of the one above
              label: does not fit here
              help: indent it to continue `a`, or write it as `name: value`
            # "stray\na: b\nc: @d"
            a = "b" from "b"
            c = "@d" from "@d"
            invalid-yaml a.md:2:1 "stray": this line is not a field
              label: not read
              help: write it as `name: value`, or begin it with `#`
            invalid-yaml a.md:4:4 "@": `@` may not begin a value without quotes
              label: a value begins here
              help: put the value in quotes: `c: "@d"`
        "##]]
    .assert_eq(&told_of_heads(&[
        "key:value",
        "a: b\nkey:value\nlink: http://x.y",
        "a: b\n  c: d\ne: f",
        "a:\n    b: c\n  d: e\nf: g",
        " a: b\nc: d",
        "a: long text\ngoes on\nb: c",
        "a:\n\t- b\nc: d",
        "a: |\n  x\n y\nb: c",
        "stray\na: b\nc: @d",
    ]));
}

#[test]
fn rescued_lists_and_maps() {
    expect![[r##"
            # "a:\n  - @x\n  - y\n  - \"z\n  - {k: v}\nb: [@c, d, \"e, f\", g:h]"
            a = ["@x", "y", "\"z", {k: "v"}] from "- @x\n  - y\n  - \"z\n  - {k: v}"
            b = ["@c", "d", "e, f", "g:h"] from "[@c, d, \"e, f\", g:h]"
            invalid-yaml a.md:3:5 "@": `@` may not begin a value without quotes
              label: a value begins here
              help: put the value in quotes: `- "@x"`
            invalid-yaml a.md:5:5 "\"": the quote `"` is never closed
              label: opened here
              help: close it: `- "z"`
            invalid-yaml a.md:7:5 "@": `@` may not begin a value without quotes
              label: a value begins here
              help: put it in quotes: `"@c"`
            # "a:\n  b: [c]\n  d: @e\n  f:\n    - g: @h\n      i: j"
            a = {b: ["c"], d: "@e", f: [{g: "@h", i: "j"}]} from "b: [c]\n  d: @e\n  f:\n    - g: @h\n      i: j"
            invalid-yaml a.md:4:6 "@": `@` may not begin a value without quotes
              label: a value begins here
              help: put the value in quotes: `d: "@e"`
            invalid-yaml a.md:6:10 "@": `@` may not begin a value without quotes
              label: a value begins here
              help: put the value in quotes: `g: "@h"`
            # "a: {b: @c}\nd: e"
            a = "{b: @c}" from "{b: @c}"
            d = "e" from "e"
            invalid-yaml a.md:2:8 "@": `@` may not begin a value without quotes
              label: a value begins here
              help: put it in quotes: `"@c"`
        "##]]
    .assert_eq(&told_of_heads(&[
        "a:\n  - @x\n  - y\n  - \"z\n  - {k: v}\nb: [@c, d, \"e, f\", g:h]",
        "a:\n  b: [c]\n  d: @e\n  f:\n    - g: @h\n      i: j",
        "a: {b: @c}\nd: e",
    ]));
}

#[test]
fn depth_has_a_limit() {
    let nested = |depth: usize| format!("a: {}{}\nb: c", "[".repeat(depth), "]".repeat(depth));
    let (_, read) = head(&nested(31));
    assert_eq!(read.diagnostics, []);
    for depth in [32, 33, 40, 100_000] {
        let (source, read) = head(&nested(depth));
        assert_eq!(read.diagnostics.len(), 1, "{depth}");
        assert_eq!(read.diagnostics[0].code, Code::UNSUPPORTED_YAML, "{depth}");
        assert_eq!(read.fields.len(), 2, "{depth}");
        assert!(matches!(&read.fields[0].value.node, Node::Scalar(text) if text.len() == 2 * depth), "{depth}");
        assert_eq!(source.slice(read.fields[0].value.span).len(), 2 * depth, "{depth}");
    }
    let deep: String = (0..40).map(|at| format!("{}a:\n", " ".repeat(at))).collect();
    let (_, read) = head(&deep);
    assert_eq!(read.diagnostics.iter().map(|found| found.code).collect::<Vec<_>>(), [Code::UNSUPPORTED_YAML]);
}

#[test]
fn nodes_have_a_limit() {
    let list = |length: usize| format!("a: [{}]\nb: c", "x,".repeat(length));
    assert_eq!(head(&list(9_990)).1.diagnostics, []);
    let (_, read) = head(&list(10_000));
    assert_eq!(read.diagnostics.iter().map(|found| found.code).collect::<Vec<_>>(), [Code::UNSUPPORTED_YAML]);
    assert!(matches!(&read.fields[0].value.node, Node::Scalar(text) if text.starts_with("[x,x")));
    assert_eq!(text_of(&read.fields[1].value), "\"c\"");
}

#[test]
fn bytes_have_a_limit() {
    let lines: String = (0..30_000).map(|at| format!("key-{at}: x\n")).collect();
    for tail in ["", "last: \"quoted\"\n"] {
        let (source, read) = head(&format!("a: \"b\"\n{lines}{tail}"));
        assert_eq!(text_of(&read.fields[0].value), "\"b\"");
        let last = read.fields.last().unwrap();
        assert!(last.value.span.end as usize >= source.text.len() - 6, "the last field holds the rest");
        assert!(read.diagnostics.iter().all(|found| found.code == Code::UNSUPPORTED_YAML));
        assert!(read.diagnostics.len() <= 101);
        assert_eq!(source.slice(read.body), "");
    }
}

#[test]
fn mistakes_are_counted_past_a_hundred() {
    let (_, read) = head(&"a: @x\n".repeat(1_000));
    assert_eq!(read.diagnostics.len(), 101);
    let last = read.diagnostics.last().unwrap();
    assert_eq!(last.message, "1899 more mistakes in this front matter, the first of them here");
}

/// Every pattern is read in time near linear in its length.
#[test]
fn hostile_heads_are_read_in_linear_time() {
    type Pattern = fn(usize) -> String;
    let patterns: [(&str, Pattern); 16] = [
        ("brackets", |n| "[".repeat(n)),
        ("braces", |n| "{a: ".repeat(n / 4)),
        ("dashes", |n| format!("\n{}", "- ".repeat(n / 2))),
        ("quotes", |n| "\"".repeat(n)),
        ("list of quotes", |n| format!("[{}", "', @".repeat(n / 4))),
        ("open quotes in a list", |n| format!("[@{}", ",\"".repeat(n / 2))),
        ("colons", |n| "b: ".repeat(n / 3)),
        ("bad keys", |n| format!("\n{}", "k: @\n".repeat(n / 5))),
        ("bad entries", |n| format!("\n{}", "- @\n".repeat(n / 4))),
        ("bad entries with names", |n| format!("\n{}", "- b: @\n".repeat(n / 7))),
        ("staircase", |n| (0..(2 * n).isqrt()).fold(String::new(), |out, at| out + "\n" + &" ".repeat(at) + "b: ")),
        ("blank lines", |n| format!("@\n{}", " \n".repeat(n / 2))),
        ("stray lines", |n| format!("@\n{}", "x\n".repeat(n / 2))),
        ("anchors", |n| format!("\n{}", "k: &a *a\n".repeat(n / 9))),
        ("NUL", |n| "\0".repeat(n)),
        ("hashes", |n| format!("@{}", " #".repeat(n / 2))),
    ];
    for (name, pattern) in patterns {
        let text = |size: usize| format!("a: {}", pattern(size));
        assert_near_linear(name, 4_000, 16, text, |text| {
            let (_, read) = head(text);
            assert!(!read.diagnostics.is_empty() && read.diagnostics.len() <= 101, "{name}");
            assert!(!read.fields.is_empty(), "{name}");
        });
    }
}

#[test]
fn huge_heads_are_answered() {
    let keys: String = (0..1_000_000).map(|at| format!("k{at}:\n")).collect();
    let line = format!("a: {}", "x ".repeat(5_000_000));
    for text in [keys, line] {
        let (source, read) = head(&text);
        assert!(read.diagnostics.iter().any(|found| found.message.contains("256 KiB")));
        assert_eq!(source.slice(read.body), "");
        let (_, open) = read_open(&text);
        assert!(open.diagnostics.iter().any(|found| found.code == Code::UNTERMINATED_FRONT_MATTER));
    }
}

fn read_open(head: &str) -> (Arc<Source>, FrontMatter) {
    read(&format!("---\n{head}\n"))
}

/// Writes random heads that are YAML beyond doubt.
struct Writer {
    rng: Rng,
    out: String,
}

impl Writer {
    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.rng.usize(..from.len())]
    }

    fn words(&mut self, pieces: &[&str]) -> String {
        (0..self.rng.usize(1..5)).map(|_| self.pick(pieces)).collect::<Vec<_>>().join(" ")
    }

    fn scalar(&mut self, indent: usize, flow: bool) {
        let plain = ["word", "größe", "it's", "a-b", "日本", "x\"y", "http://x.y", "c#d", "🚲", "m:n"];
        let odd = ["@", ": ", "# ", "[", "}", "日", "%", "- ", "&a", "x", "|", "*"];
        let text = match self.rng.u8(..if flow { 3 } else { 6 }) {
            0 => format!("w {}", self.words(&plain)),
            1 => format!("'{} it''s'", self.words(&odd)),
            2 => format!("\"{} \\\"q\\\" \\u00e9\\t\\\\\"", self.words(&odd)),
            3 => {
                let mark = self.pick(&["|", "|-", ">", ">-"]);
                let pad = " ".repeat(indent + 2);
                let (one, two) = (self.words(&odd), self.words(&plain));
                let gap = self.pick(&["", "\n"]);
                format!("{mark}\n{pad}t{one}\n{gap}{pad}{two}")
            }
            4 => format!("w {}\n{}{}", self.words(&plain), " ".repeat(indent + 1), self.words(&plain)),
            _ => format!("\"ü {}\n\n{}y\"", self.words(&odd), " ".repeat(indent + 1)),
        };
        self.out.push_str(&text);
    }

    fn flow(&mut self, depth: usize) {
        let is_map = self.rng.bool();
        self.out.push(if is_map { '{' } else { '[' });
        for at in 0..self.rng.usize(..4) {
            self.out.push_str(if at > 0 { ", " } else { "" });
            if is_map {
                write!(self.out, "k{at}: ").unwrap();
            }
            if depth < 4 && self.rng.u8(..4) == 0 { self.flow(depth + 1) } else { self.scalar(0, true) }
        }
        self.out.push(if is_map { '}' } else { ']' });
    }

    /// What stands behind a colon or a dash, line feed included.
    fn value(&mut self, indent: usize, depth: usize) {
        match self.rng.u8(..if depth < 4 { 8 } else { 6 }) {
            0..=3 => {
                self.out.push(' ');
                self.scalar(indent, false);
                self.out.push_str(self.rng.choice(["", "", " "]).unwrap());
                self.out.push('\n');
            }
            4 | 5 => {
                self.out.push(' ');
                self.flow(depth);
                self.out.push_str(self.rng.choice(["\n", " # comment\n"]).unwrap());
            }
            6 => {
                self.out.push('\n');
                for _ in 0..self.rng.usize(1..4) {
                    write!(self.out, "{}-", " ".repeat(indent + 2)).unwrap();
                    self.value(indent + 2, depth + 1);
                }
            }
            _ => {
                self.out.push('\n');
                self.fields(indent + 2, depth + 1);
            }
        }
    }

    fn fields(&mut self, indent: usize, depth: usize) {
        for at in 0..self.rng.usize(1..5) {
            let key = self.pick(&["name", "größe", "two words", "'quoted'"]);
            let key = if key.starts_with('\'') { format!("'quoted{at}'") } else { format!("{key}{at}") };
            write!(self.out, "{}{key}:", " ".repeat(indent)).unwrap();
            self.value(indent, depth);
        }
    }
}

fn same(value: &Value, oracle: &serde_yaml::Value) -> bool {
    match (&value.node, oracle) {
        (Node::Scalar(text), serde_yaml::Value::String(other)) => text == other,
        (Node::List(items), serde_yaml::Value::Sequence(others)) => {
            items.len() == others.len() && items.iter().zip(others).all(|(item, other)| same(item, other))
        }
        (Node::Map(fields), serde_yaml::Value::Mapping(others)) => same_fields(fields, others),
        _ => false,
    }
}

fn same_fields(fields: &[Field], oracle: &serde_yaml::Mapping) -> bool {
    let pair = |(field, (key, value)): (&Field, (&serde_yaml::Value, _))| {
        key.as_str() == Some(&field.name.value) && same(&field.value, value)
    };
    fields.len() == oracle.len() && fields.iter().zip(oracle).all(pair)
}

fn scalars<'a>(value: &'a Value, out: &mut Vec<(&'a str, Span)>) {
    match &value.node {
        Node::Scalar(text) => out.push((text, value.span)),
        Node::List(items) => items.iter().for_each(|item| scalars(item, out)),
        Node::Map(fields) => fields.iter().for_each(|field| scalars(&field.value, out)),
    }
}

#[test]
fn random_heads_agree_with_another_parser_and_their_spans_read_back() {
    let mut checked = 0;
    for seed in 0..2_200 {
        let mut writer = Writer { rng: Rng::with_seed(seed), out: String::new() };
        writer.fields(0, 0);
        let (source, read) = head(&writer.out);
        let oracle: serde_yaml::Mapping = serde_yaml::from_str(&writer.out).unwrap_or_else(|error| {
            panic!("seed {seed}: the head is not YAML: {error}\n{}", writer.out);
        });
        assert_eq!(read.diagnostics, [], "seed {seed}\n{}", writer.out);
        assert!(same_fields(&read.fields, &oracle), "seed {seed}\n{}\n{:?}", writer.out, read.fields);
        let mut found = Vec::new();
        read.fields.iter().for_each(|field| scalars(&field.value, &mut found));
        for (text, span) in found {
            let (_, again) = head(&format!("k: {}", source.slice(span)));
            let again = again.fields.first().map(|field| &field.value.node);
            assert_eq!(again, Some(&Node::Scalar(text.to_owned())), "seed {seed}: {:?}", source.slice(span));
            checked += 1;
        }
    }
    assert!(checked > 10_000, "{checked}");
}

fn within(outer: Span, value: &Value) -> bool {
    let inside = outer.start <= value.span.start && value.span.start <= value.span.end && value.span.end <= outer.end;
    inside
        && match &value.node {
            Node::Scalar(_) => true,
            Node::List(items) => items.iter().all(|item| within(value.span, item)),
            Node::Map(fields) => fields.iter().all(|field| within(value.span, &field.value)),
        }
}

/// Whatever is done to a head, the answer has places that lie in the file, values inside their lists and maps, and a
/// diagnostic where another parser finds it is not YAML and this one reads it line by line.
#[test]
fn broken_heads_keep_their_places() {
    let bits = [
        "@", "\"", "'", "[", "]", "{", "}", ": ", "\n", "\t", "- ", "&a", "*a", "!", "|", "#", "\0", "é", "\\", "%",
        ",",
    ];
    let mut broken = 0;
    for seed in 0..1_500 {
        let mut writer = Writer { rng: Rng::with_seed(seed), out: String::new() };
        writer.fields(0, 0);
        let mut text = writer.out;
        for _ in 0..writer.rng.usize(1..4) {
            let at = text.floor_char_boundary(writer.rng.usize(..=text.len()));
            match writer.rng.u8(..3) {
                0 if at < text.len() => drop(text.remove(at)),
                _ => text.insert_str(at, bits[writer.rng.usize(..bits.len())]),
            }
        }
        let (source, read) = head(&text);
        let whole = Span::new(0, source.text.len());
        for field in &read.fields {
            assert!(within(whole, &field.value), "seed {seed}\n{text}\n{field:?}");
            assert!(source.text.get(field.name.span.range()).is_some(), "seed {seed}\n{text}\n{field:?}");
            let mut found = Vec::new();
            scalars(&field.value, &mut found);
            assert!(found.iter().all(|(_, span)| source.text.get(span.range()).is_some()), "seed {seed}\n{text}");
        }
        for found in &read.diagnostics {
            let place = found.location.as_ref().unwrap();
            assert!(source.text.get(place.span.range()).is_some(), "seed {seed}\n{text}\n{found:?}");
        }
        broken += usize::from(read.diagnostics.iter().any(|found| found.code == Code::INVALID_YAML));
    }
    assert!(broken > 400, "{broken}");
}
