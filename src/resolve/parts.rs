//! The tree of parts, laid out so that all parts of an item stand together: what is below what is told by comparing two numbers,
//! however deep the tree is.

use std::collections::HashSet;
use std::ops::Range;

use crate::id::{Id as _, IdVec, ItemId};
use crate::plan::{Input, Plan};
use crate::state::State;

use super::Resolved;

/// All items, each before its parts, with the parts of each item in one piece.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    order: Vec<ItemId>,
    /// For each item the places in `order` of its parts and of theirs.
    below: IdVec<ItemId, Range<u32>>,
}

impl Parts {
    /// The tree of all items. No item is above itself: [`super::relations`] breaks cycles of parents.
    pub(super) fn new(items: &IdVec<ItemId, Resolved>) -> Parts {
        let mut parts = Parts { order: Vec::with_capacity(items.len()), below: IdVec::filled(0..0, items.len()) };
        for (root, _) in items.enumerate().filter(|(_, item)| item.links.parent.is_none()) {
            let mut waiting = vec![root];
            while let Some(id) = waiting.pop() {
                parts.order.push(id);
                let from = u32::new(parts.order.len());
                parts.below[id] = from..from;
                waiting.extend(items[id].links.children.iter().rev());
            }
        }
        // What stands last in the order is the lowest, so every item's parts are known before it is.
        for &id in parts.order.iter().rev() {
            let end = parts.below[id].end;
            if let Some(parent) = items[id].links.parent {
                let below = &mut parts.below[parent];
                below.end = below.end.max(end);
            }
        }
        parts
    }

    /// All items, each before its parts.
    pub(super) fn order(&self) -> &[ItemId] {
        &self.order
    }

    /// All parts of an item and the parts of these.
    pub fn of(&self, id: ItemId) -> &[ItemId] {
        let below = &self.below[id];
        &self.order[below.start.index()..below.end.index()]
    }

    /// Those of `members` of which some part, or part of a part, among `members` says its effort: what such an item says itself is the same
    /// work once more. A dropped part is no longer work, and tells nothing.
    pub(super) fn counted(&self, plan: &Plan, members: impl Iterator<Item = ItemId> + Clone) -> HashSet<ItemId> {
        let says_effort = |id: &ItemId| {
            let item = &plan.items[*id];
            item.state != State::Dropped && item.input(Input::Effort).is_some()
        };
        // An item stands right before its parts.
        let mut places: Vec<u32> = members.clone().filter(says_effort).map(|id| self.below[id].start).collect();
        places.sort_unstable();
        let has_part_among = |id: &ItemId| {
            let below = &self.below[*id];
            let next = places.partition_point(|&place| place <= below.start);
            places.get(next).is_some_and(|&place| place <= below.end)
        };
        members.filter(has_part_among).collect()
    }
}
