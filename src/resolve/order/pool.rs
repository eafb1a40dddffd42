//! Guesses, for every job of a large problem at once, the ratio of the block it belongs to.
//!
//! The blocks of the best sequence are the level sets of an isotonic regression: each job gets a ratio as near its own
//! as can be, and never a higher one than what it waits for. One walk over the jobs finds nearly that: a job whose
//! ratio is higher than that of what it waits for is pooled with the lowest of them, and the pool with the next, until
//! no ratio is too high (generalised pool-adjacent-violators; Burdakov, Sysoev, Grimvall and Hussian 2006). It never
//! takes a pool apart again, so the outcome depends on the order of the walk, and walks in both directions give
//! different pools.

use super::dag::{Dag, LocalJob, Ratio};
use crate::id::IdVec;
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// Whether each job is pooled with its needs, which come before it in the sequence, or with what waits for it.
#[derive(Clone, Copy)]
pub(super) enum Walk {
    Down,
    Up,
}

/// For each job the ratio of its pool, after a walk along `sequence` (down it, or up).
pub(super) fn pool(dag: &Dag, sequence: &[LocalJob], walk: Walk) -> IdVec<LocalJob, Ratio> {
    let mut pools = Pools { parents: dag.jobs().collect(), ratios: dag.ratios.clone(), walk };
    let mut edges: IdVec<LocalJob, BinaryHeap<Edge>> = dag.jobs().map(|_| BinaryHeap::new()).collect();
    let mut step = |job: LocalJob, row: &[LocalJob]| {
        let mut job_edges: BinaryHeap<Edge> = row.iter().map(|&other| pools.edge(other)).collect();
        while let Some(edge) = job_edges.pop() {
            let current = pools.edge(edge.pool);
            if current.pool == job {
                continue;
            }
            if current.key.compare(edge.key).is_ne() {
                job_edges.push(current);
                continue;
            }
            if current.key.compare(pools.key(job)).is_ge() {
                job_edges.push(current);
                break;
            }
            pools.merge(current.pool, job);
            let mut pool_edges = std::mem::take(&mut edges[current.pool]);
            job_edges.append(&mut pool_edges);
        }
        edges[job] = job_edges;
    };
    match walk {
        Walk::Down => sequence.iter().for_each(|&job| step(job, dag.needs.row(job))),
        Walk::Up => sequence.iter().rev().for_each(|&job| step(job, dag.unblocks.row(job))),
    }
    let of_pool = |job| {
        let pool = pools.find(job);
        pools.ratios[pool]
    };
    dag.jobs().map(of_pool).collect()
}

/// Disjoint sets of jobs. A pool goes by the one of its jobs that has itself for a parent.
struct Pools {
    parents: IdVec<LocalJob, LocalJob>,
    ratios: IdVec<LocalJob, Ratio>,
    walk: Walk,
}

impl Pools {
    fn find(&mut self, mut job: LocalJob) -> LocalJob {
        while self.parents[job] != job {
            let grandparent = self.parents[self.parents[job]];
            self.parents[job] = grandparent;
            job = grandparent;
        }
        job
    }

    fn merge(&mut self, pool: LocalJob, into: LocalJob) {
        self.parents[pool] = into;
        self.ratios[into] = self.ratios[into].and(self.ratios[pool]);
    }

    /// What is lowest where the pool violates the order most. On the way up the order is reversed, so the key is the inverse.
    fn key(&self, pool: LocalJob) -> Ratio {
        let ratio = self.ratios[pool];
        match self.walk {
            Walk::Down => ratio,
            Walk::Up => Ratio { value: ratio.effort, effort: ratio.value },
        }
    }

    fn edge(&mut self, to: LocalJob) -> Edge {
        let pool = self.find(to);
        Edge { key: self.key(pool), pool }
    }
}

/// A dependency on another pool, the lowest key first. A pool's key only ever rises, so an outdated one comes up in time.
struct Edge {
    key: Ratio,
    pool: LocalJob,
}

impl Ord for Edge {
    fn cmp(&self, other: &Edge) -> Ordering {
        other.key.compare(self.key).then(other.pool.cmp(&self.pool))
    }
}

impl PartialOrd for Edge {
    fn partial_cmp(&self, other: &Edge) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Edge {
    fn eq(&self, other: &Edge) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Edge {}
