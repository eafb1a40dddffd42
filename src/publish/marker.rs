//! The marker: a file in the output that says that the folder is Roadbook's, and which files in it are.
//!
//! It lists names and no contents. A file under a listed name is ours whatever it holds: a page that was edited or minified
//! in place and then loses its address must not stay, or what was published once could never be taken back.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::error::PublishError;
use crate::discover::STAGE;

/// The marker's name, directly in the output folder; `discover` knows a site by it.
pub use crate::discover::MARKER;

/// The first line, up to the version.
const HEAD: &str = "roadbook output, format ";
const VERSION: &str = "1";
/// The last line: a list that was cut short must not turn our own pages into someone else's.
const END: &str = "end";

/// The text of a marker for the files at `addresses`, in alphabetical order.
pub(super) fn write(addresses: &[&str]) -> String {
    let mut text = format!("{HEAD}{VERSION}\n");
    for address in addresses {
        text.push_str(address);
        text.push('\n');
    }
    text.push_str(END);
    text.push('\n');
    text
}

/// The addresses in the marker of `folder`; none where it has no marker.
pub(super) fn read(folder: &Path) -> Result<Option<Vec<String>>, PublishError> {
    let path = folder.join(MARKER);
    let refused = |reason: &str| PublishError::Refused {
        path: folder.to_owned(),
        reason: format!("its `{MARKER}` file {reason}"),
        help: "remove the folder yourself or choose another",
    };
    match fs::symlink_metadata(&path) {
        Ok(metadata) if metadata.is_file() => {}
        Ok(_) => return Err(refused("is no plain file")),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(None),
        Err(error) => return Err(PublishError::io("read", &path)(error)),
    }
    let bytes = fs::read(&path).map_err(PublishError::io("read", &path))?;
    let text = String::from_utf8(bytes).map_err(|_| refused("was not written by Roadbook"))?;
    let mut lines = text.lines();
    let version = lines.next().and_then(|line| line.strip_prefix(HEAD));
    let version = version.ok_or_else(|| refused("was not written by Roadbook"))?;
    if version != VERSION {
        return Err(refused("was written by a newer Roadbook"));
    }
    let mut addresses: Vec<String> = lines.map(str::to_owned).collect();
    if addresses.pop().as_deref() != Some(END) || !text.ends_with('\n') {
        return Err(refused("is cut short"));
    }
    if addresses.iter().any(|address| fault(address).is_some()) {
        return Err(refused("names files that no site can have"));
    }
    Ok(Some(addresses))
}

/// What keeps `address` from being a file's path inside the output, if anything does.
pub(super) fn fault(address: &str) -> Option<&'static str> {
    if address.chars().any(|c| c.is_control() || c == '\\') {
        return Some("the address has a backslash or a control character");
    }
    if address.split('/').any(|part| matches!(part, "" | "." | "..")) {
        return Some("the address is no plain path inside the output");
    }
    match address.split('/').next() {
        Some(MARKER) => Some("the address is the marker's"),
        Some(STAGE) => Some("the address is in the folder where a site is made"),
        _ => None,
    }
}
