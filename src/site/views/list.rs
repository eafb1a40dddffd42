//! `/tags/…` and `/owners/…`: what has a tag, and what somebody has to do.

use serde::Serialize;

use super::progress::{self, Progress};
use super::{Group, Link, Page, View};
use crate::resolve::Rollup;

/// The same for both.
#[derive(Debug, Serialize)]
pub(in crate::site) struct ListView {
    page: Page,
    title: String,
    /// `Tag`, `Owner`
    kind: String,
    crumbs: Vec<Link>,
    progress: Progress,
    groups: Vec<Group>,
}

/// The view of a tag's or an owner's page.
pub(in crate::site) fn list(
    view: View<'_>,
    address: &str,
    kind: &str,
    group: &crate::site::address::Group,
) -> ListView {
    let roadmap = view.roadmap();
    let mut groups = view.groups(&group.items);
    if kind == "Owner" {
        for row in groups.iter_mut().flat_map(|group| &mut group.items) {
            row.owners.clear();
        }
    }
    ListView {
        page: view.page(address, &group.title, "", "backlog"),
        title: group.title.clone(),
        kind: kind.to_owned(),
        crumbs: vec![view.link("backlog.html", "Backlog")],
        progress: progress::by_count(&Rollup::of(&roadmap.plan, &roadmap.items, group.items.iter().copied())),
        groups,
    }
}
