//! What the commands say of an item, in the same words everywhere.

use anstyle::Style;
use roadbook::plan::{Entry, Item};
use roadbook::resolve::{self, Readiness, Resolved, Roadmap};
use roadbook::state::State;

use super::output::{FAINT, GOOD, HELD};

/// An item with everything that is known of it.
#[derive(Clone, Copy)]
pub(super) struct Facts<'a> {
    pub(super) roadmap: &'a Roadmap,
    /// Its index in the plan.
    pub(super) at: u32,
}

impl<'a> Facts<'a> {
    pub(super) fn new(roadmap: &'a Roadmap, at: u32) -> Facts<'a> {
        Facts { roadmap, at }
    }

    pub(super) fn item(self) -> &'a Item {
        &self.roadmap.plan.items[self.at as usize]
    }

    pub(super) fn entry(self) -> &'a Entry {
        &self.item().entry
    }

    pub(super) fn resolved(self) -> &'a Resolved {
        &self.roadmap.items[self.at as usize]
    }

    /// The author's word for where it stands, else the state.
    pub(super) fn status(self) -> &'a str {
        self.item().status.as_ref().map_or_else(|| self.item().state.word(), |status| status.value.as_str())
    }

    /// The same without its note: `on hold` of `on hold (until January)`.
    pub(super) fn short_status(self) -> &'a str {
        let status = self.status();
        let head = status.split(" (").next().unwrap_or(status).trim();
        if head.is_empty() { status } else { head }
    }

    /// Whether it can be started, in a word; empty for closed items.
    pub(super) fn readiness(self) -> &'static str {
        match self.resolved().readiness {
            Readiness::Closed => "",
            Readiness::Blocked => "blocked",
            Readiness::InProgress => "in progress",
            Readiness::Ready => "ready",
            Readiness::Undecided => "undecided",
        }
    }

    /// How that word looks.
    pub(super) fn readiness_style(self) -> Style {
        match self.resolved().readiness {
            Readiness::Blocked => HELD,
            Readiness::Ready | Readiness::InProgress => GOOD,
            Readiness::Closed | Readiness::Undecided => FAINT,
        }
    }

    /// What it waits for that is not done.
    pub(super) fn blockers(self) -> impl Iterator<Item = u32> {
        let state = move |at: u32| self.roadmap.plan.items[at as usize].state;
        let needs = self.resolved().depends_on.iter().map(|dependency| dependency.on);
        needs.filter(move |&at| self.item().state.is_open() && state(at) != State::Done)
    }

    /// The ids of its themes; the author's words where the plan has no theme files.
    pub(super) fn themes(self) -> Vec<&'a str> {
        if self.roadmap.plan.themes.is_empty() {
            return self.item().themes.iter().map(|theme| theme.value.as_str()).collect();
        }
        let id = |&at: &u32| self.roadmap.plan.themes[at as usize].entry.id.as_str();
        self.resolved().themes.iter().map(id).collect()
    }

    /// Its score to two decimals; empty where it has none.
    pub(super) fn score(self) -> String {
        self.resolved().score.result.map(|score| format!("{score:.2}")).unwrap_or_default()
    }

    /// The same with both decimals, to stand in a column.
    pub(super) fn aligned_score(self) -> String {
        let score = self.score();
        match score.split_once('.') {
            _ if score.is_empty() => score,
            None => score + ".00",
            Some((_, decimals)) => format!("{score}{}", "0".repeat(2_usize.saturating_sub(decimals.len()))),
        }
    }

    /// Why it stands where it stands, items by their titles; of a closed item, that it has no place.
    pub(super) fn why(self) -> String {
        let title = |at: u32| format!("“{}”", self.roadmap.plan.items[at as usize].entry.title);
        let sentence = resolve::sentence(self.roadmap, self.at, &title);
        if sentence.is_empty() { format!("{}: has no place in the order", self.item().state.word()) } else { sentence }
    }

    /// Whether one of its owners has this name; case and a leading `@` count for nothing.
    pub(super) fn is_owned_by(self, name: &str) -> bool {
        same(&self.item().owners, name)
    }

    /// Whether it has this tag.
    pub(super) fn is_tagged(self, tag: &str) -> bool {
        same(&self.item().tags, tag)
    }
}

fn same(words: &[String], word: &str) -> bool {
    let plain = |word: &str| word.trim_start_matches(['@', '#']).to_lowercase();
    words.iter().any(|other| plain(other) == plain(word))
}

/// All items: those with a rank in order, then open ones without, then closed ones by path.
pub(super) fn in_order(roadmap: &Roadmap) -> Vec<Facts<'_>> {
    let closed = (0..).zip(&roadmap.plan.items).filter(|(_, item)| !item.state.is_open()).map(|(at, _)| at);
    let open = roadmap.order.iter().chain(&roadmap.unscored).copied();
    open.chain(closed).map(|at| Facts::new(roadmap, at)).collect()
}
