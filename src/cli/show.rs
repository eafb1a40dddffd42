//! `roadbook show`: one thing of the plan, as text.

use std::fmt::Write as _;

use clap::Args;
use serde::Serialize;

use roadbook::config::Kind;
use roadbook::plan::{Entry, Theme};
use roadbook::resolve::{self, Readiness, Roadmap, Target, score};
use roadbook::site::number;

use super::facts::Facts;
use super::json::{Item, Items, Neighbour};
use super::list::Format;
use super::load::{self, By, Here, Wanted};
use super::output::{self, CliError, FAINT, NAME, STRONG, count, safe, style};
use super::table::{self, wrap};
use super::why::{neighbours, waits};
use super::{ExitStatus, Verbosity, find, json};

const EXAMPLES: &str = "\
Examples:
  roadbook show search                      an item, by id
  roadbook show plan/themes/finding.md      a theme, by file
  roadbook show search --format json        for a program

A name that nothing matches is a mistake of the command: exit code 2";

/// Show an item or a theme: facts, reasons, relations
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Show {
    /// Id, alias, number or file
    #[arg(value_name = "ID")]
    id: String,
    #[command(flatten)]
    here: Here,
    #[command(flatten)]
    by: By,
    /// How to write it: human or json
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Human, hide_possible_values = true)]
    format: Format,
}

/// Shows one thing.
pub(super) fn show(arguments: &Show, verbosity: Verbosity) -> Result<ExitStatus, CliError> {
    let loaded = load::ask(&Wanted { scoring: arguments.by.scoring(), ..arguments.here.wanted() }, verbosity)?;
    let roadmap = &loaded.roadmap;
    let target = find::find(roadmap, &arguments.id, Kind::Item)?;
    let Some(entry) = target.entry(&roadmap.plan) else {
        return Err(CliError::new(format!("nothing in this plan is called `{}`", arguments.id)));
    };
    if arguments.format == Format::Human {
        arguments.by.say(roadmap, verbosity);
    }
    match (arguments.format, target) {
        (Format::Json, Target::Item(at)) => json::print("item", ItemView::new(Facts::new(roadmap, at))),
        (Format::Json, Target::Theme(at)) => json::print("theme", ThemeView::new(roadmap, at)),
        (Format::Json, _) => json::print(target.kind().word(), PageView::new(entry)),
        (Format::Human, Target::Item(at)) => output::data(&item(Facts::new(roadmap, at))),
        (Format::Human, Target::Theme(at)) => output::data(&theme(roadmap, at)),
        (Format::Human, _) => output::data(&(head(entry) + &facts(&[("File", entry.path().to_owned())]))),
    }
}

/// Id, title and summary.
fn head(entry: &Entry) -> String {
    let mut out = format!("{}  {}\n", style(NAME, &safe(&entry.id)), style(STRONG, &safe(&entry.title)));
    if !entry.summary.is_empty() {
        out.push_str(&wrap(&entry.summary, 2, table::width()));
    }
    out
}

/// Names and values in two columns; what is empty is left out.
fn facts(facts: &[(&str, String)]) -> String {
    let mut out = String::from("\n");
    for (name, value) in facts.iter().filter(|(_, value)| !value.is_empty()) {
        _ = writeln!(out, "  {}  {}", style(FAINT, &format!("{name:<10}")), safe(value));
    }
    out
}

fn item(subject: Facts<'_>) -> String {
    let (item, resolved, entry) = (subject.item(), subject.resolved(), subject.entry());
    let mut state = subject.status().to_owned();
    if subject.item().status.is_some() && state.to_lowercase() != item.state.word() {
        _ = write!(state, " ({})", item.state.word());
    }
    if matches!(resolved.readiness, Readiness::Ready | Readiness::Blocked | Readiness::Undecided) {
        _ = write!(state, ", {}", subject.readiness());
    }
    let date = |date: &Option<roadbook::date::Date>| date.as_ref().map(ToString::to_string).unwrap_or_default();
    let score = match resolved.score.result {
        Some(_) => format!("{} = {}", subject.score(), resolved.score.inputs),
        None => format!("none: {}", resolved.score.inputs),
    };
    let rank = resolved.rank.map(|rank| format!("{rank} of {}", subject.roadmap.order.len())).unwrap_or_default();
    let mut out = head(entry);
    out.push_str(&facts(&[
        ("Status", state),
        ("Rank", rank),
        ("Score", score),
        ("Holds up", blocking_impact(subject)),
        ("Type", item.item_type.clone()),
        ("Theme", subject.themes().join(", ")),
        ("Horizon", item.horizon.as_ref().map(|horizon| horizon.name.value.clone()).unwrap_or_default()),
        ("Milestone", item.milestone.clone()),
        ("Owner", item.owners.join(", ")),
        ("Team", item.team.clone()),
        ("Tags", item.tags.join(", ")),
        ("Start", date(&item.start)),
        ("Target", date(&item.target)),
        ("Due", date(&item.due)),
        ("File", entry.path().to_owned()),
    ]));
    if item.state.is_open() {
        out.push_str("\nWhy this rank\n");
        out.push_str(&wrap(&subject.why(), 2, table::width()));
    }
    waits(&mut out, subject);
    for (heading, list) in
        [("Unblocks", &resolved.unblocks), ("Parts", &resolved.children), ("Relates to", &resolved.relates)]
    {
        if !list.is_empty() {
            _ = writeln!(out, "\n{heading}");
            out.push_str(&neighbours(subject, list.iter().copied()));
        }
    }
    out.push_str(&criteria(entry));
    out
}

/// What waits for an open item, directly or not; empty where nothing does.
fn blocking_impact(subject: Facts<'_>) -> String {
    let holds = resolve::blocked_behind(subject.roadmap, subject.at);
    if holds.all == 0 {
        return String::new();
    }
    resolve::impact_in_words(subject.roadmap, &holds, &count(holds.all as usize, "item"))
}

/// The acceptance criteria: how many are met, and, where they can be told line by line, which.
fn criteria(entry: &Entry) -> String {
    let tasks = entry.document.outline.criteria;
    if tasks.total == 0 {
        return String::new();
    }
    let mut out = format!("\nAcceptance criteria: {} of {} met\n", tasks.done, tasks.total);
    let lines = criteria_lines(entry.document.source.slice(entry.document.body));
    // A list that is more than lines, nested or quoted, is told by its numbers alone.
    if lines.len() == tasks.total as usize {
        lines.iter().for_each(|line| _ = writeln!(out, "  {}", safe(line)));
    }
    out
}

fn criteria_lines(body: &str) -> Vec<&str> {
    let level = |line: &str| line.bytes().take_while(|&byte| byte == b'#').count();
    let is_heading =
        |line: &&str| level(line) > 0 && line.trim_matches(['#', ' ']).eq_ignore_ascii_case("acceptance criteria");
    let mut lines = body.lines();
    let Some(heading) = lines.by_ref().find(is_heading) else { return Vec::new() };
    let is_same_section = |line: &&str| level(line) == 0 || level(line) > level(heading);
    let task = |line: &'_ str| -> bool { ["[ ] ", "[x] ", "[X] "].iter().any(|mark| line.starts_with(mark)) };
    let items = lines.take_while(is_same_section).filter_map(|line| line.trim_start().strip_prefix(['-', '*', '+']));
    items.map(str::trim_start).filter(|line| task(line)).collect()
}

fn theme(roadmap: &Roadmap, at: u32) -> String {
    let theme = &roadmap.plan.themes[at as usize];
    let resolved = &roadmap.themes[at as usize];
    let share = &resolved.rollup.count;
    let progress = format!(
        "{} of {} done, {} in progress, {} ready, {} blocked, {} undecided",
        share.done,
        count(usize::try_from(share.total).unwrap_or(usize::MAX), "item"),
        share.active,
        share.ready,
        share.blocked,
        share.undecided
    );
    let mut out = head(&theme.entry);
    out.push_str(&facts(&[
        ("Status", theme.status.as_ref().map_or_else(|| theme.state.word().to_owned(), |status| status.value.clone())),
        ("Horizon", theme.horizon.as_ref().map(|horizon| horizon.name.value.clone()).unwrap_or_default()),
        ("Owner", theme.owners.join(", ")),
        ("Investment", theme.investment.map(|share| format!("{share} %")).unwrap_or_default()),
        ("Progress", progress),
        ("File", theme.entry.path().to_owned()),
    ]));
    out.push_str(&outcomes(theme));
    if let Some(&first) = resolved.items.first() {
        out.push_str("\nItems\n");
        out.push_str(&neighbours(Facts::new(roadmap, first), resolved.items.iter().copied()));
    }
    out
}

fn outcomes(theme: &Theme) -> String {
    let mut out = String::new();
    for outcome in &theme.outcomes {
        let value = |value: &str| if value.is_empty() { "?".to_owned() } else { value.to_owned() };
        let (from, to) = (value(&outcome.baseline), value(&outcome.target));
        let now =
            if outcome.current.is_empty() { "not measured yet".to_owned() } else { format!("now {}", outcome.current) };
        let unit = if outcome.unit.is_empty() { String::new() } else { format!(" {}", outcome.unit) };
        out.push_str(&wrap(&format!("{}: from {from} to {to}{unit}, {now}", outcome.metric), 2, table::width()));
    }
    if out.is_empty() { out } else { format!("\nOutcomes\n{out}") }
}

#[derive(Serialize)]
struct ItemView<'a> {
    item: Item<'a>,
    summary: &'a str,
    depends_on: Vec<Neighbour<'a>>,
    unblocks: Vec<Neighbour<'a>>,
    parts: Vec<Neighbour<'a>>,
    relates: Vec<Neighbour<'a>>,
    acceptance_criteria: Tasks,
    scoring: &'static str,
    /// As the framework reads them.
    inputs: serde_json::Map<String, serde_json::Value>,
}

#[derive(Serialize)]
struct Tasks {
    done: u32,
    total: u32,
}

impl<'a> ItemView<'a> {
    fn new(facts: Facts<'a>) -> ItemView<'a> {
        let resolved = facts.resolved();
        let all = |list: &[u32]| Neighbour::all(facts, list.iter().copied());
        let tasks = facts.entry().document.outline.criteria;
        let config = &facts.roadmap.config;
        let inputs = score::inputs(facts.item(), config).into_iter();
        ItemView {
            item: Item::new(facts),
            summary: &facts.entry().summary,
            depends_on: Neighbour::all(facts, resolved.depends_on.iter().map(|dependency| dependency.on)),
            unblocks: all(&resolved.unblocks),
            parts: all(&resolved.children),
            relates: all(&resolved.relates),
            acceptance_criteria: Tasks { done: tasks.done, total: tasks.total },
            scoring: config.scoring.word(),
            inputs: inputs.map(|(name, value)| (name.to_owned(), number(value))).collect(),
        }
    }
}

#[derive(Serialize)]
struct ThemeView<'a> {
    theme: PageView<'a>,
    state: &'a str,
    status: Option<&'a str>,
    horizon: Option<&'a str>,
    owners: &'a [String],
    #[serde(flatten)]
    items: Items<'a>,
}

impl<'a> ThemeView<'a> {
    fn new(roadmap: &'a Roadmap, at: u32) -> ThemeView<'a> {
        let theme = &roadmap.plan.themes[at as usize];
        let items: Vec<Facts<'_>> =
            roadmap.themes[at as usize].items.iter().map(|&item| Facts::new(roadmap, item)).collect();
        ThemeView {
            theme: PageView::new(&theme.entry),
            state: theme.state.word(),
            status: theme.status.as_ref().map(|status| status.value.as_str()),
            horizon: theme.horizon.as_ref().map(|horizon| horizon.name.value.as_str()),
            owners: &theme.owners,
            items: Items::new(roadmap.config.scoring, &items),
        }
    }
}

#[derive(Serialize)]
struct PageView<'a> {
    id: &'a str,
    title: &'a str,
    summary: &'a str,
    path: &'a str,
}

impl<'a> PageView<'a> {
    fn new(entry: &'a Entry) -> PageView<'a> {
        PageView { id: &entry.id, title: &entry.title, summary: &entry.summary, path: entry.path() }
    }
}
