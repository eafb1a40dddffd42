//! The columns of the board.

use crate::resolve::Roadmap;
use crate::state::State;

/// A column of the board, with its open items in order.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) label: String,
    pub(super) items: Vec<u32>,
    /// The items that name no horizon.
    pub(super) is_rest: bool,
}

/// The horizons with their open items, and what names none of them. A plan in which no open item names a horizon is shown by
/// how far its items are.
pub(super) fn columns(roadmap: &Roadmap) -> Vec<Column> {
    let items = &roadmap.plan.items;
    let horizon = |at: u32| items[at as usize].horizon.as_ref().and_then(|horizon| horizon.rank);
    let ranked = roadmap.order.iter().copied();
    let unranked = (0..items.len() as u32).filter(|&at| roadmap.items[at as usize].rank.is_none());
    let open: Vec<u32> = ranked.chain(unranked).filter(|&at| items[at as usize].state.is_open()).collect();
    let column = |label: &str, wanted: &dyn Fn(u32) -> bool, is_rest: bool| Column {
        label: label.to_owned(),
        items: open.iter().copied().filter(|&at| wanted(at)).collect(),
        is_rest,
    };
    if !open.iter().any(|&at| horizon(at).is_some()) && !open.is_empty() {
        let state = |at: u32| items[at as usize].state;
        return vec![
            column("In progress", &|at| state(at) == State::Active, false),
            column("Planned", &|at| matches!(state(at), State::Planned | State::Unknown), false),
            column("Ideas and paused", &|at| matches!(state(at), State::Idea | State::Paused), false),
        ];
    }
    let names = roadmap.config.horizons.iter().enumerate();
    let mut columns: Vec<Column> =
        names.map(|(rank, name)| column(name, &|at| horizon(at) == Some(rank), false)).collect();
    let rest = column("No horizon", &|at| horizon(at).is_none(), true);
    if !rest.items.is_empty() {
        columns.push(rest);
    }
    columns
}
