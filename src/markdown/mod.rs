//! Markdown: what a body holds ([`outline()`]) and what it looks like ([`render()`]).
//!
//! The one home of `pulldown-cmark`. Both functions read the text with the same options and the same rules for headings and
//! links, so that what the outline reports is what the page shows.
//!
//! The dialect is GitHub's (tables, strikethrough, task lists, footnotes, alerts, bare addresses, emoji by short codes) with `[[links]]`. Smart
//! punctuation is off, because a plan quotes commands; so are heading attributes, because GitHub would show them as text.

mod address;
mod alert;
mod blocks;
mod emoji;
pub(crate) mod escape;
mod footnotes;
mod formulas;
mod fragment;
mod frame;
mod html;
mod inline;
mod outline;
mod read;
mod render;
mod sanitiser;
mod slug;
mod stand_ins;
mod table;
pub mod tags;
mod title;
mod url;
mod writer;

pub use address::safe;
pub use blocks::{Block, BlockKind, ListEntry, TableRow, Words, blocks};
pub(crate) use escape::text as escape;
pub use outline::{Heading, Link, LinkKind, Outline, Tasks, outline, plain};
pub use read::{DEPTH, LIMIT};
pub use render::{Mentions, Rendering, ResolvedLink, render};
pub use title::{compared, with_code, without_code};
