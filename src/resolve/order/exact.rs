//! The best sequence of a block, by looking at each closed set of its jobs once (Schrage and Baker 1978).

use super::dag::Dag;

/// A closed set is the bits of one word.
pub(super) const MAX_JOBS: usize = 64;

/// A best sequence, and among several the one whose job goes first where they differ ([`Dag::before`]); `None` where
/// there are more than `most` closed sets.
pub(super) fn exact(dag: &Dag, most: usize) -> Option<Vec<u32>> {
    if dag.len() > MAX_JOBS {
        return None;
    }
    let before = dominance(dag, ancestors(dag)?);
    let levels = closed_sets(dag, &before, most)?;
    let best = cheapest_steps(dag, &before, &levels)?;
    let mut set = 0u64;
    let mut sequence = Vec::with_capacity(dag.len());
    for (level, best) in levels.iter().zip(best.iter().rev()) {
        let at = level.binary_search_by_key(&set, |closed| closed.set).ok()?;
        sequence.push(best[at]);
        set |= 1 << best[at];
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
fn ancestors(dag: &Dag) -> Option<Vec<u64>> {
    let mut before = vec![0u64; dag.len()];
    let mut done = 0u64;
    for _ in dag.all() {
        let ready = |&job: &u32| done & 1 << job == 0 && dag.needs.row(job).iter().all(|&need| done & 1 << need != 0);
        let job = dag.all().find(ready)?;
        done |= 1 << job;
        before[job as usize] = dag.needs.row(job).iter().fold(0, |set, &need| set | 1 << need | before[need as usize]);
    }
    Some(before)
}

/// Adds what a best sequence may be held to without loss: where `a` waits for nothing that `b` does not, unblocks
/// all that `b` does, and is worth no less for its effort, then `a` goes before `b`. (Where `b` came first, either `a`
/// could change places with what stands from `b` on, or `b` with what stands up to `a`, for no more than before.)
fn dominance(dag: &Dag, mut before: Vec<u64>) -> Vec<u64> {
    let mut after = vec![0u64; dag.len()];
    for (job, &set) in before.iter().enumerate() {
        bits(set).for_each(|need| after[need as usize] |= 1 << job);
    }
    let mut changed = true;
    while changed {
        changed = false;
        for a in dag.all() {
            for b in dag.all() {
                let (i, j) = (a as usize, b as usize);
                if a == b || (before[j] | after[j]) & 1 << a != 0 || before[i] & !before[j] | after[j] & !after[i] != 0
                {
                    continue;
                }
                if dag.before(a, b).is_lt() {
                    let (early, late) = (before[i] | 1 << a, after[j] | 1 << b);
                    bits(late).for_each(|job| before[job as usize] |= early);
                    bits(early).for_each(|job| after[job as usize] |= late);
                    changed = true;
                }
            }
        }
    }
    before
}

/// All closed sets, by how many jobs are in them, each size in rising order; the last, of all jobs, is not listed.
fn closed_sets(dag: &Dag, before: &[u64], most: usize) -> Option<Vec<Vec<Closed>>> {
    let mut levels = vec![vec![Closed { set: 0, effort: 0 }]];
    let mut total = 1;
    for _ in 1..dag.len() {
        let mut next = Vec::new();
        for &Closed { set, effort } in levels.last()? {
            let with = |job: u32| Closed { set: set | 1 << job, effort: effort + dag.jobs[job as usize].effort };
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
fn cheapest_steps(dag: &Dag, before: &[u64], levels: &[Vec<Closed>]) -> Option<Vec<Vec<u32>>> {
    let mut steps = Vec::with_capacity(levels.len());
    let mut later: (&[Closed], Vec<u128>) = (&[], vec![0]);
    for level in levels.iter().rev() {
        let mut jobs = Vec::with_capacity(level.len());
        let mut costs = Vec::with_capacity(level.len());
        for &Closed { set, effort } in level {
            let step = |job: u32| {
                let one = dag.jobs[job as usize];
                let at = later.0.binary_search_by_key(&(set | 1 << job), |closed| closed.set).unwrap_or(0);
                (later.1[at] + u128::from(one.value) * u128::from(effort + one.effort), job)
            };
            let (cost, job) =
                ready(before, set).map(step).min_by(|a, b| a.0.cmp(&b.0).then_with(|| dag.before(a.1, b.1)))?;
            jobs.push(job);
            costs.push(cost);
        }
        steps.push(jobs);
        later = (level, costs);
    }
    Some(steps)
}

/// The jobs that could follow `set`.
fn ready(before: &[u64], set: u64) -> impl Iterator<Item = u32> {
    let all = u64::MAX >> (u64::BITS as usize - before.len());
    bits(all & !set).filter(move |&job| before[job as usize] & !set == 0)
}

fn bits(mut set: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let bit = set.trailing_zeros();
        (bit < u64::BITS).then(|| {
            set &= set - 1;
            bit
        })
    })
}
