//! Fields in other forms than front matter: tables, lists, bold lines and sections of the text.

use roadbook::Memory;
use roadbook::diagnostic::Code;
use roadbook::resolve::Roadmap;
use roadbook::state::State;
use roadbook::visibility::Audience;

use crate::support::{inputs_of, item_id, lines, page, roadmap};

/// A plan with one file that is read so, and a done item `b`.
fn plan(reader: &str, body: &str) -> String {
    format!(
        "//- roadbook.yml\ntitle: T\naudience: internal\ncollections:\n\
         - {{kind: item, include: [a.md], readers: [{reader}]}}\n- {{kind: item, include: [b.md]}}\n\
         //- b.md\n---\ntitle: B\nstatus: done\n---\n//- a.md\n{body}"
    )
}

/// What is known of `a`: its status, owners, dependencies and own fields.
fn known(roadmap: &Roadmap) -> (String, String, String, String) {
    let id = item_id(roadmap, "a");
    let item = &roadmap.plan.items[id];
    let status = item.status.as_ref().map(|status| status.value.clone()).unwrap_or_default();
    let owners: Vec<&str> = item.owners.iter().map(|owner| owner.as_str()).collect();
    let needs: Vec<&str> =
        roadmap.items[id].links.depends_on.iter().map(|need| roadmap.plan.items[need.on].entry.id.as_str()).collect();
    let own = item.entry.extra.iter().map(|field| format!("{}: {}", field.name.value, field.value.flat()));
    (status, owners.join(", "), needs.join(" "), own.collect::<Vec<_>>().join("; "))
}

fn expected(status: &str, owners: &str, needs: &str, own: &str) -> (String, String, String, String) {
    (status.to_owned(), owners.to_owned(), needs.to_owned(), own.to_owned())
}

/// One plan in every form is one plan.
#[test]
fn every_form_says_the_same() {
    let front = "---\nstatus: in progress\nowner: [Ana, Bo]\ndepends on: b\nrisk: low\n---\n# A\n\nWords.\n";
    let forms = [
        (
            "table",
            "# A\n\n| Status | in progress |\n|---|---|\n| Owner | Ana, Bo |\n| Depends on | [B](b.md) |\n| Risk | low |\n\nWords.\n",
        ),
        (
            "table",
            "# A\n\nWords.\n\n| Metadata | |\n|---|---|\n| **Status** | `in progress` |\n| Owner: | Ana, Bo |\n| Depends on | b |\n| Risk | low |\n",
        ),
        (
            "table",
            "# A\r\n\r\n| Field | Value |\r\n|:--|--:|\r\n| Status | in progress |\r\n| Owner | Ana |\r\n| Owner | Bo |\r\n| Depends on | b |\r\n| Risk | low |\r\n\r\nWords.\r\n",
        ),
        ("bullets", "# A\n\n* Status: in progress\n* Owners: Ana, Bo\n* Depends on: b\n* Risk: low\n\nWords.\n"),
        (
            "bullets",
            "A\n=\n\nWords.\n\n- **Status**: in\n  progress\n- __Owners:__\n  - Ana\n  - Bo\n- Depends on: [[b]]\n- Risk: low\n",
        ),
        (
            "bold-lines",
            "# A\n\n**Status:** in progress\n**Owners**: Ana,\nBo\n__Depends on:__ b\n\n**Risk:** low\n\nWords.\n",
        ),
        ("sections", "# A\n\nWords.\n\n## Status\n\nin progress\n\n## Owners\n\nAna, Bo\n\n## Depends on\n\nb\n"),
        (
            "bullets, sections",
            "# A\n\n* Owners: Ana, Bo\n* Risk: low\n\nWords.\n\n## Status\n\n**in progress**\n\n## Depends on\n\nb\n",
        ),
    ];
    let of_front = roadmap(&plan("front-matter", front));
    for (reader, body) in forms {
        let roadmap = roadmap(&plan(reader, body));
        let (status, owners, needs, own) = known(&roadmap);
        assert_eq!((status, owners, needs), ("in progress".into(), "Ana, Bo".into(), "b".into()), "{body}");
        assert_eq!(own.to_lowercase(), if reader == "sections" { "" } else { "risk: low" }, "{body}");
        let (item, other) =
            (&roadmap.plan.items[item_id(&roadmap, "a")], &of_front.plan.items[item_id(&of_front, "a")]);
        assert_eq!((&item.entry.title, &item.entry.summary), (&other.entry.title, &other.entry.summary), "{body}");
        assert_eq!(lines(&roadmap.diagnostics), "", "{body}");
    }
}

/// What is no field stays in the text, and what is one is not shown there again.
#[test]
fn only_what_was_read_leaves_the_text() {
    for (reader, body, read, shown) in [
        // Another table, and one further down.
        ("table", "# A\n\n| Step | Who |\n|---|---|\n| Dig | Ana |\n", ("", ""), "Dig"),
        ("table", "# A\n\n## Team\n\n| Status | done |\n|---|---|\n", ("", ""), "Status"),
        ("table", "# A\n\n| Status | done | x |\n|---|---|---|\n", ("", ""), "Status"),
        // A line right below a table.
        (
            "table",
            "# A\n\n| Status | done |\n|---|---|\n| Owner | Ana |\nSo it is. A text.\n",
            ("done", "Ana"),
            "So it is",
        ),
        ("bullets", "# A\n\n* Status: done\n* Nothing else\n", ("done", ""), "Nothing else"),
        ("table", "# A\n\n| Status | done |\n|---|---|\n| Owner | Ana | Bo |\n", ("done", ""), "Ana"),
        ("bullets", "# A\n\n* Status: done\n* Owner: Ana\n\n  More of her.\n", ("done", ""), "More of her"),
        ("bullets", "# A\n\n* Status: done\n* Owner:\n  * Ana\n    * of Kiel\n", ("done", ""), "of Kiel"),
        ("bullets", "# A\n\n* One\n* Two: three\n\n* Status\n", ("", ""), "Two: three"),
        ("bullets", "# A\n\nWords.\n\n1. Step: dig\n", ("", ""), "Step: dig"),
        ("bold-lines", "# A\n\nThis **status:** done\n", ("", ""), "done"),
        ("bold-lines", "# A\n\n```\n**Status:** done\n```\n", ("", ""), "done"),
        ("bold-lines", "# A\n\n> **Status:** done\n", ("", ""), "done"),
        ("bold-lines", "# A\n\n**Note well!** done\n", ("", ""), "done"),
        ("sections", "# A\n\n## Status\n\ndone\n\nand more\n", ("", ""), "and more"),
        ("sections", "# A\n\n## Context\n\ndone\n", ("", ""), "done"),
        ("sections", "# A\n\n## Status\n\ndone\n\n## Context\n\nIt leaked.\n", ("done", ""), "It leaked."),
        ("bold-lines", "# A\n\n**Status:** done\n\n**Does it leak?:** no\n", ("done", ""), "Does it leak?"),
        ("sections", "# Status\n\ndone\n", ("", ""), "done"),
    ] {
        let files = plan(reader, body);
        let (status, owners, ..) = known(&roadmap(&files));
        assert_eq!((status.as_str(), owners.as_str()), read, "{body}");
        let page = page(&files, "items/a.html");
        let prose = page.split_once("class=\"prose\"").map_or("", |(_, prose)| prose);
        assert!(prose.contains(shown), "{body}: {page}");
        assert!(
            read.0.is_empty() || !prose.split("</div>").next().unwrap_or_default().contains("Status"),
            "{body}: {prose}"
        );
    }
}

/// Findings point into the cell, the entry or the line that they are about.
#[test]
fn findings_have_the_place_of_the_value() {
    for (reader, body, place) in [
        ("table", "# A\n\n| Status | wobbly |\n|---|---|\n", "a.md:3:12"),
        ("table", "# Ä\n\n| x | y |\n|---|---|\n| Status | **wobbly** |\n", "a.md:5:14"),
        ("bullets", "# A\n\n* Status: wobbly\n", "a.md:3:11"),
        ("bold-lines", "# A\n\n**Status:** wobbly\n", "a.md:3:13"),
        ("sections", "# A\n\n## Status\n\nwobbly\n", "a.md:5:1"),
        // Behind front matter.
        ("table", "---\nvalue: 3\n---\n# A\n\n| Status | wobbly |\n|---|---|\n", "a.md:6:12"),
        ("bullets", "---\nvalue: 3\n---\n* Status: wobbly\n", "a.md:4:11"),
    ] {
        let roadmap = roadmap(&plan(reader, body));
        let found: Vec<String> = roadmap
            .diagnostics
            .iter()
            .filter(|found| found.code == Code::UNKNOWN_STATUS)
            .filter_map(|found| found.location.as_ref().map(ToString::to_string))
            .collect();
        assert_eq!(found, [place], "{body}\n{}", lines(&roadmap.diagnostics));
    }
}

/// A status that stands where no reader looks is reported with the reader that would find it.
#[test]
fn silence_names_the_reader() {
    for (body, reader) in [
        ("# A\n\n| Status | done |\n|---|---|\n", "table"),
        ("# A\n\n* Status: done\n", "bullets"),
        ("# A\n\n**Status:** done\n", "bold-lines"),
        ("# A\n\n## Status\n\ndone\n", "sections"),
    ] {
        let silent = roadmap(&plan("front-matter", body));
        let help = silent.diagnostics.iter().find_map(|found| found.help.clone()).unwrap_or_default();
        assert!(help.ends_with(&format!("or `readers: [{reader}]` into the collection")), "{body}: {help}");
        let read = roadmap(&plan(reader, body));
        assert_eq!(known(&read), expected("done", "", "", ""), "{body}");
        assert_eq!(lines(&read.diagnostics), "", "{body}");
    }
}

/// What a reader took and what says nothing is no status in another form.
#[test]
fn a_status_to_be_filled_in_is_silence() {
    for (reader, body) in [
        ("table", "# A\n\n| Status | tbd |\n|---|---|\n| Owner | Ana |\n"),
        ("bullets", "# A\n\n* Status: n/a\n* Owner: Ana\n"),
    ] {
        let files = plan(reader, body).replace("title: T\n", "title: T\ndefault_status: planned\n");
        let roadmap = roadmap(&files);
        assert_eq!(roadmap.plan.items[item_id(&roadmap, "a")].state, State::Planned, "{body}");
        assert_eq!(lines(&roadmap.diagnostics), "", "{body}");
    }
}

/// What was read by one reader is read again by another.
#[test]
fn another_reader_reads_again() {
    let body = "# A\n\n* Status: done\n\n**Status:** in progress\n";
    let memory = &mut Memory::default();
    for (reader, status) in
        [("bullets", "done"), ("bold-lines", "in progress"), ("front-matter", ""), ("bullets", "done")]
    {
        let inputs = inputs_of(&plan(reader, body));
        let roadmap = roadbook::roadmap(&inputs, Audience::Internal, false, memory).0;
        assert_eq!(known(&roadmap).0, status, "{reader}");
    }
}

/// The example of the guide gives what the guide says of it.
#[test]
fn the_example_of_the_guide_is_true() {
    let guide = include_str!("../../docs/adopting.md");
    let (_, example) = guide.split_once("## Example 3").expect("the example");
    let (example, _) = example.split_once("## What to leave").expect("its end");
    let mut blocks = example.split("```").skip(1).step_by(2);
    let mut next = |language: &str| blocks.next().and_then(|block| block.strip_prefix(language)).expect("a block");
    let (heating, boiler, config) = (next("markdown\n"), next("markdown\n"), next("yaml\n"));
    let plan =
        format!("//- roadbook.yml\n{config}//- decisions/heating.md\n{heating}//- decisions/boiler.md\n{boiler}");
    let read = roadmap(&plan);
    let (heating, boiler) = (&read.plan.items[item_id(&read, "heating")], &read.plan.items[item_id(&read, "boiler")]);
    assert_eq!((heating.state, boiler.state), (State::Planned, State::Done));
    assert_eq!(heating.owners, ["Hall committee"]);
    assert_eq!(heating.due.as_ref().map(ToString::to_string).as_deref(), Some("2027-01-15"));
    let needs = &read.items[item_id(&read, "heating")].links.depends_on;
    assert!(needs.iter().any(|need| need.on == item_id(&read, "boiler")), "{needs:?}");
    let own: Vec<&str> = heating.entry.extra.iter().map(|field| field.name.value.as_str()).collect();
    assert_eq!(own, ["Quorum"]);
    let page = page(&plan, "items/heating.html");
    assert!(page.contains("Rehearsals in coats") && !page.contains("id=\"due\""), "{page}");
    assert_eq!(lines(&read.diagnostics), "");
}

/// Of a link to elsewhere its words are the name, and its address is shown with them among the author's own fields.
#[test]
fn a_link_is_called_by_its_words() {
    let body = "# A\n\n| Status | [In progress](https://e.example/s) |\n|---|---|\n| Owner | [Ana](https://e.example/ana), Bo |\n\
                | Tags | one, [two][t] |\n| Milestone | [M1](https://e.example/m1) |\n| Due | [2027-01-15](https://e.example/d) |\n\n\
                [t]: https://e.example/two\n";
    let files = plan("table", body);
    let read = roadmap(&files);
    let item = &read.plan.items[item_id(&read, "a")];
    assert_eq!(known(&read).0, "In progress");
    assert_eq!((item.state, &*item.milestone), (State::Active, "M1"));
    assert_eq!(
        (item.owners.as_slice(), item.tags.as_slice()),
        (&["Ana", "Bo"].map(str::to_owned)[..], &["one", "two"].map(str::to_owned)[..])
    );
    assert_eq!(item.due.as_ref().map(ToString::to_string).as_deref(), Some("2027-01-15"));
    let page = page(&files, "items/a.html");
    for end in ["s", "ana", "two", "m1", "d"] {
        assert!(page.contains(&format!("https://e.example/{end})")), "{end}: {page}");
    }
    assert_eq!(lines(&read.diagnostics), "");
}
