//! How Roadbook reaches people: what is compiled into it, the names of what a release holds, and what its workflows may do.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value as Json;
use serde_yaml::Value as Yaml;

/// Crates in the release graph at most, our own among them: each is somebody else's work that a user has to trust.
/// The sanitiser of HTML, with the parser of the standard, is 30 of them.
const MAX_CRATES: usize = 149;

/// The actions that may be used, at the major versions that were looked at.
const ACTIONS: &[&str] = &[
    "actions/attest-build-provenance@v4",
    "actions/cache@v5",
    "actions/checkout@v7",
    "actions/configure-pages@v6",
    "actions/deploy-pages@v5",
    "actions/download-artifact@v8",
    "actions/upload-artifact@v7",
    "actions/upload-pages-artifact@v5",
    "EmbarkStudios/cargo-deny-action@v2",
    "./",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn yaml(path: &str) -> Yaml {
    serde_yaml::from_str(&read(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What cargo knows of the project on this machine, without asking the network.
fn metadata() -> Json {
    let run = |command: &mut Command| {
        let output = command.current_dir(root()).output().expect("the command starts");
        assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let compiler = run(Command::new("rustc").arg("-vV"));
    let host = compiler.lines().find_map(|line| line.strip_prefix("host: ")).expect("a host");
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let options = ["metadata", "--locked", "--offline", "--format-version", "1", "--filter-platform", host];
    serde_json::from_str(&run(Command::new(cargo).args(options))).expect("JSON")
}

/// The packages that a release build compiles: ours and, from there, all that is needed to build and to run.
fn release_graph(metadata: &Json) -> BTreeSet<&str> {
    let nodes = metadata["resolve"]["nodes"].as_array().expect("nodes");
    let nodes: BTreeMap<&str, &Json> = nodes.iter().filter_map(|node| Some((node["id"].as_str()?, node))).collect();
    let mut found = BTreeSet::new();
    let mut waiting = vec![metadata["resolve"]["root"].as_str().expect("a root")];
    while let Some(id) = waiting.pop() {
        if found.insert(id) {
            let needs = nodes[id]["deps"].as_array().expect("dependencies").iter().filter(|dependency| {
                dependency["dep_kinds"].as_array().expect("kinds").iter().any(|kind| kind["kind"] != "dev")
            });
            waiting.extend(needs.filter_map(|dependency| dependency["pkg"].as_str()));
        }
    }
    found
}

/// Whether a licence may come in: every part that must be heeded has a choice on the list. `cargo deny` reads it to the letter.
fn is_allowed(licence: &str, allowed: &[&str]) -> bool {
    let plain = licence.replace(['(', ')'], "").replace('/', " OR ");
    plain.split(" AND ").all(|part| part.split(" OR ").any(|choice| allowed.contains(&choice.trim())))
}

#[test]
fn few_crates_come_in_and_each_under_a_licence_on_the_list() {
    let metadata = metadata();
    let graph = release_graph(&metadata);
    assert!(graph.len() > 50, "the graph is not where this test looks: {graph:?}");
    assert!(graph.len() <= MAX_CRATES, "{} crates in a release, at most {MAX_CRATES}: {graph:#?}", graph.len());
    let deny = read("deny.toml");
    let list = deny.split("allow = [").nth(1).and_then(|rest| rest.split(']').next()).expect("the list of licences");
    let allowed: Vec<&str> = list.split('"').skip(1).step_by(2).collect();
    for package in metadata["packages"].as_array().expect("packages") {
        if graph.contains(package["id"].as_str().expect("an id")) {
            let licence = package["license"].as_str().unwrap_or("none");
            assert!(is_allowed(licence, &allowed), "{}: {licence}", package["name"]);
        }
    }
    assert!(is_allowed("(MIT OR Nobody-1.0) AND CC0-1.0", &allowed) && is_allowed("Unlicense/MIT", &allowed));
    assert!(
        !is_allowed("GPL-3.0", &allowed) && !is_allowed("MIT AND GPL-3.0", &allowed) && !is_allowed("none", &allowed)
    );
}

/// The archives of a release by target, with `{version}` and `{target}` in place of what differs.
type Archives = BTreeMap<String, String>;

fn released(workflow: &Yaml) -> Archives {
    let job = &workflow["jobs"]["program"];
    let name = job["env"]["NAME"].as_str().expect("a name");
    let name =
        name.replace("${{ needs.version.outputs.version }}", "{version}").replace("${{ matrix.target }}", "{target}");
    let targets = job["strategy"]["matrix"]["include"].as_sequence().expect("targets").iter();
    let text = |target: &Yaml, key: &str| target[key].as_str().expect("text").to_owned();
    targets.map(|target| (text(target, "target"), format!("{name}{}", text(target, "archive")))).collect()
}

fn asked_for_by_the_action(script: &str) -> Archives {
    let after = |line: &str, words: &str| {
        let rest = line.split(words).nth(1)?;
        Some(rest.split([' ', ';']).next().unwrap_or(rest).to_owned())
    };
    let usual = script.lines().find_map(|line| line.strip_prefix("archive=")).expect("an archive");
    let name = script.lines().find_map(|line| line.strip_prefix("name=")).expect("a name");
    let name = name.replace("$wanted", "{version}").replace("$target", "{target}");
    let targets = script.lines().filter_map(|line| {
        let archive = after(line, " archive=").unwrap_or_else(|| usual.to_owned());
        Some((after(line, " target=")?, format!("{name}{archive}")))
    });
    targets.collect()
}

/// By target, from the manifest; and the folder inside the archive.
fn asked_for_by_binstall(manifest: &Json, targets: &Archives) -> Archives {
    let url = |target: &str| {
        let special = &manifest["overrides"][target]["pkg-url"];
        let url = special.as_str().or_else(|| manifest["pkg-url"].as_str()).expect("an address");
        let (release, name) = url.rsplit_once('/').expect("a name");
        assert_eq!(release, "{ repo }/releases/download/v{ version }");
        let format = manifest["overrides"][target]["pkg-fmt"].as_str().or_else(|| manifest["pkg-fmt"].as_str());
        assert_eq!(format, Some(if name.ends_with(".zip") { "zip" } else { "tgz" }));
        name.replace("{ version }", "{version}").replace("{ target }", "{target}")
    };
    targets.keys().map(|target| (target.clone(), url(target))).collect()
}

#[test]
fn a_release_holds_what_the_action_and_binstall_ask_for() {
    let released = released(&yaml(".github/workflows/release.yml"));
    assert_eq!(released.len(), 5, "{released:?}");
    let script = read(".github/action/install.sh");
    assert_eq!(asked_for_by_the_action(&script), released);
    let metadata = metadata();
    let package =
        metadata["packages"].as_array().expect("packages").iter().find(|package| package["name"] == "roadbook");
    let binstall = &package.expect("our package")["metadata"]["binstall"];
    assert_eq!(asked_for_by_binstall(binstall, &released), released);
    assert_eq!(binstall["bin-dir"], "roadbook-{ version }-{ target }/{ bin }{ binary-ext }");
    // One letter more in any of them is seen.
    assert_ne!(asked_for_by_the_action(&script.replace("name=roadbook-", "name=roadbook_")), released);
    assert_ne!(asked_for_by_the_action(&script.replace("aarch64-apple", "arm64-apple")), released);
    assert_ne!(asked_for_by_the_action(&script.replace(" archive=.zip", "")), released);
    assert_ne!(asked_for_by_binstall(&binstall["overrides"]["x86_64-pc-windows-msvc"], &released), released);
}

/// What a workflow or an action does that it should not.
pub(crate) fn careless(text: &str) -> Vec<String> {
    let workflow: Yaml = serde_yaml::from_str(text).expect("YAML");
    let mut complaints = Vec::new();
    let jobs: Vec<&Yaml> = workflow["jobs"].as_mapping().into_iter().flat_map(|jobs| jobs.values()).collect();
    let is_action = jobs.is_empty();
    if !is_action && workflow["permissions"] != serde_yaml::from_str::<Yaml>("contents: read").expect("YAML") {
        complaints.push("may do more than read, in every job".to_owned());
    }
    let holders = if is_action { vec![&workflow["runs"]] } else { jobs };
    for step in holders.into_iter().filter_map(|holder| holder["steps"].as_sequence()).flatten() {
        if let Some(action) = step["uses"].as_str().filter(|action| !ACTIONS.contains(action)) {
            complaints.push(format!("uses `{action}`"));
        }
        if let Some(script) = step["run"].as_str().filter(|script| script.contains("${{")) {
            complaints.push(format!("puts an expression into a script: {script}"));
        }
    }
    complaints
}

#[test]
fn workflows_use_what_was_looked_at_and_may_do_little() {
    let mut count = 0;
    let folder = fs::read_dir(root().join(".github/workflows")).expect("the workflows");
    let paths = folder.map(|entry| format!(".github/workflows/{}", entry.expect("a file").file_name().display()));
    // The one that `init` writes is looked at in `cli::init`.
    for path in paths.chain(["action.yml".to_owned()]) {
        assert_eq!(careless(&read(&path)), Vec::<String>::new(), "{path}");
        count += 1;
    }
    assert!(count >= 4, "only {count} files");
    let sound = "permissions:\n  contents: read\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v7\n      - run: echo\n";
    assert_eq!(careless(sound), Vec::<String>::new());
    for (from, to) in [
        ("contents: read", "contents: write"),
        ("permissions:\n  contents: read\n", ""),
        ("checkout@v7", "checkout@v6"),
        ("actions/checkout", "somebody/checkout"),
        ("echo", "echo ${{ github.ref }}"),
    ] {
        assert_eq!(careless(&sound.replace(from, to)).len(), 1, "{to}");
    }
}

#[test]
fn scripts_stop_at_the_first_mistake() {
    for path in [".github/action/install.sh", ".github/action/run.sh"] {
        let text = read(path);
        assert!(text.lines().any(|line| line == "set -euo pipefail"), "{path}");
        assert!(!text.contains("eval ") && !text.contains("${{"), "{path}");
    }
}

#[test]
fn the_manifest_leaves_out_no_file_that_is_compiled_in() {
    let manifest = read("Cargo.toml");
    let excluded = manifest.lines().find(|line| line.starts_with("exclude = ")).expect("what is left out");
    assert!(!excluded.contains("\"/src") && !excluded.contains("\"/themes"), "{excluded}");
}
