//! Tests of the configuration.

use expect_test::{Expect, expect};
use roadbook::config::{self, Kind, Scoring, TimelineMode};
use roadbook::diagnostic::Code;
use roadbook::source::Source;
use roadbook::visibility::Audience;

use crate::support::{inputs_of, lines, resolved};

fn mistakes(text: &str, expected: &Expect) {
    let (_, diagnostics) = config::config(&Source::new(config::FILE, text));
    expected.assert_eq(&lines(&diagnostics));
}

#[test]
fn an_empty_configuration_means_the_defaults() {
    for text in ["", "# nothing yet\n", "\n\n"] {
        let (config, diagnostics) = config::config(&Source::new(config::FILE, text));
        assert_eq!(diagnostics, []);
        assert_eq!(config.scoring, Scoring::ValueEffort);
        assert_eq!(config.horizons, ["Now", "Next", "Later"]);
        assert_eq!(config.timeline, TimelineMode::Dates);
        assert_eq!(config.branch, "main");
        let collection = |path: &str| config.collections.iter().find(|collection| collection.includes(path));
        assert_eq!(collection("plan/items/a/b/c.md").map(|collection| collection.kind), Some(Kind::Item));
        assert_eq!(collection("plan/themes/a.md").map(|collection| collection.kind), Some(Kind::Theme));
        assert_eq!(collection("plan/themes/deep/a.md").map(|collection| collection.kind), None);
        assert_eq!(collection("plan/vision.md").map(|collection| collection.kind), Some(Kind::Vision));
    }
}

#[test]
fn a_collection_says_how_its_files_are_read() {
    let text = r#"
collections:
  - kind: item
    include: ["teps/*.md"]
    exclude: teps/README.md
    id: "^(\\d{4})"
    id_prefix: TEP-
    aliases: [{match: "(?i)^task-(.+)$", to: "TEP-$1"}]
    state: dropped
    override: true
    states: {accepted: planned}
    fields: {depends_on: [needs]}
"#;
    let (config, diagnostics) = config::config(&Source::new(config::FILE, text));
    assert_eq!(diagnostics, []);
    let collection = &config.collections[0];
    assert!(collection.includes("teps/0001-x.md"));
    assert!(!collection.includes("teps/README.md"));
    assert!(collection.overrides);
    assert_eq!(collection.aliases[0].apply("Task-7.1").as_deref(), Some("TEP-7.1"));
    assert_eq!(collection.aliases[0].apply("other-7"), None);
}

#[test]
fn an_unknown_key_is_named_with_its_place() {
    mistakes(
        "title: Plan\nscorring: rice\n",
        &expect![[r#"
            roadbook.yml:2:1: error[invalid-configuration]: there is no key `scorring`
                help: did you mean `scoring`?
        "#]],
    );
}

#[test]
fn a_wrong_type_is_named_with_its_place() {
    mistakes(
        "horizons: 3\n",
        &expect![[r#"
            roadbook.yml:1:11: error[invalid-configuration]: `horizons` takes a list, not the number `3`
                help: nothing is published until the file can be read
        "#]],
    );
}

#[test]
fn a_timeline_is_by_dates_or_by_horizons() {
    let timeline = |text: &str| config::config(&Source::new(config::FILE, text)).0.timeline;
    assert_eq!(timeline("timeline: dates\n"), TimelineMode::Dates);
    assert_eq!(timeline("timeline: horizons\n"), TimelineMode::Horizons);
    mistakes(
        "title: Plan\ntimeline: quarters\n",
        &expect![[r#"
            roadbook.yml:2:11: error[invalid-configuration]: `quarters` is not a value for `timeline`
                help: write dates or horizons
        "#]],
    );
}

#[test]
fn broken_yaml_is_named_with_its_place() {
    mistakes(
        "title: a: b\n",
        &expect![[r#"
            roadbook.yml:1:9: error[invalid-configuration]: there is a colon where YAML expects none
                help: put a value that has one into quotation marks
        "#]],
    );
}

#[test]
fn all_wrong_values_come_at_once() {
    mistakes(
        r#"
base_url: example.org
mentions: ["RB-(\\d+"]
sizes: {XS: tiny}
states: {shipped: finished, parked: pausd}
diagnostics: {duplicate-idd: off}
collections:
  - kind: item
    include: ["items/[.md"]
    id: "(("
"#,
        &expect![[r#"
            roadbook.yml:5:37: error[invalid-configuration]: there is no state `pausd`
                help: did you mean `paused`?
            roadbook.yml:5:19: error[invalid-configuration]: there is no state `finished`
                help: the states are idea, planned, active, done, dropped, paused, unknown
            roadbook.yml:2:11: error[invalid-configuration]: `example.org` is not the address of a site
                help: write where the site will be, such as `https://example.org/roadmap/`, without a query or a password
            roadbook.yml:4:13: error[invalid-configuration]: `tiny` is not a number for `XS`
                help: write a number from 0 up, with at most three decimals
            roadbook.yml:3:13: error[invalid-configuration]: `RB-(\d+` is no regular expression
                help: unclosed group
            roadbook.yml:6:15: error[invalid-configuration]: there is no diagnostic `duplicate-idd`
                help: `roadbook explain` lists the codes
            roadbook.yml:9:16: error[invalid-configuration]: `items/[.md` is not a file pattern
                help: unclosed character class; missing ']'
            roadbook.yml:10:10: error[invalid-configuration]: `((` is no regular expression
                help: unclosed group
        "#]],
    );
}

#[test]
fn what_is_in_hand_is_stale_after_half_a_year_unless_the_file_says_otherwise() {
    let read = |text: &str| config::config(&Source::new(config::FILE, text)).0.stale_after;
    for (text, days) in [
        ("", Some(180)),
        ("stale_after: 90", Some(90)),
        ("stale_after: \"90\"", Some(90)),
        ("stale_after: off", None),
        ("stale_after: Off", None),
        ("stale_after: 0", None),
    ] {
        assert_eq!(read(text), days, "{text}");
    }
    mistakes(
        "stale_after: 3 months\n",
        &expect![[r"
            roadbook.yml:1:14: error[invalid-configuration]: `3 months` is not a number of days for `stale_after`
                help: write a whole number of days such as `90`, or `off`
        "]],
    );
    mistakes(
        "title: A\nstale_after: -5\n",
        &expect![[r"
            roadbook.yml:2:14: error[invalid-configuration]: `-5` is not a number of days for `stale_after`
                help: write a whole number of days such as `90`, or `off`
        "]],
    );
}

#[test]
fn the_capacity_knows_its_line() {
    let place = |text: &str| {
        let (config, diagnostics) = config::config(&Source::new(config::FILE, text));
        assert_eq!(diagnostics, [], "{text}");
        assert_eq!(config.capacity, Some(30), "{text}");
        config.capacity_place.map(|place| (place.to_string(), place.source.slice(place.span).to_owned()))
    };
    let at = |place: &str| Some((format!("roadbook.yml:{place}"), "30".to_owned()));
    assert_eq!(place("capacity: 30"), at("1:11"));
    assert_eq!(
        place("title: \"capacity: 4\"\n# capacity: 5\ncapacity:   30 # points: all\nscoring: priority\n"),
        at("3:13")
    );
    assert_eq!(place("capacity : 30\r\n"), at("1:12"));
    // A form that hardly anybody writes has no line of its own.
    assert_eq!(place("{capacity: 30}"), None);
}

/// What the reader of YAML says is put into the words of those who write a configuration: no type of ours is named.
#[test]
fn values_of_the_wrong_kind_are_explained_in_plain_words() {
    let mut said = String::new();
    for text in [
        "scoring: RICE",
        "timeline: month",
        "internal: yes",
        "internal: []",
        "horizons: Now",
        "horizons: []",
        "horizons: [Now, now]",
        "language: English",
        "capacity: many",
        "headers: maybe",
        "collections: [{kind: itm, include: a}]",
        "collections: [{include: a}]",
        "diagnostics: {duplicate-id: Eror}",
        "title: [a]",
        "mentions: {a: 1}",
        "sizes: {a: [1]}",
        "internal: {flags: {draft: secret}}",
        "- a",
        "base_url: https://u:p@example.org/",
        "base_url: https://",
        "base_url: https://example.org/?a=b",
        "fields: {ownr: [champion]}\nweights: {valeu: 1}",
    ] {
        let inputs = inputs_of(&format!("//- roadbook.yml\n{text}\n//- plan/items/a.md\n# A\n"));
        let roadmap = resolved(&inputs, Audience::Internal);
        let found = roadmap.diagnostics.iter().filter(|found| found.code == Code::INVALID_CONFIGURATION);
        let found: Vec<String> =
            found.map(|found| format!("{}; {}", found.message, found.help.as_deref().unwrap_or(""))).collect();
        assert!(!found.is_empty(), "{text} is taken");
        said.push_str(&format!("{}\n", found.join("\n")));
    }
    for ours in ["struct", "variant", "enum", "sequence", "untagged", "u64"] {
        assert!(!said.contains(ours), "{ours} is no word of an author: {said}");
    }
    expect![[r#"
        `RICE` is not a value for `scoring`; did you mean `rice`?
        `month` is not a value for `timeline`; write dates or horizons
        `internal` takes keys, each with a value, not the text `yes`; nothing is published until the file can be read
        `internal` takes keys, each with a value, not a list; nothing is published until the file can be read
        `horizons` takes a list, not the text `Now`; nothing is published until the file can be read
        `horizons` names no horizon; name at least one, each once, such as `horizons: [Now, Next, Later]`, or take the key out
        `horizons` names `now` twice or without a name; name at least one, each once, such as `horizons: [Now, Next, Later]`, or take the key out
        `English` is not the tag of a language; write one such as `en`, `de` or `pt-BR`
        `capacity` takes a whole number from 0 up, not the text `many`; nothing is published until the file can be read
        `headers` takes true or false, not the text `maybe`; nothing is published until the file can be read
        `itm` is not a value for `kind`; did you mean `item`?
        `collections[0]` has no `kind`; add a line `kind:`
        `Eror` is not a value for `duplicate-id`; did you mean `error`?
        `title` takes a text, not a list; nothing is published until the file can be read
        this takes a name or a list of names; nothing is published until the file can be read
        `sizes` takes a number or a word for one; nothing is published until the file can be read
        `flags` says `secret` of `draft`; name each field of another tool once, with what it means: `public` or `internal`
        this takes keys, each with a value, not a list; nothing is published until the file can be read
        `https://u:p@example.org/` is not the address of a site; write where the site will be, such as `https://example.org/roadmap/`, without a query or a password
        `https://` is not the address of a site; write where the site will be, such as `https://example.org/roadmap/`, without a query or a password
        `https://example.org/?a=b` is not the address of a site; write where the site will be, such as `https://example.org/roadmap/`, without a query or a password
        `fields` gives more names to `ownr`, which is not a field that Roadbook knows; did you mean `owner`?
        `weights` names `valeu`, which no file has; did you mean `value`?
    "#]].assert_eq(&said);
}
