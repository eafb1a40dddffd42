//! Tables: in a box of their own that scrolls and that the keyboard can reach, aligned by class.

use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::Alignment;

/// The table being written.
#[derive(Default)]
pub(super) struct Table {
    /// How many tables came before: each is a region, and regions need names that differ.
    count: usize,
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    has_body: bool,
    /// Where the open cell begins.
    cell: usize,
}

impl Table {
    pub(super) fn start(&mut self, out: &mut String, alignments: Vec<Alignment>) {
        self.count += 1;
        *self = Table { count: self.count, alignments, in_head: true, ..Table::default() };
        out.push_str("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table");
        if self.count > 1 {
            let _ = write!(out, " {}", self.count);
        }
        out.push_str("\"><table>\n");
    }

    pub(super) fn start_head(&mut self, out: &mut String) {
        out.push_str("<thead><tr>");
    }

    pub(super) fn end_head(&mut self, out: &mut String) {
        out.push_str("</tr></thead>\n");
        self.in_head = false;
    }

    pub(super) fn start_row(&mut self, out: &mut String) {
        if !self.has_body {
            out.push_str("<tbody>\n");
            self.has_body = true;
        }
        out.push_str("<tr>");
        self.column = 0;
    }

    pub(super) fn end_row(&mut self, out: &mut String) {
        out.push_str("</tr>\n");
    }

    pub(super) fn start_cell(&mut self, out: &mut String) {
        self.cell = out.len();
        out.push_str(if self.in_head { "<th" } else { "<td" });
        let class = match self.alignments.get(self.column) {
            Some(Alignment::Left) => " class=\"left\"",
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            _ => "",
        };
        out.push_str(class);
        if self.in_head {
            out.push_str(" scope=\"col\"");
        }
        out.push('>');
    }

    pub(super) fn end_cell(&mut self, out: &mut String) {
        if !self.in_head {
            out.push_str("</td>");
        } else if out.ends_with("scope=\"col\">") {
            // A heading without words heads nothing.
            out.truncate(self.cell);
            out.push_str("<td></td>");
        } else {
            out.push_str("</th>");
        }
        self.column += 1;
    }

    pub(super) fn end(&mut self, out: &mut String) {
        if self.has_body {
            out.push_str("</tbody>\n");
        }
        out.push_str("</table></div>\n");
    }
}

/// What stands between the last cell of a row and the row's end, bars and space aside: cells of no column, which no page shows.
pub(super) fn excess(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let is_empty = |c: char| c == '|' || c.is_whitespace();
    let behind = text.get(range.clone())?.trim_start_matches(is_empty);
    let start = range.end - behind.len();
    (!behind.is_empty()).then(|| start..start + behind.trim_end_matches(is_empty).len())
}
