//! Words that look like others: a table of pairs, and that ten thousand of them take no longer than they must.

use std::fmt::Write as _;

use expect_test::expect;
use roadbook::diagnostic::Code;
use roadbook::visibility::Audience;

use super::said;
use crate::support::{assert_near_linear, resolved, roadmap};

/// A plan in which `rare` stands once as a tag and `often` `times`.
fn plan(field: &str, rare: &str, often: &str, times: usize) -> String {
    let mut plan = format!("//- plan/items/a.md\n---\ntitle: A\n{field}: \"{rare}\"\n---\n");
    for at in 0..times {
        _ = write!(plan, "//- plan/items/b-{at}.md\n---\ntitle: B\n{field}: \"{often}\"\n---\n");
    }
    plan
}

fn is_near_miss(field: &str, rare: &str, often: &str, times: usize) -> bool {
    let diagnostics = roadmap(&plan(field, rare, often, times)).diagnostics;
    let mut found = diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::NEAR_MISS_VALUE);
    let is_found =
        found.next().is_some_and(|diagnostic| diagnostic.message.contains(&format!(" `{rare}` looks like ")));
    is_found && found.next().is_none()
}

#[test]
fn a_slip_is_seen_and_a_neighbour_is_left_alone() {
    for (rare, often) in [
        ("toolling", "tooling"),
        ("tooling", "toolling"),
        ("ana", "Ana"),
        ("ANA", "Ana"),
        ("front end", "front-end"),
        ("frontend", "front-end"),
        ("tests", "test"),
        ("serach", "search"),
        ("seach", "search"),
        ("migrations", "migration"),
        ("accessability", "accessibility"),
        ("Ärzte", "ärzte"),
        ("безопастность", "безопасность"),
        ("data export", "data exports"),
    ] {
        assert!(is_near_miss("tags", rare, often, 3), "{rare}, {often}");
    }
    for (one, other) in [
        ("v1", "v2"),
        ("p1", "p2"),
        ("2026-Q1", "2026-Q2"),
        ("sprint-12", "sprint-13"),
        ("release 1.10", "release 1.1"),
        ("v1.1", "v11"),
        ("web", "wed"),
        ("team-a", "team-b"),
        ("cart", "card"),
        ("paint", "print"),
        ("design", "resign"),
        ("island", "sland"),
        ("form", "forum"),
        ("form", "from"),
        ("Christina", "Christine"),
        ("Daniel", "Daniele"),
        ("frontend", "backend"),
        ("import", "export"),
        ("stable", "unstable"),
        ("search", "research"),
        ("検索機能", "検索機会"),
        ("search-ui", "search-api"),
        ("data export", "export"),
        ("!", "?"),
    ] {
        assert!(!is_near_miss("tags", one, other, 3), "{one}, {other}");
        assert!(!is_near_miss("tags", other, one, 3), "{other}, {one}");
    }
}

#[test]
fn rare_is_once_or_ten_times_more_rarely() {
    // A slip that is as frequent as the word is a word.
    assert!(!is_near_miss("tags", "toolling", "tooling", 1));
    assert!(is_near_miss("tags", "toolling", "tooling", 2));
    let twice = |times| {
        let plan = plan("tags", "toolling", "tooling", times) + "//- plan/items/c.md\n---\ntags: toolling\n---\n";
        said(&plan).contains("near-miss-value")
    };
    assert!(!twice(19));
    assert!(twice(20));
    // The same in other letters is the same however often; of two the one with the capital counts.
    assert!(is_near_miss("tags", "ana", "Ana", 1));
    assert!(!is_near_miss("tags", "Ana", "ana", 1));
}

/// An item that says a word twice is one item, and an owner with and without its sign is one name.
#[test]
fn a_word_counts_once_an_item() {
    let roadmap = roadmap("//- plan/items/a.md\n---\nowner: [ana, Ana, '@ana', ana]\n---\n");
    assert_eq!(
        roadmap.plan.items.iter().next().map(|item| item.owners.clone()),
        Some(vec!["ana".to_owned(), "Ana".to_owned()])
    );
    let found =
        roadmap.diagnostics.iter().find(|found| found.code == Code::NEAR_MISS_VALUE).map(|found| &*found.message);
    assert_eq!(found, Some("the owner `ana` looks like `Ana`, which stands in 1 item"));
}

#[test]
fn every_field_of_words_is_looked_at() {
    for field in ["milestone", "owner", "tags", "team", "type", "horizon", "theme"] {
        assert!(is_near_miss(field, "summer relese", "summer release", 3), "{field}");
    }
    for field in ["title", "x-depth", "priority", "status"] {
        assert!(!is_near_miss(field, "summer relese", "summer release", 3), "{field}");
    }
    // A type is shown with a capital, an owner without the sign, and a theme is looked up where there are theme files.
    assert!(!is_near_miss("type", "Feature", "feature", 3));
    assert!(!is_near_miss("owner", "@ana", "ana", 3));
    let with_themes = plan("theme", "summer relese", "summer release", 3) + "//- plan/themes/a.md\n# A\n";
    assert!(!said(&with_themes).contains("near-miss-value"));
}

#[test]
fn the_words_of_the_configuration_are_used_often() {
    expect![[r"
        plan/items/a.md:2:10: note[near-miss-value]: the horizon `This cycel` looks like the configured `This cycle`
            help: write `This cycle` if it is the same
    "]]
    .assert_eq(&said(
        "//- roadbook.yml\nhorizons: [This cycle, Next cycle]\n//- plan/items/a.md\n---\nhorizon: This cycel\n---\n\
         //- plan/items/b.md\n---\nhorizon: next cycle\n---\n",
    ));
}

/// What a run remembers of the words changes nothing that is said.
#[test]
fn warm_equals_cold() {
    let mut memory = roadbook::Memory::default();
    let base = plan("tags", "toolling", "tooling", 3);
    let cases = [
        base.clone(),
        base.replace("title: A", "title: Another"),
        base.replace("toolling", "tooling"),
        base.replace("//- plan/items/a.md", "//- plan/items/z.md"),
        format!("//- plan/items/0.md\n---\ntags: other\n---\n{base}"),
        base.replace("tags", "team"),
        base.replace("tags", "theme"),
        format!("{}//- plan/themes/a.md\n# A\n", base.replace("tags", "theme")),
        base.replace("tags", "theme"),
        base.replace("tags: \"toolling\"", "horizon: Laterr"),
        format!("//- roadbook.yml\nhorizons: [Soon]\n{}", base.replace("tags: \"toolling\"", "horizon: Laterr")),
        base.clone(),
        String::from("//- plan/items/a.md\n# A\n"),
        base,
    ];
    let mut said = 0;
    for case in &cases {
        let inputs = crate::support::inputs_of(case);
        let run = |memory: &mut roadbook::Memory| {
            let audience = Audience::Internal;
            crate::support::lines(&roadbook::roadmap(&inputs, audience, false, memory).0.diagnostics)
        };
        let warm = run(&mut memory);
        assert_eq!(warm, run(&mut roadbook::Memory::default()), "{case}");
        said += usize::from(warm.contains("near-miss-value"));
    }
    assert_eq!(said, 10, "of {}", cases.len());
}

/// Words that are all different, then in pairs: comparing each with each would take a time that grows with the square.
#[test]
fn many_different_words_take_no_longer_than_they_must() {
    let word = |at: usize| {
        let letter = |digit: usize| char::from(b'a' + u8::try_from(digit % 26).expect("a letter"));
        let mixed = at.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 16;
        (0..9).map(|place| letter(mixed / 26_usize.pow(place))).collect::<String>()
    };
    for pairs in [1, 2] {
        let plan = |items: usize| {
            let mut plan = String::new();
            for at in 0..items {
                _ = write!(plan, "//- plan/items/{at}.md\n---\nowner: {}\n---\n", word(at / pairs));
            }
            crate::support::inputs_of(&plan)
        };
        assert_near_linear("words", 1_250, 8, plan, |inputs| {
            let roadmap = resolved(inputs, Audience::Internal);
            assert_eq!(roadmap.plan.items.len() % 1_250, 0);
        });
    }
}
