//! The numbers that scoring frameworks take.

use super::fields::{is_same, names_of};
use crate::number::{Decimal, ONE};

/// The numbers that scoring frameworks take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// What it is worth.
    Value,
    /// What it costs.
    Effort,
    /// How many it reaches in a period.
    Reach,
    /// How much it moves each of them.
    Impact,
    /// How sure we are.
    Confidence,
    /// What waiting costs.
    TimeCriticality,
    /// What it makes less risky, or possible.
    RiskReduction,
    /// How easy it is.
    Ease,
}

impl Input {
    /// All of them, in the order in which [`super::Item::inputs`] holds them.
    pub const ALL: [Input; 8] = [
        Input::Value,
        Input::Effort,
        Input::Reach,
        Input::Impact,
        Input::Confidence,
        Input::TimeCriticality,
        Input::RiskReduction,
        Input::Ease,
    ];

    /// The name of its field.
    pub fn field(self) -> &'static str {
        match self {
            Input::Value => "value",
            Input::Effort => "effort",
            Input::Reach => "reach",
            Input::Impact => "impact",
            Input::Confidence => "confidence",
            Input::TimeCriticality => "time_criticality",
            Input::RiskReduction => "risk_reduction",
            Input::Ease => "ease",
        }
    }

    /// The input that a name means without a word in the configuration.
    pub fn named(name: &str) -> Option<Input> {
        Input::ALL.into_iter().find(|input| names_of(input.field()).iter().any(|known| is_same(known, name)))
    }

    /// The input with this field.
    pub(super) fn of_field(field: &str) -> Option<Input> {
        Input::ALL.into_iter().find(|input| input.field() == field)
    }
}

/// A confidence as it was written, since frameworks read it on different scales: RICE as a share of 100 %, ICE from 1 to 10.
/// Never over 100 %.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Confidence {
    /// The number; with a percent sign, its hundredth.
    number: Decimal,
    has_sign: bool,
}

impl Confidence {
    /// A number, and whether a percent sign stood behind it; none where it is over 100 % however it is read.
    pub(super) fn new(number: Decimal, has_sign: bool) -> Option<Confidence> {
        let most = if has_sign { ONE } else { 100 * ONE };
        (number.0 <= most).then_some(Confidence { number, has_sign })
    }

    /// From 0 to 1. What is over 1 was meant in percent: `80` is 0.8.
    pub fn share(self) -> Decimal {
        if self.has_sign || self.number.0 <= ONE { self.number } else { Decimal(self.number.0 / 100) }
    }

    /// From 1 to 10. What cannot be on that scale was meant as a share: `80%`, `80` and `0.8` are 8.
    pub fn grade(self) -> Decimal {
        if self.is_grade() { self.number } else { Decimal(self.share().0 * 10) }
    }

    /// Whether it is written as a number from 1 to 10.
    fn is_grade(self) -> bool {
        !self.has_sign && (ONE..=10 * ONE).contains(&self.number.0)
    }

    /// The number, where it is no grade and no sign says so.
    pub fn bare_share(self) -> Option<Decimal> {
        (!self.has_sign && !self.is_grade()).then_some(self.number)
    }
}
