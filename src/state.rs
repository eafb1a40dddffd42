//! The seven states, and the words people use for them.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::closed::closed_list;

closed_list! {
    /// Where an item stands, in the order in which work passes through. The author's own word is its status and is always shown; this
    /// is what Roadbook makes of it.
    pub enum State {
        /// Somebody thought of it; nobody has promised it.
        Idea = "idea",
        /// It is meant to be done.
        Planned = "planned",
        /// Somebody is at it.
        Active = "active",
        /// It is finished.
        Done = "done",
        /// It will not be done.
        Dropped = "dropped",
        /// It rests.
        Paused = "paused",
        /// The status is missing or has no state mapping.
        Unknown = "unknown",
    }
}

impl State {
    /// Still to do: neither done nor dropped.
    pub fn is_open(self) -> bool {
        !matches!(self, State::Done | State::Dropped)
    }
}

/// Words for states, from a survey of 22 public plans. The longest entry that a status begins with counts.
const SYNONYMS: &[(State, &str)] = &[
    (
        State::Idea,
        "idea|draft|provisional|proposed|proposal|discovery|captured|inbox|triage|icebox|candidate|exploring|open",
    ),
    (
        State::Planned,
        "planned|to do|todo|backlog|not started|pending|ready|accepted|approved|implementable|queued|spec|refining|refined|\
         returned for revision|active review|next|scheduled|committed|new|selected",
    ),
    (
        State::Active,
        "active|in progress|doing|implementing|wip|work in progress|review|in review|verifying|testing|in testing|last call|\
         partially implemented|started|started work|underway|under way|in development|building|ongoing|now",
    ),
    (
        State::Done,
        "done|completed|complete|closed|implemented|final|living|shipped|released|delivered|recommended|stable|activated|\
         work completed|finished|merged|live|resolved|fixed",
    ),
    (
        State::Dropped,
        "dropped|won't do|wont do|wontfix|won't fix|withdrawn|rejected|not accepted|superseded|replaced|removed|deprecated|\
         discontinued|moved|expired|skipped|duplicate|inactive|cancelled|canceled|abandoned|declined|obsolete|archived",
    ),
    (State::Paused, "paused|stagnant|deferred|on hold|blocked|parked|postponed|waiting|suspended"),
];

/// [`SYNONYMS`] as [`state`] compares them: ten thousand items ask, and the words stay the same.
static USUAL: OnceLock<Vec<(State, String)>> = OnceLock::new();

/// The state that a status means: the configuration's words first, then the states' own names, then [the usual
/// words](index.html). Case, emoji and punctuation do not count, a tail in parentheses is a note, and the longest entry
/// that the status begins with wins.
pub fn state(status: &str, configured: &[&BTreeMap<String, State>]) -> Option<State> {
    let words = normal(status);
    if words.is_empty() {
        return None;
    }
    for table in configured {
        let found = longest(&words, table.iter().map(|(word, &state)| (state, normal(word))));
        if found.is_some() {
            return found;
        }
    }
    let usual = USUAL.get_or_init(|| {
        let entries = |(state, words): &(State, &'static str)| {
            let state = *state;
            words.split('|').map(move |word| (state, normal(word))).collect::<Vec<_>>()
        };
        SYNONYMS.iter().flat_map(entries).collect()
    });
    longest(&words, usual.iter().map(|(state, word)| (*state, word.as_str())))
}

fn longest<T: AsRef<str>>(words: &str, table: impl Iterator<Item = (State, T)>) -> Option<State> {
    let begins = |entry: &str| {
        words.strip_prefix(entry).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')) && !entry.is_empty()
    };
    let fitting = table.filter(|(_, entry)| begins(entry.as_ref()));
    fitting.max_by_key(|(_, entry)| entry.as_ref().len()).map(|(state, _)| state)
}

/// Lower case, without the tail in parentheses, apostrophes dropped, everything but letters and digits a single space.
fn normal(status: &str) -> String {
    let head = match status.find('(') {
        Some(index) if status[..index].chars().any(char::is_alphanumeric) => &status[..index],
        _ => status,
    };
    let mut words = String::with_capacity(head.len());
    for c in head.chars() {
        if c == '\'' || c == '’' {
            continue;
        }
        if c.is_alphanumeric() {
            words.extend(c.to_lowercase());
        } else if !words.is_empty() && !words.ends_with(' ') {
            words.push(' ');
        }
    }
    words.truncate(words.trim_end().len());
    words
}
