//! `wsjf`: weighted shortest job first, the cost of delay ÷ the size of the job (Scaled Agile Framework, “WSJF”, after
//! D. G. Reinertsen, The Principles of Product Development Flow, 2009).
//!
//! The cost of delay is user and business `value` + `time_criticality` + `risk_reduction` or opportunity enablement; `effort` is
//! the size. All four on 1, 2, 3, 5, 8, 13, 20, relative to the smallest item of the plan, which is a 1.

use super::scale::Scale;
use super::{Framework, Score, missing, points_of_effort, unscored};
use crate::plan::{Input, Item};

/// The framework.
pub(super) const FRAMEWORK: Framework = Framework {
    value_term: "cost of delay",
    cost_term: points_of_effort,
    scales: SCALES,
    ..Framework::new(
        |_| "(value + time criticality + risk reduction) ÷ effort".to_owned(),
        |plan, _| plan.items.map(|item| score(item)),
    )
};

const FIBONACCI: Scale = Scale::Steps(&[1000, 2000, 3000, 5000, 8000, 13_000, 20_000]);

const SCALES: &[(Input, Scale)] = &[
    (Input::Value, FIBONACCI),
    (Input::TimeCriticality, FIBONACCI),
    (Input::RiskReduction, FIBONACCI),
    (Input::Effort, FIBONACCI),
];

fn score(item: &Item) -> Score {
    let all = SCALES.iter().map(|&(input, _)| (input.field(), item.input(input)));
    let (value, time) = (item.input(Input::Value), item.input(Input::TimeCriticality));
    let (risk, effort) = (item.input(Input::RiskReduction), item.input(Input::Effort));
    let (Some(value), Some(time), Some(risk), Some(size)) = (value, time, risk, effort) else {
        return unscored(missing(all), effort);
    };
    if size.0 == 0 {
        return unscored("effort is 0", None);
    }
    let delay = value.plus(time).plus(risk);
    Score {
        result: delay.divided_by(size),
        inputs: format!("({value} + {time} + {risk}) ÷ {size}"),
        value: delay.0,
        effort: size.0,
    }
}
