//! `priority`: the weight of the item's class. Effort plays no part: a class says what comes first.

use super::{Score, unscored};
use crate::config::Config;
use crate::number::{Decimal, ONE};
use crate::plan::Item;

/// The formula in words.
pub(super) const FORMULA: &str = "weight of the priority";

/// The weight that the configuration gives the word, or the number itself.
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
