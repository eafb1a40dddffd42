//! `/health.html`: what is wrong with the plan, for those who can fix it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use super::{Link, Page, View, words};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::markdown;
use crate::site::disagreement_index::shown;
use crate::source::Location;

#[derive(Debug, Serialize)]
pub(in crate::site) struct HealthView {
    page: Page,
    /// `2 errors and 9 warnings in 46 files`, or `No problems in 46 files`
    summary: String,
    /// Disagreements, then mistakes; only those that there are.
    sections: Vec<HealthSection>,
}

#[derive(Debug, Serialize)]
struct HealthSection {
    /// `Disagreements` or `Mistakes`; also the anchor.
    id: String,
    /// `Where strategy and backlog disagree`
    title: String,
    /// `3 disagreements`
    text: String,
    /// Errors, then warnings, then notes; codes by name.
    groups: Vec<HealthGroup>,
}

#[derive(Debug, Serialize)]
struct HealthGroup {
    /// `dependency-cycle`; also the anchor.
    code: String,
    /// `error warning note`
    severity: String,
    /// What the code means, in a line.
    title: String,
    /// `3`
    count: String,
    findings: Vec<Finding>,
    /// `and 170 more: run roadbook check`; "" for none.
    more: String,
}

#[derive(Debug, Serialize)]
struct Finding {
    severity: String,
    /// `plan/items/sso.md:7:3`; "" where there is not a file.
    location: String,
    /// The line at the repository.
    href: Option<String>,
    /// The page it is about.
    about: Option<Link>,
    /// The pages of other things that take part.
    others: Vec<Link>,
    /// One sentence, backticked names as `<code>`.
    message_html: String,
    /// The source line; "" for none.
    source_line: String,
    help_html: String,
}

const MAX_OF_A_CODE: usize = 200;
/// Of the things that take part in a finding.
const MAX_OTHERS: usize = 5;
/// Of a source line, in characters.
const MAX_OF_A_LINE: usize = 200;

/// The view of the health page.
pub(in crate::site) fn health(view: View<'_>) -> HealthView {
    let summary = summary(view);
    let (disagreements, mistakes): (Vec<&Diagnostic>, Vec<&Diagnostic>) = shown(view.roadmap())
        .map(|(_, diagnostic)| diagnostic)
        .partition(|diagnostic| diagnostic.code.is_disagreement());
    let sections = [
        section(view, "Disagreements", "Where strategy and backlog disagree", "disagreement", &disagreements),
        section(view, "Mistakes", "What does not read as it was meant", "finding", &mistakes),
    ];
    HealthView {
        page: view.page("health.html", "Health", &summary, "health"),
        sections: sections.into_iter().flatten().collect(),
        summary,
    }
}

fn section(view: View<'_>, id: &str, title: &str, one: &str, all: &[&Diagnostic]) -> Option<HealthSection> {
    let mut by_code: BTreeMap<(Reverse<Severity>, Code), Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in all {
        by_code.entry((Reverse(diagnostic.severity), diagnostic.code)).or_default().push(diagnostic);
    }
    (!all.is_empty()).then(|| HealthSection {
        id: id.to_owned(),
        title: title.to_owned(),
        text: words::count(all.len(), one),
        groups: by_code.iter().map(|((severity, code), all)| group(view, severity.0, *code, all)).collect(),
    })
}

fn group(view: View<'_>, severity: Severity, code: Code, all: &[&Diagnostic]) -> HealthGroup {
    HealthGroup {
        code: code.name().to_owned(),
        severity: severity.word().to_owned(),
        title: words::capital(code.summary()),
        count: words::thousands(all.len() as u64),
        findings: all.iter().take(MAX_OF_A_CODE).map(|diagnostic| finding(view, diagnostic)).collect(),
        more: match all.len().checked_sub(MAX_OF_A_CODE) {
            None | Some(0) => String::new(),
            Some(rest) => format!("and {} more: run roadbook check", words::thousands(rest as u64)),
        },
    }
}

fn summary(view: View<'_>) -> String {
    let plan = &view.roadmap().plan;
    let files = plan.items.len() + plan.themes.len() + plan.pages.len() + usize::from(plan.vision.is_some());
    let files = words::count(files, "file");
    let number = |severity| shown(view.roadmap()).filter(|(_, found)| found.severity == severity).count();
    let counts = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")];
    let counts = counts.into_iter().map(|(severity, word)| (number(severity), word)).filter(|(number, _)| *number > 0);
    let counts: Vec<String> = counts.map(|(number, word)| words::count(number, word)).collect();
    if counts.is_empty() { format!("No problems in {files}") } else { format!("{} in {files}", words::listed(&counts)) }
}

fn finding(view: View<'_>, diagnostic: &Diagnostic) -> Finding {
    let location = diagnostic.location.as_ref();
    let target = |location: &Location| view.roadmap().symbols.by_path(&location.source.path);
    let about = location.and_then(target);
    let mut others = Vec::new();
    for other in diagnostic.related.iter().filter_map(|(location, _)| target(location)) {
        if Some(other) != about && !others.contains(&other) && others.len() < MAX_OTHERS {
            others.push(other);
        }
    }
    Finding {
        severity: diagnostic.severity.word().to_owned(),
        location: location.map(ToString::to_string).unwrap_or_default(),
        href: location.and_then(|location| view.site.line_href(location)),
        about: about.map(|target| view.link_to(target)),
        others: others.into_iter().map(|target| view.link_to(target)).collect(),
        message_html: markdown::with_code(&diagnostic.message),
        source_line: location.map(source_line).unwrap_or_default(),
        help_html: diagnostic.help.as_deref().map(markdown::with_code).unwrap_or_default(),
    }
}

fn source_line(location: &Location) -> String {
    let text = &location.source.text;
    let offset = (location.span.start as usize).min(text.len());
    let start = text.get(..offset).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    if line.chars().count() <= MAX_OF_A_LINE {
        return line.trim_end().to_owned();
    }
    line.chars().take(MAX_OF_A_LINE).chain(['…']).collect()
}
