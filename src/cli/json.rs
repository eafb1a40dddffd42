//! JSON for programs. The shapes are a promise: within a schema version fields are added, never renamed or dropped.

use serde::Serialize;
use serde_json::Value;

use roadbook::config::Scoring;
use roadbook::plan::Input;
use roadbook::resolve::Readiness;
use roadbook::site::number;

use super::ExitStatus;
use super::facts::Facts;
use super::output::{self, CliError};

/// The version of all these shapes.
const SCHEMA_VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a, T> {
    schema_version: u32,
    kind: &'a str,
    #[serde(flatten)]
    body: T,
}

/// Prints `body` in the frame that all JSON has: `{schema_version, kind, …}`.
pub(super) fn print(kind: &str, body: impl Serialize) -> Result<ExitStatus, CliError> {
    let document = Document { schema_version: SCHEMA_VERSION, kind, body };
    let text = serde_json::to_string_pretty(&document)
        .map_err(|error| CliError::new(format!("cannot write the answer as JSON: {error}")))?;
    output::data(&(text + "\n"))
}

/// A list of items.
#[derive(Serialize)]
pub(super) struct Items<'a> {
    /// The framework that scored them.
    scoring: &'static str,
    items: Vec<Item<'a>>,
}

impl<'a> Items<'a> {
    pub(super) fn new(scoring: Scoring, items: &[Facts<'a>]) -> Items<'a> {
        Items { scoring: scoring.word(), items: items.iter().map(|&facts| Item::new(facts)).collect() }
    }
}

/// An item. What it lacks is null, or an empty list.
#[derive(Serialize)]
pub(super) struct Item<'a> {
    id: &'a str,
    /// Its place in the order, from 1.
    rank: Option<u32>,
    title: &'a str,
    r#type: Option<&'a str>,
    /// One of the seven states.
    state: &'a str,
    /// The author's word.
    status: Option<&'a str>,
    ready: bool,
    blocked: bool,
    /// Ids of items that it waits for and that are not done.
    blocked_by: Vec<&'a str>,
    /// Dependencies that match no item.
    missing: Vec<&'a str>,
    in_cycle: bool,
    score: Option<Value>,
    /// The formula with its numbers, or what is missing.
    score_inputs: &'a str,
    value: Option<Value>,
    effort: Option<Value>,
    why: String,
    themes: Vec<&'a str>,
    owners: &'a [String],
    tags: &'a [String],
    horizon: Option<&'a str>,
    milestone: Option<&'a str>,
    /// Its file, from the project's root.
    path: &'a str,
    /// Its page, from the site's root.
    address: String,
}

impl<'a> Item<'a> {
    pub(super) fn new(facts: Facts<'a>) -> Item<'a> {
        let (item, resolved, entry) = (facts.item(), facts.resolved(), facts.entry());
        let input = |input| item.input(input).map(number);
        Item {
            id: &entry.id,
            rank: resolved.rank,
            title: &entry.title,
            r#type: some(&item.item_type),
            state: item.state.word(),
            status: item.status.as_ref().map(|status| status.value.as_str()),
            ready: resolved.readiness == Readiness::Ready,
            blocked: resolved.readiness == Readiness::Blocked,
            blocked_by: facts.blockers().map(|at| Facts::new(facts.roadmap, at).entry().id.as_str()).collect(),
            missing: resolved.missing.iter().map(|name| name.value.as_str()).collect(),
            in_cycle: resolved.cycle.is_some(),
            score: resolved.score.result.map(number),
            score_inputs: &resolved.score.inputs,
            value: input(Input::Value),
            effort: input(Input::Effort),
            why: facts.why(),
            themes: facts.themes(),
            owners: &item.owners,
            tags: &item.tags,
            horizon: item.horizon.as_ref().map(|horizon| horizon.name.value.as_str()),
            milestone: some(&item.milestone),
            path: entry.path(),
            address: format!("items/{}.html", entry.slug),
        }
    }
}

/// Nothing where nothing was written.
fn some(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

/// An item as another one names it.
#[derive(Serialize)]
pub(super) struct Neighbour<'a> {
    id: &'a str,
    title: &'a str,
    state: &'a str,
    rank: Option<u32>,
}

impl<'a> Neighbour<'a> {
    pub(super) fn all(facts: Facts<'a>, items: impl IntoIterator<Item = u32>) -> Vec<Neighbour<'a>> {
        let neighbour = |at| {
            let other = Facts::new(facts.roadmap, at);
            Neighbour {
                id: &other.entry().id,
                title: &other.entry().title,
                state: other.item().state.word(),
                rank: other.resolved().rank,
            }
        };
        items.into_iter().map(neighbour).collect()
    }
}
