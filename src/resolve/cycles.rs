//! Dependency cycles.

use std::fmt::Write as _;

use crate::diagnostic::{Code, Diagnostic};
use crate::id::{IdVec, ItemId};
use crate::plan::Plan;
use crate::source::Location;
use crate::state::State;
use crate::text::{listed, quoted};

use super::graph;
use super::{Cycle, Links};

/// The cycles of a plan.
pub(super) struct Cycles {
    /// One for each strongly connected component that has one.
    pub(super) list: Vec<Cycle>,
    /// Which of them each item is in.
    pub(super) of: IdVec<ItemId, Option<usize>>,
}

/// Finds the groups of items that wait for each other and reports each once.
pub(super) fn cycles(plan: &Plan, links: &IdVec<ItemId, Links>, diagnostics: &mut Vec<Diagnostic>) -> Cycles {
    // What is done waits for nothing: whoever waits for it may begin.
    let needs = |(id, item): (ItemId, &Links)| match plan.items[id].state {
        State::Done => Vec::new(),
        _ => item.depends_on.iter().map(|need| need.on).collect(),
    };
    let needs: Vec<Vec<ItemId>> = links.enumerate().map(needs).collect();
    let components = graph::components(&needs);
    let mut cycles = Cycles { list: Vec::new(), of: IdVec::filled(None, links.len()) };
    for items in graph::cycles(&needs) {
        let Some(&first) = items.first() else { continue };
        let component = components.members(components.of(first)).to_vec();
        let next = items.iter().cycle().skip(1);
        let locations =
            items.iter().zip(next).filter_map(|(&waits, &on)| edge_location(plan, links, waits, on)).collect();
        let cycle = Cycle { locations, items, component };
        for &member in &cycle.component {
            cycles.of[member] = Some(cycles.list.len());
        }
        diagnostics.push(cycle_diagnostic(plan, &cycle));
        cycles.list.push(cycle);
    }
    cycles
}

/// Where it is written that `waits` waits for `on`.
fn edge_location(plan: &Plan, links: &IdVec<ItemId, Links>, waits: ItemId, on: ItemId) -> Option<Location> {
    let dependency = links[waits].depends_on.iter().find(|dependency| dependency.on == on)?;
    Some(plan.items[dependency.declared_in].entry.location(dependency.span))
}

fn cycle_diagnostic(plan: &Plan, cycle: &Cycle) -> Diagnostic {
    let id = |item: ItemId| plan.items[item].entry.id.as_str();
    let mut path = String::new();
    for &item in cycle.items.iter().chain(cycle.items.first()) {
        _ = write!(path, "{}`{}`", if path.is_empty() { "" } else { " → " }, id(item));
    }
    let message = match cycle.items.len() {
        1 => format!("{} waits for itself", path.split(" → ").next().unwrap_or(&path)),
        _ => format!("these items wait for each other: {path}"),
    };
    let mut locations = cycle.locations.iter();
    let mut diagnostic = Diagnostic::new(Code::DEPENDENCY_CYCLE, locations.next().cloned(), message);
    if cycle.items.len() > 1 {
        diagnostic = diagnostic.label(format!("`{}` waits for `{}`", id(cycle.items[0]), id(cycle.items[1])));
    }
    for (index, location) in locations.enumerate() {
        let (from, to) = (cycle.items[index + 1], cycle.items[(index + 2) % cycle.items.len()]);
        diagnostic = diagnostic.related(location.clone(), format!("`{}` waits for `{}`", id(from), id(to)));
    }
    let others: Vec<String> = cycle.others().map(|item| quoted(id(item))).collect();
    let are = if others.len() == 1 { "is in a cycle" } else { "are in cycles" };
    let more = match others.as_slice() {
        [] => String::new(),
        others => format!("; {} {are} with them", listed(others)),
    };
    diagnostic
        .help(format!("drop one of these dependencies: none of the items can be ready while the cycle is closed{more}"))
}
