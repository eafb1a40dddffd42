//! Pages of the author's own, and the small pages that every site has.

use serde::Serialize;

use super::contents::{TocEntry, contents};
use super::fields::PropertyView;
use super::{Link, Notice, Page, Source, View};
use crate::config::Image;
use crate::id::PageId;
use crate::resolve::Roadmap;
use crate::site::address::{Moved, percent_encoded};
use crate::site::policy::policy;

#[derive(Debug, Serialize)]
pub(in crate::site) struct PageView {
    page: Page,
    title: String,
    /// The anchor of the body's first heading, where that is the title; "" where it is not, and stands in the body.
    anchor: String,
    notices: Vec<Notice>,
    summary: String,
    body_html: String,
    /// The headings of the body, nested, where there are more than four.
    toc: Vec<TocEntry>,
    /// What the author wrote beside the fields that Roadbook knows.
    more_fields: Vec<PropertyView>,
    source: Source,
}

/// The view of a free page.
pub(in crate::site) fn page(view: View<'_>, address: &str, id: PageId) -> PageView {
    let entry = &view.roadmap().plan.pages[id].entry;
    PageView {
        page: view.page(address, &entry.title, &entry.summary, address.trim_end_matches(".html")),
        title: entry.title.clone(),
        anchor: entry.title_anchor().unwrap_or_default().to_owned(),
        notices: view.notices(entry),
        summary: view.lead(entry),
        body_html: view.body(entry),
        toc: contents(entry),
        more_fields: view.more_fields(&entry.extra),
        source: view.source(entry),
    }
}

#[derive(Debug, Serialize)]
pub(in crate::site) struct NotFoundView {
    page: Page,
    /// Its own Content-Security-Policy: a host may show it that its files do not come from.
    policy: String,
}

/// The view of `404.html`. A host shows it at any depth, so with a base URL its links begin there.
pub(in crate::site) fn not_found(view: View<'_>, root: &str) -> NotFoundView {
    let mut page = view.page("404.html", "There is no such page", "", "");
    page.root = root.to_owned();
    page.noindex = true;
    page.canonical = None;
    NotFoundView { page, policy: policy(root) }
}

#[derive(Debug, Serialize)]
pub(in crate::site) struct RedirectView {
    page: Page,
    /// The new address.
    to: Link,
}

/// The view of an old address.
pub(in crate::site) fn redirect(view: View<'_>, to: &Moved) -> RedirectView {
    let address = to.address(view.roadmap());
    let link = match to {
        Moved::Thing(target) => view.link_to(*target),
        Moved::Group(_, word) => view.link(&address, word.clone()),
    };
    let mut page = view.page(&address, &link.label, "", "");
    page.noindex = true;
    RedirectView { page, to: link }
}

/// `_headers` needs nothing but `site`.
#[derive(Debug, Serialize)]
pub(in crate::site) struct HeadersView {}

#[derive(Debug, Serialize)]
pub(in crate::site) struct SitemapView {
    urls: Vec<SitemapUrl>,
}

#[derive(Debug, Serialize)]
struct SitemapUrl {
    /// Absolute.
    loc: String,
    /// `2026-11-23`; "" for unknown.
    lastmod: String,
}

/// The view of `sitemap.xml`: the pages to find, with the day an author gave them.
pub(in crate::site) fn sitemap(view: View<'_>) -> SitemapView {
    let urls = view.site.listed().map(|(address, updated)| SitemapUrl {
        loc: view.site.canonical(address).unwrap_or_default(),
        lastmod: updated.map(|date| date.last()).unwrap_or_default(),
    });
    SitemapView { urls: urls.collect() }
}

#[derive(Debug, Serialize)]
pub(in crate::site) struct RobotsView {
    /// Whether search engines may look at anything: not at what is for the team.
    allowed: bool,
    /// The absolute address of `sitemap.xml`, where there is one and it may be looked at.
    sitemap: Option<String>,
}

/// The view of `robots.txt`: what is for the team is for no search engine.
pub(in crate::site) fn robots(view: View<'_>) -> RobotsView {
    let allowed = !view.site.is_internal();
    RobotsView { allowed, sitemap: view.site.canonical("sitemap.xml").filter(|_| allowed) }
}

/// A language as link previews name it, `pt_BR`; none where the tag names no country.
pub(in crate::site) fn locale(language: &str) -> Option<String> {
    let mut parts = language.split('-');
    let language = parts.next().filter(|part| (2..=3).contains(&part.len()) && is_word(part))?;
    let country = parts.take_while(|part| part.len() > 1).find(|part| part.len() == 2 && is_word(part))?;
    Some(format!("{}_{}", language.to_ascii_lowercase(), country.to_ascii_uppercase()))
}

fn is_word(part: &str) -> bool {
    part.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// The absolute address of the picture of link previews.
pub(in crate::site) fn image(roadmap: &Roadmap) -> Option<String> {
    let base = roadmap.config.base_url.as_ref()?;
    match roadmap.config.image.as_ref()? {
        Image::Elsewhere(address) => Some(address.clone()),
        Image::File { address, .. } if roadmap.context.assets.binary_search(address).is_ok() => {
            Some(format!("{base}{}", percent_encoded(address)))
        }
        Image::File { .. } => None,
    }
}
