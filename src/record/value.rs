//! Values of properties, and what they are as JSON and as text.

use std::borrow::Cow;

use serde::Serialize;
use serde::ser::{SerializeMap as _, Serializer};

use super::number;
use crate::date::Date;
use crate::id::{ItemId, ThemeId};
use crate::markdown::Tasks;
use crate::number::Decimal;
use crate::parse::{Field, Node};
use crate::plan::Text;
use crate::resolve::{OutcomeId, RankBoost, Roadmap, RoadmapItem, Score, WaitingFor};

/// The value of a property.
#[derive(Clone, Debug)]
pub enum PropertyValue<'a> {
    /// There is none.
    None,
    /// Yes or no.
    Flag(bool),
    /// A count, or a rank.
    Count(u64),
    /// A number.
    Number(Decimal),
    /// One text; empty for none.
    Text(Cow<'a, str>),
    /// Words: owners, tags.
    Words(&'a [String]),
    /// Sentences, addresses or names, as the author wrote them.
    Texts(&'a [Text]),
    /// What it waits for outside of the plan's items.
    WaitingFor(Vec<WaitingFor<'a>>),
    /// A day, a month, a quarter, a half or a year.
    Date(&'a Date),
    /// One item.
    Item(ItemId),
    /// Items.
    Items(Cow<'a, [ItemId]>),
    /// The themes it serves; in a plan without theme files, the words that name them.
    Themes {
        /// The themes.
        found: &'a [ThemeId],
        /// Their ids, or the words.
        names: Vec<&'a str>,
    },
    /// Outcomes of its themes.
    Outcomes(&'a [OutcomeId]),
    /// Its score, or what is missing to tell.
    Score(&'a Score),
    /// The numbers that the framework in use reads, by name.
    Inputs(Vec<(&'a str, Decimal)>),
    /// Why it stands before its own score's place.
    Boost(&'a RankBoost),
    /// Boxes, ticked and all.
    Tasks(Tasks),
    /// The author's own fields.
    Fields(&'a [Field]),
}

impl<'a> PropertyValue<'a> {
    /// A text that may be empty.
    pub(super) fn text(text: &'a str) -> PropertyValue<'a> {
        PropertyValue::Text(Cow::Borrowed(text))
    }

    /// A date that may be missing.
    pub(super) fn date(date: Option<&'a Date>) -> PropertyValue<'a> {
        date.map_or(PropertyValue::None, PropertyValue::Date)
    }

    /// Items, borrowed.
    pub(super) fn items(items: &'a [ItemId]) -> PropertyValue<'a> {
        PropertyValue::Items(Cow::Borrowed(items))
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        match self {
            PropertyValue::None => true,
            PropertyValue::Flag(flag) => !flag,
            PropertyValue::Text(text) => text.is_empty(),
            PropertyValue::Words(words) => words.is_empty(),
            PropertyValue::Texts(texts) => texts.is_empty(),
            PropertyValue::WaitingFor(all) => all.is_empty(),
            PropertyValue::Items(items) => items.is_empty(),
            PropertyValue::Themes { names, .. } => names.is_empty(),
            PropertyValue::Outcomes(outcomes) => outcomes.is_empty(),
            PropertyValue::Score(score) => score.result.is_none(),
            PropertyValue::Inputs(inputs) => inputs.is_empty(),
            PropertyValue::Tasks(tasks) => tasks.total == 0,
            PropertyValue::Fields(fields) => fields.is_empty(),
            PropertyValue::Count(_)
            | PropertyValue::Number(_)
            | PropertyValue::Date(_)
            | PropertyValue::Item(_)
            | PropertyValue::Boost(_) => false,
        }
    }

    /// The value in plain text, ids for things of the plan; empty where there is none.
    pub fn plain(&self, roadmap: &Roadmap) -> String {
        let id = |item: ItemId| roadmap.plan.items[item].entry.id.as_str();
        match self {
            PropertyValue::None => String::new(),
            PropertyValue::Flag(flag) => flag.to_string(),
            PropertyValue::Count(count) => count.to_string(),
            PropertyValue::Number(number) => number.to_string(),
            PropertyValue::Text(text) => text.to_string(),
            PropertyValue::Words(words) => words.join(", "),
            PropertyValue::Texts(texts) => texts.iter().map(|text| text.value.as_str()).collect::<Vec<_>>().join("; "),
            PropertyValue::WaitingFor(all) => {
                all.iter().map(|one| one.text.value.as_str()).collect::<Vec<_>>().join("; ")
            }
            PropertyValue::Date(date) => date.to_string(),
            PropertyValue::Item(item) => id(*item).to_owned(),
            PropertyValue::Items(items) => items.iter().map(|&item| id(item)).collect::<Vec<_>>().join(", "),
            PropertyValue::Themes { names, .. } => names.join(", "),
            PropertyValue::Outcomes(outcomes) => {
                outcomes.iter().map(|&outcome| outcome_id(roadmap, outcome)).collect::<Vec<_>>().join(", ")
            }
            PropertyValue::Score(score) => score.result.map(|score| score.to_string()).unwrap_or_default(),
            PropertyValue::Inputs(inputs) => {
                inputs.iter().map(|(name, number)| format!("{name} {number}")).collect::<Vec<_>>().join(", ")
            }
            PropertyValue::Boost(boost) => format!("from {} because it unblocks {}", boost.from, id(boost.unblocks)),
            PropertyValue::Tasks(tasks) => format!("{} of {}", tasks.done, tasks.total),
            PropertyValue::Fields(fields) => {
                let field = |field: &Field| format!("{}: {}", field.name.value, field.value.flat());
                fields.iter().map(field).collect::<Vec<_>>().join("; ")
            }
        }
    }
}

fn outcome_id(roadmap: &Roadmap, outcome: OutcomeId) -> &str {
    roadmap.plan.themes[outcome.theme].outcomes[outcome.index].id.as_str()
}

/// A value as JSON. `roadmap` has the ids of things.
pub(super) struct Json<'a> {
    pub(super) roadmap: &'a Roadmap,
    pub(super) value: &'a PropertyValue<'a>,
}

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let id = |item: ItemId| self.roadmap.plan.items[item].entry.id.as_str();
        match self.value {
            PropertyValue::None => to.serialize_none(),
            PropertyValue::Flag(flag) => to.serialize_bool(*flag),
            PropertyValue::Count(count) => to.serialize_u64(*count),
            PropertyValue::Number(decimal) => number(*decimal).serialize(to),
            PropertyValue::Text(text) if text.is_empty() => to.serialize_none(),
            PropertyValue::Text(text) => to.serialize_str(text),
            PropertyValue::Words(words) => to.collect_seq(*words),
            PropertyValue::Texts(texts) => to.collect_seq(texts.iter().map(|text| &text.value)),
            PropertyValue::WaitingFor(all) => to.collect_seq(all.iter().map(|&one| WaitingForRecord::new(one))),
            PropertyValue::Date(date) => to.collect_str(date),
            PropertyValue::Item(item) => to.serialize_str(id(*item)),
            PropertyValue::Items(items) => to.collect_seq(items.iter().map(|&item| id(item))),
            PropertyValue::Themes { names, .. } => to.collect_seq(names),
            PropertyValue::Outcomes(outcomes) => {
                to.collect_seq(outcomes.iter().map(|&outcome| outcome_id(self.roadmap, outcome)))
            }
            PropertyValue::Score(score) => score.result.map(number).serialize(to),
            PropertyValue::Inputs(inputs) => {
                to.collect_map(inputs.iter().map(|(name, decimal)| (name, number(*decimal))))
            }
            PropertyValue::Boost(boost) => {
                let mut object = to.serialize_map(Some(5))?;
                object.serialize_entry("from", &boost.from)?;
                object.serialize_entry("unblocks", id(boost.unblocks))?;
                object.serialize_entry("others", &boost.others)?;
                object.serialize_entry("value", &number(Decimal(boost.value)))?;
                object.serialize_entry("effort", &number(Decimal(boost.effort)))?;
                object.end()
            }
            PropertyValue::Tasks(tasks) => {
                let mut object = to.serialize_map(Some(2))?;
                object.serialize_entry("done", &tasks.done)?;
                object.serialize_entry("total", &tasks.total)?;
                object.end()
            }
            PropertyValue::Fields(fields) => OwnFields(fields).serialize(to),
        }
    }
}

/// The author's own fields as JSON: an object by their names, its values texts, lists and maps as written.
#[derive(Clone, Copy, Debug)]
pub struct OwnFields<'a>(pub &'a [Field]);

impl Serialize for OwnFields<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.0.iter().map(|field| (&field.name.value, JsonNode(&field.value.node))))
    }
}

/// Something outside of the plan's items that an item waits for.
#[derive(Serialize)]
struct WaitingForRecord<'a> {
    /// The author's words.
    words: &'a str,
    /// Where they lead; null for words alone.
    address: Option<&'a str>,
    /// Whether they look like a reference, and no item matches it.
    unknown: bool,
}

impl<'a> WaitingForRecord<'a> {
    fn new(one: WaitingFor<'a>) -> WaitingForRecord<'a> {
        WaitingForRecord { words: &one.text.value, address: one.address(), unknown: one.unknown.is_some() }
    }
}

/// What an author wrote: text, lists and maps of text.
struct JsonNode<'a>(&'a Node);

impl Serialize for JsonNode<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Node::Scalar(text) => to.serialize_str(text),
            Node::List(list) => to.collect_seq(list.iter().map(|value| JsonNode(&value.node))),
            Node::Map(entries) => OwnFields(entries).serialize(to),
        }
    }
}

/// The items of an iterator as a value.
pub(super) fn collected<'a>(items: impl Iterator<Item = ItemId>) -> PropertyValue<'a> {
    PropertyValue::Items(Cow::Owned(items.collect()))
}

/// The themes of an item.
pub(super) fn themes(item: RoadmapItem<'_>) -> PropertyValue<'_> {
    PropertyValue::Themes { found: &item.resolved().links.themes, names: item.themes() }
}
