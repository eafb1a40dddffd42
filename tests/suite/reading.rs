//! Everything that an author writes is read, or reported: number signs, quotes, front matter in other forms and places, merge conflicts,
//! words behind a date, entries with a colon, and the endings of Markdown.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod fields;
mod odd;
mod places;
mod toml;

use std::sync::Arc;

use roadbook::date::Date;
use roadbook::diagnostic::Code;
use roadbook::id::ItemId;
use roadbook::parse::{Document, Node, Value, parse};
use roadbook::plan::{Input, Item};
use roadbook::resolve::Roadmap;
use roadbook::source::Source;
use roadbook::state::State;
use roadbook::visibility::Audience;

use crate::support::{fixture_site, item_id, lines, pages_of, put, ran, roadmap, roadmap_for, text_of_html};

/// A file, read.
pub(super) fn document(text: &str) -> Document {
    parse(&Source::new("plan/items/a.md", text))
}

/// A file with these lines between two `---`.
fn head(head: &str) -> Document {
    document(&format!("---\n{head}\n---\n"))
}

/// A value on one line, lists in brackets and maps in braces.
pub(super) fn flat(value: &Value) -> String {
    match &value.node {
        Node::Scalar(text) => text.clone(),
        Node::List(list) => format!("[{}]", list.iter().map(flat).collect::<Vec<_>>().join(" | ")),
        Node::Map(fields) => {
            let entry = |field: &roadbook::parse::Field| format!("{}: {}", field.name.value, flat(&field.value));
            format!("{{{}}}", fields.iter().map(entry).collect::<Vec<_>>().join("; "))
        }
    }
}

/// The fields of a file.
pub(super) fn fields(document: &Document) -> String {
    let field = |field: &roadbook::parse::Field| format!("{} = {}", field.name.value, flat(&field.value));
    document.fields.iter().map(field).collect::<Vec<_>>().join("\n")
}

/// What is found in a file: code and place.
pub(super) fn found(document: &Document) -> Vec<String> {
    let found = document.diagnostics.iter();
    found.map(|found| format!("{}:{}", found.code.name(), found.location.as_ref().unwrap().line_column().0)).collect()
}

fn item(fixture: &str) -> Arc<Item> {
    let roadmap = roadmap(fixture);
    Arc::clone(&roadmap.plan.items[item_id(&roadmap, "a")])
}

fn values(texts: &[roadbook::plan::Text]) -> Vec<&str> {
    texts.iter().map(|text| text.value.as_str()).collect()
}

#[test]
fn a_number_sign_without_a_space_behind_it_is_text() {
    for (written, read, warned) in [
        ("title: Fix #123 in the importer", "title = Fix #123 in the importer", 1),
        ("title: Fix $5 #1 for $6 #2", "title = Fix $5 #1 for $6 #2", 1),
        ("d: #12", "d = #12", 1),
        ("d:\n  - #12\n  - a #b # c", "d = [#12 | a #b]", 2),
        ("d: [#a, b #c, \"x #y\"]", "d = [#a | b #c | x #y]", 2),
        ("d: [\n  a #b,\n  c\n]", "d = [a #b | c]", 1),
        ("d: {k: v #1, l: w}", "d = {k: v #1; l: w}", 1),
        ("d: one #8\n  two #9", "d = one #8 two #9", 2),
        ("note #1: x", "note #1 = x", 1),
        ("a: @x #1\nb: y", "a = @x #1\nb = y", 1),
        ("a: 'it''s #1'\nb: \"say \\\"#1\\\" #2\"", "a = it's #1\nb = say \"#1\" #2", 0),
        ("a: \"over\n  two #1 lines\"", "a = over two #1 lines", 0),
        ("a: |\n  x #1\n\n  #2\nb: c", "a = x #1\n\n#2\n\nb = c", 0),
        ("a: >-\n  x #1\nb: c", "a = x #1\nb = c", 0),
        ("owner: ana # since May", "owner = ana", 0),
        ("owner: ana #", "owner = ana", 0),
        ("#title: x\na: b", "a = b", 0),
        ("a: #of a list\n  - b", "a = [b]", 0),
        ("a: #of a list\n- b", "a = [b]", 0),
        ("a: #of a map\n  b: c", "a = {b: c}", 0),
        ("a: [b, c] #d\ne: \"f\" #g", "a = [b | c]\ne = f", 2),
        ("a: [\n  b, #c\n  d #e\n]", "a = [b | d #e]", 1),
        ("a: b#c", "a = b#c", 0),
    ] {
        let document = head(written);
        assert_eq!(fields(&document), read, "{written}");
        let warned_of = document.diagnostics.iter().filter(|found| found.code == Code::UNQUOTED_HASH);
        assert_eq!(warned_of.count(), warned, "{written}: {:?}", found(&document));
    }
    let document = head("title: Fix #123 in\nowner: ana");
    let place = document.diagnostics[0].location.as_ref().unwrap();
    assert_eq!((place.to_string().as_str(), document.source.slice(place.span)), ("plan/items/a.md:2:12", "#123"));
}

#[test]
fn a_number_sign_reaches_references_and_tags() {
    let roadmap = roadmap(
        "//- plan/items/a.md\n---\ntitle: A\ndepends_on: #12\nrelates: [#13]\ntags: [x #1, y]\nmilestone: Sprint #4\n---\n\
         //- plan/items/12.md\n# Twelve\n//- plan/items/13.md\n# Thirteen\n",
    );
    let a = item_id(&roadmap, "a");
    let item = &roadmap.plan.items[a];
    assert_eq!(item.tags, ["x #1", "y"]);
    assert_eq!(item.milestone, "Sprint #4");
    assert_eq!(needed(&roadmap, "a"), [item_id(&roadmap, "12")]);
    assert_eq!(roadmap.items[a].links.relates, [item_id(&roadmap, "13")]);
}

/// A word that has to be understood is understood, whatever list of words somebody left behind it.
#[test]
fn a_number_sign_hides_no_status() {
    let plan = "//- plan/items/a.md\n---\ntitle: A\nstatus: done #|draft|done\nhorizon: Next #or later\neffort: 3 #days\ndue: 2026-12-11 #law\n---\n";
    let read = item(plan);
    assert_eq!((read.state, read.status.as_ref().unwrap().value.as_str()), (State::Done, "done #|draft|done"));
    assert_eq!(read.due.as_ref().unwrap().to_string(), "2026-12-11");
    assert_eq!(read.input(Input::Effort).unwrap().to_string(), "3");
    assert_eq!(read.horizon.as_ref().unwrap().name.value, "Next");
    assert_eq!(item(&plan.replace("done #|draft|done", "\"done #1\"")).state, State::Unknown);
}

/// The items that an item depends on.
fn needed(roadmap: &Roadmap, id: &str) -> Vec<ItemId> {
    roadmap.items[item_id(roadmap, id)].links.needs().collect()
}

#[test]
fn quotes_mean_one() {
    let item = item(
        "//- plan/items/a.md\n---\ntitle: A\ntheme: \"Flexible, fast(er) compilation\"\nowner: 'Ana, of sales'\ntags: \"a, b\"\n\
         links: \"x, y\"\naliases: 'p, q'\nrelates: \"know, then do\"\nblocked_by: \"the vendor, then ship\"\nblocks: one, two\n---\n",
    );
    assert_eq!(values(&item.themes), ["Flexible, fast(er) compilation"]);
    assert_eq!(item.owners, ["Ana, of sales"]);
    assert_eq!(item.tags, ["a, b"]);
    assert_eq!(values(&item.links), ["x, y"]);
    assert_eq!(values(&item.entry.aliases), ["p, q"]);
    assert_eq!(values(&item.relates), ["know, then do"]);
    let names =
        |all: &[roadbook::plan::DependencyText]| all.iter().map(|one| one.name.value.clone()).collect::<Vec<_>>();
    assert_eq!(names(&item.depends_on), ["the vendor, then ship"]);
    assert!(!item.depends_on[0].has_commas);
    assert_eq!(names(&item.blocks), ["one, two"]);
    assert!(item.blocks[0].has_commas);
}

/// Nothing may look ready because quotes stand about all of its dependencies.
#[test]
fn quotes_about_ids_hide_none() {
    let roadmap = roadmap(
        "//- plan/items/a.md\n---\ntitle: A\ndepends_on: \"b, c\"\n---\n//- plan/items/b.md\n# B\n//- plan/items/c.md\n# C\n",
    );
    assert_eq!(needed(&roadmap, "a"), [item_id(&roadmap, "b"), item_id(&roadmap, "c")]);
}

#[test]
fn an_entry_with_a_colon_is_what_stands_before_it() {
    let item = item(
        "//- plan/items/a.md\n---\ntitle: A\ntags:\n  - b: c\n  - d\nowner:\n  - ana: lead\n  - name: Bo\n    role: dev\ntheme:\n  - th: because\n\
         relates: {hard: [x], soft: [y]}\nparent:\n  - up: since May\nlinks:\n  - Issue: https://forge.example/1\n---\n",
    );
    assert_eq!(item.tags, ["b", "d"]);
    assert_eq!(item.owners, ["ana", "Bo"]);
    assert_eq!(values(&item.themes), ["th"]);
    assert_eq!(values(&item.relates), ["x", "y"]);
    assert_eq!(item.parent.as_ref().unwrap().value, "up");
    assert_eq!(values(&item.links), ["https://forge.example/1"]);
}

#[test]
fn a_sentence_with_a_colon_is_whole() {
    let roadmap = roadmap("//- plan/vision.md\n---\ntitle: V\nneeds:\n  - Speed: it must be fast\n  - Rest\n---\n");
    assert_eq!(roadmap.plan.vision.unwrap().needs, ["Speed: it must be fast", "Rest"]);
}

#[test]
fn front_matter_in_other_forms_is_read() {
    for text in [
        "<!-- SPDX-License-Identifier: MIT -->\n---\ntitle: T\nstatus: done\n---\nBody.\n",
        "<!--\nmany\n\nlines\n-->\n\n---\ntitle: T\nstatus: done\n---\nBody.\n",
        "\n\n---\ntitle: T\nstatus: done\n---\nBody.\n",
        " ---\ntitle: T\nstatus: done\n---\nBody.\n",
        " ---\n title: T\n status: done\n ---\nBody.\n",
        "\u{200b}---\ntitle: T\nstatus: done\n---\nBody.\n",
        "---\u{200b}\ntitle: T\nstatus: done\n---\u{200b}\nBody.\n",
        "---yaml\ntitle: T\nstatus: done\n---\nBody.\n",
        "--- YAML\ntitle: T\nstatus: done\n...\nBody.\n",
        "+++\ntitle = \"T\"\nstatus = \"done\"\n+++\nBody.\n",
        "---toml\ntitle = \"T\"\nstatus = 'done'\n---\nBody.\n",
        "<!-- a -->\n+++\ntitle = \"T\"\nstatus = \"done\"\n+++\nBody.\n",
    ] {
        let read = document(text);
        assert_eq!(fields(&read), "title = T\nstatus = done", "{text}");
        assert_eq!((read.markdown(), found(&read)), ("Body.\n", Vec::new()), "{text}");
        let item = item(&format!("//- plan/items/a.md\n{text}"));
        assert_eq!((item.entry.title.as_str(), item.state), ("T", State::Done), "{text}");
    }
    // A thematic break is not front matter.
    for text in [
        "<!-- a -->\n---\n\nWords: more.\n\n---\n",
        " ---\nWords\n---\n",
        "+++\nWords.\n+++\n",
        "<!-- a --> b\n---\nx: y\n---\n",
    ] {
        let read = document(text);
        assert_eq!((fields(&read).as_str(), read.markdown()), ("", text));
    }
    let open = document("+++\ntitle = \"T\"\n\n# H\n");
    assert_eq!((fields(&open).as_str(), found(&open)), ("title = T", vec!["unterminated-front-matter:1".to_owned()]));
}

#[test]
fn front_matter_in_other_forms_says_who_may_see_the_file() {
    for text in [
        "+++\ntitle = \"SECRET\"\ndraft = true\n+++\n",
        "+++\ntitle = \"SECRET\"\n[params]\nvisibility = \"internal\"\n+++\n",
        "+++\ntitle = \"SECRET\"\n[params]\nvisibility = \"public\"\n+++\n",
        "+++\ntitle = \"SECRET\"\nparams.visibility = \"internal\"\n+++\n",
        "+++\ntitle = \"SECRET\"\na = [{visibility = \"internal\"}]\n+++\n",
        "+++\ntitle = \"SECRET\"\nvisibility = internal\n+++\n",
        "+++\ntitle = \"SECRET\"\nvisibility \"internal\"\n+++\n",
        "+++\ntitle = \"SECRET\"\nvisibility = \"public\"\n+++\n+++\nvisibility = \"internal\"\n+++\n",
        "<!-- visibility: internal -->\n---\ntitle: SECRET\n---\n",
        "<!--\nconfidential\n-->\n---\ntitle: SECRET\n---\n",
        &format!("<!--\n{}visibility: internal\n-->\n---\ntitle: SECRET\n---\n", "line\n".repeat(60)),
        "---\ntitle: SECRET\n---\n---\nvisibility: internal\n---\n",
        "---\ntitle: SECRET\n---\n\n---\nstatus: done\n---\n",
        "SECRET first.\n\n---\ntitle: Late\nvisibility: internal\n---\n",
        "SECRET first.\n\n---\ntitle: Late\n---\n",
        "---\ntitle: SECRET\n<<<<<<< a\nvisibility: public\n=======\n>>>>>>> b\n---\n",
        "---\ntitle: SECRET\n<<<<<<< a\nvisibility: public\n=======\nvisibility: internal\n>>>>>>> b\n---\n",
        "---\ntitle: SECRET\nvisibility: public #not yet\n---\n",
        "---\ntitle: SECRET\nscope: internal #until May\n---\n",
        "---\ntitle: SECRET\nx-private: true #for now\n---\n",
        "---\ntitle: SECRET\nstatus: confidential #for now\n---\n",
        "---\ntitle: SECRET\nsitemap: false #for now\n---\n",
        "---\ntitle: SECRET\naccess: [all #now, internal #later]\n---\n",
        "---\ntitle: SECRET\nrobots: noindex #for now\n---\n",
        "---\ntitle: SECRET\ndepends_on: [x]\n visibility: internal\n---\n",
        "---\ntitle: SECRET\nsummary: x\n visibility: internal\n---\n",
    ] {
        let other = "//- plan/items/other.md\n---\ntitle: Other\nvisibility: internal\n---\n";
        let public = roadmap_for(&format!("{other}//- plan/items/a.md\n{text}"), Audience::Public, false);
        let is_shown = public.plan.items.iter().any(|item| item.entry.title.contains("SECRET") || item.entry.id == "a");
        // A flag of another tool keeps everything from being published.
        assert!(!is_shown || lines(&public.diagnostics).contains("undecided-visibility"), "{text}");
    }
}

/// In a file of data nothing stands above its fields.
#[test]
fn a_list_in_a_file_of_data_is_public() {
    let plan = "//- roadbook.yml\ntitle: T\ncollections: [{kind: item, include: ['items/*']}]\n\
                //- items/other.md\n---\nvisibility: internal\n---\n//- items/a.yaml\ntitle: A\ntags:\n- internal\n- b\n";
    let public = roadmap_for(plan, Audience::Public, false);
    assert!(public.plan.items.iter().any(|item| item.entry.title == "A"), "{}", lines(&public.diagnostics));
}

#[test]
fn late_front_matter_is_reported_and_kept() {
    let site =
        "//- plan/items/a.md\nIntro first.\n\n---\ntitle: Too late\nstatus: done\nx-n: [one, two]\n---\n\nOutro.\n";
    let roadmap = roadmap(site);
    let item = &roadmap.plan.items[item_id(&roadmap, "a")];
    assert_eq!((item.entry.title.as_str(), item.state), ("A", State::Unknown));
    assert_eq!(item.entry.extra.len(), 1);
    assert!(lines(&roadmap.diagnostics).contains("plan/items/a.md:3:1: warning[late-front-matter]"));
    let page = pages_of(&fixture_site(site, Audience::Internal)).remove("items/a.html").unwrap();
    let page = String::from_utf8(page).unwrap();
    let text = text_of_html(&page);
    assert!(!page.contains("<h2 id=\"title") && !text.contains("title: Too late status"), "{text}");
    for word in ["Intro first.", "Outro.", "Too late", "one", "two"] {
        assert!(text.contains(word), "{word}: {text}");
    }
    for text in [
        "Words.\n\n---\nNote: all of this\n---\n",
        "```\n\n---\ntitle: x\n---\n```\n",
        "Words.\n\n---\ntitle: x\n",
        "Words.\n\n---\n\ntitle: x\n\n---\n",
    ] {
        assert_eq!(fields(&document(text)), "", "{text}");
    }
    let toml = document("Words.\n\n+++\ntitle = \"x\"\n+++\n");
    assert_eq!(fields(&toml), "late front matter = {title: x}");
}

#[test]
fn a_second_front_matter_is_reported_and_kept() {
    let read = document("---\ntitle: A\n---\n\n---\nstatus: done\n---\n+++\nx = 1\n+++\nBody.\n");
    assert_eq!(fields(&read), "title = A\nfront matter 2 = {status: done}\nfront matter 3 = {x: 1}");
    assert_eq!(found(&read), ["late-front-matter:5", "late-front-matter:8"]);
    assert_eq!(read.markdown(), "Body.\n");
    let rule = document("---\ntitle: A\n---\n---\n\nBody: text.\n\n---\n");
    assert_eq!((fields(&rule).as_str(), rule.diagnostics.len()), ("title = A", 0));
}

/// One line too many that closes it makes a heading of the fields behind.
#[test]
fn front_matter_that_is_closed_too_early_is_reported_and_kept() {
    for fence in ["---", "..."] {
        let read = document(&format!("---\ntitle: A\n{fence}\nstatus: planned\ndepends_on:\n- b\n---\nBody.\n"));
        assert_eq!(fields(&read), "title = A\nfront matter 2 = {status: planned; depends_on: [b]}");
        assert_eq!((found(&read).join(" ").as_str(), read.markdown()), ("late-front-matter:4", "Body.\n"));
    }
    for text in [
        "---\ntitle: A\n---\nNote: all of this\n---\n",
        "---\ntitle: A\n---\n\nstatus: planned\n---\n",
        "---\ntitle: A\n---\nstatus: planned\n\n---\n",
        "---\ntitle: A\n---\nA word of\nstatus: planned\n---\n",
        "---\ntitle: A\n---\nstatus: planned\n",
    ] {
        let read = document(text);
        assert_eq!((fields(&read).as_str(), read.diagnostics.len()), ("title = A", 0), "{text}");
    }
}

/// A comment that stands behind a value that has ended may be one that somebody meant.
#[test]
fn a_comment_that_looks_like_a_value_is_reported() {
    for (head, said) in [
        ("depends_on: [b] #T-1", "`#T-1` is a comment"),
        ("depends_on: \"b\" #T-1, #T-2", "`#T-1, #T-2` is a comment"),
        ("title: 'A' #1", "`#1` is a comment"),
    ] {
        let read = document(&format!("---\n{head}\n---\n"));
        assert_eq!(found(&read), ["unquoted-hash:2"], "{head}");
        assert!(lines(&read.diagnostics).contains(said), "{head}: {}", lines(&read.diagnostics));
    }
    for head in ["depends_on: [b] # T-1", "x: |  #c\n  text", "depends_on: #all\n- b", "x: [b]\n#y: z", "x: [b] #"] {
        assert!(document(&format!("---\n{head}\n---\n")).diagnostics.is_empty(), "{head}");
    }
}

/// What one side says of its status stands in the body of the other.
#[test]
fn of_a_conflict_over_the_end_of_front_matter_nobody_knows_the_status() {
    let side = |needs: &str| format!("title: A\nstatus: planned\n{needs}---\nWords.\n");
    for text in [
        format!("<<<<<<< a\n---\n{}=======\n---\n{}>>>>>>> b\n", side(""), side("depends_on: b\n")),
        format!("---\n<<<<<<< a\n{}=======\n{}>>>>>>> b\n", side(""), side("depends_on: b\n")),
    ] {
        let roadmap = roadmap(&format!("//- plan/items/b.md\n# B\n//- plan/items/a.md\n{text}"));
        assert_eq!(roadmap.plan.items[item_id(&roadmap, "a")].state, State::Unknown, "{text}");
    }
    let below = "---\ntitle: A\nstatus: planned\n---\n<<<<<<< a\nOne.\n=======\nTwo.\n>>>>>>> b\n";
    let roadmap = roadmap(&format!("//- plan/items/a.md\n{below}"));
    assert_eq!(roadmap.plan.items[item_id(&roadmap, "a")].state, State::Planned);
}

#[test]
fn merge_conflicts_keep_both_sides() {
    let text = "---\ntitle: A\n<<<<<<< HEAD\nstatus: done\nx-a: 1\n=======\nstatus: planned\nx-b: 2\n>>>>>>> feature\n---\n\n\
                <<<<<<< HEAD\nOurs.\n||||||| base\nOlder.\n=======\nTheirs.\n>>>>>>> feature\n\n```\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> c\n```\n";
    let read = document(text);
    assert_eq!(fields(&read), "title = A\nstatus = done\nx-a = 1\nstatus = planned\nx-b = 2");
    assert_eq!(found(&read), ["merge-conflict:3", "duplicate-field:7", "merge-conflict:12"]);
    assert_eq!(read.markdown().len(), read.body.range().len());
    let site = format!("//- plan/items/a.md\n{text}");
    let page =
        String::from_utf8(pages_of(&fixture_site(&site, Audience::Internal)).remove("items/a.html").unwrap()).unwrap();
    for side in ["<p>Ours.</p>", "<p>Older.</p>", "<p>Theirs.</p>", "&lt;&lt;&lt;&lt;&lt;&lt;&lt; HEAD\na"] {
        assert!(page.contains(side), "{side}: {page}");
    }
    assert!(!page.contains("||||||| base") && !page.contains("feature"));
    // The whole of two files, one above the other.
    let both = document("<<<<<<< a\n---\ntitle: A\n---\n=======\n---\ntitle: B\n---\n>>>>>>> b\n");
    assert_eq!(fields(&both), "title = A\nfront matter 2 = {title: B}");
    for text in
        ["<<<<<<< a\nx\n", "x\n=======\ny\n", "<<<<<<<a\nx\n=======\ny\n>>>>>>> b\n", "======= \nx\n>>>>>>> b\n"]
    {
        assert_eq!((document(text).markdown(), document(text).diagnostics.len()), (text, 0));
    }
}

#[test]
fn a_date_is_all_of_its_text() {
    for text in [
        "2026-12-11 to 2026-12-20",
        "2026-12-11 2026-12-20",
        "2026-12-11 - 2026-12-20",
        "2026-12-11 or later",
        "2026-12-11, maybe",
        "~ 2026-12-11",
        "2026-12-11Tomorrow",
        "2026-12-11 10:00 or so",
        "2026-12-11 10:00:00:00",
        "2026-12-11 ?",
        "2026-12 to 2027-01",
        "2026 to 2027",
        "Q1 2026 - Q2 2026",
        "2026-Q1 or Q2",
    ] {
        assert_eq!(Date::parse(text), None, "{text}");
    }
    for text in [
        "2026-12-11",
        "2026-12-11T10:00",
        "2026-12-11 10:00",
        "2026-12-11 9:30",
        "2026-12-11T10:00:00Z",
        "2026-12-11T10:00:00.123+02:00",
        "2026-12-11 10:00:00 +0200",
        "2026-12-11 10:00 UTC",
        "2026-12-11t10:00:00z",
    ] {
        assert_eq!(Date::parse(text).map(|date| date.to_string()).as_deref(), Some("2026-12-11"), "{text}");
    }
    let ranged = roadmap("//- plan/items/a.md\n---\ntitle: A\ndue: 2026-12-11 to 2026-12-20\n---\n");
    assert!(lines(&ranged.diagnostics).contains("`2026-12-11 to 2026-12-20` is not a date for `due`"));
    assert_eq!(ranged.plan.items[item_id(&ranged, "a")].due, None);
}

#[test]
fn every_ending_of_markdown_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    put(root, "plan/items/a.md", "---\ntitle: A\ndepends_on: [b, c]\n---\nSee [B](b.MD), [C](c.markdown).\n");
    put(root, "plan/items/b.MD", "---\ntitle: B\n---\n");
    put(root, "plan/items/c.markdown", "---\ntitle: C\n---\n");
    put(root, "plan/themes/d.Markdown", "# D\n");
    put(root, "plan/VISION.MD", "# V\n");
    let checked = ran(root, &["check", "--format", "short"]);
    let said = format!("{}{}", checked.stdout, checked.stderr);
    assert!(!said.contains("unknown-dependency") && !said.contains("missing-file"), "{said}");
    assert_eq!(said.matches("unread-file").count(), 1, "{said}");
    put(root, "plan/items/b.md", "---\ntitle: Another\n---\n");
    let checked = ran(root, &["check", "--format", "short"]);
    assert!(format!("{}{}", checked.stdout, checked.stderr).contains("duplicate-id"));
    // What is left out or internal is so with any ending.
    put(
        root,
        "roadbook.yml",
        "title: T\ncollections: [{kind: item, include: ['plan/items/*.md'], exclude: ['plan/items/c.md']}]\n",
    );
    let listed = ran(root, &["list", "--audience", "internal"]).stdout;
    assert!(!listed.contains(" C ") && listed.contains("Another"), "{listed}");
}

#[test]
fn a_field_behind_a_list_is_not_swallowed() {
    for text in [
        "depends_on: [c]\n status: planned",
        "depends_on:\n    - c\n  status: planned",
        "depends_on:\n  - c\n  status: planned",
        "depends_on:\n  - \"c\"\n  status: planned",
        "depends_on:\n  - c\n    status: planned",
        "depends_on:\n- c\n  status: planned",
        "depends_on: c\n  status: planned",
    ] {
        let read = head(&format!("title: B\n{text}\nvalue: 8"));
        let is_list = text.contains(['[', '-']);
        let needed = if is_list { "[c]" } else { "c" };
        assert_eq!(fields(&read), format!("title = B\ndepends_on = {needed}\nstatus = planned\nvalue = 8"), "{text}");
        let message = &read.diagnostics[0].message;
        assert!(message.contains("`depends_on` and `status` were read by rescue"), "{text}: {message}");
    }
    let message = |text: &str| head(text).diagnostics[0].message.clone();
    assert!(message("title: x\nid: @b").ends_with("`id` was read by rescue, line by line"));
    assert!(message("Blocked By: [a\nx: y").ends_with("`Blocked By` was read by rescue, line by line"));
    assert!(!message("title: @b\nstatus: done").contains("rescue"));
    // Prose may have a colon in it.
    assert_eq!(fields(&head("summary: We do this\n  Note: that")), "summary = We do this Note: that");
}
