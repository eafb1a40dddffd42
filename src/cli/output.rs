//! Printing: the two streams, colour, and failures.

use std::fs;
use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};

use anstyle::{AnsiColor, Style};
use clap::Args;

use roadbook::config::{self, Config};
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
/// A mistake.
pub(super) const BAD: Style = AnsiColor::Red.on_default().bold();

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
    /// Write into FILE and not to standard output, which is `-`
    #[arg(short = 'o', long = "output", value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    path: Option<PathBuf>,
    /// Replace FILE even if Roadbook did not make it
    #[arg(long, requires = "path")]
    force: bool,
}

impl OutputFile {
    /// Writes a text into the file, or to stdout where none is named. What is there is replaced in one step, and only where Roadbook made it.
    ///
    /// Nothing is written where the next build would read it as a source, and what is for the team (`is_internal`) not into the project's
    /// `static/`, from where it would be published.
    pub(super) fn write_for(
        &self,
        text: &str,
        root: &Path,
        config: &Config,
        is_internal: bool,
    ) -> Result<ExitStatus, CliError> {
        if let (Some(file), Ok(root)) = (self.real_path(), root.canonicalize())
            && let Ok(path) = file.strip_prefix(&root)
        {
            if is_internal && path.starts_with("static") {
                return Err(CliError::new(
                    "what is for the team cannot go into `static/`: the next build would publish it",
                )
                .help("write it elsewhere, or choose `--audience public`"));
            }
            let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            let address = parts.join("/");
            let is_included = config.collections.iter().any(|collection| collection.includes(&address));
            if !self.force && (is_included || path.starts_with("templates")) {
                return Err(not_ours(&file, OF_PLAN));
            }
        }
        self.write(text)
    }

    /// The file that is named; none for standard output.
    fn file(&self) -> Option<&Path> {
        self.path.as_deref().filter(|path| *path != Path::new("-"))
    }

    /// The file without links on the way; none where none is named, or its folder is not there.
    fn real_path(&self) -> Option<PathBuf> {
        let path = self.file()?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        path.canonicalize().ok().or_else(|| Some(folder.canonicalize().ok()?.join(path.file_name()?)))
    }

    /// The same for what has nothing of a plan in it, or was asked for by name.
    pub(super) fn write(&self, text: &str) -> Result<ExitStatus, CliError> {
        let Some(path) = self.file() else { return data(text) };
        let failed = |error: io::Error| CliError::new(format!("cannot write `{}`: {error}", path.display()));
        let old = match fs::metadata(path) {
            Ok(old) if is_stdout(&old) && !old.is_file() => return data(text),
            // Such as `/dev/null`, or a terminal.
            Ok(old) if is_character_device(&old) => {
                return fs::write(path, text).map(|()| ExitStatus::Fine).map_err(failed);
            }
            // To open a pipe would wait for somebody to read it, and a disk would be overwritten.
            Ok(old) if !old.is_file() => {
                let what = if old.is_dir() { "a folder" } else { "neither a file nor a terminal" };
                return Err(CliError::new(format!("cannot write `{}`: it is {what}", path.display()))
                    .help("name a file, or leave `-o` out to write to standard output"));
            }
            Ok(old) => Some(old),
            Err(error) if error.kind() == io::ErrorKind::NotFound && path.is_symlink() => {
                let message = format!("cannot write `{}`: it is a symbolic link that leads nowhere", path.display());
                return Err(CliError::new(message).help("name the file that it is to lead to"));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(failed(error)),
        };
        // A link stays, and what it leads to is replaced.
        let path = &path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let is_ours = match &old {
            Some(old) if old.len() > 0 => is_ours(&beginning(path).map_err(failed)?),
            // What is not there yet, or holds nothing, such as a temporary file: but nothing that would be read as part of a plan.
            _ => !is_of_plan(path),
        };
        if !is_ours && !self.force {
            return Err(not_ours(path, if old.is_some() { "is there, and Roadbook did not make it" } else { OF_PLAN }));
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

const OF_PLAN: &str = "would be read as part of a plan";

/// Why a file is not written without `--force`.
fn not_ours(path: &Path, why: &str) -> CliError {
    CliError::new(format!("`{}` {why}", path.display()))
        .help("choose another name, or give `--force` to write it all the same")
}

/// Whether this is what standard output goes to, under whatever name.
#[cfg(unix)]
fn is_stdout(file: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    fs::metadata("/dev/stdout").is_ok_and(|stdout| (stdout.dev(), stdout.ino()) == (file.dev(), file.ino()))
}

#[cfg(unix)]
fn is_character_device(file: &fs::Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt as _;
    file.file_type().is_char_device()
}

#[cfg(not(unix))]
fn is_stdout(_: &fs::Metadata) -> bool {
    false
}

#[cfg(not(unix))]
fn is_character_device(_: &fs::Metadata) -> bool {
    false
}

/// Whether a file's name is that of Markdown or of a configuration: what plans are made of.
fn is_of_plan(path: &Path) -> bool {
    if path.file_name().is_some_and(|name| config::is_other_format(&name.to_string_lossy())) {
        return true;
    }
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    ["md", "markdown", "mdown", "mkd", "mdx", "yml", "yaml"].contains(&ending.as_str())
}

/// As much of a file as tells who made it.
fn beginning(path: &Path) -> io::Result<Vec<u8>> {
    const MOST: u64 = 64 * 1024;
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(MOST).read_to_end(&mut bytes)?;
    Ok(bytes)
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
    // The last letter may be cut.
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return false,
    };
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
