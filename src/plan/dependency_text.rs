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
    /// What stands beside the name: in parentheses, behind a link, or as the value of an entry whose key is the name. Empty for nothing.
    pub remark: String,
    /// All of it, as written.
    pub words: String,
    /// Whether it was written as a link, which always means a thing of the plan or an address.
    pub is_link: bool,
}

/// Words that begin a remark on the name before them: `base, once merged`.
const CONJUNCTIONS: &[&str] =
    &["once", "when", "because", "since", "if", "until", "as", "after", "for", "where", "while", "so", "which", "but"];

/// Whether a word can stand between a name and a remark on it.
pub(crate) fn is_conjunction(word: &str) -> bool {
    CONJUNCTIONS.iter().any(|conjunction| word.eq_ignore_ascii_case(conjunction))
}

/// The dependencies that a field names, under whatever name; each once.
pub(super) fn dependencies(reader: &Reader<'_>, field: &str) -> Vec<DependencyText> {
    let mut all = Vec::new();
    for value in reader.all(field) {
        read(value, "", !reader.is_quoted(value) || is_list_of_words(value), &mut all);
        reader.take_all(value);
    }
    let mut seen = HashSet::new();
    all.retain(|one| !is_placeholder(&one.name.value) && seen.insert(one.words.clone()));
    all
}

/// Whether a text is a list of single words, which are ids: quotes about all of them must not hide any.
fn is_list_of_words(value: &Value) -> bool {
    matches!(&value.node, Node::Scalar(text) if text.split(',').all(|part| part.split_whitespace().count() == 1))
}

/// Reads a value; `remark` is what was said of all that is in it. `commas`: one scalar may hold several.
fn read(value: &Value, remark: &str, commas: bool, into: &mut Vec<DependencyText>) {
    match &value.node {
        Node::Scalar(_) => into.extend(joined(value, commas).into_iter().map(|text| of_text(text, remark))),
        Node::List(list) => list.iter().for_each(|value| read(value, remark, false, into)),
        Node::Map(entries) => of_map(entries, remark, into),
    }
}

/// The texts of a scalar. A part that begins like a remark belongs to the one before.
fn joined(value: &Value, commas: bool) -> Vec<Text> {
    let (mut parts, mut joined) = (Vec::new(), Vec::<Text>::new());
    texts(value, commas, &mut parts);
    for part in parts.into_iter().flat_map(of_lines) {
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

/// The entries of a block of text that is a list: its lines begin with bullets, or are single words.
fn of_lines(text: Text) -> Vec<Text> {
    let lines = || text.value.lines().map(str::trim).filter(|line| !line.is_empty());
    let bare = |line: &str| line.trim_start_matches(['-', '*', '+']).trim().to_owned();
    let is_entry = |line: &str| line.starts_with(['-', '*', '+']) || line.split_whitespace().count() == 1;
    if lines().count() < 2 || !lines().all(is_entry) {
        return vec![text];
    }
    lines().map(|line| Spanned::new(bare(line), text.span)).collect()
}

/// A map: the entry that names the thing, with all others as a remark on it; else every key is a name and its value a remark, or the other
/// way round: `TASK-1: needed for login`, `hard: [TASK-1]`.
fn of_map(entries: &[Field], remark: &str, into: &mut Vec<DependencyText>) {
    if let Some(named) = naming(entries) {
        let others = entries.iter().filter(|entry| !std::ptr::eq(*entry, named));
        let others = others.map(|entry| format!("{}: {}", entry.name.value, entry.value.flat()));
        let remarks: Vec<String> =
            [remark.to_owned()].into_iter().chain(others).filter(|one| !one.is_empty()).collect();
        read(&named.value, &remarks.join("; "), false, into);
        return;
    }
    for entry in entries {
        let key = entry.name.value.trim();
        match &entry.value.node {
            Node::Scalar(said) => {
                let text = of_text(Spanned::new(key.to_owned(), entry.name.span), said.trim());
                into.push(DependencyText { words: format!("{key}: {}", said.trim()), ..text });
            }
            Node::List(_) | Node::Map(_) => read(&entry.value, key, false, into),
        }
    }
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
    let (name, beside, is_link) = match link() {
        Some((name, rest)) => (name, rest, true),
        None => {
            let (name, behind) = words.split_once(" # ").unwrap_or((&words, ""));
            match name.trim_end().strip_suffix(')').and_then(|rest| rest.split_once(" (")) {
                Some((name, inner)) => (name, inner, false),
                None => (name, behind, false),
            }
        }
    };
    let beside = beside.trim();
    let remark = if beside.is_empty() || remark.is_empty() {
        format!("{remark}{beside}")
    } else {
        format!("{remark}; {beside}")
    };
    DependencyText { name: Spanned::new(name.trim().to_owned(), text.span), remark, words, is_link }
}
