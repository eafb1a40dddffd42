//! `roadbook new`: a file for an item, a theme or a page.

use clap::{Args, Subcommand};
use serde::Serialize;

use roadbook::config::{Collection, Kind};
use roadbook::number::Decimal;
use roadbook::plan::slug;
use roadbook::resolve::{Roadmap, Target};

use super::init::write_new;
use super::load::{self, Loaded, Wanted};
use super::output::{self, Failure};
use super::{Verdict, Voice, find};

const EXAMPLES: &str = "\
Examples:
  roadbook new item \"Search by name\" --theme finding --value 8 --effort 3
  roadbook new item \"Export as CSV\" --depends-on search-by-name
  roadbook new theme \"Finding things\"
  roadbook new page \"How we decide\"

The file's path is printed: $EDITOR \"$(roadbook new item …)\"";

/// Make a file for an item, a theme or a page
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct New {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// A product backlog item
    Item(NewItem),
    /// A strategic theme
    Theme(Titled),
    /// A free page
    Page(Titled),
}

#[derive(Args)]
struct Titled {
    /// Its title; the file's name and the id follow from it
    #[arg(value_name = "TITLE")]
    title: String,
}

#[derive(Args)]
struct NewItem {
    #[command(flatten)]
    titled: Titled,
    /// The theme that it serves
    #[arg(long, value_name = "THEME")]
    theme: Option<String>,
    /// An item that it waits for; may be given several times
    #[arg(long, value_name = "ID")]
    depends_on: Vec<String>,
    /// Where it stands, in your words
    #[arg(long, value_name = "STATUS", default_value = "idea")]
    status: String,
    /// What it is worth
    #[arg(long, value_name = "N", value_parser = amount)]
    value: Option<String>,
    /// What it costs
    #[arg(long, value_name = "N", value_parser = amount)]
    effort: Option<String>,
}

/// The front matter that a new file gets.
#[derive(Serialize)]
struct FrontMatter<'a> {
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    theme: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    depends_on: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<serde_json::Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    effort: Option<serde_json::Number>,
}
