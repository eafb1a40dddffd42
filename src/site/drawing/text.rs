//! How wide a text runs and where its lines break, without a font at hand.
//!
//! The widths are those of a common sans-serif, a little on the wide side. They only decide where a title breaks or is cut; where the
//! reader's font is wider still, the box has some air to its right.

use super::Node;

/// The size of titles, in CSS pixels; notes are smaller.
pub(super) const TITLE: u32 = 13;
pub(super) const NOTE: u32 = 11;

/// The widest a line of text may be, in tenths of a CSS pixel.
const LIMIT: u32 = 1320;

/// Widths of the ASCII characters from the space on, in tenths of a CSS pixel, at the size of titles.
const WIDTHS: &[u8; 95] = &[
    38, 40, 50, 78, 78, 122, 93, 28, 48, 48, 56, 82, 40, 48, 40, 42, // space to /
    78, 78, 78, 78, 78, 78, 78, 78, 78, 78, 40, 40, 82, 82, 82, 72, // 0 to ?
    135, 92, 92, 98, 100, 90, 85, 106, 102, 40, 72, 93, 78, 118, 104, 106, // @ to O
    90, 106, 98, 90, 86, 102, 92, 128, 90, 90, 86, 40, 42, 40, 68, 78, // P to _
    48, 78, 80, 74, 80, 78, 44, 80, 78, 34, 36, 72, 34, 118, 78, 80, // ` to o
    80, 80, 52, 72, 46, 78, 72, 104, 72, 72, 70, 50, 40, 50, 82, // p to ~
];

/// A box's text, broken into lines.
pub(super) struct Label<'a> {
    /// The title's lines; the second may be empty.
    pub(super) lines: [Cut<'a>; 2],
    pub(super) note: Cut<'a>,
    /// Of the widest line, in tenths of a CSS pixel.
    pub(super) width: u32,
}

/// A piece of text, and whether there was more.
#[derive(Clone, Copy)]
pub(in crate::site) struct Cut<'a> {
    pub(in crate::site) text: &'a str,
    pub(in crate::site) more: bool,
}

impl<'a> Label<'a> {
    pub(super) fn new(node: &Node<'a>) -> Label<'a> {
        let (first, rest) = first_line(node.title.trim(), LIMIT, width);
        let first = Cut { text: first, more: false };
        let lines = [first, cut(rest, LIMIT)];
        let note = cut(node.note.trim(), LIMIT * TITLE / NOTE);
        let widest = run(lines[0]).max(run(lines[1])).max(run(note) * NOTE / TITLE);
        Label { lines, note, width: widest }
    }
}

/// The most words that fit a line, and the rest; a word wider than a line is broken. Besides spaces, a line may break after a hyphen
/// or slash, and before or after any East Asian character that does not close what is before it.
pub(in crate::site) fn first_line(text: &str, limit: u32, measure: fn(char) -> u32) -> (&str, &str) {
    let is_wide = |char: char| width(char) >= WIDE;
    let (mut wide, mut broken, mut before) = (0, None, None);
    for (at, char) in text.char_indices() {
        let after = |before: char| matches!(before, '-' | '/') || (before != JOINER && is_wide(before));
        let ideograph = is_wide(char) && before.is_some_and(|before| before != JOINER);
        if char.is_whitespace()
            || (width(char) > 0 && !CLOSING.contains(char) && (ideograph || before.is_some_and(after)))
        {
            broken = Some(at);
        }
        wide += measure(char);
        if wide > limit && !char.is_whitespace() {
            let end = broken.unwrap_or_else(|| whole(text, at));
            return (text[..end].trim_end(), text[end..].trim_start());
        }
        before = Some(char);
    }
    (text, "")
}

/// The text, or as much of it as leaves room for an ellipsis; the limit is in tenths of a CSS pixel, at the size of titles.
pub(in crate::site) fn cut(text: &str, limit: u32) -> Cut<'_> {
    cut_by(text, limit, width)
}

/// The same by another measure.
pub(in crate::site) fn cut_by(text: &str, limit: u32, measure: fn(char) -> u32) -> Cut<'_> {
    let room = limit.saturating_sub(ELLIPSIS);
    let (mut wide, mut end) = (0, text.len());
    for (at, char) in text.char_indices() {
        wide += measure(char);
        if wide > room && end == text.len() {
            end = at;
        }
        if wide > limit {
            return Cut { text: text[..whole(text, end)].trim_end(), more: true };
        }
    }
    Cut { text, more: false }
}

/// `at`, or what is before it where it would part a character from what modifies it; never the start, so that there is some text.
fn whole(text: &str, at: usize) -> usize {
    let parts = |&(at, char): &(usize, char)| width(char) > 0 && !text[..at].ends_with(JOINER);
    let end = text.char_indices().skip(1).take_while(|&(index, _)| index <= at).filter(parts).last();
    end.map_or_else(|| text.chars().next().map_or(0, char::len_utf8), |(end, _)| end)
}

/// The width of a piece of text with its ellipsis, in tenths of a CSS pixel at the size of titles.
fn run(cut: Cut) -> u32 {
    cut.text.chars().map(width).sum::<u32>() + if cut.more { ELLIPSIS } else { 0 }
}

const ELLIPSIS: u32 = 130;
const JOINER: char = '\u{200d}';
const CLOSING: &str = "、。，．：；！？）」』】〉》々ー";
const WIDE: u32 = 132;

/// The width of a character, in tenths of a CSS pixel at the size of titles.
pub(in crate::site) fn width(char: char) -> u32 {
    match char {
        ' '..='~' => u32::from(WIDTHS[char as usize - ' ' as usize]),
        // Marks that stand on the character before, joiners and selectors.
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' => 0,
        // East Asian scripts, full-width forms and emoji.
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' => WIDE,
        '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}' | '\u{1f300}'..='\u{1faff}' | '\u{20000}'..='\u{3fffd}' => {
            WIDE
        }
        char if char.is_control() => 0,
        char if char.is_uppercase() => 98,
        _ => 82,
    }
}
