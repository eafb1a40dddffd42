//! How wide text runs at most, whatever sans-serif font its reader has.
//!
//! A card is shown where no script can measure, so its text is measured as that of the drawings is. What is wider still runs into the air
//! around its box, and no further.

use crate::site::drawing::{Cut, bold_width, cut_by, first_line, width};

/// A size of text, in CSS pixels.
#[derive(Clone, Copy)]
pub(super) struct Size {
    pub(super) pixels: i32,
    pub(super) is_bold: bool,
}

impl Size {
    fn measure(self) -> fn(char) -> u32 {
        if self.is_bold { bold_width } else { width }
    }
}

/// The text, or as much of it as leaves room for an ellipsis, in `room` CSS pixels.
pub(super) fn cut(text: &str, size: Size, room: i32) -> Cut<'_> {
    cut_by(text, limit(size, room), size.measure())
}

/// The text on at most `most_lines` lines, the last of them cut where it must be.
pub(super) fn lines(text: &str, size: Size, room: i32, most_lines: usize) -> Vec<Cut<'_>> {
    let mut lines = Vec::new();
    let mut rest = text;
    while lines.len() + 1 < most_lines && !rest.is_empty() {
        let (line, left) = first_line(rest, limit(size, room), size.measure());
        lines.push(Cut { text: line, more: false });
        rest = left;
    }
    if !rest.is_empty() {
        lines.push(cut(rest, size, room));
    }
    lines
}

/// How wide a text runs at most, in CSS pixels.
pub(super) fn run(text: &str, size: Size) -> i32 {
    let tenths = text.chars().map(size.measure()).fold(0, u32::saturating_add);
    let pixels = u64::from(tenths) * u64::from(pixels(size)) / 130 + 1;
    i32::try_from(pixels).unwrap_or(i32::MAX)
}

/// `room` in tenths of a CSS pixel, at the size of the drawings' titles.
fn limit(size: Size, room: i32) -> u32 {
    u32::try_from(room).unwrap_or_default() * 130 / pixels(size)
}

fn pixels(size: Size) -> u32 {
    u32::try_from(size.pixels).unwrap_or(1).max(1)
}

/// Whether a text reads from right to left: by its first letter that has a direction, as browsers see it.
pub(super) fn is_leftward(text: &str) -> bool {
    let strong = text.chars().find(|char| char.is_alphabetic());
    strong.is_some_and(|char| {
        matches!(char, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    })
}
