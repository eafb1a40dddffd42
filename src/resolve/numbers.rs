//! Numbers that stand for ids because an id stands before them: `TASK-1 and 2`, `TASK-1 to 3`; and ranges of ids.

use crate::config::Kind;
use crate::name::folded;

use super::fuzzy::prefix_and_number;
use super::reading::{Place, Reading, Rest};
use super::remarks::{is_joined, opens_condition, opens_reason};
use super::target::Target;

/// What stands between the ends of a range, and between numbers of a list; the longest first.
const RANGES: [&str; 11] = ["through ", "until ", "till ", "bis ", "to ", "...", "..", "…", "–", "—", "-"];
const LISTS: [&str; 8] = ["and ", "und ", "or ", ",", "/", "&", "+", "|"];

impl<'a> Reading<'a> {
    /// An id with numbers behind it, or numbers alone.
    pub(super) fn numbers(&mut self, words: &'a str) -> bool {
        self.only_numbers(words) || self.numbers_behind_id(words)
    }

    /// `#12, #13`
    fn only_numbers(&mut self, words: &'a str) -> bool {
        if !words.starts_with(|c: char| c == '#' || c.is_ascii_digit()) || !words.contains([',', ';']) {
            return false;
        }
        let all: Vec<&str> = words.split([',', ';']).map(str::trim).collect();
        let is_number = |word: &&str| {
            let number = word.strip_prefix('#').unwrap_or(word);
            !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
        };
        let are_numbers = all.iter().all(is_number);
        if are_numbers {
            all.into_iter().for_each(|number| self.number(number));
        }
        are_numbers
    }

    fn number(&mut self, number: &'a str) {
        match self.symbols.numbered(number) {
            Some(found) => self.add(found),
            None => self.unknown.push(number),
        }
    }

    /// `TASK-1, 2 and 3`, `TASK-1/2`, `TASK-1 to 3`. What no item has is waited for in all of the words, and so is a range.
    fn numbers_behind_id(&mut self, words: &'a str) -> bool {
        if !words.starts_with(char::is_alphabetic) {
            return false;
        }
        let Some((prefix, mut at)) = id_at_begin(words) else { return false };
        let first = &words[..at];
        let mut found = vec![self.with_number(first)];
        let mut is_range = false;
        while let Some((end, number, range)) = next_number(words, prefix, at) {
            found.push(self.with_number(&format!("{prefix}-{number}")));
            is_range |= range;
            at = end;
        }
        if found.len() < 2 || !self.has_form(first) {
            return false;
        }
        if found[0].is_none() {
            self.unknown.push(first);
        }
        if is_range || found[1..].contains(&None) {
            self.rest.push(Rest { words, place: Place::Doubt, is_joined: true });
        }
        found.into_iter().flatten().for_each(|found| self.add(found));
        self.read_plain(&words[at..], Place::Beside);
        true
    }

    fn with_number(&self, id: &str) -> Option<Target> {
        self.symbols.by_letters_and_number(id, Kind::Item).filter(|found| found.kind() == Kind::Item)
    }

    /// A dash between two numbers of one kind that do not follow each other: nobody knows what else is meant between them.
    pub(super) fn range(&mut self, first: &str, behind: &'a str, words: &'a str) {
        let numbers = |text: &str| {
            let (prefix, number) = prefix_and_number(&folded(text.trim()))?;
            Some((prefix, number.parse::<u64>().ok()?))
        };
        if let (Some((one, from)), Some((other, to))) = (numbers(first), numbers(behind))
            && one == other
            && to > from.saturating_add(1)
        {
            self.rest.push(Rest { words, place: Place::Doubt, is_joined: true });
        }
    }
}

/// Whether a sign is written by its number in HTML, `&#34;`, which is no id.
pub(super) fn has_number_of_sign(words: &str) -> bool {
    words.contains("&#") || words.contains("&amp;#")
}

/// The letters of an id that words begin with, and where it ends.
fn id_at_begin(words: &str) -> Option<(&str, usize)> {
    let letters = words.find(|c: char| !c.is_alphabetic())?;
    let sign = words[letters..].find(|c: char| !['-', '_', '#', ' '].contains(&c))?;
    let digits = digits(&words[letters + sign..]);
    (digits > 0 && sign <= 1).then(|| (&words[..letters], letters + sign + digits))
}

/// Whether a sign of a range stands here, without a space before it.
fn is_tight(words: &str) -> bool {
    words.starts_with(['-', '.', '…', '–', '—'])
}

fn digits(words: &str) -> usize {
    words.bytes().take_while(u8::is_ascii_digit).count()
}

/// The number behind a sign of a list or a range, where it ends, and whether it ends a range.
fn next_number<'w>(words: &'w str, prefix: &str, at: usize) -> Option<(usize, &'w str, bool)> {
    let rest = words[at..].trim_start();
    let behind = |signs: &[&str]| {
        let fits = |sign: &&&str| rest.get(..sign.len()).is_some_and(|head| head.eq_ignore_ascii_case(sign));
        signs.iter().find(fits).map(|sign| rest[sign.len()..].trim_start())
    };
    let range = behind(&RANGES);
    let list = || behind(&LISTS).map(|rest| rest.strip_prefix("and ").unwrap_or(rest).trim_start());
    let rest = range.or_else(list)?;
    // The second end of a range may be whole.
    let whole = rest.get(..prefix.len()).filter(|head| head.eq_ignore_ascii_case(prefix) && is_tight(&words[at..]));
    let rest = whole.map_or(rest, |head| rest[head.len()..].trim_start_matches(['-', '_']));
    let rest = rest.strip_prefix('#').unwrap_or(rest);
    let (number, behind) = rest.split_at(digits(rest));
    let next = behind.trim_start();
    let is_end = next.is_empty()
        || behind.starts_with([',', ';', '/', '&', '+', '|', '–', '—', '…', ')', ':'])
        || behind.starts_with("..")
        || behind.starts_with('-') && next[1..].starts_with(|c: char| c.is_ascii_digit()) && range.is_none()
        || behind.starts_with(char::is_whitespace)
            && (next.starts_with(['(', '[', '-', '–', '—', '&', '+', '/', '|'])
                || is_joined(next)
                || opens_reason(next)
                || opens_condition(next)
                || RANGES.iter().any(|range| next.starts_with(range)));
    (!number.is_empty() && is_end).then(|| (words.len() - behind.len(), number, range.is_some()))
}
