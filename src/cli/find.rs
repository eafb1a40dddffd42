//! Finding what a name on the command line means.

use roadbook::config::Kind;
use roadbook::id::{ItemId, ThemeId};
use roadbook::name::folded;
use roadbook::nearest::nearest;
use roadbook::plan::Entry;
use roadbook::resolve::{IdSearch, Roadmap, Target};
use roadbook::text::{listed_up_to, quoted};

use super::empty;
use super::output::CliError;

/// Names that a message lists.
const MAX_NAMES: usize = 10;

/// The thing of any kind that `name` means, an item where several kinds have one: an id in any case, an alias, a number, a file's name or
/// path, or the title of one thing alone. A name that nothing matches is a mistake of the command line; the nearest name is offered.
pub(super) fn find(roadmap: &Roadmap, name: &str) -> Result<Target, CliError> {
    let kinds = [Kind::Item, Kind::Theme, Kind::Page, Kind::Vision];
    lookup(roadmap, name, Kind::Item)?.ok_or_else(|| {
        let unknown = CliError::new(format!("nothing in this plan is called `{name}`"));
        let mut search = IdSearch::default();
        match kinds.into_iter().find_map(|kind| roadmap.symbols.nearest(name, kind, &mut search).near()) {
            Some(nearest) => unknown.help(format!("did you mean `{nearest}`?")),
            None => unknown.help(all_items(roadmap)),
        }
    })
}

/// The item that `name` means.
pub(super) fn item(roadmap: &Roadmap, name: &str) -> Result<ItemId, CliError> {
    match lookup(roadmap, name, Kind::Item)? {
        Some(Target::Item(id)) => Ok(id),
        Some(other) => Err(CliError::new(format!("`{name}` is {}, not an item", one(other.kind())))
            .help(format!("`roadbook show {}` tells about it", id(roadmap, other)))),
        None => {
            let unknown = CliError::new(format!("no item of this plan is called `{name}`"));
            Err(match roadmap.symbols.nearest(name, Kind::Item, &mut IdSearch::default()).near() {
                Some(nearest) => unknown.help(format!("did you mean `{nearest}`?")),
                None => unknown.help(all_items(roadmap)),
            })
        }
    }
}

/// The theme that `name` means.
pub(super) fn theme(roadmap: &Roadmap, name: &str) -> Result<ThemeId, CliError> {
    match lookup(roadmap, name, Kind::Theme)? {
        Some(Target::Theme(id)) => Ok(id),
        Some(other) => {
            Err(CliError::new(format!("`{name}` is {}, not a theme", one(other.kind())))
                .help(near_themes(roadmap, name)))
        }
        None => Err(unknown_theme(roadmap, name)),
    }
}

/// That no theme has a name, and which have one like it.
pub(super) fn unknown_theme(roadmap: &Roadmap, name: &str) -> CliError {
    CliError::new(format!("no theme of this plan is called `{name}`")).help(near_themes(roadmap, name))
}

/// The names of the themes: their ids, or, in a plan without theme files, the words of its items, each once.
pub(super) fn theme_names(roadmap: &Roadmap) -> Vec<&str> {
    let plan = &roadmap.plan;
    if !plan.themes.is_empty() {
        return plan.themes.iter().map(|theme| theme.entry.id.as_str()).collect();
    }
    roadmap.theme_words.words.iter().map(|theme| theme.word.as_str()).collect()
}

fn near_themes(roadmap: &Roadmap, name: &str) -> String {
    if let Some(none) = empty::no_themes(roadmap) {
        return none;
    }
    let names = theme_names(roadmap);
    let titles = roadmap.plan.themes.iter().map(|theme| (theme.entry.title.as_str(), theme.entry.id.as_str()));
    let near = nearest(name, names.iter().copied()).or_else(|| {
        let title = nearest(name, titles.clone().map(|(title, _)| title))?;
        titles.clone().find(|(other, _)| *other == title).map(|(_, id)| id)
    });
    let quoted: Vec<String> = names.iter().map(quoted).collect();
    match near {
        Some(near) => format!("did you mean `{near}`? `roadbook list themes` shows all themes"),
        None if quoted.len() == 1 => format!("the only theme is {}", quoted[0]),
        None => format!("the themes are {}", listed_up_to(MAX_NAMES, &quoted)),
    }
}

fn all_items(roadmap: &Roadmap) -> String {
    empty::no_items(roadmap).unwrap_or_else(|| "`roadbook list --all` shows the ids of all items".to_owned())
}

/// A kind with its article.
fn one(kind: Kind) -> &'static str {
    match kind {
        Kind::Item => "an item",
        Kind::Theme => "a theme",
        Kind::Page => "a page",
        Kind::Vision => "the vision",
    }
}

fn id(roadmap: &Roadmap, target: Target) -> &str {
    target.entry(&roadmap.plan).map(|entry| entry.id.as_str()).unwrap_or_default()
}

/// What `name` means, of several kinds the wanted one; nothing where nothing has that name.
fn lookup(roadmap: &Roadmap, name: &str, kind: Kind) -> Result<Option<Target>, CliError> {
    // Each collection spells ids in its own way; one entry of each stands for it.
    let mut collections = Vec::new();
    for entry in entries(roadmap) {
        if !collections.iter().any(|other: &&Entry| other.collection == entry.collection) {
            collections.push(entry);
        }
    }
    match collections.iter().find_map(|from| roadmap.symbols.find(name, kind, from, &roadmap.config)) {
        Some(found) => Ok(Some(found)),
        None => by_title(roadmap, name, kind),
    }
}

/// The thing with this title, in any case: of several kinds, of the kind that is wanted. Where several have it, their ids are named.
fn by_title(roadmap: &Roadmap, title: &str, kind: Kind) -> Result<Option<Target>, CliError> {
    let wanted = folded(title.trim());
    let (mut of_kind, others): (Vec<&Entry>, Vec<&Entry>) =
        entries(roadmap).filter(|entry| folded(entry.title.trim()) == wanted).partition(|entry| entry.kind == kind);
    if of_kind.is_empty() {
        of_kind = others;
    }
    match of_kind.as_slice() {
        [] => Ok(None),
        [only] => Ok(roadmap.symbols.by_path(only.path())),
        several => {
            let ids: Vec<String> = several.iter().map(|entry| quoted(&entry.id)).collect();
            Err(CliError::new(format!("more than one thing has the title `{title}`"))
                .help(format!("name one by its id: {}", listed_up_to(MAX_NAMES, &ids))))
        }
    }
}

/// Everything in the plan.
pub(super) fn entries(roadmap: &Roadmap) -> impl Iterator<Item = &Entry> {
    let plan = &roadmap.plan;
    let items = plan.items.iter().map(|item| &item.entry);
    let themes = plan.themes.iter().map(|theme| &theme.entry);
    let pages = plan.pages.iter().map(|page| &page.entry);
    items.chain(themes).chain(pages).chain(plan.vision.iter().map(|vision| &vision.entry))
}
