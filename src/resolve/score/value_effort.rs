//! `value-effort`: value ÷ effort, the ratio rule for the least weighted completion time (W. E. Smith, “Various optimizers for
//! single-stage production”, Naval Research Logistics Quarterly 3, 1956).
//!
//! Inputs: `value` from 0 and `effort` above 0, each in the team's own unit.

use super::{Framework, Score, missing, points_of_effort, unscored};
use crate::plan::{Input, Item};

/// The framework.
pub(super) const FRAMEWORK: Framework = Framework {
    value_term: "value",
    cost_term: points_of_effort,
    ..Framework::new(|_| "value ÷ effort".to_owned(), |plan, _| plan.items.map(|item| score(item)))
};

fn score(item: &Item) -> Score {
    let (value, effort) = (item.input(Input::Value), item.input(Input::Effort));
    match (value, effort) {
        (Some(_), Some(effort)) if effort.0 == 0 => unscored("effort is 0", None),
        (Some(value), Some(effort)) => Score {
            result: value.divided_by(effort),
            inputs: format!("{value} ÷ {effort}"),
            value: value.0,
            effort: effort.0,
        },
        _ => unscored(missing([("value", value), ("effort", effort)]), effort),
    }
}
