//! The looser ways to name a thing: by a number, and by the name of its file.

use std::collections::{HashMap, HashSet};

use super::paths::file_stem;
use super::target::Target;
use crate::config::Kind;
use crate::name::{self, folded};
use crate::nearest::is_near;
use crate::plan::EntryKey;

/// Things by number and by file: always in the plan's order, in which kinds stand one after another.
#[derive(Debug, Default)]
pub(super) struct FuzzyIndex {
    /// The prefixes that stand before a number, with the kinds of what has them.
    prefixes: HashSet<(String, Kind)>,
    /// By prefix and number.
    numbers: HashMap<(String, String), Vec<Target>>,
    bare_numbers: HashMap<String, Vec<Target>>,
    /// By the name of the file, folded, and by an address of before.
    files: HashMap<String, Vec<Target>>,
}

impl FuzzyIndex {
    /// The index of all things.
    pub(super) fn new<'a>(all: impl Iterator<Item = (&'a EntryKey, Target)>) -> FuzzyIndex {
        let mut fuzzy = FuzzyIndex::default();
        for (key, target) in all {
            let stem = folded(file_stem(&key.path));
            if let Some(old) = name::old_address(&key.id).filter(|old| *old != stem) {
                fuzzy.files.entry(old).or_default().push(target);
            }
            fuzzy.files.entry(stem).or_default().push(target);
            if let Some((prefix, number)) = prefix_and_number(&key.folded) {
                fuzzy.prefixes.insert((prefix.clone(), target.kind()));
                fuzzy.numbers.entry((prefix, number.clone())).or_default().push(target);
                fuzzy.bare_numbers.entry(number).or_default().push(target);
            }
        }
        fuzzy
    }

    /// The things of a kind that a reference's number could mean.
    pub(super) fn numbered(&self, reference: &str, kind: Kind) -> &[Target] {
        let Some((prefix, number)) = prefix_and_number(&folded(reference.trim_start_matches('#'))) else {
            return &[];
        };
        if prefix.is_empty() {
            return self.bare_number(&number, kind);
        }
        self.numbers.get(&(prefix, number)).map_or(&[], |all| of_kind(all, kind))
    }

    /// The things of a kind that have a number, whatever stands before it.
    pub(super) fn bare_number(&self, number: &str, kind: Kind) -> &[Target] {
        self.bare_numbers.get(number).map_or(&[], |all| of_kind(all, kind))
    }

    /// Whether some id is this prefix and a number.
    pub(super) fn has_prefix(&self, prefix: &str, kind: Kind) -> bool {
        self.prefixes.contains(&(prefix.to_owned(), kind))
    }

    /// The things whose file has this name in lower case, in the plan's order.
    pub(super) fn files(&self, stem: &str) -> &[Target] {
        self.files.get(stem).map_or(&[], Vec::as_slice)
    }
}

/// Those of a kind, among things in the plan's order; where there are none, all.
pub(super) fn of_kind_or_all(all: &[Target], kind: Kind) -> &[Target] {
    match of_kind(all, kind) {
        [] => all,
        wanted => wanted,
    }
}

/// Those of a kind, among things in the plan's order.
fn of_kind(all: &[Target], kind: Kind) -> &[Target] {
    let from = all.partition_point(|target| (target.kind() as usize) < kind as usize);
    let length = all[from..].partition_point(|target| target.kind() == kind);
    &all[from..from + length]
}

/// `tep-0012` is (`tep`, `12`); `12` is (``, `12`); sub-numbers belong to the number: `back-345.01` is (`back`, `345.01`).
pub(super) fn prefix_and_number(folded: &str) -> Option<(String, String)> {
    let at = folded.find(|c: char| c.is_ascii_digit())?;
    let (prefix, number) = folded.split_at(at);
    let prefix = prefix.trim_end_matches(['-', '_', ' ', '#']);
    let is_number = number.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    if !is_number || !prefix.chars().all(char::is_alphabetic) {
        return None;
    }
    let trimmed = number.trim_start_matches('0');
    let number =
        if trimmed.is_empty() || trimmed.starts_with('.') { format!("0{trimmed}") } else { trimmed.to_owned() };
    Some((prefix.to_owned(), number))
}

/// Whether two ids are of one number behind two prefixes, of which none is a slip of the other: things of two series.
pub(super) fn is_other_prefix(one: &str, other: &str) -> bool {
    let parts = |id: &str| prefix_and_number(&folded(id)).map(|(prefix, _)| prefix);
    let (Some(one), Some(other)) = (parts(one), parts(other)) else { return false };
    one != other && (one.chars().count().min(other.chars().count()) < MIN_PREFIX || !is_near(&one, &other, 1))
}

/// Whether one letter behind the number at the end tells two ids apart: `BACK-2a` and `BACK-2` are two things. Nobody counts so far that a
/// later letter would not be a slip.
pub(super) fn is_other_part(one: &str, other: &str) -> bool {
    let part = |id: &str| {
        let number = id.strip_suffix(|c: char| matches!(c, 'a'..='h' | 'A'..='H'))?;
        number.ends_with(|c: char| c.is_ascii_digit()).then(|| id[number.len()..].to_ascii_lowercase())
    };
    part(one) != part(other)
}

/// Letters of a prefix in which there may be a slip: shorter ones are near each other by chance.
const MIN_PREFIX: usize = 4;
