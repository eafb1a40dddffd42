//! `roadbook schema`: JSON Schemas, for editors and for programs.

mod front_matter;

use clap::{Args, ValueEnum};
use serde_json::Value;

use roadbook::config::{Config, Kind, Scoring};
use roadbook::diagnostic::CODES;
use roadbook::plan::{Plan, fields_of};
use roadbook::site::ROADMAP_SCHEMA;

use super::load::{self, ProjectArgs};
use super::output::{CliError, OutputFile};
use super::{ExitStatus, Verbosity};
use roadbook::text::inert_json;

const EXAMPLES: &str = "\
Examples:
  roadbook schema config -o roadbook.schema.json  for roadbook.yml
  roadbook schema item                            an item's front matter
  roadbook schema roadmap                         roadmap.json

An editor takes it from the first line of roadbook.yml:
  # yaml-language-server: $schema=roadbook.schema.json";

/// The dialect of all of them.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Print the JSON Schema of a kind of file
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Schema {
    /// What it describes: config (roadbook.yml), item, theme, vision or page (front matter), or roadmap (roadmap.json)
    #[arg(value_name = "WHAT", value_enum, hide_possible_values = true)]
    what: What,
    #[command(flatten)]
    project: ProjectArgs,
    #[command(flatten)]
    output: OutputFile,
}

/// What a schema describes.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    Config,
    Item,
    Theme,
    Vision,
    Page,
    Roadmap,
}

/// Prints a schema.
pub(super) fn schema(arguments: &Schema, verbosity: Verbosity) -> Result<ExitStatus, CliError> {
    let kind = match arguments.what {
        What::Roadmap => return arguments.output.write(ROADMAP_SCHEMA),
        What::Config => return deliver(&config(), arguments),
        What::Item => Kind::Item,
        What::Theme => Kind::Theme,
        What::Vision => Kind::Vision,
        What::Page => Kind::Page,
    };
    if !arguments.project.has_plan() {
        return deliver(&front_matter::front_matter(&Plan::default(), &Config::default(), kind), arguments);
    }
    let loaded = load::ask(&arguments.project.wanted(), verbosity)?;
    deliver(&front_matter::front_matter(&loaded.roadmap().plan, &loaded.roadmap().config, kind), arguments)
}

fn deliver(schema: &Value, arguments: &Schema) -> Result<ExitStatus, CliError> {
    let text = serde_json::to_string_pretty(schema)
        .map_err(|error| CliError::new(format!("cannot write the schema as JSON: {error}")))?;
    arguments.output.write(&(inert_json(text) + "\n"))
}

/// The schema of the configuration: what the file says, with the names that the program knows.
fn config() -> Value {
    // The file is ours, and a test reads it.
    let mut schema: Value = serde_json::from_str(include_str!("schema/config.json")).unwrap_or_default();
    let kinds = Kind::ALL;
    let mut fields: Vec<&str> = Vec::new();
    for (field, _) in kinds.iter().flat_map(|&kind| fields_of(&Config::default(), kind)) {
        if !fields.contains(&field.name) {
            fields.push(field.name);
        }
    }
    fields.sort_unstable();
    let codes: Vec<&str> = CODES.iter().map(|code| code.name()).collect();
    let frameworks = Scoring::ALL.map(Scoring::word).to_vec();
    for (place, names) in [
        ("/properties/diagnostics/propertyNames/enum", codes),
        ("/$defs/fields/propertyNames/enum", fields),
        ("/properties/scoring/enum", frameworks),
    ] {
        if let Some(names_of) = schema.pointer_mut(place) {
            *names_of = names.into();
        }
    }
    schema
}
