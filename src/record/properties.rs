//! The list of properties, in the order in which people ask: what and where it stands, what is in its way, when and whose it is, how it
//! scores, and what else is known.

use std::borrow::Cow;

use super::Property;
use super::value::{PropertyValue, collected, themes};
use crate::plan::Input;
use crate::resolve::{Readiness, RoadmapItem, score};

impl Property {
    const fn new(
        key: &'static str,
        label: &'static str,
        value: for<'a> fn(RoadmapItem<'a>) -> PropertyValue<'a>,
    ) -> Property {
        Property { key, label, label_of_many: label, value, is_in_json: true, is_column: true, is_listed: true }
    }

    const fn of_many(self, label: &'static str) -> Property {
        Property { label_of_many: label, ..self }
    }

    /// Pages and `show` have it elsewhere.
    const fn unlisted(self) -> Property {
        Property { is_listed: false, ..self }
    }

    /// It is no value for a table's cell.
    const fn no_column(self) -> Property {
        Property { is_column: false, ..self }
    }

    /// A number that JSON has among `inputs`, and pages with them.
    const fn input(
        key: &'static str,
        label: &'static str,
        value: for<'a> fn(RoadmapItem<'a>) -> PropertyValue<'a>,
    ) -> Property {
        Property { is_in_json: false, is_listed: false, ..Property::new(key, label, value) }
    }
}

/// The property with a key.
pub fn property(key: &str) -> Option<&'static Property> {
    PROPERTIES.iter().find(|property| property.key == key)
}

fn input(item: RoadmapItem<'_>, input: Input) -> PropertyValue<'_> {
    // As the framework in use reads it, as among `inputs`.
    score::input(item.plan(), item.roadmap.config.scoring, input).map_or(PropertyValue::None, PropertyValue::Number)
}

/// Every property.
pub const PROPERTIES: &[Property] = &[
    Property::new("rank", "Rank", |item| {
        item.resolved().rank.map_or(PropertyValue::None, |rank| PropertyValue::Count(rank.into()))
    })
    .unlisted(),
    Property::new("id", "Id", |item| PropertyValue::text(&item.entry().id)).unlisted(),
    Property::new("title", "Title", |item| PropertyValue::text(&item.entry().title)).unlisted(),
    Property::new("summary", "Summary", |item| PropertyValue::text(&item.entry().summary)).unlisted(),
    Property::new("type", "Type", |item| PropertyValue::text(&item.plan().item_type)).unlisted(),
    Property::new("state", "State", |item| PropertyValue::text(item.state().word())).unlisted(),
    Property::new("status", "Status", |item| PropertyValue::text(item.status().unwrap_or_default())).unlisted(),
    Property::new("readiness", "Readiness", |item| PropertyValue::text(item.readiness().word())).unlisted(),
    Property::new("ready", "Ready", |item| PropertyValue::Flag(item.readiness() == Readiness::Ready))
        .no_column()
        .unlisted(),
    Property::new("blocked", "Blocked", |item| PropertyValue::Flag(item.readiness() == Readiness::Blocked))
        .no_column()
        .unlisted(),
    Property::new("blocked_by", "Blocked by", |item| collected(item.blocked_by())).unlisted(),
    Property::new("missing", "Missing", |item| PropertyValue::Texts(&item.resolved().links.missing)).unlisted(),
    Property::new("waiting_for", "Waiting for", |item| PropertyValue::WaitingFor(item.waiting_for().collect()))
        .no_column()
        .unlisted(),
    Property::new("in_cycle", "In a cycle", |item| PropertyValue::Flag(item.resolved().cycle.is_some()))
        .no_column()
        .unlisted(),
    Property::new("themes", "Theme", themes).of_many("Themes"),
    Property::new("outcomes", "Outcome", |item| PropertyValue::Outcomes(&item.resolved().outcomes)).of_many("Outcomes"),
    Property::new("horizon", "Horizon", |item| PropertyValue::text(item.horizon())),
    Property::new("owners", "Owner", |item| PropertyValue::Words(&item.plan().owners)).of_many("Owners"),
    Property::new("team", "Team", |item| PropertyValue::text(&item.plan().team)),
    Property::new("score", "Score", |item| PropertyValue::Score(&item.resolved().score)),
    Property::new("score_inputs", "Score inputs", |item| PropertyValue::text(&item.resolved().score.inputs)).unlisted(),
    Property::new("inputs", "Inputs", |item| PropertyValue::Inputs(score::inputs(item.plan(), &item.roadmap.config)))
        .no_column(),
    Property::input("value", "Value", |item| input(item, Input::Value)),
    Property::input("effort", "Effort", |item| input(item, Input::Effort)),
    Property::input("reach", "Reach", |item| input(item, Input::Reach)),
    Property::input("impact", "Impact", |item| input(item, Input::Impact)),
    Property::input("confidence", "Confidence", |item| input(item, Input::Confidence)),
    Property::input("time_criticality", "Time criticality", |item| input(item, Input::TimeCriticality)),
    Property::input("risk_reduction", "Risk reduction", |item| input(item, Input::RiskReduction)),
    Property::input("ease", "Ease", |item| input(item, Input::Ease)),
    Property::new("why", "Why", |item| PropertyValue::Text(Cow::Owned(item.reason()))).unlisted(),
    Property::new("boost", "Boost", |item| {
        item.resolved().boost.as_ref().map_or(PropertyValue::None, PropertyValue::Boost)
    })
    .no_column()
    .unlisted(),
    Property::new("priority", "Priority", |item| {
        PropertyValue::text(item.plan().priority.as_ref().map(|text| text.value.as_str()).unwrap_or_default())
    }),
    Property::new("order", "Order", |item| item.plan().order.map_or(PropertyValue::None, PropertyValue::Number))
        .unlisted(),
    Property::new("target", "Target", |item| PropertyValue::date(item.plan().target.as_ref())),
    Property::new("due", "Due", |item| PropertyValue::date(item.plan().due.as_ref())),
    Property::new("start", "Start", |item| PropertyValue::date(item.plan().start.as_ref())),
    Property::new("milestone", "Milestone", |item| PropertyValue::text(&item.plan().milestone)),
    Property::new("tags", "Tags", |item| PropertyValue::Words(&item.plan().tags)),
    Property::new("parent", "Part of", |item| {
        item.resolved().links.parent.map_or(PropertyValue::None, PropertyValue::Item)
    })
    .unlisted(),
    Property::new("children", "Parts", |item| PropertyValue::items(&item.resolved().links.children)).unlisted(),
    Property::new("depends_on", "Depends on", |item| collected(item.depends_on())).unlisted(),
    Property::new("unblocks", "Unblocks", |item| PropertyValue::items(&item.resolved().links.unblocks)).unlisted(),
    Property::new("relates", "Relates to", |item| PropertyValue::items(&item.resolved().links.relates)).unlisted(),
    Property::new("supersedes", "Supersedes", |item| PropertyValue::items(&item.resolved().links.supersedes))
        .unlisted(),
    Property::new("superseded_by", "Superseded by", |item| PropertyValue::items(&item.resolved().links.superseded_by))
        .unlisted(),
    Property::new("mentioned_by", "Mentioned by", |item| PropertyValue::items(&item.resolved().mentioned_by))
        .unlisted(),
    Property::new("links", "Links", |item| PropertyValue::Texts(&item.plan().links)),
    Property::new("evidence", "Evidence", |item| PropertyValue::Texts(&item.plan().evidence)),
    Property::new("see_also", "See also", |item| PropertyValue::Texts(&item.resolved().links.see_also)),
    Property::new("created", "Created", |item| PropertyValue::date(item.plan().created.as_ref())),
    Property::new("updated", "Updated", |item| PropertyValue::date(item.plan().updated.as_ref())),
    Property::new("waits_for", "Also waits for", |item| PropertyValue::Texts(&item.resolved().links.waits_for))
        .unlisted(),
    Property::new("unblocks_outside", "Also unblocks", |item| {
        PropertyValue::Texts(&item.resolved().links.unblocks_outside)
    }),
    Property::new("criteria", "Acceptance criteria", |item| {
        PropertyValue::Tasks(item.entry().document.outline.criteria)
    })
    .unlisted(),
    Property::new("tasks", "Tasks", |item| PropertyValue::Tasks(item.entry().document.outline.tasks)).unlisted(),
    Property::new("aliases", "Aliases", |item| PropertyValue::Texts(&item.entry().aliases)).unlisted(),
    Property::new("more_fields", "More fields", |item| PropertyValue::Fields(&item.entry().extra)).unlisted(),
    Property::new("shadowed_by", "Its id means", |item| {
        item.entry().shadowed_by.as_deref().map_or(PropertyValue::None, PropertyValue::text)
    })
    .no_column()
    .unlisted(),
    Property::new("path", "File", |item| PropertyValue::text(item.entry().path())).unlisted(),
    Property::new("address", "Page", |item| PropertyValue::Text(Cow::Owned(item.address()))).unlisted(),
];
