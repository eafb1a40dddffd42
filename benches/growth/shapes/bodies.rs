//! Markdown: what is long, deep or open in the text of one item.

use super::{Shape, many, one};

pub(super) fn shapes() -> Vec<Shape> {
    vec![
        Shape::new("paragraphs", 50_000, |n| one("", &"Some words.\n\n".repeat(n))),
        Shape::new("one long line", 1_000_000, |n| one("", &"x".repeat(n))),
        Shape::new("headings of one text", 10_000, |n| one("", &"## Same\n".repeat(n))),
        Shape::new("headings whose anchors run into others", 10_000, |n| {
            one("", &many(n, |i| format!("# a\n# a-{}\n", i / 2)))
        }),
        Shape::new("headings and links to them", 5_000, |n| one("", &many(n, |i| format!("## H{i}\n[a](#h{i})\n")))),
        Shape::new("headings and links to none", 5_000, |n| {
            one("", &many(n, |i| format!("## Heading {i}\n[a](#heading-{i}x)\n")))
        }),
        Shape::new("links to the headings of another page", 5_000, |n| {
            let mut files = one("", &many(n, |i| format!("## H{i}\n")));
            files.push(super::item("two", "", &many(n, |i| format!("[a](one.md#h{i})\n"))));
            files
        }),
        Shape::new("links to one page", 10_000, |n| one("", &"[a](one.md)\n".repeat(n))),
        Shape::new("open brackets", 200_000, |n| one("", &"[".repeat(n))),
        Shape::new("open links", 50_000, |n| one("", &"[a](".repeat(n))),
        Shape::new("open double brackets", 50_000, |n| one("", &"[[a|".repeat(n))),
        Shape::new("emphasis that never closes", 50_000, |n| one("", &"*a **a ".repeat(n))),
        Shape::new("nested emphasis", 50_000, |n| one("", &("**".repeat(n) + "a" + &"**".repeat(n)))),
        Shape::new("backticks of every length", 200_000, |n| {
            one("", &many((n * 2).isqrt(), |i| "e".to_owned() + &"`".repeat(i)))
        }),
        Shape::new("deep quotes", 20_000, |n| one("", &("> ".repeat(n) + "a\n" + &"b\n".repeat(n)))),
        Shape::new("deep lists", 300, |n| one("", &many(n, |i| "  ".repeat(i) + "- a\n"))),
        Shape::new("tasks", 20_000, |n| one("", &"- [ ] a\n- [x] b\n".repeat(n))),
        Shape::new("footnotes", 5_000, |n| one("", &many(n, |i| format!("a[^{i}]\n\n[^{i}]: x\n\n")))),
        Shape::new("one footnote, referred to", 20_000, |n| one("", &("[^a] ".repeat(n) + "\n\n[^a]: x\n"))),
        Shape::new("footnotes without a note", 20_000, |n| one("", &many(n, |i| format!("[^{i}] ")))),
        Shape::new("definitions of links", 10_000, |n| {
            one("", &(many(n, |i| format!("[{i}]: x{i}.md\n")) + &many(n, |i| format!("[{i}]\n"))))
        }),
        Shape::new("a wide table", 10_000, |n| one("", &("|a".repeat(n) + "\n" + &"|-".repeat(n) + "\n"))),
        Shape::new("a wide table with short rows", 200_000, |n| {
            let wide = n.isqrt();
            one("", &("|a".repeat(wide) + "\n" + &"|-".repeat(wide) + "\n" + &"|\n".repeat(n / 100)))
        }),
        Shape::new("a long table", 20_000, |n| one("", &("|a|b|\n|-|-|\n".to_owned() + &"|1|2|\n".repeat(n)))),
        Shape::new("comments of HTML that never close", 50_000, |n| one("", &"a <!--".repeat(n))),
        Shape::new("tags that never close", 50_000, |n| one("", &"x <a b=\"".repeat(n))),
        Shape::new("entities", 50_000, |n| one("", &"& &amp; &#x41; ".repeat(n))),
        Shape::new("addresses", 20_000, |n| one("", &many(n, |i| format!("https://example.org/{i}) ")))),
        Shape::new("addresses with signs of emphasis", 20_000, |n| {
            one("", &many(n, |i| format!("https://example.org/_{i}_*a* ")))
        }),
        Shape::new("short codes of emoji", 10_000, |n| one("", &":rocket:".repeat(n))),
        Shape::new("colons", 20_000, |n| one("", &"a::b:".repeat(n))),
        Shape::new("dollars in pairs that change", 50_000, |n| one("", &"a$b".repeat(n))),
        Shape::new("formulas", 20_000, |n| one("", &"$a$ $$b$$ ".repeat(n))),
        Shape::new("code that never ends", 50_000, |n| one("", &("```\n".to_owned() + &"a\n".repeat(n)))),
        Shape::new("controls and marks of direction", 50_000, |n| one("", &"\u{202e}a\u{9b}\u{200f} ".repeat(n))),
        Shape::new("the site as one file", 1_000, |n| {
            super::items(n, |i| format!("title: I{i}\ndepends_on: i{}\n", i + 1))
        })
        .by(&["build", "--single-file"]),
    ]
}
