//! Shortest cycles: a cycle is reported as the fewest edges one of which must go.

use super::{Lists, components};
use crate::id::Id;

/// How many edges the search in one component may look at before it gives the shortest cycle found until then.
const MAX_LOOKS: u64 = 100_000_000;

/// One cycle for every strongly connected component that has one, sorted.
///
/// A cycle lists its nodes in the order of waiting: each waits for the next, the last for the first. A node that waits for itself is
/// a cycle of one. It is a shortest cycle of its component, begins at its smallest node, and among equally short ones is the
/// smallest list. That is certain wherever nodes × edges of the component are at most 10⁸, and as a rule far beyond, since
/// the search stops at cycles of two and leaves out all that cannot be shorter; after 10⁸ edges looked at it gives the shortest cycle
/// found until then, a real one all the same.
pub fn cycles<I: Id>(needs: &[Vec<I>]) -> Vec<Vec<I>> {
    let components = components(needs);
    // The number of each node within its component.
    let mut local = vec![0_u32; needs.len()];
    let mut cycles = Vec::new();
    for component in 0..components.count() as u32 {
        let members = components.members(component);
        if let Some(&node) = members.iter().find(|&node| needs[node.index()].contains(node)) {
            cycles.push(vec![node]);
        } else if members.len() > 1 {
            for (number, node) in (0..).zip(members) {
                local[node.index()] = number;
            }
            let inside = |node: &I| {
                let list = &needs[node.index()];
                let mut local_needs: Vec<u32> = Vec::with_capacity(list.len());
                let inside = list.iter().filter(|&&need| components.of(need) == component);
                local_needs.extend(inside.map(|need| local[need.index()]));
                local_needs.sort_unstable();
                local_needs.dedup();
                local_needs
            };
            let graph: Vec<Vec<u32>> = members.iter().map(inside).collect();
            let cycle = Search::new(&graph).shortest();
            cycles.push(cycle.iter().map(|&number| members[number as usize]).collect());
        }
    }
    cycles.sort_unstable();
    cycles
}

/// The search in one component of at least two nodes, none of which waits for itself. Nodes are numbered within the component.
struct Search<'a> {
    /// Ascending lists, so that the walk comes to paths of equal length in the order of their nodes.
    needs: &'a [Vec<u32>],
    dependents: Lists<u32, u32>,
    /// Whether a node can still be on a shorter cycle.
    alive: Vec<bool>,
    /// How many living nodes a node needs, and how many need it.
    needs_left: Vec<u32>,
    dependents_left: Vec<u32>,
    looks: u64,
}

impl<'a> Search<'a> {
    fn new(needs: &'a [Vec<u32>]) -> Search<'a> {
        let dependents = super::dependents(needs);
        let needs_left = needs.iter().map(|list| list.len() as u32).collect();
        let dependents_left = (0..needs.len() as u32).map(|node| dependents.of(node).len() as u32).collect();
        Search { needs, dependents, alive: vec![true; needs.len()], needs_left, dependents_left, looks: 0 }
    }

    /// From every node in turn, the shortest cycle in which it is the smallest; then that node is taken out.
    fn shortest(mut self) -> Vec<u32> {
        let mut best: Vec<u32> = Vec::new();
        let mut walk = Walk::new(self.needs.len());
        for start in 0..self.needs.len() as u32 {
            if !self.alive[start as usize] {
                continue;
            }
            let below = if best.is_empty() { u32::MAX } else { best.len() as u32 };
            if let Some(cycle) = self.through(start, below, &mut walk) {
                best = cycle;
            }
            if best.len() == 2 || (self.looks >= MAX_LOOKS && !best.is_empty()) {
                break;
            }
            self.remove(start);
        }
        best
    }

    /// The shortest cycle through `start` and living nodes that has fewer than `below` nodes.
    fn through(&mut self, start: u32, below: u32, walk: &mut Walk) -> Option<Vec<u32>> {
        walk.stamp += 1;
        for &node in self.dependents.of(start) {
            walk.closes[node as usize] = walk.stamp;
        }
        walk.queue.clear();
        walk.queue.push((start, 0));
        walk.visited[start as usize] = walk.stamp;
        let mut next = 0;
        while let Some(&(node, depth)) = walk.queue.get(next) {
            if depth + 2 >= below {
                return None;
            }
            next += 1;
            self.looks += self.needs[node as usize].len() as u64;
            for &need in &self.needs[node as usize] {
                if walk.visited[need as usize] == walk.stamp || !self.alive[need as usize] {
                    continue;
                }
                walk.visited[need as usize] = walk.stamp;
                walk.previous[need as usize] = node;
                if walk.closes[need as usize] == walk.stamp {
                    return Some(walk.path(start, need));
                }
                walk.queue.push((need, depth + 1));
            }
        }
        None
    }

    /// Takes a node out, and all that are on no cycle without it.
    fn remove(&mut self, node: u32) {
        let mut removed = vec![node];
        self.alive[node as usize] = false;
        while let Some(node) = removed.pop() {
            let needs = &self.needs[node as usize][..];
            let lists = [(needs, &mut self.dependents_left), (self.dependents.of(node), &mut self.needs_left)];
            for (list, left) in lists {
                for &other in list {
                    left[other as usize] -= 1;
                    if left[other as usize] == 0 && self.alive[other as usize] {
                        self.alive[other as usize] = false;
                        removed.push(other);
                    }
                }
            }
        }
    }
}

/// The state of a breadth-first walk. It is used for one walk after another: a mark counts only when it carries the stamp of the
/// current walk.
struct Walk {
    stamp: u32,
    visited: Vec<u32>,
    /// Nodes that wait for the start, so that a path to them closes a cycle.
    closes: Vec<u32>,
    /// The node that the walk came from.
    previous: Vec<u32>,
    /// Nodes to look at, with their distance from the start.
    queue: Vec<(u32, u32)>,
}

impl Walk {
    fn new(nodes: usize) -> Walk {
        let none = vec![0; nodes];
        Walk { stamp: 0, visited: none.clone(), closes: none.clone(), previous: none, queue: Vec::new() }
    }

    fn path(&self, start: u32, end: u32) -> Vec<u32> {
        let mut path = vec![end];
        let mut node = end;
        while node != start {
            node = self.previous[node as usize];
            path.push(node);
        }
        path.reverse();
        path
    }
}
