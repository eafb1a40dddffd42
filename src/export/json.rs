//! The graph for programs. `docs/graph.md` is its description.

use serde::Serialize;

use super::{Edge, Graph};
use crate::id::ItemId;
use crate::record::{CycleRecord, ItemRecord, SCHEMA_VERSION};
use crate::text::inert_json;

#[derive(Serialize)]
struct GraphJson<'a> {
    schema_version: u32,
    kind: &'static str,
    title: &'a str,
    audience: &'static str,
    nodes: Vec<ItemRecord<'a>>,
    edges: Vec<EdgeJson<'a>>,
    cycles: Vec<CycleRecord<'a>>,
}

/// What a node says of its item.
const NODE: &[&str] = &[
    "id",
    "title",
    "state",
    "status",
    "readiness",
    "rank",
    "value",
    "effort",
    "themes",
    "missing",
    "waiting_for",
    "in_cycle",
    "path",
];

/// From what is needed to what needs it.
#[derive(Serialize)]
struct EdgeJson<'a> {
    from: &'a str,
    to: &'a str,
    declared_in: LocationJson,
    in_cycle: bool,
}

#[derive(Serialize)]
struct LocationJson {
    path: String,
    line: usize,
}

/// Writes a graph.
pub(super) fn json(graph: &Graph<'_>) -> String {
    let roadmap = graph.roadmap;
    let is_whole = |items: &[ItemId]| items.iter().all(|id| graph.nodes.binary_search(id).is_ok());
    let cycles =
        roadmap.cycles.iter().filter(|cycle| is_whole(&cycle.items)).map(|cycle| CycleRecord::new(roadmap, cycle));
    let document = GraphJson {
        schema_version: SCHEMA_VERSION,
        kind: "graph",
        title: graph.title(),
        audience: roadmap.audience.word(),
        nodes: graph.nodes.iter().map(|&id| ItemRecord::only(roadmap.item(id), NODE)).collect(),
        edges: graph.edges.iter().map(|edge| edge_json(graph, edge)).collect(),
        cycles: cycles.collect(),
    };
    // Strings, numbers and lists: there is nothing in it that JSON could not say.
    inert_json(serde_json::to_string_pretty(&document).unwrap_or_default() + "\n")
}

fn edge_json<'a>(graph: &Graph<'a>, edge: &Edge<'a>) -> EdgeJson<'a> {
    EdgeJson {
        from: &graph.item(edge.from).entry.id,
        to: &graph.item(edge.to).entry.id,
        declared_in: location(&graph.location(edge.dependency)),
        in_cycle: edge.in_cycle,
    }
}

fn location(location: &crate::source::Location) -> LocationJson {
    LocationJson { path: location.source.path.to_string(), line: location.line_column().0 }
}
