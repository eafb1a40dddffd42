//! What a git repository says of itself, read from its files; no program is run. What is not plain is left out: an address that nobody
//! wrote down is worse than none.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// The largest file that is read, in bytes.
const MAX_SIZE: u64 = 1024 * 1024;

/// A repository with a working tree.
pub(super) struct Repository {
    /// The folder of its working tree.
    pub(super) root: PathBuf,
    /// The web address of its `origin`, without a user, a password or `.git`.
    pub(super) address: Option<String>,
    /// The branch that `origin` shows first, as far as a clone wrote it down; else the one that is checked out.
    pub(super) branch: Option<String>,
}

/// The repository around a folder, which is absolute.
pub(super) fn repository(folder: &Path) -> Option<Repository> {
    let (root, git) = folder.ancestors().find_map(|root| Some((root, git_folder(root)?)))?;
    // A linked worktree has a HEAD of its own and shares everything else.
    let common = match read(&git.join("commondir")) {
        Some(path) => git.join(path.trim_end()),
        None => git.clone(),
    };
    let head = |path: PathBuf, refs: &str| {
        let text = read(&path)?;
        let branch = text.trim().strip_prefix("ref:")?.trim().strip_prefix(refs)?;
        is_branch(branch).then(|| branch.to_owned())
    };
    let branch = head(common.join("refs/remotes/origin/HEAD"), "refs/remotes/origin/");
    let config = read(&common.join("config")).unwrap_or_default();
    Some(Repository {
        root: root.to_owned(),
        address: origin(&config).as_deref().and_then(web_address),
        branch: branch.or_else(|| head(git.join("HEAD"), "refs/heads/")),
    })
}

/// The git folder that a path is or lies in, below any working tree: that of a bare repository, or `.git`. What is there is git's own.
pub(super) fn git_folder_above(path: &Path) -> Option<&Path> {
    let is_git = |folder: &Path| {
        let is_named = folder.file_name().is_some_and(|name| name.eq_ignore_ascii_case(".git"));
        is_named || folder.join("HEAD").is_file() && ["objects", "refs"].iter().all(|part| folder.join(part).is_dir())
    };
    // A worktree may lie in the bare repository that it belongs to.
    path.ancestors().find(|above| is_git(above) || git_folder(above).is_some()).filter(|above| is_git(above))
}

/// A file's text. What is no plain file, or larger than any that git writes for this, is left alone: nothing in a folder may stop us.
fn read(path: &Path) -> Option<String> {
    let found = fs::metadata(path).ok().filter(|found| found.is_file() && found.len() <= MAX_SIZE)?;
    let mut text = String::new();
    fs::File::open(path).ok()?.take(found.len()).read_to_string(&mut text).ok()?;
    Some(text)
}

/// Where git keeps what it knows of a working tree: `.git`, or where that file leads in a submodule or a linked worktree.
fn git_folder(root: &Path) -> Option<PathBuf> {
    let git = root.join(".git");
    let git = match read(&git) {
        Some(text) => root.join(text.strip_prefix("gitdir:")?.trim()),
        None => git,
    };
    git.join("HEAD").is_file().then_some(git)
}

/// Whether a text is a branch's name that can be written down as it is.
fn is_branch(name: &str) -> bool {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./+@#=,".contains(c);
    !name.is_empty() && !name.starts_with(['.', '-']) && name.chars().all(is_plain)
}

/// The address that `origin` is fetched from, as a configuration of git spells it; what it includes is not read.
fn origin(config: &str) -> Option<String> {
    let mut is_origin = false;
    for line in config.lines() {
        let mut line = line.trim();
        if let Some(heading) = line.strip_prefix('[') {
            // A quoted name may hold a bracket.
            let mut is_quoted = false;
            let end = heading.find(|c| {
                is_quoted ^= c == '"';
                c == ']' && !is_quoted
            })?;
            let (section, name) = heading[..end].split_once(char::is_whitespace).unwrap_or((&heading[..end], ""));
            is_origin = match name.trim() {
                "" => section.eq_ignore_ascii_case("remote.origin"),
                name => section.eq_ignore_ascii_case("remote") && name == "\"origin\"",
            };
            line = heading[end + 1..].trim();
        }
        if let Some((key, value)) = line.split_once('=').filter(|_| is_origin)
            && key.trim().eq_ignore_ascii_case("url")
        {
            let value = value.split([' ', '\t']).find(|part| !part.is_empty())?.trim_matches('"');
            return (!value.contains(['\\', '"', ';'])).then(|| value.to_owned());
        }
    }
    None
}

/// The web address of a repository that is fetched from `url`; none where that cannot be told.
fn web_address(url: &str) -> Option<String> {
    let (scheme, authority, path) = match url.split_once("://") {
        Some((scheme, rest)) => {
            let (authority, path) = rest.split_once('/')?;
            (scheme.to_ascii_lowercase(), authority, path)
        }
        // `user@host:owner/name`; a path on this machine has a slash before the colon, or none.
        None => {
            let (authority, path) = url.split_once(':').filter(|(authority, _)| !authority.contains('/'))?;
            ("ssh".to_owned(), authority, path)
        }
    };
    let host = authority.rsplit('@').next().unwrap_or_default().to_ascii_lowercase();
    let (name, port) = match host.split_once(':') {
        Some((name, port)) => (name, Some(port).filter(|port| !port.is_empty())),
        None => (host.as_str(), None),
    };
    let is_number = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    let begin = match scheme.as_str() {
        "https" | "http" => match port {
            Some(port) if is_number(port) => format!("{scheme}://{name}:{port}"),
            Some(_) => return None,
            None => format!("{scheme}://{name}"),
        },
        // The port of ssh is not that of the web; some hosts have a name for ssh where a firewall closes its port.
        "ssh" | "git+ssh" | "ssh+git" | "git" => {
            let web = ["ssh.", "altssh."].iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or(name);
            format!("https://{web}")
        }
        _ => return None,
    };
    let path = path.trim_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    let is_host = name.contains('.') && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte));
    let is_plain = |part: &str| {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._~-".contains(&byte);
        !part.is_empty() && ![".", ".."].contains(&part) && part.bytes().all(is_plain)
    };
    let parts: Vec<&str> = path.split('/').collect();
    // Azure has other paths for ssh than for the web.
    let is_known = is_host && !begin.ends_with("dev.azure.com");
    (is_known && parts.len() >= 2 && parts.into_iter().all(is_plain)).then(|| format!("{begin}/{path}"))
}
