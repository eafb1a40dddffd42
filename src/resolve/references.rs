//! References in prose: which things a text links to, and links that lead nowhere.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::{Config, Image, Kind};
use crate::diagnostic::{Code, Diagnostic};
use crate::discover::{FileState, MAX_NAMED_SIZE, NamedFile};
use crate::id::{IdVec, ItemId};
use crate::markdown::{Link, LinkKind};
use crate::nearest::{NOT_SOUGHT, Suggestion, nearest};
use crate::parse::Document;
use crate::plan::{Entry, Plan};
use crate::text::{self, quoted};

use super::ResolveContext;
use super::ambiguous::ambiguous;
use super::anchors::Anchors;
use super::paths::{decoded, markdown_stem};
use super::symbols::{IdSearch, SymbolTable};
use super::target::{LinkTarget, Target, targets};

/// Texts in one piece of work.
const PIECE: usize = 256;

/// Which items' texts link to each item, and what is wrong with links.
#[derive(Debug)]
pub(super) struct References {
    pub(super) mentioned_by: IdVec<ItemId, Vec<ItemId>>,
    /// The files that texts name and that the site has, by path.
    pub(super) named_files: Vec<NamedFile>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Where the links of each text lead, remembered for as long as all that they were looked up with is the same.
#[derive(Debug)]
pub(super) struct Followed {
    symbols: Arc<SymbolTable>,
    config: Arc<Config>,
    assets: Vec<String>,
    named_files: Vec<NamedFile>,
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
    let is_same = |known: &Followed| {
        Arc::ptr_eq(&known.symbols, symbols)
            && Arc::ptr_eq(&known.config, config)
            && known.assets == context.assets
            && known.named_files == context.named_files
    };
    let known = memory.take().filter(is_same).map(|known| known.texts).unwrap_or_default();
    let all = targets(plan);
    let follow = |(index, (_, entry)): (usize, &(Target, &Entry))| {
        let document = &entry.document;
        let known =
            known.get(index).filter(|(other, _)| Arc::ptr_eq(other, document)).map(|(_, found)| Arc::clone(found));
        let look_up = |link: &Link| symbols.link(link.kind, &link.target, entry, config, context);
        let found = known.unwrap_or_else(|| document.outline.links.iter().map(look_up).collect());
        (Arc::clone(document), found)
    };
    let texts: Vec<(Arc<Document>, Arc<[LinkTarget]>)> =
        all.par_iter().with_min_len(PIECE).enumerate().map(follow).collect();
    let mentioned_by = IdVec::filled(Vec::new(), plan.items.len());
    let mut found = References { mentioned_by, named_files: Vec::new(), diagnostics: Vec::new() };
    let mut named: BTreeSet<&str> = BTreeSet::new();
    let mut checker =
        Checker { plan, config, symbols, context, search: IdSearch::default(), anchors: Anchors::default() };
    for (&(source, entry), (_, targets)) in all.iter().zip(&texts) {
        found.diagnostics.extend(form(entry));
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
            if let LinkTarget::Named(path, _) = target {
                named.insert(path);
            }
            // Most links lead to a whole page that is there.
            if !matches!(target, LinkTarget::Thing(_, None) | LinkTarget::Asset(_) | LinkTarget::Named(..)) {
                let link = &entry.document.outline.links[index];
                found.diagnostics.extend(checker.diagnostic(source, entry, link, target));
            }
        }
    }
    found.named_files = named.into_iter().filter_map(|path| context.named_file(path)).cloned().collect();
    let (symbols, config) = (Arc::clone(symbols), Arc::clone(config));
    let (assets, named_files) = (context.assets.clone(), context.named_files.clone());
    *memory = Some(Followed { symbols, config, assets, named_files, texts });
    found
}

/// What is wrong with the form of a text, wherever its links lead.
fn form(entry: &Entry) -> impl Iterator<Item = Diagnostic> {
    let outline = &entry.document.outline;
    let undefined = outline.undefined.iter().map(|label| {
        let (what, help) = match label.value.strip_prefix('^') {
            Some(_) => ("footnote", format!("write the note: `[{}]: …` at the beginning of a line", label.value)),
            None => ("link", format!("say where it leads: `[{}]: address` at the beginning of a line", label.value)),
        };
        let message = format!("nothing defines the {what} `[{}]`", label.value);
        let diagnostic = Diagnostic::new(Code::UNDEFINED_LABEL, entry.location(label.span), message);
        diagnostic.label("shown as it stands here").help(help)
    });
    let unnamed = outline.unnamed.iter().map(|span| {
        Diagnostic::new(Code::UNNAMED_LINK, entry.location(*span), "this link has no words")
            .label("shown with the title or the address of what it leads to")
            .help("write what it leads to between the brackets: `[words](address)`")
    });
    let excess = outline.excess.iter().map(|span| {
        let words = entry.document.source.slice(*span);
        let message = format!("`{words}` stands behind the last column of its table");
        Diagnostic::new(Code::EXCESS_CELLS, entry.location(*span), message)
            .label("not shown")
            .help("give the table another column, or write `\\|` for a bar that is part of the text")
    });
    let tags = outline.tags.first().map(|first| {
        let message = match outline.tags.len() - 1 {
            0 => format!("{} is no tag that a page can have", quoted(&first.value)),
            more => {
                format!("{} and {} are none that a page can have", quoted(&first.value), text::count(more, "other tag"))
            }
        };
        Diagnostic::new(Code::UNSUPPORTED_HTML, entry.location(first.span), message)
            .label("shown as text")
            .help("put words that are meant as text between backticks, or write Markdown instead of the tag")
    });
    let unused = outline.unused.iter().map(|label| {
        let message = format!("nothing refers to the footnote `[^{}]`", label.value);
        Diagnostic::new(Code::UNUSED_FOOTNOTE, entry.location(label.span), message)
            .label("not shown")
            .help(format!("write `[^{}]` where the note belongs, or make it a paragraph", label.value))
    });
    undefined.chain(unnamed).chain(excess).chain(tags).chain(unused)
}

/// Says what is wrong with links.
struct Checker<'a> {
    plan: &'a Plan,
    config: &'a Config,
    symbols: &'a SymbolTable,
    context: &'a ResolveContext,
    search: IdSearch,
    anchors: Anchors<'a>,
}

impl<'a> Checker<'a> {
    fn diagnostic(&mut self, source: Target, entry: &'a Entry, link: &Link, target: &LinkTarget) -> Option<Diagnostic> {
        let location = entry.location(link.span);
        let shown = &link.target;
        match target {
            LinkTarget::Asset(_) | LinkTarget::Named(..) => None,
            LinkTarget::Outside => {
                let anchor = shown.strip_prefix('#').filter(|anchor| !anchor.is_empty())?;
                self.anchors.broken(source, entry, &decoded(anchor), "this page", location)
            }
            LinkTarget::Thing(thing, anchor) => {
                let other = thing.entry(self.plan)?;
                let name = if *thing == source { "this page".to_owned() } else { format!("`{}`", other.id) };
                self.anchors.broken(*thing, other, anchor.as_deref()?, &name, location)
            }
            LinkTarget::Unsafe => Some(
                Diagnostic::new(Code::UNSAFE_LINK, location, format!("`{shown}` has a scheme that is not allowed"))
                    .label("shown as words, without a link")
                    .help("use https, http, mailto, tel or a relative path"),
            ),
            LinkTarget::Nothing => {
                let name = shown.split('#').next().unwrap_or(shown);
                let candidates = self.symbols.ambiguous(name, Kind::Item);
                if !candidates.is_empty() {
                    let message = format!("`{name}` fits {}", text::count(candidates.len(), "thing"));
                    return Some(ambiguous(self.symbols, self.plan, location, message, &candidates));
                }
                let help = self.help(name, "write the id of an item, a theme or a page");
                let message = format!("nothing has the id `{name}`");
                Some(Diagnostic::new(Code::UNKNOWN_REFERENCE, location, message).help(help))
            }
            LinkTarget::File(path) if self.is_too_large(path) => {
                let message = format!("`{path}` is larger than {} MiB", MAX_NAMED_SIZE / 1024 / 1024);
                let help = "make it smaller, put it under `static/`, or link to where it can be had";
                Some(Diagnostic::new(Code::UNCOPIED_FILE, location, message).label("not part of the site").help(help))
            }
            LinkTarget::Missing(path) => {
                let what = if link.kind == LinkKind::Image { "image" } else { "file" };
                let known = self.context.named_file(path).map(|file| &file.state);
                let help = match known {
                    Some(FileState::Missing { near: Some(near) }) => format!("did you mean `{near}`?"),
                    Some(FileState::Folder) => "name a picture in it, or make it a link".to_owned(),
                    _ => "correct the path, which begins at the folder of this file, or add what is missing".to_owned(),
                };
                let message = match known {
                    Some(FileState::Folder) => format!("`{path}` is a folder, and no image"),
                    // Nobody looks at what lies outside.
                    None if path.split('/').any(|part| part == "..") => format!("`{path}` leads out of the repository"),
                    _ => format!("there is no {what} `{path}`"),
                };
                Some(Diagnostic::new(Code::MISSING_FILE, location, message).help(help))
            }
            // Known to be there on the host where the source is read, so the site can lead to it.
            LinkTarget::File(_) if self.config.repository.is_some() => None,
            LinkTarget::File(path) => {
                let what = match self.context.named_file(path).map(|file| &file.state) {
                    Some(FileState::Folder) => "folder",
                    _ if link.kind == LinkKind::Image => "image",
                    _ => "file",
                };
                let name = path.rsplit('/').next().unwrap_or(path);
                let stem = markdown_stem(name);
                let is_markdown = stem.len() < name.len();
                let otherwise = "put it under `static/`, or name the `repository` in roadbook.yml to link to it there";
                let help = if is_markdown { self.help(stem, otherwise) } else { otherwise.to_owned() };
                let message = match () {
                    () if path.is_empty() => {
                        format!("`{shown}` is the project's folder, which is not part of the site")
                    }
                    // Nobody has looked whether there is one.
                    () if is_markdown => format!("no {what} `{path}` is part of the site"),
                    () => format!("the {what} `{path}` is not part of the site"),
                };
                Some(Diagnostic::new(Code::MISSING_FILE, location, message).help(help))
            }
        }
    }

    fn is_too_large(&self, path: &str) -> bool {
        self.context.named_file(path).is_some_and(|file| file.state == FileState::TooLarge)
    }

    /// The nearest id, and `otherwise` where there is none.
    fn help(&mut self, name: &str, otherwise: &str) -> String {
        match self.symbols.nearest(name, Kind::Item, &mut self.search) {
            Suggestion::Near(nearest) => format!("did you mean `{nearest}`?"),
            Suggestion::Nothing => otherwise.to_owned(),
            Suggestion::NotSought => NOT_SOUGHT.to_owned(),
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
