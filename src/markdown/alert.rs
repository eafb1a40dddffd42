//! Quotes, and those that are alerts: GitHub's `> [!NOTE]`, and Obsidian's `> [!note] Title`.

use std::fmt::Write as _;

use pulldown_cmark::BlockQuoteKind;

use super::tags::{TagKind, is_void, tags};

/// How a quote begins that is no alert.
pub(super) const QUOTE: &str = "<blockquote>\n";

/// Obsidian's words for what an alert is, by GitHub's that is nearest.
const WORDS: &[(&str, &[&str])] = &[
    ("note", &["note", "info", "abstract", "summary", "tldr", "todo", "example", "quote", "cite"]),
    ("tip", &["tip", "hint", "success", "check", "done"]),
    ("important", &["important", "question", "help", "faq"]),
    ("warning", &["warning", "attention"]),
    ("caution", &["caution", "danger", "error", "bug", "failure", "fail", "missing"]),
];

/// Writes the tag that opens a quote; an alert says which it is.
pub(super) fn open(out: &mut String, kind: Option<BlockQuoteKind>) {
    let (name, word) = match kind {
        None => return out.push_str(QUOTE),
        Some(BlockQuoteKind::Note) => ("note", "Note"),
        Some(BlockQuoteKind::Tip) => ("tip", "Tip"),
        Some(BlockQuoteKind::Important) => ("important", "Important"),
        Some(BlockQuoteKind::Warning) => ("warning", "Warning"),
        Some(BlockQuoteKind::Caution) => ("caution", "Caution"),
    };
    begin(out, name, word);
}

fn begin(out: &mut String, name: &str, title: &str) {
    let open = "<div class=\"alert alert-";
    let _ = writeln!(out, "{open}{name}\" role=\"note\"><p class=\"alert-title\">{title}</p>");
}

/// How an alert opens whose quote begins with a paragraph of this HTML, and what is left of the paragraph: `[!note] Title` in its first line,
/// with a sign of Obsidian's behind the bracket that says whether the box is folded. A page shows all of it.
pub(super) fn titled(paragraph: &str) -> Option<(String, &str)> {
    let (line, rest) = paragraph.split_once('\n').unwrap_or((paragraph, ""));
    let (word, title) = line.strip_prefix("[!")?.split_once(']')?;
    let word = word.to_ascii_lowercase();
    let (name, _) = WORDS.iter().find(|(_, words)| words.contains(&&*word))?;
    let title = title.strip_prefix(['+', '-']).unwrap_or(title).trim_end_matches("<br>").trim();
    let open = tags(title).iter().fold(0_i32, |open, tag| match tag.kind {
        TagKind::Start { .. } if is_void(&tag.name) => open,
        TagKind::Start { .. } => open + 1,
        TagKind::End => open - 1,
    });
    if open != 0 {
        return None;
    }
    let mut opening = String::new();
    begin(&mut opening, name, &if title.is_empty() { crate::text::capital(&word) } else { title.to_owned() });
    Some((opening, rest))
}
