//! The program itself, told to put a site where none belongs: as people type it, from where they stand.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

use super::unmanaged::{shell, snapshot};

const SOURCES: &str = "among the project's sources";

/// A plan in a folder of its own.
const BACKLOG: &str = "mv home/project/plan/items home/project/backlog; \
    echo 'collections: [{kind: item, include: backlog/**/*.md}]' >>home/project/roadbook.yml";

/// A project in a home folder, what is different there, where somebody stands, what they name as the output (nothing: the default),
/// and what they are told; nothing where the site goes there.
pub(super) const CELLS: &[(&str, &str, &str, Option<&str>, &str)] = &[
    ("this folder", "true", "home/project", Some("."), "project's own"),
    ("this folder, with a slash", "true", "home/project", Some("./"), "project's own"),
    ("the folder above", "true", "home/project", Some(".."), "home folder"),
    ("two folders above", "true", "home/project", Some("../.."), "home folder"),
    ("the home folder", "true", "home/project", Some("ROOT/home"), "home folder"),
    ("above the home folder", "true", "home/project", Some("ROOT"), "home folder"),
    ("the root", "true", "home/project", Some("/"), "root of the file system"),
    ("above the root", "true", "home/project", Some("/.."), "root of the file system"),
    ("no name", "true", "home/project", Some(""), "value is required"),
    ("this folder, within the sources", "true", "home/project/plan/items", Some("."), SOURCES),
    ("the sources", "true", "home/project", Some("plan"), SOURCES),
    ("the sources by a roundabout", "true", "home/project", Some("plan/items/../../plan/"), SOURCES),
    ("the static files", "true", "home/project", Some("static"), SOURCES),
    ("static files, where there are none", "rm -r home/project/static", "home/project", Some("static"), SOURCES),
    ("among the static files", "true", "home/project", Some("static/site"), SOURCES),
    ("an empty folder among them", "mkdir home/project/static/site", "home/project", Some("static/site"), SOURCES),
    ("in the sources", "true", "home/project", Some("plan/items/deep/site"), SOURCES),
    ("by a link", "ln -s project/plan home/link", "home/project", Some("../link/site"), SOURCES),
    ("the templates, where there are none", "true", "home/project", Some("templates"), SOURCES),
    ("where patterns begin", BACKLOG, "home/project", Some("backlog/site"), SOURCES),
    ("the configuration", "true", "home/project", Some("roadbook.yml"), "not a folder"),
    ("git's folder", "mkdir home/project/.git", "home/project", Some(".git/site"), "git folder"),
    ("another project", "mkdir home/other; touch home/other/x", "home/project", Some("../other"), "did not make it"),
    (
        "another worktree",
        "mkdir home/other; echo 'gitdir: x' >home/other/.git",
        "home/project",
        Some("../other"),
        "git repository",
    ),
    (
        "a default that is full",
        "mkdir home/project/_site; touch home/project/_site/x",
        "home/project",
        None,
        "did not make it",
    ),
    ("a default that leads home", "ln -s .. home/project/_site", "home/project", None, "home folder"),
    ("a default that leads to the sources", "ln -s plan home/project/_site", "home/project", None, SOURCES),
    (
        "a default that leads nowhere",
        "ln -s nowhere home/project/_site",
        "home/project",
        None,
        "follow the symbolic link",
    ),
    ("the default", "true", "home/project", None, ""),
    ("the default, from within", "true", "home/project/plan/items", None, ""),
    ("beside the project", "true", "home/project", Some("../site"), ""),
    ("where no pattern begins", BACKLOG, "home/project", Some("plan/site"), ""),
    ("beside static files", "true", "home/project", Some("static-site"), ""),
    (
        "where patterns begin in the root",
        "echo 'collections: [{kind: item, include: \"**/*.md\"}]' >>home/project/roadbook.yml",
        "home/project",
        Some("site"),
        "",
    ),
    (
        "static files that are nowhere",
        "rm -r home/project/static; ln -s nowhere home/project/static",
        "home/project",
        None,
        "",
    ),
    ("a name with everything", "true", "home/project", Some("a\nb \"ä\" *"), ""),
    ("a name that looks like an option", "true", "home/project", Some("./-rf"), ""),
    ("a name that a shell would read", "true", "home/project", Some("~"), ""),
];

fn roadbook(root: &Path, from: &str, command: &str, to: Option<&str>) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_roadbook"));
    program.current_dir(root.join(from)).env("HOME", root.join("home")).args([command, "--color", "never"]);
    if let Some(to) = to {
        program.arg("-d").arg(to.replace("ROOT", root.to_str().unwrap()));
    }
    program.output().unwrap()
}

#[test]
fn the_program_puts_no_site_where_none_belongs() {
    for (name, script, from, to, expected) in CELLS {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let begin = "mkdir -p home/project/plan/items home/project/static; touch home/thesis; cd home/project; \
                     echo '# A' >plan/items/a.md; echo 'title: P' >roadbook.yml; echo x >static/logo.svg; cd ../..; ";
        shell(&root, &format!("{begin}{script}"));
        let before = snapshot(&root);
        if !expected.is_empty() {
            for command in ["build", "clean"] {
                let ran = roadbook(&root, from, command, *to);
                let said = String::from_utf8_lossy(&ran.stderr);
                assert!(command == "clean" || said.contains(expected), "{name}: {said}");
                // Where no site is, or may be any more, one can be cleaned away.
                let code = if (command, *expected) == ("clean", SOURCES) { ran.status.code() } else { Some(2) };
                assert!(ran.status.code() == code, "{name}: {command}: {said}");
                assert_eq!(snapshot(&root), before, "{name}: {command}");
            }
            continue;
        }
        let folder = root.join("home/project").join(to.unwrap_or("_site"));
        let mut sites = Vec::new();
        for _ in 0..2 {
            let ran = roadbook(&root, from, "build", *to);
            assert!(ran.status.success(), "{name}: {}", String::from_utf8_lossy(&ran.stderr));
            sites.push(pages(&folder));
        }
        assert!(
            sites[0].contains_key("\"index.html\"") && sites[0] == sites[1],
            "{name}: the site is not part of itself"
        );
        let ran = roadbook(&root, from, "clean", *to);
        assert!(ran.status.success(), "{name}: {}", String::from_utf8_lossy(&ran.stderr));
        let strip = |map: BTreeMap<String, String>| map.into_iter().map(|(path, seen)| (path, strip(&seen))).collect();
        let (before, after): (BTreeMap<_, _>, BTreeMap<_, _>) = (strip(before), strip(snapshot(&root)));
        assert_eq!(after, before, "{name}: clean");
    }
}

/// A folder gets a new time where the site came and went.
fn strip(seen: &str) -> String {
    match seen.split(' ').next() {
        Some(mode) if mode.starts_with('4') => mode.to_owned(),
        _ => seen.to_owned(),
    }
}

/// What a site holds, without times.
fn pages(folder: &Path) -> BTreeMap<String, String> {
    let without = |seen: String| seen.splitn(3, ' ').nth(2).unwrap_or_default().to_owned();
    snapshot(folder).into_iter().map(|(path, seen)| (path, without(seen))).collect()
}
