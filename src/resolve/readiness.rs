//! What can be started, and what keeps the rest from it: the one definition, from which readiness, its word and every sentence follow.

use crate::date::Date;
use crate::id::{IdVec, ItemId};
use crate::plan::{Item, Plan};
use crate::state::State;

use super::Links;
use super::cycles::Cycles;

/// Whether an item can be started. One definition for the site, the command line and JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readiness {
    /// Done or dropped.
    Closed,
    /// Open, and waits for items that are not done, for a name that matches no item, or for itself.
    Blocked,
    /// Open, and waits for nothing but what is outside of the plan.
    Waiting,
    /// Work on it goes on and nothing is in its way.
    InProgress,
    /// Nothing is in its way and it is meant to be done.
    Ready,
    /// Nothing is in its way but its own start: it is not to begin before that day. Where no day is known, none has come.
    Scheduled,
    /// Nothing that it waits for is in its way, but it is an idea, paused or of a status that cannot be read: somebody has to decide first.
    Undecided,
}

impl Readiness {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Readiness::Closed => "closed",
            Readiness::Blocked => "blocked",
            Readiness::Waiting => "waiting",
            Readiness::InProgress => "in-progress",
            Readiness::Ready => "ready",
            Readiness::Scheduled => "scheduled",
            Readiness::Undecided => "undecided",
        }
    }
}

/// One thing that keeps an open item from being started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// It is in a cycle of items that wait for each other.
    Cycle,
    /// It waits for an open item.
    Open(ItemId),
    /// It depends on a dropped item, which will not be done.
    Dropped(ItemId),
    /// It depends on a name that matches no item, by its place in [`Links::missing`].
    Missing(usize),
    /// It waits for something outside of the plan, by its place in [`Links::waits_for`].
    Outside(usize),
    /// Its own status says that it is not to be started: an idea, paused, or in words that cannot be read.
    Status,
    /// Its own start, which has not come or of which nobody knows whether it has.
    Start,
}

/// What obstacles depend on beside the item itself.
#[derive(Clone, Copy)]
pub(super) struct ReadinessContext<'a> {
    pub(super) plan: &'a Plan,
    /// None where nothing may depend on the day.
    pub(super) day: Option<&'a Date>,
}

impl ReadinessContext<'_> {
    /// What keeps an item from being started, the weightiest first; nothing for closed items.
    pub(super) fn obstacles(self, id: ItemId, links: &Links, is_in_cycle: bool) -> Vec<Obstacle> {
        let item = &self.plan.items[id];
        if !item.state.is_open() {
            return Vec::new();
        }
        let mut obstacles = Vec::new();
        obstacles.extend(is_in_cycle.then_some(Obstacle::Cycle));
        let waits = |on: ItemId| match self.plan.items[on].state {
            State::Done => None,
            State::Dropped => Some(Obstacle::Dropped(on)),
            _ => Some(Obstacle::Open(on)),
        };
        obstacles.extend(links.needs().filter_map(waits));
        obstacles.extend((0..links.missing.len()).map(Obstacle::Missing));
        obstacles.extend((0..links.waits_for.len()).map(Obstacle::Outside));
        let is_status = match item.state {
            State::Idea | State::Paused | State::Unknown => true,
            State::Planned | State::Active | State::Done | State::Dropped => false,
        };
        obstacles.extend(is_status.then_some(Obstacle::Status));
        obstacles.extend(self.starts_later(item).then_some(Obstacle::Start));
        obstacles
    }

    fn starts_later(self, item: &Item) -> bool {
        if item.state == State::Active {
            return false;
        }
        let is_later = |start: &Date| self.day.is_none_or(|day| start.days().0 > day.days().1);
        item.unread_start.is_some() || item.start.as_ref().is_some_and(is_later)
    }
}

/// Whether each item can be started.
pub(super) fn readiness(
    context: ReadinessContext<'_>,
    links: &IdVec<ItemId, Links>,
    cycles: &Cycles,
) -> IdVec<ItemId, Readiness> {
    let of = |(id, links): (ItemId, &Links)| {
        let obstacles = context.obstacles(id, links, cycles.of[id].is_some());
        let of_obstacle = |obstacle: &Obstacle| match obstacle {
            Obstacle::Cycle | Obstacle::Open(_) | Obstacle::Dropped(_) | Obstacle::Missing(_) => Readiness::Blocked,
            Obstacle::Outside(_) => Readiness::Waiting,
            Obstacle::Status => Readiness::Undecided,
            Obstacle::Start => Readiness::Scheduled,
        };
        match (context.plan.items[id].state, obstacles.first()) {
            (State::Done | State::Dropped, _) => Readiness::Closed,
            (_, Some(first)) => of_obstacle(first),
            (State::Active, None) => Readiness::InProgress,
            (_, None) => Readiness::Ready,
        }
    };
    links.enumerate().map(of).collect()
}
