//! `/milestones/…`, `/owners/…` and `/tags/…`: what belongs to a milestone, what somebody has to do, what has a tag.

use serde::Serialize;

use super::fields::{self, PropertyView};
use super::progress::{self, Progress};
use super::{ItemRef, Link, Page, View, words};
use crate::date::Date;
use crate::id::{ItemId, ThemeId};
use crate::plan::Item;
use crate::resolve::Target;
use crate::site::address::{self, Group, GroupKind};
use crate::state::State;

/// The same for all three.
#[derive(Debug, Serialize)]
pub(in crate::site) struct ListView {
    page: Page,
    /// `Winter pilot`, `Maya Lindqvist`, `Offline`
    title: String,
    /// `Milestone`, `Owner` or `Tag`.
    kind: String,
    /// All of them.
    crumbs: Vec<Link>,
    /// By count.
    progress: Progress,
    /// By effort; `None` where no item says it.
    effort: Option<Progress>,
    /// Dates, themes, owners.
    properties: Vec<PropertyView>,
    /// Open items that do not belong to it, and that its open items wait for.
    outside: Vec<ItemRef>,
    outside_more: Option<Link>,
    groups: Vec<super::Group>,
}

const MAX_OUTSIDE: usize = 12;
const MAX_THEMES: usize = 8;

/// The view of the page of one of them.
pub(in crate::site) fn list(view: View<'_>, address: &str, kind: GroupKind, group: &Group) -> ListView {
    let roadmap = view.roadmap();
    let mut groups = view.groups(&group.items);
    if kind == GroupKind::Owner {
        for row in groups.iter_mut().flat_map(|group| &mut group.items) {
            row.owners.clear();
        }
    }
    let rollup = roadmap.rollup(group.items.iter().copied());
    let outside = outside(view, group);
    let progress = progress::by_count(&rollup);
    ListView {
        page: view.page(address, &group.title, &format!("{}: {}", kind.label(), progress.text), "backlog"),
        title: group.title.clone(),
        kind: kind.label().to_owned(),
        crumbs: vec![view.link(&address::groups_of(kind), format!("{}s", kind.label()))],
        progress,
        effort: progress::by_effort(&rollup),
        properties: properties(view, kind, group),
        outside: outside.iter().take(MAX_OUTSIDE).map(|&id| view.item_ref(id, "")).collect(),
        outside_more: view.more(outside.len(), MAX_OUTSIDE, "dependencies.html"),
        groups,
    }
}

/// The day by which an item is promised: its due date, else its target.
pub(in crate::site) fn promised(item: &Item) -> Option<&Date> {
    item.due.as_ref().or(item.target.as_ref())
}

/// The first and the last day by which open items of a group are promised.
pub(in crate::site) fn span<'a>(view: View<'a>, group: &Group) -> Option<(&'a Date, &'a Date)> {
    let open = group.items.iter().map(|&id| view.plan_item(id)).filter(|item| item.state.is_open());
    let dates: Vec<&Date> = open.filter_map(promised).collect();
    let first = dates.iter().copied().min_by_key(|date| date.key())?;
    let last = dates.iter().copied().max_by_key(|date| date.key())?;
    Some((first, last))
}

fn properties(view: View<'_>, kind: GroupKind, group: &Group) -> Vec<PropertyView> {
    let items = || group.items.iter().map(|&id| view.plan_item(id));
    let mut properties = Vec::new();
    if let Some((first, last)) = span(view, group) {
        let (first, last) = (words::date(first), words::date(last));
        properties.push(fields::text("Dates", if first == last { first } else { format!("{first} to {last}") }));
    }
    let mut themes: Vec<ThemeId> =
        group.items.iter().flat_map(|&id| &view.resolved(id).links.themes).copied().collect();
    themes.sort_unstable();
    themes.dedup();
    let rest = themes.len().saturating_sub(MAX_THEMES);
    let links: Vec<Link> = themes.iter().take(MAX_THEMES).map(|&theme| view.link_to(Target::Theme(theme))).collect();
    if !links.is_empty() {
        let more = if rest > 0 { fields::text("", format!("and {rest} more")) } else { fields::text("", "") };
        properties.push(fields::both(if themes.len() == 1 { "Theme" } else { "Themes" }, links, more));
    }
    if kind != GroupKind::Owner {
        let open = items().filter(|item| item.state.is_open());
        let mut owners: Vec<String> = open.flat_map(|item| GroupKind::Owner.words(item).0.to_vec()).collect();
        owners.sort();
        owners.dedup();
        let unowned = items().filter(|item| item.state.is_open() && item.owners.is_empty()).count();
        owners.truncate(MAX_THEMES);
        let nobody = if unowned > 0 { format!("{} nobody owns", words::count(unowned, "item")) } else { String::new() };
        properties.push(fields::both("Owners", view.owners(&owners).0, fields::text("", nobody)));
    } else {
        let active = items().filter(|item| item.state == State::Active).count();
        properties.push(fields::text("At work on", words::count(active, "item")));
    }
    properties.retain(PropertyView::says_something);
    properties
}

/// What open items of a group wait for and that is not in it, by rank.
fn outside(view: View<'_>, group: &Group) -> Vec<ItemId> {
    let mut members = group.items.clone();
    members.sort_unstable();
    let open = group.items.iter().copied().filter(|&id| view.plan_item(id).state.is_open());
    let needs = open.flat_map(|id| view.resolved(id).links.needs());
    let mut outside: Vec<ItemId> =
        needs.filter(|&on| view.plan_item(on).state.is_open() && members.binary_search(&on).is_err()).collect();
    outside.sort_by_key(|&id| (view.resolved(id).rank.is_none(), view.resolved(id).rank, id));
    outside.dedup();
    outside
}
