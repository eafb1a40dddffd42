//! Tests of exports: what other programs are given must read back as what the plan says.

pub(crate) mod read;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use expect_test::expect;
use fastrand::Rng;
use roadbook::export::{GraphFormat, GraphOptions, Scope, graph};
use roadbook::id::{Id as _, ItemId};
use roadbook::release::{Reason, answer};
use roadbook::resolve::Roadmap;
use roadbook::text::visible;
use roadbook::visibility::Audience;

use crate::support::{answered, item_id, roadmap, roadmap_for, unguarded};
use read::{Read, read_dot, read_json, read_mermaid};

const PLAN: &str = "
//- roadbook.yml
title: Allotment
//- plan/themes/water.md
# Water
//- plan/themes/soil.md
# Soil
//- plan/items/barrel.md
---
title: A barrel for the rain
status: done
theme: water
value: 3
effort: 2
---
//- plan/items/hose.md
---
title: Hose
status: in progress
theme: water
value: 5
effort: 1
depends_on: [barrel]
---
//- plan/items/beds.md
---
title: Raised beds along the \"sunny\" side
status: planned (in spring)
theme: soil
value: 8
effort: 2.5
depends_on: [hose, compost]
---
//- plan/items/compost.md
---
title: Compost
status: dropped
---
//- plan/items/seeds.md
---
title: Seeds
status: idea
theme: [soil, water]
depends_on: [beds, calendar]
blocks: [calendar]
---
//- plan/items/calendar.md
---
title: Calendar
status: planned
depends_on: [nobody]
---
//- plan/items/bench.md
---
title: A bench
status: planned
---
";

fn written(wanted: &GraphOptions, format: GraphFormat) -> String {
    graph(&answered(roadmap(PLAN)), wanted, format)
}

fn by_theme() -> GraphOptions {
    GraphOptions { by_theme: true, ..GraphOptions::default() }
}

/// The ids of the nodes, and the edges, of the part of the plan that is wanted.
fn part(wanted: &GraphOptions) -> (String, String) {
    let read = read_json(&written(wanted, GraphFormat::Json));
    let edges: Vec<String> = read.edges.iter().map(|(from, to)| format!("{from}→{to}")).collect();
    (read.nodes.keys().cloned().collect::<Vec<_>>().join(" "), edges.join(" "))
}

#[test]
fn a_small_graph_as_dot() {
    expect![[r##"
        digraph "Allotment" {
          rankdir=LR;
          node [shape=box, style="rounded,filled", fontname="Helvetica,Arial,sans-serif", fontsize=11, fontcolor="#1f2328"];
          edge [color="#57606a", fontname="Helvetica,Arial,sans-serif", fontsize=10, fontcolor="#b42318"];
          "beds" [label="Raised beds along the\n\"sunny\" side\nplanned, blocked", class="planned", fillcolor="#ffffff", color="#57606a"];
          "calendar" [label="Calendar\nplanned, in a cycle", class="planned cycle", fillcolor="#ffffff", color="#b42318"];
          "compost" [label="Compost\ndropped", class="dropped", fillcolor="#f3f4f6", color="#8a8f98", style="rounded,filled,dashed"];
          "hose" [label="Hose\nin progress", class="active", fillcolor="#dbeafe", color="#1d4ed8"];
          "seeds" [label="Seeds\nidea, in a cycle", class="idea cycle", fillcolor="#ffffff", color="#b42318", style="rounded,filled,dashed"];
          "compost" -> "beds";
          "hose" -> "beds";
          "seeds" -> "calendar" [class="cycle", label="cycle", style=dashed, color="#b42318"];
          "beds" -> "seeds";
          "calendar" -> "seeds" [class="cycle", label="cycle", style=dashed, color="#b42318"];
        }
    "##]].assert_eq(&written(&GraphOptions::default(), GraphFormat::Dot));
}

#[test]
fn a_small_graph_as_mermaid() {
    expect![[r#"
        flowchart LR
          n2["Calendar<br/>planned, in a cycle"]:::planned
          n3["Compost<br/>dropped"]:::dropped
          subgraph t1["Soil"]
            n1["Raised beds along the #quot;sunny#quot; side<br/>planned, blocked"]:::planned
            n5["Seeds<br/>idea, in a cycle"]:::idea
          end
          subgraph t2["Water"]
            n4["Hose<br/>in progress"]:::active
          end
          n3 --> n1
          n4 --> n1
          n5 -. cycle .-> n2
          n1 --> n5
          n2 -. cycle .-> n5
          classDef idea fill:#ffffff,stroke:#8a8f98,color:#1f2328,stroke-dasharray:4 3
          classDef planned fill:#ffffff,stroke:#57606a,color:#1f2328
          classDef active fill:#dbeafe,stroke:#1d4ed8,color:#1f2328
          classDef dropped fill:#f3f4f6,stroke:#8a8f98,color:#1f2328,stroke-dasharray:4 3
          linkStyle default stroke:#57606a
          linkStyle 2,4 stroke:#b42318,color:#b42318
    "#]]
    .assert_eq(&written(&by_theme(), GraphFormat::Mermaid));
}

#[test]
fn a_small_graph_as_json() {
    expect![[r#"
        {
          "schema_version": 2,
          "kind": "graph",
          "title": "Allotment",
          "audience": "internal",
          "nodes": [
            {
              "rank": 2,
              "id": "beds",
              "title": "Raised beds along the \"sunny\" side",
              "state": "planned",
              "status": "planned (in spring)",
              "readiness": "blocked",
              "missing": [],
              "waiting_for": [],
              "in_cycle": false,
              "themes": [
                "soil"
              ],
              "value": 8,
              "effort": 2.5,
              "path": "plan/items/beds.md"
            },
            {
              "rank": null,
              "id": "calendar",
              "title": "Calendar",
              "state": "planned",
              "status": "planned",
              "readiness": "blocked",
              "missing": [
                "nobody"
              ],
              "waiting_for": [
                {
                  "words": "nobody",
                  "address": null,
                  "unknown": true
                }
              ],
              "in_cycle": true,
              "themes": [],
              "value": null,
              "effort": null,
              "path": "plan/items/calendar.md"
            },
            {
              "rank": null,
              "id": "compost",
              "title": "Compost",
              "state": "dropped",
              "status": "dropped",
              "readiness": "closed",
              "missing": [],
              "waiting_for": [],
              "in_cycle": false,
              "themes": [],
              "value": null,
              "effort": null,
              "path": "plan/items/compost.md"
            },
            {
              "rank": 1,
              "id": "hose",
              "title": "Hose",
              "state": "active",
              "status": "in progress",
              "readiness": "in-progress",
              "missing": [],
              "waiting_for": [],
              "in_cycle": false,
              "themes": [
                "water"
              ],
              "value": 5,
              "effort": 1,
              "path": "plan/items/hose.md"
            },
            {
              "rank": null,
              "id": "seeds",
              "title": "Seeds",
              "state": "idea",
              "status": "idea",
              "readiness": "blocked",
              "missing": [],
              "waiting_for": [],
              "in_cycle": true,
              "themes": [
                "soil",
                "water"
              ],
              "value": null,
              "effort": null,
              "path": "plan/items/seeds.md"
            }
          ],
          "edges": [
            {
              "from": "compost",
              "to": "beds",
              "declared_in": {
                "path": "plan/items/beds.md",
                "line": 7
              },
              "in_cycle": false
            },
            {
              "from": "hose",
              "to": "beds",
              "declared_in": {
                "path": "plan/items/beds.md",
                "line": 7
              },
              "in_cycle": false
            },
            {
              "from": "seeds",
              "to": "calendar",
              "declared_in": {
                "path": "plan/items/seeds.md",
                "line": 6
              },
              "in_cycle": true
            },
            {
              "from": "beds",
              "to": "seeds",
              "declared_in": {
                "path": "plan/items/seeds.md",
                "line": 5
              },
              "in_cycle": false
            },
            {
              "from": "calendar",
              "to": "seeds",
              "declared_in": {
                "path": "plan/items/seeds.md",
                "line": 5
              },
              "in_cycle": true
            }
          ],
          "cycles": [
            {
              "items": [
                "calendar",
                "seeds"
              ],
              "places": [
                "plan/items/seeds.md:6:10",
                "plan/items/seeds.md:5:20"
              ],
              "component": [
                "calendar",
                "seeds"
              ]
            }
          ]
        }
    "#]]
    .assert_eq(&written(
        &GraphOptions { scope: Scope::Around(ItemId::new(3)), ..GraphOptions::default() },
        GraphFormat::Json,
    ));
}

#[test]
fn clusters_of_themes_as_dot() {
    let text = written(&by_theme(), GraphFormat::Dot);
    let read = read_dot(&text);
    let of = |name: &str| read.groups.get(name).map(|nodes| nodes.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(of("Soil"), Some(vec!["beds", "seeds"]));
    assert_eq!(of("Water"), Some(vec!["hose"]));
    assert_eq!(read.groups.len(), 2, "{text}");
}

#[test]
fn open_items_and_what_they_wait_for_are_shown() {
    // The barrel is done, so nothing waits for it; compost will never be, and is what the beds wait for; the bench is alone.
    let all = ("beds calendar compost hose seeds", "compost→beds hose→beds seeds→calendar beds→seeds calendar→seeds");
    assert_eq!(part(&GraphOptions::default()), (all.0.to_owned(), all.1.to_owned()));
}

#[test]
fn all_shows_closed_items_and_those_without_dependencies_too() {
    let (nodes, edges) = part(&GraphOptions { all: true, ..GraphOptions::default() });
    assert_eq!(nodes, "barrel beds bench calendar compost hose seeds");
    assert!(edges.contains("barrel→hose"), "{edges}");
}

#[test]
fn an_item_is_shown_with_all_before_and_after_it() {
    let around = |id: &str, all: bool| {
        let roadmap = roadmap(PLAN);
        part(&GraphOptions { all, scope: Scope::Around(item_id(&roadmap, id)), by_theme: false }).0
    };
    assert_eq!(around("hose", false), "beds calendar hose seeds");
    assert_eq!(around("hose", true), "barrel beds calendar hose seeds");
    assert_eq!(around("compost", false), "beds calendar compost seeds");
    assert_eq!(around("bench", false), "bench", "an item that nothing joins stands alone");
}

#[test]
fn some_items_are_shown_with_what_they_wait_for() {
    let roadmap = roadmap(PLAN);
    let water = roadmap.themes.iter().zip(&roadmap.plan.themes).find(|(_, theme)| theme.entry.id == "water");
    let items: BTreeSet<ItemId> = water.expect("a theme").0.items.iter().copied().collect();
    let scope = Scope::Of(items);
    let (nodes, edges) = part(&GraphOptions { scope: scope.clone(), ..GraphOptions::default() });
    assert_eq!((nodes.as_str(), edges.as_str()), ("beds calendar seeds", "seeds→calendar beds→seeds calendar→seeds"));
    assert_eq!(part(&GraphOptions { scope, all: true, by_theme: false }).0, "barrel beds calendar hose seeds");
}

#[test]
fn what_is_internal_is_in_no_public_graph() {
    let plan = PLAN.replace("title: Hose\n", "title: Hose\nvisibility: internal\n");
    let named = roadmap_for(&plan, Audience::Public, false);
    assert_eq!(
        answer(roadmap_for(&plan, Audience::Public, false)).err().map(|refused| refused.reason),
        Some(Reason::InternalReference)
    );
    let public = answered(unguarded(named));
    let internal = answered(roadmap(&plan));
    for format in [GraphFormat::Dot, GraphFormat::Mermaid, GraphFormat::Json] {
        let wanted = GraphOptions { all: true, ..GraphOptions::default() };
        let text = graph(&public, &wanted, format);
        assert!(!text.contains("Hose") && !text.contains("in progress"), "{text}");
        assert!(graph(&internal, &wanted, format).contains("Hose"));
    }
}

#[test]
fn a_plan_without_dependencies_gives_an_empty_graph() {
    let plan = answered(roadmap("//- plan/items/a.md\n# A\n"));
    for format in [GraphFormat::Dot, GraphFormat::Mermaid, GraphFormat::Json] {
        let read = read(&graph(&plan, &GraphOptions::default(), format), format);
        assert!(read.nodes.is_empty() && read.edges.is_empty());
    }
}

fn read(text: &str, format: GraphFormat) -> Read {
    match format {
        GraphFormat::Dot => read_dot(text),
        GraphFormat::Mermaid => read_mermaid(text),
        GraphFormat::Json => read_json(text),
    }
}

/// What could be taken for something else by one of the three readers.
const HOSTILE: &[&str] = &[
    "\"",
    "\\",
    "\n",
    "\r\n",
    "\t",
    "\u{7}",
    "\u{1b}[31m",
    "<b>",
    "</b>",
    "&",
    "&lt;",
    "&#34;",
    "#",
    "#quot;",
    "#35;",
    ";",
    ":",
    "%%",
    "%%{init: {}}%%",
    "`",
    "[",
    "]",
    "]]",
    "{",
    "}",
    "(",
    ")",
    "|",
    "--> n1",
    "->",
    "end",
    "click n1 x",
    "style n1:#f00;",
    "classDef",
    ":::done",
    "@{shape: x}",
    "\\N",
    "\\G",
    "\\l",
    "\\\\",
    "<br/>",
    "<script>",
    "ﬂ°°34¶ß",
    "ﬂ°amp¶ß",
    "\u{2028}",
    "\u{200f}",
    "🌱",
    "ß",
    "面白い",
    "'",
    "$x$",
    "~",
    "^",
    "*",
    "_",
    "=",
    "digraph",
    "subgraph",
    "//",
    "/*",
    "\u{feff}",
];

fn hostile_text(rng: &mut Rng) -> String {
    let mut text = String::from("x");
    for _ in 0..rng.usize(1..=7) {
        text.push_str(HOSTILE[rng.usize(0..HOSTILE.len())]);
        if rng.bool() {
            text.push(' ');
        }
    }
    text
}

/// A plan whose texts are hostile; JSON's strings are strings of YAML.
fn hostile_plan(rng: &mut Rng) -> String {
    let string = |text: &str| serde_json::to_string(text).expect("text");
    let mut plan = format!("//- roadbook.yml\ntitle: {}\n", string(&hostile_text(rng)));
    for theme in 0..2 {
        _ = write!(plan, "//- plan/themes/t{theme}.md\n---\ntitle: {}\n---\n", string(&hostile_text(rng)));
    }
    let items = rng.usize(2..=12);
    for at in 0..items {
        let (title, status) = (string(&hostile_text(rng)), string(&hostile_text(rng)));
        let needs: Vec<String> = (0..rng.usize(0..3)).map(|_| format!("i{}", rng.usize(0..items))).collect();
        let (theme, needs) = (rng.usize(0..2), needs.join(", "));
        _ = write!(
            plan,
            "//- plan/items/i{at}.md\n---\ntitle: {title}\nstatus: {status}\ntheme: t{theme}\ndepends_on: [{needs}]\n---\n"
        );
    }
    plan
}

/// A text as a label may show it: one line, nothing that cannot be seen, nothing that turns what follows.
fn plain(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let is_shown = |c: &char| visible(*c) == Some(*c);
    let shown: String = spaced.chars().filter(is_shown).collect();
    shown.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ").replace("##[", "## [")
}

fn faults(roadmap: &Roadmap, read: &Read, format: GraphFormat) -> Vec<String> {
    let mut faults = Vec::new();
    let items = &roadmap.plan.items;
    let edges: BTreeSet<(String, String)> = (items.iter().zip(&roadmap.items))
        .flat_map(|(item, resolved)| resolved.links.needs().map(move |on| (on, item)))
        .map(|(on, item)| (items[on].entry.slug.clone(), item.entry.slug.clone()))
        .collect();
    // Mermaid's nodes are numbered in the order of the items.
    let slug = |name: &String| match format {
        GraphFormat::Mermaid => {
            let number: usize = name.trim_start_matches('n').parse().unwrap_or(0);
            number
                .checked_sub(1)
                .and_then(|index| items.get(ItemId::new(index)))
                .map_or_else(String::new, |item| item.entry.slug.clone())
        }
        _ => name.clone(),
    };
    let found: BTreeSet<(String, String)> = read.edges.iter().map(|(from, to)| (slug(from), slug(to))).collect();
    if found != edges || read.edges.len() != edges.len() {
        faults.push(format!("edges {found:?} instead of {edges:?}"));
    }
    let labels: BTreeMap<String, &String> = read.nodes.iter().map(|(name, label)| (slug(name), label)).collect();
    if labels.len() != items.len() {
        faults.push(format!("{} nodes", labels.len()));
    }
    for item in items {
        let title = if format == GraphFormat::Json { item.entry.title.clone() } else { plain(&item.entry.title) };
        if !labels.get(&item.entry.slug).is_some_and(|label| label.starts_with(&title)) {
            faults.push(format!("{title:?} is {:?}", labels.get(&item.entry.slug)));
        }
    }
    faults
}

#[test]
fn whatever_an_author_writes_reads_back() {
    for seed in 0..120 {
        let plan = hostile_plan(&mut Rng::with_seed(seed));
        let answer = answered(roadmap(&plan));
        for format in [GraphFormat::Dot, GraphFormat::Mermaid, GraphFormat::Json] {
            let wanted = GraphOptions { all: true, by_theme: seed % 2 == 0, scope: Scope::Plan };
            let text = graph(&answer, &wanted, format);
            let found = faults(answer.roadmap(), &read(&text, format), format);
            assert_eq!(found, Vec::<String>::new(), "seed {seed}, {format:?}\n{text}");
        }
    }
}

#[test]
fn equal_plans_give_equal_bytes() {
    for seed in 0..20 {
        let plan = hostile_plan(&mut Rng::with_seed(seed));
        for format in [GraphFormat::Dot, GraphFormat::Mermaid, GraphFormat::Json] {
            let text = || graph(&answered(roadmap(&plan)), &GraphOptions::default(), format);
            assert_eq!(text(), text(), "seed {seed}");
        }
    }
}

#[test]
fn the_readers_of_this_test_are_strict() {
    let dot = written(&GraphOptions::default(), GraphFormat::Dot);
    let mermaid = written(&GraphOptions::default(), GraphFormat::Mermaid);
    assert!(std::panic::catch_unwind(|| read_dot(&dot.replacen("\\\"sunny", "\"sunny", 1))).is_err());
    assert!(std::panic::catch_unwind(|| read_dot(&dot.replacen("Hose", "Ho&se", 1))).is_err());
    assert!(std::panic::catch_unwind(|| read_dot(&dot.replacen("label=\"", "label=<", 1))).is_err());
    assert!(std::panic::catch_unwind(|| read_mermaid(&mermaid.replacen("#quot;", "\"", 1))).is_err());
    assert!(std::panic::catch_unwind(|| read_mermaid(&mermaid.replacen("Hose", "%%Hose", 1))).is_err());
    assert!(std::panic::catch_unwind(|| read_mermaid(&(mermaid + "  click n1 x\n"))).is_err());
}

/// Where Graphviz is installed, it has the last word.
#[test]
fn dot_itself_reads_what_is_written() {
    if Command::new("dot").arg("-V").output().is_err() {
        return;
    }
    for seed in 0..12 {
        let answer = answered(roadmap(&hostile_plan(&mut Rng::with_seed(seed))));
        let wanted = GraphOptions { all: true, by_theme: seed % 2 == 0, scope: Scope::Plan };
        let text = graph(&answer, &wanted, GraphFormat::Dot);
        let mut dot = Command::new("dot")
            .arg("-Tsvg")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("dot starts");
        dot.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("dot reads");
        let output = dot.wait_with_output().expect("dot ends");
        let (svg, said) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success() && said.is_empty(), "seed {seed}: {said}\n{text}");
        assert_eq!(svg.matches("class=\"node").count(), answer.roadmap().items.len(), "seed {seed}\n{text}");
    }
}
