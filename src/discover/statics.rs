//! The static files: their addresses, and what lies among them and is not meant for a site, such as what systems, editors and tools leave
//! behind, and files of secrets.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::read;
use super::unread::{capped, is_data, is_markdown_of_any_name};
use crate::diagnostic::{Code, Diagnostic};
use crate::name;

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

/// Whether a static file may say itself who may see it: Markdown of any name, and a text that begins with what fences front matter, or with
/// a comment that may stand before it. One that cannot be read is judged when it is copied.
pub(super) fn may_say(path: &str, file: &Path) -> bool {
    /// More than a mark of the encoding and some blanks.
    const LENGTH: usize = 256;
    if is_markdown_of_any_name(path) {
        return true;
    }
    // A file of data is fields from its first line to its last, and none of them is about the file.
    let Some(begin) = read::beginning(file, LENGTH).ok().filter(|_| !is_data(path)) else { return false };
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
