//! Tests of why a job stands where it does.

use super::plans::{Plan, mixed};
use roadbook::resolve::order::{Boost, Sequence};

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
    let boost = Boost { from: 41, to: 7, lead: sharing, others: 2, value: 21, effort: 9 };
    assert_eq!(sequence.boosts[enabler as usize], Some(boost));
    assert_eq!(sequence.boosts.iter().flatten().count(), 1);
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
    let boost = |from, to, effort| Some(Boost { from, to, lead: feature, others: 0, value: 20, effort });
    assert_eq!(sequence.boosts, [None, boost(3, 1, 6), boost(4, 2, 5), boost(5, 3, 3), None]);
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
    let boost = Boost { from: 3, to: 1, lead: doing, others: 0, value: 1, effort: 5 };
    assert_eq!(sequence.boosts[enabler as usize], Some(boost));
}

/// The ends of the pieces of falling ratio in a sequence of jobs: always the prefix of the highest ratio, the shortest of
/// equals.
fn pieces(plan: &Plan, jobs: &[u32]) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut start = 0;
    while start < jobs.len() {
        let (mut value, mut effort) = (0u128, 0u128);
        let mut best = (0, 1, 0);
        for (at, &job) in jobs.iter().enumerate().skip(start) {
            value += u128::from(plan.jobs[job as usize].value);
            effort += u128::from(plan.jobs[job as usize].effort);
            if at == start || value * best.1 > best.0 * effort {
                best = (value, effort, at + 1);
            }
        }
        start = best.2;
        ends.push(start);
    }
    ends
}

/// The boost of one job, straight from the definition.
fn lift_by_definition(plan: &Plan, sequence: &Sequence, job: u32) -> Option<Boost> {
    let one = |job: u32| &plan.jobs[job as usize];
    let places = plan.places(sequence);
    let unblocked = plan.unblocked_by(job);
    let pulled = |job: u32| {
        one(job).active || (0..).zip(plan.unblocked_by(job)).any(|(other, waits)| waits && one(other).active)
    };
    let better = |a: u32, b: u32| {
        let (one, other) = (one(a), one(b));
        let ratio =
            (u128::from(other.value) * u128::from(one.effort)).cmp(&(u128::from(one.value) * u128::from(other.effort)));
        let active = other.active.cmp(&one.active);
        active.then(ratio).then(other.scored.cmp(&one.scored)).then(one.tie.cmp(&other.tie)).is_lt()
    };
    let from = 1 + (0..plan.jobs.len() as u32).filter(|&other| better(other, job)).count();
    let to = places[job as usize] + 1;
    let count = (0..plan.jobs.len() as u32).filter(|&job| pulled(job)).count();
    let forced = pulled(job) && !one(job).active;
    let end = match to <= count {
        true if forced => count,
        true => pieces(plan, &sequence.jobs[..count]).into_iter().find(|&end| end >= to)?,
        false => count + pieces(plan, &sequence.jobs[count..]).into_iter().find(|&end| count + end >= to)?,
    };
    if to >= from {
        return None;
    }
    let mut best: Option<Boost> = None;
    let mut counted: Vec<u32> = Vec::new();
    let mut set: Vec<u32> = vec![job];
    for &other in &sequence.jobs[to..end] {
        if !unblocked[other as usize] || !(if forced { one(other).active } else { one(other).value > 0 }) {
            continue;
        }
        counted.push(other);
        for &need in &sequence.jobs[to - 1..end] {
            if !set.contains(&need) && (need == other || plan.unblocked_by(need)[other as usize]) {
                set.push(need);
            }
        }
        let value = set.iter().map(|&job| one(job).value).sum();
        let effort = set.iter().map(|&job| one(job).effort).sum();
        let before = best.map_or((one(job).value, one(job).effort), |best| (best.value, best.effort));
        if u128::from(value) * u128::from(before.1) > u128::from(before.0) * u128::from(effort)
            || forced && best.is_none()
        {
            let lead = *counted.iter().rev().max_by_key(|&&job| one(job).value)?;
            let others = counted.len() as u32 - 1;
            best = Some(Boost { from: from as u32, to: to as u32, lead, others, value, effort });
        }
    }
    best
}

#[test]
fn lifts_are_what_they_say() {
    let mut count = 0;
    for seed in 0..400 {
        let plan = mixed(seed);
        let sequence = plan.order();
        for job in 0..plan.jobs.len() as u32 {
            let boost = sequence.boosts[job as usize];
            assert_eq!(boost, lift_by_definition(&plan, &sequence, job), "seed {seed}, job {job}");
            let Some(boost) = boost else { continue };
            count += 1;
            assert!(boost.to < boost.from && sequence.jobs[boost.to as usize - 1] == job, "seed {seed}, job {job}");
            assert!(plan.unblocked_by(job)[boost.lead as usize], "seed {seed}, job {job}");
            assert!(boost.value >= plan.jobs[boost.lead as usize].value, "seed {seed}, job {job}");
        }
    }
    assert!(count > 1000, "only {count} boosts to look at");
}
