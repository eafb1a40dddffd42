//! Discovering: what the world holds of a project, read once.
//!
//! The only room that reads the disk and the clock on the way to a roadmap. Everything comes in the order of its path,
//! whatever order the disk has, so that equal projects give equal bytes.

mod read;
mod walk;

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::{self, Config};
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::source::Source;
use read::Read;
use walk::{Found, Which};

/// What a project is made of.
#[derive(Debug)]
pub struct Inputs {
    /// The project's folder, absolute.
    pub root: PathBuf,
    /// The configuration, with defaults where it is silent.
    pub config: Config,
    /// The file that it was read from; empty where the project has none.
    pub config_source: Arc<Source>,
    /// The plan's files by path, each with the index of its collection.
    pub sources: Vec<(Arc<Source>, usize)>,
    /// The project's own templates by path; the paths begin with `templates/`.
    pub templates: Vec<Arc<Source>>,
    /// The project's own static files: address and file, by address.
    pub static_files: Vec<(String, PathBuf)>,
    /// Today.
    pub today: Date,
    /// What is wrong with the files as such, and with the configuration.
    pub diagnostics: Vec<Diagnostic>,
}

/// What the caller knows better than the world.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The day to take for today; by default the clock's.
    pub today: Option<Date>,
}

/// A project that could not be read.
#[derive(Debug)]
pub enum WorldError {
    /// There is neither a configuration nor a plan in this folder.
    NoProject {
        /// The folder.
        path: PathBuf,
    },
    /// A file of the plan is larger than [`LARGEST`].
    TooLarge {
        /// The file.
        path: PathBuf,
    },
    /// The disk said no.
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
}

/// The largest file that is read as part of a plan, in bytes. A thousand times the largest item of any plan that was looked
/// at; what is larger is no plan, and would be held in memory several times.
pub const LARGEST: u64 = 16 * 1024 * 1024;

/// The file by which a folder is known to be a site that Roadbook made, and no part of any plan.
pub const MARKER: &str = ".roadbook";

impl WorldError {
    fn unreadable(path: &Path) -> impl FnOnce(io::Error) -> WorldError {
        move |error| WorldError::Unreadable { path: path.to_owned(), error }
    }
}

impl fmt::Display for WorldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WorldError::NoProject { path } => write!(
                f,
                "there is no `{}` and no `plan` folder in `{}`; run `roadbook init` to start a plan",
                config::FILE,
                path.display()
            ),
            WorldError::TooLarge { path } => {
                let (path, most) = (path.display(), LARGEST / 1024 / 1024);
                write!(
                    f,
                    "cannot read `{path}`: it is larger than {most} MiB; take it out of its collection with `exclude`"
                )
            }
            WorldError::Unreadable { path, error } => write!(f, "cannot read `{}`: {error}", path.display()),
        }
    }
}

impl std::error::Error for WorldError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            WorldError::Unreadable { error, .. } => Some(error),
            WorldError::NoProject { .. } | WorldError::TooLarge { .. } => None,
        }
    }
}

/// Reads the project in the folder `root`.
pub fn discover(root: &Path, options: &Options) -> Result<Inputs, WorldError> {
    let root = root.canonicalize().map_err(WorldError::unreadable(root))?;
    let (config_source, mut diagnostics) = configuration(&root)?;
    let (config, wrong) = config::config(&config_source);
    diagnostics.extend(wrong);

    let files = plan_files(&root, &config, &mut diagnostics)?;
    let read = |(path, (file, collection)): (String, (PathBuf, usize))| Ok((read::read(&path, &file)?, collection));
    let read: Vec<Result<(Read, usize), WorldError>> = files.into_par_iter().map(read).collect();
    let mut sources = Vec::with_capacity(read.len());
    for one in read {
        let (Read { source, diagnostics: wrong }, collection) = one?;
        diagnostics.extend(wrong);
        sources.push((source, collection));
    }

    let mut templates = Vec::new();
    for (path, file) in below(&root, "templates", Which::Plan, &mut diagnostics)? {
        let read = read::read(&path, &file)?;
        diagnostics.extend(read.diagnostics);
        templates.push(read.source);
    }
    let static_files = below(&root, "static", Which::Static, &mut diagnostics)?;
    let address = |(path, file): (String, PathBuf)| (path["static/".len()..].to_owned(), file);
    let static_files = static_files.into_iter().map(address).collect();
    let today = options.today.clone().unwrap_or_else(Date::today);
    Ok(Inputs { root, config, config_source, sources, templates, static_files, today, diagnostics })
}

/// The folder of the project that `start` lies in: the nearest one upwards that has a configuration.
pub fn find_root(start: &Path) -> Option<PathBuf> {
    let start = start.canonicalize().ok()?;
    start.ancestors().find(|folder| folder.join(config::FILE).is_file()).map(Path::to_owned)
}

fn configuration(root: &Path) -> Result<(Arc<Source>, Vec<Diagnostic>), WorldError> {
    match read::read(config::FILE, &root.join(config::FILE)) {
        // A configuration with nothing in it says that the defaults are meant.
        Ok(read) if read.source.text.trim().is_empty() => Ok((read.source, Vec::new())),
        Ok(read) => Ok((read.source, read.diagnostics)),
        Err(WorldError::Unreadable { error, .. }) if error.kind() == io::ErrorKind::NotFound => {
            let has_plan = root.join("plan").is_dir();
            let none = (Source::new(config::FILE, ""), Vec::new());
            has_plan.then_some(none).ok_or_else(|| WorldError::NoProject { path: root.to_owned() })
        }
        Err(error) => Err(error),
    }
}

/// The files of the plan: path → file and collection. A file belongs to the first collection that includes it.
fn plan_files(
    root: &Path,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<BTreeMap<String, (PathBuf, usize)>, WorldError> {
    let patterns = config.collections.iter().flat_map(|collection| &collection.include);
    let mut files = BTreeMap::new();
    for start in starts(patterns.map(String::as_str)) {
        for (path, file) in below(root, &start, Which::Plan, diagnostics)? {
            if let Some(collection) = config.collections.iter().position(|collection| collection.includes(&path)) {
                files.insert(path, (file, collection));
            }
        }
    }
    Ok(files)
}

/// The paths to walk for these patterns: of each what comes before its first wildcard, without those below another.
fn starts<'a>(patterns: impl Iterator<Item = &'a str>) -> Vec<String> {
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

/// The files below a path of the project, by path from the root.
fn below(
    root: &Path,
    start: &str,
    which: Which,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Vec<(String, PathBuf)>, WorldError> {
    let Found { mut files, diagnostics: wrong } = walk::walk(root, start, which)?;
    diagnostics.extend(wrong);
    files.sort();
    Ok(files)
}
