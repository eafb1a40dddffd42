//! What tells several texts in one value apart, and where each of them stands in the file, however the value is written.

use roadbook::diagnostic::Code;
use roadbook::parse::{Node, place};

use super::{document, item, values};
use crate::support::{item_id, roadmap};

/// A name that matches nothing is shown where it stands, read back from the file.
#[test]
fn a_name_is_where_it_stands() {
    let both = ["nosuchone", "nosuchtwo"];
    for (value, written) in [
        ("nosuchone, nosuchtwo", both),
        ("nosuchone ,\n  nosuchtwo", both),
        ("nosuchone,\n\n\n      nosuchtwo", both),
        ("|\n  nosuchone,\n  nosuchtwo", both),
        ("|-2\n    nosuchone,\n\n   nosuchtwo\n", both),
        (">\n  nosuchone,\n  nosuchtwo", both),
        (">+ # so\n  nosuchone,\n\n  nosuchtwo\n\n", both),
        ("'[[nosuchone]] [[nosuchtwo]]'", both),
        ("'[[nosuchone]] it''s [[no''such]]'", ["nosuchone", "no''such"]),
        ("'[[nosuchone]]\n\n  [[nosuchtwo]]'", both),
        (r#""[[nosuchone]] \"so\" [[nosuchtwo]]""#, both),
        (r#""\x5b[nosuchone]]\t[[no\u0073uch]]""#, ["nosuchone", r"no\u0073uch"]),
        (r#""\U0001F680 [[nosuchone]]\\\n[[\"nosuch\"]]""#, ["nosuchone", r#"\"nosuch\""#]),
        ("\"[[nosuchone]] \\\n   [[nosuchtwo]]\"", both),
        ("ne\u{301}ant-one, nosuchtwo", ["ne\u{301}ant-one", "nosuchtwo"]),
        ("\n  - \"[[nosuchone]] [[nosuchtwo]]\"", both),
        ("[\"[[nosuchone]]\",\n  '[[nosuchtwo]] [[nosuchone]]']", both),
        ("{hard: \"[[nosuchone]] [[nosuchtwo]]\"}", both),
        // What is said of a name stands at its key.
        ("{fence: \"[[nosuchone]] [[nosuchtwo]]\"}", ["fence", "fence"]),
    ] {
        let roadmap = roadmap(&format!("//- plan/items/a.md\n---\ntitle: A\ndepends_on: {value}\n---\n"));
        let unknown = roadmap.diagnostics.iter().filter(|found| found.code == Code::UNKNOWN_DEPENDENCY);
        let places = unknown.filter_map(|found| found.location.as_ref());
        let read: Vec<String> = places.map(|place| place.source.slice(place.span).to_owned()).collect();
        assert_eq!(read[..2], written, "{value}");
    }
}

/// Between `+++` the quotes are others.
#[test]
fn a_part_of_a_text_in_toml_is_where_it_stands() {
    for value in ["'o\"ne  two'", r#""o\"ne\ttwo""#, "'''\no\"ne\n two'''", "\"\"\"\no\"ne \\\n two\"\"\""] {
        let document = document(&format!("+++\nx = {value}\n+++\n"));
        let Node::Scalar(text) = &document.fields[0].value.node else { panic!("{value}") };
        let two = text.find("two").unwrap();
        let span = place(&document.source, document.fields[0].value.span, text, two..two + 3);
        assert_eq!(document.source.slice(span), "two", "{value}");
    }
}

/// Where a text and its file do not agree, a part of it is where all of it is.
#[test]
fn what_is_not_written_is_where_all_is() {
    let document = document("---\nx: one, two\n---\n");
    let whole = document.fields[0].value.span;
    for (text, part) in [("one, three", 5..10), ("one, two, three", 5..8), ("one, two", 6..99)] {
        assert_eq!(place(&document.source, whole, text, part), whole, "{text}");
    }
}

/// A comma in an address or in brackets is a part of what it stands in.
#[test]
fn a_comma_within_something_tells_nothing_apart() {
    for (written, each) in [
        ("https://forge.example/issues?ids=1,2", &["https://forge.example/issues?ids=1,2"][..]),
        ("https://forge.example/1,2, x", &["https://forge.example/1,2", "x"]),
        ("https://forge.example/1, https://forge.example/2", &["https://forge.example/1", "https://forge.example/2"]),
        ("https://forge.example/1,https://forge.example/2", &["https://forge.example/1", "https://forge.example/2"]),
        ("https://forge.example/1,", &["https://forge.example/1"]),
        ("x (y, z), w", &["x (y, z)", "w"]),
        ("x (y, z", &["x (y", "z"]),
        ("see [a, b](https://forge.example/1), c", &["see [a, b](https://forge.example/1)", "c"]),
        ("x) y, (z [w), v], u)", &["x) y", "(z [w)", "v]", "u)"]),
        ("x,, y", &["x", "y"]),
    ] {
        let item = item(&format!("//- plan/items/a.md\n---\ntitle: A\nlinks: {written}\ntags: {written}\n---\n"));
        assert_eq!(values(&item.links), each, "{written}");
        assert_eq!(item.tags, each, "{written}");
    }
    let item = item(
        "//- plan/items/a.md\n---\ntitle: A\nlinks: \"https://forge.example/?ids=1,2\"\n\
         evidence: https://forge.example/?ids=1,2\n---\n",
    );
    assert_eq!(values(&item.links), ["https://forge.example/?ids=1,2"]);
    assert_eq!(values(&item.evidence), ["https://forge.example/?ids=1,2"]);
    let address = "https://forge.example/?ids=1,b";
    for value in [address.to_owned(), format!("'{address}'"), format!("[\"{address}\"]")] {
        let plan = format!("//- plan/items/a.md\n---\ndepends_on: {value}\n---\n//- plan/items/b.md\n# B\n");
        let roadmap = roadmap(&plan);
        let links = &roadmap.items[item_id(&roadmap, "a")].links;
        assert_eq!((links.depends_on.len(), values(&links.waits_for)), (0, vec![address]), "{value}");
    }
}
