//! The binary itself: what it prints, where, and how it ends.

mod commands;
mod init;

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use expect_test::expect;
use roadbook::date::Date;
use serde_json::Value;

use crate::support::{put, put_all};

const PLAN: &str = "
//- roadbook.yml
title: Shed
//- plan/vision.md
# Shed
//- plan/themes/lending.md
# Lending
//- plan/items/list.md
---
title: The list
status: planned
theme: lending
value: 8
effort: 1
owner: ana
---

## Acceptance criteria

- [x] All tools
- [ ] Their shelves
//- plan/items/reserve.md
---
title: Reserve a tool
status: planned
theme: lending
value: 3
effort: 2
depends_on: [list]
---
//- plan/items/remind.md
---
title: Remind
status: idea
depends_on: [reserve]
value: 1
effort: 2.5
tags: [letters]
---
//- plan/items/shelves.md
---
title: Shelves
status: done
---
";

struct Project(tempfile::TempDir);

impl Project {
    fn new(fixture: &str) -> Project {
        let project = Project(tempfile::tempdir().expect("a temporary folder"));
        put_all(project.path(), fixture);
        project
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, path: &str, text: &str) {
        put(self.path(), path, text);
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn has(&self, path: &str) -> bool {
        self.path().join(path).exists()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_roadbook"));
        command.args(arguments).current_dir(self.path()).stdin(Stdio::null());
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "BROWSER", "DISPLAY", "WAYLAND_DISPLAY"] {
            command.env_remove(name);
        }
        // The tests may themselves be a step of a workflow, which must not be told of their plans.
        for name in ["OUTPUT", "STEP_SUMMARY", "WORKSPACE", "SERVER_URL", "REPOSITORY", "SHA"] {
            command.env_remove(format!("GITHUB_{name}"));
        }
        command
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        Ran(self.command(arguments).output().expect("the binary runs"))
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let ran = self.run(arguments);
        assert_eq!(ran.code(), 0, "{}", ran.text());
        serde_json::from_slice(&ran.0.stdout).expect("JSON on stdout")
    }
}

struct Ran(Output);

impl Ran {
    fn code(&self) -> i32 {
        self.0.status.code().expect("an exit code, not a signal")
    }

    fn out(&self) -> String {
        String::from_utf8(self.0.stdout.clone()).expect("UTF-8 on stdout")
    }

    fn err(&self) -> String {
        String::from_utf8(self.0.stderr.clone()).expect("UTF-8 on stderr")
    }

    /// Both streams and the exit code; times are left out, as no two runs have the same.
    fn text(&self) -> String {
        let times = regex::Regex::new(r"\d+ ms").expect("a pattern");
        let err = times.replace_all(&self.err(), "? ms").into_owned();
        format!("{}--- stderr\n{err}--- exit code {}\n", self.out(), self.code())
    }
}

/// What a command says about a fixture.
fn said(fixture: &str, arguments: &[&str]) -> String {
    Project::new(fixture).run(arguments).text()
}

fn ids(list: &Value) -> Vec<&str> {
    let items = list["items"].as_array().expect("items");
    items.iter().map(|item| item["id"].as_str().expect("an id")).collect()
}

#[test]
fn list_is_aligned_and_in_order() {
    expect![[r#"
        #  Id       Title           Status         Owner  Score  Theme
        1  list     The list        ready          ana     8.00  lending
        2  reserve  Reserve a tool  blocked                1.50  lending
        3  remind   Remind          blocked, idea          0.40
        --- stderr
        --- exit code 0
    "#]]
    .assert_eq(&said(PLAN, &["list"]));
}

#[test]
fn list_limits_and_says_so() {
    expect![[r#"
        #  Id    Title     Status  Owner  Score  Theme
        1  list  The list  ready   ana     8.00  lending
        --- stderr
        … and 2 more
        --- exit code 0
    "#]]
    .assert_eq(&said(PLAN, &["list", "--limit", "1"]));
}

#[test]
fn list_fits_a_narrow_terminal() {
    let project = Project::new(PLAN);
    project.write(
        "plan/items/long.md",
        "# A title that is much longer than any terminal of eighty columns has room for\n",
    );
    project.write(
        "plan/items/first.md",
        "---\ntitle: First\nstatus: approved\nhorizon: Now\nowner: [ana, ben]\ntheme: lending\nvalue: 90\neffort: 1\n---\n",
    );
    let at = |columns: &str| {
        let ran = Ran(project.command(&["list"]).env("COLUMNS", columns).output().expect("the binary runs"));
        let most = ran.out().lines().map(|line| line.chars().count()).max().unwrap_or_default();
        assert!(most <= columns.parse().expect("a number"), "{columns}: {}", ran.out());
        ran.out()
    };
    // Long texts are cut first; then what matters least is left out; the rank and the id stand as long as they can.
    expect![[r#"
        #  Id       Title                                 Status           Horizon  Owner     Score  Theme
        1  first    First                                 ready, approved  Now      ana, ben  90.00  lending
        2  list     The list                              ready                     ana        8.00  lending
        3  reserve  Reserve a tool                        blocked                              1.50  lending
        4  remind   Remind                                blocked, idea                        0.40
           long     A title that is much longer than an…  ready
    "#]]
    .assert_eq(&at("100"));
    expect![[r#"
        #  Id       Title                      Status           Horizon  Owner     Score
        1  first    First                      ready, approved  Now      ana, ben  90.00
        2  list     The list                   ready                     ana        8.00
        3  reserve  Reserve a tool             blocked                              1.50
        4  remind   Remind                     blocked, idea                        0.40
           long     A title that is much lon…  ready
    "#]]
    .assert_eq(&at("80"));
    expect![[r#"
        #  Id       Title                   Status           Horizon
        1  first    First                   ready, approved  Now
        2  list     The list                ready
        3  reserve  Reserve a tool          blocked
        4  remind   Remind                  blocked, idea
           long     A title that is much…   ready
    "#]]
    .assert_eq(&at("60"));
    expect![[r#"
        #  Id       Title           Status
        1  first    First           ready, appr…
        2  list     The list        ready
        3  reserve  Reserve a tool  blocked
        4  remind   Remind          blocked, id…
           long     A title that…   ready
    "#]]
    .assert_eq(&at("40"));
    expect![[r#"
        #  Id      Title   Stat…
        1  first   First   read…
        2  list    The l…  ready
        3  reser…  Reser…  bloc…
        4  remind  Remind  bloc…
           long    A tit…  ready
    "#]]
    .assert_eq(&at("24"));
    // Nobody reads a pipe on a screen.
    expect![[r#"
        #  Id       Title                                                                         Status           Horizon  Owner     Score  Theme
        1  first    First                                                                         ready, approved  Now      ana, ben  90.00  lending
        2  list     The list                                                                      ready                     ana        8.00  lending
        3  reserve  Reserve a tool                                                                blocked                              1.50  lending
        4  remind   Remind                                                                        blocked, idea                        0.40
           long     A title that is much longer than any terminal of eighty columns has room for  ready
    "#]].assert_eq(&project.run(&["list"]).out());
}

#[test]
fn list_says_where_an_item_stands_once() {
    let project = Project::new("//- roadbook.yml\nstates: {ready: planned, for the board: planned}\n");
    let items = [
        ("planned", ""),
        ("planned", "waits"),
        ("Ready", ""),
        ("for the board", ""),
        ("for the board", "waits"),
        ("idea", ""),
        ("idea", "waits"),
        ("in progress", ""),
        ("on hold (until May)", ""),
        ("done", ""),
        ("half baked", ""),
    ];
    for (at, (status, waits)) in items.iter().enumerate() {
        let waits = if waits.is_empty() { "" } else { "depends_on: i00\n" };
        project.write(&format!("plan/items/i{at:02}.md"), &format!("---\nstatus: {status}\norder: {at}\n{waits}---\n"));
    }
    let out = project.run(&["list", "--all", "--quiet"]).out();
    expect![[r#"
        #  Id   Title  Status
        1  i07  I07    in progress
           i00  I00    ready
           i01  I01    blocked
           i02  I02    ready
           i03  I03    ready, for the board
           i04  I04    blocked, for the board
           i05  I05    idea
           i06  I06    blocked, idea
           i08  I08    on hold
           i10  I10    half baked
           i09  I09    done
    "#]]
    .assert_eq(&out);
}

#[test]
fn list_says_why_there_is_nothing() {
    let project = Project::new("//- plan/items/shelves.md\n---\nstatus: done\n---\n");
    let err = |arguments: &[&str]| {
        let ran = project.run(&[&["list"], arguments].concat());
        assert_eq!((ran.code(), ran.out().as_str()), (0, ""));
        ran.err()
    };
    assert_eq!(err(&[]), "no open items; `roadbook list --all` shows 1 item that is done or dropped\n");
    for filter in [&["--state", "idea"][..], &["--owner", "ana"], &["--tag", "x"], &["--ready"], &["--blocked"]] {
        assert_eq!(err(filter), "no such items\n", "{filter:?}");
    }
    assert_eq!((err(&["--quiet"]).as_str(), err(&["--all", "--limit", "0"]).as_str()), ("", "… and 1 more\n"));
    project.write("plan/items/drawers.md", "---\nstatus: dropped\n---\n");
    assert_eq!(err(&[]), "no open items; `roadbook list --all` shows 2 items that are done or dropped\n");
}

#[test]
fn list_themes_tells_how_far_each_is() {
    let project = Project::new(PLAN);
    project.write(
        "plan/themes/repairs.md",
        "---\ntitle: Repairs\nstatus: paused\nhorizon: Later\nowner: [ana, ben]\nsummary: Whole again\n---\n",
    );
    project.write("plan/items/glue.md", "---\ntitle: Glue\nstatus: done\ntheme: [repairs, lending]\neffort: 2\n---\n");
    expect![[r#"
        Id       Title    Status     Done  Ready  Blocked  Horizon  Owner
        lending  Lending  planned  1 of 3      1        1
        repairs  Repairs  paused   1 of 1      0        0  Later    ana, ben
        --- stderr
        --- exit code 0
    "#]]
    .assert_eq(&project.run(&["list", "themes"]).text());
    let json = project.json(&["list", "themes", "--format", "json"]);
    assert_eq!((&json["schema_version"], &json["kind"]), (&Value::from(2), &Value::from("themes")));
    let themes = json["themes"].as_array().expect("themes");
    expect![[r#"
        {
          "horizon": "Later",
          "id": "repairs",
          "items": [
            "glue"
          ],
          "owners": [
            "ana",
            "ben"
          ],
          "path": "plan/themes/repairs.md",
          "progress": {
            "effort": {
              "active": 0,
              "blocked": 0,
              "done": 2,
              "ready": 0,
              "scheduled": 0,
              "total": 2,
              "undecided": 0,
              "unknown": 0,
              "waiting": 0
            },
            "items": {
              "active": 0,
              "blocked": 0,
              "done": 1,
              "ready": 0,
              "scheduled": 0,
              "total": 1,
              "undecided": 0,
              "unknown": 0,
              "waiting": 0
            }
          },
          "state": "paused",
          "status": "paused",
          "summary": "Whole again",
          "title": "Repairs"
        }"#]]
    .assert_eq(&serde_json::to_string_pretty(&themes[1]).expect("JSON"));
    // The keys mean what they mean in `roadmap.json`.
    let export: Value = serde_json::from_str(&project.run(&["export"]).out()).expect("JSON");
    for (key, value) in themes[1].as_object().expect("a theme") {
        assert_eq!(*value, export["themes"][1][key], "{key}");
    }
    // A folder of that name can still be listed, and a filter of items is none of themes.
    project.write("themes/roadbook.yml", "");
    project.write("themes/plan/items/inner.md", "---\nstatus: planned\n---\n");
    assert_eq!(ids(&project.json(&["list", "./themes", "--format", "json"])), ["inner"]);
    assert_eq!(ids(&project.json(&["list", "--format", "json", "themes"])), ["inner"]);
    assert_eq!(project.run(&["list", "themes", "--ready"]).code(), 2);
    expect![[r#"
        --- stderr
        error: there is no folder `themes`
          help: options of `roadbook list themes` stand behind its name, and filters are for items alone
        --- exit code 2
    "#]]
    .assert_eq(&said(PLAN, &["list", "--format", "json", "themes"]));
}

#[test]
fn list_themes_takes_the_words_of_items_where_there_are_no_files() {
    let project = Project::new("//- roadbook.yml\n");
    project.write("plan/items/a.md", "---\nstatus: done\ntheme: [Lending, lending]\n---\n");
    project.write("plan/items/b.md", "---\nstatus: planned\ntheme: lending, Repairs\nvalue: 1\neffort: 1\n---\n");
    project.write("plan/items/c.md", "---\nstatus: planned\n---\n");
    expect![[r#"
        Id         Done  Ready  Blocked
        Lending  1 of 2      1        0
        Repairs  0 of 1      1        0
        --- stderr
        --- exit code 0
    "#]]
    .assert_eq(&project.run(&["list", "themes"]).text());
    let json = project.json(&["list", "themes", "--format", "json"]);
    assert_eq!(json["themes"][0]["items"], serde_json::json!(["b", "a"]));
    assert_eq!((&json["themes"][0]["id"], &json["themes"][0]["state"]), (&Value::from("Lending"), &Value::Null));
    expect![[r#"
        --- stderr
        error: no theme of this plan is called `repiars`
          help: did you mean `Repairs`? `roadbook list themes` shows all themes
        --- exit code 2
    "#]]
    .assert_eq(&project.run(&["list", "--theme", "repiars"]).text());
    expect![[r#"
        --- stderr
        error: no theme of this plan is called `entirely-else`
          help: the themes are `Lending` and `Repairs`
        --- exit code 2
    "#]]
    .assert_eq(&project.run(&["graph", "--theme", "entirely-else"]).text());
}

#[test]
fn list_filters() {
    let project = Project::new(PLAN);
    let listed = |arguments: &[&str]| {
        let json = project.json(&[&["list", "--format", "json"], arguments].concat());
        ids(&json).join(" ")
    };
    assert_eq!(listed(&[]), "list reserve remind");
    assert_eq!(listed(&["--all"]), "list reserve remind shelves");
    assert_eq!(listed(&["--state", "done", "--state", "idea"]), "remind shelves");
    assert_eq!(listed(&["--theme", "Lending"]), "list reserve");
    assert_eq!(listed(&["--owner", "@Ana"]), "list");
    assert_eq!(listed(&["--tag", "letters"]), "remind");
    assert_eq!(listed(&["--ready"]), "list");
    assert_eq!(listed(&["--blocked"]), "reserve remind");
    assert_eq!(listed(&["-n", "2"]), "list reserve");
}

#[test]
fn list_for_programs() {
    let project = Project::new(PLAN);
    let json = project.json(&["list", "--format", "json"]);
    assert_eq!((&json["schema_version"], &json["kind"]), (&Value::from(2), &Value::from("items")));
    expect![[r#"
        {
          "address": "items/remind.html",
          "aliases": [],
          "blocked": true,
          "blocked_by": [
            "reserve"
          ],
          "boost": null,
          "children": [],
          "created": null,
          "criteria": {
            "done": 0,
            "total": 0
          },
          "depends_on": [
            "reserve"
          ],
          "due": null,
          "evidence": [],
          "horizon": null,
          "id": "remind",
          "in_cycle": false,
          "inputs": {
            "effort": 2.5,
            "value": 1
          },
          "links": [],
          "mentioned_by": [],
          "milestone": null,
          "missing": [],
          "more_fields": {},
          "order": null,
          "outcomes": [],
          "owners": [],
          "parent": null,
          "path": "plan/items/remind.md",
          "priority": null,
          "rank": 3,
          "readiness": "blocked",
          "ready": false,
          "relates": [],
          "score": 0.4,
          "score_inputs": "1 ÷ 2.5",
          "see_also": [],
          "shadowed_by": null,
          "start": null,
          "state": "idea",
          "status": "idea",
          "summary": null,
          "superseded_by": [],
          "supersedes": [],
          "tags": [
            "letters"
          ],
          "target": null,
          "tasks": {
            "done": 0,
            "total": 0
          },
          "team": null,
          "themes": [],
          "title": "Remind",
          "type": null,
          "unblocks": [],
          "unblocks_outside": [],
          "updated": null,
          "waiting_for": [],
          "waits_for": [],
          "why": "Own score 0.4 (1 ÷ 2.5); comes after Reserve a tool, which it depends on; its status is “idea”."
        }"#]]
    .assert_eq(&serde_json::to_string_pretty(&json["items"][2]).expect("JSON"));
}

#[test]
fn unknown_theme_is_a_mistake_of_the_command() {
    expect![[r#"
        --- stderr
        error: no theme of this plan is called `lendign`
          help: did you mean `lending`? `roadbook list themes` shows all themes
        --- exit code 2
    "#]]
    .assert_eq(&said(PLAN, &["list", "--theme", "lendign"]));
}

#[test]
fn show_tells_an_item() {
    expect![[r#"
        list  The list

          Status      planned, ready
          Rank        1 of 3
          Blocks      4 points of value in 2 items
          Theme       lending
          Owner       ana
          Score       8 = 8 ÷ 1
          File        plan/items/list.md

        Why this rank
          own score 8 (8 ÷ 1), and nothing is in its way

        Unblocks
          reserve  Reserve a tool  planned  rank 2

        Acceptance criteria: 1 of 2 met
          [x] All tools
          [ ] Their shelves
        --- stderr
        --- exit code 0
    "#]]
    .assert_eq(&said(PLAN, &["show", "list"]));
}

#[test]
fn show_tells_every_relation_that_json_has() {
    let project = Project::new(PLAN);
    project.write(
        "plan/items/whole.md",
        "---\ntitle: Whole\nstatus: planned\nsupersedes: shelves\nrelates: remind\n---\n",
    );
    project.write("plan/items/part.md", "---\ntitle: Part\nstatus: planned\nparent: whole\nsuperseded_by: list\n---\n");
    // What stands below the rank: all that follows from what others say.
    let relations = |id: &str| {
        let text = project.run(&["show", id]).text();
        let parts: Vec<&str> = text.trim_end_matches("--- stderr\n--- exit code 0\n").split("\n\n").collect();
        let is_own = |part: &&&str| part.starts_with("  Status") || part.starts_with("Why this rank");
        parts[1..].iter().filter(|part| !is_own(part)).copied().collect::<Vec<_>>().join("\n\n")
    };
    expect![[r#"
        Parts
          part  Part  planned

        Relates to
          remind  Remind  idea  rank 3

        Supersedes
          shelves  Shelves  done
    "#]]
    .assert_eq(&relations("whole"));
    expect![[r#"
        Part of
          whole  Whole  planned

        Superseded by
          list  The list  planned  rank 1
    "#]]
    .assert_eq(&relations("part"));
    expect![[r#"
        Superseded by
          whole  Whole  planned
    "#]]
    .assert_eq(&relations("shelves"));
    for name in ["whole", "part", "shelves", "list"] {
        let text = project.run(&["show", name]).out();
        let json = project.json(&["show", name, "--format", "json"]);
        for neighbour in json["neighbours"].as_array().expect("neighbours") {
            let line = format!("\n  {}", neighbour["id"].as_str().expect("an id"));
            assert!(text.contains(&line), "{name} does not tell of {}: {text}", neighbour["id"]);
        }
    }
}

#[test]
fn show_tells_a_theme() {
    expect![[r#"
        lending  Lending

          Status      planned
          Progress    0 of 2 items done, 0 in progress, 1 ready, 1 blocked, 0 undecided
          File        plan/themes/lending.md

        Items
          list     The list        planned  rank 1
          reserve  Reserve a tool  planned  rank 2
        --- stderr
        --- exit code 0
    "#]]
    .assert_eq(&said(PLAN, &["show", "plan/themes/lending.md"]));
}

#[test]
fn show_for_programs() {
    let project = Project::new(PLAN);
    let json = project.json(&["show", "reserve", "--format", "json"]);
    assert_eq!(json["kind"], "item");
    assert_eq!(json["item"]["id"], "reserve");
    assert_eq!(json["item"]["depends_on"], serde_json::json!(["list"]));
    assert_eq!(json["item"]["unblocks"], serde_json::json!(["remind"]));
    assert_eq!(json["item"]["inputs"]["value"], 3);
    let neighbour = |id: &str, title: &str, state: &str, rank: u32| serde_json::json!({"id": id, "title": title, "state": state, "status": state, "rank": rank});
    let neighbours = [neighbour("list", "The list", "planned", 1), neighbour("remind", "Remind", "idea", 3)];
    assert_eq!(json["neighbours"], Value::from(neighbours.to_vec()));
    let json = project.json(&["show", "list", "--format", "json"]);
    assert_eq!(json["item"]["criteria"], serde_json::json!({"done": 1, "total": 2}));
    let json = project.json(&["show", "lending", "--format", "json"]);
    assert_eq!((&json["kind"], &json["theme"]["title"]), (&Value::from("theme"), &Value::from("Lending")));
    assert_eq!(ids(&json), ["list", "reserve"]);
}

#[test]
fn why_gives_the_sentence_and_what_is_behind_it() {
    expect![[r#"
        reserve  Reserve a tool  2 of 3
          own score 1.5 (3 ÷ 2); comes after “The list”, which it depends on

        Own score
          1.5 = 3 ÷ 2  (value ÷ effort)

        Depends on
          list  The list  planned  rank 1

        Unblocks
          remind  Remind  idea  rank 3
        --- stderr
        --- exit code 0
    "#]]
    .assert_eq(&said(PLAN, &["why", "RESERVE"]));
}

#[test]
fn why_for_programs() {
    let json = Project::new(PLAN).json(&["why", "reserve", "--format", "json"]);
    assert_eq!(
        (&json["kind"], &json["item"]["id"], &json["item"]["rank"]),
        (&Value::from("why"), &Value::from("reserve"), &Value::from(2))
    );
    assert_eq!((&json["item"]["score"], &json["item"]["score_inputs"]), (&Value::from(1.5), &Value::from("3 ÷ 2")));
    assert_eq!((&json["ranked"], &json["formula"]), (&Value::from(3), &Value::from("value ÷ effort")));
    assert_eq!(json["item"]["depends_on"], serde_json::json!(["list"]));
    assert_eq!(
        json["neighbours"][0],
        serde_json::json!({"id": "list", "title": "The list", "state": "planned", "status": "planned", "rank": 1})
    );
    assert_eq!(json["item"]["boost"], Value::Null);
}

#[test]
fn unknown_id_is_a_mistake_of_the_command() {
    expect![[r#"
        --- stderr
        error: no item of this plan is called `reserv`
          help: did you mean `reserve`?
        --- exit code 2
    "#]]
    .assert_eq(&said(PLAN, &["why", "reserv"]));
    expect![[r#"
        --- stderr
        error: nothing in this plan is called `entirely-else`
          help: `roadbook list --all` shows the ids of all items
        --- exit code 2
    "#]]
    .assert_eq(&said(PLAN, &["show", "entirely-else"]));
    expect![[r#"
        --- stderr
        error: `lending` is a theme, not an item
          help: `roadbook show lending` tells about it
        --- exit code 2
    "#]]
    .assert_eq(&said(PLAN, &["why", "lending"]));
}

#[test]
fn next_tells_what_to_start() {
    expect![[r#"
           1  list  The list  ana
              own score 8 (8 ÷ 1), and nothing is in its way
        --- stderr
        --- exit code 0
    "#]]
    .assert_eq(&said(PLAN, &["next"]));
}

#[test]
fn next_puts_unowned_items_first_and_an_owners_own_before_them() {
    let project = Project::new(PLAN);
    project.write("plan/items/free.md", "---\nstatus: planned\nvalue: 1\neffort: 9\n---\n");
    project.write("plan/items/bens.md", "---\nstatus: planned\nvalue: 9\neffort: 1\nowner: ben\n---\n");
    let next = |arguments: &[&str]| ids(&project.json(&[&["next", "--format", "json"], arguments].concat())).join(" ");
    assert_eq!(next(&[]), "free bens list");
    assert_eq!(next(&["--owner", "Ana"]), "list free");
    assert_eq!(next(&["--count", "1"]), "free");
}

#[test]
fn next_says_once_why_a_later_rank_stands_first() {
    let project = Project::new(PLAN);
    project.write("plan/items/free.md", "---\nstatus: planned\nvalue: 1\neffort: 9\n---\n");
    project.write("plan/items/freer.md", "---\nstatus: planned\nvalue: 1\neffort: 10\n---\n");
    project.write("plan/items/first.md", "---\nstatus: planned\nvalue: 90\neffort: 1\n---\n");
    let said = |arguments: &[&str]| project.run(&[&["next"], arguments].concat());
    // The first is in its place, and the last needs no word: the one between them has said it.
    expect![[r#"
           1  first  First
              own score 90 (90 ÷ 1), and nothing is in its way

           5  free  Free
              own score 0.11 (1 ÷ 9), and nothing is in its way
              nobody owns it, so it stands before “The list” (rank 2)

           6  freer  Freer
              own score 0.1 (1 ÷ 10), and nothing is in its way

           2  list  The list  ana
              own score 8 (8 ÷ 1), and nothing is in its way
        --- stderr
        --- exit code 0
    "#]]
    .assert_eq(&said(&[]).text());
    // Where it is the order there is nothing to say, and in JSON there is no sentence.
    for arguments in [&["--owner", "ana", "--count", "1"][..], &["--count", "1"], &["--format", "json"]] {
        assert!(!said(arguments).out().contains("so it stands before"), "{}", said(arguments).out());
    }
    project.write("plan/items/mine.md", "---\nstatus: planned\nowner: ben\n---\n");
    expect![[r#"
           –  mine  Mine  ben
              unscored: no value and no effort, and nothing with a score waits for it
              Ben owns it, so it stands before “First” (rank 1)

           1  first  First
              own score 90 (90 ÷ 1), and nothing is in its way
        --- stderr
        --- exit code 0
    "#]]
    .assert_eq(&said(&["--owner", "@Ben", "--count", "2"]).text());
    for name in ["free", "freer", "first"] {
        fs::remove_file(project.path().join(format!("plan/items/{name}.md"))).expect("the item");
    }
    assert_eq!(said(&["--owner", "cleo"]).err(), "nothing is ready for cleo: 2 items are ready, owned by others\n");
    fs::remove_file(project.path().join("plan/items/mine.md")).expect("the item");
    assert_eq!(said(&["--owner", "cleo"]).err(), "nothing is ready for cleo: 1 item is ready, owned by others\n");
    assert_eq!(said(&["--owner", "cleo", "--quiet"]).text(), "--- stderr\n--- exit code 0\n");
    assert_eq!(said(&["--count", "0"]).err(), "", "nothing was asked for, and something is ready");
}

#[test]
fn another_framework_is_asked_without_changing_the_plan() {
    let project = Project::new(PLAN);
    project
        .write("plan/items/reserve.md", "---\nstatus: planned\nreach: 9\nimpact: 2\nconfidence: 50%\neffort: 3\n---\n");
    expect![[r#"
        #  Id       Title     Status         Owner  Score  Theme
        1  reserve  Reserve   ready                  3.00
           remind   Remind    blocked, idea
           list     The list  ready          ana           lending
        --- stderr
        scored by rice: reach × impact × confidence ÷ effort; 1 of 3 open items scored
        --- exit code 0
    "#]]
    .assert_eq(&project.run(&["list", "--scoring", "rice"]).text());
    let asked = |command: &[&str]| project.json(&[command, &["--format", "json"]].concat());
    let with = |command: &[&str]| asked(&[command, &["--scoring", "rice"]].concat());
    assert_eq!((&asked(&["list"])["scoring"], &with(&["list"])["scoring"]), (&"value-effort".into(), &"rice".into()));
    assert_eq!(ids(&with(&["next"])), ["reserve", "list"]);
    let why = with(&["why", "reserve"]);
    assert_eq!((&why["scoring"], &why["item"]["score"], &why["item"]["rank"]), (&"rice".into(), &3.into(), &1.into()));
    let shown = with(&["show", "reserve"]);
    assert_eq!((&shown["scoring"], &shown["item"]["inputs"]["confidence"]), (&"rice".into(), &0.5.into()));
    expect![[r#"
            --- stderr
            error: this plan does not say what counts in weighted scoring
              help: write it to roadbook.yml, such as `weights: {value: 3, effort: -1}`
            --- exit code 2
        "#]]
    .assert_eq(&said(PLAN, &["why", "list", "--scoring", "weighted"]));
}

#[test]
fn next_takes_what_fits_and_says_what_was_left() {
    let project = Project::new(PLAN);
    for (name, fields) in [
        ("large", "value: 50\neffort: 8"),
        ("small", "value: 2\neffort: 1.5"),
        ("vague", "value: 1"),
        ("doing", "status: doing\nvalue: 1\neffort: 4"),
    ] {
        project.write(
            &format!("plan/items/{name}.md"),
            &format!("---\nstatus: planned\n{fields}\n---\n").replace("planned\nstatus: ", ""),
        );
    }
    expect![[r#"
           5  small  Small
              own score 1.33 (2 ÷ 1.5), and nothing is in its way
              nobody owns it, so it stands before “The list” (rank 2)

           2  list  The list  ana
              own score 8 (8 ÷ 1), and nothing is in its way
        --- stderr
        2 items fit into 3 points of effort: 2.5 taken, 0.5 free
          left  large: takes 8, and 3 was left
          left  vague: says no effort, so nobody knows whether it fits
        --- exit code 0
    "#]]
    .assert_eq(&project.run(&["next", "--capacity", "3"]).text());
    let json = |arguments: &[&str]| project.json(&[&["next", "--format", "json"], arguments].concat());
    let fit = json(&["--capacity", "2.5"]);
    assert_eq!(ids(&fit), ["small", "list"]);
    assert_eq!(
        fit["fit"],
        serde_json::json!({"capacity": 2.5, "in_progress": 0, "used": 2.5, "free": 0, "left": [
            {"id": "large", "effort": 8, "reason": "too-large"},
            {"id": "vague", "effort": null, "reason": "no-effort"},
        ]})
    );
    let fit = json(&["--capacity", "100", "--count", "1"]);
    assert_eq!((ids(&fit), &fit["fit"]["left"][0]["reason"]), (vec!["large"], &"enough".into()));
    // What the configuration says hides nothing until it is asked for, and what is in progress takes from it.
    project.write("roadbook.yml", "title: Shed\ncapacity: 6\n");
    assert_eq!((ids(&json(&[])), &json(&[])["fit"]), (vec!["large", "small", "vague", "list"], &Value::Null));
    let fit = json(&["--fits"]);
    assert_eq!((ids(&fit), &fit["fit"]["in_progress"], &fit["fit"]["free"]), (vec!["small"], &4.into(), &0.5.into()));
    assert_eq!(project.run(&["next", "--fits", "--capacity", "3"]).code(), 2);
    assert_eq!(project.run(&["next", "--capacity", "-3"]).code(), 2);
    expect![[r#"
            --- stderr
            error: this plan does not say its `capacity`
              help: give it on the command line, such as `--capacity 13`, or write `capacity: 13` to roadbook.yml
            --- exit code 2
        "#]]
    .assert_eq(&said(PLAN, &["next", "--fits"]));
}

#[test]
fn next_says_why_there_is_nothing() {
    expect![[r#"
        --- stderr
        nothing is ready to start: 0 blocked, 0 in progress, 1 undecided (ideas, paused work)
          a: its status is “idea”
        --- exit code 0
    "#]]
    .assert_eq(&said(
        "
//- roadbook.yml
//- plan/items/a.md
---
status: idea
value: 1
effort: 1
---
",
        &["next"],
    ));
}

const FAULTY: &str = "
//- roadbook.yml
//- plan/items/a.md
---
status: planned
depends_on: [b]
value: 1
effort: 1
---
//- plan/items/b.md
---
status: half baked
depends_on: [a, c]
value: 1
effort: 1
---
";

#[test]
fn check_reports_everything_and_counts_it() {
    expect![[r#"
        error[dependency-cycle]: these items wait for each other: `a` → `b` → `a`
         --> plan/items/a.md:3:14
          |
        3 | depends_on: [b]
          |              ^ `a` waits for `b`
          |
         ::: plan/items/b.md:3:14
          |
        3 | depends_on: [a, c]
          |              - `b` waits for `a`
          |
          = help: drop one of these dependencies: none of the items can be ready while the cycle is closed

        warning[unknown-status]: `half baked` has no state mapping
         --> plan/items/b.md:2:9
          |
        2 | status: half baked
          |         ^^^^^^^^^^ shown as it is, state `unknown`
          |
          = help: say what it means in roadbook.yml: `states: {"half baked": planned}` (idea, planned, active, done, dropped, paused)

        warning[unknown-dependency]: `depends_on` names `c`, and no item has that id
         --> plan/items/b.md:3:17
          |
        3 | depends_on: [a, c]
          |                 ^
          |
          = help: write the id of an item, or drop the line

        --- stderr
          1 error[dependency-cycle]
          1 warning[unknown-dependency]
          1 warning[unknown-status]
        1 error and 2 warnings in 2 files
        --- exit code 1
    "#]].assert_eq(&said(FAULTY,&["check"]));
}

#[test]
fn check_in_one_line_each() {
    expect![[r#"
        plan/items/a.md:3:14: error[dependency-cycle]: these items wait for each other: `a` → `b` → `a`
        --- stderr
        --- exit code 1
    "#]]
    .assert_eq(&said(FAULTY, &["check", "--format", "short", "--quiet"]));
}

#[test]
fn check_is_harder_when_strict() {
    let ran = Project::new(FAULTY).run(&["check", "--strict", "--format", "short"]);
    assert_eq!((ran.code(), ran.err().as_str()), (1, "3 errors in 2 files\n"), "{}", ran.out());
}

#[test]
fn check_for_programs_and_workflows() {
    let project = Project::new(FAULTY);
    let ran = project.run(&["check", "--format", "json"]);
    let json: Value = serde_json::from_str(&ran.out()).expect("JSON on stdout");
    assert_eq!((ran.code(), &json["kind"]), (1, &Value::from("diagnostics")));
    assert_eq!(json["diagnostics"].as_array().map(Vec::len), Some(3));
    assert_eq!(json["diagnostics"][0]["path"], "plan/items/a.md");
    let ran = project.run(&["check", "--format", "github"]);
    assert!(ran.out().starts_with("::error file=plan/items/a.md,line=3,"), "{}", ran.out());
}

/// As a step of a workflow, with the project in a folder of the repository.
fn run_as_step(project: &Project, arguments: &[&str]) -> (Ran, String, String) {
    let mut command = project.command(arguments);
    command.env("GITHUB_WORKSPACE", project.path());
    for name in ["OUTPUT", "STEP_SUMMARY"] {
        project.write(name, "before\n");
        command.env(format!("GITHUB_{name}"), project.path().join(name));
    }
    for (name, value) in [("SERVER_URL", "https://github.com"), ("REPOSITORY", "ana/shop"), ("SHA", "abc123")] {
        command.env(format!("GITHUB_{name}"), value);
    }
    let ran = Ran(command.output().expect("the binary runs"));
    (ran, project.read("OUTPUT"), project.read("STEP_SUMMARY"))
}

#[test]
fn a_workflow_is_told_where_in_the_repository() {
    let inside: Vec<String> = FAULTY.lines().map(|line| line.replace("//- ", "//- docs/the plan/")).collect();
    let project = Project::new(&inside.join("\n"));
    let (ran, output, summary) = run_as_step(&project, &["check", "docs/the plan", "--format", "github"]);
    assert_eq!(ran.code(), 1);
    assert!(ran.out().starts_with("::error file=docs/the plan/plan/items/a.md,line=3,"), "{}", ran.out());
    assert_eq!(output, "before\nitems=2\nerrors=1\n");
    assert!(summary.starts_with("before\n## Roadbook: 1 error, "), "{summary}");
    let link = "(https://github.com/ana/shop/blob/abc123/docs/the%20plan/plan/items/a.md?plain=1#L3)";
    assert!(summary.contains(link), "{summary}");
    // The summary has all of it, however quiet.
    let (_, _, again) = run_as_step(&project, &["check", "docs/the plan", "--format", "github", "--quiet"]);
    assert_eq!(again, summary);
    // Other formats are for somebody else.
    let (_, output, summary) = run_as_step(&project, &["check", "docs/the plan", "--format", "short"]);
    assert_eq!((output.as_str(), summary.as_str()), ("before\n", "before\n"));
}

#[test]
fn a_workflow_is_told_where_the_site_is() {
    let project = Project::new(PLAN);
    let (ran, output, summary) = run_as_step(&project, &["build", "--format", "github", "-d", "out"]);
    assert_eq!(ran.code(), 0, "{}", ran.text());
    let site = std::path::absolute(project.path().join("out")).expect("a path");
    assert!(output.ends_with(&format!("\nerrors=0\nsite={}\n", site.display())), "{output}");
    assert!(project.has("out/index.html") && summary.starts_with("before\n## Roadbook: "), "{summary}");
    // Where nothing was published there is no site to upload.
    let project = Project::new(FAULTY);
    let (ran, output, _) = run_as_step(&project, &["build", "--format", "github", "--strict"]);
    assert_eq!(ran.code(), 1, "{}", ran.text());
    assert!(output.contains("\nerrors=") && !output.contains("site="), "{output}");
}

#[test]
fn a_summary_that_cannot_be_written_is_named() {
    let project = Project::new(PLAN);
    let mut command = project.command(&["check", "--format", "github"]);
    command.env("GITHUB_STEP_SUMMARY", project.path());
    let ran = Ran(command.output().expect("the binary runs"));
    assert_eq!(ran.code(), 2);
    assert!(ran.err().starts_with("error: cannot write `"), "{}", ran.err());
}

#[test]
fn check_of_a_good_plan() {
    expect![[r#"
        --- stderr
        no problems in 6 files
        --- exit code 0
    "#]]
    .assert_eq(&said(PLAN, &["check"]));
}

#[test]
fn a_question_to_a_faulty_plan_is_answered_with_a_word_of_caution() {
    let ran = Project::new(FAULTY).run(&["list"]);
    assert_eq!(ran.code(), 0);
    assert_eq!(ran.err(), "this plan has 1 error, so the answer may be wrong: `roadbook check` shows them\n");
}

/// What is handed on is judged, and what is asked is answered; neither gives the public what a build would not.
#[test]
fn what_is_handed_on_fails_on_errors_and_an_answer_does_not() {
    let project = Project::new(PLAN);
    project.write("plan/items/odd.md", "---\ntitle: Odd\nstatus: planned\nvisibility: intrenal\n---\n");
    let caution = "this plan has 1 error, so the answer may be wrong: `roadbook check` shows them\n";
    for (arguments, code) in [
        (&["build", "--format", "short"][..], 1),
        (&["check", "--format", "short"], 1),
        (&["export"], 1),
        (&["export", "--audience", "internal"], 1),
        (&["export", "--format", "csv", "-o", "backlog.csv"], 1),
        (&["list"], 0),
        (&["list", "--audience", "public"], 0),
        (&["list", "themes"], 0),
        (&["show", "list"], 0),
        (&["why", "list"], 0),
        (&["next"], 0),
        (&["graph"], 0),
    ] {
        let ran = project.run(arguments);
        assert_eq!(ran.code(), code, "{arguments:?}: {}", ran.text());
        assert!(
            ["build", "check"].contains(&arguments[0]) || ran.err().starts_with(caution),
            "{arguments:?}: {}",
            ran.err()
        );
        let is_public = arguments[0] == "export" && arguments.len() < 3 || arguments.contains(&"public");
        assert_eq!(is_public, is_public && !ran.out().contains("Odd"), "{arguments:?}: {}", ran.out());
    }
    assert!(project.read("backlog.csv").contains("Reserve a tool") && !project.read("backlog.csv").contains("Odd"));
}

#[test]
fn build_publishes_what_is_right_and_fails_on_errors() {
    let project = Project::new(FAULTY);
    let ran = project.run(&["build", "--format", "short"]);
    expect![[r#"
        --- stderr
        plan/items/a.md:3:14: error[dependency-cycle]: these items wait for each other: `a` → `b` → `a`
        plan/items/b.md:3:17: warning[unknown-dependency]: `depends_on` names `c`, and no item has that id
        warning[unknown-status]: without a state mapping: `half baked` (1); say what they mean under `states` in roadbook.yml
        Built 2 items, 0 themes and 7 pages into _site in ? ms (1 error and 2 warnings)
        --- exit code 1
    "#]]
    .assert_eq(&ran.text());
    assert!(project.has("_site/items/a.html") && project.has("_site/items/b.html"));
}

#[test]
fn a_public_site_that_gives_something_away_is_not_published() {
    let project = Project::new(
        "//- plan/items/secret.md\n---\ntitle: S\nvisibility: internal\n---\n//- plan/items/a.md\n---\ntitle: A\nrelates: secret\n---\n",
    );
    let ran = project.run(&["build", "--format", "short"]);
    expect![[r#"
        --- stderr
        plan/items/a.md:3:10: error[internal-reference]: `relates` names `secret`, which is internal
        plan/items/a.md:3:10: warning[unknown-reference]: `relates` names `secret`, and no item has that id
        Nothing published (1 error and 1 warning): a public file names something internal
        --- exit code 1
    "#]]
    .assert_eq(&ran.text());
    assert!(!project.has("_site"));
    let ran = project.run(&["build", "--format", "short", "--audience", "internal"]);
    expect![[r#"
        --- stderr
        plan/items/a.md:3:10: error[internal-reference]: `relates` names `secret`, which is internal
        Built 2 items, 0 themes and 10 pages into _site in ? ms (1 error)
        --- exit code 1
    "#]]
    .assert_eq(&ran.text());
    assert!(project.has("_site/items/secret.html"), "the team may see it");
}

#[test]
fn build_publishes_nothing_when_strict_and_wrong() {
    let project = Project::new(FAULTY);
    let ran = project.run(&["build", "--strict", "--format", "short"]);
    expect![[r#"
        --- stderr
        plan/items/a.md:3:14: error[dependency-cycle]: these items wait for each other: `a` → `b` → `a`
        plan/items/b.md:2:9: error[unknown-status]: `half baked` has no state mapping
        plan/items/b.md:3:17: error[unknown-dependency]: `depends_on` names `c`, and no item has that id
        Nothing published (3 errors): the plan has errors, and `--strict` allows none
        --- exit code 1
    "#]]
    .assert_eq(&ran.text());
    assert!(!project.has("_site"));
}

#[test]
fn build_publishes_nothing_where_it_is_not_told_how() {
    let project = Project::new(PLAN);
    project.write("roadbook.yml", "titel: Shed\n");
    let ran = project.run(&["build", "--format", "short"]);
    assert_eq!((ran.code(), project.has("_site")), (1, false), "{}", ran.err());
    assert!(ran.err().starts_with("roadbook.yml:1:1: error[invalid-configuration]: "), "{}", ran.err());
    assert!(
        ran.err().ends_with(
            "Nothing published (1 error): the configuration has a mistake, so nobody knows what is internal\n"
        ),
        "{}",
        ran.err()
    );

    let project = Project::new(PLAN);
    project.write("templates/item.html", "{% if %}\n");
    let ran = project.run(&["build", "--format", "short"]);
    assert_eq!((ran.code(), project.has("_site")), (1, false), "{}", ran.err());
    assert!(ran.err().starts_with("templates/item.html:1:"), "{}", ran.err());
}

#[test]
fn build_shows_twenty_warnings_and_points_to_the_rest() {
    let project = Project::new("//- roadbook.yml\n");
    for at in 0..23 {
        project.write(&format!("plan/items/i{at}.md"), &format!("---\nstatus: planned\ntarget: soon {at}\n---\n"));
    }
    for (at, status) in ["odd", "odd", "even"].iter().enumerate() {
        project.write(&format!("plan/items/s{at}.md"), &format!("---\nstatus: \"{status}\"\n---\n"));
    }
    let ran = project.run(&["build"]);
    assert_eq!(ran.err().matches("warning[unreadable-date]: ").count(), 20);
    let end = ran.text().lines().rev().take(6).map(str::to_owned).collect::<Vec<_>>();
    let end: String = end.into_iter().rev().map(|line| line + "\n").collect();
    expect![[r#"
        warning[unknown-status]: without a state mapping: `odd` (2), `even` (1); say what they mean under `states` in roadbook.yml
        … and 3 more warnings: `roadbook check` lists them
          23 warning[unreadable-date]
           3 warning[unknown-status]
        Built 26 items, 0 themes and 31 pages into _site in ? ms (26 warnings)
        --- exit code 0
    "#]].assert_eq(&end);
    assert_eq!(project.run(&["build", "--quiet"]).text(), "--- stderr\n--- exit code 0\n");
}

#[test]
fn build_takes_its_folders_from_the_command() {
    let project = Project::new(PLAN);
    project.write("outer/inner/here.txt", "");
    let inner = ["-C", "outer/inner", "build", "-d", "site", "--threads", "2", "--today", "2026-11-30"];
    let ran = project.run(&[&inner[..], &["--base-url", "https://example.org/x"]].concat());
    assert_eq!(ran.code(), 0, "{}", ran.err());
    assert!(project.has("outer/inner/site/items/list.html"));
    assert!(project.read("outer/inner/site/sitemap.xml").contains("https://example.org/x/items/list.html"));
    assert_eq!(project.run(&["build", "nowhere"]).err(), "error: there is no folder `nowhere`\n");
    assert_eq!(project.run(&["build", "--today", "2026-02-30"]).code(), 2);
}

#[test]
fn build_says_how_long_each_stage_took() {
    let err = Project::new(PLAN).run(&["build", "--verbose"]).err();
    let stages: Vec<&str> = err.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(stages, ["discover", "parse", "plan", "visibility", "resolve", "site", "publish", "Built"]);
}

#[test]
fn build_says_what_is_meant_by_an_output() {
    for (arguments, act) in [
        (&["-o", "out"][..], "say where the site goes by `-d`: `roadbook build -d out`"),
        (&["--output=out"], "say where the site goes by `-d`: `roadbook build -d out`"),
        (&["-o"], "`-d DEST` says where the site goes, and `--open` opens it in a browser"),
    ] {
        let project = Project::new(PLAN);
        let ran = project.run(&[&["build"], arguments].concat());
        let wanted =
            format!("--- stderr\nerror: `build` has no option `-o` or `--output`\n  help: {act}\n--- exit code 2\n");
        assert_eq!(ran.text(), wanted);
        assert!(!project.has("_site") && !project.has("out"));
    }
}

/// The days of two time zones that are 26 hours apart are never the same.
#[test]
fn today_is_the_day_where_one_is() {
    let project = Project::new("//- roadbook.yml\n");
    let (here, _) = Date::today().days();
    for day in here - 3..=here + 3 {
        let day = Date::numbered(day).expect("a day");
        project.write(&format!("plan/items/d{day}.md"), &format!("---\nstatus: planned\ndue: {day}\n---\n"));
    }
    let overdue = |zone: &str| {
        let mut command = project.command(&["check", "--format", "short"]);
        let ran = Ran(command.env("TZ", zone).output().expect("the binary runs"));
        ran.out().lines().filter(|line| line.contains("[overdue-item]")).count()
    };
    let (west, east) = (overdue("<-12>12"), overdue("<+14>-14"));
    assert!((1..=5).contains(&west) && west < east, "{west} are overdue in the west, {east} in the east");
    assert!((west..=east).contains(&overdue("")), "no zone is UTC");
}

#[test]
fn build_opens_no_browser_where_there_is_none() {
    let ran = Project::new(PLAN).run(&["build", "--open"]);
    assert_eq!(ran.code(), 0);
    if cfg!(target_os = "linux") {
        assert!(ran.err().contains("found no browser to open; the site is at /"), "{}", ran.err());
    }
}

#[test]
fn build_refuses_a_folder_that_is_not_its_own() {
    let project = Project::new(PLAN);
    project.write("photos/cat.jpg", "a cat");
    let ran = project.run(&["build", "-d", "photos"]);
    assert_eq!((ran.code(), ran.out().as_str()), (2, ""));
    assert!(ran.err().starts_with("error: refusing to touch `"), "{}", ran.err());
    assert_eq!(project.read("photos/cat.jpg"), "a cat");
    assert!(!project.has("photos/index.html"));
}

#[test]
fn build_makes_one_file() {
    let project = Project::new(PLAN);
    let ran = project.run(&["build", "--single-file"]);
    assert_eq!(ran.code(), 0, "{}", ran.err());
    let said = ran.err();
    assert!(said.contains("Built 4 items, 1 theme and 1") && said.contains(" pages into _site.html ("), "{said}");
    let file = project.read("_site.html");
    assert!(
        file.starts_with("<!DOCTYPE html>\n<!-- roadbook")
            && file.contains("id=\"items/list.html\"")
            && !project.has("_site")
    );
    let again = project.run(&["build", "--single-file", "--threads", "1", "-d", "out/shed.html"]);
    assert_eq!((again.code(), project.read("out/shed.html")), (0, file.clone()), "{}", again.err());

    project.write("theirs.html", "mine");
    for (dest, words) in [
        ("theirs.html", "Roadbook did not make it"),
        ("out", "does not end in `.html`"),
        ("plan/shed.html", "among the project's sources"),
    ] {
        let ran = project.run(&["build", "--single-file", "-d", dest]);
        assert_eq!(ran.code(), 2, "{dest}");
        assert!(ran.err().starts_with("error: refusing to touch") && ran.err().contains(words), "{}", ran.err());
    }
    assert_eq!(project.read("theirs.html"), "mine");
    // A plan around an ordinary site sees nothing of it.
    assert_eq!(project.run(&["build"]).code(), 0);
    assert!(!project.has("_site/_site.html"));
}

#[test]
fn one_file_is_held_back_like_a_site() {
    let project = Project::new(PLAN);
    assert_eq!(project.run(&["build", "--single-file"]).code(), 0);
    let old = project.read("_site.html");
    let held_back = |what: &str, arguments: &[&str]| {
        let ran = project.run(&[&["build", "--single-file"], arguments].concat());
        assert_eq!(ran.code(), 1, "{what}: {}", ran.err());
        assert!(ran.err().contains("_site.html stays as it was"), "{what}: {}", ran.err());
        assert_eq!(project.read("_site.html"), old, "{what}");
    };
    project.write("templates/item.html", "{{ nothing.here }}");
    held_back("a template that is wrong", &[]);
    fs::remove_file(project.path().join("templates/item.html")).expect("the template");
    project.write("plan/items/broken.md", "---\ndepends_on: [nowhere-at-all]\n---\n# Broken\n");
    held_back("a plan that is wrong, strictly", &["--strict"]);
    project.write("plan/items/broken.md", "---\nvisibility: internal\n---\n# Quietly\n");
    project.write("plan/items/tells.md", "# Tells\nSee [it](broken.md).\n");
    held_back("a public plan that gives something away", &[]);
    let ran = project.run(&["build", "--single-file", "--audience", "internal"]);
    assert!(project.read("_site.html").contains("Quietly"), "{}", ran.err());
    fs::remove_file(project.path().join("plan/items/tells.md")).expect("the item");
    fs::remove_file(project.path().join("plan/items/broken.md")).expect("the item");
    assert_eq!(project.run(&["build", "--single-file"]).code(), 0);
    assert_eq!(project.read("_site.html"), old, "a public file after an internal one");
}

#[test]
fn clean_removes_the_site_alone() {
    let project = Project::new(PLAN);
    assert_eq!(project.run(&["clean"]).err(), "nothing to remove in _site\n");
    assert_eq!(project.run(&["build"]).code(), 0);
    assert_eq!(project.run(&["clean"]).code(), 0);
    assert!(!project.has("_site") && project.has("plan/items/list.md"));
    assert_eq!(project.run(&["clean", "-d", "plan"]).code(), 2);
    assert!(project.has("plan/items/list.md"));
}

#[test]
fn new_makes_a_file_that_reads_as_it_was_meant() {
    let project = Project::new(PLAN);
    let ran = project.run(&[
        "new",
        "item",
        "Sort: by @shelf # first",
        "--theme",
        "LENDING",
        "--depends-on",
        "list",
        "--depends-on",
        "plan/items/reserve.md",
        "--value",
        "0.5",
        "--effort",
        "M",
    ]);
    expect![[r#"
        plan/items/sort-by-shelf-first.md
        --- stderr
        --- exit code 0
    "#]]
    .assert_eq(&ran.text());
    expect![[r#"
        ---
        title: 'Sort: by @shelf # first'
        status: idea
        # type:
        theme: lending
        # horizon: # Now, Next or Later
        # owner:
        value: 0.5
        effort: M
        depends_on:
        - list
        - reserve
        # target:
        # tags:
        ---

        ## Acceptance criteria
    "#]]
    .assert_eq(&project.read("plan/items/sort-by-shelf-first.md"));
    assert_eq!(project.run(&["check"]).text(), "--- stderr\nno problems in 7 files\n--- exit code 0\n");
    let json = project.json(&["show", "sort-by-shelf-first", "--format", "json"]);
    assert_eq!(json["item"]["title"], "Sort: by @shelf # first");
    assert_eq!(json["item"]["inputs"]["value"], 0.5);
    assert_eq!(json["item"]["inputs"]["effort"], 3);
    assert_eq!(json["item"]["blocked_by"], serde_json::json!(["list", "reserve"]));
}

#[test]
fn new_has_every_common_field_to_fill_in_or_to_give() {
    let project = Project::new(PLAN);
    let all = [
        "new",
        "item",
        "All of it",
        "--status",
        "approved",
        "--type",
        "bug",
        "--theme",
        "lending",
        "--horizon",
        "Next",
        "--owner",
        "ana",
        "--owner",
        "ben",
        "--priority",
        "high",
        "--value",
        "3",
        "--effort",
        "S",
        "--depends-on",
        "list",
        "--target",
        "2027-Q1",
        "--due",
        "2027-04-01",
        "--parent",
        "reserve",
        "--tag",
        "a",
        "--tag",
        "b: c",
    ];
    assert_eq!(project.run(&all).text(), "plan/items/all-of-it.md\n--- stderr\n--- exit code 0\n");
    expect![[r#"
        ---
        title: All of it
        status: approved
        type: bug
        theme: lending
        horizon: Next
        owner:
        - ana
        - ben
        value: 3
        effort: S
        priority: high
        depends_on:
        - list
        target: 2027-Q1
        due: 2027-04-01
        parent: reserve
        tags:
        - a
        - 'b: c'
        ---

        ## Acceptance criteria
    "#]]
    .assert_eq(&project.read("plan/items/all-of-it.md"));
    let item = &project.json(&["show", "all-of-it", "--format", "json"])["item"];
    for (key, value) in
        [("parent", "reserve"), ("target", "2027-Q1"), ("horizon", "Next"), ("type", "bug"), ("priority", "high")]
    {
        assert_eq!(item[key], value, "{key}");
    }
    assert_eq!(
        (&item["tags"], &item["owners"]),
        (&serde_json::json!(["a", "b: c"]), &serde_json::json!(["ana", "ben"]))
    );
    assert_eq!(project.run(&["new", "item", "Bad", "--due", "soon"]).code(), 2);
    // What is left to fill in is read when it is, and says nothing until then.
    assert_eq!(project.run(&["new", "item", "Bare"]).code(), 0);
    assert_eq!(project.run(&["check"]).text(), "--- stderr\nno problems in 8 files\n--- exit code 0\n");
    let bare = project.read("plan/items/bare.md");
    expect![[r#"
        ---
        title: Bare
        status: idea
        # type:
        # theme: # lending
        # horizon: # Now, Next or Later
        # owner:
        # value:
        # effort:
        # depends_on:
        # target:
        # tags:
        ---

        ## Acceptance criteria
    "#]]
    .assert_eq(&bare);
    let bare = bare.replace("# theme: # lending", "theme: lending").replace("# horizon: #", "horizon: Later #");
    project.write("plan/items/bare.md", &bare.replace("# owner:", "owner: ana"));
    let item = &project.json(&["show", "bare", "--format", "json"])["item"];
    assert_eq!(
        (&item["themes"][0], &item["horizon"], &item["owners"][0]),
        (&"lending".into(), &"Later".into(), &"ana".into())
    );
}

#[test]
fn new_items_have_the_numbers_that_the_plan_scores_by() {
    for (scoring, fields) in [
        ("value-effort", "value effort"),
        ("rice", "reach impact confidence effort"),
        ("wsjf", "value time_criticality risk_reduction effort"),
        ("ice", "impact confidence ease"),
        ("ice-mean", "impact confidence ease"),
        ("priority", "priority"),
        ("weighted\nweights: {strategic_fit: 2, effort: -1}", "strategic_fit effort"),
    ] {
        let project = Project::new(&format!("//- roadbook.yml\nscoring: {scoring}\n"));
        assert_eq!(project.run(&["new", "item", "A"]).code(), 0);
        let text = project.read("plan/items/a.md");
        let names: Vec<&str> =
            text.lines().filter_map(|line| line.strip_prefix("# ")?.split_once(':')).map(|(name, _)| name).collect();
        let begin = names.iter().position(|&name| name == "owner").expect("the owner") + 1;
        let end = names.iter().position(|&name| name == "depends_on").expect("what it waits for");
        let mut scored: Vec<&str> = names[begin..end].to_vec();
        let mut wanted: Vec<&str> = fields.split(' ').collect();
        scored.sort_unstable();
        wanted.sort_unstable();
        assert_eq!(scored, wanted, "{scoring}");
    }
}

#[test]
fn new_makes_one_vision() {
    let project = Project::new("//- roadbook.yml\n");
    assert_eq!(project.run(&["new", "vision", "Larder: all of it"]).out(), "plan/vision.md\n");
    assert!(project.read("plan/vision.md").starts_with("---\ntitle: 'Larder: all of it'\n# What will be different "));
    assert_eq!(project.run(&["check", "--strict"]).text().lines().next(), Some("--- stderr"));
    expect![[r#"
        --- stderr
        error: this plan has its vision in `plan/vision.md`
        --- exit code 2
    "#]]
    .assert_eq(&project.run(&["new", "vision", "Another"]).text());
}

#[test]
fn new_refuses_what_exists_and_what_nothing_answers_to() {
    let project = Project::new(PLAN);
    expect![[r#"
        --- stderr
        error: `reserve` is already the item in `plan/items/reserve.md`
          help: choose another title
        --- exit code 2
    "#]]
    .assert_eq(&project.run(&["new", "item", "Reserve!"]).text());
    expect![[r#"
        --- stderr
        error: no item of this plan is called `lits`
          help: did you mean `list`?
        --- exit code 2
    "#]]
    .assert_eq(&project.run(&["new", "item", "More", "--depends-on", "lits"]).text());
    assert!(!project.has("plan/items/more.md"));
    assert_eq!(project.run(&["new", "item", "?!"]).code(), 2);
    assert_eq!(project.run(&["new", "item", "More", "--value", "-1"]).code(), 2);
}

#[test]
fn new_follows_the_collections() {
    let project = Project::new(
        "//- roadbook.yml\ncollections:\n  - {kind: item, include: [\"rfc/*.md\"], id_prefix: \"RFC-\"}\n//- rfc/a.md\n# A\n",
    );
    assert_eq!(project.run(&["new", "item", "B side"]).out(), "rfc/b-side.md\n");
    assert_eq!(project.json(&["list", "--format", "json"])["items"][1]["id"], "RFC-b-side");
    assert_eq!(project.run(&["new", "item", "A"]).code(), 2);
    assert_eq!(project.run(&["new", "theme", "T"]).code(), 2);
    // The first collection that takes a path has it.
    let project = Project::new(
        "//- roadbook.yml\ncollections:\n  - {kind: page, include: docs/*.md}\n  - {kind: item, include: [docs/*.md, work/*.md]}\n//- docs/a.md\n# A\n",
    );
    assert_eq!(project.run(&["new", "item", "B side"]).out(), "work/b-side.md\n");
    let project = Project::new("//- plan/items/a.md\n---\nid: ÄB\naliases: [Old]\n---\n");
    for title in ["äb", "OLD", "a\u{308}b"] {
        assert_eq!(project.run(&["new", "item", title]).code(), 2, "{title}");
    }
    assert_eq!(project.run(&["new", "item", "Index"]).out(), "plan/items/index.md\n");
    assert!(project.read("plan/items/index.md").starts_with("---\ntitle: Index\nid: index\n"));
    assert_eq!(project.run(&["show", "index"]).code(), 0);
    let project = Project::new(PLAN);
    assert_eq!(project.run(&["new", "theme", "Coming back"]).out(), "plan/themes/coming-back.md\n");
    assert_eq!(project.run(&["new", "page", "How we decide"]).out(), "plan/pages/how-we-decide.md\n");
    assert_eq!(project.run(&["check"]).code(), 0);
}

/// What a link leads to is not read where that is elsewhere, so nothing new is written there.
#[cfg(unix)]
#[test]
fn new_writes_into_the_project_alone() {
    let (project, elsewhere) = (Project::new("//- plan/themes/t.md\n# T\n//- shared/x.txt\n"), Project::new(""));
    let link = |to: &Path| std::os::unix::fs::symlink(to, project.path().join("plan/items")).expect("a link");
    for to in [elsewhere.path(), Path::new("../.."), &elsewhere.path().join("nowhere")] {
        link(to);
        let ran = project.run(&["new", "item", "Out there"]);
        assert_eq!((ran.code(), ran.out().as_str()), (2, ""), "{to:?}");
        fs::remove_file(project.path().join("plan/items")).expect("the link");
    }
    assert!(!elsewhere.has("out-there.md"));
    link(Path::new("../shared"));
    assert_eq!(project.run(&["new", "item", "In here"]).out(), "plan/items/in-here.md\n");
    assert_eq!(project.run(&["show", "in-here"]).code(), 0);
}

#[test]
fn explain_knows_every_code() {
    let project = Project::new("");
    let all = project.run(&["explain"]);
    assert_eq!(all.code(), 0);
    for code in roadbook::diagnostic::CODES {
        assert!(all.out().contains(code.name()), "{code:?} is not listed");
        let one = project.run(&["explain", code.name()]);
        assert!(one.out().starts_with(&format!("{}: ", code.name())), "{}", one.out());
        assert!(one.out().contains(code.explanation().trim()), "{}", one.out());
    }
    assert_eq!(
        project.run(&["check", "--explain", "duplicate-id"]).out(),
        project.run(&["explain", "duplicate-id"]).out()
    );
    expect![[r#"
        --- stderr
        error: there is no diagnostic `dependency-cycl`
          help: did you mean `dependency-cycle`?
        --- exit code 2
    "#]]
    .assert_eq(&project.run(&["explain", "dependency-cycl"]).text());
}

#[test]
fn completions_know_the_commands() {
    let project = Project::new("");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = project.run(&["completions", shell]);
        assert!(ran.code() == 0 && ran.out().contains("github-pages"), "{shell}");
    }
}

#[test]
fn a_graph_goes_to_stdout_or_into_a_file() {
    let project = Project::new(PLAN);
    let ran = project.run(&["graph"]);
    assert_eq!((ran.code(), ran.err().as_str()), (0, ""));
    assert!(ran.out().starts_with("digraph \"Shed\" {\n") && ran.out().contains("  \"list\" -> \"reserve\";\n"));
    let into = project.run(&["graph", "--output", "plan.dot"]);
    assert_eq!((into.code(), into.out().as_str(), into.err().as_str()), (0, "", ""));
    assert_eq!(project.read("plan.dot"), ran.out());
    let mermaid = project.run(&["graph", "--format", "mermaid", "--by", "theme"]).out();
    assert!(mermaid.starts_with("flowchart LR\n") && mermaid.contains("subgraph t1[\"Lending\"]"), "{mermaid}");
    let nowhere = project.run(&["graph", "-o", "no/such/folder/plan.dot"]);
    assert!(
        nowhere.code() == 2 && nowhere.err().contains("cannot write `no/such/folder/plan.dot`: "),
        "{}",
        nowhere.text()
    );
}

#[test]
fn a_graph_is_of_an_item_a_theme_or_everything() {
    let project = Project::new(PLAN);
    let ids = |arguments: &[&str]| -> Vec<String> {
        let value = project.json(&[&["graph", "--format", "json"], arguments].concat());
        let nodes = value["nodes"].as_array().expect("nodes").iter();
        nodes.map(|node| node["id"].as_str().expect("an id").to_owned()).collect()
    };
    assert_eq!(ids(&[]), ["list", "remind", "reserve"]);
    assert_eq!(ids(&["--all"]), ["list", "remind", "reserve", "shelves"]);
    assert_eq!(ids(&["--item", "plan/items/reserve.md"]), ["list", "remind", "reserve"]);
    assert_eq!(ids(&["--theme", "lending"]), ["list", "reserve"]);
    expect![[r#"
        --- stderr
        error: no item of this plan is called `lst`
          help: did you mean `list`?
        --- exit code 2
    "#]]
    .assert_eq(&project.run(&["graph", "--item", "lst"]).text());
    assert_eq!(project.run(&["graph", "--item", "list", "--theme", "lending"]).code(), 2);
}

#[test]
fn an_export_is_what_the_public_site_has() {
    let project = Project::new(PLAN);
    project.write("roadbook.yml", "title: Shed\naudience: internal\n");
    project.write("plan/items/lock.md", "---\ntitle: The lock's number\nstatus: planned\nvisibility: internal\n---\n");
    assert_eq!(project.run(&["build", "--audience", "public", "-d", "public", "-q"]).code(), 0);
    assert_eq!(project.run(&["build", "-d", "internal", "-q"]).code(), 0);
    for (format, address) in [("json", "roadmap.json"), ("csv", "backlog.csv")] {
        let export = project.run(&["export", "--format", format]);
        assert_eq!((export.code(), export.err().as_str()), (0, ""));
        assert_eq!(export.out(), project.read(&format!("public/{address}")));
        assert!(!export.out().contains("lock's"), "whatever the configuration says");
        let internal = project.run(&["export", "--format", format, "--audience", "internal", "-o", "out"]);
        assert_eq!((internal.code(), internal.out().as_str()), (0, ""));
        assert_eq!(project.read("out"), project.read(&format!("internal/{address}")));
        assert!(project.read("out").contains("lock's"));
    }
    assert_eq!(project.run(&["export"]).out(), project.run(&["export", "--format", "json"]).out());
    for format in ["dot", "mermaid"] {
        let graph = project.run(&["graph", "--format", format, "--audience", "public"]).out();
        assert_eq!(project.run(&["export", "--format", format]).out(), graph);
    }
}

#[test]
fn away_from_a_plan_the_way_to_one_is_told() {
    let ran = Project::new("").run(&["list"]);
    assert_eq!((ran.code(), ran.out().as_str()), (2, ""));
    assert!(ran.err().contains("run `roadbook init` to start a plan"), "{}", ran.err());
    assert_eq!(Project::new("").run(&[]).code(), 2);
    assert_eq!(Project::new("").run(&["lsit"]).code(), 2);
}

#[test]
fn colour_is_there_when_it_is_wanted() {
    let project = Project::new(PLAN);
    let coloured = |command: &mut Command| command.output().expect("the binary runs").stdout.contains(&0x1b);
    assert!(!coloured(&mut project.command(&["list"])));
    assert!(coloured(&mut project.command(&["list", "--color", "always"])));
    assert!(coloured(project.command(&["list"]).env("CLICOLOR_FORCE", "1")));
    assert!(!coloured(project.command(&["list"]).env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1")));
    assert!(!coloured(project.command(&["list", "--color", "never"]).env("CLICOLOR_FORCE", "1")));
}

#[test]
fn no_title_can_drive_the_terminal() {
    let project = Project::new(PLAN);
    project.write("plan/items/evil.md", "---\ntitle: \"a\\e[31mred\\u202Eesrever\"\nstatus: planned\n---\n");
    for arguments in [&["list"][..], &["show", "evil"], &["why", "evil"], &["next"], &["graph", "--all"]] {
        let out = project.run(arguments).out();
        assert!(!out.contains(['\u{1b}', '\u{202e}']), "{out:?}");
    }
}

/// A reader that goes away is no reason to complain.
#[cfg(unix)]
#[test]
fn a_closed_pipe_ends_in_silence() {
    let project = Project::new(PLAN);
    // More than a pipe holds, so that the writer is still at it when the reader has gone.
    for at in 0..3000 {
        project.write(&format!("plan/items/n{at}.md"), "# A title of some length, to fill the pipe\n");
    }
    let script = format!("{} list --all | head -1; exit ${{PIPESTATUS[0]}}", env!("CARGO_BIN_EXE_roadbook"));
    let ran = Ran(Command::new("bash").args(["-c", &script]).current_dir(project.path()).output().expect("bash"));
    assert_eq!((ran.code(), ran.err().as_str(), ran.out().lines().count()), (0, "", 1));
}

/// A title that one thing alone has is as good as its id; of several nobody guesses.
#[test]
fn a_title_is_taken_for_an_id() {
    let project = Project::new(PLAN);
    for arguments in [
        &["why", "Reserve a tool"][..],
        &["show", "reserve A TOOL"],
        &["graph", "--item", "The list"],
        &["list", "--theme", "Lending"],
        &["show", "lending"],
        &["new", "item", "Another", "--theme", "Lending", "--depends-on", "The list"],
    ] {
        let ran = project.run(arguments);
        assert_eq!(ran.code(), 0, "{arguments:?}: {}", ran.err());
    }
    assert!(
        project.read("plan/items/another.md").contains("depends_on:\n- list\n"),
        "{}",
        project.read("plan/items/another.md")
    );
    project.write("plan/items/second.md", "---\ntitle: The list\n---\n");
    let ran = project.run(&["why", "The List"]);
    assert_eq!(ran.code(), 2, "{}", ran.text());
    assert!(ran.err().contains("name one by its id: `list` and `second`"), "{}", ran.err());
    let ran = project.run(&["list", "--theme", "entirely-else"]);
    assert!(ran.err().contains("the only theme is `lending`"), "{}", ran.err());
}
