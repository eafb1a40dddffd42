//! How ranks differ between the frameworks that a plan has inputs for.
//!
//! Each framework puts the same open items in order, dependencies and work in progress included, as if the configuration named
//! it. Computed only where somebody looks: it takes as many orders as there are frameworks.

use std::collections::BTreeMap;

use super::Roadmap;
use super::order;
use super::rank::{Problem, problem};
use super::score::{self, Score};
use crate::config::Scoring;
use crate::id::{IdVec, ItemId};
use crate::state::State;

/// The frameworks side by side.
#[derive(Debug)]
pub struct Comparison {
    /// How many items are open.
    pub open: usize,
    /// The frameworks by which at least one open item is scored; the one in use is always among them and comes first.
    pub frameworks: Vec<Framework>,
    /// Those by which none is: what keeps its items from a score, most often first, with how many.
    pub others: Vec<(Scoring, Vec<(String, usize)>)>,
    /// The items that frameworks see most differently, the greatest difference first.
    pub disagreements: Vec<Disagreement>,
}

/// One framework's order.
#[derive(Debug)]
pub struct Framework {
    /// Which.
    pub scoring: Scoring,
    /// How many open items it scores.
    pub scored: usize,
    /// What keeps the others from a score, most often first, with how many.
    pub lacks: Vec<(String, usize)>,
    /// The place of each item of the plan; none for closed ones and for unscored ones that unblock nothing scored.
    pub ranks: IdVec<ItemId, Option<u32>>,
    /// How many items have a place.
    pub ranked: usize,
    /// Whether each item of the plan has a score of its own.
    pub has_score: IdVec<ItemId, bool>,
}

/// An item that two frameworks see differently.
#[derive(Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// The item.
    pub item: ItemId,
    /// The framework that sees it nearest to the front, and its place.
    pub near: (Scoring, u32),
    /// The framework that sees it nearest to the end, and its place.
    pub far: (Scoring, u32),
}

/// How many disagreements are kept.
const MAX_LISTED: usize = 5;

/// The least difference that is one, as a share of all places, in thousandths.
const LEAST: u64 = 200;

/// Compares the frameworks.
pub fn compare(roadmap: &Roadmap) -> Comparison {
    let used = roadmap.config.scoring;
    let all = std::iter::once(used).chain(Scoring::ALL.into_iter().filter(|&scoring| scoring != used));
    let (mut frameworks, mut others) = (Vec::new(), Vec::new());
    for scoring in all.filter(|&scoring| scoring != Scoring::Weighted || !roadmap.config.weights.is_empty()) {
        let scores = score::scores(&roadmap.plan, &roadmap.config, scoring);
        let lacks = lacks(roadmap, &scores);
        let has_score = scores.map(|score| score.result.is_some());
        let scored = open(roadmap).filter(|&index| has_score[index]).count();
        if scored == 0 && scoring != used {
            others.push((scoring, lacks));
            continue;
        }
        let (ranks, ranked) = ranks(roadmap, &scores);
        frameworks.push(Framework { scoring, scored, lacks, ranks, ranked, has_score });
    }
    let disagreements = disagreements(roadmap, &frameworks);
    Comparison { open: open(roadmap).count(), frameworks, others, disagreements }
}

fn open(roadmap: &Roadmap) -> impl Iterator<Item = ItemId> {
    roadmap.plan.items.enumerate().filter(|(_, item)| item.state.is_open()).map(|(index, _)| index)
}

fn lacks(roadmap: &Roadmap, scores: &IdVec<ItemId, Score>) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for score in open(roadmap).map(|index| &scores[index]).filter(|score| score.result.is_none()) {
        *counts.entry(&score.inputs).or_default() += 1;
    }
    let mut lacks: Vec<(String, usize)> = counts.into_iter().map(|(what, count)| (what.to_owned(), count)).collect();
    lacks.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    lacks
}

/// The place of each item, and how many have one.
fn ranks(roadmap: &Roadmap, scores: &IdVec<ItemId, Score>) -> (IdVec<ItemId, Option<u32>>, usize) {
    let Problem { open, jobs, needs, .. } = problem(&roadmap.plan, &roadmap.items, scores);
    let sequence = order::order(&jobs, &needs);
    let mut ranks = IdVec::filled(None, roadmap.items.len());
    for (rank, &job) in (1..).zip(&sequence.jobs[..sequence.ranked]) {
        ranks[open[job]] = Some(rank);
    }
    (ranks, sequence.ranked)
}

/// Items are compared by the share of places before them, so that a framework with few places is not always the kinder one.
fn disagreements(roadmap: &Roadmap, frameworks: &[Framework]) -> Vec<Disagreement> {
    let mut found: Vec<(u64, Disagreement)> = Vec::new();
    for item in open(roadmap).filter(|&index| roadmap.plan.items[index].state != State::Active) {
        let share_of = |framework: &Framework| {
            let rank = framework.ranks[item].filter(|_| framework.has_score[item])?;
            let share = u64::from(rank - 1) * 1000 / (framework.ranked as u64).max(1);
            Some((share, (framework.scoring, rank)))
        };
        let shares = || frameworks.iter().filter_map(share_of);
        let (near, far) = (shares().min_by_key(|(share, _)| *share), shares().max_by_key(|(share, _)| *share));
        if let (Some((first, near)), Some((last, far))) = (near, far)
            && last - first >= LEAST
        {
            found.push((last - first, Disagreement { item, near, far }));
        }
    }
    found.sort_by_key(|(difference, disagreement)| (std::cmp::Reverse(*difference), disagreement.near.1));
    found.into_iter().take(MAX_LISTED).map(|(_, disagreement)| disagreement).collect()
}
