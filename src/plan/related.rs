//! Dependencies that do not stand in a field of their own: in maps and lists of the author's, in the wrong one of two fields, under names that
//! exports make flat, and under slips of the finger. In doubt an item waits.

use super::dependency_text::is_figure;
use super::fields::{Known, Registry, is_same, names_of, normal};
use super::flags::{is_yes, is_yes_or_no};
use super::values::{is_nothing, naming};
use crate::config::Kind;
use crate::name;
use crate::nearest::is_near;
use crate::parse::{Document, Field, Node, Value};
use crate::source::Span;

/// What the fields of a document say of dependencies beside those that are read as they are.
#[derive(Default)]
pub(super) struct Related {
    /// The fields, as they would stand alone.
    pub(super) fields: Vec<(Known, Field)>,
    /// The names of the fields of the document that these stand for.
    replaced: Vec<Span>,
}

/// Of a document in which nobody looks for dependencies.
pub(super) static NONE: Related = Related { fields: Vec::new(), replaced: Vec::new() };

/// Maps whose entries are relations to other things, and the key that merges a map into the one around it.
const RELATIONS: &[&str] = &["relations", "relation", "relationships", "links", "issuelinks", "linkedissues", "<<"];
/// Names that mean a dependency in a map of any name.
const PLAIN: &[&str] = &["dependson", "blockedby", "isblockedby", "requiredby", "unblocks"];
/// Entries of a map that say in a word what it is to the item.
const WORDS: &[&str] = &["type", "relation", "relationship", "rel", "link_type", "linktype"];
/// Entries of such a map that name the other thing, beside those that any map may have.
const OTHERS: &[&str] = &["target", "key", "issue", "item", "to"];
/// Flags of an item that nobody can start.
const STOPS: &[&str] =
    &["deferred", "hold", "is_blocked", "on_hold", "parked", "paused", "postponed", "stalled", "suspended", "waiting"];
/// What stands before [`STOPS_BY`] in the name of a field that says why or how long nobody can start.
const STOPPED: &[&str] = &[
    "blocked",
    "defer",
    "deferred",
    "frozen",
    "hold",
    "onhold",
    "parked",
    "paused",
    "postponed",
    "snooze",
    "snoozed",
    "stalled",
    "suspended",
    "waiting",
];
/// What stands behind them: `blocked_since`, `on_hold_until`.
const STOPS_BY: &[&str] = &["because", "reason", "since", "to", "till", "until"];

impl Related {
    pub(super) fn new(document: &Document, collection: usize, registry: &Registry) -> Related {
        let mut finder = Finder { collection, registry, related: Related::default() };
        for field in &document.fields {
            finder.field(field);
        }
        finder.related
    }

    /// Whether a field is read in parts, or as another one.
    pub(super) fn replaces(&self, field: &Field) -> bool {
        self.replaced.contains(&field.name.span)
    }
}

struct Finder<'a> {
    collection: usize,
    registry: &'a Registry,
    related: Related,
}

impl Finder<'_> {
    fn field(&mut self, field: &Field) {
        let name = &field.name.value;
        let has_entries = has_entries(&field.value);
        match self.registry.field(self.collection, name) {
            Some(known) if !is_relation(&known) => {
                if has_entries {
                    self.below(&field.value, is_among_relations(name));
                }
            }
            Some(known) => {
                if has_entries && self.has_inverse(&field.value, known) {
                    let value = self.without_inverse(&field.value, known);
                    self.related.fields.extend(value.map(|value| (known, Field { name: field.name.clone(), value })));
                    self.related.replaced.push(field.name.span);
                }
            }
            None => {
                let special = self.flattened(field).or_else(|| self.stop(field)).or_else(|| self.merged(field));
                if let Some((known, value)) = special {
                    self.related.fields.push((known, Field { name: field.name.clone(), value }));
                    self.related.replaced.push(field.name.span);
                } else if let Some(known) = self.registry.dependency(self.collection, field) {
                    self.related.fields.push((known, field.clone()));
                } else if has_entries {
                    self.below(&field.value, is_among_relations(name));
                }
            }
        }
    }

    /// The relation that a name means.
    fn relation(&self, name: &str) -> Option<Known> {
        let is_short = (4..=MAX_NAME).contains(&name.len());
        is_short.then(|| self.registry.field(self.collection, name)).flatten().filter(is_relation)
    }

    /// The relation that an entry of a map means, where the map is of relations and where it is not.
    fn relation_inside(&self, name: &str, value: &Value, is_relations: bool) -> Option<Known> {
        let known = self.relation(name)?;
        let name = normal(name);
        // A page has blocks, too.
        let is_plain = PLAIN.contains(&name.as_str()) || name == "blocks" && !has_entries(value);
        (is_relations || is_plain).then_some(known)
    }

    /// Looks for relations in a value of the author's own.
    fn below(&mut self, value: &Value, is_relations: bool) {
        match &value.node {
            Node::Scalar(_) => {}
            Node::List(list) => {
                // What depends on another entry of its list says nothing of the item.
                let siblings: Vec<&Value> = match list.len() {
                    0 | 1 => Vec::new(),
                    _ => list.iter().filter_map(map).filter_map(naming).map(|field| &field.value).collect(),
                };
                for value in list {
                    match map(value) {
                        Some(entries) => {
                            self.said_in_a_word(entries);
                            self.entries(entries, is_relations, &siblings);
                        }
                        None => self.below(value, is_relations),
                    }
                }
            }
            Node::Map(entries) => self.entries(entries, is_relations, &[]),
        }
    }

    fn entries(&mut self, entries: &[Field], is_relations: bool, siblings: &[&Value]) {
        for entry in entries {
            let name = &entry.name.value;
            match self.relation_inside(name, &entry.value, is_relations) {
                Some(known) => {
                    let is_sibling = |text: &str| {
                        siblings.iter().any(|value| value.texts().iter().any(|(name, _)| name.trim() == text.trim()))
                    };
                    let is_of_list =
                        !siblings.is_empty() && entry.value.texts().iter().all(|(text, _)| is_sibling(text));
                    if !is_of_list {
                        self.related.fields.push((known, entry.clone()));
                    }
                }
                None if has_entries(&entry.value) => self.below(&entry.value, is_relations || is_among_relations(name)),
                None => {}
            }
        }
    }

    /// `{type: blocked by, id: search}`.
    fn said_in_a_word(&mut self, entries: &[Field]) {
        let word = entries.iter().filter(|entry| WORDS.contains(&entry.name.value.to_ascii_lowercase().as_str()));
        let mut known = word.filter_map(|entry| match &entry.value.node {
            Node::Scalar(word) => self.relation(word.trim_start_matches("is ").trim_start_matches("is_")),
            Node::List(_) | Node::Map(_) => None,
        });
        let is_other = |entry: &&Field| OTHERS.contains(&entry.name.value.to_ascii_lowercase().as_str());
        let known = known.next_back();
        let other = naming(entries).or_else(|| entries.iter().find(is_other));
        self.related.fields.extend(known.zip(other.cloned()));
    }

    /// Whether a value of one relation has entries that mean its inverse.
    fn has_inverse(&self, value: &Value, known: Known) -> bool {
        match &value.node {
            Node::Scalar(_) => false,
            Node::List(list) => list.iter().any(|value| self.has_inverse(value, known)),
            // What names a thing describes it.
            Node::Map(entries) if naming(entries).is_some() => false,
            Node::Map(entries) => {
                entries.iter().any(|entry| self.is_inverse(entry, known) || self.has_inverse(&entry.value, known))
            }
        }
    }

    fn is_inverse(&self, entry: &Field, known: Known) -> bool {
        self.inverse(entry, known).is_some()
    }

    /// The inverse of a relation that an entry of its value means. Among what is depended on, `blocking` says how much it stops.
    fn inverse(&self, entry: &Field, known: Known) -> Option<Known> {
        let name = &entry.name.value;
        let is_adjective = known.field == "depends_on" && is_same(name, "blocking");
        self.relation(name).filter(|other| other.field != known.field && !is_adjective)
    }

    /// The value without these, which are fields of their own; none where nothing is left.
    fn without_inverse(&mut self, value: &Value, known: Known) -> Option<Value> {
        let node = match &value.node {
            Node::List(list) => {
                Node::List(list.iter().filter_map(|value| self.without_inverse(value, known)).collect())
            }
            Node::Map(entries) if naming(entries).is_none() => {
                let mut rest = Vec::new();
                for entry in entries {
                    match self.inverse(entry, known) {
                        Some(inverse) => self.related.fields.push((inverse, entry.clone())),
                        None => rest.extend(
                            self.without_inverse(&entry.value, known)
                                .map(|value| Field { name: entry.name.clone(), value }),
                        ),
                    }
                }
                Node::Map(rest)
            }
            Node::Scalar(_) | Node::Map(_) => return Some(value.clone()),
        };
        let is_empty = match &node {
            Node::Scalar(_) => false,
            Node::List(list) => list.is_empty(),
            Node::Map(entries) => entries.is_empty(),
        };
        (!is_empty).then_some(Value { span: value.span, node })
    }

    /// `depends_on[0]`, `depends_on.hard` and `relations/blocked_by`: a list or a map as exports write it, a field for each value.
    fn flattened(&self, field: &Field) -> Option<(Known, Value)> {
        let name = &field.name.value;
        if !name.contains(FLAT) || is_nothing(&field.value) {
            return None;
        }
        let parts: Vec<&str> = name.split(FLAT).map(str::trim).filter(|part| !part.is_empty()).collect();
        let (at, known) = parts.iter().enumerate().rev().find_map(|(at, part)| {
            let is_relations = at == 0 || is_among_relations(parts[at - 1]) || self.relation(parts[at - 1]).is_some();
            Some((at, self.relation_inside(part, &field.value, is_relations)?))
        })?;
        let rest = parts.get(at + 1).filter(|_| matches!(field.value.node, Node::List(_) | Node::Map(_)));
        let is_name = rest.is_some_and(|rest| rest.contains(char::is_alphabetic));
        let value = match is_name {
            true => {
                let entry = Field { name: field.name.clone(), value: field.value.clone() };
                Value { span: field.value.span, node: Node::Map(vec![entry]) }
            }
            false => field.value.clone(),
        };
        Some((known, value))
    }

    /// A merge key whose value was kept as text, with a dependency in it.
    fn merged(&self, field: &Field) -> Option<(Known, Value)> {
        let text = match &field.value.node {
            Node::Scalar(text) if field.name.value == "<<" => normal(text),
            Node::Scalar(_) | Node::List(_) | Node::Map(_) => return None,
        };
        let known = self.registry.field(self.collection, "depends_on").filter(is_relation)?;
        PLAIN.iter().any(|name| text.contains(name)).then(|| (known, field.value.clone()))
    }

    /// A flag such as `on_hold: true`, or a field such as `blocked_since: 2026-03-01`: its name is what the item waits for.
    fn stop(&self, field: &Field) -> Option<(Known, Value)> {
        let name = || normal(&field.name.value);
        let is_stop = || STOPS.iter().any(|stop| normal(stop) == name());
        let says_why = || {
            let name = name();
            let mut rests = STOPPED.iter().filter_map(|stopped| name.strip_prefix(stopped));
            rests.any(|rest| STOPS_BY.contains(&rest))
        };
        let is_short = field.name.value.len() <= MAX_NAME;
        let stops = match says_yes_or_no(&field.value) {
            true => is_yes(&field.value) && is_stop(),
            false => is_short && !is_nothing(&field.value) && says_why(),
        };
        if !stops {
            return None;
        }
        let known = self.registry.field(self.collection, "depends_on").filter(is_relation)?;
        let words = format!("{}: {}", field.name.value.replace(['_', '-'], " "), field.value.flat());
        Some((known, Value { span: field.name.span, node: Node::Scalar(words) }))
    }
}

/// Longest name that may be a relation's, in bytes.
const MAX_NAME: usize = 24;
/// Signs between the parts of a name that was made flat.
pub(super) const FLAT: &[char] = &['.', '/', '[', ']', '(', ')', ':'];

fn is_relation(known: &Known) -> bool {
    ["depends_on", "blocks"].contains(&known.field)
}

fn is_among_relations(name: &str) -> bool {
    name.len() <= MAX_NAME && RELATIONS.contains(&normal(name).as_str())
}

/// Whether there is a map in a value.
fn has_entries(value: &Value) -> bool {
    match &value.node {
        Node::Scalar(_) => false,
        Node::List(list) => list.iter().any(has_entries),
        Node::Map(_) => true,
    }
}

fn map(value: &Value) -> Option<&[Field]> {
    match &value.node {
        Node::Map(entries) => Some(entries),
        Node::Scalar(_) | Node::List(_) => None,
    }
}

impl Registry {
    /// What an item is to wait for, or what waits for it, may stand under a name with signs about it, under one that only may mean it, or under
    /// one with a slip in it. To be asked of names that mean no field: in doubt an item waits.
    pub(super) fn dependency(&self, collection: usize, field: &Field) -> Option<Known> {
        let name = name::narrow(&field.name.value);
        // `depends_on_1`: exports write one field for each value.
        let name =
            name.trim_end_matches(|c: char| !c.is_alphabetic()).trim_start_matches(|c: char| !c.is_alphanumeric());
        if !(4..=MAX_NAME).contains(&name.len()) {
            return None;
        }
        let is_meant = |known: &Known| ["depends_on", "blocks"].contains(&known.field);
        let with_signs = || self.field(collection, name).filter(is_meant);
        // `hard_dependencies`, `blocked_by_items`; a number or a day of these says something of them.
        let holds_one = || {
            let name = normal(name);
            HELD.iter().any(|held| name.starts_with(held) || name.ends_with(held)) && !is_figure(&field.value)
        };
        let is_doubtful = || DOUBTFUL.iter().any(|doubtful| is_same(doubtful, name)) || holds_one();
        let doubtful = || match is_same("block", name) {
            true => self.field(collection, "blocks"),
            false => self.field(collection, "depends_on").filter(|_| is_doubtful()),
        };
        let slip = || {
            let length = name.chars().count();
            let is_near = |known: &str| known.len().abs_diff(length) <= 2 && is_near(&name.to_lowercase(), known, 2);
            let is_long = length >= MIN_SLIP;
            let names = || ["depends_on", "blocks"].into_iter().flat_map(names_of);
            let is_near_one = is_long && names().any(is_near);
            let found = is_near_one.then(|| Registry::nearest(Some(Kind::Item), name, std::iter::empty())).flatten()?;
            self.field(collection, found)
        };
        with_signs().or_else(doubtful).or_else(slip).filter(is_meant).filter(|_| !says_yes_or_no(&field.value))
    }
}

/// Names that only may mean what an item waits for.
const DOUBTFUL: &[&str] = &[
    "after",
    "awaiting",
    "awaits",
    "blocked",
    "blocker",
    "blocked_on",
    "dependency",
    "dependent_on",
    "depends_upon",
    "gated_by",
    "predecessor",
    "predecessors",
    "prerequisite",
    "prerequisites",
    "waiting",
    "waits_for",
    "waits_on",
];
/// What a name begins or ends with that means it together with something else.
const HELD: &[&str] = &["blockedby", "dependencies", "dependson"];
/// Letters of a name in which a slip is one: shorter names are near to each other by chance.
const MIN_SLIP: usize = 6;

/// Whether a value is a plain yes or no: a flag names nothing to wait for.
fn says_yes_or_no(value: &Value) -> bool {
    matches!(&value.node, Node::Scalar(text) if is_yes_or_no(text))
}
