//! Whatever an author writes: the page is balanced HTML of few elements and attributes, and every address on it is harmless.

use std::cell::RefCell;

use roadbook::markdown::{LinkKind, Rendering, ResolvedLink, outline, render, safe};

use super::skeleton::skeleton;
use super::{Ids, html};

fn as_is(body: &str) -> String {
    render(body, Rendering { resolve: &|_, _| ResolvedLink::AsIs, mentions: None, prefix: "", skip_title: false })
}

const ATTACKS: [&str; 66] = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://x.test/x.js></SCRIPT>",
    "a <script>alert(1)</script> b",
    "<scr<script>ipt>alert(1)</script>",
    "<script\n>alert(1)</script\n>",
    "<img src=x onerror=alert(1)>",
    "a <img src=x onerror=alert(1)> b",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg/onload=alert`1`>",
    "<math><mi xlink:href=\"javascript:alert(1)\">x</mi></math>",
    "<iframe src=\"javascript:alert(1)\"></iframe>",
    "<object data=\"data:text/html,<script>alert(1)</script>\"></object>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<body onload=alert(1)>",
    "<style>*{background:url(javascript:alert(1))}</style>",
    "<base href=\"https://evil.test/\">",
    "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
    "<form action=\"javascript:alert(1)\"><button>x</button></form>",
    "<details open ontoggle=alert(1)>",
    "<!--><script>alert(1)</script>-->",
    "<!-- --!><script>alert(1)</script> -->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml <script>alert(1)</script> ?>",
    "a <!-- <b> --> <script>alert(1)</script>",
    "<br onload=alert(1)>",
    "<br/onload=alert(1)/>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A;avascript:alert(1))",
    "[x](&#0000106avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](javascript&#58;alert(1))",
    "[x](java&Tab;script:alert(1))",
    "[x](java&NewLine;script:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](&#1;javascript:alert(1))",
    "[x](< javascript:alert(1)>)",
    "[x](javascript%3Aalert(1))",
    "[x](%6Aavascript:alert(1))",
    "[x](java%0Ascript:alert(1))",
    "[x](%256Aavascript%253Aalert(1))",
    "[x](java\\script:alert(1))",
    "[x](java\u{ad}script:alert(1))",
    "[x](\u{feff}javascript:alert(1))",
    "[x](&amp;#106;avascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](DATA:text/html,x)",
    "[x](file:///etc/passwd)",
    "[x](blob:https://x.test/1)",
    "[x](view-source:javascript:alert(1))",
    "[x](feed:javascript:alert(1))",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml,<svg/onload=alert(1)>)",
    "<javascript:alert(1)>",
    "<JAVASCRIPT:alert(1)>",
    "<data:text/html,x>",
    "[x]\n\n[x]: javascript:alert(1)",
    "[x][y]\n\n[y]: <java&#9;script:alert(1)> 'z'",
    "[[javascript:alert(1)]]",
    "[[javascript:alert(1)|x]]",
    "![[javascript:alert(1).png]]",
    "[[1]](javascript:alert(1))",
    "[x](\u{1}javascript:alert(1))",
];

/// Values that try to leave the attribute or the element they stand in.
const VALUES: [&str; 12] = [
    "\" onmouseover=\"alert(1)",
    "' onmouseover='alert(1)",
    "\"><script>alert(1)</script>",
    "'><img src=x onerror=alert(1)>",
    "</a><script>alert(1)</script>",
    "--></title></textarea></style></pre><script>alert(1)</script>",
    "&quot; onfocus=alert(1) autofocus=&quot;",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u{0}\u{1b}\u{7f}<x>",
    "`onload=alert(1)`",
    "{{ 7*7 }} {% raw %}",
    "\u{2}x\u{3}\u{202e}",
];

#[test]
fn attacks_come_to_nothing() {
    for attack in ATTACKS {
        for page in [
            as_is(attack),
            html(attack),
            as_is(&format!("- [ ] {attack}\n\n| {attack} |\n|-|\n| {attack} |\n\n# {attack}\n")),
        ] {
            assert!(skeleton(&page).is_ok(), "{attack}: {:?}\n{page}", skeleton(&page));
        }
        let links = outline(attack, 0).links;
        let page = as_is(attack);
        assert_eq!(
            page.contains("<a href=") || page.contains("<img "),
            links.iter().any(|link| safe(&link.target)),
            "{attack}\n{page}"
        );
        let is_harmless = |target: &str| !safe(target) || target == "x";
        assert!(links.iter().all(|link| is_harmless(&link.target)), "{attack}: {links:?}");
    }
}

#[test]
fn values_never_change_the_page_around_them() {
    let escaped = |value: &str| -> String {
        value.chars().flat_map(|c| if c.is_ascii_punctuation() { vec!['\\', c] } else { vec![c] }).collect()
    };
    type Slot<'a> = (&'a str, &'a dyn Fn(&str) -> String);
    let slots: [Slot<'_>; 10] = [
        ("title", &|v| as_is(&format!("[a](b \"{}\")", escaped(v)))),
        ("title of a definition", &|v| as_is(&format!("[a]\n\n[a]: b '{}'", escaped(v)))),
        ("words", &|v| as_is(&format!("*{}*", escaped(v)))),
        ("alt", &|v| as_is(&format!("![{}](b)", escaped(v)))),
        ("target", &|v| as_is(&format!("[a](<./{}>)", escaped(v)))),
        ("heading", &|v| as_is(&format!("# x {}", escaped(v)))),
        ("code", &|v| as_is(&format!("```\n{v}\n```"))),
        ("language", &|v| as_is(&format!("~~~ x{}\n~~~", escaped(v)))),
        ("cell", &|v| as_is(&format!("|a|\n|-|\n|x {}|", escaped(v)))),
        ("plan", &|v| {
            let to = |_: LinkKind, _: &str| ResolvedLink::To { href: format!("./{v}"), title: v.into(), class: "c" };
            let page =
                render("[[a]] ![b](c) # d", Rendering { resolve: &to, mentions: None, prefix: "p", skip_title: false });
            // A title may have code.
            page.replace("<code>", "").replace("</code>", "")
        }),
    ];
    for (slot, page) in slots {
        let expected = skeleton(&page("plain"));
        assert!(expected.is_ok(), "{slot}: {expected:?}");
        for value in VALUES {
            assert_eq!(skeleton(&page(value)), expected, "{slot}: {value:?}\n{}", page(value));
        }
    }
    let to =
        |_: LinkKind, _: &str| ResolvedLink::To { href: "javascript:alert(1)".into(), title: "t".into(), class: "" };
    let page = render("[a](b) ![c](d)", Rendering { resolve: &to, mentions: None, prefix: "", skip_title: false });
    assert!(!page.contains("javascript") && page.matches("broken").count() == 2, "{page}");
}

#[test]
fn safe_addresses_stay_links() {
    for target in [
        "",
        "a.md",
        "../a/b.md#c",
        "/a",
        "//x.test",
        "#a:b",
        "?a=javascript:b",
        "./a:b",
        "a/b:c",
        "http://x.test",
        "HTTPS://x.test",
        "mailto:a@b.test",
        "tel:+41",
        "a b.md",
        "50%",
        "100%25:",
        "é.md",
        "日本.md",
        "a&b.md",
        "a#&colon;",
        "a/%3A",
        "&#99999999999:",
    ] {
        let expected = target != "100%25:";
        assert_eq!(safe(target), expected, "{target:?}");
    }
    for target in [
        "note:x",
        "C:\\x",
        "a%3Ab",
        "a&#58;b",
        "&#x3a;",
        ":",
        "java\u{200b}script:x",
        "http\u{0}s2:x",
        "j\na\tv\ra:x",
        "%3a",
    ] {
        assert!(!safe(target), "{target:?}");
    }
}

const PIECES: &[&str] = &[
    "a",
    "word ",
    " ",
    "\n",
    "\n\n",
    "    ",
    "\t",
    "# ",
    "## ",
    "\n---\n",
    "\n===\n",
    "> ",
    "> [!NOTE]\n> ",
    "- ",
    "- [ ] ",
    "- [x] ",
    "1. ",
    "7) ",
    "*",
    "**",
    "_",
    "~~",
    "~",
    "`",
    "``",
    "```\n",
    "~~~ x\"y\n",
    "[",
    "]",
    "(",
    ")",
    "![",
    "](",
    "](b)",
    "](<b c> \"t\")",
    "[[",
    "]]",
    "|",
    "[[a|b]]",
    "![[a.png]]",
    "[[1]](c)",
    "[^a]",
    "[^b]",
    "\n\n[^a]: ",
    "\n[^B]: ",
    "[r]",
    "\n\n[r]: d 't'\n",
    "<",
    ">",
    "<b>",
    "</b>",
    "<br>",
    "<div>\n",
    "<p>",
    "</p>",
    "<i>",
    "</i>",
    "</a>",
    "<a href=\"c.md\">",
    "<a name=\"n\">",
    "<A ID='o' HREF=d>",
    "<img src=\"e.png\" alt=\"\">",
    "<img>",
    "<li>",
    "</li>",
    "<ul><li>",
    "</ul>",
    "<table>",
    "</table>",
    "<tr><td>",
    "</td>",
    "<details id=\"p\"><summary>",
    "</summary>",
    "</details>\n\n",
    "\n\n<details>\n",
    "<h1 class=\"x\">",
    "</h1>",
    "<h3>",
    "<pre>",
    "</pre>",
    "</label></div></section>",
    "<x-y>",
    "&#1;",
    "</div>\n",
    "<!--",
    "-->",
    "<!-- c -->",
    "<script>",
    "<a href=\"",
    "\"",
    "'",
    "&",
    "&amp;",
    "&lt;",
    "&#0;",
    "&colon;",
    ";",
    "\\",
    "\\\n",
    "  \n",
    "https://x.test/",
    "http://",
    "://",
    "https",
    "<https://y.test>",
    "<javascript:z>",
    "javascript:",
    "a@b.test",
    "<a@b.test>",
    "RB-1",
    "RB-",
    "|a|b|\n|-|:-:|\n",
    "\n|c|",
    "|\n",
    ":",
    ".",
    ",",
    "é",
    "日本",
    "\u{1f680}",
    "\u{0}",
    "\u{1}\u{2}",
    "\u{3}",
    "\r",
    "\u{feff}",
    "\u{202e}",
];

#[test]
fn any_soup_makes_a_sound_page_that_agrees_with_its_outline() {
    let seed = 0x5eed_0001;
    let mut rng = fastrand::Rng::with_seed(seed);
    for round in 0..6_000 {
        let body: String = (0..rng.usize(1..40)).map(|_| PIECES[rng.usize(0..PIECES.len())]).collect();
        let asked = RefCell::new(Vec::new());
        let resolve = |kind: LinkKind, target: &str| {
            asked.borrow_mut().push(format!("{kind:?} {target}"));
            match asked.borrow().len() % 3 {
                0 => ResolvedLink::AsIs,
                1 => ResolvedLink::Broken,
                _ => ResolvedLink::To { href: "x\"y".into(), title: "<t>".into(), class: "c" },
            }
        };
        let skip_title = round % 2 == 0;
        let page = render(&body, Rendering { resolve: &resolve, mentions: Some(&Ids), prefix: "p-", skip_title });
        let context = || format!("seed {seed:#x}, round {round}\n{body:?}\n{page}");
        if let Err(fault) = skeleton(&page) {
            panic!("{fault}\n{}", context());
        }
        let outline = outline(&body, 0);
        let mut asked = asked.into_inner();
        let listed = outline.links.iter().filter(|link| link.kind == LinkKind::Wiki || safe(&link.target));
        let mut listed: Vec<_> = listed.map(|link| format!("{:?} {}", link.kind, link.target)).collect();
        asked.sort();
        listed.sort();
        assert_eq!(asked, listed, "{}", context());
        let shown = outline.headings.iter().filter(|h| page.contains(&format!(" id=\"p-{}\"", h.anchor))).count();
        let hidden = usize::from(skip_title && outline.title.is_some());
        assert_eq!(shown + hidden, outline.headings.len(), "{}", context());
        for link in &outline.links {
            assert!(body.get(link.span.range()).is_some_and(|source| !source.is_empty()), "{link:?}\n{}", context());
        }
        let boxes = outline.criteria.total + outline.tasks.total;
        assert_eq!(page.matches("<input ").count(), boxes as usize, "{}", context());
    }
}
