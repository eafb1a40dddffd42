//! Tests of the frameworks: tables computed by hand, what is missing, what is outside of a scale, and the laws they share.

mod compare;
mod inputs;
mod laws;
mod tables;

use roadbook::config::Scoring;
use roadbook::resolve::Roadmap;
use roadbook::resolve::score::{Score, scores};

use crate::support::roadmap;

/// A plan of one item for each line of fields, `a`, `b`, `c`, …
fn plan(config: &str, items: &[&str]) -> Roadmap {
    let mut fixture = format!("//- roadbook.yml\n{config}\n");
    for (name, fields) in ('a'..).zip(items) {
        fixture += &format!("//- plan/items/{name}.md\n---\n{}\n---\n", fields.replace("; ", "\n"));
    }
    roadmap(&fixture)
}

/// What a framework says of such items: `0.8 = 5 × 2`, or what is missing.
fn scored(config: &str, items: &[&str]) -> Vec<String> {
    let line = |score: &Score| match score.result {
        Some(result) => format!("{result} = {}", score.inputs),
        None => score.inputs.clone(),
    };
    plan(config, items).items.iter().map(|item| line(&item.score)).collect()
}

/// The scores of a plan by any framework.
fn by(roadmap: &Roadmap, scoring: Scoring) -> Vec<Score> {
    scores(&roadmap.plan, &roadmap.config, scoring)
}
