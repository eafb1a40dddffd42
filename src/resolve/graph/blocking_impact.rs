//! The top unblockers: the nodes that block the most value.

use std::cmp::Reverse;

use super::{Components, components, dependents};
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
    /// How many other nodes name it among their needs.
    pub direct: u32,
    /// How many others wait for it, directly or not.
    pub all: u32,
    /// The sum of the values of all these; its own value is not included.
    pub value: u64,
}

impl<I> BlockingImpact<I> {
    /// The same impact with its node named by another id.
    pub fn map<J>(self, id: impl FnOnce(I) -> J) -> BlockingImpact<J> {
        BlockingImpact { node: id(self.node), direct: self.direct, all: self.all, value: self.value }
    }
}

/// The nodes that block the most value, the greatest first; at most `most`, none that no other node waits for. Nodes of a cycle wait for
/// each other.
///
/// Equal values go by how many nodes wait, then by id. Every figure given is exact. So is the choice, as long as at most 1,024
/// nodes could belong to it by an upper bound, which is always so in graphs with no more nodes than that: the bound is the value
/// summed over all paths of waiting, no more than what lies deeper in the graph. Beyond, the choice is among the 1,024 nodes with the
/// highest bounds. To count every node exactly would take time in the square of the graph's size; this takes sixteen walks over it at
/// most.
pub fn blocking_impact<I: Id>(needs: &[Vec<I>], value: &[u64], most: usize) -> Vec<BlockingImpact<I>> {
    let graph = Condensed::new(needs, value);
    let dependents = dependents(needs);
    let direct = |node: I| {
        let mut direct = dependents.of(node).to_vec();
        direct.dedup();
        direct.retain(|&other| other != node);
        direct.len() as u32
    };
    let bounds = graph.bounds();
    let bound_of = |node: I| {
        let mut bound = graph.beside(node);
        let above = bounds[graph.components.of(node) as usize];
        bound.add(above.value, above.nodes);
        bound
    };
    let mut candidates: Vec<(Reverse<Blocked>, I)> = (0..needs.len())
        .map(I::new)
        .filter(|&node| dependents.of(node).iter().any(|&other| other != node))
        .map(|node| (Reverse(bound_of(node)), node))
        .collect();
    candidates.sort_unstable();

    let key = |impact: &BlockingImpact<I>| (Reverse(Blocked { value: impact.value, nodes: impact.all }), impact.node);
    let mut best: Vec<BlockingImpact<I>> = Vec::new();
    for block in candidates.chunks(BLOCK).take(MAX_BLOCKS) {
        let full = most == 0 || best.get(most - 1).is_some_and(|last| key(last) < block[0]);
        if full {
            break;
        }
        let nodes: Vec<I> = block.iter().map(|(_, node)| *node).collect();
        for (&node, blocked) in nodes.iter().zip(graph.count(&nodes)) {
            best.push(BlockingImpact { node, direct: direct(node), all: blocked.nodes, value: blocked.value });
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

/// A graph with each strongly connected component as one node: all of a component wait for whatever one of them waits for.
struct Condensed<'a, I> {
    components: Components<I>,
    value: &'a [u64],
    /// The components that each waits for; ascending, without duplicates and without itself.
    needs: Vec<Vec<u32>>,
    /// What each component is together.
    weight: Vec<Blocked>,
}

impl<'a, I: Id> Condensed<'a, I> {
    fn new(needs: &[Vec<I>], value: &'a [u64]) -> Condensed<'a, I> {
        let components = components(needs);
        let (mut condensed, mut weight) =
            (vec![Vec::new(); components.count()], vec![Blocked::default(); components.count()]);
        for (index, list) in needs.iter().enumerate() {
            let component = components.of(I::new(index));
            weight[component as usize].add(value[index], 1);
            let others = list.iter().map(|&need| components.of(need)).filter(|&other| other != component);
            condensed[component as usize].extend(others);
        }
        for list in &mut condensed {
            list.sort_unstable();
            list.dedup();
        }
        Condensed { components, value, needs: condensed, weight }
    }

    /// The other nodes of a node's component.
    fn beside(&self, node: I) -> Blocked {
        let all = self.weight[self.components.of(node) as usize];
        Blocked { value: all.value.saturating_sub(self.value[node.index()]), nodes: all.nodes - 1 }
    }

    /// For every component an upper bound of what waits for it outside of it. Components come after all they wait for.
    fn bounds(&self) -> Vec<Blocked> {
        // Whatever waits for a component lies deeper than it.
        let mut depth = vec![0_usize; self.needs.len()];
        let mut deeper = vec![Blocked::default(); self.needs.len() + 1];
        for (index, needs) in self.needs.iter().enumerate() {
            depth[index] = needs.iter().map(|&need| depth[need as usize] + 1).max().unwrap_or(0);
            deeper[depth[index]].add(self.weight[index].value, self.weight[index].nodes);
        }
        for level in (0..self.needs.len()).rev() {
            let below = deeper[level + 1];
            deeper[level].add(below.value, below.nodes);
        }
        let mut bounds = vec![Blocked::default(); self.needs.len()];
        for index in (0..self.needs.len()).rev() {
            let cap = deeper[depth[index] + 1];
            let bound =
                Blocked { value: bounds[index].value.min(cap.value), nodes: bounds[index].nodes.min(cap.nodes) };
            bounds[index] = bound;
            let Blocked { value, nodes } = self.weight[index];
            for &need in &self.needs[index] {
                bounds[need as usize].add(value.saturating_add(bound.value), nodes.saturating_add(bound.nodes));
            }
        }
        bounds
    }

    /// Exactly what waits for each of at most 64 nodes, in one walk: a component carries a bit for each of them that it waits for.
    fn count(&self, block: &[I]) -> Vec<Blocked> {
        let mut bits = vec![0_u64; self.needs.len()];
        for (bit, &node) in block.iter().enumerate() {
            bits[self.components.of(node) as usize] |= 1 << bit;
        }
        let mut blocked: Vec<Blocked> = block.iter().map(|&node| self.beside(node)).collect();
        let mut share = |mut bits: u64, sum: Blocked| {
            while bits != 0 {
                blocked[bits.trailing_zeros() as usize].add(sum.value, sum.nodes);
                bits &= bits - 1;
            }
        };
        // Deep in the graph neighbours mostly wait for the same nodes of the block, so a run of equal bits is added up first.
        let (mut run, mut sum) = (0, Blocked::default());
        for (index, needs) in self.needs.iter().enumerate() {
            let above = needs.iter().fold(0, |above, &need| above | bits[need as usize]);
            bits[index] |= above;
            if above != run {
                share(run, sum);
                (run, sum) = (above, Blocked::default());
            }
            sum.add(self.weight[index].value, self.weight[index].nodes);
        }
        share(run, sum);
        blocked
    }
}
