//! The binary. Only the CLI prints, and only here does the program end.

mod cli;

/// A build allocates many short strings on several threads: with this allocator it takes about a fifth less processor time. Its version 2
/// is as fast here as version 3, and 10,000 items take 25 MiB less.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    cli::cli()
}
