//! Where what an author wrote is found again: on the page of the thing, in its record in `roadmap.json`, or in a finding at its place.

use std::collections::BTreeMap;

use roadbook::diagnostic::{Code, Diagnostic};
use roadbook::discover::Inputs;
use roadbook::name;
use roadbook::visibility::Audience;
use serde_json::Value;

use super::written::{Written, written};
use crate::support::{resolved, site_with, text_at};

/// Findings that say of a place that it was not read, so that what stands there or below it is not looked for.
const NOT_READ: [Code; 5] = [
    Code::DUPLICATE_FIELD,
    Code::INVALID_TOML,
    Code::INVALID_YAML,
    Code::UNSUPPORTED_YAML,
    Code::UNTERMINATED_FRONT_MATTER,
];

/// Words that stand for nothing in a field that Roadbook knows.
const NOTHING: [&str; 10] = ["none", "tbd", "n/a", "na", "null", "~", "-", "[]", "{}", "?"];

/// Sizes, and the numbers that they are shown as.
const SIZES: [(&str, &str); 6] = [("xs", "1"), ("s", "2"), ("m", "3"), ("l", "5"), ("xl", "8"), ("xxl", "13")];

/// Words that show in where a thing stands and who is given it.
const PLACES: [&str; 6] = ["public", "internal", "item", "theme", "page", "vision"];

/// A thing as readers find it.
struct Shown {
    id: String,
    path: String,
    /// Letters, digits and emoji of its page, with the addresses on it.
    page: String,
    /// The same of its record.
    record: String,
    /// The numbers and dates in both.
    numbers: Vec<String>,
}

/// Where in a file something is lost, and what. `both` says of a field whether it must be on the page and in the record.
pub(super) fn lost(inputs: &Inputs, both: impl Fn(&str) -> bool) -> Vec<String> {
    let roadmap = resolved(inputs, Audience::Internal);
    let diagnostics = roadmap.diagnostics.clone();
    let site = site_with(roadmap, inputs.into());
    let json: Value = serde_json::from_str(&text_at(&site, "roadmap.json")).expect("JSON");
    let lists = ["themes", "items", "pages"].iter().flat_map(|list| json[list].as_array().expect("a list"));
    let things: Vec<Shown> = lists
        .chain(Some(&json["vision"]).filter(|vision| !vision.is_null()))
        .map(|record| {
            let text = |key: &str| record[key].as_str().unwrap_or_default().to_owned();
            let page = text_of(&text_at(&site, &text("address")));
            let record = record.to_string();
            Shown {
                id: text("id"),
                path: text("path"),
                numbers: numbers(&format!("{page} {record}")),
                page: letters(&page),
                record: letters(&unescaped(&record)),
            }
        })
        .collect();
    let by_path: BTreeMap<&str, &Shown> = things.iter().map(|thing| (thing.path.as_str(), thing)).collect();
    let mut lost = Vec::new();
    for (source, _) in &inputs.sources {
        let Some(thing) = by_path.get(source.path.as_str()) else {
            lost.push(format!("{}: the file", source.path));
            continue;
        };
        for piece in written(&source.text) {
            let is_found = thing.has(&piece, both(piece.field.as_deref().unwrap_or_default()))
                || thing.has_in_another_form(&piece, &things)
                || diagnostics.iter().any(|found| is_at(found, &source.path, &piece));
            if !is_found {
                let field = piece.field.as_deref().unwrap_or("the body");
                lost.push(format!("{}:{}: {field}: {}", source.path, piece.line, piece.text));
            }
        }
    }
    lost
}

impl Shown {
    fn has(&self, piece: &Written, in_both: bool) -> bool {
        let wanted = letters(&piece.text);
        // Codes in code stay as they are written.
        let with_emoji = letters(&with_emoji(&piece.text));
        let page = self.page.contains(&wanted) || self.page.contains(&with_emoji);
        let record = self.record.contains(&wanted) || self.record.contains(&with_emoji);
        match &piece.field {
            _ if wanted.is_empty() => true,
            Some(_) if in_both => page && record,
            Some(_) => page || record,
            // The id that a title begins with is shown beside it.
            None => page || wanted.strip_prefix(&letters(&self.id)).is_some_and(|rest| self.page.contains(rest)),
        }
    }

    /// What is shown in another form: a number, a size, a date, a reference, and what stands for nothing.
    fn has_in_another_form(&self, piece: &Written, things: &[Shown]) -> bool {
        let Some(field) = &piece.field else { return false };
        let text = piece.text.trim().trim_matches('"').to_lowercase();
        let has_number = |number: &str| self.numbers.iter().any(|shown| same_number(shown, number));
        let named = SIZES.iter().find(|(size, _)| *size == text).map(|(_, number)| *number);
        NOTHING.contains(&text.as_str())
            || ["visibility", "kind"].contains(&field.as_str()) && PLACES.contains(&text.as_str())
            || named.is_some_and(has_number)
            || has_number(&text)
            || date(&text).is_some_and(|date| self.record.contains(&letters(&date)))
            || self.refers(&text, things)
    }

    /// Whether the record has the id of what a text refers to by its path or its title, and has or shows the other words.
    fn refers(&self, text: &str, things: &[Shown]) -> bool {
        let file = |text: &str| text.rsplit(['/', '\\']).next().unwrap_or(text).trim_end_matches(".md").to_owned();
        // The title of what a link leads to stands for its words.
        let text = match (text.strip_prefix("[[").and_then(|rest| rest.split_once('|')), text.split_once("](")) {
            (Some((name, _)), _) => name,
            (_, Some((words, target))) if words.starts_with('[') => target,
            _ => text,
        };
        let words = text.split(|c: char| c.is_whitespace() || "[]()|,;:".contains(c)).filter(|word| !word.is_empty());
        words.into_iter().all(|word| {
            // An older prefix of an id stands for the one that it has now.
            let number = |id: &str| id.trim_start_matches(|c: char| !c.is_ascii_digit()).to_owned();
            let (name, wanted) = (file(word), letters(&file(word)));
            let is_meant = |thing: &&Shown| {
                file(&thing.path.to_lowercase()) == name
                    || !number(word).is_empty() && number(word) == number(&thing.id)
            };
            wanted.is_empty()
                || self.record.contains(&wanted)
                || self.page.contains(&wanted)
                || things.iter().filter(is_meant).any(|thing| self.record.contains(&letters(&thing.id)))
        })
    }
}

/// Whether a finding is at the place of a piece and says it, or says of the place, or of a key that it stands below, that it was not read.
fn is_at(found: &Diagnostic, path: &str, piece: &Written) -> bool {
    let Some(location) = found.location.as_ref().filter(|location| location.source.path == path) else { return false };
    let line = location.line_column().0;
    let said = [Some(&found.message), found.label.as_ref(), found.help.as_ref()].into_iter().flatten();
    let says = || said.clone().any(|text| letters(text).contains(&letters(&piece.text)));
    // A line that parts two sides is shown by the finding of the conflict.
    if found.code == Code::MERGE_CONFLICT && found.related.iter().any(|(place, _)| place.line_column().0 == piece.line)
    {
        return true;
    }
    if NOT_READ.contains(&found.code) {
        return line == piece.line || piece.above.contains(&line);
    }
    let text = location.source.text.as_bytes();
    let lines = location.span.start as usize..(location.span.end as usize).min(text.len());
    let last = line + text[lines].iter().filter(|byte| **byte == b'\n').count();
    // The finding shows all lines of the note.
    (line..=last).contains(&piece.line) && (found.code == Code::UNUSED_FOOTNOTE || says())
}

/// Letters, digits and emoji alone, composed and in lower case.
fn letters(text: &str) -> String {
    let is_emoji = |c: char| !c.is_ascii() && emojis::get(c.encode_utf8(&mut [0; 4])).is_some();
    let composed = name::composed(text);
    composed.chars().filter(|c| c.is_alphanumeric() || is_emoji(*c)).flat_map(char::to_lowercase).collect()
}

/// A text with the emoji that its short codes stand for.
fn with_emoji(text: &str) -> String {
    let mut parts = text.split(':').peekable();
    let mut all = parts.next().unwrap_or_default().to_owned();
    while let Some(part) = parts.next() {
        match emojis::get_by_shortcode(part).filter(|_| parts.peek().is_some()) {
            Some(emoji) => {
                all.push_str(emoji.as_str());
                all.push_str(parts.next().unwrap_or_default());
            }
            None => {
                all.push(':');
                all.push_str(part);
            }
        }
    }
    all
}

/// A JSON text without its escapes of signs: letters need none.
fn unescaped(json: &str) -> String {
    json.replace("\\n", " ").replace("\\t", " ").replace("\\r", " ")
}

/// What a reader sees of a page, and where its links lead.
fn text_of(html: &str) -> String {
    let (mut text, mut attributes) = (String::new(), String::new());
    for part in html.split('<').skip(1) {
        let (tag, words) = part.split_once('>').expect("a whole tag");
        text.push_str(words);
        for name in [" href=\"", " src=\"", " alt=\""] {
            let values = tag.split(name).skip(1).filter_map(|rest| rest.split('"').next());
            values.for_each(|value| attributes.extend([" ", value]));
        }
    }
    let all = text + &attributes;
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&amp;", "&")]
        .iter()
        .fold(all, |all, (escape, sign)| all.replace(escape, sign))
}

/// The numbers in a text.
fn numbers(text: &str) -> Vec<String> {
    let numbers = text.split(|c: char| !(c.is_ascii_digit() || c == '.')).map(|number| number.trim_matches('.'));
    numbers.filter(|number| !number.is_empty()).map(str::to_owned).collect()
}

/// Whether a number is shown: as it is, or as a share.
fn same_number(shown: &str, written: &str) -> bool {
    let digits = |text: &str, more: usize| {
        let (whole, part) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
        let is_number = format!("{whole}{part}").bytes().all(|byte| byte.is_ascii_digit());
        let part = format!("{part:0<6}");
        let all = format!("{whole}{}.{}", &part[..more], &part[more..]);
        (is_number && !whole.is_empty()).then(|| all.trim_matches('0').to_owned())
    };
    let wanted = digits(written.trim_end_matches('%'), 0);
    wanted.is_some() && (digits(shown, 0) == wanted || digits(shown, 2) == wanted)
}

/// A date in the form of `roadmap.json`, without a time of day.
fn date(text: &str) -> Option<String> {
    let day = text.split([' ', 't']).next()?.replace('/', "-");
    if let Some((quarter, year)) = text.split_once(' ').filter(|(quarter, _)| quarter.starts_with(['q', 'h'])) {
        return Some(format!("{year}-{quarter}"));
    }
    day.starts_with(|c: char| c.is_ascii_digit()).then_some(day)
}
