//! The static files: their addresses, and what lies among them and is not meant for a site, such as what systems, editors and tools leave
//! behind, and files of secrets.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::named::{self, NAMED_FOLDER};
use super::read::{self, Stamp};
use super::unread::{capped, is_data, is_prose};
use super::{DiscoverError, Inputs, MAX_FILE_SIZE};
use crate::diagnostic::{Code, Diagnostic};
use crate::name;
use crate::nearest::plain;

/// Hidden names by which a site tells its host or its readers something.
const KEPT: [&str; 4] = [".domains", ".htaccess", ".nojekyll", ".well-known"];

/// Whether a file or folder of this name is left out: hidden ones but for those that hosts read, and what editors and systems leave.
pub(super) fn is_left_out(name: &str) -> bool {
    let lower = name.to_lowercase();
    let is_of_editor = lower.ends_with('~')
        || [".swp", ".swo", ".swx"].iter().any(|ending| lower.ends_with(ending))
        || lower.len() > 2 && lower.starts_with('#') && lower.ends_with('#');
    lower.starts_with('.') && !KEPT.contains(&lower.as_str())
        || is_of_editor
        || ["desktop.ini", "thumbs.db"].contains(&lower.as_str())
}

/// Whether a static file may say itself who may see it: what people write as a text, data, and what begins with a fence of front matter, or
/// with a comment that may stand before it. One that cannot be read is judged when it is copied.
pub(super) fn may_say(path: &str, file: &Path) -> bool {
    /// More than a mark of the encoding and some blanks.
    const LENGTH: usize = 256;
    if is_prose(path) {
        return true;
    }
    let Ok(begin) = read::beginning(file, LENGTH) else { return false };
    // A field about the file may stand anywhere among its data; of what is too large to be read, its beginning says so.
    if is_data(path) {
        let is_read = fs::metadata(file).is_ok_and(|metadata| metadata.len() <= MAX_FILE_SIZE);
        return is_read || plain(&String::from_utf8_lossy(&begin)).contains("visibility");
    }
    // Every second byte of English in UTF-16 is a NUL.
    let marks: &[&[u8]] = &[&[0xff, 0xfe], &[0xfe, 0xff], &[0xef, 0xbb, 0xbf]];
    let begin = marks.iter().find_map(|mark| begin.strip_prefix(*mark)).unwrap_or(&begin);
    let signs = begin.iter().copied().filter(|byte| *byte != 0).skip_while(u8::is_ascii_whitespace);
    let begin: Vec<u8> = signs.take(4).collect();
    [&b"---"[..], b"+++", b";;;", b"<!--"].iter().any(|sign| begin.starts_with(sign))
}

/// The diagnostics of what was left out, by path from the root.
pub(super) fn left_out(paths: &BTreeSet<String>) -> Vec<Diagnostic> {
    let one = |path: &str| format!("`{path}` is not copied: it is hidden, or a system or an editor has left it");
    let help = "remove it, or give it another name if it belongs to the site";
    let many = |more: &str| format!("{more} of `static/` are not copied, this one first");
    capped(Code::UNCOPIED_FILE, paths, one, many, help)
}

/// Static files by their addresses. A name that the disk keeps with its letters taken apart is composed, as links to it are written.
pub(super) fn addressed(files: Vec<(String, PathBuf)>) -> Vec<(String, PathBuf)> {
    let address = |path: &str| path["static/".len()..].to_owned();
    let plain: BTreeSet<String> = files.iter().map(|(path, _)| address(path)).collect();
    let composed = |path: &str| match name::composed(path) {
        Cow::Owned(composed) if !plain.contains(&address(&composed)) => address(&composed),
        _ => address(path),
    };
    let mut files: Vec<(String, PathBuf)> = files.into_iter().map(|(path, file)| (composed(&path), file)).collect();
    files.sort();
    files
}

/// Takes away those static files whose addresses the files have which texts name, with their diagnostics.
pub(super) fn without_reserved(files: &mut Vec<(String, PathBuf)>) -> Vec<Diagnostic> {
    let is_reserved = |path: &str| named::is_reserved(&path["static/".len()..]);
    let reserved: BTreeSet<String> =
        files.iter().map(|(path, _)| path).filter(|path| is_reserved(path)).cloned().collect();
    files.retain(|(path, _)| !reserved.contains(path));
    let one = |path: &str| format!("`{path}` is not copied: `{NAMED_FOLDER}` holds the files that texts name");
    let many = |more: &str| format!("{more} of `static/` are not copied, this one first");
    capped(Code::UNCOPIED_FILE, &reserved, one, many, "give its folder another name")
}

/// The stamp and the fingerprint of a file that is copied.
pub(super) type Asset = (Stamp, u64);

/// The fingerprints of all files that are copied, by address: of those read again that may have changed since they were `known`.
pub(super) fn fingerprints(
    inputs: &Inputs,
    known: &BTreeMap<String, Asset>,
) -> Result<BTreeMap<String, Asset>, DiscoverError> {
    let print = |address: &str, file: &PathBuf| {
        let stamp = Stamp::of(file);
        let is_sure = |(old, _): &&Asset| stamp.as_ref().is_some_and(|stamp| stamp.is_surely(old));
        known.get(address).filter(is_sure).cloned().map_or_else(|| read::fingerprint(file), Ok)
    };
    let of_static = |(address, file): &(String, PathBuf)| Ok((address.clone(), print(address, file)?));
    let named: Vec<(String, PathBuf)> =
        inputs.named_files.iter().filter_map(|named| Some((named.address(), named.file()?.to_owned()))).collect();
    // One that went meanwhile is not there the next time.
    let of_named = |(address, file): &(String, PathBuf)| Some(Ok((address.clone(), print(address, file).ok()?)));
    let of_static = inputs.static_files.par_iter().map(of_static);
    of_static.chain(named.par_iter().filter_map(of_named)).collect()
}
