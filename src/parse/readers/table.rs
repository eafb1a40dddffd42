//! The reader `table`: the first table of two columns below the title, a field in each row.

use super::{Found, is_name, text, trimmed, value_of};
use crate::markdown::{Block, BlockKind};
use crate::parse::Field;

/// What stands at the head of a table of fields and is none.
const HEADS: [&str; 9] = ["", "attribute", "field", "key", "metadata", "name", "property", "value", "details"];

pub(super) fn read(head: &[Block]) -> Found {
    let mut found = Found::default();
    let mut tables = head.iter().filter_map(|block| match &block.kind {
        BlockKind::Table(rows) => Some((block, rows)),
        _ => None,
    });
    let Some((block, rows)) = tables.find(|(_, rows)| rows.first().is_some_and(|row| row.cells.len() == 2)) else {
        return found;
    };
    let mut end = block.range.end;
    for (index, row) in rows.iter().enumerate() {
        let [name, value] = row.cells.as_slice() else { continue };
        let is_head = |text: &str| HEADS.contains(&text.trim().to_lowercase().as_str());
        if index == 0 && is_head(&name.text) && is_head(&value.text) {
            continue;
        }
        let of_name = trimmed(&name.text, 0..name.text.trim_end().trim_end_matches(':').len());
        if row.has_more || !is_name(&name.text[of_name.clone()]) {
            // A line right below a table is taken for a row of it: what begins there is text, and so is a row with more than two cells.
            end = row.range.start;
            break;
        }
        let value = value_of(value, trimmed(&value.text, 0..value.text.len()));
        found.fields.push(Field { name: text(name, of_name), value });
    }
    found.taken.push(block.range.start..end);
    found
}
