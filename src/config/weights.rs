//! `weights`: what counts in weighted scoring, and how much.

use serde_yaml::{Mapping, Value};

use super::file::Checked;
use super::{Scoring, Weight};
use crate::number::Decimal;
use crate::source::Span;

const EXAMPLE: &str = "say what counts and how much, such as `weights: {value: 3, reach: 1, effort: -1}`";

impl Checked<'_> {
    /// The framework and its weights. Weighted scoring without a weight stays at the default.
    pub(super) fn scoring(&mut self, scoring: Scoring, file: Option<Mapping>) -> (Scoring, Vec<Weight>) {
        let is_given = file.is_some();
        let weights = file.map_or_else(Vec::new, |file| self.weights(file));
        if scoring != Scoring::Weighted || !weights.is_empty() {
            return (scoring, weights);
        }
        if !is_given {
            let span = self.after("scoring", scoring.word());
            self.wrong_at(span, "`scoring: weighted` needs `weights`".to_owned(), EXAMPLE);
        }
        (Scoring::default(), weights)
    }

    fn weights(&mut self, file: Mapping) -> Vec<Weight> {
        let mut weights: Vec<Weight> = Vec::new();
        let mut is_whole = true;
        for (name, value) in file {
            match (text(&name), self.weight(&name, value)) {
                (Some(name), Some((weight, divides, of))) => weights.push(Weight { name, weight, divides, of }),
                _ => is_whole = false,
            }
        }
        if is_whole && !weights.iter().any(|weight| weight.weight > Decimal::default() && !weight.divides) {
            let span = self.after("weights", "weights");
            self.wrong_at(
                span,
                "none of the `weights` is above 0, so there is nothing to score by".to_owned(),
                EXAMPLE,
            );
            return Vec::new();
        }
        weights
    }

    /// `3`, `-1` or `{weight: 3, of: 20}`.
    fn weight(&mut self, name: &Value, value: Value) -> Option<(Decimal, bool, Option<Decimal>)> {
        let shown = text(name).unwrap_or_default();
        let Value::Mapping(map) = value else {
            let (weight, divides) = self.signed(&shown, &value)?;
            return Some((weight, divides, None));
        };
        let (mut weight, mut of) = (None, None);
        for (key, value) in &map {
            match text(key).as_deref() {
                Some("weight") => weight = Some(self.signed(&shown, value)?),
                Some("of") => match text(value).and_then(|text| Decimal::parse(&text)).filter(|top| top.0 > 0) {
                    Some(top) => of = Some(top),
                    None => {
                        let message = format!("the scale of `{shown}` ends nowhere: `of` must be a number above 0");
                        self.wrong_weight(&shown, message, "write its top, such as `of: 20`, or leave `of` out");
                        return None;
                    }
                },
                other => {
                    let message = format!("a weight has no key `{}`", other.unwrap_or_default());
                    self.wrong_weight(&shown, message, "the keys here are weight, of");
                    return None;
                }
            }
        }
        if weight.is_none() {
            self.wrong_weight(&shown, format!("`{shown}` has no weight"), "write `weight: 3` beside `of`");
        }
        weight.map(|(weight, divides)| (weight, divides, of))
    }

    fn signed(&mut self, name: &str, value: &Value) -> Option<(Decimal, bool)> {
        let text = text(value).unwrap_or_default();
        let number = text.trim().strip_prefix('-').unwrap_or(&text);
        let weight = Decimal::parse(number);
        if weight.is_none() {
            let help = "write a number with at most three decimals; one below 0 for what costs";
            self.wrong_weight(name, format!("the weight of `{name}` is not a number"), help);
        }
        weight.map(|weight| (weight, number.len() < text.trim().len() && weight.0 > 0))
    }

    fn wrong_weight(&mut self, name: &str, message: String, help: &str) {
        let span = self.after("weights", name);
        self.wrong_at(span, message, help);
    }

    /// Where `text` stands, from the line of the key `key` on.
    fn after(&self, key: &str, text: &str) -> Span {
        let source = &self.source.text;
        let line = source
            .match_indices(key)
            .map(|(offset, _)| offset)
            .find(|&offset| offset == 0 || source[..offset].ends_with('\n'));
        let from = line.unwrap_or(0);
        let offset = source[from..].find(text).map_or(from, |offset| from + offset);
        Span::new(offset, (offset + text.len()).min(source.len()))
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.clone()),
        _ => None,
    }
}
