//! Writes a page's HTML from the parser's events, one after the other.
//!
//! Not the parser's own writer: that one passes raw HTML through, trusts every address and sets styles, which a strict content
//! security policy refuses. Nothing here writes a byte of an author's that has not gone through [`mod@escape`].

use std::fmt::Write as _;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};

use super::footnotes::Footnotes;
use super::outline::number;
use super::render::Rendering;
use super::slug::Slugs;
use super::table::Table;
use super::title::with_code;
use super::{LinkKind, alert, escape, inline, read, slug};

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
    /// The raw HTML block that is being read.
    html: Option<String>,
    /// The image whose words are being read.
    image: Option<inline::Image>,
    heading: Option<Heading>,
    /// Whether the title was met, shown or not.
    titled: bool,
    /// Where in `out` the digit of each heading's tags stands.
    digits: Vec<usize>,
    slugs: Slugs,
    table: Table,
    footnotes: Footnotes,
    /// The page around the footnote that is being written, with the footnote's name.
    around: Vec<(String, String)>,
}

struct Heading {
    /// Where its id goes.
    start: usize,
    slug: String,
    hidden: bool,
}

/// Whether an author gave a link words of its own, which `[[target]]` alone has not.
fn has_words(link_type: LinkType) -> bool {
    !matches!(link_type, LinkType::WikiLink { has_pothole: false })
}

const TASK_DONE: &str = "<label><input type=\"checkbox\" disabled checked> ";
const TASK_OPEN: &str = "<label><input type=\"checkbox\" disabled> ";

impl<'a> Writer<'a> {
    /// A page still empty, for a body of about `size` bytes.
    pub(super) fn new(rendering: Rendering<'a>, size: usize) -> Writer<'a> {
        Writer {
            rendering,
            out: String::with_capacity(size + size / 4 + 128),
            text: String::new(),
            depth: 0,
            links: Vec::new(),
            replaced: false,
            name: None,
            label: false,
            code: false,
            html: None,
            image: None,
            heading: None,
            titled: false,
            digits: Vec::new(),
            slugs: Slugs::default(),
            table: Table::default(),
            footnotes: Footnotes::default(),
            around: Vec::new(),
        }
    }

    /// The page, once all events are written.
    pub(super) fn finish(mut self) -> String {
        self.flush();
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
            if image.event(event) {
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
            Event::Code(code) => self.code(&code),
            Event::Html(html) | Event::InlineHtml(html) if read::is_line_break(&html) => self.out.push_str("<br>"),
            Event::Html(html) | Event::InlineHtml(html) => escape::text(&mut self.out, &read::without_comments(&html)),
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => self.block("<hr>\n"),
            Event::TaskListMarker(done) => self.task(done),
            Event::FootnoteReference(name) => {
                let hidden = self.heading.as_ref().is_some_and(|heading| heading.hidden);
                let linked = self.links.is_empty() && !hidden;
                self.footnotes.refer(&mut self.out, &name, self.rendering.prefix, linked);
            }
            Event::Text(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn flush(&mut self) {
        if self.text.is_empty() {
            return;
        }
        if let Some(heading) = &mut self.heading {
            slug::append(&mut heading.slug, &self.text);
        }
        match (self.replaced, self.links.is_empty()) {
            (true, _) => {}
            (false, true) => inline::prose(&mut self.out, &self.rendering, &self.text),
            (false, false) => escape::text(&mut self.out, &self.text),
        }
        self.text.clear();
    }

    fn code(&mut self, code: &str) {
        if let Some(heading) = &mut self.heading {
            slug::append(&mut heading.slug, code);
        }
        if !self.replaced {
            self.out.push_str("<code>");
            escape::text(&mut self.out, code);
            self.out.push_str("</code>");
        }
    }

    /// Begins a block on a line of its own. A task's label ends where a block begins.
    fn block(&mut self, tag: &str) {
        self.end_label();
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
        self.out.push_str(tag);
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => self.block("<p>"),
            Tag::Heading { level, .. } => self.start_heading(number(level)),
            Tag::BlockQuote(kind) => {
                self.depth += 1;
                self.block("");
                alert::open(&mut self.out, kind);
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
            Tag::Item => self.block("<li>"),
            Tag::FootnoteDefinition(name) => {
                self.end_label();
                self.depth += 1;
                self.around.push((std::mem::take(&mut self.out), name.into_string()));
            }
            Tag::Table(alignments) => {
                self.depth += 1;
                self.block("");
                self.table.start(&mut self.out, alignments);
            }
            Tag::TableHead => self.table.start_head(&mut self.out),
            Tag::TableRow => self.table.start_row(&mut self.out),
            Tag::TableCell => self.table.start_cell(&mut self.out),
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Link { link_type, dest_url, title, .. } => {
                let (kind, target) = read::link(link_type, &dest_url, false);
                self.start_link(kind, &target, &title, has_words(link_type));
            }
            Tag::Image { link_type, dest_url, title, .. } => match read::link(link_type, &dest_url, true) {
                (LinkKind::Image, target) => self.image = Some(inline::Image::new(&target, &title)),
                (kind, target) => self.start_link(kind, &target, &title, has_words(link_type)),
            },
            // What is left stands for options that are off.
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                self.end_label();
                self.out.push_str("</p>\n");
            }
            TagEnd::Heading(level) => self.end_heading(number(level)),
            TagEnd::BlockQuote(kind) => {
                self.depth -= 1;
                self.out.push_str(if kind.is_some() { "</div>\n" } else { "</blockquote>\n" });
            }
            TagEnd::CodeBlock => {
                self.code = false;
                self.out.push_str("</code></pre>\n");
            }
            TagEnd::List(ordered) => {
                self.depth -= 1;
                self.out.push_str(if ordered { "</ol>\n" } else { "</ul>\n" });
            }
            TagEnd::Item => {
                self.end_label();
                self.out.push_str("</li>\n");
            }
            TagEnd::FootnoteDefinition => {
                self.depth -= 1;
                if let Some((around, name)) = self.around.pop() {
                    let html = std::mem::replace(&mut self.out, around);
                    self.footnotes.define(&name, &html);
                }
            }
            TagEnd::Table => {
                self.depth -= 1;
                self.table.end(&mut self.out);
            }
            TagEnd::TableHead => self.table.end_head(&mut self.out),
            TagEnd::TableRow => self.table.end_row(&mut self.out),
            TagEnd::TableCell => self.table.end_cell(&mut self.out),
            TagEnd::Emphasis => self.out.push_str("</em>"),
            TagEnd::Strong => self.out.push_str("</strong>"),
            TagEnd::Strikethrough => self.out.push_str("</del>"),
            TagEnd::Link | TagEnd::Image => {
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

    fn start_code(&mut self, kind: &CodeBlockKind<'_>) {
        self.block("<pre tabindex=\"0\"><code");
        self.code = true;
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', '\t', ',', '{']).next().unwrap_or_default(),
            CodeBlockKind::Indented => "",
        };
        if !language.is_empty() {
            self.out.push_str(" class=\"language-");
            escape::attribute(&mut self.out, language);
            self.out.push('"');
        }
        self.out.push('>');
    }

    /// Raw HTML becomes a paragraph of text, unless it was nothing but comments.
    fn end_html(&mut self) {
        let html = self.html.take().unwrap_or_default();
        let html = read::without_comments(&html);
        let html = html.trim();
        if read::is_line_break(html) {
            return self.block("<br>\n");
        }
        if !html.is_empty() {
            self.block("<p class=\"raw\">");
            escape::text(&mut self.out, html);
            self.out.push_str("</p>\n");
        }
    }

    fn start_heading(&mut self, level: u8) {
        let is_title = level == 1 && self.depth == 0 && !std::mem::replace(&mut self.titled, true);
        let hidden = is_title && self.rendering.skip_title;
        if !hidden {
            self.block("<h");
            self.push_digit(level);
        }
        self.heading = Some(Heading { start: self.out.len(), slug: String::new(), hidden });
        self.out.push('>');
    }

    fn push_digit(&mut self, level: u8) {
        // In a footnote, which stands at the end, a heading is not part of the page's outline and stays the smallest.
        if self.around.is_empty() {
            self.digits.push(self.out.len());
            self.out.push(char::from(b'0' + level));
        } else {
            self.out.push('6');
        }
    }

    fn end_heading(&mut self, level: u8) {
        let Some(Heading { start, slug, hidden }) = self.heading.take() else { return };
        let slug = self.slugs.unique(slug);
        if hidden {
            return self.out.truncate(start);
        }
        let mut id = String::with_capacity(self.rendering.prefix.len() + slug.len());
        escape::attribute(&mut id, self.rendering.prefix);
        escape::attribute(&mut id, &slug);
        self.out.insert_str(start, &format!(" id=\"{id}\""));
        let _ = write!(self.out, " <a class=\"anchor\" href=\"#{id}\" aria-label=\"Link to this section\">#</a></h");
        self.push_digit(level);
        self.out.push_str(">\n");
    }

    /// A task's words are the label of its box. The label ends with the line of text, before any block.
    fn task(&mut self, done: bool) {
        for open in ["<li>", "<li>\n<p>"] {
            if self.out.ends_with(open) {
                let offset = self.out.len() - open.len() + "<li".len();
                self.out.insert_str(offset, " class=\"task\"");
            }
        }
        self.out.push_str(if done { TASK_DONE } else { TASK_OPEN });
        self.label = true;
    }

    fn end_label(&mut self) {
        if !std::mem::take(&mut self.label) {
            return;
        }
        if self.out.ends_with(TASK_DONE) || self.out.ends_with(TASK_OPEN) {
            self.out.push_str("Task");
        }
        self.out.push_str("</label>");
    }

    fn start_link(&mut self, kind: LinkKind, target: &str, title: &str, own_words: bool) {
        // A link in a link is nothing but its words.
        if !self.links.is_empty() {
            return self.links.push("");
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
    }
}
