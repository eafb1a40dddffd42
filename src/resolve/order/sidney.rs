//! Cuts a problem into the blocks that some best sequence does one after the other (Sidney 1975).
//!
//! The dependency-closed set of highest value ÷ effort goes first, then the best of what is left, and so on. To find
//! it, ask whether a closed part of a set beats the ratio of the whole: every job is worth its value less that ratio
//! times its effort, and who is worth more than nothing pays for what it waits for, along the dependencies, until
//! nobody can pay or nobody is owed (a maximum flow; Picard 1976). Who cannot get rid of a surplus, and what those wait
//! for, is the better part. Where all is paid, the set is one block, or several of one ratio: those who could pay each
//! other in a circle belong together (Picard and Queyranne 1980).

use super::dag::Dag;
use std::ops::Range;

/// A cut: all jobs, and where each block ends.
pub(super) struct Blocks {
    pub(super) jobs: Vec<u32>,
    pub(super) ends: Vec<u32>,
}

impl Blocks {
    pub(super) fn iter(&self) -> impl Iterator<Item = &[u32]> + Clone {
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
    jobs: Vec<u32>,
    /// The set that each job is in; what lies in another does not exist.
    sets: Vec<u32>,
    last_set: u32,
    /// What a job has to give; below 0, what it is owed.
    surplus: Vec<i128>,
    /// What each edge of `needs` carries, from the job to its need.
    paid: Vec<i128>,
    /// When a job was last met, and the step that led to it.
    met: Vec<u32>,
    time: u32,
    from: Vec<Step>,
    queue: Vec<u32>,
    /// How many more edges may be looked at.
    work: usize,
}

#[derive(Clone, Copy)]
struct Step {
    job: u32,
    edge: u32,
    /// Whether it takes back what the edge carries.
    back: bool,
}

/// How many edges may be looked at, for each job and edge of the problem. Random plans of 1,000 jobs take up to 600.
const WORK: usize = 2_000;

impl<'a> Flow<'a> {
    fn new(dag: &'a Dag) -> Flow<'a> {
        let len = dag.len();
        Flow {
            dag,
            jobs: dag.all().collect(),
            sets: vec![0; len],
            last_set: 0,
            surplus: vec![0; len],
            paid: vec![0; dag.needs.total()],
            met: vec![0; len],
            time: 0,
            from: vec![Step { job: 0, edge: 0, back: false }; len],
            queue: Vec::new(),
            work: WORK * (len + dag.needs.total()),
        }
    }

    /// Moves the closed part that beats the ratio of a set by most to the front of it; gives its size.
    fn split(&mut self, set: Range<usize>) -> usize {
        self.last_set += 2;
        let whole = self.dag.sum(&self.jobs[set.clone()]);
        for at in set.clone() {
            let job = self.jobs[at];
            self.sets[job as usize] = self.last_set;
            self.surplus[job as usize] = self.dag.jobs[job as usize].over(whole);
            self.paid[self.dag.needs.range(job)].fill(0);
        }
        for at in set.clone() {
            let job = self.jobs[at];
            while self.surplus[job as usize] > 0 && self.sets[job as usize] == self.last_set {
                match self.search(job) {
                    Some(owed) => self.pay(job, owed),
                    None if self.work == 0 => return 0,
                    // Nobody within reach is owed: for the others all these are out of the way.
                    None => self.queue.iter().for_each(|&job| self.sets[job as usize] = self.last_set - 1),
                }
            }
        }
        self.queue.clear();
        let mut better = set.start;
        for at in set.clone() {
            let job = self.jobs[at];
            if self.sets[job as usize] == self.last_set {
                self.queue.push(job);
            } else {
                self.jobs[better] = job;
                better += 1;
            }
        }
        self.jobs[better..set.end].copy_from_slice(&self.queue);
        better - set.start
    }

    /// The nearest job that `payer` can pay and that is owed; where there is none, `queue` is all that it can reach.
    fn search(&mut self, payer: u32) -> Option<u32> {
        let dag = self.dag;
        self.time += 1;
        self.met[payer as usize] = self.time;
        self.queue.clear();
        self.queue.push(payer);
        let mut at = 0;
        while at < self.queue.len() {
            let job = self.queue[at];
            at += 1;
            for edge in dag.needs.range(job) {
                let need = dag.needs.item(edge);
                if self.meets(need, Step { job, edge: edge as u32, back: false }) {
                    return Some(need);
                }
            }
            for edge in dag.unblocks.range(job) {
                let other = dag.unblocks.item(edge);
                let edge = dag.twins[edge];
                if self.paid[edge as usize] > 0 && self.meets(other, Step { job, edge, back: true }) {
                    return Some(other);
                }
            }
            self.work = self.work.saturating_sub(dag.needs.row(job).len() + dag.unblocks.row(job).len());
            if self.work == 0 {
                return None;
            }
        }
        None
    }

    /// Takes note of a job that a step leads to; whether it is owed.
    fn meets(&mut self, job: u32, step: Step) -> bool {
        let place = job as usize;
        if self.sets[place] != self.last_set || self.met[place] == self.time {
            return false;
        }
        self.met[place] = self.time;
        self.from[place] = step;
        self.queue.push(job);
        self.surplus[place] < 0
    }

    /// Moves as much as the way that the search found can carry.
    fn pay(&mut self, payer: u32, owed: u32) {
        let mut sum = self.surplus[payer as usize].min(-self.surplus[owed as usize]);
        let mut job = owed;
        while job != payer {
            let step = self.from[job as usize];
            if step.back {
                sum = sum.min(self.paid[step.edge as usize]);
            }
            job = step.job;
        }
        job = owed;
        while job != payer {
            let step = self.from[job as usize];
            self.paid[step.edge as usize] += if step.back { -sum } else { sum };
            job = step.job;
        }
        self.surplus[payer as usize] -= sum;
        self.surplus[owed as usize] += sum;
    }

    /// Cuts a fully paid set, all of one ratio, into its least blocks: the strongly connected components of who could
    /// pay whom, needs first (Tarjan 1972).
    fn residual_cycles(&mut self, set: Range<usize>, ends: &mut Vec<u32>) {
        let first = self.time + 1;
        let mut end = set.start;
        let (mut path, mut waiting) = (Vec::new(), Vec::new());
        let roots = self.jobs[set].to_vec();
        for root in roots {
            if self.met[root as usize] >= first {
                continue;
            }
            self.enter(root, &mut path, &mut waiting);
            while let Some(&job) = path.last() {
                if let Some(other) = self.next_payable(job) {
                    if self.met[other as usize] < first {
                        self.enter(other, &mut path, &mut waiting);
                    } else if self.sets[other as usize] == self.last_set {
                        self.lower(job, self.met[other as usize]);
                    }
                    continue;
                }
                path.pop();
                let low = self.from[job as usize].job;
                if let Some(&above) = path.last() {
                    self.lower(above, low);
                }
                if low == self.met[job as usize] {
                    let start = waiting.iter().rposition(|&other| other == job).unwrap_or(0);
                    let block = &mut self.jobs[end..end + waiting.len() - start];
                    block.copy_from_slice(&waiting[start..]);
                    block.sort_unstable();
                    block.iter().for_each(|&job| self.sets[job as usize] = self.last_set - 1);
                    end += block.len();
                    ends.push(end as u32);
                    waiting.truncate(start);
                }
            }
        }
    }

    /// A job that is entered has its time in `met`, the earliest time it can reach in `from.job`, and in `from.edge`
    /// how many of its edges have been followed.
    fn enter(&mut self, job: u32, path: &mut Vec<u32>, waiting: &mut Vec<u32>) {
        self.time += 1;
        self.met[job as usize] = self.time;
        self.from[job as usize] = Step { job: self.time, edge: 0, back: false };
        path.push(job);
        waiting.push(job);
    }

    fn lower(&mut self, job: u32, time: u32) {
        let low = &mut self.from[job as usize].job;
        *low = time.min(*low);
    }

    /// The next job of the set that `job` could pay, in the order of its edges.
    fn next_payable(&mut self, job: u32) -> Option<u32> {
        let dag = self.dag;
        let (needs, unblocks) = (dag.needs.range(job), dag.unblocks.range(job));
        loop {
            let at = self.from[job as usize].edge as usize;
            self.from[job as usize].edge += 1;
            let other = if at < needs.len() {
                dag.needs.item(needs.start + at)
            } else if at < needs.len() + unblocks.len() {
                let edge = unblocks.start + at - needs.len();
                if self.paid[dag.twins[edge] as usize] == 0 {
                    continue;
                }
                dag.unblocks.item(edge)
            } else {
                return None;
            };
            if self.sets[other as usize] == self.last_set {
                return Some(other);
            }
        }
    }
}
