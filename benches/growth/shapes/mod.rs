//! The shapes: plans in which one thing is there very often, or very deep. Each is made from its size alone, so equal sizes give equal
//! plans.

mod bodies;
mod names;
mod plans;
mod values;

use std::fmt::Write as _;

/// A kind of plan.
pub(crate) struct Shape {
    /// What there is much of.
    pub(crate) name: &'static str,
    /// The smallest of the three sizes, so that four times as much takes about a second or is as much as a file may hold.
    pub(crate) size: usize,
    /// The files of a plan of a size, by path.
    pub(crate) files: fn(usize) -> Vec<File>,
    /// The command and its arguments.
    pub(crate) command: &'static [&'static str],
    /// Why it may grow faster.
    pub(crate) reason: Option<&'static str>,
}

/// A file: its path from the project's root, and its text.
pub(crate) type File = (String, String);

impl Shape {
    const fn new(name: &'static str, size: usize, files: fn(usize) -> Vec<File>) -> Shape {
        Shape { name, size, files, command: &["build"], reason: None }
    }

    /// With another command.
    const fn by(self, command: &'static [&'static str]) -> Shape {
        Shape { command, ..self }
    }

    /// It may grow faster, for a reason.
    const fn because(self, reason: &'static str) -> Shape {
        Shape { reason: Some(reason), ..self }
    }
}

/// All of them.
pub(crate) fn shapes() -> Vec<Shape> {
    [names::shapes(), plans::shapes(), values::shapes(), bodies::shapes()].into_iter().flatten().collect()
}

/// An item's file.
fn item(name: impl std::fmt::Display, fields: &str, body: &str) -> File {
    (format!("plan/items/{name}.md"), format!("---\n{fields}---\n{body}"))
}

/// A theme's file.
fn theme(name: impl std::fmt::Display, fields: &str) -> File {
    (format!("plan/themes/{name}.md"), format!("---\n{fields}---\n"))
}

/// The configuration.
fn config(text: &str) -> File {
    ("roadbook.yml".to_owned(), format!("title: T\n{text}"))
}

/// So many items of which each has the fields that `fields` gives it.
fn items(count: usize, fields: impl Fn(usize) -> String) -> Vec<File> {
    let mut files: Vec<File> = (0..count).map(|number| item(format!("i{number}"), &fields(number), "")).collect();
    files.push(config(""));
    files
}

/// A plan of one item.
fn one(fields: &str, body: &str) -> Vec<File> {
    vec![config(""), item("one", fields, body)]
}

/// The texts of so many numbers, one after another.
fn many(count: usize, text: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |all, number| all + &text(number))
}

/// A field with a list of so many values.
fn list(field: &str, count: usize, value: impl Fn(usize) -> String) -> String {
    let mut text = format!("{field}:\n");
    for number in 0..count {
        _ = writeln!(text, "- {}", value(number));
    }
    text
}
