//! Dependencies as their author wrote them: a name, a name with words beside it, or a sentence. What they mean is not known here.

use std::collections::HashSet;

use super::Text;
use super::values::{Reader, is_placeholder, naming, texts};
use crate::parse::{Field, Node, Value};
use crate::source::{Span, Spanned};

/// One entry of `depends_on` or `blocks`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DependencyText {
    /// The name, out of the brackets of a link and without its remark; or a sentence.
    pub name: Text,
    /// What stands beside the name in the same text: in parentheses, or behind a link. It may be more to wait for. Empty for nothing.
    pub beside: String,
    /// What is said of the name: behind a number sign, as the value of an entry whose key is the name, or by the rest of a map. Empty for nothing.
    pub reason: String,
    /// All of it, as written.
    pub words: String,
    /// Whether it was written as a link, which always means a thing of the plan or an address.
    pub is_link: bool,
    /// Whether it is the key of a list or a map of dependencies: a label of these, if it is no name.
    pub is_label: bool,
    /// The entries that commas tell apart in it, if it is not one name as a whole.
    pub parts: Vec<DependencyText>,
}

/// Words that begin a remark on the name before them: `base, once merged`.
const CONJUNCTIONS: &[&str] =
    &["once", "when", "because", "since", "if", "until", "as", "after", "for", "where", "while", "so", "which", "but"];

/// Whether a word can stand between a name and a remark on it.
pub(crate) fn is_conjunction(word: &str) -> bool {
    CONJUNCTIONS.iter().any(|conjunction| word.eq_ignore_ascii_case(conjunction))
}

impl DependencyText {
    /// All that stands beside the name.
    pub fn remark(&self) -> String {
        together(&self.reason, &self.beside)
    }
}

/// The dependencies that a field names, under whatever name; each once.
pub(super) fn dependencies(reader: &Reader<'_>, field: &str) -> Vec<DependencyText> {
    let mut all = Vec::new();
    for value in reader.all(field) {
        read(value, "", !reader.is_quoted(value), &mut all);
        reader.take_all(value);
    }
    without_nothing(&mut all, field == "depends_on");
    all
}

/// Each of some dependencies once, without those that say that there is none. Where somebody waits, one that nobody knows yet is one.
fn without_nothing(all: &mut Vec<DependencyText>, is_waiting: bool) {
    let mut seen = HashSet::new();
    for one in all.iter_mut().filter(|one| !one.parts.is_empty()) {
        without_nothing(&mut one.parts, is_waiting);
        if one.parts.is_empty() {
            one.words.clear();
        }
    }
    let is_open = |words: &str| is_waiting && is_undecided(words);
    all.retain(|one| (!is_placeholder(&one.words) || is_open(&one.words)) && seen.insert(one.words.clone()));
}

/// Whether a text says that its author does not know yet.
pub(crate) fn is_undecided(text: &str) -> bool {
    text.trim().eq_ignore_ascii_case("tbd") || text.contains('?') && text.chars().all(|c| c == '?' || c.is_whitespace())
}

/// Reads a value; `remark` is what is said of all that is in it. `commas`: one scalar may hold several.
fn read(value: &Value, remark: &str, commas: bool, into: &mut Vec<DependencyText>) {
    match &value.node {
        Node::Scalar(text) => {
            let commas = commas && !has_comma_in_parentheses(text);
            let parts = joined(value, commas).into_iter().map(|text| of_text(text, remark));
            if commas && text.contains(',') && !text.contains('\n') {
                let parts = parts.collect();
                into.push(DependencyText {
                    parts,
                    ..of_text(Spanned::new(text.trim().to_owned(), value.span), remark)
                });
            } else {
                into.extend(parts);
            }
        }
        Node::List(list) => list.iter().for_each(|value| read(value, remark, false, into)),
        Node::Map(entries) => of_map(entries, remark, into),
    }
}

/// Whether a comma stands in parentheses, so that it does not tell entries apart.
fn has_comma_in_parentheses(text: &str) -> bool {
    text.split('(').skip(1).any(|inner| inner.split(')').next().is_some_and(|inner| inner.contains(',')))
}

/// The texts of a scalar. A part that begins like a remark belongs to the one before.
fn joined(value: &Value, commas: bool) -> Vec<Text> {
    let (mut parts, mut joined) = (Vec::new(), Vec::<Text>::new());
    texts(value, commas, &mut parts);
    for part in parts {
        let is_remark = part.value.split_whitespace().next().is_some_and(is_conjunction) && part.value.contains(' ');
        match joined.last_mut().filter(|_| is_remark) {
            Some(last) => {
                last.value = format!("{}, {}", last.value, part.value);
                last.span = Span { end: part.span.end.max(last.span.end), ..last.span };
            }
            None => joined.push(part),
        }
    }
    joined
}

/// A map: the entry that names the thing, with all others as a remark on it; else every key is a name and its value a remark, or the other
/// way round: `TASK-1: needed for login`, `hard: [TASK-1]`.
fn of_map(entries: &[Field], remark: &str, into: &mut Vec<DependencyText>) {
    if let Some(named) = naming(entries) {
        let others = entries.iter().filter(|entry| !std::ptr::eq(*entry, named));
        let others = others.map(|entry| format!("{}: {}", entry.name.value, entry.value.flat()));
        let remark = others.fold(remark.to_owned(), |remark, other| together(&remark, &other));
        read(&named.value, &remark, false, into);
        return;
    }
    for entry in entries {
        let key = entry.name.value.trim();
        let name = Spanned::new(key.to_owned(), entry.name.span);
        match &entry.value.node {
            Node::Scalar(said) => {
                let text = of_text(name, &together(said.trim(), remark));
                into.push(DependencyText { words: format!("{key}: {}", said.trim()), ..text });
            }
            Node::List(_) | Node::Map(_) => {
                into.push(DependencyText { is_label: true, ..of_text(name, remark) });
                read(&entry.value, &together(remark, key), false, into);
            }
        }
    }
}

/// Two remarks as one.
fn together(one: &str, other: &str) -> String {
    let (one, other) = (one.trim(), other.trim());
    if one.is_empty() || other.is_empty() { format!("{one}{other}") } else { format!("{one}; {other}") }
}

/// `[[x]]` and `[[x|words]]` are `x`; `[words](target)` is its target; what stands behind them, in parentheses at the end or behind ` # `
/// is a remark.
fn of_text(text: Text, remark: &str) -> DependencyText {
    let words = text.value.trim().to_owned();
    let link = || {
        if let Some((inner, rest)) = words.strip_prefix("[[").and_then(|rest| rest.split_once("]]")) {
            return Some((inner.split('|').next().unwrap_or(inner), rest));
        }
        let (_, rest) = words.strip_prefix('[')?.split_once("](")?;
        rest.split_once(')')
    };
    let (name, beside, behind, is_link) = match link() {
        Some((name, rest)) => (name, rest, "", true),
        None => {
            let (name, behind) = words.split_once(" # ").unwrap_or((&words, ""));
            let inner = name.trim_end().strip_suffix(')').and_then(|rest| rest.split_once(" ("));
            // `a (x) and b (y)` is no name with a remark.
            match inner.filter(|(_, inner)| !inner.contains(['(', ')'])) {
                Some((name, inner)) => (name, inner, behind, false),
                None => (name, "", behind, false),
            }
        }
    };
    DependencyText {
        name: Spanned::new(name.trim().to_owned(), text.span),
        beside: beside.trim().to_owned(),
        reason: together(remark, behind),
        words,
        is_link,
        is_label: false,
        parts: Vec::new(),
    }
}
