//! Front matter in TOML, as other generators write it between two lines `+++`: the same tree as of YAML, with the place of every value.
//!
//! A value that is not TOML is kept as the text of its line, with a diagnostic; a table is a map.

use std::ops::Range;
use std::sync::Arc;

use super::super::{Field, Node, Value};
use super::lines::lines;
use super::tree::{MAX_DEPTH, MAX_NODES};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Location, Source, Span, Spanned};

/// Reads `head` of `text`, which is that of `source` byte for byte.
pub(super) fn fields(source: &Arc<Source>, text: &str, head: Range<usize>) -> (Vec<Field>, Vec<Diagnostic>) {
    let text = text.get(..head.end).unwrap_or_default();
    let mut reader = Reader { text, offset: head.start, nodes: 0, failures: Vec::new() };
    let fields = reader.fields();
    let diagnostic = |failure: Failure| {
        let location = Location::new(source, Span::new(failure.place.start, failure.place.end));
        Diagnostic::new(Code::INVALID_TOML, location, failure.message).label(failure.label).help(failure.help)
    };
    (fields, reader.failures.into_iter().map(diagnostic).collect())
}

/// What is not TOML.
struct Failure {
    place: Range<usize>,
    message: &'static str,
    label: &'static str,
    help: &'static str,
}

/// The name of a field with the tables around it, outermost first.
pub(super) type Path = Vec<Spanned<String>>;

pub(super) struct Reader<'a> {
    /// Up to the end of the head.
    pub(super) text: &'a str,
    pub(super) offset: usize,
    nodes: usize,
    failures: Vec<Failure>,
}

impl Reader<'_> {
    fn fields(&mut self) -> Vec<Field> {
        let mut root = Vec::new();
        let mut table: Path = Vec::new();
        for line in lines(self.text, self.offset..self.text.len()).collect::<Vec<_>>() {
            // A text or a list may have taken in more lines.
            if line.start < self.offset {
                continue;
            }
            self.offset = line.start;
            self.blanks();
            if self.is_end_of_line() {
                continue;
            }
            if self.rest().starts_with('[') {
                table = self.header(&line, &mut root);
                continue;
            }
            let Some((name, value)) = self.field(&line) else { continue };
            let path: Path = table.iter().cloned().chain(name).collect();
            insert(&mut root, &path, value);
        }
        root
    }

    pub(super) fn rest(&self) -> &str {
        &self.text[self.offset..]
    }

    fn blanks(&mut self) {
        let rest = self.rest();
        self.offset += rest.len() - rest.trim_start_matches([' ', '\t']).len();
    }

    /// Blanks, line feeds and comments.
    fn gaps(&mut self) {
        loop {
            let rest = self.rest();
            self.offset += rest.len() - rest.trim_start().len();
            match self.rest().starts_with('#') {
                true => self.offset += self.rest().find('\n').unwrap_or(self.rest().len()),
                false => return,
            }
        }
    }

    fn is_end_of_line(&self) -> bool {
        self.rest().is_empty() || self.rest().starts_with(['\n', '#'])
    }

    /// Takes one sign, if it comes next.
    fn takes(&mut self, sign: char) -> bool {
        let is_next = self.rest().starts_with(sign);
        self.offset += if is_next { sign.len_utf8() } else { 0 };
        is_next
    }

    pub(super) fn fail(&mut self, place: Range<usize>, message: &'static str, label: &'static str, help: &'static str) {
        self.failures.push(Failure { place, message, label, help });
    }

    /// A line `[table]` or `[[table]]`, whose table it makes.
    fn header(&mut self, line: &Range<usize>, root: &mut Vec<Field>) -> Path {
        let start = self.offset;
        self.takes('[');
        let is_list = self.takes('[');
        self.blanks();
        let path = self.path();
        self.blanks();
        let is_closed = self.takes(']') && (!is_list || self.takes(']'));
        self.blanks();
        if path.is_empty() || path.len() > MAX_DEPTH || !is_closed || !self.is_end_of_line() {
            let end = start + self.text[start..line.end].trim_end().len();
            self.fail(start..end, "this line does not name a table", "expected `[name]`", "write it as `[name]`");
            // What stands below must not come to be fields of the file itself.
            let name = self.text[start..end].trim_matches(['[', ']', ' ']).to_owned();
            let path = vec![Spanned::new(name, Span::new(start, end))];
            insert(root, &path, Value { span: Span::new(end, end), node: Node::Map(Vec::new()) });
            self.offset = line.end;
            return path;
        }
        let span = Span::new(line.end, line.end);
        let empty = Value { span, node: Node::Map(Vec::new()) };
        let is_known = !is_list && find(root, &path).is_some();
        match find(root, &path).filter(|_| is_list) {
            Some(Value { node: Node::List(list), .. }) => list.push(empty),
            _ if is_known => {}
            _ if is_list => insert(root, &path, Value { span, node: Node::List(vec![empty]) }),
            _ => insert(root, &path, empty),
        }
        self.offset = line.end;
        path
    }

    /// `name = value`, with the rest of its line as text where that is not TOML.
    fn field(&mut self, line: &Range<usize>) -> Option<(Path, Value)> {
        let start = self.offset;
        let path = self.path();
        self.blanks();
        let is_yaml = path.len() == 1 && self.rest().starts_with(':');
        if path.is_empty() || path.len() > MAX_DEPTH || !self.takes('=') {
            let end = start + self.text[start..line.end].trim_end().len();
            if is_yaml {
                return Some(self.of_yaml(path, start..end, line.end));
            }
            let help = "write it as `name = value`, or begin it with `#`";
            self.fail(start..end, "this line is not a field", "not read", help);
            self.offset = line.end;
            return None;
        }
        self.blanks();
        let start = self.offset;
        let before = self.failures.len();
        let value = self.value(0);
        self.blanks();
        if value.is_some() && self.is_end_of_line() {
            return Some((path, value?));
        }
        let is_list = self.text[start..].starts_with('[');
        let line_end = if is_list && value.is_none() { self.end_of_list(line) } else { line.end };
        let end = start + self.text[start..line_end].trim_end().len();
        if self.failures.len() == before {
            let help = "write text in double quotes, and one value behind the name";
            self.fail(start..end, "this value is not TOML", "kept as text", help);
        }
        self.offset = line_end;
        let span = Span::new(start, end);
        let node = match is_list.then(|| self.texts_in(start..end)).flatten() {
            Some(texts) => Node::List(texts),
            None => Node::Scalar(self.text[start..end].to_owned()),
        };
        Some((path, Value { span, node }))
    }

    /// A name, or several with dots between them; nothing where there is none.
    fn path(&mut self) -> Path {
        let mut path = Path::new();
        loop {
            let start = self.offset;
            let name = match self.rest().chars().next() {
                Some(quote @ ('"' | '\'')) => self.quoted(quote),
                _ => {
                    let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
                    let length = self.rest().find(|c| !is_name(c)).unwrap_or(self.rest().len());
                    self.offset += length;
                    Some(self.text[start..start + length].to_owned()).filter(|name| !name.is_empty())
                }
            };
            let Some(name) = name else { return Path::new() };
            path.push(Spanned::new(name, Span::new(start, self.offset)));
            let end = self.offset;
            self.blanks();
            if !self.takes('.') {
                self.offset = end;
                return path;
            }
            self.blanks();
        }
    }

    /// A value inside `depth` lists and tables; none where it is not TOML.
    fn value(&mut self, depth: usize) -> Option<Value> {
        self.nodes += 1;
        if depth > MAX_DEPTH || self.nodes > MAX_NODES {
            return None;
        }
        let start = self.offset;
        let node = match self.rest().chars().next()? {
            quote @ ('"' | '\'') => match self.rest().starts_with(&String::from(quote).repeat(3)) {
                true => Node::Scalar(self.long(quote)?),
                false => Node::Scalar(self.quoted(quote)?),
            },
            '[' => Node::List(self.list(depth)?),
            '{' => Node::Map(self.map(depth)?),
            _ => Node::Scalar(self.bare()?),
        };
        Some(Value { span: Span::new(start, self.offset), node })
    }

    fn list(&mut self, depth: usize) -> Option<Vec<Value>> {
        self.takes('[');
        let mut items = Vec::new();
        loop {
            self.gaps();
            if self.takes(']') {
                return Some(items);
            }
            items.push(self.value(depth + 1)?);
            self.gaps();
            if !self.takes(',') && !self.rest().starts_with(']') {
                return None;
            }
        }
    }

    fn map(&mut self, depth: usize) -> Option<Vec<Field>> {
        self.takes('{');
        let mut fields = Vec::new();
        loop {
            self.gaps();
            if self.takes('}') {
                return Some(fields);
            }
            let path = self.path();
            self.blanks();
            if path.is_empty() || path.len() > MAX_DEPTH || !self.takes('=') {
                return None;
            }
            self.blanks();
            let value = self.value(depth + 1)?;
            insert(&mut fields, &path, value);
            self.gaps();
            if !self.takes(',') && !self.rest().starts_with('}') {
                return None;
            }
        }
    }

    /// A number, a date, or a yes or no, as it is written.
    fn bare(&mut self) -> Option<String> {
        let length = self.rest().find([',', ']', '}', '#', '\n']).unwrap_or(self.rest().len());
        let word = self.rest()[..length].trim_end().to_owned();
        let is_number = word.starts_with(|c: char| c.is_ascii_digit() || "+-".contains(c))
            && word.contains(|c: char| c.is_ascii_digit())
            && word.chars().all(|c| c.is_ascii_alphanumeric() || "+-._: ".contains(c));
        // A date and a time of day have a space between them.
        let is_one =
            !word.contains(' ') || word.len() > 11 && word.find(' ') == Some(10) && word[11..].find(' ').is_none();
        let is_word = ["true", "false", "inf", "nan"].contains(&word.as_str());
        if !(is_word || is_number && is_one) {
            return None;
        }
        self.offset += word.len();
        let is_grouped = word.contains('_') && word.chars().all(|c| c.is_ascii_digit() || "+-._".contains(c));
        Some(if is_grouped { word.replace('_', "") } else { word })
    }

    /// A text between quotes on one line.
    fn quoted(&mut self, quote: char) -> Option<String> {
        self.offset += 1;
        let mut text = String::new();
        loop {
            let c = self.rest().chars().next().filter(|&c| c != '\n')?;
            self.offset += c.len_utf8();
            match c {
                _ if c == quote => return Some(text),
                '\\' if quote == '"' => text.push(self.escape()?),
                c => text.push(c),
            }
        }
    }

    /// A text between three quotes, on any number of lines.
    fn long(&mut self, quote: char) -> Option<String> {
        let fence = String::from(quote).repeat(3);
        self.offset += fence.len();
        self.takes('\n');
        let mut text = String::new();
        loop {
            if self.rest().starts_with(&fence) {
                // Up to two more quotes belong to the text.
                let quotes = self.rest().chars().take_while(|&c| c == quote).count().min(5);
                text.extend(std::iter::repeat_n(quote, quotes - 3));
                self.offset += quotes;
                return Some(text);
            }
            let c = self.rest().chars().next()?;
            self.offset += c.len_utf8();
            if c != '\\' || quote != '"' {
                text.push(c);
            } else if self.rest().trim_start_matches([' ', '\t']).starts_with('\n') {
                let rest = self.rest();
                self.offset += rest.len() - rest.trim_start().len();
            } else {
                text.push(self.escape()?);
            }
        }
    }

    /// What stands behind a backslash.
    fn escape(&mut self) -> Option<char> {
        let sign = self.rest().chars().next()?;
        self.offset += sign.len_utf8();
        let length = match sign {
            'b' => return Some('\u{8}'),
            't' => return Some('\t'),
            'n' => return Some('\n'),
            'f' => return Some('\u{c}'),
            'r' => return Some('\r'),
            'e' => return Some('\u{1b}'),
            '"' | '\\' => return Some(sign),
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => return None,
        };
        let digits = self.rest().get(..length).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        let c = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)?;
        self.offset += length;
        Some(c)
    }
}

/// The value at a path; of a list of tables, in its last one.
fn find<'f>(fields: &'f mut [Field], path: &[Spanned<String>]) -> Option<&'f mut Value> {
    let (first, rest) = path.split_first()?;
    let value = &mut fields.iter_mut().find(|field| field.name.value == first.value)?.value;
    if rest.is_empty() { Some(value) } else { find(table(value)?, rest) }
}

/// The entries of a table, or of the last one of a list.
fn table(value: &mut Value) -> Option<&mut Vec<Field>> {
    match &mut value.node {
        Node::Map(fields) => Some(fields),
        Node::List(list) => list.last_mut().and_then(table),
        Node::Scalar(_) => None,
    }
}

/// Adds a field to the tables that its path names. A name that is there for something else is there twice.
fn insert(fields: &mut Vec<Field>, path: &[Spanned<String>], value: Value) {
    let Some((first, rest)) = path.split_first() else { return };
    if rest.is_empty() {
        fields.push(Field { name: first.clone(), value });
        return;
    }
    let known = fields.iter_mut().find(|field| field.name.value == first.value);
    let (start, end) = (value.span.start, value.span.end);
    if let Some(above) = known.map(|field| &mut field.value)
        && table(above).is_some()
    {
        above.span = Span { start: above.span.start.min(start), end: above.span.end.max(end), part: 0 };
        if let Some(entries) = table(above) {
            insert(entries, rest, value);
        }
        return;
    }
    let span = value.span;
    let mut entries = Vec::new();
    insert(&mut entries, rest, value);
    fields.push(Field { name: first.clone(), value: Value { span, node: Node::Map(entries) } });
}
