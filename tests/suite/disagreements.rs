//! Disagreements between strategy and backlog, beyond the fixtures of the codes: what comes near and is none, what is said once, what
//! a plan that lacks a habit hears, and where on the site it stands.

mod near;
mod pages;
mod words;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use expect_test::expect;
use roadbook::diagnostic::{Code, Diagnostic};
use roadbook::visibility::Audience;

use crate::support::{inputs_of, lines, resolved, roadmap, roadmap_for};

/// The disagreements of a plan, in full.
fn said(plan: &str) -> String {
    lines(&only_disagreements(roadmap(plan).diagnostics))
}

fn only_disagreements(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.retain(|diagnostic| diagnostic.code.is_disagreement());
    diagnostics
}

/// Items of the same kind, `files` of them: `fields` with the number in place of `NN`.
fn many(files: usize, fields: &str) -> String {
    let mut plan = String::new();
    for at in 1..=files {
        let fields = fields.replace("NN", &format!("{at:02}"));
        _ = write!(plan, "//- plan/items/item-{at:02}.md\n---\ntitle: Item {at}\n{fields}---\n");
    }
    plan
}

#[test]
fn a_plan_without_a_habit_hears_nothing_about_it() {
    // No themes, no criteria, no efforts, no dates, no capacity.
    assert_eq!(said(&many(30, "status: planned\n")), "");
    // Criteria somewhere, and far from everywhere.
    let criteria = "//- plan/items/z.md\n---\ntitle: Z\nstatus: planned\n---\n## Acceptance criteria\n- [ ] It works\n";
    assert_eq!(said(&format!("{}{criteria}", many(3, "status: planned\n"))), "");
    // Efforts here and there say nothing of shares.
    let theme = "//- plan/themes/a.md\n---\ntitle: A\ninvestment: 10\n---\n//- plan/items/a.md\n---\ntheme: a\neffort: 3\n---\n";
    assert_eq!(said(&format!("{theme}{}", many(4, "status: done\ntheme: a\n"))), "");
    // Dates of writing where nobody writes down when something is touched.
    assert_eq!(said(&many(3, "status: active\ncreated: 2020-01-NN\n")), "");
    // A vision and themes, and no item yet.
    let themes =
        "//- plan/themes/a.md\n---\ntitle: A\noutcomes: [{metric: Calls, target: 3}]\n---\n//- plan/themes/b.md\n# B\n";
    assert_eq!(said(themes), "");
}

/// Last days are compared, also where one stretch lies within the other.
#[test]
fn a_promise_within_the_stretch_of_what_it_needs_is_too_early() {
    for (target, needed, is_early) in [
        ("2026-11-30", "2026-Q4", true),
        ("2026-12-31", "2026-Q4", false),
        ("2026-Q4", "2026-H2", false),
        ("2026-Q3", "2026-H2", true),
        ("2026-12", "2026", false),
        ("2026-11", "2026-11-30", false),
        ("2026-11", "2026-12-01", true),
    ] {
        let plan = format!(
            "//- plan/items/a.md\n---\ntarget: {target}\ndepends_on: b\n---\n//- plan/items/b.md\n---\ntarget: {needed}\n---\n"
        );
        let found = roadmap(&plan).diagnostics;
        let early = found.iter().any(|diagnostic| diagnostic.code == Code::TARGET_BEFORE_DEPENDENCY);
        assert_eq!(early, is_early, "{target}, {needed}");
    }
}

#[test]
fn what_holds_for_most_of_a_plan_is_said_once() {
    let themes = "//- plan/themes/a.md\n# A\n//- plan/items/a.md\n---\ntheme: a\nstatus: planned\n---\n";
    expect![[r#"
        plan/items/item-01.md:2:8: note[item-without-theme]: 12 of 13 open items, ideas aside, serve no theme
            help: give `item-01`, `item-02`, `item-03` and 9 more a `theme`, or switch this off in roadbook.yml: `diagnostics: {item-without-theme: off}`
    "#]]
    .assert_eq(&said(&format!("{themes}{}", many(12, "status: planned\n"))));
    expect![[r"
        plan/items/item-01.md:4:9: warning[overdue-item]: 12 of 12 open items with a date should have been done by now
            help: mark what is done of `item-01`, `item-02`, `item-03` and 9 more, and give the rest dates that can still be kept
    "]]
    .assert_eq(&said(&many(12, "status: planned\ntarget: 2026-02-NN\n")));
    expect![[r"
        plan/items/item-01.md:4:10: note[stale-item]: 12 of 12 active or next items were not touched for more than 180 days
            help: close or pause the remaining `item-01`, `item-02`, `item-03` and 9 more; if `updated` is not kept here, set `stale_after: off` in roadbook.yml
    "]]
    .assert_eq(&said(&many(12, "status: active\nupdated: 2026-01-NN\n")));
    // Ten are few enough to be told one by one, and so are eleven of many.
    for plan in [
        many(10, "status: planned\ntarget: 2026-02-NN\n"),
        format!(
            "{}{}",
            many(11, "status: planned\ntarget: 2026-02-NN\n"),
            many(40, "status: planned\ntarget: 2027\n").replace("item-", "b-")
        ),
    ] {
        assert!(said(&plan).lines().count() >= 20, "{}", said(&plan));
    }
}

#[test]
fn the_order_of_the_files_does_not_matter() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/codes");
    let mut count = 0;
    for code in roadbook::diagnostic::CODES.iter().filter(|code| code.is_disagreement()) {
        let text = fs::read_to_string(folder.join(format!("{}.txt", code.name()))).expect("a fixture");
        let (plan, _) = text.split_once("//= report").expect("a report");
        let mut inputs = inputs_of(plan);
        let forward = resolved(&inputs, Audience::Internal);
        inputs.sources.reverse();
        let backward = resolved(&inputs, Audience::Internal);
        assert_eq!(lines(&forward.diagnostics), lines(&backward.diagnostics), "{code:?}");
        assert!(forward.diagnostics.iter().any(|diagnostic| diagnostic.code == *code), "{code:?}");
        count += 1;
    }
    assert_eq!(count, 18);
}

#[test]
fn without_a_day_nothing_depends_on_it() {
    let plan = many(2, "status: active\nupdated: 2020-01-NN\ndue: 2020-02-NN\n");
    assert_eq!(only_disagreements(roadmap(&plan).diagnostics).len(), 4);
    let inputs = inputs_of(&plan);
    let readings = {
        let types = roadbook::plan::FieldReader::new(&inputs.config, Audience::Internal);
        let read = |(source, collection): &(_, usize)| {
            std::sync::Arc::new(types.read(&std::sync::Arc::new(roadbook::parse::parse(source)), *collection))
        };
        inputs.sources.iter().map(read).collect()
    };
    let plan = roadbook::visibility::visibility(readings, &inputs.config, Audience::Internal).plan;
    let context = roadbook::resolve::ResolveContext::default();
    let roadmap = roadbook::resolve::resolve(plan, &inputs.config, context, &mut Default::default());
    assert_eq!(lines(&roadmap.diagnostics), "");
}

#[test]
fn of_a_plan_for_the_public_nothing_is_said_that_only_the_rest_explains() {
    let public = "//- plan/themes/a.md\n---\ntitle: A\nstatus: active\ninvestment: 67\n---\n\
                  //- plan/themes/b.md\n---\ntitle: B\ninvestment: 33\noutcomes: [{metric: Calls, target: 3}]\n---\n\
                  //- plan/items/a.md\n---\ntitle: Whole\nstatus: active\ntheme: a\neffort: 2\n---\n\
                  //- plan/items/done.md\n---\ntitle: Part\nstatus: done\nparent: a\ntheme: a\neffort: 2\n---\n";
    let internal = "//- plan/items/b.md\n---\ntitle: B\nvisibility: internal\nparent: a\ntheme: b\neffort: 1\n---\n";
    let whole = format!("{public}{internal}");
    assert_eq!(said(&whole), "");
    let said = |plan: &str| lines(&roadmap_for(plan, Audience::Public, false).diagnostics);
    assert_eq!(said(&whole), "");
    // Nor of the same without anything left out: the silence would tell. The team is told what is missing.
    assert_eq!(said(public), "");
    let team = lines(&roadmap_for(public, Audience::Internal, false).diagnostics);
    for code in ["all-parts-done", "outcome-without-items"] {
        assert!(team.contains(code), "{code}: {team}");
    }
}

/// What is said of public files is the same whatever internal files there are.
#[test]
fn what_is_said_of_public_files_does_not_tell_of_internal_ones() {
    let public = "//- plan/themes/a.md\n---\ntitle: A\nstatus: active\ninvestment: 40\n---\n\
                  //- plan/themes/b.md\n---\ntitle: B\nstatus: active\noutcomes: [{metric: Calls, target: 3}]\n---\n\
                  //- plan/items/a.md\n---\ntitle: Whole\nstatus: active\ntheme: a\neffort: 2\nstatsu: x\n---\n\
                  //- plan/items/b.md\n---\ntitle: Part\nstatus: done\nparent: a\ntheme: a\neffort: 9\n---\n\
                  //- plan/items/c.md\n---\ntitle: Whole\nstatus: done\ndepends_on: d, nowhere\n---\n\
                  //- plan/items/d.md\n---\ntitle: Other\nstatus: planned\n---\n";
    let said = |plan: &str| {
        let all = roadmap_for(plan, Audience::Public, false).diagnostics;
        lines(
            &all.into_iter()
                .filter(|found| !found.location.as_ref().is_some_and(|at| at.source.path.contains("secret")))
                .collect::<Vec<_>>(),
        )
    };
    let alone = said(public);
    assert!(alone.contains("unknown-dependency") && alone.contains("done-before-dependency"), "{alone}");
    for secret in [
        "visibility: internal\n",
        "visibility: internal\nparent: a\ntheme: b\nstatus: active\neffort: 3\n",
        "visibility: internal\ndepends_on: [a, nowhere]\nblocks: d\nstatsu: y\n",
    ] {
        for folder in ["items", "themes"] {
            let with = format!("{public}//- plan/{folder}/secret.md\n---\ntitle: Hidden one\n{secret}---\n");
            assert_eq!(said(&with), alone, "{folder}: {secret}");
        }
    }
}

#[test]
fn the_configuration_says_how_much_a_disagreement_weighs() {
    let plan = |weight: &str| {
        format!(
            "//- roadbook.yml\ndiagnostics: {{done-before-parts: {weight}}}\n//- plan/items/a.md\n---\nstatus: done\n---\n\
                 //- plan/items/b.md\n---\nstatus: planned\nparent: a\n---\n"
        )
    };
    for (weight, begins) in
        [("error", "plan/items/a.md:2:9: error["), ("note", "plan/items/a.md:2:9: note["), ("off", "")]
    {
        let said = said(&plan(weight));
        assert!(said.starts_with(begins) && said.is_empty() == begins.is_empty(), "{weight}: {said}");
    }
    let strict = roadmap_for(
        "//- plan/items/a.md\n---\nstatus: done\ndepends_on: b\n---\n//- plan/items/b.md\n---\nstatus: wip\n---\n",
        Audience::Internal,
        true,
    );
    assert!(lines(&strict.diagnostics).contains("error[done-before-dependency]"));
}

#[test]
fn the_line_of_the_capacity_is_where_the_order_puts_it() {
    let plan = "//- roadbook.yml
capacity: 8
//- plan/items/first.md
---
value: 1
effort: 3
horizon: Now
status: in progress
---
//- plan/items/second.md
---
value: 13
effort: 3
horizon: Now
---
//- plan/items/third.md
---
value: 5
effort: 3
horizon: Now
---
//- plan/items/fourth.md
---
value: 3
effort: 3
horizon: Now
---
//- plan/items/fifth.md
---
effort: 1
horizon: Now
---
//- plan/items/sixth.md
---
value: 3
horizon: Now
---
";
    expect![[r#"
        roadbook.yml:1:11: warning[over-capacity]: Now holds 13 points of open work, and 1 item whose effort nobody knows, over a capacity of 8 points
            plan/items/third.md:4:10: `third` is the first that no longer fits
            help: in order, `third` is the first that no longer fits: move `third`, `fourth` and `fifth` to Next, or raise the `capacity`
    "#]]
    .assert_eq(&said(plan));
}

#[test]
fn a_theme_that_takes_too_much_is_told_what_would_move() {
    let plan = |efforts: [u32; 4], a: u32, b: u32| {
        let mut plan = format!(
            "//- plan/themes/a.md\n---\ntitle: A\ninvestment: {a}\n---\n//- plan/themes/b.md\n---\ntitle: B\ninvestment: {b}\n---\n"
        );
        for (name, theme, effort) in
            [("p", "a", efforts[0]), ("q", "a", efforts[1]), ("r", "a", efforts[2]), ("s", "b", efforts[3])]
        {
            _ = write!(plan, "//- plan/items/{name}.md\n---\ntheme: {theme}\nvalue: 5\neffort: {effort}\n---\n");
        }
        plan
    };
    expect![[r#"
        plan/themes/a.md:3:13: warning[investment-drift]: the theme `a` is meant to take 50 % of the effort and takes 75 %
            help: move about 10 points to other themes, last in order first (`q`), or write the investment that you mean
        plan/themes/b.md:3:13: warning[investment-drift]: the theme `b` is meant to take 50 % of the effort and takes 25 %
            help: move about 10 points from other themes to it for it to come to 50 %, plan about 20 points more, or write the investment that you mean
    "#]]
    .assert_eq(&said(&plan([10, 11, 9, 10], 50, 50)));
    // Ten points are not far, a tenth more is.
    assert_eq!(said(&plan([10, 10, 10, 10], 65, 35)), "");
    assert_eq!(said(&plan([10, 10, 10, 10], 64, 36)).matches("investment-drift").count(), 2);
    // The sign changes nothing.
    assert_eq!(said(&plan([10, 10, 10, 10], 65, 35).replace("65", "65 %").replace("35", "35%")), "");
    // A part's effort stands for the whole's.
    let parts =
        plan([30, 10, 10, 10], 66, 34).replace("//- plan/items/q.md\n---\n", "//- plan/items/q.md\n---\nparent: p\n");
    assert_eq!(said(&parts.replace("//- plan/items/r.md\n---\n", "//- plan/items/r.md\n---\nparent: p\n")), "");
}

#[test]
fn an_outcome_that_no_item_names_beside_others_has_no_work() {
    let plan = "//- plan/themes/a.md
---
status: active
outcomes:
  - {id: calls, metric: Calls, target: 3}
  - {metric: Quiet nights, target: 4}
  - {target: 5}
---
//- plan/items/a.md
---
theme: a
outcomes: calls
---
//- plan/items/b.md
---
theme: a
outcomes: quiet-nights
status: dropped
---
";
    expect![[r#"
        plan/themes/a.md:5:5: warning[outcome-without-items]: no item works towards the outcome `quiet-nights` of `a`
            help: name it in an item that is to bring it about: `outcomes: quiet-nights`, or give the outcome up
        plan/themes/a.md:6:5: note[outcome-without-metric]: an outcome of `a` does not say what it measures
            help: write what is measured as its `metric`
    "#]]
    .assert_eq(&said(plan));
}

#[test]
fn a_code_of_a_disagreement_is_known_as_one() {
    let is = |name: &str| Code::named(name).expect(name).is_disagreement();
    assert!(is("horizon-inversion") && is("near-miss-value") && is("stale-item"));
    assert!(!is("dependency-cycle") && !is("unknown-reference"));
}
