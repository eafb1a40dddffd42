//! Links to headings and to places that HTML names: whether a page has them, however many of both there are.

use std::collections::{BTreeMap, HashSet};

use super::target::Target;
use crate::diagnostic::{Code, Diagnostic};
use crate::nearest::{NOT_SOUGHT, NameIndex, Search, Sought, Suggestion};
use crate::plan::Entry;
use crate::source::Location;

/// The headings of the pages that links name headings of.
#[derive(Debug, Default)]
pub(super) struct Anchors<'a> {
    pages: BTreeMap<Target, Page<'a>>,
    search: Search,
}

#[derive(Debug)]
struct Page<'a> {
    anchors: HashSet<&'a str>,
    /// Made when the first heading is missing.
    near: Option<(NameIndex, Sought)>,
}

impl<'a> Anchors<'a> {
    /// What is wrong with a link to a heading of `thing`, which the message calls `name`. A vision's page is made of fields too, so its
    /// anchors are its own matter.
    pub(super) fn broken(
        &mut self,
        thing: Target,
        entry: &'a Entry,
        anchor: &str,
        name: &str,
        location: Location,
    ) -> Option<Diagnostic> {
        let headings = || entry.document.outline.headings.iter().map(|heading| heading.anchor.as_str());
        let names = || entry.document.outline.names.iter().map(String::as_str);
        let anchors = || headings().chain(names()).collect();
        let page = self.pages.entry(thing).or_insert_with(|| Page { anchors: anchors(), near: None });
        let is_known = page.anchors.contains(anchor) || entry.document.outline.place(anchor).is_some();
        if is_known || anchor.starts_with("fn:") || anchor.starts_with("fnref:") {
            return None;
        }
        let (index, sought) = page.near.get_or_insert_with(|| (NameIndex::new(headings()), Sought::new()));
        let near = index.nearest(anchor, sought, &mut self.search);
        let diagnostic = Diagnostic::new(Code::BROKEN_ANCHOR, location, format!("{name} has no heading `#{anchor}`"));
        Some(match near {
            Suggestion::Near(near) => {
                let near = &entry.document.outline.headings[near.position].anchor;
                diagnostic.help(format!("did you mean `#{near}`?"))
            }
            Suggestion::Nothing => diagnostic.help("link to the page alone, or to a heading that it has"),
            Suggestion::NotSought => diagnostic.help(NOT_SOUGHT),
        })
    }
}
