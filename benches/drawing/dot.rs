//! Graphviz's `dot`: what it draws, as lines.

use std::fmt::Write as _;
use std::io::{ErrorKind, Write as _};
use std::process::{Command, Stdio};

use super::Result;
use super::graphs::Graph;
use super::read::{self, Point};

/// What `dot -V` says.
pub(super) fn version() -> Result<String> {
    match Command::new("dot").arg("-V").output() {
        Ok(output) => Ok(String::from_utf8_lossy(&output.stderr).trim().to_owned()),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            Err("there is no `dot` to compare with: install Graphviz (`apt-get install graphviz`), then start again"
                .into())
        }
        Err(error) => Err(format!("cannot start `dot`: {error}").into()),
    }
}

/// The lines that dot draws for a graph whose boxes have this size, in CSS pixels. Loops are left out.
pub(super) fn lines(graph: &Graph, (width, height): (f64, f64)) -> Result<Vec<Vec<Point>>> {
    let inches = |pixels: f64| pixels / 72.0;
    let mut text = format!(
        "digraph {{ rankdir=LR; node [shape=box, fixedsize=true, label=\"\", width={:.3}, height={:.3}]; edge [arrowhead=none];\n",
        inches(width),
        inches(height)
    );
    for node in 0..graph.titles.len() {
        _ = writeln!(text, "{node};");
    }
    for (from, to) in graph.edges.iter().filter(|(from, to)| from != to) {
        _ = writeln!(text, "{from} -> {to};");
    }
    text.push_str("}\n");
    let mut dot = Command::new("dot").arg("-Tsvg").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    // Dot reads all before it writes anything.
    dot.stdin.take().ok_or("dot takes no input")?.write_all(text.as_bytes())?;
    let output = dot.wait_with_output()?;
    if !output.status.success() {
        return Err("dot could not draw a graph".into());
    }
    let svg = String::from_utf8(output.stdout)?;
    let edges = svg.split("class=\"edge\"").skip(1);
    let lines: Vec<Vec<Point>> = edges.filter_map(path).collect();
    let wanted = graph.edges.iter().filter(|(from, to)| from != to).count();
    if lines.len() != wanted {
        return Err(format!("dot drew {} lines and not {wanted}", lines.len()).into());
    }
    Ok(lines)
}

/// The points of `<path … d="M1,2C3,4 5,6 7,8 …"/>`.
fn path(edge: &str) -> Option<Vec<Point>> {
    let path = edge.split_once(" d=\"")?.1.split('"').next()?;
    let number = |text: &str| text.parse::<f64>().ok();
    let pairs = path.split(['M', 'C', ' ']).filter(|pair| !pair.is_empty());
    let corners: Option<Vec<Point>> =
        pairs.map(|pair| pair.split_once(',').and_then(|(x, y)| Some((number(x)?, number(y)?)))).collect();
    let corners = corners?;
    let mut points = vec![*corners.first()?];
    for controls in corners[1..].chunks_exact(3) {
        let all = [points[points.len() - 1], controls[0], controls[1], controls[2]];
        points.extend((1..=40).map(|step| read::bezier(&all, f64::from(step) / 40.0)));
    }
    Some(points)
}
