//! What the dates of an item say, in words.

use super::words;
use crate::date::Date;
use crate::plan::{Horizon, Item};
use crate::site::timeline::{Mistake, dated};

/// A horizon in words: as a date where it is one.
pub(in crate::site) fn horizon_words(horizon: &Horizon) -> String {
    dated(horizon).as_ref().map_or_else(|| horizon.name.value.clone(), words::date)
}

/// Start, and target or what it is due, in words.
pub(in crate::site) fn when_words(item: &Item, by_horizon: bool) -> (String, String) {
    if by_horizon {
        return (String::new(), item.horizon.as_ref().map(horizon_words).unwrap_or_default());
    }
    let start = item.start.as_ref().map(words::date).unwrap_or_default();
    let target = match (&item.target, &item.due) {
        (Some(target), Some(due)) => format!("{}, due {}", words::date(target), words::date(due)),
        (Some(target), None) => words::date(target),
        (None, Some(due)) => format!("due {}", words::date(due)),
        (None, None) if !item.state.is_open() => {
            item.updated.as_ref().map(|day| format!("done {}", words::date(day))).unwrap_or_default()
        }
        (None, None) => item.horizon.as_ref().and_then(dated).as_ref().map(words::date).unwrap_or_default(),
    };
    (start, target)
}

/// `is meant for March 2026`, `is due on 11 December 2026`, `is planned for Q3 2026`.
pub(in crate::site) fn promise(item: &Item, by_horizon: bool) -> String {
    match (&item.target, &item.due) {
        (Some(target), _) if !by_horizon => format!("is meant for {}", words::date(target)),
        (None, Some(due)) if !by_horizon => format!("is due {}", on(due)),
        _ => format!("is planned for {}", item.horizon.as_ref().map(horizon_words).unwrap_or_default()),
    }
}

/// `Q3 2026`, `due 11 December 2026`.
pub(in crate::site) fn short_promise(item: &Item, by_horizon: bool) -> String {
    match (&item.target, &item.due) {
        (Some(target), _) if !by_horizon => words::date(target),
        (None, Some(due)) if !by_horizon => format!("due {}", words::date(due)),
        _ => item.horizon.as_ref().map(horizon_words).unwrap_or_default(),
    }
}

/// `is to start on 1 February 2027, after its target, December 2026`.
pub(in crate::site) fn mistake(item: &Item, mistake: Mistake) -> String {
    let start = item.start.as_ref().map(on).unwrap_or_default();
    let due = item.due.as_ref().map(words::date).unwrap_or_default();
    let target = item.target.as_ref().map(words::date);
    match (mistake, target) {
        (Mistake::StartsTooLate, Some(target)) => format!("is to start {start}, after its target, {target}"),
        (Mistake::StartsTooLate, None) if item.due.is_some() => format!("is to start {start}, after it is due, {due}"),
        (Mistake::StartsTooLate, None) => {
            let horizon = item.horizon.as_ref().map(horizon_words).unwrap_or_default();
            format!("is to start {start}, after its horizon, {horizon}")
        }
        (Mistake::MissesDue, target) => {
            format!("is meant for {}, after it is due, {due}", target.unwrap_or_default())
        }
    }
}

/// `on 11 December 2026`, `in Q3 2026`.
fn on(date: &Date) -> String {
    let preposition = if date.first() == date.last() { "on" } else { "in" };
    format!("{preposition} {}", words::date(date))
}
