//! Ids and addresses. An address comes from the id alone, so that no other file can move it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::values::Reader;
use super::{Entry, Plan};
use crate::config::{Collection, Config};
use crate::diagnostic::{Code, Diagnostic};
use crate::id::{Id as _, ItemId, PageId, ThemeId};
use crate::name::{composed, slug};
use crate::state::State;

/// The id of a document: its `id` field, else what the collection's pattern finds in the file's name, else the file's name.
pub(super) fn id(reader: &Reader<'_>) -> String {
    let written = reader.text("id").map(|text| text.value).filter(|id| !id.is_empty());
    let path = &reader.document.source.path;
    let id = written.or_else(|| id_in_name(reader.collection, path)).unwrap_or_else(|| slug(stem(path)));
    composed(&spelled(reader.collection, &id)).into_owned()
}

/// The spelling that a collection's rules give an id or a reference.
pub(crate) fn spelled(collection: &Collection, id: &str) -> String {
    if let Some(id) = collection.aliases.iter().find_map(|alias| alias.apply(id)) {
        return id;
    }
    let prefix = &collection.id_prefix;
    let has_prefix = id.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix));
    if has_prefix { id.to_owned() } else { format!("{prefix}{id}") }
}

fn id_in_name(collection: &Collection, path: &str) -> Option<String> {
    let captures = collection.id.as_ref()?.captures(stem(path))?;
    let group = captures.get(1).or_else(|| captures.get(0))?;
    Some(group.as_str().to_owned()).filter(|id| !id.is_empty())
}

/// The name of a file without folders and ending; of a `README` or an `index`, its folder's.
pub(super) fn stem(path: &str) -> &str {
    let name = |path: &'_ str| path.rsplit('/').next().map(str::len).unwrap_or_default();
    let file = &path[path.len() - name(path)..];
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let folder = path[..path.len() - file.len()].trim_end_matches('/');
    if has_name_of_folder(stem) && !folder.is_empty() { &folder[folder.len() - name(folder)..] } else { stem }
}

/// Whether a file of this name, without its ending, has the name of its folder.
pub fn has_name_of_folder(stem: &str) -> bool {
    ["readme", "index"].iter().any(|name| stem.eq_ignore_ascii_case(name))
}

/// `plan/items/team-sharing.md` is `Team sharing`.
pub(super) fn title_of_file(path: &str) -> String {
    let words = stem(path).replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    let first = letters.next().map(|first| first.to_uppercase().collect::<String>()).unwrap_or_default();
    first + letters.as_str()
}

/// Gives every thing an address of its own and reports ids that are given twice. Of several with one id, references mean the one that is still
/// alive, then one that is not done, so that nobody takes it for done by chance, then one with front matter, then the one whose path comes
/// first: it keeps the plain address. Of several ids with one address the one
/// that is spelled as it is keeps it, else the first in the same order.
pub(super) fn deduplicate(plan: &mut Plan, config: &Config) {
    let mut diagnostics = Vec::new();
    let of_items = plan.items.iter().map(|item| (&item.entry, item.state));
    for (index, other) in others(of_items.collect(), config, &mut diagnostics) {
        other.give(&mut Arc::make_mut(&mut plan.items[ItemId::new(index)]).entry);
    }
    let of_themes = plan.themes.iter().map(|theme| (&theme.entry, theme.state));
    for (index, other) in others(of_themes.collect(), config, &mut diagnostics) {
        other.give(&mut plan.themes[ThemeId::new(index)].entry);
    }
    let of_pages = plan.pages.iter().map(|page| (&page.entry, State::Planned));
    for (index, other) in others(of_pages.collect(), config, &mut diagnostics) {
        other.give(&mut plan.pages[PageId::new(index)].entry);
    }
    plan.diagnostics.extend(diagnostics);
}

/// What an entry gets in place of the slug of its id.
struct Other {
    slug: String,
    /// The file that has its id, where that is given twice.
    shadowed_by: Option<String>,
}

impl Other {
    fn give(self, entry: &mut Entry) {
        entry.slug = self.slug;
        entry.shadowed_by = self.shadowed_by;
    }
}

/// What comes first keeps the plain address. What lies where a collection says that all is closed, such as an archive, is not alive, whatever
/// it says itself.
pub(crate) fn precedence<'a>(entry: &'a Entry, state: State, config: &Config) -> (bool, bool, bool, bool, &'a str) {
    let is_archived = config.collections[entry.collection].state.is_some_and(|state| !state.is_open());
    (is_archived, state == State::Dropped, state == State::Done, entry.document.fields.is_empty(), entry.path())
}

/// The entries that cannot have the slug of their id because another one has it, by their indices, each with what it gets instead.
fn others(entries: Vec<(&Entry, State)>, config: &Config, diagnostics: &mut Vec<Diagnostic>) -> Vec<(usize, Other)> {
    // Ids that are equal but for their case have equal slugs, where they are of plain letters: mostly there is no more to look for.
    let mut slugs: HashSet<&str> = HashSet::with_capacity(entries.len());
    if entries.iter().all(|(entry, _)| entry.id.is_ascii() && slugs.insert(&entry.slug)) {
        return Vec::new();
    }
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by_key(|&index| precedence(entries[index].0, entries[index].1, config));
    let entries: Vec<&Entry> = order.iter().map(|&index| entries[index].0).collect();
    let mut first_of: HashMap<&str, usize> = HashMap::with_capacity(entries.len());
    let mut taken: HashSet<&str> = HashSet::with_capacity(entries.len());
    let mut later = Vec::new();
    // An id that is its own address keeps it, whatever other ids would be called the same.
    let is_own = |entry: &Entry| entry.key.folded == entry.slug;
    taken.extend(entries.iter().filter(|entry| is_own(entry)).map(|entry| entry.slug.as_str()));
    for (index, entry) in entries.iter().enumerate() {
        let first = *first_of.entry(&entry.key.folded).or_insert(index);
        if first != index {
            diagnostics.push(
                Diagnostic::new(Code::DUPLICATE_ID, entry.head(), format!("the id `{}` is given twice", entry.id))
                    .label("this one keeps its page under its path")
                    .help("give one of the two another `id`, or rename its file")
                    .related(entries[first].head(), "references mean this one"),
            );
            later.push((index, Some(entries[first].path().to_owned())));
        } else if !taken.insert(&entry.slug) && !is_own(entry) {
            later.push((index, None));
        }
    }
    let mut taken: HashSet<String> =
        if later.is_empty() { HashSet::new() } else { taken.into_iter().map(str::to_owned).collect() };
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let mut other = |(index, shadowed_by): (usize, Option<String>)| {
        let entry: &Entry = entries[index];
        let path = entry.path().rsplit_once('.').map_or(entry.path(), |(path, _)| path);
        let plain = format!("{}-{}", slug(&entry.id), slug(path));
        // Paths that differ in signs alone have one slug: what was taken once stays taken.
        let number = numbers.entry(plain.clone()).or_insert(1_usize);
        let mut slug = plain.clone();
        while !taken.insert(slug.clone()) {
            *number += 1;
            slug = format!("{plain}-{number}");
        }
        (order[index], Other { slug, shadowed_by })
    };
    later.into_iter().map(&mut other).collect()
}
