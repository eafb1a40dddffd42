//! Reads a drawing back from its text alone, so that the tests share nothing with what drew it.
#![expect(clippy::float_arithmetic, reason = "curves are followed at fractions of a pixel, which reach no output")]

pub(crate) type Point = (f64, f64);

#[derive(Debug)]
pub(crate) struct Rect {
    pub(crate) title: String,
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

#[derive(Debug)]
pub(crate) struct Line {
    /// From right to left.
    pub(crate) backward: bool,
    /// As one of a cycle.
    pub(crate) marked: bool,
    /// Sampled finely.
    pub(crate) points: Vec<Point>,
    /// Where its pieces begin and end, and nothing between.
    pub(crate) corners: Vec<Point>,
}

pub(crate) struct Read {
    pub(crate) boxes: Vec<Rect>,
    pub(crate) lines: Vec<Line>,
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

pub(crate) fn read(svg: &str) -> Read {
    let mut read = Read { boxes: Vec::new(), lines: Vec::new() };
    let mut group = None;
    let mut corner = (0.0, 0.0);
    for tag in svg.split('<').skip(1) {
        if tag.starts_with("g class=\"dep-edge") {
            group = Some(tag.contains("dep-cycle"));
        } else if tag.starts_with("/g") {
            group = None;
        } else if let Some(marked) = group {
            read.lines.push(follow(attribute(tag, "d"), marked));
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
fn follow(path: &str, marked: bool) -> Line {
    let mut line = Line { backward: false, marked, points: Vec::new(), corners: Vec::new() };
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
    line.backward = at.0 < line.corners[0].0;
    line
}

/// A point of a Bézier curve, by de Casteljau's construction.
pub(crate) fn bezier(controls: &[Point], t: f64) -> Point {
    if let [point] = controls {
        return *point;
    }
    let between = |a: f64, b: f64| a * (1.0 - t) + b * t;
    let next: Vec<Point> =
        controls.windows(2).map(|pair| (between(pair[0].0, pair[1].0), between(pair[0].1, pair[1].1))).collect();
    bezier(&next, t)
}

/// The length of an arrow head, which is drawn apart from its line.
const HEAD: f64 = 7.0;

/// The points of a line up to the tip of its arrow head, without those in the middle of a level.
pub(crate) fn to_its_tip(line: &Line) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::new();
    let (x, y) = line.points[line.points.len() - 1];
    let tip = (if line.backward { x - HEAD } else { x + HEAD }, y);
    for &point in line.points.iter().chain([&tip]) {
        if let [.., before, last] = &mut points[..]
            && before.1 == last.1
            && last.1 == point.1
        {
            *last = point;
        } else {
            points.push(point);
        }
    }
    points
}

/// A loop begins at the bottom of a box and not at a side.
pub(crate) fn is_loop(read: &Read, line: &Line) -> bool {
    let (x, y) = line.corners[0];
    read.boxes.iter().any(|rect| rect.bottom == y && rect.left < x && x < rect.right)
}

/// From which box to which a line goes, by where it begins and ends; nothing where that is not at the middle of a box's side.
pub(crate) fn ends(read: &Read, line: &Line) -> Option<(u32, u32)> {
    let (start, end) = (line.corners[0], line.corners[line.corners.len() - 1]);
    let side = |x: f64, y: f64, right: bool| -> Option<u32> {
        let fits =
            |rect: &&Rect| x == if right { rect.right } else { rect.left } && y == (rect.top + rect.bottom) / 2.0;
        let title = &read.boxes.iter().find(fits)?.title;
        title.trim_start_matches('b').split(',').next()?.parse().ok()
    };
    if is_loop(read, line) {
        let node = side(end.0 - HEAD, end.1, true)?;
        Some((node, node))
    } else if line.backward {
        Some((side(start.0, start.1, false)?, side(end.0 - HEAD, end.1, true)?))
    } else {
        Some((side(start.0, start.1, true)?, side(end.0 + HEAD, end.1, false)?))
    }
}
