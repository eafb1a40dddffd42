//! Properties: what the author said in the front matter, as lines of a table.

use serde::Serialize;

use super::{Link, View, words};
use crate::config::Scoring;
use crate::date::Date;
use crate::markdown;
use crate::number::Decimal;
use crate::parse::{Field, Node, Value};
use crate::plan::Text;
use crate::resolve::{Target, score};
use crate::site::address::{self, GroupKind};

/// One line of a table of properties: text, or links, or both (links first).
#[derive(Clone, Debug, Serialize)]
pub(in crate::site) struct Property {
    label: String,
    text: String,
    links: Vec<Link>,
}

/// A fact in words.
pub(in crate::site) fn property(label: &str, text: impl Into<String>) -> Property {
    Property { label: label.to_owned(), text: text.into(), links: Vec::new() }
}

/// A fact that leads on.
pub(in crate::site) fn linked(label: &str, links: Vec<Link>) -> Property {
    Property { label: label.to_owned(), text: String::new(), links }
}

/// Links with words behind them.
pub(in crate::site) fn both(label: &str, links: Vec<Link>, words: Property) -> Property {
    Property { label: label.to_owned(), text: words.text, links }
}

impl Property {
    /// Whether there is anything to show.
    pub(in crate::site) fn says_something(&self) -> bool {
        !self.text.is_empty() || !self.links.is_empty()
    }
}

impl View<'_> {
    /// What is known of an item beside its state: what is set, in the order in which people ask.
    pub(in crate::site) fn item_properties(self, at: u32) -> Vec<Property> {
        let (item, resolved) = (self.plan_item(at), self.resolved(at));
        let mut properties = Vec::new();
        let themes: Vec<Link> = resolved.themes.iter().map(|&theme| self.link_to(Target::Theme(theme))).collect();
        if themes.is_empty() {
            let named: Vec<&str> = item.themes.iter().map(|text| text.value.as_str()).collect();
            properties.push(property("Theme", named.join(", ")));
        } else {
            properties.push(linked(if themes.len() == 1 { "Theme" } else { "Themes" }, themes));
        }
        let outcome = |&(theme, place): &(u32, u32)| {
            let outcome = self.roadmap().plan.themes[theme as usize].outcomes.get(place as usize);
            let label = outcome.map(|outcome| outcome.name().to_owned()).unwrap_or_default();
            Link { label, ..self.link_to(Target::Theme(theme)) }
        };
        let outcomes: Vec<Link> = resolved.outcomes.iter().map(outcome).collect();
        properties.push(linked(if outcomes.len() == 1 { "Outcome" } else { "Outcomes" }, outcomes));
        let horizon = item.horizon.as_ref().map(|horizon| horizon.name.value.clone());
        properties.push(property("Horizon", horizon.unwrap_or_default()));
        properties.push(linked(if item.owners.len() == 1 { "Owner" } else { "Owners" }, self.owners(&item.owners)));
        properties.push(property("Team", &*item.team));
        if let Some(score) = resolved.score.result {
            properties.push(property("Score", format!("{score:.2} ({})", resolved.score.inputs)));
        }
        let is_graded = matches!(self.roadmap().config.scoring, Scoring::Ice | Scoring::IceMean);
        for (name, number) in score::inputs(item, &self.roadmap().config) {
            let text = match name {
                "effort" => words::points(number),
                "confidence" if !is_graded => format!("{} %", Decimal(number.0 * 100)),
                _ => number.to_string(),
            };
            properties.push(property(&words::capital(&name.replace('_', " ")), text));
        }
        properties
            .push(property("Priority", item.priority.as_ref().map(|text| text.value.clone()).unwrap_or_default()));
        let dates = [
            ("Target", &item.target),
            ("Due", &item.due),
            ("Start", &item.start),
            ("Created", &item.created),
            ("Updated", &item.updated),
        ];
        let (planned, past) = dates.split_at(3);
        properties.extend(planned.iter().map(|(label, date)| date_property(label, date.as_ref())));
        let grouped = |kind: GroupKind| -> Vec<Link> {
            let link = |word: &String| self.link(&address::group(kind, word), word.clone());
            kind.words(item).iter().map(link).collect()
        };
        properties.push(linked("Milestone", grouped(GroupKind::Milestone)));
        properties.push(linked("Tags", grouped(GroupKind::Tag)));
        properties.push(self.addresses("Links", &item.links));
        properties.push(self.addresses("Evidence", &item.evidence));
        properties.push(self.addresses("See also", &resolved.see_also));
        properties.extend(past.iter().map(|(label, date)| date_property(label, date.as_ref())));
        let waits: Vec<&str> = resolved.remarks.iter().map(|text| text.value.as_str()).collect();
        properties.push(property("Also waits for", waits.join("; ")));
        properties.retain(Property::says_something);
        properties
    }

    /// Texts of which some are addresses.
    fn addresses(self, label: &str, texts: &[Text]) -> Property {
        let (links, words): (Vec<&Text>, Vec<&Text>) = texts.iter().partition(|text| is_web_address(&text.value));
        let link = |text: &&Text| Link { href: text.value.clone(), label: short_address(&text.value) };
        let words: Vec<&str> = words.iter().map(|text| text.value.as_str()).collect();
        Property { label: label.to_owned(), text: words.join("; "), links: links.iter().map(link).collect() }
    }

    /// The author's own fields.
    pub(in crate::site) fn more_fields(self, extra: &[Field]) -> Vec<Property> {
        let property = |field: &Field| {
            let text = flat(&field.value);
            if is_web_address(&text) {
                linked(&field.name.value, vec![Link { label: short_address(&text), href: text }])
            } else {
                property(&field.name.value, text)
            }
        };
        extra.iter().map(property).filter(Property::says_something).collect()
    }
}

fn date_property(label: &str, date: Option<&Date>) -> Property {
    property(label, date.map(words::date).unwrap_or_default())
}

/// Whether a text is an address to link to.
pub(in crate::site) fn is_web_address(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://")) && !text.contains(' ') && markdown::safe(text)
}

/// An address as people say it: without scheme, and not too long.
fn short_address(address: &str) -> String {
    let plain = address.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
    if plain.chars().count() <= 40 {
        return plain.to_owned();
    }
    plain.chars().take(39).chain(['…']).collect()
}

/// A value on one line.
fn flat(value: &Value) -> String {
    match &value.node {
        Node::Scalar(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Node::List(list) => list.iter().map(flat).collect::<Vec<_>>().join(", "),
        Node::Map(entries) => {
            let entry = |field: &Field| format!("{}: {}", field.name.value, flat(&field.value));
            entries.iter().map(entry).collect::<Vec<_>>().join("; ")
        }
    }
}
