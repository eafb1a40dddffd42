//! How often lines cross, measured on the lines alone: nothing is known here of columns or of what drew them.
#![expect(clippy::float_arithmetic, reason = "curves are followed at fractions of a pixel, which reach no output")]

use super::read::Point;

/// Ends that are nearer than this share a place, and what happens as near to it is no crossing: there lines run together as far as an
/// arrow head is long.
const NEAR: f64 = 8.0;

/// How often two of these lines cross. A line is given by points so near to each other that it may be taken for straight between them.
pub(crate) fn crossings(lines: &[Vec<Point>]) -> usize {
    let shifted: Vec<Vec<Point>> = lines.iter().map(|line| line.iter().map(|&point| nudge(point)).collect()).collect();
    let boxes: Vec<[f64; 4]> = lines.iter().map(|line| bounds(line)).collect();
    let mut count = 0;
    for (at, line) in lines.iter().enumerate() {
        for other in 0..at {
            if apart(boxes[at], boxes[other]) {
                continue;
            }
            let shared = shared_ends(line, &lines[other]);
            // To and fro on one way is one line to the eye.
            if shared.len() == 2 && boxes[at] == boxes[other] {
                continue;
            }
            let is_counted = |point: &Point| !shared.iter().any(|&end| distance(*point, end) < NEAR);
            count += meetings(line, &shifted[other]).iter().filter(|point| is_counted(point)).count();
        }
    }
    count
}

/// A little aside, in no direction that lines have: so that two that meet just where one of them has a point meet once.
fn nudge((x, y): Point) -> Point {
    (x + 3.1e-7, y + 7.7e-7)
}

fn distance(a: Point, b: Point) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

fn bounds(line: &[Point]) -> [f64; 4] {
    line.iter().fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |[left, top, right, bottom], &(x, y)| {
        [left.min(x), top.min(y), right.max(x), bottom.max(y)]
    })
}

fn apart(a: [f64; 4], b: [f64; 4]) -> bool {
    a[2] + 1.0 < b[0] || b[2] + 1.0 < a[0] || a[3] + 1.0 < b[1] || b[3] + 1.0 < a[1]
}

fn shared_ends(a: &[Point], b: &[Point]) -> Vec<Point> {
    let ends = |line: &[Point]| [line[0], line[line.len() - 1]];
    let of_b = ends(b);
    ends(a).into_iter().filter(|&end| of_b.iter().any(|&other| distance(end, other) < NEAR)).collect()
}

/// The points in which two lines meet.
fn meetings(a: &[Point], b: &[Point]) -> Vec<Point> {
    let mut found = Vec::new();
    for from in a.windows(2) {
        let around = bounds(from);
        found.extend(b.windows(2).filter(|to| !apart(around, bounds(to))).filter_map(|to| meeting(from, to)));
    }
    found
}

fn meeting(a: &[Point], b: &[Point]) -> Option<Point> {
    let along = (a[1].0 - a[0].0, a[1].1 - a[0].1);
    let other = (b[1].0 - b[0].0, b[1].1 - b[0].1);
    let across = along.0 * other.1 - along.1 * other.0;
    let between = (b[0].0 - a[0].0, b[0].1 - a[0].1);
    let (t, u) =
        ((between.0 * other.1 - between.1 * other.0) / across, (between.0 * along.1 - between.1 * along.0) / across);
    let is_inside = |share: f64| (0.0..1.0).contains(&share);
    (across != 0.0 && is_inside(t) && is_inside(u)).then_some((a[0].0 + t * along.0, a[0].1 + t * along.1))
}

#[test]
fn crossings_are_counted_as_seen() {
    let line =
        |points: &[(i32, i32)]| -> Vec<Point> { points.iter().map(|&(x, y)| (f64::from(x), f64::from(y))).collect() };
    let rising = line(&[(0, 0), (50, 50), (100, 100)]);
    let falling = line(&[(0, 100), (50, 50), (100, 0)]);
    assert_eq!(crossings(&[rising.clone(), falling.clone()]), 1, "where both have a point");
    assert_eq!(crossings(&[rising.clone(), line(&[(0, 0), (100, 50)])]), 0, "from one place");
    assert_eq!(crossings(&[rising.clone(), line(&[(0, 50), (40, 50), (60, 50), (60, 0), (20, 0), (20, 100)])]), 2);
    assert_eq!(crossings(&[rising.clone(), line(&[(100, 100), (0, 0)])]), 0, "to and fro");
    assert_eq!(crossings(&[rising.clone(), line(&[(0, 20), (80, 100)])]), 0, "side by side");
    assert_eq!(crossings(&[rising, falling, line(&[(40, 0), (40, 100)])]), 3);
}
