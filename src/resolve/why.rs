//! The sentence that explains an item's rank: its own score, what puts it where it stands, and what is in its way. Every part of it follows
//! from what is known of the item, and of what is in its way from [`Obstacle`] alone.

use crate::number::Decimal;
use crate::state::{State, state};
use crate::text::{capital, count, listed, listed_up_to};

use super::{NoItem, Obstacle, RankBoost, RoadmapItem, score};

/// Things of one sort that a sentence names; more are counted.
const MAX_NAMED: usize = 3;

impl<'a> RoadmapItem<'a> {
    /// Why it stands where it stands, and what is in its way: one sentence with its numbers, without a full stop; empty for closed items.
    /// `name` writes the name of an item.
    pub fn why(self, name: &dyn Fn(RoadmapItem<'a>) -> String) -> String {
        if !self.state().is_open() {
            return String::new();
        }
        let (resolved, obstacles) = (self.resolved(), self.obstacles());
        let score = &resolved.score;
        let own = match score.result {
            Some(result) => format!("own score {result:.2} ({})", score.inputs),
            None => format!("unscored: {}", score.inputs),
        };
        let (place, tail) = match (resolved.rank, &resolved.boost) {
            // A dependency within a cycle gives no rank, so that something scored may wait for it all the same.
            (None, _) if self.roadmap.cycles.is_empty() => {
                (format!("{own}, and nothing with a score waits for it"), "")
            }
            (None, _) => (format!("{own}, so it has no rank"), ""),
            (Some(rank), Some(boost)) => (format!("{own}; {}", self.boosted(rank, boost, name)), ""),
            (Some(rank), None) => match self.comes_after(rank) {
                Some(last) => {
                    let own = if self.is_active() { format!("in progress; {own}") } else { own };
                    (format!("{own}; comes after {}, which it depends on", name(last)), "")
                }
                None if self.comes_first(rank) => (format!("in progress, so it comes first; {own}"), ""),
                None if self.is_active() => (format!("in progress; {own}"), ""),
                None => (own, ", and nothing is in its way"),
            },
        };
        let tail = if obstacles.is_empty() { tail } else { "" };
        let mut sentence = place + tail;
        for clause in self.clauses(&obstacles, name) {
            sentence.push_str("; ");
            sentence.push_str(&clause);
        }
        sentence
    }

    /// The same as a sentence of its own, items by their titles; empty for closed items.
    pub fn reason(self) -> String {
        let sentence = self.why(&|other| other.entry().title.clone());
        if sentence.is_empty() { sentence } else { capital(&sentence) + "." }
    }

    /// What is in its way in words, without what it waits for among the open items of the plan: those stand in the order before it.
    pub fn in_the_way(self, name: &dyn Fn(RoadmapItem<'a>) -> String) -> String {
        self.clauses(&self.obstacles(), name).join("; ")
    }

    /// The open item that it depends on and that stands last before it.
    fn comes_after(self, rank: u32) -> Option<RoadmapItem<'a>> {
        let needs = self.depends_on().map(|on| self.roadmap.item(on));
        let before = needs.filter(|other| other.resolved().rank.is_some_and(|other| other < rank));
        before.max_by_key(|other| other.resolved().rank)
    }

    /// Whether it is in progress, and all before it are.
    fn comes_first(self, rank: u32) -> bool {
        rank as usize <= self.roadmap.leading
    }

    fn boosted(self, rank: u32, boost: &RankBoost, name: &dyn Fn(RoadmapItem<'a>) -> String) -> String {
        let config = &self.roadmap.config;
        let unblocked = self.roadmap.item(boost.unblocks);
        if unblocked.is_active() {
            return format!(
                "boosted from {} to {rank} because {}, in progress, waits for it",
                boost.from,
                name(unblocked)
            );
        }
        let more = if boost.others == 0 { String::new() } else { format!(" and {} more", boost.others) };
        let cost = score::cost_term(config, boost.effort);
        let guess = match boost.guessed {
            guessed if guessed > 0 && cost.ends_with("effort") => {
                let items = count(guessed as usize, "item");
                format!(", {items} without effort taken as {}", Decimal(boost.guess))
            }
            _ => String::new(),
        };
        format!(
            "boosted from {} to {rank} because it unblocks {} ({} {}){more}: together {} for {cost}{guess}",
            boost.from,
            name(unblocked),
            score::value_term(config.scoring),
            Decimal(unblocked.resolved().score.value),
            Decimal(boost.value),
        )
    }

    fn clauses(self, obstacles: &[Obstacle], name: &dyn Fn(RoadmapItem<'a>) -> String) -> Vec<String> {
        let links = &self.resolved().links;
        let other = |id| name(self.roadmap.item(id));
        let (mut clauses, mut dropped, mut missing, mut misnamed, mut outside) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for obstacle in obstacles {
            match *obstacle {
                Obstacle::Cycle => clauses.push(self.cycle_clause(name)),
                Obstacle::Open(_) => {}
                Obstacle::Dropped(id) => dropped.push(other(id)),
                Obstacle::Missing(index) => {
                    let name = format!("“{}”", links.missing[index].value);
                    match links.missing_notes.get(index).map_or(NoItem::Unknown, |note| note.cause) {
                        NoItem::Unknown => missing.push(name),
                        cause => misnamed.push(format!("depends on {name}, which {}", cause.words())),
                    }
                }
                Obstacle::Outside(index) => outside.push(format!("“{}”", links.waits_for[index].value)),
                Obstacle::Status => {}
                Obstacle::Start => {}
            }
        }
        let are = |all: &[String]| if all.len() == 1 { "is" } else { "are" };
        if !dropped.is_empty() {
            clauses.push(format!("depends on {}, which {} dropped", listed_up_to(MAX_NAMED, &dropped), are(&dropped)));
        }
        if !missing.is_empty() {
            clauses.push(format!(
                "depends on {}, which {} not in the plan",
                listed_up_to(MAX_NAMED, &missing),
                are(&missing)
            ));
        }
        clauses.extend(misnamed);
        if !outside.is_empty() {
            clauses.push(format!("waits for {}", listed_up_to(MAX_NAMED, &outside)));
        }
        if obstacles.contains(&Obstacle::Status) {
            clauses.push(self.status_clause());
        }
        if obstacles.contains(&Obstacle::Start) {
            clauses.extend(self.start_clause());
        }
        clauses
    }

    /// When it is to start; in its author's words where those are not a date. None where it says nothing of that.
    pub fn start_clause(self) -> Option<String> {
        let item = self.plan();
        let unread = || item.unread_start.as_ref().map(|words| format!("its start “{}” is not a date", words.value));
        item.start.as_ref().map(|start| format!("not to start before {start}")).or_else(unread)
    }

    /// The author's word, where it is that which makes the state; of a folder whose items are of one state, the state.
    fn status_clause(self) -> String {
        let config = &self.roadmap.config;
        let collection = &config.collections[self.entry().collection];
        let read = |status: &str| state(status, &[&collection.states, &config.states]).unwrap_or(State::Unknown);
        match self.status() {
            Some(status) if read(status) == self.state() => format!("its status is “{status}”"),
            None if self.state() == State::Unknown => "it has no status that is read".to_owned(),
            _ => format!("its state is {}", self.state().word()),
        }
    }

    /// All members of a cycle, of a very large one the first: the finding names them all.
    fn cycle_clause(self, name: &dyn Fn(RoadmapItem<'a>) -> String) -> String {
        const MAX_MEMBERS: usize = 20;
        let named: Vec<String> = self.cycle_members().take(MAX_MEMBERS).map(|id| name(self.roadmap.item(id))).collect();
        match (named.as_slice(), self.cycle_size().saturating_sub(1 + named.len())) {
            ([], _) => "waits for itself".to_owned(),
            (named, 0) => format!("in a cycle with {}", listed(named)),
            (named, more) => format!("in a cycle with {} and {more} more", named.join(", ")),
        }
    }
}
