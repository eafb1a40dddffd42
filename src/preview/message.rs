//! What an open page is told: the whole present state, each time, so that a page that missed something is up to date with the next.

use std::collections::BTreeMap;

use serde::Serialize;

use super::engine::Snapshot;
use crate::config::Audience;
use crate::diagnostic::Diagnostic;
use crate::report;
use crate::text::shown;

/// Diagnostics that are sent; more would be read by nobody.
const MOST: usize = 50;
/// Consequences that a note shows.
const MAX_NOTES: usize = 6;

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

/// What a page is made from: this run of the preview, and its snapshot.
pub(super) fn generation(snapshot: &Snapshot, session: &str) -> String {
    format!("{session}-{}", snapshot.told.generation)
}

/// The state as JSON.
pub(super) fn message(snapshot: &Snapshot, session: &str, audience: &'static str) -> String {
    let tellable = |index: &usize| snapshot.tellable.binary_search(index).is_ok();
    // Of what is not for everybody not even how much there is.
    let told: Vec<Diagnostic> = snapshot.tellable.iter().map(|&index| snapshot.diagnostics[index].clone()).collect();
    let counts = report::counts(&told);
    let chosen = |indices: Vec<usize>| -> Vec<Diagnostic> {
        indices.into_iter().filter(tellable).take(MOST).map(|index| snapshot.diagnostics[index].clone()).collect()
    };
    let (fresh, all) = (chosen(snapshot.fresh.clone()), chosen((0..snapshot.diagnostics.len()).collect()));
    let human = |diagnostics: &[Diagnostic]| match report::folded(&report::fold(diagnostics), false).trim_end() {
        // What keeps the page from being made is in a file that its readers may not see.
        "" if snapshot.is_stale && snapshot.io_error.is_none() => "The terminal says why.".to_owned(),
        shown => shown.to_owned(),
    };
    let io_error = match &snapshot.io_error {
        Some(_) if audience == Audience::Public.word() => {
            "error: the project cannot be read; the terminal says why\n\n".to_owned()
        }
        Some(io_error) => format!("error: {io_error}\n\n"),
        None => String::new(),
    };
    let edit = snapshot.told.edit.as_ref().map(|edit| EditView {
        number: edit.number,
        notes: &edit.notes[..edit.notes.len().min(MAX_NOTES)],
        more: edit.notes.len().saturating_sub(MAX_NOTES),
    });
    let message = Message {
        generation: generation(snapshot, session),
        audience,
        title: snapshot.site.as_ref().map(|site| site.title()).unwrap_or_default(),
        edit,
        problems: Problems {
            errors: counts.errors + usize::from(snapshot.io_error.is_some()),
            warnings: counts.warnings,
            fresh: format!("{io_error}{}", human(&fresh)),
            all: format!("{io_error}{}", human(&all)),
            cut: told.len() - all.len(),
            stale: snapshot.is_stale,
        },
        moved: &snapshot.moved,
    };
    // A struct of texts and numbers always has a JSON form.
    shown(serde_json::to_string(&message).unwrap_or_default())
}
