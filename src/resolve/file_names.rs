//! Names of files and paths as references: each names exactly the file that it is the name or the end of the path of.

use crate::config::Kind;
use crate::name::{self, folded};
use crate::plan::Entry;

use super::fuzzy::of_kind_or_all;
use super::paths::{folder, joined, markdown_stem};
use super::symbols::SymbolTable;
use super::target::Target;

impl SymbolTable {
    /// The thing whose file a reference in the file of `from` names: the path from there, the path from the root, else the one file whose
    /// path ends so. A file that is not in the folder which the path names is another one.
    pub(super) fn by_file(&self, reference: &str, kind: Kind, from: &Entry) -> Option<Target> {
        let path = self.path_of(reference);
        let paths = [joined(folder(from.path()), path), path.trim_start_matches('/').to_owned()];
        if let Some(target) = paths.iter().find_map(|path| self.by_path(path)) {
            return Some(target);
        }
        // Obsidian leaves the ending out.
        if path.contains('/')
            && let Some(target) = paths.iter().find_map(|path| self.by_path(&format!("{path}.md")))
        {
            return Some(target);
        }
        match self.of_file(path, kind).as_slice() {
            [] if path.contains('/') => None,
            [] => {
                let stem = folded(markdown_stem(path));
                self.by_id(&name::slug(&stem), kind).filter(|_| !stem.contains(char::is_whitespace))
            }
            [only] => Some(*only),
            // Nobody can tell which is meant.
            _ => None,
        }
    }

    /// The things whose files have this name, or a path that ends in this one, in any case: of `kind`, else all. Where no path does, the thing
    /// that has the last part for its id in the folder that the path names.
    pub(super) fn of_file(&self, reference: &str, kind: Kind) -> Vec<Target> {
        let end = folded(&joined("", self.path_of(reference)));
        let name = end.rsplit('/').next().unwrap_or(&end);
        let stem = markdown_stem(name);
        let has_path = |target: &&Target| {
            let path = self.key(**target).map(|key| folded(&key.path)).unwrap_or_default();
            let whole =
                if stem.len() < name.len() { &path } else { path.rsplit_once('.').map_or(&*path, |(path, _)| path) };
            ends_in(whole, &end)
        };
        let all = self.fuzzy().files(stem);
        if end == stem {
            return of_kind_or_all(all, kind).to_vec();
        }
        let found: Vec<Target> = all.iter().filter(has_path).copied().collect();
        match of_kind_or_all(&found, kind) {
            [] => self.of_folder(folder(&end), name, kind).into_iter().collect(),
            found => found.to_vec(),
        }
    }

    /// The thing with this id whose folder's path ends in `place`, or that has the folder there named by its id.
    fn of_folder(&self, place: &str, id: &str, kind: Kind) -> Option<Target> {
        let is_there = |target: &Target| {
            let path = self.key(*target).map(|key| folded(folder(&key.path))).unwrap_or_default();
            let above = path.strip_suffix(id).and_then(|path| path.strip_suffix('/'));
            ends_in(&path, place) || above.is_some_and(|above| ends_in(above, place))
        };
        let kinds = std::iter::once(kind).chain(Kind::ALL).filter(|_| !place.is_empty());
        kinds.filter_map(|kind| self.by_id(id, kind)).find(is_there)
    }

    /// The path that a reference names, as it is or in the project's own repository, without what stands behind `#` or `?`.
    fn path_of<'a>(&self, reference: &'a str) -> &'a str {
        let path = self.in_repository(reference).unwrap_or(reference);
        path.split(['#', '?']).next().unwrap_or(path)
    }

    /// Whether a text is the address of a file in the project's own repository.
    pub(super) fn is_in_repository(&self, address: &str) -> bool {
        self.in_repository(address).is_some()
    }

    /// The path that an address of the project's own repository names.
    pub(super) fn in_repository<'a>(&self, address: &'a str) -> Option<&'a str> {
        let rest = address.strip_prefix(self.repository.as_deref()?)?.trim_start_matches('/');
        let rest = ["blob/", "tree/", "raw/", "edit/"].iter().find_map(|view| rest.strip_prefix(view))?;
        rest.split_once('/').map(|(_branch, path)| path)
    }
}

/// Whether a path ends in another one, of whose first name no part is missing.
fn ends_in(path: &str, end: &str) -> bool {
    path.strip_suffix(end).is_some_and(|before| before.is_empty() || before.ends_with('/'))
}
