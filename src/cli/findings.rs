//! Diagnostics on their way to the reader: their weight, how many, and which of them a build shows.

use std::collections::BTreeMap;
use std::path::Path;

use roadbook::diagnostic::{Code, Diagnostic, Severity};
use roadbook::report::{self, Counts};

use super::check::Format;
use super::output::safe;
use super::workflow;
use roadbook::text::{count, listed};

/// Warnings that a build shows: more would hide what it did.
const MAX_WARNINGS: usize = 20;
/// Statuses that the summary names.
const MAX_STATUSES: usize = 12;

/// How many of each severity.
pub(super) fn counts(diagnostics: &[Diagnostic]) -> Counts {
    report::counts(diagnostics)
}

/// `2 errors, 1 warning and 3 notes`; `no problems`.
pub(super) fn words(counts: &Counts) -> String {
    let parts = [(counts.errors, "error"), (counts.warnings, "warning"), (counts.notes, "note")];
    let parts: Vec<String> =
        parts.into_iter().filter(|(number, _)| *number > 0).map(|(number, noun)| count(number, noun)).collect();
    if parts.is_empty() { "no problems".to_owned() } else { listed(&parts) }
}

/// Leaves out everything but errors.
pub(super) fn keep_errors(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.retain(|diagnostic| diagnostic.severity == Severity::Error);
}

/// The diagnostics as text. The counts at the end of the human report are left out: what was shown may not be all there is.
pub(super) fn text(diagnostics: &[Diagnostic], format: Format, colour: bool, root: &Path) -> String {
    match format {
        Format::Human => report::human(diagnostics, colour),
        Format::Github => report::annotations(diagnostics, &workflow::repository(root)),
        _ => report::report(diagnostics, format.of_report(), colour),
    }
}

/// What a build shows of what it found, and how many warnings it keeps back.
pub(super) struct Shown {
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) kept_back: usize,
    /// Statuses that have no state mapping, with how often each stands in the plan; most frequent first.
    pub(super) statuses: Vec<(String, usize)>,
}

/// Chooses what a build shows: every error, the first warnings, and unknown statuses together instead of one by one.
pub(super) fn shown(diagnostics: Vec<Diagnostic>) -> Shown {
    let mut statuses: BTreeMap<String, usize> = BTreeMap::new();
    let mut shown = Shown { diagnostics: Vec::new(), kept_back: 0, statuses: Vec::new() };
    let mut warnings = 0;
    for diagnostic in diagnostics {
        match diagnostic.severity {
            Severity::Error => shown.diagnostics.push(diagnostic),
            Severity::Warning if diagnostic.code == Code::UNKNOWN_STATUS => {
                *statuses.entry(status(&diagnostic)).or_default() += 1;
            }
            Severity::Warning if warnings < MAX_WARNINGS => {
                warnings += 1;
                shown.diagnostics.push(diagnostic);
            }
            Severity::Warning => shown.kept_back += 1,
            Severity::Note => {}
        }
    }
    shown.statuses = statuses.into_iter().collect();
    shown.statuses.sort_by_key(|(_, number)| std::cmp::Reverse(*number));
    shown
}

/// The author's word, as it stands in the file.
fn status(diagnostic: &Diagnostic) -> String {
    let word = diagnostic.location.as_ref().map(|location| location.source.slice(location.span)).unwrap_or_default();
    safe(word.trim().trim_matches(['"', '\'']))
}

/// The statuses in one line.
pub(super) fn statuses(statuses: &[(String, usize)]) -> String {
    let named = statuses.iter().take(MAX_STATUSES).map(|(word, number)| format!("`{word}` ({number})"));
    let more = match statuses.len().saturating_sub(MAX_STATUSES) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!(
        "without a state mapping: {}{more}; say what they mean under `states` in roadbook.yml",
        named.collect::<Vec<String>>().join(", ")
    )
}
