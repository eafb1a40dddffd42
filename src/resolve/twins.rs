//! Things with one id, in any case: which of them a reference means.

use std::collections::BTreeMap;

use crate::config::{Config, Kind};
use crate::plan::{EntryKey, Plan, precedence};
use crate::state::State;

use super::target::Target;

/// The things with one id, by the id in lower case; only where there are several.
#[derive(Debug, Default)]
pub(super) struct Twins(BTreeMap<String, Vec<Twin>>);

#[derive(Debug)]
struct Twin {
    /// The id as written.
    id: String,
    target: Target,
    /// Whether it is neither dropped nor where all is closed.
    is_alive: bool,
}

impl Twins {
    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a thing whose id another has: `first`.
    pub(super) fn add(&mut self, key: &EntryKey, target: Target, first: Target) {
        let twin = |target| Twin { id: key.id.clone(), target, is_alive: true };
        self.0.entry(key.folded.clone()).or_insert_with(|| vec![twin(first)]).push(twin(target));
    }

    /// Brings those before others that references mean before others. To be called when all were added.
    pub(super) fn sort(&mut self, plan: &Plan, config: &Config) {
        for all in self.0.values_mut() {
            for twin in all.iter_mut() {
                let (is_archived, is_dropped, ..) = order(twin.target, plan, config);
                twin.is_alive = !is_archived && !is_dropped;
                twin.id = twin.target.entry(plan).map(|entry| entry.id.clone()).unwrap_or_default();
            }
            all.sort_by_key(|twin| order(twin.target, plan, config));
        }
    }

    /// The thing of a kind with this id: of those that are alive the one that is written so, else the first.
    pub(super) fn find(&self, id: &str, folded: &str, kind: Kind) -> Option<Target> {
        if self.is_empty() {
            return None;
        }
        let mut of_kind = self.0.get(folded)?.iter().filter(|twin| twin.target.kind() == kind);
        let exact = of_kind.clone().find(|twin| twin.is_alive && twin.id == id);
        exact.or_else(|| of_kind.next()).map(|twin| twin.target)
    }
}

/// What comes first among things of one id.
fn order<'a>(target: Target, plan: &'a Plan, config: &Config) -> (bool, bool, bool, bool, &'a str) {
    let state = match target {
        Target::Item(id) => plan.items[id].state,
        Target::Theme(id) => plan.themes[id].state,
        Target::Vision | Target::Page(_) => State::Planned,
    };
    target.entry(plan).map(|entry| precedence(entry, state, config)).unwrap_or_default()
}
