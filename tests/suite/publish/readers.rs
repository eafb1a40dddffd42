//! Whoever reads while a site is replaced.
//!
//! `PUBLISH_READS=100000 cargo test --release --test suite publish::readers` is the long run.

use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{put, site, to};

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

/// Eight readers, and the program itself in turns on two plans, of which each says in each page which it is.
#[cfg(any(target_os = "linux", target_os = "macos"))]
mod during_builds {
    use std::fs::{self, File};
    use std::io::Read as _;
    use std::path::Path;
    use std::process::Command;
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

    use fastrand::Rng;
    use rustix::fs::{Mode, OFlags, openat};

    use crate::support::{number, put};

    const WORDS: [&str; 2] = ["Alphaville", "Bravopolis"];
    const PAGES: &[&str] =
        &["index.html", "roadmap.html", "backlog.html", "items/n1.html", "items/n7.html", "items/n12.html"];

    fn write_plan(root: &Path, word: &str) {
        put(root, "roadbook.yml", format!("title: {word}\n"));
        for n in 1..13 {
            let text = format!("---\ntitle: {word} {n}\neffort: {n}\n---\n{}\n", format!("{word} ").repeat(500));
            put(root, &format!("plan/items/n{n}.md"), text);
        }
    }

    /// Which plan a page is of; it is whole, and of no other.
    fn whole(name: &str, text: &str) -> usize {
        let found: Vec<usize> = (0..2).filter(|&at| text.contains(WORDS[at])).collect();
        assert!(text.starts_with("<!DOCTYPE html>") && text.trim_end().ends_with("</html>"), "{name} is cut: {text:?}");
        assert_eq!(found.len(), 1, "{name} is of {found:?}");
        found[0]
    }

    #[test]
    fn eight_readers_read_whole_pages_of_one_site() {
        let root = tempfile::tempdir().unwrap();
        let output = root.path().join("out");
        let build = |at: usize| {
            let plan = root.path().join(WORDS[at]);
            let mut program = Command::new(env!("CARGO_BIN_EXE_roadbook"));
            assert!(program.arg("build").arg(plan).arg("-q").arg("-d").arg(&output).status().unwrap().success());
        };
        for word in WORDS {
            write_plan(&root.path().join(word), word);
        }
        build(0);
        let wanted = usize::try_from(number("PUBLISH_READS").unwrap_or(4_000)).unwrap();
        let (reads, sets, is_over) =
            (AtomicUsize::new(0), [AtomicUsize::new(0), AtomicUsize::new(0)], AtomicBool::new(false));
        std::thread::scope(|scope| {
            let readers: Vec<_> = (0..8)
                .map(|seed| {
                    let (output, reads, sets, is_over) = (&output, &reads, &sets, &is_over);
                    scope.spawn(move || {
                        let mut rng = Rng::with_seed(seed);
                        while !is_over.load(Ordering::SeqCst) {
                            for _ in 0..20 {
                                let name = PAGES[rng.usize(..PAGES.len())];
                                let text = fs::read_to_string(output.join(name));
                                whole(name, &text.unwrap_or_else(|error| panic!("{name}: {error}")));
                            }
                            reads.fetch_add(20, Ordering::SeqCst);
                            sets[set(output)].fetch_add(1, Ordering::SeqCst);
                            // Or eight readers leave no time for a build.
                            std::thread::sleep(std::time::Duration::from_millis(2));
                        }
                    })
                })
                .collect();
            let mut builds = 0;
            while builds < 20.max(wanted / 1_000) || reads.load(Ordering::SeqCst) < wanted {
                builds += 1;
                build(builds % 2);
                if readers.iter().any(|reader| reader.is_finished()) {
                    break;
                }
            }
            is_over.store(true, Ordering::SeqCst);
        });
        assert!(sets.iter().all(|sets| sets.load(Ordering::SeqCst) > 10), "{sets:?}");
    }

    /// Reads all pages from the folder as it was opened: what is still there is of one site, whichever it became since.
    fn set(output: &Path) -> usize {
        let folder = File::open(output).unwrap();
        let mut of = None;
        for name in PAGES {
            // The old site is cleared away after the exchange: what is gone is gone, and what is there is not mixed with the new one.
            let Ok(page) = openat(&folder, *name, OFlags::RDONLY | OFlags::CLOEXEC, Mode::empty()) else { continue };
            let mut text = String::new();
            File::from(page).read_to_string(&mut text).unwrap();
            let found = whole(name, &text);
            assert_eq!(*of.get_or_insert(found), found, "{name} is of another site than the pages before it");
        }
        of.unwrap_or_default()
    }
}
