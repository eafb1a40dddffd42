//! References in prose: which things a text links to, and links that lead nowhere.

use std::sync::Arc;

use rayon::prelude::*;

use crate::config::{Config, Image, Kind};
use crate::diagnostic::{Code, Diagnostic};
use crate::id::{IdVec, ItemId};
use crate::markdown::{Link, LinkKind};
use crate::nearest::nearest;
use crate::parse::Document;
use crate::plan::{Entry, Plan};

use super::ResolveContext;
use super::symbols::{SymbolTable, targets};
use super::target::{LinkTarget, Target};

/// Texts in one piece of work.
const PIECE: usize = 256;

/// Which items' texts link to each item, and what is wrong with links.
#[derive(Debug)]
pub(super) struct References {
    pub(super) mentioned_by: IdVec<ItemId, Vec<ItemId>>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Where the links of each text lead, remembered for as long as all that they were looked up with is the same.
#[derive(Debug)]
pub(super) struct Followed {
    symbols: Arc<SymbolTable>,
    config: Arc<Config>,
    assets: Vec<String>,
    /// In the order of the plan.
    texts: Vec<(Arc<Document>, Arc<[LinkTarget]>)>,
}

/// Follows every link of every text.
pub(super) fn references(
    plan: &Plan,
    config: &Arc<Config>,
    symbols: &Arc<SymbolTable>,
    context: &ResolveContext,
    memory: &mut Option<Followed>,
) -> References {
    let assets = &context.assets;
    let is_same = |known: &Followed| {
        Arc::ptr_eq(&known.symbols, symbols) && Arc::ptr_eq(&known.config, config) && known.assets == *assets
    };
    let known = memory.take().filter(is_same).map(|known| known.texts).unwrap_or_default();
    let all = targets(plan);
    let follow = |(index, (_, entry)): (usize, &(Target, &Entry))| {
        let document = &entry.document;
        let known =
            known.get(index).filter(|(other, _)| Arc::ptr_eq(other, document)).map(|(_, found)| Arc::clone(found));
        let look_up = |link: &Link| symbols.link(link.kind, &link.target, entry, config, assets);
        let found = known.unwrap_or_else(|| document.outline.links.iter().map(look_up).collect());
        (Arc::clone(document), found)
    };
    let texts: Vec<(Arc<Document>, Arc<[LinkTarget]>)> =
        all.par_iter().with_min_len(PIECE).enumerate().map(follow).collect();
    let mentioned_by = IdVec::filled(Vec::new(), plan.items.len());
    let mut found = References { mentioned_by, diagnostics: Vec::new() };
    for (&(source, entry), (_, targets)) in all.iter().zip(&texts) {
        for (index, target) in targets.iter().enumerate() {
            if let (LinkTarget::Thing(Target::Item(to), _), Target::Item(from)) = (target, source)
                && *to != from
            {
                let mentioned_by = &mut found.mentioned_by[*to];
                // All links of one text stand together.
                if mentioned_by.last() != Some(&from) {
                    mentioned_by.push(from);
                }
            }
            // Most links lead to a whole page that is there.
            if !matches!(target, LinkTarget::Thing(_, None) | LinkTarget::Asset(_)) {
                let link = &entry.document.outline.links[index];
                found.diagnostics.extend(diagnostic(plan, config, symbols, entry, link, target));
            }
        }
    }
    let (symbols, config, assets) = (Arc::clone(symbols), Arc::clone(config), assets.clone());
    *memory = Some(Followed { symbols, config, assets, texts });
    found
}

fn diagnostic(
    plan: &Plan,
    config: &Config,
    symbols: &SymbolTable,
    entry: &Entry,
    link: &Link,
    target: &LinkTarget,
) -> Option<Diagnostic> {
    let location = entry.location(link.span);
    let shown = &link.target;
    match target {
        LinkTarget::Asset(_) => None,
        LinkTarget::Outside => {
            let anchor = shown.strip_prefix('#').filter(|anchor| !anchor.is_empty())?;
            broken_anchor(entry, anchor, entry, location)
        }
        LinkTarget::Thing(thing, anchor) => broken_anchor(thing.entry(plan)?, anchor.as_deref()?, entry, location),
        LinkTarget::Unsafe => Some(
            Diagnostic::new(Code::UNSAFE_LINK, location, format!("`{shown}` has a scheme that is not allowed"))
                .label("shown as words, without a link")
                .help("use https, http, mailto, tel or a relative path"),
        ),
        LinkTarget::Nothing => {
            let name = shown.split('#').next().unwrap_or(shown);
            let help = match symbols.nearest(name, Kind::Item) {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => "write the id of an item, a theme or a page".to_owned(),
            };
            Some(Diagnostic::new(Code::UNKNOWN_REFERENCE, location, format!("nothing has the id `{name}`")).help(help))
        }
        // Known to be there on the host where the source is read, so the site can lead to it.
        LinkTarget::File(_) if config.repository.is_some() => None,
        LinkTarget::File(path) => {
            let what = if link.kind == LinkKind::Image { "image" } else { "file" };
            let stem = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".md");
            let help = match symbols.nearest(stem, Kind::Item).filter(|_| shown.ends_with(".md")) {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => {
                    "put it under `static/`, or name the `repository` in roadbook.yml to link to it there".to_owned()
                }
            };
            let message = format!("the {what} `{path}` is not part of the site");
            Some(Diagnostic::new(Code::MISSING_FILE, location, message).help(help))
        }
    }
}

/// The picture of link previews, where it is none of the static files.
pub(super) fn image(config: &Config, assets: &[String]) -> Option<Diagnostic> {
    let Some(Image::File { address, location }) = &config.image else { return None };
    if assets.binary_search(address).is_ok() {
        return None;
    }
    let help = match nearest(address, assets.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "put it under `static/`, or give a web address".to_owned(),
    };
    let message = format!("the image `static/{address}` is not part of the site");
    Some(Diagnostic::new(Code::MISSING_FILE, location.clone(), message).help(help))
}

/// A link to a heading that the other page does not have. A vision's page is made of fields too, so its anchors are its own matter.
fn broken_anchor(thing: &Entry, anchor: &str, from: &Entry, location: crate::source::Location) -> Option<Diagnostic> {
    let headings = &thing.document.outline.headings;
    let is_there = headings.iter().any(|heading| heading.anchor == anchor)
        || anchor.starts_with("fn:")
        || anchor.starts_with("fnref:");
    if is_there {
        return None;
    }
    let page = if std::ptr::eq(thing, from) { "this page".to_owned() } else { format!("`{}`", thing.id) };
    let near = nearest(anchor, headings.iter().map(|heading| heading.anchor.as_str()));
    let diagnostic = Diagnostic::new(Code::BROKEN_ANCHOR, location, format!("{page} has no heading `#{anchor}`"));
    Some(match near {
        Some(near) => diagnostic.help(format!("did you mean `#{near}`?")),
        None => diagnostic.help("link to the page alone, or to a heading that it has"),
    })
}
