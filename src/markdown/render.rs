//! Rendering a body to HTML that is safe to publish whatever the author wrote.

use super::writer::Writer;
use super::{escape, read};

/// What a link's target turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResolvedLink {
    /// A thing of the plan or a file of the site: the address to link to, and what a `[[link]]` without words of its own shows.
    To {
        /// Relative to the page that is rendered.
        href: String,
        /// Title of the target.
        title: String,
        /// A CSS class for the link, e.g. `state-done`; empty for none.
        class: &'static str,
    },
    /// As it stands (an address outside the site, an anchor on the same page, which gets the prefix that headings get).
    AsIs,
    /// Nothing matches it: the words are shown, marked as a broken reference, without a link.
    Broken,
}

/// The bare ids in prose: where they stand, and what they mean.
pub trait Mentions {
    /// The next mention in `text` at or after byte `from`: its range, the address and the title.
    fn next(&self, text: &str, from: usize) -> Option<(std::ops::Range<usize>, String, String)>;
}

/// What a rendering needs from the plan.
#[derive(Clone, Copy)]
pub struct Rendering<'a> {
    /// Answers for each link; gets the kind and the target as in [`super::Link`]. Not asked where [`super::safe`] says no.
    pub resolve: &'a dyn Fn(super::LinkKind, &str) -> ResolvedLink,
    /// Finds bare ids; `None` where the configuration gives no pattern.
    pub mentions: Option<&'a dyn Mentions>,
    /// Put before the id of every footnote and heading; empty on a page of its own.
    pub prefix: &'a str,
    /// Leave out the heading that is [`super::Outline::title`]: the page already shows it, with its anchor.
    pub skip_title: bool,
}

/// Renders a body to HTML: balanced, without scripts, event handlers, styles or addresses that [`super::safe`] refuses, whatever
/// the author wrote. Of its HTML the elements that docs/markdown.md lists are shown, other tags are text, and comments are left out.
///
/// Headings keep their distance but start at `h2`: all move down by one where one of level 1 is shown, since the page has
/// its own. A body beyond [`super::LIMIT`] or [`super::DEPTH`] is shown as plain text.
pub fn render(body: &str, rendering: Rendering<'_>) -> String {
    let Some(text) = read::prepared(body) else {
        let mut out = String::with_capacity(body.len() + body.len() / 8);
        out.push_str("<pre class=\"raw\" tabindex=\"0\">");
        escape::text(&mut out, body);
        out.push_str("</pre>\n");
        return out;
    };
    let mut writer = Writer::new(rendering, &text.text);
    for (event, _) in read::events(&text) {
        writer.event(event);
    }
    writer.finish()
}
