//! Properties: what the author said in the front matter, as lines of a table.

use serde::Serialize;

use std::borrow::Cow;

use super::{Link, View, words};
use crate::id::ItemId;
use crate::markdown;
use crate::number::Decimal;
use crate::parse::Field;
use crate::plan::Text;
use crate::record::{PROPERTIES, Property, PropertyValue};
use crate::resolve::{MAX_PAGES_OF_FIELD, OutcomeId, RoadmapItem, Target, score};
use crate::site::address::GroupKind;
use crate::text::capital;

/// One line of a table of properties: text, or links, or both (links first).
#[derive(Clone, Debug, Serialize)]
pub(in crate::site) struct PropertyView {
    /// The skin's word; among the author's own fields the author's.
    label: String,
    text: String,
    /// The language of `text` where the author wrote it and it is not English; else "".
    lang: String,
    /// Their labels are the author's.
    links: Vec<Link>,
}

/// A property in words.
pub(in crate::site) fn text(label: &str, text: impl Into<String>) -> PropertyView {
    PropertyView { label: label.to_owned(), text: text.into(), lang: String::new(), links: Vec::new() }
}

/// A property that leads on.
pub(in crate::site) fn linked(label: &str, links: Vec<Link>) -> PropertyView {
    PropertyView { label: label.to_owned(), text: String::new(), lang: String::new(), links }
}

/// Links with words behind them.
pub(in crate::site) fn both(label: &str, links: Vec<Link>, words: PropertyView) -> PropertyView {
    PropertyView { label: label.to_owned(), text: words.text, lang: words.lang, links }
}

impl PropertyView {
    /// The same, its text in a language.
    pub(in crate::site) fn in_language(self, lang: String) -> PropertyView {
        PropertyView { lang, ..self }
    }

    /// Whether there is anything to show.
    pub(in crate::site) fn says_something(&self) -> bool {
        !self.text.is_empty() || !self.links.is_empty()
    }
}

impl<'a> View<'a> {
    /// What is known of an item beside its state: what is set, in the order of the record.
    pub(in crate::site) fn item_properties(self, id: ItemId) -> Vec<PropertyView> {
        let item = self.roadmap().item(id);
        let listed = PROPERTIES.iter().filter(|property| property.is_listed);
        let mut views: Vec<PropertyView> =
            listed.flat_map(|property| self.property_views(item, property, (property.value)(item))).collect();
        views.retain(PropertyView::says_something);
        views
    }

    /// A property as a page shows it: one line, or one for each number that the framework reads.
    fn property_views(self, item: RoadmapItem<'a>, property: &Property, value: PropertyValue<'a>) -> Vec<PropertyView> {
        let label = |number: usize| if number == 1 { property.label } else { property.label_of_many };
        if let Some(kind) = GroupKind::of_property(property.key) {
            let groups = self.site.groups(kind);
            let link = |word: &String| self.link(&groups.address(word), word.clone());
            let (words, rest) = kind.words(item.plan());
            let rest = text("", rest.join(", ")).in_language(self.lang());
            return vec![both(label(words.len()), words.iter().map(link).collect(), rest)];
        }
        let view = match value {
            PropertyValue::Themes { found: [], .. } => {
                let named: Vec<&str> = item.plan().themes.iter().map(|text| text.value.as_str()).collect();
                text(property.label, named.join(", ")).in_language(self.lang())
            }
            PropertyValue::Themes { found, .. } => {
                linked(label(found.len()), found.iter().map(|&theme| self.link_to(Target::Theme(theme))).collect())
            }
            PropertyValue::Outcomes(outcomes) => {
                let link = |&OutcomeId { theme, index }: &OutcomeId| {
                    let label = self.roadmap().plan.themes[theme].outcomes[index].name().to_owned();
                    Link { label, ..self.link_to(Target::Theme(theme)) }
                };
                linked(label(outcomes.len()), outcomes.iter().map(link).collect())
            }
            PropertyValue::Item(id) => linked(property.label, vec![self.link_to(Target::Item(id))]),
            PropertyValue::Items(items) => {
                linked(label(items.len()), items.iter().map(|&id| self.link_to(Target::Item(id))).collect())
            }
            PropertyValue::Texts(texts) => self.addresses(property.label, texts),
            PropertyValue::Date(date) => text(property.label, words::date(date)),
            PropertyValue::Score(score) => {
                let shown = score.result.map(|result| format!("{result:.2} ({})", score.inputs));
                text(property.label, shown.unwrap_or_default())
            }
            PropertyValue::Inputs(inputs) => {
                return inputs.into_iter().map(|(name, number)| self.input(name, number)).collect();
            }
            PropertyValue::Text(words) if property.key == "horizon" => {
                let lang = self.lang_of_horizon(Some(&words));
                text(property.label, words).in_language(lang)
            }
            PropertyValue::Text(words) => text(property.label, words).in_language(self.lang()),
            value => text(label(0), value.plain(self.roadmap())),
        };
        vec![view]
    }

    /// Links to the pages of owners, and those who have none: of a theme, people without an item.
    pub(in crate::site) fn owners(self, owners: &[String]) -> (Vec<Link>, Vec<&str>) {
        let groups = self.site.groups(GroupKind::Owner);
        let (mut links, mut others) = (Vec::new(), Vec::new());
        for (index, owner) in owners.iter().enumerate() {
            if index < MAX_PAGES_OF_FIELD && groups.has(owner) {
                links.push(self.link(&groups.address(owner), owner.clone()));
            } else {
                others.push(owner.as_str());
            }
        }
        (links, others)
    }

    /// A number that the framework reads.
    fn input(self, name: &str, number: Decimal) -> PropertyView {
        let is_graded = score::grades_confidence(self.roadmap().config.scoring);
        let shown = match name {
            "effort" => words::points(number),
            "confidence" if !is_graded => format!("{} %", Decimal(number.0 * 100)),
            _ => number.to_string(),
        };
        text(&capital(&name.replace('_', " ")), shown)
    }

    /// Texts of which some are addresses.
    fn addresses(self, label: &str, texts: &[Text]) -> PropertyView {
        let (mut links, mut words) = (Vec::new(), Vec::new());
        for text in texts {
            match address(&text.value) {
                Some((label, href)) => links.push(Link { href: href.to_owned(), label: label.into_owned() }),
                None => words.push(text.value.as_str()),
            }
        }
        PropertyView { label: label.to_owned(), text: words.join("; "), lang: self.lang(), links }
    }

    /// The author's own fields.
    pub(in crate::site) fn more_fields(self, extra: &[Field]) -> Vec<PropertyView> {
        let view = |field: &Field| {
            let value = field.value.flat();
            if is_web_address(&value) {
                linked(&field.name.value, vec![Link { label: short_address(&value), href: value }])
            } else {
                text(&field.name.value, value)
            }
        };
        extra.iter().map(view).filter(PropertyView::says_something).collect()
    }
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

/// The address that a text is, and what it is called: `https://…`, `[the ticket](https://…)` or `the ticket (https://…)`.
pub(super) fn address(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let (label, href) = match text.strip_suffix(')').filter(|_| !is_web_address(text)) {
        Some(inner) => {
            let linked = inner.strip_prefix('[').and_then(|inner| inner.split_once("]("));
            linked.or_else(|| inner.rsplit_once(" (")).filter(|(label, _)| !label.trim().is_empty())?
        }
        None => ("", text),
    };
    let label = if label.is_empty() { Cow::Owned(short_address(href)) } else { Cow::Borrowed(label.trim()) };
    is_web_address(href).then_some((label, href))
}
