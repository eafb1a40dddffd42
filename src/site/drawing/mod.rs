//! Layered drawings of dependency graphs, as SVG.
//!
//! From left to right, in the manner of Sugiyama, Tagawa and Toda (1981): every box stands in a column right of all it depends on
//! (`layers`), the columns are ordered so that few lines cross (`order`), heights are chosen so that lines run straight
//! (`place`), and the whole is written as text (`svg`). A line passes a column through a gap of its own, so no line ever runs
//! over a box. Integers throughout, and no chance: equal graphs give equal bytes on every machine.

mod layers;
mod layout;
mod order;
mod simplex;
mod svg;
mod text;

use layers::Layered;
use layout::{PlacedPart, Size};
use text::Label;

pub(in crate::site) use svg::{Out, outline};
pub(in crate::site) use text::{Cut, bold_width, cut, cut_by, first_line, width};

/// What to draw.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Graph<'a> {
    /// The boxes; among equally good places those named first are further up.
    pub boxes: Vec<DrawingNode<'a>>,
    /// Pairs of indices into `boxes`, from a dependency to what depends on it: drawn from left to right. Those that close a cycle are drawn
    /// backwards, and all between boxes that wait for each other are marked; duplicates are drawn once.
    pub edges: Vec<(u32, u32)>,
    /// What the drawing is, for those who do not see it.
    pub title: &'a str,
    /// What it says, in a sentence or two; may be empty.
    pub description: &'a str,
    /// What the ids in the text begin with; must differ between the drawings of one page.
    pub id_prefix: &'a str,
}

/// One box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DrawingNode<'a> {
    /// Shown on at most two lines, cut where it is longer, and whole when pointed at.
    pub title: &'a str,
    /// A smaller line below, such as the state's word; may be empty.
    pub note: &'a str,
    /// Where a click leads.
    pub href: Option<&'a str>,
    /// Names for the stylesheet, beside `dep-box`; may be empty.
    pub class: &'a str,
    /// The shape that tells the state, so that colour is never alone.
    pub shape: Mark,
}

/// A small shape in a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A circle's outline.
    Ring,
    /// A circle, half filled.
    Half,
    /// A filled circle.
    Full,
    /// A tick in a filled circle.
    Tick,
    /// A cross.
    Cross,
    /// The two bars of a pause.
    Bars,
    /// A diamond's outline.
    Diamond,
}

/// A finished drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// An `<svg>` element to stand in an HTML page.
    pub svg: String,
    /// In CSS pixels.
    pub width: u32,
    /// In CSS pixels.
    pub height: u32,
    /// How many times two lines cross.
    pub crossings: u32,
}

/// Draws a graph.
///
/// Made for graphs that can be read, of up to about 150 boxes; larger ones are drawn with less care. All boxes are of one size, which is
/// that of the largest text, and boxes that nothing joins stand beside or below the rest.
///
/// The text carries class names and no colours, scripts or style attributes. `dep-graph` is the whole; `dep-edge` are groups of lines, to be
/// stroked and not filled, and `dep-arrow` their heads, to be filled, both with `dep-cycle` where boxes wait for each other; `dep-box` is a link
/// or group with a `<rect>`, and in it `dep-mark`, a shape to be filled, `dep-title`, at 13 pixels, and `dep-note`, at 11.
pub fn drawing(graph: &Graph) -> Drawing {
    let labels: Vec<Label> = graph.boxes.iter().map(Label::new).collect();
    let size = Size::new(&labels);
    let mut crossings = 0_u64;
    let parts: Vec<PlacedPart> = layers::connected(graph.boxes.len(), &graph.edges)
        .into_iter()
        .map(|part| {
            let mut layered = Layered::new(&part);
            crossings += order::order(&mut layered);
            layout::layout(part, layered, size)
        })
        .collect();
    let layout = layout::pack(&parts, size);
    let svg = svg::svg(graph, &labels, &parts, &layout, size);
    Drawing { svg, width: layout.width, height: layout.height, crossings: u32::try_from(crossings).unwrap_or(u32::MAX) }
}
