//! Nothing that waits looks ready: what an item waits for, however it is written, is said on its page, in lists, by commands and as JSON.

mod facts;
mod kinds;
mod names;
mod related;
mod sentences;
mod words;

use roadbook::diagnostic::Code;
use roadbook::resolve::{Readiness, Roadmap, blocked_behind};
use roadbook::visibility::Audience;
use serde_json::Value;

use crate::support::{
    fixture_site, inputs_of, item_id, lines, page, put, put_all, ran, resolved, roadmap, text_at, text_of_html,
};

fn readiness(roadmap: &Roadmap, id: &str) -> &'static str {
    roadmap.item(item_id(roadmap, id)).readiness().word()
}

fn why(roadmap: &Roadmap, id: &str) -> String {
    roadmap.item(item_id(roadmap, id)).why(&|other| format!("`{}`", other.entry().id))
}

/// The ids of what an item depends on, each with what is said of it.
fn needs(roadmap: &Roadmap, id: &str) -> Vec<(String, String)> {
    let need = |need: &roadbook::resolve::Dependency| (roadmap.item(need.on).entry().id.clone(), need.reason.clone());
    roadmap.items[item_id(roadmap, id)].links.depends_on.iter().map(need).collect()
}

fn codes(roadmap: &Roadmap) -> Vec<&'static str> {
    roadmap.diagnostics.iter().map(|found| found.code.name()).collect()
}

/// What a command prints, of either kind.
fn said(fixture: &str, arguments: &[&str]) -> String {
    let project = tempfile::tempdir().expect("a folder");
    put(project.path(), "roadbook.yml", "title: T\n");
    put_all(project.path(), fixture);
    let ran = ran(project.path(), arguments);
    ran.stdout + &ran.stderr
}

fn json_item(fixture: &str, id: &str) -> Value {
    let text = text_at(&fixture_site(fixture, Audience::Internal), "roadmap.json");
    let json: Value = serde_json::from_str(&text).expect("JSON");
    let items = json["items"].as_array().expect("items");
    items.iter().find(|item| item["id"] == id).expect("the item").clone()
}

const CONTRACT: &str =
    "//- plan/items/a.md\n---\ntitle: A\nstatus: planned\nvalue: 3\neffort: 1\ndepends_on: FOR\n---\n";

#[test]
fn a_sentence_is_waited_for_in_its_words_everywhere() {
    let plan = CONTRACT.replace("FOR", "the landlord has signed");
    let roadmap = roadmap(&plan);
    assert_eq!(readiness(&roadmap, "a"), "waiting");
    assert_eq!(why(&roadmap, "a"), "own score 3 (3 ÷ 1); waits for “the landlord has signed”");
    assert_eq!(lines(&roadmap.diagnostics), "");
    let words = "the landlord has signed";
    for address in ["items/a.html", "backlog.html", "dependencies.html"] {
        let text = text_of_html(&page(&plan, address));
        assert!(text.contains(words) && !text.contains("nothing is in its way"), "{address}: {text}");
        assert!(!text.contains("Ready") || address == "backlog.html", "{address}: {text}");
    }
    assert!(text_of_html(&page(&plan, "dependencies.html")).contains("Waiting for something outside of the plan"));
    for arguments in [&["list"][..], &["list", "--waiting"], &["next"], &["why", "a"], &["show", "a"]] {
        let said = said(&plan, arguments);
        assert!(said.contains(words) && !said.contains("in its way"), "{arguments:?}: {said}");
    }
    assert!(!said(&plan, &["list", "--blocked"]).contains(words));
    let item = json_item(&plan, "a");
    assert_eq!(
        (&item["readiness"], &item["ready"], &item["blocked"]),
        (&"waiting".into(), &false.into(), &false.into())
    );
    assert_eq!(item["waiting_for"], serde_json::json!([{"words": words, "address": null, "unknown": false}]));
}

#[test]
fn an_address_elsewhere_is_waited_for_and_is_a_link() {
    let address = "https://forge.example/other/repo/issues/5";
    let plan = CONTRACT.replace("FOR", address);
    assert_eq!(readiness(&roadmap(&plan), "a"), "waiting");
    assert!(page(&plan, "items/a.html").contains(&format!("<a href=\"{address}\">{address}</a>")));
    assert_eq!(json_item(&plan, "a")["waiting_for"][0]["address"], address);
    for other in ["see https://forge.example/5 for it", "owner/repository#5", "mailto:ana@example.org"] {
        assert_eq!(readiness(&roadmap(&CONTRACT.replace("FOR", other)), "a"), "waiting", "{other}");
    }
    let unsafe_ = page(&CONTRACT.replace("FOR", "\"javascript:alert(1) on the day\""), "items/a.html");
    assert!(!unsafe_.contains("href=\"javascript"), "{unsafe_}");
    // A file of the project's own repository is a reference.
    let own = format!("//- roadbook.yml\nrepository: https://forge.example/own\n{CONTRACT}");
    let own = roadmap(&own.replace("FOR", "https://forge.example/own/blob/main/plan/items/none.md"));
    assert_eq!((readiness(&own, "a"), codes(&own)), ("blocked", vec!["unknown-dependency"]));
}

/// What looks like a reference and matches nothing is reported, and blocks; a sentence is not reported, and waits.
#[test]
fn a_name_that_matches_nothing_blocks() {
    let others = "//- plan/items/task-7.md\n---\nid: TASK-7\ntitle: Know who borrows tools\n---\n\
                  //- plan/items/t1.md\n# Twice\n//- plan/items/t2.md\n# Twice\n";
    for name in ["nobody", "TASK-99", "TASK-99 - Gone", "../items/none.md", "'[[none at all here]]'", "task 99"] {
        let roadmap = roadmap(&(CONTRACT.replace("FOR", name) + others));
        assert_eq!((readiness(&roadmap, "a"), codes(&roadmap)), ("blocked", vec!["unknown-dependency"]), "{name}");
        let why = why(&roadmap, "a");
        assert!(why.ends_with("which is not in the plan"), "{name}: {why}");
    }
    let near = roadmap(&(CONTRACT.replace("FOR", "Know who borows tools") + others));
    assert_eq!(codes(&near), ["unknown-dependency"], "near to a title");
    let twice = roadmap(&(CONTRACT.replace("FOR", "twice") + others));
    assert_eq!((readiness(&twice, "a"), codes(&twice)), ("blocked", vec!["ambiguous-reference"]));
    for words in ["ISO-27001 certificate is granted", "vendor contract signed", "seven of 12 councils agree"] {
        let roadmap = roadmap(&(CONTRACT.replace("FOR", words) + others));
        assert_eq!((readiness(&roadmap, "a"), codes(&roadmap)), ("waiting", vec![]), "{words}");
    }
    // Items come before words: both are said.
    let both = roadmap(&(CONTRACT.replace("FOR", "[TASK-7, the key from the council]") + others));
    assert_eq!(readiness(&both, "a"), "blocked");
    assert!(why(&both, "a").contains("waits for “the key from the council”"), "{}", why(&both, "a"));
}

const NAMED: &str = "//- plan/items/know-who.md\n---\nid: TASK-1\ntitle: Know who borrows tools\nstatus: STATUS\n---\n\
                     //- plan/items/base.md\n# The base\n//- plan/items/deep/two/README.md\n---\nid: T-2\ntitle: two\n---\n\
                     //- plan/items/a.md\n---\ntitle: A\nstatus: planned\ndepends_on: NEEDS\n---\n";

#[test]
fn titles_folders_and_ids_within_words_are_references() {
    for (needs_, id, reason) in [
        ("know who borrows tools", "TASK-1", ""),
        ("'  Know  who borrows TOOLS '", "TASK-1", ""),
        ("deep/two", "T-2", ""),
        ("./deep/two/", "T-2", ""),
        ("/plan/items/deep/two", "T-2", ""),
        ("deep/two/README.md", "T-2", ""),
        ("TASK-1 - Tenants", "TASK-1", "Tenants"),
        ("TASK-1 once merged", "TASK-1", "once merged"),
        ("task-01 – Tenants", "TASK-1", "Tenants"),
        ("base, once merged", "base", "once merged"),
        ("[\"base, once merged\"]", "base", "once merged"),
        ("base once merged", "base", "once merged"),
        ("base (for the key)", "base", "for the key"),
        ("Tenants (TASK-1)", "TASK-1", "Tenants"),
        ("as soon as TASK-1 is merged", "TASK-1", "as soon as TASK-1 is merged"),
        ("\n  - TASK-1: needed for login", "TASK-1", "needed for login"),
        ("{id: TASK-1, reason: login}", "TASK-1", "reason: login"),
        ("{hard: [TASK-1]}", "TASK-1", "hard"),
        ("{on: base}", "base", "on"),
        ("'[[base]] once merged'", "base", "once merged"),
        ("'[Base](base.md) once merged'", "base", "once merged"),
    ] {
        let roadmap = roadmap(&NAMED.replace("NEEDS", needs_).replace("STATUS", "planned"));
        assert_eq!(needs(&roadmap, "a"), [(id.to_owned(), reason.to_owned())], "{needs_}");
        assert_eq!((readiness(&roadmap, "a"), codes(&roadmap)), ("blocked", vec![]), "{needs_}");
    }
    // Done is what frees, and what else the words say is shown.
    let plan = NAMED.replace("NEEDS", "TASK-1 once merged").replace("STATUS", "done");
    assert_eq!(readiness(&roadmap(&plan), "a"), "ready");
    assert!(text_of_html(&page(&plan, "items/a.html")).contains("once merged"));
    assert!(said(&plan, &["why", "a"]).contains("TASK-1: “once merged”"), "{}", said(&plan, &["why", "a"]));
    // Words that are no names are not taken for some.
    let plan = NAMED.replace("NEEDS", "the base and its fence are paid for").replace("STATUS", "done");
    assert_eq!((readiness(&roadmap(&plan), "a"), needs(&roadmap(&plan), "a")), ("waiting", vec![]));
    let several = roadmap(&NAMED.replace("NEEDS", "TASK-1 and T-2 merged").replace("STATUS", "done"));
    assert_eq!(needs(&several, "a").len(), 2);
    let theme =
        roadmap("//- plan/items/a.md\n---\ntheme: just add search\n---\n//- plan/themes/r.md\n# Just add search\n");
    assert_eq!(theme.item(item_id(&theme, "a")).themes(), ["r"]);
}

#[test]
fn a_folder_stands_for_its_item_in_links_and_references() {
    let plan = "//- roadbook.yml\ndefault_status: planned\ncollections: [{kind: item, include: [\"specs/**/README.md\"]}]\n\
                //- specs/one/README.md\n---\ntitle: one\nsee-also: [/specs/two, ../two, ../two/README.md]\n---\n\
                [a](../two) [b](../two/) [c](../two/README.md) [d](/specs/two)\n\
                //- specs/two/README.md\n---\ntitle: two\nid: T-2\n---\n";
    let roadmap = roadmap(plan);
    assert_eq!(codes(&roadmap), Vec::<&str>::new());
    let (one, two) = (item_id(&roadmap, "one"), item_id(&roadmap, "T-2"));
    assert_eq!(roadmap.items[one].links.relates, [two]);
    assert_eq!(roadmap.items[one].links.references.iter().filter(|found| found.target.is_some()).count(), 3);
    let html = page(plan, "items/one.html");
    for link in ["a", "b", "c", "d"] {
        assert!(html.contains(&format!("<a href=\"../items/t-2.html\">{link}</a>")), "{html}");
    }
}

#[test]
fn what_an_item_blocks_waits_for_it_by_any_name() {
    let plan = "//- plan/items/a.md\n---\nblocks: [Know who borrows, the fair in spring]\n---\n\
                //- plan/items/b.md\n---\ntitle: Know who borrows\nstatus: planned\n---\n";
    let roadmap = roadmap(plan);
    assert_eq!((readiness(&roadmap, "b"), codes(&roadmap)), ("blocked", vec![]));
    assert_eq!(needs(&roadmap, "b"), [("a".to_owned(), String::new())]);
    // Outside of the plan nobody waits, and the words are kept.
    assert!(text_of_html(&page(plan, "items/a.html")).contains("Also unblocks the fair in spring"));
    assert_eq!(json_item(plan, "a")["unblocks_outside"][0], "the fair in spring");
}

#[test]
fn a_dropped_dependency_is_reported_and_said() {
    let plan = "//- plan/items/a.md\n---\nstatus: todo\ndepends_on: b\nvalue: 1\neffort: 1\n---\n\
                //- plan/items/b.md\n---\nstatus: withdrawn\n---\n\
                //- plan/items/c.md\n---\nstatus: done\ndepends_on: b\n---\n";
    let roadmap = roadmap(plan);
    assert_eq!(readiness(&roadmap, "a"), "blocked");
    assert_eq!(why(&roadmap, "a"), "own score 1 (1 ÷ 1); depends on `b`, which is dropped");
    let found = roadmap.diagnostics.iter().filter(|found| found.code == Code::DROPPED_DEPENDENCY);
    let places: Vec<String> = found.filter_map(|found| found.location.as_ref().map(ToString::to_string)).collect();
    assert_eq!(places, ["plan/items/a.md:3:13", "plan/items/c.md:3:13"]);
}

const OWN_WORDS: &str = "//- plan/items/e.md\n---\nstatus: blocked\nvalue: 13\neffort: 1\n---\n\
     //- plan/items/f.md\n---\nstatus: on hold (waiting for Legal)\nvalue: 13\neffort: 1\n---\n\
     //- plan/items/g.md\n---\nstatus: half baked\nvalue: 13\neffort: 1\n---\n\
     //- plan/items/later.md\n---\nstatus: planned\nvalue: 9\neffort: 1\nstart: 2099-06-01\n---\n\
     //- plan/items/ok.md\n---\nstatus: planned\nvalue: 1\neffort: 1\nstart: 2026-10-01\n---\n";

#[test]
fn nothing_paused_unread_or_later_is_offered() {
    let roadmap = roadmap(OWN_WORDS);
    let sentences: Vec<String> = ["e", "f", "g", "later"].iter().map(|id| why(&roadmap, id)).collect();
    assert_eq!(
        sentences,
        [
            "own score 13 (13 ÷ 1); its status is “blocked”",
            "own score 13 (13 ÷ 1); its status is “on hold (waiting for Legal)”",
            "own score 13 (13 ÷ 1); its status is “half baked”",
            "own score 9 (9 ÷ 1); not to start before 2099-06-01",
        ]
    );
    let next = said(OWN_WORDS, &["next", "--today", "2026-11-02"]);
    let offered: Vec<&str> = next.lines().filter(|line| line.contains("  ok  ")).collect();
    assert_eq!((offered.len(), next.lines().count()), (1, 2), "{next}");
    assert!(!said(OWN_WORDS, &["next", "--today", "2026-09-30"]).contains("  ok  "));
    assert!(said(OWN_WORDS, &["next", "--today", "2099-06-01"]).contains("  later  "));
    let listed = said(OWN_WORDS, &["list", "--ready", "--today", "2026-11-02"]);
    assert!(listed.contains("ok") && !listed.contains("later"), "{listed}");
}

/// Without a day no start has come; with one, those up to that day have.
#[test]
fn a_start_counts_from_its_first_day() {
    for (start, day, word) in [
        ("2026-11-02", None, "scheduled"),
        ("2026-11-02", Some("2026-11-01"), "scheduled"),
        ("2026-11-02", Some("2026-11-02"), "ready"),
        ("2026-Q4", Some("2026-10-01"), "ready"),
        ("2026-Q4", Some("2026-09-30"), "scheduled"),
    ] {
        let mut inputs = inputs_of(&format!("//- plan/items/a.md\n---\nstatus: planned\nstart: {start}\n---\n"));
        inputs.drawn_today = day.and_then(roadbook::date::Date::parse);
        let roadmap = resolved(&inputs, Audience::Internal);
        assert_eq!(readiness(&roadmap, "a"), word, "{start} on {day:?}");
        assert_eq!(roadmap.total.count.scheduled + roadmap.total.count.ready, 1);
    }
}

/// A command knows the day, and says one thing of a start that has come: in words, in JSON and in counts.
#[test]
fn a_start_that_has_come_is_behind_every_command() {
    let plan = "//- plan/themes/t.md\n---\nstatus: active\n---\n//- plan/items/a.md\n---\nstatus: planned\nvalue: 3\neffort: 1\ntheme: t\nstart: 2026-05-01\n---\n";
    for arguments in [&["list", "--ready"][..], &["next"], &["list"]] {
        let of = |day: &str| said(plan, &[arguments, &["--format", "json", "--today", day]].concat());
        let after = of("2026-05-01");
        assert!(after.contains("\"readiness\": \"ready\"") && after.contains("\"ready\": true"), "{after}");
        assert!(!of("2026-04-30").contains("\"ready\": true"));
    }
    // Of the clock's own day as well, which is later.
    for arguments in [&["show", "a"][..], &["why", "a"], &["list"], &["next"], &["show", "t"], &["check"]] {
        let text = said(plan, arguments);
        assert!(
            !text.contains("scheduled") && !text.contains("not to start") && !text.contains("can be started"),
            "{text}"
        );
    }
    assert!(said(plan, &["show", "a", "--today", "2026-04-30"]).contains("scheduled"));
}

/// Silence about the status means planned in Roadbook's own layout only.
#[test]
fn an_item_without_a_status_is_ready_in_the_own_layout_alone() {
    assert_eq!(readiness(&roadmap("//- plan/items/a.md\n# A\n"), "a"), "ready");
    let other = roadmap("//- roadbook.yml\ncollections: [{kind: item, include: [\"x/*.md\"]}]\n//- x/a.md\n# A\n");
    assert_eq!(readiness(&other, "a"), "undecided");
}

/// A status is named where it makes the state, and not where the folder does.
#[test]
fn a_folder_of_one_state_is_the_reason_and_not_the_status() {
    let plan = "//- roadbook.yml\ncollections: [{kind: item, include: [\"x/*.md\"], state: idea, override: true}]\n\
                //- x/a.md\n---\nstatus: Done\nvalue: 1\neffort: 1\n---\n";
    assert_eq!(why(&roadmap(plan), "a"), "own score 1 (1 ÷ 1); its state is idea");
}

const CYCLE: &str = "//- plan/items/base.md\n---\nstatus: todo\n---\n//- plan/items/p1.md\n---\nstatus: todo\ndepends_on: [x]\n---\n\
     //- plan/items/p2.md\n---\nstatus: todo\ndepends_on: [x]\n---\n//- plan/items/p3.md\n---\nstatus: todo\ndepends_on: [y]\n---\n\
     //- plan/items/x.md\n---\nstatus: todo\ndepends_on: [base, y]\n---\n//- plan/items/y.md\n---\nstatus: todo\ndepends_on: [x]\n---\n";

#[test]
fn what_waits_through_a_cycle_counts() {
    let roadmap = roadmap(CYCLE);
    let behind = |id: &str| {
        let impact = blocked_behind(&roadmap, item_id(&roadmap, id));
        (impact.direct, impact.all)
    };
    assert_eq!([behind("base"), behind("x"), behind("y"), behind("p1")], [(1, 5), (3, 4), (2, 4), (0, 0)]);
    let listed: Vec<(usize, u32)> = roadmap
        .unblockers
        .iter()
        .map(|impact| (usize::from(impact.node == item_id(&roadmap, "base")), impact.all))
        .collect();
    assert_eq!(listed, [(1, 5), (0, 4), (0, 4)]);
    let text = text_of_html(&page(CYCLE, "dependencies.html"));
    assert!(text.contains("blocks 5 items"), "{text}");
    assert!(!text.contains("of effort"), "nobody gave one: {text}");
    assert!(said(CYCLE, &["show", "base"]).contains("5 items"));
    assert!(text_of_html(&page(CYCLE, "items/x.html")).contains("It waits in a cycle with Y"));
    for command in ["show", "why"] {
        assert!(said(CYCLE, &[command, "x"]).contains("In a cycle with\n  y"), "{}", said(CYCLE, &[command, "x"]));
    }
    assert_eq!(why(&roadmap, "x"), "unscored: no value and no effort, so it has no rank; in a cycle with `y`");
    assert_eq!(Readiness::Blocked.word(), readiness(&roadmap, "x"));
}

/// A chain says the effort that its authors gave, and how many gave none.
#[test]
fn a_chain_says_no_effort_that_nobody_gave() {
    let plan = |efforts: [&str; 3]| {
        let item = |at: usize| {
            let needs = if at == 0 { String::new() } else { format!("depends_on: i{}\n", at - 1) };
            format!("//- plan/items/i{at}.md\n---\nstatus: planned\n{needs}{}---\n", efforts[at])
        };
        text_of_html(&page(&(0..3).map(item).collect::<String>(), "dependencies.html"))
    };
    assert!(plan(["", "", ""]).contains(" 3 items "), "{}", plan(["", "", ""]));
    assert!(plan(["effort: 5\n", "", "effort: 2\n"]).contains("3 items, 7 points of effort and one without"));
    assert!(plan(["effort: 5\n", "", ""]).contains("3 items, 5 points of effort and 2 without"));
}

/// The headline of the backlog claims no order of value where nothing says a value.
#[test]
fn the_headline_admits_that_nothing_is_scored() {
    let headline = |fields: &str| {
        let plan =
            format!("//- plan/items/a.md\n---\nstatus: {fields}\n---\n//- plan/items/b.md\n---\nstatus: doing\n---\n");
        text_of_html(&page(&plan, "backlog.html"))
    };
    let says = "2 open items of which none has a score";
    assert!(headline("planned").contains(says) && !headline("planned").contains("most value soonest"));
    assert!(
        headline("planned\nvalue: 1\neffort: 1")
            .contains("2 open items in the order that brings the most value soonest")
    );
    assert!(headline("done").contains("1 open item, which has no score"));
}

/// An indented line below a list that has ended is a field of its own, and takes nothing from the list.
#[test]
fn an_indented_line_swallows_no_dependency() {
    for list in [
        "depends_on: [c]\n status: planned",
        "depends_on:\n  - c\n status: planned",
        "depends_on: [c] # why\n  status: planned",
    ] {
        let plan = format!("//- plan/items/b.md\n---\ntitle: B\n{list}\nvalue: 8\n---\n//- plan/items/c.md\n# C\n");
        let roadmap = roadmap(&plan);
        let b = roadmap.item(item_id(&roadmap, "b"));
        assert_eq!((b.status(), b.readiness().word()), (Some("planned"), "blocked"), "{list}");
        assert_eq!(needs(&roadmap, "b"), [("c".to_owned(), String::new())], "{list}");
        assert_eq!(b.plan().input(roadbook::plan::Input::Value).map(|value| value.to_string()).as_deref(), Some("8"));
        let found = &roadmap.diagnostics[0];
        assert_eq!((roadmap.diagnostics.len(), found.code), (1, Code::INVALID_YAML), "{list}");
        assert!(found.help.as_deref().is_some_and(|help| help.contains("`depends_on`")), "{list}: {found:?}");
    }
}

/// Words never name something internal to the public.
#[test]
fn what_is_internal_is_found_within_words() {
    let secret = "//- plan/items/secret.md\n---\nid: SEC-7\ntitle: The secret garden\nvisibility: internal\n---\n";
    for needs in ["SEC-7 once merged", "The secret garden", "- SEC-7: because", "after SEC-7 is done"] {
        let needs = if needs.starts_with('-') { format!("\n  {needs}") } else { needs.to_owned() };
        let plan = CONTRACT.replace("FOR", &needs) + secret;
        let public = crate::support::roadmap_for(&plan, Audience::Public, false);
        assert!(codes(&public).contains(&"internal-reference"), "{needs}: {}", lines(&public.diagnostics));
    }
}

#[test]
fn what_is_of_unknown_state_has_a_count_of_its_own() {
    let plan = "//- plan/items/a.md\n---\ntitle: A\nstatus: half baked\neffort: 2\ntags: [t]\n---\n//- plan/items/b.md\n---\ntitle: B\nstatus: idea\ntags: [t]\n---\n\
                //- plan/items/c.md\n---\ntitle: C\nstatus: half baked\ndepends_on: b\ntags: [t]\n---\n";
    let roadmap = roadmap(plan);
    let count = &roadmap.total.count;
    assert_eq!((count.total, count.undecided, count.unknown, count.blocked), (3, 1, 2, 0), "whatever it waits for");
    assert_eq!(roadmap.total.effort.unknown.to_string(), "2");
    let legend = text_of_html(&page(plan, "tags/t.html"));
    assert!(legend.contains("1 undecided 2 unknown"), "{legend}");
    assert!(said(plan, &["next"]).contains("1 undecided (ideas, paused work), 2 of unknown status"));
}

/// Nothing of unknown state is called open, and nothing that is not known to be done is called not done.
#[test]
fn what_is_of_unknown_state_is_not_called_open() {
    let with = |status: &str| {
        let theme = "//- plan/themes/t.md\n---\ntitle: T\nstatus: planned\noutcomes:\n  - metric: Days\n    target: 3\n    current: 5\n---\n";
        let item = |id: &str, rest: &str| {
            format!("//- plan/items/{id}.md\n---\ntitle: {id}\ntheme: t\nmilestone: M\noutcomes: Days\n{rest}\n---\n")
        };
        let vision = "//- plan/vision.md\n---\nproduct_goal: G\ncustomers: C\nneeds: N\nnorth_star: S\npositioning: {category: P}\n---\n";
        let items =
            item("d", "status: done\neffort: 3") + &item("r", "status: planned\neffort: 2") + &item("u", status);
        format!("{vision}{theme}{items}")
    };
    let shown = |status: &str, address: &str| text_of_html(&page(&with(status), address));
    let (known, unknown) = ("status: planned\neffort: 5", "status: half baked\neffort: 5");
    for (address, of_known, of_unknown) in [
        ("index.html", "10 points of effort, 3 done", "10 points of effort, 3 known to be done"),
        (
            "alignment.html",
            "Every theme has an outcome and ready work, and every open item serves a theme",
            "Every theme has an outcome and ready work, and every open or unknown item serves a theme",
        ),
        ("alignment.html", "Open work in 1 of 1 theme", "Open or unknown work in 1 of 1 theme"),
        ("alignment.html", "3 items, 1 done", "3 items, 1 known to be done"),
        ("alignment.html", "In progress Open", "In progress Open or unknown"),
        ("milestones.html", "2 open, 2 ready", "2 open or unknown, 1 ready"),
        ("milestones.html", "1 milestone, 1 with open items", "1 milestone, 1 with open or unknown items"),
    ] {
        let (one, other) = (shown(known, address), shown(unknown, address));
        assert!(one.contains(of_known) && !one.contains("nknown"), "{address}: {one}");
        assert!(other.contains(of_unknown), "{address}: {other}");
    }
}

#[test]
fn a_block_of_text_that_is_a_list_names_each_of_its_lines() {
    for (value, on, waits) in [
        ("|\n  - base\n  - legal has agreed", 1, 1),
        ("|\n  base\n  other", 2, 0),
        ("|\n  the landlord\n  has signed", 0, 1),
    ] {
        let plan = format!(
            "//- plan/items/a.md\n---\ntitle: A\ndepends_on: {value}\n---\n//- plan/items/base.md\n# Base\n//- plan/items/other.md\n# Other\n"
        );
        let roadmap = roadmap(&plan);
        let links = &roadmap.items[item_id(&roadmap, "a")].links;
        assert_eq!((links.depends_on.len(), links.waits_for.len()), (on, waits), "{value}");
    }
}
