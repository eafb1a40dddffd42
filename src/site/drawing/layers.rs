//! Columns: every box right of all it depends on, the lines as short as they can be, and a bend in every column a line passes.

use std::ops::Range;

use super::simplex::{Arc, simplex};
use crate::resolve::graph::{Components, components};

/// A connected part of the graph.
pub(super) struct Part {
    /// Its boxes, ascending, by their numbers in the graph.
    pub(super) boxes: Vec<u32>,
    /// Between indices into `boxes`, ascending, without duplicates.
    pub(super) edges: Vec<(u32, u32)>,
    /// Boxes with an edge to themselves.
    pub(super) loops: Vec<u32>,
}

/// The connected parts of a graph, by their first box. Edges of boxes that are not there are left out.
pub(super) fn connected(boxes: usize, edges: &[(u32, u32)]) -> Vec<Part> {
    let mut edges: Vec<(u32, u32)> = edges.iter().copied().filter(|&(a, b)| a.max(b) < boxes as u32).collect();
    edges.sort_unstable();
    edges.dedup();
    let mut head: Vec<u32> = (0..boxes as u32).collect();
    for &(a, b) in &edges {
        let (a, b) = (find(&mut head, a), find(&mut head, b));
        head[a.max(b) as usize] = a.min(b);
    }
    let mut parts: Vec<Part> = Vec::new();
    // The part of a head, then the index of a box in its part.
    let mut part_of = vec![0_u32; boxes];
    let mut index = vec![0_u32; boxes];
    for node in 0..boxes as u32 {
        let top = find(&mut head, node);
        if top == node {
            part_of[node as usize] = parts.len() as u32;
            parts.push(Part { boxes: Vec::new(), edges: Vec::new(), loops: Vec::new() });
        }
        part_of[node as usize] = part_of[top as usize];
        let part = &mut parts[part_of[node as usize] as usize];
        index[node as usize] = part.boxes.len() as u32;
        part.boxes.push(node);
    }
    for (a, b) in edges {
        let part = &mut parts[part_of[a as usize] as usize];
        let (from, to) = (index[a as usize], index[b as usize]);
        if from == to {
            part.loops.push(from);
        } else {
            part.edges.push((from, to));
        }
    }
    parts
}

fn find(head: &mut [u32], mut node: u32) -> u32 {
    while head[node as usize] != node {
        head[node as usize] = head[head[node as usize] as usize];
        node = head[node as usize];
    }
    node
}

/// A part in columns. Nodes are its boxes, then the bends: one for each column that a line passes.
pub(super) struct Layered {
    pub(super) boxes: usize,
    /// The column of each node.
    pub(super) layer: Vec<u32>,
    /// The nodes of each column, from the top.
    pub(super) layers: Vec<Vec<u32>>,
    /// For each node, what it is joined to in the column before and after.
    pub(super) left: Vec<Vec<u32>>,
    pub(super) right: Vec<Vec<u32>>,
    /// The edges, in the order of the part's.
    pub(super) lines: Vec<Line>,
}

/// A line, from left to right.
pub(super) struct Line {
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) bends: Range<u32>,
    /// Whether it closes a cycle, so that it is drawn from right to left.
    pub(super) backward: bool,
    /// Whether it joins boxes that wait for each other.
    pub(super) in_component: bool,
}

impl Line {
    /// The nodes of the line, from left to right.
    pub(super) fn nodes(&self) -> impl Iterator<Item = u32> {
        std::iter::once(self.from).chain(self.bends.clone()).chain(std::iter::once(self.to))
    }
}

impl Layered {
    /// Chooses the columns of a part.
    pub(super) fn new(part: &Part) -> Layered {
        let boxes = part.boxes.len();
        let backward = backward(boxes, &part.edges);
        let components = components_of(boxes, &part.edges);
        let mut lines: Vec<Line> = (part.edges.iter().zip(backward))
            .map(|(&(a, b), backward)| {
                let (from, to) = if backward { (b, a) } else { (a, b) };
                Line { from, to, bends: 0..0, backward, in_component: components.of(a) == components.of(b) }
            })
            .collect();
        let mut layer = columns(boxes, &lines);
        let mut next = boxes as u32;
        for line in &mut lines {
            let inner = layer[line.from as usize] + 1..layer[line.to as usize];
            line.bends = next..next + inner.len() as u32;
            next = line.bends.end;
            layer.extend(inner);
        }
        let last = layer.iter().max().map_or(0, |&last| last as usize);
        let mut layers = vec![Vec::new(); last + 1];
        for (node, &layer) in (0..).zip(&layer) {
            layers[layer as usize].push(node);
        }
        let mut left = vec![Vec::new(); layer.len()];
        let mut right = left.clone();
        for line in &lines {
            for (a, b) in line.nodes().zip(line.nodes().skip(1)) {
                right[a as usize].push(b);
                left[b as usize].push(a);
            }
        }
        Layered { boxes, layer, layers, left, right, lines }
    }
}

/// Which boxes wait for each other.
fn components_of(boxes: usize, edges: &[(u32, u32)]) -> Components<u32> {
    let mut needs = vec![Vec::new(); boxes];
    for &(from, to) in edges {
        needs[to as usize].push(from);
    }
    components(&needs)
}

/// For each edge, whether a walk in depth, from the boxes without dependencies first, finds it closing a cycle.
fn backward(boxes: usize, edges: &[(u32, u32)]) -> Vec<bool> {
    let mut backward = vec![false; edges.len()];
    // The edges are sorted, so those of a box stand together.
    let mut start = vec![0_u32; boxes + 1];
    let mut root = vec![true; boxes];
    for &(from, to) in edges {
        start[from as usize + 1] += 1;
        root[to as usize] = false;
    }
    for node in 0..boxes {
        start[node + 1] += start[node];
    }
    #[derive(Clone, Copy, PartialEq)]
    enum Walk {
        New,
        Open,
        Closed,
    }
    let mut walk = vec![Walk::New; boxes];
    let mut path: Vec<(u32, u32)> = Vec::new();
    let roots = (0..boxes).filter(|&node| root[node]);
    for node in roots.chain((0..boxes).filter(|&node| !root[node])) {
        if walk[node] == Walk::New {
            walk[node] = Walk::Open;
            path.push((node as u32, start[node]));
        }
        while let Some((node, next)) = path.last_mut() {
            let edge = *next;
            if edge == start[*node as usize + 1] {
                walk[*node as usize] = Walk::Closed;
                path.pop();
                continue;
            }
            *next += 1;
            let to = edges[edge as usize].1;
            match walk[to as usize] {
                Walk::New => {
                    walk[to as usize] = Walk::Open;
                    path.push((to, start[to as usize]));
                }
                Walk::Open => backward[edge as usize] = true,
                Walk::Closed => {}
            }
        }
    }
    backward
}

/// The column of each box: the longest path that leads to it, then the sum of the lengths of all lines made least.
fn columns(boxes: usize, lines: &[Line]) -> Vec<u32> {
    let mut column = vec![0_i32; boxes];
    let mut open = vec![0_u32; boxes];
    let mut out = vec![Vec::new(); boxes];
    for line in lines {
        open[line.to as usize] += 1;
        out[line.from as usize].push(line.to);
    }
    let mut ready: Vec<u32> = (0..boxes as u32).filter(|&node| open[node as usize] == 0).collect();
    while let Some(node) = ready.pop() {
        for &to in &out[node as usize] {
            column[to as usize] = column[to as usize].max(column[node as usize] + 1);
            open[to as usize] -= 1;
            if open[to as usize] == 0 {
                ready.push(to);
            }
        }
    }
    let long = |line: &Line| column[line.to as usize] - column[line.from as usize] > 1;
    if lines.iter().any(long) {
        let arc = |line: &Line| Arc { from: line.from, to: line.to, least: 1, weight: 1 };
        let arcs: Vec<Arc> = lines.iter().map(arc).collect();
        simplex(&arcs, &mut column);
        let first = column.iter().copied().min().unwrap_or_default();
        column.iter_mut().for_each(|column| *column -= first);
    }
    column.into_iter().map(i32::cast_unsigned).collect()
}
