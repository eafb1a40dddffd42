//! An open item whose date lies wholly in the past.

use super::{LintContext, is_habit};
use crate::diagnostic::{Code, Diagnostic};
use crate::id::ItemId;

pub(super) fn lint(context: &LintContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(today) = context.today else { return };
    let mut dated = 0;
    let mut found = Vec::new();
    for (at, item, _) in context.open().filter(|(_, item, _)| item.due.is_some() || item.target.is_some()) {
        dated += 1;
        let of = |field: &'static str, date: &'_ Option<crate::date::Date>| {
            date.clone().filter(|date| date.is_before(today)).map(|date| (field, date))
        };
        if let Some((field, date)) = of("due", &item.due).or_else(|| of("target", &item.target)) {
            found.push((date, at, field));
        }
    }
    if is_habit(found.len(), dated) {
        found.sort_by_key(|(date, at, _)| (date.key(), *at));
        let items: Vec<ItemId> = found.iter().map(|(_, at, _)| *at).collect();
        let [(_, first, field), ..] = found.as_slice() else { return };
        let message = format!("{} of {dated} open items with a date should have been done by now", found.len());
        diagnostics.push(Diagnostic::new(Code::OVERDUE_ITEM, context.field(*first, field), message).help(format!(
            "mark what is done of {}, and give the rest dates that can still be kept",
            context.names(&items)
        )));
        return;
    }
    for (date, at, field) in found {
        let message = match field {
            "due" => format!("`{}` was due by {date} and is still open", context.id(at)),
            _ => format!("`{}` was to be done by {date} and is still open", context.id(at)),
        };
        diagnostics.push(
            Diagnostic::new(Code::OVERDUE_ITEM, context.field(at, field), message)
                .help("mark it as done, or give it a date that can still be kept"),
        );
    }
}
