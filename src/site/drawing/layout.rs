//! Coordinates: lines as straight as the order of the columns allows, and the parts of a graph packed under and beside each other.

use super::layers::{Layered, Part};
use super::simplex::{Arc, simplex};
use super::text::Label;

/// Room between two boxes, a box and a line, and two lines, from edge to edge, in CSS pixels.
const BOXES: i32 = 18;
const BESIDE: i32 = 12;
const LINES: i32 = 12;
/// Room around the whole, and between two parts.
const MARGIN: i32 = 4;
const PARTS: i32 = 30;
/// How far a loop stands out to the right of its box.
const LOOP: i32 = 20;
/// Between two columns: at least and at most.
const GAP: (i32, i32) = (44, 120);
/// Parts stand beside each other up to this many columns, or as many as the widest part has.
const ACROSS: usize = 4;

/// The measures that all boxes share, in CSS pixels.
#[derive(Clone, Copy)]
pub(super) struct Size {
    pub(super) width: i32,
    /// Even, so that the middle is a pixel.
    pub(super) height: i32,
}

impl Size {
    /// Room for the largest of the labels.
    pub(super) fn new(labels: &[Label]) -> Size {
        let text = labels.iter().map(|label| label.width).max().unwrap_or(0).div_ceil(10);
        let width = Size::LEFT + text.cast_signed() + Size::RIGHT;
        let lines = if labels.iter().any(|label| !label.lines[1].text.is_empty()) { 2 } else { 1 };
        let note = labels.iter().any(|label| !label.note.text.is_empty());
        Size { width: width.max(96), height: 12 + lines * Size::LINE + if note { Size::NOTE } else { 2 } }
    }

    /// From a box's left side to its text, and from the text to the right side.
    pub(super) const LEFT: i32 = 28;
    const RIGHT: i32 = 8;
    /// Heights of a line of the title and of the note.
    pub(super) const LINE: i32 = 16;
    pub(super) const NOTE: i32 = 14;
}

/// A part with its coordinates, in CSS pixels from its own top.
pub(super) struct PlacedPart {
    pub(super) part: Part,
    pub(super) layered: Layered,
    /// The middle of each node.
    pub(super) y: Vec<i32>,
    height: i32,
}

/// Chooses the heights of a part.
pub(super) fn layout(part: Part, layered: Layered, size: Size) -> PlacedPart {
    let mut y = heights(&layered, size);
    centre(&layered, size, &mut y);
    let half = |node: usize| if node < layered.boxes { size.height / 2 } else { 0 };
    let edge = |(node, y): (usize, &i32)| (y - half(node), y + half(node));
    let (top, bottom) = y
        .iter()
        .enumerate()
        .map(edge)
        .fold((i32::MAX, i32::MIN), |(top, bottom), (above, below)| (top.min(above), bottom.max(below)));
    y.iter_mut().for_each(|y| *y -= top);
    // A loop hangs below its box.
    let below = if part.loops.is_empty() { 0 } else { BESIDE };
    PlacedPart { part, layered, y, height: bottom - top + below }
}

/// The least distance between the middles of two neighbours in a column.
fn apart(boxes: usize, size: Size, above: u32, below: u32) -> i32 {
    match ((above as usize) < boxes, (below as usize) < boxes) {
        (true, true) => size.height + BOXES,
        (false, false) => LINES,
        _ => size.height / 2 + BESIDE,
    }
}

/// The middles of all nodes, such that the weighted sum of the heights that lines climb is least (Gansner and others 1993).
///
/// Each piece of a line gets a node of its own, no lower than either end: what both ends are below it is what the piece climbs.
fn heights(layered: &Layered, size: Size) -> Vec<i32> {
    let nodes = layered.layer.len();
    let mut y = vec![0; nodes];
    let mut arcs = Vec::new();
    for layer in &layered.layers {
        for pair in layer.windows(2) {
            let least = apart(layered.boxes, size, pair[0], pair[1]);
            y[pair[1] as usize] = y[pair[0] as usize] + least;
            arcs.push(Arc { from: pair[0], to: pair[1], least, weight: 0 });
        }
    }
    if arcs.is_empty() {
        return y;
    }
    for (from, list) in (0..).zip(&layered.right) {
        for &to in list {
            // A bend costs most in the middle of a line, where the eye expects none.
            let bends = [from, to].into_iter().filter(|&node| node as usize >= layered.boxes).count();
            let weight = [1, 2, 8][bends];
            let piece = y.len() as u32;
            y.push(y[from as usize].min(y[to as usize]));
            arcs.extend([from, to].map(|end| Arc { from: piece, to: end, least: 0, weight }));
        }
    }
    simplex(&arcs, &mut y);
    y.truncate(nodes);
    y
}

/// Moves boxes that have neighbours on one side only, and an even number of them, between the two in the middle: every place there is
/// equally short, and the middle looks meant.
fn centre(layered: &Layered, size: Size, y: &mut [i32]) {
    let mut around: Vec<i32> = Vec::new();
    for layer in &layered.layers {
        for (at, &node) in layer.iter().enumerate() {
            let (left, right) = (&layered.left[node as usize], &layered.right[node as usize]);
            if node as usize >= layered.boxes
                || left.is_empty() == right.is_empty()
                || (left.len() + right.len()) % 2 == 1
            {
                continue;
            }
            around.clear();
            around.extend(left.iter().chain(right).map(|&other| y[other as usize]));
            around.sort_unstable();
            let middle = around.len() / 2;
            let mut wish = i32::midpoint(around[middle - 1], around[middle]);
            if let Some(&below) = layer.get(at + 1) {
                wish = wish.min(y[below as usize] - apart(layered.boxes, size, node, below));
            }
            if at > 0 {
                let above = layer[at - 1];
                wish = wish.max(y[above as usize] + apart(layered.boxes, size, above, node));
            }
            y[node as usize] = wish;
        }
    }
}

/// Where everything stands.
pub(super) struct Layout {
    pub(super) width: u32,
    pub(super) height: u32,
    /// The left side of each column.
    pub(super) columns: Vec<i32>,
    /// For each part, its first column and its top.
    pub(super) corners: Vec<(usize, i32)>,
}

/// Puts the parts where they fit, the largest first, on one grid of columns.
pub(super) fn pack(parts: &[PlacedPart], size: Size) -> Layout {
    let span = |part: &PlacedPart| part.layered.layers.len();
    let widest = parts.iter().map(span).max().unwrap_or(0);
    let across = widest.max(parts.iter().map(span).sum::<usize>().min(ACROSS));
    let mut gaps = vec![GAP.0; across];
    let mut floor = vec![MARGIN; across];
    let mut corners = vec![(0, 0); parts.len()];
    let mut by_size: Vec<usize> = (0..parts.len()).collect();
    by_size.sort_by_key(|&part| (usize::MAX - parts[part].part.boxes.len(), part));
    for index in by_size {
        let part = &parts[index];
        let top = |first: usize| floor[first..first + span(part)].iter().copied().max().unwrap_or(MARGIN);
        let Some(first) = (0..=across - span(part)).min_by_key(|&first| (top(first), first)) else { continue };
        corners[index] = (first, top(first));
        let next = top(first) + part.height + PARTS;
        floor[first..first + span(part)].fill(next);
        for (node, list) in part.layered.right.iter().enumerate() {
            let climb = list.iter().map(|&to| (part.y[node] - part.y[to as usize]).abs()).max().unwrap_or(0);
            let gap = &mut gaps[first + part.layered.layer[node] as usize];
            *gap = (*gap).max((GAP.0 + climb / 8).min(GAP.1));
        }
    }
    let mut columns = Vec::with_capacity(across);
    let mut x = MARGIN;
    for gap in &gaps {
        columns.push(x);
        x += size.width + gap;
    }
    let loops = if parts.iter().any(|part| !part.part.loops.is_empty()) { LOOP } else { 0 };
    let right = columns.last().map_or(MARGIN, |x| x + size.width + loops);
    let bottom = floor.iter().map(|floor| floor - PARTS).max().unwrap_or(MARGIN);
    let whole = |side: i32| (side + MARGIN).max(0).cast_unsigned();
    Layout { width: whole(right), height: whole(bottom), columns, corners }
}
