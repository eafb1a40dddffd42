//! What is internal stays so, however it is written: the kinds of slip that let it out, each with its neighbours.

mod disk;
mod fields;
mod forms;
mod names;
mod statics;
mod words;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use roadbook::discover::discover;
use roadbook::preview::Engine;
use roadbook::release::release;
use roadbook::report::{Format, report};
use roadbook::visibility::Audience;

use crate::support::{files, on_the_day, pages_of, put, put_all, ran, resolved, rounds};

const SECRET: &str = "ZANZIBAR";

/// The public site of a project: its exit code, every file that holds the secret, and what was said.
struct Public {
    code: i32,
    leaks: Vec<String>,
    said: String,
    site: BTreeMap<String, Vec<u8>>,
}

fn public(root: &Path) -> Public {
    let built = ran(root, &["build", "--audience", "public"]);
    let mut site = BTreeMap::new();
    read(&root.join("_site"), "", &mut site);
    let has = |bytes: &[u8]| bytes.windows(SECRET.len()).any(|window| window.eq_ignore_ascii_case(SECRET.as_bytes()));
    let leaks =
        site.iter().filter(|(path, bytes)| has(bytes) || has(path.as_bytes())).map(|(path, _)| path.clone()).collect();
    Public { code: built.code, leaks, said: built.stderr, site }
}

fn read(folder: &Path, below: &str, site: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            read(&entry.path(), &format!("{name}/"), site);
        } else {
            site.insert(name, fs::read(entry.path()).expect("a file of the site"));
        }
    }
}

fn project(fixture: &str) -> tempfile::TempDir {
    let project = tempfile::tempdir().expect("a folder");
    put_all(project.path(), &fixture.replace("SECRET", SECRET));
    project
}

/// Nothing is published, and the reason has these words.
#[track_caller]
fn refused(root: &Path, words: &str) {
    let public = public(root);
    assert_eq!((public.code, public.site.len()), (1, 0), "{}", public.said);
    assert!(public.said.contains(words), "{}", public.said);
}

/// No public file has the secret, and where something was said it has these words.
#[track_caller]
fn kept(root: &Path, words: &str) {
    let public = public(root);
    assert_eq!(public.leaks, Vec::<String>::new(), "{}", public.said);
    assert!(public.said.contains(words), "{words:?} is not in {}", public.said);
    assert!(public.site.is_empty() || public.site.contains_key("items/open.html"), "{}", public.said);
}

/// A plan that uses visibility, for another file.
const OTHER: &str =
    "//- plan/items/open.md\n# Open\n//- plan/items/b.md\n---\ntitle: Other\nvisibility: internal\n---\n";

const PARTNERS: &str = "\
//- plan/items/open.md
---
title: Open
---
//- plan/items/partners/s.md
---
title: SECRET
---
";

fn with_folder(folder: &str) -> tempfile::TempDir {
    let quoted = folder.replace('\\', "\\\\");
    project(&format!("{PARTNERS}//- roadbook.yml\ntitle: T\ninternal:\n  folders: [\"{quoted}\"]\n"))
}

#[test]
fn a_folder_means_the_same_however_it_is_spelled() {
    let usual = public(with_folder("plan/items/partners").path());
    assert_eq!((usual.code, usual.leaks.len()), (0, 0), "{}", usual.said);
    for folder in [
        "./plan/items/partners",
        "plan//items/partners",
        "plan\\items\\partners",
        "plan/items/partners/ ",
        " plan/items/partners",
        "/plan/items/partners/",
        "plan/../plan/./items/partners",
        "plan/items/x/../partners",
    ] {
        let other = public(with_folder(folder).path());
        assert_eq!((other.code, &other.site), (0, &usual.site), "{folder}: {}", other.said);
    }
}

#[test]
fn a_folder_that_is_not_there_keeps_a_plan_from_the_public() {
    for folder in [
        "plan/items/Partners",
        "plan/items/partner",
        "items/partners",
        "/abs/plan/items/partners",
        "plan/items/partners/s.md",
        "plan/items/x, plan/items/partners",
    ] {
        refused(with_folder(folder).path(), "unknown-internal");
    }
    for folder in [".", "", "..", "../elsewhere"] {
        refused(with_folder(folder).path(), "invalid-configuration");
    }
    for pattern in ["plan/items/*", "plan/items/partner?", "plan/items/[p]artners", "plan/items/{partners,x}"] {
        refused(with_folder(pattern).path(), "unknown-internal");
    }
    refused(with_folder("plan/items/partner").path(), "did you mean `plan/items/partners`?");
}

/// Signs of patterns may be in the names of folders.
#[cfg(unix)]
#[test]
fn a_folder_that_is_called_like_a_pattern_can_be_named() {
    for folder in ["[a]", "a{b}", "{a,b}", "what?", "[a", "x]", "[!a]", "*", "a*b"] {
        let escaped: String =
            folder.chars().map(|c| if "[]{}?*!".contains(c) { format!("\\{c}") } else { c.into() }).collect();
        for written in [folder, &escaped] {
            let written = written.replace('\\', "\\\\");
            let fixture = PARTNERS.replace("partners", folder)
                + &format!("//- roadbook.yml\ntitle: T\ninternal: {{folders: [\"plan/items/{written}\"]}}\n");
            let public = public(project(&fixture).path());
            assert!(public.code == 0 && public.leaks.is_empty(), "{written}: {}", public.said);
            // A star in a pattern has its own meaning, and a bracket that is not closed is none.
            if folder.contains('*') || folder == "[a" && !written.contains('\\') {
                continue;
            }
            let collection = format!(
                "//- roadbook.yml\ntitle: T\ncollections:\n- {{include: \"plan/items/**/*.md\", kind: item, exclude: \"plan/items/{written}\"}}\n"
            );
            let left_out = self::public(project(&(PARTNERS.replace("partners", folder) + &collection)).path());
            assert!(
                left_out.leaks.is_empty() && left_out.site.contains_key("items/open.html"),
                "{written}: {}",
                left_out.said
            );
            let included = collection.replace("plan/items/**/*.md", &format!("plan/items/{written}/*.md"));
            let included = included.split(", exclude").next().unwrap_or_default().to_owned() + "}\n";
            let shown = self::public(project(&(PARTNERS.replace("partners", folder) + &included)).path());
            assert!(!shown.leaks.is_empty(), "{written}: {}", shown.said);
        }
    }
}

#[test]
fn an_internal_key_that_says_nothing_is_an_error() {
    for key in [
        "internal:",
        "internal: {}",
        "internal: {folders: []}",
        "internal:\n  folders:",
        "internal: {fields: }",
        "internal: []",
        "internal: yes",
    ] {
        refused(project(&format!("{PARTNERS}//- roadbook.yml\ntitle: T\n{key}\n")).path(), "invalid-configuration");
    }
}

fn with_fields(fields: &str, file: &str) -> tempfile::TempDir {
    project(&format!("//- roadbook.yml\ntitle: T\ninternal: {{fields: [{fields}]}}\n//- plan/items/open.md\n{file}"))
}

#[test]
fn a_field_that_nobody_has_keeps_a_plan_from_the_public() {
    let file = "---\ntitle: Open\nowner: SECRET\nx-notes: SECRET\n---\n";
    for field in ["ownr", "x-note", "x_notes2", "meta.owner"] {
        refused(with_fields(field, file).path(), "unknown-internal");
    }
    for field in ["owner, x-notes", "Assignee, X_Notes", "owners, x notes"] {
        let public = public(with_fields(field, file).path());
        assert_eq!((public.code, public.leaks), (0, vec![]), "{field}: {}", public.said);
    }
}

#[test]
fn what_says_who_may_see_a_file_cannot_be_hidden() {
    let file = "---\ntitle: Open\nvisibility: internal\n---\n";
    for field in
        ["Visibility", "visibility", "VISIBILITY", "visiblity", "title", "name", "id", "draft", "private", "kind"]
    {
        refused(with_fields(field, file).path(), "invalid-configuration");
    }
    let renamed = "//- roadbook.yml\ntitle: T\nfields: {visibility: [who]}\ninternal: {fields: [who]}\n//- plan/items/a.md\n---\ntitle: A\nwho: internal\n---\n";
    refused(project(renamed).path(), "invalid-configuration");
    for code in [
        "internal-reference",
        "unknown-internal",
        "undecided-visibility",
        "invalid-visibility",
        "invalid-configuration",
    ] {
        for severity in ["off", "note", "warning"] {
            let fixture = format!(
                "//- roadbook.yml\ntitle: T\ndiagnostics: {{{code}: {severity}}}\n//- plan/items/open.md\n# Open\n"
            );
            refused(project(&fixture).path(), "is always an error");
        }
    }
}

#[test]
fn a_hidden_field_is_hidden_at_any_depth() {
    let file = "---\ntitle: Open\nmeta:\n  a: {b: {x-notes: SECRET}}\n  list: [{x-notes: SECRET}]\n---\n";
    let public = public(with_fields("x-notes", file).path());
    assert_eq!((public.code, public.leaks), (0, vec![]), "{}", public.said);
}

/// In a file whose front matter cannot be read, nobody knows where a hidden field ends.
#[test]
fn a_hidden_field_in_broken_front_matter_is_not_public() {
    for head in [
        "title: Open\nvisibility: public\nowner: @ana\nx-notes: \"who pays\nbuyer: SECRET corp\"",
        "title: Open\nvisibility: public\nowner: @ana\nx-notes: >\n  who pays\n SECRET",
        "title: Open\nvisibility: public\nowner: @ana\nx-notes: {a: 1,\nSECRET: 2",
        "title: Open\nvisibility: public\nowner: @ana\nX_Notes : one\n  two: SECRET",
        "title: Open\nvisibility: public\n<<: *base\nx-notes: SECRET",
        "title: Open\nvisibility: public\nx-notes: SECRET\n\t- SECRET",
    ] {
        let fixture = |end: &str| {
            format!(
                "//- roadbook.yml\ntitle: T\ninternal: {{fields: [x-notes]}}\n//- plan/items/open.md\n# Open\n\
                 //- plan/items/other.md\n---\ntitle: O\nx-notes: y\n---\n//- plan/items/a.md\n---\n{head}\n{end}"
            )
        };
        kept(project(&fixture("---\n")).path(), "");
        kept(project(&fixture("")).path(), "");
    }
}

#[test]
fn the_configuration_is_never_overlooked() {
    for name in ["roadbook.yaml", "Roadbook.yml", ".roadbook.yml", "ROADBOOK.YAML", ".roadbook.yaml"] {
        let fixture = format!("{PARTNERS}//- {name}\ntitle: T\ninternal: {{folders: [plan/items/partners]}}\n");
        kept(project(&fixture).path(), "");
        refused(project(&format!("{fixture}//- roadbook.yml\ntitle: T\n")).path(), "a second configuration");
    }
    const INTERNAL: &str = "title: T\ninternal: {folders: [plan/items/partners]}\n";
    for name in [
        "roadbok.yml",
        "roadbook.ym",
        "roadbook.toml",
        "roadbook-yml",
        "road-book.yml",
        "roadbook.yml.txt",
        "roadbook.yml.bak",
        "roadbook.config.yml",
        "my-roadbook.yaml",
        "roadbook.json",
        ".roadbookrc",
        "roadbook.local.yml",
        "plan/roadbook.yml",
        "config/roadbook.yaml",
        "conf/.roadbook.yml",
        "docs/roadbook.yml",
        ".github/Roadbook.yml",
        ".config/roadbook/config.yaml",
        ".roadbook/settings.yml",
        "roadbook/config.yml",
        "docs/roadbok.yml",
        "docs/roadbook.json",
        ".roadbook",
        "roadbook.y",
        "roadbook.config.yam",
    ] {
        let fixture = format!("{PARTNERS}//- {name}\n{INTERNAL}");
        refused(project(&fixture).path(), &format!("`{name}` looks like the configuration, and nobody reads it"));
    }
    for name in ["roadbok.yml", "plan/roadbook.yml", "roadbook.toml"] {
        let fixture = format!("{PARTNERS}//- roadbook.yml\ntitle: T\n//- {name}\n{INTERNAL}");
        refused(project(&fixture).path(), &format!("`{name}` looks like the configuration, and nobody reads it"));
    }
    // What is not where the configuration is expected, or has more in its name: it is said, and the configuration counts.
    for name in [
        "roadbook.json",
        "roadbook.local.yml",
        "roadbook.staging.yml",
        ".roadbook.override.yaml",
        "docs/roadbook.yml",
        "config/roadbook.toml",
        ".config/roadbook.yaml",
        ".config/roadbook/config.yml",
        ".roadbook/roadbook.yml",
        "roadbook/config.json",
    ] {
        let fixture = format!("{PARTNERS}//- roadbook.yml\n{INTERNAL}//- {name}\n{INTERNAL}");
        let public = public(project(&fixture).path());
        assert_eq!((public.code, public.leaks.len()), (0, 0), "{name}: {}", public.said);
        let warning = format!("warning[unread-configuration]: `{name}` looks like the configuration, and nobody reads");
        assert!(public.said.contains(&warning), "{name}: {}", public.said);
    }
    // What is kept beside a configuration, what an editor leaves, and what has another purpose.
    for name in [
        "roadbook.yml.bak",
        "roadmap.yml",
        ".roadbook.yml.swp",
        "roadbook.example.yml",
        "docs/config.yml",
        "config/roadbook.yml.bak",
        ".github/workflows/roadbook.yml",
        "examples/roadbook.yml",
        // The program itself.
        "roadbook",
    ] {
        let fixture = format!("{PARTNERS}//- roadbook.yml\n{INTERNAL}//- {name}\n{INTERNAL}");
        let public = public(project(&fixture).path());
        assert_eq!((public.code, public.leaks.len()), (0, 0), "{name}: {}", public.said);
        assert!(!public.said.contains("looks like"), "{name}: {}", public.said);
    }
    for name in [
        "roadbook.example.yml",
        "roadbook.schema.json",
        "roadmap.yml",
        ".github/workflows/roadbook.yml",
        "roadbook.md",
        "roadbook.lock",
        "roadbook-notes.txt",
        "roadbook",
        "docs/roadbook.md",
        "settings/config.yml",
    ] {
        let fixture = format!("//- plan/items/open.md\n# Open\n//- {name}\n{INTERNAL}");
        let public = public(project(&fixture).path());
        assert_eq!(public.code, 0, "{name}: {}", public.said);
        assert!(!public.said.contains("looks like"), "{name}: {}", public.said);
    }
    // A project of its own in one of these folders, and a site with files of others.
    for nested in ["docs/plan/items/a.md\n# A\n//- docs/roadbook.yml", "docs/.roadbook\n\n//- docs/roadbook.yml"] {
        let fixture = format!("//- plan/items/open.md\n# Open\n//- {nested}\ntitle: Other\n");
        let public = public(project(&fixture).path());
        assert_eq!(public.code, 0, "{nested}: {}", public.said);
    }
    let project = project(PARTNERS);
    put(project.path(), "roadbook.yml", b"internal: {folders: [plan/items/partners]} # \xfc\n");
    refused(project.path(), "invalid-configuration");
    put(project.path(), "roadbook.yml", b"internal: {folders: [plan/items/partners]}\0\n");
    refused(project.path(), "invalid-configuration");
}

#[cfg(unix)]
#[test]
fn a_configuration_that_is_a_link_to_nothing_is_an_error() {
    let project = project(PARTNERS);
    std::os::unix::fs::symlink("nowhere.yml", project.path().join("roadbook.yml")).expect("a link");
    let public = public(project.path());
    assert_eq!((public.code, public.site.len()), (2, 0), "{}", public.said);
}

#[test]
fn a_flag_of_another_tool_stops_a_public_site_until_somebody_says_what_it_means() {
    for flag in [
        "draft: true",
        "Draft: yes",
        "draft: 1",
        "draft: \"true\"",
        "draft: maybe",
        "published: false",
        "publish: no",
        "private: true",
        "hidden: true",
        "unlisted: true",
        "internal: true",
        "isDraft: true",
        "is-private: on",
        "access: internal",
        "Access: [team]",
        "audience: internal",
        "classification: Confidential",
        "confidential: yes",
        "access: not public",
    ] {
        let fixture = |more: &str| {
            format!(
                "//- roadbook.yml\ntitle: T\n{more}\n//- plan/items/open.md\n# Open\n//- plan/items/a.md\n---\ntitle: SECRET\n{flag}\n---\n"
            )
        };
        refused(project(&fixture("")).path(), "undecided-visibility");
        let name = flag.split(':').next().expect("a name");
        let taken = public(project(&fixture(&format!("internal: {{flags: {{{name}: internal}}}}"))).path());
        assert_eq!((taken.code, &taken.leaks), (0, &vec![]), "{flag}: {}", taken.said);
        let without = public(project("//- roadbook.yml\ntitle: T\n//- plan/items/open.md\n# Open\n").path());
        let pages = |public: &Public| public.site.keys().cloned().collect::<Vec<_>>();
        assert_eq!(pages(&taken), pages(&without), "{flag}");
        let shown = public(project(&fixture(&format!("internal: {{flags: {{{name}: public}}}}"))).path());
        assert!(shown.code == 0 && !shown.leaks.is_empty(), "{flag}: {}", shown.said);
    }
    for plain in [
        "status: draft",
        "draft: false",
        "published: true",
        "draft:",
        "audience: everybody",
        "hidden: no",
        "visibility: public\ndraft: true",
    ] {
        let fixture = format!("//- plan/items/open.md\n---\ntitle: Open\n{plain}\n---\n");
        let public = public(project(&fixture).path());
        assert_eq!(public.code, 0, "{plain}: {}", public.said);
    }
}

#[test]
fn front_matter_that_is_nearly_one_counts_as_internal() {
    for text in [
        "----\ntitle: SECRET\nvisibility: internal\n----\n",
        "--- yaml\ntitle: SECRET\nvisibility: internal\n---\n",
        "---yaml\ntitle: SECRET\nvisibility: internal\n---\n",
        "+++\ntitle = \"SECRET\"\nvisibility = \"internal\"\n+++\n",
        "{\"title\": \"SECRET\", \"visibility\": \"internal\"}\n",
        " ---\ntitle: SECRET\nvisibility: internal\n ---\n",
        "<!-- a comment -->\n---\ntitle: SECRET\nvisibility: internal\n---\n",
        "# a comment\n---\ntitle: SECRET\nvisibility: internal\n---\n",
        "\u{feff}\u{feff}---\ntitle: SECRET\nvisibility: internal\n---\n",
        "\u{200b}---\ntitle: SECRET\nvisibility: internal\n---\n",
        "```yaml\ntitle: SECRET\nvisibility: internal\n```\n",
        "---\rtitle: SECRET\rvisibility: internal\r---\r",
        "–––\ntitle: SECRET\nvisibility: internal\n–––\n",
        "---\ntitle: SECRET\nmeta: {visibility: internal}\n---\n",
        "---\ntitle: SECRET\nmeta: [{a: {Visibility: internal}}]\n---\n",
        "---\ntitle: SECRET\nvisiblity: internal\n---\n",
        "----\ntitle: SECRET\n----\n",
    ] {
        let project = project(OTHER);
        put(project.path(), "plan/items/a.md", text.replace("SECRET", SECRET));
        // What is read as front matter says itself who may see the file.
        let is_read = ["\u{feff}", "\u{200b}", "--- yaml", "---yaml", "+++", " ---", "<!--"];
        let is_read = is_read.iter().any(|begin| text.starts_with(begin)) || text.contains('\r');
        kept(project.path(), if is_read { "" } else { "invalid-visibility" });
    }
}

#[test]
fn a_file_that_is_not_text_counts_as_internal() {
    let text = format!("---\ntitle: {SECRET}\nvisibility: internal\n---\n{SECRET}\n");
    let utf16 = |swap: bool, mark: bool| {
        let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
        units.flat_map(|unit| if swap { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect::<Vec<u8>>()
    };
    let utf32 = |swap: bool| {
        text.chars().flat_map(|c| if swap { u32::from(c).to_be_bytes() } else { u32::from(c).to_le_bytes() }).collect()
    };
    let ways: Vec<Vec<u8>> =
        vec![utf16(false, true), utf16(true, true), utf16(false, false), utf16(true, false), utf32(false), utf32(true)];
    for bytes in ways {
        let project = project(OTHER);
        put(project.path(), "plan/items/a.md", bytes);
        let public = public(project.path());
        let plain =
            |bytes: &Vec<u8>| bytes.iter().filter(|byte| byte.is_ascii_alphabetic()).copied().collect::<Vec<u8>>();
        let leaks = public
            .site
            .values()
            .any(|bytes| plain(bytes).windows(SECRET.len()).any(|window| window == SECRET.as_bytes()));
        assert!(!leaks && public.said.contains("invalid-visibility"), "{}", public.said);
    }
    // Not even its title can be read, let alone who may see it.
    let unreadable = project(OTHER);
    let title: Vec<u8> = "---\ntitle: A\n---\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    put(unreadable.path(), "plan/items/a.md", title);
    let public = public(unreadable.path());
    assert!(!public.site.contains_key("items/a.html") && public.said.contains("invalid-visibility"), "{}", public.said);
    for broken in
        ["---\ntitle: SECRET\nvisib\0ility: internal\n---\n", "---\ntitle: SECRET\n\0visibility: internal\n---\n"]
    {
        let project = project(OTHER);
        put(project.path(), "plan/items/a.md", broken.replace("SECRET", SECRET));
        kept(project.path(), "");
    }
}

#[cfg(unix)]
#[test]
fn a_link_is_judged_by_where_it_is_and_where_it_leads() {
    use std::os::unix::fs::symlink;
    let folder = "//- roadbook.yml\ntitle: T\ninternal: {folders: [plan/items/partners]}\n";
    for (link, to) in [
        ("plan/items/p2", "partners"),
        ("plan/items/p2.md", "partners/s.md"),
        ("plan/pages", "items/partners"),
        ("static", "plan/items/partners"),
        ("static/x", "../plan/items/partners"),
        ("static/s.txt", "../plan/items/partners/s.md"),
        ("static/git", "../.git"),
    ] {
        let project = project(&format!("{PARTNERS}{folder}//- .git/config\nSECRET\n"));
        let link = project.path().join(link);
        fs::create_dir_all(link.parent().expect("a folder")).expect("a folder");
        symlink(to, &link).expect("a link");
        kept(project.path(), "");
    }
    // The folder that is named is the link itself.
    let project = project(&format!("{PARTNERS}//- roadbook.yml\ntitle: T\ninternal: {{folders: [plan/items/p2]}}\n"));
    symlink("partners", project.path().join("plan/items/p2")).expect("a link");
    kept(project.path(), "");
    // What is outside of the project is not read, whatever it is.
    let outside = tempfile::tempdir().expect("a folder");
    put(outside.path(), "s.md", format!("# {SECRET}\n"));
    for (link, to) in [
        ("plan/items/out", ""),
        ("plan/items/out.md", "s.md"),
        ("static/out.md", "s.md"),
        ("templates", ""),
        ("static", ""),
    ] {
        let project = crate::closed::project("//- plan/items/open.md\n# Open\n");
        let link = project.path().join(link);
        fs::create_dir_all(link.parent().expect("a folder")).expect("a folder");
        symlink(outside.path().join(to), &link).expect("a link");
        kept(project.path(), "outside-link");
    }
    // A file of the plan that says itself that it is internal is not published by a link among static files either.
    let project = crate::closed::project(
        "//- plan/items/open.md\n# Open\n//- plan/items/a.md\n---\ntitle: SECRET\nvisibility: internal\n---\n//- static/keep.txt\n\n",
    );
    symlink("../plan/items/a.md", project.path().join("static/a.txt")).expect("a link");
    kept(project.path(), "outside-link");
}

/// Every place where a public file can name an internal one.
#[test]
fn a_name_of_something_internal_is_seen_wherever_it_stands() {
    for says in [
        "links: [deal.md]",
        "links: deal",
        "evidence: [\"[[deal]]\"]",
        "evidence: [\"see [this](deal.md)\"]",
        "evidence: \"see deal.md, it says all\"",
        "aliases: [deal]",
        "outcomes: [zcut]",
        "relates: [deal]",
        "x-ref: \"[[deal]]\"",
        "x-ref: {a: [plan/items/deal.md, ./deal.md]}",
        "summary: \"as in [[deal]]\"",
        "relates: [notes/z.txt]",
        "links: [/static/zsec/a.pdf]",
    ] {
        let fixture = format!(
            "//- roadbook.yml\ntitle: T\ninternal: {{folders: [plan/items/notes, static/zsec]}}\n//- plan/items/notes/z.txt\nz\n//- static/zsec/a.pdf\nz\n\
             //- plan/items/deal.md\n---\ntitle: SECRET\nvisibility: internal\n---\n//- plan/themes/t.md\n---\ntitle: SECRET\nvisibility: internal\n\
             outcomes: [{{id: zcut, metric: M}}]\n---\n//- plan/items/b.md\n---\ntitle: Open\n{says}\n---\n"
        );
        refused(project(&fixture).path(), "internal-reference");
    }
    for body in [
        "[x](deal.md)",
        "text[^1]\n\n[^1]: see [x](deal.md)",
        "[[deal]]",
        "![x](../../static/zsec/a.png)",
        "[x](notes/)",
        "[x]: deal.md\n\nsee [x]",
    ] {
        let fixture = format!(
            "//- roadbook.yml\ntitle: T\ninternal: {{folders: [plan/items/notes, static/zsec]}}\n//- plan/items/notes/z.txt\nz\n//- static/zsec/a.png\nz\n\
             //- plan/items/deal.md\n---\ntitle: SECRET\nvisibility: internal\n---\n//- plan/items/b.md\n# Open\n\n{body}\n"
        );
        refused(project(&fixture).path(), "internal-reference");
    }
}

#[test]
fn a_plan_that_has_gone_takes_no_site_with_it() {
    let project = project("//- roadbook.yml\ntitle: T\n//- plan/items/a.md\n# A\n");
    assert_eq!(public(project.path()).code, 0);
    fs::rename(project.path().join("plan"), project.path().join("Plan2")).expect("to rename");
    let after = ran(project.path(), &["build", "--strict"]);
    assert_eq!(after.code, 1, "{}", after.stderr);
    assert!(after.stderr.contains("`plan`"), "{}", after.stderr);
    assert!(project.path().join("_site/items/a.html").exists());
}

#[test]
fn an_output_replaces_nothing_but_what_roadbook_made() {
    let fixture = "//- roadbook.yml\ntitle: T\n//- plan/vision.md\n# V\n//- plan/items/a.md\n# A\n//- package.json\n{\"name\": \"x\"}\n//- g.dot\ndigraph mine {}\n";
    let project = project(fixture);
    let before = files(fixture);
    for command in [
        &["graph", "-o", "plan/items/a.md"][..],
        &["export", "-o", "roadbook.yaml"],
        &["export", "-o", "package.json"],
        &["schema", "item", "-o", "plan/vision.md"],
        &["graph", "-o", "g.dot"],
        &["graph", "-o", "plan"],
    ] {
        let done = ran(project.path(), command);
        assert_eq!(done.code, 2, "{command:?}: {}", done.stderr);
        for (path, text) in &before {
            assert_eq!(&fs::read_to_string(project.path().join(path)).expect("a file"), text, "{command:?}");
        }
    }
    for command in [
        &["graph", "-o", "a.out"][..],
        &["graph", "--format", "mermaid", "-o", "b.out"],
        &["graph", "--format", "json", "-o", "c.out"],
        &["export", "-o", "d.out"],
        &["export", "--format", "csv", "-o", "e.out"],
        &["schema", "item", "-o", "f.out"],
        &["schema", "config", "-o", "g.out"],
        &["schema", "roadmap", "-o", "h.out"],
    ] {
        for time in ["first", "again"] {
            let done = ran(project.path(), command);
            assert_eq!(done.code, 0, "{time} {command:?}: {}", done.stderr);
        }
    }
    assert_eq!(ran(project.path(), &["graph", "-o", "g.dot", "--force"]).code, 0);
}

#[test]
fn markdown_that_nobody_reads_is_named_once() {
    let project = project(
        "//- plan/item/x.md\n# X\n//- plan/items/y.MDX\n# Y\n//- plan/items/w.mkd\n# W\n//- plan/themes/sub/z.md\n# Z\n//- plan/Vision.md\n# V\n//- plan/items/ok.md\n# OK\n",
    );
    let checked = ran(project.path(), &["check", "--format", "short"]);
    let said = format!("{}{}", checked.stdout, checked.stderr);
    for path in ["plan/item/x.md", "plan/items/y.MDX", "plan/items/w.mkd", "plan/themes/sub/z.md", "plan/Vision.md"] {
        assert_eq!(said.matches(&format!("{path}:1:1: warning[unread-file]")).count(), 1, "{said}");
    }
    let endings = ["qmd", "Rmd", "mdx", "mdwn", "mdown", "mdtext", "mkdn", "md.", "mmd", "mdc"];
    let files: String = endings.iter().map(|ending| format!("//- plan/items/a.{ending}\n# A\n")).collect();
    // Left aside, as hidden files are: what tools install there, and what editors leave.
    let aside = "//- plan/items/node_modules/a/README.md\n# A\n//- plan/items/.a.md\n# A\n//- plan/items/a.md~\n# A\n";
    let other = self::project(&format!("{files}{aside}//- plan/items/ok.md\n# OK\n//- plan/items/a.txt\nA\n"));
    let said = ran(other.path(), &["check", "--format", "short"]).stdout;
    for ending in endings {
        assert_eq!(said.matches(&format!("plan/items/a.{ending}:1:1: warning[unread-file]")).count(), 1, "{said}");
    }
    assert_eq!(said.matches("[unread-file]").count(), endings.len(), "{said}");
}

/// Open pages of a public preview are told of no file that their readers may not see, nor what stands in it.
#[test]
fn public_pages_are_told_nothing_of_internal_files() {
    let fixture = "//- roadbook.yml\ntitle: T\ninternal: {folders: [plan/items/partners]}\n//- plan/items/open.md\n---\ntitle: Open\nstatus: odd\n---\n\
                   //- plan/items/partners/s.md\n---\ntitle: SECRET\nstatus: until SECRET has signed\n---\n";
    let project = project(&format!("{fixture}//- plan/items/b.md\n---\ntitle: B\ndepends_on: s\n---\n"));
    let told = |audience| {
        let mut engine = Engine::new(project.path(), audience, &on_the_day()).expect("a project");
        let snapshot = engine.first().expect("a snapshot");
        let told: Vec<_> = snapshot.tellable.iter().map(|&index| snapshot.diagnostics[index].clone()).collect();
        report(&told, Format::Human, false)
    };
    let public = told(Audience::Public);
    assert!(
        !public.contains(SECRET) && !public.contains("partners") && public.contains("`odd` has no state"),
        "{public}"
    );
    assert!(!public.contains("`s`, which is internal"), "{public}");
    assert!(told(Audience::Internal).contains(SECRET));
}

/// What a slip of the author makes of what `internal` says: one character off, another case, another slash.
fn slipped(text: &str, rng: &mut fastrand::Rng) -> String {
    let chars: Vec<char> = text.chars().collect();
    let index = rng.usize(0..chars.len());
    let (mut before, mut after): (Vec<char>, Vec<char>) = (chars[..index].to_vec(), chars[index + 1..].to_vec());
    let here = chars[index];
    match rng.u8(0..6) {
        0 => {}
        1 => before.extend([here, here]),
        2 => before.push(if here.is_uppercase() { here.to_ascii_lowercase() } else { here.to_ascii_uppercase() }),
        3 => before.push(char::from(rng.choice(b"abeilnrstyx/\\.-_ :,[]{}'\"").copied().expect("a character"))),
        4 => before.extend([here, char::from(rng.choice(b"aeist/\\.-_ :,").copied().expect("a character"))]),
        _ => {
            if let Some(next) = after.first_mut() {
                before.push(*next);
                *next = here;
            }
        }
    }
    before.into_iter().chain(after).collect()
}

/// A slip in what is internal is seen, or means what was meant: never is anything published that was not to be.
#[test]
fn a_slip_in_what_is_internal_publishes_nothing_else() {
    let plan = "//- plan/items/open.md\n---\ntitle: Open\nowner: SECRET\nx-notes: SECRET\n---\n//- plan/items/partners/s.md\n---\ntitle: SECRET\n---\n\
                //- plan/items/d.md\n---\ntitle: SECRET\ndraft: true\n---\n";
    let wanted = [
        "internal:\n  folders: [plan/items/partners]\n  fields: [owner, x-notes]\n  flags: {draft: internal}\n",
        "internal:\n  folders:\n    - plan/items/partners\n  fields:\n    - owner\n    - x-notes\n  flags:\n    draft: internal\n",
        "internal: {folders: [\"plan/items/partners\"], fields: ['owner', \"x-notes\"], flags: {\"draft\": internal}}\n",
    ];
    let project = project(plan);
    let pages = |internal: &str| {
        put(project.path(), "roadbook.yml", format!("title: T\n{internal}"));
        let inputs = discover(project.path(), &on_the_day()).ok()?;
        let release = release(resolved(&inputs, Audience::Public), false).ok()?;
        Some(pages_of(&roadbook::site(release, (&inputs).into()).expect("templates")))
    };
    let intended = pages(wanted[0]).expect("what is right is published");
    let (mut refused, mut same) = (0, 0);
    for seed in 0..rounds(300) {
        let mut rng = fastrand::Rng::with_seed(seed);
        let text = slipped(wanted[seed as usize % wanted.len()], &mut rng);
        match pages(&text) {
            None => refused += 1,
            Some(pages) if pages == intended => same += 1,
            Some(pages) => {
                let differs = pages.iter().find(|(address, bytes)| intended.get(*address) != Some(bytes));
                panic!("seed {seed}: {text}\npublishes another {:?}", differs.map(|(address, _)| address));
            }
        }
    }
    assert!(refused > same && same > 0, "{refused} refused, {same} published as intended");
}

/// A pipe would make its reader wait for ever, and a device gives without an end.
#[cfg(unix)]
#[test]
fn what_is_no_file_stops_no_build() {
    let pipe = |path: &Path| {
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        let made = std::process::Command::new("mkfifo").arg(path).status().expect("mkfifo");
        assert!(made.success(), "{}", path.display());
    };
    let whole = project("//- plan/items/open.md\n# Open\n//- static/a.txt\na\n//- templates/own.html\nown\n");
    for path in ["plan/items/pipe.md", "static/pipe.txt", "templates/pipe.html", "plan/pipe", "plan/themes/t.md"] {
        pipe(&whole.path().join(path));
    }
    for (link, to) in
        [("plan/items/zero.md", "/dev/zero"), ("static/zero.txt", "/dev/zero"), ("plan/items/tty.md", "/dev/tty")]
    {
        std::os::unix::fs::symlink(to, whole.path().join(link)).expect("a link");
    }
    let built = public(whole.path());
    assert_eq!(built.code, 0, "{}", built.said);
    assert_eq!(built.said.matches("[outside-link]: ").count(), 3, "{}", built.said);
    let no_configuration = project("//- plan/items/open.md\n# Open\n");
    let configuration = no_configuration.path().join("roadbook.yml");
    pipe(&configuration);
    // Whoever opens it for reading finds an end: a program that does fails here, and does not hang.
    std::thread::spawn(move || drop(fs::OpenOptions::new().write(true).open(configuration)));
    let built = public(no_configuration.path());
    assert_eq!((built.code, built.site.len()), (2, 0), "{}", built.said);
}

/// A name that says who may see a file does not become that of another field.
#[test]
fn no_other_field_takes_a_name_that_is_about_visibility() {
    for fields in [
        "owner: [visibility]",
        "tags: [Visibility]",
        "owner: [draft]",
        "team: [access]",
        "status: [published]",
        "id: [visibility]",
    ] {
        for end in ["visibility: internal", "draft: true"] {
            let fixture = format!(
                "//- roadbook.yml\ntitle: T\nfields: {{{fields}}}\n//- plan/items/a.md\n---\ntitle: SECRET\n{end}\n---\n"
            );
            refused(project(&fixture).path(), "invalid-configuration");
        }
    }
    let usual = "//- roadbook.yml\ntitle: T\nfields: {visibility: [access], customers: [audience]}\n//- plan/items/open.md\n# Open\n";
    assert_eq!(public(project(usual).path()).code, 0);
    for flags in ["{draft: internal, Draft: public}", "{\"*\": public}", "{visibility: public}", "{draft: maybe}"] {
        let fixture =
            format!("//- roadbook.yml\ntitle: T\ninternal: {{flags: {flags}}}\n//- plan/items/open.md\n# Open\n");
        refused(project(&fixture).path(), "invalid-configuration");
    }
}

/// Front matter given twice, closed too early, or in a plan where nothing else is about visibility.
#[test]
fn what_is_said_below_the_front_matter_is_heard() {
    for text in [
        "---\n---\ntitle: SECRET\nvisibility: internal\n---\n",
        "---\n\n---\ntitle: SECRET\nvisibility: internal\n---\n",
        "---\ntitle: SECRET\n---\n---\nvisibility: internal\n---\n",
        "---\ntitle: SECRET\n---\n\n---\nvisibility: internal\n---\n",
        "---\ntitle: SECRET\n...\nvisibility: internal\n---\n",
        "---\n---\ntitle: SECRET\ndraft: true\n---\n",
        "+++\ntitle = \"SECRET\"\ndraft = true\n+++\n",
        "{\"title\": \"SECRET\",\n\"draft\": true}\n",
        "----\ntitle: SECRET\ndraft: true\n----\n",
        "title: SECRET\ndraft: true\n\n# SECRET\n",
        "---\ntitle: SECRET\nowner: @a\n draft: yes\n---\n",
        "# SECRET\n\n- **Visibility:** internal\n",
        "# SECRET\n\n| Visibility | internal |\n",
        "# SECRET\n\nVisibility: internal # until spring\n",
        "# SECRET\n\nVisibility: internal // until spring\n",
        "# SECRET\n\nVisibility: internal <!-- until spring -->\n",
        "# SECRET\n\nVisibility: internal {# until spring #}\n",
        "---\n---\nvisibility: internal # until spring\ntitle: SECRET\n---\n",
        "---\ntitle: SECRET\n---\n<!-- draft: true --> <!-- not for everybody -->\nVisibility: internal <!-- yet -->\n",
        "---\ntitle: SECRET\nx-notes: |\n  of the deal\n  visibility: internal\n---\n",
        "---\ntitle: SECRET\nx-notes: >-\n  Visibilty: internal\n---\n",
        "---\ntitle: SECRET\nx-notes: [\"visibility: internal\"]\n---\n",
        "---\ntitle: SECRET\n\"visibility: internal\"\n---\n",
        "---\u{85}title: SECRET\u{85}visibility: internal\u{85}---\u{85}",
        "---\ntitle: SECRET\u{2028}visibility: internal\n---\n",
        "---\ntitle: SECRET\u{2029}draft: true\u{2029}visibility: internal\n---\n",
        "---\ntitle: SECRET\u{c}visibility: internal\n---\n",
        "---\u{b}title: SECRET\u{b}visibility: internal\u{b}---\u{b}",
        "# SECRET\u{85}\u{85}- Owner: ana\u{85}- Visibility: internal\u{85}",
        "# SECRET\u{2029}Words of it.\u{2029}Visibility: internal\u{2029}Words.",
    ] {
        let project = project("//- plan/items/open.md\n# Open\n");
        put(project.path(), "plan/items/a.md", text.replace("SECRET", SECRET));
        kept(project.path(), "");
    }
    for head in [
        "params: {draft: true}",
        "params.draft: true",
        "meta: [{private: yes}]",
        "draft: false\ndraft: true",
        "published: never",
        "published: \"\"",
        "status: private",
        "status: Internal",
    ] {
        let fixture = format!("//- plan/items/open.md\n# Open\n//- plan/items/a.md\n---\ntitle: SECRET\n{head}\n---\n");
        refused(project(&fixture).path(), "undecided-visibility");
    }
}

/// Ordinary Markdown is not taken for front matter, in a plan that uses visibility either.
#[test]
fn ordinary_markdown_is_public() {
    for text in [
        "# Lamp\n\n## Visibility\n\nThe lamp must be seen.\n",
        "Visibility: the ferry must be seen from afar.\n",
        "# Lamp\n\n- **Visibility:** good weather\n- **Usability:** high\n",
        "# Lamp\n\n```yaml\nvisibility: internal\ndraft: true\n```\n",
        "# Lamp\n\n---\n\nText: more of it\n\n---\n",
        "Lamp\n====\n\ntext\n\n---\n\nmore: or less\n",
        "```json\n{\"a\": 1}\n```\n",
        "{ a lamp }\n",
        "---\ntitle: Lamp\nx-text: |\n  The visibility: it is good\n  where visibility: internal means little today\n---\n",
        "---\ntitle: Lamp\nvisibility_km: 10\nvisible: true\nscope: harbour\n---\n---\n\nText: more\n",
        "# Lamp\n\n> Draft of a public notice\n\nPublic: everybody\n",
    ] {
        let project = project(OTHER);
        put(project.path(), "plan/items/lamp.md", text);
        let public = public(project.path());
        assert_eq!(public.code, 0, "{text}: {}", public.said);
        assert!(public.site.contains_key("items/lamp.html"), "{text}: {}", public.said);
    }
}

#[test]
fn a_slip_in_the_name_of_a_hidden_field_is_hidden_and_said() {
    for name in ["x-note", "xNotes", "x--notes", "x_notes", "meta.x-notes", "x-notes.a", "X NOTES"] {
        let fixture = format!(
            "//- roadbook.yml\ntitle: T\ninternal: {{fields: [x-notes]}}\n//- plan/items/open.md\n---\ntitle: Open\n{name}: SECRET\n---\n\
             //- plan/items/b.md\n---\ntitle: B\nx-notes: b\n---\n"
        );
        kept(project(&fixture).path(), "");
    }
    let fixture = "//- roadbook.yml\ntitle: T\ninternal: {fields: [x-notes]}\n//- plan/items/open.md\n---\ntitle: Open\nx-note: SECRET\nX-Notes: n\n---\n";
    let checked = ran(project(fixture).path(), &["check", "--format", "short"]);
    assert_eq!(
        checked.stdout,
        "plan/items/open.md:3:1: warning[misspelled-field]: `x-note` looks like the internal field `x-notes`, and is as internal\n"
    );
}

/// What an author leaves out stays out however the pattern is spelled, and a pattern that leaves out nothing is named.
#[test]
fn what_is_left_out_stays_out() {
    for pattern in [
        "plan/items/partners/**",
        "plan/items/partners",
        "plan/items/partners/",
        "./plan/items/partners/*.md",
        "/plan//items/partners/s.md",
        " plan/items/partners ",
        "plan\\items\\partners\\s.md",
        "plan/items/open/../partners",
        "**/partners",
        "plan/*/partners/s.md",
    ] {
        let project = left_out(pattern);
        kept(project.path(), "");
        assert!(!public(project.path()).said.contains("unmatched-pattern"), "{pattern}");
    }
    for pattern in ["plan/items/partner", "Plan/items/partners", "items/partners/**", "plan/items/*/*.txt", "s.md"] {
        let project = left_out(pattern);
        let said = public(project.path()).said;
        assert_eq!(said.matches("which leaves out nothing").count(), 1, "{pattern}: {said}");
    }
}

fn left_out(pattern: &str) -> tempfile::TempDir {
    project(&format!(
        "{PARTNERS}//- roadbook.yml\ntitle: T\ncollections:\n- kind: item\n  include: plan/items/**/*.md\n  exclude: [\"{}\"]\n",
        pattern.replace('\\', "\\\\")
    ))
}

#[test]
fn addresses_and_titles_of_what_is_internal_are_seen() {
    for says in
        ["links: [\"https://e.example/items/deal-7.html\"]", "depends_on: [The SECRET deal]", "theme: SECRET theme"]
    {
        let fixture = format!(
            "//- roadbook.yml\ntitle: T\nbase_url: https://e.example/\n//- plan/items/deal-7.md\n---\ntitle: The SECRET deal\nvisibility: internal\n---\n\
             //- plan/themes/t.md\n---\ntitle: SECRET theme\nvisibility: internal\n---\n//- plan/items/b.md\n---\ntitle: Open\n{says}\n---\n"
        );
        refused(project(&fixture).path(), "internal-reference");
    }
    for body in
        ["[z](https://e.example/items/deal-7.html#a)", "https://e.example/items/deal-7.html", "[[The SECRET deal]]"]
    {
        let fixture = format!(
            "//- roadbook.yml\ntitle: T\nbase_url: https://e.example/\n//- plan/items/deal-7.md\n---\ntitle: The SECRET deal\nvisibility: internal\n---\n\
             //- plan/items/b.md\n# Open\n\n{body}\n"
        );
        refused(project(&fixture).path(), "internal-reference");
    }
    // A title that two have names neither as a reference, and gives away both.
    for says in ["parent: The SECRET deal", "depends_on: The SECRET deal", "blocks: [the SECRET DEAL]"] {
        let fixture = format!(
            "//- plan/items/deal-7.md\n---\ntitle: The SECRET deal\nvisibility: internal\n---\n\
             //- plan/items/deal-8.md\n---\ntitle: The SECRET deal\nvisibility: internal\n---\n//- plan/items/b.md\n---\ntitle: Open\n{says}\n---\n"
        );
        refused(project(&fixture).path(), "internal-reference");
    }
}

/// What is for the team is not put where the next public build takes its files from.
#[test]
fn an_internal_export_does_not_go_among_the_static_files() {
    let project = project("//- static/a.txt\na\n//- plan/items/a.md\n# A\n");
    for arguments in
        [&["export", "--audience", "internal", "-o", "static/r.json"][..], &["graph", "-o", "static/g.dot"]]
    {
        assert_eq!(ran(project.path(), arguments).code, 2, "{arguments:?}");
    }
    assert_eq!(ran(project.path(), &["export", "-o", "static/r.json"]).code, 0);
}

/// A file of the plan is a page, to those who may see it, wherever it lies; it is never copied as it stands.
#[cfg(unix)]
#[test]
fn a_file_of_the_plan_among_the_static_files_is_not_copied() {
    const BOTH: &str =
        "//- roadbook.yml\ncollections: [{kind: item, include: [\"plan/items/*.md\", \"static/docs/*.md\"]}]\n";
    let project_with = |config: &str| {
        project(&format!(
            "//- plan/items/open.md\n# Open\n//- static/docs/open.txt\nopen\n{config}//- static/docs/s.md\n---\ntitle: SECRET\nvisibility: internal\n---\nSECRET\n"
        ))
    };
    kept(project_with(BOTH).path(), "");
    let open = project_with(BOTH);
    put(open.path(), "static/docs/plan.md", "# For everybody\n");
    kept(open.path(), "");
    let site = public(open.path()).site;
    assert!(site.contains_key("docs/open.txt") && !site.contains_key("docs/plan.md"));
    for (link, to) in [("plan/items/d", "../../static/docs"), ("plan/items/s.md", "../../static/docs/s.md")] {
        let project = project_with("");
        std::os::unix::fs::symlink(to, project.path().join(link)).expect("a link");
        kept(project.path(), "");
        assert!(public(project.path()).site.contains_key("docs/open.txt"), "{link}");
    }
}

/// An internal field that was written where no front matter is, or behind its end, makes its file internal.
#[test]
fn a_hidden_field_outside_of_front_matter_is_not_public() {
    for text in [
        "title: O\nx-n: SECRET\n---\n# O\n",
        "title: O\nX-N: SECRET\n\n# O\n",
        "---\ntitle: O\n---\nx-n: SECRET\n---\n",
        "---\ntitle: O\n---\n---\nx-n: SECRET\n---\n",
        "---\ntitle: O\n\n---\nowner: SECRET\nstatus: x\n---\ntext\n",
        "---\ntitle: O\n...\nx-n: SECRET\n---\n",
        "O\n\n---\nx-n: SECRET\n---\n",
        "~~~\nx-n: SECRET\n~~~\n",
        "x-n = SECRET\n\n# O\n",
        "- x-n: SECRET\n- b: c\n",
        "x-n:: SECRET\n",
        "| a | x-n |\n|---|---|\n| b | SECRET |\n",
    ] {
        let fixture = "//- roadbook.yml\ntitle: T\ninternal: {fields: [x-n, owner]}\n//- plan/items/open.md\n---\ntitle: Open\nx-n: k\nowner: j\n---\n";
        let project = project(fixture);
        put(project.path(), "plan/items/a.md", text.replace("SECRET", SECRET));
        let is_second = text.contains("---\n---\n") || text.contains("---\nowner");
        let said = if is_second { "late-front-matter" } else { "a field that is internal outside of its front matter" };
        kept(project.path(), said);
    }
    let ordinary = "//- roadbook.yml\ntitle: T\ninternal: {fields: [owner]}\n//- plan/items/open.md\n---\ntitle: Open\nowner: j\n---\nWords.\n\n**Owner:** whoever asks\n";
    assert_eq!(public(project(ordinary).path()).code, 0);
}

/// Beside an internal folder there is another whose name differs in case alone.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_of_nearly_the_same_name_is_not_passed_over() {
    for (folder, twin) in [("plan/items/priv", "plan/items/Priv"), ("plan/items/priv", "plan/ITEMS")] {
        let fixture = format!(
            "//- roadbook.yml\ninternal: {{folders: [{folder}]}}\n//- {folder}/z.md\n# Z\n//- {twin}/s.md\n# SECRET\n//- plan/items/open.md\n# Open\n"
        );
        refused(project(&fixture).path(), &format!("nobody knows whether `{twin}` is meant as well"));
    }
}

/// However a text names an internal file, it names it.
#[test]
fn a_name_that_is_no_link_is_seen_as_well() {
    let plan = "//- roadbook.yml\ninternal: {folders: [static/priv]}\n//- static/priv/map.png\nx\n//- plan/items/secretdeal.md\n---\ntitle: T\nvisibility: internal\n---\n";
    for body in [
        "[[items/secretdeal]]",
        "[[secretdeal^b]]",
        "[x](SecretDeal.Md)",
        "[x](secretdeal.markdown)",
        "[x](//../items/secretdeal.md)",
        "<a href='secretdeal.md'>x</a>",
        "<div>[[secretdeal]]</div>",
        "<secretdeal.md>",
        "```mermaid\nclick a \"secretdeal.md\"\n```",
        "`items/secretdeal`",
        "<img src=\"../../static/priv/map.png\">",
        "![[map.png]]",
    ] {
        refused(project(&format!("{plan}//- plan/items/open.md\n# Open\n\n{body}\n")).path(), "internal-reference");
    }
    for body in ["text and/or deals/secretdeals", "https://e.example/x.html", "a secretdeal is none", "[x](open.md)"] {
        let public = public(project(&format!("{plan}//- plan/items/open.md\n# Open\n\n{body}\n")).path());
        assert_eq!(public.code, 0, "{body}: {}", public.said);
    }
}

/// An answer is not written where it would be read as part of a plan, and not over an empty file of one.
#[test]
fn an_output_makes_no_file_of_a_plan() {
    let config = "//- roadbook.yml\ncollections: [{kind: item, include: [plan/items/*.md, data/*]}]\n";
    let project = project(&format!(
        "{config}//- plan/items/a.md\n# A\n//- plan/other.txt\n//- templates/x.html\n//- data/b.md\n# B\n"
    ));
    for empty in ["empty.json", "plan/items/empty.md"] {
        put(project.path(), empty, "");
    }
    for arguments in [
        &["schema", "item", "-o", "plan/vision.md"][..],
        &["export", "-o", "roadbook.yaml"],
        &["graph", "--all", "-o", "plan/items/g.MD"],
        &["graph", "--all", "-o", "plan/items/empty.md"],
        &["graph", "--all", "-o", "templates/graph.dot"],
        &["export", "-o", "data/roadmap"],
        &["export", "-o", "roadbook.json"],
    ] {
        let ran = ran(project.path(), arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.stderr);
        assert!(fs::read(project.path().join(arguments.last().expect("a file"))).unwrap_or_default().is_empty());
    }
    assert_eq!(ran(project.path(), &["export", "-o", "empty.json"]).code, 0);
    assert_eq!(ran(project.path(), &["graph", "--all", "-o", "g.md", "--force"]).code, 0);
}

/// What is neither a file nor a terminal is looked at and not opened: a pipe that nobody reads would never end.
#[cfg(unix)]
#[test]
fn an_output_opens_no_pipe_and_no_socket() {
    let project = project("//- plan/items/a.md\n# A\n");
    let root = project.path();
    assert!(std::process::Command::new("mkfifo").arg(root.join("pipe")).status().expect("mkfifo").success());
    let _socket = std::os::unix::net::UnixListener::bind(root.join("socket")).expect("a socket");
    fs::create_dir(root.join("folder")).expect("a folder");
    for name in ["pipe", "socket", "folder"] {
        for command in [&["export"][..], &["graph", "--all"], &["schema", "config", "--force"]] {
            // Whoever opens it for writing finds a reader: a program that does fails here, and does not hang.
            let path = root.join(name);
            let reader = (name == "pipe").then(|| std::thread::spawn(move || fs::File::open(path)));
            let ran = ran(root, &[command, &["-o", name]].concat());
            assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{command:?} {name}: {}", ran.stderr);
            assert!(ran.stderr.contains(&format!("cannot write `{name}`: it is ")), "{}", ran.stderr);
            if let Some(reader) = reader {
                drop(fs::OpenOptions::new().write(true).open(root.join(name)));
                _ = reader.join();
            }
        }
    }
    std::os::unix::fs::symlink("nowhere.json", root.join("link.json")).expect("a link");
    let nowhere = ran(root, &["export", "-o", "link.json"]);
    assert_eq!(nowhere.code, 2, "{}", nowhere.stderr);
    assert!(nowhere.stderr.contains("it is a symbolic link that leads nowhere"), "{}", nowhere.stderr);
    assert!(root.join("link.json").is_symlink() && !root.join("nowhere.json").exists());
    let null = ran(root, &["export", "-o", "/dev/null"]);
    assert_eq!((null.code, null.stdout.as_str()), (0, ""), "{}", null.stderr);
    let (piped, plain) = (ran(root, &["export", "-o", "/dev/stdout"]), ran(root, &["export"]));
    assert_eq!((piped.code, piped.stdout), (0, plain.stdout), "{}", piped.stderr);
}

/// `init` looks at what `.gitignore` is before it reads it.
#[cfg(unix)]
#[test]
fn init_reads_no_pipe_and_no_device() {
    let device = tempfile::tempdir().expect("a folder");
    std::os::unix::fs::symlink("/dev/zero", device.path().join(".gitignore")).expect("a link");
    let pipe = tempfile::tempdir().expect("a folder");
    let path = pipe.path().join(".gitignore");
    assert!(std::process::Command::new("mkfifo").arg(&path).status().expect("mkfifo").success());
    // Whoever opens it for reading finds an end: a program that does fails here, and does not hang.
    std::thread::spawn(move || drop(fs::OpenOptions::new().write(true).open(path)));
    for folder in [device, pipe] {
        let ran = ran(folder.path(), &["init"]);
        assert_eq!(ran.code, 2, "{}", ran.stderr);
        assert!(ran.stderr.contains("cannot write `./.gitignore`: it is no file of lines"), "{}", ran.stderr);
    }
}

/// Brackets without an end are told at once.
#[test]
fn a_configuration_that_is_too_deep_is_an_error() {
    for text in ["a: ".to_owned() + &"[".repeat(200_000), "{a: ".repeat(50_000)] {
        let project = project("//- plan/items/open.md\n# Open\n");
        put(project.path(), "roadbook.yml", text);
        refused(project.path(), "more than 64 deep");
    }
}
