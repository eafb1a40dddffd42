//! References: to what is not there, to what is there very often, by every kind of name.

use super::{File, Shape, config, item, items, list, many, one, theme};

pub(super) fn shapes() -> Vec<Shape> {
    vec![
        Shape::new("unknown dependencies, one an item", 2_000, |n| {
            items(n, |i| format!("depends_on: missing-thing-{i}x\n"))
        }),
        Shape::new("unknown dependencies one slip away", 2_000, |n| {
            let mut files: Vec<File> =
                (0..n).map(|i| item(format!("item-{i:06}"), &format!("depends_on: item-{i:06}x\n"), "")).collect();
            files.push(config(""));
            files
        }),
        Shape::new("unknown dependencies that are all alike", 2_000, |n| {
            let letter = |number: usize| char::from_u32('一' as u32 + number as u32).unwrap_or('x');
            items(n, |i| {
                let (one, other) = (letter(i % 150), letter(i / 150));
                format!("id: pp{one}{other}zaaaaaa\ndepends_on: pp{other}y{one}bbbaaa\n")
            })
        }),
        Shape::new("unknown dependencies in one item", 2_000, |n| {
            one(&list("depends_on", n, |i| format!("nothing-{i}")), "")
        }),
        Shape::new("unknown dependencies in one item, many items", 2_000, |n| {
            let mut files = items(n, |i| format!("title: I{i}\n"));
            files.push(item("one", &list("depends_on", n, |i| format!("item-{i}y")), ""));
            files
        }),
        Shape::new("one unknown dependency in every item", 2_000, |n| items(n, |_| "depends_on: missing\n".to_owned())),
        Shape::new("unknown blocks", 2_000, |n| items(n, |i| format!("blocks: i{i}z\n"))),
        Shape::new("unknown parents", 2_000, |n| items(n, |i| format!("parent: i{i}z\n"))),
        Shape::new("unknown relations", 2_000, |n| items(n, |i| format!("relates: i{i}z\n"))),
        Shape::new("unknown themes", 2_000, |n| {
            let mut files = items(n, |i| format!("theme: theme-{i}z\n"));
            files.extend((0..n).map(|i| theme(format!("theme-{i}"), "")));
            files
        }),
        Shape::new("unknown outcomes", 2_000, |n| {
            let mut files = items(n, |i| format!("theme: t\noutcomes: metric-{i}z\n"));
            files.push(theme("t", &list("outcomes", n / 4, |i| format!("metric: metric {i}"))));
            files
        })
        .because("a name far from all others is compared with more of them, until the bound of all searches together is reached"),
        Shape::new("unknown ids in brackets, one text", 10_000, |n| {
            one("", &many(n, |i| format!("[[nothing-{i}]]\n")))
        }),
        Shape::new("unknown ids in brackets, many items", 2_000, |n| {
            let mut files: Vec<File> =
                (0..n).map(|i| item(format!("item-{i}"), "", &format!("[[item-{i}x]] [[itme-{i}]]\n"))).collect();
            files.push(config(""));
            files
        }),
        Shape::new("links to files that are not there", 10_000, |n| {
            one("", &many(n, |i| format!("[a](file-{i}.md)\n")))
        }),
        Shape::new("links to pictures that are not there", 10_000, |n| {
            one("", &many(n, |i| format!("![a](file-{i}.png)\n")))
        }),
        Shape::new("numbers that fit every item", 2_000, |n| {
            items(n, |i| format!("id: {}-12\ndepends_on: 12\n", letters(i)))
        }),
        Shape::new("numbers behind another prefix", 2_000, |n| {
            items(n, |i| format!("id: AB-{i}\ndepends_on: WXYZ-{i}\n"))
        }),
        Shape::new("references by the name of a file", 2_000, |n| {
            let mut files: Vec<File> = (0..n)
                .map(|i| (format!("plan/items/f{i}/same.md"), format!("---\nid: x{i}\nrelates: same\n---\n")))
                .collect();
            files.push(config(""));
            files
        }),
        Shape::new("references by path", 2_000, |n| items(n, |i| format!("relates: plan/items/i{}.md\n", (i + 7) % n))),
        Shape::new("references of the wrong kind", 2_000, |n| {
            let mut files = items(n, |_| "depends_on: t\n".to_owned());
            files.push(theme("t", ""));
            files
        }),
        Shape::new("dependencies in prose", 2_000, |n| {
            items(n, |i| format!("depends_on: what the team number {i} does\n"))
        }),
        Shape::new("one id", 2_000, |n| items(n, |_| "id: same\n".to_owned())),
        Shape::new("one id and nearly one path", 1_000, |n| {
            let sign = |number: usize| ["-", "!", "+", "="][number % 4];
            let name = |i: usize| -> String { (0..8).map(|digit| sign(i >> (2 * digit))).collect() };
            let mut files: Vec<File> =
                (0..n).map(|i| (format!("plan/items/x{}y.md", name(i)), "---\nid: same\n---\n".to_owned())).collect();
            files.push(config(""));
            files
        }),
        Shape::new("one id for items and themes", 2_000, |n| {
            let mut files = items(n, |i| format!("id: same\nrelates: same\ntitle: I{i}\n"));
            files.extend((0..n).map(|i| theme(format!("t{i}"), "id: same\n")));
            files
        }),
        Shape::new("aliases of one item", 2_000, |n| one(&list("aliases", n, |i| format!("old-{i}")), "")),
        Shape::new("aliases that are taken", 2_000, |n| items(n, |_| "aliases: old\n".to_owned())),
        Shape::new("aliases, one an item, all used", 2_000, |n| {
            items(n, |i| format!("aliases: old-{i}\nrelates: old-{}\n", (i * 7) % n))
        }),
        Shape::new("rules for other spellings", 2_000, |n| {
            let mut files = items(n, |i| format!("id: RB-{i}\ndepends_on: task-{}\n", i.saturating_sub(1)));
            let rule = "collections:\n- kind: item\n  include: plan/items/**/*.md\n  aliases: [{match: '(?i)^task-(.+)$', to: 'RB-$1'}]\n";
            files.push(config(rule));
            files
        }),
        Shape::new("mentions in prose", 2_000, |n| {
            let text = |i: usize| format!("As RB-{} and RB-{} say.\n", (i * 7) % n, i + 1);
            let mut files: Vec<File> =
                (0..n).map(|i| item(format!("i{i}"), &format!("id: RB-{i}\n"), &text(i))).collect();
            files.push(config("mentions: ['RB-\\d+']\n"));
            files
        }),
        Shape::new("mentions in one text", 10_000, |n| {
            vec![config("mentions: ['RB-\\d+']\n"), item("i", "id: RB-1\n", &many(n, |i| format!("RB-{}, ", i % 2)))]
        }),
        Shape::new("mentions of what is internal", 2_000, |n| {
            let mut files = vec![config("mentions: ['RB-\\d+']\n"), item("s", "id: RB-1\nvisibility: internal\n", "")];
            files.push(item("p", "id: RB-2\n", &many(n, |_| "RB-1, [a](s.md)\n".to_owned())));
            files
        }),
        Shape::new("outcomes of internal themes", 2_000, |n| {
            let mut files = items(n, |i| format!("outcomes: metric-{i}\n"));
            files.extend((0..n).map(|i| {
                theme(format!("t{i}"), &format!("visibility: internal\noutcomes: [{{metric: metric {i}}}]\n"))
            }));
            files
        }),
    ]
}

/// `a` to `z`, then `ba`, `bb` …
fn letters(mut number: usize) -> String {
    let mut text = String::new();
    loop {
        text.insert(0, char::from(b'a' + u8::try_from(number % 26).unwrap_or(0)));
        number /= 26;
        if number == 0 {
            return text;
        }
    }
}
