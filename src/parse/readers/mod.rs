//! Fields in other forms than front matter, each read by a reader of its own: what a team writes in a table, a list, bold lines or
//! sections of the text.

mod bold_lines;
mod bullets;
mod sections;
mod table;

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Field, Node, Value};
use crate::config::Reader;
use crate::markdown::{Block, BlockKind, Words, blocks};
use crate::name;
use crate::nearest::plain;
use crate::source::{Span, Spanned};

/// How the files of a collection say their fields beside front matter, and the names that these may have.
#[derive(Debug, PartialEq, Eq)]
pub struct Readers {
    /// What reads them, in this order.
    pub order: Vec<Reader>,
    /// The names of fields that mean something, in their [`plain`] form.
    pub names: BTreeSet<String>,
}

/// What was found in a body.
#[derive(Default)]
pub(super) struct Found {
    pub(super) fields: Vec<Field>,
    /// The bytes of the body that were read, which are no text of it any more, in their order.
    pub(super) taken: Vec<Range<usize>>,
}

/// Longest name of a field in these forms, in bytes: what is longer is a sentence.
const MAX_NAME: usize = 48;

impl Readers {
    /// The fields that a body has, which begins at `at` in its file.
    pub(super) fn read(&self, body: &str, at: Span) -> Found {
        let mut all = Found::default();
        let blocks = blocks(body);
        let head = head(&blocks);
        let is_field = |name: &str| self.names.contains(&plain(name));
        for reader in &self.order {
            let found = match reader {
                Reader::FrontMatter => continue,
                Reader::Table => table::read(head),
                Reader::Bullets => bullets::read(head),
                Reader::BoldLines => bold_lines::read(head),
                Reader::Sections => sections::read(&blocks, is_field),
            };
            // A table or a list about other things than the file has none of its names.
            if found.fields.iter().any(|field| is_field(&field.name.value)) {
                all.fields.extend(found.fields);
                all.taken.extend(found.taken);
            }
        }
        all.taken.sort_by_key(|range| range.start);
        all.fields.iter_mut().for_each(|field| shift(field, at.start as usize));
        all
    }
}

/// Moves a field from its place in the body to that in the file.
fn shift(field: &mut Field, offset: usize) {
    fn below(value: &mut Value, offset: usize) {
        value.span = value.span.shifted(offset);
        if let Node::List(list) = &mut value.node {
            list.iter_mut().for_each(|value| below(value, offset));
        }
    }
    field.name.span = field.name.span.shifted(offset);
    below(&mut field.value, offset);
}

/// The blocks below the title and above the next heading; all above the first where the body does not begin with one.
fn head(blocks: &[Block]) -> &[Block] {
    let is_heading = |block: &Block| matches!(block.kind, BlockKind::Heading(..));
    let start = blocks.iter().position(|block| matches!(block.kind, BlockKind::Heading(1, _))).map_or(0, |at| at + 1);
    let rest = &blocks[start..];
    let end = rest.iter().position(is_heading).unwrap_or(rest.len());
    &rest[..end]
}

/// A text `Name: value` as the two, each with its range; none where what stands before the colon is no name.
fn pair(text: &str) -> Option<(Range<usize>, Range<usize>)> {
    let (colon, sign) = text.char_indices().find(|(at, c)| {
        let behind = text[at + c.len_utf8()..].chars().next();
        *c == '：' || *c == ':' && behind.is_none_or(char::is_whitespace)
    })?;
    Some((trimmed(text, 0..colon), trimmed(text, colon + sign.len_utf8()..text.len())))
        .filter(|(name, _)| is_name(&text[name.clone()]))
}

fn is_name(text: &str) -> bool {
    (1..=MAX_NAME).contains(&text.len()) && text.contains(char::is_alphabetic) && !text.contains(['.', '!', '?', ';'])
}

/// A range of a text without the blanks at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + part.len() - part.trim_start().len();
    start..(start + part.trim().len())
}

/// A field of a name and a value that stand in a line.
fn field(words: &Words, name: Range<usize>, value: Range<usize>) -> Field {
    Field { name: text(words, name), value: value_of(words, value) }
}

fn text(words: &Words, part: Range<usize>) -> Spanned<String> {
    Spanned::new(name::composed(&words.text[part.clone()]).into_owned(), span(words, part))
}

fn value_of(words: &Words, part: Range<usize>) -> Value {
    Value { span: span(words, part.clone()), node: Node::Scalar(name::composed(&words.text[part]).into_owned()) }
}

fn span(words: &Words, part: Range<usize>) -> Span {
    let range = words.place(part);
    Span::new(range.start, range.end)
}
