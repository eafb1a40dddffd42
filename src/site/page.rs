//! The kinds of page: what each is called, where it stands, how it is made, and which lists it is in. A new kind is an entry here, with
//! a view in `views` and a template in the skin.

use std::collections::BTreeMap;

use super::address::{self, GroupKind, Groups, Moved};
use super::views::{self, View};
use super::{Content, Site, data};
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::id::{Id as _, ItemId, PageId, ThemeId};
use crate::resolve::{Roadmap, Target};
use crate::skin::Asset;

/// Defines the kinds with the list of their names.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident $(($($of:ty),+))?,)*) => {
        /// What stands behind an address.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub(super) enum Page {
            $($(#[$doc])* $kind $(($($of),+))?,)*
        }

        /// The name of every kind of page.
        pub const PAGE_KINDS: &[&str] = &[$(stringify!($kind)),*];

        impl Page {
            /// The name of its kind.
            pub(super) fn kind(&self) -> &'static str {
                match self {
                    $(Page::$kind { .. } => stringify!($kind),)*
                }
            }
        }
    };
}

kinds! {
    Home,
    Roadmap,
    Alignment,
    /// From 0.
    Backlog(usize),
    Dependencies,
    Health,
    Scoring,
    NotFound,
    Theme(ThemeId),
    Item(ItemId),
    Free(PageId),
    BoardEmbed,
    BacklogEmbed,
    ThemeEmbed(ThemeId),
    /// All tags, owners or milestones.
    Groups(GroupKind),
    /// One of them, by slug.
    Group(GroupKind, String),
    /// An old address, and where it leads.
    Redirect(Moved),
    RoadmapJson,
    RoadmapSchema,
    BacklogCsv,
    RoadmapIcs,
    RoadmapSvg,
    Robots,
    Sitemap,
    /// What hosts that read it send with every file.
    Headers,
    /// By its index in the skin.
    Asset(usize),
}

/// Every page of a site by its address: `things` are those of the plan, `groups` what has pages of its own, by kind.
pub(super) fn pages(
    site: &Site,
    things: BTreeMap<String, Page>,
    groups: &[&Groups; GroupKind::ALL.len()],
) -> BTreeMap<String, Page> {
    let (roadmap, config) = (&site.roadmap, &site.roadmap.config);
    let mut pages = things;
    let fixed = [
        ("index.html", Page::Home),
        ("roadmap.html", Page::Roadmap),
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
    let of_the_team = [("health.html", Page::Health), ("scoring.html", Page::Scoring)];
    let of_the_team = of_the_team.into_iter().filter(|_| site.is_internal());
    let alignment = views::alignment::is_shown(roadmap).then_some(("alignment.html", Page::Alignment));
    let sitemap = config.base_url.as_ref().map(|_| ("sitemap.xml", Page::Sitemap));
    let headers = config.headers.then_some(("_headers", Page::Headers));
    let all = fixed.into_iter().chain(of_the_team).chain(alignment).chain(sitemap).chain(headers);
    pages.extend(all.map(|(address, page)| (address.to_owned(), page)));
    let rows = roadmap.items.len();
    pages.extend((0..views::backlog::pages(rows)).map(|page| (address::backlog(page), Page::Backlog(page))));
    for (kind, groups) in GroupKind::ALL.into_iter().zip(groups) {
        let slugs = groups.by_slug.keys();
        pages.extend(slugs.map(|slug| (groups.address_of(slug), Page::Group(kind, slug.clone()))));
        if !groups.by_slug.is_empty() {
            pages.insert(address::groups_of(kind), Page::Groups(kind));
        }
    }
    let redirects = address::redirects(roadmap, groups, &|address| pages.contains_key(address));
    pages.extend(redirects.into_iter().map(|(address, to)| (address, Page::Redirect(to))));
    // A file of the author's own at one of our addresses is a wish to replace the page.
    let assets = site.assets.iter().enumerate();
    pages.extend(assets.map(|(index, (address, _))| (address.clone(), Page::Asset(index))));
    pages
}

/// The pages of the things of a plan.
pub(super) fn things(roadmap: &Roadmap) -> BTreeMap<String, Page> {
    let plan = &roadmap.plan;
    let of = |target: Target| target.address(plan);
    let items = plan.items.ids().map(|id| (of(Target::Item(id)), Page::Item(id)));
    let themes = plan.themes.ids().map(|id| (of(Target::Theme(id)), Page::Theme(id)));
    let embeds = plan.themes.ids().map(|id| (address::embed(&of(Target::Theme(id))), Page::ThemeEmbed(id)));
    let pages = plan.pages.ids().map(|id| (of(Target::Page(id)), Page::Free(id)));
    items.chain(themes).chain(embeds).chain(pages).collect()
}

impl Page {
    /// Makes what stands behind its address.
    pub(super) fn render(&self, site: &Site, address: &str) -> Result<Content, Box<Diagnostic>> {
        let view = View::new(site, address);
        let templates = site.templates.with(&site.given);
        let text = match self {
            Page::Home => templates.render("home.html", &views::home::home(view)),
            Page::Roadmap => templates.render("roadmap.html", &views::board::board(view)),
            Page::Backlog(page) => templates.render("backlog.html", &views::backlog::backlog(view, *page)),
            Page::Dependencies => templates.render("dependencies.html", &views::dependencies::dependencies(view)),
            Page::Health => templates.render("health.html", &views::health::health(view)),
            Page::Scoring => templates.render("scoring.html", &views::scoring::scoring(view)),
            Page::NotFound => {
                let root = site.roadmap.config.base_url.as_deref().unwrap_or_default();
                templates.render("404.html", &views::page::not_found(view, root))
            }
            Page::Theme(id) => templates.render("theme.html", &views::theme::theme(view, address, *id)),
            Page::Item(id) => templates.render("item.html", &views::item::item(view, address, *id)),
            Page::Free(id) => templates.render("page.html", &views::page::page(view, address, *id)),
            Page::BoardEmbed => templates.render("embed-board.html", &views::embed::board(view)),
            Page::BacklogEmbed => templates.render("embed-backlog.html", &views::embed::backlog(view)),
            Page::ThemeEmbed(id) => templates.render("embed-theme.html", &views::embed::theme(view, *id)),
            Page::Alignment => templates.render("alignment.html", &views::alignment::alignment(view)),
            Page::Groups(kind) => {
                templates.render("groups.html", &views::groups::groups(view, *kind, &site.groups(*kind).by_slug))
            }
            Page::Group(kind, slug) => {
                let group = &site.groups(*kind).by_slug[slug];
                templates.render(kind.template(), &views::list::list(view, address, *kind, group))
            }
            Page::Redirect(to) => templates.render("redirect.html", &views::page::redirect(view, to)),
            Page::Sitemap => templates.render("sitemap.xml", &views::page::sitemap(view)),
            Page::Headers => templates.render("_headers", &views::page::HeadersView {}),
            Page::RoadmapJson => Ok(data::roadmap_json::roadmap_json(view)),
            Page::RoadmapSchema => Ok(data::roadmap_json::SCHEMA.to_owned()),
            Page::BacklogCsv => Ok(data::backlog_csv::backlog_csv(view)),
            Page::RoadmapIcs => Ok(data::roadmap_ics::roadmap_ics(view)),
            Page::RoadmapSvg => Ok(data::roadmap_svg::roadmap_svg(view)),
            Page::Robots => templates.render("robots.txt", &views::page::robots(view)),
            Page::Asset(index) => {
                return Ok(match &site.assets[*index].1 {
                    Asset::Embedded(bytes) => Content::Bytes(bytes.to_vec()),
                    Asset::File(path) => Content::File(path.clone()),
                });
            }
        };
        text.map(|text| Content::Bytes(text.into_bytes()))
    }

    /// The day of its last change, where an author gave it, if search engines may list it. What is not named here is not listed.
    pub(super) fn in_sitemap<'a>(&self, roadmap: &'a Roadmap) -> Option<Option<&'a Date>> {
        match self {
            Page::Item(id) => Some(roadmap.plan.items[*id].updated.as_ref()),
            Page::Home | Page::Roadmap | Page::Alignment | Page::Backlog(_) | Page::Dependencies => Some(None),
            Page::Theme(_) | Page::Free(_) | Page::Groups(_) | Page::Group(..) => Some(None),
            _ => None,
        }
    }

    /// Its chapter, and its position there, where pages are read one after another: the plan from its vision down, items in their order,
    /// then what groups them. What is not named here is left out.
    pub(super) fn chapter(&self, site: &Site) -> Option<(u8, u32)> {
        Some(match self {
            Page::Home => (0, 0),
            Page::Roadmap => (1, 0),
            Page::Alignment => (2, 0),
            Page::Backlog(page) => (3, u32::try_from(*page).unwrap_or(u32::MAX)),
            Page::Dependencies => (4, 0),
            Page::Theme(id) => {
                let position = site.theme_order.iter().position(|theme| theme == id);
                (5, position.and_then(|position| u32::try_from(position).ok()).unwrap_or(u32::MAX))
            }
            Page::Item(id) => (6, site.roadmap.items[*id].rank.unwrap_or(u32::MAX)),
            Page::Free(id) => (7, u32::try_from(id.index()).unwrap_or(u32::MAX)),
            Page::Groups(kind) => (8 + *kind as u8, 0),
            Page::Group(kind, _) => (8 + *kind as u8, 1),
            Page::Scoring => (12, 0),
            Page::Health => (13, 0),
            _ => return None,
        })
    }
}
