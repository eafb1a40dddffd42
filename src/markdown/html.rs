//! HTML that an author writes within Markdown: the elements and attributes that a page shows, GitHub's for the most part. Any other tag is
//! text. The outline and the page read it here, so that they agree.

use std::borrow::Cow;
use std::ops::Range;

use super::escape;
use super::read::without_comments;
use super::tags::{Tag, TagKind, tags};

/// Where an element may stand, and what it means for those around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Begins a block of its own.
    Block,
    /// Stands in a line. One that ends behind a block it began before is opened again in that block, as the standard asks.
    Formatting,
    /// Stands in a line.
    Inline,
}

/// The elements that a page shows.
const ELEMENTS: &[(&str, Role)] = &[
    ("a", Role::Formatting),
    ("b", Role::Formatting),
    ("blockquote", Role::Block),
    ("br", Role::Inline),
    ("caption", Role::Block),
    ("center", Role::Block),
    ("code", Role::Formatting),
    ("dd", Role::Block),
    ("del", Role::Inline),
    ("details", Role::Block),
    ("div", Role::Block),
    ("dl", Role::Block),
    ("dt", Role::Block),
    ("em", Role::Formatting),
    ("h1", Role::Block),
    ("h2", Role::Block),
    ("h3", Role::Block),
    ("h4", Role::Block),
    ("h5", Role::Block),
    ("h6", Role::Block),
    ("hr", Role::Block),
    ("i", Role::Formatting),
    ("img", Role::Inline),
    ("ins", Role::Inline),
    ("kbd", Role::Inline),
    ("li", Role::Block),
    ("mark", Role::Inline),
    ("ol", Role::Block),
    ("p", Role::Block),
    ("picture", Role::Inline),
    ("pre", Role::Block),
    ("s", Role::Formatting),
    ("samp", Role::Inline),
    ("small", Role::Formatting),
    ("source", Role::Inline),
    ("span", Role::Inline),
    ("strong", Role::Formatting),
    ("sub", Role::Inline),
    ("summary", Role::Block),
    ("sup", Role::Inline),
    ("table", Role::Block),
    ("tbody", Role::Block),
    ("td", Role::Block),
    ("th", Role::Block),
    ("thead", Role::Block),
    ("tr", Role::Block),
    ("u", Role::Formatting),
    ("ul", Role::Block),
    ("var", Role::Inline),
];

/// The names of all elements that a page shows.
pub(super) fn elements() -> impl Iterator<Item = &'static str> {
    ELEMENTS.iter().map(|(name, _)| *name)
}

/// What an element is; `None` for one that no page shows.
pub(super) fn role(name: &str) -> Option<Role> {
    let index = ELEMENTS.binary_search_by_key(&name, |(name, _)| name).ok()?;
    Some(ELEMENTS[index].1)
}

/// Whether the words in an element are code, and shown as they are written.
pub(super) fn is_code(name: &str) -> bool {
    matches!(name, "code" | "kbd" | "pre" | "samp")
}

/// Attributes that are copied as they are, and on which elements. Addresses, names and the words of a picture are read and written anew.
pub(super) fn is_copied(element: &str, attribute: &str, value: &str) -> bool {
    let is_number =
        |value: &str| !value.is_empty() && value.len() <= 4 && value.bytes().all(|byte| byte.is_ascii_digit());
    match attribute {
        "title" => role(element) != Some(Role::Formatting),
        "align" => {
            let is_known = ["left", "center", "right", "justify", "top", "middle", "bottom"]
                .contains(&&*value.to_ascii_lowercase());
            is_known && (role(element) == Some(Role::Block) || element == "img")
        }
        "colspan" | "rowspan" => matches!(element, "td" | "th") && is_number(value),
        "width" => {
            matches!(element, "img" | "td" | "th" | "table") && is_number(value.strip_suffix('%').unwrap_or(value))
        }
        "height" => element == "img" && is_number(value),
        "open" => element == "details",
        _ => false,
    }
}

/// A part of raw HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// What stands between tags, as written: with its character references, without its comments.
    Text(Cow<'a, str>),
    /// A tag that is text, as written.
    Other(&'a str),
    /// A tag of an element that a page shows.
    Tag(Tag),
}

/// A length as browsers read it: `100px` is 100, and so is `100em`.
fn pixels(length: &str) -> String {
    let length = length.trim();
    let rest = length.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = &length[..length.len() - rest.len()];
    let is_share = rest.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit()).starts_with('%');
    if is_share { format!("{number}%") } else { number.to_owned() }
}

/// The parts of a piece of HTML, each with its place in it.
pub(super) fn parts(html: &str) -> Vec<(Part<'_>, Range<usize>)> {
    let mut parts = Vec::new();
    let mut done = 0;
    let text = |range: Range<usize>, parts: &mut Vec<_>| {
        let text = without_comments(&html[range.clone()]);
        if !text.is_empty() {
            parts.push((Part::Text(text), range));
        }
    };
    for mut tag in tags(html) {
        let range = tag.range.clone();
        if let TagKind::Start { attributes, .. } = &mut tag.kind {
            let lengths = attributes.iter_mut().filter(|attribute| matches!(&*attribute.name, "width" | "height"));
            lengths.for_each(|length| length.value = pixels(&length.value));
        }
        text(done..range.start, &mut parts);
        done = range.end;
        let part = if role(&tag.name).is_some() { Part::Tag(tag) } else { Part::Other(&html[range.clone()]) };
        parts.push((part, range));
    }
    text(done..html.len(), &mut parts);
    parts
}

/// Whether a block begins in a piece of HTML that needs nothing around it, as an item needs its list.
pub(super) fn begins_block(html: &str) -> bool {
    const PARTS: &[&str] = &["caption", "dd", "dt", "li", "summary", "tbody", "td", "th", "thead", "tr"];
    let begins = |(part, _): &(Part<'_>, _)| {
        matches!(part, Part::Tag(tag) if tag.kind != TagKind::End && role(&tag.name) == Some(Role::Block)
            && !PARTS.contains(&&*tag.name))
    };
    parts(html).iter().any(begins)
}

/// What a piece of HTML says in a line of plain text.
pub(super) fn words(html: &str) -> String {
    let mut words = String::new();
    for (part, _) in parts(html) {
        match part {
            Part::Text(text) => words.push_str(&text),
            Part::Other(tag) => words.push_str(tag),
            Part::Tag(tag) if matches!(tag.kind, TagKind::End) => {}
            Part::Tag(tag) if tag.name == "br" => words.push(' '),
            Part::Tag(tag) if tag.name == "img" => words.push_str(tag.get("alt").unwrap_or_default()),
            Part::Tag(_) => {}
        }
    }
    words
}

/// The names that a tag gives its place, for links to lead there.
pub(super) fn names(tag: &Tag) -> impl Iterator<Item = &str> {
    let value = |name| tag.get(name).filter(|value| !value.is_empty() && !value.contains(char::is_whitespace));
    value("id").into_iter().chain(value("name").filter(|name| Some(*name) != tag.get("id")))
}

/// The id of a place that a tag names: the name, or another one where the page may have it for a part of its own. Those begin with a capital,
/// and those of footnotes with `fn`; GitHub sets the same before every name.
pub(super) fn place(name: &str) -> Cow<'_, str> {
    let is_of_page =
        name.starts_with(|c: char| c.is_ascii_uppercase()) || name.starts_with("fn:") || name.starts_with("fnref:");
    if is_of_page { Cow::Owned(format!("user-content-{name}")) } else { Cow::Borrowed(name) }
}

/// Whether a text can hold a tag: most bodies hold none, and are written without looking for one.
pub(super) fn has_tags(text: &str) -> bool {
    text.match_indices('<').any(|(offset, _)| {
        text.as_bytes().get(offset + 1).is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'/')
    })
}

/// Writes raw HTML that holds no tag.
pub(super) fn push_text_alone(out: &mut String, html: &str, is_block: bool) {
    let text = without_comments(html);
    if !is_block {
        return escape::text(out, &text);
    }
    if !text.trim().is_empty() {
        out.push_str("<p class=\"raw\">");
        escape::text(out, text.trim());
        out.push_str("</p>\n");
    }
}

/// Writes a place that a link can lead to, without words.
pub(super) fn push_place(out: &mut String, id: &str) {
    out.push_str("<span id=\"");
    escape::attribute(out, id);
    out.push_str("\"></span>");
}
