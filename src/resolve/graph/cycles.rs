//! Shortest cycles: a cycle is reported as the fewest edges one of which must go.

use super::{Lists, components};

/// How many edges the search in one component may look at before it settles for the best cycle found.
const LOOKS: u64 = 100_000_000;

/// One cycle for every strongly connected component that has one, sorted.
///
/// A cycle lists its nodes in the order of waiting: each waits for the next, the last for the first. A node that waits for itself is
/// a cycle of one. It is a shortest cycle of its component, begins at its smallest node, and among equally short ones is the
/// smallest list. That is certain wherever nodes × edges of the component are at most 10⁸, and as a rule far beyond, since
/// the search stops at cycles of two and leaves out all that cannot be shorter; after 10⁸ edges looked at it gives the shortest cycle
/// found until then, a real one all the same.
pub fn cycles(needs: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let components = components(needs);
    let mut local = vec![0; needs.len()];
    let mut found = Vec::new();
    for component in 0..components.count() as u32 {
        let members = components.members(component);
        if let Some(&node) = members.iter().find(|&&node| needs[node as usize].contains(&node)) {
            found.push(vec![node]);
        } else if members.len() > 1 {
            for (at, &node) in (0..).zip(members) {
                local[node as usize] = at;
            }
            let inside = |node: u32| {
                let mut list: Vec<u32> = needs[node as usize].clone();
                list.retain(|&need| components.of(need) == component);
                list.iter_mut().for_each(|need| *need = local[*need as usize]);
                list.sort_unstable();
                list.dedup();
                list
            };
            let graph: Vec<Vec<u32>> = members.iter().map(|&node| inside(node)).collect();
            let cycle = Search::new(&graph).shortest();
            found.push(cycle.iter().map(|&at| members[at as usize]).collect());
        }
    }
    found.sort_unstable();
    found
}

/// The search in one component of at least two nodes, none of which waits for itself.
struct Search<'a> {
    /// Ascending lists, so that the walk comes to paths of equal length in the order of their nodes.
    needs: &'a [Vec<u32>],
    waiting: Lists,
    /// Nodes that can still be on a shorter cycle, with how many of the same they need and are needed by.
    alive: Vec<bool>,
    outward: Vec<u32>,
    inward: Vec<u32>,
    looks: u64,
}

impl<'a> Search<'a> {
    fn new(needs: &'a [Vec<u32>]) -> Search<'a> {
        let waiting = super::dependents(needs);
        let outward = needs.iter().map(|list| list.len() as u32).collect();
        let inward = (0..needs.len() as u32).map(|node| waiting.of(node).len() as u32).collect();
        Search { needs, waiting, alive: vec![true; needs.len()], outward, inward, looks: 0 }
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
            if best.len() == 2 || (self.looks >= LOOKS && !best.is_empty()) {
                break;
            }
            self.remove(start);
        }
        best
    }

    /// The shortest cycle through `start` and living nodes that has fewer than `below` nodes.
    fn through(&mut self, start: u32, below: u32, walk: &mut Walk) -> Option<Vec<u32>> {
        walk.stamp += 1;
        for &node in self.waiting.of(start) {
            walk.closes[node as usize] = walk.stamp;
        }
        walk.queue.clear();
        walk.queue.push((start, 0));
        walk.seen[start as usize] = walk.stamp;
        let mut at = 0;
        while let Some(&(node, depth)) = walk.queue.get(at) {
            if depth + 2 >= below {
                return None;
            }
            at += 1;
            self.looks += self.needs[node as usize].len() as u64;
            for &need in &self.needs[node as usize] {
                if walk.seen[need as usize] == walk.stamp || !self.alive[need as usize] {
                    continue;
                }
                walk.seen[need as usize] = walk.stamp;
                walk.from[need as usize] = node;
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
        let mut gone = vec![node];
        self.alive[node as usize] = false;
        while let Some(node) = gone.pop() {
            let lists =
                [(&self.needs[node as usize][..], &mut self.inward), (self.waiting.of(node), &mut self.outward)];
            for (list, left) in lists {
                for &other in list {
                    left[other as usize] -= 1;
                    if left[other as usize] == 0 && self.alive[other as usize] {
                        self.alive[other as usize] = false;
                        gone.push(other);
                    }
                }
            }
        }
    }
}

/// What a breadth-first walk remembers; a mark counts only when it carries the stamp of the walk under way.
struct Walk {
    stamp: u32,
    seen: Vec<u32>,
    closes: Vec<u32>,
    from: Vec<u32>,
    queue: Vec<(u32, u32)>,
}

impl Walk {
    fn new(nodes: usize) -> Walk {
        let none = vec![0; nodes];
        Walk { stamp: 0, seen: none.clone(), closes: none.clone(), from: none, queue: Vec::new() }
    }

    fn path(&self, start: u32, end: u32) -> Vec<u32> {
        let mut path = vec![end];
        let mut node = end;
        while node != start {
            node = self.from[node as usize];
            path.push(node);
        }
        path.reverse();
        path
    }
}
