//! Text with the place of each of its pieces.

use std::ops::Range;

/// Neighbouring pieces of text, which the parser gives one by one, with the place of each.
#[derive(Default)]
pub(super) struct Run {
    pub(super) text: String,
    /// Where a piece begins in `text`, and its range in the body.
    pub(super) pieces: Vec<(usize, Range<usize>)>,
}

impl Run {
    /// Where a part of the text stands in the body.
    pub(super) fn location(&self, part: Range<usize>) -> Range<usize> {
        let of = |offset: usize| {
            let index = self.pieces.partition_point(|(start, _)| *start <= offset).saturating_sub(1);
            self.pieces.get(index).map_or(0, |(start, range)| (range.start + offset - start).min(range.end))
        };
        of(part.start)..of(part.end - 1) + 1
    }
}
