//! Random plans, and what can be measured of their sequences.

use roadbook::resolve::order::{Job, Sequence, order, order_windowed};

/// A plan as the order sees it.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    pub(super) jobs: Vec<Job>,
    pub(super) needs: Vec<Vec<u32>>,
}

impl Plan {
    pub(super) fn job(&mut self, value: u64, effort: u64, needs: &[u32]) -> u32 {
        let tie = self.jobs.len() as u32;
        self.jobs.push(Job { value, effort, active: false, scored: true, tie });
        self.needs.push(needs.to_vec());
        tie
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
        let places = self.places(&sequence);
        for (job, needs) in self.needs.iter().enumerate() {
            for &need in needs {
                assert!(places[need as usize] < places[job], "{job} comes before {need}, which it waits for: {self:?}");
            }
        }
        assert!(sequence.ranked <= self.jobs.len() && sequence.boosts.len() == self.jobs.len());
        sequence
    }

    pub(super) fn places(&self, sequence: &Sequence) -> Vec<usize> {
        let mut places = vec![usize::MAX; self.jobs.len()];
        assert_eq!(sequence.jobs.len(), self.jobs.len());
        for (place, &job) in sequence.jobs.iter().enumerate() {
            assert_eq!(std::mem::replace(&mut places[job as usize], place), usize::MAX, "{job} comes twice");
        }
        places
    }

    /// The total cost of delay.
    pub(super) fn cost(&self, sequence: &Sequence) -> u128 {
        let mut time = 0;
        let mut cost = 0;
        for &job in &sequence.jobs {
            time += u128::from(self.jobs[job as usize].effort);
            cost += time * u128::from(self.jobs[job as usize].value);
        }
        cost
    }

    /// The least total cost of delay there is, by the least cost of having done each set of jobs.
    pub(super) fn least_cost(&self) -> u128 {
        let len = self.jobs.len();
        let needs: Vec<usize> =
            self.needs.iter().map(|needs| needs.iter().fold(0, |set, &need| set | 1 << need)).collect();
        let mut costs = vec![u128::MAX; 1 << len];
        let mut times = vec![0u128; 1 << len];
        costs[0] = 0;
        for set in 0..1usize << len {
            if costs[set] == u128::MAX {
                continue;
            }
            for (job, one) in self.jobs.iter().enumerate() {
                let next = set | 1 << job;
                if next != set && needs[job] & !set == 0 {
                    times[next] = times[set] + u128::from(one.effort);
                    costs[next] = costs[next].min(costs[set] + times[next] * u128::from(one.value));
                }
            }
        }
        costs[(1 << len) - 1]
    }

    /// All that waits for a job, directly or not.
    pub(super) fn unblocked_by(&self, job: u32) -> Vec<bool> {
        let mut found = vec![false; self.jobs.len()];
        let mut more = true;
        while more {
            more = false;
            for other in 0..self.jobs.len() {
                if !found[other] && self.needs[other].iter().any(|&need| need == job || found[need as usize]) {
                    found[other] = true;
                    more = true;
                }
            }
        }
        found
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
    for at in 0..len {
        let enabler = if let Shape::Features = shape { at < len / 3 } else { rng.usize(0..3) == 0 };
        let (value, effort) = draw(&mut rng);
        let needs = needs(&mut rng, at, len, shape);
        plan.job(if enabler { 0 } else { value }, effort, &needs);
    }
    if let Shape::InTree = shape {
        for at in 0..len - 1 {
            let later = rng.usize(at + 1..len.min(at + 40));
            plan.needs[later].push(at as u32);
        }
    }
    shuffled(&plan, &mut rng, true)
}

fn needs(rng: &mut fastrand::Rng, at: usize, len: usize, shape: Shape) -> Vec<u32> {
    let (count, among) = match shape {
        _ if at == 0 => (0, 0..0),
        Shape::Random(tenths) => ((0..3).filter(|_| rng.usize(0..30) < tenths).count(), 0..at),
        Shape::Near if rng.usize(0..10) == 0 => (rng.usize(0..4), 0..at),
        Shape::Near => (rng.usize(0..4), at.saturating_sub(200)..at),
        Shape::Chains => {
            let before = if at.is_multiple_of((len / 5).max(2)) { None } else { Some(at as u32 - 1) };
            let another = if rng.usize(0..5) == 0 { Some(rng.usize(0..at) as u32) } else { None };
            return before.into_iter().chain(another).collect();
        }
        Shape::OutTree => (1, 0..at),
        Shape::Layers if at >= 8 => (2, (at / 8 - 1) * 8..at / 8 * 8),
        Shape::Features if at >= len / 3 && len >= 3 => (rng.usize(1..4), 0..len / 3),
        Shape::InTree | Shape::Layers | Shape::Features => (0, 0..0),
    };
    (0..count).map(|_| rng.usize(among.clone()) as u32).collect()
}

/// The same plan with its jobs in another arrangement; ties stay with their jobs, or follow the new arrangement.
pub(super) fn shuffled(plan: &Plan, rng: &mut fastrand::Rng, new_ties: bool) -> Plan {
    let mut names: Vec<u32> = (0..plan.jobs.len() as u32).collect();
    rng.shuffle(&mut names);
    let mut other = plan.clone();
    for (job, &name) in names.iter().enumerate() {
        other.jobs[name as usize] = plan.jobs[job];
        if new_ties {
            other.jobs[name as usize].tie = name;
        }
        let mut needs: Vec<u32> = plan.needs[job].iter().map(|&need| names[need as usize]).collect();
        rng.shuffle(&mut needs);
        other.needs[name as usize] = needs;
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
