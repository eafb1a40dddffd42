//! `roadbook build`: the site, published.

use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use clap::Args;

use roadbook::SiteParts;
use roadbook::config::{self, Config};
use roadbook::date::Date;
use roadbook::diagnostic::{self, Diagnostic, Severity};
use roadbook::discover::Inputs;
use roadbook::publish::{self, PublishError};
use roadbook::release::Release;
use roadbook::report::{self, Counts, Folded};
use roadbook::single;
use roadbook::site::{Content, Site};

use super::check::Format;
use super::load::{self, Audience, Loaded, Wanted};
use super::output::{self, CliError, HELD, STRONG, style};
use super::{ExitStatus, Verbosity, empty, findings, open, workflow};
use roadbook::text::count;

const EXAMPLES: &str = "\
Examples:
  roadbook build --open                      build this plan and look at it
  roadbook build docs/plan -d public         another plan, into public/
  roadbook build --audience internal         for the team: everything
  roadbook build --strict --format github    in a workflow
  roadbook build --single-file -d plan.html  all of it in one file, to send

A plan with errors is published as far as it is right, and the exit code is 1. With --strict, \
or where the configuration or a template cannot be read, nothing is published. The site is \
exchanged in one step: whoever looks meanwhile sees the old one or the new one. \
A folder that the system does not exchange, such as a mount point, gets its files one by one, \
and that is said";

/// Build the site
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Build {
    /// The project's folder [default: the nearest one up from here with a roadbook.yml]
    #[arg(value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    dir: Option<PathBuf>,
    /// The site's folder, or its file with --single-file [default: _site or _site.html in the project]
    #[arg(short, long, value_name = "DEST", value_hint = clap::ValueHint::DirPath)]
    dest: Option<PathBuf>,
    /// Make the whole site one HTML file that needs no other, no network and no script
    #[arg(long)]
    single_file: bool,
    /// Where the site will be; in place of the configuration's
    #[arg(long, value_name = "URL", value_parser = site_address)]
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
    /// How many threads to use, at most 256 [default: one for each core]
    #[arg(long, value_name = "N", value_parser = threads)]
    threads: Option<NonZeroUsize>,
    /// How to write what is wrong: human, short, json or github
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Human, hide_possible_values = true)]
    format: Format,
    /// Open the site in a browser
    #[arg(long)]
    open: bool,
    /// What other commands call their output, and other programs their browser: taken to say what is meant here
    #[arg(short = 'o', long = "output", value_name = "DEST", num_args = 0..=1, hide = true)]
    output: Option<Option<PathBuf>>,
}

/// Builds the site.
pub(super) fn build(arguments: &Build, verbosity: Verbosity) -> Result<ExitStatus, CliError> {
    let begin = Instant::now();
    if let Some(dest) = &arguments.output {
        return Err(no_output(dest.as_deref()));
    }
    let wanted = Wanted {
        dir: arguments.dir.as_deref(),
        audience: arguments.audience,
        today: arguments.today.as_ref(),
        strict: arguments.strict,
        ..Wanted::default()
    };
    if let Some(threads) = arguments.threads {
        // This thread is one of them, so that one is one.
        let threads = threads.get();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).use_current_thread().build_global();
        pool.map_err(|error| CliError::new(format!("cannot start {threads} threads: {error}")))?;
    }
    let loaded = load::load(&wanted, verbosity)?;
    publish_plan(arguments, loaded, verbosity, begin)
}

/// What to give instead of `-o`.
fn no_output(dest: Option<&Path>) -> CliError {
    CliError::new("`build` has no option `-o` or `--output`").help(match dest {
        Some(dest) => format!("say where the site goes by `-d`: `roadbook build -d {}`", dest.display()),
        None => "`-d DEST` says where the site goes, and `--open` opens it in a browser".to_owned(),
    })
}

fn publish_plan(
    arguments: &Build,
    loaded: Loaded,
    verbosity: Verbosity,
    begin: Instant,
) -> Result<ExitStatus, CliError> {
    let mut diagnostics = loaded.diagnostics().to_vec();
    let root = loaded.root.clone();
    let (size, files) = (loaded.size(), loaded.files());
    let no_items = empty::no_items(loaded.for_author());
    let to = Target::new(arguments, &loaded);
    let (inputs, release) = loaded.release(arguments.strict);
    let outcome = match release {
        _ if files == 0 && to.is_there() => Err(nothing_read(&inputs.config)),
        Ok(release) => match make(release, &inputs, arguments, &to, verbosity)? {
            Ok(made) => Ok(made),
            Err(mistakes) => {
                diagnostics.extend(mistakes);
                diagnostic::finalize(&mut diagnostics, &inputs.config.severities, arguments.strict);
                Err("a template cannot be read".to_owned())
            }
        },
        Err(refused) => Err(refused.reason.to_string()),
    };
    let counts = report::counts(&diagnostics);
    let told = match arguments.format {
        Format::Human if !verbosity.verbose => report::counts_of(&report::fold(&diagnostics)),
        _ => counts,
    };
    if arguments.format == Format::Github {
        workflow::tell(&diagnostics, &root, size.0, outcome.is_ok().then_some(to.path()))?;
    }
    say_findings(diagnostics, arguments.format, verbosity, &root)?;
    // Why nothing came of it is said to those, too, who want to hear of errors alone.
    if arguments.format != Format::Json && (!verbosity.quiet || outcome.is_err()) {
        say_outcome(&outcome, &to, size, &told, begin.elapsed());
    }
    if let (Some(text), Ok(_), false) = (no_items, &outcome, verbosity.quiet || arguments.format == Format::Json) {
        output::message(&(text + "\n"));
    }
    if arguments.open && outcome.is_ok() {
        let page = to.page();
        open::open(&page.canonicalize().unwrap_or(page).display().to_string());
    }
    Ok(if outcome.is_ok() && counts.errors == 0 { ExitStatus::Fine } else { ExitStatus::Errors })
}

/// Why a site is not replaced by one without a plan: a folder that was renamed must not take every page from its readers.
fn nothing_read(config: &Config) -> String {
    match config.has_own_collections {
        true => {
            "no file matches the patterns of `collections`, and an empty site does not replace what is there".to_owned()
        }
        false => "there is no file of a plan in `plan`, and an empty site does not replace what is there".to_owned(),
    }
}

fn threads(text: &str) -> Result<NonZeroUsize, String> {
    let is_usable = |threads: &NonZeroUsize| threads.get() <= MAX_THREADS;
    text.parse().ok().filter(is_usable).ok_or_else(|| format!("write a number of threads from 1 to {MAX_THREADS}"))
}

/// More threads than any machine gains from; each takes memory before it does anything.
const MAX_THREADS: usize = 256;

/// Where the site goes.
enum Target {
    Folder(publish::Destination),
    File(publish::OneFile),
}

impl Target {
    fn new(arguments: &Build, loaded: &Loaded) -> Target {
        let dest = arguments.dest.as_deref();
        let sources = load::sources(&loaded.root, &loaded.inputs.config);
        if arguments.single_file {
            Target::File(load::one_file(&loaded.root, dest, sources))
        } else {
            Target::Folder(publish::Destination { sources, ..load::destination(&loaded.root, dest) })
        }
    }

    fn path(&self) -> &Path {
        match self {
            Target::Folder(to) => &to.folder,
            Target::File(to) => &to.path,
        }
    }

    /// Whether the site of a plan was published there before: that of an empty one has nothing to lose.
    fn is_there(&self) -> bool {
        match self {
            Target::Folder(to) => to.folder.join(publish::MARKER).exists() && !empty::holds_empty_site(&to.folder),
            Target::File(to) => to.path.exists(),
        }
    }

    /// What to open of it.
    fn page(&self) -> PathBuf {
        match self {
            Target::Folder(to) => to.folder.join("index.html"),
            Target::File(to) => to.path.clone(),
        }
    }
}

/// What was published.
struct Made {
    pages: usize,
    /// The size of the one file.
    bytes: Option<usize>,
    /// Whether files were moved one by one.
    moved: bool,
    /// What could not be removed.
    left: Option<PathBuf>,
}

/// Makes the site and publishes it; gives the author's mistakes where a template is broken, and publishes nothing then.
fn make(
    release: Release,
    inputs: &Inputs,
    arguments: &Build,
    to: &Target,
    verbosity: Verbosity,
) -> Result<Result<Made, Vec<Diagnostic>>, CliError> {
    let begin = Instant::now();
    let parts = SiteParts { base_url: arguments.base_url.as_deref(), ..inputs.into() };
    let site = match roadbook::site(release, parts) {
        Ok(site) => site,
        Err(mistake) => return Ok(Err(vec![*mistake])),
    };
    let made = begin.elapsed();
    let mistakes = Mutex::new(Vec::new());
    let published = match to {
        Target::Folder(to) => put_folder(&site, to, &mistakes),
        Target::File(to) => put_file(&site, to, &mistakes),
    };
    if verbosity.verbose {
        load::say_times(&[("site", made), ("publish", begin.elapsed().saturating_sub(made))]);
    }
    let mistakes = mistakes.into_inner().unwrap_or_default();
    match published {
        Ok(made) => Ok(Ok(made)),
        Err(PublishError::Page { .. }) if !mistakes.is_empty() => Ok(Err(mistakes)),
        Err(error) => Err(CliError::new(error.to_string())),
    }
}

fn put_folder(site: &Site, to: &publish::Destination, mistakes: &Mutex<Vec<Diagnostic>>) -> Result<Made, PublishError> {
    let addresses: Vec<String> = site.addresses().map(str::to_owned).collect();
    let published = publish::publish(to, &addresses, &|address| render(site, address, mistakes), None)?;
    let is_page = |address: &&String| address.ends_with(".html") && !address.starts_with("embed/");
    let pages = addresses.iter().filter(is_page).count();
    Ok(Made { pages, bytes: None, moved: published.moved, left: published.left })
}

fn put_file(site: &Site, to: &publish::OneFile, mistakes: &Mutex<Vec<Diagnostic>>) -> Result<Made, PublishError> {
    // A large plan takes a while, and what is refused is refused at once.
    publish::check_file(to)?;
    let read = |address: &str| match render(site, address, mistakes)? {
        publish::FileContent::Bytes(bytes) => Ok(bytes),
        publish::FileContent::File(path) => {
            fs::read(&path).map_err(|error| format!("cannot read `{}`: {error}", path.display()))
        }
    };
    let fault = |fault: single::Fault| PublishError::Page { path: to.path.join(fault.address), message: fault.message };
    let (bytes, pages) = single::single(site, &read).map_err(fault)?;
    let size = bytes.len();
    publish::publish_file(to, &publish::FileContent::Bytes(bytes))?;
    Ok(Made { pages, bytes: Some(size), moved: false, left: None })
}

/// One page; a template's mistake is kept for the report.
fn render(site: &Site, address: &str, mistakes: &Mutex<Vec<Diagnostic>>) -> Result<publish::FileContent, String> {
    match site.render(address) {
        Some(Ok(Content::Bytes(bytes))) => Ok(publish::FileContent::Bytes(bytes)),
        Some(Ok(Content::File(path))) => Ok(publish::FileContent::File(path)),
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
fn say_findings(
    mut diagnostics: Vec<Diagnostic>,
    format: Format,
    verbosity: Verbosity,
    root: &Path,
) -> Result<(), CliError> {
    if verbosity.quiet {
        findings::keep_errors(&mut diagnostics);
    }
    let colour = output::colour_on_stderr();
    match format {
        Format::Json => return output::data(&findings::text(&diagnostics, format, false, root)).map(|_| ()),
        Format::Github => {
            output::message(&findings::text(&diagnostics, format, colour, root));
            return Ok(());
        }
        Format::Human | Format::Short => {}
    }
    if verbosity.verbose {
        output::message(&findings::text(&diagnostics, format, colour, root));
        return Ok(());
    }
    diagnostics.retain(|diagnostic| diagnostic.severity > Severity::Note);
    let all = diagnostics.len();
    let (folded, codes) = match format {
        Format::Short => (diagnostics.into_iter().map(Folded::one).collect(), String::new()),
        _ => {
            let folded = report::fold(&diagnostics);
            let codes = findings::codes(&folded)
                + &findings::left_out(all, &folded).map(|left| left + "\n").unwrap_or_default();
            (folded, codes)
        }
    };
    let shown = findings::shown(folded);
    output::message(&match format {
        Format::Short => {
            let diagnostics: Vec<Diagnostic> = shown.findings.into_iter().map(|finding| finding.diagnostic).collect();
            findings::text(&diagnostics, format, colour, root)
        }
        _ => report::folded(&shown.findings, colour),
    });
    let warning = style(HELD, "warning");
    if !shown.statuses.is_empty() {
        output::message(&format!("{warning}[unknown-status]: {}\n", findings::statuses(&shown.statuses)));
    }
    if shown.kept_back > 0 {
        output::message(&format!("… and {}: `roadbook check` lists them\n", count(shown.kept_back, "more warning")));
    }
    output::message(&codes);
    Ok(())
}

fn say_outcome(
    outcome: &Result<Made, String>,
    to: &Target,
    (items, themes): (usize, usize),
    counts: &Counts,
    time: Duration,
) {
    let (folder, is_there) = (to.path().display(), to.is_there());
    let found = if counts.errors + counts.warnings > 0 {
        format!(" ({})", findings::words(&Counts { notes: 0, ..*counts }))
    } else {
        String::new()
    };
    let Made { pages, bytes, moved, left } = match outcome {
        Ok(made) => made,
        Err(reason) => {
            let nothing = style(STRONG, "Nothing published");
            let stays = if is_there { format!("; {folder} stays as it was") } else { String::new() };
            output::message(&format!("{nothing}{found}: {reason}{stays}\n"));
            return;
        }
    };
    output::message(&format!(
        "{} {}, {} and {} into {folder}{} in {} ms{found}\n",
        style(STRONG, "Built"),
        count(items, "item"),
        count(themes, "theme"),
        count(*pages, "page"),
        bytes.map(|bytes| format!(" ({} KB)", bytes.div_ceil(1000))).unwrap_or_default(),
        time.as_millis(),
    ));
    if *moved {
        output::message(&format!("`{folder}` cannot be exchanged in one step, so its files were moved one by one\n"));
    }
    if let Some(left) = left {
        output::message(&format!(
            "could not remove `{}`; where the next build does not either, remove it yourself\n",
            left.display()
        ));
    }
}

fn site_address(text: &str) -> Result<String, String> {
    if config::is_site_address(text) { Ok(text.to_owned()) } else { Err(config::SITE_ADDRESS_HELP.to_owned()) }
}
