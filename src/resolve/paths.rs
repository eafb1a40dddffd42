//! Paths and addresses as links write them.

use crate::config::Config;

pub(super) fn file_stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// A name without the ending of Markdown.
pub(super) fn markdown_stem(name: &str) -> &str {
    let is_markdown = |ending: &str| ["md", "markdown"].iter().any(|known| ending.eq_ignore_ascii_case(known));
    name.rsplit_once('.').filter(|(_, ending)| is_markdown(ending)).map_or(name, |(stem, _)| stem)
}

pub(super) fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// `path` seen from `folder`, with `.` and `..` resolved.
pub(super) fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// A path that a link writes.
#[derive(Debug)]
pub(super) struct LocalPath {
    /// As it is written, decoded.
    pub(super) written: String,
    /// From the project's root, with `../` before it for each folder above that, as far as the repository is known to go.
    pub(super) joined: String,
    pub(super) anchor: Option<String>,
    /// Whether it leads out of the project.
    pub(super) is_above: bool,
    /// Whether it leads out of the repository, too.
    pub(super) is_out: bool,
}

impl LocalPath {
    /// The path that `target` is in the text of the file `from`; none where it is an address, or a place on the same page.
    pub(super) fn of(target: &str, from: &str, config: &Config) -> Option<LocalPath> {
        if target.is_empty() || target.starts_with(['#', '?']) || target.starts_with("//") || has_scheme(target) {
            return None;
        }
        let (path, anchor) = split_anchor(target);
        let written = decoded(path.split('?').next().unwrap_or(path));
        // A path from the root means the repository's root, as on GitHub.
        let folder = if written.starts_with('/') { "" } else { folder(from) };
        let (mut depth, mut above) = (folder.split('/').filter(|part| !part.is_empty()).count(), 0);
        for part in written.split('/') {
            match part {
                "" | "." => {}
                ".." if depth == 0 => above += 1,
                ".." => depth -= 1,
                _ => depth += 1,
            }
        }
        let joined = joined(folder, &written);
        // Where the project is a folder of the repository, it stands behind the branch.
        let own: Vec<&str> = config.branch.split('/').skip(1).filter(|part| !part.is_empty()).collect();
        if above == 0 || above > own.len() {
            let (is_above, is_out) = (above > 0, above > 0 && config.repository.is_some());
            let joined = if is_above { written.clone() } else { joined };
            return Some(LocalPath { joined, written, anchor, is_above, is_out });
        }
        // A path may leave the project and come back to it.
        let back = own[own.len() - above..].iter().try_fold(&*joined, |path, part| {
            let rest = path.strip_prefix(part)?;
            if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
        });
        let (joined, is_above) = match back {
            Some(path) => (path.to_owned(), false),
            None => (format!("{}{joined}", "../".repeat(above)), true),
        };
        Some(LocalPath { joined, written, anchor, is_above, is_out: false })
    }
}

pub(super) fn split_anchor(target: &str) -> (&str, Option<String>) {
    match target.split_once('#') {
        Some((path, anchor)) => (path, Some(decoded(anchor)).filter(|anchor| !anchor.is_empty())),
        None => (target, None),
    }
}

pub(super) fn has_scheme(target: &str) -> bool {
    let scheme = target.split([':', '/', '?', '#']).next().unwrap_or_default();
    target[scheme.len()..].starts_with(':')
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

/// Percent-decoded, where the result is UTF-8.
pub(crate) fn decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let hex = |offset: usize| {
        bytes.get(offset).and_then(|&byte| char::from(byte).to_digit(16)).and_then(|d| u8::try_from(d).ok())
    };
    let (mut out, mut offset) = (Vec::with_capacity(bytes.len()), 0);
    while offset < bytes.len() {
        match (bytes[offset], hex(offset + 1), hex(offset + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push(high * 16 + low);
                offset += 3;
            }
            (byte, ..) => {
                out.push(byte);
                offset += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

/// Where words lead outside of the plan: the first address in them.
pub(super) fn address_in(words: &str) -> Option<&str> {
    let is_around = |c: char| "<>()[]\"'.,;:!".contains(c);
    let addresses = words.split_whitespace().map(|word| word.trim_matches(is_around));
    addresses.into_iter().find(|word| word.starts_with("https://") || word.starts_with("http://"))
}

/// Whether a text is an address elsewhere, or an issue of another repository: `https://…`, `mailto:…`, `owner/name#5`.
pub(super) fn is_outside(text: &str) -> bool {
    let is_issue = |text: &str| {
        let parts = text.split_once('#').and_then(|(repository, number)| Some((repository.split_once('/')?, number)));
        let is_name = |name: &str| {
            !name.is_empty()
                && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
                && !name.starts_with('.')
        };
        parts.is_some_and(|((owner, name), number)| {
            is_name(owner) && is_name(name) && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    let is_one_word = !text.contains(char::is_whitespace);
    address_in(text).is_some() || is_one_word && (has_scheme(text) && text.contains(['/', '@']) || is_issue(text))
}
