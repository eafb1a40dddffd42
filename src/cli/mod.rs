//! The CLI: the commands, what they print and how they end.
//!
//! stdout is data, stderr is diagnostics and progress. The exit code is 0 where all is fine, 1 where the plan has errors (`build`, `check`
//! and `export` judge it, since what they give is handed on; an answer comes with a word of caution) or may not be given to the public, 2
//! where the command was wrong or its environment failed. A reader who closes the pipe early ends nothing but the printing. The one home of `clap`, `anstream`, `anstyle`, `terminal_size` and `unicode-width`.

mod adopt;
mod build;
mod check;
mod clean;
mod completions;
mod empty;
mod explain;
mod export;
mod find;
mod findings;
mod git;
mod graph;
mod init;
mod item;
mod json;
mod list;
mod load;
mod new;
mod next;
mod open;
mod output;
mod schema;
mod serve;
mod show;
mod starter;
mod table;
mod themes;
mod why;
mod workflow;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use output::CliError;

const EXAMPLES: &str = "\
Examples:
  roadbook init my-plan  write a starter plan into my-plan/
  roadbook serve --open  preview the site, and see every save in it
  roadbook build         build the site
  roadbook next          what to start now
  roadbook why search    why an item stands where it stands
  roadbook help build    all about a command

Exit codes: 0 fine, 1 the plan has errors (build, check, export) or may not be shown to the public, 2 the command failed";

/// Turns a folder of Markdown plans into a linked roadmap and backlog site
#[derive(Parser)]
#[command(name = "roadbook", version, after_help = EXAMPLES, styles = output::HELP_STYLES, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    common: Common,
}

#[derive(Subcommand)]
enum Command {
    Init(init::Init),
    New(new::New),
    Build(build::Build),
    Check(check::Check),
    Serve(serve::Serve),
    List(list::List),
    Show(show::Show),
    Next(next::Next),
    Why(why::Why),
    Graph(graph::Graph),
    Export(export::Export),
    Schema(schema::Schema),
    Explain(explain::Explain),
    Clean(clean::Clean),
    Completions(completions::Completions),
}

/// What every command takes.
#[derive(Args)]
#[command(next_help_heading = "Everywhere")]
struct Common {
    /// Run as if started in DIR
    #[arg(short = 'C', long = "directory", value_name = "DIR", value_hint = clap::ValueHint::DirPath, global = true)]
    directory: Option<PathBuf>,
    /// Say nothing but errors
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Show every finding, and how long each stage took
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    verbose: bool,
    /// When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded by auto
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = Color::Auto, hide_possible_values = true, global = true)]
    color: Color,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

/// How much a command is to say.
#[derive(Clone, Copy)]
struct Verbosity {
    /// Errors only.
    quiet: bool,
    /// Every finding, and the times of the stages, too.
    verbose: bool,
}

/// How a command ended that did what it was asked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ExitStatus {
    /// All is fine.
    Fine,
    /// The plan has errors.
    Errors,
}

/// Reads the command line, does what it says, and gives the exit code.
pub(crate) fn cli() -> ExitCode {
    let arguments = Arguments::parse();
    match arguments.common.color {
        Color::Auto => anstream::ColorChoice::Auto,
        Color::Always => anstream::ColorChoice::Always,
        Color::Never => anstream::ColorChoice::Never,
    }
    .write_global();
    match run(arguments) {
        Ok(ExitStatus::Fine) => ExitCode::SUCCESS,
        Ok(ExitStatus::Errors) => ExitCode::from(1),
        Err(failure) => {
            output::failure(&failure);
            ExitCode::from(failure.exit_code)
        }
    }
}

fn run(arguments: Arguments) -> Result<ExitStatus, CliError> {
    let common = arguments.common;
    if let Some(directory) = &common.directory {
        std::env::set_current_dir(load::folder(directory)?)
            .map_err(|error| CliError::new(format!("cannot enter `{}`: {error}", directory.display())))?;
    }
    let verbosity = Verbosity { quiet: common.quiet, verbose: common.verbose };
    match arguments.command {
        Command::Init(arguments) => init::init(&arguments, verbosity),
        Command::New(arguments) => new::new(&arguments, verbosity),
        Command::Build(arguments) => build::build(&arguments, verbosity),
        Command::Check(arguments) => check::check(&arguments, verbosity),
        Command::Serve(arguments) => serve::serve(&arguments, verbosity),
        Command::List(arguments) => list::list(&arguments, verbosity),
        Command::Show(arguments) => show::show(&arguments, verbosity),
        Command::Next(arguments) => next::next(&arguments, verbosity),
        Command::Why(arguments) => why::why(&arguments, verbosity),
        Command::Graph(arguments) => graph::graph(&arguments, verbosity),
        Command::Export(arguments) => export::export(&arguments, verbosity),
        Command::Schema(arguments) => schema::schema(&arguments, verbosity),
        Command::Explain(arguments) => explain::explain(&arguments),
        Command::Clean(arguments) => clean::clean(&arguments, verbosity),
        Command::Completions(arguments) => completions::completions(&arguments),
    }
}
