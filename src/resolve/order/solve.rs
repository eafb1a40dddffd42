//! From a problem to its sequence: take it apart, do each piece as well as its size allows, put the pieces together.

use super::dag::{Dag, LocalJob, PartNumbers, Ratio};
use super::exact::{MAX_JOBS, exact};
use super::list_schedule::{Priority, list_schedule};
use super::pool::{Walk, pool};
use super::shift::{Reach, shift};
use super::sidney::{Blocks, sidney};
use super::windows::{hull, windows};
use crate::id::{Id, IdVec};

/// A component of this many jobs and dependencies, added up, is too large to be cut as a whole.
pub(super) const LARGE: usize = 4_000;

/// How many closed sets of a block may be tried. A block of twelve jobs never has more.
const MAX_SETS: usize = 4_096;

/// The same for the many blocks of a large component.
const MAX_SETS_IN_LARGE: usize = 256;

/// How many pieces a window holds: in a large component, in every third pass over it, and in a block. Wide windows improve
/// more of the sequence at once, narrow ones put in order what a wide one leaves as one block.
const WIDE: usize = 128;
const NARROW: usize = 32;
const NARROWEST: usize = 16;

/// A large component has as many passes as make this many jobs in all, and two at least and six at most.
const JOBS_IN_PASSES: usize = 25_000;

const THOROUGH: Reach = Reach { distance: 200, run: 4, rounds: 20 };
const BRIEF: Reach = Reach { distance: 30, run: 1, rounds: 1 };

/// How often blocks are opened inside blocks.
const MAX_DEPTH: usize = 8;

/// A sequence of all jobs of a problem that makes the total cost of delay small. Components of `large` jobs and
/// dependencies or more are done by windows.
pub(super) fn solve(dag: &Dag, large: usize) -> Vec<LocalJob> {
    solve_to(MAX_DEPTH, dag, large)
}

fn solve_to(depth: usize, dag: &Dag, large: usize) -> Vec<LocalJob> {
    let mut numbers = dag.part_numbers();
    let mut all = Blocks { jobs: Vec::with_capacity(dag.len()), ends: Vec::new() };
    for members in components(dag).iter() {
        let start = all.jobs.len() as u32;
        if members.len() == 1 {
            all.jobs.extend(members);
            all.ends.push(start + 1);
            continue;
        }
        let whole = members.len() == dag.len();
        let part = if whole { None } else { Some(dag.part(members.chunks(1), &mut numbers)) };
        let part = part.as_ref().unwrap_or(dag);
        let is_large = part.len() + part.needs.total() >= large;
        let blocks = if is_large { solve_large(part) } else { solve_component(depth, part, large) };
        all.jobs.extend(blocks.jobs.iter().map(|job| members[job.index()]));
        all.ends.extend(blocks.ends.iter().map(|&end| start + end));
    }
    assemble(dag, &all, &mut numbers)
}

/// The connected components, each in rising order.
fn components(dag: &Dag) -> Blocks {
    let mut visited: IdVec<LocalJob, bool> = IdVec::filled(false, dag.len());
    let mut all = Blocks { jobs: Vec::with_capacity(dag.len()), ends: Vec::new() };
    for root in dag.jobs() {
        if std::mem::replace(&mut visited[root], true) {
            continue;
        }
        let start = all.jobs.len();
        all.jobs.push(root);
        let mut position = start;
        while position < all.jobs.len() {
            let job = all.jobs[position];
            position += 1;
            for &next in dag.needs.row(job).iter().chain(dag.unblocks.row(job)) {
                if !std::mem::replace(&mut visited[next], true) {
                    all.jobs.push(next);
                }
            }
        }
        all.jobs[start..].sort_unstable();
        all.ends.push(position as u32);
    }
    all
}

/// Puts blocks one after the other, the highest ratio first; of equals the one whose first job goes first.
fn assemble(dag: &Dag, blocks: &Blocks, numbers: &mut PartNumbers) -> Vec<LocalJob> {
    let rows: IdVec<LocalJob, &[LocalJob]> = blocks.iter().collect();
    let whole = dag.part(blocks.iter(), numbers);
    let order = list_schedule(&whole, |block| {
        let first = rows[block][0];
        Priority { ratio: whole.ratios[block], own_ratio: dag.ratios[first], tie: first }
    });
    order.into_iter().flat_map(|block| rows[block].iter().copied()).collect()
}

/// A component cut as a whole, each block in sequence.
fn solve_component(depth: usize, dag: &Dag, large: usize) -> Blocks {
    let mut blocks = sidney(dag);
    let mut numbers = dag.part_numbers();
    let mut start = 0;
    for &end in &blocks.ends {
        let block = &mut blocks.jobs[start..end as usize];
        start = end as usize;
        if block.len() == 1 {
            continue;
        }
        let part = dag.part(block.chunks(1), &mut numbers);
        let opened = if depth == 0 { None } else { open(depth, &part, large) };
        let sequence = opened.or_else(|| exact(&part, MAX_SETS)).unwrap_or_else(|| approximate(&part));
        let sequence: Vec<LocalJob> = sequence.into_iter().map(|job| block[job.index()]).collect();
        block.copy_from_slice(&sequence);
    }
    blocks
}

/// Where jobs at the ends of a block can be in one position only, what is between them is a problem of its own, which can be
/// cut again.
fn open(depth: usize, dag: &Dag, large: usize) -> Option<Vec<LocalJob>> {
    let first = forced(dag, |job| dag.needs.row(job), |job| dag.unblocks.row(job));
    if first.len() == dag.len() {
        return Some(first);
    }
    let last = forced(dag, |job| dag.unblocks.row(job), |job| dag.needs.row(job));
    if first.is_empty() && last.is_empty() {
        return None;
    }
    let mut is_between: IdVec<LocalJob, bool> = IdVec::filled(true, dag.len());
    first.iter().chain(&last).for_each(|&job| is_between[job] = false);
    let between: Vec<LocalJob> = dag.jobs().filter(|&job| is_between[job]).collect();
    let part = dag.part(between.chunks(1), &mut dag.part_numbers());
    let sequence = solve_to(depth - 1, &part, large).into_iter().map(|job| between[job.index()]);
    Some(first.into_iter().chain(sequence).chain(last.into_iter().rev()).collect())
}

/// The jobs, from one end of a block inwards, that can be in one position only.
fn forced<'d>(
    dag: &Dag,
    waits_for: impl Fn(LocalJob) -> &'d [LocalJob],
    leads_to: impl Fn(LocalJob) -> &'d [LocalJob],
) -> Vec<LocalJob> {
    let mut unmet: IdVec<LocalJob, usize> = dag.jobs().map(|job| waits_for(job).len()).collect();
    let mut ready: Vec<LocalJob> = dag.jobs().filter(|&job| unmet[job] == 0).collect();
    let mut forced = Vec::new();
    while let [job] = ready[..] {
        forced.push(job);
        ready.clear();
        for &next in leads_to(job) {
            unmet[next] -= 1;
            if unmet[next] == 0 {
                ready.push(next);
            }
        }
    }
    forced
}

/// A good sequence of a block that has too many closed sets to try them all.
fn approximate(dag: &Dag) -> Vec<LocalJob> {
    let mut sequence = guess(dag);
    windows(dag, &mut sequence, NARROWEST);
    let all = 0..sequence.len();
    shift(dag, &mut sequence, &[all], THOROUGH);
    sequence
}

/// A large component: a guess at all of it, made better piece by piece.
fn solve_large(dag: &Dag) -> Blocks {
    let mut jobs = guess(dag);
    for pass in 0..(JOBS_IN_PASSES / dag.len()).clamp(2, 6) {
        windows(dag, &mut jobs, if pass % 3 == 2 { NARROW } else { WIDE });
    }
    let mut numbers = dag.part_numbers();
    let mut hard = Vec::new();
    for piece in hull(dag, &jobs) {
        if piece.len() < 3 {
            continue;
        }
        if piece.len() > MAX_JOBS {
            hard.push(piece);
            continue;
        }
        let mut members = jobs[piece.clone()].to_vec();
        members.sort_unstable();
        match exact(&dag.part(members.chunks(1), &mut numbers), MAX_SETS_IN_LARGE) {
            Some(best) => jobs[piece].iter_mut().zip(best).for_each(|(slot, job)| *slot = members[job.index()]),
            None => hard.push(piece),
        }
    }
    shift(dag, &mut jobs, &hard, BRIEF);
    let ends = hull(dag, &jobs).into_iter().map(|piece| piece.end as u32).collect();
    Blocks { jobs, ends }
}

/// A sequence by guessed ratios. Jobs of one pool go by their own ratios.
fn guess(dag: &Dag) -> Vec<LocalJob> {
    let schedule_by = |ratios: &IdVec<LocalJob, Ratio>| {
        list_schedule(dag, |job| Priority { ratio: ratios[job], own_ratio: dag.ratios[job], tie: job })
    };
    let down = pool(dag, &schedule_by(&dag.ratios), Walk::Down);
    let up = pool(dag, &schedule_by(&down), Walk::Up);
    schedule_by(&up)
}
