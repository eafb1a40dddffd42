//! Outcomes: which items are to bring each of them about, and how far it is.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::id::{IdVec, ItemId, ThemeId};
use crate::name::slug;
use crate::nearest::nearest;
use crate::number::Decimal;
use crate::plan::{Item, Outcome, Plan, Text};

use super::{Links, OutcomeId, Resolved, ResolvedOutcome};

/// The outcomes that each item names, among those of the themes it serves; reports names that match none.
pub(super) fn named(
    plan: &Plan,
    links: &IdVec<ItemId, Links>,
    diagnostics: &mut Vec<Diagnostic>,
) -> IdVec<ItemId, Vec<OutcomeId>> {
    let of = |(item, links): (&Arc<Item>, &Links)| {
        let mut named = Vec::new();
        for text in &item.outcomes {
            match find(plan, links, &text.value) {
                Some(found) if named.contains(&found) => {}
                Some(found) => named.push(found),
                None => diagnostics.push(unknown(plan, item, links, text)),
            }
        }
        named
    };
    plan.items.iter().zip(links).map(of).collect()
}

/// What is known of each outcome of a theme, which `serving` items serve.
pub(super) fn of_theme(
    theme: ThemeId,
    outcomes: &[Outcome],
    serving: &[ItemId],
    items: &IdVec<ItemId, Resolved>,
) -> Vec<ResolvedOutcome> {
    let names = |item: ItemId, index: usize| items[item].outcomes.contains(&OutcomeId { theme, index });
    let is_any_named = serving.iter().any(|&item| items[item].outcomes.iter().any(|outcome| outcome.theme == theme));
    let outcome = |(index, outcome): (usize, &Outcome)| ResolvedOutcome {
        items: serving.iter().copied().filter(|&item| !is_any_named || names(item, index)).collect(),
        progress: progress(outcome),
    };
    outcomes.iter().enumerate().map(outcome).collect()
}

/// The outcome of this name: by its id or its metric, among those of the themes that an item serves.
fn find(plan: &Plan, links: &Links, name: &str) -> Option<OutcomeId> {
    let wanted = slug(name);
    links.themes.iter().find_map(|&theme| {
        let is_it = |outcome: &Outcome| slug(&outcome.id) == wanted || slug(&outcome.metric) == wanted;
        let index = plan.themes[theme].outcomes.iter().position(is_it)?;
        Some(OutcomeId { theme, index })
    })
}

fn unknown(plan: &Plan, item: &Item, links: &Links, text: &Text) -> Diagnostic {
    let ids = || {
        let themes = links.themes.iter().map(|&theme| &plan.themes[theme]);
        themes.flat_map(|theme| &theme.outcomes).map(|outcome| outcome.id.as_str())
    };
    let message = match links.themes.as_slice() {
        [] => format!("`outcomes` names `{}`, and the item serves no theme that could have it", text.value),
        _ => format!("`outcomes` names `{}`, and no theme of the item has such an outcome", text.value),
    };
    let help = match nearest(&slug(&text.value), ids()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if links.themes.is_empty() => "give the item the theme whose outcome it is to change".to_owned(),
        None if ids().next().is_none() => "write the outcome down under `outcomes` in the theme's file".to_owned(),
        None => {
            let known: Vec<String> = ids().take(5).map(|id| format!("`{id}`")).collect();
            format!("the outcomes of its themes are {}", known.join(", "))
        }
    };
    Diagnostic::new(Code::UNKNOWN_REFERENCE, item.entry.location(text.span), message).help(help)
}

/// How much of the way from `baseline` to `target` is behind `current`, in thousandths, whichever direction is better. Never less than
/// nothing, and never more than all.
fn progress(outcome: &Outcome) -> Option<u16> {
    let [from, at, to] = [&outcome.baseline, &outcome.current, &outcome.target].map(|value| leading_number(value));
    let (from, at, to) = (from?, at?, to?);
    let (whole, gone) = if from <= to { (to - from, at - from) } else { (from - to, from - at) };
    let share = i128::from(gone.clamp(0, whole)) * 1000;
    u16::try_from(share.checked_div(i128::from(whole))?).ok()
}

/// The number that a value begins with, in thousandths: `4.5 days` is 4,500.
fn leading_number(value: &str) -> Option<i64> {
    let value = value.trim();
    let end = value.find(|c: char| !(c.is_ascii_digit() || ".,".contains(c))).unwrap_or(value.len());
    let number = Decimal::parse(value[..end].trim_end_matches(['.', ',']))?;
    i64::try_from(number.0).ok()
}
