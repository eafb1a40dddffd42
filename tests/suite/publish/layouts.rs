//! Folders that are no place for a site: nothing in them or beside them changes.

use std::fs;
use std::path::Path;

use roadbook::publish::{Destination, clean};

#[cfg(unix)]
use super::link;
#[cfg(unix)]
use super::unmanaged::{shell, snapshot};
use super::{first, put, second, to, tree};

/// A layout that must be refused: how it is made below a folder, what is protected, what the output is, and why.
type Layout = (&'static str, fn(&Path), &'static [&'static str], &'static str, &'static str);

const LAYOUTS: &[Layout] = &[
    (
        "a folder with a file",
        |root| fs::write(root.join("out/thesis.txt"), "x").unwrap(),
        &[],
        "out",
        "did not make it",
    ),
    ("a folder with a hidden file", |root| fs::write(root.join("out/.x"), "x").unwrap(), &[], "out", "did not make it"),
    (
        "a folder with an empty folder",
        |root| fs::create_dir(root.join("out/x")).unwrap(),
        &[],
        "out",
        "did not make it",
    ),
    (
        "a site by something else",
        |root| fs::write(root.join("out/index.html"), "x").unwrap(),
        &[],
        "out",
        "did not make it",
    ),
    ("a file", |root| fs::write(root.join("file"), "x").unwrap(), &[], "file", "not a folder"),
    ("the project", |_| {}, &["out"], "out", "project's own"),
    ("the project, with dots", |_| {}, &["out"], "plan/../out/.", "project's own"),
    ("a folder above the project", |_| {}, &["out/a/b"], "out", "project's own"),
    ("the sources", |_| {}, &["plan"], "plan", "project's own"),
    ("a folder above the sources", |_| {}, &["other", "out/plan"], "out", "project's own"),
    ("a project that does not exist yet", |_| {}, &["new/project"], "new", "project's own"),
    ("a protected folder of ours", mark, &["out"], "out", "project's own"),
    ("a folder with .git", |root| fs::create_dir(root.join("out/.git")).unwrap(), &[], "out", "git repository"),
    ("a worktree of git", |root| fs::write(root.join("out/.git"), "gitdir: x").unwrap(), &[], "out", "git repository"),
    (
        "a marked folder with .git",
        |root| {
            mark(root);
            fs::create_dir(root.join("out/.git")).unwrap();
        },
        &[],
        "out",
        "git repository",
    ),
    ("inside .git", |root| fs::create_dir(root.join(".git")).unwrap(), &[], ".git/site", "git folder"),
    (".git itself", |_| {}, &[], ".git", "git folder"),
    (
        "a marker that is a folder",
        |root| fs::create_dir(root.join("out/.roadbook")).unwrap(),
        &[],
        "out",
        "no plain file",
    ),
    (
        "an empty marker",
        |root| fs::write(root.join("out/.roadbook"), "").unwrap(),
        &[],
        "out",
        "not written by Roadbook",
    ),
    (
        "an unmanaged marker",
        |root| fs::write(root.join("out/.roadbook"), "hi\n").unwrap(),
        &[],
        "out",
        "not written by",
    ),
    ("a binary marker", |root| fs::write(root.join("out/.roadbook"), [0xff]).unwrap(), &[], "out", "not written by"),
    (
        "a newer marker",
        |root| {
            fs::write(root.join("out/.roadbook"), "roadbook output, format 2\nend\n").unwrap();
        },
        &[],
        "out",
        "newer Roadbook",
    ),
    (
        "a marker cut short",
        |root| {
            fs::write(root.join("out/.roadbook"), "roadbook output, format 1\nindex.h").unwrap();
        },
        &[],
        "out",
        "cut short",
    ),
    (
        "a marker that leads out",
        |root| {
            fs::write(root.join("out/.roadbook"), "roadbook output, format 1\n../plan/a.md\nend\n").unwrap();
        },
        &[],
        "out",
        "no site can have",
    ),
    (
        "a stage that is not ours",
        |root| fs::create_dir_all(root.join(".out.roadbook/mine")).unwrap(),
        &[],
        "out",
        "in the way",
    ),
    ("a stage that is a file", |root| fs::write(root.join(".out.roadbook"), "x").unwrap(), &[], "out", "in the way"),
    (
        "a stage with more in it",
        |root| {
            fs::create_dir(root.join(".out.roadbook")).unwrap();
            fs::write(root.join(".out.roadbook/lock"), "").unwrap();
            fs::write(root.join(".out.roadbook/mine"), "").unwrap();
        },
        &[],
        "out",
        "in the way",
    ),
];

#[cfg(unix)]
const LINKS: &[Layout] = &[
    ("a link to the project", |root| link("out", &root.join("l")), &["out"], "l", "project's own"),
    (
        "a link to a link to the sources",
        |root| {
            link("plan", &root.join("l"));
            link("l", &root.join("m"));
        },
        &["plan"],
        "m",
        "project's own",
    ),
    (
        "below a link to a folder above the project",
        |root| link(".", &root.join("l")),
        &["out/project"],
        "l/out",
        "project's own",
    ),
    ("a link to the root", |root| link("/", &root.join("l")), &[], "l", "root of the file system"),
    (
        "a link to a full folder",
        |root| {
            fs::write(root.join("out/x"), "x").unwrap();
            link("out", &root.join("l"));
        },
        &[],
        "l",
        "did not make it",
    ),
    ("a link that leads nowhere", |root| link("nowhere", &root.join("l")), &[], "l", "follow the symbolic link"),
    ("a link to itself", |root| link("l", &root.join("l")), &[], "l", "follow the symbolic link"),
    ("a stage that is a link", |root| link("plan", &root.join(".out.roadbook")), &[], "out", "in the way"),
    ("a stage that is a broken link", |root| link("nowhere", &root.join(".out.roadbook")), &[], "out", "in the way"),
    (
        "a marker that is a link",
        |root| {
            fs::write(root.join("m"), "roadbook output, format 1\nend\n").unwrap();
            link("../m", &root.join("out/.roadbook"));
        },
        &[],
        "out",
        "no plain file",
    ),
];
#[cfg(not(unix))]
const LINKS: &[Layout] = &[];

/// Makes `out` a folder of ours with a page and a file of the user's.
fn mark(root: &Path) {
    put(&to(root.join("out")), &first()).unwrap();
    fs::write(root.join("out/CNAME"), "example.org").unwrap();
}

/// As long as a name may be, so that none beside it can be longer.
#[cfg(unix)]
const LONG_NAME: &str = match str::from_utf8(&[b'x'; 255]) {
    Ok(name) => name,
    Err(_) => "",
};

/// The same as [`LAYOUTS`], made by a shell; `project` is the project.
#[cfg(unix)]
const SHELL: &[(&str, &str, &str, &str)] = &[
    ("a pipe", "rmdir out && mkfifo out", "out", "not a folder"),
    ("below a file", "touch file", "file/out", "not a folder"),
    ("below a pipe", "mkfifo pipe", "pipe/out", "not a folder"),
    ("below a link that leads nowhere", "ln -s nowhere l", "l/out", "follow the symbolic link"),
    ("below a link to itself", "ln -s l l", "l/out", "follow the symbolic link"),
    ("links in a circle", "ln -s m l; ln -s l m", "l", "follow the symbolic link"),
    ("a link to a file", "touch x; ln -s x l", "l", "not a folder"),
    ("a name that is too long", "true", LONG_NAME, "too long"),
    ("the project, through another name", "ln -s project l", "l", "project's own"),
    ("the project, with slashes", "true", "project///", "project's own"),
    (
        "a folder of ours above the project",
        "printf 'roadbook output, format 1\\nend\\n' >.roadbook",
        ".",
        "project's own",
    ),
    ("the sources, which are full", "true", "project/plan", "did not make it"),
    ("a folder in the sources", "true", "project/plan/items", "did not make it"),
    ("the templates", "true", "project/templates", "did not make it"),
    ("the static files", "true", "project/static", "did not make it"),
    ("a link to the sources", "ln -s project/plan l", "l", "did not make it"),
    ("inside .git by a link", "mkdir -p .git/x; ln -s .git/x l", "l", "git folder"),
    ("a link as .git", "mkdir elsewhere; ln -s ../elsewhere out/.git", "out", "git repository"),
    ("a bare repository", "mkdir -p out/objects out/refs; echo 'ref: x' >out/HEAD", "out", "did not make it"),
    (
        "a site of mkdocs",
        "mkdir out/assets; echo '<!-- mkdocs -->' >out/index.html; touch out/sitemap.xml",
        "out",
        "did not make it",
    ),
    (
        "a marker with an absolute path",
        "printf 'roadbook output, format 1\\n/etc/passwd\\nend\\n' >out/.roadbook",
        "out",
        "no site can have",
    ),
    (
        "a marker that leads out from within",
        "printf 'roadbook output, format 1\\na/../../plan\\nend\\n' >out/.roadbook",
        "out",
        "no site can have",
    ),
    (
        "a marker that names itself",
        "printf 'roadbook output, format 1\\n.roadbook\\nend\\n' >out/.roadbook",
        "out",
        "no site can have",
    ),
    (
        "a marker with a backslash",
        "printf 'roadbook output, format 1\\n..\\\\plan\\nend\\n' >out/.roadbook",
        "out",
        "no site can have",
    ),
    (
        "a marker with an empty line",
        "printf 'roadbook output, format 1\\n\\nend\\n' >out/.roadbook",
        "out",
        "no site can have",
    ),
    (
        "a marker without its last line end",
        "printf 'roadbook output, format 1\\na\\nend' >out/.roadbook",
        "out",
        "cut short",
    ),
    ("a marker of nothing but its head", "printf 'roadbook output, format 1\\n' >out/.roadbook", "out", "cut short"),
    (
        "a marker with a mark before it",
        "printf '\\357\\273\\277roadbook output, format 1\\nend\\n' >out/.roadbook",
        "out",
        "not written by",
    ),
    ("a marker that is a pipe", "mkfifo out/.roadbook", "out", "no plain file"),
    ("a marker that leads nowhere", "ln -s nowhere out/.roadbook", "out", "no plain file"),
    (
        "a stage whose lock is a link",
        "mkdir .out.roadbook; echo mine >mine; ln -s ../mine .out.roadbook/lock",
        "out",
        "in the way",
    ),
    ("a stage whose lock has words", "mkdir .out.roadbook; echo mine >.out.roadbook/lock", "out", "in the way"),
    ("a stage whose lock is a folder", "mkdir -p .out.roadbook/lock", "out", "in the way"),
    ("a stage whose lock is a pipe", "mkdir .out.roadbook; mkfifo .out.roadbook/lock", "out", "in the way"),
    (
        "a stage whose tree is a link",
        "mkdir .out.roadbook; touch .out.roadbook/lock; ln -s ../project .out.roadbook/site",
        "out",
        "in the way",
    ),
    (
        "a stage whose old tree is a file",
        "mkdir .out.roadbook; touch .out.roadbook/lock .out.roadbook/old",
        "out",
        "in the way",
    ),
    ("a stage with a tree and no lock", "mkdir -p .out.roadbook/site/mine", "out", "in the way"),
];

#[cfg(unix)]
#[test]
fn what_a_shell_makes_is_refused_and_stays_as_it_is() {
    for (name, script, output, expected) in SHELL {
        let root = tempfile::tempdir().unwrap();
        let begin = "mkdir -p out project/plan/items project/templates project/static; touch project/plan/items/a.md \
                     project/templates/base.html project/static/logo.svg; ";
        shell(root.path(), &format!("{begin}{script}"));
        let before = snapshot(root.path());
        let output = Destination {
            folder: root.path().join(output),
            protected: vec![root.path().join("project")],
            ..Destination::default()
        };
        let error = put(&output, &second()).expect_err(name);
        assert!(error.to_string().contains(expected), "{name}: {error}");
        assert_eq!(snapshot(root.path()), before, "{name}");
        let cleaned = clean(&output);
        assert_eq!(snapshot(root.path()), before, "{name}: clean: {cleaned:?}");
    }
}

#[test]
fn there_are_enough_layouts() {
    let cells = LAYOUTS.len() + LINKS.len();
    #[cfg(unix)]
    let cells = cells + SHELL.len() + super::unmanaged::CELLS.len() + super::places::CELLS.len();
    assert!(cells >= if cfg!(unix) { 100 } else { 25 }, "{cells}");
}

#[test]
fn what_is_not_ours_is_refused_and_stays_as_it_is() {
    for (name, make, protected, output, expected) in LAYOUTS.iter().chain(LINKS) {
        let root = tempfile::tempdir().unwrap();
        for folder in ["out", "plan"] {
            fs::create_dir(root.path().join(folder)).unwrap();
        }
        fs::write(root.path().join("plan/a.md"), "# A").unwrap();
        make(root.path());
        let before = tree(root.path());
        let output = Destination {
            folder: root.path().join(output),
            protected: protected.iter().map(|path| root.path().join(path)).collect(),
            ..Destination::default()
        };
        let error = put(&output, &second()).expect_err(name);
        assert!(error.to_string().contains(expected), "{name}: {error}");
        assert_eq!(tree(root.path()), before, "{name}");
        let cleaned = clean(&output);
        assert_eq!(tree(root.path()), before, "{name}: clean: {cleaned:?}");
    }
}
