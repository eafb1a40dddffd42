//! A strict reader of HTML: what elements a page is made of, or what is wrong with it.

use std::collections::HashSet;

use roadbook::markdown::tags::tags;

const VOID: [&str; 4] = ["br", "hr", "img", "input"];
const BLOCKS: &[&str] = &[
    "center",
    "caption",
    "details",
    "summary",
    "dl",
    "dt",
    "dd",
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "blockquote",
    "div",
    "pre",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "section",
];
const INLINE: &[&str] = &[
    "a", "span", "em", "strong", "del", "code", "sup", "label", "br", "b", "i", "ins", "kbd", "mark", "picture", "s",
    "samp", "small", "sub", "u", "var",
];
const ATTRIBUTES: &[&str] = &[
    "align",
    "colspan",
    "height",
    "open",
    "rowspan",
    "width",
    "id",
    "class",
    "href",
    "src",
    "alt",
    "title",
    "rel",
    "role",
    "aria-label",
    "tabindex",
    "type",
    "disabled",
    "checked",
    "start",
    "scope",
    "loading",
];

/// Reads HTML strictly: gives the elements with their attributes' names, in order, or what is wrong.
pub(super) fn skeleton(html: &str) -> Result<Vec<String>, String> {
    let mut open: Vec<&str> = Vec::new();
    let mut tags = Vec::new();
    let mut ids = HashSet::new();
    let mut rest = html;
    while let Some(at) = rest.find(['<', '>']) {
        let tag = rest[at..].strip_prefix('<').ok_or("a bare >")?;
        if let Some(tag) = tag.strip_prefix('/') {
            let (name, after) = tag.split_once('>').ok_or("an open end tag")?;
            let expected = open.pop();
            if expected != Some(name) {
                return Err(format!("</{name}> where {expected:?} is open"));
            }
            rest = after;
            continue;
        }
        let end = tag.find([' ', '>']).ok_or("an open tag")?;
        let name = &tag[..end];
        if !VOID.contains(&name) && !BLOCKS.contains(&name) && !INLINE.contains(&name) {
            return Err(format!("an element {name:?}"));
        }
        let is_block = BLOCKS.contains(&name) || name == "hr";
        let around = open.iter().find(|around| ["p", "label"].contains(around) && is_block);
        if around.is_some() || (["a", "label"].contains(&name) && open.contains(&name)) {
            return Err(format!("<{name}> in {open:?}"));
        }
        let mut names = String::from(name);
        rest = attributes(name, &tag[end..], &mut names, &mut ids)?;
        tags.push(names);
        if !VOID.contains(&name) {
            open.push(name);
        }
    }
    if html.chars().any(|c| c.is_ascii_control() && !"\n\t\r".contains(c)) {
        return Err("a control character".into());
    }
    if open.is_empty() { Ok(tags) } else { Err(format!("{open:?} left open")) }
}

/// Reads ` name="value"` or ` name` until `>`; gives what follows.
fn attributes<'a>(
    tag: &str,
    mut rest: &'a str,
    names: &mut String,
    ids: &mut HashSet<&'a str>,
) -> Result<&'a str, String> {
    loop {
        if let Some(after) = rest.strip_prefix('>') {
            return Ok(after);
        }
        rest = rest.strip_prefix(' ').ok_or("no space before an attribute")?;
        let end = rest.find(['=', ' ', '>']).ok_or("an open attribute")?;
        let name = &rest[..end];
        if !ATTRIBUTES.contains(&name) {
            return Err(format!("an attribute {name:?} of {tag}"));
        }
        *names += &format!(" {name}");
        rest = &rest[end..];
        if let Some(after) = rest.strip_prefix("=\"") {
            let (value, after) = after.split_once('"').ok_or("an open value")?;
            if value.contains(['<', '>', '\'']) {
                return Err(format!("a value {value:?}"));
            }
            if name == "id" && (!ids.insert(value) || value.is_empty() || value.contains(' ')) {
                return Err(format!("an id {value:?}, twice or none"));
            }
            if ["href", "src"].contains(&name) && !harmless(value) {
                return Err(format!("an address {value:?}"));
            }
            rest = after;
        }
    }
}

/// What a browser would make of an address, by the WHATWG's URL parser: leading controls and spaces go, tabs and line ends go,
/// then letters, digits, `+`, `-`, `.` up to a colon are the scheme. Written apart from the code it judges.
fn harmless(value: &str) -> bool {
    let decoded = unescaped(value);
    let trimmed: String =
        decoded.trim_start_matches(|c: char| c <= ' ').chars().filter(|c| !"\t\n\r".contains(*c)).collect();
    let scheme: String = trimmed.chars().take_while(|c| c.is_ascii_alphanumeric() || "+-.".contains(*c)).collect();
    let has_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && trimmed[scheme.len()..].starts_with(':');
    !has_scheme || ["http", "https", "mailto", "tel"].contains(&scheme.to_lowercase().as_str())
}

#[test]
fn the_reader_of_these_tests_finds_faults() {
    for fault in [
        "<p>",
        "</p>",
        "<p></div>",
        "<script></script>",
        "<a onclick=\"x\"></a>",
        "<a href=\"javascript:x\"></a>",
        "a > b",
        "<p><p></p></p>",
        "<a><a></a></a>",
        "<p id=\"a\"></p><p id=\"a\"></p>",
        "<p class=\"a></p>",
        "<p style=\"a\"></p>",
        "<img src=\" java\tscript:x\">",
        "<svg>",
        "\u{1}",
        "<label><div></div></label>",
        "<!-- -->",
        "<a title=\"<\"></a>",
    ] {
        assert!(skeleton(fault).is_err(), "{fault}");
    }
    assert_eq!(
        skeleton("<p class=\"a\"><a href=\"b\">c</a><br></p>"),
        Ok(vec!["p class".into(), "a href".into(), "br".into()])
    );
}

/// The words of a page.
pub(super) fn words(page: &str) -> String {
    let mut words = String::new();
    let mut done = 0;
    for tag in tags(page) {
        words.push_str(&page[done..tag.range.start]);
        done = tag.range.end;
    }
    words.push_str(&page[done..]);
    unescaped(&words).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text without the escapes that a page needs.
fn unescaped(html: &str) -> String {
    html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}
