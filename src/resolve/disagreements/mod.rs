//! Disagreements between strategy and backlog: every file reads as it was meant, and together they contradict each other. One
//! file each.
//!
//! A lint must be worth its line to somebody who knows the plan. What a plan never does is its habit and no slip: lints about
//! something missing ask first whether the plan has it anywhere, and what holds for most of a plan is said once.

mod all_parts_done;
mod done_before_dependency;
mod done_before_parts;
mod dropped_dependency;
mod horizon_inversion;
mod investment_drift;
mod investment_sum;
mod item_without_theme;
mod near_miss_value;
mod outcome_without_items;
mod outcome_without_metric;
mod over_capacity;
mod overdue_item;
mod ready_without_criteria;
mod stale_item;
mod target_before_dependency;
mod theme_without_ready_work;
mod theme_without_work;

use std::cell::OnceCell;
use std::collections::HashSet;

use crate::config::{Audience, Config};
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::id::{IdVec, ItemId, ThemeId};
use crate::number::Decimal;
use crate::plan::{FieldReader, Input, Item, Plan, Theme};
use crate::source::Location;
use crate::state::State;
use crate::text::{count, listed_up_to, quoted};

use super::{Resolved, ResolvedTheme, Rollup};

pub(super) use near_miss_value::{Seen, near_misses};

/// What a lint may look at.
pub(super) struct LintContext<'a> {
    pub(super) plan: &'a Plan,
    pub(super) config: &'a Config,
    pub(super) items: &'a IdVec<ItemId, Resolved>,
    pub(super) themes: &'a IdVec<ThemeId, ResolvedTheme>,
    pub(super) total: &'a Rollup,
    /// The items whose parts say their effort.
    pub(super) counted_in_parts: &'a HashSet<ItemId>,
    /// The open items with a rank, first to do first.
    pub(super) order: &'a [ItemId],
    /// The open items without one.
    pub(super) unscored: &'a [ItemId],
    /// Words that look like others.
    pub(super) words: Option<&'a Seen>,
    /// None where nothing may depend on the day.
    pub(super) today: Option<&'a Date>,
    /// Made when the first finding needs a place.
    pub(super) types: OnceCell<FieldReader<'a>>,
}

/// Looks for one of them, in a time that grows with the plan and no faster.
type Lint = fn(&LintContext<'_>, &mut Vec<Diagnostic>);

/// Those that hold of any part of a plan.
const LINTS: &[Lint] = &[
    done_before_dependency::lint,
    done_before_parts::lint,
    dropped_dependency::lint,
    horizon_inversion::lint,
    item_without_theme::lint,
    near_miss_value::lint,
    outcome_without_metric::lint,
    over_capacity::lint,
    overdue_item::lint,
    ready_without_criteria::lint,
    stale_item::lint,
    target_before_dependency::lint,
];

/// Those that speak of what is missing: of a plan from which something was left out they would say what is not true. For the public there are
/// none of them, whether or not something was: else their silence would tell.
const LINTS_OF_WHOLE_PLANS: &[Lint] = &[
    all_parts_done::lint,
    investment_drift::lint,
    investment_sum::lint,
    outcome_without_items::lint,
    theme_without_ready_work::lint,
    theme_without_work::lint,
];

/// Looks for each of them.
pub(super) fn disagreements(context: &LintContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let of_whole_plans = LINTS_OF_WHOLE_PLANS.iter().filter(|_| !context.plan.is_partial);
    for lint in LINTS.iter().chain(of_whole_plans) {
        lint(context, diagnostics);
    }
}

impl<'a> LintContext<'a> {
    fn item(&self, id: ItemId) -> &'a Item {
        &self.plan.items[id]
    }

    fn id(&self, id: ItemId) -> &'a str {
        &self.item(id).entry.id
    }

    /// The open items with what is known of them.
    fn open(&self) -> impl Iterator<Item = (ItemId, &'a Item, &'a Resolved)> {
        let all = self.plan.items.enumerate().zip(self.items);
        all.map(|((id, item), resolved)| (id, &**item, resolved)).filter(|(_, item, _)| item.state.is_open())
    }

    /// The themes with what is known of them.
    fn themes(&self) -> impl Iterator<Item = (&'a Theme, &'a ResolvedTheme)> {
        self.plan.themes.iter().zip(self.themes)
    }

    fn types(&self) -> &FieldReader<'a> {
        self.types.get_or_init(|| FieldReader::new(self.config, Audience::Internal))
    }

    /// Whether anybody says where an item stands: its status, or the rule for its folder.
    fn is_said(&self, id: ItemId) -> bool {
        let item = self.item(id);
        let by_folder = self.config.collections[item.entry.collection].state;
        item.state != State::Unknown && (item.status.is_some() || by_folder.is_some())
    }

    /// Where an item gives a field.
    fn field(&self, id: ItemId, field: &str) -> Location {
        self.types().location(&self.item(id).entry, field)
    }

    /// Where an item says how far it is; the item as a whole where its folder says so.
    fn status(&self, id: ItemId) -> Location {
        let item = self.item(id);
        item.status.as_ref().map_or_else(|| item.entry.head(), |status| item.entry.location(status.span))
    }

    /// `` `a`, `b` and 3 more``.
    fn names(&self, items: &[ItemId]) -> String {
        const MAX_NAMED: usize = 3;
        listed_up_to(MAX_NAMED, &items.iter().map(|&id| quoted(self.id(id))).collect::<Vec<String>>())
    }

    /// What an item adds to a sum of effort: its own, unless its parts tell it.
    fn own_effort(&self, id: ItemId) -> Option<Decimal> {
        self.item(id).input(Input::Effort).filter(|_| !self.counted_in_parts.contains(&id))
    }
}

/// Where a theme says how far it is.
fn status_of(theme: &Theme) -> Location {
    theme.status.as_ref().map_or_else(|| theme.entry.head(), |status| theme.entry.location(status.span))
}

/// Whether a theme is meant to have work: somebody has decided for it, and it is not over.
fn is_live(theme: &Theme) -> bool {
    matches!(theme.state, State::Planned | State::Active)
}

/// Whether what was found is what the plan does anyway.
fn is_habit(found: usize, among: usize) -> bool {
    found > 10 && found * 2 > among
}

/// `1 point`, `2.5 points`; to one decimal.
fn points(effort: Decimal) -> String {
    let text = format!("{effort:.1}");
    let plural = if text == "1" { "" } else { "s" };
    format!("{text} point{plural}")
}
