//! Source text as the tidy rules see it: files of the repository, and their words without comments and strings.

use std::fs;
use std::path::Path;

pub(super) struct File {
    pub(super) path: String,
    pub(super) text: String,
    pub(super) tokens: Vec<Token>,
}

pub(super) struct Token {
    pub(super) line: usize,
    pub(super) text: String,
}

impl File {
    pub(super) fn new(path: &str, text: &str) -> File {
        File { path: path.to_owned(), text: text.to_owned(), tokens: tokens(text) }
    }

    /// The file or folder directly below `src/`.
    pub(super) fn module(&self) -> &str {
        let inside = self.path.trim_start_matches("src/");
        inside.split('/').next().unwrap_or(inside).trim_end_matches(".rs")
    }

    /// How many `super::` lead to the crate's root.
    pub(super) fn depth(&self) -> usize {
        let parts = self.path.trim_start_matches("src/").trim_end_matches("/mod.rs").split('/').count();
        if self.module() == "lib" { 0 } else { parts }
    }

    /// The names that follow `head::`, also out of `head::{a, b::c}`, with their lines.
    pub(super) fn names_after(&self, head: &str) -> Vec<(usize, &str)> {
        let mut names = Vec::new();
        for at in 0..self.tokens.len() {
            let is_head = self.is(at, head) && self.is(at + 1, "::") && (at == 0 || !self.is(at - 1, "::"));
            if is_head {
                self.names_from(at + 2, &mut names);
            }
        }
        names
    }

    pub(super) fn names_from<'a>(&'a self, at: usize, names: &mut Vec<(usize, &'a str)>) {
        if !self.is(at, "{") {
            names.extend(self.tokens.get(at).map(|token| (token.line, token.text.as_str())));
            return;
        }
        let mut depth = 0;
        for (next, token) in self.tokens.iter().enumerate().skip(at) {
            match token.text.as_str() {
                "{" => depth += 1,
                "}" => depth -= 1,
                name if depth == 1 && (self.is(next - 1, "{") || self.is(next - 1, ",")) => {
                    names.push((token.line, name))
                }
                _ => {}
            }
            if depth == 0 {
                return;
            }
        }
    }

    pub(super) fn is(&self, at: usize, text: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.text == text)
    }
}

/// Words, `::` and single marks; no comments and no contents of strings, which may speak of anything.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let (mut rest, mut line) = (text, 1);
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |at| at + 2),
            '"' => string_length(rest),
            'r' | 'b' if raw_string_length(rest).is_some() => raw_string_length(rest).unwrap_or(1),
            '\'' => quote_length(rest),
            _ if first.is_alphanumeric() || first == '_' => {
                rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())
            }
            ':' if rest.starts_with("::") => 2,
            _ => first.len_utf8(),
        };
        let piece = &rest[..length];
        let is_code = !first.is_whitespace() && !piece.starts_with("//") && !piece.starts_with("/*");
        if is_code && !piece.contains(['"', '\'']) {
            tokens.push(Token { line, text: piece.to_owned() });
        }
        line += piece.matches('\n').count();
        rest = &rest[length..];
    }
    tokens
}

fn string_length(text: &str) -> usize {
    let mut is_escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// `r"…"`, `r#"…"#`, `br"…"`.
fn raw_string_length(text: &str) -> Option<usize> {
    let start = text.find('r').filter(|&at| at < 2)? + 1;
    let hashes = text[start..].chars().take_while(|&c| c == '#').count();
    let inside = text[start + hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    Some(inside.find(&end).map_or(text.len(), |at| start + hashes + 1 + at + end.len()))
}

/// `'x'`, `'\n'`; of a lifetime only the mark.
fn quote_length(text: &str) -> usize {
    let mut letters = text.char_indices().skip(1);
    match (letters.next(), letters.next()) {
        (Some((_, '\\')), _) => text[3..].find('\'').map_or(1, |at| at + 4),
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 1,
    }
}

pub(super) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(super) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every text file below a folder of the repository, but for what tools put there.
pub(super) fn files(folder: &str, ending: &str) -> Vec<File> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if ["target", ".git", "node_modules", "_site"].contains(&name.as_str()) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if name.ends_with(ending)
                && let Ok(text) = fs::read_to_string(&path)
            {
                let relative = path.strip_prefix(root()).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                found.push(File::new(&relative, &text));
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}
