//! The binary. Only the face prints, and only here does the program end.

mod cli;

fn main() -> std::process::ExitCode {
    cli::cli()
}
