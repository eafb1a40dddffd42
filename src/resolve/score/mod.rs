//! Scores: an item's own worth for its cost. One file a framework.

mod ice;
mod ice_mean;
mod priority;
mod rice;
mod scale;
mod value_effort;
mod weighted;
mod wsjf;

use crate::config::{Config, Scoring};
use crate::diagnostic::Diagnostic;
use crate::id::{IdVec, ItemId};
use crate::number::{Decimal, ONE};
use crate::plan::{Input, Item, Plan};
use crate::text::listed;

use scale::Scale;
pub(super) use scale::check;

/// What a framework says of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// The score; none where an input is missing or the divisor is zero: unscored, never 0.
    pub result: Option<Decimal>,
    /// The formula with the item's numbers (`13 ÷ 5`), or what is missing (`no effort`).
    pub inputs: String,
    /// What a unit of waiting costs, in thousandths; 0 where unscored. Divided by the effort it is the score, but for rounding.
    pub value: u64,
    /// How long it takes, in thousandths; 0 where unknown. One where the framework knows no duration.
    pub effort: u64,
}

/// What a framework is: one constant a file. A framework that nobody registered in [`framework`] does not compile.
pub(super) struct Framework {
    /// The formula in words.
    formula: fn(&Config) -> String,
    /// Scores every item.
    scores: fn(&Plan, &Config) -> IdVec<ItemId, Score>,
    /// What it calls what waiting costs.
    value_term: &'static str,
    /// What several items cost together, in its terms.
    cost_term: fn(&Config, Decimal) -> String,
    /// Whether it reads a confidence from 1 to 10, and not as a share of 100 %.
    grades_confidence: bool,
    /// The scales that it was published with.
    scales: &'static [(Input, Scale)],
    /// What else may be outside of a scale.
    check: fn(&Item, &Config, &mut Vec<Diagnostic>),
}

impl Framework {
    /// A framework without scales that scores each item by itself, and knows no duration.
    const fn new(formula: fn(&Config) -> String, scores: fn(&Plan, &Config) -> IdVec<ItemId, Score>) -> Framework {
        Framework {
            formula,
            scores,
            value_term: "score",
            cost_term: |_, cost| format!("{cost} items"),
            grades_confidence: false,
            scales: &[],
            check: |_, _, _| {},
        }
    }
}

/// What a framework costs that divides by the effort.
fn points_of_effort(_: &Config, effort: Decimal) -> String {
    format!("{effort} points of effort")
}

fn framework(scoring: Scoring) -> &'static Framework {
    match scoring {
        Scoring::ValueEffort => &value_effort::FRAMEWORK,
        Scoring::Rice => &rice::FRAMEWORK,
        Scoring::Wsjf => &wsjf::FRAMEWORK,
        Scoring::Ice => &ice::FRAMEWORK,
        Scoring::IceMean => &ice_mean::FRAMEWORK,
        Scoring::Weighted => &weighted::FRAMEWORK,
        Scoring::Priority => &priority::FRAMEWORK,
    }
}

/// Scores every item.
pub fn scores(plan: &Plan, config: &Config, scoring: Scoring) -> IdVec<ItemId, Score> {
    (framework(scoring).scores)(plan, config)
}

/// A framework's formula in words.
pub fn formula(config: &Config, scoring: Scoring) -> String {
    (framework(scoring).formula)(config)
}

/// What a framework calls what waiting costs.
pub fn value_term(scoring: Scoring) -> &'static str {
    framework(scoring).value_term
}

/// What several items cost together, in a framework's terms; `effort` is in thousandths.
pub fn cost_term(config: &Config, effort: u64) -> String {
    (framework(config.scoring).cost_term)(config, Decimal(effort))
}

/// Whether a framework reads a confidence from 1 to 10, and not as a share of 100 %.
pub fn grades_confidence(scoring: Scoring) -> bool {
    framework(scoring).grades_confidence
}

/// An input of an item as a framework reads it: the confidence of ICE is from 1 to 10, that of others a share.
pub fn input(item: &Item, scoring: Scoring, input: Input) -> Option<Decimal> {
    match input {
        Input::Confidence if grades_confidence(scoring) => item.confidence.map(|read| read.grade()),
        _ => item.input(input),
    }
}

/// All numbers of an item by name, as the framework in use reads them: those that every plan has, then the team's own.
pub fn inputs<'a>(item: &Item, config: &'a Config) -> Vec<(&'a str, Decimal)> {
    let known = Input::ALL.into_iter().map(|one| (one.field(), input(item, config.scoring, one)));
    let own = config.weights.iter().zip(&item.weighed).filter(|(weight, _)| Input::named(&weight.name).is_none());
    let own = own.map(|(weight, number)| (weight.name.as_str(), number.as_ref().map(|number| number.value)));
    known.chain(own).filter_map(|(name, number)| Some((name, number?))).collect()
}

/// An item that cannot be scored; its effort counts all the same when it unblocks others.
fn unscored(missing: impl Into<String>, effort: Option<Decimal>) -> Score {
    Score { result: None, inputs: missing.into(), value: 0, effort: effort.map_or(0, |effort| effort.0) }
}

/// `no value`, `no value and no effort`, `no reach, no impact and no confidence`: those of the inputs that are not there.
fn missing<'a>(inputs: impl IntoIterator<Item = (&'a str, Option<Decimal>)>) -> String {
    let lacking = inputs.into_iter().filter(|(_, number)| number.is_none());
    let words: Vec<String> = lacking.map(|(name, _)| format!("no {}", name.replace('_', " "))).collect();
    listed(&words)
}

/// A product of three decimals, in billionths. The largest numbers there are fit.
fn product(a: Decimal, b: Decimal, c: Decimal) -> u128 {
    u128::from(a.0) * u128::from(b.0) * u128::from(c.0)
}

/// `dividend ÷ divisor`, both on any scale, rounded half up; no more than the largest number there is, and no less than a
/// thousandth where there is anything at all: what is worth little is not worth nothing.
fn divided(dividend: u128, divisor: u128) -> Decimal {
    let rounded = (dividend + divisor / 2) / divisor.max(1);
    let rounded = u64::try_from(rounded).unwrap_or(u64::MAX).min(Decimal::MAX.0);
    Decimal(if dividend > 0 { rounded.max(1) } else { rounded })
}

/// What an item of unknown effort is taken to cost in the order: the median of the known efforts, so that a plan in hours and
/// one in points both make sense; one where none is known.
pub(super) fn median_effort<'a>(scores: impl IntoIterator<Item = &'a Score>) -> u64 {
    let mut efforts: Vec<u64> = scores.into_iter().map(|score| score.effort).filter(|&effort| effort > 0).collect();
    efforts.sort_unstable();
    efforts.get(efforts.len() / 2).copied().unwrap_or(ONE)
}
