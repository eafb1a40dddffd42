//! Publishing: whole or not at all, and nothing of others is ever touched.

#![allow(clippy::unwrap_used, reason = "a disk that fails a test may end it")]

mod equal;
mod history;
#[cfg(unix)]
mod ignored;
mod layouts;
#[cfg(unix)]
mod modes;
mod mounts;
mod moves;
mod one_file;
#[cfg(unix)]
mod places;
mod plans;
mod readers;
mod together;
#[cfg(unix)]
mod unmanaged;
mod whole;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use roadbook::publish::{
    Destination, FileContent, MARKER, OutputDisk, PublishError, Published, clean, publish, publish_on,
};

use crate::support;

type Site = BTreeMap<String, Vec<u8>>;

/// A site of a few pages whose words are `words`.
fn site(pages: &[(&str, &str)]) -> Site {
    pages.iter().map(|(address, words)| ((*address).to_owned(), words.as_bytes().to_vec())).collect()
}

fn to(folder: impl Into<PathBuf>) -> Destination {
    Destination { folder: folder.into(), protected: Vec::new(), ..Destination::default() }
}

fn put_on(disk: &OutputDisk, to: &Destination, site: &Site) -> Result<Published, PublishError> {
    let addresses: Vec<String> = site.keys().cloned().collect();
    publish_on(disk, to, &addresses, &|address| Ok(FileContent::Bytes(site[address].clone())), None)
}

fn put(to: &Destination, site: &Site) -> Result<Published, PublishError> {
    put_on(&OutputDisk::default(), to, site)
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

#[cfg(unix)]
fn link(target: &str, path: &Path) {
    std::os::unix::fs::symlink(target, path).unwrap();
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
fn a_page_that_goes_alone_goes() {
    let root = tempfile::tempdir().unwrap();
    let output = to(root.path().join("out"));
    put(&output, &first()).unwrap();
    let mut less = first();
    less.remove("tags/old.html");
    let published = put(&output, &less).unwrap();
    assert_eq!(published, Published { unchanged: 3, removed: 1, ..Published::default() });
    assert_eq!(tree(&output.folder), with_folders(&less));
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
        publish(&output, &addresses, &|address| Ok(FileContent::Bytes(site[address].clone())), threads).unwrap();
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
        publish(&output, &["logo.svg".to_owned()], &move |_| Ok(FileContent::File(file.clone())), None).unwrap()
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
        _ => Ok(FileContent::Bytes(b"x".to_vec())),
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
        let error = publish(&output, &addresses, &|_| Ok(FileContent::Bytes(Vec::new())), None).unwrap_err();
        assert!(matches!(error, PublishError::Address { .. }), "{addresses:?}: {error}");
        assert_eq!(beside(root.path()), [""; 0], "{addresses:?}");
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

/// A new volume, and a folder that git is to keep, are as good as empty; what lies in them stays.
#[test]
fn what_a_system_puts_into_a_new_folder_is_in_nobodys_way() {
    for name in ["lost+found", ".gitkeep", ".DS_Store"] {
        let root = tempfile::tempdir().unwrap();
        let output = to(root.path().join("out"));
        fs::create_dir(&output.folder).unwrap();
        if name == "lost+found" {
            fs::create_dir(output.folder.join(name)).unwrap();
        } else {
            support::put(&output.folder, name, "theirs");
        }
        assert_eq!(clean(&output).unwrap().removed, 0);
        for site in [first(), second()] {
            put(&output, &site).unwrap();
            assert!(output.folder.join(name).exists(), "{name}");
            let known = tree(&output.folder);
            assert!(with_folders(&site).iter().all(|of_site| known.contains_key(of_site.0)), "{name}");
        }
        clean(&output).unwrap();
        assert!(output.folder.join(name).exists(), "{name}");
    }
    let root = tempfile::tempdir().unwrap();
    let output = to(root.path().join("out"));
    support::put(&output.folder, ".gitkeep", "");
    support::put(&output.folder, "notes.txt", "mine");
    assert!(put(&output, &first()).unwrap_err().to_string().contains("Roadbook did not make it"));
}

#[test]
fn files_of_others_survive_with_their_times() {
    for disk in [OutputDisk::default(), OutputDisk::default().without_exchange()] {
        let root = tempfile::tempdir().unwrap();
        let output = to(root.path().join("out"));
        put(&output, &first()).unwrap();
        let theirs = site(&[("CNAME", "example.org"), ("items/mine.txt", "x"), ("tags/mine/deep.txt", "y")]);
        let mut times = Vec::new();
        for (path, bytes) in &theirs {
            let path = support::put(&output.folder, path, bytes);
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
            assert_eq!(published.unmanaged, if cfg!(unix) { 4 } else { 3 });
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
        let path = support::put(&output.folder, theirs, "theirs");
        let before = tree(root.path());
        let error = put(&output, &second()).expect_err(name);
        assert!(matches!(error, PublishError::Unmanaged { .. }), "{name}: {error}");
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
    assert_eq!((cleaned.removed, cleaned.preserved), (4, vec![PathBuf::from("items/mine.txt")]));
    let mine = site(&[("items/mine.txt", "x")]);
    assert_eq!(tree(&output.folder), with_folders(&mine));
    put(&output, &first()).expect("the folder is still ours");
    assert_eq!(tree(&output.folder), with_folders(&first().into_iter().chain(mine).collect()));
    assert_eq!(beside(root.path()), ["out"]);
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
