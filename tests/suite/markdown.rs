//! Tests of Markdown: the outline and the page of a body, exactly; then what must hold for any body at all.

mod emoji;
mod formulas;
mod hostile;
mod outline;
mod page;
mod pathological;
mod prose;
mod skeleton;
mod specification;

use std::ops::Range;

use roadbook::markdown::{LinkKind, Mentions, Rendering, ResolvedLink, render};

/// A plan in which `search` is an item, `done.md` a delivered one, and nothing else exists but the outside world.
fn resolve(kind: LinkKind, target: &str) -> ResolvedLink {
    let to = |href: &str, title: &str, class| ResolvedLink::To { href: href.into(), title: title.into(), class };
    match (kind, target) {
        (LinkKind::Wiki, "search") | (LinkKind::Link, "../items/search.md") => {
            to("items/search.html", "Fast <search>", "")
        }
        (_, "done.md") => to("items/done.html", "Done & dusted", "state-done"),
        (LinkKind::Image, "picture.png") => to("static/picture.png", "", ""),
        (LinkKind::Link, "https://forge.test/plan/search.md") => to("items/search.html", "Fast <search>", ""),
        _ if ["https:", "http:", "mailto:", "#", "//"].iter().any(|s| target.to_lowercase().starts_with(s)) => {
            ResolvedLink::AsIs
        }
        _ => ResolvedLink::Broken,
    }
}

/// Finds `RB-` with digits.
struct Ids;

impl Mentions for Ids {
    fn next(&self, text: &str, from: usize) -> Option<(Range<usize>, String, String)> {
        let start = from + text[from..].find("RB-")?;
        let digits = text[start + 3..].bytes().take_while(u8::is_ascii_digit).count();
        let range = start..start + 3 + digits;
        Some((range.clone(), format!("items/{}.html", &text[range]), "Mentioned \"item\"".into()))
    }
}

/// Renders with that plan.
fn html(body: &str) -> String {
    render(body, Rendering { resolve: &resolve, mentions: Some(&Ids), prefix: "", skip_title: false })
}
