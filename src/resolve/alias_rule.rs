//! The one rule that most unknown references of a collection need: a prefix that was renamed, zeros that came or went, a folder before
//! the id, an ending behind it. It is proposed once, and only after it was applied.

use std::collections::{BTreeMap, HashMap};

use super::paths::file_stem;
use super::symbols::SymbolTable;
use super::target::Target;
use super::{Links, graph};
use crate::config::{Alias, Config, Kind};
use crate::diagnostic::Diagnostic;
use crate::id::{Id as _, IdVec, ItemId};
use crate::name::folded;
use crate::plan::{Item, Plan, spelled};
use crate::text::count;

/// A reference that matches nothing.
pub(super) struct Unknown {
    /// Whose file has it.
    pub(super) from: ItemId,
    /// The field.
    pub(super) field: &'static str,
    /// What it says.
    pub(super) name: String,
    /// Its finding.
    pub(super) diagnostic: usize,
}

/// Rules that are tried for a collection: those that may explain most.
const MAX_TRIED: usize = 5;
/// Prefixes of ids that one core is looked for behind.
const MAX_PREFIXES: usize = 8;

/// Proposes a rule for each collection of which it fixes most unknown references, more than one: in the help of the first that it fixes. The
/// others that it fixes point there.
pub(super) fn propose(
    plan: &Plan,
    config: &Config,
    symbols: &SymbolTable,
    links: &IdVec<ItemId, Links>,
    unknown: &[Unknown],
    diagnostics: &mut [Diagnostic],
) {
    let mut collections: BTreeMap<usize, Vec<&Unknown>> = BTreeMap::new();
    for reference in unknown {
        collections.entry(plan.items[reference.from].entry.collection).or_default().push(reference);
    }
    collections.retain(|_, all| all.len() > 1);
    if collections.is_empty() {
        return;
    }
    let ids = Ids::new(plan);
    for (collection, all) in collections {
        let Some((alias, fixed)) = rule(plan, config, symbols, (&ids, links), collection, &all) else { continue };
        let pattern = config.collections[collection].include.written().next().unwrap_or_default();
        let first = fixed[0];
        let (many, of) = (fixed.len(), count(all.len(), "unknown reference"));
        diagnostics[first.diagnostic].help = Some(format!(
            "for the collection of `{pattern}`, this in roadbook.yml fixes {many} of its {of}: `aliases: [{alias}]`"
        ));
        for other in &fixed[1..] {
            let help = format!("the rule that is proposed for `{}` fixes this, too", first.name);
            diagnostics[other.diagnostic].help = Some(help);
        }
    }
}

/// The rule that fixes most of a collection's unknown references, where one does, and which it fixes.
fn rule<'a>(
    plan: &Plan,
    config: &Config,
    symbols: &SymbolTable,
    (ids, links): (&Ids<'_>, &IdVec<ItemId, Links>),
    collection: usize,
    all: &[&'a Unknown],
) -> Option<(Alias, Vec<&'a Unknown>)> {
    let mut shapes: BTreeMap<Shape<'_>, usize> = BTreeMap::new();
    for reference in all {
        for (before, core, after) in splits(&reference.name) {
            for (zeros, core) in [(false, core), (true, core.trim_start_matches('0'))] {
                let is_other = core.starts_with(|c: char| c.is_ascii_digit()) || !zeros;
                let prefixes = ids.cores.get(&folded(core)).filter(|_| is_other).map_or(&[][..], Vec::as_slice);
                for &to in prefixes.iter().filter(|to| zeros || **to != before || !after.is_empty()) {
                    *shapes.entry((before.to_lowercase(), zeros, after.to_lowercase(), to)).or_default() += 1;
                }
            }
        }
    }
    let mut shapes: Vec<(Shape<'_>, usize)> = shapes.into_iter().filter(|(_, many)| many * 2 > all.len()).collect();
    shapes.sort_by_key(|((before, zeros, after, _), many)| (usize::MAX - many, *zeros, before.len() + after.len()));
    let mut best: Option<(Alias, Vec<&Unknown>)> = None;
    for ((before, zeros, after, to), _) in shapes.into_iter().take(MAX_TRIED) {
        let Some(alias) = Alias::of_affixes(&before, zeros, &after, to) else { continue };
        let mut with_rule = config.clone();
        with_rule.collections[collection].aliases.push(alias.clone());
        if !keeps_meaning(plan, [config, &with_rule], symbols, collection, &alias) {
            continue;
        }
        let of = |reference: &&'a Unknown| {
            let from = &plan.items[reference.from].entry;
            match symbols.named(&reference.name, Kind::Item, from, &with_rule) {
                Some(Target::Item(to)) => Some((*reference, to)),
                _ => None,
            }
        };
        let fixed: Vec<(&Unknown, ItemId)> = all.iter().filter_map(of).collect();
        if closes_cycle(links, &fixed) {
            continue;
        }
        let fixed: Vec<&Unknown> = fixed.into_iter().map(|(reference, _)| reference).collect();
        if fixed.len() * 2 > all.len() && best.as_ref().is_none_or(|(_, most)| fixed.len() > most.len()) {
            best = Some((alias, fixed));
        }
    }
    best
}

/// Whether references, once they mean these items, make an item name itself, or close a cycle of parents or of dependencies.
fn closes_cycle(links: &IdVec<ItemId, Links>, fixed: &[(&Unknown, ItemId)]) -> bool {
    let mut parents: Vec<Vec<ItemId>> = links.iter().map(|item| item.parent.into_iter().collect()).collect();
    let mut needs: Vec<Vec<ItemId>> = links.iter().map(|item| item.needs().collect()).collect();
    let (mut of_parents, mut of_needs) = (Vec::new(), Vec::new());
    for (reference, to) in fixed {
        let (from, to) = if reference.field == "blocks" { (*to, reference.from) } else { (reference.from, *to) };
        if from == to {
            return true;
        }
        let (lists, edges) = match reference.field {
            "parent" => (&mut parents, &mut of_parents),
            "depends_on" | "blocks" => (&mut needs, &mut of_needs),
            _ => continue,
        };
        lists[from.index()].push(to);
        edges.push((from, to));
    }
    let closes = |lists: &[Vec<ItemId>], edges: &[(ItemId, ItemId)]| {
        let components = graph::components(lists);
        edges.iter().any(|(from, to)| components.of(*from) == components.of(*to))
    };
    !of_parents.is_empty() && closes(&parents, &of_parents) || !of_needs.is_empty() && closes(&needs, &of_needs)
}

/// What a rule takes away before and behind, whether zeros go, and what it puts in place.
type Shape<'a> = (String, bool, String, &'a str);

/// Whether all that a collection's files say so far means the same with the rule: their ids, and what they refer to.
fn keeps_meaning(
    plan: &Plan,
    [before, after]: [&Config; 2],
    symbols: &SymbolTable,
    collection: usize,
    alias: &Alias,
) -> bool {
    let is_same = |item: &Item| {
        let entry = &item.entry;
        let is_same_id =
            |id: &str| spelled(&before.collections[collection], id) == spelled(&after.collections[collection], id);
        let is_same_reference = |name: &str, kind: Kind| {
            let [was, is] = [before, after].map(|config| symbols.named(name, kind, entry, config));
            alias.apply(name.trim()).is_none() || was.is_none() || was == is
        };
        let entries = [symbols.entries(&item.depends_on, true), symbols.entries(&item.blocks, false)];
        let items = entries.iter().flatten().map(|one| one.head().name);
        let relations = [&item.relates, &item.supersedes, &item.superseded_by].into_iter().flatten();
        let mut items = items.chain(relations.chain(&item.parent).map(|text| text.value.as_str()));
        is_same_id(&entry.id)
            && is_same_id(file_stem(entry.path()))
            && items.all(|name| is_same_reference(name, Kind::Item))
            && item.themes.iter().all(|text| is_same_reference(&text.value, Kind::Theme))
    };
    plan.items.iter().filter(|item| item.entry.collection == collection).all(|item| is_same(item))
}

/// The ids of items by what is left of them without the letters before a number.
struct Ids<'a> {
    cores: HashMap<String, Vec<&'a str>>,
}

impl<'a> Ids<'a> {
    fn new(plan: &'a Plan) -> Ids<'a> {
        let mut cores: HashMap<String, Vec<&str>> = HashMap::with_capacity(plan.items.len() * 2);
        for item in &plan.items {
            let id = item.entry.id.as_str();
            for prefix in std::iter::once("").chain(before_number(id)) {
                let core = &id[prefix.len()..];
                for core in [core, core.trim_start_matches('0')].into_iter().filter(|core| !core.is_empty()) {
                    let prefixes = cores.entry(folded(core)).or_default();
                    if prefixes.len() < MAX_PREFIXES && !prefixes.contains(&prefix) {
                        prefixes.push(prefix);
                    }
                }
            }
        }
        Ids { cores }
    }
}

/// What stands before the first number of a name.
fn before_number(name: &str) -> Option<&str> {
    let digit = name.find(|c: char| c.is_ascii_digit())?;
    Some(&name[..digit]).filter(|prefix| !prefix.is_empty())
}

/// The ways to take something away before and behind the core of a name.
fn splits(name: &str) -> Vec<(&str, &str, &str)> {
    let up_to = |sign: char| name.find(sign).map(|end| &name[..=end]);
    let folder = name.rfind('/').map(|end| &name[..=end]);
    let mut heads = vec![Some(""), folder, before_number(name), up_to('-'), up_to('_'), up_to(':'), up_to('.')];
    heads.sort_unstable();
    heads.dedup();
    let digits = name.rfind(|c: char| c.is_ascii_digit()).map(|last| &name[last + 1..]);
    let ending = |sign: char| name.rfind(sign).map(|start| &name[start..]);
    let mut tails = vec![Some(""), digits, ending('.'), ending('-'), ending('_')];
    tails.sort_unstable();
    tails.dedup();
    let mut splits = Vec::new();
    for head in heads.into_iter().flatten() {
        for tail in tails.iter().flatten() {
            let core = name.get(head.len()..name.len() - tail.len()).unwrap_or_default();
            if core.contains(char::is_alphanumeric) {
                splits.push((head, core, *tail));
            }
        }
    }
    splits
}
