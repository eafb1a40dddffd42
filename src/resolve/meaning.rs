//! What a dependency means: things of the plan that it names, names that match nothing, and what is waited for outside of the plan. Words
//! beside a name are a remark on it where they plainly are one, and something else to wait for where they are not.

use std::collections::HashSet;
use std::slice;

use crate::config::{Config, Kind};
use crate::name::folded;
use crate::plan::{DependencyText, Entry, is_placeholder, is_undecided};

use super::fuzzy::prefix_and_number;
use super::paths::is_outside;
use super::reading::{Place, Reading};
use super::remarks::is_plain;
use super::signs::{bare, heads};
use super::symbols::{IdSearch, SymbolTable};
use super::target::Target;

/// What a dependency means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Meaning {
    /// Things of the plan. Of another kind than an item is at most one that the whole of it names.
    pub(super) things: Vec<Target>,
    /// What else the words say; empty for nothing.
    pub(super) remark: String,
    /// Names that match nothing, or several things.
    pub(super) unknown: Vec<String>,
    /// What is outside of the plan: sentences, and addresses elsewhere.
    pub(super) outside: Vec<String>,
}

/// Parts between commas that may be one name.
const MAX_COMMAS: usize = 8;

impl SymbolTable {
    /// The entries of a dependency: its parts, or itself where a name with commas is in it.
    pub(super) fn entries<'t>(&self, text: &'t DependencyText) -> &'t [DependencyText] {
        let parts = text.parts.as_slice();
        let is_name = |parts: &[DependencyText]| {
            let words: Vec<&str> = parts.iter().map(|part| part.words.as_str()).collect();
            self.whole(&words.join(", ")).is_some()
        };
        // A remark may stand behind a name with commas.
        let is_head = || {
            let mut heads = heads(&text.words).into_iter().map(|(end, _)| &text.words[..end]);
            heads.any(|head| head.contains(',') && self.whole(head).is_some())
        };
        let of = |from: usize| (from + 2..=parts.len().min(from + MAX_COMMAS)).map(move |to| &parts[from..to]);
        match parts {
            [] => slice::from_ref(text),
            parts if parts.iter().all(|part| self.by_id(&part.words, Kind::Item).is_some()) => parts,
            _ if self.whole(&text.words).is_some() || (0..parts.len()).flat_map(of).any(is_name) || is_head() => {
                slice::from_ref(text)
            }
            parts => parts,
        }
    }

    /// The thing that has words as its id, or alone as its title.
    fn whole(&self, words: &str) -> Option<Target> {
        self.by_id(words, Kind::Item).or_else(|| match self.titled(words, Kind::Item) {
            [only] => Some(*only),
            _ => None,
        })
    }

    /// The things of the plan that an entry names.
    pub(super) fn things(&self, text: &DependencyText, from: &Entry, config: &Config) -> Vec<Target> {
        self.reading(text, from, config).things
    }

    /// The items that are named within words.
    pub(super) fn within(&self, words: &str, from: &Entry, config: &Config) -> Vec<Target> {
        let mut reading = Reading::new(self, from, config);
        reading.read(words, Place::Alone);
        reading.things
    }

    fn reading<'a>(&'a self, text: &'a DependencyText, from: &'a Entry, config: &'a Config) -> Reading<'a> {
        let mut reading = Reading::new(self, from, config);
        let name = text.name.value.as_str();
        // A title may hold what elsewhere begins a remark.
        if let Some(found) = Some(&text.words).filter(|words| *words != name).and_then(|words| self.whole(words)) {
            reading.add(found);
            return reading;
        }
        match self.named(name, Kind::Item, from, config) {
            Some(found) => reading.add(found),
            None if text.is_link => reading.link(name),
            // One word alone is no other name.
            None if text.remark().is_empty() && name.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c)) => {}
            None => reading.read(name, Place::Alone),
        }
        reading.read(&text.beside, Place::Beside);
        reading.read(&text.reason, Place::Reason);
        reading
    }

    /// What an entry means in the file of `from`.
    pub(super) fn meaning(
        &self,
        text: &DependencyText,
        from: &Entry,
        config: &Config,
        search: &mut IdSearch,
    ) -> Meaning {
        let name = text.name.value.as_str();
        let reading = self.reading(text, from, config);
        if text.is_label && reading.things.is_empty() && self.is_label(name, search) {
            return Meaning::default();
        }
        if reading.things.is_empty() && reading.unknown.is_empty() {
            return self.unnamed(text, search);
        }
        let Reading { things, unknown, addresses, rest, .. } = &reading;
        let mut meaning = Meaning { things: things.clone(), ..Meaning::default() };
        meaning.remark = match rest.as_slice() {
            [] => String::new(),
            all if all.iter().any(|one| one.place == Place::Between) => text.words.clone(),
            all => all.iter().map(|one| one.words).collect::<Vec<&str>>().join("; "),
        };
        meaning.unknown = unknown.iter().map(|&name| name.to_owned()).collect();
        meaning.outside = addresses.iter().map(|&address| address.to_owned()).collect();
        // What may be wrong with a name that matches nothing is in the finding.
        let own = if rest.is_empty() { HashSet::new() } else { reading.own_words() };
        let others = rest.iter().filter(|one| !things.is_empty() && !one.is_remark(&own));
        let mut has_whole = false;
        for one in others {
            let is_part = one.place == Place::Part;
            if is_part && !is_outside(one.words) && self.looks_like_a_reference(one.words, search) {
                meaning.unknown.push(one.words.to_owned());
            } else if is_part || bare(&text.words).ends_with(one.words) || text.beside.ends_with(one.words) {
                meaning.outside.push(one.words.to_owned());
            } else if !has_whole {
                has_whole = true;
                meaning.outside.push(text.words.clone());
            }
        }
        meaning
    }

    /// What an entry means that names nothing of the plan.
    fn unnamed(&self, text: &DependencyText, search: &mut IdSearch) -> Meaning {
        let name = text.name.value.as_str();
        let is_reference = match is_outside(name) || is_outside(&text.words) {
            true => self.is_in_repository(name),
            false if is_undecided(name) || is_placeholder(name) => false,
            false => text.is_link || self.looks_like_a_reference(name, search),
        };
        match is_reference {
            true => Meaning { unknown: vec![name.to_owned()], remark: text.remark(), ..Meaning::default() },
            false => Meaning { outside: vec![text.words.clone()], ..Meaning::default() },
        }
    }

    /// Whether the key of a list of dependencies says nothing but what they are: one word that is near to no name, or plain words.
    fn is_label(&self, key: &str, search: &mut IdSearch) -> bool {
        let is_word = !key.contains(char::is_whitespace) && prefix_and_number(&folded(key)).is_none();
        is_plain(key, &HashSet::new()) || is_word && self.nearest(key, Kind::Item, search).near().is_none()
    }

    /// Whether words that match nothing were meant as the name of something: one word, a path, an id's form, or near to a name.
    fn looks_like_a_reference(&self, name: &str, search: &mut IdSearch) -> bool {
        !name.contains(char::is_whitespace)
            || name.ends_with(".md")
            || prefix_and_number(&folded(name)).is_some()
            || !self.ambiguous(name, Kind::Item).is_empty()
            || self.nearest(name, Kind::Item, search).near().is_some()
            || self.nearest_title(name, Kind::Item, search).near().is_some()
    }
}
