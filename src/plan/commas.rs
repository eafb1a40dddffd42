//! Texts that hold several: where commas and the like tell them apart, and where they belong to one of them.

use std::ops::Range;

/// The texts between `signs`, without the blanks around them and without empty ones. A sign in brackets that are closed or within an address
/// tells nothing apart.
pub(crate) fn parts(text: &str, signs: &[char]) -> Vec<Range<usize>> {
    let brackets = brackets(text);
    let (mut parts, mut from) = (Vec::new(), 0);
    let mut brackets = brackets.iter().peekable();
    // Whether the word at hand is an address.
    let mut is_address = false;
    for (at, c) in text.char_indices() {
        while brackets.next_if(|bracket| bracket.end <= at).is_some() {}
        if brackets.peek().is_some_and(|bracket| bracket.contains(&at)) {
            continue;
        }
        if c.is_whitespace() {
            is_address = false;
        }
        is_address |= text[at..].starts_with("://");
        let behind = &text[at + c.len_utf8()..];
        if signs.contains(&c) && !(is_address && runs_on(behind)) {
            parts.push(from..at);
            from = at + c.len_utf8();
            is_address = false;
        }
    }
    parts.push(from..text.len());
    let trimmed = parts.into_iter().map(|part| {
        let words = &text[part.clone()];
        let start = part.start + words.len() - words.trim_start().len();
        start..start + words.trim().len()
    });
    trimmed.filter(|part| !part.is_empty()).collect()
}

/// Whether an address may go on behind a sign with this: neither a blank nor another address is there.
fn runs_on(behind: &str) -> bool {
    let word = behind.split(|c: char| c.is_whitespace() || ",;".contains(c)).next().unwrap_or_default();
    let scheme = word.split("://").next().unwrap_or_default();
    let is_other = scheme.len() < word.len() && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    !word.is_empty() && !is_other
}

/// What stands in brackets that are closed: the outermost, in order.
fn brackets(text: &str) -> Vec<Range<usize>> {
    const PAIRS: [(char, char); 2] = [('(', ')'), ('[', ']')];
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut counts = [0_usize; PAIRS.len()];
    let mut closed: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices() {
        if let Some(kind) = PAIRS.iter().position(|(begin, _)| *begin == c) {
            open.push((kind, at));
            counts[kind] += 1;
        }
        let Some(kind) = PAIRS.iter().position(|(_, end)| *end == c).filter(|&kind| counts[kind] > 0) else { continue };
        while let Some((other, start)) = open.pop() {
            counts[other] -= 1;
            if other == kind {
                while closed.pop_if(|inner| inner.start > start).is_some() {}
                closed.push(start..at);
                break;
            }
        }
    }
    closed
}
