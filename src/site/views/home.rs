//! `/`: the vision, the themes, the horizons at a glance, what is next and what was delivered.

use serde::Serialize;

use super::contents::{TocEntry, contents};
use super::fields::PropertyView;
use super::progress::{self, Outcome, Progress};
use super::{ItemRef, ItemRow, Link, Page, Source, View, status, words};
use crate::id::{ItemId, ThemeId};
use crate::number::Decimal;
use crate::plan::Vision;
use crate::resolve::{Readiness, Target};
use crate::state::State;

#[derive(Debug, Serialize)]
pub(in crate::site) struct HomeView {
    page: Page,
    vision: VisionView,
    /// All items of the plan.
    progress: Progress,
    /// `184 points of effort, 71 done`, `known to be done` where the state of some is unknown; "" without efforts.
    effort_text: String,
    /// In the plan's order; at most 12. Empty for a plan without themes: the section is left out.
    themes: Vec<ThemeCard>,
    themes_more: Option<Link>,
    /// The columns of the board, at most five open items each.
    horizons: Vec<HorizonPreview>,
    /// The first ready items of the order, at most five.
    next_up: Vec<ItemRow>,
    /// `All 38 open items`, to the backlog.
    next_up_more: Option<Link>,
    /// Newest first, at most six; `note` is the date.
    delivered: Vec<ItemRef>,
    delivered_more: Option<Link>,
}

#[derive(Debug, Default, Serialize)]
struct VisionView {
    /// The h1 of the home page; equal to `page.title`. The site's title when there is no vision.
    title: String,
    /// The anchor of the body's first heading, where that is the title; "" where it is not, and stands in the body.
    anchor: String,
    goal: String,
    customers: Vec<String>,
    needs: Vec<String>,
    /// From category, alternative, differentiator: `A tool-lending shelf. The alternative: a spreadsheet. The difference: it
    /// knows what is broken.`
    positioning: String,
    north_star: String,
    /// `October 2026`
    reviewed: String,
    body_html: String,
    /// The headings of the body, nested, where there are more than four.
    toc: Vec<TocEntry>,
    /// What the author wrote beside the fields that Roadbook knows.
    more_fields: Vec<PropertyView>,
    /// `None` when the plan has no vision file.
    source: Option<Source>,
}

#[derive(Debug, Serialize)]
struct ThemeCard {
    href: String,
    id: String,
    title: String,
    state: String,
    status: String,
    summary: String,
    horizon: String,
    /// The language of `horizon`; "" for English.
    horizon_lang: String,
    owners: Vec<Link>,
    progress: Progress,
    /// At most two here.
    outcomes: Vec<Outcome>,
}

#[derive(Debug, Serialize)]
struct HorizonPreview {
    label: String,
    /// The language of `label`; "" for English.
    lang: String,
    /// `9 open items`
    text: String,
    href: String,
    items: Vec<ItemRef>,
    more: Option<Link>,
}

const MAX_THEMES: usize = 12;
const MAX_AT_A_GLANCE: usize = 5;
const MAX_DELIVERED: usize = 6;

/// The view of the home page.
pub(in crate::site) fn home(view: View<'_>) -> HomeView {
    let roadmap = view.roadmap();
    let vision = match &roadmap.plan.vision {
        Some(vision) => vision_view(view, vision),
        None => VisionView { title: view.site.shared.title.clone(), ..VisionView::default() },
    };
    let description = view.site.description();
    let mut page = view.page("index.html", &vision.title, &description, "home");
    page.head_title = view.site.shared.title.clone();
    let themes = view.site.theme_order.iter().take(MAX_THEMES).map(|&id| theme_card(view, id));
    let ready: Vec<ItemId> = roadmap.order.iter().copied().filter(|&id| is_ready(view, id)).collect();
    let delivered = delivered(view);
    let effort = &roadmap.total.effort;
    HomeView {
        vision,
        progress: progress::by_count(&roadmap.total),
        effort_text: match effort.total.0 {
            0 => String::new(),
            _ => {
                let done = progress::done(effort.unknown > Decimal(0));
                format!("{} of effort, {} {done}", words::points(effort.total), effort.done)
            }
        },
        themes: themes.collect(),
        themes_more: view.more(roadmap.plan.themes.len(), MAX_THEMES, "roadmap.html"),
        horizons: horizon_previews(view),
        next_up: ready.iter().take(MAX_AT_A_GLANCE).map(|&id| view.row(id)).collect(),
        next_up_more: (!roadmap.order.is_empty()).then(|| view.link("backlog.html", all_in_order(view))),
        delivered: delivered.iter().take(MAX_DELIVERED).map(|&id| with_date(view, id)).collect(),
        delivered_more: view.more(delivered.len(), MAX_DELIVERED, "roadmap.html"),
        page,
    }
}

/// `All 38 open items in order`; `30 of 38 open items in order` where some are unscored.
fn all_in_order(view: View<'_>) -> String {
    let (ranked, unscored) = (&view.roadmap().order, &view.roadmap().unscored);
    let open = view.roadmap().count_open(ranked.iter().chain(unscored).copied());
    match unscored.len() {
        0 => format!("All {open} in order"),
        _ => format!("{} of {open} in order", words::thousands(ranked.len() as u64)),
    }
}

fn is_ready(view: View<'_>, id: ItemId) -> bool {
    view.resolved(id).readiness == Readiness::Ready
}

fn vision_view(view: View<'_>, vision: &Vision) -> VisionView {
    // The author's words stay as they are: nobody can tell a name from a noun by its first letter.
    let sentence = |lead: &str, text: &str| format!("{lead}{}.", text.trim_end_matches('.'));
    let parts = [
        ("", &vision.category),
        ("The alternative: ", &vision.alternative),
        ("The difference: ", &vision.differentiator),
    ];
    let parts = parts.into_iter().filter(|(_, text)| !text.is_empty()).map(|(lead, text)| sentence(lead, text));
    let positioning = parts.collect::<Vec<_>>().join(" ");
    VisionView {
        title: vision.entry.title.clone(),
        anchor: vision.entry.title_anchor().unwrap_or_default().to_owned(),
        goal: vision.product_goal.clone(),
        customers: vision.customers.clone(),
        needs: vision.needs.clone(),
        positioning,
        north_star: vision.north_star.clone(),
        reviewed: vision.reviewed.as_ref().map(words::date).unwrap_or_default(),
        body_html: view.body(&vision.entry),
        toc: contents(&vision.entry),
        more_fields: view.more_fields(&vision.entry.extra),
        source: Some(view.source(&vision.entry)),
    }
}

fn theme_card(view: View<'_>, id: ThemeId) -> ThemeCard {
    let (theme, resolved) = (&view.roadmap().plan.themes[id], &view.roadmap().themes[id]);
    ThemeCard {
        href: view.link_to(Target::Theme(id)).href,
        id: theme.entry.id.clone(),
        title: theme.entry.title.clone(),
        state: theme.state.word().to_owned(),
        status: status(theme.status.as_ref(), theme.state),
        summary: theme.entry.summary.clone(),
        horizon: theme.horizon.as_ref().map(|horizon| horizon.name.value.clone()).unwrap_or_default(),
        horizon_lang: view.lang_of_horizon(theme.horizon.as_ref().map(|horizon| horizon.name.value.as_str())),
        owners: view.owners(&theme.owners).0,
        progress: progress::by_count(&resolved.rollup),
        outcomes: progress::outcomes(theme, resolved).into_iter().take(2).collect(),
    }
}

fn horizon_previews(view: View<'_>) -> Vec<HorizonPreview> {
    let columns = &view.site.columns;
    let glance = |column: &super::super::Column| HorizonPreview {
        label: column.label.clone(),
        lang: view.lang_of_column(&column.label),
        text: view.roadmap().count_open(column.items.iter().copied()),
        href: "roadmap.html".to_owned(),
        items: column.items.iter().take(MAX_AT_A_GLANCE).map(|&id| view.item_ref(id, "")).collect(),
        more: view.more(column.items.len(), MAX_AT_A_GLANCE, "roadmap.html"),
    };
    columns.iter().filter(|column| column.rest.is_none() || columns.len() == 1).map(glance).collect()
}

/// Done items, newest first; those without a date last, by path.
pub(in crate::site) fn delivered(view: View<'_>) -> Vec<ItemId> {
    let items = &view.roadmap().plan.items;
    let mut done: Vec<ItemId> = items.ids().filter(|&id| view.plan_item(id).state == State::Done).collect();
    let key = |id: ItemId| view.plan_item(id).updated.as_ref().map(crate::date::Date::key);
    done.sort_by_key(|&id| std::cmp::Reverse(key(id)));
    done
}

/// A delivered item with the day.
pub(in crate::site) fn with_date(view: View<'_>, id: ItemId) -> ItemRef {
    view.item_ref(id, view.plan_item(id).updated.as_ref().map(words::date).unwrap_or_default())
}
