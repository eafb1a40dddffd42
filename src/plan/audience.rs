//! Who may see a file, by what it says itself. Fails closed: what was said and cannot be read, or stands where it does not belong, counts
//! as internal, and words by which other tools keep something from the public are not passed over.

use std::borrow::Cow;

use super::Visibility;
use super::declared::VisibilityNames;
use super::flags::{flag, has_closed, is_about_visibility};
use super::outside::{conflicts, is_of_unclear, lines};
use super::values::Reader;
use crate::config::Kind;
use crate::diagnostic::{Code, Diagnostic};
use crate::name::narrow;
use crate::nearest::{is_near, plain};
use crate::parse::{Field, Node, Value};
use crate::source::{Source, Span};

/// Whether a field of this name cannot itself be hidden: every page needs it, or it may say who may see the file.
pub(super) fn decides(name: &str) -> bool {
    ["id", "kind", "title"].contains(&plain(name).as_str()) || is_about_visibility(name)
}

/// Who may see a thing, and whether its file says so in a way that can be read.
pub(super) fn visibility(reader: &mut Reader<'_>, kind: Kind) -> (Visibility, bool) {
    let said = declared(reader);
    if let Some((span, message)) = said.wrong {
        report(reader, span, message);
        return (Visibility::Internal, false);
    }
    reader.all("visibility").into_iter().for_each(|value| reader.take_all(value));
    let is_held = reader.config.internal.holds(&reader.document.source.path);
    let flag = if said.visibility.is_some() { None } else { flag(reader, kind) };
    let of_flag = flag.as_ref().and_then(|flag| flag.means);
    if let (Some(flag), None) = (&flag, of_flag) {
        let word = &flag.field.name.value;
        let message = format!("`{word}` may mean that not everybody may see this");
        let help = format!(
            "say in roadbook.yml what it means, `internal: {{flags: {{{word}: internal}}}}` or `public`, or write `visibility:` into the file"
        );
        let diagnostic = Diagnostic::new(Code::UNDECIDED_VISIBILITY, reader.location(flag.span()), message)
            .label("nothing is published for everybody until this is clear")
            .help(help);
        reader.report(diagnostic);
    }
    let is_internal = is_held || said.visibility.or(of_flag) == Some(Visibility::Internal);
    (if is_internal { Visibility::Internal } else { Visibility::Public }, said.visibility.or(of_flag).is_some())
}

/// What the fields that are called `visibility` say.
struct Declared {
    visibility: Option<Visibility>,
    /// Where it cannot be read, and why.
    wrong: Option<(Span, String)>,
}

fn declared(reader: &Reader<'_>) -> Declared {
    let words = reader.all("visibility");
    let wrong = |span, message: String| Declared { visibility: None, wrong: Some((span, message)) };
    if let Some(value) = words.iter().find(|value| read(value).is_none()) {
        return wrong(value.span, "`visibility` is neither `public` nor `internal`".to_owned());
    }
    let is_disputed =
        |value: &&&Value| conflicts(reader.whole).any(|span| (span.start..span.end).contains(&value.span.start));
    if let Some(value) = words.iter().find(is_disputed) {
        return wrong(value.span, "`visibility` stands in a merge conflict".to_owned());
    }
    let mut twice = given_twice(reader);
    if let Some(span) = twice.find(|span| plain(reader.document.source.slice(*span)).starts_with("visibility")) {
        return wrong(span, "`visibility` is given twice".to_owned());
    }
    let fields = &reader.whole.fields;
    let names = &reader.registry.visibility;
    // A colon of another width is none to YAML, and a part of the name.
    let is_slip = |field: &&Field| {
        let name = &field.name.value;
        reader.known_field(name).is_none() && (is_near_visibility(name) || declared_name(name, names).is_some())
    };
    if let Some(field) = fields.iter().find(is_slip) {
        return wrong(field.name.span, format!("`{}` looks like `visibility`", field.name.value));
    }
    if let Some((span, name)) = fields.iter().find_map(|field| nested(&field.value, names, &reader.document.source)) {
        return wrong(span, format!("`{name}` stands inside another field, where nobody reads it"));
    }
    let is_internal = words.iter().any(|value| read(value) == Some(Visibility::Internal));
    let visibility = if is_internal { Visibility::Internal } else { Visibility::Public };
    Declared { visibility: (!words.is_empty()).then_some(visibility), wrong: None }
}

/// The names of fields that stand in the file for a second time.
pub(super) fn given_twice(reader: &Reader<'_>) -> impl Iterator<Item = Span> {
    let twice = reader.document.diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::DUPLICATE_FIELD);
    twice.filter_map(|diagnostic| diagnostic.location.as_ref()).map(|location| location.span)
}

fn read(value: &Value) -> Option<Visibility> {
    match &value.node {
        Node::Scalar(text) => match text.trim().to_lowercase().as_str() {
            "public" => Some(Visibility::Public),
            "internal" => Some(Visibility::Internal),
            _ => None,
        },
        Node::List(_) | Node::Map(_) => None,
    }
}

/// Where in a value, at any depth, something is called `visibility`, or nearly, and what: an entry of a map, or a line of a text that reads
/// like one. By another name that the configuration gives the field, where it closes the file.
fn nested(value: &Value, names: &VisibilityNames, source: &Source) -> Option<(Span, String)> {
    let is_given = |entry: &Field| names.is_given(&entry.name.value) && has_closed(&entry.value.flat());
    let is_one = |entry: &&Field| {
        let name = &entry.name.value;
        is_near_visibility(name) || declared_name(name, names).is_some() || is_given(entry)
    };
    let entry = value.entries().into_iter().find(is_one);
    // A text over several lines has spaces in place of their ends.
    let in_lines = |span| Some(source.slice(span)).filter(|text| text.contains(['\n', '\r']));
    let named = |(text, span)| {
        let name = declared_name(text, names).or_else(|| declared_name(in_lines(span)?, names));
        name.map(|name| (span, name))
    };
    let text = || value.texts().into_iter().find_map(named);
    entry.map(|entry| (entry.name.span, entry.name.value.clone())).or_else(text)
}

/// The name in a line of a text that reads like a field which says who may see the file.
fn declared_name(text: &str, names: &VisibilityNames) -> Option<String> {
    let narrow = narrow(text);
    // Only with a sign that YAML does not know is any other field than `visibility` no field of its own.
    let is_narrow = matches!(narrow, Cow::Borrowed(_));
    let declares = |line: &&str| match is_narrow {
        true => names.declares_visibility(line),
        false => names.is_declaration(line),
    };
    let line = lines(&narrow).find(declares)?;
    let name = line.split([':', '=']).next().unwrap_or(line);
    Some(name.trim_matches(|c: char| !c.is_alphanumeric()).to_owned())
}

fn report(reader: &mut Reader<'_>, span: Span, message: String) {
    // A bracket or a quote that is never closed takes in what stands behind it.
    let holds = |outer: Span, inner: Span| outer.start <= inner.start && inner.start < outer.end;
    let is_other = |field: &&Field| !is_near_visibility(&field.name.value) && holds(field.value.span, span);
    let is_inside = reader.whole.fields.iter().any(|field| is_other(&field));
    let is_cause = |found: &&Diagnostic| {
        let location = found.location.as_ref();
        is_of_unclear(found) && location.is_some_and(|location| is_inside || holds(span, location.span))
    };
    let cause = reader.whole.diagnostics.iter().find(is_cause);
    let diagnostic = Diagnostic::new(Code::INVALID_VISIBILITY, reader.location(span), message)
        .label("counts as internal")
        .help("write `visibility: internal` or `visibility: public` as a field of its own")
        .follows(cause);
    reader.report(diagnostic);
}

/// Whether a name is near enough to `visibility` to have been meant for it. Three slips away there are other words, such as `usability`.
pub(super) fn is_near_visibility(name: &str) -> bool {
    let name = &*narrow(name);
    if !may_be_visibility(name.as_bytes()) {
        return false;
    }
    // A Turkish keyboard has an `i` without its dot.
    let name = &name.replace('ı', "i");
    name.split('.').any(|part| is_near(&plain(part), "visibility", 1))
        || is_near(&plain(name), "visibility", 2) && plain(name).len() <= 11
        || plain(name) == "visibilities"
}

/// Whether a text has enough letters of `visibility` to hold a name near to it. Every name and every line of a plan is asked, and few have them.
pub(super) fn may_be_visibility(text: &[u8]) -> bool {
    // The last five bits of a letter are the same in both cases. A sign that shares them lets a name pass that is none.
    const fn letters(text: &[u8]) -> u32 {
        let (mut letters, mut index) = (0, 0);
        while index < text.len() {
            letters |= 1 << (text[index] & 31);
            index += 1;
        }
        letters
    }
    // Two slips leave four of these; no sign outside of ASCII becomes one of them in lower case.
    const WANTED: u32 = letters(b"vsblty");
    (letters(text) & WANTED).count_ones() >= 4
}
