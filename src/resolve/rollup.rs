//! Roll-ups: how far a theme, or the whole plan, is.

use std::cmp::Ordering;
use std::collections::HashSet;

use crate::id::{IdVec, ItemId, ThemeId};
use crate::number::{Decimal, ONE};
use crate::plan::{Input, Plan};
use crate::state::State;

use super::{Parts, Readiness, Resolved, ResolvedTheme, Roadmap, outcomes};

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
    /// In progress, with nothing in the way.
    pub active: T,
    /// Ready to start.
    pub ready: T,
    /// Blocked, in progress or not.
    pub blocked: T,
    /// Waiting for something outside of the plan, in progress or not.
    pub waiting: T,
    /// Not to start yet.
    pub scheduled: T,
    /// Ideas and paused work that wait for nothing.
    pub undecided: T,
    /// Of unknown state, whatever it waits for.
    pub unknown: T,
}

impl<T> Share<T> {
    fn all(&mut self) -> [&mut T; 9] {
        let Share { total, done, active, ready, blocked, waiting, scheduled, undecided, unknown } = self;
        [total, done, active, ready, blocked, waiting, scheduled, undecided, unknown]
    }

    fn part(&mut self, state: State, readiness: Readiness) -> Option<(&mut T, &mut T)> {
        let part = match (state, readiness) {
            (State::Dropped, _) => return None,
            (State::Unknown, _) => &mut self.unknown,
            (State::Done, _) | (_, Readiness::Closed) => &mut self.done,
            (_, Readiness::InProgress) => &mut self.active,
            (_, Readiness::Ready) => &mut self.ready,
            (_, Readiness::Blocked) => &mut self.blocked,
            (_, Readiness::Waiting) => &mut self.waiting,
            (_, Readiness::Scheduled) => &mut self.scheduled,
            (_, Readiness::Undecided) => &mut self.undecided,
        };
        Some((&mut self.total, part))
    }
}

impl Rollup {
    fn plus(&mut self, other: &Rollup) {
        for (sum, more) in self.count.all().into_iter().zip(other.count.clone().all()) {
            *sum += *more;
        }
        for (sum, more) in self.effort.all().into_iter().zip(other.effort.clone().all()) {
            *sum = sum.plus(*more);
        }
    }

    fn add(&mut self, plan: &Plan, items: &IdVec<ItemId, Resolved>, id: ItemId, counted_in_parts: &HashSet<ItemId>) {
        let (item, resolved) = (&plan.items[id], &items[id]);
        if let Some((total, part)) = self.count.part(item.state, resolved.readiness) {
            *total += 1;
            *part += 1;
        }
        let effort = item.input(Input::Effort).filter(|_| !counted_in_parts.contains(&id));
        if let (Some(effort), Some((total, part))) = (effort, self.effort.part(item.state, resolved.readiness)) {
            *total = total.plus(effort);
            *part = part.plus(effort);
        }
    }

    /// The sum over `members`, each of which stands there once.
    fn of(
        plan: &Plan,
        items: &IdVec<ItemId, Resolved>,
        parts: &Parts,
        members: impl IntoIterator<Item = ItemId, IntoIter: Clone>,
    ) -> Rollup {
        let members = members.into_iter();
        let counted_in_parts = parts.counted(plan, members.clone());
        let mut rollup = Rollup::default();
        for id in members {
            rollup.add(plan, items, id, &counted_in_parts);
        }
        rollup
    }
}

impl Roadmap {
    /// The sum over `members`, each of which stands there once.
    pub fn rollup(&self, members: impl IntoIterator<Item = ItemId, IntoIter: Clone>) -> Rollup {
        Rollup::of(&self.plan, &self.items, &self.parts, members)
    }
}

/// For each item the sum over its parts and the parts of these. What a part adds is the same in every such sum: all that is below it is in
/// each of them.
fn of_parts(
    plan: &Plan,
    items: &IdVec<ItemId, Resolved>,
    parts: &Parts,
    counted_in_parts: &HashSet<ItemId>,
) -> IdVec<ItemId, Rollup> {
    let mut sums = IdVec::filled(Rollup::default(), items.len());
    // From the lowest up: the sum of an item is complete before its parent takes it.
    for &id in parts.order().iter().rev() {
        if let Some(parent) = items[id].links.parent {
            let below = sums[id].clone();
            sums[parent].plus(&below);
            sums[parent].add(plan, items, id, counted_in_parts);
        }
    }
    sums
}

/// The effort that goes to something: work that is done, in progress and not begun. What is dropped is no effort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effort {
    /// Done.
    pub done: Decimal,
    /// In progress.
    pub active: Decimal,
    /// Still to do; ideas, paused work and what is of unknown state among it.
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
fn efforts(
    plan: &Plan,
    items: &IdVec<ItemId, Resolved>,
    counted_in_parts: &HashSet<ItemId>,
) -> (IdVec<ThemeId, Effort>, Effort) {
    let mut efforts = IdVec::filled(Effort::default(), plan.themes.len());
    let mut without_theme = Effort::default();
    for (id, item) in plan.items.enumerate() {
        let Some(effort) = item.input(Input::Effort).filter(|_| !counted_in_parts.contains(&id)) else { continue };
        let themes = &items[id].links.themes;
        if themes.is_empty() {
            without_theme.add(item.state, effort);
            continue;
        }
        let parts = themes.len() as u64;
        for (&theme, index) in themes.iter().zip(0..) {
            let more = u64::from(index < effort.0 % parts);
            efforts[theme].add(item.state, Decimal(effort.0 / parts + more));
        }
    }
    (efforts, without_theme)
}

/// What was rolled up.
pub(super) struct Rolled {
    pub(super) themes: IdVec<ThemeId, ResolvedTheme>,
    pub(super) total: Rollup,
    pub(super) without_theme: Effort,
    /// The items whose parts say their effort.
    pub(super) counted_in_parts: HashSet<ItemId>,
    pub(super) parts: Parts,
    pub(super) of_parts: IdVec<ItemId, Rollup>,
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
pub(super) fn rollup(plan: &Plan, items: &IdVec<ItemId, Resolved>, order: &[ItemId]) -> Rolled {
    let mut serving: IdVec<ThemeId, Vec<ItemId>> = IdVec::filled(Vec::new(), plan.themes.len());
    let is_open = |item: &ItemId| plan.items[*item].state.is_open();
    let open = items.ids().filter(|item| is_open(item) && items[*item].rank.is_none());
    let closed = items.ids().filter(|item| !is_open(item));
    for item in order.iter().copied().chain(open).chain(closed) {
        for &theme in &items[item].links.themes {
            serving[theme].push(item);
        }
    }
    let parts = Parts::new(items);
    let counted_in_parts = parts.counted(plan, items.ids());
    let (efforts, without_theme) = efforts(plan, items, &counted_in_parts);
    let theme = |(id, items_of, effort): (ThemeId, Vec<ItemId>, Effort)| ResolvedTheme {
        rollup: Rollup::of(plan, items, &parts, items_of.iter().copied()),
        effort,
        outcomes: outcomes::of_theme(id, &plan.themes[id].outcomes, &items_of, items),
        items: items_of,
    };
    let all = plan.themes.ids().zip(serving).zip(efforts).map(|((id, items), effort)| (id, items, effort));
    let themes = all.map(theme).collect();
    let total = Rollup::of(plan, items, &parts, items.ids());
    let of_parts = of_parts(plan, items, &parts, &counted_in_parts);
    Rolled { themes, total, without_theme, counted_in_parts, parts, of_parts }
}
