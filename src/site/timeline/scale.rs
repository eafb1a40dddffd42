//! The columns of a timeline: months, quarters or years, as the whole of it asks for.

use crate::date::Date;

/// One column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// `Oct`, `Q4`, `2026`, or a horizon's name.
    pub label: String,
    /// The year above; shown where it begins, empty for none.
    pub above: String,
    /// Its first unit.
    pub begin: i32,
    /// Behind its last unit.
    pub end: i32,
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// So many months are drawn as months, and so many as quarters.
const MAX_MONTHS: i32 = 6;
const MAX_IN_QUARTERS: i32 = 72;
/// Fewer columns look like a mistake.
const LEAST: i32 = 3;

/// Columns for the months from `first` to `last`, counted as [`Date::months`] does.
pub fn scale(first: i32, last: i32) -> Vec<Column> {
    let step = match last - first + 1 {
        months if months <= MAX_MONTHS => 1,
        months if months <= MAX_IN_QUARTERS => 3,
        _ => 12,
    };
    let (from, to) = (first.div_euclid(step), last.div_euclid(step).max(first.div_euclid(step) + LEAST - 1));
    (from..=to).filter_map(|column| self::column(column * step, step)).collect()
}

fn column(month: i32, step: i32) -> Option<Column> {
    let (first, last) = (Date::month(month)?, Date::month(month + step - 1)?);
    let (year, month) = (month.div_euclid(12), month.rem_euclid(12));
    let label = match step {
        1 => MONTHS[month as usize].to_owned(),
        3 => format!("Q{}", month / 3 + 1),
        _ => year.to_string(),
    };
    let above = if step == 12 { String::new() } else { year.to_string() };
    Some(Column { label, above, begin: first.days().0, end: last.days().1 + 1 })
}
