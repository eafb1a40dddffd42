//! The one home of `html5gum`: the tags of a page, by the tokenizer of the HTML standard. What lies between them is not looked at.

use std::ops::Range;

use html5gum::{DefaultEmitter, State, Token, Tokenizer};

/// A tag, and where it stands in the page.
#[derive(Clone, Debug)]
pub(super) struct Tag {
    /// In lower case.
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) place: Range<usize>,
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    Start {
        /// In the page's order, values decoded.
        attributes: Vec<(String, String)>,
        /// Whether it ends in `/>`, which means something in drawings only.
        is_closed: bool,
    },
    End,
}

impl Tag {
    pub(super) fn is_start(&self, name: &str) -> bool {
        matches!(self.kind, Kind::Start { .. }) && self.name == name
    }

    pub(super) fn is_end(&self, name: &str) -> bool {
        matches!(self.kind, Kind::End) && self.name == name
    }

    /// The attributes of a start tag.
    pub(super) fn attributes(&self) -> &[(String, String)] {
        match &self.kind {
            Kind::Start { attributes, .. } => attributes,
            Kind::End => &[],
        }
    }

    /// The value of an attribute.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes().iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// The tags of a page in their order.
pub(super) fn tags(html: &str) -> Vec<Tag> {
    let mut tokens = Tokenizer::new_with_emitter(html, DefaultEmitter::<usize>::new_with_span());
    let mut tags = Vec::new();
    while let Some(Ok(token)) = tokens.next() {
        let (name, kind, span) = match token {
            Token::StartTag(tag) => {
                let mut attributes: Vec<_> = tag.attributes.into_iter().collect();
                attributes.sort_by_key(|(_, value)| value.span.start);
                let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                let attributes = attributes.iter().map(|(name, value)| (text(name), text(value))).collect();
                if let Some(state) = text_state(&tag.name) {
                    tokens.set_state(state);
                }
                (tag.name, Kind::Start { attributes, is_closed: tag.self_closing }, tag.span)
            }
            Token::EndTag(tag) => (tag.name, Kind::End, tag.span),
            _ => continue,
        };
        let place = span.start..span.end;
        debug_assert!(html.get(place.clone()).is_some_and(|tag| tag.starts_with('<') && tag.ends_with('>')));
        tags.push(Tag { name: String::from_utf8_lossy(&name).into_owned(), kind, place });
    }
    tags
}

/// How what follows a start tag is read, where it is no markup. The contents of `<noscript>` are: nothing here has a script.
fn text_state(name: &[u8]) -> Option<State> {
    match name {
        b"textarea" | b"title" => Some(State::RcData),
        b"script" => Some(State::ScriptData),
        b"style" | b"iframe" | b"xmp" | b"noembed" | b"noframes" => Some(State::RawText),
        _ => None,
    }
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

/// A start tag, written.
pub(super) fn written<'a>(
    name: &str,
    attributes: impl IntoIterator<Item = (&'a str, &'a str)>,
    is_closed: bool,
) -> String {
    let mut tag = format!("<{name}");
    for (name, value) in attributes {
        tag.push(' ');
        tag.push_str(name);
        if !value.is_empty() {
            tag.push_str("=\"");
            tag.push_str(&escaped(value));
            tag.push('"');
        }
    }
    tag.push_str(if is_closed { "/>" } else { ">" });
    tag
}
