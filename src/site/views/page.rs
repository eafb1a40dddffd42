//! Pages of the author's own, and the small pages that every site has.

use serde::Serialize;

use super::{Link, Notice, Page, Source, View};
use crate::resolve::Target;
use crate::site::policy::policy;

#[derive(Debug, Serialize)]
pub(in crate::site) struct PageView {
    page: Page,
    title: String,
    notices: Vec<Notice>,
    summary: String,
    body_html: String,
    /// Second and third level headings, where there are at least three.
    toc: Vec<TocEntry>,
    source: Source,
}

#[derive(Debug, Serialize)]
struct TocEntry {
    href: String,
    label: String,
    level: u8,
}

/// The view of a free page.
pub(in crate::site) fn page(view: View<'_>, address: &str, at: u32) -> PageView {
    let entry = &view.roadmap().plan.pages[at as usize].entry;
    let entries = entry.document.outline.headings.iter().filter(|heading| (2..=3).contains(&heading.level));
    let toc: Vec<TocEntry> = entries
        .map(|heading| TocEntry {
            href: format!("#{}", heading.anchor),
            label: heading.text.clone(),
            level: heading.level,
        })
        .collect();
    PageView {
        page: view.page(address, &entry.title, &entry.summary, address.trim_end_matches(".html")),
        title: entry.title.clone(),
        notices: view.notices(entry),
        summary: view.lead(entry),
        body_html: view.body(entry),
        toc: if toc.len() < 3 { Vec::new() } else { toc },
        source: view.source(entry),
    }
}

#[derive(Debug, Serialize)]
pub(in crate::site) struct NotFoundView {
    page: Page,
    /// Its own, since its files may be another host's.
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
    to: Link,
}

/// The view of an old address.
pub(in crate::site) fn redirect(view: View<'_>, to: Target) -> RedirectView {
    let address = super::address::of(view.roadmap(), to);
    let link = view.link_to(to);
    let mut page = view.page(&address, &link.label, "", "");
    page.noindex = true;
    RedirectView { page, to: link }
}

/// The view of `_headers`, which needs nothing of its own.
#[derive(Debug, Serialize)]
pub(in crate::site) struct HeadersView {}

#[derive(Debug, Serialize)]
pub(in crate::site) struct SitemapView {
    urls: Vec<SitemapUrl>,
}

#[derive(Debug, Serialize)]
struct SitemapUrl {
    loc: String,
    /// "" for unknown.
    lastmod: String,
}

/// The view of `sitemap.xml`: the pages to find, with the day an author gave them.
pub(in crate::site) fn sitemap(view: View<'_>) -> SitemapView {
    let base = view.site.roadmap.config.base_url.clone().unwrap_or_default();
    let urls = view.site.listed().map(|(address, updated)| SitemapUrl {
        loc: format!("{base}{}", if address == "index.html" { "" } else { address }),
        lastmod: updated.map(|date| date.last()).unwrap_or_default(),
    });
    SitemapView { urls: urls.collect() }
}
