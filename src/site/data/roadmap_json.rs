//! `roadmap.json`: everything the site knows, for programs. `roadmap.schema.json`, published beside it, is its description.
//!
//! The schema version grows when a field changes its meaning or goes away, not when one is added.

use serde::Serialize;
use serde_json::Value;

use super::number;
use crate::number::Decimal;
use crate::parse::{Field, Node};
use crate::plan::{Outcome, Text};
use crate::resolve::{ResolvedOutcome, Rollup, Target, score};
use crate::site::address;
use crate::site::views::{self, View};

/// The version of the schema.
const SCHEMA_VERSION: u32 = 1;

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
    progress: RollupJson,
    themes: Vec<ThemeJson<'a>>,
    items: Vec<ItemJson<'a>>,
    pages: Vec<PageJson<'a>>,
    order: Vec<&'a str>,
    cycles: Vec<CycleJson<'a>>,
}

#[derive(Serialize)]
struct VisionJson<'a> {
    title: &'a str,
    product_goal: &'a str,
    customers: &'a [String],
    needs: &'a [String],
    category: &'a str,
    alternative: &'a str,
    differentiator: &'a str,
    north_star: &'a str,
    reviewed: Option<String>,
    path: &'a str,
    address: String,
}

#[derive(Serialize)]
struct RollupJson {
    items: ShareJson,
    effort: ShareJson,
}

#[derive(Serialize)]
struct ShareJson {
    total: Value,
    done: Value,
    active: Value,
    ready: Value,
    blocked: Value,
    undecided: Value,
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
    progress: RollupJson,
    items: Vec<&'a str>,
    path: &'a str,
    address: String,
}

#[derive(Serialize)]
struct OutcomeJson<'a> {
    id: &'a str,
    metric: &'a str,
    baseline: &'a str,
    target: &'a str,
    current: &'a str,
    unit: &'a str,
    progress: Option<Value>,
    items: Vec<&'a str>,
}

#[derive(Serialize)]
struct ItemJson<'a> {
    id: &'a str,
    rank: Option<u32>,
    title: &'a str,
    summary: &'a str,
    #[serde(rename = "type")]
    item_type: &'a str,
    state: &'static str,
    status: Option<&'a str>,
    readiness: &'static str,
    ready: bool,
    blocked_by: Vec<String>,
    score: Option<Value>,
    score_inputs: &'a str,
    inputs: serde_json::Map<String, Value>,
    why: String,
    boost: Option<LiftJson<'a>>,
    priority: Option<&'a str>,
    themes: Vec<&'a str>,
    outcomes: Vec<&'a str>,
    parent: Option<&'a str>,
    children: Vec<&'a str>,
    depends_on: Vec<&'a str>,
    unblocks: Vec<&'a str>,
    missing: Vec<&'a str>,
    waits_for: Vec<&'a str>,
    relates: Vec<&'a str>,
    see_also: Vec<&'a str>,
    supersedes: Vec<&'a str>,
    superseded_by: Vec<&'a str>,
    mentioned_by: Vec<&'a str>,
    horizon: Option<&'a str>,
    milestone: &'a str,
    owners: &'a [String],
    team: &'a str,
    tags: &'a [String],
    target: Option<String>,
    start: Option<String>,
    due: Option<String>,
    created: Option<String>,
    updated: Option<String>,
    links: Vec<&'a str>,
    evidence: Vec<&'a str>,
    criteria: TasksJson,
    tasks: TasksJson,
    aliases: Vec<&'a str>,
    more_fields: serde_json::Map<String, Value>,
    path: &'a str,
    address: String,
}

#[derive(Serialize)]
struct LiftJson<'a> {
    from: u32,
    unblocks: &'a str,
    others: u32,
    value: Value,
    effort: Value,
}

#[derive(Serialize)]
struct TasksJson {
    done: u32,
    total: u32,
}

#[derive(Serialize)]
struct PageJson<'a> {
    id: &'a str,
    title: &'a str,
    path: &'a str,
    address: String,
}

#[derive(Serialize)]
struct CycleJson<'a> {
    items: Vec<&'a str>,
    places: Vec<String>,
    component: Vec<&'a str>,
}

/// The document.
pub(in crate::site) fn roadmap_json(view: View<'_>) -> String {
    let roadmap = view.roadmap();
    let plan = &roadmap.plan;
    let vision = plan.vision.as_ref().map(|vision| VisionJson {
        title: &vision.entry.title,
        product_goal: &vision.product_goal,
        customers: &vision.customers,
        needs: &vision.needs,
        category: &vision.category,
        alternative: &vision.alternative,
        differentiator: &vision.differentiator,
        north_star: &vision.north_star,
        reviewed: vision.reviewed.as_ref().map(ToString::to_string),
        path: vision.entry.path(),
        address: address::of(roadmap, Target::Vision),
    });
    let pages = (0..).zip(&plan.pages).map(|(at, page)| PageJson {
        id: &page.entry.id,
        title: &page.entry.title,
        path: page.entry.path(),
        address: address::of(roadmap, Target::Page(at)),
    });
    let cycles = roadmap.cycles.iter().map(|cycle| CycleJson {
        items: ids(view, &cycle.items),
        places: cycle.places.iter().map(ToString::to_string).collect(),
        component: ids(view, &cycle.component),
    });
    let document = RoadmapJson {
        schema: SCHEMA_ADDRESS,
        schema_version: SCHEMA_VERSION,
        kind: "roadmap",
        generator: &view.site.shared.generator,
        title: &view.site.shared.title,
        audience: view.site.audience.word(),
        scoring: roadmap.config.scoring.word(),
        horizons: &roadmap.config.horizons,
        vision,
        progress: rollup(&roadmap.total),
        themes: view.site.theme_order.iter().map(|&at| theme(view, at)).collect(),
        items: (0..plan.items.len() as u32).map(|at| item(view, at)).collect(),
        pages: pages.collect(),
        order: ids(view, &roadmap.order),
        cycles: cycles.collect(),
    };
    // Strings, numbers and lists: there is nothing in it that JSON could not say.
    serde_json::to_string(&document).unwrap_or_default() + "\n"
}

fn ids<'a>(view: View<'a>, items: &[u32]) -> Vec<&'a str> {
    items.iter().map(|&at| view.plan_item(at).entry.id.as_str()).collect()
}

fn texts(texts: &[Text]) -> Vec<&str> {
    texts.iter().map(|text| text.value.as_str()).collect()
}

fn rollup(rollup: &Rollup) -> RollupJson {
    let (count, effort) = (&rollup.count, &rollup.effort);
    RollupJson {
        items: ShareJson {
            total: count.total.into(),
            done: count.done.into(),
            active: count.active.into(),
            ready: count.ready.into(),
            blocked: count.blocked.into(),
            undecided: count.undecided.into(),
        },
        effort: ShareJson {
            total: number(effort.total),
            done: number(effort.done),
            active: number(effort.active),
            ready: number(effort.ready),
            blocked: number(effort.blocked),
            undecided: number(effort.undecided),
        },
    }
}

fn theme(view: View<'_>, at: u32) -> ThemeJson<'_> {
    let (theme, resolved) = (&view.roadmap().plan.themes[at as usize], &view.roadmap().themes[at as usize]);
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
        progress: rollup(&resolved.rollup),
        items: ids(view, &resolved.items),
        path: theme.entry.path(),
        address: address::of(view.roadmap(), Target::Theme(at)),
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
        progress: resolved.progress.map(|thousandths| number(Decimal(thousandths.into()))),
        items: ids(view, &resolved.items),
    }
}

fn item(view: View<'_>, at: u32) -> ItemJson<'_> {
    let (item, resolved, plan) = (view.plan_item(at), view.resolved(at), &view.roadmap().plan);
    let entry = &item.entry;
    let inputs = score::inputs(item, &view.roadmap().config).into_iter();
    let depends_on: Vec<u32> = resolved.depends_on.iter().map(|dependency| dependency.on).collect();
    let tasks = |tasks: crate::markdown::Tasks| TasksJson { done: tasks.done, total: tasks.total };
    let date = |date: &Option<crate::date::Date>| date.as_ref().map(ToString::to_string);
    ItemJson {
        id: &entry.id,
        rank: resolved.rank,
        title: &entry.title,
        summary: &entry.summary,
        item_type: &item.item_type,
        state: item.state.word(),
        status: item.status.as_ref().map(|status| status.value.as_str()),
        readiness: resolved.readiness.word(),
        ready: views::readiness(&resolved.readiness) == "ready",
        blocked_by: view.roadmap().blocked_by(at),
        score: resolved.score.result.map(number),
        score_inputs: &resolved.score.inputs,
        inputs: inputs.map(|(name, value)| (name.to_owned(), number(value))).collect(),
        why: view.why(at),
        boost: resolved.boost.as_ref().map(|boost| LiftJson {
            from: boost.from,
            unblocks: &plan.items[boost.lead as usize].entry.id,
            others: boost.others,
            value: number(Decimal(boost.value)),
            effort: number(Decimal(boost.effort)),
        }),
        priority: item.priority.as_ref().map(|priority| priority.value.as_str()),
        themes: resolved.themes.iter().map(|&theme| plan.themes[theme as usize].entry.id.as_str()).collect(),
        outcomes: resolved
            .outcomes
            .iter()
            .map(|&(theme, at)| plan.themes[theme as usize].outcomes[at as usize].id.as_str())
            .collect(),
        parent: resolved.parent.map(|parent| plan.items[parent as usize].entry.id.as_str()),
        children: ids(view, &resolved.children),
        depends_on: ids(view, &depends_on),
        unblocks: ids(view, &resolved.unblocks),
        missing: texts(&resolved.missing),
        waits_for: texts(&resolved.remarks),
        relates: ids(view, &resolved.relates),
        see_also: texts(&resolved.see_also),
        supersedes: ids(view, &resolved.supersedes),
        superseded_by: ids(view, &resolved.superseded_by),
        mentioned_by: ids(view, &resolved.mentioned_by),
        horizon: item.horizon.as_ref().map(|horizon| horizon.name.value.as_str()),
        milestone: &item.milestone,
        owners: &item.owners,
        team: &item.team,
        tags: &item.tags,
        target: date(&item.target),
        start: date(&item.start),
        due: date(&item.due),
        created: date(&item.created),
        updated: date(&item.updated),
        links: texts(&item.links),
        evidence: texts(&item.evidence),
        criteria: tasks(entry.document.outline.criteria),
        tasks: tasks(entry.document.outline.tasks),
        aliases: texts(&entry.aliases),
        more_fields: fields(&entry.extra),
        path: entry.path(),
        address: address::of(view.roadmap(), Target::Item(at)),
    }
}

/// The author's own fields: text, lists and maps of text, as written.
fn fields(fields: &[Field]) -> serde_json::Map<String, Value> {
    fields.iter().map(|field| (field.name.value.clone(), field_value(&field.value.node))).collect()
}

fn field_value(node: &Node) -> Value {
    match node {
        Node::Scalar(text) => text.as_str().into(),
        Node::List(list) => list.iter().map(|value| field_value(&value.node)).collect(),
        Node::Map(entries) => Value::Object(fields(entries)),
    }
}
