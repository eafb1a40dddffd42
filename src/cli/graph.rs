//! `roadbook graph`: the dependencies, for other programs to draw.

use std::collections::BTreeSet;

use clap::{Args, ValueEnum};

use roadbook::export::{self, GraphFormat, GraphOptions, Scope};
use roadbook::id::ItemId;
use roadbook::resolve::{Roadmap, RoadmapItem};

use super::list::Themes;
use super::load::{self, ProjectArgs};
use super::output::{self, CliError, OutputFile};
use super::{ExitStatus, Verbosity, empty, find};

const EXAMPLES: &str = "\
Examples:
  roadbook graph | dot -Tsvg > plan.svg             drawn by Graphviz
  roadbook graph --format mermaid --by theme        for Markdown on GitHub
  roadbook graph --item search                      what is before and after it
  roadbook graph --all --format json -o graph.json  everything, for a program

An arrow leads from what is needed to what needs it. Open items that wait or are waited for are \
shown, and what they wait for";

/// Write the dependency graph as DOT, Mermaid or JSON
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Graph {
    #[command(flatten)]
    project: ProjectArgs,
    /// How to write it: dot, mermaid or json
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Dot, hide_possible_values = true)]
    format: Format,
    /// Done and dropped items, and items without dependencies, too
    #[arg(long)]
    all: bool,
    /// Only this item, what it waits for and what waits for it, directly or not
    #[arg(long, value_name = "ID", conflicts_with = "theme")]
    item: Option<String>,
    /// Only the items of this theme, and what they wait for
    #[arg(long, value_name = "THEME")]
    theme: Option<String>,
    /// Put items together: by theme
    #[arg(long, value_name = "WHAT", value_enum, hide_possible_values = true)]
    by: Option<By>,
    #[command(flatten)]
    output: OutputFile,
}

/// How a graph is written.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For Graphviz
    Dot,
    /// For Mermaid
    Mermaid,
    /// For programs
    Json,
}

/// What items have in common.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// Their first theme
    Theme,
}

/// Writes the graph.
pub(super) fn graph(arguments: &Graph, verbosity: Verbosity) -> Result<ExitStatus, CliError> {
    let answer = load::ask(&arguments.project.wanted(), verbosity)?;
    let roadmap = answer.roadmap();
    let scope = match (&arguments.item, &arguments.theme) {
        (Some(item), _) => Scope::Around(find::item(roadmap, item)?),
        (None, Some(theme)) => Scope::Of(of_theme(roadmap, theme)?),
        (None, None) => Scope::Plan,
    };
    empty::tell(roadmap, verbosity);
    if !verbosity.quiet && !arguments.all && matches!(scope, Scope::Plan) && is_without_arrows(roadmap) {
        output::message("no open item waits for another, so the graph has none; `--all` shows every item\n");
    }
    let format = match arguments.format {
        Format::Dot => GraphFormat::Dot,
        Format::Mermaid => GraphFormat::Mermaid,
        Format::Json => GraphFormat::Json,
    };
    let options = GraphOptions { all: arguments.all, scope, by_theme: arguments.by.is_some() };
    let root = load::root(arguments.project.wanted().dir)?;
    let is_internal = roadmap.audience == roadbook::visibility::Audience::Internal;
    arguments.output.write_for(&export::graph(&answer, &options, format), &root, &roadmap.config, is_internal)
}

/// Whether a plan has items, and no open one of them waits for another or is waited for.
fn is_without_arrows(roadmap: &Roadmap) -> bool {
    let is_alone =
        |item: RoadmapItem<'_>| item.depends_on().next().is_none() && item.resolved().links.unblocks.is_empty();
    let is_out = |item: RoadmapItem<'_>| !item.state().is_open() || is_alone(item);
    !roadmap.items.is_empty() && roadmap.items.ids().all(|id| is_out(roadmap.item(id)))
}

fn of_theme(roadmap: &Roadmap, name: &str) -> Result<BTreeSet<ItemId>, CliError> {
    let themes = Themes::named(roadmap, name)?;
    Ok(roadmap.items.ids().filter(|&id| themes.hold(roadmap.item(id))).collect())
}
