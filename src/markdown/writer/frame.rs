//! What an author's HTML stands in: everything that Markdown makes is a frame, in which tags that are opened are closed.

use super::super::fragment::Fragments;
use super::super::frame::Content;
use super::super::html;
use super::{Writer, alert};

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
        if self.label && self.fragments.as_ref().is_some_and(|fragments| fragments.ends_label(html)) {
            self.end_label();
        }
        let is_in_link = self.is_in_link();
        match &mut self.fragments {
            Some(fragments) => fragments.push(&mut self.out, html, &self.rendering, is_in_link, is_block),
            None => html::push_text_alone(&mut self.out, html, is_block),
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
            let is_title = self.end_title();
            self.out.push_str(if is_title { "" } else { "</p>\n" });
        }
        self.end_block();
    }

    /// Where the paragraph that ends here is the first in a quote and begins with the title of an alert, the quote is one. Whether the paragraph
    /// was nothing else.
    fn end_title(&mut self) -> bool {
        let Some(quote) = self.quotes.last_mut() else { return false };
        if !std::mem::take(&mut quote.is_empty) {
            return false;
        }
        let Some(words) = self.out.get(quote.start..).and_then(|html| html.strip_prefix(alert::QUOTE)) else {
            return false;
        };
        let Some((opening, rest)) = words.strip_prefix("<p>").and_then(alert::titled) else { return false };
        let is_title = rest.is_empty();
        let paragraph = if is_title { String::new() } else { format!("<p>{rest}") };
        quote.is_alert = true;
        self.out.truncate(quote.start);
        self.out.push_str(&opening);
        if let Some(fragments) = &mut self.fragments {
            fragments.restart(self.out.len());
        }
        self.out.push_str(&paragraph);
        is_title
    }
}
