//! What Markdown says in words alone.

use pulldown_cmark::Event;

use super::super::{escape, html, read};

/// The text of one line without its markup: a title, as the browser's tab or a feed can show it. Only inline markup counts: a line
/// that begins with `#` or `1.` keeps it.
pub fn plain(text: &str) -> String {
    // Behind a comma nothing begins a block, and emphasis begins as it does behind a space.
    let line = format!(",{}", text.trim().replace(['\n', '\r'], " "));
    let Some(line) = read::prepared(&line) else { return text.to_owned() };
    let mut out = String::with_capacity(line.len());
    for (event, _) in read::events(&line) {
        push_words(&mut out, &event);
    }
    if out.starts_with(',') {
        out.remove(0);
    }
    out
}

/// Appends what an event says in words.
pub(super) fn push_words(out: &mut String, event: &Event<'_>) {
    match event {
        Event::Text(words) | Event::Code(words) => escape::plain(out, words),
        Event::InlineHtml(html) => escape::plain(out, &html::words(html)),
        Event::SoftBreak | Event::HardBreak => out.push(' '),
        _ => {}
    }
}

/// Characters a summary is cut at.
pub(super) const SUMMARY: usize = 300;

pub(super) fn shorten(summary: &mut String) {
    let mut words = String::with_capacity(summary.len().min(4 * SUMMARY));
    let mut count = 0;
    for word in summary.split_whitespace() {
        count += word.chars().count() + 1;
        if count > SUMMARY && !words.is_empty() {
            words.push('…');
            break;
        }
        if !words.is_empty() {
            words.push(' ');
        }
        if count > SUMMARY {
            words.extend(word.chars().take(SUMMARY));
            words.push('…');
            break;
        }
        words.push_str(word);
    }
    *summary = words;
}

/// Whether a heading opens the acceptance criteria: a number or a sign may stand before the words, a remark after them.
pub(super) fn is_criteria(heading: &str) -> bool {
    const WORDS: &str = "acceptance criteria";
    let words = heading.trim_start_matches(|c: char| !c.is_alphabetic());
    words.get(..WORDS.len()).is_some_and(|head| head.eq_ignore_ascii_case(WORDS))
        && !words[WORDS.len()..].starts_with(char::is_alphanumeric)
}
