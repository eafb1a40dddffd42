//! What a dependency means: a thing of the plan that the whole of it names, things that are named within its words, or something outside
//! of the plan that is waited for in words.

use std::ops::Range;

use crate::config::{Config, Kind};
use crate::name::folded;
use crate::plan::{DependencyText, Entry, is_conjunction};

use super::fuzzy::prefix_and_number;
use super::paths::has_scheme;
use super::symbols::{IdSearch, SymbolTable};
use super::target::Target;

/// What a dependency means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Things of the plan, at least one, and what the author says of them beside their names; empty for nothing.
    Things(Vec<Target>, String),
    /// Something outside of the plan: a sentence, or an address elsewhere.
    Outside,
    /// It looks like a reference and matches nothing, or several things.
    Unknown,
}

/// Places at which words may end a name, looked at from the last: nobody writes more.
const MAX_HEADS: usize = 8;

impl SymbolTable {
    /// What a dependency means in the file of `from`.
    pub(super) fn meaning(
        &self,
        text: &DependencyText,
        from: &Entry,
        config: &Config,
        search: &mut IdSearch,
    ) -> Meaning {
        if let Some((things, reason)) = self.things(text, from, config) {
            return Meaning::Things(things, reason);
        }
        match is_outside(&text.name.value) || is_outside(&text.words) {
            true if !self.is_in_repository(&text.name.value) => Meaning::Outside,
            false if !self.looks_like_a_reference(text, search) => Meaning::Outside,
            _ => Meaning::Unknown,
        }
    }

    /// The things of the plan that a dependency names, and what else its words say.
    pub(super) fn things(&self, text: &DependencyText, from: &Entry, config: &Config) -> Option<(Vec<Target>, String)> {
        let (name, remark) = (text.name.value.as_str(), text.remark.as_str());
        if let Some(found) = self.named(name, Kind::Item, from, config) {
            return Some((vec![found], remark.to_owned()));
        }
        if text.is_link {
            return None;
        }
        if let Some((found, rest)) = self.within(name, from, config) {
            return Some((found, together(&name[rest], remark)));
        }
        // `Tenants (TASK-1)`, `on: TASK-1`: the name stands where the remark does.
        let has_letters = remark.contains(char::is_alphabetic);
        let found = Some(remark).filter(|_| has_letters).and_then(|name| self.named(name, Kind::Item, from, config))?;
        Some((vec![found], name.to_owned()))
    }

    /// The items that are named within words, and where the other words are.
    pub(super) fn within(&self, words: &str, from: &Entry, config: &Config) -> Option<(Vec<Target>, Range<usize>)> {
        let name = |name: &str| {
            let has_letters = name.contains(char::is_alphabetic);
            let found = has_letters.then(|| self.named(name, Kind::Item, from, config)).flatten();
            found.filter(|found| found.kind() == Kind::Item)
        };
        for (end, begin) in heads(words) {
            if let Some(found) = name(words[..end].trim()) {
                return Some((vec![found], begin..words.len()));
            }
        }
        let mut spaced = words.split_whitespace();
        if let (Some(first), Some(second)) = (spaced.next(), spaced.next())
            && is_conjunction(second)
            && let Some(found) = self.by_id(first, Kind::Item).filter(|found| found.kind() == Kind::Item)
        {
            return Some((vec![found], after(words, first)));
        }
        let mut found = Vec::new();
        let mut rest = 0..words.len();
        for token in tokens(words) {
            let id = &words[token.clone()];
            let thing = self.by_letters_and_number(id, Kind::Item).filter(|found| found.kind() == Kind::Item);
            let Some(thing) = thing.filter(|thing| !found.contains(thing)) else { continue };
            if found.is_empty() && words[..token.start].trim().is_empty() {
                rest = after(words, &words[..token.end]);
            } else {
                // More than one name, or one between others: all words say something.
                rest = 0..words.len();
            }
            found.push(thing);
        }
        (!found.is_empty()).then_some((found, rest))
    }

    /// Whether words that match nothing were meant as the name of something: one word, a path, an id's form, or near to a name.
    fn looks_like_a_reference(&self, text: &DependencyText, search: &mut IdSearch) -> bool {
        let name = text.name.value.as_str();
        let is_one_word = !name.contains(char::is_whitespace);
        if text.is_link || is_one_word || name.ends_with(".md") || prefix_and_number(&folded(name)).is_some() {
            return true;
        }
        let begins_with_id =
            tokens(name).next().filter(|token| name[..token.start].trim().is_empty()).is_some_and(|token| {
                prefix_and_number(&folded(&name[token])).is_some_and(|(prefix, _)| self.has_prefix(&prefix, Kind::Item))
            });
        begins_with_id
            || !self.ambiguous(name, Kind::Item).is_empty()
            || self.nearest(name, Kind::Item, search).near().is_some()
            || self.nearest_title(name, Kind::Item, search).near().is_some()
    }
}

/// Where words lead outside of the plan: the first address in them.
pub(super) fn address_in(words: &str) -> Option<&str> {
    let is_around = |c: char| "<>()[]\"'.,;:!".contains(c);
    let addresses = words.split_whitespace().map(|word| word.trim_matches(is_around));
    addresses.into_iter().find(|word| word.starts_with("https://") || word.starts_with("http://"))
}

/// Whether a text is an address elsewhere, or an issue of another repository: `https://…`, `mailto:…`, `owner/name#5`.
fn is_outside(text: &str) -> bool {
    let is_issue = |text: &str| {
        let parts = text.split_once('#').and_then(|(repository, number)| Some((repository.split_once('/')?, number)));
        let is_name = |name: &str| {
            !name.is_empty()
                && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
                && !name.starts_with('.')
        };
        parts.is_some_and(|((owner, name), number)| {
            is_name(owner) && is_name(name) && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    let is_one_word = !text.contains(char::is_whitespace);
    address_in(text).is_some() || is_one_word && (has_scheme(text) && text.contains(['/', '@']) || is_issue(text))
}

/// Where a name may end that words stand behind, and where these begin; the last first.
fn heads(words: &str) -> Vec<(usize, usize)> {
    const SEPARATORS: [&str; 7] = [": ", " - ", " – ", " — ", ", ", "; ", " ("];
    let mut heads: Vec<(usize, usize)> = SEPARATORS
        .iter()
        .flat_map(|separator| words.match_indices(separator).map(|(index, found)| (index, index + found.len())))
        .collect();
    heads.sort_unstable();
    heads.into_iter().rev().take(MAX_HEADS).collect()
}

/// What stands in `words` behind their beginning `head`, without the signs between.
fn after(words: &str, head: &str) -> Range<usize> {
    let rest = words.trim_start().get(head.trim_start().len()..).unwrap_or_default();
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || ":-–—,;".contains(c));
    words.len() - rest.len()..words.len()
}

/// The words that have the form of an id, letters and digits, without the signs around them.
fn tokens(words: &str) -> impl Iterator<Item = Range<usize>> {
    let is_between = |c: char| !(c.is_alphanumeric() || "-_.#".contains(c));
    let mut start = 0;
    let all = words.split_inclusive(is_between).map(move |piece| {
        let begin = start;
        start += piece.len();
        let bare = piece.trim_end_matches(is_between).trim_end_matches(['.', '-']);
        begin..begin + bare.len()
    });
    all.filter(move |range| {
        let word = &words[range.clone()];
        word.contains(char::is_alphabetic) && word.contains(|c: char| c.is_ascii_digit())
    })
}

/// Two texts as one.
fn together(one: &str, other: &str) -> String {
    let one = one.trim();
    if one.is_empty() || other.is_empty() { format!("{one}{other}") } else { format!("{one}; {other}") }
}
