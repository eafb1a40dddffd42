//! How a body is read: the dialect, the limits, and what a link is. Shared by the outline and the page, so that they agree.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{
    BrokenLink, BrokenLinkCallback, CowStr, Event, LinkType, OffsetIter, Options, Parser, Tag, TagEnd,
};

use super::address::with_scheme;
use super::{LinkKind, formulas, stand_ins};

/// The longest body read as Markdown, in bytes. A longer one is shown as plain text.
pub const LIMIT: usize = 4 << 20;

/// The deepest nesting of quotes and lists read as Markdown. A body that goes deeper is shown as plain text: every
/// line has to be held against every container around it, so that depth times lines is what a body costs.
pub const DEPTH: usize = 128;

const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_WIKILINKS);

/// A body as the parser shall see it, byte for byte where it was.
pub(super) struct Prepared<'a> {
    pub(super) text: Cow<'a, str>,
    /// Whether it has formulas, `$x^2$`.
    has_formulas: bool,
    has_stand_ins: bool,
}

/// The events of a text, each with its byte range.
pub(super) fn events<'a>(text: &'a Prepared<'_>) -> Events<'a> {
    events_with(text, None)
}

/// The same; `undefined` is told of each `[words][label]` and `[label][]` whose label nothing defines, with its range: the parser takes it
/// for text.
pub(super) fn events_with<'a>(prepared: &'a Prepared<'_>, undefined: Option<&'a mut Tell<'a>>) -> Events<'a> {
    let Prepared { text, has_formulas, has_stand_ins } = prepared;
    let more = if *has_formulas { Options::ENABLE_MATH } else { Options::empty() };
    Events {
        parser: parser(text, more, undefined),
        text,
        has_stand_ins: *has_stand_ins,
        links: Vec::new(),
        end: 0,
        begins_words: false,
    }
}

/// The parser's own events.
pub(super) fn parser<'a>(
    text: &'a str,
    more: Options,
    undefined: Option<&'a mut Tell<'a>>,
) -> OffsetIter<'a, Undefined<'a>> {
    Parser::new_with_broken_link_callback(text, OPTIONS.union(more), undefined.map(Undefined)).into_offset_iter()
}

/// The parser's events, in which each `[[name]]` is what it means: what a definition says of the name, a part of a program, or a link. Every
/// formula is one in a line, and has its dollars.
pub(super) struct Events<'a> {
    parser: OffsetIter<'a, Undefined<'a>>,
    text: &'a str,
    has_stand_ins: bool,
    /// Whether each open link is none.
    links: Vec<bool>,
    /// Where the last wiki link ends.
    end: usize,
    /// Whether the words of a wiki link begin here: the parser leaves a backslash before their first sign.
    begins_words: bool,
}

impl<'a> Iterator for Events<'a> {
    type Item = (Event<'a>, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        let (event, range) = self.parser.next()?;
        // Most events mean what the parser says, and are long to move.
        let may_mean_more = match &event {
            Event::Start(Tag::Link { .. })
            | Event::End(TagEnd::Link)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => true,
            _ => self.begins_words || self.has_stand_ins,
        };
        Some(if may_mean_more { self.meaning(event, range) } else { (event, range) })
    }
}

impl<'a> Events<'a> {
    /// What an event of the parser's means.
    fn meaning(&mut self, event: Event<'a>, mut range: Range<usize>) -> (Event<'a>, Range<usize>) {
        let begins_words = std::mem::take(&mut self.begins_words);
        let event = match event {
            Event::Start(Tag::Link { link_type: LinkType::WikiLink { has_pothole }, dest_url, title, id }) => {
                let definition = self.parser.reference_definitions().get(&dest_url).filter(|_| !has_pothole);
                let defined =
                    definition.map(|found| (found.dest.to_string(), found.title.as_deref().map(str::to_owned)));
                let is_code = defined.is_none() && !has_pothole && self.is_code(&dest_url, range.start);
                self.links.push(is_code);
                self.begins_words = has_pothole;
                if !is_code {
                    self.end = range.end;
                }
                match defined {
                    Some((dest, title)) => Event::Start(Tag::Link {
                        link_type: LinkType::Shortcut,
                        dest_url: dest.into(),
                        title: title.unwrap_or_default().into(),
                        id,
                    }),
                    None if is_code => Event::Text("[[".into()),
                    None => {
                        Event::Start(Tag::Link { link_type: LinkType::WikiLink { has_pothole }, dest_url, title, id })
                    }
                }
            }
            Event::Start(Tag::Link { .. }) => {
                self.links.push(false);
                event
            }
            Event::End(TagEnd::Link) if self.links.pop() == Some(true) => Event::Text("]]".into()),
            Event::Text(text) if begins_words && is_escaped(&text) => {
                range.start += 1;
                Event::Text(text[1..].to_owned().into())
            }
            Event::InlineMath(source) => Event::InlineMath(formulas::written(&source, "$").into()),
            Event::DisplayMath(source) => Event::InlineMath(formulas::written(&source, "$$").into()),
            event => event,
        };
        (if self.has_stand_ins { stand_ins::restored(event) } else { event }, range)
    }
}

/// Whether a text begins with a sign that a backslash makes one of the text.
fn is_escaped(text: &str) -> bool {
    text.strip_prefix('\\').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_punctuation()))
}

/// Attributes of C++, and tables of Cargo's files.
const CODE: &[&str] = &[
    "assume",
    "bench",
    "bin",
    "carries_dependency",
    "deprecated",
    "example",
    "fallthrough",
    "indeterminate",
    "likely",
    "maybe_unused",
    "no_unique_address",
    "nodiscard",
    "noreturn",
    "package",
    "reproducible",
    "test",
    "unlikely",
    "unsequenced",
];

impl Events<'_> {
    /// Whether `[[name]]` at `start` is part of a program, which nobody put between backticks: an attribute, a condition, an index.
    fn is_code(&self, name: &str, start: usize) -> bool {
        // Scripts without spaces have links right behind their letters.
        let is_index = start != self.end
            && self.text[..start].ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ')' | ']'));
        let is_list = name.contains(['[', ']']) || name.starts_with(':');
        let is_attribute = CODE.contains(&name.split('(').next().unwrap_or(name)) || name.contains("::");
        let is_condition =
            name.starts_with([' ', '-', '!', '$', '"']) || name.ends_with(' ') && name.trim().contains(' ');
        is_index || is_list || is_attribute || is_condition
    }
}

/// Is told of a label and the range of its link.
pub(super) type Tell<'a> = dyn FnMut(&str, Range<usize>) + 'a;

/// Who is told of undefined labels. One type for all, so that the parser is compiled once.
pub(super) struct Undefined<'a>(&'a mut Tell<'a>);

impl<'a> BrokenLinkCallback<'a> for Undefined<'_> {
    fn handle_broken_link(&mut self, link: BrokenLink<'a>) -> Option<(CowStr<'a>, CowStr<'a>)> {
        if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
            (self.0)(&stand_ins::with_signs(&link.reference), link.span);
        }
        None
    }
}

/// Makes a body ready for [`events`]; `None` when it is beyond the limits.
pub(super) fn prepared(body: &str) -> Option<Prepared<'_>> {
    if body.len() > LIMIT || too_deep(body) {
        return None;
    }
    let text = stand_ins::hidden(Cow::Borrowed(body), &stand_ins::brackets(body));
    let text = stand_ins::hidden(text, &stand_ins::addresses(body));
    let formulas = formulas::prepared(&text);
    let has_formulas = formulas.is_some();
    let text = formulas.unwrap_or(text);
    let has_stand_ins = matches!(text, Cow::Owned(_));
    Some(match has_stand_ins && stand_ins::has_own(body) {
        true => Prepared { text: Cow::Borrowed(body), has_formulas: false, has_stand_ins: false },
        false => Prepared { text, has_formulas, has_stand_ins },
    })
}

/// Whether a line opens more containers than [`DEPTH`]. Counts markers and indentation at the beginning of each line,
/// which is never less than the parser finds.
fn too_deep(body: &str) -> bool {
    // A container takes a byte at least, so that a body whose lines are all short needs no look at its markers.
    body.split('\n').any(|line| line.len() > DEPTH && depth(line.as_bytes()) > DEPTH)
}

fn depth(line: &[u8]) -> usize {
    let mut markers = 0_usize;
    let mut spaces = 0_usize;
    let mut offset = 0;
    while let Some(&byte) = line.get(offset) {
        let blank_follows = matches!(line.get(offset + 1), None | Some(b' ' | b'\t'));
        match byte {
            b' ' => spaces += 1,
            b'\t' => spaces += 4,
            b'>' => markers += 1,
            b'-' | b'+' | b'*' if blank_follows => markers += 1,
            b'.' | b')' if blank_follows && offset > 0 && line[offset - 1].is_ascii_digit() => markers += 1,
            b'0'..=b'9' => {}
            b'[' if line[offset..].starts_with(b"[^") => match line[offset..].windows(2).position(|two| two == b"]:") {
                Some(length) => {
                    markers += 1;
                    offset += length + 1;
                }
                None => break,
            },
            _ => break,
        }
        offset += 1;
    }
    // Each marker may have a space of its own; what is more than that is the indentation of lists begun on earlier lines.
    if markers == 0 { 0 } else { markers + spaces.saturating_sub(markers) / 2 }
}

/// What kind of link the parser found, and its target as the plan shall hear of it.
///
/// `![[picture.png]]` is an image; `![[search]]`, which asks to embed a page, is a link to it.
pub(super) fn link(link_type: LinkType, dest: &str, image: bool) -> (LinkKind, Cow<'_, str>) {
    match link_type {
        LinkType::Email => (LinkKind::Link, Cow::Owned(format!("mailto:{dest}"))),
        LinkType::WikiLink { .. } => {
            // In a table the bar of `[[search\|words]]` has to be escaped.
            let target = dest.trim_end_matches('\\').trim();
            let kind = match image && is_picture(target) {
                true => LinkKind::Image,
                // Between such brackets, an address is one all the same.
                false if target.contains("://") => LinkKind::Link,
                false => LinkKind::Wiki,
            };
            (kind, if kind == LinkKind::Wiki { Cow::Borrowed(target) } else { with_scheme(target) })
        }
        _ if image => (LinkKind::Image, with_scheme(dest)),
        _ => (LinkKind::Link, with_scheme(dest)),
    }
}

fn is_picture(target: &str) -> bool {
    const ENDINGS: [&str; 7] = ["png", "jpg", "jpeg", "gif", "svg", "webp", "avif"];
    target.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending)))
}

/// Raw HTML without its comments. A comment that is never closed hides nothing.
pub(super) fn without_comments(html: &str) -> Cow<'_, str> {
    let mut rest = html;
    let mut kept = String::new();
    while let Some(open) = rest.find("<!--") {
        // `<!-->` is a whole comment: its end may share the beginning's dashes.
        let Some(close) = rest[open + 2..].find("-->") else { break };
        kept.push_str(&rest[..open]);
        rest = &rest[open + 2 + close + 3..];
    }
    if rest.len() == html.len() {
        return Cow::Borrowed(html);
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}
