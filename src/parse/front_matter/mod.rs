//! Front matter: the YAML between two `---` lines, as a tree in which every value knows its place.
//!
//! The head is read as YAML first. Where it is none, it is read again field by field (`rescue`), so that a mistake costs
//! the value it stands in and no more, and all mistakes of a file come in one run.
//!
//! Where the format is silent: of a field given twice the first counts; a head that is a list or prose is no front matter,
//! and stays in the body; past a limit, a field is kept as text.

mod explain;
mod lines;
mod rescue;
mod tree;

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::{Field, Node, Value};
use crate::diagnostic::{Code, Diagnostic};
use crate::name;
use crate::source::{Location, Source, Span, Spanned};
use lines::{field_name, lines};
use tree::{Refusal, Root};

/// Longest front matter that is read as YAML, in bytes. The field that crosses it is kept as text, with all that follows.
const MAX_BYTES: usize = 256 << 10;
/// Most diagnostics of one front matter; the rest are counted.
const MAX_DIAGNOSTICS: usize = 100;

/// What was read of a file's head.
#[derive(Debug)]
pub struct FrontMatter {
    /// The fields, in the order of the file, each name once.
    pub fields: Vec<Field>,
    /// The rest of the file; all of it where there is no front matter.
    pub body: Span,
    /// What is wrong with it, in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the front matter of `source`. A file whose name ends in `.yml` or `.yaml` is front matter and nothing else.
pub fn front_matter(source: &Arc<Source>) -> FrontMatter {
    let text = &source.text;
    let whole = Span::new(0, text.len());
    let alone = source.path.ends_with(".yml") || source.path.ends_with(".yaml");
    let mut diagnostics = Vec::new();
    let (head, body) = match bounds(text) {
        Bounds::None if !alone => return FrontMatter { fields: Vec::new(), body: whole, diagnostics },
        Bounds::None => (0..text.len(), text.len()),
        Bounds::Closed { start, .. } | Bounds::Open { start, .. } if alone => (start..text.len(), text.len()),
        Bounds::Closed { start, end, body } => (start..end, body),
        Bounds::Open { opening, start } => match fields_end(text, start..text.len()) {
            None => return FrontMatter { fields: Vec::new(), body: whole, diagnostics },
            Some(end) => {
                diagnostics.push(unterminated(source, opening, end));
                (start..end, end)
            }
        },
    };
    let mut read = fields(source, head.clone());
    let mut body = body;
    if !alone && diagnostics.is_empty() && !read.sound {
        // The line that closes it may be a thematic break far down in the body.
        if let Some(end) = runs_on(text, head.clone()) {
            read = fields(source, head.start..end);
            diagnostics.push(unterminated(source, opening(text, head.start), end));
            body = end;
        }
    }
    diagnostics.append(&mut read.diagnostics);
    let mut fields = read.fields;
    if let Cow::Owned(_) = name::composed(&text[head]) {
        fields.iter_mut().for_each(compose);
    }
    unique(source, &mut fields, &mut diagnostics);
    let body = match read.shape {
        Shape::Fields => Span::new(body, text.len()),
        Shape::Other if alone => Span::new(text.len(), text.len()),
        Shape::Other => whole,
    };
    FrontMatter { fields, body, diagnostics: capped(source, diagnostics) }
}

/// Composes the letters of a field's name and of all texts in it, so that one name is not two.
fn compose(field: &mut Field) {
    fn below(value: &mut Value) {
        match &mut value.node {
            Node::Scalar(text) => *text = name::composed(text).into_owned(),
            Node::List(list) => list.iter_mut().for_each(below),
            Node::Map(entries) => entries.iter_mut().for_each(compose),
        }
    }
    field.name.value = name::composed(&field.name.value).into_owned();
    below(&mut field.value);
}

/// Where the head of a file lies, in bytes.
enum Bounds {
    None,
    Closed { start: usize, end: usize, body: usize },
    Open { opening: Range<usize>, start: usize },
}

fn bounds(text: &str) -> Bounds {
    let mut lines = lines(text, 0..text.len());
    let Some(first) = lines.find(|line| !text[line.clone()].trim().is_empty()) else { return Bounds::None };
    if text[first.clone()].trim_end() != "---" {
        return Bounds::None;
    }
    let start = first.end;
    for line in lines {
        let words = &text[line.clone()];
        if (words.starts_with("---") || words.starts_with("...")) && words.trim_end().len() == 3 {
            return Bounds::Closed { start, end: line.start, body: line.end };
        }
    }
    Bounds::Open { opening: first.start..first.start + 3, start }
}

/// The opening line above `start`.
fn opening(text: &str, start: usize) -> Range<usize> {
    let line = text[..start].trim_end().len();
    line.saturating_sub(3)..line
}

/// Where a head without a closing line ends: at the first blank line or heading, if it begins with a field.
fn fields_end(text: &str, range: Range<usize>) -> Option<usize> {
    let first = text.get(lines(text, range.clone()).next()?)?;
    field_name(first)?;
    let body = |line: &Range<usize>| text[line.clone()].trim().is_empty() || is_heading(&text[line.clone()]);
    Some(lines(text, range.clone()).find(body).map_or(range.end, |line| line.start))
}

/// Where a head that is not sound runs on into the body: at a blank line with a heading and then something that is no
/// field behind it.
fn runs_on(text: &str, range: Range<usize>) -> Option<usize> {
    field_name(text.get(lines(text, range.clone()).next()?)?)?;
    let mut blank = None;
    let mut heading = None;
    for line in lines(text, range) {
        let words = &text[line.clone()];
        if words.trim().is_empty() {
            blank.get_or_insert(line.start);
        } else if is_heading(words) {
            heading = heading.or(blank);
        } else if words.starts_with('#') {
            // A comment or a tag: neither field nor prose.
        } else if heading.is_some() && field_name(words).is_none() {
            return heading;
        } else {
            (blank, heading) = (None, None);
        }
    }
    None
}

/// A Markdown heading; for YAML the same line is a comment.
fn is_heading(line: &str) -> bool {
    let words = line.trim_start_matches('#');
    (1..=6).contains(&(line.len() - words.len())) && words.starts_with(' ') && !words.trim().is_empty()
}

fn unterminated(source: &Arc<Source>, opening: Range<usize>, end: usize) -> Diagnostic {
    let location = |start, end| Location::new(source, Span::new(start, end));
    Diagnostic::new(
        Code::UNTERMINATED_FRONT_MATTER,
        location(opening.start, opening.end),
        "the front matter has no closing line",
    )
    .label("opened here")
    .help("add a line `---` after the last field")
    .related(location(end, end), "the body was taken to begin here")
}

/// What a head turned out to be.
enum Shape {
    Fields,
    /// A list or prose.
    Other,
}

/// A head, read.
struct Head {
    fields: Vec<Field>,
    shape: Shape,
    /// Whether it is YAML.
    sound: bool,
    diagnostics: Vec<Diagnostic>,
}

fn fields(source: &Arc<Source>, head: Range<usize>) -> Head {
    let text = &source.text;
    if head.len() > MAX_BYTES {
        return oversized(source, head);
    }
    let mut nodes = 0;
    let (read, broken) = match tree::tree(text, head.start, head.end, &mut nodes) {
        Ok(tree) => {
            let diagnostics =
                tree.refused.iter().map(|&(refusal, offset)| explain::refused(source, refusal, offset)).collect();
            match tree.root {
                Root::Empty => {
                    return Head { fields: Vec::new(), shape: Shape::Fields, sound: true, diagnostics };
                }
                Root::Fields(fields) => return Head { fields, shape: Shape::Fields, sound: true, diagnostics },
                Root::Value(value) => {
                    (Some(value), tree::Broken { failure: tree::YamlError::Shape, offset: head.start })
                }
            }
        }
        Err(broken) => (None, broken),
    };
    let is_list = matches!(&read, Some(Value { node: Node::List(_), .. }));
    if let Some((fields, diagnostics)) = (!is_list).then(|| rescue::rescue(source, head.clone(), &broken)).flatten() {
        return Head { fields, shape: Shape::Fields, sound: false, diagnostics };
    }
    let diagnostic = explain::no_fields(source, head, is_list);
    Head { fields: Vec::new(), shape: Shape::Other, sound: false, diagnostics: vec![diagnostic] }
}

/// Reads what is left of a head over [`MAX_BYTES`]: the field that crosses the limit holds all that follows as text.
fn oversized(source: &Arc<Source>, head: Range<usize>) -> Head {
    let text = &source.text;
    let limit = text.floor_char_boundary(head.start + MAX_BYTES);
    let last = lines(text, head.start..limit).filter_map(|line| Some((line.clone(), field_name(&text[line])?))).last();
    let Some((line, (name, after))) = last else {
        let location = Span::new(head.start, head.start);
        let diagnostics = vec![explain::refused(source, Refusal::Size, location)];
        return Head { fields: Vec::new(), shape: Shape::Other, sound: true, diagnostics };
    };
    let mut read = fields(source, head.start..line.start);
    let name_span = Span::new(line.start + name.start, line.start + name.end);
    let rest = &text[line.start + after..head.end];
    let value = rest.trim();
    let start = line.start + after + (rest.len() - rest.trim_start().len());
    let field = Field {
        name: Spanned::new(lines::unquoted(source.slice(name_span)).to_owned(), name_span),
        value: Value { span: Span::new(start, start + value.len()), node: Node::Scalar(value.to_owned()) },
    };
    read.fields.push(field);
    read.shape = Shape::Fields;
    read.diagnostics.push(explain::refused(source, Refusal::Size, name_span));
    read
}

/// Keeps the first of the fields with the same name, in `fields` and in every map below, and reports the others.
fn unique(source: &Arc<Source>, fields: &mut Vec<Field>, diagnostics: &mut Vec<Diagnostic>) {
    let mut repeated = Vec::new();
    if fields.len() <= 16 {
        for (index, field) in fields.iter().enumerate() {
            if let Some(first) = fields[..index].iter().find(|first| first.name.value == field.name.value) {
                repeated.push((index, first.name.span));
            }
        }
    } else {
        let mut seen: HashMap<&str, Span> = HashMap::with_capacity(fields.len());
        for (index, field) in fields.iter().enumerate() {
            let first = *seen.entry(&field.name.value).or_insert(field.name.span);
            if first != field.name.span {
                repeated.push((index, first));
            }
        }
    }
    if !repeated.is_empty() {
        let mut next = repeated.iter().peekable();
        let mut index = 0;
        fields.retain(|field| {
            let first = next.next_if(|repeated| repeated.0 == index).map(|repeated| repeated.1);
            index += 1;
            diagnostics.extend(first.map(|first| explain::duplicate(source, &field.name, first)));
            first.is_none()
        });
    }
    for field in fields {
        unique_below(source, &mut field.value, diagnostics);
    }
}

fn unique_below(source: &Arc<Source>, value: &mut Value, diagnostics: &mut Vec<Diagnostic>) {
    match &mut value.node {
        Node::Scalar(_) => {}
        Node::List(items) => items.iter_mut().for_each(|item| unique_below(source, item, diagnostics)),
        Node::Map(fields) => unique(source, fields, diagnostics),
    }
}

/// The diagnostics in the order of the file, no more than [`MAX_DIAGNOSTICS`] and one that counts the rest.
fn capped(source: &Arc<Source>, mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort_by_key(|diagnostic| diagnostic.location.as_ref().map(|location| location.span));
    if diagnostics.len() > MAX_DIAGNOSTICS {
        let rest = diagnostics.len() - MAX_DIAGNOSTICS;
        let first = diagnostics.swap_remove(MAX_DIAGNOSTICS);
        diagnostics.truncate(MAX_DIAGNOSTICS);
        let location = first.location.unwrap_or_else(|| Location::new(source, Span::default()));
        let message = format!("{rest} more mistakes in this front matter, the first of them here");
        diagnostics.push(Diagnostic::new(first.code, location, message).help("fix those above first"));
    }
    diagnostics
}
