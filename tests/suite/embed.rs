//! Views for the frames of other sites.

use std::path::Path;

use roadbook::Memory;
use roadbook::date::Date;
use roadbook::discover::{Inputs, Options, discover};
use roadbook::site::{Content, Site, site, templates};
use roadbook::skin::skin;
use roadbook::visibility::Audience;

use crate::support::inputs_of;

pub(crate) fn example() -> Inputs {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("example-site");
    discover(&folder, &Options { today: Date::day(2026, 11, 2), ..Options::default() })
        .expect("the example can be read")
}

pub(crate) fn made(inputs: &Inputs, audience: Audience) -> Site {
    let skin = skin(&inputs.templates, &inputs.static_files);
    let templates = templates(&skin, None).expect("the skin can be read");
    let (roadmap, _) = roadbook::roadmap(inputs, audience, false, &mut Memory::default());
    site(roadmap, audience, skin.assets, templates)
}

pub(crate) fn text(site: &Site, address: &str) -> String {
    match site.render(address).unwrap_or_else(|| panic!("no page {address}")).expect("a page") {
        Content::Bytes(bytes) => String::from_utf8(bytes).expect("UTF-8"),
        Content::File(path) => panic!("{address} is {}", path.display()),
    }
}

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
        let site = made(&inputs, audience);
        let views = views(&site);
        assert_eq!(views.len(), 2 + site.roadmap().plan.themes.len());
        let sitemap = text(&site, "sitemap.xml");
        for (view, whole) in views {
            let page = text(&site, &view);
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
    let site = made(&inputs_of(&fixture), Audience::Public);
    let backlog = text(&site, "embed/backlog.html");
    assert_eq!(backlog.matches("<tr id=").count(), 25);
    assert!(backlog.contains("41 open items") && backlog.contains("<a href=\"../backlog.html\">and 16 more</a>"));
    assert!(backlog.contains("Item 24<") && !backlog.contains("Item 25<") && !backlog.contains(">Done<"));
    let theme = text(&site, "embed/themes/t.html");
    assert!(theme.contains("<a href=\"../../themes/t.html\">and 28 more</a>"), "{theme}");
    assert!(theme.contains("href=\"../../items/i00.html\"") && theme.contains("<details class=\"group\" id=\"Done\">"));
}
