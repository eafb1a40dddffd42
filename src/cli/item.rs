//! What the commands say of an item, in the same words everywhere.

use anstyle::Style;
use roadbook::name;
use roadbook::resolve::{Readiness, RoadmapItem};
use roadbook::state::State;

use super::output::{FAINT, GOOD, HELD};
use roadbook::text::listed_up_to;

/// Things that it waits for which a line names; more are counted.
const MAX_NAMED: usize = 2;

/// Whether it can be started, in a word; empty for closed items.
pub(super) fn readiness(item: RoadmapItem<'_>) -> &'static str {
    match item.readiness() {
        Readiness::Closed => "",
        Readiness::InProgress => "in progress",
        other => other.word(),
    }
}

/// Where it stands, said once: whether it can be started, and the author's word where that says more. What is planned is ready, blocked, or
/// waits for something in its author's words.
pub(super) fn standing(item: RoadmapItem<'_>) -> String {
    let (status, readiness) = (item.short_status(), item.readiness());
    let is = |word: &str| status.eq_ignore_ascii_case(word);
    let words = match readiness {
        Readiness::Closed | Readiness::InProgress | Readiness::Undecided => return status.to_owned(),
        Readiness::Waiting => format!("waits for {}", listed_up_to(MAX_NAMED, &waits(item))),
        Readiness::Scheduled => item.start_clause().unwrap_or_default(),
        Readiness::Ready | Readiness::Blocked => readiness.word().to_owned(),
    };
    if is(State::Planned.word()) || is(readiness.word()) { words } else { format!("{words}, {status}") }
}

/// How that looks.
pub(super) fn readiness_style(item: RoadmapItem<'_>) -> Style {
    match item.readiness() {
        Readiness::Blocked | Readiness::Waiting => HELD,
        Readiness::Ready | Readiness::InProgress => GOOD,
        Readiness::Closed | Readiness::Scheduled | Readiness::Undecided => FAINT,
    }
}

/// What it waits for outside of the plan, in its author's words.
fn waits(item: RoadmapItem<'_>) -> Vec<String> {
    item.waiting_for().map(|one| format!("“{}”", one.text.value)).collect()
}

/// What is in its way beside the open items before it, items by their titles in quotes; empty for nothing.
pub(super) fn in_the_way(item: RoadmapItem<'_>) -> String {
    item.in_the_way(&|other| format!("“{}”", other.entry().title))
}

/// Its score to two decimals; empty where it has none.
pub(super) fn score(item: RoadmapItem<'_>) -> String {
    item.resolved().score.result.map(|score| format!("{score:.2}")).unwrap_or_default()
}

/// The same with both decimals, to stand in a column.
pub(super) fn aligned_score(item: RoadmapItem<'_>) -> String {
    let score = score(item);
    match score.split_once('.') {
        _ if score.is_empty() => score,
        None => score + ".00",
        Some((_, decimals)) => format!("{score}{}", "0".repeat(2_usize.saturating_sub(decimals.len()))),
    }
}

/// Why it stands where it stands, items by their titles in quotes; of a closed item, that it has no rank.
pub(super) fn why(item: RoadmapItem<'_>) -> String {
    let sentence = item.why(&|other| format!("“{}”", other.entry().title));
    if sentence.is_empty() { format!("{}: has no place in the order", item.state().word()) } else { sentence }
}

/// Whether one of its owners has this name; case and a leading `@` count for nothing.
pub(super) fn is_owned_by(item: RoadmapItem<'_>, name: &str) -> bool {
    has(&item.plan().owners, name)
}

/// Whether it has this tag: one with the same page.
pub(super) fn is_tagged(item: RoadmapItem<'_>, name: &str) -> bool {
    let address = |tag: &str| name::address(tag.trim_start_matches('#'));
    item.plan().tags.iter().any(|tag| address(tag) == address(name))
}

fn has(words: &[String], word: &str) -> bool {
    let plain = |word: &str| word.trim_start_matches(['@', '#']).to_lowercase();
    words.iter().any(|other| plain(other) == plain(word))
}
