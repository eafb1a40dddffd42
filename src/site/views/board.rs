//! `/roadmap.html`: themes by horizons.

use serde::Serialize;

use super::progress::{self, Progress};
use super::timeline::{self, TimelineView};
use super::{ItemRef, Link, Page, View, home, status, words};
use crate::id::{Id as _, ItemId, ThemeId};
use crate::resolve::{Roadmap, Target, ThemeWord};
use crate::state::State;

#[derive(Debug, Serialize)]
pub(in crate::site) struct RoadmapView {
    page: Page,
    /// `38 open items in 5 themes`; `38 open items, 30 of them in 5 themes`
    summary: String,
    /// The columns, from left to right; the last may be what names none of them.
    horizons: Vec<BoardColumn>,
    /// The rows, themes in the plan's order; the last may be the items of no theme.
    rows: Vec<BoardRow>,
    /// `None` where nothing is dated; with `timeline: horizons`, where nothing has a horizon.
    timeline: Option<TimelineView>,
}

#[derive(Debug, Serialize)]
pub(super) struct BoardColumn {
    label: String,
    /// The language of `label`; "" for English.
    lang: String,
    /// `9 items, 34 points`
    text: String,
}

#[derive(Debug, Serialize)]
pub(super) struct BoardRow {
    /// `None` for the row of items without a theme, and of a theme that has no file.
    href: Option<String>,
    /// The theme's id, or the word for it, for `#theme-trust`; "" for the row without one.
    id: String,
    title: String,
    /// Of the theme; "" for a row without one, or without a file of it.
    state: String,
    status: String,
    progress: Option<Progress>,
    /// As many as there are columns.
    cells: Vec<BoardCell>,
    /// Newest first, at most 20; shown folded.
    done: Vec<ItemRef>,
    /// `12 done`; "" for none.
    done_text: String,
    done_more: Option<Link>,
}

#[derive(Debug, Serialize)]
struct BoardCell {
    /// The column's label again: a phone shows it here.
    label: String,
    /// The language of `label`; "" for English.
    lang: String,
    /// In order; at most eight.
    items: Vec<ItemRef>,
    more: Option<Link>,
}

const MAX_IN_A_CELL: usize = 8;
const MAX_DONE: usize = 20;
/// Rows of themes that have no file; items of others stand in the last row.
const MAX_WORDS: usize = 60;

/// The view of the board.
pub(in crate::site) fn board(view: View<'_>) -> RoadmapView {
    let roadmap = view.roadmap();
    let summary = summary(roadmap);
    RoadmapView {
        page: view.page("roadmap.html", "Roadmap", &summary, "roadmap"),
        horizons: horizons(view),
        rows: rows(view),
        timeline: timeline::timeline(view),
        summary,
    }
}

/// How many items are open, and in how many themes: those that have some.
fn summary(roadmap: &Roadmap) -> String {
    let is_open = |id: &ItemId| roadmap.plan.items[*id].state.is_open();
    let is_served =
        |id: &ItemId| !roadmap.items[*id].links.themes.is_empty() || roadmap.theme_words.first_of(*id).is_some();
    let open: Vec<ItemId> = roadmap.items.ids().filter(is_open).collect();
    let of_themes = roadmap.themes.iter().map(|theme| &theme.items);
    let lists = of_themes.chain(roadmap.theme_words.words.iter().map(|word| &word.items));
    let themes = words::count(lists.filter(|items| items.iter().any(is_open)).count(), "theme");
    let items = roadmap.count_open(open.iter().copied());
    match open.iter().filter(|id| is_served(id)).count() {
        0 => items,
        all if all == open.len() => format!("{items} in {themes}"),
        some => format!("{items}, {} of them in {themes}", words::thousands(some as u64)),
    }
}

/// The columns of the board.
pub(super) fn horizons(view: View<'_>) -> Vec<BoardColumn> {
    let roadmap = view.roadmap();
    let column = |column: &super::super::Column| {
        let effort = roadmap.rollup(column.items.iter().copied()).effort.total;
        let count = words::count(column.items.len(), "item");
        let text = if effort.0 == 0 { count } else { format!("{count}, {}", words::points(effort)) };
        BoardColumn { label: column.label.clone(), lang: view.lang_of_column(&column.label), text }
    };
    view.site.columns.iter().map(column).collect()
}

/// The rows of the board: themes, then what has none.
pub(super) fn rows(view: View<'_>) -> Vec<BoardRow> {
    let themes = named_rows(view);
    let delivered = home::delivered(view);
    let mut cells = cells(view);
    let mut done: Vec<Vec<ItemId>> = vec![Vec::new(); themes + 1];
    for item in delivered {
        done[row_of(view, item)].push(item);
    }
    let mut rows: Vec<BoardRow> = Vec::new();
    for &theme in &view.site.theme_order {
        let row = theme.index();
        rows.push(theme_row(view, theme, std::mem::take(&mut cells[row]), &done[row]));
    }
    if view.roadmap().plan.themes.is_empty() {
        for (row, word) in view.roadmap().theme_words.words.iter().take(themes).enumerate() {
            rows.push(word_row(view, word, std::mem::take(&mut cells[row]), &done[row]));
        }
    }
    let rest = std::mem::take(&mut cells[themes]);
    if rest.iter().any(|cell| !cell.items.is_empty()) || !done[themes].is_empty() {
        rows.push(rest_row(view, rest, &done[themes]));
    }
    rows
}

/// The row of an item: its first theme's, or the last.
pub(in crate::site) fn row_of(view: View<'_>, id: ItemId) -> usize {
    let row = match view.resolved(id).links.themes.first() {
        Some(theme) => Some(theme.index()),
        None => view.roadmap().theme_words.first_of(id).filter(|row| *row < MAX_WORDS),
    };
    row.unwrap_or_else(|| named_rows(view))
}

/// How many rows have a name: those of themes, or in a plan without files of themes those of the words for them.
fn named_rows(view: View<'_>) -> usize {
    let roadmap = view.roadmap();
    if roadmap.plan.themes.is_empty() {
        roadmap.theme_words.words.len().min(MAX_WORDS)
    } else {
        roadmap.plan.themes.len()
    }
}

/// Where the board has the row of the first word of an item.
pub(super) fn word_link(view: View<'_>, id: ItemId) -> Option<Link> {
    let words = &view.roadmap().theme_words;
    let index = words.first_of(id)?;
    let word = words.words.get(index)?;
    let row = if index < MAX_WORDS { format!("#theme-{}", word.slug) } else { String::new() };
    Some(view.link(&format!("roadmap.html{row}"), &*word.word))
}

/// Open items by row and column.
fn cells(view: View<'_>) -> Vec<Vec<BoardCell>> {
    let rows = named_rows(view) + 1;
    let columns = &view.site.columns;
    let mut items: Vec<Vec<Vec<ItemId>>> = vec![vec![Vec::new(); columns.len()]; rows];
    for (column, list) in columns.iter().enumerate() {
        for &id in &list.items {
            items[row_of(view, id)][column].push(id);
        }
    }
    let cell = |row: usize, column: usize, items: &[ItemId]| {
        let rest = match view.roadmap().plan.themes.as_slice().get(row) {
            Some(theme) => format!("themes/{}.html", theme.entry.slug),
            None => "backlog.html".to_owned(),
        };
        let (items, more) = view.refs(items, MAX_IN_A_CELL, &rest);
        let label = columns[column].label.clone();
        BoardCell { lang: view.lang_of_column(&label), label, items, more }
    };
    let row = |(row, lists): (usize, &Vec<Vec<ItemId>>)| {
        lists.iter().enumerate().map(|(column, items)| cell(row, column, items)).collect()
    };
    items.iter().enumerate().map(row).collect()
}

fn theme_row(view: View<'_>, id: ThemeId, cells: Vec<BoardCell>, done: &[ItemId]) -> BoardRow {
    let theme = &view.roadmap().plan.themes[id];
    let link = view.link_to(Target::Theme(id));
    BoardRow {
        id: theme.entry.slug.clone(),
        state: theme.state.word().to_owned(),
        status: status(theme.status.as_ref(), theme.state),
        progress: Some(progress::by_count(&view.roadmap().themes[id].rollup)),
        done_more: view.more(done.len(), MAX_DONE, &format!("themes/{}.html", theme.entry.slug)),
        title: link.label,
        href: Some(link.href),
        ..done_row(view, cells, done)
    }
}

fn word_row(view: View<'_>, word: &ThemeWord, cells: Vec<BoardCell>, done: &[ItemId]) -> BoardRow {
    BoardRow {
        id: word.slug.clone(),
        title: word.word.clone(),
        progress: Some(progress::by_count(&view.roadmap().rollup(word.items.iter().copied()))),
        done_more: view.more(done.len(), MAX_DONE, "backlog.html"),
        ..done_row(view, cells, done)
    }
}

fn rest_row(view: View<'_>, cells: Vec<BoardCell>, done: &[ItemId]) -> BoardRow {
    let rows = named_rows(view);
    let all = view.roadmap().items.ids().filter(|&id| row_of(view, id) == rows);
    let rollup = view.roadmap().rollup(all);
    let title = match rows {
        0 => "All items",
        _ if view.roadmap().theme_words.words.len() > rows => "Other themes, and none",
        _ => "No theme",
    };
    BoardRow {
        title: title.to_owned(),
        progress: Some(progress::by_count(&rollup)),
        done_more: view.more(done.len(), MAX_DONE, "backlog.html"),
        ..done_row(view, cells, done)
    }
}

fn done_row(view: View<'_>, cells: Vec<BoardCell>, done: &[ItemId]) -> BoardRow {
    debug_assert!(done.iter().all(|&id| view.plan_item(id).state == State::Done));
    BoardRow {
        href: None,
        id: String::new(),
        title: String::new(),
        state: String::new(),
        status: String::new(),
        progress: None,
        cells,
        done: done.iter().take(MAX_DONE).map(|&id| home::with_date(view, id)).collect(),
        done_text: if done.is_empty() {
            String::new()
        } else {
            format!("{} done", words::thousands(done.len() as u64))
        },
        done_more: None,
    }
}
