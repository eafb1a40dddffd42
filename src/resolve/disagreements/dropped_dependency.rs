//! An item that depends on one that was dropped: what it waits for will never be done. Of a done item, that it was done without.
//!
//! A dropped item waits for nothing any more.

use super::LintContext;
use crate::diagnostic::{Code, Diagnostic};
use crate::state::State;

pub(super) fn lint(context: &LintContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (id, resolved) in context.items.enumerate().filter(|(_, resolved)| !resolved.links.depends_on.is_empty()) {
        let state = context.item(id).state;
        if state == State::Dropped {
            continue;
        }
        for dependency in &resolved.links.depends_on {
            if context.item(dependency.on).state != State::Dropped {
                continue;
            }
            let (name, dropped) = (context.id(id), context.id(dependency.on));
            let location = context.item(dependency.declared_in).entry.location(dependency.span);
            let message = match state {
                State::Done => format!("`{name}` is done and depends on `{dropped}`, which was dropped"),
                _ => format!("`{name}` depends on `{dropped}`, which was dropped, so it is never ready"),
            };
            let mut diagnostic = Diagnostic::new(Code::DROPPED_DEPENDENCY, location, message)
                .help(format!("drop the dependency, name what takes the place of `{dropped}`, or open it again"));
            if context.item(dependency.on).status.is_some() {
                diagnostic = diagnostic.related(context.status(dependency.on), format!("`{dropped}` is dropped"));
            }
            diagnostics.push(diagnostic);
        }
    }
}
