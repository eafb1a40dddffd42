//! What an open page of a public preview can see of edits: nothing of those of internal files.

use std::fs;
use std::path::Path;

use roadbook::preview::{Engine, Rescan, Snapshot};
use roadbook::visibility::Audience;

use crate::support::{put, put_all};

use super::engine;

const PROJECT: &str = "//- roadbook.yml\ntitle: T\ninternal: {folders: [static/team], fields: [x-price, x.deal]}\n\
    //- plan/items/a.md\n---\ntitle: Open\nx-price: 1\nx: {deal: 1}\n---\n\
    //- plan/items/b.md\n---\ntitle: Deal\nvisibility: internal\n---\n\
    //- static/team/x.txt\nx\n//- static/notes.txt\n---\nvisibility: internal\n---\n//- static/logo.svg\n<svg/>\n";

fn edited(engine: &mut Engine, root: &Path, path: &str, text: Option<&str>) -> Snapshot {
    match text {
        Some(text) => _ = put(root, path, text),
        None => fs::remove_file(root.join(path)).unwrap(),
    }
    engine.rescan(&Rescan::All).expect("something new")
}

#[test]
fn an_edit_of_an_internal_file_is_none_for_the_public() {
    let root = tempfile::tempdir().unwrap();
    put_all(root.path(), PROJECT);
    let (mut engine, first) = engine(root.path(), Audience::Public);
    let mut last = first.told.clone();
    assert_eq!((last.generation, &last.edit), (1, &None));
    let mut edit = |path: &str, text: Option<&str>| edited(&mut engine, root.path(), path, text);
    for (path, text) in [
        ("plan/items/b.md", Some("---\ntitle: Other deal\nvisibility: internal\nstatus: nonsense\n---\n")),
        ("plan/items/b.md", Some("---\ntitle: \"Deal\nvisibility: internal\n---\n")),
        ("plan/items/b.md", None),
        ("plan/items/c.md", Some("---\ntitle: Deal\nvisibility: internal\ndepends_on: nowhere\n---\n")),
        ("plan/themes/t.md", Some("---\ntitle: Theme\nvisibility: internal\n---\n")),
        // A hidden field of a file that everybody sees, and a comment, which nobody does.
        ("plan/items/a.md", Some("---\ntitle: Open\nx-price: 20\nx: {deal: 1}\n---\n")),
        ("plan/items/a.md", Some("---\nx-price: [20, 30]\ntitle: Open\nx: {deal: 20}\n---\n")),
        ("plan/items/a.md", Some("---\n# still\ntitle: Open\nx-price: 3\nx: {deal: 1}\n---\n")),
        ("static/team/x.txt", Some("y\n")),
        ("static/team/y.txt", Some("y\n")),
        ("static/notes.txt", Some("---\nvisibility: internal\nx: y\n---\n")),
    ] {
        let snapshot = edit(path, text);
        assert_eq!(snapshot.told, last, "{path}: {text:?}");
        // The terminal is told.
        assert!(snapshot.edit.is_some(), "{path}");
    }
    // What everybody sees is told, and counted without what is not.
    for (count, (path, text)) in [
        ("plan/items/a.md", "---\ntitle: Open door\nx-price: 3\nx: {deal: 1}\n---\n"),
        ("plan/items/a.md", "---\ntitle: Open door\nx-price: 3\nx: {deal: 1}\n---\nWords.\n"),
        ("plan/items/a.md", "---\ntitle: Open door\nx-price: 3\nx: {a: 1, deal: 2}\n---\nWords.\n"),
        ("plan/items/a.md", "---\ntitle: Open door\nx-price: 3\nx: {a: [1], deal: 2}\n---\nWords.\n"),
        ("static/logo.svg", "<svg></svg>\n"),
        ("plan/items/d.md", "# Another\n"),
        ("roadbook.yml", "title: U\ninternal: {folders: [static/team], fields: [x-price]}\n"),
        ("plan/items/c.md", "---\ntitle: Deal\n---\n"),
    ]
    .into_iter()
    .enumerate()
    {
        let snapshot = edit(path, Some(text));
        assert_eq!(snapshot.told.generation, last.generation + 1, "{path}");
        assert_eq!(snapshot.told.edit.as_ref().map(|edit| edit.number), Some(count as u64 + 1), "{path}");
        last = snapshot.told;
    }
}

#[test]
fn the_team_is_told_of_every_edit() {
    let root = tempfile::tempdir().unwrap();
    put_all(root.path(), PROJECT);
    let (mut engine, first) = engine(root.path(), Audience::Internal);
    let text = "---\ntitle: Other deal\nvisibility: internal\n---\n";
    let snapshot = edited(&mut engine, root.path(), "plan/items/b.md", Some(text));
    assert_eq!(snapshot.told.generation, first.told.generation + 1);
    assert_eq!(snapshot.told.edit.unwrap().number, 1);
}
