//! What the signs about a status and the note behind it may say. A word that frees others, or lets an item be started, holds only where its
//! note plainly confirms it; of other words a note has to take them back.

use super::State;
use crate::text;

/// Words of a note after which work that is open cannot be started, or not yet.
const WAITS: &[&str] = &[
    "awaiting",
    "awaits",
    "block",
    "blocked",
    "blocker",
    "blocking",
    "blocks",
    "deferred",
    "depends",
    "frozen",
    "halted",
    "held",
    "hold",
    "parked",
    "paused",
    "pending",
    "postponed",
    "stalled",
    "stuck",
    "suspended",
    "wait",
    "waiting",
    "waits",
];
/// Words of a note that deny the word before them, or a part of it. Apostrophes are left out, as they are of what is compared.
const DENIALS: &[&str] = &[
    "almost",
    "arent",
    "broken",
    "but",
    "cannot",
    "cant",
    "didnt",
    "doesnt",
    "dont",
    "except",
    "failed",
    "failing",
    "half",
    "hardly",
    "hasnt",
    "havent",
    "incomplete",
    "isnt",
    "maybe",
    "missing",
    "mostly",
    "nearly",
    "need",
    "needed",
    "needs",
    "never",
    "no",
    "not",
    "only",
    "open",
    "part",
    "partial",
    "partially",
    "partly",
    "perhaps",
    "redo",
    "remaining",
    "reopened",
    "required",
    "requires",
    "reverted",
    "rolled",
    "todo",
    "unclear",
    "unconfirmed",
    "undone",
    "unfinished",
    "unless",
    "unsure",
    "until",
    "wasnt",
    "werent",
    "without",
    "wont",
];
/// Words of a note that leave open whether the word before them holds, whichever it is.
const GUESSES: &[&str] = &[
    "maybe",
    "perhaps",
    "possibly",
    "probably",
    "reopened",
    "tentatively",
    "unclear",
    "unconfirmed",
    "undecided",
    "unsure",
];
/// Words of a note that say that something is still to come.
const FUTURE: &[&str] = &["eventually", "later", "next", "soon", "tomorrow", "upcoming"];
/// Words that say together that something holds in part, or not for long.
const LIMITS: &[&str] = &[
    "as far as",
    "at least",
    "at most",
    "for now",
    "for the moment",
    "in parts",
    "in principle",
    "in theory",
    "on paper",
    "so far",
];
/// Words of a note that leave a word as it is, whatever stands beside them.
const NEUTRAL: &str = "a|again|all|alpha|already|an|and|at|beta|by|confirmed|course|day|deployed|early|end|feature|finally|first|for|fully|ga|\
     goal|high|in|iteration|large|last|late|low|main|major|may|medium|mid|milestone|minor|month|must|next|note|notes|of|official|\
     ok|on|phase|pi|pr|prio|priority|prod|production|q|quarter|quick|rc|release|released|roadmap|second|see|should|since|small|soon|\
     sprint|stable|team|the|third|this|to|top|upstream|urgent|v|verified|version|very|via|week|year|yes|\
     jan|january|feb|february|mar|march|apr|april|june|jun|jul|july|aug|august|sep|sept|september|oct|october|nov|november|dec|december|\
     mon|monday|tue|tuesday|wed|wednesday|thu|thursday|fri|friday|sat|saturday|sun|sunday|spring|summer|autumn|fall|winter|today|yesterday";
/// Words with which a note begins that says when, how or by whom something was done.
const TELLS: &[&str] = &[
    "after", "as", "at", "by", "during", "for", "from", "in", "on", "per", "see", "since", "thanks", "under", "via",
    "with",
];

/// Signs of what is not to be started.
const STOPS: &[char] = &['🚫', '⛔', '🛑', '⏸', '🔒', '💤', '🧊'];
/// Signs of what somebody is still at, or that warn of it.
const UNFINISHED: &[char] =
    &['⏳', '⌛', '🚧', '🏗', '🤔', '💭', '🔄', '🔁', '🔜', '🔙', '🟡', '🟠', '🔴', '⚠', '🚨', '👎', '🤷'];
/// Signs before a word that say that it is not quite so.
const NOT_QUITE: &[char] = &['!', '！', '¬', '≠', '≈', '≃', '≅', '∼', '±'];
/// Signs of what is not done.
const CROSSES: &[char] = &['❌', '✗', '✘', '✖', '☐', '⬜'];
const QUESTIONS: &[char] = &['❓', '❔', '⁇', '⁉'];

/// Whether the signs about a word or the note behind it say something else than the word, which means `state`. What is paused or dropped is
/// not started either way. `named` is what words mean as a status.
pub(super) fn takes_back(state: State, parts: &text::WordParts<'_>, named: impl Fn(&str) -> Option<State>) -> bool {
    let &text::WordParts { signs, word, note } = parts;
    let is_shut = matches!(state, State::Dropped | State::Paused);
    let is_done = matches!(state, State::Active | State::Done);
    let behind = &word[word.trim_end_matches(|c: char| !c.is_alphanumeric()).len()..];
    let is_box = || signs.contains("[ ]") || signs.contains("[]");
    if signs.contains(NOT_QUITE) || is_done && is_box() {
        return true;
    }
    let is_denied = |text: &str| {
        text.contains(QUESTIONS)
            || is_done && text.contains(CROSSES)
            || state == State::Done && text.contains(UNFINISHED)
            || !is_shut && text.contains(STOPS)
    };
    if [signs, behind, note].into_iter().any(is_denied) {
        return true;
    }
    if note.is_empty() {
        return false;
    }
    let words = text::squeezed(&without_targets(note));
    // A question of more words may be about them.
    if note.contains(['?', '？', '¿']) && (!words.contains(' ') || named(&words).is_some()) {
        return true;
    }
    if words.is_empty() {
        return false;
    }
    if let Some(other) = named(&words) {
        return other != state && !(is_shut && other != State::Done);
    }
    let says = |list: &[&str]| words.split(' ').any(|word| list.contains(&word));
    match state {
        State::Dropped | State::Paused => says(GUESSES),
        State::Planned | State::Done => {
            let is_neutral = |word: &str| {
                word.contains(|c: char| c.is_ascii_digit()) || NEUTRAL.split('|').any(|neutral| neutral == word)
            };
            let is_share = note.contains('%') && !note.contains("100%") && !note.contains("100 %");
            let is_limited =
                || state == State::Done && (is_part(note) || is_deadline(&words) || limits(&words) || says(FUTURE));
            let tells = || {
                let first = words.split(' ').next().unwrap_or_default();
                state == State::Done && TELLS.contains(&first) && !says(WAITS) && !says(DENIALS)
            };
            let confirms = || words.split(' ').all(|word| is_neutral(word) || named(word) == Some(state));
            is_share || is_limited() || !(confirms() || tells())
        }
        State::Idea | State::Active | State::Unknown => says(WAITS) || says(DENIALS),
    }
}

/// Whether a note says how many of how many are done, and not all are: `1/3`, `2 of 5`.
fn is_part(note: &str) -> bool {
    /// From here on a number is a year.
    const YEARS: u32 = 1000;
    let number = |word: &str| word.trim().parse::<u32>().ok().filter(|number| *number < YEARS);
    let note = note.trim_matches(|c: char| !c.is_alphanumeric());
    let pair = ["/", " of "].iter().find_map(|sign| note.split_once(sign));
    let numbers = pair.and_then(|(some, all)| number(some).zip(number(all)));
    numbers.is_some_and(|(some, all)| some < all)
}

/// Whether words say by when and not when: `by 2027`.
fn is_deadline(words: &str) -> bool {
    words.strip_prefix("by ").is_some_and(|when| when.starts_with(|c: char| c.is_ascii_digit()))
}

fn limits(words: &str) -> bool {
    let words = format!(" {words} ");
    LIMITS.iter().any(|limit| words.contains(&format!(" {limit} ")))
}

/// A note without the addresses in it.
fn without_targets(note: &str) -> String {
    let mut words = String::with_capacity(note.len());
    let mut rest = note;
    while let Some((before, behind)) = rest.split_once("](") {
        words.push_str(before);
        words.push(' ');
        rest = behind.split_once(')').map_or("", |(_, rest)| rest);
    }
    words.push_str(rest);
    let is_word = |word: &&str| !word.contains("://");
    words.split_whitespace().filter(is_word).collect::<Vec<_>>().join(" ")
}
