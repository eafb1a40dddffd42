//! JSON for programs. The shapes are a promise: within a schema version keys are added, never renamed or dropped. Items are the record
//! that `roadmap.json` has, too.

use serde::Serialize;

use roadbook::id::ItemId;
use roadbook::record::{ItemRecord, SCHEMA_VERSION};
use roadbook::resolve::RoadmapItem;
use roadbook::text::inert_json;

use super::ExitStatus;
use super::output::{self, CliError};

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
    output::data(&(inert_json(text) + "\n"))
}

/// A list of items.
#[derive(Serialize)]
pub(super) struct Items<'a> {
    /// The framework that scored them.
    scoring: &'static str,
    items: Vec<ItemRecord<'a>>,
}

impl<'a> Items<'a> {
    pub(super) fn new(scoring: &'static str, items: &[RoadmapItem<'a>]) -> Items<'a> {
        Items { scoring, items: items.iter().map(|&item| ItemRecord::new(item)).collect() }
    }
}

/// What is said of an item that another one names.
const NEIGHBOUR: &[&str] = &["id", "title", "state", "status", "rank"];

/// The items that an item waits for, unblocks, is made of or has to do with, each once: what its record has by id.
pub(super) fn neighbours(item: RoadmapItem<'_>) -> Vec<ItemRecord<'_>> {
    let links = &item.resolved().links;
    let lists = [&links.unblocks, &links.children, &links.relates, &links.supersedes, &links.superseded_by];
    let listed = lists.into_iter().flatten().copied().chain(links.parent);
    let mut all: Vec<ItemId> = item.depends_on().chain(listed).collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter().map(|id| ItemRecord::only(item.roadmap.item(id), NEIGHBOUR)).collect()
}
