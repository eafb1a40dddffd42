//! A card: the plan at a glance as one picture, for a README that shows it with `<img>`.
//!
//! Such a picture loads nothing, runs nothing and has no fonts of its own, so the card is an SVG that needs none of it: its colours stand
//! in attributes, its only style changes them where the reader prefers the dark, and its texts are measured (`text`), placed (`place`)
//! and written (`pen`). Every part is a box of its own that cuts off what would still run out of it.

mod layout;
mod pen;
mod text;

use crate::state::State;

/// What stands on a card. Texts are on one line each and not yet cut.
#[derive(Debug, Default)]
pub(in crate::site) struct Card {
    /// The language of what the author wrote; "" where it is English, as the card's own words are.
    pub(in crate::site) lang: String,
    pub(in crate::site) title: String,
    /// `Internal`; "" for none.
    pub(in crate::site) badge: String,
    /// What the product is to reach next.
    pub(in crate::site) goal: String,
    /// How far the whole plan is; none without items.
    pub(in crate::site) progress: Option<Bar>,
    /// At most three.
    pub(in crate::site) columns: Vec<Column>,
    /// What the columns do not show; "" for nothing.
    pub(in crate::site) rest: String,
    /// At most six.
    pub(in crate::site) themes: Vec<Theme>,
    pub(in crate::site) themes_more: String,
    /// Where the site is; "" where nobody knows.
    pub(in crate::site) address: String,
    /// All of it in words.
    pub(in crate::site) description: String,
}

/// Progress as a bar.
#[derive(Debug, Default)]
pub(in crate::site) struct Bar {
    /// Kind, beginning and width, in thousandths of the bar; from left to right.
    pub(in crate::site) parts: Vec<(String, i32, i32)>,
    /// What each part says.
    pub(in crate::site) words: Vec<String>,
    pub(in crate::site) text: String,
}

/// A horizon with its first items.
#[derive(Debug, Default)]
pub(in crate::site) struct Column {
    pub(in crate::site) label: String,
    /// Of the label; "" for English.
    pub(in crate::site) lang: String,
    pub(in crate::site) count: String,
    pub(in crate::site) items: Vec<(State, String)>,
    /// `and 3 more`; "" for none.
    pub(in crate::site) more: String,
}

/// A theme and how far it is.
#[derive(Debug, Default)]
pub(in crate::site) struct Theme {
    pub(in crate::site) title: String,
    pub(in crate::site) bar: Bar,
}

/// Draws a card, 800 CSS pixels wide and as high as it must be.
pub(in crate::site) fn card(card: &Card) -> String {
    layout::layout(card)
}
