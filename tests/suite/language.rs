//! What the author wrote is in the plan's language, and the skin's own words are English: each page says which is which.
//!
//! Every text of the author in this plan has a letter that no word of the skin has.

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

use crate::support::page;

const PLAN: &str = "\
//- roadbook.yml
title: Weißer Stuhl
description: Was wir draußen vorhaben
language: de
base_url: https://example.org/stuhl/
repository: https://example.org/strasse
horizons: [Größeres jetzt, Großes danach]
states:
  fließt: active
  abgeschloßen: done
//- plan/vision.md
---
product_goal: Draußen sitzen
customers: [Fußgänger]
needs: [Muße]
positioning: {category: Ein Straßenstuhl}
north_star: Genoßene Stunden
---
# Jeder genießt

Ein großer Text.
//- plan/pages/grundsatz.md
---
summary: Kurz und süß
---
# Maßstäbe

Am Fuße.

## Erste Straße

Weiß.

## Zweite Straße

Weiß.

### Dritte Straße

Weiß.
//- plan/themes/fuss.md
---
status: fließt
horizon: Größeres jetzt
owner: Herr Weiß
summary: Alles mit Füßen
outcomes:
  - metric: Größe des Fußes
    baseline: 3 Füße
    target: 9 Füße
    current: 5 Füße
evidence: [Gespräch mit Frau Groß]
x_maßband: süße Angabe
---
# Große Füße

Warum Füße.
//- plan/themes/lehne.md
---
horizon: Irgendwann außerdem
---
# Weiße Lehne

Warum weiß.
//- plan/items/eins.md
---
aliases: [ur-eins]
status: fließt
type: größeres
theme: fuss
horizon: Größeres jetzt
owner: Herr Weiß
team: Gießer
milestone: Außenprobe
tags: [draußen]
value: 8
effort: 3
start: 2026-11-01
target: 2026-12-01
supersedes: [drei]
relates: [vier]
links: ['Gespräch, weiß', 'https://example.org/a']
evidence: [Gespräch mit Frau Groß]
summary: Eins ist süß
x_maßband: süße Angabe
---
# Fuß ansetzen

Am Fuße.

> [!NOTE]
> Süß.

## Acceptance criteria

- [x] Weiß
- [ ] Größe
//- plan/items/zwei.md
---
theme: fuss
horizon: Großes danach
depends_on: [eins, außerhalb]
parent: eins
milestone: Außenprobe
value: 5
effort: 2
due: 2026-11-05
---
# Süße Zwei
//- plan/items/drei.md
---
status: abgeschloßen
updated: 2026-10-05
theme: fuss
---
# Dreißig
//- plan/items/vier.md
---
value: 13
effort: 2
owner: Frau Groß
depends_on: [eins]
horizon: now
---
# Große Vier
//- plan/items/sechs.md
---
depends_on: [sieben]
---
# Sechs Füße
//- plan/items/sieben.md
---
depends_on: [sechs]
status: dropped
---
# Sieben Füße
//- plan/items/fünf.md
---
priority: low
---
# Fünf Füße
";

/// The same without names of horizons and themes.
const BARE: &str = "\
//- roadbook.yml
title: Weißer Stuhl
language: de
//- plan/items/eins.md
---
status: planned
---
# Fuß ansetzen
//- plan/items/zwei.md
---
status: idea
---
# Süße Zwei
";

const PAGES: &[&str] = &[
    "index.html",
    "roadmap.html",
    "backlog.html",
    "alignment.html",
    "dependencies.html",
    "health.html",
    "scoring.html",
    "404.html",
    "milestones.html",
    "owners.html",
    "tags.html",
    "items/eins.html",
    "items/zwei.html",
    "items/drei.html",
    "items/vier.html",
    "items/sechs.html",
    "items/ur-eins.html",
    "themes/fuss.html",
    "themes/lehne.html",
    "pages/grundsatz.html",
    "milestones/außenprobe.html",
    "owners/herr-weiß.html",
    "tags/draußen.html",
    "embed/board.html",
    "embed/backlog.html",
    "embed/themes/fuss.html",
    "roadmap.svg",
];

/// A text of a page with its language and the names and classes of what it is in, from the inside.
#[derive(Debug)]
struct Text {
    text: String,
    lang: String,
    within: Vec<String>,
}

fn texts(node: &Handle, lang: &str, within: &[String], found: &mut Vec<Text>) {
    let (mut lang, mut within) = (lang.to_owned(), within.to_vec());
    let mut add = |text: &str, lang: &str, within: &[String]| {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.chars().any(char::is_alphabetic) {
            found.push(Text { text, lang: lang.to_owned(), within: within.to_vec() });
        }
    };
    match &node.data {
        NodeData::Text { contents } => add(&contents.borrow(), &lang, &within),
        NodeData::Element { name, attrs, .. } => {
            let attrs = attrs.borrow();
            let get =
                |name: &str| attrs.iter().find(|attr| &*attr.name.local == name).map(|attr| attr.value.to_string());
            lang = get("lang").unwrap_or(lang);
            within.insert(0, format!("{}.{}", name.local, get("class").or_else(|| get("name")).unwrap_or_default()));
            let mut said = vec!["aria-label", "title", "placeholder", "alt"];
            if get("name").as_deref() == Some("description") {
                said.push("content");
            }
            for value in said.into_iter().filter_map(get) {
                add(&value, &lang, &within);
            }
        }
        _ => {}
    }
    node.children.borrow().iter().for_each(|child| texts(child, &lang, &within, found));
}

/// Texts that are not in the language that they should be in. Not asked are names of files and codes, addresses, bodies and drawings, each of
/// which is one container for all that is in it, and texts that are both: the title of a page of the skin's, and sentences of the skin that
/// name an item.
fn wrong(html: &str) -> Vec<String> {
    let page = parse_document(RcDom::default(), ParseOpts::default()).one(html);
    let mut found = Vec::new();
    texts(&page.document, "", &[], &mut found);
    assert!(found.len() > 3, "no page: {html}");
    let is_in = |text: &Text, places: &[&str]| text.within.iter().any(|within| places.contains(&within.as_str()));
    let complaint = |text: Text| {
        let is_authors = text.text.contains('ß');
        let is_asked = match (is_authors, text.lang.as_str()) {
            _ if is_in(&text, &["code."]) || text.text.starts_with("example.org/") => false,
            (false, "de") => !is_in(&text, &["div.prose", "svg.dep-graph", "svg.timeline"]),
            (true, "en") => {
                let is_title = is_in(&text, &["title."]) && text.text.ends_with(" · Weißer Stuhl");
                let is_missing = text.text.ends_with(", which is not in the plan");
                let is_sentence = is_missing
                    || is_in(&text, &["p.why", "section.place", "td.misfit"])
                        && (text.text.contains(" Fuß ") || text.text.contains(" Füße"));
                !is_title && !is_sentence
            }
            _ => true,
        };
        let wanted = if is_authors { "de" } else { "en" };
        let within = text.within.join(" < ");
        (is_asked && text.lang != wanted).then(|| format!("{:?} is {:?}, in {within}", text.text, text.lang))
    };
    found.into_iter().filter_map(complaint).collect()
}

#[test]
fn each_text_says_its_language() {
    let mut complaints = Vec::new();
    for address in PAGES {
        let html = page(PLAN, address);
        complaints.extend(wrong(&html).into_iter().map(|text| format!("{address}: {text}")));
        // The check can fail, in either way.
        assert!(!wrong(&html.replace("lang=\"de\"", "lang=\"en\"")).is_empty(), "{address} has nothing of the author");
        assert!(!wrong(&html.replace("lang=\"en\"", "lang=\"de\"")).is_empty(), "{address} has nothing of the skin");
        assert!(address.ends_with(".svg") || html.contains("<html lang=\"en\">"), "{address}");
        assert!(!html.contains("og:locale"), "a language without a country is no locale: {address}");
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    assert!(page(&PLAN.replace("language: de", "language: de-AT"), "index.html").contains("content=\"de_AT\""));
}

#[test]
fn names_that_the_site_gives_are_the_skins() {
    for address in ["index.html", "roadmap.html", "backlog.html", "roadmap.svg", "embed/board.html"] {
        assert_eq!(wrong(&page(BARE, address)), Vec::<String>::new(), "{address}");
    }
    let named = BARE.replace("status: planned", "horizon: now");
    let html = page(&named, "roadmap.html");
    assert!(html.contains(">Now <") && html.contains(">No horizon <"), "the columns are named otherwise: {html}");
    assert_eq!(wrong(&html), Vec::<String>::new());
}

#[test]
fn a_page_in_one_language_says_it_once() {
    let plan = PLAN.replace("language: de\n", "");
    for address in PAGES {
        assert_eq!(page(&plan, address).matches("lang=\"").count(), 1, "{address}");
    }
}
