//! An outcome that nothing can measure: it does not say what, or there is no figure in it.
//!
//! Figures within its words count. An idea may still look for its measure, and what is over needs none.

use super::{LintContext, is_live};
use crate::diagnostic::{Code, Diagnostic};
use crate::plan::Outcome;

pub(super) fn lint(context: &LintContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for theme in context.plan.themes.iter().filter(|theme| is_live(theme)) {
        for outcome in &theme.outcomes {
            let Some((message, help)) = fault(&theme.entry.id, outcome) else { continue };
            let location = theme.entry.first_line(outcome.span);
            diagnostics.push(Diagnostic::new(Code::OUTCOME_WITHOUT_METRIC, location, message).help(help));
        }
    }
}

fn fault(theme: &str, outcome: &Outcome) -> Option<(String, &'static str)> {
    if outcome.metric.is_empty() {
        let message = format!("an outcome of `{theme}` does not say what it measures");
        return Some((message, "write what is measured as its `metric`"));
    }
    let has_figures = [&outcome.baseline, &outcome.target, &outcome.current].iter().any(|text| !text.is_empty());
    if has_figures || outcome.metric.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    let message = format!("an outcome of `{theme}` has no figure to tell whether it is reached");
    Some((message, "give it a `target`, a `baseline` to come from, and the `current` figure when you know it"))
}
