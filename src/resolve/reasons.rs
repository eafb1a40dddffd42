//! Where the reason for a dependency ends, and what words say besides: another reference, a need, a condition or a doubt.

use crate::plan::is_label_key;

use super::reading::{Place, Reading, Rest};
use super::remarks::{behind_joiner, behind_need, between_doubts, has_doubt, is_joined, opens_reason, word_starts};
use super::signs::bare;

/// Words of a reason that are looked at.
const MAX_WORDS: usize = 256;

/// Words of a name that are looked for behind a reason: nobody writes longer ones there.
const MAX_NAME: usize = 8;

impl<'a> Reading<'a> {
    /// A reason, and what stands behind it.
    pub(super) fn reason(&mut self, words: &'a str, place: Place) {
        let end = self.end_of_reason(words);
        self.leave(&words[..end], place, false);
        self.read_plain(&words[end..], Place::Beside);
    }

    /// Where a reason ends: before another reference, joined to the one before it, or before a condition.
    fn end_of_reason(&self, words: &str) -> usize {
        let ends = word_starts(words).take(MAX_WORDS).find(|&start| {
            let (before, behind) = (words[..start].trim_end(), &words[start..]);
            let is_new = before.ends_with([',', ';', '.']);
            is_new && (is_hard_condition(behind) || behind_need(behind_joiner(behind)).is_some())
                || before.ends_with([';', '.']) && is_joined(behind)
                || (is_new || is_joined(behind)) && self.is_reference(before, behind_joiner(behind))
        });
        ends.unwrap_or(words.len())
    }

    /// Whether words behind a reason begin with a name that is not a part of the reason.
    fn is_reference(&self, before: &str, behind: &str) -> bool {
        let ends = word_starts(behind).chain([behind.len()]).take(MAX_NAME).collect::<Vec<usize>>();
        let name = |end: &usize| {
            let name = bare(&behind[..*end]);
            self.named(name).is_some() || !self.tokens(name).is_empty() && !name.contains(char::is_whitespace)
        };
        let Some(end) = ends.into_iter().rev().find(name) else { return false };
        let behind = behind[end..].trim();
        let has_end = behind.is_empty() || behind.starts_with(['(', '[', ',', ';', ':']) || opens_reason(behind);
        let is_named = |word: &str| self.with_id(bare(word)).is_some();
        has_end || self.tokens(before).is_empty() && !before.split_whitespace().any(is_named)
    }

    /// What is needed besides: `needs contract`, `requires the consent of the council`.
    pub(super) fn need(&mut self, words: &'a str) -> bool {
        let Some(object) = behind_need(words) else { return false };
        let (things, unknown, rest) = (self.things.len(), self.unknown.len(), self.rest.len());
        self.read_plain(object, Place::Part);
        if (self.things.len(), self.unknown.len()) == (things, unknown) {
            self.rest.truncate(rest);
            self.leave(words, Place::Beside, true);
        }
        true
    }

    /// A name or a need behind a key that labels it: `item: fence`, `reason: needs a fence`.
    pub(super) fn labelled(&mut self, words: &'a str) -> bool {
        let Some((_, value)) = words.split_once(": ").filter(|(key, _)| is_label_key(key)) else { return false };
        match self.named(bare(value)) {
            Some(found) => self.add(found),
            None => return self.need(value),
        }
        true
    }

    /// Words with a sign of doubt: what they name is meant, and they are waited for.
    pub(super) fn doubt(&mut self, words: &'a str, place: Place) -> bool {
        let is_doubtful = has_doubt(words);
        if is_doubtful {
            let before = self.rest.len();
            let place = if place == Place::Alone { Place::Alone } else { Place::Beside };
            between_doubts(words).for_each(|piece| self.read_plain(piece, place));
            self.rest.truncate(before);
            self.rest.push(Rest { words, place: Place::Doubt, is_joined: true });
        }
        is_doubtful
    }

    /// Signs alone, of which one may say that what stands before is in doubt.
    pub(super) fn sign(&mut self, words: &'a str) {
        if has_doubt(words) {
            self.rest.push(Rest { words: words.trim(), place: Place::Doubt, is_joined: true });
        }
    }
}

/// Whether words begin a condition, and not a reason or a comparison.
fn is_hard_condition(words: &str) -> bool {
    const OPENERS: [&str; 9] = ["but", "except", "if", "not", "once", "unless", "until", "till", "when"];
    let first = words.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    OPENERS.iter().any(|opener| first.eq_ignore_ascii_case(opener))
}
