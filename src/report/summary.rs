//! Diagnostics as Markdown, for the summary page of a GitHub workflow: all of them, where annotations show but a few.
//!
//! Whatever a plan says is text there: neither Markdown nor HTML of a file name, a title or a value gets through.

use std::fmt::Write;

use super::lines::Index;
use super::{Repository, counts};
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::one_line;

/// GitHub refuses a summary of more than a mebibyte; others may write into the same one.
const MAX_BYTES: usize = 900_000;

pub(super) fn summary(diagnostics: &[Diagnostic], repository: &Repository) -> String {
    let mut index = Index::default();
    let mut out = format!("## Roadbook: {}\n", counts(diagnostics));
    let mut left_out = 0;
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let mut is_begun = false;
        for diagnostic in diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity) {
            let row = row(diagnostic, &mut index, repository);
            if left_out > 0 || out.len() + row.len() > MAX_BYTES {
                left_out += 1;
                continue;
            }
            if !is_begun {
                is_begun = true;
                out.push_str(match severity {
                    Severity::Error => "\n### Errors\n\n| Where | What | Code |\n|---|---|---|\n",
                    Severity::Warning => "\n### Warnings\n\n| Where | What | Code |\n|---|---|---|\n",
                    Severity::Note => "\n### Notes\n\n| Where | What | Code |\n|---|---|---|\n",
                });
            }
            out.push_str(&row);
        }
    }
    if left_out > 0 {
        let _ = write!(out, "\n… and {left_out} more, for which there is no room here: `roadbook check` lists them\n");
    }
    out
}

fn row<'a>(diagnostic: &'a Diagnostic, index: &mut Index<'a>, repository: &Repository) -> String {
    let mut out = String::from("| ");
    if let Some(location) = &diagnostic.location {
        let line = index.position(location).line;
        let path = format!("{}{}", repository.folder, location.source.path);
        let shown = text(&format!("{path}:{line}"));
        match &repository.blob {
            Some(blob) => {
                let _ = write!(out, "[{shown}]({blob}{}?plain=1#L{line})", address(&path));
            }
            None => out.push_str(&shown),
        }
    }
    let _ = write!(out, " | {}", named(&diagnostic.message));
    if let Some(label) = &diagnostic.label {
        let _ = write!(out, "<br>{}", named(label));
    }
    for (location, words) in &diagnostic.related {
        let line = index.position(location).line;
        let _ = write!(
            out,
            "<br>{}: {}",
            text(&format!("{}{}:{line}", repository.folder, location.source.path)),
            named(words)
        );
    }
    if let Some(help) = &diagnostic.help {
        let _ = write!(out, "<br>Help: {}", named(help));
    }
    let _ = writeln!(out, " | <code>{}</code> |", text(diagnostic.code.name()));
    out
}

/// A sentence, with the names in backticks as code.
fn named(sentence: &str) -> String {
    // A name that has a backtick itself looks odd, and is text all the same.
    let parts: Vec<&str> = sentence.split('`').collect();
    let mut out = String::new();
    for (at, part) in parts.iter().enumerate() {
        let is_name = at % 2 == 1 && at + 1 < parts.len();
        if is_name {
            let _ = write!(out, "<code>{}</code>", text(part));
        } else {
            if at % 2 == 1 {
                out.push_str("&#96;");
            }
            out.push_str(&text(part));
        }
    }
    out
}

/// Text that no Markdown and no HTML can come out of: all ASCII punctuation but the harmless is written as an entity, which is
/// never part of any syntax.
fn text(words: &str) -> String {
    let mut out = String::new();
    for c in one_line(words).chars() {
        if c.is_ascii_punctuation() && !matches!(c, '.' | ',' | ';' | '/' | '\'' | '-' | '?' | '%') {
            let _ = write!(out, "&#{};", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

/// A path as part of an address.
fn address(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
