//! The field registry: every field that Roadbook knows, and the names people already use for it.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::declared::VisibilityNames;
use super::spelling::is_slip;
pub(super) use super::spelling::{is_nearly, is_same, normal};
use crate::config::{Config, Kind};
use crate::nearest::{is_near, nearest, plain};

/// A field of the front matter.
#[derive(Clone, Copy, Debug)]
pub struct KnownField {
    /// Its canonical name.
    pub name: &'static str,
    /// Other names, from a survey of 22 public plans. Case counts for nothing, and neither do `-`, `_` and spaces. A dot names an entry of a map.
    also: &'static str,
    /// What its value means.
    pub holds: Holds,
    /// The kinds of file that have it.
    pub kinds: &'static [Kind],
    /// What it is for, in one sentence without a full stop.
    pub meaning: &'static str,
}

/// What the value of a field means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// One text.
    Text,
    /// Texts.
    Texts,
    /// A number from 0, or a size.
    Number,
    /// A day, a month, a quarter, a half or a year.
    Date,
    /// One item.
    Item,
    /// Items.
    Items,
    /// Themes.
    Themes,
    /// Outcomes: of a theme whole, of an item by name.
    Outcomes,
    /// The author's word for where a thing stands.
    Status,
    /// A horizon.
    Horizon,
    /// A word that the configuration weighs.
    Priority,
    /// The author's word for what an item is.
    Type,
    /// People.
    Owners,
    /// A team.
    Team,
    /// Words.
    Tags,
    /// A release or an event.
    Milestone,
    /// The three texts of a position.
    Positioning,
    /// Public or internal.
    Visibility,
    /// What a file is.
    Kind,
}

const EVERY: &[Kind] = &[Kind::Vision, Kind::Theme, Kind::Item, Kind::Page];
const ITEM: &[Kind] = &[Kind::Item];
const THEME: &[Kind] = &[Kind::Theme];
const VISION: &[Kind] = &[Kind::Vision];
const ITEM_AND_THEME: &[Kind] = &[Kind::Theme, Kind::Item];
const PLACED: &[Kind] = &[Kind::Theme, Kind::Item, Kind::Page];

const fn field(
    name: &'static str,
    also: &'static str,
    holds: Holds,
    kinds: &'static [Kind],
    meaning: &'static str,
) -> KnownField {
    KnownField { name, also, holds, kinds, meaning }
}

/// Every field.
const FIELDS: &[KnownField] = &[
    field(
        "aliases",
        "alias|formerly|former_ids",
        Holds::Texts,
        EVERY,
        "Ids that it had before: links to them lead here",
    ),
    field("blocks", "unblocks|required_by|blocking|unlocks", Holds::Items, ITEM, "Items that wait for this one"),
    field("confidence", "", Holds::Number, ITEM, "How sure you are, best with a per cent sign: `80%`"),
    field(
        "created",
        "created_date|creation_date|date_created|created_at|date",
        Holds::Date,
        ITEM,
        "When it was written down",
    ),
    field(
        "customers",
        "customer|target_customers|audience",
        Holds::Texts,
        VISION,
        "Whom the product is for, one sentence each",
    ),
    field(
        "depends_on",
        "dependencies|requires|blocked_by|is_blocked_by|blocked|blockers|waiting_for|waiting_on|deps|depends|relations.depends_on",
        Holds::Items,
        ITEM,
        "Items that must be done before this one",
    ),
    field("due", "due_date|deadline", Holds::Date, ITEM, "When it must be there: a law, a contract, an event"),
    field("ease", "", Holds::Number, ITEM, "How easy it is, from 1 to 10 (ICE)"),
    field(
        "effort",
        "size|estimate|story_points|points",
        Holds::Number,
        ITEM,
        "What it costs, in one unit for the whole plan: a number above 0, or a size",
    ),
    field("evidence", "", Holds::Texts, ITEM_AND_THEME, "Why you believe in it: texts or addresses"),
    field(
        "horizon",
        "quarter|timespan",
        Holds::Horizon,
        ITEM_AND_THEME,
        "When, roughly: one of the configured horizons",
    ),
    field("id", "", Holds::Text, EVERY, "Its name in references; the slug of the file's name where it is missing"),
    field(
        "impact",
        "",
        Holds::Number,
        ITEM,
        "How much it moves each of those it reaches: 3, 2, 1, 0.5 or 0.25 (RICE); 1 to 10 (ICE)",
    ),
    field(
        "investment",
        "share",
        Holds::Number,
        THEME,
        "The share of the effort that you mean to spend here, in per cent",
    ),
    field("kind", "", Holds::Kind, EVERY, "What the file is, where its folder does not say so"),
    field(
        "links",
        "link|tracking_link|discussions_to|issue|pr|github_issue",
        Holds::Texts,
        ITEM,
        "Where else it is spoken of: addresses",
    ),
    field(
        "milestone",
        "release|target_release|version|latest_milestone",
        Holds::Milestone,
        ITEM,
        "The release or event that it belongs to",
    ),
    field("needs", "", Holds::Texts, VISION, "What the customers need"),
    field("north_star", "", Holds::Text, VISION, "The one measure that tells whether it works"),
    field(
        "order",
        "ordinal|weight|rank",
        Holds::Number,
        PLACED,
        "Breaks ties in the order, the smaller first; the place among themes or pages",
    ),
    field(
        "outcomes",
        "outcome",
        Holds::Outcomes,
        ITEM_AND_THEME,
        "Of a theme, what is to be measurably different; of an item, the outcomes of its themes that it is to change",
    ),
    field(
        "owner",
        "owners|assignee|assignees|author|authors|point_of_contact",
        Holds::Owners,
        ITEM_AND_THEME,
        "Who answers for it",
    ),
    field("parent", "parent_task_id|epic|parent_epic", Holds::Item, ITEM, "The item that this is a part of"),
    field("positioning", "", Holds::Positioning, VISION, "What it is, what people do today, why this is better"),
    field("priority", "prio", Holds::Priority, ITEM, "How important it is, in a word: `P1`, high, must"),
    field("product_goal", "goal", Holds::Text, VISION, "The one goal that the backlog serves now"),
    field("reach", "", Holds::Number, ITEM, "How many people or events it reaches in a period (RICE)"),
    field(
        "relates",
        "relates_to|related|see_also|references|relations.relates_to|composes_with|extends|implements",
        Holds::Items,
        ITEM,
        "Items that have to do with it",
    ),
    field("reviewed", "last_reviewed", Holds::Date, VISION, "When somebody last asked whether all this is still true"),
    field(
        "risk_reduction",
        "opportunity_enablement",
        Holds::Number,
        ITEM,
        "What it makes less risky, or possible: 1, 2, 3, 5, 8, 13 or 20 (WSJF)",
    ),
    field(
        "start",
        "start_date|starts|starts_on|start_after|not_before|earliest_start|available_from|begin|begins|begin_date",
        Holds::Date,
        ITEM,
        "When work began or should begin",
    ),
    field("status", "state", Holds::Status, ITEM_AND_THEME, "Where it stands, in your own words"),
    field(
        "summary",
        "description",
        Holds::Text,
        EVERY,
        "One or two sentences; the first paragraph where it is missing",
    ),
    field("superseded_by", "replaced_by|relations.superseded_by", Holds::Items, ITEM, "Items that replace this one"),
    field("supersedes", "replaces|relations.supersedes", Holds::Items, ITEM, "Items that this one replaces"),
    field("tags", "labels|tag|label", Holds::Tags, ITEM, "Words to find it by"),
    field("target", "target_date", Holds::Date, ITEM, "When it is intended"),
    field("team", "teams", Holds::Team, ITEM, "The team that does it"),
    field(
        "theme",
        "themes|roadmap|flagship|owning_sig|category|track|area|bucket",
        Holds::Themes,
        ITEM,
        "The themes that it serves",
    ),
    field("time_criticality", "", Holds::Number, ITEM, "What waiting costs: 1, 2, 3, 5, 8, 13 or 20 (WSJF)"),
    field(
        "title",
        "name|headline",
        Holds::Text,
        EVERY,
        "What it is called; the first heading, else the file's name, where it is missing",
    ),
    field("type", "", Holds::Type, ITEM, "Feature, bug, enabler, spike, epic: your own word"),
    field(
        "updated",
        "updated_date|last_updated|modified|updated_at|closed|completed|completed_date",
        Holds::Date,
        ITEM,
        "When it last changed in substance; of a finished item, when it was finished",
    ),
    field(
        "value",
        "business_value",
        Holds::Number,
        ITEM,
        "How much it is worth, on one scale for the whole plan: a number from 0, or a size",
    ),
    field("visibility", "", Holds::Visibility, EVERY, "Who may see it"),
];

/// Every name that is accepted for a canonical field, the canonical name first; empty for a name that is none.
pub fn names_of(canonical: &str) -> Vec<&'static str> {
    let field = FIELDS.iter().find(|field| field.name == canonical);
    field.map_or_else(Vec::new, |field| {
        std::iter::once(field.name).chain(field.also.split('|').filter(|also| !also.is_empty())).collect()
    })
}

/// Whether a name is that of a field which says something of a thing, and not what it depends on or what is a part of it.
pub(super) fn describes(name: &str) -> bool {
    let name = normal(name);
    let is_it = |field: &&KnownField| names_of(field.name).into_iter().any(|known| normal(known) == name);
    FIELDS.iter().find(is_it).is_some_and(|field| !matches!(field.holds, Holds::Item | Holds::Items))
}

/// A name, and every other that means the same field in some collection.
pub fn names_for(config: &Config, name: &str) -> Vec<String> {
    let registry = Registry::new(config);
    let meant = (0..config.collections.len()).filter_map(|index| registry.field(index, name)).map(|known| known.field);
    let mut names = vec![name.to_owned()];
    for field in meant {
        let own = config.collections.iter().filter_map(|collection| collection.fields.get(field));
        names.extend(own.chain(config.fields.get(field)).flatten().cloned());
        names.extend(names_of(field).into_iter().map(str::to_owned));
    }
    names
}

/// The fields of a kind of file, each with every name that the configuration accepts for it: the canonical name first, where it still
/// means the field.
pub fn fields_of(config: &Config, kind: Kind) -> Vec<(&'static KnownField, Vec<String>)> {
    let registry = Registry::new(config);
    let collections = || config.collections.iter().enumerate().filter(|(_, collection)| collection.kind == kind);
    let names = |field: &'static KnownField| {
        let own = collections().filter_map(|(_, collection)| collection.fields.get(field.name)).flatten().cloned();
        let shared = config.fields.get(field.name).into_iter().flatten().cloned();
        let usual = names_of(field.name).into_iter().map(str::to_owned);
        let means = |name: &String| {
            let mut tables = collections().map(|(at, _)| registry.field(at, name)).peekable();
            tables.peek().is_none() || tables.flatten().any(|known| known.field == field.name)
        };
        let mut seen = HashSet::new();
        let all = usual.chain(own).chain(shared).filter(means);
        (field, all.filter(|name| seen.insert(normal(name))).collect())
    };
    FIELDS.iter().filter(|field| field.kinds.contains(&kind)).map(names).collect()
}

/// Names to canonical fields, one table a collection.
pub(super) struct Registry {
    tables: Vec<HashMap<String, Known>>,
    /// The names by which a file may say who may see it.
    pub(super) visibility: VisibilityNames,
}

/// What is known of a name.
#[derive(Clone, Copy)]
pub(super) struct Known {
    /// The canonical field.
    pub(super) field: &'static str,
    /// Its place among the names for that field: the lowest that a file has is the one that counts for a field of one value.
    pub(super) precedence: usize,
}

impl Registry {
    pub(super) fn new(config: &Config) -> Registry {
        let table = |collection: &crate::config::Collection| {
            let mut table = HashMap::new();
            for &KnownField { name: field, .. } in FIELDS {
                let own = collection.fields.get(field).into_iter().flatten().map(String::as_str);
                let shared = config.fields.get(field).into_iter().flatten().map(String::as_str);
                for (precedence, name) in own.chain(shared).chain(names_of(field)).enumerate() {
                    // A name the configuration gives to one field is no longer the default of another.
                    let known = Known { field, precedence };
                    let configured = precedence + names_of(field).len()
                        < names_of(field).len()
                            + collection.fields.get(field).map_or(0, Vec::len)
                            + config.fields.get(field).map_or(0, Vec::len);
                    let name = normal(name);
                    if configured {
                        table.insert(name, known);
                    } else {
                        table.entry(name).or_insert(known);
                    }
                }
            }
            table
        };
        let visibility = VisibilityNames::new(config);
        Registry { tables: config.collections.iter().map(table).collect(), visibility }
    }

    /// The field behind a name; for an entry of a map, `map.entry`.
    pub(super) fn field(&self, collection: usize, name: &str) -> Option<Known> {
        let table = self.tables.get(collection)?;
        table.get(name).or_else(|| table.get(&normal(name))).copied()
    }

    /// The names of the fields that a kind of file can have in a collection, in their plain form.
    pub(super) fn names(&self, collection: usize, kind: Kind) -> BTreeSet<String> {
        let table = self.tables.get(collection).into_iter().flatten();
        table.filter(|(_, known)| has(kind, known.field)).map(|(name, _)| plain(name)).collect()
    }

    /// The field that an entry of a map is, by the names of both.
    pub(super) fn entry(&self, collection: usize, map: &str, entry: &str) -> Option<Known> {
        self.field(collection, &format!("{map}.{entry}"))
    }

    /// The known name nearest to `name`, of the fields of one kind of file or of all, or of the author's `own`, where a slip of the finger would
    /// explain it.
    pub(super) fn nearest<'a>(
        kind: Option<Kind>,
        name: &str,
        own: impl Iterator<Item = &'a str> + Clone,
    ) -> Option<&'a str> {
        let name = name.trim().to_ascii_lowercase().replace(['-', ' '], "_");
        if name.starts_with("x_") || name.len() < 4 {
            return None;
        }
        let fields = FIELDS.iter().filter(|field| kind.is_none_or(|kind| field.kinds.contains(&kind)));
        let names = fields.flat_map(|field| names_of(field.name));
        let names = names.chain(own).filter(|known| known.len() >= 4 && !known.contains('.'));
        // A short name of the author's own is often near to one of ours by chance.
        let is_meant = |known: &&str| if name.len() >= 8 { is_near(&name, known, 2) } else { is_slip(&name, known) };
        let found = nearest(&name, names.clone()).filter(is_meant)?;
        // What is superseded is so by something: the opposite of what supersedes.
        let passive = format!("{name}_by");
        Some(names.into_iter().find(|known| *known == passive).unwrap_or(found))
    }
}

/// Whether a kind of file has a field, by its canonical name.
pub(super) fn has(kind: Kind, field: &str) -> bool {
    FIELDS.iter().any(|known| known.name == field && known.kinds.contains(&kind))
}
