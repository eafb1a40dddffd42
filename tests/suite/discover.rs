//! Discovering: everything of a project, in order, and no file that stops the others.

#![allow(clippy::unwrap_used, reason = "a disk that fails a test may end it")]

use std::fs;
use std::path::Path;
use std::process::Command;

use expect_test::{Expect, expect};
use roadbook::date::Date;
use roadbook::diagnostic::Code;
use roadbook::discover::{DiscoverError, Inputs, MAX_FILE_SIZE, Options, discover, find_root};
use roadbook::publish::{Destination, FileContent, publish};
use roadbook::report::{Format, report};
use tempfile::TempDir;

use crate::support::put;

/// A project of these files.
fn project(files: &[(&str, &[u8])]) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        put(root.path(), path, bytes);
    }
    root
}

fn read(root: &TempDir) -> Inputs {
    discover(root.path(), &Options::default()).unwrap()
}

/// The sources with their collections, one a line.
fn listed(inputs: &Inputs) -> String {
    inputs.sources.iter().map(|(source, collection)| format!("{} {collection}\n", source.path)).collect()
}

fn check_diagnostics(inputs: &Inputs, expected: Expect) {
    expected.assert_eq(&report(&inputs.diagnostics, Format::Short, false));
}

#[test]
fn the_plan_in_order_with_its_collections() {
    let root = project(&[
        ("plan/vision.md", b"# V"),
        ("plan/themes/b.md", b"# B"),
        ("plan/themes/deep/no.md", b"# not in a theme's folder"),
        ("plan/items/z.md", b"# Z"),
        ("plan/items/deep/er/a.md", b"# A"),
        ("plan/items/a.txt", b"no Markdown"),
        ("plan/pages/p.md", b"# P"),
        ("other/x.md", b"# X"),
        ("README.md", b"# R"),
    ]);
    let inputs = read(&root);
    expect![[r#"
        plan/items/deep/er/a.md 2
        plan/items/z.md 2
        plan/pages/p.md 3
        plan/themes/b.md 1
        plan/vision.md 0
    "#]]
    .assert_eq(&listed(&inputs));
    assert_eq!(inputs.root, root.path().canonicalize().unwrap());
    assert_eq!(inputs.config_source.text, "");
    check_diagnostics(
        &inputs,
        expect![[r#"
        plan/themes/deep/no.md:1:1: warning[unread-file]: no collection reads `plan/themes/deep/no.md`, so it is not in the site
    "#]],
    );
}

#[test]
fn a_configuration_says_where_to_look() {
    let config = b"collections:\n  - kind: item\n    include: [docs/*.md, './docs/deep/**/*.md', one.md]\n    exclude: docs/no.md\n  - kind: page\n    include: '**/*.md'\n";
    let root = project(&[
        ("roadbook.yml", config),
        ("docs/a.md", b"# A"),
        ("docs/no.md", b"# N"),
        ("docs/deep/x/y.md", b"# Y"),
        ("docs/shallow/z.md", b"# Z"),
        ("one.md", b"# 1"),
    ]);
    let inputs = read(&root);
    expect![[r#"
        docs/a.md 0
        docs/deep/x/y.md 0
        docs/no.md 1
        docs/shallow/z.md 1
        one.md 0
    "#]]
    .assert_eq(&listed(&inputs));
    assert_eq!(inputs.config_source.text.as_bytes(), config);
}

#[test]
fn hidden_files_tools_folders_and_sites_are_left_out() {
    let root = project(&[
        ("roadbook.yml", b"collections:\n  - {kind: item, include: ['**/*.md', '.notes/*.md']}\n"),
        ("a.md", b"# A"),
        (".hidden.md", b"# H"),
        (".git/x.md", b"# G"),
        (".notes/named.md", b"# named by a pattern"),
        ("node_modules/x/readme.md", b"# N"),
        ("target/CACHEDIR.TAG", b"x"),
        ("target/doc.md", b"# T"),
        ("plan/target/goal.md", b"# a folder of the plan that has this name"),
    ]);
    let site = Destination { folder: root.path().join("out"), protected: Vec::new(), ..Destination::default() };
    publish(&site, &["page.md".to_owned()], &|_| Ok(FileContent::Bytes(b"# P".to_vec())), None).unwrap();
    expect![[r#"
        a.md 0
        plan/target/goal.md 0
    "#]]
    .assert_eq(&listed(&read(&root)));
    put(root.path(), "roadbook.yml", b"collections:\n  - {kind: item, include: ['plan/**/*.md', '.notes/*.md']}\n");
    expect![[r#"
        .notes/named.md 0
        plan/target/goal.md 0
    "#]]
    .assert_eq(&listed(&read(&root)));
}

/// Only the folders that a pattern names are walked: one that cannot be read elsewhere is nobody's trouble.
#[cfg(unix)]
#[test]
fn nothing_is_walked_that_no_pattern_names() {
    let root = project(&[("plan/items/a.md", b"# A")]);
    fs::create_dir(root.path().join("elsewhere")).unwrap();
    link("..", &root.path().join("elsewhere/up"));
    link("loop", &root.path().join("loop"));
    check_diagnostics(&read(&root), expect![""]);
}

#[test]
fn any_bytes_are_text() {
    let root = project(&[
        ("plan/items/bom.md", b"\xef\xbb\xbf# A\r\nb\r\n"),
        ("plan/items/bom-latin.md", b"\xef\xbb\xbf# A\r\n\r\ncaf\xe9 \xff\r\n"),
        ("plan/items/cr.md", b"a\rb"),
        ("plan/items/cut.md", b"cut \xe6\x97"),
        ("plan/items/empty.md", b""),
        ("plan/items/nul.md", b"a\0b"),
        ("plan/items/only-bom.md", b"\xef\xbb\xbf"),
        ("plan/items/space.md", b" \n\t\n"),
        ("plan/items/utf16.md", b"\xff\xfe#\0 \0A\0"),
    ]);
    let inputs = read(&root);
    let texts: String = inputs.sources.iter().map(|(source, _)| format!("{:?}\n", source.text)).collect();
    expect![[r##"
        "# A\n\ncaf� �\n"
        "# A\nb\n"
        "a\nb"
        "cut �"
        ""
        "a\0b"
        ""
        " \n\t\n"
        "��#\0 \0A\0"
    "##]]
    .assert_eq(&texts);
    check_diagnostics(
        &inputs,
        expect![[r#"
            plan/items/bom-latin.md:3:4: warning[invalid-utf8]: `plan/items/bom-latin.md` is not UTF-8 text
            plan/items/cut.md:1:5: warning[invalid-utf8]: `plan/items/cut.md` is not UTF-8 text
            plan/items/empty.md:1:1: warning[empty-file]: `plan/items/empty.md` is empty
            plan/items/nul.md:1:2: warning[invalid-utf8]: `plan/items/nul.md` has a NUL in it, as text in UTF-16 has and UTF-8 text has not
            plan/items/only-bom.md:1:1: warning[empty-file]: `plan/items/only-bom.md` is empty
            plan/items/space.md:1:1: warning[empty-file]: `plan/items/space.md` is empty
            plan/items/utf16.md:1:1: warning[invalid-utf8]: `plan/items/utf16.md` is not UTF-8 text
        "#]],
    );
    let wrong = &inputs.diagnostics[0];
    assert_eq!(wrong.code, Code::INVALID_UTF8);
    let place = wrong.location.as_ref().unwrap();
    assert_eq!(place.source.slice(place.span), "\u{fffd}");
}

#[cfg(unix)]
fn link(target: &str, path: &Path) {
    std::os::unix::fs::symlink(target, path).unwrap();
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_bad_ones_reported() {
    let root = project(&[("plan/items/a.md", b"# A"), ("shared/b.md", b"# B"), ("static/s.txt", b"s")]);
    let items = root.path().join("plan/items");
    link("../../shared", &items.join("folder"));
    link("../../shared/b.md", &items.join("file.md"));
    // A walk from `other` comes back to it through `back`, below neither of the two.
    fs::create_dir(root.path().join("other")).unwrap();
    link("../../other", &items.join("round"));
    link("../shared", &root.path().join("other/again"));
    link("../other", &root.path().join("shared/back"));
    // What lies elsewhere is read, but not the way back from there.
    let elsewhere = project(&[("c.md", b"# C")]);
    link(elsewhere.path().to_str().unwrap(), &items.join("elsewhere"));
    link(root.path().to_str().unwrap(), &elsewhere.path().join("back"));
    link("..", &items.join("up"));
    link(".", &items.join("here"));
    link("self.md", &items.join("self.md"));
    link("gone.md", &items.join("broken.md"));
    link("nobody@host.1234", &items.join(".#a.md"));
    link("../..", &root.path().join("shared/root"));
    link("nowhere", &root.path().join("static/broken.css"));
    let inputs = read(&root);
    expect![[r#"
        plan/items/a.md 2
        plan/items/file.md 2
        plan/items/folder/b.md 2
        plan/items/round/again/b.md 2
    "#]]
    .assert_eq(&listed(&inputs));
    check_diagnostics(
        &inputs,
        expect![[r#"
            plan/items/broken.md:1:1: warning[missing-file]: `plan/items/broken.md` is a link to something that does not exist
            plan/items/elsewhere:1:1: warning[outside-link]: `plan/items/elsewhere` is a link that leads out of the project, and is not followed
            plan/items/folder/back/again:1:1: warning[symlink-loop]: `plan/items/folder/back/again` is a link to a folder that it lies in
            plan/items/folder/root:1:1: warning[symlink-loop]: `plan/items/folder/root` is a link to a folder that it lies in
            plan/items/here:1:1: warning[symlink-loop]: `plan/items/here` is a link to a folder that it lies in
            plan/items/round/again/back:1:1: warning[symlink-loop]: `plan/items/round/again/back` is a link to a folder that it lies in
            plan/items/round/again/root:1:1: warning[symlink-loop]: `plan/items/round/again/root` is a link to a folder that it lies in
            plan/items/self.md:1:1: warning[symlink-loop]: `plan/items/self.md` is a link that leads back to itself
            plan/items/up:1:1: warning[symlink-loop]: `plan/items/up` is a link to a folder that it lies in
            static/broken.css:1:1: warning[missing-file]: `static/broken.css` is a link to something that does not exist
        "#]],
    );
}

/// What may not be read costs nobody the rest of the plan. The superuser may read everything, so the program runs as somebody else.
#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_a_finding_among_others() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    use std::os::unix::process::CommandExt as _;
    let root = project(&[
        ("plan/items/a.md", b"# A"),
        ("plan/items/odd.md", b"---\ntitle: Odd\nstatus: odd\n---\n"),
        ("plan/items/shut.md", b"# B"),
        ("plan/items/shut/c.md", b"# C"),
    ]);
    let set = |path: &str, mode| {
        fs::set_permissions(root.path().join(path), fs::Permissions::from_mode(mode)).expect("permissions");
    };
    let program = root.path().join("program");
    crate::support::copy_program(&program);
    set("", 0o755);
    set("plan/items/shut.md", 0);
    set("plan/items/shut", 0);
    let mut check = Command::new(&program);
    check.args(["check", "--format", "short"]).current_dir(root.path());
    if fs::metadata(root.path()).expect("a folder").uid() == 0 {
        check.uid(65534).gid(65534);
    }
    let output = check.output().expect("a run");
    // So that it can be cleared away.
    set("plan/items/shut", 0o755);
    assert_eq!(output.status.code(), Some(1));
    expect![[r#"
        plan/items/odd.md:3:9: warning[unknown-status]: `odd` has no state mapping
        plan/items/shut:1:1: error[unreadable-file]: `plan/items/shut` cannot be read: Permission denied (os error 13)
        plan/items/shut.md:1:1: error[unreadable-file]: `plan/items/shut.md` cannot be read: Permission denied (os error 13)
    "#]]
    .assert_eq(&String::from_utf8_lossy(&output.stdout));
}

#[test]
fn a_project_that_cannot_be_read_is_an_error() {
    let root = project(&[("roadbook.yml/x", b"the configuration is a folder")]);
    let error = discover(root.path(), &Options::default()).unwrap_err();
    assert!(matches!(&error, DiscoverError::Unreadable { path, .. } if path.ends_with("roadbook.yml")), "{error}");
    let error = discover(&root.path().join("nowhere"), &Options::default()).unwrap_err();
    assert!(error.to_string().contains("nowhere`: "), "{error}");
}

#[test]
fn a_file_that_is_too_large_is_a_finding_among_others() {
    let root = project(&[("plan/items/a.md", &vec![b'x'; MAX_FILE_SIZE as usize])]);
    assert_eq!(read(&root).sources[0].0.text.len(), MAX_FILE_SIZE as usize);
    put(root.path(), "plan/items/b.md", vec![b'x'; MAX_FILE_SIZE as usize + 1]);
    let inputs = read(&root);
    assert_eq!(inputs.sources.len(), 1);
    check_diagnostics(
        &inputs,
        expect![[r#"
            plan/items/b.md:1:1: error[unreadable-file]: `plan/items/b.md` is larger than 16 MiB, and is not read
        "#]],
    );
}

/// A file's size is judged before it is read: one that is larger than the memory would else end the program.
#[cfg(target_os = "linux")]
#[test]
fn no_more_is_read_than_may_be() {
    let root = project(&[("plan/items/a.md", b"# A"), ("plan/items/b.md", b""), ("static/c.bin", b"")]);
    let large = fs::OpenOptions::new().write(true).open(root.path().join("plan/items/b.md")).expect("a file");
    large.set_len(8 << 30).expect("a file without contents");
    let limited = "ulimit -v 4000000 && exec \"$0\" check --format short";
    let program = env!("CARGO_BIN_EXE_roadbook");
    let output = Command::new("sh").args(["-c", limited, program]).current_dir(root.path()).output().expect("a run");
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8_lossy(&output.stdout).contains("is larger than 16 MiB"));
}

#[test]
fn no_project_says_what_to_run() {
    let root = project(&[("x.md", b"# X")]);
    let error = discover(root.path(), &Options::default()).unwrap_err();
    let path = root.path().canonicalize().unwrap();
    let expected = "there is no `roadbook.yml` and no `plan` folder in `ROOT`; run `roadbook init` to start a plan";
    assert_eq!(error.to_string(), expected.replace("ROOT", &path.display().to_string()));
    put(root.path(), "roadbook.yml", b"");
    assert!(read(&root).sources.is_empty(), "a configuration is enough, with nothing in it too");
    check_diagnostics(&read(&root), expect![""]);
}

#[test]
fn a_wrong_configuration_is_reported_and_the_plan_read() {
    let root = project(&[("roadbook.yml", b"titel: x\n"), ("plan/items/a.md", b"# A")]);
    let inputs = read(&root);
    assert_eq!(inputs.sources.len(), 1);
    assert_eq!(inputs.diagnostics.iter().map(|one| one.code).collect::<Vec<_>>(), [Code::INVALID_CONFIGURATION]);
}

/// A site may have been made for others than the next one, so it never becomes a part of it, whole or half made.
#[test]
fn a_site_among_the_static_files_is_none_of_them() {
    let root = project(&[
        ("plan/items/a.md", b"# A"),
        ("static/.well-known/x", b"x"),
        ("static/deep/.site.roadbook/site/index.html", b"internal"),
        ("static/deep/site/.roadbook-stage/site/index.html", b"internal"),
        ("static/.roadmap.json.7.roadbook", b"half of it"),
        ("static/deep/logo.svg", b"x"),
        ("static/a.roadbook.svg", b"x"),
    ]);
    let site = |folder: &str| {
        let site = Destination { folder: root.path().join(folder), protected: Vec::new(), ..Destination::default() };
        publish(&site, &["x/base.html".to_owned()], &|_| Ok(FileContent::Bytes(b"internal".to_vec())), None).unwrap();
    };
    site("static/deep/old");
    let addresses = || read(&root).static_files.into_iter().map(|(address, _)| address).collect::<Vec<_>>();
    assert_eq!(addresses(), [".well-known/x", "a.roadbook.svg", "deep/logo.svg"]);
    fs::remove_dir_all(root.path().join("static")).unwrap();
    site("static");
    site("templates");
    fs::write(root.path().join("static/mine.svg"), "x").unwrap();
    assert_eq!(addresses(), [""; 0]);
    assert!(read(&root).templates.is_empty());
}

#[test]
fn templates_and_static_files() {
    let root = project(&[
        ("plan/vision.md", b"# V"),
        ("templates/item.html", b"own\r\n"),
        ("templates/.swp", b"x"),
        ("static/style.css", b"own"),
        ("static/img/logo.png", &[0xff, 0]),
        ("static/.well-known/security.txt", b"x"),
        ("static/.DS_Store", b"x"),
        ("static/.git/HEAD", b"x"),
    ]);
    let inputs = read(&root);
    let templates: Vec<_> =
        inputs.templates.iter().map(|source| (source.path.as_str(), source.text.as_str())).collect();
    assert_eq!(templates, [("templates/item.html", "own\n")]);
    let addresses: Vec<_> = inputs.static_files.iter().map(|(address, _)| address.as_str()).collect();
    assert_eq!(addresses, [".well-known/security.txt", "img/logo.png", "style.css"]);
    let path = root.path().canonicalize().unwrap().join("static/img/logo.png");
    assert_eq!(inputs.static_files[1].1, path);
}

#[test]
fn today_is_given_or_the_clocks() {
    let root = project(&[("plan/vision.md", b"# V")]);
    let day = Date::day(2020, 2, 29).unwrap();
    let inputs = discover(root.path(), &Options { today: Some(day.clone()), ..Options::default() }).unwrap();
    assert_eq!(inputs.today, day);
    assert!(day.is_before(&read(&root).today));
}

#[test]
fn the_root_is_the_nearest_folder_upwards_with_a_configuration() {
    let root =
        project(&[("roadbook.yml", b""), ("a/b/x.md", b""), ("a/inner/roadbook.yml", b""), ("a/inner/c/x.md", b"")]);
    let real = root.path().canonicalize().unwrap();
    assert_eq!(find_root(&root.path().join("a/b")), Some(real.clone()));
    assert_eq!(find_root(&root.path().join("a/inner/c")), Some(real.join("a/inner")));
    assert_eq!(find_root(root.path()), Some(real));
    assert_eq!(find_root(&root.path().join("nowhere")), None);
    let none = project(&[("x.md", b"")]);
    assert_eq!(find_root(none.path()), None);
}
