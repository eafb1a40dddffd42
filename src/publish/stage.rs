//! The stage: a hidden folder beside the output where the new site is made, and from where it is put in place in one step.
//!
//! ```text
//! .NAME.roadbook/lock     held while a publication runs; says which folder was made here
//! .NAME.roadbook/site/    the new tree; after the exchange, the old one
//! .NAME.roadbook/old/     the old tree, where a system cannot exchange
//! .NAME.roadbook/mount/   an old tree with a mount point in it, tried again by each publication; the next in `mount-2/`
//! .NAME.roadbook/kept/    files of others that found no place, see `discard`; the next of the same name in `kept-2/`
//! ```
//!
//! Where the system makes or exchanges no folder beside the output, the stage is a folder within it, [`STAGE`], and files are moved
//! from it one by one: see `moves`.
//!
//! A publication that was killed leaves its stage behind; the lock is gone with its process, so the next one knows that the
//! owner is dead and clears up.

use std::ffi::OsString;
use std::fs::{self, File, Metadata};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::destination::contents;
use super::disk::{CREATE_FOLDER, LINK, OutputDisk, PUT_IN_PLACE};
use super::error::PublishError;
use super::left::{KEPT, MOUNT, check_ours, holds_kept, is_left_within, mounts};
use super::marker::{self, MARKER};
use super::modes::Modes;
use super::moves;
use crate::discover::STAGE;

/// A locked stage for one destination.
pub(super) struct Stage<'a> {
    disk: &'a OutputDisk,
    destination: &'a Path,
    folder: PathBuf,
    lock: File,
    /// For a stage within the destination: the one beside it, if there is one, locked for as long.
    beside: Option<Box<Stage<'a>>>,
}

impl<'a> Stage<'a> {
    /// Where the stage of `destination` is.
    fn folder(destination: &Path) -> PathBuf {
        // Two names that look the same as text are two.
        let mut name = OsString::from(".");
        name.push(destination.file_name().unwrap_or_default());
        name.push(".roadbook");
        destination.with_file_name(name)
    }

    /// Whether a publication to `destination` runs or was killed.
    pub(super) fn is_left(destination: &Path) -> bool {
        fs::symlink_metadata(Stage::folder(destination)).is_ok() || is_left_within(destination)
    }

    /// Takes the stage of `destination`, after any other publication to it has ended, and clears up after dead ones. It is beside the
    /// destination if a folder can be made there, else within.
    pub(super) fn open(disk: &'a OutputDisk, destination: &'a Path) -> Result<Stage<'a>, PublishError> {
        let parent = destination.parent().unwrap_or(destination);
        if !parent.is_dir() {
            disk.create_folders(parent)?;
        }
        let folder = Stage::folder(destination);
        loop {
            match Stage::lock(disk, destination, folder.clone()) {
                Ok(stage) => {
                    stage.recover()?;
                    // Of whoever can make no folder beside it, or killed where none is exchanged.
                    if is_left_within(destination) {
                        let within = Stage::lock(disk, destination, destination.join(STAGE))?;
                        within.recover()?;
                        within.leave()?;
                    }
                    return Ok(stage);
                }
                Err(error) if is_closed(&error, &folder) && destination.is_dir() => {
                    let stage = Stage::lock(disk, destination, destination.join(STAGE))?;
                    // Whoever may make a folder beside it looks for this one only after that. One that ended since the lock was made
                    // may have put another tree in place, without this stage.
                    if fs::symlink_metadata(&folder).is_err() && is_there(&stage.lock, &stage.folder.join("lock")) {
                        stage.recover()?;
                        return Ok(stage);
                    }
                    stage.leave()?;
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Makes the folder of a stage and its lock, and waits for it.
    fn lock(disk: &'a OutputDisk, destination: &'a Path, folder: PathBuf) -> Result<Stage<'a>, PublishError> {
        loop {
            if fs::symlink_metadata(&folder).is_err() {
                ignore(disk.create_folder(&folder), ErrorKind::AlreadyExists)?;
            }
            check_ours(&folder)?;
            let path = folder.join("lock");
            let lock = match disk.open(&path) {
                // Its owner ended just now and took the folder away.
                Err(PublishError::Io { error, .. }) if error.kind() == ErrorKind::NotFound => continue,
                // No lock, no stage; what somebody else has in it keeps the folder there.
                lock => lock.inspect_err(|_| _ = disk.remove_folder(&folder))?,
            };
            // A file system without locks has no second publication to wait for that we could know of.
            ignore(lock.lock().map_err(PublishError::io("lock", &path)), ErrorKind::Unsupported)?;
            if is_there(&lock, &path) {
                return Ok(Stage { disk, destination, folder, lock, beside: None });
            }
        }
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.folder
    }

    /// Whether the stage is within the destination, and files are moved one by one.
    pub(super) fn is_within(&self) -> bool {
        self.folder.starts_with(self.destination)
    }

    /// Whether an error says that this folder is not exchanged with another: it is a mount point, say, or may not be renamed.
    pub(super) fn is_refused(&self, error: &PublishError) -> bool {
        use ErrorKind::{CrossesDevices, PermissionDenied, ReadOnlyFilesystem, ResourceBusy};
        let PublishError::Io { act, error, .. } = error else { return false };
        let is_refused = match error.kind() {
            CrossesDevices => [LINK, PUT_IN_PLACE].contains(act),
            ResourceBusy | PermissionDenied | ReadOnlyFilesystem => *act == PUT_IN_PLACE,
            _ => false,
        };
        is_refused && !self.is_within() && self.destination.is_dir()
    }

    /// A stage within the destination in place of this one, which stays locked.
    pub(super) fn within(self) -> Result<Stage<'a>, PublishError> {
        let open = || {
            self.remove_site()?;
            let stage = Stage::lock(self.disk, self.destination, self.destination.join(STAGE))?;
            stage.recover()?;
            Ok(stage)
        };
        match open() {
            Ok(stage) => Ok(Stage { beside: Some(Box::new(self)), ..stage }),
            Err(error) => {
                self.abandon();
                Err(error)
            }
        }
    }

    /// The folder of the new tree, made empty; from then on a dead stage can be told from one whose exchange was done.
    pub(super) fn site(&self) -> Result<PathBuf, PublishError> {
        let site = self.folder.join("site");
        self.disk.create_folder(&site)?;
        let metadata = fs::metadata(&site).map_err(PublishError::io("read", &site))?;
        self.disk.rewrite(&self.folder.join("lock"), &self.lock, &identity(&metadata))?;
        // Two folders of which one cannot have the other's files are on two disks and are not exchanged: asked before all pages are made.
        let marker = self.destination.join(MARKER);
        if !self.is_within() && fs::symlink_metadata(&marker).is_ok() {
            self.disk.try_link(&marker, &site.join(PROBE))?;
        }
        Ok(site)
    }

    /// The permissions that new files and folders get.
    pub(super) fn modes(&self) -> Result<Modes, PublishError> {
        let site = self.folder.join("site");
        let metadata = fs::metadata(&site).map_err(PublishError::io("read", &site))?;
        Ok(Modes::new(&self.disk.try_file(&site.join(PROBE))?, &metadata))
    }

    /// Puts the new tree in place: in one step where the system can, else in two renames with the old tree kept until the
    /// second is done. `replace` says that there is an old tree.
    pub(super) fn put_in_place(&self, replace: bool) -> Result<(), PublishError> {
        let (site, old) = (self.folder.join("site"), self.folder.join("old"));
        if !replace {
            if cfg!(windows) && self.destination.is_dir() {
                self.disk.remove_folder(self.destination)?;
            }
            return self.disk.rename(&site, self.destination);
        }
        if self.disk.exchange(&site, self.destination)? {
            return Ok(());
        }
        self.disk.rename(self.destination, &old)?;
        self.disk.rename(&site, self.destination).inspect_err(|_| _ = self.disk.rename(&old, self.destination))
    }

    /// Removes what the exchange brought here, and the stage with it. What could not be removed is left to the next
    /// publication; its place is returned.
    pub(super) fn close(self) -> Option<PathBuf> {
        if self.is_within() {
            return self.abandon();
        }
        let cleared = self.discard("site").and_then(|()| self.discard("old")).and_then(|()| self.leave());
        cleared.err().map(|_| self.folder)
    }

    /// Removes a new tree that will not be put in place, and the stage with it. What could not be removed is left, as by `close`.
    pub(super) fn abandon(self) -> Option<PathBuf> {
        let site = if self.is_within() { Ok(()) } else { self.remove_site() };
        // An old tree that did not get back to its place is tried once more, or stays for the next publication.
        let left = site.and_then(|()| self.recover()).and_then(|()| self.leave()).err().map(|_| self.folder);
        left.or(self.beside.and_then(|beside| beside.abandon()))
    }

    fn remove_site(&self) -> Result<(), PublishError> {
        let site = self.folder.join("site");
        if site.is_dir() { self.disk.remove_tree(&site) } else { Ok(()) }
    }

    /// Removes the lock and the folder, unless the next publication has them already: it may come between the two, and whoever
    /// exchanges the destination takes a stage within it away.
    fn leave(&self) -> Result<(), PublishError> {
        let lock = self.folder.join("lock");
        ignore(self.disk.remove_file(&lock), ErrorKind::NotFound)?;
        let left = ignore(self.disk.remove_folder(&self.folder), ErrorKind::NotFound);
        if holds_kept(&self.folder) { left } else { ignore(left, ErrorKind::DirectoryNotEmpty) }
    }

    /// Clears up what a killed publication left.
    fn recover(&self) -> Result<(), PublishError> {
        if self.is_within() {
            return moves::recover(self.disk, &self.folder, self.destination);
        }
        let (site, old) = (self.folder.join("site"), self.folder.join("old"));
        if let Ok(metadata) = fs::symlink_metadata(&site) {
            let path = self.folder.join("lock");
            let made = fs::read_to_string(&path).map_err(PublishError::io("read", &path))?;
            // The folder that was made here is a new tree: all in it was written or linked by us. Any other came by the exchange.
            if made == identity(&metadata) {
                self.disk.remove_tree(&site)?;
            } else {
                self.discard("site")?;
            }
        }
        if old.is_dir() && fs::symlink_metadata(self.destination).is_err() {
            return self.disk.rename(&old, self.destination);
        }
        mounts(&self.folder).iter().try_for_each(|name| self.discard(name))?;
        self.discard("old")
    }

    /// Removes an old tree: what its marker lists, and names of others' files that stand in the new tree too. A file that came
    /// to the old tree while the new one was made is moved over, or into `kept` where its place is taken.
    fn discard(&self, name: &str) -> Result<(), PublishError> {
        let tree = self.folder.join(name);
        if !tree.is_dir() {
            return Ok(());
        }
        let listed = match marker::read(&tree)? {
            Some(listed) => listed,
            None if name.starts_with(MOUNT) => return Ok(()),
            None => return self.disk.remove_tree(&tree),
        };
        // Of one that waits and looks for it where the new tree is.
        if is_left_within(&tree) {
            self.disk.remove_tree(&tree.join(STAGE))?;
        }
        let contents = contents(&tree, &listed)?;
        let folders =
            contents.unmanaged.iter().filter(|unmanaged| unmanaged.is_folder).map(|unmanaged| &unmanaged.path);
        let mut folders: Vec<&PathBuf> = folders.chain(&contents.folders).collect();
        folders.sort();
        // One that is closed to changes got its place in the new tree as it was; here it would stay for ever.
        self.disk.open_folder(&tree)?;
        folders.iter().try_for_each(|folder| self.disk.open_folder(&tree.join(folder)))?;
        let has_mount = AtomicBool::new(false);
        // A mount point stays, and the folders that it is in.
        let try_to = |removed: Result<(), PublishError>| match removed {
            Err(error) if error.is_of_mount() => {
                has_mount.store(true, Ordering::Relaxed);
                Ok(())
            }
            Err(PublishError::Io { error, .. })
                if error.kind() == ErrorKind::DirectoryNotEmpty && has_mount.load(Ordering::Relaxed) =>
            {
                Ok(())
            }
            removed => removed,
        };
        contents.ours.par_iter().try_for_each(|address| try_to(self.disk.remove_file(&tree.join(address))))?;
        for unmanaged in contents.unmanaged.iter().filter(|unmanaged| !unmanaged.is_folder) {
            let (path, place) = (tree.join(&unmanaged.path), self.destination.join(&unmanaged.path));
            if is_same_file(&path, &place) {
                try_to(self.disk.remove_file(&path))?;
                continue;
            }
            let place =
                if is_free(self.destination, &unmanaged.path) { place } else { self.preserved(&unmanaged.path) };
            if let Some(parent) = place.parent().filter(|parent| !parent.is_dir()) {
                self.disk.create_folders(parent)?;
            }
            try_to(self.disk.rename(&path, &place))?;
        }
        folders.iter().rev().try_for_each(|folder| try_to(self.disk.remove_folder(&tree.join(folder))))?;
        if has_mount.into_inner() {
            let is_aside = name.starts_with(MOUNT);
            return if is_aside { Ok(()) } else { self.disk.rename(&tree, &self.free(MOUNT, Path::new(""))) };
        }
        // Last, so that a clearing up that was killed goes on here.
        self.disk.remove_file(&tree.join(MARKER))?;
        self.disk.remove_folder(&tree)
    }

    /// A place in the stage for a file of others whose own is taken.
    fn preserved(&self, path: &Path) -> PathBuf {
        self.free(KEPT, path).join(path)
    }

    /// The first folder of this name in the stage in which nothing has the path.
    fn free(&self, name: &str, path: &Path) -> PathBuf {
        let mut folder = self.folder.join(name);
        for n in 2.. {
            if is_free(&folder, path) {
                break;
            }
            folder = self.folder.join(format!("{name}-{n}"));
        }
        folder
    }
}

/// Whether `path` can be given to a file below `folder`: nothing has it, and nothing but folders stands above it.
fn is_free(folder: &Path, path: &Path) -> bool {
    let found = |path: &Path| fs::symlink_metadata(folder.join(path)).ok();
    found(path).is_none() && path.ancestors().skip(1).all(|above| found(above).is_none_or(|found| found.is_dir()))
}

/// The name of a file that is made and removed again; no page has it.
const PROBE: &str = STAGE;

/// Whether the system lets no folder be made at `folder`, where there is none.
fn is_closed(error: &PublishError, folder: &Path) -> bool {
    use ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
    let PublishError::Io { act, path, error } = error else { return false };
    *act == CREATE_FOLDER && path == folder && matches!(error.kind(), PermissionDenied | ReadOnlyFilesystem)
}

/// Whether `path` is still the name of the open file, and not that of one made since.
fn is_there(lock: &File, path: &Path) -> bool {
    match (lock.metadata(), fs::metadata(path)) {
        (Ok(held), Ok(there)) => identity(&held) == identity(&there),
        _ => false,
    }
}

fn ignore(result: Result<(), PublishError>, kind: ErrorKind) -> Result<(), PublishError> {
    match result {
        Err(PublishError::Io { error, .. }) if error.kind() == kind => Ok(()),
        result => result,
    }
}

/// Whether two names are of one file, or of two with the same bytes (a copy, where no second name could be given).
fn is_same_file(one: &Path, other: &Path) -> bool {
    let (Ok(a), Ok(b)) = (fs::symlink_metadata(one), fs::symlink_metadata(other)) else { return false };
    if cfg!(unix) && identity(&a) == identity(&b) {
        return true;
    }
    let is_copy = || matches!((fs::read(one), fs::read(other)), (Ok(a), Ok(b)) if a == b);
    a.is_file() && b.is_file() && a.len() == b.len() && is_copy()
}

/// What tells one file or folder from another for as long as both exist.
#[cfg(unix)]
fn identity(metadata: &Metadata) -> String {
    use std::os::unix::fs::MetadataExt;
    format!("{}:{}\n", metadata.dev(), metadata.ino())
}

/// Nothing does: without an exchange, `site` is always the new tree, and a file in use keeps its name.
#[cfg(not(unix))]
fn identity(_metadata: &Metadata) -> String {
    String::new()
}
