//! What Markdown makes and an author's HTML may stand in.

use std::ops::Range;

/// What may stand in a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// Blocks and what stands in a line.
    Flow,
    /// The same in a cell of a table, where a list needs no tag of its own.
    Cell,
    /// What stands in a line; a block makes another element of the paragraph.
    Paragraph,
    /// What stands in a line.
    Phrasing,
    /// The same in the label of a task, which ends where a block begins.
    Label,
}

/// A part of a frame that is more than text and what Markdown made in it.
#[derive(Debug)]
pub(super) enum Kind {
    /// A block that Markdown made.
    Block,
    /// HTML, as its author wrote it. It is balanced if it holds nothing but line breaks.
    Html { source: String, is_block: bool, is_balanced: bool },
}

#[derive(Debug)]
pub(super) struct Frame {
    /// Where its content begins in the page.
    pub(super) start: usize,
    /// How many digits of headings came before it.
    pub(super) digits: usize,
    pub(super) content: Content,
    pub(super) parts: Vec<(Range<usize>, Kind)>,
    /// How many elements of its author's are open, how many of them are links, lists, paragraphs or code, and how many are
    /// opened again in each later block.
    pub(super) open: usize,
    pub(super) links: usize,
    pub(super) lists: usize,
    pub(super) paragraphs: usize,
    pub(super) code: usize,
    pub(super) formatting: usize,
    pub(super) reopened: usize,
    pub(super) has_blocks: bool,
    pub(super) is_too_deep: bool,
}

impl Frame {
    /// One without content, which is to begin at `start`, behind so many digits of headings.
    pub(super) fn new(start: usize, digits: usize, content: Content) -> Frame {
        Frame {
            start,
            digits,
            content,
            parts: Vec::new(),
            open: 0,
            links: 0,
            lists: 0,
            paragraphs: 0,
            code: 0,
            formatting: 0,
            reopened: 0,
            has_blocks: false,
            is_too_deep: false,
        }
    }
}

/// What stands for a mark.
#[derive(Debug)]
pub(super) enum Mark {
    /// Attributes, each behind a space.
    Attributes(String),
    /// The whole element.
    Element(String),
}
