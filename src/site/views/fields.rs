//! Facts: what the author said in the front matter, as lines of a table.

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

/// One line of a table of facts: text, or links, or both (links first).
#[derive(Clone, Debug, Serialize)]
pub(in crate::site) struct Fact {
    label: String,
    text: String,
    links: Vec<Link>,
}

/// A fact in words.
pub(in crate::site) fn fact(label: &str, text: impl Into<String>) -> Fact {
    Fact { label: label.to_owned(), text: text.into(), links: Vec::new() }
}

/// A fact that leads on.
pub(in crate::site) fn linked(label: &str, links: Vec<Link>) -> Fact {
    Fact { label: label.to_owned(), text: String::new(), links }
}

/// Links with words behind them.
pub(in crate::site) fn both(label: &str, links: Vec<Link>, words: Fact) -> Fact {
    Fact { label: label.to_owned(), text: words.text, links }
}

impl Fact {
    /// Whether there is anything to show.
    pub(in crate::site) fn says_something(&self) -> bool {
        !self.text.is_empty() || !self.links.is_empty()
    }
}

impl View<'_> {
    /// What is known of an item beside its state: what is set, in the order in which people ask.
    pub(in crate::site) fn item_facts(self, at: u32) -> Vec<Fact> {
        let (item, resolved) = (self.plan_item(at), self.resolved(at));
        let mut facts = Vec::new();
        let themes: Vec<Link> = resolved.themes.iter().map(|&theme| self.link_to(Target::Theme(theme))).collect();
        if themes.is_empty() {
            let named: Vec<&str> = item.themes.iter().map(|text| text.value.as_str()).collect();
            facts.push(fact("Theme", named.join(", ")));
        } else {
            facts.push(linked(if themes.len() == 1 { "Theme" } else { "Themes" }, themes));
        }
        let outcome = |&(theme, place): &(u32, u32)| {
            let outcome = self.roadmap().plan.themes[theme as usize].outcomes.get(place as usize);
            let label = outcome.map(|outcome| outcome.name().to_owned()).unwrap_or_default();
            Link { label, ..self.link_to(Target::Theme(theme)) }
        };
        let outcomes: Vec<Link> = resolved.outcomes.iter().map(outcome).collect();
        facts.push(linked(if outcomes.len() == 1 { "Outcome" } else { "Outcomes" }, outcomes));
        let horizon = item.horizon.as_ref().map(|horizon| horizon.name.value.clone());
        facts.push(fact("Horizon", horizon.unwrap_or_default()));
        facts.push(linked(if item.owners.len() == 1 { "Owner" } else { "Owners" }, self.owners(&item.owners)));
        facts.push(fact("Team", &*item.team));
        if let Some(score) = resolved.score.result {
            facts.push(fact("Score", format!("{score:.2} ({})", resolved.score.inputs)));
        }
        let is_graded = matches!(self.roadmap().config.scoring, Scoring::Ice | Scoring::IceMean);
        for (name, number) in score::inputs(item, &self.roadmap().config) {
            let text = match name {
                "effort" => words::points(number),
                "confidence" if !is_graded => format!("{} %", Decimal(number.0 * 100)),
                _ => number.to_string(),
            };
            facts.push(fact(&words::capital(&name.replace('_', " ")), text));
        }
        facts.push(fact("Priority", item.priority.as_ref().map(|text| text.value.clone()).unwrap_or_default()));
        let dates = [
            ("Target", &item.target),
            ("Due", &item.due),
            ("Start", &item.start),
            ("Created", &item.created),
            ("Updated", &item.updated),
        ];
        let (planned, past) = dates.split_at(3);
        facts.extend(planned.iter().map(|(label, date)| date_fact(label, date.as_ref())));
        let grouped = |kind: GroupKind| -> Vec<Link> {
            let link = |word: &String| self.link(&address::group(kind, word), word.clone());
            kind.words(item).iter().map(link).collect()
        };
        facts.push(linked("Milestone", grouped(GroupKind::Milestone)));
        facts.push(linked("Tags", grouped(GroupKind::Tag)));
        facts.push(self.addresses("Links", &item.links));
        facts.push(self.addresses("Evidence", &item.evidence));
        facts.push(self.addresses("See also", &resolved.see_also));
        facts.extend(past.iter().map(|(label, date)| date_fact(label, date.as_ref())));
        let waits: Vec<&str> = resolved.remarks.iter().map(|text| text.value.as_str()).collect();
        facts.push(fact("Also waits for", waits.join("; ")));
        facts.retain(Fact::says_something);
        facts
    }

    /// Texts of which some are addresses.
    fn addresses(self, label: &str, texts: &[Text]) -> Fact {
        let (links, words): (Vec<&Text>, Vec<&Text>) = texts.iter().partition(|text| is_web_address(&text.value));
        let link = |text: &&Text| Link { href: text.value.clone(), label: short_address(&text.value) };
        let words: Vec<&str> = words.iter().map(|text| text.value.as_str()).collect();
        Fact { label: label.to_owned(), text: words.join("; "), links: links.iter().map(link).collect() }
    }

    /// The author's own fields.
    pub(in crate::site) fn more_fields(self, extra: &[Field]) -> Vec<Fact> {
        let fact = |field: &Field| {
            let text = flat(&field.value);
            if is_web_address(&text) {
                linked(&field.name.value, vec![Link { label: short_address(&text), href: text }])
            } else {
                fact(&field.name.value, text)
            }
        };
        extra.iter().map(fact).filter(Fact::says_something).collect()
    }
}

fn date_fact(label: &str, date: Option<&Date>) -> Fact {
    fact(label, date.map(words::date).unwrap_or_default())
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
