//! `weighted`: inputs of the team's choice, each brought to a scale from 0 to 100 and averaged by weight; what costs divides.
//!
//! > score = (Σ weight × input ÷ Σ weight, over what is good) ÷ (Σ weight × input ÷ Σ weight, over what costs)
//!
//! where an input is 100 × the item's number ÷ the top of its scale: what `of` says, else the largest number that an item of the
//! plan has, closed ones included, so that finishing something moves nobody. Without costs the score is the average itself.
//!
//! The average of drivers by weight is what product tools call weighted scoring (Productboard's drivers, airfocus's criteria);
//! costs divide as in K. E. Wiegers, “First things first: prioritizing requirements”, Software Development 7(9), 1999:
//! value % ÷ (cost % × its weight + risk % × its weight).

use super::{Framework, Score, divided, missing, unscored};
use crate::config::{Config, Weight};
use crate::diagnostic::{Code, Diagnostic};
use crate::number::{Decimal, ONE};
use crate::plan::{Confidence, Input, Item, Plan};

/// The framework.
pub(super) const FRAMEWORK: Framework = Framework {
    value_term: "benefit",
    cost_term: |config, cost| if has_costs(config) { format!("a cost of {cost}") } else { format!("{cost} items") },
    check: above,
    ..Framework::new(formula, |plan, config| {
        let drivers = drivers(plan, config);
        plan.items.map(|item| score(item, &drivers))
    })
};

const HUNDRED: u128 = 100 * ONE as u128;

/// An input with what it counts for.
struct Driver<'a> {
    /// Which of the configuration's weights.
    index: usize,
    weight: &'a Weight,
    /// The top of its scale; 0 where no item has anything.
    top: Decimal,
}

/// What counts in a plan.
fn drivers<'a>(plan: &Plan, config: &'a Config) -> Vec<Driver<'a>> {
    let driver = |(index, weight): (usize, &'a Weight)| {
        let largest = || plan.items.iter().filter_map(|item| number(item, index, weight)).max().unwrap_or_default();
        let top = weight.of.unwrap_or_else(|| if is_confidence(weight) { Decimal(ONE) } else { largest() });
        Driver { index, weight, top }
    };
    active(config).map(driver).collect()
}

/// The weights that weigh something, with their places.
fn active(config: &Config) -> impl Iterator<Item = (usize, &Weight)> {
    config.weights.iter().enumerate().filter(|(_, weight)| weight.weight.0 > 0)
}

/// Whether anything costs; the score is an average otherwise.
fn has_costs(config: &Config) -> bool {
    active(config).any(|(_, weight)| weight.divides)
}

/// The formula in words: `(3 × value + reach) ÷ 4 ÷ effort, each from 0 to 100`.
fn formula(config: &Config) -> String {
    let side = |divides: bool| {
        let weights: Vec<&Weight> =
            active(config).map(|(_, weight)| weight).filter(|weight| weight.divides == divides).collect();
        let total = weights.iter().fold(Decimal::default(), |total, weight| total.plus(weight.weight));
        let name = |weight: &Weight| weight.name.replace('_', " ");
        let term = |weight: &&Weight| match weight.weight {
            Decimal(ONE) => name(weight),
            number => format!("{number} × {}", name(weight)),
        };
        match weights.as_slice() {
            [] => None,
            [only] => Some(name(only)),
            _ => Some(format!("({}) ÷ {total}", weights.iter().map(term).collect::<Vec<_>>().join(" + "))),
        }
    };
    let benefit = side(false).unwrap_or_default();
    match side(true) {
        None => format!("{benefit}, each from 0 to 100"),
        Some(cost) if cost.contains(' ') => format!("{benefit} ÷ ({cost}), each from 0 to 100"),
        Some(cost) => format!("{benefit} ÷ {cost}, each from 0 to 100"),
    }
}

fn score(item: &Item, drivers: &[Driver<'_>]) -> Score {
    let has_costs = drivers.iter().any(|driver| driver.weight.divides);
    let cost = if has_costs { average(item, drivers, true) } else { Some(Decimal(ONE)) };
    let Some((benefit, cost)) = average(item, drivers, false).zip(cost) else {
        let all = drivers.iter().map(|driver| (driver.weight.name.as_str(), number(item, driver.index, driver.weight)));
        return unscored(missing(all), cost);
    };
    if cost.0 == 0 {
        let costs: Vec<String> = drivers
            .iter()
            .filter(|driver| driver.weight.divides)
            .map(|driver| driver.weight.name.replace('_', " "))
            .collect();
        return unscored(format!("{} is 0", costs.join(" and ")), None);
    }
    let parts = drivers.iter().filter_map(|driver| Some((driver, normalised(item, driver)?)));
    let part =
        |(driver, number): (&Driver<'_>, Decimal)| format!("{} {number:.2}", driver.weight.name.replace('_', " "));
    let parts = parts.map(part).collect::<Vec<_>>().join(", ");
    let (result, ratio) = if has_costs {
        (benefit.divided_by(cost), format!("{benefit:.2} ÷ {cost:.2}"))
    } else {
        (Some(benefit), format!("{benefit:.2}"))
    };
    Score { result, inputs: format!("{ratio}: {parts}"), value: benefit.0, effort: cost.0 }
}

/// The weighted average of one side, from 0 to 100; none where an input is missing.
fn average(item: &Item, drivers: &[Driver<'_>], divides: bool) -> Option<Decimal> {
    let (mut sum, mut total) = (0, 0);
    for driver in drivers.iter().filter(|driver| driver.weight.divides == divides) {
        let weight = u128::from(driver.weight.weight.0);
        sum += weight * u128::from(normalised(item, driver)?.0);
        total += weight;
    }
    Some(divided(sum, total))
}

/// An input brought to its scale. Where no item has anything, nothing is worth something.
fn normalised(item: &Item, driver: &Driver<'_>) -> Option<Decimal> {
    let number = number(item, driver.index, driver.weight)?;
    if driver.top.0 == 0 {
        return Some(Decimal::default());
    }
    Some(divided(u128::from(number.0) * HUNDRED, u128::from(driver.top.0)))
}

/// What an item has of an input. A confidence is a share, or on the scale that `of` says: 10 for grades, 100 for percent.
fn number(item: &Item, index: usize, weight: &Weight) -> Option<Decimal> {
    match (item.confidence.filter(|_| is_confidence(weight)), weight.of) {
        (Some(read), None) => Some(read.share()),
        (Some(read), Some(top)) => Some(on_scale(read, top)),
        (None, _) => item.weighed.get(index)?.as_ref().map(|number| number.value),
    }
}

fn on_scale(confidence: Confidence, top: Decimal) -> Decimal {
    match top.0 {
        top if top <= ONE => confidence.share(),
        top if top <= 10 * ONE => confidence.grade(),
        _ => Decimal(confidence.share().0 * 100),
    }
}

fn is_confidence(weight: &Weight) -> bool {
    Input::named(&weight.name) == Some(Input::Confidence)
}

/// Numbers above the top that the configuration gives their scale.
fn above(item: &Item, config: &Config, diagnostics: &mut Vec<Diagnostic>) {
    for (index, weight) in config.weights.iter().enumerate().filter(|(_, weight)| weight.weight.0 > 0) {
        let number = number(item, index, weight);
        let Some((number, top)) = number.zip(weight.of).filter(|(number, top)| number > top) else { continue };
        let Some(written) = item.weighed.get(index).and_then(Option::as_ref) else { continue };
        let message = format!("`{}` is {number}, which is above {top}, the top of its scale", weight.name);
        diagnostics.push(
            Diagnostic::new(Code::OUT_OF_SCALE, item.entry.location(written.span), message)
                .label(format!("the scale is 0 to {top}"))
                .help("it counts as it is; correct the number, or raise `of` under `weights` in roadbook.yml"),
        );
    }
}
