//! Words and numbers as pages show them.

pub(crate) use crate::text::{capital, grouped_count as count, listed, thousands};

use crate::date::Date;
use crate::number::Decimal;

/// `1 point`, `2.5 points`.
pub(crate) fn points(effort: Decimal) -> String {
    format!("{effort} point{}", if effort == Decimal::whole(1) { "" } else { "s" })
}

/// Thousandths as a percentage: `37 %`.
pub(crate) fn percent(thousandths: u16) -> String {
    format!("{} %", (thousandths + 5) / 10)
}

/// `12 November 2026`, `November 2026`, `Q4 2026`, `2026`.
pub(crate) fn date(date: &Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let text = date.to_string();
    let mut parts = text.split('-');
    let year = parts.next().unwrap_or_default();
    let month = |month: &str| month.parse::<usize>().ok().and_then(|month| MONTHS.get(month.wrapping_sub(1)));
    match (parts.next(), parts.next()) {
        (None, _) => year.to_owned(),
        (Some(part), None) => format!("{} {year}", month(part).copied().unwrap_or(part)),
        (Some(part), Some(day)) => {
            format!("{} {} {year}", day.trim_start_matches('0'), month(part).copied().unwrap_or(part))
        }
    }
}
