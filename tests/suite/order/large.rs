//! Tests of shapes that would bring down a recursive or a quadratic method.

use super::plans::Plan;
use roadbook::id::{Id, JobId};

/// Runs on a thread with a stack of 1 MiB, so that recursion over the plan would not go unseen.
fn on_a_small_stack(run: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(1 << 20).spawn(run).expect("a thread");
    thread.join().expect("no panic");
}

#[test]
fn a_chain_of_100_000() {
    on_a_small_stack(|| {
        let mut rng = fastrand::Rng::with_seed(1);
        let mut plan = Plan::default();
        let mut last = None;
        for _ in 0..100_000 {
            last = Some(plan.job(rng.u64(0..20), rng.u64(1..10), last.as_slice()));
        }
        assert!(plan.order().jobs.into_iter().eq(plan.jobs.ids()));
    });
}

#[test]
fn fans_of_10_000() {
    on_a_small_stack(|| {
        let mut rng = fastrand::Rng::with_seed(2);
        let (mut out, mut into) = (Plan::default(), Plan::default());
        let root = out.job(0, 5, &[]);
        for _ in 0..10_000 {
            let (value, effort) = (rng.u64(1..20), rng.u64(1..10));
            out.job(value, effort, &[root]);
            into.job(value, effort, &[]);
        }
        let ranked = into.order().jobs;
        assert_eq!(out.order().jobs[0], root);
        assert!(out.order().jobs[1..].iter().map(|job| job.index() - 1).eq(ranked.iter().map(|job| job.index())));
        into.job(20, 1, &into.jobs.ids().collect::<Vec<JobId>>());
        assert_eq!(into.order().jobs[..10_000], ranked);
    });
}

#[test]
fn a_thousand_by_a_thousand() {
    on_a_small_stack(|| {
        let mut rng = fastrand::Rng::with_seed(3);
        let (mut plan, mut early, mut late) = (Plan::default(), Plan::default(), Plan::default());
        for index in 0..2_000 {
            let needs: Vec<JobId> = (0..if index < 1_000 { 0 } else { 1_000 }).map(JobId::new).collect();
            let (value, effort) = (rng.u64(0..20), rng.u64(1..10));
            plan.job(value, effort, &needs);
            if index < 1_000 { &mut early } else { &mut late }.job(value, effort, &[]);
        }
        let late = late.order().jobs.into_iter().map(|job| JobId::new(job.index() + 1_000));
        assert!(plan.order().jobs.into_iter().eq(early.order().jobs.into_iter().chain(late)));
    });
}

#[test]
fn a_ladder_of_10_000_diamonds() {
    on_a_small_stack(|| {
        let mut rng = fastrand::Rng::with_seed(4);
        let mut plan = Plan::default();
        let mut best = Vec::new();
        let mut top = None;
        for _ in 0..10_000 {
            let mut value = || rng.u64(1..20);
            let first = plan.job(value(), 2, top.as_slice());
            let (left, right) = (plan.job(value(), 2, &[first]), plan.job(value(), 2, &[first]));
            let last = plan.job(value(), 2, &[left, right]);
            let swap = plan.jobs[right].value > plan.jobs[left].value;
            best.extend(if swap { [first, right, left, last] } else { [first, left, right, last] });
            top = Some(last);
        }
        assert!(plan.order().jobs == best);
    });
}
