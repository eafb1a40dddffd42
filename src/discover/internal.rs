//! Where the folders that are internal really are, and what leads into them by a link.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::walk;
use crate::config;
use crate::diagnostic::{Code, Diagnostic};
use crate::name;
use crate::nearest::nearest;
use crate::source::Source;

/// The paths from the root that are internal because of a link: where a folder of `folders` leads that is one itself, and of the `links`,
/// each with what it leads to, those that lead into one. With a diagnostic of every folder that is not there; `source` is the configuration.
pub(super) fn linked(
    root: &Path,
    folders: &[String],
    links: &[(String, String)],
    source: &Arc<Source>,
) -> (BTreeSet<String>, Vec<Diagnostic>) {
    let (mut linked, mut wrong) = (BTreeSet::new(), Vec::new());
    for folder in folders {
        if folder == "templates" || folder.starts_with("templates/") {
            wrong.push(of_templates(source, folder));
            continue;
        }
        match real_folder(root, folder) {
            Ok(real) if name::composed(&real) == *folder => {}
            Ok(real) => _ = linked.insert(name::composed(&real).into_owned()),
            Err(Wrong::Missing(near)) => wrong.push(unknown(source, folder, near.as_deref())),
            Err(Wrong::Twin(twin)) => wrong.push(twin_of(source, folder, &twin)),
        }
    }
    let is_below =
        |path: &str, folder: &String| path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/'));
    let is_internal = |real: &str| {
        let real = name::composed(real);
        folders.iter().chain(&linked).any(|folder| is_below(&real, folder))
    };
    let into: Vec<String> =
        links.iter().filter(|(_, real)| is_internal(real)).map(|(path, _)| name::composed(path).into_owned()).collect();
    linked.extend(into);
    (linked, wrong)
}

/// Where a folder of the project really is, by its path from the root. Where no folder has exactly this name, whatever the disk takes for
/// the same: the one that was meant, if one is near.
fn real_folder(root: &Path, folder: &str) -> Result<String, Wrong> {
    let mut path = root.to_owned();
    let mut done: Vec<&str> = Vec::new();
    for part in folder.split('/') {
        let entries = fs::read_dir(&path).into_iter().flatten().flatten().filter(|entry| entry.path().is_dir());
        let names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
        if !names.iter().any(|name| name::composed(name) == part) {
            let near = nearest(part, names.iter().map(String::as_str));
            let near = near.map(|near| done.iter().copied().chain([near]).collect::<Vec<_>>().join("/"));
            return Err(Wrong::Missing(near));
        }
        let is_twin = |name: &&String| name::composed(name) != part && name::folded(name) == name::folded(part);
        if let Some(twin) = names.iter().find(is_twin) {
            return Err(Wrong::Twin(done.iter().copied().chain([twin.as_str()]).collect::<Vec<_>>().join("/")));
        }
        // The disk may keep the name with its letters taken apart.
        let name = names.iter().find(|name| name::composed(name) == part).map_or(part, String::as_str);
        path.push(name);
        done.push(part);
    }
    let real = path.canonicalize().ok().and_then(|real| walk::inside(root, &real));
    real.ok_or(Wrong::Missing(None))
}

/// Why nobody knows which folder is meant.
enum Wrong {
    /// There is none; the one that is near, if one is.
    Missing(Option<String>),
    /// There is another one whose name differs in case alone.
    Twin(String),
}

fn twin_of(source: &Arc<Source>, folder: &str, twin: &str) -> Diagnostic {
    let message = format!("`internal.folders` names `{folder}`, and nobody knows whether `{twin}` is meant as well");
    Diagnostic::new(Code::UNKNOWN_INTERNAL, config::location_of(source, folder), message)
        .label("nothing is published for everybody until this is clear")
        .help("rename one of the two: upper and lower case are one on many systems")
}

fn of_templates(source: &Arc<Source>, folder: &str) -> Diagnostic {
    let message = format!("`internal.folders` names `{folder}`, and every page for everybody is made from `templates`");
    Diagnostic::new(Code::UNKNOWN_INTERNAL, config::location_of(source, folder), message)
        .label("nothing is published for everybody until this is clear")
        .help("take it out, and keep what is for the team out of the templates")
}

fn unknown(source: &Arc<Source>, folder: &str, near: Option<&str>) -> Diagnostic {
    let last = folder.rsplit('/').next().unwrap_or(folder);
    let location = config::location_of(source, if source.text.contains(folder) { folder } else { last });
    let message = format!("`internal.folders` names `{folder}`, which is not a folder of the project");
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write the folder's path from this file; upper and lower case count".to_owned(),
    };
    Diagnostic::new(Code::UNKNOWN_INTERNAL, location, message)
        .label("nothing is published for everybody until this is clear")
        .help(help)
}
