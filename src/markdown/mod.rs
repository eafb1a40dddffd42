//! Markdown: what a body holds ([`outline`]) and what it looks like ([`render`]).
//!
//! The one home of `pulldown-cmark`. Both functions read the text with the same options and the same rules for headings and
//! links, so that what the outline reports is what the page shows.

mod outline;
mod render;

pub use outline::{Heading, Link, LinkKind, Outline, Tasks, outline};
pub use render::{Mentions, Rendering, Resolved, render, safe};
