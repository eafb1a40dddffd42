//! Quotes, and those of GitHub's that are alerts: `> [!NOTE]`.

use std::fmt::Write as _;

use pulldown_cmark::BlockQuoteKind;

/// Writes the tag that opens a quote; an alert says which it is.
pub(super) fn open(out: &mut String, kind: Option<BlockQuoteKind>) {
    let (name, word) = match kind {
        None => return out.push_str("<blockquote>\n"),
        Some(BlockQuoteKind::Note) => ("note", "Note"),
        Some(BlockQuoteKind::Tip) => ("tip", "Tip"),
        Some(BlockQuoteKind::Important) => ("important", "Important"),
        Some(BlockQuoteKind::Warning) => ("warning", "Warning"),
        Some(BlockQuoteKind::Caution) => ("caution", "Caution"),
    };
    let open = "<div class=\"alert alert-";
    let _ = writeln!(out, "{open}{name}\" role=\"note\"><p class=\"alert-title\">{word}</p>");
}
