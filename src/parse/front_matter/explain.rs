//! What is wrong with front matter, in the author's words: what, where, and what to write instead.

use std::ops::Range;
use std::sync::Arc;

use granit_parser::ErrorKind as Kind;

use super::lines::{field_name, unremarked};
use super::rescue::Chunk;
use super::tree::{Broken, MAX_DEPTH, MAX_NODES, Refusal, YamlError};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Location, Source, Span};
use crate::text::yaml;

/// Longest value that a help repeats, in bytes.
const SHOWN: usize = 80;

/// A finding on its way: bytes, message, label, help.
struct Words {
    offset: Range<usize>,
    message: String,
    label: String,
    help: String,
}

impl Words {
    fn new(
        offset: Range<usize>,
        message: impl Into<String>,
        label: impl Into<String>,
        help: impl Into<String>,
    ) -> Words {
        Words { offset, message: message.into(), label: label.into(), help: help.into() }
    }

    fn diagnostic(self, source: &Arc<Source>, code: Code) -> Diagnostic {
        let location = Location::new(source, Span::new(self.offset.start, self.offset.end));
        Diagnostic::new(code, location, self.message).label(self.label).help(self.help)
    }
}

/// A field or list entry that cannot be read as YAML.
pub(super) fn broken(source: &Arc<Source>, chunk: &Chunk, broken: &Broken) -> Diagnostic {
    let explainer = Explainer { text: &source.text, chunk, offset: broken.offset.max(chunk.start) };
    match &broken.failure {
        YamlError::Refused(refusal) => {
            let offset = if *refusal == Refusal::Documents { explainer.line() } else { explainer.character() };
            refused(source, *refusal, Span::new(offset.start, offset.end))
        }
        YamlError::Shape => explainer.missing_space().diagnostic(source, Code::INVALID_YAML),
        YamlError::Invalid(kind) => explainer.invalid(kind).diagnostic(source, Code::INVALID_YAML),
    }
}

/// Lines before the first field that are none.
pub(super) fn stray(source: &Arc<Source>, lines: Range<usize>) -> Diagnostic {
    let (message, help) = match source.text[lines.clone()].contains('\n') {
        false => ("this line is not a field", "write it as `name: value`, or begin it with `#`"),
        true => ("these lines are not fields", "write them as `name: value`, or begin each with `#`"),
    };
    Words::new(lines, message, "not read", help).diagnostic(source, Code::INVALID_YAML)
}

/// A field that is indented below a value which has ended: `above` is the field whose value would take it in.
pub(super) fn indented(source: &Arc<Source>, above: &Chunk, chunk: &Chunk) -> Diagnostic {
    let (above, name) = (&source.text[above.name.clone()], &source.text[chunk.name.clone()]);
    let message = format!("the indentation of `{name}` does not fit the lines above");
    let help = format!("indent it like `{above}`, whose value was read without it");
    Words::new(chunk.start..chunk.value.end, message, "read as a field of its own", help)
        .diagnostic(source, Code::INVALID_YAML)
}

/// A head without a single field.
pub(super) fn no_fields(source: &Arc<Source>, head: Range<usize>, is_list: bool) -> Diagnostic {
    let text = &source.text[head.clone()];
    let start = head.start + (text.len() - text.trim_start().len());
    let end = start + source.text[start..head.end].lines().next().unwrap_or_default().trim_end().len();
    let message = format!("the front matter is {}, not fields", if is_list { "a list" } else { "text" });
    let help = "write fields as `name: value`, or take the line `---` above away";
    Words::new(start..end, message, "read as part of the body", help).diagnostic(source, Code::INVALID_YAML)
}

/// YAML that front matter may not use, at `span`.
pub(super) fn refused(source: &Arc<Source>, refusal: Refusal, span: Span) -> Diagnostic {
    let text = "or put the value in quotes if it is meant as text";
    let (what, label, help) = match refusal {
        Refusal::Anchor => ("front matter may not use anchors", "an anchor", format!("take it away, {text}")),
        Refusal::Alias => {
            ("front matter may not use aliases", "an alias", format!("write out what it stands for, {text}"))
        }
        Refusal::Merge => ("front matter may not use merge keys", "a merge key", "write out the fields".to_owned()),
        Refusal::Tag => ("front matter may not use tags", "a tag", format!("take it away, {text}")),
        Refusal::Key => ("the name of a field must be text", "not a name", "write it as `name: value`".to_owned()),
        Refusal::Depth => (
            "lists and maps are nested too deeply",
            "too deep from here",
            format!("use at most {MAX_DEPTH} levels, {text}"),
        ),
        Refusal::Nodes => (
            "the front matter has too many values",
            "kept as text, as are the fields below",
            format!("use at most {MAX_NODES}, names counted"),
        ),
        Refusal::Size => (
            "the front matter is longer than 256 KiB",
            "from here on it is kept as text",
            "move long text below the front matter, or check its closing line `---`".to_owned(),
        ),
        Refusal::Documents => (
            "front matter is a single YAML document",
            "a second one begins here",
            format!("take this line away, {text}"),
        ),
        Refusal::Directive => ("front matter may not use directives", "a directive", format!("take it away, {text}")),
    };
    Words::new(span.range(), what, label, help).diagnostic(source, Code::UNSUPPORTED_YAML)
}

/// A broken chunk and the byte its error was noticed at.
struct Explainer<'a> {
    text: &'a str,
    chunk: &'a Chunk,
    offset: usize,
}

impl Explainer<'_> {
    fn invalid(&self, kind: &Kind) -> Words {
        let value = self.value();
        let offset = self.character();
        let seen = &self.text[offset.clone()];
        match kind {
            Kind::UnexpectedCharacter { character } if !character.is_ascii_graphic() => self.unprintable(*character),
            Kind::UnclosedQuotedScalar => {
                let help = self.shown(&format!("{value}{seen}")).map(|shown| format!("close it: `{shown}`"));
                let help = help.unwrap_or_else(|| format!("end the value with `{seen}`"));
                Words::new(offset.clone(), format!("the quote `{seen}` is never closed"), "opened here", help)
            }
            Kind::UnclosedFlowCollection { open } => self.unclosed(*open),
            Kind::MismatchedFlowCollectionEnd { open, close } => {
                let due = closing(*open);
                Words::new(
                    offset,
                    format!("`{open}` is closed by `{close}`"),
                    "opened here",
                    format!("close it with `{due}`"),
                )
            }
            _ if self.in_first_line() && value.starts_with(['@', '`', '%', ',', '*', '&', '!']) => {
                let start = self.chunk.value.start;
                self.cannot_start(start..start + 1)
            }
            Kind::UnexpectedCharacter { .. } => self.cannot_start(offset),
            _ => self.misplaced(kind),
        }
    }

    /// What is wrong where the value began well.
    fn misplaced(&self, kind: &Kind) -> Words {
        let value = self.value();
        let offset = self.character();
        let seen = &self.text[offset.clone()];
        match kind {
            Kind::MisplacedFlowCollectionEnd => {
                Words::new(offset, format!("`{seen}` closes nothing"), "no bracket is open here", self.quote())
            }
            Kind::MappingValueNotAllowed if self.in_first_line() => Words::new(
                offset,
                "a plain value may not contain `: `",
                "for YAML a second field begins here",
                self.quote(),
            ),
            Kind::InvalidTrailingSingleQuotedScalar | Kind::InvalidTrailingDoubleQuotedScalar
                if !value.starts_with(['[', '{']) =>
            {
                Words::new(offset, "text stands after the closing quote", "the value ended before this", self.quote())
            }
            Kind::BlockSequenceEntryNotAllowed if self.in_first_line() => {
                let help = format!("begin the list on the next line, or {}", self.quote());
                Words::new(offset, "a list may not begin beside its name", "read as a list entry", help)
            }
            Kind::InvalidBlockScalarHeader | Kind::ZeroBlockScalarIndent if value.starts_with(['|', '>']) => {
                let sign = &value[..1];
                let start = self.chunk.value.start;
                let message = format!("text stands beside `{sign}`, which begins a text on the lines below");
                Words::new(start..start + 1, message, "the text begins on the next line", self.quote())
            }
            Kind::UnknownQuotedScalarEscape
            | Kind::InvalidQuotedScalarHexEscape
            | Kind::InvalidUnicodeEscape
            | Kind::InvalidLowSurrogateHexEscape
            | Kind::InvalidLowSurrogate
            | Kind::MissingLowSurrogate
            | Kind::UnpairedLowSurrogate => self.escape(),
            Kind::TabNotAllowed
            | Kind::TabInBlockIndentation
            | Kind::TabInIndentation
            | Kind::TabAtBlockScalarStart
            | Kind::TabInPlainScalar => self.tab(),
            Kind::ExpectedFlowSequenceSeparator
            | Kind::ExpectedFlowMappingSeparator
            | Kind::InvalidTrailingSingleQuotedScalar
            | Kind::InvalidTrailingDoubleQuotedScalar => {
                let help = "separate the entries by commas, and put an entry with special characters in quotes";
                Words::new(offset, "a comma is missing between two entries", "expected `,` before this", help)
            }
            _ => self.misfit(),
        }
    }

    /// What the indentation or the line breaks are to blame for, and the rest.
    fn misfit(&self) -> Words {
        let offset = self.character();
        // The reader may point before the field, at white space of its own.
        let before = self.text.get(self.chunk.start..offset.start).unwrap_or_default().trim_end();
        if self.in_first_line() && before.ends_with([']', '}']) {
            return Words::new(
                offset,
                "text stands after the closing bracket",
                "the value ended before this",
                self.quote(),
            );
        }
        let begins_chunk = offset.start == self.chunk.start && !self.chunk.name.is_empty();
        if self.in_first_line() && !begins_chunk {
            return Words::new(offset, "this is not valid YAML", "cannot be read from here", self.quote());
        }
        let line = self.line();
        let words = &self.text[line.clone()];
        let owner = &self.text[self.chunk.name.clone()];
        if line.contains(&self.chunk.name.start) && words.starts_with(['-', '*', '+']) {
            let message = format!("a sign stands before the name of `{owner}`");
            return Words::new(line, message, "not an entry of a list", "take the sign away".to_owned());
        }
        if let Some((name, _)) = field_name(words) {
            let name = &words[name];
            let message = format!("the indentation of `{name}` does not fit the lines above");
            let help = "indent it like the fields it stands with, or put the text it belongs to in quotes";
            return Words::new(line, message, "no field may begin here", help);
        }
        let help = if owner.is_empty() {
            "indent it to continue the entry above".to_owned()
        } else {
            format!("indent it to continue `{owner}`, or write it as `name: value`")
        };
        Words::new(line, "this line is neither a field nor part of the one above", "does not fit here", help)
    }

    fn missing_space(&self) -> Words {
        let name = &self.text[self.chunk.name.clone()];
        let colon = self.chunk.name.end;
        if !self.text[colon..].trim_start().starts_with(':') {
            let sign = &self.text[colon..self.chunk.value.start];
            let lead = if sign.trim().is_empty() { 0 } else { sign.len() - sign.trim_start().len() };
            let sign = colon + lead..colon + sign.trim_end().len();
            let help =
                self.shown(self.value()).map_or_else(|| "write a colon".to_owned(), |shown| format!("write `{shown}`"));
            let message = match &self.text[sign.clone()] {
                "" => format!("no colon stands behind `{name}`"),
                seen => format!("`{name}` is followed by `{seen}` in place of a colon"),
            };
            return Words::new(sign, message, "a colon is due here", help);
        }
        let help = self
            .shown(self.value())
            .map_or_else(|| "write a space after it".to_owned(), |shown| format!("write `{shown}`"));
        Words::new(
            colon..colon + 1,
            format!("there is no space after the colon of `{name}`"),
            "a space is due here",
            help,
        )
    }

    fn cannot_start(&self, offset: Range<usize>) -> Words {
        let seen = &self.text[offset.clone()];
        let (what, help) = if self.chunk.name.contains(&offset.start) {
            ("name", "put the name in quotes".to_owned())
        } else if offset.start == self.chunk.value.start {
            ("value", self.quote())
        } else {
            let rest = self.text.get(offset.start..self.chunk.value.end).unwrap_or_default();
            let rest = rest.lines().next().unwrap_or_default();
            let entry = unremarked(rest.split([',', ']', '}']).next().unwrap_or_default().trim());
            ("value", format!("put it in quotes: `{}`", yaml(entry)))
        };
        let sign = if seen == "`" { "a backtick".to_owned() } else { format!("`{seen}`") };
        Words::new(
            offset,
            format!("{sign} may not begin a {what} without quotes"),
            format!("a {what} begins here"),
            help,
        )
    }

    fn unprintable(&self, character: char) -> Words {
        let found = self
            .text
            .get(self.offset..self.chunk.lines.end)
            .unwrap_or_default()
            .find(character)
            .map_or(self.offset, |offset| self.offset + offset);
        let message = format!("the character U+{:04X} may not stand in YAML", u32::from(character));
        Words::new(found..found + character.len_utf8(), message, "an invisible character", "take it away")
    }

    fn unclosed(&self, open: char) -> Words {
        let close = closing(open);
        let help = self.shown(&format!("{}{close}", unremarked(self.value())));
        let help = help.map_or_else(|| format!("end the value with `{close}`"), |shown| format!("close it: `{shown}`"));
        Words::new(self.character(), format!("`{open}` is never closed"), "opened here", help)
    }

    fn escape(&self) -> Words {
        let rest = &self.text[self.offset..self.chunk.lines.end];
        let mut chars = rest.char_indices().skip(1);
        let mut found = 0;
        while let Some((offset, c)) = chars.next() {
            if c == '\\' {
                let next = chars.next().map_or(' ', |(_, c)| c);
                if !"0abtnvfre \"/\\N_LP\n\t".contains(next) {
                    found = offset;
                    break;
                }
            }
        }
        let length = rest[found..].chars().take(2).map(char::len_utf8).sum::<usize>();
        let offset = self.offset + found..self.offset + found + length;
        let inner = self.value().strip_prefix('"').and_then(|value| value.strip_suffix('"'));
        let shown = inner.and_then(|inner| self.shown(&format!("'{}'", inner.replace('\'', "''"))));
        let help = "in single quotes a backslash is only that";
        let help = shown.map_or_else(|| help.to_owned(), |shown| format!("{help}: `{shown}`"));
        Words::new(
            offset.clone(),
            format!("`{}` is not an escape", &self.text[offset]),
            "in double quotes `\\` begins an escape",
            help,
        )
    }

    fn tab(&self) -> Words {
        let line = self.text[..self.offset].rfind('\n').map_or(0, |offset| offset + 1);
        let found = self.text[line..self.chunk.lines.end]
            .find('\t')
            .map_or(self.character(), |offset| line + offset..line + offset + 1);
        Words::new(found, "a tab may not indent", "a tab", "use spaces")
    }

    fn value(&self) -> &str {
        &self.text[self.chunk.value.clone()]
    }

    /// The character at the place of the error; nothing at the end of a line.
    fn character(&self) -> Range<usize> {
        let rest = self.text.get(self.offset..).unwrap_or_default();
        let length = rest.chars().next().filter(|&c| c != '\n').map_or(0, char::len_utf8);
        self.offset..self.offset + length
    }

    /// Whether the error was noticed in the first line of the chunk.
    fn in_first_line(&self) -> bool {
        !self.text.get(self.chunk.start..self.offset).unwrap_or_default().contains('\n')
    }

    /// The words of the line of the error.
    fn line(&self) -> Range<usize> {
        let start = self.text[..self.offset].rfind('\n').map_or(0, |offset| offset + 1);
        let line = self.text[start..].lines().next().unwrap_or_default();
        // A line may be nothing but white space of a kind that YAML takes for text.
        let begin = line.len() - line.trim_start().len();
        start + begin..start + line.trim_end().len().max(begin)
    }

    /// The chunk with `value` in place of its own; `None` where that would not be one short line.
    fn shown(&self, value: &str) -> Option<String> {
        if value.contains('\n') || value.len() > SHOWN {
            return None;
        }
        Some(match &self.text[self.chunk.name.clone()] {
            "" => format!("- {value}"),
            name => format!("{name}: {value}"),
        })
    }

    fn quote(&self) -> String {
        let shown = self.shown(&yaml(unremarked(self.value())));
        let act = "put the value in quotes";
        shown.map_or_else(|| act.to_owned(), |shown| format!("{act}: `{shown}`"))
    }
}

fn closing(open: char) -> char {
    if open == '[' { ']' } else { '}' }
}
