//! `roadbook explain`: what a diagnostic's code means.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::{Arg, Args, Command};

use anstyle::Style;
use roadbook::diagnostic::{CODES, Code};
use roadbook::nearest::nearest;

use super::ExitStatus;
use super::output::{self, CliError, FAINT, NAME, STRONG, style};
use super::table::{Column, table};

const EXAMPLES: &str = "\
Examples:
  roadbook explain                   every code in one line
  roadbook explain dependency-cycle  why it matters and how to fix it";

/// Explain a diagnostic's code; without one, list them all
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Explain {
    /// The code, as a diagnostic shows it in brackets
    #[arg(value_name = "CODE", value_parser = Codes, hide_possible_values = true)]
    code: Option<String>,
}

/// A code on the command line: any text is taken, so that the answer to a wrong one can be ours; shells learn the right ones.
#[derive(Clone)]
pub(super) struct Codes;

impl TypedValueParser for Codes {
    type Value = String;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(CODES.iter().map(|code| PossibleValue::new(code.name()))))
    }
}

/// Explains a code, or lists them.
pub(super) fn explain(arguments: &Explain) -> Result<ExitStatus, CliError> {
    match arguments.code.as_deref() {
        Some(name) => one(name),
        None => all(),
    }
}

/// Explains the code of this name.
pub(super) fn one(name: &str) -> Result<ExitStatus, CliError> {
    let code = Code::named(name).ok_or_else(|| {
        let failure = CliError::new(format!("there is no diagnostic `{name}`"));
        match nearest(name, CODES.iter().map(|code| code.name())) {
            Some(near) => failure.help(format!("did you mean `{near}`?")),
            None => failure.help("`roadbook explain` lists the codes"),
        }
    })?;
    let weight = match (code.severity(), code.strict_severity()) {
        (severity, strict) if severity == strict => severity.word().to_owned(),
        (severity, strict) => format!("{}, {} with --strict", severity.word(), strict.word()),
    };
    output::data(&format!(
        "{}: {} {}\n\n{}\n",
        style(NAME, code.name()),
        style(STRONG, code.summary()),
        style(FAINT, &format!("({weight})")),
        code.explanation().trim()
    ))
}

fn all() -> Result<ExitStatus, CliError> {
    const COLUMNS: &[Column] =
        &[Column::text("Code"), Column::text("Severity"), Column::text("Strict"), Column::text("Means")];
    let row = |code: &Code| {
        vec![
            (code.name().to_owned(), NAME),
            (code.severity().word().to_owned(), Style::new()),
            (code.strict_severity().word().to_owned(), Style::new()),
            (code.summary().to_owned(), Style::new()),
        ]
    };
    let rows: Vec<_> = CODES.iter().map(row).collect();
    // What a code means is read whole, and not cut to fit.
    output::data(&table(COLUMNS, &rows, None))
}
