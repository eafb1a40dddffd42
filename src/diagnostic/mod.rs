//! Diagnostics: what is wrong with a plan, as data.
//!
//! An author's mistake is a [`Diagnostic`] with a place; a failure of the environment (a disk, a permission) is an error. Stages
//! collect diagnostics and go on, so that one run reports everything, once each.

mod causes;
mod code;

pub use causes::follow_from;
pub use code::{CODES, Code};

use std::collections::BTreeMap;

use crate::source::Location;

/// How much a diagnostic weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something to know; nothing is wrong.
    Note,
    /// Something an author should look at; the plan still means something.
    Warning,
    /// Something that makes the plan mean less than it says; the exit code is 1.
    Error,
}

impl Severity {
    /// The word for it in every format.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// One finding, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which kind of finding; stable across versions.
    pub code: Code,
    /// Its weight: the code's own, until the configuration or `--strict` says otherwise.
    pub severity: Severity,
    /// Where; absent only where there is not a file to point at.
    pub location: Option<Location>,
    /// One sentence, names in backticks, no full stop.
    pub message: String,
    /// A few words under the caret.
    pub label: Option<String>,
    /// The act that fixes it.
    pub help: Option<String>,
    /// Other places that take part, each with a few words: the other half of a duplicate, the next edge of a cycle.
    pub related: Vec<(Location, String)>,
    /// The finding that this one follows from, where it is known: who fixes that one may be done.
    pub cause: Option<Cause>,
}

/// A finding that others follow from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// Its code.
    pub code: Code,
    /// Its place.
    pub location: Location,
}

impl Diagnostic {
    /// A finding of kind `code` with its default severity.
    pub fn new(code: Code, location: impl Into<Option<Location>>, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity: code.severity(),
            location: location.into(),
            message: message.into(),
            label: None,
            help: None,
            related: Vec::new(),
            cause: None,
        }
    }

    /// With a few words under the caret.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Diagnostic {
        self.label = Some(label.into());
        self
    }

    /// With the act that fixes it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// With another place that takes part.
    #[must_use]
    pub fn related(mut self, location: Location, words: impl Into<String>) -> Diagnostic {
        self.related.push((location, words.into()));
        self
    }

    /// With the finding that it follows from, where there is one with a place.
    #[must_use]
    pub fn follows(mut self, cause: Option<&Diagnostic>) -> Diagnostic {
        let cause = cause.and_then(|cause| Some(Cause { code: cause.code, location: cause.location.clone()? }));
        self.cause = cause;
        self
    }

    /// Whether another finding follows from this one.
    pub fn is_cause_of(&self, other: &Diagnostic) -> bool {
        other
            .cause
            .as_ref()
            .is_some_and(|cause| self.code == cause.code && self.location.as_ref() == Some(&cause.location))
    }
}

/// Gives diagnostics the severities that the configuration and `strict` say, leaves out those that are switched off, and puts
/// them in the order of their places, each once; those that others follow from come first, and weigh as much as what follows.
///
/// A severity in the configuration (none: off) holds under `strict` too: somebody decided it.
pub fn finalize(diagnostics: &mut Vec<Diagnostic>, severities: &BTreeMap<Code, Option<Severity>>, strict: bool) {
    diagnostics.retain_mut(|diagnostic| {
        let usual = if strict { diagnostic.code.strict_severity() } else { diagnostic.code.severity() };
        // What keeps a site from being published, or a file from the public, must be heard.
        let is_fixed = [Code::INTERNAL_REFERENCE, Code::INVALID_CONFIGURATION, Code::INVALID_VISIBILITY]
            .contains(&diagnostic.code);
        let configured = severities.get(&diagnostic.code).copied().filter(|_| !is_fixed);
        let severity = configured.unwrap_or(Some(usual));
        diagnostic.severity = severity.unwrap_or(diagnostic.severity);
        severity.is_some()
    });
    diagnostics.sort_by(|a, b| a.key().cmp(&b.key()));
    diagnostics.dedup();
    causes::put_first(diagnostics);
}

impl Diagnostic {
    /// What it is sorted by: path, place, code, message. Those without a place come first.
    fn key(&self) -> (Option<(&str, u32, u32)>, Code, &str) {
        let location = self.location.as_ref();
        let location = location.map(|location| (location.source.path.as_str(), location.span.start, location.span.end));
        (location, self.code, &self.message)
    }
}
