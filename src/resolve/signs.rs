//! The signs in the words of a dependency: links, brackets, dashes and what else tells a name from what stands beside it.

use std::ops::Range;

use super::paths::is_outside;
use super::remark_words::DONE_SIGNS;
use crate::plan::{MAX_LINKS, WordLink, link};

/// Places at which words may end a name, looked at from the last: nobody writes more.
const MAX_HEADS: usize = 8;

/// Words in which every Markdown link to another place is read as people say it: `the ticket (https://forge.example/5)`.
pub(super) fn said(words: &str) -> String {
    let (mut said, mut rest, mut links) = (String::new(), words, 0);
    while let Some(link) = link(rest).filter(|_| links < MAX_LINKS) {
        links += 1;
        let written = &rest[link.before.len()..rest.len() - link.behind.len()];
        said.push_str(link.before);
        match address_of(&link) {
            Some(address) if !written.starts_with("[[") => said.push_str(&address),
            _ => said.push_str(written),
        }
        rest = link.behind;
    }
    said + rest
}

/// The address in words that a link to another place is.
pub(super) fn address_of(link: &WordLink<'_>) -> Option<String> {
    let (label, target) = (link.label.trim(), link.target.trim());
    is_outside(target).then(|| match label.is_empty() || label == target {
        true => target.to_owned(),
        false => format!("{label} ({target})"),
    })
}

/// The box of a list of tasks.
const BOXES: [&str; 3] = ["[ ]", "[x]", "[X]"];

/// Words without the signs around them that say nothing, and without the box of a list of tasks.
pub(super) fn bare(words: &str) -> &str {
    let is_sign = |c: char| c.is_whitespace() || ",;:-–—+&/|*`·•→⇒".contains(c);
    let begin = |words: &'_ str| {
        words.trim_start_matches(|c: char| is_sign(c) || ">=".contains(c) || DONE_SIGNS.contains(&c)).len()
    };
    let words = words.trim();
    let words = BOXES.iter().find_map(|sign| words[words.len() - begin(words)..].strip_prefix(sign)).unwrap_or(words);
    let words = words[words.len() - begin(words)..].trim_end_matches(is_sign);
    match words.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        Some(inner) if is_balanced(inner) => inner.trim(),
        _ if words.contains('(') => words,
        _ => words.trim_end_matches(')'),
    }
}

/// Whether every bracket in words that is closed is opened in them.
fn is_balanced(words: &str) -> bool {
    let mut open = 0_usize;
    words.chars().all(|c| match c {
        '(' => {
            open += 1;
            true
        }
        ')' if open == 0 => false,
        ')' => {
            open -= 1;
            true
        }
        _ => true,
    })
}

/// Words without the signs around them that say nothing, with a sign by which something is ticked off.
pub(super) fn ticked(words: &str) -> &str {
    let inner = bare(words);
    let start = inner.as_ptr().addr() - words.as_ptr().addr();
    let before = &words[..start];
    let is_ticked = BOXES[1..].iter().find_map(|sign| before.find(sign)).or_else(|| before.find(DONE_SIGNS));
    is_ticked.map_or(inner, |tick| &words[tick..start + inner.len()])
}

/// Where a name may end that words stand behind, and where these begin; the last first.
pub(super) fn heads(words: &str) -> Vec<(usize, usize)> {
    const SEPARATORS: [&str; 15] =
        [": ", " -", " – ", " — ", " (", " # ", " [", " -> ", " => ", " → ", " ⇒ ", " > ", " <- ", " | ", " / "];
    let mut heads: Vec<(usize, usize)> = SEPARATORS
        .iter()
        .flat_map(|separator| words.match_indices(separator).map(|(index, found)| (index, index + found.len())))
        .collect();
    heads.sort_unstable();
    heads.into_iter().rev().take(MAX_HEADS).collect()
}

/// What words begin with that may be one name, and what stands beside it.
pub(super) struct Head<'a> {
    /// Out of the brackets of a link, and without a remark.
    pub(super) name: &'a str,
    /// In brackets at the end, or behind a link.
    pub(super) beside: &'a str,
    /// Behind a number sign.
    pub(super) behind: &'a str,
    pub(super) is_link: bool,
}

/// Words that begin with no link, and what stands behind a number sign in them.
pub(super) fn behind_hash(words: &str) -> (&str, &str) {
    let begins_with_link = link(words).is_some_and(|link| link.before.trim().is_empty());
    words.split_once(" # ").filter(|_| !begins_with_link).unwrap_or((words, ""))
}

/// Words as a name with remarks on it.
pub(super) fn head(words: &str) -> Head<'_> {
    if let Some(link) = link(words).filter(|link| link.before.trim().is_empty()) {
        return Head { name: link.target.trim(), beside: link.behind.trim(), behind: "", is_link: true };
    }
    let (words, behind) = behind_hash(words);
    let inner = words.trim_end().strip_suffix(')').and_then(|rest| rest.split_once(" ("));
    // `a (x) and b (y)` is no name with a remark.
    let (name, beside) = inner.filter(|(_, inner)| !inner.contains(['(', ')'])).unwrap_or((words, ""));
    Head { name: name.trim(), beside: beside.trim(), behind: behind.trim(), is_link: false }
}

/// The parts of a word that have the form of an id, letters and digits, without the signs around them.
pub(super) fn tokens(word: &str) -> impl Iterator<Item = Range<usize>> {
    let is_between = |c: char| !(c.is_alphanumeric() || "-_.#".contains(c));
    let mut start = 0;
    let all = word.split_inclusive(is_between).map(move |piece| {
        let begin = start;
        start += piece.len();
        let end = piece.trim_end_matches(is_between).trim_end_matches(['.', '-']);
        let begin = begin + end.len() - end.trim_start_matches(['.', '-', '#']).len();
        begin..begin + end.trim_start_matches(['.', '-', '#']).len()
    });
    all.filter(move |range| {
        let token = &word[range.clone()];
        token.contains(char::is_alphabetic) && token.contains(|c: char| c.is_ascii_digit())
    })
}
