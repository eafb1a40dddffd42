//! The frameworks side by side.

use roadbook::config::Scoring;
use roadbook::id::{Id as _, ItemId};
use roadbook::resolve::Roadmap;
use roadbook::resolve::compare::{Comparison, Disagreement, compare};
use roadbook::visibility::Audience;

use super::{fixture, page, plan};
use crate::support::{fixture_site, roadmap, text_at, text_of_html as text};

/// The order of a framework's column, ids one after the other.
fn order(roadmap: &Roadmap, comparison: &Comparison, scoring: Scoring) -> String {
    let framework = comparison.frameworks.iter().find(|one| one.scoring == scoring).expect("a column");
    let mut ranked: Vec<(u32, &str)> = (framework.ranks.iter().zip(&roadmap.plan.items))
        .filter_map(|(rank, item)| Some(((*rank)?, item.entry.id.as_str())))
        .collect();
    ranked.sort_unstable();
    assert_eq!(ranked.len(), framework.ranked);
    ranked.into_iter().map(|(_, id)| id).collect()
}

const PLAN: &[&str] = &[
    "value: 8; effort: 1; reach: 1; impact: 1; confidence: 100%",
    "value: 5; effort: 1; reach: 5; impact: 1; confidence: 100%",
    "value: 3; effort: 1; reach: 9; impact: 1; confidence: 100%",
    "value: 1; effort: 1; depends_on: e",
    "effort: 1",
    "priority: must; status: done",
];

#[test]
fn a_framework_counts_when_it_scores_an_open_item() {
    let roadmap = plan("", PLAN);
    let compared = compare(&roadmap);
    assert_eq!(compared.open, 5);
    let columns: Vec<(Scoring, usize, usize)> =
        compared.frameworks.iter().map(|one| (one.scoring, one.scored, one.ranked)).collect();
    assert_eq!(columns, [(Scoring::ValueEffort, 4, 5), (Scoring::Rice, 3, 3)]);
    let others: Vec<Scoring> = compared.others.iter().map(|(scoring, _)| *scoring).collect();
    // Without weights there is nothing to say of weighted scoring.
    assert_eq!(others, [Scoring::Wsjf, Scoring::Ice, Scoring::IceMean, Scoring::Priority]);
    assert_eq!(compared.others[3].1, [("no priority".to_owned(), 5)]);
    let lacks = &compared.frameworks[1].lacks;
    assert_eq!(lacks[..], [("no reach, no impact and no confidence".to_owned(), 2)]);
    assert_eq!(order(&roadmap, &compared, Scoring::ValueEffort), "abced");
    assert_eq!(order(&roadmap, &compared, Scoring::Rice), "cba");
}

#[test]
fn the_column_in_use_is_the_order_of_the_plan_and_any_other_what_it_would_be() {
    for scoring in [Scoring::ValueEffort, Scoring::Rice] {
        let used = plan(&format!("scoring: {}", scoring.word()), PLAN);
        for other in [Scoring::ValueEffort, Scoring::Rice] {
            let there = plan(&format!("scoring: {}", other.word()), PLAN);
            let ids: String = there.order.iter().map(|&item| there.plan.items[item].entry.id.as_str()).collect();
            let compared = compare(&used);
            assert_eq!(compared.frameworks[0].scoring, scoring);
            assert_eq!(order(&used, &compared, other), ids);
        }
    }
}

#[test]
fn the_greatest_disagreements_are_named() {
    let compared = compare(&plan("", PLAN));
    let value = |rank| (Scoring::ValueEffort, rank);
    let rice = |rank| (Scoring::Rice, rank);
    // 1 of 5 against 3 of 3, and 3 of 5 against 1 of 3; 2 of 5 and 2 of 3 are too near to each other.
    assert_eq!(
        compared.disagreements,
        [
            Disagreement { item: ItemId::new(0), near: value(1), far: rice(3) },
            Disagreement { item: ItemId::new(2), near: rice(1), far: value(3) }
        ]
    );
}

#[test]
fn work_in_progress_is_no_disagreement() {
    let items: Vec<String> = PLAN.iter().map(|fields| format!("{fields}; status: in progress")).collect();
    let items: Vec<&str> = items.iter().map(String::as_str).collect();
    assert_eq!(compare(&plan("", &items)).disagreements, []);
}

#[test]
fn an_empty_plan_has_nothing_to_compare() {
    let compared = compare(&roadmap("//- roadbook.yml\ntitle: Empty\n"));
    assert_eq!((compared.open, compared.frameworks.len(), compared.disagreements.len()), (0, 1, 0));
}

#[test]
fn the_page_says_what_was_compared() {
    let html = page(plan("", PLAN), "scoring.html").expect("the page");
    let text = text(&html);
    for said in [
        "The same 5 open items in the order of value-effort, which is in use, and of rice",
        "A is 1 of 5 by value-effort and 3 of 3 by rice",
        "C is 1 of 3 by rice and 3 of 5 by value-effort",
        "value-effort in use Value ÷ effort 4 of 5 open items scored 1 item: no value",
        "wsjf (value + time criticality + risk reduction) ÷ effort 0 of 5 open items scored",
        "Item value-effort rice",
        "A Planned value-effort 1 rice 3 2 later",
        "E Planned value-effort 4 unscored rice unscored",
    ] {
        assert!(text.contains(said), "{said:?} is not in {text}");
    }
    assert!(!text.contains(" F "), "closed items are not compared: {text}");
}

#[test]
fn a_plan_with_one_framework_says_that_there_is_nothing_to_compare() {
    let html = page(plan("", &["value: 1; effort: 2"]), "scoring.html").expect("the page");
    assert!(text(&html).contains("value-effort alone finds its numbers in this plan: there is nothing to compare"));
    assert!(!html.contains("Where they disagree most"));
}

#[test]
fn a_long_plan_is_cut() {
    let mut fixture = String::new();
    for at in 0..502 {
        fixture += &format!("//- plan/items/i{at}.md\n---\nvalue: {at}\neffort: 1\n---\n");
    }
    let html = page(roadmap(&fixture), "scoring.html").expect("the page");
    assert_eq!(html.matches("<th scope=\"row\">").count(), 500);
    assert!(text(&html).contains("and 2 more"));
}

#[test]
fn the_public_sees_nothing_of_it() {
    let link = "<a href=\"scoring.html\">";
    let made = |audience| fixture_site(&fixture("", PLAN), audience);
    let (public, internal) = (made(Audience::Public), made(Audience::Internal));
    assert!(!public.has("scoring.html") && !text_at(&public, "backlog.html").contains(link));
    assert!(internal.has("scoring.html") && text_at(&internal, "backlog.html").contains(link));
}
