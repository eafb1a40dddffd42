//! The graph for programs. `docs/graph.md` is its description.
//!
//! The schema version grows when a field changes its meaning or goes away, not when one is added.

use serde::Serialize;
use serde_json::Value;

use super::{Edge, Graph};
use crate::plan::Input;
use crate::site::number;

/// The version of the schema.
const SCHEMA_VERSION: u32 = 1;

#[derive(Serialize)]
struct GraphJson<'a> {
    schema_version: u32,
    kind: &'static str,
    title: &'a str,
    audience: &'static str,
    nodes: Vec<NodeJson<'a>>,
    edges: Vec<EdgeJson<'a>>,
    cycles: Vec<CycleJson<'a>>,
}

#[derive(Serialize)]
struct NodeJson<'a> {
    id: &'a str,
    title: &'a str,
    state: &'static str,
    status: Option<&'a str>,
    readiness: &'static str,
    rank: Option<u32>,
    value: Option<Value>,
    effort: Option<Value>,
    themes: Vec<&'a str>,
    /// Dependencies that match no item.
    missing: Vec<&'a str>,
    in_cycle: bool,
    path: &'a str,
}

/// From what is needed to what needs it.
#[derive(Serialize)]
struct EdgeJson<'a> {
    from: &'a str,
    to: &'a str,
    declared_in: PlaceJson,
    in_cycle: bool,
}

#[derive(Serialize)]
struct PlaceJson {
    path: String,
    line: usize,
}

/// Each item waits for the next, the last for the first.
#[derive(Serialize)]
struct CycleJson<'a> {
    items: Vec<&'a str>,
    places: Vec<PlaceJson>,
    component: Vec<&'a str>,
}

/// Writes a graph.
pub(super) fn json(graph: &Graph<'_>) -> String {
    let roadmap = graph.roadmap;
    let ids = |items: &[u32]| items.iter().map(|&at| graph.item(at).entry.id.as_str()).collect();
    let is_whole = |items: &[u32]| items.iter().all(|at| graph.nodes.binary_search(at).is_ok());
    let cycles = roadmap.cycles.iter().filter(|cycle| is_whole(&cycle.items)).map(|cycle| CycleJson {
        items: ids(&cycle.items),
        places: cycle.places.iter().map(place).collect(),
        component: ids(&cycle.component),
    });
    let document = GraphJson {
        schema_version: SCHEMA_VERSION,
        kind: "graph",
        title: graph.title(),
        audience: graph.audience.word(),
        nodes: graph.nodes.iter().map(|&at| node(graph, at)).collect(),
        edges: graph.edges.iter().map(|edge| edge_json(graph, edge)).collect(),
        cycles: cycles.collect(),
    };
    // Strings, numbers and lists: there is nothing in it that JSON could not say.
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

fn node<'a>(graph: &Graph<'a>, at: u32) -> NodeJson<'a> {
    let (item, resolved) = (graph.item(at), graph.resolved(at));
    let input = |input| item.input(input).map(number);
    let theme = |&theme: &u32| graph.roadmap.plan.themes[theme as usize].entry.id.as_str();
    NodeJson {
        id: &item.entry.id,
        title: &item.entry.title,
        state: item.state.word(),
        status: item.status.as_ref().map(|status| status.value.as_str()),
        readiness: resolved.readiness.word(),
        rank: resolved.rank,
        value: input(Input::Value),
        effort: input(Input::Effort),
        themes: resolved.themes.iter().map(theme).collect(),
        missing: resolved.missing.iter().map(|name| name.value.as_str()).collect(),
        in_cycle: resolved.cycle.is_some(),
        path: item.entry.path(),
    }
}

fn edge_json<'a>(graph: &Graph<'a>, edge: &Edge<'a>) -> EdgeJson<'a> {
    EdgeJson {
        from: &graph.item(edge.from).entry.id,
        to: &graph.item(edge.to).entry.id,
        declared_in: place(&graph.place(edge.dependency)),
        in_cycle: edge.in_cycle,
    }
}

fn place(place: &crate::source::Place) -> PlaceJson {
    PlaceJson { path: place.source.path.to_string(), line: place.line_column().0 }
}
