//! `roadbook init`: a starter plan.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;

use super::output::{self, CliError, FAINT, NAME, style};
use super::{ExitStatus, Verbosity, starter};

const EXAMPLES: &str = "\
Examples:
  roadbook init                           a starter plan in this folder
  roadbook init roadmap --title Larder    in roadmap/, for a product of that name
  roadbook init --github-pages            with the workflow that publishes it

Nothing that exists is overwritten: it is left as it is, and named";

/// Write a starter plan
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Init {
    /// The folder, made where it is missing
    #[arg(value_name = "DIR", default_value = ".", hide_default_value = true, value_hint = clap::ValueHint::DirPath)]
    dir: PathBuf,
    /// The product's name
    #[arg(long, value_name = "TITLE", default_value = starter::TITLE)]
    title: String,
    /// Write .github/workflows/roadbook.yml, which publishes the site on GitHub Pages
    #[arg(long)]
    github_pages: bool,
}

/// Writes what is missing.
pub(super) fn init(arguments: &Init, verbosity: Verbosity) -> Result<ExitStatus, CliError> {
    let title = serde_yaml::to_string(&arguments.title)
        .map_err(|error| CliError::new(format!("cannot write `{}` as YAML: {error}", arguments.title)))?;
    let dir = &arguments.dir;
    let mut message = String::new();
    let mut put = |path: &str, text: &str| -> Result<(), CliError> {
        let is_new = write_new(&dir.join(path), &text.replace("{title}", title.trim_end()))?;
        message.push_str(&if is_new { tell("wrote", path) } else { tell("left", path) });
        Ok(())
    };
    put("roadbook.yml", starter::CONFIGURATION)?;
    // A plan that somebody has begun gets no strangers among its files.
    if is_empty(&dir.join("plan")) {
        for (path, text) in starter::PLAN {
            put(path, text)?;
        }
    } else {
        message.push_str(&tell("left", "plan/"));
    }
    if arguments.github_pages {
        let workflow = starter::WORKFLOW.replace("{version}", env!("CARGO_PKG_VERSION"));
        let is_new = write_new(&dir.join(".github/workflows/roadbook.yml"), &workflow)?;
        message.push_str(&tell(if is_new { "wrote" } else { "left" }, ".github/workflows/roadbook.yml"));
    }
    let ignored = ignore_site(&dir.join(".gitignore"))?;
    if !ignored.is_empty() {
        message.push_str(&tell("added", &format!("{} to .gitignore", ignored.join(" and "))));
    }
    if !verbosity.quiet {
        output::message(&message);
        output::message(&next_steps(dir));
    }
    Ok(ExitStatus::Fine)
}

fn tell(act: &str, what: &str) -> String {
    let because = if act == "left" { "  (it exists)" } else { "" };
    format!("{}  {what}{}\n", style(FAINT, &format!("{act:>6}")), style(FAINT, because))
}

fn next_steps(dir: &Path) -> String {
    let into = if dir == Path::new(".") { String::new() } else { format!("  cd {}\n", dir.display()) };
    let commands = [
        ("roadbook build --open", "build the site and look at it"),
        ("roadbook list", "the backlog in order"),
        ("roadbook new item \"Lend on weekdays\"", "a first item of your own"),
    ];
    let mut out = format!("\nNext:\n{into}");
    for (command, what) in commands {
        out.push_str(&format!("  {}  {}\n", style(NAME, &format!("{command:<36}")), style(FAINT, what)));
    }
    out
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none())
}

/// Writes a file that is not there yet, with its folders; whether it was not there.
pub(super) fn write_new(path: &Path, text: &str) -> Result<bool, CliError> {
    let failed = |error: std::io::Error| CliError::new(format!("cannot write `{}`: {error}", path.display()));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    match fs::File::create_new(path) {
        Ok(mut file) => file.write_all(text.as_bytes()).map_err(failed).map(|()| true),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(failed(error)),
    }
}

/// Keeps the built site out of git, as a folder and as one file; the lines that had to be added.
fn ignore_site(path: &Path) -> Result<Vec<&'static str>, CliError> {
    let failed = |error: std::io::Error| CliError::new(format!("cannot write `{}`: {error}", path.display()));
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(failed(error)),
    };
    let is_there = |wanted: &&str| text.lines().any(|line| line.trim().trim_matches('/') == wanted.trim_matches('/'));
    let missing: Vec<&str> = ["/_site/", "/_site.html"].into_iter().filter(|line| !is_there(line)).collect();
    if !missing.is_empty() {
        let before = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
        let mut file = fs::OpenOptions::new().append(true).create(true).open(path).map_err(failed)?;
        file.write_all(format!("{before}{}\n", missing.join("\n")).as_bytes()).map_err(failed)?;
    }
    Ok(missing)
}
