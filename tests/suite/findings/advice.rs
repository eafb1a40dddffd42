//! Advice that is followed word by word: it is read as it was meant, and makes nothing else wrong.

use roadbook::diagnostic::Code;
use roadbook::resolve::Roadmap;

use super::{codes, helps};
use crate::support::roadmap;

/// What the advice of a plan gives to copy: what stands between the signs.
fn given<'a>(roadmap: &'a Roadmap, start: &str) -> Vec<&'a str> {
    let of = |help: &'a str| help.find(&format!("`{start}")).and_then(|at| help[at + 1..].split('`').next());
    helps(roadmap).into_iter().filter_map(of).collect()
}

#[test]
fn a_line_for_the_configuration_can_be_copied() {
    for word in ["waiting for \"go\"", "back\\slash", "it's", "a: b", "{x}", "\"", "'", "# of it", "say \\\"x\\\""] {
        let item = |field: &str| {
            format!("//- plan/items/a.md\n---\nstatus: planned\n{field}: '{}'\n---\n", word.replace('\'', "''"))
        };
        for (field, code) in [("status", Code::UNKNOWN_STATUS), ("priority", Code::UNKNOWN_PRIORITY)] {
            let item = item(field).replace("status: planned\nstatus", "status");
            let config = "//- roadbook.yml\nscoring: priority\n";
            let before = roadmap(&format!("{config}{item}"));
            assert!(codes(&before).contains(&code.name()), "{word}: {:?}", codes(&before));
            let start = if field == "status" { "states: " } else { "priorities: " };
            let [line] = given(&before, start)[..] else { panic!("no line for {word}: {:?}", helps(&before)) };
            let after = codes(&roadmap(&format!("{config}{line}\n{item}"))).join(", ");
            assert!(!after.contains(code.name()) && !after.contains("configuration"), "{line}: {after}");
        }
    }
}

#[test]
fn a_letter_behind_a_number_is_no_slip() {
    let help = |name: &str| {
        let items: String = (1..4).map(|at| format!("//- plan/items/{at}.md\n---\nid: BACK-{at}\n---\n")).collect();
        let roadmap = roadmap(&format!("{items}//- plan/items/a.md\n---\ndepends_on: {name}\n---\n"));
        assert_eq!(codes(&roadmap), ["unknown-dependency"], "{name}");
        helps(&roadmap).concat()
    };
    assert!(!help("BACK-2a").contains("did you mean"), "{}", help("BACK-2a"));
    assert!(!help("BACK-2B").contains("did you mean"), "{}", help("BACK-2B"));
    assert_eq!(help("BACL-2"), "did you mean `BACK-2`?");
}

#[test]
fn a_field_is_not_taken_for_one_of_another_meaning() {
    let meant = |field: &str| {
        let roadmap = roadmap(&format!("//- plan/items/a.md\n---\n{field}: x\n---\n"));
        let help = helps(&roadmap).into_iter().find(|help| help.starts_with("did you mean `"));
        help.and_then(|help| help.split('`').nth(1)).unwrap_or_default().to_owned()
    };
    for own in ["created_by", "updated_by", "date_updated", "relations", "updated_on_by", "start_state"] {
        assert_eq!(meant(own), "", "{own}");
    }
    for (slip, field) in [
        ("depnds_on", "depends_on"),
        ("mielstone", "milestone"),
        ("creatd_at", "created_at"),
        ("sumary", "summary"),
        ("superseded", "superseded_by"),
        ("supercedes", "supersedes"),
    ] {
        assert_eq!(meant(slip), field, "{slip}");
    }
}

/// Items with an epic each, named by another prefix than their own.
fn epics(count: usize, of: impl Fn(usize) -> usize, field: &str) -> String {
    let item = |at: usize| format!("//- b/b{at}.md\n---\nstatus: planned\n{field}: TASK-{}\n---\n", of(at));
    let items: String = (0..count).map(item).collect();
    format!("//- roadbook.yml\ncollections:\n  - {{kind: item, include: ['b/*.md']}}\n{items}")
}

#[test]
fn no_rule_is_proposed_that_closes_a_cycle() {
    let proposed = |plan: &str| !given(&roadmap(plan), "aliases: ").is_empty();
    for field in ["epic", "depends_on", "blocks", "relates"] {
        assert!(!proposed(&epics(6, |at| at, field)), "{field}: each would name itself");
        let is_graph = field != "relates";
        assert_eq!(proposed(&epics(6, |at| (at + 1) % 6, field)), !is_graph, "{field}: round and round");
        assert!(proposed(&epics(6, |at| if at == 0 { 9 } else { at - 1 }, field)), "{field}: one after the other");
    }
    // A cycle that would need what is right already as well.
    let half = |field: &str| epics(4, |at| (at + 1) % 4, "depends_on").replace("depends_on: TASK-0", field);
    assert!(!proposed(&half("depends_on: b0")));
    assert!(proposed(&half("relates: b0")));
}
