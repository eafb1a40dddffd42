//! What a file says of who may see it, in any form and wherever it may have been meant to be read; and whether anybody can be sure of that.

use std::borrow::Cow;

use super::audience::{is_near_visibility, may_be_visibility};
use super::flags::{closes, declares, has_closed, is_yes_or_no};
use super::outside::{GIVES, MAX_NAME, conflicts, is_of_unclear, is_underline, lines, parts};
use super::spelling::is_nearly;
use crate::config::Config;
use crate::name;
use crate::nearest::plain;
use crate::parse::Document;
use crate::source::Span;
use crate::text::has_byte;

/// The lines of a file in which front matter may have been meant.
const HEAD_LINES: usize = 40;

/// Whether nobody can be sure what a file says of who may see it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Doubt {
    /// It is as it was read.
    #[default]
    None,
    /// Its front matter cannot be read as it stands, or it is not recognised as front matter and looks as if it was meant to be.
    Unclear,
    /// The same, and it seems to say that not everybody may see the file.
    Closed,
}

/// The names by which a file says who may see it: `visibility`, what is near to it, and those that the configuration gives to the field.
#[derive(Debug, Default)]
pub(super) struct VisibilityNames {
    given: Vec<String>,
}

impl VisibilityNames {
    pub(super) fn new(config: &Config) -> VisibilityNames {
        let of_collections = config.collections.iter().filter_map(|collection| collection.fields.get("visibility"));
        let given = of_collections.chain(config.fields.get("visibility")).flatten();
        VisibilityNames { given: given.map(|name| plain(name)).filter(|name| !name.is_empty()).collect() }
    }

    /// Whether a name, with the signs of Markdown about it, is one of them or near to one.
    pub(super) fn is_near(&self, name: &str) -> bool {
        is_near_visibility(name.trim_matches(|c: char| !c.is_alphanumeric())) || self.is_given(name)
    }

    /// Whether it is one that the configuration gives to the field, or near to one.
    pub(super) fn is_given(&self, name: &str) -> bool {
        self.given.iter().any(|given| is_nearly(given, name))
    }

    /// Whether anybody can be sure what a file says of who may see it.
    pub(super) fn doubt(&self, document: &Document) -> Doubt {
        match self.is_unclear(document) {
            false => Doubt::None,
            true if self.says_closed(document) => Doubt::Closed,
            true => Doubt::Unclear,
        }
    }

    /// Whether a file says that not everybody may see it, anywhere that it may have been meant to be read, in whatever form. A file that was not
    /// read as text is judged without the signs that stand for what is none.
    fn says_closed(&self, document: &Document) -> bool {
        let written = document.source.text.replace(['\0', '\u{fffd}'], "");
        let is_text = written.len() == document.source.text.len();
        let whole = &*name::narrow(&written);
        let head: String = head(whole).collect::<Vec<_>>().join("\n");
        let names_it = |line: &str| line.split_once(GIVES).is_some_and(|(name, _)| self.is_given(name));
        // In front matter that nobody could read, any field may close the file.
        let may_close = |line: &str| {
            self.is_declaration(line)
                || line
                    .split_once([':', '='])
                    .is_some_and(|(_, value)| has_closed(value.split(" #").next().unwrap_or(value)))
        };
        let may_say = |line: &str| may_close(line) || names_it(line);
        plain(&head).contains("visibility")
            || !is_text && head.lines().any(has_closed)
            || has_closed_line(behind_comments(whole))
            || self.declares_closed(whole)
            || self.declares_closed(&name::narrow(document.source.slice(document.body)))
            || head.lines().any(may_say)
            || head.split([',', '{', '}']).any(may_say)
    }

    /// Whether nobody can be sure what a file says of who may see it: its front matter cannot be read as it stands, or it is not recognised as
    /// front matter and looks as if it was meant to be.
    fn is_unclear(&self, document: &Document) -> bool {
        let text = &document.source.text;
        // What is not a text was read with a sign in its place; a text of another encoding may have NULs instead.
        let is_text = |text: &str| !text.contains(['\u{fffd}', '\0']);
        let is_in_head = |span: Span| span.start < document.body.start;
        if document.diagnostics.iter().any(is_of_unclear) || conflicts(document).any(is_in_head) {
            return true;
        }
        let (head, body) = text.split_at_checked(document.body.start as usize).unwrap_or(("", text));
        let (is_text, head, body) =
            (is_text(if head.is_empty() { body } else { head }), name::narrow(head), name::narrow(body));
        match head.is_empty() {
            true => !is_text || self.looks_like_front_matter(&body),
            false => !is_text || self.closes_above(&head) || self.begins_again(document, &body),
        }
    }

    /// Whether a comment above the front matter closes the file.
    fn closes_above(&self, head: &str) -> bool {
        let is_fence = |line: &str| is_fence(line.trim_matches(is_invisible));
        let closed = head.trim_end().rsplit_once('\n').filter(|(_, last)| is_fence(last));
        let filled = closed.map_or(head, |(above, _)| above);
        let filled: Vec<&str> = lines(filled).collect();
        // A file of data has no line that fences it.
        let Some(opening) = filled.iter().rposition(|line| is_fence(line)) else { return false };
        let above = &filled[..opening];
        let is_closed =
            |line: &str| has_closed(line.trim_matches(|c: char| !c.is_alphanumeric())) || self.is_declaration(line);
        above.iter().any(|line| is_closed(line)) || self.declares_closed(&above.join("\n"))
    }

    /// Whether the body behind front matter begins with more of it: a fence too many, or a block of its own.
    fn begins_again(&self, document: &Document, body: &str) -> bool {
        document.fields.is_empty() && self.looks_like_front_matter(body) || self.declares_closed(body)
    }

    /// Whether a text without front matter begins as if it had some: a fence of another tool or with a slip, JSON, or comments and then a fence;
    /// or whether a line says who may see the file.
    fn looks_like_front_matter(&self, text: &str) -> bool {
        // A block of code is front matter at most where the file begins with it.
        let (whole, text) = (text, behind_comments(text));
        let begins = |line: &str| text.trim_start_matches(is_invisible).starts_with(line);
        let is_code_fence = |line: &str| is_code_fence(line) && begins(line) && self.closes_in_code(text);
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
        let mut head = lines().skip_while(|line| line.is_empty() || is_comment_line(line) && !is_fence(line));
        let fence = head.next().filter(|line| is_fence(line));
        let is_in_it = fence.is_some_and(|fence| fence.contains(['{', '[']));
        // In a block of code there may be another fence.
        let first_field = head.find(|line| !fence.is_some_and(is_code_fence) || !is_fence(line));
        let begins_with_fence = fence.is_some() && (is_in_it || first_field.is_some_and(gives_a_field));
        // Of front matter without its first fence, fields and the second one are left; one line above dashes is a heading.
        let fields = lines().skip_while(|line| line.is_empty()).take_while(|line| gives_a_field(line)).count();
        let ends_with_fence = fields > 1
            && lines()
                .skip_while(|line| line.is_empty())
                .nth(fields)
                .is_some_and(|line| line.len() == 3 && is_fence(line));
        // What ends its lines is no end of a line: they all stand behind the fence.
        let is_run_on = first.strip_prefix("---").is_some_and(|rest| rest.contains(':') && !is_fence(first));
        begins_with_json || begins_with_fence || ends_with_fence || is_run_on || self.declares_closed(whole)
    }

    /// Whether a text begins with a block of code in which a line says who may see the file, or with one of YAML or TOML.
    fn closes_in_code(&self, text: &str) -> bool {
        let mut lines = lines(text).map(|line| line.trim_matches(is_invisible)).skip_while(|line| line.is_empty());
        let first = lines.next().unwrap_or_default().to_lowercase();
        let mut inside = lines.take_while(|line| !line.starts_with("```") && !line.starts_with("~~~"));
        ["```yaml", "```yml", "```toml", "~~~yaml"].contains(&first.as_str())
            || inside.any(|line| {
                self.is_declaration(line) || self.is_near(line.split([':', '=']).next().unwrap_or_default())
            })
    }

    /// Whether one of the first lines, code aside, says that not everybody may see the file: `visibility: internal`, `draft = true`, a row of a table
    /// below its names, or a name with the word on the next line; or whether any line further down is the first of these.
    fn declares_closed(&self, text: &str) -> bool {
        let mut is_code = false;
        let (mut above, mut names): (&str, Vec<&str>) = ("", Vec::new());
        placed(text).any(|(line, is_in_head)| {
            let line = line.trim();
            is_code ^= line.starts_with("```") || line.starts_with("~~~");
            if is_code || line.is_empty() {
                names.clear();
                return false;
            }
            if !is_in_head {
                return self.declares_visibility(line);
            }
            let row = cells(line);
            let is_in_table = names.iter().zip(&row).any(|(name, value)| declares(self, name, value));
            let entry = line.trim_start_matches(['-', '*', '+', ' ']);
            // An empty box below a name is what is not so; what names itself in it is heard.
            let is_empty_box = entry.starts_with("[ ]");
            let value = entry.strip_prefix("[x]").unwrap_or(line);
            let is_below = !is_empty_box
                && above.len() <= MAX_NAME
                && declares(self, above.trim_matches(|c: char| !c.is_alphanumeric()), value)
                && (closes(value.split(" #").next().unwrap_or(value)) || is_yes_or_no(value));
            if names.is_empty() && row.len() > 1 {
                names = row;
            }
            // What underlines a heading stands between it and what is below.
            if !is_underline(line) && !is_empty_box {
                above = line;
            }
            is_in_table
                || is_below
                || self.is_declaration(line)
                || self.declares_between(line)
                || parts(line).iter().any(|part| self.is_declaration(part))
        })
    }

    /// Whether one of several facts in a line says that not everybody may see the file: `Status: planned | Visibility: internal`.
    fn declares_between(&self, line: &str) -> bool {
        line.contains(':') && line.split(['|', ',', '—', '–']).skip(1).any(|part| self.declares_visibility(part))
    }

    /// Whether a line reads like a field that is called `visibility`, or nearly, and closes the file.
    pub(super) fn declares_visibility(&self, line: &str) -> bool {
        line.split_once([':', '=']).is_some_and(|(name, _)| self.is_near(name)) && self.is_declaration(line)
    }

    /// Whether a line is a name that is about visibility and what closes it, whatever signs of Markdown, YAML or JSON are about them, and
    /// whatever a comment says behind them; or whether a row of a table has the two side by side.
    pub(super) fn is_declaration(&self, line: &str) -> bool {
        // Every line of a plan is looked at, and few have a sign between a name and its value, or a name that needs none.
        if self.given.is_empty() && !may_declare(line.as_bytes()) {
            return false;
        }
        // A comment may be all that there is.
        let line = line.trim_start().trim_start_matches("<!--");
        let comment = if line.starts_with('[') { line.split_once("]: #") } else { None };
        let line = comment.map_or(line, |(_, comment)| comment);
        let line = match line.bytes().any(|byte| matches!(byte, b'#' | b'/' | b'<')) {
            true => [" #", " //", "<!--", "{#"]
                .iter()
                .fold(line, |line, comment| line.split(comment).next().unwrap_or(line)),
            false => line,
        };
        let of_tag = line.trim_start().strip_prefix('<').and_then(|tag| tag.split_once('>'));
        if of_tag.is_some_and(|(name, value)| self.is_near(name) && closes(value.split('<').next().unwrap_or(value))) {
            return true;
        }
        let line = untagged(line);
        let numbered = line.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
        let line = numbered.strip_prefix(['.', ')']).unwrap_or(&line);
        let task = if line.contains("[x]") { line.split_once("[x]") } else { None };
        let task = task.filter(|(before, _)| !before.contains(GIVES));
        let line = task.map_or(line, |(_, task)| task);
        let bare = line.trim_matches(|c: char| !c.is_alphanumeric() && !")?".contains(c));
        let declares = |name: &str, value: &str| name.len() <= MAX_NAME && declares(self, name, value);
        let is_without_sign = |(end, _): (usize, &str)| self.is_near(&bare[..end]) && closes(&bare[end..]);
        bare.split_once(GIVES).is_some_and(|(name, value)| declares(name, value))
            || bare.len() <= MAX_NAME && bare.match_indices(char::is_whitespace).any(is_without_sign)
            || cells(line).windows(2).any(|pair| declares(pair[0], pair[1]))
    }
}

/// Whether a line has a sign between a name and its value, or is short enough to be a name near `visibility` and a word alone.
fn may_declare(line: &[u8]) -> bool {
    if has_byte(line, |byte| matches!(byte, b':' | b'=' | b'|') | !byte.is_ascii()) {
        return true;
    }
    // What stands before a task or about a tag or a comment does not count.
    let is_around = |byte: &u8| matches!(byte, b'[' | b'<' | b'#' | b'/');
    let first = line.iter().position(u8::is_ascii_alphabetic).unwrap_or(line.len());
    let last = line.iter().rposition(u8::is_ascii_alphabetic).unwrap_or(0);
    (last < first + MAX_NAME || line.iter().any(is_around))
        && line.split(u8::is_ascii_whitespace).any(may_be_visibility)
}

/// The lines of a text, each with whether it stands where front matter may have been meant: among the first [`HEAD_LINES`] that say something,
/// comments and headings aside, or right below a line that fences it. So does a line that fences code, wherever it stands.
fn placed(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let (mut said, mut is_comment, mut is_code, mut is_below_fence) = (0, false, false, false);
    lines(text).map(move |written| {
        let line = written.trim_matches(is_invisible);
        let is_code_fence = line.starts_with("```") || line.starts_with("~~~");
        is_code ^= is_code_fence;
        is_below_fence = !is_code && !line.is_empty() && (is_below_fence || is_fence(line));
        // Few lines have such a sign.
        let begins = if line.contains('<') { line.rfind("<!--") } else { None };
        is_comment |= begins.is_some();
        said += usize::from(!is_comment && !line.is_empty() && !is_comment_line(line));
        is_comment = is_comment && line.rfind("-->").is_none_or(|end| begins.is_some_and(|begin| begin > end));
        (written, said <= HEAD_LINES || is_below_fence || is_code_fence)
    })
}

/// Of these lines those that do.
pub(super) fn head(text: &str) -> impl Iterator<Item = &str> {
    placed(text).filter(|(_, is_in_head)| *is_in_head).map(|(line, _)| line)
}

/// Whether a line is a comment for one of the languages of front matter, or a heading.
fn is_comment_line(line: &str) -> bool {
    ["#", "//", "<!--", "%", ";"].iter().any(|sign| line.starts_with(sign))
}

/// The front matter that a text of any language begins with, up to the line that closes it; all of the text where none does.
pub fn front_of(text: &str) -> Option<&str> {
    let is_fence = |line: &str| line.starts_with(['-', '+', ';']) && line.len() >= 3 && is_fence(line);
    let rest = behind_comments(text);
    let mut ends = lines(rest).scan(0, |end, line| {
        *end += line.len();
        let found = (*end, line.trim_matches(is_invisible));
        *end += rest[*end..].chars().next().map_or(0, char::len_utf8);
        Some(found)
    });
    let (_, first) = ends.next()?;
    let end = ends.find(|(_, line)| is_fence(line)).map_or(rest.len(), |(end, _)| end);
    is_fence(first).then(|| &text[..text.len() - rest.len() + end])
}

/// A text without the comments of HTML that it begins with.
fn behind_comments(text: &str) -> &str {
    let mut rest = text.trim_start_matches(is_invisible);
    while let Some((_, behind)) = rest.strip_prefix("<!--").and_then(|inner| inner.split_once("-->")) {
        rest = behind.trim_start_matches(is_invisible);
    }
    rest
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

/// Whether a sign at the end of a line is one that nobody sees.
fn is_invisible(c: char) -> bool {
    c.is_whitespace() || c.is_control() || !c.is_ascii() && "\u{ad}\u{feff}\u{200b}\u{200c}\u{200d}\u{2060}".contains(c)
}

/// Whether a line fences front matter for some tool, or nearly.
pub(super) fn is_fence(line: &str) -> bool {
    let after = line.trim_start_matches(['-', '–', '—', '−', '+', '=', ';', '.', '_', '*', '﹣', '-']);
    let length = line[..line.len() - after.len()].chars().count();
    // Every line of a plan is asked, and few begin with two of these signs.
    if length < 2 {
        return false;
    }
    let after = after.trim().to_lowercase();
    let is_flow = line.starts_with("---") && after.starts_with(['{', '[']);
    is_flow || ["", "yaml", "yml", "toml", "json", "meta", "metadata"].contains(&after.as_str())
}

/// Whether a line opens a block of code that may be one of fields: of no language, or of one that data is written in.
fn is_code_fence(line: &str) -> bool {
    let after = line.trim_start_matches(['`', '~']);
    let language = after.trim_start().split([' ', '\t', ',', '{', ':']).next().unwrap_or_default().to_lowercase();
    let is_of_data = ["", "conf", "front-matter", "frontmatter", "ini", "json", "text", "toml", "txt", "yaml", "yml"];
    line.len() >= after.len() + 3 && is_of_data.contains(&language.as_str())
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
