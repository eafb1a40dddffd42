//! The author's own fields: everything in the front matter that no reader took. What is read is shown where it belongs; what is left, at any
//! depth, is kept as it was written, so that nothing is lost on the way to the pages.

use std::collections::{HashMap, HashSet};

use super::fields::{self, Registry, is_same};
use super::values::{Reader, is_nothing, naming};
use super::{Entry, Text};
use crate::config::{Config, Kind};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::{Document, Field, Node, Value};
use crate::source::Span;

impl Reader<'_> {
    /// Notes that the scalar at this place was read.
    pub(super) fn take(&self, scalar: Span) {
        self.taken.borrow_mut().insert(scalar);
    }

    /// Notes that all scalars of a value were read.
    pub(super) fn take_all(&self, value: &Value) {
        self.taken.borrow_mut().extend(value.texts().into_iter().map(|(_, span)| span));
    }

    /// Notes that those scalars of a value were read which these texts are made of.
    pub(super) fn take_those(&self, value: &Value, texts: &[Text]) {
        self.taken.borrow_mut().extend(scalars_of(value, texts));
    }

    /// Notes that those scalars were not read whole.
    pub(super) fn give_those_back(&self, value: &Value, texts: &[Text]) {
        let mut taken = self.taken.borrow_mut();
        scalars_of(value, texts).iter().for_each(|span| _ = taken.remove(span));
    }

    /// Notes that the texts of a list were not read whole whose keys are no part of it: `{lead: ana}`.
    pub(super) fn give_back_labelled(&self, value: &Value) {
        match &value.node {
            Node::Scalar(_) => {}
            Node::List(list) => list.iter().for_each(|value| self.give_back_labelled(value)),
            Node::Map(entries) => match naming(entries) {
                Some(named) => self.give_back_labelled(&named.value),
                None => {
                    let mut taken = self.taken.borrow_mut();
                    value.texts().iter().for_each(|(_, span)| _ = taken.remove(span));
                }
            },
        }
    }

    /// Notes that a field was not read after all.
    pub(super) fn give_back(&self, field: &str) {
        let mut taken = self.taken.borrow_mut();
        for (_, span) in self.all(field).into_iter().flat_map(Value::texts) {
            taken.remove(&span);
        }
    }

    /// What was left of the fields, and a word on those that look like a slip or give a field of one value again. To be called when all else
    /// was read. An item's own fields with a weight are inputs.
    pub(super) fn own_fields(&mut self, kind: Kind) -> Vec<Field> {
        let (document, taken) = (self.document, self.taken.take());
        let weights = if kind == Kind::Item { self.config.weights.as_slice() } else { &[] };
        let (mut own, is_again) = (Vec::new(), again(document));
        for field in &document.fields {
            let name = &field.name.value;
            let is_read = |name: &str| self.registry.field(self.collection_index, name).is_some();
            let has_known_entries = || {
                let is_known =
                    |entry: &Field| self.registry.entry(self.collection_index, name, &entry.name.value).is_some();
                matches!(&field.value.node, Node::Map(entries) if entries.iter().any(is_known))
            };
            let is_weight = weights.iter().any(|weight| is_same(&weight.name, name));
            let has_taken = || {
                !matches!(field.value.node, Node::Scalar(_))
                    && field.value.texts().iter().any(|(_, span)| taken.contains(span))
                    && self.registry.dependency(self.collection_index, field).is_none()
            };
            if is_read(name) || is_weight || self.related.replaces(field) || has_known_entries() || has_taken() {
                let rest = rest(&field.value, &taken);
                own.extend(rest.map(|value| Field { name: field.name.clone(), value }));
                continue;
            }
            if is_again.contains(&field.name.span) {
                own.push(field.clone());
                continue;
            }
            let names = weights.iter().map(|weight| weight.name.as_str());
            let dependency = self.registry.dependency(self.collection_index, field).filter(|_| kind == Kind::Item);
            let nearest = Registry::nearest(Some(kind), name, names);
            if let Some(nearest) = nearest.or(dependency.map(|known| known.field)) {
                let diagnostic = Diagnostic::new(
                    Code::MISSPELLED_FIELD,
                    self.location(field.name.span),
                    format!("Roadbook knows no field `{name}`"),
                )
                .help(format!("did you mean `{nearest}`? A field of your own is safe under a name like `x-{name}`"));
                let diagnostic = match dependency {
                    Some(known) => {
                        diagnostic.label(format!("read as `{}`, so that nothing that waits looks ready", known.field))
                    }
                    None => diagnostic,
                };
                self.report(diagnostic);
            }
            own.push(field.clone());
        }
        self.given_again(kind, &taken, &is_again);
        if is_again.is_empty() { own } else { joined(own) }
    }

    /// Reports fields of one value that the file gives again under another name; `is_again` are those under the same.
    fn given_again(&mut self, kind: Kind, taken: &HashSet<Span>, is_again: &HashSet<Span>) {
        let is_left = |value: &Value| value.texts().iter().any(|(_, span)| !taken.contains(span));
        let mut again = Vec::new();
        for (known, field) in self.known.iter().filter(|(_, field)| !is_again.contains(&field.name.span)) {
            let first = self
                .first(known.field)
                .filter(|first| first.name.span != field.name.span && first.name.value != field.name.value);
            if let Some(first) = first
                && fields::has(kind, known.field)
                && !is_nothing(&field.value)
                && is_left(&field.value)
            {
                let message = format!("`{}` gives the field `{}` again", field.name.value, known.field);
                again.push(
                    Diagnostic::new(Code::DUPLICATE_FIELD, self.location(field.name.span), message)
                        .label("shown among the other fields")
                        .help("keep one of the two")
                        .related(self.location(first.name.span), "this one counts"),
                );
            }
        }
        again.into_iter().for_each(|diagnostic| self.report(diagnostic));
    }
}

/// The places of the names that stand in the file for a second time as they are written.
fn again(document: &Document) -> HashSet<Span> {
    if document.diagnostics.is_empty() {
        return HashSet::new();
    }
    let mut seen = HashSet::new();
    document.fields.iter().filter(|field| !seen.insert(&field.name.value)).map(|field| field.name.span).collect()
}

/// The fields with those of one name as one, whose value is the list of theirs.
fn joined(fields: Vec<Field>) -> Vec<Field> {
    let (mut joined, mut places) = (Vec::<Field>::with_capacity(fields.len()), HashMap::new());
    for field in fields {
        let place = *places.entry(field.name.value.clone()).or_insert(joined.len());
        match joined.get_mut(place) {
            None => joined.push(field),
            Some(first) => match &mut first.value.node {
                Node::List(list) => list.push(field.value),
                Node::Scalar(_) | Node::Map(_) => {
                    let span = first.value.span;
                    let value = std::mem::replace(&mut first.value, Value { span, node: Node::List(Vec::new()) });
                    first.value.node = Node::List(vec![value, field.value]);
                }
            },
        }
    }
    joined
}

/// A second vision as the page that it is: what a vision has and a page has not is its author's own.
pub(super) fn as_page(mut entry: Entry, config: &Config) -> Entry {
    let registry = Registry::new(config);
    let is_again = again(&entry.document);
    let is_left = |field: &Field| {
        let extra = entry.extra.iter().filter(|_| !is_again.contains(&field.name.span));
        extra.into_iter().find(|extra| extra.name.value == field.name.value)
    };
    let own = entry.document.fields.iter().filter_map(|field| {
        let known = registry.field(entry.collection, &field.name.value).map(|known| known.field);
        let is_of_vision =
            known.is_some_and(|known| fields::has(Kind::Vision, known) && !fields::has(Kind::Page, known));
        if is_of_vision { Some(field) } else { is_left(field) }.cloned()
    });
    entry.extra = joined(own.collect());
    entry
}

/// The places of those scalars of a value that these texts, in the order of the file, are made of.
fn scalars_of(value: &Value, texts: &[Text]) -> Vec<Span> {
    let is_read = |span: &Span| {
        let before = texts.partition_point(|text| text.span.start < span.end);
        before.checked_sub(1).is_some_and(|last| texts[last].span.end > span.start)
    };
    value.texts().into_iter().map(|(_, span)| span).filter(is_read).collect()
}

/// A value without the scalars that were taken and those that say nothing; none where nothing is left.
pub(super) fn rest(value: &Value, taken: &HashSet<Span>) -> Option<Value> {
    let node = match &value.node {
        Node::Scalar(_) if is_nothing(value) || taken.contains(&value.span) => return None,
        Node::Scalar(text) => Node::Scalar(text.clone()),
        Node::List(list) => Node::List(list.iter().filter_map(|value| rest(value, taken)).collect()),
        Node::Map(entries) => Node::Map(rest_of(entries, taken)),
    };
    let is_empty = match &node {
        Node::Scalar(_) => false,
        Node::List(list) => list.is_empty(),
        Node::Map(entries) => entries.is_empty(),
    };
    (!is_empty).then_some(Value { span: value.span, node })
}

/// The same of the entries of a map.
pub(super) fn rest_of(entries: &[Field], taken: &HashSet<Span>) -> Vec<Field> {
    let rest = |entry: &Field| Some(Field { name: entry.name.clone(), value: rest(&entry.value, taken)? });
    entries.iter().filter_map(rest).collect()
}
