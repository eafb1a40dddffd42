//! Diagnostics as GitHub's workflow commands, which it shows beside the lines of a pull request.
//!
//! GitHub shows the first ten errors and the first ten warnings of a step, so errors come first, then warnings, then notes
//! (`notice`, in its words), each in the order given, and what stands in many files or follows from another finding is one. Paths are from the repository's root, or GitHub would not find the line.

use std::cmp::Reverse;
use std::fmt::Write;

use super::lines::{Index, Position};
use super::{Folded, fold};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Location;

pub(super) fn github(diagnostics: &[Diagnostic], folder: &str) -> String {
    let mut worst_first = fold(diagnostics);
    worst_first.sort_by_key(|folded| Reverse(folded.diagnostic.severity));
    let mut index = Index::default();
    let mut out = String::new();
    for Folded { diagnostic, notes, .. } in &worst_first {
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let _ = write!(out, "::{command} ");
        if let Some(location) = &diagnostic.location {
            put_location(&mut out, folder, location, index.position(location));
        }
        let _ = write!(out, "title={}::", property(diagnostic.code.name()));
        out.push_str(&data(&text(diagnostic, notes, folder, &mut index)));
        out.push('\n');
    }
    out
}

fn put_location(out: &mut String, folder: &str, location: &Location, position: Position) {
    let Position { line, column, end_line, end_column } = position;
    let _ = write!(out, "file={}{},line={line},", property(folder), property(&location.source.path));
    // GitHub drops an annotation whose columns belong to two lines.
    if end_line == line {
        let _ = write!(out, "col={column},endLine={line},endColumn={end_column},");
    } else {
        let _ = write!(out, "endLine={end_line},");
    }
}

fn text<'a>(diagnostic: &'a Diagnostic, notes: &[String], folder: &str, index: &mut Index<'a>) -> String {
    let mut text = diagnostic.message.clone();
    if let Some(label) = &diagnostic.label {
        let _ = write!(text, "\n{label}");
    }
    for (location, words) in &diagnostic.related {
        let position = index.position(location);
        let _ = write!(text, "\n{folder}{}:{}:{}: {words}", location.source.path, position.line, position.column);
    }
    for note in notes {
        let _ = write!(text, "\n{note}");
    }
    if let Some(help) = &diagnostic.help {
        let _ = write!(text, "\nhelp: {help}");
    }
    text
}

/// Escapes what follows the second `::` of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the value of a command's property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
