//! What an author wrote as text, as HTML: the same on every page that has a body.

use super::View;
use crate::discover::NAMED_FOLDER;
use crate::markdown::{self, LinkKind, Rendering, ResolvedLink};
use crate::plan::Entry;
use crate::resolve::{LinkTarget, decoded};
use crate::site::percent_encoded;

impl View<'_> {
    /// The body of a thing, as HTML.
    pub(in crate::site) fn body(self, entry: &Entry) -> String {
        let resolve = |kind: LinkKind, target: &str| self.resolve_link(entry, kind, target);
        let mentions = self.site.mentions().map(|mentions| mentions.from(self.root));
        let rendering = Rendering {
            resolve: &resolve,
            mentions: mentions.as_ref().map(|mentions| mentions as _),
            prefix: "",
            skip_title: entry.title_anchor().is_some(),
        };
        markdown::render(entry.document.markdown(), rendering)
    }

    fn resolve_link(self, entry: &Entry, kind: LinkKind, target: &str) -> ResolvedLink {
        let roadmap = self.roadmap();
        // The words of a name in double brackets, where there are no others.
        let name = if kind == LinkKind::Wiki { target } else { "" };
        match roadmap.symbols.link(kind, target, entry, &roadmap.config, &roadmap.context) {
            LinkTarget::Thing(thing, anchor) => {
                let link = self.link_to(thing);
                let place = |anchor: String| match thing.entry(&roadmap.plan).and_then(|entry| place(entry, &anchor)) {
                    Some((place, _)) => place,
                    None => anchor,
                };
                let anchor = anchor.map(|anchor| format!("#{}", place(anchor))).unwrap_or_default();
                ResolvedLink::To { href: link.href + &anchor, title: link.label, class: "" }
            }
            LinkTarget::Asset(address) => {
                ResolvedLink::To { href: format!("{}{address}", self.root), title: name.to_owned(), class: "" }
            }
            LinkTarget::Named(path, anchor) => {
                let anchor = anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
                let address = percent_encoded(&format!("{NAMED_FOLDER}/{path}"));
                ResolvedLink::To { href: format!("{}{address}{anchor}", self.root), title: name.to_owned(), class: "" }
            }
            LinkTarget::File(path) => match self.site.file_href(&path, kind == LinkKind::Image) {
                Some(href) => ResolvedLink::To { href, title: name.to_owned(), class: "" },
                None => ResolvedLink::Broken,
            },
            LinkTarget::Outside => {
                let written = target.strip_prefix('#').map(decoded).unwrap_or_default();
                match place(entry, &written) {
                    Some((place, title)) if place != written || kind == LinkKind::Wiki => {
                        ResolvedLink::To { href: format!("#{place}"), title, class: "" }
                    }
                    _ => ResolvedLink::AsIs,
                }
            }
            LinkTarget::Unsafe | LinkTarget::Nothing | LinkTarget::Missing(_) => ResolvedLink::Broken,
        }
    }
}

/// The anchor of the place that a link names on a thing's page, and its heading.
fn place(entry: &Entry, written: &str) -> Option<(String, String)> {
    let outline = &entry.document.outline;
    let anchor = outline.place(written)?.into_owned();
    let heading = outline.headings.iter().find(|heading| heading.anchor == anchor);
    Some((anchor, heading.map(|heading| heading.text.clone()).unwrap_or_default()))
}
