//! What the plan's folders and the configuration have in vain: Markdown that no collection reads, and patterns that match nothing.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::config::{self, Config};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Location, Source, Span};
use crate::text::count;

/// Whether a file's name is one that Markdown has, in any case.
pub(super) fn is_markdown(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    ending.is_some_and(|ending| ["md", "markdown", "mdown", "mkd", "mdx"].contains(&ending.as_str()))
}

/// The diagnostics of Markdown that no collection reads; past a limit they are counted.
pub(super) fn unread_files(paths: &BTreeSet<String>) -> Vec<Diagnostic> {
    const MAX: usize = 20;
    let help = "move or rename it, include it with a collection, or leave it out with `exclude`";
    let found = |path: &String, message: String| {
        Diagnostic::new(Code::UNREAD_FILE, Location::new(&Source::new(path, ""), Span::default()), message).help(help)
    };
    let named = paths
        .iter()
        .take(MAX)
        .map(|path| found(path, format!("no collection reads `{path}`, so it is not in the site")));
    let more = paths.iter().nth(MAX).map(|path| {
        let more = paths.len() - MAX;
        found(path, format!("no collection reads {}, this one first", count(more, "more file")))
    });
    named.chain(more).collect()
}

/// The diagnostics of patterns that match no file.
pub(super) fn unmatched_patterns<'a>(
    config: &Config,
    source: &Arc<Source>,
    paths: impl Iterator<Item = &'a str> + Clone,
) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for collection in &config.collections {
        let matched: BTreeSet<usize> = paths.clone().flat_map(|path| collection.matches(path)).collect();
        for (_, pattern) in collection.include.iter().enumerate().filter(|(index, _)| !matched.contains(index)) {
            let message = format!("no file matches the pattern `{pattern}`");
            diagnostics.push(
                Diagnostic::new(Code::UNMATCHED_PATTERN, config::location_of(source, pattern), message)
                    .help("patterns begin at this file's folder; `*` stands for a name, `**` for any folders"),
            );
        }
    }
    diagnostics
}
