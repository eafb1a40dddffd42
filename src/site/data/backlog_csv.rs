//! `backlog.csv`: the backlog as a table, in order, for a spreadsheet, by RFC 4180. The one home of `csv`.

use crate::markdown;
use crate::record::{PROPERTIES, Property, property};
use crate::site::views::View;
use crate::text::visible;

/// The columns that come first. The others follow in the order of the record.
const FIRST: [&str; 16] = [
    "rank",
    "id",
    "title",
    "type",
    "state",
    "status",
    "readiness",
    "blocked_by",
    "score",
    "value",
    "effort",
    "themes",
    "horizon",
    "owners",
    "tags",
    "why",
];

/// The table: ranked items in order, unscored ones, closed ones.
pub(in crate::site) fn backlog_csv(view: View<'_>) -> String {
    let roadmap = view.roadmap();
    let first = FIRST.iter().filter_map(|key| property(key));
    let others = PROPERTIES.iter().filter(|property| property.is_column && !FIRST.contains(&property.key));
    let columns: Vec<&Property> = first.chain(others).collect();
    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // Writing to memory cannot fail.
    _ = table.write_record(columns.iter().map(|column| column.key));
    for item in roadmap.items_in_order() {
        let cells = columns.iter().map(|column| {
            let text = (column.value)(item).plain(roadmap);
            let has_titles = ["title", "why"].contains(&column.key);
            inert(&if has_titles { markdown::without_code(&text) } else { text })
        });
        _ = table.write_record(cells);
    }
    table.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// A cell that no spreadsheet takes for a formula: an apostrophe goes before each sign that would begin one (OWASP, CSV injection), at the
/// start of the cell and behind what a spreadsheet of another country, or one that heeds no quotes, takes for its end. White space, quotes and
/// what cannot be seen do not count. An apostrophe goes before a command to a workflow of GitHub as well, in whose log the table may end: `::` at
/// the start of a line, and the bracket of `##[` anywhere. Control characters, which no table may hold, are U+FFFD.
fn inert(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    if cell.trim_start_matches('\'').starts_with(['\t', '\r', '\n']) {
        out.push('\'');
    }
    let mut begins = true;
    for (offset, c) in cell.char_indices() {
        let ends = matches!(c, '\t' | '\r' | '\n' | ';');
        let rest = &cell[offset..];
        let is_command = begins && rest.starts_with("::") || c == '[' && cell[..offset].ends_with("##");
        if begins && SIGNS.contains(&c) || is_command {
            out.push('\'');
        }
        begins = ends || begins && is_passed_over(c);
        out.extend(visible(c));
    }
    out
}

/// What begins a formula, in every width that there is of it.
const SIGNS: [char; 12] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\u{fe66}', '\u{fe62}', '\u{fe63}', '\u{fe6b}'];

/// An author's own apostrophe is passed over too, so that the one before a sign, or before white space at the start, is always ours and can be
/// taken away again.
fn is_passed_over(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '"' | '\'' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fffd}')
}
