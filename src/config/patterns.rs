//! Patterns of files, as a collection has them: what they match, whatever way their author writes a path.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::name;

/// Patterns of paths from the project's root.
#[derive(Clone, Debug)]
pub struct Patterns {
    written: Vec<String>,
    normal: Vec<String>,
    globs: GlobSet,
    /// Of each glob, in their order, which pattern it is of.
    of: Vec<usize>,
}

/// A pattern that is none, and why.
pub(super) struct Unreadable {
    pub(super) pattern: String,
    pub(super) reason: String,
}

impl Patterns {
    /// Patterns that match files.
    pub(super) fn of_files(written: Vec<String>) -> (Patterns, Vec<Unreadable>) {
        Patterns::new(written, |pattern| vec![pattern.to_owned()])
    }

    /// Patterns that match files, and folders with all that is in them, as in `.gitignore`.
    pub(super) fn of_files_and_folders(written: Vec<String>) -> (Patterns, Vec<Unreadable>) {
        Patterns::new(written, |pattern| vec![pattern.to_owned(), format!("{pattern}/**")])
    }

    fn new(written: Vec<String>, globs: impl Fn(&str) -> Vec<String>) -> (Patterns, Vec<Unreadable>) {
        let mut set = GlobSetBuilder::new();
        let (mut read, mut normals, mut unreadable, mut of) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for pattern in written {
            let normal = normal(&pattern);
            let glob = |glob: &String| GlobBuilder::new(glob).literal_separator(true).backslash_escape(true).build();
            let both = [normal.clone()].into_iter().chain(as_named(&normal));
            let built: Result<Vec<_>, _> = both.flat_map(|pattern| globs(&pattern)).map(|text| glob(&text)).collect();
            match built {
                Ok(globs) => {
                    of.extend(globs.iter().map(|_| read.len()));
                    globs.into_iter().for_each(|glob| _ = set.add(glob));
                    read.push(pattern);
                    normals.push(normal);
                }
                Err(error) => unreadable.push(Unreadable { pattern, reason: error.kind().to_string() }),
            }
        }
        let globs = set.build().unwrap_or_else(|_| GlobSet::empty());
        (Patterns { written: read, normal: normals, globs, of }, unreadable)
    }

    /// Whether a path matches one of them. A pattern for `.md` is one for all Markdown: `.MD` and `.markdown` match it, too.
    pub fn is_match(&self, path: &str) -> bool {
        let path = name::composed(path);
        self.globs.is_match(&*path) || as_md(&path).is_some_and(|path| self.globs.is_match(path))
    }

    /// The indices of those that a path matches.
    pub fn matches(&self, path: &str) -> impl Iterator<Item = usize> + use<'_> {
        let path = name::composed(path);
        let other = as_md(&path).map(|path| self.globs.matches(path)).unwrap_or_default();
        self.globs.matches(&*path).into_iter().chain(other).filter_map(|index| self.of.get(index).copied())
    }

    /// Each as its author wrote it.
    pub fn written(&self) -> impl Iterator<Item = &str> {
        self.written.iter().map(String::as_str)
    }

    /// The folder that each begins in, from the project's root and with a `/` at its end: `plan/items/` of `plan/items/**/*.md`, nothing of a
    /// pattern that begins in the root.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        self.normal().map(|pattern| {
            let literal = &pattern[..pattern.find(['*', '?', '[', '{', '\\']).unwrap_or(pattern.len())];
            &literal[..literal.rfind('/').map_or(0, |at| at + 1)]
        })
    }

    /// Each without what does not change its meaning: the form in which paths are compared with it.
    pub fn normal(&self) -> impl Iterator<Item = &str> {
        self.normal.iter().map(String::as_str)
    }
}

/// A pattern with brackets, braces or question marks as one of folders that really have them in their names: who writes the path of such a folder
/// means it, whatever else the signs mean.
fn as_named(pattern: &str) -> Option<String> {
    const SIGNS: [char; 5] = ['[', ']', '{', '}', '?'];
    let is_other = pattern.contains(SIGNS) && !pattern.contains('\\');
    let named = |sign: char| if SIGNS.contains(&sign) { format!("[{sign}]") } else { sign.to_string() };
    is_other.then(|| pattern.chars().map(named).collect())
}

/// A path or a pattern without what does not change its meaning: `./`, `//`, a slash at either end, blanks, `..` behind a name. A `\` before a
/// letter or a digit is the slash of another system; before a sign it takes the sign as it is.
pub(super) fn normal(pattern: &str) -> String {
    let mut slashed = String::with_capacity(pattern.len());
    let mut signs = pattern.trim().chars().peekable();
    while let Some(sign) = signs.next() {
        let is_slash = sign == '\\' && signs.peek().is_some_and(|next| next.is_alphanumeric());
        slashed.push(if is_slash { '/' } else { sign });
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in slashed.split('/').map(str::trim) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != ".." && !last.contains('*')) => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The path of Markdown whose name ends in `.MD` or `.markdown` as it would be with `.md`.
fn as_md(path: &str) -> Option<String> {
    let (stem, ending) = path.rsplit_once('.')?;
    let is_markdown = ending != "md" && ["md", "markdown"].iter().any(|known| ending.eq_ignore_ascii_case(known));
    is_markdown.then(|| format!("{stem}.md"))
}
