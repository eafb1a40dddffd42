//! Footnotes: numbered as they are first referred to, gathered at the end, with a way back from each.
//!
//! Their ids hold a colon, which no anchor of a heading does.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;

use super::escape;

/// The footnotes of a body, in the order in which they are first met.
#[derive(Default)]
pub(super) struct Footnotes {
    notes: Vec<Note>,
    by_name: HashMap<String, usize>,
    referred: usize,
}

#[derive(Default)]
struct Note {
    /// From 1; 0 while nothing refers to it.
    number: usize,
    references: usize,
    html: String,
}

impl Footnotes {
    fn note(&mut self, name: &str) -> &mut Note {
        let index = *self.by_name.entry(name.to_lowercase()).or_insert(self.notes.len());
        if index == self.notes.len() {
            self.notes.push(Note::default());
        }
        &mut self.notes[index]
    }

    /// Writes a reference. `linked` is false where a link cannot stand; then there is no way back to it either.
    pub(super) fn refer(&mut self, out: &mut String, name: &str, prefix: &str, linked: bool) {
        let next = self.referred + 1;
        let note = self.note(name);
        if note.number == 0 {
            note.number = next;
        }
        let number = note.number;
        if linked {
            note.references += 1;
            out.push_str("<sup class=\"footnote\"><a id=\"");
            push_id(out, prefix, number, note.references);
            out.push_str("\" href=\"#");
            escape::attribute(out, prefix);
            let _ = write!(out, "fn:{number}\" role=\"doc-noteref\">{number}</a></sup>");
        } else {
            let _ = write!(out, "<sup class=\"footnote\">{number}</sup>");
        }
        self.referred = self.referred.max(number);
    }

    /// Keeps the text of a note. One defined twice has both.
    pub(super) fn define(&mut self, name: &str, html: &str) {
        self.note(name).html.push_str(html);
    }

    /// Writes the notes that something refers to; of the others those with headings or tasks, which are counted wherever they stand.
    pub(super) fn finish(mut self, out: &mut String, prefix: &str) {
        self.notes.retain(|note| note.number > 0 || note.html.contains("<h6") || note.html.contains("<input"));
        if self.notes.is_empty() {
            return;
        }
        out.push_str("<section class=\"footnotes\" aria-label=\"Footnotes\">\n<ol>\n");
        self.notes.sort_by_key(|note| if note.number == 0 { usize::MAX } else { note.number });
        for (index, note) in self.notes.iter().enumerate() {
            out.push_str("<li id=\"");
            escape::attribute(out, prefix);
            let _ = write!(out, "fn:{}\">", index + 1);
            let html = note.html.trim_end();
            if note.references == 0 {
                out.push_str(html);
            } else if let Some(open) = html.strip_suffix("</p>") {
                out.push_str(open);
                out.push(' ');
                note.push_ways_back(out, prefix);
                out.push_str("</p>");
            } else {
                out.push_str(html);
                out.push_str("\n<p>");
                note.push_ways_back(out, prefix);
                out.push_str("</p>");
            }
            out.push_str("</li>\n");
        }
        out.push_str("</ol>\n</section>\n");
    }
}

impl Note {
    fn push_ways_back(&self, out: &mut String, prefix: &str) {
        for reference in 1..=self.references {
            out.push_str(if reference > 1 { " <a" } else { "<a" });
            out.push_str(" class=\"backref\" href=\"#");
            push_id(out, prefix, self.number, reference);
            let _ = write!(out, "\" role=\"doc-backlink\" aria-label=\"Back to reference {}", self.number);
            if reference > 1 {
                let _ = write!(out, "-{reference}");
            }
            // The selector asks for the sign, not the picture some fonts have for it.
            out.push_str("\">\u{21a9}\u{fe0e}</a>");
        }
    }
}

/// The id of a reference: `fnref:2` for the first to note 2, `fnref:2:3` for the third.
fn push_id(out: &mut String, prefix: &str, number: usize, reference: usize) {
    escape::attribute(out, prefix);
    let _ = write!(out, "fnref:{number}");
    if reference > 1 {
        let _ = write!(out, ":{reference}");
    }
}

/// Where text that is no link and no note has the form of a footnote's sign: `[^1]`. In a pattern such as `([^a]+)` it means something else.
pub(super) fn undefined(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices("[^").filter_map(|(start, _)| {
        let end = start + text[start..].find(']')? + 1;
        let label = &text[start + 2..end - 1];
        let is_label = !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '_');
        let is_pattern = text[end..].starts_with(['+', '*', '?', '{', '(', ')', '[', '|'])
            || text[..start].ends_with(['(', '[', '|', '\\', '^']);
        (is_label && !is_pattern).then_some(start..end)
    })
}
