//! What stands within a line: text with its bare addresses and mentions, links, images.

use std::ops::Range;

use super::address::{is_external, safe};
use super::render::{Rendering, Resolved};
use super::{LinkKind, escape, url};

/// The title of words whose link may not be followed.
const UNSAFE: &str = "Unsafe address";

/// Whether the plan knows a link. A name in `[[…]]` is no address, so only what it resolves to is judged.
fn resolve(rendering: &Rendering<'_>, kind: LinkKind, target: &str) -> Option<Resolved> {
    if kind != LinkKind::Wiki && !safe(target) {
        return None;
    }
    match (rendering.resolve)(kind, target) {
        Resolved::To { href, .. } if !safe(&href) => None,
        Resolved::AsIs if !safe(target) => None,
        resolved => Some(resolved),
    }
}

/// Opens a link; gives the tag that closes it, and the title of the target where the plan has it.
pub(super) fn open_link(
    out: &mut String,
    rendering: &Rendering<'_>,
    kind: LinkKind,
    target: &str,
    title: &str,
) -> (&'static str, Option<String>) {
    match resolve(rendering, kind, target) {
        Some(Resolved::To { href, title: name, class }) => {
            open_anchor(out, &href, title, class);
            return ("</a>", Some(name));
        }
        Some(Resolved::AsIs) => {
            out.push_str("<a href=\"");
            // An anchor on this page has the prefix that the headings have.
            if let Some(fragment) = target.strip_prefix('#') {
                out.push('#');
                escape::attribute(out, rendering.prefix);
                escape::address(out, fragment);
            } else {
                escape::address(out, target);
            }
            out.push('"');
            push_title(out, title);
            if is_external(target) {
                out.push_str(" rel=\"noopener noreferrer\"");
            }
            out.push('>');
            return ("</a>", None);
        }
        Some(Resolved::Broken) => open_broken(out, &broken(target)),
        None => open_broken(out, UNSAFE),
    }
    ("</span>", None)
}

fn broken(target: &str) -> String {
    format!("Broken reference: {target}")
}

fn open_broken(out: &mut String, why: &str) {
    out.push_str("<span class=\"broken\"");
    push_title(out, why);
    out.push('>');
}

fn open_anchor(out: &mut String, href: &str, title: &str, class: &str) {
    out.push_str("<a");
    if !class.is_empty() {
        out.push_str(" class=\"");
        escape::attribute(out, class);
        out.push('"');
    }
    out.push_str(" href=\"");
    escape::attribute(out, href);
    out.push('"');
    push_title(out, title);
    out.push('>');
}

fn push_title(out: &mut String, title: &str) {
    if !title.is_empty() {
        out.push_str(" title=\"");
        escape::attribute(out, title);
        out.push('"');
    }
}

/// Writes an image.
pub(super) fn image(out: &mut String, rendering: &Rendering<'_>, target: &str, title: &str, alt: &str) {
    let resolved = resolve(rendering, LinkKind::Image, target);
    let why = match &resolved {
        Some(Resolved::Broken) => broken(target),
        None => UNSAFE.to_owned(),
        Some(_) => String::new(),
    };
    if !why.is_empty() {
        open_broken(out, &why);
        escape::text(out, alt);
        return out.push_str("</span>");
    }
    out.push_str("<img src=\"");
    match &resolved {
        Some(Resolved::To { href, .. }) => escape::attribute(out, href),
        _ => escape::address(out, target),
    }
    out.push_str("\" alt=\"");
    escape::attribute(out, alt);
    out.push('"');
    push_title(out, title);
    out.push_str(" loading=\"lazy\">");
}

/// Writes text that stands in no link and no code: its bare addresses and mentions become links. An address wins over a mention in it.
pub(super) fn prose(out: &mut String, rendering: &Rendering<'_>, text: &str) {
    let mut at = 0;
    let mut address = url::bare(text, 0);
    let mut mention = next_mention(rendering, text, 0);
    loop {
        let before = |found: &Range<usize>| address.as_ref().is_none_or(|address| found.end <= address.start);
        match (&mention, &address) {
            (Some((range, href, title)), _) if before(range) => {
                escape::text(out, &text[at..range.start]);
                if safe(href) {
                    open_anchor(out, href, title, "");
                    escape::text(out, &text[range.clone()]);
                    out.push_str("</a>");
                } else {
                    escape::text(out, &text[range.clone()]);
                }
                at = range.end;
                mention = next_mention(rendering, text, at);
            }
            (_, Some(range)) => {
                escape::text(out, &text[at..range.start]);
                let target = &text[range.clone()];
                let (close, _) = open_link(out, rendering, LinkKind::Link, target, "");
                escape::text(out, target);
                out.push_str(close);
                at = range.end;
                if mention.as_ref().is_some_and(|(found, ..)| found.start < at) {
                    mention = next_mention(rendering, text, at);
                }
                address = url::bare(text, at);
            }
            _ => return escape::text(out, &text[at..]),
        }
    }
}

/// The next mention; one that does not lie in the rest of the text is none.
fn next_mention(rendering: &Rendering<'_>, text: &str, from: usize) -> Option<(Range<usize>, String, String)> {
    let found = rendering.mentions?.next(text, from)?;
    (found.0.start >= from && !found.0.is_empty() && text.get(found.0.clone()).is_some()).then_some(found)
}
