//! `priority`: the weight of the item's class, for plans that have classes instead of numbers (P0–P9; MoSCoW, Clegg and Barker,
//! Case Method Fast-Track, 1994). Effort plays no part: a class says what comes first.
//!
//! Input: `priority`, a word that the configuration gives a weight, or a number.

use super::{Framework, Score, unscored};
use crate::config::Config;
use crate::number::{Decimal, ONE};
use crate::plan::Item;

/// The framework.
pub(super) const FRAMEWORK: Framework = Framework {
    value_term: "weight",
    ..Framework::new(|_| "weight of the priority".to_owned(), |plan, config| plan.items.map(|item| score(item, config)))
};

fn score(item: &Item, config: &Config) -> Score {
    let Some(priority) = &item.priority else {
        return unscored("no priority", Some(Decimal(ONE)));
    };
    let word = &priority.value;
    let Some(weight) = config.priority_weight(word) else {
        return unscored(format!("priority `{word}` has no weight"), Some(Decimal(ONE)));
    };
    Score { result: Some(weight), inputs: word.clone(), value: weight.0, effort: ONE }
}
