//! Where the effort goes: to each theme by how far it is, beside the share that was meant for it.

use std::cmp::Ordering;

use serde::Serialize;

use super::progress::{self, Progress};
use super::{View, words};
use crate::id::ThemeId;
use crate::number::{Decimal, ONE};
use crate::plan::Input;
use crate::resolve::{self, Target};
use crate::state::State;
use crate::text::capital;

/// Where the effort goes.
#[derive(Debug, Serialize)]
pub(in crate::site) struct Effort {
    rows: Vec<EffortRow>,
    /// What the figures under `open` are of: `Open`, `Open or unknown` or `Unknown`.
    open: String,
    /// Whether some theme says what share is meant for it.
    has_intended: bool,
    /// What the figures leave out.
    note: String,
}

#[derive(Debug, Serialize)]
struct EffortRow {
    /// `None` for what serves no theme.
    href: Option<String>,
    title: String,
    /// `25 %`; "" where nothing was said.
    intended: String,
    actual: String,
    /// `+7`, `−12` in percentage points; "" where nothing was said.
    difference: String,
    /// `over`, `under` or "": more than ten points away from what was meant.
    drift: String,
    done: String,
    active: String,
    open: String,
    bar: Progress,
    /// Where the intended share stands, in thousandths of the bar.
    mark: Option<u16>,
}

const MAX_THEMES: usize = 60;

/// The table for `themes`, in this order; none where no item says its effort.
pub(in crate::site) fn effort(view: View<'_>, themes: &[ThemeId]) -> Option<Effort> {
    let roadmap = view.roadmap();
    let all = roadmap.total.effort.total;
    if all == Decimal(0) {
        return None;
    }
    let intended = |id: ThemeId| roadmap.plan.themes[id].investment;
    let shares = themes.iter().map(|&id| roadmap.themes[id].effort.share_of(all));
    let shares = shares.chain(themes.iter().filter_map(|&id| intended(id)).map(thousandths));
    let top = shares.chain([roadmap.without_theme.share_of(all)]).max().unwrap_or(0).clamp(1, 1000);
    let of_theme = |id: ThemeId| {
        let link = view.link_to(Target::Theme(id));
        EffortRow {
            href: Some(link.href),
            title: link.label,
            ..row(&roadmap.themes[id].effort, intended(id), all, top)
        }
    };
    let mut rows: Vec<EffortRow> = themes
        .iter()
        .filter(|&&id| roadmap.plan.themes[id].state.is_open() || roadmap.themes[id].effort.total().0 > 0)
        .take(MAX_THEMES)
        .map(|&id| of_theme(id))
        .collect();
    if roadmap.without_theme.total() != Decimal(0) {
        let rest = row(&roadmap.without_theme, None, all, top);
        rows.push(EffortRow { title: "No theme".to_owned(), ..rest });
    }
    let silent = roadmap.plan.items.iter().filter(|item| item.state != State::Dropped);
    let silent = silent.filter(|item| item.input(Input::Effort).is_none()).count();
    let note = match silent {
        0 => String::new(),
        silent => format!(
            "{} without an effort {} not in these figures",
            words::count(silent, "item"),
            if silent == 1 { "is" } else { "are" }
        ),
    };
    let open = roadmap.open_word(roadmap.order.iter().chain(&roadmap.unscored).copied());
    Some(Effort { rows, open: capital(open), has_intended: themes.iter().any(|&id| intended(id).is_some()), note })
}

/// A percentage in thousandths of the whole.
fn thousandths(percent: Decimal) -> u16 {
    u16::try_from(percent.0 / (ONE / 10)).unwrap_or(u16::MAX)
}

/// A row of the table. `intended` is in per cent of `all` effort, and `top`, the longest bar, in thousandths.
fn row(effort: &resolve::Effort, intended: Option<Decimal>, all: Decimal, top: u16) -> EffortRow {
    let share = effort.share_of(all);
    let drift = intended.map_or(Ordering::Equal, |intended| effort.drift(intended, all));
    let intended = intended.map(thousandths);
    let difference = intended.map(|intended| i32::from(share) - i32::from(intended));
    let (percent, points) =
        (words::percent, |part: Decimal| if part.0 == 0 { "–".to_owned() } else { part.to_string() });
    let sign = |difference: i32| match (difference + 5).div_euclid(10) {
        0 => "±0".to_owned(),
        over if over > 0 => format!("+{over}"),
        under => format!("−{}", -under),
    };
    EffortRow {
        href: None,
        title: String::new(),
        intended: intended.map(percent).unwrap_or_default(),
        actual: percent(share),
        difference: difference.map(sign).unwrap_or_default(),
        drift: match drift {
            Ordering::Greater => "over",
            Ordering::Less => "under",
            Ordering::Equal => "",
        }
        .to_owned(),
        done: points(effort.done),
        active: points(effort.active),
        open: points(effort.open),
        bar: progress::of_effort(effort, all, top),
        // At the very end half of the line would be cut.
        mark: intended.and_then(|intended| u16::try_from((u64::from(intended) * 1000 / u64::from(top)).min(997)).ok()),
    }
}
