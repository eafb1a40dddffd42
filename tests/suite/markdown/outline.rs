//! The outline of a body.

use expect_test::expect;
use roadbook::markdown::{LinkKind, outline, plain};

const OFFSET: usize = 100;

/// Shows an outline, each link with the text its span covers.
fn shown(body: &str) -> String {
    let found = outline(body, OFFSET);
    let mut text = String::new();
    if let Some((title, span)) = &found.title {
        let range = span.range();
        text += &format!("title: {title} = {:?}\n", &body[range.start - OFFSET..range.end - OFFSET]);
    }
    for heading in &found.headings {
        text += &format!("h{} {:?} #{}\n", heading.level, heading.text, heading.anchor);
    }
    text += &format!("criteria {}/{}", found.criteria.done, found.criteria.total);
    text += &format!(" tasks {}/{}\n", found.tasks.done, found.tasks.total);
    for link in &found.links {
        let range = link.span.range();
        let source = &body[range.start - OFFSET..range.end - OFFSET];
        text += &format!("{:?} {:?} = {source:?}\n", link.kind, link.target);
    }
    if !found.summary.is_empty() {
        text += &format!("summary: {}\n", found.summary);
    }
    assert!(!found.beyond);
    text
}

#[test]
fn an_empty_body() {
    expect![[r#"
        criteria 0/0 tasks 0/0
    "#]]
    .assert_eq(&shown(""));
    expect![[r#"
        criteria 0/0 tasks 0/0
    "#]]
    .assert_eq(&shown("\n \n"));
}

#[test]
fn the_title_is_the_first_heading_of_level_1_outside_lists_and_quotes() {
    expect![[r##"
        title: The real `Vec<T>` title = "# The *real* `Vec<T>` <!-- no --> title #\n"
        h1 "Quoted" #quoted
        h2 "Two" #two
        h1 "The real Vec<T> title" #the-real-vect--title
        h1 "Other" #other
        criteria 0/0 tasks 0/0
    "##]]
    .assert_eq(&shown("> # Quoted\n\n## Two\n\n# The *real* `Vec<T>` <!-- no --> title #\n\n# Other\n"));
    expect![[r#"
        title: Setext title = "Setext\ntitle\n====\n"
        h1 "Setext title" #setexttitle
        criteria 0/0 tasks 0/0
        summary: Words.
    "#]]
    .assert_eq(&shown("Setext\ntitle\n====\n\nWords.\n"));
}

#[test]
fn anchors_are_githubs() {
    expect![[r##"
            title: What's new? = "# What's new?\n"
            h1 "What's new?" #whats-new
            h2 "Über uns — 2.0 (beta)" #über-uns--20-beta
            h2 "हिन\u{94d}दी म\u{947}\u{902}" #हिन्दी-में
            h2 "foo_bar-baz qux" #foo_bar-baz--qux
            h2 "日本語、見出し" #日本語見出し
            h2 "What's new?" #whats-new-1
            h2 "what's-new-1" #whats-new-1-1
            h2 "What's new" #whats-new-2
            h2 "🚀 Launch" #-launch
            h2 "!!!" #section
            h2 "???" #section-1
            h2 "" #section-2
            h2 "A & B < C" #a--b--c
            h2 "code() link" #code--link
            criteria 0/0 tasks 0/0
            Image "y" = "![x](y)"
            Link "z" = "[link](z)"
        "##]].assert_eq(&shown("# What's new?\n## Über uns — 2.0 (beta)\n## हिन्दी में\n## foo_bar-baz  qux\n## 日本語、見出し\n## What's new?\n\
         ## what's-new-1\n## What's new\n## 🚀 Launch\n## !!!\n## ???\n##\n## A & B < C\n## `code()` ![x](y) [link](z)\n"));
}

#[test]
fn criteria_are_the_tasks_under_their_heading() {
    expect![[r#"
            h2 "Acceptance criteria" #acceptance-criteria
            h3 "Details" #details
            h2 "Tasks" #tasks
            criteria 2/4 tasks 1/2
        "#]].assert_eq(&shown("- [x] before\n\n## Acceptance criteria\n\n- [x] one\n  - [ ] nested\n  - [X] nested too\n\n### Details\n\n1. [ ] four\n\n\
         ## Tasks\n\n- [ ] after\n"));
    expect![[r##"
        title: Top = "# Top\n"
        h2 "Acceptance Criteria (must have):" #acceptance-criteria-must-have
        h1 "Top" #top
        criteria 1/2 tasks 0/1
    "##]]
    .assert_eq(&shown("Acceptance Criteria (must have):\n---\n\n* [x] loose\n\n* [ ] too\n\n# Top\n\n- [ ] not\n"));
    expect![[r##"
        title: ✅ Acceptance criteria = "# ✅ Acceptance criteria\n"
        h3 "3. ACCEPTANCE CRITERIA" #3-acceptance-criteria
        h2 "Other" #other
        h1 "✅ Acceptance criteria" #-acceptance-criteria
        criteria 0/2 tasks 0/1
    "##]]
    .assert_eq(&shown("### 3. ACCEPTANCE CRITERIA\n- [ ] a\n## Other\n- [ ] b\n# ✅ Acceptance criteria\n- [ ] c\n"));
    expect![[r#"
        h2 "Acceptance criteriaology" #acceptance-criteriaology
        criteria 0/0 tasks 0/2
    "#]]
    .assert_eq(&shown("## Acceptance criteriaology\n- [ ] a\n\n    - [ ] nested\n\n```\n- [ ] code\n```\n"));
}

#[test]
fn links_of_every_kind_with_their_places() {
    expect![[r##"
            criteria 0/0 tasks 0/0
            Link "../items/a.md" = "[a](../items/a.md \"t\")"
            Wiki "b" = "[[b]]"
            Wiki "b" = "[[b|words *x*]]"
            Link "./r.md" = "[c][ref]"
            Link "./r.md" = "[ref]"
            Image "d.png" = "![d](d.png)"
            Image "e.png" = "![[e.png]]"
            Wiki "e" = "![[e]]"
            Link "https://x.test/a" = "<https://x.test/a>"
            Link "mailto:a@b.test" = "<a@b.test>"
            Link "https://y.test/(z)" = "https://y.test/(z)"
            Link "#g" = "[f](#g)"
            Link "/i" = "[h](/i)"
            Link "javascript:k" = "[j](javascript&colon;k)"
            Link "m n" = "[l](<m n>)"
            Link "o%20p" = "[](o%20p)"
            Link "https://q.test/a_b?c&d=" = "https://q.test/a_b?c&amp;d="
            Image "t" = "![alt [r](s)](t)"
            summary: a b and words x, c, ref, e https://x.test/a a@b.test https://y.test/(z). f h j l [no](code) https://q.test/a_b?c&d=<
        "##]].assert_eq(&shown("[a](../items/a.md \"t\") [[b]] and [[b|words *x*]], [c][ref], [ref], ![d](d.png) ![[e.png]] ![[e]]\n\
         <https://x.test/a> <a@b.test> https://y.test/(z). [f](#g) [h](/i) [j](javascript&colon;k) [l](<m n>) [](o%20p)\n\
         `[no](code)` https://q.test/a_b?c&amp;d=&lt; ![alt [r](s)](t)\n\n    [no](code) https://no.test\n\n[ref]: ./r.md\n"));
}

#[test]
fn bracketed_words_are_no_wiki_link() {
    expect![[r#"
        criteria 0/0 tasks 0/0
        Link "https://x.test" = "[[1]](https://x.test)"
        Wiki "b" = "[[b]]"
        Wiki "c" = "[[c]]"
        Wiki "e#f" = "[[e#f]]"
        Wiki "g" = "[[g\\|h]]"
        summary: See [1] and b (c), [[ d ]] e#f h [[]] [[no]](x)
    "#]]
    .assert_eq(&shown("See [[1]](https://x.test) and [[b]] ([[c]]), [[ d ]] [[e#f]] [[g\\|h]] [[]] `[[no]](x)`\n"));
}

#[test]
fn the_summary_is_the_first_paragraph_with_words() {
    expect![[r##"
        title: T = "# T\n"
        h1 "T" #t
        criteria 0/0 tasks 0/0
        Image "x.svg" = "![badge](x.svg)"
        summary: The first paragraph here.
    "##]].assert_eq(&shown("# T\n\n![badge](x.svg)\n\n<!-- hidden -->\n\n- list\n\n> quote\n\nThe **first**\nparagraph `here`.[^1]\n\nNext.\n\n[^1]: n\n"));
    let long = "word ".repeat(70);
    expect![[r#"
        criteria 0/0 tasks 0/0
        summary: word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word…
    "#]].assert_eq(&shown(&format!("{long}\n")));
    let word = "語".repeat(400);
    assert_eq!(outline(&word, 0).summary.chars().count(), 301);
}

#[test]
fn plain_text_of_a_title() {
    for (markup, text) in [
        ("Plain", "Plain"),
        ("  The *real* `Vec<T>` [link](x) & ![alt](y) ", "The real Vec<T> link & alt"),
        ("1. Foo", "1. Foo"),
        ("# no heading", "# no heading"),
        ("- [ ] no task", "- [ ] no task"),
        ("_under_ score_d", "under score_d"),
        ("Use <b>bold</b> <!-- not this -->now", "Use bold now"),
        ("[[search|words]] [[1]](x)", "words [1]"),
        ("two\nlines", "two lines"),
        ("", ""),
        (", then", ", then"),
    ] {
        assert_eq!(plain(markup), text, "{markup:?}");
    }
}

#[test]
fn offsets_are_added_to_every_place() {
    let body = "# T\n\n[[x]] https://x.test/y\n";
    let (here, there) = (outline(body, 0), outline(body, 7));
    assert_eq!(here.links.len(), 2);
    for (a, b) in here.links.iter().zip(&there.links) {
        assert_eq!((a.span.start + 7, a.span.end + 7, a.kind), (b.span.start, b.span.end, b.kind));
    }
    assert_eq!(here.links[0].kind, LinkKind::Wiki);
    assert_eq!(there.title.map(|(_, span)| span.start), Some(7));
}

#[test]
fn links_and_places_of_html_are_those_of_the_body() {
    let body = "# A <a name=\"top\"></a>\n\n<details id=d>\n<a href='b.md'>b</a> <img src=\"c.png\">\n</details>\n\nSee <A HREF=\"d.md\">d</A>, `<a href=\"e.md\">`, <x-y>.\n";
    let found = outline(body, OFFSET);
    let links: Vec<_> = found.links.iter().map(|link| (link.kind, link.target.as_str())).collect();
    assert_eq!(links, [(LinkKind::Link, "b.md"), (LinkKind::Image, "c.png"), (LinkKind::Link, "d.md")]);
    assert_eq!(found.names, ["top", "d"]);
    assert_eq!(found.tags.iter().map(|tag| tag.value.as_str()).collect::<Vec<_>>(), ["<x-y>"]);
    for (link, tag) in found.links.iter().zip(["<a href='b.md'>", "<img src=\"c.png\">", "<A HREF=\"d.md\">"]) {
        let range = link.span.range();
        assert_eq!(&body[range.start - OFFSET..range.end - OFFSET], tag);
    }
}
