//! A done item with parts that are still open.

use super::{LintContext, count};
use crate::diagnostic::{Code, Diagnostic};
use crate::id::ItemId;
use crate::state::State;

const MAX_LOCATIONS: usize = 3;

pub(super) fn lint(context: &LintContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (id, resolved) in context.items.enumerate().filter(|(_, resolved)| !resolved.links.children.is_empty()) {
        if context.item(id).state != State::Done {
            continue;
        }
        let is_open = |part: &ItemId| context.item(*part).state.is_open() && context.is_said(*part);
        let open: Vec<ItemId> = resolved.links.children.iter().copied().filter(is_open).collect();
        if open.is_empty() {
            continue;
        }
        let (name, open_parts) = (context.id(id), context.names(&open));
        let (are, them) = if open.len() == 1 { ("is", "it") } else { ("are", "them") };
        let parts = count(resolved.links.children.len(), "part");
        let message = match resolved.links.children.len() {
            1 => format!("`{name}` is done and its part {open_parts} is not"),
            _ => format!("`{name}` is done and of its {parts} {open_parts} {are} not"),
        };
        let mut diagnostic = Diagnostic::new(Code::DONE_BEFORE_PARTS, context.status(id), message)
            .help(format!("close {open_parts}, take {them} out of `{name}`, or open `{name}` again"));
        for &part in open.iter().take(MAX_LOCATIONS) {
            let item = context.item(part);
            if let Some(parent) = &item.parent {
                let words = format!("`{}` is a part of it", item.entry.id);
                diagnostic = diagnostic.related(item.entry.location(parent.span), words);
            }
        }
        diagnostics.push(diagnostic);
    }
}
