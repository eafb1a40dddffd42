//! The nearest name: what an author most likely meant. The one home of `strsim`.

mod index;
mod parts;

use crate::name::narrow;

pub use index::{NOT_SOUGHT, NameIndex, Near, Search, Sought, Suggestion};

/// The letters and digits of a text in lower case: what is left of a name however it is spelled, cut or typed.
pub fn plain(text: &str) -> String {
    // Nearly every name is ASCII, where all of this is a matter of bytes.
    if text.is_ascii() {
        let mut plain = text.to_ascii_lowercase();
        plain.retain(|c| c.is_ascii_alphanumeric());
        return plain;
    }
    narrow(text).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether two names differ by at most so many slips: a letter too many, too few or another, or two that changed places.
pub fn is_near(one: &str, other: &str, slips: usize) -> bool {
    one.chars().count().abs_diff(other.chars().count()) <= slips && distance(one, other) <= slips
}

/// How many slips one name is from another.
fn distance(one: &str, other: &str) -> usize {
    strsim::osa_distance(one, other)
}

/// The most slips that are looked for.
const MAX_SLIPS: usize = 3;

/// How many slips explain a difference from a name of so many letters.
fn slips(length: usize) -> usize {
    (length / 3).clamp(1, MAX_SLIPS)
}

/// The numbers in a name without the zeros before them, each with a space behind it. Another number is another thing, and no slip.
fn numbers(name: &str) -> String {
    let mut numbers = String::new();
    for digits in name.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty()) {
        numbers.push_str(digits.trim_start_matches('0'));
        numbers.push(' ');
    }
    numbers
}

/// Of some names the one nearest to `wanted`, where a slip or three would explain the difference; the first of equals. Case counts for nothing;
/// numbers are the same in both, in digits or otherwise, and no word of a name is another word.
///
/// It compares with every name: of many names that are asked for often, make a [`NameIndex`], which gives the same answers.
pub fn nearest<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = wanted.to_lowercase();
    let length = wanted.chars().count();
    let (slips, numbers_wanted) = (slips(length), numbers(&wanted));
    let near = |name: &'a str| {
        let close = name.chars().count().abs_diff(length) <= slips && numbers(name) == numbers_wanted;
        let distance = close.then(|| distance(&name.to_lowercase(), &wanted))?;
        // A name that shares nothing with the other is no slip of it.
        let is_slip = distance <= slips && distance < length && parts::may_be_meant(&wanted, &name.to_lowercase());
        is_slip.then_some((distance, name))
    };
    names.into_iter().filter_map(near).min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}
