//! What stands before a milestone, and what waits behind an item.
//!
//! A milestone is done no sooner than the longest chain of open items that ends in one of its items, however many people work on it.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Scoring;
use crate::date::Date;
use crate::id::{IdVec, ItemId, JobId};
use crate::name;
use crate::number::Decimal;

use super::graph::{self, BlockingImpact, Chain};
use super::{Roadmap, score};

/// A milestone with open items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milestone {
    /// Its name, as an item spells it.
    pub name: String,
    /// The day by which the last of its open items is due, else aimed at.
    pub date: Option<Date>,
    /// Its open items, by path.
    pub items: Vec<ItemId>,
    /// The open items that must be done one after another before it is reached, by effort the most; the last is one of its own. A
    /// single one where none of its items waits for another.
    pub chain: Chain<ItemId>,
}

/// The open items of one milestone.
#[derive(Default)]
struct Members<'a> {
    name: &'a str,
    date: Option<Date>,
    nodes: Vec<JobId>,
}

/// The next milestones, at most `most`: the earliest date first, then those without a date by name.
///
/// An item of unknown effort counts as in the order; a dependency within a cycle does not count. Takes time near linear in the plan.
pub fn milestones(roadmap: &Roadmap, most: usize) -> Vec<Milestone> {
    let items = &roadmap.plan.items;
    let open = open_items(roadmap);
    let mut found: BTreeMap<(String, String), Members<'_>> = BTreeMap::new();
    for (node, &id) in open.enumerate() {
        let item = &items[id];
        if item.milestone.is_empty() {
            continue;
        }
        let members = found.entry(name::key(&item.milestone)).or_default();
        // The spelling does not depend on the order of the files.
        if members.nodes.is_empty() || *item.milestone < *members.name {
            members.name = &item.milestone;
        }
        let promised = item.due.as_ref().or(item.target.as_ref());
        members.date = promised.into_iter().chain(&members.date).max_by_key(|date| date.key()).cloned();
        members.nodes.push(node);
    }
    let mut found: Vec<((String, String), Members<'_>)> = found.into_iter().collect();
    found.sort_by_cached_key(|(name, members)| {
        let key = members.date.as_ref().map(Date::key);
        (key.is_none(), key, natural(members.name), name.clone())
    });
    found.truncate(most);
    if found.is_empty() {
        return Vec::new();
    }
    let (needs, weight) = open_graph(roadmap, &open);
    let groups: Vec<Vec<JobId>> = found.iter().map(|(_, members)| members.nodes.clone()).collect();
    let chains = graph::chains_to(&needs, &weight, &groups);
    let item = |node: JobId| open[node];
    let milestone = |((_, members), chain): ((_, Members<'_>), Option<Chain<JobId>>)| Milestone {
        name: members.name.to_owned(),
        date: members.date,
        items: members.nodes.into_iter().map(item).collect(),
        chain: chain.unwrap_or(Chain { nodes: Vec::new(), weight: 0 }).map(item),
    };
    found.into_iter().zip(chains).map(milestone).collect()
}

/// What waits for an open item, directly or not: open items, by the value that each has for the framework. The other items of a cycle wait
/// for each of it. Nothing waits for a closed item.
pub fn blocked_behind(roadmap: &Roadmap, item: ItemId) -> BlockingImpact<ItemId> {
    let is_open = |id: &ItemId| roadmap.plan.items[*id].state.is_open();
    let waiting = |id: ItemId| roadmap.items[id].links.unblocks.iter().copied().filter(is_open);
    let mut impact = BlockingImpact { node: item, direct: 0, all: 0, value: 0 };
    if !is_open(&item) {
        return impact;
    }
    impact.direct = waiting(item).filter(|&other| other != item).count() as u32;
    let mut seen = BTreeSet::from([item]);
    let mut next = vec![item];
    while let Some(id) = next.pop() {
        for other in waiting(id).filter(|&other| seen.insert(other)) {
            impact.all += 1;
            impact.value = impact.value.saturating_add(roadmap.items[other].score.value);
            next.push(other);
        }
    }
    impact
}

/// What an item holds up, in the terms of the framework: `34 points of value in 7 items`, or what the items are worth by their scores: `7 items,
/// worth 34 together`. `items` is their number in words.
pub fn impact_in_words(roadmap: &Roadmap, impact: &BlockingImpact<ItemId>, items: &str) -> String {
    let value = Decimal(impact.value);
    match roadmap.config.scoring {
        _ if impact.value == 0 => items.to_owned(),
        Scoring::ValueEffort if value == Decimal::whole(1) => format!("1 point of value in {items}"),
        Scoring::ValueEffort => format!("{value} points of value in {items}"),
        _ if impact.all == 1 => format!("{items}, worth {value}"),
        _ => format!("{items}, worth {value} together"),
    }
}

fn open_items(roadmap: &Roadmap) -> IdVec<JobId, ItemId> {
    roadmap.plan.items.enumerate().filter(|(_, item)| item.state.is_open()).map(|(id, _)| id).collect()
}

/// The open items as nodes: what each needs, cycles cut, and its effort.
fn open_graph(roadmap: &Roadmap, open: &IdVec<JobId, ItemId>) -> (Vec<Vec<JobId>>, Vec<u64>) {
    let mut node_of: IdVec<ItemId, Option<JobId>> = IdVec::filled(None, roadmap.items.len());
    for (node, &id) in open.enumerate() {
        node_of[id] = Some(node);
    }
    let needs = |&id: &ItemId| roadmap.items[id].links.needs().filter_map(|on| node_of[on]).collect();
    let needs: Vec<Vec<JobId>> = open.iter().map(needs).collect();
    let median = score::median_effort(roadmap.items.iter().map(|item| &item.score));
    let effort = |&id: &ItemId| Some(roadmap.items[id].score.effort).filter(|&effort| effort > 0).unwrap_or(median);
    (graph::acyclic(&needs, &graph::components(&needs)), open.iter().map(effort).collect())
}

/// A name in pieces that sort as people count: `v1.9` before `v1.10`.
pub fn natural(name: &str) -> Vec<(String, u64)> {
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
