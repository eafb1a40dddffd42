//! Outcomes: which items are to bring each of them about, and how far it is.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::id::{IdVec, ItemId, ThemeId};
use crate::name::slug;
use crate::nearest::{NOT_SOUGHT, NameIndex, Near, Search, Sought, Suggestion};
use crate::number::Decimal;
use crate::plan::{Item, Outcome, Plan, Text};
use crate::text::quoted;

use super::{Links, OutcomeId, Resolved, ResolvedOutcome};

/// The outcomes that each item names, among those of the themes it serves; reports names that match none.
pub(super) fn named(
    plan: &Plan,
    links: &IdVec<ItemId, Links>,
    diagnostics: &mut Vec<Diagnostic>,
) -> IdVec<ItemId, Vec<OutcomeId>> {
    let mut names = Names { plan, themes: BTreeMap::new(), search: Search::default() };
    let of = |(item, links): (&Arc<Item>, &Links)| {
        let (mut named, mut once) = (Vec::new(), HashSet::new());
        for text in &item.outcomes {
            match names.find(links, &text.value) {
                Some(found) => named.extend(once.insert(found).then_some(found)),
                None => diagnostics.push(names.unknown(item, links, text)),
            }
        }
        named
    };
    plan.items.iter().zip(links).map(of).collect()
}

/// What is known of each outcome of a theme, which `serving` items serve.
pub(super) fn of_theme(
    theme: ThemeId,
    outcomes: &[Outcome],
    serving: &[ItemId],
    items: &IdVec<ItemId, Resolved>,
) -> Vec<ResolvedOutcome> {
    let mut naming = vec![Vec::new(); outcomes.len()];
    for &item in serving {
        for outcome in items[item].outcomes.iter().filter(|outcome| outcome.theme == theme) {
            naming[outcome.index].push(item);
        }
    }
    let is_any_named = naming.iter().any(|items| !items.is_empty());
    let outcome = |(outcome, naming): (&Outcome, Vec<ItemId>)| ResolvedOutcome {
        items: if is_any_named { naming } else { serving.to_vec() },
        progress: progress(outcome),
    };
    outcomes.iter().zip(naming).map(outcome).collect()
}

/// What outcomes are called, by theme.
struct Names<'a> {
    plan: &'a Plan,
    /// Those of the themes that were asked for.
    themes: BTreeMap<ThemeId, ThemeNames>,
    search: Search,
}

struct ThemeNames {
    /// By the slug of the id and of the metric, the first of each.
    indices: HashMap<String, usize>,
    /// Made when the first name matches none.
    near: Option<(NameIndex, Sought)>,
}

impl Names<'_> {
    fn of(&mut self, theme: ThemeId) -> &mut ThemeNames {
        let plan = self.plan;
        self.themes.entry(theme).or_insert_with(|| {
            let mut indices = HashMap::new();
            for (index, outcome) in plan.themes[theme].outcomes.iter().enumerate() {
                for name in [slug(&outcome.id), slug(&outcome.metric)] {
                    indices.entry(name).or_insert(index);
                }
            }
            ThemeNames { indices, near: None }
        })
    }

    /// The outcome of this name: by its id or its metric, among those of the themes that an item serves.
    fn find(&mut self, links: &Links, name: &str) -> Option<OutcomeId> {
        let wanted = slug(name);
        let index = |&theme: &ThemeId| Some(OutcomeId { theme, index: *self.of(theme).indices.get(&wanted)? });
        links.themes.iter().find_map(index)
    }

    /// The id of the outcome nearest to a name, among those of the themes that an item serves.
    fn nearest(&mut self, links: &Links, name: &str) -> Suggestion<&str> {
        let plan = self.plan;
        let wanted = slug(name);
        let mut nearest: Option<(Near, ThemeId)> = None;
        for &theme in &links.themes {
            let mut search = std::mem::take(&mut self.search);
            let names = self.of(theme);
            let ids = || plan.themes[theme].outcomes.iter().map(|outcome| outcome.id.as_str());
            let (index, sought) = names.near.get_or_insert_with(|| (NameIndex::new(ids()), Sought::new()));
            let found = index.nearest(&wanted, sought, &mut search);
            self.search = search;
            match found {
                Suggestion::Near(near) if nearest.is_none_or(|(nearest, _)| near.distance < nearest.distance) => {
                    nearest = Some((near, theme));
                }
                Suggestion::Near(_) | Suggestion::Nothing => {}
                Suggestion::NotSought => return Suggestion::NotSought,
            }
        }
        nearest.map_or(Suggestion::Nothing, |(near, theme)| {
            Suggestion::Near(plan.themes[theme].outcomes[near.position].id.as_str())
        })
    }

    fn unknown(&mut self, item: &Item, links: &Links, text: &Text) -> Diagnostic {
        let plan = self.plan;
        let ids = || {
            let themes = links.themes.iter().map(|&theme| &plan.themes[theme]);
            themes.flat_map(|theme| &theme.outcomes).map(|outcome| outcome.id.as_str())
        };
        let message = match links.themes.as_slice() {
            [] => format!("`outcomes` names `{}`, and the item serves no theme that could have it", text.value),
            _ => format!("`outcomes` names `{}`, and no theme of the item has such an outcome", text.value),
        };
        let help = match self.nearest(links, &text.value) {
            Suggestion::Near(near) => format!("did you mean `{near}`?"),
            Suggestion::NotSought => NOT_SOUGHT.to_owned(),
            Suggestion::Nothing if links.themes.is_empty() => {
                "give the item the theme whose outcome it is to change".to_owned()
            }
            Suggestion::Nothing if ids().next().is_none() => {
                "write the outcome down under `outcomes` in the theme's file".to_owned()
            }
            Suggestion::Nothing => {
                let known: Vec<String> = ids().take(5).map(quoted).collect();
                format!("the outcomes of its themes are {}", known.join(", "))
            }
        };
        Diagnostic::new(Code::UNKNOWN_REFERENCE, item.entry.location(text.span), message).help(help)
    }
}

/// How much of the way from `baseline` to `target` is behind `current`, in thousandths, whichever direction is better. Never less than
/// nothing, and never more than all.
fn progress(outcome: &Outcome) -> Option<u16> {
    let [from, at, to] = [&outcome.baseline, &outcome.current, &outcome.target].map(|value| leading_number(value));
    let (from, at, to) = (from?, at?, to?);
    let (whole, gone) = if from <= to { (to - from, at - from) } else { (from - to, from - at) };
    let share = i128::from(gone.clamp(0, whole)) * 1000;
    u16::try_from(share.checked_div(i128::from(whole))?).ok()
}

/// The number that a value begins with, in thousandths: `4.5 days` is 4,500.
fn leading_number(value: &str) -> Option<i64> {
    let value = value.trim();
    let end = value.find(|c: char| !(c.is_ascii_digit() || ".,".contains(c))).unwrap_or(value.len());
    let number = Decimal::parse(value[..end].trim_end_matches(['.', ',']))?;
    i64::try_from(number.0).ok()
}
