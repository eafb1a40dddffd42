//! One record of an item: what `roadmap.json`, the commands, the graph and the table say under one key is one value, and every field of the
//! registry is in every place that shows fields.

mod fields;

use std::path::Path;

use roadbook::markdown::without_code;
use roadbook::record::{PROPERTIES, SCHEMA_VERSION};
use roadbook::text::visible;
use roadbook::visibility::Audience;
use serde_json::{Map, Value};

use crate::exports::table::{as_written, rows};
use crate::hostile::Hand;
use crate::schema::strict;
use crate::support::{example_folder, put_all, ran, site_of, text_at};

/// What a command prints in a project.
fn printed(root: &Path, arguments: &[&str]) -> String {
    let ran = ran(root, arguments);
    // An export of a plan with errors says so by its exit code.
    let is_export = arguments[0] == "export" && ran.stderr.starts_with("this plan has ");
    assert_eq!(ran.code, i32::from(is_export), "{arguments:?}: {}", ran.stderr);
    ran.stdout
}

/// The same as JSON of this version.
fn answer(root: &Path, arguments: &[&str]) -> Value {
    let document = strict(&printed(root, arguments)).unwrap_or_else(|error| panic!("{arguments:?}: {error}"));
    assert_eq!(document["schema_version"], SCHEMA_VERSION, "{arguments:?}");
    document
}

/// The records of a list, by path, which no two items share.
fn by_path(list: &Value) -> Map<String, Value> {
    let path = |record: &Value| record["path"].as_str().expect("a path").to_owned();
    list.as_array().expect("records").iter().map(|record| (path(record), record.clone())).collect()
}

/// The values under the keys that both have are equal, and there are no other keys.
fn part_of(part: &Value, whole: &Value) -> Vec<String> {
    let inputs = &whole["inputs"];
    let differs = |(key, value): &(&String, &Value)| {
        let known = match key.as_str() {
            // What the frameworks read stands among the inputs; what is missing is left out there.
            "value" | "effort" => Some(inputs.get(key.as_str()).unwrap_or(&Value::Null)),
            key => whole.get(key),
        };
        known != Some(*value)
    };
    let entries = part.as_object().expect("an object").iter();
    entries.filter(differs).map(|(key, value)| format!("{key}: {value} and not {}", whole[key])).collect()
}

/// Holds every answer about a project against its `roadmap.json`. Gives how many items there were.
fn one_record(root: &Path, asked: usize) -> usize {
    let document = answer(root, &["export", "--audience", "internal"]);
    let records = by_path(&document["items"]);
    let keys: Vec<&str> =
        PROPERTIES.iter().filter(|property| property.is_in_json).map(|property| property.key).collect();
    for (path, record) in &records {
        let found: Vec<&String> = record.as_object().expect("an object").keys().collect();
        assert_eq!(found, sorted(&keys), "{path}");
    }
    assert_eq!(by_path(&answer(root, &["list", "--all", "--format", "json"])["items"]), records, "list");
    let next = by_path(&answer(root, &["next", "--format", "json"])["items"]);
    for (path, record) in &next {
        assert_eq!(Some(record), records.get(path), "next: {path}");
    }
    let step = records.len().div_ceil(asked).max(1);
    for (path, record) in records.iter().step_by(step) {
        for command in ["show", "why"] {
            let said = answer(root, &[command, path, "--format", "json"]);
            assert_eq!(&said["item"], record, "{command} {path}");
            for neighbour in said["neighbours"].as_array().expect("neighbours") {
                let whole = records.values().find(|record| record["id"] == neighbour["id"]).expect("an item");
                assert_eq!(part_of(neighbour, whole), Vec::<String>::new(), "{command} {path}: {neighbour}");
            }
        }
    }
    let graph = answer(root, &["graph", "--all", "--format", "json"]);
    let nodes = by_path(&graph["nodes"]);
    assert_eq!(nodes.len(), records.len());
    for (path, node) in &nodes {
        assert_eq!(part_of(node, &records[path]), Vec::<String>::new(), "the node of {path}");
    }
    records.len()
}

fn sorted<'a>(keys: &[&'a str]) -> Vec<&'a str> {
    let mut keys = keys.to_vec();
    keys.sort_unstable();
    keys
}

#[test]
fn every_answer_about_the_example_has_the_same_record() {
    assert!(one_record(&example_folder(), 12) > 20);
}

#[test]
fn every_answer_about_a_hostile_plan_has_the_same_record() {
    for seed in 0..3 {
        let project = tempfile::tempdir().expect("a folder");
        put_all(project.path(), &Hand::new(seed, true).plan());
        assert!(one_record(project.path(), 4) > 1, "seed {seed}");
    }
}

/// The comparison can fail.
#[test]
fn a_part_that_says_something_else_is_seen() {
    let whole = serde_json::json!({"id": "a", "rank": 1, "inputs": {"value": 3}});
    for (part, faults) in [
        (serde_json::json!({"id": "a", "rank": 1, "value": 3, "effort": null}), 0),
        (serde_json::json!({"id": "a", "rank": null}), 1),
        (serde_json::json!({"value": 4}), 1),
        (serde_json::json!({"effort": 1}), 1),
        (serde_json::json!({"other": 1}), 1),
    ] {
        assert_eq!(part_of(&part, &whole).len(), faults, "{part}");
    }
}

/// What `backlog.csv` says is the plain text of the record, cell by cell, in the order of the backlog; titles show their words alone.
fn cells_differ(site: &roadbook::site::Site) -> Vec<String> {
    let table = rows(&text_at(site, "backlog.csv")).expect("a table");
    let (heading, rows) = table.split_first().expect("a heading");
    let mut columns: Vec<&str> =
        PROPERTIES.iter().filter(|property| property.is_column).map(|property| property.key).collect();
    columns.sort_unstable();
    assert_eq!(sorted(&heading.iter().map(String::as_str).collect::<Vec<_>>()), columns, "the columns");
    let roadmap = site.roadmap();
    assert_eq!(rows.len(), roadmap.items.len());
    let shown = |text: &str| -> String { text.chars().filter_map(visible).collect() };
    let mut differences = Vec::new();
    for (row, item) in rows.iter().zip(roadmap.items_in_order()) {
        for (key, cell) in heading.iter().zip(row) {
            let property = roadbook::record::property(key).expect("a property");
            let plain = (property.value)(item).plain(roadmap);
            let plain = shown(&if ["title", "why"].contains(&key.as_str()) { without_code(&plain) } else { plain });
            if as_written(cell) != plain {
                differences.push(format!("{} {key}: {cell:?} and not {plain:?}", item.entry().id));
            }
        }
    }
    differences
}

#[test]
fn a_table_has_the_plain_text_of_the_record() {
    let example = site_of(&crate::support::example(), Audience::Internal);
    assert_eq!(cells_differ(&example), Vec::<String>::new());
    for seed in 0..20 {
        let site = crate::support::fixture_site(&Hand::new(seed, true).plan(), Audience::Internal);
        assert_eq!(cells_differ(&site), Vec::<String>::new(), "seed {seed}");
    }
}

/// A key is written once, and so is a label among those that people read.
#[test]
fn no_two_properties_have_one_name() {
    for (at, property) in PROPERTIES.iter().enumerate() {
        let is_plain =
            |label: &str| label.starts_with(char::is_uppercase) && !label.chars().any(|c| c == '_' || c == '.');
        assert!(is_plain(property.label) && is_plain(property.label_of_many), "the label of `{}`", property.key);
        let is_joined = |label: &str| label.split(' ').skip(1).any(|word| word.starts_with(char::is_uppercase));
        let is_camel = |word: &str| word.chars().skip(1).any(char::is_uppercase);
        assert!(!is_joined(property.label) && !property.label.split(' ').any(is_camel), "`{}`", property.label);
        for other in &PROPERTIES[at + 1..] {
            assert!(property.key != other.key, "two properties have the key `{}`", property.key);
            assert!(property.label != other.label, "`{}` and `{}` are both {}", property.key, other.key, other.label);
        }
        assert_eq!(roadbook::record::property(property.key).map(|found| found.label), Some(property.label));
    }
}
