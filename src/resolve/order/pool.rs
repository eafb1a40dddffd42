//! Guesses, for every job of a large problem at once, the ratio of the block it belongs to.
//!
//! The blocks of the best sequence are the level sets of an isotonic regression: each job gets a ratio as near its own
//! as can be, and never a higher one than what it waits for. One walk over the jobs finds nearly that: a job whose
//! ratio is higher than that of what it waits for is pooled with the lowest of them, and the pool with the next, until
//! nothing is wrong (generalised pool-adjacent-violators; Burdakov, Sysoev,
//! Grimvall and Hussian 2006). It never takes a pool
//! apart again, so the outcome depends on the order of the walk, and walks in both directions see different things.

use super::dag::{Dag, Ratio};
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// Whether each job is pooled with its needs, which the line has brought before it, or with what waits for it.
#[derive(Clone, Copy)]
pub(super) enum Walk {
    Down,
    Up,
}

/// For each job the ratio of its pool, after a walk along `line` (down it, or up).
pub(super) fn pool(dag: &Dag, line: &[u32], walk: Walk) -> Vec<Ratio> {
    let mut pools = Pools { parents: dag.all().collect(), ratios: dag.jobs.clone(), walk };
    let mut edges: Vec<BinaryHeap<Edge>> = Vec::new();
    edges.resize_with(dag.len(), BinaryHeap::new);
    let mut step = |job: u32, row: &[u32]| {
        let mut mine: BinaryHeap<Edge> = row.iter().map(|&other| pools.edge(other)).collect();
        while let Some(edge) = mine.pop() {
            let now = pools.edge(edge.pool);
            if now.pool == job {
                continue;
            }
            if now.key.compare(edge.key).is_ne() {
                mine.push(now);
                continue;
            }
            if now.key.compare(pools.key(job)).is_ge() {
                mine.push(now);
                break;
            }
            pools.merge(now.pool, job);
            let mut theirs = std::mem::take(&mut edges[now.pool as usize]);
            mine.append(&mut theirs);
        }
        edges[job as usize] = mine;
    };
    match walk {
        Walk::Down => line.iter().for_each(|&job| step(job, dag.needs.row(job))),
        Walk::Up => line.iter().rev().for_each(|&job| step(job, dag.unblocks.row(job))),
    }
    let of_pool = |job| {
        let pool = pools.find(job);
        pools.ratios[pool as usize]
    };
    dag.all().map(of_pool).collect()
}

struct Pools {
    parents: Vec<u32>,
    ratios: Vec<Ratio>,
    walk: Walk,
}

impl Pools {
    fn find(&mut self, mut job: u32) -> u32 {
        while self.parents[job as usize] != job {
            let above = self.parents[self.parents[job as usize] as usize];
            self.parents[job as usize] = above;
            job = above;
        }
        job
    }

    fn merge(&mut self, pool: u32, into: u32) {
        self.parents[pool as usize] = into;
        self.ratios[into as usize] = self.ratios[into as usize].and(self.ratios[pool as usize]);
    }

    /// What is lowest where the pool is most wrong: on the way up all is upside down.
    fn key(&self, pool: u32) -> Ratio {
        let ratio = self.ratios[pool as usize];
        match self.walk {
            Walk::Down => ratio,
            Walk::Up => Ratio { value: ratio.effort, effort: ratio.value },
        }
    }

    fn edge(&mut self, to: u32) -> Edge {
        let pool = self.find(to);
        Edge { key: self.key(pool), pool }
    }
}

/// A dependency on another pool, the lowest key first. A pool's key only ever rises, so an old one comes up in time.
struct Edge {
    key: Ratio,
    pool: u32,
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
