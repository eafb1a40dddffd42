//! Reading typed values out of a document's fields: each field says what its text means.

use std::cell::RefCell;
use std::collections::HashSet;
use std::sync::Arc;

use super::commas::parts;
use super::fields::{Known, Registry, is_same};
use super::flags::is_yes_or_no;
use super::names::is_labelled;
use super::word_links::{called, says_more, unwrapped};
use super::{Horizon, Number, Text, related::Related};
use crate::config::{Collection, Config};
use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic};
use crate::number::Decimal;
use crate::parse::{Document, Field, Node, Value, place};
use crate::source::{Location, Source, Span, Spanned};
use crate::state;

/// Reads one document's fields; every mistake becomes a diagnostic and the value is left out.
pub(super) struct Reader<'a> {
    pub(super) document: &'a Arc<Document>,
    /// The same with the fields that are hidden: they say as well who may see the file.
    pub(super) whole: &'a Arc<Document>,
    pub(super) collection_index: usize,
    pub(super) collection: &'a Collection,
    pub(super) config: &'a Config,
    pub(super) registry: &'a Registry,
    pub(super) related: &'a Related,
    /// The known fields in the order of the file, entries of maps such as `relations` included.
    pub(super) known: Vec<(Known, &'a Field)>,
    /// The places of the scalars that were read: what is not among them is shown as the author's own.
    pub(super) taken: RefCell<HashSet<Span>>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        document: &'a Arc<Document>,
        whole: &'a Arc<Document>,
        collection_index: usize,
        config: &'a Config,
        registry: &'a Registry,
        related: &'a Related,
    ) -> Reader<'a> {
        let mut known = Vec::with_capacity(document.fields.len());
        for field in document.fields.iter().filter(|field| !related.replaces(field)) {
            let name = &field.name.value;
            if let Some(found) = registry.field(collection_index, name) {
                known.push((found, field));
            } else if let Node::Map(entries) = &field.value.node {
                let found =
                    |entry: &'a Field| Some((registry.entry(collection_index, name, &entry.name.value)?, entry));
                known.extend(entries.iter().filter_map(found));
            }
        }
        known.extend(related.fields.iter().map(|(known, field)| (*known, field)));
        let collection = &config.collections[collection_index];
        let (taken, diagnostics) = (RefCell::default(), Vec::new());
        Reader { document, whole, collection_index, collection, config, registry, related, known, taken, diagnostics }
    }

    /// What went wrong.
    pub(super) fn finish(self) -> Vec<Diagnostic> {
        self.diagnostics
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    pub(super) fn location(&self, span: Span) -> Location {
        Location::new(&self.document.source, span)
    }

    /// The value of a field: of several names, the one that the registry puts first.
    pub(super) fn value(&self, field: &str) -> Option<&'a Value> {
        self.first(field).map(|field| &field.value)
    }

    /// The field behind [`Reader::value`].
    pub(super) fn first(&self, field: &str) -> Option<&'a Field> {
        let all = self.known.iter().filter(|(known, found)| known.field == field && !is_nothing(&found.value));
        all.min_by_key(|(known, _)| known.precedence).map(|(_, found)| *found)
    }

    /// All values of a field, under whatever name, also those that say nothing.
    pub(super) fn all(&self, field: &str) -> Vec<&'a Value> {
        self.fields(field).map(|found| &found.value).collect()
    }

    /// The same with their names.
    pub(super) fn fields(&self, field: &str) -> impl Iterator<Item = &'a Field> {
        self.known.iter().filter(move |(known, _)| known.field == field).map(|(_, found)| *found)
    }

    /// A field of one text. A list gives its first entry; a word with another one behind it stays with it.
    pub(super) fn text(&self, field: &str) -> Option<Text> {
        let value = self.value(field)?;
        if is_labelled(value) {
            self.take_all(value);
            return Some(Spanned::new(value.flat(), value.span));
        }
        let text = first_text(value)?;
        self.take(text.span);
        Some(text)
    }

    /// The same for a reader that may find that it can make nothing of it, and calls [`Reader::take`] if it can.
    pub(super) fn unread_text(&self, field: &str) -> Option<Text> {
        first_text(self.value(field)?)
    }

    /// A text without its place; empty where there is none.
    pub(super) fn words(&self, field: &str) -> String {
        self.text(field).map(|text| text.value).unwrap_or_default()
    }

    /// A field that holds several texts: a list, comma text or one scalar; all names of the field add up, each text once.
    pub(super) fn list(&self, field: &str) -> Vec<Text> {
        self.all_texts(field, |value, list| texts(value, self.source_of_several(value), list))
    }

    /// Whether a value stands in quotes, as one: what is in them is one text.
    pub(super) fn is_quoted(&self, value: &Value) -> bool {
        let written = self.document.source.slice(value.span);
        let inner = |quote: char| written.strip_prefix(quote)?.strip_suffix(quote);
        match inner('"') {
            Some(inner) => !inner.replace("\\\\", "").replace("\\\"", "").contains('"'),
            None => inner('\'').is_some_and(|inner| !inner.replace("''", "").contains('\'')),
        }
    }

    /// The file of a value in which commas may tell several texts apart.
    fn source_of_several(&self, value: &Value) -> Option<&'a Source> {
        Some(&*self.document.source).filter(|_| !self.is_quoted(value))
    }

    /// A word that has to be understood, without what stands behind a number sign: `done #|draft|done`. Quotes keep all of it.
    pub(super) fn bare<'t>(&self, text: &'t Text) -> &'t str {
        match self.document.source.slice(text.span).starts_with(['"', '\'']) {
            true => &text.value,
            false => before_hash(&text.value),
        }
    }

    /// A list whose entries are sentences: commas belong to them.
    pub(super) fn sentences(&self, field: &str) -> Vec<Text> {
        self.all_texts(field, sentences)
    }

    fn all_texts(&self, field: &str, read: impl Fn(&'a Value, &mut Vec<Text>)) -> Vec<Text> {
        let (mut list, mut seen): (Vec<Text>, _) = (Vec::new(), HashSet::new());
        for value in self.all(field) {
            let from = list.len();
            read(value, &mut list);
            self.take_those(value, &list[from..]);
            self.give_back_labelled(value);
        }
        list.retain(|text| !is_placeholder(&text.value) && seen.insert(text.value.clone()));
        list
    }

    /// References: lists whose entries may be links, wiki links, or carry a remark. One that says more than what it refers to is shown whole
    /// among the author's own fields, too.
    pub(super) fn references(&self, field: &str) -> Vec<Text> {
        let (mut references, mut seen): (Vec<Text>, _) = (Vec::new(), HashSet::new());
        for value in self.all(field) {
            let mut parts = Vec::new();
            texts(value, self.source_of_several(value), &mut parts);
            self.take_those(value, &parts);
            let (more, _): (Vec<Text>, Vec<Text>) = parts.iter().cloned().partition(|part| says_more(&part.value));
            self.give_those_back(value, &more);
            self.give_back_labelled(value);
            let named = |part: Text| unwrapped(&part.value).into_iter().map(move |name| Spanned::new(name, part.span));
            references.extend(parts.into_iter().flat_map(named));
        }
        references.retain(|text| !is_placeholder(&text.value) && seen.insert(text.value.clone()));
        references
    }

    /// The first of the references. Where there are others, they are shown among the author's own fields.
    pub(super) fn reference(&self, field: &str) -> Option<Text> {
        let mut references = self.references(field).into_iter();
        let first = references.next();
        let others: Vec<Text> = references.collect();
        if !others.is_empty() {
            self.all(field).into_iter().for_each(|value| self.give_those_back(value, &others));
        }
        first
    }

    /// A number, or a word that the configuration gives a number.
    pub(super) fn number(&mut self, field: &str) -> Option<Decimal> {
        self.number_with_location(field).map(|number| number.value)
    }

    /// The same with its place.
    pub(super) fn number_with_location(&mut self, field: &str) -> Option<Number> {
        let text = self.unread_text(field)?;
        self.number_of(field, text)
    }

    /// A number in a field of the author's own.
    pub(super) fn own_number(&mut self, name: &str) -> Option<Number> {
        let fields = self.document.fields.iter().filter(|field| is_same(&field.name.value, name));
        let text = first_text(fields.map(|field| &field.value).find(|value| !is_nothing(value))?)?;
        self.number_of(name, text)
    }

    fn number_of(&mut self, field: &str, text: Text) -> Option<Number> {
        let word = self.bare(&text);
        let number = Decimal::parse(word).or_else(|| self.config.sizes.get(&word.to_lowercase()).copied());
        if number.is_none() {
            let diagnostic = Diagnostic::new(
                Code::UNREADABLE_NUMBER,
                self.location(text.span),
                format!("`{}` is not a number for `{field}`", text.value),
            )
            .label("expected a number from 0 up, or a size such as `M`")
            .help("write a number like `3` or `2.5`, or map the word under `sizes` in roadbook.yml");
            self.report(diagnostic);
        }
        number.map(|number| {
            self.take(text.span);
            Spanned::new(number, text.span)
        })
    }

    /// The field of ours that a name means.
    pub(super) fn known_field(&self, name: &str) -> Option<&'static str> {
        self.registry.field(self.collection_index, name).map(|known| known.field)
    }

    /// A date.
    pub(super) fn date(&mut self, field: &str) -> Option<Date> {
        let text = self.unread_text(field)?;
        let date = Date::parse(self.bare(&text));
        if date.is_some() {
            self.take(text.span);
        } else if let Some(date) = called(&text.value).and_then(Date::parse) {
            return Some(date);
        } else if !self.is_status(field, &text) {
            let diagnostic = Diagnostic::new(
                Code::UNREADABLE_DATE,
                self.location(text.span),
                format!("`{}` is not a date for `{field}`", text.value),
            )
            .help("write a day (`2026-03-31`), a month (`2026-03`), a quarter (`2026-Q1`) or a year");
            self.report(diagnostic);
        }
        date
    }

    /// Whether a field gives a status by a yes or no: `completed: true`.
    fn is_status(&self, field: &str, text: &Text) -> bool {
        let is_word = |field: &Field| state::state(&field.name.value, &[]).is_some();
        is_yes_or_no(&text.value) && self.fields(field).any(|field| field.value.span == text.span && is_word(field))
    }

    /// A horizon.
    pub(super) fn horizon(&self) -> Option<Horizon> {
        let mut name = self.name("horizon")?;
        let word = self.bare(&name);
        let same = |horizon: &String| horizon.trim().eq_ignore_ascii_case(word);
        let by_date = |horizon: &String| {
            Date::parse(horizon).is_some_and(|date| Date::parse(word).is_some_and(|other| date == other))
        };
        let horizons = &self.config.horizons;
        let rank = horizons.iter().position(same).or_else(|| horizons.iter().position(by_date));
        if let Some(rank) = rank {
            name.value.clone_from(&horizons[rank]);
        }
        Some(Horizon { name, rank })
    }

    /// The entry `name` of a map field, as text.
    pub(super) fn entry(&self, field: &str, name: &str) -> String {
        let Some(Node::Map(entries)) = self.value(field).map(|value| &value.node) else {
            return String::new();
        };
        let text = named_text(entries, name);
        text.iter().for_each(|text| self.take(text.span));
        text.map(|text| text.value).unwrap_or_default()
    }
}

/// The text of an entry of a map; none where it is missing or says nothing.
pub(super) fn named_text(entries: &[Field], name: &str) -> Option<Text> {
    let found = entries.iter().find(|field| field.name.value.eq_ignore_ascii_case(name))?;
    first_text(&found.value).filter(|text| !is_placeholder(&text.value))
}

/// A text without what stands behind a number sign.
pub(super) fn before_hash(text: &str) -> &str {
    text.split(" #").next().unwrap_or_default().trim_end()
}

/// A value on one line; of a text, what stands before a number sign: a remark must not hide a word that closes a file.
pub(super) fn flat_word(value: &Value) -> String {
    match &value.node {
        Node::Scalar(_) => before_hash(&value.flat()).to_owned(),
        Node::List(_) | Node::Map(_) => value.flat(),
    }
}

/// Whether a text is one of the words that stand for nothing, such as `tbd` and `n/a`.
pub fn is_placeholder(text: &str) -> bool {
    let text = text.trim();
    text.is_empty()
        || ["none", "tbd", "n/a", "na", "null", "~", "-", "–", "—", "[]", "{}", "?"]
            .iter()
            .any(|placeholder| text.eq_ignore_ascii_case(placeholder))
}

pub(super) fn is_nothing(value: &Value) -> bool {
    match &value.node {
        Node::Scalar(text) => is_placeholder(text),
        Node::List(list) => list.iter().all(is_nothing),
        Node::Map(entries) => entries.is_empty(),
    }
}

fn first_text(value: &Value) -> Option<Text> {
    match &value.node {
        Node::Scalar(text) => Some(Spanned::new(text.trim().to_owned(), value.span)),
        Node::List(list) => list.iter().filter(|value| !is_nothing(value)).find_map(first_text),
        Node::Map(entries) => {
            let values = || entries.iter().map(|field| &field.value).filter(|value| !is_nothing(value));
            values().find_map(first_text).or_else(|| keys(entries, value.span))
        }
    }
}

/// The names of entries behind which nothing stands, `{done}`, as one text; none of an empty map.
fn keys(entries: &[Field], span: Span) -> Option<Text> {
    let names: Vec<&str> = entries.iter().map(|entry| entry.name.value.trim()).collect();
    (!names.is_empty()).then(|| Spanned::new(names.join(", "), span))
}

/// All texts of a value, lists in lists made flat. `commas`: the file of a scalar that may hold several texts.
fn texts(value: &Value, commas: Option<&Source>, into: &mut Vec<Text>) {
    match &value.node {
        Node::Scalar(text) if let Some(source) = commas => {
            let parts = parts(text, &[',']).into_iter();
            into.extend(parts.map(|part| {
                let span = place(source, value.span, text, part.clone());
                Spanned::new(text[part].to_owned(), span)
            }));
        }
        Node::Scalar(text) => into.push(Spanned::new(text.trim().to_owned(), value.span)),
        Node::List(list) => list.iter().for_each(|value| match &value.node {
            Node::Map(entries) if naming(entries).is_none() => entries.iter().for_each(|entry| keyed(entry, into)),
            _ => texts(value, None, into),
        }),
        Node::Map(entries) => match naming(entries) {
            Some(named) => texts(&named.value, None, into),
            None => entries.iter().for_each(|entry| match is_nothing(&entry.value) {
                true => into.push(Spanned::new(entry.name.value.trim().to_owned(), entry.name.span)),
                false => texts(&entry.value, None, into),
            }),
        },
    }
}

/// The entry of a map that names the thing.
pub(super) fn naming(entries: &[Field]) -> Option<&Field> {
    const NAMES: [&str; 7] = ["id", "ref", "name", "title", "path", "url", "number"];
    let named = |name: &&str, is_known: bool| {
        let is_it =
            |field: &&Field| field.name.value.eq_ignore_ascii_case(name) && !(is_known && is_nothing(&field.value));
        entries.iter().find(is_it)
    };
    // An id that somebody is to fill in names nothing, where another entry does.
    NAMES.iter().find_map(|name| named(name, true)).or_else(|| NAMES.iter().find_map(|name| named(name, false)))
}

/// The text of an entry in a list that has a colon in it: what stands before it, with a word on it behind, `a: because`. An address is not
/// a word on its label.
fn keyed(entry: &Field, into: &mut Vec<Text>) {
    match &entry.value.node {
        Node::Scalar(text) if !text.contains("://") => {
            into.push(Spanned::new(entry.name.value.trim().to_owned(), entry.name.span));
        }
        _ => texts(&entry.value, None, into),
    }
}

/// All texts of a value, each a sentence: a colon in one is part of it.
fn sentences(value: &Value, into: &mut Vec<Text>) {
    match &value.node {
        Node::List(list) => list.iter().for_each(|value| sentences(value, into)),
        Node::Map(entries) if naming(entries).is_none() => into.push(Spanned::new(value.flat(), value.span)),
        _ => texts(value, None, into),
    }
}
