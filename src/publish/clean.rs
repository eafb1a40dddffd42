//! Taking a site away again: what Roadbook wrote, and nothing else.

use std::path::{Path, PathBuf};

use super::destination::{State, contents, destination, state};
use super::disk::OutputDisk;
use super::error::PublishError;
use super::marker::{self, MARKER};
use super::stage::Stage;
use super::{Destination, Unmanaged};

/// What [`clean`] did.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// Files that were removed.
    pub removed: usize,
    /// What Roadbook did not write and so is still there, from the output folder, in alphabetical order. Where there is any,
    /// the folder stays Roadbook's and the next build puts its site beside them.
    pub preserved: Vec<PathBuf>,
    /// The stage of a publication, where it could not be cleared away; the next run tries again.
    pub left: Option<PathBuf>,
}

/// Removes the site at `to`: the files that Roadbook wrote, then the folder if nothing else is in it. Nothing there is fine.
pub fn clean(to: &Destination) -> Result<Cleaned, PublishError> {
    clean_on(&OutputDisk::default(), to)
}

/// [`clean`] on a disk that can be made to fail.
pub fn clean_on(disk: &OutputDisk, to: &Destination) -> Result<Cleaned, PublishError> {
    let folder = destination(&to.folder, &to.protected)?;
    if matches!(state(&folder)?, State::Free) && !Stage::is_left(&folder) {
        return Ok(Cleaned::default());
    }
    let mut stage = Stage::open(disk, &folder)?;
    let run = |stage: &Stage<'_>| match state(&folder)? {
        State::Ours(listed) => remove(disk, stage, &folder, &listed),
        State::Free => Ok(Cleaned::default()),
    };
    let mut cleaned = run(&stage);
    if cleaned.as_ref().is_err_and(|error| stage.is_refused(error)) {
        stage = stage.within()?;
        cleaned = run(&stage);
    }
    let left = stage.abandon();
    cleaned.map(|cleaned| Cleaned { left, ..cleaned })
}

fn remove(disk: &OutputDisk, stage: &Stage<'_>, folder: &Path, listed: &[String]) -> Result<Cleaned, PublishError> {
    let contents = contents(folder, listed)?;
    // Before anything is removed, as the system may say that the stage must be elsewhere.
    let site = stage.site()?;
    let mut ours: Vec<&String> = contents.ours.iter().collect();
    ours.sort();
    ours.iter().try_for_each(|address| disk.remove_file(&folder.join(address)))?;
    let is_needed = |path: &PathBuf| contents.unmanaged.iter().any(|unmanaged| unmanaged.path.starts_with(path));
    let mut folders: Vec<&PathBuf> = contents.folders.iter().filter(|path| !is_needed(path)).collect();
    folders.sort();
    folders.iter().rev().try_for_each(|path| disk.remove_folder(&folder.join(path)))?;
    let mut preserved: Vec<PathBuf> = contents.unmanaged.into_iter().map(|Unmanaged { path, .. }| path).collect();
    preserved.sort();
    if preserved.is_empty() {
        disk.remove_file(&folder.join(MARKER))?;
        // A mount point, or a folder in one that may not be changed, stays.
        if !stage.is_within() {
            disk.remove_folder(folder)?;
        }
    } else {
        let marker = site.join(MARKER);
        disk.write(&marker, marker::write(&[]).as_bytes())?;
        disk.rename(&marker, &folder.join(MARKER))?;
    }
    Ok(Cleaned { removed: ours.len(), preserved, left: None })
}
