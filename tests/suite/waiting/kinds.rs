//! Kinds of words in `depends_on`: in each all that is named is found, and what is named nowhere is waited for as it is written.

use fastrand::Rng;
use roadbook::resolve::Roadmap;

use super::{codes, needs, readiness, why};
use crate::support::{item_id, lines, roadmap};

/// What is done: `soil` and `RB-1`. What is open: `fence`, `RB-2`, `RB-3`, and one of two that are called *Roof*.
const PLOT: &str = "//- plan/items/soil.md\n---\ntitle: Soil\nstatus: done\n---\n\
     //- plan/items/fence.md\n---\ntitle: Fence\nstatus: planned\n---\n\
     //- plan/items/one.md\n---\nid: RB-1\ntitle: Seed box\nstatus: done\n---\n\
     //- plan/items/two.md\n---\nid: RB-2\ntitle: Gate\nstatus: planned\n---\n\
     //- plan/items/three.md\n---\nid: RB-3\ntitle: Shed\nstatus: planned\n---\n\
     //- plan/items/roof-one.md\n---\ntitle: Roof\nstatus: done\n---\n\
     //- plan/items/roof-two.md\n---\ntitle: Roof\nstatus: planned\n---\n";

fn plot(fields: &str) -> Roadmap {
    roadmap(&format!("{PLOT}//- plan/items/x.md\n---\ntitle: X\nstatus: planned\n{fields}\n---\n"))
}

fn ids(roadmap: &Roadmap, id: &str) -> String {
    let mut ids: Vec<String> = needs(roadmap, id).into_iter().map(|(id, _)| id).collect();
    ids.sort();
    ids.join(" ")
}

/// All that `x` waits for and that is no item, names that match nothing with `!` behind them.
fn waits(roadmap: &Roadmap, id: &str) -> Vec<String> {
    let links = &roadmap.items[item_id(roadmap, id)].links;
    let wait = |wait: roadbook::resolve::WaitingFor<'_>| {
        format!("{}{}", wait.text.value, if wait.unknown.is_some() { "!" } else { "" })
    };
    links.waiting_for().map(wait).collect()
}

#[test]
fn every_kind_of_words_is_waited_for() {
    for (value, ids_, words) in [
        // A doubt.
        ("\"soil? fence\"", "fence soil", vec!["soil? fence"]),
        ("soil?", "soil", vec!["soil?"]),
        ("soil (?)", "soil", vec!["soil (?)"]),
        ("RB-1 ❌", "RB-1", vec!["RB-1 ❌"]),
        ("🚧 soil", "soil", vec!["🚧 soil"]),
        // Reasons on lines of their own, and lists within a text.
        ("|\n  soil\n  because of the beds\n  RB-2\n  for the path", "RB-2 soil", vec![]),
        ("|\n  soil: because of the beds\n  fence: why not", "fence soil", vec![]),
        ("|\n  soil\n  needed for the beds\n  (done)\n  the council agrees", "soil", vec!["the council agrees"]),
        ("|\n  - [x] soil\n  - [ ] fence", "fence soil", vec![]),
        ("|\n  - [x] soil\n  - [x] the council has agreed", "soil", vec!["[x] the council has agreed"]),
        ("|\n  * soil\n  * the council agrees", "soil", vec!["the council agrees"]),
        ("|\n  1. soil\n  2. RB-2", "RB-2 soil", vec![]),
        ("|\n  The council has to agree\n  before we begin", "", vec!["The council has to agree\nbefore we begin"]),
        ("\"&#1; soil\"", "", vec!["&#1; soil"]),
        ("\"&amp;#1; soil\"", "", vec!["&amp;#1; soil"]),
        // Purposes, needs, and what stands behind them.
        ("RB-1 for beds and RB-2 for a path", "RB-1 RB-2", vec![]),
        ("soil for beds and fence for deer", "fence soil", vec![]),
        ("soil because of beds, once the council agrees", "soil", vec!["once the council agrees"]),
        ("soil because of beds; and the council agrees", "soil", vec!["the council agrees"]),
        ("\"soil, requires RB-2\"", "RB-2 soil", vec![]),
        ("\"soil; needs fence\"", "fence soil", vec![]),
        ("soil (needs a permit)", "soil", vec!["needs a permit"]),
        ("soil, which needs RB-2", "RB-2 soil", vec![]),
        // What joins two.
        ("soil as well as RB-2", "RB-2 soil", vec![]),
        ("soil along with the council", "soil", vec!["the council"]),
        ("soil, followed by fence", "fence soil", vec![]),
        ("both soil and fence", "fence soil", vec![]),
        ("\"soil -> RB-2\"", "RB-2 soil", vec![]),
        ("needs soil and fence", "fence soil", vec![]),
        ("soil…", "soil", vec!["soil…"]),
        ("RB-1+", "RB-1", vec!["RB-1+"]),
        ("soil (to do)", "soil", vec!["to do"]),
        ("soil → fence", "fence soil", vec![]),
        ("RB-1 … RB-2", "RB-1 RB-2", vec!["RB-1 … RB-2"]),
        ("RB-1 ... RB-2", "RB-1 RB-2", vec!["RB-1 ... RB-2"]),
        ("RB-1#RB-2", "RB-1 RB-2", vec![]),
        ("RB-1|RB-2", "RB-1 RB-2", vec![]),
        ("RB-1&RB-2", "RB-1 RB-2", vec![]),
        ("soil/fence", "fence soil", vec![]),
        ("soil#fence", "fence soil", vec![]),
        // Remarks that are themselves a wait.
        ("RB-1 (blocked)", "RB-1", vec!["RB-1 (blocked)"]),
        ("soil (waiting for the council)", "soil", vec!["waiting for the council"]),
        ("\n  - soil: waiting for the council", "soil", vec!["waiting for the council"]),
        ("\n  - soil: not yet", "soil", vec!["not yet"]),
        ("\n  - soil: in progress", "soil", vec!["in progress"]),
        ("\n  - soil: 2026-09-01", "soil", vec!["soil: 2026-09-01"]),
        ("{id: soil, status: blocked}", "soil", vec!["status: blocked"]),
        ("soil, to be approved by the council", "soil", vec!["to be approved by the council"]),
        ("soil (to be approved by the council)", "soil", vec!["to be approved by the council"]),
        ("'[Soil](soil.md \"waiting for the council\")'", "soil", vec!["[Soil](soil.md \"waiting for the council\")"]),
        // Numbers with and without their sign, behind an id, and ranges.
        ("'#2, #3'", "RB-2 RB-3", vec![]),
        ("'2, 3'", "RB-2 RB-3", vec![]),
        ("RB-1 and 2", "RB-1 RB-2", vec![]),
        ("RB-1/2", "RB-1 RB-2", vec![]),
        ("RB-1, 2", "RB-1 RB-2", vec![]),
        ("RB-1, 2 and 3 for the path", "RB-1 RB-2 RB-3", vec![]),
        ("RB-1, 99", "RB-1", vec!["RB-1, 99"]),
        ("RB-1 and 2 neighbours", "RB-1", vec!["2 neighbours"]),
        ("RB-1 to 3", "RB-1 RB-3", vec!["RB-1 to 3"]),
        ("RB-1 (to 3)", "RB-1", vec!["to 3"]),
        ("RB-1 (to RB-3)", "RB-1 RB-3", vec!["RB-1 (to RB-3)"]),
        ("RB-1 as RB-2", "RB-1 RB-2", vec![]),
        ("RB-1..3", "RB-1 RB-3", vec!["RB-1..3"]),
        ("RB-1-3", "RB-1 RB-3", vec!["RB-1-3"]),
        ("RB-1..RB-3", "RB-1 RB-3", vec!["RB-1..RB-3"]),
        ("RB-1 through RB-3", "RB-1 RB-3", vec!["RB-1 through RB-3"]),
        ("RB-1 - RB-3", "RB-1 RB-3", vec!["RB-1 - RB-3"]),
        // Days that have to pass.
        ("\n  - until: 2026-09-01", "", vec!["until: 2026-09-01"]),
        ("until 2026-09-01", "", vec!["until 2026-09-01"]),
        ("2026-09-01", "", vec!["2026-09-01"]),
        ("[soil, Q3 2026]", "soil", vec!["Q3 2026"]),
        ("{date: 2026-09-01, reason: frost}", "", vec!["date: 2026-09-01 (reason: frost)"]),
        // One wait in two spellings and twice.
        ("[the council, the council, The Council]", "", vec!["the council"]),
        ("[Council-Vote, council vote]", "", vec!["Council-Vote!"]),
        // Keys that only label.
        ("{task: fence, reason: deer}", "fence", vec![]),
        ("{task: nobody, reason: deer}", "", vec!["nobody!"]),
        ("\n  - task: the council agrees\n    note: in May", "", vec!["the council agrees (note: in May)"]),
        ("\n  - id: soil\n  - name: fence", "fence soil", vec![]),
        ("{hard: tbd}", "", vec!["hard: tbd"]),
        ("{fence: none}", "fence", vec![]),
        ("{soil: ~, the council: ~}", "soil", vec!["the council"]),
        ("{RB-1: 2}", "RB-1", vec!["RB-1: 2"]),
        ("{id: none, name: fence}", "fence", vec![]),
        ("{id: soil, item: fence}", "fence soil", vec![]),
        ("{id: soil, done: false}", "soil", vec!["done: false"]),
        ("\n  - the council:\n      reason: a law", "", vec!["the council (reason: a law)"]),
        ("waiting for soil and fence", "fence soil", vec![]),
        // A title of two items among others.
        ("Roof and fence", "fence", vec!["Roof!"]),
    ] {
        let roadmap = plot(&format!("depends_on: {value}"));
        assert_eq!(
            (ids(&roadmap, "x").as_str(), waits(&roadmap, "x")),
            (ids_, words.iter().map(|&word| word.to_owned()).collect()),
            "{value}"
        );
        assert!(["blocked", "waiting"].contains(&readiness(&roadmap, "x")), "{value}");
    }
}

/// Where all that is named is done, nothing is waited for that is only a remark, or nothing at all.
#[test]
fn what_is_only_a_remark_or_nothing_holds_nobody_up() {
    for (value, remark) in [
        ("RB-1 ✅ 2025-01-01", "✅ 2025-01-01"),
        ("soil (already done)", "already done"),
        ("soil [done]", "done"),
        ("soil - done 2025-01-01", "done 2025-01-01"),
        ("\n  - soil: done", "done"),
        ("soil [x]", ""),
        ("✅ soil", ""),
        ("'[Soil](soil.md \"the soil\")'", "the soil"),
        ("'[Soil](<soil.md>)'", ""),
        ("'[[plan/items/soil]]'", ""),
        ("'[[items/soil|Soil]]'", ""),
        ("'[[items/soil.md#Beds|Soil]]'", ""),
        ("soil.md#beds", ""),
        ("{task: soil, reason: beds}", "reason: beds"),
        ("{soft: none, hard: [soil]}", "hard"),
        ("\n  hard:\n  soft:\n    - soil", "soft"),
        ("soil for beds and for paths", "for beds and for paths"),
    ] {
        let roadmap = plot(&format!("depends_on: {value}"));
        assert_eq!(
            needs(&roadmap, "x"),
            [("soil".to_owned(), remark.to_owned())]
                .map(|(id, said)| { if value.contains("RB-1") { ("RB-1".to_owned(), said) } else { (id, said) } }),
            "{value}"
        );
        assert_eq!((readiness(&roadmap, "x"), codes(&roadmap)), ("ready", vec![]), "{value}");
    }
    for value in ["{hard: none}", "{hard: [], soft: none}", "{hard: n/a}", "\n  hard:\n  soft:", "[none, {hard: none}]"]
    {
        let roadmap = plot(&format!("depends_on: {value}"));
        assert_eq!(
            (readiness(&roadmap, "x"), ids(&roadmap, "x").as_str(), codes(&roadmap)),
            ("ready", "", vec![]),
            "{value}"
        );
    }
    // The plan knows better than a remark, which is shown.
    for value in ["fence (already done)", "fence [done]", "'[x] fence'", "fence ✅ 2025-01-01"] {
        let roadmap = plot(&format!("depends_on: {value}"));
        assert_eq!((readiness(&roadmap, "x"), waits(&roadmap, "x")), ("blocked", vec![]), "{value}");
    }
}

/// An item whose id is a letter is one where its name stands alone or among others, and not where the letter is an article.
#[test]
fn an_id_may_be_a_letter() {
    let letters = "//- plan/items/a.md\n---\ntitle: Alpha\nstatus: planned\n---\n//- plan/items/b.md\n---\ntitle: Beta\nstatus: planned\n---\n";
    for (value, found, words) in [
        ("a", "a", vec![]),
        ("A", "a", vec![]),
        ("[a, b]", "a b", vec![]),
        ("\"a and b\"", "a b", vec![]),
        ("a as well as b", "a b", vec![]),
        ("a/b", "a b", vec![]),
        ("a (needed)", "a", vec![]),
        ("a once merged", "a", vec![]),
        ("RB-1 and a", "RB-1 a", vec![]),
        ("a contract", "", vec!["a contract"]),
        ("a feature", "", vec!["a feature"]),
        ("sign a contract", "", vec!["sign a contract"]),
        ("RB-1 and a contract", "RB-1", vec!["a contract"]),
        ("RB-1 (a contract)", "RB-1", vec!["a contract"]),
        ("a contract, b", "b", vec!["a contract"]),
    ] {
        let roadmap = roadmap(&format!(
            "{PLOT}{letters}//- plan/items/x.md\n---\ntitle: X\nstatus: planned\ndepends_on: {value}\n---\n"
        ));
        assert_eq!(
            (ids(&roadmap, "x").as_str(), waits(&roadmap, "x")),
            (found, words.iter().map(|&word| word.to_owned()).collect()),
            "{value}"
        );
    }
}

/// What is waited for is said once, and a name that is reported has the places of all its spellings.
#[test]
fn one_wait_is_said_once() {
    let fields = "depends_on: [Council-Vote, council vote, council_vote, the frost]\nblocked_by: The Frost";
    let roadmap = plot(fields);
    assert_eq!(codes(&roadmap), ["unknown-dependency"]);
    let found = lines(&roadmap.diagnostics);
    assert!(found.contains("plan/items/x.md:4:14"), "{found}");
    let places: Vec<String> =
        roadmap.diagnostics[0].related.iter().map(|(place, words)| format!("{place} {words}")).collect();
    assert_eq!(places, ["plan/items/x.md:4:42 here as `council_vote`", "plan/items/x.md:4:28 here as `council vote`"]);
    let why = why(&roadmap, "x");
    assert_eq!(why.to_lowercase().matches("frost").count(), 1, "{why}");
    assert_eq!(why.to_lowercase().replace(['-', '_'], " ").matches("council vote").count(), 1, "{why}");
}

/// A title of two items in `blocks` is reported, alone and among others.
#[test]
fn what_is_blocked_may_fit_two_items() {
    for value in ["Roof", "[Roof]", "Roof and fence", "fence, Roof", "'[[Roof]]'"] {
        let roadmap = plot(&format!("blocks: {value}"));
        assert_eq!(codes(&roadmap), ["ambiguous-reference"], "{value}");
        let is_blocked = readiness(&roadmap, "fence") == "blocked";
        assert_eq!(is_blocked, value.contains("fence"), "{value}");
    }
}

/// The advice on a number sign is true: with quotes the same is read, and nothing is reported.
#[test]
fn the_advice_on_a_number_sign_is_true() {
    for (unquoted, quoted) in [
        ("#2, #3", "'#2, #3'"),
        ("#2, #3", "[\"#2\", \"#3\"]"),
        ("[#2, #3]", "[\"#2\", \"#3\"]"),
        ("\n  - #2\n  - #3", "\n  - \"#2\"\n  - \"#3\""),
    ] {
        let (before, after) = (plot(&format!("depends_on: {unquoted}")), plot(&format!("depends_on: {quoted}")));
        assert_eq!((ids(&before, "x"), ids(&after, "x")), ("RB-2 RB-3".to_owned(), "RB-2 RB-3".to_owned()), "{quoted}");
        assert_eq!((codes(&before), codes(&after)), (vec!["unquoted-hash"; 2], vec![]), "{quoted}");
    }
}

/// Whatever stands behind something done, however it is joined to it: what is named is a dependency, and what is not makes the item wait.
#[test]
fn nothing_behind_what_is_done_is_lost() {
    const FIRST: [&str; 9] =
        ["soil", "RB-1", "Seed box", "**RB-1**", "[x] soil", "[[soil]]", "RB-1 (done)", "[Soil](soil.md)", "- soil"];
    const BETWEEN: [&str; 22] = [
        ", ",
        "; ",
        " and ",
        " as well as ",
        " along with ",
        " together with ",
        " + ",
        " & ",
        " / ",
        " | ",
        " -> ",
        " → ",
        "\n",
        "\n- ",
        "\n- [ ] ",
        ", needs ",
        "; requires ",
        ", then ",
        " plus ",
        " or ",
        ", and also ",
        " (and ",
    ];
    const SECOND: [(&str, &str); 8] = [
        ("fence", "fence"),
        ("RB-2", "RB-2"),
        ("[[fence]]", "fence"),
        ("[Gate](two.md)", "RB-2"),
        ("RB-99", ""),
        ("the consent of the council", ""),
        ("legal?", ""),
        ("fence (blocked by frost)", "fence"),
    ];
    let all: Vec<(String, &str)> = FIRST
        .iter()
        .flat_map(|first| BETWEEN.iter().map(move |between| format!("{first}{between}")))
        .flat_map(|before| SECOND.iter().map(move |(second, id)| (format!("{before}{second}"), *id)))
        .map(|(value, id)| (if value.contains(" (and ") { format!("{value})") } else { value }, id))
        .collect();
    let file = |(at, (value, _)): (usize, &(String, &str))| {
        format!(
            "//- plan/items/w{at}q.md\n---\ntitle: W {at}\nstatus: planned\ndepends_on: {}\n---\n",
            serde_json::json!(value)
        )
    };
    let plan: String = all.iter().enumerate().map(file).collect();
    let roadmap = roadmap(&format!("{PLOT}{plan}"));
    for (at, (value, id)) in all.iter().enumerate() {
        let name = format!("w{at}q");
        let found = ids(&roadmap, &name);
        assert!(["blocked", "waiting"].contains(&readiness(&roadmap, &name)), "{value:?}: {found}");
        assert!(id.is_empty() || found.split(' ').any(|other| other == *id), "{value:?}: {found}");
        let is_first = ["soil", "RB-1"].iter().any(|done| found.split(' ').any(|other| other == *done));
        assert!(is_first || !waits(&roadmap, &name).is_empty(), "{value:?}: {found}");
        assert!(!id.is_empty() || !waits(&roadmap, &name).is_empty(), "{value:?}: {found}");
    }
}

/// Names, words and signs in any order: whoever names something open, or what nobody knows, waits.
#[test]
fn odd_words_never_end_in_silence() {
    const OPEN: [&str; 8] = ["fence", "RB-2", "#3", "RB-99", "the council", "[[fence]]", "?", "until 2026-09-01"];
    const OTHERS: [&str; 18] = [
        "soil", "RB-1", "Seed box", "[[soil]]", "and", "or", ",", ";", "(", ")", "[", "]", "-", "->", "|", "✅",
        "done", "needs",
    ];
    let value = |seed: u64| {
        let mut rng = Rng::with_seed(seed);
        let mut pieces: Vec<&str> = (0..rng.usize(0..6)).map(|_| OTHERS[rng.usize(0..OTHERS.len())]).collect();
        pieces.insert(rng.usize(0..=pieces.len()), OPEN[rng.usize(0..OPEN.len())]);
        pieces.join(" ")
    };
    let file = |seed: u64| {
        let value = serde_json::json!(value(seed));
        format!("//- plan/items/w{seed}q.md\n---\ntitle: W {seed}\nstatus: planned\ndepends_on: {value}\n---\n")
    };
    let roadmap = roadmap(&format!("{PLOT}{}", (0..2_000).map(file).collect::<String>()));
    for seed in 0..2_000 {
        let readiness = readiness(&roadmap, &format!("w{seed}q"));
        assert!(["blocked", "waiting"].contains(&readiness), "seed {seed}: {:?} is {readiness}", value(seed));
    }
}
