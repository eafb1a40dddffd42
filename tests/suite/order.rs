//! Tests of the order room.

use roadbook::resolve::order::{Job, Lift, Sequence, order, order_windowed};

/// A plan as the order sees it.
#[derive(Clone, Debug, Default)]
struct Plan {
    jobs: Vec<Job>,
    needs: Vec<Vec<u32>>,
}

impl Plan {
    fn job(&mut self, value: u64, effort: u64, needs: &[u32]) -> u32 {
        let tie = self.jobs.len() as u32;
        self.jobs.push(Job { value, effort, active: false, scored: true, tie });
        self.needs.push(needs.to_vec());
        tie
    }

    fn order(&self) -> Sequence {
        self.check(order(&self.jobs, &self.needs))
    }

    /// By windows only, as the largest components are done.
    fn windowed(&self) -> Sequence {
        self.check(order_windowed(&self.jobs, &self.needs, 0))
    }

    /// Cut as a whole, however large.
    fn whole(&self) -> Sequence {
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
        assert!(sequence.ranked <= self.jobs.len() && sequence.lifts.len() == self.jobs.len());
        sequence
    }

    fn places(&self, sequence: &Sequence) -> Vec<usize> {
        let mut places = vec![usize::MAX; self.jobs.len()];
        assert_eq!(sequence.jobs.len(), self.jobs.len());
        for (place, &job) in sequence.jobs.iter().enumerate() {
            assert_eq!(std::mem::replace(&mut places[job as usize], place), usize::MAX, "{job} comes twice");
        }
        places
    }

    /// The total cost of delay.
    fn cost(&self, sequence: &Sequence) -> u128 {
        let mut time = 0;
        let mut cost = 0;
        for &job in &sequence.jobs {
            time += u128::from(self.jobs[job as usize].effort);
            cost += time * u128::from(self.jobs[job as usize].value);
        }
        cost
    }

    /// The least total cost of delay there is, by the least cost of having done each set of jobs.
    fn least_cost(&self) -> u128 {
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
    fn unblocked_by(&self, job: u32) -> Vec<bool> {
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
enum Shape {
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

const SHAPES: [Shape; 9] = [
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
enum Scale {
    /// Story points.
    Points,
    /// The weights of four priorities, all of one effort.
    Priorities,
    /// Products as RICE has them, efforts in thousandths.
    Wide,
}

const SCALES: [Scale; 3] = [Scale::Points, Scale::Priorities, Scale::Wide];

/// A random plan, a third of it enablers without value.
fn plan(seed: u64, len: usize, shape: Shape, scale: Scale) -> Plan {
    let mut rng = fastrand::Rng::with_seed(seed);
    let mut plan = Plan::default();
    for at in 0..len {
        let enabler = if let Shape::Features = shape { at < len / 3 } else { rng.usize(0..3) == 0 };
        let value = match scale {
            _ if enabler => 0,
            Scale::Points => rng.u64(1..=13),
            Scale::Priorities => [1, 10, 100, 1000][rng.usize(0..4)],
            Scale::Wide => rng.u64(1..=1_000_000),
        };
        let effort = match scale {
            Scale::Points => rng.u64(1..=8),
            Scale::Priorities => 1,
            Scale::Wide => rng.u64(1_000..=21_000),
        };
        let needs = needs(&mut rng, at, len, shape);
        plan.job(value, effort, &needs);
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
fn shuffled(plan: &Plan, rng: &mut fastrand::Rng, new_ties: bool) -> Plan {
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

/// How far costs are from the least, over many plans.
#[derive(Default)]
struct Quality {
    plans: usize,
    least: usize,
    /// Excess over the least cost, in millionths, added up and at worst.
    total: u128,
    worst: u128,
}

impl Quality {
    fn add(&mut self, cost: u128, least: u128) {
        let excess = if cost <= least { 0 } else { ((cost - least) * 1_000_000).div_ceil(least) };
        self.plans += 1;
        self.least += usize::from(cost <= least);
        self.total += excess;
        self.worst = self.worst.max(excess);
    }

    fn mean(&self) -> u128 {
        self.total.div_ceil(self.plans as u128)
    }

    #[expect(clippy::print_stdout, reason = "the figures are to be read where the test is run with `--nocapture`")]
    fn print(&self, what: &str) {
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

#[test]
fn ten_items_meet_the_bar_against_brute_force() {
    let mut quality = Quality::default();
    for seed in 0..1000 {
        let shape = SHAPES[seed as usize % SHAPES.len()];
        let plan = plan(seed, 10, shape, Scale::Points);
        quality.add(plan.cost(&plan.order()), plan.least_cost());
    }
    quality.print("ten items");
    assert!(quality.mean() <= 500, "mean at most 1.0005");
    assert!(quality.worst <= 30_000, "worst at most 1.03");
    assert!(quality.least * 100 >= quality.plans * 98, "98 % the least");
}

#[test]
fn small_plans_get_a_best_sequence() {
    for scale in SCALES {
        let mut quality = Quality::default();
        for shape in SHAPES {
            for seed in 0..60 {
                let plan = plan(seed, 3 + seed as usize % 10, shape, scale);
                let (cost, least) = (plan.cost(&plan.order()), plan.least_cost());
                assert_eq!(cost, least, "seed {seed}, {shape:?}, {scale:?}");
                quality.add(cost, least);
            }
        }
        quality.print(&format!("3 to 12 items, {scale:?}"));
    }
}

#[test]
fn windows_alone_meet_the_bar_too() {
    let mut quality = Quality::default();
    for seed in 0..1000 {
        let shape = SHAPES[seed as usize % SHAPES.len()];
        let plan = plan(seed, 10, shape, SCALES[seed as usize % SCALES.len()]);
        quality.add(plan.cost(&plan.windowed()), plan.least_cost());
    }
    quality.print("ten items by windows");
    assert!(quality.mean() <= 500 && quality.worst <= 30_000 && quality.least * 100 >= quality.plans * 98);
}

#[test]
fn windows_come_near_a_cut_of_the_whole() {
    for (len, plans) in [(200, 4), (1000, 1)] {
        let mut quality = Quality::default();
        for shape in SHAPES {
            for scale in SCALES {
                for seed in 0..plans {
                    let plan = plan(seed, len, shape, scale);
                    quality.add(plan.cost(&plan.windowed()), plan.cost(&plan.whole()));
                }
            }
        }
        quality.print(&format!("{len} items by windows against the whole"));
        assert!(quality.mean() <= 10_000, "mean at most 1.01");
        assert!(quality.worst <= 50_000, "worst at most 1.05");
    }
}

/// Horn's rule (1972), the best sequence where each job waits for at most one other: the best of all jobs goes right
/// after the one it waits for, and the two are one from then on.
fn horn(plan: &Plan) -> u128 {
    let mut blocks: Vec<(u128, u128, Vec<u32>)> = Vec::new();
    for (job, one) in plan.jobs.iter().enumerate() {
        blocks.push((one.value.into(), one.effort.into(), vec![job as u32]));
    }
    let mut done: Vec<u32> = Vec::new();
    while !blocks.is_empty() {
        let best =
            (0..blocks.len()).reduce(|a, b| if blocks[b].0 * blocks[a].1 > blocks[a].0 * blocks[b].1 { b } else { a });
        let (value, effort, jobs) = blocks.swap_remove(best.expect("there are blocks"));
        let before = plan.needs[jobs[0] as usize]
            .first()
            .and_then(|need| blocks.iter_mut().find(|block| block.2.contains(need)));
        match before {
            None => done.extend(jobs),
            Some(block) => {
                block.0 += value;
                block.1 += effort;
                block.2.extend(jobs);
            }
        }
    }
    plan.cost(&Sequence { jobs: done, ranked: 0, lifts: Vec::new() })
}

#[test]
fn trees_get_a_best_sequence_at_any_size() {
    for seed in 0..30 {
        let plan = plan(seed, 20 + 10 * seed as usize, Shape::OutTree, SCALES[seed as usize % 3]);
        assert_eq!(plan.cost(&plan.order()), horn(&plan), "seed {seed}");
    }
}

/// A random plan with jobs in progress, jobs without a score, and scored jobs without value.
fn mixed(seed: u64) -> Plan {
    let mut rng = fastrand::Rng::with_seed(seed);
    let len = rng.usize(2..40);
    let mut plan = plan(seed, len, SHAPES[seed as usize % SHAPES.len()], SCALES[seed as usize % 3]);
    for job in &mut plan.jobs {
        job.active = rng.usize(0..8) == 0;
        job.scored = job.value > 0 || rng.bool();
    }
    plan
}

#[test]
fn every_job_comes_once_and_after_what_it_waits_for() {
    for seed in 0..600 {
        let plan = mixed(seed);
        plan.order();
        plan.windowed();
        plan.whole();
    }
}

#[test]
fn work_in_progress_and_what_it_waits_for_goes_first() {
    for seed in 0..600 {
        let plan = mixed(seed);
        let places = plan.places(&plan.order());
        let mut pulled: Vec<bool> = plan.jobs.iter().map(|job| job.active).collect();
        for job in 0..plan.jobs.len() as u32 {
            let unblocked = plan.unblocked_by(job);
            pulled[job as usize] |= (0..plan.jobs.len()).any(|other| unblocked[other] && plan.jobs[other].active);
        }
        let count = pulled.iter().filter(|&&pulled| pulled).count();
        for job in 0..plan.jobs.len() {
            assert_eq!(places[job] < count, pulled[job], "seed {seed}, job {job}");
        }
    }
}

#[test]
fn an_unscored_job_goes_before_a_scored_one_only_for_what_it_unblocks() {
    for seed in 0..600 {
        let plan = mixed(seed);
        let sequence = plan.order();
        let places = plan.places(&sequence);
        for job in 0..plan.jobs.len() {
            let unblocked = plan.unblocked_by(job as u32);
            let any = |holds: &dyn Fn(&Job) -> bool| {
                (0..plan.jobs.len()).any(|other| unblocked[other] && holds(&plan.jobs[other]))
            };
            let one = &plan.jobs[job];
            let idle = one.value == 0 && !one.active && !any(&|other| other.value > 0 || other.active);
            let aside = idle && !one.scored && !any(&|other| other.scored);
            assert_eq!(places[job] >= sequence.ranked, aside, "seed {seed}, job {job}");
            for other in (0..plan.jobs.len()).filter(|&other| places[other] > places[job]) {
                let after = &plan.jobs[other];
                assert!(!idle || after.value == 0, "seed {seed}: {job} is worth nothing, {other} is");
                let free = !plan.needs[other].iter().any(|&need| !plan.jobs[need as usize].scored);
                let without = !idle || one.scored || !after.scored || after.active || unblocked[other];
                assert!(
                    without || !free || plan.needs[other].iter().any(|&need| places[need as usize] > places[job]),
                    "seed {seed}: {job} before {other}"
                );
            }
        }
    }
}

#[test]
fn the_arrangement_of_the_jobs_does_not_matter() {
    for seed in 0..400 {
        let mut rng = fastrand::Rng::with_seed(seed);
        let plan = mixed(seed);
        let other = shuffled(&plan, &mut rng, false);
        let ties = |plan: &Plan, sequence: &Sequence| -> Vec<u32> {
            sequence.jobs.iter().map(|&job| plan.jobs[job as usize].tie).collect()
        };
        for (a, b) in [(plan.order(), other.order()), (plan.windowed(), other.windowed())] {
            assert_eq!(ties(&plan, &a), ties(&other, &b), "seed {seed}");
            assert_eq!(a.ranked, b.ranked, "seed {seed}");
            for (&one, &two) in a.jobs.iter().zip(&b.jobs) {
                let lead = |plan: &Plan, lift: Lift| Lift { lead: plan.jobs[lift.lead as usize].tie, ..lift };
                let (one, two) = (a.lifts[one as usize], b.lifts[two as usize]);
                assert_eq!(one.map(|lift| lead(&plan, lift)), two.map(|lift| lead(&other, lift)), "seed {seed}");
            }
        }
    }
}

#[test]
fn without_a_dependency_nothing_gets_worse() {
    for seed in 0..300 {
        let plan = plan(seed, 14, SHAPES[seed as usize % SHAPES.len()], SCALES[seed as usize % 3]);
        let cost = plan.cost(&plan.order());
        for job in 0..plan.jobs.len() {
            for at in 0..plan.needs[job].len() {
                let mut freer = plan.clone();
                freer.needs[job].remove(at);
                assert!(freer.cost(&freer.order()) <= cost, "seed {seed}, job {job}, dependency {at}");
            }
        }
    }
}

#[test]
fn without_dependencies_value_over_effort_decides_and_then_the_tie() {
    let mut plan = Plan::default();
    plan.job(3, 3, &[]);
    plan.job(8, 2, &[]);
    plan.job(0, 1, &[]);
    plan.job(5, 5, &[]);
    plan.job(4, 1, &[]);
    assert_eq!(plan.order().jobs, [1, 4, 0, 3, 2]);
    assert_eq!(plan.order().lifts, [None; 5]);
    plan.jobs[0].tie = 7;
    assert_eq!(plan.order().jobs, [1, 4, 3, 0, 2]);
}

#[test]
fn equal_jobs_keep_the_order_of_their_ties() {
    for shape in SHAPES {
        let mut plan = plan(5, 60, shape, Scale::Points);
        plan.jobs.iter_mut().for_each(|job| (job.value, job.effort) = (3, 2));
        let sequence = plan.order();
        // Of the jobs that could be next, always the first by tie.
        let mut done = vec![false; plan.jobs.len()];
        for &job in &sequence.jobs {
            let ready = |job: usize| !done[job] && plan.needs[job].iter().all(|&need| done[need as usize]);
            assert_eq!(Some(job as usize), (0..plan.jobs.len()).find(|&job| ready(job)), "{shape:?}");
            done[job as usize] = true;
        }
    }
}

#[test]
fn an_enabler_rises_as_far_as_it_is_worth_and_no_further() {
    let mut plan = Plan::default();
    let enabler = plan.job(0, 3, &[]);
    let feature = plan.job(12, 1, &[enabler]);
    let better = plan.job(7, 2, &[]);
    let equal = plan.job(6, 2, &[]);
    let worse = plan.job(5, 2, &[]);
    assert_eq!(plan.order().jobs, [better, equal, enabler, feature, worse]);
}

#[test]
fn the_explanation_of_the_design() {
    let mut plan = Plan::default();
    for _ in 0..6 {
        plan.job(30, 5, &[]);
    }
    for _ in 6..37 {
        plan.job(4, 5, &[]);
    }
    let enabler = plan.job(2, 5, &[]);
    let sharing = plan.job(13, 2, &[enabler]);
    plan.job(3, 1, &[enabler]);
    plan.job(3, 1, &[enabler]);
    let sequence = plan.order();
    assert_eq!(sequence.jobs[..7], [0, 1, 2, 3, 4, 5, enabler]);
    let lift = Lift { from: 41, to: 7, lead: sharing, others: 2, value: 21, effort: 9 };
    assert_eq!(sequence.lifts[enabler as usize], Some(lift));
    assert_eq!(sequence.lifts.iter().flatten().count(), 1);
}

#[test]
fn a_lift_counts_what_else_the_unblocked_jobs_wait_for() {
    let mut plan = Plan::default();
    let plain = plan.job(3, 3, &[]);
    let one = plan.job(0, 1, &[]);
    let two = plan.job(0, 2, &[]);
    let step = plan.job(0, 1, &[one]);
    let feature = plan.job(20, 2, &[two, step]);
    let sequence = plan.order();
    assert_eq!(sequence.jobs, [one, two, step, feature, plain]);
    let lift = |from, to, effort| Some(Lift { from, to, lead: feature, others: 0, value: 20, effort });
    assert_eq!(sequence.lifts, [None, lift(3, 1, 6), lift(4, 2, 5), lift(5, 3, 3), None]);
}

#[test]
fn what_work_in_progress_waits_for_is_lifted_by_it() {
    let mut plan = Plan::default();
    let plain = plan.job(9, 1, &[]);
    let enabler = plan.job(1, 2, &[]);
    let doing = plan.job(0, 3, &[enabler]);
    plan.jobs[doing as usize].active = true;
    plan.jobs[doing as usize].scored = false;
    let sequence = plan.order();
    assert_eq!(sequence.jobs, [enabler, doing, plain]);
    assert_eq!(sequence.ranked, 3);
    let lift = Lift { from: 3, to: 1, lead: doing, others: 0, value: 1, effort: 5 };
    assert_eq!(sequence.lifts[enabler as usize], Some(lift));
}
