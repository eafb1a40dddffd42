//! `/scoring.html`: how ranks differ between the frameworks that the plan has numbers for.

use serde::Serialize;

use super::{ItemRef, Link, Page, View, words};
use crate::config::Scoring;
use crate::id::ItemId;
use crate::resolve::compare::{Disagreement, Framework, compare};
use crate::resolve::score;
use crate::site::address;
use crate::text::listed;

#[derive(Debug, Serialize)]
pub(in crate::site) struct ScoringView {
    page: Page,
    /// `The same 34 open items in the order of value-effort, which is in use, and of rice`
    summary: String,
    /// The greatest disagreements first, at most five; a place apart by at least a fifth of the list.
    gaps: Vec<ScoringGap>,
    /// Those with a column first, the one in use before all others.
    frameworks: Vec<FrameworkView>,
    /// Open items in today's order, then those without a place; at most 500.
    rows: Vec<ScoringRow>,
    more: Option<Link>,
}

/// An item that two frameworks see differently.
#[derive(Debug, Serialize)]
struct ScoringGap {
    item: Link,
    /// What follows the link: `is 3 of 34 by value-effort and 21 of 30 by rice`
    text: String,
}

#[derive(Debug, Serialize)]
struct FrameworkView {
    /// `value-effort`
    name: String,
    /// `Value ÷ effort`
    formula: String,
    /// `22 of 34 open items scored`
    text: String,
    /// What keeps the others from a score: `12 items: no reach`; at most three.
    lacks: Vec<String>,
    /// Whether the plan is ordered by it.
    used: bool,
    /// Whether the table has a column for it: it scores at least one open item.
    shown: bool,
}

#[derive(Debug, Serialize)]
struct ScoringRow {
    item: ItemRef,
    /// One a column, in the order of `frameworks`.
    ranks: Vec<ScoringRank>,
}

#[derive(Debug, Serialize)]
struct ScoringRank {
    /// The column, for screens that show no table.
    framework: String,
    /// `21`; "" where the item has no place.
    rank: String,
    /// Against today's order: `18 later`, `2 earlier`, "" for the same; `unscored` where it has no score of its own.
    note: String,
}

/// How many items the table shows.
const MAX_ROWS: usize = 500;

/// How many reasons for missing scores are told of a framework.
const MAX_LACKS: usize = 3;

/// The view of the page.
pub(in crate::site) fn scoring(view: View<'_>) -> ScoringView {
    let roadmap = view.roadmap();
    let compared = compare(roadmap);
    let shown = &compared.frameworks;
    let (used, formula) = (roadmap.config.scoring, |scoring| score::formula(&roadmap.config, scoring));
    let all: Vec<ItemId> = roadmap.order.iter().chain(&roadmap.unscored).copied().collect();
    let open = roadmap.count_open(all.iter().copied());
    let framework = |scoring: Scoring, scored: usize, lacks: &[(String, usize)], shown: bool| FrameworkView {
        name: scoring.word().to_owned(),
        formula: words::capital(&formula(scoring)),
        text: format!("{} of {} scored", words::thousands(scored as u64), open),
        lacks: lacks.iter().take(MAX_LACKS).map(|(what, count)| format!("{}: {what}", items(*count))).collect(),
        used: scoring == used,
        shown,
    };
    let columns = shown.iter().map(|one| framework(one.scoring, one.scored, &one.lacks, true));
    let others = compared.others.iter().map(|(scoring, lacks)| framework(*scoring, 0, lacks, false));
    let row = |&id: &ItemId| ScoringRow {
        item: view.item_ref(id, ""),
        ranks: shown.iter().map(|one| rank(one, roadmap.items[id].rank, id)).collect(),
    };
    let summary = summary(shown, &open);
    ScoringView {
        page: view.page("scoring.html", "Scoring compared", &summary, "scoring"),
        summary,
        gaps: compared.disagreements.iter().map(|one| gap(view, shown, one)).collect(),
        frameworks: columns.chain(others).collect(),
        rows: all.iter().take(MAX_ROWS).map(row).collect(),
        more: view.more(all.len(), MAX_ROWS, &address::backlog(0)),
    }
}

fn items(count: usize) -> String {
    words::count(count, "item")
}

fn summary(shown: &[Framework], open: &str) -> String {
    match shown {
        [] => String::new(),
        [only] => format!("{} alone finds its numbers in this plan: there is nothing to compare", only.scoring.word()),
        [used, others @ ..] => format!(
            "The same {open} in the order of {}, which is in use, and of {}",
            used.scoring.word(),
            listed(&others.iter().map(|framework| framework.scoring.word()).collect::<Vec<_>>())
        ),
    }
}

fn gap(view: View<'_>, shown: &[Framework], gap: &Disagreement) -> ScoringGap {
    let rank_by = |(scoring, rank): (Scoring, u32)| {
        let ranked = shown.iter().find(|one| one.scoring == scoring).map_or(0, |one| one.ranked);
        let (rank, ranked) = (words::thousands(u64::from(rank)), words::thousands(ranked as u64));
        format!("{rank} of {ranked} by {}", scoring.word())
    };
    ScoringGap {
        item: view.link_to(crate::resolve::Target::Item(gap.item)),
        text: format!("is {} and {}", rank_by(gap.near), rank_by(gap.far)),
    }
}

fn rank(framework: &Framework, today: Option<u32>, item: ItemId) -> ScoringRank {
    let rank = framework.ranks[item];
    let moved = |(rank, today): (u32, u32)| match (rank.cmp(&today), rank.abs_diff(today)) {
        (std::cmp::Ordering::Equal, _) => String::new(),
        (std::cmp::Ordering::Less, places) => format!("{} earlier", words::thousands(u64::from(places))),
        (std::cmp::Ordering::Greater, places) => format!("{} later", words::thousands(u64::from(places))),
    };
    ScoringRank {
        framework: framework.scoring.word().to_owned(),
        rank: rank.map(|rank| words::thousands(u64::from(rank))).unwrap_or_default(),
        note: if framework.has_score[item] {
            rank.zip(today).map(moved).unwrap_or_default()
        } else {
            "unscored".to_owned()
        },
    }
}
