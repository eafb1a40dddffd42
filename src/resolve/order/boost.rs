//! Why a job stands before the place of its own score.

use super::Boost;
use super::dag::{Dag, Ratio};
use super::windows::hull;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// How many jobs one explanation looks at. A longer story would not be read, and all of them together must stay quick.
const MOST: usize = 100;

/// What the explanations draw on. Jobs go by their places in the sequence here.
pub(super) struct Case<'a> {
    pub(super) dag: &'a Dag,
    /// Whether each job is in progress.
    pub(super) active: &'a [bool],
    /// How many jobs are in progress, or wanted by those that are: they come first.
    pub(super) pulled: u32,
    /// The place of each job's own score, from 0.
    pub(super) own: &'a [u32],
}

/// The boost of each job that has one, in the order of the sequence.
pub(super) fn boosts(case: &Case) -> Vec<Option<Boost>> {
    let len = case.dag.len();
    let mut search = Search { case, seen: vec![0; len], taken: vec![0; len], round: 0, open: BinaryHeap::new() };
    let mut boosts = Vec::with_capacity(len);
    let all: Vec<u32> = case.dag.all().collect();
    let groups = all.split_at(case.pulled as usize);
    for (from, group) in [(0, groups.0), (case.pulled, groups.1)] {
        for piece in hull(case.dag, group) {
            for &job in &group[piece.clone()] {
                let forced = job < case.pulled && !case.active[job as usize];
                let end = if forced { case.pulled } else { from + piece.end as u32 };
                let early = job < case.own[job as usize] && job + 1 < end;
                boosts.push(if early { search.boost(job, forced, end) } else { None });
            }
        }
    }
    boosts
}

struct Search<'a> {
    case: &'a Case<'a>,
    /// The round in which a job was last found to wait for the one in question, or taken into its set.
    seen: Vec<u32>,
    taken: Vec<u32>,
    round: u32,
    open: BinaryHeap<Reverse<u32>>,
}

impl Search<'_> {
    /// Takes, in the order of the sequence and before the place `end`, the jobs that `job` unblocks and that count
    /// (those in progress where it is `forced` by them, those of value elsewhere), each with all it still waits for at
    /// the place of `job`; keeps the set of the highest ratio.
    fn boost(&mut self, job: u32, forced: bool, end: u32) -> Option<Boost> {
        let Case { dag, active, own, .. } = *self.case;
        self.round += 1;
        self.open.clear();
        let mut set = Ratio::NONE;
        let mut work = self.take(job, job, &mut set, MOST);
        let mut kept = dag.jobs[job as usize];
        let (mut best, mut lead, mut count) = (None, job, 0);
        let mut at = job;
        while work < MOST {
            for &next in dag.unblocks.row(at) {
                if next < end && std::mem::replace(&mut self.seen[next as usize], self.round) != self.round {
                    self.open.push(Reverse(next));
                }
            }
            let Some(Reverse(next)) = self.open.pop() else { break };
            at = next;
            work += 1;
            let one = dag.jobs[at as usize];
            if !(if forced { active[at as usize] } else { one.value > 0 }) {
                continue;
            }
            work += self.take(at, job, &mut set, MOST - work);
            if work > MOST {
                break;
            }
            if count == 0 || one.value > dag.jobs[lead as usize].value {
                lead = at;
            }
            count += 1;
            if set.compare(kept).is_gt() || forced && best.is_none() {
                kept = set;
                let (value, effort) = (set.value, set.effort);
                best = Some(Boost { from: own[job as usize] + 1, to: job + 1, lead, others: count - 1, value, effort });
            }
        }
        best
    }

    /// Adds a job to the set, with all it waits for from the place `from` on; how many that is, or would be but for
    /// giving up beyond `most`.
    fn take(&mut self, job: u32, from: u32, set: &mut Ratio, most: usize) -> usize {
        let dag = self.case.dag;
        let mut count = 0;
        let mut open = vec![job];
        while let Some(job) = open.pop() {
            if job >= from && std::mem::replace(&mut self.taken[job as usize], self.round) != self.round {
                *set = set.and(dag.jobs[job as usize]);
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
