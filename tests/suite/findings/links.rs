//! Links in texts: labels that nothing defines, links without words, anchors however they are written.

use expect_test::expect;
use roadbook::diagnostic::Code;

use super::codes;
use crate::support::{lines, page, roadmap};

#[test]
fn a_right_anchor_is_right_however_it_is_written() {
    let plan = |link: &str| format!("//- plan/items/a.md\n# A\n\n[there]({link})\n\n## Übungen\n");
    for link in ["#%C3%BCbungen", "#übungen", "a.md#%c3%bcbungen", "a.md#übungen"] {
        assert_eq!(lines(&roadmap(&plan(link)).diagnostics), "", "{link}");
    }
    let html = page(&plan("#%C3%BCbungen"), "items/a.html");
    assert!(html.contains("href=\"#%C3%BCbungen\"") && html.contains("id=\"übungen\""), "{html}");
    assert_eq!(codes(&roadmap(&plan("#%C3%BCbung"))), ["broken-anchor"]);
}

#[test]
fn labels_that_nothing_defines_are_said_and_shown_as_they_stand() {
    for (text, found) in [
        ("[a][b]", vec!["b"]),
        ("![a][b]", vec!["b"]),
        ("[b][]", vec!["b"]),
        ("word[^1] and [^two]", vec!["^1", "^two"]),
        ("https://example.org and [^1]", vec!["^1"]),
        ("- [x][todo]", vec!["todo"]),
        ("[a][b]\n\n[b]: https://example.org", vec![]),
        ("[a][B]\n\n[b]: https://example.org", vec![]),
        ("word[^1]\n\n[^1]: Note.", vec![]),
        ("`[a][b]` and `[^1]`", vec![]),
        ("    [a][b] [^1]", vec![]),
        ("rows[i][j], f(x)[i][j], a_[i][j]", vec![]),
        ("\\[^1] and \\[a][b]", vec![]),
        ("([^ab]+) and [^a-z] and [^ab]*", vec![]),
        ("[b]", vec![]),
        ("[a](https://example.org)[^1]", vec!["^1"]),
    ] {
        let roadmap = roadmap(&format!("//- plan/items/a.md\n# A\n\n{text}\n"));
        let said: Vec<&str> = roadmap
            .diagnostics
            .iter()
            .filter(|found| found.code == Code::UNDEFINED_LABEL)
            .filter_map(|found| Some(found.message.split_once('[')?.1.trim_end_matches("]`")))
            .collect();
        assert_eq!(said, found, "{text}");
    }
    let html = page("//- plan/items/a.md\n# A\n\n[a][b] and word[^1]\n", "items/a.html");
    assert!(html.contains("[a][b] and word[^1]"), "{html}");
}

#[test]
fn a_link_without_words_shows_what_it_leads_to() {
    let plan = |text: &str| format!("//- plan/items/a.md\n# A\n\n{text}\n//- plan/items/b.md\n# Bee & co\n");
    for (text, shown) in [
        ("[](b.md)", ">Bee &amp; co</a>"),
        ("[ ](b.md)", ">Bee &amp; co</a>"),
        ("[](https://example.org/x)", ">https://example.org/x</a>"),
        ("[**`x`**](b.md)", "><strong><code>x</code></strong></a>"),
        ("[[b]]", ">Bee &amp; co</a>"),
        ("[[b|words]]", ">words</a>"),
    ] {
        let html = page(&plan(text), "items/a.html");
        assert!(html.contains(shown), "{text}: {html}");
        let is_unnamed = text.starts_with("[]") || text.starts_with("[ ]");
        let found = codes(&roadmap(&plan(text))).contains(&"unnamed-link");
        assert_eq!(found, is_unnamed, "{text}");
    }
    let broken = page(&plan("[](missing.md)"), "items/a.html");
    assert!(broken.contains(">missing.md</span>"), "{broken}");
    let picture = "//- static/p.png\nx\n//- plan/items/a.md\n# A\n\n[![](p.png)](https://example.org)\n";
    assert!(!codes(&roadmap(picture)).contains(&"unnamed-link"), "a picture is something to see");
}

#[test]
fn an_ambiguous_reference_names_two_places() {
    let plan = "//- plan/items/a.md\n---\ndepends_on: 7\n---\n//- plan/items/b-7.md\n---\nid: B-7\n---\n//- plan/items/c-7.md\n---\nid: C-7\n---\n//- plan/items/d-7.md\n---\nid: D-7\n---\n";
    let roadmap = roadmap(plan);
    let places: Vec<String> =
        roadmap.diagnostics[0].related.iter().map(|(location, words)| format!("{location}: {words}")).collect();
    expect![[r#"
        plan/items/b-7.md:2:5: it may be `B-7`
        plan/items/c-7.md:2:5: it may be `C-7`"#]]
    .assert_eq(&places.join("\n"));
}
