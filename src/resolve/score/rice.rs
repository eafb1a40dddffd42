//! `rice`: reach × impact × confidence ÷ effort (Sean McBride, “RICE: simple prioritization for product managers”, Intercom,
//! 2016).
//!
//! Inputs: `reach`, people or events in a period, from 0; `impact` on 3 (massive), 2 (high), 1 (medium), 0.5 (low), 0.25
//! (minimal); `confidence` in percent, usually 100, 80 or 50; `effort` above 0, in person-months or whatever the team counts in.

use super::scale::Scale;
use super::{Framework, Score, divided, missing, points_of_effort, product, unscored};
use crate::number::{Decimal, ONE};
use crate::plan::{Input, Item};

/// The framework.
pub(super) const FRAMEWORK: Framework = Framework {
    value_term: "benefit",
    cost_term: points_of_effort,
    scales: SCALES,
    ..Framework::new(
        |_| "reach × impact × confidence ÷ effort".to_owned(),
        |plan, _| plan.items.map(|item| score(item)),
    )
};

const SCALES: &[(Input, Scale)] = &[(Input::Impact, Scale::Steps(&[3000, 2000, 1000, 500, 250]))];

fn score(item: &Item) -> Score {
    let input = |input: Input| item.input(input);
    let (reach, impact) = (input(Input::Reach), input(Input::Impact));
    let (confidence, effort) = (input(Input::Confidence), input(Input::Effort));
    let (Some(reach), Some(impact), Some(share), Some(cost)) = (reach, impact, confidence, effort) else {
        let inputs = [("reach", reach), ("impact", impact), ("confidence", confidence), ("effort", effort)];
        return unscored(missing(inputs), effort);
    };
    if cost.0 == 0 {
        return unscored("effort is 0", None);
    }
    let (benefit, unit) = (product(reach, impact, share), u128::from(ONE));
    Score {
        // Of the numbers as they are: the benefit is rounded for the order alone.
        result: Some(divided(benefit, unit * u128::from(cost.0))),
        inputs: format!("{reach} × {impact} × {} % ÷ {cost}", Decimal(share.0.saturating_mul(100))),
        value: divided(benefit, unit * unit).0,
        effort: cost.0,
    }
}
