//! `roadbook clean`: the site, taken away again.

use std::path::PathBuf;

use clap::Args;

use roadbook::publish::{self, Destination};

use super::load;
use super::output::{self, CliError};
use super::{ExitStatus, Verbosity};
use roadbook::text::count;

const EXAMPLES: &str = "\
Examples:
  roadbook clean            remove _site
  roadbook clean -d public  remove public

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

/// Removes the site.
pub(super) fn clean(arguments: &Clean, verbosity: Verbosity) -> Result<ExitStatus, CliError> {
    // Away from a project, a folder that is named can still be cleaned: its marker says that it is ours.
    let to = match (load::root(arguments.dir.as_deref()), &arguments.dest) {
        (Ok(root), dest) => load::destination(&root, dest.as_deref()),
        (Err(_), Some(dest)) if arguments.dir.is_none() => {
            Destination { folder: dest.clone(), ..Destination::default() }
        }
        (Err(failure), _) => return Err(failure),
    };
    let cleaned = publish::clean(&to).map_err(|error| CliError::new(error.to_string()))?;
    if verbosity.quiet {
        return Ok(ExitStatus::Fine);
    }
    let folder = to.folder.display();
    if let Some(left) = &cleaned.left {
        output::message(&format!(
            "could not remove `{}`; where the next build does not either, remove it yourself\n",
            left.display()
        ));
    }
    if cleaned.removed == 0 && cleaned.preserved.is_empty() {
        output::message(&format!("nothing to remove in {folder}\n"));
        return Ok(ExitStatus::Fine);
    }
    output::message(&format!("removed {} from {folder}\n", count(cleaned.removed, "file")));
    if !cleaned.preserved.is_empty() {
        output::message(&format!("kept {} that Roadbook did not write\n", count(cleaned.preserved.len(), "file")));
    }
    Ok(ExitStatus::Fine)
}
