//! The blocks that a body begins with, with the words of their lines: where people write fields without front matter.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::{read, table};

/// A block of a body that stands in no other, with the bytes of the body that it is.
#[derive(Debug)]
pub struct Block {
    /// From its first byte to its last.
    pub range: Range<usize>,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block is.
#[derive(Debug)]
pub enum BlockKind {
    /// A heading of a level from 1 to 6.
    Heading(u8, Words),
    /// The lines of a paragraph.
    Paragraph(Vec<Words>),
    /// The rows of a table, the head among them.
    Table(Vec<TableRow>),
    /// The entries of a list.
    List(Vec<ListEntry>),
    /// Code, a quote, HTML, a rule.
    Other,
}

/// A row of a table.
#[derive(Debug)]
pub struct TableRow {
    /// From its first byte to its last.
    pub range: Range<usize>,
    /// As many as the table has columns.
    pub cells: Vec<Words>,
    /// Whether it has more in the file, which are not shown.
    pub has_more: bool,
}

/// An entry of a list.
#[derive(Debug)]
pub struct ListEntry {
    /// From its sign to its last byte.
    pub range: Range<usize>,
    /// The words of its first paragraph, on one line.
    pub words: Words,
    /// The entries of lists in it.
    pub entries: Vec<ListEntry>,
    /// Whether there is something else in it.
    pub has_more: bool,
}

/// A line of words as a reader sees them; a link is written `[words](target)`, wherever its target stands in the body.
#[derive(Debug, Default)]
pub struct Words {
    /// The words.
    pub text: String,
    /// How many bytes of them, from the first, are bold.
    pub bold: usize,
    /// Where parts of the text stand in the body: offset there, and range here.
    parts: Vec<(usize, Range<usize>)>,
}

impl Words {
    /// Where a part of the text stands in the body.
    pub fn place(&self, part: Range<usize>) -> Range<usize> {
        let Some((first, _)) = self.parts.first().zip(self.parts.last()) else { return 0..0 };
        let at = |offset: usize| self.parts.iter().rev().find(|(from, _)| *from <= offset).unwrap_or(first);
        // What is longer in the body, as the signs of a link are, is all of it.
        let within =
            |(from, range): &(usize, Range<usize>), offset: usize| (range.start + offset - from).min(range.end);
        let start = within(at(part.start), part.start);
        let end = match self.parts.iter().rev().find(|(from, _)| *from < part.end) {
            Some(last) => within(last, part.end),
            None => start,
        };
        start..end.max(start)
    }

    fn push(&mut self, text: &str, range: Range<usize>, is_bold: bool) {
        if self.text.is_empty() && text.trim().is_empty() {
            return;
        }
        if is_bold && self.bold == self.text.len() {
            self.bold += text.len();
        }
        self.parts.push((self.text.len(), range));
        self.text.push_str(text);
    }
}

/// The blocks of a body; none of one that is beyond the limits.
pub fn blocks(body: &str) -> Vec<Block> {
    let Some(prepared) = read::prepared(body) else { return Vec::new() };
    let mut reader = Reader { body, events: read::events(&prepared) };
    let mut blocks = Vec::new();
    while let Some((event, range)) = reader.events.next() {
        let kind = match event {
            Event::Start(tag) => reader.block(&tag),
            _ => BlockKind::Other,
        };
        blocks.push(Block { range, kind });
    }
    blocks
}

struct Reader<'a> {
    body: &'a str,
    events: read::Events<'a>,
}

impl Reader<'_> {
    /// What a block is that has just begun, read to its end.
    fn block(&mut self, tag: &Tag<'_>) -> BlockKind {
        match tag {
            Tag::Heading { level, .. } => BlockKind::Heading(*level as u8, one(self.lines())),
            Tag::Paragraph => BlockKind::Paragraph(self.lines()),
            Tag::Table(_) => BlockKind::Table(self.rows()),
            Tag::List(_) => BlockKind::List(self.entries()),
            _ => {
                self.skip();
                BlockKind::Other
            }
        }
    }

    /// Reads to the end of what has begun.
    fn skip(&mut self) {
        let mut depth = 1;
        while depth > 0 {
            match self.events.next() {
                Some((Event::Start(_), _)) => depth += 1,
                Some((Event::End(_), _)) => depth -= 1,
                Some(_) => {}
                None => return,
            }
        }
    }

    /// The lines of a block of words that has begun.
    fn lines(&mut self) -> Vec<Words> {
        let mut lines = Lines::default();
        for (event, range) in self.events.by_ref() {
            if matches!(event, Event::End(TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::TableCell)) {
                break;
            }
            lines.add(&event, range, self.body);
        }
        lines.lines
    }

    fn rows(&mut self) -> Vec<TableRow> {
        let (mut rows, mut cell_end): (Vec<TableRow>, usize) = (Vec::new(), 0);
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::Start(Tag::TableHead | Tag::TableRow) => {
                    rows.push(TableRow { range, cells: Vec::new(), has_more: false })
                }
                Event::Start(Tag::TableCell) => {
                    cell_end = range.end;
                    let cell = one(self.lines());
                    if let Some(row) = rows.last_mut() {
                        row.cells.push(cell);
                    }
                }
                Event::End(TagEnd::TableRow) => {
                    let has_more = table::excess(self.body, cell_end..range.end).is_some();
                    rows.last_mut().into_iter().for_each(|row| row.has_more = has_more);
                }
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        rows
    }

    fn entries(&mut self) -> Vec<ListEntry> {
        let mut entries = Vec::new();
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::Start(Tag::Item) => entries.push(self.entry(range)),
                Event::End(TagEnd::List(_)) => break,
                _ => {}
            }
        }
        entries
    }

    fn entry(&mut self, range: Range<usize>) -> ListEntry {
        let (mut lines, mut entries, mut has_more) = (Lines::default(), Vec::new(), false);
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::End(TagEnd::Item) => break,
                Event::Start(Tag::List(_)) => entries.extend(self.entries()),
                Event::Start(Tag::Paragraph) if lines.lines.is_empty() => lines.lines = self.lines(),
                Event::Start(tag) if !is_inline(&tag) => {
                    has_more = true;
                    self.skip();
                }
                event => lines.add(&event, range, self.body),
            }
        }
        ListEntry { range, words: one(lines.lines), entries, has_more }
    }
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
}

/// Lines as one.
fn one(lines: Vec<Words>) -> Words {
    let mut lines = lines.into_iter();
    let mut first = lines.next().unwrap_or_default();
    for line in lines {
        first.text.push(' ');
        let offset = first.text.len();
        first.text.push_str(&line.text);
        first.parts.extend(line.parts.into_iter().map(|(from, range)| (from + offset, range)));
    }
    first
}

/// Lines that are being read.
#[derive(Default)]
struct Lines {
    lines: Vec<Words>,
    /// How many tags are open that make words bold.
    bold: usize,
    /// The open links and pictures: the target of one whose words are read; none for one that is taken as it is written.
    links: Vec<Option<String>>,
}

impl Lines {
    fn add(&mut self, event: &Event<'_>, range: Range<usize>, body: &str) {
        let is_within = self.links.iter().any(Option::is_none);
        match event {
            Event::Start(Tag::Strong) => self.bold += 1,
            Event::End(TagEnd::Strong) => self.bold -= 1,
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                let is_as_written =
                    matches!(link_type, LinkType::Autolink | LinkType::Email | LinkType::WikiLink { .. });
                self.open((!is_as_written).then(|| dest_url.to_string()), range, body, is_within);
            }
            Event::Start(Tag::Image { .. }) => self.open(None, range, body, is_within),
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if let Some(target) = self.links.pop().flatten().filter(|_| !is_within) {
                    self.push(&format!("]({target})"), range.end.saturating_sub(1)..range.end);
                }
            }
            _ if is_within => {}
            Event::SoftBreak | Event::HardBreak => self.lines.push(Words::default()),
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.push(text, range);
            }
            Event::InlineHtml(_) | Event::TaskListMarker(_) | Event::FootnoteReference(_) => {
                self.push(&body[range.clone()], range);
            }
            Event::Start(_) | Event::End(_) | Event::Html(_) | Event::Rule => {}
        }
    }

    fn open(&mut self, target: Option<String>, range: Range<usize>, body: &str, is_within: bool) {
        match &target {
            _ if is_within => {}
            Some(_) => self.push("[", range.start..range.start + 1),
            None => self.push(&body[range.clone()], range),
        }
        self.links.push(target);
    }

    fn push(&mut self, text: &str, range: Range<usize>) {
        if self.lines.is_empty() {
            self.lines.push(Words::default());
        }
        let is_bold = self.bold > 0;
        self.lines.last_mut().into_iter().for_each(|line| line.push(text, range.clone(), is_bold));
    }
}
