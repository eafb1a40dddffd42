//! Whether a folder that has a stage's name is one that a publication left, and not one that somebody else made.

use std::ffi::OsStr;
use std::fs::{self, Metadata};
use std::io::ErrorKind;
use std::path::Path;

use super::error::PublishError;
use crate::discover::STAGE;

/// How the folders in a stage are called that hold files of others.
pub(super) const KEPT: &str = "kept";

/// How the folders in a stage are called that are old trees with a mount point in them.
pub(super) const MOUNT: &str = "mount";

/// Whether a stage of ours is within `destination`.
pub(super) fn is_left_within(destination: &Path) -> bool {
    is_stage_within(destination, OsStr::new(STAGE)) && fs::symlink_metadata(destination.join(STAGE)).is_ok()
}

/// Whether what has this name in `destination` is a stage of ours.
pub(super) fn is_stage_within(destination: &Path, name: &OsStr) -> bool {
    name == STAGE && check_ours(&destination.join(name)).is_ok()
}

/// Refuses a folder that only happens to have the stage's name.
pub(super) fn check_ours(folder: &Path) -> Result<(), PublishError> {
    let is_ours = || -> std::io::Result<bool> {
        let mut names = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let metadata = fs::symlink_metadata(entry.path())?;
            if !is_part(&entry.file_name(), &entry.path(), &metadata)? {
                return Ok(false);
            }
            names.push(entry.file_name());
        }
        Ok(names.is_empty() || names.iter().any(|name| name == "lock" || is_kept(name)))
    };
    let is_ours = match fs::symlink_metadata(folder) {
        Ok(metadata) if metadata.is_dir() => is_ours(),
        found => found.map(|_| false),
    };
    match is_ours {
        Ok(true) => Ok(()),
        // Its owner ended just now, and took it or a part of it away.
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        _ => Err(PublishError::Refused {
            path: folder.to_owned(),
            reason: "it is in the way of the new site and Roadbook did not make it".to_owned(),
            help: "move it away",
        }),
    }
}

/// Whether something in a stage is what a publication leaves there. A lock is written to, so it must be one.
fn is_part(name: &OsStr, path: &Path, metadata: &Metadata) -> std::io::Result<bool> {
    const LONGEST: u64 = 64;
    if name != "lock" {
        return Ok(metadata.is_dir() && (name == "site" || name == "old" || is_kept(name)));
    }
    let is_short = metadata.is_file() && metadata.len() <= LONGEST;
    Ok(is_short && fs::read(path)?.iter().all(|byte| byte.is_ascii_digit() || b":\n".contains(byte)))
}

/// The old trees in a stage that have a mount point in them, or had one.
pub(super) fn mounts(stage: &Path) -> Vec<String> {
    let entries = fs::read_dir(stage).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.retain(|name| is_one_of(name, MOUNT));
    names.sort();
    names
}

/// Whether a stage holds what stays there: files of others, and mount points.
pub(super) fn holds_kept(stage: &Path) -> bool {
    let mut entries = fs::read_dir(stage).into_iter().flatten().flatten();
    entries.any(|entry| is_kept(&entry.file_name()))
}

fn is_kept(name: &OsStr) -> bool {
    name.to_str().is_some_and(|name| is_one_of(name, KEPT) || is_one_of(name, MOUNT))
}

fn is_one_of(name: &str, kind: &str) -> bool {
    name.strip_prefix(kind).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}
