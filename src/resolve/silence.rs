//! Items that say no status, and of which so nobody knows where they stand: one finding for a collection, with the form in which their
//! files say it instead.

use std::collections::{BTreeMap, HashMap};

use crate::config::{self, Config, Reader};
use crate::diagnostic::{Code, Diagnostic};
use crate::discover::Inputs;
use crate::plan::{FieldReader, Form, Item, Plan, status_elsewhere};
use crate::source::{Location, Span};
use crate::state::State;
use crate::text::count;

/// Where an item that is silent says its status all the same.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// In its own file.
    Elsewhere(Form),
    /// Maybe in a file of data beside it, by the name of that.
    Beside(String),
}

impl Place {
    fn of_one(&self) -> String {
        match self {
            Place::Elsewhere(Form::NotText) => "this is in another encoding, in which no status is read".to_owned(),
            Place::Elsewhere(form) => format!("this says its status {form}, where it is not read"),
            Place::Beside(name) => format!("this says no status; `{name}` beside it is not read"),
        }
    }

    /// What would read it.
    fn reader(&self) -> Option<Reader> {
        match self {
            Place::Elsewhere(Form::Table) => Some(Reader::Table),
            Place::Elsewhere(Form::Bullets) => Some(Reader::Bullets),
            Place::Elsewhere(Form::BoldLines) => Some(Reader::BoldLines),
            Place::Elsewhere(Form::Section) => Some(Reader::Sections),
            Place::Elsewhere(_) | Place::Beside(_) => None,
        }
    }

    fn of_many(&self, many: usize, all: usize) -> String {
        let them = if many == all { "each of them".to_owned() } else { format!("{many} of them") };
        match self {
            Place::Elsewhere(Form::NotText) if many == 1 => "one of them is in another encoding".to_owned(),
            Place::Elsewhere(Form::NotText) => format!("{many} of them are in another encoding"),
            Place::Elsewhere(form) if many == 1 => format!("one of them says it {form}"),
            Place::Elsewhere(form) if many == all => format!("each of them says it {form}"),
            Place::Elsewhere(form) => format!("{many} of them say it {form}"),
            Place::Beside(name) => format!("a `{name}`, which is not read, lies beside {them}"),
        }
    }
}

/// An item that says no status, with the places where it may be said: first in its own file, then beside it.
struct Silent<'a> {
    item: &'a Item,
    places: Vec<Place>,
    span: Option<Span>,
}

/// The findings of a plan that was made from these inputs.
pub fn silent_items(plan: &Plan, inputs: &Inputs, types: &FieldReader<'_>) -> Vec<Diagnostic> {
    let config = &inputs.config;
    let is_silent = |item: &Item| item.status.is_none() && item.state == State::Unknown;
    if !plan.items.iter().any(|item| is_silent(item)) {
        return Vec::new();
    }
    let beside = Beside::new(inputs);
    let mut collections: BTreeMap<usize, (Vec<Silent<'_>>, usize)> = BTreeMap::new();
    for item in &plan.items {
        let collection = item.entry.collection;
        let (silent, all) = collections.entry(collection).or_default();
        *all += 1;
        if is_silent(item) {
            let is_status = |name: &str| types.canonical(collection, name) == Some("status");
            let elsewhere = status_elsewhere(&item.entry.document, is_status);
            let own = elsewhere.map(|(form, _)| Place::Elsewhere(form));
            let places = own.into_iter().chain(beside.file_of(item.entry.path()).map(Place::Beside)).collect();
            silent.push(Silent { item, places, span: elsewhere.map(|(_, span)| span) });
        }
    }
    let mut found = Vec::new();
    for (collection, (silent, all)) in collections.into_iter().filter(|(_, (silent, _))| !silent.is_empty()) {
        if silent.len() > 1 && silent.len() * 2 > all {
            let pattern = config.collections[collection].include.written().next();
            let location = match pattern.filter(|_| config.has_own_collections) {
                Some(pattern) => config::location_of(&inputs.config_source, pattern),
                None => silent[0].item.entry.head(),
            };
            found.push(of_collection(&silent, all, location).help(help(config, &silent)));
        } else {
            // What cannot be read as text is one finding.
            let encoding = |silent: &Silent<'_>| {
                let is_of = |found: &&Diagnostic| {
                    let location = found.location.as_ref();
                    found.code == Code::INVALID_UTF8
                        && location.is_some_and(|location| location.source.path == silent.item.entry.path())
                };
                let is_unread = silent.places.contains(&Place::Elsewhere(Form::NotText));
                inputs.diagnostics.iter().find(|found| is_unread && is_of(found))
            };
            found.extend(silent.iter().map(|silent| {
                of_item(silent).help(help(config, std::slice::from_ref(silent))).follows(encoding(silent))
            }));
        }
    }
    found
}

/// One finding for a collection in which most items are silent.
fn of_collection(silent: &[Silent<'_>], all: usize, location: Location) -> Diagnostic {
    let mut places: BTreeMap<&Place, usize> = BTreeMap::new();
    for place in silent.iter().flat_map(|silent| &silent.places) {
        *places.entry(place).or_default() += 1;
    }
    let message = match silent.len() == all {
        true => format!("none of these {} says a status that is read", count(all, "item")),
        false => format!("{} of these {} say no status that is read", silent.len(), count(all, "item")),
    };
    let most = places.into_iter().max_by_key(|(_, count)| *count);
    let seen = most.map(|(place, many)| format!("; {}", place.of_many(many, silent.len())));
    Diagnostic::new(Code::MISSING_STATUS, location, message + &seen.unwrap_or_default())
        .label("nobody knows where they stand, so their state is `unknown`")
}

fn of_item(silent: &Silent<'_>) -> Diagnostic {
    let entry = &silent.item.entry;
    let message = silent.places.first().map_or_else(|| "this says no status".to_owned(), Place::of_one);
    let location = silent.span.map_or_else(|| entry.head(), |span| entry.location(span));
    Diagnostic::new(Code::MISSING_STATUS, location, message)
        .label("nobody knows where it stands, so its state is `unknown`")
}

/// What to do about items that say no status where it is read. A default counts where nothing in a file looks like a status.
fn help(config: &Config, silent: &[Silent<'_>]) -> String {
    let place = silent.iter().find_map(|silent| silent.places.first());
    let reader = place.and_then(Place::reader).filter(|reader| {
        let collection = &config.collections[silent[0].item.entry.collection];
        config.has_own_collections && !collection.readers.contains(reader)
    });
    let write = match reader {
        Some(reader) => {
            format!("write `status:` into the front matter, or `readers: [{}]` into the collection", reader.word())
        }
        None => "write `status:` into the front matter".to_owned(),
    };
    match config.silence.is_none() && silent.iter().any(|silent| silent.places.is_empty()) {
        true => format!("{write}, or say in roadbook.yml what silence means: `default_status: planned`"),
        false => write,
    }
}

/// The files of data that lie beside items.
struct Beside<'a> {
    /// By folder: the names of the files of data, and how many files of the plan are there.
    folders: HashMap<&'a str, (Vec<&'a str>, usize)>,
}

impl<'a> Beside<'a> {
    fn new(inputs: &'a Inputs) -> Beside<'a> {
        let mut folders: HashMap<&str, (Vec<&str>, usize)> = HashMap::new();
        for path in &inputs.data_files {
            let (folder, name) = parted(path);
            folders.entry(folder).or_default().0.push(name);
        }
        // What the audience may not see lies there all the same, and may be what the data belongs to.
        for (source, _) in &inputs.sources {
            folders.entry(parted(&source.path).0).or_default().1 += 1;
        }
        Beside { folders }
    }

    /// The file of data that belongs to an item: one with its name, or the first where nothing else lies in the folder.
    fn file_of(&self, path: &str) -> Option<String> {
        let (folder, name) = parted(path);
        let (names, files) = self.folders.get(folder)?;
        let stem = |name: &'a str| name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let own = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let found = names.iter().find(|name| stem(name) == own);
        found.or_else(|| names.first().filter(|_| *files == 1)).map(|name| (*name).to_owned())
    }
}

/// The folder and the name of a path.
fn parted(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}
