//! Bare addresses in prose, by the rules of GitHub Flavored Markdown, section 6.9 "Autolinks (extension)", for `http://` and
//! `https://`. Addresses without a scheme (`www.`, e-mail) stay text: a plan is full of file names that look like them.

use std::ops::Range;

/// The next bare address in `text` at or after byte `from`.
pub(super) fn bare(text: &str, from: usize) -> Option<Range<usize>> {
    let mut offset = from;
    while let Some(found) = text[offset..].find("://") {
        let colon = offset + found;
        let after = colon + "://".len();
        if let Some(start) = scheme(text, from, colon)
            && let Some(length) = length(&text[after..])
        {
            return Some(start..after + length);
        }
        offset = after;
    }
    None
}

/// Where the scheme before `colon` begins, if it is one of the two and no part of a word.
fn scheme(text: &str, from: usize, colon: usize) -> Option<usize> {
    let head = &text.as_bytes()[from..colon];
    let start = ["https", "http"].into_iter().find_map(|name| {
        let offset = head.len().checked_sub(name.len())?;
        head[offset..].eq_ignore_ascii_case(name.as_bytes()).then_some(from + offset)
    })?;
    let before = text[..start].chars().next_back();
    (!before.is_some_and(char::is_alphanumeric)).then_some(start)
}

/// How far the address reaches after `://`.
fn length(rest: &str) -> Option<usize> {
    let end = rest.find(ends).unwrap_or(rest.len());
    let host = rest[..end].find(['/', '?', '#', ':']).map_or(&rest[..end], |offset| &rest[..offset]);
    let odd = host.rsplit('.').take(2).any(|label| label.contains('_'));
    if odd || !host.starts_with(char::is_alphanumeric) {
        return None;
    }
    Some(trimmed(&rest[..end]))
}

/// White space and angle brackets end an address; so does the punctuation of scripts that put no space after an address.
fn ends(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '<' | '>')
        || matches!(c, '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{ff01}' | '\u{ff08}' | '\u{ff09}' | '\u{ff0c}' | '\u{ff1a}' | '\u{ff1b}' | '\u{ff1f}')
        || matches!(c, '“' | '”' | '‘' | '’' | '«' | '»')
}

/// The length without the punctuation that belongs to the sentence.
fn trimmed(address: &str) -> usize {
    let bytes = address.as_bytes();
    let count = |wanted: u8| bytes.iter().filter(|&&byte| byte == wanted).count();
    let (opened, mut closed) = (count(b'('), count(b')'));
    let mut end = bytes.len();
    while let Some(&last) = bytes[..end].last() {
        match last {
            b'?' | b'!' | b'.' | b',' | b':' | b'*' | b'_' | b'~' | b'\'' | b'"' => end -= 1,
            b')' if closed > opened => {
                closed -= 1;
                end -= 1;
            }
            b';' => {
                let name = bytes[..end - 1].iter().rev().take_while(|byte| byte.is_ascii_alphanumeric()).count();
                let ampersand = (end - 1).checked_sub(name + 1).filter(|&offset| name > 0 && bytes[offset] == b'&');
                end = ampersand.unwrap_or(end - 1);
            }
            _ => break,
        }
    }
    end
}
