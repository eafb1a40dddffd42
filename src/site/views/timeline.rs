//! The timeline of `/roadmap.html`: what is dated, by theme, drawn and as a table.

use serde::Serialize;

use super::{Link, View, dependencies, readiness, status, words};
use crate::date::Date;
use crate::plan::{Horizon, Item};
use crate::resolve::Target;
use crate::site::timeline::{
    self, Chart, Column, Entry, Group, LeftOut, Mistake, Need, Row, Shape, Timeline, When, dated,
};
use crate::state::State;

#[derive(Debug, Serialize)]
pub(in crate::site) struct TimelineView {
    /// `24 dated items, October 2026 to June 2027`
    text: String,
    /// Whether the columns are horizons.
    by_horizon: bool,
    /// What does not fit, the nearest first.
    conflicts: Vec<TimelineConflict>,
    conflicts_more: Option<Link>,
    /// "" where there is nothing near enough to draw; `left_out` then says so.
    svg_html: String,
    legend: Vec<TimelineKey>,
    /// What the drawing leaves out, in sentences.
    left_out: String,
    /// The same as a table.
    rows: Vec<TimelineRow>,
    more: Option<Link>,
}

/// A sentence: `item`, `text`, and where there is one `other` with its `note`.
#[derive(Debug, Serialize)]
struct TimelineConflict {
    item: Link,
    text: String,
    other: Option<Link>,
    note: String,
}

#[derive(Debug, Serialize)]
struct TimelineKey {
    /// `core stretch active day from due done clash`
    kind: String,
    text: String,
}

#[derive(Debug, Serialize)]
struct TimelineRow {
    item: Link,
    /// `Theme` where it is one itself; "" for items.
    kind: String,
    theme: Option<Link>,
    start: String,
    /// The target, what it is due, or both; or the horizon.
    target: String,
    state: String,
    status: String,
    readiness: String,
    /// `Past its date`; "" where it is not, or nobody said what day it is.
    late: String,
    /// The first open items that it waits for.
    needs: Vec<Link>,
    needs_note: String,
    /// What does not fit, in words.
    conflict: String,
}

const MOST_ROWS: usize = 500;
const MOST_ARROWS: usize = 300;
const MOST_CONFLICTS: usize = 10;
const MOST_NEEDS: usize = 3;

/// The view of the timeline; none where nothing stands on it.
pub(in crate::site) fn timeline(view: View<'_>) -> Option<TimelineView> {
    let chart = timeline::chart(view.roadmap(), &view.site.theme_order);
    if chart.entries.is_empty() && chart.themes.is_empty() {
        return None;
    }
    let (drawn, left) = chart.drawn();
    let span = chart.span(&drawn);
    let (svg_html, arrows) = draw(view, &chart, &drawn, chart.columns(span));
    let conflicts = chart.conflicts();
    let conflict = |(entry, on): &(&Entry, Option<u32>)| conflict(view, &chart, entry, *on);
    Some(TimelineView {
        text: text(&chart, span),
        by_horizon: chart.by_horizon,
        conflicts_more: view.more(conflicts.len(), MOST_CONFLICTS, "roadmap.html#Timeline-table"),
        conflicts: conflicts.iter().take(MOST_CONFLICTS).map(conflict).collect(),
        svg_html,
        legend: legend(view, &chart, &drawn),
        left_out: left_out(&chart, &left, arrows),
        rows: rows(view, &chart),
        more: view.more(chart.entries.len(), MOST_ROWS, "backlog.html"),
    })
}

/// How much there is, from when to when, and what day it is.
fn text(chart: &Chart<'_>, span: Option<(i32, i32)>) -> String {
    let count = chart.entries.len();
    let month = |day: i32| Date::numbered(day).and_then(|day| Date::month(day.months().0));
    let months = span.and_then(|(first, last)| month(first).zip(month(last)));
    let months = months.map(|(first, last)| match (words::date(&first), words::date(&last)) {
        (first, last) if first == last => format!(", {first}"),
        (first, last) => format!(", {first} to {last}"),
    });
    let what = if chart.by_horizon { "item with a horizon" } else { "dated item" };
    let counted = match count {
        1 => format!("1 {what}"),
        _ => format!("{} {}", words::thousands(count as u64), what.replacen("item", "items", 1)),
    };
    let mut text = counted + &months.unwrap_or_default();
    if let Some(today) = chart.today.and_then(Date::numbered) {
        text = format!("{text}; today is {}", words::date(&today));
        match chart.entries.iter().filter(|entry| chart.is_late(entry)).count() {
            0 => {}
            1 => text.push_str(", and 1 is past its date"),
            late => text = format!("{text}, and {} are past their date", words::thousands(late as u64)),
        }
    }
    text
}

/// Draws entries; gives how many arrows were left out, too.
fn draw(view: View<'_>, chart: &Chart<'_>, drawn: &[&Entry], columns: Vec<Column>) -> (String, usize) {
    if columns.is_empty() {
        return (String::new(), 0);
    }
    let themed = chart.themed(drawn, &view.site.theme_order);
    let mut rows: Vec<(u32, u32)> =
        themed.iter().flat_map(|group| &group.entries).map(|entry| entry.at).zip(0..).collect();
    rows.sort_unstable();
    let row = |at: u32| rows.binary_search_by_key(&at, |&(at, _)| at).ok().map(|place| rows[place].1);
    let mut needs: Vec<Need> = Vec::new();
    for &(at, to) in &rows {
        let depends_on = view.resolved(at).depends_on.iter().map(|dependency| dependency.on);
        needs.extend(depends_on.filter_map(|on| Some(Need { from: row(on)?, to, is_conflict: chart.clashes(at, on) })));
    }
    needs.sort_by_key(|need| (!need.is_conflict, need.from.abs_diff(need.to), *need));
    let arrows = needs.len().saturating_sub(MOST_ARROWS);
    needs.truncate(MOST_ARROWS);
    let has_themes = !view.roadmap().plan.themes.is_empty();
    let ends = columns.first().zip(columns.last()).map(|(first, last)| (first.begin, last.end));
    let is_within = |when: &When| ends.is_some_and(|(begin, end)| begin <= when.begin && when.end <= end);
    let group = |group: &timeline::Themed<'_>| {
        let link = group.theme.map(|theme| view.link_to(Target::Theme(theme)));
        let otherwise = if has_themes { "No theme" } else { "" };
        Group {
            title: link.as_ref().map_or_else(|| otherwise.to_owned(), |link| link.label.clone()),
            href: link.map(|link| link.href),
            when: group.when.filter(is_within),
            rows: group.entries.iter().map(|entry| drawn_row(view, chart, entry)).collect(),
        }
    };
    let timeline = Timeline {
        columns,
        groups: themed.iter().map(group).collect(),
        needs,
        today: chart.today,
        title: "Timeline".to_owned(),
        description: "A row for each item, by theme; an arrow leads from what is needed to what needs it".to_owned(),
        id_prefix: "timeline".to_owned(),
    };
    (timeline::timeline(&timeline).svg, arrows)
}

fn drawn_row(view: View<'_>, chart: &Chart<'_>, entry: &Entry) -> Row {
    let item = view.plan_item(entry.at);
    let is_wrong = entry.mistake.is_some() || chart.clashes_of(entry.at).next().is_some();
    let (start, target) = when_words(item, chart.by_horizon);
    let when = if start.is_empty() || target.is_empty() { start + &target } else { format!("{start} to {target}") };
    let sign = if is_wrong { ", its dates do not fit" } else { "" };
    let class = format!("state-{}", item.state.word());
    Row {
        title: item.entry.title.clone(),
        note: format!("{}, {when}{sign}", dependencies::note(view, entry.at)),
        href: view.link_to(Target::Item(entry.at)).href,
        class: if is_wrong { class + " wrong" } else { class },
        shape: dependencies::mark(item.state),
        is_wrong,
        when: entry.when,
    }
}

/// What the shapes mean that are drawn.
fn legend(view: View<'_>, chart: &Chart<'_>, drawn: &[&Entry]) -> Vec<TimelineKey> {
    let bar = |entry: &Entry| (entry.when.shape == Shape::Bar).then_some((entry.when.begin, entry.when.end));
    let is_pale = |entry: &Entry| bar(entry).is_some_and(|bar| entry.when.core != Some(bar));
    let shape = |shape: Shape| drawn.iter().any(|entry| entry.when.shape == shape);
    let drawn_at = |at: u32| drawn.iter().any(|entry| entry.at == at);
    let clash = |entry: &&Entry| chart.clashes_of(entry.at).any(drawn_at);
    let is_done = |entry: &&Entry| view.plan_item(entry.at).state == State::Done;
    let keys = [
        ("core", "from start to target", drawn.iter().any(|entry| entry.when.core.is_some())),
        ("stretch", "some time in this stretch", !chart.by_horizon && drawn.iter().any(|entry| is_pale(entry))),
        ("active", "in progress", drawn.iter().any(|entry| view.plan_item(entry.at).state == State::Active)),
        ("day", "on this day", shape(Shape::Day)),
        ("from", "begins, with no target", shape(Shape::From)),
        ("due", "must be there", drawn.iter().any(|entry| entry.when.due.is_some())),
        ("done", "done", drawn.iter().any(is_done)),
        ("clash", "promised before what it needs", drawn.iter().any(clash)),
    ];
    let key = |(kind, text, _): (&str, &str, bool)| TimelineKey { kind: kind.to_owned(), text: text.to_owned() };
    keys.into_iter().filter(|(_, _, is_there)| *is_there).map(key).collect()
}

/// What the drawing leaves out, in sentences; "" for nothing.
fn left_out(chart: &Chart<'_>, left: &LeftOut, arrows: usize) -> String {
    let number = |number: usize| words::thousands(number as u64);
    let mut sentences = Vec::new();
    if left.too_many > 0 {
        let all = chart.entries.len();
        sentences.push(format!(
            "The drawing shows {} of {}, the nearest open ones first.",
            number(all - left.too_many - left.too_far - left.long_ago),
            number(all)
        ));
    }
    if left.too_far > 0 {
        let verb = if left.too_far == 1 { "lies" } else { "lie" };
        sentences.push(format!(
            "{} {verb} more than ten years from the others and cannot be drawn beside them.",
            number(left.too_far)
        ));
    }
    if left.long_ago > 0 {
        sentences.push(format!("{} done more than a year before are not drawn.", number(left.long_ago)));
    }
    if arrows > 0 {
        sentences.push(format!("{} more dependencies are not drawn.", number(arrows)));
    }
    if chart.entries.len() > MOST_ROWS {
        sentences.push(format!("The table has {}.", number(MOST_ROWS)));
    }
    sentences.join(" ")
}

/// The table: the themes that have a time of their own, then items as they are drawn.
fn rows(view: View<'_>, chart: &Chart<'_>) -> Vec<TimelineRow> {
    let shown: Vec<&Entry> = chart.entries.iter().take(MOST_ROWS).collect();
    let mut rows = Vec::new();
    for group in chart.themed(&shown, &view.site.theme_order) {
        let theme = group.theme.map(|theme| view.link_to(Target::Theme(theme)));
        if let (Some(at), true) = (group.theme, group.when.is_some()) {
            rows.push(theme_row(view, at));
        }
        rows.extend(group.entries.iter().map(|entry| item_row(view, chart, entry, theme.clone())));
    }
    rows
}

fn theme_row(view: View<'_>, at: u32) -> TimelineRow {
    let theme = &view.roadmap().plan.themes[at as usize];
    TimelineRow {
        item: view.link_to(Target::Theme(at)),
        kind: "Theme".to_owned(),
        theme: None,
        start: String::new(),
        target: theme.horizon.as_ref().map(horizon_words).unwrap_or_default(),
        state: theme.state.word().to_owned(),
        status: status(theme.status.as_ref(), theme.state),
        readiness: String::new(),
        late: String::new(),
        needs: Vec::new(),
        needs_note: String::new(),
        conflict: String::new(),
    }
}

fn item_row(view: View<'_>, chart: &Chart<'_>, entry: &Entry, theme: Option<Link>) -> TimelineRow {
    let (item, resolved) = (view.plan_item(entry.at), view.resolved(entry.at));
    let (start, target) = when_words(item, chart.by_horizon);
    let waits = |on: &u32| entry.is_open && view.plan_item(*on).state.is_open() && *on != entry.at;
    let needs: Vec<u32> = resolved.depends_on.iter().map(|dependency| dependency.on).filter(waits).collect();
    let mut conflicts: Vec<String> = Vec::new();
    let mut clashes = chart.clashes_of(entry.at);
    if let Some(on) = clashes.next() {
        let other = view.plan_item(on);
        let more = match clashes.count() {
            0 => String::new(),
            more => format!(", and {more} more"),
        };
        conflicts.push(format!(
            "promised before {} ({}){more}",
            other.entry.title,
            short_promise(other, chart.by_horizon)
        ));
    }
    conflicts.extend(entry.mistake.map(|kind| format!("it {}", mistake(item, kind))));
    TimelineRow {
        item: view.link_to(Target::Item(entry.at)),
        kind: String::new(),
        theme,
        start,
        target,
        state: item.state.word().to_owned(),
        status: status(item.status.as_ref(), item.state),
        readiness: readiness(&resolved.readiness).to_owned(),
        late: if chart.is_late(entry) { "Past its date".to_owned() } else { String::new() },
        needs: needs.iter().take(MOST_NEEDS).map(|&on| view.link_to(Target::Item(on))).collect(),
        needs_note: match needs.len().checked_sub(MOST_NEEDS) {
            None | Some(0) => String::new(),
            Some(more) => format!("and {more} more"),
        },
        conflict: words::capital(&conflicts.join("; ")),
    }
}

fn conflict(view: View<'_>, chart: &Chart<'_>, entry: &Entry, on: Option<u32>) -> TimelineConflict {
    let (item, link) = (view.plan_item(entry.at), |at: u32| view.link_to(Target::Item(at)));
    let needed = on.map(|on| format!("({}), which it needs", short_promise(view.plan_item(on), chart.by_horizon)));
    TimelineConflict {
        item: link(entry.at),
        text: match entry.mistake {
            Some(kind) if on.is_none() => mistake(item, kind),
            _ => format!("{}, before", promise(item, chart.by_horizon)),
        },
        other: on.map(link),
        note: needed.unwrap_or_default(),
    }
}

/// A horizon in words: as a date where it is one.
fn horizon_words(horizon: &Horizon) -> String {
    dated(horizon).as_ref().map_or_else(|| horizon.name.value.clone(), words::date)
}

/// Start, and target or what it is due, in words.
fn when_words(item: &Item, by_horizon: bool) -> (String, String) {
    if by_horizon {
        return (String::new(), item.horizon.as_ref().map(horizon_words).unwrap_or_default());
    }
    let start = item.start.as_ref().map(words::date).unwrap_or_default();
    let target = match (&item.target, &item.due) {
        (Some(target), Some(due)) => format!("{}, due {}", words::date(target), words::date(due)),
        (Some(target), None) => words::date(target),
        (None, Some(due)) => format!("due {}", words::date(due)),
        (None, None) if !item.state.is_open() => {
            item.updated.as_ref().map(|day| format!("done {}", words::date(day))).unwrap_or_default()
        }
        (None, None) => item.horizon.as_ref().and_then(dated).as_ref().map(words::date).unwrap_or_default(),
    };
    (start, target)
}

/// `is meant for March 2026`, `is due on 11 December 2026`, `is planned for Q3 2026`.
fn promise(item: &Item, by_horizon: bool) -> String {
    match (&item.target, &item.due) {
        (Some(target), _) if !by_horizon => format!("is meant for {}", words::date(target)),
        (None, Some(due)) if !by_horizon => format!("is due {}", on(due)),
        _ => format!("is planned for {}", item.horizon.as_ref().map(horizon_words).unwrap_or_default()),
    }
}

/// `Q3 2026`, `due 11 December 2026`.
fn short_promise(item: &Item, by_horizon: bool) -> String {
    match (&item.target, &item.due) {
        (Some(target), _) if !by_horizon => words::date(target),
        (None, Some(due)) if !by_horizon => format!("due {}", words::date(due)),
        _ => item.horizon.as_ref().map(horizon_words).unwrap_or_default(),
    }
}

/// `is to start on 1 February 2027, after its target, December 2026`.
fn mistake(item: &Item, mistake: Mistake) -> String {
    let start = item.start.as_ref().map(on).unwrap_or_default();
    let due = item.due.as_ref().map(words::date).unwrap_or_default();
    let target = item.target.as_ref().map(words::date);
    match (mistake, target) {
        (Mistake::StartsTooLate, Some(target)) => format!("is to start {start}, after its target, {target}"),
        (Mistake::StartsTooLate, None) if item.due.is_some() => format!("is to start {start}, after it is due, {due}"),
        (Mistake::StartsTooLate, None) => {
            let horizon = item.horizon.as_ref().map(horizon_words).unwrap_or_default();
            format!("is to start {start}, after its horizon, {horizon}")
        }
        (Mistake::MissesDue, target) => {
            format!("is meant for {}, after it is due, {due}", target.unwrap_or_default())
        }
    }
}

/// `on 11 December 2026`, `in Q3 2026`.
fn on(date: &Date) -> String {
    let preposition = if date.first() == date.last() { "on" } else { "in" };
    format!("{preposition} {}", words::date(date))
}
