//! Addresses: the path of every page from the site's root. They come from ids alone, and never move when another file changes.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::plan::{Entry, slug};
use crate::resolve::{Roadmap, Target};

/// Most rows on one page of the backlog: a plain table of more reads and filters badly.
pub(super) const ROWS: usize = 1000;

/// What stands behind an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Page {
    Home,
    Roadmap,
    /// From 0.
    Backlog(usize),
    Dependencies,
    Health,
    Scoring,
    NotFound,
    Theme(u32),
    Item(u32),
    Free(u32),
    /// By slug.
    Tag(String),
    /// By slug.
    Owner(String),
    /// An old address, and where it leads.
    Redirect(Target),
    RoadmapJson,
    BacklogCsv,
    Sitemap,
    /// By its place in the skin.
    Asset(usize),
}

/// A tag or an owner: what to call it, and its items.
#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    pub(super) title: String,
    pub(super) items: Vec<u32>,
}

/// The address of a thing of the plan.
pub(super) fn of(roadmap: &Roadmap, target: Target) -> String {
    let entry = |target: Target| target.entry(&roadmap.plan).map(|entry| entry.slug.as_str()).unwrap_or_default();
    match target {
        Target::Vision => "index.html".to_owned(),
        Target::Theme(_) => format!("themes/{}.html", entry(target)),
        Target::Item(_) => format!("items/{}.html", entry(target)),
        Target::Page(_) => format!("pages/{}.html", entry(target)),
    }
}

/// The address of a page of the backlog.
pub(super) fn backlog(page: usize) -> String {
    if page == 0 { "backlog.html".to_owned() } else { format!("backlog-{}.html", page + 1) }
}

/// Groups items by the slug of a word that each has several of.
pub(super) fn groups<'a>(
    roadmap: &'a Roadmap,
    words: impl Fn(&'a crate::plan::Item) -> &'a [String],
) -> BTreeMap<String, Group> {
    // Many items share few words, so each word is put into its address once.
    let mut known: HashMap<&str, usize> = HashMap::new();
    let mut slugs: BTreeMap<String, usize> = BTreeMap::new();
    let mut groups: Vec<Group> = Vec::new();
    let ranked = roadmap.order.iter().copied();
    let others = (0..roadmap.items.len() as u32).filter(|&at| roadmap.items[at as usize].rank.is_none());
    for at in ranked.chain(others) {
        for word in words(&roadmap.plan.items[at as usize]) {
            let place = *known.entry(word).or_insert_with(|| {
                let place = *slugs.entry(slug(word)).or_insert(groups.len());
                if place == groups.len() {
                    groups.push(Group::default());
                }
                let title = &mut groups[place].title;
                // The spelling does not depend on the order of the files.
                if title.is_empty() || word < title {
                    title.clone_from(word);
                }
                place
            });
            let items = &mut groups[place].items;
            if items.last() != Some(&at) {
                items.push(at);
            }
        }
    }
    slugs.into_iter().map(|(slug, place)| (slug, std::mem::take(&mut groups[place]))).collect()
}

/// Old addresses: those of aliases, where no thing has them now.
pub(super) fn redirects(roadmap: &Roadmap, is_taken: &dyn Fn(&str) -> bool) -> Vec<(String, Target)> {
    let mut redirects = Vec::new();
    let mut seen = BTreeSet::new();
    let mut add = |entry: &Entry, target: Target, folder: &str| {
        for alias in &entry.aliases {
            let address = format!("{folder}/{}.html", slug(&alias.value));
            if !is_taken(&address) && seen.insert(address.clone()) {
                redirects.push((address, target));
            }
        }
    };
    for (at, item) in (0..).zip(&roadmap.plan.items) {
        add(&item.entry, Target::Item(at), "items");
    }
    for (at, theme) in (0..).zip(&roadmap.plan.themes) {
        add(&theme.entry, Target::Theme(at), "themes");
    }
    for (at, page) in (0..).zip(&roadmap.plan.pages) {
        add(&page.entry, Target::Page(at), "pages");
    }
    redirects
}
