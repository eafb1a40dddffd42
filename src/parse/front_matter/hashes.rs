//! The number signs that YAML takes for the start of a comment and an author for text: `title: Fix #123`.
//!
//! A comment has a space behind its sign, or stands where no value can: on a line of its own, behind quotes or brackets, beside the
//! name of a list that begins below. Every other sign belongs to the value that it stands in. Before YAML is read, another sign of
//! one byte stands in for it, and it is put back into every text that was read.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::lines::{field_name, indentation, is_entry, is_silent, lines};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Location, Source, Span};

/// What stands in for a number sign: YAML gives it no meaning.
const STAND_IN: char = '$';

/// A text in which no number sign that belongs to a value can be taken for a comment.
pub(super) struct Text<'a> {
    text: Cow<'a, str>,
    /// Where a number sign was, in bytes.
    hashes: Vec<usize>,
    /// Those of them that stand in quotes.
    doubtful: Vec<usize>,
    /// Where one begins a comment that may have been meant as a value.
    comments: Vec<usize>,
}

impl<'a> Text<'a> {
    /// `text`, of which `head` is YAML; or is none, so that nobody knows where quotes that are open at the end of a line were to end.
    pub(super) fn new(text: &'a str, head: Range<usize>, is_yaml: bool) -> Text<'a> {
        let (hashes, doubtful, comments) = hashes(text, head, is_yaml);
        let mut text = Cow::Borrowed(text);
        for &hash in &hashes {
            text.to_mut().replace_range(hash..=hash, STAND_IN.encode_utf8(&mut [0; 4]));
        }
        Text { text, hashes, doubtful, comments }
    }

    /// The text for a parser: every byte where it was.
    pub(super) fn masked(&self) -> &str {
        &self.text
    }

    /// `read`, which was made of the bytes of `range` and has its signs in their order, as its author wrote it.
    pub(super) fn restored(&self, read: String, range: Range<usize>) -> String {
        let from = self.hashes.partition_point(|&hash| hash < range.start);
        if self.hashes.get(from).is_none_or(|&hash| hash >= range.end) {
            return read;
        }
        let written = self.text.get(range.clone()).unwrap_or_default();
        let mut signs = written.match_indices(STAND_IN).map(|(offset, _)| range.start + offset);
        let mut hashes = self.hashes[from..].iter().peekable();
        let sign = |c: char| {
            let is_hash = c == STAND_IN && signs.next().is_some_and(|sign| hashes.next_if_eq(&&sign).is_some());
            if is_hash { '#' } else { c }
        };
        read.chars().map(sign).collect()
    }

    /// A word on each value that was read with a number sign, at the first of them.
    pub(super) fn diagnostics(&self, source: &Arc<Source>) -> Vec<Diagnostic> {
        let (mut last, mut firsts) = (None, Vec::new());
        for &hash in self.hashes.iter().filter(|hash| self.doubtful.binary_search(hash).is_err()) {
            if last.is_none_or(|last: usize| source.text[last..hash].contains(['\n', ','])) {
                firsts.push(hash);
            }
            last = Some(hash);
        }
        let found = |hash: usize| {
            let word = source.text[hash..].split([' ', '\t', '\n', ',', ']', '}']).next().unwrap_or_default();
            let location = Location::new(source, Span::new(hash, hash + word.len()));
            let message = format!("`{word}` may be text or a comment, since no space stands behind the `#`");
            Diagnostic::new(Code::UNQUOTED_HASH, location, message)
                .label("read as text, where the field takes any text")
                .help("put the value in quotes, several as `[\"#1\", \"#2\"]`, or write a space behind the `#` where a comment begins")
        };
        let comment = |&hash: &usize| {
            let words = source.text[hash..].lines().next().unwrap_or_default().trim_end();
            let location = Location::new(source, Span::new(hash, hash + words.len()));
            let message = format!("`{words}` is a comment, since the value before it has ended");
            Diagnostic::new(Code::UNQUOTED_HASH, location, message)
                .label("not read, and not shown")
                .help("put it between the quotes or brackets if it is a value, or write a space behind the `#` if it is a comment")
        };
        firsts.into_iter().map(found).chain(self.comments.iter().map(comment)).collect()
    }
}

/// What the text before a number sign is a part of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Token {
    /// A value or an entry is about to begin.
    Due,
    Plain,
    /// Quotes or brackets that are closed, or the sign of a block of text.
    Closed,
}

/// A walk along the lines of YAML.
struct Walk<'a> {
    text: &'a str,
    head: Range<usize>,
    /// Whether quotes may go over lines.
    is_yaml: bool,
    token: Token,
    /// The quote that is open.
    quote: Option<u8>,
    /// Whether the rest of the head has no second one of the single and of the double quotes.
    unclosed: [bool; 2],
    /// How many brackets are open.
    depth: usize,
    /// How far the line is indented in which the name or the dash of the value at hand stands.
    owner: usize,
    /// How far the line is indented below which a block of text stands.
    block: Option<usize>,
    hashes: Vec<usize>,
    doubtful: Vec<usize>,
    comments: Vec<usize>,
}

fn hashes(text: &str, head: Range<usize>, is_yaml: bool) -> (Vec<usize>, Vec<usize>, Vec<usize>) {
    let written = text.get(head.clone()).unwrap_or_default();
    // Few heads have such a sign.
    let is_candidate = |(offset, _): (usize, &str)| {
        let next = written[offset + 1..].chars().next();
        offset > 0 && next.is_some_and(|next| !next.is_whitespace())
    };
    if !written.match_indices('#').any(is_candidate) {
        return (Vec::new(), Vec::new(), Vec::new());
    }
    let (token, quote, block, unclosed) = (Token::Due, None, None, [false; 2]);
    let mut walk = Walk {
        text,
        head: head.clone(),
        is_yaml,
        token,
        quote,
        unclosed,
        depth: 0,
        owner: 0,
        block,
        hashes: Vec::new(),
        doubtful: Vec::new(),
        comments: Vec::new(),
    };
    for line in lines(text, head) {
        walk.line(line);
    }
    (walk.hashes, walk.doubtful, walk.comments)
}

impl Walk<'_> {
    fn line(&mut self, line: Range<usize>) {
        let words = &self.text[line.clone()];
        let indent = indentation(words);
        if self.block.is_some_and(|block| words.trim().is_empty() || indent > block) {
            return;
        }
        self.block = None;
        let mut offset = line.start;
        // Dashes of entries stand before everything else in a line.
        let mut leads = true;
        if self.quote.is_none() {
            offset += indent;
            // A plain value goes on where a line is indented deeper than its name.
            if !self.is_yaml && indent == 0 && field_name(words).is_some() {
                self.depth = 0;
            }
            let goes_on = self.token == Token::Plain && indent > self.owner || words.trim().is_empty();
            leads = !goes_on;
            if self.depth == 0 && !goes_on {
                self.token = Token::Due;
            }
            if self.text[offset..].starts_with('#') {
                return;
            }
        }
        let bytes = self.text.as_bytes();
        while offset < line.end {
            let byte = bytes[offset];
            let is_last = offset + 1 >= line.end || bytes[offset + 1].is_ascii_whitespace();
            if let Some(quote) = self.quote {
                match byte {
                    // Where to end the quotes nobody knows: what is read as a plain value must not lose its end.
                    b'#' if !self.is_yaml && bytes[offset - 1].is_ascii_whitespace() => {
                        self.hashes.push(offset);
                        self.doubtful.push(offset);
                    }
                    b'\\' if quote == b'"' => offset += 1,
                    b'\'' if quote == byte && bytes.get(offset + 1) == Some(&byte) => offset += 1,
                    _ if byte == quote => (self.quote, self.token) = (None, Token::Closed),
                    _ => {}
                }
            } else if byte == b'#' {
                let is_apart = bytes[offset - 1].is_ascii_whitespace() || self.depth > 0 && self.token == Token::Due;
                // A space may be missing in YAML that is none: `depends_on:#12`.
                if !is_apart && !self.is_yaml && bytes[offset - 1] == b':' {
                    self.hashes.push(offset);
                    self.doubtful.push(offset);
                }
                if is_apart && (is_last || !self.is_text(offset, &line, indent)) {
                    if !is_last && self.token == Token::Closed && self.block.is_none() {
                        self.comments.push(offset);
                    }
                    return;
                }
                if is_apart {
                    self.hashes.push(offset);
                }
                self.token = Token::Plain;
            } else if !byte.is_ascii_whitespace() {
                self.step(byte, offset, &line, indent, leads);
            }
            leads &= byte.is_ascii_whitespace() || byte == b'-' && is_last;
            offset += 1;
        }
    }

    /// Takes a sign that is neither a blank nor a number sign.
    fn step(&mut self, byte: u8, offset: usize, line: &Range<usize>, indent: usize, leads: bool) {
        let is_last = offset + 1 >= line.end || self.text.as_bytes()[offset + 1].is_ascii_whitespace();
        let is_due = self.token == Token::Due;
        self.token = match byte {
            b'"' | b'\'' if is_due && self.is_closed(byte, offset, line) => {
                self.quote = Some(byte);
                Token::Plain
            }
            b'[' | b'{' if is_due || self.depth > 0 => {
                self.depth += 1;
                Token::Due
            }
            b']' | b'}' if self.depth > 0 => {
                self.depth -= 1;
                Token::Closed
            }
            b',' if self.depth > 0 => Token::Due,
            b':' if is_last || self.depth > 0 && self.token == Token::Closed => {
                self.owner = indent;
                Token::Due
            }
            b'|' | b'>' if is_due && self.depth == 0 => {
                self.block = Some(indent);
                Token::Closed
            }
            // The rest of the head of a block of text: `|2-`.
            b'+' | b'-' | b'0'..=b'9' if self.block.is_some() => Token::Closed,
            b'-' | b'?' if leads && is_last => {
                self.owner = indent;
                Token::Due
            }
            _ => {
                self.block = None;
                Token::Plain
            }
        };
    }

    /// Whether the quote at `offset` has a second one.
    fn is_closed(&mut self, quote: u8, offset: usize, line: &Range<usize>) -> bool {
        let unclosed = &mut self.unclosed[usize::from(quote == b'"')];
        let end = if self.is_yaml { self.head.end } else { line.end };
        let is_closed = !*unclosed && self.text[offset + 1..end].contains(char::from(quote));
        *unclosed |= self.is_yaml && !is_closed;
        is_closed
    }

    /// Whether the number sign at `offset`, no space behind it, belongs to a value.
    fn is_text(&self, offset: usize, line: &Range<usize>, indent: usize) -> bool {
        match self.token {
            Token::Plain => true,
            Token::Closed => false,
            // Without what follows it the list would have no end in this line.
            Token::Due if self.depth > 0 => self.text[offset..line.end].contains([',', ']', '}']),
            Token::Due => {
                let mut below = lines(self.text, line.end..self.head.end).map(|line| &self.text[line]);
                let is_entry_here = is_entry(self.text[line.start + indent..].trim_start());
                !below.find(|words| !is_silent(words)).is_some_and(|words| {
                    let depth = indentation(words);
                    depth > indent || depth == indent && !is_entry_here && is_entry(&words[depth..])
                })
            }
        }
    }
}
