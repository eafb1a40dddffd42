//! Emoji by their short codes, `:rocket:`, as GitHub shows them.

use std::borrow::Cow;
use std::ops::Range;

use super::url;
use crate::text::has_byte;

/// GitHub's short codes with their emoji, a line each, sorted by code. A test writes them from the crate `emojis`, whose own table has names,
/// versions and skin tones besides and would add 0.8 MB to the program.
const CODES: &str = include_str!("emoji.txt");

/// The longest code, in bytes.
const MAX_CODE: usize = 40;

/// A short code in a text, and its emoji.
pub(super) type Code = (Range<usize>, &'static str);

/// The short codes in prose.
///
/// GitHub replaces them wherever they stand. Here one begins where a word can, or right behind another, and no digit and no colon follows, so
/// that times (`10:100:15`), names of programs (`a::b::c`), resources (`urn:id:5`) and ports (`:1234:80`) stay what they are. A bare address
/// has none.
pub(super) fn codes(text: &str) -> Vec<Code> {
    let mut codes = Vec::new();
    if !has_byte(text.as_bytes(), |byte| byte == b':') {
        return codes;
    }
    let mut from = 0;
    while let Some(start) = text[from..].find(':').map(|offset| from + offset) {
        let first = codes.len();
        let mut end = start;
        while let Some((length, emoji)) = code(&text[end..]) {
            codes.push((end..end + length, emoji));
            end += length;
        }
        if !may_begin_behind(&text[..start]) || !may_end_before(&text[end..]) {
            codes.truncate(first);
        }
        from = end.max(start + 1);
    }
    if !codes.is_empty() && url::may_be_in(text) {
        let mut address = url::bare(text, 0);
        codes.retain(|(code, _)| {
            while let Some(range) = address.as_ref().filter(|range| range.end <= code.start) {
                address = url::bare(text, range.end);
            }
            address.as_ref().is_none_or(|range| code.end <= range.start)
        });
    }
    codes
}

/// Text with emoji for its short codes.
pub(super) fn shown(text: &str) -> Cow<'_, str> {
    let codes = codes(text);
    if codes.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    replace(text, 0..text.len(), &codes, |part| out.push_str(part));
    Cow::Owned(out)
}

/// Gives a part of a text, piece by piece, with emoji for those of the text's codes that stand in it.
pub(super) fn replace<'a>(text: &'a str, part: Range<usize>, codes: &[Code], mut give: impl FnMut(&'a str)) {
    let mut done = part.start;
    let first = codes.partition_point(|(code, _)| code.start < part.start);
    for (code, emoji) in codes[first..].iter().take_while(|(code, _)| code.end <= part.end) {
        give(&text[done..code.start]);
        give(emoji);
        done = code.end;
    }
    give(&text[done..part.end]);
}

/// The code with which a text begins, by its length and its emoji.
fn code(text: &str) -> Option<(usize, &'static str)> {
    let rest = text.strip_prefix(':')?;
    let length = rest.bytes().take(MAX_CODE + 1).position(|byte| byte == b':')?;
    Some((length + 2, emoji(&rest[..length])?))
}

fn emoji(code: &str) -> Option<&'static str> {
    let (mut from, mut to) = (0, CODES.len());
    while from < to {
        let middle = from + (to - from) / 2;
        let is_end = |byte: &u8| *byte == b'\n';
        let start = CODES.as_bytes()[from..middle].iter().rposition(is_end).map_or(from, |offset| from + offset + 1);
        let end = CODES.as_bytes()[middle..to].iter().position(is_end).map_or(to, |offset| middle + offset);
        let (name, emoji) = CODES[start..end].split_once(' ')?;
        match name.cmp(code) {
            std::cmp::Ordering::Equal => return Some(emoji),
            std::cmp::Ordering::Less => from = end + 1,
            std::cmp::Ordering::Greater => to = start,
        }
    }
    None
}

fn may_begin_behind(before: &str) -> bool {
    !before.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '_' | '/' | '\\'))
}

fn may_end_before(after: &str) -> bool {
    !after.starts_with(|c: char| c.is_ascii_digit() || matches!(c, ':' | '_' | '/' | '\\'))
}
