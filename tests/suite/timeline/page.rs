//! What the page of the roadmap says of dates, from a plan to its HTML.

use std::fmt::Write as _;

use expect_test::expect;
use fastrand::Rng;
use roadbook::date::Date;
use roadbook::discover::{Inputs, Options, discover};
use roadbook::visibility::Audience;

use super::read::read;
use crate::support::{assert_near_linear, inputs_of, site_of, text_at};

/// The roadmap's page.
fn page(inputs: &Inputs) -> String {
    text_at(&site_of(inputs, Audience::Internal), "roadmap.html")
}

fn fixture(text: &str, today: Option<(i16, i8, i8)>) -> Inputs {
    let mut inputs = inputs_of(text);
    inputs.drawn_today = today.and_then(|(year, month, day)| Date::day(year, month, day));
    inputs
}

/// The text of some HTML, without tags.
fn plain(html: &str) -> String {
    let mut text = String::new();
    for piece in html.split('<') {
        text.push_str(piece.split_once('>').map_or(piece, |(_, text)| text));
    }
    let text = text.replace("&#39;", "'").replace("&amp;", "&").replace("&lt;", "<");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn between<'a>(html: &'a str, start: &str, end: &str) -> &'a str {
    html.split_once(start).and_then(|(_, rest)| rest.split_once(end)).map_or("", |(inside, _)| inside)
}

/// The section as text: its heading, what does not fit, the rows of the table cell by cell, the legend, and what is left out.
fn said(html: &str) -> String {
    let section = between(html, "<section class=\"timeline-of\">", "</main>");
    let mut said = String::new();
    let mut say = |line: String| _ = writeln!(said, "{line}");
    say(plain(between(section, "<h2", "</h2>").split_once('>').map_or("", |(_, text)| text)));
    for line in between(section, "<div class=\"notice", "</div>").split("<li>").skip(1) {
        say(format!("! {}", plain(line)));
    }
    for row in section.split("<tr>").skip(1) {
        let row = row.split("</tr>").next().unwrap_or_default().replace("</th>", "</td>");
        let cells = row.split("</td>").map(plain).collect::<Vec<_>>().join(" | ");
        say(cells.trim_end_matches([' ', '|']).to_owned());
    }
    for key in between(section, "<ul class=\"legend\">", "</ul>").split("<li>").skip(1) {
        say(format!("* {}", plain(key)));
    }
    for rest in section.split("<p class=\"means\">").skip(1) {
        say(plain(rest));
    }
    said
}

/// What the page says of a plan.
fn said_of(text: &str, today: Option<(i16, i8, i8)>) -> String {
    said(&page(&fixture(text, today)))
}

const FERRY: &str = "
//- plan/themes/quay.md
---
title: A calm quay
horizon: 2026-H2
---
//- plan/themes/fares.md
# Fair fares
//- plan/items/gates.md
---
title: Gates
status: planned
theme: quay
start: 2026-10-12
target: 2026-12
depends_on: [tickets, sea]
---
//- plan/items/tickets.md
---
title: Tickets
status: in progress
theme: fares
target: 2027-Q1
due: 2027-03-31
---
//- plan/items/sea.md
---
title: The sea
status: done
theme: quay
start: 2026-05
updated: 2026-08-20
---
//- plan/items/old.md
---
title: Delivered without a plan
status: done
updated: 2026-08-20
---
//- plan/items/gone.md
---
title: Not any more
status: dropped
target: 2026-12-01
---
//- plan/items/winter.md
---
title: Winter timetable
status: planned
due: 2026-11-01
---
//- plan/items/pass.md
---
title: Season pass
status: planned
theme: fares
horizon: 2027-Q3
depends_on: tickets
---
//- plan/items/crane.md
---
title: The crane
status: planned
start: 2027-02-01
target: 2026-12
---
//- plan/items/horn.md
---
title: The horn
status: idea
start: 2027-01
---
//- plan/items/later.md
---
title: Without a date
status: idea
horizon: Later
---
";

#[test]
fn the_page_says_everything_that_is_drawn() {
    expect![[r#"
            Timeline 7 dated items, May 2026 to September 2027
            ! Gates is meant for December 2026, before Tickets (Q1 2027), which it needs.
            ! The crane is to start on 1 February 2027, after its target, December 2026.
            Item | Theme | Start | Target or due | Status | Needs | What does not fit
            Tickets | Fair fares |  | Q1 2027, due 31 March 2027 | in progress
            Season pass | Fair fares |  | Q3 2027 | planned Blocked | Tickets
            A calm quay | Theme |  | H2 2026 | Planned
            The sea | A calm quay | May 2026 | done 20 August 2026 | done
            Gates | A calm quay | 12 October 2026 | December 2026 | planned Blocked | Tickets | Promised before Tickets (Q1 2027)
            Winter timetable |  |  | due 1 November 2026 | planned Ready
            The crane |  | 1 February 2027 | December 2026 | planned |  | It is to start on 1 February 2027, after its target, December 2026
            The horn |  | January 2027 |  | idea
            * from start to target
            * some time in this stretch
            * in progress
            * begins, with no target
            * must be there
            * done
            * promised before what it needs
        "#]].assert_eq(&said_of(FERRY,None));
}

#[test]
fn today_is_drawn_where_it_is_given_and_nowhere_else() {
    let without = page(&fixture(FERRY, None));
    assert!(!without.contains("Today") && !without.contains("Past its date"));
    let with = page(&fixture(FERRY, Some((2026, 11, 25))));
    assert!(
        with.contains("<text class=\"tl-now\"") && with.contains("today is 25 November 2026, and 1 is past its date")
    );
    assert_eq!(with.matches("Past its date").count(), 1);
    let far = page(&fixture(FERRY, Some((2035, 1, 1))));
    assert!(far.contains("today is 1 January 2035, and 5 are past their date") && !far.contains("tl-now"));
}

#[test]
fn what_is_today_leaves_no_trace_in_a_build() {
    let root = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(root.path().join("plan")).expect("a folder");
    std::fs::write(root.path().join("plan/vision.md"), "# V").expect("a file");
    let today = Date::day(2020, 2, 29);
    let read = |options: Options| discover(root.path(), &options).expect("a project");
    assert_eq!(read(Options::default()).drawn_today, None);
    assert_eq!(read(Options { today: today.clone(), ..Options::default() }).drawn_today, today);
    let preview = read(Options { draws_clock: true, ..Options::default() });
    assert_eq!(preview.drawn_today, Some(preview.today));
    let mut inputs = fixture(FERRY, None);
    let first = page(&inputs);
    inputs.today = Date::day(2031, 5, 5).expect("a day");
    assert_eq!(first, page(&inputs));
}

#[test]
fn nothing_dated_makes_no_timeline() {
    let html = page(&fixture("//- plan/items/a.md\n---\ntitle: A\nstatus: done\nupdated: 2026-01-01\n---\n", None));
    assert!(!html.contains("Timeline"));
    let html = page(&fixture(
        "//- roadbook.yml\ntimeline: horizons\n//- plan/items/a.md\n---\ntitle: A\ntarget: 2026\n---\n",
        None,
    ));
    assert!(!html.contains("Timeline"));
}

#[test]
fn horizons_can_be_the_columns() {
    let text = format!(
        "//- roadbook.yml\ntimeline: horizons\n//- plan/items/a.md\n---\ntitle: Sooner\nstatus: planned\nhorizon: Now\ntarget: 2030\ndepends_on: later\n---\n{FERRY}"
    );
    expect![[r#"
            Timeline 2 items with a horizon
            ! Sooner is planned for Now, before Without a date (Later), which it needs.
            Item | Theme | Horizon | Status | Needs | What does not fit
            Sooner |  | Now | planned Blocked | Without a date | Promised before Without a date (Later)
            Without a date |  | Later | idea
            * promised before what it needs
        "#]]
    .assert_eq(&said_of(&text, Some((2026, 11, 25))));
    let svg = page(&fixture(&text, None));
    let read = read(&svg[svg.find("<svg class=\"timeline\"").expect("a drawing")..]);
    let labels: Vec<&str> = read.labels.iter().map(|(label, _)| label.as_str()).collect();
    assert_eq!(labels, ["Now", "Next", "Later"]);
    let bar = |name: &str| read.row(name).shape("tl-bar").expect("a bar");
    assert!(bar("Sooner")[0] > read.grid[0] && bar("Sooner")[2] < read.grid[1]);
    assert!(bar("Without a date")[0] > read.grid[2] && bar("Without a date")[2] < read.grid[3]);
    assert!(read.row("Sooner").class.contains("wrong") && read.arrows.iter().all(|arrow| arrow.is_conflict));
}

#[test]
fn milestones_stand_where_their_last_open_item_does() {
    let item = |id: &str, fields: &str| format!("//- plan/items/{id}.md\n---\ntitle: {id}\n{fields}\n---\n");
    let text = [
        item("a", "milestone: Spring\ntarget: 2027-Q1"),
        item("b", "milestone: spring\ntarget: 2027-03-01\ndepends_on: a"),
        item("c", "milestone: Spring\nstatus: done\ntarget: 2027-Q2"),
        item("d", "milestone: Winter\ndue: 2026-12-11"),
        item("e", "milestone: Summer"),
        item("f", "milestone: Past\nstatus: done\ntarget: 2026-Q4"),
    ]
    .concat();
    let html = page(&fixture(&text, None));
    let read = read(&html[html.find("<svg class=\"timeline\"").expect("a drawing")..]);
    let titles: Vec<&str> = read.rows.iter().map(|row| row.title.as_str()).take(2).collect();
    assert_eq!(
        titles,
        ["Winter, milestone, 11 December 2026, 1 open item", "Spring, milestone, Q1 2027, 2 open items"]
    );
    assert_eq!(
        read.rows[1].shape("tl-bar"),
        read.row("a").shape("tl-bar").map(|[left, _, right, _]| {
            let [_, top, _, bottom] = read.rows[1].shape("tl-bar").expect("a stretch");
            [left, top, right, bottom]
        })
    );
    assert!(said(&html).contains("\nWinter | Milestone |  | 11 December 2026 | 1 open item\n"));
    // Arrows lead to the rows below them all the same.
    let ends: Vec<i32> = read.arrows.iter().map(|arrow| arrow.points[arrow.points.len() - 1].1).collect();
    let row = read.row("b").row;
    assert_eq!(ends, [i32::midpoint(row[1], row[3])]);
}

#[test]
fn dates_that_do_not_fit_are_said_in_words() {
    let said = |fields: &str| {
        let html = page(&fixture(&format!("//- plan/items/a.md\n---\ntitle: A\n{fields}\n---\n"), None));
        plain(between(between(&html, "<div class=\"notice", "</div>"), "<li>", "</li>"))
    };
    for (fields, expected) in [
        ("start: 2027-02-01\ntarget: 2026-12", "A is to start on 1 February 2027, after its target, December 2026."),
        ("start: 2027-Q2\ndue: 2026-12-24", "A is to start in Q2 2027, after it is due, 24 December 2026."),
        ("start: 2027\nhorizon: 2026-Q3", "A is to start in 2027, after its horizon, Q3 2026."),
        ("target: 2027-H2\ndue: 2027-03", "A is meant for H2 2027, after it is due, March 2027."),
        ("start: 2026-10\ntarget: 2026-12\ndue: 2026-12-15", ""),
    ] {
        assert_eq!(said(fields), expected, "{fields}");
        assert_eq!(said(&format!("status: done\n{fields}")), "", "what is done is done");
    }
}

#[test]
fn what_is_promised_before_what_it_needs_by_a_day() {
    let plan = |here: &str, there: &str, state: &str| {
        let text = format!(
            "//- plan/items/a.md\n---\ntitle: A\nstatus: planned\n{here}\ndepends_on: b\n---\n//- plan/items/b.md\n---\ntitle: B\nstatus: {state}\n{there}\n---\n"
        );
        page(&fixture(&text, None)).contains("which it needs")
    };
    assert!(plan("target: 2026-12-30", "target: 2026-12", "planned"));
    assert!(!plan("target: 2026-12-31", "target: 2026-12", "planned"));
    assert!(!plan("target: 2026-12", "target: 2026-Q4", "planned"));
    assert!(plan("target: 2026-11", "target: 2026-Q4", "planned"));
    assert!(!plan("target: 2026-11", "target: 2026-Q4", "done"), "what is done holds nothing up");
    assert!(plan("due: 2026-11", "due: 2026-Q4", "idea"), "where nothing is intended, what is due counts");
    assert!(!plan("target: 2026-12\ndue: 2026-11", "target: 2026-12", "planned"), "the target goes before what is due");
    assert!(!plan("target: 2026-11", "target: 2026-12\ndepends_on: a", "planned"), "of a cycle none can come first");
    assert!(!plan("target: 2026-11", "start: 2027-01", "planned"), "a start promises nothing");
    assert!(plan("horizon: 2026-Q3", "horizon: 2026-Q4", "planned"), "a horizon that is a date promises as much");
}

/// A random plan with dates of every form.
fn random(rng: &mut Rng, items: usize, themes: usize) -> String {
    let mut text = String::new();
    for at in 0..themes {
        _ = writeln!(text, "//- plan/themes/t{at}.md\n---\ntitle: Theme {at}\nhorizon: {}\n---", any_date(rng));
    }
    for at in 0..items {
        _ = writeln!(
            text,
            "//- plan/items/i{at}.md\n---\ntitle: Item {at}\nstatus: {}",
            ["planned", "active", "done", "idea"][rng.usize(0..4)]
        );
        if themes > 0 && rng.u8(0..5) > 0 {
            _ = writeln!(text, "theme: t{}", rng.usize(0..themes));
        }
        for field in ["start", "target", "due", "horizon"] {
            if rng.u8(0..5) < 2 {
                _ = writeln!(text, "{field}: {}", any_date(rng));
            }
        }
        if at > 0 {
            let needs: Vec<String> = (0..rng.usize(0..3)).map(|_| format!("i{}", rng.usize(0..items))).collect();
            _ = writeln!(text, "depends_on: [{}]", needs.join(", "));
        }
        text.push_str("---\n");
    }
    text
}

fn any_date(rng: &mut Rng) -> String {
    let year = rng.usize(2026..2029);
    match rng.u8(0..6) {
        0 => format!("{year}-Q{}", rng.u8(1..5)),
        1 => format!("{year}-H{}", rng.u8(1..3)),
        2 => format!("{year}-{:02}", rng.u8(1..13)),
        3 => format!("{year}"),
        _ => format!("{year}-{:02}-{:02}", rng.u8(1..13), rng.u8(1..29)),
    }
}

#[test]
fn equal_plans_give_equal_bytes_whatever_the_order_of_the_files() {
    for seed in 0..20 {
        let mut rng = Rng::with_seed(seed);
        let text = random(&mut rng, 40, 4);
        let mut inputs = fixture(&text, Some((2027, 3, 3)));
        let first = page(&inputs);
        assert_eq!(first, page(&inputs), "seed {seed}");
        rng.shuffle(&mut inputs.sources);
        assert_eq!(first, page(&inputs), "seed {seed}");
    }
}

#[test]
fn the_drawing_and_the_table_name_the_same_items() {
    for seed in 0..20 {
        let html = page(&fixture(&random(&mut Rng::with_seed(seed), 60, 5), None));
        let svg = &html[html.find("<svg class=\"timeline\"").expect("a drawing")..];
        let mut drawn: Vec<String> = read(svg).rows.iter().map(|row| row.name.0.clone()).collect();
        let table = between(&html, "<table class=\"when\"", "</table>");
        let mut listed: Vec<String> = table
            .split("<td class=\"name\">")
            .skip(1)
            .map(|row| plain(row.split("</td>").next().unwrap_or_default()))
            .collect();
        listed.retain(|name| name.starts_with("Item"));
        // Both are by theme and then by date, so that not only the names are the same.
        assert_eq!(drawn, listed, "seed {seed}");
        drawn.sort();
        drawn.dedup();
        assert_eq!(drawn.len(), listed.len(), "seed {seed}");
    }
}

#[test]
fn many_conflicts_lead_to_the_table() {
    let mut text = "//- plan/items/late.md\n---\ntitle: Late\ntarget: 2027\n---\n".to_owned();
    for at in 0..12 {
        _ = writeln!(text, "//- plan/items/i{at}.md\n---\ntitle: Item {at}\ntarget: 2026\ndepends_on: late\n---");
    }
    let html = page(&fixture(&text, None));
    assert_eq!(between(&html, "<div class=\"notice", "</div>").matches("<li>").count(), 10);
    assert!(html.contains("<a href=\"roadmap.html#Timeline-table\">and 2 more</a>"));
    assert!(html.contains("<table class=\"when\" id=\"Timeline-table\">"));
    assert_eq!(html.matches("Promised before Late (2027)").count(), 12);
}

#[test]
fn what_is_left_out_is_said() {
    let mut text = String::new();
    for at in 0..600 {
        _ = writeln!(
            text,
            "//- plan/items/i{at}.md\n---\ntitle: Item {at}\ntarget: 2027-{:02}-{:02}\n---",
            at % 12 + 1,
            at % 28 + 1
        );
    }
    text.push_str("//- plan/items/far.md\n---\ntitle: Far\ntarget: 2206-Q1\n---\n");
    text.push_str("//- plan/items/past.md\n---\ntitle: Past\nstatus: done\ntarget: 2020-Q1\n---\n");
    let html = page(&fixture(&text, None));
    let said = said(&html);
    let last = said.lines().last().expect("a line");
    assert_eq!(
        last,
        "The drawing shows 150 of 602, the nearest open ones first. 1 lies more than ten years from the others and cannot be drawn beside \
         them. 1 done more than a year before are not drawn. The table has 500."
    );
    assert!(
        said.lines().next().expect("a heading").starts_with("Timeline 602 dated items, January 2027 to "),
        "{said:.90}"
    );
    assert_eq!(html.matches("tl-title").count(), 150);
    assert_eq!(html.matches("<td class=\"name\">").count(), 500);
    assert!(html.contains("and 102 more"));
}

#[test]
fn the_page_of_many_items_takes_time_near_linear_in_them() {
    let site = |items: usize| site_of(&fixture(&random(&mut Rng::with_seed(9), items, 8), None), Audience::Internal);
    assert_near_linear("a timeline", 1_000, 8, site, |site| {
        site.render("roadmap.html").expect("the page").expect("a page that can be made");
    });
}
