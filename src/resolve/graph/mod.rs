//! The dependency graph: components, shortest cycles, the longest chains and what holds up most.
//!
//! A graph is a list of needs: node `i` waits for every node in `needs[i]`. Nodes are plain numbers, so that nothing here knows
//! items; every index must be below `needs.len()`. Nothing recurses, since a plan may be one chain of 100,000 items, and every
//! answer is a function of the graph alone: ties go to the smaller index.

mod blocking_impact;
mod chains;
mod cycles;

use std::cmp::Reverse;
use std::collections::BinaryHeap;

pub use blocking_impact::{BlockingImpact, blocking_impact};
pub use chains::{Chain, chains_to, longest_chains};
pub use cycles::cycles;

/// The strongly connected components of a graph: two nodes share one when each waits for the other, directly or not.
///
/// They are numbered so that a component comes after every component it waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Components {
    of: Vec<u32>,
    members: Lists,
}

impl Components {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.members.len()
    }

    /// The component of a node, from 0.
    pub fn of(&self, node: u32) -> u32 {
        self.of[node as usize]
    }

    /// The nodes of a component, ascending.
    pub fn members(&self, component: u32) -> &[u32] {
        self.members.of(component)
    }
}

/// Finds the strongly connected components, in time linear in nodes and edges (Tarjan 1972, with a stack of its own).
pub fn components(needs: &[Vec<u32>]) -> Components {
    const NONE: u32 = u32::MAX;
    let mut of = vec![NONE; needs.len()];
    let mut count = 0;
    // When a node was first seen, from 1, and the earliest open node it is known to reach.
    let mut seen = vec![0_u32; needs.len()];
    let mut low = vec![0_u32; needs.len()];
    let mut clock = 0;
    let mut path: Vec<(u32, u32)> = Vec::new();
    let mut open: Vec<u32> = Vec::new();
    for root in 0..needs.len() as u32 {
        if seen[root as usize] == 0 {
            path.push((root, 0));
        }
        while let Some((node, next)) = path.last_mut() {
            let (node, edge) = (*node as usize, *next as usize);
            *next += 1;
            if edge == 0 {
                clock += 1;
                (seen[node], low[node]) = (clock, clock);
                open.push(node as u32);
            }
            if let Some(&need) = needs[node].get(edge) {
                if seen[need as usize] == 0 {
                    path.push((need, 0));
                } else if of[need as usize] == NONE {
                    low[node] = low[node].min(seen[need as usize]);
                }
                continue;
            }
            path.pop();
            if let Some(&(parent, _)) = path.last() {
                low[parent as usize] = low[parent as usize].min(low[node]);
            }
            if low[node] == seen[node] {
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
    let members = Lists::new(count as usize, || of.iter().zip(0..).map(|(&component, node)| (component, node)));
    Components { of, members }
}

/// The same graph without the edges inside a component, so that no cycle is left. Each list is ascending, without duplicates.
pub fn acyclic(needs: &[Vec<u32>], components: &Components) -> Vec<Vec<u32>> {
    let between = |(node, list): (u32, &Vec<u32>)| {
        let home = components.of(node);
        let mut kept: Vec<u32> = list.iter().copied().filter(|&need| components.of(need) != home).collect();
        kept.sort_unstable();
        kept.dedup();
        kept
    };
    (0..).zip(needs).map(between).collect()
}

/// Every node after all that it waits for; among the nodes that could come next, the smallest index.
///
/// Nodes on a cycle, or waiting for one, are left out: give it what [`acyclic`] made.
pub fn topological(needs: &[Vec<u32>]) -> Vec<u32> {
    let waiting = dependents(needs);
    let mut open: Vec<usize> = needs.iter().map(Vec::len).collect();
    let free = |(node, list): (u32, &Vec<u32>)| list.is_empty().then_some(Reverse(node));
    let mut next: BinaryHeap<Reverse<u32>> = (0..).zip(needs).filter_map(free).collect();
    let mut order = Vec::with_capacity(needs.len());
    while let Some(Reverse(node)) = next.pop() {
        order.push(node);
        for &dependent in waiting.of(node) {
            open[dependent as usize] -= 1;
            if open[dependent as usize] == 0 {
                next.push(Reverse(dependent));
            }
        }
    }
    order
}

/// For every node, the nodes that wait for it, ascending; one entry an edge.
fn dependents(needs: &[Vec<u32>]) -> Lists {
    Lists::new(needs.len(), || (0..).zip(needs).flat_map(|(node, list)| list.iter().map(move |&need| (need, node))))
}

/// Lists of numbers, end to end in one allocation.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Lists {
    start: Vec<u32>,
    items: Vec<u32>,
}

impl Lists {
    /// `count` lists out of pairs (list, item); a list keeps the order of the pairs. `pairs` is walked twice.
    fn new<I: Iterator<Item = (u32, u32)>>(count: usize, pairs: impl Fn() -> I) -> Lists {
        let mut start = vec![0_u32; count + 1];
        for (list, _) in pairs() {
            start[list as usize + 1] += 1;
        }
        for list in 0..count {
            start[list + 1] += start[list];
        }
        let mut items = vec![0; start[count] as usize];
        let mut next = start.clone();
        for (list, item) in pairs() {
            items[next[list as usize] as usize] = item;
            next[list as usize] += 1;
        }
        Lists { start, items }
    }

    fn len(&self) -> usize {
        self.start.len() - 1
    }

    fn of(&self, list: u32) -> &[u32] {
        &self.items[self.start[list as usize] as usize..self.start[list as usize + 1] as usize]
    }
}
