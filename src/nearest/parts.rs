//! The words of a name. A slip makes another spelling of a word; it makes no other word, and no other number, whether that is written in
//! digits (`10a`), in letters (`phase-b`), in Roman numerals (`stage-iii`) or in words (`phase-two`).

use super::{distance, slips};

/// Whether one name may have been meant by another: word by word, each is a slip of the other. Both in lower case.
pub(super) fn may_be_meant(wanted: &str, name: &str) -> bool {
    let (wanted, name) = (runs(wanted), runs(name));
    if wanted.len() == name.len() {
        return wanted.iter().zip(&name).all(|(wanted, name)| is_word_meant(wanted, name));
    }
    // A gap too many or too few, and one slip besides.
    let [wanted_joined, name_joined] = [&wanted, &name].map(|runs| runs.concat());
    let [wanted_counts, name_counts] = [counts(&wanted, false), counts(&name, true)];
    wanted_joined == name_joined || wanted_counts == name_counts && distance(&wanted_joined, &name_joined) <= 1
}

fn is_word_meant(wanted: &str, name: &str) -> bool {
    if wanted == name || is_digits(wanted) && is_digits(name) {
        return true;
    }
    let length = wanted.chars().count();
    let distance = distance(wanted, name);
    distance < length && distance <= slips(length) && !(is_numeral(wanted) && is_numeral(name))
}

/// The words and numbers of a name. An apostrophe is in its word.
fn runs(name: &str) -> Vec<&str> {
    let mut runs = Vec::new();
    for part in name.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’'))).filter(|part| !part.is_empty())
    {
        let mut rest = part;
        while let Some(first) = rest.chars().next() {
            let is_digit = first.is_ascii_digit();
            let end = rest.find(|c: char| c.is_ascii_digit() != is_digit).unwrap_or(rest.len());
            runs.push(&rest[..end]);
            rest = &rest[end..];
        }
    }
    runs
}

/// What counts in a name beside digits: numerals, and a single letter at the end. A letter behind a number is a part of it in the names that
/// there are (`10a`); in one that nothing has, it may be one too many.
fn counts<'a>(runs: &[&'a str], is_known: bool) -> Vec<&'a str> {
    let is_letter = |index: usize| {
        let is_behind_digits = index > 0 && is_digits(runs[index - 1]);
        let may_count = if is_behind_digits { is_known } else { index > 0 && index + 1 == runs.len() };
        may_count && runs[index].chars().count() == 1 && !is_digits(runs[index])
    };
    let does_count = |(index, run): &(usize, &&str)| is_letter(*index) || run.len() > 1 && is_numeral(run);
    runs.iter().enumerate().filter(does_count).map(|(_, run)| *run).collect()
}

fn is_digits(run: &str) -> bool {
    run.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a word is a number: small ones in Roman numerals, and those that things are counted by in words.
fn is_numeral(run: &str) -> bool {
    run.bytes().all(|letter| matches!(letter, b'i' | b'v' | b'x')) || WORDS.contains(&run)
}

const WORDS: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "hundred",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
];
