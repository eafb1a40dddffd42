//! The five relations and their inverses: serves theme, parent and child, depends on and blocks, relates, supersedes.

use crate::config::{Config, Kind};
use crate::diagnostic::{Code, Diagnostic};
use crate::id::{IdVec, ItemId, ThemeId};
use crate::plan::{DependencyText, Item, Plan, Text};

use super::Dependency;
use super::alias_rule::{self, Unknown};
use super::meaning::Meaning;
use super::symbols::{IdSearch, SymbolTable};
use super::target::Target;
use crate::nearest::{NOT_SOUGHT, Suggestion};
use crate::source::Span;

/// What an item refers to, and what refers to it.
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// The themes it serves.
    pub themes: Vec<ThemeId>,
    /// The item it is a part of.
    pub parent: Option<ItemId>,
    /// Its parts, by path.
    pub children: Vec<ItemId>,
    /// What it waits for, as given by either side; each item once.
    pub depends_on: Vec<Dependency>,
    /// What waits for it, by path.
    pub unblocks: Vec<ItemId>,
    /// Items that have to do with it, as given by either side.
    pub relates: Vec<ItemId>,
    /// Items that it replaces.
    pub supersedes: Vec<ItemId>,
    /// Items that replace it.
    pub superseded_by: Vec<ItemId>,
    /// Dependencies that look like references and match no item: it waits for them, too.
    pub missing: Vec<Text>,
    /// What its author says of each of these; empty for nothing.
    pub missing_remarks: Vec<String>,
    /// What it waits for outside of the plan, in its author's words: sentences, and addresses elsewhere.
    pub waits_for: Vec<Text>,
    /// What waits for it outside of the plan, in its author's words.
    pub unblocks_outside: Vec<Text>,
    /// Relations to what is not an item: files and addresses. Shown as they are.
    pub see_also: Vec<Text>,
    /// Every reference of its file, in the order in which the fields are read, with what became of it.
    pub references: Vec<Reference>,
}

/// A reference in a field of an item's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The field.
    pub field: &'static str,
    /// Where the name stands, in [`crate::plan::Entry::location`]'s terms.
    pub span: Span,
    /// What it means; none where it matches nothing, or several things.
    pub target: Option<Target>,
}

impl Links {
    /// The items that it waits for.
    pub fn needs(&self) -> impl Iterator<Item = ItemId> + Clone {
        self.depends_on.iter().map(|dependency| dependency.on)
    }
}

/// Resolves what the fields of items name.
pub(super) fn relations(
    plan: &Plan,
    config: &Config,
    symbols: &SymbolTable,
    diagnostics: &mut Vec<Diagnostic>,
) -> IdVec<ItemId, Links> {
    let items = IdVec::filled(Links::default(), plan.items.len());
    let mut resolver =
        Resolver { plan, config, symbols, diagnostics, items, search: IdSearch::default(), unknown: Vec::new() };
    for (id, item) in plan.items.enumerate() {
        resolver.dependencies(id, item);
        resolver.themes(id, item);
        resolver.family(id, item);
        resolver.others(id, item);
    }
    let Resolver { mut items, unknown, .. } = resolver;
    alias_rule::propose(plan, config, symbols, &items, &unknown, diagnostics);
    parent_cycles(plan, &mut items, diagnostics);
    for id in plan.items.ids() {
        if let Some(parent) = items[id].parent {
            items[parent].children.push(id);
        }
        let depends_on = &mut items[id].depends_on;
        depends_on.sort_by_key(|dependency| dependency.on);
        depends_on.dedup_by_key(|dependency| dependency.on);
        for on in items[id].needs().collect::<Vec<ItemId>>() {
            items[on].unblocks.push(id);
        }
    }
    for item in &mut items {
        for list in [&mut item.relates, &mut item.supersedes, &mut item.superseded_by] {
            list.sort_unstable();
            list.dedup();
        }
    }
    items
}

struct Resolver<'a> {
    plan: &'a Plan,
    config: &'a Config,
    symbols: &'a SymbolTable,
    diagnostics: &'a mut Vec<Diagnostic>,
    items: IdVec<ItemId, Links>,
    search: IdSearch,
    /// References to items that match nothing.
    unknown: Vec<Unknown>,
}

impl Resolver<'_> {
    fn dependencies(&mut self, id: ItemId, item: &Item) {
        for text in &item.depends_on {
            match self.meaning(id, "depends_on", text) {
                Stated::Items(others, reason) => {
                    for on in others {
                        let dependency =
                            Dependency { on, declared_in: id, span: text.name.span, reason: reason.clone() };
                        self.items[id].depends_on.push(dependency);
                    }
                }
                Stated::Outside(words) => self.items[id].waits_for.push(words),
                Stated::Unknown => {
                    self.items[id].missing.push(text.name.clone());
                    self.items[id].missing_remarks.push(text.remark.clone());
                }
            }
        }
        for text in &item.blocks {
            match self.meaning(id, "blocks", text) {
                Stated::Items(others, reason) => {
                    for other in others {
                        let dependency =
                            Dependency { on: id, declared_in: id, span: text.name.span, reason: reason.clone() };
                        self.items[other].depends_on.push(dependency);
                    }
                }
                Stated::Outside(words) => self.items[id].unblocks_outside.push(words),
                // The name is reported; what its author says of it is not in the finding.
                Stated::Unknown if text.remark.is_empty() => {}
                Stated::Unknown => {
                    self.items[id].unblocks_outside.push(Text::new(text.words.clone(), text.name.span));
                }
            }
        }
    }

    /// What an entry of a field means for the item; says where it means nothing.
    fn meaning(&mut self, id: ItemId, field: &'static str, text: &DependencyText) -> Stated {
        let item = &self.plan.items[id];
        let meaning = self.symbols.meaning(text, &item.entry, self.config, &mut self.search);
        let things = match &meaning {
            Meaning::Things(things, _) => things.as_slice(),
            Meaning::Outside | Meaning::Unknown => &[],
        };
        let targets = things.iter().copied().map(Some).chain(things.is_empty().then_some(None));
        let reference = |target| Reference { field, span: text.name.span, target };
        self.items[id].references.extend(targets.map(reference));
        match meaning {
            Meaning::Things(things, reason) => {
                let is_item = |target: &Target| match target {
                    Target::Item(item) => Ok(*item),
                    other => Err(other.kind()),
                };
                match things.iter().map(is_item).collect() {
                    Ok(items) => return Stated::Items(items, reason),
                    Err(kind) => self.wrong(item, &text.name, field, kind, Kind::Item),
                }
            }
            Meaning::Outside => return Stated::Outside(Text::new(text.words.clone(), text.name.span)),
            Meaning::Unknown => self.unknown(id, &text.name, field, Code::UNKNOWN_DEPENDENCY, Kind::Item),
        }
        Stated::Unknown
    }

    fn themes(&mut self, id: ItemId, item: &Item) {
        for text in &item.themes {
            let target = self.symbols.named(&text.value, Kind::Theme, &item.entry, self.config);
            self.items[id].references.push(Reference { field: "theme", span: text.span, target });
            match target {
                Some(Target::Theme(theme)) => {
                    let themes = &mut self.items[id].themes;
                    if !themes.contains(&theme) {
                        themes.push(theme);
                    }
                }
                Some(other) => self.wrong(item, text, "theme", other.kind(), Kind::Theme),
                // A plan without theme files names its themes in the items alone.
                None if self.plan.themes.is_empty() => {}
                None => self.unknown(id, text, "theme", Code::UNKNOWN_REFERENCE, Kind::Theme),
            }
        }
    }

    fn family(&mut self, id: ItemId, item: &Item) {
        let Some(text) = &item.parent else { return };
        match self.find(id, "parent", text) {
            Found::Item { id: parent, .. } => self.items[id].parent = Some(parent),
            Found::Prose | Found::Nothing => self.unknown(id, text, "parent", Code::UNKNOWN_REFERENCE, Kind::Item),
            Found::Wrong(kind) => self.wrong(item, text, "parent", kind, Kind::Item),
        }
    }

    fn others(&mut self, id: ItemId, item: &Item) {
        for (field, list) in
            [("relates", &item.relates), ("supersedes", &item.supersedes), ("superseded_by", &item.superseded_by)]
        {
            for text in list {
                let other = match self.find(id, field, text) {
                    Found::Item { id: other, .. } if other == id => continue,
                    Found::Item { id: other, is_within } => {
                        // What the words say beside the name is not lost.
                        self.items[id].see_also.extend(is_within.then(|| text.clone()));
                        other
                    }
                    Found::Wrong(kind) => {
                        self.wrong(item, text, field, kind, Kind::Item);
                        continue;
                    }
                    Found::Prose => {
                        self.items[id].see_also.push(text.clone());
                        continue;
                    }
                    Found::Nothing if is_file(&text.value) => {
                        self.items[id].see_also.push(text.clone());
                        continue;
                    }
                    Found::Nothing => {
                        self.unknown(id, text, field, Code::UNKNOWN_REFERENCE, Kind::Item);
                        continue;
                    }
                };
                let (here, there) = (id, other);
                match field {
                    "relates" => {
                        self.items[here].relates.push(other);
                        self.items[there].relates.push(id);
                    }
                    "supersedes" => {
                        self.items[here].supersedes.push(other);
                        self.items[there].superseded_by.push(id);
                    }
                    _ => {
                        self.items[here].superseded_by.push(other);
                        self.items[there].supersedes.push(id);
                    }
                }
            }
        }
    }

    fn find(&mut self, id: ItemId, field: &'static str, text: &Text) -> Found {
        let from = &self.plan.items[id].entry;
        let within =
            || self.symbols.within(&text.value, from, self.config).and_then(|(things, _)| things.first().copied());
        let (target, is_within) = match self.symbols.named(&text.value, Kind::Item, from, self.config) {
            Some(target) => (Some(target), false),
            None => (within(), true),
        };
        self.items[id].references.push(Reference { field, span: text.span, target });
        match target {
            Some(Target::Item(id)) => Found::Item { id, is_within },
            Some(other) => Found::Wrong(other.kind()),
            None if is_prose(&text.value) => Found::Prose,
            None => Found::Nothing,
        }
    }

    fn unknown(&mut self, from: ItemId, text: &Text, field: &'static str, code: Code, kind: Kind) {
        let item = &self.plan.items[from];
        let name = &text.value;
        let what = kind.word();
        let candidates = self.symbols.ambiguous(name, kind);
        if !candidates.is_empty() {
            let entries = || candidates.iter().filter_map(|target| target.entry(self.plan));
            let ids: Vec<String> = entries().take(MAX_CANDIDATES).map(|entry| format!("`{}`", entry.id)).collect();
            let message = format!("`{field}` names `{name}`, which fits {} {what}s", candidates.len());
            let diagnostic = Diagnostic::new(Code::AMBIGUOUS_REFERENCE, item.entry.location(text.span), message)
                .help(format!("write the whole id: {}", ids.join(" or ")));
            let places = entries().take(MAX_PLACES).map(|entry| (entry.head(), format!("it may be `{}`", entry.id)));
            self.diagnostics.push(places.fold(diagnostic, |diagnostic, (at, words)| diagnostic.related(at, words)));
            return;
        }
        let mut diagnostic = Diagnostic::new(
            code,
            item.entry.location(text.span),
            format!("`{field}` names `{name}`, and no {what} has that id"),
        );
        let suggestion = match self.symbols.nearest(name, kind, &mut self.search) {
            Suggestion::Nothing if name.contains(' ') => self.symbols.nearest_title(name, kind, &mut self.search),
            suggestion => suggestion,
        };
        if let Suggestion::Near(nearest) = suggestion {
            diagnostic = diagnostic.help(format!("did you mean `{nearest}`?"));
        } else if suggestion == Suggestion::NotSought {
            diagnostic = diagnostic.help(NOT_SOUGHT);
        } else if kind == Kind::Item {
            diagnostic = diagnostic.help("write the id of an item, or drop the line");
        }
        if kind == Kind::Item {
            self.unknown.push(Unknown { from, field, name: name.clone(), diagnostic: self.diagnostics.len() });
        }
        self.diagnostics.push(diagnostic);
    }

    fn wrong(&mut self, item: &Item, text: &Text, field: &str, is: Kind, wanted: Kind) {
        let article = if is == Kind::Item { "an" } else { "a" };
        let message =
            format!("`{field}` names `{}`, which is {article} {} and no {}", text.value, is.word(), wanted.word());
        self.diagnostics.push(Diagnostic::new(Code::WRONG_KIND, item.entry.location(text.span), message));
    }
}

/// Ids that a finding names of those that a reference fits, and places that it shows.
const MAX_CANDIDATES: usize = 5;
const MAX_PLACES: usize = 2;

/// What an entry of `depends_on` or `blocks` states.
enum Stated {
    /// Items, and what is said of them beside their names.
    Items(Vec<ItemId>, String),
    /// Something outside of the plan, in words.
    Outside(Text),
    /// Nothing that is known, as was said.
    Unknown,
}

enum Found {
    Item {
        id: ItemId,
        /// Whether its name is only a part of the words.
        is_within: bool,
    },
    Wrong(Kind),
    /// A sentence, not a name.
    Prose,
    Nothing,
}

/// Whether a dependency that matches nothing was meant as words: a name has no spaces, or is a single word with a number.
fn is_prose(text: &str) -> bool {
    text.split_whitespace().count() > 2 || text.starts_with("http://") || text.starts_with("https://")
}

/// Whether a relation names a file of the repository that is not part of the plan.
fn is_file(text: &str) -> bool {
    text.contains('/') && !text.ends_with(".md")
}

/// An item that is its own ancestor has no place in a tree: the link that closes the cycle is dropped and reported.
fn parent_cycles(plan: &Plan, items: &mut IdVec<ItemId, Links>, diagnostics: &mut Vec<Diagnostic>) {
    // The walk in which each item was first seen, by the item where it began.
    let mut seen: IdVec<ItemId, Option<ItemId>> = IdVec::filled(None, items.len());
    for start in plan.items.ids() {
        let mut id = start;
        while seen[id].is_none() {
            seen[id] = Some(start);
            let Some(parent) = items[id].parent else { break };
            if seen[parent] == Some(start) {
                items[id].parent = None;
                let entry = &plan.items[id].entry;
                let span = plan.items[id].parent.as_ref().map(|text| text.span).unwrap_or_default();
                let message = format!("`{}` is its own ancestor", entry.id);
                diagnostics.push(
                    Diagnostic::new(Code::PARENT_CYCLE, entry.location(span), message).help(
                        "drop one of the `parent` lines: an item is a part of a larger one, never of its own part",
                    ),
                );
                break;
            }
            id = parent;
        }
    }
}
