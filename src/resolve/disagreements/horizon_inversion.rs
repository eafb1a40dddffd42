//! An item planned for a nearer horizon than something it depends on.

use super::LintContext;
use crate::diagnostic::{Code, Diagnostic};
use crate::plan::{Item, Text};

pub(super) fn lint(context: &LintContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (_, item, resolved) in context.open().filter(|(_, _, resolved)| !resolved.links.depends_on.is_empty()) {
        let Some((near, here)) = ranked(item) else { continue };
        for dependency in &resolved.links.depends_on {
            let other = context.item(dependency.on);
            let Some((far, there)) = ranked(other).filter(|_| other.state.is_open()) else { continue };
            if far <= near {
                continue;
            }
            let (id, needed) = (&item.entry.id, &other.entry.id);
            let message =
                format!("`{id}` is planned for {} and depends on `{needed}`, planned for {}", here.value, there.value);
            let location = context.item(dependency.declared_in).entry.location(dependency.span);
            diagnostics.push(
                Diagnostic::new(Code::HORIZON_INVERSION, location, message)
                    .help(format!(
                        "move `{needed}` to {} or nearer, move `{id}` out, or drop the dependency",
                        here.value
                    ))
                    .related(item.entry.location(here.span), format!("`{id}` is in {}", here.value))
                    .related(other.entry.location(there.span), format!("`{needed}` is in {}", there.value)),
            );
        }
    }
}

fn ranked(item: &Item) -> Option<(usize, &Text)> {
    let horizon = item.horizon.as_ref()?;
    Some((horizon.rank?, &horizon.name))
}
