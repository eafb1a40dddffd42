//! An active theme in which nobody is at work and nobody could begin: all its open items wait.

use super::super::item::count_open;
use super::{LintContext, status_of};
use crate::diagnostic::{Code, Diagnostic};
use crate::id::ItemId;
use crate::resolve::Readiness;
use crate::state::State;

pub(super) fn lint(context: &LintContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (theme, resolved) in context.themes().filter(|(theme, _)| theme.state == State::Active) {
        let counts = &resolved.rollup.count;
        let open = counts.total.saturating_sub(counts.done);
        if open == 0 || counts.ready + counts.active > 0 {
            continue;
        }
        let open: Vec<ItemId> = resolved.items.iter().copied().filter(|&id| context.item(id).state.is_open()).collect();
        if open.iter().any(|&id| context.item(id).state == State::Active) {
            continue;
        }
        let id = &theme.entry.id;
        let message = match open.as_slice() {
            [only] if context.item(*only).state == State::Unknown => {
                format!("the theme `{id}` is active and its only item that is left is of unknown state")
            }
            [_] => format!("the theme `{id}` is active and its only open item cannot be started"),
            many => {
                let many = count_open(many.iter().map(|&id| context.item(id).state));
                format!("the theme `{id}` is active and none of its {many} can be started")
            }
        };
        let diagnostic = Diagnostic::new(Code::THEME_WITHOUT_READY_WORK, status_of(theme), message);
        diagnostics.push(diagnostic.help(help(context, &open)));
    }
}

/// What would set the theme going: the item first in order that one of its items waits for, else a decision.
fn help(context: &LintContext<'_>, open: &[ItemId]) -> String {
    let waits = |&id: &ItemId| context.items[id].links.depends_on.iter().map(move |dependency| (dependency.on, id));
    let can_start = |on: ItemId| matches!(context.items[on].readiness, Readiness::Ready | Readiness::InProgress);
    let held = open.iter().flat_map(waits).filter(|(on, _)| can_start(*on));
    if let Some((first, item)) = held.min_by_key(|(on, _)| (context.items[*on].rank.unwrap_or(u32::MAX), *on)) {
        return format!(
            "bring `{}` forward, which `{}` waits for, or say that the theme waits: `status: planned`",
            context.id(first),
            context.id(item)
        );
    }
    let undecided = open.iter().find(|&&id| context.items[id].readiness == Readiness::Undecided);
    match undecided {
        Some(&id) => format!("decide on `{}` first, or say that the theme waits: `status: paused`", context.id(id)),
        None => "look into what its items wait for, or say that the theme waits: `status: paused`".to_owned(),
    }
}
