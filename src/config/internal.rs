//! What the configuration says is internal as a whole: folders and fields.

use serde::Deserialize;

use super::file::{Checked, Names};

/// What is internal whatever its file says.
#[derive(Clone, Debug, Default)]
pub struct Internal {
    /// Folders by their paths from the project's root, without a `/` at either end.
    pub folders: Vec<String>,
    /// Fields, by any of their names.
    pub fields: Vec<String>,
}

impl Internal {
    /// Whether a file, by its path from the project's root, is in one of the folders.
    pub fn holds(&self, path: &str) -> bool {
        let below = |folder: &String| path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/'));
        self.folders.iter().any(below)
    }
}

/// The same as `roadbook.yml` has it.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct InternalFile {
    folders: Names,
    fields: Names,
}

/// Fields without which a thing is none, or that say who may see it.
const ALWAYS_PUBLIC: [&str; 4] = ["id", "kind", "title", "visibility"];

impl Checked<'_> {
    pub(super) fn internal(&mut self, file: InternalFile) -> Internal {
        let folders: Vec<String> =
            file.folders.list().iter().map(|folder| folder.trim_matches('/').to_owned()).collect();
        for folder in folders.iter().filter(|folder| folder.is_empty() || folder.contains(['*', '?', '['])) {
            self.wrong(
                folder,
                format!("`{folder}` is not a folder"),
                "write its path from this file, such as `plan/items/secret`",
            );
        }
        let fields = file.fields.list();
        for field in fields.iter().filter(|field| ALWAYS_PUBLIC.contains(&field.as_str())) {
            let message = format!("`{field}` cannot be internal by itself");
            self.wrong(field, message, "every page has one; make the file internal with `visibility: internal`");
        }
        Internal { folders, fields }
    }
}
