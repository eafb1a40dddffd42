//! Where everything stands: columns across, rows down, and the box of what is drawn in each row.

use super::{Shape, Timeline, When};

/// Heights, in CSS pixels.
pub(super) const ROW: i32 = 28;
pub(super) const HEADING: i32 = 36;
const AXIS: i32 = 44;
const TODAY: i32 = 18;
const FOOT: i32 = 6;
/// Half the height of a bar, of a group's bar, and of a day's diamond.
pub(super) const BAR: i32 = 8;
pub(super) const SPAN: i32 = 3;
pub(super) const DAY: i32 = 7;
/// How far a flag flies from its pole, and how far a beginning without an end is drawn.
pub(super) const FLAG: i32 = 8;
pub(super) const FROM: i32 = 18;
/// No bar is narrower.
const LEAST: i32 = 6;

/// Where names begin, and where they end at the latest.
pub(super) const NAME: i32 = 28;
pub(super) const NAME_END: i32 = 266;
pub(super) const SIGN: i32 = 260;
/// The columns begin here. Arrows may use the space to both sides of them.
const LEFT: i32 = 296;
const GUTTER: i32 = 20;
const ACROSS: i32 = 840;
const NARROWEST: i32 = 44;
const WIDEST: i32 = 280;

/// Where everything stands.
pub(super) struct Layout {
    pub(super) width: i32,
    pub(super) height: i32,
    /// Where the first row begins.
    pub(super) top: i32,
    /// The left side of each column, and the right side of the last.
    pub(super) columns: Vec<i32>,
    pub(super) today: Option<i32>,
    /// Headings and rows, from top to bottom.
    pub(super) lines: Vec<Line>,
    /// Of each row its index in `lines`.
    pub(super) rows: Vec<usize>,
}

/// A heading or a row.
pub(super) struct Line {
    pub(super) top: i32,
    pub(super) height: i32,
    /// What is drawn in it; none in most headings.
    pub(super) shape: Option<Extent>,
}

impl Line {
    pub(super) fn middle(&self) -> i32 {
        self.top + self.height / 2
    }
}

/// What is drawn in a row, across.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    /// The left and right end of the bar, or of what is drawn instead.
    pub(super) left: i32,
    pub(super) right: i32,
    pub(super) core: Option<(i32, i32)>,
    /// The pole of the flag.
    pub(super) due: Option<i32>,
}

impl Extent {
    /// All that must stay free of others' arrows.
    pub(super) fn across(&self) -> (i32, i32) {
        let due = self.due.map_or((self.left, self.right), |due| (due - 1, due + FLAG));
        (self.left.min(due.0), self.right.max(due.1))
    }
}

impl Layout {
    /// Where arrows may run, from left to right.
    pub(super) fn across(&self) -> (i32, i32) {
        (LEFT - GUTTER, self.columns.last().copied().unwrap_or(LEFT) + GUTTER)
    }
}

/// Gives everything its place.
pub(super) fn layout(timeline: &Timeline) -> Layout {
    let count = i32::try_from(timeline.columns.len().max(1)).unwrap_or(i32::MAX);
    let across = count.saturating_mul((ACROSS / count).clamp(NARROWEST, WIDEST));
    let begin = timeline.columns.first().map_or(0, |column| column.begin);
    let end = timeline.columns.last().map_or(1, |column| column.end).max(begin + 1);
    let x = |unit: i32| {
        let part = i64::from(unit.clamp(begin, end) - begin) * i64::from(across) / i64::from(end - begin);
        LEFT + i32::try_from(part).unwrap_or(across)
    };
    let today = timeline.today.filter(|today| (begin..end).contains(today));
    let today = today.map(|today| i32::midpoint(x(today), x(today + 1)));
    let top = AXIS + if today.is_some() { TODAY } else { 0 };
    let (mut lines, mut rows, mut y) = (Vec::new(), Vec::new(), top);
    let mut line = |height: i32, shape: Option<Extent>| {
        lines.push(Line { top: y, height, shape });
        y += height;
        lines.len() - 1
    };
    for group in &timeline.groups {
        if !group.title.is_empty() {
            line(HEADING, group.when.as_ref().map(|when| shaped(when, &x)));
        }
        rows.extend(group.rows.iter().map(|row| line(ROW, Some(shaped(&row.when, &x)))));
    }
    let columns = timeline.columns.iter().map(|column| x(column.begin)).chain([x(end)]).collect();
    Layout { width: LEFT + across + GUTTER + 8, height: y + FOOT, top, columns, today, lines, rows }
}

fn shaped(when: &When, x: &impl Fn(i32) -> i32) -> Extent {
    let due = when.due.map(x);
    let (left, right) = match when.shape {
        // A pixel of air, so that one bar ends before the next begins.
        Shape::Bar => (x(when.begin) + 1, (x(when.end) - 1).max(x(when.begin) + 1 + LEAST)),
        Shape::Day => {
            let middle = i32::midpoint(x(when.begin), x(when.end));
            (middle - DAY, middle + DAY)
        }
        Shape::From => (x(when.begin), x(when.begin) + FROM),
        Shape::Flag => due.map_or((x(when.begin), x(when.end)), |due| (due - 1, due + FLAG)),
    };
    let core = when.core.map(|(from, to)| (x(from).max(left), x(to).min(right))).filter(|(from, to)| from < to);
    Extent { left, right, core, due }
}
