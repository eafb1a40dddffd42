//! The file's shape as `serde_yaml` reads it, and the checks that a type cannot make.

use std::collections::BTreeMap;
use std::sync::Arc;

use regex::Regex;
use serde::Deserialize;

use super::explain::explained;
use super::internal::InternalFile;
use super::patterns::{Patterns, Unreadable};
use super::words::{PRIORITIES, SIZES};
use super::{Alias, Audience, Collection, Config, Kind, PriorityNumbers, Reader, Scoring, TimelineMode};
use crate::diagnostic::{Code, Diagnostic};
use crate::name;
use crate::nearest::nearest;
use crate::number::Decimal;
use crate::source::{Location, Source, Span};
use crate::state::State;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct File {
    title: Option<String>,
    description: Option<String>,
    base_url: Option<String>,
    headers: bool,
    image: Option<String>,
    repository: Option<String>,
    branch: Option<String>,
    language: Option<String>,
    audience: Audience,
    #[serde(deserialize_with = "present")]
    internal: Option<Option<InternalFile>>,
    scoring: Scoring,
    weights: Option<serde_yaml::Mapping>,
    horizons: Option<Vec<String>>,
    timeline: TimelineMode,
    capacity: Option<u64>,
    stale_after: Option<Scalar>,
    sizes: Option<BTreeMap<String, Scalar>>,
    priorities: Option<BTreeMap<String, Scalar>>,
    priority_numbers: PriorityNumbers,
    states: BTreeMap<String, String>,
    default_status: Option<String>,
    fields: BTreeMap<String, Names>,
    mentions: Names,
    diagnostics: BTreeMap<String, SeverityName>,
    collections: Option<Vec<CollectionFile>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CollectionFile {
    kind: Kind,
    include: Names,
    #[serde(default)]
    exclude: Names,
    #[serde(default)]
    readers: Vec<Reader>,
    id: Option<String>,
    #[serde(default)]
    id_prefix: String,
    #[serde(default)]
    aliases: Vec<AliasFile>,
    state: Option<String>,
    #[serde(default, rename = "override")]
    overrides: bool,
    #[serde(default)]
    states: BTreeMap<String, String>,
    #[serde(default)]
    fields: BTreeMap<String, Names>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AliasFile {
    #[serde(rename = "match")]
    pattern: String,
    to: String,
}

/// One name or a list of names.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Names {
    One(String),
    Many(Vec<String>),
}

impl Default for Names {
    fn default() -> Names {
        Names::Many(Vec::new())
    }
}

/// A key that is there, whatever stands behind it: of one without a value, too, its author meant something.
pub(super) fn present<'de, D: serde::Deserializer<'de>, T: Deserialize<'de>>(
    value: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(value).map(Some)
}

impl Names {
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Names::One(name) => name.trim().is_empty(),
            Names::Many(names) => names.is_empty(),
        }
    }

    pub(super) fn list(self) -> Vec<String> {
        match self {
            Names::One(name) => vec![name],
            Names::Many(names) => names,
        }
    }
}

/// A number that may be written as a number or as text.
#[derive(Deserialize)]
#[serde(untagged)]
enum Scalar {
    Number(serde_yaml::Number),
    Text(String),
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum SeverityName {
    Error,
    Warning,
    Note,
    Off,
}

pub(super) fn read(source: &Arc<Source>, diagnostics: &mut Vec<Diagnostic>) -> File {
    let only_comments = source.text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'));
    if only_comments {
        return File::default();
    }
    let text = name::composed(&source.text);
    if let Some(offset) = too_deep(&source.text) {
        let location = Location::new(source, Span::new(offset, offset + 1));
        let message = format!("lists and maps stand in each other more than {MAX_DEPTH} deep");
        let diagnostic = Diagnostic::new(Code::INVALID_CONFIGURATION, location, message);
        diagnostics.push(diagnostic.help("close the brackets; nothing in this file is so deep"));
        return File::default();
    }
    match serde_yaml::from_str(&text) {
        Ok(file) => file,
        Err(error) => {
            let offset = error.location().map_or(0, |location| location.index()).min(source.text.len());
            // In a text that had to be composed the place is another one.
            let offset = if *text == *source.text { offset } else { 0 };
            let end = source.text[offset..].find('\n').map_or(source.text.len(), |length| offset + length);
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or(&message);
            let location = Location::new(source, Span::new(offset, end));
            let (message, help) = explained(message);
            diagnostics.push(Diagnostic::new(Code::INVALID_CONFIGURATION, location, message).help(help));
            File::default()
        }
    }
}

/// How deep lists and maps may stand in each other.
const MAX_DEPTH: usize = 64;

/// Where brackets open beyond [`MAX_DEPTH`]. Signs in quotes count as well: no text has so many.
fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    text.bytes().position(|byte| {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > MAX_DEPTH
    })
}

/// The configuration that a file means; values that mean nothing are reported and left out.
pub(super) fn checked(source: &Arc<Source>, file: File, diagnostics: &mut Vec<Diagnostic>) -> Config {
    Checked { source, diagnostics }.config(file)
}

pub(super) struct Checked<'a> {
    pub(super) source: &'a Arc<Source>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Checked<'_> {
    fn config(&mut self, file: File) -> Config {
        let (scoring, weights) = self.scoring(file.scoring, file.weights);
        let states = self.states(file.states);
        Config {
            title: file.title,
            description: file.description,
            headers: file.headers,
            base_url: file
                .base_url
                .and_then(|url| self.site_address(url))
                .map(|url| format!("{}/", url.trim_end_matches('/'))),
            image: self.image(file.image),
            repository: file.repository.and_then(|url| self.url(url)).map(|url| url.trim_end_matches('/').to_owned()),
            branch: file.branch.unwrap_or_else(|| "main".to_owned()),
            language: self.language(file.language),
            audience: file.audience,
            internal: self.internal(file.internal),
            scoring,
            weights,
            horizons: self.horizons(file.horizons),
            timeline: file.timeline,
            capacity: file.capacity,
            capacity_place: file.capacity.and_then(|_| self.location_of("capacity")),
            stale_after: self.days(file.stale_after),
            sizes: self.numbers("sizes", file.sizes, SIZES),
            priorities: self.numbers("priorities", file.priorities, PRIORITIES),
            priority_numbers: file.priority_numbers,
            silence: self.silence(file.default_status, &states, file.collections.is_some()),
            states,
            fields: names(file.fields),
            mentions: file.mentions.list().iter().filter_map(|pattern| self.regex(pattern)).collect(),
            severities: self.severities(file.diagnostics),
            has_own_collections: file.collections.is_some(),
            collections: match file.collections {
                Some(collections) => collections.into_iter().map(|collection| self.collection(collection)).collect(),
                None => DEFAULT_COLLECTIONS.iter().map(|&(kind, pattern)| plain_collection(kind, pattern)).collect(),
            },
        }
    }

    fn collection(&mut self, file: CollectionFile) -> Collection {
        Collection {
            kind: file.kind,
            include: self.patterns(Patterns::of_files(file.include.list())),
            exclude: self.patterns(Patterns::of_files_and_folders(file.exclude.list())),
            readers: file.readers,
            id: file.id.and_then(|pattern| self.regex(&pattern)),
            id_prefix: file.id_prefix,
            aliases: file
                .aliases
                .into_iter()
                .filter_map(|alias| Some(Alias { pattern: self.regex(&alias.pattern)?, to: alias.to }))
                .collect(),
            state: file.state.and_then(|name| self.state(&name)),
            overrides: file.overrides,
            states: self.states(file.states),
            fields: names(file.fields),
        }
    }

    fn states(&mut self, file: BTreeMap<String, String>) -> BTreeMap<String, State> {
        self.contradictions("states", &file, str::to_owned);
        file.into_iter().filter_map(|(word, name)| Some((word, self.state(&name)?))).collect()
    }

    fn state(&mut self, name: &str) -> Option<State> {
        let state = State::named(name);
        if state.is_none() {
            let names = State::ALL.map(State::word);
            let help = match nearest(name, names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the states are {}", names.join(", ")),
            };
            self.wrong(name, format!("there is no state `{name}`"), &help);
        }
        state
    }

    fn numbers(
        &mut self,
        name: &str,
        file: Option<BTreeMap<String, Scalar>>,
        default: &[(&str, u64)],
    ) -> BTreeMap<String, Decimal> {
        let mut numbers: BTreeMap<String, Decimal> =
            default.iter().map(|&(word, number)| (word.to_owned(), Decimal::whole(number))).collect();
        let text = |scalar: Scalar| match scalar {
            Scalar::Number(number) => number.to_string(),
            Scalar::Text(text) => text,
        };
        let file: BTreeMap<String, String> =
            file.unwrap_or_default().into_iter().map(|(word, scalar)| (word, text(scalar))).collect();
        self.contradictions(name, &file, |number| {
            Decimal::parse(number).map_or_else(|| number.to_owned(), |number| number.to_string())
        });
        for (word, text) in file {
            match Decimal::parse(&text) {
                Some(number) => _ = numbers.insert(word.to_lowercase(), number),
                None => self.wrong(
                    &text,
                    format!("`{text}` is not a number for `{word}`"),
                    "write a number from 0 up, with at most three decimals",
                ),
            }
        }
        numbers
    }

    /// A number of days, `off` or 0 for none; half a year where nothing is said.
    fn days(&mut self, file: Option<Scalar>) -> Option<u32> {
        let text = match file {
            None => return Some(STALE_AFTER),
            Some(Scalar::Number(number)) => number.to_string(),
            Some(Scalar::Text(text)) => text,
        };
        if text.trim().eq_ignore_ascii_case("off") {
            return None;
        }
        let days = text.trim().parse::<u32>();
        if days.is_err() {
            let message = format!("`{text}` is not a number of days for `stale_after`");
            self.wrong(&text, message, "write a whole number of days such as `90`, or `off`");
        }
        days.ok().filter(|&days| days > 0)
    }

    fn regex(&mut self, pattern: &str) -> Option<Regex> {
        match Regex::new(pattern) {
            Ok(regex) => Some(regex),
            Err(error) => {
                let reason = error.to_string();
                let reason = reason.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
                self.wrong(pattern, format!("`{pattern}` is no regular expression"), &reason);
                None
            }
        }
    }

    fn patterns(&mut self, (patterns, unreadable): (Patterns, Vec<Unreadable>)) -> Patterns {
        for Unreadable { pattern, reason } in unreadable {
            self.wrong(&pattern, format!("`{pattern}` is not a file pattern"), &reason);
        }
        patterns
    }

    /// The place of the value of a key on the highest level, where the key begins a line.
    pub(super) fn location_of(&self, key: &str) -> Option<Location> {
        let mut start = 0;
        for line in self.source.text.split_inclusive('\n') {
            let value = line.strip_prefix(key).and_then(|rest| rest.trim_start_matches(' ').strip_prefix(':'));
            if let Some(value) = value {
                let value = value.split(" #").next().unwrap_or(value);
                let offset = start + line.len() - line.trim_start_matches(|c| c != ':').len() + 1;
                let offset = offset + value.len() - value.trim_start().len();
                return Some(Location::new(self.source, Span::new(offset, offset + value.trim().len())));
            }
            start += line.len();
        }
        None
    }

    /// A value that has the right type and the wrong meaning; its place is where its text stands in the file.
    pub(super) fn wrong(&mut self, text: &str, message: String, help: &str) {
        let span = super::location_of(self.source, text).span;
        self.wrong_at(span, message, help);
    }

    /// The same at a known place.
    pub(super) fn wrong_at(&mut self, span: Span, message: String, help: &str) {
        let location = Location::new(self.source, span);
        self.diagnostics.push(Diagnostic::new(Code::INVALID_CONFIGURATION, location, message).help(help));
    }
}

fn names(file: BTreeMap<String, Names>) -> BTreeMap<String, Vec<String>> {
    file.into_iter().map(|(name, names)| (name, names.list())).collect()
}

fn plain_collection(kind: Kind, pattern: &str) -> Collection {
    Collection {
        kind,
        include: Patterns::of_files(vec![pattern.to_owned()]).0,
        exclude: Patterns::of_files(Vec::new()).0,
        readers: Vec::new(),
        id: None,
        id_prefix: String::new(),
        aliases: Vec::new(),
        state: None,
        overrides: false,
        states: BTreeMap::new(),
        fields: BTreeMap::new(),
    }
}

/// Half a year: what nobody has touched for two quarters was planned in another one.
const STALE_AFTER: u32 = 180;

const DEFAULT_COLLECTIONS: &[(Kind, &str)] = &[
    (Kind::Vision, "plan/vision.md"),
    (Kind::Theme, "plan/themes/*.md"),
    (Kind::Item, "plan/items/**/*.md"),
    (Kind::Page, "plan/pages/*.md"),
];
