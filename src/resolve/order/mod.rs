//! The order of open items: a sequence that respects every dependency and makes the total cost of delay small.
//!
//! The total cost of delay is the sum over items of value × completion time, effort being the duration. Without
//! dependencies the best sequence is the one by value ÷ effort (Smith 1956), which is what WSJF says. With them the
//! problem is NP-hard (1|prec|Σwᵢ·Cᵢ; Lawler 1978), but real plans fall into small parts:
//!
//! 1. Items in progress, and what they wait for, are a problem of their own that goes first (here).
//! 2. Components that nothing connects do not affect each other: each is done by itself, and their blocks are put
//!    together by ratio (`solve`).
//! 3. A component is cut into blocks that some best sequence does one after the other (`sidney`).
//! 4. A block that can be opened at its ends is a smaller problem again (`solve`); else all its sequences are compared
//!    at once (`exact`), and where they are too many, a guess (`pool`) is made better (`windows`, `shift`).
//! 5. A component too large for this is guessed as a whole and cut in windows.
//!
//! So small plans, and most large ones but for a few blocks, get a best sequence. Nothing here recurses more than a few
//! levels, and all numbers are integers, so the result is the same on every machine.
//!
//! A job has a [`JobId`] in what comes in and goes out. Between the two, each problem numbers its jobs anew (`LocalJob`).

mod boost;
mod dag;
mod exact;
mod list_schedule;
mod pool;
mod shift;
mod sidney;
mod solve;
mod windows;

use crate::id::{Id, IdVec, JobId};
use boost::{Explained, boosts};
use dag::{Dag, LocalJob, Ratio};
use list_schedule::{Priority, list_schedule};
use solve::{LARGE, solve};

/// One open item as the order sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Job {
    /// What each unit of time costs that it is not done, on any scale; 0 where nothing is known.
    pub value: u64,
    /// How long it takes, on any scale; at least 1, and 0 counts as 1.
    pub effort: u64,
    /// Whether nobody said how long it takes, so that its effort is a guess.
    pub guessed: bool,
    /// Whether it is in progress.
    pub active: bool,
    /// Whether it has a score. The value of a job without one does not count.
    pub scored: bool,
    /// Its rank among equals, lower first. Jobs of the same rank go by id.
    pub tie: u32,
}

/// The jobs in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sequence {
    /// All jobs, first to do first.
    pub jobs: Vec<JobId>,
    /// How many of `jobs` have a rank. The others are unscored, not in progress, and unblock nothing that is scored or
    /// in progress.
    pub ranked: usize,
    /// Why each job stands before the rank of its own score; `None` where it does not, or not because of what it unblocks.
    pub boosts: IdVec<JobId, Option<Boost>>,
}

/// Why a job has the rank that it has: "boosted from `from` to `to` because it unblocks `lead` and `others` more: together
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
    /// The job's rank, from 1, if nothing depended on anything: in progress first, then by value ÷ effort, scored
    /// before unscored, then by tie.
    pub from: u32,
    /// Its rank in the sequence, from 1; always less than `from`.
    pub to: u32,
    /// Of the jobs in the set that it unblocks, the one of the highest value, and of several the first to be done.
    pub lead: JobId,
    /// How many other jobs of value in the set it unblocks.
    pub others: u32,
    /// The value of the set, this job's own included.
    pub value: u64,
    /// The effort of the set, this job's own included.
    pub effort: u64,
    /// How many of the set have an effort that is a guess.
    pub guessed: u32,
}

/// Puts `jobs` in order, where job `i` waits for all of `needs[i]` (repeats do no harm).
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
/// It may where `needs` holds a cycle, or an id that is not one of `jobs`.
pub fn order(jobs: &IdVec<JobId, Job>, needs: &IdVec<JobId, Vec<JobId>>) -> Sequence {
    order_windowed(jobs, needs, LARGE)
}

/// [`order`], but components of `large` jobs and dependencies or more are done by windows: 0 does all so, to measure how
/// good that is.
pub fn order_windowed(jobs: &IdVec<JobId, Job>, needs: &IdVec<JobId, Vec<JobId>>, large: usize) -> Sequence {
    let mut by_tie: IdVec<LocalJob, JobId> = jobs.ids().collect();
    by_tie.as_mut_vec().sort_by_key(|&job| jobs[job].tie);
    let mut locals: IdVec<JobId, LocalJob> = IdVec::filled(LocalJob::new(0), jobs.len());
    for (local, &job) in by_tie.enumerate() {
        locals[job] = local;
    }
    let value = |job: &Job| if job.scored { job.value } else { 0 };
    let values = Scale::new(jobs.len(), jobs.iter().map(value));
    let efforts = Scale::new(jobs.len(), jobs.iter().map(|job| job.effort));
    let ratio = |&id: &JobId| {
        let job = &jobs[id];
        Ratio { value: values.down(value(job)), effort: efforts.down(job.effort.max(1)) }
    };
    let dag = Dag::new(by_tie.map(ratio), |local, row| {
        row.extend(needs[by_tie[local]].iter().map(|&need| locals[need]));
    });
    let active = by_tie.map(|&job| jobs[job].active);
    let scored = by_tie.map(|&job| jobs[job].scored);

    let pulled = needed(&dag, dag.jobs().filter(|&job| active[job]));
    let mut sequence: Vec<LocalJob> = Vec::with_capacity(jobs.len());
    let mut unranked = 0;
    for first in [true, false] {
        let members = dag.jobs().filter(|&job| pulled[job] == first).collect();
        unranked = group(&dag, members, &scored, large, &mut sequence);
    }
    let own_positions = own_positions(&dag, &active, &scored);
    // From here on jobs are numbered by their positions in the sequence.
    let explained = Explained {
        dag: &dag.part(sequence.chunks(1), &mut dag.part_numbers()),
        active: &sequence.iter().map(|&job| active[job]).collect(),
        guessed: &sequence.iter().map(|&job| jobs[by_tie[job]].guessed).collect(),
        pulled: pulled.iter().filter(|&&pulled| pulled).count(),
        own_positions: &sequence.iter().map(|&job| own_positions[job]).collect(),
    };
    let ranked = sequence.len() - unranked;
    let sequence: IdVec<LocalJob, JobId> = sequence.iter().map(|&job| by_tie[job]).collect();
    let mut by_job = IdVec::filled(None, jobs.len());
    for (&job, boost) in sequence.iter().zip(boosts(&explained)) {
        by_job[job] = boost.map(|boost| Boost {
            from: boost.from,
            to: boost.to,
            lead: sequence[boost.lead],
            others: boost.others,
            value: values.up(boost.set.value),
            effort: efforts.up(boost.set.effort),
            guessed: boost.guessed,
        });
    }
    Sequence { jobs: sequence.into_iter().collect(), ranked, boosts: by_job }
}

/// Makes numbers so small that all of them together stay below 2⁶³, by dropping their last bits. Those of real plans stay
/// as they are.
struct Scale {
    shift: u32,
}

impl Scale {
    fn new(count: usize, numbers: impl Iterator<Item = u64>) -> Scale {
        let most = (i64::MAX as u64) / (count as u64 + 1);
        let largest = numbers.max().unwrap_or(0);
        Scale { shift: (0..u64::BITS).find(|shift| largest >> shift < most).unwrap_or(0) }
    }

    /// A number that is not 0 does not become 0.
    fn down(&self, number: u64) -> u64 {
        (number >> self.shift).max(number.min(1))
    }

    fn up(&self, number: u64) -> u64 {
        number.saturating_mul(1 << self.shift)
    }
}

/// Appends the jobs of one group in order; how many of them, at the end, are unscored and unblock nothing scored.
fn group(
    dag: &Dag,
    members: Vec<LocalJob>,
    scored: &IdVec<LocalJob, bool>,
    large: usize,
    sequence: &mut Vec<LocalJob>,
) -> usize {
    let mut numbers = dag.part_numbers();
    // `order` takes the jobs as a part, and the job of `dag` behind each job of the part.
    let mut append = |jobs: Vec<LocalJob>, order: &dyn Fn(&Dag, &[LocalJob]) -> Vec<LocalJob>| {
        let part = dag.part(jobs.chunks(1), &mut numbers);
        sequence.extend(order(&part, &jobs).into_iter().map(|job| jobs[job.index()]));
    };
    let leads_to_value = needed(dag, members.iter().copied().filter(|&job| dag.ratios[job].value > 0));
    let (valued, valueless): (Vec<LocalJob>, Vec<LocalJob>) = members.into_iter().partition(|&job| leads_to_value[job]);
    append(valued, &|part, _| solve(part, large));
    let leads_to_scored = needed(dag, valueless.iter().copied().filter(|&job| scored[job]));
    let (idle, unranked): (Vec<LocalJob>, Vec<LocalJob>) = valueless.into_iter().partition(|&job| leads_to_scored[job]);
    append(idle, &|part, jobs| {
        let scored_first = |job: LocalJob| Ratio { value: u64::from(scored[jobs[job.index()]]), effort: 1 };
        list_schedule(part, |job| Priority { ratio: scored_first(job), own_ratio: Ratio::NONE, tie: job })
    });
    let count = unranked.len();
    append(unranked, &|part, _| {
        list_schedule(part, |job| Priority { ratio: Ratio::NONE, own_ratio: Ratio::NONE, tie: job })
    });
    count
}

/// Whether each job is among the `seeds` or something among them waits for it.
fn needed(dag: &Dag, seeds: impl Iterator<Item = LocalJob>) -> IdVec<LocalJob, bool> {
    let mut needed: IdVec<LocalJob, bool> = IdVec::filled(false, dag.len());
    let mut open: Vec<LocalJob> = seeds.collect();
    while let Some(job) = open.pop() {
        if !std::mem::replace(&mut needed[job], true) {
            open.extend(dag.needs.row(job));
        }
    }
    needed
}

/// The position of each job, from 0, if nothing depended on anything.
fn own_positions(dag: &Dag, active: &IdVec<LocalJob, bool>, scored: &IdVec<LocalJob, bool>) -> IdVec<LocalJob, u32> {
    let mut sequence: Vec<LocalJob> = dag.jobs().collect();
    let key = |job: LocalJob| (!active[job], dag.ratios[job], !scored[job]);
    sequence.sort_unstable_by(|&a, &b| {
        let ((passive, ratio, unscored), (other_passive, other, other_unscored)) = (key(a), key(b));
        passive.cmp(&other_passive).then(other.compare(ratio)).then(unscored.cmp(&other_unscored)).then(a.cmp(&b))
    });
    let mut positions = IdVec::filled(0, dag.len());
    for (position, &job) in (0..).zip(&sequence) {
        positions[job] = position;
    }
    positions
}
