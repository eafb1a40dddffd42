//! A part of a page, rewritten to stand beside the same parts of all others: ids that are its own, links that lead into the file, and
//! nothing that loads or runs.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::page::{Page, picture};
use super::targets::{Destination, LinkTargets, fragment, id};
use crate::markdown::tags::{self, Attribute, Tag, TagKind, attribute, escaped, is_void, written};

/// What rewriting must know.
pub(super) struct Rewriter<'a> {
    pub(super) targets: &'a LinkTargets,
    /// The `data:` address of each file that is shown.
    pub(super) files: &'a BTreeMap<String, String>,
    pub(super) page: &'a Page,
    /// What stands before the page's ids.
    pub(super) prefix: &'a str,
    /// The ids that this part may speak of.
    pub(super) ids: &'a BTreeSet<String>,
    /// Whether this is what stands around the main part. It has no way to a place on a page, since it is there for all of them.
    pub(super) is_outer: bool,
}

/// Left out with all that is in them: what runs, loads another document, or sends something somewhere.
const DROPPED: &[&str] = &["script", "style", "template", "iframe", "form"];
/// Left out without what is in them: what stands there for those who cannot have them.
const UNWRAPPED: &[&str] =
    &["noscript", "link", "meta", "base", "source", "track", "embed", "picture", "object", "video", "audio", "param"];
/// Attributes that name ids.
const REFERENCES: &[&str] = &[
    "for",
    "headers",
    "list",
    "form",
    "itemref",
    "popovertarget",
    "commandfor",
    "aria-activedescendant",
    "aria-controls",
    "aria-describedby",
    "aria-details",
    "aria-errormessage",
    "aria-flowto",
    "aria-labelledby",
    "aria-owns",
];
/// Attributes that load, run or send, or that make no sense for one page of many.
const LEFT_OUT: &[&str] = &[
    "style",
    "srcset",
    "sizes",
    "imagesrcset",
    "background",
    "poster",
    "data",
    "action",
    "formaction",
    "ping",
    "nonce",
    "integrity",
    "usemap",
    "autofocus",
    "accesskey",
    "loading",
    "fetchpriority",
    "crossorigin",
    "srcdoc",
    "manifest",
];
/// Attributes of links alone.
const OF_LINKS: &[&str] = &["href", "xlink:href", "target", "rel", "download", "hreflang", "type", "referrerpolicy"];

/// Elements whose end tag may be left out: nobody knows here whether they are still open.
const OPTIONAL: &[&str] = &[
    "body", "caption", "colgroup", "dd", "dt", "head", "html", "li", "optgroup", "option", "p", "rp", "rt", "tbody",
    "td", "tfoot", "th", "thead", "tr",
];

/// A text on its way out, as it is but for what is put in place of some tags.
struct Copy<'a> {
    html: &'a str,
    out: String,
    /// How far it has been dealt with.
    done: usize,
}

impl Copy<'_> {
    fn instead(&mut self, tag: &Tag, text: &str) {
        self.out.push_str(self.html.get(self.done..tag.range.start).unwrap_or_default());
        self.out.push_str(text);
        self.done = tag.range.end;
    }

    fn rest(&mut self) {
        self.out.push_str(self.html.get(self.done..).unwrap_or_default());
    }
}

/// The end tag of an element; nothing for one that is left out.
fn end(name: &str) -> String {
    if name.is_empty() { String::new() } else { format!("</{name}>") }
}

impl Rewriter<'_> {
    /// Rewrites a range of the page, which begins and ends between tags.
    pub(super) fn part(&self, range: Range<usize>) -> String {
        let html = self.page.html.get(range).unwrap_or_default();
        let mut copy = Copy { html, out: String::with_capacity(html.len() + html.len() / 8), done: 0 };
        let mut seen = BTreeSet::new();
        // The element that is being left out, and how many of its name are open in it.
        let mut dropped: Option<(String, usize)> = None;
        // What is open, each under the name that it is written under.
        let mut open: Vec<(String, String)> = Vec::new();
        for tag in tags::tags(html) {
            let name = tag.name.as_str();
            if let Some((of, depth)) = &mut dropped {
                *depth += usize::from(tag.is_start(of));
                *depth -= usize::from(tag.is_end(of));
                if *depth == 0 {
                    copy.done = tag.range.end;
                    dropped = None;
                }
                continue;
            }
            let is_drawing = open.iter().any(|(name, _)| name == "svg");
            match &tag.kind {
                TagKind::Start { is_closed, .. } => {
                    let is_empty = is_void(name) || *is_closed && (is_drawing || name == "svg");
                    if self.is_dropped(&tag) {
                        copy.instead(&tag, "");
                        dropped = (!is_empty).then(|| (name.to_owned(), 1));
                        continue;
                    }
                    let (written, text) = self.start(&tag, &mut seen, is_drawing);
                    if let Some(text) = text {
                        copy.instead(&tag, &text);
                    }
                    if !is_empty && !OPTIONAL.contains(&name) {
                        open.push((name.to_owned(), written.to_owned()));
                    }
                }
                TagKind::End if OPTIONAL.contains(&name) => {}
                TagKind::End => match open.iter().rposition(|(open, _)| open == name) {
                    Some(depth) => {
                        if let Some((_, written)) = open.get(depth).filter(|(name, written)| name != written) {
                            copy.instead(&tag, &end(written));
                        }
                        open.truncate(depth);
                    }
                    // It would end what is around the page.
                    None if !self.is_outer => copy.instead(&tag, ""),
                    None => {}
                },
            }
        }
        if dropped.is_none() {
            copy.rest();
        }
        if !self.is_outer {
            // The end of its page ended it, and that of an element among others does not.
            open.iter().rev().for_each(|(_, written)| copy.out.push_str(&end(written)));
        }
        copy.out
    }

    fn is_dropped(&self, tag: &Tag) -> bool {
        let is_way_on_page = || tag.name == "a" && tag.get("href").is_some_and(|href| href.starts_with('#'));
        DROPPED.contains(&tag.name.as_str()) || self.is_outer && is_way_on_page()
    }

    /// The name under which a start tag is written, none for one that is left out; and the tag, where it is not as it was.
    fn start<'t>(&self, tag: &'t Tag, seen: &mut BTreeSet<String>, is_drawing: bool) -> (&'t str, Option<String>) {
        if UNWRAPPED.contains(&tag.name.as_str()) {
            return ("", Some(String::new()));
        }
        let shown = picture(tag).map(|file| self.file(file));
        if let Some(None) = shown {
            // What it says stays; an element that shows nothing would be no valid one.
            let alt = tag.get("alt").unwrap_or_default();
            return ("", Some(if is_drawing { String::new() } else { format!("<span>{}</span>", escaped(alt)) }));
        }
        let link = (tag.name == "a" || tag.name == "area").then(|| self.link(tag));
        let is_open = !matches!(link, Some(Some(_)));
        let mut is_same = true;
        let mut attributes: Vec<Attribute> = Vec::new();
        for old in tag.attributes() {
            let (name, value) = (old.name.as_str(), &old.value);
            let new = match (name, &link) {
                ("id", _) => (seen.insert(value.clone())).then(|| id(self.prefix, value)),
                ("href" | "xlink:href", Some(link)) => link.clone(),
                (_, Some(_)) if is_open && OF_LINKS.contains(&name) => None,
                ("target" | "download", Some(Some(link))) if link.starts_with('#') => None,
                ("src" | "href" | "xlink:href", _) if shown.is_some() => shown.clone().flatten(),
                ("src", _) => None,
                ("href" | "xlink:href", None) => self.reference(value.strip_prefix('#')),
                ("name", _) if tag.name == "details" => Some(id(self.prefix, value)),
                ("aria-current", _) if self.is_outer => None,
                _ if name.starts_with("on") || LEFT_OUT.contains(&name) => None,
                _ if REFERENCES.contains(&name) => self.references(value),
                _ => Some(self.painted(value)),
            };
            let is_kept = new.as_ref() == Some(value);
            is_same &= is_kept;
            attributes.extend(new.map(|new| if is_kept { old.clone() } else { attribute(name, &new) }));
        }
        let name = match (is_open && tag.name == "a", is_drawing) {
            (true, true) => "g",
            (true, false) => "span",
            _ => tag.name.as_str(),
        };
        if is_same && name == tag.name {
            return (name, None);
        }
        let is_closed = matches!(tag.kind, TagKind::Start { is_closed: true, .. });
        (name, Some(written(name, &attributes, is_closed)))
    }

    /// Where a link leads, as it is written.
    fn link(&self, tag: &Tag) -> Option<String> {
        let href = tag.get("href").or_else(|| tag.get("xlink:href"))?;
        if self.page.main_id().is_some_and(|id| href.strip_prefix('#') == Some(id)) {
            return Some(fragment(&self.page.address, None));
        }
        match self.targets.destination(&self.page.address, href) {
            Destination::Fragment(fragment) => Some(fragment),
            Destination::External(url) => Some(url),
            Destination::Missing => None,
        }
    }

    /// The `data:` address of a file that is shown.
    fn file(&self, href: &str) -> Option<String> {
        if href.starts_with("data:image/") {
            return Some(href.to_owned());
        }
        self.files.get(&super::local(self.targets, &self.page.address, href)?).cloned()
    }

    fn reference(&self, name: Option<&str>) -> Option<String> {
        name.filter(|name| self.ids.contains(*name)).map(|name| format!("#{}", id(self.prefix, name)))
    }

    fn references(&self, names: &str) -> Option<String> {
        let names = names.split_ascii_whitespace().filter(|name| self.ids.contains(*name));
        let names: Vec<String> = names.map(|name| id(self.prefix, name)).collect();
        (!names.is_empty()).then(|| names.join(" "))
    }

    /// A value that may refer to something in the same drawing, as `url(#name)`.
    fn painted(&self, value: &str) -> String {
        let Some((before, rest)) = value.split_once("url(") else { return value.to_owned() };
        let Some((name, after)) = rest.split_once(')') else { return value.to_owned() };
        let name = name.trim_matches(|c: char| c.is_whitespace() || "\"'".contains(c));
        match self.reference(name.strip_prefix('#')) {
            Some(reference) => format!("{before}url({reference}){after}"),
            None => format!("{before}none{after}"),
        }
    }
}
