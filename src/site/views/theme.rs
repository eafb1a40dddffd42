//! `/themes/ID.html`: why, outcomes, evidence, roll-up, and its items in order.

use serde::Serialize;

use super::contents::{TocEntry, contents};
use super::fields::{self, PropertyView};
use super::progress::{self, Outcome, Progress};
use super::{Group, Link, Notice, Page, Source, View, status};
use crate::id::ThemeId;
use crate::resolve::{Target, percent};

#[derive(Debug, Serialize)]
pub(in crate::site) struct ThemeView {
    page: Page,
    id: String,
    title: String,
    /// The anchor of the body's first heading, where that is the title; "" where it is not, and stands in the body.
    anchor: String,
    state: String,
    status: String,
    /// Vision.
    crumbs: Vec<Link>,
    notices: Vec<Notice>,
    summary: String,
    outcomes: Vec<Outcome>,
    body_html: String,
    /// The headings of the body, nested, where there are more than four.
    toc: Vec<TocEntry>,
    evidence: Vec<Evidence>,
    /// Items by count.
    progress: Progress,
    /// The same by effort; `None` without efforts.
    effort: Option<Progress>,
    /// Horizon, owner, and the share of the effort that is meant for it beside what is planned.
    properties: Vec<PropertyView>,
    /// In progress and open in order, then unscored, then done and dropped (folded).
    groups: Vec<Group>,
    more_fields: Vec<PropertyView>,
    source: Source,
}

/// One piece of evidence: text, with a link where the author gave one.
#[derive(Debug, Serialize)]
struct Evidence {
    text: String,
    href: Option<String>,
}

/// The view of a theme's page.
pub(in crate::site) fn theme(view: View<'_>, address: &str, id: ThemeId) -> ThemeView {
    let roadmap = view.roadmap();
    let (theme, resolved) = (&roadmap.plan.themes[id], &roadmap.themes[id]);
    let entry = &theme.entry;
    let evidence = |text: &crate::plan::Text| Evidence {
        href: fields::is_web_address(&text.value).then(|| text.value.clone()),
        text: text.value.clone(),
    };
    let mut groups = view.groups(&resolved.items);
    for row in groups.iter_mut().flat_map(|group| &mut group.items) {
        row.theme = None;
    }
    ThemeView {
        page: view.page(address, &entry.title, &entry.summary, "roadmap"),
        id: entry.id.clone(),
        title: entry.title.clone(),
        anchor: entry.title_anchor().unwrap_or_default().to_owned(),
        state: theme.state.word().to_owned(),
        status: status(theme.status.as_ref(), theme.state),
        crumbs: vec![view.link_to(Target::Vision)],
        notices: view.notices(entry),
        summary: view.lead(entry),
        outcomes: view.whole_outcomes(theme, resolved),
        body_html: view.body(entry),
        toc: contents(entry),
        evidence: theme.evidence.iter().map(evidence).collect(),
        progress: progress::by_count(&resolved.rollup),
        effort: progress::by_effort(&resolved.rollup),
        properties: properties(view, id),
        groups,
        more_fields: view.more_fields(&entry.extra),
        source: view.source(entry),
    }
}

fn properties(view: View<'_>, id: ThemeId) -> Vec<PropertyView> {
    let roadmap = view.roadmap();
    let theme = &roadmap.plan.themes[id];
    let mut properties = Vec::new();
    if let Some(horizon) = &theme.horizon {
        let lang = view.lang_of_horizon(Some(&horizon.name.value));
        properties.push(fields::text("Horizon", &*horizon.name.value).in_language(lang));
    }
    if !theme.owners.is_empty() {
        let (links, others) = view.owners(&theme.owners);
        let others = fields::text("", others.join(", ")).in_language(view.lang());
        properties.push(fields::both("Owner", links, others));
    }
    if let Some(investment) = theme.investment {
        let share = percent(roadmap.themes[id].effort.total(), roadmap.total.effort.total);
        properties.push(fields::text("Investment", format!("{investment} % of the effort meant, {share} % planned")));
    }
    properties
}
