//! Links, tasks and HTML in prose, as on GitHub and in Obsidian.

use roadbook::markdown::outline;

use super::html;
use super::skeleton::skeleton;

/// As on GitHub, an address in prose is one whatever signs of emphasis are in it, and those about it are emphasis.
#[test]
fn signs_of_emphasis_in_a_bare_address_are_its_own() {
    for address in [
        "https://x.test/__init__.py",
        "https://x.test/src/**/*.rs",
        "https://x.test/a*b*c",
        "https://x.test/~~a~~b",
        "https://x.test/(a)_b_(c)_d",
        "https://x.test/_a_/[b]_c",
    ] {
        let link = format!(
            "<a href=\"{}\" rel=\"noopener noreferrer\">{address}</a>",
            address.replace('[', "%5B").replace(']', "%5D")
        );
        for (before, after) in
            [("", "."), ("(", ")"), ("**", "**"), ("~~", "~~ *b*"), ("_", "_"), ("[", "]"), ("*a* ", " *b*")]
        {
            let page = html(&format!("w {before}{address}{after} w\n"));
            assert!(page.contains(&link), "{before}{address}{after}: {page}");
            assert!(!page.contains("**") || address.contains("**"), "{page}");
        }
        assert!(html(&format!("`{address}`\n")).contains(&format!("<code>{address}</code>")), "{address}");
        assert!(html(&format!("    {address}\n")).contains(&format!("<code>{address}\n</code>")), "{address}");
        let named = html(&format!("[*w*]({address})[*v*](done.md) and <{address}> and [r]\n\n[r]: {address}\n"));
        assert_eq!(named.matches("<em>").count(), 2, "{named}");
        assert_eq!(named.matches("<a ").count(), 4, "{named}");
        assert!(!named.contains(|c: char| c.is_control() && c != '\n'), "{named:?}");
    }
    let table =
        html("| https://x.test/a_|*b*|\n|---|---|\n| https://x.test/`*c*` | <a href=\"https://x.test/_d_\">*e*</a>|\n");
    assert_eq!(table.matches("<em>").count(), 2, "{table}");
    assert!(table.contains("https://x.test/_d_"), "{table}");
}

#[test]
fn control_characters_of_an_author_stand_for_nothing() {
    let page = html("\u{2}a\u{5}b\u{4} https://x.test/_a_b and 5$ (6$) [[1]](done.md)\n");
    assert!(page.contains("\u{fffd}a\u{fffd}b\u{fffd}"), "{page}");
}

/// Behind a letter of a script that has no spaces, and behind another link, `[[…]]` is a link; in prose about programs it is not.
#[test]
fn wiki_links_stand_where_words_stand() {
    let link = |words: &str| format!("<a href=\"items/search.html\">{words}</a>");
    for (body, links) in [
        ("日本語の[[search]]を、é[[search]]", 2),
        ("[[search]][[search]][[search|w]][[search]]", 4),
        ("a[[search]] b()[[search]] c[0][[search]] d[[0]][[search]]", 0),
        ("[[1,2],[search]] and [[:alpha:]]", 0),
    ] {
        let page = html(body);
        assert_eq!(page.matches("items/search.html").count(), links, "{body}: {page}");
        assert_eq!(page.matches("[[").count() + links, body.matches("[[").count(), "{body}: {page}");
    }
    for (words, shown) in
        [("\\*x\\*", "*x*"), ("\\_y", "_y"), ("a\\*b", "a*b"), ("\\\\x", "\\x"), ("*x*", "<em>x</em>"), ("\\x", "\\x")]
    {
        let page = html(&format!("[[search|{words}]]\n"));
        assert!(page.contains(&link(shown)), "{words}: {page}");
    }
    assert_eq!(
        html("[[https://x.test/a|w]]\n"),
        "<p><a href=\"https://x.test/a\" rel=\"noopener noreferrer\">w</a></p>\n"
    );
}

/// A place is found by what a reader sees of its heading.
#[test]
fn headings_are_found_by_their_words() {
    let body = "## Heading <sub>x</sub> <a id=\"hh\"></a> <kbd>K</kbd>\n\n## spaced   out\n\nTwo\nlines\n---\n\n## :rocket: go\n";
    let found = outline(body, 0);
    for (written, anchor) in [("Heading x K", 0), ("spaced out", 1), ("Two lines", 2), ("🚀 go", 3), (":rocket: go", 3)]
    {
        assert_eq!(found.place(written).as_deref(), Some(&*found.headings[anchor].anchor), "{written}");
    }
    assert_eq!(found.place("🚀"), None);
}

/// A place that the page or a footnote has already gets another name, and links to it lead there.
#[test]
fn a_place_that_the_page_has_is_another() {
    let body = "<a id=\"Main\"></a><a name=\"fn:1\"></a><a id=\"fnref:1\"></a><a id=\"main\"></a>a[^1]\n\n[^1]: b\n";
    let (page, found) = (html(body), outline(body, 0));
    for (written, id) in [
        ("Main", "user-content-Main"),
        ("fn:1", "user-content-fn:1"),
        ("fnref:1", "user-content-fnref:1"),
        ("main", "main"),
    ] {
        assert_eq!(found.place(written).as_deref(), Some(id));
        assert_eq!(page.matches(&format!("id=\"{id}\"")).count(), 1, "{id}: {page}");
        assert_eq!(page.matches(&format!("id=\"{written}\"")).count(), usize::from(written != "Main"), "{page}");
    }
}

/// The words of a task end where a block begins, whose HTML is shown as everywhere.
#[test]
fn blocks_of_html_follow_the_words_of_a_task() {
    for (body, shown) in [
        ("- [ ] a <details><summary>S</summary>b</details>", "</label><details><summary>S</summary>b</details></li>"),
        ("- [x] <div>b</div>", "disabled checked aria-label=\"Task\"></label><div>b</div></li>"),
        ("- [ ] <b>a <hr> b", "<b>a </b></label><hr> b</li>"),
        ("- [ ] a\n\n  b\n- [ ] c <ul><li>d</ul>", "</label><ul><li>d</li></ul>"),
        ("- [ ] a *b <div>c</div>*", "<em>b &lt;div&gt;c&lt;/div&gt;</em></label>"),
    ] {
        let page = html(body);
        assert!(page.contains(shown), "{body}: {page}");
        skeleton(&page).expect("balanced");
    }
}

#[test]
fn lengths_are_read_as_browsers_read_them() {
    for (written, shown) in
        [("100px", "100"), (" 20em ", "20"), ("50%", "50%"), ("33.3%", "33%"), ("1.5", "1"), ("px", ""), ("", "")]
    {
        let page = html(&format!("<img src=\"picture.png\" width=\"{written}\">\n"));
        let expected = if shown.is_empty() { "alt=\"\" loading".to_owned() } else { format!("width=\"{shown}\"") };
        assert!(page.contains(&expected), "{written}: {page}");
    }
}

/// An address without a scheme has one wherever an author may write it, also where the picture's words are its size.
#[test]
fn addresses_of_hosts_have_a_scheme() {
    for body in [
        "[w](//x.test/p.png)",
        "![w](//x.test/p.png)",
        "[w][r]\n\n[r]: //x.test/p.png",
        "![[//x.test/p.png|100]]",
        "![[//x.test/p.png|w|100x50]]",
        "<a href=\" //x.test/p.png\">w</a>",
        "<img src=\"//x.test/p.png\">",
    ] {
        let (page, found) = (html(body), outline(body, 0));
        assert!(page.contains("=\"https://x.test/p.png\""), "{body}: {page}");
        assert_eq!(found.links[0].target, "https://x.test/p.png", "{body}");
    }
}
