//! Formulas in prose, `$x^2$` and `$$…$$`: which dollars begin one.
//!
//! The parser takes any two dollars that could be the ends of a formula, and what lies between them for its source: `from 5$ to (7$)` would lose
//! its markup. So a body with dollars is read once more than others, and what cannot be a formula is kept from the parser.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Options};

use super::read::parser;
use super::stand_ins;

/// How often a body is read to find them. Each pass may pair dollars anew; where that has no end, none of them is a formula.
const PASSES: usize = 6;

/// The text in which no dollar but a formula's can be the end of one; `None` where it has no formula, or where none can be told from the
/// names of links.
pub(super) fn prepared<'a>(text: &Cow<'a, str>) -> Option<Cow<'a, str>> {
    // Two dollars are the least.
    text.find('$').filter(|first| text[first + 1..].contains('$'))?;
    let has_names = text.contains("[[") || text.contains("]:");
    let mut text = text.clone();
    for _ in 0..PASSES {
        let mut has_formulas = false;
        let mut others = Vec::new();
        for (event, range) in parser(&text, Options::ENABLE_MATH, None) {
            match event {
                Event::InlineMath(_) | Event::DisplayMath(_) if is_formula(&text, &range) => has_formulas = true,
                Event::InlineMath(_) | Event::DisplayMath(_) if has_names && is_about_brackets(&text, &range) => {
                    return None;
                }
                Event::InlineMath(_) => others.push(range.start..range.start + 1),
                Event::DisplayMath(_) => others.push(range.start..range.start + 2),
                _ => {}
            }
        }
        if others.is_empty() {
            return has_formulas.then_some(text);
        }
        text = stand_ins::hidden(text, &others);
    }
    None
}

/// Whether dollars may be part of the name of a link, which must keep them: `[[US$5 or A$6]]`.
fn is_about_brackets(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].bytes().rev().take(1000).find(|byte| matches!(byte, b'[' | b']'));
    before == Some(b'[') || text[range.clone()].contains(']')
}

/// Whether what the parser took for a formula is one. As on GitHub, a letter or a digit beside it says that it is none; and it must look
/// like one: one word, or with a sign of formulas, and without links and code.
fn is_formula(text: &str, range: &Range<usize>) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '?' | '&' | '=' | '#' | '%' | '.');
    let begins = !text[..range.start].ends_with(is_word);
    let ends = !text[range.end..].starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '{' | '('));
    let source = text[range.clone()].trim_matches('$');
    if let Some(source) = in_backticks(source) {
        return begins && ends && !source.contains('`');
    }
    let has_markup = source.contains('`')
        || stand_ins::has_dollar(source)
        || ["](", "[[", "://", "]["].iter().any(|markup| source.contains(markup));
    let has_signs = source.contains(['\\', '^', '_']);
    let has_operators = !source.starts_with(|c: char| c.is_ascii_digit()) && source.contains(['=', '+', '<', '>', '{']);
    let is_one_word = !source.contains(char::is_whitespace) && source.contains(char::is_alphabetic);
    begins && ends && !has_markup && (has_signs || has_operators || is_one_word)
}

/// A formula between its dollars. GitHub's other form of it, `` $`x^2`$ ``, has backticks besides.
pub(super) fn written(source: &str, dollars: &str) -> String {
    format!("{dollars}{}{dollars}", in_backticks(source).unwrap_or(source))
}

fn in_backticks(source: &str) -> Option<&str> {
    source.strip_prefix('`')?.strip_suffix('`').filter(|source| !source.is_empty())
}
