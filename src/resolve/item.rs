//! One item with everything that is known of it: what its file says, and what follows from the rest of the plan. Pages, data and
//! commands ask here, so that they cannot answer differently.

use crate::id::ItemId;
use crate::markdown;
use crate::plan::{Entry, Item, Text};
use crate::state::State;
use crate::text::grouped_count;

use super::paths::address_in;
use super::readiness::ReadinessContext;
use super::{NoItem, Obstacle, Readiness, Resolved, Roadmap, Target};

/// An item of a roadmap. Made by [`Roadmap::item`].
#[derive(Clone, Copy, Debug)]
pub struct RoadmapItem<'a> {
    /// The roadmap it is in.
    pub roadmap: &'a Roadmap,
    /// Which item.
    pub id: ItemId,
}

/// Something that an item waits for and that is no item of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitingFor<'a> {
    /// The author's words, and where they stand.
    pub text: &'a Text,
    /// Why it means no item, where it looks like a reference and is reported; none for a sentence or an address elsewhere.
    pub unknown: Option<NoItem>,
}

impl<'a> WaitingFor<'a> {
    /// Where the words lead; none where they are words alone.
    pub fn address(self) -> Option<&'a str> {
        address_in(&self.text.value).filter(|address| markdown::safe(address))
    }
}

impl Roadmap {
    /// An item with everything that is known of it.
    pub fn item(&self, id: ItemId) -> RoadmapItem<'_> {
        RoadmapItem { roadmap: self, id }
    }

    /// All items: those with a rank in order, then open ones without, then closed ones by path.
    pub fn items_in_order(&self) -> impl Iterator<Item = RoadmapItem<'_>> {
        let closed = self.plan.items.enumerate().filter(|(_, item)| !item.state.is_open()).map(|(id, _)| id);
        let open = self.order.iter().chain(&self.unscored).copied();
        open.chain(closed).map(|id| self.item(id))
    }

    /// How many items these are, none of them closed: `38 open items`. Of what nobody knows a state it cannot be said that it is open:
    /// `38 open or unknown items`, and where that holds for all, `38 items of unknown state`.
    pub fn count_open(&self, ids: impl IntoIterator<Item = ItemId>) -> String {
        count_open(ids.into_iter().map(|id| self.plan.items[id].state))
    }

    /// What these items are called, none of them closed: `open`, `open or unknown`, `unknown`.
    pub fn open_word(&self, ids: impl IntoIterator<Item = ItemId>) -> &'static str {
        open_word(ids.into_iter().map(|id| self.plan.items[id].state)).1
    }
}

/// How many items these are the states of, none of them closed; see [`Roadmap::count_open`].
pub(super) fn count_open(states: impl Iterator<Item = State>) -> String {
    match open_word(states) {
        (all, "unknown") => format!("{} of unknown state", grouped_count(all, "item")),
        (all, word) => grouped_count(all, &format!("{word} item")),
    }
}

/// How many they are, and what they are called.
pub(super) fn open_word(states: impl Iterator<Item = State>) -> (usize, &'static str) {
    let (mut all, mut unknown) = (0, 0);
    for state in states {
        all += 1;
        unknown += usize::from(state == State::Unknown);
    }
    match unknown {
        0 => (all, "open"),
        _ if unknown == all => (all, "unknown"),
        _ => (all, "open or unknown"),
    }
}

impl<'a> RoadmapItem<'a> {
    /// What its file says.
    pub fn plan(self) -> &'a Item {
        &self.roadmap.plan.items[self.id]
    }

    /// Title, id, file.
    pub fn entry(self) -> &'a Entry {
        &self.plan().entry
    }

    /// What follows from the rest of the plan.
    pub fn resolved(self) -> &'a Resolved {
        &self.roadmap.items[self.id]
    }

    /// Where it stands.
    pub fn state(self) -> State {
        self.plan().state
    }

    /// The author's own word for where it stands, if there is one.
    pub fn status(self) -> Option<&'a str> {
        self.plan().status.as_ref().map(|status| status.value.as_str())
    }

    /// The author's word without its note, else the state: `on hold` of `on hold (until January)`.
    pub fn short_status(self) -> &'a str {
        let status = self.status().unwrap_or_else(|| self.state().word());
        let head = status.split(" (").next().unwrap_or(status).trim();
        if head.is_empty() { status } else { head }
    }

    /// Whether it can be started.
    pub fn readiness(self) -> Readiness {
        self.resolved().readiness
    }

    /// What keeps it from being started, the weightiest first; nothing for closed items.
    pub fn obstacles(self) -> Vec<Obstacle> {
        let Roadmap { plan, context, .. } = self.roadmap;
        let context = ReadinessContext { plan, day: context.drawn_today.as_ref() };
        context.obstacles(self.id, &self.resolved().links, self.resolved().cycle.is_some())
    }

    /// The other items of its dependency cycle, by path.
    pub fn cycle_members(self) -> impl Iterator<Item = ItemId> + Clone {
        let component = self.resolved().cycle.map(|cycle| self.roadmap.cycles[cycle].component.as_slice());
        component.unwrap_or_default().iter().copied().filter(move |&member| member != self.id)
    }

    /// How many items are in its dependency cycle, itself included; 0 where it is in none.
    pub fn cycle_size(self) -> usize {
        self.resolved().cycle.map_or(0, |cycle| self.roadmap.cycles[cycle].component.len())
    }

    /// Whether work on it goes on.
    pub fn is_active(self) -> bool {
        self.state() == State::Active
    }

    /// The items that it waits for, done or not, each once.
    pub fn depends_on(self) -> impl Iterator<Item = ItemId> + Clone {
        self.resolved().links.needs()
    }

    /// The items that keep it from being ready: those it waits for that are not done. Nothing keeps a closed item.
    pub fn blocked_by(self) -> impl Iterator<Item = ItemId> + Clone {
        let is_open = self.state().is_open();
        self.depends_on().filter(move |&on| is_open && self.roadmap.plan.items[on].state != State::Done)
    }

    /// What keeps it from being ready outside of the plan's items: names that match none, then its author's words. Nothing keeps a closed
    /// item.
    pub fn waiting_for(self) -> impl Iterator<Item = WaitingFor<'a>> {
        self.resolved().links.waiting_for().filter(move |_| self.state().is_open())
    }

    /// The ids of its themes; the author's words in a plan without theme files.
    pub fn themes(self) -> Vec<&'a str> {
        let plan = &self.roadmap.plan;
        if plan.themes.is_empty() {
            return self.plan().themes.iter().map(|theme| theme.value.as_str()).collect();
        }
        self.resolved().links.themes.iter().map(|&theme| plan.themes[theme].entry.id.as_str()).collect()
    }

    /// The name of its horizon; empty for none.
    pub fn horizon(self) -> &'a str {
        self.plan().horizon.as_ref().map(|horizon| horizon.name.value.as_str()).unwrap_or_default()
    }

    /// The address of its page, from the site's root. It comes from the id alone and never moves when another file changes.
    pub fn address(self) -> String {
        Target::Item(self.id).address(&self.roadmap.plan)
    }
}
