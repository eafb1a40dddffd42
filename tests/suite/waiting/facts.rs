//! What the files of a plan say of its items, and what follows from it by the plainest code: nothing of the library's but the reading of fields.

use std::collections::{BTreeMap, BTreeSet};

use roadbook::date::Date;
use roadbook::id::Id;
use roadbook::plan::{Input, Plan, Text};
use roadbook::resolve::{NoItem, Roadmap};
use roadbook::state::State;

/// What the files say of an item.
pub(super) struct Fact {
    pub(super) id: String,
    pub(super) state: State,
    pub(super) status: Option<String>,
    pub(super) value: Option<u64>,
    pub(super) effort: Option<u64>,
    pub(super) scored: bool,
    pub(super) start: Option<Date>,
    pub(super) unread_start: Option<String>,
    pub(super) needs: BTreeSet<usize>,
    pub(super) unknown: BTreeSet<String>,
    /// Names that mean no item, with what they mean instead.
    pub(super) misnamed: BTreeMap<String, String>,
    pub(super) outside: BTreeSet<String>,
}

pub(super) struct Facts {
    pub(super) items: Vec<Fact>,
    /// By item, the open items that wait for it, directly or not: itself in a cycle.
    pub(super) waiting: Vec<BTreeSet<usize>>,
    /// The same over all items, whatever their state.
    reached: Vec<BTreeSet<usize>>,
    day: Option<Date>,
}

impl Facts {
    pub(super) fn new(plan: &Plan, day: Option<Date>) -> Facts {
        let ids: BTreeMap<String, usize> =
            plan.items.iter().zip(0..).map(|(item, at)| (item.entry.id.to_lowercase(), at)).collect();
        let mut items: Vec<Fact> = Vec::new();
        for item in &plan.items {
            let number = |input| item.input(input).map(|number: roadbook::number::Decimal| number.0);
            let mut fact = Fact {
                id: item.entry.id.clone(),
                state: item.state,
                status: item.status.as_ref().map(|status| status.value.clone()),
                value: number(Input::Value),
                effort: number(Input::Effort).filter(|&effort| effort > 0),
                scored: number(Input::Value).is_some() && number(Input::Effort).is_some_and(|effort| effort > 0),
                start: item.start.clone(),
                unread_start: item.unread_start.as_ref().map(|words| words.value.clone()),
                needs: BTreeSet::new(),
                unknown: BTreeSet::new(),
                misnamed: BTreeMap::new(),
                outside: BTreeSet::new(),
            };
            for text in item.depends_on.iter().map(|text| text.name.value.clone()) {
                let is_theme = plan.themes.iter().any(|theme| theme.entry.id == text || theme.entry.title == text);
                let titled = plan.items.iter().filter(|item| item.entry.title == text).count();
                match ids.get(&text.to_lowercase()) {
                    Some(&need) => _ = fact.needs.insert(need),
                    None if is_theme => _ = fact.misnamed.insert(text, "is a theme and no item".to_owned()),
                    None if titled > 1 => _ = fact.misnamed.insert(text, format!("fits {titled} items")),
                    None if text.contains(' ') => _ = fact.outside.insert(text),
                    None => _ = fact.unknown.insert(text),
                }
            }
            items.push(fact);
        }
        for (at, item) in plan.items.iter().enumerate() {
            for other in item.blocks.iter().filter_map(|text| ids.get(&text.name.value.to_lowercase())) {
                items[*other].needs.insert(at);
            }
        }
        Facts::of(items, day)
    }

    /// The same with what the library found that the dependencies of a plan mean.
    pub(super) fn of_links(roadmap: &Roadmap) -> Facts {
        let mut facts = Facts::new(&roadmap.plan, None).items;
        for (fact, resolved) in facts.iter_mut().zip(&roadmap.items) {
            let texts = |texts: &[Text]| texts.iter().map(|text| text.value.clone()).collect();
            fact.needs = resolved.links.needs().map(Id::index).collect();
            let names = resolved.links.missing.iter().zip(&resolved.links.missing_notes);
            let (unknown, misnamed): (Vec<_>, Vec<_>) = names.partition(|(_, note)| note.cause == NoItem::Unknown);
            fact.unknown = unknown.into_iter().map(|(text, _)| text.value.clone()).collect();
            fact.misnamed = misnamed.into_iter().map(|(text, note)| (text.value.clone(), note.cause.words())).collect();
            fact.outside = texts(&resolved.links.waits_for);
            fact.scored = resolved.score.result.is_some();
        }
        Facts::of(facts, roadmap.context.drawn_today.clone())
    }

    fn of(items: Vec<Fact>, day: Option<Date>) -> Facts {
        let closure = |counts: &dyn Fn(usize) -> bool| -> Vec<BTreeSet<usize>> {
            let waits = |at: usize| -> Vec<usize> {
                (0..items.len()).filter(|&other| counts(other) && items[other].needs.contains(&at)).collect()
            };
            let of = |at: usize| {
                let (mut found, mut open) = (BTreeSet::new(), vec![at]);
                while let Some(at) = open.pop().filter(|&at| counts(at)) {
                    open.extend(waits(at).into_iter().filter(|&other| found.insert(other)));
                }
                found
            };
            (0..items.len()).map(of).collect()
        };
        let (waiting, reached) =
            (closure(&|at| items[at].state.is_open()), closure(&|at| items[at].state != State::Done));
        Facts { waiting, reached, items, day }
    }

    pub(super) fn is_scored(&self, at: usize) -> bool {
        self.items[at].scored
    }

    /// The other items of the cycle that an item is in; none where it is in none. What is done waits for nothing.
    pub(super) fn cycle(&self, at: usize) -> Option<BTreeSet<&str>> {
        let with = |other: &usize| *other != at && self.reached[*other].contains(&at);
        let others = self.reached[at].iter().filter(|other| with(other)).map(|&other| self.items[other].id.as_str());
        self.reached[at].contains(&at).then(|| others.collect())
    }

    pub(super) fn needs_in(&self, at: usize, is: impl Fn(State) -> bool) -> BTreeSet<&str> {
        let needs = self.items[at].needs.iter().filter(|&&need| is(self.items[need].state));
        needs.map(|&need| self.items[need].id.as_str()).collect()
    }

    pub(super) fn is_not_to_be_started(&self, at: usize) -> bool {
        matches!(self.items[at].state, State::Idea | State::Paused | State::Unknown)
    }

    pub(super) fn starts_later(&self, at: usize) -> bool {
        let Fact { state, start, unread_start, .. } = &self.items[at];
        let is_later = |start: &Date| self.day.as_ref().is_none_or(|day| day.last() < start.first());
        *state != State::Active && (unread_start.is_some() || start.as_ref().is_some_and(is_later))
    }

    pub(super) fn readiness(&self, at: usize) -> &'static str {
        let item = &self.items[at];
        let is_blocked = self.cycle(at).is_some()
            || !item.unknown.is_empty()
            || !item.misnamed.is_empty()
            || !self.needs_in(at, |state| state != State::Done).is_empty();
        match item.state {
            State::Done | State::Dropped => "closed",
            _ if is_blocked => "blocked",
            _ if !item.outside.is_empty() => "waiting",
            State::Active => "in-progress",
            _ if self.is_not_to_be_started(at) => "undecided",
            _ if self.starts_later(at) => "scheduled",
            _ => "ready",
        }
    }
}
