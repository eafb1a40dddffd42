//! Which names are a field, what becomes of one that is given again, and what of a status, a start or a file that cannot be read: it waits.

use roadbook::diagnostic::Code;
use roadbook::resolve::Readiness;
use roadbook::state::State;
use roadbook::visibility::Audience;

use crate::support::{config_of, fixture_site, item_id, lines, page, put, ran, roadmap, text_at, text_of_html};

const WELL: &str =
    "//- plan/items/well.md\n---\nstatus: done\n---\n//- plan/items/pump.md\n---\nstatus: planned\n---\n";

/// The readiness of an item with these lines beside one that is done and one that is planned, and what is found in its file.
fn read(head: &str) -> (Readiness, State, String) {
    let roadmap = roadmap(&format!("{WELL}//- plan/items/a.md\n---\ntitle: A\n{head}\n---\n"));
    let id = item_id(&roadmap, "a");
    (roadmap.items[id].readiness, roadmap.plan.items[id].state, lines(&roadmap.diagnostics))
}

#[test]
fn a_name_is_one_in_every_spelling() {
    for name in ["dependsOn", "dependson", "DEPENDS_ON", "depends-on", "blockedBy", "Blocked by", "blocked-by"] {
        let (readiness, _, found) = read(&format!("status: planned\n{name}: pump"));
        assert_eq!((readiness, found.as_str()), (Readiness::Blocked, ""), "{name}");
    }
    let (readiness, _, found) = read("status: planned\nstartDate: 2099-01-01\ndueDate: 2099-02-01\nstoryPoints: 3");
    assert_eq!((readiness, found.as_str()), (Readiness::Scheduled, ""));
}

#[test]
fn what_an_item_waits_for_is_read_in_doubt() {
    for head in [
        "depend_on: pump",
        "dependends_on: well\ndepends_no: pump",
        "dependancies: [pump]",
        "**depends_on**: pump",
        "⛔ blocked by: pump",
        "meta: {depends_on: pump}",
        "meta:\n  mood: fine\n  blockedBy: [pump]",
        "blocker: pump",
        "blockd_by: pump",
        "dépends_on: pump",
        "\"depends\\u00a0on\": pump",
        "waiting: pump",
    ] {
        let (readiness, _, _) = read(&format!("status: planned\n{head}"));
        assert_eq!(readiness, Readiness::Blocked, "{head}");
    }
    let found = read("status: planned\ndepend_on: pump").2;
    assert!(found.contains("knows no field `depend_on`"), "{found}");
    for head in [
        "dependents: pump",
        "department: pump",
        "dept: pump",
        "required: true",
        "depth: pump",
        "meta: {requires: pump}",
    ] {
        assert_eq!(read(&format!("status: planned\n{head}")).0, Readiness::Ready, "{head}");
    }
}

#[test]
fn a_status_that_is_given_again_may_take_it_back() {
    let conflict =
        |one: &str, other: &str| format!("<<<<<<< HEAD\nstatus: {one}\n=======\nstatus: {other}\n>>>>>>> feature");
    for (head, expected) in [
        (conflict("done", "planned"), State::Unknown),
        (conflict("done", "released"), State::Done),
        ("status: planned\nstate: blocked".to_owned(), State::Unknown),
        ("status: in progress\nstatus: on hold".to_owned(), State::Unknown),
        ("status: done\nstate: planned".to_owned(), State::Done),
        ("status: {state: planned, note: blocked by Legal}".to_owned(), State::Unknown),
        ("status: {state: planned}".to_owned(), State::Planned),
    ] {
        assert_eq!(read(&head).1, expected, "{head}");
    }
}

#[test]
fn a_list_that_is_given_again_adds_up() {
    for head in [
        "depends_on: well\ndepends_on: pump",
        "depends_on:\ndepends_on: pump",
        "depends_on: [pump]\ndepends_on: [well]",
        "<<<<<<< HEAD\ndepends_on: well\n=======\ndepends_on: pump\n>>>>>>> feature",
    ] {
        let (readiness, _, found) = read(&format!("status: planned\n{head}"));
        assert_eq!(readiness, Readiness::Blocked, "{head}");
        assert!(found.contains("`depends_on` is given again"), "{head}: {found}");
    }
    let outcomes = "//- plan/themes/t.md\n---\ntitle: T\noutcomes: [{metric: hits}]\noutcome: {metric: visits}\n---\n";
    assert_eq!(roadmap(outcomes).plan.themes.iter().next().map(|theme| theme.outcomes.len()), Some(2));
}

#[test]
fn of_one_value_the_first_counts_and_the_others_are_shown_once() {
    let plan = "//- plan/items/a.md\n---\ntitle: A\nstatus: planned\ndue:\ndue: 2026-12-01\ndue: 2026-12-24\nmood: fine\nmood: [sad, glad]\n\
                parent: aa\nepic: bb\n---\n//- plan/items/aa.md\n# AA\n//- plan/items/bb.md\n# BB\n";
    let roadmap = roadmap(plan);
    let item = &roadmap.plan.items[item_id(&roadmap, "a")];
    assert_eq!(item.due.as_ref().map(ToString::to_string).as_deref(), Some("2026-12-01"));
    let twice = |found: &&roadbook::diagnostic::Diagnostic| found.code == Code::DUPLICATE_FIELD;
    assert_eq!(roadmap.diagnostics.iter().filter(twice).count(), 4, "{}", lines(&roadmap.diagnostics));
    let json: serde_json::Value =
        serde_json::from_str(&text_at(&fixture_site(plan, Audience::Internal), "roadmap.json")).unwrap();
    let items = json["items"].as_array().unwrap();
    let more = &items.iter().find(|item| item["id"] == "a").unwrap()["more_fields"];
    let expected = serde_json::json!({"due": "2026-12-24", "mood": ["fine", ["sad", "glad"]], "epic": "bb"});
    assert_eq!(*more, expected);
}

#[test]
fn what_follows_from_a_conflict_or_a_stray_line_is_said_with_it() {
    let conflict = "<<<<<<< HEAD\ndue: 2026-12-01\n=======\ndue: 2026-12-24\n>>>>>>> feature";
    for (head, code, cause) in [
        (conflict, Code::DUPLICATE_FIELD, Code::MERGE_CONFLICT),
        ("status: planned\nwhen the hall is free", Code::UNKNOWN_STATUS, Code::INVALID_YAML),
        ("status: planned\ndue: 2026-12-01\nor so", Code::UNREADABLE_DATE, Code::INVALID_YAML),
    ] {
        let roadmap = roadmap(&format!("//- plan/items/a.md\n---\ntitle: A\n{head}\n---\n"));
        let found = roadmap.diagnostics.iter().find(|found| found.code == code).unwrap();
        assert_eq!(found.cause.as_ref().map(|cause| cause.code), Some(cause), "{head}");
        assert_eq!(roadmap.diagnostics[0].code, cause, "{head}");
    }
    let apart = format!("//- plan/items/a.md\n---\nmood: a\nmood: b\n{conflict}\n---\n");
    let free = roadmap(&apart)
        .diagnostics
        .iter()
        .filter(|found| found.code == Code::DUPLICATE_FIELD && found.cause.is_none())
        .count();
    assert_eq!(free, 1, "a field that is given again above the conflict");
}

#[test]
fn a_line_with_another_sign_than_a_colon_is_a_field() {
    for line in ["depends_on=pump", "depends_on = [pump]", "depends_on：pump"] {
        let (readiness, state, found) = read(&format!("status: planned\n{line}"));
        assert_eq!((readiness, state), (Readiness::Blocked, State::Planned), "{line}");
        assert!(found.contains("in place of a colon; `depends_on` was read by rescue"), "{line}: {found}");
        assert_eq!(found.matches("warning[").count(), 1, "{line}: {found}");
    }
    for line in ["mood == fine", "a b = c", "=pump"] {
        let (_, state, _) = read(&format!("status: planned\n{line}"));
        assert_eq!(state, State::Unknown, "{line} is a part of the line above");
    }
}

#[test]
fn a_start_that_is_not_a_date_has_not_come() {
    for start in ["after 2099-01-01", "2020-01-01?", "next year", "\"2020-01-01 (when the hall is free)\""] {
        let plan = format!("//- plan/items/a.md\n---\ntitle: A\nstatus: planned\nstart: {start}\n---\n");
        let roadmap = roadmap(&plan);
        let id = item_id(&roadmap, "a");
        assert_eq!(roadmap.items[id].readiness, Readiness::Scheduled, "{start}");
        let html = text_of_html(&page(&plan, "items/a.html"));
        assert!(html.contains(&format!("its start “{}” is not a date", start.trim_matches('"'))), "{html}");
    }
    assert_eq!(read("status: active\nstart: next year").0, Readiness::InProgress);
    assert_eq!(read("status: planned\nstart: tbd").0, Readiness::Ready);
}

#[test]
fn a_note_or_a_sign_may_take_a_status_back() {
    for status in [
        "ready (blocked by Legal)",
        "planned (on hold)",
        "todo - waiting for the vendor",
        "todo — once the contract is signed",
        "in progress (stuck)",
        "planned (blocked)",
        "accepted (implemented)",
        "done (?)",
        "done (really?)",
        "done (in progress?)",
        "done (not really)",
        "done - isn't live",
        "done (in progress)",
        "≠ done",
        "¬done",
        "'!done'",
        "❌ done",
        "'[ ] done'",
        "⛔ ready",
        "[done, planned]",
        "[done, sometimes]",
        "done (reopened)",
        "done (50%)",
        "done (1/3)",
        "done (2 of 5)",
        "done (in theory)",
        "done (for now)",
        "done (by 2099)",
        "done (next week)",
        "done - soon",
        "done...",
        "done ⚠️",
        "done ⏳",
        "🚧 done",
        "≈ done",
        "planned 💤",
        "dropped (maybe)",
        "done (needs review)",
        "done - in part",
        "done (with open issues)",
        "done (Ana says so)",
        "planned (needs contract)",
        "planned (after the pump)",
        "to do - vendor must sign first",
        "next (when funded)",
        "accepted (subject to approval)",
        "planned (on ice)",
        "planned ⛔",
        "planned (⏸)",
        "done ❌",
    ] {
        let (_, state, found) = read(&format!("status: {status}"));
        assert_eq!(state, State::Unknown, "{status}");
        assert!(found.contains("unknown-status"), "{status}: {found}");
    }
    for (status, expected) in [
        ("on hold (waiting for Legal)", State::Paused),
        ("rejected (not worth it)", State::Dropped),
        ("❌ rejected", State::Dropped),
        ("⛔ blocked", State::Paused),
        ("☐ todo", State::Planned),
        ("todo (not started)", State::Planned),
        ("done (released)", State::Done),
        ("done (after long talks)", State::Done),
        ("done (by Ana, see [the notes](https://a.example/b))", State::Done),
        ("done (100%)", State::Done),
        ("done (3/3)", State::Done),
        ("done (3/2026)", State::Done),
        ("done (1.2)", State::Done),
        ("⏳ planned", State::Planned),
        ("in progress 🚧", State::Active),
        ("dropped (no longer needed)", State::Dropped),
        ("planned (Q3)", State::Planned),
        ("planned (for the next release, v1.2)", State::Planned),
        ("in progress (with Ana)", State::Active),
        ("implemented (alpha)", State::Done),
        ("✅ Done! - in 2025", State::Done),
        ("in progress (since May)", State::Active),
        ("[done, released]", State::Done),
        ("[done]", State::Done),
    ] {
        let (_, state, found) = read(&format!("status: {status}"));
        assert_eq!((state, found.as_str()), (expected, ""), "{status}");
    }
    let own = "//- roadbook.yml\nstates: {planned (on hold): planned}\n//- plan/items/a.md\n---\nstatus: planned (on hold)\n---\n";
    let roadmap = roadmap(own);
    assert_eq!(
        roadmap.plan.items[item_id(&roadmap, "a")].state,
        State::Planned,
        "the configuration has the first word"
    );
}

#[test]
fn a_file_that_cannot_be_read_as_text_is_not_planned() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let text = "---\ntitle: A\nstatus: done\n---\n";
    let wide = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    put(root, "plan/items/a.md", wide(u16::to_le_bytes));
    put(root, "plan/items/b.md", [vec![0xfe, 0xff], wide(u16::to_be_bytes)].concat());
    put(root, "plan/items/c.md", "---\nstatus: planned\n---\n");
    put(root, "plan/items/d.md", "---\nstatus: planned\n---\n");
    put(root, "plan/items/e.md", "---\nstatus: planned\n---\n");
    let found: serde_json::Value = serde_json::from_str(&ran(root, &["check", "--format", "json"]).stdout).unwrap();
    for path in ["plan/items/a.md", "plan/items/b.md"] {
        let of = found["diagnostics"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|found| found["path"] == path && found["cause"].is_null());
        assert_eq!(of.map(|found| &found["code"]).collect::<Vec<_>>(), ["invalid-utf8"], "{path}");
    }
    let next = ran(root, &["next", "-n", "9", "--format", "json"]).stdout;
    assert!(!next.contains("items/a.md") && !next.contains("items/b.md") && next.contains("items/c.md"), "{next}");
}

#[test]
fn a_second_vision_keeps_what_it_says() {
    let plan = "//- roadbook.yml\ncollections: [{kind: vision, include: v/*.md}]\n//- v/a.md\n---\ntitle: VA\nproduct_goal: Water\n---\n\
                //- v/b.md\n---\ntitle: VB\nproduct_goal: Light\nneeds: [Lamps]\npositioning: {category: Power}\nmood: fine\n---\n";
    let (html, json) =
        (text_of_html(&page(plan, "pages/b.html")), text_at(&fixture_site(plan, Audience::Internal), "roadmap.json"));
    for words in ["Light", "Lamps", "Power", "fine"] {
        assert!(html.contains(words) && json.contains(&format!("\"{words}\"")), "{words}: {html}");
    }
    assert!(!html.contains("More fields title"), "{html}");
}

#[test]
fn a_word_of_the_configuration_means_one_thing() {
    for (text, is_found) in [
        ("states: {accepted: planned, Accepted: done}", true),
        ("collections: [{kind: item, include: i/*.md, states: {late: idea, LATE: done}}]", true),
        ("priorities: {high: 1, High: 500}", true),
        ("sizes: {m: 1, M: 2}", true),
        ("states: {accepted: planned, Accepted: planned}", false),
        ("priorities: {high: 1, High: 1.0}", false),
        ("states: {✅: done, 🚫: dropped, a?: idea, a: planned}", false),
    ] {
        let (_, found) = config_of(&format!("//- roadbook.yml\n{text}\n"));
        assert_eq!(
            found.iter().any(|found| found.code == Code::INVALID_CONFIGURATION),
            is_found,
            "{text}: {}",
            lines(&found)
        );
    }
}
