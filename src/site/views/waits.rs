//! What items wait for, on the site: links to items of the plan, and what is outside of it in its author's words.

use serde::Serialize;

use super::{ItemRef, Link, View};
use crate::id::ItemId;
use crate::plan::Text;
use crate::resolve::{Readiness, Target, WaitingFor};
use crate::text::listed_up_to;

/// Something outside of the plan's items that an item waits for.
#[derive(Clone, Debug, Serialize)]
pub(in crate::site) struct Wait {
    /// The author's words.
    words: String,
    /// The address in them; None for words alone.
    href: Option<String>,
    /// Why it means no item, as `not in the plan`, and what its author says of it, of what looks like a reference; "" for a sentence or an address.
    note: String,
}

/// An item, and what it waits for outside of the plan's items.
#[derive(Clone, Debug, Serialize)]
pub(in crate::site) struct WaitingItem {
    item: ItemRef,
    waits: Vec<Wait>,
}

fn wait(one: WaitingFor<'_>) -> Wait {
    // An address with words before it is said by these alone.
    let words = one.text.value.as_str();
    let words = one
        .address()
        .and_then(|address| words.strip_suffix(')')?.strip_suffix(address)?.strip_suffix(" ("))
        .unwrap_or(words);
    Wait {
        words: words.to_owned(),
        href: one.address().map(str::to_owned),
        note: one.unknown.map(|cause| cause.words().trim_start_matches("is ").to_owned()).unwrap_or_default(),
    }
}

/// Words of an author within a sentence.
fn in_quotes(text: &Text) -> String {
    format!("“{}”", text.value)
}

impl View<'_> {
    /// What an item is said to wait for outside of the plan's items, whether it is open or not.
    pub(super) fn waits(self, id: ItemId) -> Vec<Wait> {
        let links = &self.resolved(id).links;
        let remarks = links.missing_notes.iter().map(|note| note.remark.as_str()).chain(std::iter::repeat(""));
        let with_remark = |(one, remark): (WaitingFor<'_>, &str)| {
            let wait = wait(one);
            if remark.is_empty() { wait } else { Wait { note: format!("{}; {remark}", wait.note), ..wait } }
        };
        links.waiting_for().zip(remarks).map(with_remark).collect()
    }

    /// The open items that wait for something outside of the plan's items, in order.
    pub(super) fn waiting_items(self) -> Vec<WaitingItem> {
        let waiting = self.roadmap().items_in_order().filter(|item| item.waiting_for().next().is_some());
        let waiting = waiting.map(|item| WaitingItem { item: self.item_ref(item.id, ""), waits: self.waits(item.id) });
        waiting.collect()
    }

    /// The items that an item depends on, each with what its author says of it: the first `most`, and a link to where the rest are.
    pub(super) fn needs(self, id: ItemId, most: usize, rest: &str) -> (Vec<ItemRef>, Option<Link>) {
        let needs = &self.resolved(id).links.depends_on;
        let refs = needs.iter().take(most).map(|dependency| self.item_ref(dependency.on, &*dependency.reason));
        (refs.collect(), self.more(needs.len(), most, rest))
    }

    /// What a blocked or waiting item waits for: links, and what cannot be linked in words.
    pub(super) fn blocked(self, id: ItemId) -> (Vec<Link>, String) {
        let (item, resolved) = (self.roadmap().item(id), self.resolved(id));
        let outside = listed_up_to(2, &resolved.links.waits_for.iter().map(in_quotes).collect::<Vec<String>>());
        match resolved.readiness {
            Readiness::Blocked => {}
            Readiness::Waiting => return (Vec::new(), outside),
            _ => return (Vec::new(), String::new()),
        }
        let open: Vec<ItemId> = item.blocked_by().filter(|&on| on != id).collect();
        let links = open.iter().take(2).map(|&on| self.link_to(Target::Item(on))).collect();
        let mut note = String::new();
        if open.len() > 2 {
            note = format!(" and {} more", open.len() - 2);
        }
        if let Some((text, cause)) = resolved.links.waiting_for().find_map(|one| Some((one.text, one.unknown?))) {
            note += if open.is_empty() { "" } else { ", " };
            note += &format!("{}, which {}", text.value, cause.words());
        }
        if resolved.cycle.is_some() {
            note += if open.is_empty() && note.is_empty() { "a cycle" } else { ", in a cycle" };
        }
        if !outside.is_empty() {
            note += &format!("; waits for {outside}");
        }
        (links, note)
    }
}
