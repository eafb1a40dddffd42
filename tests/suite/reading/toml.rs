//! Front matter in TOML, read by hand: what is TOML is read, what is not is kept and reported.

use super::{document, fields, found};

#[test]
fn toml_is_read() {
    let text = r#"+++
# a comment
title = "A \"b\" \u00e9\t\\" # behind
'literal' = 'C:\x'
"quoted name" = "x"
bare-key_1 = 1_000
n = -2.5e3
yes = true
day = 2026-12-11
moment = 2026-12-11 10:00:00
long = """
one
two \
   goes on"""
raw = '''x
'y' '''
list = ["a, b", 'c', [1, 2],
  # between
  3, ]
map = { a = 1, b.c = "d" }
dotted.x.y = 1
dotted.x.z = 2

[table]
k = "v"
[table.below]
k = "w"
[[many]]
k = 1
[[many]]
k = 2
[many.in]
l = 3
+++
Body.
"#;
    let read = document(text);
    let wanted = "title = A \"b\" é\t\\\nliteral = C:\\x\nquoted name = x\nbare-key_1 = 1000\nn = -2.5e3\nyes = true\nday = 2026-12-11\n\
                  moment = 2026-12-11 10:00:00\nlong = one\ntwo goes on\nraw = x\n'y' \nlist = [a, b | c | [1 | 2] | 3]\n\
                  map = {a: 1; b: {c: d}}\ndotted = {x: {y: 1; z: 2}}\ntable = {k: v; below: {k: w}}\n\
                  many = [{k: 1} | {k: 2; in: {l: 3}}]";
    assert_eq!(fields(&read), wanted);
    assert_eq!(found(&read), Vec::<String>::new());
    let value = &read.fields[0].value;
    assert_eq!(read.source.slice(value.span), r#""A \"b\" \u00e9\t\\""#);
}

#[test]
fn what_is_not_toml_is_kept_and_reported() {
    for (line, read, places) in [
        ("a = in progress", "a = in progress", "2"),
        ("a = \"open\nb = 1", "a = \"open\nb = 1", "2"),
        ("a = [1, 2\nb = 1", "a = [1, 2\nb = 1", "2"),
        ("a = \"x\" y", "a = \"x\" y", "2"),
        ("a = \"\\q\"", "a = \"\\q\"", "2"),
        ("a =", "a = ", "2"),
        ("a = \"\"\"open\nb = 1", "a = \"\"\"open\nb = 1", "2"),
        ("words\na = 1", "a = 1", "2"),
        ("[t\nk = 1", "t = {k: 1}", "2"),
        ("a = 1\na = 2", "a = 1\na = 2", "3"),
        ("a = 1\n[a]\nb = 2", "a = 1\na = {b: 2}", "3"),
        ("a = 2026-12-11 or so", "a = 2026-12-11 or so", "2"),
        ("a = {b = 1", "a = {b = 1", "2"),
    ] {
        // The first line is one of TOML in any case.
        let document = document(&format!("+++\nz = 1\n{line}\n+++\n"));
        assert_eq!(fields(&document), format!("z = 1\n{read}"), "{line}");
        let said = found(&document);
        let line_of = |place: &str| (place.parse::<usize>().unwrap_or_default() + 1).to_string();
        assert!(said.len() == 1 && said[0].ends_with(&format!(":{}", line_of(places))), "{line}: {said:?}");
    }
}

/// However deep or long it is, a head is read in bounds.
#[test]
fn hostile_toml_ends() {
    for value in ["[".repeat(50_000), "{a = ".repeat(20_000), "[1,".repeat(20_000), "\"".repeat(50_001)] {
        let read = document(&format!("+++\na = {value}\nb = 1\n+++\n"));
        assert_eq!(read.fields.len(), 2);
        assert_eq!(found(&read), ["invalid-toml:2"]);
    }
    let dotted = document(&format!("+++\n{} = 1\nb = 1\n+++\n", vec!["a"; 10_000].join(".")));
    assert_eq!(fields(&dotted), "b = 1");
}
