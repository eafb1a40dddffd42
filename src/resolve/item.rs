//! One item with everything that is known of it: what its file says, and what follows from the rest of the plan. Pages, data and
//! commands ask here, so that they cannot answer differently.

use crate::id::ItemId;
use crate::number::Decimal;
use crate::plan::{Entry, Item};
use crate::state::State;
use crate::text::capital;

use super::{Readiness, Resolved, Roadmap, Target, score};

/// An item of a roadmap. Made by [`Roadmap::item`].
#[derive(Clone, Copy, Debug)]
pub struct RoadmapItem<'a> {
    /// The roadmap it is in.
    pub roadmap: &'a Roadmap,
    /// Which item.
    pub id: ItemId,
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
        let is_blocked = self.readiness() == Readiness::Blocked;
        self.depends_on().filter(move |&on| is_blocked && self.roadmap.plan.items[on].state != State::Done)
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

    /// Why it stands where it stands: one sentence with its numbers, without a full stop; empty for closed items. `name` writes
    /// the name of an item.
    pub fn why(self, name: &dyn Fn(RoadmapItem<'a>) -> String) -> String {
        if !self.state().is_open() {
            return String::new();
        }
        let (resolved, config) = (self.resolved(), &self.roadmap.config);
        let other = |id: ItemId| self.roadmap.item(id);
        let score = &resolved.score;
        let own = match score.result {
            Some(result) => format!("own score {result:.2} ({})", score.inputs),
            None => format!("unscored: {}", score.inputs),
        };
        let Some(rank) = resolved.rank else {
            return format!("{own}, and nothing with a score waits for it");
        };
        if let Some(boost) = &resolved.boost {
            let unblocked = other(boost.unblocks);
            if unblocked.is_active() {
                let name = name(unblocked);
                return format!(
                    "{own}; boosted from {} to {rank} because {name}, in progress, waits for it",
                    boost.from
                );
            }
            let more = if boost.others == 0 { String::new() } else { format!(" and {} more", boost.others) };
            return format!(
                "{own}; boosted from {} to {rank} because it unblocks {} ({} {}){more}: together {} for {}",
                boost.from,
                name(unblocked),
                score::value_term(config.scoring),
                Decimal(unblocked.resolved().score.value),
                Decimal(boost.value),
                score::cost_term(config, boost.effort),
            );
        }
        if self.is_active() {
            return format!("in progress, so it comes first; {own}");
        }
        let open = self.depends_on().map(other).filter(|item| item.state().is_open());
        match open.max_by_key(|item| item.resolved().rank) {
            Some(last) => format!("{own}; comes after {}, which it depends on", name(last)),
            None => format!("{own}, and nothing is in its way"),
        }
    }

    /// The same as a sentence of its own, items by their titles; empty for closed items.
    pub fn reason(self) -> String {
        let sentence = self.why(&|other| other.entry().title.clone());
        if sentence.is_empty() { sentence } else { capital(&sentence) + "." }
    }
}
