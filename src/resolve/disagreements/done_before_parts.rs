//! A done item with parts that are still open.

use super::{LintContext, count};
use crate::diagnostic::{Code, Diagnostic};
use crate::id::ItemId;
use crate::state::State;

const MAX_PLACES: usize = 3;

pub(super) fn lint(context: &LintContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (at, resolved) in context.items.enumerate().filter(|(_, resolved)| !resolved.links.children.is_empty()) {
        if context.item(at).state != State::Done {
            continue;
        }
        // A part without a known status is not said to be open.
        let is_open = |state: State| state.is_open() && state != State::Unknown;
        let open: Vec<ItemId> =
            resolved.links.children.iter().copied().filter(|&part| is_open(context.item(part).state)).collect();
        if open.is_empty() {
            continue;
        }
        let (id, names) = (context.id(at), context.names(&open));
        let (are, them) = if open.len() == 1 { ("is", "it") } else { ("are", "them") };
        let parts = count(resolved.links.children.len(), "part");
        let message = match resolved.links.children.len() {
            1 => format!("`{id}` is done and its part {names} is not"),
            _ => format!("`{id}` is done and of its {parts} {names} {are} not"),
        };
        let mut diagnostic = Diagnostic::new(Code::DONE_BEFORE_PARTS, context.status(at), message)
            .help(format!("close {names}, take {them} out of `{id}`, or open `{id}` again"));
        for &part in open.iter().take(MAX_PLACES) {
            let item = context.item(part);
            if let Some(parent) = &item.parent {
                let words = format!("`{}` is a part of it", item.entry.id);
                diagnostic = diagnostic.related(item.entry.place(parent.span), words);
            }
        }
        diagnostics.push(diagnostic);
    }
}
