//! Words by which an author, or another tool, means that not everybody may see a file, in every form of metadata.

use super::{kept, project, public, refused};
use crate::support::put;

const OPEN: &str = "//- plan/items/open.md\n# Open\n";

fn with_head(head: &str, config: &str) -> tempfile::TempDir {
    project(&format!(
        "//- roadbook.yml\ntitle: T\n{config}\n{OPEN}//- plan/items/a.md\n---\ntitle: SECRET\n{head}\n---\n"
    ))
}

/// A field that nobody reads and whose whole value closes the file asks to be explained, and one line explains it.
#[test]
fn a_value_that_closes_a_file_is_heard_in_any_field() {
    for (head, name) in [
        ("scope: internal", "scope"),
        ("kind: private", "kind"),
        ("level: confidential", "level"),
        ("group: staff", "group"),
        ("type: internal", "type"),
        ("audience-group: internal only", "audience-group"),
        ("circle: [ops, \"Staff only\"]", "circle"),
        ("circle: ops, secret", "circle"),
        ("meta: {circle: not-public}", "circle"),
        ("meta: [{circle: unlisted}]", "circle"),
        ("handling: \"TLP:AMBER\"", "handling"),
        ("handling: For internal use only!", "handling"),
        ("handling: internalOnly", "handling"),
        ("handling: Do not publish", "handling"),
        ("handling: \"in\\u200Bternal\"", "handling"),
        ("x-private: true", "x-private"),
        ("publicFacing: no", "publicFacing"),
        ("post_status: private", "post_status"),
        ("nonpublic: true", "nonpublic"),
        ("eyes_only: yes", "eyes_only"),
        ("login: required", "login"),
        ("members: true", "members"),
        ("share: false", "share"),
        ("sitemap: {disable: true}", "sitemap"),
        ("sichtbarkeit: intern", "sichtbarkeit"),
        ("vertraulich: ja", "vertraulich"),
        // In what stands below a field that Roadbook knows.
        ("links: [{url: https://a.example, access: internal}]", "access"),
        ("owner: [{name: ana, private: true}]", "private"),
    ] {
        refused(with_head(head, "").path(), &format!("`{name}` may mean that not everybody may see this"));
        let taken = public(with_head(head, &format!("internal: {{flags: {{{name}: internal}}}}")).path());
        assert_eq!((taken.code, &taken.leaks), (0, &vec![]), "{head}: {}", taken.said);
        let shown = public(with_head(head, &format!("internal: {{flags: {{{name}: public}}}}")).path());
        assert!(shown.code == 0 && !shown.leaks.is_empty(), "{head}: {}", shown.said);
        let in_file = public(with_head(&format!("{head}\nvisibility: public"), "").path());
        assert!(in_file.code == 0 && !in_file.leaks.is_empty(), "{head}: {}", in_file.said);
    }
    for head in [
        "tags: [internal, private]",
        "owner: staff",
        "theme: internal",
        "team: staff",
        "milestone: internal",
        "description: Internal",
        "parent: internal",
        "scope: internal tools",
        "scope: the secret of success",
        "rag: red",
        "phase: draft",
        "hide_title: true",
        "type: feature",
        "meta: {scope: payments}",
        "members: [ana, bo]",
        "login: sso",
        "feed: {limit: 3}",
        "share: everybody",
    ] {
        let public = public(with_head(head, "").path());
        assert_eq!(public.code, 0, "{head}: {}", public.said);
    }
    // A word for everybody is no flag, whatever the field means elsewhere.
    let open = public(with_head("scope: public", "internal: {flags: {scope: internal}}").path());
    assert!(open.code == 0 && !open.leaks.is_empty(), "{}", open.said);
    let named = public(with_head("status: internal", "states: {internal: planned}").path());
    assert_eq!(named.code, 0, "{}", named.said);
}

/// A field that decides who may see its file does so when it is itself hidden.
#[test]
fn a_hidden_field_still_says_who_may_see_its_file() {
    for head in ["scope: internal", "scope: Staff only", "meta: {scope: private}", "publishDate: 2030-01-01"] {
        let name = if head.starts_with("publish") { "publishDate" } else { "scope" };
        refused(with_head(head, &format!("internal: {{fields: [{name}]}}")).path(), "undecided-visibility");
    }
}

/// What generators of sites, of notes and of documentation call it.
#[test]
fn words_of_other_generators_are_heard() {
    for head in [
        "publishDate: 2020-01-01",
        "publish_date: 2099-01-01",
        "pubDate: 2024-05-01",
        "expiryDate: 2020-01-01",
        "unpublish: 2031-01-01",
        "permalink: false",
        "robots: noindex",
        "robots: \"noindex, nofollow\"",
        "robots: [nofollow, none]",
        "seo: {robots: noindex}",
        "robots: {index: false}",
        "sitemap: false",
        "sitemap_exclude: true",
        "build: {render: never}",
        "_build:\n  list: never\n  render: always",
        "build.render: false",
        "headless: true",
        "search: {exclude: true}",
        "search: false",
        "published: false",
        "unlisted: true",
        "publish: false",
        "dg-publish: false",
        "exclude: true",
        "nav_exclude: true",
        "pagefind: false",
        "in_search_index: false",
        "searchHidden: true",
        "robotsNoIndex: true",
        "toc_hide: true",
        "sidebar: {hidden: true}",
        "cascade: {build: {list: never}}",
        "? private",
        "show_in_sitemap: no",
    ] {
        refused(with_head(head, "").path(), "undecided-visibility");
    }
    for head in [
        "permalink: /lamp/",
        "robots: index, follow",
        "sitemap: {priority: 0.5}",
        "build: {render: always, list: always}",
        "headless: false",
        "search: {boost: 2}",
        "date: 2099-01-01",
        "publishDate:",
        "show_toc: false",
        "hide: [navigation, toc]",
        "published: 2024-05-01",
        "pagefind: true",
        "fields_shown: no",
    ] {
        let public = public(with_head(head, "").path());
        assert_eq!(public.code, 0, "{head}: {}", public.said);
    }
    // What the configuration takes for a field of ours is one.
    let known = with_head("publishDate: 2030-01-01", "fields: {target: [publishDate]}");
    assert_eq!(public(known.path()).code, 0);
}

/// The forms in which people write metadata.
pub(super) const FORMS: &[&str] = &[
    "* Visibility: internal",
    "+ Visibility - internal",
    "- **Visibility**: internal",
    "**Visibility:** internal",
    "**Visibility** internal",
    "__Visibility:__ Internal only",
    "Visibility: internal (until May), then everybody",
    "Visibility: internal, for now",
    "Visibility: internal #for now",
    "Visibility\n: internal # for now",
    "Visibility = \"internal\"",
    "Visibility： internal",
    "Visibility → internal",
    "> Visibility: internal",
    "Visibility: ~~public~~ internal",
    "**Visibility:** ~~public~~ internal",
    "Visibility: <del>public</del> internal",
    "Visibility: public internal",
    "Visibility: public, but not yet",
    "Visibility: public?",
    "Visibility: public (after launch)",
    "Visibility: [ ] public [x] internal",
    "Visibility: ☐ public ☒ internal",
    "| Visibility | ~~public~~ internal |",
    "## Visibility\n\n- [x] internal",
    "## Visibility\n\n- [ ] public\n- [x] internal",
    "- [ ] Visibility: internal",
    "Status: planned | Visibility: internal",
    "Status: planned, Visibility: internal",
    "- Status: planned — Visibility: internal",
    "<visibility>internal</visibility>",
    "<!-- visibility: internal -->",
    "%% visibility: internal %%",
    "visibility:: internal",
    "[visibility:: internal]",
    "| title | visibility |\n|---|---|\n| x | internal |",
    "| visibility | title |\n|:--|--:|\n| y | x |\n| internal | x |",
    "title | visibility\n--- | ---\nx | internal",
    "| key | value |\n|---|---|\n| visibility | internal |",
    "| key | value | since |\n|---|---|---|\n| owner | x | y |\n| **Visibility** | `internal` | May |",
    "## Visibility\n\nInternal",
    "Visibility\n: internal",
    "Visibility\n\n- private",
    "- Private: yes",
    "| draft | yes |",
    "Status: confidential",
    "| Status | Team only |\n|---|---|",
    "1. Visibility: internal",
    "- [x] Visibility: internal",
    "<b>Visibility</b>: internal",
    "<dl><dt>Visibility</dt><dd>internal</dd></dl>",
    "Share: [a, \"private\"]",
    "### Draft\n\nyes",
    "Audience: staff only",
    "robots: noindex",
];

/// The forms in which people write metadata at the head of a file, without front matter and below it.
#[test]
fn every_form_of_metadata_is_heard() {
    for (index, form) in FORMS.iter().enumerate() {
        let places = [
            format!("# SECRET\n\n{form}\n"),
            format!("{form}\n\n# SECRET\n"),
            format!("---\ntitle: SECRET\nstatus: planned\n---\n{form}\n\nWords.\n"),
            format!("---\ntitle: SECRET\n---\n\n# SECRET\n\nOwner: @ana\n\n{form}\n"),
        ];
        // Two places for each form, in turn.
        for text in places.iter().skip(index % 2).step_by(2) {
            kept(project(&format!("{OPEN}//- plan/items/a.md\n{text}")).path(), "counts as internal");
        }
    }
    let long: String = (0..60).map(|row| format!("x-{row}: {row}\n")).collect();
    let far = format!("{OPEN}//- plan/items/a.md\n---\ntitle: SECRET\n{long}---\n- Visibility: internal\n");
    kept(project(&far).path(), "counts as internal");
    for head in
        ["internal", "private", "Internal only", "\"confidential\"", "secret\nowner: @ana", "owner: @ana\nstaff"]
    {
        for text in [format!("title: SECRET\n{head}"), format!("{head}\ntitle: SECRET"), head.to_owned()] {
            kept(
                project(&format!("{OPEN}//- plan/items/a.md\n---\n{text}\n---\n# SECRET\n")).path(),
                "counts as internal",
            );
        }
    }
    refused(project(&format!("{OPEN}//- plan/items/a.md\n---\n{{title: SECRET, private}}\n---\n")).path(), "undecided");
}

/// In front matter of another form, in another encoding or that no line closes, a field that nobody reads is heard as well.
#[test]
fn what_was_not_read_is_heard() {
    let heads = [
        "scope: internal",
        "scope: Staff only",
        "draft: true",
        "robots: noindex",
        "Scope = \"private\"",
        "scope: &a internal",
    ];
    let forms = [
        "+++\n{}\n+++\n",
        "----\n{}\n----\n",
        "---yaml\n{}\n---\n",
        "---\ntitle: \"x\n{}\n---\n",
        "```yaml\n{}\n```\n",
        "title: x\n{}\n---\n",
    ];
    for text in heads.iter().flat_map(|head| forms.iter().map(move |form| form.replace("{}", head))) {
        let project = project(&format!("{OPEN}//- plan/items/a.md\n{text}# SECRET\n"));
        // Front matter of another form is read, and its words are heard.
        let is_heard =
            text.starts_with("---yaml") && !text.contains(['&', '=']) || text == "+++\nScope = \"private\"\n+++\n";
        kept(project.path(), if is_heard { "undecided-visibility" } else { "counts as internal" });
    }
    for head in heads.into_iter().chain(["circle:\n  Private"]) {
        let project = project(OPEN);
        let text = format!("---\n{head}\n---\n# A\n");
        put(project.path(), "plan/items/a.md", text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>());
        let built = public(project.path());
        assert!(
            !built.site.contains_key("items/a.html") && built.said.contains("counts as internal"),
            "{head}: {}",
            built.said
        );
    }
}

/// What only looks like it is prose, in a plan that uses visibility as well.
#[test]
fn prose_about_visibility_is_public() {
    let other = "//- plan/items/b.md\n---\ntitle: Other\nvisibility: internal\n---\n";
    for text in [
        "# Lamp\n\nVisibility: internal teams need to see the lamp\n",
        "# Lamp\n\nVisibility: public dashboards must show the lamp at night\n",
        "# Lamp\n\n## Visibility\n\n- [ ] internal\n- [x] public\n",
        "# Lamp\n\nVisibility: public\n",
        "# Lamp\n\n| Lamp | Visibility |\n|---|---|\n| red | 3 km |\n| inside | poor |\n",
        "# Lamp\n\n## Visibility\n\nThe lamp must be seen.\n\nInternal wiring follows.\n",
        "# Lamp\n\n- internal\n- external\n",
        "---\ntitle: Lamp\ntags:\n- internal\n---\nWords.\n",
        "---\ntitle: Lamp\nnote: >\n  internal\n---\nWords, internal ones.\n",
        "# Lamp\n\nStatus: planned\n\nRobots: two\n",
        "# Lamp\n\n## Security\n\nNone\n\n## Audience\n\nTeams\n",
        "Lamp: red\n---\n\nWords.\n",
        "# Lamp\n\n## Private\n\nrooms, and others\n",
        "# Lamp\n\n| key | value |\n|---|---|\n| visibility | public |\n",
    ] {
        let public = public(project(&format!("{OPEN}{other}//- plan/items/lamp.md\n{text}")).path());
        let is_there = public.site.contains_key("items/lamp.html");
        // A field of any name whose whole value is such a word asks.
        assert_eq!(is_there, !text.contains("note: >"), "{text}: {}", public.said);
    }
}
