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
    unmeasured(plan, diagnostics);
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
/// nothing, and never more than all; none where the three do not count the same thing in plain numbers.
fn progress(outcome: &Outcome) -> Option<u16> {
    let [from, at, to] = figures(outcome).map(|value| Measure::of(value, &outcome.unit));
    let (from, at, to) = (from?, at?, to?);
    if from.unit != at.unit || at.unit != to.unit {
        return None;
    }
    let (from, at, to) = (from.thousandths, at.thousandths, to.thousandths);
    let (whole, gone) = if from <= to { (to - from, at - from) } else { (from - to, from - at) };
    let share = i128::from(gone.clamp(0, whole)) * 1000;
    u16::try_from(share.checked_div(i128::from(whole))?).ok()
}

fn figures(outcome: &Outcome) -> [&str; 3] {
    [&outcome.baseline, &outcome.current, &outcome.target].map(|value| value.trim())
}

/// Reports outcomes with three figures that tell no share of the way.
fn unmeasured(plan: &Plan, diagnostics: &mut Vec<Diagnostic>) {
    for theme in &plan.themes {
        for outcome in &theme.outcomes {
            let values = figures(outcome);
            let are_figures = values.iter().all(|value| value.contains(|c: char| c.is_ascii_digit()));
            if !are_figures || progress(outcome).is_some() {
                continue;
            }
            let measures = values.map(|value| Measure::of(value, &outcome.unit));
            let message = match values.iter().zip(&measures).find(|(_, measure)| measure.is_none()) {
                Some((value, _)) => format!("`{value}` is no plain number, so `{}` shows no progress", outcome.name()),
                // There is no way from a figure to itself.
                None if measures
                    .iter()
                    .flatten()
                    .all(|one| measures.iter().flatten().all(|other| one.unit == other.unit)) =>
                {
                    continue;
                }
                None => {
                    let [from, at, to] = values.map(quoted);
                    format!("{from}, {at} and {to} are not in one unit, so `{}` shows no progress", outcome.name())
                }
            };
            let help = "write `baseline`, `current` and `target` as numbers such as `1200` or `4.5 days`, in one unit";
            let location = theme.entry.first_line(outcome.span);
            diagnostics.push(Diagnostic::new(Code::UNREADABLE_NUMBER, location, message).help(help));
        }
    }
}

/// A plain number and what it counts.
#[derive(PartialEq, Eq)]
struct Measure {
    thousandths: i64,
    /// Its words as they are compared; those of the outcome where the value has none.
    unit: Vec<String>,
}

impl Measure {
    /// The number of a value, and behind it its unit: `4.5 days` is 4,500 `day`. None of `1 000`, `1/2`, `2026-Q1` or `< 5`, of which the first
    /// number is not all. A note in brackets counts for nothing.
    fn of(value: &str, unit: &str) -> Option<Measure> {
        let value = value.split('(').next().unwrap_or_default().trim();
        let end = value.find(|c: char| !(c.is_ascii_digit() || ".,".contains(c))).unwrap_or(value.len());
        let (number, words) = value.split_at(end);
        let words = words.trim_start();
        let is_unit = |c: char| c.is_alphabetic() || "%‰°€$£¥".contains(c);
        let mut before = ' ';
        // `CO2` has a digit of its own, `1 000` does not.
        let is_plain = words.chars().all(|c| {
            let is_part = !c.is_ascii_digit() || before.is_alphabetic();
            before = c;
            is_part
        });
        if !is_plain || !words.is_empty() && !words.starts_with(is_unit) {
            return None;
        }
        let number = Decimal::parse(number.trim_end_matches(['.', ',']))?;
        let words = if words.is_empty() { unit } else { words };
        let unit = words.split_whitespace().map(one_of).collect();
        Some(Measure { thousandths: i64::try_from(number.0).ok()?, unit })
    }
}

/// A word of a unit, of one as of many: `day` of `Days`. Short ones mean what they are: `m` is no `ms`, and `Mb` no `MB`.
fn one_of(word: &str) -> String {
    if word.chars().count() < 4 {
        return word.to_owned();
    }
    let word = word.to_lowercase();
    word.strip_suffix('s').map(str::to_owned).unwrap_or(word)
}
