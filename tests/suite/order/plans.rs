//! Random plans, and what can be measured of their sequences.

use roadbook::id::{Id, IdVec, JobId};
use roadbook::resolve::order::{Job, Sequence, order, order_windowed};

/// A plan as the order sees it.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    pub(super) jobs: IdVec<JobId, Job>,
    pub(super) needs: IdVec<JobId, Vec<JobId>>,
}

impl Plan {
    pub(super) fn job(&mut self, value: u64, effort: u64, needs: &[JobId]) -> JobId {
        let tie = self.jobs.len() as u32;
        self.needs.push(needs.to_vec());
        self.jobs.push(Job { value, effort, guessed: false, active: false, scored: true, tie })
    }

    pub(super) fn order(&self) -> Sequence {
        self.check(order(&self.jobs, &self.needs))
    }

    /// By windows only, as the largest components are done.
    pub(super) fn windowed(&self) -> Sequence {
        self.check(order_windowed(&self.jobs, &self.needs, 0))
    }

    /// Cut as a whole, however large.
    pub(super) fn whole(&self) -> Sequence {
        self.check(order_windowed(&self.jobs, &self.needs, usize::MAX))
    }

    /// What must hold of any sequence: every job once, after what it waits for.
    fn check(&self, sequence: Sequence) -> Sequence {
        let positions = self.positions(&sequence);
        for (job, needs) in self.needs.enumerate() {
            for &need in needs {
                let after = positions[need] < positions[job];
                assert!(after, "{job:?} comes before {need:?}, which it waits for: {self:?}");
            }
        }
        assert!(sequence.ranked <= self.jobs.len() && sequence.boosts.len() == self.jobs.len());
        sequence
    }

    pub(super) fn positions(&self, sequence: &Sequence) -> IdVec<JobId, usize> {
        let mut positions = IdVec::filled(usize::MAX, self.jobs.len());
        assert_eq!(sequence.jobs.len(), self.jobs.len());
        for (position, &job) in sequence.jobs.iter().enumerate() {
            assert_eq!(std::mem::replace(&mut positions[job], position), usize::MAX, "{job:?} comes twice");
        }
        positions
    }

    /// The total cost of delay.
    pub(super) fn cost(&self, sequence: &Sequence) -> u128 {
        let mut time = 0;
        let mut cost = 0;
        for &job in &sequence.jobs {
            time += u128::from(self.jobs[job].effort);
            cost += time * u128::from(self.jobs[job].value);
        }
        cost
    }

    /// The least total cost of delay there is, by the least cost of having done each set of jobs.
    pub(super) fn least_cost(&self) -> u128 {
        let len = self.jobs.len();
        let needs = self.needs.map(|needs| needs.iter().fold(0, |set, need| set | 1 << need.index()));
        let mut costs = vec![u128::MAX; 1 << len];
        let mut times = vec![0u128; 1 << len];
        costs[0] = 0;
        for set in 0..1usize << len {
            if costs[set] == u128::MAX {
                continue;
            }
            for (job, one) in self.jobs.enumerate() {
                let next = set | 1 << job.index();
                if next != set && needs[job] & !set == 0 {
                    times[next] = times[set] + u128::from(one.effort);
                    costs[next] = costs[next].min(costs[set] + times[next] * u128::from(one.value));
                }
            }
        }
        costs[(1 << len) - 1]
    }

    /// All that waits for a job, directly or not.
    pub(super) fn unblocked_by(&self, job: JobId) -> IdVec<JobId, bool> {
        let mut unblocked = IdVec::filled(false, self.jobs.len());
        let mut more = true;
        while more {
            more = false;
            for other in self.jobs.ids() {
                if !unblocked[other] && self.needs[other].iter().any(|&need| need == job || unblocked[need]) {
                    unblocked[other] = true;
                    more = true;
                }
            }
        }
        unblocked
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    /// Up to three dependencies, as many tenths on average, on any earlier job.
    Random(usize),
    /// Up to three dependencies on jobs at most 200 numbers earlier, one in ten further.
    Near,
    Chains,
    OutTree,
    InTree,
    Layers,
    /// A third of the jobs are enablers without value, the others need one to three of them.
    Features,
}

pub(super) const SHAPES: [Shape; 9] = [
    Shape::Random(8),
    Shape::Random(15),
    Shape::Random(30),
    Shape::Near,
    Shape::Chains,
    Shape::OutTree,
    Shape::InTree,
    Shape::Layers,
    Shape::Features,
];

/// Ranges of value and effort.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scale {
    /// Story points.
    Points,
    /// The weights of four priorities, all of one effort.
    Priorities,
    /// Products as RICE has them, efforts in thousandths.
    Wide,
}

pub(super) const SCALES: [Scale; 3] = [Scale::Points, Scale::Priorities, Scale::Wide];

/// A random plan, a third of it enablers without value.
pub(super) fn plan(seed: u64, len: usize, shape: Shape, scale: Scale) -> Plan {
    plan_of(seed, len, shape, |rng| {
        let value = match scale {
            Scale::Points => rng.u64(1..=13),
            Scale::Priorities => [1, 10, 100, 1000][rng.usize(0..4)],
            Scale::Wide => rng.u64(1..=1_000_000),
        };
        let effort = match scale {
            Scale::Points => rng.u64(1..=8),
            Scale::Priorities => 1,
            Scale::Wide => rng.u64(1_000..=21_000),
        };
        (value, effort)
    })
}

/// The same with values and efforts as they are drawn.
pub(super) fn plan_of(
    seed: u64,
    len: usize,
    shape: Shape,
    mut draw: impl FnMut(&mut fastrand::Rng) -> (u64, u64),
) -> Plan {
    let mut rng = fastrand::Rng::with_seed(seed);
    let mut plan = Plan::default();
    for index in 0..len {
        let enabler = if let Shape::Features = shape { index < len / 3 } else { rng.usize(0..3) == 0 };
        let (value, effort) = draw(&mut rng);
        let needs = needs(&mut rng, index, len, shape);
        plan.job(if enabler { 0 } else { value }, effort, &needs);
    }
    if let Shape::InTree = shape {
        for index in 0..len - 1 {
            let later = rng.usize(index + 1..len.min(index + 40));
            plan.needs[JobId::new(later)].push(JobId::new(index));
        }
    }
    shuffled(&plan, &mut rng, true)
}

fn needs(rng: &mut fastrand::Rng, index: usize, len: usize, shape: Shape) -> Vec<JobId> {
    let (count, among) = match shape {
        _ if index == 0 => (0, 0..0),
        Shape::Random(tenths) => ((0..3).filter(|_| rng.usize(0..30) < tenths).count(), 0..index),
        Shape::Near if rng.usize(0..10) == 0 => (rng.usize(0..4), 0..index),
        Shape::Near => (rng.usize(0..4), index.saturating_sub(200)..index),
        Shape::Chains => {
            let before = if index.is_multiple_of((len / 5).max(2)) { None } else { Some(index - 1) };
            let another = if rng.usize(0..5) == 0 { Some(rng.usize(0..index)) } else { None };
            return before.into_iter().chain(another).map(JobId::new).collect();
        }
        Shape::OutTree => (1, 0..index),
        Shape::Layers if index >= 8 => (2, (index / 8 - 1) * 8..index / 8 * 8),
        Shape::Features if index >= len / 3 && len >= 3 => (rng.usize(1..4), 0..len / 3),
        Shape::InTree | Shape::Layers | Shape::Features => (0, 0..0),
    };
    (0..count).map(|_| JobId::new(rng.usize(among.clone()))).collect()
}

/// The same plan with its jobs in another arrangement; ties stay with their jobs, or follow the new arrangement.
pub(super) fn shuffled(plan: &Plan, rng: &mut fastrand::Rng, new_ties: bool) -> Plan {
    // By each job of the plan, the same job in the other.
    let mut moved: IdVec<JobId, JobId> = plan.jobs.ids().collect();
    rng.shuffle(moved.as_mut_vec());
    let mut other = plan.clone();
    for (job, &new) in moved.enumerate() {
        other.jobs[new] = plan.jobs[job];
        if new_ties {
            other.jobs[new].tie = new.index() as u32;
        }
        let mut needs: Vec<JobId> = plan.needs[job].iter().map(|&need| moved[need]).collect();
        rng.shuffle(&mut needs);
        other.needs[new] = needs;
    }
    other
}

/// A random plan with jobs in progress, jobs without a score, and scored jobs without value.
pub(super) fn mixed(seed: u64) -> Plan {
    let mut rng = fastrand::Rng::with_seed(seed);
    let len = rng.usize(2..40);
    let mut plan = plan(seed, len, SHAPES[seed as usize % 9], SCALES[seed as usize / 9 % 3]);
    for job in &mut plan.jobs {
        job.active = rng.usize(0..8) == 0;
        job.scored = job.value > 0 || rng.bool();
    }
    plan
}

/// How far costs are from the least, over many plans.
#[derive(Default)]
pub(super) struct Quality {
    pub(super) plans: usize,
    pub(super) least: usize,
    /// Excess over the least cost, in millionths, added up and at worst.
    total: u128,
    pub(super) worst: u128,
}

impl Quality {
    pub(super) fn add(&mut self, cost: u128, least: u128) {
        let excess = if cost <= least { 0 } else { ((cost - least) * 1_000_000).div_ceil(least) };
        self.plans += 1;
        self.least += usize::from(cost <= least);
        self.total += excess;
        self.worst = self.worst.max(excess);
    }

    pub(super) fn mean(&self) -> u128 {
        self.total.div_ceil(self.plans as u128)
    }

    #[expect(clippy::print_stdout, reason = "the figures are for whoever runs the tests with --nocapture")]
    pub(super) fn print(&self, what: &str) {
        let per_mille = self.least * 1000 / self.plans;
        println!(
            "{what}: {} plans, mean 1.{:06}, worst 1.{:06}, {}.{} % the least",
            self.plans,
            self.mean(),
            self.worst,
            per_mille / 10,
            per_mille % 10
        );
    }
}
