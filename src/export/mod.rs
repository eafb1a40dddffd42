//! Exports: the dependency graph in the words of other programs. One file a format.
//!
//! An arrow leads from what is needed to what needs it, as on the site. Nodes stand in the order of their paths and edges in the
//! order of their nodes, so that equal plans give equal bytes and a changed plan a small difference.

mod dot;
mod json;
mod mermaid;

use std::collections::{BTreeMap, BTreeSet};

use crate::id::{IdVec, ItemId};
use crate::plan::Item;
use crate::release::Answer;
use crate::resolve::{Dependency, Readiness, Resolved, Roadmap};
use crate::source::Location;
use crate::state::State;
use crate::text::visible;

/// How a graph is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GraphFormat {
    /// For Graphviz.
    Dot,
    /// For Mermaid, as Markdown on GitHub and GitLab shows it.
    Mermaid,
    /// For programs.
    Json,
}

/// Which items a graph is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// All of the plan.
    #[default]
    Plan,
    /// One item, with all that it waits for and all that wait for it, directly or not.
    Around(ItemId),
    /// These, with what they wait for directly.
    Of(BTreeSet<ItemId>),
}

/// What of a plan's dependencies to write.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GraphOptions {
    /// Closed items and items without dependencies too; else open items that wait or are waited for, and what is not done of
    /// what they wait for.
    pub all: bool,
    /// Which items it is about.
    pub scope: Scope,
    /// Whether items stand together by their first theme; JSON names all themes in any case.
    pub by_theme: bool,
}

/// Writes the dependency graph of a plan.
pub fn graph(answer: &Answer, wanted: &GraphOptions, format: GraphFormat) -> String {
    let graph = Graph::new(answer.roadmap(), wanted);
    match format {
        GraphFormat::Dot => dot::dot(&graph),
        GraphFormat::Mermaid => mermaid::mermaid(&graph),
        GraphFormat::Json => json::json(&graph),
    }
}

/// A part of a plan's dependencies.
struct Graph<'a> {
    roadmap: &'a Roadmap,
    /// Items, ascending.
    nodes: Vec<ItemId>,
    /// By what waits, then by what is waited for.
    edges: Vec<Edge<'a>>,
    by_theme: bool,
}

/// One dependency.
struct Edge<'a> {
    /// What is needed.
    from: ItemId,
    /// What needs it.
    to: ItemId,
    dependency: &'a Dependency,
    /// Whether it is one of those that close a reported cycle.
    in_cycle: bool,
}

impl<'a> Graph<'a> {
    fn new(roadmap: &'a Roadmap, wanted: &GraphOptions) -> Graph<'a> {
        let cycles = cycle_edges(roadmap);
        let state = |id: ItemId| roadmap.plan.items[id].state;
        let is_wanted = |from: ItemId, to: ItemId| wanted.all || (state(to).is_open() && state(from) != State::Done);
        let mut edges = Vec::new();
        for (to, resolved) in roadmap.items.enumerate() {
            for dependency in resolved.links.depends_on.iter().filter(|dependency| is_wanted(dependency.on, to)) {
                let in_cycle = cycles.contains(&(dependency.on, to));
                edges.push(Edge { from: dependency.on, to, dependency, in_cycle });
            }
        }
        let nodes = match &wanted.scope {
            Scope::Plan => joined(&edges, |_| true, || roadmap.items.ids(), wanted.all),
            Scope::Around(item) => around(roadmap.items.len(), &edges, *item),
            Scope::Of(items) => joined(&edges, |to| items.contains(&to), || items.iter().copied(), wanted.all),
        };
        edges.retain(|edge| nodes.contains(&edge.from) && nodes.contains(&edge.to));
        Graph { roadmap, nodes: nodes.into_iter().collect(), edges, by_theme: wanted.by_theme }
    }

    fn title(&self) -> &'a str {
        let vision = || Some(self.roadmap.plan.vision.as_ref()?.entry.title.as_str());
        self.roadmap.config.title.as_deref().or_else(vision).unwrap_or("Roadmap")
    }

    fn item(&self, id: ItemId) -> &'a Item {
        &self.roadmap.plan.items[id]
    }

    fn resolved(&self, id: ItemId) -> &'a Resolved {
        &self.roadmap.items[id]
    }

    /// Where a dependency is written.
    fn location(&self, dependency: &Dependency) -> Location {
        self.item(dependency.declared_in).entry.location(dependency.span)
    }

    /// Where an item stands, in words: the author's own without its remark in parentheses, and what is in its way.
    fn note(&self, id: ItemId) -> String {
        let (item, resolved) = (self.item(id), self.resolved(id));
        let status = item.status.as_ref().map_or_else(|| item.state.word(), |status| &status.value);
        let mut note = plain(status.split(" (").next().unwrap_or_default());
        if note.is_empty() {
            note = plain(status);
        }
        if resolved.cycle.is_some() {
            note.push_str(", in a cycle");
        } else if matches!(resolved.readiness, Readiness::Blocked | Readiness::Waiting) {
            note.push_str(", ");
            note.push_str(resolved.readiness.word());
        }
        note
    }

    /// The nodes in groups: by their first theme where that is wanted, those without one first and without a name.
    fn groups(&self) -> Vec<(Option<&'a str>, Vec<ItemId>)> {
        if !self.by_theme {
            return vec![(None, self.nodes.clone())];
        }
        let plan = &self.roadmap.plan;
        let group = |id: ItemId| -> Option<&'a str> {
            let theme = self.resolved(id).links.themes.first();
            // A plan without theme files names its themes in the items alone.
            let word = || self.item(id).themes.first().map(|theme| theme.value.as_str());
            theme
                .map(|&theme| plan.themes[theme].entry.title.as_str())
                .or_else(|| word().filter(|_| plan.themes.is_empty()))
        };
        let mut groups: BTreeMap<Option<&str>, Vec<ItemId>> = BTreeMap::new();
        for &id in &self.nodes {
            groups.entry(group(id)).or_default().push(id);
        }
        groups.into_iter().collect()
    }
}

/// The edges of the reported cycles, each as what is needed and what needs it.
fn cycle_edges(roadmap: &Roadmap) -> BTreeSet<(ItemId, ItemId)> {
    let edges = |items: &[ItemId]| -> Vec<(ItemId, ItemId)> {
        let next = items.iter().cycle().skip(1);
        items.iter().zip(next).map(|(&waits, &on)| (on, waits)).collect()
    };
    roadmap.cycles.iter().flat_map(|cycle| edges(&cycle.items)).collect()
}

/// The ends of the edges that lead to a wanted item; `all` adds the wanted items that have none.
fn joined<I: Iterator<Item = ItemId>>(
    edges: &[Edge<'_>],
    is_wanted: impl Fn(ItemId) -> bool,
    wanted: impl Fn() -> I,
    all: bool,
) -> BTreeSet<ItemId> {
    let ends = edges.iter().filter(|edge| is_wanted(edge.to)).flat_map(|edge| [edge.from, edge.to]);
    let rest = all.then(wanted).into_iter().flatten();
    ends.chain(rest).collect()
}

/// An item with all that can be reached from it against the edges, and along them.
fn around(items: usize, edges: &[Edge<'_>], item: ItemId) -> BTreeSet<ItemId> {
    let mut found = BTreeSet::from([item]);
    for is_upward in [true, false] {
        let mut next: IdVec<ItemId, Vec<ItemId>> = IdVec::filled(Vec::new(), items);
        for edge in edges {
            let (from, to) = if is_upward { (edge.to, edge.from) } else { (edge.from, edge.to) };
            next[from].push(to);
        }
        let mut seen = BTreeSet::from([item]);
        let mut open = vec![item];
        while let Some(id) = open.pop() {
            open.extend(next[id].iter().copied().filter(|&other| seen.insert(other)));
        }
        found.extend(seen);
    }
    found
}

/// How a state looks where colours can be given: fill and outline, and whether the outline is broken.
fn look(state: State) -> (&'static str, &'static str, bool) {
    match state {
        State::Idea => ("#ffffff", "#8a8f98", true),
        State::Planned => ("#ffffff", "#57606a", false),
        State::Active => ("#dbeafe", "#1d4ed8", false),
        State::Done => ("#dcfce7", "#15803d", false),
        State::Dropped => ("#f3f4f6", "#8a8f98", true),
        State::Paused => ("#fef3c7", "#a16207", false),
        State::Unknown => ("#f3f4f6", "#57606a", false),
    }
}

/// Text, outlines of what closes a cycle.
const INK: &str = "#1f2328";
const LINE: &str = "#57606a";
const ALARM: &str = "#b42318";

/// Text on one line, without what no format may hold: line ends are spaces; what a terminal would obey is nothing, and what would be a
/// command to a workflow is none.
fn plain(text: &str) -> String {
    let is_break = |c: char| c.is_whitespace() || c == '\u{85}';
    let words = text.split(is_break).filter(|word| !word.is_empty());
    let words = words.map(|word| word.chars().filter(|&c| visible(c) == Some(c)).collect::<String>());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ").replace("##[", "## [")
}
