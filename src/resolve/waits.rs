//! What an item waits for and that is no item: each once, however often and in whatever spelling it is written.

use std::collections::{HashMap, HashSet};

use super::links::{MissingNote, NoItem};
use super::relations::Resolver;
use crate::id::ItemId;
use crate::name::folded;
use crate::plan::{Text, together};

/// What is known of the names and words in one field of one item, by [`key`].
#[derive(Default)]
pub(super) struct Seen {
    /// Where the finding on a name is.
    findings: HashMap<String, usize>,
    /// Where a name is among those that mean no item.
    missing: HashMap<String, usize>,
    /// Words that are waited for.
    waits: HashSet<String>,
}

impl Resolver<'_> {
    /// A name that means no item, of which another spelling may have been seen: what is said of each is kept.
    pub(super) fn missing(&mut self, id: ItemId, name: Text, remark: &str, cause: NoItem) {
        let links = &mut self.items[id];
        let next = links.missing.len();
        let at = *self.seen.missing.entry(key(&name.value)).or_insert(next);
        match links.missing_notes.get_mut(at) {
            Some(note) if note.remark == remark => {}
            Some(note) => note.remark = together(&note.remark, remark),
            None => {
                links.missing.push(name);
                links.missing_notes.push(MissingNote { remark: remark.to_owned(), cause });
            }
        }
    }

    /// What is waited for outside of the plan, each once, and not where it is reported as a name already.
    pub(super) fn waits(&mut self, id: ItemId, waits: Vec<Text>) {
        for words in waits {
            if self.is_reported(id, &words) {
                continue;
            }
            if self.seen.waits.insert(key(&words.value)) {
                self.items[id].waits_for.push(words);
            }
        }
    }

    /// Notes that the next finding is on a name, if none is yet in any spelling; else that one gets this place as well.
    pub(super) fn is_news(&mut self, id: ItemId, name: &Text) -> bool {
        let is_news = !self.is_reported(id, name);
        if is_news {
            self.seen.findings.insert(key(&name.value), self.diagnostics.len());
        }
        is_news
    }

    /// Whether a name was reported in the field in another spelling; if so, the finding has this place as well.
    fn is_reported(&mut self, id: ItemId, name: &Text) -> bool {
        let found = self.seen.findings.get(&key(&name.value)).and_then(|&at| self.diagnostics.get_mut(at));
        let is_reported = found.is_some();
        if let Some(found) = found {
            let location = self.plan.items[id].entry.location(name.span);
            found.related.push((location, format!("here as `{}`", name.value)));
        }
        is_reported
    }
}

/// What all spellings of one name, or of the same words, have in common.
fn key(words: &str) -> String {
    let words = words.trim().trim_end_matches('.').split(|c: char| c.is_whitespace() || c == '-' || c == '_');
    words.filter(|word| !word.is_empty()).map(folded).collect::<Vec<String>>().join(" ")
}
