//! The schema of front matter: the fields of the registry, with the plan's own words to choose from.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use roadbook::config::{Config, Kind};
use roadbook::plan::{Holds, Input, KnownField, Plan, fields_of};
use roadbook::state::State;

/// What values of each kind may be, whatever the plan.
const VALUES: &str = include_str!("values.json");

/// The schema of a kind of file.
pub(super) fn front_matter(plan: &Plan, config: &Config, kind: Kind) -> Value {
    let mut properties = Map::new();
    for (field, names) in fields_of(config, kind) {
        let Some((first, others)) = names.split_first() else { continue };
        properties.insert(first.clone(), described(field, kind));
        for name in others {
            let same =
                json!({"$ref": format!("#/properties/{first}"), "description": format!("Another name for `{first}`.")});
            insert(&mut properties, name, same);
        }
    }
    if kind == Kind::Item {
        for weight in config.weights.iter().filter(|weight| Input::named(&weight.name).is_none()) {
            let number = json!({"$ref": "#/$defs/number", "description": "A number with a weight in roadbook.yml."});
            properties.entry(weight.name.clone()).or_insert(number);
        }
    }
    json!({
        "$schema": super::DIALECT,
        "$id": format!("urn:roadbook:front-matter:{}", kind.word()),
        "title": format!("Front matter of {}", match kind {
            Kind::Vision => "the vision",
            Kind::Theme => "a theme",
            Kind::Item => "an item",
            Kind::Page => "a page",
        }),
        "description": "Every field is optional, and a field of your own is kept. Names are compared without regard to case, hyphens, underscores and spaces.",
        "type": ["object", "null"],
        "$defs": used(&properties, definitions(plan, config)),
        "properties": properties,
    })
}

/// A name with a dot is an entry of a map.
fn insert(properties: &mut Map<String, Value>, name: &str, value: Value) {
    let Some((map, entry)) = name.split_once('.') else {
        properties.entry(name.to_owned()).or_insert(value);
        return;
    };
    let of = properties
        .entry(map.to_owned())
        .or_insert_with(|| json!({"type": "object", "properties": {}, "description": "Fields under one name."}));
    if let Some(entries) = of.get_mut("properties").and_then(Value::as_object_mut) {
        entries.entry(entry.to_owned()).or_insert(value);
    }
}

fn described(field: &KnownField, kind: Kind) -> Value {
    let of = match field.holds {
        Holds::Text => "text",
        Holds::Texts => "texts",
        Holds::Number => "number",
        Holds::Date => "date",
        Holds::Item => "item",
        Holds::Items => "items",
        Holds::Themes => "themes",
        Holds::Outcomes if kind == Kind::Theme => "outcomes",
        Holds::Outcomes => "outcome_ids",
        Holds::Status => "status",
        Holds::Horizon => "horizon",
        Holds::Priority => "priority",
        Holds::Type => "type",
        Holds::Owners => "owners",
        Holds::Team => "team",
        Holds::Tags => "tags",
        Holds::Milestone => "milestone",
        Holds::Positioning => "positioning",
        Holds::Visibility => "visibility",
        Holds::Kind => "kind",
    };
    json!({"$ref": format!("#/$defs/{of}"), "description": format!("{}.", field.meaning)})
}

/// The definitions that are referred to, directly or not.
fn used(properties: &Map<String, Value>, all: Value) -> Map<String, Value> {
    let mut found = Map::new();
    let mut waiting: Vec<&Value> = properties.values().collect();
    while let Some(value) = waiting.pop() {
        match value {
            Value::Object(entries) => waiting.extend(entries.values()),
            Value::Array(values) => waiting.extend(values),
            Value::String(text) => {
                let name = text.strip_prefix("#/$defs/").filter(|name| !found.contains_key(*name));
                if let Some((name, definition)) = name.and_then(|name| Some((name, all.get(name)?))) {
                    found.insert(name.to_owned(), definition.clone());
                    waiting.push(definition);
                }
            }
            _ => {}
        }
    }
    found
}

/// What fields may refer to.
fn definitions(plan: &Plan, config: &Config) -> Value {
    // The file is ours, and a test reads it.
    let mut all: Value = serde_json::from_str(VALUES).unwrap_or_default();
    let items = || plan.items.iter();
    let status = items().filter_map(|item| item.status.as_ref());
    let status = status.chain(plan.themes.iter().filter_map(|theme| theme.status.as_ref()));
    let states = State::ALL.into_iter().filter(|&state| state != State::Unknown).map(|state| state.word().to_owned());
    let outcomes = plan.themes.iter().flat_map(|theme| &theme.outcomes);
    let chosen: [(&str, &str, bool, Vec<String>); 11] = [
        ("item", "The id of an item of this plan.", false, items().map(|item| item.entry.id.clone()).collect()),
        (
            "theme",
            "The id of a theme of this plan.",
            false,
            plan.themes.iter().map(|theme| theme.entry.id.clone()).collect(),
        ),
        (
            "outcome_id",
            "The id of an outcome of this plan.",
            false,
            outcomes.map(|outcome| outcome.id.clone()).collect(),
        ),
        (
            "status",
            "A state, or a word of your own for one.",
            true,
            states.chain(status.map(|text| text.value.clone())).collect(),
        ),
        ("horizon", "A horizon, nearest first.", false, config.horizons.clone()),
        ("priority", "A word that has a weight.", false, config.priorities.keys().cloned().collect()),
        ("type", "A word that this plan uses.", true, items().map(|item| item.item_type.clone()).collect()),
        ("owner", "Somebody of this plan.", true, items().flat_map(|item| item.owners.clone()).collect()),
        ("team", "A team of this plan.", true, items().map(|item| item.team.clone()).collect()),
        ("tag", "A tag of this plan.", true, items().flat_map(|item| item.tags.clone()).collect()),
        ("milestone", "A milestone of this plan.", true, items().map(|item| item.milestone.clone()).collect()),
    ];
    for (name, meaning, is_sorted, words) in chosen {
        all[name] = one_of(meaning, words, is_sorted);
    }
    for (name, one) in
        [("items", "item"), ("themes", "theme"), ("outcome_ids", "outcome_id"), ("owners", "owner"), ("tags", "tag")]
    {
        let one = json!({"$ref": format!("#/$defs/{one}")});
        let list = json!({"type": "array", "items": {"anyOf": [one, {"type": "object"}]}});
        all[name] =
            json!({"description": "A list, names with commas between them, or one name.", "anyOf": [one, list]});
    }
    all["size"] = sizes(config);
    all
}

/// Any text, with words to choose from.
fn one_of(meaning: &str, mut words: Vec<String>, is_sorted: bool) -> Value {
    let mut seen = BTreeSet::new();
    words.retain(|word| !word.is_empty() && seen.insert(word.clone()));
    if is_sorted {
        words.sort();
    }
    let text = json!({"$ref": "#/$defs/text"});
    let ways = if words.is_empty() { json!([text]) } else { json!([{"enum": words}, text]) };
    json!({"description": meaning, "anyOf": ways})
}

/// Sizes in the letters of the configuration, and in capitals.
fn sizes(config: &Config) -> Value {
    let both = config.sizes.keys().flat_map(|word| [word.to_uppercase(), word.clone()]);
    let words: BTreeSet<String> = both.collect();
    json!({"enum": words, "description": "A size, which stands for a number."})
}
