//! Words beside the name of a dependency: a remark on it, or something else that is waited for. What is not plainly a remark is none.

use std::collections::HashSet;

use crate::date::Date;
use crate::name::folded;

use super::remark_words::{
    CONDITIONS, DESCRIPTIONS, DONE, DONE_SIGNS, DOUBT_SIGNS, JOINERS, LEADERS, NEEDS, OPEN, PLAIN, REASONS, WAITS,
};

/// The words of a text, folded.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(folded)
}

fn first(text: &str) -> String {
    words(text).next().unwrap_or_default()
}

/// How much of a text joins what stands behind it to what stands before.
fn joiner(text: &str) -> Option<usize> {
    let fits = |joiner: &&&str| text.get(..joiner.len()).is_some_and(|head| head.eq_ignore_ascii_case(joiner));
    let is_whole = |joiner: &&&str| text[joiner.len()..].chars().next().is_none_or(char::is_whitespace);
    JOINERS.iter().filter(fits).find(is_whole).map(|joiner| joiner.len())
}

/// Whether a text begins with words that join it to what stands before.
pub(super) fn is_joined(text: &str) -> bool {
    joiner(text).is_some()
}

/// A text without the words that join it to what stands before.
pub(super) fn behind_joiner(text: &str) -> &str {
    match joiner(text).map(|end| text[end..].trim_start()) {
        Some(rest) if !rest.is_empty() => rest,
        _ => text,
    }
}

/// Where the words of a text begin, the first aside.
pub(super) fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let blanks = text.char_indices().filter(|(_, c)| c.is_whitespace());
    blanks.map(|(at, c)| at + c.len_utf8()).filter(|at| text[*at..].starts_with(|c: char| !c.is_whitespace()))
}

/// A text without a word that says of how many of the things behind it something is true: of all, when in doubt.
pub(super) fn behind_leader(text: &str) -> &str {
    let leader = text.split_once(char::is_whitespace).filter(|(word, _)| LEADERS.contains(&folded(word).as_str()));
    leader.map_or(text, |(_, rest)| rest.trim_start())
}

/// The texts that words such as `and` join.
pub(super) fn joined(text: &str) -> Vec<&str> {
    let (mut pieces, mut from) = (Vec::new(), 0);
    for start in word_starts(text) {
        if start < from {
            continue;
        }
        if let Some(length) = joiner(&text[start..]) {
            pieces.push(text[from..start].trim());
            from = start + length;
        }
    }
    pieces.push(text[from..].trim());
    pieces
}

/// Whether a remark begins as a reason does.
pub(super) fn opens_reason(text: &str) -> bool {
    if is_open(text) {
        return false;
    }
    let (mut words, first) = (words(text).skip(1), first(text));
    let second = words.next().unwrap_or_default();
    match first.as_str() {
        "as" | "so" if ["soon", "long", "far"].contains(&second.as_str()) => false,
        // `to 3` is the end of a range, and an id behind `as` is another thing.
        "as" | "to" if second.contains(|c: char| c.is_ascii_digit()) || words.next().is_some_and(is_number) => false,
        "as" => true,
        "to" => second != "be",
        "due" => second == "to",
        first if DESCRIPTIONS.contains(&first) => !is_wait(text),
        first => REASONS.contains(&first),
    }
}

fn is_number(word: String) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text begins as a condition does, or an exception.
pub(super) fn opens_condition(text: &str) -> bool {
    let mut words = words(text);
    let first = words.next().unwrap_or_default();
    CONDITIONS.contains(&first.as_str())
        || first == "to" && words.next().is_some_and(|second| second == "be")
        || first == "so" && words.next().is_some_and(|second| second == "long" || second == "far")
}

/// What a text says is needed, where it begins so: `needs contract`, `which requires contract`.
pub(super) fn behind_need(text: &str) -> Option<&str> {
    let (word, rest) = text.split_once(char::is_whitespace)?;
    if ["which", "that", "it"].iter().any(|pronoun| word.eq_ignore_ascii_case(pronoun)) {
        return behind_need(rest.trim_start());
    }
    NEEDS.iter().any(|need| word.eq_ignore_ascii_case(need)).then(|| rest.trim_start())
}

/// Whether words say that something is waited for still.
pub(super) fn is_wait(text: &str) -> bool {
    text.contains(DOUBT_SIGNS) || words(text).any(|word| WAITS.contains(&word.as_str())) || is_open(text)
}

fn is_open(text: &str) -> bool {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    OPEN.iter().any(|open| text.eq_ignore_ascii_case(open))
}

/// Whether there is a sign of doubt in words, addresses aside, or a sign at their end that more is meant.
pub(super) fn has_doubt(text: &str) -> bool {
    let is_doubt = |word: &str| !word.contains("://") && !word.contains(".md?") && word.contains(DOUBT_SIGNS);
    text.contains(DOUBT_SIGNS) && text.split_whitespace().any(is_doubt) || goes_on(text)
}

/// Whether a sign at the end of words says that more is meant: `TASK-1+`, `base…`.
pub(super) fn goes_on(text: &str) -> bool {
    let text = text.trim_end();
    text.ends_with(['+', '…']) || text.ends_with("..")
}

/// The texts between signs of doubt.
pub(super) fn between_doubts(text: &str) -> impl Iterator<Item = &str> {
    text.split(DOUBT_SIGNS).map(|piece| piece.trim_end().trim_end_matches(['+', '…', '.']))
}

/// Whether words only say that something is done, perhaps when: `already done`, `✅ 2025-01-01`. A day before them is another thing.
pub(super) fn is_done(text: &str) -> bool {
    let is_sign = |word: &str| word.contains(DONE_SIGNS) || words(word).any(|word| DONE.contains(&word.as_str()));
    let mut says_done = false;
    let is_of_it = |word: &str| {
        says_done |= is_sign(word);
        says_done && is_date(word) || is_plain(word, &HashSet::new())
    };
    let is_condition = |word: String| CONDITIONS.contains(&word.as_str());
    text.split_whitespace().all(is_of_it)
        && says_done
        && !is_wait(text)
        && !text.contains(';')
        && !words(text).any(is_condition)
}

/// Whether words behind a name and a colon may mean that it is not the whole matter: a wait, a day, a number, or `done: false`.
pub(super) fn leaves_open(text: &str) -> bool {
    let is_denied = |(key, value): (&str, &str)| {
        DONE.contains(&folded(key.trim()).as_str()) && ["false", "no"].contains(&folded(value.trim()).as_str())
    };
    is_wait(text)
        || text.split_whitespace().any(is_date)
        || !text.contains(char::is_alphabetic)
        || text.split_once(':').is_some_and(is_denied)
}

/// Whether a text is a day, a month or the like, in figures.
pub(super) fn is_date(text: &str) -> bool {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    let mut parts = text.split(['-', '.', '/']);
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let has_year = text.split(['-', '.', '/']).any(|part| part.len() == 4);
    let is_year = text.len() == 4;
    !is_year && Date::parse(text).is_some() || has_year && parts.clone().count() == 3 && parts.all(is_number)
}

/// Where words begin behind plain ones that say that they are depended on: `blocked by base`, `needs base`.
pub(super) fn behind_dependence(text: &str) -> Option<usize> {
    const LAST: [&str; 8] = ["by", "for", "need", "needs", "on", "require", "requires", "see"];
    let is_last = |start: &usize| {
        let before = &text[..*start];
        let last = before.split_whitespace().next_back().unwrap_or_default();
        LAST.iter().any(|word| last.eq_ignore_ascii_case(word)) && is_plain(before, &HashSet::new())
    };
    word_starts(text).take(MAX_BEFORE).find(is_last)
}

/// Plain words before a name: nobody writes more.
const MAX_BEFORE: usize = 4;

/// Whether all words of a text are plain, or among those of the thing that it stands beside.
pub(super) fn is_plain(text: &str, own: &HashSet<String>) -> bool {
    words(text).all(|word| PLAIN.contains(&word.as_str()) || DONE.contains(&word.as_str()) || own.contains(&word))
}
