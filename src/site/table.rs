//! The table of a site: every address, and what stands behind it.

use std::collections::BTreeMap;

use super::address::{self, Group, GroupKind, Page};
use super::{Site, data, views};
use crate::resolve::{Roadmap, Target};

/// Every address of a site, and the groups that have pages of their own.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) pages: BTreeMap<String, Page>,
    /// By kind, then by slug.
    groups: [BTreeMap<String, Group>; 3],
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
    let (groups, mut pages) =
        rayon::join(|| GroupKind::ALL.map(|kind| address::groups(roadmap, kind)), || things(roadmap));
    let fixed = [
        ("index.html", Page::Home),
        ("roadmap.html", Page::Roadmap),
        ("alignment.html", Page::Alignment),
        ("dependencies.html", Page::Dependencies),
        ("404.html", Page::NotFound),
        ("embed/board.html", Page::BoardEmbed),
        ("embed/backlog.html", Page::BacklogEmbed),
        ("roadmap.json", Page::RoadmapJson),
        (data::roadmap_json::SCHEMA_ADDRESS, Page::RoadmapSchema),
        ("backlog.csv", Page::BacklogCsv),
        ("roadmap.ics", Page::RoadmapIcs),
        ("roadmap.svg", Page::RoadmapSvg),
        ("robots.txt", Page::Robots),
    ];
    pages.extend(fixed.map(|(address, page)| (address.to_owned(), page)));
    let rows = site.roadmap.plan.items.len();
    pages.extend((0..views::backlog::pages(rows)).map(|at| (address::backlog(at), Page::Backlog(at))));
    for kind in GroupKind::ALL {
        let slugs = groups[kind as usize].keys();
        pages.extend(slugs.map(|slug| (format!("{}/{slug}.html", kind.folder()), Page::Group(kind, slug.clone()))));
        if !groups[kind as usize].is_empty() {
            pages.insert(address::groups_of(kind), Page::Groups(kind));
        }
    }
    if site.is_internal() {
        pages.insert("health.html".to_owned(), Page::Health);
        pages.insert("scoring.html".to_owned(), Page::Scoring);
    }
    if site.roadmap.config.base_url.is_some() {
        pages.insert("sitemap.xml".to_owned(), Page::Sitemap);
    }
    if site.roadmap.config.headers {
        pages.insert("_headers".to_owned(), Page::Headers);
    }
    let redirects = address::redirects(&site.roadmap, &|address| pages.contains_key(address));
    pages.extend(redirects.into_iter().map(|(address, to)| (address, Page::Redirect(to))));
    // A file of the author's own at one of our addresses is a wish to replace the page.
    let assets = site.assets.iter().enumerate();
    pages.extend(assets.map(|(at, (address, _))| (address.clone(), Page::Asset(at))));
    Table { pages, groups }
}

/// The pages of the things of a plan.
fn things(roadmap: &Roadmap) -> BTreeMap<String, Page> {
    let plan = &roadmap.plan;
    let of = |target: Target| target.address(&roadmap.plan);
    let items = plan.items.ids().map(|at| (of(Target::Item(at)), Page::Item(at)));
    let themes = plan.themes.ids().map(|at| (of(Target::Theme(at)), Page::Theme(at)));
    let embeds = plan.themes.ids().map(|at| (address::embed(&of(Target::Theme(at))), Page::ThemeEmbed(at)));
    let pages = plan.pages.ids().map(|at| (of(Target::Page(at)), Page::Free(at)));
    items.chain(themes).chain(embeds).chain(pages).collect()
}
