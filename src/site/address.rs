//! Addresses: the path of every page from the site's root. They come from ids alone, and never move when another file changes.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::id::ItemId;
use crate::name;
use crate::plan::{self, Item};
use crate::resolve::{MAX_PAGES_OF_FIELD, Roadmap, Target, natural};

/// Most rows on one page of the backlog: a plain table of more reads and filters badly.
pub(super) const ROWS: usize = 1000;

/// What items have in common that has a page of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum GroupKind {
    Milestone,
    Owner,
    Tag,
}

impl GroupKind {
    pub(super) const ALL: [GroupKind; 3] = [GroupKind::Milestone, GroupKind::Owner, GroupKind::Tag];

    /// The folder of its pages; the page of all of them is beside it.
    pub(super) fn folder(self) -> &'static str {
        match self {
            GroupKind::Milestone => "milestones",
            GroupKind::Owner => "owners",
            GroupKind::Tag => "tags",
        }
    }

    /// What one is called.
    pub(super) fn label(self) -> &'static str {
        match self {
            GroupKind::Milestone => "Milestone",
            GroupKind::Owner => "Owner",
            GroupKind::Tag => "Tag",
        }
    }

    /// The template of one.
    pub(super) fn template(self) -> &'static str {
        match self {
            GroupKind::Milestone => "milestone.html",
            GroupKind::Owner => "owner.html",
            GroupKind::Tag => "tag.html",
        }
    }

    /// The kind whose pages a property's words lead to.
    pub(super) fn of_property(key: &str) -> Option<GroupKind> {
        match key {
            "milestone" => Some(GroupKind::Milestone),
            "owners" => Some(GroupKind::Owner),
            "tags" => Some(GroupKind::Tag),
            _ => None,
        }
    }

    /// The words of an item that name its groups of this kind, and those beyond the number that have pages.
    pub(super) fn words(self, item: &Item) -> (&[String], &[String]) {
        let words = match self {
            GroupKind::Milestone if item.milestone.is_empty() => &[],
            GroupKind::Milestone => std::slice::from_ref(&item.milestone),
            GroupKind::Owner => item.owners.as_slice(),
            GroupKind::Tag => item.tags.as_slice(),
        };
        words.split_at(words.len().min(MAX_PAGES_OF_FIELD))
    }

    /// What makes a word the name of a group: with or without the sign that says of which kind it is, `@ana` and `#ui`.
    fn key(self, word: &str) -> (String, String) {
        let bare = match self {
            GroupKind::Milestone => None,
            GroupKind::Owner => word.trim_start().strip_prefix('@'),
            GroupKind::Tag => word.trim_start().strip_prefix('#'),
        };
        (name::address(word), name::signs(bare.unwrap_or(word)))
    }
}

/// A tag, an owner or a milestone: what to call it, and its items: ranked ones in order, then the others by path.
#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    pub(super) title: String,
    pub(super) items: Vec<ItemId>,
}

/// The address of a page of the backlog.
pub(super) fn backlog(page: usize) -> String {
    if page == 0 { "backlog.html".to_owned() } else { format!("backlog-{}.html", page + 1) }
}

/// The address of a page's view without navigation, for other sites to embed.
pub(super) fn embed(page: &str) -> String {
    format!("embed/{page}")
}

/// The address of the page of all tags, owners or milestones.
pub(super) fn groups_of(kind: GroupKind) -> String {
    format!("{}.html", kind.folder())
}

/// All groups of a kind.
#[derive(Debug)]
pub(super) struct Groups {
    kind: GroupKind,
    /// By slug.
    pub(super) by_slug: BTreeMap<String, Group>,
    /// The slugs of those that share the address of their name with another, by their keys.
    others: BTreeMap<(String, String), String>,
}

impl Groups {
    /// The slug of the group that a word names.
    fn slug(&self, word: &str) -> String {
        let other = if self.others.is_empty() { None } else { self.others.get(&self.kind.key(word)).cloned() };
        other.unwrap_or_else(|| name::address(word))
    }

    /// The address of the group that a word names.
    pub(super) fn address(&self, word: &str) -> String {
        self.address_of(&self.slug(word))
    }

    /// The address of the group with a slug.
    pub(super) fn address_of(&self, slug: &str) -> String {
        format!("{}/{slug}.html", self.kind.folder())
    }

    /// Whether a word names a group.
    pub(super) fn has(&self, word: &str) -> bool {
        let group = self.by_slug.get(&self.slug(word));
        group.is_some_and(|group| self.kind.key(&group.title) == self.kind.key(word))
    }
}

/// Groups items by the words that name their groups. Of words that have one address, and are two names, one keeps it.
pub(super) fn groups(roadmap: &Roadmap, kind: GroupKind) -> Groups {
    // Many items share few words, so each word is looked up once.
    let mut known: HashMap<&str, usize> = HashMap::new();
    let mut keys: HashMap<(String, String), usize> = HashMap::new();
    let mut groups: Vec<Group> = Vec::new();
    let ranked = roadmap.order.iter().copied();
    let others = roadmap.items.ids().filter(|&index| roadmap.items[index].rank.is_none());
    for index in ranked.chain(others) {
        for word in kind.words(&roadmap.plan.items[index]).0 {
            let group = *known.entry(word).or_insert_with(|| {
                let group = *keys.entry(kind.key(word)).or_insert(groups.len());
                if group == groups.len() {
                    groups.push(Group::default());
                }
                let title = &mut groups[group].title;
                // The spelling does not depend on the order of the files.
                if title.is_empty() || word < title {
                    title.clone_from(word);
                }
                group
            });
            let items = &mut groups[group].items;
            if items.last() != Some(&index) {
                items.push(index);
            }
        }
    }
    let mut all = Groups { kind, by_slug: BTreeMap::new(), others: BTreeMap::new() };
    let mut later = Vec::new();
    // As of ids, a name that is spelled as its address keeps it; of others, whatever the files, the first.
    groups.sort_by_cached_key(|group| {
        let (address, signs) = kind.key(&group.title);
        (address != signs, natural(&group.title), group.title.clone())
    });
    for group in groups {
        match all.by_slug.entry(name::address(&group.title)) {
            Entry::Vacant(free) => _ = free.insert(group),
            Entry::Occupied(_) => later.push(group),
        }
    }
    for group in later {
        let slugs = (0..).map(|nth| name::address_beside(&group.title, nth));
        let Some(slug) = slugs.into_iter().find(|slug| !all.by_slug.contains_key(slug)) else { continue };
        all.others.insert(kind.key(&group.title), slug.clone());
        all.by_slug.insert(slug, group);
    }
    all
}

/// What has another address today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Moved {
    Thing(Target),
    /// By its address, with its title.
    Group(String, String),
}

impl Moved {
    /// The address of today.
    pub(super) fn address(&self, roadmap: &Roadmap) -> String {
        match self {
            Moved::Thing(target) => target.address(&roadmap.plan),
            Moved::Group(address, _) => address.clone(),
        }
    }
}

/// Old addresses, where nothing has them now: those of aliases, and those that names had by an earlier rule.
pub(super) fn redirects(
    roadmap: &Roadmap,
    groups: &[&Groups; GroupKind::ALL.len()],
    is_taken: &dyn Fn(&str) -> bool,
) -> Vec<(String, Moved)> {
    let mut redirects = Vec::new();
    let mut seen = BTreeSet::new();
    let mut add = |folder: &str, name: &str, to: Moved| {
        let address = format!("{folder}/{name}.html");
        if !is_taken(&address) && seen.insert(address.clone()) {
            redirects.push((address, to));
        }
    };
    let plan = &roadmap.plan;
    let items = plan.items.enumerate().map(|(id, item)| (&item.entry, Target::Item(id), "items"));
    let themes = plan.themes.enumerate().map(|(id, theme)| (&theme.entry, Target::Theme(id), "themes"));
    let pages = plan.pages.enumerate().map(|(id, page)| (&page.entry, Target::Page(id), "pages"));
    let things: Vec<(&plan::Entry, Target, &str)> = items.chain(themes).chain(pages).collect();
    for (entry, target, folder) in &things {
        let aliases = entry.aliases.iter().take(MAX_PAGES_OF_FIELD);
        aliases.for_each(|alias| add(folder, &name::address(&alias.value), Moved::Thing(*target)));
    }
    for (entry, target, folder) in things {
        name::old_address(&entry.id).into_iter().for_each(|old| add(folder, &old, Moved::Thing(target)));
    }
    for groups in groups {
        for (slug, group) in &groups.by_slug {
            let to = || Moved::Group(groups.address_of(slug), group.title.clone());
            name::old_address(&group.title).into_iter().for_each(|old| add(groups.kind.folder(), &old, to()));
        }
    }
    redirects
}

/// A path as it stands in an address.
pub fn percent_encoded(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            const HEX: &[u8; 16] = b"0123456789ABCDEF";
            encoded.push('%');
            encoded.push(char::from(HEX[usize::from(byte >> 4)]));
            encoded.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
    encoded
}
