//! A theme that somebody has decided for, and no open item serves it.
//!
//! A theme whose outcomes no item serves at all is [`super::outcome_without_items`].

use super::{LintContext, count, is_live, status_of};
use crate::diagnostic::{Code, Diagnostic};

pub(super) fn lint(context: &LintContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    // A plan without items is all strategy yet.
    if context.plan.items.is_empty() {
        return;
    }
    for (theme, resolved) in context.themes().filter(|(theme, _)| is_live(theme)) {
        let counts = &resolved.rollup.count;
        if counts.total > counts.done || counts.total == 0 && !theme.outcomes.is_empty() {
            continue;
        }
        let id = &theme.entry.id;
        let done = usize::try_from(counts.done).unwrap_or(usize::MAX);
        let message = match (done, resolved.items.len()) {
            (0, 0) => format!("no item serves the theme `{id}`"),
            (0, _) => format!("every item of the theme `{id}` was dropped"),
            (1, _) => format!("the only item of the theme `{id}` is done, and the theme is not"),
            _ => format!("all {} of the theme `{id}` are done, and the theme is not", count(done, "item")),
        };
        let help = match done {
            0 => format!(
                "plan its first item with `theme: {id}`, or say that it waits: `status: idea` or `status: paused`"
            ),
            _ => "mark it as done with `status: done`, or plan what comes next for it".to_owned(),
        };
        diagnostics.push(Diagnostic::new(Code::THEME_WITHOUT_WORK, status_of(theme), message).help(help));
    }
}
