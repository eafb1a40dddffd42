//! `roadbook check`: everything that is wrong with a plan, once each.

use clap::{Args, ValueEnum};

use roadbook::report;

use super::load::{self, ProjectArgs, Wanted};
use super::output::{self, CliError};
use super::{ExitStatus, Verbosity, empty, explain, findings, workflow};
use roadbook::text::count;

const EXAMPLES: &str = "\
Examples:
  roadbook check                           the plan around this folder
  roadbook check --strict --format github  in a workflow
  roadbook check --format short | sort     for an editor, or for other tools
  roadbook check --explain duplicate-id    what a code means

Findings go to standard output, the summary to standard error. With --format github all of them go \
to the summary page of the workflow, too, as GitHub shows ten annotations of a kind at most";

/// Check a plan and report everything that is wrong with it
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Check {
    #[command(flatten)]
    project: ProjectArgs,
    /// Take some warnings for errors (`roadbook explain` lists them)
    #[arg(long)]
    strict: bool,
    /// How to write what is wrong: human, short, json or github
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Human, hide_possible_values = true)]
    format: Format,
    /// Explain a code instead, as `roadbook explain` does
    #[arg(long, value_name = "CODE", value_parser = explain::Codes, hide_possible_values = true)]
    explain: Option<String>,
}

/// How diagnostics are written.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// With the source line and a caret
    Human,
    /// One line each
    Short,
    /// For programs
    Json,
    /// Annotations of a GitHub workflow
    Github,
}

impl Format {
    /// The report module's word for it.
    pub(super) fn of_report(self) -> report::Format {
        match self {
            Format::Human => report::Format::Human,
            Format::Short => report::Format::Short,
            Format::Json => report::Format::Json,
            Format::Github => report::Format::Github,
        }
    }
}

/// Checks a plan.
pub(super) fn check(arguments: &Check, verbosity: Verbosity) -> Result<ExitStatus, CliError> {
    if let Some(code) = &arguments.explain {
        return explain::one(code);
    }
    let loaded = load::load_for_now(&Wanted { strict: arguments.strict, ..arguments.project.wanted() }, verbosity)?;
    let mut diagnostics = loaded.diagnostics().to_vec();
    let counts = findings::counts(&diagnostics);
    if arguments.format == Format::Github {
        workflow::tell(&diagnostics, &loaded.root, loaded.size().0, None)?;
    }
    if verbosity.quiet {
        findings::keep_errors(&mut diagnostics);
    }
    let colour = output::colour_on_stdout();
    let files = count(loaded.files(), "file");
    if arguments.format == Format::Human && !verbosity.verbose {
        let shown = report::fold(&diagnostics);
        output::data(&report::folded(&shown, colour))?;
        if !verbosity.quiet {
            let left_out = findings::left_out(diagnostics.len(), &shown).map(|left_out| format!("; {left_out}"));
            let (codes, counts) = (findings::codes(&shown), findings::words(&report::counts_of(&shown)));
            output::message(&format!("{codes}{counts} in {files}{}\n", left_out.unwrap_or_default()));
        }
    } else {
        output::data(&findings::text(&diagnostics, arguments.format, colour, &loaded.root))?;
        if !verbosity.quiet {
            output::message(&format!("{} in {files}\n", findings::words(&counts)));
        }
    }
    empty::tell(loaded.for_author(), verbosity);
    Ok(if counts.errors > 0 { ExitStatus::Errors } else { ExitStatus::Fine })
}
