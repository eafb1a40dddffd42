//! What the dependencies page says.

use fastrand::Rng;
use roadbook::id::{Id as _, ItemId};
use roadbook::resolve::{Milestone, blocked_behind, milestones};

use crate::support::{self, roadmap};

/// The page as text: a line for each element of a block, marks left out.
fn page(fixture: &str) -> String {
    let html = support::page(fixture, "dependencies.html");
    let main = html.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).expect("a main part");
    let mut text = String::new();
    for piece in main.split('<').skip(1) {
        let (tag, words) = piece.split_once('>').expect("a tag");
        if ["/li", "/p", "/h1", "/h2", "/h3", "/text", "/summary", "/ol"].contains(&tag) {
            text.push('\n');
        }
        text.push_str(words);
    }
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn has(page: &str, line: &str) {
    assert!(page.lines().any(|other| other == line), "no line {line:?} in\n{page}");
}

/// Items: id, and fields apart by `;`. Planned where nothing else is said.
fn items(list: &[(&str, &str)]) -> String {
    let file = |(id, fields): &(&str, &str)| {
        let status = if fields.contains("status:") { "" } else { "status: planned\n" };
        format!("//- plan/items/{id}.md\n---\ntitle: The {id}\n{status}{}\n---\n", fields.replace("; ", "\n"))
    };
    list.iter().map(file).collect()
}

fn names(found: &[Milestone]) -> Vec<&str> {
    found.iter().map(|milestone| milestone.name.as_str()).collect()
}

#[test]
fn milestones_come_by_date_and_then_by_name() {
    let plan = roadmap(&items(&[
        ("a", "milestone: v1.10"),
        ("b", "milestone: v1.9"),
        ("c", "milestone: Fair; target: 2027-Q2"),
        ("d", "milestone: Open day; due: 2027-03-01; target: 2027-01-01"),
        ("e", "milestone: fair; due: 2027-05-01"),
        ("f", "milestone: Over; status: done; due: 2020-01-01"),
        ("g", "milestone: Open Day; due: 2027-02-01"),
    ]));
    let found = milestones(&plan, 10);
    assert_eq!(names(&found), ["Open Day", "Fair", "v1.9", "v1.10"]);
    assert_eq!(found[0].items, [3, 6].map(ItemId::new), "spelt in two ways");
    assert_eq!(
        found[0].date.as_ref().map(ToString::to_string).as_deref(),
        Some("2027-03-01"),
        "due counts, and the last"
    );
    assert_eq!(found[1].date.as_ref().map(ToString::to_string).as_deref(), Some("2027-Q2"));
    assert_eq!(names(&milestones(&plan, 2)), ["Open Day", "Fair"]);
}

#[test]
fn the_longest_chain_before_a_milestone_is_the_one_of_most_effort() {
    let plan = items(&[
        ("a", "effort: 2; value: 1"),
        ("b", "effort: 3; value: 1; depends_on: [a]"),
        ("c", "effort: 1; value: 1; depends_on: [b]; milestone: Fair"),
        ("d", "effort: 7; value: 1"),
        ("e", "effort: 1; value: 1; depends_on: [d]; milestone: Fair"),
        ("f", "effort: 9; value: 1; depends_on: [e]"),
        ("g", "effort: 50; value: 1; status: done"),
        ("h", "effort: 1; value: 1; depends_on: [g]; milestone: Fair"),
        ("i", "milestone: Alone"),
    ]);
    let found = milestones(&roadmap(&plan), 5);
    assert_eq!(names(&found), ["Alone", "Fair"]);
    assert_eq!((found[1].chain.nodes.as_slice(), found[1].chain.weight), ([3, 4].map(ItemId::new).as_slice(), 8_000));
    let page = page(&plan);
    has(&page, "2 items, 8 points of effort stand before it");
    has(&page, "Its one open item waits for no other open one");
}

#[test]
fn what_blocks_the_most_says_how_much() {
    let plan = items(&[
        ("a", "effort: 1"),
        ("b", "effort: 1; value: 21; depends_on: [a]; priority: high"),
        ("c", "effort: 1; value: 13; depends_on: [a]; priority: low"),
        ("d", "effort: 1; value: 5"),
        ("e", "depends_on: [d]"),
    ]);
    let page_ = page(&plan);
    has(&page_, "blocks 34 points of value in 2 items");
    has(&page_, "blocks 1 item");
    let by_class = page(&format!("//- roadbook.yml\nscoring: priority\n{plan}"));
    has(&by_class, "blocks 2 items, worth 320 together");
    // Every item counts one there, so effort says nothing.
    has(&by_class, "2 items");
    assert!(!by_class.contains("of effort"), "{by_class}");
}

/// What is found for one item is what is found for all of them at once.
#[test]
fn what_waits_behind_an_item_is_what_the_page_says_of_it() {
    for seed in 0..60 {
        let mut rng = Rng::with_seed(seed);
        let count = rng.usize(2..14);
        let item = |at: usize, rng: &mut Rng| {
            let needs: Vec<String> = (0..rng.usize(0..3)).map(|_| format!("i{}", rng.usize(0..count))).collect();
            let status = if rng.u8(0..5) == 0 { "done" } else { "planned" };
            let value = rng.u8(0..9);
            (
                format!("i{at}"),
                format!("status: {status}; value: {value}; effort: 1; depends_on: [{}]", needs.join(", ")),
            )
        };
        let list: Vec<(String, String)> = (0..count).map(|at| item(at, &mut rng)).collect();
        let list: Vec<(&str, &str)> = list.iter().map(|(id, fields)| (id.as_str(), fields.as_str())).collect();
        let roadmap = roadmap(&items(&list));
        assert!(roadmap.unblockers.len() <= count);
        for at in roadmap.items.ids().filter(|&at| roadmap.plan.items[at].state.is_open()) {
            let found = blocked_behind(&roadmap, at);
            let said = roadmap.unblockers.iter().find(|holds| holds.node == at);
            assert_eq!(said.copied().unwrap_or(found), found, "seed {seed}: {at:?}");
            assert_eq!(said.is_some(), found.all > 0, "seed {seed}: {at:?}");
        }
    }
}

#[test]
fn a_cycle_is_told_with_the_place_of_each_of_its_dependencies() {
    let plan = items(&[("a", "depends_on: [b]"), ("b", "depends_on: [a]; milestone: Fair"), ("c", "depends_on: [a]")]);
    let page = page(&plan);
    has(&page, "2 items wait for each other");
    has(&page, "The a depends on The b plan/items/a.md:4:14");
    has(&page, "The b depends on The a plan/items/b.md:4:14");
    has(&page, "Items of it are caught in a cycle");
    assert_eq!(
        page.matches("planned, in a cycle").count(),
        4,
        "two boxes, each with its words and its tooltip\n{page}"
    );
    assert!(page.contains("planned, blocked"), "{page}");
}

/// A dropped item will not be done, so whatever depends on it waits for it; an item that names itself waits for no other.
#[test]
fn what_is_dropped_is_waited_for_and_an_item_is_no_other_one() {
    let text =
        page(&items(&[("a", "depends_on: [a]"), ("b", "depends_on: [k]; milestone: Fair"), ("k", "status: dropped")]));
    has(&text, "1 of 2 open items waits for another");
    has(&text, "The b planned needs The k dropped");
    has(&text, "The a planned needs The a planned");
    has(&text, "Its one open item waits for no other open one");
    has(&page(&items(&[("a", "depends_on: [a]"), ("b", "")])), "None of 2 open items waits for another");
    has(&page(&items(&[("a", "depends_on: [k]"), ("k", "status: done")])), "None of 1 open item waits for another");
    // What is closed waits for nothing.
    let closed =
        page(&items(&[("a", "status: dropped; depends_on: [b]"), ("b", "depends_on: [a]"), ("c", "depends_on: [b]")]));
    has(&closed, "2 of 2 open items wait for another");
    assert!(!closed.contains("The a dropped needs"), "{closed}");
}

#[test]
fn a_plan_without_dependencies_has_a_page_that_says_how_to_get_one() {
    let page_ = page(&items(&[("a", ""), ("b", "")]));
    has(&page_, "None of 2 open items waits for another");
    has(&page_, "An item that waits for another says so in its depends_on. What waits for what is then drawn here.");
    has(&page("//- plan/vision.md\n# Nothing yet\n"), "Nothing is open");
}

/// A chain of so many items, each of which serves the theme or none.
fn chain(count: usize, theme: impl Fn(usize) -> &'static str) -> String {
    let mut plan = String::from("//- plan/themes/water.md\n# Water\n");
    for at in 0..count {
        let needs = if at == 0 { String::new() } else { format!("i{:03}", at - 1) };
        let fields = format!("theme: {}; value: 1; effort: 1; depends_on: [{needs}]", theme(at));
        plan.push_str(&items(&[(&format!("i{at:03}"), &fields)]));
    }
    plan
}

#[test]
fn what_is_too_much_for_a_drawing_is_cut_with_words() {
    let page = page(&chain(100, |_| "water"));
    has(&page, "Water 100 items, 99 dependencies; drawn are 60 of those that come first in the order");
    assert!(page.contains("i059") && page.contains("and 84 more"), "the rest of the longest chain is counted\n{page}");
    has(&page, "The i099 planned needs The i098 planned");
}

#[test]
fn what_serves_no_theme_is_drawn_too() {
    let page = page(&chain(80, |at| if at < 40 { "water" } else { "" }));
    has(&page, "Water 40 items, 39 dependencies");
    has(&page, "No theme 41 items, 40 dependencies");
}
