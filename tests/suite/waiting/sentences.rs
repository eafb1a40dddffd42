//! Every sentence is true: what it says of an item is derived again, from what the files say alone, by code that shares nothing with the
//! library's but the reading of fields. Each part of a sentence must hold, and what is in the way must be said.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use fastrand::Rng;
use roadbook::config::Scoring;
use roadbook::discover::discover;
use roadbook::resolve::Roadmap;
use roadbook::state::State;
use roadbook::visibility::Audience;

use super::facts::Facts;
use crate::support::{example, inputs_of, number, on_the_day, resolved, rounds};

/// `a`, `a and b`, `a, b and 3 more` as what they name and how many they do not; names may stand in quotes.
fn names(text: &str) -> (BTreeSet<&str>, usize) {
    let (list, last) = text.rsplit_once(" and ").map_or((text, None), |(list, last)| (list, Some(last)));
    let more = last.and_then(|last| last.strip_suffix(" more")).and_then(|count| count.parse().ok());
    let last = last.filter(|_| more.is_none());
    match text.starts_with('“') {
        true => {
            let quoted = text.split('“').skip(1).filter_map(|part| part.rsplit_once('”'));
            (quoted.map(|(name, _)| name).collect(), more.unwrap_or(0))
        }
        false => (list.split(", ").chain(last).collect(), more.unwrap_or(0)),
    }
}

/// The clauses of a sentence, between the semicolons that are not quoted.
fn clauses(sentence: &str) -> Vec<&str> {
    let (mut depth, mut start, mut found) = (0, 0, Vec::new());
    for (at, sign) in sentence.char_indices() {
        match sign {
            '“' => depth += 1,
            '”' => depth -= 1,
            ';' if depth == 0 && sentence[at..].starts_with("; ") => {
                found.push(&sentence[start..at]);
                start = at + 2;
            }
            _ => {}
        }
    }
    found.push(&sentence[start..]);
    found
}

/// Whether a list names these, or some of them and how many more.
fn is_list_of(text: &str, all: &BTreeSet<&str>) -> bool {
    let (named, more) = names(text);
    !named.is_empty() && named.is_subset(all) && named.len() + more == all.len()
}

/// A decimal in thousandths.
fn thousandths(text: &str) -> Option<u64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let part = format!("{part:0<3}");
    Some(whole.parse::<u64>().ok()? * 1000 + part.parse::<u64>().ok().filter(|_| part.len() == 3)?)
}

fn borrowed(all: &BTreeSet<String>) -> BTreeSet<&str> {
    all.iter().map(String::as_str).collect()
}

/// Checks one clause; gives what it says is in the way.
fn clause(facts: &Facts, roadmap: &Roadmap, at: usize, clause: &str) -> Result<Option<&'static str>, String> {
    let (item, id) = (&facts.items[at], roadbook::id::Id::new(at));
    let rank = roadmap.items[id].rank;
    let other = |name: &str| facts.items.iter().position(|item| item.id == name).ok_or(format!("no item {name}"));
    let says = |holds: bool, what: &'static str| if holds { Ok(Some(what)) } else { Err(format!("not so: {clause}")) };
    if let Some(names) = clause.strip_prefix("in a cycle with ") {
        return says(facts.cycle(at).is_some_and(|members| is_list_of(names, &members)), "cycle");
    }
    if clause == "waits for itself" {
        return says(facts.cycle(at).is_some_and(|members| members.is_empty()), "cycle");
    }
    let dropped = clause.strip_suffix(", which is dropped").or(clause.strip_suffix(", which are dropped"));
    if let Some(names) = dropped.and_then(|rest| rest.strip_prefix("depends on ")) {
        return says(is_list_of(names, &facts.needs_in(at, |state| state == State::Dropped)), "dropped");
    }
    let unknown =
        clause.strip_suffix(", which is not in the plan").or(clause.strip_suffix(", which are not in the plan"));
    if let Some(names) = unknown.and_then(|rest| rest.strip_prefix("depends on ")) {
        return says(is_list_of(names, &borrowed(&item.unknown)), "unknown");
    }
    if let Some((name, what)) = clause.strip_prefix("depends on “").and_then(|rest| rest.split_once("”, which ")) {
        return says(item.misnamed.get(name).is_some_and(|is| is == what), "misnamed");
    }
    if let Some(words) = clause.strip_prefix("waits for ") {
        return says(is_list_of(words, &borrowed(&item.outside)), "outside");
    }
    if let Some(status) = clause.strip_prefix("its status is ") {
        let is_status = item.status.as_deref() == Some(status.trim_matches(['“', '”']));
        return says(is_status && facts.is_not_to_be_started(at), "status");
    }
    if let Some(state) = clause.strip_prefix("its state is ") {
        return says(item.state.word() == state && facts.is_not_to_be_started(at), "status");
    }
    if clause == "it has no status that is read" {
        return says(item.status.is_none() && facts.is_not_to_be_started(at), "status");
    }
    if let Some(start) = clause.strip_prefix("not to start before ") {
        let is_start = item.start.as_ref().is_some_and(|date| date.to_string() == start);
        return says(is_start && facts.starts_later(at), "start");
    }
    if let Some(words) = clause.strip_prefix("its start “").and_then(|rest| rest.strip_suffix("” is not a date")) {
        let is_unread = item.start.is_none() && item.unread_start.as_deref() == Some(words);
        return says(is_unread && facts.starts_later(at), "start");
    }
    let place = if let Some(name) = clause.strip_prefix("comes after ") {
        let other = other(name.strip_suffix(", which it depends on").ok_or("half a clause")?)?;
        let is_before = roadmap.items[roadbook::id::Id::new(other)].rank < rank;
        is_before && item.needs.contains(&other) && facts.items[other].state.is_open()
    } else if let Some(rest) = clause.strip_prefix("boosted from ") {
        boosted(facts, at, rank, rest, &other)?
    } else if clause == "in progress" {
        item.state == State::Active && rank.is_some()
    } else if clause == "in progress, so it comes first" {
        let comes_before =
            |other: usize| roadmap.items[roadbook::id::Id::new(other)].rank.is_some_and(|other| Some(other) < rank);
        let is_behind = |other: usize| comes_before(other) && facts.items[other].state != State::Active;
        item.state == State::Active
            && rank.is_some()
            && !item.needs.iter().any(|&other| comes_before(other))
            && !(0..facts.items.len()).any(is_behind)
    } else {
        return own(facts, roadmap.config.scoring, at, rank, clause);
    };
    if place { Ok(None) } else { Err(format!("not so: {clause}")) }
}

fn boosted(
    facts: &Facts,
    at: usize,
    rank: Option<u32>,
    rest: &str,
    other: &dyn Fn(&str) -> Result<usize, String>,
) -> Result<bool, String> {
    let (numbers, because) = rest.split_once(" because ").ok_or("no reason")?;
    let (from, to) = numbers.split_once(" to ").ok_or("no ranks")?;
    let number = |text: &str| thousandths(text).ok_or(format!("no number: {text}"));
    let is_raised = number(from)? > number(to)? && rank.map(|rank| u64::from(rank) * 1000) == Some(number(to)?);
    if let Some(name) = because.strip_suffix(", in progress, waits for it") {
        let other = other(name)?;
        return Ok(is_raised && facts.waiting[at].contains(&other) && facts.items[other].state == State::Active);
    }
    let because = because.strip_prefix("it unblocks ").ok_or("no reason")?;
    let (name, because) = because.split_once(" (value ").ok_or("no value")?;
    let (value, because) = because.split_once(')').ok_or("no value")?;
    let (more, together) = because.split_once(": together ").ok_or("no sum")?;
    let (sum, cost) = together.split_once(" for ").ok_or("no cost")?;
    let other = other(name)?;
    let of = |other: usize| facts.items[other].value.filter(|_| facts.is_scored(other)).unwrap_or(0);
    let valued = facts.waiting[at].iter().filter(|&&other| other != at && of(other) > 0);
    let others = match more.strip_prefix(" and ").and_then(|more| more.strip_suffix(" more")) {
        Some(count) => number(count)?,
        None => 0,
    };
    let all: u64 = (0..facts.items.len()).filter(|&other| facts.items[other].state.is_open()).map(of).sum();
    let (cost, guess) = cost.split_once(" points of effort").ok_or("no effort")?;
    let cost = number(cost)?;
    // What unknown efforts are taken as is the median of the known ones, and what is left is what somebody said.
    let mut known: Vec<u64> = facts.items.iter().filter_map(|item| item.effort).collect();
    known.sort_unstable();
    let guessed = match guess.strip_prefix(", ").and_then(|guess| guess.split_once(" without effort taken as ")) {
        Some((items, each)) => {
            let items = number(items.split(' ').next().unwrap_or_default())? / 1000;
            let silent = facts.items.iter().filter(|item| item.state.is_open() && item.effort.is_none()).count();
            if known.get(known.len() / 2) != Some(&number(each)?) || items as usize > silent {
                return Err(format!("{guess} is no guess"));
            }
            items * number(each)?
        }
        None if guess.is_empty() && item_effort(facts, at) && item_effort(facts, other) => 0,
        None => return Err(format!("a guess is not said: {rest}")),
    };
    let said: u64 = facts.items.iter().filter(|item| item.state.is_open()).filter_map(|item| item.effort).sum();
    Ok(is_raised
        && facts.waiting[at].contains(&other)
        && number(value)? == of(other)
        && others < valued.count() as u64 * 1000
        && number(sum)? >= of(other) + of(at)
        && number(sum)? <= all
        && cost > guessed
        && cost - guessed <= said)
}

fn item_effort(facts: &Facts, at: usize) -> bool {
    facts.items[at].effort.is_some()
}

/// The item's own score, and what follows it where nothing else does.
fn own(
    facts: &Facts,
    scoring: Scoring,
    at: usize,
    rank: Option<u32>,
    clause: &str,
) -> Result<Option<&'static str>, String> {
    let item = &facts.items[at];
    let (own, tail) = match clause.split_once(", ").filter(|_| !clause.starts_with("in progress")) {
        Some((own, tail)) => (own, tail),
        None => (clause, ""),
    };
    let is_own = match (item.value, item.effort) {
        // Other frameworks have tests of their own.
        _ if scoring != Scoring::ValueEffort => own.starts_with("own score ") == item.scored,
        (Some(value), Some(effort)) => {
            let (score, inputs) =
                own.strip_prefix("own score ").and_then(|rest| rest.split_once(' ')).ok_or("no score")?;
            let (of, by) = inputs.trim_matches(['(', ')']).split_once(" ÷ ").ok_or("no inputs")?;
            let score = thousandths(score).ok_or("no number")?;
            // Two decimals are shown, of a result of three.
            thousandths(of) == Some(value)
                && thousandths(by) == Some(effort)
                && score.abs_diff((value * 1000 + effort / 2) / effort) <= 5
        }
        (None, None) => own == "unscored: no value and no effort",
        (None, _) => own == "unscored: no value",
        (_, None) => own == "unscored: no effort",
    };
    let holds = match tail {
        "" => rank.is_some(),
        "and nothing is in its way" => {
            ["ready", "in-progress"].contains(&facts.readiness(at))
                && rank.is_some()
                && facts.items[at].state != State::Active
        }
        "and nothing with a score waits for it" => {
            rank.is_none() && !facts.waiting[at].iter().any(|&other| other != at && facts.is_scored(other))
        }
        "so it has no rank" => rank.is_none(),
        _ => false,
    };
    if is_own && holds { Ok(None) } else { Err(format!("not so: {clause}")) }
}

/// What is false in the sentences of a roadmap, and what they leave out.
fn false_sentences(roadmap: &Roadmap) -> Vec<String> {
    let day = roadmap.context.drawn_today.clone();
    false_beside(&Facts::new(&roadmap.plan, day), roadmap)
}

fn false_beside(facts: &Facts, roadmap: &Roadmap) -> Vec<String> {
    let mut complaints = Vec::new();
    for (at, fact) in facts.items.iter().enumerate() {
        let item = roadmap.item(roadbook::id::Id::new(at));
        let sentence = item.why(&|other| other.entry().id.clone());
        let mut complain = |what: &str| complaints.push(format!("{}: {what}: {sentence}", fact.id));
        if facts.readiness(at) != item.readiness().word() {
            complain(&format!("{} and not {}", item.readiness().word(), facts.readiness(at)));
        }
        if sentence.is_empty() {
            if fact.state.is_open() {
                complain("nothing is said");
            }
            continue;
        }
        let mut said = BTreeSet::new();
        for part in clauses(&sentence) {
            match clause(facts, roadmap, at, part) {
                Ok(what) => said.extend(what),
                Err(what) => complain(&what),
            }
        }
        let must = [
            ("cycle", facts.cycle(at).is_some()),
            ("dropped", !facts.needs_in(at, |state| state == State::Dropped).is_empty()),
            ("unknown", !fact.unknown.is_empty()),
            ("misnamed", !fact.misnamed.is_empty()),
            ("outside", !fact.outside.is_empty()),
            ("status", facts.is_not_to_be_started(at)),
            ("start", facts.starts_later(at)),
        ];
        for (what, holds) in must {
            if holds != said.contains(what) {
                complain(&format!("{what} is {holds}, and the sentence says otherwise"));
            }
        }
        let impact = roadbook::resolve::blocked_behind(roadmap, roadbook::id::Id::new(at));
        let all = facts.waiting[at].iter().filter(|&&other| other != at).count();
        if impact.all as usize != all {
            complain(&format!("{} items wait for it, and {all} do", impact.all));
        }
        let listed = roadmap.unblockers.iter().find(|impact| impact.node == roadbook::id::Id::new(at));
        if listed.is_some_and(|listed| *listed != impact) {
            complain(&format!("listed as {listed:?}, and it is {impact:?}"));
        }
    }
    complaints
}

/// A plan of items that are open, paused, dated, dropped, unread, and wait for each other, for words and for names that nobody has, that two
/// items have or that a theme has.
fn random_plan(rng: &mut Rng) -> String {
    const STATUS: [&str; 11] = [
        "planned",
        "planned",
        "todo",
        "planned",
        "in progress",
        "done",
        "withdrawn",
        "idea",
        "blocked",
        "on hold (waiting for Legal)",
        "half baked",
    ];
    let count = rng.usize(2..13);
    let mut plan =
        "//- plan/themes/th.md\n# A theme\n//- plan/items/twin-a.md\n# Twins\n//- plan/items/twin-b.md\n# Twins\n"
            .to_owned();
    for at in 0..count {
        _ = write!(plan, "//- plan/items/i{at}.md\n---\ntitle: The {at}\n");
        if rng.u8(0..10) > 0 {
            _ = writeln!(plan, "status: {}", STATUS[rng.usize(0..STATUS.len())]);
        }
        if rng.u8(0..4) > 0 {
            _ = writeln!(plan, "value: {}", rng.u8(0..14));
        }
        if rng.u8(0..4) > 0 {
            _ = writeln!(plan, "effort: {}", rng.u8(1..9));
        }
        if rng.u8(0..6) == 0 {
            _ = writeln!(plan, "start: {}", ["2026-10-01", "2099-06-01", "2026-Q4", "2027-H1"][rng.usize(0..4)]);
        }
        let mut needs: Vec<String> = (0..rng.usize(0..3)).map(|_| format!("i{}", rng.usize(0..count))).collect();
        if rng.u8(0..8) == 0 {
            needs.extend((0..rng.usize(1..5)).map(|number| format!("contract {number} is signed")));
        }
        if rng.u8(0..10) == 0 {
            needs.push(format!("nobody-at-all-{}", rng.u8(0..3)));
        }
        if rng.u8(0..10) == 0 {
            needs.push(["Twins", "A theme", "th"][rng.usize(0..3)].to_owned());
        }
        _ = writeln!(plan, "depends_on: [{}]", needs.join(", "));
        if rng.u8(0..8) == 0 {
            _ = writeln!(plan, "blocks: [i{}]", rng.usize(0..count));
        }
        plan.push_str("---\n");
    }
    plan
}

/// The longer form: `SENTENCE_PLANS=10000 cargo test --test suite waiting::sentences`.
#[test]
fn every_sentence_of_random_plans_is_true() {
    for seed in 0..number("SENTENCE_PLANS").unwrap_or_else(|| rounds(1_000)) {
        let mut rng = Rng::with_seed(seed);
        let plan = random_plan(&mut rng);
        let mut inputs = inputs_of(&plan);
        inputs.drawn_today = rng.bool().then(|| inputs.today.clone());
        let complaints = false_sentences(&resolved(&inputs, Audience::Internal));
        assert!(complaints.is_empty(), "seed {seed}:\n{}\n{plan}", complaints.join("\n"));
    }
}

/// Of any plan: `SENTENCE_PROJECT=FOLDER cargo test --test suite waiting::sentences`. What its references mean is not asked again.
#[test]
fn every_sentence_of_a_given_project_is_true() {
    let Some(folder) = std::env::var_os("SENTENCE_PROJECT") else { return };
    let inputs = discover(folder.as_ref(), &on_the_day()).expect("the project can be read");
    let roadmap = resolved(&inputs, Audience::Internal);
    let complaints = false_beside(&Facts::of_links(&roadmap), &roadmap);
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn every_sentence_of_the_example_is_true() {
    for audience in [Audience::Internal, Audience::Public] {
        let complaints = false_sentences(&resolved(&example(), audience));
        assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    }
}
