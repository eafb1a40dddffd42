//! Makes a sequence better by moving runs of neighbouring jobs, with what must go along.
//!
//! A run moves towards the front together with all that it waits for on the way, or towards the back together with
//! all that waits for it; everything else on the way is passed. Passing one job changes the total cost of delay
//! by two products, so one walk tries every position on the way.

use super::dag::{Dag, LocalJob, Ratio, Rows};
use crate::id::IdVec;
use std::ops::Range;

/// How many positions a run moves at most, how many jobs it has at most, and how often all of them are tried.
#[derive(Clone, Copy)]
pub(super) struct Reach {
    pub(super) distance: usize,
    pub(super) run: usize,
    pub(super) rounds: usize,
}

/// How many dependencies one walk follows, so that a dense plan takes no longer than it must.
const MAX_DEPENDENCIES: usize = 1_000;

/// Moves runs within each of the `pieces` of a sequence, until nothing helps.
pub(super) fn shift(dag: &Dag, sequence: &mut [LocalJob], pieces: &[Range<usize>], reach: Reach) {
    let marks = IdVec::filled(0, dag.len());
    let mut mover = Mover { dag, marks, mark: 0, moved: Vec::new(), passed: Vec::new() };
    for piece in pieces {
        let piece = &mut sequence[piece.clone()];
        for _ in 0..reach.rounds {
            if !mover.round(piece, reach) {
                break;
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Forward,
    Backward,
}

struct Mover<'a> {
    dag: &'a Dag,
    /// A job that has to come along carries the mark of the walk.
    marks: IdVec<LocalJob, u32>,
    mark: u32,
    moved: Vec<LocalJob>,
    passed: Vec<LocalJob>,
}

impl Mover<'_> {
    /// Tries every run once in both directions; whether anything moved.
    fn round(&mut self, sequence: &mut [LocalJob], reach: Reach) -> bool {
        let mut better = false;
        for last in 0..sequence.len() {
            for run in 1..=reach.run.min(last) {
                better |= self.forward(sequence, last + 1 - run, run, reach.distance);
            }
        }
        for first in (0..sequence.len()).rev() {
            for run in 1..=reach.run.min(sequence.len() - 1 - first) {
                better |= self.backward(sequence, first, run, reach.distance);
            }
        }
        better
    }

    /// Moves the `run` jobs from the position `start` on towards the front, to the best position there is.
    fn forward(&mut self, sequence: &mut [LocalJob], start: usize, run: usize, distance: usize) -> bool {
        let end = start + run;
        let way = &sequence[start.saturating_sub(distance)..start];
        let steps = self.walk(&self.dag.needs, &sequence[start..end], way.iter().rev(), Direction::Forward);
        if steps == 0 {
            return false;
        }
        let window = &mut sequence[start - steps..end];
        self.partition(window[..steps].iter());
        self.moved.extend(&window[steps..]);
        window[..self.moved.len()].copy_from_slice(&self.moved);
        window[self.moved.len()..].copy_from_slice(&self.passed);
        true
    }

    /// Moves the `run` jobs from the position `start` on towards the back, to the best position there is.
    fn backward(&mut self, sequence: &mut [LocalJob], start: usize, run: usize, distance: usize) -> bool {
        let end = start + run;
        let way = &sequence[end..sequence.len().min(end + distance)];
        let steps = self.walk(&self.dag.unblocks, &sequence[start..end], way.iter(), Direction::Backward);
        if steps == 0 {
            return false;
        }
        let window = &mut sequence[start..end + steps];
        self.partition(window[run..].iter());
        self.passed.extend(&window[..run]);
        self.passed.append(&mut self.moved);
        window.copy_from_slice(&self.passed);
        true
    }

    /// How far to go along the way for the greatest gain; 0 where there is none.
    fn walk<'w>(
        &mut self,
        dependencies: &Rows,
        run: &[LocalJob],
        way: impl Iterator<Item = &'w LocalJob>,
        direction: Direction,
    ) -> usize {
        self.mark += 1;
        let mut weight = Ratio::NONE;
        let mut followed = 0;
        for &job in run {
            weight = weight.and(self.dag.ratios[job]);
            followed += self.mark_row(dependencies, job);
        }
        let (mut gain, mut most, mut steps) = (0, 0, 0);
        for (step, &job) in way.enumerate() {
            if followed > MAX_DEPENDENCIES {
                break;
            }
            let ratio = self.dag.ratios[job];
            if self.marks[job] == self.mark {
                weight = weight.and(ratio);
                followed += self.mark_row(dependencies, job);
                continue;
            }
            gain += match direction {
                Direction::Forward => weight.over(ratio),
                Direction::Backward => ratio.over(weight),
            };
            if gain > most {
                most = gain;
                steps = step + 1;
            }
        }
        steps
    }

    /// Marks the jobs that have to come along with a job; gives their number.
    fn mark_row(&mut self, dependencies: &Rows, job: LocalJob) -> usize {
        let row = dependencies.row(job);
        row.iter().for_each(|&other| self.marks[other] = self.mark);
        row.len()
    }

    /// Separates the jobs on the way that come along, by the marks of the walk, from those that are passed.
    fn partition<'w>(&mut self, way: impl Iterator<Item = &'w LocalJob>) {
        self.moved.clear();
        self.passed.clear();
        for &job in way {
            if self.marks[job] == self.mark {
                self.moved.push(job);
            } else {
                self.passed.push(job);
            }
        }
    }
}
