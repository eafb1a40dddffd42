//! Dependencies as their author wrote them. What the words mean, and whether they name several things, is not known here.

use super::Text;
use super::closed_words::{NO, YES};
use super::fields::{describes, is_same};
use super::flags::is_yes_or_no;
use super::values::{Reader, is_nothing, naming};
use crate::date::Date;
use crate::number::Decimal;
use crate::parse::{Field, Node, Value};
use crate::source::Spanned;

/// One value of `depends_on` or `blocks`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DependencyText {
    /// A text whole, or the key of an entry.
    pub name: Text,
    /// What is said of it beside it: by the value of the entry, the rest of a map, or the key of the list that it stands in. Empty for nothing.
    pub reason: String,
    /// All of it, as written: the text, or the key with its value.
    pub words: String,
    /// Whether it is the key of a list or a map of dependencies, or of a word for none: a label of these, if it is no name.
    pub is_label: bool,
    /// Whether it is the whole value of its field and without quotes, so that commas tell several apart.
    pub has_commas: bool,
    /// Whether it names nothing, whatever is called so.
    pub is_sentence: bool,
}

/// Words that begin a remark on the name before them: `base, once merged`.
const CONJUNCTIONS: &[&str] =
    &["once", "when", "because", "since", "if", "until", "as", "after", "for", "where", "while", "so", "which", "but"];

/// Whether a word can stand between a name and a remark on it.
pub(crate) fn is_conjunction(word: &str) -> bool {
    CONJUNCTIONS.iter().any(|conjunction| word.eq_ignore_ascii_case(conjunction))
}

/// Keys of a map that say what the thing is that their value names, beside those that any map may have.
const THINGS: &[&str] = &[
    "task",
    "item",
    "issue",
    "ticket",
    "story",
    "feature",
    "epic",
    "target",
    "key",
    "dependency",
    "depends_on",
    "blocked_by",
    "what",
    "slug",
    "file",
];

/// Keys of a map that say something of the thing that another one names.
const LABELS: &[&str] = &[
    "because",
    "comment",
    "description",
    "kind",
    "link",
    "note",
    "notes",
    "owner",
    "priority",
    "reason",
    "state",
    "status",
    "type",
    "url",
    "who",
    "why",
];

/// The same of keys that say when or whether.
const CONDITIONS: &[&str] =
    &["after", "before", "by", "date", "due", "from", "if", "once", "since", "unless", "until", "when"];

/// The same of keys that say which thing it is, or where it is kept.
const DETAILS: &[&str] = &[
    "assigned",
    "board",
    "branch",
    "commit",
    "contact",
    "detail",
    "details",
    "env",
    "environment",
    "external_id",
    "extra",
    "file",
    "hint",
    "host",
    "info",
    "namespace",
    "number",
    "org",
    "organisation",
    "organization",
    "path",
    "phase",
    "place",
    "product",
    "project",
    "ref",
    "remark",
    "remarks",
    "repo",
    "repository",
    "service",
    "slug",
    "source",
    "sprint",
    "strength",
    "system",
    "text",
    "uid",
    "uuid",
    "what",
];

/// Keys of parts of a list of dependencies, which name nothing where nothing stands behind them.
const PARTS: &[&str] = &[
    "also", "and", "blocking", "external", "hard", "internal", "items", "must", "optional", "other", "others", "plus",
    "required", "should", "soft", "strong", "tasks", "then", "weak",
];

fn is_one_of(words: &[&str], key: &str) -> bool {
    words.iter().any(|word| key.trim().eq_ignore_ascii_case(word))
}

/// Keys that name a thing a second time.
const NAMES: &[&str] = &["name", "ref", "title"];

/// Whether a key of a map only says what its value is to the thing that depends on it: it is not itself the name of something.
pub(crate) fn is_label_key(key: &str) -> bool {
    [THINGS, NAMES, LABELS, CONDITIONS, PARTS].iter().any(|words| is_one_of(words, key))
}

/// The dependencies that a field names, under whatever name.
pub(super) fn dependencies(reader: &Reader<'_>, field: &str) -> Vec<DependencyText> {
    let mut all = Vec::new();
    for Field { name, value } in reader.fields(field) {
        match flag(&name.value, value) {
            Some(false) => continue,
            Some(true) => is_blocked(name, value, &mut all),
            None => read(value, "", !reader.is_quoted(value), &mut all),
        }
        reader.take_all(value);
    }
    all
}

/// What `blocked` says where it says yes or no and not by what.
fn flag(name: &str, value: &Value) -> Option<bool> {
    let Node::Scalar(text) = &value.node else { return None };
    let is_one_of = |words: &[&str]| words.iter().any(|word| text.trim().eq_ignore_ascii_case(word));
    let says = if is_one_of(NO) { Some(false) } else { is_one_of(YES).then_some(true) };
    says.filter(|_| is_same(name, "blocked"))
}

/// An item that says that it is blocked waits, whatever else is known of it.
fn is_blocked(name: &Spanned<String>, value: &Value, into: &mut Vec<DependencyText>) {
    let name = Spanned::new(format!("{}: {}", name.value.trim(), value.flat()), value.span);
    into.push(DependencyText { is_sentence: true, ..of_text(name, String::new()) });
}

/// Whether a text says that its author does not know yet.
pub(crate) fn is_undecided(text: &str) -> bool {
    text.trim().eq_ignore_ascii_case("tbd") || text.contains('?') && text.chars().all(|c| c == '?' || c.is_whitespace())
}

/// Reads a value; `remark` is what is said of all that is in it. `has_commas`: one text may hold several.
fn read(value: &Value, remark: &str, has_commas: bool, into: &mut Vec<DependencyText>) {
    match &value.node {
        Node::Scalar(text) => {
            let name = Spanned::new(text.trim().to_owned(), value.span);
            into.push(DependencyText { has_commas, ..of_text(name, remark.trim().to_owned()) });
        }
        Node::List(list) => list.iter().for_each(|value| read(value, remark, false, into)),
        Node::Map(entries) => of_map(entries, remark, into),
    }
}

/// A map: the entry that names the thing, with all others as a remark on it; else every key is a name and its value a remark, or the other
/// way round: `TASK-1: needed for login`, `hard: [TASK-1]`. What only labels is a remark on all that is named beside it.
fn of_map(entries: &[Field], remark: &str, into: &mut Vec<DependencyText>) {
    let said =
        |remark: String, entry: &Field| together(&remark, &format!("{}: {}", entry.name.value, entry.value.flat()));
    let thing = |entry: &&Field| is_one_of(THINGS, &entry.name.value) && !is_nothing(&entry.value);
    if let Some(named) = naming(entries).or_else(|| entries.iter().find(thing)) {
        let others = entries.iter().filter(|entry| !std::ptr::eq(*entry, named));
        let (remarks, more): (Vec<&Field>, Vec<&Field>) = others.partition(|entry| is_about(entry));
        read(&named.value, &remarks.into_iter().fold(remark.to_owned(), said), false, into);
        // What is not plainly said of the thing may be another one.
        for entry in more {
            match is_one_of(THINGS, &entry.name.value) {
                true => read(&entry.value, remark, false, into),
                false => of_entry(entry, remark, into),
            }
        }
        return;
    }
    let is_label = |entry: &&Field| {
        let key = &entry.name.value;
        (is_one_of(LABELS, key) || is_one_of(CONDITIONS, key))
            && matches!(entry.value.node, Node::Scalar(_))
            && !is_nothing(&entry.value)
    };
    let (mut labels, mut names): (Vec<&Field>, Vec<&Field>) = entries.iter().partition(is_label);
    if names.is_empty() && !labels.is_empty() {
        let is_condition = |entry: &&Field| is_one_of(CONDITIONS, &entry.name.value);
        names.push(labels.remove(labels.iter().position(is_condition).unwrap_or_default()));
    }
    let remark = labels.into_iter().fold(remark.to_owned(), said);
    names.into_iter().for_each(|entry| of_entry(entry, &remark, into));
}

/// Whether an entry says something of the thing that another one in its map names: a field that describes a thing, or a flag, a number or a date.
fn is_about(entry: &Field) -> bool {
    let key = &entry.name.value;
    [LABELS, CONDITIONS, DETAILS].iter().any(|words| is_one_of(words, key))
        || describes(key)
        || is_figure(&entry.value)
        || is_nothing(&entry.value)
}

/// Whether a value is a yes or no, a number or a date, and so the name of nothing.
pub(super) fn is_figure(value: &Value) -> bool {
    match &value.node {
        Node::Scalar(text) => is_yes_or_no(text) || Decimal::parse(text).is_some() || Date::parse(text).is_some(),
        Node::List(_) | Node::Map(_) => false,
    }
}

fn of_entry(entry: &Field, remark: &str, into: &mut Vec<DependencyText>) {
    let key = entry.name.value.trim();
    let name = Spanned::new(key.to_owned(), entry.name.span);
    match &entry.value.node {
        Node::Scalar(_) if is_one_of(PARTS, key) && !is_nothing(&entry.value) => {
            read(&entry.value, &together(remark, key), false, into);
        }
        Node::Scalar(said) => {
            let said = said.trim();
            // `hard: none` is none; of `vendor:` nobody knows.
            let is_empty = ["", "~", "null"].contains(&said);
            let is_none = is_nothing(&entry.value) && !is_undecided(said);
            let is_label = is_none && (!is_empty || is_one_of(PARTS, key));
            let words = if is_empty { key.to_owned() } else { format!("{key}: {said}") };
            let reason = together(if is_none { "" } else { said }, remark);
            into.push(DependencyText { words, is_label, ..of_text(name, reason) });
        }
        Node::Map(labels) if !labels.is_empty() && labels.iter().all(|entry| is_one_of(LABELS, &entry.name.value)) => {
            let said = labels.iter().map(|entry| format!("{}: {}", entry.name.value, entry.value.flat()));
            into.push(of_text(name, said.fold(remark.to_owned(), |remark, said| together(&remark, &said))));
        }
        Node::List(_) | Node::Map(_) => {
            into.push(DependencyText { is_label: true, ..of_text(name, remark.trim().to_owned()) });
            read(&entry.value, &together(remark, key), false, into);
        }
    }
}

/// Two remarks as one.
pub(crate) fn together(one: &str, other: &str) -> String {
    let (one, other) = (one.trim(), other.trim());
    if one.is_empty() || other.is_empty() { format!("{one}{other}") } else { format!("{one}; {other}") }
}

fn of_text(name: Text, reason: String) -> DependencyText {
    DependencyText { words: name.value.clone(), name, reason, is_label: false, has_commas: false, is_sentence: false }
}
