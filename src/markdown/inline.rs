//! What stands within a line: text with its bare addresses and mentions, links, images.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::address::{is_external, safe};
use super::emoji::{self, Code};
use super::render::{Rendering, ResolvedLink};
use super::{LinkKind, escape, html, url};

/// The title of words whose link may not be followed.
const UNSAFE: &str = "Unsafe address";

/// Whether the plan knows a link. A name in `[[…]]` is not a address, so only what it resolves to is judged.
fn resolve(rendering: &Rendering<'_>, kind: LinkKind, target: &str) -> Option<ResolvedLink> {
    if kind != LinkKind::Wiki && !safe(target) {
        return None;
    }
    match (rendering.resolve)(kind, target) {
        ResolvedLink::To { href, .. } if !safe(&href) => None,
        ResolvedLink::AsIs if !safe(target) => None,
        resolved => Some(resolved),
    }
}

/// Opens a link; gives the tag that closes it, and the title of the target where the plan has it.
pub(super) fn open_link(
    out: &mut String,
    rendering: &Rendering<'_>,
    kind: LinkKind,
    target: &str,
    title: &str,
) -> (&'static str, Option<String>) {
    match resolve(rendering, kind, target) {
        Some(ResolvedLink::To { href, title: name, class }) => {
            open_anchor(out, &href, title, class);
            return ("</a>", Some(name));
        }
        Some(ResolvedLink::AsIs) => {
            out.push_str("<a href=\"");
            // An anchor on this page has the prefix that the headings have.
            if let Some(fragment) = target.strip_prefix('#') {
                out.push('#');
                escape::attribute(out, rendering.prefix);
                escape::address(out, fragment);
            } else {
                escape::address(out, target);
            }
            out.push('"');
            push_title(out, title);
            if is_external(target) {
                out.push_str(" rel=\"noopener noreferrer\"");
            }
            out.push('>');
            return ("</a>", None);
        }
        Some(ResolvedLink::Broken) => open_broken(out, &broken(target)),
        None => open_broken(out, UNSAFE),
    }
    ("</span>", None)
}

fn broken(target: &str) -> String {
    format!("Broken reference: {target}")
}

fn open_broken(out: &mut String, why: &str) {
    out.push_str("<span class=\"broken\"");
    push_title(out, why);
    out.push('>');
}

fn open_anchor(out: &mut String, href: &str, title: &str, class: &str) {
    out.push_str("<a");
    if !class.is_empty() {
        out.push_str(" class=\"");
        escape::attribute(out, class);
        out.push('"');
    }
    out.push_str(" href=\"");
    escape::attribute(out, href);
    out.push('"');
    push_title(out, title);
    out.push('>');
}

fn push_title(out: &mut String, title: &str) {
    if !title.is_empty() {
        out.push_str(" title=\"");
        escape::attribute(out, title);
        out.push('"');
    }
}

/// An image whose words are being read.
pub(super) struct Image {
    target: String,
    title: String,
    /// The words, without their markup.
    alt: String,
    /// How many more images are open in this one's words.
    inner: usize,
    /// Further attributes, each behind a space.
    attributes: String,
}

impl Image {
    pub(super) fn new(target: &str, title: &str) -> Image {
        Image::written(target, title, "", String::new())
    }

    /// One that is written as a tag of HTML. `attributes` are safe, and each stands behind a space.
    pub(super) fn written(target: &str, title: &str, alt: &str, attributes: String) -> Image {
        Image { target: target.to_owned(), title: title.to_owned(), alt: alt.to_owned(), inner: 0, attributes }
    }

    /// Takes an event of its words; whether it was the last.
    pub(super) fn event(&mut self, event: Event<'_>) -> bool {
        match event {
            Event::Start(Tag::Image { .. }) => self.inner += 1,
            Event::End(TagEnd::Image) if self.inner == 0 => return true,
            Event::End(TagEnd::Image) => self.inner -= 1,
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) => self.alt.push_str(&text),
            Event::InlineHtml(html) => self.alt.push_str(&html::words(&html)),
            Event::SoftBreak | Event::HardBreak => self.alt.push(' '),
            _ => {}
        }
        false
    }

    pub(super) fn write(&self, out: &mut String, rendering: &Rendering<'_>) {
        let resolved = resolve(rendering, LinkKind::Image, &self.target);
        match &resolved {
            Some(ResolvedLink::Broken) => open_broken(out, &broken(&self.target)),
            None => open_broken(out, UNSAFE),
            Some(ResolvedLink::To { href, .. }) => {
                out.push_str("<img src=\"");
                escape::attribute(out, href);
            }
            Some(ResolvedLink::AsIs) => {
                out.push_str("<img src=\"");
                escape::address(out, &self.target);
            }
        }
        if matches!(resolved, None | Some(ResolvedLink::Broken)) {
            escape::text(out, &self.alt);
            return out.push_str("</span>");
        }
        out.push_str("\" alt=\"");
        escape::attribute(out, &self.alt);
        out.push('"');
        push_title(out, &self.title);
        out.push_str(&self.attributes);
        out.push_str(" loading=\"lazy\">");
    }
}

/// Writes text that stands in no link and no code: its bare addresses and mentions become links, its short codes emoji. An address wins
/// over a mention in it. Short codes in code stay as they are.
pub(super) fn prose(out: &mut String, rendering: &Rendering<'_>, text: &str, is_code: bool) {
    let codes = if is_code { Vec::new() } else { emoji::codes(text) };
    let mut offset = 0;
    let mut address = url::bare(text, 0);
    let mut mention = next_mention(rendering, text, 0);
    loop {
        let before = |found: &Range<usize>| address.as_ref().is_none_or(|address| found.end <= address.start);
        match (&mention, &address) {
            (Some((range, href, title)), _) if before(range) => {
                push_words(out, text, offset..range.start, &codes);
                if safe(href) {
                    open_anchor(out, href, title, "");
                    escape::text(out, &text[range.clone()]);
                    out.push_str("</a>");
                } else {
                    escape::text(out, &text[range.clone()]);
                }
                offset = range.end;
                mention = next_mention(rendering, text, offset);
            }
            (_, Some(range)) => {
                push_words(out, text, offset..range.start, &codes);
                let bare = &text[range.clone()];
                let (close, _) = open_link(out, rendering, LinkKind::Link, &url::target(bare), "");
                escape::text(out, bare);
                out.push_str(close);
                offset = range.end;
                if mention.as_ref().is_some_and(|(found, ..)| found.start < offset) {
                    mention = next_mention(rendering, text, offset);
                }
                address = url::bare(text, offset);
            }
            _ => return push_words(out, text, offset..text.len(), &codes),
        }
    }
}

/// Writes the words of a link.
pub(super) fn link_words(out: &mut String, text: &str) {
    push_words(out, text, 0..text.len(), &emoji::codes(text));
}

fn push_words(out: &mut String, text: &str, part: Range<usize>, codes: &[Code]) {
    emoji::replace(text, part, codes, |part| escape::text(out, part));
}

/// The next mention; one that does not lie in the rest of the text is none.
fn next_mention(rendering: &Rendering<'_>, text: &str, from: usize) -> Option<(Range<usize>, String, String)> {
    let found = rendering.mentions?.next(text, from)?;
    (found.0.start >= from && !found.0.is_empty() && text.get(found.0.clone()).is_some()).then_some(found)
}
