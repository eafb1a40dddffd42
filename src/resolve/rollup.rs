//! Roll-ups: how far a theme, or the whole plan, is.

use crate::number::Decimal;
use crate::plan::{Input, Plan};
use crate::state::State;

use super::{Readiness, Resolved, ResolvedTheme};

/// Items by count and by effort.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rollup {
    /// Counted items.
    pub count: Share<u64>,
    /// Their effort, of those that say it. An item with parts counts only where no part says its effort.
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
    fn add(&mut self, plan: &Plan, items: &[Resolved], at: u32) {
        let (item, resolved) = (&plan.items[at as usize], &items[at as usize]);
        if let Some((total, part)) = self.count.part(item.state, &resolved.readiness) {
            *total += 1;
            *part += 1;
        }
        let effort = |at: u32| plan.items[at as usize].input(Input::Effort);
        if resolved.children.iter().any(|&child| effort(child).is_some()) {
            return;
        }
        if let (Some(effort), Some((total, part))) = (effort(at), self.effort.part(item.state, &resolved.readiness)) {
            *total = total.plus(effort);
            *part = part.plus(effort);
        }
    }

    /// The sum over `members`.
    pub fn of(plan: &Plan, items: &[Resolved], members: impl IntoIterator<Item = u32>) -> Rollup {
        let mut rollup = Rollup::default();
        for at in members {
            rollup.add(plan, items, at);
        }
        rollup
    }
}

/// How many per cent of `whole` a part is, rounded half up; 0 of nothing.
pub fn percent(part: Decimal, whole: Decimal) -> u64 {
    let rounded = (u128::from(part.0) * 100 + u128::from(whole.0 / 2)).checked_div(u128::from(whole.0));
    u64::try_from(rounded.unwrap_or(0)).unwrap_or(u64::MAX)
}

/// Rolls items up into their themes, and all of them into the whole.
pub(super) fn rollup(plan: &Plan, items: &[Resolved], order: &[u32]) -> (Vec<ResolvedTheme>, Rollup) {
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
    (themes, Rollup::of(plan, items, all()))
}
