//! An outcome that nothing can measure: it does not say what, or there is no figure in it.
//!
//! Figures within its words count. An idea may still look for its measure, and what is over needs none.

use super::{Context, is_live};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::{Node, Value};
use crate::plan::named_entry;

pub(super) fn lint(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for theme in context.plan.themes.iter().filter(|theme| is_live(theme)) {
        for outcome in context.types().outcomes(&theme.entry) {
            let Some((message, help)) = fault(&theme.entry.id, outcome) else { continue };
            let place = theme.entry.first_line(outcome.span);
            diagnostics.push(Diagnostic::new(Code::OUTCOME_WITHOUT_METRIC, place, message).help(help));
        }
    }
}

fn fault(theme: &str, outcome: &Value) -> Option<(String, &'static str)> {
    let (metric, has_figures) = match &outcome.node {
        Node::Scalar(text) => (text.clone(), false),
        Node::List(_) => return None,
        Node::Map(entries) => {
            let has = |name: &&str| !named_entry(entries, name).is_empty();
            (named_entry(entries, "metric"), ["baseline", "target", "current"].iter().any(has))
        }
    };
    let is_empty = metric.trim().is_empty();
    if is_empty && has_figures {
        let message = format!("an outcome of `{theme}` does not say what its figures measure");
        return Some((message, "write what is measured as its `metric`"));
    }
    if is_empty || has_figures || metric.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    let message = format!("an outcome of `{theme}` has no figure to tell whether it is reached");
    Some((message, "give it a `target`, a `baseline` to come from, and the `current` figure when you know it"))
}
