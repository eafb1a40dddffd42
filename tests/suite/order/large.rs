//! Tests of shapes that would bring down a recursive or a quadratic method.

use super::plans::Plan;

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
        for job in 0..100_000 {
            let before: &[u32] = if job == 0 { &[] } else { &[job - 1] };
            plan.job(rng.u64(0..20), rng.u64(1..10), before);
        }
        assert!(plan.order().jobs.into_iter().eq(0..100_000));
    });
}

#[test]
fn fans_of_10_000() {
    on_a_small_stack(|| {
        let mut rng = fastrand::Rng::with_seed(2);
        let (mut out, mut into) = (Plan::default(), Plan::default());
        out.job(0, 5, &[]);
        for _ in 0..10_000 {
            let (value, effort) = (rng.u64(1..20), rng.u64(1..10));
            out.job(value, effort, &[0]);
            into.job(value, effort, &[]);
        }
        let ranked = into.order().jobs;
        assert_eq!(out.order().jobs[0], 0);
        assert!(out.order().jobs[1..].iter().map(|job| job - 1).eq(ranked.iter().copied()));
        into.job(20, 1, &(0..10_000).collect::<Vec<u32>>());
        assert_eq!(into.order().jobs[..10_000], ranked);
    });
}

#[test]
fn a_thousand_by_a_thousand() {
    on_a_small_stack(|| {
        let mut rng = fastrand::Rng::with_seed(3);
        let (mut plan, mut early, mut late) = (Plan::default(), Plan::default(), Plan::default());
        for at in 0..2_000 {
            let needs: Vec<u32> = (0..if at < 1_000 { 0 } else { 1_000 }).collect();
            let (value, effort) = (rng.u64(0..20), rng.u64(1..10));
            plan.job(value, effort, &needs);
            if at < 1_000 { &mut early } else { &mut late }.job(value, effort, &[]);
        }
        let late = late.order().jobs.into_iter().map(|job| job + 1_000);
        assert!(plan.order().jobs.into_iter().eq(early.order().jobs.into_iter().chain(late)));
    });
}

#[test]
fn a_ladder_of_10_000_diamonds() {
    on_a_small_stack(|| {
        let mut rng = fastrand::Rng::with_seed(4);
        let mut plan = Plan::default();
        let mut best = Vec::new();
        for at in 0..10_000 {
            let before = if at == 0 { Vec::new() } else { vec![plan.jobs.len() as u32 - 1] };
            let mut value = || rng.u64(1..20);
            let first = plan.job(value(), 2, &before);
            let (left, right) = (plan.job(value(), 2, &[first]), plan.job(value(), 2, &[first]));
            let last = plan.job(value(), 2, &[left, right]);
            let swap = plan.jobs[right as usize].value > plan.jobs[left as usize].value;
            best.extend(if swap { [first, right, left, last] } else { [first, left, right, last] });
        }
        assert!(plan.order().jobs == best);
    });
}
