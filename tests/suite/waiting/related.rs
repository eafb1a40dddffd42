//! Dependencies in maps, in lists, in the wrong field, under flat names and in lines that are no fields: in doubt an item waits.

use super::{needs, readiness};
use crate::support::{lines, roadmap};

/// A plan in which `a` says this, with an open `well` and a done `pump`.
fn with(head: &str) -> roadbook::resolve::Roadmap {
    roadmap(&format!(
        "//- plan/items/well.md\n---\ntitle: Well\nstatus: planned\n---\n\
         //- plan/items/pump.md\n---\ntitle: Pump\nstatus: done\n---\n\
         //- plan/items/a.md\n---\ntitle: A\nstatus: planned\n{head}\n---\n"
    ))
}

#[test]
fn a_dependency_in_a_map_or_a_list_is_waited_for() {
    for head in [
        "relations:\n  - depends_on: well",
        "meta: {plan: {depends_on: well}}",
        "jira:\n  links:\n    blocked_by: [well]",
        "links:\n  - {title: Spec, depends_on: well}",
        "milestone: {name: M1, depends_on: well}",
        "relations: {requires: [well]}",
        "links:\n  - {type: blocked by, id: well}",
        "links:\n  - {type: is blocked by, target: well}",
        "blocks: {blocked_by: [well]}",
        "<<: {depends_on: well}",
        "depends_on[0]: well",
        "depends_on.0: well",
        "depends_on.hard: well",
        "relations.blocked_by: well",
        "depends_on (ids): well",
        "depends_on/0: well",
        "is_blocked_by: [well]",
        "waiting_for: well",
        "depends_on_1: pump\ndepends_on_2: well",
        "requires_1: well",
        "ｄｅｐｅｎｄｓ＿ｏｎ: well",
        // Names that only may mean it.
        "hard_dependencies: [well]",
        "blocked-by-items: well",
        "after: well",
        "predecessors: [well]",
        "gated_by: the council",
        // One thing by two names.
        "depends_on: {id: pump, title: Well}",
        "depends_on: {id: pump, reason: needs a well}",
        // Beside what is done in one map.
        "depends_on: {id: pump, external: contract signed}",
        "depends_on: {item: pump, then: well}",
        "depends_on:\n  - {id: pump, and: [well]}",
        "depends_on:\n  - {task: pump, ticket: well}",
        // Among what is depended on, the word says how much it stops.
        "depends_on: {blocking: [well]}",
        "depends_on:\n  - blocking: well",
    ] {
        let roadmap = with(head);
        assert_ne!(readiness(&roadmap, "a"), "ready", "{head}");
    }
    for head in [
        "relations: {depends_on: pump}",
        "meta: {requires: [well], dependencies: {well: 1}}",
        "steps:\n  - {id: one, title: Dig}\n  - {id: two, depends_on: one}",
        "page: {blocks: [{type: hero, id: well}]}",
        "dependencies_count: 3\ndependencies_updated: 2026-03-01\nhas_dependencies: yes",
        "hard_dependencies: none",
        "depends_on: {id: pump, title: Pump, reason: it runs}",
        "depends_on: {id: pump, title: Pump, priority: high, sprint: 12, hard: true, note: it runs}",
        "depends_on:\n  - {item: pump, repository: forge.example/pump, repo-number: 7}",
    ] {
        assert_eq!(readiness(&with(head), "a"), "ready", "{head}");
    }
}

#[test]
fn the_inverse_in_a_map_has_its_direction() {
    for head in [
        "dependencies: {blocks: [well]}",
        "block: well",
        "relations: {blocks: [well]}",
        "links:\n  blocks: [well]",
        "links:\n  - {type: blocks, id: well}",
        "meta: {unblocks: well}",
        "blocks.0: well",
    ] {
        let roadmap = with(head);
        assert_eq!(needs(&roadmap, "well"), [("a".to_owned(), String::new())], "{head}");
        assert!(needs(&roadmap, "a").is_empty(), "{head}");
    }
    let both = with("depends_on: {hard: [well], blocks: [pump]}");
    assert_eq!(needs(&both, "a").len(), 1);
    assert_eq!(needs(&both, "pump").len(), 1);
}

/// What names one thing twice may say two things of it.
#[test]
fn every_remark_on_a_dependency_is_kept() {
    for (head, from, remark) in [
        ("depends_on: [{well: {soon: in May}}]", "a", "soon; in May"),
        ("depends_on: [{well: for water}, {well: for the pump}]", "a", "for water; for the pump"),
        ("blocks: [{well: {soon: in May}}]", "well", "soon; in May"),
        ("blocks: [well, {well: for water}]", "well", "for water"),
    ] {
        let roadmap = with(head);
        let on = if from == "a" { "well" } else { "a" };
        assert_eq!(needs(&roadmap, from), [(on.to_owned(), remark.to_owned())], "{head}");
    }
}

#[test]
fn a_start_under_another_name_is_waited_for() {
    for name in ["starts", "starts_on", "not_before", "startsOn", "begin", "earliest-start"] {
        assert_eq!(readiness(&with(&format!("{name}: 2099-01-01")), "a"), "scheduled", "{name}");
    }
}

#[test]
fn a_flag_that_stops_an_item_is_waited_for() {
    for head in ["on_hold: true", "waiting: yes", "Paused: true", "hold: true", "is_blocked: true", "isBlocked: yes"] {
        assert_eq!(readiness(&with(head), "a"), "waiting", "{head}");
    }
    for head in [
        "blocked_since: 2026-03-01",
        "blockedReason: Legal",
        "on_hold_until: 2099-01-01",
        "deferred_to: v2",
        "snooze until: May",
    ] {
        assert_eq!(readiness(&with(head), "a"), "waiting", "{head}");
    }
    for head in
        ["blocked_since: ''", "blocked_reason: none", "hold_reason: no", "waiting_list: ana", "deferred_by: ana"]
    {
        assert_eq!(readiness(&with(head), "a"), "ready", "{head}");
    }
    for head in ["on_hold: false", "waiting: no", "paused: 2026-03-01", "is_blocked: no", "hold: the door"] {
        assert_eq!(readiness(&with(head), "a"), "ready", "{head}");
    }
}

#[test]
fn a_line_that_is_no_field_and_names_a_dependency_is_waited_for() {
    for line in ["- depends_on: well", "depends_on well", "depends_on -> well", "depends_on:well", "* requires: well"] {
        let roadmap = with(&format!("effort: 1\n{line}"));
        assert_eq!(needs(&roadmap, "a"), [("well".to_owned(), String::new())], "{line}");
        let found = lines(&roadmap.diagnostics);
        assert_eq!(found.matches("warning[invalid-yaml]").count(), 1, "{line}: {found}");
    }
    assert_eq!(readiness(&with("effort: 1\ndepends_on:#well"), "a"), "blocked");
    for line in ["requires a well", "depends"] {
        assert!(needs(&with(&format!("effort: 1\n{line}")), "a").is_empty(), "{line}");
    }
}

#[test]
fn toml_that_is_none_keeps_what_is_waited_for() {
    let toml = |head: &str| {
        roadmap(&format!(
            "//- plan/items/well.md\n---\ntitle: Well\nstatus: planned\n---\n\
             //- plan/items/a.md\n+++\ntitle = \"A\"\nstatus = \"planned\"\n{head}\n+++\n"
        ))
    };
    for head in
        ["depends_on: well", "depends_on: \"well\"", "depends_on = [\"a2\"\n \"well\"]", "depends_on = [\"well\""]
    {
        let roadmap = toml(head);
        assert_eq!(needs(&roadmap, "a"), [("well".to_owned(), String::new())], "{head}");
        assert!(lines(&roadmap.diagnostics).contains("invalid-toml"), "{head}");
    }
}
