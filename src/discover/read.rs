//! Reading one file as text, whatever bytes it holds.

use std::fs::{self, File, Metadata};
use std::hash::{DefaultHasher, Hasher as _};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::{DiscoverError, MAX_FILE_SIZE};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Location, Source, Span};

/// A file as a source, with what is wrong with it as text.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) source: Arc<Source>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// From before it was read.
    pub(super) stamp: Stamp,
}

/// A file that was read, as it is remembered.
#[derive(Clone, Debug)]
pub(super) struct Known {
    file: PathBuf,
    stamp: Stamp,
    pub(super) source: Arc<Source>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Known {
    /// A file as it is now; `known` is what was last read under its path.
    pub(super) fn now(path: &str, file: &Path, known: Option<&Known>) -> Result<Known, DiscoverError> {
        let Some(known) = known else {
            let Read { stamp, source, diagnostics } = read(path, file)?;
            return Ok(Known { file: file.to_owned(), stamp, source, diagnostics });
        };
        if known.file == *file && Stamp::of(file).is_some_and(|stamp| stamp.is_surely(&known.stamp)) {
            return Ok(known.clone());
        }
        Ok(known.again(read(path, file)?))
    }

    /// The file as it was read again: what reads as before is the same source.
    pub(super) fn again(&self, read: Read) -> Known {
        let is_same = self.source == read.source && self.diagnostics == read.diagnostics;
        let (source, diagnostics) = if is_same {
            (Arc::clone(&self.source), self.diagnostics.clone())
        } else {
            (read.source, read.diagnostics)
        };
        Known { file: self.file.clone(), stamp: read.stamp, source, diagnostics }
    }
}

/// What tells without reading that a file is as it was.
#[derive(Clone, Debug)]
pub(super) struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    /// On Unix, which file it is and when anything about it last changed: a file put in place of another may be as long and as old.
    identity: (u64, i64, i64),
    /// Changed so shortly before it was read that another change may bear the same time.
    is_young: bool,
}

/// No file system's clock is coarser: FAT counts time in steps of two seconds.
const RACY_WINDOW: Duration = Duration::from_secs(2);

impl Stamp {
    /// The stamp of a file; none where it cannot be asked.
    pub(super) fn of(file: &Path) -> Option<Stamp> {
        fs::metadata(file).ok().map(|metadata| Stamp::new(&metadata))
    }

    fn new(metadata: &Metadata) -> Stamp {
        let modified = metadata.modified().ok();
        Stamp {
            length: metadata.len(),
            modified,
            identity: identity(metadata),
            is_young: modified.is_none_or(is_young),
        }
    }

    /// Whether the file still is the one that was stamped with `earlier`, beyond doubt.
    pub(super) fn is_surely(&self, earlier: &Stamp) -> bool {
        let key = |stamp: &Stamp| (stamp.length, stamp.modified, stamp.identity);
        !earlier.is_young && key(self) == key(earlier)
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "how long ago a file changed decides whether to read it again, and nothing else"
)]
fn is_young(modified: SystemTime) -> bool {
    SystemTime::now().duration_since(modified).is_ok_and(|age| age < RACY_WINDOW)
}

#[cfg(unix)]
fn identity(metadata: &Metadata) -> (u64, i64, i64) {
    use std::os::unix::fs::MetadataExt as _;
    (metadata.ino(), metadata.ctime(), metadata.ctime_nsec())
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> (u64, i64, i64) {
    (0, 0, 0)
}

/// Opens what is a file and nothing else: to open a pipe would wait for somebody to write, and a device may never end.
fn open(file: &Path) -> Result<File, DiscoverError> {
    let is_file = fs::metadata(file).map_err(DiscoverError::unreadable(file))?.is_file();
    if !is_file {
        let error = io::Error::new(io::ErrorKind::InvalidInput, "it is neither a file nor a link to one");
        return Err(DiscoverError::unreadable(file)(error));
    }
    File::open(file).map_err(DiscoverError::unreadable(file))
}

/// A file's stamp, and a number that changes with its contents. Of a file too large to be read only the stamp counts.
pub(super) fn fingerprint(file: &Path) -> Result<(Stamp, u64), DiscoverError> {
    let mut open = open(file)?;
    let stamp = Stamp::new(&open.metadata().map_err(DiscoverError::unreadable(file))?);
    let mut hasher = DefaultHasher::new();
    hasher.write_u64(stamp.length);
    if stamp.length > MAX_FILE_SIZE {
        let since = stamp.modified.and_then(|modified| modified.duration_since(SystemTime::UNIX_EPOCH).ok());
        hasher.write_u128(since.unwrap_or_default().as_nanos());
        return Ok((stamp, hasher.finish()));
    }
    let mut part = [0; 16 * 1024];
    loop {
        match open.read(&mut part).map_err(DiscoverError::unreadable(file))? {
            0 => return Ok((stamp, hasher.finish())),
            length => hasher.write(&part[..length]),
        }
    }
}

/// The first bytes of a file, at most so many.
pub(super) fn beginning(file: &Path, length: usize) -> Result<Vec<u8>, DiscoverError> {
    let mut bytes = Vec::with_capacity(length);
    open(file)?.take(length as u64).read_to_end(&mut bytes).map_err(DiscoverError::unreadable(file))?;
    Ok(bytes)
}

/// Reads a file under the name `path`. What is not UTF-8 is replaced and reported; it costs nobody the rest of the file.
pub(super) fn read(path: &str, file: &Path) -> Result<Read, DiscoverError> {
    let mut bytes = Vec::new();
    let open = open(file)?;
    let stamp = Stamp::new(&open.metadata().map_err(DiscoverError::unreadable(file))?);
    // The length is asked by reading: a file may grow, and a device has none.
    open.take(MAX_FILE_SIZE + 1).read_to_end(&mut bytes).map_err(DiscoverError::unreadable(file))?;
    if bytes.len() as u64 > MAX_FILE_SIZE {
        return Err(DiscoverError::TooLarge { path: file.to_owned() });
    }
    let mut diagnostics = Vec::new();
    let source = match String::from_utf8(bytes) {
        Ok(text) => {
            let source = Source::new(path, text);
            diagnostics.extend(source.text.find('\0').map(|at| not_text(&source, at)));
            source
        }
        Err(error) => {
            let good = error.utf8_error().valid_up_to();
            let bytes = error.as_bytes();
            let source = Source::new(path, String::from_utf8_lossy(bytes));
            diagnostics.push(not_utf8(&source, bytes, good));
            source
        }
    };
    if source.text.trim().is_empty() {
        let location = Location::new(&source, Span::default());
        let empty = Diagnostic::new(Code::EMPTY_FILE, location, format!("`{path}` is empty"));
        diagnostics.push(empty.help("write a title, or remove the file"));
    }
    Ok(Read { source, diagnostics, stamp })
}

/// The diagnostic of a NUL in a text that is UTF-8 by its bytes: English in UTF-16 has one in every second byte.
fn not_text(source: &Arc<Source>, at: usize) -> Diagnostic {
    let message = format!("`{}` has a NUL in it, as text in UTF-16 has and UTF-8 text has not", source.path);
    Diagnostic::new(Code::INVALID_UTF8, Location::new(source, Span::new(at, at + 1)), message)
        .label("the first NUL")
        .help("save the file as UTF-8")
}

/// The diagnostic of the first byte, at `good`, that is not part of UTF-8 text.
fn not_utf8(source: &Arc<Source>, bytes: &[u8], good: usize) -> Diagnostic {
    // The source has no byte order mark and other line ends, so the place is where the same beginning ends in it.
    let before = Source::new("", String::from_utf8_lossy(&bytes[..good])).text.len();
    let location = Location::new(source, Span::new(before, before + char::REPLACEMENT_CHARACTER.len_utf8()));
    let message = format!("`{}` is not UTF-8 text", source.path);
    let diagnostic = Diagnostic::new(Code::INVALID_UTF8, location, message);
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return diagnostic.label("a UTF-16 byte order mark").help("save the file as UTF-8");
    }
    let byte = format!("the byte 0x{:02x} is the first that is not, and is read as `\u{fffd}`", bytes[good]);
    diagnostic.label(byte).help("save the file as UTF-8")
}
