//! `/items/ID.html`: one item, with the way up to the vision and the way down to what it needs.

use serde::Serialize;

use super::contents::{TocEntry, contents};
use super::fields::PropertyView;
use super::progress::{self, Progress};
use super::waits::Wait;
use super::{ItemRef, Link, Notice, Page, Source, View, readiness, status, words};
use crate::id::ItemId;
use crate::markdown::{self, escape};
use crate::plan::Entry;
use crate::resolve::{Resolved, Rollup, Target};
use crate::text::listed;

#[derive(Debug, Serialize)]
pub(in crate::site) struct ItemView {
    page: Page,
    id: String,
    title: String,
    /// The anchor of the body's first heading, where that is the title; "" where it is not, and stands in the body.
    anchor: String,
    /// `Enabler`; "" for none.
    type_label: String,
    state: String,
    status: String,
    readiness: String,
    blocked_by: Vec<Link>,
    blocked_note: String,
    /// Vision, theme, parents: from the top down, without the item itself.
    crumbs: Vec<Link>,
    notices: Vec<Notice>,
    /// `7`; "" where it has none (done, dropped, unscored).
    rank: String,
    /// `of 38`
    rank_of: String,
    /// The sentence, also for unscored ones (`Unscored: it has no effort`); "" for done and dropped.
    why: String,
    summary: String,
    body_html: String,
    /// The headings of the body, nested, where there are more than four.
    toc: Vec<TocEntry>,
    /// Acceptance criteria met; `None` without any.
    criteria: Option<Progress>,
    /// Theme, horizon, owner, team, score with inputs, value, effort, priority, target, milestone, tags, … : what is set, in this
    /// order.
    properties: Vec<PropertyView>,
    /// What the author wrote beside the fields that Roadbook knows.
    more_fields: Vec<PropertyView>,
    /// What it depends on, each with what its author says of it.
    needs: Vec<ItemRef>,
    needs_more: Option<Link>,
    /// What it waits for outside of the plan's items.
    waits: Vec<Wait>,
    unblocks: Vec<ItemRef>,
    unblocks_more: Option<Link>,
    /// `<svg>` of the neighbourhood; "" where needs and unblocks are empty.
    graph_html: String,
    /// The items it is the parent of.
    children: Vec<ItemRef>,
    /// All parts and their parts by count, and by effort where one says it.
    children_progress: Option<Progress>,
    children_effort: Option<Progress>,
    /// Relates to, supersedes, superseded by, mentioned by.
    relations: Vec<Relation>,
    source: Source,
    feedback: Option<Link>,
    /// Neighbours in the order.
    previous: Option<ItemRef>,
    next: Option<ItemRef>,
}

#[derive(Debug, Serialize)]
struct Relation {
    label: String,
    items: Vec<ItemRef>,
}

/// Beyond so many, the page sends its reader to the dependencies page.
const MAX_NEIGHBOURS: usize = 30;

/// The view of an item's page.
pub(in crate::site) fn item(view: View<'_>, address: &str, id: ItemId) -> ItemView {
    let (item, resolved) = (view.plan_item(id), view.resolved(id));
    let entry = &item.entry;
    let parts = parts(view, id);
    let (blocked_by, blocked_note) = view.blocked(id);
    let (needs, needs_more) = view.needs(id, MAX_NEIGHBOURS, "dependencies.html");
    let (unblocks, unblocks_more) = view.refs(&resolved.links.unblocks, MAX_NEIGHBOURS, "dependencies.html");
    let order = &view.roadmap().order;
    let neighbour = |rank: Option<u32>| Some(view.item_ref(*order.get(rank?.checked_sub(1)? as usize)?, ""));
    ItemView {
        page: view.page(address, &entry.title, &entry.summary, "backlog"),
        id: entry.id.clone(),
        title: entry.title.clone(),
        anchor: entry.title_anchor().unwrap_or_default().to_owned(),
        type_label: words::capital(&item.item_type),
        state: item.state.word().to_owned(),
        status: status(item.status.as_ref(), item.state),
        readiness: readiness(&resolved.readiness).to_owned(),
        blocked_by,
        blocked_note,
        crumbs: crumbs(view, id),
        notices: notices(view, id),
        rank: resolved.rank.map(|rank| words::thousands(u64::from(rank))).unwrap_or_default(),
        rank_of: format!("of {}", words::thousands(order.len() as u64)),
        why: view.why(id),
        summary: view.lead(entry),
        body_html: view.body(entry),
        toc: contents(entry),
        criteria: progress::by_criteria(entry.document.outline.criteria),
        properties: view.item_properties(id),
        more_fields: view.more_fields(&entry.extra),
        graph_html: view.neighbourhood(id),
        needs,
        needs_more,
        waits: view.waits(id),
        unblocks,
        unblocks_more,
        children: view.refs(&resolved.links.children, usize::MAX, "").0,
        children_progress: parts.as_ref().map(progress::by_count),
        children_effort: parts.as_ref().and_then(progress::by_effort),
        relations: relations(view, resolved),
        source: view.source(entry),
        feedback: view.site.feedback(entry),
        previous: neighbour(resolved.rank.and_then(|rank| rank.checked_sub(1))),
        next: neighbour(resolved.rank.map(|rank| rank + 1)),
    }
}

impl View<'_> {
    /// The author's summary; nothing where it is only the beginning of the body, which stands below.
    pub(in crate::site) fn lead(self, entry: &Entry) -> String {
        if entry.summary == entry.document.outline.summary { String::new() } else { entry.summary.clone() }
    }
}

/// Parents that the way up names. The next one above stands for all that are further up: a chain of thousands would fill every page of it.
const MAX_PARENTS: usize = 6;

/// The way up: vision, first theme, the nearest parents.
fn crumbs(view: View<'_>, id: ItemId) -> Vec<Link> {
    let above = |&id: &ItemId| view.resolved(id).links.parent;
    let up = std::iter::successors(view.resolved(id).links.parent, above).take(MAX_PARENTS + 1);
    let mut parents: Vec<Link> = up.map(|id| view.link_to(Target::Item(id))).collect();
    if let Some(more) = parents.get_mut(MAX_PARENTS) {
        more.label = "…".to_owned();
    }
    let vision = view.link_to(Target::Vision);
    let theme = view.resolved(id).links.themes.first().map(|&theme| view.link_to(Target::Theme(theme)));
    std::iter::once(vision).chain(theme).chain(parents.into_iter().rev()).collect()
}

fn notices(view: View<'_>, id: ItemId) -> Vec<Notice> {
    let (item, resolved) = (view.plan_item(id), view.resolved(id));
    let mut notices = view.notices(&item.entry);
    let mut note = |kind: &str, text_html: String| notices.push(Notice::new(kind, text_html));
    if resolved.cycle.is_some() {
        note("error", in_cycle(view, id));
    }
    for &other in &resolved.links.superseded_by {
        note("note", format!("Superseded by {}.", link_html(view, other)));
    }
    for (name, cause) in resolved.links.waiting_for().filter_map(|one| Some((one.text, one.unknown?))) {
        let text = format!("It depends on `{}`, which {}.", name.value, cause.words());
        note("warning", markdown::with_code(&text));
    }
    notices
}

/// That an item is in a cycle, and with which others.
fn in_cycle(view: View<'_>, id: ItemId) -> String {
    let item = view.roadmap().item(id);
    let names: Vec<String> = item.cycle_members().take(MAX_NEIGHBOURS).map(|other| link_html(view, other)).collect();
    let more = match item.cycle_size().saturating_sub(1 + names.len()) {
        0 => String::new(),
        more => format!(" and {} more", words::thousands(more as u64)),
    };
    let words = match names.as_slice() {
        [] => "It waits for itself".to_owned(),
        names if more.is_empty() => format!("It waits in a cycle with {}", listed(names)),
        names => format!("It waits in a cycle with {}{more}", names.join(", ")),
    };
    format!("{words}: see the <a href=\"{}dependencies.html#Cycles\">cycles</a>.", view.root)
}

/// A link to an item, by its title.
fn link_html(view: View<'_>, id: ItemId) -> String {
    let link = view.link_to(Target::Item(id));
    let mut text = format!("<a href=\"{}\"", link.href);
    if !view.lang().is_empty() {
        text.push_str(" lang=\"");
        escape::attribute(&mut text, &view.lang());
        text.push('"');
    }
    text.push('>');
    text + &markdown::with_code(&link.label) + "</a>"
}

/// How far the parts of an item are, down to the smallest; none where it has none.
fn parts(view: View<'_>, id: ItemId) -> Option<Rollup> {
    (!view.resolved(id).links.children.is_empty()).then(|| view.roadmap().of_parts[id].clone())
}

fn relations(view: View<'_>, resolved: &Resolved) -> Vec<Relation> {
    let lists = [
        ("Relates to", &resolved.links.relates),
        ("Supersedes", &resolved.links.supersedes),
        ("Superseded by", &resolved.links.superseded_by),
        ("Mentioned by", &resolved.mentioned_by),
    ];
    let relation = |(label, items): (&str, &Vec<ItemId>)| Relation {
        label: label.to_owned(),
        items: view.refs(items, MAX_NEIGHBOURS, "").0,
    };
    lists.into_iter().filter(|(_, items)| !items.is_empty()).map(relation).collect()
}
