//! Headings: their anchors, and their levels, which are known once all are written.

use std::fmt::Write as _;

use super::super::fragment::Fragments;
use super::super::frame::Content;
use super::super::html;
use super::{Heading, Writer, escape};

impl Writer<'_> {
    pub(super) fn start_heading(&mut self, level: u8) {
        let is_title = level == 1 && self.depth == 0 && !std::mem::replace(&mut self.titled, true);
        let hidden = is_title && self.rendering.skip_title;
        if !hidden {
            self.block("<h");
            self.push_digit(level);
        }
        self.heading = Some(Heading { start: self.out.len(), words: String::new(), hidden });
        self.out.push('>');
        if let Some(fragments) = &mut self.fragments {
            fragments.take_recent_ids();
        }
        self.open_frame(Content::Phrasing);
    }

    pub(super) fn push_digit(&mut self, level: u8) {
        // In a footnote, which stands at the end, a heading is not part of the page's outline and stays the smallest.
        if self.around.is_empty() {
            self.digits.push(self.out.len());
            self.out.push(char::from(b'0' + level));
        } else {
            self.out.push('6');
        }
    }

    pub(super) fn end_heading(&mut self, level: u8) {
        let Some(Heading { start, words, hidden }) = self.heading.take() else { return };
        self.close_frame();
        let slug = self.slugs.unique(&words);
        let ids = self.fragments.as_mut().map(Fragments::take_recent_ids).unwrap_or_default();
        if hidden {
            self.out.truncate(start);
            return ids.iter().for_each(|id| html::push_place(&mut self.out, id));
        }
        let mut id = String::with_capacity(self.rendering.prefix.len() + slug.len());
        escape::attribute(&mut id, self.rendering.prefix);
        escape::attribute(&mut id, &slug);
        // A tag may have given the name before.
        if self.fragments.as_mut().is_none_or(|fragments| fragments.claim(&format!("{}{slug}", self.rendering.prefix)))
        {
            self.out.insert_str(start, &format!(" id=\"{id}\""));
        }
        let _ = write!(self.out, " <a class=\"anchor\" href=\"#{id}\" aria-label=\"Link to this section\">#</a></h");
        self.push_digit(level);
        self.out.push_str(">\n");
        self.end_block();
    }
}
