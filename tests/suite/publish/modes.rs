//! Permissions of what a build makes: those that the umask gives, at every build and whatever was there before.

use std::collections::BTreeMap;
use std::fs::{self, Metadata, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use fastrand::Rng;
use tempfile::TempDir;

use super::{MARKER, set_time};
use crate::support::{copy_program, put};

/// Whoever is not root.
const NOBODY: u32 = 65534;

/// A folder with a project in it, whose site goes into `out/site`.
struct World {
    root: TempDir,
    program: PathBuf,
    /// Who builds, where it is not who tests.
    uid: Option<u32>,
}

impl World {
    /// `is_closed`: no folder can be made beside the site, which is somebody's own in a folder that is not.
    fn new(is_closed: bool) -> World {
        let root = tempfile::tempdir().unwrap();
        let at = |path: &str| root.path().join(path);
        put(root.path(), "plan/items/a.md", "---\ntitle: A\ntags: [x]\n---\nWords.\n");
        put(root.path(), "roadbook.yml", "title: P\n");
        for (path, mode) in [("static/logo.svg", 0o444), ("static/deep/run.sh", 0o755)] {
            fs::set_permissions(put(root.path(), path, "x"), Permissions::from_mode(mode)).unwrap();
        }
        fs::create_dir_all(at("out/site")).unwrap();
        let is_root = fs::metadata(at("out")).unwrap().uid() == 0;
        let mut program = PathBuf::from(env!("CARGO_BIN_EXE_roadbook"));
        if is_closed {
            fs::set_permissions(root.path(), Permissions::from_mode(0o755)).unwrap();
            if is_root {
                // Root may do anything anywhere, and others may not go where the program is.
                program = at("roadbook");
                copy_program(&program);
                std::os::unix::fs::chown(at("out/site"), Some(NOBODY), Some(NOBODY)).unwrap();
            }
            fs::set_permissions(at("out"), Permissions::from_mode(0o555)).unwrap();
        }
        World { program, uid: (is_closed && is_root).then_some(NOBODY), root }
    }

    fn site(&self) -> PathBuf {
        self.root.path().join("out/site")
    }

    /// Builds under a umask; what was said.
    fn build(&self, umask: u32) -> String {
        let mut command = Command::new("sh");
        command
            .arg("-c")
            .arg(format!("umask {umask:03o}; exec \"$RB\" build \"$PLAN\" -d \"$SITE\" --today 2026-01-01"));
        command.env("RB", &self.program).env("PLAN", self.root.path()).env("SITE", self.site()).current_dir("/");
        if let Some(uid) = self.uid {
            command.uid(uid).gid(uid);
        }
        let ran = command.output().unwrap();
        let said = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert!(ran.status.success(), "{said}");
        said
    }

    /// Writes the item anew, so that some pages change.
    fn edit(&self, words: &str) {
        put(self.root.path(), "plan/items/a.md", format!("---\ntitle: A\ntags: [x]\n---\n{words}\n"));
    }

    /// Whatever is in the site, by its path.
    fn all(&self) -> BTreeMap<PathBuf, Metadata> {
        let mut all = BTreeMap::new();
        let mut open = vec![self.site()];
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let metadata = fs::symlink_metadata(&path).unwrap();
                if metadata.is_dir() {
                    open.push(path.clone());
                }
                all.insert(path, metadata);
            }
        }
        assert!(all.len() > 20 && all.contains_key(&self.site().join(MARKER)));
        all
    }

    /// Every file and every folder has the permissions that a umask gives.
    fn hold(&self, umask: u32, name: &str) {
        for (path, metadata) in self.all() {
            let mode = metadata.mode() & 0o7777;
            let expected = if metadata.is_dir() { 0o777 } else { 0o666 } & !umask;
            assert_eq!(format!("{mode:o}"), format!("{expected:o}"), "{path:?}, umask {umask:03o}: {name}");
        }
    }
}

impl Drop for World {
    fn drop(&mut self) {
        _ = fs::set_permissions(self.root.path().join("out"), Permissions::from_mode(0o755));
    }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().mode() & 0o7777
}

#[test]
fn what_a_build_makes_has_the_permissions_of_the_umask() {
    for is_closed in [false, true] {
        let world = World::new(is_closed);
        let mut rng = Rng::with_seed(7);
        let umasks = [0o022, 0o027, 0o077, 0o002, 0o022];
        for (step, umask) in umasks.into_iter().enumerate() {
            let old = if step == 0 { BTreeMap::new() } else { world.all() };
            // Nothing but the umask differs, or a page as well.
            if step % 2 == 0 {
                world.edit(&format!("Step {step}."));
            }
            let said = world.build(umask);
            let site = world.site();
            let moved =
                format!("\n`{}` cannot be exchanged in one step, so its files were moved one by one\n", site.display());
            assert_eq!(said.matches(&moved).count(), usize::from(is_closed), "{said}");
            assert_eq!(said.lines().count(), 1 + usize::from(is_closed), "{said}");
            world.hold(umask, "another umask than before");
            if !is_closed && step > 0 {
                assert_eq!(
                    mode(&world.site()),
                    0o777 & !umask,
                    "the output follows the umask that gave it what it has"
                );
            }
            let new = world.all();
            let logo = world.site().join("logo.svg");
            assert!(step == 0 || old[&logo].mtime() == new[&logo].mtime(), "an unchanged file keeps its time");

            // A build of the same, and one of a few changes, give unchanged files nothing but a second name.
            world.build(umask);
            world.edit(&format!("Step {step} again."));
            world.build(umask);
            assert_eq!(world.all()[&logo].ino(), new[&logo].ino(), "what is as it should be is not copied");

            for (path, metadata) in world.all().iter().filter(|(path, _)| !path.ends_with(MARKER)) {
                let modes = if metadata.is_dir() { [0o700, 0o777, 0o755] } else { [0o600, 0o4755, 0o444] };
                let others = Permissions::from_mode(modes[rng.usize(..3)]);
                // Where somebody else builds, what is theirs stays theirs.
                fs::set_permissions(path, others).unwrap();
            }
            world.build(umask);
            world.hold(umask, "other permissions than before");
        }
    }
}

/// A folder that somebody closed is not opened by a build: what is in it follows the umask all the same.
#[test]
fn an_output_that_was_closed_by_hand_stays_closed() {
    for is_closed in [false, true] {
        let world = World::new(is_closed);
        world.build(0o022);
        for (by_hand, umask) in [(0o750, 0o022), (0o700, 0o002), (0o711, 0o022), (0o775, 0o027)] {
            fs::set_permissions(world.site(), Permissions::from_mode(by_hand)).unwrap();
            world.edit(&format!("{by_hand:o}"));
            world.build(umask);
            assert_eq!(mode(&world.site()), by_hand);
            world.build(umask);
            assert_eq!(mode(&world.site()), by_hand);
            world.hold(umask, "closed by hand");
        }
    }
}

/// A folder that gives its group to what is made in it keeps doing so, whoever makes the next site.
#[cfg(target_os = "linux")]
#[test]
fn what_is_made_gets_the_group_that_the_output_gives() {
    for is_closed in [false, true] {
        let world = World::new(is_closed);
        let is_root = fs::metadata(world.root.path()).unwrap().uid() == 0;
        if is_root && !is_closed {
            std::os::unix::fs::chown(world.site(), None, Some(1235)).unwrap();
        }
        let group = fs::metadata(world.site()).unwrap().gid();
        fs::set_permissions(world.site(), Permissions::from_mode(0o2770)).unwrap();
        for words in ["One.", "Two."] {
            world.edit(words);
            world.build(0o027);
            assert_eq!(mode(&world.site()), 0o2770);
            for (path, metadata) in world.all() {
                assert_eq!(metadata.gid(), group, "{path:?}");
                let expected = if metadata.is_dir() { 0o2750 } else { 0o640 };
                assert_eq!(metadata.mode() & 0o7777, expected, "{path:?}");
            }
        }
    }
}

/// A page that was made by somebody else, and has other permissions, is made anew by whoever may not change them.
#[test]
fn a_page_of_somebody_else_is_made_anew() {
    let world = World::new(true);
    world.build(0o022);
    let page = world.site().join("logo.svg");
    if world.uid.is_some() {
        std::os::unix::fs::chown(&page, Some(0), Some(0)).unwrap();
    }
    let time = set_time(&page, 1_000);
    fs::set_permissions(&page, Permissions::from_mode(0o664)).unwrap();
    world.build(0o022);
    world.hold(0o022, "somebody else's");
    assert_eq!(super::time(&page), time);
}
