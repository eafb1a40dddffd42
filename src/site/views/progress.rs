//! Progress: a sentence, and the same as a bar.

use serde::Serialize;

use super::fields::PropertyView;
use super::{View, words};
use crate::markdown::Tasks;
use crate::number::Decimal;
use crate::plan::{Outcome as PlanOutcome, Theme};
use crate::resolve::{Effort, ResolvedOutcome, ResolvedTheme, Rollup};

/// How far something is: a sentence, and the same as a bar.
#[derive(Clone, Debug, Serialize)]
pub(in crate::site) struct Progress {
    /// `14 of 38 items done`; `known to be done` where the state of some is unknown
    pub(in crate::site) text: String,
    /// `37 %`; "" where there is nothing to divide by.
    pub(in crate::site) percent: String,
    /// From left to right without gaps. At most eight.
    pub(in crate::site) segments: Vec<Segment>,
}

/// A part of the bar.
#[derive(Clone, Debug, Serialize)]
pub(in crate::site) struct Segment {
    /// `done active ready blocked waiting scheduled open unknown`; `open` is undecided (ideas, paused), `unknown` of unknown state. For
    /// criteria and outcomes only `done`.
    pub(in crate::site) kind: String,
    /// Thousandths of the bar.
    pub(in crate::site) x: u16,
    pub(in crate::site) width: u16,
    /// `14 done`; the legend.
    pub(in crate::site) text: String,
}

/// A measurable result of a theme.
#[derive(Clone, Debug, Serialize)]
pub(in crate::site) struct Outcome {
    /// `Repairs that end in a working thing`
    metric: String,
    /// "" where not given, like the next two.
    baseline: String,
    target: String,
    current: String,
    /// How far from baseline to target: text `of the way`, percent `75 %`, one segment; `None` where the three are not plain
    /// numbers in one unit.
    progress: Option<Progress>,
    /// What else its author says of it; on the theme's own page.
    more_fields: Vec<PropertyView>,
}

/// Progress by the number of items.
pub(in crate::site) fn by_count(rollup: &Rollup) -> Progress {
    let count = &rollup.count;
    let parts = [
        count.done,
        count.active,
        count.ready,
        count.blocked,
        count.waiting,
        count.scheduled,
        count.undecided,
        count.unknown,
    ];
    let text = match count.total {
        0 => "No items".to_owned(),
        total => {
            let items = words::count(total as usize, "item");
            format!("{} of {items} {}", words::thousands(count.done), done(count.unknown > 0))
        }
    };
    Progress { text, ..bar(&parts, count.total, words::thousands) }
}

/// What is counted: of what nobody knows a state, it cannot be said that it is not done.
pub(super) fn done(is_any_unknown: bool) -> &'static str {
    if is_any_unknown { "known to be done" } else { "done" }
}

/// Progress by effort; none where no item says its effort.
pub(in crate::site) fn by_effort(rollup: &Rollup) -> Option<Progress> {
    let effort = &rollup.effort;
    if effort.total == Decimal(0) {
        return None;
    }
    let all = [
        effort.done,
        effort.active,
        effort.ready,
        effort.blocked,
        effort.waiting,
        effort.scheduled,
        effort.undecided,
        effort.unknown,
    ];
    let parts = all.map(|part| part.0);
    let is_known = done(effort.unknown > Decimal(0));
    let text = format!("{} of {} of effort {is_known}", effort.done, words::points(effort.total));
    Some(Progress { text, ..bar(&parts, effort.total.0, |part| words::points(Decimal(part))) })
}

/// The effort of a theme as a bar: `top` thousandths of `all` fill it.
pub(in crate::site) fn of_effort(effort: &Effort, all: Decimal, top: u16) -> Progress {
    let whole = u64::try_from(u128::from(all.0) * u128::from(top) / 1000).unwrap_or(u64::MAX).max(1);
    let parts = [effort.done.0, effort.active.0, 0, 0, 0, 0, effort.open.0, 0];
    let words = |part: u64| words::points(Decimal(part));
    let mut bar = bar(&parts, whole, words);
    for segment in bar.segments.iter_mut().filter(|segment| segment.kind == "open") {
        segment.text = segment.text.replace("undecided", "open");
    }
    Progress { percent: String::new(), ..bar }
}

/// Acceptance criteria met; none where there are none.
pub(in crate::site) fn by_criteria(tasks: Tasks) -> Option<Progress> {
    if tasks.total == 0 {
        return None;
    }
    let text = format!("{} of {} met", tasks.done, tasks.total);
    let parts = [u64::from(tasks.done), 0, 0, 0, 0, 0, 0, 0];
    Some(Progress { text, ..bar(&parts, u64::from(tasks.total), |part| part.to_string()) })
}

/// An outcome of a theme, and how much of the way from baseline to target is done where all three are numbers.
pub(in crate::site) fn outcomes(theme: &Theme, resolved: &ResolvedTheme) -> Vec<Outcome> {
    theme.outcomes.iter().zip(&resolved.outcomes).map(|(outcome, resolved)| one_outcome(outcome, resolved)).collect()
}

impl View<'_> {
    /// The same with all that their author says of them.
    pub(in crate::site) fn whole_outcomes(self, theme: &Theme, resolved: &ResolvedTheme) -> Vec<Outcome> {
        let whole =
            |(of, outcome): (&PlanOutcome, Outcome)| Outcome { more_fields: self.more_fields(&of.extra), ..outcome };
        theme.outcomes.iter().zip(outcomes(theme, resolved)).map(whole).collect()
    }
}

fn one_outcome(outcome: &PlanOutcome, resolved: &ResolvedOutcome) -> Outcome {
    let unit = |value: &str| {
        let is_number = !value.is_empty() && value.ends_with(|c: char| c.is_ascii_digit());
        let space = if outcome.unit == "%" { "\u{202f}" } else { " " };
        if is_number && !outcome.unit.is_empty() { format!("{value}{space}{}", outcome.unit) } else { value.to_owned() }
    };
    let way = |thousandths: u16| {
        let parts = [u64::from(thousandths), 0, 0, 0, 0, 0, 0, 0];
        Progress { text: "of the way to the target".to_owned(), ..bar(&parts, 1000, |_| String::new()) }
    };
    Outcome {
        metric: outcome.name().to_owned(),
        baseline: unit(&outcome.baseline),
        target: unit(&outcome.target),
        current: unit(&outcome.current),
        progress: resolved.progress.map(way),
        more_fields: Vec::new(),
    }
}

fn bar(parts: &[u64; 8], total: u64, words: impl Fn(u64) -> String) -> Progress {
    let kinds = ["done", "active", "ready", "blocked", "waiting", "scheduled", "open", "unknown"];
    let word = |kind: &'static str| if kind == "open" { "undecided" } else { kind };
    let thousandths = |part: u64| {
        let share = u128::from(part) * 1000 / u128::from(total.max(1));
        u16::try_from(share.min(1000)).unwrap_or(1000)
    };
    let (mut segments, mut sum) = (Vec::new(), 0);
    for (&part, kind) in parts.iter().zip(kinds) {
        if part == 0 {
            continue;
        }
        let x = thousandths(sum);
        sum += part;
        let text = format!("{} {}", words(part), word(kind)).trim_start().to_owned();
        segments.push(Segment { kind: kind.to_owned(), x, width: thousandths(sum).saturating_sub(x), text });
    }
    let percent = if total == 0 { String::new() } else { format!("{} %", thousandths(parts[0]) / 10) };
    Progress { text: String::new(), percent, segments }
}
