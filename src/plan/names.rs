//! Fields whose values are names: of people, teams, milestones, statuses. Of a link its words are the name; the whole is shown among the
//! author's own fields, too, so that its address is not lost.

use std::collections::HashSet;

use super::Text;
use super::values::{Reader, is_nothing, naming};
use super::word_links::called;
use crate::nearest::plain;
use crate::parse::{Field, Node, Value};
use crate::source::Spanned;

impl Reader<'_> {
    /// A field of one name.
    pub(super) fn name(&self, field: &str) -> Option<Text> {
        let text = self.unread_text(field)?;
        match called(&text.value) {
            Some(words) if !self.value(field).is_some_and(is_labelled) => {
                Some(Spanned::new(words.to_owned(), text.span))
            }
            _ => self.text(field),
        }
    }

    /// The same without its place; empty where there is none.
    pub(super) fn name_words(&self, field: &str) -> String {
        self.name(field).map(|name| name.value).unwrap_or_default()
    }

    /// A field of several names, without their places.
    pub(super) fn names(&self, field: &str) -> Vec<String> {
        let (links, names): (Vec<Text>, Vec<Text>) =
            self.list(field).into_iter().partition(|text| called(&text.value).is_some());
        self.all(field).into_iter().for_each(|value| self.give_those_back(value, &links));
        let words = |link: &Text| called(&link.value).map(|words| Spanned::new(words.to_owned(), link.span));
        let mut names: Vec<Text> = names.into_iter().chain(links.iter().filter_map(words)).collect();
        names.sort_by_key(|name| name.span);
        let mut seen = HashSet::new();
        names.into_iter().map(|name| name.value).filter(|name| seen.insert(name.clone())).collect()
    }
}

/// Entries of a map that are the value itself, beside those that name a thing.
const VALUES: [&str; 7] = ["current", "label", "stage", "state", "status", "text", "value"];

/// Whether a word has another one behind it, and nobody knows which counts: `{blocked: ready}`.
pub(super) fn is_labelled(value: &Value) -> bool {
    match &value.node {
        Node::Scalar(_) => false,
        Node::List(list) => list.iter().any(is_labelled),
        Node::Map(entries) => {
            let is_value = |entry: &Field| VALUES.contains(&plain(&entry.name.value).as_str());
            naming(entries).is_none()
                && !entries.iter().any(is_value)
                && entries.iter().any(|entry| !is_nothing(&entry.value))
        }
    }
}
