//! A mount point inside the site: a folder or a file that the system keeps where it is. The build ends well all the same, removes what it
//! can, says what stays, and a later one removes that where nothing is mounted any more.
#![cfg(unix)]

use std::fs;
use std::io::{self, ErrorKind};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use roadbook::publish::{OutputDisk, clean_on};

use super::moves::{REFUSALS, begin, both, new, old, theirs};
use super::{Site, beside, put, put_on, tree, with_folders};

/// Something in the output that is mounted there, wherever the folder around it goes.
#[derive(Clone, Debug)]
struct Mount {
    output: PathBuf,
    path: &'static str,
    inode: u64,
    /// Whether it is on another device, as a folder from the host is in a container.
    is_device: bool,
}

impl Mount {
    fn new(output: &Path, path: &'static str, is_device: bool) -> Mount {
        let inode = fs::symlink_metadata(output.join(path)).unwrap().ino();
        Mount { output: output.to_owned(), path, inode, is_device }
    }

    fn is(&self, path: &Path) -> bool {
        fs::symlink_metadata(path).is_ok_and(|found| found.ino() == self.inode)
    }

    /// What the system says to a change.
    fn check(&self, act: &str, path: &Path) -> io::Result<()> {
        let there = self.output.join(self.path);
        let crosses = match act {
            // A second name is asked for in the stage, of what has the same path in the output.
            "link" if path == there => self.is_device,
            "link" => path.to_string_lossy().contains(&format!("/site/{}", self.path)) && self.is(&there),
            "put in place" => path.parent().is_some_and(|folder| self.is(folder)),
            _ => false,
        };
        match act {
            _ if crosses => Err(ErrorKind::CrossesDevices.into()),
            "put in place" | "remove" if self.is(path) => Err(ErrorKind::ResourceBusy.into()),
            _ => Ok(()),
        }
    }

    fn disk(&self) -> OutputDisk {
        let mount = self.clone();
        OutputDisk::checked(move |act, path| mount.check(act, path))
    }

    /// The same where the output itself is not exchanged.
    fn disk_within(&self) -> OutputDisk {
        let mount = self.clone();
        OutputDisk::checked(move |act, path| REFUSALS[3].check(act, path).and_then(|()| mount.check(act, path)))
    }
}

fn all() -> Site {
    with_folders(&both(&new(), &theirs()))
}

/// Pages come into a folder that is mounted, one goes, and files of others stay.
#[test]
fn a_folder_that_is_mounted_gets_its_pages() {
    for is_device in [true, false] {
        let (root, output) = begin(Some(&old()));
        let mount = Mount::new(&output.folder, "items", is_device);
        let published = put_on(&mount.disk(), &output, &new()).unwrap();
        assert!(published.moved && published.left.is_none(), "{mount:?}: {published:?}");
        assert_eq!(tree(&output.folder), all(), "{mount:?}");
        assert!(mount.is(&output.folder.join("items")), "what is mounted stays where it is");
        let again = put_on(&mount.disk(), &output, &new()).unwrap();
        assert!(!again.moved && again.written == 0, "{mount:?}");
        put_on(&mount.disk(), &output, &old()).unwrap();
        let mut back = with_folders(&both(&old(), &theirs()));
        // Pages stood there, so that it was ours.
        back.remove("pages/");
        assert_eq!(tree(&output.folder), back, "{mount:?}");
        assert_eq!(beside(root.path()), ["out"], "{mount:?}");
    }
}

/// A mounted folder in which nothing is any more stays empty, where the system shows that it is one.
#[test]
fn a_folder_that_is_mounted_and_not_needed_stays_and_is_named() {
    let (root, output) = begin(Some(&old()));
    let mount = Mount::new(&output.folder, "tags", true);
    let published = put_on(&mount.disk(), &output, &new()).unwrap();
    assert_eq!(published.left, Some(output.folder.join("tags")));
    let mut expected = all();
    expected.insert("tags/".to_owned(), Vec::new());
    for _ in 0..2 {
        assert_eq!(tree(&output.folder), expected);
        assert_eq!(beside(root.path()), ["out"]);
        put_on(&mount.disk(), &output, &new()).unwrap();
    }
    // A folder of others that is mounted is not taken away from them.
    let (_root, output) = begin(Some(&old()));
    let mount = Mount::new(&output.folder, "theirs", true);
    assert!(put_on(&mount.disk(), &output, &new()).unwrap().moved);
    assert!(mount.is(&output.folder.join("theirs")));
    assert_eq!(tree(&output.folder), all());
}

/// What only shows when it is to be removed goes aside with the old tree, stops no build, and is cleared away when it can be.
#[test]
fn what_shows_late_stays_in_the_stage_until_it_can_be_removed() {
    for path in ["tags", "index.html", "tags/old.html", "one.css"] {
        for exchange in [true, false] {
            let (root, output) = begin(Some(&old()));
            let mount = Mount::new(&output.folder, path, false);
            let disk = || if exchange { mount.disk() } else { mount.disk().without_exchange() };
            let stage = root.path().canonicalize().unwrap().join(".out.roadbook");
            let files = || theirs().into_keys().filter(|path| !path.ends_with('/'));
            for site in [new(), new(), old(), new()] {
                let published = put_on(&disk(), &output, &site).unwrap_or_else(|error| panic!("{path}: {error}"));
                assert_eq!(published.left.as_ref(), Some(&stage), "{path}");
                assert!(site.iter().all(|(address, bytes)| tree(&output.folder).get(address) == Some(bytes)), "{path}");
                assert!(files().all(|theirs| tree(&output.folder).contains_key(&theirs)), "{path}");
                assert_eq!(beside(&stage), ["mount"], "{path}: one stays, however many builds there are");
            }
            put(&output, &new()).unwrap();
            assert_eq!(tree(&output.folder), all(), "{path}");
            assert_eq!(beside(root.path()), ["out"], "{path}");
        }
    }
}

/// A file that is mounted is written to as it stands where files are moved; one that is to go stays ours until it can.
#[test]
fn a_file_that_is_mounted_is_written_to() {
    let (root, output) = begin(Some(&old()));
    let mount = Mount::new(&output.folder, "index.html", false);
    let published = put_on(&mount.disk_within(), &output, &new()).unwrap();
    assert!(published.moved && published.left.is_none());
    assert_eq!(tree(&output.folder), all());
    assert!(mount.is(&output.folder.join("index.html")));
    assert_eq!(beside(root.path()), ["out"]);

    let (root, output) = begin(Some(&old()));
    let mount = Mount::new(&output.folder, "tags/old.html", false);
    for _ in 0..2 {
        let published = put_on(&mount.disk_within(), &output, &new()).unwrap();
        assert_eq!(published.left, Some(output.folder.join("tags/old.html")));
        let mut expected = both(&new(), &theirs());
        expected.insert("tags/old.html".to_owned(), old()["tags/old.html"].clone());
        assert_eq!(tree(&output.folder), with_folders(&expected));
        assert_eq!(beside(root.path()), ["out"]);
    }
    put(&output, &new()).unwrap();
    assert_eq!(tree(&output.folder), all());
}

/// A copy that was killed is made again, and a file that somebody else puts there is not replaced.
#[test]
fn a_copy_that_fails_is_made_again() {
    let mut added = new();
    added.insert("items/new.html".to_owned(), b"new".to_vec());
    let all = with_folders(&both(&added, &theirs()));
    for at in 0..80 {
        for is_killed in [true, false] {
            let (root, output) = begin(Some(&old()));
            let mount = Mount::new(&output.folder, "items", true);
            let (inner, count) = (mount.clone(), std::sync::atomic::AtomicUsize::new(0));
            let disk = OutputDisk::checked(move |act, path| {
                inner.check(act, path)?;
                let step = count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                if step == at || is_killed && step > at { Err(ErrorKind::StorageFull.into()) } else { Ok(()) }
            });
            _ = put_on(&disk, &output, &added);
            put_on(&mount.disk(), &output, &added).unwrap_or_else(|error| panic!("change {at}: {error}"));
            assert_eq!(tree(&output.folder), all, "change {at}");
            assert_eq!(beside(root.path()), ["out"], "change {at}");
        }
    }
    let (_root, output) = begin(Some(&old()));
    let mount = Mount::new(&output.folder, "items", true);
    let (inner, folder) = (mount.clone(), output.folder.clone());
    let disk = OutputDisk::checked(move |act, path| {
        inner.check(act, path)?;
        if act == "create" && path.ends_with("out/items/new.html") {
            fs::write(folder.join("items/new.html"), "theirs")?;
        }
        Ok(())
    });
    put_on(&disk, &output, &added).expect_err("a file of others is there");
    put(&output, &new()).unwrap();
    assert_eq!(fs::read_to_string(output.folder.join("items/new.html")).unwrap(), "theirs");
}

#[test]
fn clean_takes_what_it_can() {
    for path in ["items", "tags", "tags/old.html", "index.html"] {
        let (root, output) = begin(None);
        put(&output, &old()).unwrap();
        let mount = Mount::new(&output.folder, path, true);
        let files = usize::from(path.ends_with("html"));
        for removed in [old().len() - files, 0] {
            let cleaned = clean_on(&mount.disk(), &output).unwrap_or_else(|error| panic!("{path}: {error}"));
            // A folder in which nothing is any more may be somebody's.
            let is_kept = removed == 0 && files == 0;
            let left = (!is_kept).then(|| output.folder.join(path));
            assert_eq!(
                (cleaned.removed, cleaned.preserved.len(), cleaned.left),
                (removed, usize::from(is_kept), left),
                "{path}"
            );
        }
        let cleaned = clean_on(&OutputDisk::default(), &output).unwrap();
        assert_eq!((cleaned.removed, cleaned.left), (files, None), "{path}");
        assert!(beside(root.path()).is_empty() || !path.ends_with("html"), "{path}");
    }
}
