//! The tags of a page, as the tokenizer of the HTML standard finds them (section 13.2.5). What lies between them is not looked at.
//!
//! A crate that does this brings two thousand names of characters along, which are a twentieth of the whole program; so it is the test
//! that has one, and holds that both see the same in whatever is put before them.

use std::ops::Range;

/// A tag, and where it stands in the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// In lower case.
    pub name: String,
    /// What it begins or ends with.
    pub kind: Kind,
    /// From its `<` to behind its `>`, in bytes.
    pub place: Range<usize>,
}

/// A start tag or an end tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A start tag.
    Start {
        /// In the page's order; of two with one name the first.
        attributes: Vec<Attribute>,
        /// Whether it ends in `/>`, which means something in drawings only.
        is_closed: bool,
    },
    /// An end tag.
    End,
}

/// An attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// In lower case.
    pub name: String,
    /// As it is written, character references and all.
    pub raw: String,
}

impl Attribute {
    /// What it says. References to characters that no address and no id is likely to have by name stay as they are.
    pub fn value(&self) -> String {
        decoded(&self.raw)
    }
}

impl Tag {
    pub(super) fn is_start(&self, name: &str) -> bool {
        matches!(self.kind, Kind::Start { .. }) && self.name == name
    }

    pub(super) fn is_end(&self, name: &str) -> bool {
        matches!(self.kind, Kind::End) && self.name == name
    }

    /// The attributes of a start tag.
    pub fn attributes(&self) -> &[Attribute] {
        match &self.kind {
            Kind::Start { attributes, .. } => attributes,
            Kind::End => &[],
        }
    }

    /// The value of an attribute.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        self.attributes().iter().find(|attribute| attribute.name == name).map(Attribute::value)
    }
}

/// The tags of a page in their order.
pub fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(found) = html.get(at..).and_then(|rest| rest.find('<')) {
        at += found;
        let rest = html.get(at..).unwrap_or_default();
        let is_letter = |place: usize| rest.as_bytes().get(place).is_some_and(u8::is_ascii_alphabetic);
        let is_end = rest.starts_with("</") && is_letter(2);
        if !is_end && !is_letter(1) {
            match beside(rest) {
                Some(length) => at += length,
                None => break,
            }
            continue;
        }
        let Some((name, attributes, is_closed, length)) = tag(rest, if is_end { 2 } else { 1 }) else { break };
        let place = at..at + length;
        at = place.end;
        if !is_end {
            at += text(&name, html.get(at..).unwrap_or_default());
        }
        let kind = if is_end { Kind::End } else { Kind::Start { attributes, is_closed } };
        tags.push(Tag { name, kind, place });
    }
    tags
}

/// The length of what begins with a `<` and is no tag; none where it has no end.
fn beside(rest: &str) -> Option<usize> {
    let until = |from: usize, end: &str| rest.get(from..)?.find(end).map(|at| from + at + end.len());
    if let Some(comment) = rest.strip_prefix("<!--") {
        if comment.starts_with('>') || comment.starts_with("->") {
            return until(0, ">");
        }
        return [until(4, "-->"), until(4, "--!>")].into_iter().flatten().min();
    }
    let is_markup = rest.starts_with("<!") || rest.starts_with("<?") || rest.starts_with("</");
    if is_markup && rest.len() > 2 { until(0, ">") } else { Some(1) }
}

/// A tag whose name begins at `from`: its name, its attributes, whether it is closed, and its length; none where it has no end.
fn tag(rest: &str, from: usize) -> Option<(String, Vec<Attribute>, bool, usize)> {
    let bytes = rest.as_bytes();
    let until = |from: usize, ends: &dyn Fn(u8) -> bool| {
        bytes.get(from..)?.iter().position(|&byte| ends(byte)).map(|length| from + length)
    };
    let text = |range: Range<usize>| rest.get(range).unwrap_or_default();
    let mut at = until(from, &|byte| is_space(byte) || b"/>".contains(&byte))?;
    let name = text(from..at).to_ascii_lowercase();
    let mut attributes: Vec<Attribute> = Vec::new();
    loop {
        at = until(at, &|byte| !is_space(byte))?;
        match bytes.get(at)? {
            b'>' => return Some((name, attributes, false, at + 1)),
            b'/' if bytes.get(at + 1)? == &b'>' => return Some((name, attributes, true, at + 2)),
            b'/' => {
                at += 1;
                continue;
            }
            _ => {}
        }
        // An equals sign may begin a name, and ends it from then on.
        let end = until(at + 1, &|byte| is_space(byte) || b"/>=".contains(&byte))?;
        let own = text(at..end).to_ascii_lowercase();
        at = until(end, &|byte| !is_space(byte))?;
        let mut raw = "";
        if bytes.get(at) == Some(&b'=') {
            at = until(at + 1, &|byte| !is_space(byte))?;
            match *bytes.get(at)? {
                b'>' => {}
                quote @ (b'"' | b'\'') => {
                    let end = until(at + 1, &|byte| byte == quote)?;
                    raw = text(at + 1..end);
                    at = end + 1;
                }
                _ => {
                    let end = until(at, &|byte| is_space(byte) || byte == b'>')?;
                    raw = text(at..end);
                    at = end;
                }
            }
        }
        if !attributes.iter().any(|attribute| attribute.name == own) {
            attributes.push(Attribute { name: own, raw: raw.to_owned() });
        }
    }
}

fn is_space(byte: u8) -> bool {
    b"\t\n\x0c\r ".contains(&byte)
}

/// How much of what follows a start tag is no markup. The contents of `<noscript>` are: nothing here has a script.
fn text(name: &str, rest: &str) -> usize {
    const TEXT: &[&str] = &["textarea", "title", "style", "iframe", "xmp", "noembed", "noframes"];
    if name == "script" {
        return script(rest);
    }
    if !TEXT.contains(&name) {
        return 0;
    }
    let ends = rest.match_indices("</").map(|(at, _)| at);
    ends.into_iter().find(|&at| is_tag(rest, at, "</", name)).unwrap_or(rest.len())
}

/// Whether a tag of this name begins at `at`.
fn is_tag(text: &str, at: usize, begin: &str, name: &str) -> bool {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    let named = rest.strip_prefix(begin.as_bytes()).and_then(|rest| rest.split_at_checked(name.len()));
    named.is_some_and(|(own, after)| {
        own.eq_ignore_ascii_case(name.as_bytes())
            && after.first().is_some_and(|&byte| is_space(byte) || b"/>".contains(&byte))
    })
}

/// The length of a script. What it has in `<!-- <script> … </script> -->` does not end it.
fn script(text: &str) -> usize {
    let (mut is_escaped, mut is_twice) = (false, false);
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find(['<', '-'])) {
        at += found;
        let rest = text.get(at..).unwrap_or_default();
        let is_end = is_tag(text, at, "</", "script");
        if is_end && !is_twice {
            return at;
        }
        if is_end {
            is_twice = false;
        } else if is_escaped && !is_twice && is_tag(text, at, "<", "script") {
            is_twice = true;
        } else if is_escaped && rest.starts_with("-->") {
            (is_escaped, is_twice) = (false, false);
        } else if !is_escaped && rest.starts_with("<!--") {
            is_escaped = true;
            // Its dashes may be those that end it.
            at += 1;
        }
        at += 1;
    }
    text.len()
}

/// Text without character references: numbers, and the names that programs write.
fn decoded(text: &str) -> String {
    const NAMES: &[(&str, &str)] =
        &[("amp;", "&"), ("lt;", "<"), ("gt;", ">"), ("quot;", "\""), ("apos;", "'"), ("nbsp;", "\u{a0}")];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        rest = after;
        let named = NAMES.iter().find_map(|(name, is)| Some((*is, after.strip_prefix(name)?)));
        if let Some((is, after)) = named {
            out.push_str(is);
            rest = after;
        } else if let Some((c, after)) = numbered(after) {
            out.push(c);
            rest = after;
        } else {
            out.push('&');
        }
    }
    out + rest
}

/// The character of a numeric reference from behind its `&`, and what follows.
fn numbered(text: &str) -> Option<(char, &str)> {
    let digits = text.strip_prefix('#')?;
    let (digits, radix) = digits.strip_prefix(['x', 'X']).map_or((digits, 10), |digits| (digits, 16));
    let end = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
    let (digits, after) = digits.split_at_checked(end).filter(|(digits, _)| !digits.is_empty())?;
    let number = u32::from_str_radix(digits, radix).ok();
    let c = number.filter(|&number| number != 0).and_then(char::from_u32).unwrap_or('\u{fffd}');
    Some((c, after.strip_prefix(';').unwrap_or(after)))
}

/// Elements that have no end tag.
pub(super) fn is_void(name: &str) -> bool {
    const VOID: &[&str] = &[
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    ];
    VOID.contains(&name)
}

/// Text as it stands between double quotes, or between tags.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// An attribute as it is written, from what it says.
pub(super) fn attribute(name: &str, value: &str) -> Attribute {
    Attribute { name: name.to_owned(), raw: escaped(value) }
}

/// A start tag, written.
pub(super) fn written<'a>(name: &str, attributes: impl IntoIterator<Item = &'a Attribute>, is_closed: bool) -> String {
    let mut tag = format!("<{name}");
    for Attribute { name, raw } in attributes {
        tag.push(' ');
        tag.push_str(name);
        if !raw.is_empty() {
            tag.push_str("=\"");
            tag.push_str(&raw.replace('"', "&quot;"));
            tag.push('"');
        }
    }
    tag.push_str(if is_closed { "/>" } else { ">" });
    tag
}
