//! Which addresses a page may hold.

use std::borrow::Cow;

const ALLOWED: [&str; 4] = ["http", "https", "mailto", "tel"];

/// Whether an address may become a link or the source of an image: it is relative, a fragment, or its scheme is `http`,
/// `https`, `mailto` or `tel`. The only judge of that; a page shows the words of any other link without a link.
///
/// Judged on what is left once character references and percent-encoding are decoded (thrice over) and white space, control
/// and invisible characters are gone, in any case of letters. That is stricter than any browser: what a browser takes
/// for a scheme, this does too.
pub fn safe(target: &str) -> bool {
    for (offset, byte) in target.bytes().enumerate() {
        match byte {
            b':' => return allowed(&target[..offset]),
            b'/' | b'?' | b'#' => return true,
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'+' | b'-' | b'.' | b'_' | b'~' => {}
            _ => return safe_decoded(target),
        }
    }
    true
}

fn allowed(scheme: &str) -> bool {
    ALLOWED.iter().any(|known| known.eq_ignore_ascii_case(scheme))
}

fn safe_decoded(target: &str) -> bool {
    let mut text = visible(target);
    for _ in 0..3 {
        let next = visible(&decoded(&text));
        if next == text {
            break;
        }
        text = next;
    }
    match text.find([':', '/', '?', '#']) {
        Some(offset) if text[offset..].starts_with(':') => allowed(&text[..offset]),
        _ => true,
    }
}

fn visible(text: &str) -> String {
    let invisible = |c: char| {
        c.is_control()
            || c.is_whitespace()
            || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    text.chars().filter(|&c| !invisible(c)).collect()
}

/// One round of percent-encoding and of the character references that can hide a scheme.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(offset) = rest.find(['%', '&']) {
        bytes.extend_from_slice(&rest.as_bytes()[..offset]);
        rest = &rest[offset..];
        let one = if rest.starts_with('%') { percent(rest) } else { reference(rest) };
        let (c, length) = one.unwrap_or_else(|| (Decoded::Byte(rest.as_bytes()[0]), 1));
        match c {
            Decoded::Byte(byte) => bytes.push(byte),
            Decoded::Char(c) => bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
        rest = &rest[length..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}

enum Decoded {
    Byte(u8),
    Char(char),
}

fn percent(text: &str) -> Option<(Decoded, usize)> {
    let digits = text.get(1..3).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
    Some((Decoded::Byte(u8::from_str_radix(digits, 16).ok()?), 3))
}

fn reference(text: &str) -> Option<(Decoded, usize)> {
    const NAMES: [(&str, char); 7] = [
        ("&colon;", ':'),
        ("&Tab;", '\t'),
        ("&NewLine;", '\n'),
        ("&amp;", '&'),
        ("&percnt;", '%'),
        ("&num;", '#'),
        ("&ZeroWidthSpace;", '\u{200b}'),
    ];
    if let Some((name, c)) = NAMES.into_iter().find(|(name, _)| text.starts_with(name)) {
        return Some((Decoded::Char(c), name.len()));
    }
    let digits = text.strip_prefix("&#")?;
    let (digits, radix) = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => (hex, 16),
        None => (digits, 10),
    };
    let length = digits.bytes().take_while(|b| char::from(*b).is_digit(radix)).count();
    let code = u32::from_str_radix(digits[..length].trim_start_matches('0'), radix).ok()?;
    let end = text.len() - digits.len() + length;
    let end = if text[end..].starts_with(';') { end + 1 } else { end };
    Some((Decoded::Char(char::from_u32(code)?), end))
}

/// An address with a scheme, where it begins with the name of a host: `//host/path`. A page that is opened from a disk would take it for a
/// file of another computer.
pub(super) fn with_scheme(target: &str) -> Cow<'_, str> {
    let host = target.strip_prefix("//").map(|rest| rest.trim_start_matches('/'));
    match host.filter(|host| !host.is_empty()) {
        Some(host) => Cow::Owned(format!("https://{host}")),
        None => Cow::Borrowed(target),
    }
}

/// Whether a safe address leads out of the site.
pub(super) fn is_external(target: &str) -> bool {
    let starts = |with: &str| target.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with));
    starts("http:") || starts("https:") || target.starts_with("//")
}
