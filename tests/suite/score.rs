//! Tests of the frameworks: tables computed by hand, what is missing, what is outside of a scale, and the laws they share.

mod compare;
mod inputs;
mod laws;
mod tables;

use roadbook::config::Scoring;
use roadbook::resolve::Roadmap;
use roadbook::resolve::score::{Score, scores};
use roadbook::site::{Content, site, templates};
use roadbook::skin::skin;
use roadbook::visibility::Audience;

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

/// A page of the site of a plan, for an audience.
fn page(roadmap: Roadmap, audience: Audience, address: &str) -> Option<String> {
    let skin = skin(&[], &[]);
    let templates = templates(&skin, None).expect("the skin's templates");
    let made = site(roadmap, audience, skin.assets, templates).render(address)?.expect("a page");
    match made {
        Content::Bytes(bytes) => Some(String::from_utf8(bytes).expect("UTF-8")),
        Content::File(path) => panic!("{} is a file", path.display()),
    }
}

/// The text of some HTML, tags left out.
fn text(html: &str) -> String {
    let parts = html.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text);
    parts.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}
