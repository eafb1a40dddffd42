//! The entries of a field of dependencies: its values, or what commas tell apart in one that is not one name as a whole.

use std::collections::HashSet;
use std::ops::Range;

use crate::config::Kind;
use crate::plan::{DependencyText, Entry, is_conjunction, is_placeholder, is_undecided, parts, together};
use crate::source::Span;

use super::signs::{Head, head, heads};
use super::symbols::SymbolTable;
use super::target::Target;

/// Parts between commas that may be one name.
const MAX_COMMAS: usize = 8;

/// One entry.
pub(super) struct Dependent<'a> {
    pub(super) text: &'a DependencyText,
    /// Which part of a value it is; none for all of it.
    part: Option<Range<usize>>,
}

impl<'a> Dependent<'a> {
    /// What names it, with what stands beside the name in the same text.
    pub(super) fn name(&self) -> &'a str {
        self.part.clone().map_or(&self.text.name.value, |part| &self.text.name.value[part])
    }

    /// All of it, as written.
    pub(super) fn words(&self) -> &'a str {
        if self.part.is_some() { self.name() } else { &self.text.words }
    }

    /// The name alone.
    pub(super) fn head(&self) -> Head<'a> {
        head(self.name())
    }

    /// All that is said of the name.
    pub(super) fn remark(&self) -> String {
        let head = self.head();
        together(&together(&self.text.reason, head.behind), head.beside)
    }

    /// Where it stands in the file of `entry`.
    pub(super) fn span(&self, entry: &Entry) -> Span {
        self.place(self.name(), entry)
    }

    /// Where words of it stand in the file of `entry`; all of it where they are said beside it.
    pub(super) fn place(&self, words: &str, entry: &Entry) -> Span {
        let whole = &self.text.name;
        let start = words.as_ptr().addr().checked_sub(whole.value.as_ptr().addr());
        let part = start.map(|start| start..start + words.len()).filter(|part| part.end <= whole.value.len());
        part.map_or(whole.span, |part| entry.place(whole, part))
    }
}

impl SymbolTable {
    /// The entries of a field, each once, without those that say that there is none. Where somebody waits, one that nobody knows yet is one.
    pub(super) fn entries<'t>(&self, texts: &'t [DependencyText], is_waiting: bool) -> Vec<Dependent<'t>> {
        let mut seen = HashSet::new();
        let mut all: Vec<Dependent<'_>> = texts.iter().flat_map(|text| self.of_text(text)).collect();
        let is_open = |words: &str| is_waiting && is_undecided(words);
        all.retain(|one| (!is_placeholder(one.words()) || is_open(one.words())) && seen.insert(one.words()));
        all
    }

    fn of_text<'t>(&self, text: &'t DependencyText) -> Vec<Dependent<'t>> {
        let words = text.name.value.as_str();
        let parts = if text.has_commas && words.contains(',') { joined(words) } else { Vec::new() };
        if parts.len() < 2 || self.is_one(words, &parts) {
            return vec![Dependent { text, part: None }];
        }
        parts.into_iter().map(|part| Dependent { text, part: Some(part) }).collect()
    }

    /// Whether a name with commas is in words.
    fn is_one(&self, words: &str, parts: &[Range<usize>]) -> bool {
        if parts.iter().all(|part| self.by_id(&words[part.clone()], Kind::Item).is_some()) {
            return false;
        }
        let run = |from: usize, to: usize| &words[parts[from].start..parts[to].end];
        let runs = |from: usize| (from + 1..parts.len().min(from + MAX_COMMAS)).map(move |to| run(from, to));
        // A remark may stand behind a name with commas.
        let mut heads = heads(words).into_iter().map(|(end, _)| &words[..end]).filter(|head| head.contains(','));
        (0..parts.len()).flat_map(runs).any(|run| self.whole(run).is_some())
            || self.whole(words).is_some()
            || heads.any(|head| self.whole(head).is_some())
    }

    /// The thing that has words as its id, or alone as its title.
    pub(super) fn whole(&self, words: &str) -> Option<Target> {
        self.by_id(words, Kind::Item).or_else(|| match self.titled(words, Kind::Item) {
            [only] => Some(*only),
            _ => None,
        })
    }
}

/// The parts of a text between commas. One that begins like a remark belongs to the one before.
fn joined(words: &str) -> Vec<Range<usize>> {
    let mut joined = Vec::<Range<usize>>::new();
    for part in parts(words, &[',']) {
        let text = &words[part.clone()];
        let is_remark = text.split_whitespace().next().is_some_and(is_conjunction) && text.contains(' ');
        match joined.last_mut().filter(|_| is_remark) {
            Some(last) => last.end = part.end,
            None => joined.push(part),
        }
    }
    joined
}
