//! `roadbook init`: a plan to begin with, that fits where it is begun.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;

use super::git::{self, Repository};
use super::output::{self, CliError, FAINT, NAME, style};
use super::{ExitStatus, Verbosity, adopt, load, starter};
use roadbook::text::listed;

const EXAMPLES: &str = "\
Examples:
  roadbook init                         a starter plan in this folder
  roadbook init roadmap --title Larder  in roadmap/, for a product of that name
  roadbook init --empty                 a vision to fill in, nothing invented
  roadbook init --github-pages          with the workflow that publishes it

In a git repository `origin` becomes the address of \"edit this page\", and the workflow is written \
to the repository's root, for its branch. Nothing that exists is overwritten: it is left as it is, \
and named";

/// Where the workflow is, in the repository.
const WORKFLOW: &str = ".github/workflows/roadbook.yml";

/// Write a starter plan, or an empty one
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Init {
    /// The folder, made where it is missing
    #[arg(value_name = "DIR", default_value = ".", hide_default_value = true, value_hint = clap::ValueHint::DirPath)]
    dir: PathBuf,
    /// The product's name [default: The Tool Shed; with --empty the repository's or the folder's]
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// Write a vision to fill in, and no examples
    #[arg(long)]
    empty: bool,
    /// Write .github/workflows/roadbook.yml, which publishes the site on GitHub Pages
    #[arg(long)]
    github_pages: bool,
}

/// Where a plan is begun.
struct Place {
    /// The project's folder, absolute.
    folder: PathBuf,
    repository: Option<Repository>,
    /// The way from the repository's root to the project, with `/` between; empty for the root itself.
    below: String,
}

impl Place {
    fn new(dir: &Path) -> Result<Place, CliError> {
        if dir.exists() {
            load::folder(dir)?;
        }
        let failed = |error: std::io::Error| CliError::new(format!("cannot make `{}`: {error}", dir.display()));
        let absolute = std::path::absolute(dir).map_err(failed)?;
        let real = absolute.canonicalize().unwrap_or_else(|_| real_above(&absolute));
        if let Some(git) = git::git_folder_above(&real) {
            let message = format!("`{}` is a git folder, and what is in it belongs to git", git.display());
            return Err(CliError::new(message)
                .help("begin the plan in a working tree; a bare repository has one once it is cloned"));
        }
        fs::create_dir_all(dir).map_err(failed)?;
        let folder = dir.canonicalize().map_err(failed)?;
        let repository = git::repository(&folder);
        let root = repository.as_ref().map_or(folder.as_path(), |repository| &repository.root);
        let names = folder.strip_prefix(root).into_iter().flat_map(Path::components);
        let names: Vec<String> = names.map(|name| name.as_os_str().to_string_lossy().into_owned()).collect();
        Ok(Place { below: names.join("/"), repository, folder })
    }

    fn root(&self) -> &Path {
        self.repository.as_ref().map_or(self.folder.as_path(), |repository| &repository.root)
    }

    fn address(&self) -> Option<&str> {
        self.repository.as_ref()?.address.as_deref()
    }

    fn branch(&self) -> &str {
        self.repository.as_ref().and_then(|repository| repository.branch.as_deref()).unwrap_or("main")
    }

    /// What an empty plan is called where nobody says.
    fn name(&self) -> String {
        let of_repository = || Some(self.address().filter(|_| self.below.is_empty())?.rsplit('/').next()?.to_owned());
        let of_folder = || Some(self.folder.file_name()?.to_string_lossy().into_owned());
        of_repository().or_else(of_folder).unwrap_or_else(|| "Roadmap".to_owned())
    }

    /// The lines of the configuration that say where files are edited.
    fn configuration(&self) -> Result<String, CliError> {
        let Some(address) = self.address() else {
            return Ok("# repository: https://github.com/example/roadmap".to_owned());
        };
        let mut lines = format!("repository: {}", yaml(address)?);
        let encoded = |part: &str| roadbook::site::percent_encoded(part);
        if !self.below.is_empty() {
            let branch = yaml(&format!("{}/{}", self.branch(), encoded(&self.below)))?;
            lines.push_str(&format!("\n# The branch, and in it the folder of this project.\nbranch: {branch}"));
        } else if self.branch() != "main" {
            lines.push_str(&format!("\nbranch: {}", yaml(self.branch())?));
        }
        Ok(lines)
    }

    fn workflow(&self) -> Result<String, CliError> {
        if self.below.contains("${{") {
            return Err(CliError::new(format!("a workflow cannot name the folder `{}`", self.below)));
        }
        let folder = if self.below.is_empty() { String::new() } else { yaml(&self.below)? };
        let (releases, version) = (env!("CARGO_PKG_REPOSITORY"), env!("CARGO_PKG_VERSION"));
        Ok(starter::workflow(releases, version, &yaml(self.branch())?, &folder))
    }
}

/// The real path of a folder or a file that is still to be made.
pub(super) fn real_above(folder: &Path) -> PathBuf {
    let found = folder.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)));
    found.map_or_else(|| folder.to_owned(), |(above, real)| real.join(folder.strip_prefix(above).unwrap_or(folder)))
}

fn yaml(text: &str) -> Result<String, CliError> {
    let yaml = serde_yaml::to_string(text)
        .map_err(|error| CliError::new(format!("cannot write `{text}` as YAML: {error}")))?;
    Ok(yaml.trim_end().to_owned())
}

/// Writes what is missing.
pub(super) fn init(arguments: &Init, verbosity: Verbosity) -> Result<ExitStatus, CliError> {
    let dir = &arguments.dir;
    let place = Place::new(dir)?;
    let usual = || if arguments.empty { place.name() } else { starter::TITLE.to_owned() };
    let title = yaml(&arguments.title.clone().unwrap_or_else(usual))?;
    let plan = load::in_project(dir, "plan");
    if plan.is_file() {
        return Err(is_file(&plan));
    }
    let has_plan = !is_empty(&plan);
    let adopt = adopt::adopt(place.root(), &place.folder);
    let mut message = String::new();
    let mut put = |path: &str, text: &str, note: &str| -> Result<(), CliError> {
        let is_new = write_new(&dir.join(path), &text.replace("{title}", &title))?;
        message.push_str(&if is_new { tell("wrote", path, note) } else { left(path) });
        Ok(())
    };
    let taken = place.address().map(|address| format!("repository: {address}")).unwrap_or_default();
    put("roadbook.yml", &starter::CONFIGURATION.replace("{repository}", &place.configuration()?), &taken)?;
    // A plan that somebody has begun gets no strangers among its files.
    if has_plan {
        message.push_str(&left("plan/"));
    } else if arguments.empty {
        put("plan/vision.md", starter::VISION, "to fill in")?;
    } else {
        for (path, text) in starter::PLAN {
            put(path, text, "")?;
        }
    }
    if arguments.github_pages {
        let is_new = write_new(&place.root().join(WORKFLOW), &place.workflow()?)?;
        let at = if place.below.is_empty() { "" } else { "in the repository's root, " };
        let note = format!("{at}publishes from {}", place.branch());
        message.push_str(&if is_new { tell("wrote", WORKFLOW, &note) } else { left(WORKFLOW) });
    }
    let ignored = ignore_site(&dir.join(".gitignore"))?;
    if !ignored.is_empty() {
        message.push_str(&tell("added", &format!("{} to .gitignore", listed(&ignored)), ""));
    }
    if !verbosity.quiet {
        output::message(&message);
        if let Some(adopt) = adopt {
            output::message(&format!("\n{adopt}"));
        }
        output::message(&next_steps(arguments, &place, has_plan));
    }
    Ok(ExitStatus::Fine)
}

fn tell(act: &str, what: &str, note: &str) -> String {
    let note = if note.is_empty() { String::new() } else { format!("  ({note})") };
    format!("{}  {what}{}\n", style(FAINT, &format!("{act:>6}")), style(FAINT, &note))
}

fn left(what: &str) -> String {
    tell("left", what, "it exists")
}

fn next_steps(arguments: &Init, place: &Place, has_plan: bool) -> String {
    let dir = &arguments.dir;
    let into = match dir.display().to_string() {
        dir if dir == "." => String::new(),
        dir if dir.contains(char::is_whitespace) => format!("  cd \"{dir}\"\n"),
        dir => format!("  cd {dir}\n"),
    };
    let (item, what) = match (has_plan, arguments.empty) {
        (true, _) => ("roadbook new item \"A title\"", "another item"),
        (false, true) => ("roadbook new item \"A title\"", "the first item"),
        (false, false) => ("roadbook new item \"Lend on weekdays\"", "a first item of your own"),
    };
    let commands = [
        ("roadbook serve --open", "see it in a browser, and every save"),
        ("roadbook check", "what is wrong with it"),
        (item, what),
    ];
    let mut out = format!("\nNext:\n{into}");
    for (command, what) in commands {
        out.push_str(&format!("  {}  {}\n", style(NAME, &format!("{command:<36}")), style(FAINT, what)));
    }
    if arguments.github_pages {
        out.push_str(&to_publish(place));
    }
    out
}

/// What is left to do until the site is on GitHub Pages.
fn to_publish(place: &Place) -> String {
    let github = place.address().filter(|address| address.starts_with("https://github.com/"));
    let settings = github.map(|address| format!(", at {address}/settings/pages")).unwrap_or_default();
    let site = github.and_then(|address| address.rsplit('/').next().zip(address.rsplit('/').nth(1)));
    let site = match site {
        Some((name, owner)) if name.eq_ignore_ascii_case(&format!("{owner}.github.io")) => {
            format!("; the site is then at https://{name}/")
        }
        Some((name, owner)) => format!("; the site is then at https://{}.github.io/{name}/", owner.to_lowercase()),
        None => String::new(),
    };
    let mut out = "\nTo publish it:\n".to_owned();
    if let Some(elsewhere) = place.address().filter(|_| github.is_none()) {
        let hosts = adopt::documented("docs/publishing.md", "tells of other hosts");
        out.push_str(&format!("  the workflow is for GitHub, and `origin` is at {elsewhere}: {hosts}\n"));
    }
    if env!("CARGO_PKG_REPOSITORY").is_empty() {
        out.push_str(
            "  name the repository that you have Roadbook from, as the workflow says: until then it does nothing\n",
        );
    }
    out.push_str(&format!("  in the repository's settings, once: Pages, Source, GitHub Actions{settings}\n"));
    out.push_str(&format!("  commit and push to {}{site}\n", place.branch()));
    out
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none())
}

fn is_file(path: &Path) -> CliError {
    CliError::new(format!("`{}` is a file, and a folder of that name is needed", path.display()))
}

/// Writes a file that is not there yet, with its folders; whether it was not there.
pub(super) fn write_new(path: &Path, text: &str) -> Result<bool, CliError> {
    let failed = |error: std::io::Error| CliError::new(format!("cannot write `{}`: {error}", path.display()));
    if let Some(file) = path.ancestors().skip(1).find(|above| above.is_file()) {
        return Err(is_file(file));
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    match fs::File::create_new(path) {
        Ok(mut file) => file.write_all(text.as_bytes()).map_err(failed).map(|()| true),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(failed(error)),
    }
}

/// Keeps the built site out of git, as a folder and as one file, and what a build leaves that is killed; the lines that had to be added.
fn ignore_site(path: &Path) -> Result<Vec<&'static str>, CliError> {
    let failed = |error: std::io::Error| CliError::new(format!("cannot write `{}`: {error}", path.display()));
    const MOST: u64 = 1024 * 1024;
    // The kind before it is opened: to read a pipe or a device may never end.
    let text = match fs::metadata(path) {
        Ok(found) if found.is_file() && found.len() <= MOST => fs::read_to_string(path).map_err(failed)?,
        Ok(_) => return Err(failed(std::io::Error::other("it is no file of lines"))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(failed(error)),
    };
    let is_there = |wanted: &&str| text.lines().any(|line| line.trim().trim_matches('/') == wanted.trim_matches('/'));
    let missing: Vec<&str> =
        ["/_site/", "/_site.html", ".*.roadbook"].into_iter().filter(|line| !is_there(line)).collect();
    if !missing.is_empty() {
        let before = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
        let mut file = fs::OpenOptions::new().append(true).create(true).open(path).map_err(failed)?;
        file.write_all(format!("{before}{}\n", missing.join("\n")).as_bytes()).map_err(failed)?;
    }
    Ok(missing)
}
