//! Names of files and paths as references: each names exactly the file that it is the name or the end of the path of.

use crate::config::Kind;
use crate::name::{self, folded};
use crate::plan::Entry;

use super::paths::{folder, joined, markdown_stem};
use super::symbols::SymbolTable;
use super::target::Target;

impl SymbolTable {
    /// The thing whose file a reference in the file of `from` names: the path from there, the path from the root, else the one file whose
    /// path ends so. A file that is not in the folder which the path names is another one.
    pub(super) fn by_file(&self, reference: &str, kind: Kind, from: &Entry) -> Option<Target> {
        let path = self.path_of(reference);
        if let Some(target) = self.by_path(&joined(folder(from.path()), path)) {
            return Some(target);
        }
        if let Some(target) = self.by_path(path.trim_start_matches('/')) {
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

    /// The things whose files have this name, or a path that ends in this one, in any case: of `kind`, else all.
    pub(super) fn of_file(&self, reference: &str, kind: Kind) -> Vec<Target> {
        let end = folded(&joined("", self.path_of(reference)));
        let name = end.rsplit('/').next().unwrap_or(&end);
        let stem = markdown_stem(name);
        let has_path = |target: &&Target| {
            let path = self.key(**target).map(|key| folded(&key.path)).unwrap_or_default();
            let whole =
                if stem.len() < name.len() { &path } else { path.rsplit_once('.').map_or(&*path, |(path, _)| path) };
            whole.strip_suffix(&end).is_some_and(|before| before.is_empty() || before.ends_with('/'))
        };
        let all = self.fuzzy().files(stem, kind);
        if end == stem { all.to_vec() } else { all.iter().filter(has_path).copied().collect() }
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
