//! `ice-mean`: (impact + confidence + ease) ÷ 3, each from 1 to 10 (the original's mean: S. Ellis and M. Brown, Hacking Growth,
//! 2017). It forgives one low number where the product does not.

use super::ice::{SCALES, inputs};
use super::{Framework, Score, divided};
use crate::number::ONE;
use crate::plan::Item;

/// The framework.
pub(super) const FRAMEWORK: Framework = Framework {
    grades_confidence: true,
    scales: SCALES,
    ..Framework::new(|_| "(impact + confidence + ease) ÷ 3".to_owned(), |plan, _| plan.items.map(|item| score(item)))
};

fn score(item: &Item) -> Score {
    match inputs(item) {
        Err(unscored) => unscored,
        Ok([impact, confidence, ease]) => {
            let mean = divided([impact, confidence, ease].map(|one| u128::from(one.0)).into_iter().sum(), 3);
            let inputs = format!("({impact} + {confidence} + {ease}) ÷ 3");
            Score { result: Some(mean), inputs, value: mean.0, effort: ONE }
        }
    }
}
