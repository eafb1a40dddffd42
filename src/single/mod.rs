//! The whole site as one HTML file: every page in it, no other file, no network, no script.
//!
//! It is made of the pages as they are, so that templates of a project's own count. Each page's main part becomes an element whose id
//! is its address; links between pages become fragments, and `:target` shows the page that was asked for. What all pages have around
//! their main part stands once; what a page has there for itself stays with it. Pictures become `data:` addresses. Old addresses lead to
//! today's; pages for other sites to embed, the page for missing addresses and data are left out: with a base URL, links lead to them there,
//! and without one they are text.

mod data;
mod page;
mod rewrite;
mod style;
mod targets;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::discover::ONE_FILE;
use crate::markdown::tags::{self, Attribute, attribute, escaped, written};
use crate::site::Site;
use page::{Page, has_word};
use rewrite::Rewriter;
use targets::{Href, LinkTargets};

/// How a file begins that is a site of ours, and may be replaced by another.
pub const BEGIN: &str = ONE_FILE;

/// The id of the element that holds all pages.
const ALL: &str = "everything";

/// Gives the bytes behind an address of the site, or says why it cannot; called from several threads.
pub type Read<'a> = dyn Fn(&str) -> Result<Vec<u8>, String> + Sync + 'a;

/// Something of the site that could not be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Its address.
    pub address: String,
    /// What [`Read`] said.
    pub message: String,
}

/// Makes the one file of a site, whose bytes `read` gives; how many pages are in it.
pub fn single(site: &Site, read: &Read<'_>) -> Result<(Vec<u8>, usize), Fault> {
    let read = |address: &str| read(address).map_err(|message| Fault { address: address.to_owned(), message });
    let text = |address: &str| read(address).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let page = |address: &&str| text(address).map(|html| Page::new((*address).to_owned(), html));
    // All of them before the first failure counts, so that it is the same one on any number of threads.
    let pages: Vec<Result<Page, Fault>> = site.reading_order().par_iter().map(page).collect();
    let pages: Vec<Page> = pages.into_iter().collect::<Result<_, _>>()?;
    let targets = link_targets(site, &pages);
    let sheets = sheets(&pages, &targets);
    let mut css = String::new();
    let mut wanted: BTreeSet<String> = BTreeSet::new();
    let mut texts = Vec::new();
    for (address, media) in &sheets {
        let sheet = text(address)?;
        wanted.extend(style::urls(&sheet).iter().filter_map(|url| local(&targets, address, url)));
        texts.push((address, media, sheet));
    }
    let pictures = |page: &Page| -> Vec<String> {
        page.pictures.iter().filter_map(|file| local(&targets, &page.address, file)).collect()
    };
    wanted.extend(pages.iter().flat_map(pictures));
    let mut files = BTreeMap::new();
    for address in wanted.into_iter().filter(|address| targets.others.contains(address)) {
        if let Some(media) = data::media(&address) {
            let uri = data::uri(media, &read(&address)?);
            files.insert(address, uri);
        }
    }
    for (address, media, sheet) in texts {
        let sheet = style::rewritten(&sheet, &mut |url| in_style(&targets, &files, address, url));
        css.push_str(&if media.is_empty() { sheet } else { format!("@media {media} {{\n{sheet}\n}}\n") });
    }
    let mut seen = BTreeSet::new();
    for sheet in pages.iter().flat_map(|page| &page.styles).filter(|sheet| seen.insert(*sheet)) {
        css.push_str(&style::rewritten(sheet, &mut |url| in_style(&targets, &files, "index.html", url)));
    }
    let has_fonts = css.contains("data:font/");
    let style = style::contents(&(css + style::PAGES));
    let policy = style::policy(&style, has_fonts);
    Ok((whole(&pages, &targets, &files, &style, &policy).into_bytes(), pages.len()))
}

/// Every place of the file.
fn link_targets(site: &Site, pages: &[Page]) -> LinkTargets {
    let ids = |page: &Page| {
        let main = page.main_id();
        page.ids.iter().filter(|id| Some(id.as_str()) != main).cloned().collect()
    };
    let pages: BTreeMap<_, _> = pages.iter().map(|page| (page.address.clone(), ids(page))).collect();
    let moved: BTreeMap<_, _> = site.moved().into_iter().collect();
    let is_other = |address: &&str| !pages.contains_key(*address) && !moved.contains_key(*address);
    LinkTargets {
        others: site.addresses().filter(is_other).map(str::to_owned).collect(),
        base_url: site.roadmap().config.base_url.clone(),
        pages,
        moved,
    }
}

/// The style sheets of all pages, each once for each of its media.
fn sheets(pages: &[Page], targets: &LinkTargets) -> Vec<(String, String)> {
    let mut sheets = Vec::new();
    for page in pages {
        for (href, media) in &page.sheets {
            let sheet = local(targets, &page.address, href).map(|address| (address, media.clone()));
            sheets.extend(sheet.filter(|(address, _)| targets.others.contains(address)));
        }
    }
    let mut seen = BTreeSet::new();
    sheets.retain(|sheet| seen.insert(sheet.clone()));
    sheets
}

/// The address of the site that is meant, if it is one.
fn local(targets: &LinkTargets, from: &str, href: &str) -> Option<String> {
    match targets.parse(from, href) {
        Href::Local(address, _) => Some(address),
        Href::External(_) | Href::Invalid => None,
    }
}

/// What a style sheet names.
fn in_style(targets: &LinkTargets, files: &BTreeMap<String, String>, sheet: &str, url: &str) -> Option<String> {
    if url.starts_with('#') || url.starts_with("data:") {
        return Some(url.to_owned());
    }
    files.get(&local(targets, sheet, url)?).cloned()
}

/// A page of the file.
struct Section {
    before: String,
    inside: String,
    after: String,
}

fn whole(pages: &[Page], targets: &LinkTargets, files: &BTreeMap<String, String>, style: &str, policy: &str) -> String {
    let section = |page: &Page| {
        let outer = Rewriter { targets, files, page, prefix: "frame", ids: &page.outer_ids, is_outer: true };
        let inner = Rewriter { prefix: &page.address, ids: &page.ids, is_outer: false, ..outer };
        Section {
            before: outer.part(page.before.clone()),
            inside: inner.part(page.inside.clone()),
            after: outer.part(page.after.clone()),
        }
    };
    let sections: Vec<Section> = pages.par_iter().map(section).collect();
    let (before, after) = frame(&sections);
    let mut out = String::from(BEGIN);
    out.push_str(&head(pages, targets, files, style, policy));
    out.push_str(&before);
    out.push_str(&format!("\n<main id=\"{ALL}\">\n"));
    for (page, section) in pages.iter().zip(&sections) {
        out.push_str(&element(page));
        // Where a page has something of its own around its main part, its ids are its own, too.
        let own = |range: &std::ops::Range<usize>| {
            Rewriter { targets, files, page, prefix: &page.address, ids: &page.outer_ids, is_outer: true }
                .part(range.clone())
        };
        let is_own = section.before != before || section.after != after;
        out.push_str(&if is_own { own(&page.before) } else { String::new() });
        out.push_str(&section.inside);
        out.push_str(&if is_own { own(&page.after) } else { String::new() });
        out.push_str("</div>\n");
    }
    out.push_str(&format!(
        "<p data-all><a href=\"#{ALL}\">All pages below one another</a>, to search or print</p>\n</main>\n"
    ));
    out.push_str(&after);
    out.push_str("\n</body>\n</html>\n");
    out
}

/// What most pages have before and after their main part.
fn frame(sections: &[Section]) -> (String, String) {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for section in sections {
        *counts.entry((&section.before, &section.after)).or_default() += 1;
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    most.map(|((before, after), _)| (before.to_owned(), after.to_owned())).unwrap_or_default()
}

/// What is kept of an element that becomes another.
fn kept(attributes: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    attributes.iter().filter(|attribute| ["class", "lang", "dir"].contains(&attribute.name.as_str()))
}

/// The element that a page becomes.
fn element(page: &Page) -> String {
    let own = [attribute("id", &page.address), attribute("data-page", "")];
    written("div", own.iter().chain(kept(&page.main)), false) + "\n"
}

/// Everything before the first page, from the first one's.
fn head(pages: &[Page], targets: &LinkTargets, files: &BTreeMap<String, String>, style: &str, policy: &str) -> String {
    let Some(home) = pages.first() else { return String::new() };
    let inside = home.html.get(home.head.clone()).unwrap_or_default();
    let tags = tags::tags(inside);
    let mut out = written("html", kept(&home.root), false) + "\n<head>\n<meta charset=\"utf-8\">\n";
    out.push_str(&format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n", escaped(policy)));
    for (index, found) in tags.iter().enumerate() {
        if found.is_start("meta") && found.get("name").is_some() {
            out.push_str(inside.get(found.range.clone()).unwrap_or_default());
            out.push('\n');
        } else if found.is_start("title") {
            let end = tags.get(index + 1).map_or(inside.len(), |end| end.range.end);
            out.push_str(inside.get(found.range.start..end).unwrap_or_default());
            out.push('\n');
        } else if found.is_start("link") && has_word(found.get("rel"), "icon") {
            let icon = found.get("href").and_then(|href| files.get(&local(targets, &home.address, href)?));
            out.push_str(&icon.map(|icon| format!("<link rel=\"icon\" href=\"{icon}\">\n")).unwrap_or_default());
        }
    }
    out.push_str(&format!("<style>{style}</style>\n</head>\n{}\n", written("body", kept(&home.body), false)));
    out
}
