//! A table of near misses: for each lint a plan that it reports, and changes of one fact each after which it is silent.

use roadbook::diagnostic::{CODES, Code};

use crate::support::roadmap;

/// A code, a plan in which it is reported, and changes after which it is not: old text and new.
type Row = (Code, &'static str, &'static [(&'static str, &'static str)]);

const TABLE: &[Row] = &[
    (
        Code::ALL_PARTS_DONE,
        "//- plan/items/whole.md\n---\nstatus: active\n---\n//- plan/items/a.md\n---\nparent: whole\nstatus: done\n---\n\
         //- plan/items/b.md\n---\nparent: whole\nstatus: dropped\n---\n",
        &[
            ("status: active", "status: done"),
            ("status: active", "status: dropped"),
            ("status: active", "type: epic"),
            ("status: done", "status: dropped"),
            ("status: done", "status: paused"),
            ("status: dropped", "status: idea"),
            ("parent: whole\nstatus: done", "relates: whole\nstatus: done"),
        ],
    ),
    (
        Code::DONE_BEFORE_DEPENDENCY,
        "//- plan/items/a.md\n---\nstatus: done\ndepends_on: b\n---\n//- plan/items/b.md\n---\nstatus: planned\n---\n",
        &[
            ("status: done", "status: active"),
            ("status: done", "status: dropped"),
            ("status: planned", "status: done"),
            ("status: planned", "status: dropped"),
            ("status: planned", "type: bug"),
            ("depends_on", "relates"),
            ("depends_on", "blocks"),
        ],
    ),
    (
        Code::DONE_BEFORE_PARTS,
        "//- plan/items/whole.md\n---\nstatus: done\n---\n//- plan/items/a.md\n---\nparent: whole\nstatus: idea\n---\n",
        &[
            ("status: done", "status: active"),
            ("status: done", "status: dropped"),
            ("status: idea", "status: done"),
            ("status: idea", "status: dropped"),
            ("status: idea", "type: bug"),
            ("parent", "relates"),
        ],
    ),
    (
        Code::DROPPED_DEPENDENCY,
        "//- plan/items/a.md\n---\nstatus: planned\ndepends_on: b\n---\n//- plan/items/b.md\n---\nstatus: withdrawn\n---\n",
        &[
            ("status: planned", "status: dropped"),
            ("status: withdrawn", "status: done"),
            ("status: withdrawn", "status: paused"),
            ("status: withdrawn", "type: bug"),
            ("depends_on", "relates"),
            ("depends_on: b", "depends_on: b is built"),
        ],
    ),
    (
        Code::HORIZON_INVERSION,
        "//- plan/items/a.md\n---\nhorizon: Next\ndepends_on: b\n---\n//- plan/items/b.md\n---\nhorizon: Later\nstatus: planned\n---\n",
        &[
            ("Next", "Later"),
            ("Next", "Some day"),
            ("Later", "Next"),
            ("Later", "Now"),
            ("planned", "done"),
            ("depends_on", "relates"),
        ],
    ),
    (
        Code::INVESTMENT_DRIFT,
        "//- plan/themes/a.md\n---\nstatus: planned\ninvestment: 39\n---\n//- plan/items/a.md\n---\ntheme: a\neffort: 5\n---\n\
         //- plan/items/b.md\n---\neffort: 5\nstatus: planned\n---\n//- plan/items/c.md\n---\ntitle: C\n---\n//- plan/items/d.md\n---\ntitle: D\n---\n",
        &[
            ("investment: 39", "investment: 40"),
            ("investment: 39", "investment: 60"),
            ("investment: 39", "horizon: Now"),
            ("status: planned\ninvestment", "status: done\ninvestment"),
            ("status: planned\ninvestment", "status: dropped\ninvestment"),
            ("effort: 5\nstatus", "effort: 6\nstatus"),
            ("title: D", "title: D\n---\n//- plan/items/e.md\n---\ntitle: E"),
        ],
    ),
    (
        Code::INVESTMENT_SUM,
        "//- plan/themes/a.md\n---\nstatus: planned\ninvestment: 60\n---\n//- plan/themes/b.md\n---\nstatus: active\ninvestment: 46\n---\n",
        &[
            ("46", "45"),
            ("46", "35"),
            ("status: active", "status: done"),
            ("status: planned", "status: dropped\nstart: 2020"),
        ],
    ),
    (
        Code::INVESTMENT_SUM,
        "//- plan/themes/a.md\n---\nstatus: planned\ninvestment: 60\n---\n//- plan/themes/b.md\n---\nstatus: active\ninvestment: 34\n---\n",
        &[
            ("34", "35"),
            ("investment: 34", "horizon: Now"),
            ("34\n---\n", "34\n---\n//- plan/themes/c.md\n---\nstatus: done\ninvestment: 6\n---\n"),
        ],
    ),
    (
        Code::ITEM_WITHOUT_THEME,
        "//- plan/themes/a.md\n# A\n//- plan/items/a.md\n---\ntheme: a\n---\n//- plan/items/b.md\n---\nstatus: planned\n---\n",
        &[
            ("status: planned", "status: planned\ntheme: a"),
            ("status: planned", "status: planned\ntheme: elsewhere"),
            ("status: planned", "status: planned\nparent: a"),
            ("theme: a", "theme: a\nparent: b"),
            ("status: planned", "status: idea"),
            ("status: planned", "status: done"),
            ("theme: a", "title: A"),
            ("//- plan/themes/a.md\n# A\n", ""),
        ],
    ),
    (
        Code::OUTCOME_WITHOUT_ITEMS,
        "//- plan/themes/a.md\n---\nstatus: active\noutcomes: [{metric: Calls, target: 3}]\n---\n//- plan/items/a.md\n---\nstatus: dropped\ntheme: a\n---\n",
        &[
            ("status: active", "status: idea"),
            ("status: active", "status: paused"),
            ("status: active", "status: done"),
            ("status: dropped", "status: done"),
            ("status: dropped", "status: idea"),
            ("outcomes: [{metric: Calls, target: 3}]\n", ""),
        ],
    ),
    (
        Code::OUTCOME_WITHOUT_ITEMS,
        "//- plan/themes/a.md\n---\nstatus: active\noutcomes: [{id: calls, metric: Calls, target: 3}, {id: nights, metric: Nights, target: 4}]\n---\n\
         //- plan/items/a.md\n---\ntheme: a\noutcomes: calls\n---\n//- plan/items/b.md\n---\ntheme: a\n---\n",
        &[
            ("outcomes: calls", "outcomes: [calls, nights]"),
            ("outcomes: calls", "outcomes: [calls, Nights]"),
            ("outcomes: calls", "title: A"),
            ("b.md\n---\ntheme: a", "b.md\n---\ntheme: a\noutcomes: nights\nstatus: done"),
            (", {id: nights, metric: Nights, target: 4}", ""),
            ("status: active", "status: paused"),
        ],
    ),
    (
        Code::OUTCOME_WITHOUT_METRIC,
        "//- plan/themes/a.md\n---\nstatus: active\noutcomes: [{metric: Calls}]\n---\n//- plan/items/a.md\n---\ntheme: a\n---\n",
        &[
            ("{metric: Calls}", "{metric: Calls, target: few}"),
            ("[{metric: Calls}]", "['3 calls']"),
            ("{metric: Calls}", "{metric: Calls, current: 3}"),
            ("{metric: Calls}", "{metric: Less than 3 calls}"),
            ("[{metric: Calls}]", "none"),
            ("status: active", "status: idea"),
            ("status: active", "status: done"),
        ],
    ),
    (
        Code::OVER_CAPACITY,
        "//- roadbook.yml\nhorizons: [Q1, Q2]\ncapacity: 7\n//- plan/items/a.md\n---\nhorizon: Q1\neffort: 5\nstatus: planned\n---\n\
         //- plan/items/b.md\n---\nparent: a\neffort: 4\n---\n//- plan/items/c.md\n---\nparent: b\neffort: 4\n---\n//- plan/items/d.md\n---\nparent: b\neffort: 4\n---\n",
        &[
            ("capacity: 7", "capacity: 8"),
            ("capacity: 7\n", ""),
            ("horizon: Q1", "horizon: Q2"),
            ("horizon: Q1", "horizon: Some day"),
            (
                "parent: b\neffort: 4\n---\n//- plan/items/d",
                "parent: b\neffort: 4\nstatus: done\n---\n//- plan/items/d",
            ),
            ("parent: b\neffort: 4\n---\n//- plan/items/d", "parent: b\neffort: 4\nhorizon: Q2\n---\n//- plan/items/d"),
        ],
    ),
    (
        Code::OVERDUE_ITEM,
        "//- plan/items/a.md\n---\nstatus: planned\ntarget: 2026-11-01\n---\n",
        &[
            ("2026-11-01", "2026-11-02"),
            ("2026-11-01", "2026-11"),
            ("2026-11-01", "2026"),
            ("status: planned", "status: done"),
            ("status: planned", "status: dropped"),
            ("target", "start"),
        ],
    ),
    (
        Code::READY_WITHOUT_CRITERIA,
        "//- plan/items/a.md\n---\nstatus: active\n---\n## Acceptance criteria\n- [ ] It works\n//- plan/items/b.md\n---\nstatus: planned\n---\n",
        &[
            ("status: planned", "status: active"),
            ("status: planned", "status: idea"),
            ("status: planned", "status: planned\ndepends_on: a"),
            ("status: planned", "status: done"),
            (
                "status: planned\n---\n",
                "status: planned\n---\n## 2. Acceptance criteria (draft)\n- [x] It is written\n",
            ),
            ("status: active\n---\n", "status: active\nparent: b\n---\n"),
            ("status: active", "status: done"),
            ("- [ ] It works", "It works."),
        ],
    ),
    (
        Code::STALE_ITEM,
        "//- roadbook.yml\nstale_after: 90\n//- plan/items/a.md\n---\nstatus: active\nupdated: 2026-08-03\n---\n",
        &[
            ("2026-08-03", "2026-08-04"),
            ("2026-08-03", "2026-08"),
            ("stale_after: 90", "stale_after: 91"),
            ("stale_after: 90", "stale_after: off"),
            ("stale_after: 90", "stale_after: 0"),
            ("stale_after: 90", "title: A"),
            ("status: active", "status: planned"),
            ("status: active", "status: planned\nhorizon: Next"),
            ("status: active", "status: paused"),
            ("status: active", "status: done"),
            ("updated: 2026-08-03", "start: 2026-08-03"),
            ("updated: 2026-08-03", "created: 2020-08-03\nupdated: 2026-11-01"),
        ],
    ),
    (
        Code::TARGET_BEFORE_DEPENDENCY,
        "//- plan/items/a.md\n---\ntarget: 2027-01\ndepends_on: b\n---\n//- plan/items/b.md\n---\ntarget: 2027-02-01\nstatus: planned\n---\n",
        &[
            ("2027-01\n", "2027-02\n"),
            ("2027-01\n", "2027-02-01\n"),
            ("2027-01\n", "2027-Q1\n"),
            ("2027-02-01", "2027-01-31"),
            ("2027-02-01", "2027-01"),
            ("target: 2027-01\n", "start: 2027-01\n"),
            ("target: 2027-01\n", "target: 2027-03\ndue: 2027-01\n"),
            ("status: planned", "status: done"),
            ("status: planned", "status: planned\ndepends_on: a"),
            ("depends_on", "relates"),
        ],
    ),
    (
        Code::THEME_WITHOUT_READY_WORK,
        "//- plan/themes/a.md\n---\nstatus: active\n---\n//- plan/items/a.md\n---\ntheme: a\nstatus: planned\ndepends_on: b\n---\n\
         //- plan/items/b.md\n---\nstatus: idea\n---\n",
        &[
            ("status: active", "status: planned"),
            ("status: planned", "status: active"),
            ("status: idea", "status: done"),
            ("depends_on", "relates"),
            ("status: idea", "status: planned\ntheme: a"),
        ],
    ),
    (
        Code::THEME_WITHOUT_WORK,
        "//- plan/themes/a.md\n---\nstatus: active\n---\n//- plan/items/a.md\n---\ntheme: a\nstatus: done\n---\n",
        &[
            ("status: active", "status: done"),
            ("status: active", "status: dropped"),
            ("status: active", "status: idea"),
            ("status: active", "status: paused"),
            ("status: done", "status: paused"),
            ("status: done", "type: bug"),
        ],
    ),
];

fn reports(plan: &str, code: Code) -> bool {
    roadmap(plan).diagnostics.iter().any(|diagnostic| diagnostic.code == code)
}

#[test]
fn one_fact_less_is_no_disagreement() {
    let mut wrong = Vec::new();
    for &(code, plan, changes) in TABLE {
        if !reports(plan, code) {
            wrong.push(format!("{code:?} is not reported at all"));
        }
        for (old, new) in changes {
            assert!(plan.contains(old), "{code:?}: {old:?} is not in the plan");
            if reports(&plan.replacen(old, new, 1), code) {
                wrong.push(format!("{code:?}: {old:?} is {new:?}, and it is still reported"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_table_has_every_disagreement() {
    // Words have a table of their own.
    let rows = || TABLE.iter().map(|(code, _, _)| *code);
    for &code in CODES.iter().filter(|code| code.is_disagreement() && **code != Code::NEAR_MISS_VALUE) {
        assert!(rows().any(|row| row == code), "{code:?}");
    }
}
