//! A page of the site, as far as it must be known before the first link is rewritten: its parts, its ids, and what it loads.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::markdown::tags::{Attribute, Tag, tags};

/// A page.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) address: String,
    pub(super) html: String,
    /// The attributes of `<html>` and of `<body>`.
    pub(super) root: Vec<Attribute>,
    pub(super) body: Vec<Attribute>,
    /// The contents of `<head>`, and what is before, in and after the first `<main>`; a page without one is all `inside`.
    pub(super) head: Range<usize>,
    pub(super) before: Range<usize>,
    pub(super) inside: Range<usize>,
    pub(super) after: Range<usize>,
    /// The attributes of `<main>`.
    pub(super) main: Vec<Attribute>,
    /// The ids in the main part, its own among them, and those around it.
    pub(super) ids: BTreeSet<String>,
    pub(super) outer_ids: BTreeSet<String>,
    /// The style sheets, as the page names them, each with the media that it is for.
    pub(super) sheets: Vec<(String, String)>,
    /// Style that stands in the page.
    pub(super) styles: Vec<String>,
    /// What it shows that is a file, as it names it.
    pub(super) pictures: BTreeSet<String>,
}

impl Page {
    pub(super) fn new(address: String, html: String) -> Page {
        let tags = tags(&html);
        let first = |name: &str| tags.iter().find(|tag| tag.is_start(name));
        let last_end = |name: &str| tags.iter().rev().find(|tag| tag.is_end(name)).map(|tag| tag.range.start);
        let attributes = |tag: Option<&Tag>| tag.map(|tag| tag.attributes().to_vec()).unwrap_or_default();
        let head_end = tags.iter().find(|tag| tag.is_end("head")).map(|tag| tag.range.clone());
        let head = first("head").map_or(0, |tag| tag.range.end)..head_end.as_ref().map_or(0, |range| range.start);
        let begin = first("body").map(|tag| tag.range.end).or(head_end.map(|range| range.end)).unwrap_or_default();
        let end = last_end("body").or_else(|| last_end("html")).unwrap_or(html.len()).max(begin);
        let main = tags.iter().find(|tag| tag.is_start("main") && tag.range.start >= begin);
        let main_end =
            main.and_then(|main| tags.iter().find(|tag| tag.is_end("main") && tag.range.start >= main.range.end));
        let (before, inside, after) = match (main, main_end) {
            (Some(main), Some(end_tag)) => (
                begin..main.range.start,
                main.range.end..end_tag.range.start,
                end_tag.range.end..end.max(end_tag.range.end),
            ),
            _ => (begin..begin, begin..end, end..end),
        };
        let mut page = Page {
            address,
            root: attributes(first("html")),
            body: attributes(first("body")),
            main: attributes(main.filter(|_| main_end.is_some())),
            head,
            before,
            inside,
            after,
            ids: BTreeSet::new(),
            outer_ids: BTreeSet::new(),
            sheets: Vec::new(),
            styles: Vec::new(),
            pictures: BTreeSet::new(),
            html: String::new(),
        };
        page.collect(&tags, &html);
        page.html = html;
        page
    }

    /// The id of the main part itself.
    pub(super) fn main_id(&self) -> Option<&str> {
        self.main.iter().find(|attribute| attribute.name == "id").map(|attribute| attribute.value.as_str())
    }

    fn collect(&mut self, tags: &[Tag], html: &str) {
        let main_id = self.main_id().map(str::to_owned);
        self.ids.extend(main_id);
        for (index, tag) in tags.iter().enumerate() {
            if let Some(id) = tag.get("id") {
                let is_inside = self.inside.contains(&tag.range.start);
                let is_outside = self.before.contains(&tag.range.start) || self.after.contains(&tag.range.start);
                if is_inside {
                    self.ids.insert(id.to_owned());
                } else if is_outside {
                    self.outer_ids.insert(id.to_owned());
                }
            }
            if tag.is_start("link") && has_word(tag.get("rel"), "stylesheet") {
                let media = tag.get("media").unwrap_or_default();
                self.sheets.extend(tag.get("href").map(|href| (href.to_owned(), media.to_owned())));
            }
            if tag.is_start("link") && has_word(tag.get("rel"), "icon") {
                self.pictures.extend(tag.get("href").map(str::to_owned));
            }
            if tag.is_start("style")
                && let Some(end) = tags.get(index + 1)
            {
                self.styles.extend(html.get(tag.range.end..end.range.start).map(str::to_owned));
            }
            self.pictures.extend(picture(tag).map(str::to_owned));
        }
    }
}

/// The file that an element of the body shows.
pub(super) fn picture(tag: &Tag) -> Option<&str> {
    match tag.name.as_str() {
        "img" => tag.get("src"),
        "input" if tag.get("type").is_some_and(|kind| kind.eq_ignore_ascii_case("image")) => tag.get("src"),
        "image" | "feimage" => tag.get("href").or_else(|| tag.get("xlink:href")).filter(|href| !href.starts_with('#')),
        _ => None,
    }
}

/// Whether a list of words has one of them.
pub(super) fn has_word(list: Option<&str>, wanted: &str) -> bool {
    list.is_some_and(|list| list.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case(wanted)))
}
