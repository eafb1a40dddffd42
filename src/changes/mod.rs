//! Changes: what became of a plan between two roadmaps of it, in words that a team would use.
//!
//! The consequences, not the edit: who moved in the order and past whom, what can be started now, what waits in a cycle. An item is
//! the same item while its file stays where it is, or while its words do.

mod moves;
mod pairs;

use std::fmt;

use crate::id::{ItemId, ThemeId};
use crate::plan::{Item, Theme};
use crate::resolve::{Cycle, Readiness, Roadmap};
use crate::state::State;
use crate::text::{listed, quoted};

pub use pairs::{Pairs, pairs};

/// One consequence. `Display` says it in one sentence without a full stop, ids in backticks. Items are those of the roadmap after the
/// change, but where it says otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Items wait for each other that did not before: each for the next, the last for the first.
    CycleClosed {
        /// The cycle.
        items: Vec<NamedItem>,
    },
    /// Items no longer wait for each other.
    CycleOpened {
        /// The cycle, of the roadmap before.
        items: Vec<NamedItem>,
    },
    /// A new item.
    Added {
        /// Which.
        item: NamedItem,
        /// Its rank, from 1, where it has one.
        rank: Option<u32>,
        /// How many items have a rank.
        ranked: u32,
    },
    /// Many new items.
    ManyAdded {
        /// How many.
        count: usize,
    },
    /// Items that are gone.
    Removed {
        /// Which, of the roadmap before.
        items: Vec<NamedItem>,
    },
    /// An item that has another id now.
    Renamed {
        /// Which, by its new id.
        item: NamedItem,
        /// Its old id.
        from: String,
    },
    /// An item whose state changed.
    State {
        /// Which.
        item: NamedItem,
        /// The old state.
        from: State,
        /// The new state.
        to: State,
    },
    /// An item that names another horizon.
    Horizon {
        /// Which.
        item: NamedItem,
        /// The old horizon; empty for none.
        from: String,
        /// The new horizon; empty for none.
        to: String,
    },
    /// An item that stands elsewhere in the order.
    Moved {
        /// Which.
        item: NamedItem,
        /// The old rank.
        from: u32,
        /// The new rank.
        to: u32,
        /// The item that boosts it, where none or another did so before.
        boosted_by: Option<NamedItem>,
    },
    /// An item whose score changed and whose rank did not.
    Score {
        /// Which.
        item: NamedItem,
        /// The old score, to two decimals; none where it had none.
        from: Option<String>,
        /// The new score.
        to: Option<String>,
        /// Its rank, where it has one.
        rank: Option<u32>,
    },
    /// Items that can be started now and could not before.
    Ready {
        /// Which.
        items: Vec<NamedItem>,
    },
    /// Items that something is in the way of now and was not before.
    Blocked {
        /// Which.
        items: Vec<NamedItem>,
        /// The first thing that is in the way of the first of them: an id, or a name that no item has.
        by: String,
    },
    /// Items that wait for something outside of the plan now and did not before.
    Waiting {
        /// Which.
        items: Vec<NamedItem>,
        /// What the first of them waits for, in its author's words.
        words: String,
    },
    /// A theme whose share of items done changed.
    Theme {
        /// Which, of the roadmap after.
        theme: ThemeId,
        /// Its id.
        id: String,
        /// The old share, in per cent.
        from: u64,
        /// The new share, in per cent.
        to: u64,
    },
}

/// An item of a roadmap with the id that sentences call it by: the one to link to, the other to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedItem {
    /// The item.
    pub item: ItemId,
    /// Its id in the plan.
    pub id: String,
}

impl NamedItem {
    fn new(roadmap: &Roadmap, item: ItemId) -> NamedItem {
        NamedItem { item, id: roadmap.plan.items[item].entry.id.clone() }
    }
}

impl fmt::Display for NamedItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.id)
    }
}

/// Ids that a sentence names; more are counted.
const MAX_NAMED: usize = 3;

/// Two roadmaps of one plan, and which item of one is which of the other.
#[derive(Clone, Copy)]
struct Comparison<'a> {
    before: &'a Roadmap,
    after: &'a Roadmap,
    pairs: &'a Pairs,
}

/// What became of `before`, the weightiest first. Equal roadmaps give nothing.
/// `pairs` are those of their plans.
pub fn changes(before: &Roadmap, after: &Roadmap, pairs: &Pairs) -> Vec<Change> {
    let comparison = Comparison { before, after, pairs };
    let mut changes = comparison.cycles();
    changes.extend(comparison.added());
    let gone: Vec<NamedItem> = pairs.gone().map(|item| NamedItem::new(before, item)).collect();
    if !gone.is_empty() {
        changes.push(Change::Removed { items: gone });
    }
    for (old, new) in pairs.edited() {
        changes.extend(comparison.edited(old, new));
    }
    let moved = moves::moves(before, after, pairs);
    for (old, new) in pairs.edited() {
        let has_moved = moved.iter().any(|moved| moved.item == new);
        changes.extend(comparison.score(old, new).filter(|_| !has_moved));
    }
    for &moves::Move { item, from, to } in &moved {
        let boosted_by = comparison.boosted_by(item);
        changes.push(Change::Moved { item: NamedItem::new(after, item), from, to, boosted_by });
    }
    changes.extend(comparison.readiness());
    changes.extend(comparison.themes());
    changes
}

impl Comparison<'_> {
    fn new_name(&self, item: ItemId) -> NamedItem {
        NamedItem::new(self.after, item)
    }

    fn added(&self) -> Vec<Change> {
        let added: Vec<ItemId> = self.pairs.added().collect();
        if added.len() > MAX_NAMED {
            return vec![Change::ManyAdded { count: added.len() }];
        }
        let ranked = self.after.order.len() as u32;
        let change =
            |&item: &ItemId| Change::Added { item: self.new_name(item), rank: self.after.items[item].rank, ranked };
        added.iter().map(change).collect()
    }

    fn cycles(&self) -> Vec<Change> {
        let named = |roadmap: &Roadmap| -> Vec<Vec<NamedItem>> {
            let items = |cycle: &Cycle| cycle.items.iter().map(|&item| NamedItem::new(roadmap, item)).collect();
            roadmap.cycles.iter().map(items).collect()
        };
        let is_same =
            |a: &[NamedItem], b: &[NamedItem]| a.iter().map(|item| &item.id).eq(b.iter().map(|item| &item.id));
        let (old, new) = (named(self.before), named(self.after));
        let is_in = |cycle: &[NamedItem], all: &[Vec<NamedItem>]| all.iter().any(|other| is_same(cycle, other));
        let closed = new.iter().filter(|cycle| !is_in(cycle, &old)).cloned();
        let opened = old.iter().filter(|cycle| !is_in(cycle, &new)).cloned();
        let closed = closed.map(|items| Change::CycleClosed { items });
        closed.chain(opened.map(|items| Change::CycleOpened { items })).collect()
    }

    /// What the author of one file said anew.
    fn edited(&self, old: ItemId, new: ItemId) -> Vec<Change> {
        let (before, after) = (&self.before.plan.items[old], &self.after.plan.items[new]);
        let item = || self.new_name(new);
        let mut changes = Vec::new();
        if before.entry.id != after.entry.id {
            changes.push(Change::Renamed { item: item(), from: before.entry.id.clone() });
        }
        if before.state != after.state {
            changes.push(Change::State { item: item(), from: before.state, to: after.state });
        }
        let horizon = |item: &Item| item.horizon.as_ref().map(|horizon| horizon.name.value.clone()).unwrap_or_default();
        let (from, to) = (horizon(before), horizon(after));
        if from != to {
            changes.push(Change::Horizon { item: item(), from, to });
        }
        changes
    }

    fn score(&self, old: ItemId, new: ItemId) -> Option<Change> {
        let shown =
            |roadmap: &Roadmap, item: ItemId| roadmap.items[item].score.result.map(|result| format!("{result:.2}"));
        let (from, to) = (shown(self.before, old), shown(self.after, new));
        let is_open = self.after.plan.items[new].state.is_open();
        let change = || Change::Score {
            item: self.new_name(new),
            rank: self.after.items[new].rank,
            from: from.clone(),
            to: to.clone(),
        };
        (from != to && is_open).then(change)
    }

    /// The item that boosts another now and did not before.
    fn boosted_by(&self, item: ItemId) -> Option<NamedItem> {
        let booster = |roadmap: &Roadmap, item: ItemId| {
            Some(NamedItem::new(roadmap, roadmap.items[item].boost.as_ref()?.unblocks))
        };
        let old = self.pairs.before(item).and_then(|old| booster(self.before, old));
        booster(self.after, item).filter(|new| old.is_none_or(|old| old.id != new.id))
    }

    fn readiness(&self) -> Vec<Change> {
        let (mut ready, mut blocked, mut waiting) = (Vec::new(), Vec::new(), Vec::new());
        let (mut by, mut words) = (None, None);
        for new in self.after.items.ids() {
            let became = |readiness: Readiness| {
                let was = self.pairs.before(new).map(|old| self.before.items[old].readiness);
                self.after.items[new].readiness == readiness && was.is_some_and(|was| was != readiness)
            };
            if became(Readiness::Ready) {
                ready.push(self.new_name(new));
            } else if became(Readiness::Blocked) {
                by = by.or_else(|| self.first_blocker(new));
                blocked.push(self.new_name(new));
            } else if became(Readiness::Waiting) {
                words = words.or_else(|| Some(self.after.item(new).waiting_for().next()?.text.value.clone()));
                waiting.push(self.new_name(new));
            }
        }
        let mut changes = Vec::new();
        if !ready.is_empty() {
            changes.push(Change::Ready { items: ready });
        }
        if !blocked.is_empty() {
            changes.push(Change::Blocked { items: blocked, by: by.unwrap_or_default() });
        }
        if !waiting.is_empty() {
            changes.push(Change::Waiting { items: waiting, words: words.unwrap_or_default() });
        }
        changes
    }

    /// What is in the way of an item: the id of the first item that is not done, else the first name that no item has.
    fn first_blocker(&self, item: ItemId) -> Option<String> {
        let item = self.after.item(item);
        let blocker = item.blocked_by().next().map(|on| self.after.plan.items[on].entry.id.clone());
        blocker.or_else(|| item.resolved().links.missing.first().map(|name| name.value.clone()))
    }

    fn themes(&self) -> Vec<Change> {
        let percent = |roadmap: &Roadmap, theme: ThemeId| {
            let count = &roadmap.themes[theme].rollup.count;
            (count.done * 100).checked_div(count.total).unwrap_or_default()
        };
        let old = |id: &str| {
            self.before.plan.themes.enumerate().find(|(_, theme)| theme.entry.id == id).map(|(theme, _)| theme)
        };
        let change = |(theme, is): (ThemeId, &Theme)| {
            let (from, to) = (percent(self.before, old(&is.entry.id)?), percent(self.after, theme));
            (from != to).then(|| Change::Theme { theme, id: is.entry.id.clone(), from, to })
        };
        self.after.plan.themes.enumerate().filter_map(change).collect()
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let or_none = |score: &Option<String>| score.clone().unwrap_or_else(|| "unscored".to_owned());
        match self {
            Change::CycleClosed { items } => write!(f, "cycle: {}", cycle_path(items)),
            Change::CycleOpened { items } => write!(f, "no longer a cycle: {}", cycle_path(items)),
            Change::Added { item, rank: Some(rank), ranked } => write!(f, "{item} is new, at {rank} of {ranked}"),
            Change::Added { item, rank: None, .. } => write!(f, "{item} is new"),
            Change::ManyAdded { count } => write!(f, "{count} items are new"),
            Change::Removed { items } => {
                write!(f, "{} {} gone", named(items), if items.len() == 1 { "is" } else { "are" })
            }
            Change::Renamed { item, from } => write!(f, "`{from}` is now {item}"),
            Change::State { item, from, to } => write!(f, "{item} is {} (was {})", to.word(), from.word()),
            Change::Horizon { item, from, to } if from.is_empty() => write!(f, "{item} is in {to} now"),
            Change::Horizon { item, from, to } if to.is_empty() => write!(f, "{item} left {from}"),
            Change::Horizon { item, from, to } => write!(f, "{item} went from {from} to {to}"),
            Change::Moved { item, from, to, boosted_by: None } => write!(f, "{item} moved from {from} to {to}"),
            Change::Moved { item, from, to, boosted_by: Some(booster) } => {
                write!(f, "{item} moved from {from} to {to}, boosted by {booster}")
            }
            Change::Score { item, from, to, rank: Some(rank) } => {
                write!(f, "{item} scores {} (was {}) and stays at {rank}", or_none(to), or_none(from))
            }
            Change::Score { item, from, to, rank: None } => {
                write!(f, "{item} scores {} (was {})", or_none(to), or_none(from))
            }
            Change::Ready { items } => write!(f, "{} became ready", named(items)),
            Change::Blocked { items, by } if items.len() == 1 => {
                write!(f, "{} is blocked now, by `{by}`", named(items))
            }
            Change::Blocked { items, .. } => write!(f, "{} are blocked now", named(items)),
            Change::Waiting { items, words } if items.len() == 1 => {
                write!(f, "{} waits now, for “{words}”", named(items))
            }
            Change::Waiting { items, .. } => write!(f, "{} wait now for something outside of the plan", named(items)),
            Change::Theme { id, from, to, .. } => write!(f, "theme `{id}` is {to} % done (was {from} %)"),
        }
    }
}

/// `a` → `b` → `a`.
fn cycle_path(items: &[NamedItem]) -> String {
    const MAX_STEPS: usize = 8;
    let shown: Vec<String> = items.iter().chain(items.first()).take(MAX_STEPS).map(quoted_id).collect();
    let more = if items.len() >= MAX_STEPS { " → …" } else { "" };
    shown.join(" → ") + more
}

/// `a`, `b` and `c`; many are counted.
fn named(items: &[NamedItem]) -> String {
    if items.len() > MAX_NAMED {
        return format!("{} items", items.len());
    }
    listed(&items.iter().map(quoted_id).collect::<Vec<String>>())
}

fn quoted_id(item: &NamedItem) -> String {
    quoted(&item.id)
}
