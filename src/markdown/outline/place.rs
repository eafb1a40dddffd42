//! The places of a text that links can name.

use std::borrow::Cow;

use super::super::{html, slug};
use super::Outline;

impl Outline {
    /// The place that a link names: by its anchor, or by the words of a heading, as Obsidian writes it; of `A#B` the heading `B`.
    pub fn place(&self, written: &str) -> Option<Cow<'_, str>> {
        if let Some(heading) = self.headings.iter().find(|heading| heading.anchor == written) {
            return Some(Cow::Borrowed(&heading.anchor));
        }
        if let Some(name) = self.names.iter().find(|name| *name == written) {
            return Some(html::place(name));
        }
        let anchor = slug::of(written.rsplit('#').next().unwrap_or(written));
        let has_anchor = self.headings.iter().find(|heading| heading.anchor == anchor);
        // The anchor is made of what the author wrote, and the link of what a reader sees: `:rocket:`, two spaces, the ends of lines.
        let has_words = || self.headings.iter().find(|heading| slug::of(&heading.text) == anchor);
        let found = has_anchor.or_else(has_words).filter(|_| !anchor.is_empty());
        found.map(|heading| Cow::Borrowed(heading.anchor.as_str()))
    }
}
