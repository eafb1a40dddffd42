//! Which names of fields are spellings of one, and which are slips of the finger for another.

use crate::nearest::{is_near, plain};

/// Whether two names are spellings of one.
pub(super) fn is_same(a: &str, b: &str) -> bool {
    a == b || normal(a) == normal(b)
}

/// Whether a name may have been meant for another: the same letters and digits, or one off.
pub(super) fn is_nearly(one: &str, other: &str) -> bool {
    let (one, other) = (plain(one), plain(other));
    one == other || one.len() >= 4 && is_near(&one, &other, 1)
}

/// Whether two names differ by one letter, or by two that changed places.
pub(super) fn is_slip(name: &str, known: &str) -> bool {
    let sorted = |name: &str| {
        let mut letters: Vec<char> = name.chars().collect();
        letters.sort_unstable();
        letters
    };
    let same_ends = name.bytes().zip(known.bytes()).take_while(|(a, b)| a == b).count()
        + name.bytes().rev().zip(known.bytes().rev()).take_while(|(a, b)| a == b).count();
    same_ends + 1 >= name.len().max(known.len()) || sorted(name) == sorted(known)
}

/// A name as names of fields are compared: `dependsOn` and `Depends-On` are `depends_on`.
pub(super) fn normal(name: &str) -> String {
    let is_gap = |c: &char| matches!(c, '-' | '_' | ' ');
    name.trim().chars().filter(|c| !is_gap(c)).map(|c| c.to_ascii_lowercase()).collect()
}
