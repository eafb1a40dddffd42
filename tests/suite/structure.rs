//! What the types hold in store: several files behind one item, text that is not saved, references with their places, and two roadmaps
//! in one site.

use std::sync::Arc;

use roadbook::discover::Inputs;
use roadbook::release::{Release, release};
use roadbook::resolve::{Roadmap, Target};
use roadbook::source::{Source, Span};
use roadbook::visibility::Audience;
use roadbook::{Memory, SiteParts, parse};

use crate::support::inputs_of;

const PLAN: &str = "
//- plan/items/a.md
---
title: A
status: planned
theme: th
depends_on: [b, c]
relates: [nowhere]
---
//- plan/items/b.md
---
title: B
status: planned
---
//- plan/items/c.md
---
title: C
status: planned
---
//- plan/themes/th.md
# Th
";

fn roadmap_of(inputs: &Inputs, audience: Audience) -> Roadmap {
    roadbook::roadmap(inputs, audience, false, &mut Memory::default()).0
}

fn release_of(inputs: &Inputs, audience: Audience) -> Release {
    release(roadmap_of(inputs, audience), false).expect("a plan that may leave")
}

#[test]
fn a_place_is_in_the_file_that_its_span_names() {
    let roadmap = roadmap_of(&inputs_of(PLAN), Audience::Internal);
    let mut entry = roadmap.plan.items.iter().next().expect("an item").entry.clone();
    let data = Source::new("plan/items/a.yaml", "---\nowner: ana\nteam: a\n---\n");
    entry.parts.push(Arc::new(parse::parse(&data)));
    let span = entry.parts[0].fields[0].value.span;
    assert_eq!(entry.location(span.in_part(1)).to_string(), "plan/items/a.yaml:2:8");
    assert_eq!(entry.location(span.in_part(1)).source.slice(span), "ana");
    assert_eq!(entry.location(span).source.path, "plan/items/a.md");
    assert_eq!(span.in_part(1).shifted(2), Span { part: 1, ..span.shifted(2) });
}

#[test]
fn text_that_is_not_saved_is_as_good_as_saved() {
    let inputs = inputs_of(PLAN);
    let unsaved = "---\ntitle: B\nstatus: done\n---\n";
    let patched = inputs.with_text("plan/items/b.md", unsaved);
    let saved = inputs_of(&PLAN.replace("title: B\nstatus: planned", "title: B\nstatus: done"));
    let facts = |inputs: &Inputs| {
        let roadmap = roadmap_of(inputs, Audience::Internal);
        let items = roadmap.items_in_order();
        items.map(|item| (item.entry().id.clone(), item.state(), item.readiness())).collect::<Vec<_>>()
    };
    assert_eq!(facts(&patched), facts(&saved));
    assert_ne!(facts(&patched), facts(&inputs), "the text counts");
    assert_eq!(facts(&inputs.with_text("plan/items/none.md", unsaved)), facts(&inputs), "a file that is not there");
}

#[test]
fn references_keep_their_places() {
    let roadmap = roadmap_of(&inputs_of(PLAN), Audience::Internal);
    let item = roadmap.items_in_order().find(|item| item.entry().id == "a").expect("the item");
    let id = |target: Target| target.entry(&roadmap.plan).map(|entry| entry.id.clone());
    let found: Vec<_> = item
        .resolved()
        .links
        .references
        .iter()
        .map(|reference| {
            let place = item.entry().location(reference.span);
            (
                reference.field,
                place.to_string(),
                place.source.slice(place.span).to_owned(),
                reference.target.and_then(id),
            )
        })
        .collect();
    let is = |field, place: &str, name: &str, target: Option<&str>| {
        (field, format!("plan/items/a.md:{place}"), name.to_owned(), target.map(str::to_owned))
    };
    assert_eq!(
        found,
        [
            is("depends_on", "5:14", "b", Some("b")),
            is("depends_on", "5:17", "c", Some("c")),
            is("theme", "4:8", "th", Some("th")),
            is("relates", "6:11", "nowhere", None),
        ]
    );
}

#[test]
fn a_site_knows_what_changed_since_an_earlier_roadmap() {
    let (before, now) =
        (inputs_of(PLAN), inputs_of(&PLAN.replace("title: B\nstatus: planned", "title: B\nstatus: done")));
    let site = |release: Release| roadbook::site(release, SiteParts::default()).expect("the skin's templates");
    let changes =
        |release: Release| -> Vec<String> { site(release).changes().iter().map(ToString::to_string).collect() };
    let release = |inputs: &Inputs| release_of(inputs, Audience::Public);
    assert_eq!(changes(release(&now)), Vec::<String>::new(), "nothing without an earlier one");
    let found = changes(release(&now).since(release(&before)));
    assert!(found.contains(&"`b` is done (was planned)".to_owned()), "{found:?}");
    let internal = release_of(&before, Audience::Internal);
    assert_eq!(
        changes(release(&now).since(internal)),
        Vec::<String>::new(),
        "what another audience saw is no part of it"
    );
}

#[test]
fn every_kind_of_page_is_met() {
    // Everything that a page may need: an address, an old one, groups, a free page, and what hosts read.
    let plan = "
//- roadbook.yml
title: T
base_url: https://example.org/
headers: true
//- plan/items/a.md
---
title: A
aliases: [old]
tags: [t]
---
//- plan/themes/th.md
# Th
//- plan/pages/p.md
# P
";
    let inputs = inputs_of(plan);
    let site = roadbook::site(release_of(&inputs, Audience::Internal), (&inputs).into()).expect("a site");
    let met: Vec<&str> = site.samples().into_iter().map(|(kind, _)| kind).collect();
    let missing: Vec<&&str> = roadbook::site::PAGE_KINDS.iter().filter(|kind| !met.contains(kind)).collect();
    assert!(missing.is_empty(), "no address leads to the kinds {missing:?}: see `pages` in src/site/page.rs");
    for (kind, address) in site.samples() {
        assert!(matches!(site.render(address), Some(Ok(_))), "{kind} at {address}");
    }
}
