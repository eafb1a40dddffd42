//! Hidden fields that stand within the texts of other fields.

use super::{kept, project, public};

const BASE: &str = "//- plan/items/open.md\n---\ntitle: Open\nx-notes: y\nowner: o\nmeta: {buyer: z}\n---\n\
                    //- roadbook.yml\ntitle: T\ninternal: {fields: [x-notes, owner, meta.buyer]}\n";

fn with_head(head: &str) -> tempfile::TempDir {
    project(&format!("{BASE}//- plan/items/a.md\n---\ntitle: A\n{head}\n---\nWords.\n"))
}

/// A name and its value that YAML takes for one text, and a text that holds fields of its own.
#[test]
fn a_hidden_field_in_the_text_of_another_is_not_public() {
    for head in [
        "a: {x-notes:SECRET}",
        "a: [x-notes:SECRET]",
        "a: [b, {c: [x-notes:SECRET]}]",
        "a: {b: 1, X_Notes:SECRET}",
        "a: [x-notes=SECRET]",
        "a: \"x-notes: SECRET\"",
        "a: 'b: 1, x-notes : SECRET'",
        "a: '{\"x-notes\": \"SECRET\"}'",
        "a: '{\"x-notes\":\"SECRET\"}'",
        "a: \"{'x notes' = 'SECRET'}\"",
        "a: |\n  b: 1\n  x-notes: SECRET",
        "a: >\n  x-notes:\n  SECRET",
        "a: |\n  | x-notes | SECRET |",
        "a: x-notes:SECRET",
        "a: '**x-notes**: SECRET'",
        "a: 'x-notes： SECRET'",
        "a: 'x\u{200b}-notes: SECRET'",
        "x-notes:SECRET: b",
        "\"x-notes=SECRET\": b",
        "a: {x-notes -> SECRET}",
        "a: 'x-notes => SECRET'",
        "a: '<x-notes>SECRET</x-notes>'",
        "a: 'x-notes (old): SECRET'",
        "a: '(x-notes): SECRET'",
        "a: 'x-notes[]: SECRET'",
        "summary: 'Words. Owner: SECRET'",
        "tags: [assignee:SECRET]",
        "links: ['https://e.example/?assignee=SECRET']",
        "meta: [buyer:SECRET]",
        "meta: 'buyer: SECRET'",
        "meta: {buyer:SECRET}",
        "meta: {a: 1, 'buyer=SECRET': 2}",
        "custom_fields:\n  - name: x-notes\n    value: SECRET",
        "custom_fields: [{Field: X Notes, text: SECRET}]",
        "a: {b: {key: x_notes, c: SECRET}}",
    ] {
        kept(with_head(head).path(), "a field that is internal stands within another one here");
    }
    for head in [
        "a: the x-notes of SECRET",
        "a: 'co-owner: SECRET'",
        "a: 'downer: SECRET'",
        "a: 'who is the owner? SECRET'",
        "a: {b: SECRET}",
        "a: 'buyer: SECRET'",
        "a: 'x-notes, then: SECRET'",
        "a: {name: SECRET}",
        "a: [{name: notes, value: SECRET}]",
        "title: x-notes\na: SECRET",
    ] {
        let public = public(with_head(head).path());
        assert!(public.code == 0 && !public.leaks.is_empty(), "{head}: {}", public.said);
    }
}

/// A remark behind the name of a hidden field leaves it what it is.
#[test]
fn a_remark_makes_no_other_field_of_a_hidden_one() {
    for head in
        ["x-notes (old): SECRET", "\"x-notes[]\": SECRET", "a: {x-notes (of May): SECRET}", "x-notes(2): SECRET"]
    {
        kept(with_head(head).path(), "");
    }
    let public = public(with_head("remarks (x): SECRET").path());
    assert!(public.code == 0 && !public.leaks.is_empty(), "{}", public.said);
}

/// In a file that cannot be read, the last part of a hidden path is enough.
#[test]
fn a_hidden_entry_of_a_broken_map_is_not_public() {
    let head = "visibility: public\nx: @ana\nmeta:\n  a: \"b\n  buyer: SECRET";
    kept(with_head(head).path(), "nobody can be sure where a field that is internal ends");
    let composed = "//- roadbook.yml\ntitle: T\ninternal: {fields: [caf\u{e9}]}\n//- plan/items/open.md\n---\ntitle: Open\ncaf\u{e9}: 1\n---\n";
    for head in ["visibility: public\nowner: @ana\ncafe\u{301}: \"x\n SECRET", "a: ['cafe\u{301}:SECRET']"] {
        let project = project(&format!("{composed}//- plan/items/a.md\n---\ntitle: A\n{head}\n---\n"));
        kept(project.path(), "counts as internal");
    }
}

/// Where a field is hidden, the lines that it has are not counted in what is told of a place.
#[test]
fn places_count_no_hidden_line() {
    let site = |notes: &str| {
        let fixture = format!(
            "//- roadbook.yml\ntitle: T\nrepository: https://forge.example/a/b\ninternal: {{fields: [x-notes]}}\n//- plan/items/k.md\n---\ntitle: K\nx-notes: q\n---\n\
             //- plan/items/a.md\n---\ntitle: A\n{notes}depends_on: [a]\n---\n"
        );
        public(project(&fixture).path()).site
    };
    let (with, without) = (site("x-notes: |\n  one\n  two\n"), site(""));
    assert!(!with.is_empty() && with == without);
}

/// A name with a language behind it, and a path, is a name of the same field.
#[test]
fn a_hidden_field_of_a_language_is_hidden() {
    for name in ["x-notes/en", "x-notes@de", "x-notes_de", "x-notes-de"] {
        let built = public(with_head(&format!("{name}: SECRET")).path());
        assert_eq!((built.code, built.leaks), (0, vec![]), "{name}: {}", built.said);
    }
    let other = public(with_head("x-notes-public: SECRET").path());
    assert!(other.code == 0 && !other.leaks.is_empty(), "{}", other.said);
}

/// What is read as a dependency where dependencies are hidden keeps its file from the public.
#[test]
fn what_is_read_as_a_hidden_field_is_not_public() {
    let base = "//- roadbook.yml\ntitle: T\ninternal: {fields: [depends_on, blocks]}\n\
                //- plan/items/open.md\n---\ntitle: Open\ndepends_on: [b]\n---\n//- plan/items/b.md\n# B\n";
    for head in [
        "prerequisites: SECRET signs",
        "blocker: SECRET",
        "waiting: SECRET",
        "dependent_on: SECRET",
        "relations.blocked_by: SECRET",
        "links:\n  - {type: blocked by, id: SECRET-2}",
        "links: [{type: depends on, target: SECRET}]",
        "foo: [{type: blocked_by, item: SECRET}]",
    ] {
        let project = project(&format!("{base}//- plan/items/a.md\n---\ntitle: A\n{head}\n---\nWords.\n"));
        kept(project.path(), "a field that is internal stands within another one here");
    }
}
