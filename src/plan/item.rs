//! Items.

use super::dependency_text::dependencies;
use super::values::Reader;
use super::{Confidence, Entry, Input, Item, Number, Text, elsewhere, entry};
use crate::config::Scoring;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Spanned;
use crate::state::State;
use crate::text::yaml;

/// An item.
pub(super) fn item(entry: Entry, reader: &mut Reader<'_>) -> Item {
    let (status, state) = entry::status(reader, silence(reader));
    let confidence = confidence(reader);
    let inputs = Input::ALL.map(|input| match (input, &confidence) {
        (Input::Confidence, Some(read)) => Some(Spanned::new(read.value.share(), read.span)),
        (Input::Confidence, None) => None,
        _ => reader.number_with_location(input.field()),
    });
    let (priority, start) = (priority(reader), reader.date("start"));
    Item {
        item_type: reader.name_words("type"),
        status,
        state,
        horizon: reader.horizon(),
        themes: reader.references("theme"),
        outcomes: reader.references("outcomes"),
        parent: reader.reference("parent"),
        depends_on: dependencies(reader, "depends_on"),
        blocks: dependencies(reader, "blocks"),
        relates: reader.references("relates"),
        supersedes: reader.references("supersedes"),
        superseded_by: reader.references("superseded_by"),
        weighed: weighed(reader, &inputs),
        inputs,
        confidence: confidence.map(|read| read.value),
        priority,
        order: reader.number("order"),
        owners: owners(reader),
        team: reader.name_words("team"),
        tags: reader.names("tags"),
        milestone: reader.name_words("milestone"),
        target: reader.date("target"),
        unread_start: start.is_none().then(|| reader.unread_text("start")).flatten(),
        start,
        due: reader.date("due"),
        created: reader.date("created"),
        updated: reader.date("updated"),
        links: reader.list("links"),
        evidence: reader.sentences("evidence"),
        entry,
    }
}

/// The state of an item that says no status as a field. One that says it in another form is not silent.
fn silence(reader: &Reader<'_>) -> State {
    let silence = reader.config.silence.unwrap_or(State::Unknown);
    let is_status = |name: &str| reader.known_field(name) == Some("status");
    let is_silent = || elsewhere::status_elsewhere(reader.document, is_status).is_none();
    if silence == State::Unknown || reader.value("status").is_some() || is_silent() { silence } else { State::Unknown }
}

/// Who answers for it, each once: `@ana` and `ana` are one name.
fn owners(reader: &Reader<'_>) -> Vec<String> {
    let mut owners: Vec<String> = Vec::new();
    for owner in reader.names("owner") {
        let owner = owner.trim_start_matches('@');
        if !owners.iter().any(|known| known == owner) {
            owners.push(owner.to_owned());
        }
    }
    owners
}

/// The priority as written. Says so where the plan is scored by priorities and this one weighs nothing that is known.
fn priority(reader: &mut Reader<'_>) -> Option<Text> {
    let priority = reader.name("priority").filter(|priority| !priority.value.is_empty())?;
    let config = reader.config;
    if config.scoring == Scoring::Priority && config.priority_weight(&priority.value).is_none() {
        let message = format!("the priority `{}` has no weight", priority.value);
        let help = format!("give it one in roadbook.yml: `priorities: {{{}: 100}}`", yaml(&priority.value));
        let diagnostic = Diagnostic::new(Code::UNKNOWN_PRIORITY, reader.location(priority.span), message)
            .label("shown as it is, and the item is unscored")
            .help(help);
        reader.report(diagnostic);
    }
    Some(priority)
}

fn confidence(reader: &mut Reader<'_>) -> Option<Spanned<Confidence>> {
    let field = Input::Confidence.field();
    let text = reader.unread_text(field)?;
    let number = reader.number(field)?;
    let read = Confidence::new(number, text.value.ends_with('%'));
    if read.is_none() {
        let message = format!("a confidence of `{}` is over 100 %", text.value);
        let diagnostic = Diagnostic::new(Code::UNREADABLE_NUMBER, reader.location(text.span), message)
            .help("write a share from 0 to 1, or a percentage up to 100");
        reader.give_back(field);
        reader.report(diagnostic);
    }
    read.map(|read| Spanned::new(read, text.span))
}

/// The numbers behind the configuration's weights: those that every plan has, and fields of the author's own.
fn weighed(reader: &mut Reader<'_>, inputs: &[Option<Number>; 8]) -> Vec<Option<Number>> {
    let config = reader.config;
    let number = |weight: &crate::config::Weight| {
        let known = reader.known_field(&weight.name);
        match known.and_then(Input::of_field) {
            Some(input) => inputs[input as usize].clone(),
            None => match known {
                Some(field) => reader.number_with_location(field),
                None => reader.own_number(&weight.name),
            },
        }
    };
    config.weights.iter().map(number).collect()
}
