//! The drawing as text: an `<svg>` element for an HTML page.

use super::layout::{BAR, DAY, Extent, FROM, Layout, Line, NAME, NAME_END, SIGN, SPAN};
use super::routes::{Arrow, HEAD};
use super::{Group, Row, Shape, Timeline};
use crate::site::drawing::{Out, bold_width, cut, cut_by, outline};

/// From the top of an axis to the feet of its two lines of text.
const ABOVE: i32 = 14;
const LABEL: i32 = 32;

/// Writes the drawing.
pub(super) fn svg(timeline: &Timeline, layout: &Layout, arrows: &[Arrow]) -> String {
    let mut out = Out { text: String::with_capacity(2_000 + layout.lines.len() * 500 + arrows.len() * 80) };
    let (width, height) = (layout.width, layout.height);
    // A picture hides what is in it from those who do not see it; links must not be hidden.
    out.raw(&format!("<svg class=\"timeline\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"group\" aria-labelledby=\""));
    out.escaped(&timeline.id_prefix).raw("-t\"");
    if !timeline.description.is_empty() {
        out.raw(" aria-describedby=\"").escaped(&timeline.id_prefix).raw("-d\"");
    }
    out.raw("><title id=\"").escaped(&timeline.id_prefix).raw("-t\">").escaped(&timeline.title).raw("</title>");
    if !timeline.description.is_empty() {
        out.raw("<desc id=\"").escaped(&timeline.id_prefix).raw("-d\">").escaped(&timeline.description).raw("</desc>");
    }
    axis(&mut out, timeline, layout);
    let mut lines = layout.lines.iter();
    for group in &timeline.groups {
        if !group.title.is_empty()
            && let Some(line) = lines.next()
        {
            heading(&mut out, group, line, layout.width);
        }
        lines.by_ref().take(group.rows.len()).for_each(drop);
    }
    needs(&mut out, arrows);
    let rows = timeline.groups.iter().flat_map(|group| &group.rows);
    for (row, line) in rows.zip(layout.rows.iter().filter_map(|&at| layout.lines.get(at))) {
        if let Some(shape) = &line.shape {
            item(&mut out, row, line, shape, layout.width);
        }
    }
    out.raw("</svg>");
    out.text
}

/// The columns, their names, and the line of today.
fn axis(out: &mut Out, timeline: &Timeline, layout: &Layout) {
    let foot = layout.height;
    let base = layout.top - LABEL - 12;
    let begins_year = |at: usize| {
        let above = |at: usize| timeline.columns.get(at).map_or("", |column| column.above.as_str());
        !above(at).is_empty() && (at == 0 || above(at) != above(at - 1))
    };
    for is_year in [false, true] {
        let wanted = layout.columns.iter().enumerate().filter(|&(at, _)| begins_year(at) == is_year);
        let mut lines = wanted.map(|(_, &x)| x).peekable();
        if lines.peek().is_some() {
            out.raw("<path class=\"tl-grid").raw(if is_year { " tl-year" } else { "" }).raw("\" d=\"");
            for x in lines {
                out.raw("M").number(x).number(base + if is_year { 2 } else { LABEL - 12 }).raw("V").number(foot);
            }
            out.raw("\"/>");
        }
    }
    for (at, (column, x)) in timeline.columns.iter().zip(&layout.columns).enumerate() {
        let room = layout.columns.get(at + 1).map_or(0, |next| next - x - 8);
        // Names of columns are smaller than titles, by 11 to 13.
        let label = cut(&column.label, tenths(room) * 13 / 11);
        text(out, "tl-label", x + 6, base + LABEL).cut(label).raw("</text>");
        if begins_year(at) {
            text(out, "tl-above", x + 6, base + ABOVE).escaped(&column.above).raw("</text>");
        }
    }
    if let Some(x) = layout.today {
        out.raw("<path class=\"tl-today\" d=\"M").number(x).raw(" 18V").number(foot).raw("\"/>");
        text(out, "tl-now", x, 13).raw("Today</text>");
    }
}

fn text<'a>(out: &'a mut Out, class: &str, x: i32, y: i32) -> &'a mut Out {
    out.raw("<text class=\"").raw(class).raw("\" x=\"").number(x).raw("\" y=\"").number(y).raw("\">")
}

fn heading(out: &mut Out, group: &Group, line: &Line, width: i32) {
    let (open, close) =
        if group.href.is_some() { ("<a class=\"tl-theme\"", "</a>") } else { ("<g class=\"tl-theme\"", "</g>") };
    out.raw(open);
    if let Some(href) = &group.href {
        out.raw(" href=\"").escaped(href).raw("\"");
    }
    out.raw("><title>").escaped(&group.title).raw("</title><path class=\"tl-rule\" d=\"M0").number(line.top);
    out.raw("H").number(width).raw("\"/>");
    text(out, "tl-name", 8, line.middle() + 6)
        .cut(cut_by(&group.title, tenths(NAME_END - 8), bold_width))
        .raw("</text>");
    if let Some(shape) = &line.shape {
        rect(out, "tl-span", (shape.left, shape.right), line.middle() - SPAN, 2 * SPAN, SPAN);
    }
    out.raw(close);
}

/// A width for [`cut`], which measures at the size of titles.
fn tenths(width: i32) -> u32 {
    u32::try_from(width * 10).unwrap_or_default()
}

fn rect(out: &mut Out, class: &str, (left, right): (i32, i32), top: i32, height: i32, round: i32) {
    out.raw("<rect class=\"").raw(class).raw("\" x=\"").number(left).raw("\" y=\"").number(top);
    out.raw("\" width=\"").number(right - left).raw("\" height=\"").number(height).raw("\"");
    if round > 0 {
        out.raw(" rx=\"").number(round).raw("\"");
    }
    out.raw("/>");
}

/// Arrows and their heads, those of conflicts last and so above the others.
fn needs(out: &mut Out, arrows: &[Arrow]) {
    for (is_conflict, class) in [(false, ""), (true, " tl-clash")] {
        let mut heads = Vec::new();
        let before = out.text.len();
        out.raw("<g class=\"tl-need").raw(class).raw("\">");
        for arrow in arrows.iter().filter(|arrow| arrow.is_conflict == is_conflict) {
            let Some((&first, rest)) = arrow.points.split_first() else { continue };
            out.raw("<path d=\"M").number(first.0).number(first.1);
            let mut at = first;
            for (index, &point) in rest.iter().enumerate() {
                let is_last = index + 1 == rest.len();
                if point.1 == at.1 {
                    out.raw("H").number(point.0 - if is_last { HEAD } else { 0 });
                } else {
                    out.raw("V").number(point.1);
                }
                at = point;
            }
            out.raw("\"/>");
            heads.push(at);
        }
        if heads.is_empty() {
            out.text.truncate(before);
            continue;
        }
        heads.sort_unstable();
        heads.dedup();
        out.raw("</g><path class=\"tl-head").raw(class).raw("\" d=\"");
        for (x, y) in heads {
            out.raw("M").number(x - HEAD - 1).number(y - 4).raw("l7 4-7 4z");
        }
        out.raw("\"/>");
    }
}

fn item(out: &mut Out, row: &Row, line: &Line, shape: &Extent, width: i32) {
    let middle = line.middle();
    out.raw("<a class=\"tl-item");
    if !row.class.is_empty() {
        out.raw(" ").escaped(&row.class);
    }
    out.raw("\" href=\"").escaped(&row.href).raw("\"><title>").escaped(&row.title);
    if !row.note.is_empty() {
        out.raw(", ").escaped(&row.note);
    }
    out.raw("</title>");
    rect(out, "tl-row", (1, width - 1), line.top + 1, line.height - 2, 4);
    out.raw("<path class=\"dep-mark\" d=\"M14").number(middle - 6).raw(outline(row.shape)).raw("\"/>");
    let end = if row.is_wrong { SIGN - 12 } else { NAME_END };
    text(out, "tl-title", NAME, middle + 5).cut(cut(row.title.trim(), tenths(end - NAME))).raw("</text>");
    if row.is_wrong {
        // A triangle with a stroke and a dot left open.
        out.raw("<path class=\"tl-sign\" d=\"M")
            .number(SIGN)
            .number(middle - 7)
            .raw("l8 14h-16zm-1 5v5h2v-5zm0 6v2h2v-2z\"/>");
    }
    match row.when.shape {
        Shape::Bar => rect(out, "tl-bar", (shape.left, shape.right), middle - BAR, 2 * BAR, 4),
        Shape::Day => {
            out.raw("<path class=\"tl-day\" d=\"M")
                .number(shape.left + DAY)
                .number(middle - DAY)
                .raw("l7 7-7 7-7-7z\"/>");
        }
        Shape::From => {
            out.raw("<path class=\"tl-from\" d=\"M")
                .number(shape.left)
                .number(middle - BAR)
                .raw("v16m0-8h")
                .number(FROM)
                .raw("\"/>");
        }
        Shape::Flag => {}
    }
    // Within the outline of the bar, whose colour and dashes stay to be seen.
    let core = shape.core.map(|(left, right)| (left.max(shape.left + 2), right.min(shape.right - 2)));
    if let Some(core) = core.filter(|(left, right)| left < right && row.when.shape == Shape::Bar) {
        rect(out, "tl-core", core, middle - BAR + 2, 2 * BAR - 4, 2);
    }
    if let Some(due) = shape.due {
        if due > shape.right + 1 && row.when.shape != Shape::Flag {
            out.raw("<path class=\"tl-until\" d=\"M")
                .number(shape.right)
                .number(middle)
                .raw("H")
                .number(due)
                .raw("\"/>");
        }
        out.raw("<path class=\"tl-due\" d=\"M").number(due - 1).number(middle - BAR - 1).raw("h2l7 4-7 4v10h-2z\"/>");
    }
    out.raw("</a>");
}
