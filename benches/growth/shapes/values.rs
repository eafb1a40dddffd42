//! Front matter and configuration: long, deep, misspelled and broken.

use super::{File, Shape, config, items, list, many, one};

pub(super) fn shapes() -> Vec<Shape> {
    vec![
        Shape::new("unknown statuses", 2_000, |n| items(n, |i| format!("status: word{i}\n"))),
        Shape::new("statuses that are nearly one", 2_000, |n| items(n, |i| format!("status: activ{i}\n"))),
        Shape::new("horizons that are not configured", 2_000, |n| items(n, |i| format!("horizon: h{i}\n"))),
        Shape::new("configured horizons", 250, |n| {
            let mut files = items(n * 4, |i| format!("horizon: h{}\n", i % n));
            files.push(config(&list("horizons", n, |i| format!("h{i}"))));
            files
        }),
        Shape::new("words that are nearly one", 2_000, |n| {
            items(n, |i| format!("milestone: release-{i}\nteam: team-{i}\ntype: type-{i}\n"))
        }),
        Shape::new("fields of one's own in one item", 2_000, |n| one(&many(n, |i| format!("x-field-{i}: {i}\n")), "")),
        Shape::new("fields of one's own, one an item", 2_000, |n| items(n, |i| format!("field-number-{i}: {i}\n"))),
        Shape::new("misspelled fields", 2_000, |n| one(&many(n, |i| format!("depends_onn{i}: a\n")), "")),
        Shape::new("one field again and again", 2_000, |n| one(&"title: T\n".repeat(n), "")),
        Shape::new("weights", 24, |n| {
            let mut files = items(100, |i| format!("w{}: 3\n", i % n));
            files.push(config(&format!("scoring: weighted\nweights:\n{}", many(n, |i| format!("  w{i}: 1\n")))));
            files
        }),
        Shape::new("configured states", 1_000, |n| {
            let mut files = items(n, |i| format!("status: word{i}\n"));
            files.push(config(&format!("states:\n{}", many(n, |i| format!("  word{i}: active\n")))));
            files
        })
        .because("a status is compared with every word of the configuration, which is the project's own and short"),
        Shape::new("keys that the configuration does not have", 2_000, |n| {
            let mut files = items(1, |_| String::new());
            files.push(config(&many(n, |i| format!("key{i}: 1\n"))));
            files
        }),
        Shape::new("patterns of mentions", 50, |n| {
            let mut files = items(n * 10, |i| format!("title: A{i}-1\n"));
            files.push(config(&list("mentions", n, |i| format!("'A{i}-\\d+'"))));
            files
        }),
        Shape::new("internal folders", 250, |n| {
            let mut files: Vec<File> =
                (0..n * 4).map(|i| (format!("plan/items/f{i}/x{i}.md"), String::new())).collect();
            files.push(config(&format!("internal:\n  folders: [{}]\n", many(n, |i| format!("plan/items/f{i}, ")))));
            files
        })
        .because(
            "a path is compared with every internal folder of the configuration, which is the project's own and short",
        ),
        Shape::new("a deep flow list", 10_000, |n| one(&format!("x: {}{}\n", "[".repeat(n), "]".repeat(n)), "")),
        Shape::new("a flow list that never closes", 20_000, |n| one(&format!("x: {}\n", "[".repeat(n)), "")),
        Shape::new("a deep flow map", 10_000, |n| one(&format!("x: {}1{}\n", "{a: ".repeat(n), "}".repeat(n)), "")),
        Shape::new("a deep map", 125, |n| one(&many(n, |i| format!("{}a:\n", " ".repeat(i))), "")),
        Shape::new("a deep list", 20_000, |n| one(&format!("x:\n  {}a\n", "- ".repeat(n)), "")),
        Shape::new("deep flow lists in every item", 1_000, |n| {
            items(n, |_| format!("x: {}{}\n", "[".repeat(500), "]".repeat(500)))
        }),
        Shape::new("a long list", 2_000, |n| one(&list("x-list", n, |i| format!("v{i}")), "")),
        Shape::new("a long text in a field", 50_000, |n| one(&format!("summary: {}\n", "word ".repeat(n)), "")),
        Shape::new("a long title", 50_000, |n| one(&format!("title: {}\n", "x".repeat(n)), "")),
        Shape::new("a long id", 50_000, |n| {
            one(&format!("id: {}\ndepends_on: {}z\n", "x".repeat(n / 2), "x".repeat(n / 2)), "")
        }),
        Shape::new("lines that are not YAML", 10_000, |n| one(&"{ a: b ]\n".repeat(n), "")),
        Shape::new("lines that are not YAML, in every item", 2_000, |n| {
            items(n, |_| "title: [a\nstatus: }\n: :\n".to_owned())
        }),
        Shape::new("anchors and aliases of YAML", 2_000, |n| {
            one(&many(n, |i| format!("a{i}: &a{i} [*a{}]\n", i.saturating_sub(1))), "")
        }),
        Shape::new("quotes that never close", 20_000, |n| one(&format!("title: \"{}\n", "a \\\" ".repeat(n)), "")),
        Shape::new("front matter that never ends", 50_000, |n| {
            vec![config(""), ("plan/items/a.md".to_owned(), "---\n".to_owned() + &"a: b\n".repeat(n))]
        }),
        Shape::new("comments", 10_000, |n| one(&"# a\n".repeat(n), "")),
        Shape::new("tabs and carriage returns", 20_000, |n| one(&"\ta: b\r".repeat(n), "")),
        Shape::new("dates that nobody can read", 2_000, |n| {
            items(n, |i| format!("due: {i}. of never\nstart: x\ntarget: 2026-99\n"))
        }),
        Shape::new("dates far apart", 2_000, |n| {
            items(n, |i| format!("start: {}-01-01\ndue: {}-12-31\n", 1_000 + i % 8_000, 1_001 + i % 8_000))
        }),
        Shape::new("numbers beyond their scale", 2_000, |n| {
            items(n, |i| format!("effort: -{i}\nvalue: 1e9\nconfidence: 900\n"))
        }),
        Shape::new("evidence of one item", 2_000, |n| {
            one(&list("evidence", n, |i| format!("https://example.org/{i}")), "")
        }),
        Shape::new("work beyond the capacity", 2_000, |n| {
            let mut files = items(n, |_| "horizon: Now\neffort: 5\nvalue: 2\n".to_owned());
            files.push(config("capacity: 10\n"));
            files
        }),
        Shape::new("empty files", 2_000, |n| {
            let mut files: Vec<File> = (0..n).map(|i| (format!("plan/items/i{i}.md"), String::new())).collect();
            files.push(config(""));
            files
        }),
    ]
}
