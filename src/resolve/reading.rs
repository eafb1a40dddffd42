//! The names within the words of a dependency, and the words beside them: read from left to right, a larger name before a smaller one.

use std::collections::HashSet;
use std::ops::Range;

use crate::config::{Config, Kind};
use crate::plan::{Entry, MAX_LINKS, WordLink, is_conjunction, link, parts};

use super::numbers::has_number_of_sign;
use super::remark_words::DONE_SIGNS;
use super::remarks::{
    behind_dependence, behind_joiner, behind_leader, behind_need, goes_on, is_done, is_joined, is_plain, is_wait,
    joined, leaves_open, opens_condition, opens_reason,
};
use super::signs::{Head, address_of, bare, head, heads, ticked};
use super::symbols::SymbolTable;
use super::target::Target;

/// Parts that may be one name, and names that stand one behind another with remarks between: nobody writes more.
const MAX_PARTS: usize = 8;

/// Words that are looked at as a list of ids.
const MAX_WORDS: usize = 256;

/// Signs that mean all from one name to another, where they stand between the two without a space.
const RANGES: [&str; 8] = ["–", "—", "..", "...", "…", "through", "till", "until"];

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
    /// As the words of a link to a name.
    Label,
    /// An entry of a list in the words.
    Part,
    /// They are in doubt, or mean more than the names in them.
    Doubt,
}

/// Words that name nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rest<'a> {
    pub(super) words: &'a str,
    pub(super) place: Place,
    /// Whether a word such as `and` stands before them.
    pub(super) is_joined: bool,
}

/// What was read of a dependency.
pub(super) struct Reading<'a> {
    pub(super) symbols: &'a SymbolTable,
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

    /// The item that words are the name of as a whole. A number alone is one only behind its sign.
    pub(super) fn named(&self, words: &str) -> Option<Target> {
        let is_name = words.contains(char::is_alphabetic) || words.starts_with('#');
        let found = is_name.then(|| self.symbols.meant(words, self.from, self.config)).flatten();
        found.filter(|found| found.kind() == Kind::Item)
    }

    pub(super) fn with_id(&self, word: &str) -> Option<Target> {
        self.symbols.by_id(word, Kind::Item).filter(|found| found.kind() == Kind::Item)
    }

    pub(super) fn add(&mut self, thing: Target) {
        if !self.things.contains(&thing) {
            self.things.push(thing);
        }
    }

    pub(super) fn leave(&mut self, words: &'a str, place: Place, is_joined: bool) {
        let words = ticked(words);
        let has_only_joiner = self::is_joined(words) && behind_joiner(words) == words;
        if words.contains(char::is_alphanumeric) && !has_only_joiner {
            self.rest.push(Rest { words, place, is_joined });
        }
    }

    /// What a link leads to.
    fn link(&mut self, link: &WordLink<'a>) {
        let target = link.target.trim();
        match self.symbols.named(target, Kind::Item, self.from, self.config) {
            Some(found) if found.kind() == Kind::Item => {
                self.add(found);
                for words in [link.label, link.title] {
                    match self.named(words) {
                        // The words may name another item than the address: nobody knows which is meant, and both are waited for.
                        Some(named) => self.add(named),
                        // They stand for a title, but may say that it is not the whole matter.
                        None if is_wait(words) => self.leave(words, Place::Beside, true),
                        None => self.leave(words, Place::Label, false),
                    }
                }
            }
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
    pub(super) fn read_plain(&mut self, words: &'a str, place: Place) {
        if self.depth == MAX_PARTS {
            return self.leave(words, place, true);
        }
        self.depth += 1;
        self.read_names(words, place);
        self.depth -= 1;
    }

    fn read_names(&mut self, words: &'a str, place: Place) {
        if !words.contains(char::is_alphanumeric) {
            return self.sign(words);
        }
        if goes_on(words) && self.symbols.whole(words.trim()).is_none() && self.doubt(words, place) {
            return;
        }
        if has_number_of_sign(words) {
            return self.leave(words, place, true);
        }
        let is_sign = words.trim_start().starts_with(['+', '&', '/', '|', '>', '→', '⇒']);
        let text = bare(words);
        let joined = behind_joiner(text);
        let is_joined = is_sign || joined.len() < text.len();
        let inner = behind_leader(joined);
        let place = if is_joined && place == Place::Reason { Place::Beside } else { place };
        if self.is_title(inner) {
            return self.leave(inner, Place::Reason, false);
        }
        if place == Place::Alone {
            if self.alone(words.trim())
                || self.alone(inner)
                || self.numbers(inner)
                || self.remarks(inner)
                || self.dependence(inner)
            {
                return;
            }
        } else if let Some(found) = self.named(inner) {
            return self.add(found);
        } else if self.numbers(inner) || self.need(inner) || place == Place::Reason && self.labelled(inner) {
            return;
        }
        if self.heads(inner) || self.parts(inner, place) || self.doubt(inner, place) {
            return;
        }
        if place != Place::Alone && opens_reason(inner) {
            return self.reason(inner, place);
        }
        if self.all(inner) || self.first(inner) || self.ids(inner) {
            return;
        }
        match place {
            Place::Reason => self.reason(inner, place),
            _ => self.leave(if is_joined { inner } else { words }, place, is_joined),
        }
    }

    /// `blocked by base`, `needs base and search`
    fn dependence(&mut self, words: &'a str) -> bool {
        let behind = behind_dependence(words).map(|start| &words[start..]);
        match behind.and_then(|behind| self.named(behind)) {
            Some(found) => self.add(found),
            None => return behind.is_some_and(|behind| self.all(behind)),
        }
        true
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
        let found = self.symbols.meant(words, self.from, self.config);
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
            let head = bare(&words[..end]);
            let Some(found) = self.named(head) else { continue };
            self.add(found);
            let (sign, behind) = (words[end..begin].trim(), &words[begin..]);
            match sign {
                "(" | "[" => {
                    let close = if sign == "(" { ')' } else { ']' };
                    let (inner, behind) = behind.split_once(close).unwrap_or((behind, ""));
                    // What a box says, the plan knows better.
                    if !["", "x"].contains(&inner.trim().to_lowercase().as_str()) {
                        self.read_plain(inner, Place::Beside);
                    }
                    self.read_plain(behind, Place::Beside);
                }
                ":" | "#" => self.read_plain(behind, Place::Reason),
                "-" | "–" | "—" => {
                    self.range(head, behind, words);
                    self.read_plain(behind, Place::Beside);
                }
                "<-" => self.read_plain(behind, Place::Beside),
                _ => self.read_plain(&words[end..], Place::Beside),
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
            let text = bare(&words[range.clone()]);
            let is_remark = text.starts_with('(') || text.split_whitespace().next().is_some_and(is_conjunction);
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
        let is_remark = is_conjunction(second)
            || is_joined(rest)
            || opens_condition(rest)
            || behind_need(rest).is_some()
            || rest.starts_with(DONE_SIGNS) && is_done(rest);
        let Some(found) = is_remark.then(|| self.with_id(first)).flatten() else { return false };
        self.add(found);
        self.read_plain(rest, Place::Beside);
        true
    }

    /// Ids alone, or names that are joined.
    fn all(&mut self, words: &'a str) -> bool {
        let spaced: Vec<&str> = words.split_whitespace().take(MAX_WORDS + 1).collect();
        if spaced.len() > MAX_WORDS {
            return false;
        }
        let split = |word: &'a str| word.split(['|', '&', '+', '/', '#', '>']).map(bare).filter(|id| !id.is_empty());
        let ids: Vec<&str> = spaced.iter().flat_map(|word| split(word)).collect();
        let found: Option<Vec<Target>> = ids.iter().map(|word| self.with_id(word)).collect();
        if let Some(found) = found.filter(|found| found.len() > 1) {
            found.into_iter().for_each(|found| self.add(found));
            return true;
        }
        let pieces = joined(words);
        // A name that several items have is reported.
        let is_name =
            |piece: &&str| self.named(piece).is_some() || !self.symbols.ambiguous(piece, Kind::Item).is_empty();
        if pieces.len() < 2 || !pieces.iter().all(is_name) {
            return false;
        }
        for piece in pieces {
            match self.named(piece) {
                Some(found) => self.add(found),
                None => self.unknown.push(piece),
            }
        }
        true
    }

    /// Ids anywhere.
    fn ids(&mut self, words: &'a str) -> bool {
        let found = self.tokens(words);
        let mut from = 0;
        for (range, thing) in &found {
            let between = &words[from..range.start];
            if RANGES.contains(&between.trim()) && from > 0 {
                // Nobody knows what else is meant between the two.
                self.rest.push(Rest { words, place: Place::Doubt, is_joined: true });
            }
            self.leave(between, Place::Between, false);
            match thing {
                Some(thing) => self.add(*thing),
                None => self.unknown.push(&words[range.clone()]),
            }
            from = range.end;
        }
        if !found.is_empty() {
            self.read_plain(&words[from..], Place::Beside);
        }
        !found.is_empty()
    }
}

impl Rest<'_> {
    /// Whether these words are a remark on things in whose names the words `own` are, and nothing that is waited for besides.
    pub(super) fn is_remark(&self, own: &HashSet<String>) -> bool {
        let is_free = !self.is_joined;
        match self.place {
            Place::Doubt => false,
            Place::Label => true,
            Place::Reason if is_free && !opens_condition(self.words) && behind_need(self.words).is_none() => {
                opens_reason(self.words) || is_done(self.words) || !leaves_open(self.words)
            }
            Place::Between => !RANGES.contains(&self.words) && is_plain(self.words, own),
            _ => {
                is_free && opens_reason(self.words)
                    || is_plain(self.words, own) && !is_wait(self.words)
                    || is_done(self.words)
            }
        }
    }
}
