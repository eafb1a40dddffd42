//! Diagnostics on their way to the reader: their weight, how many, and which of them a build shows.

use std::collections::BTreeMap;
use std::path::Path;

use anstyle::Style;
use roadbook::diagnostic::{Code, Diagnostic, Severity};
use roadbook::report::{self, Counts, Folded};

use super::check::Format;
use super::output::{BAD, FAINT, HELD, safe, style};
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

/// How many there are of each code, one line each; nothing where a look tells.
pub(super) fn codes(findings: &[Folded]) -> String {
    let codes = report::codes_of(findings);
    if codes.iter().map(|(_, _, times)| times).sum::<usize>() < 2 {
        return String::new();
    }
    let width = codes.iter().map(|(_, _, times)| times.to_string().len()).max().unwrap_or_default();
    let line = |(severity, code, times): &(Severity, Code, usize)| {
        let (style_of, name) = (of_severity(*severity), format!("{}[{}]", severity.word(), code.name()));
        format!("  {times:>width$} {}\n", style(style_of, &name))
    };
    codes.iter().map(line).collect()
}

fn of_severity(severity: Severity) -> Style {
    match severity {
        Severity::Error => BAD,
        Severity::Warning => HELD,
        Severity::Note => FAINT,
    }
}

/// How many of so many findings are not shown because they follow from others, in words.
pub(super) fn left_out(all: usize, findings: &[Folded]) -> Option<String> {
    match all - findings.iter().map(|finding| finding.times).sum::<usize>() {
        0 => None,
        1 => Some("1 finding that follows from another is not shown: `-v` shows all".to_owned()),
        more => Some(format!("{more} findings that follow from others are not shown: `-v` shows all")),
    }
}

/// What a build shows of what it found, and how many warnings it keeps back.
pub(super) struct Shown {
    pub(super) findings: Vec<Folded>,
    pub(super) kept_back: usize,
    /// Statuses that have no state mapping, with how often each stands in the plan; most frequent first.
    pub(super) statuses: Vec<(String, usize)>,
}

/// Chooses what a build shows: every error, the first warnings, and unknown statuses together instead of one by one.
pub(super) fn shown(findings: Vec<Folded>) -> Shown {
    let mut statuses: BTreeMap<String, usize> = BTreeMap::new();
    let mut shown = Shown { findings: Vec::new(), kept_back: 0, statuses: Vec::new() };
    let mut warnings = 0;
    for finding in findings {
        match finding.diagnostic.severity {
            Severity::Error => shown.findings.push(finding),
            Severity::Warning if finding.diagnostic.code == Code::UNKNOWN_STATUS => {
                *statuses.entry(status(&finding.diagnostic)).or_default() += finding.times;
            }
            Severity::Warning if warnings < MAX_WARNINGS => {
                warnings += 1;
                shown.findings.push(finding);
            }
            Severity::Warning => shown.kept_back += finding.times,
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
