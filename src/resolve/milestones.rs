//! What stands before a milestone, and what waits behind an item.
//!
//! A milestone is done no sooner than the longest chain of open items that ends in one of its items, however many people work on it.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Scoring;
use crate::date::Date;
use crate::number::Decimal;
use crate::plan::slug;

use super::graph::{self, BlockingImpact, Chain};
use super::{Roadmap, score};

/// A milestone with open items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milestone {
    /// Its name, as an item spells it.
    pub name: String,
    /// The name as it stands in an address: items with the same one belong together.
    pub slug: String,
    /// The day by which the last of its open items is due, else aimed at.
    pub date: Option<Date>,
    /// Its open items, by path.
    pub items: Vec<u32>,
    /// The open items that must be done one after another before it is reached, by effort the most; the last is one of its own. A
    /// single one where none of its items waits for another.
    pub chain: Chain<u32>,
}

/// The next milestones, at most `most`: the earliest date first, then those without a date by name.
///
/// An item of unknown effort counts as in the order; a dependency within a cycle does not count. Takes time near linear in the plan.
pub fn milestones(roadmap: &Roadmap, most: usize) -> Vec<Milestone> {
    let items = &roadmap.plan.items;
    let open = open_items(roadmap);
    let mut found: BTreeMap<String, Milestone> = BTreeMap::new();
    for (node, &at) in (0_u32..).zip(&open) {
        let item = &items[at as usize];
        if item.milestone.is_empty() {
            continue;
        }
        let slug = slug(&item.milestone);
        let none = Chain { nodes: Vec::new(), weight: 0 };
        let milestone = found.entry(slug.clone()).or_insert_with(|| Milestone {
            name: item.milestone.clone(),
            slug,
            date: None,
            items: Vec::new(),
            chain: none,
        });
        // The spelling does not depend on the order of the files.
        if item.milestone < milestone.name {
            milestone.name.clone_from(&item.milestone);
        }
        let promised = item.due.as_ref().or(item.target.as_ref());
        milestone.date = promised.into_iter().chain(&milestone.date).max_by_key(|date| date.key()).cloned();
        milestone.items.push(node);
    }
    let mut milestones: Vec<Milestone> = found.into_values().collect();
    milestones.sort_by_cached_key(|milestone| {
        let key = milestone.date.as_ref().map(Date::key);
        (key.is_none(), key, natural(&milestone.name), milestone.slug.clone())
    });
    milestones.truncate(most);
    if milestones.is_empty() {
        return milestones;
    }
    let (needs, weight) = open_graph(roadmap, &open);
    let groups: Vec<Vec<u32>> = milestones.iter().map(|milestone| milestone.items.clone()).collect();
    let in_plan = |nodes: &mut Vec<u32>| nodes.iter_mut().for_each(|node| *node = open[*node as usize]);
    for (milestone, chain) in milestones.iter_mut().zip(graph::chains_to(&needs, &weight, &groups)) {
        in_plan(&mut milestone.items);
        if let Some(chain) = chain {
            milestone.chain = chain.map(|node| open[node as usize]);
        }
    }
    milestones
}

/// What waits for an open item, directly or not: open items, by the value that each has for the framework. Of an item in a component, what waits for
/// it outside of the component. Nothing waits for a closed item.
pub fn blocked_behind(roadmap: &Roadmap, item: u32) -> BlockingImpact<u32> {
    let open = open_items(roadmap);
    let (needs, _) = open_graph(roadmap, &open);
    let mut waiting = vec![Vec::new(); open.len()];
    for (node, list) in needs.iter().enumerate() {
        list.iter().for_each(|&need| waiting[need as usize].push(node));
    }
    let start = open.binary_search(&item).ok();
    let direct = start.map_or(0, |node| waiting[node].len() as u32);
    let mut holds = BlockingImpact { node: item, direct, all: 0, value: 0 };
    let mut seen: BTreeSet<usize> = start.into_iter().collect();
    let mut next: Vec<usize> = seen.iter().copied().collect();
    while let Some(node) = next.pop() {
        for &other in &waiting[node] {
            if seen.insert(other) {
                holds.all += 1;
                holds.value = holds.value.saturating_add(roadmap.items[open[other] as usize].score.value);
                next.push(other);
            }
        }
    }
    holds
}

/// What an item holds up, in the terms of the framework: `34 points of value in 7 items`, or what the items are worth by their scores: `7 items,
/// worth 34 together`. `items` is their number in words.
pub fn impact_in_words(roadmap: &Roadmap, holds: &BlockingImpact<u32>, items: &str) -> String {
    let value = Decimal(holds.value);
    match roadmap.config.scoring {
        _ if holds.value == 0 => items.to_owned(),
        Scoring::ValueEffort if value == Decimal::whole(1) => format!("1 point of value in {items}"),
        Scoring::ValueEffort => format!("{value} points of value in {items}"),
        _ if holds.all == 1 => format!("{items}, worth {value}"),
        _ => format!("{items}, worth {value} together"),
    }
}

fn open_items(roadmap: &Roadmap) -> Vec<u32> {
    (0..).zip(&roadmap.plan.items).filter(|(_, item)| item.state.is_open()).map(|(at, _)| at).collect()
}

/// The open items by their place among `open`: what each needs, cycles cut, and its effort.
fn open_graph(roadmap: &Roadmap, open: &[u32]) -> (Vec<Vec<u32>>, Vec<u64>) {
    let mut node_of = vec![None; roadmap.items.len()];
    for (node, &at) in (0_u32..).zip(open) {
        node_of[at as usize] = Some(node);
    }
    let needs = |at: &u32| {
        let needs = roadmap.items[*at as usize].depends_on.iter();
        needs.filter_map(|dependency| node_of[dependency.on as usize]).collect()
    };
    let needs: Vec<Vec<u32>> = open.iter().map(needs).collect();
    let usual = score::median_effort(roadmap.items.iter().map(|item| &item.score));
    let effort =
        |&at: &u32| Some(roadmap.items[at as usize].score.effort).filter(|&effort| effort > 0).unwrap_or(usual);
    (graph::acyclic(&needs, &graph::components(&needs)), open.iter().map(effort).collect())
}

/// A name in pieces that sort as people count: `v1.9` before `v1.10`.
fn natural(name: &str) -> Vec<(String, u64)> {
    let mut pieces = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let (word, tail) = rest.split_at(digits);
        let end = tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len());
        let (number, tail) = tail.split_at(end);
        pieces.push((word.to_lowercase(), number.parse().unwrap_or(u64::MAX)));
        rest = tail;
    }
    pieces
}
