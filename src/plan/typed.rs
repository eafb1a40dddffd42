//! One file, typed: what its fields say, and the reader that knows what they mean in a configuration.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::related::Related;
use super::values::Reader;
use super::{Doubt, Entry, Item, Page, Theme, Vision, audience, data_file, entry, fields, flags, item};
use crate::config::{self, Audience, Collection, Config, Kind};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::{Document, Field, Node, Readers, Value};
use crate::source::{Location, Source, Span};

/// What one file says: the thing it describes, typed, and what is wrong with its values.
#[derive(Clone, Debug)]
pub struct TypedDocument {
    pub(super) thing: Thing,
    diagnostics: Vec<Diagnostic>,
}

#[derive(Clone, Debug)]
pub(super) enum Thing {
    Vision(Box<Vision>),
    Theme(Box<Theme>),
    Item(Arc<Item>),
    Page(Box<Page>),
}

impl Thing {
    /// What things of all kinds have, of one that nobody else holds.
    fn entry_mut(&mut self) -> Option<&mut Entry> {
        match self {
            Thing::Vision(vision) => Some(&mut vision.entry),
            Thing::Theme(theme) => Some(&mut theme.entry),
            Thing::Item(item) => Arc::get_mut(item).map(|item| &mut item.entry),
            Thing::Page(page) => Some(&mut page.entry),
        }
    }
}

impl TypedDocument {
    /// What things of all kinds have.
    pub fn entry(&self) -> &Entry {
        match &self.thing {
            Thing::Vision(vision) => &vision.entry,
            Thing::Theme(theme) => &theme.entry,
            Thing::Item(item) => &item.entry,
            Thing::Page(page) => &page.entry,
        }
    }

    pub(super) fn document(&self) -> &Document {
        &self.entry().document
    }

    /// What is wrong with the file and its values.
    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        self.document().diagnostics.iter().chain(&self.diagnostics)
    }
}

/// Reads the fields of documents, one at a time: what a document says depends on the configuration and on no other document, so
/// that a typed document can be remembered.
pub struct FieldReader<'a> {
    pub(super) config: &'a Config,
    pub(super) registry: fields::Registry,
    /// Fields that are left out as if nobody had written them, by their names and by those of the registry.
    hidden: Vec<String>,
}

impl<'a> FieldReader<'a> {
    /// The reader of this configuration, for an audience: the public is not given the fields that are internal.
    pub fn new(config: &'a Config, audience: Audience) -> FieldReader<'a> {
        let hidden = if audience == Audience::Public { config.internal.fields.clone() } else { Vec::new() };
        FieldReader { config, registry: fields::Registry::new(config), hidden }
    }

    /// Reads a document of the collection with this index.
    pub fn read(&self, document: &Arc<Document>, collection: usize) -> TypedDocument {
        let slips = self.slips(document, collection);
        let shown = &self.without_hidden(document, collection);
        let related = Related::new(shown, collection, &self.registry);
        let mut reader = Reader::new(shown, document, collection, self.config, &self.registry, &related);
        let entry = entry::entry(&mut reader);
        let kind = entry.kind;
        let mut thing = match kind {
            Kind::Vision => Thing::Vision(Box::new(entry::vision(entry, &mut reader))),
            Kind::Theme => Thing::Theme(Box::new(entry::theme(entry, &mut reader))),
            Kind::Item => Thing::Item(Arc::new(item::item(entry, &mut reader))),
            Kind::Page => Thing::Page(Box::new(entry::page(entry, &mut reader))),
        };
        let own = reader.own_fields(kind);
        if let Some(entry) = thing.entry_mut() {
            entry.extra = own;
        }
        TypedDocument { thing, diagnostics: reader.finish().into_iter().chain(slips).collect() }
    }

    /// How the files of each collection are read beside their front matter; none for those that have fields nowhere else.
    pub fn readers(&self) -> Vec<Option<Arc<Readers>>> {
        let readers = |(index, collection): (usize, &Collection)| {
            let order = &collection.readers;
            order
                .iter()
                .any(|reader| *reader != config::Reader::FrontMatter)
                .then(|| Arc::new(Readers { order: order.clone(), names: self.registry.names(index, collection.kind) }))
        };
        self.config.collections.iter().enumerate().map(readers).collect()
    }

    /// The canonical name of a field, by any of its names.
    pub fn canonical(&self, collection: usize, name: &str) -> Option<&'static str> {
        self.registry.field(collection, name).map(|known| known.field)
    }

    /// Whether a kind of file has a field, by its canonical name.
    pub fn has(&self, kind: Kind, field: &str) -> bool {
        fields::has(kind, field)
    }

    /// Whether nobody can be sure what a document says of who may see it.
    pub fn doubt(&self, document: &Document) -> Doubt {
        self.registry.visibility.doubt(document)
    }

    /// The part of a file of data, such as `static/a.json`, that says who may see it, as front matter.
    pub fn front_of_data(&self, source: &Source) -> Option<String> {
        let is_toml = source.path.to_lowercase().ends_with(".toml");
        data_file::front(&source.text, is_toml, &self.registry.visibility)
    }

    /// A document without the fields that are hidden.
    pub fn without_hidden(&self, document: &Arc<Document>, collection: usize) -> Arc<Document> {
        if self.hidden.is_empty() {
            return Arc::clone(document);
        }
        let is_hidden = |name: &str| {
            self.hidden
                .iter()
                .any(|hidden| self.is_called(hidden, name, collection) || self.is_slip_of(hidden, name, collection))
        };
        let mut shown = Document::clone(document);
        without(&mut shown.fields, "", &is_hidden);
        Arc::new(shown)
    }

    /// Whether a name of the configuration is that of a field, or another name of the same.
    fn is_called(&self, configured: &str, name: &str, collection: usize) -> bool {
        let known = self.canonical(collection, name);
        fields::is_same(configured, name) || known.is_some() && known == self.canonical(collection, configured)
    }

    /// Where a document has something that is read as a hidden field, and is not taken away with it.
    pub fn reads_as_hidden(&self, document: &Arc<Document>, collection: usize) -> Option<Span> {
        let is_related = |field: &&str| ["depends_on", "blocks"].contains(field);
        let hidden = self.hidden.iter().filter_map(|name| self.canonical(collection, name)).filter(is_related);
        let hidden: Vec<&str> = hidden.collect();
        if hidden.is_empty() {
            return None;
        }
        let related = Related::new(&self.without_hidden(document, collection), collection, &self.registry);
        let read = related.fields.iter().find(|(known, _)| hidden.contains(&known.field));
        read.map(|(_, field)| Span { end: field.value.span.end.max(field.name.span.end), ..field.name.span })
    }

    /// Whether a field's name has no meaning of its own and is so near to one of the configuration that it may have been meant.
    fn is_slip_of(&self, configured: &str, name: &str, collection: usize) -> bool {
        let is_known = self.canonical(collection, name).is_some();
        // A remark behind the name makes no other field of it: `x-notes (old)`.
        let bare = name.split(['(', '[']).next().unwrap_or(name);
        // Nor does a language: `x-notes@de`, `x-notes_de`.
        let of_language = bare.rsplit_once(['-', '_']).filter(|(_, language)| language.trim().len() == 2);
        let parts = bare.split(['.', '/', '@']).chain(of_language.map(|(name, _)| name));
        !is_known && parts.into_iter().any(|part| fields::is_nearly(configured, part))
    }

    /// The diagnostics of fields that are hidden because they are called nearly as an internal one.
    fn slips(&self, document: &Document, collection: usize) -> Vec<Diagnostic> {
        let internal = &self.config.internal.fields;
        let slip = |field: &Field| {
            let name = &field.name.value;
            let near = internal.iter().find(|internal| self.is_slip_of(internal, name, collection))?;
            let is_called = internal.iter().any(|internal| self.is_called(internal, name, collection));
            let message = format!("`{name}` looks like the internal field `{near}`, and is as internal");
            let location = Location::new(&document.source, field.name.span);
            let diagnostic = Diagnostic::new(Code::MISSPELLED_FIELD, location, message);
            (!is_called).then(|| diagnostic.help(format!("write `{near}`, or call it something else")))
        };
        document.fields.iter().filter_map(slip).collect()
    }

    /// What is wrong with the fields that the configuration names, of which only the files and the registry together know whether they are
    /// there: in `internal.fields`, `weights` and `fields`. `source` is the configuration.
    pub fn named_fields<'d>(
        &self,
        documents: impl Iterator<Item = &'d Document> + Clone,
        source: &Arc<Source>,
    ) -> Vec<Diagnostic> {
        let collections = || 0..self.config.collections.len();
        let is_registered = |name: &str| collections().any(|index| self.registry.field(index, name).is_some());
        let is_written = |name: &str| documents.clone().any(|document| mentions(&document.fields, "", name));
        let found = |code, name: &str, message: String| {
            let help = match fields::Registry::nearest(None, name, std::iter::empty()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "write a name as it stands in the files, or take it out".to_owned(),
            };
            Diagnostic::new(code, config::location_of(source, name), message).help(help)
        };
        let mut diagnostics = Vec::new();
        for name in &self.config.internal.fields {
            let is_needed = collections().any(|index| {
                let known = self.canonical(index, name);
                known.is_some_and(audience::decides)
            });
            if is_needed || audience::decides(name) {
                let message = format!("`{name}` cannot be internal by itself");
                let help = "every page needs it, or it says who may see the file; make the file internal with `visibility: internal`";
                diagnostics.push(found(Code::INVALID_CONFIGURATION, name, message).help(help));
            } else if !is_registered(name) && !is_written(name) {
                let message = format!("`internal.fields` names `{name}`, which no file has");
                let found = found(Code::UNKNOWN_INTERNAL, name, message);
                diagnostics.push(found.label("nothing is published for everybody until this is clear"));
            }
        }
        // A plan without an item yet may be meant to have the field.
        let has_items = documents.clone().next().is_some();
        for weight in self.config.weights.iter().filter(|_| has_items) {
            let name = &weight.name;
            if !is_registered(name) && !is_written(name) {
                let message = format!("`weights` names `{name}`, which no file has");
                diagnostics.push(found(Code::INVALID_CONFIGURATION, name, message));
            }
        }
        let configured =
            || self.config.collections.iter().map(|collection| &collection.fields).chain([&self.config.fields]);
        for (field, name) in
            configured().flatten().flat_map(|(field, names)| names.iter().map(move |name| (field, name)))
        {
            let is_usual = fields::names_of(field).iter().any(|usual| fields::is_same(usual, name));
            if field != "visibility" && !is_usual && flags::is_about_visibility(name) {
                let message =
                    format!("`fields` gives the name `{name}` to `{field}`, and it may say who may see a file");
                let help = "leave it what it is; `internal: {flags: …}` says what it means";
                diagnostics.push(found(Code::INVALID_CONFIGURATION, name, message).help(help));
            }
        }
        let names = configured().flat_map(|fields| fields.keys());
        for name in names.filter(|name| fields::names_of(name).is_empty()).collect::<BTreeSet<_>>() {
            let message = format!("`fields` gives more names to `{name}`, which is not a field that Roadbook knows");
            diagnostics.push(found(Code::INVALID_CONFIGURATION, name, message));
        }
        diagnostics
    }
}

/// Takes away the fields that are hidden, by their own names or by their paths, at any depth.
fn without(fields: &mut Vec<Field>, above: &str, is_hidden: &impl Fn(&str) -> bool) {
    fn below(value: &mut Value, path: &str, is_hidden: &impl Fn(&str) -> bool) {
        match &mut value.node {
            Node::Scalar(_) => {}
            Node::List(list) => list.iter_mut().for_each(|value| below(value, path, is_hidden)),
            Node::Map(entries) => without(entries, path, is_hidden),
        }
    }
    fields.retain_mut(|field| {
        let path = format!("{above}{}", field.name.value);
        below(&mut field.value, &format!("{path}."), is_hidden);
        !is_hidden(&field.name.value) && !is_hidden(&path)
    });
}

/// Whether one of the fields, at any depth, has a name, by itself or with the names above it.
fn mentions(fields: &[Field], above: &str, name: &str) -> bool {
    fn below(value: &Value, path: &str, name: &str) -> bool {
        match &value.node {
            Node::Scalar(_) => false,
            Node::List(list) => list.iter().any(|value| below(value, path, name)),
            Node::Map(entries) => mentions(entries, path, name),
        }
    }
    fields.iter().any(|field| {
        let path = format!("{above}{}", field.name.value);
        fields::is_same(&field.name.value, name)
            || fields::is_same(&path, name)
            || below(&field.value, &format!("{path}."), name)
    })
}
