//! The order of the open items: which jobs the order is asked to arrange, and what its answer means in items.

use std::cmp::Reverse;
use std::sync::Arc;

use crate::id::{IdVec, ItemId, JobId};
use crate::markdown;
use crate::name;
use crate::plan::Plan;
use crate::state::State;

use super::graph::{self, BlockingImpact, Chain};
use super::order::{self, Job};
use super::score::{self, Score};
use super::{Links, RankBoost};

/// How many chains and unblockers are kept.
const MAX_LISTED: usize = 20;

/// The order of the open items, and what else follows from their dependencies.
pub(super) struct Ranking {
    /// The open items that have a rank, first to do first.
    pub(super) order: Vec<ItemId>,
    /// The other open items, as equals stand.
    pub(super) unscored: Vec<ItemId>,
    pub(super) ranks: IdVec<ItemId, Option<u32>>,
    pub(super) boosts: IdVec<ItemId, Option<RankBoost>>,
    pub(super) chains: Vec<Chain<ItemId>>,
    pub(super) unblockers: Vec<BlockingImpact<ItemId>>,
}

/// The open items as the order sees them.
pub(super) struct Problem {
    /// Which item each job is.
    pub(super) open: IdVec<JobId, ItemId>,
    pub(super) jobs: IdVec<JobId, Job>,
    /// What each needs, without the edges within a cycle.
    pub(super) needs: IdVec<JobId, Vec<JobId>>,
    /// The effort of those that say none.
    median: u64,
    /// What each needs, cycles included.
    all_needs: Vec<Vec<JobId>>,
}

/// Asks for the order of the open items, each with its score among `scores`.
pub(super) fn problem(plan: &Plan, needs: &impl Needs, scores: &IdVec<ItemId, Score>) -> Problem {
    let open: IdVec<JobId, ItemId> = plan.items.ids().filter(|&item| plan.items[item].state.is_open()).collect();
    let mut job_of: IdVec<ItemId, Option<JobId>> = IdVec::filled(None, plan.items.len());
    for (job, &item) in open.enumerate() {
        job_of[item] = Some(job);
    }
    // What waits inside a cycle cannot be put in order: those edges do not count, and the items say that they are not ready.
    let all: Vec<Vec<JobId>> = open.iter().map(|&item| needs.of(item).filter_map(|on| job_of[on]).collect()).collect();
    let needs = IdVec::from(graph::acyclic(&all, &graph::components(&all)));
    let median = score::median_effort(scores);
    let ties = ties(plan, &open);
    let job = |(&item, &tie): (&ItemId, &u32)| {
        let score = &scores[item];
        Job {
            value: score.value,
            effort: if score.effort == 0 { median } else { score.effort },
            guessed: score.effort == 0,
            active: plan.items[item].state == State::Active,
            scored: score.result.is_some(),
            tie,
        }
    };
    let jobs = open.iter().zip(&ties).map(job).collect();
    Problem { open, jobs, needs, median, all_needs: all }
}

/// What each item waits for.
pub(super) trait Needs {
    /// The items that `item` waits for.
    fn of(&self, item: ItemId) -> impl Iterator<Item = ItemId>;
}

impl Needs for IdVec<ItemId, Links> {
    fn of(&self, item: ItemId) -> impl Iterator<Item = ItemId> {
        self[item].needs()
    }
}

impl Needs for IdVec<ItemId, super::Resolved> {
    fn of(&self, item: ItemId) -> impl Iterator<Item = ItemId> {
        self[item].links.needs()
    }
}

/// Puts the open items in order.
pub(super) fn rank(
    plan: &Plan,
    links: &IdVec<ItemId, Links>,
    scores: &IdVec<ItemId, Score>,
    memory: &mut Option<Arc<Ordered>>,
) -> Ranking {
    let Problem { open, jobs, needs, median, all_needs } = problem(plan, links, scores);
    let ordered = match memory.take().filter(|known| known.jobs == jobs && known.all_needs == all_needs) {
        Some(known) => known,
        None => Arc::new(ordered(jobs, &needs, all_needs)),
    };
    *memory = Some(Arc::clone(&ordered));
    let Ordered { sequence, .. } = &*ordered;
    let (with_rank, without) = sequence.jobs.split_at(sequence.ranked);
    let mut ranks = IdVec::filled(None, plan.items.len());
    let mut boosts = IdVec::filled(None, plan.items.len());
    for (rank, &job) in (1..).zip(with_rank) {
        ranks[open[job]] = Some(rank);
        boosts[open[job]] = sequence.boosts[job].as_ref().map(|boost| RankBoost {
            from: boost.from,
            unblocks: open[boost.lead],
            others: boost.others,
            value: boost.value,
            effort: boost.effort,
            guessed: boost.guessed,
            guess: median,
        });
    }
    let item = |job: JobId| open[job];
    let mut unscored: Vec<JobId> = without.to_vec();
    unscored.sort_unstable_by_key(|&job| ordered.jobs[job].tie);
    Ranking {
        order: with_rank.iter().copied().map(item).collect(),
        unscored: unscored.into_iter().map(item).collect(),
        ranks,
        boosts,
        chains: ordered.chains.iter().cloned().map(|chain| chain.map(item)).collect(),
        unblockers: ordered.unblockers.iter().cloned().map(|impact| impact.map(item)).collect(),
    }
}

/// Jobs in order, and what else follows from them and their needs alone. Remembered, since most edits change neither.
#[derive(Debug)]
pub(super) struct Ordered {
    jobs: IdVec<JobId, Job>,
    all_needs: Vec<Vec<JobId>>,
    sequence: order::Sequence,
    chains: Vec<Chain<JobId>>,
    unblockers: Vec<BlockingImpact<JobId>>,
}

fn ordered(jobs: IdVec<JobId, Job>, needs: &IdVec<JobId, Vec<JobId>>, all_needs: Vec<Vec<JobId>>) -> Ordered {
    let values: Vec<u64> = jobs.iter().map(|job| job.value).collect();
    let efforts: Vec<u64> = jobs.iter().map(|job| job.effort).collect();
    let mut unblockers = graph::blocking_impact(&all_needs, &values, MAX_LISTED);
    unblockers.sort_by_key(|impact| (Reverse((impact.value, impact.all)), jobs[impact.node].tie));
    Ordered {
        sequence: order::order(&jobs, needs),
        chains: graph::longest_chains(needs.as_slice(), &efforts, MAX_LISTED),
        unblockers,
        jobs,
        all_needs,
    }
}

/// The position of each open item among equals: by `order`, those without behind, then by title and id as people sort them, then by path.
fn ties(plan: &Plan, open: &IdVec<JobId, ItemId>) -> IdVec<JobId, u32> {
    let mut sorted: Vec<JobId> = open.ids().collect();
    sorted.sort_by_cached_key(|&job| {
        let item = &plan.items[open[job]];
        let names = (name::natural_key(&markdown::without_code(&item.entry.title)), name::natural_key(&item.entry.id));
        (item.order.is_none(), item.order, names, item.entry.path())
    });
    let mut ties = IdVec::filled(0, open.len());
    for (position, job) in (0..).zip(sorted) {
        ties[job] = position;
    }
    ties
}
