//! A name that fits several things is none of them, and a path names the file that it is the path of: nothing is ready by chance.

use super::{codes, needs, readiness};
use crate::support::{lines, roadmap};

/// Two files of one name, the first done; and an item that depends on `name`.
fn of_two_files(name: &str) -> roadbook::resolve::Roadmap {
    roadmap(&format!(
        "//- plan/items/p/well.md\n---\nid: S1\ntitle: Old well\nstatus: done\n---\n\
         //- plan/items/q/well.md\n---\nid: S2\ntitle: New well\nstatus: planned\n---\n\
         //- plan/items/q/pump.md\n---\nid: S3\nstatus: done\n---\n\
         //- plan/items/a.md\n---\ntitle: A\nstatus: planned\ndepends_on: {name}\n---\n"
    ))
}

#[test]
fn a_path_names_the_file_that_it_is_the_path_of() {
    for name in [
        "../q/well.md",
        "items/q/well.md",
        "'[New well](../q/well.md)'",
        "q/Well.md",
        "q/well",
        "/plan/items/q/well.md",
    ] {
        let roadmap = of_two_files(name);
        assert_eq!(needs(&roadmap, "a"), [("S2".to_owned(), String::new())], "{name}");
    }
    for name in ["well", "well.md", "'[[well]]'"] {
        let roadmap = of_two_files(name);
        assert_eq!((readiness(&roadmap, "a"), codes(&roadmap)), ("blocked", vec!["ambiguous-reference"]), "{name}");
        assert!(lines(&roadmap.diagnostics).contains("write the whole id: `S1` or `S2`"), "{name}");
    }
    for name in ["p/pump.md", "plan/items/p/pump.md", "../q/other/pump.md"] {
        let roadmap = of_two_files(name);
        assert_eq!((readiness(&roadmap, "a"), codes(&roadmap)), ("blocked", vec!["unknown-dependency"]), "{name}");
        let help = "did you mean `S3`, which is `plan/items/q/pump.md`?";
        assert!(lines(&roadmap.diagnostics).contains(help), "{name}");
    }
    assert_eq!(readiness(&of_two_files("q/pump.md"), "a"), "ready");
    assert_eq!(readiness(&of_two_files("pump"), "a"), "ready");
    // The end of a folder's name is not the folder.
    let plan = "//- plan/items/aq/tap.md\n---\nid: T1\ntitle: Tap\nstatus: done\n---\n\
                //- plan/items/a.md\n---\ntitle: A\nstatus: planned\ndepends_on: q/tap.md\n---\n";
    assert_eq!((readiness(&roadmap(plan), "a"), codes(&roadmap(plan))), ("blocked", vec!["unknown-dependency"]));
}

#[test]
fn an_alias_of_two_items_is_neither() {
    let plan = "//- plan/items/a.md\n---\ntitle: A\nstatus: done\naliases: old\n---\n\
                //- plan/items/b.md\n---\ntitle: B\nstatus: planned\naliases: [old, former]\n---\n\
                //- plan/items/v.md\n---\ntitle: V\nstatus: planned\ndepends_on: FOR\n---\n";
    let both = roadmap(&plan.replace("FOR", "old"));
    assert_eq!((readiness(&both, "v"), codes(&both)), ("blocked", vec!["alias-collision", "ambiguous-reference"]));
    assert_eq!(needs(&roadmap(&plan.replace("FOR", "former")), "v"), [("b".to_owned(), String::new())]);
}

#[test]
fn of_two_items_with_one_id_nobody_takes_the_done_one_by_chance() {
    let plan = "//- plan/items/a.md\n---\nid: X\ntitle: Same\nstatus: done\n---\n\
                //- plan/items/b.md\n---\nid: X\ntitle: Same\nstatus: planned\n---\n\
                //- plan/items/v.md\n---\ntitle: V\nstatus: planned\ndepends_on: FOR\n---\n";
    assert_eq!(readiness(&roadmap(&plan.replace("FOR", "X")), "v"), "blocked");
    let blocks = roadmap(&plan.replace("depends_on: FOR", "blocks: X"));
    assert!(!codes(&blocks).contains(&"done-before-dependency"), "the open one waits");
    // Advice names each of the two so that it is meant.
    let titled = lines(&roadmap(&plan.replace("FOR", "Same")).diagnostics);
    assert!(titled.contains("write the whole id or path: `plan/items/a.md` or `X`"), "{titled}");
}

#[test]
fn of_ids_that_differ_in_case_the_one_as_written_is_meant() {
    let plan = "//- plan/items/a.md\n---\nid: Login\ntitle: Old\nstatus: done\n---\n\
                //- plan/items/b.md\n---\nid: login\ntitle: New\nstatus: planned\n---\n\
                //- plan/items/v.md\n---\ntitle: V\nstatus: planned\ndepends_on: FOR\n---\n";
    for (name, expected) in [("login", "blocked"), ("Login", "ready"), ("LOGIN", "blocked")] {
        assert_eq!(readiness(&roadmap(&plan.replace("FOR", name)), "v"), expected, "{name}");
    }
}

#[test]
fn what_is_done_closes_no_cycle() {
    let plan = "//- plan/items/b.md\n---\ntitle: B\nstatus: done\ndepends_on: v\n---\n\
                //- plan/items/v.md\n---\ntitle: V\nstatus: planned\ndepends_on: b\n---\n";
    let with_done = roadmap(plan);
    assert_eq!((readiness(&with_done, "v"), codes(&with_done)), ("ready", vec!["done-before-dependency"]));
    assert!(codes(&roadmap(&plan.replace("status: done", "status: active"))).contains(&"dependency-cycle"));
}
