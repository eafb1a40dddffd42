//! Makes a sequence better by moving runs of neighbouring jobs, with what must go along.
//!
//! A run moves towards the front together with all that it waits for on the way, or towards the back together with
//! all that waits for it; everything else on the way is passed. Each pass over one job changes the total cost of delay
//! by two products, so one walk tries every place on the way.

use super::dag::{Dag, Ratio, Rows};
use std::ops::Range;

/// How far a run moves, how many jobs it has at most, and how often all of them are tried.
#[derive(Clone, Copy)]
pub(super) struct Reach {
    pub(super) places: usize,
    pub(super) run: usize,
    pub(super) rounds: usize,
}

/// How many dependencies one walk follows, so that a dense plan takes no longer than it must.
const MAX_TIES: usize = 1_000;

/// Moves runs within each of the `pieces` of a sequence, until nothing helps.
pub(super) fn shift(dag: &Dag, sequence: &mut [u32], pieces: &[Range<usize>], reach: Reach) {
    let mut mover = Mover { dag, marks: vec![0; dag.len()], mark: 0, moved: Vec::new(), passed: Vec::new() };
    for piece in pieces {
        let piece = &mut sequence[piece.clone()];
        for _ in 0..reach.rounds {
            if !mover.round(piece, reach) {
                break;
            }
        }
    }
}

struct Mover<'a> {
    dag: &'a Dag,
    /// A job that has to come along carries the mark of the walk.
    marks: Vec<u32>,
    mark: u32,
    moved: Vec<u32>,
    passed: Vec<u32>,
}

impl Mover<'_> {
    /// Tries every run once in both directions; whether anything moved.
    fn round(&mut self, sequence: &mut [u32], reach: Reach) -> bool {
        let mut better = false;
        for at in 0..sequence.len() {
            for run in 1..=reach.run.min(at) {
                better |= self.forward(sequence, at + 1 - run, run, reach.places);
            }
        }
        for at in (0..sequence.len()).rev() {
            for run in 1..=reach.run.min(sequence.len() - 1 - at) {
                better |= self.backward(sequence, at, run, reach.places);
            }
        }
        better
    }

    /// Moves the `run` jobs from `at` on towards the front, to the best place there is.
    fn forward(&mut self, sequence: &mut [u32], at: usize, run: usize, places: usize) -> bool {
        let end = at + run;
        let way = &sequence[at.saturating_sub(places)..at];
        let steps = self.walk(&self.dag.needs, &sequence[at..end], way.iter().rev(), true);
        if steps == 0 {
            return false;
        }
        let window = &mut sequence[at - steps..end];
        self.sort(window[..steps].iter());
        self.moved.extend(&window[steps..]);
        window[..self.moved.len()].copy_from_slice(&self.moved);
        window[self.moved.len()..].copy_from_slice(&self.passed);
        true
    }

    /// Moves the `run` jobs from `at` on towards the back, to the best place there is.
    fn backward(&mut self, sequence: &mut [u32], at: usize, run: usize, places: usize) -> bool {
        let end = at + run;
        let way = &sequence[end..sequence.len().min(end + places)];
        let steps = self.walk(&self.dag.unblocks, &sequence[at..end], way.iter(), false);
        if steps == 0 {
            return false;
        }
        let window = &mut sequence[at..end + steps];
        self.sort(window[run..].iter());
        self.passed.extend(&window[..run]);
        self.passed.append(&mut self.moved);
        window.copy_from_slice(&self.passed);
        true
    }

    /// How far to go along the way for the greatest gain; 0 where there is none.
    fn walk<'w>(&mut self, along: &Rows, run: &[u32], way: impl Iterator<Item = &'w u32>, ahead: bool) -> usize {
        self.mark += 1;
        let mut weight = Ratio::NONE;
        let mut ties = 0;
        for &job in run {
            weight = weight.and(self.dag.jobs[job as usize]);
            ties += self.tie(along, job);
        }
        let (mut gain, mut most, mut steps) = (0, 0, 0);
        for (step, &job) in way.enumerate() {
            if ties > MAX_TIES {
                break;
            }
            let one = self.dag.jobs[job as usize];
            if self.marks[job as usize] == self.mark {
                weight = weight.and(one);
                ties += self.tie(along, job);
                continue;
            }
            gain += if ahead { weight.over(one) } else { one.over(weight) };
            if gain > most {
                most = gain;
                steps = step + 1;
            }
        }
        steps
    }

    /// Marks what has to come along with a job; how much that is.
    fn tie(&mut self, along: &Rows, job: u32) -> usize {
        let row = along.row(job);
        row.iter().for_each(|&other| self.marks[other as usize] = self.mark);
        row.len()
    }

    /// Parts what stands on the way into what comes along, by the marks of the walk, and what is passed.
    fn sort<'w>(&mut self, way: impl Iterator<Item = &'w u32>) {
        self.moved.clear();
        self.passed.clear();
        for &job in way {
            if self.marks[job as usize] == self.mark {
                self.moved.push(job);
            } else {
                self.passed.push(job);
            }
        }
    }
}
