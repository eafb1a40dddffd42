//! Whoever reads while a site is replaced.

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
