//! Tests of the words that plans are written in: numbers, dates, states.

use std::collections::BTreeMap;

use roadbook::date::Date;
use roadbook::number::Decimal;
use roadbook::state::{State, state};

#[test]
fn decimals_are_read_exactly() {
    let read = |text: &str| Decimal::parse(text).map(|number| number.0);
    for (text, thousandths) in [
        ("3", 3000),
        ("2.5", 2500),
        (".5", 500),
        ("1.10", 1100),
        ("0161", 161_000),
        ("1_000", 1_000_000),
        ("1,000", 1_000_000),
        ("80%", 800),
        ("12.5 %", 125),
        ("0", 0),
        (" 7 ", 7000),
        ("1.2340", 1234),
        ("1000000000000", 1_000_000_000_000_000),
    ] {
        assert_eq!(read(text), Some(thousandths), "{text}");
    }
    for text in
        ["", ".", "-1", "+1", "1e3", "0x10", "1.2345", "1,00", "1__000", "12.55%", "½", "NaN", "1000000000001", "١"]
    {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn decimals_are_written_without_needless_zeros() {
    let show = |thousandths| Decimal(thousandths).to_string();
    assert_eq!([show(2500), show(13_000), show(1), show(0)], ["2.5", "13", "0.001", "0"]);
    assert_eq!(format!("{:.2} {:.1} {:.0}", Decimal(333), Decimal(250), Decimal(1500)), "0.33 0.3 2");
    assert_eq!(Decimal(13_000).divided_by(Decimal(5000)), Some(Decimal(2600)));
    assert_eq!(Decimal(2000).divided_by(Decimal(3000)), Some(Decimal(667)), "half up");
    assert_eq!(Decimal(1).divided_by(Decimal(0)), None);
}

#[test]
fn dates_are_stretches_of_days() {
    let read = |text: &str| Date::parse(text).map(|date| format!("{date} {} {}", date.first(), date.last()));
    for (text, expected) in [
        ("2026-02-28", "2026-02-28 2026-02-28 2026-02-28"),
        ("2026/2/8", "2026-02-08 2026-02-08 2026-02-08"),
        ("2024-02-29", "2024-02-29 2024-02-29 2024-02-29"),
        ("2026-02-28 10:00", "2026-02-28 2026-02-28 2026-02-28"),
        ("2026-02-28T10:00:00Z", "2026-02-28 2026-02-28 2026-02-28"),
        ("2026-02", "2026-02 2026-02-01 2026-02-28"),
        ("2026-Q3", "2026-Q3 2026-07-01 2026-09-30"),
        ("q3 2026", "2026-Q3 2026-07-01 2026-09-30"),
        ("2026 Q3", "2026-Q3 2026-07-01 2026-09-30"),
        ("2026-H1", "2026-H1 2026-01-01 2026-06-30"),
        ("2026", "2026 2026-01-01 2026-12-31"),
    ] {
        assert_eq!(read(text).as_deref(), Some(expected), "{text}");
    }
    for text in
        ["2026-02-30", "2025-02-29", "2026-13", "2026-Q5", "2026-H0", "soon", "", "26-01-01", "2026-1-1x", "Q3", "é026"]
    {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn a_date_is_before_another_only_as_a_whole() {
    let before = |a: &str, b: &str| Date::parse(a).zip(Date::parse(b)).map(|(a, b)| a.is_before(&b));
    assert_eq!(before("2026-Q1", "2026-04-01"), Some(true));
    assert_eq!(before("2026-Q1", "2026-03-31"), Some(false));
    assert_eq!(before("2026-03-31", "2026-Q1"), Some(false));
}

#[test]
fn the_end_of_a_date_is_its_last_day() {
    let dates = |a: &str, b: &str| Date::parse(a).zip(Date::parse(b)).expect("dates");
    for (a, b, ends_before, days_before) in [
        ("2026-03-31", "2026-Q1", false, None),
        ("2026-03-30", "2026-Q1", true, None),
        ("2026-Q1", "2026-03-31", false, None),
        ("2026-Q1", "2026-04-01", true, Some(1)),
        ("2026", "2026-Q4", false, None),
        ("2024-02", "2024-03-01", true, Some(1)),
        ("2024-02-28", "2024-03-01", true, Some(2)),
        ("2023-12-31", "2024-12-31", true, Some(366)),
        ("2026-05-01", "2026-05-01", false, None),
        ("2026-05-02", "2026-05-01", false, None),
        ("0001", "9999", true, Some(3_651_330)),
    ] {
        let (one, other) = dates(a, b);
        assert_eq!((one.ends_before(&other), one.days_before(&other)), (ends_before, days_before), "{a}, {b}");
    }
}

#[test]
fn a_status_is_a_word_as_a_whole() {
    let none = BTreeMap::new();
    for (status, expected) in [
        ("In Progress", State::Active),
        ("in-progress", State::Active),
        ("in_progress.", State::Active),
        ("✅ Done", State::Done),
        ("**Done!**", State::Done),
        ("“done”", State::Done),
        ("- done", State::Done),
        ("(done)", State::Done),
        ("Won't do", State::Dropped),
        ("Won’t Do", State::Dropped),
        ("implemented (alpha)", State::Done),
        ("implemented (2.2, see [the notes](x.md)) (again)", State::Done),
        ("done [2025]", State::Done),
        ("done - since May, or so?", State::Done),
        ("done – at last", State::Done),
        ("done—at last", State::Done),
        ("done <!-- for now -->", State::Done),
        ("Not accepted", State::Dropped),
        ("accepted", State::Planned),
        ("not started", State::Planned),
        ("active review", State::Planned),
        ("Active", State::Active),
        ("on hold (until January)", State::Paused),
        ("on hold (until", State::Paused),
        ("TODO", State::Planned),
        ("to do", State::Planned),
        ("idea", State::Idea),
    ] {
        assert_eq!(state(status, &[&none]), Some(expected), "{status}");
    }
    for status in ["", "🚀", "()", " - done - ", "?", "donerino", "activeish", "unfilled"] {
        assert_eq!(state(status, &[&none]).filter(|_| !status.contains("done -")), None, "{status}");
    }
}

/// Whatever stands about a word besides a note may take it back.
#[test]
fn a_template_or_a_doubt_is_no_status() {
    let words = ["done", "planned", "in progress", "on hold", "draft", "rejected"];
    for word in words {
        let doubts = [
            format!("{word}?"),
            format!("{word}？"),
            format!("{word} 80%"),
            format!("{word} 80"),
            format!("not {word}"),
            format!("almost {word}"),
            format!("{word} soon"),
            format!("{word}, more or less"),
            format!("{word}: no"),
            format!("{word} (nearly) there"),
            format!("({word}) accepted"),
            format!("~~{word}~~"),
            format!("<{word}>"),
            format!("{{{word}}}"),
            format!("{word}…"),
            format!("[ ] {word} [x] accepted"),
        ];
        let templates = words.iter().flat_map(|other| {
            ["|", " | ", "/", ", ", " or ", " and ", "; ", " & ", " -> "]
                .map(|between| format!("{word}{between}{other}"))
        });
        for status in doubts.into_iter().chain(templates) {
            assert_eq!(state(&status, &[]), None, "{status}");
        }
    }
}

#[test]
fn the_configuration_has_the_first_word() {
    let own = BTreeMap::from([
        ("Active".to_owned(), State::Done),
        ("in review by legal".to_owned(), State::Paused),
        ("implemented (alpha)".to_owned(), State::Active),
        ("done?".to_owned(), State::Planned),
        ("🚀".to_owned(), State::Done),
    ]);
    for (status, expected) in [
        ("active", Some(State::Done)),
        ("In review by Legal (Tuesday)", Some(State::Paused)),
        ("in review", Some(State::Active)),
        ("in review by legal?", None),
        ("Implemented (Alpha)", Some(State::Active)),
        ("implemented - alpha", Some(State::Active)),
        ("implemented (beta)", Some(State::Done)),
        ("Done?", Some(State::Planned)),
        ("done", Some(State::Done)),
        ("🚀", Some(State::Done)),
        ("🐌", None),
    ] {
        assert_eq!(state(status, &[&own]), expected, "{status}");
    }
}
