//! Diagnostics as text: for people, for editors, for programs and for GitHub, one file a format.
//!
//! The only module that turns places into lines and columns. It does so through one index a source, so that ten thousand
//! findings in one file cost about as much as one.

mod fold;
mod github;
mod human;
mod json;
mod lines;
mod short;
mod summary;

pub use fold::{Folded, fold};
pub use human::{folded, human};

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Severity};

/// How diagnostics are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// With the source line and a caret, as rustc does, folded; ends with the counts.
    #[default]
    Human,
    /// One line each: `path:line:column: error[code]: message`.
    Short,
    /// One stable, versioned document.
    Json,
    /// Workflow commands, which GitHub shows beside the lines of a pull request.
    Github,
}

/// Writes `diagnostics` in `format`, in the order given (GitHub: errors first).
///
/// Ends with a line end, or is empty where a format has nothing to say. `colour` is for [`Format::Human`] alone and means
/// terminal escapes.
pub fn report(diagnostics: &[Diagnostic], format: Format, colour: bool) -> String {
    match format {
        Format::Human if diagnostics.is_empty() => String::new(),
        Format::Human => {
            let shown = fold(diagnostics);
            format!("{}{}\n", folded(&shown, colour), counts_of(&shown))
        }
        Format::Short => short::short(diagnostics),
        Format::Json => json::json(diagnostics),
        Format::Github => github::github(diagnostics, ""),
    }
}

/// Where a project lies in a repository on GitHub.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repository {
    /// The project's folder, with `/` behind every name; empty where it is the repository's root.
    pub folder: String,
    /// The address under which the repository's files are shown, with `/` at its end.
    pub blob: Option<String>,
}

/// [`Format::Github`] for a project that need not be the repository's root.
pub fn annotations(diagnostics: &[Diagnostic], repository: &Repository) -> String {
    github::github(diagnostics, &repository.folder)
}

/// All of `diagnostics` as Markdown, errors first: for a workflow's summary, as of annotations only ten of each severity show.
///
/// Ends before the size that GitHub refuses, and says how many are left out.
pub fn summary(diagnostics: &[Diagnostic], repository: &Repository) -> String {
    summary::summary(diagnostics, repository)
}

/// How many of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// The exit code is 1 where there is one.
    pub errors: usize,
    /// To be looked at.
    pub warnings: usize,
    /// To be known.
    pub notes: usize,
}

/// Counts `diagnostics` by severity.
pub fn counts(diagnostics: &[Diagnostic]) -> Counts {
    let of = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    Counts { errors: of(Severity::Error), warnings: of(Severity::Warning), notes: of(Severity::Note) }
}

/// The same of findings that were folded, without what follows from others.
pub fn counts_of(findings: &[Folded]) -> Counts {
    let of = |severity| {
        let of_severity = findings.iter().filter(|folded| folded.diagnostic.severity == severity);
        of_severity.map(|folded| folded.times).sum()
    };
    Counts { errors: of(Severity::Error), warnings: of(Severity::Warning), notes: of(Severity::Note) }
}

/// How many of each code, without what follows from others: the gravest first, of these the most frequent.
pub fn codes_of(findings: &[Folded]) -> Vec<(Severity, Code, usize)> {
    let mut counts: BTreeMap<(Severity, Code), usize> = BTreeMap::new();
    for folded in findings {
        *counts.entry((folded.diagnostic.severity, folded.diagnostic.code)).or_default() += folded.times;
    }
    let mut codes: Vec<(Severity, Code, usize)> =
        counts.into_iter().map(|((severity, code), times)| (severity, code, times)).collect();
    codes.sort_by_key(|&(severity, code, times)| (Reverse(severity), Reverse(times), code));
    codes
}

/// `2 errors, 1 warning`, without what there is none of; `no problems` where there is nothing.
impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut before = "";
        for (count, word) in [(self.errors, "error"), (self.warnings, "warning"), (self.notes, "note")] {
            if count > 0 {
                write!(f, "{before}{count} {word}{}", if count == 1 { "" } else { "s" })?;
                before = ", ";
            }
        }
        if before.is_empty() { f.write_str("no problems") } else { Ok(()) }
    }
}
