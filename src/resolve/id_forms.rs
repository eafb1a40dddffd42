//! What in words has the form of an id, what leads to another place so that no part of it is a name, and the words of names.

use std::collections::HashSet;
use std::ops::Range;

use crate::config::Kind;
use crate::name::folded;

use super::fuzzy::prefix_and_number;
use super::paths::{file_stem, has_scheme, is_outside};
use super::reading::Reading;
use super::remarks;
use super::signs::tokens;
use super::target::Target;

impl Reading<'_> {
    /// The ids in words, with what they mean; none for one that has the form of other ids and matches nothing. What is a part of an address is
    /// no name.
    pub(super) fn tokens(&self, words: &str) -> Vec<(Range<usize>, Option<Target>)> {
        let mut found = Vec::new();
        let mut end = 0;
        for word in words.split_inclusive(char::is_whitespace) {
            let start = end;
            end += word.len();
            let word = word.trim_end();
            if !word.contains(|c: char| c.is_ascii_digit() || c == '.') {
                continue;
            }
            let is_around = |c: char| "()[]<>{}\"'“”‘’„.,;:!?*`~".contains(c);
            let start = start + word.len() - word.trim_start_matches(is_around).len();
            let word = word.trim_matches(is_around);
            if self.is_path(word) {
                if let Some(thing) = self.named(word) {
                    found.push((start..start + word.len(), Some(thing)));
                }
                continue;
            }
            if self.is_foreign(word) {
                continue;
            }
            for range in tokens(word) {
                let id = &word[range.clone()];
                let range = start + range.start..start + range.end;
                let thing = self.symbols.by_letters_and_number(id, Kind::Item);
                match thing.filter(|thing| thing.kind() == Kind::Item) {
                    Some(thing) => found.push((range, Some(thing))),
                    None if self.has_form(id) => found.push((range, None)),
                    None => {}
                }
            }
        }
        found
    }

    /// The words of the names of all things that are named.
    pub(super) fn own_words(&self) -> HashSet<String> {
        let keys = self.things.iter().filter_map(|thing| match thing {
            Target::Item(id) => self.symbols.item_key(*id),
            _ => None,
        });
        keys.flat_map(|key| [key.title.as_str(), &key.id, file_stem(&key.path)]).flat_map(remarks::words).collect()
    }

    /// Whether a word has the form of the plan's ids.
    pub(super) fn has_form(&self, word: &str) -> bool {
        let parts = prefix_and_number(&folded(word));
        parts.is_some_and(|(prefix, _)| !prefix.is_empty() && self.symbols.has_prefix(&prefix, Kind::Item))
    }

    fn is_path(&self, word: &str) -> bool {
        word.ends_with(".md") || self.symbols.is_in_repository(word)
    }

    /// Whether a word leads to another place, so that no part of it is a name: `https://…/TASK-1`, `jira:TASK-1`, `other/done1`.
    fn is_foreign(&self, word: &str) -> bool {
        let is_id = |word: &str| self.with_id(word).is_some() || self.has_form(word);
        word.contains("://")
            || word.contains(['@', '\\'])
            || is_outside(word)
            || has_scheme(word) && word.split_once(':').is_some_and(|(name, _)| !is_id(name))
            || word.contains('/') && !word.split('/').all(is_id)
    }

    /// Whether words are an address elsewhere of what is named: `https://forge.example/browse/TASK-1` of `TASK-1`.
    pub(super) fn is_address(&self, words: &str) -> bool {
        self.things.iter().any(|thing| self.is_address_of(words, *thing))
    }

    pub(super) fn is_address_of(&self, words: &str, thing: Target) -> bool {
        let path = words.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
        let last = path.rsplit_once('/').map(|(_, last)| last);
        is_outside(words)
            && !words.contains(char::is_whitespace)
            && last.is_some_and(|last| {
                let found = self.with_id(last).or_else(|| self.symbols.by_letters_and_number(last, Kind::Item));
                found == Some(thing)
            })
    }
}
