//! Graphs of items, themes and what groups them.

use super::{File, Shape, config, item, items, list, many, one, theme};

pub(super) fn shapes() -> Vec<Shape> {
    vec![
        Shape::new("items", 2_000, |n| items(n, |i| format!("title: Item {i}\n"))),
        Shape::new("a chain of dependencies", 2_000, |n| {
            items(n, |i| format!("depends_on: i{}\nvalue: 3\neffort: 2\n", i + 1))
        }),
        Shape::new("a cycle of dependencies", 2_000, |n| {
            items(n, |i| format!("depends_on: i{}\nvalue: 3\neffort: 2\n", (i + 1) % n))
        }),
        Shape::new("cycles of two", 2_000, |n| items(n, |i| format!("depends_on: i{}\n", i ^ 1))),
        Shape::new("items that wait for themselves", 2_000, |n| items(n, |i| format!("depends_on: i{i}\n"))),
        Shape::new("a cycle with chords", 2_000, |n| {
            items(n, |i| format!("depends_on: [i{}, i{}]\n", (i + 1) % n, (i * 7 + 3) % n))
        }),
        Shape::new("all wait for one", 2_000, |n| {
            items(n, |i| if i == 0 { String::new() } else { "depends_on: i0\nvalue: 1\neffort: 1\n".to_owned() })
        }),
        Shape::new("one waits for all", 2_000, |n| {
            let mut files = items(n, |_| "value: 1\neffort: 1\n".to_owned());
            files.push(item("one", &(list("depends_on", n, |i| format!("i{i}")) + "value: 9\neffort: 1\n"), ""));
            files
        }),
        Shape::new("one dependency with many remarks", 5_000, |n| {
            let mut files = items(1, |_| String::new());
            files.push(item("one", &list("depends_on", n, |i| format!("i0: for reason {i}")), ""));
            files
        }),
        Shape::new("all are in progress", 5_000, |n| {
            items(n, |_| "status: in progress\nvalue: 3\neffort: 2\n".to_owned())
        }),
        Shape::new("one blocks all", 2_000, |n| {
            let mut files = items(n, |_| String::new());
            files.push(item("one", &list("blocks", n, |i| format!("i{i}")), ""));
            files
        }),
        Shape::new("each waits for eight of the layer before", 2_000, |n| {
            items(n, |i| {
                let before = (i / 50)
                    .checked_sub(1)
                    .map(|layer| (0..8).map(|k| format!("i{}", layer * 50 + (i * 3 + k * 5) % 50)).collect());
                format!(
                    "value: {}\neffort: {}\ndepends_on: [{}]\n",
                    i % 13,
                    i % 5 + 1,
                    before.unwrap_or_else(Vec::new).join(", ")
                )
            })
        }),
        Shape::new("a ladder of diamonds", 2_000, |n| {
            items(n, |i| {
                let layer = i / 2 * 2;
                format!("depends_on: [i{}, i{}]\nvalue: 2\neffort: 1\n", layer + 2, layer + 3)
            })
        }),
        Shape::new("a long cycle through a fan", 2_000, |n| {
            items(n, |i| {
                if i == 0 {
                    list("depends_on", n.min(9_000), |k| format!("i{k}"))
                } else {
                    "depends_on: i0\n".to_owned()
                }
            })
        }),
        Shape::new("a chain of parents", 2_000, |n| items(n, |i| format!("parent: i{}\neffort: 1\n", i + 1))),
        Shape::new("a cycle of parents", 2_000, |n| items(n, |i| format!("parent: i{}\neffort: 1\n", (i + 1) % n))),
        Shape::new("cycles of two parents", 2_000, |n| items(n, |i| format!("parent: i{}\n", i ^ 1))),
        Shape::new("one parent", 2_000, |n| {
            items(n, |i| if i == 0 { String::new() } else { "parent: i0\neffort: 1\n".to_owned() })
        }),
        Shape::new("a chain of done parents with open parts", 2_000, |n| {
            items(n, |i| format!("parent: i{}\nstatus: {}\n", i + 1, if i % 2 == 0 { "done" } else { "planned" }))
        }),
        Shape::new("a tree of parents, themes at the leaves", 2_000, |n| {
            let mut files = items(n, |i| format!("parent: i{}\ntheme: t{i}\neffort: 1\n", i + 1));
            files.extend((0..n).map(|i| theme(format!("t{i}"), "")));
            files
        }),
        Shape::new("all relate to one", 2_000, |n| items(n, |_| "relates: i0\n".to_owned())),
        Shape::new("a chain of replaced items", 2_000, |n| items(n, |i| format!("supersedes: i{}\n", i + 1))),
        Shape::new("one replaces all", 2_000, |n| {
            let mut files = items(n, |_| String::new());
            files.push(item("one", &list("supersedes", n, |i| format!("i{i}")), ""));
            files
        }),
        Shape::new("all replace one", 2_000, |n| items(n, |_| "supersedes: i0\n".to_owned())),
        Shape::new("all texts link to one", 2_000, |n| {
            let mut files: Vec<File> = (0..n).map(|i| item(format!("i{i}"), "", "See [[i0]].\n")).collect();
            files.push(config(""));
            files
        }),
        Shape::new("one text links to all", 2_000, |n| {
            let mut files = items(n, |_| String::new());
            files.push(item("one", "", &many(n, |i| format!("[[i{i}]] "))));
            files
        }),
        Shape::new("themes", 2_000, |n| {
            let mut files = items(n, |i| format!("theme: t{i}\n"));
            files.extend((0..n).map(|i| theme(format!("t{i}"), "status: active\ninvestment: 1\n")));
            files
        }),
        Shape::new("themes without items", 2_000, |n| {
            let mut files = items(1, |_| String::new());
            files.extend((0..n).map(|i| theme(format!("t{i}"), "status: active\n")));
            files
        }),
        Shape::new("one theme", 2_000, |n| {
            let mut files = items(n, |_| "theme: t\neffort: 2\nvalue: 1\n".to_owned());
            files.push(theme("t", "investment: 50\n"));
            files
        }),
        Shape::new("an item that serves every theme", 1_000, |n| {
            let mut files = items(1, |_| String::new());
            files.push(item("one", &list("theme", n, |i| format!("t{i}")), ""));
            files.extend((0..n).map(|i| theme(format!("t{i}"), "")));
            files
        }),
        Shape::new("outcomes of one theme", 500, |n| {
            vec![
                config(""),
                theme("t", &list("outcomes", n, |i| format!("metric: m{i}\n  target: 3"))),
                item("i", "theme: t\n", ""),
            ]
        }),
        Shape::new("an outcome in each item", 1_000, |n| {
            let mut files = items(n, |i| format!("theme: t\noutcomes: m{}\n", i % 1_000));
            files.push(theme("t", &list("outcomes", 1_000, |i| format!("metric: m{i}"))));
            files
        }),
        Shape::new("outcomes in one item", 500, |n| {
            vec![
                config(""),
                theme("t", &list("outcomes", n, |i| format!("metric: m{i}"))),
                item("i", &("theme: t\n".to_owned() + &list("outcomes", n, |i| format!("m{i}"))), ""),
            ]
        }),
        Shape::new("milestones, one an item", 2_000, |n| {
            items(n, |i| format!("milestone: m{i}\ntarget: 2027-01-01\n"))
        }),
        Shape::new("milestones at the ends of chains", 2_000, |n| {
            items(n, |i| format!("milestone: m{i}\ndepends_on: i{}\n", i + 1))
        }),
        Shape::new("one milestone", 2_000, |n| items(n, |_| "milestone: m\n".to_owned())),
        Shape::new("tags, one an item", 2_000, |n| items(n, |i| format!("tags: t{i}\n"))),
        Shape::new("tags in one item", 2_000, |n| one(&list("tags", n, |i| format!("t{i}")), "")),
        Shape::new("tags in one item, in one line", 2_000, |n| {
            one(&format!("tags: {}\n", many(n, |i| format!("t{i}, "))), "")
        }),
        Shape::new("tags that are spelled alike", 2_000, |n| items(n, |i| format!("tags: 'x{}'\n", signs(i)))),
        Shape::new("one tag", 2_000, |n| items(n, |_| "tags: t\n".to_owned())),
        Shape::new("owners, one an item", 2_000, |n| items(n, |i| format!("owner: o{i}\n"))),
        Shape::new("owners of one item", 2_000, |n| one(&list("owner", n, |i| format!("o{i}")), "")),
        Shape::new("one title", 2_000, |n| items(n, |_| "title: Same\n".to_owned())),
        Shape::new("free pages", 2_000, |n| {
            let mut files: Vec<File> = (0..n).map(|i| (format!("plan/pages/p{i}.md"), format!("# P{i}\n"))).collect();
            files.push(config(""));
            files
        }),
        Shape::new("an item in two is internal", 2_000, |n| {
            items(n, |i| format!("visibility: {}\n", if i % 2 == 0 { "internal" } else { "public" }))
        }),
        Shape::new("items that name what is internal", 2_000, |n| {
            items(n, |i| {
                format!("visibility: {}\ndepends_on: i{}\n", if i % 2 == 0 { "internal" } else { "public" }, i ^ 1)
            })
        }),
        Shape::new("folders, one an item", 2_000, |n| {
            let mut files: Vec<File> = (0..n).map(|i| (format!("plan/items/f{i}/i{i}.md"), String::new())).collect();
            files.push(config(""));
            files
        }),
        Shape::new("static files", 2_000, |n| {
            let mut files = items(1, |_| String::new());
            files.extend((0..n).map(|i| (format!("static/f{i}.txt"), "x".to_owned())));
            files
        }),
        Shape::new("files that nobody reads", 2_000, |n| {
            let mut files = items(1, |_| String::new());
            files.extend((0..n).map(|i| (format!("plan/other/f{i}.md"), "# x\n".to_owned())));
            files
        }),
        Shape::new("a plan of the internal audience", 2_000, |n| {
            items(n, |i| format!("value: {}\neffort: 3\n", i % 7))
        })
        .by(&["export", "--format", "json", "--audience", "internal"]),
        Shape::new("a chain as a graph", 2_000, |n| items(n, |i| format!("depends_on: i{}\n", i + 1))).by(&["graph"]),
        Shape::new("what fits into a capacity", 2_000, |n| {
            items(n, |i| format!("value: {}\neffort: 3\ndepends_on: i{}\n", i % 7, i + 1))
        })
        .by(&["next", "--capacity", "100"]),
        Shape::new("a list of all", 2_000, |n| items(n, |i| format!("title: I{i}\n"))).by(&["list", "--all"]),
        Shape::new("findings in every file", 2_000, |n| {
            items(n, |_| "status: nonsense\neffort: much\ndue: never\n".to_owned())
        })
        .by(&["check"]),
    ]
}

/// Signs that a slug leaves out.
fn signs(number: usize) -> String {
    (0..8).map(|digit| ['!', '+', '=', '?'][number >> (2 * digit) & 3]).collect()
}
