//! A status in a form that is not read as a field: people write it in tables, lists and bold lines, too. Nobody may take the silence of
//! such a file for an answer.

use std::fmt;

use super::flags::{is_about_visibility, is_yes};
use super::outside::{is_underline, lines};
use super::related::FLAT;
use super::spelling::{is_slip, normal};
use super::values::{is_nothing, naming};
use crate::date::Date;
use crate::parse::{Document, Field, Node, Value, is_late_front_matter};
use crate::source::Span;
use crate::state;

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
    /// `:status: done`.
    FieldList,
    /// `Status`, and below it `: done`.
    Definition,
    /// `<status>done</status>`.
    Tag,
    /// A line in the block of code that begins the file.
    Code,
    /// A heading `Status`, or the line below it.
    Section,
    /// `[status:: done]` within a text.
    Inline,
    /// A picture that is called so.
    Picture,
    /// A field such as `done: true`.
    Flag,
    /// A line `status = "done"`.
    Toml,
    /// An entry `"status": "done"`.
    Json,
    /// Front matter that does not begin the file, or a second one.
    LateFrontMatter,
    /// A field of the front matter that is called nearly so, or with other signs.
    OtherName,
    /// An entry of a map in the front matter.
    Nested,
    /// Bytes of another encoding: whether they say one is not known.
    NotText,
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
            Form::Inline => "in an inline field, as `[status:: …]`",
            Form::Picture => "in a picture",
            Form::Flag => "in the front matter as a yes or no",
            Form::Toml => "in TOML",
            Form::Json => "in JSON",
            Form::FieldList => "in a field list, as `:status: …`",
            Form::Definition => "in a list of definitions",
            Form::Tag => "in a tag, as `<status>…`",
            Form::Code => "in the block of code that begins the file",
            Form::LateFrontMatter => "in front matter that does not begin the file",
            Form::OtherName => "in the front matter under another name",
            Form::Nested => "in the front matter inside another field",
            Form::NotText => "in another encoding",
        })
    }
}

/// Where a text in UTF-16 or UTF-32 has a NUL: one of its first signs is of ASCII.
const NUL_BYTES: usize = 64;

/// Where a file says a status that is not read, and in which form: in its front matter by another name or inside another field, at the head of
/// its body, or in a section of its own. `is_status` tells which names the field has.
pub fn status_elsewhere(document: &Document, is_status: impl Fn(&str) -> bool) -> Option<(Form, Span)> {
    let body = &*document.unread();
    let is_name = |text: &str| {
        let text = text.trim_matches(|c: char| !c.is_alphanumeric());
        let rest = || {
            OWN.iter().find_map(|own| {
                text.get(..own.len()).filter(|head| head.eq_ignore_ascii_case(own)).map(|_| &text[own.len()..])
            })
        };
        is_status(text)
            || text.len() <= MAX_NAME && rest().is_some_and(|rest| is_status(rest.trim_start_matches([' ', '_', '-'])))
    };
    if let Some(field) = late_fields(document).find(|field| is_name(&field.name.value)) {
        let span = Span { end: field.value.span.end.max(field.name.span.end), ..field.name.span };
        return Some((Form::LateFrontMatter, span));
    }
    if let Some((form, field)) = field_elsewhere(&document.fields, false, &is_name) {
        return Some((form, Span { end: field.value.span.end.max(field.name.span.end), ..field.name.span }));
    }
    if document.source.text.bytes().take(NUL_BYTES).any(|byte| byte == 0) {
        return Some((Form::NotText, Span::default()));
    }
    let (mut is_first, mut is_first_code, mut above) = (true, false, "");
    let (mut is_head, mut has_title, mut is_code, mut is_section, mut is_fenced) = (true, false, false, false, false);
    let mut start = document.body.start as usize;
    for line in lines(body) {
        let (text, at) = (line.trim(), start + line.len() - line.trim_start().len());
        start += line.len()
            + body[start + line.len() - document.body.start as usize..].chars().next().map_or(0, char::len_utf8);
        let span = Span::new(at, at + text.len());
        if text.starts_with("```") || text.starts_with("~~~") {
            // Below the title it may be an example, unless it is one of data.
            match is_first && (!has_title || is_data_fence(text)) || is_first_code {
                true => is_first_code = !is_first_code,
                false => is_code = !is_code,
            }
            is_first = false;
            continue;
        }
        if is_code || text.is_empty() {
            continue;
        }
        let heading = heading(text);
        is_first &= heading.is_some() && !has_title;
        let above = std::mem::replace(&mut above, text);
        if is_head && is_name(above) {
            if text.starts_with(':') && text.contains(char::is_alphanumeric) {
                return Some((Form::Definition, span));
            }
            if is_underline(text) {
                is_section = true;
                continue;
            }
        }
        if text == "---" || text == "+++" {
            is_fenced = is_head && !is_fenced;
            continue;
        }
        if let Some(heading) = heading {
            let (name, value) = heading.split_once(':').unwrap_or((heading, ""));
            is_section = is_name(name);
            if is_section && value.contains(char::is_alphanumeric) || is_dashed(heading, is_name) {
                return Some((Form::Section, span));
            }
            is_head = is_head && !has_title;
            has_title = true;
            continue;
        }
        if is_section {
            return Some((Form::Section, span));
        }
        if text.contains("::") && is_inline(text, is_name) {
            return Some((Form::Inline, span));
        }
        // A bold line that is a name is a heading.
        if is_head && (text.starts_with("**") || text.starts_with("__")) && is_name(text) {
            is_section = true;
            continue;
        }
        let is_column =
            || text.contains('|') && is_column(text, &body[start - document.body.start as usize..], is_name);
        if is_head && is_column() {
            return Some((Form::Table, span));
        }
        if let Some(form) = form(text, is_fenced, is_name).filter(|_| is_head) {
            return Some((if is_first_code { Form::Code } else { form }, span));
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

/// The field or the entry of a map that says a status by another name, inside another field or as a flag, and which of these. Entries of
/// lists that have names are things of their own.
fn field_elsewhere<'a>(
    fields: &'a [Field],
    is_inside: bool,
    is_name: &impl Fn(&str) -> bool,
) -> Option<(Form, &'a Field)> {
    fields.iter().filter(|field| !is_nothing(&field.value)).find_map(|field| {
        let name = &field.name.value;
        // Every field of every silent item is asked, and few names are as long.
        let is_slip = || (5..=8).contains(&name.len()) && is_slip(&normal(name), "status");
        let is_part = || name.contains(FLAT) && name.split(FLAT).any(is_name);
        let is_last = || name.len() <= MAX_NAME && normal(name).ends_with("status");
        if is_name(name) || is_slip() || is_part() || is_last() {
            return Some((if is_inside { Form::Nested } else { Form::OtherName }, field));
        }
        match &field.value.node {
            Node::Map(entries) => field_elsewhere(entries, true, is_name),
            Node::Scalar(text) => (!is_inside && is_flag(name, text, &field.value)).then_some((Form::Flag, field)),
            Node::List(list) => list.iter().find_map(|value| match &value.node {
                Node::Map(entries) if naming(entries).is_none() => field_elsewhere(entries, true, is_name),
                Node::Scalar(_) | Node::List(_) | Node::Map(_) => None,
            }),
        }
    })
}

/// Words before the name of a status that say that it is the thing's own.
const OWN: &[&str] = &["current", "overall", "project", "present"];
/// Longest name that is looked at for the one of a status in it, in bytes.
const MAX_NAME: usize = 24;

/// `done: true`, and `completed: 2026-03-01`.
fn is_flag(name: &str, text: &str, value: &Value) -> bool {
    let is_dated = || Date::parse(text).is_some();
    if !is_yes(value) && !is_dated() || is_about_visibility(name) {
        return false;
    }
    let bare = name.trim_start_matches("is_").trim_start_matches("is-");
    let bare = bare.strip_prefix("is").filter(|rest| rest.starts_with(char::is_uppercase)).unwrap_or(bare);
    let state = state::state(bare, &[]);
    state.is_some_and(|state| is_yes(value) || !state.is_open())
}

/// Where the name of an inline field is looked for before its colons, in bytes. No name is as long.
const MAX_INLINE: usize = 64;

/// Whether an inline field in a line, `name:: value`, has such a name.
fn is_inline(line: &str, is_name: impl Fn(&str) -> bool) -> bool {
    line.match_indices("::").any(|(at, _)| {
        let before = &line[line.floor_char_boundary(at.saturating_sub(MAX_INLINE))..at];
        let name = before.rsplit(['[', '(', ' ', '*', '-']).next().unwrap_or_default();
        is_name(name) && line[at + 2..].contains(char::is_alphanumeric)
    })
}

/// Whether a line is the head of a table of one row that has such a column; `below` is what follows it.
fn is_column(line: &str, below: &str, is_name: impl Fn(&str) -> bool) -> bool {
    let mut cells = line.trim_matches('|').split('|');
    if !cells.any(is_name) {
        return false;
    }
    let mut rows = below.trim_start_matches(['\r', '\n']).lines().take_while(|line| line.contains('|'));
    let is_rule = |line: &str| line.chars().all(|c| "|-: \t".contains(c));
    rows.next().is_some_and(is_rule)
        && rows.next().is_some_and(|row| row.contains(char::is_alphanumeric))
        && rows.next().is_none()
}

/// Whether a line begins a block of code that holds data, as front matter does.
fn is_data_fence(line: &str) -> bool {
    let language = line.trim_start_matches(['`', '~']).split_whitespace().next().unwrap_or_default();
    ["json", "toml", "yaml", "yml"].iter().any(|data| language.eq_ignore_ascii_case(data))
}

/// The words of a heading.
fn heading(line: &str) -> Option<&str> {
    let text = line.trim_start_matches('#');
    (text.len() < line.len() && text.starts_with([' ', '\t'])).then_some(text)
}

/// The form in which a line gives a field with such a name a value.
fn form(line: &str, is_fenced: bool, is_name: impl Fn(&str) -> bool) -> Option<Form> {
    let says = |name: &str, value: &str| is_name(name) && value.contains(char::is_alphanumeric);
    let line = within(line);
    if line.starts_with('<') && line[1..].contains('<') {
        let cells: Vec<&str> = line
            .split('<')
            .filter_map(|tag| Some(tag.split_once('>')?.1.trim()))
            .filter(|text| !text.is_empty())
            .collect();
        let is_pair = cells.windows(2).any(|pair| is_name(pair[0]) && pair[1].contains(char::is_alphanumeric));
        return is_pair.then_some(Form::Tag).or_else(|| form_of_text(line, is_fenced, &says));
    }
    let picture = line.trim_start_matches('[').strip_prefix("![").and_then(|rest| rest.split_once(']'));
    if picture.is_some_and(|(name, _)| is_name(name)) {
        return Some(Form::Picture);
    }
    form_of_text(line, is_fenced, &says)
}

/// A line without the signs of a quotation, a call-out or a numbered list before it.
fn within(line: &str) -> &str {
    let inner = line.trim_start_matches(['>', ' ']);
    let inner = inner
        .strip_prefix("[!")
        .and_then(|rest| rest.split_once(']'))
        .map_or(inner, |(_, rest)| rest.trim_start_matches(['+', '-', ' ']));
    let number = inner.trim_start_matches(|c: char| c.is_ascii_digit());
    let behind = if number.len() < inner.len() { number.strip_prefix(['.', ')']) } else { None };
    let inner = behind.filter(|rest| rest.starts_with(' ')).map_or(inner, str::trim_start);
    // An entry of a list of tasks that is ticked.
    let entry = inner.trim_start_matches(['-', '*', '+', ' ']);
    entry.strip_prefix("[x]").or(entry.strip_prefix("[X]")).map_or(inner, str::trim_start)
}

/// Whether words say a status behind a dash or an arrow: a sentence may have one, but hardly a state behind it.
fn is_dashed(words: &str, is_name: impl Fn(&str) -> bool) -> bool {
    [" - ", "–", "—", "→", "->", "=>"].iter().any(|sign| {
        let parts = words.split_once(sign);
        parts.is_some_and(|(name, value)| is_name(name) && state::state(value.trim(), &[]).is_some())
    })
}

/// The same of a line that is plain text.
fn form_of_text(line: &str, is_fenced: bool, says: &impl Fn(&str, &str) -> bool) -> Option<Form> {
    if line.contains('|') {
        let mut cells = line.trim_matches('|').split('|');
        return says(cells.next()?, cells.next()?).then_some(Form::Table);
    }
    let mark = line.trim_start_matches(['*', '-', '+']);
    let is_bullet = line.len() == mark.len() + 1 && mark.starts_with(' ');
    let gives = |part: &str| part.split_once(':').is_some_and(|(name, value)| says(name, value));
    if line.starts_with(['{', '"']) && line.split(',').any(gives) {
        return Some(Form::Json);
    }
    let tag = line.strip_prefix('<').and_then(|tag| tag.split_once('>'));
    if tag.is_some_and(|(name, rest)| says(name, rest.split('<').next().unwrap_or_default())) {
        return Some(Form::Tag);
    }
    if line.strip_prefix(':').is_some_and(gives) {
        return Some(Form::FieldList);
    }
    if is_dashed(mark.trim_start(), |name| says(name, "1")) {
        return Some(if is_bullet { Form::Bullets } else { Form::Lines });
    }
    let (name, value) = line.split_once([':', '=', '：'])?;
    let is_assigned = line[name.len()..].starts_with('=');
    // A sentence that has a colon is no field.
    if !says(name, value) || name.split_whitespace().count() > 4 {
        return None;
    }
    Some(match name.trim_start().chars().next() {
        _ if is_assigned => Form::Toml,
        _ if is_fenced => Form::LateFrontMatter,
        _ if is_bullet => Form::Bullets,
        Some('*' | '_') => Form::BoldLines,
        _ => Form::Lines,
    })
}
