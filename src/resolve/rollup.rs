//! Roll-ups: how far a theme, or the whole plan, is.

use std::cmp::Ordering;
use std::collections::HashSet;

use crate::number::{Decimal, ONE};
use crate::plan::{Input, Plan};
use crate::state::State;

use super::{Readiness, Resolved, ResolvedTheme};

/// Items by count and by effort.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rollup {
    /// Counted items.
    pub count: Share<u64>,
    /// Their effort, of those that say it. An item counts only where none of its parts among them says its effort.
    pub effort: Share<Decimal>,
}

/// A whole and its parts. Dropped items are in none of them: they are no longer work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Share<T> {
    /// All that is not dropped.
    pub total: T,
    /// Done.
    pub done: T,
    /// In progress and not blocked.
    pub active: T,
    /// Ready to start.
    pub ready: T,
    /// Blocked, in progress or not.
    pub blocked: T,
    /// Ideas and paused work that nothing blocks.
    pub undecided: T,
}

impl<T> Share<T> {
    fn part(&mut self, state: State, readiness: &Readiness) -> Option<(&mut T, &mut T)> {
        let part = match (state, readiness) {
            (State::Dropped, _) => return None,
            (State::Done, _) | (_, Readiness::Closed) => &mut self.done,
            (_, Readiness::InProgress) => &mut self.active,
            (_, Readiness::Ready) => &mut self.ready,
            (_, Readiness::Blocked) => &mut self.blocked,
            (_, Readiness::Undecided) => &mut self.undecided,
        };
        Some((&mut self.total, part))
    }
}

impl Rollup {
    fn add(&mut self, plan: &Plan, items: &[Resolved], at: u32, told: &HashSet<u32>) {
        let (item, resolved) = (&plan.items[at as usize], &items[at as usize]);
        if let Some((total, part)) = self.count.part(item.state, &resolved.readiness) {
            *total += 1;
            *part += 1;
        }
        let effort = item.input(Input::Effort).filter(|_| !told.contains(&at));
        if let (Some(effort), Some((total, part))) = (effort, self.effort.part(item.state, &resolved.readiness)) {
            *total = total.plus(effort);
            *part = part.plus(effort);
        }
    }

    /// The sum over `members`, each of which stands there once.
    pub fn of(plan: &Plan, items: &[Resolved], members: impl IntoIterator<Item = u32, IntoIter: Clone>) -> Rollup {
        let members = members.into_iter();
        let told = told_by_parts(plan, items, members.clone());
        let mut rollup = Rollup::default();
        for at in members {
            rollup.add(plan, items, at, &told);
        }
        rollup
    }
}

/// The items of which some part, or part of a part, among `members` says its effort: what such an item says itself is the
/// same work once more. A dropped part is no longer work, and tells nothing.
fn told_by_parts(plan: &Plan, items: &[Resolved], members: impl IntoIterator<Item = u32>) -> HashSet<u32> {
    let mut told = HashSet::new();
    for at in members {
        let item = &plan.items[at as usize];
        if item.state == State::Dropped || item.input(Input::Effort).is_none() {
            continue;
        }
        let mut above = items[at as usize].parent;
        while let Some(parent) = above.filter(|&parent| told.insert(parent)) {
            above = items[parent as usize].parent;
        }
    }
    told
}

/// All parts of an item and the parts of these, nearest first.
pub fn descendants(items: &[Resolved], at: u32) -> Vec<u32> {
    let mut found = items[at as usize].children.clone();
    let mut next = 0;
    while let Some(&part) = found.get(next) {
        found.extend(&items[part as usize].children);
        next += 1;
    }
    found
}

/// The effort that goes to something: work that is done, in progress and not begun. What is dropped is no effort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effort {
    /// Done.
    pub done: Decimal,
    /// In progress.
    pub active: Decimal,
    /// Still to do, ideas and paused work among it.
    pub open: Decimal,
}

impl Effort {
    /// All of it.
    pub fn total(&self) -> Decimal {
        self.done.plus(self.active).plus(self.open)
    }

    /// Its share of `all`, in thousandths, rounded half up; 0 where there is no effort at all.
    pub fn share_of(&self, all: Decimal) -> u16 {
        let scaled = u128::from(self.total().0) * 1000 + u128::from(all.0) / 2;
        scaled.checked_div(u128::from(all.0)).and_then(|share| u16::try_from(share.min(1000)).ok()).unwrap_or(0)
    }

    /// Whether it is far from `intended` per cent of `all`, and on which side: more than ten percentage points away.
    pub fn drift(&self, intended: Decimal, all: Decimal) -> Ordering {
        let meant = share(all, intended);
        let own = self.total();
        if own.0.abs_diff(meant.0) <= share(all, Decimal::whole(10)).0 { Ordering::Equal } else { own.cmp(&meant) }
    }

    fn add(&mut self, state: State, effort: Decimal) {
        let part = match state {
            State::Dropped => return,
            State::Done => &mut self.done,
            State::Active => &mut self.active,
            State::Idea | State::Planned | State::Paused | State::Unknown => &mut self.open,
        };
        *part = part.plus(effort);
    }
}

/// Where the effort goes: to each theme, and to none. What serves several themes is split evenly between them, so that the sum is
/// the effort of the plan.
fn efforts(plan: &Plan, items: &[Resolved], told: &HashSet<u32>, themes: &mut [ResolvedTheme]) -> Effort {
    let mut rest = Effort::default();
    for (at, (item, resolved)) in (0..).zip(plan.items.iter().zip(items)) {
        let Some(effort) = item.input(Input::Effort).filter(|_| !told.contains(&at)) else { continue };
        if resolved.themes.is_empty() {
            rest.add(item.state, effort);
            continue;
        }
        let parts = resolved.themes.len() as u64;
        for (theme, place) in resolved.themes.iter().zip(0..) {
            let more = u64::from(place < effort.0 % parts);
            themes[*theme as usize].effort.add(item.state, Decimal(effort.0 / parts + more));
        }
    }
    rest
}

/// What was rolled up.
pub(super) struct Rolled {
    pub(super) themes: Vec<ResolvedTheme>,
    pub(super) total: Rollup,
    pub(super) without_theme: Effort,
    /// The items whose parts tell their effort.
    pub(super) told: HashSet<u32>,
}

/// `percent` of `whole`.
pub fn share(whole: Decimal, percent: Decimal) -> Decimal {
    let part = u128::from(whole.0) * u128::from(percent.0) / u128::from(100 * ONE);
    Decimal(u64::try_from(part).unwrap_or(u64::MAX))
}

/// How many per cent of `whole` a part is, rounded half up; 0 of nothing.
pub fn percent(part: Decimal, whole: Decimal) -> u64 {
    let rounded = (u128::from(part.0) * 100 + u128::from(whole.0 / 2)).checked_div(u128::from(whole.0));
    u64::try_from(rounded.unwrap_or(0)).unwrap_or(u64::MAX)
}

/// Rolls items up into their themes, and all of them into the whole.
pub(super) fn rollup(plan: &Plan, items: &[Resolved], order: &[u32]) -> Rolled {
    let mut themes = vec![ResolvedTheme::default(); plan.themes.len()];
    let ranked = order.iter().copied();
    let is_open = |at: &u32| plan.items[*at as usize].state.is_open();
    let all = || 0..items.len() as u32;
    let open = all().filter(|at| is_open(at) && items[*at as usize].rank.is_none());
    let closed = all().filter(|at| !is_open(at));
    for at in ranked.chain(open).chain(closed) {
        for &theme in &items[at as usize].themes {
            themes[theme as usize].items.push(at);
        }
    }
    for theme in &mut themes {
        theme.rollup = Rollup::of(plan, items, theme.items.iter().copied());
    }
    let told = told_by_parts(plan, items, all());
    let without_theme = efforts(plan, items, &told, &mut themes);
    Rolled { themes, total: Rollup::of(plan, items, all()), without_theme, told }
}
