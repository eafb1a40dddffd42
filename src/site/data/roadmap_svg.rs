//! `roadmap.svg`: the plan at a glance, as a picture for a README. What it says is chosen here; `card` draws it.

use crate::id::{ItemId, ThemeId};
use crate::markdown::without_code;
use crate::resolve::Rollup;
use crate::site::Column;
use crate::site::card::{self, Bar, Card, Theme};
use crate::site::views::{View, progress, status, words};

const MAX_COLUMNS: usize = 3;
const MAX_ITEMS: usize = 5;
const MAX_THEMES: usize = 6;

/// The picture.
pub(in crate::site) fn roadmap_svg(view: View<'_>) -> String {
    let roadmap = view.roadmap();
    let goal = roadmap.plan.vision.as_ref().map(|vision| vision.product_goal.clone());
    let goal = goal.filter(|goal| !goal.is_empty()).unwrap_or_else(|| view.site.description());
    let site = &view.site.shared;
    let (shown, hidden) = columns(view);
    let mut card = Card {
        lang: view.lang(),
        title: plain(&site.title),
        badge: site.audience_badge.clone().unwrap_or_default(),
        goal: plain(&goal),
        progress: (roadmap.total.count.total > 0).then(|| overall(&roadmap.total)),
        columns: shown.iter().map(|column| of_column(view, column)).collect(),
        rest: rest(&hidden),
        themes: Vec::new(),
        themes_more: String::new(),
        address: roadmap.config.base_url.as_deref().map(short).unwrap_or_default(),
        description: String::new(),
    };
    let plan = &roadmap.plan;
    let alive = view.site.theme_order.iter().filter(|&&id| plan.themes[id].state.is_open());
    let theme = |&id: &ThemeId| Theme {
        title: plain(&without_code(&plan.themes[id].entry.title)),
        bar: bar(&progress::by_count(&roadmap.themes[id].rollup)),
    };
    card.themes = alive.clone().take(MAX_THEMES).map(theme).collect();
    card.themes_more = match alive.count().saturating_sub(MAX_THEMES) {
        0 => String::new(),
        more => format!("and {}", words::count(more, "more theme")),
    };
    card.description = in_words(view, &card, &shown);
    card::card(&card)
}

/// The columns of the board that are shown, and those that are not: where there are more than fit, the first in which something is open.
fn columns(view: View<'_>) -> (Vec<&Column>, Vec<&Column>) {
    let columns = &view.site.columns;
    let named: Vec<&Column> = columns.iter().filter(|column| column.rest.is_none()).collect();
    let full: Vec<&Column> = named.iter().copied().filter(|column| !column.items.is_empty()).collect();
    let chosen = if named.len() > MAX_COLUMNS && !full.is_empty() { full } else { named };
    let shown: Vec<&Column> = chosen.into_iter().take(MAX_COLUMNS).collect();
    let is_hidden = |column: &&Column| !shown.iter().any(|other| std::ptr::eq(*other, *column));
    let hidden = columns.iter().filter(is_hidden).filter(|column| !column.items.is_empty()).collect();
    (shown, hidden)
}

fn of_column(view: View<'_>, column: &Column) -> card::Column {
    let item = |&id: &ItemId| (view.plan_item(id).state, plain(&without_code(&view.plan_item(id).entry.title)));
    let more = column.items.len().saturating_sub(MAX_ITEMS);
    card::Column {
        label: plain(&column.label),
        lang: view.lang_of_column(&column.label),
        count: words::thousands(column.items.len() as u64),
        items: column.items.iter().take(MAX_ITEMS).map(item).collect(),
        more: if more == 0 { String::new() } else { format!("and {} more", words::thousands(more as u64)) },
    }
}

/// `Besides: 12 in 2027-Q4, 8 with no horizon`.
fn rest(hidden: &[&Column]) -> String {
    let words = |column: &&Column| {
        let count = words::thousands(column.items.len() as u64);
        column.rest.map_or_else(|| format!("{count} in {}", plain(&column.label)), |rest| format!("{count} {rest}"))
    };
    let list: Vec<String> = hidden.iter().map(words).collect();
    if list.is_empty() { String::new() } else { format!("Besides: {}", list.join(", ")) }
}

fn overall(total: &Rollup) -> Bar {
    let progress = progress::by_count(total);
    Bar { text: format!("{} done", progress.percent), ..bar(&progress) }
}

fn bar(progress: &progress::Progress) -> Bar {
    let part = |part: &progress::Segment| (part.kind.clone(), i32::from(part.x), i32::from(part.width));
    Bar {
        parts: progress.segments.iter().map(part).collect(),
        words: progress.segments.iter().map(|part| part.text.clone()).collect(),
        text: progress.text.clone(),
    }
}

/// The card as sentences, for those who do not see it.
fn in_words(view: View<'_>, card: &Card, shown: &[&Column]) -> String {
    let mut text: Vec<String> =
        [&card.badge, &card.goal].into_iter().filter(|text| !text.is_empty()).cloned().collect();
    text.extend(card.progress.as_ref().map(|_| progress::by_count(&view.roadmap().total).text));
    for (column, of) in card.columns.iter().zip(shown) {
        let item = |&id: &ItemId| {
            let item = view.plan_item(id);
            format!(
                "{} ({})",
                plain(&without_code(&item.entry.title)),
                plain(&status(item.status.as_ref(), item.state))
            )
        };
        let mut items: Vec<String> = of.items.iter().take(MAX_ITEMS).map(item).collect();
        items.extend(Some(column.more.clone()).filter(|more| !more.is_empty()));
        let items = if items.is_empty() { "nothing is open".to_owned() } else { items.join(", ") };
        text.push(format!("{}: {items}", column.label));
    }
    text.extend(Some(card.rest.clone()).filter(|rest| !rest.is_empty()));
    text.extend(card.themes.iter().map(|theme| format!("{}: {}", theme.title, theme.bar.text)));
    text.extend(Some(card.themes_more.clone()).filter(|more| !more.is_empty()));
    text.iter().map(|sentence| sentence.trim_end_matches('.').to_owned() + ".").collect::<Vec<_>>().join(" ")
}

/// Text on one line.
fn plain(text: &str) -> String {
    let is_gap = |char: char| char.is_whitespace() || char.is_control();
    text.split(is_gap).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// An address as people say it.
fn short(address: &str) -> String {
    address.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/').to_owned()
}
