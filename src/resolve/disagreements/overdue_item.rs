//! An open item whose date lies wholly in the past.

use super::super::item::open_word;
use super::{LintContext, is_habit};
use crate::diagnostic::{Code, Diagnostic};
use crate::id::ItemId;
use crate::state::State;

pub(super) fn lint(context: &LintContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(today) = context.today else { return };
    let mut dated = Vec::new();
    let mut found = Vec::new();
    for (id, item, _) in context.open().filter(|(_, item, _)| item.due.is_some() || item.target.is_some()) {
        dated.push(item.state);
        let of = |field: &'static str, date: &'_ Option<crate::date::Date>| {
            date.clone().filter(|date| date.is_before(today)).map(|date| (field, date))
        };
        if let Some((field, date)) = of("due", &item.due).or_else(|| of("target", &item.target)) {
            found.push((date, id, field));
        }
    }
    if is_habit(found.len(), dated.len()) {
        let (all, word) = open_word(dated.into_iter());
        found.sort_by_key(|(date, id, _)| (date.key(), *id));
        let items: Vec<ItemId> = found.iter().map(|(_, id, _)| *id).collect();
        let [(_, first, field), ..] = found.as_slice() else { return };
        let message = format!("{} of {all} {word} items with a date should have been done by now", found.len());
        diagnostics.push(Diagnostic::new(Code::OVERDUE_ITEM, context.field(*first, field), message).help(format!(
            "mark what is done of {}, and give the rest dates that can still be kept",
            context.names(&items)
        )));
        return;
    }
    for (date, id, field) in found {
        let is_unknown = context.item(id).state == State::Unknown;
        let now = if is_unknown { "its state is unknown" } else { "is still open" };
        let message = match field {
            "due" => format!("`{}` was due by {date} and {now}", context.id(id)),
            _ => format!("`{}` was to be done by {date} and {now}", context.id(id)),
        };
        diagnostics.push(
            Diagnostic::new(Code::OVERDUE_ITEM, context.field(id, field), message)
                .help("mark it as done, or give it a date that can still be kept"),
        );
    }
}
