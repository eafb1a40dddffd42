//! Why nothing was published. Each says the act, the path and, where there is one, the way out.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// A publication that did not happen; what stood at the destination still stands there, except where files are moved one by one: then
/// some may be the new ones.
#[derive(Debug)]
pub enum PublishError {
    /// The destination is a folder that must not be touched.
    Refused {
        /// The destination.
        path: PathBuf,
        /// What it is.
        reason: String,
        /// The act that helps.
        help: &'static str,
    },
    /// An address that cannot be a file in the destination, or two that cannot be there together.
    Address {
        /// The file it would have been.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A page would replace a file that Roadbook did not write.
    Unmanaged {
        /// That file.
        path: PathBuf,
    },
    /// A page could not be made.
    Page {
        /// The file it would have been.
        path: PathBuf,
        /// What the caller said.
        message: String,
    },
    /// The disk said no.
    Io {
        /// What was tried, as it follows "cannot".
        act: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
}

impl PublishError {
    /// The file or folder that it is about.
    pub fn path(&self) -> &Path {
        match self {
            PublishError::Refused { path, .. }
            | PublishError::Address { path, .. }
            | PublishError::Unmanaged { path }
            | PublishError::Page { path, .. }
            | PublishError::Io { path, .. } => path,
        }
    }

    /// Whether the system keeps something where it is because it is a mount point, or lies in one.
    pub(super) fn is_of_mount(&self) -> bool {
        use io::ErrorKind::{CrossesDevices, ResourceBusy};
        matches!(self, PublishError::Io { error, .. } if [CrossesDevices, ResourceBusy].contains(&error.kind()))
    }

    /// Wraps what the system said about `act` on `path`.
    pub(super) fn io(act: &'static str, path: &Path) -> impl FnOnce(io::Error) -> PublishError {
        move |error| PublishError::Io { act, path: path.to_owned(), error }
    }
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.path().display();
        match self {
            PublishError::Refused { reason, help, .. } => write!(f, "refusing to touch `{shown}`: {reason}; {help}"),
            PublishError::Address { reason, .. } => write!(f, "cannot publish `{shown}`: {reason}"),
            PublishError::Unmanaged { .. } => {
                write!(
                    f,
                    "cannot publish `{shown}`: Roadbook did not write what is there; move it away or rename the page"
                )
            }
            PublishError::Page { message, .. } => write!(f, "cannot make `{shown}`: {message}"),
            PublishError::Io { act, error, .. } => write!(f, "cannot {act} `{shown}`: {error}"),
        }
    }
}

impl std::error::Error for PublishError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            PublishError::Io { error, .. } => Some(error),
            _ => None,
        }
    }
}
