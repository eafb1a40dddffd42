//! The table of a site: every address, and what stands behind it.

use std::collections::BTreeMap;

use super::Site;
use super::address::{self, Group, GroupKind};
use super::page::{Page, pages, things};

/// Every address of a site, and the groups that have pages of their own.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) pages: BTreeMap<String, Page>,
    /// By kind, then by slug.
    groups: [BTreeMap<String, Group>; GroupKind::ALL.len()],
}

impl Table {
    /// All groups of a kind, by slug.
    pub(super) fn groups(&self, kind: GroupKind) -> &BTreeMap<String, Group> {
        &self.groups[kind as usize]
    }
}

/// Makes the table of a site.
pub(super) fn table(site: &Site) -> Table {
    let roadmap = &site.roadmap;
    let (groups, things) =
        rayon::join(|| GroupKind::ALL.map(|kind| address::groups(roadmap, kind)), || things(roadmap));
    Table { pages: pages(site, things, &groups), groups }
}
