//! Scores: an item's own worth for its cost. One file a framework.

mod priority;
mod value_effort;

use crate::config::{Config, Scoring};
use crate::number::{Decimal, ONE};
use crate::plan::{Item, Plan};

use super::Resolved;

/// What a framework says of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// The score; none where an input is missing or the divisor is zero: unscored, never 0.
    pub result: Option<Decimal>,
    /// The formula with the item's numbers (`13 ÷ 5`), or what is missing (`no effort`).
    pub inputs: String,
    /// What a unit of waiting costs, in thousandths; 0 where unscored.
    pub value: u64,
    /// How long it takes, in thousandths; 0 where unknown.
    pub effort: u64,
}

/// Scores every item.
pub(super) fn score(plan: &Plan, config: &Config, items: &mut [Resolved]) {
    let framework: fn(&Item, &Config) -> Score = match config.scoring {
        Scoring::ValueEffort => value_effort::score,
        Scoring::Priority => priority::score,
    };
    for (item, resolved) in plan.items.iter().zip(items) {
        resolved.score = framework(item, config);
    }
}

/// The framework's formula in words.
pub fn formula(scoring: Scoring) -> &'static str {
    match scoring {
        Scoring::ValueEffort => value_effort::FORMULA,
        Scoring::Priority => priority::FORMULA,
    }
}

/// An item that cannot be scored; its effort counts all the same when it unblocks others.
fn unscored(missing: impl Into<String>, effort: Option<Decimal>) -> Score {
    Score { result: None, inputs: missing.into(), value: 0, effort: effort.map_or(0, |effort| effort.0) }
}

/// What an item of unknown effort is taken to cost in the order: the median of the known efforts, so that a plan in hours and
/// one in points both make sense; one where none is known.
pub(super) fn usual_effort(items: &[Resolved]) -> u64 {
    let mut efforts: Vec<u64> = items.iter().map(|item| item.score.effort).filter(|&effort| effort > 0).collect();
    efforts.sort_unstable();
    efforts.get(efforts.len() / 2).copied().unwrap_or(ONE)
}
