//! `/backlog.html`: the ordered list, and behind it what has no place in the order.

use serde::Serialize;

use super::{Group, Link, Page, View, words};
use crate::id::ItemId;
use crate::resolve::score;
use crate::site::address::{self, GroupKind, ROWS};

/// One page of at most 1,000 rows; the second is `backlog-2.html`.
#[derive(Debug, Serialize)]
pub(in crate::site) struct BacklogView {
    page: Page,
    /// `38 open items in the order that brings the most value soonest`
    summary: String,
    /// `Score: value ÷ effort.`
    scoring: String,
    /// To `scoring.html`; `None` in a public build, which has no such page.
    scoring_compared: Option<Link>,
    /// The pages of all milestones, owners and tags, where there are any.
    ways: Vec<Link>,
    /// Ordered, Unscored, Done and dropped: the ones with rows on this page. `id`: `Ordered Unscored Closed`.
    sections: Vec<Group>,
    pager: Option<Pager>,
}

#[derive(Debug, Serialize)]
struct Pager {
    /// `Rows 1,001 to 2,000 of 10,240`
    text: String,
    previous: Option<Link>,
    next: Option<Link>,
    pages: Vec<PageLink>,
}

#[derive(Debug, Serialize)]
struct PageLink {
    href: String,
    label: String,
    current: bool,
}

/// All rows in the order of the pages, with where each section begins.
fn sections(view: View<'_>) -> [(&'static str, &'static str, Vec<ItemId>); 3] {
    let roadmap = view.roadmap();
    let closed = roadmap.items.ids().filter(|&id| !view.plan_item(id).state.is_open());
    [
        ("Ordered", "In order", roadmap.order.clone()),
        ("Unscored", "Unscored", roadmap.unscored.clone()),
        ("Closed", "Done and dropped", closed.collect()),
    ]
}

/// How many pages the backlog has.
pub(in crate::site) fn pages(rows: usize) -> usize {
    rows.div_ceil(ROWS).max(1)
}

/// The view of a page of the backlog, from 0.
pub(in crate::site) fn backlog(view: View<'_>, index: usize) -> BacklogView {
    let roadmap = view.roadmap();
    let total = roadmap.items.len();
    let (from, to) = (index * ROWS, ((index + 1) * ROWS).min(total));
    let (mut shown, mut start) = (Vec::new(), 0);
    for (index, title, items) in sections(view) {
        let end = start + items.len();
        let range = from.clamp(start, end) - start..to.clamp(start, end) - start;
        if !range.is_empty() {
            let mut group = view.group(index, title, &items[range], index == "Closed", ROWS, "");
            group.count = words::thousands(items.len() as u64);
            shown.push(group);
        }
        start = end;
    }
    let summary = summary(view);
    let title = if index == 0 { "Backlog".to_owned() } else { format!("Backlog, page {}", index + 1) };
    BacklogView {
        page: view.page(&address::backlog(index), &title, &summary, "backlog"),
        summary,
        scoring: format!("Score: {}.", score::formula(&roadmap.config, roadmap.config.scoring)),
        scoring_compared: view.site.is_internal().then(|| view.link("scoring.html", "Scoring compared")),
        ways: GroupKind::ALL
            .into_iter()
            .filter(|&kind| view.site.has_groups(kind))
            .map(|kind| view.link(&address::groups_of(kind), format!("By {}", kind.label().to_lowercase())))
            .collect(),
        sections: shown,
        pager: (pages(total) > 1).then(|| pager(view, index, from, to, total)),
    }
}

/// What the order is worth: nothing where nothing has a score.
fn summary(view: View<'_>) -> String {
    let roadmap = view.roadmap();
    let is_any_scored = roadmap.order.iter().any(|&id| view.resolved(id).score.result.is_some());
    let open = || roadmap.count_open(roadmap.order.iter().chain(&roadmap.unscored).copied());
    match roadmap.order.len() + roadmap.unscored.len() {
        0 => "Nothing is open".to_owned(),
        _ if is_any_scored => {
            let ranked = roadmap.count_open(roadmap.order.iter().copied());
            format!("{ranked} in the order that brings the most value soonest")
        }
        1 => format!("{}, which has no score", open()),
        _ => format!("{} of which none has a score, so their order says nothing of their value", open()),
    }
}

fn pager(view: View<'_>, index: usize, from: usize, to: usize, total: usize) -> Pager {
    let last = pages(total) - 1;
    let number = |number: usize| words::thousands(number as u64);
    let page = |page: usize| PageLink { href: address::backlog(page), label: number(page + 1), current: page == index };
    // The first, the last and those around; a plan of 100,000 items has a hundred pages.
    let near = |page: &usize| *page == 0 || *page == last || page.abs_diff(index) <= 3;
    Pager {
        text: format!("Rows {} to {} of {}", number(from + 1), number(to), number(total)),
        previous: (index > 0).then(|| view.link(&address::backlog(index.saturating_sub(1)), "Previous")),
        next: (index < last).then(|| view.link(&address::backlog(index + 1), "Next")),
        pages: (0..=last).filter(near).map(page).collect(),
    }
}
