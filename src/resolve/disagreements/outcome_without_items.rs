//! An outcome that no item works towards but dropped ones: a result that will not come by itself.
//!
//! Of a theme without any work it is said once. Where items name outcomes, an outcome that none of them names has no work; where none
//! does, all items of the theme serve all its outcomes.

use super::{LintContext, is_live};
use crate::diagnostic::{Code, Diagnostic};
use crate::id::ItemId;
use crate::plan::Outcome;
use crate::state::State;

const MAX_PLACES: usize = 5;

pub(super) fn lint(context: &LintContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    // A plan without items is all strategy yet.
    if context.plan.items.is_empty() {
        return;
    }
    for (theme, resolved) in context.themes().filter(|(theme, _)| is_live(theme)) {
        let is_work = |id: &ItemId| context.item(*id).state != State::Dropped;
        let outcomes = theme.outcomes.iter().zip(&resolved.outcomes);
        let empty: Vec<&Outcome> =
            outcomes.filter(|(_, resolved)| !resolved.items.iter().any(is_work)).map(|(outcome, _)| outcome).collect();
        let id = &theme.entry.id;
        if resolved.rollup.count.total > 0 {
            // One without a metric has no name to be called by, and is reported for that.
            for outcome in empty.into_iter().filter(|outcome| !outcome.metric.is_empty()) {
                let message = format!("no item works towards the outcome `{}` of `{id}`", outcome.id);
                let location = theme.entry.first_line(outcome.span);
                diagnostics.push(Diagnostic::new(Code::OUTCOME_WITHOUT_ITEMS, location, message).help(format!(
                    "name it in an item that is to bring it about: `outcomes: {}`, or give the outcome up",
                    outcome.id
                )));
            }
            continue;
        }
        let [first, others @ ..] = empty.as_slice() else { continue };
        let message = match others.len() {
            0 => format!("no item works towards the outcome of `{id}`"),
            more => format!("no item works towards any of the {} outcomes of `{id}`", more + 1),
        };
        let location = theme.entry.first_line(first.span);
        let mut diagnostic = Diagnostic::new(Code::OUTCOME_WITHOUT_ITEMS, location, message).help(format!(
            "plan the first item with `theme: {id}`, or say that the theme waits: `status: idea` or `status: paused`"
        ));
        for outcome in others.iter().take(MAX_PLACES) {
            diagnostic = diagnostic.related(theme.entry.first_line(outcome.span), "nor towards this");
        }
        diagnostics.push(diagnostic);
    }
}
