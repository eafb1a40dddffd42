//! `value-effort`: value ÷ effort, the ratio rule for the least weighted completion time (W. E. Smith, “Various optimizers for
//! single-stage production”, Naval Research Logistics Quarterly 3, 1956).
//!
//! Inputs: `value` from 0 and `effort` above 0, each in the team's own unit.

use super::{Score, missing, unscored};
use crate::plan::{Input, Item};

/// The formula in words.
pub(super) const FORMULA: &str = "value ÷ effort";

pub(super) fn score(item: &Item) -> Score {
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
