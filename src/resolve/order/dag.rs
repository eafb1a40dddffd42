//! The jobs of one problem as numbers: values, efforts, and dependencies both ways in compact rows.
//!
//! Every solver here takes a `Dag` of its own, numbered from 0. At the outermost the numbers follow the ties, so equal
//! jobs are told apart by nothing but their number, and no solver needs to know where its problem stands in the plan.

use std::cmp::Ordering;
use std::ops::Range;

/// Value over effort, compared without division. The effort is 0 in an empty sum only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ratio {
    pub(super) value: u64,
    pub(super) effort: u64,
}

impl Ratio {
    pub(super) const NONE: Ratio = Ratio { value: 0, effort: 0 };

    pub(super) fn and(self, other: Ratio) -> Ratio {
        Ratio { value: self.value + other.value, effort: self.effort + other.effort }
    }

    /// What the total cost of delay falls by when `self` moves from right behind `other` to right before it: above 0
    /// where `self` is worth more for its effort.
    pub(super) fn over(self, other: Ratio) -> i128 {
        i128::from(self.value) * i128::from(other.effort) - i128::from(other.value) * i128::from(self.effort)
    }

    pub(super) fn compare(self, other: Ratio) -> Ordering {
        let product = |a: Ratio, b: Ratio| u128::from(a.value) * u128::from(b.effort);
        product(self, other).cmp(&product(other, self))
    }
}

/// Lists of numbers, one for each job, end to end.
#[derive(Debug)]
pub(super) struct Rows {
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Rows {
    pub(super) fn row(&self, job: u32) -> &[u32] {
        &self.items[self.range(job)]
    }

    /// The numbers of the row's edges, by which [`Rows::item`] finds them.
    pub(super) fn range(&self, job: u32) -> Range<usize> {
        self.starts[job as usize] as usize..self.starts[job as usize + 1] as usize
    }

    pub(super) fn item(&self, edge: usize) -> u32 {
        self.items[edge]
    }

    pub(super) fn total(&self) -> usize {
        self.items.len()
    }
}

/// Jobs 0..n and what each waits for.
#[derive(Debug)]
pub(super) struct Dag {
    /// All values together, and all efforts together, stay below 2⁶³: a product of two sums fits 128 bits.
    pub(super) jobs: Vec<Ratio>,
    pub(super) needs: Rows,
    pub(super) unblocks: Rows,
    /// For each edge of `unblocks`, the number of the same edge in `needs`.
    pub(super) twins: Vec<u32>,
}

impl Dag {
    /// Builds both directions from a function that appends the needs of one job, asked of each in turn. Whatever it
    /// says twice counts once.
    pub(super) fn new(jobs: Vec<Ratio>, mut needs_of: impl FnMut(u32, &mut Vec<u32>)) -> Dag {
        let len = jobs.len();
        let mut needs = Rows { starts: Vec::with_capacity(len + 1), items: Vec::new() };
        needs.starts.push(0);
        for job in 0..len as u32 {
            let from = needs.items.len();
            needs_of(job, &mut needs.items);
            dedup_from(&mut needs.items, from);
            needs.starts.push(needs.items.len() as u32);
        }
        let mut starts = vec![0u32; len + 1];
        for &need in &needs.items {
            starts[need as usize + 1] += 1;
        }
        for job in 0..len {
            starts[job + 1] += starts[job];
        }
        let mut free = starts.clone();
        let mut items = vec![0; needs.items.len()];
        let mut twins = vec![0; needs.items.len()];
        for job in 0..len as u32 {
            for edge in needs.range(job) {
                let slot = &mut free[needs.items[edge] as usize];
                items[*slot as usize] = job;
                twins[*slot as usize] = edge as u32;
                *slot += 1;
            }
        }
        Dag { jobs, needs, unblocks: Rows { starts, items }, twins }
    }

    /// The problem whose jobs are `nodes`, each a job of this one or several taken as one; dependencies that lead out
    /// of them are left out. `places` is scratch: `u32::MAX` for each job of this problem, and so again afterwards.
    pub(super) fn part<'n>(&self, nodes: impl Iterator<Item = &'n [u32]> + Clone, places: &mut [u32]) -> Dag {
        for (place, node) in nodes.clone().enumerate() {
            node.iter().for_each(|&job| places[job as usize] = place as u32);
        }
        let mut left = nodes.clone();
        let jobs = nodes.clone().map(|node| self.sum(node)).collect();
        let part = Dag::new(jobs, |here, row| {
            let Some(node) = left.next() else { return };
            for &job in node {
                let needs = self.needs.row(job).iter().map(|&need| places[need as usize]);
                row.extend(needs.filter(|&place| place != u32::MAX && place != here));
            }
        });
        nodes.flatten().for_each(|&job| places[job as usize] = u32::MAX);
        part
    }

    pub(super) fn len(&self) -> usize {
        self.jobs.len()
    }

    pub(super) fn all(&self) -> Range<u32> {
        0..self.jobs.len() as u32
    }

    pub(super) fn sum(&self, jobs: &[u32]) -> Ratio {
        jobs.iter().fold(Ratio::NONE, |sum, &job| sum.and(self.jobs[job as usize]))
    }

    /// Which of two equally good jobs goes first: the one of the higher score of its own, then the lower number.
    pub(super) fn before(&self, a: u32, b: u32) -> Ordering {
        self.jobs[b as usize].compare(self.jobs[a as usize]).then(a.cmp(&b))
    }
}

/// Sorts what stands in the row from `from` on, and keeps one of each.
fn dedup_from(row: &mut Vec<u32>, from: usize) {
    row[from..].sort_unstable();
    let mut keep = from;
    for at in from..row.len() {
        if keep == from || row[at] != row[keep - 1] {
            row[keep] = row[at];
            keep += 1;
        }
    }
    row.truncate(keep);
}
