//! Which item of one plan is which of another.

use std::collections::HashMap;
use std::sync::Arc;

use crate::plan::{Item, Plan};

/// Items of two plans, paired.
#[derive(Clone, Debug)]
pub struct Pairs {
    /// By new item: the old one, and whether its file says something else now.
    old: Vec<Option<(u32, bool)>>,
    gone: Vec<u32>,
}

/// Pairs the items of two plans: those of one file first, then those that a file of another name took over: with the same id, or
/// with the same title and body.
pub fn pairs(before: &Plan, after: &Plan) -> Pairs {
    let mut old = vec![None; after.items.len()];
    let mut gone = Vec::new();
    let mut new = (0..after.items.len()).peekable();
    let is_before = |a: &Arc<Item>, b: &Arc<Item>| a.entry.path() < b.entry.path();
    // Both stand in the order of their paths.
    for (at, item) in before.items.iter().enumerate() {
        while new.next_if(|&other| is_before(&after.items[other], item)).is_some() {}
        match new.next_if(|&other| after.items[other].entry.path() == item.entry.path()) {
            Some(other) => old[other] = Some((at as u32, !Arc::ptr_eq(&after.items[other], item))),
            None => gone.push(at as u32),
        }
    }
    if !gone.is_empty() {
        take_over(before, after, &mut old, &mut gone);
    }
    Pairs { old, gone }
}

fn take_over(before: &Plan, after: &Plan, old: &mut [Option<(u32, bool)>], gone: &mut Vec<u32>) {
    let words = |item: &Item| {
        let document = &item.entry.document;
        (item.entry.title.clone(), document.source.slice(document.body).to_owned())
    };
    let (mut by_id, mut by_words) = (HashMap::new(), HashMap::new());
    for (at, item) in after.items.iter().enumerate().rev().filter(|(at, _)| old[*at].is_none()) {
        by_id.insert(item.entry.id.clone(), at);
        by_words.insert(words(item), at);
    }
    gone.retain(|&at| {
        let item = &before.items[at as usize];
        let found = by_id.get(&item.entry.id).or_else(|| by_words.get(&words(item)));
        let found = found.filter(|&&new| old[new].is_none());
        found.map(|&new| old[new] = Some((at, true))).is_none()
    });
}

impl Pairs {
    /// What a new item was before.
    pub fn before(&self, new: u32) -> Option<u32> {
        self.old[new as usize].map(|(old, _)| old)
    }

    /// Whether a new item's file says something else now.
    pub fn is_edited(&self, new: u32) -> bool {
        self.old[new as usize].is_some_and(|(_, edited)| edited)
    }

    /// Old and new items whose files say something else now.
    pub fn edited(&self) -> impl Iterator<Item = (u32, u32)> {
        (0..).zip(&self.old).filter_map(|(new, old)| old.filter(|(_, edited)| *edited).map(|(old, _)| (old, new)))
    }

    /// New items that were not there before.
    pub fn added(&self) -> impl Iterator<Item = u32> {
        (0..).zip(&self.old).filter(|(_, old)| old.is_none()).map(|(new, _)| new)
    }

    /// Old items that are no longer there.
    pub fn gone(&self) -> impl Iterator<Item = u32> {
        self.gone.iter().copied()
    }
}
