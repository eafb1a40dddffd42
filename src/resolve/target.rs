//! What a reference or a link leads to.

use crate::config::Kind;
use crate::id::{ItemId, PageId, ThemeId};
use crate::plan::{Entry, Plan};

/// A thing of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// The vision.
    Vision,
    /// A theme.
    Theme(ThemeId),
    /// An item.
    Item(ItemId),
    /// A free page.
    Page(PageId),
}

impl Target {
    /// Its kind.
    pub fn kind(self) -> Kind {
        match self {
            Target::Vision => Kind::Vision,
            Target::Theme(_) => Kind::Theme,
            Target::Item(_) => Kind::Item,
            Target::Page(_) => Kind::Page,
        }
    }

    /// Its entry in the plan.
    pub fn entry(self, plan: &Plan) -> Option<&Entry> {
        match self {
            Target::Vision => plan.vision.as_ref().map(|vision| &vision.entry),
            Target::Theme(id) => plan.themes.get(id).map(|theme| &theme.entry),
            Target::Item(id) => plan.items.get(id).map(|item| &item.entry),
            Target::Page(id) => plan.pages.get(id).map(|page| &page.entry),
        }
    }

    /// The address of its page, from the site's root. It comes from the id alone and never moves when another file changes.
    pub fn address(self, plan: &Plan) -> String {
        let folder = match self {
            Target::Vision => return "index.html".to_owned(),
            Target::Theme(_) => "themes",
            Target::Item(_) => "items",
            Target::Page(_) => "pages",
        };
        let slug = self.entry(plan).map(|entry| entry.slug.as_str()).unwrap_or_default();
        format!("{folder}/{slug}.html")
    }
}

/// What the target of a link turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// A thing of the plan, with the anchor that the link names.
    Thing(Target, Option<String>),
    /// A static file of the site, by its address.
    Asset(String),
    /// A file of the project that the site has because texts name it, by its path, with the anchor that the link names.
    Named(String, Option<String>),
    /// A file of the repository that is not part of the site, by its path.
    File(String),
    /// A file that the project does not have, by its path.
    Missing(String),
    /// An address outside the site or an anchor on the same page.
    Outside,
    /// Its scheme is not on the allow-list.
    Unsafe,
    /// Nothing matches it.
    Nothing,
}

/// Everything in a plan with its entry, in the order vision, themes, items, pages.
pub(crate) fn targets(plan: &Plan) -> Vec<(Target, &Entry)> {
    let vision = plan.vision.iter().map(|vision| (Target::Vision, &vision.entry));
    let themes = plan.themes.enumerate().map(|(at, theme)| (Target::Theme(at), &theme.entry));
    let items = plan.items.enumerate().map(|(at, item)| (Target::Item(at), &item.entry));
    let pages = plan.pages.enumerate().map(|(at, page)| (Target::Page(at), &page.entry));
    vision.chain(themes).chain(items).chain(pages).collect()
}
