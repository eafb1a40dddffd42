//! Permissions: every build gives what is Roadbook's the permissions that the umask gives, whatever was there before.
//!
//! The umask can be asked for only by changing it, for all threads. So a file and a folder are made in the stage and looked at; that
//! says, too, what a file system makes of it that keeps no permissions.

use std::fs::{Metadata, Permissions};

/// The permissions that new files and new folders get.
#[derive(Clone, Copy, Debug)]
pub(super) struct Modes {
    file: u32,
    folder: u32,
}

impl Modes {
    /// Those of a file and a folder that were just made.
    pub(super) fn new(file: &Metadata, folder: &Metadata) -> Modes {
        Modes { file: mode(file), folder: mode(folder) & ACCESS }
    }

    /// Whether a file has the permissions of a new one.
    pub(super) fn are_of_file(self, file: &Metadata) -> bool {
        mode(file) == self.file
    }

    /// The permissions to give to a folder of ours; none where it has them. What else is set, such as that new files get its group, stays.
    pub(super) fn for_folder(self, folder: &Metadata) -> Option<Permissions> {
        (mode(folder) & ACCESS != self.folder).then(|| with_access(folder, self.folder))
    }

    /// The permissions to give to the output; none where they stay. Those that the last umask gave, which the marker's tell, follow the
    /// new one. Those that somebody gave stay: a folder that was closed by hand is not opened by a build.
    pub(super) fn for_output(self, output: &Metadata, marker: &Metadata) -> Option<Permissions> {
        let readable = mode(marker) & READ;
        let given = mode(marker) & (READ | WRITE) | readable >> 2;
        if mode(output) & ACCESS == given { self.for_folder(output) } else { None }
    }
}

/// Whether what is made in a folder gets the folder's group.
pub(super) fn gives_group(folder: &Metadata) -> bool {
    mode(folder) & SET_GROUP != 0 && mode(folder) & OWNER == OWNER
}

const SET_GROUP: u32 = 0o2000;
const OWNER: u32 = 0o700;
const ACCESS: u32 = 0o777;
const READ: u32 = 0o444;
const WRITE: u32 = 0o222;

#[cfg(unix)]
fn mode(metadata: &Metadata) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    metadata.permissions().mode() & 0o7777
}

#[cfg(unix)]
fn with_access(metadata: &Metadata, access: u32) -> Permissions {
    use std::os::unix::fs::PermissionsExt as _;
    Permissions::from_mode(mode(metadata) & !ACCESS | access)
}

/// What new files and folders may is their folder's to say.
#[cfg(not(unix))]
fn mode(_metadata: &Metadata) -> u32 {
    0
}

#[cfg(not(unix))]
fn with_access(metadata: &Metadata, _access: u32) -> Permissions {
    metadata.permissions()
}
