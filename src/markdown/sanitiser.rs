//! The content of a frame with its author's HTML made sound. The one home of `ammonia`.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::LazyLock;

use ammonia::Builder;

use super::fragment::MARK;
use super::frame::{Frame, Kind, Mark};
use super::tags::{TagKind, is_void, tags, written};
use super::{escape, html};

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let on = |element: &'static str, attributes: &[&'static str]| {
        (element, attributes.iter().copied().collect::<HashSet<_>>())
    };
    let cell = &["colspan", "rowspan", "width"];
    // Called through a pointer, its hundred lists are not compiled into this function.
    let empty: fn() -> Builder<'static> = Builder::empty;
    let mut sanitiser = std::hint::black_box(empty)();
    sanitiser
        .tags(html::elements().collect())
        .generic_attributes(HashSet::from([MARK, "title", "align"]))
        .tag_attributes(HashMap::from([
            on("td", cell),
            on("th", cell),
            on("table", &["width"]),
            on("details", &["open"]),
        ]))
        .link_rel(None);
    sanitiser
});

/// The content of a frame as it goes into the page.
pub(super) struct Shown {
    pub(super) html: String,
    /// What Markdown made, by where it stood in the content, and where it stands now.
    pub(super) moved: Vec<(Range<usize>, usize)>,
}

/// All of a frame's content in order: what Markdown made, and between it the parts, counted from the frame's beginning.
fn pieces<'a>(frame: &'a Frame, content: &str) -> Vec<(Range<usize>, Option<&'a Kind>)> {
    let mut pieces = Vec::new();
    let mut done = 0;
    for (range, kind) in &frame.parts {
        let range = range.start - frame.start..range.end - frame.start;
        if done < range.start {
            pieces.push((done..range.start, None));
        }
        done = range.end;
        pieces.push((range, Some(kind)));
    }
    if done < content.len() {
        pieces.push((done..content.len(), None));
    }
    pieces
}

/// The content of a frame with its HTML as text.
pub(super) fn as_text(frame: &Frame, content: &str) -> Shown {
    let mut shown = Shown { html: String::with_capacity(content.len()), moved: Vec::new() };
    for (range, kind) in pieces(frame, content) {
        if let Some(Kind::Html { source, is_block, .. }) = kind {
            let (open, close) = if *is_block { ("<p class=\"raw\">", "</p>\n") } else { ("", "") };
            shown.html.push_str(open);
            escape::text(&mut shown.html, source.trim_end());
            shown.html.push_str(close);
        } else {
            shown.moved.push((range.clone(), shown.html.len()));
            shown.html.push_str(&content[range]);
        }
    }
    shown
}

/// The content of a frame with its HTML; `None` where it would change what stands around it: a part of a list in no list,
/// a link around links.
pub(super) fn sanitised(marks: &[Mark], frame: &Frame, content: &str) -> Option<Shown> {
    let first = marks.len();
    let mut kept: Vec<Range<usize>> = Vec::new();
    let mut source = String::with_capacity(content.len());
    for (range, kind) in pieces(frame, content) {
        let text = &content[range.clone()];
        let element = match kind {
            Some(Kind::Html { .. }) => {
                source.push_str(text);
                continue;
            }
            None if text.trim().is_empty() => {
                source.push_str(text);
                continue;
            }
            Some(Kind::Block) => "div",
            None => "span",
        };
        let _ = write!(source, "<{element} {MARK}=\"{}\"></{element}>", first + kept.len());
        kept.push(range);
    }
    let clean = SANITISER.clean(&source).to_string();
    let mut shown = Shown { html: String::with_capacity(content.len() + clean.len()), moved: Vec::new() };
    let mut done = 0;
    let mut open: Vec<String> = Vec::new();
    let mut is_skipped = false;
    let is_linked = |open: &[String]| open.iter().any(|name| name == "a");
    for tag in tags(&clean) {
        push_visible(&mut shown.html, &clean[done..tag.range.start]);
        done = tag.range.end;
        if matches!(tag.kind, TagKind::End) {
            open.pop();
            if !std::mem::take(&mut is_skipped) {
                shown.html.push_str(&clean[tag.range]);
            }
            continue;
        }
        let parent = open.last().map(String::as_str);
        let is_placed = match &*tag.name {
            "li" => matches!(parent, Some("ul" | "ol")),
            "dt" | "dd" => matches!(parent, Some("dl" | "div")),
            // Where tags stand in a table that has no place for them, a link may stay open.
            "a" => !is_linked(&open),
            _ => true,
        };
        if !is_placed {
            return None;
        }
        let mark = tag.get(MARK).and_then(|mark| mark.parse::<usize>().ok());
        match mark.map(|mark| (mark, marks.get(mark))) {
            None => shown.html.push_str(&clean[tag.range.clone()]),
            Some((_, Some(Mark::Attributes(attributes)))) => {
                let others = tag.attributes().iter().filter(|attribute| attribute.name != MARK);
                let start = written(&tag.name, others, false);
                shown.html.push_str(start.trim_end_matches('>'));
                shown.html.push_str(attributes);
                shown.html.push('>');
            }
            Some((_, Some(Mark::Element(html)))) => {
                shown.html.push_str(html);
                is_skipped = !is_void(&tag.name);
            }
            Some((mark, None)) => {
                let range = kept.get(mark - first).cloned().unwrap_or_default();
                if content[range.clone()].contains("<a ") && is_linked(&open) {
                    return None;
                }
                shown.moved.push((range.clone(), shown.html.len()));
                shown.html.push_str(&content[range]);
                is_skipped = true;
            }
        }
        if !is_void(&tag.name) {
            open.push(tag.name);
        }
    }
    push_visible(&mut shown.html, &clean[done..]);
    Some(shown)
}

/// Sanitised text, without control characters.
fn push_visible(out: &mut String, text: &str) {
    let is_control = |c: char| c.is_control() && !matches!(c, '\n' | '\t' | '\r');
    if text.contains(is_control) {
        out.push_str(&text.replace(is_control, "\u{fffd}"));
    } else {
        out.push_str(text);
    }
}
