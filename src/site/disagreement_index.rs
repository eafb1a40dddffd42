//! Which disagreements stand beside which thing: an index by file, made once a site, so that no page looks through all of them.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::resolve::Roadmap;
use crate::source::Source;

/// Disagreements by the files that take part in them.
#[derive(Debug)]
pub(super) struct DisagreementIndex {
    /// Sorted by path, then by place among the diagnostics.
    entries: Vec<(Arc<Source>, u32)>,
}

/// The diagnostics that pages may show, with their places among all. What follows from the clock stays in the terminal: it would make
/// another site of the same plan every day.
pub(super) fn shown(roadmap: &Roadmap) -> impl Iterator<Item = (u32, &Diagnostic)> {
    let has_day = roadmap.context.drawn_today.is_some();
    (0..).zip(&roadmap.diagnostics).filter(move |(_, diagnostic)| has_day || !diagnostic.code.is_of_the_day())
}

impl DisagreementIndex {
    /// The index of the diagnostics that pages may show.
    pub(super) fn new(roadmap: &Roadmap) -> DisagreementIndex {
        let mut entries = Vec::new();
        for (index, diagnostic) in shown(roadmap).filter(|(_, diagnostic)| diagnostic.code.is_disagreement()) {
            let related = diagnostic.related.iter().map(|(location, _)| location);
            entries.extend(
                diagnostic.location.iter().chain(related).map(|location| (Arc::clone(&location.source), index)),
            );
        }
        let key = |(source, index): &(Arc<Source>, u32)| (source.path.clone(), *index);
        entries.sort_by_cached_key(key);
        entries.dedup_by(|a, b| a.1 == b.1 && a.0.path == b.0.path);
        DisagreementIndex { entries }
    }

    /// The diagnostics that a file takes part in, by their index.
    pub(super) fn of(&self, path: &str) -> Vec<u32> {
        let start = self.entries.partition_point(|(source, _)| source.path.as_str() < path);
        let own = self.entries[start..].iter().take_while(|(source, _)| source.path == path);
        own.map(|(_, index)| *index).collect()
    }
}
