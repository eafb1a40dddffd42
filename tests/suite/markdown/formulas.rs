//! Formulas in prose: their source, with its dollars, as the author wrote it; and dollars that are money stay in the words.

use fastrand::Rng;
use roadbook::markdown::outline;

use super::html;
use super::skeleton::words;

/// A body, and the formulas that its page has.
const FORMULAS: &[(&str, &[&str])] = &[
    ("Let $x^2$ be.\n", &["$x^2$"]),
    ("$a_1*b_1*c$, $\\{a\\}$ and $\\alpha\\,\\beta$\n", &["$a_1*b_1*c$", "$\\{a\\}$", "$\\alpha\\,\\beta$"]),
    ("It is ($O(n)$) or *$n$*.\n", &["$O(n)$", "$n$"]),
    ("$$\na = \\frac{1}{2}\n$$\n", &["$$\na = \\frac{1}{2}\n$$"]),
    ("$`a_1 = [[b]]`$\n", &["$a_1 = [[b]]$"]),
    ("| $a<b$ | b |\n|---|---|\n", &["$a&lt;b$"]),
    ("# The $n$ largest\n", &["$n$"]),
    ("[the $n$th $n$](done.md)\n", &["$n$"]),
    ("It costs $5 and $10, or 5$ to 10$.\n", &[]),
    ("It costs $5 to (*10*$), US$5 or A$6.\n", &[]),
    ("Either $$ or $$$.\n", &[]),
    ("`$a$`, \\$a$ and <kbd title=\"$a$\">$HOME/$USER</kbd>\n", &[]),
    ("    $a$\n", &[]),
    ("$a$b and a$b$\n", &[]),
    ("$a [b](done.md) = c$\n", &[]),
    ("https://x.test/?$filter=a&$top=b\n", &[]),
    ("5$ x^2 (10$) and $x^2$\n", &["$x^2$"]),
];

#[test]
fn a_formula_is_shown_as_its_source_and_money_is_text() {
    for (body, formulas) in FORMULAS {
        let page = html(body);
        let shown = page.split("<code class=\"formula").skip(1);
        let shown: Vec<&str> = shown.filter_map(|rest| rest.split_once('>')?.1.split("</code>").next()).collect();
        assert_eq!(&shown, formulas, "{body}: {page}");
        assert!(page.chars().all(|c| c == '\n' || !c.is_control()), "{body}: {page:?}");
    }
}

#[test]
fn links_and_emphasis_between_dollars_that_are_no_formula_stay() {
    let page = html("5$ to [**a**](done.md) (7$), https://x.test/?$filter=a&$top=b and [[search]]$5 (6$)\n");
    assert_eq!(
        page,
        "<p>5$ to <a class=\"state-done\" href=\"items/done.html\"><strong>a</strong></a> (7$), \
         <a href=\"https://x.test/?$filter=a&amp;$top=b\" rel=\"noopener noreferrer\">https://x.test/?$filter=a&amp;$top=b</a> and \
         <a href=\"items/search.html\">Fast &lt;search&gt;</a>$5 (6$)</p>\n"
    );
    assert_eq!(outline("$x^2$ [[US$5 or A$6]] and [A$1 B$2]\n\n[A$1 B$2]: done.md\n", 0).links.len(), 2);
}

/// The anchor of a heading, its words and the summary have what the page has.
#[test]
fn the_outline_has_formulas_as_they_are_written() {
    let found = outline("# Sort in $O(n^2)$ or `x`\n\nNo more than $a_1*b*c$ and $$\\beta$$.\n", 0);
    assert_eq!(found.title.map(|(title, _)| title).as_deref(), Some("Sort in $O(n^2)$ or `x`"));
    assert_eq!(found.headings[0].anchor, "sort-in-on2-or-x");
    assert_eq!(found.summary, "No more than $a_1*b*c$ and $$\\beta$$.");
    assert!(html("# Sort in $O(n^2)$ or `x`\n").starts_with("<h2 id=\"sort-in-on2-or-x\">"));
}

/// Whatever stands about them, all dollars are on the page and in the summary, and no sign that stands in for one.
#[test]
fn no_dollar_is_lost() {
    const PIECES: &[&str] = &[
        "$",
        "$",
        "$",
        "$$",
        "a",
        " ",
        " ",
        "5",
        "^",
        "\\",
        "*",
        "_",
        "`",
        "{",
        "}",
        "[",
        "]",
        "(",
        ")",
        "[[",
        "]]",
        "](done.md)",
        "|",
        "<b>",
        "</b>",
        "<b title=\"",
        "\">",
        "https://x.test/?",
        "&",
        "\nw",
    ];
    let mut formulas = 0;
    for seed in 0..20_000 {
        let mut rng = Rng::with_seed(seed);
        let body =
            format!("w {}", (0..rng.usize(1..16)).map(|_| PIECES[rng.usize(..PIECES.len())]).collect::<String>());
        let (page, found) = (html(&body), outline(&body, 0));
        formulas += page.matches("class=\"formula").count();
        for text in [&page, &found.summary] {
            assert!(!text.contains(['\u{4}', '\u{fffd}']), "seed {seed}: {body:?}: {text:?}");
        }
        // A link without words has its target's.
        assert!(body.contains('[') || words(&page) == found.summary, "seed {seed}: {body:?}: {page}");
        if !body.contains(['`', '<', '[']) {
            assert_eq!(words(&page).matches('$').count(), body.matches('$').count(), "seed {seed}: {body:?}: {page}");
        }
    }
    assert!(formulas > 1000, "{formulas}");
}
