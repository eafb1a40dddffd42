//! Words and counts as Roadbook writes them, everywhere alike.

use std::fmt::Display;

/// `a`, `a and b`, `a, b and c`; nothing of nothing.
pub fn listed(words: &[impl AsRef<str>]) -> String {
    joined(words, " and ")
}

/// `a`, `a or b`, `a, b or c`; nothing of nothing.
pub fn either(words: &[impl AsRef<str>]) -> String {
    joined(words, " or ")
}

fn joined(words: &[impl AsRef<str>], before_last: &str) -> String {
    match words {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first, middle @ .., last] => {
            let mut text = first.as_ref().to_owned();
            for word in middle {
                text.push_str(", ");
                text.push_str(word.as_ref());
            }
            text + before_last + last.as_ref()
        }
    }
}

/// The first `max` words and how many more there are: `a, b and 3 more`. A single one more is named as well.
pub fn listed_up_to(max: usize, words: &[impl AsRef<str>]) -> String {
    let shown = if words.len() == max + 1 { words.len() } else { words.len().min(max) };
    let mut text: Vec<&str> = words[..shown].iter().map(AsRef::as_ref).collect();
    let more = format!("{} more", words.len() - shown);
    if shown < words.len() {
        text.push(&more);
    }
    listed(&text)
}

/// A name as diagnostics and notes quote it.
pub fn quoted(name: impl Display) -> String {
    format!("`{name}`")
}

/// `1 item`, `12 items`.
pub fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// `1 item`, `12 items`, `1,024 items`: as pages show it.
pub fn grouped_count(number: usize, noun: &str) -> String {
    format!("{} {noun}{}", thousands(number as u64), if number == 1 { "" } else { "s" })
}

/// `1,024`.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The first letter large.
pub fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}

/// Fowler, Noll and Vo's hash FNV-1a of 64 bits: the same on every machine and in every version.
pub struct Fnv(u64);

impl Fnv {
    /// A hash of nothing yet, another one for each seed.
    pub fn new(seed: u64) -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325 ^ seed)
    }

    /// Adds one more thing: a byte, or a letter as a whole.
    pub fn add(&mut self, unit: u32) {
        self.0 = (self.0 ^ u64::from(unit)).wrapping_mul(0x0000_0100_0000_01b3);
    }

    /// The hash of what was added.
    pub fn value(&self) -> u64 {
        self.0
    }
}
