//! Taking a site away again: what Roadbook wrote, and nothing else.

use std::path::{Path, PathBuf};

use super::Destination;
use super::destination::{State, contents, destination, state};
use super::disk::OutputDisk;
use super::error::PublishError;
use super::marker::{self, MARKER};
use super::stage::Stage;

/// What [`clean`] did.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// Files that were removed.
    pub removed: usize,
    /// What Roadbook did not write and so is still there, from the output folder, in alphabetical order. Where there is any,
    /// the folder stays Roadbook's and the next build puts its site beside them.
    pub preserved: Vec<PathBuf>,
    /// What could not be removed: the stage of a publication, or what is a mount point. The next run tries again.
    pub left: Option<PathBuf>,
}

/// Removes the site at `to`: the files that Roadbook wrote, then the folder if nothing else is in it. Nothing there is fine.
pub fn clean(to: &Destination) -> Result<Cleaned, PublishError> {
    clean_on(&OutputDisk::default(), to)
}

/// [`clean`] on a disk that can be made to fail.
pub fn clean_on(disk: &OutputDisk, to: &Destination) -> Result<Cleaned, PublishError> {
    let folder = destination(&to.folder, &to.protected)?;
    if matches!(state(&folder)?, State::Free | State::Unused) && !Stage::is_left(&folder) {
        return Ok(Cleaned::default());
    }
    let mut stage = Stage::open(disk, &folder)?;
    let run = |stage: &Stage<'_>| match state(&folder)? {
        State::Ours(listed) => remove(disk, stage, &folder, &listed),
        State::Free | State::Unused => Ok(Cleaned::default()),
    };
    let mut cleaned = run(&stage);
    if cleaned.as_ref().is_err_and(|error| stage.is_refused(error)) {
        stage = stage.within()?;
        cleaned = run(&stage);
    }
    let left = stage.abandon();
    cleaned.map(|cleaned| Cleaned { left: cleaned.left.clone().or(left), ..cleaned })
}

fn remove(disk: &OutputDisk, stage: &Stage<'_>, folder: &Path, listed: &[String]) -> Result<Cleaned, PublishError> {
    let contents = contents(folder, listed)?;
    // Before anything is removed, as the system may say that the stage must be elsewhere.
    let site = stage.site()?;
    let mut ours: Vec<&String> = contents.ours.iter().collect();
    ours.sort();
    let mut stays: Vec<&str> = Vec::new();
    let mut left = None;
    for address in &ours {
        match disk.remove_file(&folder.join(address)) {
            Err(error) if error.is_of_mount() => stays.push(address),
            removed => removed?,
        }
    }
    let is_needed = |path: &PathBuf| {
        let is_in = |other: &Path| other.starts_with(path);
        contents.unmanaged.iter().any(|unmanaged| is_in(&unmanaged.path))
            || stays.iter().any(|stays| is_in(stays.as_ref()))
    };
    let mut folders: Vec<&PathBuf> = contents.folders.iter().filter(|path| !is_needed(path)).collect();
    folders.sort();
    for path in folders.into_iter().rev() {
        match disk.remove_folder(&folder.join(path)) {
            // A mount point, and the folders that it is in.
            Err(error) if error.is_of_mount() => left = Some(folder.join(path)),
            Err(_) if left.as_ref().is_some_and(|left| left.starts_with(folder.join(path))) => {}
            removed => removed?,
        }
    }
    left = stays.first().map(|first| folder.join(first)).or(left);
    let mut preserved: Vec<PathBuf> = contents.unmanaged.iter().map(|unmanaged| unmanaged.path.clone()).collect();
    preserved.sort();
    if preserved.is_empty() && left.is_none() {
        disk.remove_file(&folder.join(MARKER))?;
        // A mount point, or a folder in one that may not be changed, stays.
        if !stage.is_within() {
            disk.remove_folder(folder)?;
        }
    } else {
        let marker = site.join(MARKER);
        disk.write(&marker, marker::write(&stays).as_bytes())?;
        disk.rename(&marker, &folder.join(MARKER))?;
    }
    Ok(Cleaned { removed: ours.len() - stays.len(), preserved, left })
}
