//! `roadbook export`: the plan for other programs and other tools.

use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, ValueEnum};

use roadbook::SiteParts;
use roadbook::export::{self, GraphFormat, GraphOptions};
use roadbook::release::{Answer, Release};
use roadbook::report;
use roadbook::site::Content;

use super::load::{self, Audience};
use super::output::{CliError, OutputFile};
use super::{ExitStatus, Verbosity, empty};

const EXAMPLES: &str = "\
Examples:
  roadbook export > roadmap.json               what the public may see
  roadbook export --format csv -o backlog.csv  in order, for a spreadsheet
  roadbook export --audience internal          everything, for your programs
  roadbook export --format mermaid             the dependencies, to draw

What is exported goes to others, so it holds nothing internal unless --audience internal is \
given, whatever the configuration says. As with `build`, a plan with errors is exported as far as \
it is right, and the exit code is 1";

/// Write the plan as JSON, CSV, DOT or Mermaid
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Export {
    /// The project's folder [default: the nearest one up from here with a roadbook.yml]
    #[arg(value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    dir: Option<PathBuf>,
    /// How to write it: json (as roadmap.json), csv (as backlog.csv), dot or mermaid
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Json, hide_possible_values = true)]
    format: Format,
    /// Who it is for, public or internal
    #[arg(long, value_name = "AUDIENCE", value_enum, default_value_t = Audience::Public, hide_possible_values = true)]
    audience: Audience,
    #[command(flatten)]
    output: OutputFile,
}

/// How a plan is written.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The site's roadmap.json
    Json,
    /// The site's backlog.csv
    Csv,
    /// The dependencies, for Graphviz
    Dot,
    /// The dependencies, for Mermaid
    Mermaid,
}

/// Writes the plan.
pub(super) fn export(arguments: &Export, verbosity: Verbosity) -> Result<ExitStatus, CliError> {
    let wanted =
        load::Wanted { dir: arguments.dir.as_deref(), audience: Some(arguments.audience), ..load::Wanted::default() };
    let release = load::release(&wanted, verbosity)?;
    empty::tell(release.roadmap(), verbosity);
    let has_errors = report::counts(&release.roadmap().diagnostics).errors > 0;
    let config = Arc::clone(&release.roadmap().config);
    let is_internal = release.audience() == roadbook::visibility::Audience::Internal;
    let graph = |release, format| export::graph(&Answer::from(release), &GraphOptions::default(), format);
    let text = match arguments.format {
        Format::Dot => graph(release, GraphFormat::Dot),
        Format::Mermaid => graph(release, GraphFormat::Mermaid),
        Format::Json => of_site(release, "roadmap.json")?,
        Format::Csv => of_site(release, "backlog.csv")?,
    };
    let root = load::root(arguments.dir.as_deref())?;
    let written = arguments.output.write_for(&text, &root, &config, is_internal)?;
    Ok(if has_errors { ExitStatus::Errors } else { written })
}

/// What the site has at an address, so that there is one writer of each format. Data goes through no template and is not a file of the
/// project's, so the skin is the default one.
fn of_site(release: Release, address: &str) -> Result<String, CliError> {
    let site = roadbook::site(release, SiteParts::default()).map_err(|mistake| CliError::new(mistake.message))?;
    match site.render(address) {
        Some(Ok(Content::Bytes(bytes))) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        _ => Err(CliError::new(format!("the site has no `{address}`"))),
    }
}
