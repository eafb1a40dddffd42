//! An edition: what the preview shows at one time, and how one becomes the next.
//!
//! [`Press::look`] is all that happens after a save: what changed is read, the line runs, and where something is new there is a new
//! edition. It is the line of a build, with a memory. What cannot be made keeps the last good site, and says why.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::changes::{Change, changes, pairs};
use crate::diagnostic::{self, Code, Diagnostic};
use crate::discover::{Disk, Inputs, Options, WorldError};
use crate::project::{self, Audience};
use crate::resolve::Roadmap;
use crate::site::{self, Site, Templates};
use crate::skin;
use crate::source::Source;
use crate::{Memory, Times};

use super::moved;

/// What the preview shows.
#[derive(Clone, Debug)]
pub struct Edition {
    /// Counts from 1; a page of another number may differ.
    pub number: u64,
    /// The last site that could be made; none where there was none yet.
    pub site: Option<Arc<Site>>,
    /// Whether `site` is older than the files: what stands in the way is among the mistakes, or is the trouble.
    pub is_stale: bool,
    /// Everything that is wrong with the plan now.
    pub diagnostics: Arc<Vec<Diagnostic>>,
    /// Of these, by index, what came up since the preview began, and what keeps the site from being made.
    pub fresh: Vec<usize>,
    /// Of these, by index, what was not wrong in the edition before.
    pub new: Vec<usize>,
    /// How many things were wrong in the edition before and are no longer.
    pub mended: usize,
    /// What the world refused: a folder that cannot be read.
    pub trouble: Option<String>,
    /// What the last edit did.
    pub edit: Option<Edit>,
    /// Addresses that are gone, and the new one of what was there.
    pub moved: Arc<BTreeMap<String, String>>,
    /// From the look at the disk to this edition.
    pub took: Duration,
    /// How long each stage took.
    pub times: Times,
}

/// What an edit did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Counts from 1.
    pub number: u64,
    /// The files that changed, by path; the first few.
    pub files: Vec<String>,
    /// How many files changed.
    pub count: usize,
    /// The consequences, one sentence each, the weightiest first.
    pub notes: Vec<String>,
}

/// Paths that an edit names at most: more are counted.
const MOST_FILES: usize = 3;

/// What is looked at: everything, or what somebody saw change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// Everything.
    All,
    /// These files and folders, by absolute path.
    At(Vec<PathBuf>),
}

/// Makes editions of a project.
#[derive(Debug)]
pub struct Press {
    disk: Disk,
    memory: Memory,
    /// Templates that could make a page of every kind that there was, and which kinds these were.
    templates: Option<(Arc<Templates>, [bool; 8])>,
    audience: Audience,
    inputs: Option<Arc<Inputs>>,
    /// What was wrong from the beginning and still is.
    old: BTreeSet<Key>,
    last: Option<Edition>,
    edits: u64,
}

impl Press {
    /// A press for the project in the folder `root`.
    pub fn new(root: &Path, audience: Audience, options: &Options) -> Result<Press, WorldError> {
        let disk = Disk::new(root, options)?;
        let memory = Memory::default();
        Ok(Press { disk, memory, templates: None, audience, inputs: None, old: BTreeSet::new(), last: None, edits: 0 })
    }

    /// The project's folders in which a change may matter.
    pub fn folders(&self) -> &BTreeSet<PathBuf> {
        self.disk.folders()
    }

    /// The first edition. A project that cannot be read at all has none.
    pub fn first(&mut self) -> Result<Edition, WorldError> {
        let begin = Instant::now();
        self.inputs = self.disk.look()?;
        let (edition, _) = self.make(None, begin);
        self.old = edition.diagnostics.iter().map(key).collect();
        let edition = Edition { fresh: if edition.is_stale { edition.fresh } else { Vec::new() }, ..edition };
        self.last = Some(edition.clone());
        Ok(edition)
    }

    /// Looks, and gives a new edition where something is new.
    pub fn look(&mut self, look: &Look) -> Option<Edition> {
        let begin = Instant::now();
        let seen = match look {
            Look::All => self.disk.look(),
            Look::At(paths) => self.disk.look_at(paths),
        };
        let last = self.last.take();
        let edition = match seen {
            Ok(None) if last.as_ref().is_some_and(|last| last.trouble.is_none()) => None,
            Ok(None) => Some(self.make(last.as_ref(), begin).0),
            Ok(Some(inputs)) => {
                let before = self.inputs.replace(inputs);
                let (edition, notes) = self.make(last.as_ref(), begin);
                Some(self.with_edit(edition, before.as_deref(), &notes))
            }
            Err(error) => self.trouble(&error.to_string(), last.as_ref(), begin),
        };
        self.last = edition.clone().or(last);
        edition
    }

    /// Runs the line over what was read. Gives what became of the plan, too.
    fn make(&mut self, last: Option<&Edition>, begin: Instant) -> (Edition, Vec<Change>) {
        let number = last.map_or(0, |last| last.number) + 1;
        let (old_site, old_moved) = last.map(|last| (last.site.clone(), Arc::clone(&last.moved))).unwrap_or_default();
        let mut edition = Edition {
            number,
            site: old_site.clone(),
            is_stale: true,
            diagnostics: Arc::default(),
            fresh: Vec::new(),
            new: Vec::new(),
            mended: 0,
            trouble: None,
            edit: last.and_then(|last| last.edit.clone()),
            moved: old_moved,
            took: Duration::ZERO,
            times: vec![("discover", begin.elapsed())],
        };
        let mut notes = Vec::new();
        let Some(inputs) = self.inputs.clone() else { return (edition, notes) };
        let (roadmap, times) = crate::roadmap(&inputs, self.audience, false, &mut self.memory);
        edition.times.extend(times);
        let at = Instant::now();
        let mut diagnostics = roadmap.diagnostics.clone();
        if inputs.is_configured() {
            match self.site(&inputs, roadmap) {
                Ok(site) => {
                    edition.is_stale = false;
                    if let Some(old) = &old_site {
                        let pairs = pairs(&old.roadmap().plan, &site.roadmap().plan);
                        edition.moved = moved::moved(&edition.moved, old, &site, &pairs);
                        notes = changes(old.roadmap(), site.roadmap(), &pairs);
                    }
                    edition.site = Some(Arc::new(site));
                }
                Err(mistake) => {
                    diagnostics.push(*mistake);
                    diagnostic::settle(&mut diagnostics, &inputs.config.severities, false);
                }
            }
        }
        let keys: Vec<Key> = diagnostics.iter().map(key).collect();
        let stops =
            |diagnostic: &Diagnostic| [Code::INVALID_CONFIGURATION, Code::INVALID_TEMPLATE].contains(&diagnostic.code);
        let is_fresh = |at: &usize| !self.old.contains(&keys[*at]) || edition.is_stale && stops(&diagnostics[*at]);
        edition.fresh = (0..keys.len()).filter(is_fresh).collect();
        edition.times.push(("site", at.elapsed()));
        let before: BTreeSet<Key> = last.iter().flat_map(|last| last.diagnostics.iter()).map(key).collect();
        edition.new = (0..keys.len()).filter(|&at| !before.contains(&keys[at])).collect();
        let keys: BTreeSet<Key> = keys.into_iter().collect();
        edition.mended = before.difference(&keys).count();
        // What was mended and comes again is fresh.
        self.old.retain(|key| keys.contains(key));
        edition.diagnostics = Arc::new(diagnostics);
        edition.took = begin.elapsed();
        (edition, notes)
    }

    /// The site. Of templates that are new a page of every kind is made at once: a mistake is told when it is made, and not when
    /// somebody comes by.
    fn site(&mut self, inputs: &Inputs, roadmap: Roadmap) -> Result<Site, Box<Diagnostic>> {
        let static_files = project::static_files(&inputs.static_files, &inputs.config, self.audience);
        let skin = skin::skin(&inputs.templates, &static_files);
        let templates = site::templates(&skin, self.templates.as_ref().map(|(templates, _)| templates))?;
        let site = site::site(roadmap, self.audience, skin.assets, Arc::clone(&templates));
        let kinds = site.kinds();
        let is_proved = |(proved, of): &(Arc<Templates>, [bool; 8])| Arc::ptr_eq(proved, &templates) && *of == kinds;
        if !self.templates.as_ref().is_some_and(is_proved) {
            let made = site.samples().into_iter().filter_map(|address| site.render(address));
            made.into_iter().find_map(Result::err).map_or(Ok(()), Err)?;
            self.templates = Some((templates, kinds));
        }
        Ok(site)
    }

    /// The edition, with what the edit did.
    fn with_edit(&mut self, edition: Edition, before: Option<&Inputs>, notes: &[Change]) -> Edition {
        let files =
            self.inputs.as_deref().zip(before).map(|(now, before)| changed_files(before, now)).unwrap_or_default();
        self.edits += 1;
        let edit = Edit {
            number: self.edits,
            count: files.len(),
            files: files.into_iter().take(MOST_FILES).collect(),
            notes: notes.iter().map(ToString::to_string).collect(),
        };
        Edition { edit: Some(edit), ..edition }
    }

    /// The last edition, under a trouble of the world; none where it is the same as before.
    fn trouble(&self, trouble: &str, last: Option<&Edition>, begin: Instant) -> Option<Edition> {
        let last = last.filter(|last| last.trouble.as_deref() != Some(trouble))?;
        let trouble = Some(trouble.to_owned());
        let (number, new, mended) = (last.number + 1, Vec::new(), 0);
        Some(Edition { number, new, mended, is_stale: true, trouble, took: begin.elapsed(), ..last.clone() })
    }
}

/// What a mistake is told apart by while lines move under it: code, path and message. A disagreement stays the same one while its
/// figures change.
type Key = (Code, String, String);

fn key(diagnostic: &Diagnostic) -> Key {
    let path = diagnostic.place.as_ref().map(|place| place.source.path.clone());
    let mut message = diagnostic.message.clone();
    if diagnostic.code.is_disagreement() {
        let mut is_name = false;
        message.retain(|c| {
            is_name ^= c == '`';
            is_name || !c.is_ascii_digit()
        });
    }
    (diagnostic.code, path.unwrap_or_default(), message)
}

/// The paths of files of the plan, templates and the configuration that came, went or say something else, in order.
fn changed_files(before: &Inputs, now: &Inputs) -> Vec<String> {
    fn all(inputs: &Inputs) -> Vec<&Arc<Source>> {
        let sources = inputs.sources.iter().map(|(source, _)| source);
        let mut all: Vec<_> = sources.chain(&inputs.templates).chain([&inputs.config_source]).collect();
        all.sort_by(|a, b| a.path.cmp(&b.path));
        all
    }
    let mut changed = Vec::new();
    let (old, new) = (all(before), all(now));
    let (mut old, mut new) = (old.iter().peekable(), new.iter().peekable());
    loop {
        let next = match (old.peek(), new.peek()) {
            (Some(a), Some(b)) if a.path == b.path => {
                let (a, b) = (old.next(), new.next());
                if let (Some(a), Some(b)) = (a, b)
                    && !Arc::ptr_eq(a, b)
                {
                    changed.push(b.path.clone());
                }
                continue;
            }
            (Some(a), Some(b)) if a.path > b.path => new.next(),
            (Some(_), _) => old.next(),
            (None, _) => new.next(),
        };
        match next {
            Some(source) => changed.push(source.path.clone()),
            None => return changed,
        }
    }
}
