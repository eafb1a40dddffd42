//! The style of a site that is one file: all its style sheets as one element, what they show in it, and its sum for the policy.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use super::data;

/// One page is shown: the one that the address names, or that holds what it names; else the first. A browser that does not know
/// `:has()` shows all of them below one another, and so does `#everything`.
pub(super) const PAGES: &str = "\
html { scroll-behavior: auto; }
@supports selector(:has(:target)) {
  #everything:not(:target):has(:target) > [data-page]:not(:target, :has(:target)),
  #everything:not(:target, :has(:target)) > [data-page]:not(:first-child),
  #everything:target > [data-all] { display: none !important; }
  .take:not(:has([href])) { display: none; }
  [data-page]:target { scroll-margin-block-start: 100vh; }
}
#everything:target > [data-page] + [data-page] { border-block-start: 1px solid; margin-block-start: 4rem; padding-block-start: 2rem; }
@media screen { #everything:target > [data-page] { content-visibility: auto; contain-intrinsic-size: auto 60rem; } }
[data-all] { inline-size: min(100% - 2 * var(--gutter, 1rem), 76rem); margin: 2rem auto 0; font-size: .8125rem; }
@media print {
  #everything:target > [data-page] + [data-page] { break-before: page; border: 0; margin: 0; padding: 0; }
  [data-all] { display: none; }
}
";

/// The addresses that a style sheet names, as it names them.
pub(super) fn urls(css: &str) -> BTreeSet<String> {
    let mut urls = BTreeSet::new();
    rewritten(css, &mut |url| {
        urls.insert(url.to_owned());
        None
    });
    urls
}

/// A style sheet with other addresses: what `with` has none for is empty. Imports are left out.
pub(super) fn rewritten(css: &str, with: &mut dyn FnMut(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(c) = rest.chars().next() {
        let token = if let Some(comment) = rest.strip_prefix("/*") {
            comment.find("*/").map_or(rest.len(), |end| end + 4)
        } else if c == '"' || c == '\'' {
            string(rest)
        } else if starts(rest, "url(") && !ends_in_name(&out) {
            let (url, length) = url(rest);
            let url = with(&url).unwrap_or_else(|| "data:,".to_owned());
            out.push_str(&format!("url(\"{}\")", url.replace('"', "\\\"")));
            rest = rest.get(length..).unwrap_or_default();
            continue;
        } else if starts(rest, "@import") {
            rest = rest.get(statement(rest)..).unwrap_or_default();
            continue;
        } else {
            c.len_utf8()
        };
        let (done, left) = rest.split_at_checked(token).unwrap_or((rest, ""));
        out.push_str(done);
        rest = left;
    }
    out
}

fn starts(text: &str, with: &str) -> bool {
    text.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with))
}

/// Whether a name goes on: `my-url(` is none of ours.
fn ends_in_name(text: &str) -> bool {
    text.ends_with(|c: char| c.is_alphanumeric() || "-_\\".contains(c))
}

/// The length of the string that `text` begins with.
fn string(text: &str) -> usize {
    let mut chars = text.char_indices();
    let quote = chars.next().map(|(_, c)| c);
    while let Some((offset, c)) = chars.next() {
        if c == '\\' {
            chars.next();
        } else if Some(c) == quote || c == '\n' {
            return offset + 1;
        }
    }
    text.len()
}

/// The length of the statement that `text` begins with.
fn statement(text: &str) -> usize {
    let mut offset = 0;
    while let Some(c) = text.get(offset..).and_then(|rest| rest.chars().next()) {
        match c {
            ';' => return offset + 1,
            '"' | '\'' => offset += string(text.get(offset..).unwrap_or_default()),
            c => offset += c.len_utf8(),
        }
    }
    text.len()
}

/// What `url(…)`, with which `text` begins, names, and its length.
fn url(text: &str) -> (String, usize) {
    let open = "url(".len();
    let inside = text.get(open..).unwrap_or_default();
    let blank = inside.len() - inside.trim_start().len();
    let value = inside.get(blank..).unwrap_or_default();
    let length = if value.starts_with(['"', '\'']) { string(value) } else { value.find(')').unwrap_or(value.len()) };
    let name = value.get(..length).unwrap_or_default().trim_matches(|c: char| c.is_whitespace() || "\"'".contains(c));
    let end = value
        .get(length..)
        .and_then(|rest| rest.find(')'))
        .map_or(text.len(), |offset| open + blank + length + offset + 1);
    (name.to_owned(), end)
}

/// Style sheets as the contents of one element: nothing in them can end it, and a parser changes no byte.
pub(super) fn contents(css: &str) -> String {
    let css = css.replace("\r\n", "\n").replace(['\r', '\u{c}'], "\n").replace(['\0', '\u{feff}'], "");
    css.replace("</", "<\\/")
}

/// The policy of the file: its own style, and pictures (and where it has some, fonts) that are in it.
pub(super) fn policy(style: &str, has_fonts: bool) -> String {
    let sum = data::base64(&Sha256::digest(style.as_bytes()));
    let fonts = if has_fonts { " font-src data:;" } else { "" };
    format!("default-src 'none'; style-src 'sha256-{sum}'; img-src data:;{fonts} base-uri 'none'; form-action 'none'")
}
