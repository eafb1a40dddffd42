//! The binary. Only the CLI prints, and only here does the program end.

mod cli;

fn main() -> std::process::ExitCode {
    cli::cli()
}
