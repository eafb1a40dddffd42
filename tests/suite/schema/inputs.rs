//! `roadbook schema`: the schemas of what authors write allow what is read, and know what the program knows.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use roadbook::config::{self, Reader, Scoring};
use roadbook::date::Date;
use roadbook::number::Decimal;
use roadbook::source::Source;
use roadbook::state::State;
use serde_json::{Value, json};

use super::strict;
use super::validator::{Validator, properties};
use crate::support::put;

const ALL: [&str; 6] = ["config", "item", "theme", "vision", "page", "roadmap"];

/// The schema of a kind of file, as the program prints it in a folder.
fn printed(folder: &Path, arguments: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_roadbook"))
        .arg("schema")
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the program");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    strict(&String::from_utf8(output.stdout).expect("UTF-8")).expect("JSON")
}

fn example() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/example-site"))
}

fn faults(schema: &Value, value: &Value) -> Vec<String> {
    Validator::new(schema).faults(value)
}

/// The front matter of the Markdown files below a folder, with their paths.
fn front_matters(folder: &Path, into: &mut Vec<(String, Value)>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            front_matters(&path, into);
        } else if let Ok(text) = std::fs::read_to_string(&path)
            && let Some(fields) = text.strip_prefix("---\n").and_then(|rest| rest.split("\n---").next())
        {
            into.push((path.display().to_string(), serde_yaml::from_str(fields).expect("YAML")));
        }
    }
}

#[test]
fn schemas_allow_what_the_example_says() {
    for what in ALL {
        let schema = printed(example(), &[what]);
        let (mut known, mut wrong) = (BTreeSet::new(), Vec::new());
        properties(&schema, "#", &mut known, &mut wrong);
        // An object of the configuration needs none of its keys.
        wrong.retain(|fault| !fault.contains(": required are"));
        assert_eq!(wrong, Vec::<String>::new(), "{what}");
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", "{what}");
    }
    let mut files = Vec::new();
    front_matters(&example().join("plan"), &mut files);
    assert!(files.len() > 20, "only {} files", files.len());
    let schemas = ["items", "themes", "pages", "vision.md"].map(|place| {
        let what = place.trim_end_matches(".md").trim_end_matches('s');
        (format!("/plan/{place}"), printed(example(), &[what]))
    });
    for (path, fields) in files {
        let (_, schema) = schemas.iter().find(|(place, _)| path.contains(place.as_str())).expect("a schema");
        assert_eq!(faults(schema, &fields), Vec::<String>::new(), "{path}");
    }
    let text = std::fs::read_to_string(example().join(config::FILE)).expect("the configuration");
    let configuration: Value = serde_yaml::from_str(&text).expect("YAML");
    assert_eq!(faults(&printed(example(), &["config"]), &configuration), Vec::<String>::new());
}

#[test]
fn front_matter_has_the_plans_own_words() {
    let project = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &str| _ = put(project.path(), path, text);
    write(
        "roadbook.yml",
        "horizons: [Soon, Some day]\nsizes: {huge: 20}\nfields: {owner: [champion], depends_on: [links.needs]}\nweights: {fit: 1}\n",
    );
    write("plan/themes/water.md", "---\nstatus: humming\noutcomes: [{id: o1, metric: M}]\n---\n");
    write(
        "plan/items/hose.md",
        "---\nstatus: in the shed\nfit: 3\nowner: Ana\ntags: [wet]\ntype: chore\nmilestone: May\n---\n",
    );
    write("plan/items/secret.md", "---\nvisibility: internal\nowner: Bo\n---\n");
    let schema = printed(project.path(), &["item"]);
    let has = |schema: &Value, name: &str, word: &str| {
        let words =
            schema["$defs"][name]["anyOf"][0]["enum"].as_array().or_else(|| schema["$defs"][name]["enum"].as_array());
        words.is_some_and(|words| words.contains(&word.into()))
    };
    for (name, word) in [
        ("horizon", "Some day"),
        ("size", "huge"),
        ("size", "HUGE"),
        ("size", "XL"),
        ("status", "in the shed"),
        ("status", "humming"),
        ("status", "planned"),
        ("owner", "Ana"),
        ("tag", "wet"),
        ("type", "chore"),
        ("milestone", "May"),
        ("item", "hose"),
        ("item", "secret"),
        ("theme", "water"),
        ("outcome_id", "o1"),
    ] {
        assert!(has(&schema, name, word), "{name} {word}: {}", schema["$defs"][name]);
    }
    for name in ["owner", "champion", "assignee", "depends_on", "requires", "fit"] {
        assert!(schema["properties"][name]["$ref"].is_string(), "{name}");
    }
    assert_eq!(schema["properties"]["links"]["$ref"], "#/$defs/texts", "a field of ours stays what it is");
    assert_eq!(schema["properties"]["relations"]["properties"]["depends_on"]["$ref"], "#/properties/depends_on");
    let public = printed(project.path(), &["item", "--audience", "public"]);
    assert!(has(&public, "item", "hose") && !has(&public, "item", "secret") && !has(&public, "owner", "Bo"));
    let nowhere = tempfile::tempdir().expect("a folder");
    let plain = printed(nowhere.path(), &["item"]);
    assert!(has(&plain, "horizon", "Later") && !has(&plain, "item", "hose"), "a plan is not needed");
    let theme = printed(project.path(), &["theme"]);
    assert!(theme["$defs"]["outcome"].is_object() && theme["$defs"]["item"].is_null(), "no more than is needed");
}

#[test]
fn values_that_are_read_are_allowed() {
    let schema = printed(example(), &["item"]);
    let is_allowed = |name: &str, value: Value| faults(&schema, &json!({ name: value })).is_empty();
    for text in [
        "2026-02-28",
        "2026/2/8",
        "2026-02-28 10:00",
        "2026-02-28T10:00:00Z",
        "2026-02",
        "2026-Q3",
        "q3 2026",
        "2026 Q3",
        "2026-H1",
        "2026",
    ] {
        assert!(Date::parse(text).is_some() && is_allowed("target", text.into()), "{text}");
    }
    for text in ["soon", "26-01-01", "2026-Q5", "2026-H0", "Q3"] {
        assert!(Date::parse(text).is_none() && !is_allowed("target", text.into()), "{text}");
    }
    for text in ["3", "2.5", ".5", "1_000", "1,000", "80%", "12.5 %", " 7 "] {
        assert!(Decimal::parse(text).is_some() && is_allowed("effort", text.into()), "{text}");
    }
    for text in ["-1", "+1", "1e3", "½", "about 3"] {
        assert!(Decimal::parse(text).is_none() && !is_allowed("effort", text.into()), "{text}");
    }
    for value in [json!(3), json!(0.5), json!("M"), json!("xl"), json!(null), json!("TBD")] {
        assert!(is_allowed("value", value.clone()), "{value}");
    }
    for (name, value) in [
        ("value", json!(-1)),
        ("value", json!([1])),
        ("visibility", json!("intern")),
        ("kind", json!("epic")),
        ("title", json!({"a": 1})),
        ("owner", json!({"a": 1})),
        ("target", json!(20260)),
    ] {
        assert!(!is_allowed(name, value.clone()), "{name}: {value}");
    }
    for (name, value) in [
        ("x-own", json!({"a": [1]})),
        ("owner", json!("Ana, Bo")),
        ("depends_on", json!(["hose", 161, {"id": "x"}])),
        ("requires", json!("hose")),
        ("theme", json!("water")),
        ("id", json!(161)),
    ] {
        assert!(is_allowed(name, value.clone()), "{name}: {value}");
    }
}

/// The keys that the reader of the configuration knows in a place, by what it says of one that it does not know.
fn known_keys(text: &str) -> BTreeSet<String> {
    let (_, diagnostics) = config::config(&Source::new(config::FILE, text));
    let help = diagnostics.iter().find_map(|diagnostic| diagnostic.help.as_deref()).expect("help");
    let keys = help.strip_prefix("the keys here are ").unwrap_or_else(|| panic!("{help}"));
    keys.split(", ").map(str::to_owned).collect()
}

#[test]
fn the_schema_of_the_configuration_has_its_keys_and_words() {
    let schema = printed(example(), &["config"]);
    let at = |place: &str| schema.pointer(place).unwrap_or_else(|| panic!("no {place}"));
    let keys = |place: &str| at(place).as_object().expect("properties").keys().cloned().collect::<BTreeSet<String>>();
    let item = "/properties/collections/items/properties";
    assert_eq!(keys("/properties"), known_keys("qqqqqqqq: 1\n"));
    assert_eq!(keys("/properties/internal/properties"), known_keys("internal: {qqqqqqqq: 1}\n"));
    assert_eq!(keys(item), known_keys("collections: [{qqqqqqqq: 1}]\n"));
    assert_eq!(
        keys(&format!("{item}/aliases/items/properties")),
        known_keys("collections: [{kind: item, include: a, aliases: [{qqqqqqqq: 1}]}]\n")
    );
    assert_eq!(at("/properties/scoring/enum"), &json!(Scoring::ALL.map(Scoring::word)));
    assert_eq!(at(&format!("{item}/readers/items/enum")), &json!(Reader::ALL.map(Reader::word)));
    assert_eq!(at("/$defs/state/enum"), &json!(State::ALL.map(State::word)));
    let codes: Vec<&str> = roadbook::diagnostic::CODES.iter().map(|code| code.name()).collect();
    assert_eq!(at("/properties/diagnostics/propertyNames/enum"), &json!(codes));
    for text in [
        "qqqqqqqq: 1",
        "scoring: Rice",
        "audience: team",
        "timeline: weeks",
        "base_url: example.org",
        "capacity: -1",
        "stale_after: soon",
        "states: {a: b}",
        "sizes: {a: -1}",
        "diagnostics: {duplicate-id: fatal}",
        "diagnostics: {duplicate: error}",
        "collections: [{kind: item}]",
        "collections: [{kind: epic, include: a}]",
        "collections: [{kind: item, include: a, readers: [tables]}]",
        "collections: [{kind: item, include: a, aliases: [{match: a}]}]",
        "weights: {a: {of: 3}}",
        "weights: {a: high}",
    ] {
        let value: Value = serde_yaml::from_str(text).expect("YAML");
        assert_ne!(faults(&schema, &value), Vec::<String>::new(), "{text}");
        assert!(!config::config(&Source::new(config::FILE, text)).1.is_empty(), "{text}");
    }
    for text in [
        "title: T\nlanguage: de\nbranch: main",
        "internal: {folders: a, fields: [b]}",
        "scoring: weighted\nweights: {value: 3, fit: {weight: -1, of: 20}, effort: '-1'}",
        "stale_after: off",
        "stale_after: 0\ncapacity: 30",
        "sizes: {XL: 10, tiny: 0.5, odd: '2.5'}",
        "states: {in review: active}\nfields: {owner: [champion], depends_on: needs}",
        "mentions: a\ndiagnostics: {horizon-inversion: off}",
        "collections: [{kind: item, include: a, exclude: [b], id: c, id_prefix: d, state: done, override: true, aliases: [{match: a, to: b}]}]",
    ] {
        let value: Value = serde_yaml::from_str(text).expect("YAML");
        assert_eq!(faults(&schema, &value), Vec::<String>::new(), "{text}");
        assert!(config::config(&Source::new(config::FILE, text)).1.is_empty(), "{text}");
    }
}
