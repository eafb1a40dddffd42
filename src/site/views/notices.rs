//! Notices: what a reader must know before the rest of a page, and where strategy and backlog disagree about it.

use serde::Serialize;

use super::{Link, View, words};
use crate::diagnostic::{Code, Diagnostic};
use crate::markdown;
use crate::name;
use crate::plan::Entry;

/// Disagreements beside one thing; the health page has all.
const MOST: usize = 5;

/// Something the reader must know before the rest: that it is in a cycle, that its id is taken, that its front matter was rescued, what
/// supersedes it; in internal builds a disagreement between strategy and backlog that it takes part in.
#[derive(Clone, Debug, Serialize)]
pub(in crate::site) struct Notice {
    /// `error warning note`
    pub(super) kind: String,
    /// One sentence; code and links allowed.
    pub(super) text_html: String,
    /// What fixes it, of a disagreement between strategy and backlog; "" for the others.
    pub(super) help_html: String,
    /// Where more is said of its kind: `health.html#horizon-inversion`.
    pub(super) more: Option<Link>,
}

impl Notice {
    /// A notice without help.
    pub(super) fn new(kind: &str, text_html: impl Into<String>) -> Notice {
        Notice { kind: kind.to_owned(), text_html: text_html.into(), help_html: String::new(), more: None }
    }
}

impl View<'_> {
    /// What a reader must know of any thing before the rest.
    pub(super) fn notices(self, entry: &Entry) -> Vec<Notice> {
        let mut notices = Vec::new();
        if entry.slug != name::address(&entry.id) {
            let text = format!("Another file has the id `{}` too; references mean that one.", entry.id);
            notices.push(Notice::new("warning", markdown::with_code(&text)));
        }
        let is_broken = |code| entry.document.diagnostics.iter().any(|diagnostic| diagnostic.code == code);
        if self.site.is_internal() && is_broken(Code::INVALID_YAML) {
            notices.push(Notice::new("warning", "The front matter is not valid YAML and was read line by line."));
        }
        notices.extend(self.disagreements(entry.path()));
        notices
    }

    /// Where strategy and backlog disagree about what a file says.
    fn disagreements(self, path: &str) -> Vec<Notice> {
        let all = self.site.disagreements(path);
        let notice = |diagnostic: &&Diagnostic| Notice {
            kind: diagnostic.severity.word().to_owned(),
            text_html: markdown::with_code(&(words::capital(&diagnostic.message) + ".")),
            help_html: markdown::with_code(
                &diagnostic.help.iter().map(|help| words::capital(help) + ".").collect::<String>(),
            ),
            more: Some(self.link(&format!("health.html#{}", diagnostic.code.name()), diagnostic.code.name())),
        };
        let mut notices: Vec<Notice> = all.iter().take(MOST).map(notice).collect();
        if let Some(more) = self.more(all.len(), MOST, "health.html") {
            notices.push(Notice { more: Some(more), ..Notice::new("note", "") });
        }
        notices
    }
}
