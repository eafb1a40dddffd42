//! `roadbook next`: what to start now.

use clap::Args;

use roadbook::resolve::Readiness;

use super::facts::{Facts, in_order};
use super::list::Format;
use super::load::{self, Loaded, Place};
use super::output::{self, FAINT, Failure, NAME, STRONG, paint, safe};
use super::table::{self, wrap};
use super::{Verdict, Voice, json};

const EXAMPLES: &str = "\
Examples:
  roadbook next                what to start now, and why
  roadbook next --count 1      the one thing
  roadbook next --owner ana    Ana's own first, then what nobody owns";

/// Tell what to start now: ready items in order, those that nobody owns first
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Next {
    #[command(flatten)]
    place: Place,
    /// At most N items
    #[arg(long, short = 'n', value_name = "N", default_value_t = 5)]
    count: usize,
    /// What this owner could start: their own items first, then those that nobody owns
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
    /// How to write them: human or json
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Human, hide_possible_values = true)]
    format: Format,
}

/// Tells what to start now.
pub(super) fn next(arguments: &Next, voice: Voice) -> Result<Verdict, Failure> {
    let loaded = load::ask(&arguments.place.wanted(), voice)?;
    let mut ready = in_order(&loaded.roadmap);
    ready.retain(|facts| facts.resolved().readiness == Readiness::Ready);
    let is_unowned = |facts: &Facts<'_>| facts.item().owners.is_empty();
    match arguments.owner.as_deref() {
        None => ready.sort_by_key(|facts| !is_unowned(facts)),
        Some(name) => {
            ready.retain(|facts| facts.is_owned_by(name) || is_unowned(facts));
            ready.sort_by_key(|facts| !facts.is_owned_by(name));
        }
    }
    ready.truncate(arguments.count);
    if arguments.format == Format::Json {
        return json::print("items", json::Items::new(&ready));
    }
    if ready.is_empty() {
        output::say(&nothing(&loaded));
    }
    output::data(&ready.iter().map(|&facts| block(facts)).collect::<Vec<String>>().join("\n"))
}

fn block(facts: Facts<'_>) -> String {
    let rank = facts.resolved().rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string());
    let owners = match facts.item().owners.join(", ") {
        owners if owners.is_empty() => owners,
        owners => format!("  {}", paint(FAINT, &safe(&owners))),
    };
    let (id, title) = (safe(&facts.entry().id), safe(&facts.entry().title));
    let head =
        format!("{}  {}  {}{owners}\n", paint(FAINT, &format!("{rank:>4}")), paint(NAME, &id), paint(STRONG, &title));
    head + &wrap(&facts.why(), 6, table::width())
}

/// Why there is nothing to start.
fn nothing(loaded: &Loaded) -> String {
    let count = &loaded.roadmap.total.count;
    format!(
        "nothing is ready to start: {} blocked, {} in progress, {} undecided (ideas and paused work)\n",
        count.blocked, count.active, count.undecided
    )
}
