//! What the configuration says is internal as a whole: folders, fields, and files that carry a flag of another tool.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::Audience;
use super::file::{Checked, Names};
use super::patterns::normal;
use crate::name;

/// What is internal whatever its file says.
#[derive(Clone, Debug, Default)]
pub struct Internal {
    /// Folders by their paths from the project's root, without a `/` at either end.
    pub folders: Vec<String>,
    /// Fields, by any of their names.
    pub fields: Vec<String>,
    /// What fields of other tools that may mean "not for everybody" mean here, such as `draft`.
    pub flags: BTreeMap<String, Audience>,
    /// Whether the file says anything of this.
    pub is_used: bool,
    /// Paths that are internal beside those below the folders: links into one, where a folder that is itself a link leads, and static files
    /// that say themselves that not everybody may see them. Set when the disk is read, and when these files are.
    pub linked: BTreeSet<String>,
}

impl Internal {
    /// Whether a file, by its path from the project's root, is in one of the folders, or is a link into one.
    pub fn holds(&self, path: &str) -> bool {
        let path = &*name::composed(path);
        let is_below =
            |folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        self.folders.iter().any(|folder| is_below(folder)) || self.linked.iter().any(|linked| is_below(linked))
    }
}

/// The same as `roadbook.yml` has it.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct InternalFile {
    #[serde(deserialize_with = "super::file::present")]
    folders: Option<Option<Names>>,
    #[serde(deserialize_with = "super::file::present")]
    fields: Option<Option<Names>>,
    #[serde(deserialize_with = "super::file::present")]
    flags: Option<Option<serde_yaml::Mapping>>,
}

/// The names of a list; none where nothing stands behind its key.
fn named(list: Option<Option<Names>>) -> Vec<String> {
    list.flatten().map(Names::list).unwrap_or_default()
}

impl Checked<'_> {
    /// `file` is what stands under `internal:`; none where the key is not there.
    pub(super) fn internal(&mut self, file: Option<Option<InternalFile>>) -> Internal {
        let Some(file) = file else { return Internal::default() };
        let InternalFile { folders, fields, flags } = file.unwrap_or_default();
        let is_empty =
            |list: &Option<Option<Names>>| list.as_ref().map(|names| names.as_ref().is_none_or(Names::is_empty));
        let flags_are_empty = flags.as_ref().map(|flags| flags.as_ref().is_none_or(serde_yaml::Mapping::is_empty));
        let keys = [is_empty(&folders), is_empty(&fields), flags_are_empty];
        if keys.contains(&Some(true)) || !keys.contains(&Some(false)) {
            let help =
                "write what is internal, such as `internal: {folders: [plan/items/secret]}`, or take the key out";
            self.wrong("internal", "`internal` does not say what is internal".to_owned(), help);
        }
        let mut internal = Internal { is_used: true, ..Internal::default() };
        for (name, value) in flags.flatten().unwrap_or_default() {
            let (name, word) = (name.as_str().unwrap_or_default(), value.as_str().unwrap_or_default());
            let folded = name.trim().to_lowercase();
            let is_name = folded.contains(char::is_alphanumeric)
                && folded != "visibility"
                && !internal.flags.contains_key(&folded);
            match Audience::named(word).filter(|_| is_name) {
                Some(audience) => _ = internal.flags.insert(folded, audience),
                None => self.wrong(
                    if name.is_empty() { "flags" } else { name },
                    format!("`flags` says `{word}` of `{name}`"),
                    "name each field of another tool once, with what it means: `public` or `internal`",
                ),
            }
        }
        for folder in named(folders) {
            // No pattern: a sign stands for itself, and nothing is published where no folder has it in its name. As in a pattern, there
            // may be a `\` before it.
            let signs = ["*", "?", "[", "]", "{", "}", "!"];
            let plain = signs.iter().fold(folder.clone(), |name, sign| name.replace(&format!("\\{sign}"), sign));
            let name = normal(&plain.replace('\\', "/"));
            let is_in_project = !name.is_empty() && name.split('/').next() != Some("..");
            match Some(name).filter(|_| is_in_project) {
                Some(name) => internal.folders.push(name),
                None => self.wrong(
                    &folder,
                    format!("`{folder}` is not a folder of the project"),
                    "write its path from this file, such as `plan/items/secret`",
                ),
            }
        }
        internal.fields = named(fields).iter().map(|field| field.trim().to_owned()).collect();
        internal
    }
}
