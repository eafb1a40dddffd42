//! The site: every address, and how to make the bytes behind one.
//!
//! A [`Site`] is a function from address to bytes: [`Site::addresses`] lists, [`Site::render`] makes. Publishing renders all, a
//! preview the one that is asked for; there is no second path.

mod address;
mod card;
mod columns;
mod data;
mod disagreement_index;
pub mod drawing;
mod mentions;
mod page;
mod policy;
mod reading;
mod table;
mod templates;
pub mod timeline;
mod views;

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use crate::changes::{Change, changes, pairs};
use crate::config::Audience;
use crate::config::Kind;
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::id::{ItemId, ThemeId};
use crate::markdown;
use crate::plan::Entry;
use crate::release::Release;
use crate::resolve::{Roadmap, Target};
use crate::skin::Asset;
use crate::source::Location;

use address::{GroupKind, Groups};
use columns::{Column, columns};
use disagreement_index::DisagreementIndex;
use mentions::Mentions;
use page::Page;
use table::Table;
use templates::Shared;
use views::{Link, NavLink, SiteView, View, words};

pub use address::percent_encoded;
pub use data::ROADMAP_SCHEMA;
pub use page::PAGE_KINDS;
pub use templates::{Templates, templates};

/// What stands behind an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Made by the site.
    Bytes(Vec<u8>),
    /// A file of the project's, to copy as it is.
    File(PathBuf),
}

/// A site: a roadmap in a skin.
#[derive(Debug)]
pub struct Site {
    roadmap: Roadmap,
    /// The roadmap of an earlier time, where pages are to say what changed.
    earlier: Option<Arc<Roadmap>>,
    templates: Arc<Templates>,
    shared: SiteView,
    /// `shared` as templates take it.
    given: Shared,
    assets: Vec<(String, Asset)>,
    /// Made when somebody asks for more than an item's page.
    table: OnceLock<Table>,
    /// By kind, made when a page names one.
    groups: [OnceLock<Groups>; GroupKind::ALL.len()],
    /// Themes by their `order`, then path.
    theme_order: Vec<ThemeId>,
    /// The columns of the board.
    columns: Vec<Column>,
    mentions: Option<Mentions>,
    /// Made when a page of an internal build asks.
    disagreement_index: OnceLock<DisagreementIndex>,
}

/// Makes the site of a release: the skin's `assets` by address, and its pages by `templates`. `base_url` is where it will be, in place
/// of the configuration's. [`crate::site()`] puts the parts together.
pub fn site(release: Release, base_url: Option<&str>, assets: Vec<(String, Asset)>, templates: Arc<Templates>) -> Site {
    let (mut roadmap, earlier) = release.into_parts();
    if let Some(url) = base_url {
        Arc::make_mut(&mut roadmap.config).base_url = Some(format!("{}/", url.trim_end_matches('/')));
    }
    let shared = shared(&roadmap);
    Site {
        given: Shared::new(&shared),
        shared,
        templates,
        table: OnceLock::new(),
        groups: Default::default(),
        theme_order: theme_order(&roadmap),
        columns: columns(&roadmap),
        mentions: Mentions::new(&roadmap),
        disagreement_index: OnceLock::new(),
        assets,
        roadmap,
        earlier,
    }
}

impl Site {
    /// Every address, sorted: paths from the site's root.
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        self.table().pages.keys().map(String::as_str)
    }

    /// Whether there is such an address.
    pub fn has(&self, address: &str) -> bool {
        self.page(address).is_some()
    }

    /// The address of an item, by its index in the plan.
    pub fn item_address(&self, item: ItemId) -> String {
        Target::Item(item).address(&self.roadmap.plan)
    }

    /// The addresses of themes and free pages, each behind the path of its file.
    pub fn other_addresses(&self) -> Vec<(&str, String)> {
        let plan = &self.roadmap.plan;
        let themes = plan.themes.enumerate().map(|(id, theme)| (Target::Theme(id), &theme.entry));
        let pages = plan.pages.enumerate().map(|(id, page)| (Target::Page(id), &page.entry));
        themes.chain(pages).map(|(target, entry)| (entry.path(), target.address(&self.roadmap.plan))).collect()
    }

    /// Which kinds of page there are that a plan may also lack. Costs less than the addresses.
    pub fn kinds(&self) -> [bool; 8] {
        let plan = &self.roadmap.plan;
        let entries = plan.items.iter().map(|item| &item.entry).chain(plan.themes.iter().map(|theme| &theme.entry));
        let mut entries = entries.chain(plan.pages.iter().map(|page| &page.entry));
        [
            !plan.items.is_empty(),
            !plan.themes.is_empty(),
            !plan.pages.is_empty(),
            self.has_groups(GroupKind::Milestone),
            self.has_groups(GroupKind::Owner),
            self.has_groups(GroupKind::Tag),
            entries.any(|entry| !entry.aliases.is_empty()),
            self.roadmap.config.base_url.is_some(),
        ]
    }

    /// Whether an item has a milestone, an owner or a tag.
    fn has_groups(&self, kind: GroupKind) -> bool {
        self.roadmap.plan.items.iter().any(|item| !kind.words(item).0.is_empty())
    }

    /// One address of each kind of page, with the name of the kind (of [`PAGE_KINDS`]): whoever renders these has met every template.
    pub fn samples(&self) -> Vec<(&'static str, &str)> {
        let mut seen = HashSet::new();
        let group = |page: &Page| match page {
            Page::Group(kind, _) => Some(*kind),
            _ => None,
        };
        let is_first = |(_, page): &(&String, &Page)| seen.insert((page.kind(), group(page)));
        let pages = self.table().pages.iter().filter(is_first);
        pages.map(|(address, page)| (page.kind(), address.as_str())).collect()
    }

    /// Its templates, for the next site of the same skin.
    pub fn templates(&self) -> &Arc<Templates> {
        &self.templates
    }

    /// The site's name.
    pub fn title(&self) -> &str {
        &self.shared.title
    }

    /// What the site was made from.
    pub fn roadmap(&self) -> &Roadmap {
        &self.roadmap
    }

    /// What became of the plan since the earlier roadmap; nothing without one.
    pub fn changes(&self) -> Vec<Change> {
        let since = |earlier: &Arc<Roadmap>| changes(earlier, &self.roadmap, &pairs(&earlier.plan, &self.roadmap.plan));
        self.earlier.as_ref().map(since).unwrap_or_default()
    }

    /// Makes what stands behind an address; none where there is no such address.
    pub fn render(&self, address: &str) -> Option<Result<Content, Box<Diagnostic>>> {
        Some(self.page(address)?.render(self, address))
    }

    /// Makes what is shown at an address that there is not, for a host at whose root the site is.
    pub fn missing(&self) -> Result<Vec<u8>, Box<Diagnostic>> {
        let view = views::page::not_found(View::new(self, "404.html"), "/");
        self.templates.with(&self.given).render("404.html", &view).map(String::into_bytes)
    }

    /// What stands behind an address. An item's page is found by the names of the plan: it is what a preview mostly shows, and needs
    /// no table.
    fn page(&self, address: &str) -> Option<Page> {
        let is_asset = || self.assets.binary_search_by(|(asset, _)| asset.as_str().cmp(address)).is_ok();
        let slug = address.strip_prefix("items/").and_then(|rest| rest.strip_suffix(".html"));
        let found = slug.and_then(|slug| self.roadmap.symbols.by_id(slug, Kind::Item));
        if let Some(Target::Item(id)) = found
            && Some(self.roadmap.plan.items[id].entry.slug.as_str()) == slug
            && !is_asset()
        {
            return Some(Page::Item(id));
        }
        self.table().pages.get(address).cloned()
    }

    /// The groups of a kind.
    fn groups(&self, kind: GroupKind) -> &Groups {
        self.groups[kind as usize].get_or_init(|| address::groups(&self.roadmap, kind))
    }

    fn table(&self) -> &Table {
        self.table.get_or_init(|| table::table(self))
    }

    /// The pages that a search engine may list, with the day of their last change where an author gave it.
    fn listed(&self) -> impl Iterator<Item = (&str, Option<&Date>)> {
        let pages = self.table().pages.iter();
        pages.filter_map(|(address, page)| Some((address.as_str(), page.in_sitemap(&self.roadmap)?)))
    }

    fn is_internal(&self) -> bool {
        self.roadmap.audience == Audience::Internal
    }

    fn mentions(&self) -> Option<&Mentions> {
        self.mentions.as_ref()
    }

    /// The disagreements that a file takes part in; none in a public build.
    fn disagreements(&self, path: &str) -> Vec<&Diagnostic> {
        if !self.is_internal() {
            return Vec::new();
        }
        let diagnostics = &self.roadmap.diagnostics;
        let index = self.disagreement_index.get_or_init(|| DisagreementIndex::new(&self.roadmap));
        index.of(path).into_iter().filter_map(|index| diagnostics.get(index as usize)).collect()
    }

    /// The absolute address of a page.
    fn canonical(&self, address: &str) -> Option<String> {
        let base = self.roadmap.config.base_url.as_ref()?;
        Some(format!("{base}{}", if address == "index.html" { String::new() } else { percent_encoded(address) }))
    }

    fn description(&self) -> String {
        let config = &self.roadmap.config;
        let vision = || self.roadmap.plan.vision.as_ref().map(|vision| vision.entry.summary.clone());
        config.description.clone().or_else(vision).unwrap_or_default()
    }

    /// Where a file is edited.
    fn edit_href(&self, path: &str) -> Option<String> {
        let config = &self.roadmap.config;
        Some(format!("{}/edit/{}/{}", config.repository.as_ref()?, config.branch, percent_encoded(path)))
    }

    /// Where a file of the repository can be seen, by its path from the project's root. The project may be a folder of the repository, which
    /// stands behind the branch.
    fn file_href(&self, path: &str, raw: bool) -> Option<String> {
        let config = &self.roadmap.config;
        let view = if raw { "raw" } else { "blob" };
        let (mut root, mut path) = (&*config.branch, path);
        while let Some(rest) = path.strip_prefix("../") {
            (root, path) = (root.rsplit_once('/')?.0, rest);
        }
        Some(format!("{}/{view}/{root}/{}", config.repository.as_ref()?, percent_encoded(path)))
    }

    /// Where a line of a file can be seen.
    fn line_href(&self, location: &Location) -> Option<String> {
        let (line, _) = location.line_column();
        let href = self.file_href(&location.source.path, false)?;
        Some(if self.roadmap.tells_lines() { format!("{href}?plain=1#L{line}") } else { href })
    }

    /// Where a reader says what they think of a thing.
    fn feedback(&self, entry: &Entry) -> Option<Link> {
        let repository = self.roadmap.config.repository.as_ref()?;
        let title = percent_encoded(&format!("{}: ", entry.id));
        Some(Link { href: format!("{repository}/issues/new?title={title}"), label: "Give feedback".to_owned() })
    }
}

/// What is the same on every page.
fn shared(roadmap: &Roadmap) -> SiteView {
    let audience = roadmap.audience;
    let config = &roadmap.config;
    let vision = || roadmap.plan.vision.as_ref().map(|vision| vision.entry.title.clone());
    let fixed = [
        ("home", "index.html", "Home"),
        ("roadmap", "roadmap.html", "Roadmap"),
        ("backlog", "backlog.html", "Backlog"),
    ];
    let link = |key: &str, href: &str, label: &str| NavLink {
        key: key.to_owned(),
        href: href.to_owned(),
        label: label.to_owned(),
    };
    let mut nav: Vec<NavLink> = fixed.iter().map(|(key, href, label)| link(key, href, label)).collect();
    if views::alignment::is_shown(roadmap) {
        nav.push(link("alignment", "alignment.html", "Alignment"));
    }
    nav.push(link("dependencies", "dependencies.html", "Dependencies"));
    // More pages than these make a navigation that nobody reads.
    for page in roadmap.plan.pages.iter().take(6) {
        let key = format!("pages/{}", page.entry.slug);
        nav.push(link(&key, &format!("{key}.html"), &page.entry.title));
    }
    if audience == Audience::Internal {
        nav.push(link("health", "health.html", "Health"));
    }
    let repository = config.repository.clone().map(|href| {
        let label = href.trim_start_matches("https://").trim_start_matches("http://").to_owned();
        Link { href, label }
    });
    SiteView {
        title: markdown::without_code(&config.title.clone().or_else(vision).unwrap_or_else(|| "Roadmap".to_owned())),
        lang: config.language.clone(),
        locale: views::page::locale(&config.language),
        image: views::page::image(roadmap),
        audience_badge: (audience == Audience::Internal).then(|| words::capital(audience.word())),
        nav,
        policy: policy::policy(""),
        generator: concat!("Roadbook ", env!("CARGO_PKG_VERSION")).to_owned(),
        repository,
    }
}

fn theme_order(roadmap: &Roadmap) -> Vec<ThemeId> {
    let mut order: Vec<ThemeId> = roadmap.plan.themes.ids().collect();
    order.sort_by_key(|&id| {
        let theme = &roadmap.plan.themes[id];
        (theme.order.is_none(), theme.order, id)
    });
    order
}
