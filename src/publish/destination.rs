//! The destination: which folder it really is, and whether it may be touched.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use super::error::PublishError;
use super::left::is_stage_within;
use super::marker;
use crate::discover::STAGE;

pub(super) const ELSEWHERE: &str = "choose a folder of its own for the site, such as `_site`";

/// What stands at the destination.
#[derive(Debug)]
pub(super) enum State {
    /// Nothing, or an empty folder.
    Free,
    /// A folder with nothing in it but what a system or git needs to keep it.
    Unused,
    /// A folder of ours, with the addresses in its marker.
    Ours(Vec<String>),
}

/// The destination's real path, symbolic links followed; refused where no site may ever stand.
///
/// `protected` are the folders that must survive: the project and its sources.
pub(super) fn destination(folder: &Path, protected: &[PathBuf]) -> Result<PathBuf, PublishError> {
    if folder.as_os_str().is_empty() {
        return Err(PublishError::Refused {
            path: PathBuf::new(),
            reason: "it has no name".to_owned(),
            help: ELSEWHERE,
        });
    }
    let real = real(folder)?;
    let refused = |reason: &str, help| PublishError::Refused { path: real.clone(), reason: reason.to_owned(), help };
    if real.parent().is_none() || real.file_name().is_none() {
        return Err(refused("it is the root of the file system", ELSEWHERE));
    }
    if real.components().any(|part| part.as_os_str() == OsStr::new(".git")) {
        return Err(refused("it lies in a git folder", ELSEWHERE));
    }
    if let Some(home) = std::env::home_dir().filter(|home| home.is_absolute())
        && self::real(&home)?.starts_with(&real)
    {
        return Err(refused("it is or holds the home folder", ELSEWHERE));
    }
    for path in protected {
        if self::real(path)?.starts_with(&real) {
            return Err(refused("it is or holds the project's own files", ELSEWHERE));
        }
    }
    Ok(real)
}

/// Refuses an output in a folder that is, or lies in, one that the site is made from: the next site would be made from this one.
pub(super) fn check_sources(
    output: &Path,
    folder: &Path,
    sources: &[PathBuf],
    help: &'static str,
) -> Result<(), PublishError> {
    // A folder that is a link to nothing has nothing in it.
    match sources.iter().any(|source| real(source).is_ok_and(|source| folder.starts_with(source))) {
        true => Err(PublishError::Refused {
            path: output.to_owned(),
            reason: "it lies among the project's sources".to_owned(),
            help,
        }),
        false => Ok(()),
    }
}

/// What stands at a destination; refused where it is not ours to replace.
pub(super) fn state(folder: &Path) -> Result<State, PublishError> {
    let refused =
        |reason: &str, help| PublishError::Refused { path: folder.to_owned(), reason: reason.to_owned(), help };
    let read = PublishError::io("read", folder);
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(State::Free),
        Err(error) if error.kind() == ErrorKind::NotADirectory => {
            return Err(refused("it is not a folder", "choose another name"));
        }
        Err(error) => return Err(read(error)),
    };
    let names =
        entries.map(|entry| entry.map(|entry| entry.file_name())).collect::<io::Result<Vec<_>>>().map_err(read)?;
    // A first site whose files are moved one by one has its stage there before it has a marker.
    if names.iter().all(|name| is_stage_within(folder, name)) {
        return Ok(State::Free);
    }
    if fs::symlink_metadata(folder.join(".git")).is_ok() {
        return Err(refused("it is a git repository", "choose another folder and copy the site from there"));
    }
    match marker::read(folder)? {
        Some(addresses) => Ok(State::Ours(addresses)),
        None if names.iter().all(|name| is_of_system(name)) => Ok(State::Unused),
        None => Err(refused(
            "it holds files and Roadbook did not make it",
            "choose another folder, or empty this one yourself if nothing in it matters",
        )),
    }
}

/// Whether a file or folder lies in a folder that nobody has used yet: on a new volume, or where git is to keep it.
fn is_of_system(name: &OsStr) -> bool {
    [LOST_AND_FOUND, ".gitkeep", ".keep", ".gitignore", ".DS_Store", "Thumbs.db", "desktop.ini"]
        .iter()
        .any(|known| name == *known)
}

/// The folder in which a file system keeps what it repairs; mostly nobody may look into it.
const LOST_AND_FOUND: &str = "lost+found";

/// What a folder of ours holds.
#[derive(Debug, Default)]
pub(super) struct Contents {
    /// The listed files that are there.
    pub(super) ours: BTreeSet<String>,
    /// What Roadbook did not write: files, links, and folders without anything of ours in them. Folders before what they hold.
    pub(super) unmanaged: Vec<Unmanaged>,
    /// The folders that hold something listed, deepest last.
    pub(super) folders: Vec<PathBuf>,
}

/// Something in our folder that is not ours.
#[derive(Debug)]
pub(super) struct Unmanaged {
    /// From the output folder.
    pub(super) path: PathBuf,
    /// Whether it is a folder, not a link to one.
    pub(super) is_folder: bool,
}

/// Lists what `folder` holds, the marker and a stage of ours left out.
pub(super) fn contents(folder: &Path, listed: &[String]) -> Result<Contents, PublishError> {
    let files: BTreeSet<&str> = listed.iter().map(String::as_str).collect();
    let folders: BTreeSet<&str> = listed.iter().flat_map(|address| parents(address)).collect();
    let mut contents = Contents::default();
    let mut open = vec![PathBuf::new()];
    while let Some(within) = open.pop() {
        let path = folder.join(&within);
        let mut names = match entries(&path) {
            Err(error) if error.kind() == ErrorKind::PermissionDenied && within == Path::new(LOST_AND_FOUND) => {
                continue;
            }
            names => names.map_err(PublishError::io("read", &path))?,
        };
        names.sort();
        for (name, is_folder, is_file) in names {
            let path = within.join(name);
            // An address is always text with slashes, so a path that is not cannot be listed.
            let address = path.to_str().map(|path| path.replace(std::path::MAIN_SEPARATOR, "/")).unwrap_or_default();
            if address == marker::MARKER || path == Path::new(STAGE) && is_stage_within(folder, path.as_os_str()) {
                continue;
            }
            if is_folder {
                open.push(path.clone());
            }
            if is_file && files.contains(address.as_str()) {
                contents.ours.insert(address);
            } else if is_folder && folders.contains(address.as_str()) {
                contents.folders.push(path);
            } else {
                contents.unmanaged.push(Unmanaged { path, is_folder });
            }
        }
    }
    Ok(contents)
}

/// Name, whether it is a folder, whether it is a plain file; of everything in a folder.
fn entries(folder: &Path) -> io::Result<Vec<(std::ffi::OsString, bool, bool)>> {
    let entry = |entry: io::Result<fs::DirEntry>| {
        let entry = entry?;
        let kind = entry.file_type()?;
        Ok((entry.file_name(), kind.is_dir(), kind.is_file()))
    };
    fs::read_dir(folder)?.map(entry).collect()
}

/// The folders above an address, nearest last: `a/b/c.html` has `a` and `a/b`.
pub(super) fn parents(address: &str) -> impl Iterator<Item = &str> {
    address.match_indices('/').map(|(at, _)| &address[..at])
}

/// An absolute path without links, `.` and `..`; its end need not exist.
pub(super) fn real(path: &Path) -> Result<PathBuf, PublishError> {
    let absolute = std::path::absolute(path).map_err(PublishError::io("find", path))?;
    let mut real = PathBuf::new();
    for part in absolute.components() {
        match part {
            Component::ParentDir => _ = real.pop(),
            Component::CurDir => {}
            part => real.push(part),
        }
        if fs::symlink_metadata(&real).is_ok_and(|metadata| metadata.is_symlink()) {
            real = real.canonicalize().map_err(PublishError::io("follow the symbolic link", &real))?;
        }
    }
    Ok(real)
}
