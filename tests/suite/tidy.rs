//! The rules of ARCHITECTURE.md that no compiler holds, read off the source text.
//!
//! Each rule is a function from files to complaints. It is held against the repository, and tried on a small bad example, so that it is
//! known that it can fail.

mod gate;
mod text;
mod words;

use std::collections::BTreeMap;

use text::{File, files, read, root};

/// Where each outside crate lives: files or folders below `src/`. One place to change when it is replaced.
const HOMES: &[(&str, &[&str])] = &[
    ("annotate-snippets", &["report/human.rs"]),
    ("anstream", &["cli/"]),
    ("anstyle", &["cli/"]),
    ("clap", &["cli/"]),
    ("clap_complete", &["cli/"]),
    ("csv", &["site/data/backlog_csv.rs"]),
    ("data-encoding", &["single/data.rs"]),
    ("futures-util", &["preview/server.rs"]),
    ("globset", &["config/"]),
    ("granit-parser", &["parse/front_matter/"]),
    ("ammonia", &["markdown/sanitiser.rs"]),
    ("html5gum", &["markdown/tags.rs"]),
    ("hyper", &["preview/server.rs"]),
    ("hyper-util", &["preview/server.rs"]),
    ("jiff", &["date.rs"]),
    ("mimalloc", &["main.rs"]),
    ("notify", &["preview/watch.rs"]),
    ("pulldown-cmark", &["markdown/"]),
    // Where there is one thing to do for each file: reading, parsing, rendering and writing; where two whole-plan steps do not need
    // each other; and the number of threads.
    (
        "rayon",
        &[
            "memory.rs",
            "discover/",
            "resolve/mod.rs",
            "resolve/references.rs",
            "site/table.rs",
            "single/mod.rs",
            "publish/",
            "cli/build.rs",
        ],
    ),
    // Patterns come from the configuration, and are looked for in prose.
    ("regex", &["config/", "site/mentions.rs"]),
    ("rustix", &["publish/disk.rs"]),
    // What goes out is serialised where it goes out; what comes in typed is the configuration alone.
    (
        "serde",
        &["closed.rs", "config/", "site/", "record/", "export/json.rs", "report/json.rs", "preview/message.rs", "cli/"],
    ),
    ("serde_json", &["record/", "site/data/", "export/json.rs", "report/json.rs", "preview/message.rs", "cli/"]),
    // Reads the configuration; writes the files that `init` and `new` make.
    ("serde_yaml", &["config/", "cli/init.rs", "cli/new.rs"]),
    ("sha2", &["single/style.rs"]),
    ("strsim", &["nearest/mod.rs"]),
    ("unicode-normalization", &["name.rs"]),
    ("tera", &["site/templates.rs"]),
    ("terminal_size", &["cli/table.rs"]),
    // The server, and the channel that brings it what to serve.
    ("tokio", &["preview/server.rs", "preview/mod.rs"]),
    ("tokio-tungstenite", &["preview/server.rs"]),
    ("unicode-width", &["cli/table.rs"]),
    ("walkdir", &["discover/"]),
];

/// Files that may be long: how long at most, and why.
const LONG: &[(&str, usize, &str)] =
    &[("src/site/drawing/order.rs", 420, "one procedure: ordering the layers so that few edges cross")];
const MAX_LINES: usize = 400;

/// Files that may name a float, and why.
const FLOATS: &[(&str, &str)] = &[("src/record/mod.rs", "JSON's numbers are floats; nothing is computed with them")];

/// Modules that do I/O, one at each end of the pipeline, and the binary.
const WITH_IO: &[&str] = &["discover", "publish", "preview", "cli", "main", "lib"];

fn sources() -> Vec<File> {
    let files = files("src", ".rs");
    assert!(files.len() > 10, "the sources are not where this test looks");
    files
}

fn hold(reason: &str, complaints: &[String]) {
    assert!(complaints.is_empty(), "{reason}\n  {}\n", complaints.join("\n  "));
}

/// Tries a rule on one bad file, which must be complained about where `line` says, and on a good one.
fn fails(rule: impl Fn(&[File]) -> Vec<String>, path: &str, line: usize, bad: &str, good: &str) {
    let complaints = rule(&[File::new(path, bad)]);
    assert!(complaints.iter().any(|text| text.starts_with(&format!("{path}:{line}: "))), "{bad:?}: {complaints:?}");
    assert_eq!(rule(&[File::new(path, good)]), Vec::<String>::new(), "{good:?}");
}

/// The modules in the order of `lib.rs`.
fn modules(lib: &File) -> Vec<String> {
    let modules = (0..lib.tokens.len()).filter(|&at| lib.is(at, "mod") && lib.is(at + 2, ";"));
    modules.filter_map(|at| lib.tokens.get(at + 1)).map(|token| token.text.clone()).collect()
}

fn upward_imports(modules: &[String], files: &[File]) -> Vec<String> {
    let rank = |name: &str| modules.iter().position(|module| module == name);
    let site = rank("site").unwrap_or(modules.len());
    let mut complaints = Vec::new();
    for file in files {
        let Some(own) = rank(file.module()) else { continue };
        let mut names = file.names_after("crate");
        for at in 0..file.tokens.len() {
            let supers = (0..).take_while(|&k| file.is(at + 2 * k, "super") && file.is(at + 2 * k + 1, "::")).count();
            if supers >= file.depth() && !(at > 1 && file.is(at - 1, "::")) {
                file.names_from(at + 2 * supers, &mut names);
            }
        }
        for (line, name) in names {
            let is_upward = match rank(name) {
                Some(other) => other > own,
                // The pipeline itself, in `lib.rs`, knows every stage up to the site.
                None => own <= site && name.starts_with(char::is_alphabetic) && name != "self",
            };
            if is_upward {
                complaints.push(format!("{}:{line}: `{}` names `{name}`", file.path, file.module()));
            }
        }
    }
    complaints
}

#[test]
fn imports_go_one_way() {
    let lib = File::new("src/lib.rs", &read("src/lib.rs"));
    let modules = modules(&lib);
    let mut line = modules.iter().filter(|module| STAGES.contains(&module.as_str()));
    assert!(STAGES.iter().all(|stage| line.next().is_some_and(|module| module == stage)), "lib.rs: {modules:?}");
    let reason = "a module may name only modules that stand before it in lib.rs: whoever reads in that order meets nothing unknown, and a \
                  stage cannot lean on a later one";
    hold(reason, &upward_imports(&modules, &sources()));
}

/// The pipeline of ARCHITECTURE.md, whatever else stands between.
const STAGES: &[&str] =
    &["source", "diagnostic", "config", "discover", "parse", "plan", "visibility", "resolve", "site", "publish"];

#[test]
fn an_upward_import_is_seen() {
    let modules = modules(&File::new(
        "src/lib.rs",
        "pub mod source;\n// mod later;\nmod plan;\npub mod site;\npub mod publish;\n",
    ));
    assert_eq!(modules, ["source", "plan", "site", "publish"]);
    let rule = |files: &[File]| upward_imports(&modules, files);
    fails(rule, "src/plan/ids.rs", 1, "use crate::site::Site;", "use crate::source::Source;");
    fails(rule, "src/plan/ids.rs", 2, "use crate::{\nsite::Site, source::Source};", "use crate::{source::Source};");
    fails(rule, "src/plan/mod.rs", 1, "use super::site::Site;", "use self::site::Site;");
    fails(rule, "src/plan/ids.rs", 1, "use super::super::{source, site::Site};", "use super::site::Site;");
    fails(rule, "src/plan/ids.rs", 1, "fn f() { crate::line(); }", "/// See [`crate::site`].\nfn f() {}");
    fails(rule, "src/site/mod.rs", 1, "use crate::publish;", "pub(in crate::site) fn f() {}");
}

/// The crates that the library and the binary depend on, as Cargo.toml names them.
fn dependencies(manifest: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut is_inside = false;
    for line in manifest.lines() {
        if let Some(section) = line.strip_prefix('[') {
            let section = section.trim_end_matches(']');
            is_inside = section.ends_with("dependencies") && !section.contains("dev-") && !section.contains("build-");
        } else if let Some((name, _)) = line.split_once('=').filter(|_| is_inside && !line.starts_with([' ', '#'])) {
            names.push(name.trim().to_owned());
        }
    }
    names
}

fn homeless(manifest: &str, homes: &[(&str, &[&str])], files: &[File]) -> Vec<String> {
    let names = dependencies(manifest);
    let homes: BTreeMap<&str, &[&str]> = homes.iter().copied().collect();
    let mut complaints = Vec::new();
    for name in names.iter().filter(|name| !homes.contains_key(name.as_str())) {
        complaints.push(format!("Cargo.toml:1: `{name}` has no home"));
    }
    for (name, places) in &homes {
        if !names.iter().any(|dependency| dependency == name) {
            complaints.push(format!("Cargo.toml:1: `{name}` has a home and is no dependency"));
        }
        let ident = name.replace('-', "_");
        for file in files {
            let inside = file.path.trim_start_matches("src/");
            if places.iter().any(|place| inside == *place || (place.ends_with('/') && inside.starts_with(place))) {
                continue;
            }
            for at in 0..file.tokens.len() {
                let is_path = file.is(at + 1, "::") && !(at > 0 && (file.is(at - 1, "::") || file.is(at - 1, ".")));
                let is_import = at > 0 && file.is(at - 1, "use") && (file.is(at + 1, ";") || file.is(at + 1, "as"));
                if file.is(at, &ident) && (is_path || is_import) {
                    complaints.push(format!("{}:{}: `{name}` is away from home", file.path, file.tokens[at].line));
                }
            }
        }
    }
    complaints
}

#[test]
fn every_outside_crate_has_one_home() {
    let reason =
        "an outside crate is named in one place only (`HOMES` in this file), so that replacing it touches one place";
    hold(reason, &homeless(&read("Cargo.toml"), HOMES, &sources()));
}

#[test]
fn a_crate_away_from_home_is_seen() {
    let manifest = "[dependencies]\nwalk-dir = \"1\"\n\n[dev-dependencies]\nfastrand = \"2\"\n";
    let homes: &[(&str, &[&str])] = &[("walk-dir", &["discover/"])];
    let rule = |files: &[File]| homeless(manifest, homes, files);
    fails(rule, "src/plan/mod.rs", 2, "//! One\nuse walk_dir::WalkDir;", "use crate::walk_dir::WalkDir;");
    fails(rule, "src/plan/mod.rs", 1, "fn f() { walk_dir::walk(); }", "fn f() { let text = \"walk_dir::walk()\"; }");
    assert_eq!(rule(&[File::new("src/discover/mod.rs", "use walk_dir::WalkDir;")]), Vec::<String>::new());
    let complaints = homeless("[target.'cfg(unix)'.dependencies]\nnew = \"1\"\n", homes, &[]);
    assert_eq!(complaints.len(), 2, "{complaints:?}");
}

fn with_io(files: &[File]) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in files.iter().filter(|file| !WITH_IO.contains(&file.module())) {
        for (line, name) in file.names_after("std") {
            if ["fs", "env", "time", "net", "process", "thread"].contains(&name) {
                complaints.push(format!("{}:{line}: names `std::{name}`", file.path));
            }
        }
        for at in (1..file.tokens.len()).filter(|&at| file.is(at - 1, "::")) {
            // `date` holds the question, so that the clock's crate has one home; only `discover` may put it.
            if file.is(at, "today") || (file.is(at, "now") && file.module() != "date") {
                complaints.push(format!("{}:{}: asks the clock", file.path, file.tokens[at].line));
            }
        }
    }
    complaints
}

#[test]
fn between_reading_and_publishing_nothing_does_io() {
    let reason = "only discover, publish, the preview and the binary may name the file system, the environment, the clock, processes or \
                  the network: all else is a function of its arguments, so that equal plans give equal bytes and tests need no disk";
    hold(reason, &with_io(&sources()));
}

#[test]
fn a_stage_that_does_io_is_seen() {
    fails(with_io, "src/plan/mod.rs", 1, "use std::fs;", "use std::fmt;");
    fails(with_io, "src/plan/mod.rs", 1, "use std::{fmt, env::var};", "use std::{fmt, collections::{BTreeMap}};");
    fails(with_io, "src/site/mod.rs", 2, "fn f() {\nstd::time::Instant::now() }", "// std::time\nfn f() {}");
    fails(with_io, "src/plan/item.rs", 1, "fn f() { jiff::Zoned::now(); }", "fn f(now: u8) { now; }");
    fails(with_io, "src/plan/item.rs", 1, "fn f() { Date::today(); }", "fn f(today: u8) { today; }");
    assert_eq!(with_io(&[File::new("src/discover/walk.rs", "use std::fs;")]), Vec::<String>::new());
}

fn serialised_inside(files: &[File]) -> Vec<String> {
    let is_outside = |file: &&File| ["record", "site", "export", "report", "preview", "cli"].contains(&file.module());
    let found = files.iter().filter(|file| !is_outside(file)).flat_map(|file| {
        let tokens = file.tokens.iter().filter(|token| token.text == "Serialize" || token.text == "Serializer");
        tokens.map(move |token| format!("{}:{}: `{}`", file.path, token.line, token.text))
    });
    found.collect()
}

#[test]
fn only_what_goes_out_is_serialised() {
    let reason = "`Serialize` is for records, views, data outputs, reports and what the preview tells a page: what templates and programs see must not change when a stage's own \
                  types do";
    hold(reason, &serialised_inside(&sources()));
    fails(
        serialised_inside,
        "src/plan/mod.rs",
        1,
        "#[derive(Serialize)] struct A;",
        "#[derive(Deserialize)] struct A;",
    );
}

fn outspoken(files: &[File]) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in files.iter().filter(|file| !["cli", "main"].contains(&file.module())) {
        for (at, token) in file.tokens.iter().enumerate() {
            let prints = ["print", "println", "eprint", "eprintln", "dbg"].contains(&token.text.as_str())
                && file.is(at + 1, "!");
            let streams = ["stdout", "stderr", "exit", "abort"].contains(&token.text.as_str()) && file.is(at + 1, "(");
            if (prints || streams) && !(at > 0 && (file.is(at - 1, "fn") || file.is(at - 1, "."))) {
                complaints.push(format!("{}:{}: `{}`", file.path, token.line, token.text));
            }
        }
    }
    complaints
}

#[test]
fn only_the_binary_speaks() {
    let reason = "library code prints nothing and ends nothing: what is wrong is a diagnostic or an error, and the binary says it";
    hold(reason, &outspoken(&sources()));
    fails(outspoken, "src/plan/mod.rs", 1, "fn f() { println!(); }", "fn f() { write!(out, \"println!()\"); }");
    fails(outspoken, "src/plan/mod.rs", 1, "fn f() { std::process::exit(2); }", "fn exit() { self.exit(); }");
    assert_eq!(outspoken(&[File::new("src/cli/mod.rs", "fn f() { println!(); }")]), Vec::<String>::new());
}

fn never_run(files: &[File]) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in files {
        let tests =
            (0..file.tokens.len()).filter(|&at| file.is(at, "[") && file.is(at + 1, "test") && file.is(at + 2, "]"));
        complaints.extend(tests.map(|at| format!("{}:{}: a test", file.path, file.tokens[at].line)));
    }
    complaints
}

#[test]
fn no_test_stands_where_none_is_run() {
    let reason = "tests stand below tests/: Cargo.toml asks for none in the library and the program, which would be compiled once more for it";
    hold(reason, &never_run(&sources()));
    fails(never_run, "src/plan/mod.rs", 2, "//! One\n#[test]\nfn f() {}", "// #[test]\nfn f() {}");
}

fn by_chance(files: &[File]) -> Vec<String> {
    let may = |file: &&File| FLOATS.iter().any(|(path, _)| *path == file.path);
    let found = files.iter().filter(|file| !may(file)).flat_map(|file| {
        let tokens =
            file.tokens.iter().filter(|token| ["f32", "f64", "iter_over_hash_type"].contains(&token.text.as_str()));
        tokens.map(move |token| format!("{}:{}: `{}`", file.path, token.line, token.text))
    });
    found.collect()
}

#[test]
fn nothing_is_left_to_chance() {
    let reason = "no floats, which round differently in another order, and no leave to loop over a hash map, whose order is chance: equal \
                  plans give equal bytes on every machine";
    hold(reason, &by_chance(&sources()));
    fails(by_chance, "src/plan/mod.rs", 1, "fn f(a: f64) {}", "fn f(a: u64) {}");
    fails(by_chance, "src/plan/mod.rs", 1, "#[expect(clippy::iter_over_hash_type)]", "#[expect(clippy::exit)]");
    let manifest = read("Cargo.toml");
    for lint in [
        "unsafe_code",
        "iter_over_hash_type",
        "print_stdout",
        "print_stderr",
        "exit",
        "unwrap_used",
        "float_arithmetic",
    ] {
        let is_on = manifest.lines().any(|line| line.starts_with(&format!("{lint} = ")) && !line.contains("allow"));
        assert!(is_on, "Cargo.toml: the lint `{lint}` is off; {reason}");
    }
}

fn too_long(long: &[(&str, usize, &str)], files: &[File]) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in files {
        let lines = file.text.lines().count();
        let leave = long.iter().find(|(path, _, _)| *path == file.path);
        let most = leave.map_or(MAX_LINES, |&(_, most, _)| most);
        if lines > most {
            complaints.push(format!("{}:{}: {lines} lines, at most {most}", file.path, most + 1));
        } else if lines <= MAX_LINES && leave.is_some() {
            complaints.push(format!("{}:1: no longer long; strike it from the list", file.path));
        }
    }
    complaints
}

#[test]
fn files_are_short() {
    let reason = "a file of more than 400 lines is two modules: split it, or say in `LONG` in this file why it is one";
    hold(reason, &too_long(LONG, &sources()));
    for (path, _, _) in LONG {
        assert!(root().join(path).is_file(), "`LONG` names {path}, which is not there");
    }
    let lines = |count| "//! A\n".repeat(count);
    fails(|files| too_long(&[], files), "src/a.rs", 401, &lines(401), &lines(400));
    fails(|files| too_long(&[("src/a.rs", 500, "")], files), "src/a.rs", 501, &lines(501), &lines(500));
    fails(|files| too_long(&[("src/a.rs", 500, "")], files), "src/a.rs", 1, &lines(9), &lines(450));
}

fn silent(files: &[File]) -> Vec<String> {
    let silent = files.iter().filter(|file| !file.text.starts_with("//! "));
    silent.map(|file| format!("{}:1: does not say why it is there", file.path)).collect()
}

#[test]
fn every_file_says_why_it_is_there() {
    let reason = "a file opens with `//!` and why it exists, so that a newcomer need not read it to know";
    hold(reason, &silent(&sources()));
    hold(reason, &silent(&files("tests", ".rs")));
    hold(reason, &silent(&files("benches", ".rs")));
    fails(silent, "src/a.rs", 1, "use std::fmt;", "//! Why.\n");
}

/// Folders of one machine, and registries that only it reaches. Made of parts, so that this file does not complain of itself.
fn machine_bound(files: &[File]) -> Vec<String> {
    let folders = [concat!("/wo", "rk/"), concat!("/ro", "ot/")];
    let mut complaints = Vec::new();
    for file in files {
        for (at, line) in file.text.lines().enumerate() {
            let is_path = |folder: &str| {
                line.match_indices(folder)
                    .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '.'))
            };
            if folders.iter().any(|folder| is_path(folder)) {
                complaints.push(format!("{}:{}: a folder of somebody's machine", file.path, at + 1));
            }
            let foreign = match file.path.rsplit('/').next() {
                Some("Cargo.lock") => {
                    line.starts_with("source = ") && !line.contains("github.com/rust-lang/crates.io-index")
                }
                Some("package-lock.json") => line.contains("\"resolved\""),
                _ => false,
            };
            if foreign {
                complaints.push(format!("{}:{}: a registry's address", file.path, at + 1));
            }
        }
    }
    complaints
}

#[test]
fn nothing_is_bound_to_a_machine() {
    let reason = "the repository must build from any folder, with any registry: no path or host name of one machine belongs into it";
    let all = files("", "");
    assert!(all.iter().any(|file| file.path == "Cargo.lock"), "the repository is not where this test looks");
    hold(reason, &machine_bound(&all));
    fails(machine_bound, "docs/a.md", 2, concat!("In\n`/wo", "rk/main`"), concat!("team/wo", "rk/ and ../wo", "rk/"));
    fails(machine_bound, "Cargo.lock", 1, "source = \"registry+https://mirror\"", "name = \"a\"");
    fails(machine_bound, "tests/package-lock.json", 1, "  \"resolved\": \"https://mirror\"", "  \"version\": \"1\"");
}
