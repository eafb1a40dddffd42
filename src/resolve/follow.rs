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
use super::paths::{LocalPath, decoded, joined, split_anchor};
use super::symbols::SymbolTable;
use super::target::LinkTarget;

/// The paths of files beside the plan that documents name, from the project's root and composed: what to look up on the disk. Where Markdown is
/// meant, or a page, the plan itself knows.
pub fn named_files(documents: &[Arc<Document>], config: &Config) -> BTreeSet<String> {
    let of_link = |document: &Document, link: &Link| {
        // Most links of a plan.
        let is_page = || link.target.split(['#', '?']).next().is_some_and(|path| path.ends_with(".md"));
        if link.kind == LinkKind::Wiki || is_page() || !markdown::safe(&link.target) {
            return None;
        }
        if let Some(path) = own_picture(link.kind, &link.target, config) {
            return Some(name::composed(&path).into_owned());
        }
        let path = LocalPath::of(&link.target, &document.source.path)?;
        let is_file = !path.is_above && !path.joined.is_empty() && !path.written.ends_with('/');
        (is_file && !is_markdown_of_any_name(&path.joined)).then(|| name::composed(&path.joined).into_owned())
    };
    let of_document = |document: &Arc<Document>| -> Vec<String> {
        document.outline.links.iter().filter_map(|link| of_link(document, link)).collect()
    };
    documents.iter().flat_map(of_document).collect()
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
                None => LinkTarget::Nothing,
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
        match LocalPath::of(target, from.path()) {
            Some(path) => self.local_link(path, from, config, context),
            None => LinkTarget::Outside,
        }
    }

    fn local_link(&self, path: LocalPath, from: &Entry, config: &Config, context: &ResolveContext) -> LinkTarget {
        let LocalPath { written, joined, anchor, is_above } = path;
        let path = written.as_str();
        if let Some(found) = self.by_path(&joined) {
            return LinkTarget::Thing(found, anchor);
        }
        for address in [joined.strip_prefix("static/").unwrap_or(&joined), path.trim_start_matches('/')] {
            let address = name::composed(address);
            if context.assets.binary_search_by(|asset| asset.as_str().cmp(&*address)).is_ok() {
                return LinkTarget::Asset(address.into_owned());
            }
        }
        let known = context.named_file(&joined).filter(|_| !is_above);
        if let Some(NamedFile { path, state: FileState::Present { .. } }) = known {
            return LinkTarget::Named(path.clone(), anchor);
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        let is_page = name.ends_with(".md") || name.ends_with(".html") || !name.contains('.');
        if is_page && !name.is_empty() {
            let stem = name.trim_end_matches(".md").trim_end_matches(".html");
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
        match known.map(|known| &known.state) {
            Some(FileState::Missing { .. }) if !is_of_host => LinkTarget::Missing(joined),
            _ => LinkTarget::File(joined),
        }
    }
}
