//! `ice`: impact × confidence × ease, each from 1 to 10 (Sean Ellis's score for growth experiments; S. Ellis and M. Brown,
//! Hacking Growth, 2017; in the form of a product, as most tools have it).
//!
//! Ease stands in for effort, so an item takes one unit of time in the order, whatever it is.

use super::scale::Scale;
use super::{Framework, Score, divided, input, missing, product, unscored};
use crate::config::Scoring;
use crate::number::{Decimal, ONE};
use crate::plan::{Input, Item};

/// The framework.
pub(super) const FRAMEWORK: Framework = Framework {
    grades_confidence: true,
    scales: SCALES,
    ..Framework::new(|_| "impact × confidence × ease".to_owned(), |plan, _| plan.items.map(|item| score(item)))
};

pub(super) const SCALES: &[(Input, Scale)] =
    &[(Input::Impact, Scale::OneToTen), (Input::Confidence, Scale::OneToTen), (Input::Ease, Scale::OneToTen)];

fn score(item: &Item) -> Score {
    match inputs(item) {
        Err(unscored) => unscored,
        Ok([impact, confidence, ease]) => {
            let unit = u128::from(ONE);
            let score = divided(product(impact, confidence, ease), unit * unit);
            let inputs = format!("{impact} × {confidence} × {ease}");
            Score { result: Some(score), inputs, value: score.0, effort: ONE }
        }
    }
}

/// Impact, confidence and ease, or what is missing.
pub(super) fn inputs(item: &Item) -> Result<[Decimal; 3], Score> {
    let [impact, confidence, ease] =
        [Input::Impact, Input::Confidence, Input::Ease].map(|one| input(item, Scoring::Ice, one));
    match (impact, confidence, ease) {
        (Some(impact), Some(confidence), Some(ease)) => Ok([impact, confidence, ease]),
        _ => {
            let all = [("impact", impact), ("confidence", confidence), ("ease", ease)];
            Err(unscored(missing(all), Some(Decimal(ONE))))
        }
    }
}
