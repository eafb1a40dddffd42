//! A status in a form that is not read as a field: people write it in tables, lists and bold lines, too. Nobody may take the silence of
//! such a file for an answer.

use std::fmt;

use super::outside::lines;
use crate::parse::{Document, Field, Node, is_late_front_matter};
use crate::source::Span;

/// A form in which files say a field that is not read from there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// A row of a table.
    Table,
    /// `* Status: done`.
    Bullets,
    /// `**Status:** done`.
    BoldLines,
    /// `Status: done`.
    Lines,
    /// The line below a heading `Status`.
    Section,
    /// A line `status = "done"`.
    Toml,
    /// An entry `"status": "done"`.
    Json,
    /// Front matter that does not begin the file, or a second one.
    LateFrontMatter,
}

impl fmt::Display for Form {
    /// As what it stands where.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Form::Table => "in a table",
            Form::Bullets => "in a list, as `* Status: …`",
            Form::BoldLines => "in a bold line, as `**Status:** …`",
            Form::Lines => "in a line of the text, as `Status: …`",
            Form::Section => "below a heading `Status`",
            Form::Toml => "in TOML",
            Form::Json => "in JSON",
            Form::LateFrontMatter => "in front matter that does not begin the file",
        })
    }
}

/// Where a file's body says a status, and in which form: at its head, or in a section of its own. `is_status` tells which names the field has.
pub fn status_elsewhere(document: &Document, is_status: impl Fn(&str) -> bool) -> Option<(Form, Span)> {
    let body = document.source.slice(document.body);
    let is_name = |text: &str| is_status(text.trim_matches(|c: char| !c.is_alphanumeric()));
    if let Some(field) = late_fields(document).find(|field| is_name(&field.name.value)) {
        let span = Span { end: field.value.span.end.max(field.name.span.end), ..field.name.span };
        return Some((Form::LateFrontMatter, span));
    }
    let (mut is_head, mut has_title, mut is_code, mut is_section, mut is_fenced) = (true, false, false, false, false);
    let mut start = document.body.start as usize;
    for line in lines(body) {
        let (text, at) = (line.trim(), start + line.len() - line.trim_start().len());
        start += line.len()
            + body[start + line.len() - document.body.start as usize..].chars().next().map_or(0, char::len_utf8);
        let span = Span::new(at, at + text.len());
        if text.starts_with("```") || text.starts_with("~~~") {
            is_code = !is_code;
        }
        if is_code || text.is_empty() {
            continue;
        }
        if text == "---" || text == "+++" {
            is_fenced = is_head && !is_fenced;
            continue;
        }
        if let Some(heading) = heading(text) {
            is_head = is_head && !has_title;
            has_title = true;
            is_section = is_name(heading);
            continue;
        }
        if is_section {
            return Some((Form::Section, span));
        }
        if let Some(form) = form(text, is_fenced, is_name).filter(|_| is_head) {
            return Some((form, span));
        }
    }
    None
}

/// The fields of front matter that is out of place.
fn late_fields(document: &Document) -> impl Iterator<Item = &Field> {
    let late = document.fields.iter().filter(|field| is_late_front_matter(document, field));
    late.flat_map(|field| match &field.value.node {
        Node::Map(fields) => fields.as_slice(),
        Node::Scalar(_) | Node::List(_) => &[],
    })
}

/// The words of a heading.
fn heading(line: &str) -> Option<&str> {
    let text = line.trim_start_matches('#');
    (text.len() < line.len() && text.starts_with([' ', '\t'])).then_some(text)
}

/// The form in which a line gives a field with such a name a value.
fn form(line: &str, is_fenced: bool, is_name: impl Fn(&str) -> bool) -> Option<Form> {
    let says = |name: &str, value: &str| is_name(name) && value.contains(char::is_alphanumeric);
    if line.contains('|') {
        let mut cells = line.trim_matches('|').split('|');
        return says(cells.next()?, cells.next()?).then_some(Form::Table);
    }
    let mark = line.trim_start_matches(['*', '-', '+']);
    let is_bullet = line.len() == mark.len() + 1 && mark.starts_with(' ');
    let (name, value) = line.split_once([':', '='])?;
    let is_assigned = line[name.len()..].starts_with('=');
    // A sentence that has a colon is no field.
    if !says(name, value) || name.split_whitespace().count() > 4 {
        return None;
    }
    Some(match name.trim_start().chars().next() {
        _ if is_assigned => Form::Toml,
        _ if is_fenced => Form::LateFrontMatter,
        _ if is_bullet => Form::Bullets,
        Some('"' | '{') => Form::Json,
        Some('*' | '_') => Form::BoldLines,
        _ => Form::Lines,
    })
}
