//! Why a job stands before the rank of its own score.

use super::dag::{Dag, LocalJob, Ratio};
use super::windows::hull;
use crate::id::{Id, IdVec};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// How many jobs one explanation looks at. Nobody would read a longer one, and all of them together must take little time.
const MAX_WORK: usize = 100;

/// The sequence to explain.
pub(super) struct Explained<'a> {
    /// The jobs, numbered by their positions in the sequence.
    pub(super) dag: &'a Dag,
    /// Whether each job is in progress.
    pub(super) active: &'a IdVec<LocalJob, bool>,
    /// Whether the effort of each job is a guess.
    pub(super) guessed: &'a IdVec<LocalJob, bool>,
    /// How many jobs are in progress, or needed by those that are: they come first.
    pub(super) pulled: usize,
    /// The position of each job, from 0, if nothing depended on anything.
    pub(super) own_positions: &'a IdVec<LocalJob, u32>,
}

/// A [`Boost`](super::Boost) of a job at a position in the sequence.
pub(super) struct PositionBoost {
    /// The job's rank if nothing depended on anything.
    pub(super) from: u32,
    /// Its rank in the sequence.
    pub(super) to: u32,
    /// The job of the highest value that it unblocks.
    pub(super) lead: LocalJob,
    /// How many others it unblocks.
    pub(super) others: u32,
    /// The value and effort of the set.
    pub(super) set: Ratio,
    /// How many of the set have an effort that is a guess.
    pub(super) guessed: u32,
}

/// The boost of each job that has one, in the order of the sequence.
pub(super) fn boosts(explained: &Explained) -> Vec<Option<PositionBoost>> {
    let len = explained.dag.len();
    let mut search = Search {
        explained,
        visited: IdVec::filled(0, len),
        taken: IdVec::filled(0, len),
        guessed: 0,
        round: 0,
        open: BinaryHeap::new(),
    };
    let mut boosts = Vec::with_capacity(len);
    let jobs: Vec<LocalJob> = explained.dag.jobs().collect();
    let groups = jobs.split_at(explained.pulled);
    for (start, group) in [(0, groups.0), (explained.pulled, groups.1)] {
        for piece in hull(explained.dag, group) {
            for &job in &group[piece.clone()] {
                let position = job.index();
                let forced = position < explained.pulled && !explained.active[job];
                let end = if forced { explained.pulled } else { start + piece.end };
                let early = position < explained.own_positions[job] as usize && position + 1 < end;
                boosts.push(if early { search.boost(job, forced, end) } else { None });
            }
        }
    }
    boosts
}

struct Search<'a> {
    explained: &'a Explained<'a>,
    /// The round in which a job was last found to wait for the job in question.
    visited: IdVec<LocalJob, u32>,
    /// The round in which a job was last taken into the set.
    taken: IdVec<LocalJob, u32>,
    /// How many of those have an effort that is a guess.
    guessed: u32,
    round: u32,
    /// Jobs to look at, the first in the sequence first.
    open: BinaryHeap<Reverse<LocalJob>>,
}

impl Search<'_> {
    /// Takes, in the order of the sequence and before the position `end`, the jobs that `job` unblocks and that count
    /// (those in progress where it is `forced` by them, those of value elsewhere), each with all it still waits for at
    /// the position of `job`; keeps the set of the highest ratio.
    fn boost(&mut self, job: LocalJob, forced: bool, end: usize) -> Option<PositionBoost> {
        let Explained { dag, active, own_positions, .. } = *self.explained;
        self.round += 1;
        self.guessed = 0;
        self.open.clear();
        let mut set = Ratio::NONE;
        let mut work = self.take(job, job, &mut set, MAX_WORK);
        let mut highest = dag.ratios[job];
        let (mut best, mut lead, mut count) = (None, job, 0);
        let mut current = job;
        while work < MAX_WORK {
            for &next in dag.unblocks.row(current) {
                if next.index() < end && std::mem::replace(&mut self.visited[next], self.round) != self.round {
                    self.open.push(Reverse(next));
                }
            }
            let Some(Reverse(next)) = self.open.pop() else { break };
            current = next;
            work += 1;
            let value = dag.ratios[current].value;
            if !(if forced { active[current] } else { value > 0 }) {
                continue;
            }
            work += self.take(current, job, &mut set, MAX_WORK - work);
            if work > MAX_WORK {
                break;
            }
            if count == 0 || value > dag.ratios[lead].value {
                lead = current;
            }
            count += 1;
            if set.compare(highest).is_gt() || forced && best.is_none() {
                highest = set;
                let (from, to) = (own_positions[job] + 1, job.index() as u32 + 1);
                best = Some(PositionBoost { from, to, lead, others: count - 1, set, guessed: self.guessed });
            }
        }
        best
    }

    /// Adds a job to the set, with all it waits for from the job `first` of the sequence on; gives how many jobs that is,
    /// or a number above `most` where it is more than `most`.
    fn take(&mut self, job: LocalJob, first: LocalJob, set: &mut Ratio, most: usize) -> usize {
        let dag = self.explained.dag;
        let mut count = 0;
        let mut open = vec![job];
        while let Some(job) = open.pop() {
            if job >= first && std::mem::replace(&mut self.taken[job], self.round) != self.round {
                *set = set.and(dag.ratios[job]);
                self.guessed += u32::from(self.explained.guessed[job]);
                count += 1;
                if count > most {
                    break;
                }
                open.extend(dag.needs.row(job));
            }
        }
        count
    }
}
