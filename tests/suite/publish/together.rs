//! Publications to one output at a time, where some may make a folder beside it and others may not.

use std::fs;

use roadbook::publish::OutputDisk;

use super::equal::folder;
use super::moves::{REFUSALS, STAGE, begin, both, new, old, theirs};
use super::{beside, put, put_on, site, to, tree, with_folders};

/// One may make a folder beside the output and the other may not: they wait for each other all the same.
#[test]
fn publications_with_different_rights_wait_for_each_other() {
    let root = folder();
    let output = to(root.path().join("out"));
    put(&output, &old()).unwrap();
    std::thread::scope(|scope| {
        for (thread, refusal) in REFUSALS.iter().enumerate() {
            let output = &output;
            scope.spawn(move || {
                for round in 0..100 {
                    let word = format!("{thread}-{round}");
                    let disk = if (thread + round) % 2 == 0 { refusal.disk() } else { OutputDisk::default() };
                    put_on(&disk, output, &site(&[("a.html", &word), ("b/c.html", &word)])).unwrap();
                }
            });
        }
    });
    let found = tree(&output.folder);
    assert_eq!(found["a.html"], found["b/c.html"]);
    assert_eq!(found.len(), 3);
    assert_eq!(beside(root.path()), ["out"]);
}

/// A stage is gone, or is the next publication's, between the last two steps of the one that leaves it.
#[test]
fn the_next_publication_may_take_the_stage_of_the_last_one() {
    for (within, is_taken) in [(false, false), (false, true), (true, false), (true, true)] {
        let (root, output) = begin(Some(&old()));
        let refusal = REFUSALS[0];
        let disk = OutputDisk::checked(move |act, path| {
            if act == "remove" && path.ends_with(if within { STAGE } else { ".out.roadbook" }) {
                if is_taken { fs::write(path.join("lock"), "")? } else { fs::remove_dir(path)? }
            }
            if within { refusal.check(act, path) } else { Ok(()) }
        });
        let published = put_on(&disk, &output, &new()).unwrap();
        assert_eq!((published.moved, published.left), (within, None), "taken: {is_taken}");
        put(&output, &new()).unwrap();
        assert_eq!(beside(root.path()), ["out"], "within: {within}, taken: {is_taken}");
    }
}

/// One that may make no folder beside the output has its stage in the old tree when that is exchanged.
#[test]
fn the_stage_of_one_that_waits_is_not_taken_for_a_file_of_others() {
    let (root, output) = begin(Some(&old()));
    let stage = output.folder.join(STAGE);
    let disk = OutputDisk::checked(move |act, path| {
        if act == "put in place" && path.ends_with("out") {
            fs::create_dir(&stage)?;
            fs::write(stage.join("lock"), "")?;
        }
        Ok(())
    });
    let published = put_on(&disk, &output, &new()).unwrap();
    assert_eq!(published.left, None);
    assert_eq!(tree(&output.folder), with_folders(&both(&theirs(), &new())));
    assert_eq!(beside(root.path()), ["out"]);
}
