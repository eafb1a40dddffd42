//! The drawing as text: an `<svg>` element for an HTML page, as short as it can be and read.

use super::layers::Line;
use super::layout::{Layout, PlacedPart, Size};
use super::text::{Cut, Label};
use super::{DrawingNode, Graph, Mark};
use crate::markdown::escape;
use crate::text::shown;

/// Length and half the width of an arrow head, in CSS pixels.
const HEAD: (i32, i32) = (7, 4);

/// Writes the drawing.
pub(super) fn svg(graph: &Graph, labels: &[Label], parts: &[PlacedPart], layout: &Layout, size: Size) -> String {
    let mut out = Out { text: String::with_capacity(600 + graph.boxes.len() * 400 + graph.edges.len() * 90) };
    let Layout { width, height, .. } = layout;
    // A picture hides what is in it from those who do not see it; links must not be hidden.
    let role = if graph.boxes.iter().any(|node| node.href.is_some()) { "group" } else { "img" };
    out.raw(&format!("<svg class=\"dep-graph\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"{role}\""));
    for (attribute, suffix, shown) in [("labelledby", "-t", true), ("describedby", "-d", !graph.description.is_empty())]
    {
        if shown {
            out.raw(" aria-").raw(attribute).raw("=\"").escaped(graph.id_prefix).raw(suffix).raw("\"");
        }
    }
    out.raw("><title id=\"").escaped(graph.id_prefix).raw("-t\">").escaped(graph.title).raw("</title>");
    if !graph.description.is_empty() {
        out.raw("<desc id=\"").escaped(graph.id_prefix).raw("-d\">").escaped(graph.description).raw("</desc>");
    }
    for (backward, in_component) in [(false, false), (false, true), (true, true)] {
        lines(&mut out, parts, layout, size, backward, in_component);
    }
    for (part, &(first, top)) in parts.iter().zip(&layout.corners) {
        for (at, &node) in part.part.boxes.iter().enumerate() {
            let x = layout.columns[first + part.layered.layer[at] as usize];
            let y = top + part.y[at] - size.height / 2;
            write_box(&mut out, &graph.boxes[node as usize], &labels[node as usize], (x, y), size);
        }
    }
    out.raw("</svg>");
    out.text
}

/// The lines that go forward, in a component or not, or those that go backward and the loops, which always are in one; then their arrow heads, one
/// for each side that lines come to.
fn lines(out: &mut Out, parts: &[PlacedPart], layout: &Layout, size: Size, backward: bool, in_component: bool) {
    let class = if in_component { " dep-cycle" } else { "" };
    let mut heads: Vec<(i32, i32)> = Vec::new();
    let mut loops: Vec<(i32, i32)> = Vec::new();
    let before = out.text.len();
    out.raw("<g class=\"dep-edge").raw(class).raw("\">");
    let empty = out.text.len();
    for (part, &(first, top)) in parts.iter().zip(&layout.corners) {
        let columns = &layout.columns[first..];
        let middle = |node: u32| (columns[part.layered.layer[node as usize] as usize], top + part.y[node as usize]);
        // Arrow heads on either side of a gap leave the same room to the lines of both ways.
        let lead = if part.layered.lines.iter().any(|line| line.backward) { HEAD.0 } else { 0 };
        for line in
            part.layered.lines.iter().filter(|line| (line.backward, line.in_component) == (backward, in_component))
        {
            let points = line.nodes().map(middle);
            out.raw("<path d=\"");
            if backward {
                curve(out, points.collect::<Vec<_>>().into_iter().rev(), size.width, -1, lead);
            } else {
                curve(out, points, size.width, 1, lead);
            }
            out.raw("\"/>");
            heads.push(tip(line, middle, size.width));
        }
        if backward {
            loops.extend(part.part.loops.iter().map(|&node| middle(node)));
        }
    }
    for (x, y) in loops {
        // Out at the bottom, round the corner and back to the right side.
        let (right, below) = (x + size.width, size.height / 2);
        out.raw("<path d=\"M").number(right - 16).number(y + below);
        out.raw("c0 13 36 13 36")
            .number(-below / 2)
            .raw("q0")
            .number(-below / 2)
            .number(HEAD.0 - 20)
            .number(-below + below / 2);
        out.raw("\"/>");
        heads.push((right, y));
    }
    if out.text.len() == empty {
        out.text.truncate(before);
        return;
    }
    out.raw("</g><path class=\"dep-arrow").raw(class).raw("\" d=\"");
    heads.sort_unstable();
    heads.dedup();
    let (length, half) = if backward { (-HEAD.0, -HEAD.1) } else { HEAD };
    for (x, y) in heads {
        out.raw("M")
            .number(x - length)
            .number(y - half)
            .raw("l")
            .number(length)
            .number(half)
            .number(-length)
            .number(half)
            .raw("z");
    }
    out.raw("\"/>");
}

/// Where a line ends: at the left side of a box, or the right side where it goes backward.
fn tip(line: &Line, middle: impl Fn(u32) -> (i32, i32), width: i32) -> (i32, i32) {
    if line.backward {
        let (x, y) = middle(line.from);
        (x + width, y)
    } else {
        middle(line.to)
    }
}

/// A line through the middles of nodes, given as (left side of the column, y): level across each column, and between two columns a curve
/// that leaves and arrives level. `way` is -1 for one that goes left. It ends where its arrow head begins.
///
/// All curves of a gap begin and end at the same two places, `lead` behind one column and an arrow head before the next:
/// so two of them cross only where they must, and at most once.
fn curve(out: &mut Out, points: impl Iterator<Item = (i32, i32)>, width: i32, way: i32, lead: i32) {
    let near = |x: i32| if way > 0 { x } else { x + width };
    let mut points = points.peekable();
    let Some((x, mut y)) = points.next() else { return };
    // The side of the column that the line has passed, and how far it is to go on level before the next curve.
    let mut side = near(x) + way * width;
    let mut level = way * lead;
    out.raw("M").number(side).number(y);
    while let Some((x, next)) = points.next() {
        let across = near(x) - side - way * (lead + HEAD.0);
        if next == y {
            level += across;
        } else {
            if level != 0 {
                out.raw("h").number(level);
            }
            let climb = next - y;
            out.raw("c")
                .number(across / 2)
                .number(0)
                .number(across - across / 2)
                .number(climb)
                .number(across)
                .number(climb);
            level = 0;
        }
        y = next;
        side = near(x) + way * width;
        if points.peek().is_some() {
            level += way * (HEAD.0 + width + lead);
        }
    }
    if level != 0 {
        out.raw("h").number(level);
    }
}

fn write_box(out: &mut Out, node: &DrawingNode, label: &Label, (x, y): (i32, i32), size: Size) {
    let (open, close) =
        if node.href.is_some() { ("<a class=\"dep-box", "</a>") } else { ("<g class=\"dep-box", "</g>") };
    out.raw(open);
    if !node.class.is_empty() {
        out.raw(" ").escaped(node.class);
    }
    if let Some(href) = node.href {
        out.raw("\" href=\"").escaped(href);
    }
    out.raw("\" transform=\"translate(").number(x).number(y).raw(")\"><title>").escaped(node.title);
    if !node.note.is_empty() {
        out.raw(", ").escaped(node.note);
    }
    out.raw("</title><rect width=\"").number(size.width).raw("\" height=\"").number(size.height).raw("\" rx=\"8\"/>");
    let two = !label.lines[1].text.is_empty();
    let noted = !label.note.text.is_empty();
    let text = Size::LINE * if two { 2 } else { 1 } + if noted { Size::NOTE } else { 0 };
    let base = (size.height - text) / 2 + 12;
    out.raw("<path class=\"dep-mark\" d=\"M15").number(base - 10).raw(outline(node.shape)).raw("\"/>");
    out.raw("<text class=\"dep-title\" x=\"")
        .number(Size::LEFT)
        .raw("\" y=\"")
        .number(base)
        .raw("\">")
        .cut(label.lines[0]);
    if two {
        out.raw(" <tspan x=\"")
            .number(Size::LEFT)
            .raw("\" dy=\"")
            .number(Size::LINE)
            .raw("\">")
            .cut(label.lines[1])
            .raw("</tspan>");
    }
    out.raw("</text>");
    if noted {
        let base = base + text - Size::LINE;
        out.raw("<text class=\"dep-note\" x=\"")
            .number(Size::LEFT)
            .raw("\" y=\"")
            .number(base)
            .raw("\">")
            .cut(label.note)
            .raw("</text>");
    }
    out.raw(close);
}

/// A mark's outline, 12 pixels high, from the middle of its top. Holes run against the clock, so that filling leaves them open; a
/// circle is one arc that stops a tenth of a pixel short.
pub(in crate::site) fn outline(mark: Mark) -> &'static str {
    match mark {
        Mark::Ring => "a6 6 0 1 1-.1 0zm0 2a4 4 0 1 0 .1 0z",
        Mark::Half => "a6 6 0 1 1-.1 0zm0 2a4 4 0 0 0 0 8z",
        Mark::Full => "a6 6 0 1 1-.1 0z",
        Mark::Tick => "a6 6 0 1 1-.1 0zm-3 5-1 1 3 3 5-5-1-1-4 4z",
        Mark::Cross => "m-5 3 2-2 3 3 3-3 2 2-3 3 3 3-2 2-3-3-3 3-2-2 3-3z",
        Mark::Bars => "m-4 1h3v10h-3zm5 0h3v10h-3z",
        Mark::Diamond => "l6 6-6 6-6-6zm0 3-3 3 3 3 3-3z",
    }
}

/// The text of a drawing in the making.
pub(in crate::site) struct Out {
    pub(in crate::site) text: String,
}

impl Out {
    pub(in crate::site) fn raw(&mut self, text: &str) -> &mut Out {
        self.text.push_str(text);
        self
    }

    /// A number, with a space before it where it would run into the one before.
    pub(in crate::site) fn number(&mut self, number: i32) -> &mut Out {
        if number < 0 {
            self.text.push('-');
        } else if self.text.ends_with(|char: char| char.is_ascii_digit()) {
            self.text.push(' ');
        }
        let mut digits = [0; 10];
        let mut at = digits.len();
        let mut left = number.unsigned_abs();
        loop {
            at -= 1;
            digits[at] = b'0' + (left % 10) as u8;
            left /= 10;
            if left == 0 {
                break;
            }
        }
        self.text.extend(digits[at..].iter().copied().map(char::from));
        self
    }

    pub(in crate::site) fn cut(&mut self, cut: Cut) -> &mut Out {
        self.escaped(cut.text).raw(if cut.more { "…" } else { "" })
    }

    /// Text as text: nothing in it is markup, and what XML does not allow is a space.
    pub(in crate::site) fn escaped(&mut self, text: &str) -> &mut Out {
        let is_refused = |c: char| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}');
        let text = shown(text.replace(is_refused, " "));
        escape::attribute(&mut self.text, &text);
        self
    }
}
