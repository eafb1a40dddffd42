//! Audiences: what is internal cannot influence a byte of a public site, nor stand in it, and visibility fails closed.
//!
//! `AUDIENCE_PLANS=10000 AUDIENCE_ITEMS=500 AUDIENCE_REWRITES=1000 AUDIENCE_EDITS=10000 cargo test --release --test suite audiences` is the
//! long run; `AUDIENCE_SEED` repeats one plan.

pub(crate) mod plans;

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::PathBuf;

use fastrand::Rng;
use rayon::prelude::*;
use roadbook::SiteParts;
use roadbook::diagnostic::Code;
use roadbook::resolve::Roadmap;
use roadbook::visibility::{self, Audience};

use crate::support::{inputs_of, number, pages_of, resolved, roadmap_for, rounds, site_with, unguarded};

use plans::{CANARY, mixed, sized};

/// The roadmap of a fixture with a picture for everybody and one in an internal folder, and the addresses of those it has.
fn with_pictures(fixture: &str, audience: Audience) -> (Roadmap, Vec<String>) {
    let mut inputs = inputs_of(fixture);
    inputs.static_files = ["closed/a.png", "open.png"].map(|address| (address.to_owned(), PathBuf::new())).to_vec();
    let shown = visibility::static_files(&inputs.static_files, &inputs.config, audience);
    (resolved(&inputs, audience), shown.into_iter().map(|(address, _)| address).collect())
}

/// Every byte of a fixture's site, whether it may leave or not.
fn bytes(fixture: &str, audience: Audience) -> BTreeMap<String, Vec<u8>> {
    pages_of(&site_with(unguarded(resolved(&plans::inputs(fixture), audience)), SiteParts::default()))
}

#[test]
fn what_is_internal_influences_no_byte_and_stands_nowhere() {
    let seeds =
        number("AUDIENCE_SEED").map_or(0..number("AUDIENCE_PLANS").unwrap_or(rounds(200)), |seed| seed..seed + 1);
    let is_one = seeds.end - seeds.start == 1;
    // The first that fails ends the search.
    let hidden: Result<usize, String> = seeds.into_par_iter().map(interferes).try_reduce(|| 0, |a, b| Ok(a + b));
    assert!(hidden.unwrap_or_else(|why| panic!("{why}")) > 0 || is_one);
}

/// Compares the public site of a random plan with that of its public half, for two internal halves and without the internal fields of public
/// files; how many halves there were.
fn interferes(seed: u64) -> Result<usize, String> {
    let (plan, other) = (mixed(seed, 1), mixed(seed, 2));
    assert_eq!(plan.public, other.public, "seed {seed}");
    let alone = bytes(&plan.public, Audience::Public);
    let without = bytes(&plan.without_hidden_fields(), Audience::Public);
    same(&alone, &without, &format!("seed {seed}, fields"))?;
    let mut hidden = 0;
    for internal in [&plan.internal, &other.internal] {
        let with = bytes(&format!("{}{internal}", plan.public), Audience::Public);
        same(&alone, &with, &format!("seed {seed}"))?;
        hidden += usize::from(!internal.is_empty());
    }
    for (address, bytes) in &alone {
        if let Some(heard) = heard(address.as_bytes()).or_else(|| heard(bytes)) {
            return Err(format!("seed {seed}: {address}: {heard}"));
        }
    }
    Ok(hidden)
}

fn same(alone: &BTreeMap<String, Vec<u8>>, with: &BTreeMap<String, Vec<u8>>, which: &str) -> Result<(), String> {
    let differs = alone.keys().chain(with.keys()).find(|address| alone.get(*address) != with.get(*address));
    differs.map_or(Ok(()), |address| Err(format!("{which}: {address} differs")))
}

/// What the canary says. It is one word of letters, so slugs and every way of escaping leave it as it is, but for its case; base 64 does
/// not.
fn heard(bytes: &[u8]) -> Option<String> {
    let lower = bytes.to_ascii_lowercase();
    let lower = String::from_utf8_lossy(&lower);
    let plain = lower.find(&CANARY.to_lowercase()).map(|at| lower[at..].chars().take(40).collect());
    let text = String::from_utf8_lossy(bytes);
    plain.or_else(|| BASE64.iter().find(|code| text.contains(**code)).map(|code| format!("base 64: {code}")))
}

/// The canary as it stands in base 64, at each of the three places that it can begin at; letters that its neighbours change left out.
const BASE64: [&str; 3] = ["Wnl4cXVhcnR6", "p5eHF1YXJ0", "aeXhxdWFydH"];

/// The ear hears every dress, and what it hears for the team stands everywhere: the comparison above can fail.
#[test]
fn the_canary_sings_for_the_team() {
    for dress in [
        "a Zyxquartz-title",
        "../zyxquartz-file-3.html",
        "ZYXQUARTZ",
        "&lt;zyxquartz",
        "%20Zyxquartz%20",
        "\\u0020zyxquartz",
    ] {
        assert!(heard(dress.as_bytes()).is_some(), "{dress}");
    }
    assert_eq!(heard(b"quartz"), None);
    for (at, code) in ["Wnl4cXVhcnR6", "YVp5eHF1YXJ0eg==", "YWFaeXhxdWFydHo="].into_iter().enumerate() {
        assert!(heard(code.as_bytes()).is_some(), "{at}: {code}");
    }
    let forms = |place: &str| [format!("{CANARY} {place} "), format!("{CANARY}-{place}-")];
    let mut silent: Vec<(&str, [String; 2])> = PLACES.iter().map(|place| (*place, forms(place))).collect();
    let all = (0..8).map(|seed| mixed(seed, 1)).map(|plan| bytes(&(plan.public + &plan.internal), Audience::Internal));
    for (_, bytes) in all.flatten() {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        silent.retain(|(_, forms)| !forms.iter().any(|form| text.contains(form)));
    }
    let silent: Vec<&str> = silent.into_iter().map(|(place, _)| place).collect();
    assert_eq!(silent, [""; 0], "it is nowhere for the team either");
}

/// Where a canary stands in the internal half.
const PLACES: &[&str] = &[
    "vision",
    "product_goal",
    "customers",
    "needs",
    "north_star",
    "summary",
    "category",
    "alternative",
    "note",
    "assignee",
    "body",
    "theme",
    "metric",
    "evidence",
    "owner",
    "page",
    "heading",
    "text",
    "title",
    "tag",
    "team",
    "value",
    "criterion",
    "task",
    "picture",
    "file",
];

/// One plan whose internal half says something else each time. The long run is of 500 items and 1,000 times.
#[test]
fn an_internal_half_that_is_written_again_and_again_changes_no_byte() {
    let (count, times) = (number("AUDIENCE_ITEMS").unwrap_or(150), number("AUDIENCE_REWRITES").unwrap_or(rounds(10)));
    let seed = (0..).find(|&seed| (4..7).contains(&(shares(seed, count as usize) * 10 / count))).expect("a seed");
    let whole = |variant| sized(seed, variant, count as usize);
    let alone = bytes(&whole(0).public, Audience::Public);
    let halves: Result<BTreeSet<u64>, String> = (1..=times)
        .into_par_iter()
        .map(|variant| {
            let plan = whole(variant);
            let with = bytes(&format!("{}{}", plan.public, plan.internal), Audience::Public);
            same(&alone, &with, &format!("seed {seed}, variant {variant}"))?;
            let mut hasher = DefaultHasher::new();
            plan.internal.hash(&mut hasher);
            Ok(hasher.finish())
        })
        .collect();
    let halves = halves.unwrap_or_else(|why| panic!("{why}"));
    assert_eq!(halves.len() as u64, times, "each is another half");
}

/// How many items are internal.
fn shares(seed: u64, count: usize) -> u64 {
    let items = sized(seed, 0, count).internal.matches("//- plan/items/").count();
    items as u64
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
        "visibility: public\nvisibility: public",
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
    let each = rounds(kinds.len() as u64) as usize;
    for (at, line) in lines.into_iter().enumerate() {
        for (kind, path, address) in kinds.into_iter().cycle().skip(at).take(each) {
            // Something else in the plan uses visibility, so it means something here.
            let used = "//- plan/items/other.md\n---\ntitle: Other\nvisibility: internal\n---\n//- plan/items/open.md\n# Open\n";
            let plan = format!("{used}//- {path}\n---\ntitle: {CANARY}\nid: x\n{line}\n---\n{CANARY}\n");
            let site = bytes(&plan, Audience::Public);
            let page = site.get(address).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
            assert!(!page.contains(CANARY), "{kind}: {line:?} is shown");
            let shown = site.values().any(|bytes| String::from_utf8_lossy(bytes).contains(CANARY));
            assert!(!shown, "{kind}: {line:?} is shown somewhere");
        }
    }
    let public = format!("//- plan/items/x.md\n---\ntitle: {CANARY}\nvisibility: public\n---\n");
    assert!(bytes(&public, Audience::Public).contains_key("items/x.html"), "what is public is shown");
}

/// The line with one slip of the finger: a character dropped, doubled, swapped with its neighbour, replaced or put in.
fn slip(rng: &mut Rng, line: &str) -> String {
    let mut characters: Vec<char> = line.chars().collect();
    let at = rng.usize(0..characters.len());
    let other =
        [' ', '-', '_', ':', '"', '\'', 'e', 'I', '1', '.', ',', '\t', '\u{a0}', '\u{fffd}', 'é'][rng.usize(0..15)];
    match rng.u8(0..5) {
        0 => _ = characters.remove(at),
        1 => characters.insert(at, characters[at]),
        2 if at > 0 => characters.swap(at - 1, at),
        3 => characters[at] = other,
        _ => characters.insert(at, other),
    }
    characters.into_iter().collect()
}

/// One slip in the line that makes a file internal, wherever it stands in the front matter, never makes the file public.
#[test]
fn one_slip_of_the_finger_makes_nothing_public() {
    let first = number("AUDIENCE_SEED").unwrap_or(0);
    let open: BTreeSet<String> = (first..first + number("AUDIENCE_EDITS").unwrap_or(rounds(300))).into_par_iter().filter_map(|seed| {
        let mut rng = Rng::with_seed(seed);
        let (path, folder) = [("plan/items/x.md", "items"), ("plan/themes/x.md", "themes"), ("plan/pages/x.md", "pages")][rng.usize(0..3)];
        let form = ["visibility: internal", "Visibility: Internal", "visibility: \"internal\""][rng.usize(0..3)];
        let line = slip(&mut rng, form);
        let mut lines = vec!["title: X", "owner: me", &line];
        rng.shuffle(&mut lines);
        let used = "//- plan/items/other.md\n---\ntitle: Other\nvisibility: internal\n---\n//- plan/items/open.md\n# Open\n";
        let plan = format!("{used}//- {path}\n---\n{}\n---\nX\n", lines.join("\n"));
        let plan = roadmap_for(&plan, Audience::Public, false).plan;
        let paths = plan.items.iter().map(|item| &item.entry).chain(plan.themes.iter().map(|theme| &theme.entry));
        let mut paths = paths.chain(plan.pages.iter().map(|page| &page.entry)).map(|entry| entry.path().to_owned());
        paths.any(|shown| shown == path).then(|| format!("seed {seed}: {folder}: {lines:?}"))
    }).collect();
    assert_eq!(open, BTreeSet::new());
}

#[test]
fn a_public_file_may_not_name_what_is_internal() {
    let secret = "//- plan/items/secret.md\n---\nid: S-1\ntitle: S\nvisibility: internal\naliases: [old]\n---\n\
                  //- plan/themes/hush.md\n---\ntitle: H\nvisibility: internal\n---\n//- roadbook.yml\nmentions: ['S-\\d+']\n\
                  internal: {folders: [static/closed], fields: [x-team]}\n";
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
        ("summary: Waits for S-1", ""),
        ("evidence: [asked for in S-1]", ""),
        ("why now: {because: 'S-1 is near'}", ""),
        ("title: S-1 and more", ""),
        ("x: y", "![A picture](../../static/closed/a.png)"),
        ("x: y", "See [it](/closed/a.png)."),
        ("x: y", "See [it](/static/closed/none.pdf)."),
        ("x: y", "See <a href=\"secret.md\">it</a>."),
        ("x: y", "<details>\n<img alt=\"\" src='../../static/closed/a.png'>\n</details>"),
    ] {
        for audience in [Audience::Public, Audience::Internal] {
            let title = if fields.starts_with("title") { "" } else { "title: A\n" };
            let plan = format!("{secret}//- plan/items/a.md\n---\n{title}{fields}\nx-team: S-1\n---\n{body}\n");
            let roadmap = with_pictures(&plan, audience).0;
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

#[test]
fn static_files_in_an_internal_folder_are_for_the_team() {
    let plan = "//- roadbook.yml\ninternal: {folders: static/closed}\n//- plan/items/a.md\n---\ntitle: A\n---\n![B](../../static/open.png)\n";
    let (public, shown) = with_pictures(plan, Audience::Public);
    assert_eq!((public.diagnostics.len(), shown), (0, vec!["open.png".to_owned()]));
    assert_eq!(with_pictures(plan, Audience::Internal).1, ["closed/a.png", "open.png"]);
}
