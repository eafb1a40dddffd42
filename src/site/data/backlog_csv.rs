//! `backlog.csv`: the backlog as a table, in order, for a spreadsheet, by RFC 4180. The one home of `csv`.

use crate::plan::Input;
use crate::site::views::{self, View};

const HEADER: [&str; 16] = [
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
    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let mut write = |row: [String; 16]| {
        // Writing to memory cannot fail.
        _ = table.write_record(row.iter().map(|cell| inert(cell)));
    };
    write(HEADER.map(str::to_owned));
    let closed = (0..roadmap.items.len() as u32).filter(|&at| !view.plan_item(at).state.is_open());
    for at in roadmap.order.iter().chain(&roadmap.unscored).copied().chain(closed) {
        write(row(view, at));
    }
    table.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

fn row(view: View<'_>, at: u32) -> [String; 16] {
    let (item, resolved) = (view.plan_item(at), view.resolved(at));
    let number = |input| item.input(input).map(|number| number.to_string()).unwrap_or_default();
    let themes = resolved.themes.iter().map(|&theme| view.roadmap().plan.themes[theme as usize].entry.id.as_str());
    [
        resolved.rank.map(|rank| rank.to_string()).unwrap_or_default(),
        item.entry.id.clone(),
        item.entry.title.clone(),
        item.item_type.clone(),
        item.state.word().to_owned(),
        views::status(item.status.as_ref(), item.state),
        views::readiness(&resolved.readiness).to_owned(),
        view.roadmap().blocked_by(at).join(" "),
        resolved.score.result.map(|score| score.to_string()).unwrap_or_default(),
        number(Input::Value),
        number(Input::Effort),
        themes.collect::<Vec<_>>().join(" "),
        item.horizon.as_ref().map(|horizon| horizon.name.value.clone()).unwrap_or_default(),
        item.owners.join(", "),
        item.tags.join(", "),
        view.why(at),
    ]
}

/// A cell that no spreadsheet takes for a formula: an apostrophe goes before each sign that would begin one (OWASP, CSV injection), at the
/// start of the cell and behind what a spreadsheet of another country, or one that heeds no quotes, takes for its end. White space, quotes and
/// what cannot be seen do not count. Control characters, which no table may hold, are U+FFFD.
fn inert(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    if cell.trim_start_matches('\'').starts_with(['\t', '\r', '\n']) {
        out.push('\'');
    }
    let mut begins = true;
    for c in cell.chars() {
        let ends = matches!(c, '\t' | '\r' | '\n' | ';');
        if begins && SIGNS.contains(&c) {
            out.push('\'');
        }
        begins = ends || begins && is_passed_over(c);
        out.push(if c.is_control() && !ends { '\u{fffd}' } else { c });
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
