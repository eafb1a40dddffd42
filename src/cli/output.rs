//! Printing: the two streams, colour, and failures.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anstyle::{AnsiColor, Style};
use clap::Args;

use roadbook::config;
use roadbook::text;
pub(super) use roadbook::text::one_line as safe;

use super::ExitStatus;

/// A heading, a title.
pub(super) const STRONG: Style = Style::new().bold();
/// What matters less.
pub(super) const FAINT: Style = Style::new().dimmed();
/// Nothing is in its way.
pub(super) const GOOD: Style = AnsiColor::Green.on_default();
/// Something is in its way.
pub(super) const HELD: Style = AnsiColor::Yellow.on_default();
/// A name to type.
pub(super) const NAME: Style = AnsiColor::Cyan.on_default();
const BAD: Style = AnsiColor::Red.on_default().bold();

/// The looks of `--help`.
pub(super) const HELP_STYLES: clap::builder::Styles =
    clap::builder::Styles::styled().header(STRONG).usage(STRONG).literal(NAME).error(BAD).valid(GOOD).invalid(HELD);

/// A command that did not do what it was asked.
pub(super) struct CliError {
    message: String,
    help: Option<String>,
    /// 2 where it was wrongly called or its environment failed; 1 where the plan may not leave.
    pub(super) exit_code: u8,
}

impl CliError {
    /// One sentence, names in backticks, no full stop.
    pub(super) fn new(message: impl Into<String>) -> CliError {
        CliError { message: message.into(), help: None, exit_code: 2 }
    }

    /// A plan that may not leave, and why.
    pub(super) fn refusal(message: impl Into<String>) -> CliError {
        CliError { exit_code: 1, ..CliError::new(message) }
    }

    /// With the act that fixes it.
    pub(super) fn help(mut self, help: impl Into<String>) -> CliError {
        self.help = Some(help.into());
        self
    }
}

/// `text` in `style`; the streams drop the escapes where nobody wants them.
pub(super) fn style(style: Style, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{style}{text}{style:#}") }
}

/// Writes data to stdout, without what a terminal would obey. A reader who has seen enough is no failure: `roadbook list | head -1` ends in silence.
pub(super) fn data(text: &str) -> Result<ExitStatus, CliError> {
    let mut stream = anstream::stdout().lock();
    match stream.write_all(text::styled(text).as_bytes()).and_then(|()| stream.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(CliError::new(format!("cannot write to standard output: {error}")))
        }
        _ => Ok(ExitStatus::Fine),
    }
}

/// Where a command writes what it has made.
#[derive(Args)]
pub(super) struct OutputFile {
    /// Write into FILE and not to standard output
    #[arg(short = 'o', long = "output", value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    path: Option<PathBuf>,
    /// Replace FILE even if Roadbook did not make it
    #[arg(long, requires = "path")]
    force: bool,
}

impl OutputFile {
    /// Writes a text into the file, or to stdout where none is named. What is there is replaced in one step, and only where Roadbook made it.
    ///
    /// What is for the team (`is_internal`) does not go into the project's `static/`, from where the next build would publish it.
    pub(super) fn write_for(&self, text: &str, root: &Path, is_internal: bool) -> Result<ExitStatus, CliError> {
        let folder = self.path.as_deref().and_then(Path::parent).map(|folder| root_of(folder).canonicalize());
        let statics = root.join("static").canonicalize();
        if let (true, Some(Ok(folder)), Ok(statics)) = (is_internal, folder, statics)
            && folder.starts_with(&statics)
        {
            return Err(CliError::new(
                "what is for the team cannot go into `static/`: the next build would publish it",
            )
            .help("write it elsewhere, or choose `--audience public`"));
        }
        self.write(text)
    }

    /// The same for what has nothing of a plan in it, or was asked for by name.
    pub(super) fn write(&self, text: &str) -> Result<ExitStatus, CliError> {
        let Some(path) = &self.path else { return data(text) };
        let failed = |error: io::Error| CliError::new(format!("cannot write `{}`: {error}", path.display()));
        // A link stays, and what it leads to is replaced.
        let path = &path.canonicalize().unwrap_or_else(|_| path.clone());
        let old = match fs::metadata(path) {
            // A pipe or a device, such as `/dev/stdout`.
            Ok(old) if !old.is_file() && !old.is_dir() => {
                return fs::write(path, text).map(|()| ExitStatus::Fine).map_err(failed);
            }
            Ok(old) => Some(old),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(failed(error)),
        };
        let is_ours = match &old {
            Some(old) if old.len() > 0 => is_ours(&fs::read(path).map_err(failed)?),
            // What is not there yet, or holds nothing, such as a temporary file: but nothing that would be read as part of a plan.
            _ => !is_of_plan(path),
        };
        if !is_ours && !self.force {
            let why = if old.is_some() {
                "is there, and Roadbook did not make it"
            } else {
                "would be read as part of a plan"
            };
            return Err(CliError::new(format!("`{}` {why}", path.display()))
                .help("choose another name, or give `--force` to write it all the same"));
        }
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let new = path.with_file_name(format!(".{name}.{}.roadbook", std::process::id()));
        let write = || {
            fs::write(&new, text)?;
            old.map_or(Ok(()), |old| fs::set_permissions(&new, old.permissions()))?;
            fs::rename(&new, path)
        };
        write().map(|()| ExitStatus::Fine).map_err(|error| {
            _ = fs::remove_file(&new);
            failed(error)
        })
    }
}

/// A folder, where a path without one means this one.
fn root_of(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
}

/// Whether a file's name is that of Markdown or of a configuration: what plans are made of.
fn is_of_plan(path: &Path) -> bool {
    if path.file_name().is_some_and(|name| config::is_other_format(&name.to_string_lossy())) {
        return true;
    }
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    ["md", "markdown", "mdown", "mkd", "mdx", "yml", "yaml"].contains(&ending.as_str())
}

/// Whether a file holds what one of the commands writes, by how it begins and what is in it. One with nothing in it is nobody's.
fn is_ours(bytes: &[u8]) -> bool {
    const SIGNS: [(&str, &str); 6] = [
        ("{", "\"generator\":\"Roadbook "),
        ("{", "\"kind\": \"graph\""),
        ("{", "\"urn:roadbook:"),
        ("digraph ", "\n  rankdir=LR;\n  node [shape=box, style=\"rounded,filled\""),
        ("flowchart LR\n", "\n  classDef "),
        ("rank,id,title,type,state,", "\n"),
    ];
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    // A graph of no item is its first line.
    text.trim_end() == "flowchart LR"
        || SIGNS.iter().any(|(begin, sign)| text.starts_with(begin) && text.contains(sign))
}

/// Writes to stderr. Where nobody listens there is nobody to tell.
pub(super) fn message(text: &str) {
    let mut stream = anstream::stderr().lock();
    _ = stream.write_all(text::styled(text).as_bytes()).and_then(|()| stream.flush());
}

/// Whether stderr takes colour.
pub(super) fn colour_on_stderr() -> bool {
    anstream::AutoStream::choice(&io::stderr()) != anstream::ColorChoice::Never
}

/// Whether stdout takes colour.
pub(super) fn colour_on_stdout() -> bool {
    anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
}

/// Says why a command could not do what it was asked.
pub(super) fn failure(failure: &CliError) {
    let mut text = format!("{} {}\n", style(BAD, "error:"), safe(&failure.message));
    if let Some(help) = &failure.help {
        text.push_str(&format!("  {} {}\n", style(NAME, "help:"), safe(help)));
    }
    message(&text);
}
