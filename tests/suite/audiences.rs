//! Audiences: what is internal cannot influence a byte of a public site, nor stand in it, and visibility fails closed.
//!
//! `AUDIENCE_PLANS=10000 cargo test --release --test suite audiences` is the long run; `AUDIENCE_SEED` repeats one plan.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use fastrand::Rng;
use rayon::prelude::*;
use roadbook::diagnostic::Code;
use roadbook::project::Audience;
use roadbook::site::{Content, site, templates};
use roadbook::skin::skin;

use crate::support::roadmap_for;

/// Every byte of a fixture's site.
fn bytes(fixture: &str, audience: Audience) -> BTreeMap<String, Vec<u8>> {
    let skin = skin(&[], &[]);
    let templates = templates(&skin, None).expect("the skin's templates");
    let site = site(roadmap_for(fixture, audience, false), audience, skin.assets, templates);
    let address = |address: &str| {
        let Ok(Content::Bytes(bytes)) = site.render(address).expect("a page") else { panic!("{address}") };
        (address.to_owned(), bytes)
    };
    site.addresses().map(address).collect()
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("a number"))
}

pub(crate) const CANARY: &str = "Zyxquartz";

/// A random plan: the files for everybody, and those that are not. `variant` changes what the internal ones say.
pub(crate) struct Mixed {
    pub(crate) public: String,
    pub(crate) internal: String,
}

pub(crate) fn mixed(seed: u64, variant: u64) -> Mixed {
    let mut rng = Rng::with_seed(seed);
    let count = rng.usize(20..80);
    let share = rng.usize(0..10);
    let hidden: Vec<bool> = (0..count).map(|_| rng.usize(0..10) < share).collect();
    let open: Vec<usize> = (0..count).filter(|&at| !hidden[at]).collect();
    let mut plan = Mixed { public: String::new(), internal: String::new() };
    let config = "//- roadbook.yml\ntitle: Plan\nbase_url: https://example.org/\nmentions: ['n-\\d+']\ncapacity: 20\n\
                  internal: {folders: [plan/items/closed], fields: [confidence, X_note, assignee]}\n";
    plan.public += config;
    let vision = if rng.bool() { "visibility: internal\n" } else { "" };
    let file =
        format!("//- plan/vision.md\n---\ntitle: {}\n{vision}---\n", if vision.is_empty() { "V" } else { CANARY });
    if vision.is_empty() {
        plan.public += &file
    } else {
        plan.internal += &file
    }
    // What the internal files say follows from the variant alone.
    let mut other = Rng::with_seed(seed ^ (variant << 32));
    for (at, &hidden) in hidden.iter().enumerate() {
        let rng = if hidden { &mut other } else { &mut rng };
        let in_folder = hidden && rng.bool();
        let folder = if in_folder { "closed/" } else { "" };
        let title = if hidden { format!("{CANARY} {}", rng.u32(..)) } else { format!("Title {}", rng.u8(0..40)) };
        // Ids, words and milestones are shared between both halves.
        let mut text =
            format!("//- plan/items/{folder}{}{at:03}.md\n---\ntitle: {title}\n", ["a", "z"][rng.usize(0..2)]);
        if hidden && !in_folder {
            text += "visibility: internal\n";
        }
        let mut maybe = |text: &mut String, line: String| {
            if rng.u8(0..3) > 0 {
                _ = writeln!(text, "{line}");
            }
        };
        let mut pick = Rng::with_seed(seed.wrapping_mul(31).wrapping_add(at as u64) ^ if hidden { variant } else { 0 });
        // An id of another half's thing, so that both claim one address.
        if hidden && pick.u8(0..4) == 0 {
            maybe(&mut text, format!("id: n-{}", pick.usize(0..count)));
        } else {
            _ = writeln!(text, "id: {}n-{at}", if hidden { "h" } else { "" });
        }
        maybe(&mut text, format!("status: {}", ["planned", "done", "active", "idea"][pick.usize(0..4)]));
        maybe(&mut text, format!("value: {}\neffort: {}", pick.u8(0..14), pick.u8(0..9)));
        maybe(
            &mut text,
            format!("{}: {}%\nx-note: {CANARY}", ["confidence", "Confidence"][pick.usize(0..2)], pick.u8(1..100)),
        );
        maybe(&mut text, format!("theme: t{}\nhorizon: {}", pick.u8(0..3), ["Now", "Next", "Later"][pick.usize(0..3)]));
        maybe(&mut text, format!("tags: [x{0}, X{0}]\nowner: {CANARY}{0}\nmilestone: m{0}", pick.u8(0..4)));
        maybe(&mut text, format!("target: 2026-{:02}", pick.u8(1..13)));
        if !open.is_empty() {
            let one = open[pick.usize(0..open.len())];
            maybe(&mut text, format!("depends_on: [n-{one}]\nparent: n-{}", open[pick.usize(0..open.len())]));
            if hidden {
                maybe(
                    &mut text,
                    format!("blocks: [n-{one}]\nsupersedes: [n-{one}]\naliases: [n-{}, old-{at}]", at + 1),
                );
            }
        }
        let words = if hidden { CANARY } else { "Words" };
        _ = write!(text, "---\n# {words}\n\n{words} and [[n-{}]].\n\n- [x] {words}\n", open.first().unwrap_or(&0));
        if hidden { plan.internal += &text } else { plan.public += &text }
    }
    for theme in 0..3 {
        let is_hidden = rng.u8(0..4) == 0;
        let text = format!(
            "//- plan/themes/t{theme}.md\n---\ntitle: {} {theme}\n{}investment: 30\n---\n",
            if is_hidden { CANARY } else { "Theme" },
            if is_hidden { "visibility: internal\n" } else { "" },
        );
        if is_hidden { plan.internal += &text } else { plan.public += &text }
    }
    plan
}

#[test]
fn what_is_internal_influences_no_byte_and_stands_nowhere() {
    let seeds = number("AUDIENCE_SEED").map_or(0..number("AUDIENCE_PLANS").unwrap_or(100), |seed| seed..seed + 1);
    let hidden: usize = seeds.into_par_iter().map(interferes).sum();
    assert!(hidden > 0 || number("AUDIENCE_SEED").is_some());
}

/// Compares the public site of a random plan with that of its public half, for two internal halves; how many there were.
fn interferes(seed: u64) -> usize {
    let (plan, other) = (mixed(seed, 1), mixed(seed, 2));
    assert_eq!(plan.public, other.public, "seed {seed}");
    let alone = bytes(&plan.public, Audience::Public);
    let mut hidden = 0;
    for internal in [&plan.internal, &other.internal] {
        let with = bytes(&format!("{}{internal}", plan.public), Audience::Public);
        let differs = alone.keys().chain(with.keys()).find(|address| alone.get(*address) != with.get(*address));
        assert_eq!(differs, None, "seed {seed}");
        hidden += usize::from(!internal.is_empty());
    }
    for (address, bytes) in &alone {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        assert!(!text.contains(&CANARY.to_lowercase()), "seed {seed}: {address}");
    }
    hidden
}

/// The comparison above can fail: what is internal shows everywhere in a site for the team.
#[test]
fn the_canary_sings_for_the_team() {
    let plan = mixed(3, 1);
    let all = bytes(&format!("{}{}", plan.public, plan.internal), Audience::Internal);
    let heard = all.values().filter(|bytes| String::from_utf8_lossy(bytes).contains(CANARY)).count();
    assert!(heard > 10, "{heard} pages");
    assert_ne!(all, bytes(&plan.public, Audience::Internal));
}

/// Whatever is wrong with what a file says of its visibility: the file is internal, or somebody is told of an error.
#[test]
fn visibility_fails_closed() {
    let lines = [
        "visibility:",
        "visibility: ",
        "visibility: ~",
        "visibility: none",
        "visibility: n/a",
        "visibility: true",
        "visibility: no",
        "visibility: 1",
        "visibility: [internal]",
        "visibility: {to: team}",
        "visibility: intern",
        "visibility: Internal!",
        "visibility: private",
        "visibility: team",
        "visibility: publik",
        "visibility: public internal",
        "visibility: public, internal",
        "visibilty: internal",
        "visiblity: internal",
        "visibiltiy: internal",
        "visability: internal",
        "visibilities: internal",
        "Visibility_: internal",
        "visibility internal",
        "visibility = internal",
        "visibility:internal",
        "visibility : internal",
        "- visibility: internal",
        "visibility: internal\nvisibility: public",
        "visibility: public\nvisibility: internal",
        "visibility: |\n  internal",
        "visibility: \"internal",
        "visibility: 'internal",
        "visibility: &a internal",
        "visibility: !x internal",
        "visibility: *a",
        "? visibility\n: internal",
        "VISIBILITY: INTERNAL",
        "Visibility: Internal",
        "visibility:\tinternal",
        "owner: @x\nvisibility: internal",
        "title: [\nvisibility: internal",
        "a: {b\nvisibility: internal",
        "visibility: internal # not yet",
        "vis\u{fffd}bility: internal",
        "visibility: int\u{fffd}rnal",
    ];
    let kinds = [
        ("items", "plan/items/x.md", "items/x.html"),
        ("themes", "plan/themes/x.md", "themes/x.html"),
        ("pages", "plan/pages/x.md", "pages/x.html"),
        ("deep", "plan/items/a/b/x.md", "items/x.html"),
        ("vision", "plan/vision.md", "index.html"),
    ];
    let mut cells = 0;
    for line in lines {
        for (kind, path, address) in kinds {
            // Something else in the plan uses visibility, so it means something here.
            let used = "//- plan/items/other.md\n---\ntitle: Other\nvisibility: internal\n---\n//- plan/items/open.md\n# Open\n";
            let plan = format!("{used}//- {path}\n---\ntitle: {CANARY}\nid: x\n{line}\n---\n{CANARY}\n");
            let site = bytes(&plan, Audience::Public);
            let page = site.get(address).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
            assert!(!page.contains(CANARY), "{kind}: {line:?} is shown");
            let shown = site.values().any(|bytes| String::from_utf8_lossy(bytes).contains(CANARY));
            assert!(!shown, "{kind}: {line:?} is shown somewhere");
            cells += 1;
        }
    }
    assert!(cells >= 200, "{cells}");
    let public = format!("//- plan/items/x.md\n---\ntitle: {CANARY}\nvisibility: public\n---\n");
    assert!(bytes(&public, Audience::Public).contains_key("items/x.html"), "what is public is shown");
}

#[test]
fn a_public_file_may_not_name_what_is_internal() {
    let secret = "//- plan/items/secret.md\n---\nid: S-1\ntitle: S\nvisibility: internal\naliases: [old]\n---\n\
                  //- plan/themes/hush.md\n---\ntitle: H\nvisibility: internal\n---\n//- roadbook.yml\nmentions: ['S-\\d+']\n";
    for (fields, body) in [
        ("depends_on: [S-1]", ""),
        ("depends_on: [old]", ""),
        ("blocks: s-1", ""),
        ("parent: S-1", ""),
        ("relates: [secret.md]", ""),
        ("supersedes: S-1", ""),
        ("superseded_by: S-1", ""),
        ("theme: hush", ""),
        ("x: y", "See [[S-1]]."),
        ("x: y", "See [it](secret.md)."),
        ("x: y", "See [it](../items/secret.md#more)."),
        ("x: y", "Waits for S-1, they say."),
    ] {
        for audience in [Audience::Public, Audience::Internal] {
            let plan = format!("{secret}//- plan/items/a.md\n---\ntitle: A\n{fields}\n---\n{body}\n");
            let roadmap = roadmap_for(&plan, audience, false);
            let found =
                roadmap.diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::INTERNAL_REFERENCE).count();
            assert_eq!(found, 1, "{fields} {body} {audience:?}");
        }
    }
    let fine =
        format!("{secret}//- plan/items/a.md\n---\ntitle: A\nvisibility: internal\ndepends_on: S-1\n---\n[[S-1]]\n");
    let roadmap = roadmap_for(&fine, Audience::Internal, false);
    assert!(
        roadmap.diagnostics.iter().all(|diagnostic| diagnostic.code != Code::INTERNAL_REFERENCE),
        "among the internal"
    );
}
