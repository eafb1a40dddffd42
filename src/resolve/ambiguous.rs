//! References that fit more than one thing.

use crate::diagnostic::{Code, Diagnostic};
use crate::plan::{Entry, Plan};
use crate::source::Location;

use super::symbols::SymbolTable;
use super::target::Target;

/// How many of the things are named, and how many shown with their places.
const MAX_CANDIDATES: usize = 5;
const MAX_PLACES: usize = 2;

/// Says which things a reference fits, and how to write each so that no other is meant.
pub(super) fn ambiguous(
    symbols: &SymbolTable,
    plan: &Plan,
    location: Location,
    message: String,
    candidates: &[Target],
) -> Diagnostic {
    let entries = || candidates.iter().filter_map(|target| target.entry(plan));
    let diagnostic = Diagnostic::new(Code::AMBIGUOUS_REFERENCE, location, message).help(distinct(
        symbols,
        plan,
        entries().take(MAX_CANDIDATES),
    ));
    let places = entries().take(MAX_PLACES).map(|entry| (entry.head(), format!("it may be `{}`", entry.id)));
    places.fold(diagnostic, |diagnostic, (at, words)| diagnostic.related(at, words))
}

/// How to write each of several things: by its id, or by its path where another has the id.
fn distinct<'e>(symbols: &SymbolTable, plan: &Plan, entries: impl Iterator<Item = &'e Entry>) -> String {
    let (mut ids, mut has_paths) = (Vec::new(), false);
    for entry in entries {
        let found = symbols.by_id(&entry.id, entry.kind).and_then(|target| target.entry(plan));
        let is_id = found.is_some_and(|found| found.path() == entry.path());
        has_paths |= !is_id;
        ids.push(format!("`{}`", if is_id { &entry.id } else { entry.path() }));
    }
    format!("write the whole {}: {}", if has_paths { "id or path" } else { "id" }, ids.join(" or "))
}
