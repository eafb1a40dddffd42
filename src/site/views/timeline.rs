//! The timeline of `/roadmap.html`: what is dated, by theme, drawn and as a table.

use serde::Serialize;

use super::dates::{horizon_words, mistake, promise, short_promise, when_words};
use super::{Link, View, dependencies, list, readiness, status, words};
use crate::date::Date;
use crate::id::ItemId;
use crate::markdown;
use crate::plan::Horizon;
use crate::resolve::Target;
use crate::site::address::{self, GroupKind};
use crate::site::drawing::Mark;
use crate::site::timeline::{
    self, Chart, Column, Dates, Entry, Group, LeftOut, Need, Row, Shape, Timeline, When, dated,
};
use crate::state::State;

#[derive(Debug, Serialize)]
pub(in crate::site) struct TimelineView {
    /// `24 dated items, October 2026 to June 2027; today is 25 November 2026, and 3 are past their date`
    text: String,
    /// Whether the columns are horizons: rows then have no `start`, and their `target` is the horizon.
    by_horizon: bool,
    /// What does not fit, the nearest first; at most ten.
    conflicts: Vec<TimelineConflict>,
    conflicts_more: Option<Link>,
    /// At most 150 rows and 300 arrows; "" where nothing can be drawn.
    svg_html: String,
    /// What the shapes mean that are drawn.
    legend: Vec<TimelineKey>,
    /// What the drawing and the table leave out, in sentences; "" for nothing.
    left_out: String,
    /// The text twin: milestones, then items by theme and date; at most 500. Themes that have a time of their own stand before
    /// their items.
    rows: Vec<TimelineRow>,
    more: Option<Link>,
}

/// A sentence: `item` `text`, and where there is one `other` `note`.
#[derive(Debug, Serialize)]
struct TimelineConflict {
    item: Link,
    /// `is meant for March 2026, before`; or the whole sentence, where the dates of one item do not fit each other.
    text: String,
    other: Option<Link>,
    /// `(Q3 2026), which it needs`
    note: String,
}

#[derive(Debug, Serialize)]
struct TimelineKey {
    /// `core stretch active day from due done clash`; draws the key.
    kind: String,
    text: String,
}

#[derive(Debug, Serialize)]
struct TimelineRow {
    item: Link,
    /// `Theme` or `Milestone` where it is one itself; "" for items.
    kind: String,
    theme: Option<Link>,
    /// `12 October 2026`
    start: String,
    /// `Q1 2027`, `due 31 March 2027`, or both; or the horizon.
    target: String,
    /// The language of `target` where it is a horizon; "" for English.
    target_lang: String,
    /// "" for milestones, whose `status` is `3 open items`.
    state: String,
    status: String,
    readiness: String,
    /// `Past its date`; "" where it is not, or nobody said what day it is.
    late: String,
    /// The first three open items that it waits for.
    needs: Vec<Link>,
    /// `and 2 more`; "" for none.
    needs_note: String,
    /// What does not fit, in words: `Promised before Ward directory (Q3 2026)`; "" where all fits.
    conflict: String,
}

const MAX_ROWS: usize = 500;
const MAX_ARROWS: usize = 300;
const MAX_CONFLICTS: usize = 10;
const MAX_NEEDS: usize = 3;
const MAX_MILESTONES: usize = 20;

/// The view of the timeline; none where nothing stands on it.
pub(in crate::site) fn timeline(view: View<'_>) -> Option<TimelineView> {
    let chart = timeline::chart(view.roadmap(), &view.site.theme_order);
    if chart.entries.is_empty() && chart.themes.is_empty() {
        return None;
    }
    let (drawn, left) = chart.drawn();
    let span = chart.span(&drawn);
    let milestones = milestones(view, &chart);
    let (svg_html, arrows) = draw(view, &chart, &drawn, chart.columns(span), &milestones);
    let conflicts = chart.conflicts();
    let conflict = |(entry, on): &(&Entry, Option<ItemId>)| conflict(view, &chart, entry, *on);
    Some(TimelineView {
        text: text(&chart, span),
        by_horizon: chart.by_horizon,
        conflicts_more: view.more(conflicts.len(), MAX_CONFLICTS, "roadmap.html#Timeline-table"),
        conflicts: conflicts.iter().take(MAX_CONFLICTS).map(conflict).collect(),
        svg_html,
        legend: legend(view, &chart, &drawn),
        left_out: left_out(&chart, &left, arrows),
        rows: rows(view, &chart, milestones),
        more: view.more(chart.entries.len(), MAX_ROWS, "backlog.html"),
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

/// The milestones that have a date by their open items, the nearest first: each is reached when the last of these is promised.
fn milestones(view: View<'_>, chart: &Chart<'_>) -> Vec<(TimelineRow, When)> {
    if chart.by_horizon || !view.roadmap().plan.items.iter().any(|item| !item.milestone.is_empty()) {
        return Vec::new();
    }
    let all = view.site.groups(GroupKind::Milestone);
    let milestone = |group: &address::Group| {
        let (_, last) = list::span(view, group)?;
        let open = group.items.iter().copied().filter(|&id| view.plan_item(id).state.is_open());
        let link = view.link(&all.address(&group.title), group.title.clone());
        let row = plain_row(link, "Milestone", words::date(last));
        let when = Dates { target: Some(last), ..Dates::default() }.when()?;
        Some((TimelineRow { status: view.roadmap().count_open(open), ..row }, when))
    };
    let mut milestones: Vec<(TimelineRow, When)> = all.by_slug.values().filter_map(milestone).collect();
    // Stable: equal ones stay by slug.
    milestones.sort_by_key(|(_, when)| (when.end, when.begin));
    milestones.truncate(MAX_MILESTONES);
    milestones
}

/// The milestones within the columns.
fn milestone_group(milestones: &[(TimelineRow, When)], is_within: impl Fn(&When) -> bool) -> Group {
    let row = |(row, when): &(TimelineRow, When)| Row {
        title: markdown::without_code(&row.item.label),
        note: format!("milestone, {}, {}", row.target, row.status),
        href: row.item.href.clone(),
        class: "milestone".to_owned(),
        shape: Mark::Diamond,
        is_wrong: false,
        when: *when,
    };
    let rows = milestones.iter().filter(|(_, when)| is_within(when)).map(row).collect();
    Group { title: "Milestones".to_owned(), href: Some("milestones.html".to_owned()), when: None, rows }
}

/// Draws entries; gives how many arrows were left out, too.
fn draw(
    view: View<'_>,
    chart: &Chart<'_>,
    drawn: &[&Entry],
    columns: Vec<Column>,
    milestones: &[(TimelineRow, When)],
) -> (String, usize) {
    if columns.is_empty() {
        return (String::new(), 0);
    }
    let ends = columns.first().zip(columns.last()).map(|(first, last)| (first.begin, last.end));
    let is_within = |when: &When| ends.is_some_and(|(begin, end)| begin <= when.begin && when.end <= end);
    let milestones = milestone_group(milestones, is_within);
    let above = u32::try_from(milestones.rows.len()).unwrap_or_default();
    let themed = chart.themed(drawn, &view.site.theme_order);
    let mut rows: Vec<(ItemId, u32)> =
        themed.iter().flat_map(|group| &group.entries).map(|entry| entry.id).zip(above..).collect();
    rows.sort_unstable();
    let row = |id: ItemId| rows.binary_search_by_key(&id, |&(id, _)| id).ok().map(|place| rows[place].1);
    let mut needs: Vec<Need> = Vec::new();
    for &(id, to) in &rows {
        let depends_on = view.resolved(id).links.needs();
        needs.extend(depends_on.filter_map(|on| Some(Need { from: row(on)?, to, is_conflict: chart.clashes(id, on) })));
    }
    needs.sort_by_key(|need| (!need.is_conflict, need.from.abs_diff(need.to), *need));
    let arrows = needs.len().saturating_sub(MAX_ARROWS);
    needs.truncate(MAX_ARROWS);
    let has_themes = !view.roadmap().plan.themes.is_empty();
    let group = |group: &timeline::Themed<'_>| {
        let link = group.theme.map(|theme| view.link_to(Target::Theme(theme)));
        let otherwise = if has_themes { "No theme" } else { "" };
        Group {
            title: link.as_ref().map_or_else(|| otherwise.to_owned(), |link| markdown::without_code(&link.label)),
            href: link.map(|link| link.href),
            when: group.when.filter(is_within),
            rows: group.entries.iter().map(|entry| drawn_row(view, chart, entry)).collect(),
        }
    };
    let timeline = Timeline {
        columns,
        groups: Some(milestones).filter(|_| above > 0).into_iter().chain(themed.iter().map(group)).collect(),
        needs,
        today: chart.today,
        title: "Timeline".to_owned(),
        description: "A row for each item, by theme; an arrow leads from what is needed to what needs it".to_owned(),
        id_prefix: "timeline".to_owned(),
    };
    (timeline::timeline(&timeline).svg, arrows)
}

fn drawn_row(view: View<'_>, chart: &Chart<'_>, entry: &Entry) -> Row {
    let item = view.plan_item(entry.id);
    let is_wrong = entry.mistake.is_some() || chart.clashes_of(entry.id).next().is_some();
    let (start, target) = when_words(item, chart.by_horizon);
    let when = if start.is_empty() || target.is_empty() { start + &target } else { format!("{start} to {target}") };
    let sign = if is_wrong { ", its dates do not fit" } else { "" };
    let class = format!("state-{}", item.state.word());
    Row {
        title: markdown::without_code(&item.entry.title),
        note: format!("{}, {when}{sign}", dependencies::note(view, entry.id)),
        href: view.link_to(Target::Item(entry.id)).href,
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
    let drawn_at = |id: ItemId| drawn.iter().any(|entry| entry.id == id);
    let clash = |entry: &&Entry| chart.clashes_of(entry.id).any(drawn_at);
    let is_done = |entry: &&Entry| view.plan_item(entry.id).state == State::Done;
    let keys = [
        ("core", "from start to target", drawn.iter().any(|entry| entry.when.core.is_some())),
        ("stretch", "some time in this stretch", !chart.by_horizon && drawn.iter().any(|entry| is_pale(entry))),
        ("active", "in progress", drawn.iter().any(|entry| view.plan_item(entry.id).state == State::Active)),
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
    if chart.entries.len() > MAX_ROWS {
        sentences.push(format!("The table has {}.", number(MAX_ROWS)));
    }
    sentences.join(" ")
}

/// The table: milestones, then items as they are drawn, before them their theme where it has a time of its own.
fn rows(view: View<'_>, chart: &Chart<'_>, milestones: Vec<(TimelineRow, When)>) -> Vec<TimelineRow> {
    let shown: Vec<&Entry> = chart.entries.iter().take(MAX_ROWS).collect();
    let mut rows: Vec<TimelineRow> = milestones.into_iter().map(|(row, _)| row).collect();
    for group in chart.themed(&shown, &view.site.theme_order) {
        let theme = group.theme.map(|theme| view.link_to(Target::Theme(theme)));
        if let (Some(id), Some(link), true) = (group.theme, &theme, group.when.is_some()) {
            let theme = &view.roadmap().plan.themes[id];
            let horizon = theme.horizon.as_ref().map(horizon_words).unwrap_or_default();
            rows.push(TimelineRow {
                state: theme.state.word().to_owned(),
                status: status(theme.status.as_ref(), theme.state),
                target_lang: lang_of_target(view, theme.horizon.as_ref(), true),
                ..plain_row(link.clone(), "Theme", horizon)
            });
        }
        rows.extend(group.entries.iter().map(|entry| item_row(view, chart, entry, theme.clone())));
    }
    rows
}

fn plain_row(item: Link, kind: &str, target: String) -> TimelineRow {
    TimelineRow {
        item,
        kind: kind.to_owned(),
        theme: None,
        start: String::new(),
        target,
        target_lang: String::new(),
        state: String::new(),
        status: String::new(),
        readiness: String::new(),
        late: String::new(),
        needs: Vec::new(),
        needs_note: String::new(),
        conflict: String::new(),
    }
}

/// The language of a target that is a horizon by name; dates are in English.
fn lang_of_target(view: View<'_>, horizon: Option<&Horizon>, is_horizon: bool) -> String {
    let named = horizon.filter(|horizon| is_horizon && dated(horizon).is_none());
    view.lang_of_horizon(named.map(|horizon| horizon.name.value.as_str()))
}

fn item_row(view: View<'_>, chart: &Chart<'_>, entry: &Entry, theme: Option<Link>) -> TimelineRow {
    let (item, resolved) = (view.plan_item(entry.id), view.resolved(entry.id));
    let (start, target) = when_words(item, chart.by_horizon);
    let waits = |on: &ItemId| entry.is_open && view.plan_item(*on).state.is_open() && *on != entry.id;
    let needs: Vec<ItemId> = resolved.links.needs().filter(waits).collect();
    let mut conflicts: Vec<String> = Vec::new();
    let mut clashes = chart.clashes_of(entry.id);
    if let Some(on) = clashes.next() {
        let other = view.plan_item(on);
        let more = match clashes.count() {
            0 => String::new(),
            more => format!(", and {more} more"),
        };
        conflicts.push(format!(
            "promised before {} ({}){more}",
            markdown::without_code(&other.entry.title),
            short_promise(other, chart.by_horizon)
        ));
    }
    conflicts.extend(entry.mistake.map(|kind| format!("it {}", mistake(item, kind))));
    TimelineRow {
        theme,
        start,
        target_lang: lang_of_target(view, item.horizon.as_ref(), chart.by_horizon),
        state: item.state.word().to_owned(),
        status: status(item.status.as_ref(), item.state),
        readiness: readiness(&resolved.readiness).to_owned(),
        late: if chart.is_late(entry) { "Past its date".to_owned() } else { String::new() },
        needs: needs.iter().take(MAX_NEEDS).map(|&on| view.link_to(Target::Item(on))).collect(),
        needs_note: match needs.len().checked_sub(MAX_NEEDS) {
            None | Some(0) => String::new(),
            Some(more) => format!("and {more} more"),
        },
        conflict: words::capital(&conflicts.join("; ")),
        ..plain_row(view.link_to(Target::Item(entry.id)), "", target)
    }
}

fn conflict(view: View<'_>, chart: &Chart<'_>, entry: &Entry, on: Option<ItemId>) -> TimelineConflict {
    let (item, link) = (view.plan_item(entry.id), |id: ItemId| view.link_to(Target::Item(id)));
    let needed = on.map(|on| format!("({}), which it needs", short_promise(view.plan_item(on), chart.by_horizon)));
    TimelineConflict {
        item: link(entry.id),
        text: match entry.mistake {
            Some(kind) if on.is_none() => mistake(item, kind),
            _ => format!("{}, before", promise(item, chart.by_horizon)),
        },
        other: on.map(link),
        note: needed.unwrap_or_default(),
    }
}
