//! One file: written whole or not at all, and only over one of ours.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::Ordering;

use roadbook::publish::{FileContent, OneFile, PublishError, check_file, publish_file, publish_file_on};

use super::whole::failing;
use super::{beside, set_time, time, tree};

const BEGIN: &str = "ours\n";

fn one(path: impl Into<PathBuf>, sources: &[PathBuf]) -> OneFile {
    OneFile { path: path.into(), sources: sources.to_vec(), begin: BEGIN }
}

fn page(words: &str) -> FileContent {
    FileContent::Bytes(format!("{BEGIN}{words}").into_bytes())
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
        assert!(matches!(error, PublishError::Refused { .. } | PublishError::Io { .. }), "{path}: {error}");
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
