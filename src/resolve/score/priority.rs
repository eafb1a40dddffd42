//! `priority`: the weight of the item's class, for plans that have classes instead of numbers (P0–P9; MoSCoW, Clegg and Barker,
//! Case Method Fast-Track, 1994). Effort plays no part: a class says what comes first.
//!
//! Input: `priority`, a word that the configuration gives a weight, or the weight itself.

use super::{Score, unscored};
use crate::config::Config;
use crate::number::{Decimal, ONE};
use crate::plan::Item;

/// The formula in words.
pub(super) const FORMULA: &str = "weight of the priority";

pub(super) fn score(item: &Item, config: &Config) -> Score {
    let Some(priority) = &item.priority else {
        return unscored("no priority", Some(Decimal(ONE)));
    };
    let word = &priority.value;
    let Some(weight) = config.priorities.get(&word.to_lowercase()).copied().or_else(|| Decimal::parse(word)) else {
        return unscored(format!("priority `{word}` has no weight"), Some(Decimal(ONE)));
    };
    Score { result: Some(weight), inputs: word.clone(), value: weight.0, effort: ONE }
}
