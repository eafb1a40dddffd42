//! `/embed/…`: the board, the backlog and themes for the pages of others: without navigation, and short.

use serde::Serialize;

use super::board::{self, BoardColumn, BoardRow};
use super::progress::{self, Outcome, Progress};
use super::{Group, ItemRow, Link, Page, View, status};
use crate::id::{ItemId, ThemeId};
use crate::resolve::Target;
use crate::site::address;

/// Rows that are read where somebody came for something else.
const MAX_ROWS: usize = 25;
const MAX_OF_A_THEME: usize = 12;

#[derive(Debug, Serialize)]
pub(in crate::site) struct EmbedBoardView {
    page: Page,
    /// `Open in Seedhouse roadmap`: the whole page.
    open: Link,
    /// As in `RoadmapView`.
    horizons: Vec<BoardColumn>,
    rows: Vec<BoardRow>,
}

#[derive(Debug, Serialize)]
pub(in crate::site) struct EmbedBacklogView {
    page: Page,
    open: Link,
    /// `35 open items`
    summary: String,
    /// Open items: ranked ones in order, then the unscored; at most 25.
    rows: Vec<ItemRow>,
    more: Option<Link>,
}

#[derive(Debug, Serialize)]
pub(in crate::site) struct EmbedThemeView {
    page: Page,
    open: Link,
    title: String,
    state: String,
    status: String,
    /// The author's summary, else the first paragraph.
    summary: String,
    outcomes: Vec<Outcome>,
    /// Items by count.
    progress: Progress,
    /// As in `ThemeView`, each at most 12 rows.
    groups: Vec<Group>,
}

/// The frame of the view of the page at `address`, and the link to that page.
fn frame(view: View<'_>, address: &str, title: &str, description: &str) -> (Page, Link) {
    let page = Page { noindex: true, ..view.page(address, title, description, "") };
    (page, view.link(address, format!("Open in {}", view.site.title())))
}

/// The view of `embed/board.html`.
pub(in crate::site) fn board(view: View<'_>) -> EmbedBoardView {
    let (page, open) = frame(view, "roadmap.html", "Roadmap", "");
    EmbedBoardView { page, open, horizons: board::horizons(view), rows: board::rows(view) }
}

/// The view of `embed/backlog.html`.
pub(in crate::site) fn backlog(view: View<'_>) -> EmbedBacklogView {
    let rest = address::backlog(0);
    let (page, open) = frame(view, &rest, "Backlog", "");
    let roadmap = view.roadmap();
    let items: Vec<ItemId> = roadmap.order.iter().chain(&roadmap.unscored).copied().collect();
    EmbedBacklogView {
        page,
        open,
        summary: roadmap.count_open(items.iter().copied()),
        rows: items.iter().take(MAX_ROWS).map(|&id| view.row(id)).collect(),
        more: view.more(items.len(), MAX_ROWS, &rest),
    }
}

/// The view of `embed/themes/ID.html`.
pub(in crate::site) fn theme(view: View<'_>, id: ThemeId) -> EmbedThemeView {
    let roadmap = view.roadmap();
    let (theme, resolved) = (&roadmap.plan.themes[id], &roadmap.themes[id]);
    let entry = &theme.entry;
    let rest = Target::Theme(id).address(&roadmap.plan);
    let (page, open) = frame(view, &rest, &entry.title, &entry.summary);
    let mut groups = view.short_groups(&resolved.items, MAX_OF_A_THEME, &rest);
    for row in groups.iter_mut().flat_map(|group| &mut group.items) {
        row.theme = None;
    }
    EmbedThemeView {
        page,
        open,
        title: entry.title.clone(),
        state: theme.state.word().to_owned(),
        status: status(theme.status.as_ref(), theme.state),
        summary: entry.summary.clone(),
        outcomes: progress::outcomes(theme, resolved),
        progress: progress::by_count(&resolved.rollup),
        groups,
    }
}
