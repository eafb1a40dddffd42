//! Tests of why a job stands where it does.

use super::plans::{Plan, mixed};
use roadbook::id::JobId;
use roadbook::resolve::order::{Boost, Sequence};

#[test]
fn the_explanation_of_the_design() {
    let mut plan = Plan::default();
    let first: Vec<JobId> = (0..6).map(|_| plan.job(30, 5, &[])).collect();
    for _ in 6..37 {
        plan.job(4, 5, &[]);
    }
    let enabler = plan.job(2, 5, &[]);
    let sharing = plan.job(13, 2, &[enabler]);
    plan.job(3, 1, &[enabler]);
    plan.job(3, 1, &[enabler]);
    let sequence = plan.order();
    assert_eq!((&sequence.jobs[..6], sequence.jobs[6]), (&first[..], enabler));
    let boost = Boost { from: 41, to: 7, lead: sharing, others: 2, value: 21, effort: 9, guessed: 0 };
    assert_eq!(sequence.boosts[enabler], Some(boost));
    assert_eq!(sequence.boosts.iter().flatten().count(), 1);
}

#[test]
fn a_boost_counts_what_else_the_unblocked_jobs_wait_for() {
    let mut plan = Plan::default();
    let plain = plan.job(3, 3, &[]);
    let one = plan.job(0, 1, &[]);
    let two = plan.job(0, 2, &[]);
    let step = plan.job(0, 1, &[one]);
    let feature = plan.job(20, 2, &[two, step]);
    let sequence = plan.order();
    assert_eq!(sequence.jobs, [one, two, step, feature, plain]);
    let boost = |from, to, effort| Some(Boost { from, to, lead: feature, others: 0, value: 20, effort, guessed: 0 });
    assert_eq!(sequence.boosts.as_slice(), [None, boost(3, 1, 6), boost(4, 2, 5), boost(5, 3, 3), None]);
}

#[test]
fn what_work_in_progress_waits_for_is_boosted_by_it() {
    let mut plan = Plan::default();
    let plain = plan.job(9, 1, &[]);
    let enabler = plan.job(1, 2, &[]);
    let doing = plan.job(0, 3, &[enabler]);
    plan.jobs[doing].active = true;
    plan.jobs[doing].scored = false;
    let sequence = plan.order();
    assert_eq!(sequence.jobs, [enabler, doing, plain]);
    assert_eq!(sequence.ranked, 3);
    let boost = Boost { from: 3, to: 1, lead: doing, others: 0, value: 1, effort: 5, guessed: 0 };
    assert_eq!(sequence.boosts[enabler], Some(boost));
}

/// The ends of the pieces of falling ratio in a sequence of jobs: always the prefix of the highest ratio, the shortest of
/// equals.
fn pieces(plan: &Plan, jobs: &[JobId]) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut start = 0;
    while start < jobs.len() {
        let (mut value, mut effort) = (0u128, 0u128);
        let mut best = (0, 1, 0);
        for (position, &job) in jobs.iter().enumerate().skip(start) {
            value += u128::from(plan.jobs[job].value);
            effort += u128::from(plan.jobs[job].effort);
            if position == start || value * best.1 > best.0 * effort {
                best = (value, effort, position + 1);
            }
        }
        start = best.2;
        ends.push(start);
    }
    ends
}

/// The boost of one job, straight from the definition.
fn boost_by_definition(plan: &Plan, sequence: &Sequence, job: JobId) -> Option<Boost> {
    let one = |job: JobId| &plan.jobs[job];
    let positions = plan.positions(sequence);
    let unblocked = plan.unblocked_by(job);
    let pulled = |job: JobId| {
        let unblocked = plan.unblocked_by(job);
        one(job).active || unblocked.enumerate().any(|(other, &waits)| waits && one(other).active)
    };
    let better = |a: JobId, b: JobId| {
        let (one, other) = (one(a), one(b));
        let ratio =
            (u128::from(other.value) * u128::from(one.effort)).cmp(&(u128::from(one.value) * u128::from(other.effort)));
        let active = other.active.cmp(&one.active);
        active.then(ratio).then(other.scored.cmp(&one.scored)).then(one.tie.cmp(&other.tie)).is_lt()
    };
    let from = 1 + plan.jobs.ids().filter(|&other| better(other, job)).count();
    let to = positions[job] + 1;
    let count = plan.jobs.ids().filter(|&job| pulled(job)).count();
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
    let mut counted: Vec<JobId> = Vec::new();
    let mut set: Vec<JobId> = vec![job];
    for &other in &sequence.jobs[to..end] {
        if !unblocked[other] || !(if forced { one(other).active } else { one(other).value > 0 }) {
            continue;
        }
        counted.push(other);
        for &need in &sequence.jobs[to - 1..end] {
            if !set.contains(&need) && (need == other || plan.unblocked_by(need)[other]) {
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
            best = Some(Boost { from: from as u32, to: to as u32, lead, others, value, effort, guessed: 0 });
        }
    }
    best
}

#[test]
fn boosts_are_what_they_say() {
    let mut count = 0;
    for seed in 0..400 {
        let plan = mixed(seed);
        let sequence = plan.order();
        for job in plan.jobs.ids() {
            let boost = sequence.boosts[job];
            assert_eq!(boost, boost_by_definition(&plan, &sequence, job), "seed {seed}, {job:?}");
            let Some(boost) = boost else { continue };
            count += 1;
            assert!(boost.to < boost.from && sequence.jobs[boost.to as usize - 1] == job, "seed {seed}, {job:?}");
            assert!(plan.unblocked_by(job)[boost.lead], "seed {seed}, {job:?}");
            assert!(boost.value >= plan.jobs[boost.lead].value, "seed {seed}, {job:?}");
        }
    }
    assert!(count > 1000, "only {count} boosts to look at");
}
