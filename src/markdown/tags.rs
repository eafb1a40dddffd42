//! The tags of HTML, each with its location, as the tokenizer of the HTML standard finds them (section 13.2.5). The text between tags
//! is not looked at. The one home of `html5gum`.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Readable, Reader, Span, State, StringReader, Tokenizer};

use super::address::with_scheme;
use super::escape;

/// A tag, and where it is in the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// In lower case.
    pub name: String,
    /// What it begins or ends with.
    pub kind: TagKind,
    /// From its `<` to behind its `>`, in bytes.
    pub range: Range<usize>,
}

/// A start tag or an end tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TagKind {
    /// A start tag.
    Start {
        /// In the page's order; of two with one name the first, and no more than a few hundred.
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
    /// With its character references resolved.
    pub value: String,
}

impl Tag {
    pub(crate) fn is_start(&self, name: &str) -> bool {
        matches!(self.kind, TagKind::Start { .. }) && self.name == name
    }

    pub(crate) fn is_end(&self, name: &str) -> bool {
        matches!(self.kind, TagKind::End) && self.name == name
    }

    /// The attributes of a start tag.
    pub fn attributes(&self) -> &[Attribute] {
        match &self.kind {
            TagKind::Start { attributes, .. } => attributes,
            TagKind::End => &[],
        }
    }

    /// The value of an attribute.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes().iter().find(|attribute| attribute.name == name).map(|attribute| attribute.value.as_str())
    }

    /// The value of an attribute that is an address, without the blanks about it, as browsers read it, and with a scheme.
    pub(super) fn address(&self, name: &str) -> Option<Cow<'_, str>> {
        self.get(name).map(|value| with_scheme(value.trim_matches(|c: char| c <= ' ')))
    }
}

/// The tags of a page, or of a piece of one, in their order.
pub fn tags(html: &str) -> Vec<Tag> {
    let mut open = Open::default();
    // Only tags become tokens, so that no text is copied.
    let emitter = CallbackEmitter::new(move |event: CallbackEvent<'_>, span: Span<usize>| open.event(event, &span));
    let mut tokens = Tokenizer::new_with_emitter(Pausing::new(html), emitter);
    let mut tags = Vec::new();
    while let Some(read) = tokens.next() {
        let Ok(tag) = read else { continue };
        if let Some(state) = contents(&tag) {
            tokens.set_state(state);
        }
        tags.push(tag);
    }
    tags
}

/// A reader that makes the tokenizer come back now and then: from one quoted value to the next it calls itself, so that a tag with many
/// of them would take the whole stack.
struct Pausing<'a> {
    reader: StringReader<'a>,
    text: &'a [u8],
    /// How many bytes were read.
    at: usize,
    /// Where it paused last.
    paused: usize,
    /// Values that have begun since.
    values: usize,
}

/// Values in quotes that are read without a pause.
const MAX_VALUES: usize = 8;

/// Most attributes of a tag: those behind them are left out, for each is compared with all before it.
const MAX_ATTRIBUTES: usize = 256;

/// The tokenizer is to come back, and goes on where it was.
#[derive(Debug)]
struct Pause;

impl fmt::Display for Pause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a pause")
    }
}

impl std::error::Error for Pause {}

impl<'a> Pausing<'a> {
    fn new(html: &'a str) -> Pausing<'a> {
        Pausing { reader: html.to_reader(), text: html.as_bytes(), at: 0, paused: 0, values: 0 }
    }

    /// A pause, where the tokenizer knows its state: it has just gone to that of a value in quotes.
    fn pause(&mut self) -> Result<(), Pause> {
        if self.at > self.paused && self.text[..self.at].ends_with(b"=\"") {
            self.values += 1;
            if self.values > MAX_VALUES {
                (self.paused, self.values) = (self.at, 0);
                return Err(Pause);
            }
        }
        Ok(())
    }
}

impl Reader for Pausing<'_> {
    type Error = Pause;

    fn read_byte(&mut self) -> Result<Option<u8>, Pause> {
        self.pause()?;
        let Ok(read) = self.reader.read_byte();
        self.at += usize::from(read.is_some());
        Ok(read)
    }

    fn try_read_string(&mut self, text: &[u8], case_sensitive: bool) -> Result<bool, Pause> {
        let Ok(is_read) = self.reader.try_read_string(text, case_sensitive);
        self.at += if is_read { text.len() } else { 0 };
        Ok(is_read)
    }

    fn read_until<'b>(&'b mut self, needle: &[u8], buffer: &'b mut [u8; 4]) -> Result<Option<&'b [u8]>, Pause> {
        self.pause()?;
        let Ok(read) = self.reader.read_until(needle, buffer);
        self.at += read.map_or(0, <[u8]>::len);
        Ok(read)
    }
}

/// A start tag that is being read.
#[derive(Default)]
struct Open {
    name: String,
    start: usize,
    attributes: Vec<Attribute>,
    /// Whether the value that comes next is that of an attribute that is left out.
    is_repeated: bool,
}

impl Open {
    /// A tag, where one is complete.
    fn event(&mut self, event: CallbackEvent<'_>, span: &Span<usize>) -> Option<Tag> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                *self = Open { name: text(name), start: span.start, ..Open::default() };
                None
            }
            CallbackEvent::AttributeName { name } => {
                let name = text(name);
                self.is_repeated = self.attributes.len() == MAX_ATTRIBUTES
                    || self.attributes.iter().any(|attribute| attribute.name == name);
                if !self.is_repeated {
                    self.attributes.push(Attribute { name, value: String::new() });
                }
                None
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some(attribute) = self.attributes.last_mut().filter(|_| !self.is_repeated) {
                    attribute.value = text(value);
                }
                None
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                let Open { name, start, attributes, .. } = std::mem::take(self);
                Some(Tag { name, kind: TagKind::Start { attributes, is_closed: self_closing }, range: start..span.end })
            }
            CallbackEvent::EndTag { name } => {
                // The standard lets an end tag have attributes, and drops them.
                *self = Open::default();
                Some(Tag { name: text(name), kind: TagKind::End, range: span.start..span.end })
            }
            CallbackEvent::String { .. }
            | CallbackEvent::Comment { .. }
            | CallbackEvent::Doctype { .. }
            | CallbackEvent::Error(_) => None,
        }
    }
}

/// How the contents of an element are tokenized where they are not markup. Those of `<noscript>` are: nothing here runs scripts.
fn contents(tag: &Tag) -> Option<State> {
    match tag.name.as_str() {
        _ if tag.kind == TagKind::End => None,
        "textarea" | "title" => Some(State::RcData),
        "script" => Some(State::ScriptData),
        "style" | "iframe" | "xmp" | "noembed" | "noframes" => Some(State::RawText),
        _ => None,
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Elements that have no end tag.
pub(crate) fn is_void(name: &str) -> bool {
    const VOID: &[&str] = &[
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    ];
    VOID.contains(&name)
}

/// The value of an attribute in double quotes.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape::double_quoted(&mut out, text);
    out
}

/// An attribute of this name and value.
pub(crate) fn attribute(name: &str, value: &str) -> Attribute {
    Attribute { name: name.to_owned(), value: value.to_owned() }
}

/// A start tag, written.
pub(crate) fn written<'a>(name: &str, attributes: impl IntoIterator<Item = &'a Attribute>, is_closed: bool) -> String {
    let mut tag = format!("<{name}");
    for Attribute { name, value } in attributes {
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
