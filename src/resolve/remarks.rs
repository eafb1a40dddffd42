//! Words beside the name of a dependency: a remark on it, or something else that is waited for. What is not plainly a remark is none.

use std::collections::HashSet;

/// Words that join what stands behind them to what is named before.
const JOINERS: &[&str] = &["and", "or", "plus", "also", "then", "with", "und", "sowie"];

/// Words that begin a remark of which all the rest is a reason, whatever it names.
const REASONS: &[&str] = &[
    "because", "since", "for", "so", "to", "due", "needed", "needs", "required", "requires", "gives", "provides",
    "blocks", "used", "which", "see", "wegen", "weil", "für",
];

/// Words that begin a condition: one that speaks of more than the thing itself is waited for.
const CONDITIONS: &[&str] = &[
    "once",
    "when",
    "whenever",
    "if",
    "unless",
    "until",
    "till",
    "after",
    "before",
    "as",
    "where",
    "while",
    "but",
    "except",
    "excluding",
    "without",
    "not",
];

/// Words that say nothing beside a name by themselves: of the language, of kinds of things and of dependencies.
const PLAIN: &[&str] = &[
    "a",
    "all",
    "also",
    "an",
    "and",
    "are",
    "as",
    "at",
    "be",
    "been",
    "being",
    "both",
    "by",
    "first",
    "from",
    "fully",
    "get",
    "gets",
    "got",
    "had",
    "has",
    "have",
    "here",
    "in",
    "is",
    "it",
    "its",
    "itself",
    "of",
    "off",
    "on",
    "only",
    "or",
    "out",
    "plus",
    "s",
    "so",
    "soon",
    "that",
    "the",
    "them",
    "then",
    "there",
    "these",
    "they",
    "this",
    "up",
    "was",
    "were",
    "which",
    "with",
    "after",
    "if",
    "once",
    "until",
    "till",
    "when",
    "where",
    "while",
    "blocked",
    "depend",
    "depends",
    "dependency",
    "for",
    "hard",
    "need",
    "needed",
    "needs",
    "optional",
    "require",
    "required",
    "requires",
    "see",
    "soft",
    "strict",
    "strong",
    "wait",
    "waiting",
    "waits",
    "weak",
    "bug",
    "epic",
    "feature",
    "issue",
    "item",
    "milestone",
    "story",
    "task",
    "ticket",
    "accepted",
    "approved",
    "available",
    "built",
    "closed",
    "complete",
    "completed",
    "delivered",
    "deployed",
    "done",
    "finished",
    "fixed",
    "implemented",
    "landed",
    "live",
    "merged",
    "production",
    "published",
    "ready",
    "released",
    "resolved",
    "reviewed",
    "shipped",
    "solved",
    "stable",
    "tested",
    "through",
];

/// The words of a text, folded.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(crate::name::folded)
}

fn first(text: &str) -> String {
    words(text).next().unwrap_or_default()
}

/// Whether a word joins what stands around it.
pub(super) fn is_joiner(word: &str) -> bool {
    ["&", "+"].contains(&word) || JOINERS.iter().any(|joiner| word.eq_ignore_ascii_case(joiner))
}

/// A text without the word that joins it to what stands before.
pub(super) fn behind_joiner(text: &str) -> &str {
    match text.split_once(char::is_whitespace) {
        Some((first, rest)) if is_joiner(first) => rest.trim_start(),
        _ => text,
    }
}

/// Whether a remark begins as a reason does.
pub(super) fn opens_reason(text: &str) -> bool {
    let first = first(text);
    let is_condition =
        || first == "as" && words(text).nth(1).is_some_and(|second| second == "soon" || second == "long");
    REASONS.contains(&first.as_str()) || first == "as" && !is_condition()
}

/// Whether a text begins as a condition does, or an exception.
pub(super) fn opens_condition(text: &str) -> bool {
    CONDITIONS.contains(&first(text).as_str())
}

/// Whether all words of a text are plain, or among those of the thing that it stands beside.
pub(super) fn is_plain(text: &str, own: &HashSet<String>) -> bool {
    words(text).all(|word| PLAIN.contains(&word.as_str()) || own.contains(&word))
}
