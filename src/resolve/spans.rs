//! Places of a text, to ask whether another lies in one of them.

use crate::source::Span;

/// Places of a text.
pub(super) struct Spans {
    /// By their beginnings, each with the last end of all that begin no later.
    ends: Vec<(u32, u32)>,
}

impl Spans {
    pub(super) fn new(spans: impl Iterator<Item = Span>) -> Spans {
        let mut ends: Vec<(u32, u32)> = spans.map(|span| (span.start, span.end)).collect();
        ends.sort_unstable();
        let mut last = 0;
        for (_, end) in &mut ends {
            last = last.max(*end);
            *end = last;
        }
        Spans { ends }
    }

    /// Whether one of them holds `span`.
    pub(super) fn hold(&self, span: Span) -> bool {
        let before = self.ends.partition_point(|&(start, _)| start <= span.start);
        before.checked_sub(1).is_some_and(|last| span.end <= self.ends[last].1)
    }
}
