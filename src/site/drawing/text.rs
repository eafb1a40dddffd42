//! How wide text runs at most, and where its lines break, without a font at hand.
//!
//! Nobody knows which font a reader has, and nothing may be measured in the page. So every character counts as wide as in the widest of the
//! usual fonts: DejaVu Sans, DejaVu Serif, Verdana, Noto and Liberation. What breaks or is cut a little early reads better than what runs
//! out of its box.

use super::DrawingNode;
use crate::text::visible;

/// The size of titles, in CSS pixels; notes are smaller.
pub(super) const TITLE: u32 = 13;
pub(super) const NOTE: u32 = 11;

/// The widest a line of text may be, in tenths of a CSS pixel.
const LIMIT: u32 = 1360;

/// Widths of the ASCII characters from the space on, in tenths of a CSS pixel, at the size of titles.
const REGULAR: &[u8; 95] = &[
    46, 53, 60, 109, 83, 140, 116, 36, 60, 60, 83, 109, 48, 60, 48, 60, // space to /
    83, 83, 83, 83, 83, 83, 83, 83, 83, 83, 60, 60, 109, 109, 109, 73, // 0 to ?
    132, 94, 96, 100, 105, 95, 91, 104, 114, 55, 73, 98, 87, 134, 114, 107, // @ to O
    88, 107, 98, 90, 87, 110, 94, 134, 94, 94, 91, 60, 60, 60, 109, 83, // P to _
    83, 80, 84, 73, 84, 80, 49, 84, 84, 42, 45, 79, 42, 127, 84, 80, // ` to o
    84, 84, 63, 68, 53, 84, 77, 112, 77, 77, 69, 83, 72, 83, 109, // p to ~
];
/// The same of a bold weight.
const BOLD: &[u8; 95] = &[
    46, 60, 73, 109, 91, 140, 118, 40, 62, 62, 83, 109, 50, 60, 50, 60, // space to /
    91, 91, 91, 91, 91, 91, 91, 91, 91, 91, 60, 60, 109, 109, 109, 80, // 0 to ?
    132, 101, 110, 104, 113, 100, 93, 112, 123, 61, 73, 113, 92, 144, 119, 114, // @ to O
    98, 114, 109, 94, 97, 114, 101, 146, 101, 95, 95, 62, 60, 62, 109, 83, // P to _
    83, 88, 94, 80, 94, 89, 57, 94, 95, 50, 48, 91, 50, 138, 95, 90, // ` to o
    94, 94, 69, 78, 63, 95, 85, 121, 84, 85, 76, 93, 72, 93, 109, // p to ~
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
    pub(super) fn new(node: &DrawingNode<'a>) -> Label<'a> {
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
    let (mut wide, mut broken, mut before) = (0, None, None);
    for (offset, char) in text.char_indices() {
        let after = |before: char| matches!(before, '-' | '/') || is_ideograph(before);
        let ideograph = is_ideograph(char) && before.is_some_and(|before| before != JOINER);
        if char.is_whitespace()
            || (width(char) > 0 && !CLOSING.contains(char) && (ideograph || before.is_some_and(after)))
        {
            broken = Some(offset);
        }
        wide += measure(char);
        if wide > limit && !char.is_whitespace() {
            let end = broken.unwrap_or_else(|| whole(text, offset));
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
    for (offset, char) in text.char_indices() {
        wide += measure(char);
        if wide > room && end == text.len() {
            end = offset;
        }
        if wide > limit {
            return Cut { text: text[..whole(text, end)].trim_end(), more: true };
        }
    }
    Cut { text, more: false }
}

/// `at`, or what is before it where it would part a character from what modifies it; never the start, so that there is some text.
fn whole(text: &str, offset: usize) -> usize {
    let parts = |&(offset, char): &(usize, char)| width(char) > 0 && !text[..offset].ends_with(JOINER);
    let end = text.char_indices().skip(1).take_while(|&(index, _)| index <= offset).filter(parts).last();
    end.map_or_else(|| text.chars().next().map_or(0, char::len_utf8), |(end, _)| end)
}

/// The width of a piece of text with its ellipsis, in tenths of a CSS pixel at the size of titles.
fn run(cut: Cut) -> u32 {
    cut.text.chars().map(width).sum::<u32>() + if cut.more { ELLIPSIS } else { 0 }
}

const ELLIPSIS: u32 = 130;
const JOINER: char = '\u{200d}';
const CLOSING: &str = "、。，．：；！？）」』】〉》々ー";

/// The most that a character takes, in tenths of a CSS pixel at the size of titles: 130 is as wide as high.
pub(in crate::site) fn width(char: char) -> u32 {
    match char {
        ' '..='~' => u32::from(REGULAR[char as usize - ' ' as usize]),
        // A space is drawn in its place.
        char if char.is_control() => width(' '),
        // What is not seen, and what is drawn as the sign of a replaced character.
        char if visible(char).is_none() => 0,
        char if visible(char) != Some(char) => width('\u{fffd}'),
        char if is_mark(char) => 0,
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
        '‘' | '’' | '‚' | '‹' | '›' => 60,
        '“' | '”' | '„' | '–' | '•' => 86,
        '\u{2000}'..='\u{206f}' => 140,
        // Signs and arrows.
        '\u{27f0}'..='\u{27ff}' => 240,
        '\u{2070}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}' => 182,
        // As wide as high, in every font.
        char if is_ideograph(char) => 132,
        _ => 190,
    }
}

/// The same of a bold weight.
pub(in crate::site) fn bold_width(char: char) -> u32 {
    match char {
        ' '..='~' => u32::from(BOLD[char as usize - ' ' as usize]),
        char => width(char) * 115 / 100,
    }
}

/// East Asian scripts and full-width forms, whose lines break between any two characters.
fn is_ideograph(char: char) -> bool {
    matches!(char,
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{a4cf}' | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}'
        | '\u{fe10}'..='\u{fe1f}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{1f300}'..='\u{1faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// What stands on the character before and takes no room of its own.
fn is_mark(char: char) -> bool {
    matches!(char,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}'..='\u{5c2}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}'
        | '\u{feff}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0000}'..='\u{e01ef}')
}
