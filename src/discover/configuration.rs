//! The configuration's file: which it is, and what is wrong with it as a file.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::DiscoverError;
use super::{read, walk};
use crate::config;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Location, Source, Span};

/// Reads the configuration of the project in a folder. One that is not there is empty, where there is a plan.
pub(super) fn read(root: &Path) -> Result<(Arc<Source>, Vec<Diagnostic>), DiscoverError> {
    let names = files(root);
    let name = names.first().map_or(config::FILE, String::as_str);
    let is_outside = root.join(name).canonicalize().is_ok_and(|real| walk::inside(root, &real).is_none());
    if is_outside {
        let source = Source::new(name, "");
        let message = format!("`{name}` is a link that leads out of the project, and is not followed");
        let wrong = Diagnostic::new(Code::INVALID_CONFIGURATION, Location::new(&source, Span::default()), message)
            .help("put a copy of what it leads to in its place");
        return Ok((source, vec![wrong]));
    }
    let (source, mut wrong) = match read::read(name, &root.join(name)) {
        // A configuration with nothing in it says that the defaults are meant.
        Ok(read) if read.source.text.trim().is_empty() => (read.source, Vec::new()),
        Ok(read) => {
            let mut wrong = read.diagnostics;
            let is_text = wrong.is_empty() && !read.source.text.contains('\0');
            wrong.extend((!is_text).then(|| not_text(&read.source)));
            (read.source, wrong)
        }
        Err(DiscoverError::Unreadable { error, .. }) if names.is_empty() && error.kind() == io::ErrorKind::NotFound => {
            if !root.join("plan").is_dir() {
                return Err(DiscoverError::NoProject { path: root.to_owned() });
            }
            (Source::new(config::FILE, ""), Vec::new())
        }
        Err(error) => return Err(error),
    };
    wrong.extend(names.iter().skip(1).map(|other| {
        let message = format!("there is a second configuration, `{other}`, and nobody knows which of the two is meant");
        Diagnostic::new(Code::INVALID_CONFIGURATION, Location::new(&source, Span::default()), message)
            .help(format!("put what counts into `{name}`, and remove the other"))
    }));
    wrong.extend(unread(root, !names.is_empty()).into_iter().map(|(other, code)| nobody_reads(&other, name, code)));
    Ok((source, wrong))
}

/// The diagnostic of what looks like the configuration and is not read; `name` is what that is called.
fn nobody_reads(other: &str, name: &str, code: Code) -> Diagnostic {
    let message = format!("`{other}` looks like the configuration, and nobody reads it");
    let help = match code {
        Code::UNREAD_CONFIGURATION => {
            format!("put what counts into `{name}`, or give it a name that says something else")
        }
        _ => format!("call it `{name}` and put it beside `plan`, or give it a name that says something else"),
    };
    Diagnostic::new(code, Location::new(&Source::new(other, ""), Span::default()), message).help(help)
}

/// The diagnostic of a file deep in the plan that has the configuration's name. One that lies in `plan` itself was named with the others.
pub(super) fn misplaced(path: &str) -> Option<Diagnostic> {
    let (folder, name) = path.rsplit_once('/')?;
    let is_found = FOLDERS.contains(&folder);
    (config::is_file_name(name) && !is_found).then(|| nobody_reads(path, config::FILE, Code::INVALID_CONFIGURATION))
}

/// The diagnostic of a configuration that was read and is no longer there: without it, what it kept for the team would be for everybody.
pub(super) fn has_gone(known: &Arc<Source>) -> Diagnostic {
    let message = format!("`{}` has gone, and what it said holds until the preview is started again", known.path);
    Diagnostic::new(Code::INVALID_CONFIGURATION, Location::new(known, Span::default()), message)
        .help("put it back, or end the preview and begin anew if the plan is to be without it")
}

/// The folders in which the settings of programs are kept, where the configuration may have been put.
const FOLDERS: [&str; 14] = [
    "plan",
    ".config",
    ".github",
    ".roadbook",
    "conf",
    "config",
    "docs",
    "etc",
    "roadbook",
    "settings",
    "static",
    "templates",
    ".config/roadbook",
    "config/roadbook",
];

/// Those of the folders that are there. A project of its own has a configuration of its own, and a site has files of all kinds.
pub(super) fn folders(root: &Path) -> impl Iterator<Item = (&'static str, PathBuf)> {
    let is_own = |folder: &Path| folder.join("plan").is_dir() || walk::is_site(folder);
    let found = FOLDERS.into_iter().map(|name| (name, root.join(name)));
    found.filter(move |(name, folder)| folder.is_dir() && (*name == "plan" || !is_own(folder)))
}

/// The files of a project that may have been meant for its configuration and have another name or place. Where there is a configuration,
/// those with nearly its name and those in the plan are errors, and the others are warned of: nobody knows whether they were to count, too.
fn unread(root: &Path, has_configuration: bool) -> Vec<(String, Code)> {
    let unsure = if has_configuration { Code::UNREAD_CONFIGURATION } else { Code::INVALID_CONFIGURATION };
    let is_expected = |name: &str| {
        let begins = name.trim_start_matches('.').to_lowercase().starts_with("roadbook");
        !has_configuration || begins && !config::is_put_aside(name)
    };
    let in_root = files_called(root, |name| {
        // What an editor keeps while a file is open is all that there is for a moment, or for good.
        let bare = if has_configuration { name } else { name.trim_matches(['~', '#']) };
        let is_kept = bare != name && config::is_file_name(bare);
        is_kept || config::is_near_file_name(name) || config::holds_file_name(name) && is_expected(name)
    });
    let code = |name: &str| if config::is_near_file_name(name) { Code::INVALID_CONFIGURATION } else { unsure };
    let mut found: Vec<(String, Code)> = in_root.into_iter().map(|name| (name.clone(), code(&name))).collect();
    for (folder, path) in folders(root) {
        let code = if folder == "plan" { Code::INVALID_CONFIGURATION } else { unsure };
        let is_ours = folder.ends_with("roadbook");
        let names = files_called(&path, |name| {
            config::is_file_name(name)
                || config::is_near_file_name(name)
                || config::is_other_format(name)
                || is_ours && config::is_settings_name(name)
        });
        found.extend(names.into_iter().map(|name| (format!("{folder}/{name}"), code)));
    }
    found
}

/// The names of files in a folder that fit, in order.
fn files_called(folder: &Path, fits: impl Fn(&str) -> bool) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| fits(name)).filter(|name| !folder.join(name).is_dir()).collect();
    names.sort();
    names
}

/// The diagnostic of a configuration that is not a text, so that nobody knows which names it has.
fn not_text(source: &Arc<Source>) -> Diagnostic {
    let location = Location::new(source, Span::default());
    let message = format!("`{}` is not UTF-8 text, so its names cannot be read", source.path);
    Diagnostic::new(Code::INVALID_CONFIGURATION, location, message).help("save it as UTF-8")
}

/// The names of the configuration's files in a folder: `roadbook.yml`, with either ending, hidden or not, in any case; the usual one first.
pub(super) fn files(folder: &Path) -> Vec<String> {
    let mut names = files_called(folder, config::is_file_name);
    names.sort_by_key(|name| name != config::FILE);
    names
}
