//! The seven states, and the words people use for them.

mod note;

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use crate::closed::closed_list;
use crate::text;

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

/// Words for states, from a survey of 22 public plans.
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
static USUAL: OnceLock<HashMap<String, State>> = OnceLock::new();

/// The state that a status means: the configuration's words first, then the states' own names and [the usual words](index.html). The
/// status is one of them as a whole. Case, emoji and punctuation about it do not count, and what stands behind it in brackets or
/// behind a dash is a note. A template (`draft|accepted`), a doubt (`done?`, `done 80%`), and a word that its own note or sign takes back
/// (`ready (blocked by Legal)`, `≠ done`) is none of them.
pub fn state(status: &str, configured: &[&BTreeMap<String, State>]) -> Option<State> {
    let (whole, parts) = (text::squeezed(status), text::parted(status));
    let word = parts.as_ref().map(|parts| text::squeezed(parts.word));
    let named = |word: &str| {
        let known = configured.iter().find_map(|table| called(table, word));
        known.or_else(|| usual().get(word).copied())
    };
    let is_kept = |state: &State| parts.as_ref().is_none_or(|parts| !note::takes_back(*state, parts, named));
    for table in configured {
        // A word of the configuration may have what would be a note or a doubt.
        let exact = table.iter().find(|(word, _)| word.trim().to_lowercase() == status.trim().to_lowercase());
        let with_note = || called(table, &whole).filter(|_| !status.contains(text::DOUBT));
        let of_word = || called(table, word.as_deref()?);
        let found = exact.map(|(_, &state)| state);
        if let Some(found) = found {
            return Some(found);
        }
        if let Some(found) = with_note() {
            // The words behind the first are not a note on it.
            let bare = parts.as_ref().map(|parts| text::WordParts { note: "", ..*parts });
            return Some(found).filter(|state| bare.is_none_or(|bare| !note::takes_back(*state, &bare, named)));
        }
        if let Some(found) = of_word() {
            return Some(found).filter(is_kept);
        }
    }
    usual().get(&word?).copied().filter(is_kept)
}

/// The state of a table's word, squeezed as it is compared.
fn called(table: &BTreeMap<String, State>, name: &str) -> Option<State> {
    let is_called = |word: &str| !name.is_empty() && !word.contains(text::DOUBT) && text::squeezed(word) == name;
    table.iter().find(|(word, _)| is_called(word)).map(|(_, &state)| state)
}

fn usual() -> &'static HashMap<String, State> {
    USUAL.get_or_init(|| {
        let entries = |(state, words): &(State, &'static str)| {
            let state = *state;
            words.split('|').map(move |word| (text::squeezed(word), state)).collect::<Vec<_>>()
        };
        SYNONYMS.iter().flat_map(entries).collect()
    })
}
