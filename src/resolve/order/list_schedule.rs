//! List scheduling: each job comes after what it waits for, and otherwise the job of the highest priority first.

use super::dag::{Dag, LocalJob, Ratio};
use crate::id::IdVec;
use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

/// What decides between jobs that could both be next: the higher `ratio`, then the higher `own_ratio`, then the lower `tie`.
#[derive(Clone, Copy)]
pub(super) struct Priority {
    pub(super) ratio: Ratio,
    pub(super) own_ratio: Ratio,
    pub(super) tie: LocalJob,
}

impl Priority {
    /// The higher priority is less, so that it sorts first.
    fn compare(&self, other: &Priority) -> Ordering {
        let ratio = other.ratio.compare(self.ratio);
        ratio.then_with(|| other.own_ratio.compare(self.own_ratio)).then(self.tie.cmp(&other.tie))
    }
}

/// Of the jobs whose needs are done, always the one of the highest priority comes next. Jobs in a cycle are left out.
pub(super) fn list_schedule(dag: &Dag, priority: impl Fn(LocalJob) -> Priority) -> Vec<LocalJob> {
    let mut ranked: Vec<(Priority, LocalJob)> = dag.jobs().map(|job| (priority(job), job)).collect();
    ranked.sort_unstable_by(|a, b| a.0.compare(&b.0));
    let ranked: Vec<LocalJob> = ranked.into_iter().map(|(_, job)| job).collect();
    let mut ranks: IdVec<LocalJob, u32> = IdVec::filled(0, dag.len());
    for (rank, &job) in (0..).zip(&ranked) {
        ranks[job] = rank;
    }
    let mut unmet: IdVec<LocalJob, u32> = dag.jobs().map(|job| dag.needs.row(job).len() as u32).collect();
    let free = dag.jobs().filter(|&job| unmet[job] == 0);
    let mut ready: BinaryHeap<Reverse<u32>> = free.map(|job| Reverse(ranks[job])).collect();
    let mut schedule = Vec::with_capacity(dag.len());
    while let Some(Reverse(rank)) = ready.pop() {
        let job = ranked[rank as usize];
        schedule.push(job);
        for &dependent in dag.unblocks.row(job) {
            unmet[dependent] -= 1;
            if unmet[dependent] == 0 {
                ready.push(Reverse(ranks[dependent]));
            }
        }
    }
    schedule
}
