//! Views for the frames of other sites.

use roadbook::site::Site;
use roadbook::visibility::Audience;

use crate::support::{example, fixture_site, site_of, text_at};

/// Views to embed and the pages whose views they are.
fn views(site: &Site) -> Vec<(String, String)> {
    let views: Vec<String> =
        site.addresses().filter(|address| address.starts_with("embed/")).map(str::to_owned).collect();
    let whole = |view: &String| match view.as_str() {
        "embed/board.html" => "roadmap.html".to_owned(),
        view => view.trim_start_matches("embed/").to_owned(),
    };
    views.iter().map(|view| (view.clone(), whole(view))).collect()
}

#[test]
fn an_embedded_view_is_bare_and_leads_to_its_page() {
    for audience in [Audience::Public, Audience::Internal] {
        let mut inputs = example();
        std::sync::Arc::make_mut(&mut inputs.config).base_url = Some("https://example.org/chair/".to_owned());
        let site = site_of(&inputs, audience);
        let views = views(&site);
        assert_eq!(views.len(), 2 + site.roadmap().plan.themes.len());
        let sitemap = text_at(&site, "sitemap.xml");
        for (view, whole) in views {
            let page = text_at(&site, &view);
            assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"), "{view}");
            assert!(
                page.contains(&format!("<link rel=\"canonical\" href=\"https://example.org/chair/{whole}\">")),
                "{view}"
            );
            let up = "../".repeat(view.matches('/').count());
            assert!(page.contains(&format!("<a href=\"{up}{whole}\">Open in {}</a>", site.title())), "{view}");
            assert!(page.contains("<base target=\"_blank\">"), "{view}");
            for chrome in ["<nav", "class=\"top\"", "class=\"foot\"", "class=\"skip\""] {
                assert!(!page.contains(chrome), "{view} has {chrome}");
            }
            assert_eq!(page.contains(">Internal</span>"), audience == Audience::Internal, "{view}");
            assert!(!sitemap.contains(&view) && sitemap.contains(&whole), "{view} is in the sitemap");
            assert!(site.has(&whole), "{view} is the view of no page");
        }
    }
}

#[test]
fn an_embedded_backlog_is_short_and_counts_the_rest() {
    let mut fixture = String::from("//- plan/themes/t.md\n# T\n");
    for at in 0..40 {
        fixture +=
            &format!("//- plan/items/i{at:02}.md\n---\ntheme: t\nvalue: {}\neffort: 1\n---\n# Item {at}\n", 50 - at);
    }
    fixture += "//- plan/items/open.md\n# No score\n//- plan/items/done.md\n---\nstatus: done\ntheme: t\n---\n# Done\n";
    let site = fixture_site(&fixture, Audience::Public);
    let backlog = text_at(&site, "embed/backlog.html");
    assert_eq!(backlog.matches("<tr id=").count(), 25);
    assert!(backlog.contains("41 open items") && backlog.contains("<a href=\"../backlog.html\">and 16 more</a>"));
    assert!(backlog.contains("Item 24<") && !backlog.contains("Item 25<") && !backlog.contains(">Done<"));
    let theme = text_at(&site, "embed/themes/t.html");
    assert!(theme.contains("<a href=\"../../themes/t.html\">and 28 more</a>"), "{theme}");
    assert!(theme.contains("href=\"../../items/i00.html\"") && theme.contains("<details class=\"group\" id=\"Done\">"));
}
