//! Tests of the drawing room.
#![expect(clippy::float_arithmetic, reason = "curves are followed at fractions of a pixel, which reach no output")]

mod measure;
mod read;

use expect_test::expect;
use fastrand::Rng;
use roadbook::site::drawing::{Drawing, DrawingNode, Graph, Mark, drawing};

use read::{Line, Point, Read, Rect, ends, is_loop, read, to_its_tip};

const MARKS: [Mark; 7] = [Mark::Ring, Mark::Half, Mark::Full, Mark::Tick, Mark::Cross, Mark::Bars, Mark::Diamond];

fn node(title: &str) -> DrawingNode<'_> {
    DrawingNode { title, note: "planned", href: Some("a.html"), class: "state-planned", shape: Mark::Ring }
}

fn graph<'a>(titles: &'a [String], edges: &[(u32, u32)]) -> Graph<'a> {
    let boxes = titles.iter().map(|title| node(title)).collect();
    Graph { boxes, edges: edges.to_vec(), title: "Dependencies", description: "What needs what", id_prefix: "g" }
}

/// Titles of one word, each of which names its box.
fn titles(count: usize) -> Vec<String> {
    (0..count).map(|at| format!("b{at}")).collect()
}

fn random_edges(rng: &mut Rng, boxes: usize, most: usize, near: usize) -> Vec<(u32, u32)> {
    let needs = |to: usize, rng: &mut Rng| rng.usize(to.saturating_sub(near)..to);
    (1..boxes)
        .flat_map(|to| (0..rng.usize(0..=most)).map(|_| (needs(to, rng) as u32, to as u32)).collect::<Vec<_>>())
        .collect()
}

/// How often lines cross, loops aside.
fn crossings(read: &Read) -> usize {
    let lines: Vec<Vec<Point>> = read.lines.iter().filter(|line| !is_loop(read, line)).map(to_its_tip).collect();
    measure::crossings(&lines)
}

/// What is wrong with a drawing of boxes named by `titles` and these edges.
fn faults(drawn: &Drawing, boxes: usize, edges: &[(u32, u32)]) -> Vec<String> {
    let read = read(&drawn.svg);
    let mut faults = Vec::new();
    let mut say = |fault: String| faults.push(fault);
    if read.boxes.len() != boxes {
        say(format!("{} boxes", read.boxes.len()));
    }
    let inside = |(x, y): Point| x >= 0.0 && y >= 0.0 && x <= f64::from(drawn.width) && y <= f64::from(drawn.height);
    for (at, a) in read.boxes.iter().enumerate() {
        if !inside((a.left, a.top)) || !inside((a.right, a.bottom)) {
            say(format!("{} stands out", a.title));
        }
        for b in &read.boxes[..at] {
            if a.left < b.right + 8.0 && b.left < a.right + 8.0 && a.top < b.bottom + 8.0 && b.top < a.bottom + 8.0 {
                say(format!("{} and {} are too near", a.title, b.title));
            }
        }
    }
    for line in &read.lines {
        for &point in &line.points {
            let on = |rect: &&Rect| {
                let [left, top, right, bottom] =
                    [point.0 - rect.left, point.1 - rect.top, rect.right - point.0, rect.bottom - point.1];
                left.min(top).min(right).min(bottom) > 0.001
            };
            if let Some(rect) = read.boxes.iter().find(on) {
                say(format!("a line runs over {} at {point:?}", rect.title));
            }
            if !inside(point) {
                say(format!("a line leaves the drawing at {point:?}"));
            }
        }
    }
    let mut drawn_edges: Vec<Option<(u32, u32)>> = read.lines.iter().map(|line| ends(&read, line)).collect();
    drawn_edges.sort_unstable();
    let mut wanted: Vec<Option<(u32, u32)>> = edges.iter().copied().map(Some).collect();
    wanted.sort_unstable();
    wanted.dedup();
    if drawn_edges != wanted {
        say(format!("edges {drawn_edges:?} instead of {wanted:?}"));
    }
    let crossings = crossings(&read);
    if crossings != drawn.crossings as usize {
        say(format!("{crossings} crossings, said to be {}", drawn.crossings));
    }
    faults
}

// The text.

#[test]
fn a_small_drawing_as_text() {
    let boxes = vec![
        DrawingNode {
            title: "Accounts",
            note: "done",
            href: Some("accounts.html"),
            class: "state-done",
            shape: Mark::Tick,
        },
        DrawingNode { title: "Sign in with <SSO> & more", note: "", href: None, class: "", shape: Mark::Half },
        DrawingNode {
            title: "Team sharing",
            note: "planned",
            href: None,
            class: "state-planned here",
            shape: Mark::Ring,
        },
    ];
    let edges = vec![(0, 1), (0, 2), (1, 2), (2, 1), (2, 2)];
    let graph = Graph { boxes, edges, title: "What \"Team sharing\" needs", description: "", id_prefix: "d1" };
    expect![[r#"
        <svg class="dep-graph" viewBox="0 0 639 99" width="639" height="99" role="group" aria-labelledby="d1-t">
        <title id="d1-t">What &quot;Team sharing&quot; needs</title>
        <g class="dep-edge">
        <path d="M176 54h7c16 0 16-21 32-21"/>
        <path d="M176 54h7c16 0 16 20 32 20h186c17 0 18-41 35-41"/>
        </g>
        <path class="dep-arrow" d="M215 29l7 4-7 4zM436 29l7 4-7 4z"/>
        <g class="dep-edge dep-cycle">
        <path d="M394 33h42"/>
        </g>
        <path class="dep-arrow dep-cycle" d="M436 29l7 4-7 4z"/>
        <g class="dep-edge dep-cycle">
        <path d="M443 33h-42"/>
        <path d="M599 62c0 13 36 13 36-14q0-14-13-15"/>
        </g>
        <path class="dep-arrow dep-cycle" d="M401 37l-7-4 7-4zM622 37l-7-4 7-4z"/>
        <a class="dep-box state-done" href="accounts.html" transform="translate(4 25)">
        <title>Accounts, done</title>
        <rect width="172" height="58" rx="8"/>
        <path class="dep-mark" d="M15 16a6 6 0 1 1-.1 0zm-3 5-1 1 3 3 5-5-1-1-4 4z"/>
        <text class="dep-title" x="28" y="26">Accounts</text>
        <text class="dep-note" x="28" y="40">done</text>
        </a>
        <g class="dep-box" transform="translate(222 4)">
        <title>Sign in with &lt;SSO&gt; &amp; more</title>
        <rect width="172" height="58" rx="8"/>
        <path class="dep-mark" d="M15 15a6 6 0 1 1-.1 0zm0 2a4 4 0 0 0 0 8z"/>
        <text class="dep-title" x="28" y="25">Sign in with &lt;SSO&gt; <tspan x="28" dy="16">&amp; more</tspan>
        </text>
        </g>
        <g class="dep-box state-planned here" transform="translate(443 4)">
        <title>Team sharing, planned</title>
        <rect width="172" height="58" rx="8"/>
        <path class="dep-mark" d="M15 16a6 6 0 1 1-.1 0zm0 2a4 4 0 1 0 .1 0z"/>
        <text class="dep-title" x="28" y="26">Team sharing</text>
        <text class="dep-note" x="28" y="40">planned</text>
        </g>
        </svg>"#]]
    .assert_eq(&drawing(&graph).svg.replace("><", ">\n<"));
}

#[test]
fn a_drawing_with_links_is_a_group_and_without_an_image() {
    let mut graph = graph(&[], &[]);
    graph.boxes = vec![node("One")];
    assert!(drawing(&graph).svg.contains(" role=\"group\" aria-labelledby=\"g-t\" aria-describedby=\"g-d\">"));
    graph.boxes[0].href = None;
    assert!(drawing(&graph).svg.contains(" role=\"img\" "));
}

#[test]
fn whatever_an_author_writes_is_text() {
    let hostile = "</title><script>alert('1')</script>\" onload=\"x\" style=\"y\" &amp; ]]> \u{0}\u{8}\n\u{ffff}";
    let boxes =
        MARKS.map(|shape| DrawingNode { title: hostile, note: hostile, href: Some(hostile), class: hostile, shape });
    let edges = (1..7).map(|to| (0, to)).collect();
    let graph = Graph { boxes: boxes.to_vec(), edges, title: hostile, description: hostile, id_prefix: hostile };
    let svg = drawing(&graph).svg;
    let mut open: Vec<&str> = Vec::new();
    for piece in svg.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').expect("every tag is closed");
        assert!(!text.contains('>') && !text.contains('"'), "{text}");
        let name = tag.split([' ', '/']).find(|name| !name.is_empty()).expect("every tag has a name");
        let known = ["svg", "title", "desc", "g", "path", "a", "rect", "text", "tspan"];
        assert!(known.contains(&name), "{name}");
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name));
        } else {
            // Names and values alternate, so that nothing but our own attributes is one.
            let quoted: Vec<&str> = tag.split('"').collect();
            assert!(quoted.len() % 2 == 1, "{tag}");
            for name in quoted.iter().step_by(2).filter_map(|outside| outside.strip_suffix('=')) {
                let name = name.rsplit(' ').next().unwrap_or_default();
                assert!(!["style", "onload"].contains(&name), "{tag}");
            }
            if !tag.ends_with('/') {
                open.push(name);
            }
        }
    }
    assert!(open.is_empty());
    assert!(svg.chars().all(|char| char >= ' ' && char != '\u{ffff}'), "nothing that XML does not allow");
    let after_ampersands = svg.split('&').skip(1);
    let entities = ["amp;", "lt;", "gt;", "quot;", "#39;"];
    assert!(after_ampersands.into_iter().all(|rest| entities.iter().any(|entity| rest.starts_with(entity))));
}

/// The lines of the first box's title.
fn lines_of(title: &str) -> Vec<String> {
    let graph = Graph { boxes: vec![node(title)], title: "T", id_prefix: "g", ..Graph::default() };
    let svg = drawing(&graph).svg;
    let text = svg.split("<text class=\"dep-title\"").nth(1).expect("a title").split("</text>").next().unwrap_or("");
    let lines = text.split('<').filter_map(|piece| piece.split_once('>'));
    lines.map(|(_, line)| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

#[test]
fn titles_are_broken_at_words_and_cut_after_two_lines() {
    assert_eq!(lines_of("Search"), ["Search"]);
    assert_eq!(lines_of("Search in any language"), ["Search in any", "language"]);
    assert_eq!(
        lines_of("Search in any language, with suggestions while typing"),
        ["Search in any", "language, with su…"]
    );
    assert_eq!(lines_of("Über-Benachrichtigungsdienst"), ["Über-", "Benachrichtigung…"]);
    assert_eq!(lines_of("Donaudampfschifffahrtsgesellschaft"), ["Donaudampfschifffa", "hrtsgesellschaft"]);
    assert_eq!(lines_of("任意の言語で検索できるようにする"), ["任意の言語で検索でき", "るようにする"]);
    assert_eq!(lines_of("  \t "), [""; 0]);
}

#[test]
fn a_cut_parts_no_character_from_what_modifies_it() {
    let family = "👩\u{200d}👩\u{200d}👧";
    let accent = "e\u{301}";
    for shift in 0..14 {
        let title = format!("{}{}", "i".repeat(shift), family.repeat(30));
        let lines = lines_of(&title);
        assert_eq!(lines.len(), 2, "{lines:?}");
        let whole = |line: &str| line.trim_start_matches('i').trim_end_matches('…').replace(family, "").is_empty();
        assert!(lines.iter().all(|line| whole(line)), "{lines:?}");
        let title = format!("{}{}", "i".repeat(shift), accent.repeat(60));
        let lines = lines_of(&title);
        let whole = |line: &str| line.trim_start_matches('i').trim_end_matches('…').replace(accent, "").is_empty();
        assert!(lines.len() == 2 && lines.iter().all(|line| whole(line)), "{lines:?}");
    }
}

#[test]
fn the_text_is_light() {
    let titles: Vec<String> = (0..20).map(|at| format!("Title number {at}")).collect();
    let mut rng = Rng::with_seed(3);
    let edges = random_edges(&mut rng, 20, 3, 6);
    let with = drawing(&graph(&titles, &edges)).svg.len();
    let without = drawing(&graph(&titles, &[])).svg.len();
    let written: usize =
        titles.iter().map(|title| 2 * title.len() + 2 * "planned".len() + "a.htmlstate-planned".len()).sum();
    let of_box = (without - written) / 20;
    assert!(of_box <= 290, "{of_box} bytes a box beside its texts");
    let of_edge = with.saturating_sub(without) / edges.len();
    assert!(of_edge <= 90, "{of_edge} bytes an edge");
}

// The layout.

#[test]
fn nothing_makes_an_empty_drawing() {
    let drawn = drawing(&graph(&[], &[(0, 1)]));
    assert_eq!((drawn.width, drawn.height, drawn.crossings), (8, 8, 0));
    assert!(drawn.svg.starts_with("<svg ") && drawn.svg.ends_with("</desc></svg>"));
}

#[test]
fn random_graphs_are_drawn_as_they_should_be() {
    for seed in 0..crate::support::rounds(300) {
        let mut rng = Rng::with_seed(seed);
        let boxes = rng.usize(1..=40);
        let most = rng.usize(1..=3);
        let near = rng.usize(1..=boxes);
        let mut edges = random_edges(&mut rng, boxes, most, near);
        if seed % 3 == 0 {
            let any = |rng: &mut Rng| rng.u32(0..boxes as u32);
            edges.extend((0..rng.usize(1..=4)).map(|_| (any(&mut rng), any(&mut rng))).collect::<Vec<_>>());
            edges.extend(edges.first().copied());
        }
        let titles = titles(boxes);
        let drawn = drawing(&graph(&titles, &edges));
        assert_eq!(faults(&drawn, boxes, &edges), [""; 0], "seed {seed}");
        assert_eq!(drawn, drawing(&graph(&titles, &edges)), "seed {seed}: twice the same");
        rng.shuffle(&mut edges);
        assert_eq!(drawn, drawing(&graph(&titles, &edges)), "seed {seed}: in whatever order the edges come");
    }
}

#[test]
fn the_checker_of_drawings_finds_faults() {
    let titles = titles(3);
    let edges = [(0, 1), (1, 2), (0, 2)];
    let drawn = drawing(&graph(&titles, &edges));
    assert_eq!(faults(&drawn, 3, &edges), [""; 0]);
    let wrong = |from: &str, to: &str| {
        assert!(drawn.svg.contains(from), "{}", drawn.svg);
        faults(&Drawing { svg: drawn.svg.replacen(from, to, 1), ..drawn.clone() }, 3, &edges)
    };
    let paths: Vec<&str> = drawn.svg.split("<path d=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let level = paths.iter().find(|path| path.matches('c').count() == 2).expect("a line passes the middle column");
    let second = level.rfind('c').expect("two curves");
    let first = level.find('c').expect("two curves");
    let through = format!("{}h40{}", &level[..first], &level[second..]);
    assert!(!wrong(level, &through).is_empty(), "a line over a box");
    assert!(!wrong(&format!("<path d=\"{level}\"/>"), "").is_empty(), "a line is missing");
    let corner = drawn.svg.split("translate(").nth(2).and_then(|rest| rest.split(')').next()).expect("a second box");
    assert!(!wrong(corner, "4 4").is_empty(), "a box on another");
    let said = Drawing { crossings: 1, ..drawn.clone() };
    assert!(!faults(&said, 3, &edges).is_empty(), "a crossing that is not there");
}

#[test]
fn edges_of_a_cycle_are_marked_and_no_others() {
    let drawn = read(&drawing(&graph(&titles(5), &[(0, 1), (1, 2), (2, 0), (2, 3), (3, 3), (3, 4)])).svg);
    let which = |wanted: &dyn Fn(&Line) -> bool| -> Vec<(u32, u32)> {
        drawn.lines.iter().filter(|line| wanted(line)).filter_map(|line| ends(&drawn, line)).collect()
    };
    assert_eq!(which(&|line| line.marked), [(0, 1), (1, 2), (2, 0), (3, 3)]);
    assert_eq!(which(&|line| line.backward && !is_loop(&drawn, line)), [(2, 0)]);
    for seed in 0..100 {
        let mut rng = Rng::with_seed(seed);
        let edges = random_edges(&mut rng, 12, 3, 12);
        assert!(!drawing(&graph(&titles(12), &edges)).svg.contains("dep-cycle"), "seed {seed}");
    }
}

#[test]
fn trees_do_not_cross() {
    for seed in 0..200 {
        let mut rng = Rng::with_seed(seed);
        let boxes = rng.usize(2..=60);
        let out: Vec<(u32, u32)> = (1..boxes as u32).map(|to| (rng.u32(0..to), to)).collect();
        let back: Vec<(u32, u32)> = out.iter().map(|&(from, to)| (to, from)).collect();
        for edges in [out, back] {
            let drawn = drawing(&graph(&titles(boxes), &edges));
            assert_eq!(faults(&drawn, boxes, &edges), [""; 0], "seed {seed}");
            assert_eq!(drawn.crossings, 0, "seed {seed}");
        }
    }
}

/// Calls `each` with every order of `0..count`.
fn permutations(count: usize, each: &mut impl FnMut(&[usize])) {
    fn go(order: &mut Vec<usize>, fixed: usize, each: &mut impl FnMut(&[usize])) {
        if fixed == order.len() {
            each(order);
        }
        for at in fixed..order.len() {
            order.swap(fixed, at);
            go(order, fixed + 1, each);
            order.swap(fixed, at);
        }
    }
    go(&mut (0..count).collect(), 0, each);
}

#[test]
fn two_columns_cross_as_little_as_they_can() {
    for seed in 0..60 {
        let mut rng = Rng::with_seed(seed);
        let (left, right) = (rng.usize(2..=4), rng.usize(2..=5));
        let mut edges: Vec<(u32, u32)> = Vec::new();
        for a in 0..left as u32 {
            edges.extend((left as u32..(left + right) as u32).filter(|_| rng.u8(0..5) < 3).map(|b| (a, b)));
        }
        let mut fewest = usize::MAX;
        permutations(left, &mut |above| {
            permutations(right, &mut |below| {
                let places = edges.iter().map(|&(a, b)| (above[a as usize], below[b as usize - left]));
                let places: Vec<(usize, usize)> = places.collect();
                let crosses =
                    |a: &(usize, usize), b: &(usize, usize)| (a.0 < b.0 && a.1 > b.1) || (a.0 > b.0 && a.1 < b.1);
                let count = |at: usize| places[..at].iter().filter(|other| crosses(&places[at], other)).count();
                fewest = fewest.min((0..places.len()).map(count).sum());
            });
        });
        assert_eq!(drawing(&graph(&titles(left + right), &edges)).crossings as usize, fewest, "seed {seed}: {edges:?}");
    }
}

/// Edges from every box of one list to every box of another.
fn between(from: std::ops::Range<u32>, to: std::ops::Range<u32>) -> Vec<(u32, u32)> {
    from.flat_map(|a| to.clone().map(move |b| (a, b))).collect()
}

#[test]
fn graphs_whose_fewest_crossings_are_known_have_no_more() {
    let ladder = |rungs: u32| -> Vec<(u32, u32)> {
        let rails = (0..rungs - 1).flat_map(|at| [(at, at + 1), (rungs + at, rungs + at + 1)]);
        rails.chain((0..rungs).map(|at| (at, rungs + at))).collect()
    };
    let grid = |side: u32| -> Vec<(u32, u32)> {
        let cells = (0..side).flat_map(|row| (0..side).map(move |column| (row, column)));
        let right = cells
            .clone()
            .filter(|&(_, column)| column + 1 < side)
            .map(|(row, column)| (row * side + column, row * side + column + 1));
        let down = cells
            .filter(|&(row, _)| row + 1 < side)
            .map(|(row, column)| (row * side + column, row * side + side + column));
        right.chain(down).collect()
    };
    // A path with a leaf at each box: the caterpillar. Diamonds in a row. A tree of three forks at each box.
    let caterpillar: Vec<(u32, u32)> = (0..12).flat_map(|at| [(at, at + 1), (at, at + 20)]).collect();
    let diamonds: Vec<(u32, u32)> = (0..6)
        .flat_map(|at| [(at * 3, at * 3 + 1), (at * 3, at * 3 + 2), (at * 3 + 1, at * 3 + 3), (at * 3 + 2, at * 3 + 3)])
        .collect();
    let forks: Vec<(u32, u32)> = (1..40).map(|to| ((to - 1) / 3, to)).collect();
    // In two columns m boxes joined with n cross (m over 2) × (n over 2) times whatever their order.
    let known = [
        ("K2,2", 4, between(0..2, 2..4), 1),
        ("K3,3", 6, between(0..3, 3..6), 9),
        ("K3,4", 7, between(0..3, 3..7), 18),
        ("K4,4", 8, between(0..4, 4..8), 36),
        ("a ladder", 16, ladder(8), 0),
        ("a long ladder", 40, ladder(20), 0),
        ("a grid", 25, grid(5), 0),
        ("a caterpillar", 40, caterpillar, 0),
        ("diamonds", 19, diamonds, 0),
        ("forks", 40, forks.clone(), 0),
        ("joins", 40, forks.iter().map(|&(from, to)| (to, from)).collect(), 0),
    ];
    for (name, boxes, edges, fewest) in known {
        for seed in 0..8 {
            let mut rng = Rng::with_seed(seed);
            let mut names: Vec<u32> = (0..boxes).collect();
            rng.shuffle(&mut names);
            let edges: Vec<(u32, u32)> =
                edges.iter().map(|&(from, to)| (names[from as usize], names[to as usize])).collect();
            let drawn = drawing(&graph(&titles(boxes as usize), &edges));
            assert_eq!(faults(&drawn, boxes as usize, &edges), [""; 0], "{name}, seed {seed}");
            assert_eq!(drawn.crossings, fewest, "{name}, seed {seed}");
        }
    }
}

/// How wide a text runs in bold Helvetica, by the widest letter of each kind, guessed apart from the drawing's own table.
fn width_of(text: &str, size: f64) -> f64 {
    let share = |c: char| match c {
        'i' | 'j' | 'l' | ' ' | '.' | ',' => 0.28,
        't' | 'f' | '-' => 0.34,
        'r' => 0.39,
        'm' | 'w' | 'M' | 'W' => 0.95,
        c if c.is_ascii_lowercase() => 0.62,
        c if c.is_ascii() => 0.78,
        _ => 1.0,
    };
    text.chars().map(|c| share(c) * size).sum()
}

/// The lines of text that are not inside their boxes. Letters rise at most to their size above the line and fall a quarter below.
fn texts_outside(svg: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let value = |tag: &str, name: &str| -> f64 {
        let start = tag.find(&format!(" {name}=\"")).unwrap_or_else(|| panic!("no {name} in {tag}")) + name.len() + 3;
        tag[start..].split('"').next().and_then(|number| number.parse().ok()).expect("a number")
    };
    let (mut width, mut height, mut line, mut size) = (0.0, 0.0, (0.0, 0.0), 0.0);
    for piece in svg.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').expect("a tag");
        if tag.starts_with("rect") {
            (width, height) = (value(tag, "width"), value(tag, "height"));
        } else if tag.starts_with("text") {
            size = if tag.contains("dep-title") { 13.0 } else { 11.0 };
            line = (value(tag, "x"), value(tag, "y"));
        } else if tag.starts_with("tspan") {
            line = (value(tag, "x"), line.1 + value(tag, "dy"));
        } else {
            continue;
        }
        let text = text.trim();
        let is_high = text.is_empty() || (line.1 - size >= 0.0 && line.1 + size / 4.0 <= height);
        if !is_high || line.0 < 0.0 || line.0 + width_of(text, size) > width {
            faults.push(format!("{text:?} at {line:?} in {width} × {height}"));
        }
    }
    faults
}

#[test]
fn texts_stand_inside_their_boxes() {
    let words =
        ["ship", "the", "WAREHOUSE", "of", "mmm", "rather-long-compound-words", "検索", "🌱", "if", "Migration"];
    for seed in 0..60 {
        let mut rng = Rng::with_seed(seed);
        let title = |rng: &mut Rng| -> String {
            (0..rng.usize(1..9)).map(|_| words[rng.usize(0..words.len())]).collect::<Vec<_>>().join(" ")
        };
        let texts: Vec<(String, String)> = (0..6).map(|_| (title(&mut rng), title(&mut rng))).collect();
        let boxes = texts.iter().map(|(title, note)| DrawingNode { note, ..node(title) }).collect();
        let svg = drawing(&Graph { boxes, title: "T", id_prefix: "g", ..Graph::default() }).svg;
        assert_eq!(texts_outside(&svg), [""; 0], "seed {seed}");
        assert!(!texts_outside(&svg.replace("<rect width=\"1", "<rect width=\"")).is_empty(), "a box too narrow");
    }
}

#[test]
fn lines_are_as_short_as_they_can_be() {
    for seed in 0..150 {
        let mut rng = Rng::with_seed(seed);
        let boxes = rng.usize(2..=6);
        let mut edges = random_edges(&mut rng, boxes, 3, boxes);
        edges.sort_unstable();
        edges.dedup();
        let read = read(&drawing(&graph(&titles(boxes), &edges)).svg);
        let mut sides: Vec<f64> = read.boxes.iter().map(|rect| rect.left).collect();
        sides.sort_by(f64::total_cmp);
        sides.dedup();
        let column = |node: u32| {
            let wanted = format!("b{node}, planned");
            let rect = read.boxes.iter().find(|rect| rect.title == wanted).expect("every box is drawn");
            sides.iter().position(|&side| side == rect.left).expect("a column")
        };
        let drawn: usize = edges.iter().map(|&(a, b)| column(b) - column(a)).sum();
        // Every way to put up to six boxes into six columns.
        let mut least = usize::MAX;
        for mut code in 0..6_usize.pow(boxes as u32) {
            let columns: [usize; 6] = std::array::from_fn(|_| {
                let column = code % 6;
                code /= 6;
                column
            });
            let spans = edges
                .iter()
                .map(|&(a, b)| columns[b as usize].checked_sub(columns[a as usize]).filter(|&span| span > 0));
            least = least.min(spans.sum::<Option<usize>>().unwrap_or(usize::MAX));
        }
        assert_eq!(drawn, least, "seed {seed}: {edges:?}");
    }
}

#[test]
fn a_chain_is_straight_and_a_fork_stands_in_the_middle() {
    let middles = |count: usize, edges: &[(u32, u32)]| {
        let read = read(&drawing(&graph(&titles(count), edges)).svg);
        read.boxes.iter().map(|rect| (rect.top + rect.bottom) / 2.0).collect::<Vec<_>>()
    };
    let chain = middles(5, &[(0, 1), (1, 2), (2, 3), (3, 4), (0, 4)]);
    assert!(chain[1..4].windows(2).all(|pair| pair[0] == pair[1]), "{chain:?}");
    let fork = middles(3, &[(0, 1), (0, 2)]);
    assert_eq!(fork[0], f64::midpoint(fork[1], fork[2]));
    let three = middles(4, &[(0, 1), (0, 2), (0, 3)]);
    assert_eq!(three[0], three[2]);
}

#[test]
fn large_graphs_of_any_shape_are_drawn() {
    let fan: Vec<(u32, u32)> = (1..1_000).map(|to| (0, to)).collect();
    let chain: Vec<(u32, u32)> = (1..500).map(|to| (to - 1, to)).collect();
    let all: Vec<(u32, u32)> = (0..20).flat_map(|a| (a + 1..20).map(move |b| (a, b))).collect();
    let sides: Vec<(u32, u32)> = (0..30).flat_map(|a| (30..60).map(move |b| (a, b))).collect();
    let mut random = random_edges(&mut Rng::with_seed(1), 200, 2, 40);
    random.sort_unstable();
    random.dedup();
    for (name, boxes, edges) in
        [("fan", 1_000, fan), ("chain", 500, chain), ("all", 20, all), ("sides", 60, sides), ("random", 200, random)]
    {
        let drawn = drawing(&graph(&titles(boxes), &edges));
        let read = read(&drawn.svg);
        assert_eq!((read.boxes.len(), read.lines.len()), (boxes, edges.len()), "{name}");
        if name == "sides" {
            assert_eq!(drawn.crossings, (30 * 29 / 2) * (30 * 29 / 2), "{name}");
        }
    }
}
