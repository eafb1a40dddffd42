//! The longest chains of waiting: what sets how soon a plan can be done at all.

use std::cmp::Ordering;

use super::topological;

/// Items that wait for one another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// In the order of doing: each node waits for the one before it, the first for nothing, and nothing waits for the last.
    pub nodes: Vec<u32>,
    /// The sum of the weights of its nodes.
    pub weight: u64,
}

/// The longest chains of waiting, the heaviest first; at most `most`, each of at least two nodes.
///
/// `weight[i]` is what node `i` counts: 1 for a chain's length in items, effort for its length in work. The first chain is the heaviest
/// that the graph holds; among equally heavy ones the one of most nodes, then the one with the smaller indices towards its end.
/// Ten variations of one chain tell a reader nothing, so each chain after it is the one that adds most weight not listed yet, is
/// shown whole, and is left out unless more than half of its nodes are on no chain listed before. The graph must be
/// [acyclic](super::acyclic). Each chain takes one walk over the graph, two where chains are left out.
pub fn longest_chains(needs: &[Vec<u32>], weight: &[u64], most: usize) -> Vec<Chain> {
    let order = topological(needs);
    let mut fresh = vec![true; needs.len()];
    let mut chains: Vec<Chain> = Vec::new();
    for _ in 0..most.saturating_mul(2) {
        let Some((nodes, length)) = longest(needs, &order, weight, &fresh) else { break };
        if chains.len() == most || length.fresh_nodes < 2 {
            break;
        }
        for &node in &nodes {
            fresh[node as usize] = false;
        }
        if u64::from(length.fresh_nodes) * 2 > u64::from(length.nodes) {
            chains.push(Chain { nodes, weight: length.weight });
        }
    }
    let key = |chain: &Chain| (chain.weight, chain.nodes.len());
    chains.sort_by(|a, b| key(b).cmp(&key(a)).then_with(|| a.nodes.cmp(&b.nodes)));
    chains
}

/// For each group of nodes, the heaviest chain that ends in one of them; none for a group without nodes.
///
/// A node that waits for nothing is a chain of one. Weights and equals are as in [`longest_chains`], and the graph must be
/// [acyclic](super::acyclic) too. Takes one walk over the graph, and one over the groups.
pub fn chains_to(needs: &[Vec<u32>], weight: &[u64], groups: &[Vec<u32>]) -> Vec<Option<Chain>> {
    let upto = lengths(needs, &topological(needs), weight, &vec![true; needs.len()]);
    let chain = |group: &Vec<u32>| {
        let end = group.iter().copied().max_by(|a, b| better(&upto, *a, *b))?;
        Some(Chain { nodes: back(needs, &upto, end), weight: upto[end as usize].weight })
    };
    groups.iter().map(chain).collect()
}

/// How long a chain is: what it adds first, then the whole of it.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Length {
    fresh_weight: u64,
    fresh_nodes: u32,
    weight: u64,
    nodes: u32,
}

/// The chain with the greatest [`Length`].
fn longest(needs: &[Vec<u32>], order: &[u32], weight: &[u64], fresh: &[bool]) -> Option<(Vec<u32>, Length)> {
    let upto = lengths(needs, order, weight, fresh);
    let end = order.iter().copied().max_by(|a, b| better(&upto, *a, *b))?;
    Some((back(needs, &upto, end), upto[end as usize]))
}

/// For each node, the greatest length of the chains that end in it.
fn lengths(needs: &[Vec<u32>], order: &[u32], weight: &[u64], fresh: &[bool]) -> Vec<Length> {
    let mut upto = vec![Length::default(); needs.len()];
    for &node in order {
        let at = node as usize;
        let before = needs[at].iter().map(|&need| upto[need as usize]).max().unwrap_or_default();
        upto[at] = Length {
            fresh_weight: before.fresh_weight.saturating_add(if fresh[at] { weight[at] } else { 0 }),
            fresh_nodes: before.fresh_nodes + u32::from(fresh[at]),
            weight: before.weight.saturating_add(weight[at]),
            nodes: before.nodes + 1,
        };
    }
    upto
}

/// The greater length, and the smaller index where two are equal.
fn better(upto: &[Length], a: u32, b: u32) -> Ordering {
    upto[a as usize].cmp(&upto[b as usize]).then(b.cmp(&a))
}

/// The chain of the greatest length that ends in a node, in the order of doing.
fn back(needs: &[Vec<u32>], upto: &[Length], end: u32) -> Vec<u32> {
    let mut nodes = vec![end];
    let mut at = end;
    while let Some(need) = needs[at as usize].iter().copied().max_by(|a, b| better(upto, *a, *b)) {
        nodes.push(need);
        at = need;
    }
    nodes.reverse();
    nodes
}
