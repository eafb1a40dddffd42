//! How often lines cross in Roadbook's drawings and in those of Graphviz's `dot`, on the same graphs and by the same measure: the
//! lines of both are followed as they are drawn, and points where two of them meet are counted. Fails where Roadbook's cross more than
//! one and a half times as often on any kind of graph.
//!
//! ```text
//! cargo bench --bench drawing                  random graphs and trees of 10 to 150 boxes
//! cargo bench --bench drawing -- DIR…          and the graphs of the plans in these projects
//! ```
//!
//! `dot` comes with Debian's package `graphviz`. It gets the same boxes in the same order, of the same size, from left to right, and
//! draws as it does by default.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program of its own, whose table is its answer")]
#![expect(clippy::float_arithmetic, reason = "measurements, not plans")]

mod dot;
mod graphs;
#[path = "../../tests/suite/drawing/measure.rs"]
mod measure;
#[path = "../../tests/suite/drawing/read.rs"]
#[expect(dead_code, reason = "the tests look at more of a drawing")]
mod read;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::sync::LazyLock;
use std::time::{Duration, Instant};
use std::{env, fs};

use roadbook::site::drawing::{self, DrawingNode, Mark, drawing};

use graphs::{Family, Graph};
use read::{Point, is_loop, to_its_tip};

/// How many crossings of ours may stand against one of dot's.
const MOST: f64 = 1.5;
/// What a drawing may take, for one that is shown: the preview waits for it.
const SLOWEST: Duration = Duration::from_millis(50);

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    // Cargo adds `--bench`.
    let folders: Vec<String> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match compare(&folders) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("drawing: {error}");
            ExitCode::from(2)
        }
    }
}

/// Crossings, and how long it took.
#[derive(Default)]
struct Sums {
    graphs: usize,
    ours: usize,
    dots: usize,
    /// How many graphs are drawn with fewer crossings by us, and by dot.
    better: usize,
    worse: usize,
    slowest: Duration,
}

fn compare(folders: &[String]) -> Result<bool> {
    let version = dot::version()?;
    println!("Roadbook {} and {version}; seeds 1 to {}\n", env!("CARGO_PKG_VERSION"), graphs::SEEDS);
    println!("| graphs | how many | crossings | dot's | ratio | fewer | more | slowest |");
    println!("|---|---|---|---|---|---|---|---|");
    let mut families = graphs::random();
    for folder in folders {
        families.push(graphs::of_plan(Path::new(folder))?);
    }
    let mut is_fine = true;
    for Family { name, graphs } in families {
        let mut sums = Sums::default();
        for graph in &graphs {
            measure(graph, &mut sums)?;
        }
        let ratio = match (sums.ours, sums.dots) {
            (0, _) => 0.0,
            (_, 0) => f64::INFINITY,
            (ours, dots) => ours as f64 / dots as f64,
        };
        let Sums { graphs, ours, dots, better, worse, slowest } = sums;
        let slow = slowest.as_secs_f64() * 1000.0;
        println!("| {name} | {graphs} | {ours} | {dots} | {ratio:.2} | {better} | {worse} | {slow:.1} ms |");
        if ratio > MOST {
            eprintln!("drawing: {name}: more than {MOST} times as many crossings as dot");
            is_fine = false;
        }
        if slowest > SLOWEST {
            eprintln!("drawing: {name}: a drawing took more than {} ms", SLOWEST.as_millis());
            is_fine = false;
        }
    }
    Ok(is_fine)
}

fn measure(graph: &Graph, sums: &mut Sums) -> Result<()> {
    let input = drawing::Graph {
        boxes: graph.titles.iter().map(|title| node(title)).collect(),
        edges: graph.edges.clone(),
        title: "",
        description: "",
        id_prefix: "d",
    };
    let drawn = drawing(&input);
    // The least of three, and only what this thread worked: a busy machine is no fault of the drawing's.
    let time = |_| {
        let begin = busy();
        drawing(&input);
        busy() - begin
    };
    let took = (0..3).map(time).min().unwrap_or_default();
    let read = read::read(&drawn.svg);
    let lines: Vec<Vec<Point>> = read.lines.iter().filter(|line| !is_loop(&read, line)).map(to_its_tip).collect();
    let size = read.boxes.first().map_or((1.0, 1.0), |rect| (rect.right - rect.left, rect.bottom - rect.top));
    let (ours, dots) = (measure::crossings(&lines), measure::crossings(&dot::lines(graph, size)?));
    sums.graphs += 1;
    sums.ours += ours;
    sums.dots += dots;
    sums.better += usize::from(ours < dots);
    sums.worse += usize::from(ours > dots);
    sums.slowest = sums.slowest.max(took);
    Ok(())
}

/// How long this thread has worked; where the system does not tell, the time of day.
fn busy() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|text| text.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

fn node(title: &str) -> DrawingNode<'_> {
    DrawingNode { title, note: "planned", href: None, class: "", shape: Mark::Ring }
}
