//! Parsing: one source becomes one document, the shape of a file. Fields are still text with their places.
//!
//! Per file and without a look at any other, so that the result can be remembered by contents; a document carries its
//! diagnostics, so that they are there again when it is remembered.

mod conflicts;
pub mod front_matter;
mod places;
mod readers;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::{self, Outline};
use crate::source::{Source, Span, Spanned};
use front_matter::FrontMatter;
pub use places::place;
pub use readers::Readers;

/// One file, read.
#[derive(Clone, Debug)]
pub struct Document {
    /// The file.
    pub source: Arc<Source>,
    /// The front matter's fields in the order of the file, under the names the author wrote.
    pub fields: Vec<Field>,
    /// The Markdown after the front matter.
    pub body: Span,
    /// The body as Markdown reads it, where that is not what stands in the file; see [`Document::markdown`].
    pub blanked: Option<String>,
    /// The parts of the body that hold fields and were read as such, from its first byte.
    pub read: Vec<Range<usize>>,
    /// What the body holds that other stages need.
    pub outline: Outline,
    /// What is wrong with the file on its own.
    pub diagnostics: Vec<Diagnostic>,
}

/// A field of the front matter, or an entry of a map in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The name as written.
    pub name: Spanned<String>,
    /// What stands behind it.
    pub value: Value,
}

/// A value of the front matter with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// From its first byte to its last, quotes and brackets included; empty at the colon where nothing was written.
    pub span: Span,
    /// The value.
    pub node: Node,
}

/// The shapes a value can have. Scalars are text: what `0161`, `1.10` or `no` mean is for the field to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// Text without its quotes; a plain scalar is as it stands in the file.
    Scalar(String),
    /// A list.
    List(Vec<Value>),
    /// A map, in the order of the file.
    Map(Vec<Field>),
}

impl Document {
    /// The body as Markdown reads it, byte for byte: with blanks in place of the signs of merge conflicts and of front matter that stands in
    /// it.
    pub fn markdown(&self) -> &str {
        self.blanked.as_deref().unwrap_or_else(|| self.source.slice(self.body))
    }

    /// The body as it stands in the file, byte for byte, with blanks in place of fields that were read.
    pub fn unread(&self) -> Cow<'_, str> {
        conflicts::blanks(self.source.slice(self.body), self.read.iter().cloned())
    }
}

impl Value {
    /// The texts in it at any depth, in the order of the file, each with its place.
    pub fn texts(&self) -> Vec<(&str, Span)> {
        match &self.node {
            Node::Scalar(text) => vec![(text, self.span)],
            Node::List(list) => list.iter().flat_map(Value::texts).collect(),
            Node::Map(entries) => entries.iter().flat_map(|entry| entry.value.texts()).collect(),
        }
    }

    /// The entries of all maps in it at any depth, each before those in its own value.
    pub fn entries(&self) -> Vec<&Field> {
        match &self.node {
            Node::Scalar(_) => Vec::new(),
            Node::List(list) => list.iter().flat_map(Value::entries).collect(),
            Node::Map(entries) => {
                entries.iter().flat_map(|entry| std::iter::once(entry).chain(entry.value.entries())).collect()
            }
        }
    }

    /// The value on one line, as a reader would say it.
    pub fn flat(&self) -> String {
        match &self.node {
            Node::Scalar(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
            Node::List(list) => list.iter().map(Value::flat).collect::<Vec<_>>().join(", "),
            Node::Map(entries) => {
                let entry = |field: &Field| format!("{}: {}", field.name.value, field.value.flat());
                entries.iter().map(entry).collect::<Vec<_>>().join("; ")
            }
        }
    }
}

/// Whether a field holds those of front matter that is out of place, which are shown and not read.
pub fn is_late_front_matter(document: &Document, field: &Field) -> bool {
    document.diagnostics.iter().any(|diagnostic| {
        diagnostic.code == Code::LATE_FRONT_MATTER
            && diagnostic.location.as_ref().is_some_and(|location| location.span == field.name.span)
    })
}

/// Reads one source, with fields in its front matter alone.
pub fn parse(source: &Arc<Source>) -> Document {
    parse_with(source, None)
}

/// Reads one source, with fields where `readers` find them as well.
pub fn parse_with(source: &Arc<Source>, readers: Option<&Readers>) -> Document {
    let FrontMatter { mut fields, body, markdown: mut blanked, diagnostics } = front_matter::front_matter(source);
    let text = blanked.as_deref().unwrap_or_else(|| source.slice(body));
    let mut read = Vec::new();
    if let Some(found) = readers.map(|readers| readers.read(text, body)).filter(|found| !found.fields.is_empty()) {
        blanked = Some(conflicts::blanks(text, found.taken.iter().cloned()).into_owned());
        read = found.taken;
        fields.extend(found.fields);
    }
    let text = blanked.as_deref().unwrap_or_else(|| source.slice(body));
    let outline = markdown::outline(text, body.start as usize);
    Document { source: Arc::clone(source), fields, body, blanked, read, outline, diagnostics }
}
