//! Items that say no status: planned where the plan is Roadbook's own, unknown everywhere else and where the file says it in a form that
//! is not read.

use roadbook::diagnostic::Code;
use roadbook::state::State;
use roadbook::visibility::Audience;

use crate::support::{fixture_site, inputs_of, item_id, lines, resolved, roadmap, text_at};

/// Bodies and front matter of other tools that say a status, with the words by which the form is named.
const FORMS: &[(&str, &str)] = &[
    ("# A\n\n| Status | Done |\n|---|---|\n| Owner | Ana |\n", "in a table"),
    ("# A\n\n| Owner | Ana |\n|---|---|\n| **Status** | Done |\n", "in a table"),
    ("# A\n\n* Proposal: 1\n* Status: **Implemented (2.2)**\n", "in a list, as `* Status: …`"),
    ("# A\n\n- **Status**: done\n", "in a list, as `* Status: …`"),
    ("# A\n\n**Status:** done\n", "in a bold line, as `**Status:** …`"),
    ("# A\n\nWords.\n\n__Status__: done\n", "in a bold line, as `**Status:** …`"),
    ("# A\n\nStatus: done\n", "in a line of the text, as `Status: …`"),
    ("Status: done\r\nOwner: Ana\r\n", "in a line of the text, as `Status: …`"),
    ("# A\n\nWords.\n\n## Why\n\nWords.\n\n## Status\n\nDone.\n", "below a heading `Status`"),
    ("title = \"A\"\nstatus = \"done\"\n", "in TOML"),
    ("{\n  \"title\": \"A\",\n  \"status\": \"done\"\n}\n", "in JSON"),
    ("---\ntitle: A\n---\n---\nstatus: done\n---\n", "in front matter that does not begin the file"),
    (";;;\n{\"title\": \"A\", \"status\": \"done\"}\n;;;\n", "in JSON"),
    ("```yaml\n---\ntitle: A\nstatus: done\n---\n```\n", "in the block of code that begins the file"),
    (":title: A\n:status: done\n", "in a field list, as `:status: …`"),
    ("# A\n\nStatus\n: done\n", "in a list of definitions"),
    ("# A\n\nStatus\n------\n\nDone.\n", "below a heading `Status`"),
    ("<title>A</title>\n<status>done</status>\n", "in a tag, as `<status>…`"),
    ("# A\n\nStatus：done\n", "in a line of the text, as `Status: …`"),
    ("---\ntitle: A\nmetadata:\n  status: done\n---\n", "in the front matter inside another field"),
    ("---\ntitle: A\nstaus: done\n---\n", "in the front matter under another name"),
    ("---\ntitle: A\n📌 status: done\n---\n", "in the front matter under another name"),
    ("---\ntitle: A\n**status**: done\n---\n", "in the front matter under another name"),
    ("Words first.\n\n---\ntitle: A\nstatus: done\n---\n", "in front matter that does not begin the file"),
];

#[test]
fn a_status_in_another_form_is_no_silence() {
    for (body, form) in FORMS {
        for config in ["", "default_status: planned\n", "collections: [{kind: item, include: plan/items/*.md}]\n"] {
            let plan = roadmap(&format!("//- roadbook.yml\ntitle: T\n{config}//- plan/items/a.md\n{body}"));
            let item = &plan.plan.items[item_id(&plan, "a")];
            assert_eq!(item.state, State::Unknown, "{config}{body}");
            let said = format!("this says its status {form}, where it is not read");
            let found = lines(&plan.diagnostics);
            assert!(found.contains(&said), "{config}{body}\n{found}");
            let line = body.lines().position(|line| line.to_lowercase().contains("done")).unwrap_or(3) + 1;
            assert!(found.contains(&format!("plan/items/a.md:{line}:")), "{config}{body}\n{found}");
        }
    }
}

/// Where a date is expected as well, the yes or no is no mistake of its own.
#[test]
fn a_status_as_a_yes_or_no_is_reported_once() {
    for (field, code) in [
        ("completed: true", "missing-status"),
        ("closed: yes", "missing-status"),
        ("completed: soon", "unreadable-date"),
        ("updated: yes", "unreadable-date"),
        ("due: no", "unreadable-date"),
    ] {
        let plan = roadmap(&format!("//- plan/items/a.md\n---\ntitle: A\n{field}\n---\n"));
        let codes: Vec<&str> = plan.diagnostics.iter().map(|found| found.code.name()).collect();
        assert_eq!(codes, [code], "{field}");
    }
    let plan = roadmap("//- plan/items/a.md\n---\ntitle: A\ncompleted: false\n---\n");
    assert_eq!(lines(&plan.diagnostics), "");
    let item = &plan.plan.items[item_id(&plan, "a")];
    assert!(item.entry.extra.iter().any(|field| field.name.value == "completed"), "{:?}", item.entry.extra);
}

#[test]
fn words_that_say_no_status_are_silence() {
    for body in [
        "# A\n\nThe status of this is hard to tell.\n",
        "# A\n\nWhatever the status: we go on.\n\n",
        "# A\n\nStatus:\n",
        "# A\n\nStatus\n:\n",
        "<status></status>\n",
        "---\ntasks: [{name: Pump, status: done}]\n---\n",
        "---\nmetadata:\n  status: tbd\n---\n",
        "# A\n\n* Status\n* Owner: Ana\n",
        "# A\n\nWords.\n\n```yaml\nstatus: done\n```\n",
        "# A\n\n## What we build\n\n```yaml\nstatus: done\n```\n",
        "# A\n\nStatus - we have none yet.\n",
        "---\nissue: true\n---\n",
        "# A\n\n~~~\n## Status\nDone\n~~~\n",
        "# A\n\n| Owner | Status |\n|---|---|\n",
        "# A\n\n| Status | |\n|---|---|\n",
        "# A\n\n## What we build\n\n* Status: shown on every page\n",
        "# A\n\n## Status page\n\nWords.\n",
        "# A\n\n## Status\n\n## Next\n",
        "# A\n\n#Status\n\nWords.\n",
    ] {
        let plan = roadmap(&format!("//- plan/items/a.md\n{body}"));
        assert_eq!(plan.plan.items[item_id(&plan, "a")].state, State::Planned, "{body}");
        // A tag that no page has is text, whatever it says.
        let silent = plan.diagnostics.iter().all(|found| found.code == Code::UNSUPPORTED_HTML);
        assert!(silent, "{body}: {}", lines(&plan.diagnostics));
    }
}

#[test]
fn a_status_in_any_other_form_is_not_silence() {
    for body in [
        "---\nstatus.name: Blocked\n---\n",
        "---\nstatus[0]: Blocked\n---\n",
        "---\nstatus/name: Done\n---\n",
        "---\ncurrent_status: Blocked\n---\n",
        "---\nprojectStatus: Done\n---\n",
        "---\nmeta:\n  - status: Blocked\n---\n",
        "---\ndone: true\n---\n",
        "---\nis_done: yes\n---\n",
        "---\narchived: true\n---\n",
        "---\nclosed: 2026-03-01\n---\n",
        "| Owner | Status |\n|---|---|\n| ana | done |\n",
        "## Status: done\n",
        "## Current status\n\nDone\n",
        "**Status**\n\nDone\n",
        "1. Status: done\n",
        "<b>Status:</b> done\n",
        "<table><tr><td>Status</td><td>done</td></tr></table>\n",
        "Words.\n\n## More\n\nText with [status:: blocked] inside.\n",
        "> [!note] Status: blocked\n",
        "![status](https://badges.example/status-done-green)\n",
        "Status - done\n",
        "Status → in progress\n",
        "- **Status** — done\n",
        "## Status - done\n",
        "- [x] Status: done\n",
        "---\nisDone: true\n---\n",
        "# A\n\n```yaml\nstatus: done\n```\n",
        "---\ntitle: A\n---\nstatus: done\n---\n",
        "---\ntitle: A\n...\nid: a\nstatus: done\n---\n",
    ] {
        let plan = roadmap(&format!("//- plan/items/a.md\n{body}"));
        assert_eq!(plan.plan.items[item_id(&plan, "a")].state, State::Unknown, "{body}");
        assert!(lines(&plan.diagnostics).contains("missing-status"), "{body}");
    }
    for body in [
        "---\ndone: false\n---\n",
        "---\ndraft: true\n---\n",
        "---\nupdated: 2026-03-01\n---\n",
        "| Task | Status |\n|---|---|\n| one | done |\n| two | planned |\n",
        "![Build status](https://badges.example/ci)\n",
        "Use `std::status` here.\n",
    ] {
        let plan = roadmap(&format!("//- plan/items/a.md\n{body}"));
        assert_eq!(plan.plan.items[item_id(&plan, "a")].state, State::Planned, "{body}");
    }
}

#[test]
fn silence_means_what_the_layout_or_the_configuration_says() {
    let own = "collections: [{kind: item, include: plan/items/*.md}]\n";
    for (config, expected) in [
        (String::new(), State::Planned),
        ("default_status: idea\n".to_owned(), State::Idea),
        ("default_status: unknown\n".to_owned(), State::Unknown),
        ("states: {some day: paused}\ndefault_status: Some day\n".to_owned(), State::Paused),
        (own.to_owned(), State::Unknown),
        (format!("{own}default_status: planned\n"), State::Planned),
        ("collections: [{kind: item, include: plan/items/*.md, state: done}]\n".to_owned(), State::Done),
    ] {
        let plan = roadmap(&format!("//- roadbook.yml\ntitle: T\n{config}//- plan/items/a.md\n# A\n"));
        assert_eq!(plan.plan.items[item_id(&plan, "a")].state, expected, "{config}");
        assert_eq!(lines(&plan.diagnostics).contains("missing-status"), expected == State::Unknown, "{config}");
    }
}

/// One finding where most of a collection are silent, with what most of them have instead; one each where few are.
#[test]
fn a_silent_collection_is_one_finding() {
    let report = |said: usize, silent: usize, data: &[&str]| {
        let items = |name: &'static str, many: usize, status: &'static str| {
            (0..many).map(move |at| format!("//- all/{name}{at}/README.md\n---\ntitle: {name}{at}\n{status}---\n"))
        };
        let all: String = items("said", said, "status: planned\n").chain(items("silent", silent, "")).collect();
        let config = "//- roadbook.yml\ntitle: T\ncollections: [{kind: item, include: all/*/README.md}]\n";
        let mut inputs = inputs_of(&(config.to_owned() + &all));
        inputs.data_files = data.iter().map(|path| (*path).to_owned()).collect();
        lines(&resolved(&inputs, Audience::Public).diagnostics)
    };
    let found = report(1, 3, &["all/silent0/kep.yaml", "all/silent1/kep.yaml", "all/silent2/other.yaml"]);
    assert_eq!(found.matches("missing-status").count(), 1, "{found}");
    let said = "3 of these 4 items say no status that is read; a `kep.yaml`, which is not read, lies beside 2 of them";
    assert!(found.contains(said), "{found}");
    let found = report(0, 2, &["all/silent0/README.json", "all/silent1/README.json", "all/silent1/a.yml"]);
    let said = "none of these 2 items says a status that is read; a `README.json`, which is not read, lies beside each of them";
    assert!(found.contains(said), "{found}");
    // What one of them says in its text as well lies beside it all the same.
    let both = "//- roadbook.yml\ntitle: T\ncollections: [{kind: item, include: all/*/README.md}]\n//- all/a/README.md\n# A\n//- all/b/README.md\n# B\n\n\
                ## Status\n\nDone\n";
    let mut inputs = inputs_of(both);
    inputs.data_files = vec!["all/a/kep.yaml".to_owned(), "all/b/kep.yaml".to_owned()];
    let found = lines(&resolved(&inputs, Audience::Public).diagnostics);
    assert!(found.contains("a `kep.yaml`, which is not read, lies beside each of them"), "{found}");
    let found = report(3, 2, &["all/kep.yaml", "all/silent0/deep/kep.yaml"]);
    assert_eq!(found.matches("missing-status]: this says no status\n").count(), 2, "{found}");
}

/// A finding may stand on a page for everybody in a preview.
#[test]
fn data_of_what_is_internal_is_not_named_beside_another_item() {
    let mut inputs = inputs_of(
        "//- roadbook.yml
title: T
collections: [{kind: item, include: all/*.md}]
//- all/deal.md
---
visibility: internal
---
//- all/open.md
# Open
",
    );
    inputs.data_files = vec!["all/deal.yaml".to_owned()];
    let found = lines(&resolved(&inputs, Audience::Public).diagnostics);
    assert!(found.contains("this says no status\n"), "{found}");
    inputs.data_files.push("all/open.yaml".to_owned());
    let found = lines(&resolved(&inputs, Audience::Public).diagnostics);
    assert!(found.contains("`open.yaml` beside it is not read") && !found.contains("deal"), "{found}");
}

#[test]
fn what_is_unknown_stands_in_a_column_of_its_own() {
    let plan = "//- roadbook.yml
title: T
collections: [{kind: item, include: plan/items/*.md}]
//- plan/items/a.md
---
title: Alpha
status: planned
---
//- plan/items/b.md
---
title: Beta
---
//- plan/items/c.md
---
title: Gamma
status: done?
---
";
    let board = text_at(&fixture_site(plan, Audience::Internal), "roadmap.html");
    let order = ["Planned", "Alpha", "Unknown", "Beta", "Gamma"];
    let mut rest = board.split_once("In progress").expect("the columns").1;
    for word in order {
        rest = rest.split_once(word).unwrap_or_else(|| panic!("no {word} in its place: {board}")).1;
    }
    let column = |name: &str| board.split_once(&format!("<p class=\"where\">{name}</p>"));
    let planned = column("Planned").and_then(|(_, rest)| rest.split_once("<p class=\"where\">"));
    assert!(planned.is_some_and(|(planned, _)| planned.contains("Alpha") && !planned.contains("Beta")), "{board}");
    let known = plan.replace("title: Beta\n", "title: Beta\nstatus: planned\n").replace("done?", "planned");
    let board = text_at(&fixture_site(&known, Audience::Internal), "roadmap.html");
    assert!(!board.contains("Unknown"), "{board}");
}

/// What is only the key of a map is a value all the same; a word with another one behind it is no status that is known.
#[test]
fn the_keys_of_a_map_are_words() {
    let said = |head: &str| {
        let plan = roadmap(&format!("//- plan/items/a.md\n---\ntitle: A\n{head}\n---\n"));
        let item = &plan.plan.items[item_id(&plan, "a")];
        let codes: Vec<&str> = plan.diagnostics.iter().map(|found| found.code.name()).collect();
        (item.state, item.status.as_ref().map(|status| status.value.clone()).unwrap_or_default(), codes.join(" "))
    };
    let known = |state, status: &str, codes: &str| (state, status.to_owned(), codes.to_owned());
    assert_eq!(said("status: {done}"), known(State::Done, "done", ""));
    assert_eq!(said("status:\n  in review:"), known(State::Active, "in review", ""));
    assert_eq!(said("status: {name: done}"), known(State::Done, "done", ""));
    for (head, status) in [
        ("status: {blocked: ready}", "blocked: ready"),
        ("status:\n  - planned: done", "planned: done"),
        ("status:\n  - on hold: Legal", "on hold: Legal"),
    ] {
        assert_eq!(said(head), known(State::Unknown, status, "unknown-status"), "{head}");
    }
    for (head, title, owners, own) in [
        ("title: {Pump: the old one}", "Pump: the old one", "", ""),
        ("title: {name: Pump}", "Pump", "", ""),
        ("title: A\nowner: {lead: ana}", "A", "ana", "lead: ana"),
        ("title: A\nowner: [{name: ana}, bo]", "A", "ana bo", ""),
    ] {
        let plan = roadmap(&format!("//- plan/items/a.md\n---\nstatus: planned\n{head}\n---\n"));
        let item = &plan.plan.items[item_id(&plan, "a")];
        let extra: Vec<String> = item.entry.extra.iter().map(|field| field.value.flat()).collect();
        let read = (item.entry.title.as_str(), item.owners.join(" "), extra.join(" "));
        assert_eq!(read, (title, owners.to_owned(), own.to_owned()), "{head}");
    }
    let head = "owner:\n  ana:\n  bo:\ntags: {consent, print}\nmilestone: {M1}\nvalue: {13}\nstart: {2099-01-01}";
    let plan = roadmap(&format!("//- plan/items/a.md\n---\ntitle: A\nstatus: planned\n{head}\n---\n"));
    let item = &plan.plan.items[item_id(&plan, "a")];
    assert_eq!(
        (item.owners.join(" "), item.tags.join(" "), &*item.milestone),
        ("ana bo".into(), "consent print".into(), "M1")
    );
    assert_eq!(item.start.as_ref().map(ToString::to_string).as_deref(), Some("2099-01-01"));
    assert!(item.inputs.iter().flatten().any(|input| input.value.to_string() == "13"));
}
