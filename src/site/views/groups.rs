//! `/milestones.html`, `/owners.html` and `/tags.html`: all of a kind, each with how far it is.

use std::collections::BTreeMap;

use serde::Serialize;

use super::progress::{self, Progress};
use super::{Page, View, list, words};
use crate::id::ItemId;
use crate::name::natural_key;
use crate::site::address::{self, Group, GroupKind};

#[derive(Debug, Serialize)]
pub(in crate::site) struct GroupsView {
    page: Page,
    /// `2 milestones, 2 with open items`
    summary: String,
    /// What is still open first, milestones by their dates, then by name.
    rows: Vec<GroupRow>,
    /// `and 12 more`; "" for none.
    more: String,
}

#[derive(Debug, Serialize)]
struct GroupRow {
    href: String,
    title: String,
    /// The dates of its open items; "" without any.
    dates: String,
    /// `3 open, 2 ready`; `open or unknown` or `unknown` where nobody knows a state
    open: String,
    progress: Progress,
    /// By effort; `None` where no item says it.
    effort: Option<Progress>,
}

const MOST: usize = 1000;

/// The view of the page of all groups of a kind: what is still open first, milestones by their dates, then by name.
pub(in crate::site) fn groups(view: View<'_>, kind: GroupKind, all: &BTreeMap<String, Group>) -> GroupsView {
    let roadmap = view.roadmap();
    let plural = format!("{}s", kind.label());
    let mut rows: Vec<(bool, Option<_>, GroupRow)> = Vec::with_capacity(all.len());
    let mut still_open = Vec::new();
    for (slug, group) in all {
        let rollup = roadmap.rollup(group.items.iter().copied());
        let is_open = |id: &ItemId| view.plan_item(*id).state.is_open();
        let all_open: Vec<ItemId> = group.items.iter().copied().filter(is_open).collect();
        let open = all_open.len();
        let word = roadmap.open_word(all_open.iter().copied());
        still_open.extend(all_open);
        let ready = rollup.count.ready;
        let span = list::span(view, group);
        let dates = match span {
            Some((first, last)) if first != last => format!("{} to {}", words::date(first), words::date(last)),
            Some((first, _)) => words::date(first),
            None => String::new(),
        };
        let row = GroupRow {
            href: format!("{}{}/{slug}.html", view.root, kind.folder()),
            title: group.title.clone(),
            dates,
            open: match open {
                0 => "nothing open".to_owned(),
                open => format!("{} {word}, {ready} ready", words::thousands(open as u64)),
            },
            progress: progress::by_count(&rollup),
            effort: progress::by_effort(&rollup),
        };
        let key = span.map(|(_, last)| last.key()).filter(|_| kind == GroupKind::Milestone);
        rows.push((open == 0, key, row));
    }
    // What has no date comes behind what has one.
    rows.sort_by_cached_key(|(is_closed, key, row)| (*is_closed, key.is_none(), *key, natural_key(&row.title)));
    let summary = words::count(rows.len(), &kind.label().to_lowercase());
    let open = rows.iter().filter(|(is_closed, ..)| !is_closed).count();
    let summary = format!("{summary}, {open} with {} items", roadmap.open_word(still_open));
    let rest = rows.len().saturating_sub(MOST);
    GroupsView {
        page: view.page(&address::groups_of(kind), &plural, &summary, "backlog"),
        summary,
        rows: rows.into_iter().take(MOST).map(|(.., row)| row).collect(),
        more: if rest == 0 { String::new() } else { format!("and {} more", words::thousands(rest as u64)) },
    }
}
