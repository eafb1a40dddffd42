//! The five relations and their inverses: serves theme, parent and child, depends on and blocks, relates, supersedes.

use std::collections::HashSet;

use crate::config::{Config, Kind};
use crate::diagnostic::{Code, Diagnostic};
use crate::id::{IdVec, ItemId};
use crate::name::natural_key;
use crate::plan::{Item, Plan, Text};
use crate::source::Span;

use super::Dependency;
use super::alias_rule::{self, Unknown};
use super::ambiguous::ambiguous;
use super::entries::Dependent;
use super::links::{Links, NoItem, Reference};
use super::remarks::is_plain;
use super::symbols::{IdSearch, SymbolTable};
use super::target::Target;
use super::waits::Seen;
use crate::nearest::{NOT_SOUGHT, Suggestion};

/// Resolves what the fields of items name.
pub(super) fn relations(
    plan: &Plan,
    config: &Config,
    symbols: &SymbolTable,
    diagnostics: &mut Vec<Diagnostic>,
) -> IdVec<ItemId, Links> {
    let items = IdVec::filled(Links::default(), plan.items.len());
    let mut resolver = Resolver {
        plan,
        config,
        symbols,
        diagnostics,
        items,
        search: IdSearch::default(),
        unknown: Vec::new(),
        seen: Seen::default(),
    };
    for (id, item) in plan.items.enumerate() {
        resolver.dependencies(id, item);
        resolver.themes(id, item);
        resolver.family(id, item);
        resolver.others(id, item);
    }
    let Resolver { mut items, unknown, .. } = resolver;
    alias_rule::propose(plan, config, symbols, &items, &unknown, diagnostics);
    parent_cycles(plan, &mut items, diagnostics);
    // What others are listed in, as people sort their ids.
    let places = natural_places(plan);
    let mut all: Vec<ItemId> = plan.items.ids().collect();
    all.sort_unstable_by_key(|&id| places[id]);
    for id in all {
        if let Some(parent) = items[id].parent {
            items[parent].children.push(id);
        }
        items[id].depends_on.sort_by_key(|dependency| places[dependency.on]);
        items[id].merge();
        for on in items[id].needs().collect::<Vec<ItemId>>() {
            items[on].unblocks.push(id);
        }
    }
    for item in &mut items {
        for list in [&mut item.relates, &mut item.supersedes, &mut item.superseded_by] {
            list.sort_unstable_by_key(|&id| places[id]);
            list.dedup();
        }
    }
    items
}

/// The place of each item among all where people sort their ids.
fn natural_places(plan: &Plan) -> IdVec<ItemId, u32> {
    let mut sorted: Vec<ItemId> = plan.items.ids().collect();
    sorted.sort_by_cached_key(|&id| natural_key(&plan.items[id].entry.id));
    let mut places = IdVec::filled(0, plan.items.len());
    for (place, id) in (0..).zip(sorted) {
        places[id] = place;
    }
    places
}

pub(super) struct Resolver<'a> {
    pub(super) plan: &'a Plan,
    config: &'a Config,
    symbols: &'a SymbolTable,
    pub(super) diagnostics: &'a mut Vec<Diagnostic>,
    pub(super) items: IdVec<ItemId, Links>,
    search: IdSearch,
    /// References to items that match nothing.
    unknown: Vec<Unknown>,
    /// What was seen in the field at hand.
    pub(super) seen: Seen,
}

impl<'a> Resolver<'a> {
    fn dependencies(&mut self, id: ItemId, item: &'a Item) {
        let mut waits = Vec::new();
        self.seen = Seen::default();
        for one in self.symbols.entries(&item.depends_on, true) {
            let span = one.span(&item.entry);
            let stated = self.meaning(id, "depends_on", &one, span);
            for on in stated.items {
                let reason = stated.remark.clone();
                self.items[id].depends_on.push(Dependency { on, declared_in: id, span, reason });
            }
            for (name, cause) in stated.missing {
                self.missing(id, Text::new(name, span), &stated.remark, cause);
            }
            waits.extend(stated.outside.into_iter().map(|words| Text::new(words, span)));
        }
        self.waits(id, waits);
        self.seen = Seen::default();
        for one in self.symbols.entries(&item.blocks, false) {
            let span = one.span(&item.entry);
            let stated = self.meaning(id, "blocks", &one, span);
            for other in stated.items {
                let reason = stated.remark.clone();
                let dependency = Dependency { on: id, declared_in: id, span, reason };
                self.items[other].depends_on.push(dependency);
            }
            self.slips(id, &one, &stated.outside);
            // A name is reported; what its author says of it is not in the finding.
            let is_said = !stated.missing.is_empty() && !stated.remark.is_empty();
            let words = stated.outside.into_iter().chain(is_said.then(|| one.words().to_owned()));
            self.items[id].unblocks_outside.extend(words.map(|words| Text::new(words, span)));
        }
    }

    /// Reports what is near to a name at the beginning of words that are waiting for the item: nobody would wait.
    fn slips(&mut self, id: ItemId, one: &Dependent<'_>, outside: &[String]) {
        let entry = &self.plan.items[id].entry;
        for words in
            outside.iter().flat_map(|words| words.split([',', ';', '+', '&'])).flat_map(|part| part.split(" and "))
        {
            let first = words.split_whitespace().next().unwrap_or_default();
            let name = first.trim_matches(|c: char| !c.is_alphanumeric());
            let is_word = is_plain(name, &HashSet::new()) || self.symbols.by_id(name, Kind::Item).is_some();
            if !is_word && self.symbols.nearest(name, Kind::Item, &mut self.search).near().is_some() {
                let text = Text::new(name.to_owned(), one.span(entry));
                self.unknown(id, &text, "blocks", Code::UNKNOWN_DEPENDENCY, Kind::Item);
            }
        }
    }

    /// What an entry of a field means for the item; says where a name means nothing.
    fn meaning(&mut self, id: ItemId, field: &'static str, one: &Dependent<'_>, span: Span) -> Stated {
        let item = &self.plan.items[id];
        let meaning = self.symbols.meaning(one, &item.entry, self.config, &mut self.search);
        let mut references: Vec<Option<Target>> = meaning.things.iter().copied().map(Some).collect();
        let items = meaning.things.into_iter().filter_map(|thing| match thing {
            Target::Item(item) => Some(item),
            _ => None,
        });
        let (items, mut missing) = (items.collect(), Vec::new());
        for name in meaning.unknown {
            let text = Text::new(name.to_owned(), one.place(name, &item.entry));
            let found = self.symbols.named(&text.value, Kind::Item, &item.entry, self.config);
            references.extend(found.map(Some));
            let cause = match (found.map(Target::kind), self.symbols.ambiguous(&text.value, Kind::Item).len()) {
                (Some(kind), _) if kind != Kind::Item => {
                    self.wrong(item, &text, field, kind, Kind::Item);
                    NoItem::Other(kind)
                }
                (_, several) => {
                    if self.is_news(id, &text) {
                        self.unknown(id, &text, field, Code::UNKNOWN_DEPENDENCY, Kind::Item);
                    }
                    if several > 0 { NoItem::Several(several) } else { NoItem::Unknown }
                }
            };
            missing.push((text.value, cause));
        }
        if references.is_empty() && !(one.text.is_label && missing.is_empty() && meaning.outside.is_empty()) {
            references.push(None);
        }
        let all = references.into_iter().map(|target| Reference { field, span, target });
        self.items[id].references.extend(all);
        Stated { items, missing, outside: meaning.outside, remark: meaning.remark }
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
            Found::Items { ids, .. } => self.items[id].parent = ids.first().copied(),
            Found::Prose | Found::Nothing => self.unknown(id, text, "parent", Code::UNKNOWN_REFERENCE, Kind::Item),
            Found::Wrong(kind) => self.wrong(item, text, "parent", kind, Kind::Item),
        }
    }

    fn others(&mut self, id: ItemId, item: &Item) {
        for (field, list) in
            [("relates", &item.relates), ("supersedes", &item.supersedes), ("superseded_by", &item.superseded_by)]
        {
            for text in list {
                match self.find(id, field, text) {
                    Found::Items { ids, is_within } => {
                        // What the words say beside the names is not lost.
                        self.items[id].see_also.extend(is_within.then(|| text.clone()));
                        ids.into_iter().filter(|&other| other != id).for_each(|other| self.join(id, field, other));
                    }
                    Found::Wrong(kind) => self.wrong(item, text, field, kind, Kind::Item),
                    Found::Prose => self.items[id].see_also.push(text.clone()),
                    Found::Nothing if is_file(&text.value) => self.items[id].see_also.push(text.clone()),
                    Found::Nothing => self.unknown(id, text, field, Code::UNKNOWN_REFERENCE, Kind::Item),
                }
            }
        }
    }

    /// Notes at both ends that an item's field names another.
    fn join(&mut self, here: ItemId, field: &str, there: ItemId) {
        match field {
            "relates" => {
                self.items[here].relates.push(there);
                self.items[there].relates.push(here);
            }
            "supersedes" => {
                self.items[here].supersedes.push(there);
                self.items[there].superseded_by.push(here);
            }
            _ => {
                self.items[here].superseded_by.push(there);
                self.items[there].supersedes.push(here);
            }
        }
    }

    fn find(&mut self, id: ItemId, field: &'static str, text: &Text) -> Found {
        let from = &self.plan.items[id].entry;
        let whole = self.symbols.named(&text.value, Kind::Item, from, self.config);
        let is_within = whole.is_none();
        let things: Vec<Target> = match whole {
            Some(target) => vec![target],
            None => self.symbols.within(&text.value, from, self.config),
        };
        let targets = things.iter().copied().map(Some).chain(things.is_empty().then_some(None));
        self.items[id].references.extend(targets.map(|target| Reference { field, span: text.span, target }));
        let ids = things.iter().map(|thing| match thing {
            Target::Item(id) => Ok(*id),
            other => Err(other.kind()),
        });
        match ids.collect::<Result<Vec<ItemId>, Kind>>() {
            Err(kind) => Found::Wrong(kind),
            Ok(ids) if !ids.is_empty() => Found::Items { ids, is_within },
            Ok(_) if is_prose(&text.value) => Found::Prose,
            Ok(_) => Found::Nothing,
        }
    }

    fn unknown(&mut self, from: ItemId, text: &Text, field: &'static str, code: Code, kind: Kind) {
        let item = &self.plan.items[from];
        let name = &text.value;
        let what = kind.word();
        let candidates = self.symbols.ambiguous(name, kind);
        if !candidates.is_empty() {
            let message = format!("`{field}` names `{name}`, which fits {} {what}s", candidates.len());
            let location = item.entry.location(text.span);
            self.diagnostics.push(ambiguous(self.symbols, self.plan, location, message, &candidates));
            return;
        }
        let mut diagnostic = Diagnostic::new(
            code,
            item.entry.location(text.span),
            format!("`{field}` names `{name}`, and no {what} has that id"),
        );
        if name.contains('/')
            && let [target] = self.symbols.of_file(name.rsplit('/').next().unwrap_or(name), kind).as_slice()
            && let Some(entry) = target.entry(self.plan).filter(|entry| entry.kind == kind)
        {
            diagnostic = diagnostic.help(format!("did you mean `{}`, which is `{}`?", entry.id, entry.path()));
            self.push_unknown(from, field, text, kind, diagnostic);
            return;
        }
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
        self.push_unknown(from, field, text, kind, diagnostic);
    }

    fn push_unknown(&mut self, from: ItemId, field: &'static str, text: &Text, kind: Kind, found: Diagnostic) {
        if kind == Kind::Item {
            self.unknown.push(Unknown { from, field, name: text.value.clone(), diagnostic: self.diagnostics.len() });
        }
        self.diagnostics.push(found);
    }

    fn wrong(&mut self, item: &Item, text: &Text, field: &str, is: Kind, wanted: Kind) {
        let article = if is == Kind::Item { "an" } else { "a" };
        let message =
            format!("`{field}` names `{}`, which is {article} {} and no {}", text.value, is.word(), wanted.word());
        self.diagnostics.push(Diagnostic::new(Code::WRONG_KIND, item.entry.location(text.span), message));
    }
}

/// What an entry of `depends_on` or `blocks` states.
struct Stated {
    items: Vec<ItemId>,
    /// Names that mean no item, as was said.
    missing: Vec<(String, NoItem)>,
    /// What is outside of the plan, in words.
    outside: Vec<String>,
    /// What else the words say.
    remark: String,
}

enum Found {
    Items {
        ids: Vec<ItemId>,
        /// Whether their names are only a part of the words.
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
