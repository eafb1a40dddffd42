//! The longest chains of waiting: what sets how soon a plan can be done at all.

use std::cmp::Ordering;

use super::topological;
use crate::id::Id;

/// Nodes that wait for one another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain<I> {
    /// In the order of doing: each node waits for the node before it, the first for nothing, and nothing waits for the last.
    pub nodes: Vec<I>,
    /// The sum of the weights of its nodes.
    pub weight: u64,
}

impl<I> Chain<I> {
    /// The same chain with its nodes named by other ids.
    pub fn map<J>(self, id: impl Fn(I) -> J) -> Chain<J> {
        Chain { nodes: self.nodes.into_iter().map(id).collect(), weight: self.weight }
    }
}

/// The longest chains of waiting, the heaviest first; at most `most`, each of at least two nodes.
///
/// `weight[i]` is what node `i` counts: 1 for a chain's length in items, effort for its length in work. The first chain is the heaviest
/// that the graph holds; among equally heavy ones the one of most nodes, then the one with the smaller ids towards its end.
/// Ten variations of one chain tell a reader nothing, so each chain after it is the one that adds most weight not listed yet, is
/// shown whole, and is left out unless more than half of its nodes are on no chain listed before. The graph must be
/// [acyclic](super::acyclic). Each chain takes one walk over the graph, two where chains are left out.
pub fn longest_chains<I: Id>(needs: &[Vec<I>], weight: &[u64], most: usize) -> Vec<Chain<I>> {
    let order = topological(needs);
    let mut fresh = vec![true; needs.len()];
    let mut chains: Vec<Chain<I>> = Vec::new();
    for _ in 0..most.saturating_mul(2) {
        let Some((nodes, length)) = longest(needs, &order, weight, &fresh) else { break };
        if chains.len() == most || length.fresh_nodes < 2 {
            break;
        }
        for &node in &nodes {
            fresh[node.index()] = false;
        }
        if u64::from(length.fresh_nodes) * 2 > u64::from(length.nodes) {
            chains.push(Chain { nodes, weight: length.weight });
        }
    }
    let key = |chain: &Chain<I>| (chain.weight, chain.nodes.len());
    chains.sort_by(|a, b| key(b).cmp(&key(a)).then_with(|| a.nodes.cmp(&b.nodes)));
    chains
}

/// For each group of nodes, the heaviest chain that ends in one of them; none for a group without nodes.
///
/// A node that waits for nothing is a chain of one. Weights and equals are as in [`longest_chains`], and the graph must be
/// [acyclic](super::acyclic) too. Takes one walk over the graph, and one over the groups.
pub fn chains_to<I: Id>(needs: &[Vec<I>], weight: &[u64], groups: &[Vec<I>]) -> Vec<Option<Chain<I>>> {
    let lengths = lengths(needs, &topological(needs), weight, &vec![true; needs.len()]);
    let chain = |group: &Vec<I>| {
        let end = group.iter().copied().max_by(|a, b| compare(&lengths, *a, *b))?;
        Some(Chain { nodes: longest_to(needs, &lengths, end), weight: lengths[end.index()].weight })
    };
    groups.iter().map(chain).collect()
}

/// How long a chain is. Chains are compared by what is fresh, that is on no chain listed before, and then as a whole.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Length {
    fresh_weight: u64,
    fresh_nodes: u32,
    weight: u64,
    nodes: u32,
}

/// The chain with the greatest [`Length`].
fn longest<I: Id>(needs: &[Vec<I>], order: &[I], weight: &[u64], fresh: &[bool]) -> Option<(Vec<I>, Length)> {
    let lengths = lengths(needs, order, weight, fresh);
    let end = order.iter().copied().max_by(|a, b| compare(&lengths, *a, *b))?;
    Some((longest_to(needs, &lengths, end), lengths[end.index()]))
}

/// For each node, the greatest length of the chains that end in it.
fn lengths<I: Id>(needs: &[Vec<I>], order: &[I], weight: &[u64], fresh: &[bool]) -> Vec<Length> {
    let mut lengths = vec![Length::default(); needs.len()];
    for node in order {
        let index = node.index();
        let before = needs[index].iter().map(|need| lengths[need.index()]).max().unwrap_or_default();
        lengths[index] = Length {
            fresh_weight: before.fresh_weight.saturating_add(if fresh[index] { weight[index] } else { 0 }),
            fresh_nodes: before.fresh_nodes + u32::from(fresh[index]),
            weight: before.weight.saturating_add(weight[index]),
            nodes: before.nodes + 1,
        };
    }
    lengths
}

/// Compares two nodes by the chains that end in them: the greater length is greater, and of equals the smaller id.
fn compare<I: Id>(lengths: &[Length], a: I, b: I) -> Ordering {
    lengths[a.index()].cmp(&lengths[b.index()]).then(b.cmp(&a))
}

/// The chain of the greatest length that ends in a node, in the order of doing.
fn longest_to<I: Id>(needs: &[Vec<I>], lengths: &[Length], end: I) -> Vec<I> {
    let mut nodes = vec![end];
    let mut first = end;
    while let Some(need) = needs[first.index()].iter().copied().max_by(|a, b| compare(lengths, *a, *b)) {
        nodes.push(need);
        first = need;
    }
    nodes.reverse();
    nodes
}
