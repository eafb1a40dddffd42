//! A done item that depends on one that is still open: either it is not done, or it never needed the other.
//!
//! An item that says no status that is known is not said to be open, so it contradicts nothing.

use super::LintContext;
use crate::diagnostic::{Code, Diagnostic};
use crate::state::State;

pub(super) fn lint(context: &LintContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (id, resolved) in context.items.enumerate().filter(|(_, resolved)| !resolved.links.depends_on.is_empty()) {
        if context.item(id).state != State::Done {
            continue;
        }
        for dependency in &resolved.links.depends_on {
            let other = context.item(dependency.on);
            if !other.state.is_open() || !context.is_said(dependency.on) {
                continue;
            }
            let (name, needed) = (context.id(id), context.id(dependency.on));
            let location = context.item(dependency.declared_in).entry.location(dependency.span);
            let message = format!("`{name}` is done and depends on `{needed}`, which is not");
            let mut diagnostic = Diagnostic::new(Code::DONE_BEFORE_DEPENDENCY, location, message)
                .help(format!("mark `{needed}` as done, open `{name}` again, or drop the dependency if it was none"));
            for (one, word) in [(id, "done"), (dependency.on, other.state.word())] {
                if context.item(one).status.is_some() {
                    let words = format!("`{}` is {}{word}", context.id(one), article(word));
                    diagnostic = diagnostic.related(context.status(one), words);
                }
            }
            diagnostics.push(diagnostic);
        }
    }
}

fn article(word: &str) -> &'static str {
    if word == "idea" { "an " } else { "" }
}
