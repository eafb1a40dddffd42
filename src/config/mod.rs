//! The configuration, `roadbook.yml`: what a team calls things, where its files are, how it scores.
//!
//! The one home of `globset` (`patterns.rs`); `serde_yaml` reads it typed, and a key that it does not know is an error with its place.

mod alias;
mod explain;
mod file;
mod image;
mod internal;
mod name;
mod patterns;
mod priority;
mod values;
mod weights;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use regex::Regex;

use crate::closed::closed_list;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::number::Decimal;
use crate::source::{Location, Source, Span};
use crate::state::State;

pub use alias::Alias;
pub use image::Image;
pub use internal::Internal;
pub use name::{
    FILE, holds_file_name, is_file_name, is_near_file_name, is_other_format, is_put_aside, is_settings_name,
};
pub use patterns::Patterns;
pub use priority::PriorityNumbers;

/// What a project has configured, with defaults where it is silent.
#[derive(Clone, Debug)]
pub struct Config {
    /// The site's name; the vision's title where absent.
    pub title: Option<String>,
    /// One line about the site.
    pub description: Option<String>,
    /// Where the site is published, with a `/` at its end. Used only where an address must be complete:
    /// canonical links, link previews, the sitemap and other data, and 404.html.
    pub base_url: Option<String>,
    /// Whether the site has a `_headers` file, for hosts that send what it says.
    pub headers: bool,
    /// The picture of link previews.
    pub image: Option<Image>,
    /// The repository's web address, for "edit this page" links.
    pub repository: Option<String>,
    /// The branch that those links name.
    pub branch: String,
    /// Language of the plan, a BCP 47 tag.
    pub language: String,
    /// Who a build is for when the command line does not say.
    pub audience: Audience,
    /// What is internal as a whole.
    pub internal: Internal,
    /// How items are scored.
    pub scoring: Scoring,
    /// What counts in weighted scoring, in the order of the file; empty where nothing is configured.
    pub weights: Vec<Weight>,
    /// The horizons, nearest first.
    pub horizons: Vec<String>,
    /// What the timeline puts items by.
    pub timeline: TimelineMode,
    /// What a team can do in the first horizon, in points of effort.
    pub capacity: Option<u64>,
    /// Where the file says so, if it has a line for it.
    pub capacity_place: Option<Location>,
    /// After how many days without a touch an item counts as stale; none where none does.
    pub stale_after: Option<u32>,
    /// T-shirt sizes and other words for numbers, in lower case.
    pub sizes: BTreeMap<String, Decimal>,
    /// Words for priorities with their weights, in lower case.
    pub priorities: BTreeMap<String, Decimal>,
    /// What a bare number means as a priority.
    pub priority_numbers: PriorityNumbers,
    /// The author's words for states.
    pub states: BTreeMap<String, State>,
    /// The state of an item that says no status; none where that is unknown.
    pub silence: Option<State>,
    /// More names for fields: canonical name → names.
    pub fields: BTreeMap<String, Vec<String>>,
    /// Patterns of bare ids to link in prose.
    pub mentions: Vec<Regex>,
    /// Severities that differ from the codes' own; `None` switches a code off.
    pub severities: BTreeMap<Code, Option<Severity>>,
    /// Where the plan's files are, and how to read them. A file belongs to the first collection that includes it.
    pub collections: Vec<Collection>,
    /// Whether the file says so itself.
    pub has_own_collections: bool,
}

closed_list! {
    /// The frameworks that can score an item.
    #[derive(Default)]
    pub enum Scoring {
        /// Value ÷ effort.
        #[default]
        ValueEffort = "value-effort",
        /// Reach × impact × confidence ÷ effort.
        Rice = "rice",
        /// Cost of delay ÷ effort.
        Wsjf = "wsjf",
        /// Impact × confidence × ease.
        Ice = "ice",
        /// The mean of impact, confidence and ease.
        IceMean = "ice-mean",
        /// Inputs of the team's choice, by weight.
        Weighted = "weighted",
        /// The weight of the item's priority.
        Priority = "priority",
    }
}

/// What an input counts for in weighted scoring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weight {
    /// The field, as the author of the configuration calls it.
    pub name: String,
    /// How much it counts beside the others on its side.
    pub weight: Decimal,
    /// Whether it is a cost, written with a minus: the score is divided by it.
    pub divides: bool,
    /// The top of its scale; none for the largest number that an item of the plan has.
    pub of: Option<Decimal>,
}

closed_list! {
    /// What the timeline puts items by.
    #[derive(Default)]
    pub enum TimelineMode {
        /// Their dates, on months, quarters or years.
        #[default]
        Dates = "dates",
        /// Their horizons alone.
        Horizons = "horizons",
    }
}

closed_list! {
    /// Who a build is for.
    #[derive(Default)]
    pub enum Audience {
        /// Everybody: nothing that is marked internal.
        #[default]
        Public = "public",
        /// The team: everything.
        Internal = "internal",
    }
}

impl Audience {
    /// What its members are called.
    pub fn readers(self) -> &'static str {
        match self {
            Audience::Public => "public",
            Audience::Internal => "team",
        }
    }
}

closed_list! {
    /// The kinds of file in a plan.
    pub enum Kind {
        /// Why the product exists; one a product.
        Vision = "vision",
        /// A strategic theme.
        Theme = "theme",
        /// A product backlog item.
        Item = "item",
        /// A free page.
        Page = "page",
    }
}

closed_list! {
    /// Where a file may have its fields.
    pub enum Reader {
        /// In front matter, which is read of every file.
        FrontMatter = "front-matter",
        /// In the first table of two columns below the title.
        Table = "table",
        /// In the first list below the title, as `* Status: done`.
        Bullets = "bullets",
        /// In lines below the title, as `**Status:** done`.
        BoldLines = "bold-lines",
        /// Below headings, as `## Status`.
        Sections = "sections",
    }
}

/// A set of files that are read the same way.
#[derive(Clone, Debug)]
pub struct Collection {
    /// What its files are.
    pub kind: Kind,
    /// The patterns of its files.
    pub include: Patterns,
    /// The patterns of files that are left out all the same.
    pub exclude: Patterns,
    /// Where its files have their fields, in this order.
    pub readers: Vec<Reader>,
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

impl Collection {
    /// Whether a file, by its path from the project's root, is one of this collection's.
    pub fn includes(&self, path: &str) -> bool {
        self.include.is_match(path) && !self.exclude.is_match(path)
    }
}

/// Reads the configuration. One that cannot be read gives defaults and a diagnostic: the caller must not publish then, since
/// nobody knows what was meant to stay private.
pub fn config(source: &Arc<Source>) -> (Config, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let config = file::checked(source, file::read(source, &mut diagnostics), &mut diagnostics);
    (config, diagnostics)
}

/// Where a name stands in the configuration first; the beginning of the file where it is not written as it means.
pub fn location_of(source: &Arc<Source>, name: &str) -> Location {
    let in_quotes = name.replace('\\', "\\\\");
    let offset = source.text.find(name).or_else(|| source.text.find(&in_quotes));
    Location::new(source, offset.map_or_else(Span::default, |offset| Span::new(offset, offset + name.len())))
}

/// Where the configuration names a pattern of a collection, by its index: earlier collections may name the same one.
pub fn location_of_pattern(source: &Arc<Source>, config: &Config, index: usize, pattern: &str) -> Location {
    let is_named = |collection: &Collection| {
        let all = collection.include.written().chain(collection.exclude.written());
        all.filter(|other| *other == pattern).count()
    };
    let before = config.collections[..index].iter().map(is_named).sum();
    let is_of_pattern = |c: char| c.is_alphanumeric() || "*/?.-_[]{}!".contains(c);
    let is_whole = |&(at, _): &(usize, &str)| {
        let (head, tail) = (&source.text[..at], &source.text[at + pattern.len()..]);
        // What closes a list stands behind the last of its patterns.
        let is_end = tail.chars().next().is_none_or(|c| !is_of_pattern(c) || "]}".contains(c));
        is_end && head.chars().next_back().is_none_or(|c| !is_of_pattern(c) || "[{".contains(c))
    };
    match source.text.match_indices(pattern).filter(is_whole).nth(before) {
        Some((at, _)) => Location::new(source, Span::new(at, at + pattern.len())),
        None => location_of(source, pattern),
    }
}

/// Whether a text is a web address and nothing besides: it stands in headers and files of lines, where a space or a line end would begin
/// something else.
pub fn is_web_address(text: &str) -> bool {
    let is_scheme = |scheme: &str| ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web));
    let is_web = text.split_once("://").is_some_and(|(scheme, _)| is_scheme(scheme));
    is_web && !text.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// What to do about one that is none.
pub const SITE_ADDRESS_HELP: &str =
    "write where the site will be, such as `https://example.org/roadmap/`, without a query or a password";

/// Whether a text is an address that a site can have: a web address with a host, and nothing behind the path that would end up in the middle
/// of other addresses, or that nobody should read.
pub fn is_site_address(text: &str) -> bool {
    let rest = text.split_once("://").map(|(_, rest)| rest.split('/').next().unwrap_or_default());
    let is_port = |port: &str| port.parse::<u16>().is_ok_and(|port| port > 0);
    let is_host = |host: &str| match host.strip_prefix('[') {
        Some(address) => address
            .strip_suffix(']')
            .is_some_and(|address| address.chars().all(|c| c.is_ascii_hexdigit() || ":.".contains(c))),
        None => {
            host.split('.').all(|label| !label.is_empty() && !label.starts_with('-') && !label.contains(['@', ':']))
        }
    };
    let has_host = |rest: &str| match rest.rsplit_once(':').filter(|(_, port)| !port.ends_with(']')) {
        Some((host, port)) => is_host(host) && is_port(port),
        None => is_host(rest.strip_suffix('.').unwrap_or(rest)),
    };
    is_web_address(text) && !text.contains(['?', '#', '\\']) && rest.is_some_and(has_host)
}

impl Default for Config {
    /// What an empty configuration means.
    fn default() -> Config {
        config(&Source::new(FILE, "")).0
    }
}
