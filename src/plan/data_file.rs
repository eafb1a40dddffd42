//! What a file of data beside the plan says of who may see it: its fields are its contents, and none but one that is called `visibility`
//! is about the file itself.

use super::declared::{VisibilityNames, front_of, is_fence};
use super::outside::{GIVES, lines};

/// The part of a file of data that is read as front matter: what it has between two fences, else those of its outermost fields by which it
/// says who may see it. None where it has no such field.
pub(super) fn front(text: &str, is_toml: bool, names: &VisibilityNames) -> Option<String> {
    // A text of another encoding has signs between its own.
    let text = text.replace(['\0', '\u{feff}', '\u{fffd}'], "");
    let fences = |front: &str| lines(front).filter(|line| is_fence(line.trim())).count();
    if let Some(front) = front_of(&text).filter(|front| fences(front) > 1) {
        return Some(front.to_owned());
    }
    let says = |field: &String| {
        // An entry of a list is about a thing of its own, and a figure is a distance, as in data about the weather.
        let is_name = |name: &str| name.trim_start().starts_with(|c: char| c.is_alphanumeric() || "\"'".contains(c));
        field.split_once(GIVES).is_some_and(|(name, value)| {
            is_name(name) && names.is_near(name.trim()) && value.contains(char::is_alphabetic)
        })
    };
    let content = content(&text);
    let fields = if content.starts_with('{') { of_object(content) } else { of_lines(content) };
    let said: Vec<String> = fields.into_iter().filter(says).collect();
    let fence = if is_toml { "+++" } else { "---" };
    (!said.is_empty()).then(|| format!("{fence}\n{}\n{fence}\n", said.join("\n")))
}

/// A text without the blank lines, the comments and the sign of a document of YAML that it begins with.
fn content(text: &str) -> &str {
    let mut rest = text;
    loop {
        let line = rest.trim_start();
        let comment = ["#", "//", "%"].iter().any(|sign| line.starts_with(sign));
        let behind = match line.strip_prefix("/*") {
            Some(comment) => comment.split_once("*/").map(|(_, behind)| behind),
            None if comment => line.split_once('\n').map(|(_, behind)| behind),
            None => line.strip_prefix("---"),
        };
        match behind {
            Some(behind) => rest = behind,
            None if line.starts_with('{') => return line,
            // The first field may be indented.
            None => return rest.trim_start_matches(['\n', '\r']),
        }
    }
}

/// The fields of an object of JSON, each in one line.
fn of_object(text: &str) -> Vec<String> {
    let (mut fields, mut begin, mut depth, mut is_quoted, mut is_escaped) = (Vec::new(), 0, 0, false, false);
    for (at, c) in text.char_indices() {
        if is_quoted {
            is_quoted = c != '"' || is_escaped;
            is_escaped = c == '\\' && !is_escaped;
            continue;
        }
        let is_end = depth == 1 && (c == ',' || c == '}');
        if is_end {
            fields.push(&text[begin..at]);
        }
        match c {
            '"' => is_quoted = true,
            '{' | '[' => depth += 1,
            '}' | ']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        if is_end || depth == 1 && begin == 0 {
            begin = at + 1;
        }
    }
    // One that is never closed has its last field all the same.
    fields.extend((depth > 0).then(|| &text[begin..]));
    fields.into_iter().map(|field| field.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// The fields of YAML or TOML that stand in no other, each with the lines that belong to it.
fn of_lines(text: &str) -> Vec<String> {
    let mut fields: Vec<String> = Vec::new();
    let mut outermost = None;
    for line in lines(text) {
        let bare = line.trim_start();
        if bare.is_empty() || bare.starts_with('#') || is_fence(bare) {
            continue;
        }
        let depth = line.len() - bare.len();
        let is_table = bare.starts_with('[') && bare.ends_with(']') && !bare.contains(',');
        match fields.last_mut() {
            // What follows is the table's.
            _ if is_table && depth == 0 => break,
            Some(field) if depth > *outermost.get_or_insert(depth) || bare.starts_with(['-', ']', '}']) => {
                field.push('\n');
                field.push_str(line);
            }
            _ => {
                outermost.get_or_insert(depth);
                fields.push(line.to_owned());
            }
        }
    }
    fields
}
