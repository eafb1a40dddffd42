//! Outcomes: which items are to bring each of them about, and how far it is.

use crate::diagnostic::{Code, Diagnostic};
use crate::nearest::nearest;
use crate::number::Decimal;
use crate::plan::{Item, Outcome, Plan, Text, slug};

use super::{Resolved, ResolvedOutcome, ResolvedTheme};

/// Finds the outcomes that items name among those of the themes they serve, and tells how far each outcome is.
pub(super) fn outcomes(
    plan: &Plan,
    items: &mut [Resolved],
    themes: &mut [ResolvedTheme],
    diagnostics: &mut Vec<Diagnostic>,
) {
    for (item, resolved) in plan.items.iter().zip(items.iter_mut()) {
        for text in &item.outcomes {
            match find(plan, resolved, &text.value) {
                Some(found) if resolved.outcomes.contains(&found) => {}
                Some(found) => resolved.outcomes.push(found),
                None => diagnostics.push(unknown(plan, item, resolved, text)),
            }
        }
    }
    for (at, (theme, resolved)) in (0..).zip(plan.themes.iter().zip(themes)) {
        let names = |item: u32, outcome: u32| items[item as usize].outcomes.contains(&(at, outcome));
        let is_any_named =
            resolved.items.iter().any(|&item| items[item as usize].outcomes.iter().any(|&(theme, _)| theme == at));
        let outcome = |(place, outcome): (u32, &Outcome)| ResolvedOutcome {
            items: resolved.items.iter().copied().filter(|&item| !is_any_named || names(item, place)).collect(),
            progress: progress(outcome),
        };
        resolved.outcomes = (0..).zip(&theme.outcomes).map(outcome).collect();
    }
}

/// The outcome of this name: by its id or its metric, among those of the themes that an item serves.
fn find(plan: &Plan, resolved: &Resolved, name: &str) -> Option<(u32, u32)> {
    let wanted = slug(name);
    resolved.themes.iter().find_map(|&theme| {
        let outcomes = &plan.themes[theme as usize].outcomes;
        let is_it = |outcome: &Outcome| slug(&outcome.id) == wanted || slug(&outcome.metric) == wanted;
        let place = outcomes.iter().position(is_it)?;
        Some((theme, u32::try_from(place).ok()?))
    })
}

fn unknown(plan: &Plan, item: &Item, resolved: &Resolved, text: &Text) -> Diagnostic {
    let ids = || {
        let themes = resolved.themes.iter().map(|&theme| &plan.themes[theme as usize]);
        themes.flat_map(|theme| &theme.outcomes).map(|outcome| outcome.id.as_str())
    };
    let message = match resolved.themes.as_slice() {
        [] => format!("`outcomes` names `{}`, and the item serves no theme that could have it", text.value),
        _ => format!("`outcomes` names `{}`, and no theme of the item has such an outcome", text.value),
    };
    let help = match nearest(&slug(&text.value), ids()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if resolved.themes.is_empty() => "give the item the theme whose outcome it is to change".to_owned(),
        None if ids().next().is_none() => "write the outcome down under `outcomes` in the theme's file".to_owned(),
        None => {
            let known: Vec<String> = ids().take(5).map(|id| format!("`{id}`")).collect();
            format!("the outcomes of its themes are {}", known.join(", "))
        }
    };
    Diagnostic::new(Code::UNKNOWN_REFERENCE, item.entry.place(text.span), message).help(help)
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
