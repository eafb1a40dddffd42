//! A first horizon that holds more work than the team can do.
//!
//! The parts of an item are in its horizon unless they name their own, and no effort counts twice. What comes first in order fits
//! first; an item without an effort takes none of the capacity.

use super::{LintContext, count, points};
use crate::diagnostic::{Code, Diagnostic};
use crate::id::{IdVec, ItemId};
use crate::number::Decimal;

pub(super) fn lint(context: &LintContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let config = context.config;
    let (Some(capacity), [first, rest @ ..]) = (config.capacity.map(Decimal::whole), config.horizons.as_slice()) else {
        return;
    };
    let ranks = horizons(context);
    let open = context.order.iter().chain(context.unscored).copied();
    let inside: Vec<ItemId> = open.filter(|&id| ranks[id] == Some(0)).collect();
    let mut sum = Decimal(0);
    let mut beyond = Vec::new();
    for (id, effort) in
        inside.iter().filter_map(|&id| Some((id, context.own_effort(id)?))).filter(|(_, effort)| effort.0 > 0)
    {
        sum = sum.plus(effort);
        if sum > capacity {
            beyond.push(id);
        }
    }
    let Some(&line) = beyond.first() else { return };
    let unknown = inside.iter().filter(|&&id| is_unknown(context, id)).count();
    let more = match unknown {
        0 => String::new(),
        some => format!(", and {} whose effort nobody knows", count(some, "item")),
    };
    let message = format!("{first} holds {} of open work{more}, over a capacity of {}", points(sum), points(capacity));
    let names = if beyond.len() == 1 { "it".to_owned() } else { context.names(&beyond) };
    let to = rest.first().map_or_else(|| "out".to_owned(), |next| format!("to {next}"));
    let diagnostic = Diagnostic::new(Code::OVER_CAPACITY, config.capacity_place.clone(), message).help(format!(
        "in order, `{}` is the first that no longer fits: move {names} {to}, or raise the `capacity`",
        context.id(line)
    ));
    let words = format!("`{}` is the first that no longer fits", context.id(line));
    diagnostics.push(diagnostic.related(context.field(line, "horizon"), words));
}

/// Whether neither an item nor any of its parts says how much it is.
fn is_unknown(context: &LintContext<'_>, id: ItemId) -> bool {
    context.items[id].links.children.is_empty() && context.item(id).input(crate::plan::Input::Effort).is_none()
}

/// The rank of each item's horizon: its own, else that of the nearest item above that names one.
fn horizons(context: &LintContext<'_>) -> IdVec<ItemId, Option<usize>> {
    let own = |id: ItemId| context.item(id).horizon.as_ref();
    let mut ranks = context.plan.items.map(|item| item.horizon.as_ref().and_then(|horizon| horizon.rank));
    // From the tops downwards: whoever is above is settled.
    let all = context.items.ids();
    let mut settled: Vec<ItemId> = all.filter(|&id| context.items[id].links.parent.is_none()).collect();
    while let Some(above) = settled.pop() {
        for &part in &context.items[above].links.children {
            if own(part).is_none() {
                ranks[part] = ranks[above];
            }
            settled.push(part);
        }
    }
    ranks
}
