//! Names that many files share: such a field is its authors' own, however near its name is to one of ours.

use std::collections::{BTreeMap, BTreeSet};

use super::fields::{Registry, is_nearly, normal};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::Document;

/// A slip stands in fewer files than this.
const MANY: usize = 10;
/// A slip stands in fewer than one in so many of the files that have fields.
const ONE_IN: usize = 10;

/// Takes away the findings of misspelled fields that are none: fields that stand in at least `MANY` files, in at least one in `ONE_IN` of
/// those with fields, and in more than the field that may have been meant.
pub fn keep_slips<'a>(
    diagnostics: &mut Vec<Diagnostic>,
    documents: impl Iterator<Item = &'a Document>,
    config: &Config,
) {
    let name = |found: &Diagnostic| {
        let location = found.location.as_ref().filter(|_| found.code == Code::MISSPELLED_FIELD)?;
        Some(location.source.slice(location.span).trim_matches(['"', '\'']).to_owned())
    };
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for name in diagnostics.iter().filter_map(name) {
        *times.entry(name).or_default() += 1;
    }
    times.retain(|_, times| *times >= MANY);
    if times.is_empty() {
        return;
    }
    // What may have been meant by each, and how many files have it.
    let nearest = |name: &str| Registry::nearest(None, name, std::iter::empty()).map(normal);
    let mut meant: BTreeMap<String, usize> =
        times.keys().filter_map(|name| nearest(name)).map(|name| (name, 0)).collect();
    let mut files = 0;
    for document in documents.filter(|document| !document.fields.is_empty()) {
        files += 1;
        let names: BTreeSet<String> = document.fields.iter().map(|field| normal(&field.name.value)).collect();
        for name in names {
            meant.entry(name).and_modify(|files| *files += 1);
        }
    }
    let files_with = |name: &str| nearest(name).and_then(|name| meant.get(&name).copied());
    // What may have been meant for an internal field is hidden with it, and that is said of each.
    let is_hidden = |name: &str| config.internal.fields.iter().any(|hidden| is_nearly(hidden, name));
    let is_own = |name: &str, times: usize| {
        times * ONE_IN >= files && !is_hidden(name) && files_with(name).is_some_and(|meant| meant < times)
    };
    let own: BTreeSet<String> =
        times.into_iter().filter(|(name, times)| is_own(name, *times)).map(|(name, _)| name).collect();
    diagnostics.retain(|found| !name(found).is_some_and(|name| own.contains(&name)));
}
