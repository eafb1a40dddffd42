//! Bodies made to be slow: what they cost grows with their length.

use crate::support::assert_near_linear;
use roadbook::markdown::outline;

use super::html;

/// A name, and what makes a body of about `n` pieces.
type Pattern = (&'static str, fn(usize) -> String);

const PATTERNS: &[Pattern] = &[
    ("open brackets", |n| "[".repeat(n)),
    ("nested brackets", |n| "[".repeat(n) + "a" + &"]".repeat(n)),
    ("open links", |n| "[a](".repeat(n)),
    ("pointed links", |n| "[a](<b".repeat(n)),
    ("open images", |n| "![".repeat(n)),
    ("nested images", |n| "![".repeat(n) + "a" + &"](b)".repeat(n)),
    ("tasks in headings", |n| "- [ ] # a `b`\n".repeat(n)),
    ("open wiki links", |n| "[[".repeat(n)),
    ("nested wiki links", |n| "[[".repeat(n) + &"a]]".repeat(n)),
    ("piped wiki links", |n| "[[a|".repeat(n)),
    ("bracketed words", |n| "[[a]](b) ]](".repeat(n)),
    ("emphasis that never closes", |n| "*a **a ".repeat(n)),
    ("emphasis that never fits", |n| "*a_ ".repeat(n)),
    ("nested emphasis", |n| "**".repeat(n) + "a" + &"**".repeat(n)),
    ("strikes", |n| "~a ~~b ".repeat(n)),
    ("quotes nested to the limit", |n| ("> ".repeat(120) + "a\n").repeat(n / 120)),
    ("lists nested to the limit", |n| ("- ".repeat(120) + "a\n" + &"b\n".repeat(120) + "\n").repeat(n / 120)),
    ("backticks of every length", |n| (1..n.isqrt() * 2).map(|i| "e".to_owned() + &"`".repeat(i)).collect()),
    ("footnotes referred to", |n| "[^a] ".repeat(n) + "\n\n[^a]: x\n"),
    ("footnotes without a note", |n| "[^a] ".repeat(n)),
    ("footnotes defined", |n| (0..n).map(|i| format!("[^{i}]: x[^{i}]\n\n")).collect()),
    ("the same footnote", |n| "[^a]: x\n\n".repeat(n) + "[^a]\n"),
    ("footnotes in footnotes", |n| {
        "[^a]\n\n".to_owned() + &("[^a]: ".repeat(120) + &"b\n".repeat(120) + "\n").repeat(n / 120)
    }),
    ("open comments", |n| "a <!--".repeat(n)),
    ("comments in a block", |n| "<div>\n".to_owned() + &"<!-- a -->\n<!--\n".repeat(n)),
    ("open tags", |n| "x <a b=\"".repeat(n)),
    ("tags that are never closed", |n| "<b>a ".repeat(n)),
    ("tags that were never opened", |n| "a </b></p></div>".repeat(n)),
    ("paragraphs with open tags", |n| "a <b>b <i>c\n\n".repeat(n)),
    ("items with open tags", |n| "- a <b>b <i>c\n".repeat(n)),
    ("blocks of tags that are never closed", |n| "<div>\n\na\n\n".repeat(n)),
    ("tags opened again", |n| "<div><b></div><p>a\n".repeat(n)),
    ("misnested tags", |n| "<b><i><div></b>a</i></div>\n".repeat(n)),
    ("links in links", |n| "<a href=b>c ".repeat(n)),
    ("tables in tables", |n| "<table><tr><td>a".repeat(n)),
    ("text in tables", |n| "<table>a".repeat(n)),
    ("attributes in quotes", |n| format!("<b {}>attributes", "x=\"y\" ".repeat(n))),
    ("attributes of many names", |n| {
        format!("<b {}>attributes", (0..n).map(|i| format!("x{i}=\"y\"")).collect::<String>())
    }),
    ("places with names", |n| (0..n).map(|i| format!("<a name=\"{i}\"></a>\n\n")).collect()),
    ("addresses without a scheme", |n| "www.a.b ".repeat(n) + &"a@b.cd ".repeat(n) + &"a.@".repeat(n)),
    ("a wide table", |n| "|a".repeat(n) + "\n" + &"|-".repeat(n) + "\n"),
    ("a table with short rows", |n| "|a".repeat(n.isqrt()) + "\n" + &"|-".repeat(n.isqrt()) + "\n" + &"|\n".repeat(n)),
    ("references", |n| (0..n).map(|i| format!("[{i}]: x\n")).collect::<String>() + &"\n[1]".repeat(n)),
    ("addresses", |n| "http://a.b/)))_)".repeat(n) + " " + &"http://".repeat(n) + &")".repeat(n)),
    ("headings of one name", |n| "# a\n# a-1\n".repeat(n)),
    ("dollars", |n| "$a ".repeat(n) + &"a$ ".repeat(n)),
    ("dollars in pairs that change", |n| "a$b".repeat(n)),
    ("dollars in braces", |n| "{$a".repeat(n) + &"}$".repeat(n)),
    ("formulas", |n| "$a$ $$b$$ ".repeat(n)),
    ("entities", |n| "&".repeat(n) + &"http://a.b/&a;".repeat(n)),
];

/// The factor is so large that a cost which grows with the square stands out by far from what caches and a busy machine do to it.
#[test]
fn cost_grows_with_length() {
    for &(name, pattern) in PATTERNS {
        assert_near_linear(name, 500, 64, pattern, |body| {
            assert!(!outline(body, 0).beyond);
            assert!(html(body).len() > 8);
        });
    }
}

#[test]
fn what_has_no_bound_is_not_read_as_markdown() {
    for body in
        ["> ".repeat(20_000) + "a\n" + &"b\n".repeat(20_000), "- ".repeat(20_000) + "a\n" + &"b\n".repeat(20_000)]
    {
        assert!(outline(&body, 0).beyond);
    }
    let body: String = (0..400).map(|i| "  ".repeat(i) + "- a\n").collect();
    assert!(outline(&body, 0).beyond);
    assert!(outline(&("[^a]: ".to_owned() + &"> ".repeat(200)), 0).beyond);
}
