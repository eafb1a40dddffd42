//! The dependency cycles on `/dependencies.html`.

use serde::Serialize;

use super::{Link, View, words};
use crate::id::ItemId;
use crate::resolve::{self, Target};

#[derive(Debug, Serialize)]
pub(in crate::site) struct CycleView {
    /// `3 items wait for each other`
    text: String,
    edges: Vec<CycleEdge>,
    /// The other items of the strongly connected component, at most two hundred.
    others: Vec<Link>,
}

/// `from` depends on `to`, and the line that says so.
#[derive(Debug, Serialize)]
struct CycleEdge {
    from: Link,
    to: Link,
    /// `plan/items/sso.md:7`
    location: String,
    href: Option<String>,
}

/// Members beside the cycle itself that a page names.
const MAX_OTHERS: usize = 200;

/// A cycle, and all that are in cycles with it.
pub(super) fn cycle_view(view: View<'_>, cycle: &resolve::Cycle) -> CycleView {
    let count = cycle.items.len();
    let text =
        if count == 1 { "One item waits for itself".to_owned() } else { format!("{count} items wait for each other") };
    let others: Vec<ItemId> = cycle.others().collect();
    let edge = |(index, location): (usize, &crate::source::Location)| CycleEdge {
        from: view.link_to(Target::Item(cycle.items[index])),
        to: view.link_to(Target::Item(cycle.items[(index + 1) % count])),
        href: view.site.line_href(location),
        location: view.roadmap().place(location),
    };
    CycleView {
        text: match others.len() {
            0 => text,
            1 => format!("{text}; 1 more is in a cycle with them"),
            more => format!("{text}; {} more are in cycles with them", words::thousands(more as u64)),
        },
        others: others.iter().take(MAX_OTHERS).map(|&id| view.link_to(Target::Item(id))).collect(),
        edges: cycle.locations.iter().enumerate().map(edge).collect(),
    }
}
