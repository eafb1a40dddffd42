//! The gate: whether a roadmap may leave. Sites, exports and every answer for the public are made from a [`Release`], and only
//! [`release`] makes one, so that no output can forget to ask.

use std::fmt;
use std::sync::Arc;

use crate::config::Audience;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::resolve::Roadmap;

/// A roadmap that may leave, for the audience that it was made for; and, where a site is to say what changed, an earlier one.
#[derive(Debug)]
pub struct Release {
    roadmap: Roadmap,
    earlier: Option<Arc<Roadmap>>,
}

impl Release {
    /// The roadmap.
    pub fn roadmap(&self) -> &Roadmap {
        &self.roadmap
    }

    /// Who it is for.
    pub fn audience(&self) -> Audience {
        self.roadmap.audience
    }

    /// The same release beside an earlier one of the same plan. One for another audience is not part of it: it could give away what this
    /// audience may not see.
    pub fn since(self, earlier: Release) -> Release {
        let earlier = Some(earlier.roadmap).filter(|earlier| earlier.audience == self.roadmap.audience);
        Release { earlier: earlier.map(Arc::new), ..self }
    }

    /// The roadmap, and the earlier one.
    pub(crate) fn into_parts(self) -> (Roadmap, Option<Arc<Roadmap>>) {
        (self.roadmap, self.earlier)
    }
}

/// A roadmap that may not leave, and why.
#[derive(Debug)]
pub struct Refused {
    /// The roadmap, whose diagnostics say what to fix.
    pub roadmap: Roadmap,
    /// Why.
    pub reason: Reason,
}

/// Why a roadmap may not leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// What was configured has a mistake, so nobody knows what is meant to be internal.
    Configuration,
    /// A public file names something internal.
    InternalReference,
    /// The configuration calls something internal that the project does not have.
    UnknownInternal,
    /// A file has a word of another tool that may keep it from the public.
    UndecidedVisibility,
    /// The plan has errors, and whoever asks wants none.
    Errors,
}

impl Reason {
    /// Whether a diagnostic is one of those that the reason is about.
    pub fn is_about(self, diagnostic: &Diagnostic) -> bool {
        match self {
            Reason::Configuration => diagnostic.code == Code::INVALID_CONFIGURATION,
            Reason::InternalReference => diagnostic.code == Code::INTERNAL_REFERENCE,
            Reason::UnknownInternal => diagnostic.code == Code::UNKNOWN_INTERNAL,
            Reason::UndecidedVisibility => diagnostic.code == Code::UNDECIDED_VISIBILITY,
            Reason::Errors => diagnostic.severity == Severity::Error,
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Reason::Configuration => "the configuration has a mistake, so nobody knows what is internal",
            Reason::InternalReference => "a public file names something internal",
            Reason::UnknownInternal => "the configuration calls something internal that is not there",
            Reason::UndecidedVisibility => "nobody has said whether everybody may see a file",
            Reason::Errors => "the plan has errors, and `--strict` allows none",
        })
    }
}

/// Lets a roadmap leave. `strict` refuses one whose plan has any error.
///
/// # Errors
///
/// The reason, with the roadmap, whose diagnostics the author still wants to see.
pub fn release(roadmap: Roadmap, strict: bool) -> Result<Release, Box<Refused>> {
    let mut reasons = vec![Reason::Configuration];
    if roadmap.audience == Audience::Public {
        reasons.extend([Reason::InternalReference, Reason::UnknownInternal, Reason::UndecidedVisibility]);
    }
    if strict {
        reasons.push(Reason::Errors);
    }
    let found = reasons.into_iter().find(|reason| roadmap.diagnostics.iter().any(|found| reason.is_about(found)));
    match found {
        Some(reason) => Err(Box::new(Refused { roadmap, reason })),
        None => Ok(Release { roadmap, earlier: None }),
    }
}

/// What an answer is made from: anything for the team, which may see a plan that cannot be published, and a release for the public.
#[derive(Debug)]
pub struct Answer {
    roadmap: Roadmap,
}

impl Answer {
    /// The roadmap.
    pub fn roadmap(&self) -> &Roadmap {
        &self.roadmap
    }
}

/// What may leave may also answer.
impl From<Release> for Answer {
    fn from(release: Release) -> Answer {
        Answer { roadmap: release.roadmap }
    }
}

/// Lets a roadmap answer questions.
///
/// # Errors
///
/// As [`release`], where the answer is for the public.
pub fn answer(roadmap: Roadmap) -> Result<Answer, Box<Refused>> {
    match roadmap.audience {
        Audience::Internal => Ok(Answer { roadmap }),
        Audience::Public => release(roadmap, false).map(Answer::from),
    }
}
