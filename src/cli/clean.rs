//! `roadbook clean`: the site, taken away again.

use std::path::PathBuf;

use clap::Args;

use super::output::Failure;
use super::{Verdict, Voice};

const EXAMPLES: &str = "\
Examples:
  roadbook clean              remove _site
  roadbook clean -d public    remove public

Only what Roadbook made is removed: a folder without its marker file is refused";

/// Remove the site that `build` made
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Clean {
    /// The project's folder [default: the nearest one up from here with a roadbook.yml]
    #[arg(value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    dir: Option<PathBuf>,
    /// The site's folder [default: _site in the project]
    #[arg(short, long, value_name = "DEST", value_hint = clap::ValueHint::DirPath)]
    dest: Option<PathBuf>,
}
