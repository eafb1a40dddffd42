//! The table of a site: every address, and what stands behind it.

use std::collections::BTreeMap;

use super::Site;
use super::address::GroupKind;
use super::page::{Page, pages, things};

/// Every address of a site.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) pages: BTreeMap<String, Page>,
}

/// Makes the table of a site.
pub(super) fn table(site: &Site) -> Table {
    let groups = || GroupKind::ALL.map(|kind| site.groups(kind));
    let (groups, things) = rayon::join(groups, || things(&site.roadmap));
    Table { pages: pages(site, things, &groups) }
}
