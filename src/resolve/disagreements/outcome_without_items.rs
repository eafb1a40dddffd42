//! Outcomes of a theme that has no item but dropped ones: a result that nobody works towards.

use super::{Context, is_live};
use crate::diagnostic::{Code, Diagnostic};

const MOST_PLACES: usize = 5;

pub(super) fn lint(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    // A plan without items is all strategy yet.
    if context.plan.items.is_empty() {
        return;
    }
    for (theme, resolved) in context.themes().filter(|(theme, _)| is_live(theme)) {
        let [first, others @ ..] = theme.outcomes.as_slice() else { continue };
        if resolved.rollup.count.total > 0 {
            continue;
        }
        let id = &theme.entry.id;
        let message = match others.len() {
            0 => format!("no item works towards the outcome of `{id}`"),
            more => format!("no item works towards any of the {} outcomes of `{id}`", more + 1),
        };
        let mut diagnostic =
            Diagnostic::new(Code::OUTCOME_WITHOUT_ITEMS, theme.entry.first_line(first.span), message).help(format!(
                "plan the first item with `theme: {id}`, or say that the theme waits: `status: idea` or `status: paused`"
            ));
        for outcome in others.iter().take(MOST_PLACES) {
            diagnostic = diagnostic.related(theme.entry.first_line(outcome.span), "nor towards this");
        }
        diagnostics.push(diagnostic);
    }
}
