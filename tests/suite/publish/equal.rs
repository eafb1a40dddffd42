//! Equal plans give equal bytes, whatever disk they lie on, whoever builds them, on however many threads.
//!
//! `PUBLISH_PLANS=500 cargo test --release --test suite publish::equal` is the long run; `PUBLISH_SEED` repeats one plan.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use fastrand::Rng;
use roadbook::discover::discover;
use roadbook::visibility::Audience;
use tempfile::TempDir;

use super::plans::{Plan, random_plan, seeds};
use crate::support::{lines, number, on_the_day, pages_of, put, resolved, rounds, site_with, unguarded};

type Files = Vec<(String, Vec<u8>)>;

/// A folder in memory, where that is to be had: there, names come in the order in which they were made.
pub(super) fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.or_else(|_| tempfile::tempdir()).unwrap()
}

fn write(root: &Path, files: &Files) {
    files.iter().for_each(|(path, bytes)| _ = put(root, path, bytes));
}

/// Everything that comes of a project in a folder: each page, and what is said of the plan.
fn made(root: &Path, audience: Audience) -> BTreeMap<String, Vec<u8>> {
    let inputs = discover(root, &on_the_day()).unwrap();
    let roadmap = resolved(&inputs, audience);
    let said = lines(&roadmap.diagnostics).into_bytes();
    let site = site_with(unguarded(roadmap), (&inputs).into());
    let addresses: Vec<&str> = site.addresses().collect();
    let mut made = pages_of(&site);
    made.insert("what is said".to_owned(), said);
    made.insert("the addresses".to_owned(), addresses.join("\n").into_bytes());
    made
}

fn on_threads(threads: usize, root: &Path, audience: Audience) -> BTreeMap<String, Vec<u8>> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| made(root, audience))
}

/// An item whose line ends stand in its page.
const LINES: &str = "---\ntitle: Lines\nnote: |\n  one\n  two\n---\nA paragraph\nof two lines  \nand a third.\n\n```text\none\n\n  two\n```\n\n    three\n    four\n\n`a\nb`\n";

/// The files of a plan, with a project's own looks.
fn project(plan: &Plan) -> Files {
    let own = [
        ("plan/items/lines.md", LINES),
        ("static/a/logo.svg", "<svg/>"),
        ("static/b.txt", "b"),
        ("static/a/c.txt", "c"),
    ];
    let own = own.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
    plan.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())).chain(own).collect()
}

/// The same plan with other line ends, or a mark before each file.
fn rewritten(files: &Files, crlf: bool, mark: bool) -> Files {
    let one = |(path, bytes): &(String, Vec<u8>)| {
        let mut text = String::from_utf8(bytes.clone()).unwrap();
        if !path.starts_with("static/") {
            text = if crlf { text.replace('\n', "\r\n") } else { text };
            text = if mark { format!("\u{feff}{text}") } else { text };
        }
        (path.clone(), text.into_bytes())
    };
    files.iter().map(one).collect()
}

/// What else may lie in a project and is not part of it.
const CLUTTER: &[&str] =
    &["plan/items/.a.md.swp", "plan/.obsidian/x.md", "node_modules/x/readme.md", "notes.txt", "target/CACHEDIR.TAG"];

type Change = fn(&mut Files, &mut Rng, &Path) -> (PathBuf, usize);

/// What differs: the files, where they lie below a folder, and the number of threads. The first ten are the quick ones.
const CHANGES: &[(&str, Change)] = &[
    ("a second run", |_, _, root| (root.join("a"), 2)),
    ("names in the other order", |files, _, root| {
        files.reverse();
        (root.join("a"), 2)
    }),
    ("names in any order, elsewhere", |files, rng, root| {
        rng.shuffle(files);
        (root.join("über the/\"hills\"/a b"), 2)
    }),
    ("one thread", |_, _, root| (root.join("a"), 1)),
    ("eight threads", |_, _, root| (root.join("a"), 8)),
    ("line ends of Windows", |files, _, root| {
        *files = rewritten(files, true, false);
        (root.join("a"), 2)
    }),
    ("byte order marks", |files, _, root| {
        *files = rewritten(files, false, true);
        (root.join("a"), 2)
    }),
    ("clutter", |files, _, root| {
        files.splice(0..0, CLUTTER.iter().map(|path| ((*path).to_owned(), b"# X".to_vec())));
        (root.join("a"), 2)
    }),
    ("a roundabout path", |_, _, root| (root.join("x/../a/./"), 2)),
    ("everything at once", |files, rng, root| {
        *files = rewritten(files, true, true);
        rng.shuffle(files);
        (root.join("_site/target/.hidden"), 8)
    }),
    ("any order, one thread", |files, rng, root| {
        rng.shuffle(files);
        (root.join("a"), 1)
    }),
    ("any order, eight threads", |files, rng, root| {
        rng.shuffle(files);
        (root.join("a"), 8)
    }),
    ("marks and line ends", |files, _, root| {
        *files = rewritten(files, true, true);
        (root.join("a"), 2)
    }),
    ("a long path", |_, _, root| (root.join("long/".repeat(200)), 2)),
    ("a third run", |_, _, root| (root.join("b"), 3)),
];

/// So few of them that each mutant can be tried on them.
#[test]
fn a_few_equal_plans_give_equal_bytes() {
    hold(0..FEW);
}

#[test]
fn equal_plans_give_equal_bytes() {
    hold(seeds("PUBLISH_PLANS", rounds(40)).filter(|&seed| seed >= FEW || number("PUBLISH_SEED").is_some()));
}

const FEW: u64 = 4;

fn hold(seeds: impl Iterator<Item = u64>) {
    let is_long = std::env::var("PUBLISH_PLANS").is_ok();
    let changes = if is_long { CHANGES } else { &CHANGES[..10] };
    // One plan after the other: each asks for threads of its own.
    for seed in seeds {
        let mut rng = Rng::with_seed(seed);
        let (_, plan) = random_plan(seed, &mut rng);
        let audience = if seed % 2 == 0 { Audience::Public } else { Audience::Internal };
        let files = project(&plan);
        let root = folder();
        write(root.path(), &files);
        let expected = on_threads(2, root.path(), audience);
        for (name, change) in changes {
            let place = folder();
            fs::create_dir(place.path().join("x")).unwrap();
            let mut files = files.clone();
            let (root, threads) = change(&mut files, &mut rng, place.path());
            fs::create_dir_all(root.components().as_path()).ok();
            write(&root, &files);
            age(&root, &files, &mut rng);
            let found = on_threads(threads, &root, audience);
            let differs = expected.keys().chain(found.keys()).find(|key| expected.get(*key) != found.get(*key));
            assert_eq!(differs, None, "seed {seed}: {name}");
        }
    }
}

/// Gives each file some time.
fn age(root: &Path, files: &Files, rng: &mut Rng) {
    for (path, _) in files {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(rng.u64(0..2_000_000_000));
        fs::File::options().write(true).open(root.join(path)).unwrap().set_modified(time).unwrap();
    }
}

/// What is of the process: the program itself, as it is started on other machines.
#[cfg(unix)]
#[test]
fn equal_plans_give_equal_bytes_in_any_process() {
    use super::tree;
    use std::process::Command;
    const PROCESSES: &[(&str, &str)] = &[
        ("plainly", "$RB build $PLAN -d $SITE"),
        ("from within", "cd $PLAN/plan/items && $RB build -d $SITE"),
        ("by a path from here", "cd $PLAN/.. && $RB build ./p -d $SITE"),
        ("in Turkish", "LANG=tr_TR.UTF-8 LC_ALL=tr_TR.UTF-8 LANGUAGE=tr $RB build $PLAN -d $SITE"),
        ("without a language", "LANG=C LC_ALL=C $RB build $PLAN -d $SITE"),
        ("far in the east", "TZ=Pacific/Kiritimati $RB build $PLAN -d $SITE"),
        ("far in the west", "TZ=Etc/GMT+12 $RB build $PLAN -d $SITE"),
        ("for oneself", "umask 077; $RB build $PLAN -d $SITE"),
        ("for everybody", "umask 0; $RB build $PLAN -d $SITE"),
        ("from no home", "HOME=/nowhere XDG_CONFIG_HOME=/nowhere $RB build $PLAN -d $SITE"),
        ("in a workflow", "CI=true GITHUB_ACTIONS=true NO_COLOR=1 $RB build $PLAN -d $SITE"),
        ("in colour", "CLICOLOR_FORCE=1 TERM=xterm COLUMNS=20 $RB build $PLAN -d $SITE --color always"),
        ("in no environment", "env -i $RB build $PLAN -d $SITE"),
        ("on one thread", "$RB build $PLAN -d $SITE --threads 1"),
        ("on eight threads", "RAYON_NUM_THREADS=3 $RB build $PLAN -d $SITE --threads 8"),
        ("over another site", "$RB build $PLAN -d $SITE --base-url https://example.org; $RB build $PLAN -d $SITE"),
    ];
    for seed in 0..3 {
        let root = folder();
        let (_, plan) = random_plan(seed, &mut Rng::with_seed(seed));
        write(&root.path().join("p"), &project(&plan));
        let mut expected = None;
        for (name, script) in PROCESSES {
            let at = root.path().join(name);
            let script = script.replace("$SITE", "$SITE --today 2026-11-02 --audience internal --quiet");
            let ran = Command::new("sh")
                .args(["-c", &script])
                .env("RB", env!("CARGO_BIN_EXE_roadbook"))
                .env("PLAN", root.path().join("p"))
                .env("SITE", root.path().join("site"))
                .output()
                .unwrap();
            // A plan with errors is published, too.
            assert!(ran.status.code().is_some_and(|code| code < 2), "{name}: {ran:?}");
            let site = root.path().join("site");
            let marker = fs::read(site.join(".roadbook"));
            let found = (tree(&site), marker.unwrap_or_else(|error| panic!("{name}: {error}: {ran:?}")));
            assert!(found.0.len() > 10, "{name}");
            assert_eq!(*expected.get_or_insert_with(|| found.clone()), found, "seed {seed}: {name}");
            fs::rename(&site, at).unwrap();
        }
    }
}
