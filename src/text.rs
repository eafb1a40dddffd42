//! Words and counts as Roadbook writes them, everywhere alike, and words of an author made harmless where a terminal, a browser or a
//! workflow would obey them.

use std::fmt::Display;

/// `a`, `a and b`, `a, b and c`; nothing of nothing.
pub fn listed(words: &[impl AsRef<str>]) -> String {
    joined(words, " and ")
}

/// `a`, `a or b`, `a, b or c`; nothing of nothing.
pub fn either(words: &[impl AsRef<str>]) -> String {
    joined(words, " or ")
}

fn joined(words: &[impl AsRef<str>], before_last: &str) -> String {
    match words {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first, middle @ .., last] => {
            let mut text = first.as_ref().to_owned();
            for word in middle {
                text.push_str(", ");
                text.push_str(word.as_ref());
            }
            text + before_last + last.as_ref()
        }
    }
}

/// The first `max` words and how many more there are: `a, b and 3 more`. A single one more is named as well.
pub fn listed_up_to(max: usize, words: &[impl AsRef<str>]) -> String {
    let shown = if words.len() == max + 1 { words.len() } else { words.len().min(max) };
    let mut text: Vec<&str> = words[..shown].iter().map(AsRef::as_ref).collect();
    let more = format!("{} more", words.len() - shown);
    if shown < words.len() {
        text.push(&more);
    }
    listed(&text)
}

/// A name as diagnostics and notes quote it.
pub fn quoted(name: impl Display) -> String {
    format!("`{name}`")
}

/// A text as one value of YAML, in the quotes that it needs least escaping in: what advice gives is copied as it is.
pub fn yaml(text: &str) -> String {
    if text.contains(char::is_control) {
        // Only double quotes can hold a line end or a tab as itself.
        let escaped = |c: char| match c {
            '"' | '\\' => format!("\\{c}"),
            c if c.is_control() => format!("\\u{:04X}", u32::from(c)),
            c => c.to_string(),
        };
        format!("\"{}\"", text.chars().map(escaped).collect::<String>())
    } else if text.contains(['"', '\\']) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        format!("\"{text}\"")
    }
}

/// `1 item`, `12 items`.
pub fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// `1 item`, `12 items`, `1,024 items`: as pages show it.
pub fn grouped_count(number: usize, noun: &str) -> String {
    format!("{} {noun}{}", thousands(number as u64), if number == 1 { "" } else { "s" })
}

/// `1,024`.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The first letter large.
pub fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}

/// What is shown for a character: itself, U+FFFD for what a terminal or a browser would obey (control characters, and those that turn the
/// direction of what follows), and nothing for a mark of direction, which is not seen. Line ends and tabs are themselves.
pub fn visible(c: char) -> Option<char> {
    match c {
        '\n' | '\r' | '\t' => Some(c),
        '\u{200e}' | '\u{200f}' | '\u{61c}' => None,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some('\u{fffd}'),
        c if c.is_control() => Some('\u{fffd}'),
        c => Some(c),
    }
}

/// A text as it is [`visible`].
pub fn shown(text: String) -> String {
    if text.chars().all(|c| visible(c) == Some(c)) { text } else { text.chars().filter_map(visible).collect() }
}

/// The same of a text that is styled for a terminal: escapes stay.
pub fn styled(text: &str) -> String {
    text.chars().filter_map(|c| if c == '\u{1b}' { Some(c) } else { visible(c) }).collect()
}

/// An author's words on one line of a terminal or of a workflow's log, in which nothing is obeyed: no control character, and no command
/// to the workflow, which would begin with `::` at the start of a line or with `##[` anywhere.
pub fn one_line(text: &str) -> String {
    let space = |c: char| if matches!(c, '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}') { ' ' } else { c };
    let line: String = text.chars().map(space).filter_map(visible).collect();
    if !line.contains("::") && !line.contains("##[") {
        return line;
    }
    let mut out = String::with_capacity(line.len() + 1);
    let mut begins = true;
    for (offset, c) in line.char_indices() {
        out.push(c);
        // Any word may come to stand at the start of a line.
        if begins && line[offset..].starts_with("::")
            || c == '#' && line[offset..].starts_with("#[") && line[..offset].ends_with('#')
        {
            out.push(' ');
        }
        begins = c.is_whitespace();
    }
    out
}

/// JSON in which nothing is obeyed, as [`one_line`] has it: the same values, with escapes in the strings.
pub fn inert_json(json: String) -> String {
    let is_obeyed = |c: char| !c.is_ascii() && visible(c) != Some(c) || c == '\u{7f}';
    if !json.contains(is_obeyed) && !json.contains("##[") {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 8);
    for c in json.replace("##[", "#\\u0023[").chars() {
        // All of them are in the lower plane.
        if is_obeyed(c) { out.push_str(&format!("\\u{:04x}", u32::from(c))) } else { out.push(c) }
    }
    out
}

/// Fowler, Noll and Vo's hash FNV-1a of 64 bits: the same on every machine and in every version.
pub struct Fnv(u64);

impl Fnv {
    /// A hash of nothing yet, another one for each seed.
    pub fn new(seed: u64) -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325 ^ seed)
    }

    /// Adds one more thing: a byte, or a letter as a whole.
    pub fn add(&mut self, unit: u32) {
        self.0 = (self.0 ^ u64::from(unit)).wrapping_mul(0x0000_0100_0000_01b3);
    }

    /// The hash of what was added.
    pub fn value(&self) -> u64 {
        self.0
    }
}

/// Signs that make a template, a list or a doubt of words.
pub const DOUBT: &[char] =
    &['?', '？', '¿', '|', '｜', '/', '／', '\\', ',', ';', '%', '&', '+', '=', '<', '>', '~', '{', '}', '…'];

/// The word or words that a text is, squeezed and without the note that may stand behind in brackets or behind a dash; none where it is a template or a doubt, or where more words follow the note.
pub fn word(text: &str) -> Option<String> {
    parted(text).map(|parts| squeezed(parts.word))
}

/// A text that is a word, in its parts.
pub struct WordParts<'a> {
    /// The signs before the word.
    pub signs: &'a str,
    /// The word or words, with signs behind them.
    pub word: &'a str,
    /// The note behind it, with its brackets or dash.
    pub note: &'a str,
}

/// The parts of a text of which [`word`] is the word.
pub fn parted(text: &str) -> Option<WordParts<'_>> {
    let text = text.split("<!--").next().unwrap_or(text);
    let (signs, rest) = text.split_at(text.find(char::is_alphanumeric)?);
    let dash = [" - ", " – ", " — ", "—"].iter().filter_map(|dash| rest.find(dash)).min();
    let bracket = rest.find(['(', '[', '（', '【']);
    let end = [dash, bracket].into_iter().flatten().min().unwrap_or(rest.len());
    let (word, note) = rest.split_at(end);
    let is_note = bracket != Some(end) || is_bracketed(note);
    let is_in_doubt = |text: &str| text.contains(DOUBT) || text.contains("..");
    (is_note && !is_in_doubt(signs) && !is_in_doubt(word)).then_some(WordParts { signs, word, note })
}

/// Whether no word stands outside of the brackets.
fn is_bracketed(note: &str) -> bool {
    let mut depth = 0_usize;
    !note.chars().any(|c| {
        match c {
            '(' | '[' | '（' | '【' => depth += 1,
            ')' | ']' | '）' | '】' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && c.is_alphanumeric()
    })
}

/// Lower case, apostrophes dropped, everything but letters and digits a single space.
pub fn squeezed(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '\'' || c == '’' {
            continue;
        }
        if c.is_alphanumeric() {
            words.extend(c.to_lowercase());
        } else if !words.is_empty() && !words.ends_with(' ') {
            words.push(' ');
        }
    }
    words.truncate(words.trim_end().len());
    words
}

/// Whether a text has such a byte. All of them are looked at, without an end at the first that is found: so a processor judges many at once,
/// which is faster where most texts have none. `is` must have no branches (`|` and not `||`) to gain by it.
#[inline]
pub(crate) fn has_byte(text: &[u8], is: impl Fn(u8) -> bool) -> bool {
    text.iter().fold(false, |has, byte| has | is(*byte))
}
