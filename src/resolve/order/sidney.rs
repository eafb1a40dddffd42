//! Cuts a problem into the blocks that some best sequence does one after the other (Sidney 1975).
//!
//! The dependency-closed set of highest value ÷ effort goes first, then the best of the remaining jobs, and so on. To
//! find it, ask whether a closed part of a set beats the ratio of the whole. Each job has a surplus, its value less that
//! ratio times its effort, or a deficit where this is below 0. A maximum flow along the dependencies sends the surplus of
//! jobs to the deficits of what they wait for (Picard 1976). The jobs whose surplus cannot be sent, and what those wait
//! for, are the better part. Where no surplus is left, the set is one block, or several of one ratio: the blocks are the
//! strongly connected components of the residual graph (Picard and Queyranne 1980).

use super::dag::{Dag, LocalJob};
use crate::id::{Id, IdVec};
use std::ops::Range;

/// A cut: all jobs, and the position at which each block ends.
pub(super) struct Blocks {
    pub(super) jobs: Vec<LocalJob>,
    pub(super) ends: Vec<u32>,
}

impl Blocks {
    pub(super) fn iter(&self) -> impl Iterator<Item = &[LocalJob]> + Clone {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| &self.jobs[start as usize..end as usize])
    }
}

/// The blocks, first to do first. A problem that would take too much work keeps some blocks together.
pub(super) fn sidney(dag: &Dag) -> Blocks {
    let mut flow = Flow::new(dag);
    let mut ends = Vec::new();
    let all = 0..dag.len();
    let mut open = vec![all];
    while let Some(set) = open.pop() {
        if set.len() < 2 {
            ends.push(set.end as u32);
            continue;
        }
        let better = flow.split(set.clone());
        if 0 < better && better < set.len() {
            open.push(set.start + better..set.end);
            open.push(set.start..set.start + better);
        } else if flow.work == 0 {
            ends.push(set.end as u32);
        } else {
            flow.residual_cycles(set, &mut ends);
        }
    }
    Blocks { jobs: flow.jobs, ends }
}

struct Flow<'a> {
    dag: &'a Dag,
    /// All jobs, each set in one piece.
    jobs: Vec<LocalJob>,
    /// The set that each job is in. The current set is `last_set`; jobs of other sets are ignored.
    sets: IdVec<LocalJob, u32>,
    last_set: u32,
    /// The surplus of each job; below 0, its deficit.
    surplus: IdVec<LocalJob, i128>,
    /// The flow on each edge of `needs`, from the job to its need.
    flow: Vec<i128>,
    /// When each job was last visited, by `clock`.
    visited: IdVec<LocalJob, u32>,
    clock: u32,
    /// The step by which the search came to each job.
    steps: IdVec<LocalJob, Step>,
    /// The progress of the depth-first walk at each job.
    progress: IdVec<LocalJob, Progress>,
    queue: Vec<LocalJob>,
    /// How many more edges may be looked at.
    work: usize,
}

/// A step of the search through the residual graph.
#[derive(Clone, Copy)]
struct Step {
    /// The job that the step comes from.
    from: LocalJob,
    /// The edge of `needs` that it follows.
    edge: u32,
    /// Whether it goes against the edge, to reduce the flow on it.
    backward: bool,
}

/// What the walk of [`Flow::residual_cycles`] knows of a job.
#[derive(Clone, Copy)]
struct Progress {
    /// The time of the earliest job that it is known to reach.
    low: u32,
    /// How many of its edges have been followed.
    followed: u32,
}

/// How many edges may be looked at, for each job and edge of the problem. Random plans of 1,000 jobs take up to 600.
const WORK: usize = 2_000;

impl<'a> Flow<'a> {
    fn new(dag: &'a Dag) -> Flow<'a> {
        let len = dag.len();
        Flow {
            dag,
            jobs: dag.jobs().collect(),
            sets: IdVec::filled(0, len),
            last_set: 0,
            surplus: IdVec::filled(0, len),
            flow: vec![0; dag.needs.total()],
            visited: IdVec::filled(0, len),
            clock: 0,
            steps: IdVec::filled(Step { from: LocalJob::new(0), edge: 0, backward: false }, len),
            progress: IdVec::filled(Progress { low: 0, followed: 0 }, len),
            queue: Vec::new(),
            work: WORK * (len + dag.needs.total()),
        }
    }

    /// Moves the closed part that beats the ratio of a set by most to the front of it; gives its size.
    fn split(&mut self, set: Range<usize>) -> usize {
        self.last_set += 2;
        let whole = self.dag.sum(&self.jobs[set.clone()]);
        for position in set.clone() {
            let job = self.jobs[position];
            self.sets[job] = self.last_set;
            self.surplus[job] = self.dag.ratios[job].over(whole);
            self.flow[self.dag.needs.range(job)].fill(0);
        }
        for position in set.clone() {
            let job = self.jobs[position];
            while self.surplus[job] > 0 && self.sets[job] == self.last_set {
                match self.search(job) {
                    Some(deficit) => self.push_flow(job, deficit),
                    None if self.work == 0 => return 0,
                    // No job within reach has a deficit: later searches need not visit these jobs.
                    None => self.queue.iter().for_each(|&job| self.sets[job] = self.last_set - 1),
                }
            }
        }
        self.queue.clear();
        let mut better = set.start;
        for position in set.clone() {
            let job = self.jobs[position];
            if self.sets[job] == self.last_set {
                self.queue.push(job);
            } else {
                self.jobs[better] = job;
                better += 1;
            }
        }
        self.jobs[better..set.end].copy_from_slice(&self.queue);
        better - set.start
    }

    /// The nearest job with a deficit that flow from `source` can reach; where there is none, `queue` is all that it can reach.
    fn search(&mut self, source: LocalJob) -> Option<LocalJob> {
        let dag = self.dag;
        self.clock += 1;
        self.visited[source] = self.clock;
        self.queue.clear();
        self.queue.push(source);
        let mut next = 0;
        while next < self.queue.len() {
            let job = self.queue[next];
            next += 1;
            for edge in dag.needs.range(job) {
                let need = dag.needs.item(edge);
                if self.visit(need, Step { from: job, edge: edge as u32, backward: false }) {
                    return Some(need);
                }
            }
            for edge in dag.unblocks.range(job) {
                let dependent = dag.unblocks.item(edge);
                let edge = dag.twins[edge];
                if self.flow[edge as usize] > 0 && self.visit(dependent, Step { from: job, edge, backward: true }) {
                    return Some(dependent);
                }
            }
            self.work = self.work.saturating_sub(dag.needs.row(job).len() + dag.unblocks.row(job).len());
            if self.work == 0 {
                return None;
            }
        }
        None
    }

    /// Queues a job of the set that the search has not visited yet; whether it has a deficit.
    fn visit(&mut self, job: LocalJob, step: Step) -> bool {
        if self.sets[job] != self.last_set || self.visited[job] == self.clock {
            return false;
        }
        self.visited[job] = self.clock;
        self.steps[job] = step;
        self.queue.push(job);
        self.surplus[job] < 0
    }

    /// Sends as much from the surplus of `source` to the job `deficit` as the path that the search found can carry.
    fn push_flow(&mut self, source: LocalJob, deficit: LocalJob) {
        let mut amount = self.surplus[source].min(-self.surplus[deficit]);
        let mut job = deficit;
        while job != source {
            let step = self.steps[job];
            if step.backward {
                amount = amount.min(self.flow[step.edge as usize]);
            }
            job = step.from;
        }
        job = deficit;
        while job != source {
            let step = self.steps[job];
            self.flow[step.edge as usize] += if step.backward { -amount } else { amount };
            job = step.from;
        }
        self.surplus[source] -= amount;
        self.surplus[deficit] += amount;
    }

    /// Cuts a set without surplus, all of one ratio, into its smallest blocks: the strongly connected components of the
    /// residual graph, needs first (Tarjan 1972).
    fn residual_cycles(&mut self, set: Range<usize>, ends: &mut Vec<u32>) {
        let start_time = self.clock + 1;
        let mut end = set.start;
        let (mut path, mut open) = (Vec::new(), Vec::new());
        let roots = self.jobs[set].to_vec();
        for root in roots {
            if self.visited[root] >= start_time {
                continue;
            }
            self.enter(root, &mut path, &mut open);
            while let Some(&job) = path.last() {
                if let Some(other) = self.next_residual(job) {
                    if self.visited[other] < start_time {
                        self.enter(other, &mut path, &mut open);
                    } else if self.sets[other] == self.last_set {
                        self.lower(job, self.visited[other]);
                    }
                    continue;
                }
                path.pop();
                let low = self.progress[job].low;
                if let Some(&parent) = path.last() {
                    self.lower(parent, low);
                }
                if low == self.visited[job] {
                    let start = open.iter().rposition(|&other| other == job).unwrap_or(0);
                    let block = &mut self.jobs[end..end + open.len() - start];
                    block.copy_from_slice(&open[start..]);
                    block.sort_unstable();
                    block.iter().for_each(|&job| self.sets[job] = self.last_set - 1);
                    end += block.len();
                    ends.push(end as u32);
                    open.truncate(start);
                }
            }
        }
    }

    /// Begins with a job. It stays on `path` until its edges have been followed, and in `open` until it is part of a block.
    fn enter(&mut self, job: LocalJob, path: &mut Vec<LocalJob>, open: &mut Vec<LocalJob>) {
        self.clock += 1;
        self.visited[job] = self.clock;
        self.progress[job] = Progress { low: self.clock, followed: 0 };
        path.push(job);
        open.push(job);
    }

    fn lower(&mut self, job: LocalJob, time: u32) {
        let low = &mut self.progress[job].low;
        *low = time.min(*low);
    }

    /// The next job of the set that flow from `job` could reach by one edge, in the order of its edges.
    fn next_residual(&mut self, job: LocalJob) -> Option<LocalJob> {
        let dag = self.dag;
        let (needs, unblocks) = (dag.needs.range(job), dag.unblocks.range(job));
        loop {
            let index = self.progress[job].followed as usize;
            self.progress[job].followed += 1;
            let other = if index < needs.len() {
                dag.needs.item(needs.start + index)
            } else if index < needs.len() + unblocks.len() {
                let edge = unblocks.start + index - needs.len();
                if self.flow[dag.twins[edge] as usize] == 0 {
                    continue;
                }
                dag.unblocks.item(edge)
            } else {
                return None;
            };
            if self.sets[other] == self.last_set {
                return Some(other);
            }
        }
    }
}
