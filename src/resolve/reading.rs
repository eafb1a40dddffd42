//! The names within the words of a dependency, and the words beside them: read from left to right, a larger name before a smaller one.

use std::collections::HashSet;
use std::ops::Range;

use crate::config::{Config, Kind};
use crate::name::folded;
use crate::plan::{Entry, MAX_LINKS, WordLink, is_conjunction, link, parts};

use super::fuzzy::prefix_and_number;
use super::paths::{file_stem, has_scheme, is_outside};
use super::remarks::{self, behind_joiner, is_joiner, is_plain, opens_condition, opens_reason};
use super::signs::{Head, address_of, bare, head, heads, tokens};
use super::symbols::SymbolTable;
use super::target::Target;

/// Parts that may be one name, and names that stand one behind another with remarks between: nobody writes more.
const MAX_PARTS: usize = 8;

/// Words that are looked at as a list of ids.
const MAX_WORDS: usize = 256;

/// Signs that mean all from one name to another, where they stand between the two without a space.
const RANGES: [&str; 4] = ["–", "—", "..", "…"];

/// Where words stand that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// They are all that was written, or the first part of it.
    Alone,
    /// Behind a name.
    Beside,
    /// Before or between names.
    Between,
    /// Behind a name and a colon, or otherwise as what is said of it.
    Reason,
    /// An entry of a list in the words.
    Part,
}

/// Words that name nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rest<'a> {
    pub(super) words: &'a str,
    pub(super) place: Place,
    /// Whether a word such as `and` stands before them.
    is_joined: bool,
}

/// What was read of a dependency.
pub(super) struct Reading<'a> {
    symbols: &'a SymbolTable,
    from: &'a Entry,
    config: &'a Config,
    /// The items that are named, each once.
    pub(super) things: Vec<Target>,
    /// Names that match no item.
    pub(super) unknown: Vec<&'a str>,
    /// Links to other places.
    pub(super) addresses: Vec<String>,
    /// The words between.
    pub(super) rest: Vec<Rest<'a>>,
    /// Names that the words now read stand behind.
    depth: usize,
}

impl<'a> Reading<'a> {
    pub(super) fn new(symbols: &'a SymbolTable, from: &'a Entry, config: &'a Config) -> Reading<'a> {
        let (things, unknown, addresses, rest) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Reading { symbols, from, config, things, unknown, addresses, rest, depth: 0 }
    }

    /// The thing that words are the name of as a whole.
    fn named(&self, words: &str) -> Option<Target> {
        let has_letters = words.contains(char::is_alphabetic);
        let found = has_letters.then(|| self.symbols.named(words, Kind::Item, self.from, self.config)).flatten();
        found.filter(|found| found.kind() == Kind::Item)
    }

    fn with_id(&self, word: &str) -> Option<Target> {
        self.symbols.by_id(word, Kind::Item).filter(|found| found.kind() == Kind::Item)
    }

    pub(super) fn add(&mut self, thing: Target) {
        if !self.things.contains(&thing) {
            self.things.push(thing);
        }
    }

    fn leave(&mut self, words: &'a str, place: Place, is_joined: bool) {
        let words = bare(words);
        if words.contains(char::is_alphanumeric) {
            self.rest.push(Rest { words, place, is_joined });
        }
    }

    /// What a link leads to.
    fn link(&mut self, link: &WordLink<'a>) {
        let target = link.target.trim();
        match self.symbols.named(target, Kind::Item, self.from, self.config) {
            Some(found) if found.kind() == Kind::Item => self.add(found),
            None if !self.symbols.is_in_repository(target) => match (address_of(link), self.named(link.label)) {
                // `[TASK-1](https://forge.example/browse/TASK-1)`
                (Some(_), Some(found)) if self.is_address_of(target, found) => self.add(found),
                (Some(address), found) => {
                    found.into_iter().for_each(|found| self.add(found));
                    self.addresses.push(address);
                }
                (None, _) => self.unknown.push(target),
            },
            _ => self.unknown.push(target),
        }
    }

    /// Reads words.
    pub(super) fn read(&mut self, words: &'a str, place: Place) {
        let (mut words, mut place, mut links) = (words, place, 0);
        while let Some(link) = link(words).filter(|_| links < MAX_LINKS) {
            self.read_plain(link.before, if place == Place::Alone { Place::Between } else { place });
            self.link(&link);
            (words, place) = (link.behind, Place::Beside);
            links += 1;
        }
        self.read_plain(words, place);
    }

    /// Reads words without links.
    fn read_plain(&mut self, words: &'a str, place: Place) {
        if self.depth == MAX_PARTS {
            return self.leave(words, place, true);
        }
        self.depth += 1;
        self.read_names(words, place);
        self.depth -= 1;
    }

    fn read_names(&mut self, words: &'a str, place: Place) {
        if !words.contains(char::is_alphanumeric) {
            return;
        }
        let is_sign = words.trim_start().starts_with(['+', '&']);
        let text = bare(words);
        let inner = behind_joiner(text);
        let is_joined = is_sign || inner.len() < text.len();
        let place = if is_joined && place == Place::Reason { Place::Beside } else { place };
        if self.is_title(inner) {
            return self.leave(inner, Place::Reason, false);
        }
        if place == Place::Alone {
            if self.alone(words.trim()) || self.alone(inner) || self.remarks(inner) {
                return;
            }
        } else if let Some(found) = self.named(inner) {
            return self.add(found);
        }
        if !self.heads(inner) && !self.parts(inner, place) {
            let is_reason = place != Place::Alone && opens_reason(inner);
            if is_reason || !(self.all(inner) || self.first(inner) || self.ids(inner)) {
                self.leave(inner, place, is_joined);
            }
        }
    }

    /// Whether a text is the title of what was named before it.
    fn is_title(&self, text: &str) -> bool {
        !self.things.is_empty() && {
            let titled = self.symbols.titled(text, Kind::Item);
            self.things.iter().any(|thing| titled.contains(thing))
        }
    }

    /// All that names something: a number is a name as well, and what is no item is said to be none.
    fn alone(&mut self, words: &'a str) -> bool {
        let found = self.symbols.named(words, Kind::Item, self.from, self.config);
        match found {
            Some(found) if found.kind() == Kind::Item => self.add(found),
            Some(_) => self.unknown.push(words),
            None => {}
        }
        found.is_some()
    }

    /// Words with a remark at their end, in brackets or behind a number sign.
    fn remarks(&mut self, words: &'a str) -> bool {
        let Head { name, beside, behind, .. } = head(words);
        let has_remarks = name.len() < words.len();
        if has_remarks {
            self.read_plain(name, Place::Alone);
            self.read_plain(beside, Place::Beside);
            self.read_plain(behind, Place::Reason);
        }
        has_remarks
    }

    /// A name at the beginning, told from what is behind it by a sign.
    fn heads(&mut self, words: &'a str) -> bool {
        for (end, begin) in heads(words) {
            let Some(found) = self.named(bare(&words[..end])) else { continue };
            self.add(found);
            let behind = &words[begin..];
            match words[end..begin].trim() {
                "(" => {
                    let (inner, behind) = behind.split_once(')').unwrap_or((behind, ""));
                    self.read_plain(inner, Place::Beside);
                    self.read_plain(behind, Place::Beside);
                }
                ":" | "#" => self.read_plain(behind, Place::Reason),
                _ => self.read_plain(behind, Place::Beside),
            }
            return true;
        }
        false
    }

    /// Parts between commas and semicolons, of which at least one is a name, or begins with an id.
    fn parts(&mut self, words: &'a str, place: Place) -> bool {
        if !words.contains([',', ';', '\n']) {
            return false;
        }
        let ranges = parts(words, &[',', ';', '\n']);
        let mut found: Vec<(Range<usize>, Place)> = Vec::new();
        let (mut at, mut has_name, mut is_behind_name) = (0, false, false);
        while at < ranges.len() {
            let most = ranges.len().min(at + MAX_PARTS);
            let run = |end: &usize| ranges[at].start..ranges[*end - 1].end;
            let named = (at + 1..=most).rev().find(|end| self.named(behind_joiner(bare(&words[run(end)]))).is_some());
            let end = named.unwrap_or(at + 1);
            let range = run(&end);
            let is_remark = bare(&words[range.clone()]).split_whitespace().next().is_some_and(is_conjunction);
            has_name |= named.is_some() || self.begins_with_id(&words[range.clone()]);
            match found.last_mut().filter(|_| is_remark && !is_behind_name) {
                // A remark on words that are no name belongs to them.
                Some((last, _)) => last.end = range.end,
                None if place == Place::Reason => found.push((range, place)),
                None => found.push((range, if is_remark { Place::Beside } else { Place::Part })),
            }
            is_behind_name = named.is_some();
            at = end;
        }
        if !has_name || found.len() < 2 {
            return false;
        }
        found.into_iter().for_each(|(range, place)| self.read_plain(&words[range], place));
        true
    }

    fn begins_with_id(&self, words: &str) -> bool {
        let words = behind_joiner(bare(words));
        self.tokens(words).first().is_some_and(|(range, _)| range.start == 0)
    }

    /// The id of an item as the first word, and then a word that begins a remark or joins something.
    fn first(&mut self, words: &'a str) -> bool {
        let Some((first, rest)) = words.split_once(char::is_whitespace) else { return false };
        let second = rest.split_whitespace().next().unwrap_or_default();
        let is_remark = is_conjunction(second) || is_joiner(second) || opens_condition(rest);
        let Some(found) = is_remark.then(|| self.with_id(first)).flatten() else { return false };
        self.add(found);
        self.read_plain(rest, Place::Beside);
        true
    }

    /// Ids alone, or names that are joined.
    fn all(&mut self, words: &'a str) -> bool {
        let spaced: Vec<&str> = words.split_whitespace().take(MAX_WORDS + 1).collect();
        if spaced.len() < 2 || spaced.len() > MAX_WORDS {
            return false;
        }
        let ids: Option<Vec<Target>> = spaced.iter().map(|word| self.with_id(bare(word))).collect();
        let found = ids.or_else(|| {
            let pieces: Vec<String> = spaced.split(|word| is_joiner(word)).map(|piece| piece.join(" ")).collect();
            (pieces.len() > 1).then(|| pieces.iter().map(|piece| self.named(piece)).collect()).flatten()
        });
        found.into_iter().flatten().map(|found| self.add(found)).count() > 0
    }

    /// Ids anywhere.
    fn ids(&mut self, words: &'a str) -> bool {
        let found = self.tokens(words);
        let mut from = 0;
        for (range, thing) in &found {
            let between = &words[from..range.start];
            if RANGES.contains(&between) {
                // Nobody knows what else is meant between the two.
                self.rest.push(Rest { words: between, place: Place::Between, is_joined: true });
            }
            self.leave(between, Place::Between, false);
            match thing {
                Some(thing) => self.add(*thing),
                None => self.unknown.push(&words[range.clone()]),
            }
            from = range.end;
        }
        if !found.is_empty() {
            let behind = &words[from..];
            let joined = bare(behind);
            let inner = behind_joiner(joined);
            let is_joined = inner.len() < joined.len() || behind.trim_start().starts_with(['+', '&']);
            self.leave(inner, Place::Beside, is_joined);
        }
        !found.is_empty()
    }

    /// The ids in words, with what they mean; none for one that has the form of other ids and matches nothing. What is a part of an address is
    /// no name.
    fn tokens(&self, words: &str) -> Vec<(Range<usize>, Option<Target>)> {
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

    /// Whether a word has the form of the plan's ids.
    fn has_form(&self, word: &str) -> bool {
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

    fn is_address_of(&self, words: &str, thing: Target) -> bool {
        let path = words.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
        let last = path.rsplit_once('/').map(|(_, last)| last);
        is_outside(words)
            && !words.contains(char::is_whitespace)
            && last.is_some_and(|last| {
                let found = self.with_id(last).or_else(|| self.symbols.by_letters_and_number(last, Kind::Item));
                found == Some(thing)
            })
    }

    /// The words of the names of all things that are named.
    pub(super) fn own_words(&self) -> HashSet<String> {
        let keys = self.things.iter().filter_map(|thing| match thing {
            Target::Item(id) => self.symbols.item_key(*id),
            _ => None,
        });
        keys.flat_map(|key| [key.title.as_str(), &key.id, file_stem(&key.path)]).flat_map(remarks::words).collect()
    }
}

impl Rest<'_> {
    /// Whether these words are a remark on things in whose names the words `own` are, and nothing that is waited for besides.
    pub(super) fn is_remark(&self, own: &HashSet<String>) -> bool {
        let is_free = !self.is_joined;
        match self.place {
            Place::Reason if is_free && !opens_condition(self.words) => true,
            Place::Between => !RANGES.contains(&self.words) && is_plain(self.words, own),
            _ => is_free && opens_reason(self.words) || is_plain(self.words, own),
        }
    }
}
