//! The graphs that are drawn: seeded random ones, and those of plans.

use std::path::Path;

use fastrand::Rng;
use roadbook::Memory;
use roadbook::discover::{Options, discover};
use roadbook::id::ItemId;
use roadbook::visibility::Audience;

use super::Result;

/// How many graphs of each random kind.
pub(super) const SEEDS: u64 = 8;

/// A graph, from what is needed to what needs it.
pub(super) struct Graph {
    pub(super) titles: Vec<String>,
    /// Ascending, each once.
    pub(super) edges: Vec<(u32, u32)>,
}

impl Graph {
    fn new(boxes: usize, mut edges: Vec<(u32, u32)>) -> Graph {
        edges.sort_unstable();
        edges.dedup();
        Graph { titles: (0..boxes).map(|at| format!("b{at}")).collect(), edges }
    }
}

/// Graphs of one kind.
pub(super) struct Family {
    pub(super) name: String,
    pub(super) graphs: Vec<Graph>,
}

const SIZES: [usize; 6] = [10, 20, 40, 80, 120, 150];

/// Random graphs of every kind.
pub(super) fn random() -> Vec<Family> {
    let mut families = Vec::new();
    let mut add = |kind: &str, boxes: usize, make: &dyn Fn(&mut Rng) -> Vec<(u32, u32)>| {
        let graph = |seed| Graph::new(boxes, make(&mut Rng::with_seed(seed)));
        families.push(Family { name: format!("{kind}, {boxes} boxes"), graphs: (1..=SEEDS).map(graph).collect() });
    };
    for boxes in SIZES {
        add("trees that fork", boxes, &|rng| tree(rng, boxes, false));
        add("trees that join", boxes, &|rng| tree(rng, boxes, true));
    }
    for (word, tenths) in [("few", 11), ("some", 15), ("many", 20)] {
        for boxes in SIZES {
            add(&format!("in layers, {word} edges"), boxes, &|rng| layered(rng, boxes, boxes * tenths / 10));
        }
    }
    for boxes in SIZES {
        add("at random", boxes, &|rng| anyhow(rng, boxes));
    }
    families
}

fn tree(rng: &mut Rng, boxes: usize, joins: bool) -> Vec<(u32, u32)> {
    // Names in a random order, so that they say nothing of the place.
    let names = names(rng, boxes);
    let edge = |to: usize, from: usize| if joins { (names[to], names[from]) } else { (names[from], names[to]) };
    (1..boxes).map(|to| edge(to, rng.usize(0..to))).collect()
}

/// Boxes in layers of about equal size, edges mostly from one to the next, some over one or two.
fn layered(rng: &mut Rng, boxes: usize, edges: usize) -> Vec<(u32, u32)> {
    let names = names(rng, boxes);
    let layers = boxes.isqrt().max(3);
    let layer = |at: usize| at * layers / boxes;
    let mut found = Vec::new();
    while found.len() < edges {
        let (from, to) = (rng.usize(0..boxes), rng.usize(0..boxes));
        let span = layer(to).saturating_sub(layer(from));
        if span == 1 || (span > 1 && span < 4 && rng.u8(0..4) == 0) {
            found.push((names[from], names[to]));
        }
    }
    found
}

/// Every box needs up to three of those shortly before it.
fn anyhow(rng: &mut Rng, boxes: usize) -> Vec<(u32, u32)> {
    let names = names(rng, boxes);
    let mut found = Vec::new();
    for to in 1..boxes {
        for _ in 0..rng.usize(0..=3) {
            found.push((names[rng.usize(to.saturating_sub(boxes / 3)..to)], names[to]));
        }
    }
    found
}

fn names(rng: &mut Rng, boxes: usize) -> Vec<u32> {
    let mut names: Vec<u32> = (0..boxes as u32).collect();
    rng.shuffle(&mut names);
    names
}

/// The graphs of a plan: of its open items that hang together, and of all its items that do.
pub(super) fn of_plan(folder: &Path) -> Result<Family> {
    let inputs = discover(folder, &Options::default())?;
    let (roadmap, _) = roadbook::roadmap(&inputs, Audience::Internal, false, &mut Memory::default());
    let graph = |all: bool| {
        let is_in = |at: ItemId| all || roadmap.plan.items[at].state.is_open();
        let mut edges = Vec::new();
        for (to, item) in roadmap.items.enumerate() {
            edges.extend(item.links.needs().filter(|&on| is_in(on) && is_in(to)).map(|on| (on, to)));
        }
        let mut boxes: Vec<ItemId> = edges.iter().flat_map(|&(from, to)| [from, to]).collect();
        boxes.sort_unstable();
        boxes.dedup();
        let place = |at: ItemId| boxes.partition_point(|&other| other < at) as u32;
        let edges = edges.iter().map(|&(from, to)| (place(from), place(to))).collect();
        Graph::new(boxes.len(), edges)
    };
    let name = inputs.config.title.clone().unwrap_or_else(|| "a plan".to_owned());
    Ok(Family { name, graphs: vec![graph(false), graph(true)] })
}
