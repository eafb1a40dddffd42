//! Changes: what became of a plan between two looks at it, in words that a team would use.
//!
//! The consequences, not the edit: who moved in the order and past whom, what can be started now, what waits in a cycle. A thing is
//! the same thing while its file stays where it is, or while its words do.

mod moves;
mod pairs;

use crate::plan::{Item, Plan};
use crate::resolve::{Cycle, Readiness, Roadmap};
use crate::state::State;

pub use pairs::{Pairs, pairs};

/// One consequence. `Display` says it in one sentence without a full stop, ids in backticks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Items wait for each other that did not before: their ids, each waiting for the next, the last for the first.
    CycleClosed(Vec<String>),
    /// Items no longer wait for each other.
    CycleOpened(Vec<String>),
    /// A new item, with its place in the order and how many there are.
    Added(String, Option<(u32, u32)>),
    /// Many new items: how many.
    ManyAdded(usize),
    /// Items that are gone.
    Removed(Vec<String>),
    /// An item that has another id now: old and new.
    Renamed(String, String),
    /// An item whose state changed, from and to.
    State(String, State, State),
    /// An item that names another horizon: from and to, empty for none.
    Horizon(String, String, String),
    /// An item that stands elsewhere in the order: from, to, and the item that boosts it where none did so before.
    Moved(String, u32, u32, Option<String>),
    /// An item whose score changed and whose rank did not: from, to (none: unscored), and the rank.
    Score(String, Option<String>, Option<String>, Option<u32>),
    /// Items that can be started now and could not before.
    Ready(Vec<String>),
    /// Items that something is in the way of now and was not before, with the first thing that is.
    Blocked(Vec<String>, String),
    /// A theme whose share of items done changed, in percent: from and to.
    Theme(String, u64, u64),
}

/// Ids that a sentence names; more are counted.
const MAX_NAMED: usize = 3;

/// What became of `before`, the weightiest first. Equal roadmaps give nothing.
/// `pairs` are those of their plans.
pub fn changes(before: &Roadmap, after: &Roadmap, pairs: &Pairs) -> Vec<Change> {
    let mut changes = cycles(before, after);
    let added: Vec<u32> = pairs.added().collect();
    if added.len() > MAX_NAMED {
        changes.push(Change::ManyAdded(added.len()));
    }
    for &at in added.iter().filter(|_| added.len() <= MAX_NAMED) {
        let rank = after.items[at as usize].rank.map(|rank| (rank, after.order.len() as u32));
        changes.push(Change::Added(id(&after.plan, at), rank));
    }
    let gone: Vec<String> = pairs.gone().map(|at| id(&before.plan, at)).collect();
    if !gone.is_empty() {
        changes.push(Change::Removed(gone));
    }
    for (old, new) in pairs.edited() {
        changes.extend(edited(&before.plan.items[old as usize], &after.plan.items[new as usize]));
    }
    let moved = moves::moves(before, after, pairs);
    for (old, new) in pairs.edited() {
        let has_moved = moved.iter().any(|&(item, ..)| item == new);
        changes.extend(score(before, after, old, new).filter(|_| !has_moved));
    }
    for &(at, from, to) in &moved {
        changes.push(Change::Moved(id(&after.plan, at), from, to, boosted_by(before, after, pairs, at)));
    }
    changes.extend(readiness(before, after, pairs));
    changes.extend(themes(before, after));
    changes
}

fn id(plan: &Plan, item: u32) -> String {
    plan.items[item as usize].entry.id.clone()
}

fn cycles(before: &Roadmap, after: &Roadmap) -> Vec<Change> {
    let cycles_of = |roadmap: &Roadmap| -> Vec<Vec<String>> {
        let cycle_text = |cycle: &Cycle| cycle.items.iter().map(|&item| id(&roadmap.plan, item)).collect();
        roadmap.cycles.iter().map(cycle_text).collect()
    };
    let (old, new) = (cycles_of(before), cycles_of(after));
    let closed = new.iter().filter(|cycle_text| !old.contains(cycle_text)).cloned().map(Change::CycleClosed);
    let opened = old.iter().filter(|cycle_text| !new.contains(cycle_text)).cloned().map(Change::CycleOpened);
    closed.chain(opened).collect()
}

/// What the author of one file said anew.
fn edited(old: &Item, new: &Item) -> Vec<Change> {
    let mut changes = Vec::new();
    if old.entry.id != new.entry.id {
        changes.push(Change::Renamed(old.entry.id.clone(), new.entry.id.clone()));
    }
    if old.state != new.state {
        changes.push(Change::State(new.entry.id.clone(), old.state, new.state));
    }
    let horizon = |item: &Item| item.horizon.as_ref().map(|horizon| horizon.name.value.clone()).unwrap_or_default();
    let (from, to) = (horizon(old), horizon(new));
    if from != to {
        changes.push(Change::Horizon(new.entry.id.clone(), from, to));
    }
    changes
}

fn score(before: &Roadmap, after: &Roadmap, old: u32, new: u32) -> Option<Change> {
    let shown =
        |roadmap: &Roadmap, item: u32| roadmap.items[item as usize].score.result.map(|result| format!("{result:.2}"));
    let (from, to) = (shown(before, old), shown(after, new));
    let is_open = after.plan.items[new as usize].state.is_open();
    (from != to && is_open).then(|| Change::Score(id(&after.plan, new), from, to, after.items[new as usize].rank))
}

/// The item that boosts another now and did not before.
fn boosted_by(before: &Roadmap, after: &Roadmap, pairs: &Pairs, item: u32) -> Option<String> {
    let lead =
        |roadmap: &Roadmap, item: u32| Some(id(&roadmap.plan, roadmap.items[item as usize].boost.as_ref()?.lead));
    let old = pairs.before(item).and_then(|old| lead(before, old));
    lead(after, item).filter(|lead| old.as_ref() != Some(lead))
}

fn readiness(before: &Roadmap, after: &Roadmap, pairs: &Pairs) -> Vec<Change> {
    let (mut ready, mut blocked, mut blocker) = (Vec::new(), Vec::new(), None);
    for new in 0..after.items.len() as u32 {
        let is = |readiness: Readiness| {
            let was = pairs.before(new).map(|old| &before.items[old as usize].readiness);
            after.items[new as usize].readiness == readiness && was.is_some_and(|was| *was != readiness)
        };
        if is(Readiness::Ready) {
            ready.push(id(&after.plan, new));
        } else if is(Readiness::Blocked) {
            blocker = blocker.or_else(|| after.blocked_by(new).into_iter().next());
            blocked.push(id(&after.plan, new));
        }
    }
    let mut changes = Vec::new();
    if !ready.is_empty() {
        changes.push(Change::Ready(ready));
    }
    if !blocked.is_empty() {
        changes.push(Change::Blocked(blocked, blocker.unwrap_or_default()));
    }
    changes
}

fn themes(before: &Roadmap, after: &Roadmap) -> Vec<Change> {
    let percent = |roadmap: &Roadmap, theme: usize| {
        let count = &roadmap.themes[theme].rollup.count;
        (count.done * 100).checked_div(count.total).unwrap_or_default()
    };
    let old = |id: &str| before.plan.themes.iter().position(|theme| theme.entry.id == id);
    let change = |(at, theme): (usize, &crate::plan::Theme)| {
        let (from, to) = (percent(before, old(&theme.entry.id)?), percent(after, at));
        (from != to).then(|| Change::Theme(theme.entry.id.clone(), from, to))
    };
    after.plan.themes.iter().enumerate().filter_map(change).collect()
}

impl std::fmt::Display for Change {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let or_none = |score: &Option<String>| score.clone().unwrap_or_else(|| "unscored".to_owned());
        match self {
            Change::CycleClosed(ids) => write!(f, "cycle: {}", cycle_text(ids)),
            Change::CycleOpened(ids) => write!(f, "no longer a cycle: {}", cycle_text(ids)),
            Change::Added(id, Some((rank, of))) => write!(f, "`{id}` is new, at {rank} of {of}"),
            Change::Added(id, None) => write!(f, "`{id}` is new"),
            Change::ManyAdded(count) => write!(f, "{count} items are new"),
            Change::Removed(ids) => write!(f, "{} {} gone", listed(ids), if ids.len() == 1 { "is" } else { "are" }),
            Change::Renamed(from, to) => write!(f, "`{from}` is now `{to}`"),
            Change::State(id, from, to) => write!(f, "`{id}` is {} (was {})", to.word(), from.word()),
            Change::Horizon(id, from, to) if from.is_empty() => write!(f, "`{id}` is in {to} now"),
            Change::Horizon(id, from, to) if to.is_empty() => write!(f, "`{id}` left {from}"),
            Change::Horizon(id, from, to) => write!(f, "`{id}` went from {from} to {to}"),
            Change::Moved(id, from, to, None) => write!(f, "`{id}` moved from {from} to {to}"),
            Change::Moved(id, from, to, Some(lead)) => {
                write!(f, "`{id}` moved from {from} to {to}, boosted by `{lead}`")
            }
            Change::Score(id, from, to, Some(rank)) => {
                write!(f, "`{id}` scores {} (was {}) and stays at {rank}", or_none(to), or_none(from))
            }
            Change::Score(id, from, to, None) => write!(f, "`{id}` scores {} (was {})", or_none(to), or_none(from)),
            Change::Ready(ids) => write!(f, "{} became ready", listed(ids)),
            Change::Blocked(ids, by) if ids.len() == 1 => write!(f, "{} is blocked now, by `{by}`", listed(ids)),
            Change::Blocked(ids, _) => write!(f, "{} are blocked now", listed(ids)),
            Change::Theme(id, from, to) => write!(f, "theme `{id}` is {to} % done (was {from} %)"),
        }
    }
}

/// `a` → `b` → `a`.
fn cycle_text(ids: &[String]) -> String {
    const MOST: usize = 8;
    let shown: Vec<String> = ids.iter().chain(ids.first()).take(MOST).map(|id| format!("`{id}`")).collect();
    let more = if ids.len() >= MOST { " → …" } else { "" };
    shown.join(" → ") + more
}

/// `a`, `b` and `c`; many are counted.
fn listed(ids: &[String]) -> String {
    let named: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
    match named.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [some @ .., last] if named.len() <= MAX_NAMED => format!("{} and {last}", some.join(", ")),
        _ => format!("{} items", named.len()),
    }
}
