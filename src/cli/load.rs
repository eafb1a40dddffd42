//! From a folder to a roadmap: the one place where the face meets the line.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};

use roadbook::date::Date;
use roadbook::diagnostic::Severity;
use roadbook::project;
use roadbook::resolve::Roadmap;

use super::Voice;
use super::findings;
use super::output::{self, Failure};

/// Which plan, and through whose eyes.
#[derive(Args)]
pub(super) struct Place {
    /// The project's folder [default: the nearest one up from here with a roadbook.yml]
    #[arg(value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    dir: Option<PathBuf>,
    #[command(flatten)]
    here: Here,
}

/// The plan around this folder, and through whose eyes.
#[derive(Args)]
pub(super) struct Here {
    /// Whose plan: without what is marked internal, or all of it
    #[arg(long, value_name = "AUDIENCE", value_enum, default_value_t = Audience::Internal)]
    audience: Audience,
    /// The day to take for today
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    today: Option<Date>,
}

/// Who a plan is read for.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Audience {
    /// Everybody
    Public,
    /// The team
    Internal,
}

/// What to load.
pub(super) struct Wanted<'a> {
    pub(super) dir: Option<&'a Path>,
    pub(super) audience: Audience,
    pub(super) today: Option<&'a Date>,
}

impl Place {
    /// What these options ask for.
    pub(super) fn wanted(&self) -> Wanted<'_> {
        Wanted { dir: self.dir.as_deref(), ..self.here.wanted() }
    }
}

impl Here {
    /// What these options ask for.
    pub(super) fn wanted(&self) -> Wanted<'_> {
        Wanted { dir: None, audience: self.audience, today: self.today.as_ref() }
    }
}

/// A plan, resolved.
pub(super) struct Loaded {
    pub(super) root: PathBuf,
    pub(super) roadmap: Roadmap,
    /// How many files of the plan were read.
    pub(super) files: usize,
}

/// Reads a day.
pub(super) fn day(text: &str) -> Result<Date, String> {
    let date = Date::parse(text).filter(|date| date.first() == date.last());
    date.ok_or_else(|| "write a day as 2026-11-30".to_owned())
}
