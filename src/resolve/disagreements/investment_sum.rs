//! Investments that are no shares of one whole.
//!
//! Themes that are done may keep theirs or not. Too little is said only where every theme that somebody has decided for gives one.

use super::{LintContext, is_live};
use crate::diagnostic::{Code, Diagnostic};
use crate::number::Decimal;
use crate::plan::Theme;
use crate::state::State;

/// People round.
const FROM: u64 = 95;
const TO: u64 = 105;
const MAX_PLACES: usize = 10;

pub(super) fn lint(context: &LintContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let sum = |of: &dyn Fn(&Theme) -> bool| {
        let given = context.plan.themes.iter().filter(|theme| of(theme)).filter_map(|theme| theme.investment);
        given.fold(Decimal(0), Decimal::plus)
    };
    let open = sum(&|theme| theme.state.is_open());
    let with_done = sum(&|theme| theme.state != State::Dropped);
    let is_complete = context.plan.themes.iter().filter(|theme| is_live(theme)).all(|theme| theme.investment.is_some());
    let is_over = open > Decimal::whole(TO);
    let counts = |theme: &&Theme| theme.investment.is_some() && theme.state != State::Dropped;
    let several = context.plan.themes.iter().filter(counts).count() > 1;
    if !(is_over || is_complete && several && with_done < Decimal::whole(FROM)) {
        return;
    }
    let given = |theme: &&Theme| {
        theme.investment.is_some() && if is_over { theme.state.is_open() } else { theme.state != State::Dropped }
    };
    let themes: Vec<&Theme> = context.plan.themes.iter().filter(given).collect();
    let [first, others @ ..] = themes.as_slice() else { return };
    let location = |theme: &Theme| context.types().location(&theme.entry, "investment");
    let total = if is_over { open } else { with_done };
    let message = match others.len() {
        0 => format!("the investment of `{}` alone is {total} %", first.entry.id),
        _ => format!("the investments of {} themes add up to {total} %", themes.len()),
    };
    let mut diagnostic = Diagnostic::new(Code::INVESTMENT_SUM, location(first), message)
        .help("make them shares of one whole: together they are 100 %");
    for theme in others.iter().take(MAX_PLACES) {
        let investment = theme.investment.unwrap_or_default();
        diagnostic = diagnostic.related(location(theme), format!("`{}`: {investment} %", theme.entry.id));
    }
    diagnostics.push(diagnostic);
}
