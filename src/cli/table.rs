//! Tables for people: aligned columns that fit the terminal.

use anstyle::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::output::{FAINT, safe};

/// Columns that no shrinking column goes below.
const NARROWEST: usize = 12;
/// Between two columns.
const GAP: usize = 2;

/// A column.
#[derive(Clone, Copy)]
pub(super) struct Column {
    heading: &'static str,
    is_number: bool,
    shrinks: bool,
}

impl Column {
    /// Text, always shown whole.
    pub(super) const fn text(heading: &'static str) -> Column {
        Column { heading, is_number: false, shrinks: false }
    }

    /// Text that is cut where the terminal is narrow.
    pub(super) const fn long(heading: &'static str) -> Column {
        Column { heading, is_number: false, shrinks: true }
    }

    /// Numbers, aligned to the right.
    pub(super) const fn number(heading: &'static str) -> Column {
        Column { heading, is_number: true, shrinks: false }
    }
}

/// A cell: its text and how it looks.
pub(super) type Cell = (String, Style);

/// Lays `rows` out under `columns`, for a terminal of `width` columns where there is one. A column in which nothing stands is left
/// out; no line ends in spaces.
pub(super) fn table(columns: &[Column], rows: &[Vec<Cell>], width: Option<usize>) -> String {
    let rows: Vec<Vec<Cell>> =
        rows.iter().map(|row| row.iter().map(|(text, style)| (safe(text), *style)).collect()).collect();
    let mut widths: Vec<usize> = (0..columns.len())
        .map(|at| match rows.iter().map(|row| row[at].0.width()).max().unwrap_or(0) {
            0 => 0,
            widest => widest.max(columns[at].heading.width()),
        })
        .collect();
    if let Some(width) = width {
        shrink(columns, &mut widths, width);
    }
    let heading: Vec<Cell> = columns.iter().map(|column| (column.heading.to_owned(), FAINT)).collect();
    let has_heading = columns.iter().any(|column| !column.heading.is_empty());
    let mut out = String::new();
    for row in has_heading.then_some(&heading).into_iter().chain(&rows) {
        line(&mut out, columns, &widths, row);
    }
    out
}

fn line(out: &mut String, columns: &[Column], widths: &[usize], row: &[Cell]) {
    // Spaces are owed until something stands behind them.
    let mut owed = 0;
    for (at, (text, style)) in row.iter().enumerate().filter(|(at, _)| widths[*at] > 0) {
        let text = cut(text, widths[at]);
        let padding = widths[at] - text.width();
        let (before, after) = if columns[at].is_number { (padding, 0) } else { (0, padding) };
        if !text.is_empty() {
            out.push_str(&" ".repeat(owed + before));
            out.push_str(&super::output::style(*style, &text));
            owed = 0;
        } else {
            owed += before;
        }
        owed += after + GAP;
    }
    out.push('\n');
}

/// Takes what is missing from the widest of the columns that may shrink, one column of the terminal at a time.
fn shrink(columns: &[Column], widths: &mut [usize], width: usize) {
    let needed = |widths: &[usize]| {
        let shown = widths.iter().filter(|&&width| width > 0).count();
        widths.iter().sum::<usize>() + GAP * shown.saturating_sub(1)
    };
    while needed(widths) > width {
        let widest = (0..widths.len()).filter(|&at| columns[at].shrinks).max_by_key(|&at| widths[at]);
        let Some(widest) = widest.filter(|&at| widths[at] > NARROWEST) else { return };
        widths[widest] -= 1;
    }
}

/// `text` in at most `width` columns, closed with `…` where it was cut.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let (mut kept, mut used) = (String::new(), 0);
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > width.saturating_sub(1) {
            break;
        }
        kept.push(c);
    }
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    kept
}

/// The columns that stdout has: what COLUMNS says, else the terminal's; none where a file or a pipe takes everything.
pub(super) fn width() -> Option<usize> {
    let configured = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    configured.or_else(|| terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| usize::from(width.0)))
}

/// `text` in lines of at most `width` columns, each behind `indent` spaces.
pub(super) fn wrap(text: &str, indent: usize, width: Option<usize>) -> String {
    let width = width.unwrap_or(100).min(100).max(indent + 30);
    let (mut out, mut used) = (String::new(), 0);
    for word in safe(text).split_whitespace() {
        let fits = used + 1 + word.width() <= width;
        if used == 0 || !fits {
            if used > 0 {
                out.push('\n');
            }
            out.push_str(&" ".repeat(indent));
            used = indent;
        } else {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += word.width();
    }
    out.push('\n');
    out
}
