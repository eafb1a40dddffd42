//! `roadbook new`: a file for an item, a theme, a page or the vision.

use std::sync::Arc;

use clap::{Args, Subcommand};
use serde_yaml::Value;

use roadbook::config::{Audience, Config, Kind, Scoring};
use roadbook::date::Date;
use roadbook::name::{self, folded};
use roadbook::number::Decimal;
use roadbook::parse::parse;
use roadbook::plan::{FieldReader, Input, has_name_of_folder, is_placeholder};
use roadbook::resolve::{Roadmap, score};
use roadbook::source::Source;
use roadbook::text::{either, listed_up_to};

use super::init::{real_above, write_new};
use super::load::{self, Loaded, Wanted};
use super::output::{self, CliError, safe};
use super::{ExitStatus, Verbosity, find, starter};

const EXAMPLES: &str = "\
Examples:
  roadbook new item \"Search by name\" --theme finding --value 8 --effort 3
  roadbook new item \"Export as CSV\" --depends-on search-by-name
  roadbook new theme \"Finding things\"
  roadbook new page \"How we decide\"
  roadbook new vision Larder

The fields of an item that are not given stand there to fill in. The file's path is printed: $EDITOR \"$(roadbook new item …)\"";

/// Names of this plan that a field offers.
const MAX_OFFERED: usize = 6;

/// Make a file for an item, a theme, a page or the vision
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
    /// The vision, with everything to fill in
    Vision(Titled),
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
    /// What it is, in your words, such as feature or bug
    #[arg(long = "type", value_name = "TYPE")]
    item_type: Option<String>,
    /// When, roughly: one of the plan's horizons
    #[arg(long, value_name = "HORIZON")]
    horizon: Option<String>,
    /// Who does it; may be given several times
    #[arg(long, value_name = "NAME")]
    owner: Vec<String>,
    /// The item that it is a part of
    #[arg(long, value_name = "ID")]
    parent: Option<String>,
    /// How urgent it is, in a word that the plan weighs
    #[arg(long, value_name = "WORD")]
    priority: Option<String>,
    /// When it is intended: a day, a month, a quarter, a half or a year
    #[arg(long, value_name = "DATE", value_parser = date)]
    target: Option<Date>,
    /// When it has to be done
    #[arg(long, value_name = "DATE", value_parser = date)]
    due: Option<Date>,
    /// A word to find it by; may be given several times
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
    /// What it is worth
    #[arg(long, value_name = "N", value_parser = amount)]
    value: Option<Value>,
    /// What it costs
    #[arg(long, value_name = "N", value_parser = amount)]
    effort: Option<Value>,
}

/// Makes the file and prints its path.
pub(super) fn new(arguments: &New, verbosity: Verbosity) -> Result<ExitStatus, CliError> {
    let loaded = load::load(&Wanted::default(), verbosity)?;
    let (kind, titled) = match &arguments.what {
        What::Item(item) => (Kind::Item, &item.titled),
        What::Theme(titled) => (Kind::Theme, titled),
        What::Page(titled) => (Kind::Page, titled),
        What::Vision(titled) => (Kind::Vision, titled),
    };
    let title = titled.title.split_whitespace().collect::<Vec<&str>>().join(" ");
    let is_word = |c: char| c.is_alphanumeric() || c >= '\u{2600}';
    if !title.chars().any(is_word) || is_placeholder(&title) {
        return Err(
            CliError::new(format!("`{title}` is not a title")).help("write a few words: the id follows from them")
        );
    }
    let roadmap = loaded.for_author();
    if let (Kind::Vision, Some(vision)) = (kind, &roadmap.plan.vision) {
        return Err(CliError::new(format!("this plan has its vision in `{}`", vision.entry.path())));
    }
    let slug = if kind == Kind::Vision { "vision".to_owned() } else { name::address(&title) };
    let (collection, path) = path(&roadmap.config, kind, &slug)?;
    // Its file alone would not say its id.
    let id = has_name_of_folder(&slug).then(|| Field::given("id", &slug));
    let titled = [Field::given("title", &title)].into_iter().chain(id);
    let text = match &arguments.what {
        What::Vision(_) => starter::VISION.replace("{title}", &yaml(&Value::from(title.as_str()))?),
        What::Page(_) => front_matter(titled)?,
        What::Theme(_) => front_matter(titled.chain([Field::given("status", "planned")]))?,
        What::Item(item) => front_matter(titled.chain(of_item(item, roadmap)?))? + "\n## Acceptance criteria\n",
    };
    check_free(roadmap, kind, collection, &Source::new(&path, &text))?;
    write(&loaded, &path, &text)
}

/// A field of a new file: given, or to be filled in.
struct Field {
    name: String,
    value: Option<Value>,
    /// What this plan has for it.
    hint: String,
}

impl Field {
    fn new(name: impl Into<String>, value: Option<Value>) -> Field {
        Field { name: name.into(), value, hint: String::new() }
    }

    fn given(name: &str, value: &str) -> Field {
        Field::new(name, Some(Value::from(value)))
    }

    /// Some words, each of them a value.
    fn words<'a>(name: &str, words: impl IntoIterator<Item = &'a str>) -> Field {
        let words: Vec<Value> = words.into_iter().map(Value::from).collect();
        let value = match words.len() {
            0 => None,
            1 => words.into_iter().next(),
            _ => Some(Value::Sequence(words)),
        };
        Field::new(name, value)
    }

    /// Offers some names, on one line whatever is in them.
    fn hint(self, names: &[&str]) -> Field {
        let offered = if names.len() > MAX_OFFERED { listed_up_to(MAX_OFFERED, names) } else { either(names) };
        let hint = if names.is_empty() { String::new() } else { format!(" # {}", safe(&offered)) };
        Field { hint, ..self }
    }

    fn if_given(self) -> Option<Field> {
        self.value.is_some().then_some(self)
    }
}

/// The front matter of some fields. What is not given is a comment, so that no field is there without a value.
fn front_matter(fields: impl Iterator<Item = Field>) -> Result<String, CliError> {
    let mut text = "---\n".to_owned();
    for Field { name, value, hint } in fields {
        text.push_str(&match value {
            Some(value) => {
                yaml(&Value::Mapping([(Value::from(name.as_str()), value.clone())].into_iter().collect()))? + "\n"
            }
            None => format!("# {name}:{hint}\n"),
        });
    }
    Ok(text + "---\n")
}

fn yaml(value: &Value) -> Result<String, CliError> {
    let text = serde_yaml::to_string(value).map_err(|error| CliError::new(format!("cannot write YAML: {error}")))?;
    Ok(text.trim_end().to_owned())
}

/// The fields of an item: what is given, and of the rest what most items have.
fn of_item(item: &NewItem, roadmap: &Roadmap) -> Result<Vec<Field>, CliError> {
    let text = |text: &Option<String>| text.as_deref().map(Value::from);
    let date = |date: &Option<Date>| date.as_ref().map(|date| Value::from(date.to_string()));
    // A plan without theme files names its themes in the items alone.
    let theme = match item.theme.as_deref() {
        Some(name) if !roadmap.plan.themes.is_empty() => {
            Some(roadmap.plan.themes[find::theme(roadmap, name)?].entry.id.as_str())
        }
        name => name,
    };
    let id = |name: &String| Ok(roadmap.plan.items[find::item(roadmap, name)?].entry.id.as_str());
    let depends_on = item.depends_on.iter().map(id).collect::<Result<Vec<&str>, CliError>>()?;
    let parent = item.parent.as_ref().map(id).transpose()?.map(Value::from);
    let horizons: Vec<&str> = roadmap.config.horizons.iter().map(String::as_str).collect();
    let mut fields = vec![
        Field::given("status", &item.status),
        Field::new("type", text(&item.item_type)),
        Field::new("theme", theme.map(Value::from)).hint(&find::theme_names(roadmap)),
        Field::new("horizon", text(&item.horizon)).hint(&horizons),
        Field::words("owner", item.owner.iter().map(String::as_str)),
    ];
    let mut scored = scored_by(&roadmap.config);
    for (name, value) in [("value", &item.value), ("effort", &item.effort), ("priority", &text(&item.priority))] {
        if value.is_some() && !scored.iter().any(|other| other == name) {
            scored.push(name.to_owned());
        }
    }
    fields.extend(scored.into_iter().map(|name| {
        let value = match name.as_str() {
            "value" => item.value.clone(),
            "effort" => item.effort.clone(),
            "priority" => text(&item.priority),
            _ => None,
        };
        Field::new(name, value)
    }));
    let depends_on = Value::Sequence(depends_on.into_iter().map(Value::from).collect());
    let depends_on = Some(depends_on).filter(|_| !item.depends_on.is_empty());
    fields.extend([Field::new("depends_on", depends_on), Field::new("target", date(&item.target))]);
    fields.extend(Field::new("due", date(&item.due)).if_given());
    fields.extend(Field::new("parent", parent).if_given());
    fields.push(Field::words("tags", item.tag.iter().map(String::as_str)));
    Ok(fields)
}

/// The fields that the plan's framework reads.
fn scored_by(config: &Config) -> Vec<String> {
    match config.scoring {
        Scoring::Priority => vec!["priority".to_owned()],
        Scoring::Weighted => config.weights.iter().map(|weight| weight.name.clone()).collect(),
        scoring => {
            let formula = score::formula(config, scoring);
            let is_read = |field: &&str| formula.contains(&field.replace('_', " "));
            Input::ALL.map(Input::field).iter().filter(|field| is_read(field)).map(|&field| field.to_owned()).collect()
        }
    }
}

/// Where the file goes: into the folder of the first collection of its kind that takes it, by its index.
fn path(config: &Config, kind: Kind, slug: &str) -> Result<(usize, String), CliError> {
    let collection_of = |path: &str| config.collections.iter().position(|collection| collection.includes(path));
    let of_kind = config.collections.iter().filter(|collection| collection.kind == kind);
    let paths = of_kind.flat_map(|collection| collection.include.folders()).map(|folder| format!("{folder}{slug}.md"));
    let mut found = paths.filter_map(|path| Some((collection_of(&path)?, path)));
    found.find(|&(index, _)| config.collections[index].kind == kind).ok_or_else(|| {
        CliError::new(format!("no collection of {}s takes a file called `{slug}.md`", kind.word()))
            .help("make the file by hand, or widen an `include` in roadbook.yml")
    })
}

/// Refuses a file that has the id or the address of another one of its kind. It is read as the next build will read it.
fn check_free(roadmap: &Roadmap, kind: Kind, collection: usize, source: &Arc<Source>) -> Result<(), CliError> {
    let reader = FieldReader::new(&roadmap.config, Audience::Internal);
    let read = reader.read(&Arc::new(parse(source)), collection);
    let new = read.entry();
    let is_taken = |other: &str| folded(other) == folded(&new.id);
    let mut entries = find::entries(roadmap).filter(|entry| entry.kind == kind);
    let taken = entries.find(|entry| {
        is_taken(&entry.id) || entry.slug == new.slug || entry.aliases.iter().any(|alias| is_taken(&alias.value))
    });
    taken.map_or(Ok(()), |entry| {
        Err(CliError::new(format!("`{}` is already the {} in `{}`", new.id, kind.word(), entry.path()))
            .help("choose another title"))
    })
}

fn write(loaded: &Loaded, path: &str, text: &str) -> Result<ExitStatus, CliError> {
    let file = load::in_project(&loaded.root, path);
    // The links of a plan are followed inside the project alone.
    if !real_above(&loaded.inputs.root.join(path)).starts_with(&loaded.inputs.root) {
        let message = format!("`{}` leads out of the project, so the plan would not have it", file.display());
        return Err(CliError::new(message).help("put a folder in place of the link on its way"));
    }
    if !write_new(&file, text)? {
        return Err(CliError::new(format!("`{}` exists already", file.display())).help("choose another title"));
    }
    output::data(&format!("{}\n", file.display()))
}

/// A date as a plan writes it.
fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "write a date as 2026-11-30, 2026-11, 2026-Q4, 2026-H2 or 2026".to_owned())
}

/// A number from 0, or a size such as `M`, as it is to stand in the file.
fn amount(text: &str) -> Result<Value, String> {
    let is_size = !text.is_empty() && text.chars().all(char::is_alphabetic);
    let number = Decimal::parse(text).and_then(|number| serde_yaml::from_str(&number.to_string()).ok());
    let size = is_size.then(|| Value::String(text.to_owned()));
    number.map(Value::Number).or(size).ok_or_else(|| "write a number from 0 up, or a size such as M".to_owned())
}
