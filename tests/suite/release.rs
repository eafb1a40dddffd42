//! The gate: what may not leave leaves by no door. Every command and format that answers the public refuses what `build` refuses, for the
//! same reason, and so does the preview.

use std::path::Path;
use std::process::{Command, Stdio};

use roadbook::Memory;
use roadbook::discover::discover;
use roadbook::preview::{Engine, Rescan, Snapshot};
use roadbook::release::{Reason, answer, release};
use roadbook::resolve::Roadmap;
use roadbook::visibility::Audience;

use crate::support::{inputs_of, on_the_day, put, put_all, site_of};

/// A word that only internal files hold.
const SECRET: &str = "Zanzibar";

/// A plan that may not be given to the public, and why.
struct Refusal {
    fixture: &'static str,
    reason: Reason,
    /// What the author changes to have it published.
    fix: (&'static str, &'static str, &'static str),
}

/// The key is `folders`, so what was meant to be internal is not.
const SLIP: Refusal = Refusal {
    fixture: "//- roadbook.yml
title: Shed
internal:
  folder: [plan/items/partners]
//- plan/items/partners/a.md
---
title: Zanzibar buys the shed
status: planned
value: 8
effort: 1
owner: Zanzibar
---
The price of Zanzibar.
//- plan/items/b.md
---
title: Open
status: planned
value: 3
effort: 1
---
",
    reason: Reason::Configuration,
    fix: ("roadbook.yml", "folder:", "folders:"),
};

/// A public file names an internal one in a field and in its text.
const NAMED: Refusal = Refusal {
    fixture: "//- roadbook.yml
title: Shed
//- plan/items/deal.md
---
title: Zanzibar buys the shed
visibility: internal
status: planned
value: 8
effort: 1
owner: Zanzibar
---
The price of Zanzibar.
//- plan/items/b.md
---
title: Open
status: planned
value: 3
effort: 1
depends_on: [deal]
---
After [this](deal.md).
",
    reason: Reason::InternalReference,
    fix: ("plan/items/b.md", "depends_on: [deal]\n---\nAfter [this](deal.md).\n", "---\n"),
};

/// Every command that gives the plan to somebody, in every format that it knows.
const ANSWERS: &[&str] = &[
    "export",
    "export --format json",
    "export --format csv",
    "export --format dot",
    "export --format mermaid",
    "export -o given.txt",
    "graph",
    "graph --all",
    "graph --all --format dot",
    "graph --all --format mermaid",
    "graph --all --format json",
    "graph --all --by theme",
    "graph --item b --format json",
    "graph --all -o given.txt",
    "list",
    "list --all",
    "list --all --format json",
    "list --ready",
    "list --scoring priority",
    "next",
    "next --format json",
    "next --capacity 5",
    "next --capacity 5 --format json",
    "show b",
    "show b --format json",
    "why b",
    "why b --format json",
    "schema item",
];

/// What a command says: its exit code, standard output and standard error.
fn said(root: &Path, arguments: &str) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_roadbook"));
    command.args(arguments.split(' ')).args(["--audience", "public"]).current_dir(root).stdin(Stdio::null());
    // A workflow's own summary is no place for what these plans say.
    for name in ["NO_COLOR", "CLICOLOR_FORCE", "COLUMNS", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"] {
        command.env_remove(name);
    }
    let output = command.output().expect("the program");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn project(refusal: &Refusal) -> tempfile::TempDir {
    let project = tempfile::tempdir().expect("a folder");
    put_all(project.path(), refusal.fixture);
    project
}

/// Changes the project as its author would.
fn fixed(refusal: &Refusal, root: &Path) {
    let (path, from, to) = refusal.fix;
    let text = std::fs::read_to_string(root.join(path)).expect("the file");
    assert!(text.contains(from), "{path} has no {from:?}");
    put(root, path, text.replace(from, to));
}

#[test]
fn every_command_refuses_what_build_refuses() {
    for refusal in [&SLIP, &NAMED] {
        let project = project(refusal);
        let root = project.path();
        let reason = refusal.reason.to_string();
        let (code, out, by_build) = said(root, "build");
        assert_eq!((code, out.as_str()), (Some(1), ""), "{by_build}");
        assert!(by_build.contains(&reason), "{by_build}");
        // A diagnostic may show the line that names the internal file, and the one where that file begins; no more of it.
        let heard = by_build.lines().filter(|line| line.contains(SECRET));
        assert!(heard.clone().all(|line| line.ends_with("| title: Zanzibar buys the shed")), "{by_build}");
        assert!(refusal.reason == Reason::InternalReference || heard.count() == 0, "{by_build}");
        assert!(!root.join("_site").exists(), "{reason}");
        for arguments in ANSWERS {
            let (code, out, err) = said(root, arguments);
            assert_eq!((code, out.as_str()), (Some(1), ""), "{reason}: {arguments}\n{err}");
            let last = err.lines().last().unwrap_or_default();
            assert_eq!(last, format!("error: nothing is given to the public: {reason}"), "{arguments}\n{err}");
            // What was said before is the diagnostics, as `build` has them, and so is every word of the secret.
            let unheard = err.lines().filter(|line| *line != last && !by_build.lines().any(|known| known == *line));
            assert_eq!(unheard.collect::<Vec<_>>(), Vec::<&str>::new(), "{arguments}");
            assert!(!root.join("given.txt").exists(), "{arguments} wrote a file");
        }
    }
}

/// The list above would prove nothing if its commands refused everything.
#[test]
fn every_command_answers_where_build_publishes() {
    for refusal in [&SLIP, &NAMED] {
        let project = project(refusal);
        let root = project.path();
        fixed(refusal, root);
        let (code, _, err) = said(root, "build");
        assert_eq!(code, Some(0), "{err}");
        for arguments in ANSWERS {
            let (code, out, err) = said(root, arguments);
            assert_eq!(code, Some(0), "{arguments}\n{err}");
            let is_file = arguments.ends_with("given.txt");
            let given = if is_file { std::fs::read_to_string(root.join("given.txt")).expect("a file") } else { out };
            // Items that nothing joins are in no graph unless all are asked for.
            let is_empty =
                arguments.starts_with("export --format") && !arguments.ends_with(['n', 'v']) || *arguments == "graph";
            assert!(is_empty || given.contains("Open") || given.contains("\"b\""), "{arguments}: {given:?}");
            assert!(!given.contains(SECRET) && !err.contains(SECRET), "{arguments}: {given}\n{err}");
        }
    }
}

/// The team may ask a plan that cannot be published, and is told that something is wrong.
#[test]
fn the_team_is_answered_all_the_same() {
    for refusal in [&SLIP, &NAMED] {
        let project = project(refusal);
        let mut command = Command::new(env!("CARGO_BIN_EXE_roadbook"));
        let output = command.args(["list", "--all"]).current_dir(project.path()).output().expect("the program");
        let out = String::from_utf8(output.stdout).expect("UTF-8");
        assert!(output.status.success() && out.contains(SECRET) && out.contains("Open"), "{out}");
    }
}

fn roadmap(fixture: &str, audience: Audience, strict: bool) -> Roadmap {
    roadbook::roadmap(&inputs_of(fixture), audience, strict, &mut Memory::default()).0
}

#[test]
fn the_library_gives_the_reason_and_the_roadmap_with_its_diagnostics() {
    for refusal in [&SLIP, &NAMED] {
        for strict in [false, true] {
            let refused = release(roadmap(refusal.fixture, Audience::Public, false), strict).expect_err("a refusal");
            assert_eq!(refused.reason, refusal.reason);
            assert!(refused.roadmap.diagnostics.iter().any(|diagnostic| refusal.reason.is_about(diagnostic)));
        }
        let refused = answer(roadmap(refusal.fixture, Audience::Public, false)).expect_err("a refusal");
        assert_eq!(refused.reason, refusal.reason);
        assert!(answer(roadmap(refusal.fixture, Audience::Internal, false)).is_ok());
    }
    // A site for the team may name what is internal, but not hold what nobody could read.
    assert!(release(roadmap(NAMED.fixture, Audience::Internal, false), false).is_ok());
    let refused = release(roadmap(SLIP.fixture, Audience::Internal, false), false).expect_err("a refusal");
    assert_eq!(refused.reason, Reason::Configuration);
}

#[test]
fn a_plan_with_any_error_is_refused_where_none_is_allowed() {
    let fixture = "//- plan/items/a.md\n---\ntitle: A\ndepends_on: [nobody]\n---\n";
    for audience in [Audience::Public, Audience::Internal] {
        assert!(release(roadmap(fixture, audience, true), false).is_ok());
        let refused = release(roadmap(fixture, audience, true), true).expect_err("a refusal");
        assert_eq!(refused.reason, Reason::Errors);
    }
}

/// The preview shows the public no site that may not leave: none at first, and later the last that could.
#[test]
fn the_preview_keeps_what_may_not_leave() {
    for refusal in [&SLIP, &NAMED] {
        let project = project(refusal);
        let root = project.path().canonicalize().expect("a folder");
        let mut engine = Engine::new(&root, Audience::Public, &on_the_day()).expect("an engine");
        let first = engine.first().expect("a snapshot");
        assert!(first.site.is_none() && first.is_stale, "{:?}", refusal.reason);
        let is_told = |snapshot: &Snapshot| {
            snapshot.fresh.iter().any(|&index| refusal.reason.is_about(&snapshot.diagnostics[index]))
        };
        assert!(is_told(&first), "{:?}: {:?}", refusal.reason, first.diagnostics);
        // What stands in the way is told as long as it does, though it is no longer new.
        put(&root, "plan/items/c.md", "# Another\n");
        let still = engine.rescan(&Rescan::All).expect("a snapshot");
        assert!(still.site.is_none() && still.is_stale && is_told(&still), "{:?}", refusal.reason);

        fixed(refusal, &root);
        let good = engine.rescan(&Rescan::All).expect("a snapshot");
        let site = good.site.clone().expect("a site");
        assert!(!good.is_stale && site.has("items/b.html"));
        assert!(!crate::support::texts_of(&site).values().any(|page| page.contains(SECRET)), "{:?}", refusal.reason);

        put_all(&root, refusal.fixture);
        let stale = engine.rescan(&Rescan::All).expect("a snapshot");
        let kept = stale.site.expect("the site before");
        assert!(stale.is_stale && std::sync::Arc::ptr_eq(&kept, &site), "{:?}", refusal.reason);
    }
}

/// A site that may leave is made of what the audience sees, whoever reads the project.
#[test]
fn a_site_is_for_the_audience_of_its_release() {
    let project = project(&NAMED);
    fixed(&NAMED, project.path());
    let inputs = discover(project.path(), &on_the_day()).expect("a project");
    let has = |audience| site_of(&inputs, audience).has("items/deal.html");
    assert_eq!((has(Audience::Public), has(Audience::Internal)), (false, true));
}
