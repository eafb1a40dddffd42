//! What Roadbook did not write, in its own folder and around it: neither a build nor `clean` changes a byte, a time or a permission of it.
//!
//! `PUBLISH_LAYOUTS=1000 cargo test --release --test suite publish` is the long run; `PUBLISH_SEED` repeats one layout.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::Path;
use std::process::Command;

use fastrand::Rng;
use roadbook::publish::{Destination, OutputDisk, PublishError, clean_on};

use super::moves::Refusal;
use super::whole::failing_on;
use super::{Site, first, put, put_on, second, to};
use crate::support::rounds;

/// Runs a script in a folder.
pub(super) fn shell(folder: &Path, script: &str) {
    let status = Command::new("sh").args(["-ec", script]).current_dir(folder).status().unwrap();
    assert!(status.success(), "{script}");
}

/// Everything below a folder by path: what it is, its permissions, its owner and time, and what it holds or where it leads.
pub(super) fn snapshot(root: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let metadata = fs::symlink_metadata(&path).unwrap();
            let holds = if metadata.is_dir() {
                open.push(path.clone());
                String::new()
            } else if metadata.is_symlink() {
                format!("{:?}", fs::read_link(&path).unwrap())
            } else if metadata.is_file() {
                String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned()
            } else {
                "special".to_owned()
            };
            let owner = format!("{}:{}", metadata.uid(), metadata.gid());
            let time = format!("{}.{:09}", metadata.mtime(), metadata.mtime_nsec());
            let seen = format!("{:o} {owner},{time} {holds}", metadata.mode());
            found.insert(format!("{:?}", path.strip_prefix(root).unwrap()), seen);
        }
    }
    found
}

/// What in `root` is not Roadbook's, where `out` is its output: all but what the marker lists as far as it is a plain file, the
/// marker, and the stage. Folders that hold pages, or held them, or the output, get new times rightly.
fn unmanaged(root: &Path, out: &str) -> BTreeMap<String, String> {
    let marker = fs::read_to_string(root.join(out).join(".roadbook")).unwrap_or_default();
    let listed: Vec<&str> = marker.lines().skip(1).filter(|line| *line != "end").collect();
    let mut found = snapshot(root);
    found.retain(|path, seen| {
        let path = path.trim_matches('"');
        let Some(within) = path.strip_prefix(out).and_then(|rest| rest.strip_prefix('/')) else {
            if out.starts_with(path) {
                "the output, or above it".clone_into(seen);
            }
            return !path.starts_with(&format!(".{out}.roadbook")) && path != out;
        };
        if within.starts_with(".roadbook-stage") {
            return false;
        };
        let is_folder = seen.starts_with('4');
        // Whatever its sticky bit; a pipe has a digit less.
        let is_file = |seen: &str| seen.starts_with("10") && seen.find(' ') == Some(6);
        let may_hold = ["items", "pages", "tags", "x", "pages/deep", "x/deep"].contains(&within);
        let is_ours = within == ".roadbook" || !is_folder && is_file(seen) && listed.contains(&within);
        !(is_ours || is_folder && may_hold)
    });
    found
}

/// What somebody has in a site and around it, made by a shell where `out` is a site of ours; where the site goes from then on; and
/// what the second site is told, or nothing where it goes there.
pub(super) const CELLS: &[(&str, &str, &str, &str)] = &[
    ("nothing", "true", "out", ""),
    ("a slash at the end", "true", "out/", ""),
    ("dots", "true", "./out/../out/.", ""),
    (
        "files",
        "echo x >out/CNAME; echo x >out/items/mine.txt; chmod 600 out/CNAME; touch -d @77 out/items/mine.txt",
        "out",
        "",
    ),
    (
        "folders",
        "mkdir -p out/a/b/c out/empty; echo x >out/a/b/c/d; touch -d @77 out/a/b out/empty; chmod 711 out/a",
        "out",
        "",
    ),
    (
        "closed folders",
        "mkdir -p out/a/b; echo x >out/a/b/c; touch -d @77 out/a/b out/a; chmod 555 out/a/b out/a",
        "out",
        "",
    ),
    ("a folder with a sticky bit", "mkdir out/a; chmod 1777 out/a; mkdir out/b; chmod 2750 out/b", "out", ""),
    // Whoever is not root can give nothing away.
    (
        "owners",
        "mkdir -p out/a/b; touch out/a/x; chown -R 1234:1235 out/a || true; touch -d @77 out/a/b out/a",
        "out",
        "",
    ),
    ("hidden files", "mkdir out/.well-known; echo x >out/.well-known/a; touch out/.nojekyll out/items/.x", "out", ""),
    ("a read-only file", "echo x >out/a; chmod 444 out/a; touch -d @77 out/a", "out", ""),
    ("a program", "echo x >out/a; chmod 4755 out/a", "out", ""),
    ("pipes", "mkfifo out/pipe out/items/pipe", "out", ""),
    (
        "links out",
        "ln -s ../plan out/l; ln -s ../plan/a.md out/items/m; ln -s / out/root; ln -s nowhere out/n; ln -s o out/o",
        "out",
        "",
    ),
    ("links up", "ln -s . out/here; ln -s .. out/up; ln -s ../out out/items/again", "out", ""),
    ("two names of one file", "echo x >out/a; ln out/a out/b; ln plan/a.md out/c", "out", ""),
    ("a second name of a page", "ln out/items/a.html plan/mine.html; ln out/index.html mine.html", "out", ""),
    (
        "names that are no text",
        "touch \"$(printf 'out/\\377')\"; mkdir \"$(printf 'out/\\376')\"; touch \"$(printf 'out/\\376/\\375')\"",
        "out",
        "",
    ),
    (
        "names with everything",
        "touch 'out/a\nb' 'out/a b' 'out/\"' 'out/\\' 'out/ä' 'out/-rf' 'out/*'; mkdir 'out/items\n'",
        "out",
        "",
    ),
    ("other cases", "touch out/INDEX.html out/items/A.html; mkdir OUT Out; echo x >OUT/x", "out", ""),
    ("a site beside", "cp -a out out2; echo x >out2/x", "out", ""),
    ("a site within", "cp -a out old; mv old out/old; echo x >out/old/x", "out", ""),
    ("a page that is missing", "rm out/items/a.html out/tags/old.html; rmdir out/tags", "out", ""),
    ("a page with other words", "echo mine >out/items/b.html; echo mine >out/tags/old.html", "out", ""),
    ("a marker with other line ends", "sed -i 's/$/\\r/' out/.roadbook; echo x >out/x", "out", ""),
    (
        "a marker that lists less",
        "printf 'roadbook output, format 1\\nindex.html\\nitems/b.html\\nend\\n' >out/.roadbook",
        "out",
        "did not write",
    ),
    (
        "a marker that lists nothing",
        "printf 'roadbook output, format 1\\nend\\n' >out/.roadbook",
        "out",
        "did not write",
    ),
    ("a stale page is a link now", "rm out/tags/old.html; ln -s ../../plan/a.md out/tags/old.html", "out", ""),
    (
        "a stale page is a folder now",
        "rm out/tags/old.html; mkdir out/tags/old.html; echo x >out/tags/old.html/x",
        "out",
        "",
    ),
    ("a stale page is a pipe now", "rm out/tags/old.html; mkfifo out/tags/old.html", "out", ""),
    (
        "a stale folder is a link now",
        "rm -r out/tags; mkdir mine; echo x >mine/old.html; ln -s ../mine out/tags",
        "out",
        "",
    ),
    ("a stale folder is a file now", "rm -r out/tags; echo x >out/tags", "out", ""),
    ("a page is a link now", "rm out/items/a.html; ln -s ../../plan/a.md out/items/a.html", "out", "did not write"),
    ("a page is a folder now", "rm out/items/a.html; mkdir -p out/items/a.html/x", "out", "did not write"),
    (
        "a page's folder is a link now",
        "rm -r out/items; mkdir mine; echo x >mine/a.html; ln -s ../mine out/items",
        "out",
        "did not write",
    ),
    ("a page's folder is a file now", "rm -r out/items; echo x >out/items", "out", "did not write"),
    (
        "the place of a new page is taken",
        "mkdir -p out/pages/deep; echo x >out/pages/deep/c.html",
        "out",
        "did not write",
    ),
    ("the place of a new folder is taken", "echo x >out/pages", "out", "did not write"),
    (
        "a link to the output",
        "mv out x; ln -s x out; mkdir y; mv x y/x; rm out; ln -s y/x out; echo x >y/x/mine",
        "out",
        "",
    ),
    ("a closed output", "echo x >out/mine; chmod 750 out", "out", ""),
    ("kept from before", "mkdir -p .out.roadbook/kept; echo x >.out.roadbook/kept/mine; echo x >out/mine", "out", ""),
];

#[test]
fn what_others_have_in_a_site_stays_as_it_is() {
    for (name, script, output, expected) in CELLS {
        let root = tempfile::tempdir().unwrap();
        put(&to(root.path().join("out")), &first()).unwrap();
        shell(root.path(), &format!("mkdir plan; echo '# A' >plan/a.md; {script}"));
        let output = Destination {
            folder: root.path().join(output),
            protected: vec![root.path().join("plan")],
            ..Destination::default()
        };
        // Where the output is a link, the folder that it leads to.
        let real = output.folder.canonicalize().unwrap();
        let out = real.strip_prefix(root.path().canonicalize().unwrap()).unwrap().to_str().unwrap().to_owned();
        let before = unmanaged(root.path(), &out);
        let kept = || snapshot(root.path()).into_iter().filter(|(path, _)| path.contains("kept/")).collect::<Vec<_>>();
        let kept_before = kept();
        for (step, site) in [second(), first(), second()].iter().enumerate() {
            match put(&output, site) {
                // What is in nobody's way in the second site may be in the way of the first again.
                Err(PublishError::Unmanaged { .. }) if step == 1 => {}
                Err(error) => assert!(!expected.is_empty() && error.to_string().contains(expected), "{name}: {error}"),
                Ok(_) => assert!(step == 1 || expected.is_empty(), "{name}: step {step}: not refused"),
            }
            assert_eq!(unmanaged(root.path(), &out), before, "{name}: step {step}");
        }
        clean_on(&OutputDisk::default(), &output).unwrap_or_else(|error| panic!("{name}: clean: {error}"));
        assert_eq!(unmanaged(root.path(), &out), before, "{name}: clean");
        assert_eq!(kept(), kept_before, "{name}");
        shell(root.path(), "chmod -R u+rwX .");
    }
}

/// A random site of ours with random things of others in it and beside it.
fn random_layout(root: &Path, rng: &mut Rng) {
    put(&to(root.join("out")), &random_site(rng)).unwrap();
    fs::create_dir_all(root.join("plan/items")).unwrap();
    fs::write(root.join("plan/items/a.md"), "# A").unwrap();
    const NAMES: &[&str] =
        &["items", "tags", "pages", "a.html", "b.html", "old.html", "index.html", "x", "ä b", "deep", "CNAME"];
    const FOLDERS: &[&str] =
        &["out", "out", "out", "out/items", "out/tags", "out/pages", "out/x", "out/x/deep", "plan", "."];
    // None leads out of `root`, from wherever something else is put.
    const LINKS: &[&str] = &["../plan", "..", "nowhere", ".", "a.html", "../../plan/items/a.md"];
    for n in 0..rng.usize(1..12) {
        let folder = root.join(FOLDERS[rng.usize(..FOLDERS.len())]);
        let path = folder.join(NAMES[rng.usize(..NAMES.len())]);
        let metadata = path.symlink_metadata();
        if metadata.is_ok_and(|metadata| !metadata.is_dir() && !metadata.is_file()) {
            // Writing would go through a link, and wait for a reader of a pipe.
            continue;
        }
        // What cannot be made there is not made: something else is.
        let _ = match rng.u8(0..8) {
            0 => fs::create_dir_all(&path),
            1 => symlink(LINKS[rng.usize(..LINKS.len())], &path),
            2 => Command::new("mkfifo").arg(&path).stderr(std::process::Stdio::null()).status().map(drop),
            3 => fs::hard_link(root.join("plan/items/a.md"), &path),
            4 => fs::remove_file(&path).and_then(|()| symlink("../plan", &path)),
            5 => fs::remove_dir_all(&path).and_then(|()| fs::write(&path, "mine")),
            _ => fs::create_dir_all(&folder).and_then(|()| fs::write(&path, format!("mine {n}"))),
        };
        if let Some(metadata) = path.symlink_metadata().ok().filter(|metadata| metadata.is_file() || metadata.is_dir())
        {
            let modes = if metadata.is_dir() { [0o755, 0o700, 0o750, 0o1777] } else { [0o644, 0o755, 0o440, 0o4711] };
            let mode = modes[rng.usize(0..4)];
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        }
    }
    let _ = match rng.u8(0..10) {
        0 => fs::write(root.join("out/.roadbook"), "roadbook output, format 1\nitems/a.html\nx/deep/b.html\nend\n"),
        1 => fs::write(root.join("out/.roadbook"), "roadbook output, format 1\nend\n"),
        2 => fs::write(root.join("out/.roadbook"), "roadbook output, format 1\n../plan/items/a.md\nend\n"),
        3 => fs::remove_file(root.join("out/.roadbook")),
        _ => Ok(()),
    };
}

fn random_site(rng: &mut Rng) -> Site {
    let pages =
        ["index.html", "items/a.html", "items/b.html", "tags/old.html", "pages/deep/c.html", "x/deep/b.html", "tags/x"];
    let words = ["one", "two", "three"];
    let mut site = Site::new();
    for page in pages {
        if rng.u8(0..3) > 0 {
            site.insert(page.to_owned(), words[rng.usize(0..3)].into());
        }
    }
    site
}

/// Random layouts, in which sites come and go, and publications are killed at random changes.
#[test]
fn what_others_have_in_random_layouts_stays_as_it_is() {
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().unwrap());
    let seeds =
        number("PUBLISH_SEED").map_or(0..number("PUBLISH_LAYOUTS").unwrap_or(rounds(150)), |seed| seed..seed + 1);
    let (mut built, mut refused, mut killed) = (0, 0, 0);
    for seed in seeds {
        let mut rng = Rng::with_seed(seed);
        let root = tempfile::tempdir().unwrap();
        random_layout(root.path(), &mut rng);
        let output = Destination {
            folder: root.path().join("out"),
            protected: vec![root.path().join("plan")],
            ..Destination::default()
        };
        let mut before = unmanaged(root.path(), "out");
        for step in 0..6 {
            let at = rng.usize(0..60);
            let refusal = (rng.u8(0..3) == 0).then(|| Refusal::any(&mut rng));
            let check = move |act, path: &Path| refusal.map_or(Ok(()), |refusal| refusal.check(act, path));
            let disk = if rng.u8(0..3) == 0 { failing_on(at, rng.bool(), check).0 } else { OutputDisk::checked(check) };
            let is_clean = rng.u8(0..4) == 0;
            let done = if is_clean {
                clean_on(&disk, &output).map(drop)
            } else {
                put_on(&disk, &output, &random_site(&mut rng)).map(drop)
            };
            match done {
                Ok(()) => built += 1,
                Err(PublishError::Io { .. }) => killed += 1,
                Err(_) => refused += 1,
            }
            let after = unmanaged(root.path(), "out");
            assert_eq!(after, before, "seed {seed}, step {step}, clean: {is_clean}");
            before = after;
        }
    }
    // Of few layouts some are quieter than the mean.
    let least = if rounds(5) == 5 { 50 } else { 5 };
    assert!(
        std::env::var("PUBLISH_SEED").is_ok() || built.min(refused).min(killed) > least,
        "{built} {refused} {killed}"
    );
}
