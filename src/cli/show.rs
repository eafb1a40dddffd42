//! `roadbook show`: one thing of the plan, as text.

use std::fmt::Write as _;

use clap::Args;
use serde::Serialize;

use roadbook::id::ThemeId;
use roadbook::plan::{Entry, Theme};
use roadbook::record::{ItemRecord, PROPERTIES, PropertyValue};
use roadbook::resolve::{self, Readiness, Roadmap, RoadmapItem, Target};

use super::item;
use super::json::Items;
use super::list::Format;
use super::load::{self, PlanArgs, ScoringArgs, Wanted};
use super::output::{self, CliError, FAINT, NAME, STRONG, safe, style};
use super::table::{self, wrap};
use super::why::{neighbours, waits};
use super::{ExitStatus, Verbosity, find, json};
use roadbook::text::count;

const EXAMPLES: &str = "\
Examples:
  roadbook show search                  an item, by id
  roadbook show plan/themes/finding.md  a theme, by file
  roadbook show search --format json    for a program

A name that nothing matches is a mistake of the command: exit code 2";

/// Show an item or a theme: facts, reasons, relations
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Show {
    /// Id, alias, number or file
    #[arg(value_name = "ID")]
    id: String,
    #[command(flatten)]
    plan: PlanArgs,
    #[command(flatten)]
    scoring: ScoringArgs,
    /// How to write it: human or json
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Human, hide_possible_values = true)]
    format: Format,
}

/// Shows one thing.
pub(super) fn show(arguments: &Show, verbosity: Verbosity) -> Result<ExitStatus, CliError> {
    let answer = load::ask(&Wanted { scoring: arguments.scoring.framework(), ..arguments.plan.wanted() }, verbosity)?;
    let roadmap = answer.roadmap();
    let target = find::find(roadmap, &arguments.id)?;
    let Some(entry) = target.entry(&roadmap.plan) else {
        return Err(CliError::new(format!("nothing in this plan is called `{}`", arguments.id)));
    };
    if arguments.format == Format::Human {
        arguments.scoring.report(roadmap, verbosity);
    }
    match (arguments.format, target) {
        (Format::Json, Target::Item(id)) => json::print("item", ItemView::new(roadmap.item(id))),
        (Format::Json, Target::Theme(id)) => json::print("theme", ThemeView::new(roadmap, id)),
        (Format::Json, _) => json::print(target.kind().word(), PageView::new(entry)),
        (Format::Human, Target::Item(id)) => output::data(&item(roadmap.item(id))),
        (Format::Human, Target::Theme(id)) => output::data(&theme(roadmap, id)),
        (Format::Human, _) => output::data(&(head(entry) + &table_of(&[("File", entry.path().to_owned())]))),
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
fn table_of(properties: &[(&str, String)]) -> String {
    let shown = || properties.iter().filter(|(_, value)| !value.is_empty());
    let width = shown().map(|(label, _)| label.chars().count()).max().unwrap_or_default().max(10);
    let mut out = "\n".to_owned();
    for (label, value) in shown() {
        _ = writeln!(out, "  {}  {}", style(FAINT, &format!("{label:<width$}")), safe(value));
    }
    out
}

fn item(subject: RoadmapItem<'_>) -> String {
    let (resolved, entry, state) = (subject.resolved(), subject.entry(), subject.state());
    let mut status = subject.status().unwrap_or_else(|| state.word()).to_owned();
    if status.to_lowercase() != state.word() {
        _ = write!(status, " ({})", state.word());
    }
    if !matches!(resolved.readiness, Readiness::Closed | Readiness::InProgress) {
        _ = write!(status, ", {}", item::readiness(subject));
    }
    let rank = resolved.rank.map(|rank| format!("{rank} of {}", subject.roadmap.order.len())).unwrap_or_default();
    let mut properties = vec![
        ("Status", status),
        ("Rank", rank),
        ("Blocks", blocks(subject)),
        ("Type", subject.plan().item_type.clone()),
    ];
    for property in PROPERTIES.iter().filter(|property| property.is_listed) {
        let value = (property.value)(subject);
        let text = match &value {
            PropertyValue::Score(_) => score_line(subject),
            PropertyValue::Inputs(_) => continue,
            value => value.plain(subject.roadmap),
        };
        properties.push((property.label, text));
    }
    properties.push(("File", entry.path().to_owned()));
    let mut out = head(entry) + &table_of(&properties);
    if state.is_open() {
        out.push_str("\nWhy this rank\n");
        out.push_str(&wrap(&item::why(subject), 2, table::width()));
    }
    waits(&mut out, subject);
    let links = &resolved.links;
    for (heading, list) in [
        ("Unblocks", links.unblocks.as_slice()),
        ("Part of", links.parent.as_slice()),
        ("Parts", &links.children),
        ("Relates to", &links.relates),
        ("Supersedes", &links.supersedes),
        ("Superseded by", &links.superseded_by),
    ] {
        if !list.is_empty() {
            _ = writeln!(out, "\n{heading}");
            out.push_str(&neighbours(subject.roadmap, list.iter().copied()));
        }
    }
    out.push_str(&criteria(entry));
    out
}

/// `1.63 = 13 ÷ 8`, or what is missing to score it.
fn score_line(item: RoadmapItem<'_>) -> String {
    let score = &item.resolved().score;
    match score.result {
        Some(_) => format!("{} = {}", item::score(item), score.inputs),
        None => format!("none: {}", score.inputs),
    }
}

/// What waits for an open item, directly or not; empty where nothing does.
fn blocks(subject: RoadmapItem<'_>) -> String {
    let impact = resolve::blocked_behind(subject.roadmap, subject.id);
    if impact.all == 0 {
        return String::new();
    }
    resolve::impact_in_words(subject.roadmap, &impact, &count(impact.all as usize, "item"))
}

/// The acceptance criteria: how many are met, and, where they can be told line by line, which.
fn criteria(entry: &Entry) -> String {
    let tasks = entry.document.outline.criteria;
    if tasks.total == 0 {
        return String::new();
    }
    let mut out = format!("\nAcceptance criteria: {} of {} met\n", tasks.done, tasks.total);
    let lines = criteria_lines(entry.document.markdown());
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

fn theme(roadmap: &Roadmap, id: ThemeId) -> String {
    let theme = &roadmap.plan.themes[id];
    let resolved = &roadmap.themes[id];
    let share = &resolved.rollup.count;
    let parts = [
        (share.active, "in progress"),
        (share.ready, "ready"),
        (share.blocked, "blocked"),
        (share.waiting, "waiting"),
        (share.scheduled, "scheduled"),
        (share.undecided, "undecided"),
        (share.unknown, "of unknown status"),
    ];
    let rare = ["waiting", "scheduled", "of unknown status"];
    let parts = parts.iter().filter(|(number, word)| *number > 0 || !rare.contains(word));
    let parts: String = parts.map(|(number, word)| format!(", {number} {word}")).collect();
    let all = count(usize::try_from(share.total).unwrap_or(usize::MAX), "item");
    let progress = format!("{} of {all} done{parts}", share.done);
    let mut out = head(&theme.entry);
    out.push_str(&table_of(&[
        ("Status", theme.status.as_ref().map_or_else(|| theme.state.word().to_owned(), |status| status.value.clone())),
        ("Horizon", theme.horizon.as_ref().map(|horizon| horizon.name.value.clone()).unwrap_or_default()),
        ("Owner", theme.owners.join(", ")),
        ("Investment", theme.investment.map(|share| format!("{share} %")).unwrap_or_default()),
        ("Progress", progress),
        ("File", theme.entry.path().to_owned()),
    ]));
    out.push_str(&outcomes(theme));
    if !resolved.items.is_empty() {
        out.push_str("\nItems\n");
        out.push_str(&neighbours(roadmap, resolved.items.iter().copied()));
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
    item: ItemRecord<'a>,
    scoring: &'static str,
    neighbours: Vec<ItemRecord<'a>>,
}

impl<'a> ItemView<'a> {
    fn new(item: RoadmapItem<'a>) -> ItemView<'a> {
        ItemView {
            item: ItemRecord::new(item),
            scoring: item.roadmap.config.scoring.word(),
            neighbours: json::neighbours(item),
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
    fn new(roadmap: &'a Roadmap, id: ThemeId) -> ThemeView<'a> {
        let theme = &roadmap.plan.themes[id];
        let items: Vec<RoadmapItem<'_>> = roadmap.themes[id].items.iter().map(|&item| roadmap.item(item)).collect();
        ThemeView {
            theme: PageView::new(&theme.entry),
            state: theme.state.word(),
            status: theme.status.as_ref().map(|status| status.value.as_str()),
            horizon: theme.horizon.as_ref().map(|horizon| horizon.name.value.as_str()),
            owners: &theme.owners,
            items: Items::new(roadmap.config.scoring.word(), &items),
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
