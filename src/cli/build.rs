//! `roadbook build`: the site, published.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use clap::Args;

use roadbook::date::Date;
use roadbook::diagnostic::{self, Code, Diagnostic};
use roadbook::project;
use roadbook::publish::{self, PublishError, Published};
use roadbook::report::Counts;
use roadbook::site::{self, Content, Site};
use roadbook::skin;

use super::check::Format;
use super::load::{self, Audience, Loaded, Wanted};
use super::output::{self, Failure, HELD, STRONG, count, paint};
use super::{Verdict, Voice, findings, open, workflow};

const EXAMPLES: &str = "\
Examples:
  roadbook build --open                       build the plan around this folder and look at it
  roadbook build docs/plan -d public          another plan, into public/
  roadbook build --audience internal          for the team: everything, with a health page
  roadbook build --strict --format github     in a workflow

A plan with errors is published as far as it is right, and the exit code is 1. With --strict,
or where the configuration or a template cannot be read, nothing is published. The site is
exchanged in one step: whoever looks meanwhile sees the old one or the new one";

/// Build the site
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Build {
    /// The project's folder [default: the nearest one up from here with a roadbook.yml]
    #[arg(value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    dir: Option<PathBuf>,
    /// The site's folder [default: _site in the project]
    #[arg(short, long, value_name = "DEST", value_hint = clap::ValueHint::DirPath)]
    dest: Option<PathBuf>,
    /// Where the site will be; in place of the configuration's
    #[arg(long, value_name = "URL", value_parser = web_address)]
    base_url: Option<String>,
    /// Who the site is for, public or internal [default: what the configuration says, else public]
    #[arg(long, value_name = "AUDIENCE", value_enum, hide_possible_values = true)]
    audience: Option<Audience>,
    /// Take some warnings for errors, and publish nothing where there is an error
    #[arg(long)]
    strict: bool,
    /// The day to take for today
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = load::day)]
    today: Option<Date>,
    /// How many threads to use [default: one for each core]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// How to write what is wrong: human, short, json or github
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Human, hide_possible_values = true)]
    format: Format,
    /// Open the site in a browser
    #[arg(short, long)]
    open: bool,
}

/// Builds the site.
pub(super) fn build(arguments: &Build, voice: Voice) -> Result<Verdict, Failure> {
    let begin = Instant::now();
    let wanted = Wanted {
        dir: arguments.dir.as_deref(),
        audience: arguments.audience,
        today: arguments.today.as_ref(),
        strict: arguments.strict,
        ..Wanted::default()
    };
    if let Some(threads) = arguments.threads {
        // This thread is one of them, so that one is one.
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.get()).use_current_thread().build_global();
        pool.map_err(|error| Failure::new(format!("cannot start {threads} threads: {error}")))?;
    }
    let mut loaded = load::load(&wanted, voice)?;
    if let Some(url) = &arguments.base_url {
        Arc::make_mut(&mut loaded.roadmap.config).base_url = Some(format!("{}/", url.trim_end_matches('/')));
    }
    publish_plan(arguments, loaded, voice, begin)
}

fn publish_plan(arguments: &Build, mut loaded: Loaded, voice: Voice, begin: Instant) -> Result<Verdict, Failure> {
    let mut diagnostics = std::mem::take(&mut loaded.roadmap.diagnostics);
    let gives_away = loaded.audience == project::Audience::Public
        && diagnostics.iter().any(|diagnostic| diagnostic.code == Code::INTERNAL_REFERENCE);
    let may_publish =
        loaded.is_configured && !gives_away && !(arguments.strict && findings::counts(&diagnostics).errors > 0);
    // The health page of an internal site shows them.
    loaded.roadmap.diagnostics.clone_from(&diagnostics);
    let root = loaded.root.clone();
    let size = (loaded.roadmap.plan.items.len(), loaded.roadmap.plan.themes.len());
    let to = load::destination(&loaded.root, arguments.dest.as_deref());
    let severities = loaded.roadmap.config.severities.clone();
    let mut outcome = None;
    if may_publish {
        match make(loaded, &to, voice)? {
            Ok(made) => outcome = Some(made),
            Err(mistakes) => {
                diagnostics.extend(mistakes);
                diagnostic::settle(&mut diagnostics, &severities, arguments.strict);
            }
        }
    }
    let counts = findings::counts(&diagnostics);
    if arguments.format == Format::Github {
        workflow::tell(&diagnostics, &root, size.0, outcome.is_some().then_some(to.folder.as_path()))?;
    }
    say_findings(diagnostics, arguments.format, voice, &root);
    if arguments.format != Format::Json && !voice.quiet {
        say_outcome(outcome.as_ref(), &to.folder, size, &counts, begin.elapsed());
    }
    if arguments.open && outcome.is_some() {
        let page = to.folder.join("index.html");
        open::open(&page.canonicalize().unwrap_or(page).display().to_string());
    }
    Ok(if outcome.is_some() && counts.errors == 0 { Verdict::Fine } else { Verdict::Errors })
}

/// What was published.
struct Made {
    pages: usize,
    published: Published,
}

/// Makes the site and publishes it; gives the author's mistakes where a template is broken, and publishes nothing then.
fn make(loaded: Loaded, to: &publish::Destination, voice: Voice) -> Result<Result<Made, Vec<Diagnostic>>, Failure> {
    let begin = Instant::now();
    let skin = skin::skin(&loaded.templates, &loaded.assets);
    let templates = match site::templates(&skin, None) {
        Ok(templates) => templates,
        Err(mistake) => return Ok(Err(vec![*mistake])),
    };
    let site = site::site(loaded.roadmap, loaded.audience, skin.assets, templates);
    let made = begin.elapsed();
    let addresses: Vec<String> = site.addresses().map(str::to_owned).collect();
    let mistakes = Mutex::new(Vec::new());
    let render = |address: &str| render(&site, address, &mistakes);
    let published = publish::publish(to, &addresses, &render, None);
    if voice.verbose {
        load::say_times(&[("site", made), ("publish", begin.elapsed().saturating_sub(made))]);
    }
    let mistakes = mistakes.into_inner().unwrap_or_default();
    match published {
        Ok(published) => {
            let pages = addresses.iter().filter(|address| address.ends_with(".html")).count();
            Ok(Ok(Made { pages, published }))
        }
        Err(PublishError::Page { .. }) if !mistakes.is_empty() => Ok(Err(mistakes)),
        Err(error) => Err(Failure::new(error.to_string())),
    }
}

/// One page; a template's mistake is kept for the report.
fn render(site: &Site, address: &str, mistakes: &Mutex<Vec<Diagnostic>>) -> Result<publish::Content, String> {
    match site.render(address) {
        Some(Ok(Content::Bytes(bytes))) => Ok(publish::Content::Bytes(bytes)),
        Some(Ok(Content::File(path))) => Ok(publish::Content::File(path)),
        Some(Err(mistake)) => {
            let message = mistake.message.clone();
            if let Ok(mut mistakes) = mistakes.lock() {
                mistakes.push(*mistake);
            }
            Err(message)
        }
        None => Err("the site has no such page".to_owned()),
    }
}

/// Reports what is wrong: all of it to programs; to people the errors, the first warnings, and what to do about the rest.
fn say_findings(mut diagnostics: Vec<Diagnostic>, format: Format, voice: Voice, root: &Path) {
    if voice.quiet {
        findings::keep_errors(&mut diagnostics);
    }
    let colour = output::colour_on_stderr();
    if matches!(format, Format::Json | Format::Github) {
        output::say(&findings::text(&diagnostics, format, colour, root));
        return;
    }
    let shown = findings::shown(diagnostics);
    output::say(&findings::text(&shown.diagnostics, format, colour, root));
    let warning = paint(HELD, "warning");
    if !shown.statuses.is_empty() {
        output::say(&format!("{warning}[unknown-status]: {}\n", findings::statuses(&shown.statuses)));
    }
    if shown.kept_back > 0 {
        output::say(&format!("… and {}: `roadbook check` lists them\n", count(shown.kept_back, "more warning")));
    }
}

fn say_outcome(made: Option<&Made>, folder: &Path, (items, themes): (usize, usize), counts: &Counts, time: Duration) {
    let folder = folder.display();
    let found = if counts.errors + counts.warnings > 0 {
        format!(" ({})", findings::words(&Counts { notes: 0, ..*counts }))
    } else {
        String::new()
    };
    let Some(Made { pages, published }) = made else {
        output::say(&format!("{}{found}: {folder} stays as it was\n", paint(STRONG, "Nothing published")));
        return;
    };
    output::say(&format!(
        "{} {}, {} and {} into {folder} in {} ms{found}\n",
        paint(STRONG, "Built"),
        count(items, "item"),
        count(themes, "theme"),
        count(*pages, "page"),
        time.as_millis(),
    ));
    if let Some(left) = &published.left {
        output::say(&format!("could not remove `{}`; the next build tries again\n", left.display()));
    }
}

fn web_address(text: &str) -> Result<String, String> {
    let is_one = text.starts_with("https://") || text.starts_with("http://");
    if is_one { Ok(text.to_owned()) } else { Err("begin it with `https://`".to_owned()) }
}
