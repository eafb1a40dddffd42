//! Every command where there is little to say or something is odd: its exact words, and how it ends. The commands are those that the
//! program names, so that a new one without a text here fails.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::Stdio;

use expect_test::expect_file;
use serde_json::Value;

use super::Project;

/// Every command as it is usually given, without a folder.
const COMMANDS: &[&[&str]] = &[
    &["init"],
    &["new", "item", "A tool"],
    &["new", "theme", "A tool"],
    &["new", "page", "A tool"],
    &["new", "vision", "A tool"],
    &["build"],
    &["check"],
    &["serve", "--port", "0"],
    &["list"],
    &["list", "themes"],
    &["show", "list"],
    &["next"],
    &["why", "list"],
    &["graph"],
    &["export"],
    &["schema", "item"],
    &["explain", "empty-file"],
    &["clean"],
    &["completions", "bash"],
    &["help"],
];

const EMPTY: &str = "//- roadbook.yml\ntitle: Shed\n";
const ONE: &str = "//- roadbook.yml\ntitle: Shed\n//- plan/items/list.md\n---\ntitle: The list\nstatus: planned\nvalue: 8\neffort: 1\n---\n";
const A_FILE: &str = "//- roadbook.yml\ntitle: Shed\n//- plan\nnotes\n";

/// Lines of data that are shown, and how much of each; what is longer is for programs, and tested elsewhere.
const MAX_LINES: usize = 12;
const MAX_CHARS: usize = 120;

/// The subcommands that a help names.
fn named(project: &Project, command: &[&str]) -> Vec<String> {
    let help = project.run(&[command, &["--help"]].concat()).out();
    let sections = help.split("\n\n").filter(|part| part.starts_with("Commands:\n") || part.starts_with("Instead of "));
    let lines = sections.flat_map(|section| section.lines().skip(1));
    lines.filter_map(|line| line.split_whitespace().next().map(str::to_owned)).collect()
}

/// Every command with its subcommands; those that only have subcommands are not named themselves.
fn every_command(project: &Project) -> BTreeSet<Vec<String>> {
    let mut all = BTreeSet::new();
    for command in named(project, &[]) {
        let below = if command == "help" { Vec::new() } else { named(project, &[&command]) };
        let usage = project.run(&[&command, "--help"]).out();
        if below.is_empty() || usage.contains("[OPTIONS] [DIR]") {
            all.insert(vec![command.clone()]);
        }
        all.extend(below.into_iter().filter(|name| name != "help").map(|name| vec![command.clone(), name]));
    }
    all
}

#[test]
fn every_command_has_its_words_here() {
    let project = Project::new("");
    let commands = every_command(&project);
    assert!(commands.len() >= 20, "only {commands:?}");
    let here = COMMANDS.iter().map(|command| {
        let words = command.iter().map(|word| (*word).to_owned());
        let words: Vec<String> = words.take_while(|word| word.bytes().all(|byte| byte.is_ascii_lowercase())).collect();
        (1..=words.len())
            .rev()
            .map(|length| words[..length].to_vec())
            .find(|words| commands.contains(words))
            .unwrap_or(words)
    });
    assert_eq!(here.collect::<BTreeSet<_>>(), commands);
}

/// What a command says in a project: both streams and the exit code. What differs from run to run or from machine to machine is left out,
/// and a preview is ended once it serves.
fn said(project: &Project, arguments: &[&str]) -> String {
    let mut child =
        project.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program");
    let (mut err, mut is_served) = (String::new(), false);
    let mut stderr = BufReader::new(child.stderr.take().expect("stderr"));
    while !is_served && stderr.read_line(&mut err).expect("UTF-8") > 0 {
        is_served = err.lines().last().is_some_and(|line| line.starts_with("Serving "));
    }
    if is_served {
        child.kill().expect("the preview ends");
    }
    let mut out = String::new();
    child.stdout.take().expect("stdout").read_to_string(&mut out).expect("UTF-8");
    let code = child.wait().expect("an end").code();
    let lines: Vec<&str> = out.lines().collect();
    let cut = |line: &&str| match line.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => format!("{}…\n", &line[..end]),
        None => format!("{line}\n"),
    };
    let mut shown: String = lines.iter().take(MAX_LINES).map(cut).collect();
    if lines.len() > MAX_LINES {
        shown.push_str("…\n");
    }
    let folder = project.path().canonicalize().expect("the folder").display().to_string();
    let ending = match is_served {
        true => "it serves until it is ended".to_owned(),
        false => format!("exit code {}", code.expect("an exit code")),
    };
    let text = format!("{shown}--- stderr\n{err}--- {ending}\n").replace(&folder, "{folder}");
    let text = text.replace(&format!("Roadbook {}", env!("CARGO_PKG_VERSION")), "Roadbook {version}");
    let numbers = regex::Regex::new(r"(\d+)( ms\b)|(127\.0\.0\.1:)\d+").expect("a pattern");
    numbers.replace_all(&text, "$3?$2").into_owned()
}

/// Runs every command in a project of its own.
fn told(title: &str, fixture: &str, arguments: impl Fn(&[&'static str]) -> Option<Vec<&'static str>>) -> String {
    let mut text = format!("=== {title}\n");
    for arguments in COMMANDS.iter().filter_map(|command| arguments(command)) {
        let shown: Vec<String> = arguments
            .iter()
            .map(|word| if word.contains(' ') { format!("\"{word}\"") } else { (*word).to_owned() })
            .collect();
        text.push_str(&format!("\n$ roadbook {}\n{}", shown.join(" "), said(&Project::new(fixture), &arguments)));
    }
    text + "\n"
}

#[test]
fn every_command_says_what_is_so_in_an_odd_place() {
    let usual = |command: &[&'static str]| Some(command.to_vec());
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    for (name, text) in [
        ("empty-plan", told("an empty plan", EMPTY, usual)),
        ("one-item", told("one item", ONE, usual)),
        ("no-plan", told("no plan", "", usual)),
        ("file-for-folder", {
            // Those that take a folder are given a file for it, and all are started in one.
            let project = Project::new("");
            let takes_folder =
                |command: &[&'static str]| project.run(&[command, &["--help"]].concat()).out().contains("[DIR]");
            let given = |command: &[&'static str]| takes_folder(command).then(|| [command, &["roadbook.yml"]].concat());
            let started = |command: &[&'static str]| Some([&["-C", "roadbook.yml"], command].concat());
            told("a file for the folder", ONE, given)
                + &told("started in a file", ONE, started)
                + &told("`plan` is a file", A_FILE, usual)
        }),
    ] {
        expect_file![golden.join(format!("commands-{name}.txt"))].assert_eq(&text);
    }
}

#[test]
fn every_help_reads_as_it_was_meant() {
    let project = Project::new("");
    let mut text = project.run(&["help"]).out();
    assert_eq!(text, project.run(&["--help"]).out());
    for command in every_command(&project).into_iter().filter(|command| command[0] != "help") {
        let words: Vec<&str> = command.iter().map(String::as_str).collect();
        let help = project.run(&[&["help"], words.as_slice()].concat());
        assert_eq!((help.code(), help.err().as_str()), (0, ""), "{words:?}");
        assert_eq!(help.out(), project.run(&[words.as_slice(), &["--help"]].concat()).out());
        text.push_str(&format!("\n=== roadbook help {}\n\n{}", words.join(" "), help.out()));
    }
    expect_file![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/help.txt")].assert_eq(&text);
}

/// Examples are lines that fit, and prose breaks where the terminal ends and nowhere before.
#[test]
fn every_help_fits_a_narrow_terminal() {
    let project = Project::new("");
    for command in every_command(&project).into_iter().filter(|command| command[0] != "help").chain([Vec::new()]) {
        let words: Vec<&str> = command.iter().map(String::as_str).chain(["--help"]).collect();
        let at = |columns: &str| {
            let output = project.command(&words).env("COLUMNS", columns).output().expect("the program");
            let text = String::from_utf8(output.stdout).expect("UTF-8");
            text.split_once("Examples:\n").map(|(_, after)| after.to_owned()).unwrap_or_default()
        };
        let (narrow, wide) = (at("80"), at("100"));
        let examples = |text: &str| text.split("\n\n").next().map(str::to_owned);
        assert_eq!(examples(&narrow), examples(&wide), "{words:?}");
        for (text, columns) in [(narrow, 80), (wide, 100)] {
            for paragraph in text.split("\n\n").skip(1).filter(|paragraph| !paragraph.contains("\n  ")) {
                for (line, next) in paragraph.lines().zip(paragraph.lines().skip(1)) {
                    let first = next.split(' ').next().unwrap_or_default();
                    let joined = line.chars().count() + 1 + first.chars().count();
                    assert!(joined > columns && line.chars().count() <= columns, "{words:?}: {line}");
                }
            }
        }
    }
}

/// A program reads standard output, whatever the plan is like.
#[test]
fn json_goes_to_standard_output_in_every_command() {
    let project = Project::new("");
    let takes_json = |command: &&&[&str]| {
        let help = project.run(&[**command, &["--help"]].concat()).out();
        help.lines().any(|line| line.contains("--format <FORMAT>") && line.contains("json"))
    };
    let commands: Vec<&&[&str]> = COMMANDS.iter().filter(takes_json).collect();
    assert!(commands.len() >= 9, "only {commands:?}");
    for fixture in [EMPTY, ONE, super::PLAN, super::FAULTY] {
        for command in &commands {
            let project = Project::new(fixture);
            let ran = project.run(&[**command, &["--format", "json"]].concat());
            match serde_json::from_str::<Value>(&ran.out()) {
                Ok(json) => assert!(json["kind"].is_string() && ran.code() < 2, "{command:?}: {}", ran.text()),
                // What is asked for is not there.
                Err(_) => assert_eq!((ran.code(), ran.out().as_str()), (2, ""), "{command:?}: {}", ran.text()),
            }
            assert!(!ran.err().contains('{'), "{command:?}: {}", ran.err());
        }
    }
}

/// Words are taken in any case, and numbers refused in words of ours.
#[test]
fn options_are_read_in_any_case_and_refused_in_words() {
    let project = Project::new("//- plan/items/a.md\n---\ntitle: A\nstatus: done\n---\n");
    assert!(project.run(&["list", "--state", "Done"]).out().contains("A"));
    assert_eq!(project.run(&["list", "--scoring", "Rice"]).code(), 0);
    for (arguments, words) in [
        (&["list", "-n", "x"][..], "write a whole number"),
        (&["next", "-n", "many"], "write a whole number"),
        (&["serve", "--port", "99999"], "write a port from 0 to 65535"),
        (&["build", "--threads", "9999"], "write a number of threads from 1 to 256"),
    ] {
        let ran = project.run(arguments);
        assert_eq!(ran.code(), 2, "{arguments:?}");
        assert!(ran.err().contains(words), "{arguments:?}: {}", ran.err());
    }
}
