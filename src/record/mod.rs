//! The record of an item: every property with its key, its label and its value, written once. `roadmap.json`, `backlog.csv`, the
//! graph, the pages and the commands choose from this list, so that one key cannot mean two things.

mod properties;
mod value;

use serde::Serialize;
use serde::ser::{SerializeMap as _, Serializer};

use crate::id::ItemId;
use crate::number::{Decimal, ONE};
use crate::resolve::{Cycle, Roadmap, RoadmapItem, Rollup};

pub use properties::{PROPERTIES, property};
pub use value::{OwnFields, PropertyValue};

/// The version of every JSON document that Roadbook writes with items in it. It grows when a key changes its meaning or goes away, not
/// when one is added.
pub const SCHEMA_VERSION: u32 = 2;

/// One property of an item.
#[derive(Clone, Copy, Debug)]
pub struct Property {
    /// Its key in JSON, and its column in CSV.
    pub key: &'static str,
    /// What it is called where people read it.
    pub label: &'static str,
    /// What it is called where its value is several.
    pub label_of_many: &'static str,
    /// Its value.
    pub value: for<'a> fn(RoadmapItem<'a>) -> PropertyValue<'a>,
    /// Whether it has a key of its own in JSON.
    pub is_in_json: bool,
    /// Whether it has a column in CSV.
    pub is_column: bool,
    /// Whether pages and `roadbook show` have it among the properties. What they show in another way is not.
    pub is_listed: bool,
}

/// An item as JSON: an object with every property that has a key, or with those of some keys. What an item lacks is null, or an empty list.
#[derive(Clone, Copy, Debug)]
pub struct ItemRecord<'a> {
    item: RoadmapItem<'a>,
    keys: Option<&'a [&'static str]>,
}

impl<'a> ItemRecord<'a> {
    /// The whole record.
    pub fn new(item: RoadmapItem<'a>) -> ItemRecord<'a> {
        ItemRecord { item, keys: None }
    }

    /// The properties with these keys, in the order of the record.
    pub fn only(item: RoadmapItem<'a>, keys: &'a [&'static str]) -> ItemRecord<'a> {
        ItemRecord { item, keys: Some(keys) }
    }
}

impl Serialize for ItemRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        for property in PROPERTIES {
            let is_wanted = match self.keys {
                Some(keys) => keys.contains(&property.key),
                None => property.is_in_json,
            };
            if is_wanted {
                let value = (property.value)(self.item);
                object.serialize_entry(property.key, &value::Json { roadmap: self.item.roadmap, value: &value })?;
            }
        }
        object.end()
    }
}

/// A cycle of dependencies as JSON.
#[derive(Serialize)]
pub struct CycleRecord<'a> {
    /// The ids of a shortest cycle: each waits for the next, the last for the first.
    items: Vec<&'a str>,
    /// Where each says so: path, line and column, with colons between.
    places: Vec<String>,
    /// The ids of all items of its strongly connected component.
    component: Vec<&'a str>,
}

impl<'a> CycleRecord<'a> {
    /// The record of a cycle of this roadmap.
    pub fn new(roadmap: &'a Roadmap, cycle: &'a Cycle) -> CycleRecord<'a> {
        let ids = |items: &'a [ItemId]| items.iter().map(|&id| roadmap.item(id).entry().id.as_str()).collect();
        CycleRecord {
            items: ids(&cycle.items),
            places: cycle.locations.iter().map(|location| roadmap.place(location)).collect(),
            component: ids(&cycle.component),
        }
    }
}

/// The sum over some items as JSON.
#[derive(Serialize)]
pub struct RollupRecord {
    /// How many.
    items: ShareRecord,
    /// Their effort.
    effort: ShareRecord,
}

#[derive(Serialize)]
struct ShareRecord {
    total: serde_json::Value,
    done: serde_json::Value,
    active: serde_json::Value,
    ready: serde_json::Value,
    blocked: serde_json::Value,
    waiting: serde_json::Value,
    scheduled: serde_json::Value,
    undecided: serde_json::Value,
    unknown: serde_json::Value,
}

impl RollupRecord {
    /// The record of a sum.
    pub fn new(rollup: &Rollup) -> RollupRecord {
        let (count, effort) = (&rollup.count, &rollup.effort);
        RollupRecord {
            items: ShareRecord {
                total: count.total.into(),
                done: count.done.into(),
                active: count.active.into(),
                ready: count.ready.into(),
                blocked: count.blocked.into(),
                waiting: count.waiting.into(),
                scheduled: count.scheduled.into(),
                undecided: count.undecided.into(),
                unknown: count.unknown.into(),
            },
            effort: ShareRecord {
                total: number(effort.total),
                done: number(effort.done),
                active: number(effort.active),
                ready: number(effort.ready),
                blocked: number(effort.blocked),
                waiting: number(effort.waiting),
                scheduled: number(effort.scheduled),
                undecided: number(effort.undecided),
                unknown: number(effort.unknown),
            },
        }
    }
}

/// A decimal as a JSON number: whole numbers without a point.
pub fn number(decimal: Decimal) -> serde_json::Value {
    if decimal.0.is_multiple_of(ONE) {
        return (decimal.0 / ONE).into();
    }
    // Reading the shortest text and writing it again gives the same text.
    decimal.to_string().parse::<f64>().map_or(serde_json::Value::Null, serde_json::Value::from)
}
