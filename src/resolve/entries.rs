//! The entries of a field of dependencies: its values, or what commas tell apart in one that is not one name as a whole.

use std::collections::HashSet;
use std::iter;
use std::ops::Range;

use crate::config::Kind;
use crate::name::folded;
use crate::plan::{DependencyText, Entry, is_conjunction, is_placeholder, is_undecided, parts, together};
use crate::source::Span;

use super::fuzzy::prefix_and_number;
use super::remarks::{has_doubt, is_joined, opens_reason};
use super::signs::{Head, bare, head, heads};
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
        let has_commas = text.has_commas && words.contains(',');
        if !has_commas && !words.contains('\n') {
            return vec![Dependent { text, part: None }];
        }
        let lines = if words.contains('\n') { self.lines(words) } else { iter::once(0..words.len()).collect() };
        let parts = lines.into_iter().flat_map(|line| match has_commas {
            true => self.between_commas(words, line),
            false => vec![line],
        });
        let parts: Vec<Range<usize>> = parts.collect();
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

    /// The lines of a text that are entries of their own, without the signs of a list. A line that begins like a remark belongs to the one
    /// before. Prose over several lines, in which nothing is named, is one.
    fn lines(&self, words: &str) -> Vec<Range<usize>> {
        let (mut lines, mut is_list) = (Vec::<Range<usize>>::new(), false);
        for line in words.lines().filter(|line| line.contains(char::is_alphanumeric) || has_doubt(line)) {
            let start = line.as_ptr().addr() - words.as_ptr().addr();
            let text = without_bullet(line);
            let range = start + (text.as_ptr().addr() - line.as_ptr().addr())..start + line.trim_end().len();
            let text = text.trim_end();
            let is_item = text.len() < line.trim().len() && line.trim() != text;
            is_list |= is_item || self.begins_with_name(text);
            let is_remark = !is_item && (is_remark(text) || opens_reason(text) || text.starts_with('('));
            match lines.last_mut().filter(|_| is_remark && self.whole(text).is_none()) {
                Some(last) => last.end = range.end,
                None => lines.push(range),
            }
        }
        if is_list { lines } else { iter::once(0..words.len()).collect() }
    }

    fn begins_with_name(&self, line: &str) -> bool {
        let is_name = |words: &str| self.whole(bare(words)).is_some();
        let first = line.split([' ', ',', ';']).next().unwrap_or_default();
        let is_id = first.contains(|c: char| c.is_ascii_digit()) && is_name(first);
        is_name(line) || is_id || heads(line).into_iter().any(|(end, _)| is_name(&line[..end]))
    }

    /// The parts of a line between commas. One that begins like a remark belongs to the one before, and so do numbers behind an id.
    fn between_commas(&self, words: &str, line: Range<usize>) -> Vec<Range<usize>> {
        let mut joined = Vec::<Range<usize>>::new();
        for part in parts(&words[line.clone()], &[',']) {
            let part = line.start + part.start..line.start + part.end;
            let text = &words[part.clone()];
            let belongs = |last: &&mut Range<usize>| {
                is_remark(text) || is_numbers(text) && self.has_prefix_and_number(&words[(**last).clone()])
            };
            match joined.last_mut().filter(belongs) {
                Some(last) => last.end = part.end,
                None => joined.push(part),
            }
        }
        joined
    }

    /// Whether a text begins with an id of the plan's form, so that numbers behind it are numbers of the same kind.
    fn has_prefix_and_number(&self, text: &str) -> bool {
        let first = text.split([' ', ',', '/', '&', '+', '.']).next().unwrap_or_default();
        let parts = prefix_and_number(&folded(first));
        parts.is_some_and(|(prefix, _)| !prefix.is_empty() && self.has_prefix(&prefix, Kind::Item))
    }
}

/// Whether a text begins like a remark on what stands before it.
fn is_remark(text: &str) -> bool {
    text.split_whitespace().next().is_some_and(is_conjunction) && text.contains(' ')
}

/// Whether a text begins with a number that is not part of a sentence: `2`, `2 and 3`, `2 for login`.
fn is_numbers(text: &str) -> bool {
    let (number, rest) = text.split_at(text.find(|c: char| c.is_whitespace()).unwrap_or(text.len()));
    let rest = rest.trim_start();
    let is_end = rest.is_empty() || rest.starts_with('(') || is_joined(rest) || opens_reason(rest);
    is_end && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// A line without the sign of an entry of a list before it: `- base`, `2. base`.
fn without_bullet(line: &str) -> &str {
    let line = line.trim_start();
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = number.len() < line.len() && (number.starts_with(". ") || number.starts_with(") "));
    let behind =
        if is_numbered { number.get(2..) } else { ["- ", "* ", "+ "].iter().find_map(|sign| line.strip_prefix(sign)) };
    let line = behind.map_or(line, str::trim_start);
    // A box that is ticked off says something; an empty one does not.
    line.strip_prefix("[ ]").map_or(line, str::trim_start)
}
