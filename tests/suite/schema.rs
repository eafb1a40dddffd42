//! The schema of `roadmap.json`, held against what is written: each allows, requires and knows what the other does.
//!
//! `SCHEMA_PLANS=5000 cargo test --release --test suite schema` is the long run; `SCHEMA_SEED` repeats one plan.

mod inputs;
mod validator;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use rayon::prelude::*;
use roadbook::site::ROADMAP_SCHEMA;
use roadbook::visibility::Audience;
use serde_json::{Value, json};

use crate::hostile::Hand;
use crate::support::{files, fixture_site, number, text_at};
use validator::{Strict, Validator, properties};

/// What stands at an address of a fixture's site, as text.
pub(crate) fn text(fixture: &str, audience: Audience, address: &str) -> String {
    text_at(&fixture_site(fixture, audience), address)
}

/// JSON, read strictly.
pub(crate) fn strict(text: &str) -> Result<Value, String> {
    serde_json::from_str::<Strict>(text).map(|Strict(value)| value).map_err(|error| error.to_string())
}

/// What is wrong with a `roadmap.json`.
pub(crate) fn roadmap_faults(document: &Value) -> Vec<String> {
    Validator::new(&SCHEMA).faults(document)
}

static SCHEMA: LazyLock<Value> = LazyLock::new(|| strict(ROADMAP_SCHEMA).expect("the schema is JSON"));

#[test]
fn what_is_written_and_the_schema_agree() {
    let seeds = number("SCHEMA_SEED").map_or(0..number("SCHEMA_PLANS").unwrap_or(120), |seed| seed..seed + 1);
    let is_all = number("SCHEMA_SEED").is_none();
    let met = |seed: u64| {
        let whole = Hand::new(seed, seed.is_multiple_of(2)).plan();
        // A plan without files of themes has words for them.
        let is_kept = |(path, _): &(String, String)| seed % 10 != 9 || !path.starts_with("plan/themes/");
        let kept = files(&whole).into_iter().filter(is_kept);
        let mut fixture: String = kept.map(|(path, text)| format!("//- {path}\n{text}")).collect();
        if seed.is_multiple_of(5) {
            fixture += "\n//- plan/items/twin.md\n---\nid: twin\n---\n//- plan/items/twin-2.md\n---\nid: twin\n---\n";
        }
        let audience = if seed.is_multiple_of(3) { Audience::Public } else { Audience::Internal };
        let document =
            strict(&text(&fixture, audience, "roadmap.json")).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        let mut validator = Validator::new(&SCHEMA);
        let faults = validator.faults(&document);
        assert!(faults.is_empty(), "seed {seed}: {faults:#?}\n{fixture}");
        validator.met
    };
    let met: BTreeSet<String> = seeds.into_par_iter().map(met).reduce(BTreeSet::new, |mut one, other| {
        one.extend(other);
        one
    });
    let (mut known, mut faults) = (BTreeSet::new(), Vec::new());
    properties(&SCHEMA, "#", &mut known, &mut faults);
    assert_eq!(faults, Vec::<String>::new());
    let never: Vec<&String> = known.difference(&met).collect();
    assert!(never.is_empty() || !is_all, "the schema knows what no plan has: {never:#?}");
}

/// The agreement above can fail, in each way there is.
#[test]
fn a_document_that_is_broken_in_any_way_is_refused() {
    let fixture = "//- plan/vision.md\n# V\n//- plan/themes/t.md\n---\noutcomes: [{metric: M, baseline: 0, target: 2, current: 1}]\n---\n\
                   //- plan/items/a.md\n---\nvalue: 1\neffort: 3\ntheme: t\ntarget: 2026-03\nx-own: [{a: b}]\n---\n";
    let good = strict(&text(fixture, Audience::Internal, "roadmap.json")).expect("JSON");
    assert_eq!(roadmap_faults(&good), Vec::<String>::new());
    let item = "/items/0";
    for (place, name, value) in [
        ("", "more", json!(1)),
        (item, "more", json!(1)),
        (item, "rank", json!(0)),
        (item, "rank", json!(1.5)),
        (item, "rank", json!("1")),
        (item, "state", json!("new")),
        (item, "readiness", json!("")),
        (item, "score", json!(-1)),
        (item, "target", json!("2026-3")),
        (item, "target", json!("soon")),
        (item, "owners", Value::Null),
        (item, "title", Value::Null),
        (item, "path", json!("")),
        (item, "address", json!("pages/a.html")),
        (item, "criteria", json!({"done": 1})),
        (item, "boost", json!({"from": 1})),
        ("/items/0/inputs", "value", json!(-1)),
        ("/items/0/inputs", "mine", json!("1")),
        ("/items/0/more_fields", "x-own", json!(1)),
        ("/items/0/more_fields", "x-own", json!([{"a": 1}])),
        ("/themes/0/outcomes/0", "progress", json!(1.001)),
        ("/themes/0/progress/items", "done", json!(0.5)),
        ("", "$schema", json!("other.json")),
        ("", "schema_version", json!(1)),
        ("", "schema_version", json!(3)),
        (item, "blocked", Value::Null),
        (item, "in_cycle", json!("no")),
        (item, "order", json!(-1)),
        (item, "blocked_by", Value::Null),
        (item, "summary", json!(1)),
        ("", "audience", json!("Public")),
        ("", "horizons", json!([])),
    ] {
        let mut bad = good.clone();
        let entries = bad.pointer_mut(place).and_then(Value::as_object_mut).unwrap_or_else(|| panic!("no {place}"));
        entries.insert(name.to_owned(), value.clone());
        assert_ne!(roadmap_faults(&bad), Vec::<String>::new(), "{place}/{name}: {value}");
    }
    for place in ["", item, "/vision", "/themes/0", "/themes/0/outcomes/0", "/progress/effort"] {
        let names: Vec<String> =
            good.pointer(place).and_then(Value::as_object).expect("an object").keys().cloned().collect();
        for name in names {
            let mut bad = good.clone();
            bad.pointer_mut(place).and_then(Value::as_object_mut).expect("an object").remove(&name);
            assert_ne!(roadmap_faults(&bad), Vec::<String>::new(), "{place} without {name}");
        }
    }
    assert!(strict("{\"a\": 1, \"a\": 1}").is_err() && strict("[{\"b\": {\"a\": 1, \"a\": 2}}]").is_err());
    let (mut known, mut faults) = (BTreeSet::new(), Vec::new());
    let open = json!({"properties": {"a": {"type": "string"}}, "required": [], "additionalProperties": false});
    properties(&open, "#", &mut known, &mut faults);
    assert_eq!(faults.len(), 2, "what is not required and not described: {faults:?}");
}

/// The address that a document names is one of its site's, and leads to the schema itself.
#[test]
fn the_schema_lies_beside_the_document() {
    let fixture = "//- plan/items/a.md\n# A\n";
    let document = strict(&text(fixture, Audience::Public, "roadmap.json")).expect("JSON");
    let address = document["$schema"].as_str().expect("an address");
    assert_eq!(text(fixture, Audience::Public, address), ROADMAP_SCHEMA);
    let schema = &*SCHEMA;
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(schema["$id"], format!("urn:roadbook:roadmap:{}", document["schema_version"]));
    for name in ["title", "description"] {
        assert!(schema[name].as_str().is_some_and(|text| !text.is_empty()), "{name}");
    }
}
