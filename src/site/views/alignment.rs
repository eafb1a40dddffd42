//! `/alignment.html`: vision → theme → outcome → item and back, with what is missing at each step, and where the effort goes.

use serde::Serialize;

use super::effort::{self, Effort};
use super::progress::{self, Outcome, Progress};
use super::{ItemRef, Link, Page, View, status, words};
use crate::id::{ItemId, ThemeId};
use crate::plan::{Outcome as PlanOutcome, Vision};
use crate::resolve::{Readiness, Roadmap, Target};
use crate::state::State;
use crate::text::capital;
use crate::visibility::Audience;

#[derive(Debug, Serialize)]
pub(in crate::site) struct AlignmentView {
    page: Page,
    /// One sentence for those who read no further.
    summary: String,
    /// Vision, themes, outcomes, work, and back.
    steps: Vec<Step>,
    themes: Vec<ThemeRow>,
    themes_more: Option<Link>,
    /// `None` where no item says its effort.
    effort: Option<Effort>,
    /// Open items that serve no theme; nothing in a plan without themes.
    loose: Vec<ItemRef>,
    loose_more: Option<Link>,
}

/// One step of the way, and what it lacks.
#[derive(Debug, Serialize)]
struct Step {
    name: String,
    /// What is there.
    text: String,
    /// Nothing is missing.
    whole: bool,
    gaps: Vec<Gap>,
}

#[derive(Debug, Serialize)]
struct Gap {
    text: String,
    /// The things that lack it; the first few.
    links: Vec<Link>,
    /// `and 3 more`; "" for none.
    more: String,
}

/// One theme with what hangs on it.
#[derive(Debug, Serialize)]
struct ThemeRow {
    href: String,
    title: String,
    state: String,
    status: String,
    progress: Progress,
    outcomes: Vec<Serves>,
    /// The first open items in order; `note` is their rank.
    next: Vec<ItemRef>,
    next_more: Option<Link>,
    /// What this theme lacks, in words.
    gaps: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Serves {
    outcome: Outcome,
    /// `4 items, 1 done`
    text: String,
}

const MAX_THEMES: usize = 60;
const MAX_NAMED: usize = 6;
const MAX_NEXT: usize = 3;
const MAX_LOOSE: usize = 30;

/// Whether a site has the page. Where nothing says what all is aligned with, it would tell its readers alone what the plan lacks.
pub(in crate::site) fn is_shown(roadmap: &Roadmap) -> bool {
    roadmap.plan.vision.is_some() || roadmap.audience == Audience::Internal
}

/// The view of the alignment page.
pub(in crate::site) fn alignment(view: View<'_>) -> AlignmentView {
    let roadmap = view.roadmap();
    let has_themes = !roadmap.plan.themes.is_empty();
    let open: Vec<ItemId> = open_items(view);
    let loose: Vec<ItemId> = open.iter().copied().filter(|&id| view.resolved(id).links.themes.is_empty()).collect();
    let mut steps = vec![vision_step(roadmap.plan.vision.as_ref()), themes_step(view)];
    if has_themes {
        steps.extend([outcomes_step(view), work_step(view), back_step(view, &open, &loose)]);
    }
    let missing: usize = steps.iter().map(|step| step.gaps.len()).sum();
    let summary = match (has_themes, missing) {
        (false, _) => "There are no themes yet: nothing leads from the vision to the work".to_owned(),
        (true, 0) => {
            let items = match roadmap.open_word(open.iter().copied()) {
                "unknown" => "item of unknown state".to_owned(),
                word => format!("{word} item"),
            };
            format!("Every theme has an outcome and ready work, and every {items} serves a theme")
        }
        (true, _) => {
            format!(
                "Of {}, {} lead up to the vision; {} on the way",
                roadmap.count_open(open.iter().copied()),
                words::thousands((open.len() - loose.len()) as u64),
                words::count(missing, "gap"),
            )
        }
    };
    let themes: Vec<ThemeId> = view.site.theme_order.clone();
    AlignmentView {
        page: view.page("alignment.html", "Alignment", &summary, "alignment"),
        summary,
        steps,
        themes: themes.iter().take(MAX_THEMES).map(|&id| theme_row(view, id)).collect(),
        themes_more: view.more(themes.len(), MAX_THEMES, "roadmap.html"),
        effort: effort::effort(view, &themes),
        loose: if has_themes {
            loose.iter().take(MAX_LOOSE).map(|&id| view.item_ref(id, "")).collect()
        } else {
            Vec::new()
        },
        loose_more: view.more(loose.len(), MAX_LOOSE, "backlog.html").filter(|_| has_themes),
    }
}

/// Open items: those with a rank in order, then the others.
fn open_items(view: View<'_>) -> Vec<ItemId> {
    let all = view.roadmap().items.ids();
    let unranked = all.filter(|&id| view.plan_item(id).state.is_open() && view.resolved(id).rank.is_none());
    view.roadmap().order.iter().copied().chain(unranked).collect()
}

/// Themes in which something is still to be done.
fn live_themes(view: View<'_>) -> Vec<ThemeId> {
    let is_live = |id: &ThemeId| view.roadmap().plan.themes[*id].state.is_open();
    view.site.theme_order.iter().copied().filter(is_live).collect()
}

fn step(name: &str, text: String, gaps: Vec<Gap>) -> Step {
    Step { name: name.to_owned(), text, whole: gaps.is_empty(), gaps }
}

fn gap(text: impl Into<String>) -> Gap {
    Gap { text: text.into(), links: Vec::new(), more: String::new() }
}

impl View<'_> {
    /// What some things lack; none where there are none of them.
    fn gap_of(self, targets: &[Target], one: &str, many: &str) -> Option<Gap> {
        let rest = targets.len().saturating_sub(MAX_NAMED);
        (!targets.is_empty()).then(|| Gap {
            text: if targets.len() == 1 { one.to_owned() } else { format!("{} {many}", targets.len()) },
            links: targets.iter().take(MAX_NAMED).map(|&target| self.link_to(target)).collect(),
            more: if rest == 0 { String::new() } else { format!("and {} more", words::thousands(rest as u64)) },
        })
    }
}

fn vision_step(vision: Option<&Vision>) -> Step {
    let Some(vision) = vision else {
        let text = "Nothing says why the product exists".to_owned();
        return step(
            "Vision",
            text,
            vec![gap("Who it is for, what they need and what comes next: write it into plan/vision.md")],
        );
    };
    let checks = [
        (vision.product_goal.is_empty(), "a product goal"),
        (vision.customers.is_empty(), "target customers"),
        (vision.needs.is_empty(), "their needs"),
        (vision.category.is_empty() && vision.differentiator.is_empty(), "a positioning"),
        (vision.north_star.is_empty(), "a north star"),
    ];
    let list = |missing: bool| {
        let words: Vec<&str> =
            checks.iter().filter(|(is_missing, _)| *is_missing == missing).map(|(_, word)| *word).collect();
        words::listed(&words)
    };
    let (has, lacks) = (list(false), list(true));
    let text = if has.is_empty() { "It has a title".to_owned() } else { format!("It says {has}") };
    let gaps = if lacks.is_empty() { Vec::new() } else { vec![gap(format!("It does not say {lacks}"))] };
    step("Vision", text, gaps)
}

fn themes_step(view: View<'_>) -> Step {
    let themes = &view.roadmap().plan.themes;
    let live = live_themes(view);
    if themes.is_empty() {
        return step("Themes", "No themes".to_owned(), vec![gap("Nothing says how the vision is to be reached")]);
    }
    let lacking = |lacks: &dyn Fn(ThemeId) -> bool| -> Vec<Target> {
        live.iter().copied().filter(|&id| lacks(id)).map(Target::Theme).collect()
    };
    let without = lacking(&|id| themes[id].outcomes.is_empty());
    let unproved = lacking(&|id| themes[id].evidence.is_empty());
    let some_prove = unproved.len() < live.len();
    let text = format!(
        "{}, {} with an outcome",
        words::count(live.len(), "theme"),
        words::thousands((live.len() - without.len()) as u64)
    );
    let gaps = [
        view.gap_of(
            &without,
            "One theme says nothing that it is to change:",
            "themes say nothing that they are to change:",
        ),
        // Where nobody writes evidence down, it is no gap but another way of working.
        view.gap_of(&unproved, "One theme has no evidence:", "themes have no evidence:").filter(|_| some_prove),
    ];
    step("Themes", text, gaps.into_iter().flatten().collect())
}

fn outcomes_step(view: View<'_>) -> Step {
    let roadmap = view.roadmap();
    let live = live_themes(view);
    let all = || {
        let of = |&id: &ThemeId| {
            let (theme, resolved) = (&roadmap.plan.themes[id], &roadmap.themes[id]);
            theme.outcomes.iter().zip(&resolved.outcomes).map(move |(outcome, resolved)| (id, outcome, resolved))
        };
        live.iter().flat_map(of)
    };
    let count = all().count();
    if count == 0 {
        let text = "No outcomes".to_owned();
        return step("Outcomes", text, vec![gap("Nobody could tell whether a theme has worked")]);
    }
    let themes_of = |lacks: &dyn Fn(&PlanOutcome) -> bool| -> Vec<Target> {
        let mut themes: Vec<Target> =
            all().filter(|(_, outcome, _)| lacks(outcome)).map(|(id, ..)| Target::Theme(id)).collect();
        themes.dedup();
        themes
    };
    let is_figure = |text: &str| text.contains(|c: char| c.is_ascii_digit());
    let measured = all().filter(|(_, outcome, _)| is_figure(&outcome.current)).count();
    let mut idle: Vec<Target> =
        all().filter(|(.., resolved)| resolved.items.is_empty()).map(|(id, ..)| Target::Theme(id)).collect();
    idle.dedup();
    let reached = all().filter(|(.., resolved)| resolved.progress == Some(1000)).count();
    let mut text = format!("{}, {measured} measured", words::count(count, "outcome"));
    if reached > 0 {
        text += &format!(", {reached} reached");
    }
    let gaps = [
        view.gap_of(
            &themes_of(&|outcome| outcome.metric.is_empty()),
            "No metric in",
            "themes have outcomes without a metric:",
        ),
        view.gap_of(
            &themes_of(&|outcome| outcome.target.is_empty()),
            "No target in",
            "themes have outcomes without a target:",
        ),
        view.gap_of(
            &themes_of(&|outcome| outcome.current.is_empty()),
            "Nobody has measured where it stands in",
            "themes have outcomes of which nobody knows where they stand:",
        ),
        view.gap_of(&idle, "No item serves an outcome of", "themes have outcomes that no item serves:"),
    ];
    step("Outcomes", text, gaps.into_iter().flatten().collect())
}

fn work_step(view: View<'_>) -> Step {
    let roadmap = view.roadmap();
    let live = live_themes(view);
    let open = |id: ThemeId| {
        let items = &roadmap.themes[id].items;
        items.iter().copied().filter(|&item| view.plan_item(item).state.is_open())
    };
    let can_start = |item: ItemId| matches!(view.resolved(item).readiness, Readiness::Ready | Readiness::InProgress);
    let (without, with): (Vec<ThemeId>, Vec<ThemeId>) = live.iter().partition(|&&id| open(id).next().is_none());
    let stuck: Vec<Target> = with.iter().copied().filter(|&id| !open(id).any(can_start)).map(Target::Theme).collect();
    let without: Vec<Target> = without.into_iter().map(Target::Theme).collect();
    let text = format!(
        "{} in {} of {}, in {} of them ready or in progress",
        match roadmap.open_word(with.iter().flat_map(|&id| open(id))) {
            "unknown" => "Work of unknown state".to_owned(),
            word => capital(&format!("{word} work")),
        },
        with.len(),
        words::count(live.len(), "theme"),
        with.len() - stuck.len()
    );
    let gaps = [
        view.gap_of(&without, "No open work in", "themes have no open work:"),
        view.gap_of(&stuck, "Nothing can be started in", "themes have nothing that can be started:"),
    ];
    let gaps = if live.is_empty() { Vec::new() } else { gaps.into_iter().flatten().collect() };
    step("Work", if live.is_empty() { "No themes to work for".to_owned() } else { text }, gaps)
}

fn back_step(view: View<'_>, open: &[ItemId], loose: &[ItemId]) -> Step {
    let text = format!(
        "{}, {} of them for a theme",
        view.roadmap().count_open(open.iter().copied()),
        words::thousands((open.len() - loose.len()) as u64)
    );
    let targets: Vec<Target> = loose.iter().copied().map(Target::Item).collect();
    let gap = view.gap_of(&targets, "One item serves no theme:", "items serve no theme:");
    step("And back", text, gap.into_iter().collect())
}

fn theme_row(view: View<'_>, id: ThemeId) -> ThemeRow {
    let roadmap = view.roadmap();
    let (theme, resolved) = (&roadmap.plan.themes[id], &roadmap.themes[id]);
    let link = view.link_to(Target::Theme(id));
    let open: Vec<ItemId> =
        resolved.items.iter().copied().filter(|&item| view.plan_item(item).state.is_open()).collect();
    let rank = |item: ItemId| view.resolved(item).rank.map(|rank| format!("rank {rank}")).unwrap_or_default();
    let serves = |(outcome, resolved): (Outcome, &crate::resolve::ResolvedOutcome)| {
        let done = resolved.items.iter().filter(|&&item| view.plan_item(item).state == State::Done).count();
        let text = match resolved.items.len() {
            0 => "no item serves it".to_owned(),
            all => {
                let mut states = resolved.items.iter().map(|&item| view.plan_item(item).state);
                let is_any_unknown = states.any(|state| state == State::Unknown);
                format!("{}, {done} {}", words::count(all, "item"), progress::done(is_any_unknown))
            }
        };
        Serves { outcome, text }
    };
    let outcomes = progress::outcomes(theme, resolved).into_iter().zip(&resolved.outcomes).map(serves).collect();
    let mut gaps = Vec::new();
    if theme.state.is_open() {
        if theme.outcomes.is_empty() {
            gaps.push("no outcome".to_owned());
        }
        if open.is_empty() {
            gaps.push("no open work".to_owned());
        } else if !open
            .iter()
            .any(|&item| matches!(view.resolved(item).readiness, Readiness::Ready | Readiness::InProgress))
        {
            gaps.push("nothing can be started".to_owned());
        }
    }
    ThemeRow {
        title: link.label,
        href: link.href,
        state: theme.state.word().to_owned(),
        status: status(theme.status.as_ref(), theme.state),
        progress: progress::by_count(&resolved.rollup),
        outcomes,
        next: open.iter().take(MAX_NEXT).map(|&item| view.item_ref(item, rank(item))).collect(),
        next_more: view.more(open.len(), MAX_NEXT, &format!("themes/{}.html", theme.entry.slug)),
        gaps,
    }
}
