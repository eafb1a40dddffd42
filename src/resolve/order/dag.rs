//! The jobs of one problem as numbers: values, efforts, and dependencies in both directions, in compact rows.
//!
//! Every solver here takes a `Dag` that numbers its jobs from 0. In the outermost `Dag` the numbers follow the ties, so that equal
//! jobs differ by nothing but their number, and no solver needs to know where its problem stands in the plan.

use std::cmp::Ordering;
use std::ops::Range;

use crate::id::{Id, IdVec};

/// A job by its number in one [`Dag`]. The same job has another number in every other `Dag` that it is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct LocalJob(u32);

impl Id for LocalJob {
    fn new(index: usize) -> LocalJob {
        LocalJob(u32::new(index))
    }

    fn index(self) -> usize {
        self.0.index()
    }
}

/// Value over effort, compared without division. The effort is 0 in an empty sum only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ratio {
    pub(super) value: u64,
    pub(super) effort: u64,
}

impl Ratio {
    pub(super) const NONE: Ratio = Ratio { value: 0, effort: 0 };

    /// The ratio of both together.
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

/// A list of jobs for each job, end to end.
#[derive(Debug)]
pub(super) struct Rows {
    starts: Vec<u32>,
    items: Vec<LocalJob>,
}

impl Rows {
    pub(super) fn row(&self, job: LocalJob) -> &[LocalJob] {
        &self.items[self.range(job)]
    }

    /// The numbers of the row's edges, by which [`Rows::item`] finds them.
    pub(super) fn range(&self, job: LocalJob) -> Range<usize> {
        self.starts[job.index()] as usize..self.starts[job.index() + 1] as usize
    }

    pub(super) fn item(&self, edge: usize) -> LocalJob {
        self.items[edge]
    }

    pub(super) fn total(&self) -> usize {
        self.items.len()
    }
}

/// Jobs and what each of them waits for.
#[derive(Debug)]
pub(super) struct Dag {
    /// The value and effort of each job. All values together, and all efforts together, stay below 2⁶³: a product of two sums
    /// fits 128 bits.
    pub(super) ratios: IdVec<LocalJob, Ratio>,
    pub(super) needs: Rows,
    pub(super) unblocks: Rows,
    /// For each edge of `unblocks`, the number of the same edge in `needs`.
    pub(super) twins: Vec<u32>,
}

/// Scratch of [`Dag::part`]: for each job of the whole its number in the part; `None` for every job between two calls.
pub(super) type PartNumbers = IdVec<LocalJob, Option<LocalJob>>;

impl Dag {
    /// Builds both directions from a function that appends the needs of one job, called for each job in turn. Needs that it
    /// appends twice count once.
    pub(super) fn new(
        ratios: IdVec<LocalJob, Ratio>,
        mut append_needs: impl FnMut(LocalJob, &mut Vec<LocalJob>),
    ) -> Dag {
        let len = ratios.len();
        let mut needs = Rows { starts: Vec::with_capacity(len + 1), items: Vec::new() };
        needs.starts.push(0);
        for job in ratios.ids() {
            let start = needs.items.len();
            append_needs(job, &mut needs.items);
            dedup_from(&mut needs.items, start);
            needs.starts.push(needs.items.len() as u32);
        }
        let mut starts = vec![0u32; len + 1];
        for need in &needs.items {
            starts[need.index() + 1] += 1;
        }
        for index in 0..len {
            starts[index + 1] += starts[index];
        }
        let mut free = starts.clone();
        let mut items = vec![LocalJob(0); needs.items.len()];
        let mut twins = vec![0; needs.items.len()];
        for job in ratios.ids() {
            for edge in needs.range(job) {
                let slot = &mut free[needs.items[edge].index()];
                items[*slot as usize] = job;
                twins[*slot as usize] = edge as u32;
                *slot += 1;
            }
        }
        Dag { ratios, needs, unblocks: Rows { starts, items }, twins }
    }

    /// The problem that has one job for each of `groups`: a job of this problem, or several taken as one. Dependencies that
    /// lead out of the groups, or stay within one, are left out.
    pub(super) fn part<'g>(
        &self,
        groups: impl Iterator<Item = &'g [LocalJob]> + Clone,
        numbers: &mut PartNumbers,
    ) -> Dag {
        for (number, group) in groups.clone().enumerate() {
            group.iter().for_each(|&job| numbers[job] = Some(LocalJob::new(number)));
        }
        let mut next_groups = groups.clone();
        let ratios = groups.clone().map(|group| self.sum(group)).collect();
        let part = Dag::new(ratios, |number, row| {
            let Some(group) = next_groups.next() else { return };
            for &job in group {
                let needs = self.needs.row(job).iter().filter_map(|&need| numbers[need]);
                row.extend(needs.filter(|&need| need != number));
            }
        });
        groups.flatten().for_each(|&job| numbers[job] = None);
        part
    }

    /// Scratch for the parts of this problem.
    pub(super) fn part_numbers(&self) -> PartNumbers {
        PartNumbers::filled(None, self.len())
    }

    pub(super) fn len(&self) -> usize {
        self.ratios.len()
    }

    /// All jobs, by number.
    pub(super) fn jobs(&self) -> impl DoubleEndedIterator<Item = LocalJob> + ExactSizeIterator + Clone + use<> {
        self.ratios.ids()
    }

    /// The ratio of several jobs together.
    pub(super) fn sum(&self, jobs: &[LocalJob]) -> Ratio {
        jobs.iter().fold(Ratio::NONE, |sum, &job| sum.and(self.ratios[job]))
    }

    /// Which of two equally good jobs goes first: the one with the higher ratio of its own, then the lower number.
    pub(super) fn tie_break(&self, a: LocalJob, b: LocalJob) -> Ordering {
        self.ratios[b].compare(self.ratios[a]).then(a.cmp(&b))
    }
}

/// Sorts the end of the row, from `start` on, and removes repeats there.
fn dedup_from(row: &mut Vec<LocalJob>, start: usize) {
    row[start..].sort_unstable();
    let mut end = start;
    for index in start..row.len() {
        if end == start || row[index] != row[end - 1] {
            row[end] = row[index];
            end += 1;
        }
    }
    row.truncate(end);
}
