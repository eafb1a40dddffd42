//! `roadbook list themes`: the themes, how far each is, and what can be done for it now.

use std::collections::HashMap;

use anstyle::Style;
use clap::Args;
use serde::Serialize;

use roadbook::id::{ItemId, ThemeId};
use roadbook::record::RollupRecord;
use roadbook::resolve::{Roadmap, Rollup, ThemeWord};

use super::list::Format;
use super::load::{self, ProjectArgs};
use super::output::{self, CliError, NAME};
use super::table::{self, Cell, Column};
use super::{ExitStatus, Verbosity, empty, json};

const EXAMPLES: &str = "\
Examples:
  roadbook list themes                every theme with its progress
  roadbook list themes --format json  for a program
  roadbook list --theme search        the items of one
  roadbook show search                one with its outcomes";

/// List the themes with their progress
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Themes {
    #[command(flatten)]
    project: ProjectArgs,
    /// How to write them: human or json
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Human, hide_possible_values = true)]
    format: Format,
}

const COLUMNS: &[Column] = &[
    Column::text("Id"),
    Column::long("Title").at_least(20),
    Column::long("Status"),
    Column::number("Done"),
    Column::number("Ready"),
    Column::number("Blocked"),
    Column::long("Horizon").at_least(7).dispensable(2),
    Column::long("Owner").at_least(8).dispensable(1),
];

/// A theme of the plan, or a word for one in a plan without theme files: of such a theme nothing is known but its items.
#[derive(Serialize)]
struct ThemeView<'a> {
    /// As `--theme` takes it.
    id: &'a str,
    title: &'a str,
    summary: &'a str,
    state: Option<&'a str>,
    status: Option<&'a str>,
    horizon: Option<&'a str>,
    owners: &'a [String],
    progress: RollupRecord,
    items: Vec<&'a str>,
    path: Option<&'a str>,
    #[serde(skip)]
    rollup: Rollup,
}

#[derive(Serialize)]
struct Answer<'a> {
    themes: Vec<ThemeView<'a>>,
}

/// Lists themes.
pub(super) fn themes(arguments: &Themes, verbosity: Verbosity) -> Result<ExitStatus, CliError> {
    let answer = load::ask(&arguments.project.wanted(), verbosity)?;
    let roadmap = answer.roadmap();
    let themes = match roadmap.plan.themes.is_empty() {
        true => of_words(roadmap),
        false => roadmap.themes.ids().map(|id| of_file(roadmap, id)).collect(),
    };
    if arguments.format == Format::Json {
        return json::print("themes", Answer { themes });
    }
    if let Some(text) = empty::no_themes(roadmap) {
        if !verbosity.quiet {
            output::message(&(text + "\n"));
        }
        return Ok(ExitStatus::Fine);
    }
    let rows: Vec<Vec<Cell>> = themes.iter().map(row).collect();
    output::data(&table::table(COLUMNS, &rows, table::width()))
}

fn of_file(roadmap: &Roadmap, id: ThemeId) -> ThemeView<'_> {
    let (theme, resolved) = (&roadmap.plan.themes[id], &roadmap.themes[id]);
    ThemeView {
        id: &theme.entry.id,
        title: &theme.entry.title,
        summary: &theme.entry.summary,
        state: Some(theme.state.word()),
        status: theme.status.as_ref().map(|status| status.value.as_str()),
        horizon: theme.horizon.as_ref().map(|horizon| horizon.name.value.as_str()),
        owners: &theme.owners,
        progress: RollupRecord::new(&resolved.rollup),
        items: ids(roadmap, &resolved.items),
        path: Some(theme.entry.path()),
        rollup: resolved.rollup.clone(),
    }
}

fn of_word<'a>(roadmap: &'a Roadmap, word: &'a str, items: &[ItemId]) -> ThemeView<'a> {
    let rollup = roadmap.rollup(items.iter().copied());
    ThemeView {
        id: word,
        title: word,
        summary: "",
        state: None,
        status: None,
        horizon: None,
        owners: &[],
        progress: RollupRecord::new(&rollup),
        items: ids(roadmap, items),
        path: None,
        rollup,
    }
}

fn of_words(roadmap: &Roadmap) -> Vec<ThemeView<'_>> {
    let order: HashMap<ItemId, usize> = roadmap.items_in_order().map(|item| item.id).zip(0..).collect();
    let ordered = |word: &ThemeWord| {
        let mut items = word.items.clone();
        items.sort_by_key(|id| order.get(id));
        items
    };
    roadmap.theme_words.words.iter().map(|word| of_word(roadmap, &word.word, &ordered(word))).collect()
}

fn ids<'a>(roadmap: &'a Roadmap, items: &[ItemId]) -> Vec<&'a str> {
    items.iter().map(|&id| roadmap.plan.items[id].entry.id.as_str()).collect()
}

fn row(theme: &ThemeView<'_>) -> Vec<Cell> {
    let count = &theme.rollup.count;
    // A word that stands for a theme is its own title.
    let title = if theme.path.is_some() { theme.title } else { "" };
    vec![
        (theme.id.to_owned(), NAME),
        (title.to_owned(), Style::new()),
        (theme.status.or(theme.state).unwrap_or_default().to_owned(), Style::new()),
        (format!("{} of {}", count.done, count.total), Style::new()),
        (count.ready.to_string(), Style::new()),
        (count.blocked.to_string(), Style::new()),
        (theme.horizon.unwrap_or_default().to_owned(), Style::new()),
        (theme.owners.join(", "), Style::new()),
    ]
}
