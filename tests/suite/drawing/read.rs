//! Reads a drawing back from its text alone, so that the tests share nothing with what drew it.
#![expect(clippy::float_arithmetic, reason = "curves are followed at fractions of a pixel, which reach no output")]

pub(super) type Point = (f64, f64);

#[derive(Debug)]
pub(super) struct Rect {
    pub(super) title: String,
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

#[derive(Debug)]
pub(super) struct Line {
    pub(super) backward: bool,
    /// Sampled finely.
    pub(super) points: Vec<Point>,
    /// Where its pieces begin and end, and nothing between.
    pub(super) corners: Vec<Point>,
}

pub(super) struct Read {
    pub(super) boxes: Vec<Rect>,
    pub(super) lines: Vec<Line>,
}

/// The value of an attribute in a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> &'a str {
    let start = format!(" {name}=\"");
    let at = tag.find(&start).unwrap_or_else(|| panic!("no {name} in {tag}")) + start.len();
    &tag[at..at + tag[at..].find('"').expect("a closing quote")]
}

fn numbers(text: &str) -> Vec<f64> {
    let spaced = text.replace('-', " -");
    spaced.split(|char: char| !(char.is_ascii_digit() || char == '-')).filter_map(|word| word.parse().ok()).collect()
}

pub(super) fn read(svg: &str) -> Read {
    let mut read = Read { boxes: Vec::new(), lines: Vec::new() };
    let mut group = None;
    let mut corner = (0.0, 0.0);
    for tag in svg.split('<').skip(1) {
        if tag.starts_with("g class=\"dep-edge") {
            group = Some(tag.contains("dep-cycle"));
        } else if tag.starts_with("/g") {
            group = None;
        } else if let Some(backward) = group {
            read.lines.push(follow(attribute(tag, "d"), backward));
        } else if tag.starts_with("a ") || tag.starts_with("g ") {
            let at = numbers(attribute(tag, "transform"));
            corner = (at[0], at[1]);
        } else if let Some(title) = tag.strip_prefix("title>") {
            read.boxes.push(Rect { title: title.into(), left: 0.0, top: 0.0, right: 0.0, bottom: 0.0 });
        } else if tag.starts_with("rect") {
            let size = |name| numbers(attribute(tag, name))[0];
            let rect = read.boxes.last_mut().expect("a title before its box");
            (rect.left, rect.top) = corner;
            (rect.right, rect.bottom) = (corner.0 + size("width"), corner.1 + size("height"));
        }
    }
    read
}

/// The points of a path made of M, h, c and q.
fn follow(path: &str, backward: bool) -> Line {
    let mut line = Line { backward, points: Vec::new(), corners: Vec::new() };
    let mut at: Point = (0.0, 0.0);
    let commands: Vec<usize> = path.match_indices(|char: char| char.is_ascii_alphabetic()).map(|(at, _)| at).collect();
    for (index, &start) in commands.iter().enumerate() {
        let end = commands.get(index + 1).copied().unwrap_or(path.len());
        let n = numbers(&path[start + 1..end]);
        let from = at;
        let by = |x: f64, y: f64| (from.0 + x, from.1 + y);
        let controls = match &path[start..=start] {
            "M" => {
                at = (n[0], n[1]);
                vec![at, at]
            }
            "h" => vec![from, by(n[0], 0.0)],
            "q" => vec![from, by(n[0], n[1]), by(n[2], n[3])],
            "c" => vec![from, by(n[0], n[1]), by(n[2], n[3]), by(n[4], n[5])],
            other => panic!("unknown command {other} in {path}"),
        };
        for step in 0..=40 {
            line.points.push(bezier(&controls, f64::from(step) / 40.0));
        }
        at = controls[controls.len() - 1];
        line.corners.push(at);
    }
    line
}

/// A point of a Bézier curve, by de Casteljau's construction.
fn bezier(controls: &[Point], t: f64) -> Point {
    if let [point] = controls {
        return *point;
    }
    let between = |a: f64, b: f64| a * (1.0 - t) + b * t;
    let next: Vec<Point> =
        controls.windows(2).map(|pair| (between(pair[0].0, pair[1].0), between(pair[0].1, pair[1].1))).collect();
    bezier(&next, t)
}

/// The height of a line at the left and right side of every gap between columns that it crosses, by the gap's left side.
fn gaps(line: &Line, columns: &[f64], width: f64) -> Vec<(f64, f64, f64)> {
    let mut found = Vec::new();
    for pair in columns.windows(2) {
        let (left, right) = (pair[0] + width, pair[1]);
        // Levels are exact at both sides of a gap; arrow heads cover the last seven pixels before a box.
        let at = |x: f64| line.points.iter().find(|point| (point.0 - x).abs() < 0.001).map(|point| point.1.round());
        let near = |x: f64, other: f64| at(x).or_else(|| at(other)).or_else(|| level(line, x));
        if let (Some(a), Some(b)) = (near(left, left + 7.0), near(right, right - 7.0)) {
            found.push((left, a, b));
        }
    }
    found
}

/// The height at `x` where a line runs level there.
fn level(line: &Line, x: f64) -> Option<f64> {
    let over =
        |pair: &&[Point]| pair[0].0.min(pair[1].0) <= x && x <= pair[0].0.max(pair[1].0) && pair[0].1 == pair[1].1;
    line.corners.windows(2).find(over).map(|pair| pair[0].1)
}

/// How often two lines cross, from the text alone: two cross in a gap when they change places in it.
pub(super) fn crossings(read: &Read) -> usize {
    let mut columns: Vec<f64> = read.boxes.iter().map(|rect| rect.left).collect();
    columns.sort_by(f64::total_cmp);
    columns.dedup();
    let width = read.boxes.first().map_or(0.0, |rect| rect.right - rect.left);
    let pieces: Vec<(f64, f64, f64)> =
        read.lines.iter().filter(|line| !is_loop(read, line)).flat_map(|line| gaps(line, &columns, width)).collect();
    let crosses = |a: &(f64, f64, f64), b: &(f64, f64, f64)| a.0 == b.0 && (a.1 - b.1) * (a.2 - b.2) < 0.0;
    pieces.iter().enumerate().map(|(at, a)| pieces[..at].iter().filter(|b| crosses(a, b)).count()).sum()
}

/// A loop begins at the bottom of a box and not at a side.
fn is_loop(read: &Read, line: &Line) -> bool {
    let (x, y) = line.corners[0];
    read.boxes.iter().any(|rect| rect.bottom == y && rect.left < x && x < rect.right)
}

/// From which box to which a line goes, by where it begins and ends; nothing where that is not at the middle of a box's side.
pub(super) fn ends(read: &Read, line: &Line) -> Option<(u32, u32)> {
    let (start, end) = (line.corners[0], line.corners[line.corners.len() - 1]);
    let side = |x: f64, y: f64, right: bool| -> Option<u32> {
        let fits =
            |rect: &&Rect| x == if right { rect.right } else { rect.left } && y == (rect.top + rect.bottom) / 2.0;
        let title = &read.boxes.iter().find(fits)?.title;
        title.trim_start_matches('b').split(',').next()?.parse().ok()
    };
    if is_loop(read, line) {
        let node = side(end.0 - 7.0, end.1, true)?;
        Some((node, node))
    } else if line.backward {
        Some((side(start.0, start.1, false)?, side(end.0 - 7.0, end.1, true)?))
    } else {
        Some((side(start.0, start.1, true)?, side(end.0 + 7.0, end.1, false)?))
    }
}
