//! An open item whose parts are all done or dropped: nobody closed it, or what is left of it stands nowhere.

use super::LintContext;
use crate::diagnostic::{Code, Diagnostic};
use crate::id::ItemId;
use crate::state::State;

pub(super) fn lint(context: &LintContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (id, item, resolved) in context.open().filter(|(_, _, resolved)| !resolved.links.children.is_empty()) {
        let state = |part: &ItemId| context.item(*part).state;
        let is_over = !resolved.links.children.iter().any(|part| state(part).is_open());
        if !is_over || !context.is_said(id) || !resolved.links.children.iter().any(|part| state(part) == State::Done) {
            continue;
        }
        let name = &item.entry.id;
        let is_dropped = resolved.links.children.iter().any(|part| state(part) == State::Dropped);
        let done = if is_dropped { "done or dropped" } else { "done" };
        let message = match resolved.links.children.len() {
            1 => format!("the only part of `{name}` is {done}, and it is open"),
            2 => format!("both parts of `{name}` are {done}, and it is open"),
            parts => format!("all {parts} parts of `{name}` are {done}, and it is open"),
        };
        diagnostics.push(
            Diagnostic::new(Code::ALL_PARTS_DONE, context.status(id), message)
                .help("mark it as done, or write down what is left as a part of its own"),
        );
    }
}
