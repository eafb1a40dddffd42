//! Cycles, readiness, and the order with its explanations: the dependency graph laid over the items.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::id::{IdVec, JobId};
use crate::number::Decimal;
use crate::plan::Plan;
use crate::source::Place;
use crate::state::State;

use super::graph::{self, BlockingImpact, Chain};
use super::order::{self, Job};
use super::score::{self, Score};
use super::{Cycle, RankBoost, Readiness, Resolved, Roadmap};

/// How many chains and unblockers are kept.
const MAX_LISTED: usize = 20;

/// Finds the groups of items that wait for each other, marks their items and reports each once.
pub(super) fn cycles(plan: &Plan, items: &mut [Resolved], diagnostics: &mut Vec<Diagnostic>) -> Vec<Cycle> {
    let needs: Vec<Vec<u32>> = items.iter().map(|item| item.depends_on.iter().map(|need| need.on).collect()).collect();
    let components = graph::components(&needs);
    let mut found = Vec::new();
    for cycle in graph::cycles(&needs) {
        let Some(&first) = cycle.first() else { continue };
        let component = components.members(components.of(first)).to_vec();
        let places =
            (0..cycle.len()).filter_map(|at| edge_place(plan, items, cycle[at], cycle[(at + 1) % cycle.len()]));
        let cycle = Cycle { places: places.collect(), items: cycle, component };
        for &member in &cycle.component {
            items[member as usize].cycle = Some(found.len() as u32);
        }
        diagnostics.push(cycle_diagnostic(plan, &cycle));
        found.push(cycle);
    }
    found
}

/// Where it is written that `waits` waits for `on`.
fn edge_place(plan: &Plan, items: &[Resolved], waits: u32, on: u32) -> Option<Place> {
    let dependency = items[waits as usize].depends_on.iter().find(|dependency| dependency.on == on)?;
    Some(plan.items[dependency.declared_in as usize].entry.place(dependency.span))
}

fn cycle_diagnostic(plan: &Plan, cycle: &Cycle) -> Diagnostic {
    let id = |item: u32| plan.items[item as usize].entry.id.as_str();
    let mut path = String::new();
    for &item in cycle.items.iter().chain(cycle.items.first()) {
        _ = write!(path, "{}`{}`", if path.is_empty() { "" } else { " → " }, id(item));
    }
    let message = match cycle.items.len() {
        1 => format!("{} waits for itself", path.split(" → ").next().unwrap_or(&path)),
        _ => format!("these items wait for each other: {path}"),
    };
    let mut places = cycle.places.iter();
    let mut diagnostic = Diagnostic::new(Code::DEPENDENCY_CYCLE, places.next().cloned(), message);
    if cycle.items.len() > 1 {
        diagnostic = diagnostic.label(format!("`{}` waits for `{}`", id(cycle.items[0]), id(cycle.items[1])));
    }
    for (at, place) in places.enumerate() {
        let (from, to) = (cycle.items[at + 1], cycle.items[(at + 2) % cycle.items.len()]);
        diagnostic = diagnostic.related(place.clone(), format!("`{}` waits for `{}`", id(from), id(to)));
    }
    let others = cycle.component.len() - cycle.items.len();
    let more = if others == 0 { String::new() } else { format!("; {others} more items are in cycles with them") };
    diagnostic
        .help(format!("drop one of these dependencies: none of the items can be ready while the cycle is closed{more}"))
}

/// Whether each item can be started.
pub(super) fn readiness(plan: &Plan, items: &mut [Resolved]) {
    let state = |item: u32| plan.items[item as usize].state;
    for (at, item) in items.iter_mut().enumerate() {
        let waits = !item.missing.is_empty()
            || item.cycle.is_some()
            || item.depends_on.iter().any(|dependency| state(dependency.on) != State::Done);
        item.readiness = match plan.items[at].state {
            State::Done | State::Dropped => Readiness::Closed,
            _ if waits => Readiness::Blocked,
            State::Active => Readiness::InProgress,
            State::Idea | State::Paused => Readiness::Undecided,
            State::Planned | State::Unknown => Readiness::Ready,
        };
    }
}

/// What the order stage found.
pub(super) struct Ranking {
    pub(super) order: Vec<u32>,
    pub(super) unscored: Vec<u32>,
    pub(super) chains: Vec<Chain<u32>>,
    pub(super) unblockers: Vec<BlockingImpact<u32>>,
}

/// The open items as the order sees them.
pub(super) struct Problem {
    /// The item behind each job.
    pub(super) open: IdVec<JobId, u32>,
    pub(super) jobs: IdVec<JobId, Job>,
    pub(super) needs: IdVec<JobId, Vec<JobId>>,
}

/// Asks for the order of the open items, each with the score that `score` gives it.
pub(super) fn problem<'a>(plan: &Plan, items: &'a [Resolved], score: impl Fn(u32) -> &'a Score) -> Problem {
    let open: IdVec<JobId, u32> =
        (0..plan.items.len() as u32).filter(|&item| plan.items[item as usize].state.is_open()).collect();
    let mut job_of = vec![None; items.len()];
    for (job, &item) in open.enumerate() {
        job_of[item as usize] = Some(job);
    }
    // What waits inside a component cannot be put in order: those edges do not count, and the items say that they are not ready.
    let needs: Vec<Vec<JobId>> = open.iter().map(|&item| open_needs(items, item, &job_of)).collect();
    let needs = IdVec::from(graph::acyclic(&needs, &graph::components(&needs)));
    let ties = ties(plan, &open);
    let usual = score::median_effort((0..items.len() as u32).map(&score));
    let job = |(&item, &tie): (&u32, &u32)| {
        let score = score(item);
        Job {
            value: score.value,
            effort: if score.effort == 0 { usual } else { score.effort },
            active: plan.items[item as usize].state == State::Active,
            scored: score.result.is_some(),
            tie,
        }
    };
    let jobs = open.iter().zip(&ties).map(job).collect();
    Problem { open, jobs, needs }
}

/// Puts the open items in order and gives each its rank.
pub(super) fn rank(plan: &Plan, items: &mut [Resolved], memory: &mut Option<Arc<Ordered>>) -> Ranking {
    let Problem { open, jobs, needs } = problem(plan, items, |item| &items[item as usize].score);
    let ordered = match memory.take().filter(|known| known.jobs == jobs && known.needs == needs) {
        Some(known) => known,
        None => Arc::new(ordered(jobs, needs)),
    };
    *memory = Some(Arc::clone(&ordered));
    let Ordered { sequence, .. } = &*ordered;
    let (with_rank, without) = sequence.jobs.split_at(sequence.ranked);
    let mut ranked = Vec::with_capacity(with_rank.len());
    for &job in with_rank {
        let item = open[job];
        ranked.push(item);
        items[item as usize].rank = Some(ranked.len() as u32);
        items[item as usize].boost = sequence.boosts[job].as_ref().map(|boost| RankBoost {
            from: boost.from,
            lead: open[boost.lead],
            others: boost.others,
            value: boost.value,
            effort: boost.effort,
        });
    }
    let mut unscored: Vec<u32> = without.iter().map(|&job| open[job]).collect();
    unscored.sort_unstable();
    let chains = ordered.chains.iter().map(|chain| chain.clone().map(|job| open[job])).collect();
    let unblockers = ordered.unblockers.iter().map(|impact| impact.map(|job| open[job])).collect();
    Ranking { order: ranked, unscored, chains, unblockers }
}

/// Jobs in order, and what else follows from them and their needs alone. Remembered, since most edits change neither.
#[derive(Debug)]
pub(super) struct Ordered {
    jobs: IdVec<JobId, Job>,
    needs: IdVec<JobId, Vec<JobId>>,
    sequence: order::Sequence,
    chains: Vec<Chain<JobId>>,
    unblockers: Vec<BlockingImpact<JobId>>,
}

fn ordered(jobs: IdVec<JobId, Job>, needs: IdVec<JobId, Vec<JobId>>) -> Ordered {
    let values: Vec<u64> = jobs.iter().map(|job| job.value).collect();
    let efforts: Vec<u64> = jobs.iter().map(|job| job.effort).collect();
    Ordered {
        sequence: order::order(&jobs, &needs),
        chains: graph::longest_chains(needs.as_slice(), &efforts, MAX_LISTED),
        unblockers: graph::blocking_impact(needs.as_slice(), &values, MAX_LISTED),
        jobs,
        needs,
    }
}

fn open_needs(items: &[Resolved], item: u32, job_of: &[Option<JobId>]) -> Vec<JobId> {
    items[item as usize].depends_on.iter().filter_map(|dependency| job_of[dependency.on as usize]).collect()
}

/// The place of each open item among equals: by `order`, those without behind, then by id, then by path.
fn ties(plan: &Plan, open: &IdVec<JobId, u32>) -> IdVec<JobId, u32> {
    let mut sorted: Vec<JobId> = open.ids().collect();
    sorted.sort_by(|&a, &b| {
        let key = |job: JobId| {
            let item = &plan.items[open[job] as usize];
            (item.order.is_none(), item.order, &item.entry.id, item.entry.path())
        };
        key(a).cmp(&key(b))
    });
    let mut ties = IdVec::filled(0, open.len());
    for (rank, job) in (0..).zip(sorted) {
        ties[job] = rank;
    }
    ties
}

/// Why an item stands where it stands: one sentence with its numbers, without a full stop; empty for closed items.
/// `name` writes the name of an item.
pub fn sentence(roadmap: &Roadmap, item: u32, name: &dyn Fn(u32) -> String) -> String {
    let (resolved, state) = (&roadmap.items[item as usize], roadmap.plan.items[item as usize].state);
    if !state.is_open() {
        return String::new();
    }
    let score = &resolved.score;
    let own = match score.result {
        Some(result) => format!("own score {result:.2} ({})", score.inputs),
        None => format!("unscored: {}", score.inputs),
    };
    let Some(rank) = resolved.rank else {
        return format!("{own}, and nothing with a score waits for it");
    };
    let in_progress = |item: u32| roadmap.plan.items[item as usize].state == State::Active;
    if let Some(boost) = &resolved.boost
        && in_progress(boost.lead)
    {
        return format!(
            "{own}; boosted from {} to {rank} because {}, in progress, waits for it",
            boost.from,
            name(boost.lead)
        );
    }
    if let Some(boost) = &resolved.boost {
        let lead = &roadmap.items[boost.lead as usize].score;
        let more = if boost.others == 0 { String::new() } else { format!(" and {} more", boost.others) };
        return format!(
            "{own}; boosted from {} to {rank} because it unblocks {} ({} {}){more}: together {} for {}",
            boost.from,
            name(boost.lead),
            score::value_term(roadmap.config.scoring),
            Decimal(lead.value),
            Decimal(boost.value),
            score::cost_term(&roadmap.config, boost.effort),
        );
    }
    if in_progress(item) {
        return format!("in progress, so it comes first; {own}");
    }
    let open = |on: u32| roadmap.plan.items[on as usize].state.is_open();
    let after = resolved.depends_on.iter().filter(|dependency| open(dependency.on)).map(|dependency| dependency.on);
    let last = after.max_by_key(|&on| roadmap.items[on as usize].rank);
    match last {
        Some(last) => format!("{own}; comes after {}, which it depends on", name(last)),
        None => format!("{own}, and nothing is in its way"),
    }
}
