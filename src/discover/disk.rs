//! The disk as it was last seen: looking again costs little, and contents decide what is new.
//!
//! A file is read again where its stamp says so or where somebody saw it change. What then reads as before is the same source as
//! before, so that everything made from it can be remembered. A look that finds nothing new says so.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::named::{self, NamedFile};
use super::read::{self, Known};
use super::statics::Asset;
use super::unread::{Matched, is_data, is_markdown, unread_files, unreadable};
use super::walk::{self, Which};
use super::{DiscoverError, Inputs, MARKER, Options, configuration, internal, statics};
use crate::config::{self, Config};
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::name;
use crate::source::Source;

/// A project's folder, and what was last read of it.
#[derive(Debug)]
pub struct Disk {
    root: PathBuf,
    options: Options,
    /// The configuration that the last source of it gave, and what is wrong with it.
    config: Option<(Arc<Source>, Arc<Config>, Vec<Diagnostic>)>,
    /// Plan and templates, by path from the root.
    files: HashMap<String, Known>,
    /// Files to be copied, by address.
    assets: BTreeMap<String, Asset>,
    /// What is wrong with the folders as such.
    walked: Vec<Diagnostic>,
    /// Files that are reached by a link, with what the link leads to; both by path from the root.
    linked: Vec<(String, String)>,
    folders: BTreeSet<PathBuf>,
    /// The paths of the files that texts name.
    named: BTreeSet<String>,
    seen: Option<Arc<Inputs>>,
}

/// A file that is there: its path from the root, and the file.
type Entry = (String, PathBuf);

/// The files of the plan, each with the index of its collection.
type Planned = Vec<(Entry, usize)>;

/// What a file is read for.
#[derive(Clone, Copy)]
enum Use {
    /// The plan, by the collection with this index.
    Plan(usize),
    Template,
    Static,
}

impl Disk {
    /// The project in the folder `root`; reads nothing yet.
    pub fn new(root: &Path, options: &Options) -> Result<Disk, DiscoverError> {
        let root = root.canonicalize().map_err(DiscoverError::unreadable(root))?;
        Ok(Disk {
            root,
            options: options.clone(),
            config: None,
            files: HashMap::new(),
            assets: BTreeMap::new(),
            walked: Vec::new(),
            linked: Vec::new(),
            folders: BTreeSet::new(),
            named: BTreeSet::new(),
            seen: None,
        })
    }

    /// A number that changes with the contents of the static file of an address, as it was last seen by those who look again.
    pub fn fingerprint(&self, address: &str) -> Option<u64> {
        self.assets.get(address).map(|(_, print)| *print)
    }

    /// The folders in which a change may matter, absolute; those that were there when last looked at.
    pub fn folders(&self) -> &BTreeSet<PathBuf> {
        &self.folders
    }

    /// Looks at everything. Gives what there is now, or nothing where that is what there was.
    pub fn rescan(&mut self) -> Result<Option<Arc<Inputs>>, DiscoverError> {
        let inputs = self.read()?;
        let assets = self.look_into_assets(&inputs)?;
        let is_same = !assets && self.seen.as_ref().is_some_and(|seen| seen.is_same(&inputs));
        if is_same {
            return Ok(None);
        }
        let inputs = Arc::new(inputs);
        self.seen = Some(Arc::clone(&inputs));
        Ok(Some(inputs))
    }

    /// Looks at what somebody saw change: absolute paths, of which any may be none of the project's. Where one is more than the
    /// contents of a known file, looks at everything.
    pub fn rescan_paths(&mut self, paths: &[PathBuf]) -> Result<Option<Arc<Inputs>>, DiscoverError> {
        let Some(seen) = self.seen.clone() else { return self.rescan() };
        // Nothing is taken over before all is seen: a look at everything must find what is new itself.
        let mut fresh = Vec::new();
        let mut assets = Vec::new();
        for file in paths {
            let Ok(path) = file.strip_prefix(&self.root) else { continue };
            let path = walk::slashed(path);
            if let Some(known) = self.files.get(&path).filter(|_| !path.starts_with("static/")) {
                match read::read(&path, file) {
                    Ok(read) => fresh.push((path, known.again(read))),
                    Err(_) => return self.rescan(),
                }
            } else if let Some(address) = path
                .strip_prefix("static/")
                .map(name::composed)
                .filter(|address| self.assets.contains_key(&**address))
                .filter(|_| !self.files.contains_key(&path) && !statics::may_say(&path, file))
            {
                match read::fingerprint(file) {
                    Ok(asset) => assets.push((address.into_owned(), asset)),
                    Err(_) => return self.rescan(),
                }
            } else if self.may_matter(&path, file) {
                return self.rescan();
            }
        }
        fresh.retain(|(path, new)| self.files.get(path).is_none_or(|old| !Arc::ptr_eq(&old.source, &new.source)));
        assets.retain(|(address, (_, print))| self.assets.get(address).is_none_or(|(_, old)| old != print));
        if fresh.is_empty() && assets.is_empty() {
            return Ok(None);
        }
        self.assets.extend(assets);
        let mut inputs = Inputs::clone(&seen);
        for (path, known) in fresh {
            let found = inputs.sources.binary_search_by(|(source, _)| source.path.cmp(&path));
            if let Ok(index) = found {
                inputs.sources[index].0 = Arc::clone(&known.source);
            }
            let template = inputs.templates.iter_mut().find(|source| source.path == path);
            template.into_iter().for_each(|source| *source = Arc::clone(&known.source));
            self.files.insert(path, known);
        }
        inputs.diagnostics = self.diagnostics(&inputs);
        let inputs = Arc::new(inputs);
        self.seen = Some(Arc::clone(&inputs));
        Ok(Some(inputs))
    }

    /// Whether a path that is no known file may be part of the project: a file that came, a folder that came or went.
    fn may_matter(&self, path: &str, file: &Path) -> bool {
        let Some((_, config, _)) = &self.config else { return true };
        let name = path.rsplit('/').next().unwrap_or(path);
        let is_of =
            |folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        config::is_file_name(name)
            || config::is_near_file_name(name)
            || config::holds_file_name(name)
            || config::is_settings_name(name)
            || path.is_empty()
            || [MARKER, "CACHEDIR.TAG"].contains(&name)
            || is_markdown(path)
            || is_data(path)
            || is_of("templates")
            || is_of("static")
            || config.collections.iter().any(|collection| collection.includes(path))
            || self.folders.contains(file)
            || self.named.contains(&*name::composed(path))
            || file.is_dir()
    }

    /// Reads everything, and what is known only where it may have changed.
    pub(crate) fn read(&mut self) -> Result<Inputs, DiscoverError> {
        self.walked.clear();
        let (config_source, config) = self.configuration()?;
        self.folders = BTreeSet::from([self.root.clone()]);
        self.folders.extend(configuration::folders(&self.root).map(|(_, folder)| folder));
        self.linked.clear();
        let (planned, data_files) = self.plan_files(&config, &config_source)?;
        let of_plan: BTreeSet<&str> = planned.iter().map(|((path, _), _)| path.as_str()).collect();
        let mut own_templates = self.of_skin("templates", Which::Plan)?;
        let mut static_files = self.of_skin("static", Which::Static)?;
        // A file of the plan is shown as a page, to those who may see it, and is never copied as it stands.
        let read_as_plan: BTreeSet<&String> =
            self.linked.iter().filter(|(path, _)| of_plan.contains(path.as_str())).map(|(_, real)| real).collect();
        static_files.retain(|(path, _)| !of_plan.contains(path.as_str()) && !read_as_plan.contains(path));
        self.walked.extend(statics::without_reserved(&mut static_files));
        let refused = self.links_to_plan(&of_plan);
        for files in [&mut own_templates, &mut static_files] {
            files.retain(|(path, _)| !refused.contains(path));
        }
        let (linked, wrong) = internal::linked(&self.root, &config.internal.folders, &self.linked, &config_source);
        self.walked.extend(wrong);
        let config = self.with_links(config, linked);

        let may_say: Vec<bool> = static_files.par_iter().map(|(path, file)| statics::may_say(path, file)).collect();
        let texts = static_files.iter().zip(may_say).filter(|(_, may_say)| *may_say).map(|(entry, _)| entry);
        let files: Vec<(&Entry, Use)> = planned
            .iter()
            .map(|(entry, collection)| (entry, Use::Plan(*collection)))
            .chain(own_templates.iter().map(|entry| (entry, Use::Template)))
            .chain(texts.map(|entry| (entry, Use::Static)))
            .collect();
        let read: Vec<Result<Known, DiscoverError>> =
            files.par_iter().map(|((path, file), _)| Known::now(path, file, self.files.get(path))).collect();
        let (mut sources, mut templates, mut static_texts) = (Vec::new(), Vec::new(), Vec::new());
        let mut unjudged: BTreeSet<String> = BTreeSet::new();
        self.files.clear();
        for (((path, _), used), read) in files.into_iter().zip(read) {
            let known = match read {
                Ok(known) => known,
                Err(error) => {
                    self.walked.push(unreadable(path, error)?);
                    unjudged.insert(path.clone());
                    continue;
                }
            };
            match used {
                Use::Plan(collection) => sources.push((Arc::clone(&known.source), collection)),
                Use::Template => templates.push(Arc::clone(&known.source)),
                Use::Static => static_texts.push(Arc::clone(&known.source)),
            }
            self.files.insert(path.clone(), known);
        }
        // Nobody knows what such a file says of itself.
        static_files.retain(|(path, _)| !unjudged.contains(path));
        let today = self.options.today.clone().unwrap_or_else(Date::today);
        let may_draw = self.options.today.is_some() || self.options.draws_clock;
        let mut inputs = Inputs {
            root: self.root.clone(),
            config,
            config_source,
            sources,
            data_files,
            templates,
            static_files: statics::addressed(static_files),
            static_texts,
            named_files: Vec::new(),
            drawn_today: may_draw.then(|| today.clone()),
            today,
            diagnostics: Vec::new(),
        };
        inputs.named_files = self.look_up(&inputs);
        inputs.diagnostics = self.diagnostics(&inputs);
        Ok(inputs)
    }

    /// What is wrong with the project as files.
    fn diagnostics(&self, inputs: &Inputs) -> Vec<Diagnostic> {
        let of_config = self.config.iter().flat_map(|(_, _, wrong)| wrong);
        let sources = inputs.sources.iter().map(|(source, _)| source).chain(&inputs.templates);
        let of_files = sources.filter_map(|source| self.files.get(&source.path)).flat_map(|known| &known.diagnostics);
        of_config.chain(&self.walked).chain(of_files).cloned().collect()
    }

    /// The static files and templates that are links to files of the plan, each with a diagnostic.
    fn links_to_plan(&mut self, of_plan: &BTreeSet<&str>) -> BTreeSet<String> {
        let is_skin = |path: &str| path.starts_with("static/") || path.starts_with("templates/");
        let is_plan = |real: &str| of_plan.contains(real) || config::is_file_name(real);
        let wrong: Vec<&(String, String)> =
            self.linked.iter().filter(|(path, real)| is_skin(path) && is_plan(real)).collect();
        self.walked.extend(wrong.iter().map(|(path, real)| walk::leads_to_plan(path, real)));
        wrong.into_iter().map(|(path, _)| path.clone()).collect()
    }

    /// The configuration with what is internal by a link. The same one where nothing has changed.
    fn with_links(&mut self, config: Arc<Config>, linked: BTreeSet<String>) -> Arc<Config> {
        if config.internal.linked == linked {
            return config;
        }
        let mut changed = Config::clone(&config);
        changed.internal.linked = linked;
        let changed = Arc::new(changed);
        if let Some((_, known, _)) = &mut self.config {
            *known = Arc::clone(&changed);
        }
        changed
    }

    fn configuration(&mut self) -> Result<(Arc<Source>, Arc<Config>), DiscoverError> {
        let (source, wrong) = configuration::read(&self.root)?;
        self.walked.extend(wrong);
        if let Some((known, config, _)) = &self.config {
            let has_gone = config.internal.is_used && configuration::files(&self.root).is_empty();
            self.walked.extend(has_gone.then(|| configuration::has_gone(known)));
            if has_gone || *known == source {
                return Ok((Arc::clone(known), Arc::clone(config)));
            }
        }
        let (config, wrong) = config::config(&source);
        let config = Arc::new(config);
        self.config = Some((Arc::clone(&source), Arc::clone(&config), wrong));
        Ok((source, config))
    }

    /// The files of the plan by path, each with its collection: the first that includes it; and the files of data among them.
    fn plan_files(&mut self, config: &Config, source: &Arc<Source>) -> Result<(Planned, Vec<String>), DiscoverError> {
        let patterns = || config.collections.iter().flat_map(|collection| collection.include.normal());
        // Beside the usual folders somebody may have made one with nearly the same name.
        let is_usual = patterns().next().is_none() || patterns().any(|pattern| pattern.starts_with("plan/"));
        let usual = Some("plan").filter(|_| is_usual);
        let folders = config.collections.iter().flat_map(|collection| collection.include.folders());
        let folders: BTreeSet<&str> = folders.map(|folder| folder.trim_end_matches('/')).chain(usual).collect();
        self.walked.extend(folders.into_iter().filter_map(|folder| walk::in_place_of_folder(&self.root, folder)));
        let mut files = BTreeMap::new();
        let (mut unread, mut matched, mut data) = (BTreeSet::new(), Matched::default(), BTreeSet::new());
        for start in walk::starts(patterns().chain(usual)) {
            for (path, file) in self.below(&start, Which::Plan)? {
                if config.has_own_collections {
                    matched.note(config, &path);
                }
                if let Some(collection) = config.collections.iter().position(|collection| collection.includes(&path)) {
                    files.insert(path, (file, collection));
                } else if is_markdown(&path)
                    && !config.collections.iter().any(|collection| collection.exclude.is_match(&path))
                {
                    unread.insert(path);
                } else if is_data(&path) {
                    self.walked.extend(configuration::misplaced(&path));
                    data.insert(path);
                }
            }
        }
        self.walked.extend(unread_files(&unread));
        if config.has_own_collections {
            self.walked.extend(matched.diagnostics(config, source));
        }
        let planned = files.into_iter().map(|(path, (file, collection))| ((path, file), collection)).collect();
        Ok((planned, data.into_iter().collect()))
    }

    /// The files below a path of the project, by path from the root.
    fn below(&mut self, start: &str, which: Which) -> Result<Vec<Entry>, DiscoverError> {
        let walk::Found { mut files, folders, linked, left_out, diagnostics } = walk::walk(&self.root, start, which)?;
        self.walked.extend(statics::left_out(&left_out.into_iter().collect()));
        // What is made again where it was is seen from the folder above.
        let above = self.root.join(start);
        let above = above.ancestors().skip(1).take_while(|folder| folder.starts_with(&self.root));
        self.folders.extend(above.filter(|folder| folder.is_dir()).map(Path::to_owned));
        self.folders.extend(folders);
        self.walked.extend(diagnostics);
        self.linked.extend(linked);
        files.sort();
        Ok(files)
    }

    /// The files of a folder from which the site takes its looks; none where a site was put there.
    fn of_skin(&mut self, folder: &str, which: Which) -> Result<Vec<Entry>, DiscoverError> {
        let in_its_place = walk::in_place_of_folder(&self.root, folder);
        let is_read = in_its_place.is_none() && !walk::is_site(&self.root.join(folder));
        self.walked.extend(in_its_place);
        if is_read { self.below(folder, which) } else { Ok(Vec::new()) }
    }

    /// Looks up the files that texts name.
    fn look_up(&mut self, inputs: &Inputs) -> Vec<NamedFile> {
        let linked = self.linked.iter().filter(|(path, _)| self.files.contains_key(path)).map(|(_, real)| &**real);
        let (found, folders) = named::look_up(&self.named, inputs, linked);
        self.folders.extend(folders);
        found
    }

    /// The inputs with the files that their texts name; `named` are the paths of these from the root, composed. They are looked at from now on.
    pub fn with_named(&mut self, inputs: Inputs, named: BTreeSet<String>) -> Inputs {
        self.named = named;
        Inputs { named_files: self.look_up(&inputs), ..inputs }
    }

    /// The same of the inputs that were seen last.
    ///
    /// # Errors
    ///
    /// A static file that cannot be read.
    pub fn seen_with_named(
        &mut self,
        seen: Arc<Inputs>,
        named: BTreeSet<String>,
    ) -> Result<Arc<Inputs>, DiscoverError> {
        if self.named == named {
            return Ok(seen);
        }
        let inputs = Arc::new(self.with_named(Inputs::clone(&seen), named));
        self.look_into_assets(&inputs)?;
        self.seen = Some(Arc::clone(&inputs));
        Ok(inputs)
    }

    /// Reads those files to be copied that may have changed; whether one has, or is new. Not done for those who look once.
    fn look_into_assets(&mut self, inputs: &Inputs) -> Result<bool, DiscoverError> {
        let found = statics::fingerprints(inputs, &self.assets)?;
        let is_new =
            found.iter().any(|(address, (_, print))| self.assets.get(address).is_none_or(|(_, old)| old != print));
        self.assets = found;
        Ok(is_new && self.seen.is_some())
    }
}
