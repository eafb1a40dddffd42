//! Bare addresses in prose, by the rules of GitHub Flavored Markdown, section 6.9 "Autolinks (extension)": `http://`, `https://`, `www.`
//! and e-mail. What only looks like an e-mail address stays text: `git@host:path`, `package@1.2.3`.

use std::borrow::Cow;
use std::ops::Range;

/// The next bare address in `text` at or after byte `from`.
pub(super) fn bare(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    if from == 0 && !may_be_in(text) {
        return None;
    }
    for offset in from..bytes.len() {
        let found = match bytes[offset] {
            b':' if bytes[offset..].starts_with(b"://") => {
                let after = offset + "://".len();
                let start = scheme(text, from, offset);
                start.and_then(|start| Some(start..after + length(&text[after..])?))
            }
            b'w' | b'W' => host(text, offset),
            b'@' => mail(text, from, offset),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// Where a bare address leads.
pub(super) fn target(bare: &str) -> Cow<'_, str> {
    if bare.contains("://") || bare.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("mailto:")) {
        Cow::Borrowed(bare)
    } else if bare.contains('@') {
        Cow::Owned(format!("mailto:{bare}"))
    } else {
        Cow::Owned(format!("http://{bare}"))
    }
}

/// Whether a text can hold a bare address: most hold none, and to look at every pair of bytes, without an end at the first that is found,
/// takes many of them at once.
pub(super) fn may_be_in(text: &str) -> bool {
    let bytes = text.as_bytes();
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    pairs.fold(false, |may, (&byte, &next)| {
        may | (next == b'@') | (byte == b':') & (next == b'/') | (byte | 0x20 == b'w') & (next | 0x20 == b'w')
    })
}

/// An address that begins with `www.` at `start`, where no word goes on.
fn host(text: &str, start: usize) -> Option<Range<usize>> {
    const WWW: &str = "www.";
    let is_www = text.as_bytes()[start..].get(..WWW.len())?.eq_ignore_ascii_case(WWW.as_bytes());
    let is_free =
        || !text[..start].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '/' | '-' | '_' | '@' | ':'));
    if !is_www || !is_free() || !text[start + WWW.len()..].starts_with(char::is_alphanumeric) {
        return None;
    }
    let end = start + length(&text[start..])?;
    let address = &text[start..end];
    (!address.contains('@')).then_some(start..end)
}

/// An e-mail address around the `@` at `at`.
fn mail(text: &str, from: usize, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let is_local = |byte: &&u8| byte.is_ascii_alphanumeric() || b".+_-".contains(byte);
    let start = at - bytes[from..at].iter().rev().take_while(is_local).count();
    let name = start;
    let start = start - ending(&bytes[from..start], "mailto:").unwrap_or(0);
    let domain = bytes[at + 1..].iter().take_while(|byte| byte.is_ascii_alphanumeric() || b".-".contains(byte)).count();
    let domain = text[at + 1..at + 1 + domain].trim_end_matches(['.', '-']);
    let (_, top) = domain.rsplit_once('.')?;
    let is_domain = domain.split('.').all(|label| !label.is_empty())
        && top.len() > 1
        && top.bytes().all(|byte| byte.is_ascii_alphabetic());
    let end = at + 1 + domain.len();
    let goes_on =
        text[end..].starts_with([':', '/', '@', '_']) && !text[end..].starts_with(": ") && text[end..].len() > 1;
    let is_free = !text[..start].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | ':' | '@'));
    (name < at && is_domain && !goes_on && is_free && bytes[name] != b'.').then_some(start..end)
}

/// Where the scheme before `colon` begins, if it is one of the two and no part of a word.
fn scheme(text: &str, from: usize, colon: usize) -> Option<usize> {
    let head = &text.as_bytes()[from..colon];
    let start = colon - ["https", "http"].into_iter().find_map(|name| ending(head, name))?;
    let before = text[..start].chars().next_back();
    (!before.is_some_and(char::is_alphanumeric)).then_some(start)
}

/// The length of a name with which a text ends, whatever the case of its letters.
fn ending(text: &[u8], name: &str) -> Option<usize> {
    let offset = text.len().checked_sub(name.len())?;
    text[offset..].eq_ignore_ascii_case(name.as_bytes()).then_some(name.len())
}

/// How far the address reaches after `://`.
fn length(rest: &str) -> Option<usize> {
    // A bracket that did not open in it is about the address.
    let mut depth = 0_i32;
    let is_beyond = |c| {
        depth += i32::from(c == '[') - i32::from(c == ']');
        depth < 0 || ends(c)
    };
    let end = rest.find(is_beyond).unwrap_or(rest.len());
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
