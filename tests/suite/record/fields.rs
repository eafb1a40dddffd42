//! Every field of an item in every place that shows fields, and every key of the record with where it comes from. A place that was forgotten
//! is named.

use std::collections::{BTreeMap, BTreeSet};

use roadbook::config::{Config, Kind};
use roadbook::plan::{Input, KnownField, fields_of};
use roadbook::record::{PROPERTIES, PropertyValue, property};
use roadbook::site::ROADMAP_SCHEMA;
use roadbook::visibility::Audience;
use serde_json::Value;

use crate::docs::{docs, rows, section, ticked};
use crate::exports::table;
use crate::schema::strict;
use crate::support::{fixture_site, item_id, put_all, roadmap, text_at};

/// Fields whose key in the record is another, and why.
const OTHER_KEYS: &[(&str, &str, &str)] = &[
    ("theme", "themes", "an item may serve several"),
    ("owner", "owners", "an item may have several"),
    ("blocks", "unblocks", "the record has the relation from both ends, whoever wrote it"),
];

/// Fields that the record does not have, and why.
const NOT_IN_THE_RECORD: &[(&str, &str)] = &[
    ("kind", "every record is of an item"),
    ("visibility", "it is decided before there is a record, and the document says for whom it is"),
];

/// Keys of the record that are no field, and where they come from.
const DERIVED: &[(&str, &str)] = &[
    ("rank", "the order"),
    ("state", "the status"),
    ("readiness", "the state and the dependencies"),
    ("ready", "the readiness"),
    ("blocked", "the readiness"),
    ("blocked_by", "the dependencies that are not done"),
    ("missing", "dependencies that match no item"),
    ("waiting_for", "dependencies that are no items"),
    ("in_cycle", "the dependencies"),
    ("score", "the inputs"),
    ("score_inputs", "the inputs"),
    ("inputs", "the numbers together, one key each"),
    ("why", "the order"),
    ("boost", "the order"),
    ("children", "the parents of others"),
    ("mentioned_by", "the texts of others"),
    ("see_also", "relations to what is not an item"),
    ("waits_for", "dependencies in prose"),
    ("unblocks_outside", "what it blocks, in prose"),
    ("criteria", "the body"),
    ("tasks", "the body"),
    ("more_fields", "the author's own fields"),
    ("shadowed_by", "the ids of others"),
    ("path", "the file"),
    ("address", "the id"),
];

/// Keys that only the table and the graph have on their own; `roadmap.json` has them among `inputs`.
fn inputs() -> BTreeSet<&'static str> {
    Input::ALL.iter().map(|input| input.field()).collect()
}

/// What each place has.
#[derive(Clone)]
struct Places {
    /// Canonical names of the registry.
    fields: BTreeSet<String>,
    /// Keys by the place that has them.
    keys: BTreeMap<&'static str, BTreeSet<String>>,
    /// Fields that the documentation has a row for.
    documented: BTreeSet<String>,
}

const RECORD: &str = "the record (src/record/properties.rs)";
const SCHEMA: &str = "the schema (src/site/data/roadmap.schema.json)";
const TABLE: &str = "the table (backlog.csv)";
const SHOWN: &str = "`roadbook show`";
const DOCS: &str = "docs/front-matter.md";

fn key_of(field: &str) -> &str {
    OTHER_KEYS.iter().find(|(name, _, _)| *name == field).map_or(field, |(_, key, _)| key)
}

/// Every place that lacks a field, and everything in a place that is no field and not derived.
fn forgotten(places: &Places) -> Vec<String> {
    let mut complaints = Vec::new();
    let is_left_out = |field: &str| NOT_IN_THE_RECORD.iter().any(|(name, _)| *name == field);
    for field in &places.fields {
        if !places.documented.contains(field) {
            complaints.push(format!("`{field}` has no row in {DOCS}"));
        }
        for (place, keys) in places.keys.iter().filter(|_| !is_left_out(field)) {
            if !keys.contains(key_of(field)) {
                complaints.push(format!("`{field}` is not in {place}"));
            }
        }
    }
    for field in places.documented.iter().filter(|field| !places.fields.contains(*field)) {
        complaints.push(format!("{DOCS} has a row for `{field}`, which is no field of an item"));
    }
    let known: BTreeSet<&str> =
        places.fields.iter().filter(|field| !is_left_out(field)).map(|field| key_of(field)).collect();
    for (place, keys) in &places.keys {
        for key in keys.iter().map(String::as_str) {
            let is_derived = DERIVED.iter().any(|(name, _)| *name == key);
            if !known.contains(key) && !is_derived {
                complaints.push(format!("`{key}` is in {place}, and is neither a field of an item nor derived"));
            }
            if known.contains(key) && is_derived {
                complaints.push(format!("`{key}` is a field, and `DERIVED` in this file says that it is none"));
            }
        }
    }
    for (name, _) in DERIVED {
        if !places.keys[RECORD].contains(*name) {
            complaints.push(format!("`DERIVED` in this file names `{name}`, which is not in {RECORD}"));
        }
    }
    let named = OTHER_KEYS.iter().map(|(name, _, _)| name).chain(NOT_IN_THE_RECORD.iter().map(|(name, _)| name));
    for name in named.filter(|name| !places.fields.contains(**name)) {
        complaints.push(format!("this file names the field `{name}`, which is not in the registry"));
    }
    complaints
}

/// An item that says something in every field that is shown as a property, and one for each relation.
const FULL: &str = "//- roadbook.yml
scoring: value-effort
//- plan/themes/t.md
---
title: T
outcomes: [{id: o, metric: M}]
---
//- plan/items/other.md
# Other

See [it](full.md).
//- plan/items/full.md
---
id: full
aliases: [old]
title: Full
summary: All of it.
type: feature
status: planned
theme: t
outcomes: [o]
horizon: Next
owner: [Ana]
team: Sheds
value: 3
effort: 2
reach: 100
impact: 2
confidence: 80%
time_criticality: 5
risk_reduction: 8
ease: 7
priority: P1
order: 4
start: 2026-10-01
target: 2027-Q1
due: 2027-03-31
created: 2026-09-01
updated: 2026-10-02
milestone: Spring
tags: [wood]
parent: other
depends_on: [other, nobody, the key from the council]
blocks: [other, the fair in spring]
relates: [other, \"https://example.org/x\"]
supersedes: [other]
superseded_by: [other]
links: [\"https://example.org/1\"]
evidence: [A diary]
x-own: mine
---
See [other](other.md).

## Acceptance criteria

- [x] It stands

## Tasks

- [ ] Dig
";

/// What `roadbook show` prints of the full item.
fn shown() -> String {
    let project = tempfile::tempdir().expect("a folder");
    put_all(project.path(), FULL);
    super::printed(project.path(), &["show", "full"])
}

fn places() -> Places {
    let config = Config::default();
    let fields = fields_of(&config, Kind::Item).into_iter().map(|(field, _): (&KnownField, _)| field.name.to_owned());
    let text = docs("front-matter.md");
    let table_rows = rows(section(&text, "## Items"));
    let documented = table_rows.iter().filter(|row| row[0].starts_with('`')).map(|row| ticked(row[0])[0].to_owned());
    let documented: BTreeSet<String> = documented.collect();
    let schema = strict(ROADMAP_SCHEMA).expect("the schema");
    let item = &schema["$defs"]["item"]["properties"];
    let names = |value: &Value| value.as_object().expect("properties").keys().cloned().collect::<BTreeSet<String>>();
    let columns = table::rows(&text_at(&fixture_site(FULL, Audience::Internal), "backlog.csv")).expect("a table");
    let mut columns: BTreeSet<String> = columns[0].iter().cloned().collect();
    // What is no value for a cell: numbers have columns of their own, and the others say again what a column says.
    columns.extend(PROPERTIES.iter().filter(|property| !property.is_column).map(|property| property.key.to_owned()));
    let keys = BTreeMap::from([
        (RECORD, PROPERTIES.iter().map(|property| property.key.to_owned()).collect()),
        (SCHEMA, names(item).union(&names(&item["inputs"]["properties"])).cloned().collect()),
        (TABLE, columns),
    ]);
    Places { fields: fields.collect(), keys, documented }
}

#[test]
fn every_field_is_in_every_place() {
    let complaints = forgotten(&places());
    assert!(complaints.is_empty(), "a field is in every place that shows fields:\n  {}", complaints.join("\n  "));
}

#[test]
fn a_forgotten_place_is_named() {
    let good = places();
    assert_eq!(forgotten(&good), Vec::<String>::new());
    for field in good.fields.clone() {
        let mut bad = good.clone();
        bad.documented.remove(&field);
        assert_eq!(forgotten(&bad), [format!("`{field}` has no row in {DOCS}")]);
        for place in [RECORD, SCHEMA, TABLE] {
            let mut bad = good.clone();
            if bad.keys.get_mut(place).expect("a place").remove(key_of(&field)) {
                let complaints = forgotten(&bad);
                assert!(complaints.contains(&format!("`{field}` is not in {place}")), "{complaints:?}");
            }
        }
        let mut bad = good.clone();
        bad.fields.remove(&field);
        assert!(!forgotten(&bad).is_empty(), "`{field}` is not missed");
    }
    for place in [RECORD, SCHEMA, TABLE] {
        let mut bad = good.clone();
        bad.keys.get_mut(place).expect("a place").insert("mood".to_owned());
        assert_eq!(forgotten(&bad), [format!("`mood` is in {place}, and is neither a field of an item nor derived")]);
    }
    let mut bad = good.clone();
    bad.fields.insert("mood".to_owned());
    assert_eq!(forgotten(&bad).len(), 4, "a new field is asked for in each place: {:?}", forgotten(&bad));
    let mut bad = good;
    bad.documented.insert("mood".to_owned());
    assert_eq!(forgotten(&bad), [format!("{DOCS} has a row for `mood`, which is no field of an item")]);
}

/// What the schema has at the top of an item is what the record has there, and what it has among the inputs is what frameworks read.
#[test]
fn the_schema_has_the_keys_of_the_record_where_the_record_has_them() {
    let schema = strict(ROADMAP_SCHEMA).expect("the schema");
    let item = &schema["$defs"]["item"];
    let keys = |value: &Value| value.as_object().expect("properties").keys().cloned().collect::<BTreeSet<String>>();
    let in_json: BTreeSet<String> =
        PROPERTIES.iter().filter(|property| property.is_in_json).map(|property| property.key.to_owned()).collect();
    assert_eq!(keys(&item["properties"]), in_json);
    let required: BTreeSet<String> =
        item["required"].as_array().expect("a list").iter().filter_map(Value::as_str).map(str::to_owned).collect();
    assert_eq!(required, in_json);
    let inputs: BTreeSet<String> = inputs().into_iter().map(str::to_owned).collect();
    assert_eq!(keys(&item["properties"]["inputs"]["properties"]), inputs);
    let alone = PROPERTIES.iter().filter(|property| !property.is_in_json).map(|property| property.key.to_owned());
    assert_eq!(alone.collect::<BTreeSet<String>>(), inputs, "what is not in JSON by itself is an input");
}

/// Every property that is listed stands in `roadbook show` with its label and its value, once.
#[test]
fn show_lists_what_is_listed() {
    let (roadmap, text) = (roadmap(FULL), shown());
    let item = roadmap.item(item_id(&roadmap, "full"));
    let lines: Vec<&str> = text.lines().collect();
    for property in PROPERTIES {
        let value = (property.value)(item);
        assert!(
            !value.is_empty()
                || ["blocked", "ready", "boost", "children", "rank", "shadowed_by"].contains(&property.key),
            "the full item says no {}",
            property.key
        );
        let of_label =
            |label: &str| lines.iter().filter(|line| line.trim_start().starts_with(&format!("{label}  "))).count();
        let count = of_label(property.label).max(of_label(property.label_of_many));
        match &value {
            // Numbers stand in the line of the score, which says what they make.
            PropertyValue::Inputs(_) => assert_eq!(count, 0, "{text}"),
            _ if property.is_listed => {
                assert_eq!(count, 1, "{} in {SHOWN}\n{text}", property.label);
                assert!(text.contains(&value.plain(&roadmap)), "{} in {SHOWN}\n{text}", property.key);
            }
            _ => {}
        }
    }
    for words in ["Depends on", "Unblocks", "Relates to", "Acceptance criteria: 1 of 1 met", "Why this rank"] {
        assert!(text.contains(words), "{words:?} is not in\n{text}");
    }
    assert!(property("mood").is_none());
}
