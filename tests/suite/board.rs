//! What the board says of itself: its headline and its columns.

use crate::support::{page, text_of_html};

fn text(plan: &str) -> String {
    text_of_html(&page(plan, "roadmap.html"))
}

fn item(id: &str, fields: &str) -> String {
    format!("//- plan/items/{id}.md\n---\ntitle: The {id}\nstatus: planned\n{fields}\n---\n")
}

#[test]
fn the_headline_counts_what_is_in_themes() {
    let themes = "//- plan/themes/core.md\n# Core\n//- plan/themes/ui.md\n# UI\n";
    for files in ["", themes] {
        let of = |fields: &[&str]| {
            let items = fields.iter().enumerate().map(|(at, fields)| item(&format!("i{at}"), fields));
            text(&format!("{files}{}", items.collect::<String>()))
        };
        for (fields, headline) in [
            (&["theme: core", "theme: ui", "", ""][..], "4 open items, 2 of them in 2 themes"),
            (&["theme: core", "theme: core"], "2 open items in 1 theme"),
            (&["theme: core", "theme: [core, ui]"], "2 open items in 2 themes"),
            (&["theme: core", ""], "2 open items, 1 of them in 1 theme"),
            (&["", ""], "2 open items"),
        ] {
            let text = of(fields);
            let is_said = text.contains(&format!("{headline} "));
            assert!(is_said && (headline.contains("in") || !text.contains("2 open items in")), "{headline}: {text}");
        }
    }
}

/// A word that is no horizon of the configuration is one all the same.
#[test]
fn the_last_column_says_what_is_in_it() {
    let plan = |fields: &[&str]| {
        let items = fields.iter().enumerate().map(|(at, fields)| item(&format!("i{at}"), fields));
        format!("//- roadbook.yml\nhorizons: [Now, Next]\n{}", items.collect::<String>())
    };
    for (fields, column, besides) in [
        (
            &["horizon: Now", "horizon: Sometime", "horizon: Now, Next"][..],
            "Other horizons 2 items",
            "2 in other horizons",
        ),
        (&["horizon: Now", "horizon: Sometime", ""], "Other horizons, and none 2 items", "2 in other horizons or none"),
        (&["horizon: Now", "", ""], "No horizon 2 items", "2 with no horizon"),
    ] {
        let text = text(&plan(fields));
        assert!(text.contains(column), "{column}: {text}");
        let card = page(&plan(fields), "roadmap.svg");
        assert!(card.contains(&format!("Besides: {besides}<")), "{besides}: {card}");
    }
}

/// Of names with one address the one that is spelled as its address keeps it, wherever the other one comes from.
#[test]
fn a_plain_name_keeps_its_address() {
    let plain = item("w", "id: a-b-c\ntags: ['a b']\nmilestone: '1 2'");
    let others = item("v", "id: a b c\ntags: ['a/b']\nmilestone: '1/2'");
    for plan in [plain.clone(), format!("{others}{plain}")] {
        for (address, title) in
            [("items/a-b-c.html", "The w"), ("tags/a-b.html", "a b"), ("milestones/1-2.html", "1 2")]
        {
            assert!(page(&plan, address).contains(&format!("<title>{title} ")), "{address}");
        }
    }
}

/// The home page leads to all that is open, and says how much of it has a place.
#[test]
fn the_way_to_the_backlog_counts_what_is_in_order() {
    let home = |plan: &str| text_of_html(&page(plan, "index.html"));
    let (scored, unscored) = (item("a", "value: 3\neffort: 1"), item("b", ""));
    assert!(home(&scored).contains("All 1 open item in order"));
    let text = home(&format!("{scored}{unscored}"));
    assert!(text.contains("1 of 2 open items in order"), "{text}");
}
