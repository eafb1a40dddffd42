//! From a problem to its sequence: take it apart, do each piece as well as its size allows, put the pieces together.

use super::dag::{Dag, Ratio};
use super::exact::{MAX_JOBS, exact};
use super::list_schedule::{Rank, line};
use super::pool::{Walk, pool};
use super::shift::{Reach, shift};
use super::sidney::{Blocks, sidney};
use super::windows::{hull, windows};

/// The least jobs and dependencies, added up, that make a component too large to be cut as a whole.
pub(super) const LARGE: usize = 4_000;

/// How many closed sets of a block may be tried. A block of twelve jobs never has more.
const SETS: usize = 4_096;

/// The same for the many blocks of a large component.
const FEW_SETS: usize = 256;

/// How many pieces a window holds: in a large component, in every third pass over it, and in a block. Wide windows see
/// far, narrow ones put in order what a wide one leaves as one block.
const WIDE: usize = 128;
const NARROW: usize = 32;
const NARROWEST: usize = 16;

/// A large component has as many passes as make this many jobs in all, and two at least and six at most.
const JOBS_IN_PASSES: usize = 25_000;

const THOROUGH: Reach = Reach { places: 200, run: 4, rounds: 20 };
const BRIEF: Reach = Reach { places: 30, run: 1, rounds: 1 };

/// How often blocks are opened inside blocks.
const DEPTH: usize = 8;

/// A sequence of all jobs of a problem that makes the total cost of delay small. Components of `large` jobs and
/// dependencies or more are done by windows.
pub(super) fn solve(dag: &Dag, large: usize) -> Vec<u32> {
    solve_to(DEPTH, dag, large)
}

fn solve_to(depth: usize, dag: &Dag, large: usize) -> Vec<u32> {
    let mut places = vec![u32::MAX; dag.len()];
    let mut all = Blocks { jobs: Vec::with_capacity(dag.len()), ends: Vec::new() };
    for members in components(dag).iter() {
        let start = all.jobs.len() as u32;
        if members.len() == 1 {
            all.jobs.extend(members);
            all.ends.push(start + 1);
            continue;
        }
        let whole = members.len() == dag.len();
        let part = if whole { None } else { Some(dag.part(members.chunks(1), &mut places)) };
        let part = part.as_ref().unwrap_or(dag);
        let blocks = if part.len() + part.needs.total() < large { close(depth, part, large) } else { far(part) };
        all.jobs.extend(blocks.jobs.iter().map(|&job| members[job as usize]));
        all.ends.extend(blocks.ends.iter().map(|&end| start + end));
    }
    assemble(dag, &all, &mut places)
}

/// The connected components, each in rising order.
fn components(dag: &Dag) -> Blocks {
    let mut found = vec![false; dag.len()];
    let mut all = Blocks { jobs: Vec::with_capacity(dag.len()), ends: Vec::new() };
    for job in dag.all() {
        if std::mem::replace(&mut found[job as usize], true) {
            continue;
        }
        let start = all.jobs.len();
        all.jobs.push(job);
        let mut at = start;
        while at < all.jobs.len() {
            let here = all.jobs[at];
            at += 1;
            for &next in dag.needs.row(here).iter().chain(dag.unblocks.row(here)) {
                if !std::mem::replace(&mut found[next as usize], true) {
                    all.jobs.push(next);
                }
            }
        }
        all.jobs[start..].sort_unstable();
        all.ends.push(at as u32);
    }
    all
}

/// Puts blocks one after the other, the highest ratio first; of equals the one whose first job goes first.
fn assemble(dag: &Dag, blocks: &Blocks, places: &mut [u32]) -> Vec<u32> {
    let rows: Vec<&[u32]> = blocks.iter().collect();
    let whole = dag.part(blocks.iter(), places);
    let order = line(&whole, |block| {
        let first = rows[block as usize][0];
        Rank { ratio: whole.jobs[block as usize], own: dag.jobs[first as usize], number: first }
    });
    order.into_iter().flat_map(|block| rows[block as usize].iter().copied()).collect()
}

/// A component cut as a whole, each block in sequence.
fn close(depth: usize, dag: &Dag, large: usize) -> Blocks {
    let mut blocks = sidney(dag);
    let mut places = vec![u32::MAX; dag.len()];
    let mut start = 0;
    for &end in &blocks.ends {
        let block = &mut blocks.jobs[start..end as usize];
        start = end as usize;
        if block.len() == 1 {
            continue;
        }
        let part = dag.part(block.chunks(1), &mut places);
        let opened = if depth == 0 { None } else { open(depth, &part, large) };
        let sequence = opened.or_else(|| exact(&part, SETS)).unwrap_or_else(|| near(&part));
        let sequence: Vec<u32> = sequence.into_iter().map(|job| block[job as usize]).collect();
        block.copy_from_slice(&sequence);
    }
    blocks
}

/// Where jobs at the ends of a block have but one place, what is between them is a problem of its own, which can be
/// cut again.
fn open(depth: usize, dag: &Dag, large: usize) -> Option<Vec<u32>> {
    let first = forced(dag, |job| dag.needs.row(job), |job| dag.unblocks.row(job));
    if first.len() == dag.len() {
        return Some(first);
    }
    let last = forced(dag, |job| dag.unblocks.row(job), |job| dag.needs.row(job));
    if first.is_empty() && last.is_empty() {
        return None;
    }
    let mut between = vec![true; dag.len()];
    first.iter().chain(&last).for_each(|&job| between[job as usize] = false);
    let between: Vec<u32> = dag.all().filter(|&job| between[job as usize]).collect();
    let part = dag.part(between.chunks(1), &mut vec![u32::MAX; dag.len()]);
    let sequence = solve_to(depth - 1, &part, large).into_iter().map(|job| between[job as usize]);
    Some(first.into_iter().chain(sequence).chain(last.into_iter().rev()).collect())
}

/// The jobs, from one end of a block inwards, that have but one place.
fn forced<'d>(dag: &Dag, waits_for: impl Fn(u32) -> &'d [u32], leads_to: impl Fn(u32) -> &'d [u32]) -> Vec<u32> {
    let mut waits: Vec<usize> = dag.all().map(|job| waits_for(job).len()).collect();
    let mut ready: Vec<u32> = dag.all().filter(|&job| waits[job as usize] == 0).collect();
    let mut forced = Vec::new();
    while let [job] = ready[..] {
        forced.push(job);
        ready.clear();
        for &next in leads_to(job) {
            waits[next as usize] -= 1;
            if waits[next as usize] == 0 {
                ready.push(next);
            }
        }
    }
    forced
}

/// A good sequence of a block that has too many closed sets to try them all.
fn near(dag: &Dag) -> Vec<u32> {
    let mut sequence = guess(dag);
    windows(dag, &mut sequence, NARROWEST);
    let all = 0..sequence.len();
    shift(dag, &mut sequence, &[all], THOROUGH);
    sequence
}

/// A large component: a guess at all of it, made better piece by piece.
fn far(dag: &Dag) -> Blocks {
    let mut jobs = guess(dag);
    for pass in 0..(JOBS_IN_PASSES / dag.len()).clamp(2, 6) {
        windows(dag, &mut jobs, if pass % 3 == 2 { NARROW } else { WIDE });
    }
    let mut places = vec![u32::MAX; dag.len()];
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
        match exact(&dag.part(members.chunks(1), &mut places), FEW_SETS) {
            Some(best) => jobs[piece].iter_mut().zip(best).for_each(|(slot, job)| *slot = members[job as usize]),
            None => hard.push(piece),
        }
    }
    shift(dag, &mut jobs, &hard, BRIEF);
    let ends = hull(dag, &jobs).into_iter().map(|piece| piece.end as u32).collect();
    Blocks { jobs, ends }
}

/// A sequence by guessed ratios. Whatever is in one pool keeps to its own scores.
fn guess(dag: &Dag) -> Vec<u32> {
    let by = |ratios: &[Ratio]| {
        line(dag, |job| Rank { ratio: ratios[job as usize], own: dag.jobs[job as usize], number: job })
    };
    let down = pool(dag, &by(&dag.jobs), Walk::Down);
    let up = pool(dag, &by(&down), Walk::Up);
    by(&up)
}
