//! Titles show code as code, wherever they stand; what has no code shows the words alone.

use roadbook::visibility::Audience;

use crate::support::{fixture_site, roadmap, text_at, texts_of};

const CODE: &str = "//- plan/vision.md\n---\ntitle: A `shelf` of tools\n---\n\
     //- plan/themes/t.md\n# The `queue`\n//- plan/pages/p.md\n---\ntitle: On `words`\n---\nSee [[a]].\n\
     //- plan/items/a.md\n---\ntitle: Code in `gcs-fetcher` <b>`&x`</b> and a ` alone\nstatus: planned\nvalue: 3\neffort: 1\ntheme: t\nhorizon: Now\n\
     target: 2026-12-01\n---\n\
     //- plan/items/b.md\n---\nstatus: planned\nvalue: 3\neffort: 1\ndepends_on: code in gcs-fetcher <b>&x</b> and a ` alone\ntarget: 2026-12-02\n---\n# Run `b`\n\nWords.\n";

#[test]
fn code_in_titles_is_code() {
    let site = fixture_site(CODE, Audience::Internal);
    let title = "Code in <code>gcs-fetcher</code> &lt;b&gt;<code>&amp;x</code>&lt;/b&gt; and a ` alone";
    for address in
        ["items/a.html", "items/b.html", "backlog.html", "roadmap.html", "themes/t.html", "index.html", "pages/p.html"]
    {
        let page = text_at(&site, address);
        let (head, body) = page.split_once("</head>").expect("a head");
        assert!(body.contains(title), "{address}: {body}");
        assert!(!head.contains("<code>") && !body.contains("`gcs-fetcher`"), "{address}: {page}");
    }
    let heads = [
        ("items/a.html", "Code in gcs-fetcher &lt;b&gt;&amp;x&lt;/b&gt; and a ` alone"),
        ("items/b.html", "Run b"),
        ("themes/t.html", "The queue"),
    ];
    for (address, title) in heads {
        let page = text_at(&site, address);
        assert!(page.contains(&format!(">{title} · A shelf of tools</title>")), "{address}: {page}");
    }
    assert!(text_at(&site, "items/b.html").contains("<h1 id=\"run-b\" dir=\"auto\">Run <code>b</code></h1>"));
    assert!(text_at(&site, "index.html").contains(">A <code>shelf</code> of tools</h1>"));
}

/// No picture, table or calendar has the backticks; the data have what the author wrote.
#[test]
fn what_has_no_code_has_no_backticks() {
    let site = fixture_site(CODE, Audience::Internal);
    for address in ["backlog.csv", "roadmap.ics", "roadmap.svg"] {
        let text = text_at(&site, address).replace("\r\n ", "");
        assert!(text.contains("gcs-fetcher") && !text.contains("`gcs"), "{address}: {text}");
    }
    for (address, text) in texts_of(&site) {
        let drawn = text.split("<svg").skip(1).filter_map(|part| part.split_once("</svg>"));
        assert!(drawn.into_iter().all(|(svg, _)| !svg.contains("`gcs") && !svg.contains("<code")), "{address}");
    }
    assert!(text_at(&site, "roadmap.json").contains("\"title\":\"Code in `gcs-fetcher`"));
    // A reference by the title needs no backticks, and may have them.
    for reference in ["run b", "Run `b`"] {
        let plan = format!("{CODE}//- plan/items/c.md\n---\ndepends_on: {reference}\n---\n");
        let found = roadmap(&plan);
        assert!(found.diagnostics.iter().all(|found| found.code.name() != "unknown-dependency"), "{reference}");
    }
}
