//! What the word or the number of a priority weighs.

use super::Config;
use crate::closed::closed_list;
use crate::number::{Decimal, ONE};
use crate::text::{squeezed, word};

closed_list! {
    /// What a bare number means as a priority.
    #[derive(Default)]
    pub enum PriorityNumbers {
        /// A rank: 1 comes before 2, as `P1` before `P2`.
        #[default]
        Rank = "rank",
        /// Its own weight: 2 comes before 1.
        Weight = "weight",
    }
}

impl Config {
    /// What a priority weighs, by its word; none where it is neither a word of the table nor a number. Case, emoji and punctuation do not
    /// count, and what stands behind in brackets or behind a dash is a note.
    pub fn priority_weight(&self, priority: &str) -> Option<Decimal> {
        let exact = self.priorities.get(&priority.trim().to_lowercase()).copied();
        let weight = |word: &str| {
            let named = self.priorities.iter().find(|(name, _)| squeezed(name) == word).map(|(_, weight)| *weight);
            named.or_else(|| self.number(Decimal::parse(word).filter(|_| !priority.trim_start().starts_with('-'))?))
        };
        exact.or_else(|| self.number(Decimal::parse(priority)?)).or_else(|| weight(&word(priority)?))
    }

    fn number(&self, number: Decimal) -> Option<Decimal> {
        match self.priority_numbers {
            PriorityNumbers::Weight => Some(number),
            PriorityNumbers::Rank => Some(of_rank(number)),
        }
    }
}

/// The weight of a rank: each of 0 to 9 weighs half of the one before, as P0 to P9 do, what is between lies between, and what is beyond
/// weighs less and less, never nothing.
fn of_rank(rank: Decimal) -> Decimal {
    let class = |whole: u64| (ONE << 9) >> whole.min(9);
    let (whole, part) = (rank.0 / ONE, rank.0 % ONE);
    if whole >= 9 {
        return Decimal((10 * ONE * ONE / rank.0.saturating_add(ONE)).max(1));
    }
    let (here, next) = (class(whole), class(whole + 1));
    Decimal(here - (here - next) * part / ONE)
}
