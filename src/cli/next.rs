//! `roadbook next`: what to start now, and what of it fits.

use clap::{ArgGroup, Args};
use serde::Serialize;
use serde_json::Value;

use roadbook::id::ItemId;
use roadbook::number::Decimal;
use roadbook::plan::Input;
use roadbook::record::number;
use roadbook::resolve::{Readiness, Roadmap, RoadmapItem};
use roadbook::state::State;

use super::item;
use super::list::Format;
use super::load::{self, ProjectArgs, ScoringArgs, Wanted};
use super::output::{self, CliError, FAINT, HELD, NAME, STRONG, safe, style};
use super::table::{self, wrap};
use super::{ExitStatus, Verbosity, empty, json};
use roadbook::text::count;

const EXAMPLES: &str = "\
Examples:
  roadbook next                what to start now, and why
  roadbook next --count 1      the one thing
  roadbook next --owner ana    Ana's own first, then what nobody owns
  roadbook next --capacity 13  what fits into 13 points of effort
  roadbook next --fits         what fits beside what is in progress

What fits is found by going down the list and taking every item that still fits. An item that says no effort is left, and so is one \
that is too large, even where a smaller one behind it is taken. Without --capacity and --fits nothing is left out for its size.";

/// How many items are named where nobody says.
const USUAL: usize = 5;

/// Tell what to start now: ready items in order, those that nobody owns first
#[derive(Args)]
#[command(after_help = EXAMPLES, group = ArgGroup::new("budget").args(["capacity", "fits"]))]
pub(super) struct Next {
    #[command(flatten)]
    project: ProjectArgs,
    #[command(flatten)]
    scoring: ScoringArgs,
    /// At most N items [default: 5, or all that fit]
    #[arg(long, short = 'n', value_name = "N", value_parser = load::how_many)]
    count: Option<usize>,
    /// What this owner could start: their own items first, then those that nobody owns
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
    /// Only what fits into so many points of effort
    #[arg(long, value_name = "POINTS", value_parser = points)]
    capacity: Option<Decimal>,
    /// Only what fits into the configuration's `capacity` beside what is in progress
    #[arg(long)]
    fits: bool,
    /// How to write them: human or json
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Human, hide_possible_values = true)]
    format: Format,
}

fn points(text: &str) -> Result<Decimal, String> {
    Decimal::parse(text).ok_or_else(|| "write a number from 0 up, with at most three decimals".to_owned())
}

/// Tells what to start now.
pub(super) fn next(arguments: &Next, verbosity: Verbosity) -> Result<ExitStatus, CliError> {
    let answer =
        load::ask(&Wanted { scoring: arguments.scoring.framework(), ..arguments.project.wanted() }, verbosity)?;
    let roadmap = answer.roadmap();
    let budget = budget(arguments, roadmap)?;
    let mut ready = roadmap.items_in_order().collect::<Vec<_>>();
    ready.retain(|facts| facts.readiness() == Readiness::Ready);
    let all = ready.len();
    let is_unowned = |facts: &RoadmapItem<'_>| facts.plan().owners.is_empty();
    match arguments.owner.as_deref() {
        None => ready.sort_by_key(|facts| !is_unowned(facts)),
        Some(name) => {
            ready.retain(|facts| item::is_owned_by(*facts, name) || is_unowned(facts));
            ready.sort_by_key(|facts| !item::is_owned_by(*facts, name));
        }
    }
    let is_none = ready.is_empty();
    let fit = budget.map(|budget| fit(budget, &mut ready, arguments.count.unwrap_or(usize::MAX)));
    if fit.is_none() {
        ready.truncate(arguments.count.unwrap_or(USUAL));
    }
    if arguments.format == Format::Json {
        let items = json::Items::new(roadmap.config.scoring.word(), &ready);
        return json::print("items", Answer { items, fit: fit.as_ref().map(Fitting::new) });
    }
    arguments.scoring.report(roadmap, verbosity);
    let out_of_rank = out_of_rank(&ready, arguments.owner.as_deref());
    let is_named = |facts: RoadmapItem<'_>| out_of_rank.as_ref().filter(|(id, _)| *id == facts.id);
    let note = |facts| is_named(facts).map(|(_, sentence)| wrap(sentence, 6, table::width())).unwrap_or_default();
    output::data(&ready.iter().map(|&facts| block(facts) + &note(facts)).collect::<Vec<String>>().join("\n"))?;
    if verbosity.quiet {
        return Ok(ExitStatus::Fine);
    }
    if is_none {
        output::message(&nothing(roadmap, arguments.owner.as_deref(), all));
    }
    if let Some(fit) = fit {
        output::message(&summary(&fit, ready.len()));
    }
    Ok(ExitStatus::Fine)
}

/// The first of some items that stands before one of a better rank, and a sentence that says why; none where they stand in their order.
fn out_of_rank(ready: &[RoadmapItem<'_>], owner: Option<&str>) -> Option<(ItemId, String)> {
    let rank = |item: &RoadmapItem<'_>| item.resolved().rank.unwrap_or(u32::MAX);
    let (mut best, mut found): (Option<&RoadmapItem<'_>>, _) = (None, None);
    for item in ready.iter().rev() {
        match best {
            Some(best) if rank(item) > rank(best) => found = Some((item, best)),
            _ => best = Some(item),
        }
    }
    let (before, behind) = found?;
    let whose = match owner {
        Some(owner) => format!("{} owns it", owner.trim_start_matches('@')),
        None => "nobody owns it".to_owned(),
    };
    let sentence = format!("{whose}, so it stands before “{}” (rank {})", behind.entry().title, rank(behind));
    Some((before.id, sentence))
}

/// How much effort there is to give.
#[derive(Clone, Copy)]
struct Budget {
    capacity: Decimal,
    /// What is in progress and takes from the capacity.
    taken: Decimal,
}

fn budget(arguments: &Next, roadmap: &Roadmap) -> Result<Option<Budget>, CliError> {
    if let Some(capacity) = arguments.capacity {
        return Ok(Some(Budget { capacity, taken: Decimal::default() }));
    }
    if !arguments.fits {
        return Ok(None);
    }
    let Some(capacity) = roadmap.config.capacity else {
        return Err(CliError::new("this plan does not say its `capacity`")
            .help("give it on the command line, such as `--capacity 13`, or write `capacity: 13` to roadbook.yml"));
    };
    Ok(Some(Budget { capacity: Decimal::whole(capacity), taken: in_progress(roadmap) }))
}

/// The effort of what is in progress, blocked or not.
fn in_progress(roadmap: &Roadmap) -> Decimal {
    let is_active = |id: &ItemId| roadmap.plan.items[*id].state == State::Active;
    let active = roadmap.items.ids().filter(is_active);
    roadmap.rollup(active).effort.total
}

/// What was taken, and what was left and why.
struct Fit<'a> {
    budget: Budget,
    used: Decimal,
    left: Vec<(RoadmapItem<'a>, Reason)>,
}

enum Reason {
    /// It says no effort.
    Unknown,
    /// What it takes, and what there was to give.
    TooLarge(Decimal, Decimal),
    /// So many items were asked for.
    Enough,
}

impl Fit<'_> {
    fn free(&self) -> Decimal {
        minus(minus(self.budget.capacity, self.budget.taken), self.used)
    }
}

fn minus(a: Decimal, b: Decimal) -> Decimal {
    Decimal(a.0.saturating_sub(b.0))
}

/// Goes down the list and takes what still fits; what does not is left.
fn fit<'a>(budget: Budget, ready: &mut Vec<RoadmapItem<'a>>, most: usize) -> Fit<'a> {
    let mut fit = Fit { budget, used: Decimal::default(), left: Vec::new() };
    let mut taken = Vec::new();
    for facts in ready.drain(..) {
        let free = fit.free();
        match facts.plan().input(Input::Effort) {
            _ if taken.len() >= most => fit.left.push((facts, Reason::Enough)),
            None => fit.left.push((facts, Reason::Unknown)),
            Some(effort) if effort > free => fit.left.push((facts, Reason::TooLarge(effort, free))),
            Some(effort) => {
                fit.used = fit.used.plus(effort);
                taken.push(facts);
            }
        }
    }
    *ready = taken;
    fit
}

impl Reason {
    fn words(&self) -> String {
        match self {
            Reason::Unknown => "says no effort, so nobody knows whether it fits".to_owned(),
            Reason::TooLarge(effort, free) => format!("takes {effort}, and {free} was left"),
            Reason::Enough => "more items than were asked for".to_owned(),
        }
    }
}

fn block(facts: RoadmapItem<'_>) -> String {
    let rank = facts.resolved().rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string());
    let owners = match facts.plan().owners.join(", ") {
        owners if owners.is_empty() => owners,
        owners => format!("  {}", style(FAINT, &safe(&owners))),
    };
    let (id, title) = (safe(&facts.entry().id), safe(&facts.entry().title));
    let head =
        format!("{}  {}  {}{owners}\n", style(FAINT, &format!("{rank:>4}")), style(NAME, &id), style(STRONG, &title));
    head + &wrap(&item::why(facts), 6, table::width())
}

/// What was taken, and what was left.
fn summary(fit: &Fit<'_>, taken: usize) -> String {
    let Budget { capacity, taken: active } = fit.budget;
    let active = if active.0 == 0 { String::new() } else { format!("{active} in progress, ") };
    let items = format!("{} {}", count(taken, "item"), if taken == 1 { "fits" } else { "fit" });
    let mut out =
        format!("{items} into {capacity} points of effort: {active}{} taken, {} free\n", fit.used, fit.free());
    for (facts, reason) in fit.left.iter().take(USUAL) {
        out.push_str(&format!("  {}  {}: {}\n", style(HELD, "left"), safe(&facts.entry().id), reason.words()));
    }
    if let Some(more) = fit.left.len().checked_sub(USUAL).filter(|&more| more > 0) {
        out.push_str(&format!("  … and {more} more\n"));
    }
    out
}

/// Why there is nothing to start; `others` are ready, and somebody else owns each.
fn nothing(roadmap: &Roadmap, owner: Option<&str>, others: usize) -> String {
    if let Some(text) = empty::no_items(roadmap) {
        return text + "\n";
    }
    let sums = &roadmap.total.count;
    match owner {
        Some(owner) if others > 0 => {
            let are = if others == 1 { "is" } else { "are" };
            format!("nothing is ready for {}: {} {are} ready, owned by others\n", safe(owner), count(others, "item"))
        }
        _ => {
            let mut parts = vec![format!("{} blocked", sums.blocked)];
            parts.extend((sums.waiting > 0).then(|| format!("{} waiting", sums.waiting)));
            parts.push(format!("{} in progress", sums.active));
            parts.extend((sums.scheduled > 0).then(|| format!("{} scheduled for later", sums.scheduled)));
            parts.push(format!("{} undecided (ideas, paused work)", sums.undecided));
            parts.extend((sums.unknown > 0).then(|| format!("{} of unknown status", sums.unknown)));
            format!("nothing is ready to start: {}\n{}", parts.join(", "), in_the_way(roadmap))
        }
    }
}

/// What is in the way of the first items, but for other items: what somebody could do about it.
fn in_the_way(roadmap: &Roadmap) -> String {
    let open = roadmap.items_in_order().filter(|item| item.state().is_open());
    let ways = open.map(|item| (item, item::in_the_way(item))).filter(|(_, way)| !way.is_empty());
    ways.take(USUAL).map(|(item, way)| format!("  {}: {}\n", safe(&item.entry().id), safe(&way))).collect()
}

#[derive(Serialize)]
struct Answer<'a> {
    #[serde(flatten)]
    items: json::Items<'a>,
    /// Null where nobody asked what fits.
    fit: Option<Fitting<'a>>,
}

#[derive(Serialize)]
struct Fitting<'a> {
    capacity: Value,
    /// Effort in progress, which takes from it.
    in_progress: Value,
    used: Value,
    free: Value,
    left: Vec<Left<'a>>,
}

#[derive(Serialize)]
struct Left<'a> {
    id: &'a str,
    effort: Option<Value>,
    /// `no-effort`, `too-large` or `enough`.
    reason: &'static str,
}

impl<'a> Fitting<'a> {
    fn new(fit: &Fit<'a>) -> Fitting<'a> {
        let left = |(facts, reason): &(RoadmapItem<'a>, Reason)| Left {
            id: &facts.entry().id,
            effort: facts.plan().input(Input::Effort).map(number),
            reason: match reason {
                Reason::Unknown => "no-effort",
                Reason::TooLarge(..) => "too-large",
                Reason::Enough => "enough",
            },
        };
        Fitting {
            capacity: number(fit.budget.capacity),
            in_progress: number(fit.budget.taken),
            used: number(fit.used),
            free: number(fit.free()),
            left: fit.left.iter().map(left).collect(),
        }
    }
}
