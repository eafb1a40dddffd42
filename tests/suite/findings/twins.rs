//! Ids that are given twice: which of the files keeps the address.

use fastrand::Rng;
use roadbook::record::property;
use roadbook::resolve::Roadmap;
use roadbook::visibility::Audience;

use crate::support::{fixture_site, roadmap, roadmap_for, rounds, text_at};

/// The path that an id's plain address shows.
fn kept(roadmap: &Roadmap, address: &str) -> String {
    let items = roadmap.plan.items.iter();
    let of: Vec<&str> = items.filter(|item| item.entry.slug == address).map(|item| item.entry.path()).collect();
    assert_eq!(of.len(), 1, "{of:?}");
    of[0].to_owned()
}

const ARCHIVE: &str = "collections:\n  - {kind: item, include: ['tasks/*.md']}\n  - {kind: item, include: ['a-archive/*.md'], state: STATE}\n";

#[test]
fn the_living_one_keeps_the_address() {
    for rule in ["dropped, override: true", "dropped", "done", "done, override: true"] {
        for (archived, living) in [("done", "done"), ("planned", "done"), ("done", "dropped"), ("active", "planned")] {
            let config = ARCHIVE.replace("STATE", rule);
            let plan = format!(
                "//- roadbook.yml\n{config}//- a-archive/t-1.md\n---\nid: T-1\nstatus: {archived}\n---\n//- tasks/t-1.md\n---\nid: t-1\nstatus: {living}\n---\n"
            );
            assert_eq!(kept(&roadmap(&plan), "t-1"), "tasks/t-1.md", "{rule}: {archived}, {living}");
        }
    }
}

#[test]
fn then_the_one_that_is_not_dropped_then_the_one_with_front_matter_then_the_first() {
    let of = |a: &str, b: &str| {
        let plan = format!("//- plan/items/x/t-1.md\n{a}\n//- plan/items/y/t-1.md\n{b}\n");
        kept(&roadmap(&plan), "t-1")
    };
    assert_eq!(of("---\nstatus: dropped\n---", "# T-1"), "plan/items/y/t-1.md");
    assert_eq!(of("# T-1", "---\nstatus: planned\n---"), "plan/items/y/t-1.md");
    assert_eq!(of("---\nstatus: planned\n---", "---\nstatus: planned\n---"), "plan/items/x/t-1.md");
    assert_eq!(of("# T-1", "# T-1"), "plan/items/x/t-1.md");
}

#[test]
fn json_marks_the_other() {
    let plan = "//- plan/items/x/t-1.md\n# A\n//- plan/items/y/t-1.md\n# B\n//- plan/items/z.md\n# C\n";
    let roadmap = roadmap(plan);
    let shadowed: Vec<Option<&str>> = roadmap.plan.items.iter().map(|item| item.entry.shadowed_by.as_deref()).collect();
    assert_eq!(shadowed, [None, Some("plan/items/x/t-1.md"), None]);
    assert!(property("shadowed_by").is_some_and(|property| property.is_in_json));
    let json = text_at(&fixture_site(plan, Audience::Internal), "roadmap.json");
    assert_eq!(json.matches("\"shadowed_by\":\"plan/items/x/t-1.md\"").count(), 1, "{json}");
    assert_eq!(json.matches("\"shadowed_by\":null").count(), 2, "{json}");
}

#[test]
fn an_internal_twin_takes_nothing_from_a_public_one() {
    let plan = "//- plan/items/a/t-1.md\n---\nid: T-1\ntitle: Secret\nvisibility: internal\n---\n//- plan/items/b/t-1.md\n---\nid: T-1\ntitle: Open\n---\n";
    let public = roadmap_for(plan, Audience::Public, false);
    assert_eq!(kept(&public, "t-1"), "plan/items/b/t-1.md");
    assert_eq!(public.plan.items.iter().next().and_then(|item| item.entry.shadowed_by.clone()), None);
    let alone = "//- plan/items/b/t-1.md\n---\nid: T-1\ntitle: Open\n---\n";
    let json = |plan: &str| text_at(&fixture_site(plan, Audience::Public), "roadmap.json");
    assert_eq!(json(plan), json(alone));
}

#[test]
fn no_file_that_comes_moves_an_address_of_a_plan_without_duplicates() {
    const IDS: [&str; 8] = ["a", "b", "a-plan-items-z-a", "b-plan-items-z-b", "T-1", "t-2", "ü", "c"];
    for seed in 0..rounds(60) {
        let mut rng = Rng::with_seed(seed);
        let mut ids = IDS.to_vec();
        rng.shuffle(&mut ids);
        ids.truncate(rng.usize(1..IDS.len()));
        let item = |folder: &str, id: &str, rng: &mut Rng| {
            let status = ["planned", "dropped", "done"][rng.usize(..3)];
            format!("//- plan/items/{folder}/{id}.md\n---\nid: {id}\nstatus: {status}\n---\n")
        };
        let mut plan = String::new();
        for id in &ids {
            plan += &item("m", id, &mut rng);
        }
        let new = IDS[rng.usize(..IDS.len())];
        let folder = ["a", "z"][rng.usize(..2)];
        let with = format!("{plan}{}", item(folder, new, &mut rng));
        let addresses = |plan: &str| -> Vec<(String, String)> {
            let roadmap = roadmap(plan);
            let of = |entry: &roadbook::plan::Entry| (entry.path().to_owned(), entry.slug.clone());
            roadmap.plan.items.iter().map(|item| of(&item.entry)).collect()
        };
        let after = addresses(&with);
        for (path, slug) in addresses(&plan) {
            // The twin itself may be the one that references mean from now on.
            if !path.ends_with(&format!("/{new}.md")) {
                assert!(after.contains(&(path.clone(), slug.clone())), "seed {seed}: {path} was at {slug}\n{with}");
            }
        }
    }
}
