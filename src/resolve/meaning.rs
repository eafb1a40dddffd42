//! What a dependency means: things of the plan that it names, names that match nothing, and what is waited for outside of the plan. Words
//! beside a name are a remark on it where they plainly are one, and something else to wait for where they are not.

use std::collections::HashSet;

use crate::config::{Config, Kind};
use crate::name::folded;
use crate::plan::{Entry, is_label_key, is_placeholder, is_undecided};

use super::entries::Dependent;
use super::fuzzy::prefix_and_number;
use super::paths::is_outside;
use super::reading::{Place, Reading, Rest};
use super::remarks::{is_date, is_plain};
use super::signs::{Head, bare, behind_hash, said};
use super::symbols::{IdSearch, SymbolTable};
use super::target::Target;

/// What a dependency means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Meaning<'a> {
    /// Items.
    pub(super) things: Vec<Target>,
    /// What else the words say; empty for nothing.
    pub(super) remark: String,
    /// Names that match nothing, several things, or something else than an item; as they stand in the words.
    pub(super) unknown: Vec<&'a str>,
    /// What is outside of the plan: sentences, and addresses elsewhere.
    pub(super) outside: Vec<String>,
}

impl SymbolTable {
    /// The things of the plan that an entry names.
    pub(super) fn things(&self, of: &Dependent<'_>, from: &Entry, config: &Config) -> Vec<Target> {
        let Reading { mut things, unknown, .. } = self.reading(of, from, config);
        things.extend(unknown.into_iter().filter_map(|name| self.named(name, Kind::Item, from, config)));
        things
    }

    /// The items that are named within words.
    pub(super) fn within(&self, words: &str, from: &Entry, config: &Config) -> Vec<Target> {
        let mut reading = Reading::new(self, from, config);
        reading.read(words, Place::Alone);
        reading.things
    }

    fn reading<'a>(&'a self, of: &Dependent<'a>, from: &'a Entry, config: &'a Config) -> Reading<'a> {
        let mut reading = Reading::new(self, from, config);
        let (name, words) = (of.name(), of.words());
        // A title may hold what elsewhere begins a remark.
        if let Some(found) = Some(words).filter(|words| *words != name).and_then(|words| self.whole(words)) {
            reading.add(found);
            return reading;
        }
        match self.meant(name, from, config) {
            _ if of.text.is_sentence => return reading,
            Some(found) if found.kind() == Kind::Item => reading.add(found),
            Some(_) => reading.unknown.push(name),
            None => {
                let (name, behind) = behind_hash(name);
                reading.read(name, Place::Alone);
                reading.read(behind, Place::Reason);
            }
        }
        reading.read(&of.text.reason, Place::Reason);
        reading
    }

    /// What an entry means in the file of `from`.
    pub(super) fn meaning<'a>(
        &'a self,
        of: &Dependent<'a>,
        from: &'a Entry,
        config: &'a Config,
        search: &mut IdSearch,
    ) -> Meaning<'a> {
        let reading = self.reading(of, from, config);
        if reading.things.is_empty() && reading.unknown.is_empty() {
            let is_label = of.text.is_label && self.is_label(of.name(), search);
            return if is_label { Meaning::default() } else { self.unnamed(of, search) };
        }
        let words = of.words();
        let Reading { things, unknown, addresses, rest, .. } = &reading;
        let mut meaning = Meaning { things: things.clone(), ..Meaning::default() };
        meaning.unknown.clone_from(unknown);
        meaning.outside.clone_from(addresses);
        // What may be wrong with a name that matches nothing is in the finding.
        let own = if rest.is_empty() { HashSet::new() } else { reading.own_words() };
        let is_other = |one: &&Rest<'_>| {
            let is_remark = one.is_remark(&own) || reading.is_address(one.words);
            !is_remark && (!things.is_empty() || one.place == Place::Doubt)
        };
        let others: Vec<&Rest<'a>> = rest.iter().filter(is_other).collect();
        let is_whole = |one: &&&Rest<'_>| {
            one.place == Place::Doubt
                || is_plain(one.words, &own)
                || one.place != Place::Part && !one.words.contains(char::is_alphabetic)
        };
        let mut has_whole = others.iter().any(|one| is_whole(&one) && words.contains(one.words));
        if has_whole {
            meaning.outside.push(said(words));
        }
        for one in &others {
            let is_part = one.place == Place::Part;
            let is_inside = words.contains(one.words);
            if is_part && !is_outside(one.words) && self.looks_like_a_reference(one.words, search) {
                meaning.unknown.push(one.words);
            } else if !is_inside || !has_whole && (is_part || ends_with(words, one.words)) {
                meaning.outside.push(said(one.words));
            } else if !has_whole {
                has_whole = true;
                meaning.outside.push(said(words));
            }
        }
        // Of words in doubt all is waited for, and need not be said a second time.
        let remarks: Vec<&Rest<'a>> = rest.iter().filter(|one| one.place != Place::Doubt).collect();
        meaning.remark = match remarks.as_slice() {
            [] => String::new(),
            all if all.iter().any(|one| one.place == Place::Between) => words.to_owned(),
            all => all.iter().map(|one| one.words).collect::<Vec<&str>>().join("; "),
        };
        meaning
    }

    /// What an entry means that names no item.
    fn unnamed<'a>(&self, of: &Dependent<'a>, search: &mut IdSearch) -> Meaning<'a> {
        let (Head { name, is_link, .. }, words) = (of.head(), of.words());
        let is_reference = match is_outside(name) || is_outside(words) {
            true => self.is_in_repository(name),
            false if is_undecided(name) || is_placeholder(name) => false,
            false if is_date(name) || words != name && is_label_key(name) => false,
            false => !of.text.is_sentence && (is_link || self.looks_like_a_reference(name, search)),
        };
        match is_reference {
            true => Meaning { unknown: vec![name], remark: of.remark(), ..Meaning::default() },
            false => {
                // What is said of words beside them would be nowhere else.
                let reasons = of.text.reason.split("; ").filter(|reason| !words.contains(reason.trim()));
                let reason = reasons.collect::<Vec<&str>>().join("; ");
                let outside = if reason.is_empty() { said(words) } else { format!("{} ({reason})", said(words)) };
                Meaning { outside: vec![outside], ..Meaning::default() }
            }
        }
    }

    /// Whether the key of a list of dependencies says nothing but what they are: one word that is near to no name, or plain words.
    fn is_label(&self, key: &str, search: &mut IdSearch) -> bool {
        let is_word = !key.contains(char::is_whitespace) && prefix_and_number(&folded(key)).is_none();
        is_plain(key, &HashSet::new()) || is_word && self.nearest(key, Kind::Item, search).near().is_none()
    }

    /// Whether words that match nothing were meant as the name of something: one word, a path, an id's form, or near to a name.
    fn looks_like_a_reference(&self, name: &str, search: &mut IdSearch) -> bool {
        !name.contains(char::is_whitespace) && !is_date(name)
            || name.ends_with(".md")
            || prefix_and_number(&folded(name)).is_some()
            || !self.ambiguous(name, Kind::Item).is_empty()
            || self.nearest(name, Kind::Item, search).near().is_some()
            || self.nearest_title(name, Kind::Item, search).near().is_some()
    }
}

/// Whether words end so, signs at their end aside.
fn ends_with(words: &str, end: &str) -> bool {
    let words = bare(words);
    words.ends_with(end) || words.trim_end_matches(')').ends_with(end)
}
