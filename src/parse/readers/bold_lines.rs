//! The reader `bold-lines`: lines `**Name:** value` or `**Name**: value` below the title. A line without a name goes on with the one above.

use super::{Found, field, is_name, trimmed, value_of};
use crate::markdown::{Block, BlockKind, Words};
use crate::parse::{Field, Node, Value};
use crate::source::Span;

/// How many blocks below the title may have such lines: fields stand at the head of a text.
const MAX_BLOCKS: usize = 12;

pub(super) fn read(head: &[Block]) -> Found {
    let mut found = Found::default();
    for block in head.iter().take(MAX_BLOCKS) {
        let BlockKind::Paragraph(lines) = &block.kind else { continue };
        let before = found.fields.len();
        for line in lines {
            match of_line(line) {
                Some(field) => found.fields.push(field),
                None if found.fields.len() == before => break,
                None => goes_on(&mut found.fields, line),
            }
        }
        if found.fields.len() > before {
            found.taken.push(block.range.clone());
        }
    }
    found
}

/// Adds a line to the value of the field above.
fn goes_on(fields: &mut [Field], line: &Words) {
    let whole = value_of(line, trimmed(&line.text, 0..line.text.len()));
    if let Some(Field { value: Value { span, node: Node::Scalar(text) }, .. }) = fields.last_mut() {
        let blank = if text.is_empty() { "" } else { " " };
        text.push_str(blank);
        text.push_str(line.text.trim());
        *span = Span { end: whole.span.end, ..*span };
    }
}

/// The field of a line that begins with a bold name.
fn of_line(line: &Words) -> Option<Field> {
    let (bold, rest) = line.text.split_at(line.bold);
    let (name, colon) = match bold.trim_end().strip_suffix([':', '：']) {
        Some(name) => (name, 0),
        None => (bold, rest.len() - rest.trim_start().strip_prefix([':', '：'])?.len()),
    };
    let name = trimmed(&line.text, 0..name.len());
    let value = trimmed(&line.text, line.bold + colon..line.text.len());
    is_name(&line.text[name.clone()]).then(|| field(line, name, value))
}
