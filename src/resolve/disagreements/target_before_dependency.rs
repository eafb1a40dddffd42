//! An item that is to be done before something it depends on.
//!
//! A date of a plan is a stretch, and promises its end: `2026-Q4` is kept by what is done on 31 December. So last days are
//! compared, and an item for the quarter in which its dependency has a day is in order.

use super::LintContext;
use crate::diagnostic::{Code, Diagnostic};

pub(super) fn lint(context: &LintContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (id, item, resolved) in context.open().filter(|(_, _, resolved)| !resolved.links.depends_on.is_empty()) {
        let Some((field, end)) = item.end() else { continue };
        for dependency in &resolved.links.depends_on {
            let other = context.item(dependency.on);
            let is_component = resolved.cycle.is_some() && resolved.cycle == context.items[dependency.on].cycle;
            let Some((other_field, other_end)) = other.end().filter(|_| other.state.is_open() && !is_component) else {
                continue;
            };
            if !end.ends_before(other_end) {
                continue;
            }
            let (name, needed) = (&item.entry.id, &other.entry.id);
            let message =
                format!("`{name}` is to be done by {end} and depends on `{needed}`, to be done by {other_end}");
            diagnostics.push(
                Diagnostic::new(Code::TARGET_BEFORE_DEPENDENCY, context.field(id, field), message)
                    .help(format!(
                        "move `{name}` to {other_end} or later, bring `{needed}` forward to {end}, or drop the dependency"
                    ))
                    .related(
                        context.field(dependency.on, other_field),
                        format!("`{needed}` is to be done by {other_end}"),
                    ),
            );
        }
    }
}
