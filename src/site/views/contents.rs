//! The table of contents of a body.

use std::iter::Peekable;

use serde::Serialize;

use crate::markdown::Heading;
use crate::plan::Entry;

#[derive(Debug, PartialEq, Eq, Serialize)]
pub(in crate::site) struct TocEntry {
    /// `#scope`
    href: String,
    /// The words of the heading.
    label: String,
    /// The headings below it.
    parts: Vec<TocEntry>,
}

/// So many headings are seen at a glance.
const FEW: usize = 4;

/// The headings of a body, nested by their levels; none where there are few. Its title is the page's, and one without words is no link.
pub(in crate::site) fn contents(entry: &Entry) -> Vec<TocEntry> {
    let title = entry.title_anchor();
    let is_entry = |heading: &&Heading| Some(&*heading.anchor) != title && !heading.text.is_empty();
    let headings = entry.document.outline.headings.iter().filter(is_entry);
    if headings.clone().count() <= FEW { Vec::new() } else { nested(&mut headings.peekable(), 0) }
}

/// The headings that follow and stand below one of the level `above`.
fn nested<'a>(headings: &mut Peekable<impl Iterator<Item = &'a Heading>>, above: u8) -> Vec<TocEntry> {
    let mut entries = Vec::new();
    while let Some(heading) = headings.next_if(|heading| heading.level > above) {
        let (href, label) = (format!("#{}", heading.anchor), heading.text.clone());
        entries.push(TocEntry { href, label, parts: nested(headings, heading.level) });
    }
    entries
}
