//! Items.

use super::values::Reader;
use super::{Entry, Input, Item, entry};
use crate::diagnostic::{Code, Diagnostic};
use crate::number::{Decimal, ONE};
use crate::state::State;

/// An item.
pub(super) fn item(entry: Entry, reader: &mut Reader<'_>) -> Item {
    let (status, state) = entry::status(reader, State::Unknown);
    Item {
        kind_word: reader.words("type"),
        status,
        state,
        horizon: reader.horizon(),
        themes: reader.references("theme"),
        outcomes: reader.references("outcomes"),
        parent: reader.references("parent").into_iter().next(),
        depends_on: reader.references("depends_on"),
        blocks: reader.references("blocks"),
        relates: reader.references("relates"),
        supersedes: reader.references("supersedes"),
        superseded_by: reader.references("superseded_by"),
        inputs: Input::ALL.map(|input| number(reader, input)),
        priority: reader.text("priority"),
        order: reader.number("order"),
        owners: reader.words_list("owner").into_iter().map(|owner| owner.trim_start_matches('@').to_owned()).collect(),
        team: reader.words("team"),
        tags: reader.words_list("tags"),
        milestone: reader.words("milestone"),
        target: reader.date("target"),
        start: reader.date("start"),
        due: reader.date("due"),
        created: reader.date("created"),
        updated: reader.date("updated"),
        links: reader.list("links"),
        evidence: reader.sentences("evidence"),
        entry,
    }
}

/// One of the numbers for scoring. A confidence over 1 was meant in percent: `80` is `0.8`.
fn number(reader: &mut Reader<'_>, input: Input) -> Option<Decimal> {
    let number = reader.number(input.field())?;
    if input != Input::Confidence || number.0 <= ONE {
        return Some(number);
    }
    let percent = Decimal(number.0 / 100);
    if percent.0 <= ONE {
        return Some(percent);
    }
    let span = reader.text(input.field())?.span;
    let message = format!("a confidence of `{number}` is over 100 %");
    let diagnostic = Diagnostic::new(Code::UNREADABLE_NUMBER, reader.place(span), message)
        .help("write a share from 0 to 1, or a percentage up to 100");
    reader.report(diagnostic);
    None
}
