//! Tests of the order: how good a sequence is, and the rules it keeps.

mod boosts;
mod frameworks;
mod large;
mod plans;

use plans::{Plan, Quality, SCALES, SHAPES, Scale, Shape, mixed, plan, shuffled};
use roadbook::id::{Id, IdVec, JobId};
use roadbook::resolve::order::{Boost, Job, Sequence};

#[test]
fn ten_items_meet_the_bar_against_brute_force() {
    let mut quality = Quality::default();
    for seed in 0..1000 {
        let plan = plan(seed, 10, SHAPES[seed as usize % 9], Scale::Points);
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
        let plan = plan(seed, 10, SHAPES[seed as usize % 9], SCALES[seed as usize / 9 % 3]);
        quality.add(plan.cost(&plan.windowed()), plan.least_cost());
    }
    quality.print("ten items by windows");
    assert!(quality.mean() <= 500 && quality.worst <= 30_000 && quality.least * 100 >= quality.plans * 98);
}

#[test]
fn windows_come_near_a_cut_of_the_whole() {
    let near = [Shape::Near];
    for (len, shapes, scales, plans) in
        [(200, &SHAPES[..], &SCALES[..], 4), (1000, &SHAPES, &[Scale::Priorities], 1), (3000, &near, &SCALES, 1)]
    {
        let mut quality = Quality::default();
        for &shape in shapes {
            for &scale in scales {
                for seed in 0..plans {
                    let plan = plan(seed, len, shape, scale);
                    quality.add(plan.cost(&plan.windowed()), plan.cost(&plan.whole()));
                }
            }
        }
        quality.print(&format!("{len} items by windows against the whole"));
        assert!(quality.mean() <= 5_000, "mean at most 1.005");
        assert!(quality.worst <= 20_000, "worst at most 1.02");
    }
}

/// Horn's rule (1972), the best sequence where each job waits for at most one other: the best of all jobs goes right
/// after the one it waits for, and the two are one from then on.
fn horn(plan: &Plan) -> u128 {
    let mut blocks: Vec<(u128, u128, Vec<JobId>)> = Vec::new();
    for (job, one) in plan.jobs.enumerate() {
        blocks.push((one.value.into(), one.effort.into(), vec![job]));
    }
    let mut done: Vec<JobId> = Vec::new();
    while !blocks.is_empty() {
        let best =
            (0..blocks.len()).reduce(|a, b| if blocks[b].0 * blocks[a].1 > blocks[a].0 * blocks[b].1 { b } else { a });
        let (value, effort, jobs) = blocks.swap_remove(best.expect("there are blocks"));
        let before =
            plan.needs[jobs[0]].first().and_then(|need| blocks.iter_mut().find(|block| block.2.contains(need)));
        match before {
            None => done.extend(jobs),
            Some(block) => {
                block.0 += value;
                block.1 += effort;
                block.2.extend(jobs);
            }
        }
    }
    plan.cost(&Sequence { jobs: done, ranked: 0, boosts: IdVec::new() })
}

#[test]
fn trees_get_a_best_sequence_at_any_size() {
    for seed in 0..30 {
        let plan = plan(seed, 20 + 10 * seed as usize, Shape::OutTree, SCALES[seed as usize % 3]);
        assert_eq!(plan.cost(&plan.order()), horn(&plan), "seed {seed}");
    }
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
        let positions = plan.positions(&plan.order());
        let mut pulled = plan.jobs.map(|job| job.active);
        for job in plan.jobs.ids() {
            let unblocked = plan.unblocked_by(job);
            pulled[job] |= plan.jobs.ids().any(|other| unblocked[other] && plan.jobs[other].active);
        }
        let count = pulled.iter().filter(|&&pulled| pulled).count();
        for job in plan.jobs.ids() {
            assert_eq!(positions[job] < count, pulled[job], "seed {seed}, {job:?}");
        }
    }
}

#[test]
fn jobs_that_lead_to_nothing_of_value_come_last_and_the_unscored_after_the_scored() {
    for seed in 0..600 {
        let plan = mixed(seed);
        let sequence = plan.order();
        let positions = plan.positions(&sequence);
        let all = || plan.jobs.ids();
        let unblocked: IdVec<JobId, IdVec<JobId, bool>> = all().map(|job| plan.unblocked_by(job)).collect();
        let leads_to = |job: JobId, holds: &dyn Fn(&Job) -> bool| {
            holds(&plan.jobs[job]) || all().any(|other| unblocked[job][other] && holds(&plan.jobs[other]))
        };
        let idle = |job: JobId| !leads_to(job, &|other| other.value > 0 || other.active);
        for job in all().filter(|&job| idle(job)) {
            let last = all().filter(|&other| positions[other] > positions[job]).all(idle);
            assert!(last, "seed {seed}: {job:?} is not among the last");
        }
        for job in all() {
            let unranked = idle(job) && !leads_to(job, &|other| other.scored);
            assert_eq!(positions[job] >= sequence.ranked, unranked, "seed {seed}, {job:?}");
        }
        for unscored in all().filter(|&job| idle(job) && !plan.jobs[job].scored) {
            for scored in all().filter(|&job| plan.jobs[job].scored && positions[job] > positions[unscored]) {
                let waits = all().any(|job| !plan.jobs[job].scored && unblocked[job][scored]);
                let wanted = leads_to(unscored, &|other| other.scored);
                assert!(waits && wanted, "seed {seed}: {unscored:?} before {scored:?}");
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
            sequence.jobs.iter().map(|&job| plan.jobs[job].tie).collect()
        };
        for (a, b) in [(plan.order(), other.order()), (plan.windowed(), other.windowed())] {
            assert_eq!(ties(&plan, &a), ties(&other, &b), "seed {seed}");
            assert_eq!(a.ranked, b.ranked, "seed {seed}");
            for (&one, &two) in a.jobs.iter().zip(&b.jobs) {
                // A boost with the tie of its lead, which is the same in both plans.
                let tied =
                    |plan: &Plan, boost: Boost| (plan.jobs[boost.lead].tie, Boost { lead: JobId::new(0), ..boost });
                let (one, two) = (a.boosts[one], b.boosts[two]);
                assert_eq!(one.map(|boost| tied(&plan, boost)), two.map(|boost| tied(&other, boost)), "seed {seed}");
            }
        }
    }
}

#[test]
fn without_a_dependency_nothing_gets_worse() {
    for seed in 0..300 {
        let plan = plan(seed, 14, SHAPES[seed as usize % 9], SCALES[seed as usize / 9 % 3]);
        let cost = plan.cost(&plan.order());
        for job in plan.jobs.ids() {
            for index in 0..plan.needs[job].len() {
                let mut freer = plan.clone();
                freer.needs[job].remove(index);
                assert!(freer.cost(&freer.order()) <= cost, "seed {seed}, {job:?}, dependency {index}");
            }
        }
    }
}

#[test]
fn without_dependencies_value_over_effort_decides_and_then_the_tie() {
    let mut plan = Plan::default();
    let one = plan.job(3, 3, &[]);
    let four = plan.job(8, 2, &[]);
    let nothing = plan.job(0, 1, &[]);
    let also_one = plan.job(5, 5, &[]);
    let also_four = plan.job(4, 1, &[]);
    assert_eq!(plan.order().jobs, [four, also_four, one, also_one, nothing]);
    assert_eq!(plan.order().boosts.as_slice(), [None; 5]);
    plan.jobs[one].tie = 7;
    assert_eq!(plan.order().jobs, [four, also_four, also_one, one, nothing]);
}

#[test]
fn the_value_of_an_unscored_job_does_not_count() {
    let mut plan = Plan::default();
    let unscored = plan.job(50, 1, &[]);
    let scored = plan.job(1, 5, &[]);
    plan.jobs[unscored].scored = false;
    assert_eq!(plan.order().jobs, [scored, unscored]);
    assert_eq!(plan.order().ranked, 1);
}

#[test]
fn equal_jobs_keep_the_order_of_their_ties() {
    for shape in SHAPES {
        let mut plan = plan(5, 60, shape, Scale::Points);
        plan.jobs.iter_mut().for_each(|job| (job.value, job.effort) = (3, 2));
        for sequence in [plan.order(), plan.windowed()] {
            // Of the jobs that could be next, always the first by tie.
            let mut done = plan.jobs.map(|_| false);
            for &job in &sequence.jobs {
                let ready = |job: JobId| !done[job] && plan.needs[job].iter().all(|&need| done[need]);
                assert_eq!(Some(job), plan.jobs.ids().find(|&job| ready(job)), "{shape:?}");
                done[job] = true;
            }
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
fn a_plan_may_be_empty_or_one_job() {
    let mut plan = Plan::default();
    assert_eq!(plan.order(), Sequence { jobs: Vec::new(), ranked: 0, boosts: IdVec::new() });
    let only = plan.job(0, 0, &[]);
    assert_eq!(plan.order(), Sequence { jobs: vec![only], ranked: 1, boosts: IdVec::filled(None, 1) });
    plan.jobs[only].scored = false;
    assert_eq!(plan.order().ranked, 0);
}

#[test]
fn the_largest_numbers_keep_their_order() {
    let mut plan = Plan::default();
    let enabler = plan.job(0, 1, &[]);
    let half = plan.job(u64::MAX / 2, 2, &[]);
    let whole = plan.job(u64::MAX, 2, &[enabler]);
    let least = plan.job(1, 2, &[]);
    let nothing = plan.job(0, 1, &[]);
    let sequence = plan.order();
    assert_eq!(sequence.jobs, [enabler, whole, half, least, nothing]);
    let boost = sequence.boosts[enabler].expect("a boost");
    assert_eq!((boost.lead, boost.effort, boost.value >> 32), (whole, 3, u64::MAX >> 32));
    for job in plan.jobs.ids() {
        let effort = if job == half { u64::MAX / 2 } else { u64::MAX };
        (plan.jobs[job].value, plan.jobs[job].effort) = (1, effort);
    }
    assert_eq!(plan.order().jobs[0], half);
}

#[test]
fn the_largest_numbers_do_no_harm() {
    for seed in 0..100 {
        let mut plan = plan(seed, 40, SHAPES[seed as usize % 9], Scale::Points);
        let mut rng = fastrand::Rng::with_seed(seed);
        for job in &mut plan.jobs {
            let any = |rng: &mut fastrand::Rng| [0, 1, 1 << 40, u64::MAX / 2, u64::MAX][rng.usize(0..5)];
            (job.value, job.effort) = (any(&mut rng), any(&mut rng));
        }
        plan.order();
        plan.windowed();
    }
}
