//! Names that are given again. A field is kept each time, since whether its values add up is for the field to say; of an entry of a map, the
//! first counts.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::{Field, Node, Value};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Location, Source, Span};

/// Reports the fields that are given again, and keeps the first of the entries with the same name in every map below.
pub(super) fn report(source: &Arc<Source>, fields: &mut [Field], diagnostics: &mut Vec<Diagnostic>) {
    let again = repeated(fields).into_iter();
    diagnostics.extend(again.map(|(index, first)| given_again(source, &fields[index], first)));
    fields.iter_mut().for_each(|field| unique_below(source, &mut field.value, diagnostics));
}

/// The fields whose name another one before them has, by their index, each with the place of the first such name.
fn repeated(fields: &[Field]) -> Vec<(usize, Span)> {
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
    repeated
}

/// Keeps the first of the entries with the same name, in a map and in every one below, and reports the others.
fn unique(source: &Arc<Source>, fields: &mut Vec<Field>, diagnostics: &mut Vec<Diagnostic>) {
    let repeated = repeated(fields);
    if !repeated.is_empty() {
        let mut next = repeated.iter().peekable();
        let mut index = 0;
        fields.retain(|field| {
            let first = next.next_if(|repeated| repeated.0 == index).map(|repeated| repeated.1);
            index += 1;
            diagnostics.extend(first.map(|first| duplicate(source, field, first)));
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

/// A field that is given again under the same name. Whether it adds up is for the field to say.
fn given_again(source: &Arc<Source>, field: &Field, first: Span) -> Diagnostic {
    let message = format!("`{}` is given again", field.name.value);
    Diagnostic::new(Code::DUPLICATE_FIELD, Location::new(source, field.name.span), message)
        .label("here once more")
        .help("keep one: of a field of several values all are read, of one value the first that says something")
        .related(Location::new(source, first), "it stands here already")
}

/// An entry of a map that is given again.
fn duplicate(source: &Arc<Source>, field: &Field, first: Span) -> Diagnostic {
    let (name, value) = (&field.name, field.value.flat());
    let label = if value.is_empty() { "not read".to_owned() } else { format!("`{value}` is not read") };
    Diagnostic::new(
        Code::DUPLICATE_FIELD,
        Location::new(source, name.span),
        format!("`{}` is given again, and the first one counts", name.value),
    )
    .label(label)
    .help("keep one of the two")
    .related(Location::new(source, first), "this one counts")
}
