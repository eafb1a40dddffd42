//! Merge conflicts that nobody resolved: git's lines between the two sides are no part of either text, and both texts are kept.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Location, Source, Span};

/// A conflict: its lines of signs in bytes of the source, without their line feeds. There are three of them, or four where git shows the
/// common ancestor.
pub(super) struct Conflict {
    signs: Vec<Range<usize>>,
}

impl Conflict {
    /// What to say of it.
    pub(super) fn diagnostic(&self, source: &Arc<Source>) -> Diagnostic {
        let location = |sign: &Range<usize>| Location::new(source, Span::new(sign.start, sign.end));
        let (first, rest) =
            self.signs.split_first().map_or((0..0, [].as_slice()), |(first, rest)| (first.clone(), rest));
        let diagnostic = Diagnostic::new(Code::MERGE_CONFLICT, location(&first), "a merge conflict was not resolved")
            .label("both sides are kept")
            .help("keep the side that holds, and take these lines away");
        rest.iter().fold(diagnostic, |diagnostic, sign| {
            let words = match source.text.as_bytes().get(sign.start) {
                Some(b'|') => "the common ancestor begins here",
                Some(b'=') => "the other side begins here",
                _ => "it ends here",
            };
            diagnostic.related(location(sign), words)
        })
    }
}

/// The conflicts of a text, in its order. Signs in a block of code are an example.
pub(super) fn conflicts(text: &str) -> Vec<Conflict> {
    let mut found = Vec::new();
    // Few texts have the sign at all.
    if !text.contains("<<<<<<<") {
        return found;
    }
    let (mut signs, mut code, mut start): (Vec<Range<usize>>, Option<&str>, usize) = (Vec::new(), None, 0);
    for line in text.split('\n') {
        let words = line.trim_end();
        let range = start..start + words.len();
        start += line.len() + 1;
        let fence = ["```", "~~~"].into_iter().find(|fence| words.trim_start().starts_with(fence));
        if fence.is_some() && (code.is_none() || code == fence) {
            code = if code.is_some() { None } else { fence };
        }
        // A block of code that a conflict lies in began before it.
        if code.is_some() && signs.is_empty() {
            continue;
        }
        match (sign(words), signs.len()) {
            (Some(b'<'), _) => signs = vec![range],
            (Some(b'|'), 1) | (Some(b'='), 1 | 2) => signs.push(range),
            (Some(b'>'), 2 | 3) if signs.last().is_some_and(|last| text.as_bytes()[last.start] == b'=') => {
                signs.push(range);
                found.push(Conflict { signs: std::mem::take(&mut signs) });
            }
            _ => {}
        }
    }
    found
}

/// The sign that a line is made of, seven times; a name may stand behind it.
fn sign(line: &str) -> Option<u8> {
    let first = *line.as_bytes().first()?;
    let length = line.bytes().take_while(|&byte| byte == first).count();
    let is_alone = line.len() == length || first != b'=' && line.as_bytes()[length] == b' ';
    (b"<|=>".contains(&first) && length == 7 && is_alone).then_some(first)
}

/// A text with blanks in place of the signs of its conflicts, so that nothing else moves.
pub(super) fn blanked<'a>(text: &'a str, conflicts: &[Conflict]) -> Cow<'a, str> {
    blanks(text, conflicts.iter().flat_map(|conflict| conflict.signs.iter().cloned()))
}

/// A text with spaces in place of some of its bytes, line feeds aside; `ranges` are in order and begin and end between letters.
pub(super) fn blanks(text: &str, ranges: impl Iterator<Item = Range<usize>>) -> Cow<'_, str> {
    let mut ranges = ranges.peekable();
    if ranges.peek().is_none() {
        return Cow::Borrowed(text);
    }
    let (mut blanked, mut from) = (String::with_capacity(text.len()), 0);
    for range in ranges {
        blanked.push_str(text.get(from..range.start).unwrap_or_default());
        let range = range.start.max(from)..range.end.max(from);
        let taken = text.get(range.clone()).unwrap_or_default();
        blanked.extend(taken.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        from = range.end;
    }
    blanked.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(blanked)
}
