//! `roadbook completions`: what a shell needs to complete our commands.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::output::{self, CliError};
use super::{Arguments, ExitStatus};

const EXAMPLES: &str = "\
Examples:
  roadbook completions bash >~/.local/share/bash-completion/completions/roadbook
  roadbook completions zsh >~/.zfunc/_roadbook
  roadbook completions fish >~/.config/fish/completions/roadbook.fish";

/// Print the completion script of a shell
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    shell: Shell,
}

/// Prints the script.
pub(super) fn completions(arguments: &Completions) -> Result<ExitStatus, CliError> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "roadbook", &mut script);
    output::data(&String::from_utf8_lossy(&script))
}
