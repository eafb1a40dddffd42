//! Vision, themes and pages, and what things of all kinds have.

use std::collections::HashSet;
use std::sync::Arc;

use super::values::{self, Reader};
use super::{Entry, EntryKey, Outcome, Page, Theme, Vision, audience, ids, names, outside, own_fields};
use crate::config::Kind;
use crate::diagnostic::{Code, Diagnostic};
use crate::markdown;
use crate::name;
use crate::number::Decimal;
use crate::parse::{Node, Value};
use crate::source::{Span, Spanned};
use crate::state::{State, state};
use crate::text::yaml;

/// What things of all kinds have. Where an id is given twice, another slug is settled when all ids are known.
pub(super) fn entry(reader: &mut Reader<'_>) -> Entry {
    let kind = kind(reader);
    let id = ids::id(reader);
    let title = title(reader, &id);
    let (visibility, says_visibility) = audience::visibility(reader, kind);
    let summary = reader.text("summary").map(|text| text.value);
    Entry {
        kind,
        summary: summary.unwrap_or_else(|| reader.document.outline.summary.clone()),
        aliases: reader.list("aliases"),
        visibility,
        says_visibility,
        doubt: reader.registry.visibility.doubt(reader.document),
        extra: Vec::new(),
        document: Arc::clone(reader.document),
        parts: Vec::new(),
        collection: reader.collection_index,
        slug: name::address(&id),
        shadowed_by: None,
        key: Arc::new(EntryKey {
            folded: name::folded(&id),
            id: id.clone(),
            path: reader.document.source.path.clone(),
            title: name::folded_words(&markdown::compared(&title)),
        }),
        id,
        title,
    }
}

/// The folder says the kind; the front matter may say otherwise.
fn kind(reader: &Reader<'_>) -> Kind {
    let kinds = [Kind::Vision, Kind::Theme, Kind::Item, Kind::Page];
    let word = reader.unread_text("kind");
    let kind = word.as_ref().and_then(|word| kinds.into_iter().find(|kind| kind.word() == word.value.to_lowercase()));
    word.filter(|_| kind.is_some()).iter().for_each(|word| reader.take(word.span));
    kind.unwrap_or(reader.collection.kind)
}

/// The title: front matter, else the first heading of level 1, else the file's name. A heading that begins with the thing's own id
/// (`TEP-12: Title`) gives the rest.
fn title(reader: &Reader<'_>, id: &str) -> String {
    if let Some(text) = reader.text("title").filter(|text| !text.value.is_empty()) {
        return text.value;
    }
    let heading = reader.document.outline.title.as_ref().map(|(text, _)| text.as_str());
    let heading = heading.map(|text| without_id(text, id)).filter(|text| !text.is_empty());
    let title = heading.map_or_else(|| ids::title_of_file(&reader.document.source.path), str::to_owned);
    name::composed(&title).into_owned()
}

/// A heading without an id that it begins with. An id without a digit is a word, which the title may well begin with.
pub(super) fn without_id<'a>(heading: &'a str, id: &str) -> &'a str {
    let is_number = id.contains(|c: char| c.is_ascii_digit());
    let begins = heading.get(..id.len()).is_some_and(|head| is_number && head.eq_ignore_ascii_case(id));
    let rest = heading.get(id.len()..).filter(|_| begins).unwrap_or_default().trim_start();
    let title = rest.trim_start_matches([':', '-', '–', '—', '.']);
    // `T-7.5` and `T-7-b` are other ids.
    let is_separated = title.len() < rest.len() && (title.starts_with(char::is_whitespace) || rest.starts_with(':'));
    if is_separated && !title.trim().is_empty() { title.trim() } else { heading.trim() }
}

/// The state of a theme or an item, by its status and its collection's rules. Says so where a status means nothing.
pub(super) fn status(reader: &mut Reader<'_>, default: State) -> (Option<super::Text>, State) {
    let status = said_status(reader);
    let collection = reader.collection;
    let of_collection = collection.state;
    let words = [&collection.states, &reader.config.states];
    let of_word = |word: &super::Text| state(reader.bare(word), &words);
    let read = status.as_ref().and_then(|(whole, each)| {
        let all: Option<HashSet<State>> = each.iter().map(of_word).collect();
        // Several words are a status where they mean the same.
        of_word(whole).or_else(|| all.filter(|states| states.len() == 1)?.into_iter().next())
    });
    let read = read.map(|read| if is_disputed(reader, read, &of_word) { State::Unknown } else { read });
    let status = status.map(|(whole, _)| whole);
    let state = match (of_collection, read) {
        (Some(state), _) if collection.overrides => state,
        (_, Some(state)) => state,
        (Some(state), None) => state,
        (None, None) if status.is_none() => default,
        (None, None) => State::Unknown,
    };
    if let (Some(status), None) = (&status, read) {
        let diagnostic = Diagnostic::new(
            Code::UNKNOWN_STATUS,
            reader.location(status.span),
            format!("`{}` has no state mapping", status.value),
        )
        .label(format!("shown as it is, state `{}`", state.word()))
        .help(format!(
            "say what it means in roadbook.yml: `states: {{{}: planned}}` (idea, planned, active, done, dropped, paused)",
            yaml(&status.value)
        ));
        reader.report(diagnostic);
    }
    (status, state)
}

/// Whether the file says the status once more and so that the first cannot count: the other side of a merge conflict says another one, or the
/// other says that what looks open is not to be started.
fn is_disputed(reader: &Reader<'_>, read: State, of_word: &dyn Fn(&super::Text) -> Option<State>) -> bool {
    let body = reader.document.body.start;
    // What the other side says of itself stands in the body then.
    let is_over_the_end = |span: Span| span.start < body && span.end > body;
    if outside::conflicts(reader.document).any(is_over_the_end) {
        return true;
    }
    let all = reader.all("status");
    if all.len() < 2 {
        return false;
    }
    let is_in_conflict = outside::conflicts(reader.document).next().is_some();
    let others = all.into_iter().filter(|value| !values::is_nothing(value));
    let mut others = others.filter_map(|value| of_word(&Spanned::new(value.flat(), value.span)));
    let is_open = matches!(read, State::Planned | State::Active);
    others.any(|other| other != read && (is_in_conflict || is_open && other == State::Paused))
}

/// The status as written, and the words that it is made of where it is a list of them.
fn said_status(reader: &Reader<'_>) -> Option<(super::Text, Vec<super::Text>)> {
    let value = reader.value("status")?;
    if names::is_labelled(value) {
        reader.take_all(value);
        return Some((Spanned::new(value.flat(), value.span), Vec::new()));
    }
    let mut each = Vec::new();
    if !matches!(value.node, Node::Scalar(_)) {
        let texts = value.texts().into_iter().map(|(text, span)| Spanned::new(text.trim().to_owned(), span));
        each.extend(texts.filter(|text| !values::is_placeholder(&text.value)));
    }
    if each.len() < 2 {
        return Some((reader.name("status")?, Vec::new()));
    }
    reader.take_all(value);
    Some((Spanned::new(value.flat(), value.span), each))
}

/// A vision.
pub(super) fn vision(entry: Entry, reader: &mut Reader<'_>) -> Vision {
    let texts = |field: &str| reader.sentences(field).into_iter().map(|text| text.value).collect();
    Vision {
        product_goal: reader.words("product_goal"),
        customers: texts("customers"),
        needs: texts("needs"),
        category: reader.entry("positioning", "category"),
        alternative: reader.entry("positioning", "alternative"),
        differentiator: reader.entry("positioning", "differentiator"),
        north_star: reader.words("north_star"),
        reviewed: reader.date("reviewed"),
        entry,
    }
}

/// A theme.
pub(super) fn theme(entry: Entry, reader: &mut Reader<'_>) -> Theme {
    let (status, state) = status(reader, State::Planned);
    Theme {
        status,
        state,
        horizon: reader.horizon(),
        owners: reader.names("owner"),
        outcomes: outcomes(reader),
        investment: investment(reader),
        evidence: reader.sentences("evidence"),
        order: reader.number("order"),
        entry,
    }
}

/// The share of the effort meant for a theme, in per cent, with or without the sign.
fn investment(reader: &mut Reader<'_>) -> Option<Decimal> {
    let number = reader.number("investment")?;
    let has_sign = reader.text("investment").is_some_and(|text| text.value.ends_with('%'));
    Some(if has_sign { Decimal(number.0.saturating_mul(100)) } else { number })
}

/// A page.
pub(super) fn page(entry: Entry, reader: &mut Reader<'_>) -> Page {
    Page { order: reader.number("order"), entry }
}

fn outcomes(reader: &Reader<'_>) -> Vec<Outcome> {
    let list = reader.all("outcomes").into_iter().filter(|value| !values::is_nothing(value));
    let list = list.flat_map(|value| match &value.node {
        Node::List(list) => list.as_slice(),
        Node::Scalar(_) | Node::Map(_) => std::slice::from_ref(value),
    });
    let says_something = |outcome: &Outcome| {
        [&outcome.id, &outcome.metric, &outcome.baseline, &outcome.target, &outcome.current]
            .iter()
            .any(|text| !text.is_empty())
    };
    let named = |outcome: Outcome| match outcome.id.is_empty() {
        true => Outcome { id: name::slug(&outcome.metric), ..outcome },
        false => outcome,
    };
    let read = |value: &Value| {
        let outcome = Some(outcome(value)).filter(says_something)?;
        reader.take_all(value);
        Some(named(outcome))
    };
    list.filter_map(read).collect()
}

/// One outcome. What else its map says is kept in it.
fn outcome(value: &Value) -> Outcome {
    match &value.node {
        Node::Map(entries) => {
            let mut taken = HashSet::new();
            let mut text = |name| {
                let text = values::named_text(entries, name)?;
                taken.insert(text.span);
                Some(text.value)
            };
            let [id, metric, baseline, target, current, unit] =
                ["id", "metric", "baseline", "target", "current", "unit"].map(|name| text(name).unwrap_or_default());
            let extra = own_fields::rest_of(entries, &taken);
            Outcome { id, metric, baseline, target, current, unit, extra, span: value.span }
        }
        Node::Scalar(text) => Outcome { metric: text.clone(), span: value.span, ..Outcome::default() },
        Node::List(_) => Outcome { span: value.span, ..Outcome::default() },
    }
}
