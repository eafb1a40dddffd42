//! The signs in the words of a dependency: links, brackets, dashes and what else tells a name from what stands beside it.

use std::ops::Range;

/// Places at which words may end a name, looked at from the last: nobody writes more.
const MAX_HEADS: usize = 8;

/// The first link in words: what stands before it, its target, and what stands behind it.
pub(super) fn link(words: &str) -> Option<(&str, &str, &str)> {
    let wiki = words.find("[[").and_then(|start| {
        let (inner, behind) = words[start + 2..].split_once("]]")?;
        Some((start, inner.split('|').next().unwrap_or(inner), behind))
    });
    let inline = words.find("](").and_then(|end| {
        let start = words[..end].rfind('[')?;
        let (target, behind) = words[end + 2..].split_once(')')?;
        Some((start, target, behind))
    });
    let first = wiki.into_iter().chain(inline).min_by_key(|(start, ..)| *start)?;
    Some((&words[..first.0], first.1, first.2))
}

/// Words without the signs around them that say nothing, and without the box of a list of tasks.
pub(super) fn bare(words: &str) -> &str {
    let words = words.trim();
    let words = ["[ ]", "[x]", "[X]"].iter().find_map(|sign| words.strip_prefix(sign)).unwrap_or(words);
    let is_sign = |c: char| c.is_whitespace() || ",;:-–—+&/|*`·•→".contains(c);
    let words = words.trim_matches(is_sign);
    if words.contains('(') { words } else { words.trim_end_matches(')') }
}

/// Where a name may end that words stand behind, and where these begin; the last first.
pub(super) fn heads(words: &str) -> Vec<(usize, usize)> {
    const SEPARATORS: [&str; 6] = [": ", " -", " – ", " — ", " (", " # "];
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
    let begins_with_link = link(words).is_some_and(|(before, ..)| before.trim().is_empty());
    words.split_once(" # ").filter(|_| !begins_with_link).unwrap_or((words, ""))
}

/// Words as a name with remarks on it.
pub(super) fn head(words: &str) -> Head<'_> {
    if let Some((_, target, beside)) = link(words).filter(|(before, ..)| before.trim().is_empty()) {
        return Head { name: target.trim(), beside: beside.trim(), behind: "", is_link: true };
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
