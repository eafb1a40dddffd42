//! The dependency graph: components, shortest cycles, the longest chains, and which nodes block the most.
//!
//! A graph is a list of needs: node `i` waits for every node in `needs[i]`. Functions are generic over the type of the node's id, so
//! that an answer names the same kind of thing as the question; every id must be below `needs.len()`. Nothing recurses, since a plan
//! may be one chain of 100,000 items, and every answer is a function of the graph alone: ties go to the smaller id.

mod blocking_impact;
mod chains;
mod cycles;

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::marker::PhantomData;

use crate::id::Id;

pub use blocking_impact::{BlockingImpact, blocking_impact};
pub use chains::{Chain, chains_to, longest_chains};
pub use cycles::cycles;

/// The strongly connected components of a graph: two nodes share one when each waits for the other, directly or not.
///
/// They are numbered so that a component comes after every component it waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Components<I> {
    of: Vec<u32>,
    members: Lists<u32, I>,
}

impl<I: Id> Components<I> {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.members.len()
    }

    /// The component of a node, from 0.
    pub fn of(&self, node: I) -> u32 {
        self.of[node.index()]
    }

    /// The nodes of a component, ascending.
    pub fn members(&self, component: u32) -> &[I] {
        self.members.of(component)
    }
}

/// Finds the strongly connected components, in time linear in nodes and edges (Tarjan 1972, with an explicit stack).
pub fn components<I: Id>(needs: &[Vec<I>]) -> Components<I> {
    const NONE: u32 = u32::MAX;
    let mut of = vec![NONE; needs.len()];
    let mut count = 0;
    // When a node was first visited, from 1, and the earliest open node that it is known to reach.
    let mut visited = vec![0_u32; needs.len()];
    let mut low = vec![0_u32; needs.len()];
    let mut clock = 0;
    let mut path: Vec<(u32, u32)> = Vec::new();
    let mut open: Vec<u32> = Vec::new();
    for root in 0..needs.len() as u32 {
        if visited[root as usize] == 0 {
            path.push((root, 0));
        }
        while let Some((node, next)) = path.last_mut() {
            let (node, edge) = (*node as usize, *next as usize);
            *next += 1;
            if edge == 0 {
                clock += 1;
                (visited[node], low[node]) = (clock, clock);
                open.push(node as u32);
            }
            if let Some(need) = needs[node].get(edge) {
                let need = need.index();
                if visited[need] == 0 {
                    path.push((need as u32, 0));
                } else if of[need] == NONE {
                    low[node] = low[node].min(visited[need]);
                }
                continue;
            }
            path.pop();
            if let Some(&(parent, _)) = path.last() {
                low[parent as usize] = low[parent as usize].min(low[node]);
            }
            if low[node] == visited[node] {
                while let Some(member) = open.pop() {
                    of[member as usize] = count;
                    if member as usize == node {
                        break;
                    }
                }
                count += 1;
            }
        }
    }
    let members = Lists::new(count as usize, || of.iter().copied().zip(ids(needs.len())));
    Components { of, members }
}

/// The same graph without the edges inside a component, so that no cycle is left. Each list is ascending, without duplicates.
pub fn acyclic<I: Id>(needs: &[Vec<I>], components: &Components<I>) -> Vec<Vec<I>> {
    let between = |(node, list): (I, &Vec<I>)| {
        let component = components.of(node);
        let mut outside: Vec<I> = list.iter().copied().filter(|&need| components.of(need) != component).collect();
        outside.sort_unstable();
        outside.dedup();
        outside
    };
    ids(needs.len()).zip(needs).map(between).collect()
}

/// Every node after all that it waits for; among the nodes that could come next, the smallest id.
///
/// Nodes on a cycle, or waiting for one, are left out: give it what [`acyclic`] made.
pub fn topological<I: Id>(needs: &[Vec<I>]) -> Vec<I> {
    let dependents = dependents(needs);
    let mut unmet: Vec<usize> = needs.iter().map(Vec::len).collect();
    let free = |(node, list): (I, &Vec<I>)| list.is_empty().then_some(Reverse(node));
    let mut ready: BinaryHeap<Reverse<I>> = ids(needs.len()).zip(needs).filter_map(free).collect();
    let mut order = Vec::with_capacity(needs.len());
    while let Some(Reverse(node)) = ready.pop() {
        order.push(node);
        for &dependent in dependents.of(node) {
            unmet[dependent.index()] -= 1;
            if unmet[dependent.index()] == 0 {
                ready.push(Reverse(dependent));
            }
        }
    }
    order
}

/// For every node, the nodes that wait for it, ascending; one entry for each edge.
fn dependents<I: Id>(needs: &[Vec<I>]) -> Lists<I, I> {
    let edges = || ids(needs.len()).zip(needs).flat_map(|(node, list)| list.iter().map(move |&need| (need, node)));
    Lists::new(needs.len(), edges)
}

/// The ids of the first `count` nodes.
fn ids<I: Id>(count: usize) -> impl Iterator<Item = I> {
    (0..count).map(I::new)
}

/// A list of ids for each key, end to end in one allocation.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Lists<K, I> {
    start: Vec<u32>,
    items: Vec<I>,
    keys: PhantomData<fn(K)>,
}

impl<K: Id, I: Id> Lists<K, I> {
    /// `count` lists out of pairs (key, id); a list keeps the order of the pairs. `pairs` is walked twice.
    fn new<Pairs: Iterator<Item = (K, I)>>(count: usize, pairs: impl Fn() -> Pairs) -> Lists<K, I> {
        let mut start = vec![0_u32; count + 1];
        for (key, _) in pairs() {
            start[key.index() + 1] += 1;
        }
        for list in 0..count {
            start[list + 1] += start[list];
        }
        let mut items = vec![I::new(0); start[count] as usize];
        let mut next = start.clone();
        for (key, item) in pairs() {
            items[next[key.index()] as usize] = item;
            next[key.index()] += 1;
        }
        Lists { start, items, keys: PhantomData }
    }

    fn len(&self) -> usize {
        self.start.len() - 1
    }

    fn of(&self, key: K) -> &[I] {
        &self.items[self.start[key.index()] as usize..self.start[key.index() + 1] as usize]
    }
}
