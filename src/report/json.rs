//! Diagnostics for programs. The shape is a promise: fields are added, never renamed or dropped, within a schema version.

use serde::Serialize;

use super::counts;
use super::lines::Index;
use crate::diagnostic::{self, Diagnostic};
use crate::source::Location;
use crate::text::inert_json;

/// The version of the document's shape.
const SCHEMA_VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    schema_version: u32,
    kind: &'static str,
    diagnostics: Vec<Finding<'a>>,
    summary: Summary,
}

/// Places are null together, where there is not a file to point at. Lines and columns count from 1, columns in characters; the
/// end is one past the last character.
#[derive(Serialize)]
struct Finding<'a> {
    code: &'static str,
    severity: &'static str,
    path: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    message: &'a str,
    label: Option<&'a str>,
    help: Option<&'a str>,
    related: Vec<Related<'a>>,
    /// The finding that this one follows from.
    cause: Option<Cause<'a>>,
}

#[derive(Serialize)]
struct Cause<'a> {
    code: &'static str,
    path: &'a str,
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Related<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    message: &'a str,
}

#[derive(Serialize)]
struct Summary {
    errors: usize,
    warnings: usize,
    notes: usize,
}

pub(super) fn json(diagnostics: &[Diagnostic]) -> String {
    let mut index = Index::default();
    let counts = counts(diagnostics);
    let document = Document {
        schema_version: SCHEMA_VERSION,
        kind: "diagnostics",
        diagnostics: diagnostics.iter().map(|diagnostic| finding(diagnostic, &mut index)).collect(),
        summary: Summary { errors: counts.errors, warnings: counts.warnings, notes: counts.notes },
    };
    let mut out = serde_json::to_string_pretty(&document).expect("text and numbers are always JSON");
    out.push('\n');
    inert_json(out)
}

fn finding<'a>(diagnostic: &'a Diagnostic, index: &mut Index<'a>) -> Finding<'a> {
    let position = diagnostic.location.as_ref().map(|location| index.position(location));
    Finding {
        code: diagnostic.code.name(),
        severity: diagnostic.severity.word(),
        path: diagnostic.location.as_ref().map(|location| location.source.path.as_str()),
        line: position.map(|position| position.line),
        column: position.map(|position| position.column),
        end_line: position.map(|position| position.end_line),
        end_column: position.map(|position| position.end_column),
        message: &diagnostic.message,
        label: diagnostic.label.as_deref(),
        help: diagnostic.help.as_deref(),
        related: diagnostic.related.iter().map(|(location, words)| related(location, words, index)).collect(),
        cause: diagnostic.cause.as_ref().map(|found| cause(found, index)),
    }
}

fn related<'a>(location: &'a Location, words: &'a str, index: &mut Index<'a>) -> Related<'a> {
    let position = index.position(location);
    Related { path: &location.source.path, line: position.line, column: position.column, message: words }
}

fn cause<'a>(cause: &'a diagnostic::Cause, index: &mut Index<'a>) -> Cause<'a> {
    let position = index.position(&cause.location);
    let code = cause.code.name();
    Cause { code, path: &cause.location.source.path, line: position.line, column: position.column }
}
