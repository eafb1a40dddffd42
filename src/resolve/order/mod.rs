//! The order of open items: a sequence that respects every dependency and makes the total cost of delay small.
//!
//! The total cost of delay is the sum over items of value × completion time, effort being the duration. Without
//! dependencies the best sequence is the one by value ÷ effort (Smith 1956), which is what WSJF says. With them the
//! problem is NP-hard (1|prec|Σwᵢ·Cᵢ; Lawler 1978), but real plans come apart:
//!
//! 1. Items in progress, and what they wait for, are a problem of their own that goes first (here).
//! 2. Components that nothing connects do not matter to each other: each is done by itself, and their pieces are put
//!    together by ratio (`solve`).
//! 3. A component is cut into blocks that some best sequence does one after the other (`sidney`).
//! 4. A block that can be opened at its ends is a smaller problem again (`solve`); else all its sequences are compared
//!    at once (`exact`), and where they are too many, a guess (`pool`) is made better (`windows`, `shift`).
//! 5. A component too large for this is guessed as a whole and cut in windows.
//!
//! So small plans, and most large ones but for a few blocks, get a best sequence. Nothing here recurses more than a few
//! levels, and all is whole numbers, so every machine agrees.

mod boost;
mod dag;
mod exact;
mod list_schedule;
mod pool;
mod shift;
mod sidney;
mod solve;
mod windows;

use boost::{Case, boosts};
use dag::{Dag, Ratio};
use list_schedule::{Rank, line};
use solve::{LARGE, solve};

/// One open item as the order sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Job {
    /// What each unit of time costs that it is not done, on any scale; 0 where nothing is known.
    pub value: u64,
    /// How long it takes, on any scale; at least 1, and 0 counts as 1.
    pub effort: u64,
    /// Whether it is in progress.
    pub active: bool,
    /// Whether it has a score. The value of a job without one does not count.
    pub scored: bool,
    /// Its place among equals, lower first. Jobs that share one are taken as they come.
    pub tie: u32,
}

/// The jobs in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sequence {
    /// All jobs by index, first to do first.
    pub jobs: Vec<u32>,
    /// How many of `jobs` have a rank. The others are unscored, not in progress, and unblock nothing that is scored or
    /// in progress.
    pub ranked: usize,
    /// By job, why it stands before its own score's place; `None` where it does not, or not because of what it unblocks.
    pub boosts: Vec<Option<Boost>>,
}

/// Why a job stands where it does: "boosted from `from` to `to` because it unblocks `lead` and `others` more: together
/// `value` for `effort`".
///
/// The set that boosts a job is the job itself, the first of the jobs of value that it unblocks (directly or not) in the
/// order of the sequence, and all that these still wait for when its turn comes. It ends where the ratio of the set is
/// highest, and no later than where the sequence goes on with something worth less for its effort. Up to 100 jobs are
/// looked at.
///
/// A job that goes first because something in progress waits for it is boosted by that, whatever it is worth: there
/// `lead` and `others` are jobs in progress, and `value` may be 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Boost {
    /// The job's place, from 1, if nothing depended on anything: in progress first, then by value ÷ effort, scored
    /// before unscored, then by tie.
    pub from: u32,
    /// Its place in the sequence, from 1; always less than `from`.
    pub to: u32,
    /// Of the jobs in the set that it unblocks, the one of the highest value, and of several the first to be done.
    pub lead: u32,
    /// How many other jobs of value in the set it unblocks.
    pub others: u32,
    /// The value of the set, this job's own included.
    pub value: u64,
    /// The effort of the set, this job's own included.
    pub effort: u64,
}

/// Puts `jobs` in order, where job `i` waits for all of `needs[i]` (indices into `jobs`; repeats do no harm).
///
/// - Every job comes after what it waits for.
/// - Jobs in progress, with all they wait for, come before the others. All else holds within each of the two groups.
/// - The total cost of delay is the least there is wherever every block (see the module) is small, as in all plans of a
///   dozen jobs and most of a hundred, and close to it elsewhere; the tests measure how close.
/// - Of what costs the same, the job of the higher score of its own goes first, and then the lower tie: a job of little
///   value rises no further than what it unblocks is worth, and stays behind its equals.
/// - Jobs of no value that unblock nothing of value come last, the unscored after the scored (unless a scored one waits
///   for them), by tie.
///
/// The outcome depends on the ties and not on how `jobs` are arranged. Takes nearly linear time. Where a value or an effort is more
/// than 2⁶³ ÷ the number of jobs, all values or all efforts lose their last bits.
///
/// # Panics
///
/// It may where `needs` holds a cycle, or an index that is not one of `jobs`.
pub fn order(jobs: &[Job], needs: &[Vec<u32>]) -> Sequence {
    order_windowed(jobs, needs, LARGE)
}

/// [`order`], but components of `large` jobs and dependencies or more are done by windows: 0 does all so, to measure how
/// good that is.
pub fn order_windowed(jobs: &[Job], needs: &[Vec<u32>], large: usize) -> Sequence {
    let mut names: Vec<u32> = (0..jobs.len() as u32).collect();
    names.sort_by_key(|&job| jobs[job as usize].tie);
    let mut numbers = vec![0u32; jobs.len()];
    for (number, &name) in names.iter().enumerate() {
        numbers[name as usize] = number as u32;
    }
    let value = |job: &Job| if job.scored { job.value } else { 0 };
    let values = Scaled::new(jobs.len(), jobs.iter().map(value));
    let efforts = Scaled::new(jobs.len(), jobs.iter().map(|job| job.effort));
    let ratio = |&name: &u32| {
        let job = &jobs[name as usize];
        Ratio { value: values.small(value(job)), effort: efforts.small(job.effort.max(1)) }
    };
    let dag = Dag::new(names.iter().map(ratio).collect(), |number, row| {
        row.extend(needs[names[number as usize] as usize].iter().map(|&need| numbers[need as usize]));
    });
    let active: Vec<bool> = names.iter().map(|&name| jobs[name as usize].active).collect();
    let scored: Vec<bool> = names.iter().map(|&name| jobs[name as usize].scored).collect();

    let pulled = needed(&dag, dag.all().filter(|&job| active[job as usize]));
    let mut sequence = Vec::with_capacity(jobs.len());
    let mut aside = 0;
    for first in [true, false] {
        let members = dag.all().filter(|&job| pulled[job as usize] == first).collect();
        aside = group(&dag, members, &scored, large, &mut sequence);
    }
    let own = own_places(&dag, &active, &scored);
    let by_place = |all: &[bool]| -> Vec<bool> { sequence.iter().map(|&job| all[job as usize]).collect() };
    let case = Case {
        dag: &dag.part(sequence.chunks(1), &mut vec![u32::MAX; jobs.len()]),
        active: &by_place(&active),
        pulled: pulled.iter().filter(|&&pulled| pulled).count() as u32,
        own: &sequence.iter().map(|&job| own[job as usize]).collect::<Vec<u32>>(),
    };
    let ranked = sequence.len() - aside;
    let sequence: Vec<u32> = sequence.iter().map(|&job| names[job as usize]).collect();
    let mut by_job = vec![None; jobs.len()];
    for (place, boost) in boosts(&case).into_iter().enumerate() {
        by_job[sequence[place] as usize] = boost.map(|boost| Boost {
            lead: sequence[boost.lead as usize],
            value: values.large(boost.value),
            effort: efforts.large(boost.effort),
            ..boost
        });
    }
    Sequence { jobs: sequence, ranked, boosts: by_job }
}

/// Numbers made so small that all of them together stay below 2⁶³. Those of real plans are so as they are.
struct Scaled {
    shift: u32,
}

impl Scaled {
    fn new(count: usize, numbers: impl Iterator<Item = u64>) -> Scaled {
        let most = (i64::MAX as u64) / (count as u64 + 1);
        let largest = numbers.max().unwrap_or(0);
        Scaled { shift: (0..u64::BITS).find(|shift| largest >> shift < most).unwrap_or(0) }
    }

    /// What is more than nothing stays so.
    fn small(&self, number: u64) -> u64 {
        (number >> self.shift).max(number.min(1))
    }

    fn large(&self, number: u64) -> u64 {
        number.saturating_mul(1 << self.shift)
    }
}

/// Appends the jobs of one group in order; how many of them, at the end, are unscored and unblock nothing scored.
fn group(dag: &Dag, members: Vec<u32>, scored: &[bool], large: usize, sequence: &mut Vec<u32>) -> usize {
    let mut places = vec![u32::MAX; dag.len()];
    let mut append = |jobs: Vec<u32>, order: &dyn Fn(&Dag, &[u32]) -> Vec<u32>| {
        let part = dag.part(jobs.chunks(1), &mut places);
        sequence.extend(order(&part, &jobs).into_iter().map(|job| jobs[job as usize]));
    };
    let worth = needed(dag, members.iter().copied().filter(|&job| dag.jobs[job as usize].value > 0));
    let (valued, rest): (Vec<u32>, Vec<u32>) = members.into_iter().partition(|&job| worth[job as usize]);
    append(valued, &|part, _| solve(part, large));
    let held = needed(dag, rest.iter().copied().filter(|&job| scored[job as usize]));
    let (idle, aside): (Vec<u32>, Vec<u32>) = rest.into_iter().partition(|&job| held[job as usize]);
    append(idle, &|part, jobs| {
        let worth = |job: u32| Ratio { value: u64::from(scored[jobs[job as usize] as usize]), effort: 1 };
        line(part, |job| Rank { ratio: worth(job), own: Ratio::NONE, number: job })
    });
    let count = aside.len();
    append(aside, &|part, _| line(part, |job| Rank { ratio: Ratio::NONE, own: Ratio::NONE, number: job }));
    count
}

/// Whether each job is among the `seeds` or something among them waits for it.
fn needed(dag: &Dag, seeds: impl Iterator<Item = u32>) -> Vec<bool> {
    let mut found = vec![false; dag.len()];
    let mut open: Vec<u32> = seeds.collect();
    while let Some(job) = open.pop() {
        if !std::mem::replace(&mut found[job as usize], true) {
            open.extend(dag.needs.row(job));
        }
    }
    found
}

/// Where each job would stand if nothing depended on anything, from 0.
fn own_places(dag: &Dag, active: &[bool], scored: &[bool]) -> Vec<u32> {
    let mut ranked: Vec<u32> = dag.all().collect();
    let late = |job: u32| (!active[job as usize], dag.jobs[job as usize], !scored[job as usize]);
    ranked.sort_unstable_by(|&a, &b| {
        let ((passive, ratio, unscored), (other_passive, other, other_unscored)) = (late(a), late(b));
        passive.cmp(&other_passive).then(other.compare(ratio)).then(unscored.cmp(&other_unscored)).then(a.cmp(&b))
    });
    let mut places = vec![0u32; dag.len()];
    ranked.iter().enumerate().for_each(|(place, &job)| places[job as usize] = place as u32);
    places
}
