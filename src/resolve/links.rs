//! What an item refers to and what refers to it, as it was resolved.

use std::collections::HashSet;

use crate::config::Kind;
use crate::id::{ItemId, ThemeId};
use crate::plan::Text;
use crate::source::Span;

use super::target::Target;
use super::{Dependency, WaitingFor};

/// What an item refers to, and what refers to it.
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// The themes it serves.
    pub themes: Vec<ThemeId>,
    /// The item it is a part of.
    pub parent: Option<ItemId>,
    /// Its parts, in natural order.
    pub children: Vec<ItemId>,
    /// What it waits for, as given by either side; each item once.
    pub depends_on: Vec<Dependency>,
    /// What waits for it, in natural order.
    pub unblocks: Vec<ItemId>,
    /// Items that have to do with it, as given by either side.
    pub relates: Vec<ItemId>,
    /// Items that it replaces.
    pub supersedes: Vec<ItemId>,
    /// Items that replace it.
    pub superseded_by: Vec<ItemId>,
    /// Dependencies that look like references and match no item: it waits for them, too.
    pub missing: Vec<Text>,
    /// What is known of each of these.
    pub missing_notes: Vec<MissingNote>,
    /// What it waits for outside of the plan, in its author's words: sentences, and addresses elsewhere.
    pub waits_for: Vec<Text>,
    /// What waits for it outside of the plan, in its author's words.
    pub unblocks_outside: Vec<Text>,
    /// Relations to what is not an item: files and addresses. Shown as they are.
    pub see_also: Vec<Text>,
    /// Every reference of its file, in the order in which the fields are read, with what became of it.
    pub references: Vec<Reference>,
}

impl Links {
    /// Makes one of all dependencies on one item, which stand one behind the other, with whatever is said of it.
    pub(super) fn merge(&mut self) {
        let mut merged: Vec<Dependency> = Vec::with_capacity(self.depends_on.len());
        let mut said = HashSet::new();
        for one in self.depends_on.drain(..) {
            let Some(first) = merged.last_mut().filter(|first| first.on == one.on) else {
                said.clear();
                merged.push(one);
                continue;
            };
            if said.is_empty() {
                said.extend([String::new(), first.reason.clone()]);
            }
            if said.insert(one.reason.clone()) {
                first.reason += if first.reason.is_empty() { "" } else { "; " };
                first.reason += &one.reason;
            }
        }
        self.depends_on = merged;
    }
}

/// What is known of a dependency that matches no item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingNote {
    /// What its author says of it; empty for nothing.
    pub remark: String,
    /// Why it means no item.
    pub cause: NoItem,
}

/// Why a name means no item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoItem {
    /// Nothing has it.
    Unknown,
    /// So many items have it.
    Several(usize),
    /// It is the name of something else.
    Other(Kind),
}

impl NoItem {
    /// The reason in words that complete “which …”.
    pub fn words(self) -> String {
        match self {
            NoItem::Unknown => "is not in the plan".to_owned(),
            NoItem::Several(count) => format!("fits {count} items"),
            NoItem::Other(kind) => format!("is a {} and no item", kind.word()),
        }
    }
}

/// A reference in a field of an item's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The field.
    pub field: &'static str,
    /// Where the name stands, in [`crate::plan::Entry::location`]'s terms.
    pub span: Span,
    /// What it means; none where it matches nothing, or several things.
    pub target: Option<Target>,
}

impl Links {
    /// The items that it waits for.
    pub fn needs(&self) -> impl Iterator<Item = ItemId> + Clone {
        self.depends_on.iter().map(|dependency| dependency.on)
    }

    /// What it waits for and that is no item: names, then words.
    pub fn waiting_for(&self) -> impl Iterator<Item = WaitingFor<'_>> {
        let missing = self.missing.iter().zip(&self.missing_notes);
        let missing = missing.map(|(text, note)| WaitingFor { text, unknown: Some(note.cause) });
        missing.chain(self.waits_for.iter().map(|text| WaitingFor { text, unknown: None }))
    }
}
