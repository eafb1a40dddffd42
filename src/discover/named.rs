//! The files that texts name by their paths, as pictures and links: which of them are there, and which may be part of a site.
//!
//! Folders are listed, each once, so that a name means the same file on every system; no contents are read. Nothing is looked at that no text
//! names, so that a plan without such links costs nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::statics::{is_left_out, may_say};
use super::unread::is_markdown_of_any_name;
use super::{Inputs, MARKER, ONE_FILE, read, walk};
use crate::config::{self, Config};
use crate::name::composed;
use crate::nearest::{NameIndex, Search, Sought};
use crate::source::Source;

/// The folder of a site in which such files are, each at its path from the project's root. No page and no static file is in it.
pub const NAMED_FOLDER: &str = "project-files";

/// The largest file that is copied because a text names it, in bytes: beyond that a picture is slow to load, and a repository of pictures
/// makes a site that hosts refuse.
pub const MAX_NAMED_SIZE: u64 = 10 * 1024 * 1024;

/// A file of the project that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedFile {
    /// Its path from the project's root, composed.
    pub path: String,
    /// What is known of it.
    pub state: FileState,
}

/// What is known of a file that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileState {
    /// It may be part of a site.
    Present {
        /// The file.
        file: PathBuf,
        /// The path from the project's root of what it is, where it is reached by a link; else its own.
        real: String,
        /// What it says, where it may say itself who may see it.
        text: Option<Arc<Source>>,
    },
    /// It is larger than [`MAX_NAMED_SIZE`].
    TooLarge,
    /// It is a folder.
    Folder,
    /// Something is there that is never copied: a device, what is hidden, what lies outside of the project or in a site, and what
    /// Roadbook itself reads.
    Refused,
    /// Nothing is there.
    Missing {
        /// The path of a file that may have been meant.
        near: Option<String>,
    },
}

impl NamedFile {
    /// Its address in a site.
    pub fn address(&self) -> String {
        format!("{NAMED_FOLDER}/{}", self.path)
    }

    /// The path from the project's root of what it is, where it may be part of a site: another one where it is reached by a link.
    pub fn real(&self) -> Option<&str> {
        match &self.state {
            FileState::Present { real, .. } => Some(real),
            _ => None,
        }
    }

    /// What it says, where it may say itself who may see it.
    pub fn text(&self) -> Option<&Arc<Source>> {
        match &self.state {
            FileState::Present { text, .. } => text.as_ref(),
            _ => None,
        }
    }

    /// The file itself, where it may be part of a site.
    pub fn file(&self) -> Option<&Path> {
        match &self.state {
            FileState::Present { file, .. } => Some(file),
            _ => None,
        }
    }
}

/// Whether an address of a static file is one that the files have which texts name.
pub(super) fn is_reserved(address: &str) -> bool {
    address.split('/').next().is_some_and(|folder| folder.eq_ignore_ascii_case(NAMED_FOLDER))
}

/// Looks up the files at paths from the root, composed; gives the folders that were looked into, too. `linked` are the files of the plan that
/// are reached by a link, by the paths of what they are.
pub(super) fn look_up<'a>(
    named: &BTreeSet<String>,
    inputs: &'a Inputs,
    linked: impl Iterator<Item = &'a str>,
) -> (Vec<NamedFile>, Vec<PathBuf>) {
    if named.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let own = inputs.sources.iter().map(|(source, _)| source.path.as_str()).chain(linked);
    let own = own.map(|path| composed(path).into_owned()).collect();
    let (root, config) = (&*inputs.root, &*inputs.config);
    let mut lookup = Lookup { root, config, own, folders: BTreeMap::new(), search: Search::default() };
    let found = named.iter().map(|path| lookup.named(path)).collect();
    let folders = lookup.folders.into_iter().filter(|(_, folder)| folder.is_some());
    (found, folders.map(|(path, _)| path).collect())
}

/// Looks up paths in a project.
struct Lookup<'a> {
    root: &'a Path,
    config: &'a Config,
    /// The files that are read as part of the plan, composed.
    own: BTreeSet<String>,
    /// By their paths on the disk; none for what is no folder or may not be looked into.
    folders: BTreeMap<PathBuf, Option<Folder>>,
    search: Search,
}

/// A folder that was listed.
struct Folder {
    /// The names on the disk, by the same composed.
    names: BTreeMap<String, String>,
    /// To find the nearest: made when a name is not there.
    near: Option<(NameIndex, Vec<String>)>,
    sought: Sought,
}

impl Lookup<'_> {
    /// What is known of the file at a path from the root, composed.
    fn named(&mut self, path: &str) -> NamedFile {
        let state = self.state(path).unwrap_or_else(|(folder, depth)| {
            let near = self.nearest(path, &folder, depth);
            FileState::Missing { near }
        });
        NamedFile { path: path.to_owned(), state }
    }

    /// The state of a file that is there; of one that is not, the folder without its part of the path, and which part that is.
    fn state(&mut self, path: &str) -> Result<FileState, (PathBuf, usize)> {
        if path.split('/').any(|part| !is_plain(part)) || self.is_never_copied(path) {
            return Ok(FileState::Refused);
        }
        let mut file = self.root.to_owned();
        for (depth, part) in path.split('/').enumerate() {
            match self.folder(&file).map(|folder| folder.names.get(part).cloned()) {
                Some(Some(name)) => file.push(name),
                Some(None) => return Err((file, depth)),
                None => return Ok(FileState::Refused),
            }
        }
        let Ok(metadata) = fs::metadata(&file) else { return Ok(FileState::Missing { near: None }) };
        let real = file.canonicalize().ok().and_then(|real| Some((walk::inside(self.root, &real)?, real)));
        let Some((real, real_file)) = real else { return Ok(FileState::Refused) };
        let is_in_site = || {
            let mut above = real_file.ancestors().skip(1).take_while(|folder| *folder != self.root);
            above.any(walk::is_site)
        };
        let is_link = real_file != file;
        let real = composed(&real).into_owned();
        if is_link && (self.is_never_copied(&real) || is_in_site()) {
            return Ok(FileState::Refused);
        }
        if metadata.is_dir() {
            return Ok(FileState::Folder);
        }
        // What is no file, or cannot be read, has no beginning.
        let begin = read::beginning(&file, ONE_FILE.len());
        if !begin.is_ok_and(|begin| begin != ONE_FILE.as_bytes()) {
            return Ok(FileState::Refused);
        }
        if metadata.len() > MAX_NAMED_SIZE {
            return Ok(FileState::TooLarge);
        }
        let text = match may_say(path, &file) || may_say(&real, &file) {
            false => None,
            true => match read::read(path, &file) {
                Ok(read) => Some(read.source),
                Err(_) => return Ok(FileState::Refused),
            },
        };
        Ok(FileState::Present { file, real, text })
    }

    /// Whether a path says that its file is never copied: it or a folder above it is hidden or left by a tool, or it is one that Roadbook reads.
    fn is_never_copied(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        path.split('/').any(|part| part.starts_with('.') || is_left_out(part))
            || is_markdown_of_any_name(path)
            || config::is_file_name(name)
            || self.own.contains(path)
    }

    fn folder(&mut self, path: &Path) -> Option<&mut Folder> {
        if !self.folders.contains_key(path) {
            let folder = self.listed(path);
            self.folders.insert(path.to_owned(), folder);
        }
        self.folders.get_mut(path)?.as_mut()
    }

    /// The names in a folder of the project that is no site.
    fn listed(&self, path: &Path) -> Option<Folder> {
        let real = path.canonicalize().ok().filter(|real| real.is_dir())?;
        walk::inside(self.root, &real)?;
        let mut names = BTreeMap::new();
        for entry in fs::read_dir(path).ok()?.flatten() {
            let Ok(name) = entry.file_name().into_string() else { continue };
            let key = composed(&name).into_owned();
            // Of two that are one name the one that is spelled so.
            if key == name || !names.contains_key(&key) {
                names.insert(key, name);
            }
        }
        let is_site = names.contains_key(MARKER) && path != self.root;
        (!is_site).then(|| Folder { names, near: None, sought: Sought::new() })
    }

    /// The file that was meant by a path whose part at `depth` is not in `folder`: the one that is there when that part is the nearest name.
    fn nearest(&mut self, path: &str, folder: &Path, depth: usize) -> Option<String> {
        let mut parts: Vec<&str> = path.split('/').collect();
        // A name without an ending is mostly that of something else.
        parts.last().filter(|name| name.contains('.'))?;
        let folder = self.folders.get_mut(folder)?.as_mut()?;
        let (index, names) = folder.near.get_or_insert_with(|| {
            let names: Vec<String> = folder.names.keys().cloned().collect();
            (NameIndex::new(names.iter().map(String::as_str)), names)
        });
        let found = index.nearest(parts[depth], &mut folder.sought, &mut self.search).near()?;
        let near = names.get(found.position)?.clone();
        parts[depth] = &near;
        let near = parts.join("/");
        let Ok(FileState::Present { real, .. }) = self.state(&near) else { return None };
        let is_internal = |path: &str| self.config.internal.holds(path);
        (is_internal(path) || !is_internal(&near) && !is_internal(&real)).then_some(near)
    }
}

/// Whether a part of a path is a name on every system, and one that an address can have.
fn is_plain(part: &str) -> bool {
    let mut components = Path::new(part).components();
    let is_one = matches!(components.next(), Some(Component::Normal(name)) if name == part);
    is_one && components.next().is_none() && !part.contains(|c: char| c.is_control() || c == '\\')
}
