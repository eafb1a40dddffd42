//! Lines up jobs so that each comes after what it waits for, and otherwise the best first.

use super::dag::{Dag, Ratio};
use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

/// What decides between jobs that could both be next: the higher `ratio`, then the higher `own`, then the lower `number`.
#[derive(Clone, Copy)]
pub(super) struct Rank {
    pub(super) ratio: Ratio,
    pub(super) own: Ratio,
    pub(super) number: u32,
}

impl Rank {
    fn compare(&self, other: &Rank) -> Ordering {
        let ratio = other.ratio.compare(self.ratio);
        ratio.then_with(|| other.own.compare(self.own)).then(self.number.cmp(&other.number))
    }
}

/// Of the jobs whose needs are done, always the one of the first rank comes next. Jobs in a cycle are left out.
pub(super) fn line(dag: &Dag, rank: impl Fn(u32) -> Rank) -> Vec<u32> {
    let mut ranked: Vec<(Rank, u32)> = dag.all().map(|job| (rank(job), job)).collect();
    ranked.sort_unstable_by(|a, b| a.0.compare(&b.0));
    let ranked: Vec<u32> = ranked.into_iter().map(|(_, job)| job).collect();
    let mut ranks = vec![0u32; dag.len()];
    for (rank, &job) in ranked.iter().enumerate() {
        ranks[job as usize] = rank as u32;
    }
    let mut waits: Vec<u32> = dag.all().map(|job| dag.needs.row(job).len() as u32).collect();
    let ready = dag.all().filter(|&job| waits[job as usize] == 0);
    let mut ready: BinaryHeap<Reverse<u32>> = ready.map(|job| Reverse(ranks[job as usize])).collect();
    let mut line = Vec::with_capacity(dag.len());
    while let Some(Reverse(rank)) = ready.pop() {
        let job = ranked[rank as usize];
        line.push(job);
        for &other in dag.unblocks.row(job) {
            waits[other as usize] -= 1;
            if waits[other as usize] == 0 {
                ready.push(Reverse(ranks[other as usize]));
            }
        }
    }
    line
}
