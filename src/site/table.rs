//! The table of a site: every address, and what stands behind it.

use std::collections::BTreeMap;

use super::address::{self, Group, Page};
use super::{Site, views};
use crate::resolve::{Roadmap, Target};

/// Every address of a site, and the groups that have pages of their own.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) pages: BTreeMap<String, Page>,
    /// By slug.
    pub(super) tags: BTreeMap<String, Group>,
    /// By slug.
    pub(super) owners: BTreeMap<String, Group>,
}

/// Makes the table of a site.
pub(super) fn table(site: &Site) -> Table {
    let roadmap = &site.roadmap;
    let (tags, (owners, mut pages)) = rayon::join(
        || address::groups(roadmap, |item| &item.tags),
        || (address::groups(roadmap, |item| &item.owners), things(roadmap)),
    );
    let fixed = [
        ("index.html", Page::Home),
        ("roadmap.html", Page::Roadmap),
        ("dependencies.html", Page::Dependencies),
        ("404.html", Page::NotFound),
        ("roadmap.json", Page::RoadmapJson),
        ("backlog.csv", Page::BacklogCsv),
    ];
    pages.extend(fixed.map(|(address, page)| (address.to_owned(), page)));
    let rows = site.roadmap.plan.items.len();
    pages.extend((0..views::backlog::pages(rows)).map(|at| (address::backlog(at), Page::Backlog(at))));
    pages.extend(tags.keys().map(|slug| (format!("tags/{slug}.html"), Page::Tag(slug.clone()))));
    pages.extend(owners.keys().map(|slug| (format!("owners/{slug}.html"), Page::Owner(slug.clone()))));
    if site.is_internal() {
        pages.insert("health.html".to_owned(), Page::Health);
        pages.insert("scoring.html".to_owned(), Page::Scoring);
    }
    if site.roadmap.config.base_url.is_some() {
        pages.insert("sitemap.xml".to_owned(), Page::Sitemap);
    }
    let redirects = address::redirects(&site.roadmap, &|address| pages.contains_key(address));
    pages.extend(redirects.into_iter().map(|(address, to)| (address, Page::Redirect(to))));
    // A file of the author's own at one of our addresses is a wish to replace the page.
    let assets = site.assets.iter().enumerate();
    pages.extend(assets.map(|(at, (address, _))| (address.clone(), Page::Asset(at))));
    Table { pages, tags, owners }
}

/// The pages of the things of a plan.
fn things(roadmap: &Roadmap) -> BTreeMap<String, Page> {
    let plan = &roadmap.plan;
    let of = |target| address::of(roadmap, target);
    let items = (0..plan.items.len() as u32).map(|at| (of(Target::Item(at)), Page::Item(at)));
    let themes = (0..plan.themes.len() as u32).map(|at| (of(Target::Theme(at)), Page::Theme(at)));
    let pages = (0..plan.pages.len() as u32).map(|at| (of(Target::Page(at)), Page::Free(at)));
    items.chain(themes).chain(pages).collect()
}
