//! Publishing: whole or not at all, and nothing of others is ever touched.

#![allow(clippy::unwrap_used, reason = "a disk that fails a test may end it")]

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use roadbook::publish::{
    Content, Destination, Disk, MARKER, OneFile, PublishError, Published, check_file, clean, clean_on, publish,
    publish_file, publish_file_on, publish_on,
};

type Site = BTreeMap<String, Vec<u8>>;

/// A site of a few pages whose words are `words`.
fn site(pages: &[(&str, &str)]) -> Site {
    pages.iter().map(|(address, words)| ((*address).to_owned(), words.as_bytes().to_vec())).collect()
}

fn to(folder: impl Into<PathBuf>) -> Destination {
    Destination { folder: folder.into(), protected: Vec::new() }
}

fn put_on(disk: &Disk, to: &Destination, site: &Site) -> Result<Published, PublishError> {
    let addresses: Vec<String> = site.keys().cloned().collect();
    publish_on(disk, to, &addresses, &|address| Ok(Content::Bytes(site[address].clone())), None)
}

fn put(to: &Destination, site: &Site) -> Result<Published, PublishError> {
    put_on(&Disk::default(), to, site)
}

/// Everything below a folder: path → bytes, a link's target, or nothing for a folder; the marker left out.
fn tree(folder: &Path) -> Site {
    let mut found = Site::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        let Ok(entries) = fs::read_dir(&next) else { continue };
        for entry in entries {
            let entry = entry.unwrap();
            let (path, kind) = (entry.path(), entry.file_type().unwrap());
            let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            if kind.is_dir() {
                found.insert(format!("{name}/"), Vec::new());
                open.push(path);
            } else if kind.is_symlink() {
                found.insert(name, fs::read_link(&path).unwrap().to_str().unwrap().into());
            } else if name != MARKER {
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

/// The same with its folders, as [`tree`] finds it.
fn with_folders(site: &Site) -> Site {
    let mut all = site.clone();
    for address in site.keys() {
        for (at, _) in address.match_indices('/') {
            all.insert(address[..=at].to_owned(), Vec::new());
        }
    }
    all
}

fn first() -> Site {
    site(&[("index.html", "home"), ("items/a.html", "a"), ("items/b.html", "b"), ("tags/old.html", "gone")])
}

fn second() -> Site {
    site(&[("index.html", "home"), ("items/a.html", "new a"), ("items/b.html", "b"), ("pages/deep/c.html", "c")])
}

/// The names beside the output.
fn beside(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn set_time(path: &Path, seconds: u64) -> SystemTime {
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
    fs::File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
    time
}

fn time(path: &Path) -> SystemTime {
    fs::metadata(path).unwrap().modified().unwrap()
}

#[test]
fn a_site_is_written_and_replaced() {
    let root = tempfile::tempdir().unwrap();
    let output = to(root.path().join("deep/out"));
    let published = put(&output, &first()).unwrap();
    assert_eq!(published, Published { written: 4, ..Published::default() });
    assert_eq!(tree(&output.folder), with_folders(&first()));

    let kept = set_time(&output.folder.join("items/b.html"), 1_000);
    let published = put(&output, &second()).unwrap();
    assert_eq!(published, Published { written: 2, unchanged: 2, removed: 1, ..Published::default() });
    assert_eq!(tree(&output.folder), with_folders(&second()), "the stale page and its folder are gone");
    assert_eq!(time(&output.folder.join("items/b.html")), kept, "an unchanged page keeps its time");
    assert_ne!(time(&output.folder.join("items/a.html")), kept);
    assert_eq!(beside(&root.path().join("deep")), ["out"], "no stage is left");
}

#[test]
fn the_same_site_again_changes_nothing() {
    let root = tempfile::tempdir().unwrap();
    let output = to(root.path().join("out"));
    put(&output, &first()).unwrap();
    let times: Vec<_> = first().keys().map(|address| set_time(&output.folder.join(address), 5)).collect();
    let marker = set_time(&output.folder.join(MARKER), 6);
    let published = put(&output, &first()).unwrap();
    assert_eq!(published, Published { unchanged: 4, ..Published::default() });
    assert_eq!(first().keys().map(|address| time(&output.folder.join(address))).collect::<Vec<_>>(), times);
    assert_eq!(time(&output.folder.join(MARKER)), marker);
    assert_eq!(beside(root.path()), ["out"]);
}

#[test]
fn a_page_changed_by_hand_is_made_again() {
    let root = tempfile::tempdir().unwrap();
    let output = to(root.path().join("out"));
    put(&output, &first()).unwrap();
    // Same length, same time: only the contents tell.
    let path = output.folder.join("items/a.html");
    let before = time(&path);
    fs::write(&path, "x").unwrap();
    fs::File::options().write(true).open(&path).unwrap().set_modified(before).unwrap();
    fs::remove_file(output.folder.join("items/b.html")).unwrap();
    let published = put(&output, &first()).unwrap();
    assert_eq!((published.written, published.unchanged), (2, 2));
    assert_eq!(tree(&output.folder), with_folders(&first()));
}

#[test]
fn one_thread_or_many_and_any_order_give_the_same_bytes() {
    let root = tempfile::tempdir().unwrap();
    let mut random = fastrand::Rng::with_seed(11);
    let site: Site = (0..300)
        .map(|n| (format!("items/{}/{n}.html", n % 7), (0..random.usize(0..20_000)).map(|_| random.u8(..)).collect()))
        .collect();
    let mut addresses: Vec<String> = site.keys().cloned().collect();
    let mut all = Vec::new();
    for threads in [Some(1), Some(2), Some(8), None] {
        random.shuffle(&mut addresses);
        let output = to(root.path().join(format!("out-{threads:?}")));
        publish(&output, &addresses, &|address| Ok(Content::Bytes(site[address].clone())), threads).unwrap();
        all.push((tree(&output.folder), fs::read(output.folder.join(MARKER)).unwrap()));
    }
    assert_eq!(all[0].0, with_folders(&site));
    assert!(all.iter().all(|one| *one == all[0]));
}

#[test]
fn files_are_copied_and_kept_when_equal() {
    let root = tempfile::tempdir().unwrap();
    let output = to(root.path().join("out"));
    let asset = root.path().join("logo.svg");
    fs::write(&asset, vec![7; 200_000]).unwrap();
    let mut permissions = fs::metadata(&asset).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&asset, permissions).unwrap();
    let run = |file: PathBuf| {
        publish(&output, &["logo.svg".to_owned()], &move |_| Ok(Content::File(file.clone())), None).unwrap()
    };
    assert_eq!(run(asset.clone()).written, 1);
    assert!(!fs::metadata(output.folder.join("logo.svg")).unwrap().permissions().readonly());
    assert_eq!(run(asset).unchanged, 1);
    let other = root.path().join("other.svg");
    fs::write(&other, [vec![7; 199_999], vec![8]].concat()).unwrap();
    assert_eq!(run(other.clone()).written, 1);
    assert_eq!(fs::read(output.folder.join("logo.svg")).unwrap(), fs::read(other).unwrap());
}

#[test]
fn a_page_that_fails_stops_everything() {
    let root = tempfile::tempdir().unwrap();
    let output = to(root.path().join("out"));
    put(&output, &first()).unwrap();
    let addresses: Vec<String> = (0..100).map(|n| format!("{n:03}.html")).collect();
    let render = |address: &str| match address {
        "013.html" | "097.html" => Err(format!("no template for {address}")),
        _ => Ok(Content::Bytes(b"x".to_vec())),
    };
    for threads in [1, 8] {
        let error = publish(&output, &addresses, &render, Some(threads)).unwrap_err();
        let path = output.folder.join("013.html");
        assert_eq!(error.to_string(), format!("cannot make `{}`: no template for 013.html", path.display()));
        assert_eq!(error.path(), path);
    }
    assert_eq!(tree(&output.folder), with_folders(&first()));
    assert_eq!(beside(root.path()), ["out"]);
}

#[test]
fn addresses_that_are_no_files_are_refused() {
    let root = tempfile::tempdir().unwrap();
    let output = to(root.path().join("out"));
    let wrong: &[&[&str]] = &[
        &[""],
        &["/etc/x"],
        &["../x"],
        &["a/../x"],
        &["a//b"],
        &["./a"],
        &["a/"],
        &["a\\b"],
        &["a\nb"],
        &["a\0b"],
        &[".roadbook"],
        &[".roadbook/x"],
        &["a", "a"],
        &["a", "a/b"],
        &["a/b", "a/b/c/d"],
    ];
    for addresses in wrong {
        let addresses: Vec<String> = addresses.iter().map(|&address| address.to_owned()).collect();
        let error = publish(&output, &addresses, &|_| Ok(Content::Bytes(Vec::new())), None).unwrap_err();
        assert!(matches!(error, PublishError::Address { .. }), "{addresses:?}: {error}");
        assert_eq!(beside(root.path()), [""; 0], "{addresses:?}");
    }
}

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
    ("a foreign marker", |root| fs::write(root.join("out/.roadbook"), "hi\n").unwrap(), &[], "out", "not written by"),
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

#[cfg(unix)]
fn link(target: &str, path: &Path) {
    std::os::unix::fs::symlink(target, path).unwrap();
}

/// Makes `out` a folder of ours with a page and a file of the user's.
fn mark(root: &Path) {
    put(&to(root.join("out")), &first()).unwrap();
    fs::write(root.join("out/CNAME"), "example.org").unwrap();
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
        };
        let error = put(&output, &second()).expect_err(name);
        assert!(error.to_string().contains(expected), "{name}: {error}");
        assert_eq!(tree(root.path()), before, "{name}");
        let cleaned = clean(&output);
        assert_eq!(tree(root.path()), before, "{name}: clean: {cleaned:?}");
    }
}

#[test]
fn the_root_the_home_folder_and_no_name_are_refused() {
    let home = std::env::home_dir().expect("the tests run with a home folder");
    let mut folders: Vec<PathBuf> = home.ancestors().map(Path::to_owned).collect();
    folders.extend(["", "/", "/.", "/..", "//"].map(PathBuf::from));
    for folder in folders {
        // A page that cannot be made: should the refusal ever break, nothing is written.
        let publish = publish(&to(&folder), &["x".to_owned()], &|_| Err("not refused".to_owned()), None);
        for error in [publish.expect_err("refused"), clean(&to(&folder)).expect_err("refused")] {
            assert!(error.to_string().starts_with("refusing to touch"), "{folder:?}: {error}");
        }
    }
}

#[test]
fn an_empty_folder_and_a_link_to_a_folder_of_ours_are_fine() {
    let root = tempfile::tempdir().unwrap();
    let output = to(root.path().join("out"));
    fs::create_dir(&output.folder).unwrap();
    put(&output, &first()).unwrap();
    assert_eq!(tree(&output.folder), with_folders(&first()));
    #[cfg(unix)]
    {
        link("out", &root.path().join("l"));
        put(&to(root.path().join("l")), &second()).unwrap();
        assert_eq!(tree(&output.folder), with_folders(&second()));
        assert_eq!(beside(root.path()), ["l", "out"]);
    }
}

#[test]
fn files_of_others_survive_with_their_times() {
    for disk in [Disk::default(), Disk::default().without_exchange()] {
        let root = tempfile::tempdir().unwrap();
        let output = to(root.path().join("out"));
        put(&output, &first()).unwrap();
        let theirs = site(&[("CNAME", "example.org"), ("items/mine.txt", "x"), ("tags/mine/deep.txt", "y")]);
        let mut times = Vec::new();
        for (path, bytes) in &theirs {
            let path = output.folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, bytes).unwrap();
            times.push(set_time(&path, 77));
        }
        fs::create_dir(output.folder.join("empty")).unwrap();
        let mut expected = second();
        expected.extend(theirs.clone());
        let mut expected = with_folders(&expected);
        expected.insert("empty/".to_owned(), Vec::new());
        #[cfg(unix)]
        {
            link("/nowhere/at/all", &output.folder.join("link"));
            expected.insert("link".to_owned(), "/nowhere/at/all".into());
        }
        for _ in 0..2 {
            let published = put_on(&disk, &output, &second()).unwrap();
            assert_eq!(published.foreign, if cfg!(unix) { 4 } else { 3 });
            assert_eq!(tree(&output.folder), expected);
            assert_eq!(theirs.keys().map(|path| time(&output.folder.join(path))).collect::<Vec<_>>(), times);
        }
        assert_eq!(beside(root.path()), ["out"]);
    }
}

#[test]
fn a_page_never_replaces_a_file_of_others() {
    let cases: &[(&str, &str)] = &[
        ("pages/deep/c.html", "our page"),
        ("pages", "our folder"),
        ("pages/deep", "our folder"),
        ("pages/deep/c.html/inside", "our page as their folder"),
    ];
    for (theirs, name) in cases {
        let root = tempfile::tempdir().unwrap();
        let output = to(root.path().join("out"));
        put(&output, &first()).unwrap();
        let path = output.folder.join(theirs);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, "theirs").unwrap();
        let before = tree(root.path());
        let error = put(&output, &second()).expect_err(name);
        assert!(matches!(error, PublishError::Foreign { .. }), "{name}: {error}");
        assert!(path.starts_with(error.path()), "{name}: {error}");
        assert_eq!(tree(root.path()), before, "{name}");
    }
}

#[test]
fn clean_removes_what_was_written_and_no_more() {
    let root = tempfile::tempdir().unwrap();
    let output = to(root.path().join("out"));
    assert_eq!(clean(&output).unwrap().removed, 0, "nothing there is fine");
    put(&output, &first()).unwrap();
    assert_eq!(clean(&output).unwrap().removed, 4);
    assert_eq!(beside(root.path()), [""; 0]);

    put(&output, &first()).unwrap();
    fs::write(output.folder.join("items/mine.txt"), "x").unwrap();
    let cleaned = clean(&output).unwrap();
    assert_eq!((cleaned.removed, cleaned.kept), (4, vec![PathBuf::from("items/mine.txt")]));
    let mine = site(&[("items/mine.txt", "x")]);
    assert_eq!(tree(&output.folder), with_folders(&mine));
    put(&output, &first()).expect("the folder is still ours");
    assert_eq!(tree(&output.folder), with_folders(&first().into_iter().chain(mine).collect()));
    assert_eq!(beside(root.path()), ["out"]);
}

/// A disk for which change `at` fails, or that change and all after it, as for a process that was killed.
fn failing(at: usize, is_killed: bool) -> (Disk, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let disk = Disk::checked(move |_, _| {
        let step = counted.fetch_add(1, Ordering::SeqCst);
        match step == at || is_killed && step > at {
            true => Err(io::Error::new(io::ErrorKind::StorageFull, "no space left")),
            false => Ok(()),
        }
    });
    (disk, count)
}

/// Fails at every change in turn. Whatever fails, and whenever, the output is one of `whole`; the next run gives the last.
fn at_every_change(is_killed: bool, exchange: bool, start: Option<&Site>) {
    let theirs = site(&[("CNAME", "example.org"), ("theirs/x.txt", "x")]);
    let with_theirs = |site: &Site| match start {
        Some(_) => with_folders(&site.iter().chain(&theirs).map(|(a, b)| (a.clone(), b.clone())).collect()),
        None => with_folders(site),
    };
    let (old, new) = (start.map(&with_theirs).unwrap_or_default(), with_theirs(&second()));
    for at in 0.. {
        let root = tempfile::tempdir().unwrap();
        let output = to(root.path().join("out"));
        if let Some(start) = start {
            put(&output, start).unwrap();
            fs::create_dir(output.folder.join("theirs")).unwrap();
            for (path, bytes) in &theirs {
                fs::write(output.folder.join(path), bytes).unwrap();
            }
        }
        let (disk, count) = failing(at, is_killed);
        let disk = if exchange { disk } else { disk.without_exchange() };
        let result = put_on(&disk, &output, &second());
        let found = tree(&output.folder);
        let at_change = format!("change {at}, killed: {is_killed}, exchange: {exchange}");
        let between = is_killed && !exchange && root.path().join(".out.roadbook/old").exists();
        match &result {
            Ok(_) => assert_eq!(found, new, "{at_change}"),
            // Between two renames: the one moment that a system without exchange has.
            Err(_) if between && found.is_empty() => {}
            Err(_) if is_killed => assert!(found == old || found == new, "{at_change}: {found:?}"),
            Err(_) => assert_eq!(found, old, "{at_change}"),
        }
        if !is_killed && result.is_err() && count.load(Ordering::SeqCst) > 3 {
            assert!(!root.path().join(".out.roadbook").exists(), "{at_change}: a failed run clears up");
        }
        put(&output, &second()).unwrap_or_else(|error| panic!("{at_change}: the next run: {error}"));
        assert_eq!(tree(&output.folder), new, "{at_change}: the next run");
        assert_eq!(beside(root.path()), ["out"], "{at_change}: the next run");
        if count.load(Ordering::SeqCst) <= at {
            assert!(at > 8, "the changes were counted: {at}");
            return;
        }
    }
}

#[test]
fn killed_or_failing_at_any_change_the_site_is_whole() {
    for is_killed in [true, false] {
        for exchange in [true, false] {
            for start in [Some(&first()), None] {
                at_every_change(is_killed, exchange, start);
            }
        }
    }
}

#[test]
fn a_killed_exchange_is_mended_before_another_site_comes() {
    for at in 0..60 {
        let root = tempfile::tempdir().unwrap();
        let output = to(root.path().join("out"));
        put(&output, &first()).unwrap();
        fs::write(output.folder.join("CNAME"), "example.org").unwrap();
        let (disk, _) = failing(at, true);
        let _ = put_on(&disk.without_exchange(), &output, &second());
        let cleaned = clean(&output).unwrap_or_else(|error| panic!("change {at}: {error}"));
        assert_eq!(cleaned.kept, [PathBuf::from("CNAME")], "change {at}");
        assert_eq!(tree(root.path()).keys().collect::<Vec<_>>(), ["out/", "out/.roadbook", "out/CNAME"], "change {at}");
    }
}

#[test]
fn a_killed_clean_goes_on_where_it_was() {
    for at in 0..40 {
        let root = tempfile::tempdir().unwrap();
        let output = to(root.path().join("out"));
        put(&output, &first()).unwrap();
        fs::write(output.folder.join("CNAME"), "example.org").unwrap();
        let (disk, _) = failing(at, true);
        let _ = clean_on(&disk, &output);
        assert_eq!(fs::read(output.folder.join("CNAME")).unwrap(), b"example.org", "change {at}");
        clean(&output).unwrap_or_else(|error| panic!("change {at}: {error}"));
        assert_eq!(tree(root.path()).keys().collect::<Vec<_>>(), ["out/", "out/.roadbook", "out/CNAME"], "change {at}");
    }
}

/// What someone else writes to the old tree while the new one is made must not go with it.
#[test]
fn a_file_that_comes_during_the_publication_is_kept() {
    for exchange in [true, false] {
        let root = tempfile::tempdir().unwrap();
        let output = to(root.path().join("out"));
        put(&output, &first()).unwrap();
        fs::write(output.folder.join("CNAME"), "example.org").unwrap();
        let folder = output.folder.clone();
        let disk = Disk::checked(move |act, path| {
            if act == "create" && path.ends_with(MARKER) {
                fs::write(folder.join("late.txt"), "late")?;
                // Saved as editors do: a new file under the old name.
                fs::write(folder.join("new"), "example.com")?;
                fs::rename(folder.join("new"), folder.join("CNAME"))?;
            }
            Ok(())
        });
        let disk = if exchange { disk } else { disk.without_exchange() };
        let published = put_on(&disk, &output, &second()).unwrap();
        assert_eq!(fs::read(output.folder.join("late.txt")).unwrap(), b"late");
        let left = published.left.expect("a file whose place is taken is kept beside the output");
        assert_eq!(fs::read(left.join("kept/CNAME")).unwrap(), b"example.com");
        put(&output, &first()).expect("what is kept is in nobody's way");
        assert_eq!(fs::read(left.join("kept/CNAME")).unwrap(), b"example.com");
    }
}

/// The same, and the process is killed when the new tree stands in place and the old one is not yet cleared away.
#[test]
fn a_file_that_comes_before_a_kill_is_kept() {
    for exchange in [true, false] {
        let root = tempfile::tempdir().unwrap();
        let output = to(root.path().join("out"));
        put(&output, &first()).unwrap();
        let folder = output.folder.clone();
        let is_made = AtomicUsize::new(0);
        let disk = Disk::checked(move |act, path| {
            if act == "create" && path.ends_with(MARKER) {
                fs::write(folder.join("late.txt"), "late")?;
                is_made.store(1, Ordering::SeqCst);
            }
            let is_after = is_made.load(Ordering::SeqCst) == 1 && act == "remove";
            if is_after { Err(io::Error::other("killed")) } else { Ok(()) }
        });
        let disk = if exchange { disk } else { disk.without_exchange() };
        let published = put_on(&disk, &output, &second()).unwrap();
        assert!(
            published.left.is_some() && !output.folder.join("late.txt").exists(),
            "the old tree is not cleared away"
        );
        put(&output, &second()).unwrap();
        let expected = second().into_iter().chain(site(&[("late.txt", "late")])).collect();
        assert_eq!(tree(&output.folder), with_folders(&expected), "exchange: {exchange}");
        assert_eq!(beside(root.path()), ["out"]);
    }
}

#[test]
fn readers_see_one_site_and_never_a_mixture() {
    let root = tempfile::tempdir().unwrap();
    let output = to(root.path().join("out"));
    let make = |n: usize| site(&[("version.html", &n.to_string()), ("deep/same.html", &n.to_string())]);
    put(&output, &make(0)).unwrap();
    let done = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let mut reads = 0;
                while done.load(Ordering::SeqCst) == 0 || reads == 0 {
                    // The address of the output is followed once; what hangs on the folder then is one site.
                    let before: usize =
                        fs::read_to_string(output.folder.join("version.html")).unwrap().parse().unwrap();
                    let same: usize =
                        fs::read_to_string(output.folder.join("deep/same.html")).unwrap().parse().unwrap();
                    let after: usize = fs::read_to_string(output.folder.join("version.html")).unwrap().parse().unwrap();
                    assert!(before <= same && same <= after, "{before} {same} {after}");
                    reads += 1;
                }
            });
        }
        for n in 1..150 {
            put(&output, &make(n)).unwrap();
        }
        done.store(1, Ordering::SeqCst);
    });
}

#[test]
fn publications_to_one_folder_wait_for_each_other() {
    let root = tempfile::tempdir().unwrap();
    let output = to(root.path().join("out"));
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let output = &output;
            scope.spawn(move || {
                for round in 0..20 {
                    let word = format!("{thread}-{round}");
                    put(output, &site(&[("a.html", &word), ("b/c.html", &word)])).unwrap();
                }
            });
        }
    });
    let found = tree(&output.folder);
    assert_eq!(found["a.html"], found["b/c.html"]);
    assert_eq!(beside(root.path()), ["out"]);
}

const BEGIN: &str = "ours\n";

fn one(path: impl Into<PathBuf>, sources: &[PathBuf]) -> OneFile {
    OneFile { path: path.into(), sources: sources.to_vec(), begin: BEGIN }
}

fn page(words: &str) -> Content {
    Content::Bytes(format!("{BEGIN}{words}").into_bytes())
}

#[test]
fn one_file_is_written_and_replaced() {
    let root = tempfile::tempdir().unwrap();
    let to = one(root.path().join("deep/plan.html"), &[]);
    assert!(publish_file(&to, &page("first")).unwrap());
    let time_of_first = set_time(&to.path, 1_000);
    assert!(!publish_file(&to, &page("first")).unwrap(), "the same bytes again");
    assert_eq!(time(&to.path), time_of_first, "an unchanged file keeps its time");
    assert!(publish_file(&to, &page("second")).unwrap());
    assert_eq!(fs::read_to_string(&to.path).unwrap(), "ours\nsecond");
    assert_eq!(beside(&root.path().join("deep")), ["plan.html"], "no stage is left");
}

#[test]
#[cfg(unix)]
fn what_is_not_ours_is_not_replaced_by_one_file() {
    use std::os::unix::fs::symlink;
    let root = tempfile::tempdir().unwrap();
    let at = |path: &str| root.path().join(path);
    for folder in ["plan/items", "static", ".git", "folder.html", "out"] {
        fs::create_dir_all(at(folder)).unwrap();
    }
    fs::write(at("theirs.html"), "<!DOCTYPE html>\n").unwrap();
    fs::write(at("empty.html"), "").unwrap();
    fs::write(at("short.html"), "our").unwrap();
    fs::write(at("ours.html"), "ours\nold").unwrap();
    symlink(at("ours.html"), at("link.html")).unwrap();
    symlink(at("nowhere.html"), at("dangling.html")).unwrap();
    symlink(at("plan"), at("sources")).unwrap();
    let before = tree(root.path());
    for path in [
        "theirs.html",
        "empty.html",
        "short.html",
        "link.html",
        "dangling.html",
        "folder.html",
        "folder",
        "plan",
        "none",
        "plan/x.html",
        "plan/items/x.html",
        "plan/../plan/x.html",
        "sources/x.html",
        "static/x.html",
        "static/deep/x.html",
        ".git/x.html",
        "out/x.pdf",
        "out/.html",
        "ours.html/x.html",
        "",
        "..",
        "/",
    ] {
        let to =
            one(if path.is_empty() { PathBuf::new() } else { at(path) }, &[at("plan"), at("static"), at("templates")]);
        let checked = check_file(&to).map_err(|error| error.to_string());
        let error = publish_file(&to, &page("new")).expect_err(path);
        assert!(checked.is_err() || path == "ours.html/x.html", "{path} is refused before anything is made for it");
        assert!(matches!(error, PublishError::Refused { .. } | PublishError::World { .. }), "{path}: {error}");
        assert_eq!(tree(root.path()), before, "{path}");
    }
    for path in ["out/x.html", "x.HTM", "ours.html", "plan.html"] {
        publish_file(&one(at(path), &[at("plan"), at("static")]), &page("new"))
            .unwrap_or_else(|error| panic!("{path}: {error}"));
        assert_eq!(fs::read_to_string(at(path)).unwrap(), "ours\nnew");
    }
}

/// Fails, or is killed, at every change in turn: the file is the old one or the new one, and the next run gives the new one.
#[test]
fn one_file_is_whole_whatever_fails() {
    for (is_killed, old) in [(false, None), (false, Some("old")), (true, None), (true, Some("old"))] {
        for at in 0.. {
            let root = tempfile::tempdir().unwrap();
            let to = one(root.path().join("deep/plan.html"), &[]);
            if let Some(old) = old {
                publish_file(&to, &page(old)).unwrap();
            }
            let before = fs::read_to_string(&to.path).ok();
            let (disk, count) = failing(at, is_killed);
            let outcome = publish_file_on(&disk, &to, &page("new"));
            let now = fs::read_to_string(&to.path).ok();
            let is_new = now.as_deref() == Some("ours\nnew");
            assert!(is_new || now == before, "step {at} leaves {now:?}");
            assert!(outcome.is_err() || is_new, "step {at} says that it is done");
            assert!(outcome.is_ok() || !is_new || now == before, "step {at} says that nothing was done");
            publish_file(&to, &page("new")).unwrap_or_else(|error| panic!("after step {at}: {error}"));
            assert_eq!(fs::read_to_string(&to.path).unwrap(), "ours\nnew");
            assert_eq!(beside(&root.path().join("deep")), ["plan.html"], "after step {at}");
            if count.load(Ordering::SeqCst) <= at {
                assert!(at > 4, "there are only {at} changes");
                break;
            }
        }
    }
}
