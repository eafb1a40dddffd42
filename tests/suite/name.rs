//! Names: what is one name, what tells two apart, and what a file may be called.

use std::collections::BTreeMap;

use roadbook::discover::discover;
use roadbook::name::{address, folded, old_address, slug};
use roadbook::visibility::Audience;

use crate::support::{fixture_site, on_the_day, page, put_all, ran, resolved, roadmap, site_of, texts_of};

fn project_of(fixture: &str) -> tempfile::TempDir {
    let project = tempfile::tempdir().expect("a folder");
    put_all(project.path(), fixture);
    project
}

/// Letters with marks, taken apart as macOS does it in the names of files.
const APART: &str = "U\u{308}ber-Pla\u{301}n";
const COMPOSED: &str = "Über-Plán";

#[test]
fn slugs_are_safe_names_for_files() {
    for (name, expected) in [
        ("Team sharing", "team-sharing"),
        ("BACK-345.01", "back-345.01"),
        ("../../etc/passwd", "etc-passwd"),
        ("Ünïcode ßtraße", "ünïcode-ßtraße"),
        ("a//b\\c", "a-b-c"),
        ("don't", "dont"),
        ("", "_"),
        (" ", "_"),
        ("…", "u2026"),
        ("a.", "a"),
        ("日本語", "日本語"),
        ("हिन्दी", "हिन्दी"),
        ("🚀 Launch", "🚀-launch"),
        ("❤\u{fe0f}", "❤"),
        ("PR#12", "pr-12"),
        ("#12", "12"),
        ("@ana", "ana"),
        ("a & b + c", "a-b-c"),
    ] {
        assert_eq!(slug(name), expected, "{name}");
    }
}

/// Each stays a name of its own, beside the word without the sign.
#[test]
fn a_sign_that_is_part_of_a_name_tells_it_from_others() {
    let mut names = vec!["R&D".to_owned(), "R-D".to_owned(), "RD".to_owned(), "a=b".to_owned(), "a-b".to_owned()];
    for word in ["C", "F", "Disney", "50", "é"] {
        let signs = ["", "#", "+", "++", "*", "**", "%"];
        names.extend(signs.iter().map(|sign| format!("{word}{sign}")));
        names.extend([".", "+", "$"].iter().map(|sign| format!("{sign}{word}")));
    }
    names.extend(["!", "!!", "?", "…", "→", "€", "£"].map(str::to_owned));
    names.extend(["🚀", "🎉", "ship 🚀", "ship 🎉", "ship", "कि", "की", "क"].map(str::to_owned));
    let long = "x".repeat(300);
    names.extend([format!("{long}a"), format!("{long}b"), long]);
    let mut of: BTreeMap<String, String> = BTreeMap::new();
    for name in names {
        let address = address(&name);
        assert!(address.len() <= 180, "{address}");
        if let Some(other) = of.insert(address.clone(), name.clone()) {
            panic!("{name} and {other} are both {address}");
        }
    }
}

/// No system refuses a file of a site: nothing that Windows keeps for a device, no sign that it forbids, no dot at an end.
#[test]
fn every_system_can_hold_an_address() {
    let devices = ["con", "PRN", "Aux", "nul", "com1", "COM9", "lpt1", "com¹", "con.txt", "nul.tar.gz", "CONIN$"];
    for name in devices.iter().chain(&["a<b>c:d\"e|f?g*h", "ends.", "ends ", "..", ".", "~", "\u{7}\u{0}x"]) {
        let address = address(name);
        let device = address.split('.').next().expect("a name").to_lowercase();
        assert!(!devices.iter().any(|name| name.to_lowercase() == device), "{name}: {address}");
        let is_bad = |sign: char| sign.is_control() || "<>:\"/\\|?*".contains(sign);
        assert!(!address.contains(is_bad) && !address.ends_with(['.', ' ']), "{name}: {address}");
        assert!(address.chars().any(|sign| sign.is_alphanumeric() || sign == '_'), "{name}: {address}");
    }
    for ordinary in ["console", "com", "com10", "auxiliary", "null", "lpt"] {
        assert_eq!(address(ordinary), ordinary);
    }
}

#[test]
fn one_name_is_one_however_its_letters_are_kept() {
    assert_eq!((address(APART), slug(APART), folded(APART)), (address(COMPOSED), slug(COMPOSED), folded(COMPOSED)));
    for (of_item, of_reference) in [(APART, COMPOSED), (COMPOSED, APART)] {
        for by in ["depends_on", "parent", "relates"] {
            let fixture = format!(
                "//- plan/items/{of_item}.md\n# One\n//- plan/items/b.md\n---\ntitle: B\n{by}: {of_reference}\n---\n\
                 [[{of_reference}]] and [a file]({of_reference}.md) and [another](/plan/items/{of_reference}.md)\n"
            );
            let roadmap = roadmap(&fixture);
            assert!(roadmap.diagnostics.is_empty(), "{by}: {:?}", roadmap.diagnostics);
            let mut ids: Vec<&str> = roadmap.plan.items.iter().map(|item| item.entry.id.as_str()).collect();
            ids.sort_unstable();
            assert_eq!(ids, ["b", "über-plán"]);
        }
        // A folder that stands for its item: no name of a file is left to look for.
        let folders = format!(
            "//- roadbook.yml\ndefault_status: planned\ncollections: [{{kind: item, include: [\"specs/**/README.md\"]}}]\n//- specs/{of_item}/README.md\n# One\n\
             //- specs/b/README.md\n# B\n\n[there](../{of_reference}/)\n"
        );
        assert!(roadmap(&folders).diagnostics.is_empty(), "{folders}");
        let fixture = format!(
            "//- roadbook.yml\nstates: {{{of_item}: active}}\nhorizons: [{of_item}, Later]\n//- plan/themes/{of_item}.md\n# T\n\
             //- plan/items/a.md\n---\ntitle: A\ntheme: {of_reference}\nstatus: {of_reference}\nhorizon: {of_reference}\n\
             tags: [{of_item}, {of_reference}]\nowner: {of_reference}\nmilestone: {of_item}\n---\n\
             //- plan/items/b.md\n---\ntitle: B\nowner: {of_item}\nmilestone: {of_reference}\ntheme: {of_item}\n---\n"
        );
        let project = project_of(&fixture);
        let checked = ran(project.path(), &["check", "--format", "short"]);
        assert_eq!((checked.code, checked.stdout.as_str()), (0, ""), "{}", checked.stderr);
        let pages =
            texts_of(&site_of(&discover(project.path(), &on_the_day()).expect("a project"), Audience::Internal));
        let of = |folder: &str| pages.keys().filter(|address| address.starts_with(folder)).count();
        assert_eq!((of("tags/"), of("owners/"), of("milestones/"), of("themes/")), (1, 1, 1, 1));
    }
}

/// What is internal is so in either form, the folder on the disk and the field in the file.
#[test]
fn what_is_internal_is_so_however_its_letters_are_kept() {
    for (here, there) in [(APART, COMPOSED), (COMPOSED, APART)] {
        let fixture = format!(
            "//- roadbook.yml\ninternal: {{folders: [plan/items/{here}], fields: [{here}]}}\n//- plan/items/a.md\n---\ntitle: A\n{there}: ZANZIBAR\n---\n\
             //- plan/items/{there}/b.md\n# ZANZIBAR\n"
        );
        let project = project_of(&fixture);
        let exported = ran(project.path(), &["export"]);
        assert_eq!(exported.code, 0, "{}", exported.stderr);
        assert!(exported.stdout.contains("\"A\"") && !exported.stdout.contains("ZANZIBAR"), "{}", exported.stdout);
    }
}

/// Names that differ in signs which no address has are two, each with a page, a date and links of its own; those that differ in case, spaces
/// and dashes, or in what nobody sees, are one.
#[test]
fn names_that_share_an_address_have_a_page_each() {
    let two = [
        ("a/b", "a b"),
        ("\"ui\"", "ui"),
        ("C#", "c-sharp"),
        ("grade-", "Grade"),
        ("can't", "cant"),
        ("x, y", "x y"),
        ("a@b", "a-b"),
        ("~x~", "(x)"),
    ];
    let one = [
        ("Front-End", "front end"),
        ("Q1 – 2027", "q1-2027"),
        ("don\u{2019}t", "don't"),
        ("x\u{200b}", "X"),
        ("❤\u{fe0f}", "❤"),
        ("U\u{308}", "ü"),
    ];
    for (is_two, (first, second)) in two.map(|pair| (true, pair)).into_iter().chain(one.map(|pair| (false, pair))) {
        let item = |id: &str, name: &str, month: u32| {
            let name = serde_json::to_string(name).expect("a text");
            format!(
                "//- plan/items/{id}.md\n---\ntitle: {id}\ntags: [{name}]\nowner: [{name}]\nmilestone: {name}\ndue: 2027-0{month}-01\n---\n"
            )
        };
        let fixture = item("one", first, 1) + &item("two", second, 2);
        let pages = texts_of(&fixture_site(&fixture, Audience::Internal));
        for folder in ["tags", "owners", "milestones"] {
            let of: Vec<(&String, &String)> = pages
                .iter()
                .filter(|(address, page)| address.starts_with(&format!("{folder}/")) && !page.contains("0; url="))
                .collect();
            assert_eq!(
                of.len(),
                if is_two { 2 } else { 1 },
                "{first} and {second}: {folder}: {:?}",
                of.iter().map(|of| of.0).collect::<Vec<_>>()
            );
            let plain = format!("{folder}/{}.html", address(second));
            assert!(pages.contains_key(&plain), "{second}: one keeps {plain}");
            for (id, other) in [("one", "two"), ("two", "one")] {
                let item = &pages[&format!("items/{id}.html")];
                let linked: Vec<_> =
                    of.iter().filter(|(address, _)| item.contains(&format!("\"../{address}\""))).collect();
                let [(page, text)] = linked.as_slice() else {
                    panic!("{first} and {second}: {id} leads to {linked:?}")
                };
                assert!(text.contains(&format!("items/{id}.html")), "{page}");
                assert_eq!(text.contains(&format!("items/{other}.html")), !is_two, "{page}");
            }
            let all = &pages[&format!("{folder}.html")];
            assert!(of.iter().all(|(address, _)| all.contains(&format!("href=\"{address}\""))), "{folder}.html");
        }
        let chains = &pages["dependencies.html"];
        let is_page = |address: &&String| address.starts_with("milestones/") && !pages[*address].contains("0; url=");
        let milestones = pages.keys().filter(is_page);
        assert!(
            milestones.into_iter().all(|address| chains.contains(&format!("href=\"{address}\""))),
            "{first} and {second}"
        );
        assert_eq!(pages["roadmap.ics"].matches("UID:milestone.").count(), if is_two { 2 } else { 1 });
    }
    // The sign that says what it is the name of belongs to no name.
    let signs = "//- plan/items/a.md\n---\ntitle: A\ntags: ['#ui', '@home']\nowner: ['@ana', '#x']\n---\n//- plan/items/b.md\n---\ntitle: B\ntags: [ui, home]\nowner: [ana, x]\n---\n";
    let pages = texts_of(&fixture_site(signs, Audience::Internal));
    let of = |folder: &str| pages.keys().filter(|address| address.starts_with(folder)).count();
    assert_eq!((of("tags/"), of("owners/")), (3, 3));
    // An owner of a theme is not another one who has the address.
    let theme = "//- plan/themes/t.md\n---\ntitle: T\nowner: [a/b, A B]\n---\n//- plan/items/a.md\n---\ntitle: A\nowner: a b\n---\n";
    let page = page(theme, "themes/t.html");
    assert!(page.contains("owners/a-b.html\">A B</a>") && page.contains("a/b") && !page.contains(">a/b</a>"), "{page}");
}

/// The address beside another comes from the name alone, and may be one that somebody else has taken.
#[test]
fn an_address_beside_another_is_stable() {
    let site = |tags: &str| {
        let pages = texts_of(&fixture_site(
            &format!("//- plan/items/a.md\n---\ntitle: A\ntags: [{tags}]\n---\n"),
            Audience::Internal,
        ));
        let mut tags: Vec<String> = pages.into_keys().filter(|address| address.starts_with("tags/")).collect();
        tags.sort();
        tags
    };
    let two = site("a/b, a b");
    let [beside, plain] = two.as_slice() else { panic!("{two:?}") };
    assert_eq!(plain, "tags/a-b.html");
    assert_eq!(site("z, a b, c, a/b"), [beside, plain, "tags/c.html", "tags/z.html"]);
    let taken = beside.trim_start_matches("tags/").trim_end_matches(".html");
    assert_eq!(site(&format!("a/b, a b, {taken}")).len(), 3);
    assert!(site(&format!("a/b, a b, {taken}")).contains(beside));
}

/// An address that a name had before marks, emoji and signs counted leads to the one it has now, unless something else has it.
#[test]
fn old_addresses_still_arrive() {
    assert_eq!(old_address("C++").as_deref(), Some("c"));
    assert_eq!(old_address("हिन्दी").as_deref(), Some("हिन-दी"));
    for plain in ["Team sharing", "a.b", "über", "con", "!!", ""] {
        assert_eq!(old_address(plain), None, "{plain}");
    }
    let fixture = "//- plan/items/हिन्दी.md\n---\ntitle: One\ntags: [C++, F#]\n---\n//- plan/items/b.md\n---\ntitle: B\ntags: [F]\ndepends_on: हिन-दी\n---\n";
    let project = project_of(fixture);
    let pages = texts_of(&site_of(&discover(project.path(), &on_the_day()).expect("a project"), Audience::Internal));
    let leads = |address: &str, to: &str| {
        let page = pages.get(address).unwrap_or_else(|| panic!("{address} is not there"));
        page.contains(&format!("0; url={to}"))
    };
    assert!(leads("tags/c.html", "../tags/c-plus-plus.html"));
    assert!(!leads("tags/f.html", ""));
    assert!(leads("items/हिन-दी.html", "../items/हिन्दी.html"));
    assert_eq!(ran(project.path(), &["check", "--format", "short"]).stdout, "");
}

/// What `new` prints is a file whose id is its name, whatever the title is: names that mean something to a disk, to a browser or to the plan
/// among them.
#[test]
fn a_new_file_has_the_id_that_its_name_says() {
    let long = "Ünïcode ".repeat(60);
    let titles = [
        "Index",
        "README",
        "readme.md",
        "Vision",
        "Items",
        "Tags",
        "404",
        "Con",
        "NUL.txt",
        "com1",
        "aux.",
        "node_modules",
        "_site",
        "_",
        "a/b\\c",
        "../../etc/passwd",
        "/",
        "..",
        ".hidden",
        ".",
        "-d",
        "--help",
        "- - x",
        "🚀",
        "🚀 Launch",
        "❤\u{fe0f}",
        "日本語",
        "C#",
        "C++",
        "C",
        "R&D",
        "50%",
        "#12",
        "@ana",
        "null",
        "~",
        "yes",
        "1.0",
        "2026-11-27",
        "0x10",
        "[x]",
        "{a: b}",
        "key: value",
        "'",
        "\"quoted\"",
        "back`tick",
        "a # b",
        "a\nb",
        "tab\tbed",
        "bidi \u{202e}x",
        "\u{1b}[31mred",
        "zero\u{200b}width",
        "e\u{301}",
        "\u{e9}",
        "%41",
        "<script>",
        "&amp;",
        "title",
        "|",
        ">",
        "\u{3001}",
        "ﬁ",
        "İstanbul",
        "ẞ",
        &long,
        &format!("{long}x"),
    ];
    for (kind, prefix) in [("item", ""), ("theme", ""), ("page", ""), ("item", "RFC-")] {
        let config = format!("collections: [{{kind: {kind}, include: docs/**/*.md, id_prefix: \"{prefix}\"}}]\n");
        let project = project_of(&format!("//- roadbook.yml\n{config}//- docs/taken.md\n# Taken\n"));
        let mut made: BTreeMap<String, (String, &str)> = BTreeMap::new();
        for title in titles {
            let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_roadbook"));
            let new = program.current_dir(project.path()).args(["new", kind, "--", title]).output().expect("a run");
            let (out, err) = (String::from_utf8_lossy(&new.stdout), String::from_utf8_lossy(&new.stderr));
            let Some(path) = out.strip_suffix('\n') else {
                let reasons = ["is not a title", "is already the"];
                assert!(reasons.iter().any(|reason| err.contains(reason)), "{title:?}: {err}");
                continue;
            };
            let stem = path.strip_prefix("docs/").and_then(|name| name.strip_suffix(".md")).expect("a path");
            assert!(made.insert(path.to_owned(), (format!("{prefix}{stem}"), title)).is_none(), "{title:?}: {path}");
        }
        assert!(made.len() > titles.len() / 2, "{kind}: {made:?}");
        let inputs = discover(project.path(), &on_the_day()).expect("a project");
        let plan = resolved(&inputs, Audience::Internal).plan;
        let entries = plan.items.iter().map(|item| &item.entry).chain(plan.themes.iter().map(|theme| &theme.entry));
        let entries: Vec<_> = entries.chain(plan.pages.iter().map(|page| &page.entry)).collect();
        assert_eq!(entries.len(), made.len() + 1, "{kind}");
        for entry in entries.into_iter().filter(|entry| entry.path() != "docs/taken.md") {
            let (id, title) = &made[entry.path()];
            assert_eq!((&entry.id, entry.kind.word()), (id, kind), "{title:?}");
            let words: Vec<&str> = title.split_whitespace().collect();
            assert_eq!(folded(&entry.title), folded(&words.join(" ")), "{title:?}");
        }
        let checked = ran(project.path(), &["check"]);
        assert_eq!(checked.code, 0, "{kind}: {}", checked.stderr);
    }
}
