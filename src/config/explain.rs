//! What the reader of YAML says of a configuration, in the words of those who write one.

use crate::nearest::nearest;
use crate::text::either;

/// A message of the reader, and the act that fixes it.
pub(super) fn explained(message: &str) -> (String, String) {
    const PHRASES: [&str; 5] =
        ["unknown field ", "unknown variant ", "invalid type: ", "data did not match ", "missing field "];
    let is_phrase = |text: &&str| PHRASES.iter().any(|phrase| text.starts_with(phrase));
    let (key, text) = match message.split_once(": ").filter(|(_, rest)| is_phrase(rest)) {
        Some((key, text)) => (key.rsplit('.').next().unwrap_or(key), text),
        None => ("", message),
    };
    let at_key = if key.is_empty() { "this".to_owned() } else { format!("`{key}`") };
    let names = quoted(text);
    let known = names.get(1..).unwrap_or_default();
    let help = "nothing is published until the file can be read".to_owned();
    if let (true, Some(name)) = (text.starts_with(PHRASES[0]), names.first()) {
        let help = near(name, known).unwrap_or_else(|| format!("the keys here are {}", known.join(", ")));
        return (format!("there is no key `{name}`"), help);
    }
    if let (true, Some(word)) = (text.starts_with(PHRASES[1]), names.first()) {
        let help = near(word, known).unwrap_or_else(|| format!("write {}", either(known)));
        return (format!("`{word}` is not a value for {at_key}"), help);
    }
    if let Some((found, wanted)) = text.strip_prefix(PHRASES[2]).and_then(|rest| rest.split_once(", expected ")) {
        return (format!("{at_key} takes {}, not {}", wanted_as(wanted), found_as(found)), help);
    }
    if text.starts_with(PHRASES[3]) {
        let wanted = if text.ends_with("Scalar") { "a number or a word for one" } else { "a name or a list of names" };
        return (format!("{at_key} takes {wanted}"), help);
    }
    if let (true, Some(name)) = (text.starts_with(PHRASES[4]), names.first()) {
        return (format!("{at_key} has no `{name}`"), format!("add a line `{name}:`"));
    }
    match SYNTAX.iter().find(|(said, ..)| text.contains(said)) {
        Some((_, message, help)) => ((*message).to_owned(), (*help).to_owned()),
        None => (message.to_owned(), help),
    }
}

/// What the reader says where the file is not YAML or not one document, in our words, and what helps.
const SYNTAX: [(&str, &str, &str); 5] = [
    ("more than one document", "there is a second document in this file", "take out the line `---` before it"),
    ("unexpected end of stream", "a quotation mark or a bracket is never closed", "close it"),
    ("cannot start any token", "a value may not begin with this sign", "put the value into quotation marks"),
    (
        "mapping values are not allowed",
        "there is a colon where YAML expects none",
        "put a value that has one into quotation marks",
    ),
    ("tab character", "a line is indented by a tab", "indent it by spaces"),
];

/// What stands in backticks.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

fn near(name: &str, known: &[&str]) -> Option<String> {
    nearest(name, known.iter().copied()).map(|near| format!("did you mean `{near}`?"))
}

fn wanted_as(wanted: &str) -> &str {
    match wanted {
        "a boolean" => "true or false",
        "a string" => "a text",
        "a sequence" => "a list",
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number from 0 up",
        // A struct of ours or a map.
        wanted if wanted.starts_with("struct ") || ["a map", "a YAML mapping"].contains(&wanted) => {
            "keys, each with a value"
        }
        wanted => wanted,
    }
}

fn found_as(found: &str) -> String {
    match found.split_once(' ') {
        Some(("string", text)) => format!("the text {}", text.replace('"', "`")),
        Some(("integer" | "floating", number)) => format!("the number {}", number.trim_start_matches("point ")),
        Some(("boolean", word)) => word.to_owned(),
        _ if found == "sequence" => "a list".to_owned(),
        _ if found == "map" => "keys".to_owned(),
        _ => "nothing".to_owned(),
    }
}
