//! What stands outside of front matter, or in it and is no field of its own, where nobody reads it as one and nobody takes away what is
//! internal.

use std::borrow::Cow;

use super::audience::{is_near_visibility, may_be_visibility};
use super::flags::{closes, declares, has_closed, is_yes_or_no};
use crate::diagnostic::{Code, Diagnostic};
use crate::name;
use crate::nearest::plain;
use crate::parse::{Document, Field, Node, Value};
use crate::source::Span;

/// Where front matter would be.
const HEAD_LINES: usize = 40;
/// The longest text, in bytes, that may be a name with the signs about it.
const MAX_NAME: usize = 64;

/// The lines of a text, whichever sign ends one for YAML, an editor or a person.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'])
}

/// Whether one of the fields of `names`, in their plain form, is written where front matter may have been meant: at the head of a file that has
/// none, or in the first paragraph behind it, where it was closed too early.
pub fn writes_outside(document: &Document, names: &[String]) -> bool {
    if names.is_empty() {
        return false;
    }
    let gives = |part: &str| names.contains(&plain(part));
    let is_given = |line: &str| {
        let mut cells = line.split('|').filter(|_| line.trim_start().starts_with('|'));
        let names_one = |part: &str| {
            let part = part.trim_start_matches(|c: char| !c.is_alphanumeric());
            part.split_once(GIVES).is_some_and(|(name, _)| gives(name))
        };
        cells.any(gives)
            || names_one(line)
            || parts(line).iter().any(|part| names_one(part))
            || heading(line).is_some_and(gives)
    };
    // A name alone, with what belongs to it on the next line: a heading that is underlined, an entry of a list of definitions.
    let is_above = |pair: &[&str]| gives(pair[0]) && (is_underline(pair[1]) || pair[1].trim_start().starts_with(": "));
    let body = document.source.slice(document.body);
    let is_rule = |line: &&str| line.trim().chars().all(|c| c == '-' || c == '.');
    let all = lines(body).take(HEAD_LINES);
    match document.fields.is_empty() || document.body.start == 0 {
        true => {
            let all: Vec<&str> = all.collect();
            all.iter().any(|line| is_given(line)) || all.windows(2).any(is_above)
        }
        false => all.skip_while(is_rule).take_while(|line| !line.trim().is_empty()).any(is_given),
    }
}

/// What stands between a name and its value.
const GIVES: [char; 7] = [':', '=', '：', '＝', '→', '–', '—'];

/// What stands between two fields in one line.
const PARTS: [char; 5] = ['·', '•', '¦', ';', '│'];

/// The parts of a line in which several fields may stand, `**Owner:** ana · **Visibility:** internal`; none where it is one.
fn parts(line: &str) -> Vec<String> {
    // Every line of a plan's files is looked at, and few have parts.
    let may_have_parts = |byte: u8| matches!(byte, b';' | b'<' | b'*' | b'_') || !byte.is_ascii();
    if !line.bytes().any(may_have_parts)
        || !line.contains(PARTS) && !["<br", " **", " __"].iter().any(|sign| line.contains(sign))
    {
        return Vec::new();
    }
    let line = line.replace("<br", "·<br").replace(" **", "·**").replace(" __", "·__");
    line.split(PARTS).map(str::to_owned).collect()
}

/// The words of a heading.
fn heading(line: &str) -> Option<&str> {
    let text = line.trim_start().trim_start_matches('#');
    (text.len() < line.trim_start().len() && text.starts_with([' ', '\t'])).then(|| text.trim_matches(['#', ' ', '\t']))
}

/// Whether a line makes a heading of the one above it.
pub(super) fn is_underline(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && (line.chars().all(|c| c == '-') || line.chars().all(|c| c == '='))
}

/// A text without the comments of HTML that it begins with.
fn behind_comments(text: &str) -> &str {
    let mut rest = text.trim_start_matches(is_invisible);
    while let Some((_, behind)) = rest.strip_prefix("<!--").and_then(|inner| inner.split_once("-->")) {
        rest = behind.trim_start_matches(is_invisible);
    }
    rest
}

/// Where one of the fields of `names`, in their plain form, is written within the text of another field or as a part of its name, in which
/// nobody takes it away: `[x-notes:1]`, `{"x-notes=1"}`, `"x-notes": 1` in a text. `document` has no field of these names any more.
pub fn writes_inside(document: &Document, names: &[String]) -> Option<Span> {
    fn below(value: &Value, path: &str, names: &[String]) -> Option<Span> {
        match &value.node {
            Node::Scalar(text) => gives(text, path, names).then_some(value.span),
            Node::List(list) => list.iter().find_map(|value| below(value, path, names)),
            Node::Map(entries) => within(entries, path, names),
        }
    }
    fn within(fields: &[Field], path: &str, names: &[String]) -> Option<Span> {
        fields.iter().find_map(|field| {
            // A bracket before a name is a part of it for YAML alone.
            let bare = field.name.value.trim_matches(|c: char| !c.is_alphanumeric());
            let is_name = bare.len() < field.name.value.trim().len() && names.contains(&plain(bare));
            let is_in_name = (is_name || gives(&field.name.value, path, names)).then_some(field.name.span);
            is_in_name.or_else(|| below(&field.value, &format!("{path}{}.", field.name.value), names))
        })
    }
    if names.is_empty() { None } else { within(&document.fields, "", names) }
}

/// Whether a text, by itself or below the fields of `path`, gives a value to one of `names`.
fn gives(text: &str, path: &str, names: &[String]) -> bool {
    const SIGNS: [char; 7] = [':', '=', '：', '＝', '|', '>', '→'];
    if !text.contains(SIGNS) {
        return false;
    }
    let text = name::composed(text);
    let ends = |text: &str| {
        text.match_indices(SIGNS).any(|(end, _)| names.iter().any(|name| ends_with_name(&text[..end], name)))
    };
    ends(&text) || !path.is_empty() && ends(&format!("{path}{text}"))
}

/// Whether a text ends with a name, given in its plain form, however it is spelled there and whatever quotes or marks stand about it. A remark or
/// brackets may stand behind it: `x-notes (old)`, `x-notes[]`.
fn ends_with_name(text: &str, name: &str) -> bool {
    let bare = text.trim_end_matches([' ', ')', ']']);
    let near = &bare[bare.floor_char_boundary(bare.len().saturating_sub(MAX_NAME))..];
    let has_brackets = bare.len() < text.trim_end().len();
    let remark = near.rfind(['(', '[']).filter(|_| has_brackets).map_or(0, |start| near.len() - start);
    is_end(bare, name) || remark > 0 && is_end(&bare[..bare.len() - remark], name)
}

/// The same without a remark.
fn is_end(text: &str, name: &str) -> bool {
    let is_within = |c: char| !c.is_alphanumeric() && !"\n\r,;:=|()[]{}/".contains(c);
    let (mut rest, mut wanted) = (text, name);
    while let Some(last) = wanted.chars().next_back() {
        let Some(c) = rest.chars().next_back() else { return false };
        rest = &rest[..rest.len() - c.len_utf8()];
        if c.to_lowercase().eq([last]) {
            wanted = &wanted[..wanted.len() - last.len_utf8()];
        } else if !is_within(c) {
            return false;
        }
    }
    // `co-owner` is another name than `owner`.
    let before = rest.strip_suffix(['-', '_']).unwrap_or(rest);
    !before.ends_with(char::is_alphanumeric)
}

/// Whether a file says that not everybody may see it, anywhere that it may have been meant to be read, in whatever form. A file that was not
/// read as text is judged without the signs that stand for what is none.
pub fn says_closed(document: &Document) -> bool {
    let whole = document.source.text.replace(['\0', '\u{fffd}'], "");
    let text = behind_comments(&whole);
    let head: String = lines(text).take(HEAD_LINES).collect::<Vec<_>>().join("\n");
    // In front matter that nobody could read, any field may close the file.
    let may_close = |line: &str| {
        is_declaration(line)
            || line
                .split_once([':', '='])
                .is_some_and(|(_, value)| has_closed(value.split(" #").next().unwrap_or(value)))
    };
    let is_text = whole.len() == document.source.text.len();
    plain(&head).contains("visibility")
        || !is_text && head.lines().any(has_closed)
        || has_closed_line(text)
        || declares_closed(&head)
        || declares_closed(document.source.slice(document.body))
        || head.lines().any(may_close)
        || head.split([',', '{', '}']).any(may_close)
}

/// Whether a line of a file's front matter, without a name and a colon, closes the file: `internal`.
fn has_closed_line(text: &str) -> bool {
    let mut filled = lines(text).filter(|line| !line.trim().is_empty());
    let is_open = filled.next().is_some_and(|line| is_fence(line.trim()));
    is_open && filled.take_while(|line| !is_fence(line.trim())).any(|line| !line.contains([':', '=']) && is_bare(line))
}

/// Whether a line that is not indented is one word or phrase that closes a file. An entry of a list belongs to the field above it.
fn is_bare(line: &str) -> bool {
    !line.starts_with([' ', '\t', '-', '*', '#']) && closes(line)
}

/// Whether nobody can be sure what a file says of who may see it: its front matter cannot be read as it stands, or it is not recognised as
/// front matter and looks as if it was meant to be.
pub fn is_unclear(document: &Document) -> bool {
    let text = &document.source.text;
    // What is not a text was read with a sign in its place; a text of another encoding may have NULs instead.
    let is_text = |text: &str| !text.contains(['\u{fffd}', '\0']);
    let is_in_head = |span: Span| span.start < document.body.start;
    if document.diagnostics.iter().any(is_of_unclear) || conflicts(document).any(is_in_head) {
        return true;
    }
    let (head, body) = text.split_at_checked(document.body.start as usize).unwrap_or(("", text));
    if head.is_empty() {
        !is_text(text) || looks_like_front_matter(text)
    } else {
        !is_text(head) || closes_above(head) || begins_again(document, body)
    }
}

/// Whether a finding says that front matter cannot be read as it stands.
pub fn is_of_unclear(diagnostic: &Diagnostic) -> bool {
    const BROKEN: [Code; 5] = [
        Code::INVALID_TOML,
        Code::INVALID_YAML,
        Code::LATE_FRONT_MATTER,
        Code::UNSUPPORTED_YAML,
        Code::UNTERMINATED_FRONT_MATTER,
    ];
    BROKEN.contains(&diagnostic.code)
}

/// The spans of a file's merge conflicts, from the first of their signs to the last.
pub(super) fn conflicts(document: &Document) -> impl Iterator<Item = Span> {
    let found = document.diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::MERGE_CONFLICT);
    found.filter_map(|diagnostic| {
        let first = diagnostic.location.as_ref()?.span;
        let end = diagnostic.related.iter().map(|(location, _)| location.span.end).fold(first.end, u32::max);
        Some(Span { end, ..first })
    })
}

/// Whether a comment above the front matter closes the file.
fn closes_above(head: &str) -> bool {
    // A file of data has no line that fences it.
    let Some(fence) = lines(head).position(|line| is_fence(line.trim_matches(is_invisible))) else { return false };
    let above: Vec<&str> = lines(head).take(fence).collect();
    let is_closed = |line: &str| has_closed(line.trim_matches(|c: char| !c.is_alphanumeric())) || is_declaration(line);
    above.iter().any(|line| is_closed(line)) || declares_closed(&above.join("\n"))
}

/// Whether a sign at the end of a line is one that nobody sees.
fn is_invisible(c: char) -> bool {
    c.is_whitespace() || c.is_control() || "\u{ad}\u{feff}\u{200b}\u{200c}\u{200d}\u{2060}".contains(c)
}

/// Whether the body behind front matter begins with more of it: a fence too many, or a block of its own.
fn begins_again(document: &Document, body: &str) -> bool {
    document.fields.is_empty() && looks_like_front_matter(body) || declares_closed(body)
}

/// Whether a text without front matter begins as if it had some: a fence of another tool or with a slip, JSON, or comments and then a fence;
/// or whether a line says who may see the file.
fn looks_like_front_matter(text: &str) -> bool {
    let is_comment = |line: &str| ["#", "//", "<!--", "%", ";"].iter().any(|sign| line.starts_with(sign));
    // A block of code is front matter at most where the file begins with it.
    let text = behind_comments(text);
    let begins = |line: &str| text.trim_start_matches(is_invisible).starts_with(line);
    let is_code_fence = |line: &str| is_code_fence(line) && begins(line) && closes_in_code(text);
    let is_fence = |line: &str| is_fence(line) || is_code_fence(line);
    let gives_a_field = |line: &str| {
        let name = line.split([':', '=']).next().filter(|name| name.len() < line.len());
        name.is_some_and(|name| !name.trim().is_empty() && name.split_whitespace().count() <= 3)
    };
    let lines = || lines(text).map(|line| line.trim_matches(is_invisible));
    let mut filled = lines().filter(|line| !line.is_empty());
    let first = filled.next().unwrap_or_default();
    let is_json = first.strip_prefix('{').map(str::trim_start);
    let begins_with_json = is_json.is_some_and(|rest| {
        rest.starts_with('"') || rest.is_empty() && filled.next().is_some_and(|line| line.starts_with('"'))
    });
    // A field stands right below its fence: below a thematic break there is a blank line.
    let mut head = lines().skip_while(|line| line.is_empty() || is_comment(line) && !is_fence(line));
    let fence = head.next().filter(|line| is_fence(line));
    let is_in_it = fence.is_some_and(|fence| fence.contains(['{', '[']));
    // In a block of code there may be another fence.
    let first_field = head.find(|line| !fence.is_some_and(is_code_fence) || !is_fence(line));
    let begins_with_fence = fence.is_some() && (is_in_it || first_field.is_some_and(gives_a_field));
    // Of front matter without its first fence, fields and the second one are left; one line above dashes is a heading.
    let fields = lines().skip_while(|line| line.is_empty()).take_while(|line| gives_a_field(line)).count();
    let ends_with_fence = fields > 1
        && lines().skip_while(|line| line.is_empty()).nth(fields).is_some_and(|line| line.len() == 3 && is_fence(line));
    begins_with_json || begins_with_fence || ends_with_fence || declares_closed(text)
}

/// Whether a line fences front matter for some tool, or nearly.
fn is_fence(line: &str) -> bool {
    let after = line.trim_start_matches(['-', '–', '—', '−', '+', '=', ';', '.', '_', '*', '﹣', '-']);
    let length = line.chars().count() - after.chars().count();
    let after = after.trim().to_lowercase();
    let is_flow = line.starts_with("---") && after.starts_with(['{', '[']);
    length >= 2 && (is_flow || ["", "yaml", "yml", "toml", "json", "meta", "metadata"].contains(&after.as_str()))
}

/// Whether a text begins with a block of code in which a line says who may see the file, or with one of YAML or TOML.
fn closes_in_code(text: &str) -> bool {
    let mut lines = lines(text).map(|line| line.trim_matches(is_invisible)).skip_while(|line| line.is_empty());
    let first = lines.next().unwrap_or_default().to_lowercase();
    let mut inside = lines.take_while(|line| !line.starts_with("```") && !line.starts_with("~~~"));
    ["```yaml", "```yml", "```toml", "~~~yaml"].contains(&first.as_str())
        || inside
            .any(|line| is_declaration(line) || is_near_visibility(line.split([':', '=']).next().unwrap_or_default()))
}

/// Whether a line opens a block of code that may be one of fields: of no language, or of one that data is written in.
fn is_code_fence(line: &str) -> bool {
    let after = line.trim_start_matches(['`', '~']);
    let language = after.trim_start().split([' ', '\t', ',', '{', ':']).next().unwrap_or_default().to_lowercase();
    let is_of_data = ["", "conf", "front-matter", "frontmatter", "ini", "json", "text", "toml", "txt", "yaml", "yml"];
    line.len() >= after.len() + 3 && is_of_data.contains(&language.as_str())
}

/// Whether one of the first lines, code aside, says that not everybody may see the file: `visibility: internal`, `draft = true`, a row of a table
/// below its names, or a name with the word on the next line.
fn declares_closed(text: &str) -> bool {
    let mut is_code = false;
    let (mut above, mut names): (&str, Vec<&str>) = ("", Vec::new());
    lines(text).take(HEAD_LINES).map(str::trim).any(|line| {
        is_code ^= line.starts_with("```") || line.starts_with("~~~");
        if is_code || line.is_empty() {
            names.clear();
            return false;
        }
        let row = cells(line);
        let is_in_table = names.iter().zip(&row).any(|(name, value)| declares(name, value));
        let is_below = above.len() <= MAX_NAME
            && declares(above.trim_matches(|c: char| !c.is_alphanumeric()), line)
            && (closes(line.split(" #").next().unwrap_or(line)) || is_yes_or_no(line));
        if names.is_empty() && row.len() > 1 {
            names = row;
        }
        // What underlines a heading stands between it and what is below.
        if !is_underline(line) {
            above = line;
        }
        is_in_table || is_below || is_declaration(line) || parts(line).iter().any(|part| is_declaration(part))
    })
}

/// A line with a space in place of every tag of HTML.
fn untagged(line: &str) -> Cow<'_, str> {
    if !line.contains('<') || !line.contains('>') {
        return Cow::Borrowed(line);
    }
    let parts = line.split('<').map(|part| part.split_once('>').map_or(part, |(_, behind)| behind));
    Cow::Owned(parts.collect::<Vec<_>>().join(" "))
}

/// The cells of a line that may be a row of a table.
fn cells(line: &str) -> Vec<&str> {
    if line.contains('|') { line.trim_matches('|').split('|').collect() } else { Vec::new() }
}

/// Whether a line reads like a field that is called `visibility`, or nearly, and closes the file.
pub(super) fn declares_visibility(line: &str) -> bool {
    let name = line.split([':', '=']).next().unwrap_or_default();
    is_near_visibility(name.trim_matches(|c: char| !c.is_alphanumeric())) && is_declaration(line)
}

/// Whether a line is a name that is about visibility and what closes it, whatever signs of Markdown, YAML or JSON are about them, and
/// whatever a comment says behind them; or whether a row of a table has the two side by side.
fn is_declaration(line: &str) -> bool {
    let has_sign = |line: &str| line.bytes().any(|byte| matches!(byte, b':' | b'=' | b'|') || !byte.is_ascii());
    // Every line of a plan is looked at, and few have a sign between a name and its value, or a name that needs none.
    if !has_sign(line) && !line.as_bytes().split(u8::is_ascii_whitespace).any(may_be_visibility) {
        return false;
    }
    // A comment may be all that there is.
    let line = line.trim_start().trim_start_matches("<!--");
    let line = line.split_once("]: #").filter(|_| line.starts_with('[')).map_or(line, |(_, comment)| comment);
    let line =
        [" #", " //", "<!--", "{#"].iter().fold(line, |line, comment| line.split(comment).next().unwrap_or(line));
    let line = untagged(line);
    let numbered = line.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
    let line = numbered.strip_prefix(['.', ')']).unwrap_or(&line);
    let line = line.split_once("[x]").map_or(line, |(_, task)| task);
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric() && c != ')');
    let declares = |name: &str, value: &str| name.len() <= MAX_NAME && declares(name, value);
    let is_without_sign =
        |(name, value): (&str, &str)| is_near_visibility(name.trim_matches(['*', '_', '`'])) && closes(value);
    bare.split_once(GIVES).is_some_and(|(name, value)| declares(name, value))
        || bare.len() <= MAX_NAME && bare.split_once(char::is_whitespace).is_some_and(is_without_sign)
        || cells(line).windows(2).any(|pair| declares(pair[0], pair[1]))
}
