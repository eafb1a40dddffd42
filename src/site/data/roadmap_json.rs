//! `roadmap.json`: everything the site knows, for programs. `roadmap.schema.json`, published beside it, is its description.
//!
//! The schema version grows when a field changes its meaning or goes away, not when one is added.

use serde::Serialize;
use serde_json::Value;

use crate::id::{ItemId, ThemeId};
use crate::number::Decimal;
use crate::plan::{Outcome, Text};
use crate::record::{CycleRecord, ItemRecord, OwnFields, RollupRecord, SCHEMA_VERSION, number};
use crate::resolve::{ResolvedOutcome, Target, ThemeWord};
use crate::site::views::View;
use crate::text::inert_json;

/// The schema. Tests hold that it allows what is written, requires it, and knows nothing more.
pub const SCHEMA: &str = include_str!("roadmap.schema.json");

/// The address of the schema. The document names it as its neighbour, so that it is found offline too.
pub(in crate::site) const SCHEMA_ADDRESS: &str = "roadmap.schema.json";

#[derive(Serialize)]
struct RoadmapJson<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    schema_version: u32,
    kind: &'static str,
    generator: &'a str,
    title: &'a str,
    audience: &'static str,
    scoring: &'static str,
    horizons: &'a [String],
    vision: Option<VisionJson<'a>>,
    progress: RollupRecord,
    themes: Vec<ThemeJson<'a>>,
    theme_words: Vec<ThemeWordJson<'a>>,
    items: Vec<ItemRecord<'a>>,
    pages: Vec<PageJson<'a>>,
    order: Vec<&'a str>,
    cycles: Vec<CycleRecord<'a>>,
}

#[derive(Serialize)]
struct VisionJson<'a> {
    id: &'a str,
    title: &'a str,
    summary: &'a str,
    product_goal: &'a str,
    customers: &'a [String],
    needs: &'a [String],
    category: &'a str,
    alternative: &'a str,
    differentiator: &'a str,
    north_star: &'a str,
    reviewed: Option<String>,
    aliases: Vec<&'a str>,
    more_fields: OwnFields<'a>,
    path: &'a str,
    address: String,
}

#[derive(Serialize)]
struct ThemeJson<'a> {
    id: &'a str,
    title: &'a str,
    summary: &'a str,
    state: &'static str,
    status: Option<&'a str>,
    horizon: Option<&'a str>,
    owners: &'a [String],
    investment: Option<Value>,
    outcomes: Vec<OutcomeJson<'a>>,
    evidence: Vec<&'a str>,
    order: Option<Value>,
    aliases: Vec<&'a str>,
    more_fields: OwnFields<'a>,
    progress: RollupRecord,
    items: Vec<&'a str>,
    path: &'a str,
    address: String,
}

#[derive(Serialize)]
struct ThemeWordJson<'a> {
    word: &'a str,
    progress: RollupRecord,
    items: Vec<&'a str>,
}

#[derive(Serialize)]
struct OutcomeJson<'a> {
    id: &'a str,
    metric: &'a str,
    baseline: &'a str,
    target: &'a str,
    current: &'a str,
    unit: &'a str,
    more_fields: OwnFields<'a>,
    progress: Option<Value>,
    items: Vec<&'a str>,
}

#[derive(Serialize)]
struct PageJson<'a> {
    id: &'a str,
    title: &'a str,
    summary: &'a str,
    order: Option<Value>,
    aliases: Vec<&'a str>,
    more_fields: OwnFields<'a>,
    path: &'a str,
    address: String,
}

/// The document.
pub(in crate::site) fn roadmap_json(view: View<'_>) -> String {
    let roadmap = view.roadmap();
    let plan = &roadmap.plan;
    let vision = plan.vision.as_ref().map(|vision| VisionJson {
        id: &vision.entry.id,
        title: &vision.entry.title,
        summary: &vision.entry.summary,
        product_goal: &vision.product_goal,
        customers: &vision.customers,
        needs: &vision.needs,
        category: &vision.category,
        alternative: &vision.alternative,
        differentiator: &vision.differentiator,
        north_star: &vision.north_star,
        reviewed: vision.reviewed.as_ref().map(ToString::to_string),
        aliases: texts(&vision.entry.aliases),
        more_fields: OwnFields(&vision.entry.extra),
        path: vision.entry.path(),
        address: Target::Vision.address(plan),
    });
    let pages = plan.pages.enumerate().map(|(id, page)| PageJson {
        id: &page.entry.id,
        title: &page.entry.title,
        summary: &page.entry.summary,
        order: page.order.map(number),
        aliases: texts(&page.entry.aliases),
        more_fields: OwnFields(&page.entry.extra),
        path: page.entry.path(),
        address: Target::Page(id).address(plan),
    });
    let cycles = roadmap.cycles.iter().map(|cycle| CycleRecord::new(roadmap, cycle));
    let document = RoadmapJson {
        schema: SCHEMA_ADDRESS,
        schema_version: SCHEMA_VERSION,
        kind: "roadmap",
        generator: &view.site.shared.generator,
        title: &view.site.shared.title,
        audience: roadmap.audience.word(),
        scoring: roadmap.config.scoring.word(),
        horizons: &roadmap.config.horizons,
        vision,
        progress: RollupRecord::new(&roadmap.total),
        themes: view.site.theme_order.iter().map(|&id| theme(view, id)).collect(),
        theme_words: roadmap.theme_words.words.iter().map(|word| theme_word(view, word)).collect(),
        items: plan.items.ids().map(|id| ItemRecord::new(roadmap.item(id))).collect(),
        pages: pages.collect(),
        order: ids(view, &roadmap.order),
        cycles: cycles.collect(),
    };
    // Strings, numbers and lists: there is nothing in it that JSON could not say.
    inert_json(serde_json::to_string(&document).unwrap_or_default() + "\n")
}

fn ids<'a>(view: View<'a>, items: &[ItemId]) -> Vec<&'a str> {
    items.iter().map(|&id| view.plan_item(id).entry.id.as_str()).collect()
}

fn texts(texts: &[Text]) -> Vec<&str> {
    texts.iter().map(|text| text.value.as_str()).collect()
}

fn theme(view: View<'_>, id: ThemeId) -> ThemeJson<'_> {
    let (theme, resolved) = (&view.roadmap().plan.themes[id], &view.roadmap().themes[id]);
    ThemeJson {
        id: &theme.entry.id,
        title: &theme.entry.title,
        summary: &theme.entry.summary,
        state: theme.state.word(),
        status: theme.status.as_ref().map(|status| status.value.as_str()),
        horizon: theme.horizon.as_ref().map(|horizon| horizon.name.value.as_str()),
        owners: &theme.owners,
        investment: theme.investment.map(number),
        outcomes: theme.outcomes.iter().zip(&resolved.outcomes).map(|outcome| outcome_json(view, outcome)).collect(),
        evidence: texts(&theme.evidence),
        order: theme.order.map(number),
        aliases: texts(&theme.entry.aliases),
        more_fields: OwnFields(&theme.entry.extra),
        progress: RollupRecord::new(&resolved.rollup),
        items: ids(view, &resolved.items),
        path: theme.entry.path(),
        address: Target::Theme(id).address(&view.roadmap().plan),
    }
}

fn theme_word<'a>(view: View<'a>, word: &'a ThemeWord) -> ThemeWordJson<'a> {
    ThemeWordJson {
        word: &word.word,
        progress: RollupRecord::new(&view.roadmap().rollup(word.items.iter().copied())),
        items: ids(view, &word.items),
    }
}

fn outcome_json<'a>(view: View<'a>, (outcome, resolved): (&'a Outcome, &'a ResolvedOutcome)) -> OutcomeJson<'a> {
    OutcomeJson {
        id: &outcome.id,
        metric: &outcome.metric,
        baseline: &outcome.baseline,
        target: &outcome.target,
        current: &outcome.current,
        unit: &outcome.unit,
        more_fields: OwnFields(&outcome.extra),
        progress: resolved.progress.map(|thousandths| number(Decimal(thousandths.into()))),
        items: ids(view, &resolved.items),
    }
}
