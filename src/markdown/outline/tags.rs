//! The links, pictures and names in an author's HTML, as the page has them.

use std::ops::Range;

use pulldown_cmark::{Tag, TagEnd};

use super::super::LinkKind;
use super::super::html::{self, Part};
use super::super::tags::TagKind;
use super::Reader;
use crate::source::{Span, Spanned};

/// Elements of an author's HTML that are open.
#[derive(Default)]
pub(super) struct Opened {
    links: usize,
    code: usize,
}

impl Reader {
    pub(super) fn is_in_html_link(&self) -> bool {
        self.html.iter().any(|open| open.links > 0)
    }

    /// Whether an author's HTML says that what is read is code.
    pub(super) fn is_in_html_code(&self) -> bool {
        self.html.iter().any(|open| open.code > 0)
    }

    pub(super) fn is_in_link(&self) -> bool {
        !self.links.is_empty() || self.is_in_html_link()
    }

    /// The page ends an author's links where a block begins.
    pub(super) fn end_html_links(&mut self) {
        if let Some(open) = self.html.last_mut() {
            open.links = 0;
        }
    }

    /// What HTML opened in the words of a task ends with them, where a block of HTML begins.
    pub(super) fn end_task(&mut self, html: &str) {
        if self.task == Some(self.html.len()) && html::begins_block(html) {
            self.task = None;
            self.html.pop();
            self.html.push(Opened::default());
        }
    }

    /// The links, pictures and names in a piece of HTML.
    pub(super) fn tags(&mut self, html: &str, location: impl Fn(Range<usize>) -> Range<usize>) {
        for (part, range) in html::parts(html) {
            match part {
                Part::Text(_) => {}
                Part::Other(tag) => {
                    let range = location(range);
                    let span = Span::new(range.start, range.end).shifted(self.offset);
                    self.outline.tags.push(Spanned::new(tag.to_owned(), span));
                }
                Part::Tag(tag) => {
                    self.outline.names.extend(html::names(&tag).map(str::to_owned));
                    let is_in_link = self.is_in_link();
                    let Some(open) = self.html.last_mut() else { continue };
                    match (&*tag.name, tag.kind == TagKind::End) {
                        (name, true) if html::is_code(name) => open.code = open.code.saturating_sub(1),
                        (name, false) if html::is_code(name) => open.code += 1,
                        ("a", true) => open.links = open.links.saturating_sub(1),
                        ("a", false) if !is_in_link => {
                            if let Some(target) = tag.address("href") {
                                open.links += 1;
                                self.link(LinkKind::Link, target.into_owned(), location(range));
                            }
                        }
                        ("img", false) => {
                            if let Some(target) = tag.address("src") {
                                self.link(LinkKind::Image, target.into_owned(), location(range));
                            }
                        }
                        _ => {}
                    }
                }
            }
        }
    }
}

/// Whether the page begins a block with it.
pub(super) fn is_block(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::BlockQuote(_)
            | Tag::CodeBlock(_)
            | Tag::HtmlBlock
            | Tag::List(_)
            | Tag::Table(_)
    )
}

/// Whether an author's HTML in it ends with it.
pub(super) fn is_frame(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::BlockQuote(_)
            | TagEnd::Item
            | TagEnd::FootnoteDefinition
            | TagEnd::TableCell
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::Image
    )
}
