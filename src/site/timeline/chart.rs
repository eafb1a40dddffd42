//! What of a plan stands on its timeline, what of that is drawn, and what does not fit.

use super::{Column, Dates, Mistake, Shape, When, scale};
use std::collections::BTreeMap;

use crate::config;
use crate::date::Date;
use crate::id::{IdVec, ItemId, ThemeId};
use crate::plan::{Horizon, Item};
use crate::resolve::Roadmap;
use crate::state::State;

/// Beyond so many rows nobody reads a drawing.
const MAX_DRAWN: usize = 150;
/// Days from the date in the middle beyond which an item would press all others together: ten years.
const FAR: i32 = 3653;
/// Days before the first open item within which finished ones are drawn.
const LONG_AGO: i32 = 366;
/// How near today must be for the columns to reach as far, in days.
const NEAR: i32 = 366;
/// The width of a horizon's column, in units, and the air in it to both sides.
const HORIZON: i32 = 100;
const AIR: i32 = 3;

/// An item on the timeline.
pub(in crate::site) struct Entry {
    pub(in crate::site) id: ItemId,
    pub(in crate::site) is_open: bool,
    pub(in crate::site) when: When,
    pub(in crate::site) mistake: Option<Mistake>,
    /// The last day that was promised, or the place of its horizon.
    promised: Option<i32>,
}

/// All that stands on the timeline.
pub(in crate::site) struct Chart<'a> {
    roadmap: &'a Roadmap,
    /// Whether the columns are horizons.
    pub(in crate::site) by_horizon: bool,
    /// Open ones first, of these the nearest.
    pub(in crate::site) entries: Vec<Entry>,
    /// Themes with a time of their own, in the order of the site.
    pub(in crate::site) themes: Vec<(ThemeId, When)>,
    /// The number of the day, where it may be shown.
    pub(in crate::site) today: Option<i32>,
    /// Of each item of the plan what was promised; of open ones only.
    promised: IdVec<ItemId, Option<i32>>,
}

/// Why entries are not drawn.
#[derive(Debug, Default)]
pub(in crate::site) struct LeftOut {
    /// There are too many.
    pub(in crate::site) too_many: usize,
    /// They would press all others together.
    pub(in crate::site) too_far: usize,
    /// They were finished long ago.
    pub(in crate::site) long_ago: usize,
}

/// Entries of one theme, or of none.
pub(in crate::site) struct Themed<'a> {
    pub(in crate::site) theme: Option<ThemeId>,
    pub(in crate::site) when: Option<When>,
    /// By their beginning.
    pub(in crate::site) entries: Vec<&'a Entry>,
}

/// Looks for everything that has a date, or a horizon where the configuration asks for horizons.
pub(in crate::site) fn chart<'a>(roadmap: &'a Roadmap, theme_order: &[ThemeId]) -> Chart<'a> {
    let plan = &roadmap.plan;
    let by_horizon = roadmap.config.timeline == config::TimelineMode::Horizons;
    let entry = if by_horizon { by_its_horizon } else { by_its_dates };
    let mut entries: Vec<Entry> = plan.items.enumerate().filter_map(|(id, item)| entry(id, item)).collect();
    let rank = |id: ItemId| roadmap.items[id].rank.unwrap_or(u32::MAX);
    entries.sort_by_cached_key(|entry| (!entry.is_open, entry.when.end, entry.when.begin, rank(entry.id), entry.id));
    let mut promised = IdVec::filled(None, plan.items.len());
    for entry in entries.iter().filter(|entry| entry.is_open) {
        promised[entry.id] = entry.promised;
    }
    let theme = |&id: &ThemeId| {
        let theme = &plan.themes[id];
        let horizon = theme.horizon.as_ref().filter(|_| theme.state.is_open())?;
        let when = if by_horizon { in_column(horizon)? } else { when_of(&dated(horizon)?)? };
        Some((id, when))
    };
    let today = roadmap.context.drawn_today.as_ref().filter(|_| !by_horizon).map(|day| day.days().0);
    Chart { roadmap, by_horizon, entries, themes: theme_order.iter().filter_map(theme).collect(), today, promised }
}

/// A horizon that is itself a date.
pub(in crate::site) fn dated(horizon: &Horizon) -> Option<Date> {
    Date::parse(&horizon.name.value)
}

fn when_of(target: &Date) -> Option<When> {
    Dates { target: Some(target), ..Dates::default() }.when()
}

fn in_column(horizon: &Horizon) -> Option<When> {
    let begin = i32::try_from(horizon.rank?).ok()?.checked_mul(HORIZON)?;
    Some(When { shape: Shape::Bar, begin: begin + AIR, end: begin + HORIZON - AIR, core: None, due: None })
}

/// An item by its dates; where it has neither target nor due, by a horizon that is a date. Of finished items those that had a
/// date of their own.
fn by_its_dates(id: ItemId, item: &std::sync::Arc<Item>) -> Option<Entry> {
    let is_open = item.state.is_open();
    if item.state == State::Dropped || (!is_open && item.start.is_none() && item.target.is_none() && item.due.is_none())
    {
        return None;
    }
    let otherwise = match (&item.target, &item.due) {
        (None, None) if is_open => item.horizon.as_ref().and_then(dated),
        // What was begun without a promise and is finished took as long as it took.
        (None, None) => item.updated.clone(),
        _ => None,
    };
    let target = item.target.as_ref().or(otherwise.as_ref());
    let dates = Dates { start: item.start.as_ref(), target, due: item.due.as_ref() };
    let mistake = dates.mistake().filter(|_| is_open);
    Some(Entry { id, is_open, when: dates.when()?, mistake, promised: dates.promised() })
}

fn by_its_horizon(id: ItemId, item: &std::sync::Arc<Item>) -> Option<Entry> {
    let horizon = item.horizon.as_ref().filter(|_| item.state.is_open())?;
    let when = in_column(horizon)?;
    Some(Entry { id, is_open: true, when, mistake: None, promised: Some(when.begin) })
}

impl<'a> Chart<'a> {
    /// Which entries are drawn: those that are near each other, of these so many as can be read.
    pub(in crate::site) fn drawn(&self) -> (Vec<&Entry>, LeftOut) {
        let open = self.entries.iter().filter(|entry| entry.is_open).count();
        let measure = if open == 0 { &self.entries[..] } else { &self.entries[..open] };
        let middle = measure.get(measure.len() / 2).map_or(0, |entry| entry.when.end);
        let is_far = |entry: &Entry| (entry.when.begin - middle).abs().max((entry.when.end - middle).abs()) > FAR;
        let first = measure.iter().filter(|entry| !is_far(entry)).map(|entry| entry.when.begin).min();
        let (mut drawn, mut left) = (Vec::new(), LeftOut::default());
        for entry in &self.entries {
            if !self.by_horizon && is_far(entry) {
                left.too_far += 1;
            } else if !entry.is_open && first.is_some_and(|first| entry.when.end < first - LONG_AGO) {
                left.long_ago += 1;
            } else if drawn.len() == MAX_DRAWN {
                left.too_many += 1;
            } else {
                drawn.push(entry);
            }
        }
        (drawn, left)
    }

    /// Entries by theme, in the order of the site, those of no theme last; the themes that have a time of their own, too.
    pub(in crate::site) fn themed<'b>(&self, entries: &[&'b Entry], theme_order: &[ThemeId]) -> Vec<Themed<'b>> {
        let mut lists: BTreeMap<Option<ThemeId>, Vec<&Entry>> = BTreeMap::new();
        for &entry in entries {
            let theme = self.roadmap.items[entry.id].links.themes.first();
            lists.entry(theme.copied()).or_default().push(entry);
        }
        let rank = |id: ItemId| self.roadmap.items[id].rank.unwrap_or(u32::MAX);
        for list in lists.values_mut() {
            list.sort_by_key(|entry| (entry.when.begin, entry.when.end, rank(entry.id), entry.id));
        }
        let mut themed: Vec<Themed> = Vec::new();
        for theme in theme_order.iter().copied().map(Some).chain([None]) {
            let entries = lists.remove(&theme).unwrap_or_default();
            let when = self.themes.iter().find(|(id, _)| Some(*id) == theme).map(|(_, when)| *when);
            if !entries.is_empty() || when.is_some() {
                themed.push(Themed { theme, when, entries });
            }
        }
        themed
    }

    /// The first and the last day of some entries and of the themes; none by horizon.
    pub(in crate::site) fn span(&self, drawn: &[&Entry]) -> Option<(i32, i32)> {
        let ends = |when: &When| [when.begin, when.end - 1, when.due.map_or(when.end, |due| due.max(when.begin)) - 1];
        let of_items = drawn.iter().flat_map(|entry| ends(&entry.when));
        let near = of_items.clone().min().zip(of_items.clone().max());
        let is_near = |day: &i32| near.is_none_or(|(first, last)| (first - FAR..=last + FAR).contains(day));
        let days = of_items.chain(self.themes.iter().flat_map(|(_, when)| ends(when)).filter(is_near));
        days.clone().min().zip(days.max()).filter(|_| !self.by_horizon)
    }

    /// The columns that hold a span: months, quarters or years; without one, the horizons.
    pub(in crate::site) fn columns(&self, span: Option<(i32, i32)>) -> Vec<Column> {
        let Some((mut first, mut last)) = span else {
            let names = (0..).zip(&self.roadmap.config.horizons);
            let column = |(index, name): (i32, &String)| {
                let (label, begin) = (name.clone(), index * HORIZON);
                Column { label, above: String::new(), begin, end: begin + HORIZON }
            };
            return names.map(column).filter(|_| self.by_horizon).collect();
        };
        if let Some(today) = self.today.filter(|today| (first - NEAR..=last + NEAR).contains(today)) {
            (first, last) = (first.min(today), last.max(today));
        }
        let month = |day: i32| Date::numbered(day).map(|date| date.months().0);
        month(first).zip(month(last)).map(|(first, last)| scale(first, last)).unwrap_or_default()
    }

    /// Whether an item is promised before another that it needs. Of items that wait for each other none can come first, and the cycle
    /// is told elsewhere.
    pub(in crate::site) fn clashes(&self, id: ItemId, on: ItemId) -> bool {
        let promised = |id: ItemId| self.promised[id];
        let cycle = |id: ItemId| self.roadmap.items[id].cycle;
        if cycle(id).is_some() && cycle(id) == cycle(on) {
            return false;
        }
        promised(id).zip(promised(on)).is_some_and(|(here, there)| here < there)
    }

    /// What an item needs and is promised before.
    pub(in crate::site) fn clashes_of(&self, id: ItemId) -> impl Iterator<Item = ItemId> {
        let depends_on = self.roadmap.items[id].links.needs();
        depends_on.filter(move |&on| self.clashes(id, on))
    }

    /// Entries whose dates do not fit, each with what it needs, or alone.
    pub(in crate::site) fn conflicts(&self) -> Vec<(&Entry, Option<ItemId>)> {
        let mut conflicts = Vec::new();
        for entry in &self.entries {
            conflicts.extend(self.clashes_of(entry.id).map(|on| (entry, Some(on))));
            conflicts.extend(entry.mistake.map(|_| (entry, None)));
        }
        conflicts
    }

    /// Whether the day that it was promised for has passed.
    pub(in crate::site) fn is_late(&self, entry: &Entry) -> bool {
        entry.is_open && self.today.zip(entry.promised).is_some_and(|(today, promised)| promised < today)
    }
}
