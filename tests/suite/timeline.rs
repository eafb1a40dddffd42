//! Tests of the timeline: what dates become, the laws of the drawing on random plans, and what the page says.

mod page;
mod read;

use std::collections::BTreeSet;

use expect_test::expect;
use fastrand::Rng;
use roadbook::date::Date;
use roadbook::site::drawing::Mark;
use roadbook::site::timeline::{Column, Dates, Group, Mistake, Need, Row, Shape, Timeline, When, scale, timeline};

use read::{Read, Rect, read};

fn date(text: &str) -> Option<Date> {
    if text.is_empty() { None } else { Some(Date::parse(text).expect("a date")) }
}

/// What start, target and due become: shape, first and last day, the certain part, and the last day of what it is due.
fn when(start: &str, target: &str, due: &str) -> String {
    let [start, target, due] = [start, target, due].map(date);
    let dates = Dates { start: start.as_ref(), target: target.as_ref(), due: due.as_ref() };
    let Some(when) = dates.when() else { return "nothing".to_owned() };
    let day = |number: i32| Date::numbered(number).expect("a day").to_string();
    let core = when.core.map(|(from, to)| format!(", surely {} to {}", day(from), day(to - 1))).unwrap_or_default();
    let due = when.due.map(|due| format!(", due {}", day(due - 1))).unwrap_or_default();
    format!("{:?} {} to {}{core}{due}", when.shape, day(when.begin), day(when.end - 1))
}

#[test]
fn a_stretch_stays_a_stretch_and_a_day_a_day() {
    for (start, target, due, expected) in [
        ("", "2028-02", "", "Bar 2028-02-01 to 2028-02-29"),
        ("", "2027-02", "", "Bar 2027-02-01 to 2027-02-28"),
        ("", "2028-Q1", "", "Bar 2028-01-01 to 2028-03-31"),
        ("", "2026-H1", "", "Bar 2026-01-01 to 2026-06-30"),
        ("", "2026-H2", "", "Bar 2026-07-01 to 2026-12-31"),
        ("", "2028", "", "Bar 2028-01-01 to 2028-12-31"),
        ("", "2028-02-29", "", "Day 2028-02-29 to 2028-02-29"),
        ("", "", "2028-02-29", "Flag 2028-02-29 to 2028-02-29, due 2028-02-29"),
        ("", "", "2028-02", "Bar 2028-02-01 to 2028-02-29, due 2028-02-29"),
        ("2026-10-12", "", "", "From 2026-10-12 to 2026-10-12"),
        ("2026-10-12", "2026-12-04", "", "Bar 2026-10-12 to 2026-12-04, surely 2026-10-12 to 2026-12-04"),
        (
            "2026-10-12",
            "2026-12-04",
            "2027-01-31",
            "Bar 2026-10-12 to 2026-12-04, surely 2026-10-12 to 2026-12-04, due 2027-01-31",
        ),
        // Of a stretch nobody knows the day: only what lies between is certain.
        ("2026-10-12", "2026-12", "", "Bar 2026-10-12 to 2026-12-31, surely 2026-10-12 to 2026-11-30"),
        ("2026-10", "2026-12-04", "", "Bar 2026-10-01 to 2026-12-04, surely 2026-11-01 to 2026-12-04"),
        ("2026-10", "2026-11", "", "Bar 2026-10-01 to 2026-11-30"),
        ("2026-10-12", "2026-Q4", "", "Bar 2026-10-12 to 2026-12-31"),
        (
            "2026-10-12",
            "",
            "2026-12-04",
            "Bar 2026-10-12 to 2026-12-04, surely 2026-10-12 to 2026-12-04, due 2026-12-04",
        ),
        ("2026-12-04", "2026-12-04", "", "Day 2026-12-04 to 2026-12-04, surely 2026-12-04 to 2026-12-04"),
        // A start behind the target: what was promised stands.
        ("2027-01-01", "2026-12", "", "Bar 2026-12-01 to 2026-12-31"),
        ("", "", "", "nothing"),
    ] {
        assert_eq!(when(start, target, due), expected, "start {start:?}, target {target:?}, due {due:?}");
    }
}

#[test]
fn dates_that_cannot_all_be_meant() {
    for (start, target, due, expected) in [
        ("2027-01-01", "2026-12", "", Some(Mistake::StartsTooLate)),
        ("2026-12-31", "2026-12", "", None),
        ("2027-Q1", "2027-01-01", "", None),
        ("2027-01-02", "", "2027-01-01", Some(Mistake::StartsTooLate)),
        ("", "2027-Q2", "2027-03-31", Some(Mistake::MissesDue)),
        ("", "2027-Q1", "2027-01-15", None),
        ("2027-05", "2027-Q2", "2027-03-31", Some(Mistake::MissesDue)),
        ("2027-05", "", "", None),
    ] {
        let [start, target, due] = [start, target, due].map(date);
        let dates = Dates { start: start.as_ref(), target: target.as_ref(), due: due.as_ref() };
        assert_eq!(dates.mistake(), expected, "{dates:?}");
    }
}

#[test]
fn days_have_numbers() {
    assert_eq!(date("1970-01-01").expect("a day").days(), (0, 0));
    assert_eq!(date("2000-02").expect("a month").days(), (10988, 11016));
    assert_eq!(date("1969").expect("a year").days(), (-365, -1));
    for number in [-200_000, -1, 0, 1, 59, 60, 11_016, 20_000] {
        assert_eq!(Date::numbered(number).expect("a day").days(), (number, number));
    }
    assert_eq!(Date::numbered(i32::MAX), None);
    for month in [0, 1, 2026 * 12 + 1, 9999 * 12 + 11] {
        assert_eq!(Date::month(month).expect("a month").months(), (month, month));
    }
    assert_eq!(Date::month(-1), None);
    assert_eq!(Date::month(10_000 * 12), None);
}

/// The columns from one month to another, with their first days.
fn columns(first: &str, last: &str) -> String {
    let month = |text: &str| date(text).expect("a month").months().0;
    let columns = scale(month(first), month(last));
    for pair in columns.windows(2) {
        assert_eq!(pair[0].end, pair[1].begin, "a gap");
    }
    let column = |column: &Column| {
        let begin = Date::numbered(column.begin).expect("a day");
        format!("{} {} {begin}", column.above, column.label).trim().to_owned()
    };
    columns.iter().map(column).collect::<Vec<_>>().join(", ")
}

#[test]
fn columns_are_months_quarters_or_years() {
    assert_eq!(columns("2026-11", "2027-01"), "2026 Nov 2026-11-01, 2026 Dec 2026-12-01, 2027 Jan 2027-01-01");
    assert_eq!(columns("2026-11", "2026-11").matches(',').count(), 2, "never fewer than three");
    assert_eq!(
        columns("2026-08", "2027-02"),
        "2026 Q3 2026-07-01, 2026 Q4 2026-10-01, 2027 Q1 2027-01-01",
        "seven months are quarters"
    );
    assert_eq!(columns("2026-01", "2031-12").matches('Q').count(), 24, "six years are quarters");
    assert_eq!(columns("2026-12", "2033-01").split(", ").count(), 8, "more are years");
    assert_eq!(columns("9999-11", "9999-12"), "9999 Nov 9999-11-01, 9999 Dec 9999-12-01", "the end of the calendar");
}

// The laws of the drawing.

/// A drawing of rows in groups of random sizes, on columns that hold them.
fn random(rng: &mut Rng, most: usize) -> Timeline {
    let first = date("2026-10").expect("a month").days().0 + rng.i32(0..400);
    let span = [30, 150, 500, 2_000, 4_000][rng.usize(0..5)];
    let count = rng.usize(1..=most);
    let row = |at: usize, rng: &mut Rng| {
        let begin = first + rng.i32(0..span);
        let end = begin + 1 + rng.i32(0..span / 2);
        let shape = [Shape::Bar, Shape::Bar, Shape::Bar, Shape::Day, Shape::From, Shape::Flag][rng.usize(0..6)];
        let end = if shape == Shape::Bar { end } else { begin + 1 };
        let core = (shape == Shape::Bar && rng.bool()).then(|| (begin, rng.i32(begin..end) + 1));
        let due = match shape {
            Shape::Flag => Some(end),
            _ => rng.bool().then(|| (end + rng.i32(-span / 4..span / 2)).max(first)),
        };
        let name: String = (0..rng.usize(1..60)).map(|_| ['i', 'n', 'm', ' ', 'W'][rng.usize(0..5)]).collect();
        Row {
            title: format!("{at} {name}"),
            note: "planned".to_owned(),
            href: "a.html".to_owned(),
            class: String::new(),
            shape: Mark::Ring,
            is_wrong: rng.u8(0..5) == 0,
            when: When { shape, begin, end, core, due },
        }
    };
    let mut groups: Vec<Group> = Vec::new();
    for at in 0..count {
        if at == 0 || rng.usize(0..6) == 0 {
            let title = if at == 0 && rng.bool() { String::new() } else { format!("Group {at}") };
            let begin = first + rng.i32(0..span);
            let when = When { shape: Shape::Bar, begin, end: begin + 90, core: None, due: None };
            groups.push(Group { title, when: rng.bool().then_some(when), ..Group::default() });
        }
        groups.last_mut().expect("a group").rows.push(row(at, rng));
    }
    let any = |rng: &mut Rng| rng.u32(0..count as u32);
    let need = |_| Need { from: any(rng), to: any(rng), is_conflict: rng.bool() };
    let needs: Vec<Need> = (0..count * 3 / 2).map(need).collect();
    let days = [first, first + 2 * span].map(|day| Date::numbered(day).expect("a day").months().0);
    let columns = scale(days[0], days[1]);
    let today = rng.bool().then(|| first + rng.i32(0..span));
    Timeline {
        columns,
        groups,
        needs,
        today,
        title: "T".to_owned(),
        description: String::new(),
        id_prefix: "t".to_owned(),
    }
}

/// How far a name runs, by the widths of the widest usual fonts at 13 pixels, in tenths.
fn run(name: &str) -> i32 {
    let wide = |c: char| match c {
        'i' => 36,
        ' ' => 41,
        'm' => 127,
        'W' => 129,
        '…' => 130,
        _ => 80,
    };
    name.chars().map(wide).sum()
}

fn meets(a: Rect, b: Rect) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

/// What is wrong with a drawing.
fn faults(read: &Read, timeline: &Timeline) -> Vec<String> {
    let mut faults = Vec::new();
    let mut say = |fault: String| faults.push(fault);
    let rows: Vec<&Row> = timeline.groups.iter().flat_map(|group| &group.rows).collect();
    if read.rows.len() != rows.len() {
        say(format!("{} rows", read.rows.len()));
    }
    let (left, right) = (read.grid[0], read.grid[read.grid.len() - 1]);
    for (at, drawn) in read.rows.iter().enumerate() {
        let [from, top, to, bottom] = drawn.row;
        if from < 0 || top < 0 || to > read.width || bottom > read.height || (at > 0 && top < read.rows[at - 1].row[3])
        {
            say(format!("row {at} is out of place"));
        }
        for (class, rect) in &drawn.shapes {
            // A flag flies beyond the last day, and a beginning is drawn a little further than it is.
            let air = if class == "tl-from" || class == "tl-due" { 20 } else { 8 };
            let is_inside = rect[0] >= left - 8 && rect[2] <= right + air || class == "tl-sign";
            if !is_inside || rect[0] >= rect[2] || rect[1] < top || rect[3] > bottom {
                say(format!("{class} of row {at} stands out: {rect:?} of {:?}", drawn.row));
            }
            let end = drawn.name.1 + run(&drawn.name.0) / 10;
            if end > rect[0] {
                say(format!("the name of row {at} runs into {class}: {end} and {rect:?}"));
            }
        }
        let bar = drawn.shape("tl-bar");
        if let (Some(core), Some(bar)) = (drawn.shape("tl-core"), bar)
            && (core[0] < bar[0] || core[2] > bar[2])
        {
            say(format!("the certain part of row {at} is longer than it"));
        }
        for (other, row) in read.rows[..at].iter().zip(&rows) {
            if let (Some(a), Some(b)) = (bar, other.shape("tl-bar"))
                && (rows[at].when.begin - row.when.begin) * (a[0] - b[0]) < 0
            {
                say(format!("row {at} begins on the wrong side of {}", other.title));
            }
        }
    }
    faults.extend(arrow_faults(read, timeline));
    faults
}

fn arrow_faults(read: &Read, timeline: &Timeline) -> Vec<String> {
    let mut faults = Vec::new();
    let mut found: BTreeSet<(u32, u32)> = BTreeSet::new();
    let holding = |y: i32| read.rows.iter().position(|row| row.row[1] <= y && y <= row.row[3]);
    for arrow in &read.arrows {
        let (start, end) = (arrow.points[0], arrow.points[arrow.points.len() - 1]);
        let tip = (end.0 + 6, end.1);
        let (Some(from), Some(to)) = (holding(start.1), holding(end.1)) else {
            faults.push(format!("an arrow from {start:?} to {end:?} joins no rows"));
            continue;
        };
        found.insert((from as u32, to as u32));
        if !read.tips.contains(&tip) {
            faults.push(format!("no head at {tip:?}"));
        }
        let boxes = |row: usize| {
            let shapes = read.rows[row].shapes.iter().filter(|(class, _)| class != "tl-sign" && class != "tl-core");
            shapes.map(|(_, rect)| *rect)
        };
        let ends =
            |rect: Rect| start.0 == rect[2] || (rect[0] <= start.0 && start.0 <= rect[2] && rect[2] - start.0 <= 12);
        if !boxes(from).any(ends) || !boxes(to).any(|rect| (tip.0 - rect[0]).abs() <= 1) {
            faults.push(format!("an arrow from row {from} to row {to} leaves or comes at the wrong place"));
        }
        for pair in arrow.points.windows(2) {
            let [a, b] = [pair[0], pair[1]];
            if a.0 != b.0 && a.1 != b.1 {
                faults.push(format!("a slanted piece {pair:?}"));
            }
            let piece = [a.0.min(b.0) - 1, a.1.min(b.1) - 1, a.0.max(b.0) + 1, a.1.max(b.1) + 1];
            let foreign = (0..read.rows.len()).filter(|&row| row != from && row != to);
            for row in foreign.filter(|&row| boxes(row).any(|rect| meets(rect, piece))) {
                faults.push(format!("the arrow from row {from} to row {to} runs over row {row}: {pair:?}"));
            }
            if read.spans.iter().any(|rect| meets(*rect, piece)) {
                faults.push(format!("the arrow from row {from} to row {to} runs over a heading's bar"));
            }
            // Names end where the space of the arrows begins.
            if piece[0] < read.grid[0] - 24 || piece[2] > read.width || piece[1] < 0 || piece[3] > read.height {
                faults.push(format!("the arrow from row {from} to row {to} leaves the columns: {pair:?}"));
            }
        }
    }
    let needs = timeline.needs.iter().filter(|need| need.from != need.to);
    let wanted: BTreeSet<(u32, u32)> = needs.map(|need| (need.from, need.to)).collect();
    if found != wanted {
        faults.push(format!("arrows {found:?} instead of {wanted:?}"));
    }
    faults
}

#[test]
fn random_timelines_are_drawn_as_they_should_be() {
    for seed in 0..200 {
        let mut rng = Rng::with_seed(seed);
        let most = if seed % 20 == 0 { 100 } else { [4, 12, 40][seed as usize % 3] };
        let mut wanted = random(&mut rng, most);
        let drawn = timeline(&wanted);
        let read = read(&drawn.svg);
        assert_eq!((read.width, read.height), (drawn.width, drawn.height), "seed {seed}");
        assert_eq!(faults(&read, &wanted), [""; 0], "seed {seed}");
        assert_eq!(drawn, timeline(&wanted), "seed {seed}: twice the same");
        rng.shuffle(&mut wanted.needs);
        assert_eq!(drawn, timeline(&wanted), "seed {seed}: in whatever order the needs come");
    }
}

#[test]
fn the_checker_finds_faults() {
    let mut rng = Rng::with_seed(2);
    let mut wanted = random(&mut rng, 12);
    wanted.needs = vec![Need { from: 0, to: 3, is_conflict: false }];
    let svg = timeline(&wanted).svg;
    assert_eq!(faults(&read(&svg), &wanted), [""; 0]);
    let broken = |change: &dyn Fn(&mut Read)| {
        let mut read = read(&svg);
        change(&mut read);
        faults(&read, &wanted)
    };
    let shape = |read: &Read, row: usize| {
        let found = read.rows[row].shapes.iter().position(|(class, _)| class != "tl-sign");
        found.expect("every row has a shape")
    };
    assert!(!broken(&|read| read.arrows.clear()).is_empty(), "an arrow is missing");
    assert!(!broken(&|read| read.tips.clear()).is_empty(), "an arrow without a head");
    assert!(!broken(&|read| read.rows[0].row[1] -= 4000).is_empty(), "a row out of place");
    assert!(!broken(&|read| read.rows[0].name.0.push_str(&"W".repeat(100))).is_empty(), "a name over a bar");
    assert!(
        !broken(&|read| {
            let at = shape(read, 1);
            read.rows[1].shapes[at].1[0] = 0;
        })
        .is_empty(),
        "a bar over its name"
    );
    let over = broken(&|read| {
        let at = shape(read, 2);
        let middle = i32::midpoint(read.rows[2].shapes[at].1[0], read.rows[2].shapes[at].1[2]);
        for point in &mut read.arrows[0].points[1..3] {
            point.0 = middle;
        }
    });
    assert!(over.iter().any(|fault| fault.contains("runs over row 2")), "{over:?}");
}

#[test]
fn todays_line_stands_in_the_middle_of_its_day() {
    for seed in 0..50 {
        let mut rng = Rng::with_seed(seed);
        let mut wanted = random(&mut rng, 6);
        let day = wanted.groups[0].rows[0].when.begin;
        wanted.today = Some(day);
        wanted.groups[0].rows[0].when = When { shape: Shape::Day, begin: day, end: day + 1, core: None, due: None };
        let read = read(&timeline(&wanted).svg);
        let [left, _, right, _] = read.rows[0].shape("tl-day").expect("a day");
        assert_eq!(read.today, Some(i32::midpoint(left, right)), "seed {seed}");
        wanted.today = None;
        assert_eq!(read::read(&timeline(&wanted).svg).today, None);
        wanted.today = Some(wanted.columns[0].begin - 1);
        assert!(!timeline(&wanted).svg.contains("Today"), "a day outside of the columns");
    }
}

#[test]
fn a_small_timeline_as_text() {
    let month = |text: &str| date(text).expect("a month").months().0;
    let row = |title: &str, when: When, is_wrong: bool| Row {
        title: title.to_owned(),
        note: "planned".to_owned(),
        href: format!("{}.html", title.to_lowercase()),
        class: "state-planned".to_owned(),
        shape: Mark::Ring,
        is_wrong,
        when,
    };
    let of = |start: &str, target: &str, due: &str| {
        let [start, target, due] = [start, target, due].map(date);
        Dates { start: start.as_ref(), target: target.as_ref(), due: due.as_ref() }.when().expect("a date")
    };
    let drawn = timeline(&Timeline {
        columns: scale(month("2026-10"), month("2026-12")),
        groups: vec![
            Group {
                title: "Trust & <care>".to_owned(),
                href: Some("trust.html".to_owned()),
                when: Some(of("", "2026-Q4", "")),
                rows: vec![
                    row("Notes", of("2026-10-12", "2026-11-06", ""), false),
                    row("Veto", of("", "2026-11", "2026-12-11"), false),
                ],
            },
            Group {
                title: "No theme".to_owned(),
                rows: vec![row("Law", of("", "2026-10-30", ""), true)],
                ..Group::default()
            },
        ],
        needs: vec![Need { from: 0, to: 1, is_conflict: false }, Need { from: 1, to: 2, is_conflict: true }],
        today: Some(date("2026-11-02").expect("a day").days().0),
        title: "Timeline".to_owned(),
        description: "What is when".to_owned(),
        id_prefix: "t".to_owned(),
    });
    expect![[r#"
        <svg class="timeline" viewBox="0 0 1164 224" width="1164" height="224" role="group" aria-labelledby="t-t" aria-describedby="t-d">
        <title id="t-t">Timeline</title>
        <desc id="t-d">What is when</desc>
        <path class="tl-grid" d="M579 38V224M852 38V224M1136 38V224"/>
        <path class="tl-grid tl-year" d="M296 20V224"/>
        <text class="tl-label" x="302" y="50">Oct</text>
        <text class="tl-above" x="302" y="32">2026</text>
        <text class="tl-label" x="585" y="50">Nov</text>
        <text class="tl-label" x="858" y="50">Dec</text>
        <path class="tl-today" d="M592 18V224"/>
        <text class="tl-now" x="592" y="13">Today</text>
        <a class="tl-theme" href="trust.html">
        <title>Trust &amp; &lt;care&gt;</title>
        <path class="tl-rule" d="M0 62H1164"/>
        <text class="tl-name" x="8" y="86">Trust &amp; &lt;care&gt;</text>
        <rect class="tl-span" x="297" y="77" width="838" height="6" rx="3"/>
        </a>
        <g class="tl-theme">
        <title>No theme</title>
        <path class="tl-rule" d="M0 154H1164"/>
        <text class="tl-name" x="8" y="178">No theme</text>
        </g>
        <g class="tl-need">
        <path d="M625 120V126H571V140H574"/>
        </g>
        <path class="tl-head" d="M573 136l7 4-7 4z"/>
        <g class="tl-need tl-clash">
        <path d="M844 148V154H548V204H551"/>
        </g>
        <path class="tl-head tl-clash" d="M550 200l7 4-7 4z"/>
        <a class="tl-item state-planned" href="notes.html">
        <title>Notes, planned</title>
        <rect class="tl-row" x="1" y="99" width="1162" height="26" rx="4"/>
        <path class="dep-mark" d="M14 106a6 6 0 1 1-.1 0zm0 2a4 4 0 1 0 .1 0z"/>
        <text class="tl-title" x="28" y="117">Notes</text>
        <rect class="tl-bar" x="397" y="104" width="235" height="16" rx="4"/>
        <rect class="tl-core" x="399" y="106" width="231" height="12" rx="2"/>
        </a>
        <a class="tl-item state-planned" href="veto.html">
        <title>Veto, planned</title>
        <rect class="tl-row" x="1" y="127" width="1162" height="26" rx="4"/>
        <path class="dep-mark" d="M14 134a6 6 0 1 1-.1 0zm0 2a4 4 0 1 0 .1 0z"/>
        <text class="tl-title" x="28" y="145">Veto</text>
        <rect class="tl-bar" x="580" y="132" width="271" height="16" rx="4"/>
        <path class="tl-until" d="M851 140H953"/>
        <path class="tl-due" d="M952 131h2l7 4-7 4v10h-2z"/>
        </a>
        <a class="tl-item state-planned" href="law.html">
        <title>Law, planned</title>
        <rect class="tl-row" x="1" y="191" width="1162" height="26" rx="4"/>
        <path class="dep-mark" d="M14 198a6 6 0 1 1-.1 0zm0 2a4 4 0 1 0 .1 0z"/>
        <text class="tl-title" x="28" y="209">Law</text>
        <path class="tl-sign" d="M260 197l8 14h-16zm-1 5v5h2v-5zm0 6v2h2v-2z"/>
        <path class="tl-day" d="M564 197l7 7-7 7-7-7z"/>
        </a>
        </svg>"#]].assert_eq(&drawn.svg.replace("><", ">\n<"));
}

#[test]
fn whatever_an_author_writes_is_text() {
    let hostile = "</title><script>alert('1')</script>\" onload=\"x\" & \u{0}\u{ffff}";
    let mut wanted = random(&mut Rng::with_seed(1), 5);
    for group in &mut wanted.groups {
        group.title = hostile.to_owned();
        group.href = Some(hostile.to_owned());
        for row in &mut group.rows {
            (row.title, row.note, row.href, row.class) =
                (hostile.to_owned(), hostile.to_owned(), hostile.to_owned(), hostile.to_owned());
        }
    }
    for column in &mut wanted.columns {
        (column.label, column.above) = (hostile.to_owned(), hostile.to_owned());
    }
    let svg = timeline(&wanted).svg;
    for piece in svg.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').expect("every tag is closed");
        assert!(!text.contains('>') && !text.contains('"'), "{text}");
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        assert!(["svg", "title", "desc", "g", "path", "a", "rect", "text"].contains(&name), "{name}");
        assert!(!tag.split('"').step_by(2).any(|outside| outside.contains("onload")), "{tag}");
    }
    assert!(svg.chars().all(|c| c >= ' ' && c != '\u{ffff}'));
}

#[test]
fn nothing_makes_an_empty_drawing() {
    let drawn = timeline(&Timeline::default());
    assert!(drawn.svg.starts_with("<svg ") && drawn.svg.ends_with("</svg>"));
    let needs = vec![Need { from: 0, to: 7, is_conflict: true }];
    assert!(!timeline(&Timeline { needs, ..Timeline::default() }).svg.contains("tl-head"));
}
