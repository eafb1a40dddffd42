//! Everything that an author writes is used, shown or reported: what the files say, read by other code than the library's, is found again on the
//! page of its thing, in `roadmap.json`, or in a finding at its place.

mod found;
mod odd;
mod titles;
mod written;

use std::path::Path;

use rayon::prelude::*;
use roadbook::diagnostic::Code;
use roadbook::discover::discover;
use roadbook::visibility::Audience;

use crate::support::{
    example, files, fixture_site, inputs_of, lines, number, on_the_day, page, roadmap, rounds, text_at, text_of_html,
    texts_of,
};
use found::lost;
use odd::Odd;

/// The longer form: `CONSERVATION_PLANS=10000 cargo test --test suite conservation`; `CONSERVATION_SEED` repeats one plan.
#[test]
fn nothing_of_odd_plans_is_lost() {
    let most = number("CONSERVATION_PLANS").unwrap_or_else(|| rounds(200));
    let seeds = number("CONSERVATION_SEED").map_or(0..most, |seed| seed..seed + 1);
    let complaint = |seed| {
        let plan = Odd::new(seed).plan();
        let lost = lost(&inputs_of(&plan), |field| odd::OWN.contains(&field));
        (!lost.is_empty()).then(|| format!("seed {seed}:\n{}\n{plan}", lost.join("\n")))
    };
    let complaints: Vec<String> = seeds.into_par_iter().filter_map(complaint).collect();
    assert!(complaints.is_empty(), "{} plans lose something:\n{}", complaints.len(), complaints.join("\n"));
}

#[test]
fn nothing_of_the_example_is_lost() {
    assert_eq!(lost(&example(), |_| false), Vec::<String>::new());
}

/// The fixtures of the findings: most of them hold something that is not right.
#[test]
fn nothing_of_the_fixtures_is_lost() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/codes");
    let mut all: Vec<_> =
        std::fs::read_dir(folder).expect("fixtures").map(|entry| entry.expect("a file").path()).collect();
    all.sort();
    for path in all {
        let text = std::fs::read_to_string(&path).expect("a fixture");
        let (plan, _) = text.split_once("//= report").expect("its report");
        let plan: String =
            plan.lines().filter(|line| !line.starts_with("//! ")).map(|line| format!("{line}\n")).collect();
        let inputs = inputs_of(&plan);
        if files(&plan).is_empty() || !inputs.diagnostics.is_empty() {
            continue;
        }
        assert_eq!(lost(&inputs, |_| false), Vec::<String>::new(), "{}", path.display());
    }
}

/// Of any plan: `CONSERVATION_PROJECT=FOLDER cargo test --test suite conservation`.
#[test]
fn nothing_of_a_given_project_is_lost() {
    let Some(folder) = std::env::var_os("CONSERVATION_PROJECT") else { return };
    let inputs = discover(folder.as_ref(), &on_the_day()).expect("the project can be read");
    let lost = lost(&inputs, |_| false);
    assert!(lost.is_empty(), "{} of {} files:\n{}", lost.len(), inputs.sources.len(), lost.join("\n"));
}

const OWN_FIELDS: &str = "//- plan/vision.md\n---\ntitle: V\nmarket: hospitals\ncompetitors:\n  - {name: WhatsApp, strength: everyone has it}\n---\n\
     //- plan/pages/m.md\n---\ntitle: P\nsource: Gartner\nstatus: half read\n---\nText.\n\
     //- plan/themes/th.md\n---\ntitle: TH\nbudget: 4000 EUR\noutcomes:\n  - {metric: hits, baseline: 1, target: 5, current: 2, by: 2027-Q1, owner: ana}\n---\n\
     //- plan/items/i.md\n---\ntitle: I\nmood: fine\nowner: {name: Bo, mail: bo@example.org}\nrelations: {depends_on: a, told by: Cy}\n---\n";

#[test]
fn own_fields_of_every_kind_of_file_are_on_its_page_and_in_json() {
    let site = fixture_site(OWN_FIELDS, Audience::Internal);
    let json = text_at(&site, "roadmap.json");
    for (address, words) in [
        ("index.html", &["hospitals", "WhatsApp", "everyone has it"][..]),
        ("pages/m.html", &["Gartner", "half read"]),
        ("themes/th.html", &["4000 EUR", "2027-Q1", "ana"]),
        ("items/i.html", &["fine", "bo@example.org", "Cy"]),
    ] {
        let page = text_of_html(&text_at(&site, address));
        for word in words {
            assert!(page.contains(word) && json.contains(&format!("\"{word}\"")), "{word}: {page}");
        }
    }
    let found = lines(&roadmap(OWN_FIELDS).diagnostics);
    assert!(!found.contains("misspelled-field"), "{found}");
}

/// Nothing of a field that is internal is in a public build, whatever has it and however deep.
#[test]
fn internal_fields_of_every_kind_of_file_are_hidden() {
    let secrets = "//- plan/vision.md\n---\ntitle: V\nbudget: s3cret\nx: {Budget: {y: s3cret}}\n---\n\
         //- plan/pages/m.md\n---\ntitle: P\nbudget: s3cret\n---\n\
         //- plan/themes/th.md\n---\ntitle: TH\nbudget: [s3cret]\noutcomes: [{metric: hits, budget: s3cret, by: {budget: s3cret}}]\n---\n\
         //- plan/items/i.md\n---\ntitle: I\nowner: {name: Bo, budget: s3cret}\nbudget: s3cret\n---\n";
    let plan = format!("//- roadbook.yml\ninternal: {{fields: [budget]}}\n{secrets}");
    let public = texts_of(&fixture_site(&plan, Audience::Public));
    let told: Vec<&String> =
        public.iter().filter(|(_, text)| text.contains("s3cret")).map(|(address, _)| address).collect();
    assert_eq!(told, Vec::<&String>::new());
    for address in ["index.html", "pages/m.html", "themes/th.html", "items/i.html"] {
        assert!(page(&plan, address).contains("s3cret"), "{address} is for the team");
    }
}

const TWICE: &str = "//- plan/items/a.md\n---\ntitle: A\nstatus: done\nStatus: active\nsummary: One\ndescription: Two\ndue: 2026-12-01\n\
     deadline: 2026-12-24\nowner: ana\nassignee: bo\n---\n//- plan/themes/t.md\n---\nname: N\ntitle: T\n---\n\
     //- plan/vision.md\n---\ngoal: Later\nproduct_goal: Now\n---\n";

/// Of two names of a field of one value, the one that the documentation names first counts; lists add up.
#[test]
fn a_field_under_two_names_is_reported_and_both_are_shown() {
    let roadmap = roadmap(TWICE);
    let found = roadmap.diagnostics.iter().filter(|found| found.code == Code::DUPLICATE_FIELD);
    let places: Vec<String> = found
        .map(|found| {
            let place = found.location.as_ref().map(ToString::to_string).unwrap_or_default();
            format!("{place}, {}", found.related[0].0)
        })
        .collect();
    let expected = [
        "plan/items/a.md:4:1, plan/items/a.md:3:1",
        "plan/items/a.md:6:1, plan/items/a.md:5:1",
        "plan/items/a.md:8:1, plan/items/a.md:7:1",
        "plan/themes/t.md:2:1, plan/themes/t.md:3:1",
        "plan/vision.md:2:1, plan/vision.md:3:1",
    ];
    assert_eq!(places, expected);
    let item = text_of_html(&page(TWICE, "items/a.html"));
    for words in
        ["Done", "Status active", "One", "description Two", "1 December 2026", "deadline 2026-12-24", "ana , bo"]
    {
        assert!(item.to_lowercase().contains(&words.to_lowercase()), "{words}: {item}");
    }
    assert!(text_of_html(&page(TWICE, "themes/t.html")).contains("name N"));
    assert!(text_of_html(&page(TWICE, "index.html")).contains("goal Later"));
}

/// What a field could not read, or has no place for, is shown whole.
#[test]
fn what_a_field_has_no_place_for_is_shown() {
    for (field, shown) in [
        ("due: when it thaws", "when it thaws"),
        ("effort: a lot", "a lot"),
        ("confidence: 300%", "300%"),
        ("team: {name: Blue, lead: Eve}", "lead: Eve"),
        ("theme: core (mostly)", "core (mostly)"),
        ("parent: [aa, bb]", "parent bb"),
        ("tags: [{name: x, colour: red}]", "colour: red"),
        ("kind: unheard of", "unheard of"),
        ("product_goal: of the vision alone", "of the vision alone"),
    ] {
        let text = text_of_html(&page(&format!("//- plan/items/i.md\n---\n{field}\n---\n"), "items/i.html"));
        let (_, more) = text.split_once("More fields").unwrap_or_else(|| panic!("{field}: {text}"));
        assert!(more.contains(shown), "{field}: {more}");
    }
    for field in [
        "due: 2026-12-11 09:30",
        "owner: '@ana'",
        "parent: '[[a]]'",
        "theme: '[The core](../themes/core.md)'",
        "team: tbd",
    ] {
        let text = text_of_html(&page(&format!("//- plan/items/i.md\n---\n{field}\n---\n"), "items/i.html"));
        assert!(!text.contains("More fields"), "{field}: {text}");
    }
}

/// The headings of a page's main part: level, id and text.
fn headings(fixture: &str, address: &str) -> Vec<String> {
    let html = page(fixture, address);
    let parts = html.split("<h").skip(1).filter(|part| part.starts_with(|c: char| c.is_ascii_digit()));
    let of = |part: &str| {
        let (tag, text) = part.split_once('>').expect("a whole tag");
        let id = tag.split("id=\"").nth(1).and_then(|id| id.split('"').next()).unwrap_or_default();
        format!("{} #{id} {}", &tag[..1], text_of_html(&format!("<i>{}", text.split("</h").next().unwrap_or_default())))
    };
    parts.map(of).map(|heading| heading.trim_end_matches(" #").to_owned()).collect()
}

/// The first heading is left out where it begins the body and is the title: the page's own then has its anchor.
#[test]
fn a_first_heading_is_left_out_only_where_it_is_the_title() {
    for (file, expected) in [
        (
            "---\ntitle: Goals for Q1\n---\n# Goals\n\nText. [Up](#goals)\n\n## Non-goals\n\n# Motivation\n",
            &["1 # Goals for Q1", "2 #goals Goals", "3 #non-goals Non-goals", "2 #motivation Motivation"][..],
        ),
        ("# The plan\n\n## Why\n", &["1 #the-plan The plan", "2 #why Why"]),
        ("---\ntitle: The plan\n---\n<!-- a\nremark -->\n\n# The plan\n\nText\n", &["1 #the-plan The plan"]),
        ("---\ntitle: T\n---\nFirst.\n\n# T\n", &["1 # T", "2 #t T"]),
        ("Before.\n\n# Late\n", &["1 # Late", "2 #late Late"]),
        ("---\ntitle: T\n---\n## Above\n\n# T\n", &["1 # T", "3 #above Above", "2 #t T"]),
        ("# [Linked](https://example.org)\n", &["1 # Linked", "2 #linked Linked"]),
        ("---\ntitle: T\n---\n# One\n\n# Two\n", &["1 # T", "2 #one One", "2 #two Two"]),
        ("# Twice\n\n# Twice\n", &["1 #twice Twice", "2 #twice-1 Twice"]),
    ] {
        for (path, address) in [("items/i", "items/i.html"), ("pages/i", "pages/i.html"), ("themes/i", "themes/i.html")]
        {
            let mut found = headings(&format!("//- plan/{path}.md\n{file}"), address);
            found.retain(|heading| !["On this page", "Progress", "No place"].iter().any(|own| heading.contains(own)));
            assert_eq!(found, expected, "{path}: {file}");
        }
    }
    let item = headings("//- plan/items/i.md\n---\nid: T-7\n---\n# T-7: Log in\n", "items/t-7.html");
    assert_eq!(item[0], "1 #t-7-log-in Log in");
    let vision = page("//- plan/vision.md\n# Why we are\n\n[Up](#why-we-are)\n", "index.html");
    assert!(vision.contains("<h1 id=\"why-we-are\"") && vision.contains("href=\"#why-we-are\""), "{vision}");
}

const WORDS: &str = "//- plan/items/a1.md\n---\ntitle: A1\nstatus: todo\ntheme: core\n---\n\
     //- plan/items/a2.md\n---\ntitle: A2\nstatus: todo\ntheme: [Core, Apps & <b>]\n---\n\
     //- plan/items/a3.md\n---\ntitle: A3\nstatus: done\n---\n";

/// A theme without a file is a theme by its name.
#[test]
fn theme_words_without_theme_files_are_shown_as_themes() {
    let site = fixture_site(WORDS, Audience::Internal);
    let json: serde_json::Value = serde_json::from_str(&text_at(&site, "roadmap.json")).expect("JSON");
    let words = json["theme_words"].as_array().expect("a list");
    let named: Vec<String> = words.iter().map(|word| format!("{} {}", word["word"], word["items"])).collect();
    assert_eq!(named, ["\"Apps & <b>\" [\"a2\"]", "\"core\" [\"a1\",\"a2\"]"]);
    assert!(text_at(&site, "backlog.csv").contains(",core,"));
    let board = text_at(&site, "roadmap.html");
    for row in [
        "<tr id=\"theme-apps-b\">",
        "<tr id=\"theme-core\">",
        "Apps &amp; &lt;b&gt;</h2>",
        ">No theme</h2>",
        "3 themes",
    ] {
        assert_eq!(board.contains(row), row != "3 themes", "{row}: {board}");
    }
    let backlog = text_at(&site, "backlog.html");
    assert_eq!(backlog.matches("<a href=\"roadmap.html#theme-core\"").count(), 2, "{backlog}");
    let many: String =
        (0..70).map(|at| format!("//- plan/items/i{at}.md\n---\nstatus: todo\ntheme: w{at}\n---\n")).collect();
    let site = fixture_site(&many, Audience::Internal);
    let board = text_at(&site, "roadmap.html");
    assert_eq!(board.matches("<tr id=\"theme-").count(), 60);
    assert!(board.contains("Other themes, and none") && board.contains("70 open items in 70 themes"));
    assert!(text_at(&site, "backlog.html").contains("<a href=\"roadmap.html\""));
}

/// What is internal is in no word of a public plan.
#[test]
fn theme_words_are_those_that_the_audience_may_see() {
    let hidden = format!("//- roadbook.yml\ninternal: {{fields: [theme]}}\n{WORDS}").replace("core", "k3rnel");
    let internal = format!("{WORDS}//- plan/items/s.md\n---\ntheme: s3cret\nvisibility: internal\n---\n");
    for (plan, words) in [(hidden, "k3rnel"), (internal, "s3cret")] {
        let texts = texts_of(&fixture_site(&plan, Audience::Public));
        assert!(texts.values().all(|text| !text.contains(words)), "{words}");
        assert!(text_at(&fixture_site(&plan, Audience::Internal), "roadmap.html").contains(words));
    }
}
