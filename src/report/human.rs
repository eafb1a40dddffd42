//! Diagnostics for people: the source line, a caret and a few words, in rustc's look.

use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{Annotation, AnnotationKind, Element, Group, Level, Renderer, Snippet};

use super::Folded;
use super::lines::{Index, Lines};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Location;
use crate::text::one_line;

/// Columns of the terminal that are written for, at most.
const WIDTH: usize = 140;
/// A span over more lines than this is shown by its first line: what matters is where it begins.
const MAX_LINES: usize = 6;
/// Characters of a longer line that are kept before the caret, and in all.
const KEPT_BEFORE: usize = 50;
const KEPT: usize = 110;
/// Related places of one finding that are drawn; a cycle through a thousand items is told by its first steps.
const MAX_RELATED: usize = 12;

/// [`Format::Human`](super::Format::Human) without the counts at its end: for those who show a part of what there is.
pub fn human(diagnostics: &[Diagnostic], colour: bool) -> String {
    written(diagnostics.iter().map(|diagnostic| (diagnostic, &[][..])), colour)
}

/// The same of findings that were folded.
pub fn folded(findings: &[Folded], colour: bool) -> String {
    written(findings.iter().map(|folded| (&folded.diagnostic, folded.notes.as_slice())), colour)
}

/// Findings, each with what is said beside it.
fn written<'a>(findings: impl Iterator<Item = (&'a Diagnostic, &'a [String])>, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() }.term_width(WIDTH);
    let mut index = Index::default();
    let mut out = String::new();
    for (diagnostic, notes) in findings {
        let mut addresses = Vec::new();
        let group = group(diagnostic, notes, &mut index, &mut addresses);
        let mut text = renderer.render(&[group]);
        let mut from = text.find('\n').unwrap_or_default();
        for Address { shown, right } in addresses {
            if let Some(offset) = text[from..].find(&shown) {
                from += offset;
                text.replace_range(from..from + shown.len(), &right);
                from += right.len();
            }
        }
        // A line of the source stands here as it is, but for what a workflow would take for a command.
        out.push_str(&text.replace("##[", "## ["));
        out.push_str("\n\n");
    }
    out
}

/// `path:line:column` as the crate writes it for a line that was cut, and as it is in the file.
struct Address {
    shown: String,
    right: String,
}

fn group<'a>(
    diagnostic: &'a Diagnostic,
    notes: &[String],
    index: &mut Index<'a>,
    addresses: &mut Vec<Address>,
) -> Group<'static> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(one_line(&diagnostic.message)).id(diagnostic.code.name());
    let mut group = title.elements(Vec::<Element<'_>>::new());
    for marks in snippets(diagnostic, index) {
        group = group.element(snippet(&marks, index.lines(marks[0].location), addresses));
    }
    let more = diagnostic.related.len().saturating_sub(MAX_RELATED);
    if more > 0 {
        group = group.element(Level::NOTE.message(format!("and {more} more")));
    }
    for note in notes {
        group = group.element(Level::NOTE.message(one_line(note)));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(one_line(help)));
    }
    group
}

/// A place to be drawn, with its words.
struct Mark<'a> {
    location: &'a Location,
    kind: AnnotationKind,
    words: &'a str,
}

/// The places of a finding; those in a few neighbouring lines of one file stand together.
fn snippets<'a>(diagnostic: &'a Diagnostic, index: &mut Index<'a>) -> Vec<Vec<Mark<'a>>> {
    let primary = diagnostic.location.iter().map(|location| {
        let words = diagnostic.label.as_deref().unwrap_or_default();
        Mark { location, kind: AnnotationKind::Primary, words }
    });
    let related = diagnostic.related.iter().take(MAX_RELATED);
    let related = related.map(|(location, words)| Mark { location, kind: AnnotationKind::Context, words });
    let mut snippets: Vec<Vec<Mark<'a>>> = Vec::new();
    for mark in primary.chain(related) {
        let lines = index.lines(mark.location);
        let is_near = |marks: &Vec<Mark<'a>>| {
            let is_same = Arc::ptr_eq(&marks[0].location.source, &mark.location.source);
            is_same && block(marks.iter().chain([&mark]), lines).is_some()
        };
        match snippets.iter_mut().find(|marks| is_near(marks)) {
            Some(marks) => marks.push(mark),
            None => snippets.push(vec![mark]),
        }
    }
    snippets
}

/// The bytes of the lines that hold all `marks`, where these are few and short enough to be shown whole.
fn block<'a>(marks: impl Iterator<Item = &'a Mark<'a>>, lines: &Lines<'_>) -> Option<Range<usize>> {
    let both = |(first, last): (usize, usize), mark: &Mark<'a>| {
        let (from, to) = lines_of(mark.location, lines);
        (first.min(from), last.max(to))
    };
    let (first, last) = marks.fold((usize::MAX, 0), both);
    let is_short = last - first < MAX_LINES && (first..=last).all(|line| lines.range(line).len() <= KEPT);
    is_short.then(|| lines.range(first).start..lines.range(last).end)
}

/// First and last line of a place. A span that ends with its line's end belongs to that line and not to the next.
fn lines_of(location: &Location, lines: &Lines<'_>) -> (usize, usize) {
    let Range { start, end } = bytes(location, lines);
    let first = lines.line(start);
    (first, if end > start { lines.line(end - 1) } else { first })
}

/// A place's bytes, inside the text and on boundaries of characters.
fn bytes(location: &Location, lines: &Lines<'_>) -> Range<usize> {
    let start = lines.boundary(location.span.start as usize);
    start..lines.boundary(location.span.end as usize).max(start)
}

/// The lines of `marks` with the marks below.
///
/// Only the lines in question are handed on: the crate would index the whole file for every finding. It counts the columns of
/// what it is given, so a line that was cut leaves an address to be put right.
fn snippet<'a>(
    marks: &[Mark<'a>],
    lines: &Lines<'_>,
    addresses: &mut Vec<Address>,
) -> Snippet<'static, Annotation<'static>> {
    let location = marks[0].location;
    let path = one_line(&location.source.path);
    let annotation = |mark: &Mark<'a>, span: Range<usize>| {
        mark.kind.span(span).label((!mark.words.is_empty()).then(|| one_line(mark.words)))
    };
    if let Some(block) = block(marks.iter(), lines) {
        let moved = |mark: &Mark<'a>| {
            let Range { start, end } = bytes(mark.location, lines);
            annotation(mark, start - block.start..end.min(block.end).max(start) - block.start)
        };
        let snippet = Snippet::source(location.source.text[block.clone()].to_owned()).path(path);
        return snippet.line_start(lines.line(block.start)).annotations(marks.iter().map(moved));
    }
    let Range { start, end } = bytes(location, lines);
    let (line, column) = lines.line_column(start);
    let range = lines.range(line);
    let (text, span) = cut(&location.source.text[range.clone()], start - range.start..end.min(range.end) - range.start);
    let shown = text[..span.start].chars().count() + 1;
    addresses.push(Address { shown: format!("{path}:{line}:{shown}"), right: format!("{path}:{line}:{column}") });
    Snippet::source(text).path(path).line_start(line).annotation(annotation(&marks[0], span))
}

/// The part of a line around a span, with `…` where something is missing.
fn cut(line: &str, span: Range<usize>) -> (String, Range<usize>) {
    let before =
        line[..span.start].char_indices().rev().take(KEPT_BEFORE).last().map_or(span.start, |(offset, _)| offset);
    let after = line[before..].char_indices().nth(KEPT).map_or(line.len(), |(offset, _)| before + offset);
    let mut text = String::new();
    if before > 0 {
        text.push('…');
    }
    let moved = |offset: usize| text.len() + offset.min(after) - before;
    let span = moved(span.start)..moved(span.end);
    text.push_str(&line[before..after]);
    if after < line.len() {
        text.push('…');
    }
    (text, span)
}
