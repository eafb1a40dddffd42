//! What an open page is told: the whole present state, each time, so that a page that missed something is up to date with the next.

use std::collections::BTreeMap;

use serde::Serialize;

use super::edition::Edition;
use crate::diagnostic::Diagnostic;
use crate::report;

/// Diagnostics that are sent; more would be read by nobody.
const MOST: usize = 50;
/// Consequences that a note shows.
const MOST_NOTES: usize = 6;

#[derive(Serialize)]
struct Message<'a> {
    generation: String,
    audience: &'static str,
    title: &'a str,
    edit: Option<EditView<'a>>,
    problems: Problems,
    moved: &'a BTreeMap<String, String>,
}

#[derive(Serialize)]
struct EditView<'a> {
    number: u64,
    notes: &'a [String],
    more: usize,
}

#[derive(Serialize)]
struct Problems {
    errors: usize,
    warnings: usize,
    /// What came up since the preview began, as in the terminal.
    fresh: String,
    /// Everything, as in the terminal.
    all: String,
    /// How many of everything are left out.
    cut: usize,
    /// Whether the page is older than the files.
    stale: bool,
}

/// What a page is made from: this run of the preview, and its edition.
pub(super) fn generation(edition: &Edition, boot: &str) -> String {
    format!("{boot}-{}", edition.number)
}

/// The state as JSON.
pub(super) fn message(edition: &Edition, boot: &str, audience: &'static str) -> String {
    let counts = report::counts(&edition.diagnostics);
    let fresh: Vec<Diagnostic> = edition.fresh.iter().take(MOST).map(|&at| edition.diagnostics[at].clone()).collect();
    let all = &edition.diagnostics[..edition.diagnostics.len().min(MOST)];
    let human = |diagnostics: &[Diagnostic]| report::human(diagnostics, false).trim_end().to_owned();
    let trouble = edition.trouble.as_ref().map(|trouble| format!("error: {trouble}\n\n")).unwrap_or_default();
    let edit = edition.edit.as_ref().map(|edit| EditView {
        number: edit.number,
        notes: &edit.notes[..edit.notes.len().min(MOST_NOTES)],
        more: edit.notes.len().saturating_sub(MOST_NOTES),
    });
    let message = Message {
        generation: generation(edition, boot),
        audience,
        title: edition.site.as_ref().map(|site| site.title()).unwrap_or_default(),
        edit,
        problems: Problems {
            errors: counts.errors + usize::from(edition.trouble.is_some()),
            warnings: counts.warnings,
            fresh: format!("{trouble}{}", human(&fresh)),
            all: format!("{trouble}{}", human(all)),
            cut: edition.diagnostics.len() - all.len(),
            stale: edition.is_stale,
        },
        moved: &edition.moved,
    };
    // A struct of texts and numbers always has a JSON form.
    serde_json::to_string(&message).unwrap_or_default()
}
