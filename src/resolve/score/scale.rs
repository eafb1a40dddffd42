//! The scales that frameworks were published with, and what stands outside of them. It counts as it is written.

use super::{framework, input};
use crate::config::{Config, Scoring};
use crate::diagnostic::{Code, Diagnostic};
use crate::number::{Decimal, ONE};
use crate::plan::{Input, Item, Number, Plan};
use crate::text::listed;

/// What an input may be.
#[derive(Clone, Copy)]
pub(super) enum Scale {
    /// One of these, in thousandths.
    Steps(&'static [u64]),
    /// Anything between.
    OneToTen,
}

impl Scale {
    fn holds(self, number: Decimal) -> bool {
        match self {
            Scale::Steps(steps) => steps.contains(&number.0),
            Scale::OneToTen => (ONE..=10 * ONE).contains(&number.0),
        }
    }

    /// `3, 2, 1, 0.5 and 0.25`
    fn words(self) -> String {
        match self {
            Scale::OneToTen => "1 to 10".to_owned(),
            Scale::Steps(steps) => {
                let words: Vec<String> = steps.iter().map(|&step| Decimal(step).to_string()).collect();
                listed(&words)
            }
        }
    }
}

/// Looks for inputs of open items that are outside the scale of the framework in use.
pub(in crate::resolve) fn check(plan: &Plan, config: &Config, diagnostics: &mut Vec<Diagnostic>) {
    let framework = framework(config.scoring);
    for item in plan.items.iter().filter(|item| item.state.is_open()) {
        let scales = framework.scales.iter();
        diagnostics.extend(scales.filter_map(|&(one, scale)| outside(item, config.scoring, one, scale)));
        (framework.check)(item, config, diagnostics);
    }
}

fn outside(item: &Item, scoring: Scoring, one: Input, scale: Scale) -> Option<Diagnostic> {
    let written = item.inputs[one as usize].as_ref()?;
    let (field, framework, words) = (one.field(), scoring.word(), scale.words());
    let number = input(item, scoring, one)?;
    // A share is read on the scale all the same, but what was meant should not have to be guessed.
    if let Some(bare) = item.confidence.filter(|_| one == Input::Confidence).and_then(|read| read.bare_share())
        && bare.0 > 0
    {
        let percent = Decimal(written.value.0 * 100);
        let help = format!("it counts as {number}, which is {percent} %: write `{percent}%`, or a number from {words}");
        return Some(diagnostic(item, written, field, bare, framework, &words, help));
    }
    if scale.holds(number) {
        return None;
    }
    let help = match scale {
        Scale::Steps(_) => format!("it counts as it is; write one of {words}"),
        Scale::OneToTen => format!("it counts as it is; write a number from {words}"),
    };
    Some(diagnostic(item, written, field, number, framework, &words, help))
}

fn diagnostic(
    item: &Item,
    written: &Number,
    field: &str,
    number: Decimal,
    framework: &str,
    words: &str,
    help: String,
) -> Diagnostic {
    let message = format!("`{field}` is {number}, which is not on the scale of `{framework}`");
    Diagnostic::new(Code::OUT_OF_SCALE, item.entry.location(written.span), message)
        .label(format!("the scale is {words}"))
        .help(help)
}
