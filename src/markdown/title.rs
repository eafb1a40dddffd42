//! Titles: one line in which only code counts as markup. A page shows it as code; a tab, a table or a drawing shows its words alone.

use super::{emoji, escape};

/// A title, or a sentence with names in it, for HTML: escaped, text between backticks as `<code>`.
pub fn with_code(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 16);
    read(text, |part, tag| {
        html.push_str(tag);
        escape::attribute(&mut html, part);
    });
    html
}

/// The same in plain text: without the backticks.
pub fn without_code(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    read(text, |part, tag| {
        plain.push_str(if tag == "`" { tag } else { "" });
        plain.push_str(part);
    });
    plain
}

/// The words of a title as titles are compared: one that names an emoji by its short code is the same as one that has it.
pub fn compared(text: &str) -> String {
    emoji::shown(&without_code(text)).into_owned()
}

/// Gives each part of a text behind the tag that begins or ends code there; a backtick without another one is one.
fn read(text: &str, mut give: impl FnMut(&str, &'static str)) {
    let ticks = text.matches('`').count() / 2 * 2;
    for (index, part) in text.split('`').enumerate() {
        let tag = match index {
            0 => "",
            index if index > ticks => "`",
            index if index % 2 == 1 => "<code>",
            _ => "</code>",
        };
        give(part, tag);
    }
}
