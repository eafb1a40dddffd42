//! Where front matter lies in a file: between which lines, in which language, and what it looks like where it is out of place.

use std::ops::Range;

use super::lines::{field_name, indentation, lines};

/// The language of front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Yaml,
    Toml,
}

/// Where the head of a file lies, in bytes.
pub(super) enum Bounds {
    None,
    Closed(Block),
    /// No line closes it: the language, the words of the line that opens it and where its first field stands.
    Open(Form, Range<usize>, usize),
}

/// Front matter between its two lines, in bytes.
pub(super) struct Block {
    pub(super) form: Form,
    /// The words of the line that opens it.
    pub(super) opening: Range<usize>,
    /// What stands between the two lines.
    pub(super) head: Range<usize>,
    /// Where the line after the second one begins.
    pub(super) body: usize,
}

/// Looks for front matter at the beginning of `text`. Comments of HTML may stand before it, and blanks and signs that nobody sees in its first
/// line, where a field follows at once: a line of dashes may be a thematic break.
pub(super) fn bounds(text: &str) -> Bounds {
    let mut all = lines(text, 0..text.len());
    let mut is_exact = true;
    let mut comment = false;
    for line in all.by_ref() {
        let words = bare(&text[line.clone()]);
        if comment || words.starts_with("<!--") {
            is_exact = false;
            let Some((_, behind)) = words.split_once("-->") else {
                comment = true;
                continue;
            };
            comment = false;
            if !behind.trim().is_empty() {
                return Bounds::None;
            }
        } else if !words.is_empty() {
            let is_usual = is_exact && text[line.clone()].trim_end() == "---";
            return match block(text, line.clone(), is_usual) {
                Some(bounds) => bounds,
                None => Bounds::None,
            };
        }
    }
    Bounds::None
}

/// More front matter right behind some that ends at `from`.
pub(super) fn next(text: &str, from: usize) -> Option<Block> {
    let first = lines(text, from..text.len()).find(|line| !text[line.clone()].trim().is_empty())?;
    match block(text, first, false)? {
        Bounds::Closed(block) => Some(block),
        Bounds::None | Bounds::Open(..) => None,
    }
}

/// Fields that stand right behind front matter which ends at `from`, up to a line that closes some: it was closed too early.
pub(super) fn rest(text: &str, from: usize) -> Option<Block> {
    let mut all = lines(text, from..text.len()).take_while(|line| !text[line.clone()].trim().is_empty());
    let first = all.next().filter(|line| is_field(Form::Yaml, &text[line.clone()]))?;
    let closing = all.find(|line| ["---", "..."].contains(&text[line.clone()].trim_end()))?;
    let opening = first.start..first.start + text[first].trim_end().len();
    Some(Block { form: Form::Yaml, opening, head: from..closing.start, body: closing.end })
}

/// What looks like front matter and stands below other text: between two lines that fence it, behind a blank line, a heading or a comment, and
/// not in a block of code.
pub(super) fn late(text: &str) -> impl Iterator<Item = Block> {
    let (mut is_code, mut is_apart) = (false, true);
    let fences = lines(text, 0..text.len()).filter(move |line| {
        let words = text[line.clone()].trim();
        is_code ^= words.starts_with("```") || words.starts_with("~~~");
        let is_fence = !is_code && is_apart && ["---", "+++"].contains(&words);
        is_apart = words.is_empty() || words.starts_with('#') || words.ends_with("-->");
        is_fence
    });
    fences.filter_map(|line| match block(text, line, false) {
        Some(Bounds::Closed(block)) => Some(block),
        _ => None,
    })
}

/// The front matter that `line` opens; none where it opens none. Unless it `is_usual`, a field has to stand right below it.
fn block(text: &str, line: Range<usize>, is_usual: bool) -> Option<Bounds> {
    let written = &text[line.clone()];
    let words = bare(written);
    let (form, sign) = fence(words)?;
    let start = line.end;
    // Below a line that names its language there may be comments.
    let is_named = words != "---";
    let is_comment = |line: &Range<usize>| is_named && text[line.clone()].trim_start().starts_with('#');
    let is_begun = || {
        let mut below = lines(text, start..text.len()).skip_while(is_comment);
        below.next().is_some_and(|line| is_field(form, &text[line]))
    };
    if !is_usual && !is_begun() {
        return None;
    }
    let indent = if is_usual { 0 } else { indentation(written) };
    let closes = |line: &Range<usize>| {
        let words = &text[line.clone()];
        let words = if is_usual { words.trim_end() } else { bare(words) };
        (words == sign || words == "..." && form == Form::Yaml) && indentation(&text[line.clone()]) <= indent
    };
    let opening = line.start + written.find(words).unwrap_or_default();
    let opening = opening..opening + words.len();
    Some(match lines(text, start..text.len()).find(closes) {
        Some(closing) => Bounds::Closed(Block { form, opening, head: start..closing.start, body: closing.end }),
        None => Bounds::Open(form, opening, start),
    })
}

/// The language that a line opens, and the line that closes it.
fn fence(words: &str) -> Option<(Form, &'static str)> {
    let language = |sign| words.strip_prefix(sign).map(|rest| rest.trim().to_lowercase());
    match language("---").as_deref() {
        Some("" | "yaml" | "yml") => return Some((Form::Yaml, "---")),
        Some("toml") => return Some((Form::Toml, "---")),
        _ => {}
    }
    ["", "toml"].contains(&language("+++")?.as_str()).then_some((Form::Toml, "+++"))
}

/// A line without blanks and signs that nobody sees at its ends.
fn bare(line: &str) -> &str {
    line.trim_matches(|c: char| {
        c.is_whitespace() || c.is_control() || "\u{ad}\u{feff}\u{200b}\u{200c}\u{200d}\u{2060}".contains(c)
    })
}

/// Whether a line gives a value to a name.
fn is_field(form: Form, line: &str) -> bool {
    let words = line.trim_start();
    match form {
        Form::Yaml => field_name(words).is_some(),
        Form::Toml => {
            let name = words.split('=').next().filter(|name| name.len() < words.len());
            let is_name = |c: char| c.is_alphanumeric() || " \t._-\"'".contains(c);
            words.starts_with('[') || name.is_some_and(|name| !name.trim().is_empty() && name.chars().all(is_name))
        }
    }
}

/// Where a head without a closing line ends: at the first blank line or heading, if it begins with a field.
pub(super) fn fields_end(text: &str, form: Form, range: Range<usize>) -> Option<usize> {
    let first = text.get(lines(text, range.clone()).next()?)?;
    let body = |line: &Range<usize>| text[line.clone()].trim().is_empty() || is_heading(&text[line.clone()]);
    is_field(form, first).then(|| lines(text, range.clone()).find(body).map_or(range.end, |line| line.start))
}

/// Where a head that is not sound runs on into the body: at a blank line with a heading and then something that is no
/// field behind it.
pub(super) fn runs_on(text: &str, range: Range<usize>) -> Option<usize> {
    field_name(text.get(lines(text, range.clone()).next()?)?)?;
    let mut blank = None;
    let mut heading = None;
    for line in lines(text, range) {
        let words = &text[line.clone()];
        if words.trim().is_empty() {
            blank.get_or_insert(line.start);
        } else if is_heading(words) {
            heading = heading.or(blank);
        } else if words.starts_with('#') {
            // A comment or a tag: neither field nor prose.
        } else if heading.is_some() && field_name(words).is_none() {
            return heading;
        } else {
            (blank, heading) = (None, None);
        }
    }
    None
}

/// A Markdown heading; for YAML the same line is a comment.
fn is_heading(line: &str) -> bool {
    let words = line.trim_start_matches('#');
    (1..=6).contains(&(line.len() - words.len())) && words.starts_with(' ') && !words.trim().is_empty()
}
