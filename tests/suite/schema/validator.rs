//! A strict reader of the part of JSON Schema 2020-12 that Roadbook's schemas use. Shares nothing with what writes them; a keyword that it
//! does not know is a fault of the schema. `tests/tools/schema.mjs` asks another reader.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{LazyLock, Mutex};

use regex::Regex;
use serde_json::Value;

/// Words that say something and demand nothing.
const NOTES: &[&str] =
    &["$schema", "$id", "$defs", "title", "description", "examples", "default", "markdownDescription"];

/// A schema, and which parts of it have been of use.
pub(super) struct Validator<'a> {
    root: &'a Value,
    /// Paths of properties that were there, with a value that says something.
    pub(super) met: BTreeSet<String>,
    faults: Vec<String>,
}

impl<'a> Validator<'a> {
    pub(super) fn new(root: &'a Value) -> Validator<'a> {
        Validator { root, met: BTreeSet::new(), faults: Vec::new() }
    }

    /// What is wrong with a value.
    pub(super) fn faults(&mut self, value: &Value) -> Vec<String> {
        self.check(self.root, value, "", "#");
        std::mem::take(&mut self.faults)
    }

    fn fails(&mut self, schema: &Value, value: &Value, at: &str, of: &str) -> bool {
        let before = std::mem::take(&mut self.faults);
        self.check(schema, value, at, of);
        !std::mem::replace(&mut self.faults, before).is_empty()
    }

    fn fault(&mut self, at: &str, what: &str) {
        self.faults.push(format!("{at}: {what}"));
    }

    fn check(&mut self, schema: &Value, value: &Value, at: &str, of: &str) {
        let Some(keywords) = schema.as_object() else {
            return if schema != &Value::Bool(true) {
                self.fault(at, "may not be there")
            };
        };
        for (keyword, wanted) in keywords {
            match keyword.as_str() {
                "$ref" => {
                    let path = wanted.as_str().expect("a reference");
                    let target = self.root.pointer(&path[1..]).unwrap_or_else(|| panic!("{path} is nowhere"));
                    self.check(target, value, at, path);
                }
                "type" => {
                    let words = wanted.as_array().cloned().unwrap_or_else(|| vec![wanted.clone()]);
                    if !words.iter().any(|word| is_of(word.as_str().expect("a type"), value)) {
                        self.fault(at, &format!("{value} is no {wanted}"));
                    }
                }
                "const" if value != wanted => self.fault(at, &format!("{value} is not {wanted}")),
                "enum" if !wanted.as_array().expect("a list").contains(value) => {
                    self.fault(at, &format!("{value} is none of {wanted}"))
                }
                "const" | "enum" => {}
                "minimum" => self.number(value, at, |number| number >= wanted.as_f64().expect("a number")),
                "maximum" => self.number(value, at, |number| number <= wanted.as_f64().expect("a number")),
                "minLength" => {
                    let is_short = value
                        .as_str()
                        .is_some_and(|text| (text.chars().count() as u64) < wanted.as_u64().expect("a length"));
                    if is_short {
                        self.fault(at, "is too short");
                    }
                }
                "pattern" => {
                    let regex = pattern(wanted.as_str().expect("a pattern"));
                    if value.as_str().is_some_and(|text| !regex.is_match(text)) {
                        self.fault(at, &format!("{value} does not match {wanted}"));
                    }
                }
                "anyOf" => {
                    let ways = wanted.as_array().expect("a list");
                    if ways
                        .iter()
                        .enumerate()
                        .all(|(way, schema)| self.fails(schema, value, at, &format!("{of}/anyOf/{way}")))
                    {
                        self.fault(at, &format!("{value} is none of {} ways", ways.len()));
                    }
                }
                "items" => {
                    for (place, value) in value.as_array().into_iter().flatten().enumerate() {
                        self.check(wanted, value, &format!("{at}/{place}"), &format!("{of}/items"));
                    }
                }
                "minItems" => {
                    if value.as_array().is_some_and(|list| (list.len() as u64) < wanted.as_u64().expect("a length")) {
                        self.fault(at, "has too few entries");
                    }
                }
                "required" => {
                    let Some(entries) = value.as_object() else { continue };
                    for name in wanted.as_array().expect("names").iter().map(|name| name.as_str().expect("a name")) {
                        if !entries.contains_key(name) {
                            self.fault(at, &format!("`{name}` is missing"));
                        }
                    }
                }
                "propertyNames" => {
                    for name in value.as_object().into_iter().flatten().map(|(name, _)| name) {
                        self.check(wanted, &Value::from(name.as_str()), &format!("{at}/{name}"), of);
                    }
                }
                "properties" => self.properties(wanted, value, at, of),
                "additionalProperties" => {
                    let known = keywords.get("properties").and_then(Value::as_object);
                    for (name, value) in value.as_object().into_iter().flatten() {
                        if known.is_none_or(|known| !known.contains_key(name)) {
                            self.check(wanted, value, &format!("{at}/{name}"), &format!("{of}/additionalProperties"));
                        }
                    }
                }
                note if NOTES.contains(&note) => {}
                other => panic!("the schema says `{other}`, which this reader does not know"),
            }
        }
    }

    fn properties(&mut self, wanted: &Value, value: &Value, at: &str, of: &str) {
        for (name, schema) in wanted.as_object().expect("properties") {
            let Some(value) = value.get(name) else { continue };
            let path = format!("{of}/properties/{name}");
            if !matches!(value, Value::Null)
                && value != ""
                && value != &Value::Array(Vec::new())
                && value != &Value::Object(Default::default())
            {
                self.met.insert(path.clone());
            }
            self.check(schema, value, &format!("{at}/{name}"), &path);
        }
    }

    fn number(&mut self, value: &Value, at: &str, holds: impl Fn(f64) -> bool) {
        if value.as_f64().is_some_and(|number| !holds(number)) {
            self.fault(at, &format!("{value} is out of range"));
        }
    }
}

/// A pattern, made ready once.
fn pattern(text: &str) -> Regex {
    static READY: LazyLock<Mutex<BTreeMap<String, Regex>>> = LazyLock::new(Mutex::default);
    let mut ready = READY.lock().expect("patterns");
    let made = || Regex::new(text).expect("a regular expression");
    ready.entry(text.to_owned()).or_insert_with(made).clone()
}

fn is_of(word: &str, value: &Value) -> bool {
    match word {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("there is no type `{other}`"),
    }
}

/// The paths of all properties of a schema, and what is wrong with how they are described.
pub(super) fn properties(schema: &Value, path: &str, found: &mut BTreeSet<String>, faults: &mut Vec<String>) {
    let Some(keywords) = schema.as_object() else { return };
    let known: BTreeSet<&str> = keywords
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .map(|(name, _)| name.as_str())
        .collect();
    if keywords.get("additionalProperties") == Some(&Value::Bool(false)) {
        let listed = keywords.get("required").and_then(Value::as_array).into_iter().flatten();
        let required: BTreeSet<&str> = listed.filter_map(Value::as_str).collect();
        if required != known {
            faults.push(format!("{path}: required are {required:?}, and there are {known:?}"));
        }
    }
    for (keyword, value) in keywords {
        let path = format!("{path}/{keyword}");
        match (keyword.as_str(), value) {
            ("properties" | "$defs", Value::Object(entries)) => {
                for (name, schema) in entries {
                    let path = format!("{path}/{name}");
                    // A path, an id or a state says of itself what it is.
                    let says = schema.get("description").or_else(|| schema.get("$ref"));
                    if says.and_then(Value::as_str).is_none_or(str::is_empty) {
                        faults.push(format!("{path} is not described"));
                    }
                    if keyword == "properties" {
                        found.insert(path.clone());
                    }
                    properties(schema, &path, found, faults);
                }
            }
            ("items" | "additionalProperties", schema) => properties(schema, &path, found, faults),
            ("anyOf", Value::Array(ways)) => {
                for (at, schema) in ways.iter().enumerate() {
                    properties(schema, &format!("{path}/{at}"), found, faults);
                }
            }
            _ => {}
        }
    }
}

/// A value of JSON in which no object has a name twice.
pub(super) struct Strict(pub(super) Value);

impl<'de> serde::Deserialize<'de> for Strict {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Strict, D::Error> {
        from.deserialize_any(Visitor).map(Strict)
    }
}

struct Visitor;

impl<'de> serde::de::Visitor<'de> for Visitor {
    type Value = Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(Strict(value)) = list.next_element()? {
            values.push(value);
        }
        Ok(values.into())
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut entries = serde_json::Map::new();
        while let Some((name, Strict(value))) = map.next_entry::<String, Strict>()? {
            if entries.contains_key(&name) {
                return Err(serde::de::Error::custom(format!("`{name}` stands there twice")));
            }
            entries.insert(name, value);
        }
        Ok(entries.into())
    }
}
