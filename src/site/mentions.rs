//! Bare ids in prose: where the configuration gives their pattern, they become links.

use std::collections::HashMap;
use std::ops::Range;

use regex::Regex;

use crate::markdown;
use crate::name;
use crate::resolve::{Roadmap, Target};

/// What the patterns find, and what each id means.
#[derive(Debug)]
pub(super) struct Mentions {
    patterns: Vec<Regex>,
    /// By id or alias in lower case: address from the site's root, and title.
    targets: HashMap<String, (String, String)>,
}

/// Mentions as seen from a page.
#[derive(Clone, Copy)]
pub(super) struct From<'a> {
    mentions: &'a Mentions,
    root: &'static str,
}

impl Mentions {
    /// None where the configuration gives no pattern.
    pub(super) fn new(roadmap: &Roadmap) -> Option<Mentions> {
        let patterns = roadmap.config.mentions.clone();
        if patterns.is_empty() {
            return None;
        }
        let mut targets = HashMap::new();
        for (id, item) in roadmap.plan.items.enumerate() {
            let target = (Target::Item(id).address(&roadmap.plan), markdown::without_code(&item.entry.title));
            for alias in &item.entry.aliases {
                targets.entry(name::folded(&alias.value)).or_insert_with(|| target.clone());
            }
            if item.entry.slug == name::address(&item.entry.id) {
                targets.insert(item.entry.key.folded.clone(), target);
            }
        }
        Some(Mentions { patterns, targets })
    }

    pub(super) fn from(&self, root: &'static str) -> From<'_> {
        From { mentions: self, root }
    }
}

impl markdown::Mentions for From<'_> {
    fn next(&self, text: &str, from: usize) -> Option<(Range<usize>, String, String)> {
        let found = |pattern: &Regex| {
            pattern.find_iter(text.get(from..)?).map(|found| from + found.start()..from + found.end()).find_map(
                |range| {
                    let (address, title) = self.mentions.targets.get(&name::folded(&text[range.clone()]))?;
                    is_word(text, &range).then(|| (range, format!("{}{address}", self.root), title.clone()))
                },
            )
        };
        self.mentions.patterns.iter().filter_map(found).min_by_key(|(range, ..)| range.start)
    }
}

/// Whether a range is not a part of a longer word.
fn is_word(text: &str, range: &Range<usize>) -> bool {
    let inner = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    !inner(text[..range.start].chars().next_back()) && !inner(text[range.end..].chars().next())
}
