//! `roadbook list`: the backlog in order, and the themes.

use std::path::Path;

use clap::{Args, Subcommand, ValueEnum};

use anstyle::Style;
use roadbook::id::ThemeId;
use roadbook::resolve::{Readiness, Roadmap, RoadmapItem};
use roadbook::state::State;

use super::item;
use super::load::{self, ProjectArgs, ScoringArgs, Wanted};
use super::output::{self, CliError, FAINT, NAME};
use super::table::{self, Cell, Column};
use super::{ExitStatus, Verbosity, empty, find, json, themes};
use roadbook::text::count;

const EXAMPLES: &str = "\
Examples:
  roadbook list                              open items, what comes first first
  roadbook list --ready --owner ana          what Ana can start
  roadbook list --waiting                    what waits for something outside
  roadbook list --state done --theme search  what has been delivered for a theme
  roadbook list --scoring rice               the order if RICE decided
  roadbook list --all --format json          everything, for a program
  roadbook list themes                       the themes, and how far each is

In a terminal the columns are cut to fit, or left out; in a pipe they are whole. A folder that \
is called `themes` is listed as ./themes";

/// List items in the order in which to do them, or the themes
#[derive(Args)]
#[command(after_help = EXAMPLES, visible_alias = "ls", args_conflicts_with_subcommands = true)]
#[command(disable_help_subcommand = true, subcommand_help_heading = "Instead of items")]
pub(super) struct List {
    #[command(subcommand)]
    instead: Option<Instead>,
    #[command(flatten)]
    project: ProjectArgs,
    #[command(flatten)]
    scoring: ScoringArgs,
    /// Done and dropped items, too
    #[arg(long)]
    all: bool,
    /// Only items in this state; may be repeated
    #[arg(long, value_name = "STATE", value_parser = load::word_of(State::ALL.map(State::word)), ignore_case = true)]
    state: Vec<String>,
    /// Only items of this theme
    #[arg(long, value_name = "THEME")]
    theme: Option<String>,
    /// Only items of this owner
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
    /// Only items with this tag
    #[arg(long, value_name = "TAG")]
    tag: Option<String>,
    /// Only items that can be started
    #[arg(long)]
    ready: bool,
    /// Only items that wait for others, or for a name that no item has
    #[arg(long, conflicts_with = "ready")]
    blocked: bool,
    /// Only items that wait for something outside of the plan's items
    #[arg(long, conflicts_with = "ready")]
    waiting: bool,
    /// At most N items
    #[arg(long, short = 'n', value_name = "N", value_parser = load::how_many)]
    limit: Option<usize>,
    /// How to write them: human or json
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Human, hide_possible_values = true)]
    format: Format,
}

#[derive(Subcommand)]
enum Instead {
    Themes(themes::Themes),
}

/// How an answer is written.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Human,
    /// For programs
    Json,
}

const COLUMNS: &[Column] = &[
    Column::number("#"),
    Column::text("Id"),
    Column::long("Title").at_least(20),
    Column::long("Status"),
    Column::long("Horizon").at_least(7).dispensable(4),
    Column::long("Owner").at_least(8).dispensable(3),
    Column::number("Score").dispensable(2),
    Column::long("Theme").dispensable(1),
];

/// Lists items.
pub(super) fn list(arguments: &List, verbosity: Verbosity) -> Result<ExitStatus, CliError> {
    if let Some(Instead::Themes(arguments)) = &arguments.instead {
        return themes::themes(arguments, verbosity);
    }
    let wanted = Wanted { scoring: arguments.scoring.framework(), ..arguments.project.wanted() };
    if wanted.dir.is_some_and(|dir| dir == Path::new("themes") && !dir.exists()) {
        return Err(CliError::new("there is no folder `themes`")
            .help("options of `roadbook list themes` stand behind its name, and filters are for items alone"));
    }
    let answer = load::ask(&wanted, verbosity)?;
    let mut chosen = choose(arguments, answer.roadmap())?;
    let is_empty = chosen.is_empty();
    let left_out = arguments.limit.map_or(0, |limit| chosen.len().saturating_sub(limit));
    chosen.truncate(chosen.len() - left_out);
    if arguments.format == Format::Json {
        return json::print("items", json::Items::new(answer.roadmap().config.scoring.word(), &chosen));
    }
    arguments.scoring.report(answer.roadmap(), verbosity);
    if is_empty {
        if !verbosity.quiet {
            output::message(&(nothing(arguments, answer.roadmap()) + "\n"));
        }
        return Ok(ExitStatus::Fine);
    }
    let rows: Vec<Vec<Cell>> = chosen.iter().map(|&facts| row(facts)).collect();
    if !rows.is_empty() {
        output::data(&table::table(COLUMNS, &rows, table::width()))?;
    }
    if !verbosity.quiet && left_out > 0 {
        output::message(&format!("… and {left_out} more\n"));
    }
    Ok(ExitStatus::Fine)
}

/// Why there is nothing to list.
fn nothing(arguments: &List, roadmap: &Roadmap) -> String {
    let List { state, theme, owner, tag, .. } = arguments;
    let is_filtered = !state.is_empty() || theme.is_some() || owner.is_some() || tag.is_some();
    let is_filtered = is_filtered || arguments.ready || arguments.blocked || arguments.waiting;
    let unlisted = || {
        let all = roadmap.plan.items.len();
        let are = if all == 1 { "is" } else { "are" };
        format!("no open items; `roadbook list --all` shows {} that {are} done or dropped", count(all, "item"))
    };
    empty::no_items(roadmap).unwrap_or_else(|| if is_filtered { "no such items".to_owned() } else { unlisted() })
}

fn choose<'a>(arguments: &List, roadmap: &'a Roadmap) -> Result<Vec<RoadmapItem<'a>>, CliError> {
    let themes = arguments.theme.as_deref().map(|name| Themes::named(roadmap, name)).transpose()?;
    let is_of_state = |facts: &RoadmapItem<'_>| {
        let state = facts.plan().state;
        if arguments.state.is_empty() {
            arguments.all || state.is_open()
        } else {
            arguments.state.iter().any(|word| word == state.word())
        }
    };
    let mut items = roadmap.items_in_order().collect::<Vec<_>>();
    items.retain(|facts| {
        let readiness = &facts.resolved().readiness;
        is_of_state(facts)
            && themes.as_ref().is_none_or(|themes| themes.hold(*facts))
            && arguments.owner.as_deref().is_none_or(|name| item::is_owned_by(*facts, name))
            && arguments.tag.as_deref().is_none_or(|tag| item::is_tagged(*facts, tag))
            && (!arguments.ready || *readiness == Readiness::Ready)
            && (!arguments.blocked || *readiness == Readiness::Blocked)
            && (!arguments.waiting || facts.waiting_for().next().is_some())
    });
    Ok(items)
}

/// A theme of the plan, or, in a plan without theme files, a word that items name.
pub(super) enum Themes<'a> {
    Theme(ThemeId),
    Word(&'a str),
}

impl<'a> Themes<'a> {
    pub(super) fn named(roadmap: &Roadmap, name: &'a str) -> Result<Themes<'a>, CliError> {
        if !roadmap.plan.themes.is_empty() {
            return find::theme(roadmap, name).map(Themes::Theme);
        }
        let themes = Themes::Word(name);
        let is_named = roadmap.plan.items.enumerate().any(|(id, _)| themes.hold(roadmap.item(id)));
        if is_named { Ok(themes) } else { Err(find::unknown_theme(roadmap, name)) }
    }

    pub(super) fn hold(&self, facts: RoadmapItem<'_>) -> bool {
        match self {
            Themes::Theme(id) => facts.resolved().links.themes.contains(id),
            Themes::Word(word) => facts.themes().iter().any(|theme| theme.to_lowercase() == word.to_lowercase()),
        }
    }
}

fn row(facts: RoadmapItem<'_>) -> Vec<Cell> {
    let rank = facts.resolved().rank.map(|rank| rank.to_string()).unwrap_or_default();
    vec![
        (rank, FAINT),
        (facts.entry().id.clone(), NAME),
        (facts.entry().title.clone(), Style::new()),
        (item::standing(facts), item::readiness_style(facts)),
        (facts.horizon().to_owned(), Style::new()),
        (facts.plan().owners.join(", "), Style::new()),
        (item::aligned_score(facts), Style::new()),
        (facts.themes().join(", "), FAINT),
    ]
}
