//! References in prose: which things a text links to, and links that lead nowhere.

use rayon::prelude::*;

use crate::config::{Config, Kind};
use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::{Link, LinkKind};
use crate::nearest::nearest;
use crate::plan::{Entry, Plan};

use super::names::{LinkTarget, Names, Target, targets};
use super::{Resolved, Surroundings};

/// Texts in one piece of work.
const PIECE: usize = 256;

/// Links from the text of one item to another, and what is wrong with links.
#[derive(Debug, Default)]
pub(super) struct References {
    links: Vec<(u32, u32)>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl References {
    /// Says at each item whose text links to it.
    pub(super) fn mention(&self, items: &mut [Resolved]) {
        for &(from, to) in &self.links {
            let mentioned_by = &mut items[to as usize].mentioned_by;
            // All links of one text stand together.
            if mentioned_by.last() != Some(&from) {
                mentioned_by.push(from);
            }
        }
    }
}

/// Follows every link of every text.
pub(super) fn references(plan: &Plan, config: &Config, names: &Names, surroundings: &Surroundings) -> References {
    // In pieces, since each link is looked up by itself; put together in the order of the plan.
    let follow = |piece: &[(Target, &Entry)]| follow(piece, plan, config, names, surroundings);
    let mut found = References::default();
    for piece in targets(plan).par_chunks(PIECE).map(follow).collect::<Vec<References>>() {
        found.links.extend(piece.links);
        found.diagnostics.extend(piece.diagnostics);
    }
    found
}

/// Follows the links of some texts.
fn follow(
    entries: &[(Target, &Entry)],
    plan: &Plan,
    config: &Config,
    names: &Names,
    surroundings: &Surroundings,
) -> References {
    let mut found = References::default();
    for &(source, entry) in entries {
        for link in &entry.document.outline.links {
            let target = names.link(link.kind, &link.target, entry, config, &surroundings.assets);
            if let (LinkTarget::Thing(Target::Item(to), _), Target::Item(from)) = (&target, source)
                && *to != from
            {
                found.links.push((from, *to));
            }
            found.diagnostics.extend(diagnostic(plan, config, names, entry, link, &target));
        }
    }
    found
}

fn diagnostic(
    plan: &Plan,
    config: &Config,
    names: &Names,
    entry: &Entry,
    link: &Link,
    target: &LinkTarget,
) -> Option<Diagnostic> {
    let place = entry.place(link.span);
    let shown = &link.target;
    match target {
        LinkTarget::Asset(_) => None,
        LinkTarget::Outside => {
            let anchor = shown.strip_prefix('#').filter(|anchor| !anchor.is_empty())?;
            broken_anchor(entry, anchor, entry, place)
        }
        LinkTarget::Thing(thing, anchor) => broken_anchor(thing.entry(plan)?, anchor.as_deref()?, entry, place),
        LinkTarget::Unsafe => Some(
            Diagnostic::new(Code::UNSAFE_LINK, place, format!("`{shown}` has a scheme that is not allowed"))
                .label("shown as words, without a link")
                .help("use https, http, mailto, tel or a relative path"),
        ),
        LinkTarget::Nothing => {
            let name = shown.split('#').next().unwrap_or(shown);
            let help = match names.nearest(name, Kind::Item) {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => "write the id of an item, a theme or a page".to_owned(),
            };
            Some(Diagnostic::new(Code::UNKNOWN_REFERENCE, place, format!("nothing has the id `{name}`")).help(help))
        }
        // Known to be there on the host where the source is read, so the site can lead to it.
        LinkTarget::File(_) if config.repository.is_some() => None,
        LinkTarget::File(path) => {
            let what = if link.kind == LinkKind::Image { "image" } else { "file" };
            let stem = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".md");
            let help = match names.nearest(stem, Kind::Item).filter(|_| shown.ends_with(".md")) {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => {
                    "put it under `static/`, or name the `repository` in roadbook.yml to link to it there".to_owned()
                }
            };
            let message = format!("the {what} `{path}` is no part of the site");
            Some(Diagnostic::new(Code::MISSING_FILE, place, message).help(help))
        }
    }
}

/// A link to a heading that the other page does not have. A vision's page is made of fields too, so its anchors are its own matter.
fn broken_anchor(thing: &Entry, anchor: &str, from: &Entry, place: crate::source::Place) -> Option<Diagnostic> {
    let headings = &thing.document.outline.headings;
    let is_there = headings.iter().any(|heading| heading.anchor == anchor)
        || anchor.starts_with("fn:")
        || anchor.starts_with("fnref:");
    if is_there {
        return None;
    }
    let page = if std::ptr::eq(thing, from) { "this page".to_owned() } else { format!("`{}`", thing.id) };
    let near = nearest(anchor, headings.iter().map(|heading| heading.anchor.as_str()));
    let diagnostic = Diagnostic::new(Code::BROKEN_ANCHOR, place, format!("{page} has no heading `#{anchor}`"));
    Some(match near {
        Some(near) => diagnostic.help(format!("did you mean `#{near}`?")),
        None => diagnostic.help("link to the page alone, or to a heading that it has"),
    })
}
