//! The top unblockers: the items that most value waits for.

use std::cmp::Reverse;

use super::{dependents, topological};

/// How many nodes are counted in one walk over the graph: one for each bit of a word.
const BLOCK: usize = 64;

/// How many walks at most.
const BLOCKS: usize = 16;

/// What waits for a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlockingImpact {
    /// The node.
    pub node: u32,
    /// How many nodes name it among their needs.
    pub direct: u32,
    /// How many wait for it, directly or not.
    pub all: u32,
    /// The sum of the values of all that wait for it, its own not among them.
    pub value: u64,
}

/// The nodes that hold up most value, the greatest first; at most `most`, none that nothing waits for.
///
/// Equal values go by how many nodes wait, then by index. Every figure given is exact. So is the choice, as long as at most 1,024
/// nodes could belong to it by an upper bound, which is always so in graphs with no more nodes than that: the bound is the value
/// summed over all paths of waiting, no more than what lies deeper in the graph. Beyond, the choice is among the 1,024 nodes with the
/// highest bounds. To count every node exactly would take time in the square of the graph's size; this takes sixteen walks over it at
/// most. The graph must be [acyclic](super::acyclic).
pub fn blocking_impact(needs: &[Vec<u32>], value: &[u64], most: usize) -> Vec<BlockingImpact> {
    let order = topological(needs);
    let waiting = dependents(needs);
    let bounds = bounds(needs, &order, value);
    let bound = |node: u32| (Reverse(bounds[node as usize]), node);
    let mut candidates: Vec<u32> = order.iter().copied().filter(|&node| !waiting.of(node).is_empty()).collect();
    candidates.sort_unstable_by_key(|&node| bound(node));

    let key = |found: &BlockingImpact| (Reverse(Held { value: found.value, nodes: found.all }), found.node);
    let mut best: Vec<BlockingImpact> = Vec::new();
    for block in candidates.chunks(BLOCK).take(BLOCKS) {
        let full = most == 0 || best.get(most - 1).is_some_and(|last| key(last) < bound(block[0]));
        if full {
            break;
        }
        let exact = count(needs, &order, value, block);
        for (&node, held) in block.iter().zip(exact) {
            let mut direct = waiting.of(node).to_vec();
            direct.dedup();
            best.push(BlockingImpact { node, direct: direct.len() as u32, all: held.nodes, value: held.value });
        }
        best.sort_unstable_by_key(key);
        best.truncate(most);
    }
    best
}

#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Held {
    value: u64,
    nodes: u32,
}

impl Held {
    fn add(&mut self, value: u64, nodes: u32) {
        self.value = self.value.saturating_add(value);
        self.nodes = self.nodes.saturating_add(nodes);
    }
}

/// For every node, no less than what waits for it.
fn bounds(needs: &[Vec<u32>], order: &[u32], value: &[u64]) -> Vec<Held> {
    // Whatever waits for a node lies deeper than it.
    let mut depth = vec![0_usize; needs.len()];
    let mut deeper = vec![Held::default(); needs.len() + 1];
    for &node in order {
        let at = node as usize;
        depth[at] = needs[at].iter().map(|&need| depth[need as usize] + 1).max().unwrap_or(0);
        deeper[depth[at]].add(value[at], 1);
    }
    for level in (0..needs.len()).rev() {
        let below = deeper[level + 1];
        deeper[level].add(below.value, below.nodes);
    }
    let mut bounds = vec![Held::default(); needs.len()];
    for &node in order.iter().rev() {
        let at = node as usize;
        let cap = deeper[depth[at] + 1];
        let held = Held { value: bounds[at].value.min(cap.value), nodes: bounds[at].nodes.min(cap.nodes) };
        bounds[at] = held;
        for &need in &needs[at] {
            bounds[need as usize].add(value[at].saturating_add(held.value), held.nodes.saturating_add(1));
        }
    }
    bounds
}

/// Exactly what waits for each of at most 64 nodes, in one walk: a node carries a bit for each of them that it waits for.
fn count(needs: &[Vec<u32>], order: &[u32], value: &[u64], block: &[u32]) -> Vec<Held> {
    let mut bits = vec![0_u64; needs.len()];
    for (bit, &node) in block.iter().enumerate() {
        bits[node as usize] = 1 << bit;
    }
    let mut held = vec![Held::default(); block.len()];
    let mut share = |mut bits: u64, sum: Held| {
        while bits != 0 {
            held[bits.trailing_zeros() as usize].add(sum.value, sum.nodes);
            bits &= bits - 1;
        }
    };
    // Deep in the graph neighbours mostly wait for the same of them, so a run of equal bits is shared out once.
    let (mut run, mut sum) = (0, Held::default());
    for &node in order {
        let at = node as usize;
        let above = needs[at].iter().fold(0, |above, &need| above | bits[need as usize]);
        bits[at] |= above;
        if above != run {
            share(run, sum);
            (run, sum) = (above, Held::default());
        }
        sum.add(value[at], 1);
    }
    share(run, sum);
    held
}
