//! `roadbook why`: why an item stands where it stands.

use clap::Args;
use serde::Serialize;

use anstyle::Style;
use roadbook::id::ItemId;
use roadbook::number::Decimal;
use roadbook::record::ItemRecord;
use roadbook::resolve::score::formula;
use roadbook::resolve::{NoItem, Roadmap, RoadmapItem};

use super::item;
use super::list::Format;
use super::load::{self, PlanArgs, ScoringArgs, Wanted};
use super::output::{self, CliError, FAINT, NAME, STRONG, safe, style};
use super::table::{self, Cell, Column, table, wrap};
use super::{ExitStatus, Verbosity, find, json};

const EXAMPLES: &str = "\
Examples:
  roadbook why search                 the sentence, and the numbers behind it
  roadbook why plan/items/search.md   the same, by file
  roadbook why search --scoring wsjf  the same if WSJF decided
  roadbook why search --format json   for a program

A name that nothing matches is a mistake of the command: exit code 2";

/// Explain an item's place in the order
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Why {
    /// Id, alias, number or file of the item
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

/// Explains an item's place.
pub(super) fn why(arguments: &Why, verbosity: Verbosity) -> Result<ExitStatus, CliError> {
    let answer = load::ask(&Wanted { scoring: arguments.scoring.framework(), ..arguments.plan.wanted() }, verbosity)?;
    let facts = answer.roadmap().item(find::item(answer.roadmap(), &arguments.id)?);
    match arguments.format {
        Format::Json => json::print("why", Reason::new(facts)),
        Format::Human => {
            arguments.scoring.report(answer.roadmap(), verbosity);
            output::data(&text(facts))
        }
    }
}

fn text(facts: RoadmapItem<'_>) -> String {
    let (entry, resolved) = (facts.entry(), facts.resolved());
    let rank = match resolved.rank {
        Some(rank) => format!("{rank} of {}", facts.roadmap.order.len()),
        None => "no rank".to_owned(),
    };
    let head = (style(NAME, &safe(&entry.id)), style(STRONG, &safe(&entry.title)), style(FAINT, &rank));
    let mut out = format!("{}  {}  {}\n", head.0, head.1, head.2);
    out.push_str(&wrap(&item::why(facts), 2, table::width()));
    let score = match resolved.score.result {
        Some(_) => format!(
            "{} = {}  {}",
            item::score(facts),
            resolved.score.inputs,
            style(FAINT, &format!("({})", formula(&facts.roadmap.config, facts.roadmap.config.scoring)))
        ),
        None => format!("none: {}", safe(&resolved.score.inputs)),
    };
    out.push_str(&format!("\nOwn score\n  {score}\n"));
    if let (Some(boost), Some(rank)) = (&resolved.boost, resolved.rank) {
        out.push_str(&format!("\nBoosted from {} to {rank} by\n", boost.from));
        out.push_str(&neighbours(facts.roadmap, [boost.unblocks]));
        let together = (Decimal(boost.value), Decimal(boost.effort));
        let ratio = together.0.divided_by(together.1).map(|ratio| format!(" = {ratio:.2}")).unwrap_or_default();
        let more = if boost.others == 0 { String::new() } else { format!("and {} more; ", boost.others) };
        out.push_str(&format!("  {more}together {} ÷ {}{ratio}\n", together.0, together.1));
    }
    waits(&mut out, facts);
    if !resolved.links.unblocks.is_empty() {
        out.push_str("\nUnblocks\n");
        out.push_str(&neighbours(facts.roadmap, resolved.links.unblocks.iter().copied()));
    }
    out
}

/// What it waits for, done or not, with what its author says of each; names that match nothing, what is outside of the plan, and the
/// cycle it is in.
pub(super) fn waits(out: &mut String, facts: RoadmapItem<'_>) {
    let links = &facts.resolved().links;
    let said = links.depends_on.iter().filter(|dependency| !dependency.reason.is_empty());
    let said = said.map(|dependency| {
        let id = &facts.roadmap.item(dependency.on).entry().id;
        format!("  {}: “{}”\n", style(NAME, &safe(id)), safe(&dependency.reason))
    });
    let missing = links.waiting_for().filter_map(|one| Some((one.text, one.unknown?)));
    let missing = missing.map(|(name, cause)| match cause {
        NoItem::Unknown => format!("  {}  no item matches this name\n", safe(&name.value)),
        _ => format!("  {}  {}\n", safe(&name.value), cause.words()),
    });
    let outside = links.waits_for.iter().map(|words| format!("  “{}”\n", safe(&words.value)));
    let others: String = said.chain(missing).chain(outside).collect();
    if !links.depends_on.is_empty() || !others.is_empty() {
        out.push_str("\nDepends on\n");
        out.push_str(&neighbours(facts.roadmap, links.needs()));
        out.push_str(&others);
    }
    if facts.resolved().cycle.is_some() && facts.cycle_members().next().is_some() {
        out.push_str("\nIn a cycle with\n");
        out.push_str(&neighbours(facts.roadmap, facts.cycle_members()));
    }
}

/// Items in lines: id, title, status, rank.
pub(super) fn neighbours(roadmap: &Roadmap, items: impl IntoIterator<Item = ItemId>) -> String {
    const COLUMNS: &[Column] = &[Column::text(""), Column::long(""), Column::long(""), Column::text("")];
    let row = |id| -> Vec<Cell> {
        let other = roadmap.item(id);
        let rank = other.resolved().rank.map(|rank| format!("rank {rank}")).unwrap_or_default();
        vec![
            (other.entry().id.clone(), NAME),
            (other.entry().title.clone(), Style::new()),
            (other.short_status().to_owned(), Style::new()),
            (rank, FAINT),
        ]
    };
    let rows: Vec<Vec<Cell>> = items.into_iter().map(row).collect();
    let width = table::width().map(|width| width.saturating_sub(2));
    table(COLUMNS, &rows, width).lines().map(|line| format!("  {line}\n")).collect()
}

#[derive(Serialize)]
struct Reason<'a> {
    item: ItemRecord<'a>,
    /// How many items have a rank.
    ranked: usize,
    scoring: &'static str,
    formula: String,
    neighbours: Vec<ItemRecord<'a>>,
}

impl<'a> Reason<'a> {
    fn new(item: RoadmapItem<'a>) -> Reason<'a> {
        let config = &item.roadmap.config;
        Reason {
            item: ItemRecord::new(item),
            ranked: item.roadmap.order.len(),
            scoring: config.scoring.word(),
            formula: formula(config, config.scoring),
            neighbours: json::neighbours(item),
        }
    }
}
