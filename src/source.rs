//! Sources and places: where something was written.
//!
//! A place is a byte range in a source. Lines and columns are computed once, when a place is reported, so that no stage
//! carries a line number that a later stage could get wrong.

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// One text file of the project, as it was read.
///
/// `text` has no byte order mark and its line ends are `\n`, whatever the file had: equal plans give equal bytes, and neither
/// of the two moves a line or the column of anything an author can see.
#[derive(Debug)]
pub struct Source {
    /// Relative to the project's root, with `/` between folders on every system.
    pub path: String,
    /// The contents.
    pub text: String,
    /// Made when a place in it is reported for the first time.
    line_starts: OnceLock<Vec<u32>>,
}

impl PartialEq for Source {
    fn eq(&self, other: &Source) -> bool {
        (&self.path, &self.text) == (&other.path, &other.text)
    }
}

impl Eq for Source {}

impl Source {
    /// Takes a file's text; drops byte order marks and turns `\r\n` and a lone `\r` into `\n`.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Arc<Source> {
        let mut text = text.into();
        let marks = text.len() - text.trim_start_matches('\u{feff}').len();
        text.drain(..marks);
        if text.contains('\r') {
            text = text.replace("\r\n", "\n").replace('\r', "\n");
        }
        Arc::new(Source { path: path.into(), text, line_starts: OnceLock::new() })
    }

    /// The text of a span; empty where the span does not lie in this source.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Line and column of a byte, both counted from 1; the column counts characters, as editors do.
    pub fn line_column(&self, offset: u32) -> (usize, usize) {
        let mut end = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let line = self.line_starts().partition_point(|start| *start as usize <= end);
        let start = self.line_starts()[line - 1] as usize;
        (line, self.text[start..end].chars().count() + 1)
    }

    /// Where each line begins, in bytes: found once, however many places are reported.
    pub fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let ends = self.text.bytes().zip(1_u32..).filter(|(byte, _)| *byte == b'\n').map(|(_, next)| next);
            std::iter::once(0).chain(ends).collect()
        })
    }
}

/// A byte range in a source. Files over 4 GiB are refused when read, so 32 bits are enough.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Which of the files that its thing is made from: 0 is the thing's own, the others are [`crate::plan::Entry::parts`].
    pub part: u16,
}

impl Span {
    /// The span from `start` to `end`, in bytes.
    pub fn new(start: usize, end: usize) -> Span {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Span { start: clamp(start), end: clamp(end), part: 0 }
    }

    /// The same as a range of `usize`, to slice with.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The span moved on by `offset` bytes: from a part of a source to the whole.
    pub fn shifted(self, offset: usize) -> Span {
        Span { part: self.part, ..Span::new(self.start as usize + offset, self.end as usize + offset) }
    }

    /// The same range of another file that its thing is made from.
    pub fn in_part(self, part: u16) -> Span {
        Span { part, ..self }
    }
}

/// A span with the source it lies in.
#[derive(Clone, PartialEq, Eq)]
pub struct Location {
    /// The file.
    pub source: Arc<Source>,
    /// Where in the file.
    pub span: Span,
}

impl Location {
    /// The place of `span` in `source`.
    pub fn new(source: &Arc<Source>, span: Span) -> Location {
        Location { source: Arc::clone(source), span }
    }

    /// Line and column of the first byte, from 1.
    pub fn line_column(&self) -> (usize, usize) {
        self.source.line_column(self.span.start)
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = self.line_column();
        write!(f, "{}:{line}:{column}", self.source.path)
    }
}

impl fmt::Debug for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// A value with the span it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands in its source.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// `value`, read from `span`.
    pub fn new(value: T, span: Span) -> Spanned<T> {
        Spanned { value, span }
    }
}
