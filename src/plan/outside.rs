//! What stands outside of front matter, where nobody reads it as a field and nobody takes away what is internal.

use super::audience::is_declaration;
use crate::nearest::plain;
use crate::parse::Document;

/// Where front matter would be.
pub(super) const HEAD_LINES: usize = 40;

/// The lines of a text, whichever sign ends one for YAML, an editor or a person.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'])
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
        let name = line.trim_start_matches(|c: char| !c.is_alphanumeric()).split([':', '=']).next();
        cells.any(gives) || name.is_some_and(|name| name.len() < line.len() && line.contains([':', '=']) && gives(name))
    };
    let body = document.source.slice(document.body);
    let is_rule = |line: &&str| line.trim().chars().all(|c| c == '-' || c == '.');
    let mut all = lines(body).take(HEAD_LINES);
    match document.fields.is_empty() {
        true => all.any(is_given),
        false => all.skip_while(is_rule).take_while(|line| !line.trim().is_empty()).any(is_given),
    }
}

/// Whether a text says that not everybody may see it, anywhere that it may have been meant to be read, in whatever form.
pub fn says_closed(text: &str) -> bool {
    let head: String = lines(text).take(HEAD_LINES).collect::<Vec<_>>().join("\n");
    plain(&head).contains("visibility")
        || head.lines().any(is_declaration)
        || head.split([',', '{', '}']).any(is_declaration)
}
