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
//!
//! Where the system exchanges nothing (a mount point, a folder in one that may not be changed), the stage is within the output, and files
//! are moved from it one by one: see `moves`.

mod clean;
mod destination;
mod disk;
mod error;
mod file;
mod left;
mod marker;
mod modes;
mod moves;
mod stage;

use std::collections::BTreeSet;
use std::fs::{self, File, Metadata, Permissions};
use std::io::Read;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

pub use clean::{Cleaned, clean, clean_on};
use destination::{Contents, ELSEWHERE, State, Unmanaged, check_sources, contents, destination, parents, state};
pub use disk::OutputDisk;
pub use error::PublishError;
pub use file::{OneFile, check_file, publish_file, publish_file_on};
pub use marker::MARKER;
use modes::Modes;
use moves::Moves;
use stage::Stage;

/// Where a site goes.
#[derive(Clone, Debug, Default)]
pub struct Destination {
    /// The output folder.
    pub folder: PathBuf,
    /// Folders that must survive, such as the project's and those of its sources: neither they nor a folder above may be the output.
    pub protected: Vec<PathBuf>,
    /// Folders that a site is made from: neither they nor a folder in them may be the output. A site that is there can be cleaned away.
    pub sources: Vec<PathBuf>,
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
    /// Whether files were moved one by one, as the system would not exchange the folder in one step.
    pub moved: bool,
    /// What could not be removed: the stage, or a page of the old site that is a mount point. The site is in place, and the next run tries
    /// again.
    pub left: Option<PathBuf>,
}

/// Writes the content of every address to `to`, on `threads` threads (by default as many as there are cores).
///
/// An address is a path below the output with `/` between folders. The order of `addresses` means nothing. On an error
/// nothing at the destination has changed; but where files are moved one by one, some may have been.
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
    check_sources(&folder, &folder, &to.sources, ELSEWHERE)?;
    let plan = Plan { disk, render, folder: &folder, addresses: sorted(addresses, &folder)? };
    // Asked before anything is touched, and again when no other publication can change the answer.
    state(&folder)?;
    let run = || {
        let mut stage = Stage::open(disk, &folder)?;
        let mut made = plan.make(&stage);
        if made.as_ref().is_err_and(|error| stage.is_refused(error)) {
            stage = stage.within()?;
            made = plan.make(&stage);
        }
        match made {
            Ok(Made { published, is_new }) => {
                let left = if is_new { stage.close() } else { stage.abandon() };
                Ok(Published { left: published.left.clone().or(left), ..published })
            }
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
        let mut state = state(self.folder)?;
        // From now on it is ours, so that what lies in it is kept as in every later publication.
        if matches!(state, State::Unused) {
            self.disk.write(&self.folder.join(MARKER), marker::write(&[]).as_bytes())?;
            state = State::Ours(Vec::new());
        }
        let listed: &[String] = match &state {
            State::Free | State::Unused => &[],
            State::Ours(listed) => listed,
        };
        let is_ours = matches!(state, State::Ours(_));
        let old = if is_ours { contents(self.folder, listed)? } else { Contents::default() };
        let folders: BTreeSet<&str> = self.addresses.iter().flat_map(|address| parents(address)).collect();
        self.check_unmanaged(&old.unmanaged, &folders)?;

        let output = fs::metadata(self.folder).ok();
        if let Some(output) = output.as_ref().filter(|_| !stage.is_within()) {
            self.check_mounts(output, &old)?;
        }
        let site = stage.site()?;
        let modes = stage.modes()?;
        // What is made in a folder that gives its group away gets that group.
        if let Some(output) = output.as_ref().filter(|output| modes::gives_group(output)) {
            self.disk.keep(&site, output)?;
        }
        folders.iter().try_for_each(|folder| self.disk.create_folder(&site.join(folder)))?;
        let unchanged = self.render(&site, &old)?;

        let ours: BTreeSet<&str> = self.addresses.iter().copied().collect();
        let published = Published {
            written: self.addresses.len() - unchanged.len(),
            unchanged: unchanged.len(),
            removed: old.ours.len() - old.ours.iter().filter(|address| ours.contains(address.as_str())).count(),
            unmanaged: old.unmanaged.iter().filter(|unmanaged| !unmanaged.is_folder).count(),
            ..Published::default()
        };
        let opened = if stage.is_within() { None } else { self.opened(output.as_ref(), modes) };
        let is_same = is_ours && listed.iter().eq(self.addresses.iter()) && published.written == 0;
        if is_same && opened.is_none() && self.has_modes(&unchanged, &old, modes) {
            return Ok(Made { published, is_new: false });
        }
        let (kept, closed): (Vec<_>, Vec<_>) = unchanged.iter().partition(|(_, file)| modes.are_of_file(file));
        let places = |address: &str| (self.folder.join(address), site.join(address));
        closed
            .par_iter()
            .map(|(address, _)| places(address))
            .try_for_each(|(old, new)| self.disk.copy_with_time(&old, &new))?;
        if stage.is_within() {
            let kept = kept.iter().map(|(address, _)| *address).collect();
            let (disk, addresses) = (self.disk, self.addresses.as_slice());
            let left =
                Moves { disk, stage: stage.path(), folder: self.folder, addresses, kept, listed, old: &old, modes }
                    .run()?;
            let moved = published.written + published.removed + closed.len() > 0;
            return Ok(Made { published: Published { moved, left, ..published }, is_new: true });
        }
        kept.par_iter().map(|(address, _)| places(address)).try_for_each(|(old, new)| self.disk.link(&old, &new))?;
        self.preserve(&old.unmanaged, &site)?;
        self.disk.write(&site.join(MARKER), marker::write(&self.addresses).as_bytes())?;
        if let Some(output) = &output {
            self.disk.keep(&site, output)?;
        }
        if let Some(permissions) = opened {
            self.disk.set_permissions(&site, permissions)?;
        }
        stage.put_in_place(is_ours)?;
        Ok(Made { published, is_new: true })
    }

    /// Fails where a folder in the output is a mount point: it would go with the old tree, and what is mounted is to stay where it is.
    fn check_mounts(&self, output: &Metadata, old: &Contents) -> Result<(), PublishError> {
        let unmanaged = old.unmanaged.iter().filter(|unmanaged| unmanaged.is_folder).map(|unmanaged| &unmanaged.path);
        let mut folders = old.folders.iter().chain(unmanaged);
        folders.try_for_each(|folder| self.disk.check_device(output, &self.folder.join(folder)))
    }

    /// The permissions that the output gets where they do not stay.
    fn opened(&self, output: Option<&Metadata>, modes: Modes) -> Option<Permissions> {
        let marker = fs::metadata(self.folder.join(MARKER)).ok()?;
        modes.for_output(output?, &marker)
    }

    /// Whether everything of ours that stays has the permissions that it would have if it were new.
    fn has_modes(&self, unchanged: &[(&str, Metadata)], old: &Contents, modes: Modes) -> bool {
        let marker = fs::metadata(self.folder.join(MARKER));
        let is_open = |folder: &PathBuf| {
            fs::metadata(self.folder.join(folder)).is_ok_and(|folder| modes.for_folder(&folder).is_none())
        };
        unchanged.iter().all(|(_, file)| modes.are_of_file(file))
            && marker.is_ok_and(|marker| modes.are_of_file(&marker))
            && old.folders.iter().all(is_open)
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

    /// Renders every address and writes those whose bytes are not in the old tree; gives the others, and what is known of their files.
    fn render(&self, site: &Path, old: &Contents) -> Result<Vec<(&str, Metadata)>, PublishError> {
        let one = |address: &&str| -> Result<Option<Metadata>, PublishError> {
            let page = |message| PublishError::Page { path: self.folder.join(address), message };
            let content = (self.render)(address).map_err(page)?;
            if old.ours.contains(*address)
                && let Some(file) = holds(&self.folder.join(address), &content)
            {
                return Ok(Some(file));
            }
            let path = site.join(address);
            match content {
                FileContent::Bytes(bytes) => self.disk.write(&path, &bytes)?,
                FileContent::File(file) => self.disk.copy(&file, &path)?,
            }
            Ok(None)
        };
        // All of them before the first failure counts, so that it is the same one on any number of threads.
        let kept: Vec<Result<Option<Metadata>, PublishError>> = self.addresses.par_iter().map(one).collect();
        let mut unchanged = Vec::new();
        for (address, kept) in self.addresses.iter().zip(kept) {
            if let Some(file) = kept? {
                unchanged.push((*address, file));
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

/// What is known of a file that holds `content`; nothing of one that does not, or cannot be read.
fn holds(path: &Path, content: &FileContent) -> Option<Metadata> {
    let equal = || -> std::io::Result<Option<Metadata>> {
        let mut old = File::open(path)?;
        let metadata = old.metadata()?;
        let length = metadata.len();
        let is_equal = match content {
            FileContent::Bytes(bytes) => {
                let mut found = Vec::new();
                if length == bytes.len() as u64 {
                    found.reserve_exact(bytes.len());
                    old.read_to_end(&mut found)?;
                }
                length == bytes.len() as u64 && found == *bytes
            }
            FileContent::File(file) => {
                let mut new = File::open(file)?;
                new.metadata()?.len() == length && is_equal(&mut old, &mut new)?
            }
        };
        Ok(is_equal.then_some(metadata))
    };
    equal().unwrap_or_default()
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
