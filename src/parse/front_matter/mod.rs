//! Front matter: the YAML between two `---` lines, as a tree in which every value knows its place.
//!
//! The head is read as YAML first. Where it is none, it is read again field by field (`rescue`), so that a mistake costs
//! the value it stands in and no more, and all mistakes of a file come in one run.
//!
//! Where the format is silent: a field given twice stands there twice, and of an entry of a map given twice the first counts; a head that is a list or prose is no front matter,
//! and stays in the body; past a limit, a field is kept as text.

mod bounds;
mod explain;
mod hashes;
mod late;
mod lines;
mod repeated;
mod rescue;
mod toml;
mod toml_text;
mod tree;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::conflicts::{blanked, blanks, conflicts};
use super::{Field, Node, Value};
use crate::diagnostic::{Code, Diagnostic};
use crate::name;
use crate::source::{Location, Source, Span, Spanned};
use bounds::{Block, Bounds, Form, bounds, fields_end, runs_on};
use hashes::Text;
use lines::{field_name, lines};
use tree::{Refusal, Root};

/// Longest front matter that is read as YAML, in bytes. The field that crosses it is kept as text, with all that follows.
const MAX_BYTES: usize = 256 << 10;
/// Most diagnostics of one front matter; the rest are counted.
const MAX_DIAGNOSTICS: usize = 100;

/// What was read of a file's head.
#[derive(Debug)]
pub struct FrontMatter {
    /// The fields, in the order of the file; one that is given again is there again.
    pub fields: Vec<Field>,
    /// The rest of the file; all of it where there is no front matter.
    pub body: Span,
    /// The body as Markdown reads it, where that is not what stands in the file: blanks stand in for what is no text of it, byte for byte.
    pub markdown: Option<String>,
    /// What is wrong with it, in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the front matter of `source`. A file whose name ends in `.yml` or `.yaml` is front matter and nothing else.
pub fn front_matter(source: &Arc<Source>) -> FrontMatter {
    let alone = source.path.ends_with(".yml") || source.path.ends_with(".yaml");
    let conflicts = conflicts(&source.text);
    let text = &*blanked(&source.text, &conflicts);
    let mut read = first(source, text, alone);
    let mut late = None;
    if !alone {
        match read.is_found {
            true => late::further(source, text, &mut read),
            false => late = late::belated(source, text, &mut read),
        }
    }
    let mut diagnostics = read.diagnostics;
    let mut fields = read.fields;
    if let Cow::Owned(_) = name::composed(&text[..read.body]) {
        fields.iter_mut().for_each(compose);
    }
    repeated::report(source, &mut fields, &mut diagnostics);
    let mut diagnostics = capped(source, diagnostics);
    diagnostics.extend(conflicts.iter().map(|conflict| conflict.diagnostic(source)));
    diagnostics.sort_by_key(place);
    let body = blanks(text, late.into_iter());
    let markdown = (body != source.text.as_str()).then(|| body[read.body..].to_owned());
    let body = Span::new(read.body, text.len());
    FrontMatter { fields, body, markdown, diagnostics }
}

/// The front matter that a file begins with.
struct First {
    fields: Vec<Field>,
    /// Whether there is any.
    is_found: bool,
    /// Where the body begins.
    body: usize,
    diagnostics: Vec<Diagnostic>,
}

fn first(source: &Arc<Source>, text: &str, alone: bool) -> First {
    let mut diagnostics = Vec::new();
    let none = || First { fields: Vec::new(), is_found: false, body: 0, diagnostics: Vec::new() };
    let (form, head, body, opening) = match bounds(text) {
        Bounds::None if !alone => return none(),
        Bounds::None => (Form::Yaml, 0..text.len(), text.len(), 0..0),
        Bounds::Closed(Block { form, opening, head, .. }) if alone => {
            (form, head.start..text.len(), text.len(), opening)
        }
        Bounds::Open(form, opening, start) if alone => (form, start..text.len(), text.len(), opening),
        Bounds::Closed(Block { form, opening, head, body }) => (form, head, body, opening),
        Bounds::Open(form, opening, start) => match fields_end(text, form, start..text.len()) {
            None => return none(),
            Some(end) => {
                diagnostics.push(unterminated(source, text, opening.clone(), end));
                (form, start..end, end, opening)
            }
        },
    };
    let mut read = fields(source, text, form, head.clone());
    let mut body = body;
    if !alone && diagnostics.is_empty() && !read.sound {
        // The line that closes it may be a thematic break far down in the body.
        if let Some(end) = runs_on(text, head.clone()) {
            read = fields(source, text, form, head.start..end);
            diagnostics.push(unterminated(source, text, opening, end));
            body = end;
        }
    }
    diagnostics.append(&mut read.diagnostics);
    let body = match read.shape {
        Shape::Fields => body,
        Shape::Other if alone => text.len(),
        Shape::Other => 0,
    };
    First { fields: read.fields, is_found: body > 0, body, diagnostics }
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

fn unterminated(source: &Arc<Source>, text: &str, opening: Range<usize>, end: usize) -> Diagnostic {
    let fence = if text[opening.clone()].starts_with('+') { "+++" } else { "---" };
    let location = |start, end| Location::new(source, Span::new(start, end));
    Diagnostic::new(
        Code::UNTERMINATED_FRONT_MATTER,
        location(opening.start, opening.end),
        "the front matter has no closing line",
    )
    .label("opened here")
    .help(format!("add a line `{fence}` after the last field"))
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

/// Reads `head` of `text`, which is that of `source` without the signs of its conflicts.
fn fields(source: &Arc<Source>, text: &str, form: Form, head: Range<usize>) -> Head {
    if head.len() > MAX_BYTES {
        return oversized(source, text, form, head);
    }
    if form == Form::Toml {
        let (fields, diagnostics) = toml::fields(source, text, head);
        return Head { fields, shape: Shape::Fields, sound: true, diagnostics };
    }
    let yaml = Text::new(text, head.clone(), true);
    let mut nodes = 0;
    let (is_list, broken) = match tree::tree(&yaml, head.start, head.end, &mut nodes) {
        Ok(tree) => {
            let refused = tree.refused.iter().map(|&(refusal, offset)| explain::refused(source, refusal, offset));
            let diagnostics = refused.chain(yaml.diagnostics(source)).collect();
            let fields = match tree.root {
                Root::Empty => Ok(Vec::new()),
                Root::Fields(fields) => Ok(fields),
                Root::Value(value) => Err(matches!(value.node, Node::List(_))),
            };
            match fields {
                Ok(fields) => return Head { fields, shape: Shape::Fields, sound: true, diagnostics },
                Err(is_list) => (is_list, tree::Broken { failure: tree::YamlError::Shape, offset: head.start }),
            }
        }
        Err(broken) => (false, broken),
    };
    let by_lines = Text::new(text, head.clone(), false);
    if let Some((fields, mut diagnostics)) =
        (!is_list).then(|| rescue::rescue(source, &by_lines, head.clone(), &broken)).flatten()
    {
        diagnostics.extend(by_lines.diagnostics(source));
        return Head { fields, shape: Shape::Fields, sound: false, diagnostics };
    }
    let diagnostic = explain::no_fields(source, head, is_list);
    Head { fields: Vec::new(), shape: Shape::Other, sound: false, diagnostics: vec![diagnostic] }
}

/// Reads what is left of a head over [`MAX_BYTES`]: the field that crosses the limit holds all that follows as text.
fn oversized(source: &Arc<Source>, text: &str, form: Form, head: Range<usize>) -> Head {
    let limit = text.floor_char_boundary(head.start + MAX_BYTES);
    let last = lines(text, head.start..limit).filter_map(|line| Some((line.clone(), field_name(&text[line])?))).last();
    let Some((line, (name, after))) = last else {
        let location = Span::new(head.start, head.start);
        let diagnostics = vec![explain::refused(source, Refusal::Size, location)];
        return Head { fields: Vec::new(), shape: Shape::Other, sound: true, diagnostics };
    };
    let mut read = fields(source, text, form, head.start..line.start);
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

fn place(diagnostic: &Diagnostic) -> Option<Span> {
    diagnostic.location.as_ref().map(|location| location.span)
}

/// The diagnostics in the order of the file, no more than [`MAX_DIAGNOSTICS`] and one that counts the rest.
fn capped(source: &Arc<Source>, mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort_by_key(place);
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
