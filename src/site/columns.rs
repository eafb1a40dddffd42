//! The columns of the board.

use crate::id::ItemId;
use crate::resolve::Roadmap;
use crate::state::State;

/// A column of the board, with its open items in order.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) label: String,
    pub(super) items: Vec<ItemId>,
    /// Of the items that name no horizon of the configuration, how a sentence says where they are: `with no horizon`. None of any other column.
    pub(super) rest: Option<&'static str>,
}

/// The horizons with their open items, and what names none of them. A plan in which no open item names a horizon is shown by
/// how far its items are.
pub(super) fn columns(roadmap: &Roadmap) -> Vec<Column> {
    let items = &roadmap.plan.items;
    let horizon = |id: ItemId| items[id].horizon.as_ref().and_then(|horizon| horizon.rank);
    let ranked = roadmap.order.iter().copied();
    let unranked = items.ids().filter(|&id| roadmap.items[id].rank.is_none());
    let open: Vec<ItemId> = ranked.chain(unranked).filter(|&id| items[id].state.is_open()).collect();
    let column = |label: &str, wanted: &dyn Fn(ItemId) -> bool| Column {
        label: label.to_owned(),
        items: open.iter().copied().filter(|&id| wanted(id)).collect(),
        rest: None,
    };
    if !open.iter().any(|&id| horizon(id).is_some()) && !open.is_empty() {
        let state = |id: ItemId| items[id].state;
        let mut columns = vec![
            column("In progress", &|id| state(id) == State::Active),
            column("Planned", &|id| state(id) == State::Planned),
            column("Ideas and paused", &|id| matches!(state(id), State::Idea | State::Paused)),
        ];
        let unknown = column("Unknown", &|id| state(id) == State::Unknown);
        columns.extend(Some(unknown).filter(|unknown| !unknown.items.is_empty()));
        return columns;
    }
    let names = roadmap.config.horizons.iter().enumerate();
    let mut columns: Vec<Column> = names.map(|(rank, name)| column(name, &|id| horizon(id) == Some(rank))).collect();
    let mut rest = column("", &|id| horizon(id).is_none());
    let others = rest.items.iter().filter(|&&id| items[id].horizon.is_some()).count();
    let (label, words) = match others {
        0 => ("No horizon", "with no horizon"),
        all if all == rest.items.len() => ("Other horizons", "in other horizons"),
        _ => ("Other horizons, and none", "in other horizons or none"),
    };
    (rest.label, rest.rest) = (label.to_owned(), Some(words));
    if !rest.items.is_empty() {
        columns.push(rest);
    }
    columns
}
