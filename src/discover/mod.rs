//! Discovering: what there is of a project, read once.
//!
//! The only module that reads the disk and the clock on the way to a roadmap. Everything comes in the order of its path,
//! whatever order the disk has, so that equal projects give equal bytes. A [`Disk`] remembers what it read, for those who look
//! again.

mod configuration;
mod disk;
mod internal;
mod named;
mod read;
mod statics;
mod unread;
mod walk;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::{self, Config};
use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Source;

pub use disk::Disk;
pub use named::{FileState, MAX_NAMED_SIZE, NAMED_FOLDER, NamedFile};
pub use unread::{is_data, is_markdown_of_any_name, is_prose};

/// What a project is made of.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// The project's folder, absolute.
    pub root: PathBuf,
    /// The configuration, with defaults where it is silent.
    pub config: Arc<Config>,
    /// The file that it was read from; empty where the project has none.
    pub config_source: Arc<Source>,
    /// The plan's files by path, each with the index of its collection.
    pub sources: Vec<(Arc<Source>, usize)>,
    /// Files of data (YAML, TOML, JSON) that lie among the plan's files and are not read, by path.
    pub data_files: Vec<String>,
    /// The project's own templates by path; the paths begin with `templates/`.
    pub templates: Vec<Arc<Source>>,
    /// The project's own static files: address and file, by address.
    pub static_files: Vec<(String, PathBuf)>,
    /// Those of them that are Markdown or may begin with front matter, as text: some say themselves who may see them.
    pub static_texts: Vec<Arc<Source>>,
    /// The files that texts name, by path: of those that were asked for, see [`Disk::with_named`].
    pub named_files: Vec<NamedFile>,
    /// Today.
    pub today: Date,
    /// The day that pages may show as today: one that was given, or the clock's in a preview.
    pub drawn_today: Option<Date>,
    /// What is wrong with the files as such, and with the configuration.
    pub diagnostics: Vec<Diagnostic>,
}

/// What the caller overrides.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The day to take for today; by default the clock's.
    pub today: Option<Date>,
    /// Whether pages may show the clock's day. A preview's do; a site that is published would be another one every day.
    pub draws_clock: bool,
}

/// A project that could not be read.
#[derive(Debug)]
pub enum DiscoverError {
    /// There is neither a configuration nor a plan in this folder.
    NoProject {
        /// The folder.
        path: PathBuf,
    },
    /// A file of the plan is larger than [`MAX_FILE_SIZE`].
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
pub const MAX_FILE_SIZE: u64 = 16 * 1024 * 1024;

/// The file by which a folder is known to be a site that Roadbook made, and no part of any plan.
pub const MARKER: &str = ".roadbook";

/// How a file begins that is a site of ours.
pub const ONE_FILE: &str = "<!DOCTYPE html>\n<!-- roadbook site in one file, format 1 -->\n";

/// The folder in a site in which the next one is made, where it cannot be made beside it: see `publish/moves.rs`.
pub const STAGE: &str = ".roadbook-stage";

impl DiscoverError {
    fn unreadable(path: &Path) -> impl FnOnce(io::Error) -> DiscoverError {
        move |error| DiscoverError::Unreadable { path: path.to_owned(), error }
    }
}

impl fmt::Display for DiscoverError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DiscoverError::NoProject { path } => write!(
                f,
                "there is no `{}` and no `plan` folder in `{}`; run `roadbook init` to start a plan",
                config::FILE,
                path.display()
            ),
            DiscoverError::TooLarge { path } => {
                let (path, most) = (path.display(), MAX_FILE_SIZE / 1024 / 1024);
                write!(
                    f,
                    "cannot read `{path}`: it is larger than {most} MiB; take it out of its collection with `exclude`"
                )
            }
            DiscoverError::Unreadable { path, error } => write!(f, "cannot read `{}`: {error}", path.display()),
        }
    }
}

impl std::error::Error for DiscoverError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            DiscoverError::Unreadable { error, .. } => Some(error),
            DiscoverError::NoProject { .. } | DiscoverError::TooLarge { .. } => None,
        }
    }
}

/// Reads the project in the folder `root`.
pub fn discover(root: &Path, options: &Options) -> Result<Inputs, DiscoverError> {
    Disk::new(root, options)?.read()
}

impl Inputs {
    /// These inputs with a file's text as somebody has it open and has not saved it: of a file of the plan or a template, by its path from
    /// the project's root. A file that was not read is not added, since only the disk tells to which collection it belongs.
    pub fn with_text(&self, path: &str, text: &str) -> Inputs {
        let patched = |source: &Arc<Source>| match source.path == path {
            true => Source::new(path, text),
            false => Arc::clone(source),
        };
        let sources = self.sources.iter().map(|(source, collection)| (patched(source), *collection)).collect();
        Inputs { sources, templates: self.templates.iter().map(patched).collect(), ..self.clone() }
    }

    /// Whether nothing has changed between two looks, the contents of static and named files aside.
    fn is_same(&self, other: &Inputs) -> bool {
        let same = |a: &[Arc<Source>], b: &[Arc<Source>]| {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| Arc::ptr_eq(a, b))
        };
        Arc::ptr_eq(&self.config, &other.config)
            && self.sources.len() == other.sources.len()
            && self.sources.iter().zip(&other.sources).all(|((a, of_a), (b, of_b))| Arc::ptr_eq(a, b) && of_a == of_b)
            && self.data_files == other.data_files
            && same(&self.templates, &other.templates)
            && self.static_files == other.static_files
            && same(&self.static_texts, &other.static_texts)
            && self.named_files == other.named_files
            && self.today == other.today
            && self.diagnostics == other.diagnostics
    }

    /// Whether what was configured could be read: nobody knows what was meant to stay private where it could not.
    pub fn is_configured(&self) -> bool {
        !self.diagnostics.iter().any(|diagnostic| diagnostic.code == Code::INVALID_CONFIGURATION)
    }
}

/// Whether a folder has a configuration.
pub fn has_configuration(folder: &Path) -> bool {
    configuration::files(folder).iter().any(|name| folder.join(name).is_file())
}

/// The folder of the project that `start` lies in: the nearest one upwards that has a configuration.
pub fn find_root(start: &Path) -> Option<PathBuf> {
    let start = start.canonicalize().ok()?;
    start.ancestors().find(|folder| has_configuration(folder)).map(Path::to_owned)
}
