//! `ice-mean`: (impact + confidence + ease) ÷ 3, each from 1 to 10 (the original's mean: S. Ellis and M. Brown, Hacking Growth,
//! 2017). It forgives one low number where the product does not.

use super::ice::inputs;
use super::{Score, divided};
use crate::number::ONE;
use crate::plan::Item;

/// The formula in words.
pub(super) const FORMULA: &str = "(impact + confidence + ease) ÷ 3";

pub(super) fn score(item: &Item) -> Score {
    match inputs(item) {
        Err(unscored) => unscored,
        Ok([impact, confidence, ease]) => {
            let mean = divided([impact, confidence, ease].map(|one| u128::from(one.0)).into_iter().sum(), 3);
            let inputs = format!("({impact} + {confidence} + {ease}) ÷ 3");
            Score { result: Some(mean), inputs, value: mean.0, effort: ONE }
        }
    }
}
