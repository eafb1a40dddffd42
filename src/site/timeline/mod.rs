//! Timelines as SVG: a row an item by theme, a bar for the stretch of time that it takes, and arrows from what is needed to what
//! needs it.
//!
//! Dates become stretches of days (`when`), what is dated is chosen (`chart`), the days get columns (`scale`), every row a place and a box (`place`), arrows find a way
//! that runs over no other item's box (`routes`), and the whole is written as text (`svg`). Names stand in a column of their own, so that no
//! bar and no arrow can meet one. Integers throughout: equal timelines give equal bytes on every machine.

mod chart;
mod layout;
mod routes;
mod scale;
mod svg;
mod when;

use super::drawing::Mark;

pub(in crate::site) use chart::{Chart, Entry, LeftOut, Themed, chart, dated};
pub use scale::{Column, scale};
pub use when::{Dates, Mistake, Shape, When};

/// What to draw. Times are whole numbers in any unit, days as a rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    /// From left to right, without gaps.
    pub columns: Vec<Column>,
    /// From top to bottom.
    pub groups: Vec<Group>,
    /// What needs what, among the rows counted through all groups; duplicates are drawn once, those of a row with itself not at all.
    pub needs: Vec<Need>,
    /// Where to draw the line of today; nowhere where it is outside of the columns.
    pub today: Option<i32>,
    /// What the drawing is, for those who do not see it.
    pub title: String,
    /// What it says, in a sentence or two; may be empty.
    pub description: String,
    /// What the ids in the text begin with; must differ between the drawings of one page.
    pub id_prefix: String,
}

/// Rows under one heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// The heading; empty for none.
    pub title: String,
    /// Where a click on it leads.
    pub href: Option<String>,
    /// When the whole group is meant to be.
    pub when: Option<When>,
    /// From top to bottom.
    pub rows: Vec<Row>,
}

/// One item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Shown on one line, cut where it is longer, and whole when pointed at.
    pub title: String,
    /// What is said behind the title when pointed at: status and dates.
    pub note: String,
    /// Where a click leads.
    pub href: String,
    /// Names for the stylesheet; may be empty.
    pub class: String,
    /// The shape that tells the state, so that colour is never alone.
    pub shape: Mark,
    /// Whether its dates do not fit: it gets a sign beside its name.
    pub is_wrong: bool,
    /// When it happens.
    pub when: When,
}

/// One row needs another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Need {
    /// The row that is needed.
    pub from: u32,
    /// The row that needs it.
    pub to: u32,
    /// Whether `to` is promised before `from`.
    pub is_conflict: bool,
}

/// A finished drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimelineDrawing {
    /// An `<svg>` element to stand in an HTML page.
    pub svg: String,
    /// In CSS pixels.
    pub width: i32,
    /// In CSS pixels.
    pub height: i32,
}

/// Draws a timeline. Made for what can be read, of up to about 150 rows and 300 arrows.
///
/// The text carries class names and no colours, scripts or style attributes: `timeline` is the whole; `tl-grid` the lines between columns and
/// `tl-year` those that begin a year, `tl-label` and `tl-above` their names; `tl-today` and `tl-now` the line of today and its word;
/// `tl-theme` a heading and `tl-span` its bar; `tl-need` groups of arrows, to be stroked and not filled, and `tl-head` their heads, both with
/// `tl-clash` for conflicts; `tl-item` is a link, and in it `tl-row`, its whole row, `tl-title`, at 13 pixels, `tl-sign`, `tl-bar`, the stretch,
/// `tl-core`, the part of it that is certain, `tl-day`, `tl-from`, `tl-due` and `tl-until`, the way to what it is due.
pub fn timeline(timeline: &Timeline) -> TimelineDrawing {
    let layout = layout::layout(timeline);
    let arrows = routes::routes(&layout, &timeline.needs);
    TimelineDrawing { svg: svg::svg(timeline, &layout, &arrows), width: layout.width, height: layout.height }
}
