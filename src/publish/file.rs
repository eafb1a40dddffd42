//! A site that is one file: made beside the old one and put in its place in one step, as a folder is.

use std::fs;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use super::destination::{check_sources, real};
use super::disk::OutputDisk;
use super::error::PublishError;
use super::stage::Stage;
use super::{FileContent, holds};

/// Where a site that is one file goes.
#[derive(Clone, Debug, Default)]
pub struct OneFile {
    /// The file.
    pub path: PathBuf,
    /// Folders that no output may be in, such as those of the sources.
    pub sources: Vec<PathBuf>,
    /// How every file of ours begins: only such a one is replaced.
    pub begin: &'static str,
}

/// Writes `content` to a file; whether it was not there already. On an error nothing at the destination has changed.
pub fn publish_file(to: &OneFile, content: &FileContent) -> Result<bool, PublishError> {
    publish_file_on(&OutputDisk::default(), to, content)
}

/// [`publish_file`] on a disk that can be made to fail.
pub fn publish_file_on(disk: &OutputDisk, to: &OneFile, content: &FileContent) -> Result<bool, PublishError> {
    let path = destination(to)?;
    check(&path, to.begin)?;
    let stage = Stage::open(disk, &path)?;
    let made = put(disk, &stage, &path, to.begin, content);
    stage.abandon();
    made
}

/// Refuses a destination that may not be written, before anything is made for it.
pub fn check_file(to: &OneFile) -> Result<(), PublishError> {
    check(&destination(to)?, to.begin)
}

fn put(
    disk: &OutputDisk,
    stage: &Stage<'_>,
    path: &Path,
    begin: &str,
    content: &FileContent,
) -> Result<bool, PublishError> {
    // Asked again, now that no other publication can change the answer.
    check(path, begin)?;
    if holds(path, content).is_some() {
        return Ok(false);
    }
    let new = stage.site()?.join("file");
    match content {
        FileContent::Bytes(bytes) => disk.write(&new, bytes)?,
        FileContent::File(file) => disk.copy(file, &new)?,
    }
    if let Ok(metadata) = fs::metadata(path) {
        disk.keep(&new, &metadata)?;
    }
    disk.rename(&new, path)?;
    Ok(true)
}

/// The file's real path; refused where no output may be.
fn destination(to: &OneFile) -> Result<PathBuf, PublishError> {
    const ELSEWHERE: &str = "name a file of its own, such as `roadmap.html`";
    let refused = |path: &Path, reason: &str| PublishError::Refused {
        path: path.to_owned(),
        reason: reason.to_owned(),
        help: ELSEWHERE,
    };
    let Some(name) = to.path.file_name() else { return Err(refused(&to.path, "it is not the name of a file")) };
    let ending = Path::new(name).extension().unwrap_or_default();
    if !["html", "htm"].iter().any(|html| ending.eq_ignore_ascii_case(html)) {
        return Err(refused(&to.path, "its name does not end in `.html`, so no browser would open it"));
    }
    // A link is replaced, not what it leads to; so only the folder is followed.
    let folder = to.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = real(folder)?;
    if folder.components().any(|part| part.as_os_str() == ".git") {
        return Err(refused(&folder.join(name), "it lies in a git folder"));
    }
    let path = folder.join(name);
    check_sources(&path, &folder, &to.sources, ELSEWHERE)?;
    Ok(path)
}

/// Refuses to replace anything but a file of ours.
fn check(path: &Path, begin: &str) -> Result<(), PublishError> {
    let refused = |reason: &str, help| PublishError::Refused { path: path.to_owned(), reason: reason.to_owned(), help };
    let read = PublishError::io("read", path);
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(read(error)),
        Ok(metadata) if metadata.is_symlink() => {
            return Err(refused("it is a symbolic link", "name the file that it leads to"));
        }
        Ok(metadata) if metadata.is_dir() => return Err(refused("it is a folder", "name a file in it")),
        Ok(metadata) if !metadata.is_file() => return Err(refused("it is no plain file", "choose another name")),
        Ok(_) => {}
    }
    let mut found = Vec::new();
    let bytes = fs::File::open(path).and_then(|file| file.take(begin.len() as u64).read_to_end(&mut found));
    bytes.map_err(read)?;
    if found != begin.as_bytes() {
        return Err(refused(
            "Roadbook did not make it",
            "choose another name, or remove the file yourself if nothing in it matters",
        ));
    }
    Ok(())
}
