//! Where things went whose address is gone, so that an open page can follow.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::changes::Pairs;
use crate::site::Site;

/// Old addresses that are remembered: a preview that is open for weeks must not grow.
const MOST: usize = 1000;

/// The addresses that are gone and where they went: `known` from earlier, and what changed from `old` to `new`, whose
/// items are paired.
pub(super) fn moved(
    known: &Arc<BTreeMap<String, String>>,
    old: &Site,
    new: &Site,
    items: &Pairs,
) -> Arc<BTreeMap<String, String>> {
    let mut steps: BTreeMap<String, String> = BTreeMap::new();
    let mut step = |from: String, to: String| {
        if from != to && !new.has(&from) && new.has(&to) {
            steps.insert(from, to);
        }
    };
    for (from, to) in items.edited() {
        step(old.item_address(from), new.item_address(to));
    }
    // Of themes and pages there are few, and their files tell.
    for (path, to) in new.other_addresses() {
        if let Some((_, from)) = old.other_addresses().into_iter().find(|(other, _)| *other == path) {
            step(from, to);
        }
    }
    if steps.is_empty() && known.iter().all(|(from, to)| !new.has(from) && new.has(to)) {
        return Arc::clone(known);
    }
    let mut moved = BTreeMap::clone(known);
    for to in moved.values_mut() {
        if let Some(further) = steps.get(to) {
            to.clone_from(further);
        }
    }
    moved.extend(steps);
    moved.retain(|from, to| !new.has(from) && new.has(to));
    while moved.len() > MOST {
        moved.pop_first();
    }
    Arc::new(moved)
}
