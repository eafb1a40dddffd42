//! The words by which items name their themes in a plan that has no files for them: each a theme by its name alone.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::id::{IdVec, ItemId};
use crate::name;
use crate::plan::Plan;

/// A theme that has no file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeWord {
    /// The word as the first item by path spells it.
    pub word: String,
    /// The same as a part of an address; what has the same one is one word.
    pub slug: String,
    /// The items that name it, by path.
    pub items: Vec<ItemId>,
}

/// All of them.
#[derive(Clone, Debug, Default)]
pub struct ThemeWords {
    /// As people sort words; empty in a plan with files of themes.
    pub words: Vec<ThemeWord>,
    /// Of each item the first of its words, by index; empty where there are no words.
    first: IdVec<ItemId, Option<usize>>,
}

impl ThemeWords {
    /// The first word of an item, by its index among the words.
    pub fn first_of(&self, item: ItemId) -> Option<usize> {
        self.first.get(item).copied().flatten()
    }
}

/// The words of the plan that the audience may see.
pub(super) fn theme_words(plan: &Plan) -> ThemeWords {
    if !plan.themes.is_empty() || plan.items.iter().all(|item| item.themes.is_empty()) {
        return ThemeWords::default();
    }
    let (mut words, mut indices): (Vec<ThemeWord>, HashMap<String, usize>) = (Vec::new(), HashMap::new());
    let mut first: IdVec<ItemId, Option<usize>> = IdVec::filled(None, plan.items.len());
    for (id, item) in plan.items.enumerate() {
        for word in &item.themes {
            let index = match indices.entry(name::address(&word.value)) {
                Entry::Occupied(known) => *known.get(),
                Entry::Vacant(new) => {
                    let slug = new.key().clone();
                    words.push(ThemeWord { word: word.value.clone(), slug, items: Vec::new() });
                    *new.insert(words.len() - 1)
                }
            };
            if words[index].items.last() != Some(&id) {
                words[index].items.push(id);
            }
            first[id].get_or_insert(index);
        }
    }
    let mut order: Vec<usize> = (0..words.len()).collect();
    order.sort_by_cached_key(|&index| (name::natural_key(&words[index].word), index));
    let mut position = vec![0; words.len()];
    order.iter().zip(0..).for_each(|(&index, new)| position[index] = new);
    let first = first.iter().map(|index| index.map(|index| position[index])).collect();
    ThemeWords { words: order.into_iter().map(|index| words[index].clone()).collect(), first }
}
