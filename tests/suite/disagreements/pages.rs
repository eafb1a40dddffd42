//! Where a disagreement stands: beside each thing that takes part in it, and on the health page; on no page of the public.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use roadbook::SiteParts;
use roadbook::date::Date;
use roadbook::visibility::Audience;

use super::many;
use crate::support::{fixture_site, inputs_of, resolved, site_with, texts_of};

/// Every page of the site of a plan, as text.
fn pages(plan: &str, audience: Audience) -> BTreeMap<String, String> {
    texts_of(&fixture_site(plan, audience))
}

/// How many notices of a code a page shows.
fn notices(page: &str, code: &str) -> usize {
    page.matches(&format!("href=\"../health.html#{code}\">{code}</a>")).count()
}

const PLAN: &str = "//- plan/themes/home.md
---
title: Home
status: active
investment: 100
---
//- plan/items/a.md
---
title: A
status: planned
theme: home
horizon: Now
depends_on: [b]
---
//- plan/items/b.md
---
title: B <i>
status: planned
theme: home
horizon: Later
---
//- plan/items/c.md
---
title: C
status: done
theme: home
depends_on: [nothing]
---
//- plan/themes/away.md
---
title: Away
status: planned
---
";

#[test]
fn a_disagreement_stands_beside_everything_that_takes_part() {
    let internal = pages(PLAN, Audience::Internal);
    for (address, code, count) in [
        ("items/a.html", "horizon-inversion", 1),
        ("items/b.html", "horizon-inversion", 1),
        ("items/c.html", "horizon-inversion", 0),
        ("themes/home.html", "horizon-inversion", 0),
        ("themes/away.html", "theme-without-work", 1),
        ("themes/home.html", "theme-without-work", 0),
        // A mistake of a file is no disagreement.
        ("items/c.html", "unknown-dependency", 0),
    ] {
        assert_eq!(notices(&internal[address], code), count, "{address} {code}");
    }
    let page = &internal["items/a.html"];
    let notice = page.lines().find(|line| line.contains("horizon-inversion")).expect("a notice");
    assert_eq!(
        notice,
        "<p class=\"notice warning\"><b class=\"sev warning\">warning</b> <code>a</code> is planned for Now and depends on <code>b</code>, \
         planned for Later. <a class=\"more\" href=\"../health.html#horizon-inversion\">horizon-inversion</a> \
         <span class=\"fix\">Move <code>b</code> to Now or nearer, move <code>a</code> out, or drop the dependency.</span></p>"
    );
    assert!(page.find("<p class=\"notice") < page.find("<div class=\"columns\">"), "under the header");
}

#[test]
fn no_page_of_the_public_knows_of_it() {
    for (address, page) in pages(PLAN, Audience::Public) {
        for word in ["horizon-inversion", "theme-without-work", "health.html", "class=\"notice warning\"><code>a"] {
            assert!(!page.contains(word), "{address}: {word}");
        }
    }
}

#[test]
fn the_health_page_tells_disagreements_from_mistakes() {
    let page = &pages(PLAN, Audience::Internal)["health.html"];
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text} is not in {page}"));
    assert!(
        at("<h2 id=\"Disagreements\">Where strategy and backlog disagree <small>2 disagreements")
            < at("<h3 id=\"horizon-inversion\">")
    );
    assert!(at("<h3 id=\"horizon-inversion\">") < at("<h3 id=\"theme-without-work\">"));
    assert!(at("<h3 id=\"theme-without-work\">") < at("<h2 id=\"Mistakes\">"));
    assert!(
        at("<h2 id=\"Mistakes\">What does not read as it was meant <small>1 finding")
            < at("<h3 id=\"unknown-dependency\">")
    );
    assert!(page.contains("<li><a href=\"#theme-without-work\">"));
    // Both things that take part are linked.
    let [a, b] = ["a", "b"].map(|id| format!("<a href=\"items/{id}.html\" dir=\"auto\">"));
    assert!(page.contains(&a) && page.contains(&b));
    // Where there is one kind only, there is one section.
    let fine = &pages(&PLAN.replace("depends_on: [nothing]\n", ""), Audience::Internal)["health.html"];
    assert!(fine.contains("id=\"Disagreements\"") && !fine.contains("id=\"Mistakes\""));
    let none = &pages("//- plan/items/a.md\n# A\n", Audience::Internal)["health.html"];
    assert!(none.contains("strategy and backlog agree"), "{none}");
}

/// A site that says what is overdue by the clock would be another one every day.
#[test]
fn what_follows_from_the_clock_is_shown_where_the_day_was_given() {
    let plan = "//- plan/items/a.md\n---\ntitle: A\nstatus: active\nupdated: 2020-01-01\ndue: 2020-01-01\n---\n";
    let made = |day: Option<Date>| {
        let mut inputs = inputs_of(plan);
        inputs.drawn_today = day;
        let roadmap = resolved(&inputs, Audience::Internal);
        assert_eq!(roadmap.diagnostics.len(), 2, "the terminal tells it all the same");
        texts_of(&site_with(roadmap, SiteParts::default()))
    };
    let (clock, given) = (made(None), made(Date::day(2026, 11, 2)));
    for code in ["overdue-item", "stale-item"] {
        assert_eq!((notices(&clock["items/a.html"], code), notices(&given["items/a.html"], code)), (0, 1), "{code}");
        assert!(!clock["health.html"].contains(code) && given["health.html"].contains(code), "{code}");
    }
    assert!(clock["health.html"].contains("No problems"), "{}", clock["health.html"]);
}

#[test]
fn a_page_shows_the_first_few() {
    let mut plan = String::from("//- plan/items/z.md\n---\ntitle: Z\nstatus: planned\nhorizon: Later\n---\n");
    _ = write!(plan, "{}", many(7, "status: planned\nhorizon: Now\ndepends_on: z\n"));
    let pages = pages(&plan, Audience::Internal);
    let page = &pages["items/z.html"];
    assert_eq!(notices(page, "horizon-inversion"), 5);
    assert!(page.contains("href=\"../health.html\">and 2 more</a>"), "{page}");
    assert_eq!(notices(&pages["items/item-03.html"], "horizon-inversion"), 1);
}
