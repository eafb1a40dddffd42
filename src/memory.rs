//! What stages remember from one run of the pipeline to the next: what was made of one file, and what follows from little of a plan.
//!
//! There is nothing to invalidate: what is remembered is taken again only where everything that it was made from is as it was.
//! Contents decide, not times. Diagnostics are part of what is remembered, so they are there again.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::{Audience, Config};
use crate::discover::Inputs;
use crate::parse::{self, Document, Readers};
use crate::plan::{FieldReader, TypedDocument};
use crate::resolve;
use crate::source::Source;

/// The memory of a run, for the next. An empty one is always right.
#[derive(Debug, Default)]
pub struct Memory {
    documents: Vec<(Parsed, Arc<Document>)>,
    typed: Vec<(Read, Arc<TypedDocument>)>,
    /// A configuration, the paths that are internal beside what it says, and the configuration with them.
    config: Option<(Arc<Config>, BTreeSet<String>, Arc<Config>)>,
    /// What the typed documents were made with.
    read_with: Option<(Arc<Config>, Audience)>,
    pub(crate) resolve: resolve::ResolveMemory,
}

/// What a document is made from.
type Parsed = (Arc<Source>, Option<Arc<Readers>>);

/// What a typed document is made from, beside the configuration.
type Read = (Arc<Document>, usize);

impl Memory {
    /// Parses sources, which stand in the order of their paths, each with the index of its collection, of which `readers` has the readers.
    pub(crate) fn documents(
        &mut self,
        sources: &[(Arc<Source>, usize)],
        readers: &[Option<Arc<Readers>>],
    ) -> Vec<Arc<Document>> {
        let readers = |collection: usize| readers.get(collection).cloned().flatten();
        let sources = sources.iter().map(|(source, collection)| (Arc::clone(source), readers(*collection))).collect();
        let is_same =
            |(a, readers): &Parsed, (b, others): &Parsed| (Arc::ptr_eq(a, b) || a.text == b.text) && readers == others;
        let parse = |(source, readers): &Parsed| parse::parse_with(source, readers.as_deref());
        each(&mut self.documents, sources, |(source, _)| &source.path, is_same, parse)
    }

    /// The paths of the files beside the plan that texts name.
    pub(crate) fn named_files(&mut self, inputs: &Inputs) -> BTreeSet<String> {
        let readers = FieldReader::new(&inputs.config, Audience::Internal).readers();
        resolve::named_files(&self.documents(&inputs.sources, &readers), &inputs.config)
    }

    /// The configuration in which some more paths are internal; the same one where nothing has changed.
    pub(crate) fn with_internal(&mut self, config: &Arc<Config>, paths: BTreeSet<String>) -> Arc<Config> {
        if paths.is_empty() {
            return Arc::clone(config);
        }
        let known = self.config.take().filter(|(of, known, _)| Arc::ptr_eq(of, config) && *known == paths);
        let (_, _, with) = self.config.insert(known.unwrap_or_else(|| {
            let mut with = Config::clone(config);
            with.internal.linked.extend(paths.iter().cloned());
            (Arc::clone(config), paths, Arc::new(with))
        }));
        Arc::clone(with)
    }

    /// The typed documents for an audience, read by the reader of the configuration for it; they stand in the order of their paths, each with the index of its collection.
    pub(crate) fn typed_documents(
        &mut self,
        documents: Vec<Read>,
        config: &Arc<Config>,
        reader: &FieldReader<'_>,
        audience: Audience,
    ) -> Vec<Arc<TypedDocument>> {
        if !self
            .read_with
            .as_ref()
            .is_some_and(|(other, for_audience)| Arc::ptr_eq(other, config) && *for_audience == audience)
        {
            self.typed.clear();
            self.read_with = Some((Arc::clone(config), audience));
        }
        let is_same = |a: &Read, b: &Read| Arc::ptr_eq(&a.0, &b.0) && a.1 == b.1;
        let read = |(document, collection): &Read| reader.read(document, *collection);
        each(&mut self.typed, documents, |(document, _)| &document.source.path, is_same, read)
    }
}

/// Makes something of each of `keys`, or takes it from `remembered` where the key of the same path is the same; remembers all.
/// Both lists stand in the order of their paths.
fn each<K: Sync + Send, V: Send + Sync>(
    remembered: &mut Vec<(K, Arc<V>)>,
    keys: Vec<K>,
    path: impl Fn(&K) -> &str,
    is_same: impl Fn(&K, &K) -> bool,
    make: impl Fn(&K) -> V + Sync,
) -> Vec<Arc<V>> {
    let mut known = remembered.iter().peekable();
    let found: Vec<Option<Arc<V>>> = keys
        .iter()
        .map(|key| {
            while known.next_if(|(other, _)| path(other) < path(key)).is_some() {}
            known
                .peek()
                .filter(|(other, _)| path(other) == path(key) && is_same(other, key))
                .map(|(_, made)| made.clone())
        })
        .collect();
    let made: Vec<Arc<V>> =
        keys.par_iter().zip(found).map(|(key, found)| found.unwrap_or_else(|| Arc::new(make(key)))).collect();
    *remembered = keys.into_iter().zip(made.iter().cloned()).collect();
    made
}
