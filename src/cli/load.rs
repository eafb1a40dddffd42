//! From a folder to a roadmap: the one place where the CLI calls the pipeline.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};

use roadbook::Memory;
use roadbook::config::{self, Config, Scoring};
use roadbook::date::Date;
use roadbook::diagnostic::Diagnostic;
use roadbook::discover::{self, Inputs, Options};
use roadbook::publish::{Destination, OneFile};
use roadbook::release::{self, Answer, Refused, Release};
use roadbook::report;
use roadbook::resolve::{Roadmap, score};
use roadbook::single;
use roadbook::text::count;
use roadbook::visibility;

use super::Verbosity;
use super::output::{self, CliError};

/// Which plan, and for which audience.
#[derive(Args)]
pub(super) struct ProjectArgs {
    /// The project's folder [default: the nearest one up from here with a roadbook.yml]
    #[arg(value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    dir: Option<PathBuf>,
    #[command(flatten)]
    plan: PlanArgs,
}

/// The plan around this folder, and for which audience.
#[derive(Args)]
pub(super) struct PlanArgs {
    /// Which audience to read it for: public or internal
    #[arg(long, value_name = "AUDIENCE", value_enum, default_value_t = Audience::Internal, hide_possible_values = true)]
    audience: Audience,
    /// The day to take for today
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    today: Option<Date>,
}

/// One of some words, in whatever case.
pub(super) fn word_of(words: impl IntoIterator<Item = &'static str>) -> impl TypedValueParser<Value = String> {
    PossibleValuesParser::new(words).map(|word| word.to_lowercase())
}

/// How many to show.
pub(super) fn how_many(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| "write a whole number".to_owned())
}

/// By which framework to score, instead of the plan's own.
#[derive(Args)]
pub(super) struct ScoringArgs {
    /// Score and order by this framework instead, without changing the plan
    #[arg(long, value_name = "FRAMEWORK", value_parser = word_of(Scoring::ALL.map(Scoring::word)), ignore_case = true)]
    scoring: Option<String>,
}

impl ScoringArgs {
    /// The framework, where one is asked for.
    pub(super) fn framework(&self) -> Option<Scoring> {
        self.scoring.as_deref().and_then(Scoring::named)
    }

    /// Says which framework was used, where it is not the plan's own.
    pub(super) fn report(&self, roadmap: &Roadmap, verbosity: Verbosity) {
        let Some(scoring) = self.framework().filter(|_| !verbosity.quiet) else { return };
        let open = || roadmap.order.iter().chain(&roadmap.unscored).copied();
        let scored = open().filter(|&id| roadmap.items[id].score.result.is_some()).count();
        output::message(&format!(
            "scored by {}: {}; {scored} of {} scored\n",
            scoring.word(),
            score::formula(&roadmap.config, scoring),
            roadmap.count_open(open()),
        ));
    }
}

/// Who a plan is read for.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Audience {
    /// Everybody
    Public,
    /// The team
    Internal,
}

/// What to load.
pub(super) struct Wanted<'a> {
    /// The project's folder; else the nearest one up from here.
    pub(super) dir: Option<&'a Path>,
    /// By default whom the configuration says.
    pub(super) audience: Option<Audience>,
    pub(super) today: Option<&'a Date>,
    pub(super) strict: bool,
    /// By default what the configuration says.
    pub(super) scoring: Option<Scoring>,
    /// Whether the answer is for now: a start that has come is behind it. A site must not change with the day.
    pub(super) is_for_now: bool,
}

impl Default for Wanted<'_> {
    fn default() -> Self {
        Wanted {
            dir: None,
            audience: Some(Audience::Internal),
            today: None,
            strict: false,
            scoring: None,
            is_for_now: false,
        }
    }
}

impl ProjectArgs {
    /// Whether a plan is named, or one is around here.
    pub(super) fn has_plan(&self) -> bool {
        self.dir.is_some()
            || Path::new("plan").is_dir()
            || root(None).is_ok_and(|root| discover::has_configuration(&root))
    }

    /// What these options ask for.
    pub(super) fn wanted(&self) -> Wanted<'_> {
        Wanted { dir: self.dir.as_deref(), ..self.plan.wanted() }
    }
}

impl PlanArgs {
    /// What these options ask for.
    pub(super) fn wanted(&self) -> Wanted<'_> {
        Wanted { audience: Some(self.audience), today: self.today.as_ref(), ..Wanted::default() }
    }
}

impl Audience {
    /// The library's word for it.
    pub(super) fn to_library(self) -> visibility::Audience {
        match self {
            Audience::Public => visibility::Audience::Public,
            Audience::Internal => visibility::Audience::Internal,
        }
    }
}

/// A plan that was read, before anybody decides whether it may leave.
pub(super) struct Loaded {
    /// The project's folder.
    pub(super) root: PathBuf,
    /// The project's own templates and static files among them.
    pub(super) inputs: Inputs,
    roadmap: Roadmap,
}

impl Loaded {
    /// What is wrong with the plan: for its author.
    pub(super) fn diagnostics(&self) -> &[Diagnostic] {
        &self.roadmap.diagnostics
    }

    /// The names in the plan, to write a file that fits in: for its author.
    pub(super) fn for_author(&self) -> &Roadmap {
        &self.roadmap
    }

    /// How many items and themes there are.
    pub(super) fn size(&self) -> (usize, usize) {
        (self.roadmap.plan.items.len(), self.roadmap.plan.themes.len())
    }

    /// How many files of the plan were read.
    pub(super) fn files(&self) -> usize {
        self.inputs.sources.len()
    }

    /// What a site may be made from, with what else it is made of.
    pub(super) fn release(self, strict: bool) -> (Inputs, Result<Release, Box<Refused>>) {
        (self.inputs, release::release(self.roadmap, strict))
    }
}

/// Reads and resolves a plan. Says the times of the stages where they are wanted.
pub(super) fn load(wanted: &Wanted<'_>, verbosity: Verbosity) -> Result<Loaded, CliError> {
    let begin = Instant::now();
    let root = root(wanted.dir)?;
    let mut memory = Memory::default();
    let options = Options { today: wanted.today.cloned(), draws_clock: wanted.is_for_now };
    let read = roadbook::read(&root, &options, &mut memory);
    let (mut inputs, parsed) = read.map_err(|error| CliError::new(error.to_string()))?;
    if let Some(scoring) = wanted.scoring {
        rescore(&mut inputs, scoring)?;
    }
    let mut times = Vec::from([("discover", begin.elapsed())]);
    let audience = wanted.audience.map_or(inputs.config.audience, Audience::to_library);
    let (roadmap, stages) = roadbook::roadmap(&inputs, audience, wanted.strict, &mut memory);
    times.extend(stages);
    roadbook::count_as_parsing(&mut times, parsed);
    if verbosity.verbose {
        say_times(&times);
    }
    Ok(Loaded { root, inputs, roadmap })
}

/// The same of the plan as it stands today.
pub(super) fn load_for_now(wanted: &Wanted<'_>, verbosity: Verbosity) -> Result<Loaded, CliError> {
    load(&Wanted { is_for_now: true, ..*wanted }, verbosity)
}

/// Lets another framework score than the configuration says.
fn rescore(inputs: &mut Inputs, scoring: Scoring) -> Result<(), CliError> {
    if scoring == Scoring::Weighted && inputs.config.weights.is_empty() {
        return Err(CliError::new("this plan does not say what counts in weighted scoring")
            .help(format!("write it to {}, such as `weights: {{value: 3, effort: -1}}`", config::FILE)));
    }
    Arc::make_mut(&mut inputs.config).scoring = scoring;
    Ok(())
}

/// Loads a plan to ask it something now. A plan with errors answers the team as well as it can, and says so; the public gets an answer only
/// where it would get a site, and else the reason.
pub(super) fn ask(wanted: &Wanted<'_>, verbosity: Verbosity) -> Result<Answer, CliError> {
    let answer = release::answer(load_for_now(wanted, verbosity)?.roadmap).map_err(|refused| refuse(*refused))?;
    warn(answer.roadmap(), verbosity);
    Ok(answer)
}

/// Loads a plan to hand on what holds now. It must be fit to be published, whoever it is for.
pub(super) fn release(wanted: &Wanted<'_>, verbosity: Verbosity) -> Result<Release, CliError> {
    let release =
        release::release(load_for_now(wanted, verbosity)?.roadmap, false).map_err(|refused| refuse(*refused))?;
    warn(release.roadmap(), verbosity);
    Ok(release)
}

fn warn(roadmap: &Roadmap, verbosity: Verbosity) {
    let counts = report::counts(&roadmap.diagnostics);
    if counts.errors > 0 && !verbosity.quiet {
        output::message(&format!(
            "this plan has {}, so the answer may be wrong: `roadbook check` shows them\n",
            count(counts.errors, "error")
        ));
    }
}

/// Says why a roadmap may not leave: the diagnostics that the reason is about, then the reason.
fn refuse(refused: Refused) -> CliError {
    let Refused { roadmap, reason } = refused;
    let (mut about, rest): (Vec<Diagnostic>, Vec<Diagnostic>) =
        roadmap.diagnostics.into_iter().partition(|found| reason.is_about(found));
    let causes = rest.into_iter().filter(|found| about.iter().any(|other| found.is_cause_of(other)));
    let causes: Vec<Diagnostic> = causes.collect();
    about.splice(..0, causes);
    output::message(&report::folded(&report::fold(&about), output::colour_on_stderr()));
    CliError::refusal(format!("nothing is given to the {}: {reason}", roadmap.audience.readers()))
}

/// Says how long each stage took.
pub(super) fn say_times(times: &[(&'static str, Duration)]) {
    let line = |(stage, time): &(&str, Duration)| {
        let tenths = time.as_micros() / 100;
        format!("{stage:<10} {:>6}.{} ms\n", tenths / 10, tenths % 10)
    };
    output::message(&times.iter().map(line).collect::<String>());
}

/// The project's folder: `dir` where it is given, else the nearest one up from here that has a configuration, else this one.
pub(super) fn root(dir: Option<&Path>) -> Result<PathBuf, CliError> {
    let here = Path::new(".");
    match dir {
        Some(dir) => folder(dir).map(Path::to_owned),
        None if discover::has_configuration(here) => Ok(here.to_owned()),
        None => Ok(discover::find_root(here).unwrap_or_else(|| here.to_owned())),
    }
}

/// A folder that the command line names; a mistake of the command where it is none.
pub(super) fn folder(path: &Path) -> Result<&Path, CliError> {
    match path.metadata() {
        Ok(found) if found.is_dir() => Ok(path),
        Ok(_) => {
            Err(CliError::new(format!("`{}` is a file, not a folder", path.display()))
                .help("name the project's folder"))
        }
        Err(_) => Err(CliError::new(format!("there is no folder `{}`", path.display()))),
    }
}

/// Reads a day.
pub(super) fn day(text: &str) -> Result<Date, String> {
    let date = Date::parse(text).filter(|date| date.first() == date.last());
    date.ok_or_else(|| "write a day as 2026-11-30".to_owned())
}

/// Where the site goes: `dest` as seen from here, else `_site` in the project.
pub(super) fn destination(root: &Path, dest: Option<&Path>) -> Destination {
    let folder = dest.map_or_else(|| in_project(root, "_site"), Path::to_owned);
    Destination { folder, protected: vec![in_project(root, "")], sources: Vec::new() }
}

/// Where a site that is one file goes: `dest` as seen from here, else `_site.html` in the project.
pub(super) fn one_file(root: &Path, dest: Option<&Path>, sources: Vec<PathBuf>) -> OneFile {
    let path = dest.map_or_else(|| in_project(root, "_site.html"), Path::to_owned);
    OneFile { path, sources, begin: single::BEGIN }
}

/// The folders that a site is made from: no output may be in one of them, or the next site would be made from this one. The project's own
/// folder is none, even where a pattern begins there.
pub(super) fn sources(root: &Path, config: &Config) -> Vec<PathBuf> {
    let folders = config.collections.iter().flat_map(|collection| collection.include.folders());
    let folders = folders.filter(|folder| !folder.is_empty()).chain(["static", "templates"]);
    folders.map(|folder| in_project(root, folder)).collect()
}

/// A path in the project, without a needless `./`.
pub(super) fn in_project(root: &Path, path: &str) -> PathBuf {
    if root == Path::new(".") && !path.is_empty() { PathBuf::from(path) } else { root.join(path) }
}
