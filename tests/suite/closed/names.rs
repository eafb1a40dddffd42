//! Values that everybody is shown and that name what is internal.

use super::{project, public, refused};
use crate::support::ran;

const PLAN: &str = "//- plan/items/ZANZIBAR-7.md\n---\ntitle: The secret deal\naliases: [old_deal-3]\nvisibility: internal\n---\n\
                    //- plan/items/partners.md\n---\ntitle: Partners\nvisibility: internal\n---\n\
                    //- plan/pages/big-launch.md\n---\ntitle: Big launch\nvisibility: internal\n---\n\
                    //- plan/pages/2026-q3.md\n---\ntitle: 2026 Q3\nvisibility: internal\n---\n\
                    //- plan/items/shared-idea.md\n---\ntitle: Shared idea\n---\n\
                    //- plan/items/x/shared-idea.md\n---\ntitle: Shared idea\nvisibility: internal\n---\n";

/// An id, an alias, a title or the name of a file, in every field whose value is shown and in every spelling.
#[test]
fn a_value_that_is_the_name_of_something_internal_is_seen() {
    for says in [
        "tags: [ZANZIBAR-7]",
        "tags: [a, zanzibar-7]",
        "tags: a, The secret deal",
        "labels: the-secret-deal",
        "owner: \"@zanzibar-7\"",
        "owner: {name: The Secret Deal}",
        "milestone: Big launch",
        "milestone: BIG-LAUNCH",
        "horizon: big launch",
        "team: big_launch",
        "x-ref: ZANZIBAR-7",
        "x-ref: {a: [b, {c: old-deal-3}]}",
        "x-ref: {zanzibar-7: yes}",
        "zanzibar-7: yes",
        "x-ref: \"[[big launch]]\"",
        "aliases: [old_deal-3]",
        "summary: The secret deal",
        "evidence: [big-launch]",
    ] {
        let fixture = format!("{PLAN}//- plan/items/b.md\n---\ntitle: Open\n{says}\n---\n");
        refused(project(&fixture).path(), "internal-reference");
    }
    for says in [
        "tags: [partners]",
        "horizon: 2026-Q3",
        "tags: [shared-idea]",
        "x-ref: Shared idea",
        "x-ref: 7",
        "tags: [secret, deal]",
        "title: The secret deal",
        "status: big launch",
        "x-ref: Bigger launch",
    ] {
        let fixture = format!("{PLAN}//- plan/items/b.md\n---\n{says}\nsummary: Words.\n---\n");
        let public = public(project(&fixture).path());
        assert_eq!(public.code, 0, "{says}: {}", public.said);
    }
    for file in ["plan/themes/t.md", "plan/pages/p.md", "plan/vision.md"] {
        let fixture = format!("{PLAN}//- {file}\n---\ntitle: Open\nx-ref: ZANZIBAR-7\n---\n");
        refused(project(&fixture).path(), "internal-reference");
    }
    // Fields of items are none of other files, which show them as they are written.
    let fields = "depends_on blocked_by waiting_for blocks relates parent epic supersedes superseded_by".split(' ');
    for field in fields {
        for value in ["The secret deal", "[ZANZIBAR-7]", "zanzibar-7 and more", "{a: old-deal-3}"] {
            for file in ["plan/themes/t.md", "plan/pages/p.md", "plan/vision.md"] {
                let fixture = format!("{PLAN}//- {file}\n---\ntitle: Open\n{field}: {value}\n---\n");
                refused(project(&fixture).path(), "internal-reference");
            }
        }
    }
    // A reference is said once.
    let fixture = format!("{PLAN}//- plan/items/b.md\n---\ntitle: Open\ndepends_on: a, ZANZIBAR-7\n---\n");
    let checked = ran(project(&fixture).path(), &["check", "--format", "short"]);
    assert_eq!(checked.stdout.matches("[internal-reference]").count(), 1, "{}", checked.stdout);
}

/// The configuration's own texts stand on every page.
#[test]
fn the_configuration_names_nothing_internal() {
    for key in [
        "title: Roadmap with the secret deal",
        "description: All but ZANZIBAR-7",
        "description: See static/priv/map.png",
        "description: \"(see plan/items/notes/)\"",
        "horizons: [Now, Big launch]",
        "image: static/priv/map.png",
        "image: priv/map.png",
        "image: https://e.example/big-launch.png",
        "scoring: weighted\nweights: {big-launch: 1}",
    ] {
        let fixture = format!(
            "{PLAN}//- plan/items/b.md\n---\ntitle: Open\n---\n//- static/priv/map.png\nx\n//- plan/items/notes/n.txt\nx\n\
             //- roadbook.yml\ninternal: {{folders: [static/priv, plan/items/notes]}}\n{key}\n"
        );
        let project = project(&fixture);
        refused(project.path(), "the configuration names");
        let checked = ran(project.path(), &["check", "--format", "short"]);
        assert!(
            checked.stdout.contains("roadbook.yml:2:") || checked.stdout.contains("roadbook.yml:3:"),
            "{}",
            checked.stdout
        );
    }
    for key in ["title: Partners of the deal", "description: A big first launch", "horizons: [2026-Q3, Later]"] {
        let fixture = format!("{PLAN}//- plan/items/b.md\n---\ntitle: Open\n---\n//- roadbook.yml\n{key}\n");
        let public = public(project(&fixture).path());
        assert_eq!(public.code, 0, "{key}: {}", public.said);
    }
    let vision = "//- plan/vision.md\n---\ntitle: Acme Harbour\nvisibility: internal\n---\n//- plan/items/a.md\n# A\n//- roadbook.yml\ntitle: Acme Harbour\n";
    assert_eq!(public(project(vision).path()).code, 0);
}
