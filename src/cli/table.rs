//! Tables for people: aligned columns that fit the terminal. Where there is none, as in a pipe, everything is written whole.

use anstyle::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::output::{FAINT, safe};

/// How far a column is cut while others that matter less can be left out.
const NARROW: usize = 12;
/// How far a column is cut where nothing else can be done.
const NARROWEST: usize = 4;
/// Between two columns.
const GAP: usize = 2;

/// A column.
#[derive(Clone, Copy)]
pub(super) struct Column {
    heading: &'static str,
    is_number: bool,
    /// How far it is cut where the terminal is narrow; none where it is shown whole.
    least: Option<usize>,
    /// Where it can be left out: how soon, the lowest first.
    dispensable: Option<u8>,
}

impl Column {
    /// Text that is shown whole as long as that can be.
    pub(super) const fn text(heading: &'static str) -> Column {
        Column { heading, is_number: false, least: None, dispensable: None }
    }

    /// Text that is cut where the terminal is narrow.
    pub(super) const fn long(heading: &'static str) -> Column {
        Column { least: Some(NARROW), ..Column::text(heading) }
    }

    /// Numbers, aligned to the right and never cut.
    pub(super) const fn number(heading: &'static str) -> Column {
        Column { is_number: true, ..Column::text(heading) }
    }

    /// The same, cut to no fewer columns of the terminal than these while something else can be left out.
    pub(super) const fn at_least(self, columns: usize) -> Column {
        Column { least: Some(columns), ..self }
    }

    /// The same, left out where the terminal is too narrow for all; the lowest first.
    pub(super) const fn dispensable(self, turn: u8) -> Column {
        Column { dispensable: Some(turn), ..self }
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
        fit(columns, &mut widths, width);
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

/// Makes the widths fit: long texts are cut, then columns left out that matter less, then everything but numbers is cut further.
fn fit(columns: &[Column], widths: &mut [usize], width: usize) {
    let mut whole = widths.to_vec();
    loop {
        if shrink(widths, width, |at| columns[at].least) {
            return;
        }
        let shown = (0..widths.len()).filter(|&at| widths[at] > 0);
        let first = shown.filter_map(|at| Some((columns[at].dispensable?, at))).min();
        let Some((_, at)) = first else { break };
        whole[at] = 0;
        widths.copy_from_slice(&whole);
    }
    shrink(widths, width, |at| (!columns[at].is_number).then_some(NARROWEST));
}

/// Takes what is missing from the widest of the columns that may shrink, one column of the terminal at a time; whether it was enough.
fn shrink(widths: &mut [usize], width: usize, least: impl Fn(usize) -> Option<usize>) -> bool {
    let needed = |widths: &[usize]| {
        let shown = widths.iter().filter(|&&width| width > 0).count();
        widths.iter().sum::<usize>() + GAP * shown.saturating_sub(1)
    };
    while needed(widths) > width {
        let may_shrink = |at: &usize| least(*at).is_some_and(|least| widths[*at] > least);
        let Some(widest) = (0..widths.len()).filter(may_shrink).max_by_key(|&at| widths[at]) else { return false };
        widths[widest] -= 1;
    }
    true
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
