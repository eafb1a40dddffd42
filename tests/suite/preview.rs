//! The preview without a network: warm equals cold whatever is edited, what an edit did in words, and who may ask for what.
//!
//! `PREVIEW_EDITS=10000 cargo test --release --test suite preview::warm` is the long run; `PREVIEW_SEED` repeats one.

#![allow(clippy::unwrap_used, reason = "a disk that fails a test may end it")]

mod edits;
mod places;
mod told;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use expect_test::{Expect, expect};
use roadbook::preview::{Engine, RequestOrigin, Rescan, Snapshot, answer, is_allowed, with_script};
use roadbook::site::Content;
use roadbook::visibility::Audience;
use tempfile::TempDir;

use crate::support::{number, on_the_day, put, put_all, rounds};
use edits::Edits;

fn engine(root: &Path, audience: Audience) -> (Engine, Snapshot) {
    let mut engine = Engine::new(root, audience, &on_the_day()).unwrap();
    let first = engine.first().unwrap();
    (engine, first)
}

/// Everything a snapshot shows: the bytes behind every address, and what is wrong.
fn shown(snapshot: &Snapshot) -> BTreeMap<String, Vec<u8>> {
    let said = snapshot.diagnostics.iter().map(|diagnostic| format!("{diagnostic:?}\n")).collect::<String>();
    let mut shown = BTreeMap::from([("(diagnostics)".to_owned(), said.into_bytes())]);
    let site = snapshot.site.as_ref().filter(|_| !snapshot.is_stale);
    shown.insert("(stale)".to_owned(), vec![u8::from(snapshot.is_stale)]);
    for address in site.iter().flat_map(|site| site.addresses()) {
        let bytes = match site.unwrap().render(address).unwrap() {
            Ok(Content::Bytes(bytes)) => bytes,
            Ok(Content::File(path)) => fs::read(path).unwrap(),
            Err(mistake) => mistake.message.into_bytes(),
        };
        shown.insert(address.to_owned(), bytes);
    }
    shown
}

/// The addresses at which a warm snapshot differs from a cold one.
fn differences(warm: &Snapshot, root: &Path, audience: Audience) -> Vec<String> {
    let (warm, cold) = (shown(warm), shown(&engine(root, audience).1));
    let all: std::collections::BTreeSet<&String> = warm.keys().chain(cold.keys()).collect();
    all.into_iter().filter(|address| warm.get(*address) != cold.get(*address)).cloned().collect()
}

/// Edits a project at random and compares after each; the first edit after which something differed, where one was.
fn edit_and_compare(edits: u64, seed: u64, tell: impl Fn(u64, Vec<std::path::PathBuf>) -> Rescan) -> Option<String> {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().canonicalize().unwrap();
    let mut random = Edits::new(&path, seed);
    let audience = if seed.is_multiple_of(2) { Audience::Internal } else { Audience::Public };
    let (mut engine, mut snapshot) = engine(&path, audience);
    for step in 0..edits {
        let (what, paths) = random.edit();
        snapshot = engine.rescan(&tell(step, paths)).unwrap_or(snapshot);
        let found = differences(&snapshot, &path, audience);
        if !found.is_empty() {
            return Some(format!("seed {seed}, edit {step} ({what}): {}", found.join(", ")));
        }
    }
    None
}

#[test]
fn warm_equals_cold() {
    let edits = number("PREVIEW_EDITS").unwrap_or(rounds(500));
    let seeds = number("PREVIEW_SEED").map_or(vec![20_261_125, 7, 8, 9, 12], |seed| vec![seed]);
    for &seed in &seeds {
        let found = edit_and_compare(edits / seeds.len() as u64, seed, |_, paths| Rescan::At(paths));
        assert_eq!(found, None);
    }
}

/// The same without a word about what changed: stamps tell.
#[test]
fn a_sweep_finds_what_no_event_told() {
    assert_eq!(edit_and_compare(60, 4, |_, _| Rescan::All), None);
}

/// The comparison can fail: it does where every so often nobody says what changed.
#[test]
fn a_change_that_nobody_told_is_seen_by_the_comparison() {
    let deaf =
        |every: u64| move |step: u64, paths| Rescan::At(if step % every == every - 1 { Vec::new() } else { paths });
    for every in [1, 2, 5] {
        assert!(edit_and_compare(40, 11, deaf(every)).is_some(), "every {every}");
    }
    let first_only = |_, paths: Vec<std::path::PathBuf>| Rescan::At(paths.into_iter().take(1).collect());
    assert!((0..20).any(|seed| edit_and_compare(40, seed, first_only).is_some()));
}

struct Project {
    root: TempDir,
    engine: Engine,
}

impl Project {
    fn new(fixture: &str) -> Project {
        let root = tempfile::tempdir().unwrap();
        put_all(root.path(), fixture);
        let engine = engine(root.path(), Audience::Internal).0;
        Project { root, engine }
    }

    fn write(&mut self, path: &str, text: &str) -> Option<Snapshot> {
        put(self.root.path(), path, text);
        self.rescan(path)
    }

    fn remove(&mut self, path: &str) -> Option<Snapshot> {
        fs::remove_file(self.root.path().join(path)).unwrap();
        self.rescan(path)
    }

    fn rescan(&mut self, path: &str) -> Option<Snapshot> {
        let path = self.root.path().canonicalize().unwrap().join(path);
        self.engine.rescan(&Rescan::At(vec![path]))
    }
}

const PLAN: &str = "
//- plan/themes/lending.md
# Lending
//- plan/items/a.md
---
title: A
status: planned
theme: lending
value: 13
effort: 1
---
//- plan/items/b.md
---
title: B
status: planned
theme: lending
value: 8
effort: 1
---
//- plan/items/c.md
---
title: C
status: planned
theme: lending
value: 5
effort: 1
depends_on: [d]
---
//- plan/items/d.md
---
title: D
status: active
theme: lending
value: 3
effort: 1
---
";

fn item(title: &str, fields: &str) -> String {
    format!("---\ntitle: {title}\n{fields}---\n")
}

/// What each edit does, one after the other.
fn check_notes(edits: &[(&str, &str)], expected: Expect) {
    let mut project = Project::new(PLAN);
    let mut said = String::new();
    for (path, text) in edits {
        let snapshot = if text.is_empty() { project.remove(path) } else { project.write(path, text) };
        let notes = snapshot.map(|snapshot| snapshot.edit.unwrap().notes);
        said.push_str(&format!("{path}: {}\n", notes.map_or("nothing new".to_owned(), |notes| notes.join("; "))));
    }
    expected.assert_eq(&said);
}

#[test]
fn an_edit_tells_its_consequences() {
    let b = |fields: &str| item("B", fields);
    check_notes(
        &[
            ("plan/items/b.md", &b("status: planned\ntheme: lending\nvalue: 21\neffort: 1\n")),
            ("plan/items/b.md", &b("status: planned\ntheme: lending\nvalue: 20\neffort: 1\n")),
            ("plan/items/b.md", &b("status: planned\ntheme: lending\nvalue: 20\neffort: 1\nhorizon: Now\n")),
            (
                "plan/items/b.md",
                &(b("status: planned\ntheme: lending\nvalue: 20\neffort: 1\nhorizon: Now\n") + "Words.\n"),
            ),
            ("plan/items/d.md", &item("D", "status: done\nvalue: 3\neffort: 1\n")),
            ("plan/items/d.md", &item("D", "status: planned\nvalue: 3\neffort: 1\ndepends_on: [c]\n")),
            ("plan/items/d.md", &item("D", "status: planned\nvalue: 3\neffort: 1\n")),
            ("plan/items/b.md", &b("id: bee\nstatus: shipped\ntheme: lending\nvalue: 20\neffort: 1\nhorizon: Now\n")),
            ("plan/items/e.md", &item("E", "value: 2\neffort: 1\n")),
            ("plan/items/e.md", ""),
        ],
        expect![[r#"
            plan/items/b.md: `b` moved from 3 to 2
            plan/items/b.md: `b` scores 20 (was 21) and stays at 2
            plan/items/b.md: `b` is in Now now
            plan/items/b.md: 
            plan/items/d.md: `d` is done (was active); `c` became ready
            plan/items/d.md: cycle: `c` → `d` → `c`; `d` is planned (was done); `c` and `d` are blocked now
            plan/items/d.md: no longer a cycle: `c` → `d` → `c`; `d` moved from 4 to 3, boosted by `c`; `d` became ready
            plan/items/b.md: `b` is now `bee`; `bee` is done (was planned); theme `lending` is 33 % done (was 0 %)
            plan/items/e.md: `e` is new, at 4 of 4
            plan/items/e.md: `e` is gone
        "#]],
    );
}

#[test]
fn nothing_new_is_no_edition() {
    let mut project = Project::new(PLAN);
    let same = item("A", "status: planned\ntheme: lending\nvalue: 13\neffort: 1\n");
    assert!(project.write("plan/items/a.md", &same).is_none(), "a touch");
    assert!(project.write("plan/items/notes.txt", "no part of the plan").is_none());
    assert!(project.write("plan/items/.a.md.swp", "an editor's").is_none());
    assert!(project.write("_site/index.html", "a page of somebody's").is_none());
    assert!(project.engine.rescan(&Rescan::All).is_none());
}

/// A look at some paths may turn into a look at everything; what was seen on the way there is still new.
#[test]
fn a_static_file_is_not_lost_beside_something_else() {
    let mut project = Project::new(&format!("{PLAN}//- static/note.svg\nold\n"));
    put(project.root.path(), "static/note.svg", "new\n");
    put(project.root.path(), "plan/items/sub/empty.txt", "no part of the plan");
    let root = project.root.path().canonicalize().unwrap();
    let paths = ["static/note.svg", "plan/items/sub"].map(|path| root.join(path));
    assert!(project.engine.rescan(&Rescan::At(paths.to_vec())).is_some());
    assert!(project.engine.rescan(&Rescan::All).is_none());
}

#[test]
fn what_cannot_be_made_keeps_the_last_good_site() {
    let mut project = Project::new(PLAN);
    for (path, broken, code) in [
        ("roadbook.yml", "title: [", "invalid-configuration"),
        ("templates/item.html", "{% if %}", "invalid-template"),
        ("templates/page.html", "{{ nobody.knows.this }}", "invalid-template"),
    ] {
        let snapshot = project.write(path, broken).unwrap();
        if path == "templates/page.html" {
            // No page of this kind is there yet: nobody is harmed.
            assert!(!snapshot.is_stale);
            let snapshot = project.write("plan/pages/p.md", "# P\n").unwrap();
            assert!(snapshot.is_stale, "the first page of a kind");
            assert!(!project.remove(path).unwrap().is_stale);
            continue;
        }
        assert!(snapshot.is_stale, "{path}");
        assert!(snapshot.site.is_some(), "{path}");
        let fresh: Vec<&str> = snapshot.fresh.iter().map(|&at| snapshot.diagnostics[at].code.name()).collect();
        assert!(fresh.contains(&code), "{path}: {fresh:?}");
        assert!(
            project
                .write("plan/items/a.md", &item(&format!("While {path} is broken"), "value: 1\ntheme: lending\n"))
                .unwrap()
                .is_stale
        );
        let healed = project.remove(path).unwrap();
        assert!(!healed.is_stale && healed.fresh.is_empty(), "{path}: {:?}", healed.diagnostics);
    }
}

#[test]
fn a_gone_address_knows_where_it_went() {
    let mut project = Project::new(PLAN);
    let moved = |snapshot: &Snapshot| format!("{:?}", snapshot.moved);
    let snapshot = project.write("plan/items/a.md", &item("A", "id: first\n")).unwrap();
    assert_eq!(moved(&snapshot), r#"{"items/a.html": "items/first.html"}"#);
    let snapshot = project.write("plan/items/a.md", &item("A", "id: second\n")).unwrap();
    assert_eq!(moved(&snapshot), r#"{"items/a.html": "items/second.html", "items/first.html": "items/second.html"}"#);
    let snapshot = project.write("plan/items/a.md", &item("A", "")).unwrap();
    assert_eq!(moved(&snapshot), r#"{"items/first.html": "items/a.html", "items/second.html": "items/a.html"}"#);
    // A file that gets another name is the same thing.
    fs::rename(project.root.path().join("plan/items/b.md"), project.root.path().join("plan/items/bee.md")).unwrap();
    let snapshot = project.rescan("plan/items/bee.md").unwrap();
    assert_eq!(snapshot.moved.get("items/b.html").map(String::as_str), Some("items/bee.html"));
    assert_eq!(snapshot.edit.unwrap().notes, ["`b` is now `bee`"]);
    let snapshot = project.remove("plan/items/bee.md").unwrap();
    assert_eq!(snapshot.moved.get("items/b.html"), None);
}

#[test]
fn what_was_wrong_from_the_beginning_is_not_fresh() {
    let mut project = Project::new(&format!(
        "{PLAN}//- plan/items/old.md\n---\ntitle: Old\ntheme: lending\ndepends_on: [nobody]\n---\n"
    ));
    let snapshot = project.write("plan/items/a.md", &item("A", "theme: lending\ndepends_on: [nothing]\n")).unwrap();
    let fresh = |snapshot: &Snapshot| -> Vec<String> {
        snapshot.fresh.iter().map(|&at| snapshot.diagnostics[at].message.clone()).collect()
    };
    assert_eq!(fresh(&snapshot), ["`depends_on` names `nothing`, and no item has that id"]);
    assert_eq!((snapshot.new.len(), snapshot.fixed), (1, 0));
    let snapshot = project.write("plan/items/a.md", &item("A", "theme: lending\n")).unwrap();
    assert_eq!((fresh(&snapshot).len(), snapshot.fixed, snapshot.diagnostics.len()), (0, 1, 1));
}

#[test]
fn a_disagreement_stays_the_same_while_its_figures_change() {
    let over = |effort: u32| {
        item("Much", &format!("status: planned\ntheme: lending\nhorizon: Now\nvalue: 1\neffort: {effort}\n"))
    };
    let mut project = Project::new(&format!("//- roadbook.yml\ncapacity: 2\n{PLAN}"));
    let snapshot = project.write("plan/items/much.md", &over(3)).unwrap();
    let new = |snapshot: &Snapshot| -> Vec<String> {
        snapshot.new.iter().map(|&at| snapshot.diagnostics[at].message.clone()).collect()
    };
    assert_eq!(new(&snapshot), ["Now holds 3 points of open work, over a capacity of 2 points"]);
    let snapshot = project.write("plan/items/much.md", &over(4)).unwrap();
    assert_eq!(snapshot.diagnostics[0].message, "Now holds 4 points of open work, over a capacity of 2 points");
    assert_eq!((new(&snapshot).len(), snapshot.fixed, snapshot.fresh.len()), (0, 0, 1));
    let snapshot = project.write("plan/items/much.md", &over(2)).unwrap();
    assert_eq!((snapshot.fixed, snapshot.diagnostics.len()), (1, 0));
}

#[test]
fn a_project_that_goes_away_comes_back() {
    let mut project = Project::new(PLAN);
    let away = project.root.path().join("away");
    fs::rename(project.root.path().join("plan"), &away).unwrap();
    let snapshot = project.engine.rescan(&Rescan::All).unwrap();
    assert!(snapshot.is_stale && snapshot.site.is_some() && snapshot.io_error.is_some(), "{snapshot:?}");
    assert!(project.engine.rescan(&Rescan::All).is_none(), "the same I/O error is told once");
    fs::rename(away, project.root.path().join("plan")).unwrap();
    let snapshot = project.engine.rescan(&Rescan::All).unwrap();
    assert!(!snapshot.is_stale && snapshot.io_error.is_none());
}

/// Host, Origin and what a browser says of a request: who may ask.
#[test]
fn only_the_person_in_front_of_the_machine_may_ask() {
    fn ask(host: Option<&str>, origin: Option<&str>, site: Option<&str>) -> bool {
        let (mode, destination) = (Some("cors"), Some("empty"));
        is_allowed(RequestOrigin { target: None, host, origin, site, mode, destination }, &[])
    }
    let good = [
        "localhost",
        "localhost:3000",
        "LOCALHOST:1",
        "127.0.0.1",
        "127.0.0.1:3000",
        "[::1]:3000",
        "[::1]",
        "10.0.0.5:80",
    ];
    let bad = [
        "",
        "evil.example",
        "evil.example:3000",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "localhost:",
        "localhost:x",
        "localhost:99999999",
        "127.0.0.1@evil.example",
        "evil.example#localhost",
        "[::1",
        "::1]",
        "localhost/",
        " localhost",
        "notlocalhost",
        "0x7f.1.evil",
        "roadbook.test",
    ];
    for host in good {
        let own = format!("http://{host}");
        assert!(ask(Some(host), None, None), "{host}");
        assert!(ask(Some(host), Some(&own), Some("same-origin")), "{host}");
        for origin in
            ["null", "http://evil.example", "https://localhost.evil.example", "file://", "http://localhost:9", "", "*"]
        {
            assert!(!ask(Some(host), Some(origin), None), "{host} {origin}");
        }
        for site in ["cross-site", "same-site", "?"] {
            assert!(!ask(Some(host), None, Some(site)), "{host} {site}");
        }
    }
    for host in bad {
        for site in [None, Some("same-origin"), Some("none")] {
            assert!(!ask(Some(host), None, site), "{host:?}");
            assert!(!ask(Some(host), Some(&format!("http://{host}")), site), "{host:?}");
        }
    }
    assert!(!ask(None, None, None), "no host");
    let link = |mode, destination| RequestOrigin {
        host: Some("localhost"),
        site: Some("cross-site"),
        mode,
        destination,
        ..RequestOrigin::default()
    };
    assert!(is_allowed(link(Some("navigate"), Some("document")), &[]), "a link from elsewhere");
    assert!(!is_allowed(link(Some("navigate"), Some("iframe")), &[]), "a frame elsewhere");
    assert!(!is_allowed(link(Some("no-cors"), Some("script")), &[]));
    let proxy = RequestOrigin { target: Some("evil.example"), host: Some("localhost"), ..RequestOrigin::default() };
    assert!(!is_allowed(proxy, &[]), "the address names another host");
    let named = RequestOrigin { host: Some("plan.team:80"), ..RequestOrigin::default() };
    assert!(is_allowed(named, &["plan.team".to_owned()]) && !is_allowed(named, &[]), "a name the user typed");
    // TLS ends at a proxy; a port forwarder may name us `localhost` where the browser has its own name.
    let names = ["plan.team".to_owned()];
    let from = |host, origin| {
        is_allowed(
            RequestOrigin {
                host: Some(host),
                origin: Some(origin),
                site: Some("same-origin"),
                ..RequestOrigin::default()
            },
            &names,
        )
    };
    assert!(
        from("plan.team", "https://plan.team")
            && from("localhost:3000", "https://plan.team")
            && from("localhost:3000", "https://localhost:3000")
    );
    assert!(!from("localhost:3000", "https://evil.example") && !from("plan.team", "https://plan.team.evil.example"));
    assert!(!from("evil.example", "https://plan.team"), "the host itself must be ours");
}

#[test]
fn a_path_is_a_key_of_the_site_and_nothing_else() {
    let mut project =
        Project::new(&format!("{PLAN}//- static/notes/index.html\n<p>Notes\n//- roadbook.yml\ntitle: T\n"));
    put(project.root.path(), "secret.txt", "secret");
    let snapshot = project.write("plan/items/a.md", &item("A", "")).unwrap();
    let status = |path: &str| answer(&snapshot, "session", path).status;
    for path in [
        "/",
        "/index.html",
        "/items/a.html",
        "/items/a",
        "/items/%61.html",
        "/notes/",
        "/roadmap.json",
        "/.roadbook/live.js",
    ] {
        assert_eq!(status(path), 200, "{path}");
    }
    let forms = [
        "..",
        "%2e%2e",
        "%2E.",
        "..%2f",
        "..%5c",
        "....//",
        "%252e%252e",
        ".%00.",
        "..;",
        "%c0%ae%c0%ae",
        "\\..",
        "./..",
    ];
    let targets =
        ["secret.txt", "roadbook.yml", "plan/items/a.md", "etc/passwd", "%73ecret.txt", "static/notes/index.html"];
    for form in forms {
        for target in targets {
            for path in [
                format!("/{form}/{target}"),
                format!("/items/{form}/{target}"),
                format!("/items/{form}/{form}/{target}"),
                format!("//{form}/{target}"),
                format!("/.roadbook/{form}/{target}"),
                format!("{form}/{target}"),
                format!("/{target}%00.html"),
                format!("/items/{form}{target}"),
            ] {
                let answer = answer(&snapshot, "session", &path);
                assert_eq!(answer.status, 404, "{path}");
                let Content::Bytes(bytes) = answer.content else { panic!("{path}: a file") };
                assert!(!String::from_utf8_lossy(&bytes).contains("secret"), "{path}");
            }
        }
    }
}

#[test]
fn the_script_is_all_that_a_page_gets() {
    assert_eq!(
        with_script("<head>\n</head>\n<body></head>", "b-1"),
        "<head>\n<script src=\"/.roadbook/live.js\" data-generation=\"b-1\"></script>\n</head>\n<body></head>"
    );
    assert_eq!(with_script("x", "b-1"), "x<script src=\"/.roadbook/live.js\" data-generation=\"b-1\"></script>\n");
}
