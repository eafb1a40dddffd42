//! The configuration's file: which it is, and what is wrong with it as a file.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use super::DiscoverError;
use super::read;
use crate::config;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Location, Source, Span};

/// Reads the configuration of the project in a folder. One that is not there is empty, where there is a plan.
pub(super) fn read(root: &Path) -> Result<(Arc<Source>, Vec<Diagnostic>), DiscoverError> {
    let names = files(root);
    let name = names.first().map_or(config::FILE, String::as_str);
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
    wrong.extend(unread(root, !names.is_empty()).map(|other| {
        let message = format!("`{other}` looks like the configuration, and nobody reads it");
        Diagnostic::new(Code::INVALID_CONFIGURATION, Location::new(&Source::new(&other, ""), Span::default()), message)
            .help(format!("call it `{name}` and put it beside `plan`, or give it a name that says something else"))
    }));
    Ok((source, wrong))
}

/// The files of a project that may have been meant for its configuration and have another name or place. Where there is a configuration,
/// only those with nearly its name.
fn unread(root: &Path, has_configuration: bool) -> impl Iterator<Item = String> {
    let is_meant =
        move |name: &String| config::is_near_file_name(name) || !has_configuration && config::holds_file_name(name);
    let in_root = files_called(root, is_meant);
    let in_folders = ["plan", ".config", ".roadbook", "config"].into_iter().flat_map(move |folder| {
        let is_meant = move |name: &String| {
            (folder == "plan" || !has_configuration) && (config::is_file_name(name) || config::is_near_file_name(name))
        };
        files_called(&root.join(folder), is_meant).into_iter().map(move |name| format!("{folder}/{name}"))
    });
    in_root.into_iter().chain(in_folders.collect::<Vec<_>>())
}

/// The names of files in a folder that fit, in order.
fn files_called(folder: &Path, fits: impl Fn(&String) -> bool) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(fits).filter(|name| !folder.join(name).is_dir()).collect();
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
    let mut names = files_called(folder, |name| config::is_file_name(name));
    names.sort_by_key(|name| name != config::FILE);
    names
}
