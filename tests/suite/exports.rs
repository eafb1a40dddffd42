//! What other programs are given reads back strictly, says what the plan says, and does nothing where it is opened.
//!
//! `EXPORT_PLANS=5000 cargo test --release --test suite exports` is the long run; `EXPORT_SEED` repeats one plan.

pub(crate) mod table;

use std::process::Command;
use std::sync::LazyLock;

use rayon::prelude::*;
use regex::Regex;
use roadbook::export::{self, GraphFormat, GraphOptions};
use roadbook::markdown::without_code;
use roadbook::number::Decimal;
use roadbook::plan::Item;
use roadbook::record::SCHEMA_VERSION;
use roadbook::report::{self, report};
use roadbook::resolve::Roadmap;
use roadbook::text::visible;
use roadbook::visibility::Audience;
use serde_json::Value;

use crate::graph_export::read::{read_dot, read_json, read_mermaid};
use crate::hostile::Hand;
use crate::schema::{roadmap_faults, strict};
use crate::support::{answered, fixture_site, number, put_all, roadmap_for, rounds, text_at};
use table::{as_written, is_formula, rows};

#[test]
fn whatever_an_author_writes_reads_back_and_is_inert() {
    let seeds = number("EXPORT_SEED").map_or(0..number("EXPORT_PLANS").unwrap_or(rounds(200)), |seed| seed..seed + 1);
    let cells: usize = seeds.into_par_iter().map(reads_back).sum();
    assert!(cells > rounds(10_000) as usize || number("EXPORT_SEED").is_some(), "only {cells} cells");
}

/// So many that every mutant of `tests/mutants/exports.txt` is seen, and no more.
#[test]
fn a_few_plans() {
    (1000..1030).into_par_iter().for_each(|seed| _ = reads_back(seed));
}

/// Writes a hostile plan in every way and reads it back; how many cells its table has.
fn reads_back(seed: u64) -> usize {
    let fixture = Hand::new(seed, true).plan();
    let audience = Audience::Internal;
    let site = fixture_site(&fixture, audience);
    let roadmap = site.roadmap();
    let json = text_at(&site, "roadmap.json");
    let faults = json_faults(&json, roadmap);
    assert_eq!(faults, Vec::<String>::new(), "seed {seed}: roadmap.json");
    let csv = text_at(&site, "backlog.csv");
    let (cells, faults) = csv_faults(&csv, roadmap);
    assert_eq!(faults, Vec::<String>::new(), "seed {seed}: backlog.csv\n{csv:?}");
    let answer = answered(roadmap_for(&fixture, audience, false));
    for by_theme in [true, false] {
        let options = GraphOptions { all: true, by_theme, ..GraphOptions::default() };
        let graph = |format| export::graph(&answer, &options, format);
        let written = graph(GraphFormat::Json);
        assert!(strict(&written).is_ok(), "seed {seed}: {:?}", strict(&written));
        let read =
            [read_json(&written), read_dot(&graph(GraphFormat::Dot)), read_mermaid(&graph(GraphFormat::Mermaid))];
        for read in read {
            assert_eq!(read.nodes.len(), roadmap.items.len(), "seed {seed}");
        }
    }
    let findings = strict(&report(&roadmap.diagnostics, report::Format::Json, false))
        .unwrap_or_else(|error| panic!("seed {seed}: {error}"));
    assert_eq!((&findings["schema_version"], &findings["kind"]), (&1.into(), &"diagnostics".into()));
    assert_eq!(findings["diagnostics"].as_array().map(Vec::len), Some(roadmap.diagnostics.len()), "seed {seed}");
    cells
}

/// What is wrong with a `roadmap.json`: as JSON, by its schema, and beside the plan.
fn json_faults(json: &str, roadmap: &Roadmap) -> Vec<String> {
    let document = match strict(json) {
        Ok(document) => document,
        Err(error) => return vec![error],
    };
    let mut faults = roadmap_faults(&document);
    faults.extend(
        numbers(json).into_iter().filter(|number| !PLAIN.is_match(number)).map(|number| format!("the number {number}")),
    );
    if json.chars().any(|c| c < ' ' && c != '\n') || json.trim_end().contains('\n') {
        faults.push("a control character".to_owned());
    }
    let plan = &roadmap.plan;
    for (item, read) in plan.items.iter().zip(document["items"].as_array().into_iter().flatten()) {
        let texts = [
            ("id", &item.entry.id),
            ("title", &item.entry.title),
            ("summary", &item.entry.summary),
            ("type", &item.item_type),
            ("milestone", &item.milestone),
            ("team", &item.team),
        ];
        // A text that is missing is null.
        let is_said = |name: &str, text: &str| match text {
            "" => read[name].is_null(),
            text => read[name] == text,
        };
        let wrong = texts.into_iter().filter(|(name, text)| !is_said(name, text));
        faults.extend(wrong.map(|(name, text)| format!("{name}: {} and not {text:?}", read[name])));
        let lists: [(&str, Vec<&str>); 4] = [
            ("owners", item.owners.iter().map(String::as_str).collect()),
            ("tags", item.tags.iter().map(String::as_str).collect()),
            ("links", item.links.iter().map(|text| text.value.as_str()).collect()),
            ("aliases", item.entry.aliases.iter().map(|text| text.value.as_str()).collect()),
        ];
        faults.extend(
            lists
                .into_iter()
                .filter(|(name, list)| read[name] != Value::from(list.clone()))
                .map(|(name, _)| name.to_owned()),
        );
        if let Some(Decimal(value)) = item.input(roadbook::plan::Input::Value)
            && !json.contains(&format!("\"value\":{}", Decimal(value)))
        {
            faults.push(format!("the value {} is nowhere", Decimal(value)));
        }
    }
    if document["items"].as_array().map(Vec::len) != Some(plan.items.len()) {
        faults.push("not every item".to_owned());
    }
    if let Some(vision) = &plan.vision
        && (document["vision"]["title"] != vision.entry.title.as_str()
            || document["vision"]["needs"] != Value::from(vision.needs.clone()))
    {
        faults.push("the vision".to_owned());
    }
    for theme in &plan.themes {
        let themes = document["themes"].as_array().into_iter().flatten();
        let metrics = Value::from(theme.outcomes.iter().map(|outcome| outcome.metric.as_str()).collect::<Vec<_>>());
        let is_there = |read: &Value| {
            let read_metrics =
                read["outcomes"].as_array().into_iter().flatten().map(|outcome| outcome["metric"].clone());
            read["title"] == theme.entry.title.as_str() && Value::from(read_metrics.collect::<Vec<_>>()) == metrics
        };
        if !themes.into_iter().any(is_there) {
            faults.push(format!("the theme {:?}", theme.entry.title));
        }
    }
    faults
}

static PLAIN: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^(0|[1-9][0-9]*)(\.[0-9]{1,3})?$").expect("a pattern"));
static STRINGS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#""(?:[^"\\]|\\.)*""#).expect("a pattern"));

/// The numbers of a text of JSON, as they are written.
fn numbers(json: &str) -> Vec<&str> {
    let rest = STRINGS.split(json).flat_map(|part| part.split([',', ':', '[', ']', '{', '}', ' ', '\n']));
    rest.filter(|part| !["", "null", "true", "false"].contains(part)).collect()
}

/// How many cells a `backlog.csv` has, and what is wrong with it: as a table, in a spreadsheet, and beside the plan.
fn csv_faults(csv: &str, roadmap: &Roadmap) -> (usize, Vec<String>) {
    let rows = match rows(csv) {
        Ok(rows) => rows,
        Err(error) => return (0, vec![error]),
    };
    let mut faults = Vec::new();
    let reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(false).from_reader(csv.as_bytes()).into_records();
    let others: Result<Vec<Vec<String>>, csv::Error> =
        reader.map(|row| Ok(row?.iter().map(str::to_owned).collect())).collect();
    if others.ok().as_ref() != Some(&rows) {
        faults.push("another reader reads another table".to_owned());
    }
    faults.extend(rows.iter().flatten().filter(|cell| is_formula(cell)).map(|cell| format!("a formula {cell:?}")));
    let column = |name: &str| rows[0].iter().position(|heading| heading == name).expect("a column");
    let shown = |text: &str| -> String { text.chars().filter_map(visible).collect() };
    let expected = |item: &Item| -> Vec<(usize, String)> {
        vec![
            (column("id"), shown(&item.entry.id)),
            (column("title"), shown(&without_code(&item.entry.title))),
            (column("type"), shown(&item.item_type)),
            (column("state"), item.state.word().to_owned()),
            (column("owners"), shown(&item.owners.join(", "))),
            (column("tags"), shown(&item.tags.join(", "))),
            (column("horizon"), item.horizon.as_ref().map(|horizon| shown(&horizon.name.value)).unwrap_or_default()),
        ]
    };
    let mut left: Vec<&Vec<String>> = rows[1..].iter().collect();
    for item in &roadmap.plan.items {
        let expected = expected(item);
        match left.iter().position(|row| expected.iter().all(|(column, text)| as_written(&row[*column]) == *text)) {
            Some(at) => _ = left.remove(at),
            None => faults.push(format!("no row says {expected:?}")),
        }
    }
    faults.extend(left.into_iter().map(|row| format!("a row of nobody: {row:?}")));
    (rows.iter().map(Vec::len).sum(), faults)
}

/// The checks above can fail.
#[test]
fn what_is_broken_does_not_read_back() {
    let fixture = "//- plan/vision.md\n---\ntitle: V\nneeds: [N]\n---\n//- plan/themes/t.md\n---\ntitle: T\noutcomes: [M]\n---\n\
                   //- plan/items/a.md\n---\ntitle: Alpha\nvalue: 2.5\nowner: [Ana]\ntags: ['=1']\n---\n";
    let site = fixture_site(fixture, Audience::Internal);
    let (json, csv, roadmap) = (text_at(&site, "roadmap.json"), text_at(&site, "backlog.csv"), site.roadmap());
    assert_eq!(json_faults(&json, roadmap), Vec::<String>::new());
    assert_eq!(csv_faults(&csv, roadmap).1, Vec::<String>::new());
    for (from, to) in [
        ("\"title\":\"Alpha\"", "\"title\":\"Alp\""),
        ("\"title\":\"Alpha\"", "\"title\":\"Alpha\",\"title\":\"Alpha\""),
        ("\"value\":2.5", "\"value\":2.5000001"),
        ("\"value\":2.5", "\"value\":25e-1"),
        ("\"needs\":[\"N\"]", "\"needs\":[]"),
        ("\"metric\":\"M\"", "\"metric\":\"N\""),
        ("\"owners\":[\"Ana\"]", "\"owners\":[\"Bo\"]"),
        ("\"order\":", "\"first\":"),
        ("{\"rank\":null,\"id\":\"a\"", "\t{\"rank\":null,\"id\":\"a\""),
    ] {
        assert!(json.contains(from), "{from}");
        assert_ne!(json_faults(&json.replacen(from, to, 1), roadmap), Vec::<String>::new(), "{to}");
    }
    for (from, to) in [
        ("'=1", "=1"),
        ("\r\n", "\n"),
        ("Ana", "A\"na"),
        ("Ana", "An,a"),
        ("Ana", "Bo"),
        ("Alpha", "\"Alpha\" "),
        ("Alpha", "@Alpha"),
    ] {
        assert!(csv.contains(from), "{from}");
        assert_ne!(csv_faults(&csv.replacen(from, to, 1), roadmap).1, Vec::<String>::new(), "{to}");
    }
}

/// Every command that answers in JSON does so in the frame that `docs/schemas.md` promises, whatever the plan says.
#[test]
fn commands_answer_in_one_frame() {
    let docs = include_str!("../../docs/schemas.md");
    let (_, promised) = docs.split_once("An item of `list` and `next` has `").expect("the fields of an item");
    let (promised, _) = promised.split_once('`').expect("their end");
    let mut promised: Vec<&str> = promised.split_whitespace().map(|name| name.trim_end_matches("[]")).collect();
    promised.sort_unstable();
    for seed in [0, 1, 2] {
        let project = tempfile::tempdir().expect("a folder");
        put_all(project.path(), &Hand::new(seed, true).plan());
        for (arguments, kind) in [
            ("list --all --format json", "items"),
            ("next --format json", "items"),
            ("next --capacity 5 --format json", "items"),
            ("show i0 --format json", "item"),
            ("show t0 --format json", "theme"),
            ("show p --format json", "page"),
            ("show vision --format json", "vision"),
            ("why i0 --format json", "why"),
            ("check --format json", "diagnostics"),
            ("graph --all --format json", "graph"),
            ("export --audience internal", "roadmap"),
        ] {
            let mut program = Command::new(env!("CARGO_BIN_EXE_roadbook"));
            let output = program.args(arguments.split(' ')).current_dir(project.path()).output().expect("the program");
            let said = String::from_utf8(output.stdout).expect("UTF-8");
            let answer = strict(&said).unwrap_or_else(|error| panic!("seed {seed}, {arguments}: {error}\n{said}"));
            let frame = (answer["schema_version"].as_u64(), answer["kind"].as_str());
            // Diagnostics are no items.
            let version = if kind == "diagnostics" { 1 } else { u64::from(SCHEMA_VERSION) };
            assert_eq!(frame, (Some(version), Some(kind)), "seed {seed}, {arguments}");
            assert!(docs.contains(&format!("`{kind}`")), "{kind} is not documented");
            if kind == "items" {
                assert!(answer.get("fit").is_some() == arguments.starts_with("next"), "{arguments}");
                for item in answer["items"].as_array().expect("items") {
                    let mut names: Vec<&str> = item.as_object().expect("an item").keys().map(String::as_str).collect();
                    names.sort_unstable();
                    assert_eq!(names, promised);
                }
            }
        }
    }
}
