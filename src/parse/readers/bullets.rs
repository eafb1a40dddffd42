//! The reader `bullets`: entries `* Name: value` of the first list below the title. Entries of a list in one are several values.

use std::ops::Range;

use super::{Found, field, pair, trimmed, value_of};
use crate::markdown::{Block, BlockKind, ListEntry, Words};
use crate::parse::{Node, Value};
use crate::source::Span;

pub(super) fn read(head: &[Block]) -> Found {
    let mut found = Found::default();
    for block in head {
        let BlockKind::List(entries) = &block.kind else { continue };
        for entry in entries {
            let Some((name, value)) = pair(&entry.words.text).filter(|_| is_read(entry)) else { continue };
            let mut field = field(&entry.words, name, value.clone());
            if !entry.entries.is_empty() {
                field.value = several(&entry.words, value, &entry.entries);
            }
            found.fields.push(field);
            found.taken.push(entry.range.clone());
        }
        if !found.fields.is_empty() {
            break;
        }
    }
    found
}

/// Whether there is nothing in an entry that would be lost: more than words, and one list of them.
fn is_read(entry: &ListEntry) -> bool {
    !entry.has_more && entry.entries.iter().all(|entry| !entry.has_more && entry.entries.is_empty())
}

/// What stands beside a name and in the entries of the list below it.
fn several(words: &Words, value: Range<usize>, entries: &[ListEntry]) -> Value {
    let beside = (!value.is_empty()).then(|| value_of(words, value));
    let below =
        entries.iter().map(|entry| value_of(&entry.words, trimmed(&entry.words.text, 0..entry.words.text.len())));
    let all: Vec<Value> = beside.into_iter().chain(below).collect();
    let span = all
        .first()
        .zip(all.last())
        .map_or_else(Default::default, |(first, last)| Span { end: last.span.end, ..first.span });
    Value { span, node: Node::List(all) }
}
