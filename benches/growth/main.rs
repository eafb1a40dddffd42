//! How plans grow that were made to be slow: each shape of `shapes` is built at one size, at two and at four times that size, and the
//! table says by which power of the size the processor time in user mode grows.
//!
//! ```text
//! cargo bench --bench growth                   every shape
//! cargo bench --bench growth -- cycle tags     the shapes with one of these words in their names
//! cargo bench --bench growth -- --quick        an eighth of the sizes, once each: to look for what is far too steep
//! ```
//!
//! Fails where the power is above 1.2 and no reason stands beside the shape. Each figure is a median of runs in pairs: sizes take turns,
//! so that whatever else the machine does meets all of them. A shape that seems too steep is measured again before it counts.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program of its own, whose table is its answer")]
#![expect(clippy::float_arithmetic, reason = "measurements, not plans")]

mod shapes;
#[path = "../scale/watch.rs"]
#[expect(dead_code, reason = "the other table shows more of a run")]
mod watch;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs};

use shapes::{Shape, shapes};

/// The highest power that needs no reason.
const MOST: f64 = 1.2;
/// How much to measure.
struct Effort {
    /// What sizes are divided by.
    divisor: usize,
    /// Runs of each size.
    rounds: usize,
    /// How often a shape is measured that is too steep.
    attempts: usize,
}
const FULL: Effort = Effort { divisor: 1, rounds: 3, attempts: 3 };
const QUICK: Effort = Effort { divisor: 8, rounds: 1, attempts: 2 };
/// What is added to every time, in seconds: so much is chance, for the clock ticks in hundredths, and what a run costs whatever the plan. A
/// shape that a bound keeps from taking longer is not steep.
const CHANCE: f64 = 0.05;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    // Cargo adds `--bench`.
    let (options, words): (Vec<String>, Vec<String>) = env::args().skip(1).partition(|word| word.starts_with("--"));
    let effort = if options.iter().any(|option| option == "--quick") { QUICK } else { FULL };
    match measure(&words, &effort) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("growth: {error}");
            ExitCode::from(2)
        }
    }
}

fn measure(words: &[String], effort: &Effort) -> Result<bool> {
    let memory = Path::new("/dev/shm");
    let scratch = tempfile::tempdir_in(if memory.is_dir() { memory.to_owned() } else { env::temp_dir() })?;
    let is_wanted = |shape: &&Shape| words.is_empty() || words.iter().any(|word| shape.name.contains(word.as_str()));
    let all = shapes();
    println!("| shape | size | seconds | at 2 × | at 4 × | exponent | |");
    println!("|---|---:|---:|---:|---:|---:|---|");
    let mut are_all_flat = true;
    for shape in all.iter().filter(is_wanted) {
        let mut figures = series(shape, effort, scratch.path())?;
        for _ in 1..effort.attempts {
            if figures.exponent <= MOST || shape.reason.is_some() {
                break;
            }
            let again = series(shape, effort, scratch.path())?;
            if again.exponent < figures.exponent {
                figures = again;
            }
        }
        let is_steep = figures.exponent > MOST;
        let verdict = match shape.reason {
            Some(reason) => reason,
            None if is_steep => "**too steep**",
            None => "",
        };
        are_all_flat &= !is_steep || shape.reason.is_some();
        let [one, two, four] = figures.seconds;
        println!(
            "| {} | {} | {one:.2} | {two:.2} | {four:.2} | {:.2} | {verdict} |",
            shape.name,
            shape.size / effort.divisor,
            figures.exponent
        );
    }
    Ok(are_all_flat)
}

struct Figures {
    seconds: [f64; 3],
    exponent: f64,
}

fn series(shape: &Shape, effort: &Effort, scratch: &Path) -> Result<Figures> {
    let folders: Vec<PathBuf> = [1, 2, 4].iter().map(|factor| scratch.join(factor.to_string())).collect();
    for (folder, factor) in folders.iter().zip([1, 2, 4]) {
        for (path, text) in (shape.files)(shape.size / effort.divisor * factor) {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().ok_or("a file in no folder")?)?;
            fs::write(path, text)?;
        }
    }
    let mut rounds: Vec<[f64; 3]> = Vec::new();
    for _ in 0..effort.rounds {
        let mut seconds = [0.0; 3];
        for (folder, seconds) in folders.iter().zip(&mut seconds) {
            *seconds = run(shape, folder)?;
        }
        rounds.push(seconds);
    }
    for folder in folders {
        fs::remove_dir_all(folder)?;
    }
    let of = |index: usize| median(rounds.iter().map(|seconds| seconds[index]).collect());
    // Of small plans most is what every run costs, so the last doubling tells.
    let powers = rounds.iter().map(|seconds| ((seconds[2] + CHANCE) / (seconds[1] + CHANCE)).log2()).collect();
    Ok(Figures { seconds: [of(0), of(1), of(2)], exponent: median(powers) })
}

/// One run of the program, in seconds of processor time in user mode.
fn run(shape: &Shape, folder: &Path) -> Result<f64> {
    let is_one_file = shape.command.contains(&"--single-file");
    let site = folder.with_extension(if is_one_file { "html" } else { "site" });
    let mut command = Command::new(env!("CARGO_BIN_EXE_roadbook"));
    command.arg("-C").arg(folder).args(["-q", "--color", "never"]).args(shape.command);
    if shape.command.first() == Some(&"build") {
        command.arg("-d").arg(&site);
    }
    let run = watch::watch(command)?;
    if run.said.contains("panicked") {
        return Err(format!("{}: {}", shape.name, run.said).into());
    }
    if site.is_dir() {
        fs::remove_dir_all(site)?;
    } else if site.exists() {
        fs::remove_file(site)?;
    }
    Ok(run.user.ok_or("the system does not tell processor time")?.as_secs_f64())
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or_default()
}
