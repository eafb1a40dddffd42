//! One file, typed: what its fields say, and the reader that knows what they mean in a configuration.

use std::sync::Arc;

use super::values::Reader;
use super::{Entry, Item, Page, Theme, Vision, entry, fields, item};
use crate::config::{Audience, Config, Kind};
use crate::diagnostic::Diagnostic;
use crate::parse::{self, Document};

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
        let document = &self.without_hidden(document, collection);
        let mut reader = Reader::new(document, collection, self.config, &self.registry);
        let entry = entry::entry(&mut reader);
        let thing = match entry.kind {
            Kind::Vision => Thing::Vision(Box::new(entry::vision(entry, &mut reader))),
            Kind::Theme => Thing::Theme(Box::new(entry::theme(entry, &mut reader))),
            Kind::Item => Thing::Item(Arc::new(item::item(entry, &mut reader))),
            Kind::Page => Thing::Page(Box::new(entry::page(entry, &mut reader))),
        };
        TypedDocument { thing, diagnostics: reader.finish() }
    }

    /// A document without the fields that are hidden.
    pub fn without_hidden(&self, document: &Arc<Document>, collection: usize) -> Arc<Document> {
        if self.hidden.is_empty() {
            return Arc::clone(document);
        }
        let is_hidden = |name: &str| {
            let known = self.registry.field(collection, name).map(|known| known.field);
            self.hidden.iter().any(|hidden| {
                let meant = self.registry.field(collection, hidden).map(|known| known.field);
                fields::is_same(hidden, name) || known.is_some() && known == meant
            })
        };
        let mut shown = Document::clone(document);
        shown.fields.retain_mut(|field| {
            if let parse::Node::Map(entries) = &mut field.value.node {
                entries.retain(|entry| !is_hidden(&format!("{}.{}", field.name.value, entry.name.value)));
            }
            !is_hidden(&field.name.value)
        });
        Arc::new(shown)
    }
}
