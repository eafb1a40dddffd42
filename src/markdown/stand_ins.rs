//! Signs that the parser must not take for markup: while it reads, control characters stand in for them.
//!
//! All are one byte long, so that everything keeps its place. A body that has such characters itself is read as it is.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag};

use super::url;

/// Each sign, and what stands in for it.
const SIGNS: [(char, char); 6] =
    [('[', '\u{2}'), (']', '\u{3}'), ('$', '\u{4}'), ('*', '\u{5}'), ('_', '\u{6}'), ('~', '\u{7}')];

fn sign(stand_in: char) -> Option<char> {
    SIGNS.iter().find(|(_, other)| *other == stand_in).map(|(sign, _)| *sign)
}

/// Whether a text has characters that would be taken for stand-ins.
pub(super) fn has_own(text: &str) -> bool {
    text.bytes().any(|byte| (2..=7).contains(&byte))
}

/// Whether something stands in for a dollar.
pub(super) fn has_dollar(text: &str) -> bool {
    text.contains('\u{4}')
}

/// The text in which others stand in for the signs in some of its ranges, which are in order.
pub(super) fn hidden<'a>(text: Cow<'a, str>, ranges: &[Range<usize>]) -> Cow<'a, str> {
    if ranges.is_empty() {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for range in ranges {
        out.push_str(&text[done..range.start]);
        let stand_in = |c: char| SIGNS.iter().find(|(sign, _)| *sign == c).map_or(c, |(_, stand_in)| *stand_in);
        out.extend(text[range.clone()].chars().map(stand_in));
        done = range.end;
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

/// The inner brackets of `[[1]](address)`, a link whose words are `[1]`: the parser would take them for a wiki link.
pub(super) fn brackets(body: &str) -> Vec<Range<usize>> {
    let mut brackets = Vec::new();
    // Few bodies have such words, and to see that there are none is faster than to look for where they are.
    if !body.contains("]](") {
        return brackets;
    }
    let mut from = 0;
    for (close, _) in body.match_indices("]](") {
        if let Some(open) = body[from..close].rfind("[[").map(|offset| from + offset)
            && !body[open + 2..close].contains(['[', ']', '|', '\n'])
        {
            brackets.extend([open + 1..open + 2, close..close + 1]);
        }
        from = close + 1;
    }
    brackets
}

/// The signs of emphasis in bare addresses: as on GitHub, `https://x.example/__init__.py` is one.
pub(super) fn addresses(body: &str) -> Vec<Range<usize>> {
    let mut signs = Vec::new();
    // Few bodies have such an address, either.
    if !body.contains("://") && !body.contains("www.") {
        return signs;
    }
    let may_be_cut = |word: &str| word.contains(['*', '_', '~']) && (word.contains("://") || word.contains("www."));
    if !body.split([' ', '\n']).any(may_be_cut) {
        return signs;
    }
    let mut from = 0;
    while let Some(range) = url::bare(body, from) {
        from = range.end;
        let address = &body[range.clone()];
        if address.contains("://") || !address.contains('@') {
            // In code and in the target of a link it is not bare, and what follows is not its own.
            let end = address.find(['`', '|', '"']).unwrap_or(address.len()).min(unbalanced(address));
            let found = address[..end].match_indices(['*', '_', '~']);
            signs.extend(found.map(|(offset, _)| range.start + offset..range.start + offset + 1));
        }
    }
    signs
}

/// Where a parenthesis closes that did not open.
fn unbalanced(address: &str) -> usize {
    let mut depth = 0_i32;
    let closes = address.find(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth < 0
    });
    closes.unwrap_or(address.len())
}

/// What an event says, with the signs themselves.
pub(super) fn restored(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Text(text) => Event::Text(text_of(text)),
        Event::Code(text) => Event::Code(text_of(text)),
        Event::Html(text) => Event::Html(text_of(text)),
        Event::InlineHtml(text) => Event::InlineHtml(text_of(text)),
        Event::InlineMath(text) => Event::InlineMath(text_of(text)),
        Event::FootnoteReference(name) => Event::FootnoteReference(text_of(name)),
        Event::Start(Tag::FootnoteDefinition(name)) => Event::Start(Tag::FootnoteDefinition(text_of(name))),
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(text_of(info))))
        }
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url: text_of(dest_url), title: text_of(title), id })
        }
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Image { link_type, dest_url: text_of(dest_url), title: text_of(title), id })
        }
        event => event,
    }
}

fn text_of(text: CowStr<'_>) -> CowStr<'_> {
    match with_signs(&text) {
        Cow::Owned(text) => text.into(),
        Cow::Borrowed(_) => text,
    }
}

/// A text with the signs themselves.
pub(super) fn with_signs(text: &str) -> Cow<'_, str> {
    if !has_own(text) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| sign(c).unwrap_or(c)).collect())
}
