//! What is said where a plan has nothing of what was asked for: how to write the first one.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use roadbook::resolve::Roadmap;
use roadbook::visibility::Audience;

use super::Verbosity;
use super::output;

/// That a plan has no items, and how it gets one; none where it has some.
pub(super) fn no_items(roadmap: &Roadmap) -> Option<String> {
    let act = "`roadbook new item \"A title\"` writes the first one";
    roadmap.plan.items.is_empty().then(|| format!("this plan has no items{}; {act}", for_whom(roadmap)))
}

/// That a plan has no themes, and how it gets one; none where it has some, in files or in the words of its items.
pub(super) fn no_themes(roadmap: &Roadmap) -> Option<String> {
    let has_words = roadmap.plan.items.iter().any(|item| !item.themes.is_empty());
    let act = "`roadbook new theme \"A title\"` writes the first one";
    let is_empty = roadmap.plan.themes.is_empty() && !has_words;
    is_empty.then(|| format!("this plan has no themes{}; {act}", for_whom(roadmap)))
}

/// Says that a plan has no items, where it has none.
pub(super) fn tell(roadmap: &Roadmap, verbosity: Verbosity) {
    if let Some(text) = no_items(roadmap).filter(|_| !verbosity.quiet) {
        output::message(&(text + "\n"));
    }
}

/// The team may have what the public does not.
fn for_whom(roadmap: &Roadmap) -> &'static str {
    match roadmap.audience {
        Audience::Public => " for the public",
        Audience::Internal => "",
    }
}

/// Whether the site in a folder says of itself that its plan had no files.
pub(super) fn holds_empty_site(folder: &Path) -> bool {
    // That of an empty plan is a few lines.
    const MOST: u64 = 64 * 1024;
    let mut bytes = Vec::new();
    let read = fs::File::open(folder.join("roadmap.json")).and_then(|file| file.take(MOST).read_to_end(&mut bytes));
    let Some(plan) = read.ok().and_then(|_| serde_json::from_slice::<serde_json::Value>(&bytes).ok()) else {
        return false;
    };
    let is_empty = |kind: &str| plan[kind].as_array().is_some_and(Vec::is_empty);
    plan["vision"].is_null() && ["themes", "items", "pages"].into_iter().all(is_empty)
}
