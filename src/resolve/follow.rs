//! Where the links of a text lead: to a thing of the plan, to a file that the site has, or away.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::config::{Config, Kind};
use crate::discover::{FileState, NamedFile, is_markdown_of_any_name};
use crate::markdown::{self, Link, LinkKind};
use crate::name;
use crate::parse::Document;
use crate::plan::Entry;

use super::ResolveContext;
use super::paths::{LocalPath, decoded, joined, markdown_stem, split_anchor};
use super::symbols::SymbolTable;
use super::target::LinkTarget;

/// The paths of files beside the plan that documents name, from the project's root and composed: what to look up on the disk. Where Markdown is
/// meant, or a page, the plan itself knows.
pub fn named_files(documents: &[Arc<Document>], config: &Config) -> BTreeSet<String> {
    let of_link = |document: &Document, link: &Link| -> Vec<String> {
        let from = &document.source.path;
        if link.kind == LinkKind::Wiki {
            return wiki_paths(&link.target, from, config)
                .map(|path| name::composed(&path.joined).into_owned())
                .collect();
        }
        // Most links of a plan.
        let is_page = || link.target.split(['#', '?']).next().is_some_and(|path| path.ends_with(".md"));
        if is_page() || !markdown::safe(&link.target) {
            return Vec::new();
        }
        if let Some(path) = own_picture(link.kind, &link.target, config) {
            return vec![name::composed(&path).into_owned()];
        }
        let path = LocalPath::of(&link.target, from, config).filter(is_file);
        path.map(|path| name::composed(&path.joined).into_owned()).into_iter().collect()
    };
    let of_document = |document: &Arc<Document>| -> Vec<String> {
        document.outline.links.iter().flat_map(|link| of_link(document, link)).collect()
    };
    documents.iter().flat_map(of_document).collect()
}

/// Whether a path may be that of a file beside the plan.
fn is_file(path: &LocalPath) -> bool {
    let is_inside = !path.is_above && !path.joined.is_empty() && !path.written.ends_with('/');
    is_inside && !is_markdown_of_any_name(&path.joined)
}

/// The paths of the file that a name in double brackets may mean, as in Obsidian: from the text that has it, and from the project's folder.
fn wiki_paths(target: &str, from: &str, config: &Config) -> impl Iterator<Item = LocalPath> {
    // Without an ending it is the name of a thing.
    let name = target.rsplit('/').next().unwrap_or(target);
    let paths = name.contains('.').then(|| [target.to_owned(), format!("/{target}")]);
    let paths = paths.into_iter().flatten();
    paths.filter_map(|path| LocalPath::of(&path, from, config).filter(is_file)).collect::<Vec<_>>().into_iter()
}

/// The path of a picture whose address is the one that it has on the branch of the project's own repository.
fn own_picture(kind: LinkKind, target: &str, config: &Config) -> Option<String> {
    let rest = target.strip_prefix(config.repository.as_deref()?).filter(|_| kind == LinkKind::Image)?;
    let rest = ["/raw/", "/blob/"].iter().find_map(|view| rest.strip_prefix(view))?;
    let path = rest.strip_prefix(config.branch.as_str())?.strip_prefix('/')?;
    Some(joined("", &decoded(path.split(['?', '#']).next().unwrap_or(path))))
}

impl ResolveContext {
    /// What is known of a file beside the plan, by its path from the root.
    pub(super) fn named_file(&self, path: &str) -> Option<&NamedFile> {
        let path = name::composed(path);
        let found = self.named_files.binary_search_by(|file| file.path.as_str().cmp(&path)).ok()?;
        self.named_files.get(found)
    }
}

impl SymbolTable {
    /// What a link in the text of `from` leads to.
    pub fn link(
        &self,
        kind: LinkKind,
        target: &str,
        from: &Entry,
        config: &Config,
        context: &ResolveContext,
    ) -> LinkTarget {
        if kind == LinkKind::Wiki {
            let (reference, anchor) = split_anchor(target);
            if reference.trim().is_empty() && anchor.is_some() {
                return LinkTarget::Outside;
            }
            return match self.named(reference, Kind::Item, from, config) {
                Some(found) => LinkTarget::Thing(found, anchor),
                None => wiki_file(target, from, config, context).unwrap_or(LinkTarget::Nothing),
            };
        }
        if !markdown::safe(target) {
            return LinkTarget::Unsafe;
        }
        if let Some(path) = self.in_repository(target) {
            let (path, anchor) = split_anchor(path);
            return match self.by_path(&decoded(path)) {
                Some(found) => LinkTarget::Thing(found, anchor),
                None => {
                    let Some(path) = own_picture(kind, target, config) else { return LinkTarget::Outside };
                    match context.named_file(&path).filter(|file| file.file().is_some()) {
                        Some(file) => LinkTarget::Named(file.path.clone(), None),
                        None if config.internal.holds(&path) => LinkTarget::File(path),
                        None => LinkTarget::Outside,
                    }
                }
            };
        }
        match LocalPath::of(target, from.path(), config) {
            Some(path) => self.local_link(kind, path, from, config, context),
            None => LinkTarget::Outside,
        }
    }

    fn local_link(
        &self,
        kind: LinkKind,
        path: LocalPath,
        from: &Entry,
        config: &Config,
        context: &ResolveContext,
    ) -> LinkTarget {
        let LocalPath { written, joined, anchor, is_above, is_out } = path;
        let path = written.as_str();
        if let Some(found) = self.by_path(&joined) {
            return LinkTarget::Thing(found, anchor);
        }
        let known = context.named_file(&joined).filter(|_| !is_above);
        if let Some(found) = file(&joined, path, anchor.as_ref(), known, config, context).filter(|_| !is_above) {
            return found;
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        let stem = markdown_stem(name);
        let is_page = stem.len() < name.len() || name.ends_with(".html") || !name.contains('.');
        if is_page && !name.is_empty() {
            let stem = stem.trim_end_matches(".html");
            // A file that has moved to another folder is still the file of that name, where there is one only.
            let of_path = self.of_file(path, Kind::Item);
            if let [found] = of_path.as_slice() {
                return LinkTarget::Thing(*found, anchor);
            }
            if let Some(found) = self.find(stem, Kind::Item, from, config).filter(|_| !path.ends_with('/')) {
                return LinkTarget::Thing(found, anchor);
            }
        }
        // The host may have another root.
        let is_of_host = path.starts_with('/') && config.repository.is_some();
        let is_picture = kind == LinkKind::Image;
        match known.map(|known| &known.state) {
            Some(FileState::Missing { .. }) if !is_of_host => LinkTarget::Missing(joined),
            Some(FileState::Folder) if is_picture => LinkTarget::Missing(joined),
            None if is_out || is_picture && path.ends_with('/') => LinkTarget::Missing(joined),
            _ => LinkTarget::File(joined),
        }
    }
}

/// The file that a name in double brackets leads to.
fn wiki_file(target: &str, from: &Entry, config: &Config, context: &ResolveContext) -> Option<LinkTarget> {
    wiki_paths(target, from.path(), config).find_map(|path| {
        let known = context.named_file(&path.joined);
        let is_too_large = known.is_some_and(|known| known.state == FileState::TooLarge);
        let found = file(&path.joined, &path.written, path.anchor.as_ref(), known, config, context);
        found.or_else(|| is_too_large.then_some(LinkTarget::File(path.joined)))
    })
}

/// The file of the site that a path in the project names: the one that lies there, else the static one that has this path for its address.
fn file(
    joined: &str,
    written: &str,
    anchor: Option<&String>,
    known: Option<&NamedFile>,
    config: &Config,
    context: &ResolveContext,
) -> Option<LinkTarget> {
    let asset = |address: &str| {
        let address = name::composed(address);
        let found = context.assets.binary_search_by(|asset| asset.as_str().cmp(&*address));
        found.is_ok().then(|| LinkTarget::Asset(address.into_owned()))
    };
    if let Some(found) = joined.strip_prefix("static/").and_then(asset) {
        return Some(found);
    }
    match known {
        Some(NamedFile { path, state: FileState::Present { .. } }) => {
            Some(LinkTarget::Named(path.clone(), anchor.cloned()))
        }
        Some(NamedFile { state: FileState::TooLarge, .. }) => None,
        // What lies there is for the team, whatever else has its name.
        _ if config.internal.holds(joined) => Some(LinkTarget::File(joined.to_owned())),
        _ => asset(joined).or_else(|| asset(written.trim_start_matches('/'))),
    }
}
