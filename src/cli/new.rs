//! `roadbook new`: a file for an item, a theme or a page.

use clap::{Args, Subcommand};
use serde::Serialize;
use serde_yaml::Value;

use roadbook::config::{Collection, Kind};
use roadbook::name;
use roadbook::number::Decimal;
use roadbook::resolve::Roadmap;

use super::init::write_new;
use super::load::{self, Loaded, Wanted};
use super::output::{self, CliError};
use super::{ExitStatus, Verbosity, find};

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
    Item(Box<NewItem>),
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
    value: Option<Value>,
    /// What it costs
    #[arg(long, value_name = "N", value_parser = amount)]
    effort: Option<Value>,
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
    value: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    effort: Option<Value>,
}

/// Makes the file and prints its path.
pub(super) fn new(arguments: &New, verbosity: Verbosity) -> Result<ExitStatus, CliError> {
    let loaded = load::load(&Wanted::default(), verbosity)?;
    let (kind, titled) = match &arguments.what {
        What::Item(item) => (Kind::Item, &item.titled),
        What::Theme(titled) => (Kind::Theme, titled),
        What::Page(titled) => (Kind::Page, titled),
    };
    let title = titled.title.split_whitespace().collect::<Vec<&str>>().join(" ");
    if !title.chars().any(char::is_alphanumeric) {
        return Err(CliError::new(format!("`{title}` is no title")).help("write a few words: the id follows from them"));
    }
    let roadmap = loaded.for_author();
    let path = path(roadmap, kind, &name::address(&title))?;
    let mut front =
        FrontMatter { title: &title, status: None, theme: None, depends_on: Vec::new(), value: None, effort: None };
    match &arguments.what {
        What::Item(item) => fill(&mut front, item, roadmap)?,
        What::Theme(_) => front.status = Some("planned"),
        What::Page(_) => {}
    }
    let yaml = serde_yaml::to_string(&front)
        .map_err(|error| CliError::new(format!("cannot write `{title}` as YAML: {error}")))?;
    write(&loaded, &path, &format!("---\n{yaml}---\n"))
}

fn fill<'a>(front: &mut FrontMatter<'a>, item: &'a NewItem, roadmap: &'a Roadmap) -> Result<(), CliError> {
    front.status = Some(&item.status);
    // A plan without theme files names its themes in the items alone.
    front.theme = match item.theme.as_deref() {
        Some(name) if !roadmap.plan.themes.is_empty() => {
            Some(&roadmap.plan.themes[find::theme(roadmap, name)?].entry.id)
        }
        name => name,
    };
    for name in &item.depends_on {
        front.depends_on.push(&roadmap.plan.items[find::item(roadmap, name)?].entry.id);
    }
    front.value = item.value.clone();
    front.effort = item.effort.clone();
    Ok(())
}

/// Where the file goes: into the folder of the first collection of its kind that takes it.
fn path(roadmap: &Roadmap, kind: Kind, slug: &str) -> Result<String, CliError> {
    let collections = roadmap.config.collections.iter().filter(|collection| collection.kind == kind);
    let paths = collections.flat_map(|collection| {
        let folders = collection.include.normal().map(folder);
        folders.map(move |folder| (collection, format!("{folder}{slug}.md")))
    });
    let found = paths.into_iter().find(|(collection, path)| collection.includes(path));
    let (collection, path) = found.ok_or_else(|| {
        CliError::new(format!("no collection of {}s takes a file called `{slug}.md`", kind.word()))
            .help("make the file by hand, or widen an `include` in roadbook.yml")
    })?;
    let id = id(collection, slug);
    let is_taken = |other: &str| other.eq_ignore_ascii_case(slug) || other.eq_ignore_ascii_case(&id);
    let entries = find::entries(roadmap).filter(|entry| entry.kind == kind);
    let taken = entries.into_iter().find(|entry| {
        is_taken(&entry.id) || is_taken(&entry.slug) || entry.aliases.iter().any(|alias| is_taken(&alias.value))
    });
    match taken {
        Some(entry) => Err(CliError::new(format!("`{id}` is already the {} in `{}`", kind.word(), entry.path()))
            .help("choose another title")),
        None => Ok(path),
    }
}

/// The folder that a pattern begins in, with a `/` at its end: `plan/items/` of `plan/items/**/*.md`.
fn folder(pattern: &str) -> &str {
    let pattern = pattern.trim_start_matches("./");
    let literal = &pattern[..pattern.find(['*', '?', '[', '{']).unwrap_or(pattern.len())];
    &literal[..literal.rfind('/').map_or(0, |at| at + 1)]
}

/// The id that a file of this name gets in a collection, as far as a file name can tell.
fn id(collection: &Collection, slug: &str) -> String {
    let prefix = &collection.id_prefix;
    let has_prefix = slug.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix));
    if has_prefix { slug.to_owned() } else { format!("{prefix}{slug}") }
}

fn write(loaded: &Loaded, path: &str, text: &str) -> Result<ExitStatus, CliError> {
    let file = load::in_project(&loaded.root, path);
    if !write_new(&file, text)? {
        return Err(CliError::new(format!("`{}` exists already", file.display())).help("choose another title"));
    }
    output::data(&format!("{}\n", file.display()))
}

/// A number from 0, or a size such as `M`, as it is to stand in the file.
fn amount(text: &str) -> Result<Value, String> {
    let is_size = !text.is_empty() && text.chars().all(char::is_alphabetic);
    let number = Decimal::parse(text).and_then(|number| serde_yaml::from_str(&number.to_string()).ok());
    let size = is_size.then(|| Value::String(text.to_owned()));
    number.map(Value::Number).or(size).ok_or_else(|| "write a number from 0 up, or a size such as M".to_owned())
}
