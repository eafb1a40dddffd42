//! Odd front matter at random: every word that its author wrote stands in a field, in a finding at its line, or in the body.

use std::collections::BTreeSet;

use fastrand::Rng;
use roadbook::parse::{Document, Field, Node, Value};

use super::document;
use crate::support::rounds;

/// A word that occurs once.
fn word(rng: &mut Rng, count: &mut usize) -> String {
    *count += 1;
    let form = ["w{}x", "{}w", "w{}", "W-{}z", "é{}w"][rng.usize(0..5)];
    form.replace("{}", &(1000 + *count).to_string())
}

/// A text of a few of them, as a plain value may be.
fn text(rng: &mut Rng, count: &mut usize) -> String {
    let between = [" ", " #", ", ", " - ", ": ", " & ", "$ ", " | "];
    let mut text = word(rng, count);
    for _ in 0..rng.usize(0..3) {
        let most = if rng.u8(0..4) == 0 { between.len() } else { 2 };
        text += between[rng.usize(0..most)];
        text += &word(rng, count);
    }
    text
}

fn quoted(text: &str, rng: &mut Rng) -> String {
    match rng.u8(0..4) {
        0 => format!("\"{text}\""),
        1 => format!("'{text}'"),
        _ => text.to_owned(),
    }
}

/// A field of YAML with its lines.
fn field(rng: &mut Rng, count: &mut usize, depth: usize) -> String {
    let name = match rng.u8(0..6) {
        0 => ["title", "status", "depends_on", "visibility", "tags", "id"][rng.usize(0..6)].to_owned(),
        _ => format!("k{}", word(rng, count)),
    };
    let indent = "  ".repeat(depth + 1);
    let mut one = |rng: &mut Rng| {
        let text = text(rng, count);
        quoted(&text, rng)
    };
    match rng.u8(0..9) {
        0 => format!("{name}: [{}, {}, {}]\n", one(rng), one(rng), one(rng)),
        1 => format!("{name}:\n{indent}- {}\n{indent}- {}\n", one(rng), one(rng)),
        2 => format!("{name}:\n{indent}- a: {}\n{indent}  b: {}\n{indent}- {}\n", one(rng), one(rng), one(rng)),
        3 => format!("{name}: {{a: {}, b: [{}]}}\n", one(rng), one(rng)),
        4 => {
            format!("{name}: {}\n{indent}  {}\n\n{indent} {}\n", ["|", ">-", "|2"][rng.usize(0..3)], one(rng), one(rng))
        }
        5 if depth < 3 => {
            let inner: String =
                (0..rng.usize(1..3)).map(|_| format!("{indent}{}", field(rng, count, depth + 1))).collect();
            format!("{name}:\n{inner}")
        }
        6 => format!("{name}: {}\n{indent}{}\n", one(rng), one(rng)),
        _ => format!("{name}: {}\n", one(rng)),
    }
}

/// A field of TOML.
fn toml(rng: &mut Rng, count: &mut usize) -> String {
    let name = format!("k{}", word(rng, count).replace('é', "e"));
    let mut one = |rng: &mut Rng| {
        let text = text(rng, count);
        ["\"", "'", "'"][rng.usize(0..3)].to_owned() + &text
    };
    let mut closed = |rng: &mut Rng| {
        let text = one(rng);
        let quote = text[..1].to_owned();
        text + &quote
    };
    match rng.u8(0..4) {
        0 => format!("{name} = [{}, {}]\n", closed(rng), closed(rng)),
        1 => format!("{name} = {{ a = {}, b.c = {} }}\n", closed(rng), closed(rng)),
        2 => format!("[{name}]\nx = {}\n", closed(rng)),
        _ => format!("{name} = {}\n", closed(rng)),
    }
}

/// A small damage to a text.
fn damaged(text: &str, rng: &mut Rng) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let at = rng.usize(0..lines.len());
    let with = |line: String| {
        let mut all: Vec<String> = lines.iter().map(|&line| line.to_owned()).collect();
        all[at] = line;
        all.concat()
    };
    match rng.u8(0..12) {
        0 => with(format!(" {}", lines[at])),
        1 => with(format!("\t{}", lines[at])),
        2 => with(lines[at].trim_start().to_owned()),
        3 => {
            let signs: Vec<usize> = text
                .match_indices(['"', '\'', '[', ']', '{', '}', ':', '-', ',', '=', '+'])
                .map(|(at, _)| at)
                .collect();
            let Some(&sign) = signs.get(rng.usize(0..signs.len().max(1))) else { return text.to_owned() };
            format!("{}{}", &text[..sign], &text[sign + 1..])
        }
        4 => {
            let at = (0..=text.len())
                .filter(|&at| text.is_char_boundary(at))
                .nth(rng.usize(0..text.chars().count()))
                .unwrap_or(0);
            let sign =
                ["\"", "'", "[", "]", "{", "}", ": ", "@", "&", "*", "!", "%", "\u{200b}", "`"][rng.usize(0..14)];
            format!("{}{sign}{}", &text[..at], &text[at..])
        }
        5 => with(format!("{}{}", lines[at], lines[at])),
        6 => with(format!("<<<<<<< HEAD\n{}=======\n{}>>>>>>> b\n", lines[at], lines[rng.usize(0..lines.len())])),
        7 => with(format!("---\n{}", lines[at])),
        8 => with(format!("\n{}", lines[at])),
        9 => format!("<!-- licence -->\n{text}"),
        10 => with(lines[at].replace(": ", ": &a ")),
        _ => with(lines[at].replace(": ", ":")),
    }
}

/// All words of a text that the generator made: they have a number of four digits.
fn words(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| word.chars().filter(char::is_ascii_digit).count() >= 4).map(str::to_owned).collect()
}

fn of_value(value: &Value, into: &mut String) {
    match &value.node {
        Node::Scalar(text) => *into += &format!("{text}\n"),
        Node::List(list) => list.iter().for_each(|value| of_value(value, into)),
        Node::Map(fields) => of_fields(fields, into),
    }
}

fn of_fields(fields: &[Field], into: &mut String) {
    for field in fields {
        *into += &format!("{}\n", field.name.value);
        of_value(&field.value, into);
    }
}

/// The words of a file that are found nowhere again.
fn lost(text: &str, read: &Document) -> Vec<String> {
    let mut kept = String::from(read.markdown());
    of_fields(&read.fields, &mut kept);
    let mut found = words(&kept);
    for diagnostic in &read.diagnostics {
        let places = diagnostic.location.iter();
        for place in places {
            let span = place.span.range();
            let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
            let end = text[span.end..].find('\n').map_or(text.len(), |at| span.end + at);
            found.extend(words(&text[start..end]));
        }
        found.extend(words(diagnostic.label.as_deref().unwrap_or_default()));
    }
    // A comment is not read by anybody.
    let said = text.lines().filter(|line| !line.trim_start().starts_with('#') && !line.starts_with("<!--"));
    let comments = [" # ", "] #", "} #", "\" #", "' #", "\"#", "'#"];
    let end = |line: &str| comments.iter().filter_map(|comment| line.find(comment)).min().unwrap_or(line.len());
    let said: String = said.map(|line| format!("{}\n", &line[..end(line)])).collect();
    words(&said).difference(&found).cloned().collect()
}

#[test]
fn every_word_of_odd_front_matter_is_kept_or_reported() {
    let seed = crate::support::number("READING_SEED").unwrap_or(13);
    let mut lossy = Vec::new();
    for round in 0..rounds(4_000) {
        let mut rng = Rng::with_seed(seed + round);
        let mut count = 0;
        let is_toml = rng.u8(0..4) == 0;
        let fence = if is_toml { "+++" } else { ["---", "---", "---", "---yaml", " ---"][rng.usize(0..5)] };
        let fields: String = (0..rng.usize(1..6))
            .map(|_| if is_toml { toml(&mut rng, &mut count) } else { field(&mut rng, &mut count, 0) })
            .collect();
        let close = fence.trim_end_matches("yaml");
        let mut text = format!("{fence}\n{fields}{close}\nBody {}.\n", word(&mut rng, &mut count));
        for _ in 0..rng.usize(0..4) {
            text = damaged(&text, &mut rng);
        }
        let read = document(&text);
        let lost = lost(&read.source.text, &read);
        if !lost.is_empty() {
            lossy.push(format!(
                "seed {} loses {lost:?}:\n{text}\n{:#?}\n",
                seed + round,
                read.diagnostics.iter().map(|found| found.message.clone()).collect::<Vec<_>>()
            ));
        }
    }
    lossy.sort_by_key(String::len);
    assert!(lossy.is_empty(), "{} of them; {}", lossy.len(), lossy.iter().take(6).cloned().collect::<String>());
}
