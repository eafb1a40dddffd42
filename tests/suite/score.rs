//! Tests of the frameworks: tables computed by hand, what is missing, what is outside of a scale, and the laws they share.

mod compare;
mod inputs;
mod laws;
mod tables;

use roadbook::SiteParts;
use roadbook::config::Scoring;
use roadbook::id::{IdVec, ItemId};
use roadbook::resolve::Roadmap;
use roadbook::resolve::score::{Score, scores};

use crate::support::{roadmap, site_with, text_at};

/// A plan of one item for each line of fields, `a`, `b`, `c`, …
fn fixture(config: &str, items: &[&str]) -> String {
    let mut fixture = format!("//- roadbook.yml\n{config}\n");
    for (name, fields) in ('a'..).zip(items) {
        fixture += &format!("//- plan/items/{name}.md\n---\n{}\n---\n", fields.replace("; ", "\n"));
    }
    fixture
}

/// Its roadmap.
fn plan(config: &str, items: &[&str]) -> Roadmap {
    roadmap(&fixture(config, items))
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
fn by(roadmap: &Roadmap, scoring: Scoring) -> IdVec<ItemId, Score> {
    scores(&roadmap.plan, &roadmap.config, scoring)
}

/// A page of the site of a plan, where it has one.
fn page(roadmap: Roadmap, address: &str) -> Option<String> {
    let site = site_with(roadmap, SiteParts::default());
    site.has(address).then(|| text_at(&site, address))
}
