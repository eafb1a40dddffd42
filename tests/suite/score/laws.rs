//! What holds of every framework, on random plans.

use std::fmt::Write as _;

use roadbook::config::Scoring;
use roadbook::id::ItemId;
use roadbook::resolve::Roadmap;
use roadbook::resolve::score::Score;
use roadbook::state::State;

use super::{by, plan};
use crate::support::roadmap;

const CONFIG: &str = "weights: {value: 3, fit: {weight: 1, of: 9}, effort: -2, risk: -1}";

/// Fields for every framework; a field is missing as often as `gaps` in ten.
fn fields(rng: &mut fastrand::Rng, gaps: usize) -> String {
    let fibonacci = |rng: &mut fastrand::Rng| ["1", "2", "3", "5", "8", "13", "20"][rng.usize(0..7)].to_owned();
    let ten = |rng: &mut fastrand::Rng| rng.usize(1..=10).to_string();
    let all = [
        ("value", if rng.usize(0..3) == 0 { "0".to_owned() } else { fibonacci(rng) }),
        (
            "effort",
            if rng.usize(0..9) == 0 { ["0", "0.5", "M", "L"][rng.usize(0..4)].to_owned() } else { fibonacci(rng) },
        ),
        ("reach", rng.usize(0..5_000).to_string()),
        ("impact", ["3", "2", "1", "0.5", "0.25", "9"][rng.usize(0..6)].to_owned()),
        ("confidence", format!("{}%", rng.usize(1..=10) * 10)),
        ("time_criticality", fibonacci(rng)),
        ("risk_reduction", fibonacci(rng)),
        ("ease", ten(rng)),
        ("priority", ["P0", "P2", "must", "low", "whenever"][rng.usize(0..5)].to_owned()),
        ("fit", ten(rng)),
        ("risk", ten(rng)),
    ];
    let mut text = String::new();
    for (name, value) in all {
        if rng.usize(0..10) >= gaps {
            _ = writeln!(text, "{name}: {value}");
        }
    }
    text
}

/// A random plan whose items lie in the folder that `folder` gives each.
fn random(seed: u64, scoring: Scoring, folder: impl Fn(usize) -> usize) -> Roadmap {
    let mut rng = fastrand::Rng::with_seed(seed);
    let mut fixture = format!("//- roadbook.yml\nscoring: {}\n{CONFIG}\n", scoring.word());
    let len = rng.usize(2..30);
    for at in 0..len {
        let needs: Vec<String> =
            (0..rng.usize(0..3)).filter(|_| at > 0).map(|_| format!("i{}", rng.usize(0..at))).collect();
        let status = ["planned", "planned", "planned", "idea", "active", "done"][rng.usize(0..6)];
        let fields = fields(&mut rng, 2);
        _ = write!(
            fixture,
            "//- plan/items/{:02}/x.md\n---\nid: i{at}\nstatus: {status}\ndepends_on: [{}]\n{fields}---\n",
            folder(at),
            needs.join(", ")
        );
    }
    roadmap(&fixture)
}

fn id(roadmap: &Roadmap, item: ItemId) -> &str {
    &roadmap.plan.items[item].entry.id
}

fn ids<'a>(roadmap: &'a Roadmap, items: &[ItemId]) -> Vec<&'a str> {
    items.iter().map(|&at| id(roadmap, at)).collect()
}

#[test]
fn value_over_effort_orders_like_the_score() {
    for seed in 0..60 {
        let mut rng = fastrand::Rng::with_seed(seed);
        let items: Vec<String> = (0..12).map(|_| fields(&mut rng, 0).trim_end().replace('\n', "; ")).collect();
        let items: Vec<&str> = items.iter().map(String::as_str).collect();
        let roadmap = plan(CONFIG, &items);
        for scoring in Scoring::ALL {
            let scores = by(&roadmap, scoring);
            for a in &scores {
                assert!(a.result.is_some() || a.value == 0, "{scoring:?}, seed {seed}: {a:?}");
                let (Some(one), true) = (a.result, a.effort > 0) else { continue };
                for b in scores.iter().filter(|score| score.result.is_some()) {
                    let product = |a: &Score, b: &Score| u128::from(a.value) * u128::from(b.effort);
                    let is_more = product(a, b) > product(b, a);
                    assert!(!is_more || Some(one) >= b.result, "{scoring:?}, seed {seed}: {a:?} and {b:?}");
                }
            }
        }
    }
}

#[test]
fn the_largest_and_the_smallest_numbers_do_no_harm() {
    let most = "1_000_000_000_000";
    let large = format!(
        "value: {most}; effort: {most}; reach: {most}; impact: {most}; confidence: 100%; time_criticality: {most}; \
         risk_reduction: {most}; ease: {most}; fit: {most}; risk: {most}; priority: {most}"
    );
    let small = "value: 0.001; effort: 0.001; reach: 0.001; impact: 0.001; confidence: 0.1%; time_criticality: 0.001; \
                 risk_reduction: 0.001; ease: 0.001; fit: 0.001; risk: 0.001; priority: 0.001";
    for scoring in Scoring::ALL {
        let config = format!("scoring: {}\n{CONFIG}", scoring.word());
        let roadmap =
            plan(&config, &[&large, &large, small, &large.replace(&format!("effort: {most}"), "effort: 0.001")]);
        assert_eq!(roadmap.order.len(), 4, "{scoring:?}");
        for item in &roadmap.items {
            // What is worth little is not worth nothing.
            assert!(
                item.score.value > 0 && item.score.effort > 0 && item.score.result.is_some(),
                "{scoring:?}: {item:?}"
            );
        }
    }
}

#[test]
fn the_order_obeys_every_dependency_and_ranks_nothing_unscored_for_itself() {
    for scoring in Scoring::ALL {
        let (mut ranked, mut aside) = (0, 0);
        for seed in 0..60 {
            let roadmap = random(seed, scoring, |at| at);
            for (at, item) in roadmap.items.enumerate() {
                for on in item.links.needs() {
                    let ranks = (roadmap.items[on].rank, item.rank);
                    assert!(
                        !matches!(ranks, (Some(need), Some(rank)) if need > rank),
                        "{scoring:?}, seed {seed}: {at:?}"
                    );
                    let is_open = roadmap.plan.items[on].state.is_open();
                    assert!(item.rank.is_none() || !is_open || ranks.0.is_some(), "{scoring:?}, seed {seed}: {at:?}");
                }
                // An unscored item never outranks a scored one, unless what it unblocks is scored or in progress.
                let counts = |at: ItemId| {
                    let state = roadmap.plan.items[at].state;
                    state == State::Active || state.is_open() && roadmap.items[at].score.result.is_some()
                };
                let is_open = roadmap.plan.items[at].state.is_open();
                let leads = counts(at) || unblocked(&roadmap, at).into_iter().any(counts);
                assert_eq!(item.rank.is_some(), is_open && leads, "{scoring:?}, seed {seed}: {}", id(&roadmap, at));
            }
            ranked += roadmap.order.len();
            aside += roadmap.unscored.len();
        }
        assert!(ranked > 300 && aside > 5, "{scoring:?}: {ranked} ranked, {aside} unscored");
    }
}

/// All open items that wait for an item, directly or through other open ones.
fn unblocked(roadmap: &Roadmap, item: ItemId) -> Vec<ItemId> {
    let mut found = vec![item];
    let mut at = 0;
    while at < found.len() {
        for &next in &roadmap.items[found[at]].links.unblocks {
            if !found.contains(&next) && roadmap.plan.items[next].state.is_open() {
                found.push(next);
            }
        }
        at += 1;
    }
    found.split_off(1)
}

#[test]
fn where_files_lie_does_not_matter() {
    for scoring in Scoring::ALL {
        for seed in 0..30 {
            let mut folders: Vec<usize> = (0..30).collect();
            fastrand::Rng::with_seed(seed + 1000).shuffle(&mut folders);
            let (one, two) = (random(seed, scoring, |at| at), random(seed, scoring, |at| folders[at]));
            assert_eq!(ids(&one, &one.order), ids(&two, &two.order), "{scoring:?}, seed {seed}");
            for (&a, &b) in one.order.iter().zip(&two.order) {
                let why = |roadmap: &Roadmap, item| roadmap.item(item).why(&|other| other.entry().id.clone());
                assert_eq!(why(&one, a), why(&two, b), "{scoring:?}, seed {seed}");
            }
            let aside = |roadmap: &Roadmap| {
                let mut ids: Vec<String> = ids(roadmap, &roadmap.unscored).into_iter().map(str::to_owned).collect();
                ids.sort();
                ids
            };
            assert_eq!(aside(&one), aside(&two), "{scoring:?}, seed {seed}");
        }
    }
}
