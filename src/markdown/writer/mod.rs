//! Writes a page's HTML from the parser's events, one after the other.
//!
//! Not the parser's own writer: that one passes raw HTML through, trusts every address and sets styles, which a strict content
//! security policy refuses. Nothing here writes a byte of an author's that has not gone through [`mod@escape`].

mod code;
mod frame;
mod heading;
mod picture;
mod task;

use std::fmt::Write as _;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::footnotes::Footnotes;
use super::fragment::Fragments;
use super::frame::Content;
use super::outline::number;
use super::render::Rendering;
use super::slug::Slugs;
use super::table::Table;
use super::title::with_code;
use super::{LinkKind, alert, escape, html, inline, read};

/// The state of the page.
pub(super) struct Writer<'a> {
    rendering: Rendering<'a>,
    out: String,
    /// Text not yet written: the parser gives it in pieces, and an address or a mention may span them.
    text: String,
    /// How many lists, quotes, tables and footnotes are open.
    depth: usize,
    /// What closes each open link.
    links: Vec<&'static str>,
    /// Whether the words now read are replaced by the title of their target.
    replaced: bool,
    /// Where the words of the open link begin, and what stands for them where there are none.
    name: Option<(usize, String)>,
    /// Whether a task's label is open.
    label: bool,
    code: bool,
    /// Whether the code is the source of a drawing or of a formula, which has a caption.
    figure: bool,
    /// The raw HTML block that is being read.
    html: Option<String>,
    /// The image whose words are being read.
    image: Option<inline::Image>,
    /// The name of that image, where the words that come next may be its size.
    picture: Option<String>,
    heading: Option<Heading>,
    /// The quotes that are open, the innermost last.
    quotes: Vec<Quote>,
    /// Whether the title was met, shown or not.
    titled: bool,
    /// Where in `out` the digit of each heading's tags stands.
    digits: Vec<usize>,
    slugs: Slugs,
    table: Table,
    footnotes: Footnotes,
    /// What the author's HTML needs; `None` where the body holds no tag.
    fragments: Option<Fragments>,
    /// The page around the footnote that is being written, with the footnote's name.
    around: Vec<(String, String)>,
}

struct Heading {
    /// Where its id goes.
    start: usize,
    /// Its text.
    words: String,
    hidden: bool,
}

/// A quote.
struct Quote {
    /// Where its tag begins.
    start: usize,
    is_alert: bool,
    /// Whether its first paragraph is still to come.
    is_empty: bool,
}

/// Whether an author gave a link words of its own, which `[[target]]` alone has not.
fn has_words(link_type: LinkType) -> bool {
    !matches!(link_type, LinkType::WikiLink { has_pothole: false })
}

impl<'a> Writer<'a> {
    /// A page still empty, for a body that [`read::prepared`] gave.
    pub(super) fn new(rendering: Rendering<'a>, text: &str) -> Writer<'a> {
        let size = text.len();
        let mut writer = Writer {
            rendering,
            out: String::with_capacity(size + size / 4 + 128),
            text: String::new(),
            depth: 0,
            links: Vec::new(),
            replaced: false,
            name: None,
            label: false,
            code: false,
            figure: false,
            html: None,
            image: None,
            picture: None,
            heading: None,
            quotes: Vec::new(),
            titled: false,
            digits: Vec::new(),
            slugs: Slugs::default(),
            table: Table::default(),
            footnotes: Footnotes::default(),
            fragments: html::has_tags(text).then(Fragments::default),
            around: Vec::new(),
        };
        writer.open_frame(Content::Flow);
        writer
    }

    /// The page, once all events are written.
    pub(super) fn finish(mut self) -> String {
        self.flush();
        self.close_frame();
        let shift = self.digits.iter().any(|&offset| self.out.as_bytes()[offset] == b'1');
        if shift {
            for &offset in &self.digits {
                let level = self.out.as_bytes()[offset] - b'0';
                let digit = char::from(b'0' + (level + 1).min(6));
                self.out.replace_range(offset..=offset, digit.encode_utf8(&mut [0; 4]));
            }
        }
        self.footnotes.finish(&mut self.out, self.rendering.prefix);
        self.out
    }

    /// Writes one event.
    pub(super) fn event(&mut self, event: Event<'_>) {
        if let Some(html) = &mut self.html {
            match event {
                Event::Html(part) | Event::Text(part) | Event::InlineHtml(part) => html.push_str(&part),
                _ => self.end_html(),
            }
            return;
        }
        if let Some(image) = &mut self.image {
            if let (Some(name), Event::Text(words)) = (self.picture.take(), &event)
                && let Some(sized) = picture::sized(&name, words)
            {
                *image = sized;
            } else if image.event(event) {
                image.write(&mut self.out, &self.rendering);
                self.image = None;
            }
            return;
        }
        if let Event::Text(text) = &event {
            if self.code {
                escape::text(&mut self.out, text);
            } else {
                self.text.push_str(text);
            }
            return;
        }
        self.flush();
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Code(code) => self.code("<code>", &code),
            Event::InlineMath(formula) | Event::DisplayMath(formula) => self.formula(&formula),
            Event::Html(html) | Event::InlineHtml(html) => self.html(&html, false),
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => {
                self.block("<hr>\n");
                self.end_block();
            }
            Event::TaskListMarker(done) => self.task(done),
            Event::FootnoteReference(name) => {
                let hidden = self.heading.as_ref().is_some_and(|heading| heading.hidden);
                let linked = !self.is_in_link() && !hidden;
                self.footnotes.refer(&mut self.out, &name, self.rendering.prefix, linked);
            }
            Event::Text(_) => {}
        }
    }

    fn flush(&mut self) {
        if self.text.is_empty() {
            return;
        }
        if let Some(heading) = &mut self.heading {
            heading.words.push_str(&self.text);
        }
        let is_code = self.fragments.as_ref().is_some_and(Fragments::is_in_code);
        match (self.replaced, self.is_in_link()) {
            (true, _) => {}
            (false, false) => inline::prose(&mut self.out, &self.rendering, &self.text, is_code),
            (false, true) if is_code => escape::text(&mut self.out, &self.text),
            (false, true) => inline::link_words(&mut self.out, &self.text),
        }
        self.text.clear();
    }

    fn code(&mut self, tag: &str, code: &str) {
        if let Some(heading) = &mut self.heading {
            heading.words.push_str(code);
        }
        if !self.replaced {
            self.out.push_str(tag);
            escape::text(&mut self.out, code);
            self.out.push_str("</code>");
        }
    }

    /// Begins a block on a line of its own. A task's label ends where a block begins.
    fn block(&mut self, tag: &str) {
        self.begin_line();
        if let Some(fragments) = &mut self.fragments {
            fragments.begin_block(&mut self.out);
        }
        self.out.push_str(tag);
    }

    /// Begins a line of its own.
    fn begin_line(&mut self) {
        self.end_label();
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => {
                self.block("<p>");
                self.open_frame(Content::Paragraph);
            }
            Tag::Heading { level, .. } => self.start_heading(number(level)),
            Tag::BlockQuote(kind) => {
                self.depth += 1;
                self.block("");
                self.quotes.push(Quote { start: self.out.len(), is_alert: kind.is_some(), is_empty: true });
                alert::open(&mut self.out, kind);
                self.open_frame(Content::Flow);
            }
            Tag::CodeBlock(kind) => self.start_code(&kind),
            Tag::HtmlBlock => self.html = Some(String::new()),
            Tag::List(start) => {
                self.depth += 1;
                match start {
                    None => self.block("<ul>\n"),
                    Some(1) => self.block("<ol>\n"),
                    Some(start) => {
                        self.block("<ol start=\"");
                        let _ = writeln!(self.out, "{start}\">");
                    }
                }
            }
            Tag::Item => {
                self.begin_line();
                self.out.push_str("<li>");
                self.open_frame(Content::Flow);
            }
            Tag::FootnoteDefinition(name) => {
                self.end_label();
                self.depth += 1;
                self.around.push((std::mem::take(&mut self.out), name.into_string()));
                self.open_frame(Content::Flow);
            }
            Tag::Table(alignments) => {
                self.depth += 1;
                self.block("");
                self.table.start(&mut self.out, alignments);
            }
            Tag::TableHead => self.table.start_head(&mut self.out),
            Tag::TableRow => self.table.start_row(&mut self.out),
            Tag::TableCell => {
                self.table.start_cell(&mut self.out);
                self.open_frame(Content::Cell);
            }
            Tag::Emphasis => self.start_phrase("<em>"),
            Tag::Strong => self.start_phrase("<strong>"),
            Tag::Strikethrough => self.start_phrase("<del>"),
            Tag::Link { link_type, dest_url, title, .. } => {
                let (kind, target) = read::link(link_type, &dest_url, false);
                self.start_link(kind, &target, &title, has_words(link_type));
            }
            Tag::Image { link_type, dest_url, title, .. } => match read::link(link_type, &dest_url, true) {
                (LinkKind::Image, target) => {
                    self.image = Some(inline::Image::new(&target, &title));
                    let is_named = link_type == LinkType::WikiLink { has_pothole: true };
                    self.picture = is_named.then(|| target.into_owned());
                }
                (kind, target) => self.start_link(kind, &target, &title, has_words(link_type)),
            },
            // What is left stands for options that are off.
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::Heading(level) => self.end_heading(number(level)),
            TagEnd::BlockQuote(_) => {
                self.depth -= 1;
                self.end_label();
                self.close_frame();
                let is_alert = self.quotes.pop().is_some_and(|quote| quote.is_alert);
                self.out.push_str(if is_alert { "</div>\n" } else { "</blockquote>\n" });
                self.end_block();
            }
            TagEnd::CodeBlock => {
                self.end_code();
                self.end_block();
            }
            TagEnd::List(ordered) => {
                self.depth -= 1;
                self.out.push_str(if ordered { "</ol>\n" } else { "</ul>\n" });
                self.end_block();
            }
            TagEnd::Item => {
                self.end_label();
                self.close_frame();
                self.out.push_str("</li>\n");
            }
            TagEnd::FootnoteDefinition => {
                self.depth -= 1;
                self.close_frame();
                if let Some((around, name)) = self.around.pop() {
                    let html = std::mem::replace(&mut self.out, around);
                    self.footnotes.define(&name, &html);
                }
            }
            TagEnd::Table => {
                self.depth -= 1;
                self.table.end(&mut self.out);
                self.end_block();
            }
            TagEnd::TableHead => self.table.end_head(&mut self.out),
            TagEnd::TableRow => self.table.end_row(&mut self.out),
            TagEnd::TableCell => {
                self.close_frame();
                self.table.end_cell(&mut self.out);
            }
            TagEnd::Emphasis => self.end_phrase("</em>"),
            TagEnd::Strong => self.end_phrase("</strong>"),
            TagEnd::Strikethrough => self.end_phrase("</del>"),
            TagEnd::Link | TagEnd::Image => {
                self.close_frame();
                self.replaced = false;
                if self.links.len() == 1
                    && let Some((start, name)) = self.name.take()
                    && self.out[start..].trim().is_empty()
                {
                    self.out.truncate(start);
                    self.out.push_str(&with_code(&name));
                }
                self.out.push_str(self.links.pop().unwrap_or_default());
            }
            _ => {}
        }
    }

    fn start_link(&mut self, kind: LinkKind, target: &str, title: &str, own_words: bool) {
        // A link in a link is nothing but its words.
        if self.is_in_link() {
            self.links.push("");
            return self.open_frame(Content::Phrasing);
        }
        let (close, name) = inline::open_link(&mut self.out, &self.rendering, kind, target, title);
        self.links.push(close);
        match name {
            Some(name) if !own_words => {
                self.out.push_str(&with_code(&name));
                self.replaced = true;
            }
            name => {
                let name = name.filter(|name| !name.trim().is_empty());
                self.name = Some((self.out.len(), name.unwrap_or_else(|| target.to_owned())));
            }
        }
        self.open_frame(Content::Phrasing);
    }
}
