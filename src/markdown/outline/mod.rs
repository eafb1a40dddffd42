//! The outline of a body: title, headings, task counts, links with their places, first paragraph.

mod heading;
mod place;
mod run;
mod tags;
mod words;

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::slug::Slugs;
use super::{footnotes, read, table, url};
use crate::source::{Span, Spanned};
use heading::Open;
pub(super) use heading::number;
use run::Run;
use tags::{Opened, is_block, is_frame};
use words::Words;
pub use words::plain;

/// What other stages need to know of a body without rendering it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// The text of the first heading of level 1 that stands in no list or quote, without its markup but for the backticks of code, and its
    /// place.
    pub title: Option<(String, Span)>,
    /// Where that heading is the first block of the body, comments aside, and has no link in it, its anchor.
    pub title_anchor: Option<String>,
    /// Every heading, in order, with the anchor it gets on the page.
    pub headings: Vec<Heading>,
    /// Tasks under the heading "Acceptance criteria" (any level, case-insensitive, whatever follows these words), up to the
    /// next heading of the same or a higher level.
    pub criteria: Tasks,
    /// All other tasks.
    pub tasks: Tasks,
    /// All links and images, in order.
    pub links: Vec<Link>,
    /// Names that tags of HTML give their places, for links to lead there.
    pub names: Vec<String>,
    /// Tags of HTML that a page shows as text, with their places.
    pub tags: Vec<Spanned<String>>,
    /// Labels that nothing defines, of links (`[words][label]`) and of footnotes (`[^label]`), with the places of the links: text on the page.
    pub undefined: Vec<Spanned<String>>,
    /// The labels of footnotes that nothing refers to, with the places of the notes: the page leaves them out.
    pub unused: Vec<Spanned<String>>,
    /// Links without words.
    pub unnamed: Vec<Span>,
    /// What stands in rows of tables behind the last column, where no page shows it.
    pub excess: Vec<Span>,
    /// The first paragraph that has words and stands in no list or quote, as plain text, at most about 300 characters,
    /// cut at a word and closed with `…` where cut.
    pub summary: String,
    /// Whether the body is beyond [`super::LIMIT`] or [`super::DEPTH`]: it is shown as plain text, and nothing of it is here.
    pub beyond: bool,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6, as written.
    pub level: u8,
    /// Plain text.
    pub text: String,
    /// GitHub's slug of the text, made unique on the page with `-1`, `-2`, ….
    pub anchor: String,
}

/// How many tasks there are, and how many are ticked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tasks {
    /// Ticked.
    pub done: u32,
    /// All.
    pub total: u32,
}

/// A link as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What kind.
    pub kind: LinkKind,
    /// The target with character references and escapes resolved, not percent-decoded.
    pub target: String,
    /// Where the link stands in the source (the whole of it: `[text](target)`).
    pub span: Span,
}

/// The kinds of link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// `[text](target)`, a reference link, `<scheme:…>`, or a bare `https://…`.
    Link,
    /// `[[target]]` or `[[target|text]]`. The target is a name, not an address: [`super::safe`] is not asked about it.
    Wiki,
    /// `![alt](target)`, or `![[target]]` where the target is the name of a picture.
    Image,
}

/// Reads a body. `offset` is where the body begins in its source: all spans count from the source's first byte.
pub fn outline(body: &str, offset: usize) -> Outline {
    let Some(prepared) = read::prepared(body) else {
        return Outline { beyond: true, ..Outline::default() };
    };
    let text = &*prepared.text;
    let has_urls = url::may_be_in(text) || text.contains("[^");
    let mut reader = Reader { offset, has_urls, html: vec![Opened::default()], ..Reader::default() };
    let mut undefined = Vec::new();
    // Behind a letter, as in `rows[i][j]`, nobody means a link.
    let is_behind = |start: usize| text[..start].ends_with(|c: char| c.is_alphanumeric() || "_])".contains(c));
    let mut tell = |label: &str, range: Range<usize>| {
        if !is_behind(range.start) {
            undefined.push((label.to_owned(), range));
        }
    };
    let events = read::events_with(&prepared, Some(&mut tell));
    let (mut excess, mut cell_end) = (Vec::new(), 0);
    for (event, range) in events {
        match event {
            Event::End(TagEnd::TableCell) => cell_end = range.end,
            Event::End(TagEnd::TableRow) => excess.extend(table::excess(text, cell_end..range.end)),
            _ => {}
        }
        reader.event(event, range);
    }
    let is_escaped = |range: &Range<usize>| text[..range.start].ends_with('\\');
    undefined.extend(reader.notes.into_iter().filter(|(_, range)| !is_escaped(range)));
    undefined.sort_by_key(|(_, range)| range.start);
    let spanned =
        |(label, range): (String, Range<usize>)| Spanned::new(label, Span::new(range.start, range.end).shifted(offset));
    let is_unused = |(label, ..): &(String, Range<usize>, usize)| !reader.referred.contains(&label.to_lowercase());
    let whole = |range: Range<usize>| range.start..range.start + text[range].trim_end().len();
    let unused =
        reader.defined.into_iter().filter(is_unused).map(|(label, range, _)| spanned((label, whole(range)))).collect();
    Outline {
        unused,
        undefined: undefined.into_iter().map(spanned).collect(),
        excess: excess.into_iter().map(|range| Span::new(range.start, range.end).shifted(offset)).collect(),
        ..reader.outline
    }
}

#[derive(Default)]
struct Reader {
    outline: Outline,
    offset: usize,
    /// How many containers are open: lists, quotes, tables, footnotes.
    depth: usize,
    /// What links and images are open, the innermost last; true where the words are an image's.
    links: Vec<bool>,
    /// Whether the link that is open has words, and where it stands.
    open_link: Option<(bool, Range<usize>)>,
    /// Footnotes that something refers to, and those that are defined.
    referred: HashSet<String>,
    /// With how many headings and tasks came before each.
    defined: Vec<(String, Range<usize>, usize)>,
    /// Footnotes that nothing defines.
    notes: Vec<(String, Range<usize>)>,
    in_code: bool,
    heading: Option<Open>,
    /// The words of the paragraph that is the summary.
    summary: Option<Words>,
    /// The level of the heading "Acceptance criteria" whose section this is.
    criteria: Option<u8>,
    slugs: Slugs,
    has_urls: bool,
    run: Run,
    /// Whether a block was met that shows something.
    has_begun: bool,
    /// What an author's HTML opened in each thing that Markdown made, the innermost last.
    html: Vec<Opened>,
    /// The block of HTML that is being read.
    html_block: Run,
    /// In how many things the words of the task that is being read stand.
    task: Option<usize>,
}

impl Reader {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match &event {
            Event::Text(text) => {
                if self.has_urls && !self.in_code && !self.is_in_link() {
                    self.run.pieces.push((self.run.text.len(), range));
                    self.run.text.push_str(text);
                }
                return self.words(&event);
            }
            _ if !self.run.text.is_empty() => self.bare_urls(),
            _ => {}
        }
        self.end_run();
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::TaskListMarker(done) => {
                let tasks = if self.criteria.is_some() { &mut self.outline.criteria } else { &mut self.outline.tasks };
                self.task = Some(self.html.len());
                tasks.total += 1;
                tasks.done += u32::from(done);
            }
            Event::Rule => {
                self.has_begun = true;
                self.end_html_links();
            }
            Event::Html(html) => {
                self.html_block.pieces.push((self.html_block.text.len(), range));
                self.html_block.text.push_str(&html);
            }
            Event::InlineHtml(ref html) => {
                self.words(&event);
                if !self.links.contains(&true) {
                    self.end_task(html);
                    self.tags(html, |_| range.clone());
                }
            }
            Event::FootnoteReference(label) => _ = self.referred.insert(label.to_lowercase()),
            _ => self.words(&event),
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        // A block of HTML may be nothing but comments.
        let is_first = !self.has_begun;
        self.has_begun |= tag != Tag::HtmlBlock;
        if is_block(&tag) {
            self.end_html_links();
            self.task = None;
        }
        if is_frame(&tag.to_end()) {
            self.html.push(Opened::default());
        }
        match tag {
            Tag::Paragraph if self.depth == 0 && self.outline.summary.is_empty() => {
                self.summary = Some(Words::default());
            }
            Tag::Heading { level, .. } => self.start_heading(number(level), range.start, is_first),
            Tag::FootnoteDefinition(label) => {
                self.depth += 1;
                self.defined.push((label.into_string(), range, self.counted()));
            }
            Tag::BlockQuote(_) | Tag::List(_) | Tag::Table(_) => self.depth += 1,
            Tag::CodeBlock(_) => self.in_code = true,
            Tag::HtmlBlock => self.html_block = Run::default(),
            Tag::Link { link_type, dest_url, .. } => self.start_link(read::link(link_type, &dest_url, false), range),
            Tag::Image { link_type, dest_url, .. } => self.start_link(read::link(link_type, &dest_url, true), range),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        if is_frame(&tag) {
            self.html.pop();
        }
        match tag {
            TagEnd::Paragraph => self.end_summary(),
            TagEnd::Heading(_) => self.end_heading(range.end),
            TagEnd::FootnoteDefinition => {
                self.depth -= 1;
                // A note with headings or tasks is shown whether anything refers to it or not.
                let counted = self.counted();
                if let Some((label, ..)) = self.defined.last().filter(|(.., before)| *before != counted) {
                    self.referred.insert(label.to_lowercase());
                }
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Table => self.depth -= 1,
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::HtmlBlock => {
                let html = std::mem::take(&mut self.html_block);
                self.has_begun |= !read::without_comments(&html.text).trim().is_empty();
                self.tags(&html.text, |part| html.location(part));
                self.end_html_links();
            }
            TagEnd::Link | TagEnd::Image => {
                self.links.pop();
                if self.links.is_empty()
                    && let Some((false, range)) = self.open_link.take()
                {
                    self.outline.unnamed.push(Span::new(range.start, range.end).shifted(self.offset));
                }
            }
            _ => {}
        }
    }

    /// How many headings and tasks were met.
    fn counted(&self) -> usize {
        let tasks = self.outline.criteria.total + self.outline.tasks.total;
        self.outline.headings.len() + tasks as usize
    }

    /// A link in a link is nothing but words, and so is anything in an image.
    fn start_link(&mut self, (kind, target): (LinkKind, Cow<'_, str>), range: Range<usize>) {
        let image = kind == LinkKind::Image;
        let is_outermost = self.links.is_empty() && !self.is_in_html_link();
        if self.links.is_empty() {
            self.open_link = Some((image || kind == LinkKind::Wiki, range.clone()));
        } else if let Some((is_named, _)) = &mut self.open_link {
            *is_named |= image;
        }
        if is_outermost || (image && !self.links.contains(&true)) {
            self.link(kind, target.into_owned(), range);
        }
        self.links.push(image);
    }

    fn link(&mut self, kind: LinkKind, target: String, range: Range<usize>) {
        let span = Span::new(range.start, range.end).shifted(self.offset);
        self.outline.links.push(Link { kind, target, span });
    }

    fn bare_urls(&mut self) {
        let mut run = std::mem::take(&mut self.run);
        let mut offset = 0;
        while let Some(found) = url::bare(&run.text, offset) {
            offset = found.end;
            let target = url::target(&run.text[found.clone()]).into_owned();
            self.link(LinkKind::Link, target, run.location(found));
        }
        for found in footnotes::undefined(&run.text) {
            let label = run.text[found.start + 1..found.end - 1].to_owned();
            self.notes.push((label, run.location(found)));
        }
        run.text.clear();
        run.pieces.clear();
        self.run = run;
    }
}
