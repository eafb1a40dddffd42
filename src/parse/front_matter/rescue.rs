//! Line by line: a head that is not YAML still yields all its fields.
//!
//! Every line that gives a name begins a field, and the lines below belong to it. Each field is read alone, so that a
//! mistake stays in its own; inside a field that cannot be read the same is done with the entries of its list or map, and
//! what is left is taken as the text it is.

use std::ops::Range;
use std::sync::Arc;

use super::super::{Field, Node, Value};
use super::hashes::Text;
use super::lines::{assigned_name, field_name, indentation, is_entry, is_silent, lines, uncommented, unquoted};
use super::tree::{Broken, MAX_DEPTH, Root, YamlError, tree};
use super::{explain, tree as yaml};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Source, Span, Spanned};
use crate::text::{listed, quoted};

/// A field or a list entry with its lines, in bytes of the source.
pub(super) struct Chunk {
    /// From the start of its first line to the end of its last.
    pub(super) lines: Range<usize>,
    /// Where its name or its dash stands.
    pub(super) start: usize,
    /// Its name, quotes included; empty for a list entry.
    pub(super) name: Range<usize>,
    /// What stands behind the name, from its first byte to its last.
    pub(super) value: Range<usize>,
    /// Whether the value begins on a later line than the name.
    pub(super) below: bool,
    /// Whether its line is indented as if it belonged to the value above, which has ended.
    pub(super) indented: bool,
}

/// Reads `head`, which is not YAML because of `broken`; `None` where it holds no field at all.
pub(super) fn rescue(
    source: &Arc<Source>,
    text: &Text<'_>,
    head: Range<usize>,
    broken: &Broken,
) -> Option<(Vec<Field>, Vec<Diagnostic>)> {
    let (chunks, stray) = chunks(text.masked(), head, 0, field_name);
    let blamed = chunks.iter().rev().find(|chunk| chunk.lines.start <= broken.offset).or(chunks.first())?;
    let mut rescue = Rescue { source, whole: text, text: text.masked(), nodes: 0, diagnostics: Vec::new() };
    rescue.diagnostics.extend(stray.map(|stray| match broken.failure {
        YamlError::Refused(refusal) if broken.offset == stray.start => {
            explain::refused(source, refusal, Span::new(stray.start, stray.end))
        }
        _ => explain::stray(source, stray),
    }));
    for pair in chunks.windows(2).filter(|pair| pair[1].indented) {
        rescue.diagnostics.push(explain::indented(source, &pair[0], &pair[1]));
    }
    let fields = rescue.fields(&chunks, 1);
    if rescue.diagnostics.is_empty() {
        rescue.diagnostics.push(explain::broken(source, blamed, broken));
    }
    say_what_decides(text.masked(), &chunks, &mut rescue.diagnostics);
    Some((fields, rescue.diagnostics))
}

/// Adds to the first finding of each field on which readiness, place or audience of a thing hang, that it was read in this way.
fn say_what_decides(text: &str, chunks: &[Chunk], diagnostics: &mut [Diagnostic]) {
    let decides = |chunk: &Chunk| Some(unquoted(&text[chunk.name.clone()])).filter(|name| decides(name)).map(quoted);
    let mut is_said = vec![false; chunks.len()];
    for found in diagnostics.iter_mut().filter(|found| found.code == Code::INVALID_YAML) {
        let start = found.location.as_ref().map_or(0, |location| location.span.start as usize);
        let Some(index) = chunks.partition_point(|chunk| chunk.lines.start <= start).checked_sub(1) else { continue };
        if std::mem::replace(&mut is_said[index], true) {
            continue;
        }
        let above = index.checked_sub(1).filter(|_| chunks[index].indented).and_then(|above| decides(&chunks[above]));
        let names: Vec<String> = above.into_iter().chain(decides(&chunks[index])).collect();
        if !names.is_empty() {
            let was = if names.len() == 1 { "was" } else { "were" };
            found.message += &format!("; {} {was} read by rescue, line by line", listed(&names));
        }
    }
}

/// Whether readiness, place or audience of a thing hang on a field of this name.
fn decides(name: &str) -> bool {
    const DECIDING: [&str; 11] = [
        "blockedby",
        "blocks",
        "dependencies",
        "depends",
        "dependson",
        "deps",
        "id",
        "requires",
        "state",
        "status",
        "visibility",
    ];
    DECIDING.contains(&name.to_lowercase().replace(['-', '_', ' '], "").as_str())
}

/// The chunks of `range` that begin at most `indent` deep with a line that `begins` takes for one, and the lines
/// before them that say something.
fn chunks(
    text: &str,
    range: Range<usize>,
    indent: usize,
    begins: impl Fn(&str) -> Option<(Range<usize>, usize)>,
) -> (Vec<Chunk>, Option<Range<usize>>) {
    let mut chunks: Vec<Chunk> = Vec::new();
    let mut stray = None;
    for line in lines(text, range) {
        let depth = indentation(&text[line.clone()]);
        let words = &text[line.start + depth..line.end];
        if is_silent(words) && (depth <= indent || words.trim().is_empty()) {
            continue;
        }
        let start = line.start + depth;
        let indented = depth > indent && chunks.last().is_some_and(|chunk| has_ended(text, chunk, depth, words));
        if (depth <= indent || chunks.is_empty() || indented && spaced_name(words).is_some())
            && let Some((name, after)) =
                begins(words).or_else(|| assigned(words, depth, &chunks)).or_else(|| dependency(words, depth, &chunks))
        {
            let name = start + name.start..start + name.end;
            // A dash before a field is not part of it.
            let start = if name.is_empty() { start } else { name.start };
            chunks.push(Chunk { lines: line, start, name, value: start + after..0, below: false, indented });
        } else if let Some(chunk) = chunks.last_mut() {
            chunk.lines.end = line.end;
        } else {
            let end = start + words.trim_end().len();
            stray.get_or_insert(start..end).end = end;
        }
    }
    for chunk in &mut chunks {
        let after = chunk.value.start;
        let first = lines(text, after..chunk.lines.end).find(|line| !is_silent(&text[line.clone()]));
        let start = first.map_or(after, |line| line.start + indentation(&text[line]));
        chunk.below = text[after..start].contains('\n');
        chunk.value = start..start + text[start..chunk.lines.end].trim_end().len();
    }
    (chunks, stray)
}

/// What a line at the left margin gives a value with another sign than a colon. No value goes on there, and a head that has nothing else is
/// not one of fields.
fn assigned(words: &str, depth: usize, above: &[Chunk]) -> Option<(Range<usize>, usize)> {
    assigned_name(words).filter(|_| depth == 0 && !above.is_empty())
}

/// What a line at the left margin says of dependencies or of the status that gives no field: `- depends_on: a`, `depends_on a`,
/// `depends_on -> a`, `status done`. In doubt an item waits.
fn dependency(words: &str, depth: usize, above: &[Chunk]) -> Option<(Range<usize>, usize)> {
    const PLAIN: [&str; 5] = ["dependson", "blockedby", "isblockedby", "waitingfor", "waitingon"];
    /// Most words of a status: what has more is a sentence.
    const MAX_STATUS: usize = 2;
    const SIGNED: [&str; 5] = ["blocks", "dependencies", "depends", "deps", "requires"];
    if depth > 0 || above.is_empty() {
        return None;
    }
    let start = words.len() - words.trim_start_matches(['-', '*', '+', ' ', '\t']).len();
    let rest = &words[start..];
    let length = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '-')?;
    let name = rest[..length].trim_end_matches(['-', '_']);
    let behind = &rest[name.len()..];
    let value = behind.trim_start_matches([' ', '\t', '-', '=', '>', '~', ':', '→', '⇒']);
    let sign = behind[..behind.len() - value.len()].trim();
    let plain = name.to_lowercase().replace(['-', '_'], "");
    let is_meant = PLAIN.contains(&plain.as_str())
        || !sign.is_empty() && SIGNED.contains(&plain.as_str())
        || plain == "status" && start == 0 && value.split_whitespace().count() <= MAX_STATUS;
    (is_meant && !value.trim().is_empty()).then(|| (start..start + name.len(), words.len() - value.len()))
}

/// Whether the value of a field has ended above a line of these words that is so deep: the bracket of a list is closed, its entries stand as
/// deep or deeper, or each is a text of its own; or it is a text, and the line gives a field that decides.
fn has_ended(text: &str, chunk: &Chunk, depth: usize, words: &str) -> bool {
    let written = &text[chunk.value.start..chunk.lines.end];
    let (beside, below) = written.split_once('\n').unwrap_or((written, ""));
    let beside = uncommented(beside.trim());
    if beside.is_empty() {
        let Some(first) = below.lines().find(|line| !is_silent(line)) else { return false };
        let last = below.lines().rfind(|line| !is_silent(line)).unwrap_or_default().trim_start();
        let is_text = is_entry(last) && is_plain(last[1..].trim_start());
        return is_entry(first.trim_start()) && (indentation(first) >= depth || is_text);
    }
    let is_list = beside.starts_with('[') && beside.ends_with(']') || beside.starts_with('{') && beside.ends_with('}');
    let is_field = || spaced_name(words).is_some_and(|(name, _)| decides(unquoted(&words[name])));
    below.trim().is_empty() && (is_list || is_plain(beside) && is_field())
}

/// Whether the first words of a value begin neither quotes, brackets, a block of text nor a map.
fn is_plain(words: &str) -> bool {
    !words.trim().is_empty() && !words.starts_with(['"', '\'', '[', '{', '|', '>']) && spaced_name(words).is_none()
}

struct Rescue<'a> {
    source: &'a Arc<Source>,
    whole: &'a Text<'a>,
    /// The same without number signs that are text.
    text: &'a str,
    nodes: usize,
    diagnostics: Vec<Diagnostic>,
}

impl Rescue<'_> {
    fn fields(&mut self, chunks: &[Chunk], depth: usize) -> Vec<Field> {
        let mut fields = Vec::with_capacity(chunks.len());
        for chunk in chunks {
            let broken = match tree(self.whole, chunk.start, chunk.lines.end, &mut self.nodes) {
                Ok(yaml::Tree { root: Root::Fields(read), refused }) => {
                    self.refused(&refused);
                    fields.extend(read);
                    continue;
                }
                Ok(_) => Broken { failure: YamlError::Shape, offset: chunk.start },
                Err(broken) => broken,
            };
            let name = self.restored(unquoted(&self.text[chunk.name.clone()]), &chunk.name);
            let name = Spanned::new(name, Span::new(chunk.name.start, chunk.name.end));
            fields.push(Field { name, value: self.broken(chunk, &broken, depth) });
        }
        fields
    }

    fn refused(&mut self, refused: &[(yaml::Refusal, Span)]) {
        self.diagnostics
            .extend(refused.iter().map(|&(refusal, offset)| explain::refused(self.source, refusal, offset)));
    }

    /// The value of a chunk that cannot be read; whatever is wrong inside has been reported afterwards, at least once.
    fn broken(&mut self, chunk: &Chunk, broken: &Broken, depth: usize) -> Value {
        let before = self.diagnostics.len();
        let value = match broken.failure {
            YamlError::Refused(_) => self.plain(chunk.value.clone()),
            _ => self.value(chunk, depth + 1),
        };
        if self.diagnostics.len() == before {
            self.diagnostics.push(explain::broken(self.source, chunk, broken));
        }
        value
    }

    fn value(&mut self, chunk: &Chunk, depth: usize) -> Value {
        let written = &self.text[chunk.value.clone()];
        let is_list_entry = chunk.name.is_empty();
        let line = self.text[..chunk.value.start].rfind('\n').map_or(0, |offset| offset + 1);
        let indent = chunk.value.start - line;
        let inside = depth < MAX_DEPTH;
        if inside && chunk.below && is_entry(written) {
            let (entries, _) = chunks(self.text, line..chunk.lines.end, indent, entry);
            return self.list(&entries, depth);
        }
        if inside && (chunk.below || is_list_entry) && spaced_name(written).is_some() {
            let (fields, _) = chunks(self.text, chunk.value.start..chunk.lines.end, indent, spaced_name);
            let fields = self.fields(&fields, depth);
            let mut span = Span::new(chunk.value.start, chunk.value.end);
            // Spaces that end a block of text belong to it.
            span.end = fields.iter().map(|field| field.value.span.end).fold(span.end, u32::max);
            return Value { span, node: Node::Map(fields) };
        }
        if let Some(items) = written.strip_prefix('[').and_then(|_| self.flow(chunk.value.clone())) {
            return Value { span: Span::new(chunk.value.start, chunk.value.end), node: Node::List(items) };
        }
        self.text_of(chunk, indent)
    }

    fn list(&mut self, entries: &[Chunk], depth: usize) -> Value {
        let mut items = Vec::with_capacity(entries.len());
        for entry in entries {
            let broken = match tree(self.whole, entry.lines.start, entry.lines.end, &mut self.nodes) {
                Ok(yaml::Tree { root: Root::Value(Value { node: Node::List(read), .. }), refused })
                    if refused.is_empty() =>
                {
                    items.extend(read);
                    continue;
                }
                Ok(yaml::Tree { refused, .. }) => {
                    self.refused(&refused);
                    items.push(self.plain(entry.value.clone()));
                    continue;
                }
                Err(broken) => broken,
            };
            items.push(self.broken(entry, &broken, depth));
        }
        let start = entries.first().map_or(0, |entry| entry.start);
        let mut span = Span::new(start, entries.last().map_or(start, |entry| entry.value.end));
        span.end = items.iter().map(|item| item.span.end).fold(span.end, u32::max);
        Value { span, node: Node::List(items) }
    }

    /// The entries between brackets, at commas outside quotes and brackets; `None` where text follows the closing one.
    fn flow(&self, value: Range<usize>) -> Option<Vec<Value>> {
        let written = &self.text[value.clone()];
        let mut items = Vec::new();
        let (mut depth, mut from, mut offset) = (0, 1, 1);
        let mut unclosed = [false; 2];
        let bytes = written.as_bytes();
        while offset < bytes.len() {
            let byte = bytes[offset];
            match byte {
                b'"' | b'\'' if written[from..offset].trim().is_empty() => {
                    let unclosed = &mut unclosed[usize::from(byte == b'"')];
                    match written[offset + 1..].find(char::from(byte)) {
                        Some(length) if !*unclosed => offset += length + 1,
                        _ => *unclosed = true,
                    }
                }
                b'[' | b'{' => depth += 1,
                b']' if depth == 0 => {
                    let rest = &written[offset + 1..];
                    items.extend(self.item(value.start + from..value.start + offset));
                    return uncommented(rest.trim()).is_empty().then_some(items);
                }
                b']' | b'}' if depth > 0 => depth -= 1,
                b',' if depth == 0 => {
                    items.extend(self.item(value.start + from..value.start + offset));
                    from = offset + 1;
                }
                _ => {}
            }
            offset += 1;
        }
        items.extend(self.item(value.start + from..value.end));
        Some(items)
    }

    fn item(&self, range: Range<usize>) -> Option<Value> {
        let written = &self.text[range.clone()];
        let start = range.start + (written.len() - written.trim_start().len());
        let value = self.plain(start..start + written.trim().len());
        (value.span.start < value.span.end).then_some(value)
    }

    /// A text that was read from the bytes of `range`, as its author wrote it.
    fn restored(&self, text: &str, range: &Range<usize>) -> String {
        self.whole.restored(text.to_owned(), range.clone())
    }

    /// One line of text: without a comment and without the quotes around it.
    fn plain(&self, range: Range<usize>) -> Value {
        let written = &self.text[range.clone()];
        let written = if written.contains('\n') { written } else { uncommented(written) };
        let node = Node::Scalar(self.restored(unquoted(written), &range));
        Value { span: Span::new(range.start, range.start + written.len()), node }
    }

    /// A value as text: lines below the name stay lines, a text that begins beside it is folded into one.
    fn text_of(&self, chunk: &Chunk, indent: usize) -> Value {
        let written = &self.text[chunk.value.clone()];
        if !written.contains('\n') {
            return self.plain(chunk.value.clone());
        }
        let (head, rest) = written.split_once('\n').unwrap_or((written, ""));
        let depths = rest.lines().filter(|line| !line.trim().is_empty()).map(indentation);
        let text = if written.starts_with(['|', '>']) {
            dedented(rest, depths.min().unwrap_or(0))
        } else if chunk.below {
            let common = depths.min().unwrap_or(0).min(indent);
            format!("{head}\n{}", dedented(rest, common))
        } else {
            written.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
        };
        let node = Node::Scalar(self.restored(unquoted(&text), &chunk.value));
        Value { span: Span::new(chunk.value.start, chunk.value.end), node }
    }
}

fn dedented(text: &str, common: usize) -> String {
    text.lines().map(|line| line.get(common..).unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The dash of a list entry, in the form of [`field_name`].
fn entry(words: &str) -> Option<(Range<usize>, usize)> {
    is_entry(words).then_some((0..0, 1))
}

/// [`field_name`] where the space after the colon may not be missing.
fn spaced_name(words: &str) -> Option<(Range<usize>, usize)> {
    field_name(words).filter(|(_, after)| words[*after..].chars().next().is_none_or(char::is_whitespace))
}
