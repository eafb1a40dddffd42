//! The views: what every template is given. Complete, plain, ready to show; one file a page kind.
//!
//! Texts are escaped by the templates, but for fields whose name ends in `_html`. Nothing is `""`, an empty list or `None`; no
//! field is ever left out. Every `href` is relative to the page that shows it, but for those of the navigation, which are built
//! once and stand behind `page.root`.

pub(super) mod alignment;
pub(super) mod backlog;
pub(super) mod board;
mod body;
pub(super) mod contents;
mod cycles;
pub(super) mod dates;
pub(super) mod dependencies;
pub(super) mod effort;
pub(super) mod embed;
pub(super) mod fields;
pub(super) mod groups;
pub(super) mod health;
pub(super) mod home;
pub(super) mod item;
pub(super) mod list;
mod notices;
pub(super) mod page;
pub(super) mod progress;
pub(super) mod scoring;
pub(super) mod theme;
pub(super) mod timeline;
mod waits;
pub(super) mod words;

use serde::Serialize;

use super::Site;
use super::address::{self, GroupKind};
use crate::id::ItemId;
use crate::markdown;
use crate::plan::{Entry, Item, Text};
use crate::resolve::{Readiness, Resolved, Roadmap, Target};
use crate::state::State;

pub(in crate::site) use notices::Notice;

/// The language of the skin's own words, and of `<html>`.
const LANGUAGE: &str = "en";
/// The horizons of a plan whose author names none.
const HORIZONS: [&str; 3] = ["Now", "Next", "Later"];

/// The same on every page; `site` in templates.
#[derive(Clone, Debug, Serialize)]
pub(super) struct SiteView {
    /// The title of the plan, from `roadbook.yml`, else the vision's.
    pub(super) title: String,
    /// The language of what the author wrote, BCP 47; `en` by default. The skin's own words are English.
    pub(super) lang: String,
    /// `pt_BR`, for link previews; None where `lang` names no country.
    pub(super) locale: Option<String>,
    /// The picture of link previews: absolute; None without one or without a base URL.
    pub(super) image: Option<String>,
    /// `Internal` when the build holds what the public may not see; a badge beside the title.
    pub(super) audience_badge: Option<String>,
    /// Home, Roadmap, Backlog, Alignment, Dependencies, at most six free pages, Health: only what the site has.
    pub(super) nav: Vec<NavLink>,
    /// The Content-Security-Policy, for a `<meta http-equiv>` in every page's head and for `_headers`.
    pub(super) policy: String,
    /// `Roadbook 0.1.0`, for the foot of the page.
    pub(super) generator: String,
    /// Where the plan lives, for the foot of the page (`https://github.com/…`).
    pub(super) repository: Option<Link>,
}

/// A link of the navigation.
#[derive(Clone, Debug, Serialize)]
pub(super) struct NavLink {
    /// Equal to `page.section` on the page where this link is the current one: `home`, `roadmap`, `backlog`, `alignment`,
    /// `dependencies`, `health`, or the address of a free page (`pages/principles`).
    pub(super) key: String,
    /// Relative to the site's root: `roadmap.html`.
    pub(super) href: String,
    pub(super) label: String,
}

/// What the frame of a page needs; `page` in every view.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Page {
    /// The text of `<title>`: `Stable ids · Seedhouse roadmap`.
    pub(super) head_title: String,
    /// In plain text what the only h1 shows: `Stable ids`.
    pub(super) title: String,
    /// The language of both where they are the author's and not English; else "".
    pub(super) lang: String,
    /// For `<meta name=description>`; "" leaves it out.
    pub(super) description: String,
    /// "" at the root, `../` one folder down, `../../` two; absolute with a base URL for 404.html. Ends in `/` or is empty.
    pub(super) root: String,
    /// Absolute; only with a base URL, and never for 404.html. The template writes link previews where it is there.
    pub(super) canonical: Option<String>,
    /// Whether it is about one thing of the plan: an item, a theme or a free page.
    pub(super) is_article: bool,
    /// The key of the `NavLink` that is marked: items say `backlog`, themes say `roadmap`; "" for none.
    pub(super) section: String,
    /// True for redirects, 404.html, embedded views and internal builds.
    pub(super) noindex: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Link {
    pub(super) href: String,
    pub(super) label: String,
}

/// The file a page was made from.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Source {
    /// `plan/items/stable-ids.md`
    pub(super) path: String,
    /// Its edit page at the repository.
    pub(super) edit_href: Option<String>,
}

/// An item in a short list, on the board, in a chain. Written by the component `item_ref`, on the board by `board`.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ItemRef {
    pub(super) href: String,
    pub(super) id: String,
    /// The id as it stands in an address.
    pub(super) slug: String,
    pub(super) title: String,
    /// `idea planned active done dropped paused unknown`; draws the mark.
    pub(super) state: String,
    /// The author's own word (`In review`), else the state's (`Planned`). Always shown beside the mark.
    pub(super) status: String,
    /// `ready`, `blocked`, `waiting`, or "" where the question does not arise (done, dropped, in progress).
    pub(super) readiness: String,
    /// A few words, depending on the list: `5 points`, `12 November 2026`, `score 2.6`; "" for none.
    pub(super) note: String,
}

/// An item in an ordered list, and its reasons: the fields of `ItemRef` stand beside the others. Written by the components `item_row` and
/// `backlog`.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ItemRow {
    #[serde(flatten)]
    pub(super) item: ItemRef,
    /// Its place in the order: `7`; "" where it has none.
    pub(super) rank: String,
    /// `2.6`; "" for unscored.
    pub(super) score: String,
    /// The inputs: `13 ÷ 5`; for unscored what is missing: `no effort`.
    pub(super) score_note: String,
    /// One sentence with its numbers, or "".
    pub(super) why: String,
    /// The first open dependencies (two at most).
    pub(super) blocked_by: Vec<Link>,
    /// What follows them, with the space or comma between: ` and 2 more`, `, in a cycle`; or the whole reason where there is nothing to link to.
    pub(super) blocked_note: String,
    pub(super) theme: Option<Link>,
    pub(super) owners: Vec<Link>,
    /// `Now`; "" for none.
    pub(super) horizon: String,
    /// The language of `horizon`; "" for English.
    pub(super) horizon_lang: String,
    /// `5 points`; "" for none.
    pub(super) effort: String,
}

/// A part of a page that is one list: its heading, and what is in it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Group {
    /// For anchors: `Order`; unique on the page, with a capital.
    pub(super) id: String,
    pub(super) title: String,
    /// `12`
    pub(super) count: String,
    /// Folded into a `<details>`: done, dropped.
    pub(super) folded: bool,
    pub(super) items: Vec<ItemRow>,
    pub(super) more: Option<Link>,
}

/// One page in the making: the site, and where the page stands.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) site: &'a Site,
    /// ``, `../` or `../../`.
    pub(super) root: &'static str,
}

impl<'a> View<'a> {
    pub(super) fn new(site: &'a Site, address: &str) -> View<'a> {
        const ROOT: &str = "../../";
        let depth = address.matches('/').count().min(2);
        View { site, root: ROOT.get(..3 * depth).unwrap_or_default() }
    }

    pub(super) fn roadmap(self) -> &'a Roadmap {
        &self.site.roadmap
    }

    pub(super) fn plan_item(self, id: ItemId) -> &'a Item {
        &self.roadmap().plan.items[id]
    }

    pub(super) fn resolved(self, id: ItemId) -> &'a Resolved {
        &self.roadmap().items[id]
    }

    /// The language of what the author wrote, where it is not that of the skin's own words; else "".
    pub(super) fn lang(self) -> String {
        Some(&self.site.shared.lang).filter(|lang| *lang != LANGUAGE).cloned().unwrap_or_default()
    }

    /// The language of the name of a horizon, as [`View::lang`] says it.
    pub(super) fn lang_of_horizon(self, name: Option<&str>) -> String {
        name.filter(|name| !HORIZONS.iter().any(|known| known.eq_ignore_ascii_case(name)))
            .map(|_| self.lang())
            .unwrap_or_default()
    }

    /// The language of the name of a column of the board: of a horizon, or of what the site says where a plan has none.
    pub(super) fn lang_of_column(self, label: &str) -> String {
        let horizons = &self.roadmap().config.horizons;
        self.lang_of_horizon(horizons.iter().map(String::as_str).find(|name| *name == label))
    }

    /// The frame of the page at `address`.
    pub(super) fn page(self, address: &str, title: &str, description: &str, section: &str) -> Page {
        let (site, title) = (&self.site.shared.title, &markdown::without_code(title));
        let is_within = |folders: &[&str]| folders.iter().any(|folder| address.starts_with(folder));
        let is_article = is_within(&["items/", "themes/", "pages/"]);
        let is_named = is_article || is_within(&["milestones/", "owners/", "tags/"]) || address == "index.html";
        Page {
            head_title: if title == site { title.to_owned() } else { format!("{title} · {site}") },
            title: title.to_owned(),
            lang: if is_named { self.lang() } else { String::new() },
            description: description.to_owned(),
            root: self.root.to_owned(),
            canonical: self.site.canonical(address),
            is_article,
            section: section.to_owned(),
            noindex: self.site.is_internal(),
        }
    }

    /// A link from here to a page of the site.
    pub(super) fn link(self, address: &str, label: impl Into<String>) -> Link {
        Link { href: format!("{}{address}", self.root), label: label.into() }
    }

    /// A link from here to a thing of the plan.
    pub(super) fn link_to(self, target: Target) -> Link {
        let label = match target {
            // Its page is the home page, which is there without one, too.
            Target::Vision if self.roadmap().plan.vision.is_none() => "Home".to_owned(),
            Target::Vision => "Vision".to_owned(),
            _ => target.entry(&self.roadmap().plan).map(|entry| entry.title.clone()).unwrap_or_default(),
        };
        self.link(&target.address(&self.roadmap().plan), label)
    }

    pub(super) fn item_ref(self, id: ItemId, note: impl Into<String>) -> ItemRef {
        let item = self.plan_item(id);
        ItemRef {
            href: format!("{}items/{}.html", self.root, item.entry.slug),
            id: item.entry.id.clone(),
            slug: item.entry.slug.clone(),
            title: item.entry.title.clone(),
            state: item.state.word().to_owned(),
            status: status(item.status.as_ref(), item.state),
            readiness: readiness(&self.resolved(id).readiness).to_owned(),
            note: note.into(),
        }
    }

    /// The first `most` of some items, and a link to where the rest are.
    pub(super) fn refs(self, items: &[ItemId], most: usize, rest: &str) -> (Vec<ItemRef>, Option<Link>) {
        let refs = items.iter().take(most).map(|&id| self.item_ref(id, "")).collect();
        (refs, self.more(items.len(), most, rest))
    }

    /// `and 12 more`, where there are more than `most`.
    pub(super) fn more(self, count: usize, most: usize, address: &str) -> Option<Link> {
        let rest = count.checked_sub(most).filter(|&rest| rest > 0)?;
        Some(self.link(address, format!("and {} more", words::thousands(rest as u64))))
    }

    pub(super) fn row(self, id: ItemId) -> ItemRow {
        let (item, resolved) = (self.plan_item(id), self.resolved(id));
        let score = &resolved.score;
        let (blocked_by, blocked_note) = self.blocked(id);
        ItemRow {
            item: self.item_ref(id, ""),
            rank: resolved.rank.map(|rank| words::thousands(u64::from(rank))).unwrap_or_default(),
            score: score.result.map(|score| format!("{score:.2}")).unwrap_or_default(),
            score_note: if item.state.is_open() || score.result.is_some() {
                score.inputs.clone()
            } else {
                String::new()
            },
            why: self.why(id),
            blocked_by,
            blocked_note,
            theme: match resolved.links.themes.first() {
                Some(&theme) => Some(self.link_to(Target::Theme(theme))),
                None => board::word_link(self, id),
            },
            owners: self.owners(GroupKind::Owner.words(item).0).0,
            horizon: item.horizon.as_ref().map(|horizon| horizon.name.value.clone()).unwrap_or_default(),
            horizon_lang: self.lang_of_horizon(item.horizon.as_ref().map(|horizon| horizon.name.value.as_str())),
            effort: item.input(crate::plan::Input::Effort).map(words::points).unwrap_or_default(),
        }
    }

    /// Why an item stands where it stands: a sentence with its full stop, or nothing.
    pub(super) fn why(self, id: ItemId) -> String {
        self.roadmap().item(id).reason()
    }

    /// A list of items as a group, cut to `most` rows; what is cut is at `rest`.
    pub(super) fn group(self, id: &str, title: &str, items: &[ItemId], folded: bool, most: usize, rest: &str) -> Group {
        Group {
            id: id.to_owned(),
            title: title.to_owned(),
            count: words::thousands(items.len() as u64),
            folded,
            items: items.iter().take(most).map(|&id| self.row(id)).collect(),
            more: self.more(items.len(), most, rest),
        }
    }

    /// Items by what they mean to a reader: in order, unscored, done and dropped.
    pub(super) fn groups(self, items: &[ItemId]) -> Vec<Group> {
        self.short_groups(items, 500, &address::backlog(0))
    }

    /// The same, each cut to `most` rows; what is cut is at `rest`.
    fn short_groups(self, items: &[ItemId], most: usize, rest: &str) -> Vec<Group> {
        let (open, closed): (Vec<ItemId>, Vec<ItemId>) =
            items.iter().partition(|&&id| self.plan_item(id).state.is_open());
        let (ranked, unscored): (Vec<ItemId>, Vec<ItemId>) =
            open.iter().partition(|&&id| self.resolved(id).rank.is_some());
        let (done, dropped): (Vec<ItemId>, Vec<ItemId>) =
            closed.iter().partition(|&&id| self.plan_item(id).state == State::Done);
        [
            ("Order", "In order", ranked, false),
            ("Unscored", "Unscored", unscored, false),
            ("Done", "Done", done, true),
            ("Dropped", "Dropped", dropped, true),
        ]
        .into_iter()
        .filter(|(_, _, items, _)| !items.is_empty())
        .map(|(id, title, items, folded)| self.group(id, title, &items, folded, most, rest))
        .collect()
    }

    pub(super) fn source(self, entry: &Entry) -> Source {
        Source { path: entry.path().to_owned(), edit_href: self.site.edit_href(entry.path()) }
    }
}

/// The author's own word for where a thing stands, else the state's.
pub(super) fn status(status: Option<&Text>, state: State) -> String {
    match status {
        Some(status) => status.value.clone(),
        None => words::capital(state.word()),
    }
}

/// `ready`, `blocked`, `waiting`, or nothing where the question does not arise, or where its status or its start says more.
pub(crate) fn readiness(readiness: &Readiness) -> &'static str {
    match readiness {
        Readiness::Ready | Readiness::Blocked | Readiness::Waiting => readiness.word(),
        Readiness::Closed | Readiness::InProgress | Readiness::Scheduled | Readiness::Undecided => "",
    }
}
