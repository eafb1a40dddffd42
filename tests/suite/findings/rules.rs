//! Rules: those that are proposed for a collection, and those of a configuration that do nothing.

use expect_test::expect;

use roadbook::source::Source;
use roadbook::visibility::Audience;

use super::{codes, helps};
use crate::support::{inputs_of, lines, resolved, roadmap};

const RENAMED: &str = "
//- plan/items/back-1.md
---
id: BACK-1
depends_on: [task-2, task-3]
---
//- plan/items/back-2.md
---
id: BACK-2
depends_on: [task-3, task-8]
---
//- plan/items/back-3.md
---
id: BACK-3
---
//- plan/items/draft-8.md
---
id: DRAFT-8
---
";

#[test]
fn a_rule_that_fixes_most_is_proposed_once() {
    expect![[r#"
        for the collection of `plan/items/**/*.md`, this in roadbook.yml fixes 3 of its 4 unknown references: `aliases: [{match: "(?i)^task-(.+)$", to: "BACK-$1"}]`
        the rule that is proposed for `task-2` fixes this, too
        the rule that is proposed for `task-2` fixes this, too
        write the id of an item, or drop the line"#]]
    .assert_eq(&helps(&roadmap(RENAMED)).join("\n"));
}

/// The unknown dependencies of a plan before and after the rule that it proposes is taken, and the number that the rule is said to fix.
fn applied(plan: &str) -> Option<(usize, usize, usize)> {
    let unknown = |plan: &str| codes(&roadmap(plan)).iter().filter(|code| **code == "unknown-dependency").count();
    let before = roadmap(plan);
    let help = helps(&before).into_iter().find_map(|help| help.split_once(" fixes "))?;
    let number = help.1.split(' ').next()?.parse().ok()?;
    let rule = help.1.split_once("`aliases: ")?.1.trim_end_matches('`');
    let config =
        format!("collections: [{{kind: item, include: plan/items/*.md, aliases: {rule}}}]\ndefault_status: planned");
    let after = format!("//- roadbook.yml\n{config}\n{plan}");
    Some((unknown(plan), unknown(&after), number))
}

/// Items with ids, each in a file of its name, and one that depends on others.
fn plan(ids: &[&str], depends_on: &str) -> String {
    let item = |id: &&str| format!("//- plan/items/{}.md\n---\nid: '{id}'\n---\n", id.to_lowercase().replace('/', "-"));
    let items: String = ids.iter().map(item).collect();
    format!("{items}//- plan/items/all.md\n---\ndepends_on: [{depends_on}]\n---\n")
}

#[test]
fn a_rule_that_is_proposed_does_what_it_says() {
    assert_eq!(applied(RENAMED), Some((4, 1, 3)));
    let ids = &["T-1", "T-2", "T-3", "login", "search"];
    for (depends_on, fixed) in [
        ("old-1, old-2, old-3", 3),
        ("old-001, old-002", 2),
        ("OLD_1, old_2, gone", 2),
        ("docs/specs/login, docs/specs/search", 2),
        ("T-1-done, T-2-done", 2),
        ("rfc.login, rfc.search", 2),
        ("wip-login-v1, wip-search-v1", 2),
        ("'PR:1', 'PR:2'", 2),
    ] {
        let plan = plan(ids, depends_on);
        let all = depends_on.split(", ").count();
        assert_eq!(applied(&plan), Some((all, all - fixed, fixed)), "{depends_on}");
    }
    assert_eq!(applied(&plan(&["RFC-0001", "RFC-0002"], "doc-1, doc-2")), Some((2, 0, 2)), "zeros that came");
}

#[test]
fn no_rule_is_proposed_that_does_not_fix_most_or_changes_what_is_right() {
    let ids = &["T-1", "T-2", "T-3", "K-9"];
    for depends_on in ["old-1", "old-1, new-2", "old-7, old-8", "old-1, gone, lost", "old-1, old-2, gone, lost"] {
        assert_eq!(applied(&plan(ids, depends_on)), None, "{depends_on}");
    }
    // An item of its own has the prefix that a rule would take away.
    let own = plan(&["T-1", "T-2", "old-7"], "old-1, old-2");
    assert_eq!(applied(&own), None);
}

#[test]
fn another_number_is_never_proposed() {
    let help = |ids: &[&str], wanted: &str| {
        let roadmap = roadmap(&plan(ids, wanted));
        helps(&roadmap).join("")
    };
    let none = "write the id of an item, or drop the line";
    assert_eq!(help(&["TASK-13", "TASK-2"], "task-12"), none);
    assert_eq!(help(&["BACK-8"], "TASK-8"), none, "nor the same number in another series");
    assert_eq!(help(&["AB-8"], "AC-8"), none);
    assert_eq!(help(&["TASK-8", "TASK-9"], "taks-8"), "did you mean `TASK-8`?");
    assert_eq!(help(&["phase-2-login", "phase-3-login"], "phase-3-logn"), "did you mean `phase-3-login`?");
    assert_eq!(help(&["phase-2-login"], "phase-3-logn"), none);
    assert_eq!(help(&["search"], "serach"), "did you mean `search`?");
    for (id, wanted) in [
        ("task-10a", "task-10b"),
        ("task-10a", "task-10"),
        ("phase-two", "phase-one"),
        ("phase-eleven", "phase-seven"),
        ("stage-iii", "stage-ii"),
        ("stage-iv", "stage-v"),
        ("plan-b-rollout", "plan-c-rollout"),
        ("milestone", "milestone-i"),
        ("milestones-of-the-year-a", "milestones-of-the-year"),
    ] {
        assert_eq!(help(&[id], wanted), none, "{wanted}");
    }
    for (id, wanted) in [
        ("task-10a", "taks-10a"),
        ("task-10", "task-10x"),
        ("phase-two", "pahse-two"),
        ("phase-two", "phasetwo"),
        ("phase-two", "phase-tow"),
        ("stage-iii", "stgae-iii"),
        ("e-mail-import", "email-import"),
        ("team-sharing", "teamsharing"),
    ] {
        assert_eq!(help(&[id], wanted), format!("did you mean `{id}`?"), "{wanted}");
    }
}

/// Two collections with one pattern: what is wrong with the second is said there.
#[test]
fn a_pattern_is_found_in_its_own_collection() {
    let config = "collections:\n  - {kind: item, include: [a/plan/*.md]}\n  \
                  - {kind: item, include: ['plan/*.md']}\n  - {kind: item, include: ['plan/*.md'], state: done}\n  - {kind: page, include: ['gone/*.md']}\n  \
                  - {kind: page, include: ['gone/*.md'], exclude: ['gone/*.md']}\n";
    let mut inputs = inputs_of(&format!(
        "//- roadbook.yml\n{config}//- plan/a.md\n---\nstatus: planned\n---\n//- a/plan/b.md\n---\nstatus: planned\n---\n"
    ));
    inputs.config_source = Source::new("roadbook.yml", config);
    let found = lines(&resolved(&inputs, Audience::Internal).diagnostics);
    assert!(found.contains("roadbook.yml:4:29: warning[unmatched-pattern]: every file that `plan/*.md`"), "{found}");
}

#[test]
fn rules_that_do_nothing_are_said() {
    let said = |config: &str| {
        let files = "//- tasks/a.md\n---\nid: a\nstatus: done\ndepends_on: [old-b]\n---\n//- tasks/b.md\n---\nid: b\nstatus: done\n---\n//- pages/p.md\n# P\n";
        let config = format!("title: T\ncollections:\n{config}\n");
        let mut inputs = inputs_of(&format!("//- roadbook.yml\n{config}{files}"));
        inputs.config_source = Source::new("roadbook.yml", config);
        lines(&resolved(&inputs, Audience::Internal).diagnostics)
    };
    expect![[r#"
        roadbook.yml:3:29: error[invalid-configuration]: `override` does nothing in the collection of `tasks/*.md`, which has no `state`
            help: say which state all of its items have, or take it out
        roadbook.yml:3:64: warning[unmatched-pattern]: no file's name fits `^T-`, the `id` of the collection of `tasks/*.md`
            help: correct the pattern, or take it out
        roadbook.yml:3:89: warning[unmatched-pattern]: no id and no reference fits `^x-(.+)$`, one of the `aliases` of the collection of `tasks/*.md`
            help: correct the rule, or take it out
        roadbook.yml:4:29: warning[unmatched-pattern]: every file that `tasks/**` matches belongs to a collection before this one
            help: put the narrower pattern first
        roadbook.yml:5:29: error[invalid-configuration]: `state` does nothing in the collection of `pages/*.md`: pages have no state
            help: take it out, or say that its files are items
        roadbook.yml:5:29: error[invalid-configuration]: `states` does nothing in the collection of `pages/*.md`: pages have no state
            help: take it out, or say that its files are items
        roadbook.yml:5:84: error[invalid-configuration]: `fields` names `effort` in the collection of `pages/*.md`: pages have no such field
            help: take it out, or put it where the files are that have it
    "#]]
    .assert_eq(&said(
        r#"  - {kind: item, include: ["tasks/*.md"], override: true, id: '^T-', aliases: [{match: "^x-(.+)$", to: "$1"}, {match: "^old-(.+)$", to: "$1"}]}
  - {kind: item, include: ["tasks/**"]}
  - {kind: page, include: ["pages/*.md"], state: done, states: {a: done}, fields: {effort: [x]}}"#,
    ));
    // Each of them where it does something, and where nobody knows yet what it would do.
    let right = r#"  - {kind: item, include: ["tasks/*.md"], state: done, override: true, id: '^[ab]', aliases: [{match: "^old-(.+)$", to: "$1"}], fields: {effort: [x]}}
  - {kind: page, include: ["pages/*.md"], fields: {title: [x]}}"#;
    assert_eq!(said(right), "");
}
