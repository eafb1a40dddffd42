//! An active or next item that nobody has touched for long.
//!
//! In hand is what is in progress, and what is planned for the first horizon. Ideas, what is paused and what is planned for later
//! may rest. Where most of it is stale the dates are not kept, and it is said once. When an item was written tells something only in
//! a plan that also says when items are touched.

use super::{LintContext, is_habit};
use crate::diagnostic::{Code, Diagnostic};
use crate::id::ItemId;
use crate::plan::Item;
use crate::state::State;

pub(super) fn lint(context: &LintContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let (Some(today), Some(days)) = (context.today, context.config.stale_after) else { return };
    let is_now = |item: &Item| item.horizon.as_ref().is_some_and(|horizon| horizon.rank == Some(0));
    let is_in_hand = |item: &Item| match item.state {
        State::Active => true,
        State::Planned | State::Unknown => is_now(item),
        State::Idea | State::Paused | State::Done | State::Dropped => false,
    };
    let keeps_dates = context.plan.items.iter().any(|item| item.updated.is_some());
    let mut dated = 0;
    let mut found = Vec::new();
    for (id, item, _) in context.open().filter(|(_, item, _)| is_in_hand(item)) {
        let updated = item.updated.as_ref().map(|date| ("updated", date));
        let created = item.created.as_ref().filter(|_| keeps_dates).map(|date| ("created", date));
        let Some((field, date)) = updated.or(created) else {
            continue;
        };
        dated += 1;
        if date.days_before(today).is_some_and(|age| age > days) {
            found.push((date, id, field));
        }
    }
    if is_habit(found.len(), dated) {
        found.sort_by_key(|(date, id, _)| (date.key(), *id));
        let Some(&(date, first, field)) = found.first() else { return };
        let message =
            format!("{} of {dated} active or next items were not touched for more than {days} days", found.len());
        let items: Vec<ItemId> = found.iter().map(|(_, id, _)| *id).collect();
        diagnostics.push(
            Diagnostic::new(Code::STALE_ITEM, context.field(first, field), message)
                .label(format!("not touched since {date}"))
                .help(format!(
                    "close or pause the remaining {}; if `updated` is not kept here, set `stale_after: off` in roadbook.yml",
                    context.names(&items)
                )),
        );
        return;
    }
    for (date, id, field) in found {
        let item = context.item(id);
        let standing = match (&item.horizon, item.state) {
            (Some(horizon), State::Planned | State::Unknown) => format!("planned for {}", horizon.name.value),
            _ => "in progress".to_owned(),
        };
        let message = format!("`{}` is {standing} and nobody has touched it since {date}", item.entry.id);
        diagnostics.push(
            Diagnostic::new(Code::STALE_ITEM, context.field(id, field), message)
                .label(format!("more than {days} days ago"))
                .help("say how far it is, pause it, or drop it"),
        );
    }
}
