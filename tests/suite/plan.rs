//! Tests of the typed plan: kinds, ids, titles and typed values.

use expect_test::expect;
use roadbook::id::{Id as _, ItemId};
use roadbook::plan::{Input, Item};
use roadbook::resolve::Roadmap;
use roadbook::state::State;

use crate::support::{lines, roadmap};

fn item(fixture: &str) -> Item {
    let roadmap = roadmap(fixture);
    assert_eq!(lines(&roadmap.diagnostics), "", "diagnostics of {fixture}");
    assert_eq!(roadmap.plan.items.len(), 1);
    Item::clone(&roadmap.plan.items[ItemId::new(0)])
}

fn ids(roadmap: &Roadmap) -> Vec<(String, String)> {
    roadmap.plan.items.iter().map(|item| (item.entry.id.clone(), item.entry.slug.clone())).collect()
}

#[test]
fn only_a_title_is_needed_and_not_even_that() {
    let front = item("//- plan/items/a.md\n---\ntitle: From the front matter\n---\n# Heading\n");
    assert_eq!(front.entry.title, "From the front matter");
    assert_eq!(item("//- plan/items/a.md\n# From the *heading*\n").entry.title, "From the heading");
    assert_eq!(item("//- plan/items/team-sharing.md\nWords.\n").entry.title, "Team sharing");
    assert_eq!(item("//- plan/items/event-api.md\n## Description\n").entry.title, "Event api");
}

/// What a title begins with is cut only where it is the file's id, and no word of the title.
#[test]
fn a_title_loses_the_id_of_its_file_and_nothing_else() {
    for (name, heading, title) in [
        ("rb-12", "RB-12: The title", "The title"),
        ("rb-12", "rb-12 - The title", "The title"),
        ("rb-12", "RB-12. The title", "The title"),
        ("rb-12", "RB-12:The title", "The title"),
        ("rb-12", "RB-12 The title", "RB-12 The title"),
        ("rb-12", "RB-12:", "RB-12:"),
        ("rb-12", "RB-12.5 of it", "RB-12.5 of it"),
        ("rb-12", "RB-12-b: another", "RB-12-b: another"),
        ("rb-1", "RB-12: another", "RB-12: another"),
        ("specialization", "Specialization: minimal implementation", "Specialization: minimal implementation"),
        ("search", "Search - the new engine", "Search - the new engine"),
    ] {
        assert_eq!(item(&format!("//- plan/items/{name}.md\n# {heading}\n")).entry.title, title, "{name}: {heading}");
    }
}

#[test]
fn the_id_is_the_slug_of_the_file_name_unless_the_file_says_otherwise() {
    assert_eq!(item("//- plan/items/deep/Team Sharing.md\nx\n").entry.id, "team-sharing");
    assert_eq!(item("//- plan/items/x/README.md\nx\n").entry.id, "x");
    let zeros = item("//- plan/items/a.md\n---\nid: 0161\n---\n");
    assert_eq!((zeros.entry.id.as_str(), zeros.entry.slug.as_str()), ("0161", "0161"));
    assert_eq!(item("//- plan/items/a.md\n---\nid: no\n---\n").entry.id, "no");
    assert_eq!(item("//- plan/items/a.md\n---\nid: 1.10\n---\n").entry.slug, "1.10");
}

#[test]
fn scalars_are_text_until_their_field_types_them() {
    let item = item(
        "//- plan/items/a.md\n---\ntitle: 1.10\nstatus: in progress (since May)\nvalue: 8\neffort: M\nconfidence: 80\n\
         owner: '@mobile, Data'\ntags: [a, 0161, no]\npriority: P1\ntarget: 2027-Q3\nx-note: yes\n---\n",
    );
    assert_eq!(item.entry.title, "1.10");
    assert_eq!(item.state, State::Active);
    assert_eq!(item.input(Input::Value).map(|number| number.to_string()).as_deref(), Some("8"));
    assert_eq!(item.input(Input::Effort).map(|number| number.to_string()).as_deref(), Some("3"));
    assert_eq!(item.input(Input::Confidence).map(|number| number.to_string()).as_deref(), Some("0.8"));
    assert_eq!(item.owners, ["mobile, Data"]);
    assert_eq!(item.tags, ["a", "0161", "no"]);
    assert_eq!(item.target.map(|date| date.to_string()).as_deref(), Some("2027-Q3"));
    assert_eq!(item.entry.extra.len(), 1);
}

#[test]
fn placeholders_are_nothing() {
    let plan = "//- plan/items/a.md\n---\ntitle: A\nstatus: TBD\neffort: n/a\ndepends_on: [none, ~]\nowner: []\ntarget:\n---\n";
    let item = item(plan);
    assert!(item.status.is_none() && item.owners.is_empty() && item.target.is_none());
    let links = roadmap(plan).items[ItemId::new(0)].links.clone();
    assert!(links.depends_on.is_empty() && links.waiting_for().next().is_none());
    assert_eq!(item.input(Input::Effort), None);
}

#[test]
fn the_names_that_people_already_use_are_understood() {
    let roadmap = roadmap(
        "//- plan/items/a.md\n---\nname: A\nBlocked-By: [b]\nassignee: Data\nlabels: x\nestimate: 3\nrelations:\n  relates_to: [c]\n---\n\
         //- plan/items/b.md\n//- plan/items/c.md\n",
    );
    assert_eq!(lines(&roadmap.diagnostics), "");
    let links = &roadmap.items[ItemId::new(0)].links;
    assert_eq!((links.depends_on[0].on, &links.relates), (ItemId::new(1), &vec![ItemId::new(2)]));
    let item = &roadmap.plan.items[ItemId::new(0)];
    assert_eq!(item.input(Input::Effort).map(|number| number.to_string()).as_deref(), Some("3"));
    assert_eq!(item.entry.title, "A");
    assert_eq!(item.owners, ["Data"]);
    assert_eq!(item.tags, ["x"]);
}

#[test]
fn values_that_cannot_be_read_are_reported_with_their_place() {
    let roadmap = roadmap(
        "//- plan/items/a.md\n---\ntitle: A\nstatus: Frobnicating\neffort: lots\ntarget: 2026-02-30\nconfidence: 300\n\
         visibility: secret\ndepend_on: [b]\n---\n",
    );
    expect![[r#"
        plan/items/a.md:3:9: warning[unknown-status]: `Frobnicating` has no state mapping
            help: say what it means in roadbook.yml: `states: {"Frobnicating": planned}` (idea, planned, active, done, dropped, paused)
        plan/items/a.md:4:9: warning[unreadable-number]: `lots` is not a number for `effort`
            help: write a number like `3` or `2.5`, or map the word under `sizes` in roadbook.yml
        plan/items/a.md:5:9: warning[unreadable-date]: `2026-02-30` is not a date for `target`
            help: write a day (`2026-03-31`), a month (`2026-03`), a quarter (`2026-Q1`) or a year
        plan/items/a.md:6:13: warning[unreadable-number]: a confidence of `300` is over 100 %
            help: write a share from 0 to 1, or a percentage up to 100
        plan/items/a.md:7:13: error[invalid-visibility]: `visibility` is neither `public` nor `internal`
            help: write `visibility: internal` or `visibility: public` as a field of its own
        plan/items/a.md:8:1: warning[misspelled-field]: Roadbook knows no field `depend_on`
            help: did you mean `depends_on`? A field of your own is safe under a name like `x-depend_on`
        plan/items/a.md:8:13: warning[unknown-dependency]: `depends_on` names `b`, and no item has that id
            help: write the id of an item, or drop the line
    "#]].assert_eq(&lines(&roadmap.diagnostics));
}

#[test]
fn two_files_with_one_id_keep_their_pages_apart() {
    let roadmap = roadmap(
        "//- plan/items/archive/a.md\n---\nid: RB-1\nstatus: dropped\n---\n//- plan/items/b.md\n---\nid: rb-1\n---\n\
         //- plan/items/c.md\n---\nid: RB 1\n---\n//- plan/items/d.md\n---\ndepends_on: [RB-1]\n---\n",
    );
    let kept: Vec<(String, String)> = ids(&roadmap);
    assert_eq!(
        kept,
        [("RB-1", "rb-1-plan-items-archive-a"), ("rb-1", "rb-1"), ("RB 1", "rb-1-plan-items-c"), ("d", "d")]
            .map(|(id, slug)| (id.to_owned(), slug.to_owned()))
    );
    expect![[r#"
        plan/items/archive/a.md:2:5: error[duplicate-id]: the id `RB-1` is given twice
            plan/items/b.md:2:5: references mean this one
            help: give one of the two another `id`, or rename its file
    "#]]
    .assert_eq(&lines(&roadmap.diagnostics));
    // References mean the one that is still alive.
    assert_eq!(roadmap.items[ItemId::new(3)].links.needs().collect::<Vec<_>>(), [ItemId::new(1)]);
}

#[test]
fn the_folder_says_the_kind_and_the_file_may_say_otherwise() {
    let roadmap =
        roadmap("//- plan/items/a.md\n---\nkind: theme\n---\n//- plan/pages/b.md\n# B\n//- plan/vision.md\n# V\n");
    assert_eq!((roadmap.plan.items.len(), roadmap.plan.themes.len(), roadmap.plan.pages.len()), (0, 1, 1));
    assert_eq!(roadmap.plan.vision.map(|vision| vision.entry.title).as_deref(), Some("V"));
}
