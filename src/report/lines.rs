//! Lines and columns of one source, looked up in logarithmic time.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::source::{Location, Source, Span};

/// Bytes between two remembered character counts: a look-up counts at most two such stretches.
const STRIDE: usize = 1024;

/// Where the lines of a source begin, and how many characters come before every [`STRIDE`] bytes.
pub(super) struct Lines<'a> {
    text: &'a str,
    starts: &'a [u32],
    characters: Vec<usize>,
}

/// Where a place begins and ends; lines and columns count from 1, the end column is one past the last character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Position {
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) end_line: usize,
    pub(super) end_column: usize,
}

impl<'a> Lines<'a> {
    pub(super) fn new(source: &'a Source) -> Lines<'a> {
        let (text, starts) = (source.text.as_str(), source.line_starts());
        let mut before = 0;
        let mut characters = Vec::with_capacity(text.len() / STRIDE + 1);
        for chunk in text.as_bytes().chunks(STRIDE) {
            characters.push(before);
            before += count(chunk);
        }
        Lines { text, starts, characters }
    }

    /// The line of a byte, from 1.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start as usize <= offset)
    }

    /// The bytes of a line, without its end; `line` counts from 1 and is at most the number of lines.
    pub(super) fn range(&self, line: usize) -> Range<usize> {
        let end = self.starts.get(line).map_or(self.text.len(), |next| *next as usize - 1);
        self.starts[line - 1] as usize..end
    }

    /// Line and column of a byte, as [`Source::line_column`] gives them.
    pub(super) fn line_column(&self, offset: usize) -> (usize, usize) {
        let offset = self.boundary(offset);
        let line = self.line(offset);
        (line, self.characters_before(offset) - self.characters_before(self.starts[line - 1] as usize) + 1)
    }

    /// Both ends of a span.
    pub(super) fn position(&self, span: Span) -> Position {
        let (line, column) = self.line_column(span.start as usize);
        let (end_line, end_column) = self.line_column((span.end as usize).max(span.start as usize));
        Position { line, column, end_line, end_column }
    }

    /// The character boundary at or before a byte, inside the text.
    pub(super) fn boundary(&self, offset: usize) -> usize {
        self.text.floor_char_boundary(offset)
    }

    fn characters_before(&self, offset: usize) -> usize {
        let stretch = offset / STRIDE;
        let from = stretch * STRIDE;
        // A text of whole stretches has no count for the byte after its last.
        match self.characters.get(stretch) {
            Some(before) => before + count(&self.text.as_bytes()[from..offset]),
            None if stretch == 0 => 0,
            None => self.characters[stretch - 1] + count(&self.text.as_bytes()[from - STRIDE..offset]),
        }
    }
}

/// The characters that begin in `bytes`.
fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

/// The lines of every source that a report has met, each read once.
#[derive(Default)]
pub(super) struct Index<'a>(HashMap<*const Source, Lines<'a>>);

impl<'a> Index<'a> {
    /// The lines of a place's source.
    pub(super) fn lines(&mut self, location: &'a Location) -> &Lines<'a> {
        self.0.entry(Arc::as_ptr(&location.source)).or_insert_with(|| Lines::new(&location.source))
    }

    /// Both ends of a place.
    pub(super) fn position(&mut self, location: &'a Location) -> Position {
        self.lines(location).position(location.span)
    }
}
