//! What the outline says in words: headings with their anchors, and the summary.

use pulldown_cmark::{Event, HeadingLevel};

use super::words::{SUMMARY, Words, is_criteria, shorten};
use super::{Heading, Reader};
use crate::source::Span;

/// A heading that is being read.
pub(super) struct Open {
    level: u8,
    text: Words,
    /// The same with the backticks of code.
    title: Words,
    /// What its anchor is made of.
    words: String,
    start: usize,
    is_first: bool,
    /// How many links stand before it.
    links: usize,
}

impl Reader {
    pub(super) fn start_heading(&mut self, level: u8, start: usize, is_first: bool) {
        let (text, title, words) = (Words::default(), Words::default(), String::new());
        let links = self.outline.links.len();
        self.heading = Some(Open { level, text, title, words, start, is_first, links });
    }

    pub(super) fn words(&mut self, event: &Event<'_>) {
        let said = match event {
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) => text,
            _ => "",
        };
        if let Some((is_named, _)) = &mut self.open_link {
            *is_named |= !said.trim().is_empty() || matches!(event, Event::InlineHtml(html) if !html.trim().is_empty());
        }
        if self.links.contains(&true) {
            return;
        }
        let is_code = self.is_in_html_code();
        let push = |words: &mut Words| match event {
            Event::Text(text) if is_code => words.push_as_written(text),
            _ => words.push(event),
        };
        if let Some(open) = &mut self.heading {
            push(&mut open.text);
            match event {
                Event::Code(code) => open.title.push_code(code),
                _ => push(&mut open.title),
            }
            open.words.push_str(said);
        } else if let Some(summary) = self.summary.as_mut().filter(|summary| summary.len() <= 4 * SUMMARY) {
            push(summary);
        }
    }

    pub(super) fn end_heading(&mut self, end: usize) {
        let Some(Open { level, text, title, words, start, is_first, links }) = self.heading.take() else { return };
        let text = text.finish().split_whitespace().collect::<Vec<_>>().join(" ");
        if self.criteria.is_some_and(|open| level <= open) {
            self.criteria = None;
        }
        if self.criteria.is_none() && is_criteria(&text) {
            self.criteria = Some(level);
        }
        let anchor = self.slugs.unique(&words);
        if level == 1 && self.depth == 0 && self.outline.title.is_none() {
            let title = title.finish().split_whitespace().collect::<Vec<_>>().join(" ");
            self.outline.title = Some((title, Span::new(start, end).shifted(self.offset)));
            let has_links = self.outline.links.len() > links;
            self.outline.title_anchor = (is_first && !has_links).then(|| anchor.clone());
        }
        self.outline.headings.push(Heading { level, text, anchor });
    }

    /// Says that the text before is at its end: what follows begins anew, also a short code.
    pub(super) fn end_run(&mut self) {
        if let Some(open) = &mut self.heading {
            open.text.end_run();
            open.title.end_run();
        } else if let Some(summary) = &mut self.summary {
            summary.end_run();
        }
    }

    pub(super) fn end_summary(&mut self) {
        if let Some(summary) = self.summary.take() {
            self.outline.summary = shorten(&summary.finish());
        }
    }
}

/// The level of a heading as a number.
pub(in crate::markdown) fn number(level: HeadingLevel) -> u8 {
    level as u8
}
