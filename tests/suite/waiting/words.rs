//! What stands beside the names in `depends_on`: decoration, a remark, or something else that is waited for.

use roadbook::resolve::Roadmap;

use super::{codes, json_item, needs, readiness, why};
use crate::support::{item_id, page, roadmap, text_of_html};

/// What is done: `soil`, `RB-1` (*Seed box*), *Dig, rake and sow*, *Water (by hand)*, *Paint: two coats*.
/// What is open: `fence`, `RB-2` (*Gate*).
const GARDEN: &str = "//- plan/items/soil.md\n---\ntitle: Soil is tested\nstatus: done\n---\n\
     //- plan/items/fence.md\n---\ntitle: A fence\nstatus: planned\n---\n\
     //- plan/items/seed.md\n---\nid: RB-1\ntitle: Seed box\nstatus: done\n---\n\
     //- plan/items/gate.md\n---\nid: RB-2\ntitle: Gate\nstatus: planned\n---\n\
     //- plan/items/sow.md\n---\ntitle: Dig, rake and sow\nstatus: done\n---\n\
     //- plan/items/can.md\n---\ntitle: Water (by hand)\nstatus: done\n---\n\
     //- plan/items/coat.md\n---\ntitle: \"Paint: two coats\"\nstatus: done\n---\n";

fn garden(needs: &str) -> Roadmap {
    roadmap(&format!("{GARDEN}//- plan/items/x.md\n---\ntitle: X\nstatus: planned\ndepends_on: {needs}\n---\n"))
}

/// The ids that `x` depends on, the names that match nothing, and the words that it waits for.
fn read(roadmap: &Roadmap) -> (String, Vec<String>, Vec<String>) {
    let links = &roadmap.items[item_id(roadmap, "x")].links;
    let texts = |texts: &[roadbook::plan::Text]| texts.iter().map(|text| text.value.clone()).collect();
    let ids: Vec<String> = needs(roadmap, "x").into_iter().map(|(id, _)| id).collect();
    (ids.join(" "), texts(&links.missing), texts(&links.waits_for))
}

#[test]
fn several_names_in_one_value_are_several_dependencies() {
    for (value, ids) in [
        ("\n  - soil, fence", "fence soil"),
        ("soil; fence", "fence soil"),
        ("RB-1 - RB-2", "RB-1 RB-2"),
        ("\n  - RB-1 (and RB-2)", "RB-1 RB-2"),
        ("\n  - soil (and fence)", "fence soil"),
        ("\n  - RB-1: and RB-2", "RB-1 RB-2"),
        ("RB-1 RB-2", "RB-1 RB-2"),
        ("RB-1/RB-2", "RB-1 RB-2"),
        ("'[fence](soil.md)'", "fence soil"),
        ("'[[soil]] and [the wall](fence.md)'", "fence soil"),
        ("soil and fence", "fence soil"),
        ("soil fence", "fence soil"),
        ("Soil is tested and a fence", "fence soil"),
        ("'[[soil]] [[fence]]'", "fence soil"),
        ("'[s](soil.md), [f](fence.md)'", "fence soil"),
        ("'soil and [[fence]]'", "fence soil"),
        ("'[[soil]] [[fence]] [[RB-2]]'", "fence RB-2 soil"),
        ("\n  - soil (and fence), RB-2", "fence RB-2 soil"),
        ("soil.md fence.md", "fence soil"),
        ("\n  - soil\n  -fence", "fence soil"),
        ("\n- soil\n-fence", "fence soil"),
        ("RB-1 (see there, RB-2)", "RB-1 RB-2"),
        ("\n  - fence: [soil]", "fence soil"),
        ("\n  - fence: {after: soil}", "fence soil"),
        ("\n  - fence:\n    - soil", "fence soil"),
        ("{id: RB-1, also: RB-2}", "RB-1 RB-2"),
    ] {
        let roadmap = garden(value);
        assert_eq!(read(&roadmap), (ids.to_owned(), vec![], vec![]), "{value}");
        assert_eq!(readiness(&roadmap, "x"), "blocked", "{value}");
    }
}

/// A title is one name, whatever signs are in it, alone and among others.
#[test]
fn a_title_is_one_name_whatever_is_in_it() {
    for (value, ids) in [
        ("Dig, rake and sow", "sow"),
        ("RB-1, dig, rake and sow", "RB-1 sow"),
        ("\n  - RB-1, Dig, rake and sow", "RB-1 sow"),
        ("Dig, rake and sow - needed in spring", "sow"),
        ("Water (by hand)", "can"),
        ("Water (by hand), soil", "can soil"),
        ("'Water (by hand) # needed in spring'", "can"),
        ("Dig, rake and sow (needed in spring)", "sow"),
        ("|\n  Dig, rake and sow\n", "sow"),
        ("\n  - Paint: two coats", "coat"),
    ] {
        let roadmap = garden(value);
        assert_eq!(read(&roadmap), (ids.to_owned(), vec![], vec![]), "{value}");
        assert_eq!((readiness(&roadmap, "x"), codes(&roadmap)), ("ready", vec![]), "{value}");
    }
}

/// What is neither decoration nor plainly a remark is waited for in its author's words, whatever is done beside it.
#[test]
fn words_beside_a_done_item_are_waited_for() {
    for (value, ids, words) in [
        ("\n  - soil, the council agrees", "soil", "the council agrees"),
        ("soil, the council agrees", "soil", "the council agrees"),
        ("soil and the consent of the council", "soil", "the consent of the council"),
        ("soil + the consent", "soil", "the consent"),
        ("\n  - RB-1 plus consent of the council", "RB-1", "consent of the council"),
        ("\n  - Council, after RB-1", "RB-1", "Council, after RB-1"),
        ("\n  - soil (once the council has agreed)", "soil", "once the council has agreed"),
        ("soil, once the council has agreed", "soil", "once the council has agreed"),
        ("\n  - soil: if the council agrees", "soil", "if the council agrees"),
        ("soil unless it rains", "soil", "unless it rains"),
        ("'[[soil]] and the council'", "soil", "the council"),
        ("'[the council](https://forge.example/7) and [[soil]]'", "soil", "the council (https://forge.example/7)"),
        ("'[the council](https://forge.example/7)'", "", "the council (https://forge.example/7)"),
        ("'ask [the council](https://forge.example/7) first'", "", "ask the council (https://forge.example/7) first"),
        ("'[](https://forge.example/7)'", "", "https://forge.example/7"),
        ("RB-1 - consent of the council", "RB-1", "consent of the council"),
        ("RB-1 to RB-1", "RB-1", "RB-1 to RB-1"),
        ("before RB-1", "RB-1", "before RB-1"),
        ("{consent of the council: [soil]}", "soil", "consent of the council"),
        ("none (but the council)", "", "none (but the council)"),
        ("'?'", "", "?"),
        ("TBD", "", "TBD"),
    ] {
        let roadmap = garden(value);
        assert_eq!(read(&roadmap), (ids.to_owned(), vec![], vec![words.to_owned()]), "{value}");
        assert_eq!((readiness(&roadmap, "x"), codes(&roadmap)), ("waiting", vec![]), "{value}");
    }
    assert_eq!(read(&garden("RB-1–RB-2")).2, ["RB-1–RB-2"], "a range may mean more");
    assert_eq!(readiness(&garden("[none, '-', n/a]"), "x"), "ready");
}

/// Signs, plain words, the words of the title and what begins like a reason say something of the name and nothing else.
#[test]
fn remarks_on_a_done_item_leave_it_ready() {
    for (value, remark) in [
        ("'**RB-1**'", ""),
        ("'[x] RB-1'", ""),
        ("RB-1 - Seed box", "Seed box"),
        ("RB-1 – the box", "the box"),
        ("The seed box (RB-1)", "The seed box"),
        ("RB-1 (done)", "done"),
        ("soil, once merged", "once merged"),
        ("when RB-1 has been released", "when RB-1 has been released"),
        ("RB-1 because RB-2 needs it too", "because RB-2 needs it too"),
        ("soil (needed, really)", "needed, really"),
        ("\n  - soil: the council wants to know", "the council wants to know"),
        ("'soil # the council wants to know'", "the council wants to know"),
        ("{hard: [soil]}", "hard"),
        ("{garden: [soil]}", "garden"),
        ("{id: soil, reason: health}", "reason: health"),
        ("'[the black earth](soil.md)'", "the black earth"),
        ("'[soil](soil.md \"the black earth\")'", "the black earth"),
        ("'[[soil|the black earth]]'", "the black earth"),
        ("'[[soil|soil]]'", ""),
    ] {
        let roadmap = garden(value);
        let [(_, said)] = needs(&roadmap, "x").try_into().expect("one dependency");
        assert_eq!((said.as_str(), readiness(&roadmap, "x"), codes(&roadmap)), (remark, "ready", vec![]), "{value}");
    }
}

/// A name that is a part of an address of another place is none of ours.
#[test]
fn a_part_of_an_address_is_no_name() {
    for value in [
        "https://forge.example/browse/RB-1",
        "other:soil",
        "jira:RB-1",
        "../../other/soil.md",
        "other/soil.md",
        "other/soil",
        "https://forge.example/plan/items/soil.md",
        "team@soil",
        "see ../other/soil.md",
    ] {
        let roadmap = garden(value);
        let (ids, missing, words) = read(&roadmap);
        assert_eq!((ids.as_str(), missing.len() + words.len()), ("", 1), "{value}");
        assert!(["blocked", "waiting"].contains(&readiness(&roadmap, "x")), "{value}");
    }
    for value in ["soil.md", "./soil.md", "../items/soil.md", "items/soil.md", "/plan/items/soil.md"] {
        assert_eq!(read(&garden(value)).0, "soil", "{value}");
    }
}

/// What has the form of the plan's ids, or stands alone between commas, and matches nothing is reported beside what matches.
#[test]
fn an_unknown_name_beside_a_known_one_is_reported() {
    for (value, name) in [
        ("RB-1 RB-99", "RB-99"),
        ("RB-1/RB-99", "RB-99"),
        ("RB-1 & RB-99", "RB-99"),
        ("\n  - RB-1, RB-99", "RB-99"),
        ("RB-1 - RB-99", "RB-99"),
        ("first RB-1 then RB-99 then RB-2", "RB-99"),
        ("soil; nobody", "nobody"),
        ("'[[soil]] [[nobody]]'", "nobody"),
    ] {
        let roadmap = garden(value);
        assert_eq!(readiness(&roadmap, "x"), "blocked", "{value}");
        assert_eq!(read(&roadmap).1, [name], "{value}");
        assert_eq!(codes(&roadmap), ["unknown-dependency"], "{value}");
    }
}

/// What is in the plan and is no item, or several, is not said to be missing from it.
#[test]
fn a_name_that_means_no_one_item_is_said_to() {
    let twice = "//- plan/themes/green.md\n# Green roofs\n//- plan/items/y.md\n# A fence\n//- plan/items/z.md\n---\ndepends_on: A fence\n---\n\
                 //- plan/items/w.md\n---\ndepends_on: green\n---\n//- plan/items/v.md\n---\ndepends_on: Green roofs\n---\n\
                 //- plan/items/u.md\n---\ndepends_on: \"[[soil]] [[green]]\"\n---\n";
    let plan = format!("{GARDEN}{twice}");
    let roadmap = roadmap(&plan);
    for (id, says) in [
        ("z", "depends on “A fence”, which fits 2 items"),
        ("w", "depends on “green”, which is a theme and no item"),
        ("v", "depends on “Green roofs”, which is a theme and no item"),
        ("u", "depends on “green”, which is a theme and no item"),
    ] {
        assert_eq!(readiness(&roadmap, id), "blocked");
        assert!(why(&roadmap, id).ends_with(says), "{}", why(&roadmap, id));
        let text = text_of_html(&page(&plan, &format!("items/{id}.html")));
        assert!(!text.contains("not in the plan"), "{text}");
        assert_eq!(json_item(&plan, id)["waiting_for"][0]["unknown"], true);
    }
}

/// A Markdown link to another place is a link with its words on pages, and words with their address where there are no links.
#[test]
fn a_link_elsewhere_is_read_as_one() {
    let links = "blocks: '[their launch](https://forge.example/8)'\nlinks: ['[the paper](https://forge.example/9)', https://forge.example/9]\n\
                 issue: https://forge.example/9\n";
    let needs = "depends_on: '[the council](https://forge.example/7)'";
    let plan = format!("//- plan/items/x.md\n---\ntitle: X\nstatus: planned\n{needs}\n{links}---\n");
    let shown = page(&plan, "items/x.html");
    for (address, words) in [(7, "the council"), (8, "their launch"), (9, "the paper"), (9, "forge.example/9")] {
        let link = format!("<a href=\"https://forge.example/{address}\"");
        let link = shown.split(&link).skip(1).filter(|rest| rest.split('>').nth(1) == Some(&format!("{words}</a")));
        assert_eq!(link.count(), 1, "{words}: {shown}");
    }
    assert!(!text_of_html(&shown).contains("]("), "{shown}");
    assert!(why(&roadmap(&plan), "x").ends_with("waits for “the council (https://forge.example/7)”"));
    assert_eq!(json_item(&plan, "x")["waiting_for"][0]["address"], "https://forge.example/7");
}

/// The address of what is named beside it is nothing else to wait for; any other address is.
#[test]
fn an_address_of_what_is_named_is_no_other_thing() {
    for value in [
        "RB-1 (https://forge.example/browse/RB-1)",
        "RB-1 https://forge.example/browse/rb-1/",
        "'RB-1: https://forge.example/browse/RB-1?focus=7'",
        "'[RB-1](https://forge.example/browse/RB-1)'",
        "soil (https://forge.example/soil#top)",
        "soil, RB-1 (https://forge.example/browse/RB-1)",
    ] {
        let roadmap = garden(value);
        assert_eq!((readiness(&roadmap, "x"), codes(&roadmap)), ("ready", vec![]), "{value}");
        assert!(!needs(&roadmap, "x").is_empty(), "{value}");
    }
    for (value, words) in [
        ("RB-1 (https://forge.example/browse/RB-2)", "https://forge.example/browse/RB-2"),
        ("RB-1 (https://forge.example/RB-1-contract)", "https://forge.example/RB-1-contract"),
        ("RB-1 (https://forge.example/RB-1/contract)", "https://forge.example/RB-1/contract"),
        ("'[RB-1](https://forge.example/contract)'", "RB-1 (https://forge.example/contract)"),
    ] {
        let roadmap = garden(value);
        assert_eq!(read(&roadmap), ("RB-1".to_owned(), vec![], vec![words.to_owned()]), "{value}");
    }
}

/// `blocked` says by what, or only that: either way the item waits, whatever is called `blocked` or `true`.
#[test]
fn blocked_in_front_matter_makes_an_item_wait() {
    let others = format!("{GARDEN}//- plan/items/blocked.md\n---\ntitle: 'true'\nstatus: done\n---\n");
    let with =
        |line: &str| roadmap(&format!("{others}//- plan/items/x.md\n---\ntitle: X\nstatus: planned\n{line}\n---\n"));
    for (line, ids, words) in [
        ("blocked: true", "", "blocked: true"),
        ("Blocked: YES", "", "Blocked: YES"),
        ("blocked: by legal", "", "by legal"),
        ("blocked: \"by legal, as ever\"", "", "by legal, as ever"),
        ("blocked: [by legal]", "", "by legal"),
        ("blocked: RB-1 and by legal", "RB-1", "by legal"),
        ("blocked: '?'", "", "?"),
    ] {
        let roadmap = with(line);
        assert_eq!(read(&roadmap), (ids.to_owned(), vec![], vec![words.to_owned()]), "{line}");
        assert_eq!((readiness(&roadmap, "x"), codes(&roadmap)), ("waiting", vec![]), "{line}");
    }
    assert_eq!(readiness(&with("blocked: by RB-2"), "x"), "blocked");
    assert_eq!(readiness(&with("blocked: legal"), "x"), "blocked", "one word is a name");
    for line in ["blocked: false", "blocked: no", "blocked: \"\"", "blocked:", "blocked: none", "blocked: []"] {
        let roadmap = with(line);
        assert_eq!((readiness(&roadmap, "x"), codes(&roadmap)), ("ready", vec![]), "{line}");
    }
}

/// Nobody would wait for a name with a slip in it, in words of `blocks` that hold nothing up.
#[test]
fn a_slip_in_words_that_are_blocked_is_reported() {
    for (value, name) in [
        ("fance", "fance"),
        ("RB-1, fance in spring", "fance"),
        ("fance in spring", "fance"),
        ("the council and fance, in spring", "fance"),
    ] {
        let plan = format!("{GARDEN}//- plan/items/x.md\n---\ntitle: X\nstatus: done\nblocks: {value}\n---\n");
        let found: Vec<String> = roadmap(&plan).diagnostics.iter().map(|found| found.message.clone()).collect();
        assert_eq!(found, [format!("`blocks` names `{name}`, and no item has that id")], "{value}");
    }
    let plan =
        format!("{GARDEN}//- plan/items/x.md\n---\ntitle: X\nstatus: done\nblocks: the fence is a nice thing\n---\n");
    assert_eq!(codes(&roadmap(&plan)), Vec::<&str>::new());
}

/// Other references name several items in the same words.
#[test]
fn relations_name_several_items_in_words() {
    let roadmap = roadmap(&format!("{GARDEN}//- plan/items/x.md\n---\nrelates: RB-1 and RB-2 in spring\n---\n"));
    let links = &roadmap.items[item_id(&roadmap, "x")].links;
    assert_eq!((links.relates.len(), links.see_also.len()), (2, 1));
    for (value, own) in [
        ("\"[[RB-1]] [[RB-2]]\"", 0),
        ("\"[[RB-1]], [[RB-2]]\"", 0),
        ("\"[b](seed.md) and [g](gate.md)\"", 0),
        ("\"[[RB-1|box]] because of [[RB-2]]\"", 1),
    ] {
        let plan = format!("{GARDEN}//- plan/items/x.md\n---\nrelates: {value}\nsupersedes: {value}\n---\n");
        let roadmap = crate::support::roadmap(&plan);
        let x = item_id(&roadmap, "x");
        let links = &roadmap.items[x].links;
        assert_eq!((links.relates.len(), links.supersedes.len(), links.see_also.len()), (2, 2, 0), "{value}");
        assert_eq!(roadmap.plan.items[x].entry.extra.len(), 2 * own, "{value}");
    }
}
