//! The configuration, `roadbook.yml`: what a team calls things, where its files are, how it scores.
//!
//! The one home of `globset`; `serde_yaml` reads it typed, and a key that it does not know is an error with its place.

use std::collections::BTreeMap;
use std::sync::Arc;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use regex::Regex;
use serde::Deserialize;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::nearest::nearest;
use crate::number::Decimal;
use crate::source::{Place, Source, Span};
use crate::state::State;

/// The name of the configuration file.
pub const FILE: &str = "roadbook.yml";

/// What a project has configured, with defaults where it is silent.
#[derive(Clone, Debug)]
pub struct Config {
    /// The site's name; the vision's title where absent.
    pub title: Option<String>,
    /// One line about the site.
    pub description: Option<String>,
    /// Where the site is published, with a `/` at its end. Used only for canonical links, the sitemap and 404.html.
    pub base_url: Option<String>,
    /// The repository's web address, for "edit this page" links.
    pub repository: Option<String>,
    /// The branch that those links name.
    pub branch: String,
    /// Language of the plan, a BCP 47 tag.
    pub language: String,
    /// Who a build is for when the command line does not say.
    pub audience: Audience,
    /// How items are scored.
    pub scoring: Scoring,
    /// The horizons, nearest first.
    pub horizons: Vec<String>,
    /// What a team can do in the first horizon, in points of effort.
    pub capacity: Option<u64>,
    /// T-shirt sizes and other words for numbers, in lower case.
    pub sizes: BTreeMap<String, Decimal>,
    /// Words for priorities with their weights, in lower case.
    pub priorities: BTreeMap<String, Decimal>,
    /// The author's words for states.
    pub states: BTreeMap<String, State>,
    /// More names for fields: canonical name → names.
    pub fields: BTreeMap<String, Vec<String>>,
    /// Patterns of bare ids to link in prose.
    pub mentions: Vec<Regex>,
    /// Severities that differ from the codes' own; `None` switches a code off.
    pub severities: BTreeMap<Code, Option<Severity>>,
    /// Where the plan's files are, and how to read them. A file belongs to the first collection that includes it.
    pub collections: Vec<Collection>,
}

/// The frameworks that can score an item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scoring {
    /// Value ÷ effort.
    #[default]
    ValueEffort,
    /// The weight of the item's priority.
    Priority,
}

impl Scoring {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Scoring::ValueEffort => "value-effort",
            Scoring::Priority => "priority",
        }
    }
}

/// Who a build is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// Everybody: nothing that is marked internal.
    #[default]
    Public,
    /// The team: everything.
    Internal,
}

impl Audience {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Audience::Public => "public",
            Audience::Internal => "internal",
        }
    }
}

/// The kinds of file in a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Why the product exists; one a product.
    Vision,
    /// A strategic theme.
    Theme,
    /// A product backlog item.
    Item,
    /// A free page.
    Page,
}

impl Kind {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Vision => "vision",
            Kind::Theme => "theme",
            Kind::Item => "item",
            Kind::Page => "page",
        }
    }
}

/// A set of files that are read the same way.
#[derive(Clone, Debug)]
pub struct Collection {
    /// What its files are.
    pub kind: Kind,
    /// The patterns as written, to know where to look.
    pub include: Vec<String>,
    included: GlobSet,
    excluded: GlobSet,
    /// Takes the id from a file's name: group 1, or the whole match.
    pub id: Option<Regex>,
    /// Put before an id that does not begin with it (case counts for nothing).
    pub id_prefix: String,
    /// How ids and references in other spellings become ids.
    pub aliases: Vec<Alias>,
    /// The state of its items.
    pub state: Option<State>,
    /// Whether `state` holds for all items, or only for those whose own status gives none.
    pub overrides: bool,
    /// The author's words for states; before the configuration's own.
    pub states: BTreeMap<String, State>,
    /// More names for fields; before the configuration's own.
    pub fields: BTreeMap<String, Vec<String>>,
}

/// A rule that turns one spelling of an id into another.
#[derive(Clone, Debug)]
pub struct Alias {
    pattern: Regex,
    to: String,
}

impl Alias {
    /// The id that `text` means by this rule; none where the rule does not apply.
    pub fn apply(&self, text: &str) -> Option<String> {
        let captures = self.pattern.captures(text)?;
        let mut id = String::new();
        captures.expand(&self.to, &mut id);
        Some(id)
    }
}

impl Collection {
    /// Whether a file, by its path from the project's root, is one of this collection's.
    pub fn includes(&self, path: &str) -> bool {
        self.included.is_match(path) && !self.excluded.is_match(path)
    }
}

/// Reads the configuration. One that cannot be read gives defaults and a diagnostic: the caller must not publish then, since
/// nobody knows what was meant to stay private.
pub fn config(source: &Arc<Source>) -> (Config, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let file = read(source, &mut diagnostics);
    let mut checked = Checked { source, diagnostics: &mut diagnostics };
    let config = checked.config(file);
    (config, diagnostics)
}

impl Default for Config {
    /// What an empty configuration means.
    fn default() -> Config {
        config(&Source::new(FILE, "")).0
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    title: Option<String>,
    description: Option<String>,
    base_url: Option<String>,
    repository: Option<String>,
    branch: Option<String>,
    language: Option<String>,
    audience: Audience,
    scoring: Scoring,
    horizons: Option<Vec<String>>,
    capacity: Option<u64>,
    sizes: Option<BTreeMap<String, Scalar>>,
    priorities: Option<BTreeMap<String, Scalar>>,
    states: BTreeMap<String, StateName>,
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
    id: Option<String>,
    #[serde(default)]
    id_prefix: String,
    #[serde(default)]
    aliases: Vec<AliasFile>,
    state: Option<StateName>,
    #[serde(default, rename = "override")]
    overrides: bool,
    #[serde(default)]
    states: BTreeMap<String, StateName>,
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
enum Names {
    One(String),
    Many(Vec<String>),
}

impl Default for Names {
    fn default() -> Names {
        Names::Many(Vec::new())
    }
}

impl Names {
    fn list(self) -> Vec<String> {
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
enum StateName {
    Idea,
    Planned,
    Active,
    Done,
    Dropped,
    Paused,
    Unknown,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum SeverityName {
    Error,
    Warning,
    Note,
    Off,
}

fn read(source: &Arc<Source>, diagnostics: &mut Vec<Diagnostic>) -> File {
    let only_comments = source.text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'));
    if only_comments {
        return File::default();
    }
    match serde_yaml::from_str(&source.text) {
        Ok(file) => file,
        Err(error) => {
            let at = error.location().map_or(0, |location| location.index()).min(source.text.len());
            let end = source.text[at..].find('\n').map_or(source.text.len(), |length| at + length);
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or(&message);
            let place = Place::new(source, Span::new(at, end));
            diagnostics.push(match unknown_key(message) {
                Some((key, known)) => {
                    let help = match nearest(key, known.iter().copied()) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("the keys here are {}", known.join(", ")),
                    };
                    Diagnostic::new(Code::INVALID_CONFIGURATION, place, format!("there is no key `{key}`")).help(help)
                }
                None => Diagnostic::new(Code::INVALID_CONFIGURATION, place, message.to_owned())
                    .help("nothing is published until the file can be read"),
            });
            File::default()
        }
    }
}

/// The key that is unknown and those that are known, out of the reader's message.
fn unknown_key(message: &str) -> Option<(&str, Vec<&str>)> {
    let (_, rest) = message.split_once("unknown field `")?;
    let (key, rest) = rest.split_once('`')?;
    Some((key, rest.split('`').skip(1).step_by(2).collect()))
}

struct Checked<'a> {
    source: &'a Arc<Source>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Checked<'_> {
    fn config(&mut self, file: File) -> Config {
        Config {
            title: file.title,
            description: file.description,
            base_url: file.base_url.and_then(|url| self.url(url)).map(|url| format!("{}/", url.trim_end_matches('/'))),
            repository: file.repository.and_then(|url| self.url(url)).map(|url| url.trim_end_matches('/').to_owned()),
            branch: file.branch.unwrap_or_else(|| "main".to_owned()),
            language: file.language.unwrap_or_else(|| "en".to_owned()),
            audience: file.audience,
            scoring: file.scoring,
            horizons: file
                .horizons
                .filter(|names| !names.is_empty())
                .unwrap_or_else(|| ["Now", "Next", "Later"].map(str::to_owned).to_vec()),
            capacity: file.capacity,
            sizes: self.numbers(file.sizes, SIZES),
            priorities: self.numbers(file.priorities, PRIORITIES),
            states: states(file.states),
            fields: names(file.fields),
            mentions: file.mentions.list().iter().filter_map(|pattern| self.regex(pattern)).collect(),
            severities: self.severities(file.diagnostics),
            collections: match file.collections {
                Some(collections) => collections.into_iter().map(|collection| self.collection(collection)).collect(),
                None => DEFAULT_COLLECTIONS.iter().map(|&(kind, pattern)| plain_collection(kind, pattern)).collect(),
            },
        }
    }

    fn collection(&mut self, file: CollectionFile) -> Collection {
        let include = file.include.list();
        Collection {
            kind: file.kind,
            included: self.globs(&include),
            include,
            excluded: self.globs(&file.exclude.list()),
            id: file.id.and_then(|pattern| self.regex(&pattern)),
            id_prefix: file.id_prefix,
            aliases: file
                .aliases
                .into_iter()
                .filter_map(|alias| Some(Alias { pattern: self.regex(&alias.pattern)?, to: alias.to }))
                .collect(),
            state: file.state.map(StateName::state),
            overrides: file.overrides,
            states: states(file.states),
            fields: names(file.fields),
        }
    }

    fn numbers(
        &mut self,
        file: Option<BTreeMap<String, Scalar>>,
        default: &[(&str, u64)],
    ) -> BTreeMap<String, Decimal> {
        let mut numbers: BTreeMap<String, Decimal> =
            default.iter().map(|&(word, number)| (word.to_owned(), Decimal::whole(number))).collect();
        for (word, scalar) in file.unwrap_or_default() {
            let text = match scalar {
                Scalar::Number(number) => number.to_string(),
                Scalar::Text(text) => text,
            };
            match Decimal::parse(&text) {
                Some(number) => _ = numbers.insert(word.to_lowercase(), number),
                None => self.wrong(
                    &text,
                    format!("`{text}` is no number for `{word}`"),
                    "write a number from 0 up, with at most three decimals",
                ),
            }
        }
        numbers
    }

    fn severities(&mut self, file: BTreeMap<String, SeverityName>) -> BTreeMap<Code, Option<Severity>> {
        let mut severities = BTreeMap::new();
        for (name, severity) in file {
            let Some(code) = Code::named(&name) else {
                self.wrong(&name, format!("there is no diagnostic `{name}`"), "`roadbook explain` lists the codes");
                continue;
            };
            let severity = match severity {
                SeverityName::Error => Some(Severity::Error),
                SeverityName::Warning => Some(Severity::Warning),
                SeverityName::Note => Some(Severity::Note),
                SeverityName::Off => None,
            };
            severities.insert(code, severity);
        }
        severities
    }

    fn url(&mut self, url: String) -> Option<String> {
        if url.starts_with("https://") || url.starts_with("http://") {
            return Some(url);
        }
        self.wrong(&url, format!("`{url}` is no web address"), "begin it with `https://`");
        None
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

    fn globs(&mut self, patterns: &[String]) -> GlobSet {
        let mut set = GlobSetBuilder::new();
        for pattern in patterns {
            match GlobBuilder::new(pattern.trim_start_matches("./")).literal_separator(true).build() {
                Ok(glob) => _ = set.add(glob),
                Err(error) => self.wrong(pattern, format!("`{pattern}` is no file pattern"), &error.kind().to_string()),
            }
        }
        set.build().unwrap_or_else(|_| GlobSet::empty())
    }

    /// A value that has the right type and the wrong meaning; its place is where its text stands in the file.
    fn wrong(&mut self, text: &str, message: String, help: &str) {
        let in_quotes = text.replace('\\', "\\\\");
        let at = self.source.text.find(text).or_else(|| self.source.text.find(&in_quotes)).unwrap_or(0);
        let place = Place::new(self.source, Span::new(at, at + text.len()));
        self.diagnostics.push(Diagnostic::new(Code::INVALID_CONFIGURATION, place, message).help(help));
    }
}

impl StateName {
    fn state(self) -> State {
        match self {
            StateName::Idea => State::Idea,
            StateName::Planned => State::Planned,
            StateName::Active => State::Active,
            StateName::Done => State::Done,
            StateName::Dropped => State::Dropped,
            StateName::Paused => State::Paused,
            StateName::Unknown => State::Unknown,
        }
    }
}

fn states(file: BTreeMap<String, StateName>) -> BTreeMap<String, State> {
    file.into_iter().map(|(word, name)| (word, name.state())).collect()
}

fn names(file: BTreeMap<String, Names>) -> BTreeMap<String, Vec<String>> {
    file.into_iter().map(|(name, names)| (name, names.list())).collect()
}

fn plain_collection(kind: Kind, pattern: &str) -> Collection {
    let glob = GlobBuilder::new(pattern).literal_separator(true).build();
    let included = glob.ok().and_then(|glob| GlobSetBuilder::new().add(glob).build().ok());
    Collection {
        kind,
        include: vec![pattern.to_owned()],
        included: included.unwrap_or_else(GlobSet::empty),
        excluded: GlobSet::empty(),
        id: None,
        id_prefix: String::new(),
        aliases: Vec::new(),
        state: None,
        overrides: false,
        states: BTreeMap::new(),
        fields: BTreeMap::new(),
    }
}

const DEFAULT_COLLECTIONS: &[(Kind, &str)] = &[
    (Kind::Vision, "plan/vision.md"),
    (Kind::Theme, "plan/themes/*.md"),
    (Kind::Item, "plan/items/**/*.md"),
    (Kind::Page, "plan/pages/*.md"),
];

/// T-shirt sizes on the modified Fibonacci scale that estimation decks use.
const SIZES: &[(&str, u64)] = &[("xs", 1), ("s", 2), ("m", 3), ("l", 5), ("xl", 8), ("xxl", 13)];

/// Words, P0–P9 and MoSCoW. Each class is worth twice the next, so that two of a class weigh as much as one above it.
const PRIORITIES: &[(&str, u64)] = &[
    ("blocker", 16),
    ("urgent", 16),
    ("critical", 16),
    ("highest", 16),
    ("high", 8),
    ("medium", 4),
    ("normal", 4),
    ("low", 2),
    ("lowest", 1),
    ("trivial", 1),
    ("p0", 512),
    ("p1", 256),
    ("p2", 128),
    ("p3", 64),
    ("p4", 32),
    ("p5", 16),
    ("p6", 8),
    ("p7", 4),
    ("p8", 2),
    ("p9", 1),
    ("must", 8),
    ("must have", 8),
    ("should", 4),
    ("should have", 4),
    ("could", 2),
    ("could have", 2),
    ("won't", 0),
    ("won't have", 0),
];
