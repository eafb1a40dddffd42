//! Dates as plans write them: a day, a month, a quarter, a half or a year.

use std::fmt;

use jiff::civil::Date as Day;

/// A stretch of days, written as one of them, a month, a quarter, a half or a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Date {
    first: Day,
    last: Day,
    text: String,
}

impl Date {
    /// Reads `2026-02-28`, `2026/02/28`, `2026-02-28T10:00`, `2026-02-28 10:00`, `2026-02`, `2026-Q1`, `Q1 2026`, `2026-H1`
    /// or `2026`. A day that the calendar does not have is none.
    pub fn parse(text: &str) -> Option<Date> {
        let text = text.trim();
        let upper = text.to_ascii_uppercase();
        let (year, rest) = match upper.get(..4).and_then(digits) {
            Some(year) => (year, upper[4..].trim_start_matches(['-', '/', ' '])),
            // `Q1 2026`
            None => {
                let (part, year) = upper.split_once([' ', '-', '/'])?;
                if !part.starts_with(['Q', 'H']) {
                    return None;
                }
                (digits(year).filter(|_| year.len() == 4)?, part)
            }
        };
        let (first, last) = part_of_year(year, rest)?;
        Some(Date { first, last, text: canonical(first, last) })
    }

    /// The date of one day.
    pub fn day(year: i16, month: i8, day: i8) -> Option<Date> {
        let day = Day::new(year, month, day).ok()?;
        Some(Date { first: day, last: day, text: day.to_string() })
    }

    /// Today by the clock and in the time zone of this machine: what `TZ` says, else the system. Only `discover` may ask.
    pub fn today() -> Date {
        let day = jiff::tz::TimeZone::system().to_datetime(jiff::Timestamp::now()).date();
        Date { first: day, last: day, text: day.to_string() }
    }

    /// The first day of it, `YYYY-MM-DD`.
    pub fn first(&self) -> String {
        self.first.to_string()
    }

    /// The last day of it, `YYYY-MM-DD`.
    pub fn last(&self) -> String {
        self.last.to_string()
    }

    /// Its first and its last day, counted from 1 January 1970.
    pub fn days(&self) -> (i32, i32) {
        let epoch = Day::constant(1970, 1, 1);
        let number = |day: Day| i32::try_from(day.duration_since(epoch).as_hours() / 24).unwrap_or_default();
        (number(self.first), number(self.last))
    }

    /// The day of a number, as [`Date::days`] counts; none outside of the calendar.
    pub fn numbered(day: i32) -> Option<Date> {
        let day = Day::constant(1970, 1, 1).checked_add(jiff::Span::new().try_days(day).ok()?).ok()?;
        Some(Date { first: day, last: day, text: day.to_string() })
    }

    /// The months of its first and of its last day, counted from January of the year 0.
    pub fn months(&self) -> (i32, i32) {
        let number = |day: Day| i32::from(day.year()) * 12 + i32::from(day.month()) - 1;
        (number(self.first), number(self.last))
    }

    /// A month, counted from January of the year 0; none outside of the years 0 to 9999.
    pub fn month(number: i32) -> Option<Date> {
        let (year, month) = (i16::try_from(number.div_euclid(12)).ok()?, i8::try_from(number.rem_euclid(12)).ok()?);
        let first = Day::new(year, month + 1, 1).ok().filter(|_| year >= 0)?;
        let last = first.last_of_month();
        Some(Date { first, last, text: canonical(first, last) })
    }

    /// Whether it is wholly before `other`.
    pub fn is_before(&self, other: &Date) -> bool {
        self.last < other.first
    }

    /// Whether its last day comes before the last day of `other`: a stretch promises its end.
    pub fn ends_before(&self, other: &Date) -> bool {
        self.last < other.last
    }

    /// How many days `later` begins after its last day; none where it does not begin after it.
    pub fn days_before(&self, later: &Date) -> Option<u32> {
        let days = later.first.duration_since(self.last).as_hours() / 24;
        u32::try_from(days).ok().filter(|&days| days > 0)
    }

    /// A key that sorts dates by their last day, then their first.
    pub fn key(&self) -> (Day, Day) {
        (self.last, self.first)
    }
}

impl fmt::Display for Date {
    /// `2026-02-28`, `2026-02`, `2026-Q1`, `2026-H1` or `2026`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn digits(text: &str) -> Option<i16> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

fn part_of_year(year: i16, rest: &str) -> Option<(Day, Day)> {
    let months = |first: i8, last: i8| {
        let last = Day::new(year, last, 1).ok()?.last_of_month();
        Some((Day::new(year, first, 1).ok()?, last))
    };
    if rest.is_empty() {
        return months(1, 12);
    }
    if let Some(quarter) = rest.strip_prefix('Q') {
        let quarter = quarter.parse::<i8>().ok().filter(|quarter| (1..=4).contains(quarter))?;
        return months(quarter * 3 - 2, quarter * 3);
    }
    if let Some(half) = rest.strip_prefix('H') {
        let half = half.parse::<i8>().ok().filter(|half| (1..=2).contains(half))?;
        return months(half * 6 - 5, half * 6);
    }
    let mut parts = rest.splitn(2, ['-', '/']);
    let month = i8::try_from(digits(parts.next()?)?).ok().filter(|month| (1..=12).contains(month))?;
    let Some(day) = parts.next() else {
        return months(month, month);
    };
    // What follows the day is a time of day, which a plan does not need.
    let end = day.find(|c: char| !c.is_ascii_digit()).unwrap_or(day.len());
    if end == 0 || end > 2 || !(day[end..].is_empty() || is_time(&day[end..])) {
        return None;
    }
    let day = Day::new(year, month, i8::try_from(digits(&day[..end])?).ok()?).ok()?;
    Some((day, day))
}

fn canonical(first: Day, last: Day) -> String {
    let year = first.year();
    match (first.month(), last.month()) {
        _ if first == last => first.to_string(),
        (1, 12) => format!("{year:04}"),
        (1, 6) => format!("{year:04}-H1"),
        (7, 12) => format!("{year:04}-H2"),
        (from, to) if from == to => format!("{year:04}-{from:02}"),
        (from, _) => format!("{year:04}-Q{}", (from + 2) / 3),
    }
}

/// Whether a text in capitals is a time of day behind a day: `T10:00`, ` 10:00:30.5 +02:00`, `T10:00:00Z`. Other words say more than the day.
fn is_time(text: &str) -> bool {
    let Some(text) = text.strip_prefix(['T', ' ']).map(str::trim) else { return false };
    let zone = text.find(|c: char| c.is_ascii_alphabetic() || "+- ".contains(c)).unwrap_or(text.len());
    let (time, zone) = (&text[..zone], text[zone..].trim());
    let (parts, fraction) = time.split_once(['.', ',']).unwrap_or((time, "0"));
    let has_digits = |part: &str| (1..=2).contains(&part.len()) && digits(part).is_some();
    let offset = zone.strip_prefix(['+', '-']).map(|zone| zone.replace(':', ""));
    let is_zone = zone.len() <= 5 && zone.bytes().all(|byte| byte.is_ascii_uppercase())
        || offset.is_some_and(|offset| (1..=4).contains(&offset.len()) && digits(&offset).is_some());
    let is_fraction = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
    (1..=3).contains(&parts.split(':').count()) && parts.split(':').all(has_digits) && is_fraction && is_zone
}
