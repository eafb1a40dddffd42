//! What an author's HTML stands in: everything that Markdown makes is a frame, in which tags that are opened are closed.

use super::super::fragment::{self, Content, Fragments};
use super::Writer;

impl Writer<'_> {
    /// Says that what is now written stands in a thing of its own, which is to be closed.
    pub(super) fn open_frame(&mut self, content: Content) {
        if let Some(fragments) = &mut self.fragments {
            fragments.open(self.out.len(), self.digits.len(), content);
        }
    }

    /// Says that it ends here; whether HTML put blocks into it.
    pub(super) fn close_frame(&mut self) -> bool {
        self.fragments.as_mut().is_some_and(|fragments| fragments.close(&mut self.out, &mut self.digits))
    }

    /// Says that a block ends here.
    pub(super) fn end_block(&mut self) {
        if let Some(fragments) = &mut self.fragments {
            fragments.end_block(self.out.len());
        }
    }

    /// Whether what is now written stands in a link.
    pub(super) fn is_in_link(&self) -> bool {
        !self.links.is_empty() || self.fragments.as_ref().is_some_and(Fragments::is_in_link)
    }

    /// Raw HTML becomes a paragraph of text, unless it was nothing but comments.
    pub(super) fn end_html(&mut self) {
        let html = self.html.take().unwrap_or_default();
        self.begin_line();
        self.html(&html, true);
    }

    /// Writes raw HTML.
    pub(super) fn html(&mut self, html: &str, is_block: bool) {
        if self.replaced {
            return;
        }
        let is_in_link = self.is_in_link();
        match &mut self.fragments {
            Some(fragments) => fragments.push(&mut self.out, html, &self.rendering, is_in_link, is_block),
            None => fragment::push_text_alone(&mut self.out, html, is_block),
        }
    }

    pub(super) fn start_phrase(&mut self, tag: &str) {
        self.out.push_str(tag);
        self.open_frame(Content::Phrasing);
    }

    pub(super) fn end_phrase(&mut self, tag: &str) {
        self.close_frame();
        self.out.push_str(tag);
    }

    /// A paragraph with blocks in it is one to the eye alone: the first of them would end it.
    pub(super) fn end_paragraph(&mut self) {
        self.end_label();
        let start = self.fragments.as_ref().map_or(0, Fragments::start);
        if self.close_frame() {
            self.out.replace_range(start - "<p>".len()..start, "<div class=\"paragraph\">");
            self.out.push_str("</div>\n");
        } else {
            self.out.push_str("</p>\n");
        }
        self.end_block();
    }
}
