//! Progress: a sentence, and the same as a bar.

use serde::Serialize;

use super::words;
use crate::markdown::Tasks;
use crate::number::Decimal;
use crate::plan::Outcome as PlanOutcome;
use crate::resolve::Rollup;

/// How far something is.
#[derive(Clone, Debug, Serialize)]
pub(in crate::site) struct Progress {
    /// `14 of 38 items done`
    pub(in crate::site) text: String,
    /// `37 %`; "" where there is nothing to divide by.
    pub(in crate::site) percent: String,
    /// From left to right without gaps.
    pub(in crate::site) segments: Vec<Segment>,
}

/// A part of the bar.
#[derive(Clone, Debug, Serialize)]
pub(in crate::site) struct Segment {
    /// `done active ready blocked open`
    kind: String,
    /// Thousandths of the bar.
    x: u16,
    width: u16,
    /// `14 done`; the legend.
    text: String,
}

/// A measurable result of a theme.
#[derive(Clone, Debug, Serialize)]
pub(in crate::site) struct Outcome {
    metric: String,
    baseline: String,
    target: String,
    current: String,
    /// Of the way from baseline to target.
    progress: Option<Progress>,
}

/// Progress by the number of items.
pub(in crate::site) fn by_count(rollup: &Rollup) -> Progress {
    let count = &rollup.count;
    let parts = [count.done, count.active, count.ready, count.blocked, count.undecided];
    let text = match count.total {
        0 => "No items".to_owned(),
        total => format!("{} of {} done", words::thousands(count.done), words::count(total as usize, "item")),
    };
    Progress { text, ..bar(&parts, count.total, words::thousands) }
}

/// Progress by effort; none where no item says its effort.
pub(in crate::site) fn by_effort(rollup: &Rollup) -> Option<Progress> {
    let effort = &rollup.effort;
    if effort.total == Decimal(0) {
        return None;
    }
    let parts = [effort.done.0, effort.active.0, effort.ready.0, effort.blocked.0, effort.undecided.0];
    let text = format!("{} of {} of effort done", effort.done, words::points(effort.total));
    Some(Progress { text, ..bar(&parts, effort.total.0, |part| words::points(Decimal(part))) })
}

/// Acceptance criteria met; none where there are none.
pub(in crate::site) fn by_criteria(tasks: Tasks) -> Option<Progress> {
    if tasks.total == 0 {
        return None;
    }
    let text = format!("{} of {} met", tasks.done, tasks.total);
    let parts = [u64::from(tasks.done), 0, 0, 0, 0];
    Some(Progress { text, ..bar(&parts, u64::from(tasks.total), |part| part.to_string()) })
}

/// An outcome, and how much of the way from baseline to target is done where all three are numbers.
pub(in crate::site) fn outcome(outcome: &PlanOutcome) -> Outcome {
    let unit = |value: &str| {
        let is_number = !value.is_empty() && value.ends_with(|c: char| c.is_ascii_digit());
        let space = if outcome.unit == "%" { "\u{202f}" } else { " " };
        if is_number && !outcome.unit.is_empty() { format!("{value}{space}{}", outcome.unit) } else { value.to_owned() }
    };
    Outcome {
        metric: outcome.metric.clone(),
        baseline: unit(&outcome.baseline),
        target: unit(&outcome.target),
        current: unit(&outcome.current),
        progress: way(&outcome.baseline, &outcome.current, &outcome.target),
    }
}

/// How much of the way from `baseline` to `target` is behind `current`, whichever direction is better.
fn way(baseline: &str, current: &str, target: &str) -> Option<Progress> {
    let [from, at, to] = [baseline, current, target].map(leading_number);
    let (from, at, to) = (from?, at?, to?);
    let (whole, gone) = if from <= to { (to - from, at - from) } else { (from - to, from - at) };
    if whole == 0 {
        return None;
    }
    let (whole, gone) = (u64::try_from(whole).ok()?, u64::try_from(gone.clamp(0, whole)).ok()?);
    let parts = [gone, 0, 0, 0, 0];
    let bar = bar(&parts, whole, |_| String::new());
    Some(Progress { text: "of the way to the target".to_owned(), ..bar })
}

/// The number that a value begins with, in thousandths: `4.5 days` is 4,500.
fn leading_number(value: &str) -> Option<i64> {
    let value = value.trim();
    let end = value.find(|c: char| !(c.is_ascii_digit() || ".,".contains(c))).unwrap_or(value.len());
    let number = Decimal::parse(value[..end].trim_end_matches(['.', ',']))?;
    i64::try_from(number.0).ok()
}

fn bar(parts: &[u64; 5], total: u64, words: impl Fn(u64) -> String) -> Progress {
    let kinds =
        [("done", "done"), ("active", "active"), ("ready", "ready"), ("blocked", "blocked"), ("open", "undecided")];
    let thousandths = |part: u64| {
        let share = u128::from(part) * 1000 / u128::from(total.max(1));
        u16::try_from(share.min(1000)).unwrap_or(1000)
    };
    let (mut segments, mut sum) = (Vec::new(), 0);
    for (&part, (kind, word)) in parts.iter().zip(kinds) {
        if part == 0 {
            continue;
        }
        let x = thousandths(sum);
        sum += part;
        let text = format!("{} {word}", words(part)).trim_start().to_owned();
        segments.push(Segment { kind: kind.to_owned(), x, width: thousandths(sum).saturating_sub(x), text });
    }
    let percent = if total == 0 { String::new() } else { format!("{} %", thousandths(parts[0]) / 10) };
    Progress { text: String::new(), percent, segments }
}
