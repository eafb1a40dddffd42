//! What stands outside of front matter, or in it and is no field of its own, where nobody reads it as one and nobody takes away what is
//! internal.

use super::declared::head;
use crate::diagnostic::{Code, Diagnostic};
use crate::name;
use crate::nearest::plain;
use crate::parse::{Document, Field, Node, Value};
use crate::source::Span;
use crate::text::has_byte;

/// The longest text, in bytes, that may be a name with the signs about it.
pub(super) const MAX_NAME: usize = 64;

/// The lines of a text, whichever sign ends one for YAML, an editor or a person.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    const ENDS: [char; 7] = ['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];
    // Most texts have the first of these signs alone, which is found several times faster than one of seven.
    let may_end = |byte: u8| matches!(byte, b'\r' | b'\x0b' | b'\x0c') || !byte.is_ascii();
    let has_others = has_byte(text.as_bytes(), may_end);
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = if has_others { text.find(ENDS) } else { text.find('\n') };
        rest = end.map(|end| &text[end + text[end..].chars().next().map_or(0, char::len_utf8)..]);
        Some(&text[..end.unwrap_or(text.len())])
    })
}

/// Whether one of the fields of `names`, in their plain form, is written where front matter may have been meant: at the head of a file that has
/// none, or in the first paragraph behind it, where it was closed too early.
pub fn writes_outside(document: &Document, names: &[String]) -> bool {
    if names.is_empty() {
        return false;
    }
    let gives = |part: &str| names.contains(&plain(part));
    let is_given = |line: &str| {
        let mut cells = line.split('|').filter(|_| line.trim_start().starts_with('|'));
        let names_one = |part: &str| {
            let part = part.trim_start_matches(|c: char| !c.is_alphanumeric());
            part.split_once(GIVES).is_some_and(|(name, _)| gives(name))
        };
        cells.any(gives)
            || names_one(line)
            || parts(line).iter().any(|part| names_one(part))
            || heading(line).is_some_and(gives)
    };
    // A name alone, with what belongs to it on the next line: a heading that is underlined, an entry of a list of definitions.
    let is_above = |pair: &[&str]| gives(pair[0]) && (is_underline(pair[1]) || pair[1].trim_start().starts_with(": "));
    let unread = document.unread();
    let body = &*name::narrow(&unread);
    let is_rule = |line: &&str| line.trim().chars().all(|c| c == '-' || c == '.');
    let all = head(body);
    match document.fields.is_empty() || document.body.start == 0 {
        true => {
            let all: Vec<&str> = all.collect();
            all.iter().any(|line| is_given(line)) || all.windows(2).any(is_above)
        }
        false => all.skip_while(is_rule).take_while(|line| !line.trim().is_empty()).any(is_given),
    }
}

/// What stands between a name and its value.
pub(super) const GIVES: [char; 5] = [':', '=', '→', '–', '—'];

/// What stands between two fields in one line.
const PARTS: [char; 5] = ['·', '•', '¦', ';', '│'];

/// The parts of a line in which several fields may stand, `**Owner:** ana · **Visibility:** internal`; none where it is one.
pub(super) fn parts(line: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    // Every line of a plan's files is looked at, and few have parts.
    let may_part = |byte: u8| matches!(byte, b';' | b'<' | b'*' | b'_') || !byte.is_ascii();
    if !has_byte(line.as_bytes(), may_part) {
        return parts;
    }
    let mut start = 0;
    for (end, sign) in line.char_indices() {
        let next = match line.as_bytes()[end..] {
            [b' ', b'*', b'*', ..] | [b' ', b'_', b'_', ..] => end + 1,
            // The tag belongs to what stands behind it.
            [b'<', b'b', b'r', ..] => end,
            _ if PARTS.contains(&sign) => end + sign.len_utf8(),
            _ => continue,
        };
        parts.push(&line[start..end]);
        start = next;
    }
    if !parts.is_empty() {
        parts.push(&line[start..]);
    }
    parts
}

/// The words of a heading.
fn heading(line: &str) -> Option<&str> {
    let text = line.trim_start().trim_start_matches('#');
    (text.len() < line.trim_start().len() && text.starts_with([' ', '\t'])).then(|| text.trim_matches(['#', ' ', '\t']))
}

/// Whether a line makes a heading of the one above it.
pub(super) fn is_underline(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && (line.chars().all(|c| c == '-') || line.chars().all(|c| c == '='))
}

/// Entries of a map that say what another one of it is.
const LABELS: [&str; 7] = ["field", "id", "key", "label", "name", "property", "title"];

/// Where one of the fields of `names`, in their plain form, is written within the text of another field or as a part of its name, in which
/// nobody takes it away: `[x-notes:1]`, `{"x-notes=1"}`, `"x-notes": 1` in a text. `document` has no field of these names any more.
pub fn writes_inside(document: &Document, names: &[String]) -> Option<Span> {
    fn below(value: &Value, path: &str, names: &[String]) -> Option<Span> {
        match &value.node {
            Node::Scalar(text) => gives(text, path, names).then_some(value.span),
            Node::List(list) => list.iter().find_map(|value| below(value, path, names)),
            Node::Map(entries) => within(entries, path, names),
        }
    }
    fn within(fields: &[Field], path: &str, names: &[String]) -> Option<Span> {
        // A map may be one field: its name and its value, as programs export them.
        let is_named = |field: &&Field| {
            let is_name = LABELS.contains(&plain(&field.name.value).as_str());
            matches!(&field.value.node, Node::Scalar(text) if is_name && names.contains(&plain(text)))
        };
        if let Some(field) = fields.iter().find(is_named).filter(|_| fields.len() > 1 && !path.is_empty()) {
            return Some(field.value.span);
        }
        fields.iter().find_map(|field| {
            // A bracket before a name is a part of it for YAML alone.
            let bare = field.name.value.trim_matches(|c: char| !c.is_alphanumeric());
            let is_name = bare.len() < field.name.value.trim().len() && names.contains(&plain(bare));
            let is_in_name = (is_name || gives(&field.name.value, path, names)).then_some(field.name.span);
            is_in_name.or_else(|| below(&field.value, &format!("{path}{}.", field.name.value), names))
        })
    }
    if names.is_empty() { None } else { within(&document.fields, "", names) }
}

/// Whether a text, by itself or below the fields of `path`, gives a value to one of `names`.
fn gives(text: &str, path: &str, names: &[String]) -> bool {
    const SIGNS: [char; 5] = [':', '=', '|', '>', '→'];
    let text = name::narrow(text);
    if !text.contains(SIGNS) {
        return false;
    }
    let ends = |text: &str| {
        text.match_indices(SIGNS).any(|(end, _)| names.iter().any(|name| ends_with_name(&text[..end], name)))
    };
    ends(&text) || !path.is_empty() && ends(&format!("{path}{text}"))
}

/// Whether a text ends with a name, given in its plain form, however it is spelled there and whatever quotes or marks stand about it. A remark or
/// brackets may stand behind it: `x-notes (old)`, `x-notes[]`.
fn ends_with_name(text: &str, name: &str) -> bool {
    let bare = text.trim_end_matches([' ', ')', ']']);
    let near = &bare[bare.floor_char_boundary(bare.len().saturating_sub(MAX_NAME))..];
    let has_brackets = bare.len() < text.trim_end().len();
    let remark = near.rfind(['(', '[']).filter(|_| has_brackets).map_or(0, |start| near.len() - start);
    is_end(bare, name) || remark > 0 && is_end(&bare[..bare.len() - remark], name)
}

/// The same without a remark.
fn is_end(text: &str, name: &str) -> bool {
    let is_within = |c: char| !c.is_alphanumeric() && !"\n\r,;:=|()[]{}/".contains(c);
    let (mut rest, mut wanted) = (text, name);
    while let Some(last) = wanted.chars().next_back() {
        let Some(c) = rest.chars().next_back() else { return false };
        rest = &rest[..rest.len() - c.len_utf8()];
        if c.to_lowercase().eq([last]) {
            wanted = &wanted[..wanted.len() - last.len_utf8()];
        } else if !is_within(c) {
            return false;
        }
    }
    // `co-owner` is another name than `owner`.
    let before = rest.strip_suffix(['-', '_']).unwrap_or(rest);
    !before.ends_with(char::is_alphanumeric)
}

/// Whether a finding says that front matter cannot be read as it stands.
pub fn is_of_unclear(diagnostic: &Diagnostic) -> bool {
    const BROKEN: [Code; 5] = [
        Code::INVALID_TOML,
        Code::INVALID_YAML,
        Code::LATE_FRONT_MATTER,
        Code::UNSUPPORTED_YAML,
        Code::UNTERMINATED_FRONT_MATTER,
    ];
    BROKEN.contains(&diagnostic.code)
}

/// The spans of a file's merge conflicts, from the first of their signs to the last.
pub(super) fn conflicts(document: &Document) -> impl Iterator<Item = Span> {
    let found = document.diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::MERGE_CONFLICT);
    found.filter_map(|diagnostic| {
        let first = diagnostic.location.as_ref()?.span;
        let end = diagnostic.related.iter().map(|(location, _)| location.span.end).fold(first.end, u32::max);
        Some(Span { end, ..first })
    })
}
