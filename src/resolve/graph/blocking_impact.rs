//! The top unblockers: the nodes that block the most value.

use std::cmp::Reverse;

use super::{dependents, topological};
use crate::id::Id;

/// How many nodes are counted in one walk over the graph: one for each bit of a word.
const BLOCK: usize = 64;

/// How many walks at most.
const MAX_BLOCKS: usize = 16;

/// What waits for a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlockingImpact<I> {
    /// The node.
    pub node: I,
    /// How many nodes name it among their needs.
    pub direct: u32,
    /// How many wait for it, directly or not.
    pub all: u32,
    /// The sum of the values of all that wait for it; its own value is not included.
    pub value: u64,
}

impl<I> BlockingImpact<I> {
    /// The same impact with its node named by another id.
    pub fn map<J>(self, id: impl FnOnce(I) -> J) -> BlockingImpact<J> {
        BlockingImpact { node: id(self.node), direct: self.direct, all: self.all, value: self.value }
    }
}

/// The nodes that block the most value, the greatest first; at most `most`, none that nothing waits for.
///
/// Equal values go by how many nodes wait, then by id. Every figure given is exact. So is the choice, as long as at most 1,024
/// nodes could belong to it by an upper bound, which is always so in graphs with no more nodes than that: the bound is the value
/// summed over all paths of waiting, no more than what lies deeper in the graph. Beyond, the choice is among the 1,024 nodes with the
/// highest bounds. To count every node exactly would take time in the square of the graph's size; this takes sixteen walks over it at
/// most. The graph must be [acyclic](super::acyclic).
pub fn blocking_impact<I: Id>(needs: &[Vec<I>], value: &[u64], most: usize) -> Vec<BlockingImpact<I>> {
    let order = topological(needs);
    let dependents = dependents(needs);
    let bounds = bounds(needs, &order, value);
    let bound = |node: I| (Reverse(bounds[node.index()]), node);
    let mut candidates: Vec<I> = order.iter().copied().filter(|&node| !dependents.of(node).is_empty()).collect();
    candidates.sort_unstable_by_key(|&node| bound(node));

    let key = |impact: &BlockingImpact<I>| (Reverse(Blocked { value: impact.value, nodes: impact.all }), impact.node);
    let mut best: Vec<BlockingImpact<I>> = Vec::new();
    for block in candidates.chunks(BLOCK).take(MAX_BLOCKS) {
        let full = most == 0 || best.get(most - 1).is_some_and(|last| key(last) < bound(block[0]));
        if full {
            break;
        }
        let exact = count(needs, &order, value, block);
        for (&node, blocked) in block.iter().zip(exact) {
            let mut direct = dependents.of(node).to_vec();
            direct.dedup();
            best.push(BlockingImpact { node, direct: direct.len() as u32, all: blocked.nodes, value: blocked.value });
        }
        best.sort_unstable_by_key(key);
        best.truncate(most);
    }
    best
}

/// How much is blocked.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Blocked {
    value: u64,
    nodes: u32,
}

impl Blocked {
    fn add(&mut self, value: u64, nodes: u32) {
        self.value = self.value.saturating_add(value);
        self.nodes = self.nodes.saturating_add(nodes);
    }
}

/// For every node an upper bound of what waits for it.
fn bounds<I: Id>(needs: &[Vec<I>], order: &[I], value: &[u64]) -> Vec<Blocked> {
    // Whatever waits for a node lies deeper than it.
    let mut depth = vec![0_usize; needs.len()];
    let mut deeper = vec![Blocked::default(); needs.len() + 1];
    for node in order {
        let index = node.index();
        depth[index] = needs[index].iter().map(|need| depth[need.index()] + 1).max().unwrap_or(0);
        deeper[depth[index]].add(value[index], 1);
    }
    for level in (0..needs.len()).rev() {
        let below = deeper[level + 1];
        deeper[level].add(below.value, below.nodes);
    }
    let mut bounds = vec![Blocked::default(); needs.len()];
    for node in order.iter().rev() {
        let index = node.index();
        let cap = deeper[depth[index] + 1];
        let bound = Blocked { value: bounds[index].value.min(cap.value), nodes: bounds[index].nodes.min(cap.nodes) };
        bounds[index] = bound;
        for need in &needs[index] {
            bounds[need.index()].add(value[index].saturating_add(bound.value), bound.nodes.saturating_add(1));
        }
    }
    bounds
}

/// Exactly what waits for each of at most 64 nodes, in one walk: a node carries a bit for each of them that it waits for.
fn count<I: Id>(needs: &[Vec<I>], order: &[I], value: &[u64], block: &[I]) -> Vec<Blocked> {
    let mut bits = vec![0_u64; needs.len()];
    for (bit, node) in block.iter().enumerate() {
        bits[node.index()] = 1 << bit;
    }
    let mut blocked = vec![Blocked::default(); block.len()];
    let mut share = |mut bits: u64, sum: Blocked| {
        while bits != 0 {
            blocked[bits.trailing_zeros() as usize].add(sum.value, sum.nodes);
            bits &= bits - 1;
        }
    };
    // Deep in the graph neighbours mostly wait for the same nodes of the block, so a run of equal bits is added up first.
    let (mut run, mut sum) = (0, Blocked::default());
    for node in order {
        let index = node.index();
        let above = needs[index].iter().fold(0, |above, need| above | bits[need.index()]);
        bits[index] |= above;
        if above != run {
            share(run, sum);
            (run, sum) = (above, Blocked::default());
        }
        sum.add(value[index], 1);
    }
    share(run, sum);
    blocked
}
