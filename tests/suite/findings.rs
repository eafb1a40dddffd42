//! Findings that help: causes before consequences, what many files share, rules that are proposed because they work, and rules of the
//! configuration that do nothing.

mod advice;
mod fold;
mod links;
mod rules;
mod twins;

use roadbook::resolve::Roadmap;

/// The helps of all findings, without those that have none.
fn helps(roadmap: &Roadmap) -> Vec<&str> {
    roadmap.diagnostics.iter().filter_map(|found| found.help.as_deref()).collect()
}

/// The codes of all findings, in order.
fn codes(roadmap: &Roadmap) -> Vec<&'static str> {
    roadmap.diagnostics.iter().map(|found| found.code.name()).collect()
}
