//! Resolving: what refers to what, what is ready, what comes first and why.
//!
//! Whole-plan stages are near linear and iterative: they run again after every edit of a preview.

pub mod compare;
pub mod graph;
pub mod order;

mod disagreements;
mod leaks;
mod milestones;
mod outcomes;
mod paths;
mod rank;
mod references;
mod relations;
mod rollup;
pub mod score;
mod symbols;

use std::cell::OnceCell;
use std::sync::Arc;

use crate::config::Config;
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::plan::{Plan, Text};
use crate::source::{Place, Span};
use crate::visibility::Visible;

pub use leaks::leaks;
pub use milestones::{Milestone, blocked_behind, impact_in_words, milestones};
pub use order::Boost;
pub(crate) use paths::decoded;
pub use rank::sentence;
pub use rollup::{Effort, Rollup, descendants, percent, share};
pub use score::Score;
pub use symbols::{LinkTarget, SymbolTable, Target};

/// What resolving needs to know beside the plan.
#[derive(Clone, Debug, Default)]
pub struct ResolveContext {
    /// Today; none where nothing may depend on the day.
    pub today: Option<Date>,
    /// The day that pages may show as today; none where they may not depend on the clock.
    pub drawn_today: Option<Date>,
    /// Addresses of the static files, sorted: links may name them.
    pub assets: Vec<String>,
}

/// What resolving remembers: answers that depend on little of a plan, each with what it was made from.
#[derive(Debug, Default)]
pub struct Memory {
    symbols: Option<Arc<SymbolTable>>,
    followed: Option<references::Followed>,
    ordered: Option<Arc<rank::Ordered>>,
    words: Option<disagreements::Seen>,
}

/// A plan with everything that follows from it.
#[derive(Debug)]
pub struct Roadmap {
    /// The plan.
    pub plan: Plan,
    /// The configuration it was resolved with.
    pub config: Arc<Config>,
    /// What is known of each item, by its index in the plan.
    pub items: Vec<Resolved>,
    /// What is known of each theme, by its index in the plan.
    pub themes: Vec<ResolvedTheme>,
    /// All items together.
    pub total: Rollup,
    /// The effort that goes to no theme.
    pub without_theme: Effort,
    /// The open items that have a rank, first to do first.
    pub order: Vec<u32>,
    /// Open items without a score that unblock nothing that has one; by path.
    pub unscored: Vec<u32>,
    /// The dependency cycles, one for each group of items that wait for each other.
    pub cycles: Vec<Cycle>,
    /// The longest chains of open items, longest first.
    pub chains: Vec<graph::Chain<u32>>,
    /// The open items that hold up the most, most value first.
    pub unblockers: Vec<graph::BlockingImpact<u32>>,
    /// Answers for names.
    pub symbols: Arc<SymbolTable>,
    /// What is wrong, with the plan and between its parts.
    pub diagnostics: Vec<Diagnostic>,
    /// What was given.
    pub context: ResolveContext,
}

/// What is known of an item.
#[derive(Clone, Debug, Default)]
pub struct Resolved {
    /// The themes it serves.
    pub themes: Vec<u32>,
    /// The outcomes that it names: the theme, and the place among its outcomes.
    pub outcomes: Vec<(u32, u32)>,
    /// The item it is a part of.
    pub parent: Option<u32>,
    /// Its parts, by path.
    pub children: Vec<u32>,
    /// What it waits for, as given by either side; each item once.
    pub depends_on: Vec<Dependency>,
    /// What waits for it, by path.
    pub unblocks: Vec<u32>,
    /// Items that have to do with it, as given by either side.
    pub relates: Vec<u32>,
    /// Items that it replaces.
    pub supersedes: Vec<u32>,
    /// Items that replace it.
    pub superseded_by: Vec<u32>,
    /// Items whose text links to it.
    pub mentioned_by: Vec<u32>,
    /// Dependencies that match no item.
    pub missing: Vec<Text>,
    /// Dependencies written as prose: shown as they are.
    pub remarks: Vec<Text>,
    /// Relations to what is not an item: files and addresses. Shown as they are.
    pub see_also: Vec<Text>,
    /// Which of the roadmap's cycles it is in.
    pub cycle: Option<u32>,
    /// Whether it can be started.
    pub readiness: Readiness,
    /// Its worth for its cost, or what is missing to tell.
    pub score: Score,
    /// Its place in the order, from 1.
    pub rank: Option<u32>,
    /// Why it stands before its own score's place.
    pub boost: Option<RankBoost>,
}

/// One dependency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// The item that is waited for.
    pub on: u32,
    /// The item whose file says so: the one that waits, or with `blocks` the other.
    pub declared_in: u32,
    /// Where that file says so.
    pub span: Span,
}

/// Whether an item can be started. One definition for the site, the command line and JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Readiness {
    /// Done or dropped.
    #[default]
    Closed,
    /// Open, and waits for items that are not done, for something that is missing, or for itself.
    Blocked,
    /// Work on it goes on and nothing is in its way.
    InProgress,
    /// Nothing is in its way and it is meant to be done.
    Ready,
    /// Nothing is in its way, but it is an idea or paused: somebody has to decide first.
    Undecided,
}

impl Readiness {
    /// The word for it.
    pub fn word(&self) -> &'static str {
        match self {
            Readiness::Closed => "closed",
            Readiness::Blocked => "blocked",
            Readiness::InProgress => "in-progress",
            Readiness::Ready => "ready",
            Readiness::Undecided => "undecided",
        }
    }
}

impl Roadmap {
    /// What keeps an item from being ready: the ids of the items that are not done, and names that match no item.
    pub fn blocked_by(&self, item: u32) -> Vec<String> {
        let resolved = &self.items[item as usize];
        if resolved.readiness != Readiness::Blocked {
            return Vec::new();
        }
        let waits = resolved.depends_on.iter().map(|dependency| &self.plan.items[dependency.on as usize]);
        let waits = waits.filter(|item| item.state != crate::state::State::Done).map(|item| item.entry.id.clone());
        waits.chain(resolved.missing.iter().map(|text| text.value.clone())).collect()
    }
}

/// Why an item stands before its own score's place, in items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RankBoost {
    /// The place that its own score would give it, from 1.
    pub from: u32,
    /// The item it unblocks that is worth most.
    pub lead: u32,
    /// How many further valued items it unblocks in the same set.
    pub others: u32,
    /// What the set is worth, in thousandths.
    pub value: u64,
    /// What the set costs, in thousandths.
    pub effort: u64,
}

/// What is known of a theme.
#[derive(Clone, Debug, Default)]
pub struct ResolvedTheme {
    /// The items that serve it: ranked ones in order, then open ones, then closed ones.
    pub items: Vec<u32>,
    /// How far they are.
    pub rollup: Rollup,
    /// The effort that goes to it.
    pub effort: Effort,
    /// What is known of each of its outcomes.
    pub outcomes: Vec<ResolvedOutcome>,
}

/// What is known of an outcome.
#[derive(Clone, Debug, Default)]
pub struct ResolvedOutcome {
    /// The items that serve it, as the theme has them: those that name it, and where no item names an outcome of this theme, all that
    /// serve the theme.
    pub items: Vec<u32>,
    /// How much of the way from baseline to target is behind `current`, in thousandths; none where one of them is not a number.
    pub progress: Option<u16>,
}

/// Items that wait for each other.
#[derive(Clone, Debug)]
pub struct Cycle {
    /// A shortest cycle: each waits for the next, the last for the first.
    pub items: Vec<u32>,
    /// Where each item of `items` says that it waits for the next.
    pub places: Vec<Place>,
    /// All items of the strongly connected component, by path; the shortest cycle is a part of it.
    pub component: Vec<u32>,
}

/// Resolves a plan.
///
/// What `memory` holds changes how long it takes and nothing else.
pub fn resolve(plan: Visible, config: &Arc<Config>, context: ResolveContext, memory: &mut Memory) -> Roadmap {
    let plan = plan.into_plan();
    let mut diagnostics = plan.diagnostics.clone();
    let symbols = match memory.symbols.take().filter(|known| known.are_of(&plan, config)) {
        Some(known) => known,
        None => Arc::new(SymbolTable::new(&plan, config, &mut diagnostics)),
    };
    memory.symbols = Some(Arc::clone(&symbols));
    // What texts link to and what comes first have nothing to do with each other.
    let (references, (mut items, cycles, ranking)) = rayon::join(
        || {
            disagreements::near_misses(&plan, config, &mut memory.words);
            references::references(&plan, config, &symbols, &context, &mut memory.followed)
        },
        || {
            let mut items = relations::relations(&plan, config, &symbols, &mut diagnostics);
            let cycles = rank::cycles(&plan, &mut items, &mut diagnostics);
            rank::readiness(&plan, &mut items);
            let scores = score::scores(&plan, config, config.scoring);
            items.iter_mut().zip(scores).for_each(|(item, score)| item.score = score);
            score::check(&plan, config, &mut diagnostics);
            let ranking = rank::rank(&plan, &mut items, &mut memory.ordered);
            (items, cycles, ranking)
        },
    );
    references.mention(&mut items);
    diagnostics.extend(references.diagnostics);
    diagnostics.extend(references::image(config, &context.assets));
    let rollup::Rolled { mut themes, total, without_theme, told } = rollup::rollup(&plan, &items, &ranking.order);
    outcomes::outcomes(&plan, &mut items, &mut themes, &mut diagnostics);
    let lint_context = disagreements::LintContext {
        plan: &plan,
        config,
        items: &items,
        themes: &themes,
        total: &total,
        told: &told,
        order: &ranking.order,
        unscored: &ranking.unscored,
        words: memory.words.as_ref(),
        today: context.today.as_ref(),
        types: OnceCell::new(),
    };
    disagreements::disagreements(&lint_context, &mut diagnostics);
    Roadmap {
        symbols,
        items,
        themes,
        total,
        without_theme,
        cycles,
        order: ranking.order,
        unscored: ranking.unscored,
        chains: ranking.chains,
        unblockers: ranking.unblockers,
        diagnostics,
        context,
        config: Arc::clone(config),
        plan,
    }
}
