//! Every call of publishing that changes the disk, in one small place, so that each can be made to fail.

use std::fs::{self, File, Metadata, OpenOptions, Permissions};
use std::io::{self, Read as _, Write};
use std::path::Path;

use super::error::PublishError;

/// The act of putting something in its place by a rename, as errors name it.
pub(super) const PUT_IN_PLACE: &str = "put in place";
/// The act of giving a file a second name.
pub(super) const LINK: &str = "link";
/// The act of making a folder.
pub(super) const CREATE_FOLDER: &str = "create the folder";

type Check = dyn Fn(&'static str, &Path) -> io::Result<()> + Send + Sync;

/// The disk as publishing changes it.
#[derive(Default)]
pub struct OutputDisk {
    before: Option<Box<Check>>,
    two_renames: bool,
}

impl OutputDisk {
    /// A disk that asks `check` before every change: told the act and the path, it may fail the change. A process that is
    /// killed is one for which every change fails from some change on.
    pub fn checked(check: impl Fn(&'static str, &Path) -> io::Result<()> + Send + Sync + 'static) -> OutputDisk {
        OutputDisk { before: Some(Box::new(check)), two_renames: false }
    }

    /// The same on a system that cannot exchange two folders in one step.
    #[must_use]
    pub fn without_exchange(mut self) -> OutputDisk {
        self.two_renames = true;
        self
    }

    fn act<T>(&self, act: &'static str, path: &Path, run: impl FnOnce() -> io::Result<T>) -> Result<T, PublishError> {
        let checked = self.before.as_ref().map_or(Ok(()), |check| check(act, path));
        checked.and_then(|()| run()).map_err(PublishError::io(act, path))
    }

    pub(super) fn create_folder(&self, path: &Path) -> Result<(), PublishError> {
        self.act(CREATE_FOLDER, path, || fs::create_dir(path))
    }

    pub(super) fn create_folders(&self, path: &Path) -> Result<(), PublishError> {
        self.act(CREATE_FOLDER, path, || fs::create_dir_all(path))
    }

    /// Opens a file for locking, made if it is not there.
    pub(super) fn open(&self, path: &Path) -> Result<File, PublishError> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        self.act("open", path, || options.open(path))
    }

    /// Writes a file that is not there yet.
    pub(super) fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), PublishError> {
        let mut file = self.act("create", path, || OpenOptions::new().write(true).create_new(true).open(path))?;
        self.act("write", path, || file.write_all(bytes))
    }

    /// Replaces what an open file holds.
    pub(super) fn rewrite(&self, path: &Path, mut file: &File, text: &str) -> Result<(), PublishError> {
        self.act("write", path, || {
            file.set_len(0)?;
            file.write_all(text.as_bytes())
        })
    }

    /// Copies contents alone: a page made of a read-only file is not read-only.
    pub(super) fn copy(&self, from: &Path, to: &Path) -> Result<(), PublishError> {
        let mut source = opened_for_copy(from)?;
        let mut file = self.act("create", to, || OpenOptions::new().write(true).create_new(true).open(to))?;
        self.act("write", to, || io::copy(&mut source, &mut file)).map(drop)
    }

    /// Replaces the contents of a file, where no other can take its place. A reader may see a part of it.
    pub(super) fn overwrite(&self, from: &Path, to: &Path) -> Result<(), PublishError> {
        let mut source = opened_for_copy(from)?;
        let mut file = self.act("create", to, || OpenOptions::new().write(true).truncate(true).open(to))?;
        self.act("write", to, || io::copy(&mut source, &mut file)).map(drop)
    }

    /// Fails where a folder is on another device than the one that it is in: files of the one have no second name in the other.
    pub(super) fn check_device(&self, above: &Metadata, path: &Path) -> Result<(), PublishError> {
        self.act(LINK, path, || match is_same_device(above, &fs::metadata(path)?) {
            true => Ok(()),
            false => Err(io::ErrorKind::CrossesDevices.into()),
        })
    }

    /// Copies contents and time: the permissions are those of a new file.
    pub(super) fn copy_with_time(&self, from: &Path, to: &Path) -> Result<(), PublishError> {
        self.copy(from, to)?;
        let modified = fs::metadata(from).and_then(|old| old.modified()).map_err(PublishError::io("read", from))?;
        self.act("set the time of", to, || OpenOptions::new().write(true).open(to)?.set_modified(modified))
    }

    /// Gives a file a second name; where the file system has no such thing, a copy with its times and permissions.
    pub(super) fn link(&self, from: &Path, to: &Path) -> Result<(), PublishError> {
        let linked = self.act(LINK, to, || fs::hard_link(from, to));
        let is_file = || fs::symlink_metadata(from).is_ok_and(|metadata| metadata.is_file());
        match linked {
            Err(PublishError::Io { error, .. }) if cannot_link(&error) && is_file() => self.act("copy", to, || {
                fs::copy(from, to)?;
                let modified = fs::metadata(from)?.modified()?;
                File::open(to)?.set_modified(modified)
            }),
            linked => linked,
        }
    }

    /// Fails where a file's second name cannot be at `to`, since that is on another disk; nothing is there afterwards.
    pub(super) fn try_link(&self, from: &Path, to: &Path) -> Result<(), PublishError> {
        self.act(LINK, to, || match fs::hard_link(from, to) {
            Err(error) if cannot_link(&error) => Ok(()),
            linked => linked.and_then(|()| fs::remove_file(to)),
        })
    }

    /// What a new file would be; nothing is there afterwards.
    pub(super) fn try_file(&self, path: &Path) -> Result<Metadata, PublishError> {
        self.act("create", path, || {
            let metadata = File::create_new(path)?.metadata()?;
            fs::remove_file(path).map(|()| metadata)
        })
    }

    /// Gives a folder or a file the owner, where we may, and the permissions of the one whose place it takes.
    pub(super) fn keep(&self, path: &Path, old: &Metadata) -> Result<(), PublishError> {
        self.act("set the owner of", path, || keep_owner(path, old))?;
        self.act("set the permissions of", path, || fs::set_permissions(path, old.permissions()))
    }

    /// Gives a folder of ours its permissions; one that is somebody else's keeps what it has.
    pub(super) fn set_permissions(&self, path: &Path, permissions: Permissions) -> Result<(), PublishError> {
        self.act("set the permissions of", path, || match fs::set_permissions(path, permissions) {
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(()),
            set => set,
        })
    }

    /// Gives a folder the time of the one whose place it takes.
    pub(super) fn keep_time(&self, path: &Path, old: &Metadata) -> Result<(), PublishError> {
        self.act("set the time of", path, || keep_time(path, old))
    }

    /// Lets what a folder holds be removed, whatever its permissions are.
    pub(super) fn open_folder(&self, path: &Path) -> Result<(), PublishError> {
        let metadata = fs::metadata(path).map_err(PublishError::io("read", path))?;
        let Some(open) = opened(&metadata) else { return Ok(()) };
        self.act("set the permissions of", path, || fs::set_permissions(path, open))
    }

    pub(super) fn rename(&self, from: &Path, to: &Path) -> Result<(), PublishError> {
        self.act(PUT_IN_PLACE, to, || fs::rename(from, to))
    }

    /// The same where nothing has the name; false where something has, which stays.
    pub(super) fn rename_new(&self, from: &Path, to: &Path) -> Result<bool, PublishError> {
        self.act(PUT_IN_PLACE, to, || match rename_new(from, to) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
            renamed => renamed.map(|()| true),
        })
    }

    /// Exchanges two folders in one step; false where the system cannot.
    pub(super) fn exchange(&self, one: &Path, other: &Path) -> Result<bool, PublishError> {
        if self.two_renames {
            return Ok(false);
        }
        self.act(PUT_IN_PLACE, other, || exchange(one, other))
    }

    pub(super) fn remove_file(&self, path: &Path) -> Result<(), PublishError> {
        self.act("remove", path, || fs::remove_file(path))
    }

    pub(super) fn remove_folder(&self, path: &Path) -> Result<(), PublishError> {
        self.act("remove", path, || fs::remove_dir(path))
    }

    /// Removes a folder with all it holds. Only ever called for a tree that this module has staged; there may be folders in it
    /// that are as closed as those whose place they were to take.
    pub(super) fn remove_tree(&self, path: &Path) -> Result<(), PublishError> {
        self.act("remove", path, || match fs::remove_dir_all(path) {
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                open_tree(path)?;
                fs::remove_dir_all(path)
            }
            removed => removed,
        })
    }
}

/// Opens a folder and all below it.
fn open_tree(path: &Path) -> io::Result<()> {
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        if let Some(open) = opened(&fs::metadata(&folder)?) {
            fs::set_permissions(&folder, open)?;
        }
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
            }
        }
    }
    Ok(())
}

/// The permissions with which the owner of a folder may change it; none where these are there.
#[cfg(unix)]
fn opened(metadata: &Metadata) -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = metadata.permissions().mode();
    (mode & 0o700 != 0o700).then(|| Permissions::from_mode(mode | 0o700))
}

#[cfg(not(unix))]
fn opened(_metadata: &Metadata) -> Option<Permissions> {
    None
}

/// A file up to where it ends now: one that grows faster than it is copied would never end.
fn opened_for_copy(path: &Path) -> Result<io::Take<File>, PublishError> {
    let read = PublishError::io("read", path);
    let opened = File::open(path).and_then(|file| Ok(file.metadata()?.len()).map(|length| file.take(length)));
    opened.map_err(read)
}

#[cfg(unix)]
fn is_same_device(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    one.dev() == other.dev()
}

/// Folders are not mounted here but by links, which are not followed.
#[cfg(not(unix))]
fn is_same_device(_one: &Metadata, _other: &Metadata) -> bool {
    true
}

#[cfg(unix)]
fn keep_owner(path: &Path, old: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, chown};
    let new = fs::metadata(path)?;
    let (user, group) = (Some(old.uid()), Some(old.gid()));
    if (Some(new.uid()), Some(new.gid())) == (user, group) {
        return Ok(());
    }
    match chown(path, user, group).or_else(|_| chown(path, None, group)) {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(()),
        kept => kept,
    }
}

#[cfg(unix)]
fn keep_time(path: &Path, old: &Metadata) -> io::Result<()> {
    File::open(path)?.set_modified(old.modified()?)
}

/// No folder can be opened to set its time, and what a new one gets is its parent's to say.
#[cfg(not(unix))]
fn keep_owner(_path: &Path, _old: &Metadata) -> io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
fn keep_time(_path: &Path, _old: &Metadata) -> io::Result<()> {
    Ok(())
}

fn cannot_link(error: &io::Error) -> bool {
    use io::ErrorKind::{PermissionDenied, TooManyLinks, Unsupported};
    matches!(error.kind(), PermissionDenied | TooManyLinks | Unsupported)
}

#[cfg(any(target_os = "linux", target_os = "android", target_os = "macos"))]
fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
        Err(Errno::NOSYS | Errno::INVAL | Errno::OPNOTSUPP) => rename_if_free(from, to),
        renamed => Ok(renamed?),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_os = "macos")))]
fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    rename_if_free(from, to)
}

/// Looks first and renames then, where a system does not do both in one step.
fn rename_if_free(from: &Path, to: &Path) -> io::Result<()> {
    match fs::symlink_metadata(to) {
        Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
        Err(_) => fs::rename(from, to),
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_os = "macos"))]
fn exchange(one: &Path, other: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        // An old kernel, or a file system that has no such thing.
        Err(Errno::NOSYS | Errno::INVAL | Errno::OPNOTSUPP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_os = "macos")))]
fn exchange(_one: &Path, _other: &Path) -> io::Result<bool> {
    Ok(false)
}
