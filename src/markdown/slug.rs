//! The anchors of headings: GitHub's, so that a link to a section works there and here.

use std::collections::HashMap;

/// The anchor that a heading's text makes: lower case, letters, marks, numbers, `_` and `-` kept, a space within turned into `-`, anything
/// else left out.
pub(super) fn of(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            'a'..='z' | '0'..='9' | '-' | '_' => slug.push(c),
            'A'..='Z' => slug.push(c.to_ascii_lowercase()),
            ' ' => slug.push('-'),
            c if c.is_ascii() => {}
            c if c.is_alphanumeric() || is_mark(c) => slug.extend(c.to_lowercase()),
            _ => {}
        }
    }
    slug
}

/// Whether a character is a combining mark that does not count as a letter: accents, viramas, vowel and tone signs,
/// variation selectors (Unicode's general category M beyond the property Alphabetic, for scripts in common use).
fn is_mark(c: char) -> bool {
    // The Indic blocks from Devanagari to Sinhala are laid out alike, 128 characters each.
    let indic = |c: char| matches!(c as u32 % 128, 0x3c | 0x4d);
    match c {
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{64b}'..='\u{65f}' => true,
        '\u{900}'..='\u{d7f}' => indic(c),
        '\u{dca}' | '\u{e47}'..='\u{e4e}' | '\u{ec8}'..='\u{ecd}' | '\u{1037}' | '\u{1039}' | '\u{103a}' => true,
        '\u{17c9}'..='\u{17d3}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20f0}' => true,
        '\u{3099}' | '\u{309a}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}' => true,
        _ => false,
    }
}

/// The anchors given out so far, each with the number that its next namesake tries first.
#[derive(Default)]
pub(super) struct Slugs(HashMap<String, u32>);

impl Slugs {
    /// The anchor of a heading with this text, made unique on its page with `-1`, `-2`, …; one without a letter is called `section`.
    pub(super) fn unique(&mut self, text: &str) -> String {
        let slug = of(text);
        let slug = if slug.is_empty() { "section".to_owned() } else { slug };
        let Some(&first) = self.0.get(&slug) else {
            self.0.insert(slug.clone(), 1);
            return slug;
        };
        let mut number = first;
        let mut named = format!("{slug}-{number}");
        while self.0.contains_key(&named) {
            number += 1;
            named = format!("{slug}-{number}");
        }
        self.0.insert(slug, number + 1);
        self.0.insert(named.clone(), 1);
        named
    }
}
