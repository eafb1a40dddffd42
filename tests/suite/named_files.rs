//! Files beside the Markdown: what a page names by its path is part of the site, and nothing else ever is.

#![allow(clippy::unwrap_used, reason = "a disk that fails a test may end it")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use expect_test::expect;
use roadbook::Memory;
use roadbook::diagnostic::{Code, Diagnostic};
use roadbook::discover::{Inputs, MAX_NAMED_SIZE, NAMED_FOLDER};
use roadbook::preview::{Engine, Rescan, answer};
use roadbook::resolve::Roadmap;
use roadbook::site::{Content, Site};
use roadbook::visibility::Audience;
use tempfile::TempDir;

use crate::support::{lines, on_the_day, put, put_all, ran, resolved, site_with, text_at, unguarded};

/// A project on the disk.
fn project(fixture: &str) -> TempDir {
    let project = tempfile::tempdir().unwrap();
    put_all(project.path(), fixture);
    project
}

fn read(root: &Path) -> Inputs {
    roadbook::read(root, &on_the_day(), &mut Memory::default()).unwrap().0
}

/// What the site of a project has of its files, whether it may leave or not, and what is wrong.
fn of(root: &Path, audience: Audience) -> (BTreeMap<String, PathBuf>, Vec<Diagnostic>, Site) {
    let inputs = read(root);
    let roadmap: Roadmap = resolved(&inputs, audience);
    let diagnostics = roadmap.diagnostics.clone();
    let site = site_with(unguarded(roadmap), (&inputs).into());
    let is_named = |address: &&str| address.starts_with(NAMED_FOLDER);
    let named = site.addresses().filter(is_named).map(|address| {
        let Some(Ok(Content::File(file))) = site.render(address) else { panic!("{address} is no file") };
        (address.to_owned(), file)
    });
    (named.collect(), diagnostics, site)
}

/// The addresses of the files that the site of a project has, without their folder.
fn names(root: &Path, audience: Audience) -> Vec<String> {
    let begin = format!("{NAMED_FOLDER}/");
    of(root, audience).0.into_keys().map(|address| address.strip_prefix(&begin).unwrap().to_owned()).collect()
}

/// The addresses of pictures and links in the body of a page.
fn addresses(site: &Site, page: &str) -> Vec<String> {
    let html = text_at(site, page);
    let (_, body) = html.split_once("<main").unwrap();
    let parts = body.split('"').filter(|part| part.contains(NAMED_FOLDER));
    parts.map(str::to_owned).collect()
}

/// A page with one body.
fn page(body: &str) -> TempDir {
    project(&format!("//- plan/items/a.md\n# A\n\n{body}\n"))
}

const EVERYTHING: &str = "![one](pic.png) ![two](img/p%201.png) [the drawing](../spec.pdf#page=2) ![three](/art/root.svg)\n\n\
                          <img src=\"html.gif\" alt=\"four\"> <a href='notes.txt'>five</a>\n\n![again](./pic.png)\n\n[a label]\n\n[a label]: <img/a b.jpg>\n";

fn everything() -> TempDir {
    let project = page(EVERYTHING);
    put(project.path(), "plan/items/b.md", "# B\n\n![one](pic.png)\n");
    for path in
        ["items/pic.png", "items/img/p 1.png", "spec.pdf", "items/html.gif", "items/notes.txt", "items/img/a b.jpg"]
    {
        put(project.path(), &format!("plan/{path}"), path);
    }
    put(project.path(), "art/root.svg", "root");
    put(project.path(), "plan/items/other.png", "nobody names it");
    project
}

#[test]
fn what_pages_name_is_in_the_site_once_and_nothing_else() {
    for repository in ["", "repository: https://forge.example/a/b\n"] {
        let project = everything();
        put(project.path(), "roadbook.yml", format!("title: T\n{repository}"));
        let (files, diagnostics, site) = of(project.path(), Audience::Public);
        let files: Vec<String> =
            files.iter().map(|(address, file)| format!("{address} {}", fs::read_to_string(file).unwrap())).collect();
        expect![[r"
            project-files/art/root.svg root
            project-files/plan/items/html.gif items/html.gif
            project-files/plan/items/img/a b.jpg items/img/a b.jpg
            project-files/plan/items/img/p 1.png items/img/p 1.png
            project-files/plan/items/notes.txt items/notes.txt
            project-files/plan/items/pic.png items/pic.png
            project-files/plan/spec.pdf spec.pdf"]]
        .assert_eq(&files.join("\n"));
        expect![[r"
            ../project-files/plan/items/pic.png
            ../project-files/plan/items/img/p%201.png
            ../project-files/plan/spec.pdf#page=2
            ../project-files/art/root.svg
            ../project-files/plan/items/html.gif
            ../project-files/plan/items/notes.txt
            ../project-files/plan/items/pic.png
            ../project-files/plan/items/img/a%20b.jpg"]]
        .assert_eq(&addresses(&site, "items/a.html").join("\n"));
        assert_eq!(lines(&diagnostics), "");
        assert!(!text_at(&site, "items/a.html").contains("forge.example/a/b/raw"));
    }
}

#[test]
fn they_are_built_and_stand_in_the_single_file() {
    let project = everything();
    let built = ran(project.path(), &["build"]);
    assert_eq!(built.code, 0, "{}", built.stderr);
    let site = project.path().join("_site");
    assert_eq!(fs::read(site.join("project-files/plan/items/img/p 1.png")).unwrap(), b"items/img/p 1.png");
    // What went from the text goes from the site.
    put(project.path(), "plan/items/a.md", "# A\n");
    put(project.path(), "plan/items/pic.png", "another");
    assert_eq!(ran(project.path(), &["build"]).code, 0);
    assert_eq!(fs::read(site.join("project-files/plan/items/pic.png")).unwrap(), b"another");
    assert!(!site.join("project-files/plan/spec.pdf").exists());

    let one = ran(project.path(), &["build", "--single-file"]);
    assert_eq!(one.code, 0, "{}", one.stderr);
    let html = fs::read_to_string(project.path().join("_site.html")).unwrap();
    assert!(html.contains(&format!("data:image/png;base64,{}", data_encoding::BASE64.encode(b"another"))));
    // A site is never part of a site.
    put(
        project.path(),
        "plan/items/a.md",
        "# A\n\n![x](../../_site/project-files/plan/items/pic.png) [y](../../_site.html)\n",
    );
    assert_eq!(names(project.path(), Audience::Public), ["plan/items/pic.png"]);
}

#[test]
fn what_is_missing_is_told_with_what_is_near() {
    let project =
        page("![a](img/pic.png) ![b](imgs/pict.png) [c](spec.pdf) ![d](Shot.png)\n\n![e](/imgs/nothing-like-it.png)");
    for path in ["imgs/pic.png", "imgs/nothing.txt", "shot.png", ".spec.pdf", "spec.md"] {
        put(project.path(), &format!("plan/items/{path}"), "");
    }
    for repository in ["", "repository: https://forge.example/a/b\n"] {
        put(project.path(), "roadbook.yml", format!("title: T\n{repository}"));
        let (files, mut diagnostics, site) = of(project.path(), Audience::Public);
        assert_eq!(files.len(), 0);
        diagnostics.retain(|found| found.code == Code::MISSING_FILE);
        // On the host, a path from the root may begin elsewhere.
        let of_root = diagnostics.iter().position(|found| found.message.contains("nothing-like-it"));
        assert_eq!(of_root.is_none(), !repository.is_empty());
        of_root.map(|at| diagnostics.remove(at));
        expect![[r"
            plan/items/a.md:3:1: warning[missing-file]: there is no image `plan/items/img/pic.png`
                help: did you mean `plan/items/imgs/pic.png`?
            plan/items/a.md:3:19: warning[missing-file]: there is no image `plan/items/imgs/pict.png`
                help: did you mean `plan/items/imgs/pic.png`?
            plan/items/a.md:3:39: warning[missing-file]: there is no file `plan/items/spec.pdf`
                help: correct the path, which begins at the folder of this file, or add what is missing
            plan/items/a.md:3:53: warning[missing-file]: there is no image `plan/items/Shot.png`
                help: did you mean `plan/items/shot.png`?
        "]]
        .assert_eq(&lines(&diagnostics));
        assert!(!text_at(&site, "items/a.html").contains("src=\"pict.png"));
    }
}

#[test]
fn a_link_of_the_plan_still_means_what_it_meant() {
    let project = page("[b](b) [c](c.html) [d](sub/) [e](../../static/s.png) [f](s.png) [g](../../gone.md)");
    put_all(
        project.path(),
        "//- plan/items/b.md\n# B\n//- plan/items/c.md\n# C\n//- static/s.png\n//- plan/items/sub/d.md\n# D\n",
    );
    assert_eq!(names(project.path(), Audience::Public), Vec::<String>::new());
    let (_, diagnostics, site) = of(project.path(), Audience::Public);
    let html = text_at(&site, "items/a.html");
    for href in ["../items/b.html", "../items/c.html", "../s.png"] {
        assert!(html.contains(href), "{href}");
    }
    let said: Vec<&str> = diagnostics.iter().map(|found| found.message.as_str()).collect();
    assert!(said.contains(&"no file `gone.md` is part of the site"), "{said:?}");
}

/// Whatever stands in a link, the file behind it is one of the project's own.
#[test]
fn nothing_is_published_that_is_hidden_outside_or_read_by_roadbook() {
    let outside = tempfile::tempdir().unwrap();
    put(outside.path(), "secret.png", "SECRET");
    let targets = [
        ".env",
        ".git/config",
        "plan/.hidden/pic.png",
        "roadbook.yml",
        "notes.md",
        "NOTES.MARKDOWN",
        "plan/items/a.md",
        "plan/items/b.txt",
        "made/index.html",
        "backup.png~",
        "Thumbs.db",
        ".well-known/x.txt",
        "folder",
        "static/.env",
        "back\\slash.png",
    ];
    let project = project(
        "//- roadbook.yml\ncollections:\n- {include: [plan/items/*.md, plan/items/*.txt], kind: item}\n//- plan/items/b.txt\n# B\n",
    );
    let root = project.path();
    for target in targets {
        if !target.contains("plan/items") && target != "folder" && target != "roadbook.yml" {
            put(root, target, "SECRET");
        }
    }
    put(root, "made/.roadbook", "");
    put(root, "folder/pic.png", "fine");
    let mut links: Vec<String> = targets.map(|target| format!("/{target}")).to_vec();
    links.extend(targets.map(|target| format!("../../{target}")));
    links.extend(targets.map(|target| format!("../..//./folder/../{target}")));
    let percent = |target: &str| target.bytes().map(|byte| format!("%{byte:02x}")).collect::<String>();
    links.extend(targets.map(|target| format!("../../{}", percent(target))));
    links.extend(targets.map(|target| percent(&format!("../../{target}"))));
    let out = outside.path().join("secret.png").display().to_string();
    links.extend([
        out.clone(),
        format!("../../../../../../../../..{out}"),
        format!("file://{out}"),
        "a%00.png".into(),
        "c:secret.png".into(),
    ]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        for (index, target) in targets[..targets.len() - 1].iter().enumerate() {
            symlink(root.join(target), root.join(format!("plan/items/link-{index}.png"))).unwrap();
            links.push(format!("link-{index}.png"));
        }
        symlink(outside.path(), root.join("out")).unwrap();
        symlink("/dev/zero", root.join("plan/items/zero.png")).unwrap();
        symlink("loop.png", root.join("plan/items/loop.png")).unwrap();
        symlink("nowhere.png", root.join("plan/items/dangling.png")).unwrap();
        symlink(root.join("made"), root.join("link")).unwrap();
        symlink(root.join(".git"), root.join("gitdir")).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(root.join("plan/items/pipe.png")).status().unwrap().success());
        links.extend(
            [
                "/out/secret.png",
                "zero.png",
                "loop.png",
                "dangling.png",
                "/link/index.html",
                "/gitdir/config",
                "pipe.png",
            ]
            .map(str::to_owned),
        );
    }
    let body: String =
        links.iter().map(|link| format!("![x](<{link}>) [y](<{link}>) <img src=\"{link}\">\n\n")).collect();
    put(root, "plan/items/a.md", format!("# A\n\n{body}![x](../../folder/pic.png)\n"));
    for repository in ["", "repository: https://forge.example/a/b\n"] {
        let config =
            format!("collections:\n- {{include: [plan/items/*.md, plan/items/*.txt], kind: item}}\n{repository}");
        put(root, "roadbook.yml", config);
        assert_eq!(names(root, Audience::Internal), ["folder/pic.png"]);
    }
    let built = ran(root, &["build", "--audience", "internal"]);
    assert!(root.join("_site/project-files/folder/pic.png").exists(), "{}", built.stderr);
}

#[test]
fn a_file_of_an_internal_folder_is_in_no_public_site() {
    let fixture = "//- roadbook.yml\ninternal: {folders: [plan/items/secret, art/in]}\n//- plan/items/secret/s.md\n# S\n\n![s](s.png) ![o](../only.png)\n//- plan/items/secret/s.png\nSECRET\n\
                   //- plan/items/only.png\nSECRET\n//- art/in/x.png\nSECRET\n//- plan/items/open.png\nopen\n//- plan/items/b.md\n---\nvisibility: internal\n---\n# B\n\n![b](b.png)\n\
                   //- plan/items/b.png\nSECRET\n//- plan/items/a.md\n# A\n\n![open](open.png)\n";
    let project = project(fixture);
    let root = project.path();
    assert_eq!(names(root, Audience::Public), ["plan/items/open.png"]);
    assert_eq!(
        names(root, Audience::Internal),
        ["plan/items/b.png", "plan/items/only.png", "plan/items/open.png", "plan/items/secret/s.png"]
    );
    let built = ran(root, &["build", "--audience", "public"]);
    assert_eq!(built.code, 0, "{}", built.stderr);
    // A public page that names one is refused, by whatever path.
    let mut links =
        vec!["secret/s.png", "./secret/../secret/s.png", "/art/in/x.png", "../../art/in/x.png", "secret%2Fs.png"];
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        symlink(root.join("art/in/x.png"), root.join("plan/items/link.png")).unwrap();
        symlink(root.join("art/in"), root.join("plan/items/folder")).unwrap();
        symlink(root.join("art"), root.join("plan/items/above")).unwrap();
        links.extend(["link.png", "folder/x.png", "above/in/x.png"]);
    }
    for link in links {
        for named in [format!("![x]({link})"), format!("[x]({link})"), format!("<img src=\"{link}\">")] {
            put(root, "plan/items/a.md", format!("# A\n\n{named}\n"));
            let (files, diagnostics, _) = of(root, Audience::Public);
            assert!(files.is_empty(), "{named}: {files:?}");
            let refused = diagnostics.iter().filter(|found| found.code == Code::INTERNAL_REFERENCE).count();
            assert_eq!(refused, 1, "{named}: {}", lines(&diagnostics));
            let built = ran(root, &["build", "--audience", "public"]);
            assert!(built.code == 1 && built.stderr.contains("internal-reference"), "{named}: {}", built.stderr);
        }
    }
    // Nor is one told as what may have been meant.
    put(root, "plan/items/a.md", "# A\n\n![x](secre/s.png) ![y](/art/in/y.png)\n");
    let (_, diagnostics, _) = of(root, Audience::Public);
    assert!(!lines(&diagnostics).contains("did you mean"), "{}", lines(&diagnostics));
}

#[test]
fn a_file_that_is_too_large_is_told_and_not_copied() {
    let project = page("![film](film.gif) ![fits](fits.gif)");
    let film = put(project.path(), "plan/items/film.gif", "");
    fs::File::options().write(true).open(&film).unwrap().set_len(MAX_NAMED_SIZE + 1).unwrap();
    let fits = put(project.path(), "plan/items/fits.gif", "");
    fs::File::options().write(true).open(&fits).unwrap().set_len(MAX_NAMED_SIZE).unwrap();
    assert_eq!(names(project.path(), Audience::Public), ["plan/items/fits.gif"]);
    let (_, diagnostics, _) = of(project.path(), Audience::Public);
    expect![[r"
        plan/items/a.md:3:1: warning[uncopied-file]: `plan/items/film.gif` is larger than 10 MiB
            help: make it smaller, put it under `static/`, or link to where it can be had
    "]]
    .assert_eq(&lines(&diagnostics));
}

/// No static file has an address that is one of theirs, in any case, and none keeps a site from being made.
#[test]
fn no_static_file_is_in_their_way() {
    let project = page("![x](pic.png)");
    put(project.path(), "plan/items/pic.png", "of the plan");
    for taken in ["static/project-files", "static/Project-Files/plan", "static/project-files/plan/items/pic.png"] {
        let file = put(project.path(), taken, "static");
        let (files, diagnostics, _) = of(project.path(), Audience::Public);
        assert_eq!(files.into_values().map(|file| fs::read(file).unwrap()).collect::<Vec<_>>(), [b"of the plan"]);
        let said = format!("`{taken}` is not copied: `project-files` holds the files that texts name");
        assert!(diagnostics.iter().any(|found| found.code == Code::UNCOPIED_FILE && found.message == said), "{taken}");
        assert_eq!(ran(project.path(), &["build"]).code, 0);
        fs::remove_file(&file).unwrap();
        _ = fs::remove_dir_all(project.path().join("static"));
    }
}

/// A picture by its address on the branch of the project's own repository is the file that lies here.
#[test]
fn a_picture_of_the_own_repository_needs_no_other_host() {
    let own = "https://forge.example/a/b";
    let links = ["raw/main/docs/plan/items/a%20b.png", "blob/main/docs/plan/items/a%20b.png?raw=true"];
    let others = ["raw/v1/docs/plan/items/a%20b.png", "raw/main/other/a.png", "raw/main/docs/in/x.png"];
    let body: String = links.iter().chain(&others).map(|link| format!("![x]({own}/{link})\n\n")).collect();
    let project = page(&body);
    put(project.path(), "roadbook.yml", format!("repository: {own}\nbranch: main/docs\ninternal: {{folders: [in]}}\n"));
    put(project.path(), "plan/items/a b.png", "x");
    put(project.path(), "in/x.png", "SECRET");
    assert_eq!(names(project.path(), Audience::Public), ["plan/items/a b.png"]);
    let (_, _, site) = of(project.path(), Audience::Public);
    assert_eq!(addresses(&site, "items/a.html"), ["../project-files/plan/items/a%20b.png"; 2]);
    // Whether it is there or not: its name says something of what the folder holds.
    for is_there in [true, false] {
        if !is_there {
            fs::rename(project.path().join("in/x.png"), project.path().join("in/y.png")).unwrap();
        }
        let refused = ran(project.path(), &["build", "--audience", "public"]);
        assert!(
            refused.stderr.contains("the text links to `in/x.png`, which lies in an internal folder"),
            "{is_there}: {}",
            refused.stderr
        );
    }
}

/// Names that the disk keeps with their letters taken apart are those that are written composed, and the other way.
#[test]
fn composed_and_decomposed_names_are_one() {
    let (composed, apart) = ("caf\u{e9}", "cafe\u{301}");
    for (on_disk, written) in [(composed, apart), (apart, composed)] {
        let project = page(&format!("![x]({written}/{written}.png)"));
        put(project.path(), &format!("plan/items/{on_disk}/{on_disk}.png"), "x");
        assert_eq!(names(project.path(), Audience::Public), [format!("plan/items/{composed}/{composed}.png")]);
    }
}

#[test]
fn a_preview_follows_them() {
    let project = page("![x](img/pic.png)");
    let root = project.path().canonicalize().unwrap();
    let mut engine = Engine::new(&root, Audience::Public, &on_the_day()).unwrap();
    let first = engine.first().unwrap();
    let shown = |snapshot: &roadbook::preview::Snapshot, path: &str| {
        let found = answer(snapshot, "s", &format!("/{NAMED_FOLDER}/plan/items/{path}"));
        match found.content {
            Content::File(file) => Some((found.media, fs::read_to_string(file).unwrap())),
            Content::Bytes(_) => None,
        }
    };
    assert_eq!(shown(&first, "img/pic.png"), None);
    // It comes, with its folder.
    let picture = put(&root, "plan/items/img/pic.png", "one");
    let snapshot = engine.rescan(&Rescan::At(vec![root.join("plan/items/img")])).unwrap();
    assert_eq!(shown(&snapshot, "img/pic.png"), Some(("image/png", "one".to_owned())));
    assert!(engine.folders().contains(picture.parent().unwrap()));
    // It changes.
    put(&root, "plan/items/img/pic.png", "two");
    let snapshot = engine.rescan(&Rescan::At(vec![picture.clone()])).unwrap();
    assert_eq!(shown(&snapshot, "img/pic.png"), Some(("image/png", "two".to_owned())));
    assert!(engine.rescan(&Rescan::At(vec![picture.clone()])).is_none());
    // What nobody names changes nothing.
    let other = put(&root, "plan/items/img/other.png", "other");
    assert!(engine.rescan(&Rescan::At(vec![other])).is_none());
    // A text names another.
    let text = put(&root, "plan/items/a.md", "# A\n\n![x](img/other.png)\n");
    let snapshot = engine.rescan(&Rescan::At(vec![text])).unwrap();
    assert_eq!(shown(&snapshot, "img/pic.png"), None);
    assert_eq!(shown(&snapshot, "img/other.png"), Some(("image/png", "other".to_owned())));
    // It grows too large, and goes.
    let other = root.join("plan/items/img/other.png");
    fs::File::options().write(true).open(&other).unwrap().set_len(MAX_NAMED_SIZE + 1).unwrap();
    let snapshot = engine.rescan(&Rescan::All).unwrap();
    assert_eq!(shown(&snapshot, "img/other.png"), None);
    fs::remove_dir_all(root.join("plan/items/img")).unwrap();
    let snapshot = engine.rescan(&Rescan::At(vec![root.join("plan/items/img")])).unwrap();
    assert_eq!(shown(&snapshot, "img/other.png"), None);
    assert!(snapshot.diagnostics.iter().any(|found| found.code == Code::MISSING_FILE));
}

/// A plan whose texts name no file beside it costs no look at the disk: nothing is listed, however many files there are.
#[test]
fn a_plan_that_names_none_looks_at_none() {
    let project = page(
        "[b](b.md) [[b]] <https://forge.example/x.png> [m](mailto:a@b.example) [t](#a) ![s](https://h.example/s.png) [up](../../../x.png)",
    );
    put(project.path(), "plan/items/b.md", "# B\n");
    assert_eq!(read(project.path()).named_files, []);
}

/// As among the static files, front matter says of a text of any ending that not everybody may see it.
#[test]
fn a_file_that_says_who_may_see_it_is_heard() {
    let project = page("[x](x.txt) [y](y.txt) ![z](z.svg)");
    put(project.path(), "plan/items/x.txt", "---\nvisibility: internal\n---\nSECRET\n");
    put(project.path(), "plan/items/y.txt", "---\nvisibility: public\n---\nopen\n");
    put(project.path(), "plan/items/z.svg", "<!-- made by hand -->\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n");
    let open = ["plan/items/y.txt", "plan/items/z.svg"];
    assert_eq!(names(project.path(), Audience::Public), open);
    assert_eq!(names(project.path(), Audience::Internal).len(), 3);
    let (_, diagnostics, _) = of(project.path(), Audience::Public);
    let said = lines(&diagnostics);
    assert!(said.contains("`plan/items/x.txt` says that not everybody may see it, and is not copied"), "{said}");
    assert!(said.contains("help: take the links to it out"), "{said}");
    let built = ran(project.path(), &["build", "--audience", "public"]);
    assert!(!project.path().join("_site/project-files/plan/items/x.txt").exists(), "{}", built.stderr);
}

/// An open page of a preview for everybody is told of a picture that changed where a public page shows it, and of no other.
#[test]
fn pages_for_everybody_are_told_of_what_they_show() {
    let project = page("![open](open.png)");
    let root = project.path().canonicalize().unwrap();
    put(&root, "plan/items/s.md", "---\nvisibility: internal\n---\n# S\n\n![s](s.png)\n");
    for name in ["open", "s"] {
        put(&root, &format!("plan/items/{name}.png"), "one");
    }
    let mut engine = Engine::new(&root, Audience::Public, &on_the_day()).unwrap();
    let first = engine.first().unwrap().told.generation;
    let secret = put(&root, "plan/items/s.png", "two");
    let generation = engine.rescan(&Rescan::At(vec![secret])).map_or(first, |snapshot| snapshot.told.generation);
    assert_eq!(generation, first);
    let open = put(&root, "plan/items/open.png", "two");
    assert!(engine.rescan(&Rescan::At(vec![open])).unwrap().told.generation > first);
}

/// What a page says in its body, without the heading.
fn body(site: &Site, page: &str) -> String {
    let html = text_at(site, page);
    let (_, body) = html.split_once("<div class=\"prose\">").unwrap();
    body.split_once("</div>").unwrap().0.to_owned()
}

/// As on GitHub, a path begins at the folder of the text: a static file has its address for a path only where nothing lies there.
#[test]
fn the_file_beside_the_text_comes_before_a_static_one() {
    let project = page(
        "![a](pic.png) [b](f.pdf) ![c](img/x.png) <img src=\"pic.png\"> ![d](/pic.png) ![e](only.png) ![f](large.gif) ![g](/static/pic.png)",
    );
    let root = project.path();
    for path in ["pic.png", "f.pdf", "img/x.png", "large.gif"] {
        put(root, &format!("plan/items/{path}"), "beside");
        put(root, &format!("static/{path}"), "static");
    }
    put(root, "static/only.png", "static");
    let large = fs::File::options().write(true).open(root.join("plan/items/large.gif")).unwrap();
    large.set_len(MAX_NAMED_SIZE + 1).unwrap();
    let (files, diagnostics, site) = of(root, Audience::Public);
    assert_eq!(
        files.into_keys().collect::<Vec<_>>(),
        ["f.pdf", "img/x.png", "pic.png"].map(|path| format!("project-files/plan/items/{path}"))
    );
    let shown = body(&site, "items/a.html");
    let addresses: Vec<&str> = shown.split('"').filter(|part| part.starts_with("../")).collect();
    assert_eq!(
        addresses,
        [
            "../project-files/plan/items/pic.png",
            "../project-files/plan/items/f.pdf",
            "../project-files/plan/items/img/x.png",
            "../project-files/plan/items/pic.png",
            "../pic.png",
            "../only.png",
            "../pic.png",
        ]
    );
    // It is not shown in place of one that is too large.
    assert!(lines(&diagnostics).contains("`plan/items/large.gif` is larger than 10 MiB"), "{}", lines(&diagnostics));
    // Nor in place of one that is for the team.
    put(root, "roadbook.yml", "internal: {folders: [plan/items/img]}\n");
    let refused = ran(root, &["build", "--audience", "public"]);
    assert!(refused.stderr.contains("the text links to `plan/items/img/x.png`"), "{}", refused.stderr);
    // Nor in place of one that may lie where only the team looks.
    fs::remove_file(root.join("plan/items/img/x.png")).unwrap();
    let refused = ran(root, &["build", "--audience", "public"]);
    assert!(refused.stderr.contains("the text links to `plan/items/img/x.png`"), "{}", refused.stderr);
    put(root, "plan/items/img/x.png", "beside");
    // What is static and for the team is not what a path means beside which something lies.
    put(root, "roadbook.yml", "internal: {folders: [static/img]}\n");
    let built = ran(root, &["build", "--audience", "public"]);
    assert_eq!(built.code, 0, "{}", built.stderr);
}

/// A path that leaves the project is one of the repository, whose root the branch has behind it; one that leaves that is told as it is written.
#[test]
fn a_path_that_leaves_the_project_is_what_it_is_in_the_repository() {
    let body_of = |config: &str, text: &str| {
        let project = page(text);
        put(project.path(), "roadbook.yml", config);
        put(project.path(), "plan/items/img/x.png", "x");
        put(project.path(), "shot.png", "x");
        put(project.path(), "static/main.rs", "x");
        let (files, diagnostics, site) = of(project.path(), Audience::Public);
        let found = diagnostics.iter().filter(|found| found.code == Code::MISSING_FILE);
        let said: Vec<String> = found.map(|found| found.message.clone()).collect();
        (files.into_keys().collect::<Vec<_>>(), said.join("\n"), body(&site, "items/a.html"))
    };
    let of_folder = "repository: https://forge.example/o/r\nbranch: main/docs/plan\n";
    let (files, said, shown) = body_of(
        of_folder,
        "![a](../../../shot.png) [b](../../../../src/main.rs) ![c](../../../plan/shot.png) [d](../../../docs/x.md)",
    );
    assert_eq!((files, &*said), (vec!["project-files/shot.png".to_owned()], ""));
    for address in [
        "\"https://forge.example/o/r/raw/main/docs/shot.png\"",
        "\"https://forge.example/o/r/blob/main/src/main.rs\"",
        "\"../project-files/shot.png\"",
        "\"https://forge.example/o/r/blob/main/docs/docs/x.md\"",
    ] {
        assert!(shown.contains(address), "{address} {shown}");
    }
    let out = "![a](../../../../../shot.png) [b](../../../../../main.rs) ![f](img) ![f](img/) [g](img)";
    let (files, said, shown) = body_of(of_folder, out);
    assert_eq!(files.len(), 0);
    expect![[r#"
        `../../../../../shot.png` leads out of the repository
        `../../../../../main.rs` leads out of the repository
        `plan/items/img` is a folder, and no image
        `plan/items/img` is a folder, and no image"#]]
    .assert_eq(&said);
    assert_eq!(shown.matches("forge.example").count(), 1, "{shown}");
    let (_, said, _) = body_of(
        "title: T\n",
        "![a](../../../../etc/passwd) [b](../../../shot.png) [c](/) [d](img) ![e](img) <a href=\"C.MD\">x</a> [a](A.MD)",
    );
    expect![[r"
        the image `../../../../etc/passwd` is not part of the site
        the file `../../../shot.png` is not part of the site
        `/` is the project's folder, which is not part of the site
        the folder `plan/items/img` is not part of the site
        `plan/items/img` is a folder, and no image
        no file `plan/items/C.MD` is part of the site"]]
    .assert_eq(&said);
}

/// A path that leaves the project and comes back is no way into what is internal.
#[test]
fn a_path_around_the_project_opens_nothing() {
    for link in ["../../../sub/in/x.png", "../../../in/x.png", "../../../../r/sub/../../in/x.png"] {
        let project = page(&format!("![x]({link})"));
        let config = "repository: https://forge.example/o/r\nbranch: main/sub\ninternal: {folders: [in]}\n";
        put(project.path(), "roadbook.yml", config);
        put(project.path(), "in/x.png", "SECRET");
        assert_eq!(names(project.path(), Audience::Public), Vec::<String>::new());
        if !link.contains("/r/") {
            let refused = ran(project.path(), &["build", "--audience", "public"]);
            assert!(refused.stderr.contains("internal-reference"), "{link}: {}", refused.stderr);
        }
    }
}

/// Blanks about an address in a tag are none of it, and an address without a scheme has that of the web, also on a page from a disk.
#[test]
fn an_address_is_what_browsers_take_it_for() {
    let project = page(
        "<img src=\" pic.png\n\"> <a href=\"\t https://x.example \">x</a> <img src=\" //x.example/p.png\"> [w](//x.example/w) ![v](//x.example/v.png) <a href=\"///x.example/u\">u</a> [t](#//t)\n",
    );
    put(project.path(), "plan/items/pic.png", "x");
    assert_eq!(names(project.path(), Audience::Public), ["plan/items/pic.png"]);
    let (_, _, site) = of(project.path(), Audience::Public);
    let shown = body(&site, "items/a.html");
    for address in [
        "src=\"../project-files/plan/items/pic.png\"",
        "href=\"https://x.example\"",
        "src=\"https://x.example/p.png\"",
        "href=\"https://x.example/w\"",
        "src=\"https://x.example/v.png\"",
        "href=\"https://x.example/u\"",
        "href=\"#//t\"",
    ] {
        assert!(shown.contains(address), "{address} {shown}");
    }
}

/// As in Obsidian, a name in double brackets that no thing of the plan has leads to the file that has it.
#[test]
fn a_name_in_double_brackets_may_be_that_of_a_file() {
    let project = page(
        "[[s.pdf]] [[s.pdf#page=2|the pdf]] ![[s.pdf]] [[pic.png]] [[plan/spec.pdf]] [[st.pdf]] [[b.pdf]] [[gone.pdf]]\n\n![[pic.png|100]] ![[pic.png|100x50]] ![[pic.png|the box|7]] ![[pic.png|the box]] ![[pic.png|100 boxes]]\n",
    );
    let root = project.path();
    for path in ["plan/items/s.pdf", "plan/items/pic.png", "plan/spec.pdf", "static/st.pdf", "plan/items/b.pdf"] {
        put(root, path, "x");
    }
    put(root, "plan/items/b.md", "---\naliases: [b.pdf]\n---\n# B\n");
    assert_eq!(names(root, Audience::Public), ["plan/items/pic.png", "plan/items/s.pdf", "plan/spec.pdf"]);
    let (_, diagnostics, site) = of(root, Audience::Public);
    let shown = body(&site, "items/a.html");
    expect![[r#"

        <p><a href="../project-files/plan/items/s.pdf">s.pdf</a> <a href="../project-files/plan/items/s.pdf#page=2">the pdf</a> <a href="../project-files/plan/items/s.pdf">s.pdf</a> <a href="../project-files/plan/items/pic.png">pic.png</a> <a href="../project-files/plan/spec.pdf">plan/spec.pdf</a> <a href="../st.pdf">st.pdf</a> <a href="../items/b.html">B</a> <span class="broken" title="Broken reference: gone.pdf">gone.pdf</span></p>
        <p><img src="../project-files/plan/items/pic.png" alt="pic.png" width="100" loading="lazy"> <img src="../project-files/plan/items/pic.png" alt="pic.png" width="100" height="50" loading="lazy"> <img src="../project-files/plan/items/pic.png" alt="the box" width="7" loading="lazy"> <img src="../project-files/plan/items/pic.png" alt="the box" loading="lazy"> <img src="../project-files/plan/items/pic.png" alt="100 boxes" loading="lazy"></p>

    "#]].assert_eq(&shown);
    let said: Vec<&str> = diagnostics.iter().map(|found| found.message.as_str()).collect();
    assert!(said.contains(&"nothing has the id `gone.pdf`"), "{said:?}");
    // It is no way into what is internal.
    put(root, "roadbook.yml", "internal: {folders: [plan/items/in]}\n");
    put(root, "plan/items/in/s.pdf", "SECRET");
    for name in ["in/s.pdf", "plan/items/in/s.pdf"] {
        put(root, "plan/items/a.md", format!("# A\n\n[[{name}]]\n"));
        assert_eq!(names(root, Audience::Public), Vec::<String>::new());
        let refused = ran(root, &["build", "--audience", "public"]);
        assert!(refused.stderr.contains("internal-reference"), "{name}: {}", refused.stderr);
    }
}
