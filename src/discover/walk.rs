//! Walking folders: which files there are, whatever links and tools have left in between. The one home of `walkdir`.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::statics::is_left_out;
use super::unread::{is_markdown, unreadable};
use super::{DiscoverError, MARKER, STAGE};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Location, Source, Span};

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// Files that a person wrote: nothing hidden, no tool's folders, no site.
    Plan,
    /// Files to be copied as they are, but nothing that is left out (`statics`) and no site: it may have been made for others.
    Static,
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Path from the root, with `/`, and the file.
    pub(super) files: Vec<(String, PathBuf)>,
    /// Every folder that was looked into.
    pub(super) folders: Vec<PathBuf>,
    /// Files that are reached by a link, by their paths, with the paths of what the links lead to.
    pub(super) linked: Vec<(String, String)>,
    /// Static files and folders that are left out.
    pub(super) left_out: Vec<String>,
    /// Links that lead nowhere, round in circles or out of the project.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Walks what is at `start` below `root`, a folder or a file. Links are followed inside the project; nothing there is fine.
pub(super) fn walk(root: &Path, start: &str, which: Which) -> Result<Found, DiscoverError> {
    let mut found = Found::default();
    let real_start = root.join(start).canonicalize();
    if real_start.as_ref().is_ok_and(|real| inside(root, real).is_none()) {
        found.diagnostics.push(leads_out(start));
        return Ok(found);
    }
    // Below these, every path is another than that of the file it leads to.
    let mut links: Vec<PathBuf> = Vec::new();
    links.extend(real_start.ok().filter(|real| *real != root.join(start)).map(|_| root.join(start)));
    let mut entries = WalkDir::new(root.join(start)).follow_links(true).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        match entry {
            Ok(entry) if !is_wanted(&entry, which) => {
                let name = entry.file_name().to_string_lossy();
                if which == Which::Static && is_left_out(&name) && !is_stage(&name) {
                    found.left_out.push(relative(root, entry.path()));
                }
                if entry.file_type().is_dir() {
                    entries.skip_current_dir();
                }
            }
            Ok(entry) if entry.path_is_symlink() && is_outside(root, entry.path()) => {
                found.diagnostics.push(leads_out(&relative(root, entry.path())));
                if entry.file_type().is_dir() {
                    entries.skip_current_dir();
                }
            }
            Ok(entry) if entry.file_type().is_file() => {
                let path = relative(root, entry.path());
                if entry.path_is_symlink() || links.iter().any(|link| entry.path().starts_with(link)) {
                    let real = entry.path().canonicalize().ok().and_then(|real| inside(root, &real));
                    let is_hidden = real.as_ref().is_some_and(|real| real.split('/').any(is_left_out));
                    if which == Which::Static && is_hidden {
                        found.left_out.push(path);
                        continue;
                    }
                    found.linked.extend(real.map(|real| (path.clone(), real)));
                }
                found.files.push((path, entry.into_path()));
            }
            Ok(entry) if entry.path_is_symlink() && leads_up(root, entry.path()) => {
                found.diagnostics.push(looped(&relative(root, entry.path())));
                entries.skip_current_dir();
            }
            Ok(entry) if entry.file_type().is_dir() && entry.path_is_symlink() => {
                links.push(entry.path().to_owned());
                found.folders.push(entry.into_path());
            }
            Ok(entry) if entry.file_type().is_dir() => found.folders.push(entry.into_path()),
            // A pipe, a socket or a device: to open it could wait for ever.
            Ok(entry) if which == Which::Plan && is_markdown(&entry.file_name().to_string_lossy()) => {
                let path = relative(root, entry.path());
                let message = format!("`{path}` is neither a file nor a folder, and is not read");
                let diagnostic = Diagnostic::new(Code::UNREAD_FILE, nowhere_in(&path), message);
                found.diagnostics.push(diagnostic.help("put a file in its place, or remove it"));
            }
            Ok(_) => {}
            Err(error) => found.diagnostics.extend(io_error(root, error, which)?),
        }
    }
    Ok(found)
}

/// Whether a link leads to a folder that it lies in itself, or that the project lies in: the walk would begin anew there,
/// read every file twice, or all of a disk.
fn leads_up(root: &Path, link: &Path) -> bool {
    let Ok(target) = link.canonicalize() else { return false };
    let parent = link.parent().and_then(|parent| parent.canonicalize().ok());
    root.starts_with(&target) || parent.is_some_and(|parent| parent.starts_with(&target))
}

/// The path from the root of something that a link may lead to; none of what is outside or in git's own folder.
pub(super) fn inside(root: &Path, real: &Path) -> Option<String> {
    let path = real.strip_prefix(root).ok()?;
    let is_git = path.components().any(|part| part.as_os_str().eq_ignore_ascii_case(".git"));
    (!is_git).then(|| slashed(path))
}

fn is_outside(root: &Path, link: &Path) -> bool {
    link.canonicalize().is_ok_and(|real| inside(root, &real).is_none() && !root.starts_with(&real))
}

fn leads_out(shown: &str) -> Diagnostic {
    let message = format!("`{shown}` is a link that leads out of the project, and is not followed");
    Diagnostic::new(Code::OUTSIDE_LINK, nowhere_in(shown), message)
        .help("copy what it leads to into the project, or remove the link")
}

/// The diagnostic of a link among static files or templates that leads to a file of the plan: it would be published as it stands, whoever
/// may see it.
pub(super) fn leads_to_plan(shown: &str, real: &str) -> Diagnostic {
    let message = format!("`{shown}` is a link to `{real}`, which belongs to the plan, and is not followed");
    Diagnostic::new(Code::OUTSIDE_LINK, nowhere_in(shown), message)
        .help("put a copy of what everybody may see in its place")
}

fn looped(shown: &str) -> Diagnostic {
    let message = format!("`{shown}` is a link to a folder that it lies in");
    Diagnostic::new(Code::SYMLINK_LOOP, nowhere_in(shown), message)
        .help("remove the link; what it leads to is read anyway")
}

/// The diagnostic of what stands where a folder belongs, if something else does.
pub(super) fn in_place_of_folder(root: &Path, folder: &str) -> Option<Diagnostic> {
    let is_other = fs::metadata(root.join(folder)).is_ok_and(|found| !found.is_dir());
    let message = format!("`{folder}` is no folder, so nothing is read from there");
    let help = "give it another name, and put what is meant for the plan into a folder of this one";
    is_other.then(|| Diagnostic::new(Code::UNREAD_FILE, nowhere_in(folder), message).help(help))
}

/// The place of a path that is not a file to read.
fn nowhere_in(shown: &str) -> Location {
    Location::new(&Source::new(shown, ""), Span::default())
}

/// Whether to look at an entry. What a pattern names itself is always looked at.
fn is_wanted(entry: &DirEntry, which: Which) -> bool {
    let name = entry.file_name().to_string_lossy();
    if entry.depth() == 0 {
        return true;
    }
    if which == Which::Static {
        let is_made = || is_stage(&name) || entry.file_type().is_dir() && is_site(entry.path());
        return !is_left_out(&name) && !is_made();
    }
    if name.starts_with('.') || name == "node_modules" {
        return false;
    }
    // Sites of ours, and folders that their tools call rebuildable, such as cargo's `target`.
    !entry.file_type().is_dir() || !is_site(entry.path()) && !holds(entry.path(), "CACHEDIR.TAG")
}

/// Whether a folder is a site that Roadbook made.
pub(super) fn is_site(folder: &Path) -> bool {
    holds(folder, MARKER)
}

/// Whether a name is that of a folder beside a site, or in it, where the next is made, see `publish/stage.rs`; or of a file that was to
/// become the one that `-o` names.
fn is_stage(name: &str) -> bool {
    name == STAGE || name.strip_prefix('.').is_some_and(|rest| rest.ends_with(MARKER))
}

fn holds(folder: &Path, file: &str) -> bool {
    fs::symlink_metadata(folder.join(file)).is_ok()
}

/// What an entry that cannot be read means.
fn io_error(root: &Path, error: walkdir::Error, which: Which) -> Result<Option<Diagnostic>, DiscoverError> {
    let path = error.path().unwrap_or(root).to_owned();
    let (depth, is_loop) = (error.depth(), error.loop_ancestor().is_some());
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let is_hidden = if which == Which::Static { is_left_out(&name) } else { name.starts_with('.') };
    let is_link = fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_symlink());
    let kind = error.io_error().map(std::io::Error::kind);
    // Editors leave hidden links that lead nowhere while a file is open.
    if is_hidden && is_link && depth > 0 {
        return Ok(None);
    }
    let shown = relative(root, &path);
    match kind {
        _ if is_loop => Ok(Some(looped(&shown))),
        Some(ErrorKind::NotFound) if is_link => {
            let message = format!("`{shown}` is a link to something that does not exist");
            Ok(Some(
                Diagnostic::new(Code::MISSING_FILE, nowhere_in(&shown), message)
                    .help("remove the link or put back what it leads to"),
            ))
        }
        // A folder that the plan does not have, or a file that went while we looked.
        Some(ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Some(kind) if is_link && kind != ErrorKind::PermissionDenied => {
            let message = format!("`{shown}` is a link that leads back to itself");
            Ok(Some(Diagnostic::new(Code::SYMLINK_LOOP, nowhere_in(&shown), message).help("remove the link")))
        }
        _ => {
            let error = error.into_io_error().unwrap_or_else(|| ErrorKind::Other.into());
            unreadable(&shown, DiscoverError::unreadable(&path)(error)).map(Some)
        }
    }
}

/// A path from the root, with `/` on every system.
fn relative(root: &Path, path: &Path) -> String {
    slashed(path.strip_prefix(root).unwrap_or(path))
}

/// A path with `/` between its parts on every system.
pub(super) fn slashed(path: &Path) -> String {
    let parts = path.components().map(|part| part.as_os_str().to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}

/// The paths to walk for these patterns: of each what comes before its first wildcard, without those below another.
pub(super) fn starts<'a>(patterns: impl Iterator<Item = &'a str>) -> Vec<String> {
    let is_wild = |part: &&str| part.contains(['*', '?', '[', '{', '\\']);
    let start = |pattern: &'a str| {
        let parts = pattern.trim_start_matches("./").split('/');
        parts.take_while(|part| !is_wild(part)).collect::<Vec<_>>().join("/")
    };
    let mut starts: Vec<String> = patterns.map(start).collect();
    starts.sort();
    starts.dedup();
    let all = starts.clone();
    let is_below = |start: &str, other: &str| {
        other.is_empty() || start.strip_prefix(other).is_some_and(|rest| rest.starts_with('/'))
    };
    starts.retain(|start| !all.iter().any(|other| other != start && is_below(start, other)));
    starts
}
