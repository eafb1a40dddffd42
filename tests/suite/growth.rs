//! Tests of how the work grows: what is looked for among many names, and what is summed over many parts. They count work and compare
//! with the plain definition; how long shapes take, `cargo bench --bench growth` tells.

use std::collections::HashSet;
use std::fmt::Write as _;

use fastrand::Rng;
use roadbook::diagnostic::Code;
use roadbook::id::ItemId;
use roadbook::nearest::{NOT_SOUGHT, NameIndex, Search, Sought, Suggestion, nearest};
use roadbook::number::Decimal;
use roadbook::plan::Input;
use roadbook::resolve::{MAX_PAGES_OF_FIELD, Readiness, Roadmap, Rollup};
use roadbook::state::State;
use roadbook::visibility::Audience;

use crate::support::{fixture_site, page, roadmap, rounds};

/// A name of few different letters, so that many are near each other; some of letters that change their length in lower case.
fn name(rng: &mut Rng) -> String {
    const LETTERS: &[&str] = &["a", "b", "A", "-", "1", "é", "İ", "ab", "ba", "ẞ"];
    let most = if rng.u8(0..4) == 0 { 14 } else { 7 };
    (0..rng.usize(0..=most)).map(|_| LETTERS[rng.usize(..LETTERS.len())]).collect()
}

/// A name with some slips.
fn slipped(rng: &mut Rng, name: &str) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    for _ in 0..rng.usize(0..5) {
        let at = rng.usize(0..=letters.len());
        match rng.u8(0..4) {
            0 => letters.insert(at, 'x'),
            1 if at < letters.len() => _ = letters.remove(at),
            2 if at < letters.len() => letters[at] = 'B',
            _ if at + 1 < letters.len() => letters.swap(at, at + 1),
            _ => {}
        }
    }
    letters.into_iter().collect()
}

#[test]
fn the_index_of_names_agrees_with_a_look_at_every_name() {
    let mut found = 0;
    for seed in 0..rounds(2_000) {
        let mut rng = Rng::with_seed(seed);
        let names: Vec<String> = (0..rng.usize(0..40)).map(|_| name(&mut rng)).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let (index, mut sought, mut search) = (NameIndex::new(names.iter().copied()), Sought::new(), Search::default());
        for _ in 0..10 {
            let near = if names.is_empty() { "" } else { names[rng.usize(..names.len())] };
            let wanted = if rng.bool() { name(&mut rng) } else { slipped(&mut rng, near) };
            let answer = index.nearest(&wanted, &mut sought, &mut search);
            let indexed = answer.map(|near| names[near.position]).near();
            assert_eq!(indexed, nearest(&wanted, names.iter().copied()), "seed {seed}: {wanted:?} in {names:?}");
            if let (Suggestion::Near(near), Some(name)) = (answer, indexed) {
                let first = names.iter().position(|other| *other == name);
                let is_the_first = first == Some(near.position) || names[near.position].to_lowercase() == name;
                assert!(is_the_first, "seed {seed}: {wanted:?} in {names:?}");
                found += 1;
            }
        }
    }
    assert!(found > rounds(2_000) * 2, "{found} names were near");
}

/// The steps that it takes to look for as many names as there are.
fn steps(names: &[String], wanted: impl Fn(usize) -> String) -> (u64, usize) {
    let index = NameIndex::new(names.iter().map(String::as_str));
    let (mut sought, mut search) = (Sought::new(), Search::default());
    let answers: Vec<Suggestion<_>> =
        (0..names.len()).map(|number| index.nearest(&wanted(number), &mut sought, &mut search)).collect();
    (search.steps(), answers.iter().filter(|&&answer| answer == Suggestion::NotSought).count())
}

#[test]
fn a_search_passes_over_what_begins_otherwise() {
    type Shape = (&'static str, fn(usize) -> String, fn(usize) -> String);
    // In letters: names with other numbers in them are never compared.
    fn letters(number: usize) -> String {
        format!("{number:06}").bytes().map(|digit| char::from(digit - b'0' + b'a')).collect()
    }
    let shapes: &[Shape] = &[
        (
            "one letter too many",
            |number| format!("item-{}", letters(number)),
            |number| format!("item-{}x", letters(number)),
        ),
        (
            "one letter too few",
            |number| format!("item-{}", letters(number)),
            |number| format!("ite-{}", letters(number)),
        ),
        (
            "another beginning",
            |number| format!("item-{}", letters(number)),
            |number| format!("task-{}", letters(number)),
        ),
        ("nothing in common", letters, |number| format!("missing-{}", letters(number % 7 + 1_000))),
    ];
    for (shape, name, wanted) in shapes {
        let of = |count: usize| steps(&(0..count).map(name).collect::<Vec<_>>(), wanted);
        let (small, large) = (of(1_000), of(16_000));
        assert_eq!((small.1, large.1), (0, 0), "{shape}: all are looked for");
        // Sixteen times the names, and one letter more.
        assert!(large.0 < small.0 * 32 + 1_000, "{shape}: {} steps of 1,000 names, {} of 16,000", small.0, large.0);
    }
}

#[test]
fn names_that_are_all_alike_end_the_search_and_a_finding_says_so() {
    // Every name begins as every wanted one does, but for three letters, and only the end tells that none is near.
    let letter = |number: usize| char::from_u32('一' as u32 + number as u32).unwrap_or('x');
    let name = |number: usize| format!("pp{}{}{}aaaaaa", letter(number % 40), letter(number / 40), letter(7));
    let wanted = |number: usize| format!("pp{}{}{}bbbaaa", letter(number + 50), letter(number + 3_000), letter(8));
    let names: Vec<String> = (0..1_500).map(name).collect();
    let index = NameIndex::new(names.iter().map(String::as_str));
    let (mut sought, mut search) = (Sought::new(), Search::of_steps(100_000));
    let answers: Vec<Suggestion<_>> =
        (0..1_500).map(|number| index.nearest(&wanted(number), &mut sought, &mut search)).collect();
    assert_eq!(answers[0], Suggestion::Nothing, "the first are looked for");
    assert_eq!(answers[1_499], Suggestion::NotSought, "the last are not");
    assert!(search.steps() < 100_000 + 1_500 * 1_100, "{} steps", search.steps());
    // What was found once stays found, whatever was looked for since.
    assert_eq!(index.nearest(&wanted(0), &mut sought, &mut search), Suggestion::Nothing);

    let mut fixture = String::new();
    for number in 0..3_000 {
        _ = writeln!(
            fixture,
            "//- plan/items/i{number}.md\n---\nid: {}\ndepends_on: {}\n---",
            name(number),
            wanted(number)
        );
    }
    let roadmap = roadmap(&fixture);
    let unknown = roadmap.diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::UNKNOWN_DEPENDENCY);
    let helps: Vec<&str> = unknown.filter_map(|diagnostic| diagnostic.help.as_deref()).collect();
    assert_eq!(helps.len(), 3_000, "each is reported");
    assert_eq!(helps[0], "write the id of an item, or drop the line");
    assert_eq!(helps[2_999], NOT_SOUGHT);
}

#[test]
fn the_nearest_of_many_ids_is_offered() {
    let mut fixture = String::from("//- plan/items/lost.md\n---\ndepends_on: item-20000x\n---\nSee [[item-19999x]].\n");
    for number in 0..20_001 {
        _ = writeln!(fixture, "//- plan/items/item-{number:05}.md");
    }
    let roadmap = roadmap(&fixture);
    let helps: Vec<&str> = roadmap.diagnostics.iter().filter_map(|diagnostic| diagnostic.help.as_deref()).collect();
    assert_eq!(helps, ["did you mean `item-20000`?", "did you mean `item-19999`?"]);
}

/// A plan whose items are parts of each other, up to cycles.
fn family(rng: &mut Rng) -> String {
    let count = rng.usize(1..30);
    let mut fixture = String::new();
    for number in 0..count {
        _ = writeln!(fixture, "//- plan/items/i{number}.md\n---");
        if rng.u8(0..5) > 0 {
            _ = writeln!(fixture, "parent: i{}", rng.usize(..count));
        }
        if rng.bool() {
            // So large that sums of a few come to the largest number there is.
            let effort = if rng.u8(0..4) == 0 { 1_000_000_000_000 } else { rng.u64(0..20) };
            _ = writeln!(fixture, "effort: {effort}");
        }
        let statuses = ["idea", "planned", "active", "paused", "done", "dropped", "nonsense"];
        _ = writeln!(fixture, "status: {}", statuses[rng.usize(..statuses.len())]);
        if rng.u8(0..4) == 0 {
            _ = writeln!(fixture, "depends_on: i{}", rng.usize(..count));
        }
        if rng.bool() {
            _ = writeln!(fixture, "theme: t{}", rng.u8(0..3));
        }
        fixture.push_str("---\n");
    }
    for number in 0..3 {
        _ = writeln!(fixture, "//- plan/themes/t{number}.md\n# T{number}");
    }
    fixture
}

/// All parts of an item and the parts of these, by definition.
fn below(roadmap: &Roadmap, id: ItemId) -> Vec<ItemId> {
    let children = &roadmap.items[id].links.children;
    children.iter().flat_map(|&child| std::iter::once(child).chain(below(roadmap, child))).collect()
}

/// The sum over some items, by definition.
fn sum(roadmap: &Roadmap, members: &[ItemId]) -> Rollup {
    let all: HashSet<ItemId> = members.iter().copied().collect();
    let effort = |id: ItemId| roadmap.plan.items[id].input(Input::Effort);
    let is_dropped = |id: ItemId| roadmap.plan.items[id].state == State::Dropped;
    let mut rollup = Rollup::default();
    for &id in members.iter().filter(|&&id| !is_dropped(id)) {
        let tells = |part: &ItemId| all.contains(part) && !is_dropped(*part) && effort(*part).is_some();
        let own = effort(id).filter(|_| !below(roadmap, id).iter().any(tells));
        let readiness = roadmap.items[id].readiness;
        let (count, part) = match readiness {
            _ if roadmap.plan.items[id].state == State::Unknown => {
                (&mut rollup.count.unknown, &mut rollup.effort.unknown)
            }
            _ if roadmap.plan.items[id].state == State::Done => (&mut rollup.count.done, &mut rollup.effort.done),
            Readiness::Closed => (&mut rollup.count.done, &mut rollup.effort.done),
            Readiness::InProgress => (&mut rollup.count.active, &mut rollup.effort.active),
            Readiness::Ready => (&mut rollup.count.ready, &mut rollup.effort.ready),
            Readiness::Blocked => (&mut rollup.count.blocked, &mut rollup.effort.blocked),
            Readiness::Waiting => (&mut rollup.count.waiting, &mut rollup.effort.waiting),
            Readiness::Scheduled => (&mut rollup.count.scheduled, &mut rollup.effort.scheduled),
            Readiness::Undecided => (&mut rollup.count.undecided, &mut rollup.effort.undecided),
        };
        let own = own.unwrap_or_default();
        *count += 1;
        *part = part.plus(own);
        rollup.count.total += 1;
        rollup.effort.total = rollup.effort.total.plus(own);
    }
    rollup
}

#[test]
fn sums_over_parts_agree_with_the_definition() {
    let (mut largest, mut cycles) = (0, 0);
    for seed in 0..rounds(500) {
        let mut rng = Rng::with_seed(seed);
        let roadmap = roadmap(&family(&mut rng));
        cycles += usize::from(roadmap.diagnostics.iter().any(|found| found.code == Code::PARENT_CYCLE));
        for id in roadmap.items.ids() {
            let below = below(&roadmap, id);
            let (mut parts, mut expected) = (roadmap.parts.of(id).to_vec(), below.clone());
            parts.sort_unstable();
            expected.sort_unstable();
            assert_eq!(parts, expected, "seed {seed}");
            assert_eq!(roadmap.of_parts[id], sum(&roadmap, &below), "seed {seed}: {}", roadmap.plan.items[id].entry.id);
            largest += usize::from(roadmap.of_parts[id].effort.total == Decimal(u64::MAX));
        }
        for theme in &roadmap.themes {
            assert_eq!(theme.rollup, sum(&roadmap, &theme.items), "seed {seed}");
        }
        let some: Vec<ItemId> = roadmap.items.ids().filter(|_| rng.bool()).collect();
        assert_eq!(roadmap.rollup(some.iter().copied()), sum(&roadmap, &some), "seed {seed}");
        let all: Vec<ItemId> = roadmap.items.ids().collect();
        assert_eq!(roadmap.total, sum(&roadmap, &all), "seed {seed}");
    }
    assert!(cycles > 10, "{cycles} plans with a cycle of parents");
    assert_eq!(largest, 0, "sums of a plan this small are exact");
}

#[test]
fn a_chain_of_parts_is_summed_from_below() {
    let mut fixture = String::new();
    for number in 0..20_000_u32 {
        let parent = number.checked_sub(1).map_or(String::new(), |parent| format!("parent: i{parent}\n"));
        _ = writeln!(fixture, "//- plan/items/i{number}.md\n---\n{parent}effort: 2\ntheme: t\n---");
    }
    let roadmap = roadmap(&(fixture + "//- plan/themes/t.md\n# T\n"));
    let id = |name: &str| crate::support::item_id(&roadmap, name);
    assert_eq!(roadmap.of_parts[id("i0")].count.total, 19_999);
    assert_eq!(roadmap.of_parts[id("i0")].effort.total, Decimal::whole(2), "the last alone is not counted in a part");
    assert_eq!(roadmap.of_parts[id("i19998")].count.total, 1);
    assert_eq!(roadmap.parts.of(id("i19999")), []);
    assert_eq!(roadmap.themes.iter().map(|theme| theme.rollup.effort.total).collect::<Vec<_>>(), [Decimal::whole(2)]);
}

#[test]
fn a_number_that_fits_many_names_five() {
    let mut fixture = String::from("//- plan/items/lost.md\n---\ndepends_on: 12\n---\n");
    for number in 0..300 {
        let letters: String = [number / 26, number % 26].iter().map(|&at| (b'a' + at as u8) as char).collect();
        _ = writeln!(fixture, "//- plan/items/{letters}.md\n---\nid: {letters}-12\n---");
    }
    let roadmap = roadmap(&fixture);
    let found = &roadmap.diagnostics[0];
    assert_eq!(found.message, "`depends_on` names `12`, which fits 300 items");
    let help = "write the whole id: `aa-12` or `ab-12` or `ac-12` or `ad-12` or `ae-12`";
    assert_eq!(found.help.as_deref(), Some(help));
    let page = page(&fixture, "items/lost.html");
    assert!(page.contains("12"), "{page}");
}

/// The addresses of a site below a folder.
fn below_folder(fixture: &str, folder: &str) -> Vec<String> {
    let site = fixture_site(fixture, Audience::Internal);
    site.addresses().filter(|address| address.starts_with(folder)).map(str::to_owned).collect()
}

#[test]
fn a_file_makes_a_bounded_number_of_pages_and_loses_no_word() {
    let list = |word: &str| (0..20_000).map(|number| format!("{word}{number}")).collect::<Vec<_>>().join(", ");
    for (field, folder) in [("tags", "tags/"), ("owner", "owners/"), ("aliases", "items/old")] {
        let fixture = format!(
            "//- plan/items/one.md\n---\n{field}: {}\nstatus: active\n---\n//- plan/items/two.md\n---\nrelates: old19999\n---\n",
            list("old")
        );
        let made = below_folder(&fixture, folder);
        assert_eq!(made.len(), MAX_PAGES_OF_FIELD, "{field}");
        let found = &roadmap(&fixture).diagnostics;
        let found = found.iter().find(|found| found.code == Code::TOO_MANY_PAGES).expect("a finding");
        assert!(found.message.contains("20,000 values, of which the first 100"), "{field}: {}", found.message);
        if field != "aliases" {
            let page = page(&fixture, "items/one.html");
            assert!(page.contains("old19999"), "{field}: every word stands on the page");
            assert_eq!(
                page.matches(&format!("href=\"../{folder}old")).count(),
                MAX_PAGES_OF_FIELD,
                "{field}: those with a page lead there"
            );
        } else {
            let roadmap = roadmap(&fixture);
            assert_eq!(
                roadmap.items[crate::support::item_id(&roadmap, "two")].links.relates.len(),
                1,
                "the last alias means it"
            );
        }
    }
}

#[test]
fn an_owner_of_a_theme_who_owns_no_item_has_no_page_and_no_link() {
    let fixture =
        "//- plan/themes/t.md\n---\nowner: [ada, grace]\n---\n//- plan/items/i.md\n---\ntheme: t\nowner: ada\n---\n";
    assert_eq!(below_folder(fixture, "owners/"), ["owners/ada.html"]);
    let page = page(fixture, "themes/t.html");
    assert!(
        page.contains("owners/ada.html") && page.contains("grace") && !page.contains("owners/grace.html"),
        "{page}"
    );
}

#[test]
fn addresses_of_one_id_under_nearly_one_path_are_counted_on() {
    let signs =
        |number: usize| -> String { (0..6).map(|digit| ['!', '?', ';', ','][number >> (2 * digit) & 3]).collect() };
    let mut fixture = String::new();
    for number in 0..4_000 {
        _ = writeln!(fixture, "//- plan/items/x{}.md\n---\nid: same\n---", signs(number));
    }
    // Its plain address is that of a number which the others come to.
    fixture.push_str("//- plan/items/other.md\n---\nid: same-plan-items-x-7\n---\n");
    let roadmap = roadmap(&fixture);
    let slugs: HashSet<&str> = roadmap.plan.items.iter().map(|item| item.entry.slug.as_str()).collect();
    assert_eq!(slugs.len(), 4_001, "each has its own");
    let expected =
        ["same", "same-plan-items-x", "same-plan-items-x-2", "same-plan-items-x-7", "same-plan-items-x-4000"];
    assert!(expected.iter().all(|slug| slugs.contains(slug)), "{expected:?}");
}
