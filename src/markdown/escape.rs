//! Text made safe to stand in a page. Every value that comes from an author or the plan passes through here.

use crate::text::has_byte;

/// What becomes of each byte: 0 as it is, 1 escaped everywhere, 2 escaped between double quotes, 3 escaped between single ones.
const CLASS: [u8; 256] = {
    let mut class = [0; 256];
    let mut byte = 0;
    while byte < 32 {
        class[byte] = 1;
        byte += 1;
    }
    class[b'\t' as usize] = 0;
    class[b'\n' as usize] = 0;
    class[b'\r' as usize] = 0;
    class[0x7f] = 1;
    class[b'&' as usize] = 1;
    class[b'<' as usize] = 1;
    class[b'>' as usize] = 1;
    class[b'"' as usize] = 2;
    class[b'\'' as usize] = 3;
    class
};

/// Appends text between tags.
pub(crate) fn text(out: &mut String, text: &str) {
    push(out, text, 1);
}

/// Appends the value of a quoted attribute, or text that may stand anywhere.
pub(crate) fn attribute(out: &mut String, value: &str) {
    push(out, value, 3);
}

/// Appends the value of an attribute in double quotes.
pub(crate) fn double_quoted(out: &mut String, value: &str) {
    push(out, value, 2);
}

fn push(out: &mut String, text: &str, class: u8) {
    let may_be_special = |byte: u8| {
        (byte < b' ') & (byte != b'\n')
            | matches!(byte, b'&' | b'<' | b'>' | 0x7f)
            | (byte == b'"') & (class > 1)
            | (byte == b'\'') & (class > 2)
    };
    if !has_byte(text.as_bytes(), may_be_special) {
        return out.push_str(text);
    }
    let mut done = 0;
    for (offset, byte) in text.bytes().enumerate() {
        let found = CLASS[byte as usize];
        if found == 0 || found > class {
            continue;
        }
        out.push_str(&text[done..offset]);
        done = offset + 1;
        out.push_str(match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            // A control character is an error in HTML, whatever way it is written.
            _ => "\u{fffd}",
        });
    }
    out.push_str(&text[done..]);
}

/// Appends plain text: as [`text`], without escapes.
pub(super) fn plain(out: &mut String, text: &str) {
    if text.bytes().all(|byte| byte >= 32 || byte == b'\n') {
        return out.push_str(text);
    }
    out.extend(text.chars().map(|c| match c {
        '\t' | '\r' => ' ',
        c if c < ' ' && c != '\n' => '\u{fffd}',
        c => c,
    }));
}

/// Appends an author's address as the value of an attribute: what may not stand in an address is percent-encoded,
/// what is encoded already stays, letters of every script stay.
pub(super) fn address(out: &mut String, target: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    // Brackets may stand in the host alone, around an IPv6 address.
    let host = target.find("//").map_or(0..0, |offset| {
        let from = offset + 2;
        from..target[from..].find(['/', '?', '#']).map_or(target.len(), |end| from + end)
    });
    for (offset, c) in target.char_indices() {
        match c {
            '&' => out.push_str("&amp;"),
            '\'' => out.push_str("&#39;"),
            '[' | ']' if host.contains(&offset) => out.push(c),
            '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' | '[' | ']' | '\0'..=' ' | '\x7f' => {
                let byte = c as u8;
                out.extend(['%', char::from(HEX[usize::from(byte >> 4)]), char::from(HEX[usize::from(byte & 15)])]);
            }
            c if c.is_control() || c.is_whitespace() => {
                for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                    out.extend(['%', char::from(HEX[usize::from(byte >> 4)]), char::from(HEX[usize::from(byte & 15)])]);
                }
            }
            c => out.push(c),
        }
    }
}
