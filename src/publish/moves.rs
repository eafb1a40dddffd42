//! Moving a site into place file by file, where the system exchanges no folder: a mount point, or a folder in one that may not be changed.
//!
//! The whole new site is on the disk before the first file is moved. First go the files that pages need, then new pages, then pages
//! that were there, and what is no longer part of the site goes last; so whatever a reader gets has its style, and its links lead
//! somewhere. The marker lists old and new files meanwhile.
//!
//! ```text
//! .roadbook-stage/lock            as beside the output
//! .roadbook-stage/site/           files that are still to be moved
//! .roadbook-stage/old/.roadbook   what was there: the files of the old site, and all folders that files are moved into
//! .roadbook-stage/old/last        the marker of the new site
//! .roadbook-stage/old/moving      the file that is copied just now
//! ```
//!
//! A folder or a file in the output may be a mount point of its own. To such a place files are copied; a file that is one is written to
//! as it stands. What cannot be removed stays, is still listed as ours, and is named.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::destination::{Contents, parents};
use super::disk::OutputDisk;
use super::error::PublishError;
use super::marker::{self, MARKER};
use super::modes::Modes;

/// One site that is moved into place.
pub(super) struct Moves<'a> {
    pub(super) disk: &'a OutputDisk,
    /// The stage, in the output.
    pub(super) stage: &'a Path,
    /// The output.
    pub(super) folder: &'a Path,
    /// All files of the new site, in alphabetical order.
    pub(super) addresses: &'a [&'a str],
    /// Those that stay as they are; all others are in the stage.
    pub(super) kept: BTreeSet<&'a str>,
    /// What the marker listed.
    pub(super) listed: &'a [String],
    /// What was there.
    pub(super) old: &'a Contents,
    pub(super) modes: Modes,
}

impl Moves<'_> {
    /// Moves everything; gives something that could not be removed. After an error some files are the new ones, and the stage says which.
    pub(super) fn run(&self) -> Result<Option<PathBuf>, PublishError> {
        let folders: BTreeSet<&str> = self.addresses.iter().flat_map(|address| parents(address)).collect();
        let files: BTreeSet<&str> = self.addresses.iter().copied().collect();
        let mut gone: Vec<&str> =
            self.old.ours.iter().map(String::as_str).filter(|address| !files.contains(address)).collect();
        gone.sort_by_key(|address| !is_page(address));
        // A file where a folder comes, or in a folder where a file comes, cannot wait for the pages that need it.
        let is_in_the_way =
            |address: &str| folders.contains(address) || parents(address).any(|parent| files.contains(parent));
        let (in_the_way, gone): (Vec<&str>, Vec<&str>) = gone.into_iter().partition(|address| is_in_the_way(address));

        self.begin(&folders)?;
        in_the_way.iter().try_for_each(|address| self.remove(address))?;
        let mut left = None;
        let is_needed = |folder: &str| files.contains(folder) || parents(folder).any(|parent| files.contains(parent));
        self.remove_folders(is_needed, &mut left)?;
        // Folders first: they are what still takes space.
        let missing = folders.iter().map(|folder| self.folder.join(folder)).filter(|folder| !folder.is_dir());
        missing.into_iter().try_for_each(|folder| self.disk.create_folder(&folder))?;
        let mut staged: Vec<&str> =
            self.addresses.iter().copied().filter(|address| !self.kept.contains(address)).collect();
        staged.sort_by_key(|address| (is_page(address), self.old.ours.contains(*address)));
        staged.iter().try_for_each(|address| self.put(address))?;
        let mut stays = Vec::new();
        for address in gone {
            match self.remove(address) {
                Err(error) if error.is_of_mount() => stays.push(address),
                removed => removed?,
            }
        }
        self.remove_folders(|folder| !folders.contains(folder), &mut left)?;
        self.set_modes(&folders)?;
        if let Some(first) = stays.first() {
            left = Some(self.folder.join(first));
            self.disk.remove_file(&self.stage.join(LAST))?;
            let listed: BTreeSet<&str> = self.addresses.iter().copied().chain(stays).collect();
            put_marker(self.disk, self.stage, &listed, self.folder)?;
        } else {
            self.disk.rename(&self.stage.join(LAST), &self.folder.join(MARKER))?;
        }
        Ok(left)
    }

    /// Says in the stage what was there, and in the output what may be there from now on.
    fn begin(&self, folders: &BTreeSet<&str>) -> Result<(), PublishError> {
        let listed = || self.listed.iter().map(String::as_str);
        let is_there = |folder: &&str| self.folder.join(folder).is_dir();
        let there: BTreeSet<&str> = listed().chain(folders.iter().copied().filter(is_there)).collect();
        let all: BTreeSet<&str> = listed().chain(self.addresses.iter().copied()).collect();
        self.disk.create_folder(&self.stage.join("old"))?;
        put_marker(self.disk, self.stage, &there, &self.stage.join("old"))?;
        self.disk.write(&self.stage.join(LAST), marker::write(self.addresses).as_bytes())?;
        put_marker(self.disk, self.stage, &all, self.folder)
    }

    /// Moves one file to its address, where nothing is but the old file of ours.
    fn put(&self, address: &str) -> Result<(), PublishError> {
        let (from, to) = (self.stage.join("site").join(address), self.folder.join(address));
        let is_ours = self.old.ours.contains(address) && is_file(&to);
        let moved =
            if is_ours { self.disk.rename(&from, &to).map(|()| true) } else { self.disk.rename_new(&from, &to) };
        let is_done = match moved {
            Err(error) if error.is_of_mount() => self.copy(&from, &to, is_ours),
            moved => moved,
        };
        if is_done? { Ok(()) } else { Err(PublishError::Unmanaged { path: to }) }
    }

    /// Copies a file to where none can be moved; false where somebody else's is. It leaves its place in the stage first, as by a move, so
    /// that a copy that was killed is known as ours, and made again.
    fn copy(&self, from: &Path, to: &Path, is_ours: bool) -> Result<bool, PublishError> {
        let moving = self.stage.join(MOVING);
        self.disk.rename(from, &moving)?;
        let copied = if is_ours { self.disk.overwrite(&moving, to) } else { self.disk.copy(&moving, to) };
        match copied {
            Err(PublishError::Io { error, .. }) if error.kind() == ErrorKind::AlreadyExists => {
                self.disk.rename(&moving, from)?;
                return Ok(false);
            }
            copied => copied?,
        }
        self.disk.remove_file(&moving).map(|()| true)
    }

    /// Removes a file of the old site, if it still is one.
    fn remove(&self, address: &str) -> Result<(), PublishError> {
        let path = self.folder.join(address);
        if is_file(&path) { self.disk.remove_file(&path) } else { Ok(()) }
    }

    /// Removes the folders of the old site that `which` names and in which nothing is left; one that is a mount point is noted in `left`.
    fn remove_folders(&self, which: impl Fn(&str) -> bool, left: &mut Option<PathBuf>) -> Result<(), PublishError> {
        let mut folders: Vec<String> = self.old.folders.iter().filter_map(|folder| address(folder)).collect();
        folders.sort();
        for folder in folders.iter().rev().filter(|folder| which(folder)) {
            let path = self.folder.join(folder);
            match remove_if_empty(self.disk, &path) {
                Err(error) if error.is_of_mount() => *left = Some(path),
                removed => removed?,
            }
        }
        Ok(())
    }

    /// Gives the folders that stay the permissions of new ones.
    fn set_modes(&self, folders: &BTreeSet<&str>) -> Result<(), PublishError> {
        for folder in self
            .old
            .folders
            .iter()
            .filter(|folder| address(folder).is_some_and(|folder| folders.contains(folder.as_str())))
        {
            let path = self.folder.join(folder);
            let metadata = fs::metadata(&path).map_err(PublishError::io("read", &path))?;
            if let Some(permissions) = self.modes.for_folder(&metadata) {
                self.disk.set_permissions(&path, permissions)?;
            }
        }
        Ok(())
    }
}

const LAST: &str = "old/last";
const NEXT: &str = "old/next";
const MOVING: &str = "old/moving";

/// Clears up what is left in a stage within the output. A file that came to an address before ours could is somebody else's.
pub(super) fn recover(disk: &OutputDisk, stage: &Path, folder: &Path) -> Result<(), PublishError> {
    let (site, old) = (stage.join("site"), stage.join("old"));
    if let (Some(listed), Some(there)) = (marker::read(folder)?, marker::read(&old)?) {
        let there: BTreeSet<&str> = there.iter().map(String::as_str).collect();
        let is_found = |path: &Path| fs::symlink_metadata(path).is_ok();
        let is_ours = |address: &str| {
            there.contains(address) || !is_found(&site.join(address)) && is_found(&folder.join(address))
        };
        let (ours, missing): (Vec<&str>, Vec<&str>) =
            listed.iter().map(String::as_str).partition(|address| is_ours(address));
        if !missing.is_empty() {
            let made = missing.iter().flat_map(|address| parents(address)).filter(|parent| !there.contains(parent));
            let made: BTreeSet<&str> = made.collect();
            made.iter().rev().try_for_each(|parent| remove_if_empty(disk, &folder.join(parent)))?;
            // Leaves its space to the list that is true now.
            if is_found(&stage.join(LAST)) {
                disk.remove_file(&stage.join(LAST))?;
            }
            put_marker(disk, stage, &ours.into_iter().collect(), folder)?;
        }
    }
    [site, old].iter().filter(|tree| tree.is_dir()).try_for_each(|tree| disk.remove_tree(tree))
}

/// Puts a marker into a folder in one step.
fn put_marker(disk: &OutputDisk, stage: &Path, addresses: &BTreeSet<&str>, folder: &Path) -> Result<(), PublishError> {
    let new = stage.join(NEXT);
    if fs::symlink_metadata(&new).is_ok() {
        disk.remove_file(&new)?;
    }
    let addresses: Vec<&str> = addresses.iter().copied().collect();
    disk.write(&new, marker::write(&addresses).as_bytes())?;
    disk.rename(&new, &folder.join(MARKER))
}

fn remove_if_empty(disk: &OutputDisk, folder: &Path) -> Result<(), PublishError> {
    match disk.remove_folder(folder) {
        Err(PublishError::Io { error, .. })
            if matches!(
                error.kind(),
                ErrorKind::DirectoryNotEmpty | ErrorKind::NotFound | ErrorKind::NotADirectory
            ) =>
        {
            Ok(())
        }
        removed => removed,
    }
}

/// Whether browsers show a file as a page, for which other files must be there.
fn is_page(address: &str) -> bool {
    let ending = Path::new(address).extension().unwrap_or_default();
    ["html", "htm"].iter().any(|html| ending.eq_ignore_ascii_case(html))
}

fn is_file(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file())
}

fn address(path: &Path) -> Option<String> {
    path.to_str().map(|path| path.replace(std::path::MAIN_SEPARATOR, "/"))
}
