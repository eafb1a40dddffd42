//! Which findings follow from another one: a file whose front matter nobody could read as it stands is one mistake, however many files
//! speak of it.

use std::collections::{HashMap, HashSet};

use super::{Cause, Code, Diagnostic, Severity};
use crate::source::{Location, Span};

/// What makes the reader assume something of a whole file, the visibility among it.
const CAUSES: [Code; 5] = [
    Code::INVALID_YAML,
    Code::UNTERMINATED_FRONT_MATTER,
    Code::UNSUPPORTED_YAML,
    Code::INVALID_VISIBILITY,
    Code::UNDECIDED_VISIBILITY,
];

/// Says from which finding each `internal-reference` follows: from the one on the front matter of the file that it names, where the reader had
/// to assume something of that; that a name which is unknown because it is internal follows from the same; and what follows from a finding
/// on the same lines. `is_sure` tells of a file, by its path, that it is internal in any case.
pub fn follow_from(diagnostics: &mut [Diagnostic], is_sure: impl Fn(&str) -> bool) {
    follow_within(diagnostics);
    // By path: what could not be read comes before what was made of it.
    let mut causes: HashMap<String, ((usize, u32), Cause)> = HashMap::new();
    for diagnostic in &*diagnostics {
        let Some(location) = &diagnostic.location else { continue };
        let Some(order) = CAUSES.iter().position(|code| *code == diagnostic.code) else { continue };
        let (path, order) = (&location.source.path, (order, location.span.start));
        if !is_sure(path) && causes.get(path).is_none_or(|(known, _)| order < *known) {
            let cause = Cause { code: diagnostic.code, location: location.clone() };
            causes.insert(path.clone(), (order, cause));
        }
    }
    let mut named: HashMap<(String, Span), Cause> = HashMap::new();
    for diagnostic in diagnostics.iter_mut().filter(|diagnostic| diagnostic.code == Code::INTERNAL_REFERENCE) {
        let of = diagnostic.related.first().and_then(|(location, _)| causes.get(&location.source.path));
        diagnostic.cause = of.map(|(_, cause)| cause.clone());
        if let Some(location) = &diagnostic.location {
            let own = || Cause { code: diagnostic.code, location: location.clone() };
            let cause = diagnostic.cause.clone().unwrap_or_else(own);
            named.insert((location.source.path.clone(), location.span), cause);
        }
    }
    if named.is_empty() {
        return;
    }
    // What names something internal names nothing in a plan without it.
    let is_unknown = |code| [Code::UNKNOWN_DEPENDENCY, Code::UNKNOWN_REFERENCE, Code::MISSING_FILE].contains(&code);
    for diagnostic in diagnostics.iter_mut().filter(|diagnostic| is_unknown(diagnostic.code)) {
        let Some(location) = &diagnostic.location else { continue };
        diagnostic.cause = named.get(&(location.source.path.clone(), location.span)).cloned();
    }
}

/// Says what follows from a finding in whose lines it is, or which is in its own: a field that both sides of a merge conflict give, and a value
/// that took in a line that is not part of it.
fn follow_within(diagnostics: &mut [Diagnostic]) {
    const VALUES: [Code; 6] = [
        Code::UNKNOWN_DEPENDENCY,
        Code::UNKNOWN_PRIORITY,
        Code::UNKNOWN_REFERENCE,
        Code::UNKNOWN_STATUS,
        Code::UNREADABLE_DATE,
        Code::UNREADABLE_NUMBER,
    ];
    let mut causes: HashMap<String, Vec<(Span, Cause)>> = HashMap::new();
    for diagnostic in &*diagnostics {
        let Some(location) = &diagnostic.location else { continue };
        if [Code::MERGE_CONFLICT, Code::INVALID_YAML].contains(&diagnostic.code) {
            let last = diagnostic.related.last().map_or(location, |(last, _)| last);
            let span = Span { end: last.span.end.max(location.span.end), ..location.span };
            let cause = Cause { code: diagnostic.code, location: location.clone() };
            causes.entry(location.source.path.clone()).or_default().push((span, cause));
        }
    }
    if causes.is_empty() {
        return;
    }
    let holds = |outer: Span, inner: Span| outer.start <= inner.start && inner.start < outer.end;
    for diagnostic in diagnostics.iter_mut().filter(|diagnostic| diagnostic.cause.is_none()) {
        let Some(location) = &diagnostic.location else { continue };
        let (span, code) = (location.span, diagnostic.code);
        let is_cause = |(lines, cause): &&(Span, Cause)| match cause.code {
            Code::MERGE_CONFLICT => code == Code::DUPLICATE_FIELD && holds(*lines, span),
            _ => VALUES.contains(&code) && holds(span, *lines),
        };
        let found = causes.get(&location.source.path).and_then(|causes| causes.iter().find(is_cause));
        diagnostic.cause = found.map(|(_, cause)| cause.clone());
    }
}

/// Puts causes before all else, each as grave as the gravest of what follows from it. What follows from a finding that is switched off stands
/// for itself.
pub(super) fn put_first(diagnostics: &mut Vec<Diagnostic>) {
    if diagnostics.iter().all(|diagnostic| diagnostic.cause.is_none()) {
        return;
    }
    let said: HashSet<Key> = diagnostics.iter().filter_map(own).collect();
    let mut worst: HashMap<Key, Severity> = HashMap::new();
    for diagnostic in &mut *diagnostics {
        let Some(cause) = &diagnostic.cause else { continue };
        let cause = key(cause.code, &cause.location);
        if said.contains(&cause) {
            let worst = worst.entry(cause).or_insert(diagnostic.severity);
            *worst = diagnostic.severity.max(*worst);
        } else {
            diagnostic.cause = None;
        }
    }
    let mut rest = Vec::with_capacity(diagnostics.len());
    let mut first = Vec::with_capacity(worst.len());
    for mut diagnostic in diagnostics.drain(..) {
        match own(&diagnostic).and_then(|own| worst.get(&own)) {
            Some(&severity) => {
                diagnostic.severity = diagnostic.severity.max(severity);
                first.push(diagnostic);
            }
            None => rest.push(diagnostic),
        }
    }
    first.append(&mut rest);
    *diagnostics = first;
}

/// What tells a finding from others: its code, its file and where it begins.
type Key = (Code, String, u32);

fn key(code: Code, location: &Location) -> Key {
    (code, location.source.path.clone(), location.span.start)
}

fn own(diagnostic: &Diagnostic) -> Option<Key> {
    diagnostic.location.as_ref().map(|location| key(diagnostic.code, location))
}
