//! Names: which spellings are one name, and how a name stands in an id and in an address. The one home of `unicode-normalization`.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{UnicodeNormalization as _, is_nfc, is_nfkc};

use crate::text::Fnv;

/// A text with every letter composed (Unicode's form NFC): what macOS takes apart in the names of files is the same name.
pub fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// A text with the usual letters and signs in place of their wide, bold and other forms (Unicode's form NFKC): `ｖｉｓｉｂｌｅ：` is `visible:`. For
/// what must be heard however it was typed; what is shown keeps its form.
pub fn narrow(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfkc(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfkc().collect()) }
}

/// A name as names are compared: composed, in lower case.
pub fn folded(name: &str) -> String {
    composed(name).to_lowercase()
}

/// What names are sorted by so that they stand as people sort them: case aside, numbers by what they count, `TASK-2` before `TASK-10`.
pub fn natural_key(name: &str) -> String {
    /// More digits than any number that people count by.
    const MOST: usize = 40;
    let folded = folded(name);
    let mut key = String::with_capacity(folded.len() + 4);
    let mut rest = folded.as_str();
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, digits) = rest.split_at(start);
        let (digits, after) = digits.split_at(digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len()));
        let number = digits.trim_start_matches('0');
        key.push_str(before);
        // A number with more digits is greater; all stand where digits do, before letters.
        key.push(char::from(b'0' + number.len().min(MOST) as u8));
        key.push_str(number);
        rest = after;
    }
    key + rest
}

/// A text as titles are compared: [`folded`], its words with one space between.
pub fn folded_words(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for word in folded(text).split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
}

/// A name as it stands in an id that is made from it: composed, in lower case; letters, digits, marks on letters and emoji of any script,
/// `.` and `_`. A sign that is attached to a word and tells it from another is put in words (`c++` is `c-plus-plus`); all else is one `-`.
pub fn slug(name: &str) -> String {
    let name = composed(name);
    let mut slug = Slug::default();
    let mut before = None;
    for sign in spoken(&name).chars() {
        let is_marked = before.is_some_and(|before| is_letter(before) || is_mark(before));
        match is_emoji(sign) || is_mark(sign) && is_marked {
            true => slug.letter(sign),
            false => slug.sign(sign),
        }
        before = Some(sign);
    }
    let slug = slug.end();
    match slug.is_empty() {
        // Of nothing but signs, each tells the name from others.
        true if name.chars().any(|sign| !sign.is_whitespace()) => {
            let codes: Vec<String> = name.split_whitespace().flat_map(str::chars).map(code).collect();
            shortened(codes.join("-"))
        }
        true => "_".to_owned(),
        false => shortened(slug),
    }
}

/// The name of a page's file, without its ending: the slug, where no system keeps that name for something else.
pub fn address(name: &str) -> String {
    let mut slug = slug(name);
    let device = slug.split('.').next().unwrap_or_default();
    if is_device(device) {
        slug.insert(device.len(), '_');
    }
    slug
}

/// What is the same of all spellings of one name and of no other: its address, and beside it letters and signs, whatever their case and
/// composition. Spaces and dashes between them are one, and what nobody sees counts for nothing.
pub fn key(name: &str) -> (String, String) {
    (address(name), signs(name))
}

/// What tells a name from others that have its address.
pub fn signs(name: &str) -> String {
    let name = folded(name);
    let mut key = String::with_capacity(name.len());
    let mut gap = String::new();
    for sign in name.trim().chars() {
        match sign {
            _ if is_unseen(sign) => {}
            _ if sign.is_whitespace() || is_dash(sign) => gap.push(sign),
            _ => {
                // A dash in front of a name or behind it is a sign like others.
                let is_between = !key.is_empty() && !gap.is_empty();
                key.push_str(if is_between { "-" } else { &gap });
                gap.clear();
                key.push(match sign {
                    '‘' | '’' => '\'',
                    '“' | '”' => '"',
                    sign => sign,
                });
            }
        }
    }
    key + &gap
}

/// The address of a name where another name has that of its slug: with a number that is made from the key of the name. `nth` counts the
/// attempts, should that be taken, too.
pub fn address_beside(name: &str, nth: u64) -> String {
    let mut sum = Fnv::new(nth);
    signs(name).chars().for_each(|sign| sum.add(u32::from(sign)));
    let sum = sum.value();
    format!("{}-{:08x}", address(name), (sum >> 32) ^ (sum & 0xffff_ffff))
}

/// What the address of a name was before marks, emoji and attached signs counted, where it was another one. Links to it still arrive.
pub fn old_address(name: &str) -> Option<String> {
    // Most names are made of what every rule has kept, and all of them are asked whenever a site is made.
    if name.len() <= LONGEST && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_ ".contains(&byte)) {
        return None;
    }
    let mut slug = Slug::default();
    name.chars().for_each(|sign| slug.sign(sign));
    let mut old = slug.end();
    let end = (0..=LONGEST.min(old.len())).rev().find(|&index| old.is_char_boundary(index)).unwrap_or(0);
    old.truncate(end);
    let is_file = !old.is_empty() && !is_device(old.split('.').next().unwrap_or_default());
    (is_file && old != address(name)).then_some(old)
}

/// A name with the signs that are part of it in words: `C++` is `C plus plus`.
pub fn spoken(name: &str) -> Cow<'_, str> {
    if !name.contains(['+', '#', '&', '*', '%', '=', '.', '$']) {
        return Cow::Borrowed(name);
    }
    let mut text = String::with_capacity(name.len());
    let (mut before, mut signs) = (None, name.chars().peekable());
    while let Some(sign) = signs.next() {
        match word_of(sign, before, signs.peek().copied()) {
            Some(word) => text.extend([" ", word, " "]),
            None => text.push(sign),
        }
        before = Some(sign);
    }
    Cow::Owned(text)
}

/// A slug while it is made.
#[derive(Default)]
struct Slug(String);

impl Slug {
    fn letter(&mut self, letter: char) {
        self.0.extend(letter.to_lowercase());
    }

    fn gap(&mut self) {
        if !self.0.is_empty() && !self.0.ends_with('-') {
            self.0.push('-');
        }
    }

    fn sign(&mut self, sign: char) {
        if sign.is_alphanumeric() || sign == '_' {
            self.letter(sign);
        } else if sign == '.' && !self.0.is_empty() && !self.0.ends_with(['.', '-']) {
            self.0.push('.');
        } else if sign != '\'' && sign != '’' {
            self.gap();
        }
    }

    fn end(mut self) -> String {
        let end = self.0.trim_end_matches(['-', '.']).len();
        self.0.truncate(end);
        self.0
    }
}

/// The word for a sign that is part of a name: behind a letter, a digit or another such sign, as in `C#`, `R&D` and `50%`, or alone in
/// front, as in `.NET` and `+1`. `#7` is a number and `@ana` a person, with or without the sign.
fn word_of(sign: char, before: Option<char>, after: Option<char>) -> Option<&'static str> {
    let is_behind = before.is_some_and(|before| is_letter(before) || is_mark(before) || before == sign);
    let is_in_front = before.is_none_or(char::is_whitespace);
    let goes_on = after.is_some_and(char::is_alphanumeric);
    let is_at_end = is_behind && !goes_on;
    match sign {
        '+' if is_behind || is_in_front && goes_on => Some("plus"),
        '#' if is_at_end => Some("sharp"),
        '&' if is_behind && goes_on => Some("and"),
        '*' if is_at_end => Some("star"),
        '%' if is_at_end => Some("percent"),
        '=' if is_behind && goes_on => Some("equals"),
        '.' if is_in_front && goes_on => Some("dot"),
        '$' if is_in_front && goes_on => Some("dollar"),
        _ => None,
    }
}

fn is_letter(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '_'
}

/// A mark that is written on or under a letter. The signs that choose between a drawing in colour and one in black are none: people cannot
/// tell which they typed.
fn is_mark(sign: char) -> bool {
    is_combining_mark(sign) && !('\u{fe00}'..='\u{fe0f}').contains(&sign)
}

fn is_dash(sign: char) -> bool {
    matches!(sign, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Signs that are not drawn: they join, choose a drawing, or turn the direction of reading.
fn is_unseen(sign: char) -> bool {
    let is_format = matches!(sign, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    is_format || sign.is_control() || ('\u{fe00}'..='\u{fe0f}').contains(&sign)
}

fn is_emoji(sign: char) -> bool {
    matches!(sign, '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// A sign by its number in Unicode.
fn code(sign: char) -> String {
    format!("u{:x}", u32::from(sign))
}

/// Names that Windows keeps for devices, whatever ending they have.
fn is_device(name: &str) -> bool {
    let numbered = name.strip_prefix("com").or_else(|| name.strip_prefix("lpt"));
    let is_number = |rest: &str| rest.chars().count() == 1 && rest.chars().all(|digit| "123456789¹²³".contains(digit));
    ["aux", "con", "nul", "prn", "conin$", "conout$"].contains(&name) || numbered.is_some_and(is_number)
}

/// File systems allow 255 bytes a name; the ending and what tells two files apart need some of them.
const LONGEST: usize = 180;

/// A slug that is not too long for a file's name. What is cut off still counts, as a number at the end.
fn shortened(mut slug: String) -> String {
    if slug.len() > LONGEST {
        let mut sum = Fnv::new(0);
        slug.bytes().for_each(|byte| sum.add(u32::from(byte)));
        let sum = sum.value();
        let end = (0..=LONGEST - 17).rev().find(|&index| slug.is_char_boundary(index)).unwrap_or(0);
        slug.truncate(end);
        slug.push_str(&format!("-{sum:016x}"));
    }
    slug
}
