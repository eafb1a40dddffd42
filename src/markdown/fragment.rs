//! An author's HTML made part of a page.
//!
//! Whatever Markdown makes (a paragraph, a list item, a link) is a frame, and the HTML that stands directly in a frame is a fragment of its
//! own. What Markdown made between its tags is kept out of it: an empty element with a mark stands there while the sanitiser reads the
//! fragment, balances it and drops what is not allowed, and is replaced afterwards. So no tag of an author's can close or open what is not
//! his, and every attribute but the few harmless ones is written here, behind a mark of its own.

use std::collections::HashSet;
use std::fmt::Write as _;

use super::frame::{Content, Frame, Kind, Mark};
use super::html::{self, Part, Role, parts};
use super::inline::{self, Image};
use super::render::Rendering;
use super::sanitiser::{Shown, as_text, sanitised};
use super::tags::{Attribute, Tag, TagKind, is_void, written};
use super::{LinkKind, emoji, escape};

/// The attribute that holds a mark: the index of what stands for it. No author can write it, as attributes are written anew.
pub(super) const MARK: &str = "data-mark";

/// How many elements may be open in each other in a frame. What goes deeper is shown as text: each tag is held against all that are open.
const DEPTH: usize = 128;

/// How often elements may be opened again in later blocks, for each byte of a frame, before it is shown as text.
const REOPENED: usize = 2;

/// The frames that are open in a page, and what the author's HTML in them needs to know of the rest of it.
#[derive(Debug, Default)]
pub(super) struct Fragments {
    frames: Vec<Frame>,
    marks: Vec<Mark>,
    /// Ids given out on the page.
    ids: HashSet<String>,
    /// Those that tags were given since they were last asked for.
    recent_ids: Vec<String>,
}

impl Fragments {
    /// Opens a frame at the end of the page.
    pub(super) fn open(&mut self, start: usize, digits: usize, content: Content) {
        self.frames.push(Frame::new(start, digits, content));
    }

    /// Says that a block of Markdown's begins at the end of the page.
    pub(super) fn begin_block(&mut self, out: &mut String) {
        self.end_links(out);
        if let Some(frame) = self.frames.last_mut() {
            frame.parts.push((out.len()..out.len(), Kind::Block));
        }
    }

    /// Ends the author's links that are open in the innermost frame: the links of the blocks that follow could not be followed in one.
    fn end_links(&mut self, out: &mut String) {
        let Some(frame) = self.frames.last_mut().filter(|frame| frame.links > 0) else { return };
        let start = out.len();
        for _ in 0..std::mem::take(&mut frame.links) {
            out.push_str("</a>");
        }
        let kind = Kind::Html { source: String::new(), is_block: false, is_balanced: false };
        frame.parts.push((start..out.len(), kind));
    }

    /// Says that it ends there.
    pub(super) fn end_block(&mut self, end: usize) {
        if let Some((range, Kind::Block)) = self.frames.last_mut().and_then(|frame| frame.parts.last_mut()) {
            range.end = end;
        }
    }

    /// Says that bytes were put into the page before the content of frames that have nothing in them yet.
    pub(super) fn shift(&mut self, offset: usize, bytes: usize) {
        for frame in self.frames.iter_mut().rev().take_while(|frame| frame.start >= offset) {
            frame.start += bytes;
            for (range, _) in &mut frame.parts {
                *range = range.start + bytes..range.end + bytes;
            }
        }
    }

    /// Where the content of the innermost frame begins.
    pub(super) fn start(&self) -> usize {
        self.frames.last().map_or(0, |frame| frame.start)
    }

    /// Says that the content of the innermost frame begins elsewhere, with the block that is open.
    pub(super) fn restart(&mut self, start: usize) {
        if let Some(frame) = self.frames.last_mut() {
            frame.start = start;
            frame.parts.iter_mut().for_each(|(range, _)| range.start = start);
        }
    }

    /// Whether a piece of HTML begins a block in the label of a task.
    pub(super) fn ends_label(&self, source: &str) -> bool {
        self.frames.last().is_some_and(|frame| frame.content == Content::Label) && html::begins_block(source)
    }

    /// Whether a link of the author's HTML is open.
    pub(super) fn is_in_link(&self) -> bool {
        self.frames.iter().any(|frame| frame.links > 0)
    }

    /// Whether what is now written is code by the author's HTML.
    pub(super) fn is_in_code(&self) -> bool {
        self.frames.iter().any(|frame| frame.code > 0)
    }

    /// Whether an id is still free on this page; it is no more.
    pub(super) fn claim(&mut self, id: &str) -> bool {
        self.ids.insert(id.to_owned())
    }

    /// The ids that tags were given since this was last asked.
    pub(super) fn take_recent_ids(&mut self) -> Vec<String> {
        std::mem::take(&mut self.recent_ids)
    }

    /// Writes a piece of HTML for the frame that is open. `is_linked`: it stands in a link.
    pub(super) fn push(
        &mut self,
        out: &mut String,
        source: &str,
        rendering: &Rendering<'_>,
        is_linked: bool,
        is_block: bool,
    ) {
        if is_block {
            self.end_links(out);
        }
        let parts = parts(source);
        let start = out.len();
        let is_tag = |part: &Part<'_>| matches!(part, Part::Tag(_));
        if is_block && !parts.iter().any(|(part, _)| is_tag(part)) {
            self.begin_block(out);
            html::push_text_alone(out, source, is_block);
            return self.end_block(out.len());
        }
        let is_balanced = parts.iter().all(|(part, _)| match part {
            Part::Tag(tag) => tag.name == "br",
            // What is said by a character reference is for the sanitiser to read.
            Part::Text(text) => !text.contains('&'),
            Part::Other(_) => true,
        });
        for (part, range) in parts {
            match part {
                Part::Text(text) if self.is_in_code() => push_text(out, &text),
                Part::Text(text) => push_text(out, &emoji::shown(&text)),
                Part::Other(tag) => escape::text(out, tag),
                Part::Tag(tag) if self.is_text(&tag) => escape::text(out, &source[range]),
                Part::Tag(tag) => match &tag.kind {
                    TagKind::Start { .. } => self.start_tag(out, &tag, rendering, is_linked),
                    TagKind::End => self.end_tag(out, &tag),
                },
            }
        }
        if let Some(frame) = self.frames.last_mut() {
            let kind = Kind::Html { source: source.to_owned(), is_block, is_balanced };
            frame.parts.push((start..out.len(), kind));
        }
        if is_block {
            self.end_links(out);
        }
    }

    /// Whether a tag may not stand in the frame that is open.
    fn is_text(&self, tag: &Tag) -> bool {
        let is_phrasing =
            self.frames.last().is_none_or(|frame| matches!(frame.content, Content::Phrasing | Content::Label));
        is_phrasing && html::role(&tag.name) == Some(Role::Block)
    }

    fn start_tag(&mut self, out: &mut String, tag: &Tag, rendering: &Rendering<'_>, is_linked: bool) {
        let role = html::role(&tag.name);
        let ids = self.ids(tag, rendering.prefix);
        let Some(frame) = self.frames.last_mut() else { return };
        frame.has_blocks |= role == Some(Role::Block);
        frame.paragraphs += usize::from(tag.name == "p");
        // Markdown has no lists in its cells, where people write `<li>` alone.
        if tag.name == "li" && frame.lists == 0 && frame.content == Content::Cell {
            out.push_str("<ul>");
            frame.lists += 1;
        }
        frame.lists += usize::from(is_list(tag));
        frame.code += usize::from(html::is_code(&tag.name));
        match role {
            Some(Role::Formatting) => frame.formatting += 1,
            _ => frame.reopened += frame.formatting,
        }
        // The end tags of these may be left out, so that they are no measure.
        let may_stay_open =
            ["p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "caption"].contains(&&*tag.name);
        if !is_void(&tag.name) && !may_stay_open {
            frame.open += 1;
            frame.is_too_deep |= frame.open > DEPTH;
        }
        match &*tag.name {
            "a" => {
                let address = tag.address("href").filter(|_| !is_linked && frame.links == 0);
                let Some(address) = address else {
                    return self.push_names(out, &ids);
                };
                frame.links += 1;
                let mut link = String::new();
                inline::open_link(&mut link, rendering, LinkKind::Link, &address, tag.get("title").unwrap_or_default());
                let attributes = link.split_once(' ').map_or("", |(_, rest)| rest.trim_end_matches('>'));
                let attributes = format!(" {attributes}");
                self.push_names(out, &ids);
                self.push_marked(out, "a", &[], Mark::Attributes(attributes));
            }
            "img" => {
                let Some(address) = tag.address("src") else {
                    self.push_names(out, &ids);
                    return escape::text(out, tag.get("alt").unwrap_or_default());
                };
                let mut attributes = String::new();
                push_ids(&mut attributes, &ids);
                for Attribute { name, value } in copied(tag).filter(|attribute| attribute.name != "title") {
                    let _ = write!(attributes, " {name}=\"");
                    escape::attribute(&mut attributes, value);
                    attributes.push('"');
                }
                let alt = tag.get("alt").unwrap_or_default();
                let image = Image::written(&address, tag.get("title").unwrap_or_default(), alt, attributes);
                let mut html = String::new();
                image.write(&mut html, rendering);
                self.push_marked(out, "img", &[], Mark::Element(html));
            }
            // Without the addresses for other screens, which are no attributes that are shown, it says nothing.
            "source" => {}
            name => {
                // One that is opened again would give its name twice.
                if role == Some(Role::Formatting) {
                    self.push_names(out, &ids);
                }
                let copied: Vec<&Attribute> = copied(tag).collect();
                // The page has a heading of the first level.
                let name = if name == "h1" { "h2" } else { name };
                if ids.is_empty() || role == Some(Role::Formatting) {
                    return out.push_str(&written(name, copied, false));
                }
                let mut attributes = String::new();
                push_ids(&mut attributes, &ids[..1]);
                let rest = &ids[1..];
                self.push_names(out, rest);
                self.push_marked(out, name, &copied, Mark::Attributes(attributes));
            }
        }
    }

    fn end_tag(&mut self, out: &mut String, tag: &Tag) {
        let Some(frame) = self.frames.last_mut() else { return };
        frame.open = frame.open.saturating_sub(1);
        frame.lists = frame.lists.saturating_sub(usize::from(is_list(tag)));
        if html::is_code(&tag.name) {
            frame.code = frame.code.saturating_sub(1);
        }
        match &*tag.name {
            "a" if frame.links == 0 => return,
            "a" => frame.links -= 1,
            // Without a beginning it would be a paragraph of its own.
            "p" if frame.paragraphs == 0 => return,
            "p" => frame.paragraphs -= 1,
            name if is_void(name) => return,
            _ => {}
        }
        if html::role(&tag.name) == Some(Role::Formatting) {
            frame.formatting = frame.formatting.saturating_sub(1);
        }
        let name = if tag.name == "h1" { "h2" } else { &*tag.name };
        let _ = write!(out, "</{name}>");
    }

    /// The ids that a tag gives its place, as far as the page has them not yet.
    fn ids(&mut self, tag: &Tag, prefix: &str) -> Vec<String> {
        let mut ids = Vec::new();
        for name in html::names(tag) {
            let id = format!("{prefix}{}", html::place(name));
            if self.claim(&id) {
                self.recent_ids.push(id.clone());
                ids.push(id);
            }
        }
        ids
    }

    /// Places with a name and without words.
    fn push_names(&mut self, out: &mut String, ids: &[String]) {
        for id in ids {
            let mut html = String::new();
            html::push_place(&mut html, id);
            self.push_marked(out, "span", &[], Mark::Element(html));
            out.push_str("</span>");
        }
    }

    fn push_marked(&mut self, out: &mut String, name: &str, copied: &[&Attribute], mark: Mark) {
        let of_mark = Attribute { name: MARK.to_owned(), value: self.marks.len().to_string() };
        out.push_str(&written(name, copied.iter().copied().chain([&of_mark]), false));
        self.marks.push(mark);
    }

    /// Closes the innermost frame: the HTML in it becomes part of the page. Whether there are blocks in it now. The places in `digits` that
    /// stand in the frame move with what they are part of.
    pub(super) fn close(&mut self, out: &mut String, digits: &mut [usize]) -> bool {
        let Some(frame) = self.frames.pop() else { return false };
        let is_balanced = |(_, kind): &(_, Kind)| matches!(kind, Kind::Block | Kind::Html { is_balanced: true, .. });
        if frame.parts.iter().all(is_balanced) {
            return false;
        }
        let content = out.split_off(frame.start);
        let is_beyond = frame.is_too_deep || frame.reopened > REOPENED * content.len();
        let shown = (!is_beyond).then(|| sanitised(&self.marks, &frame, &content)).flatten();
        let has_blocks = frame.has_blocks && shown.is_some();
        let Shown { html, moved } = shown.unwrap_or_else(|| as_text(&frame, &content));
        for digit in digits.iter_mut().skip(frame.digits) {
            let inside = *digit - frame.start;
            if let Some((range, start)) = moved.iter().find(|(range, _)| range.contains(&inside)) {
                *digit = frame.start + start + (inside - range.start);
            }
        }
        out.push_str(&html);
        has_blocks
    }
}

fn is_list(tag: &Tag) -> bool {
    matches!(&*tag.name, "ol" | "ul")
}

/// Attributes that are copied as they are.
fn copied(tag: &Tag) -> impl Iterator<Item = &Attribute> {
    tag.attributes().iter().filter(|attribute| html::is_copied(&tag.name, &attribute.name, &attribute.value))
}

fn push_ids(out: &mut String, ids: &[String]) {
    for id in ids.iter().take(1) {
        out.push_str(" id=\"");
        escape::attribute(out, id);
        out.push('"');
    }
}

/// Text between tags, whose character references the sanitiser resolves. What begins no tag is text there.
fn push_text(out: &mut String, text: &str) {
    for (index, part) in text.split('&').enumerate() {
        out.push_str(if index > 0 { "&" } else { "" });
        escape::text(out, part);
    }
}
