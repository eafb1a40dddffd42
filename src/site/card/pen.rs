//! What a card is drawn with: boxes, text, bars and the marks of states.

use super::Bar;
use super::text::{Size, is_leftward};
use crate::site::drawing::{Cut, Mark, Out, outline};
use crate::state::State;

/// How far a box reaches beyond what is placed in it: less than half of what is between two.
const AIR: i32 = 14;

/// Colours by name, in the light and in the dark; those of the site's own pages.
const COLOURS: [(&str, &str, &str); 12] = [
    ("ground", "#fff", "#1a1c20"),
    ("line", "#e3e3dd", "#2c2f35"),
    ("ink", "#1a1c1f", "#ebebe7"),
    ("soft", "#55595f", "#a5a9b0"),
    ("idle", "#666a71", "#a0a4ac"),
    ("active", "#a85a00", "#f0ab52"),
    ("held", "#7350a8", "#c0a5f0"),
    ("done", "#17774a", "#52c48b"),
    ("ready", "#7c96e4", "#5a76c8"),
    ("blocked", "#96938d", "#7d7b77"),
    ("open", "#deded8", "#34383f"),
    ("edge", "#a85a00", "#f0ab52"),
];

/// Those that are lines and not areas.
const STROKES: [&str; 2] = ["line", "edge"];

/// A card in the making.
pub(super) struct Pen {
    pub(super) out: Out,
    /// Of the box at hand.
    width: i32,
    /// Whether the card reads from right to left.
    mirrored: bool,
    /// Of the text at hand; "" for English.
    lang: String,
}

impl Pen {
    pub(super) fn new(mirrored: bool) -> Pen {
        Pen { out: Out { text: String::with_capacity(8_000) }, width: 0, mirrored, lang: String::new() }
    }

    /// Draws texts that are in a language, as [`Card`](super::Card) says it.
    pub(super) fn in_language(&mut self, lang: &str, draw: impl FnOnce(&mut Pen)) {
        lang.clone_into(&mut self.lang);
        draw(self);
        self.lang.clear();
    }

    /// An attribute for texts that are in another language than the card; nothing where they are not.
    pub(super) fn lang(&mut self, lang: &str) -> &mut Out {
        if !lang.is_empty() {
            self.out.raw(" xml:lang=\"").escaped(lang).raw("\"");
        }
        &mut self.out
    }

    /// The style: other colours in the dark.
    pub(super) fn style(&mut self) {
        self.out.raw("<style>@media (prefers-color-scheme:dark){");
        for (name, _, dark) in COLOURS {
            let property = if STROKES.contains(&name) { "stroke" } else { "fill" };
            self.out.raw(&format!(".{name}{{{property}:{dark}}}"));
        }
        self.out.raw(".idea{stroke:#a0a4ac}}</style>");
    }

    /// A class with its colour in the light.
    fn colour(&mut self, name: &str) -> &mut Out {
        let light = COLOURS.iter().find(|(known, _, _)| *known == name).map_or("#000", |(_, light, _)| light);
        let property = if STROKES.contains(&name) { "stroke" } else { "fill" };
        self.out.raw(&format!(" class=\"{name}\" {property}=\"{light}\""))
    }

    /// The card itself.
    pub(super) fn ground(&mut self, width: i32, height: i32) {
        self.out.raw(&format!(
            "<g fill=\"#fff\" class=\"ground\"><rect x=\".5\" y=\".5\" width=\"{}\" height=\"{}\" rx=\"12\"",
            width - 1,
            height - 1
        ));
        self.out.raw(" class=\"line\" stroke=\"#e3e3dd\"/></g>");
    }

    /// Opens a box whose corner is at a place in the whole.
    pub(super) fn open(&mut self, (x, y): (i32, i32), (width, height): (i32, i32), whole: i32) {
        let x = if self.mirrored { whole - x - width } else { x };
        self.width = width;
        let (wide, left) = (width + 2 * AIR, -AIR);
        self.out.raw(&format!(
            "<svg x=\"{}\" y=\"{y}\" width=\"{wide}\" height=\"{height}\" viewBox=\"{left} 0 {wide} {height}\">",
            x - AIR
        ));
    }

    pub(super) fn close(&mut self) {
        self.out.raw("</svg>");
    }

    /// Text that begins at `x` from the side where reading begins.
    pub(super) fn text(&mut self, x: i32, y: i32, size: Size, colour: &str, text: Cut<'_>) {
        self.open_text(x, y, size, colour, text.text, self.mirrored);
        self.out.cut(text).raw("</text>");
    }

    /// Text that ends at the other side; none where there is none.
    pub(super) fn text_at_end(&mut self, y: i32, size: Size, colour: &str, text: Cut<'_>) {
        if text.text.is_empty() {
            return;
        }
        self.open_text(self.width, y, size, colour, text.text, !self.mirrored);
        self.out.cut(text).raw("</text>");
    }

    /// Text with a few small words behind it, which stand where it ends.
    pub(super) fn text_and(&mut self, y: i32, size: Size, text: Cut<'_>, note: &str, small: Size) {
        self.open_text(0, y, size, "ink", text.text, self.mirrored);
        self.out.cut(text);
        let gap = if is_leftward(text.text) { -8 } else { 8 };
        self.out.raw(&format!("<tspan dx=\"{gap}\" font-size=\"{}\" font-weight=\"400\"", small.pixels));
        self.colour("soft").raw(">").escaped(note).raw("</tspan></text>");
    }

    /// `at_right` says which side of the text is at `x`.
    fn open_text(&mut self, x: i32, y: i32, size: Size, colour: &str, text: &str, at_right: bool) {
        let x = if self.mirrored { self.width - x } else { x };
        let leftward = is_leftward(text);
        self.out.raw(&format!("<text x=\"{x}\" y=\"{y}\" font-size=\"{}\"", size.pixels));
        if size.is_bold {
            self.out.raw(" font-weight=\"600\"");
        }
        if leftward {
            self.out.raw(" direction=\"rtl\"");
        }
        if leftward != at_right {
            self.out.raw(" text-anchor=\"end\"");
        }
        let lang = std::mem::take(&mut self.lang);
        self.lang(&lang);
        self.lang = lang;
        self.colour(colour).raw(">");
    }

    /// A line across the box.
    pub(super) fn rule(&mut self, y: i32) {
        self.out.raw(&format!("<path d=\"M0 {y}.5h{}\" fill=\"none\"", self.width));
        self.colour("line").raw("/>");
    }

    /// A frame around small words, which end a box.
    pub(super) fn pill(&mut self, y: i32, width: i32, text: &str, size: Size) {
        let x = if self.mirrored { 0 } else { self.width - width };
        self.out.raw(&format!(
            "<rect x=\"{x}.5\" y=\"{y}.5\" width=\"{}\" height=\"21\" rx=\"10.5\" fill=\"none\"",
            width - 1
        ));
        self.colour("edge").raw("/>");
        self.out.raw(&format!("<text x=\"{}\" y=\"{}\" font-size=\"{}\"", x + width / 2, y + 15, size.pixels));
        self.out.raw(" font-weight=\"600\" text-anchor=\"middle\"");
        self.colour("active").raw(">").escaped(text).raw("</text>");
    }

    /// A bar as wide as the box; `clip` names the rounded shape that it is cut to.
    pub(super) fn bar(&mut self, bar: &Bar, y: i32, height: i32, clip: &str) {
        let width = self.width;
        self.out.raw(&format!(
            "<g transform=\"translate(0 {y})\" clip-path=\"url(#{clip})\"><rect width=\"{width}\" height=\"{height}\""
        ));
        self.colour("open").raw("/>");
        for (kind, begin, wide) in &bar.parts {
            let (from, to) = (begin * width / 1000, (begin + wide) * width / 1000);
            // Parts of other kinds meet with a gap between them, as far as they are wide enough.
            let gap = i32::from(from > 0 && to - from > 3) * 2;
            let from = from + gap;
            let x = if self.mirrored { width - to } else { from };
            self.out.raw(&format!("<rect x=\"{x}\" width=\"{}\" height=\"{height}\"", (to - from).max(0)));
            self.colour(kind).raw("/>");
        }
        self.out.raw("</g>");
    }

    /// The sign of a part of a bar.
    pub(super) fn key(&mut self, x: i32, y: i32, kind: &str) {
        let x = if self.mirrored { self.width - x - 9 } else { x };
        self.out.raw(&format!("<rect x=\"{x}\" y=\"{y}\" width=\"9\" height=\"9\" rx=\"2\""));
        self.colour(kind).raw("/>");
    }

    /// The mark of a state, 12 pixels wide and high: each has a shape of its own, so that colour is never alone.
    pub(super) fn mark(&mut self, x: i32, y: i32, state: State) {
        let middle = if self.mirrored { self.width - x - 6 } else { x + 6 };
        let (colour, mark) = match state {
            State::Idea => {
                self.out.raw(&format!("<circle class=\"idea\" cx=\"{middle}\" cy=\"{}\" r=\"5\" fill=\"none\" stroke=\"#666a71\" stroke-width=\"1.75\" stroke-dasharray=\"1.9 2.03\"/>", y + 6));
                return;
            }
            State::Planned => ("idle", Mark::Ring),
            State::Active => ("active", Mark::Half),
            State::Done => ("done", Mark::Tick),
            State::Dropped => ("idle", Mark::Cross),
            State::Paused => ("held", Mark::Bars),
            State::Unknown => ("idle", Mark::Diamond),
        };
        self.out.raw("<path");
        self.colour(colour).raw(&format!(" d=\"M{middle} {y}{}\"/>", outline(mark)));
    }
}
