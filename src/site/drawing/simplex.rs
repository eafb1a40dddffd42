//! The network simplex: numbers on a line, as close together as their distances allow.
//!
//! Both the columns of a drawing and the heights in it are such a problem (Gansner, Koutsofios, North and Vo 1993): choose a
//! number for every node so that every arc has at least its length and the weighted sum of all lengths is least. A spanning tree
//! of arcs that have exactly their length holds a solution; as long as the whole would gain by lengthening a tree arc, the tree swaps it for the
//! arc that becomes tight first.

const NONE: u32 = u32::MAX;
const LOOKS: usize = 10_000_000;

/// `at[to] - at[from]` must be at least `least` and costs `weight` for each unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arc {
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) least: i32,
    pub(super) weight: i32,
}

/// Moves `at`, which must obey all arcs, to a place where the sum of weighted lengths is least.
///
/// The arcs must connect all nodes. What it gives obeys all arcs in any case; should it have to look at nodes more than ten million times,
/// which only graphs far too large to read could ask for, it stops with what it has.
pub(super) fn simplex(arcs: &[Arc], at: &mut [i32]) {
    if at.is_empty() {
        return;
    }
    let mut tree = Tree::new(arcs, at);
    tree.span();
    let mut looks = 0;
    while looks < LOOKS
        && let Some(node) = tree.worst()
        && tree.swap(node)
    {
        looks += tree.side.len();
    }
}

#[derive(Clone, Copy)]
struct Link {
    parent: u32,
    /// The arc to the parent.
    arc: u32,
    child: u32,
    next: u32,
    previous: u32,
    /// What moving the node and all below it by one to the right would cost.
    cost: i32,
}

struct Tree<'a> {
    arcs: &'a [Arc],
    at: &'a mut [i32],
    /// For every node, its arcs: `incident[start[node]..start[node + 1]]`.
    start: Vec<u32>,
    incident: Vec<u32>,
    links: Vec<Link>,
    /// The nodes below the one that is moving, and a mark on each.
    side: Vec<u32>,
    mark: Vec<u32>,
    stamp: u32,
    /// Where the search for a gain goes on.
    turn: usize,
}

impl<'a> Tree<'a> {
    fn new(arcs: &'a [Arc], at: &'a mut [i32]) -> Tree<'a> {
        let n = at.len();
        let mut start = vec![0_u32; n + 2];
        let link = Link { parent: NONE, arc: NONE, child: NONE, next: NONE, previous: NONE, cost: 0 };
        let mut links = vec![link; n];
        for arc in arcs {
            start[arc.from as usize + 2] += 1;
            start[arc.to as usize + 2] += 1;
            links[arc.from as usize].cost -= arc.weight;
            links[arc.to as usize].cost += arc.weight;
        }
        for node in 2..n + 2 {
            start[node] += start[node - 1];
        }
        let mut incident = vec![0; arcs.len() * 2];
        for (index, arc) in (0..).zip(arcs) {
            for node in [arc.from, arc.to] {
                let next = &mut start[node as usize + 1];
                incident[*next as usize] = index;
                *next += 1;
            }
        }
        Tree { arcs, at, start, incident, links, side: Vec::with_capacity(n), mark: vec![0; n], stamp: 0, turn: 0 }
    }

    fn slack(&self, arc: u32) -> i32 {
        let Arc { from, to, least, .. } = self.arcs[arc as usize];
        self.at[to as usize] - self.at[from as usize] - least
    }

    /// Builds a spanning tree of tight arcs, moving what it has so far wherever no tight arc leads on.
    fn span(&mut self) {
        self.stamp += 1;
        let mut reached: Vec<u32> = Vec::with_capacity(self.at.len());
        reached.push(0);
        self.mark[0] = self.stamp;
        let mut next = 0;
        loop {
            while let Some(&node) = reached.get(next) {
                next += 1;
                for index in self.start[node as usize]..self.start[node as usize + 1] {
                    let arc = self.incident[index as usize];
                    let other = self.other(arc, node);
                    if self.mark[other as usize] != self.stamp && self.slack(arc) == 0 {
                        self.mark[other as usize] = self.stamp;
                        self.hang(other, node, arc);
                        reached.push(other);
                    }
                }
            }
            let inside = |node: u32| self.mark[node as usize] == self.stamp;
            let leads_out = |arc: &u32| {
                let Arc { from, to, .. } = self.arcs[*arc as usize];
                inside(from) != inside(to)
            };
            let Some(arc) = (0..self.arcs.len() as u32).filter(leads_out).min_by_key(|&arc| self.slack(arc)) else {
                break;
            };
            let Arc { from, to, .. } = self.arcs[arc as usize];
            let (node, other, step) = if inside(from) { (from, to, 1) } else { (to, from, -1) };
            let step = step * self.slack(arc);
            for &node in &reached {
                self.at[node as usize] += step;
            }
            self.mark[other as usize] = self.stamp;
            self.hang(other, node, arc);
            reached.push(other);
        }
        for &node in reached[1..].iter().rev() {
            let Link { parent, cost, .. } = self.links[node as usize];
            self.links[parent as usize].cost += cost;
        }
    }

    fn other(&self, arc: u32, node: u32) -> u32 {
        let Arc { from, to, .. } = self.arcs[arc as usize];
        if from == node { to } else { from }
    }

    /// Whether a node is held from the left: by an arc from its parent to it. Then it can only move to the right.
    fn held_from_left(&self, node: usize) -> bool {
        self.arcs[self.links[node].arc as usize].to as usize == node
    }

    /// A node that had better part from its parent; of the first few found, the one that gains most.
    fn worst(&mut self) -> Option<u32> {
        let n = self.at.len();
        let (mut worst, mut gain, mut found) = (None, 0, 0);
        for step in 0..n {
            let node = if self.turn + step < n { self.turn + step } else { self.turn + step - n };
            if self.links[node].parent == NONE {
                continue;
            }
            let cost = self.links[node].cost;
            let saved = if self.held_from_left(node) { -cost } else { cost };
            if saved > 0 {
                found += 1;
                if saved > gain {
                    (worst, gain) = (Some(node as u32), saved);
                }
                if found == 30 {
                    self.turn = node;
                    break;
                }
            }
        }
        worst
    }

    /// Parts a node from its parent, moves it with all below it until another arc becomes tight, and hangs it there.
    fn swap(&mut self, top: u32) -> bool {
        let right = self.held_from_left(top as usize);
        self.gather(top);
        let (mut enters, mut least) = (NONE, i32::MAX);
        for &node in &self.side {
            for index in self.start[node as usize]..self.start[node as usize + 1] {
                let arc = self.incident[index as usize];
                let Arc { from, to, .. } = self.arcs[arc as usize];
                let (inner, outer) = if right { (from, to) } else { (to, from) };
                if inner == node && self.mark[outer as usize] != self.stamp {
                    let slack = self.slack(arc);
                    if slack < least || (slack == least && arc < enters) {
                        (enters, least) = (arc, slack);
                    }
                }
            }
        }
        if enters == NONE {
            return false;
        }
        let step = if right { least } else { -least };
        for &node in &self.side {
            self.at[node as usize] += step;
        }
        let Arc { from, to, .. } = self.arcs[enters as usize];
        let (inner, outer) = if right { (from, to) } else { (to, from) };
        self.rehang(top, inner, outer, enters);
        true
    }

    /// Collects a node and all below it.
    fn gather(&mut self, top: u32) {
        self.stamp += 1;
        self.side.clear();
        self.side.push(top);
        let mut next = 0;
        while let Some(&node) = self.side.get(next) {
            next += 1;
            self.mark[node as usize] = self.stamp;
            let mut child = self.links[node as usize].child;
            while child != NONE {
                self.side.push(child);
                child = self.links[child as usize].next;
            }
        }
    }

    /// Takes what hangs from `top` off its parent and hangs it, by its node `inner`, from `outer`.
    fn rehang(&mut self, top: u32, inner: u32, outer: u32, arc: u32) {
        let whole = self.links[top as usize].cost;
        self.charge(self.links[top as usize].parent, -whole);
        let (mut node, mut parent, mut arc, mut cost) = (inner, outer, arc, whole);
        loop {
            let old = self.links[node as usize];
            self.take_off(node);
            self.hang(node, parent, arc);
            self.links[node as usize].cost = cost;
            if node == top {
                break;
            }
            cost = whole - old.cost;
            (parent, arc, node) = (node, old.arc, old.parent);
        }
        self.charge(outer, whole);
    }

    /// Adds to the cost of a node and of all above it.
    fn charge(&mut self, mut node: u32, cost: i32) {
        while node != NONE {
            self.links[node as usize].cost += cost;
            node = self.links[node as usize].parent;
        }
    }

    fn hang(&mut self, node: u32, parent: u32, arc: u32) {
        let first = std::mem::replace(&mut self.links[parent as usize].child, node);
        if first != NONE {
            self.links[first as usize].previous = node;
        }
        let link = &mut self.links[node as usize];
        (link.parent, link.arc, link.next, link.previous) = (parent, arc, first, NONE);
    }

    fn take_off(&mut self, node: u32) {
        let Link { parent, next, previous, .. } = self.links[node as usize];
        if previous == NONE {
            self.links[parent as usize].child = next;
        } else {
            self.links[previous as usize].next = next;
        }
        if next != NONE {
            self.links[next as usize].previous = previous;
        }
    }
}
