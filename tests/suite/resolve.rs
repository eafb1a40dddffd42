//! Tests of resolving: references, cycles, readiness, scores, explanations, roll-ups, disagreements.

use std::fmt::Write as _;

use expect_test::expect;
use roadbook::id::{Id as _, ItemId, ThemeId};
use roadbook::resolve::{Roadmap, RoadmapItem};
use roadbook::visibility::Audience;

use crate::support::{fixture_site, inputs_of, item_id, lines, resolved, roadmap, roadmap_for, text_at};

/// Every item with what it waits for and whether it is ready, in the plan's order.
fn summary(roadmap: &Roadmap) -> String {
    let mut text = String::new();
    for (item, resolved) in roadmap.plan.items.iter().zip(&roadmap.items) {
        let ids = |list: &[ItemId]| {
            list.iter().map(|&item| roadmap.plan.items[item].entry.id.clone()).collect::<Vec<_>>().join(" ")
        };
        let links = &resolved.links;
        let needs: Vec<ItemId> = links.needs().collect();
        _ = write!(text, "{}: {}", item.entry.id, resolved.readiness.word());
        for (label, list) in [
            ("needs", &needs),
            ("unblocks", &links.unblocks),
            ("relates", &links.relates),
            ("supersedes", &links.supersedes),
            ("children", &links.children),
            ("mentioned by", &resolved.mentioned_by),
        ] {
            if !list.is_empty() {
                _ = write!(text, "; {label} {}", ids(list));
            }
        }
        text.push('\n');
    }
    text
}

/// The order with its sentences.
fn order(roadmap: &Roadmap) -> String {
    let mut text = String::new();
    for item in roadmap.order.iter().map(|&id| roadmap.item(id)) {
        let name = |other: RoadmapItem<'_>| format!("`{}`", other.entry().id);
        _ = writeln!(text, "{} {}: {}", item.resolved().rank.unwrap_or(0), name(item), item.why(&name));
    }
    text
}

#[test]
fn a_reference_is_found_in_every_spelling_that_people_use() {
    let roadmap = roadmap(
        "//- roadbook.yml
repository: https://github.com/example/plan
default_status: planned
collections:
  - {kind: item, include: plan/items/**/*.md, aliases: [{match: '(?i)^task-(.+)$', to: 'RB-$1'}]}
//- plan/items/deep/one.md
---
id: RB-0012
aliases: [first]
---
//- plan/items/a.md
---
depends_on: RB-0012
---
//- plan/items/b.md
---
depends_on: rb-0012
---
//- plan/items/c.md
---
depends_on: First
---
//- plan/items/d.md
---
depends_on: 12
---
//- plan/items/e.md
---
depends_on: '#12'
---
//- plan/items/f.md
---
depends_on: one
---
//- plan/items/g.md
---
depends_on: deep/one.md
---
//- plan/items/h.md
---
depends_on: https://github.com/example/plan/blob/main/plan/items/deep/one.md
---
//- plan/items/i.md
---
depends_on: [[[RB-12]]]
---
//- plan/items/j.md
---
depends_on: '[words](deep/one.md)'
---
//- plan/items/k.md
---
depends_on: 'RB-0012 (for the key)'
---
//- plan/items/l.md
---
depends_on: task-0012
---
//- plan/items/m.md
---
depends_on: /plan/items/deep/one.md
---
",
    );
    assert_eq!(lines(&roadmap.diagnostics), "");
    let found: Vec<&str> = (roadmap.plan.items.iter().zip(&roadmap.items))
        .filter(|(_, resolved)| resolved.links.depends_on.len() == 1)
        .map(|(item, _)| item.entry.id.as_str())
        .collect();
    assert_eq!(found.join(""), "abcdefghijklm");
}

#[test]
fn the_five_relations_are_known_at_both_ends() {
    let roadmap = roadmap(
        "//- plan/items/a.md
---
depends_on: [b]
blocks: [c]
relates: [d]
supersedes: [e]
parent: d
---
See [b](b.md), [[c]] and `[[d]]`.
//- plan/items/b.md
---
status: done
---
//- plan/items/c.md
//- plan/items/d.md
//- plan/items/e.md
",
    );
    expect![[r#"
        a: ready; needs b; unblocks c; relates d; supersedes e
        b: closed; unblocks a; mentioned by a
        c: blocked; needs a; mentioned by a
        d: ready; relates a; children a
        e: ready
    "#]]
    .assert_eq(&summary(&roadmap));
}

#[test]
fn what_nothing_answers_to_is_reported_with_the_nearest_name() {
    let roadmap = roadmap_for(
        "//- plan/items/search-v2.md
---
title: Search
theme: speeed
---
See [[serch-v2]], [the file](serach-v2.md), [a heading](search-v2.md#intro) and [bad](java&#115;cript:alert(1)).
## Introduction
//- plan/themes/speed.md
//- plan/items/b.md
---
depends_on: [search-v3, speed, waiting for the new contract]
parent: nobody
---
//- plan/items/RB-7.md
---
id: RB-7
---
//- plan/items/c.md
---
depends_on: task-7
---
",
        Audience::Internal,
        true,
    );
    expect![[r#"
        plan/items/b.md:2:14: error[unknown-dependency]: `depends_on` names `search-v3`, and no item has that id
            help: write the id of an item, or drop the line
        plan/items/b.md:2:25: error[wrong-kind]: `depends_on` names `speed`, which is a theme and no item
        plan/items/b.md:3:9: warning[unknown-reference]: `parent` names `nobody`, and no item has that id
            help: write the id of an item, or drop the line
        plan/items/c.md:2:13: error[unknown-dependency]: `depends_on` names `task-7`, and no item has that id
            help: write the id of an item, or drop the line
        plan/items/search-v2.md:3:8: warning[unknown-reference]: `theme` names `speeed`, and no theme has that id
            help: did you mean `speed`?
        plan/items/search-v2.md:5:5: warning[unknown-reference]: nothing has the id `serch-v2`
            help: did you mean `search-v2`?
        plan/items/search-v2.md:5:19: warning[missing-file]: no file `plan/items/serach-v2.md` is part of the site
            help: did you mean `search-v2`?
        plan/items/search-v2.md:5:45: warning[broken-anchor]: this page has no heading `#intro`
            help: link to the page alone, or to a heading that it has
        plan/items/search-v2.md:5:81: warning[unsafe-link]: `javascript:alert(1)` has a scheme that is not allowed
            help: use https, http, mailto, tel or a relative path
        plan/themes/speed.md:1:1: warning[theme-without-work]: no item serves the theme `speed`
            help: plan its first item with `theme: speed`, or say that it waits: `status: idea` or `status: paused`
    "#]]
    .assert_eq(&lines(&roadmap.diagnostics));
    expect![[r#"
        RB-7: ready
        b: blocked
        c: blocked
        search-v2: ready
    "#]]
    .assert_eq(&summary(&roadmap));
}

#[test]
fn a_group_of_items_is_reported_once_as_a_shortest_cycle() {
    let roadmap = roadmap(
        "//- plan/items/a.md
---
title: A
depends_on: [b]
---
//- plan/items/b.md
---
title: B
depends_on:
  - c
---
//- plan/items/c.md
---
title: C
depends_on: d
---
//- plan/items/d.md
---
title: D
depends_on: b
blocks: [a]
---
//- plan/items/e.md
---
title: E
depends_on: [e]
---
//- plan/items/f.md
---
title: F
value: 3
effort: 1
depends_on: [a]
---
",
    );
    expect![[r#"
        plan/items/b.md:4:5: error[dependency-cycle]: these items wait for each other: `b` → `c` → `d` → `b`
            plan/items/c.md:3:13: `c` waits for `d`
            plan/items/d.md:3:13: `d` waits for `b`
            help: drop one of these dependencies: none of the items can be ready while the cycle is closed
        plan/items/e.md:3:14: error[dependency-cycle]: `e` waits for itself
            help: drop one of these dependencies: none of the items can be ready while the cycle is closed
    "#]]
    .assert_eq(&lines(&roadmap.diagnostics));
    expect![[r#"
        a: blocked; needs b d; unblocks f
        b: blocked; needs c; unblocks a d
        c: blocked; needs d; unblocks b
        d: blocked; needs b; unblocks a c
        e: blocked; needs e; unblocks e
        f: blocked; needs a
    "#]]
    .assert_eq(&summary(&roadmap));
}

#[test]
fn the_order_lifts_what_unblocks_and_says_why() {
    let roadmap = roadmap(
        "//- plan/items/sharing.md
---
title: Team sharing
value: 13
effort: 5
depends_on: [accounts]
---
//- plan/items/accounts.md
---
title: Accounts
value: 1
effort: 3
---
//- plan/items/export.md
---
title: Export
value: 5
effort: 3
---
//- plan/items/dark.md
---
title: Dark mode
value: 2
effort: 2
---
//- plan/items/fix.md
---
title: Fix
status: in progress
value: 1
effort: 1
---
//- plan/items/thought.md
---
title: A thought
---
//- plan/items/old.md
---
title: Old
status: done
value: 9
effort: 1
---
",
    );
    expect![[r#"
        1 `fix`: in progress, so it comes first; own score 1 (1 ÷ 1)
        2 `accounts`: own score 0.33 (1 ÷ 3); boosted from 5 to 2 because it unblocks `sharing` (value 13): together 14 for 8 points of effort
        3 `sharing`: own score 2.6 (13 ÷ 5); comes after `accounts`, which it depends on
        4 `export`: own score 1.67 (5 ÷ 3), and nothing is in its way
        5 `dark`: own score 1 (2 ÷ 2), and nothing is in its way
    "#]]
    .assert_eq(&order(&roadmap));
    let unscored: Vec<&str> = roadmap.unscored.iter().map(|&item| roadmap.plan.items[item].entry.id.as_str()).collect();
    assert_eq!(unscored, ["thought"]);
}

#[test]
fn what_work_in_progress_waits_for_says_so() {
    let roadmap = roadmap(
        "//- plan/items/big.md\n---\nvalue: 13\neffort: 1\n---\n//- plan/items/key.md\n---\nvalue: 0\neffort: 3\n---\n\
         //- plan/items/work.md\n---\nstatus: doing\nvalue: 1\neffort: 1\ndepends_on: [key]\n---\n",
    );
    expect![[r#"
        1 `key`: own score 0 (0 ÷ 3); boosted from 3 to 1 because `work`, in progress, waits for it
        2 `work`: in progress; own score 1 (1 ÷ 1); comes after `key`, which it depends on
        3 `big`: own score 13 (13 ÷ 1), and nothing is in its way
    "#]]
    .assert_eq(&order(&roadmap));
}

#[test]
fn missing_input_is_unscored_and_never_zero() {
    let roadmap = roadmap(
        "//- plan/items/a.md\n---\nvalue: 3\n---\n//- plan/items/b.md\n---\nvalue: 3\neffort: 0\n---\n//- plan/items/c.md\n---\nvalue: 0\neffort: 2\n---\n",
    );
    let scores: Vec<(Option<String>, &str)> = roadmap
        .items
        .iter()
        .map(|item| (item.score.result.map(|score| score.to_string()), item.score.inputs.as_str()))
        .collect();
    assert_eq!(scores, [(None, "no effort"), (None, "effort is 0"), (Some("0".to_owned()), "0 ÷ 2")]);
}

#[test]
fn priority_scores_by_the_weight_of_the_class() {
    let roadmap = roadmap(
        "//- roadbook.yml\nscoring: priority\npriorities: {soonish: 100}\n//- plan/items/a.md\n---\npriority: low\n---\n\
         //- plan/items/b.md\n---\npriority: Soonish\n---\n//- plan/items/c.md\n---\npriority: P0\n---\n//- plan/items/d.md\n---\npriority: whenever\n---\n",
    );
    expect![[r#"
        1 `c`: own score 512 (P0), and nothing is in its way
        2 `b`: own score 100 (Soonish), and nothing is in its way
        3 `a`: own score 64 (low), and nothing is in its way
    "#]]
    .assert_eq(&order(&roadmap));
}

/// Words are compared as statuses are, and a bare number is a rank unless the configuration says the reverse.
#[test]
fn a_priority_is_read_in_every_form_that_people_write() {
    let ordered = |config: &str, priorities: &[&str]| {
        let items: String = (priorities.iter().enumerate())
            .map(|(at, priority)| {
                format!("//- plan/items/i{}.md\n---\npriority: \"{priority}\"\n---\n", priorities.len() - at)
            })
            .collect();
        let roadmap = roadmap(&format!("//- roadbook.yml\nscoring: priority\n{config}{items}"));
        let written =
            |&id: &ItemId| roadmap.plan.items[id].priority.as_ref().map(|text| text.value.clone()).unwrap_or_default();
        roadmap.order.iter().map(written).collect::<Vec<String>>()
    };
    let words = ["blocker (really)", "🔴 P1 - urgent", "**Medium!**", "could-have", "P4.", "p9 [later]"];
    assert_eq!(ordered("", &words), words);
    let ranks = ["0", "0.5", "1", "1.5", "2 (soon)", "8", "9", "9.5", "10", "11", "250", "9000"];
    assert_eq!(ordered("", &ranks), ranks);
    let mixed = ["1", "p2", "3", "p4"];
    assert_eq!(ordered("", &mixed), mixed);
    assert_eq!(ordered("priority_numbers: weight\n", &["300", "p1", "20", "3"]), ["300", "p1", "20", "3"]);
    assert_eq!(ordered("priorities: {\"7\": 1000}\n", &["7", "1"]), ["7", "1"]);
    assert_eq!(ordered("", &["high or low", "-1", "p1?", "some day"]), [""; 0]);
}

/// What nothing tells apart stands as people sort titles.
#[test]
fn equals_stand_in_natural_order() {
    let titles = ["apple", "TASK-1", "Task-2", "TASK-10", "task-10 a", "TASK-0100", "Zebra"];
    for scored in ["", "value: 3\neffort: 1\n"] {
        let items: String = (titles.iter().enumerate())
            .map(|(at, title)| format!("//- plan/items/{}.md\n---\ntitle: {title}\n{scored}---\n", 9 - at))
            .collect();
        let roadmap = roadmap(&items);
        let shown: Vec<&str> = roadmap.items_in_order().map(|item| item.entry().title.as_str()).collect();
        assert_eq!(shown, titles, "{scored}");
    }
}

/// So does whatever lists items, and whatever lists milestones, owners and tags.
#[test]
fn lists_stand_in_natural_order() {
    let plan: String =
        [10, 2, 9, 11].iter().fold("//- plan/items/a.md\n---\ntitle: A\n---\n".to_owned(), |plan, at| {
            plan + &format!(
                "//- plan/items/{at}.md\n---\nid: T-{at}\ndepends_on: a\nparent: a\nrelates: [T-11, T-9, T-2, T-10]\n\
             tags: [t{at}]\nowner: [o{at}]\nmilestone: v{at}\n---\n"
            )
        });
    let roadmap = roadmap(&plan);
    let item = roadmap.item(item_id(&roadmap, "a"));
    let ids = |all: &[ItemId]| {
        all.iter().map(|&id| roadmap.plan.items[id].entry.id.clone()).collect::<Vec<String>>().join(" ")
    };
    let links = &item.resolved().links;
    assert_eq!(ids(&links.unblocks), "T-2 T-9 T-10 T-11");
    assert_eq!(ids(&links.children), "T-2 T-9 T-10 T-11");
    let other = &roadmap.items[item_id(&roadmap, "T-2")].links;
    assert_eq!(ids(&other.relates), "T-9 T-10 T-11");
    let site = fixture_site(&plan, Audience::Internal);
    for (page, all) in [
        ("milestones.html", ["v2", "v9", "v10", "v11"]),
        ("owners.html", ["o2", "o9", "o10", "o11"]),
        ("tags.html", ["t2", "t9", "t10", "t11"]),
    ] {
        let text = text_at(&site, page);
        let places: Vec<usize> =
            all.iter().map(|word| text.find(word).unwrap_or_else(|| panic!("{word}: {text}"))).collect();
        assert!(places.is_sorted(), "{text}");
    }
}

/// Of those that hold up as much, too.
#[test]
fn what_holds_up_most_stands_in_natural_order() {
    let plan: String = [10, 2, 9].iter().fold(String::new(), |plan, at| {
        plan + &format!(
            "//- plan/items/{at}.md\n---\nid: T-{at}\n---\n//- plan/items/w{at}.md\n---\nvalue: 3\neffort: 1\ndepends_on: T-{at}\n---\n"
        )
    });
    let roadmap = roadmap(&plan);
    let ids: Vec<&str> =
        roadmap.unblockers.iter().map(|impact| roadmap.plan.items[impact.node].entry.id.as_str()).collect();
    assert_eq!(ids, ["T-2", "T-9", "T-10"]);
}

/// However many they are.
#[test]
fn a_finding_names_all_of_a_cycle() {
    // All wait for `i0`, and it for all of them.
    let all: Vec<String> = (1..30).map(|at| format!("i{at}")).collect();
    let mut plan = format!("//- plan/items/i0.md\n---\ndepends_on: [{}]\n---\n", all.join(", "));
    for id in &all {
        _ = write!(plan, "//- plan/items/{id}.md\n---\ndepends_on: i0\n---\n");
    }
    let roadmap = roadmap(&plan);
    let [found] = roadmap.diagnostics.as_slice() else { panic!("{}", lines(&roadmap.diagnostics)) };
    let said = format!("{} {}", found.message, found.help.clone().unwrap_or_default());
    for id in all.iter().map(String::as_str).chain(["i0"]) {
        assert!(said.contains(&format!("`{id}`")), "{id}: {said}");
    }
}

#[test]
fn themes_roll_up_their_items() {
    let roadmap = roadmap(
        "//- plan/themes/t.md
# T
//- plan/items/a.md
---
theme: t
status: done
effort: 3
---
//- plan/items/b.md
---
theme: [t]
status: planned
depends_on: c
effort: 2
---
//- plan/items/c.md
---
themes: t
status: doing
---
//- plan/items/d.md
---
theme: t
status: dropped
effort: 8
---
//- plan/items/e.md
---
theme: t
status: planned
effort: 100
---
//- plan/items/e1.md
---
parent: e
theme: t
status: idea
effort: 1
---
",
    );
    assert_eq!(lines(&roadmap.diagnostics), "");
    expect![[r#"
        Rollup {
            count: Share {
                total: 5,
                done: 1,
                active: 1,
                ready: 1,
                blocked: 1,
                waiting: 0,
                scheduled: 0,
                undecided: 1,
                unknown: 0,
            },
            effort: Share {
                total: Decimal(
                    6000,
                ),
                done: Decimal(
                    3000,
                ),
                active: Decimal(
                    0,
                ),
                ready: Decimal(
                    0,
                ),
                blocked: Decimal(
                    2000,
                ),
                waiting: Decimal(
                    0,
                ),
                scheduled: Decimal(
                    0,
                ),
                undecided: Decimal(
                    1000,
                ),
                unknown: Decimal(
                    0,
                ),
            },
        }
    "#]]
    .assert_debug_eq(&roadmap.themes[ThemeId::new(0)].rollup);
    assert_eq!(roadmap.themes[ThemeId::new(0)].rollup, roadmap.total);
}

#[test]
fn an_item_planned_before_what_it_needs_is_a_disagreement() {
    let roadmap = roadmap(
        "//- plan/items/a.md
---
title: A
horizon: now
depends_on: [b, c, d]
---
//- plan/items/b.md
---
title: B
horizon: Later
---
//- plan/items/c.md
---
title: C
horizon: Later
status: done
---
//- plan/items/d.md
---
title: D
---
",
    );
    expect![[r#"
        plan/items/a.md:4:14: warning[horizon-inversion]: `a` is planned for Now and depends on `b`, planned for Later
            plan/items/a.md:3:10: `a` is in Now
            plan/items/b.md:3:10: `b` is in Later
            help: move `b` to Now or nearer, move `a` out, or drop the dependency
    "#]]
    .assert_eq(&lines(&roadmap.diagnostics));
}

#[test]
fn the_order_of_the_files_does_not_matter() {
    let file = |name: &str, rest: &str| format!("//- plan/items/{name}.md\n---\ntitle: {name}\n{rest}---\n");
    let files = [
        file("a", "value: 3\neffort: 2\n"),
        file("b", "value: 3\neffort: 2\ndepends_on: [e]\n"),
        file("c", "value: 8\neffort: 5\nblocks: [a]\n"),
        file("d", ""),
        file("e", "depends_on: [d]\nvalue: 0\neffort: 1\n"),
    ];
    let forward = roadmap(&files.concat());
    let mut reversed = files.to_vec();
    reversed.reverse();
    // The fixture's own loader sorts by path; the line must not need it.
    let mut inputs = inputs_of(&files.concat());
    inputs.sources.reverse();
    let backward = resolved(&inputs, Audience::Internal);
    assert_eq!(order(&forward), order(&backward));
}

#[test]
fn the_public_plan_is_the_plan_without_what_is_internal() {
    let public = "//- plan/items/a.md\n---\ntitle: A\nvalue: 1\neffort: 1\n---\n//- plan/themes/t.md\n# T\n";
    let internal = "//- plan/items/b.md\n---\ntitle: B\nvisibility: internal\ndepends_on: [a]\nvalue: 99\neffort: 1\n---\n\
                    //- plan/items/c.md\n---\ntitle: C\nvisibility: intrenal\ntheme: t\n---\n";
    let with = roadmap_for(&format!("{public}{internal}"), Audience::Public, false);
    let without = roadmap_for(public, Audience::Public, false);
    assert_eq!(order(&with), order(&without));
    assert_eq!(summary(&with), summary(&without));
    assert_eq!(with.themes[ThemeId::new(0)].rollup, without.themes[ThemeId::new(0)].rollup);
}
