//! The best sequence of a block, by looking at each closed set of its jobs once (Schrage and Baker 1978).

use super::dag::{Dag, LocalJob};
use crate::id::{Id, IdVec};

/// A closed set is the bits of one word.
pub(super) const MAX_JOBS: usize = 64;

/// A best sequence, and among several the one whose job goes first where they differ ([`Dag::tie_break`]); `None` where
/// there are more than `most` closed sets.
pub(super) fn exact(dag: &Dag, most: usize) -> Option<Vec<LocalJob>> {
    if dag.len() > MAX_JOBS {
        return None;
    }
    let before = dominance(dag, ancestors(dag)?);
    let levels = closed_sets(dag, &before, most)?;
    let best = cheapest_steps(dag, &before, &levels)?;
    let mut set = 0u64;
    let mut sequence = Vec::with_capacity(dag.len());
    for (level, best) in levels.iter().zip(best.iter().rev()) {
        let index = level.binary_search_by_key(&set, |closed| closed.set).ok()?;
        sequence.push(best[index]);
        set |= bit(best[index]);
    }
    Some(sequence)
}

/// A dependency-closed set of jobs, and how long they take.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Closed {
    set: u64,
    effort: u64,
}

/// All that each job waits for, directly or not.
fn ancestors(dag: &Dag) -> Option<IdVec<LocalJob, u64>> {
    let mut before: IdVec<LocalJob, u64> = IdVec::filled(0, dag.len());
    let mut done = 0u64;
    for _ in dag.jobs() {
        let ready =
            |&job: &LocalJob| done & bit(job) == 0 && dag.needs.row(job).iter().all(|&need| done & bit(need) != 0);
        let job = dag.jobs().find(ready)?;
        done |= bit(job);
        before[job] = dag.needs.row(job).iter().fold(0, |set, &need| set | bit(need) | before[need]);
    }
    Some(before)
}

/// Adds constraints that some best sequence meets: where `a` waits for nothing that `b` does not, unblocks
/// all that `b` does, and is worth no less for its effort, then `a` goes before `b`. (Where `b` came first, either `a`
/// could change places with what stands from `b` on, or `b` with what stands up to `a`, and the cost would not rise.)
fn dominance(dag: &Dag, mut before: IdVec<LocalJob, u64>) -> IdVec<LocalJob, u64> {
    let mut after: IdVec<LocalJob, u64> = IdVec::filled(0, dag.len());
    for (job, &set) in before.enumerate() {
        jobs_in(set).for_each(|need| after[need] |= bit(job));
    }
    let mut changed = true;
    while changed {
        changed = false;
        for a in dag.jobs() {
            for b in dag.jobs() {
                if a == b || (before[b] | after[b]) & bit(a) != 0 || before[a] & !before[b] | after[b] & !after[a] != 0
                {
                    continue;
                }
                if dag.tie_break(a, b).is_lt() {
                    let (early, late) = (before[a] | bit(a), after[b] | bit(b));
                    jobs_in(late).for_each(|job| before[job] |= early);
                    jobs_in(early).for_each(|job| after[job] |= late);
                    changed = true;
                }
            }
        }
    }
    before
}

/// All closed sets, by how many jobs are in them, each size in rising order; the last, of all jobs, is not listed.
fn closed_sets(dag: &Dag, before: &IdVec<LocalJob, u64>, most: usize) -> Option<Vec<Vec<Closed>>> {
    let mut levels = vec![vec![Closed { set: 0, effort: 0 }]];
    let mut total = 1;
    for _ in 1..dag.len() {
        let mut next = Vec::new();
        for &Closed { set, effort } in levels.last()? {
            let with = |job: LocalJob| Closed { set: set | bit(job), effort: effort + dag.ratios[job].effort };
            next.extend(ready(before, set).map(with));
        }
        next.sort_unstable();
        next.dedup();
        total += next.len();
        if total > most {
            return None;
        }
        levels.push(next);
    }
    Some(levels)
}

/// For each closed set the job to do next, the largest sets first. The cost of all that follows a set does not depend
/// on how the set was done.
fn cheapest_steps(dag: &Dag, before: &IdVec<LocalJob, u64>, levels: &[Vec<Closed>]) -> Option<Vec<Vec<LocalJob>>> {
    let mut steps = Vec::with_capacity(levels.len());
    let mut later: (&[Closed], Vec<u128>) = (&[], vec![0]);
    for level in levels.iter().rev() {
        let mut jobs = Vec::with_capacity(level.len());
        let mut costs = Vec::with_capacity(level.len());
        for &Closed { set, effort } in level {
            let step = |job: LocalJob| {
                let ratio = dag.ratios[job];
                let index = later.0.binary_search_by_key(&(set | bit(job)), |closed| closed.set).unwrap_or(0);
                (later.1[index] + u128::from(ratio.value) * u128::from(effort + ratio.effort), job)
            };
            let (cost, job) =
                ready(before, set).map(step).min_by(|a, b| a.0.cmp(&b.0).then_with(|| dag.tie_break(a.1, b.1)))?;
            jobs.push(job);
            costs.push(cost);
        }
        steps.push(jobs);
        later = (level, costs);
    }
    Some(steps)
}

/// The jobs that could follow `set`.
fn ready(before: &IdVec<LocalJob, u64>, set: u64) -> impl Iterator<Item = LocalJob> {
    let all = u64::MAX >> (u64::BITS as usize - before.len());
    jobs_in(all & !set).filter(move |&job| before[job] & !set == 0)
}

/// The set of one job.
fn bit(job: LocalJob) -> u64 {
    1 << job.index()
}

/// The jobs of a set, by number.
fn jobs_in(mut set: u64) -> impl Iterator<Item = LocalJob> {
    std::iter::from_fn(move || {
        let bit = set.trailing_zeros();
        (bit < u64::BITS).then(|| {
            set &= set - 1;
            LocalJob::new(bit as usize)
        })
    })
}
