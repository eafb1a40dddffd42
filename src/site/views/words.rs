//! Words and numbers as pages show them.

use crate::date::Date;
use crate::number::Decimal;

/// `1 item`, `12 items`, `1,024 items`.
pub(crate) fn count(number: usize, one: &str) -> String {
    format!("{} {one}{}", thousands(number as u64), if number == 1 { "" } else { "s" })
}

/// `1 point`, `2.5 points`.
pub(crate) fn points(effort: Decimal) -> String {
    format!("{effort} point{}", if effort == Decimal::whole(1) { "" } else { "s" })
}

/// Thousandths as a percentage: `37 %`.
pub(crate) fn percent(thousandths: u16) -> String {
    format!("{} %", (thousandths + 5) / 10)
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn listed(words: &[&str]) -> String {
    match words {
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => words.concat(),
    }
}

/// `1,024`.
pub(crate) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
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

/// The first letter large.
pub(crate) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}

/// Escaped for HTML, text between backticks as `<code>`.
pub(crate) fn code(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 16);
    let ticks = text.matches('`').count() / 2 * 2;
    for (at, part) in text.split('`').enumerate() {
        if at > 0 {
            html.push_str(match at {
                at if at > ticks => "`",
                at if at % 2 == 1 => "<code>",
                _ => "</code>",
            });
        }
        escape(part, &mut html);
    }
    html
}

/// Escapes text for HTML, attributes included.
pub(crate) fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
}
