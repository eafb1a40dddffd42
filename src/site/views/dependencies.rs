//! `/dependencies.html`, and the small drawing on each item's page.

use std::collections::BTreeSet;

use serde::Serialize;

use super::cycles::{CycleView, cycle_view};
use super::waits::WaitingItem;
use super::{ItemRef, Link, Page, View, words};
use crate::config::Scoring;
use crate::id::{ItemId, ThemeId};
use crate::markdown;
use crate::number::Decimal;
use crate::resolve::{self, Readiness, Target, graph};
use crate::site::address::GroupKind;
use crate::site::drawing::{self, DrawingNode, Graph, Mark};
use crate::state::State;

#[derive(Debug, Serialize)]
pub(in crate::site) struct DependenciesView {
    page: Page,
    /// `23 of 38 open items wait for another`
    summary: String,
    cycles: Vec<CycleView>,
    /// What open items wait for outside of the plan's items, in order; at most two hundred.
    waits: Vec<WaitingItem>,
    waits_more: Option<Link>,
    /// The drawings: one for the plan, or one a theme and one of what serves none.
    drawings: Vec<Drawing>,
    /// The next milestones, those with the earliest dates first; at most five.
    milestones: Vec<MilestoneChain>,
    /// The longest first; at most five.
    chains: Vec<Chain>,
    /// Those that block the most value first; at most ten.
    unblockers: Vec<Unblocker>,
}

/// The longest chain of open items, by effort, that ends in one of a milestone's.
#[derive(Debug, Serialize)]
struct MilestoneChain {
    /// `Spring pilot`
    name: String,
    /// Its page, where the site has one.
    href: Option<String>,
    /// When the last of its open items is due, else aimed at: `30 November 2026`; "" for none.
    date: String,
    /// `4 items, 21 points of effort stand before it`; `None of its 3 open items waits for another open one`
    text: String,
    /// None where none of its items waits for another.
    chain: Option<Chain>,
}

#[derive(Debug, Serialize)]
struct Drawing {
    /// For anchors.
    id: String,
    /// The theme's title, `Open work` or `No theme`.
    title: String,
    href: Option<String>,
    /// `14 items, 17 dependencies`; of more than 60 items it says how many of those that come first are drawn.
    text: String,
    /// "" where nothing of it can be drawn; `text` then says so.
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
    /// `5 items, 21 points of effort`; `5 items` where the framework knows no effort.
    text: String,
    /// In the order in which they must be done.
    items: Vec<ItemRef>,
    /// Items left out in the middle: `and 14 more`, after the first half; "" for none.
    gap: String,
    /// How many of `items` stand before the gap.
    gap_after: usize,
}

#[derive(Debug, Serialize)]
struct Unblocker {
    item: ItemRef,
    /// `blocks 34 points of value in 7 items`; under other frameworks than value ÷ effort `blocks 7 items, worth 34 together`;
    /// without values `blocks 7 items`.
    text: String,
}

/// Beyond so many boxes nobody reads a drawing.
const MAX_BOXES: usize = 60;
const MAX_LINES: usize = 200;
const MAX_CHAINS: usize = 5;
const MAX_MILESTONES: usize = 5;
const MAX_IN_A_CHAIN: usize = 16;
const MAX_UNBLOCKERS: usize = 10;
/// Neighbours drawn on an item's page; the lists above the drawing hold more.
const MAX_NEAR: usize = 12;

/// The view of the dependencies page.
pub(in crate::site) fn dependencies(view: View<'_>) -> DependenciesView {
    let roadmap = view.roadmap();
    let open: Vec<ItemId> = roadmap.items.ids().filter(|&id| view.plan_item(id).state.is_open()).collect();
    let waiting = open.iter().filter(|&&id| needs(view, id).any(|on| on != id)).count();
    let items = roadmap.count_open(open.iter().copied());
    let summary = match (waiting, open.len()) {
        (_, 0) => "Nothing is open".to_owned(),
        (0, _) => format!("None of {items} waits for another"),
        (1, _) => format!("1 of {items} waits for another"),
        _ => format!("{} of {items} wait for another", words::thousands(waiting as u64)),
    };
    let mut waits = view.waiting_items();
    let waits_more = view.more(waits.len(), MAX_LINES, "backlog.html");
    waits.truncate(MAX_LINES);
    DependenciesView {
        page: view.page("dependencies.html", "Dependencies", &summary, "dependencies"),
        summary,
        cycles: roadmap.cycles.iter().map(|cycle| cycle_view(view, cycle)).collect(),
        waits,
        waits_more,
        drawings: drawings(view, &open),
        milestones: resolve::milestones(roadmap, MAX_MILESTONES)
            .iter()
            .map(|milestone| milestone_chain(view, milestone))
            .collect(),
        chains: roadmap.chains.iter().take(MAX_CHAINS).map(|chain| chain_view(view, chain)).collect(),
        unblockers: roadmap.unblockers.iter().take(MAX_UNBLOCKERS).map(|holds| unblocker(view, holds)).collect(),
    }
}

/// The items that an open item waits for: those that are not done, and itself where it says so. Nothing keeps a closed item.
fn needs(view: View<'_>, id: ItemId) -> impl Iterator<Item = ItemId> {
    view.roadmap().item(id).blocked_by()
}

/// One drawing of all open work that hangs together, or one a theme where that is too much to read.
fn drawings(view: View<'_>, open: &[ItemId]) -> Vec<Drawing> {
    let linked = with_needs(view, open.iter().copied());
    if linked.is_empty() {
        return Vec::new();
    }
    if linked.len() <= MAX_BOXES || view.site.theme_order.is_empty() {
        return vec![drawing_view(view, Group::Plan, &linked)];
    }
    let of_theme = |&theme: &ThemeId| {
        let items = view.roadmap().themes[theme].items.iter().copied();
        let open = items.filter(|&id| view.plan_item(id).state.is_open());
        (Group::Theme(theme), with_needs(view, open))
    };
    let without = open.iter().copied().filter(|&id| view.resolved(id).links.themes.is_empty());
    let rest = (Group::Rest, with_needs(view, without));
    let groups = view.site.theme_order.iter().map(of_theme).chain([rest]).filter(|(_, items)| !items.is_empty());
    groups.map(|(group, items)| drawing_view(view, group, &items)).collect()
}

/// What a drawing is of.
#[derive(Clone, Copy)]
enum Group {
    Plan,
    Theme(ThemeId),
    /// What serves no theme.
    Rest,
}

/// Of some items those that wait, with what they wait for.
fn with_needs(view: View<'_>, items: impl Iterator<Item = ItemId>) -> BTreeSet<ItemId> {
    let mut linked = BTreeSet::new();
    for id in items {
        let before = linked.len();
        linked.extend(needs(view, id));
        if linked.len() > before || needs(view, id).next().is_some() {
            linked.insert(id);
        }
    }
    linked
}

fn drawing_view(view: View<'_>, group: Group, items: &BTreeSet<ItemId>) -> Drawing {
    let edges = items.iter().map(|&id| needs(view, id).filter(|on| items.contains(on)).count()).sum();
    let mut text = format!("{}, {}", words::count(items.len(), "item"), dependencies_count(edges));
    let (id, title, href) = match group {
        Group::Plan => ("all", "Open work".to_owned(), None),
        Group::Rest => ("none", "No theme".to_owned(), None),
        Group::Theme(id) => {
            let link = view.link_to(Target::Theme(id));
            (view.roadmap().plan.themes[id].entry.slug.as_str(), link.label, Some(link.href))
        }
    };
    let drawn = drawn(view, items);
    if drawn.len() < items.len() {
        text += &match drawn.len() {
            0 => ": too many for a drawing that anyone could read".to_owned(),
            few => format!("; drawn are {} of those that come first in the order", words::thousands(few as u64)),
        };
    }
    let draw = || draw(view, &drawn, None, &title, &format!("d-{id}-"));
    let svg_html = if drawn.is_empty() { String::new() } else { draw() };
    let lines = items.iter().filter(|&&id| needs(view, id).any(|on| items.contains(&on)));
    let line = |&id: &ItemId| DependencyLine {
        item: view.item_ref(id, ""),
        needs: needs(view, id).map(|on| view.item_ref(on, "")).collect(),
    };
    let waiting = lines.clone().count();
    Drawing {
        lines: lines.take(MAX_LINES).map(line).collect(),
        more: view.more(waiting, MAX_LINES, "backlog.html"),
        id: id.to_owned(),
        href,
        title,
        text,
        svg_html,
    }
}

/// What is drawn of some items: all, or of too many those that come first in the order and hang together.
fn drawn(view: View<'_>, items: &BTreeSet<ItemId>) -> BTreeSet<ItemId> {
    if items.len() <= MAX_BOXES {
        return items.clone();
    }
    let order = view.roadmap().order.iter().chain(&view.roadmap().unscored).copied();
    let first: BTreeSet<ItemId> = order.filter(|id| items.contains(id)).take(MAX_BOXES).collect();
    let inside = |id: ItemId| needs(view, id).filter(|on| first.contains(on)).map(move |on| [on, id]);
    first.iter().flat_map(|&id| inside(id)).flatten().collect()
}

fn dependencies_count(number: usize) -> String {
    format!("{} {}", words::thousands(number as u64), if number == 1 { "dependency" } else { "dependencies" })
}

fn chain_view(view: View<'_>, chain: &graph::Chain<ItemId>) -> Chain {
    let nodes = &chain.nodes;
    let (half, hidden) = (MAX_IN_A_CHAIN / 2, nodes.len().saturating_sub(MAX_IN_A_CHAIN));
    let shown = nodes.iter().enumerate().filter(|(index, _)| hidden == 0 || *index < half || *index >= half + hidden);
    Chain {
        text: size(view, chain),
        items: shown.map(|(_, &id)| view.item_ref(id, "")).collect(),
        gap: if hidden == 0 { String::new() } else { format!("and {} more", words::thousands(hidden as u64)) },
        gap_after: half,
    }
}

/// `5 items, 21 points of effort`. A framework that knows no effort counts one an item, which says nothing new.
fn size(view: View<'_>, chain: &graph::Chain<ItemId>) -> String {
    let items = words::count(chain.nodes.len(), "item");
    let is_count = Decimal(chain.weight) == Decimal::whole(chain.nodes.len() as u64);
    if is_count && view.roadmap().config.scoring != Scoring::ValueEffort {
        return items;
    }
    // The chain is chosen with a guess for those without effort; what is said here is what their authors said.
    let efforts = chain.nodes.iter().map(|&id| view.resolved(id).score.effort).filter(|&effort| effort > 0);
    let (known, sum) = efforts.fold((0, 0_u64), |(known, sum), effort| (known + 1, sum.saturating_add(effort)));
    match chain.nodes.len() - known {
        _ if known == 0 => items,
        0 => format!("{items}, {} of effort", words::points(Decimal(sum))),
        1 => format!("{items}, {} of effort and one without", words::points(Decimal(sum))),
        silent => {
            let silent = words::thousands(silent as u64);
            format!("{items}, {} of effort and {silent} without", words::points(Decimal(sum)))
        }
    }
}

fn milestone_chain(view: View<'_>, milestone: &resolve::Milestone) -> MilestoneChain {
    let address = view.site.groups(GroupKind::Milestone).address(&milestone.name);
    let count = milestone.chain.nodes.len();
    let text = match (count, milestone.items.len()) {
        (1, _) if milestone.items.iter().any(|&id| view.resolved(id).cycle.is_some()) => {
            "Items of it are caught in a cycle".to_owned()
        }
        (1, 1) if milestone.items.iter().any(|&id| view.plan_item(id).state == State::Unknown) => {
            "Its one item of unknown state waits for no open one".to_owned()
        }
        (1, 1) => "Its one open item waits for no other open one".to_owned(),
        (1, _) => {
            let open = view.roadmap().count_open(milestone.items.iter().copied());
            format!("None of its {open} waits for another open one")
        }
        _ => format!("{} stand before it", size(view, &milestone.chain)),
    };
    MilestoneChain {
        name: milestone.name.clone(),
        href: view.site.has(&address).then(|| view.link(&address, "").href),
        date: milestone.date.as_ref().map(words::date).unwrap_or_default(),
        text,
        chain: (count > 1).then(|| chain_view(view, &milestone.chain)),
    }
}

fn unblocker(view: View<'_>, impact: &graph::BlockingImpact<ItemId>) -> Unblocker {
    let items = words::count(impact.all as usize, "item");
    let blocked = resolve::impact_in_words(view.roadmap(), impact, &items);
    Unblocker { item: view.item_ref(impact.node, ""), text: format!("blocks {blocked}") }
}

impl View<'_> {
    /// What stands around an item: what it needs and what it unblocks. One step each way fits beside the properties without scrolling.
    pub(in crate::site) fn neighbourhood(self, id: ItemId) -> String {
        let resolved = self.resolved(id);
        if resolved.links.depends_on.is_empty() && resolved.links.unblocks.is_empty() {
            return String::new();
        }
        let needs = resolved.links.needs();
        let around = needs.chain(resolved.links.unblocks.iter().copied()).take(MAX_NEAR);
        let near: BTreeSet<ItemId> = around.chain([id]).collect();
        draw(self, &near, Some(id), "Dependencies", "d-")
    }
}

/// Draws items and what they wait for among each other; `here` is the one whose page it is.
fn draw(view: View<'_>, items: &BTreeSet<ItemId>, here: Option<ItemId>, title: &str, id_prefix: &str) -> String {
    let list: Vec<ItemId> = items.iter().copied().collect();
    let box_of = |item: ItemId| list.binary_search(&item).ok().and_then(|index| u32::try_from(index).ok());
    let hrefs: Vec<String> = list.iter().map(|&id| view.link_to(Target::Item(id)).href).collect();
    let notes: Vec<String> = list.iter().map(|&id| note(view, id)).collect();
    let classes: Vec<String> = list.iter().map(|&id| class(view, id, here == Some(id))).collect();
    let titles: Vec<String> = list.iter().map(|&id| markdown::without_code(&view.plan_item(id).entry.title)).collect();
    let node = |(number, &id): (usize, &ItemId)| DrawingNode {
        title: &titles[number],
        note: &notes[number],
        href: (here != Some(id)).then_some(hrefs[number].as_str()),
        class: &classes[number],
        shape: mark(view.plan_item(id).state),
    };
    let edges = list
        .iter()
        .zip(0_u32..)
        .flat_map(|(&id, to)| view.resolved(id).links.needs().filter_map(move |on| Some((box_of(on)?, to))));
    let graph = Graph {
        boxes: list.iter().enumerate().map(node).collect(),
        edges: edges.collect(),
        title,
        description: "An arrow leads from what is needed to what needs it",
        id_prefix,
    };
    drawing::drawing(&graph).svg
}

pub(in crate::site) fn note(view: View<'_>, id: ItemId) -> String {
    let item = view.plan_item(id);
    let status = super::status(item.status.as_ref(), item.state);
    match (view.resolved(id).cycle, &view.resolved(id).readiness) {
        (Some(_), _) => format!("{status}, in a cycle"),
        (None, readiness @ (Readiness::Blocked | Readiness::Waiting)) => format!("{status}, {}", readiness.word()),
        _ => status,
    }
}

/// Its state, what is in its way, and whether the page is its own.
fn class(view: View<'_>, id: ItemId, is_here: bool) -> String {
    let resolved = view.resolved(id);
    let held = match (resolved.cycle, &resolved.readiness) {
        (Some(_), _) => " in-cycle",
        (None, Readiness::Blocked | Readiness::Waiting) => " blocked",
        _ => "",
    };
    format!("state-{}{held}{}", view.plan_item(id).state.word(), if is_here { " here" } else { "" })
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
