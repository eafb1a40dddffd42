//! The lines of a head and what they look like, for when it is not YAML.

use std::ops::Range;

/// The lines of `range`, each with its line feed.
pub(super) fn lines(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut offset = range.start;
    text.get(range).unwrap_or_default().split_inclusive('\n').map(move |line| {
        let start = offset;
        offset += line.len();
        start..offset
    })
}

/// How far a line is indented, in bytes; a tab is one.
pub(super) fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// Whether a line says nothing: blank, or a comment.
pub(super) fn is_silent(line: &str) -> bool {
    let words = line.trim();
    words.is_empty() || words.starts_with('#')
}

/// Whether a line without its indentation is an entry of a list.
pub(super) fn is_entry(words: &str) -> bool {
    words.strip_prefix('-').is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\n']))
}

/// The name that a line without its indentation gives a value, and where the colon ends; `None` where it looks like
/// something else. A space after the colon may be missing where the name is a plain word.
pub(super) fn field_name(words: &str) -> Option<(Range<usize>, usize)> {
    let first = words.chars().next()?;
    let ends = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t', '\n']);
    if first == '"' || first == '\'' {
        let close = words[1..].find(first)? + 2;
        let colon = close + words[close..].find(|c| c != ' ')?;
        return (words[colon..].starts_with(':') && ends(&words[colon + 1..])).then_some((0..close, colon + 1));
    }
    if "#,[]{}|>:".contains(first) || (matches!(first, '-' | '?') && ends(&words[1..])) {
        return None;
    }
    let line = words.lines().next()?;
    let mut colons = line.match_indices(':').map(|(offset, _)| offset);
    let comment = line.find(" #").unwrap_or(line.len());
    if let Some(colon) = colons.clone().find(|&offset| ends(&words[offset + 1..])).filter(|&offset| offset < comment) {
        return Some((0..words[..colon].trim_end().len(), colon + 1));
    }
    let colon = colons.next()?;
    let plain = first.is_alphabetic() && words[..colon].chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    (plain && colon > 1 && !words[colon + 1..].starts_with("//")).then_some((0..colon, colon + 1))
}

/// The name that a line gives a value in another way, `name = value` or with a wide colon, and where that sign ends.
pub(super) fn assigned_name(words: &str) -> Option<(Range<usize>, usize)> {
    let sign = words.lines().next()?.find(['=', '：'])?;
    let name = words[..sign].trim_end();
    let is_plain =
        name.starts_with(char::is_alphabetic) && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    let after = sign + words[sign..].chars().next().map_or(0, char::len_utf8);
    (is_plain && !words[after..].starts_with(['=', '>', '~'])).then_some((0..name.len(), after))
}

/// A text without the quotes around it, if the same quote stands at both ends.
pub(super) fn unquoted(text: &str) -> &str {
    let inner = |quote| text.strip_prefix(quote)?.strip_suffix(quote);
    inner('"').or_else(|| inner('\'')).unwrap_or(text)
}

/// A value without the comment behind it, unless it begins with a quote, in which `#` may be text.
pub(super) fn uncommented(value: &str) -> &str {
    if value.starts_with(['"', '\'']) {
        return value;
    }
    if value.starts_with('#') {
        return "";
    }
    value
        .match_indices('#')
        .find(|&(offset, _)| value[..offset].ends_with([' ', '\t']))
        .map_or(value, |(offset, _)| value[..offset].trim_end())
}

/// The same of a text in which a number sign without a space behind it is no comment.
pub(super) fn unremarked(value: &str) -> &str {
    let mut signs = value.match_indices('#').map(|(offset, _)| offset);
    let is_remark = |&offset: &usize| {
        let (before, behind) = (&value[..offset], &value[offset + 1..]);
        (before.is_empty() || before.ends_with([' ', '\t'])) && (behind.is_empty() || behind.starts_with([' ', '\t']))
    };
    let is_quoted = value.starts_with(['"', '\'']);
    signs.find(is_remark).filter(|_| !is_quoted).map_or(value, |offset| value[..offset].trim_end())
}
