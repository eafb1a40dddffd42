//! Publishing: every address of a site as a file, the whole site at once or not at all.
//!
//! The new tree is made beside the old one and put in its place in one step. A reader, a kill, a full disk see the whole old
//! site or the whole new one. (Where a system cannot exchange two folders, there is a moment between two renames in which
//! a reader sees nothing; a kill in that moment is fixed by the next run.) A loss of power is not part of the promise: nothing is
//! flushed to the device, since that costs more than the build; contents are compared before a file is kept, so the next build
//! puts right what the disk lost.
//!
//! Files that Roadbook did not write are never removed or changed. They get a second name in the new tree before their first
//! one goes with the old. So do pages whose bytes are the same, which keeps their times. Folders cannot have two names: those of
//! others are made again, with the permissions, the times and, as far as whoever builds may give it away, the owner of the first.

mod clean;
mod destination;
mod disk;
mod error;
mod file;
mod marker;
mod stage;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

pub use clean::{Cleaned, clean, clean_on};
use destination::{Contents, State, Unmanaged, contents, destination, parents, state};
pub use disk::OutputDisk;
pub use error::PublishError;
pub use file::{OneFile, check_file, publish_file, publish_file_on};
pub use marker::MARKER;
use stage::Stage;

/// Where a site goes.
#[derive(Clone, Debug, Default)]
pub struct Destination {
    /// The output folder.
    pub folder: PathBuf,
    /// Folders that must survive, such as the project's and those of its sources: neither they nor a folder above may be the output.
    pub protected: Vec<PathBuf>,
}

/// What stands behind an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileContent {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The contents of this file.
    File(PathBuf),
}

/// Makes the content of an address; called from several threads. A failure stops the publication.
pub type Render<'a> = dyn Fn(&str) -> Result<FileContent, String> + Sync + 'a;

/// What [`publish`] did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// Files that are new or have new bytes.
    pub written: usize,
    /// Files that were there with the same bytes; their times are as they were.
    pub unchanged: usize,
    /// Files of an earlier site that this one does not have.
    pub removed: usize,
    /// Files in the output that Roadbook did not write.
    pub unmanaged: usize,
    /// The stage, where it could not be cleared away; the site is in place, and the next run tries again.
    pub left: Option<PathBuf>,
}

/// Writes the content of every address to `to`, on `threads` threads (by default as many as there are cores).
///
/// An address is a path below the output with `/` between folders. The order of `addresses` means nothing. On an error
/// nothing at the destination has changed.
pub fn publish(
    to: &Destination,
    addresses: &[String],
    render: &Render<'_>,
    threads: Option<usize>,
) -> Result<Published, PublishError> {
    publish_on(&OutputDisk::default(), to, addresses, render, threads)
}

/// [`publish`] on a disk that can be made to fail.
pub fn publish_on(
    disk: &OutputDisk,
    to: &Destination,
    addresses: &[String],
    render: &Render<'_>,
    threads: Option<usize>,
) -> Result<Published, PublishError> {
    let folder = destination(&to.folder, &to.protected)?;
    let plan = Plan { disk, render, folder: &folder, addresses: sorted(addresses, &folder)? };
    // Asked before anything is touched, and again when no other publication can change the answer.
    state(&folder)?;
    let run = || {
        let stage = Stage::open(disk, &folder)?;
        match plan.make(&stage) {
            Ok(made) if made.is_new => Ok(Published { left: stage.close(), ..made.published }),
            Ok(made) => Ok(Published { left: stage.abandon(), ..made.published }),
            Err(error) => {
                // What stays of the stage is the next publication's to clear up.
                stage.abandon();
                Err(error)
            }
        }
    };
    match threads {
        None => run(),
        Some(threads) => {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            let error = |error| PublishError::io("start threads for", &folder)(std::io::Error::other(error));
            pool.map_err(error)?.install(run)
        }
    }
}

/// One publication.
struct Plan<'a> {
    disk: &'a OutputDisk,
    render: &'a Render<'a>,
    /// The real path of the output.
    folder: &'a Path,
    /// In alphabetical order.
    addresses: Vec<&'a str>,
}

/// The outcome of a publication.
struct Made {
    published: Published,
    /// Whether there is a new tree, in place; else the old one was the same.
    is_new: bool,
}

impl Plan<'_> {
    /// Makes the new tree and puts it in place.
    fn make(&self, stage: &Stage<'_>) -> Result<Made, PublishError> {
        let state = state(self.folder)?;
        let old = match &state {
            State::Free => Contents::default(),
            State::Ours(listed) => contents(self.folder, listed)?,
        };
        let folders: BTreeSet<&str> = self.addresses.iter().flat_map(|address| parents(address)).collect();
        self.check_unmanaged(&old.unmanaged, &folders)?;

        let site = stage.site()?;
        folders.iter().try_for_each(|folder| self.disk.create_folder(&site.join(folder)))?;
        let unchanged = self.render(&site, &old)?;

        let ours: BTreeSet<&str> = self.addresses.iter().copied().collect();
        let published = Published {
            written: self.addresses.len() - unchanged.len(),
            unchanged: unchanged.len(),
            removed: old.ours.len() - old.ours.iter().filter(|address| ours.contains(address.as_str())).count(),
            unmanaged: old.unmanaged.iter().filter(|unmanaged| !unmanaged.is_folder).count(),
            left: None,
        };
        let is_listed = matches!(&state, State::Ours(listed) if listed.iter().eq(self.addresses.iter()));
        if is_listed && published.written == 0 {
            return Ok(Made { published, is_new: false });
        }
        let keep = |address: &&str| self.disk.link(&self.folder.join(address), &site.join(address));
        unchanged.par_iter().try_for_each(keep)?;
        self.preserve(&old.unmanaged, &site)?;
        self.disk.write(&site.join(MARKER), marker::write(&self.addresses).as_bytes())?;
        if let Ok(metadata) = fs::metadata(self.folder) {
            self.disk.keep(&site, &metadata)?;
        }
        stage.put_in_place(matches!(state, State::Ours(_)))?;
        Ok(Made { published, is_new: true })
    }

    /// Refuses to publish over anything that is not ours.
    fn check_unmanaged(&self, unmanaged: &[Unmanaged], folders: &BTreeSet<&str>) -> Result<(), PublishError> {
        let ours: BTreeSet<&str> = self.addresses.iter().copied().collect();
        for Unmanaged { path, is_folder } in unmanaged {
            // Only text can be an address.
            let Some(address) = path.to_str().map(|path| path.replace(std::path::MAIN_SEPARATOR, "/")) else {
                continue;
            };
            let is_taken = ours.contains(address.as_str()) || !is_folder && folders.contains(address.as_str());
            if is_taken || parents(&address).any(|parent| ours.contains(parent)) {
                return Err(PublishError::Unmanaged { path: self.folder.join(path) });
            }
        }
        Ok(())
    }

    /// Renders every address and writes those whose bytes are not in the old tree; gives the others.
    fn render(&self, site: &Path, old: &Contents) -> Result<Vec<&str>, PublishError> {
        let one = |address: &&str| -> Result<bool, PublishError> {
            let page = |message| PublishError::Page { path: self.folder.join(address), message };
            let content = (self.render)(address).map_err(page)?;
            if old.ours.contains(*address) && holds(&self.folder.join(address), &content) {
                return Ok(true);
            }
            let path = site.join(address);
            match content {
                FileContent::Bytes(bytes) => self.disk.write(&path, &bytes)?,
                FileContent::File(file) => self.disk.copy(&file, &path)?,
            }
            Ok(false)
        };
        // All of them before the first failure counts, so that it is the same one on any number of threads.
        let kept: Vec<Result<bool, PublishError>> = self.addresses.par_iter().map(one).collect();
        let mut unchanged = Vec::new();
        for (address, kept) in self.addresses.iter().zip(kept) {
            if kept? {
                unchanged.push(*address);
            }
        }
        Ok(unchanged)
    }

    /// Gives what is not ours a place in the new tree.
    fn preserve(&self, unmanaged: &[Unmanaged], site: &Path) -> Result<(), PublishError> {
        for Unmanaged { path, is_folder } in unmanaged {
            let (from, to) = (self.folder.join(path), site.join(path));
            if let Some(parent) = to.parent().filter(|parent| !parent.is_dir()) {
                self.disk.create_folders(parent)?;
            }
            if !is_folder {
                self.disk.link(&from, &to)?;
            } else if !to.is_dir() {
                self.disk.create_folder(&to)?;
            }
        }
        // Last and from below, as a folder may be closed to new files, and each new file gives it a new time.
        for Unmanaged { path, .. } in unmanaged.iter().rev().filter(|unmanaged| unmanaged.is_folder) {
            let from = self.folder.join(path);
            let metadata = fs::metadata(&from).map_err(PublishError::io("read", &from))?;
            self.disk.keep_time(&site.join(path), &metadata)?;
            self.disk.keep(&site.join(path), &metadata)?;
        }
        Ok(())
    }
}

/// The addresses in alphabetical order, each a file that can stand beside all others.
fn sorted<'a>(addresses: &'a [String], folder: &Path) -> Result<Vec<&'a str>, PublishError> {
    let wrong =
        |address: &str, reason: &str| PublishError::Address { path: folder.join(address), reason: reason.to_owned() };
    let mut sorted: Vec<&str> = addresses.iter().map(String::as_str).collect();
    sorted.sort_unstable();
    if let Some(pair) = sorted.windows(2).find(|pair| pair[0] == pair[1]) {
        return Err(wrong(pair[0], "two pages have this address"));
    }
    let files: BTreeSet<&str> = sorted.iter().copied().collect();
    for address in &sorted {
        if let Some(reason) = marker::fault(address) {
            return Err(wrong(address, reason));
        }
        if let Some(parent) = parents(address).find(|parent| files.contains(parent)) {
            return Err(wrong(address, &format!("`{parent}` is a page and cannot be a folder too")));
        }
    }
    Ok(sorted)
}

/// Whether a file holds `content`. One that cannot be read does not.
fn holds(path: &Path, content: &FileContent) -> bool {
    let equal = || -> std::io::Result<bool> {
        let mut old = File::open(path)?;
        let length = old.metadata()?.len();
        match content {
            FileContent::Bytes(bytes) => {
                let mut found = Vec::new();
                if length == bytes.len() as u64 {
                    found.reserve_exact(bytes.len());
                    old.read_to_end(&mut found)?;
                }
                Ok(length == bytes.len() as u64 && found == *bytes)
            }
            FileContent::File(file) => {
                let mut new = File::open(file)?;
                Ok(new.metadata()?.len() == length && is_equal(&mut old, &mut new)?)
            }
        }
    };
    equal().unwrap_or(false)
}

/// Whether two files hold the same bytes, read side by side.
fn is_equal(one: &mut File, other: &mut File) -> std::io::Result<bool> {
    const STEP: u64 = 64 * 1024;
    let (mut a, mut b) = (Vec::new(), Vec::new());
    loop {
        a.clear();
        b.clear();
        one.take(STEP).read_to_end(&mut a)?;
        other.take(STEP).read_to_end(&mut b)?;
        if a != b {
            return Ok(false);
        }
        if a.is_empty() {
            return Ok(true);
        }
    }
}
