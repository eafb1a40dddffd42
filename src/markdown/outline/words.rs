//! What Markdown says in words alone.

use pulldown_cmark::Event;

use super::super::{emoji, escape, html, read};

/// The text of one line without its markup: a title, as the browser's tab or a feed can show it. Only inline markup counts: a line
/// that begins with `#` or `1.` keeps it.
pub fn plain(text: &str) -> String {
    // Behind a comma nothing begins a block, and emphasis begins as it does behind a space.
    let line = format!(",{}", text.trim().replace(['\n', '\r'], " "));
    let Some(line) = read::prepared(&line) else { return text.to_owned() };
    let mut words = Words::default();
    for (event, _) in read::events(&line) {
        words.push(&event);
    }
    let mut out = words.finish();
    if out.starts_with(',') {
        out.remove(0);
    }
    out
}

/// What events say in words.
#[derive(Default)]
pub(super) struct Words {
    done: String,
    /// Text that may go on: the parser gives it in pieces, and the short code of an emoji may span them.
    run: String,
}

impl Words {
    /// Appends what an event says.
    pub(super) fn push(&mut self, event: &Event<'_>) {
        if let Event::Text(words) = event {
            return escape::plain(&mut self.run, words);
        }
        self.end_run();
        match event {
            Event::Code(words) | Event::InlineMath(words) => escape::plain(&mut self.done, words),
            Event::InlineHtml(html) => escape::plain(&mut self.done, &html::words(html)),
            Event::SoftBreak | Event::HardBreak => self.done.push(' '),
            _ => {}
        }
    }

    /// Appends code with its backticks.
    pub(super) fn push_code(&mut self, code: &str) {
        self.push_as_written("`");
        self.push_as_written(code);
        self.push_as_written("`");
    }

    /// Appends text in which no short code is an emoji.
    pub(super) fn push_as_written(&mut self, text: &str) {
        self.end_run();
        escape::plain(&mut self.done, text);
    }

    /// Says that what follows begins anew, also a short code.
    pub(super) fn end_run(&mut self) {
        if !self.run.is_empty() {
            self.done.push_str(&emoji::shown(&self.run));
            self.run.clear();
        }
    }

    /// How long they are, in bytes.
    pub(super) fn len(&self) -> usize {
        self.done.len() + self.run.len()
    }

    /// All of them.
    pub(super) fn finish(mut self) -> String {
        self.end_run();
        self.done
    }
}

/// Characters a summary is cut at.
pub(super) const SUMMARY: usize = 300;

/// The beginning of a text as a summary.
pub(super) fn shorten(text: &str) -> String {
    let mut words = String::with_capacity(text.len().min(4 * SUMMARY));
    let mut count = 0;
    for word in text.split_whitespace() {
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
    words
}

/// Whether a heading opens the acceptance criteria: a number or a sign may stand before the words, a remark after them.
pub(super) fn is_criteria(heading: &str) -> bool {
    const WORDS: &str = "acceptance criteria";
    let words = heading.trim_start_matches(|c: char| !c.is_alphabetic());
    words.get(..WORDS.len()).is_some_and(|head| head.eq_ignore_ascii_case(WORDS))
        && !words[WORDS.len()..].starts_with(char::is_alphanumeric)
}
