//! A theme whose share of the effort is far from what was meant for it.
//!
//! The share is that of all work that is not dropped, as on the theme's page. A plan in which less than half of the items say their
//! effort cannot be weighed, and is not.

use std::cmp::Ordering;

use super::{LintContext, points};
use crate::diagnostic::{Code, Diagnostic};
use crate::number::{Decimal, ONE};
use crate::plan::{Input, Theme};
use crate::resolve::{ResolvedTheme, percent, share};
use crate::state::State;

/// Items that a help names.
const MAX_NAMED: usize = 3;

pub(super) fn lint(context: &LintContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let whole = context.total.effort.total;
    let is_invested = |theme: &Theme| theme.investment.is_some() && theme.state.is_open();
    if whole.0 == 0 || !context.plan.themes.iter().any(is_invested) || !is_estimated(context) {
        return;
    }
    for (theme, resolved) in context.themes().filter(|(theme, _)| is_invested(theme)) {
        let Some(investment) = theme.investment else { continue };
        if resolved.effort.drift(investment, whole) == Ordering::Equal {
            continue;
        }
        let (own, meant) = (resolved.effort.total(), share(whole, investment));
        let (id, takes) = (&theme.entry.id, percent(own, whole));
        let message = format!("the theme `{id}` is meant to take {investment} % of the effort and takes {takes} %");
        let location = context.types().location(&theme.entry, "investment");
        diagnostics.push(
            Diagnostic::new(Code::INVESTMENT_DRIFT, location, message)
                .label(format!("it has {} of {}", format_args!("{own:.1}"), points(whole)))
                .help(help(context, resolved, investment, own, meant)),
        );
    }
}

/// Whether at least half of the items that are not dropped say their effort, themselves or through their parts.
fn is_estimated(context: &LintContext<'_>) -> bool {
    let items = context.plan.items.enumerate().filter(|(_, item)| item.state != State::Dropped);
    let (mut all, mut known) = (0_usize, 0_usize);
    for (id, item) in items {
        all += 1;
        known += usize::from(item.input(Input::Effort).is_some() || context.counted_in_parts.contains(&id));
    }
    known * 2 >= all
}

/// What would move.
fn help(context: &LintContext<'_>, theme: &ResolvedTheme, investment: Decimal, own: Decimal, meant: Decimal) -> String {
    let gap = Decimal(own.0.abs_diff(meant.0));
    let otherwise = "or write the investment that you mean";
    if own < meant {
        let moved = format!("move about {} from other themes to it for it to come to {investment} %", points(gap));
        // What is planned beside makes the whole larger, too.
        let others = (100 * ONE).saturating_sub(investment.0);
        let planned = (u128::from(gap.0) * u128::from(100 * ONE)).checked_div(u128::from(others));
        return match planned.and_then(|planned| u64::try_from(planned).ok()).map(Decimal) {
            Some(planned) => format!("{moved}, plan about {} more, {otherwise}", points(planned)),
            None => format!("{moved}, {otherwise}"),
        };
    }
    let mut left = gap.0;
    let mut last = Vec::new();
    let open = theme.items.iter().rev().copied().filter(|&id| context.item(id).state.is_open());
    for (id, effort) in open.filter_map(|id| Some((id, context.own_effort(id)?))) {
        if left == 0 {
            break;
        }
        left = left.saturating_sub(effort.0);
        last.push(id);
    }
    match last.len() {
        0 => format!(
            "{} of it are over the mark and all of it is done: plan more for other themes, {otherwise}",
            points(gap)
        ),
        _ if left > 0 => format!(
            "{} are over the mark, more than its open work: plan more for other themes, {otherwise}",
            points(gap)
        ),
        _ => {
            let named = last.len().min(MAX_NAMED);
            let names = context.names(if last.len() > MAX_NAMED + 1 { &last[..named] } else { &last });
            let more = if last.len() > MAX_NAMED + 1 { " and more" } else { "" };
            format!("move about {} to other themes, last in order first ({names}{more}), {otherwise}", points(gap))
        }
    }
}
