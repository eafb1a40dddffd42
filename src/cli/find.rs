//! Finding what a name on the command line means.

use roadbook::config::Kind;
use roadbook::id::{ItemId, ThemeId};
use roadbook::name::folded;
use roadbook::plan::Entry;
use roadbook::resolve::{Roadmap, Target};
use roadbook::text::{listed_up_to, quoted};

use super::output::CliError;

/// The thing that `name` means: an id in any case, an alias, a number, a file's name or path, or the title of one thing alone. A name that
/// nothing matches is a mistake of the command line; the nearest name is offered.
pub(super) fn find(roadmap: &Roadmap, name: &str, kind: Kind) -> Result<Target, CliError> {
    // Each collection spells ids in its own way; one entry of each stands for it.
    let mut collections = Vec::new();
    for entry in entries(roadmap) {
        if !collections.iter().any(|other: &&Entry| other.collection == entry.collection) {
            collections.push(entry);
        }
    }
    let found = collections.iter().find_map(|from| roadmap.symbols.find(name, kind, from, &roadmap.config));
    let found = match found {
        Some(found) => Some(found),
        None => by_title(roadmap, name, kind)?,
    };
    found.ok_or_else(|| {
        let failure = CliError::new(format!("nothing in this plan is called `{name}`"));
        let nearest = [kind, Kind::Item, Kind::Theme, Kind::Page]
            .into_iter()
            .find_map(|kind| roadmap.symbols.nearest(name, kind));
        match nearest {
            Some(nearest) => failure.help(format!("did you mean `{nearest}`?")),
            None if kind == Kind::Theme => {
                let ids: Vec<String> = roadmap.plan.themes.iter().map(|theme| quoted(&theme.entry.id)).collect();
                failure.help(match ids.is_empty() {
                    true => "this plan has no themes; `roadbook new theme` writes one".to_owned(),
                    false => format!("the themes are {}", listed_up_to(10, &ids)),
                })
            }
            None => failure.help("`roadbook list --all` shows the ids of all items"),
        }
    })
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
                .help(format!("name one by its id: {}", listed_up_to(10, &ids))))
        }
    }
}

/// The item that `name` means.
pub(super) fn item(roadmap: &Roadmap, name: &str) -> Result<ItemId, CliError> {
    match find(roadmap, name, Kind::Item)? {
        Target::Item(id) => Ok(id),
        other => {
            let kind = other.kind().word();
            Err(CliError::new(format!("`{name}` is a {kind}, and only items have a place in the order"))
                .help(format!("`roadbook show {name}` tells about it")))
        }
    }
}

/// The theme that `name` means.
pub(super) fn theme(roadmap: &Roadmap, name: &str) -> Result<ThemeId, CliError> {
    match find(roadmap, name, Kind::Theme)? {
        Target::Theme(id) => Ok(id),
        other => Err(CliError::new(format!("`{name}` is a {} and no theme", other.kind().word()))),
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
