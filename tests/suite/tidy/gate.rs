//! Nothing is made for the public without a `Release`: who may make a roadmap, who may say that it may leave, and what takes its word.

use super::text::{File, read};
use super::{fails, hold, sources};

/// Who may run the first half of the pipeline: the library itself, the preview's engine and the loader of the commands, each of which asks the
/// gate.
const MAKERS: &[&str] = &["src/lib.rs", "src/preview/engine.rs", "src/cli/load.rs"];

/// The gate.
const GATE: &str = "src/release.rs";

/// What is made for others, and what it must be given.
const OUTPUTS: &[(&str, &str, &str)] = &[
    ("src/lib.rs", "site", "Release"),
    ("src/site/mod.rs", "site", "Release"),
    ("src/export/mod.rs", "graph", "Answer"),
];

/// The tokens between a mark and its partner, with where they end.
fn inside(file: &File, open: usize) -> (Vec<&str>, usize) {
    let (mut depth, mut found) = (0, Vec::new());
    for (at, token) in file.tokens.iter().enumerate().skip(open) {
        match token.text.as_str() {
            "(" | "{" | "[" => depth += 1,
            ")" | "}" | "]" => depth -= 1,
            text => found.push(text),
        }
        if depth == 0 {
            return (found, at);
        }
    }
    (found, file.tokens.len())
}

/// The parameters of the functions of a file that everybody may call: line, name, tokens.
fn functions(file: &File) -> Vec<(usize, &str, Vec<&str>)> {
    let is_public = |at: &usize| file.is(*at, "pub") && file.is(at + 1, "fn");
    let function = |at: usize| {
        let open = (at..file.tokens.len()).find(|&at| file.is(at, "("))?;
        let name = file.tokens.get(at + 2)?;
        Some((name.line, name.text.as_str(), inside(file, open).0))
    };
    (0..file.tokens.len()).filter(is_public).filter_map(function).collect()
}

/// Whether a file speaks of the `Answer` of the gate; others may have types of that name.
fn names_the_answer(file: &File) -> bool {
    let mut names = Vec::new();
    for at in (0..file.tokens.len()).filter(|&at| file.is(at, "release") && file.is(at + 1, "::")) {
        file.names_from(at + 2, &mut names);
    }
    names.iter().any(|(_, name)| *name == "Answer")
}

fn ungated(files: &[File]) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in files {
        let mut complain = |line: usize, words: &str| complaints.push(format!("{}:{line}: {words}", file.path));
        if !MAKERS.contains(&file.path.as_str()) {
            let names = ["crate", "roadbook"].iter().flat_map(|head| file.names_after(head));
            names.filter(|(_, name)| *name == "roadmap").for_each(|(line, _)| complain(line, "makes a roadmap itself"));
        }
        for (at, token) in file.tokens.iter().enumerate() {
            let is_gated = ["Release", "Answer"].contains(&token.text.as_str()) && file.is(at + 1, "{");
            let is_declared = at > 0 && ["struct", "impl", "for", ">"].iter().any(|word| file.is(at - 1, word));
            let is_of_the_gate = token.text == "Release" || names_the_answer(file);
            if is_gated && file.path != GATE && !is_declared && is_of_the_gate {
                complain(token.line, &format!("makes `{}` itself", token.text));
            }
            if is_gated
                && file.path == GATE
                && at > 0
                && file.is(at - 1, "struct")
                && inside(file, at + 1).0.contains(&"pub")
            {
                complain(token.line, &format!("lets everybody make `{}`", token.text));
            }
        }
        for &(path, name, wanted) in OUTPUTS.iter().filter(|(path, _, _)| *path == file.path) {
            let found = functions(file).into_iter().find(|(_, function, _)| *function == name);
            match found {
                Some((_, _, parameters)) if parameters.contains(&wanted) => {}
                Some((line, _, _)) => complain(line, &format!("`{name}` takes no `{wanted}`")),
                None => complain(1, &format!("there is no `{name}`; `OUTPUTS` in this test names it for {path}")),
            }
        }
        if ["export", "site", "single"].contains(&file.module())
            && OUTPUTS.iter().any(|(path, _, _)| *path == file.path)
        {
            for (line, name, _) in functions(file).iter().filter(|(_, _, tokens)| tokens.contains(&"Roadmap")) {
                complain(*line, &format!("`{name}` takes a roadmap that nobody let out"));
            }
        }
    }
    complaints
}

#[test]
fn nothing_is_made_for_the_public_without_a_release() {
    let reason = "whether a roadmap may leave is decided in `release` alone, and all that is given to others is made of what it gives, so \
                  that no output can forget to ask";
    hold(reason, &ungated(&sources()));
    for (path, _, _) in OUTPUTS {
        assert!(!read(path).is_empty(), "{path}");
    }
    for path in MAKERS {
        let file = File::new(path, &read(path));
        let does = path.ends_with("lib.rs")
            || ["crate", "roadbook"]
                .iter()
                .any(|head| file.names_after(head).iter().any(|(_, name)| *name == "roadmap"));
        assert!(does, "{path} makes no roadmap any more; strike it from `MAKERS`");
    }
}

#[test]
fn a_way_past_the_gate_is_seen() {
    fails(
        ungated,
        "src/cli/list.rs",
        1,
        "fn f() { roadbook::roadmap(&inputs) }",
        "fn f() { load::ask(&wanted).roadmap() }",
    );
    fails(ungated, "src/single/mod.rs", 2, "use crate::{\nroadmap, site};", "use crate::{resolve::Roadmap, site};");
    fails(
        ungated,
        "src/cli/export.rs",
        1,
        "fn f() -> Release { Release { roadmap } }",
        "fn f() -> Release { release(roadmap) }",
    );
    fails(
        ungated,
        "src/cli/graph.rs",
        2,
        "use roadbook::release::Answer;\nfn f() { Answer { roadmap } }",
        "struct Answer { items: u8 }\nfn f() { Answer { items } }",
    );
    fails(
        ungated,
        "src/release.rs",
        1,
        "pub struct Release { pub roadmap: Roadmap }",
        "pub struct Release { roadmap: Roadmap }\nfn f() { Release { roadmap } }",
    );
    fails(
        ungated,
        "src/export/mod.rs",
        1,
        "pub fn graph(roadmap: &Roadmap, format: GraphFormat) -> String {}",
        "pub fn graph(answer: &Answer, format: GraphFormat) -> String {}",
    );
    fails(
        ungated,
        "src/site/mod.rs",
        2,
        "pub fn site(release: Release) -> Site {}\npub fn other(roadmap: Roadmap) -> Site {}",
        "pub fn site(release: Release) -> Site {}\nfn other(roadmap: Roadmap) {}",
    );
    fails(
        ungated,
        "src/export/mod.rs",
        1,
        "pub fn drawn(answer: &Answer) -> String {}",
        "pub fn graph(answer: &Answer) -> String {}",
    );
}
