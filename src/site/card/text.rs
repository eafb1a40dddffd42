//! How wide text runs at most, whatever sans-serif font its reader has.
//!
//! A card is shown where no script can measure, so each character counts about as wide as in the widest of the usual fonts (DejaVu Sans and
//! the Noto families): what is cut a little early reads better than what runs over its neighbour. What is wider still runs into the air
//! around its box, and no further.

use crate::site::drawing::{Cut, cut_by, first_line, width};

/// A size of text, in CSS pixels.
#[derive(Clone, Copy)]
pub(super) struct Size {
    pub(super) pixels: i32,
    pub(super) is_bold: bool,
}

/// The text, or as much of it as leaves room for an ellipsis, in `room` CSS pixels.
pub(super) fn cut(text: &str, size: Size, room: i32) -> Cut<'_> {
    cut_by(text, limit(size, room), most)
}

/// The text on at most `most_lines` lines, the last of them cut where it must be.
pub(super) fn lines(text: &str, size: Size, room: i32, most_lines: usize) -> Vec<Cut<'_>> {
    let mut lines = Vec::new();
    let mut rest = text;
    while lines.len() + 1 < most_lines && !rest.is_empty() {
        let (line, left) = first_line(rest, limit(size, room), most);
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
    let tenths = text.chars().map(most).fold(0, u32::saturating_add);
    let pixels = u64::from(tenths) * u64::from(scale(size)) / 1300 + 1;
    i32::try_from(pixels).unwrap_or(i32::MAX)
}

/// `room` in the measure of [`most`].
fn limit(size: Size, room: i32) -> u32 {
    u32::try_from(room).unwrap_or_default() * 1300 / scale(size)
}

/// The size in tenths; letters of a bold weight are wider by about a seventh.
fn scale(size: Size) -> u32 {
    u32::try_from(size.pixels).unwrap_or(1).max(1) * if size.is_bold { 115 } else { 100 } / 10
}

/// The most that a character takes, in tenths of a CSS pixel at 13 pixels: 130 is as wide as high.
fn most(char: char) -> u32 {
    match char {
        // The table of the drawings is of a common font.
        'm' => 127,
        ' '..='~' => width(char) * 26 / 25,
        char if char.is_control() || is_mark(char) => 0,
        'æ' | 'œ' | 'ŵ' | 'ж' | 'ш' | 'щ' | 'ю' | 'ф' | 'њ' | 'љ' | 'ы' | 'ω' => 130,
        'Æ' | 'Œ' | 'Ŵ' | 'Ж' | 'Ш' | 'Щ' | 'Ю' | 'Ф' | 'Њ' | 'Љ' | 'Ы' | 'М' => 150,
        // Latin, Greek and Cyrillic.
        '\u{a0}'..='\u{52f}' | '\u{1e00}'..='\u{1fff}' => {
            if char.is_uppercase() {
                112
            } else {
                92
            }
        }
        // Letters with a long body, and ligatures, of which one is a whole sentence.
        'س' | 'ش' | 'ص' | 'ض' | 'ط' | 'ظ' | 'ث' | 'ب' | 'ت' | 'ف' | 'ق' | 'ك' | 'ک' | 'گ' | 'پ' | 'ی' => {
            120
        }
        '\u{fdfa}'..='\u{fdff}' => 1600,
        '\u{fb00}'..='\u{fdf9}' | '\u{fe70}'..='\u{feff}' => 190,
        '\u{590}'..='\u{8ff}' => 82,
        // Scripts of India and its neighbours: signs that stand beside their letter count as letters.
        '\u{900}'..='\u{b7f}' => 105,
        '\u{b80}'..='\u{dff}' | '\u{f00}'..='\u{109f}' | '\u{1200}'..='\u{139f}' | '\u{1780}'..='\u{18af}' => 145,
        '\u{e00}'..='\u{eff}' => 95,
        // Spaces and dashes, of which some are as wide as three letters.
        '\u{2e3a}'..='\u{2e3b}' => 400,
        '\u{2000}'..='\u{206f}' => 140,
        // Signs and arrows.
        '\u{27f0}'..='\u{27ff}' => 240,
        '\u{2070}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}' => 182,
        // East Asian scripts, and full-width forms.
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{a4cf}' | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}' => 138,
        '\u{f900}'..='\u{faff}' | '\u{fe10}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}' => 138,
        _ => 190,
    }
}

/// What stands on the character before and takes no room of its own.
fn is_mark(char: char) -> bool {
    matches!(char,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}'..='\u{5c2}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}'
        | '\u{feff}' | '\u{e0000}'..='\u{e01ef}')
}

/// Whether a text reads from right to left: by its first letter that has a direction, as browsers see it.
pub(super) fn is_leftward(text: &str) -> bool {
    let strong = text.chars().find(|char| char.is_alphabetic());
    strong.is_some_and(|char| {
        matches!(char, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    })
}
