//! A folder that cannot be exchanged in one step: its files are moved one by one, and whatever happens meanwhile, every page that is
//! there has what it needs, files of others are where they were, and the next build gives the new site.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::atomic::Ordering;

use fastrand::Rng;
use roadbook::publish::{Destination, MARKER, OutputDisk, PublishError, clean, clean_on};

use super::equal::folder;
use super::whole::failing_on;
use super::{Site, beside, put, put_on, set_time, site, time, to, tree, with_folders};
use crate::support;

pub(super) const STAGE: &str = ".roadbook-stage";

/// Where a system shows that the folder `out` is not exchanged, and how.
#[derive(Clone, Copy, Debug)]
pub(super) struct Refusal {
    act: &'static str,
    end: &'static str,
    kind: ErrorKind,
}

pub(super) const REFUSALS: &[Refusal] = &[
    // Its folder is somebody else's, or cannot be written.
    Refusal { act: "create the folder", end: ".out.roadbook", kind: ErrorKind::PermissionDenied },
    Refusal { act: "create the folder", end: ".out.roadbook", kind: ErrorKind::ReadOnlyFilesystem },
    // A mount point.
    Refusal { act: "link", end: ".out.roadbook/site/.roadbook-stage", kind: ErrorKind::CrossesDevices },
    Refusal { act: "put in place", end: "out", kind: ErrorKind::ResourceBusy },
    // A folder in a lower layer of a container's image.
    Refusal { act: "put in place", end: "out", kind: ErrorKind::CrossesDevices },
    // A folder that somebody has open, on Windows; or whose parent is sticky.
    Refusal { act: "put in place", end: "out", kind: ErrorKind::PermissionDenied },
];

/// Those that show where a site is there or an empty folder; and where that is not known.
fn starts() -> impl Iterator<Item = (Refusal, Option<Site>)> {
    let all = REFUSALS.iter().flat_map(|refusal| [(*refusal, Some(old())), (*refusal, None)]);
    // With no file to link, nothing is refused.
    all.filter(|(refusal, start)| refusal.act != "link" || start.is_some())
}

impl Refusal {
    pub(super) fn any(rng: &mut Rng) -> Refusal {
        REFUSALS[rng.usize(..REFUSALS.len())]
    }

    pub(super) fn check(self, act: &'static str, path: &Path) -> io::Result<()> {
        if act == self.act && path.ends_with(self.end) { Err(self.kind.into()) } else { Ok(()) }
    }

    pub(super) fn disk(self) -> OutputDisk {
        OutputDisk::checked(move |act, path| self.check(act, path))
    }
}

/// A page that needs these files.
fn page(words: &str, needs: &[&str]) -> String {
    format!("{words}\n{}\n", needs.iter().map(|path| format!("needs {path}")).collect::<Vec<_>>().join("\n"))
}

pub(super) fn old() -> Site {
    site(&[
        ("index.html", &page("home", &["one.css", "same.css", "items/a.html", "tags/old.html"])),
        ("items/a.html", &page("a", &["one.css"])),
        ("items/b.html", &page("b", &["same.css", "items/a.html"])),
        ("one.css", "one"),
        ("same.css", "old"),
        ("tags/old.html", &page("old", &["one.css", "index.html"])),
    ])
}

pub(super) fn new() -> Site {
    site(&[
        ("index.html", &page("home", &["two.css", "same.css", "items/a.html", "pages/deep/c.html"])),
        ("items/a.html", &page("new a", &["two.css"])),
        ("items/b.html", &page("b", &["same.css", "items/a.html"])),
        ("pages/deep/c.html", &page("c", &["two.css", "zebra/pattern.svg", "index.html"])),
        ("same.css", "new"),
        ("two.css", "two"),
        ("zebra/pattern.svg", "stripes"),
    ])
}

/// Files of others, one of them in a folder of ours, and an empty folder that pages are to come into.
pub(super) fn theirs() -> Site {
    site(&[("CNAME", "example.org"), ("items/mine.txt", "mine"), ("theirs/x.txt", "x"), ("pages/", "")])
}

pub(super) fn both(one: &Site, other: &Site) -> Site {
    one.iter().chain(other).map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
}

/// A folder in which `start` stands with files of others, or an empty one.
pub(super) fn begin(start: Option<&Site>) -> (tempfile::TempDir, Destination) {
    let root = folder();
    let output = to(root.path().join("out"));
    fs::create_dir(&output.folder).unwrap();
    if let Some(start) = start {
        put(&output, start).unwrap();
        for (path, bytes) in theirs() {
            match path.strip_suffix('/') {
                Some(folder) => fs::create_dir(output.folder.join(folder)).unwrap(),
                None => _ = support::put(&output.folder, &path, bytes),
            }
        }
    }
    (root, output)
}

/// What a reader may get of the output.
fn shown(output: &Path) -> Site {
    let mut found = tree(output);
    found.retain(|path, _| !path.starts_with(STAGE));
    found
}

fn listed(folder: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(folder.join(MARKER)).unwrap_or_default();
    text.lines().skip(1).filter(|line| *line != "end").map(str::to_owned).collect()
}

/// What is wrong with an output in which files may be moved just now.
fn wrong(folder: &Path, start: Option<&Site>, new: &Site) -> Option<String> {
    let (found, listed, none) = (shown(folder), listed(folder), Site::new());
    let (old, theirs) = (start.unwrap_or(&none), start.map(|_| theirs()).unwrap_or_default());
    let lost = theirs.iter().find(|(path, bytes)| found.get(*path) != Some(*bytes));
    if let Some((path, _)) = lost {
        return Some(format!("{path} of others is not as it was"));
    }
    if let Some(path) = theirs.keys().find(|path| listed.contains(*path)) {
        return Some(format!("the marker lists {path} of others"));
    }
    if let Some(path) = old.keys().find(|path| new.contains_key(*path) && !found.contains_key(*path)) {
        return Some(format!("{path} is of both sites and is not there"));
    }
    for (path, bytes) in found.iter().filter(|(path, _)| !path.ends_with('/') && !theirs.contains_key(*path)) {
        if ![old.get(path), new.get(path)].contains(&Some(bytes)) {
            return Some(format!("{path} is of neither site"));
        }
        if !listed.contains(path) {
            return Some(format!("the marker does not list {path}"));
        }
        let text = String::from_utf8_lossy(bytes);
        for needed in text.lines().filter_map(|line| line.strip_prefix("needs ")) {
            // Of new pages that lead to each other one comes first.
            let may_wait = needed.ends_with(".html") && !old.contains_key(path);
            if !found.contains_key(needed) && !may_wait {
                return Some(format!("{path} has no {needed}"));
            }
        }
    }
    None
}

#[test]
fn files_are_moved_where_the_folder_cannot_be_exchanged() {
    for (refusal, start) in starts() {
        let (root, output) = begin(start.as_ref());
        let kept = start.is_some().then(|| set_time(&output.folder.join("items/b.html"), 1_000));
        let published = put_on(&refusal.disk(), &output, &new()).unwrap();
        assert!(published.moved && published.left.is_none(), "{refusal:?}");
        assert_eq!((published.written, published.unchanged), if start.is_some() { (6, 1) } else { (7, 0) });
        let expected = if start.is_some() { both(&new(), &theirs()) } else { new() };
        assert_eq!(tree(&output.folder), with_folders(&expected), "{refusal:?}");
        assert_eq!(listed(&output.folder), new().into_keys().collect(), "{refusal:?}");
        if let Some(kept) = kept {
            assert_eq!(time(&output.folder.join("items/b.html")), kept, "an unchanged page keeps its time");
        }
        let again = put_on(&refusal.disk(), &output, &new()).unwrap();
        assert!(!again.moved && again.written == 0, "nothing is moved where nothing changes");
        assert_eq!(beside(root.path()), ["out"], "{refusal:?}");
        assert!(!output.folder.join(STAGE).exists(), "{refusal:?}");
    }
}

/// A folder that is not there cannot be made where its folder is closed; no other error leads to moves.
#[test]
fn other_errors_stay_errors() {
    let root = folder();
    let output = to(root.path().join("out"));
    for refusal in REFUSALS.iter().filter(|refusal| refusal.act != "link") {
        put_on(&refusal.disk(), &output, &new()).expect_err("nothing is there to move files into");
        assert_eq!(beside(root.path()), [""; 0], "{refusal:?}");
    }
    let (_root, output) = begin(Some(&old()));
    let before = tree(&output.folder);
    for kind in [ErrorKind::StorageFull, ErrorKind::NotFound, ErrorKind::Other] {
        for refusal in REFUSALS {
            put_on(&Refusal { kind, ..*refusal }.disk(), &output, &new()).expect_err("an error");
            assert_eq!(tree(&output.folder), before, "{refusal:?}");
        }
    }
}

/// Before every change, and after the last, every page that is there has what it needs.
#[test]
fn a_reader_finds_what_each_page_needs_at_every_moment() {
    for (refusal, start) in starts() {
        let (_root, output) = begin(start.as_ref());
        let (folder, begun) = (output.folder.clone(), start.clone());
        let disk = OutputDisk::checked(move |act, path| {
            refusal.check(act, path)?;
            assert_eq!(wrong(&folder, begun.as_ref(), &new()), None, "{refusal:?}, before: {act} {path:?}");
            Ok(())
        });
        assert!(put_on(&disk, &output, &new()).unwrap().moved);
        assert_eq!(wrong(&output.folder, start.as_ref(), &new()), None);
    }
}

/// Fails, or is killed, at every change in turn.
fn at_every_change(refusal: Refusal, is_killed: bool, start: Option<&Site>, then: &OutputDisk) {
    let expected = with_folders(&if start.is_some() { both(&new(), &theirs()) } else { new() });
    for at in 0.. {
        let (root, output) = begin(start);
        let before = tree(&output.folder);
        let (disk, count) = failing_on(at, is_killed, move |act, path| refusal.check(act, path));
        let result = put_on(&disk, &output, &new());
        let name = format!("change {at}, killed: {is_killed}, {refusal:?}");
        assert_eq!(wrong(&output.folder, start, &new()), None, "{name}");
        match &result {
            Ok(_) => assert_eq!(shown(&output.folder), expected, "{name}"),
            Err(_) if is_killed => {}
            Err(_) => {
                assert_eq!(beside(root.path()), ["out"], "{name}: a failed run clears up");
                assert!(!output.folder.join(STAGE).exists(), "{name}: a failed run clears up");
                let is_begun = new().iter().any(|(path, bytes)| {
                    shown(&output.folder).get(path) == Some(bytes) && before.get(path) != Some(bytes)
                });
                assert!(is_begun || tree(&output.folder) == before, "{name}: nothing was moved, and something changed");
            }
        }
        put_on(then, &output, &new()).unwrap_or_else(|error| panic!("{name}: the next run: {error}"));
        assert_eq!(tree(&output.folder), expected, "{name}: the next run");
        assert_eq!(listed(&output.folder), new().into_keys().collect(), "{name}: the next run");
        assert_eq!(beside(root.path()), ["out"], "{name}: the next run");
        if count.load(Ordering::SeqCst) <= at {
            assert!(at > 20, "the changes were counted: {at}");
            return;
        }
    }
}

#[test]
fn killed_or_failing_at_any_move_the_next_build_repairs_it() {
    for (index, (refusal, start)) in starts().enumerate() {
        for is_killed in [true, false] {
            // The next build is refused, too, or it may make its stage beside the output.
            let then = if index % 3 == 0 { refusal.disk() } else { OutputDisk::default() };
            at_every_change(refusal, is_killed, start.as_ref(), &then);
        }
    }
}

/// What the killed build made is as good as gone when another site comes, or none.
#[test]
fn nothing_of_a_killed_build_stays() {
    for at in 0..60 {
        let (root, output) = begin(Some(&old()));
        let (disk, _) = failing_on(at, true, |act, path| REFUSALS[0].check(act, path));
        let _ = put_on(&disk, &output, &new());
        let (disk, _) = failing_on(at / 2, true, |act, path| REFUSALS[0].check(act, path));
        let _ = put_on(&disk, &output, &new());
        put_on(&REFUSALS[0].disk(), &output, &old()).unwrap_or_else(|error| panic!("change {at}: {error}"));
        let mut found = tree(&output.folder);
        // Where pages stood in a folder, it is ours.
        found.insert("pages/".to_owned(), Vec::new());
        assert_eq!(found, with_folders(&both(&old(), &theirs())), "change {at}");
        assert_eq!(beside(root.path()), ["out"], "change {at}");
    }
}

/// Somebody puts a file where the killed build would have put its own.
#[test]
fn a_file_that_comes_after_a_kill_is_not_replaced() {
    let mut came = 0;
    for at in 0..60 {
        for address in ["two.css", "pages/deep/c.html"] {
            let (_root, output) = begin(Some(&old()));
            let (disk, _) = failing_on(at, true, |act, path| REFUSALS[0].check(act, path));
            let _ = put_on(&disk, &output, &new());
            let path = output.folder.join(address);
            if path.exists() {
                continue;
            }
            came += 1;
            support::put(&output.folder, address, "theirs");
            let (disk, _) = failing_on(at / 4, true, |act, path| REFUSALS[0].check(act, path));
            for disk in [disk, REFUSALS[0].disk(), OutputDisk::default()] {
                put_on(&disk, &output, &new()).expect_err("a file of others is there");
                assert_eq!(fs::read_to_string(&path).unwrap(), "theirs", "change {at}: {address}");
            }
            let error = put(&output, &new()).unwrap_err();
            assert!(matches!(error, PublishError::Unmanaged { .. }) && path.starts_with(error.path()), "{error}");
            put(&output, &old()).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), "theirs", "change {at}: {address}");
        }
    }
    assert!(came > 20, "{came}");
}

/// The same while the site is moved: nothing more is moved then, and the next build says why.
#[test]
fn a_file_that_comes_before_its_move_is_not_replaced() {
    let (_root, output) = begin(Some(&old()));
    let folder = output.folder.clone();
    let disk = OutputDisk::checked(move |act, path| {
        REFUSALS[0].check(act, path)?;
        if act == "put in place" && path.ends_with("two.css") {
            fs::write(folder.join("two.css"), "theirs")?;
        }
        Ok(())
    });
    for disk in [disk, REFUSALS[0].disk()] {
        let error = put_on(&disk, &output, &new()).unwrap_err();
        assert!(matches!(error, PublishError::Unmanaged { .. }) && error.path().ends_with("two.css"), "{error}");
        assert_eq!(fs::read_to_string(output.folder.join("two.css")).unwrap(), "theirs");
        assert!(!listed(&output.folder).contains("two.css"));
        assert!(!output.folder.join(STAGE).exists());
    }
}

/// A name that was a file and becomes a folder, and the other way round.
#[test]
fn files_become_folders_and_folders_files() {
    let one = site(&[("a", "file"), ("b/c/d.html", "page"), ("b/e.txt", "text"), ("x.html", "x")]);
    let two = site(&[("a/b.html", "page"), ("a/c/d", "file"), ("b", "file"), ("x.html", "x")]);
    let root = folder();
    let output = to(root.path().join("out"));
    put(&output, &one).unwrap();
    for site in [&two, &one, &two] {
        put_on(&REFUSALS[0].disk(), &output, site).unwrap();
        assert_eq!(tree(&output.folder), with_folders(site));
    }
}

#[test]
fn clean_takes_the_site_and_leaves_the_folder() {
    for refusal in REFUSALS.iter().filter(|refusal| refusal.act != "put in place") {
        let (root, output) = begin(None);
        put_on(&refusal.disk(), &output, &new()).unwrap();
        assert_eq!(clean_on(&refusal.disk(), &output).unwrap().removed, 7, "{refusal:?}");
        assert_eq!(tree(root.path()).into_keys().collect::<Vec<_>>(), ["out/"], "{refusal:?}");
        let (root, output) = begin(Some(&old()));
        let cleaned = clean_on(&refusal.disk(), &output).unwrap();
        assert_eq!((cleaned.removed, cleaned.preserved.len(), cleaned.left), (6, 5, None), "{refusal:?}");
        assert_eq!(tree(&output.folder), with_folders(&theirs()), "{refusal:?}");
        assert_eq!(beside(root.path()), ["out"], "{refusal:?}");
    }
}

/// A build that was killed when the first of its files stood there is cleaned away whole.
#[test]
fn clean_takes_what_a_killed_build_left() {
    for at in 0..60 {
        let (root, output) = begin(None);
        let (disk, _) = failing_on(at, true, |act, path| REFUSALS[0].check(act, path));
        let _ = put_on(&disk, &output, &new());
        let (disk, _) = failing_on(at / 2, true, |act, path| REFUSALS[0].check(act, path));
        let _ = clean_on(&disk, &output);
        clean_on(&REFUSALS[0].disk(), &output).unwrap_or_else(|error| panic!("change {at}: {error}"));
        assert_eq!(tree(root.path()).into_keys().collect::<Vec<_>>(), ["out/"], "change {at}");
        clean(&output).unwrap();
        put(&output, &old()).unwrap_or_else(|error| panic!("change {at}: {error}"));
    }
}
