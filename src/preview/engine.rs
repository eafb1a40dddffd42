//! A snapshot: what the preview shows at one time, and how one becomes the next.
//!
//! [`Engine::rescan`] is all that happens after a save: what changed is read, the line runs, and where something is new there is a new
//! snapshot. It is the pipeline of a build, with a memory. What cannot be made keeps the last good site, and says why.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::changes::{Change, changes, pairs};
use crate::diagnostic::{self, Code, Diagnostic};
use crate::discover::{DiscoverError, Disk, Inputs, Options};
use crate::plan::{Entry, Plan};
use crate::release::{Release, release};
use crate::site::{Site, Templates};
use crate::source::Location;
use crate::visibility::Audience;
use crate::{Memory, SiteParts, Times};

use super::changed::changed_files;
use super::{moved, shown};

/// What the preview shows.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// Counts from 1.
    pub number: u64,
    /// The last site that could be made; none where there was none yet.
    pub site: Option<Arc<Site>>,
    /// Whether `site` is older than the files: what stands in the way is among the mistakes, or is the I/O error.
    pub is_stale: bool,
    /// Everything that is wrong with the plan now.
    pub diagnostics: Arc<Vec<Diagnostic>>,
    /// Of these, by index, what came up since the preview began, and what keeps the site from being made.
    pub fresh: Vec<usize>,
    /// Of these, by index, what an open page may be told: its readers may not see every file that something is wrong with.
    pub tellable: Vec<usize>,
    /// Of these, by index, what was not wrong in the snapshot before.
    pub new: Vec<usize>,
    /// How many things were wrong in the snapshot before and are no longer.
    pub fixed: usize,
    /// An I/O error: a folder that cannot be read.
    pub io_error: Option<String>,
    /// What the last edit did.
    pub edit: Option<Edit>,
    /// What open pages are told of it.
    pub told: Told,
    /// Addresses that are gone, and the new one of what was there.
    pub moved: Arc<BTreeMap<String, String>>,
    /// From the rescan to this snapshot.
    pub took: Duration,
    /// How long each stage took.
    pub times: Times,
}

/// What open pages are told of the snapshots that there were. An edit that changes nothing of what they show or say is none for them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Counts from 1; a page of another generation may differ.
    pub generation: u64,
    /// What the last edit did.
    pub edit: Option<Edit>,
    /// How many edits there were.
    edits: u64,
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
const MAX_FILES: usize = 3;

/// What is looked at: everything, or what somebody saw change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rescan {
    /// Everything.
    All,
    /// These files and folders, by absolute path.
    At(Vec<PathBuf>),
}

/// Makes snapshots of a project.
#[derive(Debug)]
pub struct Engine {
    disk: Disk,
    memory: Memory,
    /// Templates that could make a page of every kind that there was, and which kinds these were.
    templates: Option<(Arc<Templates>, [bool; 8])>,
    audience: Audience,
    inputs: Option<Arc<Inputs>>,
    /// How long parsing took while they were read.
    parsed: Duration,
    /// What was wrong from the beginning and still is.
    old: BTreeSet<Key>,
    last: Option<Snapshot>,
    /// What the last snapshot shows to the public.
    shown: Option<shown::Shown>,
    edits: u64,
}

impl Engine {
    /// An engine for the project in the folder `root`.
    pub fn new(root: &Path, audience: Audience, options: &Options) -> Result<Engine, DiscoverError> {
        let disk = Disk::new(root, options)?;
        let memory = Memory::default();
        let (templates, inputs, last, shown, old) = (None, None, None, None, BTreeSet::new());
        let parsed = Duration::ZERO;
        Ok(Engine { disk, memory, templates, audience, inputs, parsed, old, last, shown, edits: 0 })
    }

    /// The project's folders in which a change may matter.
    pub fn folders(&self) -> &BTreeSet<PathBuf> {
        self.disk.folders()
    }

    /// The first snapshot. A project that cannot be read at all has none.
    pub fn first(&mut self) -> Result<Snapshot, DiscoverError> {
        let begin = Instant::now();
        self.inputs = self.disk.rescan()?.map(|inputs| self.with_named(inputs)).transpose()?;
        let (snapshot, _) = self.make(None, begin);
        self.old = snapshot.diagnostics.iter().map(key).collect();
        let snapshot = Snapshot { fresh: if snapshot.is_stale { snapshot.fresh } else { Vec::new() }, ..snapshot };
        let snapshot = self.tell(snapshot, false);
        self.last = Some(snapshot.clone());
        Ok(snapshot)
    }

    /// Looks, and gives a new snapshot where something is new.
    pub fn rescan(&mut self, rescan: &Rescan) -> Option<Snapshot> {
        let begin = Instant::now();
        let seen = match rescan {
            Rescan::All => self.disk.rescan(),
            Rescan::At(paths) => self.disk.rescan_paths(paths),
        };
        let seen = seen.and_then(|seen| seen.map(|inputs| self.with_named(inputs)).transpose());
        let last = self.last.take();
        let snapshot = match seen {
            Ok(None) if last.as_ref().is_some_and(|last| last.io_error.is_none()) => None,
            Ok(None) => {
                let snapshot = self.make(last.as_ref(), begin).0;
                Some(self.tell(snapshot, false))
            }
            Ok(Some(inputs)) => {
                let before = self.inputs.replace(inputs);
                let (snapshot, notes) = self.make(last.as_ref(), begin);
                let snapshot = self.with_edit(snapshot, before.as_deref(), &notes);
                Some(self.tell(snapshot, true))
            }
            Err(error) => {
                let snapshot = self.io_error(&error.to_string(), last.as_ref(), begin);
                snapshot.map(|snapshot| self.tell(snapshot, false))
            }
        };
        self.last = snapshot.clone().or(last);
        snapshot
    }

    /// What was read, with the files that texts name now.
    fn with_named(&mut self, inputs: Arc<Inputs>) -> Result<Arc<Inputs>, DiscoverError> {
        let (named, parsed) = crate::named_files(&inputs, &mut self.memory);
        self.parsed = parsed;
        self.disk.seen_with_named(inputs, named)
    }

    /// Runs the pipeline over what was read. Gives what became of the plan, too.
    fn make(&mut self, last: Option<&Snapshot>, begin: Instant) -> (Snapshot, Vec<Change>) {
        let number = last.map_or(0, |last| last.number) + 1;
        let (old_site, old_moved) = last.map(|last| (last.site.clone(), Arc::clone(&last.moved))).unwrap_or_default();
        let mut snapshot = Snapshot {
            number,
            site: old_site.clone(),
            is_stale: true,
            diagnostics: Arc::default(),
            fresh: Vec::new(),
            tellable: Vec::new(),
            new: Vec::new(),
            fixed: 0,
            io_error: None,
            edit: last.and_then(|last| last.edit.clone()),
            told: last.map(|last| last.told.clone()).unwrap_or_default(),
            moved: old_moved,
            took: Duration::ZERO,
            times: vec![("discover", begin.elapsed())],
        };
        let mut notes = Vec::new();
        let Some(inputs) = self.inputs.clone() else { return (snapshot, notes) };
        let (roadmap, times) = crate::roadmap(&inputs, self.audience, false, &mut self.memory);
        snapshot.times.extend(times);
        crate::count_as_parsing(&mut snapshot.times, std::mem::take(&mut self.parsed));
        let at = Instant::now();
        let mut diagnostics = roadmap.diagnostics.clone();
        let seen = paths(&roadmap.plan);
        let hides_fields = !inputs.config.internal.fields.is_empty();
        let mut refusal = None;
        match release(roadmap, false).map_err(|refused| refused.reason) {
            Err(reason) => refusal = Some(reason),
            Ok(release) => match self.site(&inputs, release) {
                Ok(site) => {
                    snapshot.is_stale = false;
                    if let Some(old) = &old_site {
                        let pairs = pairs(&old.roadmap().plan, &site.roadmap().plan);
                        snapshot.moved = moved::moved(&snapshot.moved, old, &site, &pairs);
                        notes = changes(old.roadmap(), site.roadmap(), &pairs);
                    }
                    snapshot.site = Some(Arc::new(site));
                }
                Err(mistake) => {
                    diagnostics.push(*mistake);
                    diagnostic::finalize(&mut diagnostics, &inputs.config.severities, false);
                }
            },
        }
        let keys: Vec<Key> = diagnostics.iter().map(key).collect();
        let stops = |diagnostic: &Diagnostic| {
            diagnostic.code == Code::INVALID_TEMPLATE || refusal.is_some_and(|reason| reason.is_about(diagnostic))
        };
        let is_fresh = |at: &usize| !self.old.contains(&keys[*at]) || snapshot.is_stale && stops(&diagnostics[*at]);
        snapshot.fresh = (0..keys.len()).filter(is_fresh).collect();
        snapshot.times.push(("site", at.elapsed()));
        let before: BTreeSet<Key> = last.iter().flat_map(|last| last.diagnostics.iter()).map(key).collect();
        snapshot.new = (0..keys.len()).filter(|&at| !before.contains(&keys[at])).collect();
        let is_tellable =
            |index: &usize| self.audience == Audience::Internal || is_public(&diagnostics[*index], &seen, hides_fields);
        snapshot.tellable = (0..keys.len()).filter(is_tellable).collect();
        let keys: BTreeSet<Key> = keys.into_iter().collect();
        snapshot.fixed = before.difference(&keys).count();
        // What was fixed and comes again is fresh.
        self.old.retain(|key| keys.contains(key));
        snapshot.diagnostics = Arc::new(diagnostics);
        snapshot.took = begin.elapsed();
        (snapshot, notes)
    }

    /// The site. Of templates that are new a page of every kind is made at once: a mistake is told when it is made, and not when
    /// somebody comes by.
    fn site(&mut self, inputs: &Inputs, release: Release) -> Result<Site, Box<Diagnostic>> {
        let remembered = self.templates.as_ref().map(|(templates, _)| templates);
        let site = crate::site(release, SiteParts { remembered, ..inputs.into() })?;
        let templates = Arc::clone(site.templates());
        let kinds = site.kinds();
        let is_proved = |(proved, of): &(Arc<Templates>, [bool; 8])| Arc::ptr_eq(proved, &templates) && *of == kinds;
        if !self.templates.as_ref().is_some_and(is_proved) {
            let made = site.samples().into_iter().filter_map(|(_, address)| site.render(address));
            made.into_iter().find_map(Result::err).map_or(Ok(()), Err)?;
            self.templates = Some((templates, kinds));
        }
        Ok(site)
    }

    /// The snapshot, with what the edit did.
    fn with_edit(&mut self, snapshot: Snapshot, before: Option<&Inputs>, notes: &[Change]) -> Snapshot {
        let files =
            self.inputs.as_deref().zip(before).map(|(now, before)| changed_files(before, now)).unwrap_or_default();
        self.edits += 1;
        let edit = Edit {
            number: self.edits,
            count: files.len(),
            files: files.into_iter().take(MAX_FILES).collect(),
            notes: notes.iter().map(ToString::to_string).collect(),
        };
        Snapshot { edit: Some(edit), ..snapshot }
    }

    /// The snapshot, with what pages are told of it: nothing new where they show and say what they did. `is_edit` where its edit is new.
    fn tell(&mut self, mut snapshot: Snapshot, is_edit: bool) -> Snapshot {
        if self.audience == Audience::Public {
            let shown = shown::shown(&snapshot, self.inputs.as_deref(), &self.disk);
            if self.shown.as_ref() == Some(&shown) {
                return snapshot;
            }
            self.shown = Some(shown);
        }
        snapshot.told.generation += 1;
        if is_edit {
            let edits = snapshot.told.edits + 1;
            let edit = snapshot.edit.clone().map(|edit| Edit { number: edits, ..edit });
            snapshot.told = Told { edits, edit, ..snapshot.told };
        }
        snapshot
    }

    /// The last snapshot, with an I/O error; none where it is the same as before.
    fn io_error(&self, io_error: &str, last: Option<&Snapshot>, begin: Instant) -> Option<Snapshot> {
        let last = last.filter(|last| last.io_error.as_deref() != Some(io_error))?;
        let io_error = Some(io_error.to_owned());
        let (number, new, fixed) = (last.number + 1, Vec::new(), 0);
        Some(Snapshot { number, new, fixed, is_stale: true, io_error, took: begin.elapsed(), ..last.clone() })
    }
}

/// What a mistake is told apart by while lines move under it: code, path and message. A disagreement stays the same one while its
/// figures change.
type Key = (Code, String, String);

fn key(diagnostic: &Diagnostic) -> Key {
    let path = diagnostic.location.as_ref().map(|location| location.source.path.clone());
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

/// What things of all kinds have, of every thing of a plan.
pub(super) fn entries(plan: &Plan) -> impl Iterator<Item = &Entry> {
    let vision = plan.vision.iter().map(|vision| &vision.entry);
    let themes = plan.themes.iter().map(|theme| &theme.entry);
    let entries = vision.chain(themes).chain(plan.items.iter().map(|item| &item.entry));
    entries.chain(plan.pages.iter().map(|page| &page.entry))
}

/// The files of a plan, with where the body of each begins.
fn paths(plan: &Plan) -> BTreeMap<String, u32> {
    entries(plan).map(|entry| (entry.path().to_owned(), entry.document.body.start)).collect()
}

/// Whether everybody may read a diagnostic: all its places are in files that everybody sees, and it is not about what they may not see. Where
/// fields are hidden, nothing is told of front matter, in which a field may stand under a name with a slip.
fn is_public(diagnostic: &Diagnostic, seen: &BTreeMap<String, u32>, hides_fields: bool) -> bool {
    let mut locations = diagnostic.location.iter().chain(diagnostic.related.iter().map(|(location, _)| location));
    let is_seen = |location: &Location| match seen.get(&location.source.path) {
        Some(&body) => !hides_fields || location.span.start >= body,
        None => location.source.path.starts_with("templates/"),
    };
    !diagnostic.code.is_guard() && locations.all(is_seen)
}
