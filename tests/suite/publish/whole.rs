//! Whatever fails, and whenever: the whole old site or the whole new one.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use roadbook::publish::{MARKER, OutputDisk, clean, clean_on};

use super::{Site, beside, first, put, put_on, second, site, to, tree, with_folders};

/// A disk for which change `at` fails, or that change and all after it, as for a process that was killed.
pub(super) fn failing(at: usize, is_killed: bool) -> (OutputDisk, Arc<AtomicUsize>) {
    failing_on(at, is_killed, |_, _| Ok(()))
}

/// The same for a disk that refuses some changes anyway: those are not counted.
pub(super) fn failing_on(
    at: usize,
    is_killed: bool,
    check: impl Fn(&'static str, &Path) -> io::Result<()> + Send + Sync + 'static,
) -> (OutputDisk, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let disk = OutputDisk::checked(move |act, path| {
        check(act, path)?;
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
        if !is_killed && result.is_err() {
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
        assert_eq!(cleaned.preserved, [PathBuf::from("CNAME")], "change {at}");
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
        let disk = OutputDisk::checked(move |act, path| {
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
        let disk = OutputDisk::checked(move |act, path| {
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

/// The second time somebody's file finds no place, the first is still where it was kept.
#[test]
fn what_is_kept_is_never_replaced() {
    for exchange in [true, false] {
        let root = tempfile::tempdir().unwrap();
        let output = to(root.path().join("out"));
        put(&output, &first()).unwrap();
        fs::write(output.folder.join("CNAME"), "0").unwrap();
        for round in 1..4 {
            let folder = output.folder.clone();
            let disk = OutputDisk::checked(move |act, path| {
                if act == "create" && path.ends_with(MARKER) {
                    fs::write(folder.join("new"), round.to_string())?;
                    fs::rename(folder.join("new"), folder.join("CNAME"))?;
                    // What was a file when it was kept first is a folder with one when it is kept next.
                    if round == 2 {
                        fs::create_dir(folder.join("late"))?;
                        fs::write(folder.join("late/x"), "x")?;
                    }
                }
                Ok(())
            });
            let disk = if exchange { disk } else { disk.without_exchange() };
            let next = if round % 2 == 0 { first() } else { second() };
            put_on(&disk, &output, &next).unwrap();
        }
        let stage = root.path().join(".out.roadbook");
        let kept = tree(&stage).into_iter().filter(|(path, _)| path.ends_with("CNAME"));
        let expected = [("kept-2/CNAME", "2"), ("kept-3/CNAME", "3"), ("kept/CNAME", "1")];
        assert_eq!(kept.collect::<Site>(), site(&expected), "exchange: {exchange}");
        assert_eq!(fs::read(output.folder.join("CNAME")).unwrap(), b"0");
        assert_eq!(fs::read(output.folder.join("late/x")).unwrap(), b"x");
    }
}

/// Of two renames the second fails, and so does putting the old site back: the next publication does it.
#[test]
fn an_old_site_that_cannot_be_put_back_is_put_back_later() {
    for kind in [io::ErrorKind::PermissionDenied, io::ErrorKind::Other] {
        let root = tempfile::tempdir().unwrap();
        let output = to(root.path().join("out"));
        put(&output, &first()).unwrap();
        fs::write(output.folder.join("CNAME"), "example.org").unwrap();
        let disk = OutputDisk::checked(move |act, path| match act == "put in place" && path.ends_with("out") {
            true => Err(kind.into()),
            false => Ok(()),
        });
        put_on(&disk.without_exchange(), &output, &second()).unwrap_err();
        assert!(!output.folder.exists());
        assert_eq!(clean(&output).unwrap().preserved, [PathBuf::from("CNAME")]);
        assert_eq!(beside(root.path()), ["out"]);
    }
}

/// Of two renames the second is refused, as by whoever has the new folder open: the old site is back before files are moved into it.
#[test]
fn an_old_site_is_put_back_before_files_are_moved() {
    let root = tempfile::tempdir().unwrap();
    let output = to(root.path().join("out"));
    put(&output, &first()).unwrap();
    fs::write(output.folder.join("CNAME"), "example.org").unwrap();
    let tried = AtomicUsize::new(0);
    let disk = OutputDisk::checked(move |act, path| {
        let is_it = act == "put in place" && path.ends_with("out");
        if is_it && tried.fetch_add(1, Ordering::SeqCst) == 0 {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        Ok(())
    });
    assert!(put_on(&disk.without_exchange(), &output, &second()).unwrap().moved);
    let expected = second().into_iter().chain(site(&[("CNAME", "example.org")])).collect();
    assert_eq!(tree(&output.folder), with_folders(&expected));
    assert_eq!(beside(root.path()), ["out"]);
}

/// A build of what stands there already leaves its stage where it cannot clear it away, and says so as any other.
#[test]
fn what_is_left_is_told() {
    for site in [first(), second()] {
        let root = tempfile::tempdir().unwrap();
        let output = to(root.path().join("out"));
        put(&output, &first()).unwrap();
        let disk = OutputDisk::checked(|act, path| match act == "remove" && path.ends_with("lock") {
            true => Err(io::Error::other("no")),
            false => Ok(()),
        });
        let published = put_on(&disk, &output, &site).unwrap();
        assert_eq!(published.left, Some(root.path().canonicalize().unwrap().join(".out.roadbook")));
        assert_eq!(clean_on(&disk, &output).unwrap().left, published.left);
        assert_eq!(clean(&output).unwrap().left, None);
        assert_eq!(beside(root.path()), [""; 0]);
    }
}

/// Whoever is not root cannot remove a file from a closed folder, so it is opened first; not before its twin stands in the new site.
#[cfg(unix)]
#[test]
fn a_closed_folder_is_opened_before_it_is_cleared_away() {
    use std::os::unix::fs::PermissionsExt as _;
    let root = tempfile::tempdir().unwrap();
    let output = to(root.path().join("out"));
    put(&output, &first()).unwrap();
    let closed = output.folder.join("closed");
    fs::create_dir(&closed).unwrap();
    fs::write(closed.join("x"), "x").unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o555)).unwrap();
    let (stage, there) = (root.path().join(".out.roadbook/site/closed"), closed.clone());
    let disk = OutputDisk::checked(move |act, path| {
        assert_eq!(mode(&there), 0o555, "{act} {path:?}");
        if act == "remove" && path.parent().is_some_and(|parent| parent.ends_with("closed")) {
            assert_eq!(mode(&stage), 0o755, "{act} {path:?}");
        }
        Ok(())
    });
    assert_eq!(put_on(&disk, &output, &second()).unwrap().left, None);
    assert_eq!(mode(&closed), 0o555);
}

/// Two names that cannot be shown as text look the same, and are two: neither's stage is the other's.
#[cfg(target_os = "linux")]
#[test]
fn outputs_whose_names_are_no_text_are_two() {
    use std::os::unix::ffi::OsStrExt as _;
    let root = tempfile::tempdir().unwrap();
    let outputs = [b"\xfe", b"\xff"].map(|name| to(root.path().join(std::ffi::OsStr::from_bytes(name))));
    for output in &outputs {
        put(output, &first()).unwrap();
    }
    fs::write(outputs[0].folder.join("mine"), "x").unwrap();
    // Killed when the exchange is done and nothing is cleared away.
    let disk = OutputDisk::checked(|act, _| if act == "remove" { Err(io::Error::other("killed")) } else { Ok(()) });
    put_on(&disk, &outputs[0], &second()).unwrap();
    put(&outputs[1], &second()).unwrap();
    assert!(!outputs[1].folder.join("mine").exists());
    assert_eq!(outputs.map(|output| tree(&output.folder).len()), [8, 7]);
}
