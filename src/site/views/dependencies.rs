//! `/dependencies.html`, and the small drawing on each item's page.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{ItemRef, Link, Page, View, words};
use crate::number::Decimal;
use crate::resolve::{Readiness, Target};
use crate::site::drawing::{self, Graph, Mark, Node};
use crate::state::State;

#[derive(Debug, Serialize)]
pub(in crate::site) struct DependenciesView {
    page: Page,
    /// `23 of 38 open items depend on another`
    summary: String,
    cycles: Vec<CycleView>,
    /// One for the plan, or one a theme.
    drawings: Vec<Drawing>,
    chains: Vec<Chain>,
    unblockers: Vec<Unblocker>,
}

#[derive(Debug, Serialize)]
struct Drawing {
    id: String,
    title: String,
    href: Option<String>,
    text: String,
    /// "" where it is too large to read; `text` then says so.
    svg_html: String,
    /// The text twin: every item of the drawing that waits, and for what.
    lines: Vec<DependencyLine>,
    more: Option<Link>,
}

#[derive(Debug, Serialize)]
struct DependencyLine {
    item: ItemRef,
    needs: Vec<ItemRef>,
}

#[derive(Debug, Serialize)]
struct Chain {
    /// `5 items, 21 points of effort`
    text: String,
    items: Vec<ItemRef>,
    /// Items left out in the middle.
    gap: String,
    /// How many of `items` stand before the gap.
    gap_after: usize,
}

#[derive(Debug, Serialize)]
struct Unblocker {
    item: ItemRef,
    items_text: String,
    value_text: String,
}

#[derive(Debug, Serialize)]
struct CycleView {
    text: String,
    edges: Vec<CycleEdge>,
}

#[derive(Debug, Serialize)]
struct CycleEdge {
    from: Link,
    to: Link,
    place: String,
    href: Option<String>,
}

/// Beyond so many boxes nobody reads a drawing.
const MOST_BOXES: usize = 60;
const MOST_LINES: usize = 200;
const MOST_CHAINS: usize = 5;
const MOST_IN_A_CHAIN: usize = 16;
const MOST_UNBLOCKERS: usize = 10;
/// Neighbours drawn on an item's page; the lists above the drawing hold more.
const MOST_NEAR: usize = 12;

/// The view of the dependencies page.
pub(in crate::site) fn dependencies(view: View<'_>) -> DependenciesView {
    let roadmap = view.roadmap();
    let open: Vec<u32> = (0..roadmap.items.len() as u32).filter(|&at| view.plan_item(at).state.is_open()).collect();
    let waiting = open.iter().filter(|&&at| needs(view, at).next().is_some()).count();
    let verb = if waiting == 1 { "depends" } else { "depend" };
    let summary =
        format!("{} of {} {verb} on another", words::thousands(waiting as u64), words::count(open.len(), "open item"));
    DependenciesView {
        page: view.page("dependencies.html", "Dependencies", &summary, "dependencies"),
        summary,
        cycles: roadmap.cycles.iter().map(|cycle| cycle_view(view, cycle)).collect(),
        drawings: drawings(view, &open),
        chains: roadmap.chains.iter().take(MOST_CHAINS).map(|chain| chain_view(view, chain)).collect(),
        unblockers: roadmap.unblockers.iter().take(MOST_UNBLOCKERS).map(|holds| unblocker(view, holds)).collect(),
    }
}

/// The open items that an item waits for.
fn needs(view: View<'_>, at: u32) -> impl Iterator<Item = u32> {
    let depends_on = view.resolved(at).depends_on.iter().map(|dependency| dependency.on);
    depends_on.filter(move |&on| view.plan_item(on).state.is_open())
}

/// One drawing of all open work that hangs together, or one a theme where that is too much to read.
fn drawings(view: View<'_>, open: &[u32]) -> Vec<Drawing> {
    let linked = with_needs(view, open.iter().copied());
    if linked.is_empty() {
        return Vec::new();
    }
    if linked.len() <= MOST_BOXES || view.site.theme_order.is_empty() {
        return vec![drawing_view(view, None, &linked)];
    }
    let of_theme = |&theme: &u32| {
        let items = view.roadmap().themes[theme as usize].items.iter().copied();
        let open = items.filter(|&at| view.plan_item(at).state.is_open());
        (theme, with_needs(view, open))
    };
    let themes = view.site.theme_order.iter().map(of_theme).filter(|(_, items)| !items.is_empty());
    themes.map(|(theme, items)| drawing_view(view, Some(theme), &items)).collect()
}

/// Of some items those that wait, with what they wait for.
fn with_needs(view: View<'_>, items: impl Iterator<Item = u32>) -> BTreeSet<u32> {
    let mut linked = BTreeSet::new();
    for at in items {
        let before = linked.len();
        linked.extend(needs(view, at));
        if linked.len() > before || needs(view, at).next().is_some() {
            linked.insert(at);
        }
    }
    linked
}

fn drawing_view(view: View<'_>, theme: Option<u32>, items: &BTreeSet<u32>) -> Drawing {
    let edges = items.iter().map(|&at| needs(view, at).filter(|on| items.contains(on)).count()).sum();
    let count = format!("{}, {}", words::count(items.len(), "item"), dependencies_count(edges));
    let link = theme.map(|theme| view.link_to(Target::Theme(theme)));
    let title = link.as_ref().map_or_else(|| "Open work".to_owned(), |link| link.label.clone());
    let id = theme.map_or_else(|| "all".to_owned(), |at| view.roadmap().plan.themes[at as usize].entry.slug.clone());
    let (svg_html, text) = if items.len() > MOST_BOXES {
        (String::new(), format!("{count}: too many for a drawing that anyone could read"))
    } else {
        (draw(view, items, None, &title, &format!("d-{id}-")), count)
    };
    let lines = items.iter().filter(|&&at| needs(view, at).any(|on| items.contains(&on)));
    let line = |&at: &u32| DependencyLine {
        item: view.item_ref(at, ""),
        needs: needs(view, at).map(|on| view.item_ref(on, "")).collect(),
    };
    let waiting = lines.clone().count();
    Drawing {
        lines: lines.take(MOST_LINES).map(line).collect(),
        more: view.more(waiting, MOST_LINES, "backlog.html"),
        href: link.map(|link| link.href),
        id,
        title,
        text,
        svg_html,
    }
}

fn dependencies_count(number: usize) -> String {
    format!("{} {}", words::thousands(number as u64), if number == 1 { "dependency" } else { "dependencies" })
}

fn chain_view(view: View<'_>, chain: &crate::resolve::graph::Chain) -> Chain {
    let nodes = &chain.nodes;
    let effort = words::points(Decimal(chain.weight));
    let (half, hidden) = (MOST_IN_A_CHAIN / 2, nodes.len().saturating_sub(MOST_IN_A_CHAIN));
    let shown = nodes.iter().enumerate().filter(|(at, _)| hidden == 0 || *at < half || *at >= half + hidden);
    Chain {
        text: format!("{}, {effort} of effort", words::count(nodes.len(), "item")),
        items: shown.map(|(_, &at)| view.item_ref(at, "")).collect(),
        gap: if hidden == 0 { String::new() } else { format!("and {} more", words::thousands(hidden as u64)) },
        gap_after: half,
    }
}

fn unblocker(view: View<'_>, holds: &crate::resolve::graph::HoldsUp) -> Unblocker {
    let value = Decimal(holds.value);
    Unblocker {
        item: view.item_ref(holds.node, ""),
        items_text: words::count(holds.all as usize, "item"),
        value_text: if holds.value == 0 { String::new() } else { format!("{} of value", words::points(value)) },
    }
}

fn cycle_view(view: View<'_>, cycle: &crate::resolve::Cycle) -> CycleView {
    let count = cycle.items.len();
    let text =
        if count == 1 { "One item waits for itself".to_owned() } else { format!("{count} items wait for each other") };
    let others = cycle.knot.len() - count;
    let edge = |(at, place): (usize, &crate::source::Place)| CycleEdge {
        from: view.link_to(Target::Item(cycle.items[at])),
        to: view.link_to(Target::Item(cycle.items[(at + 1) % count])),
        href: view.site.line_href(place),
        place: place.to_string(),
    };
    CycleView {
        text: if others == 0 { text } else { format!("{text}; {others} more are caught in the same knot") },
        edges: cycle.places.iter().enumerate().map(edge).collect(),
    }
}

impl View<'_> {
    /// What stands around an item: what it needs and what it unblocks. One step each way fits beside the facts without scrolling.
    pub(in crate::site) fn neighbourhood(self, at: u32) -> String {
        let resolved = self.resolved(at);
        if resolved.depends_on.is_empty() && resolved.unblocks.is_empty() {
            return String::new();
        }
        let needs = resolved.depends_on.iter().map(|dependency| dependency.on);
        let around = needs.chain(resolved.unblocks.iter().copied()).take(MOST_NEAR);
        let near: BTreeSet<u32> = around.chain([at]).collect();
        draw(self, &near, Some(at), "Dependencies", "d-")
    }
}

/// Draws items and what they wait for among each other; `here` is the one whose page it is.
fn draw(view: View<'_>, items: &BTreeSet<u32>, here: Option<u32>, title: &str, id_prefix: &str) -> String {
    let list: Vec<u32> = items.iter().copied().collect();
    let place = |at: u32| list.binary_search(&at).ok().and_then(|place| u32::try_from(place).ok());
    let hrefs: Vec<String> = list.iter().map(|&at| view.link_to(Target::Item(at)).href).collect();
    let notes: Vec<String> = list.iter().map(|&at| note(view, at)).collect();
    let node = |(number, &at): (usize, &u32)| Node {
        title: &view.plan_item(at).entry.title,
        note: &notes[number],
        href: (here != Some(at)).then_some(hrefs[number].as_str()),
        class: if here == Some(at) { "here" } else { class(view, at) },
        shape: mark(view.plan_item(at).state),
    };
    let edges = list.iter().zip(0_u32..).flat_map(|(&at, to)| {
        view.resolved(at).depends_on.iter().filter_map(move |dependency| Some((place(dependency.on)?, to)))
    });
    let graph = Graph {
        boxes: list.iter().enumerate().map(node).collect(),
        edges: edges.collect(),
        title,
        description: "An arrow leads from what is needed to what needs it",
        id_prefix,
    };
    drawing::drawing(&graph).svg
}

pub(in crate::site) fn note(view: View<'_>, at: u32) -> String {
    let item = view.plan_item(at);
    let status = super::status(item.status.as_ref(), item.state);
    if view.resolved(at).readiness == Readiness::Blocked { format!("{status}, blocked") } else { status }
}

fn class(view: View<'_>, at: u32) -> &'static str {
    if view.resolved(at).readiness == Readiness::Blocked {
        return "blocked";
    }
    match view.plan_item(at).state {
        State::Idea => "state-idea",
        State::Planned => "state-planned",
        State::Active => "state-active",
        State::Done => "state-done",
        State::Dropped => "state-dropped",
        State::Paused => "state-paused",
        State::Unknown => "state-unknown",
    }
}

pub(in crate::site) fn mark(state: State) -> Mark {
    match state {
        State::Idea | State::Planned => Mark::Ring,
        State::Active => Mark::Half,
        State::Done => Mark::Tick,
        State::Dropped => Mark::Cross,
        State::Paused => Mark::Bars,
        State::Unknown => Mark::Diamond,
    }
}
