//! The bridge between strategy and backlog: outcomes and what serves them, where the effort goes, and the pages that show it.

use expect_test::expect;
use roadbook::diagnostic::Code;
use roadbook::id::{Id as _, ThemeId};
use roadbook::number::Decimal;
use roadbook::resolve::Roadmap;
use roadbook::visibility::Audience;

use crate::support::{fixture_site, item_id, lines, page, roadmap, text_at, text_of_html, words};

const PLAN: &str = "
//- plan/vision.md
---
title: Shed
product_goal: Everybody borrows
customers: [Neighbours]
---
//- plan/themes/lend.md
---
title: Lending
status: active
investment: 60
evidence: [A diary study]
outcomes:
  - {id: loans, metric: Loans a week, baseline: 10, target: 20, current: 16}
  - {metric: Days until it is back, baseline: 9 days, target: 4 days, current: 10 days}
  - {metric: People who know the shed, baseline: 1}
---
//- plan/themes/fix.md
---
title: Mending
status: planned
investment: 20
---
//- plan/themes/old.md
---
title: Old
status: done
---
//- plan/items/a.md
---
title: A
status: planned
theme: lend
outcomes: [loans]
effort: 5
milestone: Spring
due: 2026-12-01
owner: ana
---
//- plan/items/b.md
---
title: B
status: done
theme: lend
outcome: Days until it is back
effort: 3
milestone: Spring
---
//- plan/items/c.md
---
title: C
status: active
themes: [lend, fix]
effort: 1
milestone: Autumn
target: 2026-Q4
depends_on: [loose]
owner: ana
---
//- plan/items/loose.md
---
title: Loose
status: planned
effort: 2
owner: bo
---
";

/// What is known of outcomes: the items that serve each, and how far it is.
fn outcomes(roadmap: &Roadmap) -> String {
    let mut said = String::new();
    for (theme, resolved) in roadmap.plan.themes.iter().zip(&roadmap.themes) {
        for (outcome, known) in theme.outcomes.iter().zip(&resolved.outcomes) {
            let items: Vec<&str> = known.items.iter().map(|&item| roadmap.plan.items[item].entry.id.as_str()).collect();
            said += &format!("{} {}: {items:?}, {:?}\n", theme.entry.id, outcome.id, known.progress);
        }
    }
    said
}

/// What is said of references that lead nowhere.
fn unknown(roadmap: &Roadmap) -> String {
    let of = roadmap.diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::UNKNOWN_REFERENCE);
    lines(&of.cloned().collect::<Vec<_>>())
}

#[test]
fn an_item_serves_the_outcome_that_it_names() {
    let roadmap = roadmap(PLAN);
    assert_eq!(unknown(&roadmap), "");
    expect![[r#"
        lend loans: ["a"], Some(600)
        lend days-until-it-is-back: ["b"], Some(0)
        lend people-who-know-the-shed: [], None
    "#]]
    .assert_eq(&outcomes(&roadmap));
}

#[test]
fn where_nobody_names_an_outcome_all_items_of_the_theme_serve_it() {
    let roadmap = roadmap(&PLAN.replace("outcomes: [loans]\n", "").replace("outcome: Days until it is back\n", ""));
    expect![[r#"
        lend loans: ["c", "a", "b"], Some(600)
        lend days-until-it-is-back: ["c", "a", "b"], Some(0)
        lend people-who-know-the-shed: ["c", "a", "b"], None
    "#]]
    .assert_eq(&outcomes(&roadmap));
}

#[test]
fn an_outcome_that_nobody_knows_is_reported() {
    let plan = PLAN
        .replace("outcomes: [loans]", "outcomes: [lonas, rain]")
        .replace("outcome: Days", "outcome: [Dayz]\nx: Days");
    let plan = plan.replace("title: Loose\n", "title: Loose\noutcomes: [loans]\n");
    expect![[r#"
        plan/items/a.md:5:12: warning[unknown-reference]: `outcomes` names `lonas`, and no theme of the item has such an outcome
            help: did you mean `loans`?
        plan/items/a.md:5:19: warning[unknown-reference]: `outcomes` names `rain`, and no theme of the item has such an outcome
            help: the outcomes of its themes are `loans`, `days-until-it-is-back`, `people-who-know-the-shed`
        plan/items/b.md:5:11: warning[unknown-reference]: `outcomes` names `Dayz`, and no theme of the item has such an outcome
            help: the outcomes of its themes are `loans`, `days-until-it-is-back`, `people-who-know-the-shed`
        plan/items/loose.md:3:12: warning[unknown-reference]: `outcomes` names `loans`, and the item serves no theme that could have it
            help: give the item the theme whose outcome it is to change
    "#]]
    .assert_eq(&unknown(&roadmap(&plan)));
}

/// Progress by hand: (current − baseline) ÷ (target − baseline), kept between nothing and all.
#[test]
fn progress_of_an_outcome() {
    for (baseline, current, target, expected) in [
        ("0", "6", "10", Some(600)),
        ("23", "14", "8", Some(600)),
        ("10", "5", "20", Some(0)),
        ("10", "25", "20", Some(1000)),
        ("8", "9", "2", Some(0)),
        ("1", "2", "4", Some(333)),
        ("4.5 days", "3.5 days", "2 days", Some(400)),
        ("40 %", "55 %", "70 %", Some(500)),
        ("5", "5", "5", None),
        ("", "5", "9", None),
        ("few", "some", "many", None),
        ("1,000", "1,500", "2,000", Some(500)),
        ("1 day", "2 Days", "3 days (by June)", Some(500)),
        ("10 t CO2", "5 t CO2", "0 t CO2", Some(500)),
        ("1 000", "1 500", "2 000", None),
        ("1 500", "2 500", "3 500", None),
        ("10 min", "30 min", "1 h", None),
        ("1k", "1500", "2k", None),
        ("1e3", "1500", "2e3", None),
        ("1/2", "5/8", "3/4", None),
        ("1-5 days", "1-3 days", "1-2 days", None),
        ("2026-Q1", "2", "5", None),
        ("50%", "0.65", "0.8", None),
        ("10 m", "5 ms", "1 m", None),
        ("< 9", "5", "3", None),
    ] {
        let theme = format!(
            "//- plan/themes/t.md\n---\ntitle: T\noutcomes:\n  - {{metric: M, baseline: '{baseline}', current: '{current}', \
             target: '{target}'}}\n---\n"
        );
        let roadmap = roadmap(&theme);
        let shown = format!("{baseline}, {current}, {target}");
        assert_eq!(roadmap.themes[ThemeId::new(0)].outcomes[0].progress, expected, "{shown}");
        // Three figures that tell nothing are said to; words are no figures, and there is no way from a figure to itself.
        let is_said = roadmap.diagnostics.iter().any(|found| found.code == Code::UNREADABLE_NUMBER);
        let are_figures = [baseline, current, target].iter().all(|value| value.contains(|c: char| c.is_ascii_digit()));
        assert_eq!(is_said, expected.is_none() && are_figures && baseline != target, "{shown}");
    }
}

/// The unit of an outcome is that of every figure that says none.
#[test]
fn figures_of_an_outcome_are_of_one_unit() {
    let said = |figures: &str| {
        let roadmap = roadmap(&format!("//- plan/themes/t.md\n---\noutcomes: [{{metric: M, {figures}}}]\n---\n"));
        let found = roadmap.diagnostics.iter().find(|found| found.code == Code::UNREADABLE_NUMBER);
        (roadmap.themes[ThemeId::new(0)].outcomes[0].progress, found.map(|found| found.message.clone()))
    };
    assert_eq!(said("baseline: 50%, current: 65, target: 80, unit: '%'"), (Some(500), None));
    assert_eq!(
        said("baseline: 50, current: 65%, target: 80"),
        (None, Some("`50`, `65%` and `80` are not in one unit, so `M` shows no progress".to_owned()))
    );
    assert_eq!(
        said("baseline: 1 000, current: 1 500, target: 2 000"),
        (None, Some("`1 000` is no plain number, so `M` shows no progress".to_owned()))
    );
    let text = text_of_html(&page(
        "//- plan/themes/t.md\n---\nstatus: active\noutcomes: [{metric: M, baseline: 1 h, current: 30 min, target: 10 min}]\n---\n",
        "alignment.html",
    ));
    assert!(text.contains("1 outcome, 1 measured"), "somebody has measured it: {text}");
}

fn family() -> String {
    let item = |id: &str, rest: &str| format!("//- plan/items/{id}.md\n---\ntitle: {id}\n{rest}---\n");
    [
        "//- plan/themes/t.md\n# T\n//- plan/themes/u.md\n# U\n".to_owned(),
        item("epic", "effort: 40\ntheme: t\nstatus: active\n"),
        // Says nothing itself; what is below it tells.
        item("half", "parent: epic\ntheme: t\nstatus: planned\n"),
        item("leaf", "parent: half\neffort: 5\ntheme: t\nstatus: done\n"),
        item("twig", "parent: half\neffort: 3\ntheme: [t, u]\nstatus: planned\n"),
        item("other", "effort: 8\nstatus: planned\n"),
        item("gone", "parent: other\neffort: 100\nstatus: dropped\n"),
    ]
    .concat()
}

#[test]
fn no_effort_counts_twice() {
    let roadmap = roadmap(&family());
    let effort = |theme: usize| &roadmap.themes[ThemeId::new(theme)].rollup.effort;
    assert_eq!(
        (effort(0).total, effort(0).done),
        (Decimal::whole(8), Decimal::whole(5)),
        "the epic's 40 are the parts'"
    );
    assert_eq!(effort(1).total, Decimal::whole(3));
    assert_eq!(roadmap.total.effort.total, Decimal::whole(16), "a dropped part tells nothing");
    let split: Vec<Decimal> = roadmap.themes.iter().map(|theme| theme.effort.total()).collect();
    assert_eq!(split, [Decimal(6_500), Decimal(1_500)], "what serves two themes is split");
    assert_eq!(roadmap.without_theme.total(), Decimal::whole(8));
    let all = roadmap.total.effort.total;
    let shares: Vec<u16> = roadmap.themes.iter().map(|theme| theme.effort.share_of(all)).collect();
    assert_eq!((shares, roadmap.without_theme.share_of(all)), (vec![406, 94], 500));
}

#[test]
fn parts_of_parts_are_parts() {
    let roadmap = roadmap(&family());
    let at = |id: &str| item_id(&roadmap, id);
    assert_eq!(roadmap.parts.of(at("epic")), [at("half"), at("leaf"), at("twig")]);
    assert_eq!(roadmap.parts.of(at("leaf")), []);
    let page = words(&page(&family(), "items/epic.html"));
    assert!(page.contains("1 of 3 items done") && page.contains("5 of 8 points of effort done"), "{page}");
}

#[test]
fn the_alignment_page_says_what_is_missing() {
    expect![[r#"
        Alignment
        Of 3 open items, 2 lead up to the vision; 8 gaps on the way
        From the vision to the work, and back
        Vision
        It says a product goal and target customers
        Missing It does not say their needs, a positioning and a north star
        Themes
        2 themes, 1 with an outcome
        Missing One theme says nothing that it is to change: Mending
        Missing One theme has no evidence: Mending
        Outcomes
        3 outcomes, 2 measured
        Missing No target in Lending
        Missing Nobody has measured where it stands in Lending
        Missing No item serves an outcome of Lending
        Work
        Open work in 2 of 2 themes, in 1 of them ready or in progress
        Missing Nothing can be started in Mending
        And back
        3 open items, 2 of them for a theme
        Missing One item serves no theme: Loose
        Where the effort goes
        Theme
        Share
        Actual
        Intended
        Difference
        Done
        In progress
        Open
        Mending
        5 %
        20 %
        −15 under
        –
        0.5
        –
        Lending
        77 %
        60 %
        +17 over
        3
        0.5
        5
        No theme
        18 %
        –
        –
        2
        Done
        In progress
        Open
        Intended
        Theme by theme
        Mending
        planned
        0 of 1 item done 0 %
        no outcome , nothing can be started
        Outcomes
        None is written down.
        What comes next
        C active Blocked rank 2
        Lending
        active
        1 of 3 items done 33 %
        Outcomes
        Loans a week
        16 now from 10 to 20
        of the way to the target 60 %
        1 item, 0 done
        Days until it is back
        10 days now from 9 days to 4 days
        of the way to the target 0 %
        1 item, 1 done
        People who know the shed
        from 1
        no item serves it
        What comes next
        C active Blocked rank 2
        A planned
        Old
        done
        No items
        Outcomes
        None is written down.
        What comes next
        Nothing is open.
        Items that serve no theme
        Loose planned
    "#]]
    .assert_eq(&words(&page(PLAN, "alignment.html")));
}

#[test]
fn a_plan_without_strategy_is_told_where_to_begin() {
    expect![[r#"
        Alignment
        There are no themes yet: nothing leads from the vision to the work
        From the vision to the work, and back
        Vision
        Nothing says why the product exists
        Missing Who it is for, what they need and what comes next: write it into plan/vision.md
        Themes
        No themes
        Missing Nothing says how the vision is to be reached
    "#]]
    .assert_eq(&words(&page("//- plan/items/a.md\n# A\n", "alignment.html")));
}

#[test]
fn milestones_come_by_their_dates_and_say_what_they_wait_for() {
    expect![[r#"
        Milestones
        2 milestones, 2 with open items
        Spring
        1 open, 1 ready 1 December 2026
        1 of 2 items done 50 %
        3 of 8 points of effort done 37 %
        Autumn
        1 open, 0 ready Q4 2026
        0 of 1 item done 0 %
        0 of 1 point of effort done 0 %
    "#]]
    .assert_eq(&words(&page(PLAN, "milestones.html")));
    expect![[r#"
        Milestones
        Autumn
        Milestone
        0 of 1 item done 0 %
        0 of 1 point of effort done 0 %
        1 blocked
        Dates
        Q4 2026
        Themes
        Mending , Lending
        Owners
        ana
        Waits for, from elsewhere
        Loose planned
        In order 1
        2
        C
        In progress; unscored: no value; comes after Loose, which it depends on.
        active Blocked by Loose Unscored: no value 1 point Lending ana
    "#]]
    .assert_eq(&words(&page(PLAN, "milestones/autumn.html")));
    expect![[r#"
        Owners
        ana
        Owner
        0 of 2 items done 0 %
        0 of 6 points of effort done 0 %
        1 ready
        1 blocked
        Dates
        1 December 2026 to Q4 2026
        Themes
        Mending , Lending
        At work on
        1 item
        Waits for, from elsewhere
        Loose planned
        In order 1
        2
        C
        In progress; unscored: no value; comes after Loose, which it depends on.
        active Blocked by Loose Unscored: no value 1 point Lending
        Unscored 1
        A
        Unscored: no value, and nothing with a score waits for it.
        planned Ready Unscored: no value 5 points Lending
    "#]]
    .assert_eq(&words(&page(PLAN, "owners/ana.html")));
}

/// The way up begins where there is something: a plan without a vision has a home page all the same.
#[test]
fn the_way_up_begins_at_what_is_there() {
    let plan = "//- plan/themes/t.md\n# T\n//- plan/items/a.md\n---\ntitle: A\ntheme: t\n---\n";
    for (files, first) in [(plan.to_owned(), "Home"), (format!("{plan}//- plan/vision.md\n# Why\n"), "Vision")] {
        for address in ["items/a.html", "themes/t.html"] {
            let html = page(&files, address);
            let up = html.split("aria-label=\"Breadcrumb\"").nth(1).expect("the way up");
            assert!(
                up.starts_with(&format!("><ol><li><a href=\"../index.html\" dir=\"auto\">{first}</a>")),
                "{address}: {up}"
            );
        }
    }
}

/// The way up is bounded: in a chain of parents, pages would else grow with the chain, and the site with its square.
#[test]
fn a_page_names_the_nearest_parents_alone() {
    let mut plan = String::new();
    for index in 0..40 {
        let parent = if index == 0 { String::new() } else { format!("parent: i{}\n", index - 1) };
        plan += &format!("//- plan/items/i{index}.md\n---\ntitle: Item {index}\n{parent}---\n");
    }
    let crumbs = |address: &str| {
        let html = page(&plan, address);
        let nav = html
            .split("aria-label=\"Breadcrumb\"")
            .nth(1)
            .and_then(|rest| rest.split("</nav>").next())
            .expect("the way up");
        nav.matches("<li>").count()
    };
    assert_eq!((crumbs("items/i3.html"), crumbs("items/i6.html")), (4, 7), "all parents, behind the vision");
    assert_eq!((crumbs("items/i20.html"), crumbs("items/i39.html")), (8, 8), "six, and one that leads on");
    assert!(page(&plan, "items/i39.html").contains("i32.html\" dir=\"auto\">…</a>"));
}

/// Nothing says what all is aligned with, and strangers need not hear what the plan lacks.
#[test]
fn a_public_site_without_a_vision_has_no_page_of_alignment() {
    let items = "//- plan/items/a.md\n# A\n";
    let vision = "//- plan/vision.md\n# V\n";
    for (plan, audience, is_there) in [
        (items.to_owned(), Audience::Public, false),
        (items.to_owned(), Audience::Internal, true),
        (format!("{vision}{items}"), Audience::Public, true),
    ] {
        let site = fixture_site(&plan, audience);
        assert_eq!(site.addresses().any(|address| address == "alignment.html"), is_there, "{plan}");
        for page in ["index.html", "items/a.html"] {
            assert_eq!(text_at(&site, page).contains("alignment.html"), is_there, "{page} of {plan}");
        }
    }
}
