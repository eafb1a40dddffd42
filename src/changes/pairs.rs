//! Which item of one plan is which of another.

use std::collections::HashMap;
use std::sync::Arc;

use crate::id::{IdVec, ItemId};
use crate::plan::{Item, Plan};

/// Items of two plans, paired.
#[derive(Clone, Debug)]
pub struct Pairs {
    /// By new item, the old one.
    old: IdVec<ItemId, Option<Old>>,
    gone: Vec<ItemId>,
}

#[derive(Clone, Copy, Debug)]
struct Old {
    item: ItemId,
    /// Whether the file says something else now.
    is_edited: bool,
}

/// Pairs the items of two plans: those of one file first, then those that a file of another name took over: with the same id, or
/// with the same title and body.
pub fn pairs(before: &Plan, after: &Plan) -> Pairs {
    let mut old = IdVec::filled(None, after.items.len());
    let mut gone = Vec::new();
    let mut new = after.items.enumerate().peekable();
    // Both stand in the order of their paths.
    for (id, item) in before.items.enumerate() {
        while new.next_if(|(_, other)| other.entry.path() < item.entry.path()).is_some() {}
        match new.next_if(|(_, other)| other.entry.path() == item.entry.path()) {
            Some((other, is)) => old[other] = Some(Old { item: id, is_edited: !Arc::ptr_eq(is, item) }),
            None => gone.push(id),
        }
    }
    if !gone.is_empty() {
        take_over(before, after, &mut old, &mut gone);
    }
    Pairs { old, gone }
}

fn take_over(before: &Plan, after: &Plan, old: &mut IdVec<ItemId, Option<Old>>, gone: &mut Vec<ItemId>) {
    let words = |item: &Item| {
        let document = &item.entry.document;
        (item.entry.title.clone(), document.source.slice(document.body).to_owned())
    };
    let (mut by_id, mut by_words) = (HashMap::new(), HashMap::new());
    for (id, item) in after.items.enumerate().rev().filter(|(id, _)| old[*id].is_none()) {
        by_id.insert(item.entry.id.clone(), id);
        by_words.insert(words(item), id);
    }
    gone.retain(|&id| {
        let item = &before.items[id];
        let found = by_id.get(&item.entry.id).or_else(|| by_words.get(&words(item)));
        let found = found.filter(|&&new| old[new].is_none());
        found.map(|&new| old[new] = Some(Old { item: id, is_edited: true })).is_none()
    });
}

impl Pairs {
    /// The old item that a new one was before.
    pub fn before(&self, new: ItemId) -> Option<ItemId> {
        self.old[new].map(|old| old.item)
    }

    /// Whether a new item's file says something else now.
    pub fn is_edited(&self, new: ItemId) -> bool {
        self.old[new].is_some_and(|old| old.is_edited)
    }

    /// Old and new items whose files say something else now.
    pub fn edited(&self) -> impl Iterator<Item = (ItemId, ItemId)> {
        self.old.enumerate().filter_map(|(new, old)| old.filter(|old| old.is_edited).map(|old| (old.item, new)))
    }

    /// New items that were not there before.
    pub fn added(&self) -> impl Iterator<Item = ItemId> {
        self.old.enumerate().filter(|(_, old)| old.is_none()).map(|(new, _)| new)
    }

    /// Old items that are no longer there.
    pub fn gone(&self) -> impl Iterator<Item = ItemId> {
        self.gone.iter().copied()
    }
}
