//! How Roadbook grows: builds seeded plans of 1,000 to 100,000 items and prints a Markdown table of time by stage, processor time
//! and memory, with the exponent of each.
//!
//! ```text
//! cargo bench --bench scale                             1,000, 10,000 and 100,000 items
//! cargo bench --bench scale -- 500 5000                 other sizes
//! cargo bench --bench scale -- generate 10000 DIR       only writes a plan
//! ```
//!
//! Plans and sites lie in memory where the system has a place for that (`/dev/shm`): what a disk does says nothing about Roadbook.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program of its own, whose table is its answer")]
#![expect(clippy::float_arithmetic, reason = "measurements, not plans")]

mod plan;
mod watch;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;
use std::{env, fs};

use watch::Run;

const SEED: u64 = 20_261_123;
const SIZES: &[usize] = &[1_000, 10_000, 100_000];

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    // Cargo adds `--bench`.
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["generate", items, folder] => generate(items, Path::new(folder)),
        sizes => {
            sizes.iter().map(|size| Ok(size.parse()?)).collect::<Result<Vec<usize>>>().and_then(|sizes| measure(&sizes))
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("scale: {error}");
            ExitCode::from(2)
        }
    }
}

fn generate(items: &str, folder: &Path) -> Result<()> {
    if folder.exists() {
        return Err(format!("`{}` is there already", folder.display()).into());
    }
    write(folder, items.parse()?)
}

fn write(folder: &Path, items: usize) -> Result<()> {
    for (path, text) in plan::plan(items, SEED) {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().ok_or("a file in no folder")?)?;
        fs::write(path, text)?;
    }
    Ok(())
}

/// The runs of one size, of which every figure is the median.
struct Series {
    items: usize,
    runs: Vec<Run>,
}

fn measure(sizes: &[usize]) -> Result<()> {
    let sizes = if sizes.is_empty() { SIZES } else { sizes };
    let memory = Path::new("/dev/shm");
    let scratch = tempfile::tempdir_in(if memory.is_dir() { memory.to_owned() } else { env::temp_dir() })?;
    let mut table = Vec::new();
    for &items in sizes {
        let folder = scratch.path().join(items.to_string());
        write(&folder, items)?;
        // Small plans are over in an instant, in which chance is large.
        let rounds = (20_000 / items.max(1)).clamp(3, 9);
        let mut runs = Vec::new();
        for _ in 0..rounds {
            runs.push(build(&folder)?);
        }
        fs::remove_dir_all(&folder)?;
        table.push(Series { items, runs });
    }
    print(&table);
    Ok(())
}

/// One full build into a folder that is not there yet.
fn build(folder: &Path) -> Result<Run> {
    let site = folder.with_extension("site");
    let mut command = Command::new(PathBuf::from(env!("CARGO_BIN_EXE_roadbook")));
    command.arg("build").arg(folder).arg("-d").arg(&site).arg("-v").arg("--color").arg("never");
    let run = watch::watch(command)?;
    if !site.join("index.html").is_file() {
        return Err(format!("nothing was built; the program said:\n{}", run.said).into());
    }
    fs::remove_dir_all(site)?;
    Ok(run)
}

fn print(table: &[Series]) {
    let heads: Vec<String> = table.iter().map(|series| format!("{} items", thousands(series.items))).collect();
    println!("| | {} | exponent |", heads.join(" | "));
    println!("|---|{}---:|", "---:|".repeat(table.len()));
    let mut stages: Vec<String> = Vec::new();
    for run in table.iter().flat_map(|series| &series.runs) {
        for (stage, _) in &run.stages {
            if !stages.contains(stage) {
                stages.push(stage.clone());
            }
        }
    }
    for stage in &stages {
        row(&format!("`{stage}`, ms"), table, |run| run.stage(stage));
    }
    row("all, wall clock, ms", table, |run| Some(milliseconds(run.wall)));
    row("all, processor in user mode, ms", table, |run| run.user.map(milliseconds));
    row("most memory, MiB", table, |run| run.peak.map(|bytes| bytes as f64 / f64::from(1 << 20)));
}

fn row(name: &str, table: &[Series], figure: impl Fn(&Run) -> Option<f64>) {
    let medians: Vec<Option<f64>> =
        table.iter().map(|series| median(series.runs.iter().filter_map(&figure).collect())).collect();
    let cells: Vec<String> =
        medians.iter().map(|median| median.map_or("–".to_owned(), |ms| format!("{ms:.1}"))).collect();
    let points: Vec<(f64, f64)> = table
        .iter()
        .zip(&medians)
        .filter_map(|(series, median)| Some((series.items as f64, (*median)?)))
        .filter(|&(_, y)| y > 0.0)
        .collect();
    let exponent = exponent(&points).map_or("–".to_owned(), |exponent| format!("{exponent:.2}"));
    println!("| {name} | {} | {exponent} |", cells.join(" | "));
}

/// The slope of the straight line that fits best, by least squares, where both axes are logarithmic.
fn exponent(points: &[(f64, f64)]) -> Option<f64> {
    let logs: Vec<(f64, f64)> = points.iter().map(|&(x, y)| (x.ln(), y.ln())).collect();
    let count = logs.len() as f64;
    let (mean_x, mean_y) = logs.iter().fold((0.0, 0.0), |sum, log| (sum.0 + log.0 / count, sum.1 + log.1 / count));
    let along: f64 = logs.iter().map(|log| (log.0 - mean_x) * (log.0 - mean_x)).sum();
    let across: f64 = logs.iter().map(|log| (log.0 - mean_x) * (log.1 - mean_y)).sum();
    (along > 0.0).then_some(across / along)
}

fn median(mut figures: Vec<f64>) -> Option<f64> {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied()
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
