//! Wiki links that name a path, as Obsidian writes them: the end of the path, the whole of it, or from the file that has the link.

use std::fmt::Write as _;

use roadbook::markdown::tags::{Tag, tags};

use crate::support::{lines, page, roadmap};

/// Files with the addresses of their pages.
const PLAN: &[(&str, &str, &str)] = &[
    ("plan/items/search.md", "", "items/search.html"),
    ("plan/items/deep/base.md", "", "items/base.html"),
    ("plan/items/deep/long name.md", "", "items/long-name.html"),
    ("plan/items/one/part.md", "id: first", "items/first.html"),
    ("plan/items/two/part.md", "id: second", "items/second.html"),
    ("plan/items/kept/README.md", "", "items/kept.html"),
    ("plan/items/RB-7-a-name.md", "id: RB-7", "items/rb-7.html"),
    ("plan/themes/speed.md", "status: paused", "themes/speed.html"),
    // Has the name of an item, too.
    ("plan/themes/base.md", "id: base-theme\nstatus: paused", "themes/base-theme.html"),
    ("plan/pages/about.md", "", "pages/about.html"),
];

fn plan() -> String {
    PLAN.iter().fold(String::new(), |mut plan, (path, field, _)| {
        let title = path.replace('/', " ").to_uppercase();
        _ = write!(plan, "//- {path}\n---\ntitle: {title}\n{field}\n---\n\nWords.\n\n## Some words\n\nMore.\n");
        plan
    })
}

/// Every way to name a file by the end of its path with a folder in it.
fn forms(path: &str) -> Vec<String> {
    let parts: Vec<&str> = path.split('/').collect();
    let mut forms = Vec::new();
    for from in 0..parts.len() - 1 {
        let end = parts[from..].join("/");
        forms.extend([end.trim_end_matches(".md").to_owned(), end.trim_end_matches(".md").to_uppercase(), end]);
    }
    let up = format!("../{}", path.trim_start_matches("plan/"));
    forms.extend([format!("/{path}"), format!("/{}", path.trim_end_matches(".md"))]);
    forms.extend([up.trim_end_matches(".md").to_owned(), up]);
    if let Some(folder) = path.strip_suffix("/README.md") {
        forms.extend([folder.to_owned(), folder.trim_start_matches("plan/").to_owned()]);
    }
    forms
}

/// The addresses that the links of a body lead to, and the diagnostics.
fn hrefs(body: &str) -> (Vec<String>, String) {
    let fixture = format!("{}//- plan/items/from.md\n---\ntitle: From\n---\n{body}", plan());
    let html = page(&fixture, "items/from.html");
    let start = html.find("<div class=\"prose\"").unwrap_or_default();
    let end = html[start..].find("</div>").map_or(html.len(), |end| start + end);
    let href = |tag: &Tag| tag.attributes().iter().find(|found| found.name == "href").map(|found| found.value.clone());
    let links = tags(&html[start..end]).iter().filter(|tag| tag.name == "a").filter_map(href).collect();
    (links, lines(&roadmap(&fixture).diagnostics))
}

#[test]
fn every_end_of_a_path_leads_to_its_file() {
    for (path, _, address) in PLAN {
        let forms = forms(path);
        assert!(forms.len() >= 10, "{path}");
        for (behind, anchor) in
            [("", ""), ("|words", ""), ("#Some words", "#some-words"), ("#some-words|w", "#some-words")]
        {
            for sign in ["", "!"] {
                let body = forms.iter().fold(String::new(), |body, form| format!("{body}{sign}[[{form}{behind}]]\n\n"));
                let wanted = vec![format!("../{address}{anchor}"); forms.len()];
                assert_eq!(hrefs(&body), (wanted, String::new()), "{body}");
            }
        }
    }
}

/// The same resolver reads fields.
#[test]
fn fields_name_paths_in_the_same_way() {
    let items = PLAN.iter().filter(|(path, ..)| path.starts_with("plan/items/"));
    let mut count = 0;
    for (path, ..) in items {
        let mut fixture = plan();
        for (index, form) in forms(path).iter().enumerate() {
            let field = format!("depends_on: \"[[{form}|Words]]\"");
            _ = write!(fixture, "//- plan/items/from{index}.md\n---\ntitle: From\n{field}\n---\n");
        }
        let roadmap = roadmap(&fixture);
        assert_eq!(lines(&roadmap.diagnostics), "", "{path}");
        for (item, resolved) in roadmap.plan.items.iter().zip(&roadmap.items) {
            if item.entry.id.starts_with("from") {
                let needs = resolved.links.needs().map(|id| roadmap.plan.items[id].entry.path());
                assert_eq!(needs.collect::<Vec<_>>(), [*path], "{}", item.entry.id);
                count += 1;
            }
        }
    }
    assert!(count > 60, "{count}");
}

/// A folder and the id of what is in it, though the file has another name.
#[test]
fn a_folder_and_an_id_are_a_path() {
    for (form, address) in [
        ("items/RB-7", "items/rb-7.html"),
        ("plan/items/rb-7", "items/rb-7.html"),
        ("one/first", "items/first.html"),
        ("two/second", "items/second.html"),
        ("themes/base-theme", "themes/base-theme.html"),
    ] {
        assert_eq!(hrefs(&format!("[[{form}]]\n")), (vec![format!("../{address}")], String::new()), "{form}");
    }
}

#[test]
fn a_path_that_several_files_end_in_is_ambiguous_and_another_folder_means_nothing() {
    for (form, code) in [
        ("other/search", "unknown-reference"),
        ("themes/RB-7", "unknown-reference"),
        ("one/second", "unknown-reference"),
        ("ms/search", "unknown-reference"),
        ("elsewhere/plan/items/search", "unknown-reference"),
        ("part", "ambiguous-reference"),
    ] {
        let (links, found) = hrefs(&format!("[[{form}]]\n"));
        assert_eq!(links, Vec::<String>::new(), "{form}");
        assert!(found.contains(code), "{form}: {found}");
    }
    let twins = "//- plan/items/x/a/same.md\n---\nid: s1\n---\n//- plan/items/y/a/same.md\n---\nid: s2\n---\n";
    let from = |folder: &str, form: &str| {
        let roadmap = roadmap(&format!("{twins}//- plan/items/{folder}from.md\n---\ntitle: F\n---\n[[{form}]]\n"));
        let named = roadmap.plan.items.iter().zip(&roadmap.items).filter(|(_, found)| !found.mentioned_by.is_empty());
        (named.map(|(item, _)| item.entry.id.clone()).collect::<Vec<_>>().join(" "), lines(&roadmap.diagnostics))
    };
    for form in ["a/same", "a/same.md"] {
        let (named, found) = from("", form);
        assert_eq!(named, "", "{form}");
        assert!(found.contains("ambiguous-reference"), "{form}: {found}");
        assert_eq!(from("y/", form), ("s2".to_owned(), String::new()), "from its own folder, {form}");
        assert_eq!(from("", &format!("x/{form}")), ("s1".to_owned(), String::new()), "{form}");
    }
}
