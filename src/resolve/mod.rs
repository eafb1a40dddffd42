//! Resolving: what refers to what, what is ready, what comes first and why.
//!
//! Whole-plan stages are near linear and iterative: they run again after every edit of a preview.

pub mod graph;

pub mod order;

mod paths;

mod fuzzy;

mod file_names;
mod follow;
mod symbols;
mod target;
mod theme_words;
mod twins;

mod remark_words;
mod remarks;
mod signs;
mod spans;

mod entries;
mod id_forms;
mod numbers;
mod reading;
mod reasons;

mod meaning;

mod anchors;

mod references;

mod alias_rule;
mod ambiguous;
mod links;
mod relations;
mod waits;

mod cycles;

mod readiness;

pub mod score;

mod rank;

mod outcomes;

mod page_limit;

mod parts;

mod rollup;

mod item;

mod why;

mod milestones;

pub mod compare;

mod disagreements;

mod internal_names;
mod leaks;

mod silence;

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::config::{Audience, Config};
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::discover::NamedFile;
use crate::id::{IdVec, ItemId, ThemeId};
use crate::plan::Plan;
use crate::source::{Location, Span};
use crate::state::State;
use crate::visibility::Visible;

use graph::{BlockingImpact, Chain};
use readiness::ReadinessContext;

pub use follow::named_files;
pub use item::{RoadmapItem, WaitingFor};
pub use leaks::leaks;
pub use links::{Links, MissingNote, NoItem, Reference};
pub use milestones::{Milestone, blocked_behind, impact_in_words, milestones, natural};
pub use page_limit::MAX_PAGES_OF_FIELD;
pub use parts::Parts;
pub(crate) use paths::decoded;
pub use readiness::{Obstacle, Readiness};

pub use rollup::{Effort, Rollup, percent, share};
pub use score::Score;
pub use silence::silent_items;
pub use symbols::{IdSearch, SymbolTable};
pub use target::{LinkTarget, Target};
pub use theme_words::{ThemeWord, ThemeWords};

/// What resolving needs to know beside the plan.
#[derive(Clone, Debug, Default)]
pub struct ResolveContext {
    /// Today; none where nothing may depend on the day.
    pub today: Option<Date>,
    /// The day that pages may show as today; none where they may not depend on the clock.
    pub drawn_today: Option<Date>,
    /// Addresses of the static files, sorted: links may name them.
    pub assets: Vec<String>,
    /// The files beside the plan that texts name, by path: of what is there, what the audience may see.
    pub named_files: Vec<NamedFile>,
}

/// What resolving remembers: answers that depend on little of a plan, each with what it was made from.
#[derive(Debug, Default)]
pub struct ResolveMemory {
    symbols: Option<Arc<SymbolTable>>,
    followed: Option<references::Followed>,
    ordered: Option<Arc<rank::Ordered>>,
    words: Option<disagreements::Seen>,
}

/// A plan with everything that follows from it.
#[derive(Debug)]
pub struct Roadmap {
    /// The plan, as the audience may see it.
    pub plan: Plan,
    /// Who it is for.
    pub audience: Audience,
    /// The configuration it was resolved with.
    pub config: Arc<Config>,
    /// What is known of each item of the plan.
    pub items: IdVec<ItemId, Resolved>,
    /// What is known of each theme of the plan.
    pub themes: IdVec<ThemeId, ResolvedTheme>,
    /// The tree of parts.
    pub parts: Parts,
    /// For each item its parts, down to the smallest, together.
    pub of_parts: IdVec<ItemId, Rollup>,
    /// All items together.
    pub total: Rollup,
    /// The themes that have no file, in a plan in which none has one.
    pub theme_words: ThemeWords,
    /// The effort that goes to no theme.
    pub without_theme: Effort,
    /// The open items that have a rank, first to do first.
    pub order: Vec<ItemId>,
    /// How many of them, from the first, are in progress: behind these there is planned work that work in progress waits for, or none.
    pub leading: usize,
    /// Open items without a score that unblock nothing that has one; by title, as people sort titles.
    pub unscored: Vec<ItemId>,
    /// The dependency cycles, one for each group of items that wait for each other.
    pub cycles: Vec<Cycle>,
    /// The longest chains of open items, longest first.
    pub chains: Vec<Chain<ItemId>>,
    /// The open items that block the most, most value first.
    pub unblockers: Vec<BlockingImpact<ItemId>>,
    /// Answers for names.
    pub symbols: Arc<SymbolTable>,
    /// What is wrong, with the plan and between its parts.
    pub diagnostics: Vec<Diagnostic>,
    /// The files beside the plan that the site has because its texts name them, each once, by path.
    pub named_files: Vec<NamedFile>,
    /// What was given.
    pub context: ResolveContext,
}

impl Roadmap {
    /// A place as those may know it for whom the roadmap is: path, line and column. Where fields of files are hidden from them, the path
    /// alone, since the hidden lines count.
    pub fn place(&self, location: &Location) -> String {
        if self.tells_lines() { location.to_string() } else { location.source.path.clone() }
    }

    /// Whether they may know lines of files.
    pub fn tells_lines(&self) -> bool {
        self.audience == Audience::Internal || self.config.internal.fields.is_empty()
    }
}

/// What is known of an item. [`Roadmap::item`] has it together with what the item's file says.
#[derive(Clone, Debug)]
pub struct Resolved {
    /// What it refers to, and what refers to it.
    pub links: Links,
    /// The outcomes that it names.
    pub outcomes: Vec<OutcomeId>,
    /// Items whose text links to it.
    pub mentioned_by: Vec<ItemId>,
    /// Which of the roadmap's cycles it is in.
    pub cycle: Option<usize>,
    /// Whether it can be started.
    pub readiness: Readiness,
    /// Its worth for its cost, or what is missing to tell.
    pub score: Score,
    /// Its place in the order, from 1.
    pub rank: Option<u32>,
    /// Why it stands before its own score's place.
    pub boost: Option<RankBoost>,
}

/// Which outcome of which theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OutcomeId {
    /// The theme.
    pub theme: ThemeId,
    /// The index among the theme's outcomes.
    pub index: usize,
}

/// One dependency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// The item that is waited for.
    pub on: ItemId,
    /// The item whose file says so: the one that waits, or with `blocks` the other.
    pub declared_in: ItemId,
    /// Where that file says so.
    pub span: Span,
    /// What the author says of it beside the name; empty for nothing.
    pub reason: String,
}

/// Why an item stands before its own score's place, in items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RankBoost {
    /// The rank that its own score would give it, from 1.
    pub from: u32,
    /// The item it unblocks that is worth most.
    pub unblocks: ItemId,
    /// How many further valued items it unblocks in the same set.
    pub others: u32,
    /// What the set is worth, in thousandths.
    pub value: u64,
    /// What the set costs, in thousandths.
    pub effort: u64,
    /// How many of the set say no effort.
    pub guessed: u32,
    /// What each of them is taken to cost, in thousandths.
    pub guess: u64,
}

/// What is known of a theme.
#[derive(Clone, Debug)]
pub struct ResolvedTheme {
    /// The items that serve it: ranked ones in order, then open ones, then closed ones.
    pub items: Vec<ItemId>,
    /// How far they are.
    pub rollup: Rollup,
    /// The effort that goes to it.
    pub effort: Effort,
    /// What is known of each of its outcomes.
    pub outcomes: Vec<ResolvedOutcome>,
}

/// What is known of an outcome.
#[derive(Clone, Debug)]
pub struct ResolvedOutcome {
    /// The items that serve it, as the theme has them: those that name it, and where no item names an outcome of this theme, all that
    /// serve the theme.
    pub items: Vec<ItemId>,
    /// How much of the way from baseline to target is behind `current`, in thousandths; none where one of them is not a number.
    pub progress: Option<u16>,
}

/// Items that wait for each other.
#[derive(Clone, Debug)]
pub struct Cycle {
    /// A shortest cycle: each waits for the next, the last for the first.
    pub items: Vec<ItemId>,
    /// Where each item of `items` says that it waits for the next.
    pub locations: Vec<Location>,
    /// All items of the strongly connected component, by path; the shortest cycle is a part of it.
    pub component: Vec<ItemId>,
}

impl Cycle {
    /// The items of the component that are not in the cycle itself, by path.
    pub fn others(&self) -> impl Iterator<Item = ItemId> {
        let named: BTreeSet<ItemId> = self.items.iter().copied().collect();
        self.component.iter().copied().filter(move |item| !named.contains(item))
    }
}

/// Resolves a plan.
///
/// What `memory` holds changes how long it takes and nothing else.
pub fn resolve(plan: Visible, config: &Arc<Config>, context: ResolveContext, memory: &mut ResolveMemory) -> Roadmap {
    let audience = plan.audience();
    let plan = plan.into_plan();
    let mut diagnostics = plan.diagnostics.clone();
    let symbols = match memory.symbols.take().filter(|known| known.are_of(&plan, config)) {
        Some(known) => known,
        None => Arc::new(SymbolTable::new(&plan, config, &mut diagnostics)),
    };
    memory.symbols = Some(Arc::clone(&symbols));
    // What texts link to and what comes first have nothing to do with each other.
    let (references, (links, cycles, readiness, scores, ranking)) = rayon::join(
        || {
            disagreements::near_misses(&plan, config, &mut memory.words);
            references::references(&plan, config, &symbols, &context, &mut memory.followed)
        },
        || {
            let links = relations::relations(&plan, config, &symbols, &mut diagnostics);
            let cycles = cycles::cycles(&plan, &links, &mut diagnostics);
            let day = context.drawn_today.as_ref();
            let readiness = readiness::readiness(ReadinessContext { plan: &plan, day }, &links, &cycles);
            let scores = score::scores(&plan, config, config.scoring);
            score::check(&plan, config, &mut diagnostics);
            let ranking = rank::rank(&plan, &links, &scores, &mut memory.ordered);
            (links, cycles, readiness, scores, ranking)
        },
    );
    let named_files = references.named_files;
    diagnostics.extend(references.diagnostics);
    diagnostics.extend(references::image(config, &context.assets));
    page_limit::page_limit(&plan, config, &mut diagnostics);
    let outcomes = outcomes::named(&plan, &links, &mut diagnostics);
    let rank::Ranking { order, unscored, ranks, boosts, chains, unblockers } = ranking;
    // All lists are of the plan's items, one entry each.
    let mut rest = (readiness.into_iter().zip(scores)).zip(ranks.into_iter().zip(boosts));
    let mut mentions = references.mentioned_by.into_iter().zip(outcomes).zip(cycles.of);
    let items: IdVec<ItemId, Resolved> = links
        .into_iter()
        .zip(&mut rest)
        .zip(&mut mentions)
        .map(|((links, ((readiness, score), (rank, boost))), ((mentioned_by, outcomes), cycle))| Resolved {
            links,
            outcomes,
            mentioned_by,
            cycle,
            readiness,
            score,
            rank,
            boost,
        })
        .collect();
    let rollup::Rolled { themes, total, without_theme, counted_in_parts, parts, of_parts } =
        rollup::rollup(&plan, &items, &order);
    let lint_context = disagreements::LintContext {
        plan: &plan,
        config,
        items: &items,
        themes: &themes,
        total: &total,
        counted_in_parts: &counted_in_parts,
        order: &order,
        unscored: &unscored,
        words: memory.words.as_ref(),
        today: context.today.as_ref(),
        types: OnceCell::new(),
    };
    disagreements::disagreements(&lint_context, &mut diagnostics);
    let leading = order.iter().take_while(|&&id| plan.items[id].state == State::Active).count();
    Roadmap {
        audience,
        symbols,
        items,
        themes,
        parts,
        of_parts,
        total,
        theme_words: theme_words::theme_words(&plan),
        without_theme,
        cycles: cycles.list,
        order,
        leading,
        unscored,
        chains,
        unblockers,
        diagnostics,
        named_files,
        context,
        config: Arc::clone(config),
        plan,
    }
}
