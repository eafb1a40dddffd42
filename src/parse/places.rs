//! Where a part of a text stands in its file. A scalar over several lines, with escapes or indented is not in the file as it is read; but the
//! signs in it that are no blanks are there in the same order.

use std::ops::Range;

use crate::name;
use crate::source::{Source, Span};

/// Code points of which one composed letter may be made.
const MAX_MARKS: usize = 4;

/// A sign of a scalar that is no blank, with its bytes in what was written.
type Sign = (char, Range<usize>);

/// The place of `part` of a scalar that stands at `whole` and is read as `text`; that of all of it where the two do not agree.
pub fn place(source: &Source, whole: Span, text: &str, part: Range<usize>) -> Span {
    let Some(words) = text.get(part.clone()).map(str::trim).filter(|words| words.len() < text.trim().len()) else {
        return whole;
    };
    let start = part.start + text[part.clone()].len() - text[part].trim_start().len();
    let part = start..start + words.len();
    let written = source.slice(whole);
    let at = |range: Range<usize>| {
        let start = whole.start as usize;
        Span { part: whole.part, ..Span::new(start + range.start, start + range.end) }
    };
    if written == text {
        return at(part);
    }
    let ways: [&dyn Fn() -> Option<Vec<Sign>>; 7] = [
        &|| plain(written, 0..written.len()),
        &|| plain(written, written.find('\n').filter(|_| written.starts_with(['|', '>']))?..written.len()),
        &|| escaped(written, inside(written, "\"")?),
        &|| doubled(written, inside(written, "'")?),
        &|| plain(written, inside(written, "'")?),
        &|| escaped(written, inside(written, "\"\"\"")?),
        &|| plain(written, inside(written, "'''")?),
    ];
    let found = ways.iter().find_map(|signs| found(&signs()?, text, &part));
    found.map_or(whole, at)
}

/// The bytes between a quote and the same at the end.
fn inside(written: &str, quote: &str) -> Option<Range<usize>> {
    written.strip_prefix(quote)?.strip_suffix(quote).map(|inner| quote.len()..quote.len() + inner.len())
}

/// Signs that stand for themselves.
fn plain(written: &str, range: Range<usize>) -> Option<Vec<Sign>> {
    let signs = written[range.clone()].char_indices().filter(|(_, c)| !c.is_whitespace());
    Some(signs.map(|(at, c)| (c, range.start + at..range.start + at + c.len_utf8())).collect())
}

/// The same where two single quotes are one.
fn doubled(written: &str, range: Range<usize>) -> Option<Vec<Sign>> {
    let mut signs: Vec<Sign> = Vec::new();
    let mut is_open = false;
    for (c, at) in plain(written, range)? {
        is_open = match signs.last_mut().filter(|(_, last)| is_open && c == '\'' && last.end == at.start) {
            Some((_, last)) => {
                last.end = at.end;
                false
            }
            None => {
                signs.push((c, at));
                c == '\''
            }
        };
    }
    Some(signs)
}

/// The same where a backslash begins an escape.
fn escaped(written: &str, range: Range<usize>) -> Option<Vec<Sign>> {
    let mut signs = Vec::new();
    let mut at = range.start;
    while let Some(c) = written[at..range.end].chars().next() {
        let (sign, length) = if c == '\\' { escape(&written[at..range.end])? } else { (c, c.len_utf8()) };
        if !sign.is_whitespace() {
            signs.push((sign, at..at + length));
        }
        at += length;
    }
    Some(signs)
}

/// What an escape stands for, and its length.
fn escape(written: &str) -> Option<(char, usize)> {
    let hex = |from: usize, digits: usize| u32::from_str_radix(written.get(from..from + digits)?, 16).ok();
    let sign = |digits: usize| {
        let code = hex(2, digits)?;
        // Outside of the first plane JSON writes a sign as two.
        let second = || (written.get(6..8)? == "\\u").then(|| hex(8, 4)).flatten();
        match (char::from_u32(code), second()) {
            (Some(sign), _) => Some((sign, 2 + digits)),
            (None, Some(second)) => {
                let decoded = char::decode_utf16([u16::try_from(code).ok()?, u16::try_from(second).ok()?]);
                Some((decoded.into_iter().next()?.ok()?, 12))
            }
            (None, None) => None,
        }
    };
    match written.chars().nth(1)? {
        'x' => sign(2),
        'u' => sign(4),
        'U' => sign(8),
        '0' => Some(('\0', 2)),
        'a' => Some(('\u{7}', 2)),
        'b' => Some(('\u{8}', 2)),
        'e' => Some(('\u{1b}', 2)),
        't' | 'n' | 'v' | 'f' | 'r' | 'N' | '_' | 'L' | 'P' => Some((' ', 2)),
        other => Some((other, 1 + other.len_utf8())),
    }
}

/// Where the part of a text stands, if what was written says the text.
fn found(signs: &[Sign], text: &str, part: &Range<usize>) -> Option<Range<usize>> {
    let mut signs = signs;
    let mut range: Option<Range<usize>> = None;
    for (at, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        let count = (1..=MAX_MARKS.min(signs.len())).find(|&count| is_written(c, &signs[..count]))?;
        let (read, rest) = signs.split_at(count);
        signs = rest;
        if part.contains(&at) {
            let start = range.map_or(read[0].1.start, |range| range.start);
            range = Some(start..read[count - 1].1.end);
        }
    }
    range.filter(|_| signs.is_empty())
}

/// Whether a letter of a text is written by these signs.
fn is_written(c: char, signs: &[Sign]) -> bool {
    match signs {
        [(sign, _)] => *sign == c,
        signs => {
            !c.is_ascii() && name::composed(&signs.iter().map(|(sign, _)| *sign).collect::<String>()).chars().eq([c])
        }
    }
}
