//! Which items moved in the order. When one item goes from 7 to 3, those from 3 to 6 stand one further down, and nobody would say that
//! they moved.
//!
//! The items that stayed are the most that still stand in the order that they stood in: a longest increasing subsequence of their old
//! places (Fredman 1975). Of several such, the one with the fewest edited items: what somebody edited is what moved.

use crate::id::ItemId;
use crate::resolve::Roadmap;

use super::Pairs;

/// An item that moved in the order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Move {
    /// Which, of the roadmap after.
    pub(super) item: ItemId,
    /// Its old rank.
    pub(super) from: u32,
    /// Its new rank.
    pub(super) to: u32,
}

/// The items of `after` that moved; edited ones first, then by how far they went.
pub(super) fn moves(before: &Roadmap, after: &Roadmap, pairs: &Pairs) -> Vec<Move> {
    let ranks = |&item: &ItemId| {
        let from = before.items[pairs.before(item)?].rank?;
        Some(Move { item, from, to: after.items[item].rank? })
    };
    let all: Vec<Move> = after.order.iter().filter_map(ranks).collect();
    if all.is_sorted_by_key(|moved| moved.from) {
        return Vec::new();
    }
    let weight = |moved: &Move| (moved.from, (1 << 32) + u64::from(!pairs.is_edited(moved.item)));
    let weighed: Vec<(u32, u64)> = all.iter().map(weight).collect();
    let stays = heaviest_increasing(&weighed, before.order.len());
    let mut moved: Vec<Move> = all.into_iter().zip(stays).filter(|(_, stays)| !stays).map(|(moved, _)| moved).collect();
    moved.sort_by_key(|&Move { item, from, to }| (!pairs.is_edited(item), std::cmp::Reverse(from.abs_diff(to)), to));
    moved
}

/// Whether each of `keys` (a key from 1 to `most`, and its weight) is in one increasing subsequence of the greatest weight.
fn heaviest_increasing(keys: &[(u32, u64)], most: usize) -> Vec<bool> {
    // A Fenwick tree over the keys: the heaviest sequence that ends at a key or below, as its weight and its last index.
    let mut tree: Vec<(u64, Option<usize>)> = vec![(0, None); most + 1];
    let mut previous = Vec::with_capacity(keys.len());
    for (index, &(key, weight)) in keys.iter().enumerate() {
        let mut best = (0, None);
        let mut node = key as usize - 1;
        while node > 0 {
            best = best.max(tree[node]);
            node &= node - 1;
        }
        previous.push(best.1);
        let mut node = key as usize;
        while node <= most {
            tree[node] = tree[node].max((best.0 + weight, Some(index)));
            node += node & node.wrapping_neg();
        }
    }
    let mut best = (0, None);
    let mut node = most;
    while node > 0 {
        best = best.max(tree[node]);
        node &= node - 1;
    }
    let mut stays = vec![false; keys.len()];
    let mut index = best.1;
    while let Some(last) = index {
        stays[last] = true;
        index = previous[last];
    }
    stays
}
