//! The table of contents: every heading that a body shows, nested by level, on pages of every kind.

use fastrand::Rng;
use roadbook::markdown::tags::{Tag, tags};

use crate::support::{page, text_of_html};

/// A file of each kind with a body, where its page is.
const KINDS: &[(&str, &str)] = &[
    ("plan/items/a.md", "items/a.html"),
    ("plan/themes/a.md", "themes/a.html"),
    ("plan/pages/a.md", "pages/a.html"),
    ("plan/vision.md", "index.html"),
];

fn part<'a>(html: &'a str, from: &str, to: &str) -> &'a str {
    let start = html.find(from).map_or(html.len(), |start| start + from.len());
    let end = html[start..].find(to).map_or(html.len(), |end| start + end);
    &html[start..end]
}

fn words(html: &str) -> String {
    text_of_html(&format!("<b>{html}"))
}

fn get(tag: &Tag, name: &str) -> String {
    let found = tag.attributes().iter().find(|attribute| attribute.name == name);
    found.map(|attribute| attribute.value.clone()).unwrap_or_default()
}

/// The table of a page: each entry by how deep it is nested, its address and its words.
fn entries(html: &str) -> Vec<(usize, String, String)> {
    let table = part(html, "<nav class=\"toc\"", "</nav>");
    let (mut depth, mut entries, mut start) = (0, Vec::new(), 0);
    for tag in tags(table) {
        match (&*tag.name, tag.attributes().is_empty() && table[tag.range.clone()].starts_with("</")) {
            ("ul", false) => depth += 1,
            ("ul", true) => depth -= 1,
            ("a", false) => {
                start = tag.range.end;
                entries.push((depth, get(&tag, "href"), String::new()));
            }
            ("a", true) => {
                if let Some(entry) = entries.last_mut() {
                    entry.2 = words(&table[start..tag.range.start]);
                }
            }
            _ => {}
        }
    }
    assert_eq!(depth, 0, "{table}");
    entries
}

/// The headings of a page's body: level, address and words.
fn headings(html: &str) -> Vec<(usize, String, String)> {
    let prose = part(html, "<div class=\"prose\">", "\n</main>");
    let mut found = Vec::new();
    for tag in tags(prose) {
        let level = tag.name.strip_prefix('h').and_then(|level| level.parse().ok());
        if let Some(level) = level.filter(|_| !get(&tag, "id").is_empty()) {
            let inner = part(&prose[tag.range.end..], "", "</h");
            let inner = inner.split(" <a class=\"anchor\"").next().unwrap_or_default();
            found.push((level, format!("#{}", get(&tag, "id")), words(inner)));
        }
    }
    found
}

#[test]
fn the_table_has_every_heading_of_a_body_with_more_than_four() {
    for seed in 0..40 {
        let mut rng = Rng::with_seed(seed);
        let count = rng.usize(0..12);
        let mut body = "Words.\n\n".to_owned();
        for _ in 0..count {
            let level = rng.usize(2..7);
            let heading =
                ["Plain", "`code` <b>bold</b>", ":rocket: Go", "[a](https://x.test) *em*", "a & <b"][rng.usize(..5)];
            body += &format!("{} {heading}\n\nWords.\n\n", "#".repeat(level));
        }
        for (path, address) in KINDS {
            let html = page(&format!("//- {path}\n---\ntitle: Own\n---\n{body}"), address);
            let entries = entries(&html);
            let headings = headings(&html);
            let headings = &headings[..count.min(headings.len())];
            if count <= 4 {
                assert!(!html.contains("class=\"toc\""), "seed {seed}, {path}");
                continue;
            }
            let named = |list: &[(usize, String, String)]| -> Vec<(String, String)> {
                list.iter().map(|(_, href, words)| (href.clone(), words.clone())).collect()
            };
            assert_eq!(named(&entries), named(headings), "seed {seed}, {path}");
            // Each is as deep as the headings of lower levels that it stands below.
            let mut above: Vec<usize> = Vec::new();
            for ((depth, ..), (level, ..)) in entries.iter().zip(headings) {
                above.retain(|open| open < level);
                above.push(*level);
                assert_eq!(*depth, above.len(), "seed {seed}, {path}: {entries:?}");
            }
        }
    }
}

/// The heading that is the page's title is none of the body's.
#[test]
fn the_title_is_not_in_the_table() {
    let body = "# Own\n\n## a\n\n## b\n\n## c\n\n## d\n";
    for (path, address) in KINDS {
        let with = |more: &str| page(&format!("//- {path}\n{body}{more}"), address);
        assert!(!with("").contains("class=\"toc\""), "{path}");
        assert_eq!(entries(&with("\n## e\n")).len(), 5, "{path}");
    }
}

/// Nobody could read where a link without words leads.
#[test]
fn a_heading_without_words_is_no_entry() {
    let body = "## One\n\n##\n\n## Two\n\n## <!-- none -->\n\n## Three\n\n## Four\n\n## Five\n";
    for (path, address) in KINDS {
        let found = entries(&page(&format!("//- {path}\n---\ntitle: A\n---\n{body}"), address));
        let words: Vec<String> = found.into_iter().map(|(_, _, words)| words).collect();
        assert_eq!(words, ["One", "Two", "Three", "Four", "Five"], "{path}");
    }
}
