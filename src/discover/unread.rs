//! What the plan's folders and the configuration have in vain: files that cannot be read, Markdown that no collection reads, and patterns
//! that match nothing.

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;

use super::{DiscoverError, MAX_FILE_SIZE};
use crate::config::{self, Config};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Location, Source, Span};
use crate::text::count;

/// The endings of files that are Markdown, some with additions of a tool.
const MARKDOWN: &[&str] = &[
    "livemd",
    "markdn",
    "markdown",
    "md",
    "mdc",
    "mdoc",
    "mdown",
    "mdtext",
    "mdtxt",
    "mdwn",
    "mdx",
    "mkd",
    "mkdn",
    "mkdown",
    "mmd",
    "qmd",
    "rmarkdown",
    "rmd",
    "ronn",
];

/// Whether a file's name is one that Markdown has, in any case.
pub(super) fn is_markdown(path: &str) -> bool {
    // A system that keeps no dot at the end of a name has the name without it.
    ends_in(path.trim_end_matches('.'), MARKDOWN)
}

/// Whether a name is that of Markdown, or of some that somebody or something put aside: `x.md.bak`.
pub fn is_markdown_of_any_name(path: &str) -> bool {
    let aside = ["backup", "bak", "copy", "draft", "old", "orig", "rej", "save", "tmp", "txt"];
    let old = |(name, ending): (&str, &str)| aside.contains(&&*ending.to_lowercase()) && is_markdown(name);
    is_markdown(path) || path.rsplit_once('.').is_some_and(old)
}

/// Whether a name is that of a text which people write and read as it stands: Markdown, or what others use for the same.
pub fn is_prose(path: &str) -> bool {
    is_markdown_of_any_name(path)
        || ends_in(path, &["adoc", "asciidoc", "org", "rst", "text", "textile", "txt", "wiki"])
}

/// Whether a file's name is one that data has beside a text.
pub fn is_data(path: &str) -> bool {
    ends_in(path, &["yaml", "yml", "toml", "json"])
}

fn ends_in(path: &str, endings: &[&str]) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    ending.is_some_and(|ending| endings.contains(&ending.as_str()))
}

/// The diagnostic of a file or folder of the plan that cannot be read. One that went while we looked is none of its own: whoever watches
/// looks again, and whoever builds must begin anew.
pub(super) fn unreadable(path: &str, error: DiscoverError) -> Result<Diagnostic, DiscoverError> {
    let (message, help) = match &error {
        DiscoverError::TooLarge { .. } => (
            format!("`{path}` is larger than {} MiB, and is not read", MAX_FILE_SIZE / 1024 / 1024),
            "leave it out with `exclude`, or move it out of the plan",
        ),
        DiscoverError::Unreadable { error, .. } if error.kind() != io::ErrorKind::NotFound => (
            format!("`{path}` cannot be read: {error}"),
            "give yourself the right to read it, or leave it out with `exclude`",
        ),
        _ => return Err(error),
    };
    let location = Location::new(&Source::new(path, ""), Span::default());
    Ok(Diagnostic::new(Code::UNREADABLE_FILE, location, message).label("what it says is not in the site").help(help))
}

/// The diagnostics of Markdown that no collection reads.
pub(super) fn unread_files(paths: &BTreeSet<String>) -> Vec<Diagnostic> {
    let help = "move or rename it, include it with a collection, or leave it out with `exclude`";
    let one = |path: &str| format!("no collection reads `{path}`, so it is not in the site");
    let many = |more: &str| format!("no collection reads {more}, this one first");
    capped(Code::UNREAD_FILE, paths, one, many, help)
}

/// A diagnostic of each of some files; past a limit they are counted.
pub(super) fn capped(
    code: Code,
    paths: &BTreeSet<String>,
    one: impl Fn(&str) -> String,
    many: impl Fn(&str) -> String,
    help: &str,
) -> Vec<Diagnostic> {
    const MAX: usize = 20;
    let found = |path: &String, message: String| {
        Diagnostic::new(code, Location::new(&Source::new(path, ""), Span::default()), message).help(help)
    };
    let named = paths.iter().take(MAX).map(|path| found(path, one(path)));
    let more = paths.iter().nth(MAX).map(|path| found(path, many(&count(paths.len() - MAX, "more file"))));
    named.chain(more).collect()
}

/// The patterns that a file matched, by collection: of those that include, and of those that leave out.
#[derive(Default)]
pub(super) struct Matched {
    include: BTreeSet<(usize, usize)>,
    exclude: BTreeSet<(usize, usize)>,
}

impl Matched {
    /// Notes what a path matches.
    pub(super) fn note(&mut self, config: &Config, path: &str) {
        for (index, collection) in config.collections.iter().enumerate() {
            self.exclude.extend(collection.exclude.matches(path).map(|pattern| (index, pattern)));
            if collection.includes(path) {
                self.include.extend(collection.include.matches(path).map(|pattern| (index, pattern)));
            }
        }
    }

    /// The diagnostics of patterns that match nothing.
    pub(super) fn diagnostics(&self, config: &Config, source: &Arc<Source>) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        let mut report = |index: usize, pattern: &str, message: String, help: &str| {
            let location = config::location_of_pattern(source, config, index, pattern);
            diagnostics.push(Diagnostic::new(Code::UNMATCHED_PATTERN, location, message).help(help));
        };
        for (index, collection) in config.collections.iter().enumerate() {
            for (pattern, written) in collection.include.written().enumerate() {
                if !self.include.contains(&(index, pattern)) {
                    let help = "patterns begin at this file's folder; `*` stands for a name, `**` for any folders";
                    report(index, written, format!("no file matches the pattern `{written}`"), help);
                }
            }
            for (pattern, written) in collection.exclude.written().enumerate() {
                if !self.exclude.contains(&(index, pattern)) {
                    let help = "what it was meant for is read; correct it, or take it out where the files are gone";
                    report(
                        index,
                        written,
                        format!("`exclude` has the pattern `{written}`, which leaves out nothing"),
                        help,
                    );
                }
            }
        }
        diagnostics
    }
}
