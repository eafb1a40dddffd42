//! Front matter that is out of place: behind other text, or a second one. It is not read, and what it says is kept.

use std::ops::Range;
use std::sync::Arc;

use super::super::{Field, Node, Value};
use super::bounds::{self, Block};
use super::{First, Head, Shape, fields};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Location, Source, Span, Spanned};

/// Reads more front matter right behind the first: its fields are kept in one of their own each, since nobody knows which of them are meant.
pub(super) fn further(source: &Arc<Source>, text: &str, first: &mut First) {
    for number in 2.. {
        let next = bounds::next(text, first.body).map(|block| (block, false));
        let rest = || bounds::rest(text, first.body).map(|block| (block, true));
        let Some((block, is_rest)) = next.or_else(rest) else { return };
        let mut read = fields(source, text, block.form, block.head.clone());
        let is_meant = match is_rest {
            true => looks_meant(&read),
            false => matches!(read.shape, Shape::Fields),
        };
        if !is_meant {
            return;
        }
        let found = if is_rest { closed_too_early } else { behind_the_first };
        first.diagnostics.push(found(source, &block));
        first.diagnostics.append(&mut read.diagnostics);
        first.fields.push(kept(format!("front matter {number}"), &block, read.fields));
        first.body = block.body;
    }
}

/// Whether a field is one of those of which nearly every front matter has one; prose between two thematic breaks has none.
fn is_usual(field: &Field) -> bool {
    const USUAL: [&str; 14] = [
        "blocked_by",
        "blocks",
        "date",
        "depends_on",
        "draft",
        "id",
        "kind",
        "owner",
        "priority",
        "state",
        "status",
        "tags",
        "title",
        "visibility",
    ];
    USUAL.contains(&field.name.value.to_lowercase().as_str())
}

/// Whether a head that is out of place was meant as one.
fn looks_meant(read: &Head) -> bool {
    read.sound && read.fields.iter().any(is_usual)
}

/// Reads what looks like front matter and stands too late in a file that has none, and gives its lines.
pub(super) fn belated(source: &Arc<Source>, text: &str, first: &mut First) -> Option<Range<usize>> {
    let (block, mut read) = bounds::late(text)
        .map(|block| {
            let read = fields(source, text, block.form, block.head.clone());
            (block, read)
        })
        .find(|(_, read)| looks_meant(read))?;
    first.diagnostics.push(too_late(source, &block));
    first.diagnostics.append(&mut read.diagnostics);
    first.fields.push(kept("late front matter".to_owned(), &block, read.fields));
    Some(block.opening.start..block.body)
}

/// The fields of front matter that is out of place, as one field.
fn kept(name: String, block: &Block, fields: Vec<Field>) -> Field {
    let name = Spanned::new(name, Span::new(block.opening.start, block.opening.end));
    let value = Value { span: Span::new(block.head.start, block.head.end), node: Node::Map(fields) };
    Field { name, value }
}

/// More front matter right behind some.
fn behind_the_first(source: &Arc<Source>, block: &Block) -> Diagnostic {
    out_of_place(source, block, "more front matter stands behind the first")
        .help("move its fields into the first one, and take its two lines away")
}

/// Fields right behind the line that closes front matter, and one more such line behind them.
fn closed_too_early(source: &Arc<Source>, block: &Block) -> Diagnostic {
    out_of_place(source, block, "the front matter was closed before this line, and fields follow")
        .help("take the line away that closes it above, or leave a blank line behind it where this is text")
}

/// What looks like front matter and does not begin its file.
fn too_late(source: &Arc<Source>, block: &Block) -> Diagnostic {
    out_of_place(source, block, "this looks like front matter, and does not begin the file")
        .help("move it to the first line of the file, or put it in a block of code if it is an example")
}

fn out_of_place(source: &Arc<Source>, block: &Block, message: &str) -> Diagnostic {
    let location = Location::new(source, Span::new(block.opening.start, block.opening.end));
    Diagnostic::new(Code::LATE_FRONT_MATTER, location, message).label("its fields are shown, and not read")
}
