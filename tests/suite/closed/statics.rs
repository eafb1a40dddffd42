//! Static files that say themselves who may see them, and those that nobody means for a site.

use std::fs;

use roadbook::discover::{Disk, MAX_FILE_SIZE};

use super::{SECRET, kept, project, public, refused};
use crate::support::{on_the_day, put, ran};

const OPEN: &str = "//- plan/items/open.md\n# Open\n//- static/keep.md\n# Everybody\n\nWords.\n";

/// A Markdown file is copied to a public site only where it would be public as a file of the plan.
#[test]
fn a_static_file_that_says_who_may_see_it_is_heard() {
    for text in [
        "---\nvisibility: internal\n---\nSECRET\n",
        "---\ndraft: true\n---\nSECRET\n",
        "---\nscope: internal\n---\nSECRET\n",
        "---\naudience: staff\n---\nSECRET\n",
        "---\nx-notes: SECRET\n---\nWords.\n",
        "---\na: [x-notes:SECRET]\n---\nWords.\n",
        "---\nvisibilty: internal\n---\nSECRET\n",
        "---\ntitle: SECRET\ninternal\n---\n",
        "----\nvisibility: internal\n----\nSECRET\n",
        "+++\ndraft = true\n+++\nSECRET\n",
        "# SECRET\n\n- **Visibility:** internal\n",
        "| title | visibility |\n|---|---|\n| SECRET | internal |\n",
        "\u{feff}---\nvisibility: internal\n---\nSECRET\n",
    ] {
        for path in ["static/a.md", "static/deep/a.MD", "static/a.markdown"] {
            let project = project(&format!(
                "{OPEN}//- roadbook.yml\ntitle: T\ninternal: {{fields: [x-notes]}}\n//- plan/items/b.md\n---\ntitle: B\nx-notes: y\n---\n"
            ));
            put(project.path(), path, text.replace("SECRET", SECRET));
            kept(project.path(), &format!("`{path}` says that not everybody may see it"));
            let built = ran(project.path(), &["build", "--audience", "internal", "-d", "team"]);
            let copied = fs::read_to_string(project.path().join("team").join(&path["static/".len()..]));
            assert!(built.code == 0 && copied.is_ok_and(|copied| copied.contains(SECRET)), "{text}: {}", built.stderr);
        }
    }
    let utf16: Vec<u8> =
        format!("---\nvisibility: internal\n---\n{SECRET}\n").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let other = "//- plan/items/b.md\n---\ntitle: Other\nvisibility: internal\n---\n";
    let not_text = project(&format!("{OPEN}{other}"));
    put(not_text.path(), "static/a.md", utf16);
    let built = public(not_text.path());
    assert!(!built.site.contains_key("a.md") && built.site.contains_key("keep.md"), "{}", built.said);
    for text in [
        "---\nvisibility: public\ndraft: true\n---\nSECRET\n",
        "---\ndraft: false\ntitle: A\n---\nSECRET\n",
        "# Visibility\n\nSECRET\n",
        "---\n\nSECRET: x\n",
    ] {
        let built = public(project(&format!("{OPEN}{other}//- static/a.md\n{text}")).path());
        assert!(built.leaks == ["a.md"] && !built.said.contains("uncopied-file"), "{text}: {}", built.said);
    }
    let explained = "//- roadbook.yml\ntitle: T\ninternal: {flags: {draft: public}}\n//- static/a.md\n---\ndraft: true\n---\nSECRET\n";
    assert_eq!(public(project(&format!("{OPEN}{explained}")).path()).leaks, ["a.md"]);
}

/// So is any other text that begins with front matter, and Markdown by any ending.
#[test]
fn a_static_text_of_any_ending_is_heard() {
    let config = "//- roadbook.yml\ntitle: T\ninternal: {fields: [x-notes]}\n//- plan/items/b.md\n---\ntitle: B\nx-notes: y\n---\n";
    let markdown = ["a.qmd", "a.Rmd", "a.mdwn", "a.mdx", "a.md.bak", "deep/a.markdown.orig", "a.mdtxt", "a.md.txt"];
    let others = ["a.txt", "a", "a.html", "a.rst", "a.adoc", "a.css", "a.org", "a.md2"];
    let fronts = [
        "---\nvisibility: internal\n---\nSECRET\n",
        "+++\ndraft = true\n+++\nSECRET\n",
        "<!-- words -->\n---\ntitle: \"SECRET\nvisibility: internal\n---\n",
        "----\nvisibility: internal\n----\nSECRET\n",
        "\u{feff}\n---\nx-notes: SECRET\n---\n",
        "---\naccess: internal\n\nSECRET\n",
    ];
    let is_kept = |path: &str, text: &str| {
        let project = project(&format!("{OPEN}{config}"));
        put(project.path(), &format!("static/{path}"), text.replace("SECRET", SECRET));
        kept(project.path(), &format!("`static/{path}` says that not everybody may see it"));
    };
    for (index, path) in markdown.iter().chain(&others).enumerate() {
        is_kept(path, fronts[index % fronts.len()]);
        is_kept(path, fronts[(index + 1) % fronts.len()]);
    }
    let prose = ["a.txt", "a.rst", "a.adoc", "a.org", "A.TEXT"];
    for path in markdown.iter().chain(&prose) {
        is_kept(path, "# SECRET\n\n- **Visibility:** internal\n");
        is_kept(path, "SECRET\n======\n\nvisibility: internal\n");
    }
    is_kept("a.adoc", "= SECRET\n:visibility: internal\n");
    is_kept("a.org", "#+TITLE: SECRET\n#+visibility: internal\n");
    let utf16: Vec<u8> = format!("\u{feff}---\nvisibility: internal\n---\n{SECRET}\n")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let not_text = project(&format!("{OPEN}{config}"));
    put(not_text.path(), "static/a.txt", utf16);
    let built = public(not_text.path());
    assert!(!built.site.contains_key("a.txt") && built.site.contains_key("keep.md"), "{}", built.said);
    for (path, text) in [
        ("a.css", "a { visibility: hidden; }\nSECRET\n"),
        ("a.css", "---\n---\na {\n  visibility: hidden;\n}\nSECRET\n"),
        ("a.html", "<!-- words -->\n<p>visibility: internal</p>\nSECRET\n"),
        ("a.yaml", "---\na:\n- hidden: true\nb: SECRET\n"),
        ("a.txt", "Words.\n---\nSECRET: x\n---\n"),
        ("robots.txt", "User-agent: *\nDisallow: /private/\n# SECRET\n"),
        ("a.txt", "---\ntitle: SECRET\n---\n"),
        ("a.pem", "-----BEGIN CERTIFICATE-----\nSECRET\n-----END CERTIFICATE-----\n"),
    ] {
        let project = project(&format!("{OPEN}{config}"));
        put(project.path(), &format!("static/{path}"), text.replace("SECRET", SECRET));
        let built = public(project.path());
        assert!(built.leaks == [path] && !built.said.contains("uncopied-file"), "{text}: {}", built.said);
    }
}

/// A public file may not link to one, as to any that is internal.
#[test]
fn a_link_to_a_closed_static_file_is_seen() {
    for body in ["[x](/static/a.md)", "[x](../../static/a.md)", "![[a.md]]"] {
        let fixture =
            format!("//- static/a.md\n---\nvisibility: internal\n---\nx\n//- plan/items/open.md\n# Open\n\n{body}\n");
        refused(project(&fixture).path(), "internal-reference");
    }
}

/// Who looks again sees what such a file says now.
#[test]
fn a_static_file_that_is_closed_later_is_closed() {
    let project = project(&format!("{OPEN}//- static/a.md\nWords.\n//- static/b.html\nWords.\n"));
    let mut disk = Disk::new(project.path(), &on_the_day()).expect("a project");
    let first = disk.rescan().expect("to read").expect("something new");
    assert!(first.static_texts.iter().any(|text| text.text == "Words.\n"));
    let folder = project.path().canonicalize().expect("a folder");
    let (path, other) = (folder.join("static/a.md"), folder.join("static/b.html"));
    for text in ["---\nvisibility: internal\n---\n", "---\nvisibility: public\n---\n"] {
        for path in [&path, &other] {
            fs::write(path, text).expect("to write");
            let again = disk.rescan_paths(std::slice::from_ref(path)).expect("to read").expect("something new");
            let name = path.file_name().expect("a name").to_string_lossy();
            assert!(
                again.static_texts.iter().any(|known| known.text == text && known.path.ends_with(&*name)),
                "{text}"
            );
        }
    }
    fs::write(&other, "Words.\n").expect("to write");
    let again = disk.rescan_paths(std::slice::from_ref(&other)).expect("to read").expect("something new");
    assert!(again.static_texts.iter().all(|known| !known.path.ends_with("b.html")));
}

/// Hidden files, and what editors and systems leave, are no part of a site; what hosts read is.
#[test]
fn what_nobody_means_for_a_site_is_not_copied() {
    for path in [
        ".env",
        ".env.local",
        "deep/.ENV",
        ".git/config",
        ".gitignore",
        ".github/workflows/a.yml",
        ".DS_Store",
        "deep/.a.md.swp",
        "a.swp",
        "a.md~",
        "#a.md#",
        "Thumbs.db",
        ".htpasswd",
        ".ssh/id_rsa",
        ".well-known/.env",
    ] {
        let project = project(OPEN);
        put(project.path(), &format!("static/{path}"), SECRET);
        let named = path.split('/').find(|part| *part != "deep" && *part != ".well-known").expect("a name");
        for audience in ["internal", "public"] {
            let built = ran(project.path(), &["build", "--audience", audience]);
            assert!(built.code == 0 && built.stderr.contains("uncopied-file"), "{path}: {}", built.stderr);
            assert!(built.stderr.contains(&format!("{named}` is not copied")), "{path}: {}", built.stderr);
            assert!(!project.path().join("_site").join(path).exists(), "{path}");
        }
        assert!(public(project.path()).site.contains_key("keep.md"), "{path}");
    }
    let many: String = (0..40).map(|file| format!("//- static/.a{file}\nx\n")).collect();
    let checked = ran(project(&format!("{OPEN}{many}")).path(), &["check", "--format", "short"]).stdout;
    assert_eq!(checked.matches("[uncopied-file]").count(), 21, "{checked}");
    for path in [".well-known/security.txt", ".nojekyll", ".htaccess", ".domains", "a.env", "a~b.txt"] {
        let project = project(OPEN);
        put(project.path(), &format!("static/{path}"), SECRET);
        let built = public(project.path());
        assert_eq!((built.code, built.leaks), (0, vec![path.to_owned()]), "{path}: {}", built.said);
    }
}

/// A link is judged by where it leads as well.
#[cfg(unix)]
#[test]
fn a_link_to_a_hidden_file_is_not_copied() {
    let project = project(&format!("{OPEN}//- .env\nSECRET\n//- .config/a.txt\nSECRET\n"));
    for (link, to) in [("static/env.txt", "../.env"), ("static/config", "../.config")] {
        std::os::unix::fs::symlink(to, project.path().join(link)).expect("a link");
    }
    kept(project.path(), "uncopied-file");
}

/// Data says so between fences or by a field of its own, and by nothing else that is in it.
#[test]
fn a_static_file_of_data_is_heard() {
    let fenced = ["a.json", "a.yml", "a.yaml", "a.TOML"].map(|path| (path, "---\nvisibility: internal\n---\nSECRET\n"));
    let by_field = [
        ("a.toml", "+++\ndraft = true\n+++\nSECRET\n"),
        ("a.yml", "visibility: internal\nx: SECRET\n"),
        ("a.yaml", "---\n# words\nx: SECRET\n\nvisibility: \"internal\"\n"),
        ("a.yaml", "x: SECRET\nvisibility:\n  internal\n"),
        ("a.yaml", "  x: SECRET\n  Visibility: internal\n"),
        ("a.yaml", "{visibility: internal, x: SECRET}\n"),
        ("a.yaml", "visibility: [internal]\nx: SECRET\n"),
        ("a.json", "{\"a\": {\"b\": [1, \"}\\\"\"]}, \"visibility\": \"internal\", \"x\": \"SECRET\"}"),
        ("deep/A.JSON", "\u{feff}{\n  \"x\": \"SECRET\",\n  \"visibility\": \"internal\"\n}\n"),
        ("a.json", "// words\n{\"x\": \"SECRET\", \"visibilty\": \"private\""),
        ("a.toml", "x = \"SECRET\"\nvisibility = \"internal\"\n\n[a]\nb = 1\n"),
        ("a.json", "{\"who\": \"internal\", \"x\": \"SECRET\"}"),
    ];
    let other = "//- plan/items/b.md\n---\ntitle: Other\nvisibility: internal\n---\n";
    for (path, text) in fenced.into_iter().chain(by_field) {
        let config = "//- roadbook.yml\ntitle: T\nfields: {visibility: [who]}\n";
        let project = project(&format!("{OPEN}{config}{other}"));
        put(project.path(), &format!("static/{path}"), text.replace("SECRET", SECRET));
        kept(project.path(), &format!("`static/{path}` says that not everybody may see it"));
    }
    for (path, text) in [
        ("package.json", "{\"name\": \"SECRET\", \"private\": true, \"a\": {\"visibility\": \"internal\"}}"),
        ("a.json", "[{\"visibility\": \"internal\", \"x\": \"SECRET\"}]"),
        ("a.json", "[\n  {\n    \"visibility\": \"internal\",\n    \"x\": \"SECRET\"\n  }\n]\n"),
        ("a.json", "{\"visibility\": 10000, \"x\": \"SECRET\"}"),
        ("a.json", "{\"visibility\": \"public\", \"draft\": true, \"x\": \"SECRET\"}"),
        ("a.json", "{\"x\": \"visibility: internal, visibility: internal\", \"y\": \"SECRET\"}"),
        ("a.yaml", "a:\n  visibility: internal\nhidden: true\nx: SECRET\n"),
        ("a.yaml", "- visibility: internal\n  x: SECRET\n"),
        ("a.yml", "x: |\n  visibility: internal\ny: SECRET\n"),
        ("a.toml", "x = \"SECRET\"\n[a]\nvisibility = \"internal\"\n"),
        ("a.yml", "y: [\n"),
    ] {
        let project = project(&format!("{OPEN}{other}"));
        put(project.path(), &format!("static/{path}"), format!("{text}\n# {SECRET}").replace("SECRET", SECRET));
        let built = public(project.path());
        assert!(built.leaks == [path] && !built.said.contains("uncopied-file"), "{text}: {}", built.said);
    }
    let utf16: Vec<u8> = "\u{feff}{\"visibility\": \"internal\"}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let not_text = project(&format!("{OPEN}{other}"));
    put(not_text.path(), "static/a.json", utf16);
    let large = put(not_text.path(), "static/large.json", "{\"visibility\": \"internal\"}");
    let open = put(not_text.path(), "static/open.json", "{\"a\": {}}");
    for file in [large, open] {
        let file = fs::File::options().write(true).open(file).expect("a file");
        file.set_len(MAX_FILE_SIZE + 1).expect("room");
    }
    let built = public(not_text.path());
    assert!(built.site.contains_key("open.json"), "{}", built.said);
    assert!(!built.site.contains_key("a.json") && !built.site.contains_key("large.json"), "{}", built.said);
}
