//! The reader `sections`: a heading that is the name of a field, with one line of words below it, as records of decisions have it.

use super::{Found, text, trimmed, value_of};
use crate::markdown::{Block, BlockKind};
use crate::parse::Field;

/// Longest value, in bytes: what is longer is a text about it.
const MAX_VALUE: usize = 120;

pub(super) fn read(blocks: &[Block], is_field: impl Fn(&str) -> bool) -> Found {
    let mut found = Found::default();
    for (index, block) in blocks.iter().enumerate() {
        let BlockKind::Heading(level, name) = &block.kind else { continue };
        let Some(Block { kind: BlockKind::Paragraph(lines), range }) = blocks.get(index + 1) else { continue };
        let is_end = blocks
            .get(index + 2)
            .is_none_or(|next| matches!(next.kind, BlockKind::Heading(other, _) if other <= *level));
        let [line] = lines.as_slice() else { continue };
        if *level == 1 || !is_end || line.text.len() > MAX_VALUE || !is_field(name.text.trim()) {
            continue;
        }
        let (of_name, of_value) = (trimmed(&name.text, 0..name.text.len()), trimmed(&line.text, 0..line.text.len()));
        found.fields.push(Field { name: text(name, of_name), value: value_of(line, of_value) });
        found.taken.extend([block.range.clone(), range.clone()]);
    }
    found
}
