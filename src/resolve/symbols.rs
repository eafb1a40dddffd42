//! The symbol table: what a reference in a field, a link or a sentence means.
//!
//! A reference resolves by id in any case, alias, the collection's rules for other spellings, number, file name
//! or path, address in the project's own repository. The first that answers counts.

use std::borrow::{Borrow, Cow};
use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

use crate::config::{Config, Kind};
use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::{self, LinkKind};
use crate::name::{self, folded};
use crate::nearest::nearest;
use crate::plan::{Entry, EntryKey, Plan, spelled};

use super::paths::{decoded, file_stem, folder, has_scheme, joined, split_anchor};
use super::target::{LinkTarget, Target};

/// All names of a plan.
#[derive(Debug, Default)]
pub struct SymbolTable {
    /// By folded id: the thing that references mean.
    ids: HashMap<CaseFoldedId, Target>,
    /// Where several things have one id: all of them, the one that references mean first.
    shared: HashMap<String, Vec<Target>>,
    aliases: HashMap<String, Target>,
    paths: HashMap<Path, Target>,
    /// Those paths that are not composed, as they would be.
    composed_paths: HashMap<String, Target>,
    /// Everything, in the plan's order.
    all: Vec<Named>,
    /// Made when the first reference asks for it: in most plans none does.
    fuzzy: OnceLock<FuzzyIndex>,
    repository: Option<String>,
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

/// The looser ways to name a thing.
#[derive(Debug, Default)]
struct FuzzyIndex {
    /// By prefix and number.
    numbers: HashMap<(String, String), Vec<Target>>,
    bare_numbers: HashMap<String, Vec<Target>>,
    /// By the name of the file, in lower case.
    files: HashMap<String, Vec<Target>>,
}

/// Beyond so many ids, the nearest name is not looked for: it would cost more than it tells.
const MAX_IDS_FOR_NEAREST: usize = 20_000;

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
        self.all.push(Named { key: Arc::clone(key), target });
        let Some(first) = self.ids.get_mut(key.folded.as_str()) else {
            self.ids.insert(CaseFoldedId(Arc::clone(key)), target);
            return;
        };
        let all = self.shared.entry(key.folded.clone()).or_insert_with(|| vec![*first]);
        // Of several with one id, references mean the one that kept the plain address.
        let position = if entry.slug == name::address(&entry.id) { 0 } else { all.len() };
        all.insert(position, target);
        *first = all[0];
    }

    fn fuzzy(&self) -> &FuzzyIndex {
        self.fuzzy.get_or_init(|| {
            let mut fuzzy = FuzzyIndex::default();
            for Named { key, target } in &self.all {
                fuzzy.files.entry(folded(file_stem(&key.path))).or_default().push(*target);
                if let Some(old) = name::old_address(&key.id) {
                    fuzzy.files.entry(old).or_default().push(*target);
                }
                if let Some((prefix, number)) = prefix_and_number(&key.folded) {
                    fuzzy.numbers.entry((prefix, number.clone())).or_default().push(*target);
                    fuzzy.bare_numbers.entry(number).or_default().push(*target);
                }
            }
            fuzzy
        })
    }

    /// What a reference's number could mean, whatever the kind.
    fn numbered(&self, reference: &str) -> Option<&Vec<Target>> {
        let (prefix, number) = prefix_and_number(&folded(reference.trim_start_matches('#')))?;
        let fuzzy = self.fuzzy();
        if prefix.is_empty() { fuzzy.bare_numbers.get(&number) } else { fuzzy.numbers.get(&(prefix, number)) }
    }

    fn add_aliases(&mut self, target: Target, entry: &Entry, diagnostics: &mut Vec<Diagnostic>) {
        for alias in &entry.aliases {
            let folded = folded(&alias.value);
            let other = self.ids.get(folded.as_str()).or_else(|| self.aliases.get(&folded));
            if other.is_some_and(|&other| other != target) {
                diagnostics.push(
                    Diagnostic::new(
                        Code::ALIAS_COLLISION,
                        entry.location(alias.span),
                        format!("the alias `{}` is already taken", alias.value),
                    )
                    .help("drop the alias here, or the other file's: one old name can mean one thing only"),
                );
            } else {
                self.aliases.insert(folded, target);
            }
        }
    }

    /// The thing that a reference means, of `kind` where several kinds answer; `from` is whose file says it.
    pub fn find(&self, reference: &str, kind: Kind, from: &Entry, config: &Config) -> Option<Target> {
        let reference = reference.trim();
        if let Some(target) = self.by_id(reference, kind) {
            return Some(target);
        }
        let spelled = spelled(&config.collections[from.collection], reference);
        if spelled != reference
            && let Some(target) = self.by_id(&spelled, kind)
        {
            return Some(target);
        }
        self.by_number(reference, kind).or_else(|| self.by_file(reference, kind, from))
    }

    /// The thing that a file holds.
    pub fn by_path(&self, path: &str) -> Option<Target> {
        self.paths.get(path).copied().or_else(|| {
            let composed = name::composed(path);
            let found = self.composed_paths.get(&*composed);
            found.or_else(|| self.paths.get(&*composed)).copied()
        })
    }

    /// The thing that has this id, or had it, in any case.
    pub(crate) fn by_id(&self, id: &str, kind: Kind) -> Option<Target> {
        let folded = folded(id);
        let shared = self.shared.get(&folded).and_then(|all| prefer(all, kind));
        let found = shared.or_else(|| self.ids.get(folded.as_str()).copied());
        found.or_else(|| self.aliases.get(&folded).copied())
    }

    /// The ids that a bare number could mean, where there are several.
    pub fn ambiguous(&self, reference: &str, kind: Kind) -> Vec<&str> {
        let all = self.numbered(reference).into_iter().flatten();
        let all: Vec<Target> = all.copied().filter(|target| target.kind() == kind).collect();
        let named = self.all.iter().filter(|named| all.len() > 1 && all.contains(&named.target));
        named.map(|named| named.key.id.as_str()).collect()
    }

    /// `0012`, `#12` and `12` mean the one thing whose id ends in the number 12; `TEP-12` the `TEP-0012`.
    fn by_number(&self, reference: &str, kind: Kind) -> Option<Target> {
        let mut of_kind = self.numbered(reference)?.iter().copied().filter(|target| target.kind() == kind);
        // Several things with the number: nobody can tell which is meant.
        of_kind.next().filter(|_| of_kind.next().is_none())
    }

    fn by_file(&self, reference: &str, kind: Kind, from: &Entry) -> Option<Target> {
        let path = self.in_repository(reference).unwrap_or(reference);
        let path = path.split(['#', '?']).next().unwrap_or(path);
        if let Some(target) = self.by_path(&joined(folder(from.path()), path)) {
            return Some(target);
        }
        if let Some(target) = self.by_path(path.trim_start_matches('/')) {
            return Some(target);
        }
        let stem = folded(if path.ends_with(".md") { file_stem(path) } else { path });
        let found = self.fuzzy().files.get(&stem).and_then(|all| prefer(all, kind));
        found.or_else(|| self.by_id(&name::slug(&stem), kind).filter(|_| !stem.contains(char::is_whitespace)))
    }

    /// The path that an address of the project's own repository names.
    fn in_repository<'a>(&self, address: &'a str) -> Option<&'a str> {
        let rest = address.strip_prefix(self.repository.as_deref()?)?.trim_start_matches('/');
        let rest = ["blob/", "tree/", "raw/", "edit/"].iter().find_map(|view| rest.strip_prefix(view))?;
        rest.split_once('/').map(|(_branch, path)| path)
    }

    /// What a link in the text of `from` leads to. `assets` are the addresses of the static files, sorted.
    pub fn link(&self, kind: LinkKind, target: &str, from: &Entry, config: &Config, assets: &[String]) -> LinkTarget {
        if kind == LinkKind::Wiki {
            let (reference, anchor) = split_anchor(target);
            return match self.find(reference, Kind::Item, from, config) {
                Some(found) => LinkTarget::Thing(found, anchor),
                None => LinkTarget::Nothing,
            };
        }
        if !markdown::safe(target) {
            return LinkTarget::Unsafe;
        }
        if let Some(path) = self.in_repository(target) {
            let (path, anchor) = split_anchor(path);
            return match self.by_path(&decoded(path)) {
                Some(found) => LinkTarget::Thing(found, anchor),
                None => LinkTarget::Outside,
            };
        }
        if target.is_empty() || target.starts_with(['#', '?']) || target.starts_with("//") || has_scheme(target) {
            return LinkTarget::Outside;
        }
        self.local_link(target, from, config, assets)
    }

    fn local_link(&self, target: &str, from: &Entry, config: &Config, assets: &[String]) -> LinkTarget {
        let (path, anchor) = split_anchor(target);
        let path = decoded(path.split('?').next().unwrap_or(path));
        let path = path.as_str();
        // A path from the root means the repository's root, as on GitHub.
        let joined = if path.starts_with('/') { joined("", path) } else { joined(folder(from.path()), path) };
        if let Some(found) = self.by_path(&joined) {
            return LinkTarget::Thing(found, anchor);
        }
        for address in [joined.strip_prefix("static/").unwrap_or(&joined), path.trim_start_matches('/')] {
            let address = name::composed(address);
            if assets.binary_search_by(|asset| asset.as_str().cmp(&*address)).is_ok() {
                return LinkTarget::Asset(address.into_owned());
            }
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        let is_page = name.ends_with(".md") || name.ends_with(".html") || !name.contains('.');
        if is_page && !name.is_empty() {
            let stem = name.trim_end_matches(".md").trim_end_matches(".html");
            // A file that has moved to another folder is still the file of that name, where there is one only.
            if let Some(found) = self.find(stem, Kind::Item, from, config).filter(|_| !path.ends_with('/')) {
                return LinkTarget::Thing(found, anchor);
            }
        }
        LinkTarget::File(joined)
    }

    /// The id nearest to a reference that matches nothing, where the two are close.
    pub fn nearest(&self, reference: &str, kind: Kind) -> Option<&str> {
        if self.all.len() > MAX_IDS_FOR_NEAREST {
            return None;
        }
        let of_kind = self.all.iter().filter(|named| named.target.kind() == kind);
        nearest(reference, of_kind.map(|named| named.key.id.as_str()))
    }

    /// The id that has the reference's number behind another prefix: a renamed prefix, most likely.
    pub fn same_number(&self, reference: &str, kind: Kind) -> Option<&str> {
        let (prefix, number) = prefix_and_number(&folded(reference))?;
        let mut all = self.fuzzy().bare_numbers.get(&number)?.iter().filter(|target| target.kind() == kind);
        let target = all.next().filter(|_| !prefix.is_empty() && all.next().is_none())?;
        self.all.iter().find(|named| named.target == *target).map(|named| named.key.id.as_str())
    }
}

/// Everything in a plan with its entry, in the order vision, themes, items, pages.
pub(crate) fn targets(plan: &Plan) -> Vec<(Target, &Entry)> {
    let vision = plan.vision.iter().map(|vision| (Target::Vision, &vision.entry));
    let themes = plan.themes.enumerate().map(|(at, theme)| (Target::Theme(at), &theme.entry));
    let items = plan.items.enumerate().map(|(at, item)| (Target::Item(at), &item.entry));
    let pages = plan.pages.enumerate().map(|(at, page)| (Target::Page(at), &page.entry));
    vision.chain(themes).chain(items).chain(pages).collect()
}

/// Of several things with one name: the first of the kind that is asked for, else the first. Where two of a kind share an
/// id, the one that kept the plain address is meant.
fn prefer(all: &[Target], kind: Kind) -> Option<Target> {
    all.iter().copied().find(|target| target.kind() == kind).or_else(|| all.first().copied())
}

/// `tep-0012` is (`tep`, `12`); `12` is (``, `12`); sub-numbers belong to the number: `back-345.01` is (`back`, `345.01`).
fn prefix_and_number(folded: &str) -> Option<(String, String)> {
    let at = folded.find(|c: char| c.is_ascii_digit())?;
    let (prefix, number) = folded.split_at(at);
    let prefix = prefix.trim_end_matches(['-', '_', ' ', '#']);
    let is_number = number.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    if !is_number || !prefix.chars().all(char::is_alphabetic) {
        return None;
    }
    let trimmed = number.trim_start_matches('0');
    let number =
        if trimmed.is_empty() || trimmed.starts_with('.') { format!("0{trimmed}") } else { trimmed.to_owned() };
    Some((prefix.to_owned(), number))
}
