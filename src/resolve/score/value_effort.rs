//! `value-effort`: value ÷ effort, the ratio rule for the least weighted completion time (Smith 1956).

use super::{Score, unscored};
use crate::config::Config;
use crate::plan::{Input, Item};

/// The formula in words.
pub(super) const FORMULA: &str = "value ÷ effort";

/// Value ÷ effort, in the team's own units of both.
pub(super) fn score(item: &Item, _config: &Config) -> Score {
    let (value, effort) = (item.input(Input::Value), item.input(Input::Effort));
    match (value, effort) {
        (Some(_), Some(effort)) if effort.0 == 0 => unscored("effort is 0", None),
        (Some(value), Some(effort)) => Score {
            result: value.divided_by(effort),
            inputs: format!("{value} ÷ {effort}"),
            value: value.0,
            effort: effort.0,
        },
        (None, None) => unscored("no value and no effort", None),
        (None, effort) => unscored("no value", effort),
        (_, None) => unscored("no effort", None),
    }
}
