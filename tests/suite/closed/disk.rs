//! What stands on the disk in another form than a plan expects stops nothing, and is said.

use std::fs;

use roadbook::diagnostic::Code;
use roadbook::discover::Disk;

use super::{SECRET, kept, project, public, refused};
use crate::support::{on_the_day, put, ran};

const OPEN: &str = "//- roadbook.yml\ntitle: T\n//- plan/items/open.md\n# Open\n";

/// A file, or a pipe, where a folder belongs.
#[cfg(unix)]
#[test]
fn what_is_no_folder_is_said_and_stops_nothing() {
    for name in ["static", "templates", "plan/pages", "plan/items/deep"] {
        for is_pipe in [false, true] {
            let collections = "title: T\ndefault_status: planned\ncollections: [{kind: item, include: [\"plan/items/*.md\", \"plan/items/deep/*.md\"]}]\n";
            let project = match name {
                "plan/items/deep" => project(&OPEN.replace("title: T\n", collections)),
                _ => project(OPEN),
            };
            let path = project.path().join(name);
            if is_pipe {
                assert!(std::process::Command::new("mkfifo").arg(&path).status().expect("mkfifo").success());
            } else {
                fs::write(&path, "a file").expect("to write");
            }
            let checked = ran(project.path(), &["check", "--format", "short"]);
            assert!(checked.stdout.contains(&format!("`{name}` is no folder")), "{name}: {}", checked.stdout);
            kept(project.path(), "");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_configuration_that_leads_out_of_the_project_is_not_followed() {
    let outside = tempfile::tempdir().expect("a folder");
    put(outside.path(), "roadbook.yml", "title: SECRET\n".replace("SECRET", SECRET));
    let project = project("//- plan/items/open.md\n# Open\n");
    std::os::unix::fs::symlink(outside.path().join("roadbook.yml"), project.path().join("roadbook.yml"))
        .expect("a link");
    refused(project.path(), "is a link that leads out of the project");
    fs::remove_file(project.path().join("roadbook.yml")).expect("to remove");
    put(project.path(), "settings/mine.yml", "title: Within\n");
    std::os::unix::fs::symlink("settings/mine.yml", project.path().join("roadbook.yml")).expect("a link");
    assert_eq!(public(project.path()).code, 0);
}

/// Who looks again keeps to what the configuration said: without it, what was for the team would be for everybody.
#[test]
fn a_configuration_that_goes_still_holds() {
    let project = project(&format!(
        "{}//- plan/items/partners/s.md\n# SECRET\n",
        OPEN.replace("title: T\n", "title: T\ninternal: {folders: [plan/items/partners]}\n")
    ));
    let mut disk = Disk::new(project.path(), &on_the_day()).expect("a project");
    let first = disk.rescan().expect("to read").expect("something new");
    let is_wrong = |inputs: &roadbook::discover::Inputs| {
        inputs.diagnostics.iter().any(|found| found.code == Code::INVALID_CONFIGURATION)
    };
    assert!(!is_wrong(&first));
    let text = fs::read_to_string(project.path().join("roadbook.yml")).expect("to read");
    fs::remove_file(project.path().join("roadbook.yml")).expect("to remove");
    let without = disk.rescan().expect("to read").expect("something new");
    assert!(is_wrong(&without) && without.config.internal.folders == first.config.internal.folders);
    assert_eq!(without.config.internal.folders.len(), 1);
    put(project.path(), "roadbook.yml", text);
    let back = disk.rescan().expect("to read").expect("something new");
    assert!(!is_wrong(&back));
}

/// What lies where the items belong and is no file is named, and nothing waits for it.
#[cfg(unix)]
#[test]
fn a_pipe_among_the_items_is_named() {
    let project = project(OPEN);
    let path = project.path().join("plan/items/pipe.md");
    assert!(std::process::Command::new("mkfifo").arg(&path).status().expect("mkfifo").success());
    let checked = ran(project.path(), &["check", "--format", "short"]);
    assert!(checked.stdout.contains("`plan/items/pipe.md` is neither a file nor a folder"), "{}", checked.stdout);
}

/// Settings that nobody reads would leave open what they close.
#[test]
fn a_configuration_in_another_place_is_found() {
    for name in [
        "roadbook.yml~",
        "#roadbook.yml#",
        "plan/items/roadbook.yml",
        "settings/roadbook.yml",
        "etc/roadbook.yaml",
        "static/roadbook.yml",
        "templates/roadbook.yml",
    ] {
        let project = project("//- plan/items/open.md\n# Open\n//- plan/items/x/s.md\n# SECRET\n");
        put(project.path(), name, "internal: {folders: [plan/items/x]}\n");
        refused(project.path(), "looks like the configuration");
    }
    // What an editor keeps beside the one that is read is nobody's concern.
    let both = project(OPEN);
    put(both.path(), "roadbook.yml~", "title: T\n");
    assert_eq!(public(both.path()).said.matches("looks like").count(), 0);
    let empty = project("//- roadbook.yml\ncollections: []\n//- plan/items/open.md\n# Open\n");
    assert!(public(empty.path()).said.contains("no collection reads `plan/items/open.md`"));
    refused(
        project(
            &(OPEN.replace("title: T\n", "title: T\ninternal: {folders: [templates]}\n")
                + "//- templates/robots.txt\nx\n"),
        )
        .path(),
        "unknown-internal",
    );
}

/// A plan that never had a file loses nothing by being built again.
#[test]
fn an_empty_plan_is_built_again_and_again() {
    let project = project("//- roadbook.yml\ntitle: T\n");
    fs::create_dir(project.path().join("plan")).expect("a folder");
    for title in ["T", "T", "Another"] {
        put(project.path(), "roadbook.yml", format!("title: {title}\n"));
        let built = ran(project.path(), &["build"]);
        assert_eq!(built.code, 0, "{}", built.stderr);
    }
    // One whose only file was its vision does.
    put(project.path(), "plan/vision.md", "# V\n");
    assert_eq!(ran(project.path(), &["build"]).code, 0);
    fs::remove_file(project.path().join("plan/vision.md")).expect("to remove");
    assert_eq!(ran(project.path(), &["build"]).code, 1);
}

/// What an answer is to replace is judged by how it begins: no file is too long for that.
#[test]
fn a_file_of_any_length_is_judged_by_how_it_begins() {
    let project = project(OPEN);
    let path = project.path().join("long.json");
    fs::File::create(&path).and_then(|file| file.set_len(1 << 40)).expect("a file with nothing in it");
    let refused = ran(project.path(), &["export", "-o", "long.json"]);
    assert_eq!(refused.code, 2, "{}", refused.stderr);
    assert!(refused.stderr.contains("Roadbook did not make it"), "{}", refused.stderr);
}

#[test]
fn a_dash_is_standard_output() {
    let project = project(OPEN);
    let (dash, plain) = (ran(project.path(), &["export", "-o", "-"]), ran(project.path(), &["export"]));
    assert_eq!((dash.code, dash.stdout), (0, plain.stdout));
    assert!(!project.path().join("-").exists());
}
