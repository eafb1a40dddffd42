//! The symbol table: what a reference in a field, a link or a sentence means.
//!
//! A reference resolves by id in any case, alias, the collection's rules for other spellings, number, file name
//! or path, the folder of a `README`, address in the project's own repository; in fields and wiki links by a title that one thing has, too.
//! The first that answers counts.

use std::borrow::{Borrow, Cow};
use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

use crate::config::{Config, Kind};
use crate::diagnostic::{Code, Diagnostic};
use crate::id::ItemId;
use crate::markdown;
use crate::name::{self, folded};
use crate::nearest::{NameIndex, Search, Sought, Suggestion};
use crate::plan::{Entry, EntryKey, Plan, spelled};

use super::fuzzy::{FuzzyIndex, is_other_part, is_other_prefix, of_kind_or_all, prefix_and_number};
use super::paths::{file_stem, folder};
use super::remarks::goes_on;
use super::target::{Target, targets};
use super::twins::Twins;

/// All names of a plan.
#[derive(Debug, Default)]
pub struct SymbolTable {
    /// By folded id: the thing that references mean.
    ids: HashMap<CaseFoldedId, Target>,
    /// The things that have one id, in any case.
    shared: Twins,
    /// The things that have an alias, in the plan's order.
    aliases: HashMap<String, Vec<Target>>,
    paths: HashMap<Path, Target>,
    /// Those paths that are not composed, as they would be.
    composed_paths: HashMap<String, Target>,
    /// By the folder of a `README` or an `index`: the first of its things, for which the folder stands.
    folders: HashMap<String, Target>,
    /// Everything, in the plan's order.
    all: Vec<Named>,
    /// Made when the first reference asks for it: in most plans none does.
    fuzzy: OnceLock<FuzzyIndex>,
    /// By title, in the plan's order: made when the first reference matches nothing else.
    titles: OnceLock<HashMap<String, Vec<Target>>>,
    /// The titles of each kind, to find the nearest.
    near_titles: [OnceLock<NearNames>; Kind::ALL.len()],
    /// The ids of each kind, to find the nearest: made when one is looked for.
    near: [OnceLock<NearNames>; Kind::ALL.len()],
    pub(super) repository: Option<String>,
}

#[derive(Debug)]
struct Named {
    key: Arc<EntryKey>,
    target: Target,
}

/// A key of the table, by its id in lower case.
#[derive(Debug, PartialEq, Eq)]
struct CaseFoldedId(Arc<EntryKey>);

/// A key of the table, by its path.
#[derive(Debug, PartialEq, Eq)]
struct Path(Arc<EntryKey>);

impl Borrow<str> for CaseFoldedId {
    fn borrow(&self) -> &str {
        &self.0.folded
    }
}

impl Borrow<str> for Path {
    fn borrow(&self) -> &str {
        &self.0.path
    }
}

impl Hash for CaseFoldedId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.folded.hash(state);
    }
}

impl Hash for Path {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.path.hash(state);
    }
}

/// The ids of one kind, or its titles.
#[derive(Debug)]
struct NearNames {
    index: NameIndex,
    /// Where each of them stands among all things.
    positions: Vec<usize>,
}

/// Searches for the nearest ids: those of one run, which together are bounded.
#[derive(Debug, Default)]
pub struct IdSearch {
    search: Search,
    sought: [Sought; Kind::ALL.len()],
    sought_titles: [Sought; Kind::ALL.len()],
}

impl SymbolTable {
    /// Whether these are the names of `plan` and nothing was wrong with them. Plans with aliases or with one id for several things are
    /// not compared: there is more to them than handles.
    pub(super) fn are_of(&self, plan: &Plan, config: &Config) -> bool {
        let targets = targets(plan);
        let is_same = |(named, (target, entry)): (&Named, &(Target, &Entry))| {
            named.target == *target
                && entry.aliases.is_empty()
                && (Arc::ptr_eq(&named.key, &entry.key) || named.key == entry.key)
        };
        self.shared.is_empty()
            && self.aliases.is_empty()
            && self.repository == config.repository
            && self.all.len() == targets.len()
            && self.all.iter().zip(&targets).all(is_same)
    }

    /// Collects the names of `plan`; reports aliases that are taken.
    pub fn new(plan: &Plan, config: &Config, diagnostics: &mut Vec<Diagnostic>) -> SymbolTable {
        let mut symbols = SymbolTable { repository: config.repository.clone(), ..SymbolTable::default() };
        let targets = targets(plan);
        for (target, entry) in &targets {
            symbols.add(*target, entry);
        }
        symbols.shared.sort(plan, config);
        for (target, entry) in &targets {
            symbols.add_aliases(*target, entry, diagnostics);
        }
        symbols
    }

    fn add(&mut self, target: Target, entry: &Entry) {
        let key = &entry.key;
        self.paths.insert(Path(Arc::clone(key)), target);
        if let Cow::Owned(composed) = name::composed(&key.path) {
            self.composed_paths.insert(composed, target);
        }
        let (stem, folder) = (file_stem(&key.path), folder(&key.path));
        if !folder.is_empty() && (stem.eq_ignore_ascii_case("readme") || stem.eq_ignore_ascii_case("index")) {
            self.folders.entry(name::composed(folder).into_owned()).or_insert(target);
        }
        self.all.push(Named { key: Arc::clone(key), target });
        let Some(first) = self.ids.get_mut(key.folded.as_str()) else {
            self.ids.insert(CaseFoldedId(Arc::clone(key)), target);
            return;
        };
        self.shared.add(key, target, *first);
        // Of several with one id, references mean the one that kept the plain address.
        if entry.slug == name::address(&entry.id) {
            *first = target;
        }
    }

    pub(super) fn fuzzy(&self) -> &FuzzyIndex {
        self.fuzzy.get_or_init(|| FuzzyIndex::new(self.all.iter().map(|named| (&*named.key, named.target))))
    }

    fn add_aliases(&mut self, target: Target, entry: &Entry, diagnostics: &mut Vec<Diagnostic>) {
        for alias in &entry.aliases {
            let folded = folded(&alias.value);
            let other = self.ids.get(folded.as_str()).or_else(|| self.aliases.get(&folded)?.first());
            let is_taken = other.is_some_and(|&other| other != target);
            let all = self.aliases.entry(folded).or_default();
            if !all.contains(&target) {
                all.push(target);
            }
            if is_taken {
                diagnostics.push(
                    Diagnostic::new(
                        Code::ALIAS_COLLISION,
                        entry.location(alias.span),
                        format!("the alias `{}` is already taken", alias.value),
                    )
                    .help("drop the alias here, or the other file's: one old name can mean one thing only"),
                );
            }
        }
    }

    /// The thing that a reference means, of `kind` where several kinds answer; `from` is whose file says it.
    pub fn find(&self, reference: &str, kind: Kind, from: &Entry, config: &Config) -> Option<Target> {
        let reference = reference.trim();
        if let Some(target) = self.by_id(reference, kind) {
            return Some(target);
        }
        if self.aliased(reference, kind).len() > 1 {
            return None;
        }
        let spelled = spelled(&config.collections[from.collection], reference);
        if spelled != reference
            && let Some(target) = self.by_id(&spelled, kind).or_else(|| self.by_number(&spelled, kind))
        {
            return Some(target);
        }
        self.by_number(reference, kind).or_else(|| self.by_file(reference, kind, from))
    }

    /// The same as [`SymbolTable::find`], and by a title that one thing of the kind has, else one of any.
    pub fn named(&self, reference: &str, kind: Kind, from: &Entry, config: &Config) -> Option<Target> {
        self.find(reference, kind, from, config).or_else(|| match self.titled(reference, kind) {
            // What several things are called in a way that comes before titles is none of them.
            [only] if self.several(reference, kind).is_empty() => Some(*only),
            _ => None,
        })
    }

    /// The same of a dependency in the file of `from`, where signs in it may be no part of a name: `base?` is in doubt, and `one#two` may be two.
    pub(super) fn meant(&self, words: &str, from: &Entry, config: &Config) -> Option<Target> {
        if goes_on(words) {
            return self.whole(words);
        }
        if !words.contains(['?', '#']) || words.contains("://") {
            return self.named(words, Kind::Item, from, config);
        }
        self.whole(words).or_else(|| {
            let (path, anchor) = words.split_once('#').unwrap_or((words, ""));
            let is_link = !path.contains('?') || path.contains(".md?");
            let is_other = !path.is_empty() && (self.whole(anchor).is_some() || anchor.contains('?'));
            if is_link && !is_other { self.named(words, Kind::Item, from, config) } else { None }
        })
    }

    /// The item with a number, if there is one only.
    pub(super) fn numbered(&self, number: &str) -> Option<Target> {
        self.by_id(number, Kind::Item)
            .or_else(|| self.by_number(number, Kind::Item))
            .filter(|found| found.kind() == Kind::Item)
    }

    /// The things with a title, in any case: of several kinds, those of `kind`.
    pub fn titled(&self, title: &str, kind: Kind) -> &[Target] {
        let titles = self.titles.get_or_init(|| {
            let mut titles: HashMap<String, Vec<Target>> = HashMap::with_capacity(self.all.len());
            for named in &self.all {
                titles.entry(named.key.title.clone()).or_default().push(named.target);
            }
            titles
        });
        let all = titles.get(&name::folded_words(&markdown::compared(title))).map_or(&[][..], Vec::as_slice);
        of_kind_or_all(all, kind)
    }

    /// The thing that a file holds, or for which a folder stands.
    pub fn by_path(&self, path: &str) -> Option<Target> {
        self.paths.get(path).copied().or_else(|| {
            let composed = name::composed(path);
            let found = self.composed_paths.get(&*composed).or_else(|| self.paths.get(&*composed));
            found.or_else(|| self.folders.get(composed.trim_end_matches('/'))).copied()
        })
    }

    /// The thing that has this id, in this case before any other, or the one that had it.
    pub(crate) fn by_id(&self, id: &str, kind: Kind) -> Option<Target> {
        let folded = folded(id);
        let found = self.shared.find(id, &folded, kind).or_else(|| self.ids.get(folded.as_str()).copied());
        found.or_else(|| match self.aliased(id, kind) {
            [only] => Some(*only),
            _ => None,
        })
    }

    /// The things that had this id, where none has it.
    fn aliased(&self, id: &str, kind: Kind) -> &[Target] {
        if self.aliases.is_empty() {
            return &[];
        }
        let folded = folded(id);
        match self.aliases.get(&folded).filter(|_| !self.ids.contains_key(folded.as_str())) {
            Some(all) => of_kind_or_all(all, kind),
            None => &[],
        }
    }

    /// The things that an alias, a number, the name of a file or a title could mean, where there are several.
    pub fn ambiguous(&self, reference: &str, kind: Kind) -> Vec<Target> {
        let several = self.several(reference, kind);
        let all = if several.is_empty() { self.titled(reference, kind).to_vec() } else { several };
        if all.len() > 1 { all } else { Vec::new() }
    }

    /// The same without titles.
    fn several(&self, reference: &str, kind: Kind) -> Vec<Target> {
        let reference = reference.trim();
        let by_name = [self.aliased(reference, kind), self.fuzzy().numbered(reference, kind)];
        match by_name.into_iter().find(|all| all.len() > 1) {
            Some(all) => all.to_vec(),
            None => Some(self.of_file(reference, kind)).filter(|all| all.len() > 1).unwrap_or_default(),
        }
    }

    /// `0012`, `#12` and `12` mean the one thing whose id ends in the number 12; `TEP-12` the `TEP-0012`.
    fn by_number(&self, reference: &str, kind: Kind) -> Option<Target> {
        // Several things with the number: nobody can tell which is meant.
        match self.fuzzy().numbered(reference, kind) {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// The names of an item.
    pub(super) fn item_key(&self, id: ItemId) -> Option<&EntryKey> {
        self.key(Target::Item(id))
    }

    /// The names of a thing.
    pub(super) fn key(&self, target: Target) -> Option<&EntryKey> {
        // Everything stands in the order of the targets.
        let found = self.all.binary_search_by_key(&target, |named| named.target).ok()?;
        Some(&self.all[found].key)
    }

    /// The id nearest to a reference that matches nothing, where the two are close.
    pub fn nearest(&self, reference: &str, kind: Kind, search: &mut IdSearch) -> Suggestion<&str> {
        let near = self.near[kind as usize].get_or_init(|| self.names(kind, |key| &key.id));
        let found = near.index.nearest(reference, &mut search.sought[kind as usize], &mut search.search);
        match found.map(|found| self.all[near.positions[found.position]].key.id.as_str()) {
            Suggestion::Near(id) if is_other_prefix(reference, id) || is_other_part(reference, id) => {
                Suggestion::Nothing
            }
            suggestion => suggestion,
        }
    }

    /// The id of the thing whose title is nearest to words that match nothing, where the two are close.
    pub fn nearest_title(&self, words: &str, kind: Kind, search: &mut IdSearch) -> Suggestion<&str> {
        let near = self.near_titles[kind as usize].get_or_init(|| self.names(kind, |key| &key.title));
        let (sought, search) = (&mut search.sought_titles[kind as usize], &mut search.search);
        let found = near.index.nearest(&name::folded_words(&markdown::compared(words)), sought, search);
        found.map(|found| self.all[near.positions[found.position]].key.id.as_str())
    }

    fn names(&self, kind: Kind, name: impl Fn(&EntryKey) -> &String) -> NearNames {
        let of_kind = self.all.iter().enumerate().filter(|(_, named)| named.target.kind() == kind);
        NearNames {
            index: NameIndex::new(of_kind.clone().map(|(_, named)| name(&named.key).as_str())),
            positions: of_kind.map(|(position, _)| position).collect(),
        }
    }

    /// Whether some thing's id is this prefix and a number.
    pub(super) fn has_prefix(&self, prefix: &str, kind: Kind) -> bool {
        self.fuzzy().has_prefix(prefix, kind)
    }

    /// The thing whose id is these letters and this number, however many zeros stand before it.
    pub(super) fn by_letters_and_number(&self, id: &str, kind: Kind) -> Option<Target> {
        let has_letters = prefix_and_number(&folded(id)).is_some_and(|(prefix, _)| !prefix.is_empty());
        self.by_id(id, kind).or_else(|| self.by_number(id, kind).filter(|_| has_letters))
    }
}
