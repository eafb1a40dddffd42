//! What a collection of the configuration has in vain: rules that can do nothing to its files. Only the files and what they are tell.

use std::sync::Arc;

use super::fields::{has, names_of};
use super::ids::stem;
use super::{Entry, TypedDocument};
use crate::config::{self, Collection, Config, Kind};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Location, Source};

/// The findings of the rules of all collections. `source` is the configuration, `documents` are all files, internal ones among them.
pub fn idle_rules(config: &Config, documents: &[Arc<TypedDocument>], source: &Arc<Source>) -> Vec<Diagnostic> {
    if !config.has_own_collections {
        return Vec::new();
    }
    let mut of: Vec<Vec<&Entry>> = vec![Vec::new(); config.collections.len()];
    for document in documents {
        let entry = document.entry();
        of[entry.collection].push(entry);
    }
    let mut found = Vec::new();
    for (index, (collection, entries)) in config.collections.iter().zip(&of).enumerate() {
        let report = |diagnostic| found.push(diagnostic);
        Rules { config, index, collection, entries, source }.check(documents, report);
    }
    found
}

struct Rules<'a> {
    config: &'a Config,
    /// Of the collection.
    index: usize,
    collection: &'a Collection,
    entries: &'a [&'a Entry],
    source: &'a Arc<Source>,
}

impl Rules<'_> {
    fn check(&self, documents: &[Arc<TypedDocument>], mut report: impl FnMut(Diagnostic)) {
        let Collection { state, overrides, states, fields, id, aliases, .. } = self.collection;
        let pattern = self.collection.include.written().next().unwrap_or_default();
        let of = format!("the collection of `{pattern}`");
        let wrong = |at: &str, message: String, help: String| {
            let location = self.location(at, pattern);
            Diagnostic::new(Code::INVALID_CONFIGURATION, location, message).help(help)
        };
        if *overrides && state.is_none() {
            let message = format!("`override` does nothing in {of}, which has no `state`");
            report(wrong(pattern, message, "say which state all of its items have, or take it out".to_owned()));
        }
        if self.entries.is_empty() {
            let mut paths = documents.iter().map(|document| document.entry().path());
            if paths.any(|path| self.collection.includes(path)) {
                let message = format!("every file that `{pattern}` matches belongs to a collection before this one");
                let location = self.location(pattern, pattern);
                report(
                    Diagnostic::new(Code::UNMATCHED_PATTERN, location, message).help("put the narrower pattern first"),
                );
            }
            return;
        }
        let any_has = |field: &str| self.entries.iter().any(|entry| has(entry.kind, field));
        for (key, is_used) in [("state", state.is_some()), ("states", !states.is_empty())] {
            if is_used && !any_has("status") {
                let message = format!("`{key}` does nothing in {of}: {} have no state", self.kinds());
                report(wrong(pattern, message, "take it out, or say that its files are items".to_owned()));
            }
        }
        for field in fields.keys().filter(|field| !names_of(field).is_empty() && !any_has(field)) {
            let message = format!("`fields` names `{field}` in {of}: {} have no such field", self.kinds());
            report(wrong(field, message, "take it out, or put it where the files are that have it".to_owned()));
        }
        if let Some(id) = id.as_ref().filter(|id| !self.entries.iter().any(|entry| id.is_match(stem(entry.path())))) {
            let message = format!("no file's name fits `{id}`, the `id` of {of}");
            report(self.unmatched(id.as_str(), message, "correct the pattern, or take it out"));
        }
        for alias in aliases.iter().filter(|alias| !self.is_used(alias)) {
            let message = format!("no id and no reference fits `{}`, one of the `aliases` of {of}", alias.pattern());
            report(self.unmatched(alias.pattern(), message, "correct the rule, or take it out"));
        }
    }

    /// Whether a rule applies to anything that may be an id or a reference.
    fn is_used(&self, alias: &config::Alias) -> bool {
        let applies = |text: &str| alias.apply(text.trim()).is_some();
        self.entries.iter().any(|entry| {
            let document = &entry.document;
            let words = document.fields.iter().flat_map(|field| field.value.texts());
            let words = words.flat_map(|(text, _)| std::iter::once(text).chain(text.split([',', ' ', '[', ']', '|'])));
            let links = document.outline.links.iter().map(|link| link.target.as_str());
            let links = links.flat_map(|target| [target, stem(target)]);
            applies(stem(entry.path())) || words.chain(links).any(applies)
        })
    }

    /// What its files are, in words.
    fn kinds(&self) -> String {
        let is_there = |kind: &Kind| self.entries.iter().any(|entry| entry.kind == *kind);
        let words = Kind::ALL.into_iter().filter(is_there).map(|kind| format!("{}s", kind.word()));
        words.collect::<Vec<String>>().join(" and ")
    }

    /// Where the configuration says something of the collection of a pattern.
    fn location(&self, at: &str, pattern: &str) -> Location {
        match at == pattern {
            true => config::location_of_pattern(self.source, self.config, self.index, pattern),
            false => config::location_of(self.source, at),
        }
    }

    fn unmatched(&self, at: &str, message: String, help: &str) -> Diagnostic {
        Diagnostic::new(Code::UNMATCHED_PATTERN, config::location_of(self.source, at), message).help(help)
    }
}
